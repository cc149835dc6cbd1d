//! Rows about rules.

use serde::{Deserialize, Serialize};

use super::{BookingRow, ListingRow};

/// See [`super::Answer::Ruled`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RuledRow {
    /// The listing, with its rules.
    #[serde(flatten)]
    pub listing: ListingRow,
    /// Coming bookings that lie in a repair that was just set: to be moved or called off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affected: Option<Vec<BookingRow>>,
}

/// The rules of a listing, each in the words in which it is typed; nothing where there is no rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RulesRow {
    /// How long ahead it must be asked.
    pub lead: Option<String>,
    /// How far ahead it may start.
    pub horizon: Option<String>,
    /// The shortest booking.
    pub shortest: Option<String>,
    /// The longest booking.
    pub longest: Option<String>,
    /// What stays free between two.
    pub gap: Option<String>,
    /// When it can be fetched and brought back.
    pub open: Vec<String>,
    /// When it cannot be.
    pub closed: Vec<String>,
    /// `count`, `skip` or `forbidden`.
    pub closed_days: String,
    /// How much each borrower may use it.
    pub quotas: Vec<String>,
    /// Who is confirmed at once.
    pub privileged: Vec<String>,
    /// Their names, in the same order.
    pub privileged_names: Vec<String>,
    /// Who alone may borrow it; nothing where everybody may.
    pub borrowers: Option<Vec<String>>,
    /// Their names, in the same order.
    pub borrower_names: Option<Vec<String>>,
    /// Since when it is broken.
    pub repair: Option<RepairRow>,
}

/// A repair.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RepairRow {
    /// Since when.
    pub from: String,
    /// Until when, where that is known.
    pub to: Option<String>,
    /// What is being done.
    pub note: String,
}
