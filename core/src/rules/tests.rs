//! Scenes for the tests of rules: a listing, what is booked of it, and Ann who asks.

mod cases;
mod following;
mod properties;
mod texts;

use jiff::civil::DateTime;

use super::*;
use crate::id::BookingId;
use crate::time::{Interval, Timestamp};
use crate::zone::Zone;

const OWNER: MemberId = MemberId::from_bytes([1; 32]);
const ANN: MemberId = MemberId::from_bytes([2; 32]);
const BOB: MemberId = MemberId::from_bytes([3; 32]);

/// A listing on a Monday morning: 2026-11-23 at 08:00, in Amsterdam unless told otherwise.
struct Scene {
    rules: Rules,
    zone: Zone,
    now: Timestamp,
    capacity: u32,
    instant: bool,
    /// What Ann has.
    mine: Vec<Use>,
    /// What others have, one piece each.
    others: Vec<Interval>,
}

impl Scene {
    fn with(rules: Rules) -> Self {
        Self::at_place("Europe/Amsterdam", rules)
    }

    fn at_place(name: &str, rules: Rules) -> Self {
        assert_eq!(rules.check(), Ok(()));
        let zone = Zone::named(name).unwrap();
        let now = zone.at(civil("2026-11-23 08:00"));
        Self { rules, zone, now, capacity: 1, instant: false, mine: vec![], others: vec![] }
    }

    fn now(mut self, now: &str) -> Self {
        self.now = self.zone.at(civil(now));
        self
    }

    fn mine(mut self, times: &[(&str, &str)]) -> Self {
        for (from, to) in times {
            let booking = booking(self.mine.len() as u8);
            self.mine.push(Use { booking, interval: self.interval(from, to) });
        }
        self
    }

    fn others(mut self, times: &[(&str, &str)]) -> Self {
        self.others.extend(times.iter().map(|(from, to)| interval(&self.zone, from, to)));
        self
    }

    fn interval(&self, from: &str, to: &str) -> Interval {
        interval(&self.zone, from, to)
    }

    fn request(&self, from: &str, to: &str) -> Request {
        let interval = self.interval(from, to);
        Request { borrower: ANN, interval, quantity: 1, now: self.now }
    }

    fn judge(&self, request: &Request) -> Verdict {
        self.asked(|known| judge(request, known))
    }

    fn asked<T>(&self, question: impl FnOnce(&Known<'_>) -> T) -> T {
        let taken = |interval: Interval| {
            let others = self.others.iter().filter(|other| other.overlaps(interval)).count();
            let mine = self.mine.iter().filter(|mine| mine.interval.overlaps(interval)).count();
            self.capacity.saturating_sub((others + mine) as u32)
        };
        let mine = self.mine.iter().map(|mine| mine.interval);
        let mut ends: Vec<_> = self.others.iter().copied().chain(mine).map(Interval::to).collect();
        ends.sort_unstable();
        question(&Known {
            rules: &self.rules,
            zone: &self.zone,
            owner: OWNER,
            instant: self.instant,
            capacity: self.capacity,
            mine: &self.mine,
            free: &taken,
            ends: &ends,
        })
    }

    fn reasons(&self, from: &str, to: &str) -> Vec<Reason> {
        match self.judge(&self.request(from, to)) {
            Verdict::Allowed { .. } => Vec::new(),
            Verdict::Refused(reasons) => reasons,
        }
    }

    /// The words of what stands against Ann's request, with spaces between; empty if it is allowed.
    fn codes(&self, from: &str, to: &str) -> String {
        let codes: Vec<_> = self.reasons(from, to).iter().map(Reason::code).collect();
        codes.join(" ")
    }

    /// Each row: from, to, and the words of what stands against it.
    fn check(&self, rows: &[(&str, &str, &str)]) {
        for (from, to, expected) in rows {
            assert_eq!(self.codes(from, to), *expected, "{from} to {to}");
        }
    }
}

fn civil(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn interval(zone: &Zone, from: &str, to: &str) -> Interval {
    Interval::new(zone.at(civil(from)), zone.at(civil(to))).unwrap()
}

fn booking(number: u8) -> BookingId {
    BookingId::from_bytes([number; 16])
}

fn span(text: &str) -> Option<Span> {
    text.parse().map(Some).unwrap()
}

fn all<T: std::str::FromStr<Err = BadText>>(texts: &[&str]) -> Vec<T> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}
