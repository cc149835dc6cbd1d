//! Leaving the circle: what is still open is said first, and nothing of it is freed silently.

use eframe::egui::Ui;
use noaber_core::Command;
use noaber_core::booking::State;
use noaber_core::time::{Interval, Timestamp};
use noaber_core::wire::{Party, Unit};

use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::widgets::{Button, Dialog, Look, dialog, section, text};

/// See the module.
#[derive(Default)]
pub(super) struct Leaving {
    is_asked: bool,
    sent: Option<Ticket>,
}

impl Leaving {
    /// Shows the way out.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        section(ui, &words.say("leave-title"), |ui| {
            text::weak(ui, words.say("leave-line"));
            let label = words.say("leave-button");
            self.is_asked |=
                ui.add(Button::new(&label, Look::Careful).icon(Icon::SIGN_OUT)).clicked();
        });
        if let Some(Answer::Done(Err(error))) = desk.take(&mut self.sent) {
            let said = desk.failure(&error);
            desk.toast(Icon::WARNING_CIRCLE, said, None);
        }
        if self.is_asked {
            self.ask(ui, desk);
        }
    }

    fn ask(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        let name = desk.circle.name.clone();
        let title = words.tell("leave-ask", &[("circle", name.into())]);
        let open = open(desk);
        let mut leaves = false;
        let shown = dialog(ui, "leave", &title, |ui| {
            text::body(ui, words.say("leave-means"));
            if !open.is_empty() {
                text::trouble(ui, open.join("\n"));
            }
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                let stay = words.say("leave-stay");
                let stays = ui.add(Button::new(&stay, Look::Primary)).clicked();
                let label = words.say("leave-yes");
                leaves = ui.add(Button::new(&label, Look::Careful).icon(Icon::SIGN_OUT)).clicked();
                if stays || leaves { Dialog::Closed } else { Dialog::Open }
            })
            .inner
        });
        self.is_asked = shown == Dialog::Open;
        if leaves {
            self.sent = Some(desk.submit(Command::Leave { circle: desk.circle.id }));
        }
    }
}

/// What is still open between the member and the others, a sentence each.
fn open(desk: &Desk<'_>) -> Vec<String> {
    let circle = &desk.circle;
    let (mut have, mut lent, mut coming) = (0_usize, 0_usize, 0_usize);
    let ever = Interval::new(Timestamp::MIN, Timestamp::MAX);
    for booking in ever.into_iter().flat_map(|ever| circle.bookings_of(desk.me, ever)) {
        match circle.status(booking, desk.now).state {
            State::Out if booking.borrower == desk.me => have += 1,
            State::Out => lent += 1,
            State::Confirmed => coming += 1,
            _ => {}
        }
    }
    let balances = circle.ledger.balances(Unit::Cents, &circle.roster);
    let cents = balances.get(&Party::Member(desk.me)).copied().unwrap_or(0);
    let mut said = Vec::new();
    for (key, count) in [("leave-have", have), ("leave-lent", lent), ("leave-coming", coming)] {
        if count > 0 {
            said.push(desk.words.tell(key, &[("count", count.into())]));
        }
    }
    if let Some(amount) = noaber_core::money::Cents::from_cents(cents.abs()).filter(|_| cents != 0)
    {
        let amount = desk.words.money(amount, &circle.currency);
        let key = if cents < 0 { "leave-owe" } else { "leave-owed" };
        said.push(desk.words.tell(key, &[("amount", amount.into())]));
    }
    said
}
