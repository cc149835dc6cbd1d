//! The one place that says whether a listing may be booked: a pure function of the request, the rules
//! and what is known of other bookings.
//!
//! It gives every reason at once, in a fixed order, so that people do not learn of them one by one. It
//! does not know how bookings are stored or who is asking it: the borrower's screen, the keeper before
//! it confirms and the search for another time ([`super::next_times`]) all call [`judge()`].

use jiff::civil::{Date, DateTime, Time};

use super::reason::End;
use super::tally::Tally;
use super::{ClosedDays, Opening, Reason, Rules, Span};
use crate::id::{BookingId, MemberId};
use crate::limits::MAX_BOOKING_MS;
use crate::time::{Interval, Timestamp};
use crate::zone::Zone;

/// Most days of one chain whose closed days are looked for; beyond four years they count as open.
const MAX_CHAIN_DAYS: usize = 4 * 366;

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// For whom.
    pub borrower: MemberId,
    /// For when.
    pub interval: Interval,
    /// How many.
    pub quantity: u32,
    /// The time of asking.
    pub now: Timestamp,
}

/// Another booking of the same listing by the same borrower that takes, or took, place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// Which.
    pub booking: BookingId,
    /// When; of one that was called off or brought back half-way, the part that was used. One that was
    /// called off before its start is no use at all.
    pub interval: Interval,
}

/// What is known of a listing and its bookings.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// Its rules, which [`Rules::check`] should have passed; others are read as well as they can be.
    pub rules: &'a Rules,
    /// The circle's zone.
    pub zone: &'a Zone,
    /// Whose it is.
    pub owner: MemberId,
    /// Whether everybody is confirmed at once.
    pub instant: bool,
    /// How many there are.
    pub capacity: u32,
    /// The borrower's other live bookings of this listing, in any order.
    pub mine: &'a [Use],
    /// The smallest quantity that is free at any time of an interval, the request itself left out.
    pub free: &'a dyn Fn(Interval) -> u32,
    /// When bookings of this listing end, in order: where [`super::next_times`] looks for a start.
    pub ends: &'a [Timestamp],
}

/// What comes of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may be.
    Allowed {
        /// Whether the keeper confirms it without asking the owner.
        at_once: bool,
    },
    /// It may not be, for all of these reasons.
    Refused(Vec<Reason>),
}

/// Judges a request.
///
/// The owner keeps to what is free, to the present and to the quantity, and to no other rule; an item
/// under repair is theirs to try out. Privileged members keep to all rules, and are confirmed at once.
///
/// What is longer than any booking may be (367 days) is refused for that, and not looked into further:
/// no chain, closed day or quota is then counted.
pub fn judge(request: &Request, known: &Known<'_>) -> Verdict {
    let case = Case { request, known, rules: known.rules, zone: known.zone };
    let mut reasons = Vec::new();
    let is_owner = request.borrower == known.owner;
    reasons.extend(case.quantity());
    reasons.extend(case.past());
    if !is_owner {
        reasons.extend(case.borrower());
        reasons.extend(case.ahead());
        reasons.extend(case.length());
        reasons.extend(case.closed());
        reasons.extend(case.quotas());
        reasons.extend(case.repair());
    }
    let overlap = case.overlap();
    if !is_owner && overlap.is_none() {
        reasons.extend(case.gap());
    }
    reasons.extend(overlap);
    if !reasons.is_empty() {
        return Verdict::Refused(reasons);
    }
    let privileged = || known.rules.privileged.contains(&request.borrower);
    Verdict::Allowed { at_once: is_owner || known.instant || privileged() }
}

/// One request in front of the rules.
struct Case<'a> {
    request: &'a Request,
    known: &'a Known<'a>,
    rules: &'a Rules,
    zone: &'a Zone,
}

impl Case<'_> {
    fn interval(&self) -> Interval {
        self.request.interval
    }

    fn quantity(&self) -> Option<Reason> {
        let capacity = self.known.capacity;
        let asked = self.request.quantity;
        (asked == 0 || asked > capacity).then_some(Reason::Quantity { capacity })
    }

    /// Judged by the minute: who asks for 10:00 at 10:00:30 means now.
    fn past(&self) -> Option<Reason> {
        (self.interval().from() < self.request.now.minute()).then_some(Reason::InPast)
    }

    fn borrower(&self) -> Option<Reason> {
        (!self.rules.borrowers.admit(self.request.borrower)).then_some(Reason::NotAllowed)
    }

    fn ahead(&self) -> Vec<Reason> {
        let start = self.interval().from();
        let now = self.request.now.minute();
        let soon = self.rules.lead.and_then(|lead| {
            let earliest = lead.after(now, self.zone);
            let earliest_civil = || self.zone.civil(earliest);
            (start < earliest).then(|| Reason::TooSoon { lead, earliest: earliest_civil() })
        });
        let far = self.rules.horizon.and_then(|horizon| {
            let latest = horizon.after(now, self.zone);
            let latest_civil = || self.zone.civil(latest);
            (start > latest).then(|| Reason::TooEarly { horizon, latest: latest_civil() })
        });
        soon.into_iter().chain(far).collect()
    }

    /// Whether it is longer than any booking may be: then days are not counted.
    fn is_endless(&self) -> bool {
        length_ms(self.interval()) > MAX_BOOKING_MS
    }

    fn length(&self) -> Vec<Reason> {
        let interval = self.interval();
        let short = self
            .rules
            .shortest
            .filter(|shortest| interval.to() < shortest.after(interval.from(), self.zone));
        let short = short.map(|shortest| Reason::TooShort { shortest });
        let any = Span::Days((MAX_BOOKING_MS / DAY_MS) as u32);
        let long = if self.is_endless() {
            Some(self.rules.longest.unwrap_or(any))
        } else {
            self.rules.longest.filter(|longest| self.exceeds(interval, *longest))
        };
        let long = long.map(|longest| Reason::TooLong { longest });
        let chain = if self.is_endless() { None } else { self.chain() };
        short.into_iter().chain(long).chain(chain).collect()
    }

    /// Whether this is too long, closed days left out where they do not count.
    fn exceeds(&self, interval: Interval, longest: Span) -> bool {
        let skip = self.rules.closed_days == ClosedDays::DontCount;
        let closed = self
            .zone
            .pieces(interval)
            .take(if skip { MAX_CHAIN_DAYS } else { 0 })
            .filter(|(date, _)| self.rules.is_closed_on(*date));
        match longest {
            Span::Minutes(minutes) => {
                let closed_ms: i64 = closed.map(|(_, piece)| length_ms(piece)).sum();
                length_ms(interval).saturating_sub(closed_ms) > i64::from(minutes) * 60_000
            }
            Span::Days(days) => {
                let days = i64::from(days) + closed.count() as i64;
                interval.to() > self.zone.plus_days(interval.from(), days)
            }
        }
    }

    /// Bookings of one borrower that touch, or lie closer than the gap, are one long booking: else a
    /// longest one would mean nothing.
    fn chain(&self) -> Option<Reason> {
        let longest = self.rules.longest?;
        let mut all: Vec<(Interval, Option<BookingId>)> =
            self.known.mine.iter().map(|other| (other.interval, Some(other.booking))).collect();
        all.push((self.interval(), None));
        all.sort_unstable();
        let mut chain = Chain { from: Timestamp::MIN, to: Timestamp::MIN, links: Vec::new() };
        for (interval, booking) in all {
            if !chain.reaches(interval.from(), self.rules.gap, self.zone) {
                if chain.links.contains(&None) {
                    break;
                }
                chain = Chain { from: interval.from(), to: interval.to(), links: Vec::new() };
            }
            chain.to = chain.to.max(interval.to());
            chain.links.push(booking);
        }
        let whole = Interval::new(chain.from, chain.to)?;
        let with: Vec<BookingId> = chain.links.into_iter().flatten().collect();
        (!with.is_empty() && self.exceeds(whole, longest))
            .then_some(Reason::Chain { longest, with })
    }

    fn closed(&self) -> Vec<Reason> {
        if self.rules.open.is_empty() && self.rules.closed.is_empty() {
            return Vec::new();
        }
        let (from, to) = (self.interval().from(), self.interval().to());
        let start = self.zone.civil(from);
        let finish = self.zone.civil(to);
        // An end at midnight can also be the end of the day before.
        let evening =
            (self.zone.start_of_day(finish.date()) == to).then(|| self.zone.date(to.plus_ms(-1)));
        let can_start = self.openings(start.date()).any(|open| open.holds_start(start.time()));
        let can_finish = self.openings(finish.date()).any(|open| open.holds_end(finish.time()))
            || evening.is_some_and(|date| self.openings(date).any(Open::lasts_to_midnight));
        let mut reasons = Vec::new();
        reasons.extend((!can_start).then(|| self.closed_at(End::Start, start, start.date())));
        reasons.extend(
            (!can_finish)
                .then(|| self.closed_at(End::Finish, finish, evening.unwrap_or(finish.date()))),
        );
        reasons.extend(self.closed_day());
        reasons
    }

    fn closed_at(&self, end: End, at: DateTime, date: Date) -> Reason {
        let name = self.rules.closure_on(date).and_then(|closure| closure.name.clone());
        Reason::Closed { end, at, name }
    }

    fn openings(&self, date: Date) -> impl Iterator<Item = Open<'_>> {
        let closed = self.rules.closure_on(date).is_some();
        let always = (self.rules.open.is_empty() && !closed).then_some(Open::AllDay);
        let times = self
            .rules
            .open
            .iter()
            .filter(move |opening| !closed && opening.days.contains(date.weekday()));
        always.into_iter().chain(times.map(Open::Stretch))
    }

    fn closed_day(&self) -> Option<Reason> {
        if self.rules.closed_days != ClosedDays::Forbidden || self.is_endless() {
            return None;
        }
        let date = self.zone.days(self.interval()).find(|date| self.rules.is_closed_on(*date))?;
        let name = self.rules.closure_on(date).and_then(|closure| closure.name.clone());
        Some(Reason::ClosedDay { date, name })
    }

    fn quotas(&self) -> Vec<Reason> {
        if self.is_endless() {
            return Vec::new();
        }
        let tally = Tally::count(self.rules, self.zone, self.known.mine, self.interval());
        let exceeded = |tally: Tally| {
            self.rules.quotas.iter().filter_map(|quota| tally.exceeded(*quota)).collect()
        };
        tally.map(exceeded).unwrap_or_default()
    }

    fn repair(&self) -> Option<Reason> {
        let repair = self.rules.repair.as_ref()?;
        let overlaps = repair.interval()?.overlaps(self.interval());
        overlaps.then(|| Reason::Repair {
            until: repair.until.map(|until| self.zone.civil(until)),
            note: repair.note.clone(),
        })
    }

    /// Of a quantity that cannot be, as much as there is must be free.
    fn needed(&self) -> u32 {
        self.request.quantity.min(self.known.capacity)
    }

    fn overlap(&self) -> Option<Reason> {
        let free = (self.known.free)(self.interval());
        (free < self.needed()).then_some(Reason::Overlap { free, capacity: self.known.capacity })
    }

    fn gap(&self) -> Option<Reason> {
        let gap = self.rules.gap?;
        let before = gap.before(self.interval().from(), self.zone);
        let after = gap.after(self.interval().to(), self.zone);
        // Around a change of clocks a span of days can come out shorter, never inside the booking.
        let wide =
            Interval::new(before.min(self.interval().from()), after.max(self.interval().to()))?;
        ((self.known.free)(wide) < self.needed()).then_some(Reason::Gap { gap })
    }
}

/// Bookings in a row; `None` stands for the request.
struct Chain {
    from: Timestamp,
    to: Timestamp,
    links: Vec<Option<BookingId>>,
}

impl Chain {
    fn reaches(&self, start: Timestamp, gap: Option<Span>, zone: &Zone) -> bool {
        !self.links.is_empty()
            && (start <= self.to || gap.is_some_and(|gap| start < gap.after(self.to, zone)))
    }
}

/// A stretch of open time on one date.
#[derive(Clone, Copy)]
enum Open<'a> {
    AllDay,
    Stretch(&'a Opening),
}

impl Open<'_> {
    /// From opening on, and before closing.
    fn holds_start(self, time: Time) -> bool {
        match self {
            Self::AllDay => true,
            Self::Stretch(opening) => {
                opening.from.on_a_clock().is_some_and(|from| from <= time)
                    && opening.to.on_a_clock().is_none_or(|to| time < to)
            }
        }
    }

    /// From opening on, and until the moment of closing.
    fn holds_end(self, time: Time) -> bool {
        match self {
            Self::AllDay => true,
            Self::Stretch(opening) => {
                opening.from.on_a_clock().is_some_and(|from| from <= time)
                    && opening.to.on_a_clock().is_none_or(|to| time <= to)
            }
        }
    }

    fn lasts_to_midnight(self) -> bool {
        match self {
            Self::AllDay => true,
            Self::Stretch(opening) => opening.to.on_a_clock().is_none(),
        }
    }
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

fn length_ms(interval: Interval) -> i64 {
    interval.to().as_ms().saturating_sub(interval.from().as_ms())
}
