//! What a node answers: rows whose fields are the contract of `--json`.
//!
//! Ids are printed in full, times as RFC 3339 with the circle's offset, money as decimal strings.

mod asking;
mod bookings;
mod cars;
mod files;
mod listings;
mod money;
mod notices;
mod rules;
mod words;

use serde::{Deserialize, Serialize};

pub use asking::{
    BillLineRow, DamagedRow, EstimateRow, JudgedRow, JudgedTimeRow, ReasonRow, Refusal, SeriesRow,
    TimeRow,
};
pub use bookings::{BookingRow, DamageRow, HistoryRow, StretchRow};
pub use cars::{LoggedRow, TariffRow, TariffsRow, TripRow, TripsRow};
pub use files::{BackupRow, ExportedRow, IcsRow, ImportedRow, RejectedRow};
pub use listings::{KeeperRow, ListingRow, PhotosRow};
pub use money::{AccountRow, BalanceRow, LedgerRow, PaymentRow, SettledRow};
pub use notices::NoticeRow;
pub use rules::{RepairRow, RuledRow, RulesRow};
pub use words::{MessageRow, VersionRow};

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
    /// What is agreed for a circle.
    HouseRules(CircleRow),
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
    /// A listing with its rules.
    Ruled(Box<RuledRow>),
    /// What driving a car costs, from when on.
    Tariffs(TariffsRow),
    /// The log book of a car.
    Trips(TripsRow),
    /// Who keeps a listing.
    Keeper(KeeperRow),
    /// Photos that were saved.
    Photos(PhotosRow),
    /// One booking.
    Booking(Box<BookingRow>),
    /// Bookings.
    Bookings(Vec<BookingRow>),
    /// The debts of the ledger.
    Ledger(Vec<LedgerRow>),
    /// The debts of one line that was written or answered.
    Line(Vec<LedgerRow>),
    /// How everybody stands.
    Settled(SettledRow),
    /// Where somebody can be paid.
    Account(AccountRow),
    /// A message that was said or changed.
    Message(MessageRow),
    /// Messages.
    Messages(Vec<MessageRow>),
    /// What would be answered.
    Judged(Box<JudgedRow>),
    /// Bookings that were asked for in one go.
    Series(Box<SeriesRow>),
    /// A booking during which something broke.
    Damaged(Box<DamagedRow>),
    /// What is free when.
    Calendar(Vec<StretchRow>),
    /// A calendar file.
    Ics(IcsRow),
    /// What came of a spreadsheet.
    Imported(ImportedRow),
    /// A spreadsheet.
    Exported(ExportedRow),
    /// What concerns you.
    Notices(Vec<NoticeRow>),
    /// What a check of the store or of a backup found.
    Checked(CheckedRow),
    /// A backup.
    BackedUp(BackupRow),
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
    /// What its network carried since it started; nothing where there is none.
    #[serde(default)]
    pub traffic: Option<TrafficRow>,
    /// Its circles.
    pub circles: Vec<CircleStatusRow>,
}

/// What a network carried.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TrafficRow {
    /// Frames that came in.
    pub frames_in: u64,
    /// Their bytes.
    pub bytes_in: u64,
    /// Frames that went out.
    pub frames_out: u64,
    /// Their bytes.
    pub bytes_out: u64,
    /// Bytes of photos, in and out.
    pub photo_bytes: u64,
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
    /// Whether hours of help are counted.
    pub timebank: bool,
    /// Below so many hours a member is warned.
    pub floor: String,
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
