//! What becomes bytes: payloads, entries and runs, messages, join requests and links.
//!
//! Only the types in here are stored or sent. A stored field never changes its meaning; a new
//! meaning is a new payload kind. Golden bytes in the tests hold that promise.

mod entry;
#[cfg(test)]
mod golden;
mod join;
mod message;
mod pack;
mod payload;

pub use entry::{Entry, Head, Run, RunFault, Signature, StoredEntry, seal, verify_run};
pub use join::{Admitter, BadLink, JoinAnswer, JoinRequest, Link};
pub use message::{CircleDigest, Message, RunsFrame, VERSION};
pub use pack::Packer;
pub use payload::{
    About, Accept, Address, Admit, Agree, Ask, AskSeries, Bond, Cancel, Cause, Confirm, Correct,
    CreateDocument, Damage, Decline, Done, EditDocument, Extend, Extended, Found, Give, HandOver,
    HouseRules, Introduction, InviteRecord, Leave, NotExtended, Offered, Owe, Party, Payload,
    Profile, Received, Reword, Seen, Take, TariffFrom, Unit, Waive, Words, Writers,
};

/// Bytes that are not what they should be. Deliberately without detail: whoever sent them gains
/// nothing from knowing how far they got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed bytes")]
pub struct Malformed;
