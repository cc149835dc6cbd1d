//! What is fetched, kept, brought back and broken: cases 8 to 11.

use noaber_core::CommandError;
use noaber_core::booking::Assurance;
use noaber_core::replica::{Act, Usable};
use noaber_core::rules::{Reason, Repair};
use noaber_tests::{ANNA, BEN, CEM, DEA, Goods, bring_back, cancel, fetch, pieces};

use crate::case;

#[test]
pub(super) fn case_08_what_was_not_fetched_is_free_after_its_end() {
    let mut s = case(8);
    s.given("Ben has the drill on Tuesday and does not fetch it");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    s.when("that time is over");
    s.until("2026-06-02 12:00");
    s.then("Cem can have it, and Anna is told that it was not fetched");
    let cem = s.asks(CEM, drill, 1, "2026-06-02 12:00 to 14:00");
    s.all_see(cem, "confirmed");
    assert_eq!(s.assurance(CEM, cem), Assurance::Confirmed);
    assert_eq!(s.told(ANNA, ben), ["not_fetched"]);
}

#[test]
pub(super) fn case_08_what_is_late_stays_away_and_the_next_is_warned() {
    let mut s = case(8);
    s.given("Ben has fetched the drill, and Cem has it after him");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    let cem = s.asks(CEM, drill, 1, "2026-06-02 14:00 to 16:00");
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, fetch());
    assert_eq!(s.free(DEA, drill, "2026-06-02 12:00 to 14:00"), 1);
    s.when("Ben does not bring it back in time");
    s.until("2026-06-02 12:30");
    s.then("it is free at no time, Ben and Anna are told, and Cem is warned");
    assert_eq!(s.free(DEA, drill, "2026-06-02 13:00 to 14:00"), 0);
    assert_eq!(s.free(DEA, drill, "2026-08-02 13:00 to 14:00"), 0);
    assert!(s.told(BEN, ben).contains(&"overdue") && s.told(ANNA, ben).contains(&"overdue"));
    assert_eq!(s.assurance(CEM, cem), Assurance::Clash);
    assert!(s.told(CEM, ben).contains(&"still_out") || s.told(CEM, cem).contains(&"clash"));
    s.when("he brings it back");
    s.does(BEN, ben, bring_back());
    s.then("Cem’s turn is safe again");
    assert_eq!(s.assurance(CEM, cem), Assurance::Confirmed);
    assert_eq!(s.free(DEA, drill, "2026-06-02 13:00 to 14:00"), 1);
    s.all_see(ben, "returned");
}

#[test]
pub(super) fn case_08_what_was_fetched_early_is_away_at_once() {
    let mut s = case(8);
    s.given("Ben has the drill from ten on");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    s.when("he fetches it at nine");
    s.until("2026-06-02 09:00");
    s.does(BEN, ben, fetch());
    s.then("it is not there for others between nine and ten");
    assert_eq!(s.free(CEM, drill, "2026-06-02 09:00 to 10:00"), 0);
    s.when("he brings it back before ten");
    s.until("2026-06-02 09:30");
    s.does(ANNA, ben, bring_back());
    s.then("all of it is free again");
    assert_eq!(s.free(CEM, drill, "2026-06-02 09:30 to 12:00"), 1);
}

#[test]
pub(super) fn case_09_early_return_frees_the_rest() {
    let mut s = case(9);
    s.given("Ben has the tent until Friday, and it is out");
    let tent = s.lends(ANNA, Goods::a("tent").at_once());
    let ben = s.asks(BEN, tent, 1, "2026-06-02 10:00 to 2026-06-05 10:00");
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, fetch());
    s.cannot_ask(CEM, tent, 1, "2026-06-04 10:00 to 12:00");
    s.when("he brings it back on Wednesday");
    s.until("2026-06-03 18:00");
    s.does(BEN, ben, bring_back());
    s.then("Thursday is free, Wednesday morning was his");
    let cem = s.asks(CEM, tent, 1, "2026-06-04 10:00 to 12:00");
    s.all_see(cem, "confirmed");
    assert_eq!(s.free(DEA, tent, "2026-06-03 10:00 to 11:00"), 0);
    s.then("it cannot be brought back twice");
    assert_eq!(s.cannot(ANNA, ben, bring_back()), CommandError::NotOut);
}

#[test]
pub(super) fn case_09_keeping_it_over_the_next_booking_is_refused() {
    let mut s = case(9);
    s.given("Ben has fetched the drill until twelve, and Cem has it from two on");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    let cem = s.asks(CEM, drill, 1, "2026-06-02 14:00 to 16:00");
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, fetch());
    s.when("Ben wants to keep it until three");
    let to = s.at("2026-06-02 15:00");
    let refused = s.cannot(BEN, ben, Act::Extend { to });
    s.then("he is told at once that somebody else has it then");
    assert_eq!(refused.code(), "overlap");
    s.when("he wants to keep it until two");
    let to = s.at("2026-06-02 14:00");
    s.does(BEN, ben, Act::Extend { to });
    s.then("he may, and Cem still has his time");
    assert_eq!(s.status(CEM, ben).interval.to(), to);
    assert_eq!(s.assurance(CEM, cem), Assurance::Confirmed);
    s.when("Ben, without a connection, asks for a time that Dea has got meanwhile");
    s.does(CEM, cem, cancel());
    s.leaves_the_net(BEN);
    s.does(BEN, ben, Act::Extend { to: s.at("2026-06-02 15:00") });
    let dea = s.asks(DEA, drill, 1, "2026-06-02 14:30 to 16:00");
    s.comes_back(BEN);
    s.then("the keeper refuses, and Ben’s end stays where it was");
    s.all_see(dea, "confirmed");
    assert_eq!(s.status(BEN, ben).interval.to(), to);
    assert_eq!(s.status(BEN, ben).not_extended.unwrap().code, "overlap");
    assert_eq!(s.status(BEN, ben).extension, None);
}

#[test]
pub(super) fn case_09_the_owner_is_asked_and_the_first_end_stays_on_record() {
    let mut s = case(9);
    s.given("Anna answers by hand, and Ben has the drill until twelve");
    let drill = s.lends(ANNA, Goods::a("drill"));
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    s.does(ANNA, ben, Act::Confirm);
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, fetch());
    s.when("he wants to keep it until two");
    let to = s.at("2026-06-02 14:00");
    s.does(BEN, ben, Act::Extend { to });
    s.then("Anna is asked, and until she answers it is due at twelve");
    assert!(s.told(ANNA, ben).contains(&"extension_asked"));
    assert_eq!(s.status(CEM, ben).interval.to(), s.at("2026-06-02 12:00"));
    s.when("she says yes");
    s.does(ANNA, ben, Act::Confirm);
    s.then("it is due at two; that it was first due at twelve stays on record");
    assert_eq!(s.status(CEM, ben).interval.to(), to);
    assert_eq!(s.booking(CEM, ben).interval.to(), s.at("2026-06-02 12:00"));
    assert!(s.told(BEN, ben).contains(&"extended"));
    s.cannot_ask(CEM, drill, 1, "2026-06-02 13:00 to 14:00");
    s.then("an end that is not later is no extension");
    assert_eq!(s.cannot(BEN, ben, Act::Extend { to }), CommandError::NotLater);
}

#[test]
pub(super) fn case_09_asking_twice_to_keep_it_is_one_question() {
    let mut s = case(9);
    s.given("Anna answers by hand, and Ben has fetched the drill");
    let drill = s.lends(ANNA, Goods::a("drill"));
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    s.does(ANNA, ben, Act::Confirm);
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, fetch());
    s.when("he asks twice to keep it until two, and Anna says no once");
    let to = s.at("2026-06-02 14:00");
    s.does(BEN, ben, Act::Extend { to });
    s.does(BEN, ben, Act::Extend { to });
    s.does(ANNA, ben, Act::Decline { reason: "I need it".into() });
    s.then("he has his answer, and Anna no question");
    assert_eq!(s.status(BEN, ben).extension, None);
    assert_eq!(s.status(BEN, ben).not_extended.unwrap().text, "I need it");
    assert!(!s.told(ANNA, ben).contains(&"extension_asked"));
    s.when("he asks once more, and she says yes");
    s.does(BEN, ben, Act::Extend { to });
    s.does(ANNA, ben, Act::Confirm);
    s.then("he may keep it");
    assert_eq!(s.status(CEM, ben).interval.to(), to);
    s.all_see_the_same();
}

#[test]
pub(super) fn case_09_a_clock_that_is_wrong_does_not_hide_the_answer() {
    for minutes in [-300, -20, 20, 300] {
        let mut s = case(9);
        s.given("Ben’s clock is wrong, and he has fetched the drill");
        let drill = s.lends(ANNA, Goods::a("drill"));
        let ben = s.asks(BEN, drill, 1, "2026-06-03 10:00 to 12:00");
        s.does(ANNA, ben, Act::Confirm);
        s.until("2026-06-03 10:00");
        s.does(ANNA, ben, fetch());
        s.street.people[BEN].skew_ms = minutes * 60_000;
        s.when("he wants to keep it until two; Anna says no, then yes when he asks again");
        let to = s.at("2026-06-03 14:00");
        s.does(BEN, ben, Act::Extend { to });
        s.does(ANNA, ben, Act::Decline { reason: String::new() });
        assert_eq!(s.status(ANNA, ben).extension, None, "answered: {minutes}");
        s.does(BEN, ben, Act::Extend { to });
        assert_eq!(s.status(ANNA, ben).extension, Some(to), "asked again: {minutes}");
        s.does(ANNA, ben, Act::Confirm);
        s.then("each answer counted");
        assert_eq!(s.status(ANNA, ben).interval.to(), to, "{minutes}");
        assert_eq!(s.status(ANNA, ben).extension, None, "{minutes}");
        s.all_see_the_same();
    }
}

#[test]
pub(super) fn case_10_repair_takes_it_away_and_lists_what_was_booked() {
    let mut s = case(10);
    s.given("Ben and Cem have the drill on two days, and Dea’s request has no answer yet");
    let drill = s.lends(ANNA, Goods::a("drill"));
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    let cem = s.asks(CEM, drill, 1, "2026-06-09 10:00 to 12:00");
    let dea = s.asks(DEA, drill, 1, "2026-06-03 10:00 to 12:00");
    s.does(ANNA, ben, Act::Confirm);
    s.does(ANNA, cem, Act::Confirm);
    s.when("Anna sends it to be mended until Friday");
    let repair = Repair {
        from: s.now(ANNA),
        until: Some(s.at("2026-06-05 18:00")),
        note: "new brushes".into(),
    };
    s.changes(ANNA, drill, |draft| draft.rules.repair = Some(repair));
    s.then("it is not free until then, and who asks is told why and when it is back");
    assert_eq!(s.free(CEM, drill, "2026-06-04 10:00 to 12:00"), 0);
    let (reasons, next) = s.cannot_ask(CEM, drill, 1, "2026-06-04 10:00 to 12:00");
    assert_eq!(reasons.iter().map(Reason::code).collect::<Vec<_>>(), ["repair"]);
    assert_eq!(next[0].from(), s.at("2026-06-05 18:00"));
    s.then("the bookings inside are listed with that time, and their borrowers are told");
    let week = s.span("2026-06-01 08:00 to 2026-06-05 18:00");
    let view = s.view(ANNA);
    let stretches = view.stretches(&view.listings[&drill], week, s.now(ANNA));
    let listed: Vec<_> = stretches.iter().flat_map(|stretch| stretch.bookings.clone()).collect();
    assert_eq!(listed, [ben]);
    assert!(stretches.iter().all(|stretch| stretch.free == 0));
    assert!(s.told(BEN, ben).contains(&"in_repair"));
    assert!(!s.told(CEM, cem).contains(&"in_repair"), "his is after it");
    s.then("what had no answer is refused");
    s.all_see(dea, "declined");
    assert_eq!(s.why(DEA, dea), "repair");
    s.when("Anna calls Ben’s off");
    s.does(ANNA, ben, cancel());
    s.then("only that news is left to him");
    assert_eq!(s.told(BEN, ben), ["cancelled"]);
}

#[test]
pub(super) fn case_10_its_owner_may_try_it_out() {
    let mut s = case(10);
    s.given("the drill is under repair");
    let drill = s.lends(ANNA, Goods::a("drill"));
    let repair = Repair { from: s.now(ANNA), until: None, note: String::new() };
    s.changes(ANNA, drill, |draft| draft.rules.repair = Some(repair));
    s.when("Anna books it herself, to try it out");
    let anna = s.asks(ANNA, drill, 1, "2026-06-02 10:00 to 12:00");
    s.then("she has it at once; nobody else can");
    s.all_see(anna, "confirmed");
    let (reasons, next) = s.cannot_ask(BEN, drill, 1, "2026-06-03 10:00 to 12:00");
    assert_eq!(reasons.iter().map(Reason::code).collect::<Vec<_>>(), ["repair"]);
    assert!(next.is_empty(), "nobody knows when it is mended");
}

#[test]
pub(super) fn case_10_who_waits_for_it_waits_until_it_is_mended() {
    let mut s = case(10);
    s.given("Ben has the drill, and Cem waits for the same time");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-09 10:00 to 12:00");
    let cem = s.waits(CEM, drill, 1, "2026-06-09 10:00 to 12:00").unwrap();
    s.when("it goes to repair, and Ben calls his booking off");
    let repair = Repair { from: s.now(ANNA), until: None, note: String::new() };
    s.changes(ANNA, drill, |draft| draft.rules.repair = Some(repair));
    s.does(BEN, ben, cancel());
    s.then("nothing is offered to Cem, and Dea cannot get in line");
    s.all_see(cem, "waiting");
    let dea = s.waits(DEA, drill, 1, "2026-06-09 10:00 to 12:00");
    assert_eq!(dea.unwrap_err().code(), "repair");
    s.when("it is mended");
    s.changes(ANNA, drill, |draft| draft.rules.repair = None);
    s.then("it is held for Cem");
    s.all_see(cem, "offered");
}

#[test]
pub(super) fn case_10_what_is_found_broken_after_its_return_is_told() {
    let mut s = case(10);
    s.given("Ben had the drill and brought it back, and Cem has it after him");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    let cem = s.asks(CEM, drill, 1, "2026-06-03 10:00 to 12:00");
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, fetch());
    s.until("2026-06-02 12:00");
    s.does(ANNA, ben, bring_back());
    s.when("Ben says in the evening that it does not turn any more");
    s.until("2026-06-02 20:00");
    let text = "does not turn".to_owned();
    s.does(BEN, ben, Act::Damage { text, photos: vec![], usable: Usable::No });
    s.then("Anna and Cem are told; the booking is over as before");
    s.all_see(ben, "returned");
    assert!(s.told(ANNA, ben).contains(&"damaged"));
    assert!(s.told(CEM, ben).contains(&"damaged"));
    s.all_see(cem, "confirmed");
}
#[test]
pub(super) fn case_11_pieces_come_and_go_one_by_one() {
    let mut s = case(11);
    s.given("Ben has three of five chairs");
    let chairs = s.lends(ANNA, Goods::a("chairs").pieces(5).at_once());
    let ben = s.asks(BEN, chairs, 3, "2026-06-02 10:00 to 18:00");
    s.until("2026-06-02 10:00");
    s.when("he fetches two of them first");
    s.does(BEN, ben, Act::PickUp(pieces(2)));
    s.then("two are out, one is promised, two are free");
    assert_eq!((s.status(CEM, ben).out, s.status(CEM, ben).promised), (2, 1));
    assert_eq!(s.free(CEM, chairs, "2026-06-02 11:00 to 12:00"), 2);
    assert_eq!(
        s.cannot(BEN, ben, Act::PickUp(pieces(2))),
        CommandError::Quantity { capacity: 1 },
        "only one is left to fetch"
    );
    s.when("he fetches the third and brings one back");
    s.does(ANNA, ben, Act::PickUp(pieces(1)));
    s.until("2026-06-02 12:00");
    s.does(BEN, ben, Act::Return(pieces(1)));
    s.then("two are out, and three are free");
    s.all_see(ben, "out");
    assert_eq!(s.status(CEM, ben).out, 2);
    assert_eq!(s.free(CEM, chairs, "2026-06-02 12:00 to 13:00"), 3);
    assert_eq!(
        s.cannot(BEN, ben, Act::Return(pieces(3))),
        CommandError::Quantity { capacity: 2 },
        "nobody brings back more than is out"
    );
    s.when("it is past its end, and both sides note the return of the rest without a connection");
    s.until("2026-06-02 19:00");
    assert_eq!(s.free(CEM, chairs, "2026-06-03 12:00 to 13:00"), 3, "two are late");
    s.leaves_the_net(BEN);
    s.does(BEN, ben, Act::Return(pieces(2)));
    s.does(ANNA, ben, Act::Return(pieces(2)));
    s.comes_back(BEN);
    s.then("they came back once");
    s.all_see(ben, "returned");
    assert_eq!(s.free(CEM, chairs, "2026-06-03 12:00 to 13:00"), 5);
}
