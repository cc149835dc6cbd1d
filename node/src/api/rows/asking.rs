//! Rows about asking: what would be answered, when to ask instead, what it will cost.

use serde::{Deserialize, Serialize};

use super::BookingRow;

/// A stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRow {
    /// Start.
    pub from: String,
    /// End, not included.
    pub to: String,
}

/// Why something may not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonRow {
    /// A word that does not change.
    pub code: String,
    /// A sentence that says what to do.
    pub message: String,
}

/// All that stands against a request, and when to ask instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Every reason.
    pub reasons: Vec<ReasonRow>,
    /// The next times at which it would be allowed.
    pub next: Vec<TimeRow>,
}

/// See [`super::Answer::Judged`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JudgedRow {
    /// The listing.
    pub listing: String,
    /// Its title.
    pub title: String,
    /// Who would be asked.
    pub owner_name: String,
    /// Start; of the first time, in a series.
    pub from: String,
    /// End, not included.
    pub to: String,
    /// How many.
    pub quantity: u32,
    /// Whether it may be; in a series, every time of it.
    pub allowed: bool,
    /// Whether it is confirmed without asking the owner.
    pub at_once: bool,
    /// Why it may not be.
    pub reasons: Vec<ReasonRow>,
    /// The next times at which it would be allowed; of a series, at which it could begin.
    pub next: Vec<TimeRow>,
    /// Whether it only is not free: then there is a waiting list (`noaber wait`).
    pub can_wait: bool,
    /// Your booking for exactly this, where you have one: asking again makes no second one.
    pub booking: Option<String>,
    /// Cars: what it will cost; of a series, the first time.
    pub estimate: Option<EstimateRow>,
    /// Every time of a series, each judged as if those before it were promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<Vec<JudgedTimeRow>>,
}

/// One time of a series.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JudgedTimeRow {
    /// Start.
    pub from: String,
    /// End, not included.
    pub to: String,
    /// Whether it may be.
    pub allowed: bool,
    /// Whether it is confirmed without asking the owner.
    pub at_once: bool,
    /// Why it may not be.
    pub reasons: Vec<ReasonRow>,
    /// Cars: what it will cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<EstimateRow>,
}

/// What driving will cost, before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EstimateRow {
    /// What is known already.
    pub amount: String,
    /// In which currency.
    pub currency: String,
    /// What it is made of.
    pub lines: Vec<BillLineRow>,
    /// The price of each kilometre on top, where nobody has said how many there will be.
    pub per_km_beside: Option<String>,
}

/// One line of a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLineRow {
    /// `distance`, `time` or `fixed`.
    pub what: String,
    /// How it is reckoned, e.g. `42 km × 0.25`.
    pub text: String,
    /// What it comes to.
    pub amount: String,
}

/// See [`super::Answer::Series`]. All that its first booking says, and all of its bookings.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SeriesRow {
    /// The first of them; its `series` is the id of all.
    #[serde(flatten)]
    pub first: BookingRow,
    /// All of them, in order.
    pub bookings: Vec<BookingRow>,
    /// What stays of the series that it takes the place of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Vec<BookingRow>>,
}

/// See [`super::Answer::Damaged`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DamagedRow {
    /// The booking during which it broke.
    #[serde(flatten)]
    pub booking: BookingRow,
    /// Whether it cannot be used like this.
    pub unusable: bool,
    /// Coming bookings of what cannot be used: to be moved or called off, unless it is repaired before.
    pub affected: Vec<BookingRow>,
}
