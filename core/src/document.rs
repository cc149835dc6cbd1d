//! Documents: Automerge behind the gate.
//!
//! A document is kept as the raw changes that make it up, one after the other; it is loaded into
//! Automerge only to be read or edited, because a loaded one costs twenty times the memory. Changes
//! whose causes are not here wait in a bounded room *outside* Automerge.
//! What the fields mean is the business of `listing`.

use std::collections::{BTreeMap, BTreeSet};

use automerge::transaction::{CommitOptions, Transaction};
use automerge::{ActorId, Automerge};
use serde::{Deserialize, Serialize};

use crate::gate::{self, Inspected, Ledger};
use crate::id::{DeviceId, ListingId, MemberId};
use crate::limits::{
    MAX_CHANGE_BYTES, MAX_DOCUMENT_BYTES, MAX_DOCUMENT_OPS, MAX_WAITING, MAX_WAITING_BYTES,
};
use crate::time::Timestamp;
use crate::wire::Writers;

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

struct Waiting {
    author: Author,
    change: Inspected,
}

/// All documents of a circle.
#[derive(Default)]
pub struct Documents {
    held: BTreeMap<ListingId, Document>,
    waiting: BTreeMap<ListingId, Vec<Waiting>>,
    waiting_of: BTreeMap<DeviceId, (usize, usize)>,
}

impl Documents {
    /// One document.
    pub fn get(&self, id: ListingId) -> Option<&Document> {
        self.held.get(&id)
    }

    /// Reads a document after a batch of changes, and lets go of what only the batch needed.
    pub fn rest(&mut self, id: ListingId) -> Option<&Document> {
        let document = self.held.get_mut(&id)?;
        document.ledger = None;
        Some(document)
    }

    /// Whether more changes of this device may come in. When too many of its changes wait for causes,
    /// its log is not taken further until they have come; that loses nothing, and is bounded.
    pub fn has_room_for(&self, device: DeviceId) -> bool {
        self.waiting_of
            .get(&device)
            .is_none_or(|(count, bytes)| *count < MAX_WAITING && *bytes < MAX_WAITING_BYTES)
    }

    /// Creates a document with its first change. `false` when the gate refuses it.
    pub fn create(&mut self, id: ListingId, origin: Origin, change: &[u8]) -> bool {
        let Ok(change) = gate::inspect(change) else { return false };
        if !change.change().deps().is_empty() {
            return false;
        }
        let device = origin.device;
        let mut document = Document {
            origin,
            raw: Vec::new(),
            ends: Vec::new(),
            bytes_by: BTreeMap::new(),
            ledger: None,
        };
        if !document.add(id, device, &change) {
            return false;
        }
        self.held.insert(id, document);
        self.retry(id);
        true
    }

    /// Adds a change to a document, or lets it wait for its causes. `true` when the document changed.
    pub fn change(&mut self, id: ListingId, author: Author, change: &[u8]) -> bool {
        let Ok(change) = gate::inspect(change) else { return false };
        if let Some(document) = self.held.get_mut(&id) {
            if !document.allows(author) {
                return false;
            }
            // What waits already was said before: of one device, nothing overtakes.
            let of_device = |w: &Waiting| w.author.device == author.device;
            let is_behind = self.waiting.get(&id).is_some_and(|held| held.iter().any(of_device));
            if !is_behind && document.has_causes_of(&change) {
                let added = document.add(id, author.device, &change);
                if added {
                    self.retry(id);
                }
                return added;
            }
        }
        let (count, bytes) = self.waiting_of.entry(author.device).or_default();
        *count += 1;
        *bytes += change.change().raw_bytes().len();
        self.waiting.entry(id).or_default().push(Waiting { author, change });
        false
    }

    /// Takes in whatever waited for what has just come.
    fn retry(&mut self, id: ListingId) {
        let Some(mut waiting) = self.waiting.remove(&id) else { return };
        let Some(document) = self.held.get_mut(&id) else { return };
        loop {
            let before = waiting.len();
            // Changes of one device stand in the order of its log, and are judged in that order: else
            // it would depend on the order of arrival which of two with one number counts.
            let mut held_up = BTreeSet::new();
            waiting.retain(|w| {
                let allowed = document.allows(w.author);
                let device = w.author.device;
                if allowed && (held_up.contains(&device) || !document.has_causes_of(&w.change)) {
                    held_up.insert(device);
                    return true;
                }
                if allowed {
                    document.add(id, w.author.device, &w.change);
                }
                if let Some((count, bytes)) = self.waiting_of.get_mut(&w.author.device) {
                    *count -= 1;
                    *bytes -= w.change.change().raw_bytes().len();
                }
                false
            });
            if waiting.len() == before {
                break;
            }
        }
        if !waiting.is_empty() {
            self.waiting.insert(id, waiting);
        }
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
