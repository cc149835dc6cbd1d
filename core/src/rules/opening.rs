//! When something can be fetched and brought back: weekdays and times of day.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Time, Weekday};

use super::BadText;
use super::text::{deserialize_from_text, first_word, named, place, serialize_as_text, short_name};

/// A set of weekdays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    /// All seven.
    pub const ALL: Self = Self(0b111_1111);

    /// These, in any order.
    pub fn of(days: &[Weekday]) -> Self {
        Self(days.iter().fold(0, |set, day| set | 1 << place(*day)))
    }

    /// Whether this day is among them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & 1 << place(day) != 0
    }

    /// The days of either.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The days, from Monday.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::Monday.cycle_forward().take(7).filter(move |day| self.contains(*day))
    }

    fn between(first: Weekday, last: Weekday) -> Self {
        let length = usize::from(last.since(first).unsigned_abs()) + 1;
        Self(first.cycle_forward().take(length).fold(0, |set, day| set | 1 << place(day)))
    }
}

impl fmt::Display for Weekdays {
    /// Three or more in a row as `mon-fri`, others one by one: `mon,wed-fri`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<Weekday> = self.iter().collect();
        let rows = days.chunk_by(|one, next| place(*next) == place(*one) + 1);
        let words: Vec<String> = rows
            .flat_map(|row| match row {
                [first, .., last] if row.len() > 2 => {
                    vec![format!("{}-{}", short_name(*first), short_name(*last))]
                }
                few => few.iter().map(|day| short_name(*day).to_owned()).collect(),
            })
            .collect();
        f.write_str(&words.join(","))
    }
}

impl FromStr for Weekdays {
    type Err = BadText;

    fn from_str(text: &str) -> Result<Self, BadText> {
        text.split(',').try_fold(Self::default(), |set, part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let row = named(first).zip(named(last)).ok_or(BadText::Opening)?;
            Ok(set.and(Self::between(row.0, row.1)))
        })
    }
}

/// A time of day in minutes after midnight, `00:00` to `24:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// The start of a day.
    pub const MIDNIGHT: Self = Self(0);
    /// The end of a day.
    pub const END: Self = Self(24 * 60);

    /// From hours and minutes; `None` past 24:00.
    pub fn new(hour: u16, minute: u16) -> Option<Self> {
        let minutes = hour.checked_mul(60)?.checked_add(minute)?;
        (minute < 60 && minutes <= Self::END.0).then_some(Self(minutes))
    }

    /// In minutes after midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// As a clock shows it; `None` for 24:00, which no clock shows.
    pub fn on_a_clock(self) -> Option<Time> {
        Time::new((self.0 / 60) as i8, (self.0 % 60) as i8, 0, 0).ok()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = BadText;

    fn from_str(text: &str) -> Result<Self, BadText> {
        let number = |digits: &str, lengths: std::ops::RangeInclusive<usize>| {
            let plain =
                lengths.contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| digits.parse().ok()).flatten()
        };
        let (hour, minute) = text.split_once(':').ok_or(BadText::Opening)?;
        let parts = number(hour, 1..=2).zip(number(minute, 2..=2));
        parts.and_then(|(hour, minute)| Self::new(hour, minute)).ok_or(BadText::Opening)
    }
}

/// One stretch of open time on some weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// On which days.
    pub days: Weekdays,
    /// From when on.
    pub from: TimeOfDay,
    /// Until when, later on the same day: a night is two openings.
    pub to: TimeOfDay,
}

impl Opening {
    /// Whether it is on some day, and opens before it closes.
    pub fn is_sane(&self) -> bool {
        !self.days.is_empty() && self.from < self.to
    }
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}-{}", self.days, self.from, self.to)
    }
}

impl FromStr for Opening {
    type Err = BadText;

    /// Weekdays and a stretch of the day: `mon-fri 09:00-17:00`, `sat,sun 10:00-24:00`.
    fn from_str(text: &str) -> Result<Self, BadText> {
        let (days, times) = first_word(text);
        let (from, to) = times.split_once('-').ok_or(BadText::Opening)?;
        let opening = Self {
            days: days.parse()?,
            from: from.trim_end().parse()?,
            to: to.trim_start().parse()?,
        };
        opening.is_sane().then_some(opening).ok_or(BadText::Opening)
    }
}

serialize_as_text!(Weekdays, TimeOfDay, Opening);
deserialize_from_text!(Opening);
