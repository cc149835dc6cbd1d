//! Rows about what concerns you.

use serde::{Deserialize, Serialize};

/// See [`super::Answer::Notices`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoticeRow {
    /// Its id: the same on all your devices.
    pub notice: String,
    /// Why, as a word: `question extension_asked confirmed declined expired cancelled extended
    /// not_extended held starts_soon due_soon overdue still_out in_repair damaged clash not_fetched
    /// departed message line gift`.
    pub code: String,
    /// Since when.
    pub at: String,
    /// In a sentence.
    pub text: String,
    /// Whether something is for you to do.
    pub asks: bool,
    /// Whether you have marked it as seen, on any of your devices.
    pub seen: bool,
    /// The booking that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booking: Option<String>,
    /// The listing that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listing: Option<String>,
    /// The line of the ledger that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The message that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
