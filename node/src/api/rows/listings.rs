//! Rows about listings.

use serde::{Deserialize, Serialize};

use super::RulesRow;

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
    /// `active`, `retired` or `given`.
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
    /// Help: `once` or `weekly`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rhythm: Option<String>,
    /// Help: how many people it takes, or can be helped at a time; the same as `quantity`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// Who it is given to. While `state` is not `given`, they have not taken it yet.
    pub given_to: Option<String>,
    /// Their name.
    pub given_to_name: Option<String>,
    /// The new owner's listing of it.
    pub successor: Option<String>,
    /// The listing that it was before it was given to its owner.
    pub came_from: Option<String>,
    /// What its owner asks of those who use it; not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Box<RulesRow>>,
    /// The same, a sentence each; not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules_in_words: Option<Vec<String>>,
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
