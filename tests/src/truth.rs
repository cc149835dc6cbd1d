//! What must hold whatever happens, judged anew from what was said.
//!
//! These checks do not ask the code that they check: sums are counted from raw entries, promises from
//! raw facts, days one by one. They panic with what they found; who calls them says which seed it was.

mod ledger;
mod quota;

pub use ledger::check_ledger;
pub use quota::check_quotas;

use std::collections::BTreeSet;

use noaber_core::booking::{Booking, Fact, State, What};
use noaber_core::id::BookingId;
use noaber_core::limits::OFFER_LIFE_MS;
use noaber_core::listing::Listing;
use noaber_core::time::{Interval, Timestamp};
use noaber_core::view::CircleView;

/// Further away than anything is booked in a life.
const FAR_MS: i64 = 100 * 24 * 3_600_000;

/// Whether the keeper of the listing promised this.
fn is_promised(listing: &Listing, booking: &Booking) -> bool {
    let is_promise =
        |fact: &Fact| fact.device == listing.keeper && matches!(fact.what, What::Confirmed { .. });
    booking.facts.iter().any(is_promise)
}

fn is_side(listing: &Listing, booking: &Booking, fact: &Fact) -> bool {
    fact.by == booking.borrower || fact.by == listing.owner
}

/// The latest end that the keeper allowed and a side had asked for.
fn promised_end(listing: &Listing, booking: &Booking) -> Timestamp {
    let asked = |end: Timestamp| {
        let mut facts = booking.facts.iter().filter(|fact| is_side(listing, booking, fact));
        facts.any(|fact| fact.what == What::Extend { to: end })
    };
    let allowed = booking.facts.iter().filter_map(|fact| match fact.what {
        What::Extended { to, .. } if fact.device == listing.keeper => Some(to),
        _ => None,
    });
    allowed.filter(|end| asked(*end)).fold(booking.interval.to(), Timestamp::max)
}

/// When a side first said that it was called off, brought back or done.
fn given_up_at(listing: &Listing, booking: &Booking) -> Option<Timestamp> {
    let gives_up = |fact: &&Fact| {
        is_side(listing, booking, fact)
            && matches!(fact.what, What::Cancelled { .. } | What::Returned(_) | What::Done { .. })
    };
    booking.facts.iter().filter(gives_up).map(|fact| fact.time.timestamp()).min()
}

/// At no instant is more promised than there is, with every end that was moved, counting what nobody
/// ever gave back or called off.
pub fn check_capacity(view: &CircleView, listing: &Listing) {
    let claims: Vec<(Timestamp, Timestamp, u32)> = view
        .bookings
        .values()
        .filter(|booking| booking.listing == listing.id && is_promised(listing, booking))
        .filter(|booking| given_up_at(listing, booking).is_none())
        .map(|booking| (booking.interval.from(), promised_end(listing, booking), booking.quantity))
        .collect();
    for (at, ..) in &claims {
        let there = claims.iter().filter(|(from, to, _)| from <= at && at < to);
        let sum: u32 = there.map(|(.., quantity)| quantity).sum();
        assert!(sum <= listing.general.quantity, "{sum} promised at {at:?} of {listing:?}");
    }
}

/// What is looked up about borrowers is what a walk over all bookings finds.
pub fn check_lookups(view: &CircleView, now: Timestamp) {
    let Some(always) = Interval::new(Timestamp::MIN, Timestamp::MAX) else { return };
    for (listing, shelf) in &view.shelves {
        let all = || view.bookings.values().filter(|booking| booking.listing == *listing);
        let ids: BTreeSet<BookingId> = shelf.bookings.iter().map(|(_, id)| *id).collect();
        assert_eq!(ids, all().map(|booking| booking.id).collect(), "the shelf of {listing}");
        for borrower in view.roster.members.keys() {
            let found: BTreeSet<BookingId> = shelf.promised_to(*borrower, always).collect();
            let promised = all().filter(|booking| booking.borrower == *borrower);
            let promised = promised.filter(|booking| view.status(booking, now).is_promise());
            assert_eq!(found, promised.map(|booking| booking.id).collect(), "of {borrower}");
        }
    }
}

/// What is taken was promised, or is held by an offer that has not lapsed; and no offer lasts longer
/// than a day or the request itself.
pub fn check_holds(view: &CircleView, now: Timestamp) {
    let (from, to) = (now.plus_ms(-FAR_MS), now.plus_ms(FAR_MS));
    let Some(all) = Interval::new(from, to) else { return };
    for listing in view.listings.values() {
        for stretch in view.stretches(listing, all, now) {
            for id in &stretch.bookings {
                let booking = &view.bookings[id];
                let state = view.status(booking, now).state;
                let is_held = last_offer(listing, booking).is_some_and(|until| now < until);
                match state {
                    State::Confirmed | State::Out | State::Returned => {}
                    State::Offered | State::Asked if is_held => {}
                    _ => panic!("{state:?} takes {:?}: {booking:?}", stretch.interval),
                }
            }
        }
    }
    for booking in view.bookings.values().filter(|booking| booking.waits) {
        let Some(listing) = view.listings.get(&booking.listing) else { continue };
        for fact in booking.facts.iter().filter(|fact| fact.device == listing.keeper) {
            let What::Offered { until } = fact.what else { continue };
            let longest = fact.time.timestamp().plus_ms(OFFER_LIFE_MS);
            assert!(until <= longest.min(booking.expires_at()), "held for too long: {booking:?}");
        }
    }
}

fn last_offer(listing: &Listing, booking: &Booking) -> Option<Timestamp> {
    let offers = booking.facts.iter().filter_map(|fact| match fact.what {
        What::Offered { until } if booking.waits && fact.device == listing.keeper => Some(until),
        _ => None,
    });
    offers.max()
}
