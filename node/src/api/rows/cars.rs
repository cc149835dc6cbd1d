//! Rows about cars: what driving costs, and who drove.

use serde::{Deserialize, Serialize};

/// See [`super::Answer::Tariffs`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TariffsRow {
    /// The car.
    pub listing: String,
    /// Its title.
    pub title: String,
    /// Currency of the prices.
    pub currency: String,
    /// Every version, in the order in which they begin.
    pub versions: Vec<TariffRow>,
}

/// One version of a tariff.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TariffRow {
    /// From when on.
    pub from: String,
    /// Whether it is the one that is valid now.
    pub now: bool,
    /// Price of a kilometre.
    pub per_km: Option<String>,
    /// Price of an hour.
    pub per_hour: Option<String>,
    /// Price of every trip beside that.
    pub per_trip: Option<String>,
    /// All of it in a line.
    pub text: String,
}

/// See [`super::Answer::Trips`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TripsRow {
    /// The car.
    pub listing: String,
    /// Its title.
    pub title: String,
    /// Currency of the costs.
    pub currency: String,
    /// The last known reading of the odometer, in km.
    pub odometer: Option<u32>,
    /// The trips, in order.
    pub trips: Vec<LoggedRow>,
    /// Kilometres driven in them.
    pub km: u64,
    /// Kilometres in between that nobody logged.
    pub unlogged_km: u64,
    /// What they cost together.
    pub cost: String,
}

/// One trip, with who drove and when.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LoggedRow {
    /// Of which booking.
    pub booking: String,
    /// Who drove.
    pub borrower: String,
    /// Their name.
    pub borrower_name: String,
    /// Start of the booking.
    pub from: String,
    /// End of the booking.
    pub to: String,
    /// What was driven.
    #[serde(flatten)]
    pub trip: TripRow,
}

/// What was driven in a booking.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TripRow {
    /// The odometer at the start, in km.
    pub start_km: Option<u32>,
    /// The odometer at the end.
    pub end_km: Option<u32>,
    /// Kilometres driven.
    pub km: Option<u32>,
    /// Kilometres before it that nobody logged.
    pub unlogged_km: u32,
    /// What it costs by the tariff valid when it was driven.
    pub cost: Option<String>,
    /// In which currency.
    pub currency: String,
    /// The line of the ledger that says so.
    pub line: Option<String>,
    /// What that line comes to.
    pub billed: Option<String>,
    /// How far that line has come: `counts`, or whose word it waits for: `debtor` or `creditor`;
    /// `refused`, `waived`.
    pub standing: Option<String>,
}
