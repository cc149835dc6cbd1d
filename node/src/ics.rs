//! Bookings as a calendar that other programs read: iCalendar, RFC 5545.
//!
//! A pure function of a circle's view and a time. It does not know who reads it: `api` writes it to
//! files, [`crate::feed`] answers subscriptions with it. `lines` is the syntax (escaping, folding),
//! `zone` the circle's clock changes, `event` one booking. We write the text ourselves because the
//! crates for it know zones by tables of their own, not by jiff's transitions, pass a bare carriage
//! return through, and bring a second library for dates along.

mod event;
mod lines;
#[cfg(test)]
mod tests;
mod zone;

use std::sync::Arc;

use noaber_core::booking::{Booking, State, Status};
use noaber_core::id::{ListingId, MemberId};
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;

use lines::Lines;
use zone::Zone;

/// What ended longer ago than this is left out: a year, and room to look back at its start.
const KEPT_MS: i64 = 400 * 24 * 60 * 60 * 1000;
/// The most bookings in one calendar; calendar programs grow slow long before. The nearest to now
/// are kept, so that nobody can push out what is near by asking for the far future.
const MAX_EVENTS: usize = 5_000;
/// How often a subscriber should look again.
const LOOK_AGAIN: &str = "PT15M";

/// Whose bookings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// The whole circle's.
    Circle,
    /// Those of one listing.
    Listing(ListingId),
    /// Those of one member, as borrower or as owner.
    Member(MemberId),
}

/// What the calendar is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be imported: what came to nothing is in it as cancelled, so that the import takes out what
    /// an earlier one brought in.
    File,
    /// To be subscribed to: what came to nothing is not in it, for the whole of it is replaced.
    Feed,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The text, as RFC 5545 wants it: UTF-8, lines of at most 75 bytes that end with CR LF.
    pub text: String,
    /// How many bookings are in it.
    pub events: usize,
}

/// The calendar of a circle at a time. The same view gives the same text until a state changes with
/// the time.
pub fn calendar(
    circle: &CircleView,
    selection: Selection,
    purpose: Purpose,
    now: Timestamp,
) -> Calendar {
    let bookings = chosen(circle, selection, purpose, now);
    let mut zone = Zone::named(&circle.timezone);
    let events: Vec<Lines> = bookings
        .iter()
        .filter_map(|(booking, status)| event::lines(circle, booking, status, &mut zone, now))
        .collect();
    let mut lines = Lines::default();
    lines.raw("BEGIN:VCALENDAR");
    lines.raw("VERSION:2.0");
    lines.raw("PRODID:-//Noaber//Noaber//EN");
    lines.raw("CALSCALE:GREGORIAN");
    lines.raw("METHOD:PUBLISH");
    lines.text("X-WR-CALNAME", &title(circle, selection));
    lines.raw(&format!("X-WR-TIMEZONE:{}", zone.name()));
    if purpose == Purpose::Feed {
        lines.raw(&format!("REFRESH-INTERVAL;VALUE=DURATION:{LOOK_AGAIN}"));
        lines.raw(&format!("X-PUBLISHED-TTL:{LOOK_AGAIN}"));
    }
    zone.write(now, &mut lines);
    for event in &events {
        lines.append(event);
    }
    lines.raw("END:VCALENDAR");
    Calendar { text: lines.into_text(), events: events.len() }
}

fn chosen(
    circle: &CircleView,
    selection: Selection,
    purpose: Purpose,
    now: Timestamp,
) -> Vec<(Arc<Booking>, Status)> {
    let owner = |booking: &Booking| circle.listings.get(&booking.listing).map(|l| l.owner);
    let is_meant = |booking: &Booking| match selection {
        Selection::Circle => true,
        Selection::Listing(listing) => booking.listing == listing,
        Selection::Member(member) => booking.borrower == member || owner(booking) == Some(member),
    };
    let is_recent = |booking: &Booking| booking.interval.to().plus_ms(KEPT_MS) >= now;
    let mut found: Vec<(Arc<Booking>, Status)> = circle
        .bookings
        .values()
        .filter(|booking| is_meant(booking) && is_recent(booking))
        .map(|booking| (Arc::clone(booking), circle.status(booking, now)))
        // A place in a waiting list is nothing that takes place.
        .filter(|(_, status)| !matches!(status.state, State::Waiting | State::Offered))
        .filter(|(_, status)| purpose == Purpose::File || stands(status.state))
        .collect();
    if found.len() > MAX_EVENTS {
        let distance = |booking: &Booking| booking.interval.from().as_ms().abs_diff(now.as_ms());
        found.sort_by_key(|(booking, _)| (distance(booking), booking.id));
        found.truncate(MAX_EVENTS);
    }
    found.sort_by_key(|(booking, _)| (booking.interval.from(), booking.id));
    found
}

/// Whether a booking takes place, took place, or still may.
fn stands(state: State) -> bool {
    match state {
        State::Asked | State::Confirmed | State::Out | State::Returned => true,
        State::Waiting | State::Offered | State::Declined | State::Cancelled | State::Expired => {
            false
        }
    }
}

fn title(circle: &CircleView, selection: Selection) -> String {
    match selection {
        Selection::Circle => circle.name.clone(),
        Selection::Listing(listing) => {
            let title = circle.listings.get(&listing).map_or("", |l| &l.general.title);
            format!("{title} · {}", circle.name)
        }
        Selection::Member(member) => format!("{} · {}", circle.name_of(member), circle.name),
    }
}
