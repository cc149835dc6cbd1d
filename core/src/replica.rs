//! The one door into the core.
//!
//! A [`Replica`] is a device's copy of its circles. [`Replica::handle`] takes the time, randomness
//! and one [`Input`], and gives [`Effect`]s to be performed in order: what must be durable comes
//! before what is sent, and that before what is shown. There is no other way to change a replica.
//!
//! `circle` folds entries, `commands` checks what users ask, `keeper` answers requests, `sync` talks
//! to other devices, `joining` lets newcomers in. `mirror` is a copy that only reads.

mod circle;
mod command;
mod commands;
mod joining;
mod keeper;
mod mirror;
mod sync;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use imbl::{OrdMap, OrdSet};
use rand::Rng;

pub use command::{Act, Command, CommandError, Handing, Outcome, SeriesAct, Usable};
pub use mirror::Mirror;

use crate::document::Snapshot;
use crate::id::{CircleId, DeviceId, MemberId};
use crate::limits::{MAX_ENTRY, MAX_NAME};
use crate::time::{Clock, Timestamp};
use crate::view::{PeerView, View};
use crate::wire::{
    Admitter, Bond, Entry, Introduction, JoinAnswer, JoinRequest, Malformed, Payload, RunFault,
    Signature, StoredEntry, seal,
};
use circle::Circle;
use sync::Peer;

/// Who this device is. Holds secret keys: neither printed nor sent.
pub struct Identity {
    /// The member's root key.
    pub root: SigningKey,
    /// This device's key.
    pub device: SigningKey,
    /// What to call the member.
    pub name: String,
    /// What to call the device.
    pub device_name: String,
}

impl Identity {
    /// The member.
    pub fn member(&self) -> MemberId {
        MemberId::from_bytes(self.root.verifying_key().to_bytes())
    }

    /// This device.
    pub fn device(&self) -> DeviceId {
        DeviceId::from_bytes(self.device.verifying_key().to_bytes())
    }

    fn introduce(&self, circle: CircleId) -> Introduction {
        let statement = Bond::statement(circle, self.member(), self.device());
        Introduction {
            member: self.member(),
            name: self.name.clone(),
            device_name: self.device_name.clone(),
            bond: Bond {
                root: Signature::sign(&self.root, &statement),
                device: Signature::sign(&self.device, &statement),
            },
        }
    }
}

/// Ties an answer to the question it answers; chosen by whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// Something that happened outside.
#[derive(Debug)]
pub enum Input {
    /// Entries from our own store, in the order of each log: at start, and after [`Effect::Reload`].
    Load {
        /// Of which circle.
        circle: CircleId,
        /// Devices that may let us in, as given by [`Effect::SaveCircle`].
        admitters: OrdSet<DeviceId>,
        /// The entries; they were verified when they were stored.
        entries: Vec<StoredEntry>,
        /// What was kept for [`Effect::KeepSnapshots`], with any portion of the entries; none is needed.
        snapshots: Vec<Snapshot>,
        /// What comes next.
        more: More,
    },
    /// A user wants something.
    Command {
        /// Comes back with the answer.
        ticket: Ticket,
        /// What.
        command: Box<Command>,
    },
    /// Some seconds have passed, or the program is about to stop.
    Tick,
    /// A connection to a device stands; the transport has proved that it holds its key.
    Connected {
        /// The device.
        peer: DeviceId,
    },
    /// It is gone.
    Disconnected {
        /// The device.
        peer: DeviceId,
    },
    /// A frame came in.
    Received {
        /// From whom.
        peer: DeviceId,
        /// Its bytes.
        frame: Vec<u8>,
    },
    /// A device, probably a stranger, asks to be let in.
    JoinRequested {
        /// Comes back with the answer.
        ticket: Ticket,
        /// Who asks, as proved by the transport.
        device: DeviceId,
        /// Its bytes.
        request: Vec<u8>,
    },
    /// We asked to be let in, and this is the answer.
    JoinAnswered {
        /// To which circle.
        circle: CircleId,
        /// What was answered.
        answer: JoinAnswer,
    },
}

/// What comes after a [`Input::Load`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// More entries of this circle.
    Follows,
    /// That was all of it.
    Complete,
}

/// Entries of one log to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Whose log.
    pub device: DeviceId,
    /// First entry.
    pub from: u64,
    /// Last entry; a signature of it is held.
    pub to: u64,
}

/// Something to be done outside, in this order.
#[derive(Debug)]
pub enum Effect {
    /// Make these durable before anything that follows.
    Persist {
        /// Of which circle.
        circle: CircleId,
        /// In the order of each log.
        entries: Vec<StoredEntry>,
    },
    /// Keep these for the next load, in place of older ones of the same listings. Derived: should they be
    /// lost, the next start only takes longer.
    KeepSnapshots {
        /// Of which circle.
        circle: CircleId,
        /// They make the next load fast.
        snapshots: Vec<Snapshot>,
    },
    /// Remember that we are in, or on the way into, a circle.
    SaveCircle {
        /// Which.
        circle: CircleId,
        /// Devices that may let us in.
        admitters: OrdSet<DeviceId>,
    },
    /// Forget a circle that did not let us in.
    ForgetCircle {
        /// Which.
        circle: CircleId,
    },
    /// Give all entries of a circle again, before any other input. Comes after all else, so that what
    /// the load leads to is shown last.
    Reload {
        /// Which.
        circle: CircleId,
        /// To be handed back with [`Input::Load`].
        admitters: OrdSet<DeviceId>,
    },
    /// Send a frame.
    Send {
        /// To whom.
        peer: DeviceId,
        /// Its bytes.
        frame: Vec<u8>,
    },
    /// Send stored entries, in this order, as frames of runs.
    SendRuns {
        /// To whom.
        peer: DeviceId,
        /// Of which circle.
        circle: CircleId,
        /// Which entries.
        ranges: Vec<Range>,
    },
    /// Close the connection and keep away for a while.
    Close {
        /// Whose.
        peer: DeviceId,
        /// Why.
        fault: PeerFault,
    },
    /// Ask to be let in, at any of these; then hand in [`Input::JoinAnswered`].
    AskToJoin {
        /// Where.
        circle: CircleId,
        /// Whom to ask.
        admitters: Vec<Admitter>,
        /// What to ask.
        request: Box<JoinRequest>,
    },
    /// Answer a newcomer.
    AnswerJoin {
        /// Which question.
        ticket: Ticket,
        /// The answer.
        answer: JoinAnswer,
    },
    /// Answer a user.
    Reply {
        /// Which question.
        ticket: Ticket,
        /// The answer.
        result: Result<Outcome, CommandError>,
    },
    /// Show this.
    Publish(Arc<View>),
}

/// Why a peer is not worth listening to for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeerFault {
    /// It sends what is no message.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// It sends what is no run.
    #[error(transparent)]
    Run(#[from] RunFault),
    /// It speaks another version.
    #[error("it speaks version {0} of the protocol")]
    Version(u16),
}

/// A device's copy of its circles.
pub struct Replica {
    identity: Identity,
    clock: Clock,
    circles: BTreeMap<CircleId, Circle>,
    peers: BTreeMap<DeviceId, Peer>,
    shown: View,
}

/// What one input leads to, sorted by when it must happen.
#[derive(Default)]
struct Outbox {
    persist: BTreeMap<CircleId, Vec<StoredEntry>>,
    circles: Vec<Effect>,
    reload: Vec<Effect>,
    send: Vec<Effect>,
    /// Peers that are to be sent what they lack.
    push: BTreeSet<(DeviceId, CircleId)>,
    reply: Vec<Effect>,
}

impl Replica {
    /// A replica that holds nothing yet; feed it with [`Input::Load`].
    pub fn new(identity: Identity) -> Self {
        let shown = View {
            member: identity.member(),
            device: identity.device(),
            circles: OrdMap::new(),
            peers: OrdMap::new(),
        };
        Self {
            identity,
            clock: Clock::default(),
            circles: BTreeMap::new(),
            peers: BTreeMap::new(),
            shown,
        }
    }

    /// Who this device is.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What is shown now.
    pub fn view(&self) -> &View {
        &self.shown
    }

    /// The door. Never fails and never panics, whatever a peer sent; what went wrong is an effect.
    pub fn handle(&mut self, now: Timestamp, rng: &mut dyn Rng, input: Input) -> Vec<Effect> {
        let mut out = Outbox::default();
        match input {
            Input::Load { circle, admitters, entries, snapshots, more } => {
                self.load(circle, admitters, &entries, snapshots, more);
                if more == More::Follows {
                    return Vec::new();
                }
                self.answer_all(now, circle, &mut out);
                // Folded anew once more: there is nothing to tell before that is done.
                let is_loading = |circle: &Circle| circle.is_loading;
                if self.circles.get(&circle).is_some_and(is_loading) {
                    return out.into_effects(&self.shown);
                }
                self.tell_anew(circle, &mut out);
                self.greet_newcomers(circle, &mut out);
                // After a reload, peers have not been told what led to it.
                out.push.extend(self.peers.keys().map(|peer| (*peer, circle)));
            }
            Input::Command { ticket, command } => {
                let result = self.command(now, rng, *command, &mut out);
                out.reply.push(Effect::Reply { ticket, result });
            }
            Input::Tick => {
                self.watch_held(now, &mut out);
                self.repair(now, &mut out);
                self.keep_snapshots(&mut out);
            }
            Input::Connected { peer } => self.connected(peer, &mut out),
            Input::Disconnected { peer } => _ = self.peers.remove(&peer),
            Input::Received { peer, frame } => {
                if let Err(fault) = self.received(now, peer, &frame, &mut out) {
                    self.peers.remove(&peer);
                    out.send.push(Effect::Close { peer, fault });
                }
            }
            Input::JoinRequested { ticket, device, request } => {
                let answer = self.join_requested(now, device, &request, &mut out);
                out.reply.push(Effect::AnswerJoin { ticket, answer });
            }
            Input::JoinAnswered { circle, answer } => self.join_answered(circle, answer, &mut out),
        }
        self.settle(now, &mut out);
        self.push(&mut out);
        self.show();
        out.into_effects(&self.shown)
    }

    fn load(
        &mut self,
        id: CircleId,
        admitters: OrdSet<DeviceId>,
        entries: &[StoredEntry],
        snapshots: Vec<Snapshot>,
        more: More,
    ) {
        let (me, device) = (self.identity.member(), self.identity.device());
        let circle = self.circles.entry(id).or_insert_with(|| Circle::new(id, me, admitters));
        for entry in entries {
            if entry.device == device {
                self.clock.resume(entry.entry.time);
            }
            circle.apply(entry);
        }
        circle.recall(snapshots);
        circle.is_loading = more == More::Follows;
    }

    fn keep_snapshots(&mut self, out: &mut Outbox) {
        for (id, circle) in self.circles.iter_mut().filter(|(_, circle)| !circle.is_loading) {
            let snapshots = circle.take_snapshots();
            if !snapshots.is_empty() {
                out.circles.push(Effect::KeepSnapshots { circle: *id, snapshots });
            }
        }
    }

    /// Writes into our own log: seals, takes in, and lines up for the store.
    fn append(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        payload: &Payload,
        out: &mut Outbox,
    ) -> u64 {
        let payload = payload.encode();
        assert!(payload.len() <= MAX_ENTRY, "every payload is checked before it is written");
        let circle = self.circles.get_mut(&circle).expect("callers looked the circle up");
        let entry = Entry { time: self.clock.tick(now), payload };
        let sealed =
            seal(&self.identity.device, circle.id(), circle.head(self.identity.device()), entry);
        circle.apply(&sealed);
        let seq = sealed.seq;
        out.persist.entry(circle.id()).or_default().push(sealed);
        seq
    }

    /// Brings derived state up to date: listings, the keeper's answers, folding anew where needed.
    fn settle(&mut self, now: Timestamp, out: &mut Outbox) {
        let ids: Vec<CircleId> = self.circles.keys().copied().collect();
        for id in ids {
            // An answer of ours touches bookings again; there are finitely many to answer.
            while let Some(circle) = self.circles.get_mut(&id) {
                let settled = circle.settle();
                if settled.stale {
                    let admitters = circle.view.admitters.clone();
                    *circle = circle.renewed();
                    out.reload.push(Effect::Reload { circle: id, admitters });
                    break;
                }
                if settled.roster_changed {
                    self.greet_newcomers(id, out);
                }
                if settled.touched.is_empty() && settled.listings.is_empty() {
                    break;
                }
                self.answer_changed(now, id, &settled.touched, settled.listings, out);
            }
        }
    }

    fn show(&mut self) {
        for (id, circle) in self.circles.iter().filter(|(_, circle)| !circle.is_loading) {
            let same = self.shown.circles.get(id).is_some_and(|old| Arc::ptr_eq(old, &circle.view));
            if !same {
                self.shown.circles.insert(*id, Arc::clone(&circle.view));
            }
        }
        if self.shown.circles.len() != self.circles.len() {
            let left = |id: &&CircleId| !self.circles.contains_key(*id);
            let gone: Vec<CircleId> = self.shown.circles.keys().filter(left).copied().collect();
            for id in gone {
                self.shown.circles.remove(&id);
            }
        }
        let mut peers: OrdMap<(CircleId, DeviceId), PeerView> = OrdMap::new();
        for (device, peer) in &self.peers {
            for (circle, known) in peer.circles() {
                peers.insert((circle, *device), known);
            }
        }
        if self.shown.peers != peers {
            self.shown.peers = peers;
        }
    }
}

impl Outbox {
    fn into_effects(self, shown: &View) -> Vec<Effect> {
        let persist =
            self.persist.into_iter().map(|(circle, entries)| Effect::Persist { circle, entries });
        let publish = Effect::Publish(Arc::new(shown.clone()));
        self.circles
            .into_iter()
            .chain(persist)
            .chain(self.send)
            .chain(self.reply)
            .chain(std::iter::once(publish))
            .chain(self.reload)
            .collect()
    }
}

fn check_name(what: &'static str, text: &str) -> Result<(), CommandError> {
    if text.trim().is_empty() || text.len() > MAX_NAME {
        return Err(CommandError::Text { what: what.into(), limit: MAX_NAME });
    }
    Ok(())
}
