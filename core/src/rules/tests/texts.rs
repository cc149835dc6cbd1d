//! Text forms: what is typed and stored. They read as they print, and what is no rule is refused with
//! an example that is one.

use proptest::prelude::*;

use super::properties::any;
use super::*;

fn prints_as<T>(rows: &[(&str, &str)])
where
    T: std::str::FromStr<Err = BadText> + ToString + PartialEq + std::fmt::Debug,
{
    for (text, print) in rows {
        let value: T = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(value.to_string(), *print);
        assert_eq!(print.parse(), Ok(value));
    }
}

fn refuses<T>(rows: &[&str])
where
    T: std::str::FromStr<Err = BadText> + std::fmt::Debug,
{
    for text in rows {
        let error = text.parse::<T>().expect_err(text);
        assert!(error.to_string().contains("write"), "{error}");
    }
}

#[test]
fn spans() {
    prints_as::<Span>(&[
        ("90m", "90m"),
        ("120m", "2h"),
        ("2h", "2h"),
        ("3d", "3d"),
        (" 2w ", "14d"),
        ("0m", "0m"),
    ]);
    refuses::<Span>(&[
        "",
        "3",
        "d",
        "3 d",
        "-3d",
        "3.5h",
        "99999999999h",
        "4000d",
        "71582789h",
        "3D",
    ]);
}

#[test]
fn openings() {
    prints_as::<Opening>(&[
        ("mon-fri 09:00-17:00", "mon-fri 09:00-17:00"),
        ("sat 10:00-12:30", "sat 10:00-12:30"),
        ("Sun,Sat 9:00 - 24:00", "sat,sun 09:00-24:00"),
        ("fri-mon 00:00-24:00", "mon,fri-sun 00:00-24:00"),
        ("mon,wed,thu,fri 09:00-10:00", "mon,wed-fri 09:00-10:00"),
    ]);
    refuses::<Opening>(&[
        "",
        "mon",
        "mon 9-17",
        "mon 17:00-09:00",
        "mon 09:00-09:00",
        "mon 09:00-24:01",
        "mon 09:60-10:00",
        "mo 09:00-17:00",
        "mon- 09:00-17:00",
        ", 09:00-17:00",
        "mon 09:00-17:00 x",
        "mon 09:0-17:00",
        "mon +9:00-17:00",
    ]);
}

#[test]
fn closures() {
    prints_as::<Closure>(&[
        ("2026-12-24..2027-01-02 Christmas", "2026-12-24..2027-01-02 Christmas"),
        ("2026-12-25", "2026-12-25"),
        ("12-25", "12-25"),
        ("12-24..01-02   Winter break ", "12-24..01-02 Winter break"),
        ("02-29", "02-29"),
        ("2026-12-25..2026-12-25", "2026-12-25"),
    ]);
    refuses::<Closure>(&[
        "",
        "Christmas",
        "2026-13-01",
        "2027-02-29",
        "02-30",
        "2027-01-02..2026-12-24",
        "2026-12-24..12-26",
        "12-24..",
        "2026-12-24 a\u{7}b",
        "0000-01-01",
        "1-1",
        "2026-12-24T10:00",
        "a-2026-12-24",
    ]);
}

#[test]
fn quotas() {
    prints_as::<Quota>(&[
        ("3d/week from mon", "3d/week from mon"),
        ("3d/week", "3d/week from mon"),
        ("10h/month from 31", "10h/month from 31"),
        ("10h/month", "10h/month from 1"),
        ("5d in 14d", "5d in 14d"),
        ("90m in 2w", "90m in 14d"),
    ]);
    refuses::<Quota>(&[
        "",
        "3d",
        "0d/week",
        "3d/year",
        "3d/week from 3",
        "3d/month from 32",
        "3d/month from 0",
        "5d in 0d",
        "5d in 367d",
        "5d in 14h",
        "5d in",
        "3d/week since mon",
        "3d/week from mon x",
    ]);
}

#[test]
fn the_smaller_pieces() {
    prints_as::<ClosedDays>(&[("count", "count"), ("skip", "skip"), ("forbidden", "forbidden")]);
    refuses::<ClosedDays>(&["", "maybe"]);
    let (ann, bob) = (ANN.to_string(), BOB.to_string());
    let both = format!("only {ann},{bob}");
    prints_as::<Borrowers>(&[("everybody", "everybody"), ("only", "only"), (&both, &both)]);
    refuses::<Borrowers>(&["", "only ann", "everybody else"]);
    prints_as::<Repair>(&[
        ("2026-12-01T10:00Z.. new brakes", "2026-12-01T10:00:00Z.. new brakes"),
        ("2026-12-01T10:00+01:00..2026-12-05T18:00Z", "2026-12-01T09:00:00Z..2026-12-05T18:00:00Z"),
    ]);
    refuses::<Repair>(&[
        "",
        "brakes",
        "2026-12-01",
        "2026-12-05T18:00Z..2026-12-01T10:00Z",
        "..2026-12-01T10:00Z",
    ]);
}

/// Whatever stands in quotation marks is an example.
fn shows_examples<T: std::str::FromStr<Err = BadText>>(count: usize) {
    let sentence = "no such rule".parse::<T>().err().map(|error| error.to_string());
    let sentence = sentence.unwrap_or_default();
    let examples: Vec<_> = sentence.split('"').skip(1).step_by(2).collect();
    assert_eq!(examples.len(), count, "{sentence}");
    assert!(examples.iter().all(|example| example.parse::<T>().is_ok()), "{sentence}");
}

#[test]
fn refusals_show_examples_that_are_taken() {
    shows_examples::<Opening>(2);
    shows_examples::<Closure>(2);
    shows_examples::<Quota>(3);
    shows_examples::<Repair>(2);
}

#[test]
fn rules_that_contradict_each_other_are_refused() {
    let day = |from: u16, to: u16| Opening {
        days: Weekdays::ALL,
        from: TimeOfDay::new(from, 0).unwrap(),
        to: TimeOfDay::new(to, 0).unwrap(),
    };
    let quota: Quota = "3d/week".parse().unwrap();
    let zero = Quota { amount: Span::Minutes(0), ..quota };
    let never = Quota { per: Per::Month { from: 32 }, ..quota };
    let now = Timestamp::from_ms(0);
    let backwards = Repair { from: now, until: Some(now), note: String::new() };
    let none = Rules::default;
    let bad = [
        Rules { shortest: span("2d"), longest: span("47h"), ..none() },
        Rules { shortest: span("0m"), ..none() },
        Rules { longest: span("0d"), ..none() },
        Rules { lead: span("2w"), horizon: span("13d"), ..none() },
        Rules { gap: Some(Span::Days(u32::MAX)), ..none() },
        Rules { open: vec![day(9, 9)], ..none() },
        Rules { open: vec![Opening { days: Weekdays::default(), ..day(9, 17) }], ..none() },
        Rules { open: vec![day(9, 17); MAX_OPENINGS + 1], ..none() },
        Rules { closed: vec!["12-25".parse().unwrap(); MAX_CLOSURES + 1], ..none() },
        Rules { quotas: vec![zero], ..none() },
        Rules { quotas: vec![never], ..none() },
        Rules { quotas: vec![quota; MAX_QUOTAS + 1], ..none() },
        Rules { privileged: vec![ANN; MAX_MEMBERS + 1], ..none() },
        Rules { borrowers: Borrowers::Only(vec![ANN; MAX_MEMBERS + 1]), ..none() },
        Rules { repair: Some(backwards), ..none() },
    ];
    for rules in bad {
        let error = rules.check().expect_err("contradicts itself");
        assert!(!error.to_string().is_empty());
    }
    let good = Rules {
        shortest: span("24h"),
        longest: span("1d"),
        lead: span("1w"),
        horizon: span("7d"),
        ..none()
    };
    assert_eq!(good.check(), Ok(()));
}

#[test]
fn rules_are_told_in_sentences() {
    assert_eq!(Rules::default().sentences(), [""; 0]);
    let rules = Rules {
        lead: span("2d"),
        longest: span("1d"),
        gap: span("30m"),
        open: all(&["mon-fri 09:00-17:00"]),
        closed: all(&["12-25 Christmas"]),
        closed_days: ClosedDays::DontCount,
        quotas: all(&["3d/week", "5d in 14d"]),
        privileged: vec![ANN],
        borrowers: Borrowers::Only(vec![ANN, BOB]),
        ..Rules::default()
    };
    assert_eq!(
        rules.sentences(),
        [
            "Ask at least 2 days ahead.",
            "A booking lasts at most 1 day, also together with your bookings next to it.",
            "30 minutes stay free between two bookings.",
            "Fetch it and bring it back mon-fri 09:00-17:00.",
            "Closed 12-25 (Christmas).",
            "Closed days inside a booking do not count.",
            "Each borrower may use it 3 days a week (weeks begin on mon).",
            "Each borrower may use it 5 days in any 14 days.",
            "Only 2 members may borrow it.",
            "1 member is confirmed at once.",
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_sane_piece_reads_as_it_prints(
        span in any::span().prop_filter("sane", |span| span.is_sane()),
        opening in any::opening().prop_filter("sane", Opening::is_sane),
        closure in any::closure().prop_filter("sane", Closure::is_sane),
        quota in any::quota().prop_filter("sane", Quota::is_sane),
        repair in any::repair().prop_filter("sane", Repair::is_sane),
    ) {
        prop_assert_eq!(span.to_string().parse(), Ok(span));
        prop_assert_eq!(opening.to_string().parse(), Ok(opening));
        prop_assert_eq!(closure.to_string().parse(), Ok(closure));
        prop_assert_eq!(quota.to_string().parse(), Ok(quota));
        prop_assert_eq!(repair.to_string().parse(), Ok(repair));
    }

    #[test]
    fn no_text_panics(text in "\\PC*", near in "[0-9a-z:., /-]{0,24}") {
        for text in [text, near] {
            let _ = text.parse::<Span>();
            let _ = text.parse::<Opening>();
            let _ = text.parse::<Closure>();
            let _ = text.parse::<Quota>();
            let _ = text.parse::<Repair>();
            let _ = text.parse::<Borrowers>();
        }
    }
}
