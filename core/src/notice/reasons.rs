//! The reasons, one after the other.

use super::{Gathered, HOUR_MS, Reason};
use crate::booking::{Booking, Fact, State, Status, What};
use crate::limits::DAY_MS;
use crate::listing::Listing;
use crate::time::{Interval, Timestamp};
use crate::view::CircleView;
use crate::wire::About;

/// Messages that are looked through: whoever has not looked for so many looks into the threads.
const MOST: usize = 500;

impl Gathered<'_> {
    pub(super) fn booking(&mut self, booking: &Booking) {
        let circle = self.circle;
        let Some(listing) = circle.listings.get(&booking.listing) else { return };
        // Whoever uses their own things knows it.
        if booking.borrower == listing.owner {
            return;
        }
        let status = booking.status(Some(listing), self.now);
        self.clash(booking, &status);
        self.departed(booking, listing, &status);
        if booking.borrower == self.member {
            self.answers(booking, listing, &status);
            self.reminders(booking, &status);
            self.obstacles(booking, listing, &status);
        } else {
            self.questions(booking, &status);
        }
        let end = status.interval.to();
        if status.state == State::Out {
            self.due(end, end.as_ms(), Reason::Overdue(booking.id));
        }
        // Also for the borrower, whose device may have been off while it was time to fetch it.
        if status.state == State::Confirmed && !listing.is_help() {
            self.due(end, 0, Reason::NotFetched(booking.id));
        }
        self.called_off(booking, &status);
    }

    /// What waits for the owner, or is told to the owner.
    fn questions(&mut self, booking: &Booking, status: &Status) {
        let id = booking.id;
        if status.state == State::Asked {
            self.said(booking.asked_at(), 0, Reason::Question(id));
        }
        if let Some(to) = status.extension {
            let asked = last(booking, |what| matches!(what, What::Extend { .. }));
            let at = asked.map_or(booking.asked_at(), |fact| fact.time.timestamp());
            self.said(at, to.as_ms(), Reason::ExtensionAsked(id));
        }
        let me = self.member;
        for fact in booking.damages(me).filter(|fact| fact.by != me) {
            self.said(fact.time.timestamp(), fact.seq.cast_signed(), Reason::Damaged(id));
        }
    }

    /// What the borrower was answered.
    fn answers(&mut self, booking: &Booking, listing: &Listing, status: &Status) {
        let id = booking.id;
        let by_keeper = |fact: &&Fact| fact.device == listing.keeper;
        let answer = |is_it: fn(&What) -> bool| {
            let facts = booking.facts.iter().filter(by_keeper).filter(|fact| is_it(&fact.what));
            facts.last().map(|fact| fact.time.timestamp())
        };
        // What is confirmed in the moment in which it is asked, the borrower sees as it happens.
        let at_once = |at: Timestamp| at.as_ms() - booking.asked_at().as_ms() < 60_000;
        if let Some(at) = answer(|what| matches!(what, What::Confirmed { .. }))
            && matches!(status.state, State::Confirmed | State::Out)
            && !at_once(at)
        {
            self.said(at, 0, Reason::Confirmed(id));
        }
        if let Some(at) = answer(|what| matches!(what, What::Declined { .. }))
            && status.state == State::Declined
        {
            self.said(at, 0, Reason::Declined(id));
        }
        if status.state == State::Expired {
            let lapsed = status.offered_until.map_or(Timestamp::MAX, |until| until);
            self.due(booking.expires_at().min(lapsed), 0, Reason::Expired(id));
        }
        if let (State::Offered, Some(until)) = (status.state, status.offered_until) {
            let at = answer(|what| matches!(what, What::Offered { .. }));
            self.said(at.unwrap_or(self.now), until.as_ms(), Reason::Held(id));
        }
        let end = status.interval.to();
        if end > booking.interval.to()
            && let Some(at) = answer(|what| matches!(what, What::Extended { .. }))
        {
            self.said(at, end.as_ms(), Reason::Extended(id));
        }
        if status.not_extended.is_some()
            && status.extension.is_none()
            && let Some(at) = answer(|what| matches!(what, What::NotExtended { .. }))
        {
            self.said(at, at.as_ms(), Reason::NotExtended(id));
        }
    }

    /// What the borrower must not forget.
    fn reminders(&mut self, booking: &Booking, status: &Status) {
        let (from, to) = (status.interval.from(), status.interval.to());
        let length_ms = status.interval.length_ms();
        match status.state {
            State::Confirmed if self.now < to => {
                let ahead_ms = if length_ms >= DAY_MS { DAY_MS } else { 2 * HOUR_MS };
                let due_at = from.plus_ms(-ahead_ms);
                // Who asks for this afternoon at noon needs no reminder of it.
                if booking.asked_at() < due_at {
                    self.due(due_at, from.as_ms(), Reason::StartsSoon(booking.id));
                }
            }
            State::Out if self.now < to => {
                let ahead_ms = (length_ms / 4).clamp(15 * 60_000, DAY_MS);
                self.due(to.plus_ms(-ahead_ms), to.as_ms(), Reason::DueSoon(booking.id));
            }
            _ => {}
        }
    }

    /// What may come between the borrower and what they are to have.
    fn obstacles(&mut self, booking: &Booking, listing: &Listing, status: &Status) {
        if status.state != State::Confirmed || self.now >= status.interval.to() {
            return;
        }
        let repair = listing.rules.repair.as_ref();
        if let Some(repair) = repair
            && repair.interval().is_some_and(|away| away.overlaps(status.interval))
        {
            let at = repair.from.min(self.now);
            self.said(at, repair.from.as_ms(), Reason::InRepair(booking.id));
        }
        for (before, late) in before_me(self.circle, listing, booking, status, self.now) {
            let end = late.interval.to();
            if late.state == State::Out {
                self.due(end, before.id_ms(), Reason::StillOut(booking.id));
            }
            for fact in before.damages(listing.owner) {
                let worries = matches!(fact.what, What::Damaged { unusable: true, .. });
                if worries && fact.by != self.member && fact.time.timestamp() > booking.asked_at() {
                    let at = fact.time.timestamp();
                    self.said(at, fact.seq.cast_signed(), Reason::Damaged(before.id));
                }
            }
        }
    }

    /// What the other side called off.
    fn called_off(&mut self, booking: &Booking, status: &Status) {
        let Some(why) = status.why.as_ref().filter(|why| why.by != self.member) else { return };
        if status.state != State::Cancelled || why.code != "cancelled" {
            return;
        }
        let said = last(booking, |what| matches!(what, What::Cancelled { .. }));
        let at = said.map_or(booking.asked_at(), |fact| fact.time.timestamp());
        self.said(at, 0, Reason::Cancelled(booking.id));
    }

    /// Leaving frees nothing silently: the side that stays is told.
    fn departed(&mut self, booking: &Booking, listing: &Listing, status: &Status) {
        let is_borrower = booking.borrower == self.member;
        let other = if is_borrower { listing.owner } else { booking.borrower };
        let matters = match status.state {
            State::Out => true,
            State::Confirmed => self.now < status.interval.to(),
            _ => false,
        };
        if matters && !self.circle.roster.is_active(other) {
            self.said(self.now, 0, Reason::Departed(booking.id));
        }
    }

    fn clash(&mut self, booking: &Booking, status: &Status) {
        let is_promised = matches!(status.state, State::Confirmed | State::Out);
        if is_promised
            && self.circle.assurance(booking, status, self.now) == crate::booking::Assurance::Clash
        {
            self.said(booking.asked_at(), 0, Reason::Clash(booking.id));
        }
    }

    pub(super) fn messages(&mut self, since: Timestamp) {
        let circle = self.circle;
        let newest = circle.messages.newest().take(MOST).take_while(|(p, _)| p.at() >= since);
        for (place, message) in newest {
            if message.by == self.member || !self.takes_part(message.about, message.by) {
                continue;
            }
            self.said(place.at(), 0, Reason::Message(message.id));
        }
    }

    /// Whether something said about this is said to the member: of a booking, its other side; of a
    /// listing, its owner and those who joined in before.
    fn takes_part(&self, about: About, by: crate::id::MemberId) -> bool {
        let circle = self.circle;
        match about {
            About::Booking(booking) => circle.bookings.get(&booking).is_some_and(|booking| {
                let owner = circle.listings.get(&booking.listing).map(|listing| listing.owner);
                let sides = [Some(booking.borrower), owner];
                sides.contains(&Some(self.member)) && sides.contains(&Some(by))
            }),
            About::Listing(listing) => {
                let owner = circle.listings.get(&listing).map(|listing| listing.owner);
                owner == Some(self.member)
                    || circle.messages.about(about).any(|said| said.by == self.member)
            }
        }
    }

    pub(super) fn lines(&mut self, since: Timestamp) {
        let circle = self.circle;
        let member = self.member;
        let newest = circle.ledger.lines().rev().take(10 * MOST);
        let recent = newest.take_while(|line| line.place.at() >= since);
        for line in recent {
            let mut debts = circle.ledger.debts(line, &circle.roster);
            if debts.any(|debt| debt.waits_for(member, &circle.roster)) {
                self.said(line.place.at(), 0, Reason::Line(line.id));
            }
        }
    }

    pub(super) fn gifts(&mut self) {
        let circle = self.circle;
        for (listing, place) in circle.gifts.open_for(self.member) {
            let Some(listing) = circle.listings.get(&listing) else { continue };
            let offered = circle.gifts.offered_to(listing.id, listing.owner);
            if offered == Some((place, self.member)) && circle.is_offered(listing) {
                self.said(place.at(), place.seq.cast_signed(), Reason::Gift(listing.id));
            }
        }
    }
}

impl Booking {
    /// A number that sets it apart from others.
    fn id_ms(&self) -> i64 {
        let bytes: [u8; 8] = std::array::from_fn(|i| self.id.as_bytes()[i]);
        i64::from_le_bytes(bytes)
    }
}

fn last(booking: &Booking, is_it: fn(&What) -> bool) -> Option<&Fact> {
    booking.facts.iter().filter(|fact| is_it(&fact.what)).last()
}

/// Bookings of the same listing by others that end before this one begins and have begun: whoever
/// has it now, or had it last.
fn before_me<'a>(
    circle: &'a CircleView,
    listing: &'a Listing,
    booking: &'a Booking,
    status: &Status,
    now: Timestamp,
) -> impl Iterator<Item = (&'a Booking, Status)> {
    let least = crate::id::BookingId::from_bytes([0; 16]);
    let start = status.interval.from();
    let since = start.plus_ms(-super::MEMORY_MS);
    let owners = Interval::new(since, start.plus_ms(1));
    let range =
        owners.map(|span| (listing.owner, span.from(), least)..(listing.owner, span.to(), least));
    range
        .into_iter()
        .flat_map(|range| circle.of_member.range(range))
        .filter_map(|(.., id)| circle.bookings.get(id))
        .filter(move |other| other.listing == listing.id && other.borrower != booking.borrower)
        .filter(move |other| other.interval.from() <= now)
        .map(move |other| (other.as_ref(), other.status(Some(listing), now)))
}
