//! What the screens and the command line show: a pure function of the entries held and a given time.
//!
//! The maps share structure (imbl), so that handing out a view costs nothing however large the
//! circle is, and one entry changes only its own branch. What depends on the time is not stored:
//! ask [`CircleView::status`] with the time you mean.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use serde::Serialize;

use crate::booking::shelf::{Shelf, Stretch};
use crate::booking::{Assurance, Booking, Status};
use crate::id::{BookingId, CircleId, DeviceId, FrontierDigest, ListingId, MemberId};
use crate::listing::Listing;
use crate::roster::Roster;
use crate::time::{Interval, Timestamp};
use crate::wire::{Address, Head};

/// All that this device knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Who we are.
    pub member: MemberId,
    /// On which device.
    pub device: DeviceId,
    /// Our circles.
    pub circles: OrdMap<CircleId, Arc<CircleView>>,
    /// What connected devices are known to hold; not part of any circle's shared truth.
    pub peers: OrdMap<(CircleId, DeviceId), PeerView>,
}

/// What is known of a connected device's copy of a circle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PeerView {
    /// Whether it has told what it holds.
    pub heard: bool,
    /// Entries of ours that it has not acknowledged.
    pub behind: u64,
    /// Entries of its that we lack.
    pub ahead: u64,
}

impl PeerView {
    /// Whether both hold the same.
    pub fn is_level(self) -> bool {
        self.heard && self.behind == 0 && self.ahead == 0
    }
}

/// How we stand in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Standing {
    /// We have a link; our admission has not arrived here yet.
    Joining,
    /// In.
    Member,
    /// We left.
    Left,
}

/// One circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CircleView {
    /// Its id.
    pub id: CircleId,
    /// What the neighbours call it; empty until the founding entry is here.
    pub name: String,
    /// IANA name of its time zone.
    pub timezone: String,
    /// ISO 4217 code of its currency.
    pub currency: String,
    /// How this device's member stands in it.
    #[serde(skip)]
    pub standing: Standing,
    /// Devices that may let us in, while we are joining.
    #[serde(skip)]
    pub admitters: OrdSet<DeviceId>,
    /// Members, devices, invites.
    pub roster: Roster,
    /// Listings, also retired ones.
    pub listings: OrdMap<ListingId, Arc<Listing>>,
    /// Bookings, whatever became of them.
    pub bookings: OrdMap<BookingId, Arc<Booking>>,
    /// What is taken, by listing.
    pub shelves: OrdMap<ListingId, Shelf>,
    /// Requests without an answer, by listing. They may have expired: that depends on the time.
    pub unanswered: OrdSet<(ListingId, BookingId)>,
    /// Where devices can be reached, as they last said.
    #[serde(skip)]
    pub addresses: OrdMap<DeviceId, Address>,
    /// The end of each log held.
    pub heads: OrdMap<DeviceId, Head>,
    /// How many entries are held.
    pub entries: u64,
    /// How many of them say something that only a newer Noaber understands.
    pub newer: u64,
    /// How many of them claim a known kind but cannot be read.
    pub unreadable: u64,
}

impl CircleView {
    pub(crate) fn new(id: CircleId, admitters: OrdSet<DeviceId>) -> Self {
        Self {
            admitters,
            id,
            name: String::new(),
            timezone: String::new(),
            currency: String::new(),
            standing: Standing::Joining,
            roster: Roster::default(),
            listings: OrdMap::new(),
            bookings: OrdMap::new(),
            shelves: OrdMap::new(),
            unanswered: OrdSet::new(),
            addresses: OrdMap::new(),
            heads: OrdMap::new(),
            entries: 0,
            newer: 0,
            unreadable: 0,
        }
    }

    /// Equal on two replicas exactly when they hold the same entries.
    pub fn digest(&self) -> FrontierDigest {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"noaber frontier v1");
        for (device, head) in &self.heads {
            hasher.update(device.as_bytes());
            hasher.update(&head.seq.to_le_bytes());
            hasher.update(head.hash.as_bytes());
        }
        FrontierDigest::from_bytes(*hasher.finalize().as_bytes())
    }

    /// A hash of all that is shown: equal entries give equal fingerprints, in any order of arrival.
    pub fn fingerprint(&self) -> [u8; 32] {
        let bytes = postcard::to_allocvec(self).expect("a view is plain data");
        *blake3::hash(&bytes).as_bytes()
    }

    /// Where a booking stands at `now`.
    pub fn status(&self, booking: &Booking, now: Timestamp) -> Status {
        booking.status(self.listings.get(&booking.listing).map(Arc::as_ref), now)
    }

    /// How sure that is. Two promises beyond what there is are shown as a clash at both.
    pub fn assurance(&self, booking: &Booking, status: &Status, now: Timestamp) -> Assurance {
        let listing = self.listings.get(&booking.listing);
        let shelf = self.shelves.get(&booking.listing);
        let overbooked = match (listing, shelf) {
            (Some(listing), Some(shelf)) if now < booking.interval.to() => {
                shelf.is_overbooked(listing.general.quantity, booking.interval, now)
            }
            _ => false,
        };
        status.assurance(overbooked)
    }

    /// How many pieces of a listing are free all through `interval`.
    pub fn free(&self, listing: &Listing, interval: Interval, now: Timestamp) -> u32 {
        let capacity = listing.general.quantity;
        self.shelves
            .get(&listing.id)
            .map_or(capacity, |shelf| shelf.free(capacity, interval, now, None))
    }

    /// Stretches of equal free quantity.
    pub fn stretches(&self, listing: &Listing, interval: Interval, now: Timestamp) -> Vec<Stretch> {
        let empty = Shelf::default();
        let shelf = self.shelves.get(&listing.id).unwrap_or(&empty);
        shelf.stretches(listing.general.quantity, interval, now)
    }

    /// The next time of the same length in which so many are free.
    pub fn next_free(
        &self,
        listing: &Listing,
        quantity: u32,
        interval: Interval,
        now: Timestamp,
    ) -> Option<Interval> {
        let shelf = self.shelves.get(&listing.id)?;
        shelf.next_free(listing.general.quantity, quantity, interval, now)
    }

    /// What to call a member.
    pub fn name_of(&self, member: MemberId) -> &str {
        self.roster.members.get(&member).map_or("somebody", |m| &m.name)
    }
}
