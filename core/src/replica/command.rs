//! What a user can ask of this device, and what can go wrong with it.

use crate::document::EditError;
use crate::id::{
    BookingId, CircleId, LineId, ListingId, MemberId, MessageId, NoticeId, PhotoId, SeriesId,
};
use crate::listing::tariff::{BadTariff, Tariff};
use crate::listing::{BadDraft, Draft};
use crate::rules::Reason;
use crate::time::{Interval, Timestamp};
use crate::wire::{About, Address, HouseRules, Link, Owe, Profile};

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
    /// Get in line for a time that is not free.
    Wait {
        /// In which circle.
        circle: CircleId,
        /// For what.
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
    /// Ask for several times in one go.
    AskSeries {
        /// In which circle.
        circle: CircleId,
        /// Of what.
        listing: ListingId,
        /// The times, in order.
        times: Vec<Interval>,
        /// How many.
        quantity: u32,
        /// A word to the owner.
        note: String,
    },
    /// Do something with every booking of a series of which it can be done: answer all at once, or call
    /// off what is not confirmed yet before asking anew.
    Series {
        /// In which circle.
        circle: CircleId,
        /// Which.
        series: SeriesId,
        /// What.
        act: SeriesAct,
    },
    /// Say what driving a car costs from a time on.
    SetTariff {
        /// In which circle.
        circle: CircleId,
        /// Which car.
        listing: ListingId,
        /// From when.
        from: Timestamp,
        /// What.
        tariff: Tariff,
    },
    /// Give a listing away.
    Give {
        /// In which circle.
        circle: CircleId,
        /// What.
        listing: ListingId,
        /// To whom.
        to: MemberId,
    },
    /// Take what was given.
    Take {
        /// In which circle.
        circle: CircleId,
        /// What.
        listing: ListingId,
    },
    /// Say something about a listing or booking.
    Say {
        /// In which circle.
        circle: CircleId,
        /// About what.
        about: About,
        /// What.
        text: String,
    },
    /// Put a message of one's own in other words.
    Reword {
        /// In which circle.
        circle: CircleId,
        /// Which message.
        message: MessageId,
        /// The new words.
        text: String,
    },
    /// Mark notices as seen, on all devices of this member.
    Seen {
        /// In which circle.
        circle: CircleId,
        /// Which.
        notices: Vec<NoticeId>,
    },
    /// Write a line into the ledger.
    Owe {
        /// In which circle.
        circle: CircleId,
        /// What it says.
        owe: Owe,
    },
    /// Agree with a line.
    Agree {
        /// In which circle.
        circle: CircleId,
        /// Which.
        line: LineId,
    },
    /// Let a line go, refuse it, or take it back.
    Waive {
        /// In which circle.
        circle: CircleId,
        /// Which.
        line: LineId,
        /// Why; may be empty.
        reason: String,
    },
    /// Agree on rules for the whole circle; only stewards.
    SetHouseRules {
        /// In which circle.
        circle: CircleId,
        /// Which.
        rules: HouseRules,
    },
    /// Tell a circle how this member can be paid.
    SetProfile {
        /// Which circle.
        circle: CircleId,
        /// How.
        profile: Profile,
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

/// What can be done with all of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesAct {
    /// Promise whatever is asked and free; only on the keeper's device.
    Confirm,
    /// Refuse whatever is asked; only on the keeper's device.
    Decline {
        /// Why.
        reason: String,
    },
    /// Call off what has no answer yet; what is confirmed stays.
    CancelUnanswered {
        /// Why; may be empty.
        reason: String,
    },
    /// Call off all that is still to come.
    Cancel {
        /// Why; may be empty.
        reason: String,
    },
}

/// What can be done with a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Promise it, or allow the extension that is asked for; only on the keeper's device.
    Confirm,
    /// Refuse it, or the extension that is asked for; only on the keeper's device.
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
    /// Take the time that is held for one who waited.
    Accept,
    /// Ask to keep it longer.
    Extend {
        /// Until when.
        to: Timestamp,
    },
    /// Say that something broke.
    Damage {
        /// What is wrong.
        text: String,
        /// How it looks.
        photos: Vec<PhotoId>,
        /// Whether it can still be used.
        usable: Usable,
    },
    /// Put right what the odometer showed, in kilometres; `None` leaves it as it was noted.
    Correct {
        /// At the start.
        start_km: Option<u32>,
        /// At the end.
        end_km: Option<u32>,
    },
    /// Say that help was given.
    Done {
        /// Thanks, or remarks.
        text: String,
        /// How long it took, in quarter hours, where the circle counts them.
        quarters: Option<u32>,
    },
}

/// Whether something that broke can still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usable {
    /// It can.
    Yes,
    /// It cannot.
    No,
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
    /// Bookings were made or changed together.
    Series(CircleId, SeriesId),
    /// A message was said or changed.
    Message(CircleId, MessageId),
    /// A line of the ledger was written or answered.
    Line(CircleId, LineId),
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
    /// The rules of the listing do not allow it, or it is not free.
    #[error("{}", in_sentences(.reasons))]
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
    Line(&'static str),
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

fn in_sentences(reasons: &[Reason]) -> String {
    let sentences: Vec<String> = reasons.iter().map(ToString::to_string).collect();
    sentences.join("; ")
}
