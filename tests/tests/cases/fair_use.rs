//! Fair use: cases 22 to 27.

use noaber_core::Command;
use noaber_core::CommandError;
use noaber_core::replica::Act;
use noaber_core::rules::{Quota, Reason, Span};
use noaber_tests::{ANNA, BEN, CEM, DEA, Goods, Story, bring_back, cancel, fetch};

use crate::case;

fn shared(quota: &str) -> Goods {
    let quota: Quota = quota.parse().unwrap();
    Goods::a_car(0).at_once().under(|rules| rules.quotas = vec![quota])
}

#[test]
pub(super) fn case_22_a_week_begins_when_the_owner_says() {
    let mut s = case(22);
    s.given("a car for two days a week, and weeks begin on Thursday");
    let car = s.lends(ANNA, shared("2d/week from thu"));
    s.when("Ben has Tuesday and Wednesday");
    s.asks(BEN, car, 1, "2026-06-02 10:00 to 2026-06-03 10:00");
    s.then(
        "Monday is too much, Thursday and Friday are a new week, and Saturday is too much again",
    );
    let (reasons, _) = s.cannot_ask(BEN, car, 1, "2026-06-01 10:00 to 11:00");
    assert!(matches!(&reasons[..], [Reason::Quota { used: Span::Days(2), .. }]), "{reasons:?}");
    s.asks(BEN, car, 1, "2026-06-04 10:00 to 2026-06-05 10:00");
    let (_, next) = s.cannot_ask(BEN, car, 1, "2026-06-06 10:00 to 11:00");
    assert_eq!(next[0].from(), s.at("2026-06-11 00:00"), "the next week");
    s.then("a second use of a day that counts already costs nothing more");
    s.asks(BEN, car, 1, "2026-06-05 15:00 to 16:00");
    s.then("his share is not Cem’s, and none is Anna’s");
    s.asks(CEM, car, 1, "2026-06-01 10:00 to 11:00");
    s.asks(ANNA, car, 1, "2026-06-06 10:00 to 2026-06-09 10:00");
}

#[test]
pub(super) fn case_22_months_that_begin_on_the_31st_begin_in_february_too() {
    let mut s = Story::told_in(&crate::title(22), "Europe/Amsterdam", "2027-01-02 08:00");
    s.given("a car for one day a month, and months begin on the 31st");
    let car = s.lends(ANNA, shared("1d/month from 31"));
    s.when("Ben has one day in each month that begins so");
    s.asks(BEN, car, 1, "2027-01-30 10:00 to 11:00");
    s.asks(BEN, car, 1, "2027-01-31 10:00 to 11:00");
    s.asks(BEN, car, 1, "2027-02-28 10:00 to 11:00");
    s.asks(BEN, car, 1, "2027-03-31 10:00 to 11:00");
    s.then("another day of the same month is too much, up to its last");
    for day in ["2027-02-01", "2027-02-27", "2027-03-01", "2027-03-30", "2027-04-29"] {
        let (reasons, _) = s.cannot_ask(BEN, car, 1, &format!("{day} 10:00 to 11:00"));
        assert_eq!(reasons[0].code(), "quota", "{day}");
    }
    s.asks(BEN, car, 1, "2027-04-30 10:00 to 11:00");
}

#[test]
pub(super) fn case_23_any_two_weeks_hold_three_days() {
    let mut s = case(23);
    s.given("a car for three days in any fourteen");
    let car = s.lends(ANNA, shared("3d in 14d"));
    s.when("Ben has the 10th, 12th and 14th of June");
    for day in ["2026-06-10", "2026-06-12", "2026-06-14"] {
        s.asks(BEN, car, 1, &format!("{day} 10:00 to 12:00"));
    }
    s.then("whatever lies within fourteen days of all three is too much, on both sides");
    for (day, is_free) in [
        ("2026-06-01", false),
        ("2026-06-09", false),
        ("2026-06-13", false),
        ("2026-06-23", false),
        ("2026-06-24", true),
    ] {
        match s.tries(BEN, car, 1, &format!("{day} 10:00 to 12:00")) {
            Ok(_) => assert!(is_free, "{day}"),
            Err(error) => assert_eq!((error.code(), is_free), ("quota", false), "{day}"),
        }
    }
    s.then("two requests that together are too much are not both promised, asked offline or not");
    s.leaves_the_net(CEM);
    for day in ["2026-06-20", "2026-06-21", "2026-06-22"] {
        s.asks(CEM, car, 1, &format!("{day} 15:00 to 16:00"));
    }
    s.cannot_ask(CEM, car, 1, "2026-06-23 15:00 to 16:00");
    s.comes_back(CEM);
    s.cannot_ask(CEM, car, 1, "2026-06-23 15:00 to 16:00");
    s.all_see_the_same();
}

#[test]
pub(super) fn case_24_a_bridge_between_two_bookings_names_both() {
    let mut s = case(24);
    s.given("a car for at most four hours, and Ben has it twice with two hours in between");
    let rules = |rules: &mut noaber_core::rules::Rules| rules.longest = Some(Span::Minutes(240));
    let car = s.lends(ANNA, Goods::a_car(0).at_once().under(rules));
    let morning = s.asks(BEN, car, 1, "2026-06-02 09:00 to 12:00");
    let evening = s.asks(BEN, car, 1, "2026-06-02 14:00 to 17:00");
    s.when("he asks for the two hours in between");
    let (reasons, _) = s.cannot_ask(BEN, car, 1, "2026-06-02 12:00 to 14:00");
    s.then("he is told that with both of them it is one long booking");
    let longest = Span::Minutes(240);
    assert_eq!(reasons, [Reason::Chain { longest, with: vec![morning, evening] }]);
    s.then("an hour that touches neither too long is his; Cem can have all of it");
    s.asks(BEN, car, 1, "2026-06-02 12:00 to 13:00");
    s.cannot_ask(BEN, car, 1, "2026-06-02 13:00 to 13:30");
    s.asks(CEM, car, 1, "2026-06-02 13:00 to 14:00");
    s.when("he wants to keep it longer instead");
    let to = s.at("2026-06-02 18:30");
    s.then("that does not get around it either");
    assert_eq!(s.cannot(BEN, evening, Act::Extend { to }).code(), "too_long");
}

#[test]
pub(super) fn case_24_two_devices_cannot_build_a_chain_either() {
    let mut s = case(24);
    s.given(
        "a car for at most four hours; Ben’s device is cut off and forgets nothing it was told",
    );
    let rules = |rules: &mut noaber_core::rules::Rules| rules.longest = Some(Span::Minutes(240));
    let car = s.lends(ANNA, Goods::a_car(0).under(rules));
    s.when("Ben asks for two halves of a long day, before Anna has answered any");
    let first = s.asks(BEN, car, 1, "2026-06-02 09:00 to 12:00");
    let second = s.tries(BEN, car, 1, "2026-06-02 12:00 to 15:00");
    s.then("what he has asked for counts already");
    assert_eq!(second.unwrap_err().code(), "chain");
    s.when(
        "one is called off where nobody hears of it, another asked for, and both sides disagree",
    );
    s.leaves_the_net(BEN);
    s.does(BEN, first, cancel());
    let second = s.asks(BEN, car, 1, "2026-06-02 12:00 to 15:00");
    s.does(ANNA, first, Act::Confirm);
    s.comes_back(BEN);
    s.then("the first is called off, so the second is no chain");
    s.all_see(first, "cancelled");
    s.does(ANNA, second, Act::Confirm);
    s.all_see(second, "confirmed");
}

#[test]
pub(super) fn case_25_only_used_days_cost_a_share() {
    let mut s = case(25);
    s.given("a car for three days a week");
    let car = s.lends(ANNA, shared("3d/week"));
    s.when("Ben has Tuesday to Thursday, and calls it off before it begins");
    let first = s.asks(BEN, car, 1, "2026-06-02 10:00 to 2026-06-04 10:00");
    s.cannot_ask(BEN, car, 1, "2026-06-05 10:00 to 11:00");
    s.does(BEN, first, cancel());
    s.then("it cost nothing");
    let second = s.asks(BEN, car, 1, "2026-06-02 10:00 to 2026-06-04 10:00");
    s.when("he calls the second off on Wednesday morning, without having fetched it");
    s.until("2026-06-03 09:00");
    s.does(BEN, second, cancel());
    s.then("Tuesday and Wednesday are gone, one day is left");
    let two = "2026-06-05 10:00 to 2026-06-06 10:00";
    let (reasons, _) = s.cannot_ask(BEN, car, 1, two);
    assert!(matches!(&reasons[..], [Reason::Quota { used: Span::Days(2), .. }]), "{reasons:?}");
    let friday = s.asks(BEN, car, 1, "2026-06-05 10:00 to 2026-06-06 00:00");
    s.when("he brings it back on the same day");
    s.until("2026-06-05 10:00");
    s.does(BEN, friday, fetch());
    s.until("2026-06-05 12:00");
    s.does(BEN, friday, bring_back());
    s.then("that day counts, and what was refused or expired never does");
    s.cannot_ask(BEN, car, 1, "2026-06-06 10:00 to 11:00");
    let monday = s.asks(BEN, car, 1, "2026-06-08 10:00 to 11:00");
    s.all_see(monday, "confirmed");
}

#[test]
pub(super) fn case_26_the_owner_and_the_privileged_come_first() {
    let mut s = case(26);
    s.given("Anna answers by hand, but Cem is privileged");
    let cem_id = s.street.people[CEM].member();
    let drill = s.lends(ANNA, Goods::a("drill").under(|rules| rules.privileged = vec![cem_id]));
    s.when("Ben, Cem and Anna ask for days of their own");
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    let cem = s.asks(CEM, drill, 1, "2026-06-03 10:00 to 12:00");
    let anna = s.asks(ANNA, drill, 1, "2026-06-04 10:00 to 12:00");
    s.then("Cem and Anna have theirs, and Ben waits for an answer");
    s.all_see(ben, "asked");
    s.all_see(cem, "confirmed");
    s.all_see(anna, "confirmed");
    s.when("Cem asks for the time that Ben has asked for");
    let over = s.asks(CEM, drill, 1, "2026-06-02 11:00 to 13:00");
    s.then("Cem has it, and Ben is told so at once");
    s.all_see(over, "confirmed");
    s.all_see(ben, "declined");
    s.then("being privileged is no reason to get what is promised");
    s.cannot_ask(CEM, drill, 1, "2026-06-04 11:00 to 12:00");
    s.when("Anna no longer trusts Cem that much");
    s.changes(ANNA, drill, |draft| draft.rules.privileged.clear());
    s.then("he follows the rule, and keeps what he has");
    let later = s.asks(CEM, drill, 1, "2026-06-05 10:00 to 12:00");
    s.all_see(later, "asked");
    s.all_see(cem, "confirmed");
}

/// Ben has the drill on a day far away; Cem and then Dea wait for it.
fn a_line(s: &mut Story, goods: Goods) -> [noaber_core::id::BookingId; 3] {
    s.given("Ben has the drill, Cem waits for it, and Dea waits behind him");
    let drill = s.lends(ANNA, goods);
    let ben = s.asks(BEN, drill, 1, "2026-06-20 10:00 to 12:00");
    if s.state(ANNA, ben) == "asked" {
        s.does(ANNA, ben, Act::Confirm);
    }
    let cem = s.waits(CEM, drill, 1, "2026-06-20 10:00 to 12:00").unwrap();
    s.until("2026-06-01 09:00");
    let dea = s.waits(DEA, drill, 1, "2026-06-20 11:00 to 13:00").unwrap();
    s.all_see(cem, "waiting");
    [ben, cem, dea]
}

#[test]
pub(super) fn case_27_the_first_in_line_is_offered_it_and_then_the_second() {
    let mut s = case(27);
    let [ben, cem, dea] = a_line(&mut s, Goods::a("drill").at_once());
    s.when("Ben calls it off");
    s.does(BEN, ben, cancel());
    s.then("it is held for Cem, who is told, and for nobody else");
    s.all_see(cem, "offered");
    s.all_see(dea, "waiting");
    assert_eq!(s.told(CEM, cem), ["held"]);
    let drill = s.booking(ANNA, cem).listing;
    s.cannot_ask(BEN, drill, 1, "2026-06-20 10:00 to 12:00");
    s.when("Cem lets a day go by");
    s.until("2026-06-02 09:01");
    s.then("it is held for Dea; Cem has had his chance");
    s.all_see(cem, "expired");
    s.all_see(dea, "offered");
    assert_eq!(s.told(CEM, cem), ["expired"]);
    assert_eq!(s.cannot(CEM, cem, Act::Accept), CommandError::NotOffered);
    assert!(matches!(s.cannot(CEM, dea, Act::Accept), CommandError::NotAllowed { .. }));
    s.when("Dea takes it");
    s.does(DEA, dea, Act::Accept);
    s.then("she has it");
    s.all_see(dea, "confirmed");
    s.restarts(ANNA);
    s.all_see(dea, "confirmed");
}

#[test]
pub(super) fn case_27_who_takes_it_in_time_keeps_it_until_the_owner_answers() {
    let mut s = case(27);
    let [ben, cem, dea] = a_line(&mut s, Goods::a("drill"));
    s.when(
        "Ben calls it off, Cem takes it, and Anna, who answers by hand, takes two days to say yes",
    );
    s.does(BEN, ben, cancel());
    s.does(CEM, cem, Act::Accept);
    s.all_see(cem, "asked");
    s.until("2026-06-03 12:00");
    s.then("it was not given to Dea meanwhile");
    s.all_see(dea, "waiting");
    s.all_see(cem, "asked");
    s.does(ANNA, cem, Act::Confirm);
    s.all_see(cem, "confirmed");
    s.all_see(dea, "waiting");
    s.when("instead Anna says no to somebody");
    s.does(ANNA, cem, cancel());
    s.then("it is Dea’s turn");
    s.all_see(dea, "offered");
}

#[test]
pub(super) fn case_27_who_takes_it_too_late_does_not_push_out_the_second() {
    let mut s = case(27);
    let [ben, cem, dea] = a_line(&mut s, Goods::a("drill").at_once());
    s.when("it is held for Cem, who takes it in time but without a connection");
    s.does(BEN, ben, cancel());
    s.leaves_the_net(CEM);
    s.does(CEM, cem, Act::Accept);
    s.until("2026-06-02 09:01");
    s.sees(ANNA, dea, "offered");
    s.sees(DEA, dea, "offered");
    s.when("his word arrives after it was offered to Dea");
    s.comes_back(CEM);
    s.then("Dea keeps her chance, and Cem is told that it is taken");
    s.all_see(cem, "declined");
    s.all_see(dea, "offered");
    s.does(DEA, dea, Act::Accept);
    s.all_see(dea, "confirmed");
}

#[test]
pub(super) fn case_27_calling_off_while_it_is_held_passes_it_on() {
    let mut s = case(27);
    let [ben, cem, dea] = a_line(&mut s, Goods::a("drill").at_once());
    s.when("it is held for Cem, and he no longer wants it");
    s.does(BEN, ben, cancel());
    s.does(CEM, cem, cancel());
    s.then("it is held for Dea at once");
    s.all_see(cem, "cancelled");
    s.all_see(dea, "offered");
    s.when("Dea takes it and calls it off again");
    s.does(DEA, dea, Act::Accept);
    s.does(DEA, dea, cancel());
    s.then("it is free for everybody");
    let drill = s.booking(ANNA, cem).listing;
    let anew = s.asks(BEN, drill, 1, "2026-06-20 10:00 to 12:00");
    s.all_see(anew, "confirmed");
}

#[test]
pub(super) fn case_27_who_asks_now_does_not_overtake_the_line() {
    let mut s = case(27);
    let [ben, cem, dea] = a_line(&mut s, Goods::a("drill").at_once());
    s.when("Ben’s device is cut off; he calls it off and asks for it anew in the same moment");
    let drill = s.booking(ANNA, cem).listing;
    s.leaves_the_net(BEN);
    s.does(BEN, ben, cancel());
    let again = s.asks(BEN, drill, 1, "2026-06-20 10:00 to 12:00");
    s.comes_back(BEN);
    s.then("it is held for Cem, and Ben is refused");
    s.all_see(cem, "offered");
    s.all_see(again, "declined");
    s.all_see(dea, "waiting");
    s.then("nobody gets in line for what is free");
    let free = s.waits(BEN, drill, 1, "2026-06-21 10:00 to 12:00");
    assert_eq!(free, Err(CommandError::Free));
}

#[test]
pub(super) fn case_27_nobody_waits_for_what_is_no_longer_lent() {
    let mut s = case(27);
    let [ben, cem, dea] = a_line(&mut s, Goods::a("drill").at_once());
    s.when("it is held for Cem, and Anna stops lending it");
    s.does(BEN, ben, cancel());
    let drill = s.booking(ANNA, cem).listing;
    s.changes(ANNA, drill, |draft| draft.retired = true);
    s.then("Dea is told; what Cem takes is refused");
    s.all_see(dea, "declined");
    assert_eq!(s.why(DEA, dea), "retired");
    s.does(CEM, cem, Act::Accept);
    s.all_see(cem, "declined");
}

#[test]
pub(super) fn case_27_nothing_is_held_for_somebody_who_left() {
    let mut s = case(27);
    let [ben, cem, dea] = a_line(&mut s, Goods::a("drill").at_once());
    s.when("Cem leaves the circle, and then Ben calls it off");
    let circle = s.circle;
    s.command(CEM, Command::Leave { circle }).unwrap();
    s.does(BEN, ben, cancel());
    s.then("it is held for Dea");
    s.sees(ANNA, dea, "offered");
    assert_ne!(s.state(ANNA, cem), "offered");
}

#[test]
pub(super) fn case_27_who_fits_into_what_became_free_is_offered_it() {
    let mut s = case(27);
    s.given("all five chairs are promised, Cem waits for four and Dea for one");
    let chairs = s.lends(ANNA, Goods::a("chairs").pieces(5).at_once());
    let two = s.asks(BEN, chairs, 2, "2026-06-20 10:00 to 12:00");
    let three = s.asks(BEN, chairs, 3, "2026-06-20 10:00 to 12:00");
    let cem = s.waits(CEM, chairs, 4, "2026-06-20 10:00 to 12:00").unwrap();
    let dea = s.waits(DEA, chairs, 1, "2026-06-20 10:00 to 12:00").unwrap();
    s.when("two become free");
    s.does(BEN, two, cancel());
    s.then("Dea is offered hers, for Cem’s four are not there");
    s.all_see(cem, "waiting");
    s.all_see(dea, "offered");
    s.when("the other three become free as well, and Dea does not want hers");
    s.does(BEN, three, cancel());
    s.then("four are held for Cem beside hers");
    s.all_see(cem, "offered");
    assert_eq!(s.free(BEN, chairs, "2026-06-20 10:00 to 12:00"), 0);
    s.does(DEA, dea, cancel());
    assert_eq!(s.free(BEN, chairs, "2026-06-20 10:00 to 12:00"), 1);
    s.does(CEM, cem, Act::Accept);
    s.all_see(cem, "confirmed");
}
