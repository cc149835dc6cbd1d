//! Bookings as rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use noaber_core::booking::{Assurance, Booking, Fact, Handed, State, Status, What, Why};
use noaber_core::id::{BookingId, ListingId};
use noaber_core::ledger::Line;
use noaber_core::listing::{Details, Listing};
use noaber_core::time::{Interval, Timestamp};
use noaber_core::view::{CircleView, Trip};
use noaber_core::wire::Cause;

use super::cars::{estimate, trip};
use crate::api::resolve::{show, zone};
use crate::api::rows::{BookingRow, DamageRow, HistoryRow, TripRow};

/// One booking.
pub(in crate::api) fn booking(
    circle: &CircleView,
    booking: &Booking,
    now: Timestamp,
) -> BookingRow {
    Rows::new(circle, now).row(booking)
}

/// Several. The log book of a car is read once for all of its bookings.
pub(in crate::api) fn bookings<'a>(
    circle: &CircleView,
    bookings: impl IntoIterator<Item = &'a Arc<Booking>>,
    now: Timestamp,
) -> Vec<BookingRow> {
    let mut rows = Rows::new(circle, now);
    bookings.into_iter().map(|booking| rows.row(booking)).collect()
}

/// What rows of one circle share.
struct Rows<'a> {
    circle: &'a CircleView,
    zone: TimeZone,
    now: Timestamp,
    trips: BTreeMap<ListingId, Vec<Trip>>,
    bills: Option<BTreeMap<BookingId, &'a Line>>,
}

impl<'a> Rows<'a> {
    fn new(circle: &'a CircleView, now: Timestamp) -> Self {
        Self { circle, zone: zone(circle), now, trips: BTreeMap::new(), bills: None }
    }

    fn show(&self, at: Timestamp) -> String {
        show(at, &self.zone)
    }

    /// What was driven in a booking, if it is one of a car.
    fn trip(&mut self, listing: &Listing, booking: &Booking) -> Option<TripRow> {
        if !matches!(listing.details, Details::Car(_)) {
            return None;
        }
        let (circle, now) = (self.circle, self.now);
        let ever = Interval::new(Timestamp::MIN, Timestamp::MAX)?;
        let trips =
            self.trips.entry(listing.id).or_insert_with(|| circle.trips(listing, ever, now));
        let driven = trips.iter().find(|trip| trip.booking == booking.id)?;
        let bills = self.bills.get_or_insert_with(|| bills(circle));
        Some(trip(circle, driven, bills.get(&booking.id).copied()))
    }

    fn row(&mut self, booking: &Booking) -> BookingRow {
        let (circle, now) = (self.circle, self.now);
        let listing = circle.listings.get(&booking.listing);
        let status = circle.status(booking, now);
        let assurance = circle.assurance(booking, &status, now);
        let trip = listing.and_then(|listing| self.trip(listing, booking));
        let is_extended = status.interval != booking.interval;
        let owner = listing.map(|listing| listing.owner);
        let why = status.why.as_ref();
        BookingRow {
            booking: booking.id.to_string(),
            listing: booking.listing.to_string(),
            title: listing.map_or("", |listing| &listing.general.title).to_owned(),
            borrower: booking.borrower.to_string(),
            borrower_name: circle.name_of(booking.borrower).to_owned(),
            owner: owner.map(|owner| owner.to_string()).unwrap_or_default(),
            owner_name: owner.map_or("somebody", |owner| circle.name_of(owner)).to_owned(),
            from: self.show(status.interval.from()),
            to: self.show(status.interval.to()),
            due: self.show(status.interval.to()),
            first_to: is_extended.then(|| self.show(booking.interval.to())),
            extension: status.extension.map(|to| self.show(to)),
            not_extended: status.not_extended.as_ref().map(words),
            quantity: booking.quantity,
            state: state(status.state).to_owned(),
            late: is_late(&status, now),
            series: booking.series.map(|series| series.to_string()),
            waits: booking.waits,
            offered_until: status
                .offered_until
                .filter(|_| status.state == State::Offered)
                .map(|until| self.show(until)),
            assurance: self::assurance(assurance).to_owned(),
            why: why.map(words),
            why_code: why.map(|why| why.code.clone()),
            why_by: why.map(|why| circle.name_of(why.by).to_owned()),
            note: booking.note.to_string(),
            out: status.out,
            damage: self.damage(booking, listing.map(AsRef::as_ref)),
            trip,
            estimate: listing.filter(|_| status.state.is_open()).and_then(|listing| {
                let estimated = circle.estimate(listing, status.interval, None)?;
                Some(estimate(circle, &estimated))
            }),
            history: self.history(booking),
        }
    }

    fn damage(&self, booking: &Booking, listing: Option<&Listing>) -> Vec<DamageRow> {
        let facts = listing.into_iter().flat_map(|listing| booking.damages(listing.owner));
        let row = |fact: &Fact| match &fact.what {
            What::Damaged { text, photos, unusable } => Some(DamageRow {
                at: self.show(fact.time.timestamp()),
                by: fact.by.to_string(),
                by_name: self.circle.name_of(fact.by).to_owned(),
                text: text.clone(),
                unusable: *unusable,
                photos: photos.iter().map(ToString::to_string).collect(),
            }),
            _ => None,
        };
        facts.filter_map(row).collect()
    }

    fn history(&self, booking: &Booking) -> Vec<HistoryRow> {
        let asked = HistoryRow {
            at: self.show(booking.asked_at()),
            by: booking.borrower.to_string(),
            by_name: self.circle.name_of(booking.borrower).to_owned(),
            what: "asked".to_owned(),
            quantity: None,
            odometer: None,
            photo: None,
            note: Some(booking.note.to_string()).filter(|note| !note.is_empty()),
        };
        let facts = booking.facts.iter().map(|fact| history(self.circle, fact, &self.zone));
        std::iter::once(asked).chain(facts).collect()
    }
}

/// The lines that say what a trip costs, by its booking; the first that a side wrote stands.
pub(super) fn bills(circle: &CircleView) -> BTreeMap<BookingId, &Line> {
    let mut bills = BTreeMap::new();
    for line in circle.ledger.lines() {
        if let Cause::Trip(booking) = line.cause {
            bills.entry(booking).or_insert(line);
        }
    }
    bills
}

fn is_late(status: &Status, now: Timestamp) -> bool {
    status.state == State::Out && status.interval.to() <= now
}

fn words(why: &Why) -> String {
    if why.text.is_empty() { why.code.clone() } else { why.text.clone() }
}

fn history(circle: &CircleView, fact: &Fact, zone: &TimeZone) -> HistoryRow {
    let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let (what, handed, note): (_, Option<&Handed>, _) = match &fact.what {
        What::Received => ("received", None, None),
        What::Confirmed { .. } => ("confirmed", None, None),
        What::Declined { code, text } => {
            ("declined", None, said(if text.is_empty() { code } else { text }))
        }
        What::Cancelled { reason } => ("cancelled", None, said(reason)),
        What::Offered { until } => ("offered", None, Some(show(*until, zone))),
        What::Accepted => ("accepted", None, None),
        What::Extend { to } => ("extend", None, Some(show(*to, zone))),
        What::Extended { to, .. } => ("extended", None, Some(show(*to, zone))),
        What::NotExtended { code, text, .. } => {
            ("not_extended", None, said(if text.is_empty() { code } else { text }))
        }
        What::Damaged { text, .. } => ("damage", None, said(text)),
        What::Corrected { start_km, end_km } => {
            let km = |km: &Option<u32>| km.map_or("?".to_owned(), |km| km.to_string());
            ("correct", None, Some(format!("{} km to {} km", km(start_km), km(end_km))))
        }
        What::Done { text } => ("done", None, said(text)),
        What::PickedUp(handed) => ("pickup", Some(handed), said(&handed.note)),
        What::Returned(handed) => ("return", Some(handed), said(&handed.note)),
    };
    HistoryRow {
        at: show(fact.time.timestamp(), zone),
        by: fact.by.to_string(),
        by_name: circle.name_of(fact.by).to_owned(),
        what: what.to_owned(),
        quantity: handed.map(|handed| handed.quantity),
        odometer: handed.and_then(|handed| handed.odometer_km),
        photo: handed.and_then(|handed| handed.photo).map(|photo| photo.to_string()),
        note,
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Waiting => "waiting",
        State::Offered => "offered",
        State::Asked => "asked",
        State::Confirmed => "confirmed",
        State::Declined => "declined",
        State::Cancelled => "cancelled",
        State::Expired => "expired",
        State::Out => "out",
        State::Returned => "returned",
    }
}

fn assurance(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Local => "local",
        Assurance::Delivered => "delivered",
        Assurance::Confirmed => "confirmed",
        Assurance::Clash => "clash",
    }
}
