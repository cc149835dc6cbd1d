//! An invite that comes as a picture of its code: opened, dropped or pasted here, and read.

use eframe::egui::{Context, Ui};
use noaber_core::wire::{BadLink, Link};
use noaber_node::photo::PhotoError;
use noaber_node::qr::NoCode;

use crate::arrivals::arrivals;
use crate::codes::{NoInvite, Reading};
use crate::engine::{Answer, Engine, Ticket};
use crate::fonts::Icon;
use crate::widgets::{Button, Look, text};
use crate::words::Words;

/// See the module.
#[derive(Default)]
pub(super) struct Picture {
    picking: Option<Ticket>,
    reading: Option<Reading>,
}

impl Picture {
    /// What came of a picture, once: its invite, or what to tell about it.
    pub(super) fn hear(
        &mut self,
        ctx: &Context,
        words: &Words,
        engine: &mut Engine,
    ) -> Option<Result<Box<Link>, String>> {
        if let Some(Answer::Picked(files)) = self.picking.and_then(|ticket| engine.take(ticket)) {
            self.picking = None;
            if let Some(file) = files.into_iter().next() {
                self.reading = Some(Reading::begin(ctx, move || Ok(file)));
            }
        }
        if let Some(arrival) = arrivals(ctx).into_iter().next() {
            self.reading = Some(Reading::begin(ctx, arrival));
        }
        let answer = self.reading.as_ref()?.poll()?;
        self.reading = None;
        Some(answer.map_err(|why| trouble(words, &why)))
    }

    /// The way to open one.
    pub(super) fn show(&mut self, ui: &mut Ui, words: &Words, engine: &mut Engine) {
        if self.reading.is_some() {
            text::weak(ui, words.say("first-code-busy"));
            return;
        }
        let is_over = ui.input(|input| !input.raw.hovered_files.is_empty());
        let label = words.say(if is_over { "first-code-drop" } else { "first-code" });
        let look = if is_over { Look::Primary } else { Look::Plain };
        let button = Button::new(&label, look).icon(Icon::QR_CODE).wide();
        if ui.add(button.only_if(self.picking.is_none())).clicked() {
            self.picking = Some(engine.pick_photos(words.say("first-code")));
        }
        text::small(ui, words.say("first-code-line"));
    }
}

/// What is wrong with a picture, and what to do about it.
fn trouble(words: &Words, why: &NoInvite) -> String {
    let key = match why {
        NoInvite::File(detail) => {
            return words.tell("photo-unread", &[("detail", detail.into())]);
        }
        NoInvite::Code(NoCode::Absent) => "code-absent",
        NoInvite::Code(NoCode::Blurred) => "code-blurred",
        NoInvite::Code(NoCode::Picture(PhotoError::TooHeavy { .. })) => "photo-heavy",
        NoInvite::Code(NoCode::Picture(PhotoError::UnknownFormat)) => "photo-unknown",
        NoInvite::Code(NoCode::Picture(_)) => "photo-bad",
        NoInvite::Link(BadLink::NotALink) => "code-other",
        NoInvite::Link(BadLink::Damaged) => "join-damaged",
    };
    words.say(key)
}
