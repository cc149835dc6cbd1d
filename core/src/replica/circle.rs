//! One circle as a replica holds it: the fold of its entries into a view, entry by entry.
//!
//! `Circle` takes entries that are already verified and durable or about to be. It writes nothing
//! and knows no peers. Taking in one entry costs the same however many are held; only an act that
//! changes for whom a device spoke (two admissions by one link) makes the whole circle fold anew.

mod said;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imbl::OrdSet;

use crate::booking::Facts;
use crate::document::{Documents, Snapshot};
use crate::id::{BookingId, CircleId, DeviceId, ListingId, LogTag, MemberId};
use crate::listing::{Draft, Listing};
use crate::roster::{Membership, RosterFold, RosterRecord};
use crate::view::{CircleView, Standing};
use crate::wire::{Head, Payload, Run, RunFault, StoredEntry, verify_run};
use crate::zone::Zone;

pub(super) struct Circle {
    /// For whom we watch: decides [`Standing`].
    me: MemberId,
    roster: RosterFold,
    roster_changed: bool,
    documents: Documents,
    /// Documents that changed and are not yet read again.
    unread: BTreeSet<ListingId>,
    /// What our own store says that documents read as; needed until they are first read.
    snapshots: BTreeMap<ListingId, Snapshot>,
    /// Documents of which our own store has no snapshot as they are now.
    unrecorded: BTreeSet<ListingId>,
    /// Facts about bookings whose ask is not here yet.
    early: BTreeMap<BookingId, Facts>,
    /// Whose each device was when its first entry was folded.
    spoke_for: BTreeMap<DeviceId, MemberId>,
    /// Devices whose stored entries were passed over, because their admission did not count then.
    skipped: BTreeSet<DeviceId>,
    devices: BTreeMap<LogTag, DeviceId>,
    tags: BTreeMap<DeviceId, LogTag>,
    /// Bookings that changed since [`Circle::settle`].
    touched: BTreeSet<BookingId>,
    /// Listings about which something changed that is not in their documents.
    regarded: BTreeSet<ListingId>,
    /// Entries are still coming from our own store: nothing of this is shown yet.
    pub(super) is_loading: bool,
    pub(super) view: Arc<CircleView>,
}

/// What [`Circle::settle`] found.
pub(super) struct Settled {
    /// Bookings that changed.
    pub(super) touched: BTreeSet<BookingId>,
    /// Listings that changed.
    pub(super) listings: BTreeSet<ListingId>,
    /// Entries count for others than was thought: all must be folded anew.
    pub(super) stale: bool,
    pub(super) roster_changed: bool,
}

impl Circle {
    pub(super) fn new(id: CircleId, me: MemberId, admitters: OrdSet<DeviceId>) -> Self {
        Self {
            me,
            roster: RosterFold::default(),
            roster_changed: false,
            documents: Documents::default(),
            unread: BTreeSet::new(),
            snapshots: BTreeMap::new(),
            unrecorded: BTreeSet::new(),
            early: BTreeMap::new(),
            spoke_for: BTreeMap::new(),
            skipped: BTreeSet::new(),
            devices: BTreeMap::new(),
            tags: BTreeMap::new(),
            touched: BTreeSet::new(),
            regarded: BTreeSet::new(),
            is_loading: false,
            view: Arc::new(CircleView::new(id, admitters)),
        }
    }

    /// The same circle with nothing folded but the roster: to be given all its entries again. The
    /// roster is kept because it is complete already, so that the second time nothing is stale.
    pub(super) fn renewed(&mut self) -> Self {
        let mut renewed = Self::new(self.id(), self.me, self.view.admitters.clone());
        renewed.roster = std::mem::take(&mut self.roster);
        renewed.show_roster();
        renewed.is_loading = true;
        renewed
    }

    pub(super) fn id(&self) -> CircleId {
        self.view.id
    }

    pub(super) fn head(&self, device: DeviceId) -> Head {
        self.view.heads.get(&device).copied().unwrap_or_default()
    }

    pub(super) fn documents(&mut self) -> &mut Documents {
        &mut self.documents
    }

    /// Lets documents be read from snapshots, where these are of the same.
    pub(super) fn recall(&mut self, snapshots: Vec<Snapshot>) {
        self.snapshots.extend(snapshots.into_iter().map(|snapshot| (snapshot.listing, snapshot)));
    }

    /// Snapshots of what was read since they were last taken.
    pub(super) fn take_snapshots(&mut self) -> Vec<Snapshot> {
        let ids = std::mem::take(&mut self.unrecorded);
        let snapshot = |listing| {
            let said = self.documents.judged(listing)?;
            let fields = self.view.listings.get(&listing)?.to_draft().pack()?;
            Some(Snapshot::new(listing, said, fields))
        };
        ids.into_iter().filter_map(snapshot).collect()
    }

    pub(super) fn device_of(&self, tag: LogTag) -> Option<DeviceId> {
        self.devices.get(&tag).copied()
    }

    pub(super) fn tag_of(&self, device: DeviceId) -> Option<LogTag> {
        self.tags.get(&device).copied()
    }

    /// How far each log is held.
    pub(super) fn frontier(&self) -> impl Iterator<Item = (LogTag, u64)> {
        self.devices.iter().map(|(tag, device)| (*tag, self.head(*device).seq))
    }

    /// Whether this device may be told of the circle at all.
    pub(super) fn may_hear(&self, device: DeviceId) -> bool {
        self.view.roster.is_active_device(device)
            || (self.view.standing == Standing::Joining && self.view.admitters.contains(&device))
    }

    /// Checks a run and gives what is new in it. Logs of devices whose admission does not count, or is
    /// not here yet, are refused as a gap: their admission is what is missing. Who is in follows from
    /// the logs of those who are in, so two who hold the same of these agree, whatever else they saw.
    pub(super) fn verify(&self, run: Run) -> Result<Vec<StoredEntry>, RunFault> {
        let is_empty = self.view.heads.is_empty();
        let is_in = self.view.roster.devices.contains_key(&run.device);
        if !(is_empty || is_in) || !self.documents.has_room_for(run.device) {
            return Err(RunFault::Gap);
        }
        let founds = is_empty || self.is_founder(run.device);
        let fresh = verify_run(self.id(), self.head(run.device), run, founds);
        if !is_empty {
            return fresh;
        }
        // Until the founding entry is here, nothing else can be judged.
        let founding = |entry: &StoredEntry| entry.hash.as_bytes() == self.id().as_bytes();
        fresh.ok().filter(|fresh| fresh.first().is_some_and(founding)).ok_or(RunFault::Gap)
    }

    fn is_founder(&self, device: DeviceId) -> bool {
        self.view.roster.order.front() == Some(&device)
    }

    /// Takes in one verified entry. One by a device that is not in (any more) is passed over.
    pub(super) fn apply(&mut self, stored: &StoredEntry) {
        let (device, seq, time) = (stored.device, stored.seq, stored.entry.time);
        let is_founding = stored.hash.as_bytes() == self.id().as_bytes();
        if !is_founding && !self.view.roster.devices.contains_key(&device) {
            self.skipped.insert(device);
            return;
        }
        let view = Arc::make_mut(&mut self.view);
        view.entries += 1;
        view.heads.insert(device, Head { seq, hash: stored.hash, time });
        if seq == 1 {
            let tag = LogTag::of(view.id, device);
            self.devices.insert(tag, device);
            self.tags.insert(device, tag);
        }
        let Ok((payload, has_newer_fields)) = Payload::decode(&stored.entry.payload) else {
            view.unreadable += 1;
            return;
        };
        let is_newer = has_newer_fields || matches!(payload, Payload::Unknown { .. });
        view.newer += u64::from(is_newer);
        let payload = self.apply_roster(stored, payload);
        if let Some(standing) = self.view.roster.devices.get(&device) {
            self.spoke_for.entry(device).or_insert(standing.member);
        }
        let Some(payload) = payload else { return };
        if let Some(member) = self.view.roster.speaks_for(device, seq) {
            self.apply_said(stored, member, payload);
        }
    }

    /// Takes in what the roster is made of; gives back anything else.
    fn apply_roster(&mut self, stored: &StoredEntry, payload: Payload) -> Option<Payload> {
        let record = match payload {
            Payload::Found(found) => {
                if stored.hash.as_bytes() != self.id().as_bytes() {
                    return None;
                }
                let view = Arc::make_mut(&mut self.view);
                view.name.clone_from(&found.name);
                view.timezone.clone_from(&found.timezone);
                // A zone that this program does not know tells time as UTC does.
                view.zone = Zone::named(&found.timezone).unwrap_or_else(Zone::utc);
                view.currency.clone_from(&found.currency);
                RosterRecord::Found(Box::new(found))
            }
            Payload::Invite(invite) => RosterRecord::Invite(invite),
            Payload::Admit(admit) => RosterRecord::Admit(Box::new(admit)),
            Payload::Leave(_) => RosterRecord::Leave,
            other => return Some(other),
        };
        let key = (stored.entry.time, stored.hash);
        let id = self.id();
        if self.roster.insert(id, stored.device, stored.seq, key, record) {
            self.show_roster();
        }
        None
    }

    fn show_roster(&mut self) {
        let view = Arc::make_mut(&mut self.view);
        view.roster = self.roster.roster().clone();
        view.standing = match view.roster.members.get(&self.me).map(|me| me.membership) {
            Some(Membership::Active) => Standing::Member,
            Some(Membership::Left) => Standing::Left,
            None => Standing::Joining,
        };
        self.roster_changed = true;
    }

    /// Reads the listings whose documents changed, and tells what else changed since last time.
    pub(super) fn settle(&mut self) -> Settled {
        let mut listings = std::mem::take(&mut self.unread);
        for id in &listings {
            if let Some(listing) = self.read(*id) {
                self.put_listing(listing);
            }
        }
        self.documents.judge_at_once();
        self.snapshots.clear();
        listings.append(&mut self.regarded);
        let roster_changed = std::mem::take(&mut self.roster_changed);
        let devices = &self.view.roster.devices;
        let is_other = |(device, was): (&DeviceId, &MemberId)| {
            devices.get(device).map(|d| d.member) != Some(*was)
        };
        let stale = roster_changed
            && (self.spoke_for.iter().any(is_other)
                || self.skipped.iter().any(|device| devices.contains_key(device)));
        Settled { touched: std::mem::take(&mut self.touched), listings, stale, roster_changed }
    }

    /// Reads a listing: from its snapshot if that is of the same, and else from its document.
    fn read(&mut self, id: ListingId) -> Option<Listing> {
        if let Some(snapshot) = self.snapshots.remove(&id)
            && let Some((origin, said)) = self.documents.untouched(id)
            && snapshot.is_of(said)
            && let Some(draft) = Draft::unpack(&snapshot.fields)
        {
            self.unrecorded.remove(&id);
            return Some(Listing::of(id, origin, draft));
        }
        self.documents.rest(id).map(|document| Listing::read(id, document))
    }

    fn put_listing(&mut self, listing: Listing) {
        let (id, listing) = (listing.id, Arc::new(listing));
        let view = Arc::make_mut(&mut self.view);
        let before = view.listings.insert(id, Arc::clone(&listing));
        // Who may answer decides how a booking is judged; what the listing says does not.
        let same_judges = before.is_some_and(|before| {
            (before.owner, before.keeper, before.term)
                == (listing.owner, listing.keeper, listing.term)
        });
        if same_judges {
            return;
        }
        let Some(shelf) = view.shelves.get(&id) else { return };
        let bookings: Vec<_> = shelf
            .bookings
            .iter()
            .filter_map(|(_, id)| view.bookings.get(id))
            .map(Arc::clone)
            .collect();
        for booking in bookings {
            self.place(&booking);
        }
    }
}
