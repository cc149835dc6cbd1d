//! What listings read as when they were last read: derived, and only there to make a start fast.

use noaber_core::document::Snapshot;
use noaber_core::id::{CircleId, ListingId};
use rusqlite::params;

use super::{Store, StoreError};

pub(super) const TABLE: &str = "
CREATE TABLE snapshots(circle BLOB NOT NULL, listing BLOB NOT NULL, seal BLOB NOT NULL, fields BLOB NOT NULL, PRIMARY KEY(circle, listing)) WITHOUT ROWID;
";

impl Store {
    /// Keeps snapshots in place of older ones of the same listings.
    pub fn put_snapshots(
        &self,
        circle: CircleId,
        snapshots: &[Snapshot],
    ) -> Result<(), StoreError> {
        let write = || -> rusqlite::Result<()> {
            let mut put = self.connection.prepare_cached(
                "INSERT OR REPLACE INTO snapshots(circle, listing, seal, fields) VALUES(?, ?, ?, ?)",
            )?;
            for Snapshot { listing, seal, fields } in snapshots {
                put.execute(params![circle.as_bytes(), listing.as_bytes(), seal, fields])?;
            }
            Ok(())
        };
        self.tell(write())
    }

    /// All that are kept of a circle.
    pub fn snapshots(&self, circle: CircleId) -> Result<Vec<Snapshot>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Snapshot>> {
            let mut all = self
                .connection
                .prepare_cached("SELECT listing, seal, fields FROM snapshots WHERE circle = ?")?;
            let rows = all.query_map([circle.as_bytes()], |row| {
                let listing = ListingId::from_bytes(row.get(0)?);
                Ok(Snapshot { listing, seal: row.get(1)?, fields: row.get(2)? })
            })?;
            rows.collect()
        };
        self.tell(read())
    }
}
