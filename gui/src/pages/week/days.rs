//! Where time lies on the calendar: a column a day, the hours downwards as clocks show them.
//!
//! Rows are hours on the clock, so a night in which clocks change has an hour that is not there, or one
//! in which two hours lie. What is reckoned with is real time: [`Pick`](super::pick::Pick) holds instants.

use eframe::egui::{Pos2, Rect, pos2};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use noaber_core::time::{Interval, Timestamp};
use noaber_core::zone::Zone;

/// Minutes in a day of 24 hours.
const DAY: i32 = 24 * 60;
/// Shown from six in the morning, where nothing lies in the night.
const MORNING: i32 = 6 * 60;
/// Until eleven in the evening.
const EVENING: i32 = 23 * 60;
/// What is shorter is drawn as long as this, in minutes: else nobody could read or press it.
const LEAST: i32 = 30;

/// The days that are shown.
#[derive(Debug, Clone)]
pub(super) struct Days {
    /// The first.
    pub(super) first: Date,
    /// How many.
    pub(super) count: usize,
    /// Minutes after midnight at the top.
    pub(super) top: i32,
    /// Minutes after midnight at the bottom.
    pub(super) bottom: i32,
}

/// A part of a stretch of time that lies on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// On which of the days.
    pub(super) column: usize,
    /// From so many minutes after midnight.
    pub(super) from: i32,
    /// Until so many.
    pub(super) to: i32,
    /// Whether the stretch begins here.
    pub(super) is_first: bool,
    /// Whether it ends here.
    pub(super) is_last: bool,
}

/// How a day's clocks run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// As on most days.
    Usual,
    /// Clocks are set forward.
    Shorter,
    /// Clocks are set back.
    Longer,
}

impl Days {
    /// Without the night.
    pub(super) fn new(first: Date, count: usize) -> Self {
        Self { first, count, top: MORNING, bottom: EVENING }
    }

    /// With the night, if one of these begins or ends in it.
    pub(super) fn with_room_for(mut self, zone: &Zone, all: &[Interval]) -> Self {
        let inside = |minutes: i32| (MORNING..=EVENING).contains(&minutes);
        let fits = all.iter().flat_map(|interval| self.pieces(zone, *interval)).all(|piece| {
            (!piece.is_first || inside(piece.from)) && (!piece.is_last || inside(piece.to))
        });
        if !fits {
            (self.top, self.bottom) = (0, DAY);
        }
        self
    }

    /// Each of them.
    pub(super) fn dates(&self) -> impl Iterator<Item = Date> + '_ {
        (0..self.count).map(|place| self.date(place))
    }

    /// One of them.
    pub(super) fn date(&self, column: usize) -> Date {
        self.first.saturating_add((column as i64).days())
    }

    /// Whether this is one of them.
    pub(super) fn contains(&self, date: Date) -> bool {
        self.dates().any(|each| each == date)
    }

    /// All of them, from the first midnight to the last.
    pub(super) fn whole(&self, zone: &Zone) -> Option<Interval> {
        Interval::new(zone.start_of_day(self.first), zone.start_of_day(self.date(self.count)))
    }

    /// How many hours are shown.
    pub(super) fn hours(&self) -> f32 {
        (self.bottom - self.top) as f32 / 60.0
    }

    /// The parts of a stretch of time, day by day; none where it lies on other days.
    pub(super) fn pieces(&self, zone: &Zone, interval: Interval) -> Vec<Piece> {
        let Some(whole) = self.whole(zone) else { return Vec::new() };
        let cut = Interval::new(interval.from().max(whole.from()), interval.to().min(whole.to()));
        let Some(cut) = cut else { return Vec::new() };
        let mut pieces = Vec::new();
        for (date, part) in zone.pieces(cut) {
            let Some(column) = self.dates().position(|each| each == date) else { continue };
            let clock = |at: Timestamp| minutes(zone.civil(at).time());
            let from = clock(part.from());
            let ends_day = part.to() >= zone.start_of_day(self.date(column + 1));
            let to = if ends_day { DAY } else { clock(part.to()) };
            let is_first = part.from() == interval.from();
            let is_last = part.to() == interval.to();
            // In an hour that comes twice, a clock may show less at the end than at the start.
            let to = to.max((from + 1).min(DAY));
            pieces.push(Piece { column, from, to, is_first, is_last });
        }
        pieces
    }

    /// The instant at which this day's clock shows so many minutes after midnight.
    pub(super) fn instant(&self, zone: &Zone, column: usize, minutes: i32) -> Timestamp {
        let date = self.date(column);
        if minutes >= DAY {
            return zone.start_of_day(self.date(column + 1));
        }
        zone.at(at(date, minutes.max(0)))
    }

    /// How this day's clocks run.
    pub(super) fn length(&self, zone: &Zone, column: usize) -> Length {
        let start = zone.start_of_day(self.date(column));
        let end = zone.start_of_day(self.date(column + 1));
        match (end.as_ms() - start.as_ms()).cmp(&(i64::from(DAY) * 60_000)) {
            std::cmp::Ordering::Less => Length::Shorter,
            std::cmp::Ordering::Equal => Length::Usual,
            std::cmp::Ordering::Greater => Length::Longer,
        }
    }

    /// The minutes that this day's clocks never show.
    pub(super) fn missing(&self, zone: &Zone, column: usize) -> Option<Piece> {
        if self.length(zone, column) != Length::Shorter {
            return None;
        }
        let date = self.date(column);
        let is_missing = |minute: &i32| zone.civil(zone.at(at(date, *minute))) != at(date, *minute);
        let quarters = || (0..DAY).step_by(15).filter(is_missing);
        let (from, to) = (quarters().next()?, quarters().next_back()? + 15);
        Some(Piece { column, from, to, is_first: true, is_last: true })
    }
}

fn at(date: Date, minutes: i32) -> DateTime {
    let (hour, minute) = (minutes / 60 % 24, minutes % 60);
    date.at(hour as i8, minute as i8, 0, 0)
}

/// Minutes after midnight.
pub(super) fn minutes(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// The place of the days on the screen.
#[derive(Debug, Clone)]
pub(super) struct Sheet<'a> {
    /// Which days.
    pub(super) days: &'a Days,
    /// Where their hours are.
    pub(super) rect: Rect,
}

impl Sheet<'_> {
    /// Width of a day.
    pub(super) fn width(&self) -> f32 {
        self.rect.width() / self.days.count.max(1) as f32
    }

    /// The left edge of a day.
    pub(super) fn left(&self, column: usize) -> f32 {
        self.rect.left() + self.width() * column as f32
    }

    /// The height of so many minutes after midnight.
    pub(super) fn y(&self, minutes: i32) -> f32 {
        let part = (minutes - self.days.top) as f32 / (self.days.bottom - self.days.top) as f32;
        self.rect.top() + self.rect.height() * part.clamp(0.0, 1.0)
    }

    /// Where a piece is; `None` for what lies in a night that is not shown.
    pub(super) fn place(&self, piece: &Piece) -> Option<Rect> {
        if piece.to <= self.days.top || piece.from >= self.days.bottom {
            return None;
        }
        let to = piece.to.max(piece.from + LEAST);
        let (left, right) = (self.left(piece.column), self.left(piece.column + 1));
        let top_left = pos2(left, self.y(piece.from));
        Some(Rect::from_min_max(top_left, pos2(right, self.y(to))))
    }

    /// Which day and time of day is at this place, by steps of so many minutes.
    pub(super) fn at(&self, place: Pos2, step: i32) -> (usize, i32) {
        let column = ((place.x - self.rect.left()) / self.width()).floor().max(0.0) as usize;
        let part = (place.y - self.rect.top()) / self.rect.height();
        let span = (self.days.bottom - self.days.top) as f32;
        let minutes = self.days.top as f32 + span * part;
        let snapped = (minutes / step as f32).round() as i32 * step;
        let column = column.min(self.days.count.saturating_sub(1));
        (column, snapped.clamp(self.days.top, self.days.bottom))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn zone() -> Zone {
        Zone::named("Europe/Amsterdam").unwrap()
    }

    fn stretch(from: &str, to: &str) -> Interval {
        let at = |text: &str| -> Timestamp { text.parse::<jiff::Timestamp>().unwrap().into() };
        Interval::new(at(from), at(to)).unwrap()
    }

    fn on_clock(days: &Days, from: &str, to: &str) -> Vec<(usize, i32, i32)> {
        let pieces = days.pieces(&zone(), stretch(from, to));
        pieces.into_iter().map(|piece| (piece.column, piece.from, piece.to)).collect()
    }

    #[test]
    fn a_stretch_lies_where_the_clock_shows_it_on_days_of_any_length() {
        let spring = Days::new(date(2026, 3, 23), 7);
        let autumn = Days::new(date(2026, 10, 19), 7);
        for (days, from, to, expected) in [
            // Saturday 22:00 to Sunday 6:00, an hour shorter than it looks.
            (
                &spring,
                "2026-03-28T21:00:00Z",
                "2026-03-29T04:00:00Z",
                vec![(5, 1320, 1440), (6, 0, 360)],
            ),
            // The same, an hour longer.
            (
                &autumn,
                "2026-10-24T20:00:00Z",
                "2026-10-25T05:00:00Z",
                vec![(5, 1320, 1440), (6, 0, 360)],
            ),
            // All of the Sunday, to the midnight after.
            (&autumn, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", vec![(6, 0, 1440)]),
            // From half past two to half past two, an hour later.
            (&autumn, "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", vec![(6, 150, 151)]),
            (&spring, "2026-05-01T08:00:00Z", "2026-05-01T09:00:00Z", vec![]),
        ] {
            assert_eq!(on_clock(days, from, to), expected, "{from}");
        }
    }

    #[test]
    fn days_on_which_clocks_change_say_so_and_what_is_missing() {
        let (spring, autumn) = (Days::new(date(2026, 3, 23), 7), Days::new(date(2026, 10, 19), 7));
        assert_eq!(spring.length(&zone(), 5), Length::Usual);
        assert_eq!(spring.length(&zone(), 6), Length::Shorter);
        assert_eq!(autumn.length(&zone(), 6), Length::Longer);
        let missing = spring.missing(&zone(), 6).map(|piece| (piece.from, piece.to));
        assert_eq!(missing, Some((120, 180)));
        assert_eq!(autumn.missing(&zone(), 6), None);
        assert_eq!(spring.instant(&zone(), 6, 1440), zone().start_of_day(date(2026, 3, 30)));
    }

    #[test]
    fn the_night_is_shown_when_something_begins_or_ends_in_it() {
        let days = || Days::new(date(2026, 11, 16), 7);
        let noon = stretch("2026-11-16T11:00:00Z", "2026-11-16T12:00:00Z");
        let weekend = stretch("2026-11-20T11:00:00Z", "2026-11-22T12:00:00Z");
        let late = stretch("2026-11-20T21:00:00Z", "2026-11-20T22:30:00Z");
        assert_eq!(days().with_room_for(&zone(), &[noon, weekend]).hours() as u8, 17);
        assert_eq!(days().with_room_for(&zone(), &[noon, late]).hours() as u8, 24);
    }

    #[test]
    fn a_place_is_the_nearest_step_of_its_day() {
        let days = Days::new(date(2026, 11, 16), 7);
        let rect = Rect::from_min_max(pos2(0.0, 0.0), pos2(700.0, 1020.0));
        let sheet = Sheet { days: &days, rect };
        assert_eq!(sheet.at(pos2(250.0, 61.0), 30), (2, 420));
        assert_eq!(sheet.at(pos2(250.0, 80.0), 15), (2, 435));
        assert_eq!(sheet.at(pos2(9000.0, -50.0), 30), (6, 360));
        let piece = Piece { column: 2, from: 420, to: 480, is_first: true, is_last: true };
        let placed = sheet.place(&piece).unwrap();
        assert_eq!((placed.left(), placed.top(), placed.bottom()), (200.0, 60.0, 120.0));
    }
}
