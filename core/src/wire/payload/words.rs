//! Messages between neighbours, and what was read.

use serde::{Deserialize, Serialize};

use crate::id::{BookingId, ListingId, MessageId, NoticeId};

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum About {
    /// A listing: all neighbours may join in.
    Listing(ListingId),
    /// A booking: only its two sides.
    Booking(BookingId),
}

/// A few words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// About what.
    pub about: About,
    /// The words.
    pub text: String,
}

/// The author puts a message in other words; the former ones stay readable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reword {
    /// Which message.
    pub message: MessageId,
    /// The new words.
    pub text: String,
}

/// The author has seen these notices, so their other devices need not show them again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// Which.
    pub notices: Vec<NoticeId>,
}
