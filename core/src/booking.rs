//! Bookings: one ask, and the facts that followed.
//!
//! `facts` keeps what was said as a set; `status` judges it: who may say what, and where that leaves a
//! booking at a given time, is decided there and nowhere else. Free and taken time is in [`shelf`].

mod facts;
pub mod shelf;
mod status;

use std::sync::Arc;

use serde::Serialize;

pub use facts::{Fact, Facts, Handed, What};
pub use status::Status;

use crate::id::{BookingId, ListingId, MemberId, PhotoId, SeriesId};
use crate::limits::MIN_ASK_LIFE_MS;
use crate::place::Place;
use crate::time::{Interval, Timestamp};

/// One booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Booking {
    /// Its id.
    pub id: BookingId,
    /// Of what.
    pub listing: ListingId,
    /// For whom.
    pub borrower: MemberId,
    /// Where it was asked, among all that was said: who asked earlier comes first.
    pub asked: Place,
    /// For when, as it was asked; what was agreed later is in [`Status::interval`].
    pub interval: Interval,
    /// How many.
    pub quantity: u32,
    /// A word to the owner.
    pub note: Arc<str>,
    /// The bookings that were asked for in the same go.
    pub series: Option<SeriesId>,
    /// Asked for knowing that it is not free: to be told when it becomes so.
    pub waits: bool,
    /// What followed, in the order of (time, device, place in its log).
    pub facts: Facts,
}

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// In line for a time that is not free.
    Waiting,
    /// First in line, and the time is held.
    Offered,
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

/// What an odometer showed at both ends of a booking, in kilometres.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Readings {
    /// At the start.
    pub start_km: Option<u32>,
    /// At the end.
    pub end_km: Option<u32>,
}

impl Readings {
    /// How far it was driven; `None` while a reading is missing, or where they make no sense together.
    pub fn driven_km(self) -> Option<u32> {
        self.end_km?.checked_sub(self.start_km?)
    }

    /// The higher one.
    pub fn highest(self) -> Option<u32> {
        self.start_km.max(self.end_km)
    }
}

impl State {
    /// Whether a keeper may still have to say something to the request.
    pub fn is_unanswered(self) -> bool {
        matches!(self, Self::Waiting | Self::Offered | Self::Asked)
    }

    /// Whether it still leads somewhere: not refused, called off, expired or over.
    pub fn is_open(self) -> bool {
        match self {
            Self::Waiting | Self::Offered | Self::Asked | Self::Confirmed | Self::Out => true,
            Self::Declined | Self::Cancelled | Self::Expired | Self::Returned => false,
        }
    }
}

impl Booking {
    /// When it was asked, by the clock of the device that asked.
    pub fn asked_at(&self) -> Timestamp {
        self.asked.at()
    }

    /// What its sides noted when it changed hands, in order.
    pub fn handed(&self, owner: MemberId) -> impl Iterator<Item = (&Fact, &Handed)> {
        self.said_by_sides(owner).filter_map(|fact| match &fact.what {
            What::PickedUp(handed) | What::Returned(handed) => Some((fact, handed)),
            _ => None,
        })
    }

    /// What its sides said is broken, in order.
    pub fn damages(&self, owner: MemberId) -> impl Iterator<Item = &Fact> {
        self.said_by_sides(owner).filter(|fact| matches!(fact.what, What::Damaged { .. }))
    }

    /// What the odometer showed, by what its sides noted and what they put right after.
    pub fn readings(&self, owner: MemberId) -> Readings {
        let mut readings = Readings::default();
        for fact in self.said_by_sides(owner) {
            match &fact.what {
                What::PickedUp(Handed { odometer_km: Some(km), .. }) => {
                    readings.start_km = Some(readings.start_km.map_or(*km, |held| held.min(*km)));
                }
                What::Returned(handed) => {
                    readings.end_km = readings.end_km.max(handed.odometer_km);
                }
                _ => {}
            }
        }
        for fact in self.said_by_sides(owner) {
            if let What::Corrected { start_km, end_km } = fact.what {
                readings.start_km = start_km.or(readings.start_km);
                readings.end_km = end_km.or(readings.end_km);
            }
        }
        readings
    }

    /// All photos that were added to it.
    pub fn photos(&self) -> impl Iterator<Item = PhotoId> {
        self.facts.iter().flat_map(|fact| match &fact.what {
            What::PickedUp(handed) | What::Returned(handed) => {
                handed.photo.into_iter().collect::<Vec<_>>()
            }
            What::Damaged { photos, .. } => photos.clone(),
            _ => Vec::new(),
        })
    }

    fn said_by_sides(&self, owner: MemberId) -> impl Iterator<Item = &Fact> {
        self.facts.iter().filter(move |fact| fact.by == self.borrower || fact.by == owner)
    }

    /// When an unanswered request expires: at its start, but never sooner than its keeper can have
    /// heard of it, and at its end at the latest.
    pub fn expires_at(&self) -> Timestamp {
        self.interval.from().max(self.asked_at().plus_ms(MIN_ASK_LIFE_MS)).min(self.interval.to())
    }
}
