//! The keeper: the one device that may promise a listing.
//!
//! Overlap is checked again at the moment of promising, in the same step that writes the promise:
//! whatever a borrower saw when asking may be old.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::commands::{check_text, word};
use super::{CommandError, Outbox, Replica};
use crate::booking::{Booking, Fact, State, Status, What};
use crate::id::{BookingId, CircleId, ListingId};
use crate::limits::{MAX_AUTOMATIC_FACTS, MAX_TEXT, OFFER_LIFE_MS};
use crate::listing::Listing;
use crate::rules::{Reason, Verdict};
use crate::time::{Interval, Timestamp};
use crate::view::{CircleView, whole};
use crate::wire::{Confirm, Decline, Extended, NotExtended, Offered, Payload, Received};

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
        let mut open: Vec<BookingId> = held
            .view
            .unanswered
            .iter()
            .filter(|(_, until, _)| now <= *until)
            .map(|(.., id)| *id)
            .collect();
        sort_by_turn(&held.view, &mut open);
        for booking in open {
            self.answer(now, circle, booking, out);
        }
    }

    /// Looks again at what only time can change: a held time that lapsed goes to the next in line.
    pub(super) fn watch_held(&mut self, now: Timestamp, out: &mut Outbox) {
        let me = self.identity.device();
        let mut waiting = Vec::new();
        for (id, circle) in &self.circles {
            let view = &circle.view;
            let is_ours = |of: &ListingId| view.listings.get(of).is_some_and(|l| l.keeper == me);
            let waits = |booking: &BookingId| {
                let held = view.bookings.get(booking);
                held.is_some_and(|b| b.waits && view.status(b, now).state == State::Waiting)
            };
            let open = view.unanswered.iter().filter(|(of, until, _)| now <= *until && is_ours(of));
            let mut found: Vec<BookingId> =
                open.map(|(.., booking)| *booking).filter(waits).collect();
            sort_by_turn(view, &mut found);
            waiting.extend(found.into_iter().map(|booking| (*id, booking)));
        }
        for (circle, booking) in waiting {
            self.answer(now, circle, booking, out);
        }
    }

    /// Answers whatever waits for the listings of what has just changed: there may be less of them now,
    /// or more, or their owner may have retired them or made them instant.
    pub(super) fn answer_changed(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        bookings: &BTreeSet<BookingId>,
        mut listings: BTreeSet<ListingId>,
        out: &mut Outbox,
    ) {
        let Some(held) = self.circles.get(&circle) else { return };
        let view = &held.view;
        listings.extend(bookings.iter().filter_map(|id| view.bookings.get(id)).map(|b| b.listing));
        let ours = |listing: &Arc<Listing>| listing.keeper == self.identity.device();
        let mut open: Vec<BookingId> = listings
            .into_iter()
            .filter(|id| view.listings.get(id).is_some_and(ours))
            .flat_map(|id| view.unanswered(id, now))
            .collect();
        sort_by_turn(view, &mut open);
        for booking in open {
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

    /// What the keeper says without asking anybody; `None` if it has nothing to say.
    fn automatic_answer(&self, now: Timestamp, circle: CircleId, id: BookingId) -> Option<Payload> {
        let view = &self.circles.get(&circle)?.view;
        let booking = view.bookings.get(&id)?;
        let listing = view.listings.get(&booking.listing)?;
        let may_write = view.roster.is_active(self.identity.member());
        let me = self.identity.device();
        if listing.keeper != me || !may_write {
            return None;
        }
        // What no longer counts would be said for ever: the question would stay open. And some are left
        // for what the owner has to say, so that nobody can ask so often that a return cannot be noted.
        if booking.facts.count_of(listing.keeper) >= MAX_AUTOMATIC_FACTS {
            return None;
        }
        let status = view.status(booking, now);
        match status.state {
            State::Asked => answer_request(view, listing, booking, now),
            State::Waiting => hold_for_first(view, listing, booking, now),
            State::Confirmed | State::Out => answer_extension(view, listing, booking, &status, now),
            State::Offered
            | State::Declined
            | State::Cancelled
            | State::Expired
            | State::Returned => None,
        }
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
            Err(CommandError::WrongState { state: word(state).into() })
        }
    }

    pub(super) fn confirm(
        &self,
        now: Timestamp,
        view: &CircleView,
        listing: &Listing,
        booking: &Booking,
    ) -> Result<Option<Payload>, CommandError> {
        let status = view.status(booking, now);
        let ours = listing.keeper == self.identity.device();
        if let Some(to) = status.extension.filter(|_| ours) {
            return allow_extension(view, listing, booking, &status, to, now).map(Some);
        }
        if status.state == State::Confirmed && ours {
            return Ok(None);
        }
        self.check_keeper(now, view, listing, booking)?;
        let stock = listing.stock();
        let free = view
            .shelf(listing.id, |shelf| shelf.free(stock, booking.interval, now, Some(booking.id)));
        if booking.quantity > free {
            return Err(CommandError::Overlap { free, capacity: stock.quantity });
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
    ) -> Result<Payload, CommandError> {
        check_text("the reason", &reason)?;
        let code = "owner".to_owned();
        let ours = listing.keeper == self.identity.device();
        if let Some(to) = view.status(booking, now).extension.filter(|_| ours) {
            let (booking, text) = (booking.id, reason);
            return Ok(Payload::NotExtended(NotExtended { booking, to, code, text }));
        }
        self.check_keeper(now, view, listing, booking)?;
        Ok(Payload::Decline(Decline { booking: booking.id, code, text: reason }))
    }
}

/// Who waits in line comes before who asks now, and among them who asked earlier. Times that were asked
/// for in one go have their turn in order: what a quota leaves of a series is its beginning.
fn sort_by_turn(view: &CircleView, open: &mut [BookingId]) {
    let turn = |id: &BookingId| {
        let booking = view.bookings.get(id);
        (booking.is_none_or(|b| !b.waits), booking.map(|b| (b.asked, b.interval)), *id)
    };
    open.sort_by_cached_key(turn);
}

/// The answer to a request: by the rules of the listing and by what is promised. Something that is late
/// may be back in an hour: such a request is neither promised nor refused.
fn answer_request(
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    now: Timestamp,
) -> Option<Payload> {
    if let Some(code) = out_of_question(view, listing, booking) {
        return Some(decline(booking, code, String::new()));
    }
    match view.judge_asked(listing, booking, now) {
        Verdict::Refused(reasons) => {
            Some(decline(booking, code_of(&reasons), in_sentences(&reasons)))
        }
        Verdict::Allowed { at_once: true } if is_here(view, listing, booking, now) => {
            Some(Payload::Confirm(Confirm { booking: booking.id, term: listing.term }))
        }
        Verdict::Allowed { .. } => received(listing, booking),
    }
}

/// Why nothing can come of a request, whatever the rules say: it is offered no more, or who asked has left.
fn out_of_question(
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
) -> Option<&'static str> {
    if !view.is_offered(listing) {
        return Some("retired");
    }
    (!view.roster.is_active(booking.borrower)).then_some("left")
}

fn decline(booking: &Booking, code: &str, text: String) -> Payload {
    Payload::Decline(Decline { booking: booking.id, code: code.to_owned(), text })
}

/// Says once that the request is here, so that the borrower knows.
fn received(listing: &Listing, booking: &Booking) -> Option<Payload> {
    let has_said =
        |fact: &Fact| fact.device == listing.keeper && matches!(fact.what, What::Received);
    let known = booking.facts.iter().any(has_said) || booking.asked.device == listing.keeper;
    (!known).then_some(Payload::Received(Received { booking: booking.id }))
}

fn is_here(view: &CircleView, listing: &Listing, booking: &Booking, now: Timestamp) -> bool {
    let (stock, except) = (whole(listing), Some(booking.id));
    let free = view.shelf(listing.id, |shelf| shelf.free(stock, booking.interval, now, except));
    booking.quantity <= free
}

/// Holds a time that became free for one who waits for it. Whoever is first in line is looked at first
/// (see [`sort_by_turn`]); for those after them it is then not free any more.
fn hold_for_first(
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    now: Timestamp,
) -> Option<Payload> {
    if let Some(code) = out_of_question(view, listing, booking) {
        return Some(decline(booking, code, String::new()));
    }
    let allowed = matches!(view.judge_asked(listing, booking, now), Verdict::Allowed { .. });
    if !allowed || !is_here(view, listing, booking, now) {
        return received(listing, booking);
    }
    let until = now.plus_ms(OFFER_LIFE_MS).min(booking.expires_at());
    Some(Payload::Offered(Offered { booking: booking.id, until }))
}

/// The answer to the wish to keep something longer.
fn answer_extension(
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    status: &Status,
    now: Timestamp,
) -> Option<Payload> {
    let to = status.extension?;
    let reasons = view.against_extension(booking, status, to, now);
    if !reasons.is_empty() {
        let (code, text) = (code_of(&reasons).to_owned(), in_sentences(&reasons));
        return Some(Payload::NotExtended(NotExtended { booking: booking.id, to, code, text }));
    }
    let at_once = listing.general.instant
        || booking.borrower == listing.owner
        || listing.rules.privileged.contains(&booking.borrower);
    let extended = Extended { booking: booking.id, to, term: listing.term };
    at_once.then_some(Payload::Extended(extended))
}

/// The owner's own yes: only what is promised to others stands against it.
fn allow_extension(
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    status: &Status,
    to: Timestamp,
    now: Timestamp,
) -> Result<Payload, CommandError> {
    let stock = listing.stock();
    let free = Interval::new(status.interval.to(), to).map_or(stock.quantity, |rest| {
        view.shelf(listing.id, |shelf| shelf.free_if_back(stock, rest, now, Some(booking.id)))
    });
    if booking.quantity > free {
        return Err(CommandError::Overlap { free, capacity: stock.quantity });
    }
    Ok(Payload::Extended(Extended { booking: booking.id, to, term: listing.term }))
}

fn code_of(reasons: &[Reason]) -> &'static str {
    reasons.first().map_or("not_allowed", Reason::code)
}

/// All reasons as one text of a record, within its limit.
fn in_sentences(reasons: &[Reason]) -> String {
    let mut text = Reason::in_sentences(reasons);
    text.truncate(text.floor_char_boundary(MAX_TEXT));
    text
}
