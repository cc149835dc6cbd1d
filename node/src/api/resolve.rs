//! From what people type to what is meant: ids, names, times, spans.

use std::fmt::Display;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use noaber_core::View;
use noaber_core::booking::Booking;
use noaber_core::id::{BookingId, LineId, ListingId, MemberId, MessageId, SeriesId};
use noaber_core::listing::{Details, Listing};
use noaber_core::time::{Interval, Timestamp};
use noaber_core::view::CircleView;
use noaber_core::wire::Party;

use super::Failure;

/// What the pot is called, where a member's name or id can stand.
pub(super) const POT: &str = "pot";

/// The shortest beginning of an id that is taken for one.
const MIN_PREFIX: usize = 4;

/// Letters of a word of a name that are enough to mean it, where it means one thing only.
const MIN_WORD: usize = 3;

/// Whether some words of a name begin like this: “fiat” is enough for “The red Fiat”.
fn has_word(name: &str, wanted: &str) -> bool {
    let starts = name.match_indices(wanted).map(|(at, _)| at);
    starts.into_iter().any(|at| !name[..at].ends_with(char::is_alphanumeric))
}

/// Finds the one thing that `text` means: a name, the beginning of an id, or a word of a name.
fn one<I: Display + Copy, T>(
    what: &str,
    text: &str,
    all: impl Iterator<Item = (I, String, T)>,
) -> Result<T, Failure> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Err(Failure::new("not_found", format!("say which {what} you mean")));
    }
    let is_prefix = wanted.len() >= MIN_PREFIX && wanted.bytes().all(|b| b.is_ascii_hexdigit());
    let mut named = Vec::new();
    let (mut with_prefix, mut alike) = (Vec::new(), Vec::new());
    for (id, name, thing) in all {
        let called = name.to_lowercase();
        if called == wanted {
            named.push((id, name, thing));
        } else if is_prefix && id.to_string().starts_with(&wanted) {
            with_prefix.push((id, name, thing));
        } else if wanted.len() >= MIN_WORD && has_word(&called, &wanted) {
            alike.push((id, name, thing));
        }
    }
    let groups = [named, with_prefix, alike];
    let mut found = groups.into_iter().find(|group| !group.is_empty()).unwrap_or_default();
    match found.len() {
        1 => Ok(found.swap_remove(0).2),
        0 => Err(Failure::new("not_found", format!("there is no {what} “{text}” here"))),
        _ => {
            let ids: Vec<String> = found
                .iter()
                .map(|(id, name, _)| format!("{name} ({:.8})", id.to_string()))
                .collect();
            let message = format!("“{text}” can mean more than one {what}: {}", ids.join(", "));
            Err(Failure::new("ambiguous", message))
        }
    }
}

/// The circles that we know anything of. One that we only hold a link to is none yet.
pub(super) fn circles(view: &View) -> impl Iterator<Item = &Arc<CircleView>> {
    view.circles.values().filter(|circle| circle.entries > 0)
}

/// The circle that is meant: the one named, or the only one.
pub(super) fn circle(view: &View, text: Option<&str>) -> Result<Arc<CircleView>, Failure> {
    let all = circles(view);
    if let Some(text) = text {
        return one("circle", text, all.map(|c| (c.id, c.name.clone(), Arc::clone(c))));
    }
    let mut all = all;
    match (all.next(), all.next()) {
        (Some(only), None) => Ok(Arc::clone(only)),
        (None, _) => Err(Failure::new(
            "not_member",
            "you are in no circle yet: `noaber circle create NAME`, or `noaber join LINK`",
        )),
        (Some(_), Some(_)) => {
            let names = circles(view).map(|c| format!("{} ({:.8})", c.name, c.id.to_string()));
            let names = names.collect::<Vec<_>>().join(", ");
            let message = format!("say which circle with --circle: {names}");
            Err(Failure::new("ambiguous", message))
        }
    }
}

/// The listing that is meant. A title finds what is still offered first.
pub(super) fn listing(circle: &CircleView, text: &str) -> Result<Arc<Listing>, Failure> {
    let all = |offered: bool| {
        let is_given = |l: &Listing| circle.gifts.gift(l.id, l.owner).is_some();
        let is_offered = move |l: &Listing| !l.retired && !is_given(l);
        let listings = circle.listings.values().filter(move |l| is_offered(l) == offered);
        listings.map(|l| (l.id, l.general.title.clone(), Arc::clone(l)))
    };
    one::<ListingId, _>("listing", text, all(true)).or_else(|failure| {
        if failure.code == "not_found" { one("listing", text, all(false)) } else { Err(failure) }
    })
}

/// The car that is meant.
pub(super) fn car(circle: &CircleView, text: &str) -> Result<Arc<Listing>, Failure> {
    let found = listing(circle, text)?;
    if matches!(found.details, Details::Car(_)) {
        return Ok(found);
    }
    Err(Failure::new("wrong_kind", format!("“{}” is not a car", found.general.title)))
}

/// The series that is meant, by its id or by one of its bookings.
pub(super) fn series(circle: &CircleView, text: &str) -> Result<SeriesId, Failure> {
    let all = circle.series.keys().map(|id| (*id, String::new(), *id));
    one::<SeriesId, _>("series", text, all).or_else(|failure| {
        if failure.code != "not_found" {
            return Err(failure);
        }
        series_of(&*booking(circle, text)?)
    })
}

/// The series that a booking is one of.
pub(super) fn series_of(booking: &Booking) -> Result<SeriesId, Failure> {
    let message = "this booking was asked for alone: it is one of no series";
    booking.series.ok_or_else(|| Failure::new("not_found", message))
}

/// The booking that is meant, by its id or, where there is but one, by the title of its listing.
pub(super) fn booking(circle: &CircleView, text: &str) -> Result<Arc<Booking>, Failure> {
    let title = |b: &Booking| circle.listings.get(&b.listing).map(|l| l.general.title.clone());
    let all = circle.bookings.values();
    let all = all.map(|b| (b.id, title(b).unwrap_or_default(), Arc::clone(b)));
    one::<BookingId, _>("booking", text, all)
}

/// The member that is meant.
pub(super) fn member(circle: &CircleView, text: &str) -> Result<MemberId, Failure> {
    one("member", text, circle.roster.members.iter().map(|(id, m)| (*id, m.name.clone(), *id)))
}

/// The member that is meant, or the pot.
pub(super) fn party(circle: &CircleView, text: &str) -> Result<Party, Failure> {
    if text.trim().eq_ignore_ascii_case(POT) {
        return Ok(Party::Pot);
    }
    member(circle, text).map(Party::Member)
}

/// The line of the ledger that is meant, by its id or, where there is but one, by its words.
pub(super) fn line(circle: &CircleView, text: &str) -> Result<LineId, Failure> {
    one("line", text, circle.ledger.lines().map(|line| (line.id, line.text.clone(), line.id)))
}

/// The message that is meant.
pub(super) fn message(circle: &CircleView, text: &str) -> Result<MessageId, Failure> {
    let all = circle.messages.newest().map(|(_, message)| message.id);
    one("message", text, all.map(|id| (id, String::new(), id)))
}

/// The circle's zone; UTC where this machine does not know it.
pub(super) fn zone(circle: &CircleView) -> TimeZone {
    TimeZone::get(&circle.timezone).unwrap_or(TimeZone::UTC)
}

/// A time: RFC 3339, or civil time in the circle's zone.
pub(super) fn time(text: &str, zone: &TimeZone) -> Result<Timestamp, Failure> {
    let text = text.trim();
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Ok(instant.into());
    }
    let bad = |why: String| Failure::new("bad_time", why);
    let not_a_time =
        || bad(format!("“{text}” is not a time: write it like 2026-12-01T10:00 or 2026-12-01"));
    // A date's parser also takes a date with a time, and drops the time.
    let has_time = text.contains(['T', 't', ' ']);
    if let Some(date) = text.parse::<Date>().ok().filter(|_| !has_time) {
        // A day starts at midnight, or where the clocks skip that, when they say so.
        let start = date.to_zoned(zone.clone()).map_err(|_| not_a_time())?;
        return Ok(start.timestamp().into());
    }
    let civil: DateTime = text.parse().map_err(|_| not_a_time())?;
    let meant = zone.to_ambiguous_zoned(civil);
    if matches!(meant.offset(), AmbiguousOffset::Gap { .. }) {
        return Err(bad(format!("{text} does not exist: the clocks go forward then")));
    }
    // Of an hour that comes twice, the first is meant.
    meant.compatible().map(|zoned| zoned.timestamp().into()).map_err(|_| not_a_time())
}

/// Two times, the second after the first.
pub(super) fn interval(from: &str, to: &str, zone: &TimeZone) -> Result<Interval, Failure> {
    let (from, to) = (time(from, zone)?, time(to, zone)?);
    let message = if from == to {
        "this ends when it starts: choose an end that comes after the start"
    } else {
        "this ends before it starts: the end must come after the start"
    };
    Interval::new(from, to).ok_or_else(|| Failure::new("bad_time", message))
}

/// A day of the calendar.
pub(super) fn date(text: &str) -> Result<Date, Failure> {
    let text = text.trim();
    let date = text.parse::<Date>().ok().filter(|_| !text.contains(['T', 't', ' ']));
    let message = format!("“{text}” is not a day: write it like 2026-12-31");
    date.ok_or_else(|| Failure::new("bad_time", message))
}

/// A length of time like 30s, 10m, 12h or 7d, in milliseconds.
pub(super) fn span_ms(text: &str) -> Result<i64, Failure> {
    let bad = || {
        let message =
            format!("“{text}” is not a length of time: write it like 30s, 10m, 12h or 7d");
        Failure::new("bad_time", message)
    };
    let text = text.trim();
    let unit = text.chars().last().ok_or_else(bad)?;
    let unit_ms: i64 = match unit {
        's' => 1_000,
        'm' => 60_000,
        'h' => 3_600_000,
        'd' => 86_400_000,
        _ => return Err(bad()),
    };
    let count: i64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| bad())?;
    if count < 0 {
        return Err(bad());
    }
    count.checked_mul(unit_ms).ok_or_else(bad)
}

/// RFC 3339 with the offset of the zone.
pub(super) fn show(at: Timestamp, zone: &TimeZone) -> String {
    let Some(instant) = at.to_jiff() else { return "unknown".into() };
    let zoned = instant.to_zoned(zone.clone());
    let whole =
        if at.as_ms() % 1000 == 0 { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%dT%H:%M:%S%.3f%:z" };
    zoned.strftime(whole).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str, zone: &str) -> Result<i64, String> {
        let zone = TimeZone::get(zone).unwrap();
        time(text, &zone).map(|at| at.as_ms() / 1000).map_err(|failure| failure.message)
    }

    #[test]
    fn civil_times_are_those_of_the_circle_also_when_the_clocks_change() {
        let amsterdam = "Europe/Amsterdam";
        let at = |text: &str| seconds(text, amsterdam).unwrap();
        assert_eq!(at("2027-03-28T03:30") - at("2027-03-28T01:30"), 3_600);
        assert_eq!(at("2027-10-31") + 25 * 3_600, at("2027-11-01"));
        assert_eq!(at("2027-10-31T02:30"), at("2027-10-31T02:30:00+02:00"));
        assert!(seconds("2027-03-28T02:30", amsterdam).unwrap_err().contains("forward"));
        // Midnight does not exist on that day in Beirut; the day does.
        let beirut = seconds("2027-03-28", "Asia/Beirut").unwrap();
        assert_eq!(beirut, seconds("2027-03-28T01:00", "Asia/Beirut").unwrap());
    }

    #[test]
    fn lengths_of_time_are_read_and_nonsense_is_not() {
        assert_eq!(span_ms("30s").unwrap(), 30_000);
        assert_eq!(span_ms("7d").unwrap(), 604_800_000);
        for bad in ["", "s", "-1s", "1w", "99999999999999999d", "1é"] {
            assert_eq!(span_ms(bad).unwrap_err().code, "bad_time", "{bad}");
        }
    }
}
