//! Cars: offered, priced, and their log book.

use noaber_core::Command;
use noaber_core::Outcome;
use noaber_core::listing::tariff::Tariff;
use noaber_core::listing::{Car, Details, Draft, Listing};
use noaber_core::time::{Interval, Timestamp};
use noaber_core::view::CircleView;

use super::circles::gone;
use super::listings::parsed;
use super::request::{CarFields, CarRequest, Described, PriceFields};
use super::rows::Answer;
use super::rules::change_one;
use super::{Api, Failure, resolve, show};

impl CarFields {
    pub(super) fn is_empty(&self) -> bool {
        let Self { seats, plate, odometer, per_km, per_hour, per_trip, own_risk } = self;
        let texts = [plate, per_km, per_hour, per_trip, own_risk];
        seats.is_none() && odometer.is_none() && texts.iter().all(|text| text.is_none())
    }

    fn tariff(&self, before: Option<&Tariff>) -> Result<Option<Tariff>, Failure> {
        let Self { per_km, per_hour, per_trip, .. } = self.clone();
        PriceFields { per_km, per_hour, per_trip }.tariff(before)
    }

    /// What the fields make of a car's tariff.
    pub(super) fn changed_tariff(
        &self,
        circle: &CircleView,
        listing: &Listing,
    ) -> Result<Option<Tariff>, Failure> {
        self.tariff(circle.tariffs.at(listing.id, listing.owner, Timestamp::MAX))
    }
}

impl PriceFields {
    /// The tariff that these fields make of the one before; `None` where they say nothing about it.
    fn tariff(&self, before: Option<&Tariff>) -> Result<Option<Tariff>, Failure> {
        if *self == Self::default() {
            return Ok(None);
        }
        let mut tariff = before.cloned().unwrap_or_default();
        let mut per_km =
            Some(Tariff { bands: std::mem::take(&mut tariff.bands), ..Tariff::default() });
        change_one(&mut per_km, self.per_km.as_deref())?;
        tariff.bands = per_km.map(|per_km| per_km.bands).unwrap_or_default();
        change_one(&mut tariff.per_hour, self.per_hour.as_deref())?;
        change_one(&mut tariff.fixed, self.per_trip.as_deref())?;
        let bad = |error: noaber_core::listing::tariff::BadTariff| {
            Failure::new("bad_value", error.to_string())
        };
        tariff.check().map_err(bad)?;
        Ok(Some(tariff))
    }
}

impl Api<'_> {
    pub(super) async fn car(&self, request: CarRequest) -> Result<Answer, Failure> {
        match request {
            CarRequest::Add { title, described, car, instant } => {
                self.share_car(title, described, car, instant).await
            }
            CarRequest::Admit { car, member } => self.admit(&car, &member).await,
            CarRequest::Dismiss { car, member } => self.dismiss(&car, &member).await,
            CarRequest::Tariff { car, prices, from } => {
                self.tariff(&car, &prices, from.as_deref()).await
            }
            CarRequest::Trips { car, from, to } => self.trips(&car, from.as_deref(), to.as_deref()),
        }
    }

    async fn share_car(
        &self,
        title: String,
        described: Described,
        car: CarFields,
        instant: bool,
    ) -> Result<Answer, Failure> {
        let tariff = car.tariff(None)?;
        let details = Details::Car(changed_car(Car::default(), car)?);
        let offered = self.offer(title, described, 1, instant, details).await?;
        let (Some(tariff), Answer::Listing(row)) = (tariff, &offered) else { return Ok(offered) };
        let bad = |_| Failure::new("bug", "a listing was made that has no id");
        let listing = row.listing.parse().map_err(bad)?;
        let (circle, from) = (self.chosen_circle()?.id, self.now());
        self.save(Command::SetTariff { circle, listing, from, tariff }).await
    }

    /// Sets what driving costs, or shows it.
    async fn tariff(
        &self,
        car: &str,
        prices: &PriceFields,
        from: Option<&str>,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let listing = resolve::car(&circle, car)?;
        let zone = resolve::zone(&circle);
        let from = from.map(|text| resolve::time(text, &zone)).transpose()?;
        let start = from.unwrap_or_else(|| self.now());
        let before = circle.tariffs.at(listing.id, listing.owner, show::just_said(start));
        let (circle, listing) = (circle.id, listing.id);
        if let Some(tariff) = prices.tariff(before)? {
            let set = Command::SetTariff { circle, listing, from: start, tariff };
            let Outcome::Listing(..) = self.submit(set).await? else { return Err(gone()) };
        } else if from.is_some() {
            let message = "say what changes then: --per-km, --per-hour or --per-trip";
            return Err(Failure::new("bad_value", message));
        }
        let view = self.node.view();
        let circle = view.circles.get(&circle).ok_or_else(gone)?;
        let listing = circle.listings.get(&listing).ok_or_else(gone)?;
        Ok(Answer::Tariffs(show::tariffs(circle, listing, self.now())))
    }

    /// The log book.
    fn trips(&self, car: &str, from: Option<&str>, to: Option<&str>) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        let listing = resolve::car(&circle, car)?;
        let zone = resolve::zone(&circle);
        let time = |text: Option<&str>, ever: Timestamp| {
            text.map_or(Ok(ever), |text| resolve::time(text, &zone))
        };
        let (from, to) = (time(from, Timestamp::MIN)?, time(to, Timestamp::MAX)?);
        let interval = Interval::new(from, to).ok_or_else(|| {
            Failure::new("bad_time", "the end must come after the start: choose a later --to")
        })?;
        Ok(Answer::Trips(show::logged(&circle, &listing, interval, self.now())))
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
            Ok(_) => return Err(gone()),
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
