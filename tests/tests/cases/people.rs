//! People: cases 28 to 33.

use noaber_core::id::BookingId;
use noaber_core::notice::notices;
use noaber_core::replica::Act;
use noaber_core::time::Timestamp;
use noaber_core::wire::{Cancel, Extend, HandOver, Payload};
use noaber_core::{Command, CommandError};
use noaber_node::ics::{Purpose, Selection, calendar};
use noaber_tests::{ANNA, BEN, CEM, DEA, Evil, Goods, Story, bring_back, cancel, fetch};

use crate::case;

#[test]
pub(super) fn case_28_a_third_member_cannot_touch_it() {
    let mut s = case(28);
    s.given("Ben has Anna’s drill");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    let entries = s.view(ANNA).entries;
    s.when(
        "Cem tries to call it off, to lengthen it, to fetch it, to bring it back and to answer it",
    );
    let to = s.at("2026-06-02 13:00");
    let damage = Act::Damage {
        text: "broken".into(),
        photos: vec![],
        usable: noaber_core::replica::Usable::No,
    };
    for act in [cancel(), Act::Extend { to }, fetch(), bring_back(), Act::Accept, damage] {
        let error = s.cannot(CEM, ben, act);
        assert_eq!(error, CommandError::NotAllowed { who: "Ben or Anna".into() });
    }
    let error = s.cannot(CEM, ben, Act::Decline { reason: String::new() });
    s.then("only Ben and Anna may, and only Anna’s device answers");
    assert_eq!(error, CommandError::NotKeeper { keeper: "Anna’s laptop".into() });
    assert_eq!(s.view(ANNA).entries, entries);
    s.all_see(ben, "confirmed");
    s.then("Ben may call it off");
    s.does(BEN, ben, cancel());
    s.all_see(ben, "cancelled");
}

#[test]
pub(super) fn case_28_not_even_by_writing_it_into_their_own_log() {
    let mut s = case(28);
    s.given("Ben has Anna’s drill, and Cem writes into his own log by hand");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    let mut evil = Evil::takes_over(&mut s.street, CEM, s.circle);
    let first = evil.log.len() as u64 + 1;
    s.when("he says there that it is called off, longer, fetched and back");
    let (now, to) = (s.now(ANNA), s.at("2026-06-02 13:00"));
    let over =
        HandOver { booking: ben, quantity: 1, odometer_km: None, photo: None, note: String::new() };
    evil.say(now, &Payload::Cancel(Cancel { booking: ben, reason: "mine".into() }));
    evil.say(now, &Payload::Extend(Extend { booking: ben, to }));
    evil.say(now, &Payload::PickUp(over.clone()));
    evil.say(now, &Payload::Return(over));
    evil.connect(&mut s.street, ANNA);
    evil.send(&mut s.street, ANNA, first);
    s.street.run();
    s.then("the words are there, and mean nothing");
    for who in [ANNA, BEN, DEA] {
        assert_eq!(
            s.booking(who, ben).facts.iter().filter(|f| f.device == evil.device()).count(),
            4
        );
        assert_eq!(s.state(who, ben), "confirmed");
        assert_eq!(s.status(who, ben).extension, None);
        assert_eq!(s.status(who, ben).interval.to(), s.at("2026-06-02 12:00"));
    }
}

fn feed(s: &Story, who: usize, purpose: Purpose) -> String {
    calendar(s.view(who), Selection::Circle, purpose, s.now(who)).text
}

#[test]
pub(super) fn case_29_what_was_called_off_is_gone_everywhere() {
    let mut s = case(29);
    s.given("Ben has the tent next week, Cem the week after");
    let tent = s.lends(ANNA, Goods::a("tent").at_once());
    let ben = s.asks(BEN, tent, 1, "2026-06-08 10:00 to 2026-06-10 10:00");
    let cem = s.asks(CEM, tent, 1, "2026-06-15 10:00 to 2026-06-17 10:00");
    s.until("2026-06-07 11:00");
    assert_eq!(s.told(BEN, ben), ["starts_soon"]);
    s.when("Anna calls Ben’s off, the day before");
    s.does(ANNA, ben, cancel());
    s.then("it is in nobody’s subscribed calendar; an imported file takes it out");
    for who in [ANNA, BEN, CEM, DEA] {
        let text = feed(&s, who, Purpose::Feed);
        assert!(!text.contains(&ben.to_string()) && text.contains(&cem.to_string()));
        let text = feed(&s, who, Purpose::File);
        let event = &text[text.find(&ben.to_string()).unwrap()..];
        assert!(event[..event.find("END:VEVENT").unwrap()].contains("STATUS:CANCELLED"));
    }
    s.then("the time is free and shows nobody");
    let view = s.view(DEA);
    let week = s.span("2026-06-08 00:00 to 2026-06-14 00:00");
    let stretches = view.stretches(&view.listings[&tent], week, s.now(DEA));
    assert!(stretches.iter().all(|stretch| stretch.free == 1 && stretch.bookings.is_empty()));
    s.then("Ben is told that it was called off and reminded of nothing, then or later");
    assert_eq!(s.told(BEN, ben), ["cancelled"]);
    assert_eq!(s.told(ANNA, ben), [""; 0], "Anna knows");
    s.until("2026-06-10 12:00");
    assert_eq!(s.told(BEN, ben), ["cancelled"]);
    assert_eq!(s.told(ANNA, ben), [""; 0]);
    s.then("also what waits and what was refused is no date in a calendar");
    let dea = s.waits(DEA, tent, 1, "2026-06-16 10:00 to 12:00").unwrap();
    assert!(!feed(&s, DEA, Purpose::Feed).contains(&dea.to_string()));
}

#[test]
pub(super) fn case_30_the_first_word_stands() {
    let mut s = case(30);
    s.given("Ben called his booking off on Monday at nine, for a reason");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    s.until("2026-06-01 09:00");
    s.does(BEN, ben, Act::Cancel { reason: "ill".into() });
    s.when("Anna calls it off at ten, and Ben once more");
    s.until("2026-06-01 10:00");
    s.then("both are refused, and it stays Ben’s word of nine");
    for who in [ANNA, BEN] {
        let error = s.cannot(who, ben, cancel());
        assert_eq!(error, CommandError::WrongState { state: "cancelled".into() });
    }
    let status = s.status(DEA, ben);
    let why = status.why.unwrap();
    assert_eq!((why.text.as_str(), why.by), ("ill", s.street.people[BEN].member()));
    assert_eq!(status.cancelled_at.map(Timestamp::minute), Some(s.at("2026-06-01 09:00")));
}

#[test]
pub(super) fn case_30_of_two_who_call_it_off_offline_all_see_the_same_first() {
    for late_first in [ANNA, BEN] {
        let mut s = case(30);
        s.given("Anna and Ben call it off an hour apart, neither hearing of the other");
        let drill = s.lends(ANNA, Goods::a("drill").at_once());
        let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
        s.leaves_the_net(ANNA);
        s.leaves_the_net(BEN);
        s.does(BEN, ben, Act::Cancel { reason: "Ben’s".into() });
        s.until("2026-06-01 09:00");
        s.does(ANNA, ben, Act::Cancel { reason: "Anna’s".into() });
        s.when("their words arrive in either order");
        s.meet(late_first, DEA);
        s.comes_back(ANNA);
        s.comes_back(BEN);
        s.then("it is Ben’s, for everybody");
        s.all_see(ben, "cancelled");
        assert_eq!(s.status(CEM, ben).why.unwrap().text, "Ben’s");
    }
}

#[test]
pub(super) fn case_31_the_past_stays() {
    let mut s = case(31);
    s.given("Ben had the drill on Tuesday: one booking was fetched and brought back, one was not");
    let drill = s.lends(ANNA, Goods::a("drill").pieces(2).at_once());
    let fetched = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    let forgotten = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 11:00");
    s.until("2026-06-02 10:00");
    s.does(BEN, fetched, fetch());
    s.then("what is out cannot be called off, only brought back");
    assert_eq!(s.cannot(BEN, fetched, cancel()).code(), "wrong_state");
    s.until("2026-06-02 11:30");
    s.does(BEN, fetched, bring_back());
    s.when("he tries to call either off");
    s.then("neither can be");
    assert_eq!(s.cannot(BEN, forgotten, cancel()), CommandError::Over);
    assert_eq!(s.cannot(ANNA, forgotten, cancel()), CommandError::Over);
    assert_eq!(s.cannot(BEN, fetched, cancel()).code(), "wrong_state");
    s.when("Ben’s clock is an hour slow, and he tries again where nobody hears him");
    s.street.people[BEN].skew_ms = -3_600_000;
    s.leaves_the_net(BEN);
    let refused = s.cannot(BEN, forgotten, cancel());
    s.then("what his own device wrote today tells it the time");
    assert_eq!(refused, CommandError::Over);
}

#[test]
pub(super) fn case_32_the_owner_records_the_return_of_somebody_who_left() {
    let mut s = case(32);
    s.given("Ben has the tent, and leaves the circle with it");
    let tent = s.lends(ANNA, Goods::a("tent").at_once());
    let ben = s.asks(BEN, tent, 1, "2026-06-01 09:00 to 2026-06-03 10:00");
    let later = s.asks(BEN, tent, 1, "2026-06-10 09:00 to 2026-06-11 10:00");
    s.until("2026-06-01 09:00");
    s.does(BEN, ben, fetch());
    let circle = s.circle;
    s.command(BEN, Command::Leave { circle }).unwrap();
    s.sees(ANNA, ben, "out");
    assert_eq!(s.free(CEM, tent, "2026-06-02 10:00 to 12:00"), 0, "it is still with him");
    s.when("he brings it to Anna, and she notes it");
    s.until("2026-06-02 09:00");
    s.does(ANNA, ben, bring_back());
    s.then("it is back for everybody, and can be lent");
    s.sees(CEM, ben, "returned");
    s.asks(CEM, tent, 1, "2026-06-02 10:00 to 12:00");
    s.then("his coming booking stands until Anna calls it off");
    s.sees(CEM, later, "confirmed");
    s.does(ANNA, later, cancel());
    s.sees(CEM, later, "cancelled");
    assert_eq!(s.view(ANNA).fingerprint(), s.view(CEM).fingerprint());
}

#[test]
pub(super) fn case_32_what_belongs_to_somebody_who_left_can_be_brought_back() {
    let mut s = case(32);
    s.given("Ben has the tent of Cem, who leaves the circle");
    let tent = s.lends(CEM, Goods::a("tent").at_once());
    let ben = s.asks(BEN, tent, 1, "2026-06-01 09:00 to 2026-06-03 10:00");
    s.until("2026-06-01 09:00");
    s.does(BEN, ben, fetch());
    let circle = s.circle;
    s.command(CEM, Command::Leave { circle }).unwrap();
    s.when("Ben notes that he brought it back");
    s.does(BEN, ben, bring_back());
    s.then("that counts");
    s.sees(ANNA, ben, "returned");
    s.sees(BEN, ben, "returned");
    s.then("nobody can ask for it any more");
    assert_eq!(s.tries(DEA, tent, 1, "2026-06-05 10:00 to 12:00"), Err(CommandError::Retired));
}

#[test]
pub(super) fn case_32_nothing_is_promised_to_somebody_who_left() {
    let mut s = case(32);
    s.given("Ben asks for the tent without a connection, and leaves the circle");
    let tent = s.lends(ANNA, Goods::a("tent").at_once());
    s.leaves_the_net(BEN);
    let ben = s.asks(BEN, tent, 1, "2026-06-05 09:00 to 12:00");
    let circle = s.circle;
    s.command(BEN, Command::Leave { circle }).unwrap();
    s.when("both words arrive");
    s.comes_back(BEN);
    s.then("it is not promised to him, and others can have it");
    assert_ne!(s.state(ANNA, ben), "confirmed");
    let cem = s.asks(CEM, tent, 1, "2026-06-05 09:00 to 12:00");
    s.sees(DEA, cem, "confirmed");
}

/// What a bell would ring for: the words of all notices that are not seen and were not rung for.
fn rings(s: &Story, who: usize, rung: &mut Vec<noaber_core::id::NoticeId>) -> Vec<&'static str> {
    let all = notices(s.view(who), s.street.people[who].member(), s.now(who));
    let mut new: Vec<_> = all.into_iter().rev().filter(|n| !n.seen).collect();
    new.retain(|notice| !rung.contains(&notice.id));
    rung.extend(new.iter().map(|notice| notice.id));
    new.iter().map(|notice| notice.reason.code()).collect()
}

#[test]
pub(super) fn case_33_a_reminder_waits_for_its_device() {
    let mut s = case(33);
    let mut rung = Vec::new();
    s.given("Ben has the tent tomorrow, and his device is switched off before the reminder is due");
    let tent = s.lends(ANNA, Goods::a("tent").at_once());
    let ben: BookingId = s.asks(BEN, tent, 1, "2026-06-03 10:00 to 2026-06-05 10:00");
    assert_eq!(rings(&s, BEN, &mut rung), [""; 0], "what he saw happen rings no bell");
    s.leaves_the_net(BEN);
    s.when("he switches it on after the reminder fell due");
    s.until("2026-06-02 20:00");
    s.restarts(BEN);
    s.then("it rings, once");
    assert_eq!(rings(&s, BEN, &mut rung), ["starts_soon"]);
    s.restarts(BEN);
    s.tick(BEN);
    assert_eq!(rings(&s, BEN, &mut rung), [""; 0]);
    s.when("he fetches it, and his device is off until after it is due back");
    s.until("2026-06-03 10:00");
    s.does(BEN, ben, fetch());
    s.leaves_the_net(BEN);
    s.until("2026-06-05 11:00");
    s.restarts(BEN);
    s.then("it does not say that it is due soon: it says that it is overdue");
    assert_eq!(rings(&s, BEN, &mut rung), ["overdue"]);
    s.when("he marks it as seen on another device");
    let seen = notices(s.view(BEN), s.street.people[BEN].member(), s.now(BEN));
    let seen = seen.iter().map(|notice| notice.id).collect();
    let circle = s.circle;
    s.command(BEN, Command::Seen { circle, notices: seen }).unwrap();
    s.then("no device rings for it again, also after it forgot what it rang for");
    assert_eq!(rings(&s, BEN, &mut Vec::new()), [""; 0]);
    s.when("his device was off all through a booking that he forgot to fetch");
    s.does(BEN, ben, bring_back());
    let missed = s.asks(BEN, tent, 1, "2026-06-07 10:00 to 12:00");
    s.leaves_the_net(BEN);
    s.until("2026-06-07 13:00");
    s.restarts(BEN);
    s.then("he is told so too");
    assert_eq!(s.told(BEN, missed), ["not_fetched"]);
    assert_eq!(s.told(ANNA, missed), ["not_fetched"]);
}

#[test]
pub(super) fn case_31_a_word_that_was_said_in_time_may_arrive_late() {
    let mut s = case(31);
    s.given("Ben, without a connection, calls off what he has not fetched, an hour before its end");
    let drill = s.lends(ANNA, Goods::a("drill").at_once());
    let ben = s.asks(BEN, drill, 1, "2026-06-02 10:00 to 12:00");
    s.leaves_the_net(BEN);
    s.until("2026-06-02 11:00");
    s.does(BEN, ben, cancel());
    s.when("that is heard after the end");
    s.until("2026-06-02 13:00");
    s.sees(ANNA, ben, "confirmed");
    s.comes_back(BEN);
    s.then("it was called off in time, and cost one hour");
    s.all_see(ben, "cancelled");
    assert_eq!(s.status(DEA, ben).used().unwrap().length_ms(), 3_600_000);
}
