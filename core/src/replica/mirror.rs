//! A copy that only reads, for a program beside the one that has the store.
//!
//! A [`Mirror`] folds the same entries by the same code as a [`Replica`](super::Replica) and shows the
//! same view. It has no keys and no effects: it cannot sign, answer or send, whatever it is given.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

use super::circle::Circle;
use crate::document::Snapshot;
use crate::id::{CircleId, DeviceId, MemberId};
use crate::view::{PeerView, View};
use crate::wire::StoredEntry;

/// See the module.
pub struct Mirror {
    circles: BTreeMap<CircleId, Circle>,
    /// Circles that must be given again before anything more of them counts.
    awaited: BTreeSet<CircleId>,
    shown: View,
}

impl Mirror {
    /// A mirror of this device's copy; it shows nothing yet.
    pub fn new(member: MemberId, device: DeviceId) -> Self {
        let shown = View { member, device, circles: OrdMap::new(), peers: OrdMap::new() };
        Self { circles: BTreeMap::new(), awaited: BTreeSet::new(), shown }
    }

    /// All entries of a circle follow, from the first.
    pub fn begin(&mut self, circle: CircleId, admitters: OrdSet<DeviceId>) {
        if self.awaited.remove(&circle) {
            // Renewed already: it knows who is in, so that the second time nothing is stale.
            self.admit(circle, admitters);
            return;
        }
        let mut fresh = Circle::new(circle, self.shown.member, admitters);
        fresh.is_loading = true;
        self.circles.insert(circle, fresh);
    }

    /// These may let us into a circle.
    pub fn admit(&mut self, circle: CircleId, admitters: OrdSet<DeviceId>) {
        if let Some(circle) = self.circles.get_mut(&circle) {
            Arc::make_mut(&mut circle.view).admitters = admitters;
        }
    }

    /// What listings read as, for a circle whose entries follow.
    pub fn recall(&mut self, circle: CircleId, snapshots: Vec<Snapshot>) {
        let is_awaited = self.awaited.contains(&circle);
        if let Some(circle) = self.circles.get_mut(&circle).filter(|_| !is_awaited) {
            circle.recall(snapshots);
        }
    }

    /// Takes in entries of one log that the device holds, in their order.
    pub fn take(&mut self, circle: CircleId, entries: &[StoredEntry]) {
        let is_awaited = self.awaited.contains(&circle);
        if let Some(circle) = self.circles.get_mut(&circle).filter(|_| !is_awaited) {
            for entry in entries {
                circle.apply(entry);
            }
        }
    }

    /// The device is not in this circle, nor on the way into it, any more.
    pub fn forget(&mut self, circle: CircleId) {
        self.awaited.remove(&circle);
        self.circles.remove(&circle);
        self.shown.circles.remove(&circle);
    }

    /// What connected devices are known to hold.
    pub fn put_peers(&mut self, peers: OrdMap<(CircleId, DeviceId), PeerView>) {
        self.shown.peers = peers;
    }

    /// Shows all that was taken in. Gives the circles that must be given again from the first entry,
    /// because entries count for others than was thought.
    pub fn settle(&mut self) -> Vec<CircleId> {
        let mut again = Vec::new();
        for (id, circle) in &mut self.circles {
            if self.awaited.contains(id) {
                continue;
            }
            circle.is_loading = false;
            if circle.settle().stale {
                *circle = circle.renewed();
                self.awaited.insert(*id);
                again.push(*id);
                continue;
            }
            let old = self.shown.circles.get(id);
            if !old.is_some_and(|old| Arc::ptr_eq(old, &circle.view)) {
                self.shown.circles.insert(*id, Arc::clone(&circle.view));
            }
        }
        again
    }

    /// What is shown now.
    pub fn view(&self) -> &View {
        &self.shown
    }
}
