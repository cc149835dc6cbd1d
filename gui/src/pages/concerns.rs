//! What concerns the member now: bookings sorted by what they ask of them, clashes, and notices. Reckoned
//! once for all that has arrived, and each minute; not once a frame.

use std::collections::{BTreeMap, BTreeSet};

use noaber_core::booking::{Assurance, Booking, State, What};
use noaber_core::id::{BookingId, CircleId, ListingId};
use noaber_core::listing::Listing;
use noaber_core::notice::{Notice, notices};
use noaber_core::time::{Hlc, Interval, Timestamp};

use crate::desk::Desk;

/// What ended longer ago is history.
const LOOK_BACK_MS: i64 = 60 * 24 * 60 * 60 * 1000;

/// See the module.
#[derive(Default)]
pub(super) struct Concerns {
    key: Option<(CircleId, u64, i64)>,
    /// Questions that wait for the member's answer.
    pub(super) waiting: Vec<BookingId>,
    /// What the member has now.
    pub(super) have: Vec<BookingId>,
    /// What of theirs is with somebody else.
    pub(super) lent: Vec<BookingId>,
    /// What they asked for and have no answer to.
    pub(super) asked: Vec<BookingId>,
    /// What is promised, to them or by them.
    pub(super) coming: Vec<BookingId>,
    /// Promises beyond what there is.
    pub(super) clashes: Vec<Clash>,
    /// All that happened, the newest first.
    pub(super) notices: Vec<Notice>,
    /// How many of these are new.
    pub(super) news: usize,
    /// Whether the circle has a car.
    pub(super) has_car: bool,
}

/// Promises for the same time, beyond what there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clash {
    /// Of what.
    pub(super) listing: ListingId,
    /// Whose, in the order in which they were promised, and whether each stands.
    pub(super) promises: Vec<(BookingId, Stands)>,
}

/// Whether a promise stands beside others, by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// It was promised before the others.
    Yes,
    /// Nothing was left when it was promised.
    No,
}

impl Concerns {
    /// Reckons anew if something has arrived, or a minute has passed.
    pub(super) fn refresh(&mut self, desk: &Desk<'_>) {
        let key = Some((desk.circle.id, desk.circle.entries, desk.now.minute().as_ms()));
        if self.key == key {
            return;
        }
        let mut concerns = Self { key, ..Self::default() };
        let since = desk.now.plus_ms(-LOOK_BACK_MS);
        let mut clashing = BTreeSet::new();
        if let Some(span) = Interval::new(since, Timestamp::MAX) {
            for booking in desk.circle.bookings_of(desk.me, span) {
                concerns.sort(desk, booking, &mut clashing);
            }
        }
        for part in [&mut concerns.coming, &mut concerns.asked] {
            part.sort_by_key(|id| desk.circle.bookings.get(id).map(|b| (b.interval.from(), b.id)));
        }
        concerns.clashes = clashes(desk, &clashing);
        concerns.notices = notices(&desk.circle, desk.me, desk.now);
        concerns.news = concerns.notices.iter().filter(|notice| !notice.seen).count();
        concerns.has_car = !super::cars(desk).is_empty();
        *self = concerns;
    }

    fn sort(&mut self, desk: &Desk<'_>, booking: &Booking, clashing: &mut BTreeSet<BookingId>) {
        let listing = desk.circle.listings.get(&booking.listing);
        let status = desk.circle.status(booking, desk.now);
        if desk.circle.assurance(booking, &status, desk.now) == Assurance::Clash {
            clashing.insert(booking.id);
        }
        let is_mine = listing.is_some_and(|listing| listing.owner == desk.me);
        let part = match status.state {
            State::Asked if is_mine => &mut self.waiting,
            State::Offered if !is_mine => &mut self.waiting,
            _ if is_mine && status.extension.is_some() => &mut self.waiting,
            State::Out if is_mine && booking.borrower != desk.me => &mut self.lent,
            State::Out => &mut self.have,
            State::Confirmed if desk.now < status.interval.to() => &mut self.coming,
            State::Asked | State::Waiting => &mut self.asked,
            _ => return,
        };
        if !part.contains(&booking.id) {
            part.push(booking.id);
        }
    }

    /// Whether no booking asks anything, or is to come.
    pub(super) fn is_quiet(&self) -> bool {
        let all = [&self.waiting, &self.have, &self.lent, &self.asked, &self.coming];
        all.iter().all(|part| part.is_empty()) && self.clashes.is_empty()
    }
}

/// The member's clashing bookings, each with those that it clashes with.
fn clashes(desk: &Desk<'_>, clashing: &BTreeSet<BookingId>) -> Vec<Clash> {
    let mut groups: BTreeMap<ListingId, Vec<BTreeSet<BookingId>>> = BTreeMap::new();
    for booking in clashing.iter().filter_map(|id| desk.circle.bookings.get(id)) {
        let Some(listing) = desk.circle.listings.get(&booking.listing) else { continue };
        let interval = desk.circle.status(booking, desk.now).interval;
        let mut group = BTreeSet::from([booking.id]);
        for stretch in desk.circle.stretches(listing, interval, desk.now) {
            let taken = stretch.bookings.iter().filter_map(|id| desk.circle.bookings.get(id));
            let taken = taken.map(|booking| booking.quantity).fold(0, u32::saturating_add);
            if taken > listing.general.quantity {
                group.extend(stretch.bookings);
            }
        }
        // Those that share a booking are one clash.
        let groups = groups.entry(listing.id).or_default();
        let (with, mut apart): (Vec<_>, Vec<_>) =
            std::mem::take(groups).into_iter().partition(|other| !other.is_disjoint(&group));
        group.extend(with.into_iter().flatten());
        apart.push(group);
        *groups = apart;
    }
    let each = groups.into_iter().flat_map(|(id, groups)| groups.into_iter().map(move |g| (id, g)));
    each.filter_map(|(id, group)| {
        let listing = desk.circle.listings.get(&id)?;
        Some(Clash { listing: id, promises: in_order(desk, listing, &group) })
    })
    .collect()
}

/// Who was promised first stands first; who finds nothing left beside those does not.
fn in_order(
    desk: &Desk<'_>,
    listing: &Listing,
    group: &BTreeSet<BookingId>,
) -> Vec<(BookingId, Stands)> {
    let bookings = group.iter().filter_map(|id| desk.circle.bookings.get(id));
    let mut bookings: Vec<_> = bookings.collect();
    bookings.sort_by_key(|booking| (promised_at(booking, listing), booking.id));
    let mut standing: Vec<(Interval, u32)> = Vec::new();
    let mut all = Vec::new();
    for booking in bookings {
        let interval = desk.circle.status(booking, desk.now).interval;
        let beside = standing.iter().filter(|(other, _)| other.overlaps(interval));
        let taken = beside.map(|(_, quantity)| *quantity).fold(0, u32::saturating_add);
        let is_left = taken.saturating_add(booking.quantity) <= listing.general.quantity;
        if is_left {
            standing.push((interval, booking.quantity));
        }
        all.push((booking.id, if is_left { Stands::Yes } else { Stands::No }));
    }
    all
}

/// When its keeper promised it, by the keeper's own log.
fn promised_at(booking: &Booking, listing: &Listing) -> Option<(Hlc, u64)> {
    let by_keeper = booking.facts.iter().filter(|fact| fact.device == listing.keeper);
    let mut promises = by_keeper.filter(|fact| match fact.what {
        What::Confirmed { term } => term == listing.term,
        _ => false,
    });
    promises.next().map(|fact| (fact.time, fact.seq))
}
