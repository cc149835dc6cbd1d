//! What two nodes of one circle say to each other.
//!
//! Three sentences are enough: *hello* (digests of what I hold), *frontier* (how far I am, in every
//! log), *runs* (entries you lack). A partial frontier after runs is their acknowledgement.

use serde::{Deserialize, Serialize};

use super::{Malformed, Run};
use crate::id::{CircleId, FrontierDigest, LogTag};
use crate::limits::{MAX_CONTROL_FRAME, MAX_FRAME, MAX_RUNS};

/// The version of this protocol; also part of its ALPN.
pub const VERSION: u16 = 1;

/// The digest of what is held of one circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleDigest {
    /// The circle; only named to those who are in it.
    pub circle: CircleId,
    /// Equal exactly when the same entries are held.
    pub digest: FrontierDigest,
}

/// Entries of one circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunsFrame {
    /// The circle.
    pub circle: CircleId,
    /// In an order in which each log follows the one that admitted its device.
    pub runs: Vec<Run>,
}

/// One frame between two nodes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// "This is what I hold of the circles that we share."
    Hello {
        /// See [`VERSION`].
        version: u16,
        /// At most one for each circle.
        circles: Vec<CircleDigest>,
    },
    /// "This is how far I am, durably." A full one asks for whatever is behind it; one that is not
    /// full acknowledges.
    Frontier {
        /// The circle.
        circle: CircleId,
        /// Whether every log that the sender holds is named.
        full: bool,
        /// Highest sequence number held, by log.
        logs: Vec<(LogTag, u64)>,
    },
    /// "You lack these."
    Runs(RunsFrame),
}

impl Message {
    /// The frame's bytes.
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self)
            .expect("writing to memory does not fail and every field has a postcard form")
    }

    /// Reads a frame; trailing bytes are malformed, as are frames over their limit.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > MAX_FRAME {
            return Err(Malformed);
        }
        let (message, rest) = postcard::take_from_bytes(bytes).map_err(|_| Malformed)?;
        let within_limits = match &message {
            Self::Hello { .. } | Self::Frontier { .. } => bytes.len() <= MAX_CONTROL_FRAME,
            Self::Runs(frame) => frame.runs.len() <= MAX_RUNS,
        };
        if rest.is_empty() && within_limits { Ok(message) } else { Err(Malformed) }
    }
}
