//! Documents: Automerge behind the gate.
//!
//! A document is kept as the raw changes that make it up, one after the other; it is loaded into
//! Automerge only to be read or edited, because a loaded one costs twenty times the memory. Changes
//! whose causes are not here wait in a bounded room *outside* Automerge (`held`), and what comes from
//! our own store is not even judged while a snapshot tells what it reads as (`snapshot`).
//! What the fields mean is the business of `listing`.

mod held;
mod snapshot;

use std::collections::BTreeMap;

use automerge::transaction::{CommitOptions, Transaction};
use automerge::{ActorId, Automerge};
use serde::{Deserialize, Serialize};

use crate::gate::{self, Inspected, Ledger};
use crate::id::{DeviceId, ListingId, MemberId};
use crate::limits::{MAX_CHANGE_BYTES, MAX_DOCUMENT_BYTES, MAX_DOCUMENT_OPS};
use crate::time::Timestamp;
use crate::wire::Writers;

pub use held::Documents;
pub use snapshot::{Digest, Snapshot};

/// Who wrote a change, as far as a writers rule may ask.
#[derive(Debug, Clone, Copy)]
pub struct Author {
    /// The device whose log holds the change.
    pub device: DeviceId,
    /// The member for whom it speaks.
    pub member: MemberId,
    /// Whether that member is a steward.
    pub steward: bool,
}

/// What was said when a document was created.
#[derive(Debug, Clone)]
pub struct Origin {
    /// What it describes.
    pub kind: String,
    /// Who may change it.
    pub writers: Writers,
    /// The device that created it.
    pub device: DeviceId,
    /// The member for whom that device speaks.
    pub member: MemberId,
    /// When.
    pub at: Timestamp,
}

/// One document.
#[derive(Debug)]
pub struct Document {
    origin: Origin,
    /// The raw changes, one after the other, each after its causes.
    raw: Vec<u8>,
    /// Where each of them ends.
    ends: Vec<usize>,
    /// Bytes of changes by the device that wrote them.
    bytes_by: BTreeMap<DeviceId, usize>,
    /// What later changes may refer to. Costs more than the document itself, so it is made when a
    /// change comes and let go when the batch is over.
    ledger: Option<Ledger>,
}

/// A local edit could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum EditError {
    /// Nothing would change.
    #[error("nothing would change: it is like that already")]
    Unchanged,
    /// Over a limit.
    #[error("the document would become larger than a document may be")]
    TooLarge,
}

impl Document {
    /// A document with its first change; `None` when the gate refuses it.
    fn create(id: ListingId, origin: Origin, change: &[u8]) -> Option<Self> {
        let change = gate::inspect(change).ok()?;
        if !change.change().deps().is_empty() {
            return None;
        }
        let device = origin.device;
        let mut document = Self {
            origin,
            raw: Vec::new(),
            ends: Vec::new(),
            bytes_by: BTreeMap::new(),
            ledger: None,
        };
        document.add(id, device, &change).then_some(document)
    }

    /// How it came to be.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Loads it.
    pub fn load(&self) -> Automerge {
        let mut loaded = Automerge::new();
        // Every change here went through the gate and its causes stand before it, so this does not
        // fail; if it ever did, every replica would read the same part of the document.
        let _ = loaded.load_incremental(&self.raw);
        loaded
    }

    fn allows(&self, author: Author) -> bool {
        match self.origin.writers {
            Writers::Device => author.device == self.origin.device,
            Writers::Member => author.member == self.origin.member,
            Writers::Stewards => author.steward,
            Writers::Circle => true,
        }
    }

    fn ledger(&mut self) -> &mut Ledger {
        let Self { raw, ends, ledger, .. } = self;
        ledger.get_or_insert_with(|| {
            let mut ledger = Ledger::default();
            let mut start = 0;
            for end in ends {
                // Each of these went through the gate before; should one not go through it again,
                // what refers to it is refused, here as everywhere.
                let inspected = gate::inspect(&raw[start..*end]);
                let _ = inspected.and_then(|change| ledger.record(&change));
                start = *end;
            }
            ledger
        })
    }

    fn has_causes_of(&mut self, change: &Inspected) -> bool {
        self.ledger().deps_max_op(change.change()).is_some()
    }

    /// Adds a change whose causes are all here; `false` if the gate refuses it.
    fn add(&mut self, id: ListingId, device: DeviceId, change: &Inspected) -> bool {
        let raw = change.change().raw_bytes();
        let bytes = self.bytes_by.get(&device).copied().unwrap_or(0) + raw.len();
        if change.max_op() > MAX_DOCUMENT_OPS || bytes > MAX_DOCUMENT_BYTES {
            return false;
        }
        let ledger = self.ledger();
        let taken =
            ledger.check(change, &actor_of(device, id)).and_then(|()| ledger.record(change));
        if taken.is_err() {
            return false;
        }
        self.bytes_by.insert(device, bytes);
        self.raw.extend_from_slice(raw);
        self.ends.push(self.raw.len());
        true
    }
}

/// The Automerge actor of a device in a document. One log has each sequence number once, so one
/// actor can never say two things under one number.
fn actor_of(device: DeviceId, document: ListingId) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"noaber actor v1");
    hasher.update(device.as_bytes());
    hasher.update(document.as_bytes());
    let hash = hasher.finalize();
    std::array::from_fn(|i| hash.as_bytes()[i])
}

/// Makes a change to `before` (or to an empty document) and gives its bytes.
pub fn edit(
    before: Option<&Document>,
    id: ListingId,
    device: DeviceId,
    now: Timestamp,
    write: impl FnOnce(&mut Transaction<'_>),
) -> Result<Vec<u8>, EditError> {
    let mut document = before.map_or_else(Automerge::new, Document::load);
    document.set_actor(ActorId::from(&actor_of(device, id)[..]));
    let mut transaction = document.transaction();
    write(&mut transaction);
    let options = CommitOptions::default().with_time(now.as_ms() / 1000);
    if transaction.commit_with(options).0.is_none() {
        return Err(EditError::Unchanged);
    }
    let change = document.get_last_local_change().ok_or(EditError::Unchanged)?;
    let so_far = before.and_then(|before| before.bytes_by.get(&device)).copied().unwrap_or(0);
    let length = change.raw_bytes().len();
    let fits = length <= MAX_CHANGE_BYTES
        && so_far + length <= MAX_DOCUMENT_BYTES
        && change.max_op() <= MAX_DOCUMENT_OPS;
    if fits { Ok(change.raw_bytes().to_vec()) } else { Err(EditError::TooLarge) }
}
