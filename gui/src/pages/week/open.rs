//! One booking of a car: who, when, why, how sure, and what I can do about it. What it changes is said by
//! commands; what it looks like on the calendar is in [`super::blocks`].

use eframe::egui::{Ui, vec2};
use jiff::civil::{Date, Time};
use noaber_core::booking::{Booking, State, Status, What};
use noaber_core::id::BookingId;
use noaber_core::listing::Listing;
use noaber_core::replica::{Act, Handing, Usable};

use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::booking::{Side, side, standing};
use crate::widgets::{
    Button, Dialog, Field, Lines, Look, avatar, dialog, pill, section, switch, text, when,
};
use crate::words::capital;

/// It can be fetched a little before its time.
const EARLY_MS: i64 = 60 * 60 * 1000;

/// What needs more than a press.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Question {
    PickUp { km: String },
    Return { km: String, note: String },
    Extend { date: Date, time: Time },
    Damage { text: String, is_usable: bool },
    Decline { reason: String },
}

/// A booking that is looked at.
pub(super) struct Open {
    pub(super) id: BookingId,
    question: Option<Question>,
    sent: Option<Ticket>,
    trouble: Option<String>,
}

impl Open {
    /// Looks at one.
    pub(super) fn new(id: BookingId) -> Self {
        Self { id, question: None, sent: None, trouble: None }
    }

    /// Shows it; gives whether it is put away again.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, car: &Listing) -> bool {
        let circle = desk.circle.clone();
        let Some(booking) = circle.bookings.get(&self.id) else {
            // Just asked: it arrives with the next view.
            return false;
        };
        let words = desk.words;
        let status = circle.status(booking, desk.now);
        let side = side(desk, booking, Some(car));
        let is_mine = booking.borrower == desk.me;
        let title = words.say(if is_mine { "week-yours" } else { "week-theirs" });
        section(ui, &title, |ui| {
            ui.spacing_mut().item_spacing.y = 9.0;
            said(ui, desk, booking, &status, side);
            damages(ui, desk, booking, car);
            if let Some(trouble) = &self.trouble {
                text::trouble(ui, trouble.clone());
            }
            if side == Side::Neighbour {
                text::small(ui, words.say("week-not-yours"));
            } else {
                self.actions(ui, desk, booking, &status, side);
            }
            let label = words.say("week-close");
            ui.add(Button::new(&label, Look::Quiet)).clicked()
        })
    }

    fn actions(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        booking: &Booking,
        status: &Status,
        side: Side,
    ) {
        let words = desk.words;
        let is_near = status.interval.from().plus_ms(-EARLY_MS) <= desk.now;
        let mut buttons = Vec::new();
        let is_asked = (status.state == State::Asked || status.extension.is_some())
            && side == Side::Owner
            && booking.asked.device != desk.view.device;
        if is_asked {
            buttons.push(("act-confirm", Look::Primary, Icon::CHECK));
            buttons.push(("act-decline", Look::Plain, Icon::X));
        }
        match status.state {
            State::Offered if side == Side::Borrower => {
                buttons.push(("act-accept", Look::Primary, Icon::CHECK));
            }
            State::Out => buttons.push(("act-returned", Look::Primary, Icon::HANDSHAKE)),
            State::Confirmed if is_near => {
                buttons.push(("act-picked-up", Look::Primary, Icon::KEY));
            }
            _ => {}
        }
        if matches!(status.state, State::Confirmed | State::Out) && status.extension.is_none() {
            buttons.push(("week-extend", Look::Plain, Icon::CLOCK));
        }
        if matches!(status.state, State::Confirmed | State::Out | State::Returned) && is_near {
            buttons.push(("week-damage", Look::Quiet, Icon::WARNING));
        }
        match status.state {
            State::Confirmed => buttons.push(("act-cancel", Look::Careful, Icon::X)),
            State::Asked | State::Waiting | State::Offered if side == Side::Borrower => {
                buttons.push(("act-withdraw", Look::Quiet, Icon::X));
            }
            _ => {}
        }
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for (key, look, icon) in buttons {
                let label = words.say(key);
                if ui.add(Button::new(&label, look).icon(icon).wide()).clicked() {
                    self.press(desk, key, status);
                }
            }
        });
    }

    fn press(&mut self, desk: &mut Desk<'_>, key: &str, status: &Status) {
        let end = desk.circle.zone.civil(status.interval.to());
        self.trouble = None;
        let km = String::new;
        self.question = match key {
            "act-picked-up" => Some(Question::PickUp { km: km() }),
            "act-returned" => Some(Question::Return { km: km(), note: String::new() }),
            "week-extend" => Some(Question::Extend { date: end.date(), time: end.time() }),
            "week-damage" => Some(Question::Damage { text: String::new(), is_usable: true }),
            "act-decline" => Some(Question::Decline { reason: String::new() }),
            "act-confirm" => return self.act(desk, Act::Confirm),
            "act-accept" => return self.act(desk, Act::Accept),
            _ => return self.act(desk, Act::Cancel { reason: String::new() }),
        };
    }

    fn act(&mut self, desk: &mut Desk<'_>, act: Act) {
        let (circle, booking) = (desk.circle.id, self.id);
        let command = noaber_core::Command::Booking { circle, booking, act };
        self.sent = Some(desk.submit(command));
    }

    /// What is asked before something is done, and what came of it.
    pub(super) fn questions(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        if let Some(Answer::Done(done)) = desk.take(&mut self.sent) {
            match done {
                Ok(_) => self.question = None,
                Err(error) => self.trouble = Some(desk.failure(&error)),
            }
        }
        let Some(mut question) = self.question.take() else { return };
        let words = desk.words;
        let (title, yes) = match question {
            Question::PickUp { .. } => ("week-pick-up-title", "act-picked-up"),
            Question::Return { .. } => ("week-return-title", "act-returned"),
            Question::Extend { .. } => ("week-extend-title", "week-extend-yes"),
            Question::Damage { .. } => ("week-damage-title", "week-damage-yes"),
            Question::Decline { .. } => ("decline-title", "decline-yes"),
        };
        let mut act = None;
        let shown = dialog(ui, "booking", &words.say(title), |ui| {
            ui.spacing_mut().item_spacing.y = 10.0;
            let can = self.ask(ui, desk, &mut question);
            if let Some(trouble) = &self.trouble {
                text::trouble(ui, trouble.clone());
            }
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                let (yes, no) = (words.say(yes), words.say("cancel"));
                let button = Button::new(&yes, Look::Primary).only_if(can && self.sent.is_none());
                if ui.add(button).clicked() {
                    act = Some(question.act(desk));
                }
                let is_over = ui.add(Button::new(&no, Look::Quiet)).clicked();
                if is_over { Dialog::Closed } else { Dialog::Open }
            })
            .inner
        });
        if let Some(act) = act {
            self.trouble = None;
            self.act(desk, act);
        }
        if shown == Dialog::Open {
            self.question = Some(question);
        } else {
            self.trouble = None;
        }
    }

    /// The fields of a question; gives whether it can be answered so.
    fn ask(&self, ui: &mut Ui, desk: &Desk<'_>, question: &mut Question) -> bool {
        let words = desk.words;
        match question {
            Question::PickUp { km } => {
                odometer(ui, desk, self.id, km);
                true
            }
            Question::Return { km, note } => {
                odometer(ui, desk, self.id, km);
                let (caption, hint) = (words.say("week-remark"), words.say("week-remark-hint"));
                Field::new(&caption).hint(&hint).lines(Lines::Some(2)).most(500).show(ui, note);
                true
            }
            Question::Extend { date, time } => self.ask_longer(ui, desk, date, time),
            Question::Damage { text: said, is_usable } => {
                let (caption, hint) =
                    (words.say("week-damage-what"), words.say("week-damage-hint"));
                Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(800).show(ui, said);
                let (label, line) = (words.say("week-usable"), words.say("week-usable-line"));
                switch(ui, is_usable, &label, &line);
                !said.trim().is_empty()
            }
            Question::Decline { reason } => {
                text::weak(ui, words.say("decline-line"));
                let (caption, hint) = (words.say("decline-reason"), words.say("decline-hint"));
                Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(500).show(ui, reason);
                true
            }
        }
    }

    fn ask_longer(&self, ui: &mut Ui, desk: &Desk<'_>, date: &mut Date, time: &mut Time) -> bool {
        let words = desk.words;
        let Some(booking) = desk.circle.bookings.get(&self.id) else { return false };
        let status = desk.circle.status(booking, desk.now);
        let least = desk.circle.zone.date(status.interval.to());
        when::end(ui, words, desk.moment(), &words.say("ask-to"), (date, time), least);
        let to = desk.circle.zone.at(date.to_datetime(*time));
        if to <= status.interval.to() {
            text::weak(ui, words.say("week-extend-later"));
            return false;
        }
        let against = desk.circle.against_extension(booking, &status, to, desk.now);
        if against.is_empty() {
            ui.horizontal(|ui| {
                text::glyph(ui, Icon::CHECK_CIRCLE, Palette::of(ui).ok);
                text::body(ui, words.say("week-extend-free"));
            });
            return true;
        }
        let said: Vec<String> =
            against.iter().map(|reason| words.reason(reason, desk.moment())).collect();
        text::trouble(ui, said.join("\n"));
        false
    }
}

impl Question {
    fn act(&self, desk: &Desk<'_>) -> Act {
        match self {
            Self::PickUp { km } => {
                Act::PickUp(Handing { odometer_km: km.parse().ok(), ..Handing::default() })
            }
            Self::Return { km, note } => {
                let note = note.trim().to_owned();
                Act::Return(Handing { odometer_km: km.parse().ok(), note, ..Handing::default() })
            }
            Self::Extend { date, time } => {
                Act::Extend { to: desk.circle.zone.at(date.to_datetime(*time)) }
            }
            Self::Damage { text, is_usable } => {
                let usable = if *is_usable { Usable::Yes } else { Usable::No };
                Act::Damage { text: text.trim().to_owned(), photos: Vec::new(), usable }
            }
            Self::Decline { reason } => Act::Decline { reason: reason.trim().to_owned() },
        }
    }
}

/// What the odometer shows now; what it showed before stands beside it.
fn odometer(ui: &mut Ui, desk: &Desk<'_>, booking: BookingId, km: &mut String) {
    let words = desk.words;
    let (caption, hint) = (words.say("week-odometer"), words.say("week-odometer-hint"));
    Field::new(&caption).hint(&hint).most(7).show(ui, km);
    km.retain(|letter| letter.is_ascii_digit());
    let listing = desk.circle.bookings.get(&booking).map(|booking| booking.listing);
    let car = listing.and_then(|listing| desk.circle.listings.get(&listing));
    if let Some(last) = car.and_then(|car| desk.circle.last_km(car)) {
        text::small(ui, words.tell("week-odometer-last", &[("km", last.into())]));
    }
}

fn said(ui: &mut Ui, desk: &Desk<'_>, booking: &Booking, status: &Status, side: Side) {
    let words = desk.words;
    ui.horizontal(|ui| {
        let name = desk.circle.name_of(booking.borrower).to_owned();
        avatar(ui, booking.borrower, &name, 36.0);
        text::strong(ui, if booking.borrower == desk.me { words.say("week-you") } else { name });
    });
    text::body(ui, capital(&words.stretch(status.interval, desk.moment())));
    if !booking.note.is_empty() {
        text::body(ui, words.tell("booking-note", &[("note", booking.note.as_ref().into())]));
    }
    if let Some(to) = status.extension {
        let at = words.moment(to, desk.moment());
        text::strong(ui, words.tell("booking-extension", &[("at", at.into())]));
    }
    let (icon, state, tone) = standing(desk, booking, status, side);
    pill(ui, icon, &state, tone);
    if let Some(why) = status.why.as_ref().filter(|why| !why.text.is_empty()) {
        text::small(ui, words.tell("booking-note", &[("note", why.text.as_str().into())]));
    }
}

fn damages(ui: &mut Ui, desk: &Desk<'_>, booking: &Booking, car: &Listing) {
    for fact in booking.damages(car.owner) {
        let What::Damaged { text: said, .. } = &fact.what else { continue };
        let name = desk.circle.name_of(fact.by);
        let fills = [("name", name.into()), ("text", said.clone().into())];
        text::trouble(ui, desk.words.tell("week-damaged", &fills));
    }
}
