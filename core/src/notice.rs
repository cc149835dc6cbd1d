//! Notices: what concerns one member now, as it follows from the view and the time.
//!
//! A notice is not stored: it is there while its reason is, so what was called off takes its reminders
//! along, and one that fell due while a device was off is there when it is switched on. What a member has
//! seen is a record, and so is known on all their devices. Which notices a device has already rung a bell
//! for is its own business: see the node.

mod reasons;

use crate::id::{BookingId, LineId, ListingId, MemberId, MessageId, NoticeId};
use crate::limits::DAY_MS;
use crate::time::{Interval, Timestamp};
use crate::view::CircleView;

/// How far back anything is still worth a notice.
const MEMORY_MS: i64 = 60 * DAY_MS;
const HOUR_MS: i64 = 60 * 60 * 1000;

/// Something that concerns a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id: the same on all devices, and whenever it is looked for.
    pub id: NoticeId,
    /// Since when it is there.
    pub due_at: Timestamp,
    /// Why.
    pub reason: Reason,
    /// Whether the member has marked it as seen.
    pub seen: bool,
}

/// Why a member is told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Somebody asks for something of the member's.
    Question(BookingId),
    /// Somebody wants to keep something of the member's longer.
    ExtensionAsked(BookingId),
    /// The member's request was promised.
    Confirmed(BookingId),
    /// It was refused.
    Declined(BookingId),
    /// Nobody answered it in time.
    Expired(BookingId),
    /// The other side called it off.
    Cancelled(BookingId),
    /// The member may keep it longer.
    Extended(BookingId),
    /// The member may not.
    NotExtended(BookingId),
    /// A time that the member waited for is held for them.
    Held(BookingId),
    /// The member can fetch something soon.
    StartsSoon(BookingId),
    /// The member has to bring something back soon.
    DueSoon(BookingId),
    /// It should have been back: told to both sides.
    Overdue(BookingId),
    /// What the member is to have next is still out with somebody whose time is over.
    StillOut(BookingId),
    /// What the member is to have is under repair then.
    InRepair(BookingId),
    /// Something of the member's, or that they are to have next, is broken. The booking is that during
    /// which it broke.
    Damaged(BookingId),
    /// Promised to the member and to others, beyond what there is.
    Clash(BookingId),
    /// It was never fetched: told to both sides.
    NotFetched(BookingId),
    /// Who is to have, or has, something of the member's has left the circle; or the other way round.
    Departed(BookingId),
    /// Somebody said something about a booking or listing of the member's.
    Message(MessageId),
    /// A line of the ledger waits for the member's signature.
    Line(LineId),
    /// Somebody wants to give the member something.
    Gift(ListingId),
}

impl Reason {
    /// A word that does not change.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Question(_) => "question",
            Self::ExtensionAsked(_) => "extension_asked",
            Self::Confirmed(_) => "confirmed",
            Self::Declined(_) => "declined",
            Self::Expired(_) => "expired",
            Self::Cancelled(_) => "cancelled",
            Self::Extended(_) => "extended",
            Self::NotExtended(_) => "not_extended",
            Self::Held(_) => "held",
            Self::StartsSoon(_) => "starts_soon",
            Self::DueSoon(_) => "due_soon",
            Self::Overdue(_) => "overdue",
            Self::StillOut(_) => "still_out",
            Self::InRepair(_) => "in_repair",
            Self::Damaged(_) => "damaged",
            Self::Clash(_) => "clash",
            Self::NotFetched(_) => "not_fetched",
            Self::Departed(_) => "departed",
            Self::Message(_) => "message",
            Self::Line(_) => "line",
            Self::Gift(_) => "gift",
        }
    }

    /// Whether the member has something to do, and is not only told.
    pub const fn asks(&self) -> bool {
        matches!(
            self,
            Self::Question(_)
                | Self::ExtensionAsked(_)
                | Self::Held(_)
                | Self::Overdue(_)
                | Self::Clash(_)
                | Self::Departed(_)
                | Self::Line(_)
                | Self::Gift(_)
        )
    }

    /// The booking that it is about, where it is about one.
    pub const fn booking(&self) -> Option<BookingId> {
        match self {
            Self::Question(id)
            | Self::ExtensionAsked(id)
            | Self::Confirmed(id)
            | Self::Declined(id)
            | Self::Expired(id)
            | Self::Cancelled(id)
            | Self::Extended(id)
            | Self::NotExtended(id)
            | Self::Held(id)
            | Self::StartsSoon(id)
            | Self::DueSoon(id)
            | Self::Overdue(id)
            | Self::StillOut(id)
            | Self::InRepair(id)
            | Self::Damaged(id)
            | Self::Clash(id)
            | Self::NotFetched(id)
            | Self::Departed(id) => Some(*id),
            Self::Message(_) | Self::Line(_) | Self::Gift(_) => None,
        }
    }

    /// The bytes of the id of whatever it is about.
    fn about(&self) -> [u8; 16] {
        match self {
            Self::Message(id) => *id.as_bytes(),
            Self::Line(id) => *id.as_bytes(),
            Self::Gift(id) => *id.as_bytes(),
            booking => booking.booking().map_or([0; 16], |id| *id.as_bytes()),
        }
    }
}

/// All notices of a member at `now`, the newest first.
pub fn notices(circle: &CircleView, member: MemberId, now: Timestamp) -> Vec<Notice> {
    let mut gathered = Gathered { circle, member, now, notices: Vec::new() };
    let since = now.plus_ms(-MEMORY_MS);
    if let Some(span) = Interval::new(since, Timestamp::MAX) {
        for booking in circle.bookings_of(member, span) {
            gathered.booking(booking);
        }
    }
    gathered.messages(since);
    gathered.lines(since);
    gathered.gifts();
    let mut notices = gathered.notices;
    notices.sort_by_key(|notice| (std::cmp::Reverse(notice.due_at), notice.id));
    notices
}

struct Gathered<'a> {
    circle: &'a CircleView,
    member: MemberId,
    now: Timestamp,
    notices: Vec<Notice>,
}

impl Gathered<'_> {
    /// Something that falls due at a time.
    fn due(&mut self, due_at: Timestamp, apart: i64, reason: Reason) {
        if due_at <= self.now {
            let id = NoticeId::of(reason.code(), &reason.about(), apart);
            let seen = self.circle.seen.contains(&(self.member, id));
            self.notices.push(Notice { id, due_at, reason, seen });
        }
    }

    /// Something that somebody said: it is there at once, whatever their clock shows.
    fn said(&mut self, at: Timestamp, apart: i64, reason: Reason) {
        self.due(at.min(self.now), apart, reason);
    }
}
