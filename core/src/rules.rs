//! The rules of a listing: when, how long, how often and by whom it may be used.
//!
//! This file says what rules there are and whether they agree with each other. Every piece has a short
//! text form, the same on the command line and in a stored field. Where to go next: [`mod@judge`] is the
//! one place that applies them; [`reason`] is what it answers, [`next`] when to ask instead. Rules
//! know nothing of what is booked, of names, or of how they are stored.

pub mod closure;
pub mod judge;
pub mod next;
pub mod opening;
pub mod quota;
pub mod reason;
pub mod span;
mod tally;
#[cfg(test)]
mod tests;
mod text;
mod who;
mod words;

pub use closure::{Closure, Dates, MonthDay};
pub use judge::{Known, Request, Use, Verdict, judge};
pub use next::next_times;
pub use opening::{Opening, TimeOfDay, Weekdays};
pub use quota::{Per, Period, Quota};
pub use reason::Reason;
pub use span::Span;
pub use text::BadText;
pub use who::{Borrowers, ClosedDays, Repair};

use std::borrow::Cow;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::limits::MAX_MEMBERS;

/// Most opening times: three stretches on each weekday, and some to spare.
pub const MAX_OPENINGS: usize = 24;
/// Most closures: the holidays of three years, written day by day.
pub const MAX_CLOSURES: usize = 64;
/// Most quotas: a week, a month and a season, in days and in hours, with room.
pub const MAX_QUOTAS: usize = 8;

/// What an owner asks of those who use a listing. By default nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How long ahead a booking must be asked at least.
    pub lead: Option<Span>,
    /// How far ahead a booking may start at most.
    pub horizon: Option<Span>,
    /// The shortest booking.
    pub shortest: Option<Span>,
    /// The longest booking, or chain of bookings of one borrower.
    pub longest: Option<Span>,
    /// What stays free between two bookings, to make it ready.
    pub gap: Option<Span>,
    /// When it can be fetched and brought back; always, if there is none.
    pub open: Vec<Opening>,
    /// Holidays, on which it cannot be.
    pub closed: Vec<Closure>,
    /// What becomes of closed days inside a booking.
    pub closed_days: ClosedDays,
    /// How much one borrower may use it.
    pub quotas: Vec<Quota>,
    /// Who is confirmed at once. They keep to the rules like others.
    pub privileged: Vec<MemberId>,
    /// Who may borrow it.
    pub borrowers: Borrowers,
    /// Since when it is broken.
    pub repair: Option<Repair>,
}

/// Rules that cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum BadRules {
    /// A length of time beyond all plans.
    #[error("{0} is longer than a rule can say: choose at most {max} days", max = Span::MAX_DAYS)]
    TooFar(Span),
    /// A shortest or longest booking of nothing.
    #[error(
        "the shortest and the longest booking must be longer than nothing, for example 30m and 3d"
    )]
    NoLength,
    /// The shortest is longer than the longest.
    #[error(
        "the shortest booking ({shortest}) is longer than the longest ({longest}): change one of them"
    )]
    Lengths {
        /// The shortest.
        shortest: Span,
        /// The longest.
        longest: Span,
    },
    /// Nothing can be booked any more when it can be booked at last.
    #[error(
        "bookings must be asked {lead} ahead but may start at most {horizon} ahead: change one of them"
    )]
    Ahead {
        /// How long ahead at least.
        lead: Span,
        /// How far ahead at most.
        horizon: Span,
    },
    /// An opening that never is.
    #[error(
        "\"{0}\" is never open: name a weekday, and close after opening, like \"fri 18:00-24:00\""
    )]
    Opening(Opening),
    /// A closure that never is, or with a name of more than a line.
    #[error("\"{0}\" cannot be: the last day must not be before the first, and the name one line")]
    Closure(Closure),
    /// A quota of nothing, or in periods that do not exist.
    #[error("the quota \"{0}\" cannot be: write it like \"3d/week from mon\" or \"5d in 14d\"")]
    Quota(Quota),
    /// A repair that ends before it begins, or with a note of more than a line.
    #[error("a repair must end after it begins, and its note is one line")]
    Repair,
    /// More than one can oversee.
    #[error("there can be at most {max} {what}: take some away")]
    TooMany {
        /// Of what.
        what: Cow<'static, str>,
        /// How many there may be.
        max: usize,
    },
}

impl Rules {
    /// Whether they agree with each other and keep within bounds.
    pub fn check(&self) -> Result<(), BadRules> {
        self.check_counts()?;
        self.check_spans()?;
        if let Some(opening) = self.open.iter().find(|opening| !opening.is_sane()) {
            return Err(BadRules::Opening(*opening));
        }
        if let Some(closure) = self.closed.iter().find(|closure| !closure.is_sane()) {
            return Err(BadRules::Closure(closure.clone()));
        }
        if let Some(quota) = self.quotas.iter().find(|quota| !quota.is_sane()) {
            return Err(BadRules::Quota(*quota));
        }
        if self.repair.as_ref().is_some_and(|repair| !repair.is_sane()) {
            return Err(BadRules::Repair);
        }
        Ok(())
    }

    fn check_counts(&self) -> Result<(), BadRules> {
        let only = match &self.borrowers {
            Borrowers::Everybody => 0,
            Borrowers::Only(members) => members.len(),
        };
        let counts = [
            ("opening times", self.open.len(), MAX_OPENINGS),
            ("closed days", self.closed.len(), MAX_CLOSURES),
            ("quotas", self.quotas.len(), MAX_QUOTAS),
            ("privileged members", self.privileged.len(), MAX_MEMBERS),
            ("borrowers", only, MAX_MEMBERS),
        ];
        match counts.into_iter().find(|(_, count, max)| count > max) {
            Some((what, _, max)) => Err(BadRules::TooMany { what: what.into(), max }),
            None => Ok(()),
        }
    }

    fn check_spans(&self) -> Result<(), BadRules> {
        let spans = [self.lead, self.horizon, self.shortest, self.longest, self.gap];
        if let Some(span) = spans.into_iter().flatten().find(|span| !span.is_sane()) {
            return Err(BadRules::TooFar(span));
        }
        let lengths = [self.shortest, self.longest];
        if lengths.into_iter().flatten().any(|span| span.about_minutes() == 0) {
            return Err(BadRules::NoLength);
        }
        if let (Some(shortest), Some(longest)) = (self.shortest, self.longest)
            && shortest.about_minutes() > longest.about_minutes()
        {
            return Err(BadRules::Lengths { shortest, longest });
        }
        if let (Some(lead), Some(horizon)) = (self.lead, self.horizon)
            && lead.about_minutes() > horizon.about_minutes()
        {
            return Err(BadRules::Ahead { lead, horizon });
        }
        Ok(())
    }

    /// Why this date is closed by name, if it is.
    pub fn closure_on(&self, date: Date) -> Option<&Closure> {
        self.closed.iter().find(|closure| closure.contains(date))
    }

    /// Whether this date has no open time at all: a holiday, or a weekday without an opening.
    pub fn is_closed_on(&self, date: Date) -> bool {
        !self.opens_on_weekday(date.weekday()) || self.closure_on(date).is_some()
    }

    fn opens_on_weekday(&self, day: Weekday) -> bool {
        self.open.is_empty() || self.open.iter().any(|opening| opening.days.contains(day))
    }
}
