//! How much one borrower may use something in a week, a month or any row of days.
//!
//! What a quota says and which days its periods have; the counting is in `tally`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::text::{deserialize_from_text, first_word, named, serialize_as_text, short_name};
use super::{BadText, Span};

/// So much in each period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// How much: days on which something is used at all, or real hours and minutes of use.
    pub amount: Span,
    /// In which periods.
    pub per: Per,
}

/// The periods of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Weeks.
    Week {
        /// The day on which each begins.
        from: Weekday,
    },
    /// Months.
    Month {
        /// The day on which each begins, 1 to 31; the last day of months that are too short for it.
        from: u8,
    },
    /// Every row of so many days, wherever it begins.
    Rolling {
        /// How many.
        days: u16,
    },
}

/// Some days in a row, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first.
    pub first: Date,
    /// The last.
    pub last: Date,
}

impl Quota {
    /// The longest row of days: what is spread over more than a year is no longer fair use.
    pub const MAX_ROLLING_DAYS: u16 = 366;

    /// Whether it allows something, in periods that exist.
    pub fn is_sane(&self) -> bool {
        let per = match self.per {
            Per::Week { .. } => true,
            Per::Month { from } => (1..=31).contains(&from),
            Per::Rolling { days } => (1..=Self::MAX_ROLLING_DAYS).contains(&days),
        };
        per && self.amount.about_minutes() > 0 && self.amount.is_sane()
    }
}

impl Quota {
    fn by_calendar(amount: &str, unit: &str, rest: &str) -> Option<Self> {
        let from = match first_word(rest) {
            ("", _) => None,
            ("from", from) => Some(from),
            _ => return None,
        };
        let per = match unit {
            "week" => Per::Week { from: named(from.unwrap_or("mon"))? },
            "month" => Per::Month { from: from.unwrap_or("1").parse().ok()? },
            _ => return None,
        };
        Some(Self { amount: amount.parse().ok()?, per })
    }

    fn rolling(amount: &str, rest: &str) -> Option<Self> {
        let ("in", length) = first_word(rest) else { return None };
        let Span::Days(days) = length.parse().ok()? else { return None };
        let days = u16::try_from(days).ok()?;
        Some(Self { amount: amount.parse().ok()?, per: Per::Rolling { days } })
    }
}

impl Per {
    /// How many days before or after a date its periods can reach.
    pub(super) fn reach_days(self) -> i32 {
        match self {
            Self::Week { .. } => 7,
            Self::Month { .. } => 31,
            Self::Rolling { days } => i32::from(days.min(Quota::MAX_ROLLING_DAYS)),
        }
    }

    /// The first day of the period that holds `date`, and the first day of the next one. For rolling
    /// periods, the last of those that hold it. `None` at the ends of the calendar.
    pub(super) fn around(self, date: Date) -> Option<(Date, Date)> {
        match self {
            Self::Week { from } => {
                let since = i64::from(date.weekday().since(from));
                let first = plus(date, -since)?;
                Some((first, plus(first, 7)?))
            }
            Self::Month { from } => {
                let this = in_month(date, from);
                let month_before = || date.first_of_month().yesterday().ok();
                let month_after = || date.last_of_month().tomorrow().ok();
                if this <= date {
                    Some((this, in_month(month_after()?, from)))
                } else {
                    Some((in_month(month_before()?, from), this))
                }
            }
            Self::Rolling { days } => Some((date, plus(date, i64::from(days))?)),
        }
    }
}

fn plus(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The day of this date's month with that number, or its last one.
fn in_month(date: Date, day: u8) -> Date {
    let day = i8::try_from(day).unwrap_or(i8::MAX).clamp(1, date.days_in_month());
    date.with().day(day).build().unwrap_or(date)
}

impl fmt::Display for Quota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.per {
            Per::Week { from } => write!(f, "{}/week from {}", self.amount, short_name(from)),
            Per::Month { from } => write!(f, "{}/month from {from}", self.amount),
            Per::Rolling { days } => write!(f, "{} in {days}d", self.amount),
        }
    }
}

impl FromStr for Quota {
    type Err = BadText;

    /// `3d/week from mon`, `10h/month from 31`, or `5d in 14d`. Without `from`, weeks begin on Monday
    /// and months on the 1st.
    fn from_str(text: &str) -> Result<Self, BadText> {
        let (first, rest) = first_word(text);
        let quota = match first.split_once('/') {
            Some((amount, unit)) => Self::by_calendar(amount, unit, rest),
            None => Self::rolling(first, rest),
        };
        quota.filter(Self::is_sane).ok_or(BadText::Quota)
    }
}

serialize_as_text!(Quota);
deserialize_from_text!(Quota);
