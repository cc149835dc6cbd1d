//! Balance: who owes whom, what waits for a word, and how all are even again.
//!
//! | file | what it knows |
//! |---|---|
//! | `sums` | what follows from the ledger, kept until something new arrives |
//! | `lines` | what waits for my word, and mine that waits for others’ |
//! | `settle` | payments, with a code to scan; what is told to be paid |
//! | `bought` | something I paid for, shared |
//! | `account` | where I am paid |

mod account;
mod bought;
mod lines;
mod settle;
mod sums;

use eframe::egui::{Align, Layout, RichText, ScrollArea, Ui, vec2};
use noaber_core::id::LineId;
use noaber_core::money::Cents;
use noaber_core::wire::Party;
use noaber_core::{Command, Outcome};

use self::account::Account;
use self::bought::Bought;
use self::settle::Paying;
use self::sums::Sums;
use crate::desk::{Desk, Room};
use crate::engine::{Answer, Ticket};
use crate::fonts::{Icon, Weight};
use crate::theme::Palette;
use crate::widgets::{
    Button, Dialog, Field, Lines, Look, avatar, card, dialog, head, section, text,
};
use crate::words::first_name;

/// See the module.
#[derive(Default)]
pub(super) struct Balance {
    sums: Sums,
    wrong: Option<(LineId, String)>,
    paying: Option<Paying>,
    bought: Option<Bought>,
    account: Account,
    /// What was handed in, and what to say when it is done.
    sent: Option<(Ticket, String)>,
}

impl Balance {
    /// How many lines wait for the member's word.
    pub(super) fn wanted(&mut self, desk: &Desk<'_>) -> usize {
        self.sums.refresh(desk);
        self.sums.wanted.len()
    }

    /// What the member gave more than they got, in quarters of an hour, where the circle counts that.
    pub(super) fn quarters(&mut self, desk: &Desk<'_>) -> Option<i64> {
        self.sums.refresh(desk);
        let is_counted = desk.circle.house_rules.is_some_and(|(_, rules)| rules.timebank);
        let mine = self.sums.hours.get(&Party::Member(desk.me)).copied();
        is_counted.then(|| mine.unwrap_or(0))
    }

    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.sums.refresh(desk);
        self.hear(desk);
        let words = desk.words;
        let line = words.tell("balance-line", &[("circle", (&desk.circle.name).into())]);
        let label = words.say("balance-bought");
        let mut wants_to_share = false;
        let button =
            |ui: &mut Ui| ui.add(Button::new(&label, Look::Primary).icon(Icon::PLUS)).clicked();
        if desk.room == Room::Narrow {
            crate::widgets::heading(ui, &words.say("nav-balance"), &line);
            wants_to_share |= button(ui);
        } else {
            wants_to_share |= head(ui, &words.say("nav-balance"), &line, button);
        }
        if wants_to_share {
            self.bought = Some(Bought::new(desk));
        }
        ui.add_space(6.0);
        ScrollArea::vertical().id_salt("balance").auto_shrink([false, false]).show(ui, |ui| {
            let most = if desk.room == Room::Wide { 1180.0 } else { 760.0 };
            ui.set_max_width((ui.available_width() - 8.0).min(most));
            ui.spacing_mut().item_spacing.y = 16.0;
            if desk.room == Room::Wide {
                ui.spacing_mut().item_spacing.x = 16.0;
                ui.columns(2, |columns| {
                    let [left, right] = columns else { return };
                    for column in [&mut *left, &mut *right] {
                        column.spacing_mut().item_spacing = vec2(10.0, 16.0);
                    }
                    self.left(left, desk);
                    self.right(right, desk);
                });
            } else {
                self.left(ui, desk);
                self.right(ui, desk);
            }
            ui.add_space(24.0);
        });
        self.ask_why(ui, desk);
        self.pay(ui, desk);
        self.share(ui, desk);
    }

    fn left(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        mine(ui, desk, &self.sums);
        match lines::waiting(ui, desk, &self.sums) {
            Some(lines::Pressed::Wrong(line)) => self.wrong = Some((line, String::new())),
            Some(lines::Pressed::Agree(line)) => {
                desk.push(Command::Agree { circle: desk.circle.id, line });
            }
            None => {}
        }
        if let Some(payment) = settle::plan(ui, desk, &self.sums) {
            self.paying = Some(Paying::new(ui, desk, payment));
        }
        if let Some(line) = lines::written(ui, desk, &self.sums) {
            let (circle, reason) = (desk.circle.id, String::new());
            desk.push(Command::Waive { circle, line, reason });
        }
    }

    fn right(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        hours(ui, desk, &self.sums);
        everybody(ui, desk, &self.sums);
        if let Some(profile) = self.account.show(ui, desk) {
            let said = desk.words.say("balance-account-saved");
            self.submit(desk, Command::SetProfile { circle: desk.circle.id, profile }, said);
        }
    }

    fn submit(&mut self, desk: &mut Desk<'_>, command: Command, said: String) {
        self.sent = Some((desk.submit(command), said));
    }

    /// What came of it: said, with a way back for what was written.
    fn hear(&mut self, desk: &mut Desk<'_>) {
        let Some((ticket, said)) = self.sent.take() else { return };
        let mut ticket = Some(ticket);
        match desk.take(&mut ticket) {
            None => self.sent = ticket.map(|ticket| (ticket, said)),
            Some(Answer::Done(Ok(outcome))) => {
                let undo = match outcome {
                    Outcome::Line(circle, line) => {
                        Some(Command::Waive { circle, line, reason: String::new() })
                    }
                    _ => None,
                };
                (self.paying, self.bought) = (None, None);
                desk.toast(Icon::CHECK_CIRCLE, said, undo);
            }
            Some(Answer::Done(Err(error))) => {
                let said = desk.failure(&error);
                if let Some(paying) = &mut self.paying {
                    paying.try_again();
                }
                desk.toast(Icon::WARNING_CIRCLE, said, None);
            }
            Some(_) => {}
        }
    }

    fn ask_why(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        let Some((line, reason)) = &mut self.wrong else { return };
        let (words, line) = (desk.words, *line);
        let mut is_said = false;
        let shown = dialog(ui, "wrong", &words.say("balance-why-title"), |ui| {
            text::weak(ui, words.say("balance-why-line"));
            ui.add_space(6.0);
            let (caption, hint) = (words.say("balance-why"), words.say("balance-why-hint"));
            Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(500).show(ui, reason);
            ui.add_space(12.0);
            ui.horizontal_wrapped(|ui| {
                let (yes, no) = (words.say("balance-why-yes"), words.say("cancel"));
                is_said = ui.add(Button::new(&yes, Look::Primary)).clicked();
                let is_over = ui.add(Button::new(&no, Look::Quiet)).clicked() || is_said;
                if is_over { Dialog::Closed } else { Dialog::Open }
            })
            .inner
        });
        if is_said {
            let (circle, reason) = (desk.circle.id, reason.trim().to_owned());
            desk.push(Command::Waive { circle, line, reason });
        }
        if shown == Dialog::Closed {
            self.wrong = None;
        }
    }

    fn pay(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        let Some(paying) = &mut self.paying else { return };
        let name = name(desk, paying.payment.to);
        match paying.show(ui, desk) {
            settle::Decided::Nothing => {}
            settle::Decided::Closed => self.paying = None,
            settle::Decided::Paid(owe) => {
                let said = desk.words.tell("balance-paid-said", &[("name", name.into())]);
                self.submit(desk, Command::Owe { circle: desk.circle.id, owe }, said);
            }
        }
    }

    fn share(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        let Some(bought) = &mut self.bought else { return };
        match bought.show(ui, desk, self.sent.is_some()) {
            bought::Decided::Nothing => {}
            bought::Decided::Closed => self.bought = None,
            bought::Decided::Shared(owe) => {
                let said = desk.words.say("balance-bought-done");
                self.submit(desk, Command::Owe { circle: desk.circle.id, owe }, said);
            }
        }
    }
}

/// What to call one side of a debt.
fn name(desk: &Desk<'_>, party: Party) -> String {
    match party {
        Party::Member(member) => desk.circle.name_of(member).to_owned(),
        Party::Pot => desk.words.say("balance-pot"),
    }
}

/// An amount in the circle's currency, without a sign.
fn amount(desk: &Desk<'_>, cents: i64) -> String {
    let cents = Cents::from_cents(cents.saturating_abs()).unwrap_or(Cents::MAX);
    desk.words.money(cents, &desk.circle.currency)
}

/// Large: what I get, or owe.
fn mine(ui: &mut Ui, desk: &Desk<'_>, sums: &Sums) {
    let (palette, words) = (Palette::of(ui), desk.words);
    let balance = sums.of(Party::Member(desk.me));
    let (key, colour) = match balance.signum() {
        1 => ("balance-get", palette.ok),
        0 => ("balance-even", palette.text),
        _ => ("balance-give", palette.accent),
    };
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        if balance == 0 {
            let rich = RichText::new(words.say(key)).font(Weight::Heavy.at(27.0));
            ui.label(rich.color(colour));
            text::weak(ui, words.say("balance-even-line"));
        } else {
            text::weak(ui, words.say(key));
            let rich = RichText::new(amount(desk, balance)).font(Weight::Heavy.at(38.0));
            ui.label(rich.color(colour));
        }
    });
}

/// Hours of help, where the circle counts them.
fn hours(ui: &mut Ui, desk: &Desk<'_>, sums: &Sums) {
    let Some((_, rules)) = desk.circle.house_rules.filter(|(_, rules)| rules.timebank) else {
        return;
    };
    let words = desk.words;
    let of = |party: &Party| sums.hours.get(party).copied().unwrap_or(0);
    let me = Party::Member(desk.me);
    let quarters = of(&me);
    section(ui, &words.say("balance-hours"), |ui| {
        let fills = [("hours", words.hours(quarters).into())];
        let said = match quarters.signum() {
            1 => words.tell("balance-hours-got", &fills),
            0 => words.say("balance-hours-even"),
            _ => words.tell("balance-hours-gave", &fills),
        };
        text::strong(ui, said);
        if quarters < i64::from(rules.floor_quarters) {
            let floor = format!("−{}", words.hours(i64::from(rules.floor_quarters)));
            text::trouble(ui, words.tell("balance-floor", &[("hours", floor.into())]));
        }
        for (party, quarters) in &sums.hours {
            if *party == me || *quarters == 0 {
                continue;
            }
            let key = if *quarters > 0 { "balance-plus" } else { "balance-minus" };
            let said = words.tell(key, &[("hours", words.hours(*quarters).into())]);
            row(ui, desk, *party, &said, *quarters);
        }
    });
}

fn everybody(ui: &mut Ui, desk: &Desk<'_>, sums: &Sums) {
    let words = desk.words;
    section(ui, &words.say("balance-everybody"), |ui| {
        let members = desk.circle.roster.members.iter();
        let shown = members.filter(|(id, _)| desk.circle.roster.is_active(**id));
        let mut all: Vec<(i64, Party)> =
            shown.map(|(id, _)| Party::Member(*id)).map(|party| (sums.of(party), party)).collect();
        // Who left and is not even yet is still to be seen; and so is the pot.
        for (party, balance) in &sums.balances {
            if *balance != 0 && !all.iter().any(|(_, known)| known == party) {
                all.push((*balance, *party));
            }
        }
        all.sort_by_key(|(balance, party)| (std::cmp::Reverse(*balance), name(desk, *party)));
        for (balance, party) in all {
            let fills = [("amount", amount(desk, balance).into())];
            let said = match balance.signum() {
                1 => words.tell("balance-gets", &fills),
                0 => words.say("balance-zero"),
                _ => words.tell("balance-gives", &fills),
            };
            row(ui, desk, party, &said, balance);
        }
    });
}

/// Somebody, and what they get or give.
fn row(ui: &mut Ui, desk: &Desk<'_>, party: Party, said: &str, balance: i64) {
    let palette = Palette::of(ui);
    let colour = match balance.signum() {
        1 => palette.ok,
        0 => palette.weak,
        _ => palette.accent,
    };
    ui.horizontal(|ui| {
        ui.set_min_height(36.0);
        face(ui, desk, party, 32.0);
        let shown = name(desk, party);
        let shown =
            if ui.available_width() < 260.0 { first_name(&shown).to_owned() } else { shown };
        text::body(ui, shown);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let rich = RichText::new(said).font(Weight::Semibold.at(15.5)).color(colour);
            ui.label(rich);
        });
    });
}

/// The badge of one side.
fn face(ui: &mut Ui, desk: &Desk<'_>, party: Party, size: f32) {
    match party {
        Party::Member(member) => avatar(ui, member, desk.circle.name_of(member), size),
        Party::Pot => text::glyph(ui, Icon::COINS, Palette::of(ui).primary),
    }
}
