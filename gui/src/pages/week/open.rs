//! One booking of a car: who, when, why, how sure, and what I can do about it. What it changes is said by
//! commands; what it looks like on the calendar is in [`super::blocks`].

use eframe::egui::{Ui, vec2};
use noaber_core::booking::{Booking, Status, What};
use noaber_core::id::BookingId;
use noaber_core::listing::Listing;

use super::super::question::Questions;
use crate::desk::Desk;
use crate::widgets::booking::{Deed, Side, deeds, side, standing};
use crate::widgets::{Button, Look, avatar, pill, section, text};
use crate::words::capital;

/// A booking that is looked at.
pub(super) struct Open {
    pub(super) id: BookingId,
    questions: Questions,
}

impl Open {
    /// Looks at one.
    pub(super) fn new(id: BookingId) -> Self {
        Self { id, questions: Questions::default() }
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
            if side == Side::Neighbour {
                text::small(ui, words.say("week-not-yours"));
            } else {
                self.actions(ui, desk, booking, car, &status, side);
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
        car: &Listing,
        status: &Status,
        side: Side,
    ) {
        let mut all = deeds(desk, booking, Some(car), status, side);
        // What this device asked itself it does not answer itself.
        if booking.asked.device == desk.view.device {
            all.retain(|deed| !matches!(deed, Deed::Confirm | Deed::Decline));
        }
        let mut pressed = None;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for deed in all {
                let (key, look, icon) = deed.face();
                let label = desk.words.say(key);
                if ui.add(Button::new(&label, look).icon(icon).wide()).clicked() {
                    pressed = Some(deed);
                }
            }
        });
        if let Some(deed) = pressed {
            self.questions.begin(desk, (booking.id, deed));
        }
    }

    /// What is asked before something is done, and what came of it.
    pub(super) fn questions(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        self.questions.show(ui, desk);
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
