//! How far something is.

use eframe::egui::{CornerRadius, Ui, vec2};

use crate::theme::Palette;

/// A bar, from 0 to 1. Words beside it say the same.
pub fn progress(ui: &mut Ui, part: f32) {
    let palette = Palette::of(ui);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 8.0));
    ui.painter().rect_filled(rect, CornerRadius::same(4), palette.sunken);
    let part = ui.ctx().animate_value_with_time(ui.scope_id().with("progress"), part, 0.6);
    let mut done = rect;
    done.set_width(rect.width() * part.clamp(0.0, 1.0));
    ui.painter().rect_filled(done, CornerRadius::same(4), palette.primary);
}
