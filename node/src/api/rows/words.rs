//! Rows about messages.

use serde::{Deserialize, Serialize};

/// See [`super::Answer::Message`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MessageRow {
    /// Its id.
    pub message: String,
    /// The id of what it is about.
    pub about: String,
    /// `listing` or `booking`.
    pub about_kind: String,
    /// The title of the listing that it is about, or whose booking it is.
    pub title: String,
    /// Who said it.
    pub by: String,
    /// Their name.
    pub by_name: String,
    /// When it was first said, by the author's clock.
    pub at: String,
    /// The words as they stand.
    pub text: String,
    /// Whether they were changed.
    pub edited: bool,
    /// All versions in order, the last is how it stands; only where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Vec<VersionRow>>,
}

/// The words of a message from one time on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct VersionRow {
    /// From when.
    pub at: String,
    /// The words.
    pub text: String,
}
