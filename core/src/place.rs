//! Where something stands in the order of all logs.

use serde::Serialize;

use crate::id::DeviceId;
use crate::time::{Hlc, Timestamp};
use crate::wire::StoredEntry;

/// The place of an entry among all entries of a circle: by time, and where times are equal by device and
/// place in its log, so that everybody puts everything in the same order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// By the author's clock.
    pub time: Hlc,
    /// The author's device.
    pub device: DeviceId,
    /// Place in that device's log.
    pub seq: u64,
}

impl Place {
    /// Before everything that anybody says.
    pub const MIN: Self =
        Self { time: Hlc::from_bits(0), device: DeviceId::from_bytes([0; 32]), seq: 0 };

    /// The place of an entry.
    pub fn of(stored: &StoredEntry) -> Self {
        Self { time: stored.entry.time, device: stored.device, seq: stored.seq }
    }

    /// When, by the author's clock.
    pub fn at(self) -> Timestamp {
        self.time.timestamp()
    }
}
