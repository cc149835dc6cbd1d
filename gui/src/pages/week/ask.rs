//! The form twin of dragging: start, end, how far, a word with it, what would be answered, and the button.

use eframe::egui::{Label, RichText, Ui};
use jiff::civil::Date;
use noaber_core::listing::Listing;
use noaber_core::rules::{Reason, Verdict};
use noaber_core::time::Interval;

use super::pick::{Pick, price, reasons};
use crate::desk::{Desk, Room};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::{Button, Field, Lines, Look, text, when};
use crate::words::{capital, first_name};

/// What stands there while nothing is chosen.
pub(super) fn invitation(
    ui: &mut Ui,
    desk: &Desk<'_>,
    car: &Listing,
    pick: &mut Option<Pick>,
    at: Option<Date>,
) {
    let words = desk.words;
    text::weak(ui, words.say("week-drag"));
    if desk.room != Room::Narrow {
        text::small(ui, words.say("week-keys"));
    }
    let label = words.say("week-choose");
    if ui.add(Button::new(&label, Look::Plain).icon(Icon::CLOCK)).clicked() {
        let today = desk.circle.zone.date(desk.now);
        *pick = Pick::begin(desk, car, at.unwrap_or(today), at.is_none());
    }
}

/// The form; gives whether somebody wants no time after all.
pub(super) fn form(ui: &mut Ui, desk: &mut Desk<'_>, car: &Listing, pick: &mut Pick) -> bool {
    let words = desk.words;
    ui.spacing_mut().item_spacing.y = 10.0;
    text::strong(ui, capital(&words.stretch(pick.interval, desk.moment())));
    ends(ui, desk, pick);
    let has_prices = desk.circle.estimate(car, pick.interval, None).is_some();
    if has_prices {
        let (caption, hint) = (words.say("ask-km"), words.say("ask-km-hint"));
        Field::new(&caption).hint(&hint).most(5).show(ui, &mut pick.km);
        pick.km.retain(|letter| letter.is_ascii_digit());
    }
    if let Some(said) = price(desk, car, pick.interval, pick.km.parse().ok()) {
        ui.horizontal_top(|ui| {
            text::glyph(ui, Icon::COINS, Palette::of(ui).primary);
            let said = RichText::new(said).color(Palette::of(ui).text);
            ui.add(Label::new(said).wrap());
        });
    }
    let (caption, hint) = (words.say("ask-note"), words.say("ask-note-hint"));
    Field::new(&caption).hint(&hint).lines(Lines::Some(2)).most(500).show(ui, &mut pick.note);
    verdict(ui, desk, car, pick);
    let never_mind = words.say("cancel");
    ui.add(Button::new(&never_mind, Look::Quiet)).clicked()
}

/// Start and end, as a clock shows them. Only what is changed here is read back: an hour that comes twice
/// on the clock stays the one that was meant.
fn ends(ui: &mut Ui, desk: &Desk<'_>, pick: &mut Pick) {
    let (words, zone) = (desk.words, &desk.circle.zone);
    let civil = |at| zone.civil(at);
    let (start, end) = (civil(pick.interval.from()), civil(pick.interval.to()));
    let (mut from, mut from_time) = (start.date(), start.time());
    let (mut to, mut to_time) = (end.date(), end.time());
    let today = zone.date(desk.now);
    let (from_name, to_name) = (words.say("ask-from"), words.say("ask-to"));
    let moment = desk.moment();
    let least = today.min(from);
    let moved = when::end(ui, words, moment, &from_name, (&mut from, &mut from_time), least);
    let stretched = when::end(ui, words, moment, &to_name, (&mut to, &mut to_time), from);
    let interval = if moved {
        // A new start takes the end along.
        let start = zone.at(from.to_datetime(from_time));
        Interval::new(start, start.plus_ms(pick.interval.length_ms()))
    } else if stretched {
        Interval::new(pick.interval.from(), zone.at(to.to_datetime(to_time)))
    } else {
        return;
    };
    match interval {
        Some(interval) => pick.set(interval),
        None => pick.trouble = Some(words.say("ask-order")),
    }
}

fn verdict(ui: &mut Ui, desk: &mut Desk<'_>, car: &Listing, pick: &mut Pick) {
    let words = desk.words;
    let length = words.duration(pick.interval);
    let owner = first_name(desk.circle.name_of(car.owner)).to_owned();
    if let Some(trouble) = &pick.trouble {
        text::trouble(ui, trouble.clone());
    }
    match pick.verdict(desk, car) {
        Verdict::Allowed { at_once } => {
            let fills = [("length", length.into()), ("owner", owner.into())];
            let said = words.tell(if at_once { "ask-at-once" } else { "ask-owner" }, &fills);
            ui.horizontal_top(|ui| {
                text::glyph(ui, Icon::CHECK_CIRCLE, Palette::of(ui).ok);
                ui.add(Label::new(RichText::new(said).color(Palette::of(ui).text)).wrap());
            });
            let label = words.say(if at_once { "ask-button-at-once" } else { "ask-button" });
            let button = Button::new(&label, Look::Primary).icon(Icon::CALENDAR_CHECK).wide();
            if ui.add(button.only_if(pick.sent.is_none())).clicked() {
                pick.ask(desk, car);
            }
        }
        Verdict::Refused(why) => {
            if pick.trouble.is_none() {
                let said = reasons(desk, car, pick.interval, &why);
                text::trouble(ui, said.join("\n"));
            }
            let next = pick.next(desk, car);
            if !next.is_empty() {
                text::caption(ui, words.say("ask-instead"));
            }
            for interval in next {
                let label = capital(&words.stretch(interval, desk.moment()));
                let button = Button::new(&label, Look::Plain).icon(Icon::CALENDAR_CHECK);
                if ui.add(button).clicked() {
                    pick.set(interval);
                    pick.trouble = None;
                }
            }
            let is_taken = |r: &Reason| matches!(r, Reason::Overlap { .. } | Reason::Gap { .. });
            if why.iter().all(is_taken) {
                let label = words.say("ask-wait");
                let button = Button::new(&label, Look::Quiet).icon(Icon::BELL);
                if ui.add(button.only_if(pick.sent.is_none())).clicked() {
                    pick.wait(desk, car);
                }
            }
        }
    }
}
