//! About messages.

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

/// About messages.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum MessageRequest {
    /// Say something about a listing, or to the other side of a booking
    Send {
        /// The words
        text: String,
        /// About what
        #[command(flatten)]
        about: AboutFields,
    },
    /// What was said, the newest last
    List {
        /// Only about this listing: title or id
        #[arg(long, value_name = "L", conflicts_with = "booking")]
        listing: Option<String>,
        /// Only about this booking: its id, or the title of the listing if it has only one
        #[arg(long, value_name = "B")]
        booking: Option<String>,
        /// With the former words of what was changed
        #[arg(long)]
        history: bool,
    },
    /// Put a message of yours in other words; the former ones stay readable
    Edit {
        /// Id of the message
        message: String,
        /// The new words
        text: String,
    },
}

/// About what a message is: one of both.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
#[group(required = true, multiple = false)]
pub struct AboutFields {
    /// About a listing, for all neighbours: title or id
    #[arg(long, value_name = "L")]
    pub listing: Option<String>,
    /// About a booking, for its two sides: its id, or the title of the listing if it has only one
    #[arg(long, value_name = "B")]
    pub booking: Option<String>,
}
