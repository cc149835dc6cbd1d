//! Who owes whom, and what driving costs.

use serde::{Deserialize, Serialize};

use crate::id::{BookingId, LineId, ListingId, MemberId, PhotoId};
use crate::time::Timestamp;

/// One side of a debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Party {
    /// A member.
    Member(MemberId),
    /// What the whole circle keeps together.
    Pot,
}

/// In what a debt is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    /// Hundredths of the circle's currency.
    Cents,
    /// Quarters of an hour of help.
    Quarters,
}

/// From what a debt comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// Driving.
    Trip(BookingId),
    /// Something that was paid for others' use: fuel, charging, a repair.
    Receipt(BookingId),
    /// What broke.
    Damage(BookingId),
    /// Help that was given.
    Help(BookingId),
    /// Money that changed hands: its receiver is the debtor.
    Payment,
    /// Something that was bought or done together.
    Shared,
}

/// Says who owes what to whom. Counts for nobody who has not signed it: see `ledger`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owe {
    /// To whom.
    pub creditor: Party,
    /// In what it is counted.
    pub unit: Unit,
    /// Who owes how much.
    pub debts: Vec<(Party, u64)>,
    /// Why.
    pub cause: Cause,
    /// Why, in words.
    pub text: String,
    /// The receipt.
    pub photo: Option<PhotoId>,
}

/// The author, a side of this line, agrees with it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Agree {
    /// Which line.
    pub line: LineId,
}

/// The author, a side of this line, does not: a creditor lets it go, a debtor refuses it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Waive {
    /// Which line.
    pub line: LineId,
    /// Why; may be empty.
    pub reason: String,
}

/// What driving a car costs from a time on. It never counts for what was driven before it was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TariffFrom {
    /// Which car.
    pub listing: ListingId,
    /// From when.
    pub from: Timestamp,
    /// Prices of a kilometre, in thousandths of the currency, each up to a distance in kilometres; the
    /// last one has no end.
    pub bands: Vec<(Option<u32>, u32)>,
    /// Price of an hour, in thousandths of the currency.
    pub per_hour: Option<u32>,
    /// Price of a trip beside that, in hundredths of the currency.
    pub fixed_cents: u32,
}
