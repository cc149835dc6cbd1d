//! Which notices this device has rung for.

use std::collections::BTreeSet;

use noaber_core::id::{CircleId, NoticeId};
use noaber_core::time::Timestamp;
use rusqlite::params;

use super::{Store, StoreError};

pub(super) const TABLE: &str = "
CREATE TABLE rung(circle BLOB NOT NULL, notice BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(circle, notice)) WITHOUT ROWID;
";

impl Store {
    /// Notes that these were rung for.
    pub fn put_rung(
        &self,
        circle: CircleId,
        notices: &[NoticeId],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut put = self
            .tell(self.connection.prepare_cached(
                "INSERT OR IGNORE INTO rung(circle, notice, at) VALUES(?, ?, ?)",
            ))?;
        for notice in notices {
            self.tell(put.execute(params![circle.as_bytes(), notice.as_bytes(), at.as_ms()]))?;
        }
        Ok(())
    }

    /// Forgets what was rung for before a time: nobody would be told of that again.
    pub fn forget_rung(&self, before: Timestamp) -> Result<(), StoreError> {
        let gone = self.connection.execute("DELETE FROM rung WHERE at < ?", [before.as_ms()]);
        self.tell(gone.map(drop))
    }

    /// All that was rung for.
    pub fn rung(&self) -> Result<BTreeSet<(CircleId, NoticeId)>, StoreError> {
        let read = || -> rusqlite::Result<BTreeSet<_>> {
            let mut all = self.connection.prepare("SELECT circle, notice FROM rung")?;
            let rows = all.query_map([], |row| {
                Ok((CircleId::from_bytes(row.get(0)?), NoticeId::from_bytes(row.get(1)?)))
            })?;
            rows.collect()
        };
        self.tell(read())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_of_the_first_version_grows_when_it_is_opened_and_keeps_what_it_had() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("noaber.db");
        let store = Store::create(&path).unwrap();
        store.set("calendar_port", "4711").unwrap();
        store
            .connection
            .execute_batch("DROP TABLE rung; DROP TABLE snapshots; PRAGMA user_version = 1;")
            .unwrap();
        drop(store);

        let (circle, notice) = (CircleId::from_bytes([1; 32]), NoticeId::from_bytes([2; 8]));
        let store = Store::open(&path).unwrap();
        assert_eq!(store.setting("calendar_port").unwrap().as_deref(), Some("4711"));
        assert!(store.rung().unwrap().is_empty());
        for at in [1, 2] {
            store.put_rung(circle, &[notice], Timestamp::from_ms(at)).unwrap();
        }
        drop(store);
        let store = Store::open(&path).unwrap();
        assert_eq!(store.rung().unwrap(), BTreeSet::from([(circle, notice)]));
        store.forget_rung(Timestamp::from_ms(2)).unwrap();
        assert!(store.rung().unwrap().is_empty());
    }
}
