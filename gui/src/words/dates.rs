//! Days, clock times and stretches of time as people say them.

use jiff::civil::{Date, DateTime, Time, Weekday};
use noaber_core::rules::Span;
use noaber_core::time::{Interval, Timestamp};

use super::{Lang, Moment, Words};

type Names<const N: usize> = [&'static str; N];

const DAYS_EN: Names<7> =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const DAYS_NL: Names<7> =
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const DAYS_EN_SHORT: Names<7> = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAYS_NL_SHORT: Names<7> = ["ma", "di", "wo", "do", "vr", "za", "zo"];
const MONTHS_EN: Names<12> = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_NL: Names<12> = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN_SHORT: Names<12> =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_NL_SHORT: Names<12> =
    ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

impl Words {
    /// Such as “Mon”.
    pub fn weekday_short(&self, day: Weekday) -> &'static str {
        let names = match self.lang {
            Lang::En => &DAYS_EN_SHORT,
            Lang::Nl => &DAYS_NL_SHORT,
        };
        names[day.to_monday_zero_offset() as usize]
    }

    /// Such as “Monday”.
    pub fn weekday(&self, day: Weekday) -> &'static str {
        let names = match self.lang {
            Lang::En => &DAYS_EN,
            Lang::Nl => &DAYS_NL,
        };
        names[day.to_monday_zero_offset() as usize]
    }

    fn month_short(&self, date: Date) -> &'static str {
        let names = match self.lang {
            Lang::En => &MONTHS_EN_SHORT,
            Lang::Nl => &MONTHS_NL_SHORT,
        };
        names[date.month() as usize - 1]
    }

    /// Such as “November 2026”.
    pub fn month(&self, date: Date) -> String {
        let names = match self.lang {
            Lang::En => &MONTHS_EN,
            Lang::Nl => &MONTHS_NL,
        };
        format!("{} {}", names[date.month() as usize - 1], date.year())
    }

    /// Such as “Fri 20 Nov”.
    pub fn date(&self, date: Date) -> String {
        let day = self.weekday_short(date.weekday());
        format!("{day} {} {}", date.day(), self.month_short(date))
    }

    /// Such as “20 Nov 2026”.
    pub fn date_with_year(&self, date: Date) -> String {
        format!("{} {} {}", date.day(), self.month_short(date), date.year())
    }

    /// Such as “today”, “tomorrow” or “Fri 20 Nov”.
    pub fn day(&self, date: Date, moment: Moment<'_>) -> String {
        let today = moment.zone.date(moment.now);
        if date == today {
            self.say("date-today")
        } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == date) {
            self.say("date-tomorrow")
        } else if today.yesterday().is_ok_and(|yesterday| yesterday == date) {
            self.say("date-yesterday")
        } else if date.year() == today.year() {
            self.date(date)
        } else {
            format!("{} {}", self.date(date), date.year())
        }
    }

    /// Such as “14:30”.
    pub fn clock(&self, time: Time) -> String {
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// Such as “tomorrow 14:30”.
    pub fn moment(&self, at: Timestamp, moment: Moment<'_>) -> String {
        self.civil(moment.zone.civil(at), moment)
    }

    /// The same, of what a clock shows.
    pub fn civil(&self, at: DateTime, moment: Moment<'_>) -> String {
        format!("{} {}", self.day(at.date(), moment), self.clock(at.time()))
    }

    /// Such as “Fri 20 Nov, 10:00–12:00” or “Fri 20 Nov 10:00 – Sun 22 Nov 18:00”.
    pub fn stretch(&self, interval: Interval, moment: Moment<'_>) -> String {
        let (from, to) = (moment.zone.civil(interval.from()), moment.zone.civil(interval.to()));
        let is_whole_days = from.time() == Time::midnight() && to.time() == Time::midnight();
        let last = to.date().yesterday().unwrap_or(to.date());
        if is_whole_days && last == from.date() {
            return self.tell("date-all-day", &[("day", self.day(from.date(), moment).into())]);
        }
        if is_whole_days {
            return format!("{} – {}", self.day(from.date(), moment), self.day(last, moment));
        }
        if from.date() == to.date() {
            let (day, start) = (self.day(from.date(), moment), self.clock(from.time()));
            return format!("{day}, {start}–{}", self.clock(to.time()));
        }
        format!("{} – {}", self.civil(from, moment), self.civil(to, moment))
    }

    /// How long ago, coarsely, to follow “since”: “10:12”, “yesterday”, “Monday” or “3 Nov 2026”.
    pub fn since(&self, at: Timestamp, moment: Moment<'_>) -> String {
        let (then, today) = (moment.zone.civil(at), moment.zone.date(moment.now));
        let days = today.duration_since(then.date()).as_hours() / 24;
        match days {
            ..=0 => self.clock(then.time()),
            1 => self.say("date-yesterday"),
            2..=6 => self.weekday(then.date().weekday()).to_owned(),
            _ => self.date_with_year(then.date()),
        }
    }

    /// When something was said: “10:12” today, else with its day.
    pub fn said_at(&self, at: Timestamp, moment: Moment<'_>) -> String {
        let then = moment.zone.civil(at);
        if then.date() == moment.zone.date(moment.now) {
            self.clock(then.time())
        } else {
            self.civil(then, moment)
        }
    }

    /// Such as “3 days” or “90 minutes”.
    pub fn length(&self, span: Span) -> String {
        let (key, count) = match span {
            Span::Minutes(minutes) if minutes > 0 && minutes.is_multiple_of(60) => {
                ("length-hours", minutes / 60)
            }
            Span::Minutes(minutes) => ("length-minutes", minutes),
            Span::Days(days) => ("length-days", days),
        };
        self.tell(key, &[("count", count.into())])
    }

    /// The length of an interval to the day or the quarter of an hour.
    pub fn duration(&self, interval: Interval) -> String {
        let minutes = u32::try_from(interval.length_ms() / 60_000).unwrap_or(u32::MAX);
        if minutes >= 1440 && minutes.is_multiple_of(1440) {
            self.length(Span::Days(minutes / 1440))
        } else if minutes >= 2880 {
            let days = self.length(Span::Days(minutes / 1440));
            format!("{days}, {}", self.length(Span::Minutes(minutes % 1440 / 60 * 60)))
        } else if minutes > 60 && !minutes.is_multiple_of(60) {
            let hours = self.length(Span::Minutes(minutes / 60 * 60));
            format!("{hours}, {}", self.length(Span::Minutes(minutes % 60)))
        } else {
            self.length(Span::Minutes(minutes))
        }
    }
}
