//! When to ask instead: the next times at which a request would be allowed.
//!
//! Nothing is known here of why a time is refused; candidates are times at which something can change
//! for the better, and [`judge()`] is asked about each. That is bounded by [`MAX_JUDGEMENTS`] and
//! [`MAX_DAYS_AHEAD`], so an answer can be shorter than was asked for.

use std::collections::BTreeSet;

use super::{Known, Reason, Request, Span, Verdict, judge};
use crate::limits::MAX_BOOKING_MS;
use crate::time::{Interval, Timestamp};

/// How far the search looks: who is offered a time three months from now looks elsewhere.
pub const MAX_DAYS_AHEAD: i64 = 90;
/// The most that one search asks: some milliseconds of work.
pub const MAX_JUDGEMENTS: usize = 2_000;
/// The most ends of bookings that are tried as a start; the other candidates need the rest.
const MAX_ENDS: usize = 1_000;

/// The next `count` times, in order and not overlapping each other, that are like the request and
/// allowed: not before its start, not in the past, and as long by the clock (so an overnight one stays
/// overnight). The request's own time is among them where it is allowed.
pub fn next_times(request: &Request, known: &Known<'_>, count: usize) -> Vec<Interval> {
    let search = Search { request, known };
    let mut found: Vec<Interval> = Vec::new();
    for start in search.starts().into_iter().take(MAX_JUDGEMENTS) {
        if found.len() >= count {
            break;
        }
        if found.last().is_some_and(|last| start < last.to()) {
            continue;
        }
        let Some(interval) = search.from(start) else { continue };
        match judge(&Request { interval, ..*request }, known) {
            Verdict::Allowed { .. } => found.push(interval),
            Verdict::Refused(reasons) if reasons.iter().any(is_final) => break,
            Verdict::Refused(_) => {}
        }
    }
    found
}

/// What no later start can mend.
fn is_final(reason: &Reason) -> bool {
    matches!(reason, Reason::Quantity { .. } | Reason::NotAllowed | Reason::TooEarly { .. })
}

struct Search<'a> {
    request: &'a Request,
    known: &'a Known<'a>,
}

impl Search<'_> {
    /// The request moved to another start: as long as it was by the clock.
    fn from(&self, start: Timestamp) -> Option<Interval> {
        let asked = self.request.interval;
        if start == asked.from() {
            return Some(asked);
        }
        let real_ms = asked.to().as_ms().saturating_sub(asked.from().as_ms());
        if real_ms > MAX_BOOKING_MS {
            return None;
        }
        let zone = self.known.zone;
        let by_clock = zone.civil(asked.to()).duration_since(zone.civil(asked.from()));
        let end = zone.at(zone.civil(start).saturating_add(by_clock));
        // Where a change of clocks leaves nothing, its real length stands.
        Interval::new(start, end).or_else(|| Interval::new(start, start.plus_ms(real_ms)))
    }

    fn earliest(&self) -> Timestamp {
        let start = self.request.interval.from();
        if start < self.request.now.minute() { up_to_minute(self.request.now) } else { start }
    }

    /// Where something can begin to be allowed, in order.
    fn starts(&self) -> BTreeSet<Timestamp> {
        let earliest = self.earliest();
        let latest = self.known.zone.plus_days(earliest, MAX_DAYS_AHEAD);
        let mut starts = BTreeSet::from([earliest]);
        starts.extend(self.on_later_days(earliest));
        starts.extend(self.after_others(earliest));
        starts.extend(self.after_reasons());
        starts.retain(|start| (earliest..=latest).contains(start));
        starts
    }

    /// The same time, and every opening, on each day of the search.
    fn on_later_days(&self, earliest: Timestamp) -> Vec<Timestamp> {
        let zone = self.known.zone;
        let time = zone.civil(self.request.interval.from()).time();
        let mut starts = Vec::new();
        let mut date = zone.date(earliest);
        for _ in 0..=MAX_DAYS_AHEAD {
            starts.push(zone.at(date.to_datetime(time)));
            let openings = self.known.rules.open.iter();
            let today = openings.filter(|opening| opening.days.contains(date.weekday()));
            let times = today.filter_map(|opening| opening.from.on_a_clock());
            starts.extend(times.map(|time| zone.at(date.to_datetime(time))));
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        starts
    }

    /// When others, or the borrower's own bookings, are over, and made ready for the next.
    fn after_others(&self, earliest: Timestamp) -> Vec<Timestamp> {
        let gap = self.known.rules.gap.unwrap_or(Span::Minutes(0));
        let first =
            self.known.ends.partition_point(|end| gap.after(*end, self.known.zone) < earliest);
        let others = self.known.ends.iter().skip(first).copied();
        let mine = self.known.mine.iter().map(|other| other.interval.to());
        let over = others.take(MAX_ENDS).chain(mine.take(MAX_ENDS));
        over.map(|end| up_to_minute(gap.after(end, self.known.zone))).collect()
    }

    /// When what stands against the request itself is over.
    fn after_reasons(&self) -> Vec<Timestamp> {
        let zone = self.known.zone;
        let Verdict::Refused(reasons) = judge(self.request, self.known) else { return Vec::new() };
        let over = reasons.iter().filter_map(|reason| match reason {
            Reason::TooSoon { lead, .. } => Some(lead.after(self.request.now.minute(), zone)),
            Reason::Repair { .. } => self.known.rules.repair.as_ref()?.until,
            Reason::Quota { period, .. } => Some(zone.start_of_day(period.last.tomorrow().ok()?)),
            _ => None,
        });
        over.map(up_to_minute).collect()
    }
}

/// Nobody books from a second on.
fn up_to_minute(at: Timestamp) -> Timestamp {
    if at.minute() < at { at.minute().plus_ms(60_000) } else { at }
}
