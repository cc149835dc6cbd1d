//! About rules: when, how long, how often and by whom a listing may be used.

use clap::Args;
use serde::{Deserialize, Serialize};

/// Rules as people type them. What is left out stays as it is; the word `none` takes a rule away.
#[derive(Debug, Clone, Default, PartialEq, Args, Serialize, Deserialize)]
#[command(next_help_heading = "Rules; the word “none” takes one away")]
pub struct RuleFields {
    /// How long ahead it must be asked at least, e.g. 2d
    #[arg(long, value_name = "SPAN")]
    pub lead: Option<String>,
    /// How far ahead a booking may start at most, e.g. 60d
    #[arg(long, value_name = "SPAN")]
    pub horizon: Option<String>,
    /// The shortest booking, e.g. 1h
    #[arg(long, value_name = "SPAN")]
    pub shortest: Option<String>,
    /// The longest booking, or row of bookings of one borrower, e.g. 3d
    #[arg(long, value_name = "SPAN")]
    pub longest: Option<String>,
    /// What stays free between two bookings to make it ready, e.g. 30m
    #[arg(long, value_name = "SPAN")]
    pub gap: Option<String>,
    /// When it can be fetched and brought back, e.g. “mon-fri 09:00-17:00”; may be given several times
    #[arg(long, value_name = "TIMES")]
    pub open: Vec<String>,
    /// When it cannot be, e.g. “12-25 Christmas” or “2026-12-24..2027-01-02”; may be given several times
    #[arg(long, value_name = "DATES")]
    pub closed: Vec<String>,
    /// What becomes of closed days inside a booking: count, skip (not counted) or forbidden
    #[arg(long, value_name = "WORD")]
    pub closed_days: Option<String>,
    /// How much each borrower may use it, e.g. “3d/week from mon”, “10h/month from 31” or “5d in 14d”;
    /// may be given several times
    #[arg(long, value_name = "QUOTA")]
    pub quota: Vec<String>,
    /// Who is confirmed at once; may be given several times
    #[arg(long, value_name = "MEMBER")]
    pub privileged: Vec<String>,
    /// Who alone may borrow or drive it; may be given several times
    #[arg(long, value_name = "MEMBER", conflicts_with = "everybody")]
    pub borrower: Vec<String>,
    /// Everybody may borrow or drive it
    #[arg(long)]
    pub everybody: bool,
    /// It is broken: from now on, or from one time until another; without an end, nobody knows until when
    #[arg(long, value_name = "FROM[..TO]", num_args = 0..=1, default_missing_value = "")]
    pub repair: Option<String>,
    /// What is being done about it
    #[arg(long, value_name = "TEXT")]
    pub repair_note: Option<String>,
    /// It works again
    #[arg(long, conflicts_with_all = ["repair", "repair_note"])]
    pub repaired: bool,
    /// Confirm by itself when it is free: true or false
    #[arg(long, value_name = "true|false")]
    pub instant: Option<bool>,
}
