//! Holidays and other days on which nothing is fetched or brought back.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::BadText;
use super::text::{deserialize_from_text, first_word, is_line, serialize_as_text};

/// Days that are closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// Which.
    pub dates: Dates,
    /// What for, in the owner's words.
    pub name: Option<String>,
}

/// Days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// Once.
    Once {
        /// The first.
        from: Date,
        /// The last.
        to: Date,
    },
    /// In every year.
    Yearly {
        /// The first.
        from: MonthDay,
        /// The last; before `from` where the days go over the turn of the year.
        to: MonthDay,
    },
}

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// `None` if no year has that day; the 29th of February is one.
    pub fn new(month: i8, day: i8) -> Option<Self> {
        // The year 2000 was a leap year.
        Date::new(2000, month, day).ok().map(|_| Self { month, day })
    }

    /// The day of the year on which this date falls.
    pub fn of(date: Date) -> Self {
        Self { month: date.month(), day: date.day() }
    }

    /// 1 to 12.
    pub const fn month(self) -> i8 {
        self.month
    }

    /// 1 to 31.
    pub const fn day(self) -> i8 {
        self.day
    }
}

impl Closure {
    /// Whether this date is closed by it.
    pub fn contains(&self, date: Date) -> bool {
        match self.dates {
            Dates::Once { from, to } => (from..=to).contains(&date),
            Dates::Yearly { from, to } => {
                let day = MonthDay::of(date);
                if from <= to { (from..=to).contains(&day) } else { day >= from || day <= to }
            }
        }
    }

    /// Whether its ends are in order, its years can be written and its name is one line.
    pub fn is_sane(&self) -> bool {
        let in_order = match self.dates {
            Dates::Once { from, to } => from.year() > 0 && from <= to,
            Dates::Yearly { .. } => true,
        };
        in_order && self.name.as_deref().is_none_or(is_line)
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once { from, to } if from == to => write!(f, "{from}"),
            Self::Once { from, to } => write!(f, "{from}..{to}"),
            Self::Yearly { from, to } if from == to => write!(f, "{from}"),
            Self::Yearly { from, to } => write!(f, "{from}..{to}"),
        }
    }
}

impl fmt::Display for Closure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.dates)?;
        self.name.as_ref().map_or(Ok(()), |name| write!(f, " {name}"))
    }
}

/// A day as it is written.
enum Written {
    Date(Date),
    MonthDay(MonthDay),
}

impl Written {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-').rev();
        let mut number = |length: usize| -> Option<Option<i16>> {
            let Some(part) = parts.next() else { return Some(None) };
            let plain = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse().ok())
        };
        let (day, month, year) = (number(2)??, number(2)??, number(4)?);
        let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
        if parts.next().is_some() {
            return None;
        }
        match year {
            Some(year) => Date::new(year, month, day).ok().map(Self::Date),
            None => MonthDay::new(month, day).map(Self::MonthDay),
        }
    }
}

impl FromStr for Closure {
    type Err = BadText;

    /// A date or two with `..` between them, with a year or for every year, and a name if it has one.
    fn from_str(text: &str) -> Result<Self, BadText> {
        let (dates, name) = first_word(text);
        let (from, to) = dates.split_once("..").unwrap_or((dates, dates));
        let dates = match (Written::parse(from), Written::parse(to)) {
            (Some(Written::Date(from)), Some(Written::Date(to))) => Dates::Once { from, to },
            (Some(Written::MonthDay(from)), Some(Written::MonthDay(to))) => {
                Dates::Yearly { from, to }
            }
            _ => return Err(BadText::Closure),
        };
        let name = (!name.is_empty()).then(|| name.to_owned());
        let closure = Self { dates, name };
        closure.is_sane().then_some(closure).ok_or(BadText::Closure)
    }
}

serialize_as_text!(Closure, Dates, MonthDay);
deserialize_from_text!(Closure);
