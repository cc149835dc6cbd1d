//! Asking: once, in line, or again and again.

use super::{Act, CommandError, Outbox, Outcome, Replica, check_text};
use crate::booking::State;
use crate::id::{BookingId, CircleId, ListingId, SeriesId};
use crate::limits::{MAX_BOOKING_MS, MAX_OCCURRENCES};
use crate::listing::Listing;
use crate::replica::SeriesAct;
use crate::rules::{Request, Verdict};
use crate::time::{Interval, Timestamp};
use crate::view::{CircleView, may_pass};
use crate::wire::{Ask, AskSeries, Payload};

/// What is asked for, whenever.
pub(super) struct Wanted {
    pub(super) listing: ListingId,
    pub(super) quantity: u32,
    pub(super) note: String,
}

/// How somebody asks for one time.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// To have it.
    Ask,
    /// To be offered it when it becomes free.
    Wait,
}

impl Replica {
    /// Asks once. Whoever gets in line asks for a time that is not free, but could be had if it were.
    pub(super) fn ask(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        interval: Interval,
        wanted: Wanted,
        way: Way,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let listing = wanted.listing_in(view)?;
        if let Some(same) = self.same_request(view, &wanted, interval, now) {
            return Ok(Outcome::Booking(circle, same));
        }
        check_offered(view, listing, interval)?;
        let request = self.request(now, interval, wanted.quantity);
        let reasons = match (way, view.judge(listing, &request)) {
            (Way::Ask, Verdict::Allowed { .. }) => Vec::new(),
            (Way::Wait, Verdict::Allowed { .. }) => return Err(CommandError::Free),
            (Way::Ask, Verdict::Refused(reasons)) => reasons,
            (Way::Wait, Verdict::Refused(mut reasons)) => {
                reasons.retain(|reason| !may_pass(reason));
                reasons
            }
        };
        if !reasons.is_empty() {
            let next = view.next_times(listing, &request, 3);
            return Err(CommandError::Refused { reasons, next });
        }
        let ask = wanted.at(interval);
        let payload = match way {
            Way::Ask => Payload::Ask(ask),
            Way::Wait => Payload::Wait(ask),
        };
        let seq = self.append(now, circle, &payload, out);
        let id = BookingId::asked_at(circle, self.identity.device(), seq);
        Ok(Outcome::Booking(circle, id))
    }

    /// Asks for several times in one go. What the rules do not allow at its time is asked all the same
    /// where only the others of the series or other bookings are in the way: the keeper answers each.
    /// What of it is asked for or promised already stays as it is.
    pub(super) fn ask_series(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        times: Vec<Interval>,
        wanted: Wanted,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let listing = wanted.listing_in(view)?;
        if !(1..=MAX_OCCURRENCES).contains(&times.len()) {
            return Err(CommandError::Times { most: MAX_OCCURRENCES });
        }
        // What was asked for already is not asked for again.
        let same = |time: &Interval| self.same_request(view, &wanted, *time, now);
        let (known, times): (Vec<Interval>, Vec<Interval>) =
            times.into_iter().partition(|time| same(time).is_some());
        let Some(first) = times.first().copied() else {
            let booking = known.first().and_then(same).ok_or(CommandError::NotFound)?;
            let series = view.bookings.get(&booking).and_then(|held| held.series);
            return Ok(match series {
                Some(series) => Outcome::Series(circle, series),
                None => Outcome::Booking(circle, booking),
            });
        };
        check_offered(view, listing, first)?;
        let request = self.request(now, first, wanted.quantity);
        if let Verdict::Refused(reasons) = view.judge(listing, &request) {
            let next = view.next_times(listing, &request, 3);
            return Err(CommandError::Refused { reasons, next });
        }
        let Wanted { listing, quantity, note } = wanted;
        let times = times.into_iter().map(|time| (time.from(), time.to())).collect();
        let ask = AskSeries { listing, times, quantity, note };
        let seq = self.append(now, circle, &Payload::AskSeries(ask), out);
        Ok(Outcome::Series(circle, SeriesId::asked_at(circle, self.identity.device(), seq)))
    }

    pub(super) fn series(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: SeriesId,
        act: &SeriesAct,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let ids = view.series.get(&id).ok_or(CommandError::NotFound)?.clone();
        let mut refused = None;
        let mut is_done = false;
        for booking in ids {
            let view = self.member_of(circle)?;
            let Some(held) = view.bookings.get(&booking) else { continue };
            let state = view.status(held, now).state;
            let act = match (act, state) {
                (SeriesAct::Confirm, State::Asked) => Act::Confirm,
                (SeriesAct::Decline { reason }, State::Asked) => {
                    Act::Decline { reason: reason.clone() }
                }
                (SeriesAct::CancelUnanswered { reason }, State::Asked)
                | (SeriesAct::Cancel { reason }, State::Asked | State::Confirmed) => {
                    Act::Cancel { reason: reason.clone() }
                }
                _ => continue,
            };
            // One that is no longer free does not hold up the others.
            match self.act(now, circle, booking, act, out) {
                Ok(_) => is_done = true,
                Err(error) => refused = Some(error),
            }
        }
        match refused {
            Some(error) if !is_done => Err(error),
            _ => Ok(Outcome::Series(circle, id)),
        }
    }

    fn request(&self, now: Timestamp, interval: Interval, quantity: u32) -> Request {
        Request { borrower: self.identity.member(), interval, quantity, now }
    }

    /// Our own open request or promise for exactly this: asking again must not make a second one.
    fn same_request(
        &self,
        view: &CircleView,
        wanted: &Wanted,
        interval: Interval,
        now: Timestamp,
    ) -> Option<BookingId> {
        view.same_request(wanted.listing, &self.request(now, interval, wanted.quantity))
    }
}

impl Wanted {
    fn listing_in<'a>(&self, view: &'a CircleView) -> Result<&'a Listing, CommandError> {
        check_text("the note", &self.note)?;
        view.listings.get(&self.listing).map(AsRef::as_ref).ok_or(CommandError::NotFound)
    }

    fn at(self, interval: Interval) -> Ask {
        let Self { listing, quantity, note } = self;
        Ask { listing, from: interval.from(), to: interval.to(), quantity, note }
    }
}

/// What belonged to somebody who left has nobody to hand it over, and no booking lasts for ever.
fn check_offered(
    view: &CircleView,
    listing: &Listing,
    interval: Interval,
) -> Result<(), CommandError> {
    if !view.is_offered(listing) {
        return Err(CommandError::Retired);
    }
    if interval.to().as_ms().saturating_sub(interval.from().as_ms()) > MAX_BOOKING_MS {
        return Err(CommandError::TooLong);
    }
    Ok(())
}
