//! Notices: each is there when its reason is, for whom it concerns, and gone with it.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use noaber_core::Command;
use noaber_core::id::{BookingId, CircleId, ListingId};
use noaber_core::notice::{Notice, notices};
use noaber_core::replica::{Act, Handing, Usable};
use noaber_core::rules::Repair;
use noaber_core::wire::{About, Cause, Owe, Party, Unit};
use noaber_tests::Street;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const ANNA: usize = 0;
const BEN: usize = 1;
const CEM: usize = 2;

struct Scene {
    street: Street,
    circle: CircleId,
    ladder: ListingId,
}

impl Scene {
    /// Anna, Ben and Cem; Anna has a ladder, and is asked for it.
    fn new(seed: u64) -> Self {
        let (mut street, circle) = Street::founded(seed, 3);
        let ladder = street.offer(ANNA, circle, "Ladder", 1, false);
        street.run();
        Self { street, circle, ladder }
    }

    fn ask(&mut self, who: usize, start_h: i64, hours: i64) -> BookingId {
        let booking = self.street.ask(who, self.circle, self.ladder, start_h, hours, 1).unwrap();
        self.street.run();
        booking
    }

    fn act(&mut self, who: usize, booking: BookingId, act: Act) {
        self.street.act(who, self.circle, booking, act).unwrap();
        self.street.run();
    }

    fn does(&mut self, who: usize, command: Command) {
        self.street.command(who, command).unwrap();
        self.street.run();
    }

    fn all(&self, who: usize) -> Vec<Notice> {
        let (street, person) = (&self.street, &self.street.people[who]);
        notices(street.circle(who, self.circle), person.member(), street.clock(who))
    }

    /// What is new to somebody, as words, the oldest first.
    fn told(&self, who: usize) -> Vec<&'static str> {
        let unseen = self.all(who).into_iter().rev().filter(|notice| !notice.seen);
        unseen.map(|notice| notice.reason.code()).collect()
    }
}

fn cancel() -> Act {
    Act::Cancel { reason: "rain".into() }
}

#[test]
fn a_question_waits_for_the_owner_until_it_is_answered_and_then_the_borrower_is_told() {
    let mut scene = Scene::new(1);
    let booking = scene.ask(BEN, 48, 4);
    assert_eq!(scene.told(ANNA), ["question"]);
    assert_eq!(scene.told(BEN), [""; 0], "who asks knows that they asked");
    assert_eq!(scene.told(CEM), [""; 0], "nobody else is bothered");
    scene.street.pass_ms(HOUR);
    scene.act(ANNA, booking, Act::Confirm);
    assert_eq!((scene.told(ANNA), scene.told(BEN)), (vec![], vec!["confirmed"]));
}

#[test]
fn reminders_come_before_the_start_and_before_the_end_and_once_it_is_late() {
    let mut scene = Scene::new(2);
    let booking = scene.ask(BEN, 48, 8);
    scene.act(ANNA, booking, Act::Confirm);
    assert_eq!(scene.told(BEN), [""; 0], "confirmed in the minute in which it was asked");
    scene.street.pass_ms(46 * HOUR - 60_000);
    assert_eq!(scene.told(BEN), [""; 0]);
    scene.street.pass_ms(60_000);
    assert_eq!(scene.told(BEN), ["starts_soon"]);
    scene.street.pass_ms(2 * HOUR);
    scene.act(BEN, booking, Act::PickUp(Handing::default()));
    assert_eq!(scene.told(BEN), [""; 0]);
    scene.street.pass_ms(6 * HOUR);
    assert_eq!(scene.told(BEN), ["due_soon"]);
    // The node was off over the end: the reminder that fell due meanwhile is there.
    scene.street.pass_ms(3 * DAY);
    assert_eq!((scene.told(BEN), scene.told(ANNA)), (vec!["overdue"], vec!["overdue"]));
    scene.act(ANNA, booking, Act::Return(Handing::default()));
    assert_eq!((scene.told(BEN), scene.told(ANNA)), (vec![], vec![]));
}

#[test]
fn what_is_called_off_takes_its_reminders_along_and_the_other_side_is_told() {
    let mut scene = Scene::new(3);
    let booking = scene.ask(BEN, 48, 8);
    scene.act(ANNA, booking, Act::Confirm);
    scene.street.pass_ms(47 * HOUR);
    assert_eq!(scene.told(BEN), ["starts_soon"]);
    scene.act(BEN, booking, cancel());
    assert_eq!((scene.told(BEN), scene.told(ANNA)), (vec![], vec!["cancelled"]));
}

#[test]
fn an_extension_is_a_question_and_its_answer_is_told() {
    let mut scene = Scene::new(4);
    let booking = scene.ask(BEN, 1, 2);
    scene.act(ANNA, booking, Act::Confirm);
    scene.street.pass_ms(HOUR);
    scene.act(BEN, booking, Act::PickUp(Handing::default()));
    let to = scene.street.now.minute().plus_ms(5 * HOUR);
    scene.act(BEN, booking, Act::Extend { to });
    assert_eq!(scene.told(ANNA), ["extension_asked"]);
    scene.act(ANNA, booking, Act::Decline { reason: "I need it".into() });
    assert_eq!((scene.told(ANNA), scene.told(BEN)), (vec![], vec!["not_extended"]));
    scene.act(BEN, booking, Act::Extend { to });
    scene.act(ANNA, booking, Act::Confirm);
    assert!(scene.told(BEN).contains(&"extended"), "{:?}", scene.told(BEN));
}

#[test]
fn who_waits_is_told_when_a_time_is_held_for_them_and_the_next_user_when_it_is_late() {
    let mut scene = Scene::new(5);
    let first = scene.ask(BEN, 2, 2);
    scene.act(ANNA, first, Act::Confirm);
    let (circle, listing) = (scene.circle, scene.ladder);
    let from = scene.street.now.minute().plus_ms(2 * HOUR);
    let to = from.plus_ms(2 * HOUR);
    scene.does(CEM, Command::Wait { circle, listing, from, to, quantity: 1, note: String::new() });
    assert_eq!(scene.told(CEM), [""; 0]);
    scene.act(BEN, first, cancel());
    assert_eq!(scene.told(CEM), ["held"]);

    let late = scene.ask(BEN, 10, 2);
    scene.act(ANNA, late, Act::Confirm);
    let next = scene.ask(CEM, 12, 2);
    scene.act(ANNA, next, Act::Confirm);
    scene.street.pass_ms(10 * HOUR);
    scene.act(BEN, late, Act::PickUp(Handing::default()));
    assert!(!scene.told(CEM).contains(&"still_out"));
    scene.street.pass_ms(2 * HOUR);
    assert!(scene.told(CEM).contains(&"still_out"), "{:?}", scene.told(CEM));
}

#[test]
fn what_broke_is_told_to_its_owner_and_to_the_next_user_and_so_is_a_repair() {
    let mut scene = Scene::new(6);
    let first = scene.ask(BEN, 1, 2);
    scene.act(ANNA, first, Act::Confirm);
    let next = scene.ask(CEM, 30, 2);
    scene.act(ANNA, next, Act::Confirm);
    scene.street.pass_ms(HOUR);
    scene.act(BEN, first, Act::PickUp(Handing::default()));
    let text = "a rung is broken".to_owned();
    scene.act(BEN, first, Act::Damage { text, photos: vec![], usable: Usable::No });
    assert_eq!((scene.told(ANNA), scene.told(CEM)), (vec!["damaged"], vec!["damaged"]));
    let (circle, listing) = (scene.circle, scene.ladder);
    let mut draft = scene.street.circle(ANNA, circle).listings[&listing].to_draft();
    let (from, until) = (scene.street.now, Some(scene.street.now.plus_ms(7 * DAY)));
    draft.rules.repair = Some(Repair { from, until, note: "new rung".into() });
    scene.does(ANNA, Command::Edit { circle, listing, draft });
    assert!(scene.told(CEM).contains(&"in_repair"), "{:?}", scene.told(CEM));
}

#[test]
fn messages_lines_and_gifts_are_told_to_whom_they_are_for() {
    let mut scene = Scene::new(7);
    let booking = scene.ask(BEN, 1, 2);
    scene.act(ANNA, booking, Act::Confirm);
    let (circle, listing) = (scene.circle, scene.ladder);
    let say = |about, text: &str| Command::Say { circle, about, text: text.into() };
    scene.does(BEN, say(About::Booking(booking), "at 10?"));
    assert_eq!((scene.told(ANNA), scene.told(CEM)), (vec!["message"], vec![]));
    scene.does(CEM, say(About::Listing(listing), "is it heavy?"));
    scene.does(ANNA, say(About::Listing(listing), "not at all"));
    assert_eq!((scene.told(BEN), scene.told(CEM)), (vec![], vec!["message"]));

    let member = |who: usize| scene.street.people[who].member();
    let owe = Owe {
        creditor: Party::Member(member(ANNA)),
        unit: Unit::Cents,
        debts: vec![(Party::Member(member(BEN)), 500)],
        cause: Cause::Shared,
        text: "ice cream".into(),
        photo: None,
    };
    let to = member(CEM);
    scene.does(ANNA, Command::Owe { circle, owe });
    assert_eq!(scene.told(BEN), ["line"]);
    scene.does(ANNA, Command::Give { circle, listing, to });
    assert!(scene.told(CEM).contains(&"gift"), "{:?}", scene.told(CEM));
    scene.does(CEM, Command::Take { circle, listing });
    assert!(!scene.told(CEM).contains(&"gift"));
}

#[test]
fn who_leaves_with_something_promised_or_out_is_told_to_the_other_side() {
    let mut scene = Scene::new(9);
    let booking = scene.ask(BEN, 48, 4);
    scene.act(ANNA, booking, Act::Confirm);
    assert_eq!(scene.told(ANNA), [""; 0]);
    let circle = scene.circle;
    scene.does(BEN, Command::Leave { circle });
    assert_eq!(scene.told(ANNA), ["departed"]);
    scene.act(ANNA, booking, cancel());
    assert_eq!(scene.told(ANNA), [""; 0]);
}

#[test]
fn what_one_device_has_seen_the_others_of_that_member_have_seen_too() {
    let mut scene = Scene::new(8);
    let tablet = scene.street.second_device(ANNA);
    let link = scene.street.invite(ANNA, scene.circle);
    scene.street.join(tablet, ANNA, &link).unwrap();
    scene.street.connect(tablet, ANNA);
    scene.street.run();
    scene.ask(BEN, 48, 4);
    assert_eq!((scene.told(ANNA), scene.told(tablet)), (vec!["question"], vec!["question"]));
    let ids = |who| scene.all(who).iter().map(|notice| notice.id).collect::<Vec<_>>();
    assert_eq!(ids(ANNA), ids(tablet), "one notice has one id everywhere");
    let (circle, notices) = (scene.circle, ids(tablet));
    scene.does(tablet, Command::Seen { circle, notices });
    assert_eq!((scene.told(ANNA), scene.told(tablet)), (vec![], vec![]));
    assert!(scene.all(ANNA)[0].seen, "it is still there for who looks");
}
