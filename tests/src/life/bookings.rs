//! What people do with bookings in a random life: ask, wait in line, answer, fetch, bring back, keep
//! longer, break and help.

use noaber_core::booking::{Booking, State};
use noaber_core::id::{BookingId, ListingId, SeriesId};
use noaber_core::listing::Details;
use noaber_core::replica::{Act, Handing, SeriesAct, Usable};
use noaber_core::time::Interval;
use noaber_core::zone::{Rhythm, repeat};
use noaber_core::{Command, Outcome};

use super::Life;

const HOUR_MS: i64 = 3_600_000;

impl Life {
    /// Somebody asks for a time, once or every week; where it is not free, they may get in line.
    pub(super) fn ask(&mut self) {
        let Some(who) = self.member() else { return };
        let me = self.street.people[who].member();
        let Some(view) = self.view(who) else { return };
        // Mostly of others, and mostly of one thing: then people are in each other's way.
        let all = || view.listings.values();
        let of_others: Vec<_> = all().filter(|listing| listing.owner != me).map(|l| l.id).collect();
        let any: Vec<_> = all().map(|listing| listing.id).collect();
        let favourite = of_others.first().copied().filter(|_| self.one_in(2));
        let other = self.pick(&of_others).filter(|_| self.below(4) > 0);
        let Some(listing) = favourite.or(other).or_else(|| self.pick(&any)) else { return };
        let taken = self.taken(who, listing).filter(|_| self.one_in(3));
        let Some(time) = taken.or_else(|| self.time(who)) else { return };
        let quantity = 1 + self.below(3) as u32;
        let (circle, note) = (self.circle, String::new());
        if self.one_in(6) {
            let zone = &self.street.circle(who, circle).zone;
            let until = zone.date(time.to().plus_ms(21 * 24 * HOUR_MS));
            let times = repeat(zone, time, Rhythm::Weekly, until);
            let ask = Command::AskSeries { circle, listing, times, quantity, note };
            self.attempt(who, "series", ask);
            return;
        }
        let (from, to) = (time.from(), time.to());
        let ask = Command::Ask { circle, listing, from, to, quantity, note: note.clone() };
        let asked = self.attempt(who, "ask", ask);
        if asked.is_none() {
            let wait = Command::Wait { circle, listing, from, to, quantity, note };
            self.attempt(who, "wait", wait);
        }
    }

    /// A time at which somebody has it, or wants it: whoever comes later has to wait.
    fn taken(&mut self, who: usize, listing: ListingId) -> Option<Interval> {
        let view = self.view(who)?;
        let of_it = view.bookings.values().filter(|booking| booking.listing == listing);
        let times: Vec<Interval> = of_it.map(|booking| booking.interval).collect();
        self.pick(&times)
    }

    /// Mostly some hours of today, now and then of the next days.
    fn time(&mut self, who: usize) -> Option<Interval> {
        let (start, hours) = if self.one_in(3) {
            (self.below(72), 1 + self.below(36))
        } else {
            (self.below(12), 1 + self.below(5))
        };
        let from = self.street.clock(who).minute().plus_ms(start as i64 * HOUR_MS);
        Interval::new(from, from.plus_ms(hours as i64 * HOUR_MS))
    }

    /// Somebody does something with a booking: mostly with one of their own that stands so that it
    /// could be done, now and then anything with any.
    pub(super) fn act(&mut self) {
        let Some(who) = self.member() else { return };
        if self.one_in(10) {
            return self.answer_series(who);
        }
        let own_only = self.below(5) > 0;
        let urgent = self.urgent().filter(|_| own_only && self.one_in(2));
        let any = self.booking(who, own_only).map(|id| (who, id));
        let Some((who, id)) = urgent.or(any) else { return };
        let (what, act) = self.some_act(who, id, own_only);
        let circle = self.circle;
        self.attempt(who, what, Command::Booking { circle, booking: id, act });
    }

    fn booking(&mut self, who: usize, own_only: bool) -> Option<BookingId> {
        let me = self.street.people[who].member();
        let view = self.view(who)?;
        let is_own = |booking: &Booking| {
            let owner = view.listings.get(&booking.listing).map(|listing| listing.owner);
            booking.borrower == me || owner == Some(me)
        };
        let now = self.street.clock(who);
        let is_lively = |booking: &Booking| {
            let state = view.status(booking, now).state;
            is_own(booking) && (state.is_open() || state == State::Returned)
        };
        let some = view.bookings.values().filter(|booking| !own_only || is_lively(booking));
        let some: Vec<BookingId> = some.map(|booking| booking.id).collect();
        self.pick(&some)
    }

    /// An offer does not wait for long, and a question to an owner should not either.
    fn urgent(&mut self) -> Option<(usize, BookingId)> {
        let mut urgent = Vec::new();
        for who in self.members() {
            let (me, now) = (self.street.people[who].member(), self.street.clock(who));
            let view = self.street.circle(who, self.circle);
            for booking in view.bookings.values() {
                let owner = view.listings.get(&booking.listing).map(|listing| listing.owner);
                let status = view.status(booking, now);
                let is_urgent = match status.state {
                    State::Offered => booking.borrower == me,
                    State::Asked => owner == Some(me),
                    State::Confirmed | State::Out => {
                        owner == Some(me) && status.extension.is_some()
                    }
                    _ => false,
                };
                if is_urgent {
                    urgent.push((who, booking.id));
                }
            }
        }
        self.pick(&urgent)
    }

    fn some_act(&mut self, who: usize, id: BookingId, sensible: bool) -> (&'static str, Act) {
        let view = self.street.circle(who, self.circle);
        let booking = &view.bookings[&id];
        let status = view.status(booking, self.street.clock(who));
        let listing = view.listings.get(&booking.listing).cloned();
        let is_help = listing.as_ref().is_some_and(|listing| {
            matches!(listing.details, Details::HelpOffer(_) | Details::HelpAsk(_))
        });
        let ends = status.interval.to();
        let choice = if sensible {
            let some: &[usize] = match status.state {
                State::Waiting => &[3, 0],
                State::Offered => &[6, 6, 6, 3],
                State::Asked => &[0, 0, 0, 1, 3],
                State::Confirmed if status.extension.is_some() => &[0, 0, 1],
                State::Confirmed if is_help => &[9, 9, 7, 3],
                State::Confirmed => &[4, 4, 7, 3, 3],
                State::Out => &[5, 5, 5, 7, 8, 4, 10],
                State::Returned => &[8, 10, 10, 5],
                _ => &[8, 5, 3],
            };
            some[self.below(some.len())]
        } else {
            self.below(11)
        };
        match choice {
            0 => ("confirm", Act::Confirm),
            1..3 => ("decline", Act::Decline { reason: "no".into() }),
            3 => ("cancel", Act::Cancel { reason: "rain".into() }),
            4 => ("pick up", Act::PickUp(self.handing(who, booking_listing(listing.as_deref())))),
            5 => ("return", Act::Return(self.handing(who, booking_listing(listing.as_deref())))),
            6 => ("accept", Act::Accept),
            7 => {
                let to = ends.plus_ms((1 + self.below(6)) as i64 * HOUR_MS);
                ("extend", Act::Extend { to })
            }
            8 => {
                let usable = if self.one_in(2) { Usable::Yes } else { Usable::No };
                ("damage", Act::Damage { text: "a dent".into(), photos: vec![], usable })
            }
            10 => {
                let handing = self.handing(who, booking_listing(listing.as_deref()));
                ("correct", Act::Correct { start_km: None, end_km: handing.odometer_km })
            }
            _ => {
                let quarters = Some(1 + self.below(12) as u32).filter(|_| self.below(4) > 0);
                ("help done", Act::Done { text: "thanks".into(), quarters })
            }
        }
    }

    /// Of a car mostly with its odometer, which mostly goes forward.
    fn handing(&mut self, who: usize, listing: Option<ListingId>) -> Handing {
        let quantity = Some(1 + self.below(2) as u32).filter(|_| self.one_in(2));
        let view = self.street.circle(who, self.circle);
        let last_km = listing.and_then(|id| view.last_km(&view.listings[&id]));
        let odometer_km = last_km.map(|km| (km + self.below(120) as u32).saturating_sub(3));
        let odometer_km = odometer_km.filter(|_| self.below(5) > 0);
        Handing { quantity, odometer_km, ..Handing::default() }
    }

    fn answer_series(&mut self, who: usize) {
        let Some(view) = self.view(who) else { return };
        let all: Vec<SeriesId> = view.series.keys().copied().collect();
        let Some(series) = self.pick(&all) else { return };
        let reason = "so".to_owned();
        let act = match self.below(5) {
            0..2 => SeriesAct::Confirm,
            2 => SeriesAct::Decline { reason },
            3 => SeriesAct::CancelUnanswered { reason },
            _ => SeriesAct::Cancel { reason },
        };
        let circle = self.circle;
        let done = self.attempt(who, "answer to a series", Command::Series { circle, series, act });
        assert!(done.is_none_or(|done| matches!(done, Outcome::Series(..))), "about the series");
    }
}

fn booking_listing(listing: Option<&noaber_core::listing::Listing>) -> Option<ListingId> {
    listing.map(|listing| listing.id)
}
