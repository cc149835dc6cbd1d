//! A time that somebody is choosing: moved and stretched in real time, judged by the circle's own judge,
//! asked for when it is right. How it is drawn is in [`super::grid`], its form in [`super::ask`].

use jiff::ToSpan;
use jiff::civil::Date;
use noaber_core::listing::Listing;
use noaber_core::rules::{Reason, Request, Verdict};
use noaber_core::time::{Interval, Timestamp};
use noaber_core::zone::Zone;
use noaber_core::{Command, CommandError, Outcome};
use noaber_node::actor::SubmitError;

use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;

/// How many other times are proposed.
const PROPOSALS: usize = 3;
const MINUTE_MS: i64 = 60_000;
/// How long somebody who presses a place has it, in minutes.
const USUAL: i64 = 120;

/// See the module.
pub(super) struct Pick {
    /// When.
    pub(super) interval: Interval,
    /// How far, as typed.
    pub(super) km: String,
    /// A word with it.
    pub(super) note: String,
    /// What it was handed in as.
    pub(super) sent: Option<Ticket>,
    /// Why that failed.
    pub(super) trouble: Option<String>,
    next: Option<((Interval, u64), Vec<Interval>)>,
}

/// One step by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// By so many minutes of real time.
    Minutes(i64),
    /// To the same time on another day.
    Days(i64),
}

impl Step {
    fn from(self, zone: &Zone, at: Timestamp) -> Timestamp {
        match self {
            Self::Minutes(minutes) => at.plus_ms(minutes * MINUTE_MS),
            Self::Days(days) => zone.plus_days(at, days),
        }
    }
}

impl Pick {
    /// Whether somebody has typed something with it.
    pub(super) fn is_begun(&self) -> bool {
        [&self.km, &self.note].into_iter().any(|typed| !typed.trim().is_empty())
    }

    /// A time.
    pub(super) fn new(interval: Interval) -> Self {
        let (km, note) = (String::new(), String::new());
        Self { interval, km, note, sent: None, trouble: None, next: None }
    }

    /// Two hours from a moment on.
    pub(super) fn at(from: Timestamp) -> Option<Self> {
        Interval::new(from, from.plus_ms(USUAL * MINUTE_MS)).map(Self::new)
    }

    /// Where the keyboard begins: the next full hour of today, or ten o’clock on another first day; where
    /// that is taken, when it is free next.
    pub(super) fn begin(
        desk: &Desk<'_>,
        car: &Listing,
        first: Date,
        shows_today: bool,
    ) -> Option<Self> {
        let zone = &desk.circle.zone;
        let now = zone.civil(desk.now);
        let next = now.saturating_add(1.hour());
        let from =
            if shows_today { next.date().at(next.hour(), 0, 0, 0) } else { first.at(10, 0, 0, 0) };
        let mut pick = Self::at(zone.at(from))?;
        if matches!(pick.verdict(desk, car), Verdict::Refused(_))
            && let Some(free) = pick.next(desk, car).first()
        {
            pick.set(*free);
        }
        Some(pick)
    }

    /// Puts it elsewhere.
    pub(super) fn set(&mut self, interval: Interval) {
        if self.interval != interval {
            self.interval = interval;
            self.trouble = None;
        }
    }

    /// Moves all of it.
    pub(super) fn shift(&mut self, zone: &Zone, step: Step) {
        let (from, to) = (self.interval.from(), self.interval.to());
        let moved = Interval::new(step.from(zone, from), step.from(zone, to));
        if let Some(interval) = moved {
            self.set(interval);
        }
    }

    /// Moves its end, which stays after its start.
    pub(super) fn stretch(&mut self, zone: &Zone, step: Step) {
        let moved = Interval::new(self.interval.from(), step.from(zone, self.interval.to()));
        if let Some(interval) = moved {
            self.set(interval);
        }
    }

    fn request(&self, desk: &Desk<'_>) -> Request {
        Request { borrower: desk.me, interval: self.interval, quantity: 1, now: desk.now }
    }

    /// What would be answered now.
    pub(super) fn verdict(&self, desk: &Desk<'_>, car: &Listing) -> Verdict {
        desk.circle.judge(car, &self.request(desk))
    }

    /// The next times at which it could be.
    pub(super) fn next(&mut self, desk: &Desk<'_>, car: &Listing) -> Vec<Interval> {
        let key = (self.interval, desk.circle.entries);
        if self.next.as_ref().is_none_or(|(before, _)| *before != key) {
            let later = self.interval.from().max(desk.now);
            let from = Interval::new(later, later.plus_ms(self.interval.length_ms()));
            let interval = from.unwrap_or(self.interval);
            let request = Request { interval, ..self.request(desk) };
            self.next = Some((key, desk.circle.next_times(car, &request, PROPOSALS)));
        }
        self.next.as_ref().map(|(_, next)| next.clone()).unwrap_or_default()
    }

    /// Asks for it, if it would be allowed.
    pub(super) fn ask(&mut self, desk: &mut Desk<'_>, car: &Listing) {
        if self.sent.is_some() || !matches!(self.verdict(desk, car), Verdict::Allowed { .. }) {
            return;
        }
        let (circle, listing, note) = (desk.circle.id, car.id, self.note.trim().to_owned());
        let (from, to) = (self.interval.from(), self.interval.to());
        let ask = Command::Ask { circle, listing, from, to, quantity: 1, note };
        self.sent = Some(desk.submit(ask));
        self.trouble = None;
    }

    /// Gets in line for it.
    pub(super) fn wait(&mut self, desk: &mut Desk<'_>, car: &Listing) {
        let (circle, listing, note) = (desk.circle.id, car.id, self.note.trim().to_owned());
        let (from, to) = (self.interval.from(), self.interval.to());
        let wait = Command::Wait { circle, listing, from, to, quantity: 1, note };
        self.sent = Some(desk.submit(wait));
        self.trouble = None;
    }

    /// What became of it: the booking, once there is one.
    pub(super) fn hear(
        &mut self,
        desk: &mut Desk<'_>,
        car: &Listing,
    ) -> Option<noaber_core::id::BookingId> {
        let Some(Answer::Done(done)) = desk.take(&mut self.sent) else { return None };
        match done {
            Ok(Outcome::Booking(circle, booking)) => {
                let title = car.general.title.as_str();
                let said = desk.words.tell("ask-sent", &[("title", title.into())]);
                let act = noaber_core::replica::Act::Cancel { reason: String::new() };
                let undo = Command::Booking { circle, booking, act };
                desk.toast(Icon::PAPER_PLANE, said, Some(undo));
                Some(booking)
            }
            Ok(_) => None,
            Err(error) => {
                if let SubmitError::Command(CommandError::Refused { next, .. }) = &error {
                    self.next = Some(((self.interval, desk.circle.entries), next.clone()));
                }
                self.trouble = Some(desk.failure(&error));
                None
            }
        }
    }
}

/// Why it cannot be, in words.
pub(super) fn reasons(
    desk: &Desk<'_>,
    car: &Listing,
    interval: Interval,
    reasons: &[Reason],
) -> Vec<String> {
    let is_mine = || {
        let stretches = desk.circle.stretches(car, interval, desk.now);
        let taken = stretches.iter().filter(|stretch| stretch.free == 0);
        taken.flat_map(|stretch| &stretch.bookings).all(|id| {
            desk.circle.bookings.get(id).is_some_and(|booking| booking.borrower == desk.me)
        })
    };
    let said = reasons.iter().map(|reason| match reason {
        Reason::Overlap { free: 0, .. } if is_mine() => desk.words.say("reason-taken-mine"),
        reason => desk.words.reason(reason, desk.moment()),
    });
    said.collect()
}

/// The price of a time, in words; `None` for a car without a tariff.
pub(super) fn price(
    desk: &Desk<'_>,
    car: &Listing,
    interval: Interval,
    km: Option<u32>,
) -> Option<String> {
    let (words, currency) = (desk.words, &desk.circle.currency);
    let estimate = desk.circle.estimate(car, interval, km)?;
    let total = words.money(estimate.bill.total, currency);
    let Some(band) = estimate.still_per_km.first() else {
        return Some(words.tell("price-about", &[("amount", total.into())]));
    };
    let rate = ("price", words.price(band.per_km, currency).into());
    Some(if estimate.bill.lines.is_empty() {
        words.tell("price-km", &[rate])
    } else {
        words.tell("price-and-km", &[("amount", total.into()), rate])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    #[test]
    fn steps_go_through_the_nights_in_which_clocks_change_and_back() {
        let zone = Zone::named("Europe/Amsterdam").unwrap();
        for night in ["2026-03-28T21:00:00Z", "2026-10-24T20:00:00Z"] {
            let mut pick = Pick::at(at(night)).unwrap();
            let before = pick.interval;
            for _ in 0..20 {
                pick.shift(&zone, Step::Minutes(30));
            }
            assert_eq!(pick.interval.from(), at(night).plus_ms(10 * 60 * MINUTE_MS));
            for _ in 0..20 {
                pick.shift(&zone, Step::Minutes(-30));
            }
            assert_eq!(pick.interval, before);
            // The same time by the clock on the next day, whatever lies between.
            pick.shift(&zone, Step::Days(1));
            assert_eq!(zone.civil(pick.interval.from()).hour(), 22);
        }
    }

    #[test]
    fn an_end_never_comes_before_its_start() {
        let zone = Zone::utc();
        let mut pick = Pick::at(at("2026-11-21T10:00:00Z")).unwrap();
        for _ in 0..9 {
            pick.stretch(&zone, Step::Minutes(-30));
        }
        assert_eq!(pick.interval.length_ms(), 30 * MINUTE_MS);
        pick.stretch(&zone, Step::Days(1));
        assert_eq!(pick.interval.length_ms(), (24 * 60 + 30) * MINUTE_MS);
    }
}
