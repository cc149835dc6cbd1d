//! Text in its few sizes.

use eframe::egui::{Label, Response, RichText, Role, Ui, WidgetInfo};

use crate::fonts::Weight;
use crate::theme::{HEADING, Palette, SMALL, TITLE};

/// For reading.
pub fn body(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.label(RichText::new(text).color(Palette::of(ui).text))
}

/// Beside what matters more.
pub fn weak(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.label(RichText::new(text).color(Palette::of(ui).weak))
}

/// Small and beside.
pub fn small(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.label(RichText::new(text).size(SMALL).color(Palette::of(ui).weak))
}

/// A name, or what matters in a line.
pub fn strong(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = RichText::new(text).font(Weight::Bold.at(16.0)).color(Palette::of(ui).text);
    ui.label(text)
}

/// Above a field.
pub fn caption(ui: &mut Ui, text: impl Into<String>) -> Response {
    let text = RichText::new(text).font(Weight::Semibold.at(14.5)).color(Palette::of(ui).text);
    ui.label(text)
}

/// Above a card's contents.
pub fn title(ui: &mut Ui, text: impl Into<String>) -> Response {
    heading_of(ui, &text.into(), Weight::Bold, TITLE)
}

/// Above a page.
pub fn heading(ui: &mut Ui, text: impl Into<String>) -> Response {
    let narrow = ui.available_width() < 520.0;
    heading_of(ui, &text.into(), Weight::Heavy, if narrow { 24.0 } else { HEADING })
}

fn heading_of(ui: &mut Ui, text: &str, weight: Weight, size: f32) -> Response {
    let rich = RichText::new(text).font(weight.at(size)).color(Palette::of(ui).text);
    let response = ui.add(Label::new(rich).wrap());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
    response
}

/// Something that went wrong, kindly.
pub fn trouble(ui: &mut Ui, text: impl Into<String>) {
    let palette = Palette::of(ui);
    let text = text.into();
    super::card::tinted(ui, palette.accent_soft, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            super::pill::glyph(ui, crate::fonts::Icon::WARNING_CIRCLE, palette.accent, 20.0);
            ui.add(Label::new(RichText::new(text).color(palette.text)).wrap());
        });
    });
}

/// An icon at the start of a line.
pub fn glyph(ui: &mut Ui, icon: crate::fonts::Icon, colour: eframe::egui::Color32) {
    super::pill::glyph(ui, icon, colour, 20.0);
}
