//! A photo that fills its frame, or the quiet drawing that stands in for one.

use eframe::egui::{Color32, CornerRadius, Mesh, Painter, Rect, Shape, TextureHandle, pos2, vec2};

use crate::fonts::{Fill, Icon};
use crate::theme::landscape_colours;

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
pub fn photo(
    painter: &Painter,
    frame: Rect,
    texture: &TextureHandle,
    corners: Corners,
    radius: u8,
) {
    let size = texture.size_vec2();
    let (wanted, is) = (frame.width() / frame.height(), size.x / size.y.max(1.0));
    let part = if is > wanted { vec2(wanted / is, 1.0) } else { vec2(1.0, is / wanted) };
    let uv = Rect::from_center_size(pos2(0.5, 0.5), part);
    let shape =
        eframe::egui::epaint::RectShape::filled(frame, corners.radius(radius), Color32::WHITE)
            .with_texture(texture.id(), uv);
    painter.add(shape);
}

/// A sky, a hill and a sign of what it is, in the hue of its kind.
pub fn placeholder(
    painter: &Painter,
    frame: Rect,
    icon: Icon,
    hue: usize,
    corners: Corners,
    radius: u8,
) {
    let [sky, haze, hill, sign] = landscape_colours(hue);
    // A mesh has hard edges: the round corners are painted softly below it, and it stays inside them.
    let (upper, lower) = frame.split_top_bottom_at_fraction(0.5);
    let round = corners.radius(radius);
    painter.rect_filled(upper, CornerRadius { sw: 0, se: 0, ..round }, sky);
    painter.rect_filled(lower, CornerRadius { nw: 0, ne: 0, ..round }, hill);
    let inside = corners.radius(radius + 2);
    painter.add(Shape::mesh(landscape(frame, inside, [sky, haze, hill])));
    let size = (frame.height() * 0.44).min(130.0);
    let at = frame.center() - vec2(0.0, frame.height() * 0.04);
    painter.circle_filled(at, size * 0.8, Color32::from_white_alpha(160));
    icon.paint(painter, at, size, Fill::Outline, sign);
}

/// A fading sky over a round hill, in upright strips: a mesh has no round corners of its own.
fn landscape(frame: Rect, radius: CornerRadius, [sky, haze, hill]: [Color32; 3]) -> Mesh {
    const STRIPS: u32 = 96;
    let mut mesh = Mesh::default();
    // How far the edge is indented at `x` by a round corner on either side.
    let indent = |x: f32, left: u8, right: u8| {
        let round = |radius: f32, inside: f32| {
            let out = (radius - inside).max(0.0);
            radius - (radius * radius - out * out).max(0.0).sqrt()
        };
        round(f32::from(left), x - frame.left()).max(round(f32::from(right), frame.right() - x))
    };
    let bulge = frame.width() * 0.1;
    for strip in 0..=STRIPS {
        // Closer together at both ends, where the corners are.
        let part = (1.0 - (std::f32::consts::PI * strip as f32 / STRIPS as f32).cos()) * 0.5;
        let x = frame.left() + frame.width() * part;
        let top = frame.top() + indent(x, radius.nw, radius.ne);
        let bottom = frame.bottom() - indent(x, radius.sw, radius.se);
        let rise = bulge * (1.0 - (2.0 * part - 1.0).powi(2));
        let ground = (frame.bottom() - frame.height() * 0.12 - rise).min(bottom);
        let height = (ground - frame.top()) / frame.height();
        let start = sky.lerp_to_gamma(haze, (top - frame.top()) / frame.height());
        mesh.colored_vertex(pos2(x, top), start);
        mesh.colored_vertex(pos2(x, ground), sky.lerp_to_gamma(haze, height));
        mesh.colored_vertex(pos2(x, ground), hill);
        mesh.colored_vertex(pos2(x, bottom), hill);
        if strip > 0 {
            let at = strip * 4;
            for (upper, lower) in [(at, at + 1), (at + 2, at + 3)] {
                mesh.add_triangle(upper - 4, upper, lower);
                mesh.add_triangle(upper - 4, lower, lower - 4);
            }
        }
    }
    mesh
}
