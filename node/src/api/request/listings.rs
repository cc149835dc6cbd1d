//! About listings: what all kinds have, and one noun a kind.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use super::RuleFields;

/// What all kinds of listing have.
#[derive(Debug, Clone, Default, Args, Serialize, Deserialize)]
pub struct Described {
    /// A few words about it
    #[arg(long)]
    pub about: Option<String>,
    /// One word to find it by, e.g. tools
    #[arg(long)]
    pub category: Option<String>,
    /// Another word to find it by; may be given several times
    #[arg(long = "tag", value_name = "WORD")]
    pub tags: Vec<String>,
    /// A photo (JPEG, PNG or WebP); may be given several times
    #[arg(long = "photo", value_name = "FILE")]
    pub photos: Vec<PathBuf>,
}

/// About items.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum ItemRequest {
    /// Offer a thing
    Add {
        /// What it is
        title: String,
        /// What it is like
        #[command(flatten)]
        described: Described,
        /// How many there are
        #[arg(long, default_value_t = 1)]
        quantity: u32,
        /// Confirm by itself when it is free
        #[arg(long)]
        instant: bool,
        /// Whoever gets it keeps it
        #[arg(long)]
        give_away: bool,
    },
}

/// What only cars have.
#[derive(Debug, Clone, Default, Args, Serialize, Deserialize)]
pub struct CarFields {
    /// Seats, with the driver's
    #[arg(long)]
    pub seats: Option<u32>,
    /// Number plate
    #[arg(long)]
    pub plate: Option<String>,
    /// What the odometer shows, in km
    #[arg(long, value_name = "KM")]
    pub odometer: Option<u32>,
    /// Price of a kilometre, e.g. 0.25, or “0.30 to 100, 0.20”: from the 101st on less
    #[arg(long, value_name = "PRICE")]
    pub per_km: Option<String>,
    /// Price of an hour, e.g. 2.50
    #[arg(long, value_name = "PRICE")]
    pub per_hour: Option<String>,
    /// Price of every trip beside that, e.g. 1.00
    #[arg(long, value_name = "PRICE")]
    pub per_trip: Option<String>,
    /// What a driver pays of a damage at most, e.g. 150
    #[arg(long, value_name = "AMOUNT")]
    pub own_risk: Option<String>,
}

/// About cars.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum CarRequest {
    /// Share a car
    Add {
        /// What the neighbours call it
        title: String,
        /// What it is like
        #[command(flatten)]
        described: Described,
        /// What only cars have
        #[command(flatten)]
        car: CarFields,
        /// Confirm by itself when it is free
        #[arg(long)]
        instant: bool,
    },
    /// Let somebody drive it, and from the first on only those who are let
    Admit {
        /// Title or id
        car: String,
        /// Name or id
        member: String,
    },
    /// Let somebody drive it no longer
    Dismiss {
        /// Title or id
        car: String,
        /// Name or id
        member: String,
    },
    /// Say what driving it costs from some time on; without a price, show what it cost and will cost
    Tariff {
        /// Title or id
        car: String,
        /// What changes; the word “none” takes a price away
        #[command(flatten)]
        prices: PriceFields,
        /// From when on, e.g. 2027-01-01; from now when left out. What was driven before stays as it was
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
    },
    /// Its log book: who drove how far, what nobody logged, what it cost
    Trips {
        /// Title or id
        car: String,
        /// Only from then on, e.g. 2026-12-01
        #[arg(long, value_name = "TIME")]
        from: Option<String>,
        /// Only until then
        #[arg(long, value_name = "TIME")]
        to: Option<String>,
    },
}

/// Prices of driving.
#[derive(Debug, Clone, Default, PartialEq, Args, Serialize, Deserialize)]
pub struct PriceFields {
    /// Price of a kilometre, e.g. 0.25, or “0.30 to 100, 0.20”: from the 101st on less
    #[arg(long, value_name = "PRICE")]
    pub per_km: Option<String>,
    /// Price of an hour, e.g. 2.50
    #[arg(long, value_name = "PRICE")]
    pub per_hour: Option<String>,
    /// Price of every trip beside that, e.g. 1.00
    #[arg(long, value_name = "PRICE")]
    pub per_trip: Option<String>,
}

/// What only help has.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
pub struct HelpFields {
    /// How long it takes, in hours, e.g. 1.5
    #[arg(long)]
    pub hours: Option<String>,
    /// Every week
    #[arg(long)]
    pub weekly: bool,
    /// How many people it takes, or can be helped at a time
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub people: u32,
}

/// About help.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum HelpRequest {
    /// Offer help
    Offer {
        /// With what
        title: String,
        /// What it is like
        #[command(flatten)]
        described: Described,
        /// How much, how often, with how many
        #[command(flatten)]
        help: HelpFields,
    },
    /// Ask for help
    Ask {
        /// With what
        title: String,
        /// What it is like
        #[command(flatten)]
        described: Described,
        /// How much, how often, with how many
        #[command(flatten)]
        help: HelpFields,
    },
}

/// A kind of listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum KindName {
    /// Things to lend or give
    Item,
    /// Cars
    Car,
    /// Help offered
    HelpOffer,
    /// Help asked
    HelpAsk,
}

/// About listings.
#[allow(clippy::large_enum_variant, reason = "there is one at a time")]
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum ListingRequest {
    /// All listings
    List {
        /// Only this kind
        #[arg(long)]
        kind: Option<KindName>,
        /// Only those that these words find, the best first
        #[arg(long, value_name = "WORDS")]
        search: Option<String>,
        /// Only those that you can have then, e.g. 2026-12-01T10:00..2026-12-01T12:00
        #[arg(long, value_name = "FROM..TO")]
        free: Option<String>,
        /// Only those of which you can have so many
        #[arg(long, value_name = "N", default_value_t = 1)]
        quantity: u32,
        /// Also those no longer offered
        #[arg(long)]
        retired: bool,
    },
    /// One listing
    Show {
        /// Title or id
        listing: String,
    },
    /// Change a listing of yours
    Edit {
        /// Title or id
        listing: String,
        /// A new title
        #[arg(long)]
        title: Option<String>,
        /// What it is like
        #[command(flatten)]
        described: Described,
        /// Take away the photos it has
        #[arg(long)]
        drop_photos: bool,
        /// How many there are
        #[arg(long)]
        quantity: Option<u32>,
        /// Confirm by itself when it is free: true or false
        #[arg(long)]
        instant: Option<bool>,
        /// What only cars have
        #[command(flatten)]
        car: CarFields,
        /// How long the help takes, in hours
        #[arg(long)]
        hours: Option<String>,
        /// Whether the help is for every week: true or false
        #[arg(long, value_name = "true|false")]
        weekly: Option<bool>,
    },
    /// What you ask of those who use it: when, how long, how often, who. Without flags, shows it
    Rule {
        /// Title or id
        listing: String,
        /// What changes
        #[command(flatten)]
        rules: Box<RuleFields>,
    },
    /// Give it to another member, who then takes it with `noaber listing take`
    Give {
        /// Title or id
        listing: String,
        /// To whom: name or id
        #[arg(long, value_name = "MEMBER")]
        to: String,
    },
    /// Take what was given to you: it is yours then
    Take {
        /// Title or id
        listing: String,
    },
    /// No longer offer it; what is promised stays promised
    Retire {
        /// Title or id
        listing: String,
    },
    /// Which device confirms bookings of it
    Keeper {
        /// Title or id
        listing: String,
    },
    /// Save its photos
    Photo {
        /// Title or id
        listing: String,
        /// Into this directory
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}
