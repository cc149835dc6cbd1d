//! The store: one crash-safe SQLite file that holds everything a node must not lose.
//!
//! Write-ahead log, `synchronous=FULL`: when a transaction is committed, it is on the disk. Only the
//! actor writes; readers have connections of their own. Derived state is folded from the entries at each
//! start; only what listings read as is kept (`snapshots`), because that is slow to derive. A file that is damaged is reported, never made anew.

mod copy;
mod notices;
mod snapshots;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use imbl::OrdSet;
use noaber_core::id::{CircleId, DeviceId, EntryHash, PhotoId};
use noaber_core::replica::Range;
use noaber_core::time::{Hlc, Timestamp};
use noaber_core::wire::{Address, Entry, Packer, Signature, StoredEntry};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, params};

/// "Noab" in ASCII: lets `file` and us tell this store from other SQLite files.
const APPLICATION_ID: i32 = 0x4e6f_6162;
/// Rises when the tables change; a newer one is not touched.
const STORE_VERSION: i32 = 3;
/// An entry's row number is its log's number times this, plus its sequence number.
const LOG_SPAN: i64 = 1 << 40;

/// Entries that are read at a time when they are to be sent.
const PORTION: i64 = 256;

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

    /// Writes entries; they must continue their logs. A log that was passed over, because its device
    /// was not in, may come again.
    pub fn append(&self, circle: CircleId, entries: &[StoredEntry]) -> Result<(), StoreError> {
        let write = || -> rusqlite::Result<()> {
            let mut insert = self.connection.prepare_cached(
                "INSERT INTO entries(place, time, hash, payload, signature) VALUES(?, ?, ?, ?, ?)
                 ON CONFLICT(place) DO UPDATE SET signature = coalesce(signature, excluded.signature)
                 WHERE hash = excluded.hash",
            )?;
            let mut current: Option<(DeviceId, i64)> = None;
            for stored in entries {
                let log = match current {
                    Some((device, log)) if device == stored.device => log,
                    _ => self.log(circle, stored.device)?,
                };
                current = Some((stored.device, log));
                let written = insert.execute(params![
                    log * LOG_SPAN + stored.seq as i64,
                    stored.entry.time.to_bits() as i64,
                    stored.hash.as_bytes(),
                    stored.entry.payload,
                    stored.signature.as_ref().map(|signature| signature.as_bytes().as_slice()),
                ])?;
                if written == 0 {
                    // Whatever led here, what is durable and was sent is never overwritten.
                    return Err(rusqlite::Error::StatementChangedRows(0));
                }
            }
            Ok(())
        };
        self.tell(write())
    }

    fn log(&self, circle: CircleId, device: DeviceId) -> rusqlite::Result<i64> {
        if let Some(log) = self.find_log(circle, device)? {
            return Ok(log);
        }
        let mut insert =
            self.connection.prepare_cached("INSERT INTO logs(circle, device) VALUES(?, ?)")?;
        insert.insert(params![circle.as_bytes(), device.as_bytes()])
    }

    fn find_log(&self, circle: CircleId, device: DeviceId) -> rusqlite::Result<Option<i64>> {
        let mut find = self
            .connection
            .prepare_cached("SELECT log FROM logs WHERE circle = ? AND device = ?")?;
        find.query_row(params![circle.as_bytes(), device.as_bytes()], |row| row.get(0)).optional()
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

    /// Keeps a photo.
    pub fn put_photo(&self, id: PhotoId, bytes: &[u8]) -> Result<(), StoreError> {
        let put = self.connection.execute(
            "INSERT OR IGNORE INTO photos(id, bytes) VALUES(?, ?)",
            params![id.as_bytes(), bytes],
        );
        self.tell(put)?;
        self.drop_photo_part(id)
    }

    /// Keeps the first part of a photo whose transfer was cut off.
    pub fn put_photo_part(&self, id: PhotoId, bytes: &[u8]) -> Result<(), StoreError> {
        let put = self.connection.execute(
            "INSERT INTO photo_parts(id, bytes) VALUES(?, ?) ON CONFLICT(id) DO UPDATE SET bytes = excluded.bytes",
            params![id.as_bytes(), bytes],
        );
        self.tell(put.map(drop))
    }

    /// Forgets a part.
    pub fn drop_photo_part(&self, id: PhotoId) -> Result<(), StoreError> {
        self.tell(
            self.connection
                .execute("DELETE FROM photo_parts WHERE id = ?", [id.as_bytes()])
                .map(drop),
        )
    }

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

    /// Gives all entries of a circle, in portions, log by log in the order in which the logs came.
    pub fn each_entries(
        &self,
        circle: CircleId,
        portion: usize,
        mut take: impl FnMut(Vec<StoredEntry>),
    ) -> Result<(), StoreError> {
        let mut read = || -> rusqlite::Result<()> {
            let mut logs = self
                .connection
                .prepare_cached("SELECT log, device FROM logs WHERE circle = ? ORDER BY log")?;
            let logs: Vec<(i64, [u8; 32])> = logs
                .query_map([circle.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut batch = Vec::with_capacity(portion);
            for (log, device) in logs {
                let mut entries = self.connection.prepare_cached(SELECT_RANGE)?;
                let mut rows = entries.query(params![log * LOG_SPAN, (log + 1) * LOG_SPAN - 1])?;
                while let Some(row) = rows.next()? {
                    batch.push(stored(row, log, DeviceId::from_bytes(device))?);
                    if batch.len() == portion {
                        take(std::mem::replace(&mut batch, Vec::with_capacity(portion)));
                    }
                }
            }
            take(batch);
            Ok(())
        };
        self.tell(read())
    }

    /// Packs stored entries into frames, handing each on as it is full.
    pub fn pack(
        &self,
        circle: CircleId,
        ranges: &[Range],
        mut take: impl FnMut(Vec<u8>) -> bool,
    ) -> Result<(), StoreError> {
        let mut packer = Packer::new(circle);
        for range in ranges {
            let Some(log) = self.tell(self.find_log(circle, range.device))? else { continue };
            let (mut from, to) =
                (log * LOG_SPAN + range.from as i64, log * LOG_SPAN + range.to as i64);
            packer.start(self.tell(self.hash_before(from))?);
            while from <= to {
                // A portion is read whole before anybody waits for the peer: an open query would keep
                // the write-ahead log from ever being cleaned.
                let portion = self.tell(self.portion(log, range.device, from, to))?;
                let Some(last) = portion.last() else { break };
                from = log * LOG_SPAN + last.seq as i64 + 1;
                for entry in portion {
                    packer.push(entry);
                }
                if !packer.take_ready().into_iter().all(&mut take) {
                    return Ok(());
                }
            }
        }
        packer.finish().into_iter().all(take);
        Ok(())
    }

    /// Stored entries of one log, in order.
    pub fn range(
        &self,
        circle: CircleId,
        device: DeviceId,
        from: u64,
        to: u64,
    ) -> Result<Vec<StoredEntry>, StoreError> {
        let read = || -> rusqlite::Result<Vec<StoredEntry>> {
            let Some(log) = self.find_log(circle, device)? else { return Ok(Vec::new()) };
            let mut entries = self.connection.prepare_cached(SELECT_RANGE)?;
            let places = params![log * LOG_SPAN + from as i64, log * LOG_SPAN + to as i64];
            entries.query_map(places, |row| stored(row, log, device))?.collect()
        };
        self.tell(read())
    }

    /// Says that the file is damaged, where that was found by what is in it.
    pub(crate) fn damaged(&self, detail: String) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), detail }
    }

    fn portion(
        &self,
        log: i64,
        device: DeviceId,
        from: i64,
        to: i64,
    ) -> rusqlite::Result<Vec<StoredEntry>> {
        let mut entries = self.connection.prepare_cached(SELECT_RANGE)?;
        let to = to.min(from + PORTION - 1);
        entries.query_map(params![from, to], |row| stored(row, log, device))?.collect()
    }

    fn hash_before(&self, place: i64) -> rusqlite::Result<EntryHash> {
        if place % LOG_SPAN == 1 {
            return Ok(EntryHash::ZERO);
        }
        let mut find =
            self.connection.prepare_cached("SELECT hash FROM entries WHERE place = ?")?;
        find.query_row([place - 1], |row| row.get(0)).map(EntryHash::from_bytes)
    }

    /// The hashes of a log as they are stored, in order.
    pub fn hashes(&self, circle: CircleId, device: DeviceId) -> Result<Vec<EntryHash>, StoreError> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let Some(log) = self.find_log(circle, device)? else { return Ok(Vec::new()) };
            let mut all = self.connection.prepare_cached(
                "SELECT hash FROM entries WHERE place BETWEEN ? AND ? ORDER BY place",
            )?;
            let place = params![log * LOG_SPAN, (log + 1) * LOG_SPAN - 1];
            let rows = all.query_map(place, |row| row.get(0).map(EntryHash::from_bytes))?;
            rows.collect()
        };
        self.tell(read())
    }

    /// A photo.
    pub fn photo(&self, id: PhotoId) -> Result<Option<Vec<u8>>, StoreError> {
        let mut find =
            self.tell(self.connection.prepare_cached("SELECT bytes FROM photos WHERE id = ?"))?;
        self.tell(find.query_row([id.as_bytes()], |row| row.get(0)).optional())
    }

    /// Whether a photo is held whole.
    pub fn has_photo(&self, id: PhotoId) -> Result<bool, StoreError> {
        let mut find =
            self.tell(self.connection.prepare_cached("SELECT 1 FROM photos WHERE id = ?"))?;
        self.tell(find.exists([id.as_bytes()]))
    }

    /// What is held of a photo whose transfer was cut off.
    pub fn photo_part(&self, id: PhotoId) -> Result<Vec<u8>, StoreError> {
        let query = self.connection.query_row(
            "SELECT bytes FROM photo_parts WHERE id = ?",
            [id.as_bytes()],
            |r| r.get(0),
        );
        Ok(self.tell(query.optional())?.unwrap_or_default())
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

const SELECT_RANGE: &str = "SELECT place, time, hash, payload, signature FROM entries WHERE place BETWEEN ? AND ? ORDER BY place";

fn stored(row: &rusqlite::Row<'_>, log: i64, device: DeviceId) -> rusqlite::Result<StoredEntry> {
    let place: i64 = row.get(0)?;
    let time: i64 = row.get(1)?;
    let signature: Option<[u8; 64]> = row.get(4)?;
    Ok(StoredEntry {
        device,
        seq: (place - log * LOG_SPAN) as u64,
        hash: EntryHash::from_bytes(row.get(2)?),
        entry: Entry { time: Hlc::from_bits(time as u64), payload: row.get(3)? },
        signature: signature.map(Signature::from_bytes),
    })
}
