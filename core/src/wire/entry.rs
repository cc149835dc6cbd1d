//! Entries, the hash chain of a log, and signed runs.
//!
//! Each entry names the one before it by hash, so one signature covers all before it: a run of
//! entries is verified by hashing the run and checking the signature at its end.

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::id::{CircleId, DeviceId, EntryHash};
use crate::limits::{MAX_ENTRY, MAX_RUN};
use crate::time::Hlc;

/// An Ed25519 signature (RFC 8032), always checked strictly.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature(#[serde(with = "serde_bytes")] [u8; 64]);

impl Signature {
    /// Signs a message.
    pub fn sign(key: &SigningKey, message: &[u8]) -> Self {
        Self(key.sign(message).to_bytes())
    }

    /// Whether the holder of `key` signed exactly this message.
    pub fn verifies(&self, key: &[u8; 32], message: &[u8]) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&self.0);
        VerifyingKey::from_bytes(key)
            .is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
    }

    /// Takes the bytes as they are.
    pub const fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// The bytes of this signature.
    pub const fn as_bytes(&self) -> &[u8; 64] {
        &self.0
    }
}

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signature(…)")
    }
}

/// The end of what is held of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Sequence number of the last entry; 0 when there is none.
    pub seq: u64,
    /// Its hash.
    pub hash: EntryHash,
    /// Its time.
    pub time: Hlc,
}

impl Default for Head {
    fn default() -> Self {
        Self { seq: 0, hash: EntryHash::ZERO, time: Hlc::default() }
    }
}

/// One element of a log as it travels: circle, device, sequence number and predecessor are known
/// from the run that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The author's hybrid clock; grows along the log.
    pub time: Hlc,
    /// See [`super::Payload`].
    #[serde(with = "serde_bytes")]
    pub payload: Vec<u8>,
}

/// One element of a log as a replica hands it to its store and gets it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Whose log.
    pub device: DeviceId,
    /// Place in the log, from 1.
    pub seq: u64,
    /// Its hash.
    pub hash: EntryHash,
    /// Time and payload.
    pub entry: Entry,
    /// The author's signature over the hash, where one is kept.
    pub signature: Option<Signature>,
}

/// Consecutive entries of one log with the signature of the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Whose log.
    pub device: DeviceId,
    /// Sequence number of the first entry.
    pub first: u64,
    /// Hash of the entry before the first.
    pub prev: EntryHash,
    /// At most [`MAX_RUN`].
    pub entries: Vec<Entry>,
    /// By the device, over the last entry's hash.
    pub signature: Signature,
}

/// Why a run was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RunFault {
    /// It starts behind the end of what is held: something in between is missing. Not a fault of the
    /// sender.
    #[error("the run does not reach back to what is held")]
    Gap,
    /// Over a limit, or empty.
    #[error("the run is larger than a run may be, or empty")]
    Size,
    /// The clock goes back along the log.
    #[error("the entries' times go back")]
    Time,
    /// The signature does not fit, or the run does not continue what is held.
    #[error("the signature does not fit")]
    Signature,
    /// Properly signed by the device, yet not what it had signed before: the device forked its log.
    #[error("the device has signed two different histories")]
    Fork,
}

/// The hash of one entry: BLAKE3 over a domain-separated header and the hash of the payload.
fn entry_hash(
    circle: CircleId,
    device: DeviceId,
    seq: u64,
    prev: EntryHash,
    entry: &Entry,
) -> EntryHash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"noaber entry v1");
    hasher.update(circle.as_bytes());
    hasher.update(device.as_bytes());
    hasher.update(&seq.to_le_bytes());
    hasher.update(prev.as_bytes());
    hasher.update(&entry.time.to_bits().to_le_bytes());
    hasher.update(blake3::hash(&entry.payload).as_bytes());
    EntryHash::from_bytes(*hasher.finalize().as_bytes())
}

/// The device key also signs for the transport; the prefix keeps the two kinds of message apart.
fn signed_bytes(hash: EntryHash) -> [u8; 46] {
    let mut message = [0; 46];
    message[..14].copy_from_slice(b"noaber log  v1");
    message[14..].copy_from_slice(hash.as_bytes());
    message
}

/// Writes the next entry of the log that `key` signs. `circle` is [`CircleId::ZERO`] for the entry
/// that founds a circle.
pub fn seal(key: &SigningKey, circle: CircleId, head: Head, entry: Entry) -> StoredEntry {
    let device = DeviceId::from_bytes(key.verifying_key().to_bytes());
    let seq = head.seq + 1;
    let hash = entry_hash(circle, device, seq, head.hash, &entry);
    let signature = Some(Signature::sign(key, &signed_bytes(hash)));
    StoredEntry { device, seq, hash, entry, signature }
}

/// Checks a run against the end of what is held, and gives what is new in it (maybe nothing).
///
/// `founds` is the circle whose founding entry may stand first in this log; that entry was hashed
/// before the circle had an id, and its hash must *be* the id.
pub fn verify_run(
    circle: CircleId,
    head: Head,
    run: Run,
    founds: bool,
) -> Result<Vec<StoredEntry>, RunFault> {
    let too_large = run.entries.iter().any(|entry| entry.payload.len() > MAX_ENTRY);
    let Some(next) = run.first.checked_add(run.entries.len() as u64) else {
        return Err(RunFault::Size);
    };
    if run.entries.is_empty() || run.entries.len() > MAX_RUN || too_large || run.first == 0 {
        return Err(RunFault::Size);
    }
    if run.first > head.seq + 1 {
        return Err(RunFault::Gap);
    }
    if next <= head.seq + 1 {
        return Ok(Vec::new());
    }
    let device = run.device;
    let (mut prev, mut time) = (run.prev, None);
    let mut continues = run.first != head.seq + 1 || run.prev == head.hash;
    let mut fresh = Vec::with_capacity((next - head.seq - 1) as usize);
    for (seq, entry) in (run.first..).zip(run.entries) {
        if time.is_some_and(|before| entry.time <= before) {
            return Err(RunFault::Time);
        }
        time = Some(entry.time);
        let hashed_for = if founds && seq == 1 { CircleId::ZERO } else { circle };
        prev = entry_hash(hashed_for, device, seq, prev, &entry);
        if seq <= head.seq {
            continues = seq != head.seq || prev == head.hash;
        } else if entry.time <= head.time && continues {
            return Err(RunFault::Time);
        } else {
            fresh.push(StoredEntry { device, seq, hash: prev, entry, signature: None });
        }
    }
    if !run.signature.verifies(device.as_bytes(), &signed_bytes(prev)) {
        return Err(RunFault::Signature);
    }
    if !continues {
        return Err(RunFault::Fork);
    }
    if let Some(last) = fresh.last_mut() {
        last.signature = Some(run.signature);
    }
    Ok(fresh)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Clock, Timestamp};

    fn log(len: u64) -> (SigningKey, CircleId, Vec<StoredEntry>) {
        let (key, circle) = (SigningKey::from_bytes(&[3; 32]), CircleId::from_bytes([9; 32]));
        let (mut head, mut clock) = (Head::default(), Clock::default());
        let mut entries = Vec::new();
        for i in 0..len {
            let entry = Entry {
                time: clock.tick(Timestamp::from_ms(1000)),
                payload: i.to_le_bytes().to_vec(),
            };
            let sealed = seal(&key, circle, head, entry);
            head = Head { seq: sealed.seq, hash: sealed.hash, time: sealed.entry.time };
            entries.push(sealed);
        }
        (key, circle, entries)
    }

    fn run(entries: &[StoredEntry], from: usize, to: usize) -> Run {
        Run {
            device: entries[0].device,
            first: entries[from].seq,
            prev: if from == 0 { EntryHash::ZERO } else { entries[from - 1].hash },
            entries: entries[from..to].iter().map(|e| e.entry.clone()).collect(),
            signature: entries[to - 1].signature.unwrap(),
        }
    }

    fn head(entries: &[StoredEntry], seq: usize) -> Head {
        entries[..seq].last().map_or_else(Head::default, |e| Head {
            seq: e.seq,
            hash: e.hash,
            time: e.entry.time,
        })
    }

    #[test]
    fn one_signature_covers_a_run_and_overlap_is_trimmed() {
        let (_, circle, log) = log(10);
        for held in 0..10 {
            for from in 0..=held {
                let fresh =
                    verify_run(circle, head(&log, held), run(&log, from, 10), false).unwrap();
                assert_eq!(fresh.len(), 10 - held);
                assert_eq!(fresh.last().unwrap().hash, log[9].hash);
                assert!(fresh.last().unwrap().signature.is_some());
            }
        }
        assert_eq!(verify_run(circle, head(&log, 10), run(&log, 3, 8), false), Ok(Vec::new()));
        assert_eq!(verify_run(circle, head(&log, 2), run(&log, 3, 8), false), Err(RunFault::Gap));
    }

    #[test]
    fn a_changed_bit_anywhere_is_refused() {
        let (_, circle, log) = log(4);
        for i in 0..4 {
            let mut bad = run(&log, 0, 4);
            bad.entries[i].payload[0] ^= 1;
            assert_eq!(verify_run(circle, Head::default(), bad, false), Err(RunFault::Signature));
        }
        let other = CircleId::from_bytes([8; 32]);
        let good = run(&log, 0, 4);
        assert_eq!(verify_run(other, Head::default(), good, false), Err(RunFault::Signature));
    }

    #[test]
    fn a_second_history_is_recognised_as_a_fork() {
        let (key, circle, log) = log(4);
        let other = seal(
            &key,
            circle,
            head(&log, 3),
            Entry { time: log[3].entry.time, payload: b"other".to_vec() },
        );
        let entry = Entry { time: Hlc::from_bits(other.entry.time.to_bits() + 1), payload: vec![] };
        let next =
            seal(&key, circle, Head { seq: 4, hash: other.hash, time: other.entry.time }, entry);
        let forked = Run {
            device: log[0].device,
            first: 5,
            prev: other.hash,
            entries: vec![next.entry.clone()],
            signature: next.signature.unwrap(),
        };
        assert_eq!(verify_run(circle, head(&log, 4), forked, false), Err(RunFault::Fork));
    }

    #[test]
    fn clocks_that_go_back_are_refused() {
        let (key, circle, log) = log(2);
        let back =
            seal(&key, circle, head(&log, 2), Entry { time: Hlc::default(), payload: vec![] });
        let bad = Run {
            device: back.device,
            first: 3,
            prev: log[1].hash,
            entries: vec![back.entry.clone()],
            signature: back.signature.unwrap(),
        };
        assert_eq!(verify_run(circle, head(&log, 2), bad, false), Err(RunFault::Time));
    }
}
