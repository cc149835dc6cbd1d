//! Entries: written in the order of their logs, read whole, in parts, or packed to be sent.

use noaber_core::id::{CircleId, DeviceId, EntryHash};
use noaber_core::replica::Range;
use noaber_core::time::Hlc;
use noaber_core::wire::{Entry, Packer, Signature, StoredEntry};
use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError};

/// An entry's row number is its log's number times this, plus its sequence number.
const LOG_SPAN: i64 = 1 << 40;

/// Entries that are read at a time when they are to be sent.
const PORTION: i64 = 256;

impl Store {
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
