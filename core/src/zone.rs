//! Civil time: what clocks and calendars on the wall of one place show.
//!
//! A [`Zone`] turns instants into dates and back, with days of 23 and 25 hours, days without a
//! midnight and days that a place has skipped. It knows nothing of listings; rules that speak of
//! weekdays and opening times are in [`crate::rules`]. Zones come from the database that is built
//! into the program, never from the file system, so that every device of a circle reads the same
//! rules alike.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

use crate::limits::MAX_OCCURRENCES;
use crate::time::{Interval, Timestamp};

/// The most days that calendars can be moved by; whatever is further lies outside their years.
const MAX_DAYS: i64 = 7_304_484;

/// The rules by which clocks in one place are set. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// By its IANA name, such as `Europe/Amsterdam`; `None` if this version knows no such zone.
    pub fn named(name: &str) -> Option<Self> {
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        (!zone.is_unknown()).then_some(Self(zone))
    }

    /// Universal time, which has no changes.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The date and time that a clock shows at this instant; the first or last that calendars know
    /// where the instant is outside their years (−9999 to 9999).
    pub fn civil(&self, at: Timestamp) -> DateTime {
        let beyond = if at.as_ms() < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        self.0.to_datetime(at.to_jiff().unwrap_or(beyond))
    }

    /// The date that a calendar shows at this instant.
    pub fn date(&self, at: Timestamp) -> Date {
        self.civil(at).date()
    }

    /// The weekday of this instant.
    pub fn weekday(&self, at: Timestamp) -> Weekday {
        self.date(at).weekday()
    }

    /// The instant at which a clock shows this. What is shown twice means the first time; what is
    /// skipped is moved on by as much as was skipped ("compatible", as RFC 5545 §3.3.5 has it). Held
    /// within the years that calendars know.
    pub fn at(&self, civil: DateTime) -> Timestamp {
        let beyond = if civil.year() < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        self.0.to_timestamp(civil).unwrap_or(beyond).into()
    }

    /// The first instant of this date. Midnight, but for days that begin later because clocks are set
    /// forward over it; for a day that a place skipped, the start of the next.
    pub fn start_of_day(&self, date: Date) -> Timestamp {
        let midnight = date.at(0, 0, 0, 0);
        if let AmbiguousOffset::Gap { after, .. } = self.0.to_ambiguous_timestamp(midnight).offset()
            && let Ok(before_the_jump) = after.to_timestamp(midnight)
            && let Some(jump) = self
                .0
                .following(before_the_jump)
                .find(|change| self.0.to_datetime(change.timestamp()) >= midnight)
        {
            return jump.timestamp().into();
        }
        self.at(midnight)
    }

    /// The instant at which a clock shows the same time so many days later.
    pub fn plus_days(&self, at: Timestamp, days: i64) -> Timestamp {
        let moved = jiff::Span::new().days(days.clamp(-MAX_DAYS, MAX_DAYS));
        self.at(self.civil(at).saturating_add(moved))
    }

    /// The dates on which this stretch of time lies, in order. One that ends exactly at midnight does
    /// not touch the day after; a skipped day is never touched.
    pub fn days(&self, interval: Interval) -> impl Iterator<Item = Date> + '_ {
        self.pieces(interval).map(|(date, _)| date)
    }

    /// This stretch of time cut at the starts of days: every date with what lies on it.
    pub fn pieces(&self, interval: Interval) -> impl Iterator<Item = (Date, Interval)> + '_ {
        let mut at = interval.from();
        let mut date = Some(self.date(at));
        std::iter::from_fn(move || {
            loop {
                let today = date?;
                date = today.tomorrow().ok();
                let end = date.map_or(interval.to(), |next| self.start_of_day(next));
                // Nothing lies on a skipped day, nor on a date whose start clocks were set back over.
                if let Some(piece) = Interval::new(at, end.min(interval.to())) {
                    at = piece.to();
                    return Some((today, piece));
                }
                if at >= interval.to() {
                    return None;
                }
            }
        })
    }

    fn skips(&self, date: Date) -> bool {
        let next = date.tomorrow();
        next.is_ok_and(|next| self.start_of_day(date) == self.start_of_day(next))
    }
}

/// How often something repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rhythm {
    /// On the same weekday.
    Weekly,
    /// On the same day of the month, or the last one of months that are too short for it.
    Monthly,
}

/// A text names no rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a booking repeats \"weekly\" or \"monthly\": write one of these words")]
pub struct BadRhythm;

impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        })
    }
}

impl FromStr for Rhythm {
    type Err = BadRhythm;

    fn from_str(text: &str) -> Result<Self, BadRhythm> {
        match text.trim() {
            "weekly" => Ok(Self::Weekly),
            "monthly" => Ok(Self::Monthly),
            _ => Err(BadRhythm),
        }
    }
}

impl Rhythm {
    /// Counted from the first date each time, so that a 31st comes back after a short month.
    fn date(self, first: Date, step: i64) -> Option<Date> {
        let span = match self {
            Self::Weekly => jiff::Span::new().try_weeks(step),
            Self::Monthly => jiff::Span::new().try_months(step),
        };
        first.checked_add(span.ok()?).ok()
    }
}

/// `first` and its repetitions up to and including those that start on `until`, at most
/// [`MAX_OCCURRENCES`]; none if `until` is before the first.
///
/// Each begins and ends when the clock shows what it showed for the first, so one over the night in
/// which clocks change lasts an hour more or less. What would begin on a day that does not exist is
/// left out. Where a change of clocks leaves nothing of a short one, it keeps its real length.
pub fn repeat(zone: &Zone, first: Interval, rhythm: Rhythm, until: Date) -> Vec<Interval> {
    let (from, to) = (zone.civil(first.from()), zone.civil(first.to()));
    if from.date() > until {
        return Vec::new();
    }
    let length_ms = first.to().as_ms().saturating_sub(first.from().as_ms());
    let nights = to.date().duration_since(from.date());
    let mut all = vec![first];
    for step in 1..MAX_OCCURRENCES {
        let Some(date) = rhythm.date(from.date(), step as i64) else { break };
        let Ok(end) = date.checked_add(nights) else { break };
        if date > until {
            break;
        }
        if zone.skips(date) {
            continue;
        }
        let start = zone.at(date.to_datetime(from.time()));
        let end = zone.at(end.to_datetime(to.time()));
        all.extend(
            Interval::new(start, end).or_else(|| Interval::new(start, start.plus_ms(length_ms))),
        );
    }
    all
}
