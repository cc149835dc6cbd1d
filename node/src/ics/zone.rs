//! A time zone as calendars carry it: a VTIMEZONE with the clock changes around the bookings (RFC
//! 5545, section 3.6.5).
//!
//! Each change is an observance of its own: no recurrence rule is guessed, so half-hour changes,
//! abolished summer times and skipped days come out as they were. Only changes that a booking needs
//! are written, so that one in the year 9000 costs two observances, not 14,000.

use std::collections::BTreeMap;

use jiff::Timestamp as Instant;
use jiff::civil::DateTime;
use jiff::tz::{Dst, Offset, TimeZone};
use noaber_core::time::Timestamp;

use super::lines::Lines;

/// Changes inside one booking that are written; the longest booking sees three in any zone.
const MAX_CHANGES: usize = 8;
/// Years that every calendar program reads.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=9998;

/// A clock change.
struct Change {
    /// What clocks showed at that moment, before they were changed.
    onset: DateTime,
    from: Offset,
    to: Offset,
    name: String,
    dst: Dst,
}

/// The circle's zone, and the changes that are needed so far.
pub(super) struct Zone {
    rules: TimeZone,
    name: String,
    changes: BTreeMap<Instant, Change>,
}

impl Zone {
    /// The zone of that name; UTC where this machine does not know it.
    pub(super) fn named(name: &str) -> Self {
        let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "/_+-".contains(c);
        let known = zone.iana_name().filter(|name| name.chars().all(is_plain)).map(str::to_owned);
        let (rules, name) = known.map_or((TimeZone::UTC, "UTC".to_owned()), |name| (zone, name));
        Self { rules, name, changes: BTreeMap::new() }
    }

    /// Its name, safe in a line.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Start and end as they follow the property's name. `None` for years that calendars do not know.
    ///
    /// In the hour that comes twice, programs disagree on which one is meant: then both are in UTC.
    pub(super) fn span(&mut self, from: Timestamp, to: Timestamp) -> Option<(String, String)> {
        // Calendars know no fractions of a second: the span grows rather than becoming empty.
        let from = instant(from)?;
        let to = instant(to.plus_ms(999))?;
        let civil = [from, to].map(|at| self.rules.to_datetime(at));
        if civil.iter().any(|civil| self.rules.to_ambiguous_timestamp(*civil).is_ambiguous()) {
            return Some((format!(":{}", shown_utc(from)), format!(":{}", shown_utc(to))));
        }
        self.need(from, to);
        let [from, to] = civil.map(|civil| format!(";TZID={}:{}", self.name, shown(civil)));
        Some((from, to))
    }

    /// Notes the changes that readers need to know between two moments.
    fn need(&mut self, from: Instant, to: Instant) {
        // `preceding` is strict, and a change at the very start counts.
        let just_after = |at: Instant| at.checked_add(jiff::SignedDuration::from_nanos(1));
        let at_start = just_after(from).ok().and_then(|at| self.rules.preceding(at).next());
        let at_end = just_after(to).ok().and_then(|at| self.rules.preceding(at).next());
        let inside = self.rules.following(from).take(MAX_CHANGES);
        let inside = inside.take_while(|change| change.timestamp() <= to);
        let all = at_start.into_iter().chain(inside).chain(at_end);
        let needed = all.map(|change| {
            let at = change.timestamp();
            let before = at.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(at);
            let earlier = self.rules.to_offset(before);
            let change = Change {
                onset: earlier.to_datetime(at),
                from: earlier,
                to: change.offset(),
                name: change.abbreviation().to_owned(),
                dst: change.dst(),
            };
            (at, change)
        });
        self.changes.extend(needed.collect::<Vec<_>>());
    }

    /// Writes the VTIMEZONE.
    pub(super) fn write(mut self, now: Timestamp, lines: &mut Lines) {
        if let Some(now) = instant(now) {
            // Also an empty calendar says what its zone is.
            self.need(now, now);
        }
        lines.raw("BEGIN:VTIMEZONE");
        lines.raw(&format!("TZID:{}", self.name));
        if self.changes.is_empty() {
            // A zone whose clocks never changed.
            let info = self.rules.to_offset_info(Instant::UNIX_EPOCH);
            let change = Change {
                onset: DateTime::constant(1970, 1, 1, 0, 0, 0, 0),
                from: info.offset(),
                to: info.offset(),
                name: info.abbreviation().to_owned(),
                dst: info.dst(),
            };
            change.write(lines);
        }
        self.changes.values().for_each(|change| change.write(lines));
        lines.raw("END:VTIMEZONE");
    }
}

impl Change {
    fn write(&self, lines: &mut Lines) {
        let kind = if self.dst.is_dst() { "DAYLIGHT" } else { "STANDARD" };
        lines.raw(&format!("BEGIN:{kind}"));
        lines.raw(&format!("DTSTART:{}", shown(self.onset)));
        lines.raw(&format!("TZOFFSETFROM:{}", shown_offset(self.from)));
        lines.raw(&format!("TZOFFSETTO:{}", shown_offset(self.to)));
        lines.text("TZNAME", &self.name);
        lines.raw(&format!("END:{kind}"));
    }
}

/// A moment in UTC, as a property's value; `None` for years that calendars do not know.
pub(super) fn utc(at: Timestamp) -> Option<String> {
    instant(at).map(shown_utc)
}

/// A moment in whole seconds.
fn instant(at: Timestamp) -> Option<Instant> {
    let whole = Instant::from_second(at.as_ms().div_euclid(1000)).ok()?;
    YEARS.contains(&whole.to_zoned(TimeZone::UTC).year()).then_some(whole)
}

fn shown(civil: DateTime) -> String {
    civil.strftime("%Y%m%dT%H%M%S").to_string()
}

fn shown_utc(at: Instant) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn shown_offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    // Before zones were agreed on, offsets had seconds.
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}
