//! The form that asks for a listing. It opens with the first time that can be, is judged while it is
//! filled in by the same function as on the owner's device, and proposes other times where that says no.

use eframe::egui::{Label, RichText, Ui};
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use noaber_core::listing::{Details, Listing};
use noaber_core::replica::Act;
use noaber_core::rules::{Reason, Request, Verdict};
use noaber_core::time::Interval;
use noaber_core::{Command, CommandError, Outcome};
use noaber_node::actor::SubmitError;

use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::{Button, Field, Lines, Look, section, stepper, text, when};
use crate::words::{capital, first_name};

/// How many other times are proposed.
const PROPOSALS: usize = 3;

/// The form.
pub(super) struct Ask {
    from: (Date, Time),
    to: (Date, Time),
    quantity: u32,
    km: String,
    note: String,
    sent: Option<Ticket>,
    trouble: Option<String>,
    next: Option<((Interval, u32, u64), Vec<Interval>)>,
}

impl Ask {
    /// Begins with the first time that can be, for as long as such things are used.
    fn new(desk: &Desk<'_>, listing: &Listing) -> Self {
        let now = desk.circle.zone.civil(desk.now);
        let start = now.saturating_add(1.hour());
        let start = start.date().at(start.hour(), 0, 0, 0);
        let hours = match listing.details {
            Details::Item(_) => 24,
            _ => 2,
        };
        let end = start.saturating_add(hours.hours());
        let mut ask = Self {
            from: (start.date(), start.time()),
            to: (end.date(), end.time()),
            quantity: 1,
            km: String::new(),
            note: String::new(),
            sent: None,
            trouble: None,
            next: None,
        };
        if let Some(interval) = ask.interval(desk) {
            let request = Request { borrower: desk.me, interval, quantity: 1, now: desk.now };
            let is_refused = matches!(desk.circle.judge(listing, &request), Verdict::Refused(_));
            if is_refused && let Some(next) = desk.circle.next_times(listing, &request, 1).first() {
                ask.set(desk, *next);
            }
        }
        ask
    }

    fn interval(&self, desk: &Desk<'_>) -> Option<Interval> {
        let zone = &desk.circle.zone;
        let at = |(date, time): (Date, Time)| zone.at(date.to_datetime(time));
        Interval::new(at(self.from), at(self.to))
    }

    fn set(&mut self, desk: &Desk<'_>, interval: Interval) {
        let civil = |at| desk.circle.zone.civil(at);
        let (from, to) = (civil(interval.from()), civil(interval.to()));
        self.from = (from.date(), from.time());
        self.to = (to.date(), to.time());
        self.trouble = None;
    }

    /// Whether something was written that would have to be written again.
    pub(super) fn is_begun(&self) -> bool {
        !self.note.trim().is_empty()
    }

    /// A new first day takes the last one along.
    pub(super) fn start_on(&mut self, date: Date) {
        self.trouble = None;
        let days = self.to.0.duration_since(self.from.0).as_hours() / 24;
        self.from.0 = date;
        self.to.0 = date.saturating_add(days.max(0).days());
    }

    /// The day on which it is to begin.
    pub(super) fn first_day(&self) -> Date {
        self.from.0
    }
}

/// Shows the form, and keeps what was filled in.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing, kept: &mut Option<Ask>) {
    let mut ask = kept.take().unwrap_or_else(|| Ask::new(desk, listing));
    hear(&mut ask, desk, listing);
    let words = desk.words;
    let is_help = listing.is_help();
    let title = match listing.details {
        Details::HelpAsk(_) => "ask-title-offer",
        _ if is_help => "ask-title-help",
        _ => "ask-title",
    };
    let today = desk.circle.zone.date(desk.now);
    section(ui, &words.say(title), |ui| {
        ui.spacing_mut().item_spacing.y = 11.0;
        let before = ask.from.0;
        let (from, to) = (words.say("ask-from"), words.say("ask-to"));
        when::end(ui, words, desk.moment(), &from, (&mut ask.from.0, &mut ask.from.1), today);
        if ask.from.0 != before {
            let date = ask.from.0;
            ask.from.0 = before;
            ask.start_on(date);
        }
        let least = ask.from.0;
        when::end(ui, words, desk.moment(), &to, (&mut ask.to.0, &mut ask.to.1), least);
        if listing.general.quantity > 1 {
            let names = [words.say("ask-fewer"), words.say("ask-more")];
            let names = [names[0].as_str(), names[1].as_str()];
            let most = listing.general.quantity;
            stepper(ui, &words.say("ask-quantity"), &mut ask.quantity, 1..=most, names);
        }
        price(ui, desk, listing, &mut ask);
        let (caption, hint) = (words.say("ask-note"), words.say("ask-note-hint"));
        Field::new(&caption).hint(&hint).lines(Lines::Some(2)).most(500).show(ui, &mut ask.note);
        verdict(ui, desk, listing, &mut ask);
    });
    *kept = Some(ask);
}

/// What became of the request.
fn hear(ask: &mut Ask, desk: &mut Desk<'_>, listing: &Listing) {
    let Some(Answer::Done(done)) = desk.take(&mut ask.sent) else { return };
    match done {
        Ok(Outcome::Booking(circle, booking)) => {
            let title = listing.general.title.as_str();
            let said = desk.words.tell("ask-sent", &[("title", title.into())]);
            let act = Act::Cancel { reason: String::new() };
            desk.toast(Icon::PAPER_PLANE, said, Some(Command::Booking { circle, booking, act }));
            *ask = Ask::new(desk, listing);
        }
        Ok(_) => {}
        Err(error) => {
            if let SubmitError::Command(CommandError::Refused { next, .. }) = &error
                && let Some(interval) = ask.interval(desk)
            {
                ask.next = Some(((interval, ask.quantity, desk.circle.entries), next.clone()));
            }
            ask.trouble = Some(desk.failure(&error));
        }
    }
}

/// What a car will cost.
fn price(ui: &mut Ui, desk: &Desk<'_>, listing: &Listing, ask: &mut Ask) {
    if !matches!(listing.details, Details::Car(_)) {
        return;
    }
    let words = desk.words;
    let (caption, hint) = (words.say("ask-km"), words.say("ask-km-hint"));
    Field::new(&caption).hint(&hint).most(5).show(ui, &mut ask.km);
    ask.km.retain(|letter| letter.is_ascii_digit());
    let km = ask.km.parse::<u32>().ok();
    let Some(interval) = ask.interval(desk) else { return };
    let Some(estimate) = desk.circle.estimate(listing, interval, km) else { return };
    let total = words.money(estimate.bill.total, &desk.circle.currency);
    let said = match (estimate.still_per_km.first(), estimate.bill.lines.is_empty()) {
        (None, _) => words.tell("price-about", &[("amount", total.into())]),
        (Some(band), true) => {
            let rate = words.price(band.per_km, &desk.circle.currency);
            words.tell("price-km", &[("price", rate.into())])
        }
        (Some(band), false) => {
            let rate = words.price(band.per_km, &desk.circle.currency);
            words.tell("price-and-km", &[("amount", total.into()), ("price", rate.into())])
        }
    };
    ui.horizontal(|ui| {
        text::glyph(ui, Icon::COINS, Palette::of(ui).primary);
        text::strong(ui, said);
    });
}

/// What would be answered now, and the button.
fn verdict(ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing, ask: &mut Ask) {
    let words = desk.words;
    let Some(interval) = ask.interval(desk) else {
        return text::trouble(ui, words.say("ask-order"));
    };
    let request = Request { borrower: desk.me, interval, quantity: ask.quantity, now: desk.now };
    let length = words.duration(interval);
    let owner = first_name(desk.circle.name_of(listing.owner)).to_owned();
    if let Some(trouble) = &ask.trouble {
        text::trouble(ui, trouble.clone());
    }
    match desk.circle.judge(listing, &request) {
        Verdict::Allowed { at_once } => {
            let key = match listing.details {
                Details::HelpAsk(_) => "ask-can-help",
                _ if at_once => "ask-at-once",
                _ => "ask-owner",
            };
            let fills = [("length", length.into()), ("owner", owner.into())];
            ui.horizontal_top(|ui| {
                text::glyph(ui, Icon::CHECK_CIRCLE, Palette::of(ui).ok);
                let said = RichText::new(words.tell(key, &fills)).color(Palette::of(ui).text);
                ui.add(Label::new(said).wrap());
            });
            let key = match listing.details {
                Details::HelpAsk(_) => "ask-button-offer",
                _ if listing.is_help() => "ask-button-help",
                _ if at_once => "ask-button-at-once",
                _ => "ask-button",
            };
            let label = words.say(key);
            let button = Button::new(&label, Look::Primary).icon(Icon::PAPER_PLANE).wide();
            if ui.add(button.only_if(ask.sent.is_none())).clicked() {
                ask.sent = Some(desk.submit(Command::Ask {
                    circle: desk.circle.id,
                    listing: listing.id,
                    from: interval.from(),
                    to: interval.to(),
                    quantity: ask.quantity,
                    note: ask.note.trim().to_owned(),
                }));
                ask.trouble = None;
            }
        }
        Verdict::Refused(reasons) => {
            if ask.trouble.is_none() {
                let said = reasons.iter().map(|reason| match reason {
                    Reason::Overlap { free: 0, .. } if is_mine(desk, listing, interval) => {
                        words.say("reason-taken-mine")
                    }
                    reason => words.reason(reason, desk.moment()),
                });
                let said: Vec<String> = said.collect();
                text::trouble(ui, said.join("\n"));
            }
            proposals(ui, desk, listing, ask, &request);
            if reasons.iter().all(|r| matches!(r, Reason::Overlap { .. } | Reason::Gap { .. })) {
                wait(ui, desk, listing, ask, interval);
            }
        }
    }
}

/// Whether it is the member's own booking that is in the way.
fn is_mine(desk: &Desk<'_>, listing: &Listing, interval: Interval) -> bool {
    let stretches = desk.circle.stretches(listing, interval, desk.now);
    let taken = stretches.iter().filter(|stretch| stretch.free == 0);
    taken
        .flat_map(|stretch| &stretch.bookings)
        .all(|id| desk.circle.bookings.get(id).is_some_and(|booking| booking.borrower == desk.me))
}

/// The next times at which it could be, as buttons.
fn proposals(ui: &mut Ui, desk: &Desk<'_>, listing: &Listing, ask: &mut Ask, request: &Request) {
    let key = (request.interval, request.quantity, desk.circle.entries);
    if ask.next.as_ref().is_none_or(|(before, _)| *before != key) {
        let later = request.interval.from().max(desk.now);
        let from = Interval::new(later, later.plus_ms(request.interval.length_ms()));
        let request = Request { interval: from.unwrap_or(request.interval), ..*request };
        let next = desk.circle.next_times(listing, &request, PROPOSALS);
        ask.next = Some((key, next));
    }
    let next = ask.next.as_ref().map(|(_, next)| next.clone()).unwrap_or_default();
    if next.is_empty() {
        return;
    }
    text::caption(ui, desk.words.say("ask-instead"));
    for interval in next {
        let label = capital(&desk.words.stretch(interval, desk.moment()));
        if ui.add(Button::new(&label, Look::Plain).icon(Icon::CALENDAR_CHECK)).clicked() {
            ask.set(desk, interval);
        }
    }
}

fn wait(ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing, ask: &mut Ask, interval: Interval) {
    let label = desk.words.say("ask-wait");
    let button = Button::new(&label, Look::Quiet).icon(Icon::BELL).only_if(ask.sent.is_none());
    if ui.add(button).clicked() {
        ask.sent = Some(desk.submit(Command::Wait {
            circle: desk.circle.id,
            listing: listing.id,
            from: interval.from(),
            to: interval.to(),
            quantity: ask.quantity,
            note: ask.note.trim().to_owned(),
        }));
    }
}
