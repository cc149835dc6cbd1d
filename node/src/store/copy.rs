//! A copy of a store in one file, made while the store is in use.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, params};

use super::{Store, StoreError};

/// Pages that are copied at a time: 4 MiB, between which progress is told.
const PAGES: i32 = 1024;

/// Whose store it was; only in copies. In a home, keys have a file of their own.
const KEYS_TABLE: &str = "CREATE TABLE kept_keys(keys TEXT NOT NULL)";

impl Store {
    /// Copies everything as it stands at one moment into a file that is there and empty, with the keys
    /// beside it. Others may write meanwhile. `progress` is told how much is done, from 0 to 1. Gives how
    /// many entries are in it.
    pub(crate) fn copy_to(
        &self,
        file: &Path,
        keys: &str,
        progress: &mut dyn FnMut(f32),
    ) -> Result<u64, StoreError> {
        // A transaction that has read stands at that moment until its end, so the copy never starts anew.
        self.tell(self.connection.execute_batch("BEGIN"))?;
        let copied = self.copy_now(file, keys, progress);
        // It has only read: nothing is lost by its end.
        let _ = self.connection.execute_batch("ROLLBACK");
        copied
    }

    fn copy_now(
        &self,
        file: &Path,
        keys: &str,
        progress: &mut dyn FnMut(f32),
    ) -> Result<u64, StoreError> {
        let count = "SELECT count(*) FROM entries";
        let entries: i64 = self.tell(self.connection.query_row(count, [], |row| row.get(0)))?;
        let there = |error: rusqlite::Error| StoreError::from(error).at(file);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let mut copy = Connection::open_with_flags(file, flags).map_err(there)?;
        // The file counts only once all of it is flushed and has its name.
        copy.pragma_update(None, "synchronous", "OFF").map_err(there)?;
        {
            let backup = Backup::new(&self.connection, &mut copy).map_err(there)?;
            loop {
                let step = backup.step(PAGES).map_err(there)?;
                let at = backup.progress();
                progress(1.0 - at.remaining as f32 / at.pagecount.max(1) as f32);
                match step {
                    StepResult::Done => break,
                    StepResult::More => {}
                    // The store is being tidied up, or busy for a moment.
                    _ => std::thread::sleep(std::time::Duration::from_millis(20)),
                }
            }
        }
        // One file, without a log beside it.
        copy.pragma_update(None, "journal_mode", "DELETE").map_err(there)?;
        copy.execute_batch(KEYS_TABLE).map_err(there)?;
        copy.execute("INSERT INTO kept_keys(keys) VALUES(?)", params![keys]).map_err(there)?;
        copy.close().map_err(|(_, error)| there(error))?;
        Ok(entries.unsigned_abs())
    }

    /// Opens a copy to look into it; nothing is written.
    pub(crate) fn open_copy(file: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = Connection::open_with_flags(file, flags)
            .map_err(|error| StoreError::from(error).at(file))?;
        let store = Self { connection, path: file.to_owned(), is_writing: false };
        store.version()?;
        Ok(store)
    }

    /// The keys in a copy.
    pub(crate) fn kept_keys(&self) -> Result<String, StoreError> {
        self.tell(self.connection.query_row("SELECT keys FROM kept_keys", [], |row| row.get(0)))
    }
}
