//! What was said about a booking: a set, in an order that does not depend on arrival.

use serde::Serialize;

use crate::id::{DeviceId, MemberId, PhotoId};
use crate::limits::MAX_FACTS_PER_DEVICE;
use crate::time::{Hlc, Timestamp};

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
    /// The keeper holds the time for somebody who waits.
    Offered {
        /// Until then.
        until: Timestamp,
    },
    /// The one who waited wants it.
    Accepted,
    /// Asked to keep it longer.
    Extend {
        /// Until then.
        to: Timestamp,
    },
    /// The keeper allows it.
    Extended {
        /// Until then.
        to: Timestamp,
        /// The term it claims.
        term: u32,
    },
    /// The keeper does not.
    NotExtended {
        /// The end that was asked for.
        to: Timestamp,
        /// Why, as a word that programs know.
        code: String,
        /// Why, in the owner's words.
        text: String,
    },
    /// Something broke.
    Damaged {
        /// What is wrong.
        text: String,
        /// How it looks.
        photos: Vec<PhotoId>,
        /// Whether it cannot be used like this.
        unusable: bool,
    },
    /// A side puts right what the odometer showed, in kilometres.
    Corrected {
        /// At the start; `None` leaves it as it was noted.
        start_km: Option<u32>,
        /// At the end.
        end_km: Option<u32>,
    },
    /// Help was given.
    Done {
        /// Thanks, or remarks.
        text: String,
    },
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
        if self.count_of(fact.device) >= MAX_FACTS_PER_DEVICE {
            return;
        }
        let key = |fact: &Fact| (fact.time, fact.device, fact.seq);
        let at = self.0.iter().rposition(|held| key(held) < key(&fact)).map_or(0, |i| i + 1);
        self.0.insert(at, fact);
    }

    /// How many of them one device stated.
    pub fn count_of(&self, device: DeviceId) -> usize {
        self.0.iter().filter(|held| held.device == device).count()
    }

    /// The facts in order.
    pub fn iter(&self) -> impl Iterator<Item = &Fact> {
        self.0.iter()
    }
}
