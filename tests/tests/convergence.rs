//! Random lives: whatever happens, those who are in end up with the same circle, and no promise is
//! lost or given twice.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};

use imbl::OrdSet;
use noaber_core::booking::{Assurance, Booking, State, What};
use noaber_core::document::Snapshot;
use noaber_core::id::{BookingId, CircleId, DeviceId, EntryHash, ListingId};
use noaber_core::listing::Listing;
use noaber_core::replica::More;
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_core::wire::{Admitter, Link, Message, Payload, Run, RunsFrame, StoredEntry};
use noaber_core::{Command, Effect, Identity, Input, Replica, Ticket};
use noaber_tests::truth::{check_capacity, check_holds, check_ledger, check_lookups, check_quotas};
use noaber_tests::{Life, for_seeds};
use rand::seq::SliceRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

#[test]
fn after_a_random_life_all_agree_and_promises_are_kept_and_never_given_twice() {
    for_seeds("lives", 1_000, |seed| {
        let mut life = Life::new(seed);
        // Most lives are short; in a long one there is time for what takes several people.
        let things = if seed % 20 == 0 { 250 } else { 10 + seed as usize % 40 };
        life.pass(things);
        life.heal();
        let insiders = check_agreement(&life);
        let Some(first) = insiders.first().copied() else { return };
        let now = life.street.clock(first);
        let view = life.street.circle(first, life.circle);
        for listing in view.listings.values() {
            check_capacity(view, listing);
            check_clashes_are_shown(view, listing, now);
        }
        let entries = life.street.people[first].entries(life.circle);
        check_confirmations_stand(view, &entries, now);
        check_promises_stand(&life, view, &entries, now);
        check_ledger(view, &entries);
        check_quotas(view, &life.changed);
        check_holds(view, now);
        check_lookups(view, now);
    });
}

#[test]
fn on_the_way_nobody_owes_what_they_did_not_sign_and_nothing_is_held_for_too_long() {
    for_seeds("on the way", 200, |seed| {
        let mut life = Life::new(seed);
        for _ in 0..15 {
            life.pass(4);
            for who in life.members() {
                let (view, now) = (life.street.circle(who, life.circle), life.street.clock(who));
                check_holds(view, now);
                check_lookups(view, now);
                check_ledger(view, &life.street.people[who].entries(life.circle));
                check_quotas(view, &life.changed);
            }
        }
    });
}

/// What these tests say about each kind of thing is worth nothing where it never happens.
#[test]
fn everything_that_can_be_done_is_done_in_some_lives() {
    let mut done: BTreeMap<&'static str, u32> = BTreeMap::new();
    for seed in 1..=50 {
        let mut life = Life::new(seed);
        life.pass(250);
        for (what, times) in life.done {
            *done.entry(what).or_default() += times;
        }
    }
    println!("{done:?}");
    let kinds = [
        "accept",
        "agree",
        "answer to a series",
        "ask",
        "cancel",
        "confirm",
        "damage",
        "decline",
        "edit of rules",
        "extend",
        "give",
        "help done",
        "correct",
        "house rules",
        "offer",
        "owe",
        "pick up",
        "profile",
        "return",
        "reword",
        "say",
        "seen",
        "series",
        "take",
        "tariff",
        "wait",
        "waive",
    ];
    for kind in kinds {
        assert!(done.get(kind).is_some_and(|times| *times >= 5), "{kind}: {done:?}");
    }
}

#[test]
fn what_is_said_later_reaches_everybody_over_the_connections_that_are_left() {
    for_seeds("live", 500, |seed| {
        let mut life = Life::new(seed);
        life.pass(5 + seed as usize % 20);
        life.heal();
        thin_out(&mut life);
        life.talk(12);
        life.street.run();
        check_agreement(&life);
        for who in 0..life.street.people.len() {
            life.restart(who);
        }
    });
}

#[test]
fn a_view_depends_on_the_entries_and_not_on_their_order() {
    for_seeds("order", 500, |seed| {
        let mut life = Life::new(seed);
        life.pass(5 + seed as usize % 40);
        life.heal();
        let Some(first) = insiders(&life).first().copied() else { return };
        let held = logs(&life.street.people[first].entries(life.circle));
        let expected = life.street.circle(first, life.circle).fingerprint();
        let mut fresh = Fresh::new(life.circle, seed, life.street.now);
        fresh.receive(&held);
        assert_eq!(fresh.view().fingerprint(), expected, "received in another order");
        let mut fresh = Fresh::new(life.circle, seed, life.street.now);
        fresh.store.clone_from(&held);
        fresh.load(&OrdSet::new());
        assert_eq!(fresh.view().fingerprint(), expected, "loaded in another order");
        let mut halfway = Fresh::new(life.circle, seed, life.street.now);
        halfway.store = beginning(&held, &mut ChaCha8Rng::seed_from_u64(seed));
        halfway.load(&OrdSet::new());
        halfway.input(Input::Tick);
        let mut fresh = Fresh::new(life.circle, seed, life.street.now);
        fresh.store.clone_from(&held);
        fresh.snapshots = halfway.snapshots;
        fresh.load(&OrdSet::new());
        assert_eq!(fresh.view().fingerprint(), expected, "loaded with snapshots of some time ago");
    });
}

/// Who must agree in the end: those who are in by all that was ever written anywhere, if they know
/// anybody who is in and can let them have it.
fn insiders(life: &Life) -> Vec<usize> {
    let mut all: BTreeMap<DeviceId, Vec<StoredEntry>> = BTreeMap::new();
    for person in &life.street.people {
        for (device, log) in logs(&person.entries(life.circle)) {
            let longest = all.entry(device).or_default();
            if log.len() > longest.len() {
                *longest = log;
            }
        }
    }
    let mut truth = Fresh::new(life.circle, 0, life.street.now);
    truth.store = all;
    truth.load(&OrdSet::new());
    let roster = &truth.view().roster;
    let is_insider = |who: &usize| {
        let person = &life.street.people[*who];
        let knows_somebody = || {
            let admitters = person.store.get(&life.circle).map(|(_, admitters)| admitters);
            admitters.is_some_and(|known| known.iter().any(|d| roster.is_active_device(*d)))
        };
        let knows = life.members().contains(who) || knows_somebody();
        roster.is_active_device(person.device()) && knows
    };
    (0..life.street.people.len()).filter(is_insider).collect()
}

/// Checks that all insiders hold and show the same and know it of each other; gives who they are.
fn check_agreement(life: &Life) -> Vec<usize> {
    let insiders = insiders(life);
    let Some(first) = insiders.first() else { return insiders };
    let expected = life.view(*first).unwrap();
    for who in &insiders {
        let view = life.view(*who).unwrap();
        assert_eq!(view.roster, expected.roster, "{who} and {first} see other people");
        assert_eq!(view.digest(), expected.digest(), "{who} and {first} hold other entries");
        assert_eq!(
            view.fingerprint(),
            expected.fingerprint(),
            "{who} and {first} see other things"
        );
        for other in insiders.iter().filter(|other| life.street.is_connected(*who, **other)) {
            let peer = life.street.people[*other].device();
            let known = life.street.people[*who].view.peers.get(&(life.circle, peer));
            let level = known.is_some_and(|peer| peer.is_level());
            assert!(level, "{who} does not know that {other} is level: {known:?}");
        }
    }
    for (who, person) in life.street.people.iter().enumerate() {
        assert!(person.closed.is_empty(), "{who} threw out an honest peer: {:?}", person.closed);
        assert_eq!(*person.view, *person.replica.view(), "{who} is shown what was true before");
    }
    insiders
}

/// Cuts connections between insiders until a random tree of them is left.
fn thin_out(life: &mut Life) {
    let mut insiders = insiders(life);
    let mut rng = ChaCha8Rng::seed_from_u64(life.street.below(u64::MAX));
    insiders.shuffle(&mut rng);
    let mut kept = BTreeSet::new();
    for at in 1..insiders.len() {
        let to = rng.random_range(0..at);
        kept.insert((insiders[at].min(insiders[to]), insiders[at].max(insiders[to])));
    }
    for a in &insiders {
        for b in insiders.iter().filter(|b| *b > a && !kept.contains(&(*a, **b))) {
            life.street.cut(*a, *b);
        }
    }
}

/// Where hand-overs that crossed a cancellation took more than there is, all concerned are told.
fn check_clashes_are_shown(view: &CircleView, listing: &Listing, now: Timestamp) {
    let mine = view.bookings.values().filter(|booking| booking.listing == listing.id);
    let active: Vec<_> = mine
        .map(|booking| (booking, view.status(booking, now)))
        .filter(|(_, status)| matches!(status.state, State::Confirmed | State::Out))
        .collect();
    for (booking, status) in &active {
        let time = status.interval;
        let overlapping: Vec<_> =
            active.iter().filter(|(_, other)| other.interval.overlaps(time)).collect();
        let starts = overlapping.iter().map(|(_, s)| s.interval.from().max(time.from()));
        let peak = starts
            .map(|at| {
                let there = overlapping
                    .iter()
                    .filter(|(_, s)| s.interval.from() <= at && at < s.interval.to());
                there.map(|(_, status)| status.promised + status.out).sum::<u32>()
            })
            .max();
        if peak > Some(listing.general.quantity) && now < time.to() {
            assert_eq!(view.assurance(booking, status, now), Assurance::Clash, "{booking:?}");
        }
    }
}

fn is_called_off(view: &CircleView, booking: &Booking) -> bool {
    let owner = view.listings.get(&booking.listing).map(|listing| listing.owner);
    booking.facts.iter().any(|fact| {
        matches!(fact.what, What::Cancelled { .. })
            && (fact.by == booking.borrower || Some(fact.by) == owner)
    })
}

fn check_stands(view: &CircleView, booking: &Booking, now: Timestamp) {
    match view.status(booking, now).state {
        State::Confirmed | State::Out | State::Returned => {}
        State::Cancelled => assert!(is_called_off(view, booking), "{booking:?}"),
        state => {
            panic!("a promise became {state:?}: {booking:?}")
        }
    }
}

/// Every confirmation, and every later end, in a keeper's log stands, unless somebody who may called it off.
fn check_confirmations_stand(view: &CircleView, entries: &[StoredEntry], now: Timestamp) {
    for stored in entries {
        let (id, end) = match Payload::decode(&stored.entry.payload) {
            Ok((Payload::Confirm(confirm), false)) => (confirm.booking, Timestamp::MIN),
            Ok((Payload::Extended(extended), false)) => (extended.booking, extended.to),
            _ => continue,
        };
        // The asker or the keeper may have come in by a link that somebody else had used before.
        let Some(booking) = view.bookings.get(&id) else { continue };
        let Some(listing) = view.listings.get(&booking.listing) else { continue };
        assert_eq!(stored.device, listing.keeper, "honest devices confirm only what they keep");
        assert!(view.roster.speaks_for(stored.device, stored.seq).is_some());
        check_stands(view, booking, now);
        assert!(view.status(booking, now).interval.to() >= end, "a later end is gone: {booking:?}");
    }
}

/// Everything that anybody was ever shown as promised is still there, or was called off.
fn check_promises_stand(life: &Life, view: &CircleView, entries: &[StoredEntry], now: Timestamp) {
    let asked: BTreeMap<BookingId, &StoredEntry> = entries
        .iter()
        .map(|entry| (BookingId::asked_at(life.circle, entry.device, entry.seq), entry))
        .collect();
    for id in &life.promised {
        let Some(booking) = view.bookings.get(id) else {
            let counts = asked.get(id).and_then(|e| view.roster.speaks_for(e.device, e.seq));
            assert_eq!(counts, None, "a promised booking of a member is gone: {id}");
            continue;
        };
        if view.listings.contains_key(&booking.listing) {
            check_stands(view, booking, now);
        }
    }
}

type Logs = BTreeMap<DeviceId, Vec<StoredEntry>>;

fn logs(entries: &[StoredEntry]) -> Logs {
    let mut logs = Logs::new();
    for entry in entries {
        logs.entry(entry.device).or_default().push(entry.clone());
    }
    logs
}

/// The logs as they were at some time, each for itself.
fn beginning(logs: &Logs, rng: &mut ChaCha8Rng) -> Logs {
    let mut beginning = logs.clone();
    for log in beginning.values_mut() {
        // Most are whole, so that some documents are as they will be.
        if rng.random_bool(0.4) {
            log.truncate(rng.random_range(1..=log.len()));
        }
    }
    beginning
}

/// A replica of somebody outside that is given entries by hand.
struct Fresh {
    replica: Replica,
    circle: CircleId,
    now: Timestamp,
    store: Logs,
    snapshots: BTreeMap<ListingId, Snapshot>,
    rng: ChaCha8Rng,
}

impl Fresh {
    const PEER: DeviceId = DeviceId::from_bytes([1; 32]);

    fn new(circle: CircleId, seed: u64, now: Timestamp) -> Self {
        // The street's people have the keys that the plain seed gives.
        let mut rng = ChaCha8Rng::seed_from_u64(!seed);
        let mut key = || {
            let mut bytes = [0; 32];
            rng.fill_bytes(&mut bytes);
            ed25519_dalek::SigningKey::from_bytes(&bytes)
        };
        let (name, device_name) = ("Observer".to_owned(), "phone".to_owned());
        let identity = Identity { root: key(), device: key(), name, device_name };
        Self {
            replica: Replica::new(identity),
            circle,
            now,
            store: Logs::new(),
            snapshots: BTreeMap::new(),
            rng,
        }
    }

    fn view(&self) -> &CircleView {
        &self.replica.view().circles[&self.circle]
    }

    fn input(&mut self, input: Input) {
        for effect in self.replica.handle(self.now, &mut self.rng, input) {
            match effect {
                Effect::Persist { entries, .. } => {
                    for entry in entries {
                        self.store.entry(entry.device).or_default().push(entry);
                    }
                }
                Effect::KeepSnapshots { snapshots, .. } => {
                    self.snapshots.extend(snapshots.into_iter().map(|new| (new.listing, new)));
                }
                Effect::Reload { admitters, .. } => self.load(&admitters),
                Effect::Close { fault, .. } => panic!("an honest run was refused: {fault}"),
                _ => {}
            }
        }
    }

    /// Gives all that is stored, the logs mixed at random, in a few parts.
    fn load(&mut self, admitters: &OrdSet<DeviceId>) {
        let mut rest: Vec<_> = self.store.values().map(|log| log.clone().into_iter()).collect();
        let mut mixed = Vec::new();
        while !rest.is_empty() {
            let at = self.rng.random_range(0..rest.len());
            match rest[at].next() {
                Some(entry) => mixed.push(entry),
                None => drop(rest.swap_remove(at)),
            }
        }
        let part = self.rng.random_range(1..=mixed.len().max(1));
        let (circle, parts) = (self.circle, mixed.len().div_ceil(part));
        for (i, entries) in mixed.chunks(part).enumerate() {
            let more = if i + 1 == parts { More::Complete } else { More::Follows };
            let (admitters, entries) = (admitters.clone(), entries.to_vec());
            let snapshots = self.snapshots.values().cloned().collect();
            self.input(Input::Load { circle, admitters, entries, snapshots, more });
        }
    }

    /// Receives all runs of all logs in a random order, and again those that were refused.
    fn receive(&mut self, logs: &Logs) {
        let admitter = Admitter { device: Self::PEER, direct: vec![], relays: vec![] };
        let (circle, name) = (self.circle, String::new());
        let (secret, expires, admitters) = ([1; 32], Timestamp::MAX, vec![admitter]);
        let link = Link { circle, name, secret, expires, admitters };
        self.input(Input::Command { ticket: Ticket(0), command: Box::new(Command::Join { link }) });
        self.input(Input::Connected { peer: Self::PEER });
        let mut runs: Vec<Run> = logs.values().flat_map(|log| self.runs(log)).collect();
        while !runs.is_empty() {
            let before = runs.len();
            runs.shuffle(&mut self.rng);
            for some in runs.chunks(3) {
                let frame = RunsFrame { circle, runs: some.to_vec() };
                let frame = Message::Runs(frame).encode();
                self.input(Input::Received { peer: Self::PEER, frame });
            }
            let held = |device: &DeviceId| self.store.get(device).map_or(0, Vec::len) as u64;
            runs.retain(|run| held(&run.device) < run.first + run.entries.len() as u64 - 1);
            assert!(runs.len() < before, "some runs are refused for ever");
        }
        assert!(logs.iter().all(|(device, log)| self.store[device].len() == log.len()));
    }

    /// Cuts a log into runs, each ending where a signature is held.
    fn runs(&mut self, log: &[StoredEntry]) -> Vec<Run> {
        let (mut runs, mut start) = (Vec::new(), 0);
        for end in 1..=log.len() {
            let Some(signature) = log[end - 1].signature else { continue };
            if end < log.len() && self.rng.random_bool(0.6) {
                continue;
            }
            runs.push(Run {
                device: log[start].device,
                first: log[start].seq,
                prev: if start == 0 { EntryHash::ZERO } else { log[start - 1].hash },
                entries: log[start..end].iter().map(|stored| stored.entry.clone()).collect(),
                signature,
            });
            start = end;
        }
        runs
    }
}
