//! Times as neighbours say them: "in 3 days", "Tue 1 Dec 10:00–12:00".

use jiff::Zoned;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::TimeZone;
use noaber_core::time::Timestamp;

/// "Tue 1 Dec 10:00–12:00", with the day once if it is the same.
pub(super) fn span(from: &str, to: &str) -> String {
    match (zoned(from), zoned(to)) {
        (Some(start), Some(end)) if start.date() == end.date() => {
            format!("{}–{}", day_and_time(from), end.strftime("%H:%M"))
        }
        _ => format!("{} – {}", day_and_time(from), day_and_time(to)),
    }
}

/// "in 3 days", "yesterday", or the day.
pub(super) fn when(at: &str, now: Timestamp) -> String {
    let (Some(then), Some(now)) = (zoned(at), now.to_jiff()) else { return at.to_owned() };
    let now = now.to_zoned(then.time_zone().clone());
    let days = (then.date() - now.date()).get_days();
    let minutes = (then.timestamp().as_second() - now.timestamp().as_second()) / 60;
    match (days, minutes) {
        (0, -1..=1) => "just now".into(),
        (0, 2..=59) => format!("in {minutes} minutes"),
        (0, 60..) => format!("today at {}", then.strftime("%H:%M")),
        (0, -59..=-2) => format!("{} minutes ago", -minutes),
        (0, _) => format!("today at {}", then.strftime("%H:%M")),
        (1, _) => format!("tomorrow at {}", then.strftime("%H:%M")),
        (-1, _) => "yesterday".into(),
        (2..=30, _) => format!("in {days} days"),
        (-30..=-2, _) => format!("{} days ago", -days),
        _ => then.strftime("%-d %b %Y").to_string(),
    }
}

/// A time with an offset, in that offset.
fn zoned(at: &str) -> Option<Zoned> {
    let pieces = DateTimeParser::new().parse_pieces(at).ok()?;
    let offset = pieces.to_numeric_offset()?;
    let civil = pieces.date().to_datetime(pieces.time()?);
    civil.to_zoned(TimeZone::fixed(offset)).ok()
}

/// "Tue 1 Dec 10:00".
pub(super) fn day_and_time(at: &str) -> String {
    zoned(at).map_or_else(|| at.to_owned(), |at| at.strftime("%a %-d %b %H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(at: &str) -> Timestamp {
        at.parse::<jiff::Timestamp>().unwrap().into()
    }

    #[test]
    fn days_are_counted_on_the_calendar_not_by_the_clock() {
        let when = |at| when(at, now("2026-11-30T22:30:00Z"));
        assert_eq!(when("2026-12-01T00:30:00+01:00"), "tomorrow at 00:30");
        assert_eq!(when("2026-11-30T23:50:00+01:00"), "in 20 minutes");
        assert_eq!(when("2026-11-29T23:50:00+01:00"), "yesterday");
    }

    #[test]
    fn a_day_is_named_once() {
        assert_eq!(
            span("2026-12-01T10:00:00+01:00", "2026-12-01T12:00:00+01:00"),
            "Tue 1 Dec 10:00–12:00"
        );
        assert_eq!(
            span("2026-12-01T10:00:00+01:00", "2026-12-02T12:00:00+01:00"),
            "Tue 1 Dec 10:00 – Wed 2 Dec 12:00"
        );
        assert_eq!(when("2026-12-03T10:00:00+01:00", now("2026-11-30T10:00:00Z")), "in 3 days");
    }
}
