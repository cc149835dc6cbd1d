//! Every bound on what a node accepts, each with its reason. A member can be malicious or broken; a
//! stranger always might be. What exceeds a bound is refused or dropped, never half taken.

/// A control frame (hello, frontier): a frontier of 2,400 logs at 18 bytes still fits.
pub const MAX_CONTROL_FRAME: usize = 64 * 1024;
/// A frame of entries: large enough that a long history streams well, small enough to hold sixteen.
pub const MAX_FRAME: usize = 1024 * 1024;
/// What a sender puts into one frame of entries before it starts the next; the rest of
/// [`MAX_FRAME`] is room for the largest single entry and for headers.
pub const FRAME_TARGET: usize = MAX_FRAME - 2 * MAX_ENTRY;
/// One entry's payload: a change, or a record with the longest text, fits several times.
pub const MAX_ENTRY: usize = 64 * 1024;
/// One text field: four pages of typing; longer texts belong in a document of their own.
pub const MAX_TEXT: usize = 8 * 1024;
/// A name of a person, device, circle or listing: what fits a card on a screen, with room.
pub const MAX_NAME: usize = 200;
/// Entries under one signature, so that any run can be cut into frames that verify by themselves.
pub const MAX_RUN: usize = 256;
/// Runs in one frame: short runs of many devices share frames, yet decoding stays bounded.
pub const MAX_RUNS: usize = 1024;
/// Most bytes in one change: what one log entry holds, less what it says beside the change.
pub const MAX_CHANGE_BYTES: usize = MAX_ENTRY - 256;

/// Most operations in one change: a long text typed in one go, and few enough that expanding them stays under 10 ms.
pub const MAX_CHANGE_OPS: u64 = 2_000;

/// Most predecessors in one change: every operation replaces one value, and as many concurrent ones again.
pub const MAX_CHANGE_PREDECESSORS: u64 = 2 * MAX_CHANGE_OPS;

/// Most dependencies of one change: one per device that wrote at the same moment, far above the eight devices of a member.
pub const MAX_CHANGE_DEPENDENCIES: u64 = 256;

/// Most other actors a change refers to: every device of 64 households, where an ordinary document has one author.
pub const MAX_CHANGE_ACTORS: u64 = 512;

/// Longest actor id: a whole public key, twice what Automerge makes up itself.
pub const MAX_ACTOR_BYTES: u64 = 32;

/// Most bytes of map keys and mark names once a change is expanded: run-length encoding can repeat one long key for every operation.
pub const MAX_CHANGE_NAME_BYTES: u64 = 4 * MAX_CHANGE_BYTES as u64;

/// Most marks in one change: each costs a walk over the text, and nobody styles a hundred passages in one go.
pub const MAX_CHANGE_MARKS: usize = 100;

/// Highest operation counter: Automerge keeps it in 32 bits and panics on the edit after the last, so half is left free.
pub const MAX_OP_COUNTER: u64 = 1 << 31;

/// Highest sequence number: Automerge keeps it in 32 bits without a check.
pub const MAX_CHANGE_SEQ: u64 = 1 << 31;

/// Latest time of a change: Automerge stores times as differences, and two far extremes make a saved document unloadable.
pub const MAX_CHANGE_TIME: i64 = 1 << 53;

/// Largest start or step of a counter: 20,000 operations of this size still add up inside 64 bits.
pub const MAX_COUNTER_STEP: u64 = 1 << 40;
/// The highest operation number of a document; then a new document continues it.
pub const MAX_DOCUMENT_OPS: u64 = 20_000;
/// Bytes of changes that one device may add to one document. Counted per device, so that the answer
/// does not depend on the order in which devices' changes arrive.
pub const MAX_DOCUMENT_BYTES: usize = 1024 * 1024;
/// Changes of one device that wait for causes which are not here yet.
pub const MAX_WAITING: usize = 256;
/// Bytes of one device's waiting changes.
pub const MAX_WAITING_BYTES: usize = 4 * 1024 * 1024;
/// How far others' clocks can pull ours ahead; beyond it an entry's time is shown as doubtful.
pub const CLOCK_AHEAD_MS: i64 = 10 * 60 * 1000;
/// Members of one circle: beyond it people no longer know each other.
pub const MAX_MEMBERS: usize = 300;
/// Invites, admissions and the like of one log that count: three for each member there can be.
pub const MAX_ROSTER_RECORDS: usize = 3 * MAX_MEMBERS;
/// Devices of one member.
pub const MAX_DEVICES: usize = 8;
/// Photos of one listing.
pub const MAX_PHOTOS: usize = 8;
/// Words to find a listing by, beside its category.
pub const MAX_TAGS: usize = 16;
/// Pieces of one listing that can be lent at a time.
pub const MAX_QUANTITY: u32 = 10_000;
/// Records of one device about one booking that count; an honest one needs a handful.
pub const MAX_FACTS_PER_DEVICE: usize = 64;
/// Records about one booking after which a keeper answers nothing by itself any more: whoever asks again
/// and again must not use up those in which its owner says that it is back.
pub const MAX_AUTOMATIC_FACTS: usize = MAX_FACTS_PER_DEVICE / 2;
/// Addresses (and, apart, relays) in one address record.
pub const MAX_ADDRESSES: usize = 16;
/// Devices named in an invite link: the inviter's and a few that are always on.
pub const MAX_ADMITTERS: usize = 4;
/// A join request or its answer, on the one road that is open to strangers.
pub const MAX_JOIN_MESSAGE: usize = 1024;
/// The longest that an invite lives: an old link in a mailbox must die.
pub const MAX_INVITE_LIFE_MS: i64 = 60 * DAY_MS;
/// A request for something that starts at once stays open at least this long, so that its keeper
/// has time to hear of it; one made ahead expires at its start.
pub const MIN_ASK_LIFE_MS: i64 = 30 * 60 * 1000;
/// The longest booking: a year and a day. A longer one is a gift.
pub const MAX_BOOKING_MS: i64 = 367 * DAY_MS;
/// Times in one repeating request: a year of daily ones with some room, and several years of weekly ones.
/// What is asked further ahead is asked again.
pub const MAX_OCCURRENCES: usize = 400;
/// A message: what people type to each other; a story belongs in the listing.
pub const MAX_MESSAGE: usize = 2 * 1024;
/// Versions of one message by one device that count.
pub const MAX_REWORDS: usize = 32;
/// Notices marked as seen in one entry.
pub const MAX_NOTICES_SEEN: usize = 256;
/// Debtors in one line of the ledger: every member.
pub const MAX_DEBTS: usize = MAX_MEMBERS;
/// The most that one line may say: ten million in the currency, or as many quarter hours; sums over any
/// number of lines that can be stored stay far inside 64 bits.
pub const MAX_AMOUNT: u64 = 1_000_000_000;
/// Steps in the price of a kilometre.
pub const MAX_BANDS: usize = 8;
/// Versions of a car's tariff by one device that count.
pub const MAX_TARIFFS: usize = 256;
/// How long a time that became free is held for the first in line.
pub const OFFER_LIFE_MS: i64 = DAY_MS;
/// More than anybody drives in one booking, or leaves unlogged between two: a slip of the finger.
pub const MAX_TRIP_KM: u32 = 20_000;
/// A repair request (a full frontier after a dropped run) without progress waits this long.
pub const REPAIR_PAUSE_MS: i64 = 10_000;

/// Milliseconds of an ordinary day.
pub(crate) const DAY_MS: i64 = 24 * 60 * 60 * 1000;
