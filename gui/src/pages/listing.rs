//! One listing: what it is, whose, what the owner asks, when it is free, and a form to ask for it that is
//! judged while it is filled in, by the same function that the owner's device will use.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{Label, RichText, ScrollArea, Sense, Ui, vec2};
use jiff::civil::Date;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, ListingId};
use noaber_core::listing::{Details, Listing};

use super::asking::{self, Ask};
use super::drafts::{MOST_MESSAGES, name_of};
use super::own::Own;
use super::question::Questions;
use super::{availability, thread};
use crate::desk::{Desk, Room, Route};
use crate::fonts::Icon;
use crate::looks::{Shelf, picture, when_free};
use crate::photos::{Shot, Size};
use crate::theme::Palette;
use crate::widgets::booking;
use crate::widgets::{
    Button, Corners, Look, avatar, card, divider, empty, focus_ring, photo, pill, section, text,
};

/// Past bookings that are shown.
const HISTORY: usize = 8;

/// See the module.
#[derive(Default)]
pub(super) struct ListingPage {
    of: Option<ListingId>,
    ask: Option<Ask>,
    words: String,
    /// What was begun about other listings.
    begun: BTreeMap<ListingId, Begun>,
    photo: usize,
    questions: Questions,
    own: Own,
}

/// What was begun about a listing and not sent.
#[derive(Default)]
struct Begun {
    ask: Option<Ask>,
    words: String,
}

impl Begun {
    fn is_nothing(&self) -> bool {
        self.words.trim().is_empty() && !self.ask.as_ref().is_some_and(Ask::is_begun)
    }
}

impl ListingPage {
    /// Turns to another listing; what was begun about the one before waits.
    fn turn_to(&mut self, id: ListingId) {
        let mut begun = std::mem::take(&mut self.begun);
        let left = Begun { ask: self.ask.take(), words: std::mem::take(&mut self.words) };
        if let Some(before) = self.of
            && !left.is_nothing()
            && begun.len() < MOST_MESSAGES
        {
            begun.insert(before, left);
        }
        let Begun { ask, words } = begun.remove(&id).unwrap_or_default();
        *self = Self { of: Some(id), ask, words, begun, ..Self::default() };
    }

    /// The messages that were begun.
    pub(super) fn kept(&self) -> BTreeMap<String, String> {
        let here = self.of.map(|id| (id, &self.words));
        let others = self.begun.iter().map(|(id, begun)| (*id, &begun.words));
        let all = others.chain(here).filter(|(_, words)| !words.trim().is_empty());
        all.map(|(id, words)| (name_of(id), words.clone())).collect()
    }

    /// Goes on with what was kept.
    pub(super) fn resume(&mut self, kept: BTreeMap<String, String>) {
        let kept = kept.into_iter().take(MOST_MESSAGES);
        let begun = kept.filter_map(|(id, words)| Some((id.parse().ok()?, words)));
        self.begun = begun.map(|(id, words)| (id, Begun { ask: None, words })).collect();
    }

    /// Whether a request was begun: those are not kept.
    pub(super) fn is_asking(&self) -> bool {
        let others = self.begun.values().filter_map(|begun| begun.ask.as_ref());
        others.chain(self.ask.as_ref()).any(Ask::is_begun)
    }

    /// Shows the page.
    pub(super) fn show(&mut self, id: ListingId, ui: &mut Ui, desk: &mut Desk<'_>) {
        if self.of != Some(id) {
            self.turn_to(id);
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
        self.questions.show(ui, desk);
        self.own.questions(ui, desk, &listing);
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
                    if let Some(pressed) = booking::row(ui, desk, *id) {
                        self.questions.begin(desk, pressed);
                    }
                }
            });
        }
        if listing.owner == desk.me {
            self.own.show(ui, desk, listing);
        } else if !desk.circle.is_offered(listing) {
            let line = desk.words.say("listing-retired");
            card(ui, |ui| text::weak(ui, line));
        } else {
            asking::show(ui, desk, listing, &mut self.ask);
        }
        rules_card(ui, desk, listing);
    }

    fn below(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
        if !matches!(listing.details, Details::HelpAsk(_)) {
            let chosen = self.ask.as_ref().map_or(Date::MIN, Ask::first_day);
            let mut pressed = None;
            section(ui, &desk.words.say("listing-free"), |ui| {
                pressed = availability::show(ui, desk, listing, chosen);
            });
            if let (Some(date), Some(ask)) = (pressed, self.ask.as_mut()) {
                ask.start_on(date);
            }
        }
        thread::show(ui, desk, listing, &mut self.words);
        history(ui, desk, listing);
    }
}

/// Bookings of a listing in some states, by their start.
fn bookings(desk: &Desk<'_>, listing: &Listing, is_it: impl Fn(State) -> bool) -> Vec<BookingId> {
    let shelf = desk.circle.shelves.get(&listing.id);
    let all = shelf.into_iter().flat_map(|shelf| shelf.bookings.iter());
    let all = all.filter_map(|(_, id)| desk.circle.bookings.get(id));
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
