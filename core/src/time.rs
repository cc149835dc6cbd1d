//! Instants and the hybrid logical clock.
//!
//! The core never reads a clock: `now` is always an argument. Civil time (zones, weekdays) belongs
//! to those who show or evaluate rules; here are only instants.
//!
//! The hybrid clock follows Kulkarni et al., *Logical Physical Clocks* (2014): physical milliseconds
//! with a counter, never behind what was seen, and here never pulled far ahead by others.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::limits::CLOCK_AHEAD_MS;

/// An instant: milliseconds since 1970-01-01T00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The earliest instant that this type can hold.
    pub const MIN: Self = Self(i64::MIN);
    /// Later than any instant that people use: the end of what has no known end.
    pub const MAX: Self = Self(i64::MAX);

    /// From milliseconds since 1970.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since 1970.
    pub const fn as_ms(self) -> i64 {
        self.0
    }

    /// This instant and so many milliseconds, held within what the type can hold.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// The start of the minute that this instant is in.
    #[must_use]
    pub const fn minute(self) -> Self {
        Self(self.0.saturating_sub(self.0.rem_euclid(60_000)))
    }

    /// The same instant for calendars, or `None` outside the years that calendars know.
    pub fn to_jiff(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_millisecond(self.0).ok()
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(at: jiff::Timestamp) -> Self {
        Self(at.as_millisecond())
    }
}

/// A half-open stretch of time `[from, to)`, never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct Interval {
    from: Timestamp,
    to: Timestamp,
}

/// What an [`Interval`] is read from.
#[derive(Deserialize)]
struct Ends {
    from: Timestamp,
    to: Timestamp,
}

impl TryFrom<Ends> for Interval {
    type Error = &'static str;

    fn try_from(ends: Ends) -> Result<Self, &'static str> {
        Self::new(ends.from, ends.to).ok_or("it ends before it begins")
    }
}

impl Interval {
    /// `None` if it would be empty or backwards.
    pub fn new(from: Timestamp, to: Timestamp) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    /// The first instant inside.
    pub const fn from(self) -> Timestamp {
        self.from
    }

    /// The first instant after.
    pub const fn to(self) -> Timestamp {
        self.to
    }

    /// How long it lasts, in milliseconds of real time.
    pub const fn length_ms(self) -> i64 {
        self.to.0.saturating_sub(self.from.0)
    }

    /// Whether the two share an instant; adjacent intervals do not.
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// A reading of the hybrid logical clock: 48 bits of milliseconds, 16 bits of counter.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Hlc(u64);

impl Hlc {
    /// From its 64-bit form.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// Its 64-bit form; the order of readings is the order of these.
    pub const fn to_bits(self) -> u64 {
        self.0
    }

    /// The physical part as an instant.
    pub const fn timestamp(self) -> Timestamp {
        Timestamp((self.0 >> 16) as i64)
    }

    /// The first reading of a millisecond.
    pub(crate) fn physical(now: Timestamp) -> Self {
        // 48 bits of milliseconds last until the year 10889; before 1970 counts as 1970.
        Self((now.0.clamp(0, (1 << 48) - 1) as u64) << 16)
    }
}

impl fmt::Display for Hlc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}", self.0 >> 16, self.0 & 0xffff)
    }
}

/// A device's own hybrid clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    last: Hlc,
}

impl Clock {
    /// A new reading, later than all before it and than all that was observed.
    pub fn tick(&mut self, now: Timestamp) -> Hlc {
        self.last = Hlc(self.last.0.saturating_add(1)).max(Hlc::physical(now));
        self.last
    }

    /// What the next reading will say at least: later than `now` when this clock was ahead before.
    /// Whatever is judged by the time of an entry must be checked by this before it is written.
    pub fn peek(&self, now: Timestamp) -> Timestamp {
        self.last.timestamp().max(now)
    }

    /// Takes in somebody else's reading, so that what we write next comes after it. A clock that is
    /// far ahead of ours does not pull us along: then order by causes is lost, but nobody can push
    /// the whole circle into next year.
    pub fn observe(&mut self, now: Timestamp, seen: Hlc) {
        self.last = self.last.max(seen.min(Hlc::physical(now.plus_ms(CLOCK_AHEAD_MS))));
    }

    /// Takes in a reading of our own log, whatever the wall clock says now.
    pub fn resume(&mut self, own: Hlc) {
        self.last = self.last.max(own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_never_goes_back_and_is_not_pulled_far_ahead() {
        let mut clock = Clock::default();
        let now = Timestamp::from_ms(1_000_000);
        let first = clock.tick(now);
        assert!(clock.tick(now.plus_ms(-5_000)) > first);
        clock.observe(now, Hlc::from_bits(u64::MAX));
        assert!(clock.tick(now).timestamp() <= now.plus_ms(CLOCK_AHEAD_MS + 1));
    }

    #[test]
    fn adjacent_intervals_do_not_overlap() {
        let at = Timestamp::from_ms;
        let morning = Interval::new(at(0), at(10)).unwrap();
        let noon = Interval::new(at(10), at(20)).unwrap();
        assert!(!morning.overlaps(noon) && !noon.overlaps(morning));
        assert!(Interval::new(at(5), at(5)).is_none() && Interval::new(at(6), at(5)).is_none());
    }
}
