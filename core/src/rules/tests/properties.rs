//! What holds for all rules and all times: nothing panics, quotas are what one counts by hand, and what
//! is offered instead is allowed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use proptest::prelude::*;

use super::*;

/// Rules as they come, sane or not.
pub(super) mod any {
    use super::*;

    pub(in super::super) fn span() -> impl Strategy<Value = Span> {
        let number = || prop_oneof![4 => 0_u32..40, 2 => 0_u32..4_000, 1 => any::<u32>()];
        prop_oneof![
            number().prop_map(Span::Days),
            number().prop_map(Span::Minutes),
            number().prop_map(|hours| Span::Minutes(hours.saturating_mul(60))),
        ]
    }

    fn time_of_day() -> impl Strategy<Value = TimeOfDay> {
        (0_u16..=1440).prop_map(|minute| TimeOfDay::new(minute / 60, minute % 60).unwrap())
    }

    pub(in super::super) fn weekday() -> impl Strategy<Value = Weekday> {
        (0_i8..7).prop_map(|place| Weekday::from_monday_zero_offset(place).unwrap())
    }

    pub(in super::super) fn opening() -> impl Strategy<Value = Opening> {
        let days = prop::collection::vec(weekday(), 0..7).prop_map(|days| Weekdays::of(&days));
        (days, time_of_day(), time_of_day()).prop_map(|(days, from, to)| Opening { days, from, to })
    }

    fn date() -> impl Strategy<Value = Date> {
        let extreme = prop::sample::select(&[Date::MIN, Date::MAX, Date::ZERO][..]);
        let usual = (2011_i16..2030, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
        prop_oneof![10 => usual, 1 => extreme]
    }

    pub(in super::super) fn closure() -> impl Strategy<Value = Closure> {
        let once = (date(), date()).prop_map(|(from, to)| Dates::Once { from, to });
        let day = || date().prop_map(MonthDay::of);
        let yearly = (day(), day()).prop_map(|(from, to)| Dates::Yearly { from, to });
        (prop_oneof![once, yearly], prop::option::of("[a-z é.]{0,12}"))
            .prop_map(|(dates, name)| Closure { dates, name })
    }

    pub(in super::super) fn quota() -> impl Strategy<Value = Quota> {
        let per = prop_oneof![
            weekday().prop_map(|from| Per::Week { from }),
            prop_oneof![0_u8..=32, any::<u8>()].prop_map(|from| Per::Month { from }),
            prop_oneof![0_u16..40, any::<u16>()].prop_map(|days| Per::Rolling { days }),
        ];
        (span(), per).prop_map(|(amount, per)| Quota { amount, per })
    }

    pub(in super::super) fn instant() -> impl Strategy<Value = Timestamp> {
        prop_oneof![
            // From 2011, when Apia skipped a day, to 2030.
            6 => (1_293_840_000_000_i64..1_893_456_000_000).prop_map(Timestamp::from_ms),
            1 => any::<i64>().prop_map(Timestamp::from_ms),
            1 => prop::sample::select(vec![Timestamp::MIN, Timestamp::MAX, Timestamp::from_ms(0)]),
        ]
    }

    pub(in super::super) fn interval() -> impl Strategy<Value = Interval> {
        let short =
            (instant(), 1_i64..20 * 86_400_000).prop_map(|(from, ms)| (from, from.plus_ms(ms)));
        let wild = (instant(), instant());
        prop_oneof![3 => short, 1 => wild]
            .prop_filter_map("empty", |(from, to)| Interval::new(from.min(to), from.max(to)))
    }

    pub(in super::super) fn repair() -> impl Strategy<Value = Repair> {
        (instant(), prop::option::of(instant()), "[a-z .]{0,12}")
            .prop_map(|(from, until, note)| Repair { from, until, note })
    }

    pub(in super::super) fn closed_days() -> impl Strategy<Value = ClosedDays> {
        prop::sample::select(&[ClosedDays::Count, ClosedDays::DontCount, ClosedDays::Forbidden][..])
    }

    pub(in super::super) fn rules() -> impl Strategy<Value = Rules> {
        let spans = prop::collection::vec(prop::option::weighted(0.4, span()), 5);
        let lists = (
            prop::collection::vec(opening(), 0..3),
            prop::collection::vec(closure(), 0..3),
            prop::collection::vec(quota(), 0..3),
        );
        let who = prop_oneof![
            3 => Just(Borrowers::Everybody),
            1 => Just(Borrowers::Only(vec![BOB])),
        ];
        (spans, lists, closed_days(), who, prop::option::weighted(0.2, repair())).prop_map(
            |(spans, (open, closed, quotas), closed_days, borrowers, repair)| Rules {
                lead: spans[0],
                horizon: spans[1],
                shortest: spans[2],
                longest: spans[3],
                gap: spans[4],
                open,
                closed,
                closed_days,
                quotas,
                privileged: vec![],
                borrowers,
                repair,
            },
        )
    }

    pub(in super::super) fn zone() -> impl Strategy<Value = Zone> {
        let names = ["Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"];
        prop::sample::select(names.to_vec()).prop_map(|name| Zone::named(name).unwrap())
    }
}

fn uses(intervals: &[Interval]) -> Vec<Use> {
    let numbered = (0_u8..).zip(intervals);
    numbered
        .map(|(number, interval)| Use { booking: booking(number), interval: *interval })
        .collect()
}

const QUARTER_MS: i64 = 15 * 60_000;

/// By hand: how many quarters of an hour lie on each date, walked one by one.
fn quarters(zone: &Zone, intervals: &[Interval]) -> BTreeMap<Date, i64> {
    let mut on = BTreeMap::new();
    for interval in intervals {
        let mut at = interval.from();
        while at < interval.to() {
            *on.entry(zone.date(at)).or_insert(0) += 1;
            at = at.plus_ms(QUARTER_MS);
        }
    }
    on
}

/// By hand: whether a period of this quota begins on that date.
fn begins(per: Per, date: Date) -> bool {
    match per {
        Per::Week { from } => date.weekday() == from,
        Per::Month { from } => date.day() == (from as i8).min(date.days_in_month()),
        Per::Rolling { .. } => true,
    }
}

/// By hand: the dates of the period that begins on that date.
fn period(per: Per, first: Date) -> BTreeSet<Date> {
    let days = first.series(jiff::Span::new().days(1));
    match per {
        Per::Rolling { days: length } => days.take(usize::from(length)).collect(),
        _ => days
            .enumerate()
            .take_while(|(n, day)| *n == 0 || !begins(per, *day))
            .map(|(_, day)| day)
            .collect(),
    }
}

/// By hand: the first period with too much in it, with what is used and what is added.
fn too_much(
    quota: Quota,
    mine: &BTreeMap<Date, i64>,
    asked: &BTreeMap<Date, i64>,
) -> Option<(Period, Span, Span)> {
    let first = *asked.first_key_value()?.0;
    let mut start = first.checked_sub(jiff::Span::new().days(400)).unwrap();
    let last = *asked.last_key_value()?.0;
    while start <= last {
        if begins(quota.per, start) {
            let days = period(quota.per, start);
            let of = |map: &BTreeMap<Date, i64>, date: &Date| map.get(date).copied().unwrap_or(0);
            let (used, more, over, span): (i64, i64, bool, fn(i64) -> Span) = match quota.amount {
                Span::Days(limit) => {
                    let used = days.iter().filter(|date| of(mine, date) > 0).count();
                    let either =
                        days.iter().filter(|date| of(mine, date) + of(asked, date) > 0).count();
                    let more = (either - used) as i64;
                    (used as i64, more, either > limit as usize, |n| Span::Days(n as u32))
                }
                Span::Minutes(limit) => {
                    let sum = |map| days.iter().map(|date| of(map, date)).sum::<i64>();
                    let (used, more) = (sum(mine) * 15, sum(asked) * 15);
                    (used, more, used + more > i64::from(limit), |n| Span::Minutes(n as u32))
                }
            };
            if over && more > 0 {
                let period = Period { first: *days.first().unwrap(), last: *days.last().unwrap() };
                return Some((period, span(used), span(more)));
            }
        }
        start = start.tomorrow().unwrap();
    }
    None
}

/// A stretch of quarters of an hour within some weeks around the change of clocks, or Apia's lost day.
fn near(around_ms: i64) -> impl Strategy<Value = Interval> {
    (-1_500_i64..1_500, 1_i64..500).prop_map(move |(start, length)| {
        let from = Timestamp::from_ms(around_ms + start * QUARTER_MS);
        Interval::new(from, from.plus_ms(length * QUARTER_MS)).unwrap()
    })
}

fn around() -> impl Strategy<Value = i64> {
    // 2011-12-30, 2026-03-29, 2026-10-25, 2027-02-28, each at noon in Greenwich.
    prop::sample::select(
        &[1_325_246_400_000, 1_774_785_600_000, 1_792_929_600_000, 1_803_816_000_000][..],
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quotas_are_what_one_counts_by_hand(
        zone in any::zone(),
        (mine, asked) in around().prop_flat_map(|at| (prop::collection::vec(near(at), 0..6), near(at))),
        quotas in prop::collection::vec(any::quota().prop_filter("sane", Quota::is_sane), 1..4),
        weekdays in prop::collection::vec(any::weekday(), 0..7),
        closed_days in any::closed_days(),
    ) {
        let days = Weekdays::of(&weekdays);
        let whole_day = Opening { days, from: TimeOfDay::MIDNIGHT, to: TimeOfDay::END };
        let open = if days.is_empty() { vec![] } else { vec![whole_day] };
        let closed = all(&["12-26..01-02", "2026-03-28"]);
        let rules = Rules { quotas: quotas.clone(), open, closed, closed_days, ..Rules::default() };
        let counts = |date: &Date| {
            let christmas = (date.month(), date.day()) >= (12, 26) || (date.month(), date.day()) <= (1, 2);
            let shut = christmas || *date == Date::constant(2026, 3, 28)
                || !(weekdays.is_empty() || weekdays.contains(&date.weekday()));
            !(shut && closed_days == ClosedDays::DontCount)
        };
        let by_hand = |intervals: &[Interval]| {
            let mut on = quarters(&zone, intervals);
            on.retain(|date, _| counts(date));
            on
        };
        let (used, more) = (by_hand(&mine), by_hand(&[asked]));
        let expected: Vec<Reason> = quotas.iter().filter_map(|quota| {
            let (period, used, asked) = too_much(*quota, &used, &more)?;
            Some(Reason::Quota { quota: *quota, used, asked, period })
        }).collect();

        let known = Known {
            rules: &rules, zone: &zone, owner: OWNER, instant: false, capacity: 1, mine: &uses(&mine),
            free: &|_| 1, ends: &[],
        };
        let request = Request { borrower: ANN, interval: asked, quantity: 1, now: Timestamp::from_ms(0) };
        let mut reasons = match judge(&request, &known) {
            Verdict::Allowed { .. } => vec![],
            Verdict::Refused(reasons) => reasons,
        };
        reasons.retain(|reason| reason.code() == "quota");
        prop_assert_eq!(reasons, expected);
    }

    #[test]
    fn what_is_offered_is_allowed_in_order_and_apart(
        zone in any::zone(),
        rules in any::rules(),
        (mine, others, asked, now) in around().prop_flat_map(|at| (
            prop::collection::vec(near(at), 0..4), prop::collection::vec(near(at), 0..6), near(at), near(at),
        )),
        count in 0_usize..6,
    ) {
        let mut ends: Vec<_> = others.iter().map(|other| other.to()).collect();
        ends.sort_unstable();
        let free = |interval: Interval| {
            2_u32.saturating_sub(others.iter().filter(|other| other.overlaps(interval)).count() as u32)
        };
        let known = Known {
            rules: &rules, zone: &zone, owner: OWNER, instant: false, capacity: 2, mine: &uses(&mine),
            free: &free, ends: &ends,
        };
        let request = Request { borrower: ANN, interval: asked, quantity: 1, now: now.from() };
        let found = next_times(&request, &known, count);
        prop_assert!(found.len() <= count);
        for interval in &found {
            let verdict = judge(&Request { interval: *interval, ..request }, &known);
            prop_assert!(matches!(verdict, Verdict::Allowed { .. }), "{verdict:?}");
            prop_assert!(interval.from() >= asked.from());
        }
        prop_assert!(found.windows(2).all(|two| two[0].to() <= two[1].from()));
        let allowed = matches!(judge(&request, &known), Verdict::Allowed { .. });
        prop_assert_eq!(allowed && count > 0, found.first() == Some(&asked));
    }

    #[test]
    fn no_request_panics_whatever_the_rules_and_the_time(
        zone in any::zone(), rules in any::rules(), interval in any::interval(), now in any::instant(),
        mine in prop::collection::vec(any::interval(), 0..5), quantity in any::<u32>(), capacity in any::<u32>(),
        free in any::<u32>(),
    ) {
        let ends: BTreeSet<_> = mine.iter().map(|one| one.to()).collect();
        let ends: Vec<_> = ends.into_iter().collect();
        let known = Known {
            rules: &rules, zone: &zone, owner: OWNER, instant: true, capacity, mine: &uses(&mine),
            free: &move |_| free, ends: &ends,
        };
        let request = Request { borrower: ANN, interval, quantity, now };
        if let Verdict::Refused(reasons) = judge(&request, &known) {
            prop_assert!(!reasons.is_empty());
            prop_assert!(reasons.iter().all(|reason| !reason.to_string().is_empty()));
        }
        let _ = next_times(&request, &known, 3);
        let _ = (rules.check(), rules.sentences());
    }
}
