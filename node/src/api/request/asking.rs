//! About asking: once, in line, again and again.

use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

/// What is asked for, and when.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
pub struct WantedFields {
    /// Title or id
    pub listing: String,
    /// From when, e.g. 2026-12-01T10:00
    #[arg(long, value_name = "TIME")]
    pub from: String,
    /// Until when; the end is not included
    #[arg(long, value_name = "TIME")]
    pub to: String,
    /// How many
    #[arg(long, default_value_t = 1)]
    pub quantity: u32,
    /// A word to the owner
    #[arg(long, default_value = "")]
    pub note: String,
}

/// A request to borrow.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
pub struct AskRequest {
    /// What, and when
    #[command(flatten)]
    pub wanted: WantedFields,
    /// Ask for the same time again and again; the owner can answer all in one go
    #[arg(long, requires = "until")]
    pub repeat: Option<RepeatName>,
    /// The last day on which a repetition may start, e.g. 2026-12-31
    #[arg(long, value_name = "DATE", requires = "repeat")]
    pub until: Option<String>,
    /// Cars: how far you mean to drive, for the estimate of the price
    #[arg(long, value_name = "KM")]
    pub km: Option<u32>,
    /// Only say what would be answered, and what it would cost
    #[arg(long)]
    pub dry_run: bool,
}

/// How often something repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum RepeatName {
    /// On the same weekday, at the same time by the clock
    Weekly,
    /// On the same day of the month, or the last one of months that are too short for it
    Monthly,
}

/// About bookings that were asked for in one go.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum SeriesRequest {
    /// Call off what has no answer yet and ask anew for other times; what is confirmed stays
    Change {
        /// Id of the series, or of one of its bookings
        series: String,
        /// From when the first time is, e.g. 2026-12-01T10:00
        #[arg(long, value_name = "TIME")]
        from: String,
        /// Until when the first time is; the end is not included
        #[arg(long, value_name = "TIME")]
        to: String,
        /// How often
        #[arg(long)]
        repeat: RepeatName,
        /// The last day on which a repetition may start, e.g. 2026-12-31
        #[arg(long, value_name = "DATE")]
        until: String,
    },
}
