//! Lines of the ledger: those that wait for my word, and mine that wait for others’.

use eframe::egui::{Label, RichText, Ui, vec2};
use noaber_core::id::LineId;
use noaber_core::ledger::{Debt, Line, Standing};
use noaber_core::wire::{Cause, Party};

use super::sums::{Sums, is_open, waits_for_me};
use super::{face, name};
use crate::desk::Desk;
use crate::fonts::{Icon, Weight};
use crate::theme::Palette;
use crate::widgets::{Button, Look, Tone, divider, pill, section, text};
use crate::words::first_name;

/// Lines that are shown at once; more come when these are answered.
const MOST: usize = 12;

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    /// It is right.
    Agree(LineId),
    /// It is not; why is asked next.
    Wrong(LineId),
}

/// Those that wait for my word.
pub(super) fn waiting(ui: &mut Ui, desk: &Desk<'_>, sums: &Sums) -> Option<Pressed> {
    if sums.wanted.is_empty() {
        return None;
    }
    let words = desk.words;
    let mut pressed = None;
    section(ui, &words.say("balance-waits"), |ui| {
        for (place, id) in sums.wanted.iter().take(MOST).enumerate() {
            let Some(line) = desk.circle.ledger.line(*id) else { continue };
            let debts = desk.circle.ledger.debts(line, &desk.circle.roster);
            let mine: Vec<Debt> = debts.filter(|debt| waits_for_me(desk, debt)).collect();
            if place > 0 {
                divider(ui);
            }
            ui.push_id(id, |ui| {
                ui.spacing_mut().item_spacing.y = 6.0;
                let said: Vec<String> =
                    mine.iter().map(|d| desk.words.debt(&desk.circle, desk.me, line, d)).collect();
                let said = said.join("\n");
                told(ui, desk, line, &mine, &said);
                let keys = if line.cause == Cause::Payment {
                    ["balance-come", "balance-not-come"]
                } else {
                    ["balance-agree", "balance-wrong"]
                };
                let [yes, no] = keys.map(|key| words.say(key));
                ui.horizontal_wrapped(|ui| {
                    let named = format!("{yes}: {said}");
                    let button = Button::new(&yes, Look::Primary).icon(Icon::CHECK).named(&named);
                    if ui.add(button).clicked() {
                        pressed = Some(Pressed::Agree(*id));
                    }
                    let named = format!("{no}: {said}");
                    let button = Button::new(&no, Look::Plain).icon(Icon::X).named(&named);
                    if ui.add(button).clicked() {
                        pressed = Some(Pressed::Wrong(*id));
                    }
                });
            });
        }
    });
    pressed
}

/// Mine that others have not agreed to; gives one that is to be taken back.
pub(super) fn written(ui: &mut Ui, desk: &Desk<'_>, sums: &Sums) -> Option<LineId> {
    if sums.written.is_empty() {
        return None;
    }
    let words = desk.words;
    let mut taken_back = None;
    section(ui, &words.say("balance-written"), |ui| {
        for (place, id) in sums.written.iter().take(MOST).enumerate() {
            let Some(line) = desk.circle.ledger.line(*id) else { continue };
            let debts = desk.circle.ledger.debts(line, &desk.circle.roster);
            let open: Vec<Debt> = debts.filter(is_open).collect();
            if place > 0 {
                divider(ui);
            }
            ui.push_id(id, |ui| {
                ui.spacing_mut().item_spacing.y = 6.0;
                let said: Vec<String> =
                    open.iter().map(|d| desk.words.debt(&desk.circle, desk.me, line, d)).collect();
                let said = said.join("\n");
                told(ui, desk, line, &open, &said);
                ui.horizontal_wrapped(|ui| {
                    for debt in &open {
                        state(ui, desk, debt);
                    }
                });
                let refused = open.iter().filter_map(|debt| match debt.debtor {
                    Party::Member(member) => desk.circle.ledger.reason_of(*id, member),
                    Party::Pot => None,
                });
                for reason in refused {
                    text::small(ui, words.tell("balance-text", &[("text", reason.into())]));
                }
                let label = words.say("balance-take-back");
                let named = format!("{label}: {said}");
                let button = Button::new(&label, Look::Quiet).named(&named);
                if ui.add(button.icon(Icon::ARROW_U_LEFT)).clicked() {
                    taken_back = Some(*id);
                }
            });
        }
    });
    taken_back
}

fn state(ui: &mut Ui, desk: &Desk<'_>, debt: &Debt) {
    let (key, party, tone, icon) = match debt.standing {
        Standing::Refused => ("balance-refused", debt.debtor, Tone::Mind, Icon::PROHIBIT),
        Standing::Creditor => ("balance-awaits", debt.creditor, Tone::Going, Icon::HOURGLASS),
        _ => ("balance-awaits", debt.debtor, Tone::Going, Icon::HOURGLASS),
    };
    let who = name(desk, party);
    let said = desk.words.tell(key, &[("name", first_name(&who).into())]);
    pill(ui, icon, &said, tone);
}

/// The line in words, with the other side's badge, when it was said and why.
fn told(ui: &mut Ui, desk: &Desk<'_>, line: &Line, debts: &[Debt], said: &str) {
    let me = Party::Member(desk.me);
    let other = debts.first().map(|d| if d.creditor == me { d.debtor } else { d.creditor });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        face(ui, desk, other.unwrap_or(line.creditor), 38.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
            let rich = RichText::new(said).font(Weight::Bold.at(16.0));
            ui.add(Label::new(rich.color(Palette::of(ui).text)).wrap());
            let why = why(desk, line);
            if !why.is_empty() {
                text::body(ui, why);
            }
            let at = line.place.at();
            text::small(ui, desk.words.said_at(at, desk.moment()));
        });
    });
}

fn why(desk: &Desk<'_>, line: &Line) -> String {
    let booking = match line.cause {
        Cause::Trip(id) | Cause::Receipt(id) | Cause::Damage(id) | Cause::Help(id) => {
            desk.circle.bookings.get(&id)
        }
        Cause::Payment | Cause::Shared => None,
    };
    let listing = booking.and_then(|booking| desk.circle.listings.get(&booking.listing));
    let title = listing.map(|listing| listing.general.title.clone());
    let said = Some(line.text.clone()).filter(|text| !text.is_empty());
    match line.cause {
        Cause::Trip(_) => {
            let parts: Vec<String> = title.into_iter().chain(said).collect();
            desk.words.tell("balance-trip", &[("text", parts.join(" · ").into())])
        }
        Cause::Payment => said.unwrap_or_default(),
        _ => title.into_iter().chain(said).collect::<Vec<_>>().join(" · "),
    }
}
