//! Buttons: what can be done here, the most likely first and filled.

use eframe::egui::{
    Color32, CornerRadius, CursorIcon, FontId, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    Vec2, Widget, WidgetInfo, pos2, vec2,
};

use super::focus_ring;
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::{BUTTON_RADIUS, Palette, TARGET};

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// What most will want.
    Primary,
    /// As good, but not the first thing.
    Plain,
    /// Beside the others.
    Quiet,
    /// Something to think about first.
    Careful,
}

/// A button with words, and perhaps an icon before them.
pub struct Button<'a> {
    text: &'a str,
    icon: Option<Icon>,
    look: Look,
    name: Option<&'a str>,
    is_wide: bool,
    is_on: bool,
}

impl<'a> Button<'a> {
    /// With these words.
    pub fn new(text: &'a str, look: Look) -> Self {
        Self { text, icon: None, look, name: None, is_wide: false, is_on: true }
    }

    /// With an icon before the words.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Named otherwise for screen readers: where several buttons say the same.
    #[must_use]
    pub fn named(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// As wide as there is room.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.is_wide = true;
        self
    }

    /// Can be pressed only where this holds.
    #[must_use]
    pub fn only_if(mut self, holds: bool) -> Self {
        self.is_on = holds;
        self
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let palette = Palette::of(ui);
        let font = Weight::Semibold.at(16.0);
        let icon_width = if self.icon.is_some() { 28.0 } else { 0.0 };
        let room = (ui.available_width() - 36.0 - icon_width).max(40.0);
        let galley = ui.painter().layout(self.text.to_owned(), font, Color32::PLACEHOLDER, room);
        let inner = vec2(galley.size().x + icon_width, galley.size().y);
        let margin = if self.look == Look::Quiet { 8.0 } else { 34.0 };
        let mut size = vec2(inner.x + margin, (inner.y + 20.0).max(TARGET));
        if self.is_wide {
            size.x = ui.available_width();
        }
        let sense = if self.is_on { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        let is_on = self.is_on && ui.is_enabled();
        let name = self.name.unwrap_or(self.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, is_on, name));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let (fill, text, line) = colours(palette, self.look, is_on);
        let fill = match (response.hovered() && is_on, self.look) {
            (false, _) => fill,
            (true, Look::Quiet) => palette.primary_soft,
            (true, _) => towards(fill, text, 0.08),
        };
        let down = if response.is_pointer_button_down_on() && is_on { 1.0 } else { 0.0 };
        let face = rect.translate(vec2(0.0, down));
        let corner = CornerRadius::same(BUTTON_RADIUS);
        ui.painter().rect(face, corner, fill, Stroke::new(1.0, line), StrokeKind::Inside);
        let start = face.center() - inner * 0.5;
        if let Some(icon) = self.icon {
            let middle = pos2(start.x + 10.0, face.center().y);
            icon.paint(ui.painter(), middle, 20.0, Fill::Outline, text);
        }
        let at = pos2(start.x + icon_width, face.center().y - galley.size().y * 0.5);
        ui.painter().galley(at, galley, text);
        focus_ring(ui, &response, rect, BUTTON_RADIUS);
        if is_on { response.on_hover_cursor(CursorIcon::PointingHand) } else { response }
    }
}

fn colours(palette: &Palette, look: Look, is_on: bool) -> (Color32, Color32, Color32) {
    if !is_on {
        return (palette.sunken, palette.weak, palette.line);
    }
    match look {
        Look::Primary => (palette.primary, palette.on_primary, palette.primary),
        Look::Plain => (palette.card, palette.text, palette.line),
        Look::Quiet => (Color32::TRANSPARENT, palette.primary, Color32::TRANSPARENT),
        Look::Careful => (palette.card, palette.accent, palette.line),
    }
}

/// A little of one colour in another.
pub(super) fn towards(from: Color32, to: Color32, part: f32) -> Color32 {
    from.lerp_to_gamma(to, part)
}

/// A round button that is only an icon; its name is said by screen readers and shown when hovered.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(TARGET), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let face = Rect::from_center_size(rect.center(), Vec2::splat(40.0));
    if response.hovered() {
        ui.painter().rect_filled(face, CornerRadius::same(BUTTON_RADIUS), palette.sunken);
    }
    icon.paint(ui.painter(), rect.center(), 21.0, Fill::Outline, palette.text);
    focus_ring(ui, &response, face, BUTTON_RADIUS);
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name)
}

/// Words that lead somewhere, in a line of text.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    let primary = Palette::of(ui).primary;
    linked(ui, text, Weight::Semibold.at(15.0), primary)
}

/// A title that leads to what it names.
pub fn title_link(ui: &mut Ui, text: &str) -> Response {
    let colour = Palette::of(ui).text;
    linked(ui, text, Weight::Bold.at(16.5), colour)
}

fn linked(ui: &mut Ui, text: &str, font: FontId, colour: Color32) -> Response {
    let room = ui.available_width();
    let galley = ui.painter().layout(text.to_owned(), font, colour, room);
    let size = vec2(galley.size().x, galley.size().y.max(28.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), text));
    let at = pos2(rect.left(), rect.center().y - galley.size().y * 0.5);
    let under = at.y + galley.size().y;
    ui.painter().galley(at, galley, colour);
    if response.hovered() {
        ui.painter().hline(rect.x_range(), under, Stroke::new(1.5, colour));
    }
    focus_ring(ui, &response, rect, 4);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
