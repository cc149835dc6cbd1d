//! One booking as a VEVENT (RFC 5545, section 3.6.1).

use noaber_core::booking::{Assurance, Booking, State, Status, What};
use noaber_core::listing::Listing;
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;

use super::lines::Lines;
use super::zone::{self, Zone};

/// The lines of a booking; `None` for one in years that calendars do not know.
pub(super) fn lines(
    circle: &CircleView,
    booking: &Booking,
    status: &Status,
    zone: &mut Zone,
    now: Timestamp,
) -> Option<Lines> {
    let (start, end) = zone.span(status.interval.from(), status.interval.to())?;
    let listing = circle.listings.get(&booking.listing).map(AsRef::as_ref);
    let assurance = circle.assurance(booking, status, now);
    let changed = changes(booking, status);
    // A wild clock may have written a year that calendars do not know.
    let modified = zone::utc(changed.at).or_else(|| zone::utc(booking.interval.from()))?;
    let mut lines = Lines::default();
    lines.raw("BEGIN:VEVENT");
    lines.raw(&format!("UID:{}@noaber", booking.id));
    // When this version came to be, not when it was asked for: the same bookings give the same bytes,
    // so that subscribers are told that nothing changed.
    lines.raw(&format!("DTSTAMP:{modified}"));
    lines.raw(&format!("LAST-MODIFIED:{modified}"));
    if let Some(asked) = zone::utc(booking.asked_at()) {
        lines.raw(&format!("CREATED:{asked}"));
    }
    lines.raw(&format!("SEQUENCE:{}", changed.count));
    lines.raw(&format!("DTSTART{start}"));
    lines.raw(&format!("DTEND{end}"));
    lines.text("SUMMARY", &summary(circle, booking, listing));
    lines.text("DESCRIPTION", &description(circle, booking, listing, status, assurance, now));
    lines.raw(&format!("STATUS:{}", standing(status.state, assurance)));
    if let Some(listing) = listing {
        let category = Some(listing.general.category.trim()).filter(|word| !word.is_empty());
        lines.text("CATEGORIES", category.unwrap_or(listing.details.kind()));
    }
    // Who has lent something, or whose neighbour has, is not busy themselves.
    lines.raw("TRANSP:TRANSPARENT");
    lines.raw("END:VEVENT");
    Some(lines)
}

/// How often a booking changed, and when it last did.
struct Changes {
    count: usize,
    at: Timestamp,
}

fn changes(booking: &Booking, status: &Status) -> Changes {
    // That the keeper has the request changes nothing for whoever looks at a calendar.
    let facts = || booking.facts.iter().filter(|fact| !matches!(fact.what, What::Received));
    let last = facts().map(|fact| fact.time.timestamp()).max();
    let at = last.unwrap_or(booking.asked_at()).max(booking.asked_at());
    // Nobody says that a request has expired, yet calendars must hear of it.
    match status.state {
        State::Expired => Changes { count: facts().count() + 1, at: booking.expires_at().max(at) },
        State::Waiting
        | State::Offered
        | State::Asked
        | State::Confirmed
        | State::Declined
        | State::Cancelled
        | State::Out
        | State::Returned => Changes { count: facts().count(), at },
    }
}

/// `STATUS`, which never says more than is proved: two promises for one thing are not certain.
fn standing(state: State, assurance: Assurance) -> &'static str {
    match (state, assurance) {
        (State::Confirmed | State::Out, Assurance::Clash)
        | (State::Waiting | State::Offered | State::Asked, _) => "TENTATIVE",
        (State::Confirmed | State::Out | State::Returned, _) => "CONFIRMED",
        (State::Declined | State::Cancelled | State::Expired, _) => "CANCELLED",
    }
}

fn summary(circle: &CircleView, booking: &Booking, listing: Option<&Listing>) -> String {
    let title = listing.map_or("something", |listing| &listing.general.title);
    let pieces =
        if booking.quantity == 1 { String::new() } else { format!("{} × ", booking.quantity) };
    format!("{pieces}{title}: {}", circle.name_of(booking.borrower))
}

fn description(
    circle: &CircleView,
    booking: &Booking,
    listing: Option<&Listing>,
    status: &Status,
    assurance: Assurance,
    now: Timestamp,
) -> String {
    let owner = listing.map_or("somebody", |listing| circle.name_of(listing.owner));
    let borrower = circle.name_of(booking.borrower);
    let by = status.why.as_ref().map_or("somebody", |why| circle.name_of(why.by));
    let why = status.why.as_ref().map(|why| why.text.trim()).filter(|text| !text.is_empty());
    let because = why.map(|text| format!(": {text}")).unwrap_or_default();
    let words = match status.state {
        State::Confirmed | State::Out if assurance == Assurance::Clash => {
            "Clash: promised to somebody else as well, call each other".to_owned()
        }
        State::Waiting => format!("{borrower} waits for it to become free"),
        State::Offered => format!("Held for {borrower}, who has not taken it yet"),
        State::Asked if assurance == Assurance::Local => {
            format!("Asked; {owner}’s device has not answered yet")
        }
        State::Asked => format!("Asked; waits for {owner}"),
        State::Confirmed => "Confirmed".to_owned(),
        State::Out if now >= status.interval.to() => format!("{borrower} has it; it is late"),
        State::Out => format!("{borrower} has it"),
        State::Returned => "Brought back".to_owned(),
        State::Declined => format!("Declined by {by}{because}"),
        State::Cancelled => format!("Called off by {by}{because}"),
        State::Expired => "Nobody answered in time".to_owned(),
    };
    let mut lines = vec![words, format!("From {owner} for {borrower}")];
    if !booking.note.trim().is_empty() {
        lines.push(booking.note.trim().to_owned());
    }
    lines.join("\n")
}
