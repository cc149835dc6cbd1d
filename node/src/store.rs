//! The store: one crash-safe SQLite file that holds everything a node must not lose.
//!
//! Write-ahead log, `synchronous=FULL`: when a transaction is committed, it is on the disk. Only the
//! actor writes; readers have connections of their own. Derived state is folded from the entries at each
//! start; only what listings read as is kept (`snapshots`), because that is slow to derive. A file that is
//! damaged is reported, never made anew.

mod copy;
mod entries;
mod notices;
mod peers;
mod photos;
mod snapshots;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use imbl::OrdSet;
use noaber_core::id::{CircleId, DeviceId};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};

pub use peers::KnownPeer;

/// "Noab" in ASCII: lets `file` and us tell this store from other SQLite files.
const APPLICATION_ID: i32 = 0x4e6f_6162;
/// Rises when the tables change; a newer one is not touched.
const STORE_VERSION: i32 = 3;

const SCHEMA: &str = "
CREATE TABLE circles(id BLOB PRIMARY KEY, admitters BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE logs(log INTEGER PRIMARY KEY, circle BLOB NOT NULL, device BLOB NOT NULL, UNIQUE(circle, device));
CREATE TABLE entries(place INTEGER PRIMARY KEY, time INTEGER NOT NULL, hash BLOB NOT NULL, payload BLOB NOT NULL, signature BLOB);
CREATE TABLE photos(id BLOB PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE photo_parts(id BLOB PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE peers(device BLOB PRIMARY KEY, direct TEXT NOT NULL, relays TEXT NOT NULL, last_seen INTEGER);
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
";

/// What each version added to the one before it; a new store gets all of it.
const ADDED: [(i32, &str); 2] = [(2, notices::TABLE), (3, snapshots::TABLE)];

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is not what it should be, or not there.
    #[error(
        "the store {path} is damaged ({detail}). Nothing was changed. Keep a copy of the file; then \
         restore a backup, or join your circles again from another device"
    )]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// Written by a newer version.
    #[error("the store is from a newer Noaber (store version {0}): update Noaber to open it")]
    Newer(i32),
    /// The file is there, and we may not read it.
    #[error("{path} cannot be used: {error}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The disk is full.
    #[error("the disk is full: nothing more can be saved until there is room")]
    Full,
    /// Anything else that SQLite reports.
    #[error("the store could not be used: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    fn at(self, path: &Path) -> Self {
        match self {
            Self::Sqlite(error) if is_damage(&error) => {
                Self::Damaged { path: path.to_owned(), detail: error.to_string() }
            }
            other => other,
        }
    }
}

/// Whether the file is to blame: SQLite says so, or a column holds what we never write.
fn is_damage(error: &rusqlite::Error) -> bool {
    let is_unreadable = matches!(
        error,
        rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
    );
    let code = error.sqlite_error_code();
    is_unreadable || matches!(code, Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

fn has_sqlite_header(path: &Path) -> io::Result<bool> {
    let mut header = Vec::new();
    File::open(path)?.take(100).read_to_end(&mut header)?;
    Ok(header.len() == 100 && header.starts_with(b"SQLite format 3\0"))
}

/// A connection to the store.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// Whether a transaction is open.
    is_writing: bool,
}

impl Store {
    /// Makes a new store; the file must not exist.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let store =
            Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        store.connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        store
            .connection
            .execute_batch(&format!("BEGIN;{SCHEMA}PRAGMA user_version = 1;COMMIT;"))?;
        store.grow(1)?;
        Ok(store)
    }

    /// Opens a store that must exist.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let damaged =
            |detail: &str| StoreError::Damaged { path: path.to_owned(), detail: detail.to_owned() };
        // SQLite takes an empty file for a new store and writes into it, so we look first.
        match has_sqlite_header(path) {
            Ok(true) => {}
            Ok(false) => return Err(damaged("it does not begin as a store does")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(damaged("the file is missing"));
            }
            Err(error) => return Err(StoreError::Unreadable { path: path.to_owned(), error }),
        }
        let store = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let version = store.version()?;
        store.grow(version)?;
        Ok(store)
    }

    /// The version of its tables, where it is a store that we can read.
    fn version(&self) -> Result<i32, StoreError> {
        let read = |name| {
            let read = self.connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
            self.tell(read)
        };
        if read("application_id")? != APPLICATION_ID {
            let detail = "it is not a Noaber store".to_owned();
            return Err(StoreError::Damaged { path: self.path.clone(), detail });
        }
        match read("user_version")? {
            version if version > STORE_VERSION => Err(StoreError::Newer(version)),
            version => Ok(version),
        }
    }

    /// Brings the tables up from an older version, each step whole or not at all.
    fn grow(&self, version: i32) -> Result<(), StoreError> {
        for (to, added) in ADDED.iter().filter(|(to, _)| *to > version) {
            let step = format!("BEGIN IMMEDIATE;{added}PRAGMA user_version = {to};COMMIT;");
            self.tell(self.connection.execute_batch(&step))?;
        }
        Ok(())
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let connect = || -> Result<Connection, rusqlite::Error> {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(Duration::from_secs(10))?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            // A log that grew in a large sync shrinks again.
            connection.pragma_update(None, "journal_size_limit", 4 * 1024 * 1024)?;
            connection.pragma_update(None, "cache_size", -2048)?;
            Ok(connection)
        };
        let connection = connect().map_err(|error| StoreError::from(error).at(path))?;
        Ok(Self { connection, path: path.to_owned(), is_writing: false })
    }

    fn tell<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|error| StoreError::from(error).at(&self.path))
    }

    // ---- writing; only the actor does

    /// Opens a transaction, if none is open.
    pub fn begin(&mut self) -> Result<(), StoreError> {
        if !self.is_writing {
            self.tell(self.connection.execute_batch("BEGIN IMMEDIATE"))?;
            self.is_writing = true;
        }
        Ok(())
    }

    /// Makes durable what was written since [`Store::begin`].
    pub fn commit(&mut self) -> Result<(), StoreError> {
        if self.is_writing {
            self.tell(self.connection.execute_batch("COMMIT"))?;
            self.is_writing = false;
        }
        Ok(())
    }

    /// Forgets what was written since [`Store::begin`].
    pub fn roll_back(&mut self) {
        if self.is_writing {
            // If even this fails, the connection is closed without a commit, which is the same.
            let _ = self.connection.execute_batch("ROLLBACK");
            self.is_writing = false;
        }
    }

    /// Remembers that we are in, or on the way into, a circle.
    pub fn save_circle(
        &self,
        circle: CircleId,
        admitters: &OrdSet<DeviceId>,
    ) -> Result<(), StoreError> {
        let bytes: Vec<u8> = admitters.iter().flat_map(|device| *device.as_bytes()).collect();
        let saved = self.connection.execute(
            "INSERT INTO circles(id, admitters) VALUES(?, ?) ON CONFLICT(id) DO UPDATE SET admitters = excluded.admitters",
            params![circle.as_bytes(), bytes],
        );
        self.tell(saved.map(drop))
    }

    /// Forgets a circle of which no entry is held.
    pub fn forget_circle(&self, circle: CircleId) -> Result<(), StoreError> {
        self.tell(
            self.connection
                .execute("DELETE FROM circles WHERE id = ?", [circle.as_bytes()])
                .map(drop),
        )
    }

    /// Remembers a setting.
    pub fn set(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let set = self.connection.execute(
            "INSERT INTO settings(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
            params![name, value],
        );
        self.tell(set.map(drop))
    }

    /// Writes something that is no entry, by itself: when it fails, nothing else does.
    pub fn apart(
        &mut self,
        write: impl FnOnce(&Self) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.begin()?;
        self.tell(self.connection.execute_batch("SAVEPOINT apart"))?;
        let written = write(self);
        let end =
            if written.is_ok() { "RELEASE apart" } else { "ROLLBACK TO apart; RELEASE apart" };
        written.and(self.tell(self.connection.execute_batch(end)))
    }

    // ---- reading

    /// A setting of a store that may be in use elsewhere or not be there, before it is opened for good;
    /// `None` where it cannot be read.
    pub fn peek(path: &Path, name: &str) -> Option<String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = Connection::open_with_flags(path, flags).ok()?;
        let query = "SELECT value FROM settings WHERE name = ?";
        connection.query_row(query, [name], |row| row.get(0)).ok()
    }

    /// A setting.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let query =
            self.connection
                .query_row("SELECT value FROM settings WHERE name = ?", [name], |r| r.get(0));
        self.tell(query.optional())
    }

    /// All circles, with the devices that may let us in.
    pub fn circles(&self) -> Result<Vec<(CircleId, OrdSet<DeviceId>)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut all = self.connection.prepare("SELECT id, admitters FROM circles")?;
            let rows = all.query_map([], |row| {
                let bytes: Vec<u8> = row.get(1)?;
                let (devices, _) = bytes.as_chunks::<32>();
                let admitters = devices.iter().map(|d| DeviceId::from_bytes(*d)).collect();
                Ok((CircleId::from_bytes(row.get(0)?), admitters))
            })?;
            rows.collect()
        };
        self.tell(read())
    }

    /// Says that the file is damaged, where that was found by what is in it.
    pub(crate) fn damaged(&self, detail: String) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), detail }
    }

    /// Looks through the whole file for damage: SQLite's own check, then what it found wrong.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut check = self.connection.prepare("PRAGMA integrity_check(20)")?;
            check.query_map([], |row| row.get(0))?.collect()
        };
        let lines = self.tell(read())?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }
}
