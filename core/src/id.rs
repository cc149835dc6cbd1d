//! Identifiers: newtypes with private bytes, parsed at the edge and trusted inside.
//!
//! Every id prints as lower-case hexadecimal and travels as plain bytes. This module knows nothing
//! of what an id stands for; the rules that derive ids live beside the things they name.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER_PERMISSIVE;
use serde::{Deserialize, Serialize};

/// A text that should be an id is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an id: expected {expected} hexadecimal characters")]
pub struct BadId {
    /// How many characters an id of this kind has.
    pub expected: usize,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident($len:literal);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name([u8; $len]);

        impl $name {
            /// Takes the bytes as they are.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// The bytes of this id.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), data_encoding::HEXLOWER.encode(&self.0[..4]))
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let bad = BadId { expected: $len * 2 };
                let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).map_err(|_| bad)?;
                bytes.try_into().map(Self).map_err(|_| bad)
            }
        }
    )*};
}

ids! {
    /// A circle: the hash of its first entry, so that whoever knows the id can check the founding.
    CircleId(32);
    /// A member: the public half of an Ed25519 root key.
    MemberId(32);
    /// A device: the public half of an Ed25519 key, also its network address (iroh endpoint id).
    DeviceId(32);
    /// An invite: the public half of the one-time key that the link carries.
    InviteId(32);
    /// The hash of an entry and so, by its chain, of everything before it in its log.
    EntryHash(32);
    /// A photo: the BLAKE3 hash of its bytes.
    PhotoId(32);
    /// What two replicas compare first: equal digests mean equal entries.
    FrontierDigest(32);
    /// A listing, which is also the document that describes it.
    ListingId(16);
    /// A booking: one ask and all that followed from it.
    BookingId(16);
    /// Bookings that were asked for in one go.
    SeriesId(16);
    /// A message.
    MessageId(16);
    /// A line of the ledger.
    LineId(16);
    /// A notice: what it is about, and why.
    NoticeId(8);
    /// A short name of a log inside a frontier message.
    LogTag(8);
}

impl EntryHash {
    /// What stands as `prev` in the first entry of a log.
    pub const ZERO: Self = Self([0; 32]);
}

impl CircleId {
    /// What stands as `circle` in the entry that founds one: its id is not known before it is hashed.
    pub const ZERO: Self = Self([0; 32]);
}

impl LogTag {
    /// The tag of one device's log in one circle. Eight bytes of BLAKE3: finding two devices with one
    /// tag costs 2³² hashes for a member who also wants to be refused, and harms only those two logs.
    pub fn of(circle: CircleId, device: DeviceId) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"noaber log tag v1");
        hasher.update(circle.as_bytes());
        hasher.update(device.as_bytes());
        Self(first(hasher.finalize().as_bytes()))
    }
}

impl ListingId {
    /// The id of the document created by the entry at `seq` of a device's log. Nobody can create it
    /// elsewhere, and it is known before the entry is hashed (its Automerge actor depends on it).
    pub fn created_at(circle: CircleId, device: DeviceId, seq: u64) -> Self {
        Self(placed(b"noaber document v1", circle, device, seq))
    }
}

impl BookingId {
    /// The id of the booking asked for by the entry at `seq` of a device's log.
    pub fn asked_at(circle: CircleId, device: DeviceId, seq: u64) -> Self {
        Self(placed(b"noaber booking v1", circle, device, seq))
    }
}

impl SeriesId {
    /// The id of the series asked for by the entry at `seq` of a device's log.
    pub fn asked_at(circle: CircleId, device: DeviceId, seq: u64) -> Self {
        Self(placed(b"noaber series v1", circle, device, seq))
    }

    /// The id of the booking at `index` in this series.
    pub fn booking(self, index: usize) -> BookingId {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"noaber occurrence v1");
        hasher.update(&self.0);
        hasher.update(&(index as u64).to_le_bytes());
        BookingId(first(hasher.finalize().as_bytes()))
    }
}

impl MessageId {
    /// The id of the message in the entry at `seq` of a device's log.
    pub fn said_at(circle: CircleId, device: DeviceId, seq: u64) -> Self {
        Self(placed(b"noaber message v1", circle, device, seq))
    }
}

impl LineId {
    /// The id of the line in the entry at `seq` of a device's log.
    pub fn said_at(circle: CircleId, device: DeviceId, seq: u64) -> Self {
        Self(placed(b"noaber line v1", circle, device, seq))
    }
}

impl NoticeId {
    /// The id of a notice: a word for its kind, what it is about, and what sets it apart from others of
    /// that kind.
    pub fn of(kind: &str, about: &[u8], apart: i64) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"noaber notice v1");
        hasher.update(kind.as_bytes());
        hasher.update(&[0]);
        hasher.update(about);
        hasher.update(&apart.to_le_bytes());
        Self(first(hasher.finalize().as_bytes()))
    }
}

fn placed(domain: &[u8], circle: CircleId, device: DeviceId, seq: u64) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(domain);
    hasher.update(circle.as_bytes());
    hasher.update(device.as_bytes());
    hasher.update(&seq.to_le_bytes());
    first(hasher.finalize().as_bytes())
}

fn first<const N: usize>(bytes: &[u8; 32]) -> [u8; N] {
    std::array::from_fn(|i| bytes[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_print_and_parse() {
        let id = ListingId::from_bytes([7; 16]);
        assert_eq!(id.to_string().parse::<ListingId>(), Ok(id));
        assert_eq!("abc".parse::<ListingId>(), Err(BadId { expected: 32 }));
    }

    #[test]
    fn ids_depend_on_circle_device_and_place() {
        let (c, d) = (CircleId::from_bytes([1; 32]), DeviceId::from_bytes([2; 32]));
        assert_ne!(ListingId::created_at(c, d, 1), ListingId::created_at(c, d, 2));
        assert_ne!(
            ListingId::created_at(c, d, 1).as_bytes(),
            BookingId::asked_at(c, d, 1).as_bytes()
        );
    }
}
