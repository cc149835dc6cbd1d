//! Cars: offered, priced, and their log book.

use noaber_core::Command;
use noaber_core::Outcome;
use noaber_core::listing::tariff::Tariff;
use noaber_core::listing::{Car, Details, Draft, Listing};
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;

use super::listings::parsed;
use super::request::{CarFields, CarRequest};
use super::rows::Answer;
use super::{Api, Failure};

impl CarFields {
    pub(super) fn is_empty(&self) -> bool {
        let Self { seats, plate, odometer, per_km, per_hour, per_trip, own_risk } = self;
        let texts = [plate, per_km, per_hour, per_trip, own_risk];
        seats.is_none() && odometer.is_none() && texts.iter().all(|text| text.is_none())
    }

    /// The tariff that these fields make of the one before; `None` where they say nothing about it.
    fn tariff(&self, before: Option<&Tariff>) -> Result<Option<Tariff>, Failure> {
        if self.per_km.is_none() && self.per_hour.is_none() && self.per_trip.is_none() {
            return Ok(None);
        }
        let mut tariff = before.cloned().unwrap_or_default();
        if let Some(per_km) = parsed::<Tariff>(self.per_km.clone())? {
            tariff.bands = per_km.bands;
        }
        tariff.per_hour = parsed(self.per_hour.clone())?.or(tariff.per_hour);
        tariff.fixed = parsed(self.per_trip.clone())?.or(tariff.fixed);
        let bad = |error: noaber_core::listing::tariff::BadTariff| {
            Failure::new("bad_value", error.to_string())
        };
        tariff.check().map_err(bad)?;
        Ok(Some(tariff))
    }
}

impl Api<'_> {
    pub(super) async fn car(&self, request: CarRequest) -> Result<Answer, Failure> {
        let CarRequest::Add { title, described, car, instant } = request;
        let tariff = car.tariff(None)?;
        let details = Details::Car(changed_car(Car::default(), car)?);
        let offered = self.offer(title, described, 1, instant, details).await?;
        let (Some(tariff), Answer::Listing(row)) = (tariff, &offered) else { return Ok(offered) };
        let bad = |_| Failure::new("bug", "a listing was made that has no id");
        let listing = row.listing.parse().map_err(bad)?;
        let (circle, from) = (self.chosen_circle()?.id, self.now());
        self.save(Command::SetTariff { circle, listing, from, tariff }).await
    }

    /// What the fields make of a car's tariff, from now on.
    pub(super) fn changed_tariff(
        &self,
        circle: &CircleView,
        listing: &Listing,
        fields: &CarFields,
    ) -> Result<Option<Tariff>, Failure> {
        let before = circle.tariffs.at(listing.id, listing.owner, Timestamp::MAX);
        fields.tariff(before)
    }

    /// Edits a listing, and its tariff where there is a new one. A change of the tariff alone is
    /// a change.
    pub(super) async fn edit(
        &self,
        circle: &CircleView,
        listing: &Listing,
        draft: Draft,
        tariff: Option<Tariff>,
    ) -> Result<Answer, Failure> {
        let (circle, listing) = (circle.id, listing.id);
        let Some(tariff) = tariff else {
            return self.save(Command::Edit { circle, listing, draft }).await;
        };
        match self.submit(Command::Edit { circle, listing, draft }).await {
            Ok(Outcome::Listing(..)) => {}
            Ok(_) => return Err(super::circles::gone()),
            Err(failure) if failure.code == "unchanged" => {}
            Err(failure) => return Err(failure),
        }
        let from = self.now();
        self.save(Command::SetTariff { circle, listing, from, tariff }).await
    }
}

pub(super) fn changed_car(car: Car, fields: CarFields) -> Result<Car, Failure> {
    Ok(Car {
        seats: fields.seats.or(car.seats),
        plate: fields.plate.unwrap_or(car.plate),
        odometer_km: fields.odometer.or(car.odometer_km),
        own_risk: parsed(fields.own_risk)?.or(car.own_risk),
    })
}
