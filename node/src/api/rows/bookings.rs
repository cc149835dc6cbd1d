//! Rows about bookings.

use serde::{Deserialize, Serialize};

/// See [`super::Answer::Booking`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BookingRow {
    /// Its id.
    pub booking: String,
    /// Of which listing.
    pub listing: String,
    /// That listing's title.
    pub title: String,
    /// For whom.
    pub borrower: String,
    /// Their name.
    pub borrower_name: String,
    /// Whose listing it is.
    pub owner: String,
    /// Their name.
    pub owner_name: String,
    /// Start.
    pub from: String,
    /// End, not included.
    pub to: String,
    /// How many.
    pub quantity: u32,
    /// `asked confirmed declined cancelled expired out returned`.
    pub state: String,
    /// `local delivered confirmed clash`.
    pub assurance: String,
    /// Why it ended before its time: in somebody's words, else the word in `why_code`.
    pub why: Option<String>,
    /// `overlap retired owner cancelled`.
    pub why_code: Option<String>,
    /// Who ended it.
    pub why_by: Option<String>,
    /// A word to the owner.
    pub note: String,
    /// Pieces that are with the borrower.
    pub out: u32,
    /// What happened, in order.
    pub history: Vec<HistoryRow>,
}

/// Something that happened to a booking.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HistoryRow {
    /// When, by the author's clock.
    pub at: String,
    /// Who.
    pub by: String,
    /// Their name.
    pub by_name: String,
    /// `asked received confirmed declined cancelled pickup return`.
    pub what: String,
    /// Pieces, for what changed hands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// The odometer, in km.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odometer: Option<u32>,
    /// A photo, by hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A stretch of equal free quantity.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StretchRow {
    /// Start.
    pub from: String,
    /// End, not included.
    pub to: String,
    /// The listing.
    pub listing: String,
    /// Its title.
    pub title: String,
    /// How many are free.
    pub free: u32,
    /// Bookings that have the others.
    pub bookings: Vec<String>,
    /// Who has them.
    pub names: Vec<String>,
}
