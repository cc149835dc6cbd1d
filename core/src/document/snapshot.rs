//! What a document read as when it was last read, so that a start need not judge and build it again.
//!
//! A snapshot is derived, and believed only where all that was ever said about the document is the same
//! as it was then, by the same authors in the same order of each log. Whether a change counts depends on
//! nothing else, so a believed snapshot is what reading would give. Its seal covers its fields too: a disk
//! that forgets a bit does not change what anybody reads.

use serde::{Deserialize, Serialize};

use super::{Author, Origin};
use crate::id::{DeviceId, ListingId};

/// Names the way documents are judged and read. It changes with each version of the program, so that a
/// newer one reads anew; whoever changes the gate or how fields are read in between raises the number.
const READING: &str = concat!("noaber reading 1 of ", env!("CARGO_PKG_VERSION"));

/// Stands for all that was said about a document.
pub type Digest = [u8; 32];

/// What a document reads as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The listing that it describes.
    pub listing: ListingId,
    /// Over all that had been said about it, and the fields.
    #[serde(with = "serde_bytes")]
    pub seal: Digest,
    /// Its fields, packed by `listing`.
    #[serde(with = "serde_bytes")]
    pub fields: Vec<u8>,
}

impl Snapshot {
    /// Of a document about which this was said.
    pub fn new(listing: ListingId, said: Digest, fields: Vec<u8>) -> Self {
        Self { listing, seal: seal(said, &fields), fields }
    }

    /// Whether it is of a document about which this was said, and whole.
    pub fn is_of(&self, said: Digest) -> bool {
        self.seal == seal(said, &self.fields)
    }
}

fn seal(said: Digest, fields: &[u8]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&said).update(fields);
    *hasher.finalize().as_bytes()
}

/// A running digest of what each device said about a document, whether it counted or not.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// In order of device; few documents have more than one.
    by: Vec<(DeviceId, Digest)>,
}

impl Said {
    /// Takes in that a document was created.
    pub(super) fn create(&mut self, origin: &Origin, change: &[u8]) {
        let by_whom = postcard::to_allocvec(&(origin.member, origin.writers, &origin.kind));
        self.add(origin.device, "create", &by_whom.unwrap_or_default(), change);
    }

    /// Takes in what comes next in the log of the author's device.
    pub(super) fn change(&mut self, author: Author, change: &[u8]) {
        let by_whom = postcard::to_allocvec(&(author.member, author.steward));
        self.add(author.device, "change", &by_whom.unwrap_or_default(), change);
    }

    fn add(&mut self, device: DeviceId, what: &str, by_whom: &[u8], change: &[u8]) {
        let place = match self.by.binary_search_by_key(&device, |(device, _)| *device) {
            Ok(place) => place,
            Err(place) => {
                self.by.insert(place, (device, [0; 32]));
                place
            }
        };
        let digest = &mut self.by[place].1;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&*digest).update(what.as_bytes());
        hasher.update(&(by_whom.len() as u64).to_le_bytes()).update(by_whom).update(change);
        *digest = *hasher.finalize().as_bytes();
    }

    /// Of all of it.
    pub(super) fn digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        hasher.update(READING.as_bytes());
        for (device, digest) in &self.by {
            hasher.update(device.as_bytes()).update(digest);
        }
        *hasher.finalize().as_bytes()
    }
}
