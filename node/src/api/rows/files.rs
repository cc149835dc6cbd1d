//! Rows about files: calendars and spreadsheets.

use serde::{Deserialize, Serialize};

/// See [`super::Answer::Ics`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IcsRow {
    /// The file that was written, if one was asked for.
    pub file: Option<String>,
    /// How many bookings are in it.
    pub events: usize,
    /// How long it is.
    pub bytes: usize,
    /// The calendar itself, where no file was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// See [`super::Answer::Imported`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImportedRow {
    /// Things that are offered now and were not before.
    pub imported: usize,
    /// Things that were offered already, and have changed.
    pub updated: usize,
    /// Things that were offered already just so.
    pub unchanged: usize,
    /// Rows that were not taken.
    pub rejected: Vec<RejectedRow>,
}

/// A row of a spreadsheet that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedRow {
    /// The line of the file in which it begins, counted from 1.
    pub line: usize,
    /// Why.
    pub reason: String,
}

/// See [`super::Answer::Exported`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ExportedRow {
    /// The file that was written, if one was asked for.
    pub file: Option<String>,
    /// How many things are in it.
    pub items: usize,
    /// How long it is.
    pub bytes: usize,
    /// The spreadsheet itself, where no file was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// See [`super::Answer::BackedUp`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BackupRow {
    /// The file that was written.
    pub file: String,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 of the whole file.
    pub sha256: String,
    /// How many entries are in it.
    pub entries: u64,
}
