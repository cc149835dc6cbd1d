//! Rows about listings.

use serde::{Deserialize, Serialize};

/// See [`super::Answer::Listing`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListingRow {
    /// Its id.
    pub listing: String,
    /// `item`, `car`, `help-offer`, `help-ask`.
    pub kind: String,
    /// One line.
    pub title: String,
    /// A few sentences.
    pub about: String,
    /// One word.
    pub category: String,
    /// More words to find it by.
    pub tags: Vec<String>,
    /// How many there are.
    pub quantity: u32,
    /// How many are free now.
    pub free_now: u32,
    /// The owner.
    pub owner: String,
    /// The owner's name.
    pub owner_name: String,
    /// The device that confirms.
    pub keeper: String,
    /// `active` or `retired`.
    pub state: String,
    /// Whether it is confirmed without asking anybody.
    pub instant: bool,
    /// Photos, by hash.
    pub photos: Vec<String>,
    /// How many of them are here.
    pub photos_here: usize,
    /// When it was first offered.
    pub created: String,
    /// Items: whoever gets it keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub give_away: Option<bool>,
    /// Cars: seats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// Cars: number plate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plate: Option<String>,
    /// Cars: the last reading of the odometer, in km.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odometer: Option<u32>,
    /// Cars: price of a kilometre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_km: Option<String>,
    /// Cars: price of an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_hour: Option<String>,
    /// Cars: price of every trip beside that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_trip: Option<String>,
    /// Cars: what a driver pays of a damage at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_risk: Option<String>,
    /// Cars: currency of the prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Help: how long it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

/// See [`super::Answer::Keeper`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeeperRow {
    /// The listing.
    pub listing: String,
    /// The device that confirms bookings of it.
    pub keeper: String,
    /// What that device is called.
    pub device_name: String,
    /// Whose it is.
    pub member_name: String,
    /// How many devices have been keeper before.
    pub term: u32,
}

/// See [`super::Answer::Photos`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PhotosRow {
    /// The listing.
    pub listing: String,
    /// Files that were written.
    pub files: Vec<String>,
    /// Photos that have not come in yet.
    pub missing: Vec<String>,
}
