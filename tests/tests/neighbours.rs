//! Scripted stories: the rules of borrowing as neighbours meet them.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use noaber_core::replica::{Act, Handing};
use noaber_core::rules::Reason;
use noaber_core::wire::{Address, JoinAnswer};
use noaber_core::{Command, CommandError};
use noaber_tests::Street;

#[test]
fn a_ladder_is_lent_from_asking_to_bringing_back() {
    let (mut street, circle) = Street::founded(1, 3);
    let ladder = street.offer(0, circle, "Ladder", 1, false);
    street.run();
    street.cut(1, 0);
    let booking = street.ask(1, circle, ladder, 2, 3, 1).unwrap();
    assert_eq!(street.seen(1, circle, booking), "asked local");
    street.connect(1, 0);
    street.run();
    for who in 0..3 {
        assert_eq!(street.seen(who, circle, booking), "asked delivered", "person {who}");
    }
    street.act(0, circle, booking, Act::Confirm).unwrap();
    street.run();
    street.act(1, circle, booking, Act::PickUp(Handing::default())).unwrap();
    street.run();
    assert_eq!(street.seen(2, circle, booking), "out confirmed");
    street.act(0, circle, booking, Act::Return(Handing::default())).unwrap();
    street.run();
    for who in 0..3 {
        assert_eq!(street.seen(who, circle, booking), "returned confirmed");
        assert_eq!(
            street.circle(who, circle).fingerprint(),
            street.circle(0, circle).fingerprint()
        );
        assert_eq!(street.circle(who, circle).digest(), street.circle(0, circle).digest());
    }
}

#[test]
fn two_who_ask_offline_for_one_slot_get_one_confirmed_and_one_declined() {
    let (mut street, circle) = Street::founded(2, 3);
    let car = street.offer(0, circle, "Car", 1, true);
    street.run();
    street.cut(0, 1);
    street.cut(0, 2);
    let ben = street.ask(1, circle, car, 10, 2, 1).unwrap();
    let cem = street.ask(2, circle, car, 11, 2, 1).unwrap();
    street.connect(0, 2);
    street.run();
    street.connect(0, 1);
    street.run();
    for who in 0..3 {
        assert_eq!(street.seen(who, circle, cem), "confirmed confirmed");
        assert_eq!(street.seen(who, circle, ben), "declined delivered");
        let view = street.circle(who, circle);
        let why = view.status(&view.bookings[&ben], street.now).why.unwrap();
        assert_eq!(why.code, "overlap");
    }
}

#[test]
fn only_the_keeper_confirms_and_overlap_is_refused_but_adjacent_is_not() {
    let (mut street, circle) = Street::founded(3, 3);
    let drill = street.offer(0, circle, "Drill", 1, false);
    let chairs = street.offer(0, circle, "Chairs", 5, true);
    street.run();
    let first = street.ask(1, circle, drill, 1, 2, 1).unwrap();
    street.run();
    let refused = street.act(1, circle, first, Act::Confirm);
    assert!(matches!(refused, Err(CommandError::NotKeeper { .. })), "{refused:?}");
    street.act(0, circle, first, Act::Confirm).unwrap();
    street.run();
    let overlap = street.ask(2, circle, drill, 2, 2, 1);
    let reasons = |result| match result {
        Err(CommandError::Refused { reasons, .. }) => reasons,
        other => panic!("{other:?}"),
    };
    assert_eq!(reasons(overlap), [Reason::Overlap { free: 0, capacity: 1 }]);
    assert!(street.ask(2, circle, drill, 3, 1, 1).is_ok(), "adjacent");
    assert_eq!(street.ask(1, circle, drill, 1, 2, 1), Ok(first), "asking again changes nothing");
    let three = street.ask(1, circle, chairs, 1, 2, 3).unwrap();
    street.run();
    assert_eq!(street.seen(2, circle, three), "confirmed confirmed");
    let overlap = street.ask(2, circle, chairs, 1, 2, 3);
    assert_eq!(reasons(overlap), [Reason::Overlap { free: 2, capacity: 5 }]);
    assert!(street.ask(2, circle, chairs, 1, 2, 2).is_ok());
}

#[test]
fn a_link_works_once_and_strangers_learn_nothing() {
    let (mut street, circle) = Street::founded(4, 3);
    let mut stranger_street = Street::new(99, 1);
    let link = street.invite(0, circle);
    // Person 2 leaves the street's circle out of it: a fresh person uses the link.
    street.people.push(stranger_street.people.remove(0));
    assert_eq!(street.join(3, 1, &link), Some(JoinAnswer::Refused), "the invite is not there yet");
    street.run();
    assert_eq!(street.join(3, 1, &link), Some(JoinAnswer::Welcome), "any member's device admits");
    street.people.push(Street::new(100, 1).people.remove(0));
    assert_eq!(street.join(4, 1, &link), Some(JoinAnswer::Used));
    street.connect(4, 0);
    street.run();
    assert!(street.people[4].store.is_empty(), "a stranger gets nothing");
    street.connect(3, 0);
    street.run();
    assert_eq!(street.circle(3, circle).roster.members.len(), 4);
    street.pass_ms(8 * 86_400_000);
    let expired = street.join(4, 0, &link);
    assert_eq!(expired, None, "our own device already says no");
}

#[test]
fn what_was_not_answered_before_the_power_went_is_answered_after() {
    let (mut street, circle) = Street::founded(5, 2);
    let tent = street.offer(0, circle, "Tent", 1, true);
    street.run();
    let booking = street.ask(1, circle, tent, 5, 5, 1).unwrap();
    street.run();
    assert_eq!(street.seen(1, circle, booking), "confirmed confirmed");
    let fingerprint = street.circle(0, circle).fingerprint();
    for who in 0..2 {
        street.restart(who);
        assert_eq!(street.circle(who, circle).fingerprint(), fingerprint);
    }
    // The request was stored, the answer was not.
    let keeper = street.people[0].device();
    let logs = &mut street.people[0].store.get_mut(&circle).unwrap().0;
    let own = &mut logs.iter_mut().find(|(device, _)| *device == keeper).unwrap().1;
    own.pop();
    street.people[1].store.get_mut(&circle).unwrap().0.iter_mut().for_each(|(device, log)| {
        if *device == keeper {
            log.pop();
        }
    });
    street.restart(1);
    assert_eq!(street.seen(1, circle, booking), "asked local");
    street.restart(0);
    street.connect(0, 1);
    street.run();
    assert_eq!(street.seen(1, circle, booking), "confirmed confirmed");
}

#[test]
fn a_link_used_at_two_places_admits_one_and_the_news_travels_on() {
    let (mut street, circle) = Street::founded(6, 5);
    let here = Address { direct: vec![], relays: vec![] };
    street.command(1, Command::Announce { here }).unwrap();
    street.connect(1, 2);
    street.run();
    for other in 1..5 {
        street.cut(0, other);
    }
    street.connect(1, 2);
    street.people.extend(Street::new(101, 2).people);
    let link = street.invite(0, circle);
    street.connect(0, 1);
    street.run();
    street.cut(0, 1);
    assert_eq!(street.join(5, 0, &link), Some(JoinAnswer::Welcome));
    street.pass_ms(1000);
    assert_eq!(
        street.join(6, 1, &link),
        Some(JoinAnswer::Welcome),
        "nobody has heard of the other"
    );
    street.connect(6, 1);
    street.run();
    let ladder = street.offer(6, circle, "Ladder", 1, true);
    street.run();
    assert!(street.circle(2, circle).listings.contains_key(&ladder));
    // Now 1 hears of it from 0, folds anew, and passes it on to 2 over the open connection.
    street.connect(0, 1);
    street.run();
    for who in 0..3 {
        let view = street.circle(who, circle);
        assert!(view.roster.devices.contains_key(&street.people[5].device()), "person {who}");
        assert!(!view.roster.devices.contains_key(&street.people[6].device()), "person {who}");
        assert!(!view.listings.contains_key(&ladder), "person {who}");
        assert_eq!(view.fingerprint(), street.circle(0, circle).fingerprint());
        assert_eq!(*street.people[who].view, *street.people[who].replica.view(), "person {who}");
    }
    let level = |who: usize, other: usize| {
        let peers = &street.people[who].view.peers;
        peers[&(circle, street.people[other].device())].is_level()
    };
    assert!(level(1, 2) && level(2, 1) && level(0, 1) && level(1, 0));
}

#[test]
fn who_waits_for_what_the_owner_gave_to_another_is_told_at_once() {
    let (mut street, circle) = Street::founded(7, 3);
    let drill = street.offer(0, circle, "Drill", 1, false);
    street.run();
    let ben = street.ask(1, circle, drill, 1, 2, 1).unwrap();
    let cem = street.ask(2, circle, drill, 2, 2, 1).unwrap();
    let later = street.ask(2, circle, drill, 3, 2, 1).unwrap();
    street.run();
    street.act(0, circle, ben, Act::Confirm).unwrap();
    street.run();
    for who in 0..3 {
        assert_eq!(street.seen(who, circle, ben), "confirmed confirmed");
        assert_eq!(street.seen(who, circle, cem), "declined delivered");
        assert_eq!(street.seen(who, circle, later), "asked delivered");
    }
}

#[test]
fn who_was_let_in_by_somebody_who_is_gone_comes_in_by_another_link() {
    let (mut street, circle) = Street::founded(8, 2);
    street.people.extend(Street::new(102, 1).people);
    let first = street.invite(1, circle);
    street.run();
    assert_eq!(street.join(2, 1, &first), Some(JoinAnswer::Welcome));
    street.run();
    // Nothing has reached the newcomer yet, and the one device that the link names is gone for good.
    street.cut(1, 0);
    let second = street.invite(0, circle);
    assert_eq!(street.join(2, 0, &second), Some(JoinAnswer::Welcome));
    street.connect(2, 0);
    street.run();
    assert_eq!(street.circle(2, circle).fingerprint(), street.circle(0, circle).fingerprint());
}

#[test]
fn what_is_late_is_neither_promised_on_nor_declined() {
    let (mut street, circle) = Street::founded(11, 3);
    let tent = street.offer(0, circle, "Tent", 1, true);
    street.run();
    let ben = street.ask(1, circle, tent, 0, 2, 1).unwrap();
    street.run();
    street.act(1, circle, ben, Act::PickUp(Handing::default())).unwrap();
    // Cem asks for next week where nobody hears of it, and by then the tent is late.
    street.run();
    street.cut(2, 0);
    let cem = street.ask(2, circle, tent, 7 * 24, 2, 1).unwrap();
    street.pass_ms(3 * 3_600_000);
    street.connect(2, 0);
    street.run();
    assert_eq!(street.seen(2, circle, ben), "out confirmed");
    assert_eq!(street.seen(2, circle, cem), "asked delivered");
    street.restart(0);
    street.connect(0, 1);
    street.connect(0, 2);
    street.run();
    assert_eq!(street.seen(2, circle, cem), "asked delivered", "a restart changes nothing");
    street.act(0, circle, ben, Act::Return(Handing::default())).unwrap();
    street.run();
    assert_eq!(
        street.seen(2, circle, cem),
        "confirmed confirmed",
        "it is back: now it can be promised"
    );
}

#[test]
fn pieces_that_were_not_fetched_with_the_others_stay_promised() {
    let (mut street, circle) = Street::founded(12, 2);
    let chairs = street.offer(0, circle, "Chairs", 3, true);
    street.run();
    let booking = street.ask(1, circle, chairs, 1, 5, 3).unwrap();
    street.run();
    let some = |quantity| Handing { quantity: Some(quantity), ..Handing::default() };
    street.act(1, circle, booking, Act::PickUp(some(1))).unwrap();
    street.act(1, circle, booking, Act::Return(some(1))).unwrap();
    street.run();
    assert_eq!(street.seen(0, circle, booking), "confirmed confirmed");
    street.act(1, circle, booking, Act::PickUp(some(2))).unwrap();
    street.run();
    assert_eq!(street.seen(0, circle, booking), "out confirmed");
    street.act(0, circle, booking, Act::Return(some(2))).unwrap();
    street.run();
    assert_eq!(street.seen(1, circle, booking), "returned confirmed");
}

#[test]
fn nothing_can_be_asked_of_somebody_who_left() {
    let (mut street, circle) = Street::founded(13, 3);
    let drill = street.offer(1, circle, "Drill", 1, true);
    street.run();
    street.command(1, Command::Leave { circle }).unwrap();
    street.run();
    assert_eq!(street.ask(2, circle, drill, 1, 1, 1), Err(CommandError::Retired));
    assert_eq!(street.ask(1, circle, drill, 1, 1, 1), Err(CommandError::NotMember));
}

#[test]
fn a_document_that_is_full_says_so_and_can_still_be_read() {
    let (mut street, circle) = Street::founded(14, 2);
    let ladder = street.offer(0, circle, "Ladder", 1, true);
    let mut edits = 0;
    let full = loop {
        let mut draft = street.circle(0, circle).listings[&ladder].to_draft();
        draft.general.about = format!("{edits}").repeat(8_000 / format!("{edits}").len());
        match street.command(0, Command::Edit { circle, listing: ladder, draft }) {
            Ok(_) => edits += 1,
            Err(error) => break error,
        }
        let about = &street.circle(0, circle).listings[&ladder].general.about;
        assert!(about.starts_with(&format!("{}", edits - 1)), "what was acknowledged is seen");
    };
    assert_eq!(full.code(), "limit");
    assert!(edits > 100);
    street.run();
    assert_eq!(street.circle(1, circle).fingerprint(), street.circle(0, circle).fingerprint());
}
