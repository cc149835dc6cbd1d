//! The one road open to strangers: the invite link and the join request.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};

use super::{Introduction, Malformed, Signature};
use crate::id::{CircleId, DeviceId, InviteId};
use crate::limits::{MAX_ADDRESSES, MAX_ADMITTERS, MAX_JOIN_MESSAGE, MAX_NAME};
use crate::time::Timestamp;

const PREFIX: &str = "noaber:join/";

/// A device that can let the newcomer in, and where to find it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admitter {
    /// The device.
    pub device: DeviceId,
    /// `ip:port` each.
    pub direct: Vec<String>,
    /// Relay URLs.
    pub relays: Vec<String>,
}

/// What the invite link says.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The circle.
    pub circle: CircleId,
    /// What the neighbours call it, so that the newcomer knows what they are about to join.
    pub name: String,
    /// The secret half of the invite's key. Whoever has it can use the invite, once.
    pub secret: [u8; 32],
    /// When the invite ends.
    pub expires: Timestamp,
    /// Who can let the newcomer in.
    pub admitters: Vec<Admitter>,
}

/// Why a text is not a usable invite link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLink {
    /// Something else altogether.
    #[error("this is not an invite link: one starts with noaber:join/")]
    NotALink,
    /// Cut off or mistyped.
    #[error("this invite link is damaged: copy it once more, whole, or ask for a new one")]
    Damaged,
}

impl Link {
    /// The link as text: a prefix and base64url with a checksum, fit for messages and QR codes.
    pub fn to_text(&self) -> String {
        let mut bytes = postcard::to_allocvec(self)
            .expect("writing to memory does not fail and every field has a postcard form");
        let check = checksum(&bytes);
        bytes.extend_from_slice(&check);
        format!("{PREFIX}{}", BASE64URL_NOPAD.encode(&bytes))
    }

    /// Reads a link; blanks and line breaks that a message added are taken out.
    pub fn parse(text: &str) -> Result<Self, BadLink> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let body = text.strip_prefix(PREFIX).ok_or(BadLink::NotALink)?;
        let bytes = BASE64URL_NOPAD.decode(body.as_bytes()).map_err(|_| BadLink::Damaged)?;
        let (body, check) = bytes.split_last_chunk::<4>().ok_or(BadLink::Damaged)?;
        if *check != checksum(body) {
            return Err(BadLink::Damaged);
        }
        let link: Self = postcard::from_bytes(body).map_err(|_| BadLink::Damaged)?;
        let within_limits = link.name.len() <= MAX_NAME
            && link.admitters.len() <= MAX_ADMITTERS
            && link.admitters.iter().all(|admitter| {
                admitter.direct.len() <= MAX_ADDRESSES && admitter.relays.len() <= MAX_ADDRESSES
            });
        if within_limits { Ok(link) } else { Err(BadLink::Damaged) }
    }

    /// The key that the link carries.
    pub fn key(&self) -> ed25519_dalek::SigningKey {
        ed25519_dalek::SigningKey::from_bytes(&self.secret)
    }
}

impl std::fmt::Debug for Link {
    /// Without the secret: links must not end up in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Link").field("circle", &self.circle).finish_non_exhaustive()
    }
}

fn checksum(bytes: &[u8]) -> [u8; 4] {
    let hash = blake3::hash(bytes);
    std::array::from_fn(|i| hash.as_bytes()[i])
}

/// A newcomer asks to be let in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JoinRequest {
    /// The circle.
    pub circle: CircleId,
    /// The invite.
    pub invite: InviteId,
    /// Who asks; the device is known from the connection.
    pub newcomer: Introduction,
    /// By the invite's secret, over [`super::Admit::statement`].
    pub invite_signature: Signature,
}

/// The answer. Whoever cannot prove to hold an invite always gets `Refused`, whatever the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum JoinAnswer {
    /// You are in: come and sync.
    Welcome,
    /// No.
    Refused,
    /// The invite has been used by somebody else.
    Used,
    /// The invite has expired.
    Expired,
    /// The circle has no place left.
    Full,
}

impl JoinRequest {
    /// The request's bytes.
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self)
            .expect("writing to memory does not fail and every field has a postcard form")
    }

    /// Reads a request of at most [`MAX_JOIN_MESSAGE`] bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > MAX_JOIN_MESSAGE {
            return Err(Malformed);
        }
        postcard::from_bytes(bytes).map_err(|_| Malformed)
    }
}

impl JoinAnswer {
    /// The answer's bytes.
    pub fn encode(self) -> Vec<u8> {
        postcard::to_allocvec(&self).expect("a plain enum always fits")
    }

    /// Reads an answer.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        postcard::from_bytes(bytes).map_err(|_| Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> Link {
        Link {
            circle: CircleId::from_bytes([1; 32]),
            name: "Lindenstraat".into(),
            secret: [2; 32],
            expires: Timestamp::from_ms(5),
            admitters: vec![Admitter {
                device: DeviceId::from_bytes([3; 32]),
                direct: vec!["192.0.2.1:4433".into()],
                relays: vec![],
            }],
        }
    }

    #[test]
    fn a_link_survives_being_broken_over_lines() {
        let text = link().to_text();
        let (a, b) = text.split_at(40);
        assert_eq!(Link::parse(&format!("  {a}\n {b}\r\n")), Ok(link()));
    }

    #[test]
    fn every_damaged_character_is_noticed() {
        let text = link().to_text();
        for i in PREFIX.len()..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[i] = if bytes[i] == b'A' { b'B' } else { b'A' };
            let bad = String::from_utf8(bytes).unwrap();
            assert_eq!(Link::parse(&bad), Err(BadLink::Damaged), "position {i}");
            assert_eq!(Link::parse(&text[..i]), Err(BadLink::Damaged), "cut at {i}");
        }
        assert_eq!(Link::parse("https://example.org"), Err(BadLink::NotALink));
    }
}
