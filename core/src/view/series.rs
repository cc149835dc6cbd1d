//! What would be answered to several times that are asked for in one go.
//!
//! Each is judged by the one judge, as if those before it were promised already: a quota that the third
//! week uses up stands against the fourth. Nothing is written; see [`super::asking`] for a single time.

use std::sync::Arc;

use super::CircleView;
use crate::booking::{Booking, Facts, State, Status};
use crate::id::{BookingId, SeriesId};
use crate::listing::Listing;
use crate::place::Place;
use crate::rules::{Request, Verdict};
use crate::time::{Hlc, Interval};

impl CircleView {
    /// What the rules, the other bookings and the earlier times of the same series say to each time;
    /// `request` says everything but when.
    pub fn judge_series(
        &self,
        listing: &Listing,
        request: &Request,
        times: &[Interval],
    ) -> Vec<Verdict> {
        // Shares all structure with the view: what is pretended costs its own few branches.
        let mut circle = self.clone();
        let mut verdicts = Vec::with_capacity(times.len());
        for (place, interval) in times.iter().enumerate() {
            let request = Request { interval: *interval, ..*request };
            let verdict = circle.judge(listing, &request);
            if matches!(verdict, Verdict::Allowed { .. }) {
                circle.pretend(listing, &request, SeriesId::from_bytes([0; 16]).booking(place));
            }
            verdicts.push(verdict);
        }
        verdicts
    }

    /// The circle as it would be without some bookings, and without what they claim.
    #[must_use]
    pub fn without(&self, bookings: &[BookingId]) -> Self {
        let mut circle = self.clone();
        for booking in bookings.iter().filter_map(|id| self.bookings.get(id)) {
            circle.of_member.remove(&(booking.borrower, booking.interval.to(), booking.id));
            circle.unanswered.remove(&(booking.listing, booking.expires_at(), booking.id));
            circle.bookings.remove(&booking.id);
            let listing = self.listings.get(&booking.listing).map(AsRef::as_ref);
            let status = booking.status(listing, booking.asked_at());
            if let Some(shelf) = circle.shelves.get_mut(&booking.listing) {
                shelf.place(booking, &Status { state: State::Cancelled, ..status });
            }
        }
        circle
    }

    /// Takes in a request as if it had been promised.
    fn pretend(&mut self, listing: &Listing, request: &Request, id: BookingId) {
        let booking = Booking {
            id,
            listing: listing.id,
            borrower: request.borrower,
            asked: Place { time: Hlc::physical(request.now), ..Place::MIN },
            interval: request.interval,
            quantity: request.quantity,
            note: "".into(),
            series: None,
            waits: false,
            facts: Facts::default(),
        };
        let status = booking.status(Some(listing), request.now);
        let promised = Status { state: State::Confirmed, promised: booking.quantity, ..status };
        self.shelves.entry(listing.id).or_default().place(&booking, &promised);
        self.of_member.insert((booking.borrower, booking.interval.to(), id));
        self.unanswered.insert((listing.id, booking.expires_at(), id));
        self.bookings.insert(id, Arc::new(booking));
    }
}
