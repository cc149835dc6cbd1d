//! Overlap and capacity: cases 1 to 7 and 12 to 14. What changes hands is in `handing`.

use noaber_core::booking::Assurance;
use noaber_core::replica::Act;
use noaber_core::rules::Reason;
use noaber_core::{Command, CommandError};
use noaber_tests::{ANNA, BEN, CEM, DEA, Goods, Story, bring_back, cancel, fetch, for_seeds};

use crate::{case, title};

#[test]
pub(super) fn case_01_one_of_two_who_ask_gets_it() {
    let mut s = case(1);
    s.given("Anna lends a drill and answers by hand");
    let drill = s.lends(ANNA, Goods::a("drill"));
    s.when("Ben and Cem ask for overlapping times, and Anna says yes to Ben");
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    let cem = s.asks(CEM, drill, 1, "2026-06-02 11:00 to 13:00");
    s.does(ANNA, ben, Act::Confirm);
    s.then("Ben has it, and Cem is told that it is taken");
    s.all_see(ben, "confirmed");
    s.all_see(cem, "declined");
    assert_eq!(s.why(CEM, cem), "overlap");
    s.then("whoever asks now is offered the time when it comes back");
    let (reasons, next) = s.cannot_ask(DEA, drill, 1, "2026-06-02 11:00 to 13:00");
    assert_eq!(reasons, [Reason::Overlap { free: 0, capacity: 1 }]);
    assert_eq!(next[0], s.span("2026-06-02 12:00 to 14:00"));
}

#[test]
pub(super) fn case_01_a_late_request_finds_it_taken() {
    let mut s = case(1);
    s.given("Anna lends a drill to whoever asks first, and Cem’s device is cut off");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    s.leaves_the_net(CEM);
    s.when("Cem asks, then Ben asks and gets it, then Cem’s request arrives");
    let cem = s.asks(CEM, drill, 1, "2026-06-02 10:00 to 12:00");
    s.until("2026-06-01 09:00");
    let ben = s.asks(BEN, drill, 1, "2026-06-02 11:00 to 13:00");
    s.sees(BEN, ben, "confirmed");
    s.comes_back(CEM);
    s.then("a promise stands, though Cem asked before");
    s.all_see(ben, "confirmed");
    s.all_see(cem, "declined");
}

#[test]
pub(super) fn case_02_one_ends_when_the_other_begins() {
    let mut s = case(2);
    s.given("Ben has the drill from ten to twelve");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    s.when("Cem asks from twelve on, and Dea until ten");
    let after = s.asks(CEM, drill, 1, "2026-06-02 12:00 to 14:00");
    let before = s.asks(DEA, drill, 1, "2026-06-02 08:00 to 10:00");
    s.then("both have it");
    s.all_see(after, "confirmed");
    s.all_see(before, "confirmed");
    assert_eq!(s.assurance(CEM, after), Assurance::Confirmed, "and nothing clashes");
    s.then("a minute more is refused");
    let mut refused = |when| s.cannot_ask(DEA, drill, 1, when).0;
    assert_eq!(refused("2026-06-02 07:00 to 08:01"), [Reason::Overlap { free: 0, capacity: 1 }]);
    assert_eq!(refused("2026-06-02 13:59 to 15:00"), [Reason::Overlap { free: 0, capacity: 1 }]);
}

#[test]
pub(super) fn case_03_the_middle_days_are_taken() {
    let mut s = case(3);
    s.given("Ben has the tent from Tuesday to Friday");
    let tent = s.lends(ANNA, Goods::a("tent").at_once());
    s.asks(BEN, tent, 1, "2026-06-02 18:00 to 2026-06-05 10:00");
    s.when("Cem asks for an hour, or the whole, of Wednesday or Thursday");
    s.then("it is not free");
    for when in [
        "2026-06-03 09:00 to 10:00",
        "2026-06-03 00:00 to 2026-06-04 00:00",
        "2026-06-04 23:00 to 2026-06-05 01:00",
    ] {
        assert_eq!(s.free(CEM, tent, when), 0, "{when}");
        s.cannot_ask(CEM, tent, 1, when);
    }
    assert_eq!(s.free(CEM, tent, "2026-06-05 10:00 to 12:00"), 1);
}

#[test]
pub(super) fn case_04_three_and_two_fit_but_three_and_three_do_not() {
    let mut s = case(4);
    s.given("Anna lends five chairs, and Ben has three of them from ten to twelve");
    let chairs = s.lends(ANNA, Goods::a("chairs").pieces(5).at_once());
    s.asks(BEN, chairs, 3, "2026-06-02 10:00 to 12:00");
    s.when("Cem asks for three, and then for two");
    let (reasons, _) = s.cannot_ask(CEM, chairs, 3, "2026-06-02 11:00 to 13:00");
    let two = s.asks(CEM, chairs, 2, "2026-06-02 11:00 to 13:00");
    s.then("three are too many, two are not");
    assert_eq!(reasons, [Reason::Overlap { free: 2, capacity: 5 }]);
    s.all_see(two, "confirmed");
    s.then("for each stretch of time everybody sees how many are free");
    let day = s.span("2026-06-02 09:00 to 14:00");
    let view = s.view(DEA);
    let stretches = view.stretches(&view.listings[&chairs], day, s.now(DEA));
    let free: Vec<u32> = stretches.iter().map(|stretch| stretch.free).collect();
    assert_eq!(free, [5, 2, 0, 3, 5]);
    s.then("nobody can ask for none, or for six");
    for count in [0, 6] {
        let (reasons, next) = s.cannot_ask(DEA, chairs, count, "2026-06-03 10:00 to 11:00");
        assert_eq!(reasons[0], Reason::Quantity { capacity: 5 });
        assert!(next.is_empty(), "no other time helps");
    }
}

#[test]
pub(super) fn case_04_fewer_chairs_than_were_promised_is_a_clash() {
    let mut s = case(4);
    s.given("all five chairs are promised, to Ben and to Cem");
    let chairs = s.lends(ANNA, Goods::a("chairs").pieces(5).at_once());
    let ben = s.asks(BEN, chairs, 3, "2026-06-02 10:00 to 12:00");
    let cem = s.asks(CEM, chairs, 2, "2026-06-02 10:00 to 12:00");
    s.when("Anna finds that she has only four");
    s.changes(ANNA, chairs, |draft| draft.general.quantity = 4);
    s.then("nothing is free, and both are warned");
    assert_eq!(s.free(DEA, chairs, "2026-06-02 10:00 to 12:00"), 0);
    assert_eq!(s.assurance(BEN, ben), Assurance::Clash);
    assert_eq!(s.assurance(CEM, cem), Assurance::Clash);
    assert!(s.told(BEN, ben).contains(&"clash") && s.told(CEM, cem).contains(&"clash"));
    s.when("Cem can do without");
    s.does(CEM, cem, cancel());
    s.then("the warning is gone");
    assert_eq!(s.assurance(BEN, ben), Assurance::Confirmed);
    assert!(!s.told(BEN, ben).contains(&"clash"));
}

#[test]
pub(super) fn case_05_three_hours_are_three_slots() {
    let mut s = case(5);
    s.given("Ben has the drill from ten to one");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    s.asks(BEN, drill, 1, "2026-06-02 10:00 to 13:00");
    s.then("of the hours of that day exactly three are gone");
    let gone: Vec<i64> = (0..24)
        .filter(|hour| {
            let hours = format!("2026-06-02 {hour:02}:00 to 2026-06-02 {hour:02}:59");
            s.free(CEM, drill, &hours) == 0
        })
        .collect();
    assert_eq!(gone, [10, 11, 12]);
}

#[test]
pub(super) fn case_06_a_day_blocks_the_week_around_it() {
    let mut s = case(6);
    s.given("Ben has the tent on Wednesday");
    let tent = s.lends(ANNA, Goods::a("tent").at_once());
    s.asks(BEN, tent, 1, "2026-06-03 00:00 to 2026-06-04 00:00");
    s.then("no stretch of days that contains Wednesday can be had");
    for when in [
        "2026-06-01 12:00 to 2026-06-08 00:00",
        "2026-06-03 00:00 to 2026-06-04 00:00",
        "2026-06-02 00:00 to 2026-06-03 00:01",
    ] {
        s.cannot_ask(CEM, tent, 1, when);
    }
    s.then("those before and after it can");
    s.asks(CEM, tent, 1, "2026-06-01 12:00 to 2026-06-03 00:00");
    s.asks(CEM, tent, 1, "2026-06-04 00:00 to 2026-06-08 00:00");
}

#[test]
pub(super) fn case_07_asking_again_changes_nothing() {
    let mut s = case(7);
    s.given("Ben has one of two drills");
    let drills = s.lends(ANNA, Goods::a("drill").pieces(2).at_once());
    let ben = s.asks(BEN, drills, 1, "2026-06-02 10:00 to 12:00");
    let entries = s.view(ANNA).entries;
    s.when("he asks again for the same, also while nobody can hear him");
    let again = s.asks(BEN, drills, 1, "2026-06-02 10:00 to 12:00");
    s.leaves_the_net(BEN);
    let offline = s.asks(BEN, drills, 1, "2026-06-02 10:00 to 12:00");
    s.comes_back(BEN);
    s.then("it is the same booking, and nothing was written");
    assert_eq!((again, offline), (ben, ben));
    assert_eq!(s.view(ANNA).entries, entries);
    assert_eq!(s.free(CEM, drills, "2026-06-02 10:00 to 12:00"), 1);
    s.when("he calls it off and asks once more");
    s.does(BEN, ben, cancel());
    let anew = s.asks(BEN, drills, 1, "2026-06-02 10:00 to 12:00");
    s.then("that is a new booking");
    assert_ne!(anew, ben);
    s.all_see(anew, "confirmed");
}

#[test]
pub(super) fn case_07_asking_again_for_a_series_asks_for_what_is_new() {
    let mut s = case(7);
    s.given("Ben has one of two drills on two Tuesdays, asked for in one go");
    let drills = s.lends(ANNA, Goods::a("drill").pieces(2).at_once());
    let two = vec![s.span("2026-06-02 15:00 to 17:00"), s.span("2026-06-09 15:00 to 17:00")];
    let series = s.asks_series(BEN, drills, two.clone()).unwrap();
    s.when("he asks for both again");
    let again = s.asks_series(BEN, drills, two.clone()).unwrap();
    s.then("it is the same series, and nobody else loses a drill");
    assert_eq!(again, series);
    assert_eq!(s.free(CEM, drills, "2026-06-02 15:00 to 17:00"), 1);
    s.when("he asks for both and a third Tuesday");
    let three = [two, vec![s.span("2026-06-16 15:00 to 17:00")]].concat();
    let more = s.asks_series(BEN, drills, three).unwrap();
    s.then("only the third is new");
    assert_eq!(s.view(CEM).series[&more].len(), 1);
    assert_eq!(s.view(CEM).bookings.len(), 3);
    s.all_see_the_same();
}

#[test]
pub(super) fn case_12_nobody_answered_in_time() {
    let mut s = case(12);
    s.given("Ben asks for Tuesday, and Anna does not answer");
    let drill = s.lends(ANNA, Goods::a("drill"));
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    s.until("2026-06-02 09:59");
    s.all_see(ben, "asked");
    s.when("the start has passed");
    s.until("2026-06-02 10:00");
    s.then("the request has expired, Ben is told, and it can no longer be promised");
    s.all_see(ben, "expired");
    assert_eq!(s.told(BEN, ben), ["expired"]);
    assert_eq!(s.cannot(ANNA, ben, Act::Confirm).code(), "wrong_state");
    assert!(s.told(ANNA, ben).is_empty(), "Anna has no question any more");
    s.then("the time is free for others");
    s.asks(CEM, drill, 1, "2026-06-02 11:00 to 12:00");
}

#[test]
pub(super) fn case_12_a_request_that_arrives_too_late_is_not_answered() {
    let mut s = case(12);
    s.given("Ben asks without a connection for something that is confirmed at once");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    s.leaves_the_net(BEN);
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    s.when("it arrives after its start");
    s.until("2026-06-02 10:30");
    s.comes_back(BEN);
    s.then("nothing is promised");
    s.all_see(ben, "expired");
    s.when("Ben asks for now, and it arrives twenty minutes later");
    s.leaves_the_net(BEN);
    let now = s.asks(BEN, drill, 1, "2026-06-02 10:30 to 12:00");
    s.until("2026-06-02 10:50");
    s.comes_back(BEN);
    s.then("that is soon enough");
    s.all_see(now, "confirmed");
}

#[test]
pub(super) fn case_13_the_promise_itself_checks_again() {
    let mut s = case(13);
    s.given("Ben has the tent, and Cem has asked for the evening when it is due back");
    let tent = s.lends(ANNA, Goods::a("tent"));
    let ben = s.asks(BEN, tent, 1, "2026-06-02 10:00 to 12:00");
    s.does(ANNA, ben, Act::Confirm);
    let cem = s.asks(CEM, tent, 1, "2026-06-02 18:00 to 20:00");
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, fetch());
    s.when("Ben is late, and Anna says yes to Cem all the same");
    s.until("2026-06-02 12:30");
    let refused = s.cannot(ANNA, cem, Act::Confirm);
    s.then("she is stopped: it is not there");
    assert_eq!(refused, CommandError::Overlap { free: 0, capacity: 1 });
    s.all_see(cem, "asked");
    s.when("it is back");
    s.does(BEN, ben, bring_back());
    s.does(ANNA, cem, Act::Confirm);
    s.then("Cem has it");
    s.all_see(cem, "confirmed");
    s.when("Anna says yes once more");
    let entries = s.view(ANNA).entries;
    s.does(ANNA, cem, Act::Confirm);
    s.then("nothing is written twice");
    assert_eq!(s.view(ANNA).entries, entries);
}

#[test]
pub(super) fn case_13_a_power_cut_in_between_promises_nothing_twice() {
    let mut s = case(13);
    s.given("Ben, Cem and Dea ask for overlapping times of two drills in one go");
    let drills = s.lends(ANNA, Goods::a("drill").pieces(2));
    let series = s.span("2026-06-02 10:00 to 12:00");
    let wanted = s.asks_series(BEN, drills, vec![series]).unwrap();
    let cem = s.asks(CEM, drills, 1, "2026-06-02 11:00 to 13:00");
    let dea = s.asks(DEA, drills, 1, "2026-06-02 11:30 to 13:00");
    s.when("Anna says yes to Ben, her power fails, and she says yes to Cem and Dea");
    let act = noaber_core::replica::SeriesAct::Confirm;
    let yes = Command::Series { circle: s.circle, series: wanted, act };
    s.command(ANNA, yes).unwrap();
    s.restarts(ANNA);
    s.does(ANNA, cem, Act::Confirm);
    s.then("the third is refused, for both drills are promised");
    s.all_see(cem, "confirmed");
    s.all_see(dea, "declined");
    assert_eq!(s.cannot(ANNA, dea, Act::Confirm).code(), "wrong_state");
    assert_eq!(s.free(BEN, drills, "2026-06-02 11:30 to 12:00"), 0);
}

#[test]
pub(super) fn case_14_two_devices_offline_ask_for_one_car() {
    let mut s = case(14);
    s.given("Anna’s car is confirmed at once, and no device reaches another");
    let car = s.lends(ANNA, Goods::a_car(10_000).at_once());
    s.leaves_the_net(BEN);
    s.leaves_the_net(CEM);
    s.when("Ben and Cem ask for it, each seeing it free");
    let ben = s.asks(BEN, car, 1, "2026-06-06 10:00 to 18:00");
    let cem = s.asks(CEM, car, 1, "2026-06-06 09:00 to 12:00");
    s.sees(BEN, ben, "asked");
    s.sees(CEM, cem, "asked");
    s.when("they meet each other first, and Cem then meets Anna");
    s.meet(BEN, CEM);
    s.sees(BEN, cem, "asked");
    s.street.cut(BEN, CEM);
    s.comes_back(CEM);
    s.comes_back(BEN);
    s.then("exactly one has it, and all see the same");
    let won = [ben, cem].into_iter().filter(|id| s.state(DEA, *id) == "confirmed").count();
    assert_eq!(won, 1);
    let lost = if s.state(DEA, ben) == "confirmed" { cem } else { ben };
    s.all_see(lost, "declined");
    assert_eq!(s.why(BEN, lost), "overlap");
}

#[test]
pub(super) fn case_14_in_whatever_order_the_news_travels() {
    for_seeds("offline requests", 40, |seed| {
        let mut s = Story::new(&title(14));
        s.street.people[BEN].skew_ms = (seed as i64 % 5 - 2) * 600_000;
        s.given("everybody is cut off, and three ask for one car");
        let car = s.lends(ANNA, Goods::a_car(10_000).at_once());
        (1..4).for_each(|who| s.leaves_the_net(who));
        let asked = [BEN, CEM, DEA].map(|who| s.asks(who, car, 1, "2026-06-06 10:00 to 18:00"));
        s.when("devices meet by chance, for a while");
        let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for _ in 0..6 {
            dice = dice.rotate_left(17).wrapping_mul(0xD120_0000_0000_0C85 | 1);
            let (one, other) = ((dice >> 8) as usize % 4, (dice >> 24) as usize % 4);
            if one != other {
                s.meet(one, other);
                s.street.cut(one, other);
            }
            if dice % 7 == 0 {
                s.street.restart(one);
            }
        }
        (0..4).for_each(|who| s.comes_back(who));
        s.then("exactly one has it, the others are refused, and all see the same");
        let states: Vec<String> = asked.iter().map(|id| s.state(ANNA, *id)).collect();
        let count = |word: &str| states.iter().filter(|state| *state == word).count();
        assert_eq!((count("confirmed"), count("declined")), (1, 2), "{states:?}");
        s.all_see_the_same();
    });
}
