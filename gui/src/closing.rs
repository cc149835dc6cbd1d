//! The question before the window closes while something was begun and not sent.

use eframe::egui::{Context, Id, Ui, ViewportCommand};

use crate::fonts::Icon;
use crate::pages::Unsent;
use crate::widgets::{Button, Dialog, Look, dialog, text};
use crate::words::Words;

/// Whether the window is about to close.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Closing {
    /// It is not.
    #[default]
    No,
    /// Whoever uses it is asked.
    Asked(Unsent),
    /// It may.
    Yes,
}

impl Closing {
    /// Hears whether the window is to close, and asks where something was begun. Gives what holds now.
    #[must_use]
    pub(crate) fn follow(self, ui: &Ui, words: &Words, unsent: impl Fn() -> Unsent) -> Self {
        let mut now = self;
        if ui.input(|input| input.viewport().close_requested()) && self != Self::Yes {
            match unsent() {
                Unsent::Nothing => return Self::Yes,
                some => now = Self::Asked(some),
            }
            ui.ctx().send_viewport_cmd(ViewportCommand::CancelClose);
        }
        if let Self::Asked(unsent) = now {
            now = ask(ui, words, unsent);
            if now == Self::Yes {
                ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            }
        }
        now
    }
}

fn ask(ui: &Ui, words: &Words, unsent: Unsent) -> Closing {
    let (line, close) = match unsent {
        Unsent::Nothing | Unsent::Kept => ("closing-kept", "closing-close-kept"),
        Unsent::Lost => ("closing-lost", "closing-close"),
    };
    let asked = Closing::Asked(unsent);
    let mut decided = asked;
    let shown = dialog(ui, "closing", &words.say("closing-title"), |ui| {
        text::weak(ui, words.say(line));
        ui.add_space(12.0);
        ui.horizontal_wrapped(|ui| {
            let (stay, close) = (words.say("closing-stay"), words.say(close));
            if ui.add(Button::new(&stay, Look::Primary).icon(Icon::ARROW_LEFT)).clicked() {
                decided = Closing::No;
            }
            if ui.add(Button::new(&close, Look::Plain)).clicked() {
                decided = Closing::Yes;
            }
        });
        if decided == asked { Dialog::Open } else { Dialog::Closed }
    });
    // Escape and a click beside it mean: go on.
    if shown == Dialog::Closed && decided == asked { Closing::No } else { decided }
}

/// Where fields in a dialog say that something stands in them.
fn typed() -> Id {
    Id::unique("typed in a dialog")
}

/// Notes that something was typed into a dialog that is open now.
pub(crate) fn note_typed(ui: &Ui) {
    let frame = ui.ctx().cumulative_frame_nr();
    if ui.memory(|memory| memory.top_modal_layer() == Some(ui.layer_id())) {
        ui.data_mut(|data| data.insert_temp(typed(), frame));
    }
}

/// Whether something was typed into a dialog that is open: no draft of that is kept.
pub(crate) fn is_typed(ctx: &Context) -> bool {
    let frame = ctx.cumulative_frame_nr();
    let last = ctx.data(|data| data.get_temp::<u64>(typed()));
    last.is_some_and(|last| last + 1 >= frame)
}
