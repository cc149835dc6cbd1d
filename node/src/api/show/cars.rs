//! What driving costs, and what was driven, as rows.

use std::collections::BTreeMap;

use noaber_core::id::BookingId;
use noaber_core::ledger::{Line, Standing};
use noaber_core::limits::CLOCK_AHEAD_MS;
use noaber_core::listing::Listing;
use noaber_core::listing::tariff::{Band, Charge, Estimate, Line as BillLine, Tariff};
use noaber_core::money::Cents;
use noaber_core::time::{Interval, Timestamp};
use noaber_core::view::{CircleView, Trip};

use crate::api::resolve::{show, zone};
use crate::api::rows::{
    BillLineRow, EstimateRow, LoggedRow, TariffRow, TariffsRow, TripRow, TripsRow,
};

/// The latest time that what was said just now can bear: a device's clock may have been pulled ahead by
/// others, and a tariff begins when it was said.
pub(in crate::api) fn just_said(now: Timestamp) -> Timestamp {
    now.plus_ms(CLOCK_AHEAD_MS)
}

/// The price of a kilometre as people write it: one, or one for each stretch.
pub(in crate::api) fn price_of_km(bands: &[Band]) -> Option<String> {
    let bands: Vec<String> = bands.iter().map(ToString::to_string).collect();
    (!bands.is_empty()).then(|| bands.join(", "))
}

pub(in crate::api) fn estimate(circle: &CircleView, estimate: &Estimate) -> EstimateRow {
    let line = |line: &BillLine| {
        let (what, text) = match line.charge {
            Charge::Distance { km, per_km } => ("distance", format!("{km} km × {per_km}")),
            Charge::Time { duration_ms, per_hour } => {
                let minutes = duration_ms / 60_000;
                ("time", format!("{}:{:02} h × {per_hour}", minutes / 60, minutes % 60))
            }
            Charge::Fixed => ("fixed", "every trip".to_owned()),
        };
        BillLineRow { what: what.to_owned(), text, amount: line.amount.to_string() }
    };
    EstimateRow {
        amount: estimate.bill.total.to_string(),
        currency: circle.currency.clone(),
        lines: estimate.bill.lines.iter().map(line).collect(),
        per_km_beside: price_of_km(&estimate.still_per_km),
    }
}

pub(in crate::api) fn tariffs(
    circle: &CircleView,
    listing: &Listing,
    now: Timestamp,
) -> TariffsRow {
    let zone = zone(circle);
    let versions: Vec<_> = circle.tariffs.versions(listing.id, listing.owner).collect();
    let valid = versions.iter().rposition(|(from, _)| *from <= just_said(now));
    let row = |(place, (from, tariff)): (usize, &(Timestamp, &Tariff))| TariffRow {
        from: show(*from, &zone),
        now: valid == Some(place),
        per_km: price_of_km(&tariff.bands),
        per_hour: tariff.per_hour.map(|price| price.to_string()),
        per_trip: tariff.fixed.map(|price| price.to_string()),
        text: tariff.to_string(),
    };
    TariffsRow {
        listing: listing.id.to_string(),
        title: listing.general.title.clone(),
        currency: circle.currency.clone(),
        versions: versions.iter().enumerate().map(row).collect(),
    }
}

/// What was driven, with the line of the ledger that says what it costs.
pub(super) fn trip(circle: &CircleView, trip: &Trip, bill: Option<&Line>) -> TripRow {
    let debt = bill.and_then(|line| circle.ledger.debts(line, &circle.roster).next());
    let standing = debt.map(|debt| match debt.standing {
        Standing::Counts => "counts",
        Standing::Debtor => "debtor",
        Standing::Creditor => "creditor",
        Standing::Refused => "refused",
        Standing::Waived => "waived",
    });
    let billed = debt.and_then(|debt| Cents::from_cents(i64::try_from(debt.amount).ok()?));
    TripRow {
        start_km: trip.start_km,
        end_km: trip.end_km,
        km: trip.end_km.zip(trip.start_km).map(|(end, start)| end.saturating_sub(start)),
        unlogged_km: trip.unlogged_km,
        cost: trip.cost.map(|cost| cost.to_string()),
        currency: circle.currency.clone(),
        line: bill.map(|line| line.id.to_string()),
        billed: billed.map(|billed| billed.to_string()),
        standing: standing.map(str::to_owned),
    }
}

/// The log book of a car in a stretch of time.
pub(in crate::api) fn logged(
    circle: &CircleView,
    listing: &Listing,
    interval: Interval,
    now: Timestamp,
) -> TripsRow {
    let zone = zone(circle);
    let driven = circle.trips(listing, interval, now);
    let bills: BTreeMap<BookingId, &Line> = super::bookings::bills(circle);
    let row = |one: &Trip| {
        let booking = circle.bookings.get(&one.booking)?;
        let time = circle.status(booking, now).interval;
        Some(LoggedRow {
            booking: booking.id.to_string(),
            borrower: booking.borrower.to_string(),
            borrower_name: circle.name_of(booking.borrower).to_owned(),
            from: show(time.from(), &zone),
            to: show(time.to(), &zone),
            trip: trip(circle, one, bills.get(&one.booking).copied()),
        })
    };
    let trips: Vec<LoggedRow> = driven.iter().filter_map(row).collect();
    TripsRow {
        listing: listing.id.to_string(),
        title: listing.general.title.clone(),
        currency: circle.currency.clone(),
        odometer: circle.last_km(listing),
        km: trips.iter().filter_map(|row| row.trip.km).map(u64::from).sum(),
        unlogged_km: trips.iter().map(|row| u64::from(row.trip.unlogged_km)).sum(),
        cost: driven.iter().filter_map(|trip| trip.cost).sum::<Cents>().to_string(),
        trips,
    }
}
