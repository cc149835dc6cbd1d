//! The address book: where devices were, and when they were last heard.

use noaber_core::id::DeviceId;
use noaber_core::time::Timestamp;
use noaber_core::wire::Address;
use rusqlite::params;

use super::{Store, StoreError};

/// What `peers` remembers of a device: where it was, and when it was last heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPeer {
    /// The device.
    pub device: DeviceId,
    /// Where it was.
    pub address: Address,
    /// When it was last connected.
    pub last_seen: Option<Timestamp>,
}

impl Store {
    /// Remembers where a device is.
    pub fn save_peer(&self, device: DeviceId, address: &Address) -> Result<(), StoreError> {
        let saved = self.connection.execute(
            "INSERT INTO peers(device, direct, relays) VALUES(?, ?, ?)
             ON CONFLICT(device) DO UPDATE SET direct = excluded.direct, relays = excluded.relays",
            params![device.as_bytes(), address.direct.join(" "), address.relays.join(" ")],
        );
        self.tell(saved.map(drop))
    }

    /// Remembers that a device was connected just now.
    pub fn saw_peer(&self, device: DeviceId, now: Timestamp) -> Result<(), StoreError> {
        let saved = self.connection.execute(
            "INSERT INTO peers(device, direct, relays, last_seen) VALUES(?, '', '', ?)
             ON CONFLICT(device) DO UPDATE SET last_seen = excluded.last_seen",
            params![device.as_bytes(), now.as_ms()],
        );
        self.tell(saved.map(drop))
    }

    /// The address book.
    pub fn peers(&self) -> Result<Vec<KnownPeer>, StoreError> {
        let words = |text: String| text.split_whitespace().map(str::to_owned).collect();
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut all =
                self.connection.prepare("SELECT device, direct, relays, last_seen FROM peers")?;
            let rows = all.query_map([], |row| {
                let address = Address { direct: words(row.get(1)?), relays: words(row.get(2)?) };
                let last_seen: Option<i64> = row.get(3)?;
                let device = DeviceId::from_bytes(row.get(0)?);
                Ok(KnownPeer { device, address, last_seen: last_seen.map(Timestamp::from_ms) })
            })?;
            rows.collect()
        };
        self.tell(read())
    }
}
