//! Rows about bookings.

use serde::{Deserialize, Serialize};

use super::{EstimateRow, TripRow};

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
    /// End, not included: with whatever was allowed after it was asked.
    pub to: String,
    /// When it must be back: the same as `to`.
    pub due: String,
    /// The end that was first asked for, where it was extended.
    pub first_to: Option<String>,
    /// The later end that is asked for and not yet answered.
    pub extension: Option<String>,
    /// Why the last wish for a later end was refused.
    pub not_extended: Option<String>,
    /// How many.
    pub quantity: u32,
    /// `waiting offered asked confirmed declined cancelled expired out returned`.
    pub state: String,
    /// Whether it is with the borrower and should be back by now.
    pub late: bool,
    /// The bookings that were asked for in the same go.
    pub series: Option<String>,
    /// Whether it was asked for knowing that it was not free.
    pub waits: bool,
    /// Until when the time is held for the one who waited.
    pub offered_until: Option<String>,
    /// `local delivered confirmed clash`.
    pub assurance: String,
    /// Why it ended before its time: in somebody's words, else the word in `why_code`.
    pub why: Option<String>,
    /// `overlap retired owner cancelled`, or the word of another rule.
    pub why_code: Option<String>,
    /// Who ended it.
    pub why_by: Option<String>,
    /// A word to the owner.
    pub note: String,
    /// Pieces that are with the borrower.
    pub out: u32,
    /// What broke.
    pub damage: Vec<DamageRow>,
    /// Cars: what was driven.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trip: Option<TripRow>,
    /// Cars: what it will cost, while it is not over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<EstimateRow>,
    /// What happened, in order.
    pub history: Vec<HistoryRow>,
}

/// Something that broke.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DamageRow {
    /// When it was said, by the author's clock.
    pub at: String,
    /// By whom.
    pub by: String,
    /// Their name.
    pub by_name: String,
    /// What is wrong.
    pub text: String,
    /// Whether it cannot be used like this.
    pub unusable: bool,
    /// How it looks, by hash.
    pub photos: Vec<String>,
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
    /// `asked received confirmed declined cancelled pickup return offered accepted extend extended
    /// not_extended damage done`.
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
