//! Which days a booking lies on, and in which lane of which week it is drawn. Plain dates in, plain figures
//! out: no view, no window.

use jiff::ToSpan;
use jiff::civil::Date;
use noaber_core::time::{Interval, Timestamp};
use noaber_core::zone::Zone;

/// Days in a week.
pub(super) const WEEK: usize = 7;

/// The weeks that hold a month, from a Monday to a Sunday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weeks {
    /// The first day of the month.
    pub(super) month: Date,
    /// The Monday on or before it.
    pub(super) first: Date,
    /// Four to six.
    pub(super) count: usize,
}

impl Weeks {
    /// Those around the month of a day.
    pub(super) fn around(day: Date) -> Self {
        let month = day.first_of_month();
        let before = month.weekday().to_monday_zero_offset();
        let first = month.saturating_sub(i64::from(before).days());
        let cells = before as usize + day.days_in_month() as usize;
        Self { month, first, count: cells.div_ceil(WEEK) }
    }

    /// The day in a cell, counted from the first.
    pub(super) fn day(self, cell: usize) -> Date {
        self.first.saturating_add((cell as i64).days())
    }

    /// The cell of a day; `None` where it is not shown.
    pub(super) fn cell(self, day: Date) -> Option<usize> {
        let days = (day.duration_since(self.first).as_hours()).div_euclid(24);
        usize::try_from(days).ok().filter(|cell| *cell < self.count * WEEK)
    }

    /// All of them, by the clocks of a place.
    pub(super) fn interval(self, zone: &Zone) -> Option<Interval> {
        let end = self.day(self.count * WEEK);
        Interval::new(zone.start_of_day(self.first), zone.start_of_day(end))
    }
}

/// The first and the last day on which an interval lies: what ends at midnight ends on the day before.
pub(super) fn days_of(zone: &Zone, interval: Interval) -> (Date, Date) {
    let last = Timestamp::from_ms(interval.to().as_ms() - 1);
    (zone.date(interval.from()), zone.date(last))
}

/// A part of something that lies in one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bar {
    /// Which of the stretches.
    pub(super) of: usize,
    /// In which week.
    pub(super) week: usize,
    /// So many lanes down.
    pub(super) lane: usize,
    /// From which day of the week.
    pub(super) from: usize,
    /// To which, inclusive.
    pub(super) to: usize,
    /// Whether it begins here.
    pub(super) is_first: bool,
    /// Whether it ends here.
    pub(super) is_last: bool,
}

/// Puts stretches of days into lanes, so that none lies on another. What spans several days comes first
/// and highest; then, in the order given.
pub(super) fn lay(weeks: Weeks, stretches: &[(Date, Date)]) -> Vec<Bar> {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by_key(|of| {
        let (from, to) = stretches[*of];
        (from == to, from, std::cmp::Reverse(to), *of)
    });
    let mut bars: Vec<Bar> = Vec::new();
    for week in 0..weeks.count {
        let (monday, sunday) = (weeks.day(week * WEEK), weeks.day(week * WEEK + WEEK - 1));
        let mut taken: Vec<[bool; WEEK]> = Vec::new();
        for of in &order {
            let (from, to) = stretches[*of];
            if to < monday || from > sunday {
                continue;
            }
            let column = |day: Date| weeks.cell(day).map_or(0, |cell| cell % WEEK);
            let (left, right) = (column(from.max(monday)), column(to.min(sunday)));
            let is_free = |lane: &[bool; WEEK]| !lane[left..=right].contains(&true);
            let lane = taken.iter().position(is_free).unwrap_or_else(|| {
                taken.push([false; WEEK]);
                taken.len() - 1
            });
            taken[lane][left..=right].fill(true);
            bars.push(Bar {
                of: *of,
                week,
                lane,
                from: left,
                to: right,
                is_first: from >= monday,
                is_last: to <= sunday,
            });
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse::<jiff::Timestamp>().expect("written well").into()
    }

    /// A picture of the bars: a line a lane, a letter a stretch, `<` and `>` where it goes on.
    fn drawn(weeks: Weeks, stretches: &[(Date, Date)]) -> Vec<String> {
        let bars = lay(weeks, stretches);
        let mut lines = Vec::new();
        for week in 0..weeks.count {
            let here: Vec<&Bar> = bars.iter().filter(|bar| bar.week == week).collect();
            let lanes = here.iter().map(|bar| bar.lane + 1).max().unwrap_or(0);
            for lane in 0..lanes {
                let mut line = vec!['.'; WEEK];
                for bar in here.iter().filter(|bar| bar.lane == lane) {
                    let letter = char::from(b'a' + bar.of as u8);
                    line[bar.from..=bar.to].fill(letter);
                    if !bar.is_first {
                        line[bar.from] = '<';
                    }
                    if !bar.is_last {
                        line[bar.to] = '>';
                    }
                }
                lines.push(format!("{week} {}", line.into_iter().collect::<String>()));
            }
        }
        lines
    }

    #[test]
    fn a_month_is_shown_in_whole_weeks_from_monday() {
        for (day, first, count) in [
            (date(2026, 11, 21), date(2026, 10, 26), 6),
            (date(2026, 2, 28), date(2026, 1, 26), 5),
            // It begins on a Monday and has four weeks.
            (date(2027, 2, 1), date(2027, 2, 1), 4),
            (date(2024, 2, 29), date(2024, 1, 29), 5),
        ] {
            let weeks = Weeks::around(day);
            assert_eq!((weeks.first, weeks.count), (first, count), "{day}");
            assert_eq!(weeks.cell(weeks.day(weeks.count * WEEK - 1)), Some(weeks.count * WEEK - 1));
            assert_eq!(weeks.cell(weeks.day(weeks.count * WEEK)), None);
            assert_eq!(weeks.cell(weeks.first.yesterday().expect("there is one")), None);
        }
    }

    #[test]
    fn days_are_those_of_the_place_and_midnight_belongs_to_the_day_before() {
        let zone = Zone::named("Europe/Amsterdam").expect("it is known");
        for (from, to, first, last) in [
            // To midnight in Amsterdam.
            ("2026-11-20T09:00:00Z", "2026-11-20T23:00:00Z", (11, 20), (11, 20)),
            ("2026-11-20T09:00:00Z", "2026-11-20T23:00:01Z", (11, 20), (11, 21)),
            // A day of 25 hours, and the one after, which begins an hour later by the sun.
            ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", (10, 25), (10, 25)),
            ("2026-10-25T22:30:00Z", "2026-10-25T23:30:00Z", (10, 25), (10, 26)),
            // A day of 23 hours.
            ("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", (3, 29), (3, 29)),
        ] {
            let interval = Interval::new(at(from), at(to)).expect("it ends after it begins");
            let day = |(month, day): (i8, i8)| date(2026, month, day);
            assert_eq!(days_of(&zone, interval), (day(first), day(last)), "{from}");
        }
        // As long as a month of 30 days, and one hour more.
        let all = Weeks::around(date(2026, 10, 1)).interval(&zone).expect("it has weeks");
        assert_eq!(all.length_ms() / 3_600_000, 5 * 7 * 24 + 1);
    }

    #[test]
    fn what_lasts_longer_lies_higher_and_nothing_lies_on_another() {
        let weeks = Weeks::around(date(2026, 11, 21));
        let day = |day| date(2026, 11, day);
        let stretches = [
            (day(17), day(17)),
            (day(16), day(18)),
            (day(18), day(25)),
            (day(19), day(19)),
            (day(17), day(17)),
            (date(2026, 10, 20), date(2026, 10, 27)),
            (day(30), date(2026, 12, 9)),
            (date(2026, 12, 20), date(2026, 12, 21)),
        ];
        // What is short takes the highest lane that is free on its day.
        let expected =
            ["0 <f.....", "3 bbbd...", "3 .acccc>", "3 .e.....", "4 <cc....", "5 gggggg>"];
        assert_eq!(drawn(weeks, &stretches), expected);
    }
}
