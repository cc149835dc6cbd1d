//! Tariffs as neighbours agree them, and the bills that follow.

use proptest::prelude::*;

use super::*;
use crate::time::Timestamp;

const HOUR: i64 = 3_600_000;

fn tariff(text: &str) -> Tariff {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn rate(thousandths: i64) -> Rate {
    Rate::from_thousandths(thousandths).unwrap()
}

fn total(text: &str, km: u32, duration_ms: i64) -> String {
    tariff(text).price(km, duration_ms).total.to_string()
}

#[test]
fn a_tariff_reads_as_it_prints() {
    let cases = [
        ("0.30", "0.30 per km"),
        ("0,30 / km", "0.30 per km"),
        ("0.30 to 100, 0.20", "0.30 to 100, 0.20 per km"),
        ("0,30 to 100km,0,20 to 500 , 0,185 per km", "0.30 to 100, 0.20 to 500, 0.185 per km"),
        ("2.5 per hour", "2.50 per hour"),
        ("5 fixed; 0.25; 2/h", "0.25 per km; 2.00 per hour; 5.00 fixed"),
        ("0 To 50, 0.25 Per KM", "0.00 to 50, 0.25 per km"),
        (" Free ", "free"),
    ];
    for (text, print) in cases {
        assert_eq!(tariff(text).to_string(), print, "{text}");
        assert_eq!(tariff(print), tariff(text), "{text}");
    }
}

#[test]
fn what_is_not_a_tariff_is_refused_and_says_why() {
    let nine = "1 to 1, 1 to 2, 1 to 3, 1 to 4, 1 to 5, 1 to 6, 1 to 7, 1 to 8, 1";
    let cases = [
        ("", BadTariff::Unclear),
        (";", BadTariff::Unclear),
        ("0.30; ", BadTariff::Unclear),
        ("cheap", BadTariff::Unclear),
        ("0.30 to, 0.20", BadTariff::Unclear),
        ("0.30 to x, 0.20", BadTariff::Unclear),
        ("0.30 to 99999999999, 0.20", BadTariff::Unclear),
        ("0.30, 0.20", BadTariff::Unclear),
        ("0.30 per mile", BadTariff::Unclear),
        ("0.30 to 100", BadTariff::End),
        ("0.30 to 100,", BadTariff::End),
        ("0.30 to 100, 0.20 to 100, 0.10", BadTariff::Order),
        ("0.30 to 0, 0.10", BadTariff::Order),
        ("0.30; 0.20 per km", BadTariff::Twice),
        ("1 per hour; 2 per hour", BadTariff::Twice),
        ("1 fixed; 2 fixed", BadTariff::Twice),
        ("-5 fixed", BadTariff::Fixed),
        ("1000000.01 fixed", BadTariff::Fixed),
        ("-0.30", BadTariff::Rate(BadRate)),
        ("0.12345 per hour", BadTariff::Rate(BadRate)),
        ("1.005 fixed", BadTariff::Cents(BadCents::Decimals)),
        (nine, BadTariff::Bands),
    ];
    for (text, error) in cases {
        assert_eq!(text.parse::<Tariff>(), Err(error), "{text}");
    }
}

#[test]
fn a_tariff_that_came_as_bytes_is_checked() {
    let band = |up_to_km| Band { up_to_km, per_km: rate(1) };
    let bands = |ends: &[Option<u32>]| Tariff {
        bands: ends.iter().map(|end| band(*end)).collect(),
        ..Tariff::default()
    };
    let cases = [
        (bands(&[]), Ok(())),
        (bands(&[Some(1), Some(2), None]), Ok(())),
        (bands(&[None, None]), Err(BadTariff::End)),
        (bands(&[None, Some(5)]), Err(BadTariff::End)),
        (bands(&[Some(2), Some(1), None]), Err(BadTariff::Order)),
        (bands(&[None; 9]), Err(BadTariff::Bands)),
    ];
    for (tariff, answer) in cases {
        assert_eq!(tariff.check(), answer, "{tariff:?}");
        let bytes = postcard::to_allocvec(&tariff).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(tariff));
    }
}

#[test]
fn a_trip_costs_kilometres_hours_and_the_start() {
    let cases = [
        ("free", 120, HOUR, "0.00"),
        ("0.30", 42, 5 * HOUR, "12.60"),
        ("0.30 to 100, 0.20", 100, 0, "30.00"),
        ("0.30 to 100, 0.20", 101, 0, "30.20"),
        ("0.30 to 100, 0.20 to 200, 0.10", 250, 0, "55.00"),
        ("0.00 to 50, 0.25", 60, 0, "2.50"),
        ("2.50 per hour", 999, HOUR * 3 / 2, "3.75"),
        ("0.25; 2 per hour; 5 fixed", 10, 2 * HOUR, "11.50"),
        ("2 per hour", 0, -HOUR, "0.00"),
        // Half a cent goes up, and less than half goes down.
        ("0.185", 1, 0, "0.19"),
        ("0.184", 1, 0, "0.18"),
        ("0.01 per hour", 0, HOUR / 2, "0.01"),
        ("0.01 per hour", 0, HOUR / 2 - 1, "0.00"),
        // A third of an hour at a price that thousandths divide only just.
        ("1.001 per hour", 0, HOUR / 3, "0.33"),
    ];
    for (text, km, duration_ms, sum) in cases {
        assert_eq!(total(text, km, duration_ms), sum, "{text}: {km} km, {duration_ms} ms");
    }
}

#[test]
fn a_bill_names_what_it_is_made_of() {
    let bill = tariff("0.30 to 100, 0.20; 2.50 per hour; 5 fixed").price(130, 90 * 60_000);
    let lines: Vec<_> = bill.lines.iter().map(|line| (line.charge, line.amount.cents())).collect();
    assert_eq!(
        lines,
        [
            (Charge::Distance { km: 100, per_km: rate(300) }, 3_000),
            (Charge::Distance { km: 30, per_km: rate(200) }, 600),
            (Charge::Time { duration_ms: 90 * 60_000, per_hour: rate(2_500) }, 375),
            (Charge::Fixed, 500),
        ]
    );
    assert_eq!(bill.total.cents(), 4_475);
}

#[test]
fn a_night_in_which_the_clocks_change_costs_its_real_hours() {
    let cases = [
        // Noon to noon: an ordinary day, the short one of spring, the long one of autumn.
        ("2026-06-10T12:00[Europe/Amsterdam]", "2026-06-11T12:00[Europe/Amsterdam]", "24.00"),
        ("2026-03-28T12:00[Europe/Amsterdam]", "2026-03-29T12:00[Europe/Amsterdam]", "23.00"),
        ("2026-10-24T12:00[Europe/Amsterdam]", "2026-10-25T12:00[Europe/Amsterdam]", "25.00"),
    ];
    for (from, to, sum) in cases {
        let instant =
            |text: &str| -> Timestamp { text.parse::<jiff::Zoned>().unwrap().timestamp().into() };
        let duration_ms = instant(to).as_ms() - instant(from).as_ms();
        assert_eq!(total("1 per hour", 0, duration_ms), sum, "{from}");
    }
}

#[test]
fn an_estimate_says_what_is_still_open() {
    let tariff = tariff("0.30 to 100, 0.20; 2 per hour");
    let unknown = tariff.estimate(None, 3 * HOUR);
    assert_eq!(unknown.bill.total.cents(), 600);
    assert_eq!(unknown.still_per_km, tariff.bands);
    let known = tariff.estimate(Some(110), 3 * HOUR);
    assert_eq!(known.bill, tariff.price(110, 3 * HOUR));
    assert_eq!(known.still_per_km, []);
}

fn any_tariff() -> impl Strategy<Value = Tariff> {
    let price = || prop_oneof![0..5_000_i64, 0..=1_000_000_000_i64];
    let ends = prop::collection::btree_set(1..2_000_u32, 0..7);
    let bands = prop::option::of((ends, prop::collection::vec(price(), 8))).prop_map(|bands| {
        let (ends, prices) = bands?;
        let ends = ends.into_iter().map(Some).chain([None]);
        let bands = ends.zip(prices);
        Some(bands.map(|(up_to_km, price)| Band { up_to_km, per_km: rate(price) }).collect())
    });
    (bands, prop::option::of(price()), prop::option::of(0..=MAX_FIXED)).prop_map(
        |(bands, per_hour, fixed)| Tariff {
            bands: bands.unwrap_or_default(),
            per_hour: per_hour.map(rate),
            fixed: fixed.and_then(Cents::from_cents),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_good_tariff_survives_print_and_parse(tariff in any_tariff()) {
        prop_assert_eq!(tariff.check(), Ok(()));
        prop_assert_eq!(tariff.to_string().parse(), Ok(tariff));
    }

    #[test]
    fn lines_add_up_to_the_total_and_cover_every_kilometre(
        tariff in any_tariff(),
        km in prop_oneof![0..5_000_u32, any::<u32>()],
        duration_ms in prop_oneof![0..HOUR * 1_000, any::<i64>()],
    ) {
        let bill = tariff.price(km, duration_ms);
        let sum: i64 = bill.lines.iter().map(|line| line.amount.cents()).sum();
        prop_assert_eq!(sum, bill.total.cents());
        prop_assert!(bill.lines.iter().all(|line| line.amount >= Cents::ZERO));
        if !tariff.bands.is_empty() {
            let driven = bill.lines.iter().map(|line| match line.charge {
                Charge::Distance { km, .. } => km,
                Charge::Time { .. } | Charge::Fixed => 0,
            });
            prop_assert_eq!(driven.sum::<u32>(), km);
        }
    }

    #[test]
    fn a_longer_trip_never_costs_less(
        tariff in any_tariff(),
        (km, ms) in (0..5_000_u32, 0..HOUR * 100),
        (more_km, more_ms) in (0..500_u32, 0..HOUR),
    ) {
        let longer = tariff.price(km + more_km, ms + more_ms);
        prop_assert!(longer.total >= tariff.price(km, ms).total);
    }

    #[test]
    fn no_text_and_no_wild_tariff_panics(
        text in "[0-9.,; tokmper/h-]{0,40}",
        ends in prop::collection::vec(any::<Option<u32>>(), 0..12),
        fixed in any::<i64>(),
        (km, duration_ms) in any::<(u32, i64)>(),
    ) {
        let _ = text.parse::<Tariff>().is_ok();
        let wild = Tariff {
            bands: ends.iter().map(|end| Band { up_to_km: *end, per_km: rate(1_000_000_000) }).collect(),
            per_hour: Some(rate(1_000_000_000)),
            fixed: Cents::from_cents(fixed % 10_000_000_000_000),
        };
        let bill = wild.price(km, duration_ms);
        prop_assert_eq!(bill.lines.iter().map(|line| line.amount).sum::<Cents>(), bill.total);
    }
}
