//! What an entry says: records and document changes.
//!
//! A payload is a kind number followed by the postcard form of that kind's struct. Unknown kinds
//! and bytes behind the known fields come from a newer Noaber: they are kept and passed on as they
//! are, and shown as such. A payload that claims a known kind but cannot be read counts as nothing;
//! its entry still stands in its log, because the chain needs it.

use serde::{Deserialize, Serialize};

use super::{Malformed, Signature};
use crate::id::{BookingId, CircleId, DeviceId, InviteId, ListingId, MemberId, PhotoId};
use crate::limits::{MAX_ADDRESSES, MAX_NAME, MAX_TEXT};
use crate::time::Timestamp;

macro_rules! payloads {
    ($($(#[$doc:meta])* $kind:literal $variant:ident($body:ty),)*) => {
        /// One thing that a device says in its log.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Payload {
            $($(#[$doc])* $variant($body),)*
            /// Said in a way that this version does not know.
            Unknown {
                /// The kind number of the newer version.
                kind: u32,
            },
        }

        impl Payload {
            /// The bytes that are hashed, signed, stored and sent. `Unknown` has none of its own.
            pub fn encode(&self) -> Vec<u8> {
                let encoded = match self {
                    $(Self::$variant(body) => postcard::to_allocvec(&($kind as u32, body)),)*
                    Self::Unknown { kind } => postcard::to_allocvec(kind),
                };
                encoded.expect("writing to memory does not fail and every field has a postcard form")
            }

            fn decode_kind(kind: u32, body: &[u8]) -> Result<(Self, &[u8]), postcard::Error> {
                match kind {
                    $($kind => postcard::take_from_bytes(body).map(|(b, rest)| (Self::$variant(b), rest)),)*
                    kind => Ok((Self::Unknown { kind }, &[])),
                }
            }
        }
    };
}

payloads! {
    /// Founds the circle: the first entry of the founder's log.
    1 Found(Found),
    /// Opens an invite.
    2 Invite(InviteRecord),
    /// Lets a newcomer in.
    3 Admit(Admit),
    /// The author's member leaves; nothing after this in the log counts.
    4 Leave(Leave),
    /// Where the author's device can be reached.
    5 Address(Address),
    /// Creates a document.
    16 CreateDocument(CreateDocument),
    /// Changes a document.
    17 EditDocument(EditDocument),
    /// Asks for a booking.
    32 Ask(Ask),
    /// The keeper has the request; somebody still has to answer it.
    33 Received(Received),
    /// The keeper confirms.
    34 Confirm(Confirm),
    /// The keeper declines.
    35 Decline(Decline),
    /// The borrower or the owner calls it off.
    36 Cancel(Cancel),
    /// It changed hands at the start.
    37 PickUp(HandOver),
    /// It came back.
    38 Return(HandOver),
}

impl Payload {
    /// Reads a payload; `true` beside it when there were fields of a newer version behind it.
    pub fn decode(bytes: &[u8]) -> Result<(Self, bool), Malformed> {
        let (kind, body) = postcard::take_from_bytes(bytes).map_err(|_| Malformed)?;
        let (payload, rest) = Self::decode_kind(kind, body).map_err(|_| Malformed)?;
        if payload.texts_fit() { Ok((payload, !rest.is_empty())) } else { Err(Malformed) }
    }

    fn texts_fit(&self) -> bool {
        let name = |text: &str| text.len() <= MAX_NAME;
        let text = |text: &str| text.len() <= MAX_TEXT;
        match self {
            Self::Found(found) => {
                name(&found.name)
                    && name(&found.timezone)
                    && name(&found.currency)
                    && found.founder.names_fit()
            }
            Self::Admit(admit) => admit.newcomer.names_fit(),
            Self::Address(address) => {
                address.direct.len() <= MAX_ADDRESSES
                    && address.relays.len() <= MAX_ADDRESSES
                    && address.direct.iter().chain(&address.relays).all(|a| name(a))
            }
            Self::CreateDocument(create) => name(&create.kind),
            Self::Ask(ask) => text(&ask.note),
            Self::Decline(decline) => name(&decline.code) && text(&decline.text),
            Self::Cancel(cancel) => text(&cancel.reason),
            Self::PickUp(hand_over) | Self::Return(hand_over) => text(&hand_over.note),
            Self::Invite(_)
            | Self::Leave(_)
            | Self::EditDocument(_)
            | Self::Received(_)
            | Self::Confirm(_)
            | Self::Unknown { .. } => true,
        }
    }
}

/// Founds a circle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// What the neighbours call it.
    pub name: String,
    /// IANA name of the zone in which its rules and screens tell time.
    pub timezone: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Makes two circles of one name two circles.
    pub salt: [u8; 16],
    /// The first member, a steward.
    pub founder: Introduction,
}

/// Who a device speaks for, and what to call both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Introduction {
    /// The member.
    pub member: MemberId,
    /// The member's name.
    pub name: String,
    /// The device's name.
    pub device_name: String,
    /// The proof that member and device belong together.
    pub bond: Bond,
}

impl Introduction {
    fn names_fit(&self) -> bool {
        self.name.len() <= MAX_NAME && self.device_name.len() <= MAX_NAME
    }
}

/// Root key and device key both sign "this device speaks for this member in this circle", so that
/// neither can be claimed by somebody who does not hold it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bond {
    /// By the member's root key.
    pub root: Signature,
    /// By the device's key.
    pub device: Signature,
}

impl Bond {
    /// The bytes that both keys sign. A founder signs for [`CircleId::ZERO`]: the founding entry
    /// stands in the founder's own signed log, so nobody else can use that bond.
    pub fn statement(circle: CircleId, member: MemberId, device: DeviceId) -> Vec<u8> {
        [&b"noaber bond v1"[..], circle.as_bytes(), member.as_bytes(), device.as_bytes()].concat()
    }
}

/// Opens an invite: whoever holds the secret half of this key may come in, once.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct InviteRecord {
    /// The public half.
    pub invite: InviteId,
    /// From then on nobody is let in by it.
    pub expires: Timestamp,
}

/// Lets a newcomer in by an invite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Admit {
    /// The invite that is used up by this.
    pub invite: InviteId,
    /// The newcomer's device.
    pub device: DeviceId,
    /// The newcomer.
    pub newcomer: Introduction,
    /// By the invite's secret, over [`Admit::statement`]: an admitting device cannot use the invite
    /// for somebody else, nor change the newcomer's names.
    pub invite_signature: Signature,
}

impl Admit {
    /// The bytes that the invite's secret signs.
    pub fn statement(circle: CircleId, device: DeviceId, newcomer: &Introduction) -> Vec<u8> {
        let names = postcard::to_allocvec(newcomer)
            .expect("writing to memory does not fail and every field has a postcard form");
        [&b"noaber join v1"[..], circle.as_bytes(), device.as_bytes(), &names].concat()
    }
}

/// The author's member leaves the circle.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Leave {}

/// Where a device can be reached; the newest of its log counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// `ip:port` each.
    pub direct: Vec<String>,
    /// Relay URLs.
    pub relays: Vec<String>,
}

/// Who may change a document; fixed when it is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Writers {
    /// Only the device that created it.
    Device,
    /// Any device of the member who created it.
    Member,
    /// Any steward.
    Stewards,
    /// Any member.
    Circle,
}

/// Creates a document; its id follows from the place of this entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateDocument {
    /// What it describes, e.g. `item`, `car`, `help-offer`.
    pub kind: String,
    /// Who may change it.
    pub writers: Writers,
    /// The first Automerge change.
    #[serde(with = "serde_bytes")]
    pub change: Vec<u8>,
}

/// Changes a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditDocument {
    /// The document.
    pub document: ListingId,
    /// One Automerge change.
    #[serde(with = "serde_bytes")]
    pub change: Vec<u8>,
}

/// Asks for a booking of `[from, to)`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// What is asked for.
    pub listing: ListingId,
    /// Start, inclusive.
    pub from: Timestamp,
    /// End, exclusive.
    pub to: Timestamp,
    /// How many.
    pub quantity: u32,
    /// A word to the owner.
    pub note: String,
}

/// The keeper has the request.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Received {
    /// Which request.
    pub booking: BookingId,
}

/// The keeper confirms.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Confirm {
    /// Which request.
    pub booking: BookingId,
    /// The term in which the author is keeper of the listing; 0 for its creator's device.
    pub term: u32,
}

/// The keeper declines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decline {
    /// Which request.
    pub booking: BookingId,
    /// Why, as a word that programs know: `overlap`, `retired`, `owner`.
    pub code: String,
    /// Why, in the owner's words; may be empty.
    pub text: String,
}

/// The borrower or the owner calls it off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cancel {
    /// Which booking.
    pub booking: BookingId,
    /// Why; may be empty.
    pub reason: String,
}

/// What both sides note when something changes hands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandOver {
    /// Which booking.
    pub booking: BookingId,
    /// How many pieces.
    pub quantity: u32,
    /// The odometer, in kilometres.
    pub odometer_km: Option<u32>,
    /// A photo of its condition.
    pub photo: Option<PhotoId>,
    /// Remarks; may be empty.
    pub note: String,
}
