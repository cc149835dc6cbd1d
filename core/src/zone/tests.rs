//! Clocks that change, in four places that do it differently.

use jiff::civil::{DateTime, date};
use proptest::prelude::*;

use super::*;

const AMSTERDAM: &str = "Europe/Amsterdam";

fn zone(name: &str) -> Zone {
    Zone::named(name).unwrap()
}

fn civil(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn interval(zone: &Zone, from: &str, to: &str) -> Interval {
    Interval::new(zone.at(civil(from)), zone.at(civil(to))).unwrap()
}

fn minutes(interval: Interval) -> i64 {
    (interval.to().as_ms() - interval.from().as_ms()) / 60_000
}

fn starts(zone: &Zone, all: &[Interval]) -> Vec<String> {
    all.iter().map(|one| zone.civil(one.from()).to_string()).collect()
}

#[test]
fn zones_have_names_and_others_are_none() {
    assert!(Zone::named(AMSTERDAM).is_some());
    assert_eq!(Zone::named("UTC"), Some(Zone::utc()));
    for none in ["", "Mars/Olympus", "Etc/Unknown", "../etc/passwd"] {
        assert_eq!(Zone::named(none), None, "{none}");
    }
}

#[test]
fn every_tuesday_at_three_stays_at_three_across_both_changes() {
    for name in [AMSTERDAM, "America/New_York", "Australia/Lord_Howe"] {
        let zone = zone(name);
        let first = interval(&zone, "2026-01-06T15:00", "2026-01-06T17:00");
        let all = repeat(&zone, first, Rhythm::Weekly, date(2026, 12, 29));
        assert_eq!(all.len(), 52, "{name}");
        for one in &all {
            let (from, to) = (zone.civil(one.from()), zone.civil(one.to()));
            assert_eq!((from.hour(), to.hour()), (15, 17), "{name} {from}");
            assert_eq!(zone.weekday(one.from()), Weekday::Tuesday, "{name} {from}");
        }
        let gaps = all.windows(2).map(|two| two[1].from().as_ms() - two[0].from().as_ms());
        let uneven = gaps.filter(|gap| *gap != 7 * 24 * 3_600_000).count();
        assert_eq!(uneven, 2, "{name}: one week is longer and one is shorter");
    }
}

#[test]
fn a_night_in_which_clocks_change_is_longer_or_shorter() {
    let cases = [
        (AMSTERDAM, "2026-03-28", "2026-03-29", 23 * 60),
        (AMSTERDAM, "2026-10-24", "2026-10-25", 25 * 60),
        (AMSTERDAM, "2026-06-06", "2026-06-07", 24 * 60),
        ("America/New_York", "2026-03-07", "2026-03-08", 23 * 60),
        ("America/New_York", "2026-10-31", "2026-11-01", 25 * 60),
        ("Australia/Lord_Howe", "2026-04-04", "2026-04-05", 24 * 60 + 30),
        ("Australia/Lord_Howe", "2026-10-03", "2026-10-04", 23 * 60 + 30),
    ];
    for (name, from, to, expected) in cases {
        let zone = zone(name);
        let night = interval(&zone, &format!("{from}T12:00"), &format!("{to}T12:00"));
        assert_eq!(minutes(night), expected, "{name} {from}");
        // The same night as one of a row that began a month before.
        let first = civil(&format!("{from}T12:00")).date().checked_sub(jiff::Span::new().weeks(4));
        let first = zone.at(first.unwrap().at(12, 0, 0, 0));
        let first = Interval::new(first, zone.plus_days(first, 1)).unwrap();
        let all = repeat(&zone, first, Rhythm::Weekly, civil(&format!("{from}T00:00")).date());
        assert_eq!(all.last(), Some(&night), "{name} {from}");
    }
}

#[test]
fn a_time_that_does_not_exist_moves_on_and_one_that_comes_twice_is_the_first() {
    let zone = zone(AMSTERDAM);
    assert_eq!(zone.civil(zone.at(civil("2026-03-29T02:30"))), civil("2026-03-29T03:30"));
    let first = zone.at(civil("2026-10-25T02:30"));
    assert_eq!(zone.civil(first.plus_ms(3_600_000)), civil("2026-10-25T02:30"));
    let short = interval(&zone, "2026-03-22T02:30", "2026-03-22T03:15");
    let moved = repeat(&zone, short, Rhythm::Weekly, date(2026, 3, 29))[1];
    assert_eq!(zone.civil(moved.from()), civil("2026-03-29T03:30"));
    assert_eq!(minutes(moved), 45, "nothing would be left by the clock, so its length stays");
}

#[test]
fn monthly_on_the_31st_is_the_last_day_of_short_months_and_comes_back() {
    let zone = zone(AMSTERDAM);
    let first = interval(&zone, "2027-10-31T22:00", "2027-11-01T09:00");
    let all = repeat(&zone, first, Rhythm::Monthly, date(2028, 3, 31));
    let expected =
        ["2027-10-31", "2027-11-30", "2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"];
    assert_eq!(starts(&zone, &all), expected.map(|day| format!("{day}T22:00:00")));
    assert_eq!(zone.civil(all[4].to()), civil("2028-03-01T09:00"));
}

#[test]
fn what_would_begin_on_a_day_that_apia_skipped_is_left_out() {
    let zone = zone("Pacific/Apia");
    let first = interval(&zone, "2011-12-23T10:00", "2011-12-23T12:00");
    let all = repeat(&zone, first, Rhythm::Weekly, date(2012, 1, 6));
    assert_eq!(starts(&zone, &all), ["2011-12-23T10:00:00", "2012-01-06T10:00:00"]);
    let days: Vec<_> = zone.days(interval(&zone, "2011-12-29T10:00", "2012-01-01T00:00")).collect();
    assert_eq!(days, [date(2011, 12, 29), date(2011, 12, 31)]);
    assert_eq!(zone.start_of_day(date(2011, 12, 30)), zone.start_of_day(date(2011, 12, 31)));
}

#[test]
fn a_day_begins_where_its_calendar_page_does() {
    let cases = [
        (AMSTERDAM, date(2026, 3, 29), "2026-03-29T00:00"),
        // Set forward at midnight: the day begins at one.
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T01:00"),
        // Set forward from 23:30 to 0:30: the day begins half an hour late, not a whole one.
        ("America/Toronto", date(1919, 3, 31), "1919-03-31T00:30"),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-31T00:00"),
    ];
    for (name, day, expected) in cases {
        let zone = zone(name);
        let start = zone.start_of_day(day);
        assert_eq!(zone.civil(start), civil(expected), "{name}");
        assert!(zone.date(start.plus_ms(-1)) < day, "{name}");
    }
}

#[test]
fn an_end_at_midnight_does_not_touch_the_day_after() {
    let zone = zone(AMSTERDAM);
    let cases = [
        ("2026-12-01T10:00", "2026-12-02T00:00", 1),
        ("2026-12-01T10:00", "2026-12-02T00:01", 2),
        ("2026-12-01T00:00", "2026-12-04T00:00", 3),
        ("2026-12-01T23:59", "2026-12-02T00:00", 1),
    ];
    for (from, to, expected) in cases {
        assert_eq!(zone.days(interval(&zone, from, to)).count(), expected, "{from} to {to}");
    }
}

#[test]
fn a_repeated_booking_has_an_end() {
    let zone = Zone::utc();
    let first = interval(&zone, "2026-01-06T15:00", "2026-01-06T17:00");
    let all = |until| repeat(&zone, first, Rhythm::Weekly, until).len();
    assert_eq!(all(date(9999, 12, 31)), MAX_OCCURRENCES);
    assert_eq!(all(date(2026, 1, 13)), 2, "the last day counts");
    assert_eq!(all(date(2026, 1, 5)), 0, "until before the first");
    let endless = Interval::new(Timestamp::MIN, Timestamp::MAX).unwrap();
    assert_eq!(repeat(&zone, endless, Rhythm::Monthly, date(9999, 12, 31)), [endless]);
}

#[test]
fn rhythms_read_as_they_print() {
    for rhythm in [Rhythm::Weekly, Rhythm::Monthly] {
        assert_eq!(rhythm.to_string().parse(), Ok(rhythm));
    }
    assert_eq!("daily".parse::<Rhythm>(), Err(BadRhythm));
}

fn any_zone() -> impl Strategy<Value = Zone> {
    let names = [
        AMSTERDAM,
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "America/St_Johns",
        "America/Sao_Paulo",
        "America/Toronto",
    ];
    prop::sample::select(names.to_vec()).prop_map(zone)
}

fn any_instant() -> impl Strategy<Value = Timestamp> {
    let ms = prop_oneof![
        // From 1900 to 2100, and everything.
        4 => -2_208_988_800_000_i64..4_102_444_800_000,
        1 => any::<i64>(),
        1 => prop::sample::select(&[i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX][..]),
    ];
    ms.prop_map(Timestamp::from_ms)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_are_the_whole_in_order_of_days(
        zone in any_zone(), from in any_instant(), length_ms in 1_i64..40 * 86_400_000,
    ) {
        let Some(whole) = Interval::new(from, from.plus_ms(length_ms)) else { return Ok(()) };
        let pieces: Vec<_> = zone.pieces(whole).collect();
        prop_assert_eq!(pieces[0].1.from(), whole.from());
        prop_assert_eq!(pieces[pieces.len() - 1].1.to(), whole.to());
        for two in pieces.windows(2) {
            prop_assert!(two[0].0 < two[1].0);
            prop_assert_eq!(two[0].1.to(), two[1].1.from());
            prop_assert_eq!(zone.start_of_day(two[1].0), two[1].1.from());
        }
    }

    #[test]
    fn a_day_starts_at_its_first_instant(zone in any_zone(), at in any_instant()) {
        let date = zone.date(at);
        let start = zone.start_of_day(date);
        let inside_the_calendar = at.to_jiff().is_some() && start.plus_ms(-1).to_jiff().is_some();
        prop_assume!(inside_the_calendar);
        prop_assert!(start <= at);
        prop_assert!(zone.date(start) >= date);
        prop_assert!(zone.date(start.plus_ms(-1)) < date);
    }

    #[test]
    fn nothing_panics_at_the_ends_of_time(
        zone in any_zone(), from in any_instant(), to in any_instant(), days in any::<i64>(),
        monthly in any::<bool>(),
    ) {
        let _ = zone.at(zone.civil(from));
        let _ = zone.plus_days(from, days);
        if let Some(interval) = Interval::new(from.min(to), from.max(to)) {
            let rhythm = if monthly { Rhythm::Monthly } else { Rhythm::Weekly };
            let all = repeat(&zone, interval, rhythm, jiff::civil::Date::MAX);
            prop_assert!((1..=MAX_OCCURRENCES).contains(&all.len()));
            prop_assert!(zone.days(interval).take(1000).count() > 0);
        }
    }
}
