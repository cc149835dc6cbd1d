//! Fair use, counted day by day over all that was promised.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use noaber_core::booking::Booking;
use noaber_core::id::{ListingId, MemberId};
use noaber_core::rules::{ClosedDays, Per, Quota, Span};
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;

use super::{given_up_at, is_promised, promised_end};

const MINUTE_MS: i64 = 60_000;

/// Milliseconds of use on each date of the circle's calendar.
type Days = BTreeMap<Date, i64>;

/// Of no listing whose rules stayed as they were at first did anybody but its owner get more than its
/// quotas allow. What was called off or brought back counts only until that was first said.
pub fn check_quotas(view: &CircleView, changed: &BTreeSet<ListingId>) {
    for listing in view.listings.values().filter(|listing| !changed.contains(&listing.id)) {
        if listing.rules.quotas.is_empty() {
            continue;
        }
        let mut borrowers: BTreeMap<MemberId, Vec<&Booking>> = BTreeMap::new();
        for booking in view.bookings.values() {
            let is_one = booking.listing == listing.id && booking.borrower != listing.owner;
            if is_one && is_promised(listing, booking) {
                borrowers.entry(booking.borrower).or_default().push(booking);
            }
        }
        for (borrower, bookings) in borrowers {
            let mut days = Days::new();
            for booking in &bookings {
                let end = promised_end(listing, booking);
                let end = given_up_at(listing, booking).map_or(end, |at| end.min(at));
                let mut at = booking.interval.from();
                while at < end {
                    let date = view.zone.date(at);
                    let counts = listing.rules.closed_days != ClosedDays::DontCount
                        || !listing.rules.is_closed_on(date);
                    if counts {
                        let rest = end.as_ms() - at.as_ms();
                        *days.entry(date).or_default() += rest.min(MINUTE_MS);
                    }
                    at = next_minute(at);
                }
            }
            for quota in &listing.rules.quotas {
                let most = most_used(&days, quota);
                let limit = match quota.amount {
                    Span::Days(days) => i64::from(days),
                    Span::Minutes(minutes) => i64::from(minutes) * MINUTE_MS,
                };
                let name = view.name_of(borrower);
                assert!(most <= limit, "{name} got {most} by {quota}: {bookings:#?} {listing:?}");
            }
        }
    }
}

/// Bookings begin at full minutes, and so do days.
fn next_minute(at: Timestamp) -> Timestamp {
    at.plus_ms(MINUTE_MS)
}

/// The most that lies in one period of a quota, in days or milliseconds.
fn most_used(days: &Days, quota: &Quota) -> i64 {
    let measure = |used_ms: i64| match quota.amount {
        Span::Days(_) => 1,
        Span::Minutes(_) => used_ms,
    };
    let mut periods: BTreeMap<Date, i64> = BTreeMap::new();
    for (date, used_ms) in days {
        if let Per::Rolling { days: length } = quota.per {
            // It lies in every row of days that begins on it or shortly before it.
            let mut first = *date;
            for _ in 0..length {
                *periods.entry(first).or_default() += measure(*used_ms);
                first = before(first);
            }
            continue;
        }
        *periods.entry(start(*date, quota.per)).or_default() += measure(*used_ms);
    }
    periods.into_values().max().unwrap_or(0)
}

/// Goes back day by day until a week or month begins.
fn start(date: Date, per: Per) -> Date {
    let begins = |date: Date| match per {
        Per::Week { from } => date.weekday() == from,
        Per::Month { from } => {
            i32::from(date.day()) == i32::from(from).min(date.days_in_month().into())
        }
        Per::Rolling { .. } => true,
    };
    let mut date = date;
    while !begins(date) {
        date = before(date);
    }
    date
}

fn before(date: Date) -> Date {
    date.yesterday().expect("no life is lived at the start of the calendar")
}
