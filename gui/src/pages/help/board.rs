//! What hangs on the board, as it follows from the circle. Reckoned once for all that has arrived, and each
//! minute.

use std::cmp::Reverse;

use noaber_core::booking::State;
use noaber_core::id::{BookingId, CircleId, ListingId, MemberId};
use noaber_core::listing::{Details, Listing};
use noaber_core::time::{Interval, Timestamp};
use noaber_core::wire::About;

use crate::desk::Desk;

/// What was agreed longer ago, and never said to be done, is forgotten.
const LOOK_BACK_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// See the module.
#[derive(Default)]
pub(super) struct Board {
    key: Option<(CircleId, u64, i64)>,
    /// What neighbours offer: my own first, then what is new.
    pub(super) offers: Vec<Post>,
    /// What somebody asks.
    pub(super) asks: Vec<Post>,
    /// Help that I give or get and that waits for a word, or is agreed: by when it is.
    pub(super) agreed: Vec<BookingId>,
}

/// One note on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    /// The listing.
    pub(super) listing: ListingId,
    /// Where it stands.
    pub(super) standing: Standing,
    /// How much was said about it.
    pub(super) messages: usize,
}

/// Where help stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nobody answered, or asked for it.
    Open,
    /// So many did.
    Answered(usize),
    /// Somebody is to give or to get it, then.
    Promised(MemberId, Interval),
    /// It was given, by somebody.
    Done(MemberId),
    /// What I asked for myself, or proposed: shown with how sure it is.
    Mine(BookingId),
}

impl Board {
    /// Reckons anew if something has arrived, or a minute has passed.
    pub(super) fn refresh(&mut self, desk: &Desk<'_>) {
        let key = Some((desk.circle.id, desk.circle.entries, desk.now.minute().as_ms()));
        if self.key == key {
            return;
        }
        let mut board = Self { key, ..Self::default() };
        let listings = desk.circle.listings.values();
        let mut help: Vec<&Listing> = listings
            .map(AsRef::as_ref)
            .filter(|listing| listing.is_help() && desk.circle.is_offered(listing))
            .collect();
        help.sort_by_key(|l| (l.owner != desk.me, Reverse(l.created_at), l.id));
        for listing in help {
            let side = match listing.details {
                Details::HelpAsk(_) => &mut board.asks,
                _ => &mut board.offers,
            };
            let messages = desk.circle.messages.about(About::Listing(listing.id)).count();
            let standing = standing(desk, listing);
            side.push(Post { listing: listing.id, standing, messages });
        }
        board.agreed = agreed(desk);
        *self = board;
    }
}

/// What the bookings of a listing say about it.
fn standing(desk: &Desk<'_>, listing: &Listing) -> Standing {
    let circle = &desk.circle;
    let shelf = circle.shelves.get(&listing.id);
    let all = shelf.into_iter().flat_map(|shelf| shelf.bookings.iter());
    let (mut answers, mut promised, mut done, mut mine) = (0, None, None, None);
    for booking in all.filter_map(|(_, id)| circle.bookings.get(id)) {
        let status = circle.status(booking, desk.now);
        if status.state.is_open() && booking.borrower == desk.me && mine.is_none() {
            mine = Some(booking.id);
        }
        match status.state {
            State::Asked | State::Waiting | State::Offered => answers += 1,
            State::Confirmed | State::Out if desk.now < status.interval.to() => {
                promised.get_or_insert((booking.borrower, status.interval));
            }
            // What is over, and nobody said to be done: it may well be.
            State::Confirmed | State::Out | State::Returned => done = Some(booking.borrower),
            State::Declined | State::Cancelled | State::Expired => {}
        }
    }
    let is_ask = matches!(listing.details, Details::HelpAsk(_));
    match (mine, promised, done, answers) {
        (Some(mine), ..) => Standing::Mine(mine),
        (_, Some((who, when)), ..) => Standing::Promised(who, when),
        (_, _, Some(who), 0) if is_ask => Standing::Done(who),
        (.., 0) => Standing::Open,
        (.., answers) => Standing::Answered(answers),
    }
}

/// My open bookings of help, by their start.
fn agreed(desk: &Desk<'_>) -> Vec<BookingId> {
    let circle = &desk.circle;
    let since = desk.now.plus_ms(-LOOK_BACK_MS);
    let Some(span) = Interval::new(since, Timestamp::MAX) else { return Vec::new() };
    let mut all: Vec<(Timestamp, BookingId)> = circle
        .bookings_of(desk.me, span)
        .filter(|booking| circle.listings.get(&booking.listing).is_some_and(|l| l.is_help()))
        .filter(|booking| circle.status(booking, desk.now).state.is_open())
        .map(|booking| (booking.interval.from(), booking.id))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|(_, id)| id).collect()
}
