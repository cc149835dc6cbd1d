//! What neighbours meet, as rows: given these rules and bookings, when Ann asks from … to …, then.

use super::*;
use crate::rules::reason::End;
use jiff::civil::date;

#[test]
fn without_rules_everything_is_allowed_that_is_free_and_to_come() {
    let scene = Scene::with(Rules::default()).others(&[("2026-11-25 10:00", "2026-11-25 12:00")]);
    scene.check(&[
        ("2026-11-24 00:00", "2027-11-24 00:00", "overlap"),
        ("2026-11-25 08:00", "2026-11-25 10:00", ""),
        ("2026-11-25 12:00", "2026-11-25 14:00", ""),
        ("2026-11-25 11:59", "2026-11-25 14:00", "overlap"),
        ("2026-11-23 07:59", "2026-11-23 09:00", "in_past"),
        ("2026-11-23 08:00", "2026-11-23 09:00", ""),
        ("2030-01-01 00:00", "2032-01-01 00:00", "too_long"),
    ]);
}

#[test]
fn who_asks_for_this_minute_does_not_ask_for_the_past() {
    let scene = Scene::with(Rules::default());
    let mut request = scene.request("2026-11-23 08:00", "2026-11-23 09:00");
    request.now = request.now.plus_ms(59_999);
    assert_eq!(scene.judge(&request), Verdict::Allowed { at_once: false });
    request.now = request.now.plus_ms(1);
    assert_eq!(scene.judge(&request), Verdict::Refused(vec![Reason::InPast]));
}

#[test]
fn quantities_are_from_one_to_what_there_is() {
    let mut scene = Scene::with(Rules::default());
    scene.capacity = 5;
    let scene = scene.others(&[("2026-11-25 10:00", "2026-11-25 12:00")]);
    let request =
        |quantity| Request { quantity, ..scene.request("2026-11-25 10:00", "2026-11-25 12:00") };
    let quantity = Reason::Quantity { capacity: 5 };
    let overlap = Reason::Overlap { free: 4, capacity: 5 };
    assert_eq!(scene.judge(&request(4)), Verdict::Allowed { at_once: false });
    assert_eq!(scene.judge(&request(5)), Verdict::Refused(vec![overlap.clone()]));
    assert_eq!(scene.judge(&request(6)), Verdict::Refused(vec![quantity.clone(), overlap]));
    assert_eq!(scene.judge(&request(0)), Verdict::Refused(vec![quantity]));
}

#[test]
fn lead_and_horizon_in_days_follow_the_calendar_and_in_hours_the_clock() {
    let rules = Rules { lead: span("2d"), horizon: span("60d"), ..Rules::default() };
    Scene::with(rules.clone()).check(&[
        ("2026-11-25 07:59", "2026-11-25 12:00", "too_soon"),
        ("2026-11-25 08:00", "2026-11-25 12:00", ""),
        ("2027-01-22 08:00", "2027-01-24 12:00", ""),
        ("2027-01-22 08:01", "2027-01-22 12:00", "too_early"),
    ]);
    // Over the night in which clocks are set back, two days are 49 hours.
    let autumn = "2026-10-24 08:00";
    Scene::with(rules).now(autumn).check(&[
        ("2026-10-26 07:59", "2026-10-26 12:00", "too_soon"),
        ("2026-10-26 08:00", "2026-10-26 12:00", ""),
    ]);
    let rules = Rules { lead: span("48h"), ..Rules::default() };
    Scene::with(rules).now(autumn).check(&[
        ("2026-10-26 06:59", "2026-10-26 12:00", "too_soon"),
        ("2026-10-26 07:00", "2026-10-26 12:00", ""),
    ]);
}

#[test]
fn shortest_and_longest_are_inclusive() {
    let rules = Rules { shortest: span("1h"), longest: span("3d"), ..Rules::default() };
    Scene::with(rules).check(&[
        ("2026-12-01 10:00", "2026-12-01 10:59", "too_short"),
        ("2026-12-01 10:00", "2026-12-01 11:00", ""),
        ("2026-12-01 10:00", "2026-12-04 10:00", ""),
        ("2026-12-01 10:00", "2026-12-04 10:01", "too_long"),
    ]);
}

#[test]
fn a_day_has_23_or_25_hours_where_clocks_change_and_an_hour_stays_an_hour() {
    let places = [
        (
            "Europe/Amsterdam",
            "2026-10-24 10:00",
            "2026-10-25 10:00",
            "2027-03-27 10:00",
            "2027-03-28 10:00",
        ),
        (
            "America/New_York",
            "2026-10-31 10:00",
            "2026-11-01 10:00",
            "2027-03-13 10:00",
            "2027-03-14 10:00",
        ),
        (
            "Australia/Lord_Howe",
            "2027-04-03 10:00",
            "2027-04-04 10:00",
            "2026-10-03 10:00",
            "2026-10-04 10:00",
        ),
    ];
    for (place, long_from, long_to, short_from, short_to) in places {
        let day = Rules { shortest: span("1d"), longest: span("1d"), ..Rules::default() };
        let hours = Rules { shortest: span("24h"), longest: span("24h"), ..Rules::default() };
        let scene = |rules| Scene::at_place(place, rules).now("2026-01-01 00:00");
        assert_eq!(scene(day.clone()).codes(long_from, long_to), "", "{place}");
        assert_eq!(scene(day).codes(short_from, short_to), "", "{place}");
        assert_eq!(scene(hours.clone()).codes(long_from, long_to), "too_long", "{place}");
        assert_eq!(scene(hours).codes(short_from, short_to), "too_short", "{place}");
    }
}

#[test]
fn preparation_time_stays_free_on_both_sides() {
    let rules = Rules { gap: span("30m"), ..Rules::default() };
    let scene = Scene::with(rules).others(&[
        ("2026-12-01 10:00", "2026-12-01 12:00"),
        ("2026-12-01 15:00", "2026-12-01 16:00"),
    ]);
    scene.check(&[
        ("2026-12-01 12:29", "2026-12-01 14:00", "gap"),
        ("2026-12-01 12:30", "2026-12-01 14:30", ""),
        ("2026-12-01 12:30", "2026-12-01 14:31", "gap"),
        ("2026-12-01 11:59", "2026-12-01 14:30", "overlap"),
    ]);
}

#[test]
fn fetching_and_bringing_back_fall_in_open_time() {
    let open = all(&["mon-fri 09:00-17:00", "sat 10:00-12:30"]);
    let scene = Scene::with(Rules { open, ..Rules::default() });
    scene.check(&[
        ("2026-12-01 09:00", "2026-12-01 17:00", ""),
        ("2026-12-01 08:59", "2026-12-01 12:00", "closed"),
        ("2026-12-01 16:59", "2026-12-02 09:00", ""),
        ("2026-12-01 17:00", "2026-12-02 12:00", "closed"),
        ("2026-12-01 16:00", "2026-12-01 17:01", "closed"),
        ("2026-12-05 12:30", "2026-12-07 12:00", "closed"),
        ("2026-12-05 12:29", "2026-12-07 12:00", ""),
        ("2026-12-06 11:00", "2026-12-06 12:00", "closed closed"),
    ]);
    let at = civil("2026-12-06 11:00");
    assert_eq!(
        scene.reasons("2026-12-06 11:00", "2026-12-07 12:00"),
        [Reason::Closed { end: End::Start, at, name: None }]
    );
}

#[test]
fn a_place_that_is_open_until_midnight_takes_things_back_at_midnight() {
    let open = all(&["fri 18:00-24:00"]);
    let rules = Rules { open, closed: all(&["2026-12-05", "2026-12-11"]), ..Rules::default() };
    Scene::with(rules).check(&[
        ("2026-12-04 18:00", "2026-12-05 00:00", ""),
        ("2026-12-04 18:00", "2026-12-05 00:01", "closed"),
        ("2026-12-04 23:59", "2026-12-05 00:00", ""),
        ("2026-12-04 18:00", "2026-12-11 00:00", "closed"),
        ("2026-12-04 18:00", "2026-12-12 00:00", "closed"),
    ]);
}

#[test]
fn holidays_have_no_open_time_once_or_every_year() {
    let closed = all(&["2026-12-24..2027-01-02 Christmas", "05-05 Liberation Day"]);
    let scene = Scene::with(Rules { closed, ..Rules::default() });
    scene.check(&[
        ("2026-12-23 20:00", "2026-12-24 00:00", ""),
        ("2026-12-23 20:00", "2026-12-24 00:01", "closed"),
        ("2026-12-23 20:00", "2027-01-02 23:59", "closed"),
        ("2026-12-23 20:00", "2027-01-03 00:00", ""),
        ("2027-05-05 10:00", "2027-05-06 10:00", "closed"),
        ("2028-05-05 10:00", "2028-05-05 11:00", "closed closed"),
    ]);
    let reasons = scene.reasons("2027-05-05 10:00", "2027-05-06 10:00");
    assert!(reasons[0].to_string().contains("Liberation Day"), "{}", reasons[0]);
}

#[test]
fn closed_days_inside_count_do_not_count_or_may_not_be() {
    let rules = |closed_days| Rules {
        open: all(&["mon-fri 09:00-17:00"]),
        closed: all(&["2026-12-08 Street party"]),
        longest: span("3d"),
        quotas: all(&["4d in 14d"]),
        closed_days,
        ..Rules::default()
    };
    // From Thursday 3rd: a weekend, and the street party on Tuesday 8th.
    let rows = [
        ("2026-12-03 10:00", "2026-12-04 10:00", "", "", ""),
        ("2026-12-03 10:00", "2026-12-07 10:00", "too_long quota", "", "closed_day too_long quota"),
        ("2026-12-03 10:00", "2026-12-09 10:00", "too_long quota", "", "closed_day too_long quota"),
        (
            "2026-12-03 10:00",
            "2026-12-09 11:00",
            "too_long quota",
            "too_long",
            "closed_day too_long quota",
        ),
        (
            "2026-12-03 10:00",
            "2026-12-10 10:00",
            "too_long quota",
            "too_long quota",
            "closed_day too_long quota",
        ),
        ("2026-12-07 10:00", "2026-12-09 10:00", "", "", "closed_day"),
    ];
    for (from, to, counted, skipped, forbidden) in rows {
        let codes = |closed_days| {
            let mut codes: Vec<_> = Scene::with(rules(closed_days))
                .reasons(from, to)
                .iter()
                .map(Reason::code)
                .collect();
            codes.sort_unstable_by_key(|code| (*code != "closed_day", *code != "too_long"));
            codes.join(" ")
        };
        assert_eq!(codes(ClosedDays::Count), counted, "count: {from} to {to}");
        assert_eq!(codes(ClosedDays::DontCount), skipped, "skip: {from} to {to}");
        assert_eq!(codes(ClosedDays::Forbidden), forbidden, "forbidden: {from} to {to}");
    }
    let inside = Scene::with(rules(ClosedDays::Forbidden));
    let reasons = inside.reasons("2026-12-07 10:00", "2026-12-09 10:00");
    let name = Some("Street party".to_owned());
    assert_eq!(reasons, [Reason::ClosedDay { date: date(2026, 12, 8), name }]);
}

#[test]
fn hours_on_closed_days_do_not_count_where_closed_days_do_not() {
    let rules = Rules {
        open: all(&["mon-fri 00:00-24:00"]),
        longest: span("24h"),
        quotas: all(&["24h/week"]),
        closed_days: ClosedDays::DontCount,
        ..Rules::default()
    };
    // From Friday noon to Monday noon are 24 hours without the weekend.
    Scene::with(rules).check(&[
        ("2026-12-04 12:00", "2026-12-07 12:00", ""),
        ("2026-12-04 12:00", "2026-12-07 12:01", "too_long"),
    ]);
}

#[test]
fn a_weekly_quota_begins_anew_on_its_day() {
    let rules = Rules { quotas: all(&["3d/week from wed"]), ..Rules::default() };
    // Wednesday 2nd to Tuesday 8th is one week.
    let scene = Scene::with(rules).mine(&[("2026-12-02 10:00", "2026-12-03 10:00")]);
    scene.check(&[
        ("2026-12-08 10:00", "2026-12-09 10:00", ""),
        ("2026-12-07 10:00", "2026-12-09 10:00", "quota"),
        ("2026-12-07 10:00", "2026-12-08 00:00", ""),
        // The second booking on a day costs no further day.
        ("2026-12-03 12:00", "2026-12-04 10:00", ""),
        ("2026-12-09 10:00", "2026-12-11 10:00", ""),
        ("2026-12-09 10:00", "2026-12-12 10:00", "quota"),
    ]);
    let period = Period { first: date(2026, 12, 2), last: date(2026, 12, 8) };
    assert_eq!(
        scene.reasons("2026-12-07 10:00", "2026-12-09 10:00"),
        [Reason::Quota {
            quota: "3d/week from wed".parse().unwrap(),
            used: Span::Days(2),
            asked: Span::Days(2),
            period
        }]
    );
}

#[test]
fn a_monthly_quota_from_the_31st_works_in_february() {
    let rules = Rules { quotas: all(&["10h/month from 31"]), ..Rules::default() };
    // 31 January to 27 February, 28 February to 30 March.
    let scene = Scene::with(rules).mine(&[
        ("2027-02-01 10:00", "2027-02-01 18:00"),
        ("2027-03-15 10:00", "2027-03-15 14:00"),
    ]);
    scene.check(&[
        ("2027-02-27 10:00", "2027-02-27 12:00", ""),
        ("2027-02-27 10:00", "2027-02-27 12:01", "quota"),
        ("2027-01-31 10:00", "2027-01-31 13:00", "quota"),
        ("2027-01-30 10:00", "2027-01-30 13:00", ""),
        ("2027-02-28 10:00", "2027-02-28 16:00", ""),
        ("2027-03-30 10:00", "2027-03-30 16:01", "quota"),
        ("2027-03-31 10:00", "2027-03-31 16:01", ""),
        // Half before the turn and half after it.
        ("2027-02-27 22:00", "2027-02-28 06:00", ""),
        ("2027-02-27 21:59", "2027-02-28 06:00", "quota"),
    ]);
}

#[test]
fn a_rolling_quota_looks_at_every_row_of_days() {
    let rules = Rules { quotas: all(&["5d in 14d"]), ..Rules::default() };
    let scene = Scene::with(rules).mine(&[
        ("2026-12-01 00:00", "2026-12-04 00:00"),
        ("2026-12-20 00:00", "2026-12-22 00:00"),
    ]);
    scene.check(&[
        ("2026-12-10 00:00", "2026-12-12 00:00", ""),
        ("2026-12-12 00:00", "2026-12-15 00:00", "quota"),
        ("2026-12-15 00:00", "2026-12-18 00:00", ""),
        ("2026-12-15 00:00", "2026-12-19 00:00", "quota"),
        // Days that lie before what is booked already count as much.
        ("2026-11-25 00:00", "2026-11-28 00:00", "quota"),
        ("2026-11-24 00:00", "2026-11-26 00:00", ""),
    ]);
}

#[test]
fn quotas_in_hours_count_real_hours_of_the_long_night() {
    let rules = Rules { quotas: all(&["24h/week"]), ..Rules::default() };
    let scene = Scene::with(rules).now("2026-10-01 00:00");
    scene.check(&[
        ("2026-10-24 12:00", "2026-10-25 12:00", "quota"),
        ("2026-10-17 12:00", "2026-10-18 12:00", ""),
    ]);
}

#[test]
fn what_was_called_off_half_way_costs_the_days_that_were_used() {
    let rules = Rules { quotas: all(&["3d/week"]), ..Rules::default() };
    let whole = [("2026-12-07 10:00", "2026-12-10 10:00")];
    let half = [("2026-12-07 10:00", "2026-12-08 09:00")];
    let ask = ("2026-12-11 10:00", "2026-12-11 12:00");
    let codes = |mine: &[(&str, &str)]| Scene::with(rules.clone()).mine(mine).codes(ask.0, ask.1);
    assert_eq!(codes(&whole), "quota");
    assert_eq!(codes(&half), "");
    assert_eq!(codes(&[]), "", "called off before its start");
}

#[test]
fn bookings_end_to_start_do_not_get_around_the_longest() {
    let rules = Rules { longest: span("3d"), ..Rules::default() };
    let scene = Scene::with(rules).mine(&[
        ("2026-12-01 10:00", "2026-12-03 10:00"),
        ("2026-12-04 10:00", "2026-12-06 10:00"),
        ("2026-12-20 10:00", "2026-12-22 10:00"),
    ]);
    scene.check(&[
        ("2026-12-03 10:00", "2026-12-04 09:00", ""),
        ("2026-12-03 11:00", "2026-12-04 09:00", ""),
        ("2026-12-06 10:00", "2026-12-07 10:00", ""),
        ("2026-12-06 10:00", "2026-12-07 11:00", "chain"),
        ("2026-12-06 10:01", "2026-12-08 10:00", ""),
    ]);
    assert_eq!(
        scene.reasons("2026-12-03 10:00", "2026-12-04 10:00"),
        [Reason::Chain { longest: Span::Days(3), with: vec![booking(0), booking(1)] }],
        "it bridges two that are each allowed, and both are named"
    );
}

#[test]
fn bookings_closer_than_the_gap_are_a_chain() {
    let rules = Rules { longest: span("1d"), gap: span("2h"), ..Rules::default() };
    let mut scene = Scene::with(rules).mine(&[("2026-12-01 10:00", "2026-12-01 22:00")]);
    scene.capacity = 2;
    scene.check(&[
        ("2026-12-01 23:59", "2026-12-02 20:00", "chain"),
        ("2026-12-02 00:00", "2026-12-02 20:00", ""),
        ("2026-11-30 20:00", "2026-12-01 08:01", "chain"),
        ("2026-11-30 20:00", "2026-12-01 08:00", ""),
    ]);
}

#[test]
fn what_is_under_repair_cannot_be_booked_but_by_its_owner() {
    let repair = "2026-12-01T09:00Z..2026-12-05T17:00Z new brakes".parse().ok();
    let scene = Scene::with(Rules { repair, ..Rules::default() });
    scene.check(&[
        ("2026-12-01 09:00", "2026-12-01 10:00", ""),
        ("2026-12-01 09:00", "2026-12-01 10:01", "repair"),
        ("2026-12-05 18:00", "2026-12-05 19:00", ""),
    ]);
    let request = scene.request("2026-12-02 09:00", "2026-12-02 10:00");
    let owner = Request { borrower: OWNER, ..request };
    assert_eq!(scene.judge(&owner), Verdict::Allowed { at_once: true });
    let reasons = scene.reasons("2026-12-02 09:00", "2026-12-02 10:00");
    assert!(reasons[0].to_string().contains("2026-12-05 18:00"), "{}", reasons[0]);
    let repair = "2026-12-01T09:00Z..".parse().ok();
    let open = Scene::with(Rules { repair, ..Rules::default() });
    open.check(&[("2040-12-01 09:00", "2040-12-01 10:01", "repair")]);
}

#[test]
fn only_those_whom_the_owner_chose_may_borrow() {
    let borrowers = |members: &[MemberId]| Rules {
        borrowers: Borrowers::Only(members.to_vec()),
        ..Rules::default()
    };
    let ask = [("2026-12-01 09:00", "2026-12-01 10:00", "")];
    Scene::with(borrowers(&[BOB, ANN])).check(&ask);
    let scene = Scene::with(borrowers(&[BOB]));
    scene.check(&[("2026-12-01 09:00", "2026-12-01 10:00", "not_allowed")]);
    let owner = Request { borrower: OWNER, ..scene.request(ask[0].0, ask[0].1) };
    assert_eq!(scene.judge(&owner), Verdict::Allowed { at_once: true });
}

#[test]
fn owner_and_privileged_are_confirmed_at_once_and_only_the_owner_is_free_of_rules() {
    let rules = Rules { longest: span("1h"), privileged: vec![BOB], ..Rules::default() };
    let scene = Scene::with(rules);
    let ask = |borrower, to| {
        let request = scene.request("2026-12-01 09:00", to);
        match scene.judge(&Request { borrower, ..request }) {
            Verdict::Allowed { at_once: true } => "at once",
            Verdict::Allowed { at_once: false } => "asked",
            Verdict::Refused(_) => "refused",
        }
    };
    let (hour, long) = ("2026-12-01 10:00", "2026-12-01 11:00");
    assert_eq!([ask(ANN, hour), ask(BOB, hour), ask(OWNER, hour)], ["asked", "at once", "at once"]);
    assert_eq!(
        [ask(ANN, long), ask(BOB, long), ask(OWNER, long)],
        ["refused", "refused", "at once"]
    );
    let mut instant = Scene::with(Rules::default());
    instant.instant = true;
    let request = instant.request("2026-12-01 09:00", hour);
    assert_eq!(instant.judge(&request), Verdict::Allowed { at_once: true });
}

#[test]
fn the_owner_keeps_to_what_is_free_and_to_the_present() {
    let rules = Rules { gap: span("1d"), lead: span("2d"), ..Rules::default() };
    let scene = Scene::with(rules).others(&[("2026-12-01 09:00", "2026-12-01 12:00")]);
    let codes = |from, to| match scene
        .judge(&Request { borrower: OWNER, ..scene.request(from, to) })
    {
        Verdict::Allowed { .. } => String::new(),
        Verdict::Refused(reasons) => reasons.iter().map(Reason::code).collect::<Vec<_>>().join(" "),
    };
    assert_eq!(codes("2026-12-01 11:00", "2026-12-01 13:00"), "overlap");
    assert_eq!(codes("2026-12-01 12:00", "2026-12-01 13:00"), "");
    assert_eq!(codes("2026-11-23 07:00", "2026-11-23 09:00"), "in_past");
}

#[test]
fn all_reasons_come_at_once_in_one_order_each_with_what_to_do() {
    let rules = Rules {
        lead: span("2d"),
        shortest: span("1h"),
        longest: span("2h"),
        gap: span("1h"),
        open: all(&["sat 10:00-12:00"]),
        closed_days: ClosedDays::Forbidden,
        quotas: all(&["1h/week", "1d in 30d"]),
        borrowers: Borrowers::Only(vec![]),
        repair: "2026-11-01T00:00Z..".parse().ok(),
        ..Rules::default()
    };
    let scene = Scene::with(rules)
        .others(&[("2026-11-23 06:00", "2026-11-23 20:00")])
        .mine(&[("2026-11-22 06:00", "2026-11-22 20:00")]);
    let reasons = scene.reasons("2026-11-23 07:00", "2026-11-23 11:00");
    let codes: Vec<_> = reasons.iter().map(Reason::code).collect();
    assert_eq!(
        codes.join(" "),
        "in_past not_allowed too_soon too_long closed closed closed_day quota quota repair overlap"
    );
    for reason in reasons {
        let sentence = reason.to_string();
        let asks = ["choose", "ask", "end before"].iter().any(|act| sentence.contains(act));
        assert!(asks, "{sentence}");
    }
}
