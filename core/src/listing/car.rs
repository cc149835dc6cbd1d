//! Cars: seats, plate, odometer, own risk. What driving costs is in [`super::tariff`]: a price that was
//! once agreed must not change with a later edit, so it is said in records.

use serde::{Deserialize, Serialize};

use super::BadDraft;
use super::fields::{Reader, Writer};
use crate::limits::MAX_NAME;
use crate::money::Cents;

pub(super) const KIND: &str = "car";

/// What only cars have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Car {
    /// Seats, with the driver's.
    pub seats: Option<u32>,
    /// Number plate.
    pub plate: String,
    /// Odometer when it was first shared, in kilometres.
    pub odometer_km: Option<u32>,
    /// What a driver pays of a damage at most.
    pub own_risk: Option<Cents>,
}

impl Car {
    pub(super) fn check(&self) -> Result<(), BadDraft> {
        if self.plate.len() > MAX_NAME { Err(BadDraft::LongTitle) } else { Ok(()) }
    }

    pub(super) fn read(fields: &Reader<'_>) -> Self {
        let count = |key| fields.int(key).and_then(|value| u32::try_from(value).ok());
        Self {
            seats: count("seats"),
            plate: fields.text("plate", MAX_NAME),
            odometer_km: count("odometer_km"),
            own_risk: fields.int("own_risk").and_then(Cents::from_cents),
        }
    }

    pub(super) fn write(&self, fields: &mut Writer<'_, '_>) {
        fields.optional_int("seats", self.seats.map(i64::from));
        fields.text("plate", &self.plate);
        fields.optional_int("odometer_km", self.odometer_km.map(i64::from));
        fields.optional_int("own_risk", self.own_risk.map(Cents::cents));
    }
}
