//! The smaller pieces of rules: who may borrow, what becomes of closed days, what is under repair.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::BadText;
use super::text::{deserialize_from_text, first_word, is_line, serialize_as_text};
use crate::id::MemberId;
use crate::time::{Interval, Timestamp};

/// What becomes of closed days inside a booking. A closed day is one without any open time: a
/// holiday, or a weekday without an opening.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ClosedDays {
    /// They count like other days.
    #[default]
    Count,
    /// They count neither towards the longest booking nor towards a quota.
    DontCount,
    /// No booking may have one inside.
    Forbidden,
}

/// Who may borrow something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Borrowers {
    /// The whole circle.
    #[default]
    Everybody,
    /// These, and the owner.
    Only(Vec<MemberId>),
}

/// Something is broken, or away to be looked after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Since when.
    pub from: Timestamp,
    /// Until when; `None` where nobody knows.
    pub until: Option<Timestamp>,
    /// What is done, in the owner's words; may be empty.
    pub note: String,
}

impl Borrowers {
    /// Whether this member is among them.
    pub fn admit(&self, member: MemberId) -> bool {
        match self {
            Self::Everybody => true,
            Self::Only(members) => members.contains(&member),
        }
    }
}

impl Repair {
    /// The time in which it cannot be used; `None` if it ends before it begins.
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(self.from, self.until.unwrap_or(Timestamp::MAX))
    }

    /// Whether it ends after it begins, in years that can be written, with a note of one line.
    pub fn is_sane(&self) -> bool {
        let ends = [Some(self.from), self.until];
        self.interval().is_some()
            && ends.into_iter().flatten().all(|at| at.to_jiff().is_some())
            && (self.note.is_empty() || is_line(&self.note))
    }
}

impl fmt::Display for ClosedDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Count => "count",
            Self::DontCount => "skip",
            Self::Forbidden => "forbidden",
        })
    }
}

impl FromStr for ClosedDays {
    type Err = BadText;

    fn from_str(text: &str) -> Result<Self, BadText> {
        match text.trim() {
            "count" => Ok(Self::Count),
            "skip" => Ok(Self::DontCount),
            "forbidden" => Ok(Self::Forbidden),
            _ => Err(BadText::ClosedDays),
        }
    }
}

impl fmt::Display for Borrowers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Only(members) = self else { return f.write_str("everybody") };
        f.write_str("only")?;
        members.iter().enumerate().try_for_each(|(place, member)| {
            write!(f, "{}{member}", if place == 0 { ' ' } else { ',' })
        })
    }
}

impl FromStr for Borrowers {
    type Err = BadText;

    /// `everybody`, or `only` and ids with commas between them.
    fn from_str(text: &str) -> Result<Self, BadText> {
        match first_word(text) {
            ("everybody", "") => Ok(Self::Everybody),
            ("only", "") => Ok(Self::Only(Vec::new())),
            ("only", ids) => {
                let members = ids.split(',').map(|id| id.trim().parse());
                members.collect::<Result<_, _>>().map(Self::Only).map_err(|_| BadText::Borrowers)
            }
            _ => Err(BadText::Borrowers),
        }
    }
}

impl fmt::Display for Repair {
    /// Instants in universal time, for they do not move with a zone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = |at: Timestamp| at.to_jiff().map_or("?".to_owned(), |at| at.to_string());
        let until = self.until.map(instant).unwrap_or_default();
        write!(f, "{}..{until}", instant(self.from))?;
        if self.note.is_empty() { Ok(()) } else { write!(f, " {}", self.note) }
    }
}

impl FromStr for Repair {
    type Err = BadText;

    /// Two RFC 3339 instants with `..` between them, the second where it is known, and a note.
    fn from_str(text: &str) -> Result<Self, BadText> {
        let instant = |text: &str| {
            text.parse::<jiff::Timestamp>().map(Timestamp::from).map_err(|_| BadText::Repair)
        };
        let (times, note) = first_word(text);
        let (from, until) = times.split_once("..").ok_or(BadText::Repair)?;
        let until = if until.is_empty() { None } else { Some(instant(until)?) };
        let repair = Self { from: instant(from)?, until, note: note.to_owned() };
        repair.is_sane().then_some(repair).ok_or(BadText::Repair)
    }
}

serialize_as_text!(ClosedDays);
deserialize_from_text!(ClosedDays);
