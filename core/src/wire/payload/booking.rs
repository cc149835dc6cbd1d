//! Bookings: what is asked, answered, handed over.

use serde::{Deserialize, Serialize};

use crate::id::{BookingId, ListingId, PhotoId};
use crate::time::Timestamp;

/// Asks for a booking of `[from, to)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// What is asked for.
    pub listing: ListingId,
    /// Start, inclusive.
    pub from: Timestamp,
    /// End, exclusive.
    pub to: Timestamp,
    /// How many.
    pub quantity: u32,
    /// A word to the owner.
    pub note: String,
}

/// The keeper has the request.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Received {
    /// Which request.
    pub booking: BookingId,
}

/// The keeper confirms.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Confirm {
    /// Which request.
    pub booking: BookingId,
    /// The term in which the author is keeper of the listing; 0 for its creator's device.
    pub term: u32,
}

/// The keeper declines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decline {
    /// Which request.
    pub booking: BookingId,
    /// Why, as a word that programs know: `overlap`, `retired`, `left`, `owner`.
    pub code: String,
    /// Why, in the owner's words; may be empty.
    pub text: String,
}

/// The borrower or the owner calls it off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cancel {
    /// Which booking.
    pub booking: BookingId,
    /// Why; may be empty.
    pub reason: String,
}

/// What both sides note when something changes hands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandOver {
    /// Which booking.
    pub booking: BookingId,
    /// How many pieces.
    pub quantity: u32,
    /// The odometer, in kilometres.
    pub odometer_km: Option<u32>,
    /// A photo of its condition.
    pub photo: Option<PhotoId>,
    /// Remarks; may be empty.
    pub note: String,
}

/// Asks for the same again and again, in one entry. The times are written out: which they are must not
/// depend on whose table of time zones is newer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AskSeries {
    /// What is asked for.
    pub listing: ListingId,
    /// Start and end of each, in order.
    pub times: Vec<(Timestamp, Timestamp)>,
    /// How many.
    pub quantity: u32,
    /// A word to the owner.
    pub note: String,
}

/// The borrower asks to keep it longer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Extend {
    /// Which booking.
    pub booking: BookingId,
    /// The new end.
    pub to: Timestamp,
}

/// The keeper lets the borrower keep it longer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Extended {
    /// Which booking.
    pub booking: BookingId,
    /// The new end, as it was asked for.
    pub to: Timestamp,
    /// The term in which the author is keeper.
    pub term: u32,
}

/// The keeper does not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NotExtended {
    /// Which booking.
    pub booking: BookingId,
    /// The end that was asked for.
    pub to: Timestamp,
    /// Why, as a word that programs know.
    pub code: String,
    /// Why, in the owner's words; may be empty.
    pub text: String,
}

/// Something broke, or was found broken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Damage {
    /// During which booking.
    pub booking: BookingId,
    /// What is wrong.
    pub text: String,
    /// How it looks.
    pub photos: Vec<PhotoId>,
    /// Whether it cannot be used like this.
    pub unusable: bool,
}

/// The keeper holds a time for somebody on the waiting list.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Offered {
    /// Whose request.
    pub booking: BookingId,
    /// Until then it is held.
    pub until: Timestamp,
}

/// The one who waited wants it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Accept {
    /// Which request.
    pub booking: BookingId,
}

/// A side puts right what the odometer showed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Correct {
    /// During which booking.
    pub booking: BookingId,
    /// What it showed at the start, in kilometres; `None` leaves it as it was noted.
    pub start_km: Option<u32>,
    /// What it showed at the end.
    pub end_km: Option<u32>,
}

/// Help was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// Which booking.
    pub booking: BookingId,
    /// Thanks, or remarks; may be empty.
    pub text: String,
}
