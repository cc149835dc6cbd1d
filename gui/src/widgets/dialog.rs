//! A question in the middle of the window; Escape and a click beside it say “never mind”.

use eframe::egui::{CornerRadius, Frame, Id, Margin, Modal, ScrollArea, Ui};

use super::text;
use crate::theme::{CARD_RADIUS, Palette, shadow};

/// What became of a dialog in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// It stays.
    Open,
    /// It is over.
    Closed,
}

/// Shows one; its contents say whether it is over.
pub fn dialog(
    ui: &Ui,
    name: &str,
    title: &str,
    contents: impl FnOnce(&mut Ui) -> Dialog,
) -> Dialog {
    let palette = Palette::of(ui);
    let room = ui.ctx().content_rect().size();
    let frame = Frame::new()
        .fill(palette.card)
        .corner_radius(CornerRadius::same(CARD_RADIUS + 4))
        .shadow(shadow(palette, 10, 40))
        .inner_margin(Margin::same(24));
    let modal = Modal::new(Id::unique(("dialog", name))).frame(frame).backdrop_color(palette.veil);
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width((room.x - 80.0).clamp(240.0, 460.0));
        text::title(ui, title);
        ui.add_space(4.0);
        let scroll = ScrollArea::vertical().auto_shrink([false, true]);
        // As high as its contents, up to the window.
        let scroll = scroll.max_height(room.y - 150.0).min_scrolled_height(room.y - 150.0);
        scroll.show(ui, contents).inner
    });
    if shown.should_close() { Dialog::Closed } else { shown.inner }
}
