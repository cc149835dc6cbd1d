//! Cars: what driving will cost, and the log book of what was driven.

use super::CircleView;
use crate::booking::shelf::Shelf;
use crate::booking::{Booking, Readings, State};
use crate::id::BookingId;
use crate::listing::tariff::Estimate;
use crate::listing::{Details, Listing};
use crate::money::Cents;
use crate::time::{Interval, Timestamp};

/// One use of a car, as its log book shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trip {
    /// Which booking.
    pub booking: BookingId,
    /// The odometer at the start, in kilometres.
    pub start_km: Option<u32>,
    /// The odometer at the end.
    pub end_km: Option<u32>,
    /// Kilometres between the last reading before and the start: nobody logged them.
    pub unlogged_km: u32,
    /// What it costs by the tariff valid when it was driven, once it is back.
    pub cost: Option<Cents>,
}

impl CircleView {
    /// The highest reading of a car's odometer that is known, in kilometres.
    pub fn last_km(&self, listing: &Listing) -> Option<u32> {
        let Details::Car(car) = &listing.details else { return None };
        let noted = self.shelves.get(&listing.id).and_then(Shelf::odometer_km);
        noted.max(car.odometer_km)
    }

    /// What a car will cost for a time, by the tariff that is valid at its start; `None` where it has
    /// no tariff then.
    pub fn estimate(
        &self,
        listing: &Listing,
        interval: Interval,
        km: Option<u32>,
    ) -> Option<Estimate> {
        let tariff = self.tariffs.at(listing.id, listing.owner, interval.from())?;
        Some(tariff.estimate(km, interval.length_ms()))
    }

    /// The log book of a car: what was driven in bookings that lie in `interval`, in order.
    pub fn trips(&self, listing: &Listing, interval: Interval, now: Timestamp) -> Vec<Trip> {
        let mut last_km = match &listing.details {
            Details::Car(car) => car.odometer_km,
            _ => None,
        };
        // The first gap needs what was read before: so all are walked, and those outside left out.
        let Some(shelf) = self.shelves.get(&listing.id) else { return Vec::new() };
        let end = (interval.to(), BookingId::from_bytes([0; 16]));
        let bookings = shelf.bookings.range(..end).filter_map(|(_, id)| self.bookings.get(id));
        let mut trips = Vec::new();
        for booking in bookings {
            let Some(mut trip) = self.trip(listing, booking, now) else { continue };
            if let (Some(last), Some(start)) = (last_km, trip.start_km) {
                trip.unlogged_km = start.saturating_sub(last);
            }
            last_km = last_km.max(trip.end_km).max(trip.start_km);
            if booking.interval.overlaps(interval) {
                trips.push(trip);
            }
        }
        trips
    }

    /// One use of a car; `None` when nothing was noted about it.
    fn trip(&self, listing: &Listing, booking: &Booking, now: Timestamp) -> Option<Trip> {
        let Readings { start_km, mut end_km } = booking.readings(listing.owner);
        start_km.or(end_km)?;
        let status = booking.status(Some(listing), now);
        end_km = end_km.filter(|_| status.state == State::Returned);
        let tariff = self.tariffs.at(listing.id, listing.owner, status.interval.from());
        let used_ms = status.used().map_or(0, Interval::length_ms);
        // A reading that was forgotten is not made up, as no bill was written either.
        let km = Readings { start_km, end_km }.driven_km();
        let cost = km.zip(tariff).map(|(km, tariff)| tariff.price(km, used_ms).total);
        Some(Trip { booking: booking.id, start_km, end_km, unlogged_km: 0, cost })
    }
}
