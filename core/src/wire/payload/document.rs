//! Documents: made, changed, and passed on to a new owner.

use serde::{Deserialize, Serialize};

use crate::id::{ListingId, MemberId};

/// Who may change a document; fixed when it is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Writers {
    /// Only the device that created it.
    Device,
    /// Any device of the member who created it.
    Member,
    /// Any steward.
    Stewards,
    /// Any member.
    Circle,
}

/// Creates a document; its id follows from the place of this entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateDocument {
    /// What it describes, e.g. `item`, `car`, `help-offer`.
    pub kind: String,
    /// Who may change it.
    pub writers: Writers,
    /// The first Automerge change.
    #[serde(with = "serde_bytes")]
    pub change: Vec<u8>,
}

/// Changes a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditDocument {
    /// The document.
    pub document: ListingId,
    /// One Automerge change.
    #[serde(with = "serde_bytes")]
    pub change: Vec<u8>,
}

/// The owner gives a listing away: half of the deed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Give {
    /// What.
    pub listing: ListingId,
    /// To whom.
    pub to: MemberId,
}

/// The other half: the new owner takes it, and has made a listing of their own for it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Take {
    /// What was given.
    pub listing: ListingId,
    /// The new owner's listing of the same thing.
    pub successor: ListingId,
}
