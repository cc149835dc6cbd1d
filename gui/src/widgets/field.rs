//! A field to type in, with its caption above.

use eframe::egui::{CornerRadius, Frame, Key, Margin, Response, Stroke, TextEdit, Ui, vec2};

use super::{pill::glyph, text};
use crate::fonts::Icon;
use crate::theme::{BUTTON_RADIUS, Palette};

/// Whether Enter was pressed in this field just now: what is in it stands, and the form may go on.
pub fn is_finished(ui: &Ui, field: &Response) -> bool {
    field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// How much is to be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// A line.
    One,
    /// A few sentences.
    Some(usize),
}

/// A field.
pub struct Field<'a> {
    caption: &'a str,
    hint: &'a str,
    icon: Option<Icon>,
    lines: Lines,
    most: usize,
    is_hidden_caption: bool,
}

impl<'a> Field<'a> {
    /// With a caption, which is its name for screen readers too.
    pub fn new(caption: &'a str) -> Self {
        let (hint, icon, lines, most) = ("", None, Lines::One, 180);
        Self { caption, hint, icon, lines, most, is_hidden_caption: false }
    }

    /// What could be typed, for example.
    #[must_use]
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// An icon inside, in place of the caption.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self.is_hidden_caption = true;
        self
    }

    /// Without the caption above; it stays the name.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.is_hidden_caption = true;
        self
    }

    /// How many lines.
    #[must_use]
    pub fn lines(mut self, lines: Lines) -> Self {
        self.lines = lines;
        self
    }

    /// At most so many letters.
    #[must_use]
    pub fn most(mut self, letters: usize) -> Self {
        self.most = letters;
        self
    }

    /// Shows it.
    pub fn show(self, ui: &mut Ui, value: &mut String) -> Response {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            if !self.is_hidden_caption {
                text::caption(ui, self.caption);
            }
            self.framed(ui, value)
        })
        .inner
    }

    fn framed(self, ui: &mut Ui, value: &mut String) -> Response {
        let palette = Palette::of(ui);
        if !value.is_empty() {
            crate::closing::note_typed(ui);
        }
        let before = ui.memory(eframe::egui::Memory::focused);
        let id = ui.next_auto_id().with("field");
        let is_here = before == Some(id);
        let line = if is_here { palette.primary } else { palette.line };
        let frame = Frame::new()
            .fill(palette.card)
            .stroke(Stroke::new(if is_here { 2.5 } else { 1.5 }, line))
            .corner_radius(CornerRadius::same(BUTTON_RADIUS))
            .inner_margin(Margin::symmetric(if is_here { 13 } else { 14 }, 10));
        let hint = eframe::egui::RichText::new(self.hint).color(palette.weak);
        frame
            .show(ui, |ui| {
                ui.horizontal(|ui| {
                    if let Some(icon) = self.icon {
                        glyph(ui, icon, palette.weak, 21.0);
                    }
                    let edit = match self.lines {
                        Lines::One => TextEdit::singleline(value),
                        Lines::Some(rows) => TextEdit::multiline(value).desired_rows(rows),
                    };
                    let edit = edit
                        .id(id)
                        .hint_text(hint)
                        .frame(Frame::NONE)
                        .margin(Margin::ZERO)
                        .char_limit(self.most)
                        .min_size(vec2(0.0, 24.0))
                        .text_color(palette.text)
                        .desired_width(f32::INFINITY);
                    ui.add(edit).accessible_name(self.caption)
                })
                .inner
            })
            .inner
    }
}
