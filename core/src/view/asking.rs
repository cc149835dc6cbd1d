//! What would be answered to a request, and when to ask instead: rules and bookings of a circle together.
//!
//! The form that somebody fills in, the keeper before it promises and the command line all ask here.

use super::CircleView;
use crate::booking::shelf::Stock;
use crate::booking::{Booking, State, Status};
use crate::id::BookingId;
use crate::listing::Listing;
use crate::rules::reason::End;
use crate::rules::{Known, Reason, Request, Span, Use, Verdict, judge, next_times};
use crate::time::{Interval, Timestamp};

/// Bookings of one listing by one borrower that a rule looks at: far more than anybody has in two years,
/// and few enough to look through at every request.
const MOST_USES: usize = 2_000;

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
        let stock = whole(listing);
        let free =
            |time| self.shelf(listing.id, |shelf| shelf.free_if_back(stock, time, now, except));
        judge(request, &self.known(listing, &mine, &free, &[]))
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
        let others = self
            .bookings_by(request.borrower, listing.id, request.interval)
            .filter(|booking| Some(booking.id) != except);
        let of = |booking: &std::sync::Arc<Booking>| {
            let status = booking.status(Some(listing), request.now);
            let asked = counting == Counting::Asked && status.state == State::Asked;
            let interval = if asked { Some(status.interval) } else { status.used() };
            interval.map(|interval| Use { booking: booking.id, interval })
        };
        others.take(MOST_USES).filter_map(of).collect()
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
