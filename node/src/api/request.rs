//! What programs can ask of a node. One definition serves the command line's parser and the local
//! socket: the names and flags are the contract that `noaber --help` prints.

mod asking;
mod bookings;
mod files;
mod listings;
mod money;
mod rules;
mod words;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

pub use asking::{AskRequest, RepeatName, SeriesRequest, WantedFields};
pub use bookings::{BookingRequest, HandOverFields};
pub use files::{ExportRequest, ImportRequest, SeparatorName};
pub use listings::{
    CarFields, CarRequest, Described, HelpFields, HelpRequest, ItemRequest, KindName,
    ListingRequest, PriceFields,
};
pub use money::{
    AccountRequest, ExpenseRequest, MoneyRequest, PayRequest, PotRequest, SumFields, UnitName,
};
pub use rules::RuleFields;
pub use words::{AboutFields, MessageRequest};

/// A question or a command, for one node.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum Request {
    /// Who you are here
    Whoami,
    /// How this node is doing, and who is up to date
    Status,
    /// Exchange news with everybody who can be reached
    Sync {
        /// How long to try, e.g. 30s
        #[arg(long, default_value = "30s")]
        timeout: String,
        /// How to reach them
        #[command(flatten)]
        net: NetFlags,
    },
    /// Start a circle, or look at yours
    #[command(subcommand)]
    Circle(CircleRequest),
    /// Make a link that lets one newcomer in
    Invite {
        /// How long the link works, e.g. 7d or 12h
        #[arg(long, default_value = "7d")]
        expires: String,
        /// Save the QR code as a picture
        #[arg(long, value_name = "FILE.png")]
        qr: Option<PathBuf>,
    },
    /// Join a circle by a link
    Join {
        /// The link that a neighbour gave you
        link: String,
        /// How long to try, e.g. 60s
        #[arg(long, default_value = "60s")]
        timeout: String,
        /// How to reach them
        #[command(flatten)]
        net: NetFlags,
    },
    /// Leave the circle
    Leave,
    /// Who is in the circle
    #[command(subcommand)]
    Member(MemberRequest),
    /// Things to lend or give
    #[command(subcommand)]
    Item(ItemRequest),
    /// Cars to share
    #[command(subcommand)]
    Car(CarRequest),
    /// Help, offered or asked
    #[command(subcommand)]
    Help(HelpRequest),
    /// Everything that is offered or asked
    #[command(subcommand)]
    Listing(ListingRequest),
    /// Ask to borrow something
    Ask(AskRequest),
    /// Get in line for a time that is not free
    Wait(WantedFields),
    /// Bookings that were asked for in one go
    #[command(subcommand)]
    Series(SeriesRequest),
    /// Your bookings, and those of your things
    #[command(subcommand)]
    Booking(BookingRequest),
    /// Words about listings and bookings
    #[command(subcommand)]
    Message(MessageRequest),
    /// Money and hours: each a command of its own
    #[command(flatten)]
    Money(MoneyRequest),
    /// What is free when
    Calendar {
        /// Of one listing; of all when left out
        listing: Option<String>,
        /// From when, e.g. 2026-12-01 or 2026-12-01T10:00
        #[arg(long)]
        from: String,
        /// Until when
        #[arg(long)]
        to: String,
    },
    /// Bookings as a calendar file (iCalendar) for other programs
    Ics {
        /// Of one listing; of the whole circle when left out
        #[arg(conflicts_with = "member")]
        listing: Option<String>,
        /// Of one member, as borrower or as owner
        #[arg(long)]
        member: Option<String>,
        /// Leave out what came to nothing, as a feed does; else it is in the file as cancelled, so
        /// that an import takes it out
        #[arg(long)]
        feed: bool,
        /// Save it here; printed when left out
        #[arg(long, value_name = "FILE.ics")]
        out: Option<PathBuf>,
    },
    /// Offer many things at once, from a spreadsheet
    #[command(subcommand)]
    Import(ImportRequest),
    /// Save what you offer as a spreadsheet
    #[command(subcommand)]
    Export(ExportRequest),
    /// What concerns you: questions, answers, reminders
    Notices {
        /// Only these; all when left out
        notices: Vec<String>,
        /// Also those that you have seen
        #[arg(long)]
        all: bool,
        /// Mark them as seen, on all your devices
        #[arg(long)]
        read: bool,
    },
    /// Save everything in one file; whoever has it can be you
    Backup {
        /// Where to
        file: PathBuf,
        /// Write over a file that is there
        #[arg(long)]
        overwrite: bool,
        /// Make none: look whether this one is whole and can be read
        #[arg(long, conflicts_with = "overwrite")]
        check: bool,
    },
    /// Look through the store for damage
    Check,
}

/// How to reach other devices. A running node has its own ways, and these are not asked for.
#[derive(Debug, Clone, Default, Args, Serialize, Deserialize)]
pub struct NetFlags {
    /// Listen here; may be given several times
    #[arg(long, value_name = "IP:PORT")]
    pub bind: Vec<SocketAddr>,
    /// Do not look for neighbours on the local network
    #[arg(long)]
    pub no_lan: bool,
    /// Use this relay; may be given several times
    #[arg(long, value_name = "URL")]
    pub relay: Vec<String>,
    /// Use no relay
    #[arg(long, conflicts_with = "relay")]
    pub no_relay: bool,
}

/// About circles.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum CircleRequest {
    /// Start a circle of your own
    Create {
        /// What the neighbours call it
        name: String,
        /// Its time zone; this computer's when left out
        #[arg(long)]
        timezone: Option<String>,
        /// Its currency
        #[arg(long, default_value = "EUR")]
        currency: String,
    },
    /// The circles that you are in
    List,
    /// One circle
    Show,
    /// What is agreed for the whole circle; stewards change it
    Rules {
        /// Whether hours of help are counted
        #[arg(long)]
        timebank: Option<bool>,
        /// Below so many hours a member is warned, e.g. -10; nobody is stopped
        #[arg(long, value_name = "HOURS", allow_hyphen_values = true)]
        floor: Option<String>,
    },
}

/// About members.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum MemberRequest {
    /// Everybody
    List,
    /// One member
    Show {
        /// Name or id
        member: String,
    },
}

impl Request {
    /// How to run the network for as long as this needs it; `None` if it needs no other devices.
    pub fn net(&self) -> Option<&NetFlags> {
        match self {
            Self::Sync { net, .. } | Self::Join { net, .. } => Some(net),
            _ => None,
        }
    }

    /// Files are named as seen from here; a running node may stand elsewhere.
    pub fn make_paths_absolute(&mut self) -> std::io::Result<()> {
        let mut paths: Vec<&mut PathBuf> = Vec::new();
        match self {
            Self::Invite { qr: file, .. } | Self::Ics { out: file, .. } => paths.extend(file),
            Self::Item(ItemRequest::Add { described, .. })
            | Self::Car(CarRequest::Add { described, .. })
            | Self::Help(
                HelpRequest::Offer { described, .. } | HelpRequest::Ask { described, .. },
            )
            | Self::Listing(ListingRequest::Edit { described, .. }) => {
                paths.extend(&mut described.photos);
            }
            Self::Money(request) => paths.extend(request.paths()),
            Self::Import(ImportRequest::Items { file }) => paths.push(file),
            Self::Export(ExportRequest::Items { out, .. }) => paths.extend(out),
            Self::Listing(ListingRequest::Photo { out: file, .. }) | Self::Backup { file, .. } => {
                paths.push(file);
            }
            Self::Booking(BookingRequest::Pickup(fields) | BookingRequest::Return(fields)) => {
                paths.extend(&mut fields.photo);
            }
            Self::Booking(BookingRequest::Damage { photos, .. }) => paths.extend(photos),
            _ => {}
        }
        for path in paths {
            *path = std::path::absolute(&*path)?;
        }
        Ok(())
    }
}
