//! What was begun and not sent: kept when the window closes, and asked about before that.

use std::collections::BTreeMap;

use noaber_core::id::ListingId;
use serde::{Deserialize, Serialize};

/// So many messages that were begun are kept.
pub(super) const MOST_MESSAGES: usize = 12;

/// What is kept of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Drafts {
    /// A thing that was about to be shared.
    pub(super) share: Option<ShareDraft>,
    /// Messages, by the listing that they are about.
    pub(super) messages: BTreeMap<String, String>,
}

/// A thing that was about to be shared, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ShareDraft {
    pub(super) kind: String,
    pub(super) title: String,
    pub(super) shelf: String,
    pub(super) about: String,
    pub(super) pieces: u32,
    pub(super) instant: bool,
    pub(super) give_away: bool,
    pub(super) seats: u32,
    pub(super) plate: String,
    pub(super) per_km: String,
    pub(super) per_hour: String,
    pub(super) hours: String,
    pub(super) photos: Vec<String>,
}

/// How much would be lost by closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unsent {
    /// Nothing was begun.
    Nothing,
    /// All that was begun is kept.
    Kept,
    /// Something is not.
    Lost,
}

/// By which a listing is named in what is kept.
pub(super) fn name_of(listing: ListingId) -> String {
    listing.to_string()
}
