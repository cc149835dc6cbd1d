//! Where a booking stands: judged from its facts, its listing and a given time.
//!
//! The answer depends on the set of facts, not on the order in which they arrived; where an order
//! matters (who answered first) it is that of the facts themselves.

use serde::Serialize;

use super::facts::{Fact, What};
use super::{Assurance, Booking, State, Why};
use crate::limits::MAX_BOOKING_MS;
use crate::listing::Listing;
use crate::time::{Interval, Timestamp};

/// What follows from the facts of a booking at a given time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Where it stands.
    pub state: State,
    /// Whether the keeper's log shows that it has the request.
    pub delivered: bool,
    /// Why, for what ended before its time.
    pub why: Option<Why>,
    /// From when until when, with what was agreed after it was asked.
    pub interval: Interval,
    /// The later end that is asked for and not yet answered.
    pub extension: Option<Timestamp>,
    /// Why the last extension was refused.
    pub not_extended: Option<Why>,
    /// Until when a time is held for one who waits.
    pub offered_until: Option<Timestamp>,
    /// Pieces that are promised and not yet fetched.
    pub promised: u32,
    /// Pieces that are with the borrower now.
    pub out: u32,
    /// When the first piece was taken along.
    pub fetched_at: Option<Timestamp>,
    /// When the last piece came back, or the help was done.
    pub returned_at: Option<Timestamp>,
    /// When a promise was called off.
    pub cancelled_at: Option<Timestamp>,
}

impl Booking {
    /// Judges the facts. `listing` is `None` while it has not arrived here: then nobody is known to
    /// be its keeper, and nothing is claimed.
    pub fn status(&self, listing: Option<&Listing>, now: Timestamp) -> Status {
        let mut judged = Judged::default();
        let mut interval = self.interval;
        if let Some(listing) = listing {
            interval = self.extended(listing);
            judged.delivered = self.asked.device == listing.keeper;
            for fact in self.facts.iter() {
                judged.take(self, listing, interval, fact);
            }
        }
        judged.at(self, interval, now)
    }

    /// The time with every extension that was asked for by a side and allowed by the keeper.
    fn extended(&self, listing: &Listing) -> Interval {
        let latest = self.interval.from().plus_ms(MAX_BOOKING_MS);
        let asked = |end: Timestamp| {
            self.facts.iter().any(|fact| match fact.what {
                What::Extend { to } => to == end && self.is_party(listing, fact),
                _ => false,
            })
        };
        let ends = self.facts.iter().filter_map(|fact| match fact.what {
            What::Extended { to, term } => {
                let by_keeper = fact.device == listing.keeper && term == listing.term;
                (by_keeper && to <= latest && asked(to)).then_some(to)
            }
            _ => None,
        });
        let end = ends.fold(self.interval.to(), Timestamp::max);
        Interval::new(self.interval.from(), end).unwrap_or(self.interval)
    }

    fn is_party(&self, listing: &Listing, fact: &Fact) -> bool {
        fact.by == self.borrower || fact.by == listing.owner
    }
}

#[derive(Default)]
struct Judged<'a> {
    delivered: bool,
    confirmed: bool,
    declined: Option<Why>,
    cancelled: Option<(Why, Timestamp)>,
    picked_up: u32,
    fetched_at: Option<Timestamp>,
    returned: u32,
    last_return: Option<&'a Fact>,
    done: Option<&'a Fact>,
    offered_until: Option<Timestamp>,
    accepted: bool,
    /// Later ends, with how often each was asked for and how often answered. Counted, because the
    /// clock of one who asks may be so far ahead that every answer seems to come before.
    extensions: Vec<(Timestamp, u32, u32)>,
    not_extended: Option<Why>,
}

impl<'a> Judged<'a> {
    fn take(&mut self, booking: &Booking, listing: &Listing, interval: Interval, fact: &'a Fact) {
        let is_keeper = fact.device == listing.keeper;
        let is_party = booking.is_party(listing, fact);
        let why = |code: &str, text: &str| Why {
            code: code.to_owned(),
            text: text.to_owned(),
            by: fact.by,
        };
        let answered = self.confirmed || self.declined.is_some();
        match &fact.what {
            What::Received if is_keeper => self.delivered = true,
            What::Confirmed { term } if is_keeper && *term == listing.term && !answered => {
                self.delivered = true;
                self.confirmed = true;
            }
            What::Declined { code, text } if is_keeper && !answered => {
                self.delivered = true;
                self.declined = Some(why(code, text));
            }
            What::Cancelled { reason } if is_party && self.cancelled.is_none() => {
                // What is past cannot be called off any more.
                let at = fact.time.timestamp();
                if at < interval.to() {
                    self.cancelled = Some((why("cancelled", reason), at));
                }
            }
            What::PickedUp(handed) if is_party => {
                let left = booking.quantity - self.picked_up;
                self.fetched_at.get_or_insert(fact.time.timestamp());
                self.picked_up += handed.quantity.min(left);
            }
            What::Returned(handed) if is_party => {
                self.returned = self.returned.saturating_add(handed.quantity).min(booking.quantity);
                self.last_return = Some(fact);
            }
            What::Offered { until } if is_keeper && booking.waits => {
                self.offered_until = self.offered_until.max(Some(*until));
            }
            What::Accepted if fact.by == booking.borrower => self.accepted = true,
            What::Extend { to } if is_party => self.extension(*to).1 += 1,
            What::Extended { to, .. } if is_keeper => self.extension(*to).2 += 1,
            What::NotExtended { to, code, text } if is_keeper => {
                self.extension(*to).2 += 1;
                self.not_extended = Some(why(code, text));
            }
            What::Done { .. } if is_party && listing.is_help() && self.done.is_none() => {
                self.done = Some(fact);
            }
            // Said by somebody who may not, or not that way; or a remark that changes no state.
            What::Received
            | What::Confirmed { .. }
            | What::Declined { .. }
            | What::Cancelled { .. }
            | What::PickedUp(_)
            | What::Returned(_)
            | What::Offered { .. }
            | What::Accepted
            | What::Extend { .. }
            | What::Extended { .. }
            | What::NotExtended { .. }
            | What::Damaged { .. }
            | What::Corrected { .. }
            | What::Done { .. } => {}
        }
    }

    fn extension(&mut self, to: Timestamp) -> &mut (Timestamp, u32, u32) {
        let at = self.extensions.iter().position(|(end, ..)| *end == to).unwrap_or_else(|| {
            self.extensions.push((to, 0, 0));
            self.extensions.len() - 1
        });
        &mut self.extensions[at]
    }

    fn at(self, booking: &Booking, interval: Interval, now: Timestamp) -> Status {
        // Something that is in the borrower's hands is out, whatever was called off meanwhile on
        // another device.
        let out = self.picked_up.saturating_sub(self.returned);
        let left = booking.quantity - self.picked_up;
        // Pieces that were not fetched with the others can still be fetched, until it is over.
        let is_over = left == 0 || self.cancelled.is_some() || now >= interval.to();
        let state = if self.confirmed && out > 0 {
            State::Out
        } else if self.confirmed && (self.done.is_some() || (self.picked_up > 0 && is_over)) {
            State::Returned
        } else if self.declined.is_some() {
            State::Declined
        } else if self.cancelled.is_some() {
            State::Cancelled
        } else if self.confirmed {
            State::Confirmed
        } else if now >= booking.expires_at() {
            State::Expired
        } else if booking.waits && !self.accepted {
            match self.offered_until {
                None => State::Waiting,
                Some(until) if now < until => State::Offered,
                Some(_) => State::Expired,
            }
        } else {
            State::Asked
        };
        let is_held = matches!(state, State::Confirmed | State::Out);
        let extension = self
            .extensions
            .iter()
            .rev()
            .find(|(to, asked, answered)| is_held && asked > answered && *to > interval.to());
        let extension = extension.map(|(to, ..)| *to);
        let last = self.done.or(self.last_return).filter(|_| state == State::Returned);
        let (cancelled, cancelled_at) = self.cancelled.unzip();
        let why = match state {
            State::Declined => self.declined,
            State::Cancelled => cancelled,
            _ => None,
        };
        Status {
            state,
            delivered: self.delivered,
            why,
            interval,
            extension,
            not_extended: self.not_extended,
            offered_until: self.offered_until.filter(|_| booking.waits && !self.confirmed),
            promised: if is_held { left } else { 0 },
            out: if state == State::Out { out } else { 0 },
            fetched_at: self.fetched_at.filter(|_| self.confirmed),
            returned_at: last.map(|fact| fact.time.timestamp()),
            cancelled_at: cancelled_at.filter(|_| self.confirmed),
        }
    }
}

impl Status {
    /// How sure this is; `overbooked` tells whether confirmed bookings of the time exceed what there is.
    pub fn assurance(&self, overbooked: bool) -> Assurance {
        match self.state {
            State::Confirmed | State::Out if overbooked => Assurance::Clash,
            State::Confirmed | State::Out | State::Returned => Assurance::Confirmed,
            _ if self.delivered => Assurance::Delivered,
            _ => Assurance::Local,
        }
    }

    /// Whether the keeper promised it, whatever became of that.
    pub fn is_promise(&self) -> bool {
        matches!(self.state, State::Confirmed | State::Out | State::Returned)
            || self.cancelled_at.is_some()
    }

    /// The time that was or will be used, as quotas count it: what was called off before its start, or
    /// never promised, costs nothing; what was called off half-way or brought back early costs what was used.
    pub fn used(&self) -> Option<Interval> {
        let until = match self.state {
            State::Confirmed | State::Out => self.interval.to(),
            State::Returned => self.returned_at?.min(self.interval.to()),
            State::Cancelled => self.cancelled_at?,
            _ => return None,
        };
        Interval::new(self.interval.from(), until)
    }
}
