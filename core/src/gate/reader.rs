//! A cursor over untrusted bytes: it never reads past the end, and each number has exactly one spelling.

use super::Refusal;

/// The bytes not read yet.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn take(&mut self, length: u64) -> Result<&'a [u8], Refusal> {
        let length = usize::try_from(length).map_err(|_| Refusal::Malformed)?;
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Refusal::Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, Refusal> {
        let length = self.unsigned()?;
        str::from_utf8(self.take(length)?).map_err(|_| Refusal::Malformed)
    }

    /// A ULEB128 number in its shortest spelling: a longer one would give a second hash to the same change.
    pub(super) fn unsigned(&mut self) -> Result<u64, Refusal> {
        let (bits, length, last) = self.septets()?;
        if length > 1 && last == 0 {
            return Err(Refusal::Malformed);
        }
        u64::try_from(bits).map_err(|_| Refusal::Malformed)
    }

    /// A signed LEB128 number in its shortest spelling.
    pub(super) fn signed(&mut self) -> Result<i64, Refusal> {
        let (bits, length, last) = self.septets()?;
        let is_negative = last & 0x40 != 0;
        let value = if is_negative { bits - (1 << (7 * length)) } else { bits };
        // One septet less must not have been enough, or the last one only repeats the sign.
        if length > 1 {
            let half = 1_i128 << (7 * (length - 1) - 1);
            if (-half..half).contains(&value) {
                return Err(Refusal::Malformed);
            }
        }
        i64::try_from(value).map_err(|_| Refusal::Malformed)
    }

    /// The joined septets, how many there were, and the last byte.
    fn septets(&mut self) -> Result<(i128, u32, u8), Refusal> {
        let mut bits = 0_i128;
        // Ten septets hold 70 bits, so 64 always fit and the shift stays far inside 128.
        for (index, &byte) in (0_u32..10).zip(self.rest) {
            bits |= i128::from(byte & 0x7f) << (7 * index);
            if byte & 0x80 == 0 {
                self.rest = self.rest.get(index as usize + 1..).unwrap_or_default();
                return Ok((bits, index + 1, byte));
            }
        }
        Err(Refusal::Malformed)
    }
}
