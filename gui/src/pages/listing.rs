//! One listing: what it is, whose, what the owner asks, when it is free, and a form to ask for it that is
//! judged while it is filled in, by the same function that the owner's device will use.

use std::sync::Arc;

use eframe::egui::{Label, RichText, ScrollArea, Sense, Ui, vec2};
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use noaber_core::booking::State;
use noaber_core::id::{BookingId, ListingId};
use noaber_core::listing::{Details, Draft, Listing};
use noaber_core::replica::Act;
use noaber_core::rules::{Reason, Request, Verdict};
use noaber_core::time::Interval;
use noaber_core::{Command, CommandError, Outcome};
use noaber_node::actor::SubmitError;

use super::{availability, thread};
use crate::desk::{Desk, Room, Route};
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::looks::{Shelf, picture, when_free};
use crate::photos::{Shot, Size};
use crate::theme::Palette;
use crate::widgets::booking::{self, Pressed};
use crate::widgets::{
    Button, Corners, Field, Lines, Look, avatar, card, divider, empty, focus_ring, photo, pill,
    section, stepper, text, when,
};
use crate::words::{capital, first_name};

/// How many other times are proposed.
const PROPOSALS: usize = 3;
/// Past bookings that are shown.
const HISTORY: usize = 8;

/// See the module.
#[derive(Default)]
pub(super) struct ListingPage {
    of: Option<ListingId>,
    ask: Option<Ask>,
    words: String,
    photo: usize,
    decline: Option<(BookingId, String)>,
    retiring: Option<Ticket>,
}

/// The form.
struct Ask {
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

    /// A new first day takes the last one along.
    fn start_on(&mut self, date: Date) {
        let days = self.to.0.duration_since(self.from.0).as_hours() / 24;
        self.from.0 = date;
        self.to.0 = date.saturating_add(days.max(0).days());
    }
}

impl ListingPage {
    /// Shows the page.
    pub(super) fn show(&mut self, id: ListingId, ui: &mut Ui, desk: &mut Desk<'_>) {
        if self.of != Some(id) {
            *self = Self { of: Some(id), ..Self::default() };
        }
        let back = desk.words.say("listing-back");
        if ui.add(Button::new(&back, Look::Quiet).icon(Icon::ARROW_LEFT)).clicked() {
            desk.go(Route::Browse);
        }
        let Some(listing) = desk.circle.listings.get(&id).cloned() else {
            let (title, line) =
                (desk.words.say("listing-gone"), desk.words.say("listing-gone-line"));
            return empty(ui, Icon::PACKAGE, &title, &line, |_| ());
        };
        let scroll = ScrollArea::vertical().id_salt("listing").auto_shrink([false, false]);
        scroll.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 16.0;
            let room = ui.available_width();
            ui.set_max_width(room.min(1180.0));
            if desk.room == Room::Narrow || room < 700.0 {
                self.pictures(ui, desk, &listing);
                story(ui, desk, &listing);
                self.right(ui, desk, &listing);
                self.below(ui, desk, &listing);
            } else {
                let width = ui.available_width();
                let side = (width * 0.4).clamp(330.0, 410.0);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 20.0;
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.x = 10.0;
                        ui.set_width(width - side - 20.0);
                        self.pictures(ui, desk, &listing);
                        story(ui, desk, &listing);
                        self.below(ui, desk, &listing);
                    });
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.x = 10.0;
                        ui.set_width(side);
                        self.right(ui, desk, &listing);
                    });
                });
            }
            ui.add_space(24.0);
        });
        self.ask_why(ui, desk);
        self.hear_retired(desk, &listing);
    }

    fn pictures(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
        let width = ui.available_width();
        let height = (width * 0.56).min(400.0);
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let photos = &listing.general.photos;
        let shown = photos.get(self.photo).or(photos.first());
        let large = shown
            .and_then(|id| desk.photos.texture(desk.engine, Shot { photo: *id, size: Size::Page }));
        match large {
            Some(texture) => photo(ui.painter(), rect, &texture, Corners::All, 18),
            None => picture(ui, desk, listing, rect, Corners::All, 18),
        }
        if photos.len() < 2 {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            for (place, id) in photos.iter().enumerate() {
                let (rect, response) = ui.allocate_exact_size(vec2(84.0, 62.0), Sense::click());
                let name = desk.words.tell("listing-photo", &[("count", (place + 1).into())]);
                response.widget_info(|| {
                    eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Button, true, &name)
                });
                let shot = Shot { photo: *id, size: Size::Card };
                if let Some(texture) = desk.photos.texture(desk.engine, shot) {
                    photo(ui.painter(), rect, &texture, Corners::All, 10);
                }
                focus_ring(ui, &response, rect, 10);
                if response.clicked() {
                    self.photo = place;
                }
            }
        });
    }

    /// What can be done: ask, or for one's own, look after it.
    fn right(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
        let open = bookings(desk, listing, State::is_open);
        let mine: Vec<BookingId> = open
            .iter()
            .copied()
            .filter(|id| {
                let booking = desk.circle.bookings.get(id);
                listing.owner == desk.me || booking.is_some_and(|b| b.borrower == desk.me)
            })
            .collect();
        if !mine.is_empty() {
            let key = if listing.owner == desk.me { "listing-requests" } else { "listing-yours" };
            section(ui, &desk.words.say(key), |ui| {
                for (place, id) in mine.iter().enumerate() {
                    if place > 0 {
                        divider(ui);
                    }
                    if let Some(Pressed::Decline(id)) = booking::row(ui, desk, *id) {
                        self.decline = Some((id, String::new()));
                    }
                }
            });
        }
        if !desk.circle.is_offered(listing) {
            let line = desk.words.say("listing-retired");
            card(ui, |ui| text::weak(ui, line));
        } else if listing.owner == desk.me {
            self.own(ui, desk, listing);
        } else {
            self.form(ui, desk, listing);
        }
        rules_card(ui, desk, listing);
    }

    fn own(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
        let words = desk.words;
        section(ui, &words.say("own-title"), |ui| {
            text::weak(ui, words.say("own-line"));
            let label = words.say("own-retire");
            if ui.add(Button::new(&label, Look::Careful).icon(Icon::TRASH)).clicked() {
                let draft = Draft { retired: true, ..listing.to_draft() };
                let (circle, listing) = (desk.circle.id, listing.id);
                self.retiring = Some(desk.submit(Command::Edit { circle, listing, draft }));
            }
        });
    }

    fn hear_retired(&mut self, desk: &mut Desk<'_>, listing: &Listing) {
        let Some(Answer::Done(done)) = desk.take(&mut self.retiring) else { return };
        match done {
            Ok(_) => {
                let draft = Draft { retired: false, ..listing.to_draft() };
                let (circle, id) = (desk.circle.id, listing.id);
                let undo = Command::Edit { circle, listing: id, draft };
                let title = listing.general.title.as_str();
                let said = desk.words.tell("own-retired", &[("title", title.into())]);
                desk.toast(Icon::TRASH, said, Some(undo));
                desk.go(Route::Browse);
            }
            Err(error) => {
                let said = desk.failure(&error);
                desk.toast(Icon::WARNING_CIRCLE, said, None);
            }
        }
    }

    fn form(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
        let mut ask = self.ask.take().unwrap_or_else(|| Ask::new(desk, listing));
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
            Field::new(&caption)
                .hint(&hint)
                .lines(Lines::Some(2))
                .most(500)
                .show(ui, &mut ask.note);
            verdict(ui, desk, listing, &mut ask);
        });
        self.ask = Some(ask);
    }

    fn below(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
        if !matches!(listing.details, Details::HelpAsk(_)) {
            let chosen = self.ask.as_ref().map_or(Date::MIN, |ask| ask.from.0);
            let mut pressed = None;
            section(ui, &desk.words.say("listing-free"), |ui| {
                pressed = availability::show(ui, desk, listing, chosen);
            });
            if let (Some(date), Some(ask)) = (pressed, self.ask.as_mut()) {
                ask.start_on(date);
                ask.trouble = None;
            }
        }
        thread::show(ui, desk, listing, &mut self.words);
        history(ui, desk, listing);
    }

    fn ask_why(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        if let Some(decided) = super::today::decline(ui, desk, &mut self.decline) {
            desk.act(decided.0, Act::Decline { reason: decided.1 });
        }
    }
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

/// Bookings of a listing in some states, by their start.
fn bookings(desk: &Desk<'_>, listing: &Listing, is_it: impl Fn(State) -> bool) -> Vec<BookingId> {
    let shelf = desk.circle.shelves.get(&listing.id);
    let all = shelf.into_iter().flat_map(|shelf| shelf.bookings.iter());
    let all = all.filter_map(|id| desk.circle.bookings.get(id));
    let mut found: Vec<_> = all
        .filter(|booking| is_it(desk.circle.status(booking, desk.now).state))
        .map(|booking| (booking.interval.from(), booking.id))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, id)| id).collect()
}

fn story(ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
    let words = desk.words;
    let circle = Arc::clone(&desk.circle);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 9.0;
        text::heading(ui, &listing.general.title);
        ui.horizontal_wrapped(|ui| {
            let (icon, free, tone) = when_free(desk, listing);
            pill(ui, icon, &free, tone);
            let shelf = words.say(Shelf::of(listing).key());
            pill(ui, Shelf::of(listing).icon(), &shelf, crate::widgets::Tone::Quiet);
            if listing.general.quantity > 1 {
                let count = listing.general.quantity;
                let pieces = words.tell("booking-pieces", &[("count", count.into())]);
                pill(ui, Icon::PACKAGE, &pieces, crate::widgets::Tone::Quiet);
            }
        });
        ui.horizontal(|ui| {
            let name = circle.name_of(listing.owner).to_owned();
            avatar(ui, listing.owner, &name, 38.0);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                text::strong(ui, &name);
                let key = match listing.details {
                    _ if listing.owner == desk.me => "listing-owner-you",
                    Details::HelpOffer(_) => "listing-owner-helps",
                    Details::HelpAsk(_) => "listing-owner-asks",
                    _ => "listing-owner-lends",
                };
                text::small(ui, words.say(key));
            });
        });
        if !listing.general.about.is_empty() {
            let about = RichText::new(&listing.general.about).color(Palette::of(ui).text);
            ui.add(Label::new(about.line_height(Some(24.0))).wrap());
        }
    });
}

/// What the owner asks, and what a car is and costs.
pub(super) fn rules_card(ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
    let words = desk.words;
    let currency = desk.circle.currency.clone();
    let mut lines: Vec<(Icon, String)> = Vec::new();
    if let Details::Car(car) = &listing.details {
        let tariff = desk.circle.tariffs.at(listing.id, listing.owner, desk.now);
        if let Some(tariff) = tariff {
            lines.push((Icon::COINS, words.tariff(tariff, &currency)));
        }
        let seats = car.seats.map(|seats| words.tell("car-seats", &[("count", seats.into())]));
        let plate = Some(car.plate.clone()).filter(|plate| !plate.is_empty());
        let facts: Vec<String> = seats.into_iter().chain(plate).collect();
        if !facts.is_empty() {
            lines.push((Icon::CAR, facts.join(" · ")));
        }
        if let Some(km) = desk.circle.last_km(listing) {
            lines.push((Icon::KEY, words.tell("car-odometer", &[("km", km.into())])));
        }
        if let Some(risk) = car.own_risk {
            let amount = words.money(risk, &currency);
            lines.push((Icon::INFO, words.tell("car-own-risk", &[("amount", amount.into())])));
        }
    }
    if let Details::HelpOffer(help) | Details::HelpAsk(help) = &listing.details
        && let Some(hours) = help.hours
    {
        let minutes = noaber_core::rules::Span::Minutes(hours.quarters() * 15);
        let length = words.length(minutes);
        lines.push((Icon::CLOCK, words.tell("help-takes", &[("length", length.into())])));
    }
    if !matches!(listing.details, Details::HelpAsk(_)) {
        let rules = words.rules(listing, desk.moment());
        lines.extend(rules.into_iter().map(|line| (Icon::INFO, line)));
    }
    if lines.is_empty() {
        return;
    }
    section(ui, &words.say("listing-rules"), |ui| {
        for (icon, line) in lines {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                text::glyph(ui, icon, Palette::of(ui).primary);
                ui.add(Label::new(RichText::new(line).color(Palette::of(ui).text)).wrap());
            });
        }
    });
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

fn history(ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
    let over = bookings(desk, listing, |state| state == State::Returned);
    if over.is_empty() {
        return;
    }
    let circle = Arc::clone(&desk.circle);
    section(ui, &desk.words.say("listing-history"), |ui| {
        for id in over.iter().rev().take(HISTORY) {
            if let Some(one) = circle.bookings.get(id) {
                booking::past(ui, desk, one);
            }
        }
    });
}
