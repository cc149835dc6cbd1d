//! The keeper: the one device that may promise a listing.
//!
//! Overlap is checked again at the moment of promising, in the same step that writes the promise:
//! whatever a borrower saw when asking may be old.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::commands::word;
use super::{CommandError, Outbox, Replica};
use crate::booking::{Booking, State, What};
use crate::id::{BookingId, CircleId, ListingId};
use crate::limits::MAX_TEXT;
use crate::listing::Listing;
use crate::time::Timestamp;
use crate::view::CircleView;
use crate::wire::{Confirm, Decline, Payload, Received};

impl Replica {
    /// Answers every open request of a circle that is ours to answer: after a start, some may have
    /// been stored and not answered before the power went.
    pub(super) fn answer_all(&mut self, now: Timestamp, circle: CircleId, out: &mut Outbox) {
        let Some(held) = self.circles.get_mut(&circle) else { return };
        if held.settle().stale {
            // Comes back here after the reload.
            let admitters = held.view.admitters.clone();
            *held = held.renewed();
            out.reload.push(super::Effect::Reload { circle, admitters });
            return;
        }
        let open: Vec<BookingId> = held.view.unanswered.iter().map(|(_, id)| *id).collect();
        for booking in open {
            self.answer(now, circle, booking, out);
        }
    }

    /// Answers what has just changed, in its order, and then again what waits for those listings: there
    /// may be less of them now, or more, or their owner may have retired them or made them instant.
    /// Once for each listing, since a batch may hold many promises of one.
    pub(super) fn answer_changed(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        bookings: &BTreeSet<BookingId>,
        mut listings: BTreeSet<ListingId>,
        out: &mut Outbox,
    ) {
        for booking in bookings {
            self.answer(now, circle, *booking, out);
        }
        let Some(held) = self.circles.get(&circle) else { return };
        let view = &held.view;
        listings.extend(bookings.iter().filter_map(|id| view.bookings.get(id)).map(|b| b.listing));
        let ours = |listing: &Arc<Listing>| listing.keeper == self.identity.device();
        let waiting: Vec<BookingId> = listings
            .into_iter()
            .filter(|id| view.listings.get(id).is_some_and(ours))
            .flat_map(|id| unanswered(view, id))
            .collect();
        for booking in waiting {
            self.answer(now, circle, booking, out);
        }
    }

    /// Answers one request, if it is open and ours to answer.
    pub(super) fn answer(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: BookingId,
        out: &mut Outbox,
    ) {
        if let Some(payload) = self.automatic_answer(now, circle, id) {
            self.append(now, circle, &payload, out);
        }
    }

    /// What the keeper says to a request without asking anybody; `None` if it has nothing to say.
    fn automatic_answer(&self, now: Timestamp, circle: CircleId, id: BookingId) -> Option<Payload> {
        let view = &self.circles.get(&circle)?.view;
        let booking = view.bookings.get(&id)?;
        let listing = view.listings.get(&booking.listing)?;
        let may_write = view.roster.is_active(self.identity.member());
        let status = view.status(booking, now);
        if listing.keeper != self.identity.device() || status.state != State::Asked || !may_write {
            return None;
        }
        let decline = |code: &str| {
            let (code, text) = (code.to_owned(), String::new());
            Some(Payload::Decline(Decline { booking: id, code, text }))
        };
        if listing.retired {
            return decline("retired");
        }
        // By what is promised; something that is late may be back in an hour.
        if booking.quantity > view.free(listing, booking.interval, Timestamp::MIN) {
            return decline("overlap");
        }
        let is_here = booking.quantity <= view.free(listing, booking.interval, now);
        if is_here && (listing.general.instant || booking.borrower == listing.owner) {
            return Some(Payload::Confirm(Confirm { booking: id, term: listing.term }));
        }
        let has_said = |fact: &crate::booking::Fact| {
            fact.device == listing.keeper && matches!(fact.what, What::Received)
        };
        let known = booking.facts.iter().any(has_said) || booking.asked_by == listing.keeper;
        (!known).then_some(Payload::Received(Received { booking: id }))
    }

    fn check_keeper(
        &self,
        now: Timestamp,
        view: &CircleView,
        listing: &Listing,
        booking: &Booking,
    ) -> Result<(), CommandError> {
        if listing.keeper != self.identity.device() {
            let device = view.roster.devices.get(&listing.keeper);
            let keeper = device.map_or_else(
                || "its owner".to_owned(),
                |device| format!("{}’s {}", view.name_of(device.member), device.name),
            );
            return Err(CommandError::NotKeeper { keeper });
        }
        let state = view.status(booking, now).state;
        if state == State::Asked {
            Ok(())
        } else {
            Err(CommandError::WrongState { state: word(state) })
        }
    }

    pub(super) fn confirm(
        &self,
        now: Timestamp,
        view: &CircleView,
        listing: &Listing,
        booking: &Booking,
    ) -> Result<Option<Payload>, CommandError> {
        let confirmed = view.status(booking, now).state == State::Confirmed;
        if confirmed && listing.keeper == self.identity.device() {
            return Ok(None);
        }
        self.check_keeper(now, view, listing, booking)?;
        let capacity = listing.general.quantity;
        let free = view.free(listing, booking.interval, now);
        if booking.quantity > free {
            let next = view.next_free(listing, booking.quantity, booking.interval, now);
            return Err(CommandError::Overlap { free, capacity, next });
        }
        Ok(Some(Payload::Confirm(Confirm { booking: booking.id, term: listing.term })))
    }

    pub(super) fn decline(
        &self,
        now: Timestamp,
        view: &CircleView,
        listing: &Listing,
        booking: &Booking,
        reason: String,
    ) -> Result<Option<Payload>, CommandError> {
        self.check_keeper(now, view, listing, booking)?;
        if reason.len() > MAX_TEXT {
            return Err(CommandError::Text { what: "the reason", limit: MAX_TEXT });
        }
        let decline = Decline { booking: booking.id, code: "owner".to_owned(), text: reason };
        Ok(Some(Payload::Decline(decline)))
    }
}

/// The requests for a listing that have no answer yet.
fn unanswered(view: &CircleView, listing: ListingId) -> impl Iterator<Item = BookingId> {
    let first = (listing, BookingId::from_bytes([0; 16]));
    let last = (listing, BookingId::from_bytes([0xff; 16]));
    view.unanswered.range(first..=last).map(|(_, id)| *id)
}
