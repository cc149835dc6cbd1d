//! A few words that something was done, with a way back.

use std::time::Duration;

use eframe::egui::{Align2, Area, CornerRadius, Frame, Id, Margin, Order, RichText, Ui, vec2};
use noaber_core::Command;

use super::{Button, Look, pill::glyph};
use crate::fonts::Icon;
use crate::theme::{Palette, TARGET, shadow};

/// More at one time would hide the page.
const MOST: usize = 3;

/// How long one stays: long enough to read it slowly and to reach for the button.
const STAYS_S: f64 = 8.0;

/// A few words.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// The words.
    pub text: String,
    /// An icon before them.
    pub icon: Icon,
    /// What takes it back.
    pub undo: Option<Command>,
    /// Whose doing it tells of.
    pub of: Doing,
}

/// Whose doing a toast tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// The user's, who waits for it.
    Ours,
    /// A neighbour's; it also stands among the notices.
    Theirs,
}

/// Those that are shown.
#[derive(Default)]
pub struct Toasts {
    shown: Vec<(Toast, Option<f64>)>,
}

impl Toasts {
    /// Shows one more. Where there are too many, the oldest goes, first of what neighbours did: their
    /// news must not cover what somebody has just done themselves, and how to take it back.
    pub fn add(&mut self, toast: Toast) {
        self.shown.push((toast, None));
        if self.shown.len() > MOST {
            let theirs = self.shown.iter().position(|(toast, _)| toast.of == Doing::Theirs);
            self.shown.remove(theirs.unwrap_or(0));
        }
    }

    /// Paints them above the bottom edge; gives what is to be taken back.
    pub fn show(&mut self, ui: &Ui, undo: &str, above: f32) -> Option<Command> {
        let now = ui.input(|input| input.time);
        self.shown.retain(|(_, until)| until.is_none_or(|until| now < until));
        if self.shown.is_empty() {
            return None;
        }
        let palette = Palette::of(ui);
        let (mut chosen, mut soonest) = (None, f64::MAX);
        let area = Area::new(Id::unique("toasts"))
            .order(Order::Foreground)
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -above - 16.0));
        area.show(ui.ctx(), |ui| {
            for (place, (toast, until)) in self.shown.iter_mut().enumerate() {
                let until = *until.get_or_insert(now + STAYS_S);
                soonest = soonest.min(until);
                let frame = Frame::new()
                    .fill(palette.text)
                    .corner_radius(CornerRadius::same(14))
                    .shadow(shadow(palette, 6, 20))
                    .inner_margin(Margin::symmetric(16, 6));
                frame.show(ui, |ui| {
                    ui.set_max_width((ui.ctx().content_rect().width() - 60.0).min(560.0));
                    ui.horizontal(|ui| {
                        // As high as the button from the start: words stand beside its middle.
                        ui.set_min_height(TARGET);
                        glyph(ui, toast.icon, palette.background, 20.0);
                        ui.label(RichText::new(&toast.text).color(palette.background));
                        if toast.undo.is_some()
                            && ui
                                .add(Button::new(undo, Look::Plain).icon(Icon::ARROW_U_LEFT))
                                .clicked()
                        {
                            chosen = Some(place);
                        }
                    });
                });
            }
        });
        ui.ctx().request_repaint_after(Duration::from_secs_f64((soonest - now).max(0.05)));
        chosen.and_then(|place| self.shown.remove(place).0.undo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toast(text: &str, of: Doing) -> Toast {
        Toast { text: text.to_owned(), icon: Icon::CHECK_CIRCLE, undo: None, of }
    }

    fn texts(toasts: &Toasts) -> Vec<&str> {
        toasts.shown.iter().map(|(toast, _)| toast.text.as_str()).collect()
    }

    #[test]
    fn news_never_takes_the_place_of_what_was_just_done() {
        let mut toasts = Toasts::default();
        toasts.add(toast("shared", Doing::Ours));
        for news in ["a", "b", "c", "d"] {
            toasts.add(toast(news, Doing::Theirs));
        }
        assert_eq!(texts(&toasts), ["shared", "c", "d"]);
        for deed in ["1", "2", "3"] {
            toasts.add(toast(deed, Doing::Ours));
        }
        assert_eq!(texts(&toasts), ["1", "2", "3"]);
        toasts.add(toast("e", Doing::Theirs));
        assert_eq!(texts(&toasts), ["1", "2", "3"], "it stands among the notices");
    }
}
