//! About bookings: answering, keeping longer, handing over, breaking.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

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
        /// Only those that should be back by now
        #[arg(long)]
        late: bool,
        /// Only those of this series: its id, or that of one of its bookings
        #[arg(long)]
        series: Option<String>,
    },
    /// One booking
    Show {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
    },
    /// Say yes, also to the wish to keep it longer
    Confirm {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
        /// To all of its series
        #[arg(long)]
        series: bool,
    },
    /// Say no, also to the wish to keep it longer
    Decline {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// To all of its series
        #[arg(long)]
        series: bool,
    },
    /// Call it off
    Cancel {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
        /// Why
        #[arg(long, default_value = "")]
        reason: String,
        /// All of its series that is still to come
        #[arg(long)]
        series: bool,
    },
    /// Ask to keep it longer
    Extend {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
        /// Until when, e.g. 2026-12-01T18:00
        #[arg(long, value_name = "TIME")]
        to: String,
    },
    /// Take the time that became free while you waited
    Accept {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
    },
    /// Note that it was taken along
    Pickup(HandOverFields),
    /// Note that it came back
    Return(HandOverFields),
    /// Say that something broke
    Damage {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
        /// What is wrong
        text: String,
        /// How it looks; may be given several times
        #[arg(long = "photo", value_name = "FILE")]
        photos: Vec<PathBuf>,
        /// It cannot be used like this
        #[arg(long)]
        unusable: bool,
    },
    /// Put right what the odometer showed; a bill that is not approved yet is written anew
    Correct {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
        /// What it showed at the start, in km
        #[arg(long, value_name = "KM", required_unless_present = "end")]
        start: Option<u32>,
        /// What it showed at the end, in km
        #[arg(long, value_name = "KM")]
        end: Option<u32>,
    },
    /// Say that help was given
    Done {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
        /// How long it took, in hours, e.g. 1.5; where the circle counts hours
        #[arg(long)]
        hours: Option<String>,
        /// A word of thanks
        #[arg(long, default_value = "")]
        thanks: String,
    },
    /// Agree with what the trip costs
    Approve {
        /// Id of the booking, or title of the listing if it has only one
        booking: String,
    },
}
