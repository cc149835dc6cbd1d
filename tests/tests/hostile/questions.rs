//! Every question that a screen asks: each has an answer, whatever was said.

use noaber_core::notice::notices;
use noaber_core::rules::Request;
use noaber_core::search::Index;
use noaber_core::settle::payments;
use noaber_core::time::{Interval, Timestamp};
use noaber_core::view::CircleView;
use noaber_core::wire::{About, Unit};

/// Asks all of it, at the ends of time and now.
pub(crate) fn ask_everything(view: &CircleView, now: Timestamp) {
    for now in [Timestamp::MIN, Timestamp::from_ms(0), now, Timestamp::MAX] {
        ask_about_bookings(view, now);
        ask_about_listings(view, now);
        for member in view.roster.members.keys() {
            notices(view, *member, now);
        }
    }
    for unit in [Unit::Cents, Unit::Quarters] {
        let balances = view.ledger.balances(unit, &view.roster);
        assert_eq!(balances.values().sum::<i64>(), 0);
        assert!(payments(&balances).len() <= balances.len());
    }
    for line in view.ledger.lines() {
        line.total();
        view.ledger.reason_of(line.id, line.by);
        assert!(view.ledger.debts(line, &view.roster).count() <= line.debts.len());
    }
    for (_, message) in view.messages.newest() {
        assert!(!message.text().is_empty() || message.versions.len() <= 32);
        assert!(view.messages.about(message.about).count() > 0);
    }
    assert!(view.series.values().flatten().all(|id| view.bookings.contains_key(id)));
    let mut index = Index::default();
    index.catch_up(view);
    index.find("ladder", 10);
    view.fingerprint();
}

fn ask_about_bookings(view: &CircleView, now: Timestamp) {
    // Of a flood, some dozens stand for all.
    for booking in view.bookings.values().step_by(1 + view.bookings.len() / 60) {
        let status = view.status(booking, now);
        view.assurance(booking, &status, now);
        status.used();
        booking.expires_at();
        booking.photos().count();
        let Some(listing) = view.listings.get(&booking.listing) else { continue };
        view.free(listing, booking.interval, now);
        view.stretches(listing, booking.interval, now);
        let (borrower, interval) = (booking.borrower, booking.interval);
        for quantity in [0, 1, u32::MAX] {
            let request = Request { borrower, interval, quantity, now };
            view.judge(listing, &request);
        }
        // Some milliseconds each, so not of everything in a flood.
        if booking.id.as_bytes()[0] % 8 == 0 {
            view.next_times(listing, &Request { borrower, interval, quantity: 1, now }, 3);
        }
        view.judge_asked(listing, booking, now);
        view.against_extension(booking, &status, Timestamp::MAX, now);
        view.trips(listing, interval, now);
        booking.readings(listing.owner).driven_km();
        view.estimate(listing, interval, Some(u32::MAX));
        booking.damages(listing.owner).count();
        view.messages.about(About::Booking(booking.id)).count();
        view.thread(About::Booking(booking.id)).count();
    }
}

fn ask_about_listings(view: &CircleView, now: Timestamp) {
    let week = now.plus_ms(7 * 24 * 3_600_000);
    let always = Interval::new(Timestamp::MIN, Timestamp::MAX);
    for listing in view.listings.values() {
        for interval in [Interval::new(now, week), always].into_iter().flatten() {
            view.free(listing, interval, now);
            view.stretches(listing, interval, now);
            view.trips(listing, interval, now);
            view.estimate(listing, interval, Some(1));
        }
        view.is_offered(listing);
        view.last_km(listing);
        view.unanswered(listing.id, now).count();
        view.gifts.gift(listing.id, listing.owner);
        view.gifts.offered_to(listing.id, listing.owner);
        view.gifts.came_from(listing.id);
        view.tariffs.versions(listing.id, listing.owner).count();
        view.tariffs.at(listing.id, listing.owner, now);
        view.messages.about(About::Listing(listing.id)).count();
    }
    for member in view.roster.members.keys() {
        view.name_of(*member);
        always.map(|always| view.bookings_of(*member, always).count());
    }
}
