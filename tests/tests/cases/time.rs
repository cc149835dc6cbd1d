//! Time on one clock: cases 18 to 21. What clocks that change do is in `zones`.

use noaber_core::replica::{Act, SeriesAct};
use noaber_core::rules::{ClosedDays, Reason, Span};
use noaber_core::zone::{Rhythm, repeat};
use noaber_core::{Command, CommandError};
use noaber_tests::{ANNA, BEN, CEM, DEA, Goods};

use crate::case;

fn codes(reasons: &[Reason]) -> Vec<&'static str> {
    reasons.iter().map(Reason::code).collect()
}

#[test]
pub(super) fn case_18_three_mistakes_have_three_answers() {
    let mut s = case(18);
    s.given("Anna lends a drill");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let entries = s.view(ANNA).entries;
    s.when("Ben asks for an end before the start, an end at the start, and for yesterday");
    let (circle, ten, noon) = (s.circle, s.at("2026-06-02 10:00"), s.at("2026-06-02 12:00"));
    let yesterday = s.span("2026-05-31 10:00 to 12:00");
    let mut asked = |from, to| {
        let note = String::new();
        let ask = Command::Ask { circle, listing: drill, from, to, quantity: 1, note };
        s.command(BEN, ask).unwrap_err()
    };
    let errors = [asked(noon, ten), asked(ten, ten), asked(yesterday.from(), yesterday.to())];
    s.then("each is refused in words of its own, and nothing is written");
    let words = errors.each_ref().map(ToString::to_string);
    assert!(words[0] != words[1] && words[1] != words[2] && words[0] != words[2], "{words:?}");
    let codes = errors.each_ref().map(CommandError::code);
    assert_eq!(codes, ["bad_time", "bad_time", "in_past"]);
    assert_eq!(s.view(ANNA).entries, entries);
    s.then("the same holds for getting in line");
    let wait = Command::Wait {
        circle,
        listing: drill,
        from: noon,
        to: ten,
        quantity: 1,
        note: String::new(),
    };
    assert_eq!(s.command(BEN, wait).unwrap_err().to_string(), words[0]);
    s.then("this very minute is not past");
    s.street.pass_ms(40_000);
    s.asks(BEN, drill, 1, "2026-06-01 08:00 to 09:00");
}

#[test]
pub(super) fn case_19_neither_too_soon_nor_too_far_nor_too_long() {
    let mut s = case(19);
    s.given("a tent that is asked two to sixty days ahead, for a day to a week");
    let tent = s.lends(
        ANNA,
        Goods::a("tent").pieces(9).at_once().under(|rules| {
            rules.lead = Some(Span::Days(2));
            rules.horizon = Some(Span::Days(60));
            rules.shortest = Some(Span::Days(1));
            rules.longest = Some(Span::Days(7));
        }),
    );
    s.then("what keeps to that is confirmed, to the minute");
    for (when, reason) in [
        ("2026-06-03 08:00 to 2026-06-04 08:00", None),
        ("2026-06-03 07:59 to 2026-06-04 08:00", Some("too_soon")),
        ("2026-07-31 08:00 to 2026-08-02 08:00", None),
        ("2026-07-31 08:01 to 2026-08-02 08:00", Some("too_early")),
        ("2026-06-10 08:00 to 2026-06-11 07:59", Some("too_short")),
        ("2026-06-20 08:00 to 2026-06-27 08:00", None),
        ("2026-07-01 08:00 to 2026-07-08 08:01", Some("too_long")),
    ] {
        match reason {
            None => _ = s.asks(BEN, tent, 1, when),
            Some(code) => assert_eq!(codes(&s.cannot_ask(CEM, tent, 1, when).0), [code], "{when}"),
        }
    }
    s.then("all reasons are given at once");
    let (reasons, next) = s.cannot_ask(CEM, tent, 1, "2026-06-01 10:00 to 11:00");
    assert_eq!(codes(&reasons), ["too_soon", "too_short"]);
    assert!(next.is_empty(), "an hour is too short on every day");
    s.then("none of this binds Anna");
    let anna = s.asks(ANNA, tent, 1, "2026-06-01 10:00 to 11:00");
    s.all_see(anna, "confirmed");
}

#[test]
pub(super) fn case_19_a_gap_stays_between_two_bookings() {
    let mut s = case(19);
    s.given("a car with an hour between two bookings, and Ben has it from ten to twelve");
    let gap = Goods::a_car(0).at_once().under(|rules| rules.gap = Some(Span::Minutes(60)));
    let car = s.lends(ANNA, gap);
    s.asks(BEN, car, 1, "2026-06-02 10:00 to 12:00");
    s.then("half an hour after him it is too early, an hour after him it is not");
    let (reasons, next) = s.cannot_ask(CEM, car, 1, "2026-06-02 12:30 to 14:00");
    assert_eq!(codes(&reasons), ["gap"]);
    assert_eq!(next[0].from(), s.at("2026-06-02 13:00"));
    assert_eq!(codes(&s.cannot_ask(CEM, car, 1, "2026-06-02 08:00 to 09:01").0), ["gap"]);
    s.asks(CEM, car, 1, "2026-06-02 13:00 to 14:00");
    s.asks(CEM, car, 1, "2026-06-02 08:00 to 09:00");
    s.when("Ben wants to keep it half an hour longer");
    let ben = s.view(BEN).bookings.values().find(|b| b.interval.from() == s.at("2026-06-02 10:00"));
    let ben = ben.unwrap().id;
    let to = s.at("2026-06-02 12:30");
    s.then("the gap before Cem stands in the way");
    assert_eq!(s.cannot(BEN, ben, Act::Extend { to }).code(), "gap");
}

#[test]
pub(super) fn case_19_a_keeper_that_slept_does_not_make_a_request_late() {
    let mut s = case(19);
    s.given("a tent that is asked two days ahead, and Anna’s device is off");
    let rules = |rules: &mut noaber_core::rules::Rules| rules.lead = Some(Span::Days(2));
    let tent = s.lends(ANNA, Goods::a("tent").at_once().under(rules));
    s.leaves_the_net(ANNA);
    s.when("Ben asks in time, and Anna’s device hears of it a day before");
    let ben = s.asks(BEN, tent, 1, "2026-06-05 10:00 to 12:00");
    s.until("2026-06-04 10:00");
    s.comes_back(ANNA);
    s.then("it was in time");
    s.all_see(ben, "confirmed");
}

#[test]
pub(super) fn case_20_closed_days_inside_a_booking_follow_the_rule() {
    for (rule, expected) in [
        (ClosedDays::Count, vec!["too_long"]),
        (ClosedDays::DontCount, vec![]),
        (ClosedDays::Forbidden, vec!["too_long", "closed_day"]),
    ] {
        let mut s = case(20);
        s.given("a drill for at most two days, open on weekdays but not on the 2nd of June");
        let open = "mon-fri 08:00-18:00".parse().unwrap();
        let closed = "2026-06-03 stocktaking".parse().unwrap();
        let drill = s.lends(
            ANNA,
            Goods::a("drill").at_once().under(|rules| {
                rules.open = vec![open];
                rules.closed = vec![closed];
                rules.closed_days = rule;
                rules.longest = Some(Span::Days(2));
            }),
        );
        s.when("Ben asks for three days, of which the middle one is closed");
        let asked = s.tries(BEN, drill, 1, "2026-06-02 08:00 to 2026-06-05 08:00");
        s.then("whether that is too long is the owner’s rule");
        match asked {
            Ok(_) => assert!(expected.is_empty(), "{rule:?}"),
            Err(CommandError::Refused { reasons, .. }) => assert_eq!(codes(&reasons), expected),
            Err(error) => panic!("{error}"),
        }
        s.then("nothing is fetched or brought back on it, or on a Sunday");
        let (reasons, _) = s.cannot_ask(CEM, drill, 1, "2026-06-03 09:00 to 10:00");
        assert!(reasons[0].to_string().contains("stocktaking"), "{}", reasons[0]);
        let (reasons, _) = s.cannot_ask(CEM, drill, 1, "2026-06-05 09:00 to 2026-06-07 10:00");
        assert!(codes(&reasons).contains(&"closed"), "{reasons:?}");
    }
}

#[test]
pub(super) fn case_21_new_opening_times_keep_what_is_booked() {
    let mut s = case(21);
    s.given("Ben has the drill on a Tuesday evening, when it is open, and has asked for another");
    let open = |text: &str| vec![text.parse().unwrap()];
    let drill =
        s.lends(ANNA, Goods::a("drill").under(|rules| rules.open = open("tue 15:00-20:00")));
    let ben = s.asks(BEN, drill, 1, "2026-06-02 18:00 to 20:00");
    s.does(ANNA, ben, Act::Confirm);
    let later = s.asks(BEN, drill, 1, "2026-06-09 18:00 to 20:00");
    s.when("Anna changes her opening times to Wednesdays");
    s.changes(ANNA, drill, |draft| draft.rules.open = open("wed 15:00-20:00"));
    s.then("what he has he keeps; what he has not yet is refused, and so are new requests");
    s.all_see(ben, "confirmed");
    s.all_see(later, "declined");
    assert_eq!(s.why(BEN, later), "closed");
    s.cannot_ask(BEN, drill, 1, "2026-06-16 18:00 to 20:00");
    s.asks(BEN, drill, 1, "2026-06-17 18:00 to 20:00");
}

#[test]
pub(super) fn case_21_a_changed_series_keeps_what_is_confirmed() {
    let mut s = case(21);
    s.given("Ben asks for the room on four Tuesdays, and Anna says yes to the first two");
    let room = s.lends(ANNA, Goods::a("room"));
    let first = s.span("2026-06-02 15:00 to 17:00");
    let until = "2026-06-23".parse().unwrap();
    let tuesdays = repeat(&s.zone, first, Rhythm::Weekly, until);
    let series = s.asks_series(BEN, room, tuesdays.clone()).unwrap();
    let ids = s.view(BEN).series[&series].clone();
    s.does(ANNA, ids[0], Act::Confirm);
    s.does(ANNA, ids[1], Act::Confirm);
    s.when("he calls off what has no answer, and asks for all Tuesdays from four on");
    let act = SeriesAct::CancelUnanswered { reason: String::new() };
    let circle = s.circle;
    s.command(BEN, Command::Series { circle, series, act }).unwrap();
    let first = s.span("2026-06-16 16:00 to 18:00");
    let until = "2026-06-30".parse().unwrap();
    let later = repeat(&s.zone, first, Rhythm::Weekly, until);
    let anew = s.asks_series(BEN, room, later).unwrap();
    s.then("the two that were confirmed are as they were");
    s.all_see(ids[0], "confirmed");
    s.all_see(ids[1], "confirmed");
    s.all_see(ids[2], "cancelled");
    s.all_see(ids[3], "cancelled");
    assert_eq!(s.booking(CEM, ids[0]).interval, tuesdays[0]);
    s.when("Anna says yes to all of the new ones, of which Cem has got one meanwhile");
    let taken = s.asks(CEM, room, 1, "2026-06-23 15:00 to 17:00");
    s.does(ANNA, taken, Act::Confirm);
    let act = SeriesAct::Confirm;
    s.command(ANNA, Command::Series { circle, series: anew, act }).unwrap();
    s.then("he has those that were free");
    let ids = s.view(DEA).series[&anew].clone();
    let states: Vec<String> = ids.iter().map(|id| s.state(DEA, *id)).collect();
    assert_eq!(states, ["confirmed", "declined", "confirmed"]);
    s.when("he calls all of it off");
    let act = SeriesAct::Cancel { reason: String::new() };
    s.command(BEN, Command::Series { circle, series: anew, act }).unwrap();
    s.then("they are free again, and the first two still stand");
    assert_eq!(s.free(DEA, room, "2026-06-16 15:00 to 18:00"), 1);
    s.all_see(ids[0], "cancelled");
}

#[test]
pub(super) fn case_21_a_series_that_is_half_answered_when_the_owner_stops() {
    let mut s = case(21);
    s.given("Ben asked for three Tuesdays, and Anna said yes to the first");
    let room = s.lends(ANNA, Goods::a("room"));
    let first = s.span("2026-06-02 15:00 to 17:00");
    let times = repeat(&s.zone, first, Rhythm::Weekly, "2026-06-16".parse().unwrap());
    let series = s.asks_series(BEN, room, times).unwrap();
    let ids = s.view(BEN).series[&series].clone();
    s.does(ANNA, ids[0], Act::Confirm);
    s.when("she no longer lends the room");
    s.changes(ANNA, room, |draft| draft.retired = true);
    s.then("he keeps the first, and is told that the others are refused");
    s.all_see(ids[0], "confirmed");
    for id in &ids[1..] {
        s.all_see(*id, "declined");
        assert_eq!(s.why(BEN, *id), "retired");
    }
}
