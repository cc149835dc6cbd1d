//! Why a command was refused.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::document::EditError;
use crate::listing::BadDraft;
use crate::listing::tariff::BadTariff;
use crate::rules::Reason;
use crate::time::Interval;

/// Why a command was refused; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum CommandError {
    /// No such circle, listing or booking here.
    #[error("this is not here (any more): sync, or check what you typed")]
    NotFound,
    /// We are not, or no longer, in that circle.
    #[error("you are not a member of this circle")]
    NotMember,
    /// Only the keeper's device may answer.
    #[error("only {keeper} can answer requests for this; yours is sent there by itself")]
    NotKeeper {
        /// Whose device that is.
        keeper: String,
    },
    /// It is somebody else's.
    #[error("only {who} can do this")]
    NotAllowed {
        /// Who may.
        who: String,
    },
    /// The rules of the listing do not allow it, or it is not free.
    #[error("{}", Reason::in_sentences(.reasons))]
    Refused {
        /// Every reason there is.
        reasons: Vec<Reason>,
        /// The next times at which it would be allowed.
        next: Vec<Interval>,
    },
    /// Not enough is free to promise it.
    #[error("not free then: {free} of {capacity} left at that time")]
    Overlap {
        /// How many are free.
        free: u32,
        /// Of how many.
        capacity: u32,
    },
    /// It is free: there is nothing to wait for.
    #[error("it is free at that time: ask for it")]
    Free,
    /// Too many at once, or none.
    #[error("choose from 1 to {most} times at once")]
    Times {
        /// How many there may be.
        most: usize,
    },
    /// No time is held for this booking (any more).
    #[error("no time is held for you (any more): ask again")]
    NotOffered,
    /// An extension that extends nothing.
    #[error("it is yours until then already: choose a later end")]
    NotLater,
    /// Only help can be done.
    #[error("only help is done: record a pick-up and a return instead")]
    NotHelp,
    /// Only cars are driven.
    #[error("only a car has a tariff")]
    NotCar,
    /// The circle does not count hours.
    #[error("this circle does not count hours: a steward can switch that on")]
    NoTimebank,
    /// A line of the ledger that can mean nothing.
    #[error("{0}")]
    Line(Cow<'static, str>),
    /// It was not given to this member.
    #[error("this was not given to you: ask its owner to do so")]
    NotGiven,
    /// More kilometres than anybody drives.
    #[error("that would be {km} km since the last reading: check the odometer")]
    FarOdometer {
        /// How many.
        km: u32,
    },
    /// It ends when it begins.
    #[error("this ends when it begins: choose a later end")]
    EmptyTime,
    /// It ends before it begins.
    #[error("this ends before it begins: swap the two times, or choose a later end")]
    Backwards,
    /// Longer than a booking may be.
    #[error("this is longer than a booking may be (a year)")]
    TooLong,
    /// None, or more than there are.
    #[error("there are only {capacity} of these: choose from 1 to {capacity}")]
    Quantity {
        /// How many there are.
        capacity: u32,
    },
    /// It is no longer offered.
    #[error("this is no longer offered")]
    Retired,
    /// The booking is not in a state in which this can be done.
    #[error("this booking is {state} already")]
    WrongState {
        /// Where it stands, as a word.
        state: Cow<'static, str>,
    },
    /// It is over.
    #[error("this booking is over: what is past cannot be called off")]
    Over,
    /// It has not been promised.
    #[error("this booking is not confirmed yet: wait for the answer first")]
    NotConfirmed,
    /// There is nothing to bring back.
    #[error("this booking is not out: record the pick-up first")]
    NotOut,
    /// The odometer goes back.
    #[error("the odometer stood at {last_km} km before: it cannot show less now")]
    Odometer {
        /// The last known reading.
        last_km: u32,
    },
    /// A text or name is too long, or missing.
    #[error("{what} must have from 1 to {limit} bytes")]
    Text {
        /// Which text.
        what: Cow<'static, str>,
        /// How long it may be.
        limit: usize,
    },
    /// The draft of a listing is not complete.
    #[error(transparent)]
    Draft(#[from] BadDraft),
    /// A tariff that makes no sense.
    #[error(transparent)]
    Tariff(#[from] BadTariff),
    /// The document would not take the change.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The invite is over.
    #[error("this invite has expired: ask for a new one")]
    InviteExpired,
    /// An invite cannot live that long.
    #[error("an invite must end later than now and within 60 days")]
    InviteLife,
    /// Already in.
    #[error("you are in this circle already")]
    AlreadyMember,
}

impl CommandError {
    /// The word by which programs know this error; it does not change.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::NotMember => "not_member",
            Self::NotKeeper { .. } => "not_keeper",
            Self::NotAllowed { .. } => "not_allowed",
            Self::Refused { reasons, .. } => reasons.first().map_or("not_allowed", Reason::code),
            Self::Overlap { .. } => "overlap",
            Self::Free => "free",
            Self::NotOffered => "not_offered",
            Self::NotHelp | Self::NotCar => "wrong_kind",
            Self::NoTimebank => "no_timebank",
            Self::NotGiven => "not_given",
            Self::EmptyTime | Self::Backwards | Self::NotLater | Self::InviteLife => "bad_time",
            Self::TooLong => "too_long",
            Self::Quantity { .. } => "quantity",
            Self::Retired => "retired",
            Self::WrongState { .. } => "wrong_state",
            Self::Over => "over",
            Self::NotConfirmed => "not_confirmed",
            Self::NotOut => "not_out",
            Self::Odometer { .. } | Self::FarOdometer { .. } => "odometer",
            Self::Line(_)
            | Self::Tariff(_)
            | Self::Draft(
                BadDraft::NoTitle | BadDraft::Quantity | BadDraft::Tags | BadDraft::Rules(_),
            ) => "bad_value",
            Self::Draft(BadDraft::Newer) => "newer",
            Self::Times { .. }
            | Self::Text { .. }
            | Self::Draft(_)
            | Self::Edit(EditError::TooLarge) => "limit",
            Self::Edit(EditError::Unchanged) => "unchanged",
            Self::InviteExpired => "invite_expired",
            Self::AlreadyMember => "already_member",
        }
    }
}
