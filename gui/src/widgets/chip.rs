//! Choices: chips of which one holds, a switch, and a number with less and more.

use eframe::egui::{
    Align, CornerRadius, CursorIcon, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo, pos2, vec2,
};

use super::{focus_ring, icon_button, text};
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::{Palette, TARGET};

/// One of several choices.
pub fn chip(ui: &mut Ui, label: &str, icon: Option<Icon>, is_chosen: bool) -> Response {
    let palette = Palette::of(ui);
    let (fill, colour, line) = if is_chosen {
        (palette.primary, palette.on_primary, palette.primary)
    } else {
        (palette.card, palette.text, palette.line)
    };
    let font = Weight::Semibold.at(15.0);
    let galley = ui.painter().layout_no_wrap(label.to_owned(), font, colour);
    let icon_width = if icon.is_some() { 24.0 } else { 0.0 };
    let size = vec2(galley.size().x + icon_width + 32.0, 40.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_chosen, label));
    if ui.is_rect_visible(rect) {
        let fill =
            if response.hovered() { super::button::towards(fill, colour, 0.06) } else { fill };
        let stroke = Stroke::new(1.0, line);
        ui.painter().rect(rect, CornerRadius::same(20), fill, stroke, StrokeKind::Inside);
        if let Some(icon) = icon {
            let middle = pos2(rect.left() + 24.0, rect.center().y);
            let look = if is_chosen { Fill::Solid } else { Fill::Outline };
            icon.paint(ui.painter(), middle, 19.0, look, colour);
        }
        let at = pos2(rect.left() + 16.0 + icon_width, rect.center().y - galley.size().y * 0.5);
        ui.painter().galley(at, galley, colour);
        focus_ring(ui, &response, rect, 20);
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Something that is so or not so, with a line that says what it means.
pub fn switch(ui: &mut Ui, is_on: &mut bool, label: &str, meaning: &str) -> Response {
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let room = width - 70.0;
    let title =
        ui.painter().layout(label.to_owned(), Weight::Semibold.at(16.0), palette.text, room);
    let line = ui.painter().layout(meaning.to_owned(), Weight::Body.at(14.5), palette.weak, room);
    let height = title.size().y + line.size().y + 14.0;
    let (rect, mut response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    if response.clicked() {
        *is_on = !*is_on;
        response.mark_changed();
    }
    let chosen = *is_on;
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), chosen, label));
    let track = Rect::from_center_size(pos2(rect.left() + 25.0, rect.center().y), vec2(50.0, 28.0));
    let (fill, knob) = if chosen {
        (palette.primary, track.right() - 14.0)
    } else {
        (palette.weak, track.left() + 14.0)
    };
    ui.painter().rect_filled(track, CornerRadius::same(14), fill);
    ui.painter().circle_filled(pos2(knob, track.center().y), 10.5, palette.card);
    let at = pos2(rect.left() + 64.0, rect.top() + 6.0);
    let below = at + vec2(0.0, title.size().y + 1.0);
    ui.painter().galley(at, title, palette.text);
    ui.painter().galley(below, line, palette.weak);
    focus_ring(ui, &response, track, 14);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A number with less and more, after its caption.
pub fn stepper(
    ui: &mut Ui,
    caption: &str,
    value: &mut u32,
    range: std::ops::RangeInclusive<u32>,
    names: [&str; 2],
) {
    let shown = value.to_string();
    stepper_of(ui, caption, value, range, names, &shown);
}

/// The same for what is counted in other steps than its unit: shown in these words.
pub fn stepper_of(
    ui: &mut Ui,
    caption: &str,
    value: &mut u32,
    range: std::ops::RangeInclusive<u32>,
    [less, more]: [&str; 2],
    shown: &str,
) {
    let size = vec2(ui.available_width(), TARGET);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        text::caption(ui, caption);
        if icon_button(ui, Icon::MINUS, less).clicked() {
            *value = value.saturating_sub(1).max(*range.start());
        }
        let (font, colour) = (Weight::Bold.at(18.0), Palette::of(ui).text);
        let galley = ui.painter().layout_no_wrap(shown.to_owned(), font, colour);
        let width = galley.size().x.max(34.0);
        let (rect, response) = ui.allocate_exact_size(Vec2::new(width, TARGET), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, shown));
        ui.painter().galley(rect.center() - galley.size() * 0.5, galley, colour);
        if icon_button(ui, Icon::PLUS, more).clicked() {
            *value = value.saturating_add(1).min(*range.end());
        }
    });
}
