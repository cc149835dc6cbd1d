//! All documents of a circle, and the rooms where changes wait for their causes.

use std::collections::{BTreeMap, BTreeSet};

use super::snapshot::Said;
use super::{Author, Digest, Document, Origin};
use crate::gate::{self, Inspected};
use crate::id::{DeviceId, ListingId};
use crate::limits::{MAX_WAITING, MAX_WAITING_BYTES};

/// A change whose causes are not here.
struct Waiting {
    author: Author,
    change: Inspected,
}

/// Something said about a document that nobody has judged yet.
enum Unjudged {
    Create(Origin, Vec<u8>),
    Change(Author, Vec<u8>),
}

/// What is held of one document.
#[derive(Default)]
struct Held {
    said: Said,
    /// In the order in which it came; judged before anything else is done.
    unjudged: Vec<Unjudged>,
    document: Option<Document>,
    waiting: Vec<Waiting>,
}

/// All documents of a circle.
#[derive(Default)]
pub struct Documents {
    held: BTreeMap<ListingId, Held>,
    waiting_of: BTreeMap<DeviceId, (usize, usize)>,
    /// Whether changes are judged as they come, or when somebody asks.
    judges: bool,
}

impl Documents {
    /// From now on, changes are judged as they come. Until then, what our own store gives is put aside,
    /// because most of it need never be judged: see [`Documents::untouched`].
    pub fn judge_at_once(&mut self) {
        self.judges = true;
    }

    /// How a document came to be, and what was said about it, where nothing of it was judged yet; a
    /// snapshot of the same then tells what it reads as.
    pub fn untouched(&self, id: ListingId) -> Option<(&Origin, Digest)> {
        let held = self.held.get(&id).filter(|held| held.document.is_none())?;
        let origin = held.unjudged.iter().find_map(|said| match said {
            Unjudged::Create(origin, _) => Some(origin),
            Unjudged::Change(..) => None,
        });
        Some((origin?, held.said.digest()))
    }

    /// What was said about a document, where all of that is judged. What waits would be forgotten by
    /// whoever believes a snapshot.
    pub fn judged(&self, id: ListingId) -> Option<Digest> {
        let held = self.held.get(&id)?;
        let is_whole =
            held.document.is_some() && held.unjudged.is_empty() && held.waiting.is_empty();
        is_whole.then(|| held.said.digest())
    }

    /// One document, all that was said about it judged.
    pub fn get(&mut self, id: ListingId) -> Option<&Document> {
        self.judge(id);
        self.held.get(&id)?.document.as_ref()
    }

    /// Reads a document after a batch of changes, and lets go of what only the batch needed.
    pub fn rest(&mut self, id: ListingId) -> Option<&Document> {
        self.judge(id);
        let document = self.held.get_mut(&id)?.document.as_mut()?;
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
    pub fn create(&mut self, id: ListingId, origin: Origin, change: Vec<u8>) -> bool {
        let held = self.held.entry(id).or_default();
        held.said.create(&origin, &change);
        if !self.judges {
            held.unjudged.push(Unjudged::Create(origin, change));
            return true;
        }
        self.judge(id);
        self.judge_create(id, origin, &change)
    }

    /// Adds a change to a document, or lets it wait for its causes. `true` when the document changed.
    pub fn change(&mut self, id: ListingId, author: Author, change: Vec<u8>) -> bool {
        let held = self.held.entry(id).or_default();
        held.said.change(author, &change);
        if !self.judges {
            held.unjudged.push(Unjudged::Change(author, change));
            return true;
        }
        self.judge(id);
        self.judge_change(id, author, &change)
    }

    /// Judges what was put aside, in the order in which it came.
    fn judge(&mut self, id: ListingId) {
        let Some(held) = self.held.get_mut(&id) else { return };
        for said in std::mem::take(&mut held.unjudged) {
            match said {
                Unjudged::Create(origin, change) => _ = self.judge_create(id, origin, &change),
                Unjudged::Change(author, change) => _ = self.judge_change(id, author, &change),
            }
        }
    }

    fn judge_create(&mut self, id: ListingId, origin: Origin, change: &[u8]) -> bool {
        let Some(document) = Document::create(id, origin, change) else { return false };
        self.held.entry(id).or_default().document = Some(document);
        self.retry(id);
        true
    }

    fn judge_change(&mut self, id: ListingId, author: Author, change: &[u8]) -> bool {
        let Ok(change) = gate::inspect(change) else { return false };
        let Held { document, waiting, .. } = self.held.entry(id).or_default();
        if let Some(document) = document {
            if !document.allows(author) {
                return false;
            }
            // What waits already was said before: of one device, nothing overtakes.
            let is_behind = waiting.iter().any(|w| w.author.device == author.device);
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
        waiting.push(Waiting { author, change });
        false
    }

    /// Takes in whatever waited for what has just come.
    fn retry(&mut self, id: ListingId) {
        let Some(Held { document: Some(document), waiting, .. }) = self.held.get_mut(&id) else {
            return;
        };
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
    }
}
