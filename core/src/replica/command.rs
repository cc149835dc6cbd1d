//! What a user can ask of this device, and what can go wrong with it.

use crate::document::EditError;
use crate::id::{BookingId, CircleId, ListingId, PhotoId};
use crate::listing::{BadDraft, Draft};
use crate::time::{Interval, Timestamp};
use crate::wire::{Address, Link};

/// What a user asks the node to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Found a circle.
    CreateCircle {
        /// What the neighbours call it.
        name: String,
        /// IANA name of its time zone.
        timezone: String,
        /// ISO 4217 code of its currency.
        currency: String,
    },
    /// Open an invite.
    Invite {
        /// To which circle.
        circle: CircleId,
        /// Until when.
        expires: Timestamp,
        /// Where this device can be reached now.
        here: Address,
    },
    /// Ask to be let in by a link.
    Join {
        /// The link.
        link: Link,
    },
    /// Leave a circle.
    Leave {
        /// Which.
        circle: CircleId,
    },
    /// Tell all circles where this device can be reached.
    Announce {
        /// Where.
        here: Address,
    },
    /// Offer or ask something.
    Offer {
        /// In which circle.
        circle: CircleId,
        /// What.
        draft: Draft,
    },
    /// Change a listing.
    Edit {
        /// In which circle.
        circle: CircleId,
        /// Which.
        listing: ListingId,
        /// What it shall be.
        draft: Draft,
    },
    /// Ask for a booking.
    Ask {
        /// In which circle.
        circle: CircleId,
        /// Of what.
        listing: ListingId,
        /// Start, inclusive.
        from: Timestamp,
        /// End, exclusive.
        to: Timestamp,
        /// How many.
        quantity: u32,
        /// A word to the owner.
        note: String,
    },
    /// Do something with a booking.
    Booking {
        /// In which circle.
        circle: CircleId,
        /// Which.
        booking: BookingId,
        /// What.
        act: Act,
    },
}

/// What can be done with a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Promise it; only on the keeper's device.
    Confirm,
    /// Refuse it; only on the keeper's device.
    Decline {
        /// Why.
        reason: String,
    },
    /// Call it off.
    Cancel {
        /// Why; may be empty.
        reason: String,
    },
    /// Note that it was taken along.
    PickUp(Handing),
    /// Note that it came back.
    Return(Handing),
}

/// What is noted when something changes hands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handing {
    /// How many pieces; `None` for all that can be.
    pub quantity: Option<u32>,
    /// The odometer, in kilometres.
    pub odometer_km: Option<u32>,
    /// A photo of its condition.
    pub photo: Option<PhotoId>,
    /// Remarks.
    pub note: String,
}

/// What came of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done; there is nothing to tell.
    Done,
    /// A circle was founded, or is being joined.
    Circle(CircleId),
    /// An invite was opened.
    Invite(Link),
    /// A listing was created or changed.
    Listing(CircleId, ListingId),
    /// A booking was made or changed.
    Booking(CircleId, BookingId),
}

/// Why a command was refused; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
    /// Not enough is free.
    #[error("not free then: {free} of {capacity} left at that time")]
    Overlap {
        /// How many are free.
        free: u32,
        /// Of how many.
        capacity: u32,
        /// The next time of the same length.
        next: Option<Interval>,
    },
    /// It starts before now.
    #[error("this starts in the past: choose a later start")]
    InPast,
    /// Its end is not after its start.
    #[error("the end must come after the start")]
    EmptyTime,
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
        state: &'static str,
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
        what: &'static str,
        /// How long it may be.
        limit: usize,
    },
    /// The draft of a listing is not complete.
    #[error(transparent)]
    Draft(#[from] BadDraft),
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
            Self::Overlap { .. } => "overlap",
            Self::InPast => "in_past",
            Self::EmptyTime | Self::InviteLife => "bad_time",
            Self::TooLong => "too_long",
            Self::Quantity { .. } => "quantity",
            Self::Retired => "retired",
            Self::WrongState { .. } => "wrong_state",
            Self::Over => "over",
            Self::NotConfirmed => "not_confirmed",
            Self::NotOut => "not_out",
            Self::Odometer { .. } => "odometer",
            Self::Draft(BadDraft::NoTitle | BadDraft::Quantity) => "bad_value",
            Self::Draft(BadDraft::Newer) => "newer",
            Self::Text { .. } | Self::Draft(_) | Self::Edit(EditError::TooLarge) => "limit",
            Self::Edit(EditError::Unchanged) => "unchanged",
            Self::InviteExpired => "invite_expired",
            Self::AlreadyMember => "already_member",
        }
    }
}
