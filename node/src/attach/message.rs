//! What a guest and its host say to each other.

use std::net::SocketAddr;

use noaber_core::Command;
use noaber_core::document::Snapshot;
use noaber_core::id::{CircleId, DeviceId, EntryHash, NoticeId, PhotoId};
use noaber_core::time::{Hlc, Timestamp};
use noaber_core::view::PeerView;
use noaber_core::wire::{Entry, StoredEntry};
use serde::{Deserialize, Serialize};

use crate::service::{NetChoice, Reached};

/// From the guest.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Said {
    /// A question; its answer comes back under the same number.
    Ask(u64, Asked),
    /// Keep a setting; nobody waits for that.
    Keep(String, String),
    /// These were rung for.
    Rung(CircleId, Vec<NoticeId>, Timestamp),
    /// Give all entries of this circle again, from the first.
    Again(CircleId),
}

/// A question, and what is answered.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Asked {
    /// Do this: `Result<Outcome, SubmitError>`.
    Submit(Box<Command>),
    /// A photo: `Result<Option<ByteBuf>, String>`.
    Photo(PhotoId),
    /// Keep a photo: `Result<(), SubmitError>`.
    KeepPhoto(PhotoId, #[serde(with = "serde_bytes")] Vec<u8>),
    /// A setting: `Option<String>`.
    Setting(String),
    /// Keep a setting: `Result<(), SubmitError>`.
    Set(String, String),
    /// What this device has rung for: `Option<BTreeSet<(CircleId, NoticeId)>>`.
    Rung,
    /// When other devices were last connected: `Vec<(DeviceId, Timestamp)>`.
    Heard,
    /// Where the node can be reached: `Address`.
    Address,
    /// Forget how asking to join went: `()`.
    ForgetJoin(CircleId),
    /// How asking to join goes, once that is known: `JoinResult`.
    Joined(CircleId),
    /// Choose a network: `Result<(), (String, String)>`, a failure's word and sentence.
    ChooseNetwork(NetChoice),
    /// Choose where calendars are served: the same.
    ChooseCalendar(Option<SocketAddr>),
}

/// From the node.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Told {
    /// All entries of a circle follow, from the first.
    Begin {
        /// Which.
        circle: CircleId,
        /// Who may let us in.
        admitters: Vec<DeviceId>,
    },
    /// These may let us in now.
    Admitters {
        /// Into which circle.
        circle: CircleId,
        /// Who.
        admitters: Vec<DeviceId>,
    },
    /// We are not in this circle, nor on the way into it, any more.
    Gone(CircleId),
    /// What listings read as, before the entries: these need not be read again where they are the same.
    Snapshots {
        /// Of which circle.
        circle: CircleId,
        /// See there.
        snapshots: Vec<Snapshot>,
    },
    /// Entries of one log, in order.
    Entries {
        /// Of which circle.
        circle: CircleId,
        /// Whose log.
        device: DeviceId,
        /// The place of the first.
        first: u64,
        /// They were verified when they were stored.
        entries: Vec<Held>,
    },
    /// That was all until now: show it, with what does not stand in entries.
    Level {
        /// What connected devices are known to hold.
        peers: Vec<(CircleId, DeviceId, PeerView)>,
        /// How the node is reached.
        reached: Reached,
    },
    /// The answer to a question.
    Answer(u64, #[serde(with = "serde_bytes")] Vec<u8>),
}

/// An entry as it is held, without what the message says once for all of them. Signatures stay at home:
/// the guest passes nothing on.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Held {
    hash: EntryHash,
    time: Hlc,
    #[serde(with = "serde_bytes")]
    payload: Vec<u8>,
}

impl Held {
    pub(super) fn of(stored: StoredEntry) -> Self {
        let StoredEntry { hash, entry: Entry { time, payload }, .. } = stored;
        Self { hash, time, payload }
    }

    pub(super) fn at(self, device: DeviceId, seq: u64) -> StoredEntry {
        let Self { hash, time, payload } = self;
        StoredEntry { device, seq, hash, entry: Entry { time, payload }, signature: None }
    }
}
