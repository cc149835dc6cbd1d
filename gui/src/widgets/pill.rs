//! A state at a glance: icon, word and colour together, so that none is needed alone.

use eframe::egui::{Color32, CornerRadius, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::fonts::{Fill, Icon, Weight};
use crate::theme::{Palette, SMALL};

/// What a state means for whoever reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Good,
    /// On its way.
    Going,
    /// Look at this.
    Mind,
    /// Over, or beside the point.
    Quiet,
}

impl Tone {
    fn colours(self, palette: &Palette) -> (Color32, Color32) {
        match self {
            Self::Good => (palette.ok, palette.ok_soft),
            Self::Going => (palette.primary, palette.primary_soft),
            Self::Mind => (palette.accent, palette.accent_soft),
            Self::Quiet => (palette.weak, palette.sunken),
        }
    }
}

/// The state.
pub fn pill(ui: &mut Ui, icon: Icon, text: &str, tone: Tone) {
    let (colour, soft) = tone.colours(Palette::of(ui));
    let room = (ui.available_width() - BEFORE - AFTER).max(60.0);
    let galley = ui.painter().layout(text.to_owned(), Weight::Bold.at(SMALL), colour, room);
    let size = vec2(galley.size().x + BEFORE + AFTER, galley.size().y + 9.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(rect, CornerRadius::same(13), soft);
    let middle = pos2(rect.left() + 16.0, rect.top() + 4.5 + SMALL * 0.68);
    icon.paint(ui.painter(), middle, 15.5, Fill::Outline, colour);
    let at = pos2(rect.left() + BEFORE, rect.center().y - galley.size().y * 0.5);
    ui.painter().galley(at, galley, colour);
}

/// Room for the icon.
const BEFORE: f32 = 28.0;
/// Room after the words.
const AFTER: f32 = 13.0;

/// An icon in a line of text.
pub(super) fn glyph(ui: &mut Ui, icon: Icon, colour: Color32, size: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size + 3.0), Sense::hover());
    icon.paint(ui.painter(), rect.center(), size, Fill::Outline, colour);
}
