//! A member who writes whatever they like into their own log, properly signed: see [`Evil`].

use ed25519_dalek::SigningKey;
use noaber_core::Input;
use noaber_core::id::{CircleId, DeviceId, EntryHash};
use noaber_core::time::{Hlc, Timestamp};
use noaber_core::wire::{Entry, Head, Message, Packer, Payload, Run, RunsFrame, StoredEntry, seal};

use crate::Street;

/// A device whose owner threw the real Noaber away and signs by hand.
#[derive(Clone)]
pub struct Evil {
    /// The device's key.
    pub key: SigningKey,
    /// Its log, as far as it was written honestly and then by hand.
    pub log: Vec<StoredEntry>,
    circle: CircleId,
}

impl Evil {
    /// Takes over somebody's device; their honest replica is cut off from all others.
    pub fn takes_over(street: &mut Street, who: usize, circle: CircleId) -> Self {
        for other in 0..street.people.len() {
            street.cut(who, other);
        }
        let person = &street.people[who];
        let key = person.replica.identity().device.clone();
        let log = person.log(circle, person.device()).to_vec();
        Self { key, log, circle }
    }

    /// A device that nobody introduced.
    pub fn stranger(key: [u8; 32], circle: CircleId) -> Self {
        Self { key: SigningKey::from_bytes(&key), log: Vec::new(), circle }
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        DeviceId::from_bytes(self.key.verifying_key().to_bytes())
    }

    fn head(&self) -> Head {
        self.log.last().map_or_else(Head::default, |last| Head {
            seq: last.seq,
            hash: last.hash,
            time: last.entry.time,
        })
    }

    /// Appends any bytes at any time, and gives the place in the log.
    pub fn write(&mut self, time: Hlc, payload: Vec<u8>) -> u64 {
        let sealed = seal(&self.key, self.circle, self.head(), Entry { time, payload });
        let seq = sealed.seq;
        self.log.push(sealed);
        seq
    }

    /// Appends any bytes at an honest time.
    pub fn write_at(&mut self, now: Timestamp, payload: Vec<u8>) -> u64 {
        let physical = Hlc::from_bits((now.as_ms().max(0) as u64) << 16);
        let next = Hlc::from_bits(self.head().time.to_bits().saturating_add(1));
        self.write(physical.max(next), payload)
    }

    /// Appends a payload at an honest time.
    pub fn say(&mut self, now: Timestamp, payload: &Payload) -> u64 {
        self.write_at(now, payload.encode())
    }

    /// Forgets what was written from `seq` on, to write something else there.
    pub fn rewind_to(&mut self, seq: u64) {
        self.log.truncate(seq as usize - 1);
    }

    /// Frames of everything from `from` on.
    pub fn frames(&self, from: u64) -> Vec<Vec<u8>> {
        let at = from as usize - 1;
        let mut packer = Packer::new(self.circle);
        packer.start(if at == 0 { EntryHash::ZERO } else { self.log[at - 1].hash });
        self.log[at..].iter().cloned().for_each(|entry| packer.push(entry));
        packer.finish()
    }

    /// One frame with one run of the entries from `from` to `to`.
    pub fn run(&self, from: u64, to: u64) -> Run {
        let (at, end) = (from as usize - 1, to as usize);
        Run {
            device: self.device(),
            first: from,
            prev: if at == 0 { EntryHash::ZERO } else { self.log[at - 1].hash },
            entries: self.log[at..end].iter().map(|stored| stored.entry.clone()).collect(),
            signature: self.log[end - 1].signature.expect("whatever is sealed is signed"),
        }
    }

    /// A frame of runs, whoever's they are.
    pub fn frame_of(&self, runs: Vec<Run>) -> Vec<u8> {
        Message::Runs(RunsFrame { circle: self.circle, runs }).encode()
    }

    /// Connects to somebody, as the device that it is, unless that was done already.
    pub fn connect(&self, street: &mut Street, to: usize) {
        street.input(to, Input::Connected { peer: self.device() });
    }

    /// Sends somebody everything from `from` on.
    pub fn send(&self, street: &mut Street, to: usize, from: u64) {
        for frame in self.frames(from) {
            street.input(to, Input::Received { peer: self.device(), frame });
        }
    }
}
