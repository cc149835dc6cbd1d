//! What the screens and the command line show: a pure function of the entries held and a given time.
//!
//! The maps share structure (imbl), so that handing out a view costs nothing however large the
//! circle is, and one entry changes only its own branch. What depends on the time is not stored:
//! ask [`CircleView::status`] with the time you mean.

mod asking;
mod series;
mod talking;
mod trips;

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Serialize};

pub use asking::may_pass;
pub(crate) use asking::whole;
pub use trips::Trip;

use crate::booking::shelf::{Shelf, Stretch};
use crate::booking::{Assurance, Booking, Status};
use crate::gift::Gifts;
use crate::id::{
    BookingId, CircleId, DeviceId, FrontierDigest, ListingId, MemberId, NoticeId, SeriesId,
};
use crate::ledger::Ledger;
use crate::listing::{Listing, Tariffs};
use crate::message::Messages;
use crate::place::Place;
use crate::roster::Roster;
use crate::time::{Interval, Timestamp};
use crate::wire::{Address, Head, HouseRules, Profile};
use crate::zone::Zone;

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

impl View {
    /// Whether the two show the same, as far as can be told without reading through them: circles that
    /// did not change are shared between a view and the one before it.
    pub fn is_still(&self, before: &Self) -> bool {
        self.circles.len() == before.circles.len()
            && self.peers == before.peers
            && self
                .circles
                .iter()
                .zip(before.circles.iter())
                .all(|((id, circle), (old_id, old))| id == old_id && Arc::ptr_eq(circle, old))
    }
}

/// What is known of a connected device's copy of a circle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// That zone, by the table that this program carries.
    #[serde(skip)]
    pub zone: Zone,
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
    /// What waits for a keeper: requests, places in line, extensions; by listing, and by when it expires.
    pub unanswered: OrdSet<(ListingId, Timestamp, BookingId)>,
    /// The bookings of each member, as borrower or owner, by the end that was asked for.
    pub of_member: OrdSet<(MemberId, Timestamp, BookingId)>,
    /// Bookings that were asked for in one go.
    pub series: OrdMap<SeriesId, Vec<BookingId>>,
    /// Bookings during which something broke, by listing.
    pub damaged: OrdSet<(ListingId, BookingId)>,
    /// What driving costs.
    pub tariffs: Tariffs,
    /// What changed owner.
    pub gifts: Gifts,
    /// What was said about listings and bookings.
    pub messages: Messages,
    /// Who owes whom.
    pub ledger: Ledger,
    /// What was agreed for the whole circle, and where that was said.
    pub house_rules: Option<(Place, HouseRules)>,
    /// How members can be paid, and where they said so.
    pub profiles: OrdMap<MemberId, (Place, Profile)>,
    /// Notices that a member has seen.
    pub seen: OrdSet<(MemberId, NoticeId)>,
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
            zone: Zone::utc(),
            currency: String::new(),
            standing: Standing::Joining,
            roster: Roster::default(),
            listings: OrdMap::new(),
            bookings: OrdMap::new(),
            shelves: OrdMap::new(),
            unanswered: OrdSet::new(),
            of_member: OrdSet::new(),
            series: OrdMap::new(),
            damaged: OrdSet::new(),
            tariffs: Tariffs::default(),
            gifts: Gifts::default(),
            messages: Messages::default(),
            ledger: Ledger::default(),
            house_rules: None,
            profiles: OrdMap::new(),
            seen: OrdSet::new(),
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
            (Some(listing), Some(shelf)) if now < status.interval.to() => {
                shelf.is_overbooked(listing.general.quantity, status.interval, now)
            }
            _ => false,
        };
        status.assurance(overbooked)
    }

    /// Whether a listing can be asked for: not retired, not given away, its owner still in.
    pub fn is_offered(&self, listing: &Listing) -> bool {
        let is_given = || self.gifts.gift(listing.id, listing.owner).is_some();
        !listing.retired && self.roster.is_active(listing.owner) && !is_given()
    }

    /// How many pieces of a listing are free all through `interval`.
    pub fn free(&self, listing: &Listing, interval: Interval, now: Timestamp) -> u32 {
        self.shelf(listing.id, |shelf| shelf.free(listing.stock(), interval, now, None))
    }

    /// Stretches of equal free quantity.
    pub fn stretches(&self, listing: &Listing, interval: Interval, now: Timestamp) -> Vec<Stretch> {
        self.shelf(listing.id, |shelf| shelf.stretches(listing.stock(), interval, now))
    }

    pub(crate) fn shelf<T>(&self, listing: ListingId, ask: impl FnOnce(&Shelf) -> T) -> T {
        match self.shelves.get(&listing) {
            Some(shelf) => ask(shelf),
            None => ask(&Shelf::default()),
        }
    }

    /// The bookings of a member, as borrower or owner, that were asked for until a time in `span`.
    pub fn bookings_of(
        &self,
        member: MemberId,
        span: Interval,
    ) -> impl Iterator<Item = &Arc<Booking>> {
        let least = BookingId::from_bytes([0; 16]);
        self.of_member
            .range((member, span.from(), least)..(member, span.to(), least))
            .filter_map(|(.., id)| self.bookings.get(id))
    }

    /// What a keeper has to look at for one listing, of what has not expired.
    pub fn unanswered(
        &self,
        listing: ListingId,
        now: Timestamp,
    ) -> impl Iterator<Item = BookingId> + '_ {
        let least = (listing, now, BookingId::from_bytes([0; 16]));
        let all = self.unanswered.range(least..).take_while(move |(of, ..)| *of == listing);
        all.map(|(.., id)| *id)
    }

    /// What to call a member.
    pub fn name_of(&self, member: MemberId) -> &str {
        self.roster.members.get(&member).map_or("somebody", |m| &m.name)
    }
}
