//! A photo that fills its frame, or the quiet drawing that stands in for one.

use eframe::egui::{Color32, CornerRadius, Mesh, Painter, Rect, Shape, TextureHandle, pos2, vec2};

use crate::fonts::{Fill, Icon};

/// Which corners are round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corners {
    /// The upper two: it is the top of a card.
    Top,
    /// All four.
    All,
}

impl Corners {
    fn radius(self, size: u8) -> CornerRadius {
        match self {
            Self::Top => CornerRadius { nw: size, ne: size, sw: 0, se: 0 },
            Self::All => CornerRadius::same(size),
        }
    }
}

/// Paints a photo so that it fills the frame, cutting off what is too much on both sides.
pub fn photo(painter: &Painter, frame: Rect, texture: &TextureHandle, corners: Corners, radius: u8) {
    let size = texture.size_vec2();
    let (wanted, is) = (frame.width() / frame.height(), size.x / size.y.max(1.0));
    let part = if is > wanted { vec2(wanted / is, 1.0) } else { vec2(1.0, is / wanted) };
    let uv = Rect::from_center_size(pos2(0.5, 0.5), part);
    let shape = eframe::egui::epaint::RectShape::filled(
        frame,
        corners.radius(radius),
        Color32::WHITE,
    )
    .with_texture(texture.id(), uv);
    painter.add(shape);
}

/// A sky, a hill and a sign of what it is, in the hue of its kind.
pub fn placeholder(painter: &Painter, frame: Rect, icon: Icon, hue: usize, corners: Corners, radius: u8) {
    const HUES: [(u32, u32, u32); 8] = [
        (0xEFD9C3, 0xDFB48F, 0xB07E58),
        (0xD3E3DC, 0x9DBFB2, 0x65907E),
        (0xD2E1C5, 0x9DBA8F, 0x68895A),
        (0xD9E3EE, 0xA0B4CF, 0x6F86A8),
        (0xF0DAE2, 0xCFA3B6, 0xA07186),
        (0xF1DBCC, 0xD7A084, 0xA76751),
        (0xE4DBEE, 0xB19BC8, 0x7F6B9A),
        (0xF6E8C6, 0xE3C07E, 0xB28B4E),
    ];
    let hex = |hex: u32| Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8);
    let (sky, haze, hill) = HUES[hue % HUES.len()];
    painter.rect_filled(frame, corners.radius(radius), hex(haze));
    let painter = painter.with_clip_rect(frame.intersect(painter.clip_rect()));
    // The sky fades into the haze below the round corners, which a mesh cannot have.
    let below = frame.with_min_y(frame.top() + f32::from(radius));
    painter.rect_filled(
        frame.with_max_y(below.top() + 1.0),
        corners.radius(radius),
        hex(sky),
    );
    painter.add(Shape::mesh(fade(below, hex(sky), hex(haze))));
    let middle = pos2(frame.center().x, frame.bottom() + frame.width() * 0.62);
    if corners == Corners::Top {
        painter.circle_filled(middle, frame.width() * 0.84, hex(hill));
    }
    let size = frame.height() * 0.46;
    let at = frame.center() - vec2(0.0, frame.height() * 0.03);
    painter.circle_filled(at, size * 0.78, Color32::from_white_alpha(150));
    icon.paint(&painter, at, size, Fill::Outline, hex(dark(hill)));
}

const fn dark(hex: u32) -> u32 {
    let (r, g, b) = ((hex >> 16) & 0xFF, (hex >> 8) & 0xFF, hex & 0xFF);
    ((r * 6 / 10) << 16) | ((g * 6 / 10) << 8) | (b * 6 / 10)
}

fn fade(rect: Rect, top: Color32, bottom: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for (at, colour) in [
        (rect.left_top(), top),
        (rect.right_top(), top),
        (rect.right_bottom(), bottom),
        (rect.left_bottom(), bottom),
    ] {
        mesh.colored_vertex(at, colour);
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    mesh
}
