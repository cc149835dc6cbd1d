//! Packing stored entries into frames of runs, each cut where a signature is held.

use super::{Message, Run, RunsFrame, StoredEntry};
use crate::id::{CircleId, EntryHash};
use crate::limits::{FRAME_TARGET, MAX_RUN, MAX_RUNS};

/// What one entry or run costs beside its payload, rounded up.
const OVERHEAD: usize = 16;

/// Turns a stream of stored entries into frames of at most one mebibyte.
pub struct Packer {
    circle: CircleId,
    runs: Vec<Run>,
    runs_bytes: usize,
    /// The run that is being collected: its first entry's predecessor, and entries up to now.
    prev: EntryHash,
    open: Vec<StoredEntry>,
    open_bytes: usize,
    /// How many of the open entries can be sent: up to the last that has a signature.
    signed: usize,
    ready: Vec<Vec<u8>>,
}

impl Packer {
    /// Nothing packed yet.
    pub fn new(circle: CircleId) -> Self {
        Self {
            circle,
            runs: Vec::new(),
            runs_bytes: 0,
            prev: EntryHash::ZERO,
            open: Vec::new(),
            open_bytes: 0,
            signed: 0,
            ready: Vec::new(),
        }
    }

    /// Starts a stretch of a log; `prev` is the hash of the entry before it.
    pub fn start(&mut self, prev: EntryHash) {
        self.close_run();
        self.open.clear();
        self.open_bytes = 0;
        self.prev = prev;
    }

    /// Adds the next entry of the stretch.
    pub fn push(&mut self, stored: StoredEntry) {
        self.open_bytes += stored.entry.payload.len() + OVERHEAD;
        let is_signed = stored.signature.is_some();
        self.open.push(stored);
        if is_signed {
            self.signed = self.open.len();
        }
        if self.open.len() >= MAX_RUN || self.open_bytes >= FRAME_TARGET {
            self.close_run();
        }
    }

    /// Frames that are full.
    pub fn take_ready(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.ready)
    }

    /// All frames that are left.
    pub fn finish(mut self) -> Vec<Vec<u8>> {
        self.close_run();
        self.close_frame();
        self.ready
    }

    /// Closes a run at the last signature; entries behind it start the next one.
    fn close_run(&mut self) {
        let rest = self.open.split_off(self.signed);
        let sent = std::mem::replace(&mut self.open, rest);
        self.signed = 0;
        let Some(signature) = sent.last().and_then(|last| last.signature) else { return };
        let (device, first, last_hash) = (sent[0].device, sent[0].seq, sent[sent.len() - 1].hash);
        let bytes: usize = sent.iter().map(|s| s.entry.payload.len() + OVERHEAD).sum();
        let entries = sent.into_iter().map(|stored| stored.entry).collect();
        let run = Run { device, first, prev: self.prev, entries, signature };
        self.prev = last_hash;
        self.open_bytes = self.open_bytes.saturating_sub(bytes);
        let run_bytes = bytes + 160;
        if self.runs_bytes + run_bytes > FRAME_TARGET || self.runs.len() == MAX_RUNS {
            self.close_frame();
        }
        self.runs_bytes += run_bytes;
        self.runs.push(run);
    }

    fn close_frame(&mut self) {
        if !self.runs.is_empty() {
            let runs = std::mem::take(&mut self.runs);
            self.runs_bytes = 0;
            self.ready.push(Message::Runs(RunsFrame { circle: self.circle, runs }).encode());
        }
    }
}
