//! What a user can ask of this device. What can go wrong with it is in `error`.

mod error;

use serde::{Deserialize, Serialize};

pub use error::CommandError;

use crate::id::{
    BookingId, CircleId, LineId, ListingId, MemberId, MessageId, NoticeId, PhotoId, SeriesId,
};
use crate::listing::Draft;
use crate::listing::tariff::Tariff;
use crate::time::{Interval, Timestamp};
use crate::wire::{About, Address, HouseRules, Link, Owe, Profile};

/// What a user asks the node to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Usable {
    /// It can.
    Yes,
    /// It cannot.
    No,
}

/// What is noted when something changes hands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
