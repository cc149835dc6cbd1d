//! The three ways to begin, side by side or one below the other.

use eframe::egui::{
    CornerRadius, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

use crate::fonts::{Fill, Icon, Weight};
use crate::theme::{CARD_RADIUS, Palette, shadow};
use crate::widgets::focus_ring;
use crate::words::Words;

/// From this width on they stand side by side.
const WIDE: f32 = 640.0;
/// Between them.
const GAP: f32 = 12.0;

/// A way to begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Way {
    #[default]
    Start,
    Join,
    Look,
}

impl Way {
    const ALL: [(Self, &'static str, &'static str, Icon); 3] = [
        (Self::Start, "first-start", "first-start-line", Icon::HOUSE),
        (Self::Join, "first-join", "first-join-line", Icon::HAND_WAVING),
        (Self::Look, "first-look", "first-look-line", Icon::BINOCULARS),
    ];
}

/// Shows them; gives what was pressed. The first two are a choice, the third is taken at once.
pub(super) fn ways(ui: &mut Ui, words: &Words, chosen: Way) -> Option<Way> {
    let width = ui.available_width();
    let is_wide = width >= WIDE;
    let mut pressed = None;
    let size = if is_wide { (width - 2.0 * GAP) / 3.0 } else { width };
    let tiles: Vec<Tile> = Way::ALL
        .iter()
        .map(|(way, title, line, icon)| {
            Tile::new(ui, *way, (words.say(title), words.say(line)), *icon, size, is_wide)
        })
        .collect();
    let height = tiles.iter().map(|tile| tile.height).fold(0.0, f32::max);
    let show = |ui: &mut Ui| {
        for tile in tiles {
            let (way, high) = (tile.way, if is_wide { height } else { tile.height });
            if tile.show(ui, high, way == chosen) {
                pressed = Some(way);
            }
        }
    };
    if is_wide {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            show(ui);
        });
    } else {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 10.0;
            show(ui);
        });
    }
    pressed
}

struct Tile {
    way: Way,
    name: String,
    icon: Icon,
    title: std::sync::Arc<eframe::egui::Galley>,
    line: std::sync::Arc<eframe::egui::Galley>,
    width: f32,
    height: f32,
    is_wide: bool,
}

impl Tile {
    const BADGE: f32 = 46.0;
    const MARGIN: f32 = 16.0;

    fn new(
        ui: &Ui,
        way: Way,
        (name, line): (String, String),
        icon: Icon,
        width: f32,
        is_wide: bool,
    ) -> Self {
        let palette = Palette::of(ui);
        let beside = if is_wide { 0.0 } else { Self::BADGE + 14.0 };
        let room = width - 2.0 * Self::MARGIN - beside;
        let painter = ui.painter();
        let title = painter.layout(name.clone(), Weight::Bold.at(17.0), palette.text, room);
        let line = painter.layout(line, Weight::Body.at(14.5), palette.weak, room);
        let text = title.size().y + 3.0 + line.size().y;
        let height = if is_wide {
            Self::BADGE + 10.0 + text + 2.0 * Self::MARGIN
        } else {
            text.max(Self::BADGE) + 2.0 * Self::MARGIN - 6.0
        };
        Self { way, name, icon, title, line, width, height, is_wide }
    }

    fn show(self, ui: &mut Ui, height: f32, is_chosen: bool) -> bool {
        let palette = Palette::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(self.width, height), Sense::click());
        let is_on = ui.is_enabled();
        response.widget_info(|| match self.way {
            Way::Look => WidgetInfo::labeled(Role::Button, is_on, &self.name),
            Way::Start | Way::Join => {
                WidgetInfo::selected(Role::RadioButton, is_on, is_chosen, &self.name)
            }
        });
        let corner = CornerRadius::same(CARD_RADIUS);
        ui.painter().add(shadow(palette, 3, 14).as_shape(rect, corner));
        let (fill, line) = if is_chosen {
            (palette.primary_soft, Stroke::new(2.0, palette.primary))
        } else if response.hovered() {
            (palette.sunken, Stroke::new(1.0, palette.line))
        } else {
            (palette.card, Stroke::new(1.0, palette.line))
        };
        ui.painter().rect(rect, corner, fill, line, StrokeKind::Inside);
        let inner = rect.shrink(Self::MARGIN);
        let text = self.title.size().y + 3.0 + self.line.size().y;
        let (badge, at) = if self.is_wide {
            let badge = Rect::from_min_size(inner.min, Vec2::splat(Self::BADGE));
            (badge, pos2(inner.left(), badge.bottom() + 10.0))
        } else {
            let top = rect.center().y - Self::BADGE * 0.5;
            let badge = Rect::from_min_size(pos2(inner.left(), top), Vec2::splat(Self::BADGE));
            (badge, pos2(badge.right() + 14.0, rect.center().y - text * 0.5))
        };
        self.badge(ui, badge, is_chosen);
        if is_chosen {
            let corner = pos2(rect.right() - 22.0, rect.top() + 22.0);
            Icon::CHECK_CIRCLE.paint(ui.painter(), corner, 22.0, Fill::Solid, palette.primary);
        }
        let below = at + vec2(0.0, self.title.size().y + 3.0);
        let weak = if is_chosen { palette.text } else { palette.weak };
        ui.painter().galley(at, self.title, palette.text);
        ui.painter().galley_with_override_text_color(below, self.line, weak);
        focus_ring(ui, &response, rect, CARD_RADIUS);
        response.on_hover_cursor(CursorIcon::PointingHand).clicked()
    }

    fn badge(&self, ui: &Ui, badge: Rect, is_chosen: bool) {
        let palette = Palette::of(ui);
        let (ground, sign) = match self.way {
            _ if is_chosen => (palette.primary, palette.on_primary),
            Way::Look => (palette.accent_soft, palette.accent),
            Way::Start | Way::Join => (palette.primary_soft, palette.primary),
        };
        ui.painter().rect_filled(badge, CornerRadius::same(14), ground);
        self.icon.paint(ui.painter(), badge.center(), 26.0, Fill::Outline, sign);
    }
}
