//! Sync: a comparison of frontiers, then the missing runs.
//!
//! Both sides say hello with a digest of each circle that they share. Where the digests differ, both
//! send their full frontier, and each sends what the other lacks. New entries are pushed to whoever
//! has said where they stand. A partial frontier acknowledges; a full one asks anew, which is also
//! how anything that was dropped on the way is repaired.

use std::collections::{BTreeMap, BTreeSet};

use super::{Circle, Effect, Outbox, PeerFault, Range, Replica};
use crate::id::{CircleId, DeviceId, FrontierDigest, LogTag};
use crate::limits::REPAIR_PAUSE_MS;
use crate::time::Timestamp;
use crate::view::PeerView;
use crate::wire::{CircleDigest, Message, RunFault, RunsFrame, VERSION};

/// A connected device.
#[derive(Default)]
pub(super) struct Peer {
    circles: BTreeMap<CircleId, Shared>,
    /// Its hello to the connection has come; a later one greets us as newcomers to a circle.
    has_said_hello: bool,
}

/// What we know of a peer's copy of one circle.
#[derive(Default)]
struct Shared {
    /// It has told where it stands.
    heard: bool,
    /// We have told it, in full, where we stand.
    told: bool,
    /// The highest entry of each log that it holds durably, as far as it told.
    has: BTreeMap<LogTag, u64>,
    /// The highest entry of each log that it holds or that is on its way to it.
    sent: BTreeMap<LogTag, u64>,
    /// What it is known to lack and to hold more than we do.
    known: PeerView,
    /// When we last asked it to start anew.
    repaired_at: Option<Timestamp>,
    /// Something was dropped since, and there was a pause to keep.
    needs_repair: bool,
}

impl Peer {
    pub(super) fn circles(&self) -> impl Iterator<Item = (CircleId, PeerView)> {
        self.circles.iter().map(|(id, shared)| (*id, shared.known))
    }
}

impl Shared {
    /// Both hold the same: everything we have, it has.
    fn level_with(&mut self, circle: &Circle) {
        self.heard = true;
        self.has = circle.frontier().collect();
        self.sent.clone_from(&self.has);
        self.measure(circle);
    }

    fn measure(&mut self, circle: &Circle) {
        let theirs = |tag| self.has.get(&tag).copied().unwrap_or(0);
        // What a peer says of itself may be anything.
        let behind = sum(circle.frontier().map(|(tag, seq)| seq.saturating_sub(theirs(tag))));
        let ours = |tag| circle.device_of(tag).map_or(0, |device| circle.head(device).seq);
        let ahead = sum(self.has.iter().map(|(tag, seq)| seq.saturating_sub(ours(*tag))));
        self.known = PeerView { heard: self.heard, behind, ahead };
    }
}

impl Replica {
    pub(super) fn connected(&mut self, peer: DeviceId, out: &mut Outbox) {
        self.peers.insert(peer, Peer::default());
        let circles = self.circles.values().filter(|circle| circle.may_hear(peer));
        send_hello(peer, circles.map(digest_of).collect(), out);
    }

    /// Says hello again to connected devices that have just become members.
    pub(super) fn greet_newcomers(&mut self, id: CircleId, out: &mut Outbox) {
        let Some(circle) = self.circles.get(&id) else { return };
        for (device, peer) in &mut self.peers {
            if circle.may_hear(*device) && !peer.circles.contains_key(&id) {
                peer.circles.insert(id, Shared::default());
                send_hello(*device, vec![digest_of(circle)], out);
            } else if !circle.may_hear(*device) {
                peer.circles.remove(&id);
            }
        }
    }

    /// Tells every peer anew where we stand. After a circle was folded anew, logs that both held may
    /// not count any more, and whatever we told before was about other logs.
    pub(super) fn tell_anew(&mut self, id: CircleId, out: &mut Outbox) {
        let Some(circle) = self.circles.get(&id) else { return };
        for (device, peer) in &mut self.peers {
            if let Some(shared) = peer.circles.get_mut(&id).filter(|shared| shared.heard) {
                shared.told = true;
                shared.has.retain(|tag, _| circle.device_of(*tag).is_some());
                send_frontier(*device, circle, out);
            }
        }
    }

    /// Asks those to start anew of whom something was dropped too soon after the last time.
    pub(super) fn repair(&mut self, now: Timestamp, out: &mut Outbox) {
        for (device, peer) in &mut self.peers {
            for (id, shared) in peer.circles.iter_mut().filter(|(_, shared)| shared.needs_repair) {
                if let Some(circle) = self.circles.get(id) {
                    shared.repaired_at = Some(now);
                    shared.needs_repair = false;
                    send_frontier(*device, circle, out);
                }
            }
        }
    }

    pub(super) fn received(
        &mut self,
        now: Timestamp,
        peer: DeviceId,
        frame: &[u8],
        out: &mut Outbox,
    ) -> Result<(), PeerFault> {
        let message = Message::decode(frame)?;
        if !self.peers.contains_key(&peer) {
            return Ok(());
        }
        match message {
            Message::Hello { version, .. } if version != VERSION => {
                Err(PeerFault::Version(version))
            }
            Message::Hello { circles, .. } => {
                // One answer for each circle, however often it is named.
                let circles: BTreeMap<CircleId, FrontierDigest> =
                    circles.into_iter().map(|c| (c.circle, c.digest)).collect();
                for (circle, digest) in circles {
                    self.hello(peer, circle, digest, out);
                }
                if let Some(peer) = self.peers.get_mut(&peer) {
                    peer.has_said_hello = true;
                }
                Ok(())
            }
            Message::Frontier { circle, full, logs } => {
                self.frontier(peer, circle, full, logs, out);
                Ok(())
            }
            Message::Runs(runs) => self.runs(now, peer, runs, out),
        }
    }

    /// The peer's state for a circle that both may speak of; `None` for any other circle, which we do
    /// not admit to know.
    fn shared(&mut self, peer: DeviceId, id: CircleId) -> Option<(&Circle, &mut Shared)> {
        let circle = self.circles.get(&id).filter(|circle| circle.may_hear(peer))?;
        let shared = self.peers.get_mut(&peer)?.circles.entry(id).or_default();
        Some((circle, shared))
    }

    fn hello(&mut self, peer: DeviceId, id: CircleId, digest: FrontierDigest, out: &mut Outbox) {
        let is_greeting = self.peers.get(&peer).is_some_and(|peer| peer.has_said_hello);
        let Some((circle, shared)) = self.shared(peer, id) else { return };
        if circle.view.digest() == digest {
            let was_heard = shared.heard;
            shared.level_with(circle);
            // What we said before came to deaf ears: they did not know then that we are in.
            if is_greeting && !was_heard {
                send_hello(peer, vec![digest_of(circle)], out);
            }
        } else {
            shared.told = true;
            send_frontier(peer, circle, out);
        }
    }

    fn frontier(
        &mut self,
        peer: DeviceId,
        id: CircleId,
        full: bool,
        logs: Vec<(LogTag, u64)>,
        out: &mut Outbox,
    ) {
        let Some((circle, shared)) = self.shared(peer, id) else { return };
        if full {
            shared.heard = true;
            shared.has = logs.into_iter().collect();
            shared.sent.clone_from(&shared.has);
            out.push.insert((peer, id));
            // Our hello may have said the same as its hello, and then one of us wrote something.
            if !std::mem::replace(&mut shared.told, true) {
                send_frontier(peer, circle, out);
            }
        } else {
            for (tag, seq) in logs {
                // A tag that nobody uses would only take memory.
                if circle.device_of(tag).is_some() {
                    let has = shared.has.entry(tag).or_default();
                    *has = seq.max(*has);
                }
            }
        }
        shared.measure(circle);
    }

    fn runs(
        &mut self,
        now: Timestamp,
        peer: DeviceId,
        frame: RunsFrame,
        out: &mut Outbox,
    ) -> Result<(), PeerFault> {
        let id = frame.circle;
        if self.shared(peer, id).is_none() {
            return Ok(());
        }
        let Some(circle) = self.circles.get_mut(&id) else { return Ok(()) };
        let mut heard_of = BTreeSet::new();
        let mut dropped = false;
        for run in frame.runs {
            let device = run.device;
            match circle.verify(run) {
                Ok(fresh) => {
                    for stored in &fresh {
                        if device == self.identity.device() {
                            // Our own log comes back to us: whatever it said, we go on from there.
                            self.clock.resume(stored.entry.time);
                        } else {
                            self.clock.observe(now, stored.entry.time);
                        }
                        circle.apply(stored);
                    }
                    out.persist.entry(id).or_default().extend(fresh);
                    heard_of.insert(device);
                }
                // Somebody forked their log; whoever passes it on may not know.
                Err(RunFault::Gap | RunFault::Fork) => dropped = true,
                Err(fault @ (RunFault::Size | RunFault::Time | RunFault::Signature)) => {
                    return Err(fault.into());
                }
            }
        }
        let Some((circle, shared)) = self.shared(peer, id) else { return Ok(()) };
        let mut logs = Vec::with_capacity(heard_of.len());
        for device in heard_of {
            let Some(tag) = circle.tag_of(device) else { continue };
            let seq = circle.head(device).seq;
            logs.push((tag, seq));
            for map in [&mut shared.has, &mut shared.sent] {
                let known = map.entry(tag).or_default();
                *known = seq.max(*known);
            }
        }
        let progress = !logs.is_empty();
        let acknowledged = Message::Frontier { circle: id, full: false, logs };
        if progress {
            out.send.push(Effect::Send { peer, frame: acknowledged.encode() });
        }
        let paused = |at: Timestamp| now < at.plus_ms(REPAIR_PAUSE_MS);
        shared.needs_repair |= dropped;
        if dropped && (progress || !shared.repaired_at.is_some_and(paused)) {
            shared.repaired_at = Some(now);
            shared.needs_repair = false;
            send_frontier(peer, circle, out);
        }
        shared.measure(circle);
        Ok(())
    }

    /// Sends peers what they lack by what we know: all peers what is new here, and those that have
    /// just told where they stand whatever is behind that.
    pub(super) fn push(&mut self, out: &mut Outbox) {
        for (device, peer) in &mut self.peers {
            for (id, shared) in &mut peer.circles {
                let asked = out.push.contains(&(*device, *id)) || out.persist.contains_key(id);
                let Some(circle) = self.circles.get(id).filter(|_| asked && shared.heard) else {
                    continue;
                };
                if circle.is_loading || !circle.may_hear(*device) {
                    continue;
                }
                let ranges = lacking(circle, &mut shared.sent);
                shared.measure(circle);
                if !ranges.is_empty() {
                    out.send.push(Effect::SendRuns { peer: *device, circle: *id, ranges });
                }
            }
        }
    }
}

/// What a peer lacks, noted as sent: in the order in which devices came in, so that each log follows
/// the one that admitted its device.
fn lacking(circle: &Circle, sent: &mut BTreeMap<LogTag, u64>) -> Vec<Range> {
    let order = circle.view.roster.order.iter();
    let mut ranges = Vec::new();
    for device in order {
        let head = circle.head(*device).seq;
        let Some(tag) = circle.tag_of(*device) else { continue };
        let known = sent.entry(tag).or_default();
        if *known < head {
            ranges.push(Range { device: *device, from: *known + 1, to: head });
            *known = head;
        }
    }
    ranges
}

fn sum(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0, u64::saturating_add)
}

fn digest_of(circle: &Circle) -> CircleDigest {
    CircleDigest { circle: circle.id(), digest: circle.view.digest() }
}

fn send_hello(peer: DeviceId, circles: Vec<CircleDigest>, out: &mut Outbox) {
    let hello = Message::Hello { version: VERSION, circles };
    out.send.push(Effect::Send { peer, frame: hello.encode() });
}

fn send_frontier(peer: DeviceId, circle: &Circle, out: &mut Outbox) {
    let (id, logs) = (circle.id(), circle.frontier().collect());
    let message = Message::Frontier { circle: id, full: true, logs };
    out.send.push(Effect::Send { peer, frame: message.encode() });
}
