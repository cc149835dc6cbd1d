//! About bookings: asking, answering, handing over.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

/// A request to borrow.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
pub struct AskRequest {
    /// Title or id
    pub listing: String,
    /// From when, e.g. 2026-12-01T10:00
    #[arg(long)]
    pub from: String,
    /// Until when; the end is not included
    #[arg(long)]
    pub to: String,
    /// How many
    #[arg(long, default_value_t = 1)]
    pub quantity: u32,
    /// A word to the owner
    #[arg(long, default_value = "")]
    pub note: String,
}

/// What is noted when something changes hands.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
pub struct HandOverFields {
    /// Id of the booking, or title of the listing if it has only one
    pub booking: String,
    /// How many pieces; all when left out
    #[arg(long)]
    pub quantity: Option<u32>,
    /// What the odometer shows, in km
    #[arg(long, value_name = "KM")]
    pub odometer: Option<u32>,
    /// A photo of its condition
    #[arg(long, value_name = "FILE")]
    pub photo: Option<PathBuf>,
    /// Remarks
    #[arg(long, default_value = "")]
    pub note: String,
}

/// About bookings.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum BookingRequest {
    /// All bookings
    List {
        /// Only of this listing
        #[arg(long)]
        listing: Option<String>,
        /// Only those that you asked for
        #[arg(long)]
        mine: bool,
        /// Only those that wait for an answer of yours
        #[arg(long)]
        waiting: bool,
    },
    /// One booking
    Show {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
    },
    /// Say yes
    Confirm {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
    },
    /// Say no
    Decline {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Call it off
    Cancel {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Note that it was taken along
    Pickup(HandOverFields),
    /// Note that it came back
    Return(HandOverFields),
}
