//! What would be answered to a request, and when to ask instead: rules and bookings of a circle together.
//!
//! The form that somebody fills in, the keeper before it promises and the command line all ask here.

use std::sync::Arc;

use super::CircleView;
use crate::booking::shelf::Stock;
use crate::booking::{Booking, State, Status};
use crate::id::{BookingId, ListingId};
use crate::limits::DAY_MS;
use crate::listing::Listing;
use crate::rules::reason::End;
use crate::rules::{Known, Reason, Request, Span, Use, Verdict, judge, next_times};
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
        let (stock, now) = (whole(listing), request.now);
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
            now: booking.asked_at().min(now),
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
        let stock = whole(listing);
        let free =
            |time| self.shelf(listing.id, |shelf| shelf.free_if_back(stock, time, now, except));
        judge(request, &self.known(listing, &mine, &free, &[]))
    }

    /// The borrower's own open request or promise for exactly this, which stands instead of a second one.
    pub fn same_request(&self, listing: ListingId, request: &Request) -> Option<BookingId> {
        let to = request.interval.to();
        let until_then = Interval::new(to, to.plus_ms(1))?;
        let same = self.bookings_of(request.borrower, until_then).find(|booking| {
            let state = self.status(booking, request.now).state;
            booking.listing == listing
                && booking.borrower == request.borrower
                && booking.interval == request.interval
                && booking.quantity == request.quantity
                && (state.is_unanswered() || state == State::Confirmed)
        });
        same.map(|booking| booking.id)
    }

    /// The next times at which a request for as long would be allowed.
    pub fn next_times(&self, listing: &Listing, request: &Request, count: usize) -> Vec<Interval> {
        let mine = self.uses(listing, request, Counting::Asked, None);
        // What ended a short while before can still stand in the way: it has to be made ready.
        let gap = listing.rules.gap.unwrap_or(Span::Minutes(0));
        let from = gap.before(request.interval.from(), &self.zone);
        let ends = self.shelf(listing.id, |shelf| shelf.ends(from, request.now));
        let stock = whole(listing);
        let free =
            |time| self.shelf(listing.id, |shelf| shelf.free(stock, time, request.now, None));
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
}

/// What there is for whoever may try it out: that it is under repair is a rule of its own, which does not
/// bind its owner.
pub(crate) fn whole(listing: &Listing) -> Stock {
    Stock { repair: None, ..listing.stock() }
}

/// Whether somebody else's doing could take the reason away: then there is something to wait for.
pub fn may_pass(reason: &Reason) -> bool {
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
