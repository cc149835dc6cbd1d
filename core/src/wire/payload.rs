//! What an entry says: records and document changes.
//!
//! A payload is a kind number followed by the postcard form of that kind's struct. Unknown kinds
//! and bytes behind the known fields come from a newer Noaber: they are kept and passed on as they
//! are, and shown as such. A payload that claims a known kind but cannot be read counts as nothing;
//! its entry still stands in its log, because the chain needs it.

mod booking;
mod document;
mod money;
mod people;
mod words;

pub use booking::{
    Accept, Ask, AskSeries, Cancel, Confirm, Correct, Damage, Decline, Done, Extend, Extended,
    HandOver, NotExtended, Offered, Received,
};
pub use document::{CreateDocument, EditDocument, Give, Take, Writers};
pub use money::{Agree, Cause, Owe, Party, TariffFrom, Unit, Waive};
pub use people::{
    Address, Admit, Bond, Found, HouseRules, Introduction, InviteRecord, Leave, Profile,
};
pub use words::{About, Reword, Seen, Words};

use super::Malformed;
use crate::limits::{
    MAX_ADDRESSES, MAX_BANDS, MAX_DEBTS, MAX_MESSAGE, MAX_NAME, MAX_NOTICES_SEEN, MAX_OCCURRENCES,
    MAX_PHOTOS, MAX_TEXT,
};

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
    /// What the circle has agreed.
    6 HouseRules(HouseRules),
    /// How the author's member can be paid.
    7 Profile(Profile),
    /// Creates a document.
    16 CreateDocument(CreateDocument),
    /// Changes a document.
    17 EditDocument(EditDocument),
    /// The owner gives a listing away.
    18 Give(Give),
    /// The new owner takes it.
    19 Take(Take),
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
    /// Asks for bookings at several times.
    39 AskSeries(AskSeries),
    /// Asks to be told when that time becomes free.
    40 Wait(Ask),
    /// The keeper holds a time for somebody who waits.
    41 Offered(Offered),
    /// The one who waited wants it.
    42 Accept(Accept),
    /// The borrower asks to keep it longer.
    43 Extend(Extend),
    /// The keeper allows that.
    44 Extended(Extended),
    /// The keeper does not.
    45 NotExtended(NotExtended),
    /// Something broke.
    46 Damage(Damage),
    /// Help was given.
    47 Done(Done),
    /// A side puts right what the odometer showed.
    48 Correct(Correct),
    /// A few words.
    64 Message(Words),
    /// The same in other words.
    65 Reword(Reword),
    /// Notices that were seen.
    66 Seen(Seen),
    /// Who owes what to whom.
    80 Owe(Owe),
    /// A side of a line agrees.
    81 Agree(Agree),
    /// A side of a line does not.
    82 Waive(Waive),
    /// What driving costs from a time on.
    83 Tariff(TariffFrom),
}

impl Payload {
    /// Reads a payload; `true` beside it when there were fields of a newer version behind it.
    pub fn decode(bytes: &[u8]) -> Result<(Self, bool), Malformed> {
        let (kind, body) = postcard::take_from_bytes(bytes).map_err(|_| Malformed)?;
        let (payload, rest) = Self::decode_kind(kind, body).map_err(|_| Malformed)?;
        if payload.fits() { Ok((payload, !rest.is_empty())) } else { Err(Malformed) }
    }

    /// Whether every text and list in it is within its limit.
    fn fits(&self) -> bool {
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
            Self::Profile(profile) => name(&profile.iban) && name(&profile.payee),
            Self::Ask(ask) | Self::Wait(ask) => text(&ask.note),
            Self::AskSeries(ask) => ask.times.len() <= MAX_OCCURRENCES && text(&ask.note),
            Self::NotExtended(said) => name(&said.code) && text(&said.text),
            Self::Damage(damage) => damage.photos.len() <= MAX_PHOTOS && text(&damage.text),
            Self::Done(done) => text(&done.text),
            Self::Message(Words { text, .. }) | Self::Reword(Reword { text, .. }) => {
                text.len() <= MAX_MESSAGE
            }
            Self::Seen(seen) => seen.notices.len() <= MAX_NOTICES_SEEN,
            Self::Owe(owe) => owe.debts.len() <= MAX_DEBTS && text(&owe.text),
            Self::Waive(waive) => text(&waive.reason),
            Self::Tariff(tariff) => tariff.bands.len() <= MAX_BANDS,
            Self::Decline(decline) => name(&decline.code) && text(&decline.text),
            Self::Cancel(cancel) => text(&cancel.reason),
            Self::PickUp(hand_over) | Self::Return(hand_over) => text(&hand_over.note),
            Self::Invite(_)
            | Self::Leave(_)
            | Self::HouseRules(_)
            | Self::EditDocument(_)
            | Self::Give(_)
            | Self::Take(_)
            | Self::Received(_)
            | Self::Confirm(_)
            | Self::Offered(_)
            | Self::Accept(_)
            | Self::Extend(_)
            | Self::Extended(_)
            | Self::Correct(_)
            | Self::Agree(_)
            | Self::Unknown { .. } => true,
        }
    }
}
