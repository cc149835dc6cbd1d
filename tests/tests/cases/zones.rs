//! Where clocks change: cases 15, 16, 17 and half of 20, in four places with four kinds of change.
//!
//! Amsterdam and New York change by an hour, Lord Howe by half an hour, and Apia left out the 30th of
//! December 2011 altogether. Stories can be told in any year.

use jiff::tz::TimeZone;
use noaber_core::Command;
use noaber_core::CommandError;
use noaber_core::booking::State;
use noaber_core::rules::{Quota, Reason, Span};
use noaber_core::time::Timestamp;
use noaber_core::wire::{Cause, Unit};
use noaber_core::zone::{Rhythm, repeat};
use noaber_node::ics::{Purpose, Selection, calendar};
use noaber_tests::{ANNA, BEN, CEM, DEA, Goods, Story, fetch};

use crate::title;

/// A place, when its story begins, and nights of change: a day at noon, the next day at noon, and the
/// real minutes between them.
struct Somewhere {
    zone: &'static str,
    now: &'static str,
    nights: [(&'static str, i64); 2],
}

const PLACES: [Somewhere; 4] = [
    Somewhere {
        zone: "Europe/Amsterdam",
        now: "2026-01-06 08:00",
        nights: [
            ("2026-03-28 12:00 to 2026-03-29 12:00", 23 * 60),
            ("2026-10-24 12:00 to 2026-10-25 12:00", 25 * 60),
        ],
    },
    Somewhere {
        zone: "America/New_York",
        now: "2026-01-06 08:00",
        nights: [
            ("2026-03-07 12:00 to 2026-03-08 12:00", 23 * 60),
            ("2026-10-31 12:00 to 2026-11-01 12:00", 25 * 60),
        ],
    },
    Somewhere {
        zone: "Australia/Lord_Howe",
        now: "2026-01-06 08:00",
        nights: [
            ("2026-04-04 12:00 to 2026-04-05 12:00", 24 * 60 + 30),
            ("2026-10-03 12:00 to 2026-10-04 12:00", 23 * 60 + 30),
        ],
    },
    Somewhere {
        zone: "Pacific/Apia",
        now: "2011-01-04 08:00",
        nights: [
            ("2011-04-01 12:00 to 2011-04-02 12:00", 25 * 60),
            ("2011-12-29 12:00 to 2011-12-31 12:00", 24 * 60),
        ],
    },
];

impl Somewhere {
    fn story(&self, number: usize) -> Story {
        Story::told_in(&title(number), self.zone, self.now)
    }
}

#[test]
pub(super) fn case_15_a_weekly_booking_keeps_its_time_of_day() {
    for place in &PLACES {
        let mut s = place.story(15);
        s.given("Anna lends a room at once");
        let room = s.lends(ANNA, Goods::a("room").at_once());
        s.when("Ben asks for every Tuesday at three, for a year");
        let year = &place.now[..4];
        let first = s.span(&format!("{year}-01-11 15:00 to 17:00"));
        let first = match s.zone.weekday(first.from()) {
            jiff::civil::Weekday::Tuesday => first,
            _ => s.span(&format!("{year}-01-13 15:00 to 17:00")),
        };
        let weekday = s.zone.weekday(first.from());
        let times =
            repeat(&s.zone, first, Rhythm::Weekly, format!("{year}-12-31").parse().unwrap());
        let series = s.asks_series(BEN, room, times).unwrap();
        s.then("each is confirmed, on that weekday, from three to five on the wall, for everybody");
        let ids = s.view(DEA).series[&series].clone();
        assert!((50..=51).contains(&ids.len()), "{}", ids.len());
        let mut offsets = std::collections::BTreeSet::new();
        for id in ids {
            assert_eq!(s.state(DEA, id), "confirmed");
            let interval = s.booking(DEA, id).interval;
            let (from, to) = (s.zone.civil(interval.from()), s.zone.civil(interval.to()));
            assert_eq!((from.time().to_string(), to.time().to_string()), clock("15:00", "17:00"));
            assert_eq!((from.weekday(), interval.length_ms()), (weekday, 2 * 3_600_000));
            offsets.insert(interval.from().as_ms().rem_euclid(24 * 3_600_000));
        }
        assert!(offsets.len() >= 2, "clocks changed in between");
    }
}

fn clock(from: &str, to: &str) -> (String, String) {
    (format!("{from}:00"), format!("{to}:00"))
}

#[test]
pub(super) fn case_15_a_time_that_the_clock_skips_moves_on_that_day_only() {
    for (zone, first, until, shown) in [
        ("Europe/Amsterdam", "2026-03-22 02:30 to 02:45", "2026-04-05", "03:30:00"),
        ("America/New_York", "2026-03-01 02:30 to 02:45", "2026-03-15", "03:30:00"),
        ("Australia/Lord_Howe", "2026-09-27 02:15 to 02:20", "2026-10-11", "02:45:00"),
    ] {
        let now = format!("{} 08:00", &first[..8].replace("-03-", "-02-").replace("-09-", "-08-"))
            .replace("- ", "-10 ");
        let mut s = Story::told_in(&title(15), zone, &now);
        s.given("a camera that can be had at night");
        let camera = s.lends(ANNA, Goods::a("camera").at_once());
        s.when("Ben asks for it on three Sundays, at a time that does not exist on the second");
        let first = s.span(first);
        let times = repeat(&s.zone, first, Rhythm::Weekly, until.parse().unwrap());
        let series = s.asks_series(BEN, camera, times).unwrap();
        s.then("on that day it is later by what was skipped, and as long; then it is as before");
        let ids = s.view(CEM).series[&series].clone();
        let starts: Vec<String> = ids
            .iter()
            .map(|id| s.zone.civil(s.booking(CEM, *id).interval.from()).time().to_string())
            .collect();
        let usual = s.zone.civil(first.from()).time().to_string();
        assert_eq!(starts, [usual.as_str(), shown, usual.as_str()], "{zone}");
        for id in ids {
            assert_eq!(s.booking(CEM, id).interval.length_ms(), first.length_ms(), "{zone}");
        }
    }
}

#[test]
pub(super) fn case_15_a_day_that_does_not_exist_is_left_out() {
    let mut s = Story::told_in(&title(15), "Pacific/Apia", "2011-12-01 08:00");
    s.given("Apia goes to the other side of the date line and has no 30th of December");
    let room = s.lends(ANNA, Goods::a("room").at_once());
    s.when("Ben asks for Fridays, and Cem for the 30th of each month");
    let fridays = s.span("2011-12-16 15:00 to 17:00");
    let fridays = repeat(&s.zone, fridays, Rhythm::Weekly, "2012-01-13".parse().unwrap());
    let monthly = s.span("2011-12-02 08:00 to 09:00");
    let nights = s.span("2011-12-29 20:00 to 2011-12-31 08:00");
    let ben = s.asks_series(BEN, room, fridays).unwrap();
    s.asks(CEM, room, 1, "2011-12-29 20:00 to 2011-12-31 08:00");
    s.then("there is no Friday between the 23rd and the 6th, and the 31st comes after the 29th");
    let ids = s.view(DEA).series[&ben].clone();
    let dates: Vec<String> =
        ids.iter().map(|id| s.zone.date(s.booking(DEA, *id).interval.from()).to_string()).collect();
    assert_eq!(dates, ["2011-12-16", "2011-12-23", "2012-01-06", "2012-01-13"]);
    assert_eq!(nights.length_ms(), 12 * 3_600_000);
    let monthly = repeat(&s.zone, monthly, Rhythm::Monthly, "2012-02-28".parse().unwrap());
    assert_eq!(monthly.len(), 3);
}

#[test]
pub(super) fn case_16_a_night_of_change_is_billed_by_real_hours() {
    for place in &PLACES {
        for (when, minutes) in place.nights {
            let mut s = place.story(16);
            s.given("Anna’s car costs six an hour, and Ben has it from noon to noon");
            let car = s.lends(ANNA, Goods::a_car(1_000).at_once());
            let tariff = "6.00 per hour".parse().unwrap();
            let from = s.now(ANNA);
            let circle = s.circle;
            s.command(ANNA, Command::SetTariff { circle, listing: car, from, tariff }).unwrap();
            let ben = s.asks(BEN, car, 1, when);
            let (start, end) = when.split_once(" to ").unwrap();
            s.then("the estimate counts real hours");
            let cents = minutes * 10;
            let view = s.view(BEN);
            let estimate = view.estimate(&view.listings[&car], s.span(when), None).unwrap();
            assert_eq!(estimate.bill.total.cents(), cents, "{} {when}", place.zone);
            s.when("he brings it back at the end");
            s.until(start);
            s.does(BEN, ben, fetch());
            s.until(end);
            s.does(BEN, ben, noaber_tests::bring_back());
            s.then("he owes each real minute");
            let line = s.view(ANNA).ledger.lines().next().unwrap().clone();
            assert_eq!((line.unit, line.cause), (Unit::Cents, Cause::Trip(ben)));
            assert_eq!(line.total().cast_signed(), cents, "{} {when}", place.zone);
            assert_eq!(s.status(DEA, ben).used().unwrap().length_ms(), minutes * 60_000);
            s.all_see_the_same();
        }
    }
}

#[test]
pub(super) fn case_16_quotas_and_longest_times_count_real_hours() {
    for place in &PLACES {
        for (when, minutes) in place.nights {
            let mut s = place.story(16);
            s.given(
                "a car for at most twenty-four hours in any eight days, and one for at most a day",
            );
            let quota: Quota = "24h in 8d".parse().unwrap();
            let car = s.lends(ANNA, Goods::a_car(0).at_once().under(|r| r.quotas = vec![quota]));
            let longest = |span| Goods::a("bike").at_once().under(move |r| r.longest = Some(span));
            let hours = s.lends(ANNA, longest(Span::Minutes(24 * 60)));
            let days = s.lends(ANNA, longest(Span::Days(1)));
            s.when("Ben asks for the night of the change, from noon to noon");
            let code = |result: Result<_, CommandError>| result.map_err(|error| error.code());
            let fits = minutes <= 24 * 60;
            let by_quota = code(s.tries(BEN, car, 1, when));
            let by_hours = code(s.tries(BEN, hours, 1, when));
            s.then("more than twenty-four real hours are too many; a day is a day");
            assert_eq!(by_quota.err(), (!fits).then_some("quota"), "{} {when}", place.zone);
            assert_eq!(by_hours.err(), (!fits).then_some("too_long"), "{} {when}", place.zone);
            if !when.starts_with("2011-12") {
                s.asks(BEN, days, 1, when);
            }
        }
    }
}

#[test]
pub(super) fn case_17_every_reader_is_told_the_same_instant() {
    for place in &PLACES {
        let mut s = place.story(17);
        s.given("bookings around each change of clocks");
        let room = s.lends(ANNA, Goods::a("room").at_once());
        let ids = place.nights.map(|(when, _)| s.asks(BEN, room, 1, when));
        s.then("the calendar of the owner, the borrower and a reader elsewhere is the same text");
        let text =
            |who: usize| calendar(s.view(who), Selection::Circle, Purpose::Feed, s.now(who)).text;
        assert!(text(ANNA) == text(BEN) && text(BEN) == text(CEM));
        let text = text(ANNA);
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 2);
        s.then(
            "whoever reads it by the zone’s name, or by the rules in the file, finds the instant",
        );
        for id in ids {
            let interval = s.booking(ANNA, id).interval;
            let event = between(&text, &format!("UID:{id}@noaber"), "END:VEVENT");
            for (property, at) in [("DTSTART", interval.from()), ("DTEND", interval.to())] {
                let line = event.lines().find(|line| line.starts_with(property)).unwrap();
                let by_name = by_name(line);
                assert_eq!(by_name, at, "{} {line}", place.zone);
                assert_eq!(by_rules(&text, line), at, "{} {line}", place.zone);
                // The row of the command line is that instant with its offset (RFC 3339).
                let zone = TimeZone::get(place.zone).unwrap();
                let row = at
                    .to_jiff()
                    .unwrap()
                    .display_with_offset(zone.to_offset(by_name.to_jiff().unwrap()));
                assert_eq!(
                    row.to_string().parse::<jiff::Timestamp>().ok().map(Timestamp::from),
                    Some(at)
                );
            }
        }
    }
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = &text[text.find(from).unwrap()..];
    &rest[..rest.find(to).unwrap()]
}

fn local(line: &str) -> jiff::civil::DateTime {
    let value = line.rsplit(':').next().unwrap();
    jiff::fmt::strtime::parse("%Y%m%dT%H%M%S", value.trim_end_matches('Z'))
        .unwrap()
        .to_datetime()
        .unwrap()
}

/// As a program does that knows the zone by its name.
fn by_name(line: &str) -> Timestamp {
    let zone = if line.ends_with('Z') {
        "UTC"
    } else {
        between(line, "TZID=", ":").trim_start_matches("TZID=")
    };
    let zone = TimeZone::get(zone).unwrap();
    zone.to_timestamp(local(line)).unwrap().into()
}

/// As a program does that knows only the file: the last change before the time says the offset.
fn by_rules(text: &str, line: &str) -> Timestamp {
    if line.ends_with('Z') {
        return by_name(line);
    }
    let zone = between(text, "BEGIN:VTIMEZONE", "END:VTIMEZONE");
    let field = |block: &str, key: &str| {
        block.lines().find_map(|l| l.strip_prefix(key).map(str::to_owned)).unwrap()
    };
    let blocks = zone.split("BEGIN:").skip(2);
    let offset = blocks
        .map(|block| (local(&field(block, "DTSTART")), field(block, "TZOFFSETTO:")))
        .filter(|(onset, _)| *onset <= local(line))
        .max()
        .unwrap()
        .1;
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let (hours, minutes): (i64, i64) =
        (offset[1..3].parse().unwrap(), offset[3..5].parse().unwrap());
    let utc: Timestamp = TimeZone::UTC.to_timestamp(local(line)).unwrap().into();
    utc.plus_ms(-sign * (hours * 60 + minutes) * 60_000)
}

#[test]
pub(super) fn case_20_open_time_is_civil_time_also_when_clocks_change() {
    for place in &PLACES {
        let mut s = place.story(20);
        s.given("a room that opens at nine and closes at six, every day but New Year");
        let room = s.lends(
            ANNA,
            Goods::a("room").at_once().under(|rules| {
                rules.open = vec!["mon-sun 09:00-18:00".parse().unwrap()];
                rules.closed = vec!["01-01 New Year".parse().unwrap()];
            }),
        );
        for (when, _) in place.nights {
            let (start, end) = when.split_once(" to ").unwrap();
            let (first, last) = (&start[..10], &end[..10]);
            s.when("Ben asks for the days before and after the change");
            s.then("nine and six on the wall are open, a minute beside them is not");
            for day in [first, last] {
                s.asks(BEN, room, 1, &format!("{day} 09:00 to 10:00"));
                s.asks(BEN, room, 1, &format!("{day} 17:00 to 18:00"));
                for (hours, end) in [("08:59 to 09:00", "Start"), ("17:59 to 18:01", "Finish")] {
                    let (reasons, _) = s.cannot_ask(CEM, room, 1, &format!("{day} {hours}"));
                    assert!(
                        matches!(&reasons[0], Reason::Closed { end: at, .. } if format!("{at:?}") == end),
                        "{} {day} {hours}: {reasons:?}",
                        place.zone
                    );
                }
            }
        }
        let year: i32 = place.now[..4].parse().unwrap();
        let (reasons, _) =
            s.cannot_ask(CEM, room, 1, &format!("{}-01-01 10:00 to 11:00", year + 1));
        assert!(reasons[0].to_string().contains("New Year"), "{}", reasons[0]);
        let confirmed = |state| state == State::Confirmed;
        let all = s.view(DEA).bookings.values();
        assert_eq!(all.filter(|b| confirmed(s.status(DEA, b.id).state)).count(), 8);
    }
}
