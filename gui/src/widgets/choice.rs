//! One of a short list: a button that looks like a field and opens the list. All of it works by keyboard.

use eframe::egui::{
    Align, Align2, Color32, CornerRadius, CursorIcon, Popup, Rect, Response, Role, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::focus_ring;
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::{BUTTON_RADIUS, Palette, TARGET};

const ROW: f32 = 40.0;

/// A button that looks like a field and opens something.
pub(super) fn opener(ui: &mut Ui, icon: Icon, shown: &str, name: &str, width: f32) -> Response {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, TARGET + 2.0), Sense::click());
    let label = format!("{name}: {shown}");
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), &label));
    let fill = if response.hovered() { palette.sunken } else { palette.card };
    let corner = CornerRadius::same(BUTTON_RADIUS);
    let stroke = Stroke::new(1.5, palette.line);
    ui.painter().rect(rect, corner, fill, stroke, StrokeKind::Inside);
    let middle = rect.center().y;
    let at = pos2(rect.left() + 21.0, middle);
    icon.paint(ui.painter(), at, 19.0, Fill::Outline, palette.primary);
    let at = pos2(rect.left() + 38.0, middle);
    let font = Weight::Semibold.at(15.5);
    ui.painter().text(at, Align2::LEFT_CENTER, shown, font, palette.text);
    focus_ring(ui, &response, rect, BUTTON_RADIUS);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A row of an opened list.
pub(super) fn row(ui: &mut Ui, shown: &str, is_chosen: bool, width: f32) -> Response {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, is_chosen, shown));
    let face = Rect::from_center_size(rect.center(), vec2(width - 6.0, ROW - 4.0));
    let colour = if is_chosen {
        ui.painter().rect_filled(face, CornerRadius::same(10), palette.primary);
        palette.on_primary
    } else {
        let fill = if response.hovered() { palette.sunken } else { Color32::TRANSPARENT };
        ui.painter().rect_filled(face, CornerRadius::same(10), fill);
        palette.text
    };
    let font = Weight::Semibold.at(15.0);
    let at = pos2(face.left() + 12.0, face.center().y);
    ui.painter().text(at, Align2::LEFT_CENTER, shown, font, colour);
    focus_ring(ui, &response, face, 10);
    response
}

/// Lets one of some words be chosen; gives the place of the one that was.
pub fn choice(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    words: &[String],
    chosen: usize,
    width: f32,
) -> Option<usize> {
    let shown = words.get(chosen).map_or("", String::as_str);
    let button = opener(ui, icon, shown, name, width);
    let has_opened = button.clicked();
    let mut pressed = None;
    Popup::menu(&button).accessible_name(name).gap(6.0).show(|ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::vertical().max_height(ROW * 7.5).show(ui, |ui| {
            for (place, word) in words.iter().enumerate() {
                let row = row(ui, word, place == chosen, width.max(120.0));
                if has_opened && place == chosen {
                    row.scroll_to_me(Some(Align::Center));
                }
                if row.clicked() {
                    pressed = Some(place);
                    ui.close();
                }
            }
        });
    });
    pressed
}
