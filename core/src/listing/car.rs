//! Cars: seats, plate, odometer, and what driving costs.

use serde::Serialize;

use super::BadDraft;
use super::fields::{Reader, Writer};
use crate::limits::MAX_NAME;
use crate::money::Rate;

pub(super) const KIND: &str = "car";

/// What only cars have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Car {
    /// Seats, with the driver's.
    pub seats: Option<u32>,
    /// Number plate.
    pub plate: String,
    /// Odometer when it was first shared, in kilometres.
    pub odometer_km: Option<u32>,
    /// Price of a kilometre.
    pub per_km: Option<Rate>,
    /// Price of an hour.
    pub per_hour: Option<Rate>,
}

impl Car {
    pub(super) fn check(&self) -> Result<(), BadDraft> {
        if self.plate.len() > MAX_NAME { Err(BadDraft::LongTitle) } else { Ok(()) }
    }

    pub(super) fn read(fields: &Reader<'_>) -> Self {
        let count = |key| fields.int(key).and_then(|value| u32::try_from(value).ok());
        let rate = |key| fields.int(key).and_then(Rate::from_thousandths);
        Self {
            seats: count("seats"),
            plate: fields.text("plate", MAX_NAME),
            odometer_km: count("odometer_km"),
            per_km: rate("per_km"),
            per_hour: rate("per_hour"),
        }
    }

    pub(super) fn write(&self, fields: &mut Writer<'_, '_>) {
        fields.optional_int("seats", self.seats.map(i64::from));
        fields.text("plate", &self.plate);
        fields.optional_int("odometer_km", self.odometer_km.map(i64::from));
        fields.optional_int("per_km", self.per_km.map(Rate::thousandths));
        fields.optional_int("per_hour", self.per_hour.map(Rate::thousandths));
    }
}
