//! What people in a story see, and what everybody must see alike.

use noaber_core::booking::{Assurance, Booking, Status};
use noaber_core::id::{BookingId, ListingId};
use noaber_core::notice::notices;
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;

use super::{NAMES, Story, name};

impl Story {
    /// What somebody sees of the circle.
    pub fn view(&self, who: usize) -> &CircleView {
        self.street.circle(who, self.circle)
    }

    /// What the clock of somebody's device shows.
    pub fn now(&self, who: usize) -> Timestamp {
        self.street.clock(who)
    }

    /// A booking as somebody holds it.
    pub fn booking(&self, who: usize, booking: BookingId) -> &Booking {
        match self.view(who).bookings.get(&booking) {
            Some(booking) => booking,
            None => panic!("{} does not know of this booking", name(who)),
        }
    }

    /// Where a booking stands, as somebody sees it.
    pub fn status(&self, who: usize, booking: BookingId) -> Status {
        self.view(who).status(self.booking(who, booking), self.now(who))
    }

    /// That state as a word: `asked`, `confirmed`, …
    pub fn state(&self, who: usize, booking: BookingId) -> String {
        format!("{:?}", self.status(who, booking).state).to_lowercase()
    }

    /// How sure that is, as somebody sees it.
    pub fn assurance(&self, who: usize, booking: BookingId) -> Assurance {
        let status = self.status(who, booking);
        self.view(who).assurance(self.booking(who, booking), &status, self.now(who))
    }

    /// Why it ended before its time, as a word.
    pub fn why(&self, who: usize, booking: BookingId) -> String {
        self.status(who, booking).why.map(|why| why.code).unwrap_or_default()
    }

    /// One of them sees a booking in this state.
    pub fn sees(&mut self, who: usize, booking: BookingId, state: &str) {
        let seen = self.state(who, booking);
        self.note(&format!("{} sees the booking: {seen}", name(who)));
        assert_eq!(seen, state, "what {} sees", name(who));
    }

    /// All of them see a booking in this state, and nothing else differs between them either.
    pub fn all_see(&mut self, booking: BookingId, state: &str) {
        for who in 0..NAMES.len() {
            let seen = self.state(who, booking);
            assert_eq!(seen, state, "what {} sees", name(who));
        }
        self.note(&format!("all see the booking: {state}"));
        self.all_see_the_same();
    }

    /// All devices hold the same and show the same.
    pub fn all_see_the_same(&mut self) {
        for who in 1..NAMES.len() {
            let (one, other) = (self.view(0), self.view(who));
            assert_eq!(one.digest(), other.digest(), "{} holds the same", name(who));
            assert_eq!(one.fingerprint(), other.fingerprint(), "{} sees the same", name(who));
        }
    }

    /// How many pieces are free all through a stretch of time.
    pub fn free(&self, who: usize, listing: ListingId, when: &str) -> u32 {
        let view = self.view(who);
        view.free(&view.listings[&listing], self.span(when), self.now(who))
    }

    /// What somebody is told now: the words of their notices about a booking, oldest first.
    pub fn told(&self, who: usize, booking: BookingId) -> Vec<&'static str> {
        let member = self.street.people[who].member();
        let all = notices(self.view(who), member, self.now(who));
        let about = all.iter().rev().filter(|notice| notice.reason.booking() == Some(booking));
        about.map(|notice| notice.reason.code()).collect()
    }

    pub(super) fn title(&self, who: usize, listing: ListingId) -> String {
        let listing = self.view(who).listings.get(&listing);
        listing.map_or_else(|| "something".to_owned(), |held| held.general.title.clone())
    }
}
