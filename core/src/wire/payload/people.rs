//! Who is in the circle, how to reach and to pay them, and what the house rules are.

use serde::{Deserialize, Serialize};

use crate::id::{CircleId, DeviceId, InviteId, MemberId};
use crate::limits::MAX_NAME;
use crate::time::Timestamp;
use crate::wire::Signature;

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
    pub(super) fn names_fit(&self) -> bool {
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

/// What the stewards have agreed for the whole circle; the newest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HouseRules {
    /// Whether hours of help are counted.
    pub timebank: bool,
    /// Below this many quarter hours a member is warned; nobody is stopped.
    pub floor_quarters: i32,
}

/// How a member can be paid; the newest of a member counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Profile {
    /// The bank account, as an IBAN without spaces; may be empty.
    pub iban: String,
    /// The name on that account.
    pub payee: String,
}
