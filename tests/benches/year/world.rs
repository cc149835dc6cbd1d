//! Sixty households as sixty real replicas, and a post that brings everybody what others wrote.
//!
//! Not the road of bytes between nodes: frames of runs as the node packs them go from each log to all
//! other replicas, a few times a day. Every replica checks, folds and answers all of it.

use std::collections::BTreeMap;

use noaber_core::id::{CircleId, DeviceId, EntryHash, ListingId, MemberId};
use noaber_core::replica::Replica;
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_core::wire::{Packer, StoredEntry};
use noaber_core::{Command, CommandError, Effect, Input, Outcome, Ticket};
use noaber_tests::Street;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub(crate) const HOUR_MS: i64 = 3_600_000;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

/// The circle and its replicas.
pub(crate) struct World {
    pub(crate) circle: CircleId,
    pub(crate) now: Timestamp,
    pub(crate) homes: Vec<Replica>,
    pub(crate) rng: ChaCha8Rng,
    /// All that was written, log by log: what a node's store would hold.
    pub(crate) logs: BTreeMap<DeviceId, Vec<StoredEntry>>,
    /// How much of each log has been brought to everybody.
    brought: BTreeMap<DeviceId, usize>,
}

impl World {
    /// Takes the people of a street that is level, with their logs.
    pub(crate) fn of(street: Street, circle: CircleId) -> Self {
        let mut logs: BTreeMap<DeviceId, Vec<StoredEntry>> = BTreeMap::new();
        for entry in street.people[0].entries(circle) {
            logs.entry(entry.device).or_default().push(entry);
        }
        let brought = logs.iter().map(|(device, log)| (*device, log.len())).collect();
        let now = street.now;
        let mut homes: Vec<Replica> = street.people.into_iter().map(|p| p.replica).collect();
        let devices: Vec<DeviceId> = homes.iter().map(|home| home.identity().device()).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        for home in &mut homes {
            for peer in &devices {
                home.handle(now, &mut rng, Input::Disconnected { peer: *peer });
            }
            let me = home.identity().device();
            let peer = devices.iter().find(|device| **device != me).copied();
            let peer = peer.expect("nobody lives alone");
            home.handle(now, &mut rng, Input::Connected { peer });
        }
        Self { circle, now, homes, rng, logs, brought }
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.rng.random_range(0..end)
    }

    pub(crate) fn view(&self, who: usize) -> &CircleView {
        &self.homes[who].view().circles[&self.circle]
    }

    pub(crate) fn member(&self, who: usize) -> MemberId {
        self.homes[who].identity().member()
    }

    /// Whose home a listing is from.
    pub(crate) fn owner(&self, listing: ListingId) -> usize {
        let owner = self.view(0).listings[&listing].owner;
        let at = self.homes.iter().position(|home| home.identity().member() == owner);
        at.expect("every listing was offered from a home")
    }

    pub(crate) fn command(
        &mut self,
        who: usize,
        command: Command,
    ) -> Result<Outcome, CommandError> {
        let input = Input::Command { ticket: Ticket(0), command: Box::new(command) };
        let effects = self.homes[who].handle(self.now, &mut self.rng, input);
        let mut answer = None;
        for effect in effects {
            match effect {
                Effect::Persist { entries, .. } => self.keep(who, entries),
                Effect::Reply { result, .. } => answer = Some(result),
                _ => {}
            }
        }
        answer.expect("every command is answered")
    }

    /// Only what somebody wrote: what came from others is in the logs already.
    fn keep(&mut self, who: usize, entries: Vec<StoredEntry>) {
        let me = self.homes[who].identity().device();
        let own = entries.into_iter().filter(|entry| entry.device == me);
        self.logs.entry(me).or_default().extend(own);
    }

    /// The frames of what is new in the logs.
    fn post(&mut self) -> Vec<Vec<u8>> {
        let mut packer = Packer::new(self.circle);
        for (device, log) in &self.logs {
            let from = self.brought.insert(*device, log.len()).unwrap_or(0);
            packer.start(if from == 0 { EntryHash::ZERO } else { log[from - 1].hash });
            log[from..].iter().cloned().for_each(|entry| packer.push(entry));
        }
        packer.finish()
    }

    /// Brings everybody what is new, and again what keepers answered to it, until nobody answers.
    pub(crate) fn spread(&mut self) {
        loop {
            let frames = self.post();
            if frames.is_empty() {
                return;
            }
            for who in 0..self.homes.len() {
                for frame in &frames {
                    self.deliver(who, frame.clone());
                }
            }
        }
    }

    pub(crate) fn deliver(&mut self, who: usize, frame: Vec<u8>) {
        let me = self.homes[who].identity().device();
        let home = |at: usize| self.homes[at].identity().device();
        let peer = if home(0) == me { home(1) } else { home(0) };
        let effects =
            self.homes[who].handle(self.now, &mut self.rng, Input::Received { peer, frame });
        for effect in effects {
            match effect {
                Effect::Persist { entries, .. } => self.keep(who, entries),
                Effect::Close { fault, .. } => panic!("an honest frame was refused: {fault}"),
                _ => {}
            }
        }
    }

    /// The last entry that somebody wrote, as a frame for one other replica; nobody else gets it.
    pub(crate) fn last_frame(&self, who: usize) -> Vec<u8> {
        let log = &self.logs[&self.homes[who].identity().device()];
        let mut packer = Packer::new(self.circle);
        packer.start(log[log.len() - 2].hash);
        packer.push(log[log.len() - 1].clone());
        packer.finish().remove(0)
    }
}
