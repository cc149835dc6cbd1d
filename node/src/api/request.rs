//! What programs can ask of a node. One definition serves the command line's parser and the local
//! socket: the names and flags are the contract that `noaber --help` prints.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

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
    /// Your bookings, and those of your things
    #[command(subcommand)]
    Booking(BookingRequest),
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

/// What all kinds of listing have.
#[derive(Debug, Clone, Default, Args, Serialize, Deserialize)]
pub struct Described {
    /// A few words about it
    #[arg(long)]
    pub about: Option<String>,
    /// One word to find it by, e.g. tools
    #[arg(long)]
    pub category: Option<String>,
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
    /// Price of a kilometre, e.g. 0.25
    #[arg(long, value_name = "PRICE")]
    pub per_km: Option<String>,
    /// Price of an hour, e.g. 2.50
    #[arg(long, value_name = "PRICE")]
    pub per_hour: Option<String>,
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
        /// How long it takes, in hours, e.g. 1.5
        #[arg(long)]
        hours: Option<String>,
    },
    /// Ask for help
    Ask {
        /// With what
        title: String,
        /// What it is like
        #[command(flatten)]
        described: Described,
        /// How long it takes, in hours, e.g. 1.5
        #[arg(long)]
        hours: Option<String>,
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
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum ListingRequest {
    /// All listings
    List {
        /// Only this kind
        #[arg(long)]
        kind: Option<KindName>,
        /// Only those in which all these words occur
        #[arg(long)]
        search: Option<String>,
        /// Only those free then, e.g. 2026-12-01T10:00..2026-12-01T12:00
        #[arg(long, value_name = "FROM..TO")]
        free: Option<String>,
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

/// The contract of a spreadsheet of things.
const SHEET_HELP: &str = "\
The first row names the columns, in any order; all but the title may be left out:

  title      what it is, in one line
  about      a few words about it
  category   one word to find it by
  quantity   how many there are; 1 when empty
  instant    yes: confirmed by itself when it is free
  give_away  yes: whoever gets it keeps it
  photo      a file, seen from where the spreadsheet is; several with | between them
  ref        a name or number of your own, by which a row is known again

The file is CSV in UTF-8, with commas or semicolons, of at most 8 MiB and 5,000 rows. Bringing in a
file again doubles nothing: a row is known by its ref, else by title and category. What differs is
changed; photos are added, never taken away. Rows that are not right are told, the others are taken.
An apostrophe before = + - @ keeps spreadsheet programs from calculating, and is not taken over.";

/// What can be brought in.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum ImportRequest {
    /// Things to lend or give, one a row
    #[command(after_help = SHEET_HELP)]
    Items {
        /// The spreadsheet
        #[arg(value_name = "FILE.csv")]
        file: PathBuf,
    },
}

/// What can be taken out.
#[derive(Debug, Clone, Subcommand, Serialize, Deserialize)]
pub enum ExportRequest {
    /// The things that you offer, one a row; `noaber import items` reads it (photos are not in it)
    Items {
        /// Save it here; printed when left out
        #[arg(long, value_name = "FILE.csv")]
        out: Option<PathBuf>,
        /// What stands between columns: semicolons where numbers are written like 1,5
        #[arg(long, default_value = "comma")]
        separator: SeparatorName,
    },
}

/// What stands between columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum SeparatorName {
    /// ,
    Comma,
    /// ;
    Semicolon,
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
            Self::Import(ImportRequest::Items { file }) => paths.push(file),
            Self::Export(ExportRequest::Items { out, .. }) => paths.extend(out),
            Self::Listing(ListingRequest::Photo { out, .. }) => paths.push(out),
            Self::Booking(BookingRequest::Pickup(fields) | BookingRequest::Return(fields)) => {
                paths.extend(&mut fields.photo);
            }
            _ => {}
        }
        for path in paths {
            *path = std::path::absolute(&*path)?;
        }
        Ok(())
    }
}
