//! What a node answers: rows whose fields are the contract of `--json`.
//!
//! Ids are printed in full, times as RFC 3339 with the circle's offset, money as decimal strings.

use serde::{Deserialize, Serialize};

/// An answer. The names of the variants only travel over the local socket.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Answer {
    /// Who you are.
    Identity(IdentityRow),
    /// How the node is doing.
    Status(StatusRow),
    /// What was exchanged.
    Synced(SyncedRow),
    /// One circle.
    Circle(CircleRow),
    /// Circles.
    Circles(Vec<CircleRow>),
    /// An invite.
    Invite(InviteRow),
    /// A circle that was joined.
    Joined(JoinedRow),
    /// A circle that was left.
    Left(JoinedRow),
    /// One member.
    Member(MemberRow),
    /// Members.
    Members(Vec<MemberRow>),
    /// One listing.
    Listing(Box<ListingRow>),
    /// Listings.
    Listings(Vec<ListingRow>),
    /// Who keeps a listing.
    Keeper(KeeperRow),
    /// Photos that were saved.
    Photos(PhotosRow),
    /// One booking.
    Booking(Box<BookingRow>),
    /// Bookings.
    Bookings(Vec<BookingRow>),
    /// What is free when.
    Calendar(Vec<StretchRow>),
    /// A calendar file.
    Ics(IcsRow),
    /// What came of a spreadsheet.
    Imported(ImportedRow),
    /// A spreadsheet.
    Exported(ExportedRow),
    /// What a check of the store found.
    Checked(CheckedRow),
}

impl Answer {
    /// The one JSON value that `--json` prints.
    pub fn to_json(&self) -> serde_json::Value {
        let tagged = serde_json::to_value(self).expect("rows are plain data");
        match tagged {
            serde_json::Value::Object(map) => map.into_values().next().unwrap_or_default(),
            other => other,
        }
    }
}

/// See [`Answer::Identity`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IdentityRow {
    /// The member.
    pub member: String,
    /// This device.
    pub device: String,
    /// The member's name.
    pub name: String,
    /// The device's name.
    pub device_name: String,
    /// The circles that you are in.
    pub circles: Vec<NamedCircle>,
}

/// A circle, in a few words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NamedCircle {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// See [`Answer::Status`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StatusRow {
    /// Whether a node runs on this home.
    pub running: bool,
    /// This device.
    pub device: String,
    /// Where it can be reached.
    pub addresses: Vec<String>,
    /// Where calendar programs on this machine find the calendar of each circle, if that was asked
    /// for (`run --calendar`). The address is a secret.
    pub calendar: Vec<String>,
    /// Its circles.
    pub circles: Vec<CircleStatusRow>,
}

/// How a circle's copy is doing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CircleStatusRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Entries held.
    pub entries: u64,
    /// Equal on two nodes exactly when they hold the same entries.
    pub frontier: String,
    /// Entries that say something only a newer Noaber understands.
    pub newer: u64,
    /// Entries that cannot be read.
    pub unreadable: u64,
    /// The other devices.
    pub peers: Vec<PeerRow>,
}

/// Another device.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PeerRow {
    /// The device.
    pub device: String,
    /// Whose it is.
    pub member: String,
    /// That member's name.
    pub name: String,
    /// Whether it is linked now.
    pub connected: bool,
    /// `direct` or `relay`, when linked.
    pub path: Option<String>,
    /// When it was last linked.
    pub last_seen: Option<String>,
    /// Entries that it is known to lack; nothing when not known.
    pub behind: Option<u64>,
}

/// See [`Answer::Synced`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SyncedRow {
    /// Devices that hold the same as this one now.
    pub synced_with: Vec<String>,
    /// Devices that could not be reached in time.
    pub unreachable: Vec<String>,
    /// Entries that came in.
    pub received: u64,
    /// Entries that went out.
    pub sent: u64,
}

/// See [`Answer::Circle`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CircleRow {
    /// Its id.
    pub circle: String,
    /// Its name.
    pub name: String,
    /// IANA name of its time zone.
    pub timezone: String,
    /// ISO 4217 code of its currency.
    pub currency: String,
    /// How many members are in.
    pub members: usize,
    /// How many listings are offered.
    pub listings: usize,
    /// `member`, `joining` or `left`.
    pub state: String,
}

/// See [`Answer::Invite`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InviteRow {
    /// The link.
    pub link: String,
    /// When it ends.
    pub expires: String,
    /// To which circle.
    pub circle: String,
    /// Its name.
    pub name: String,
    /// Whether the link says where to find this device; without it, only the local network helps.
    pub has_address: bool,
}

/// See [`Answer::Joined`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JoinedRow {
    /// The circle.
    pub circle: String,
    /// Its name.
    pub name: String,
    /// `member` or `left`.
    pub state: String,
}

/// See [`Answer::Member`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MemberRow {
    /// The member.
    pub member: String,
    /// Their name.
    pub name: String,
    /// Trusted with roster decisions.
    pub steward: bool,
    /// Their devices.
    pub devices: Vec<String>,
    /// What the devices are called, in the same order.
    pub device_names: Vec<String>,
    /// `active` or `left`.
    pub state: String,
    /// When they came in.
    pub since: String,
}

/// See [`Answer::Listing`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListingRow {
    /// Its id.
    pub listing: String,
    /// `item`, `car`, `help-offer`, `help-ask`.
    pub kind: String,
    /// One line.
    pub title: String,
    /// A few sentences.
    pub about: String,
    /// One word.
    pub category: String,
    /// How many there are.
    pub quantity: u32,
    /// How many are free now.
    pub free_now: u32,
    /// The owner.
    pub owner: String,
    /// The owner's name.
    pub owner_name: String,
    /// The device that confirms.
    pub keeper: String,
    /// `active` or `retired`.
    pub state: String,
    /// Whether it is confirmed without asking anybody.
    pub instant: bool,
    /// Photos, by hash.
    pub photos: Vec<String>,
    /// How many of them are here.
    pub photos_here: usize,
    /// When it was first offered.
    pub created: String,
    /// Items: whoever gets it keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub give_away: Option<bool>,
    /// Cars: seats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// Cars: number plate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plate: Option<String>,
    /// Cars: the odometer when it was first shared, in km.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odometer: Option<u32>,
    /// Cars: price of a kilometre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_km: Option<String>,
    /// Cars: price of an hour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_hour: Option<String>,
    /// Cars: currency of the prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Help: how long it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

/// See [`Answer::Keeper`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeeperRow {
    /// The listing.
    pub listing: String,
    /// The device that confirms bookings of it.
    pub keeper: String,
    /// What that device is called.
    pub device_name: String,
    /// Whose it is.
    pub member_name: String,
    /// How many devices have been keeper before.
    pub term: u32,
}

/// See [`Answer::Photos`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PhotosRow {
    /// The listing.
    pub listing: String,
    /// Files that were written.
    pub files: Vec<String>,
    /// Photos that have not come in yet.
    pub missing: Vec<String>,
}

/// See [`Answer::Booking`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BookingRow {
    /// Its id.
    pub booking: String,
    /// Of which listing.
    pub listing: String,
    /// That listing's title.
    pub title: String,
    /// For whom.
    pub borrower: String,
    /// Their name.
    pub borrower_name: String,
    /// Whose listing it is.
    pub owner: String,
    /// Their name.
    pub owner_name: String,
    /// Start.
    pub from: String,
    /// End, not included.
    pub to: String,
    /// How many.
    pub quantity: u32,
    /// `asked confirmed declined cancelled expired out returned`.
    pub state: String,
    /// `local delivered confirmed clash`.
    pub assurance: String,
    /// Why it ended before its time: in somebody's words, else the word in `why_code`.
    pub why: Option<String>,
    /// `overlap retired owner cancelled`.
    pub why_code: Option<String>,
    /// Who ended it.
    pub why_by: Option<String>,
    /// A word to the owner.
    pub note: String,
    /// Pieces that are with the borrower.
    pub out: u32,
    /// What happened, in order.
    pub history: Vec<HistoryRow>,
}

/// Something that happened to a booking.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HistoryRow {
    /// When, by the author's clock.
    pub at: String,
    /// Who.
    pub by: String,
    /// Their name.
    pub by_name: String,
    /// `asked received confirmed declined cancelled pickup return`.
    pub what: String,
    /// Pieces, for what changed hands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// The odometer, in km.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub odometer: Option<u32>,
    /// A photo, by hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A stretch of equal free quantity.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StretchRow {
    /// Start.
    pub from: String,
    /// End, not included.
    pub to: String,
    /// The listing.
    pub listing: String,
    /// Its title.
    pub title: String,
    /// How many are free.
    pub free: u32,
    /// Bookings that have the others.
    pub bookings: Vec<String>,
    /// Who has them.
    pub names: Vec<String>,
}

/// See [`Answer::Ics`].
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

/// See [`Answer::Imported`].
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

/// See [`Answer::Exported`].
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

/// See [`Answer::Checked`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckedRow {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// What is.
    pub problems: Vec<String>,
    /// Entries that were checked.
    pub entries: u64,
    /// Photos that were checked.
    pub photos: u64,
}
