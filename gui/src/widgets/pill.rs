//! A state at a glance: icon, word and colour together, so that none is needed alone.

use eframe::egui::{Color32, CornerRadius, Label, RichText, Sense, Ui, Vec2, pos2, vec2};

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

/// How large it would be.
pub fn pill_size(ui: &Ui, text: &str, room: f32) -> Vec2 {
    let font = Weight::Bold.at(SMALL);
    let galley = ui.painter().layout(text.to_owned(), font, Color32::WHITE, (room - 36.0).max(30.0));
    vec2(galley.size().x + 37.0, galley.size().y + 9.0)
}

/// The state.
pub fn pill(ui: &mut Ui, icon: Icon, text: &str, tone: Tone) {
    let (colour, soft) = tone.colours(Palette::of(ui));
    let size = pill_size(ui, text, ui.available_width());
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(13), soft);
    let middle = pos2(rect.left() + 16.0, rect.center().y);
    icon.paint(ui.painter(), middle, 15.0, Fill::Outline, colour);
    let inside = rect.with_min_x(rect.left() + 26.0).shrink2(vec2(0.0, 3.0));
    let rich = RichText::new(text).font(Weight::Bold.at(SMALL)).color(colour);
    ui.put(inside, Label::new(rich).halign(eframe::egui::Align::LEFT).wrap());
}

/// An icon in a line of text.
pub(super) fn glyph(ui: &mut Ui, icon: Icon, colour: Color32, size: f32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(size + 3.0), Sense::hover());
    icon.paint(ui.painter(), rect.center(), size, Fill::Outline, colour);
}
