//! Bookings: one ask, and the facts that followed.
//!
//! Facts are kept as a set, in an order that does not depend on arrival; state and assurance are
//! computed from them, the listing and a given time. Who may say what is judged here and nowhere
//! else. Free and taken time is in [`shelf`].

pub mod shelf;

use serde::Serialize;

use crate::id::{BookingId, DeviceId, ListingId, MemberId, PhotoId};
use crate::limits::{MAX_FACTS_PER_DEVICE, MIN_ASK_LIFE_MS};
use crate::listing::Listing;
use crate::time::{Hlc, Interval, Timestamp};

/// One booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Booking {
    /// Its id.
    pub id: BookingId,
    /// Of what.
    pub listing: ListingId,
    /// For whom.
    pub borrower: MemberId,
    /// The device that asked.
    pub asked_by: DeviceId,
    /// When it was asked, by that device's clock.
    pub asked_at: Timestamp,
    /// For when.
    pub interval: Interval,
    /// How many.
    pub quantity: u32,
    /// A word to the owner.
    pub note: String,
    /// What followed, in the order of (time, device, place in its log).
    pub facts: Facts,
}

/// What somebody said about a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// By the author's clock.
    pub time: Hlc,
    /// The author's device.
    pub device: DeviceId,
    /// Place in that device's log.
    pub seq: u64,
    /// The author.
    pub by: MemberId,
    /// What.
    pub what: What,
}

/// The kinds of fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum What {
    /// The keeper has the request.
    Received,
    /// The keeper confirms.
    Confirmed {
        /// The term it claims.
        term: u32,
    },
    /// The keeper declines.
    Declined {
        /// Why, as a word that programs know.
        code: String,
        /// Why, in the owner's words.
        text: String,
    },
    /// Called off.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// Taken along.
    PickedUp(Handed),
    /// Brought back.
    Returned(Handed),
}

/// What was noted when it changed hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Handed {
    /// How many pieces.
    pub quantity: u32,
    /// The odometer, in kilometres.
    pub odometer_km: Option<u32>,
    /// A photo of its condition.
    pub photo: Option<PhotoId>,
    /// Remarks.
    pub note: String,
}

/// A set of facts in an order that does not depend on arrival. There are a handful of them, so a plain
/// vector is a twentieth of the memory that a shared structure would take.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facts(Vec<Fact>);

impl Facts {
    /// Takes in a fact. Of one device only the first [`MAX_FACTS_PER_DEVICE`] count: logs arrive in
    /// order, so these are the same ones everywhere.
    pub fn insert(&mut self, fact: Fact) {
        let of_device = self.0.iter().filter(|held| held.device == fact.device).count();
        if of_device >= MAX_FACTS_PER_DEVICE {
            return;
        }
        let key = |fact: &Fact| (fact.time, fact.device, fact.seq);
        let at = self.0.iter().rposition(|held| key(held) < key(&fact)).map_or(0, |i| i + 1);
        self.0.insert(at, fact);
    }

    /// The facts in order.
    pub fn iter(&self) -> impl Iterator<Item = &Fact> {
        self.0.iter()
    }
}

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Waits for an answer.
    Asked,
    /// Promised.
    Confirmed,
    /// Refused.
    Declined,
    /// Called off.
    Cancelled,
    /// Nobody answered in time.
    Expired,
    /// With the borrower.
    Out,
    /// Back.
    Returned,
}

/// How sure the state is. A screen never shows more than its proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Assurance {
    /// The keeper's log does not show that it has the request.
    Local,
    /// The keeper's device has it: its log says so.
    Delivered,
    /// The keeper's device has confirmed it in its signed log.
    Confirmed,
    /// Confirmed, but together with others beyond what there is.
    Clash,
}

/// Why a booking stands where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// As a word that programs know: `overlap`, `retired`, `owner`, `cancelled`.
    pub code: String,
    /// In somebody's own words; may be empty.
    pub text: String,
    /// Who said it.
    pub by: MemberId,
}

/// What follows from the facts of a booking at a given time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Where it stands.
    pub state: State,
    /// Whether the keeper's log shows that it has the request.
    pub delivered: bool,
    /// Why, for what ended before its time.
    pub why: Option<Why>,
    /// Pieces that are promised and not yet fetched.
    pub promised: u32,
    /// Pieces that are with the borrower now.
    pub out: u32,
    /// When the last piece came back.
    pub returned_at: Option<Timestamp>,
}

impl Booking {
    /// When an unanswered request expires: at its start, but never sooner than its keeper can have
    /// heard of it, and at its end at the latest.
    pub fn expires_at(&self) -> Timestamp {
        self.interval.from().max(self.asked_at.plus_ms(MIN_ASK_LIFE_MS)).min(self.interval.to())
    }

    /// Judges the facts. `listing` is `None` while it has not arrived here: then nobody is known to
    /// be its keeper, and nothing is claimed.
    pub fn status(&self, listing: Option<&Listing>, now: Timestamp) -> Status {
        let mut judged = Judged::default();
        if let Some(listing) = listing {
            judged.delivered = self.asked_by == listing.keeper;
            for fact in self.facts.iter() {
                judged.take(self, listing, fact);
            }
        }
        judged.at(self, now)
    }
}

#[derive(Default)]
struct Judged<'a> {
    delivered: bool,
    confirmed: bool,
    declined: Option<Why>,
    cancelled: Option<Why>,
    picked_up: u32,
    returned: u32,
    last_return: Option<&'a Fact>,
}

impl<'a> Judged<'a> {
    fn take(&mut self, booking: &Booking, listing: &Listing, fact: &'a Fact) {
        let is_keeper = fact.device == listing.keeper;
        let is_party = fact.by == booking.borrower || fact.by == listing.owner;
        let answered = self.confirmed || self.declined.is_some();
        match &fact.what {
            What::Received if is_keeper => self.delivered = true,
            What::Confirmed { term } if is_keeper && *term == listing.term && !answered => {
                self.delivered = true;
                self.confirmed = true;
            }
            What::Declined { code, text } if is_keeper && !answered => {
                self.delivered = true;
                self.declined = Some(Why { code: code.clone(), text: text.clone(), by: fact.by });
            }
            What::Cancelled { reason } if is_party && self.cancelled.is_none() => {
                // What is past cannot be called off any more.
                if fact.time.timestamp() < booking.interval.to() {
                    let (code, text) = ("cancelled".to_owned(), reason.clone());
                    self.cancelled = Some(Why { code, text, by: fact.by });
                }
            }
            What::PickedUp(handed) if is_party => {
                let left = booking.quantity - self.picked_up;
                self.picked_up += handed.quantity.min(left);
            }
            What::Returned(handed) if is_party => {
                self.returned = self.returned.saturating_add(handed.quantity).min(booking.quantity);
                self.last_return = Some(fact);
            }
            What::Received
            | What::Confirmed { .. }
            | What::Declined { .. }
            | What::Cancelled { .. }
            | What::PickedUp(_)
            | What::Returned(_) => {}
        }
    }

    fn at(self, booking: &Booking, now: Timestamp) -> Status {
        // Something that is in the borrower's hands is out, whatever was called off meanwhile on
        // another device.
        let out = self.picked_up.saturating_sub(self.returned);
        let left = booking.quantity - self.picked_up;
        // Pieces that were not fetched with the others can still be fetched, until it is over.
        let is_over = left == 0 || self.cancelled.is_some() || now >= booking.interval.to();
        let state = if self.confirmed && out > 0 {
            State::Out
        } else if self.confirmed && self.picked_up > 0 && is_over {
            State::Returned
        } else if self.declined.is_some() {
            State::Declined
        } else if self.cancelled.is_some() {
            State::Cancelled
        } else if self.confirmed {
            State::Confirmed
        } else if now >= booking.expires_at() {
            State::Expired
        } else {
            State::Asked
        };
        let returned_at = (state == State::Returned)
            .then(|| self.last_return.map(|fact| fact.time.timestamp()))
            .flatten();
        let why = match state {
            State::Declined => self.declined,
            State::Cancelled => self.cancelled,
            State::Asked | State::Confirmed | State::Expired | State::Out | State::Returned => None,
        };
        let out = if state == State::Out { out } else { 0 };
        let promised = match state {
            State::Confirmed | State::Out => left,
            State::Asked
            | State::Declined
            | State::Cancelled
            | State::Expired
            | State::Returned => 0,
        };
        Status { state, delivered: self.delivered, why, promised, out, returned_at }
    }
}

impl Status {
    /// How sure this is; `overbooked` tells whether confirmed bookings of the time exceed what there is.
    pub fn assurance(&self, overbooked: bool) -> Assurance {
        match self.state {
            State::Confirmed | State::Out if overbooked => Assurance::Clash,
            State::Confirmed | State::Out | State::Returned => Assurance::Confirmed,
            State::Asked | State::Declined | State::Cancelled | State::Expired => {
                if self.delivered { Assurance::Delivered } else { Assurance::Local }
            }
        }
    }
}
