//! Why a booking cannot be: words that programs know, and a sentence that says what to do.
//!
//! Times are civil, in the zone by which the rules were read, so that a reason can be shown as it is.

use std::fmt;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{Period, Quota, Span};
use crate::id::BookingId;

/// One rule that a request breaks. The order of the kinds is the order in which they are given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// None, or more than there are.
    Quantity {
        /// How many there are.
        capacity: u32,
    },
    /// It starts before now.
    InPast,
    /// The owner lends it to others only.
    NotAllowed,
    /// It is asked too short a time ahead.
    TooSoon {
        /// How long ahead it must be asked.
        lead: Span,
        /// The first start that would be possible.
        earliest: DateTime,
    },
    /// That far ahead cannot be booked yet.
    TooEarly {
        /// How far ahead it can be.
        horizon: Span,
        /// The last start that is possible now.
        latest: DateTime,
    },
    /// It is shorter than the owner wants.
    TooShort {
        /// The shortest.
        shortest: Span,
    },
    /// It is longer than the owner wants, or than any booking may be.
    TooLong {
        /// The longest.
        longest: Span,
    },
    /// With bookings of the same borrower next to it, it is too long.
    Chain {
        /// The longest.
        longest: Span,
        /// Those bookings, by their start.
        with: Vec<BookingId>,
    },
    /// It cannot be fetched, or brought back, at that time.
    Closed {
        /// Which of the two.
        end: End,
        /// When it would be.
        at: DateTime,
        /// The holiday, where it has a name.
        name: Option<String>,
    },
    /// A closed day is inside.
    ClosedDay {
        /// The first one.
        date: Date,
        /// The holiday, where it has a name.
        name: Option<String>,
    },
    /// The borrower has had their share.
    Quota {
        /// What is allowed.
        quota: Quota,
        /// What their other bookings take in that period; minutes are rounded up.
        used: Span,
        /// What this one would add to it; minutes are rounded up.
        asked: Span,
        /// The first period in which it is too much.
        period: Period,
    },
    /// It is under repair then.
    Repair {
        /// Until when, where that is known.
        until: Option<DateTime>,
        /// What is done.
        note: String,
    },
    /// It is free, but too close to somebody else's booking.
    Gap {
        /// What stays free between two.
        gap: Span,
    },
    /// Not enough is free.
    Overlap {
        /// How many are free.
        free: u32,
        /// Of how many.
        capacity: u32,
    },
}

/// The two ends of a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// It is fetched.
    Start,
    /// It is brought back.
    Finish,
}

impl Reason {
    /// All of them as one text.
    pub fn in_sentences(reasons: &[Self]) -> String {
        reasons.iter().map(Self::to_string).collect::<Vec<_>>().join("; ")
    }

    /// A word that does not change.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Quantity { .. } => "quantity",
            Self::InPast => "in_past",
            Self::NotAllowed => "not_allowed",
            Self::TooSoon { .. } => "too_soon",
            Self::TooEarly { .. } => "too_early",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::Chain { .. } => "chain",
            Self::Closed { .. } => "closed",
            Self::ClosedDay { .. } => "closed_day",
            Self::Quota { .. } => "quota",
            Self::Repair { .. } => "repair",
            Self::Gap { .. } => "gap",
            Self::Overlap { .. } => "overlap",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity { capacity: 1 } => f.write_str("there is only one of these: ask for 1"),
            Self::Quantity { capacity } => {
                write!(f, "there are {capacity} of these: ask for 1 to {capacity}")
            }
            Self::InPast => f.write_str("this starts in the past: choose a later start"),
            Self::NotAllowed => {
                f.write_str("the owner lends this to some members only: ask them to add you")
            }
            Self::TooSoon { lead, earliest } => write!(
                f,
                "this must be asked {} ahead: choose a start from {} on",
                lead.in_words(),
                clock(*earliest)
            ),
            Self::TooEarly { horizon, latest } => write!(
                f,
                "that far ahead cannot be booked yet, only {}: choose a start until {}, or ask again later",
                horizon.in_words(),
                clock(*latest)
            ),
            Self::TooShort { shortest } => {
                write!(f, "a booking lasts at least {}: choose a later end", shortest.in_words())
            }
            Self::TooLong { longest } => {
                write!(f, "a booking lasts at most {}: choose an earlier end", longest.in_words())
            }
            Self::Chain { longest, with } => chain(f, *longest, with),
            Self::Closed { end, at, name } => closed(f, *end, *at, name.as_deref()),
            Self::ClosedDay { date, name } => write!(
                f,
                "{date}{} is closed, and no closed day may lie inside a booking: end before it or start after it",
                in_brackets(name.as_deref())
            ),
            Self::Quota { quota, used, asked, period } => write!(
                f,
                "each borrower may use this {}: from {} to {} you have {} and this would add {}: choose less, or another time",
                quota.in_words(),
                period.first,
                period.last,
                used.in_words(),
                asked.in_words()
            ),
            Self::Repair { until, note } => repair(f, *until, note),
            Self::Gap { gap } => write!(
                f,
                "{} must stay free between two bookings to make it ready: choose a time further from the next one",
                gap.in_words()
            ),
            Self::Overlap { free, capacity } => {
                write!(f, "not free then: {free} of {capacity} left at that time: choose another")
            }
        }
    }
}

fn chain(f: &mut fmt::Formatter<'_>, longest: Span, with: &[BookingId]) -> fmt::Result {
    let ids: Vec<String> = with.iter().map(ToString::to_string).collect();
    write!(
        f,
        "with your {} next to it ({}) this is longer than {}: leave others a turn in between",
        if with.len() == 1 { "booking" } else { "bookings" },
        ids.join(", "),
        longest.in_words()
    )
}

fn closed(f: &mut fmt::Formatter<'_>, end: End, at: DateTime, name: Option<&str>) -> fmt::Result {
    let (act, choose) = match end {
        End::Start => ("fetched", "a start"),
        End::Finish => ("brought back", "an end"),
    };
    let (at, name) = (clock(at), in_brackets(name));
    write!(f, "this cannot be {act} at {at}{name}: choose {choose} in open time")
}

fn repair(f: &mut fmt::Formatter<'_>, until: Option<DateTime>, note: &str) -> fmt::Result {
    f.write_str("this is under repair then")?;
    if !note.is_empty() {
        write!(f, " ({note})")?;
    }
    match until {
        Some(until) => write!(f, ": choose a start from {} on", clock(until)),
        None => f.write_str(": nobody knows until when, so ask the owner"),
    }
}

fn in_brackets(name: Option<&str>) -> String {
    name.map(|name| format!(" ({name})")).unwrap_or_default()
}

/// To the minute, as people say it.
fn clock(at: DateTime) -> String {
    format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
}
