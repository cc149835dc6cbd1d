//! Changes written byte by byte.

use sha2::{Digest, Sha256};

/// The fields of a change, free of any rule.
#[derive(Clone)]
pub(super) struct Raw {
    pub(super) deps: Vec<[u8; 32]>,
    pub(super) actor: Vec<u8>,
    pub(super) seq: u64,
    pub(super) start_op: u64,
    pub(super) time: i64,
    pub(super) message: Vec<u8>,
    pub(super) other_actors: Vec<Vec<u8>>,
    /// Specification (id times 16, plus type) and data of each column.
    pub(super) columns: Vec<(u64, Vec<u8>)>,
    pub(super) extra: Vec<u8>,
}

impl Raw {
    /// The smallest honest change: `title = null` in the root of an empty document.
    pub(super) fn put() -> Self {
        Self::puts(1)
    }

    /// `ops` times the same, as runs.
    pub(super) fn puts(ops: u64) -> Self {
        let run = |value: &[u8]| match ops {
            1 => [&signed(-1), value].concat(),
            _ => [&signed(ops.cast_signed()), value].concat(),
        };
        Self {
            deps: Vec::new(),
            actor: vec![1; 16],
            seq: 1,
            start_op: 1,
            time: 0,
            message: Vec::new(),
            other_actors: Vec::new(),
            columns: vec![
                (0x15, run(b"\x05title")),
                (0x34, unsigned(ops)),
                (0x42, run(&[1])),
                (0x56, run(&[0])),
                (0x70, run(&[0])),
            ],
            extra: Vec::new(),
        }
    }

    /// Replaces or adds a column.
    pub(super) fn with(mut self, specification: u64, data: &[u8]) -> Self {
        self.columns.retain(|column| column.0 != specification);
        self.columns.push((specification, data.to_vec()));
        self.columns.sort();
        self
    }

    pub(super) fn body(&self) -> Vec<u8> {
        let mut body = unsigned(self.deps.len() as u64);
        body.extend(self.deps.concat());
        body.extend(prefixed(&self.actor));
        body.extend(unsigned(self.seq));
        body.extend(unsigned(self.start_op));
        body.extend(signed(self.time));
        body.extend(prefixed(&self.message));
        body.extend(unsigned(self.other_actors.len() as u64));
        body.extend(self.other_actors.iter().flat_map(|actor| prefixed(actor)));
        body.extend(unsigned(self.columns.len() as u64));
        for (specification, data) in &self.columns {
            body.extend(unsigned(*specification));
            body.extend(unsigned(data.len() as u64));
        }
        body.extend(self.columns.iter().flat_map(|(_, data)| data));
        body.extend(&self.extra);
        body
    }

    /// The same with a message that makes it exactly so many bytes.
    pub(super) fn padded(mut self, length: usize) -> Vec<u8> {
        while self.bytes().len() < length {
            self.message.push(b'x');
        }
        assert_eq!(self.bytes().len(), length);
        self.bytes()
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        seal(1, &self.body())
    }
}

fn prefixed(bytes: &[u8]) -> Vec<u8> {
    [&unsigned(bytes.len() as u64), bytes].concat()
}

/// Deflate data of about `length` bytes that inflates to 158 times as much: one zero, then repeats of it.
pub(super) fn bomb(length: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    // The last block, with the fixed code; then the literal 0.
    bits.extend([true, true, false]);
    bits.extend([false, false, true, true, false, false, false, false]);
    while bits.len() < length * 8 - 7 {
        // Length 258 at distance 1.
        bits.extend([true, true, false, false, false, true, false, true]);
        bits.extend([false; 5]);
    }
    bits.extend([false; 7]);
    bits.chunks(8)
        .map(|bits| bits.iter().rev().fold(0, |byte, &bit| byte << 1 | u8::from(bit)))
        .collect()
}

/// A chunk of the given type around a body, with a true checksum.
pub(super) fn seal(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut summed = vec![kind];
    summed.extend(unsigned(body.len() as u64));
    summed.extend(body);
    let mut bytes = vec![0x85, 0x6f, 0x4a, 0x83];
    bytes.extend(&Sha256::digest(&summed)[..4]);
    bytes.extend(summed);
    bytes
}

/// Makes the checksum of altered bytes true again.
pub(super) fn reseal(bytes: &mut [u8]) {
    if let Some((head, summed)) = bytes.split_at_mut_checked(8) {
        head[4..].copy_from_slice(&Sha256::digest(summed)[..4]);
    }
}

pub(super) fn unsigned(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

pub(super) fn signed(mut number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while !(-64..64).contains(&number) {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8 & 0x7f);
    bytes
}
