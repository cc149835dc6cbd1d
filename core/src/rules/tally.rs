//! Counting for quotas: how much of each day a borrower has, and how much a request adds.
//!
//! Everything is counted once for each day near the request; a quota is then a sum over some days in a
//! row. A day counts where something is used on it at all, however often. Hours are real ones: two
//! bookings at one time count twice. What a booking has on a closed day is left out where the rules
//! say so.

use jiff::civil::Date;

use super::judge::Use;
use super::{ClosedDays, Per, Period, Quota, Reason, Rules, Span};
use crate::time::Interval;
use crate::zone::Zone;

/// Use of the days around a request.
pub(super) struct Tally {
    /// The date of the first place.
    first: Date,
    days: Vec<Day>,
    /// The places of the first and the last day of the request.
    asked: (usize, usize),
}

/// What lies on one day, in milliseconds.
#[derive(Debug, Clone, Copy, Default)]
struct Day {
    mine_ms: i64,
    asked_ms: i64,
}

/// What is used of a quota, in its own unit: days or milliseconds.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    mine: i64,
    asked: i64,
}

impl Tally {
    /// Counts whatever the quotas could look at. `None` if there are none, or at the ends of the
    /// calendar.
    pub(super) fn count(rules: &Rules, zone: &Zone, mine: &[Use], asked: Interval) -> Option<Self> {
        let reach = rules.quotas.iter().map(|quota| quota.per.reach_days()).max()?;
        let reach = jiff::Span::new().days(reach);
        let (asked_first, asked_last) = ends(zone, asked)?;
        let first = asked_first.checked_sub(reach).ok()?;
        let last = asked_last.checked_add(reach).ok()?;
        let window =
            Interval::new(zone.start_of_day(first), zone.start_of_day(last.tomorrow().ok()?))?;
        let mut tally = Self {
            first,
            days: vec![Day::default(); days_between(first, last) + 1],
            asked: (days_between(first, asked_first), days_between(first, asked_last)),
        };
        tally.add(rules, zone, asked, |day| &mut day.asked_ms);
        for other in mine {
            let inside = Interval::new(
                other.interval.from().max(window.from()),
                other.interval.to().min(window.to()),
            );
            if let Some(inside) = inside {
                tally.add(rules, zone, inside, |day| &mut day.mine_ms);
            }
        }
        Some(tally)
    }

    fn add(
        &mut self,
        rules: &Rules,
        zone: &Zone,
        interval: Interval,
        of: impl Fn(&mut Day) -> &mut i64,
    ) {
        for (date, piece) in zone.pieces(interval) {
            if rules.closed_days == ClosedDays::DontCount && rules.is_closed_on(date) {
                continue;
            }
            // Dates outside the window cannot matter: the window holds every period of every quota.
            if let Some(day) = self.days.get_mut(days_between(self.first, date)) {
                *of(day) += piece.to().as_ms() - piece.from().as_ms();
            }
        }
    }

    /// The first period in which the request makes it too much.
    pub(super) fn exceeded(&self, quota: Quota) -> Option<Reason> {
        let (sums, limit) = match quota.amount {
            Span::Days(days) => (self.sums(Day::in_days), i64::from(days)),
            Span::Minutes(minutes) => (self.sums(Day::in_ms), i64::from(minutes) * 60_000),
        };
        let (start, end, sum) = self
            .periods(quota.per)
            .into_iter()
            .filter_map(|(start, end)| Some((start, end, between(&sums, start, end)?)))
            .find(|(_, _, sum)| sum.asked > 0 && sum.mine.saturating_add(sum.asked) > limit)?;
        let span = |amount: i64| match quota.amount {
            Span::Days(_) => Span::Days(whole(amount)),
            Span::Minutes(_) => Span::Minutes(whole(amount.saturating_add(59_999) / 60_000)),
        };
        let period = Period { first: self.date(start)?, last: self.date(end - 1)? };
        Some(Reason::Quota { quota, used: span(sum.mine), asked: span(sum.asked), period })
    }

    /// The periods that the request touches, as places of their first day and of the day after.
    fn periods(&self, per: Per) -> Vec<(usize, usize)> {
        let (first, last) = self.asked;
        if let Per::Rolling { days } = per {
            let length = usize::from(days.clamp(1, Quota::MAX_ROLLING_DAYS));
            let starts = (first + 1).saturating_sub(length)..=last;
            return starts.map(|start| (start, start + length)).collect();
        }
        let mut periods = Vec::new();
        let mut place = first;
        while place <= last {
            let around = self.date(place).and_then(|date| per.around(date));
            let Some((start, next)) = around else { break };
            periods.push((days_between(self.first, start), days_between(self.first, next)));
            place = days_between(self.first, next).max(place + 1);
        }
        periods
    }

    /// Running sums: the one at a place holds all days before it.
    fn sums(&self, measure: impl Fn(Day) -> Sum) -> Vec<Sum> {
        let mut sum = Sum::default();
        let mut sums = Vec::with_capacity(self.days.len() + 1);
        sums.push(sum);
        for day in &self.days {
            let more = measure(*day);
            sum.mine = sum.mine.saturating_add(more.mine);
            sum.asked = sum.asked.saturating_add(more.asked);
            sums.push(sum);
        }
        sums
    }

    fn date(&self, place: usize) -> Option<Date> {
        self.first.checked_add(jiff::Span::new().try_days(place as i64).ok()?).ok()
    }
}

impl Day {
    /// A day that is used already costs nothing more.
    fn in_days(self) -> Sum {
        let used = self.mine_ms > 0;
        Sum { mine: used.into(), asked: (self.asked_ms > 0 && !used).into() }
    }

    fn in_ms(self) -> Sum {
        Sum { mine: self.mine_ms, asked: self.asked_ms }
    }
}

fn between(sums: &[Sum], start: usize, end: usize) -> Option<Sum> {
    let (before, all) = (sums.get(start)?, sums.get(end)?);
    Some(Sum { mine: all.mine - before.mine, asked: all.asked - before.asked })
}

/// The first and the last date of a stretch of time.
fn ends(zone: &Zone, interval: Interval) -> Option<(Date, Date)> {
    let (first, _) = zone.pieces(interval).next()?;
    let last = Interval::new(interval.to().plus_ms(-1), interval.to())?;
    Some((first, zone.days(last).next()?))
}

/// From one date to a later one; 0 if it is not later.
fn days_between(first: Date, date: Date) -> usize {
    usize::try_from(date.duration_since(first).as_hours() / 24).unwrap_or(0)
}

fn whole(amount: i64) -> u32 {
    u32::try_from(amount).unwrap_or(u32::MAX)
}
