//! The keeper and the ledger against those who would wear them out or talk themselves out of a debt.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use noaber_core::Command;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, CircleId, LineId, ListingId};
use noaber_core::ledger::Standing;
use noaber_core::listing::{Car, Details, Draft, General};
use noaber_core::replica::{Act, Handing};
use noaber_core::wire::{Extend, Payload, Unit};
use noaber_tests::{Evil, Street};

const HOUR: i64 = 3_600_000;

fn car(street: &mut Street, circle: CircleId, who: usize) -> ListingId {
    let general =
        General { title: "Fiat".into(), quantity: 1, instant: true, ..General::default() };
    let details = Details::Car(Car { odometer_km: Some(1_000), ..Car::default() });
    let offer = Command::Offer { circle, draft: Draft::new(general, details) };
    street.command(who, offer).unwrap();
    let view = street.circle(who, circle);
    let listing = *view.listings.keys().next().unwrap();
    let (from, tariff) = (street.clock(who), "0.25 per km".parse().unwrap());
    street.command(who, Command::SetTariff { circle, listing, from, tariff }).unwrap();
    street.run();
    listing
}

fn handed(km: u32) -> Handing {
    Handing { odometer_km: Some(km), ..Handing::default() }
}

/// Ben drives Anna's car for 40 km and brings it back; gives the booking and the line of its bill.
fn trip(street: &mut Street, circle: CircleId, listing: ListingId) -> (BookingId, LineId) {
    let booking = street.ask(1, circle, listing, 1, 2, 1).unwrap();
    street.run();
    street.pass_ms(HOUR);
    street.act(1, circle, booking, Act::PickUp(handed(1_000))).unwrap();
    street.act(1, circle, booking, Act::Return(handed(1_040))).unwrap();
    street.run();
    let line = street.circle(0, circle).ledger.lines().next().unwrap().id;
    (booking, line)
}

fn standing(street: &Street, circle: CircleId, line: LineId) -> Standing {
    let view = street.circle(0, circle);
    let line = view.ledger.line(line).unwrap();
    view.ledger.debts(line, &view.roster).next().unwrap().standing
}

#[test]
fn a_bill_counts_when_both_have_signed_it_and_can_be_taken_back_only_before() {
    for taken_back_first in [false, true] {
        let (mut street, circle) = Street::founded(21, 2);
        let listing = car(&mut street, circle, 0);
        let (_, line) = trip(&mut street, circle, listing);
        assert_eq!(standing(&street, circle, line), Standing::Creditor);
        assert!(
            street
                .circle(0, circle)
                .ledger
                .balances(Unit::Cents, &street.circle(0, circle).roster)
                .is_empty()
        );
        let waive = Command::Waive { circle, line, reason: "wrong".into() };
        if taken_back_first {
            street.command(1, waive.clone()).unwrap();
            street.run();
            assert_eq!(standing(&street, circle, line), Standing::Waived);
            assert!(street.command(0, Command::Agree { circle, line }).is_err());
        } else {
            street.command(0, Command::Agree { circle, line }).unwrap();
            street.run();
            assert!(street.command(1, waive.clone()).is_err());
            let view = street.circle(1, circle);
            let sums: Vec<i64> =
                view.ledger.balances(Unit::Cents, &view.roster).into_values().collect();
            assert_eq!((sums.iter().sum::<i64>(), sums.iter().max()), (0, Some(&1_000)));
        }
    }
}

#[test]
fn a_slip_of_the_finger_is_put_right_with_its_bill_and_blocks_nobody() {
    let (mut street, circle) = Street::founded(23, 2);
    let listing = car(&mut street, circle, 0);
    let booking = street.ask(1, circle, listing, 1, 2, 1).unwrap();
    let next = street.ask(1, circle, listing, 5, 2, 1).unwrap();
    street.run();
    street.pass_ms(HOUR);
    street.act(1, circle, booking, Act::PickUp(handed(1_000))).unwrap();
    street.act(1, circle, booking, Act::Return(handed(10_040))).unwrap();
    street.run();
    let wrong = street.circle(0, circle).ledger.lines().next().unwrap().id;
    assert!(street.act(1, circle, next, Act::PickUp(handed(1_040))).is_err(), "it goes back");
    let correct = |end_km| Act::Correct { start_km: None, end_km: Some(end_km) };
    assert!(street.act(1, circle, booking, correct(900)).is_err(), "less than at the start");
    assert!(street.act(1, circle, booking, correct(10_040)).is_err(), "as it was");
    street.act(1, circle, booking, correct(1_040)).unwrap();
    street.run();
    assert_eq!(standing(&street, circle, wrong), Standing::Waived);
    let line = street.circle(0, circle).ledger.lines().last().unwrap().clone();
    assert_eq!((line.total(), standing(&street, circle, line.id)), (1_000, Standing::Creditor));
    street.act(1, circle, next, Act::PickUp(handed(1_040))).unwrap();
    // A bill that both have signed stands, whatever is put right after.
    street.command(0, Command::Agree { circle, line: line.id }).unwrap();
    street.act(0, circle, booking, correct(1_030)).unwrap();
    street.run();
    assert_eq!(street.circle(1, circle).ledger.lines().count(), 2);
    assert_eq!(standing(&street, circle, line.id), Standing::Counts);
}

#[test]
fn nobody_can_ask_so_often_that_the_return_cannot_be_noted() {
    let (mut street, circle) = Street::founded(22, 2);
    let drill = street.offer(0, circle, "Drill", 1, true);
    street.run();
    let booking = street.ask(1, circle, drill, 1, 2, 1).unwrap();
    let blocker = street.ask(0, circle, drill, 3, 2, 1).unwrap();
    street.run();
    assert_eq!(street.seen(0, circle, blocker), "confirmed confirmed");
    street.pass_ms(HOUR);
    street.act(1, circle, booking, Act::PickUp(Handing::default())).unwrap();
    street.run();
    // Ben's device says what no honest one would: the program refuses it, the log does not.
    let mut evil = Evil::takes_over(&mut street, 1, circle);
    let from = evil.log.len() as u64 + 1;
    for minutes in 1..=64 {
        let to = street.now.plus_ms(2 * HOUR + minutes * 60_000);
        evil.say(street.now, &Payload::Extend(Extend { booking, to }));
    }
    evil.connect(&mut street, 0);
    evil.send(&mut street, 0, from);
    street.act(0, circle, booking, Act::Return(Handing::default())).unwrap();
    let view = street.circle(0, circle);
    let status = view.status(&view.bookings[&booking], street.now);
    assert_eq!(status.state, State::Returned);
}
