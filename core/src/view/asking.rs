//! What would be answered to a request, and when to ask instead: rules and bookings of a circle together.
//!
//! The form that somebody fills in, the keeper before it promises and the command line all ask here.

use std::sync::Arc;

use super::CircleView;
use crate::booking::{Booking, State, Status};
use crate::id::BookingId;
use crate::limits::DAY_MS;
use crate::listing::tariff::Estimate;
use crate::listing::{Details, Listing};
use crate::money::Cents;
use crate::rules::reason::End;
use crate::rules::{Known, Reason, Request, Use, Verdict, judge, next_times};
use crate::time::{Interval, Timestamp};

/// Further away, no rule looks.
const YEAR_MS: i64 = 367 * DAY_MS;

/// Which of the borrower's own bookings a quota counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counting {
    /// Also what is only asked for: nobody can get more by asking several times at once.
    Asked,
    /// Only what is promised: of two requests that together are too much, the keeper grants one.
    Promised,
}

impl CircleView {
    /// What the rules and the other bookings say to a request that somebody wants to make.
    pub fn judge(&self, listing: &Listing, request: &Request) -> Verdict {
        let mine = self.uses(listing, request, Counting::Asked, None);
        let (stock, now) = (listing.stock(), request.now);
        let free = |time| self.shelf(listing.id, |shelf| shelf.free(stock, time, now, None));
        judge(request, &self.known(listing, &mine, &free, &[]))
    }

    /// What they say to one that was made. How far ahead it was asked is judged by when it was asked:
    /// a keeper that slept over it does not make it late. What is late is taken to be back in time.
    pub fn judge_asked(&self, listing: &Listing, booking: &Booking, now: Timestamp) -> Verdict {
        let request = Request {
            borrower: booking.borrower,
            interval: booking.interval,
            quantity: booking.quantity,
            now: booking.asked_at.min(now),
        };
        self.judge_promise(listing, &request, booking.id, now)
    }

    fn judge_promise(
        &self,
        listing: &Listing,
        request: &Request,
        booking: BookingId,
        now: Timestamp,
    ) -> Verdict {
        let except = Some(booking);
        let mine = self.uses(listing, request, Counting::Promised, except);
        let stock = listing.stock();
        let free =
            |time| self.shelf(listing.id, |shelf| shelf.free_if_back(stock, time, now, except));
        judge(request, &self.known(listing, &mine, &free, &[]))
    }

    /// The next times at which a request for as long would be allowed.
    pub fn next_times(&self, listing: &Listing, request: &Request, count: usize) -> Vec<Interval> {
        let mine = self.uses(listing, request, Counting::Asked, None);
        let from = request.interval.from();
        let ends = self.shelf(listing.id, |shelf| shelf.ends(from, request.now));
        let free = |time| {
            self.shelf(listing.id, |shelf| shelf.free(listing.stock(), time, request.now, None))
        };
        next_times(request, &self.known(listing, &mine, &free, &ends), count)
    }

    fn known<'a>(
        &'a self,
        listing: &'a Listing,
        mine: &'a [Use],
        free: &'a dyn Fn(Interval) -> u32,
        ends: &'a [Timestamp],
    ) -> Known<'a> {
        Known {
            rules: &listing.rules,
            zone: &self.zone,
            owner: listing.owner,
            instant: listing.general.instant,
            capacity: listing.general.quantity,
            mine,
            free,
            ends,
        }
    }

    /// What the borrower has, or has had, of this listing within the reach of its rules.
    fn uses(
        &self,
        listing: &Listing,
        request: &Request,
        counting: Counting,
        except: Option<BookingId>,
    ) -> Vec<Use> {
        let rules = &listing.rules;
        if rules.quotas.is_empty() && rules.longest.is_none() {
            return Vec::new();
        }
        let asked = request.interval;
        let (from, to) = (asked.from().plus_ms(-YEAR_MS), asked.to().plus_ms(YEAR_MS));
        let Some(span) = Interval::new(from, to) else { return Vec::new() };
        let promised: Vec<BookingId> =
            self.shelf(listing.id, |shelf| shelf.promised_to(request.borrower, span).collect());
        let promised = promised.iter().filter_map(|id| self.bookings.get(id));
        let used = |booking: &Booking| booking.status(Some(listing), request.now).used();
        let is_other = |booking: &&Arc<Booking>| Some(booking.id) != except;
        let promised = promised.filter(is_other).filter_map(|booking| {
            used(booking).map(|interval| Use { booking: booking.id, interval })
        });
        if counting == Counting::Promised {
            return promised.collect();
        }
        let open = self.unanswered(listing.id, request.now).filter_map(|id| self.bookings.get(&id));
        let is_mine = |booking: &&Arc<Booking>| {
            let end = booking.interval.to();
            booking.borrower == request.borrower && span.from() <= end && end < span.to()
        };
        let open = open.filter(is_mine).filter_map(|booking| {
            let status = booking.status(Some(listing), request.now);
            let is_asked = status.state == State::Asked;
            is_asked.then_some(Use { booking: booking.id, interval: status.interval })
        });
        promised.chain(open).collect()
    }

    /// What stands against keeping a booking until `to`: the bookings of others, and for all but the
    /// owner the rules.
    pub fn against_extension(
        &self,
        booking: &Booking,
        status: &Status,
        to: Timestamp,
        now: Timestamp,
    ) -> Vec<Reason> {
        let Some(listing) = self.listings.get(&booking.listing) else { return Vec::new() };
        let Some(whole) = Interval::new(status.interval.from(), to) else { return Vec::new() };
        // It has begun, perhaps long ago: only what is about its length and its end counts now.
        let request = Request {
            borrower: booking.borrower,
            interval: whole,
            quantity: booking.quantity,
            now: now.min(whole.from()),
        };
        match self.judge_promise(listing, &request, booking.id, now) {
            Verdict::Allowed { .. } => Vec::new(),
            Verdict::Refused(reasons) => reasons.into_iter().filter(binds_extension).collect(),
        }
    }

    /// The highest reading of a car's odometer that is known, in kilometres.
    pub fn last_km(&self, listing: &Listing) -> Option<u32> {
        let Details::Car(car) = &listing.details else { return None };
        let noted = self.shelves.get(&listing.id).and_then(|shelf| shelf.odometer_km);
        noted.max(car.odometer_km)
    }

    /// How far a car was driven, when the odometer shows `end_km` at its return.
    pub fn driven_km(
        &self,
        listing: &Listing,
        booking: &Booking,
        end_km: Option<u32>,
    ) -> Option<u32> {
        let readings = booking.handed(listing.owner).filter_map(|(_, handed)| handed.odometer_km);
        let start_km = readings.min()?;
        end_km?.checked_sub(start_km)
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
}

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
        let readings: Vec<u32> =
            booking.handed(listing.owner).filter_map(|(_, handed)| handed.odometer_km).collect();
        let start_km = *readings.iter().min()?;
        let status = booking.status(Some(listing), now);
        let end_km =
            (status.state == State::Returned).then(|| readings.iter().max().copied()).flatten();
        let tariff = self.tariffs.at(listing.id, listing.owner, status.interval.from());
        let used_ms = status.used().map_or(0, Interval::length_ms);
        let cost = end_km.and_then(|end| tariff.map(|t| t.price(end - start_km, used_ms).total));
        let (booking, start_km) = (booking.id, Some(start_km));
        Some(Trip { booking, start_km, end_km, unlogged_km: 0, cost })
    }
}

/// Whether somebody else's doing could take the reason away: then there is something to wait for.
pub(crate) fn may_pass(reason: &Reason) -> bool {
    matches!(reason, Reason::Overlap { .. } | Reason::Gap { .. })
}

/// Whether a reason is about how long something is kept, and not about when it began.
fn binds_extension(reason: &Reason) -> bool {
    match reason {
        Reason::TooLong { .. }
        | Reason::Chain { .. }
        | Reason::ClosedDay { .. }
        | Reason::Quota { .. }
        | Reason::Repair { .. }
        | Reason::Gap { .. }
        | Reason::Overlap { .. } => true,
        Reason::Closed { end, .. } => *end == End::Finish,
        Reason::Quantity { .. }
        | Reason::InPast
        | Reason::NotAllowed
        | Reason::TooSoon { .. }
        | Reason::TooEarly { .. }
        | Reason::TooShort { .. } => false,
    }
}
