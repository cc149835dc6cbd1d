//! Cards, headings and what stands where there is nothing yet.

use eframe::egui::{
    Align, Color32, CornerRadius, Frame, InnerResponse, Layout, Margin, Rect, Stroke, Ui, Vec2,
    vec2,
};

use super::text;
use crate::desk::Room;
use crate::fonts::{Fill, Icon};
use crate::theme::{BUTTON_RADIUS, CARD_RADIUS, Palette, card_margin, shadow};

/// A card as wide as there is room.
pub fn card<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let palette = Palette::of(ui);
    let frame = Frame::new()
        .fill(palette.card)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CornerRadius::same(CARD_RADIUS))
        .shadow(shadow(palette, 3, 14))
        .inner_margin(card_margin());
    frame.show(ui, |ui| {
        ui.take_available_width();
        contents(ui)
    })
}

/// A quiet ground inside a card.
pub(super) fn tinted<R>(ui: &mut Ui, fill: Color32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let frame = Frame::new()
        .fill(fill)
        .corner_radius(CornerRadius::same(BUTTON_RADIUS))
        .inner_margin(Margin::symmetric(14, 11));
    frame
        .show(ui, |ui| {
            ui.take_available_width();
            contents(ui)
        })
        .inner
}

/// A card with a title.
pub fn section<R>(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    card(ui, |ui| {
        text::title(ui, title);
        ui.add_space(2.0);
        contents(ui)
    })
    .inner
}

/// The heading of a page, with a line below.
pub fn heading(ui: &mut Ui, title: &str, line: &str) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        text::heading(ui, title);
        if !line.is_empty() {
            text::weak(ui, line);
        }
    });
}

/// The heading of a page with what can be done beside it.
pub fn head<R>(ui: &mut Ui, title: &str, line: &str, action: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), 58.0);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        let inner = action(ui);
        ui.with_layout(Layout::top_down(Align::LEFT), |ui| heading(ui, title, line));
        inner
    })
    .inner
}

/// One of several columns of cards: with the usual room between them, and text that begins at the left.
pub fn column(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
        ui.spacing_mut().item_spacing = vec2(10.0, 16.0);
        contents(ui);
    });
}

/// Which half of a page of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// What comes first: on the left, or above.
    First,
    /// What comes after it.
    Second,
}

/// A page of cards in two halves: beside each other where there is room, and else one below the other.
pub fn halves(ui: &mut Ui, room: Room, mut show: impl FnMut(&mut Ui, Half)) {
    let is_wide = room == Room::Wide && ui.available_width() > 900.0;
    let most = if is_wide { 1180.0 } else { 720.0 };
    ui.set_max_width(ui.available_width().min(most));
    ui.spacing_mut().item_spacing.y = 16.0;
    ui.add_space(0.0);
    if !is_wide {
        show(ui, Half::First);
        return show(ui, Half::Second);
    }
    let between = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, 16.0);
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        column(left, |ui| show(ui, Half::First));
        column(right, |ui| show(ui, Half::Second));
    });
    ui.spacing_mut().item_spacing.x = between;
}

/// A thin line between two things.
pub fn divider(ui: &mut Ui) {
    let palette = Palette::of(ui);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), 9.0));
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, palette.line));
}

/// What stands where there is nothing yet: what it will be, and what to do about it.
pub fn empty<R>(
    ui: &mut Ui,
    icon: Icon,
    title: &str,
    line: &str,
    action: impl FnOnce(&mut Ui) -> R,
) -> R {
    ui.vertical_centered(|ui| {
        ui.add_space(28.0);
        let (_, rect) = ui.allocate_space(Vec2::splat(92.0));
        badge(ui, rect, icon);
        ui.add_space(6.0);
        text::title(ui, title);
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width().min(440.0));
            text::weak(ui, line);
        });
        ui.add_space(8.0);
        let inner = action(ui);
        ui.add_space(28.0);
        inner
    })
    .inner
}

fn badge(ui: &Ui, rect: Rect, icon: Icon) {
    let palette = Palette::of(ui);
    ui.painter().circle_filled(rect.center(), 44.0, palette.primary_soft);
    icon.paint(ui.painter(), rect.center(), 42.0, Fill::Outline, palette.primary);
}
