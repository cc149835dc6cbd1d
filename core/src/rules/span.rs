//! A length of time as people say it: minutes and hours are real, days are days of the calendar.
//!
//! "72 hours" and "3 days" differ when clocks change in between: three days from Friday 10:00 end on
//! Monday 10:00, whatever the clocks did on Sunday.

use std::fmt;
use std::str::FromStr;

use super::BadText;
use super::text::{deserialize_from_text, serialize_as_text};
use crate::time::Timestamp;
use crate::zone::Zone;

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Real minutes.
    Minutes(u32),
    /// Days of the calendar: the same time of day, so many days later.
    Days(u32),
}

impl Span {
    /// The longest that a rule can say, in days: ten years, further than anybody plans.
    pub const MAX_DAYS: u32 = 3_660;

    const DAY_MINUTES: u32 = 24 * 60;

    /// The instant this long after `at`.
    pub fn after(self, at: Timestamp, zone: &Zone) -> Timestamp {
        match self {
            Self::Minutes(minutes) => at.plus_ms(i64::from(minutes) * 60_000),
            Self::Days(days) => zone.plus_days(at, i64::from(days)),
        }
    }

    /// The instant this long before `at`.
    pub fn before(self, at: Timestamp, zone: &Zone) -> Timestamp {
        match self {
            Self::Minutes(minutes) => at.plus_ms(-i64::from(minutes) * 60_000),
            Self::Days(days) => zone.plus_days(at, -i64::from(days)),
        }
    }

    /// In minutes, a day taken as 24 hours: to compare spans where no calendar is at hand.
    pub fn about_minutes(self) -> u64 {
        match self {
            Self::Minutes(minutes) => u64::from(minutes),
            Self::Days(days) => u64::from(days) * u64::from(Self::DAY_MINUTES),
        }
    }

    /// Whether it is no longer than a rule can say.
    pub fn is_sane(self) -> bool {
        self.about_minutes() <= Self::Days(Self::MAX_DAYS).about_minutes()
    }

    /// In plain English, such as "2 days" or "90 minutes".
    pub fn in_words(self) -> String {
        let (number, unit) = match self {
            Self::Minutes(minutes) if minutes > 0 && minutes.is_multiple_of(60) => {
                (minutes / 60, "hour")
            }
            Self::Minutes(minutes) => (minutes, "minute"),
            Self::Days(days) => (days, "day"),
        };
        format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Minutes(minutes) if minutes > 0 && minutes.is_multiple_of(60) => {
                write!(f, "{}h", minutes / 60)
            }
            Self::Minutes(minutes) => write!(f, "{minutes}m"),
            Self::Days(days) => write!(f, "{days}d"),
        }
    }
}

impl FromStr for Span {
    type Err = BadText;

    /// A whole number with its unit: `90m`, `2h`, `3d` or `2w`.
    fn from_str(text: &str) -> Result<Self, BadText> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let number: u32 = number.parse().map_err(|_| BadText::Span)?;
        let span = match unit {
            "m" => Some(Self::Minutes(number)),
            "h" => number.checked_mul(60).map(Self::Minutes),
            "d" => Some(Self::Days(number)),
            "w" => number.checked_mul(7).map(Self::Days),
            _ => None,
        };
        span.filter(|span| span.is_sane()).ok_or(BadText::Span)
    }
}

serialize_as_text!(Span);
deserialize_from_text!(Span);
