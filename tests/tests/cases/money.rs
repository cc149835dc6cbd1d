//! Money and hours: cases 34 to 39.

use std::collections::BTreeMap;

use noaber_core::booking::State;
use noaber_core::id::{BookingId, LineId};
use noaber_core::ledger::Standing;
use noaber_core::money::split;
use noaber_core::replica::Act;
use noaber_core::settle::payments;
use noaber_core::wire::{Cause, HouseRules, Owe, Party, Unit};
use noaber_core::{Command, CommandError, Outcome};
use noaber_tests::{ANNA, BEN, CEM, DEA, Goods, Story, bring_back, fetch, for_seeds, odometer};

use crate::{case, title};

fn party(s: &Story, who: usize) -> Party {
    Party::Member(s.street.people[who].member())
}

/// Writes a line into the ledger: `debts` are owed to `creditor`.
fn writes(
    s: &mut Story,
    who: usize,
    creditor: usize,
    debts: &[(usize, u64)],
    cause: Cause,
) -> LineId {
    let debts = debts.iter().map(|(debtor, amount)| (party(s, *debtor), *amount)).collect();
    let (creditor, text) = (party(s, creditor), "what it was for".to_owned());
    let owe = Owe { creditor, unit: Unit::Cents, debts, cause, text, photo: None };
    let circle = s.circle;
    match s.command(who, Command::Owe { circle, owe }) {
        Ok(Outcome::Line(_, line)) => line,
        other => panic!("{other:?}"),
    }
}

fn agrees(s: &mut Story, who: usize, line: LineId) -> Result<Outcome, CommandError> {
    let circle = s.circle;
    s.command(who, Command::Agree { circle, line })
}

fn lets_go(s: &mut Story, who: usize, line: LineId) -> Result<Outcome, CommandError> {
    let circle = s.circle;
    s.command(who, Command::Waive { circle, line, reason: "never mind".into() })
}

/// What Anna, Ben, Cem and Dea have to get or to give, as somebody sees it.
fn balances(s: &Story, seen_by: usize, unit: Unit) -> [i64; 4] {
    let view = s.view(seen_by);
    let all = view.ledger.balances(unit, &view.roster);
    assert_eq!(all.values().sum::<i64>(), 0, "nothing comes from nowhere");
    [ANNA, BEN, CEM, DEA].map(|who| all.get(&party(s, who)).copied().unwrap_or(0))
}

#[test]
pub(super) fn case_34_shares_add_up_to_the_cent() {
    let mut s = case(34);
    s.given("Anna paid 100.00 for three who had a meal, herself not among them");
    let members = [BEN, CEM, DEA].map(|who| (s.street.people[who].member(), 1));
    let shares = split(10_000, &members, &[9; 16]);
    s.then("they owe 33.34, 33.33 and 33.33, whoever is named first");
    let mut sizes: Vec<i64> = shares.iter().map(|(_, share)| *share).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [3_333, 3_333, 3_334]);
    let mut turned = members;
    for _ in 0..3 {
        turned.rotate_left(1);
        assert_eq!(split(10_000, &turned, &[9; 16]), shares);
    }
    s.when("she writes that down, and two of them agree");
    let owed: BTreeMap<_, _> = shares.iter().copied().collect();
    let share = |who: usize| owed[&s.street.people[who].member()].cast_unsigned();
    let debts = [(BEN, share(BEN)), (CEM, share(CEM)), (DEA, share(DEA))];
    let line = writes(&mut s, ANNA, ANNA, &debts, Cause::Shared);
    assert_eq!(s.view(BEN).ledger.line(line).unwrap().total(), 10_000);
    assert_eq!(balances(&s, DEA, Unit::Cents), [0, 0, 0, 0], "nobody has signed");
    agrees(&mut s, BEN, line).unwrap();
    agrees(&mut s, CEM, line).unwrap();
    s.then("two shares count, the third waits for Dea");
    let [anna, ben, cem, dea] = balances(&s, DEA, Unit::Cents);
    assert_eq!((anna + ben + cem, dea), (0, 0));
    agrees(&mut s, DEA, line).unwrap();
    assert_eq!(balances(&s, BEN, Unit::Cents)[ANNA], 10_000);
    s.all_see_the_same();
}

/// A car that costs 0.30 a kilometre and 2.00 an hour.
fn car(s: &mut Story) -> noaber_core::id::ListingId {
    let car = s.lends(ANNA, Goods::a_car(10_000).at_once());
    price(s, car, "0.30 per km; 2.00 per hour", "2026-06-01 08:00");
    car
}

fn price(s: &mut Story, listing: noaber_core::id::ListingId, text: &str, from: &str) {
    let (circle, from, tariff) = (s.circle, s.at(from), text.parse().unwrap());
    s.command(ANNA, Command::SetTariff { circle, listing, from, tariff }).unwrap();
}

fn drives(s: &mut Story, who: usize, booking: BookingId, from: u32, to: u32, end: &str) {
    s.does(who, booking, Act::PickUp(odometer(from)));
    s.until(end);
    s.does(who, booking, Act::Return(odometer(to)));
}

#[test]
pub(super) fn case_35_a_later_price_does_not_touch_it() {
    let mut s = case(35);
    s.given("Ben drove 100 km in two hours on Tuesday, at 0.30 a kilometre and 2.00 an hour");
    let car = car(&mut s);
    let ben = s.asks(BEN, car, 1, "2026-06-02 10:00 to 12:00");
    let later = s.asks(BEN, car, 1, "2026-06-03 10:00 to 12:00");
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, Act::PickUp(odometer(10_000)));
    s.when("Anna doubles the price while he drives, also for times that have passed");
    s.until("2026-06-02 11:00");
    price(&mut s, car, "0.60 per km; 4.00 per hour", "2026-01-01 00:00");
    s.until("2026-06-02 12:00");
    s.does(BEN, ben, Act::Return(odometer(10_100)));
    s.then("he owes 34.00 for Tuesday once Anna agrees; and Wednesday costs the new price");
    let line = s.view(ANNA).ledger.lines().next().unwrap().clone();
    assert_eq!((line.total(), line.cause), (3_400, Cause::Trip(ben)));
    assert_eq!(balances(&s, BEN, Unit::Cents), [0; 4]);
    agrees(&mut s, ANNA, line.id).unwrap();
    assert_eq!(balances(&s, BEN, Unit::Cents), [3_400, -3_400, 0, 0]);
    s.until("2026-06-03 10:00");
    drives(&mut s, BEN, later, 10_100, 10_200, "2026-06-03 12:00");
    let line = s.view(DEA).ledger.lines().next_back().unwrap().clone();
    assert_eq!(line.total(), 6_800);
    s.then("the log book says the same");
    let june = s.span("2026-06-01 00:00 to 2026-07-01 00:00");
    let trips = s.view(DEA).trips(&s.view(DEA).listings[&car], june, s.now(DEA));
    let costs: Vec<i64> = trips.iter().map(|trip| trip.cost.unwrap().cents()).collect();
    assert_eq!(costs, [3_400, 6_800]);
}

#[test]
pub(super) fn case_35_both_sides_note_the_return_and_it_is_owed_once() {
    let mut s = case(35);
    s.given("Ben brings the car back while his device and Anna’s cannot hear each other");
    let car = car(&mut s);
    let ben = s.asks(BEN, car, 1, "2026-06-02 10:00 to 12:00");
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, Act::PickUp(odometer(10_000)));
    s.until("2026-06-02 12:00");
    s.leaves_the_net(BEN);
    s.when("both note the return, and each agrees with what the other wrote");
    s.does(BEN, ben, Act::Return(odometer(10_100)));
    s.does(ANNA, ben, Act::Return(odometer(10_100)));
    s.comes_back(BEN);
    let lines: Vec<_> = s.view(DEA).ledger.lines().map(|line| (line.id, line.by)).collect();
    let anna = s.street.people[ANNA].member();
    s.leaves_the_net(BEN);
    for (line, by) in lines {
        let _ = agrees(&mut s, if by == anna { BEN } else { ANNA }, line);
    }
    s.comes_back(BEN);
    s.then("the trip is owed once");
    assert_eq!(balances(&s, DEA, Unit::Cents), [3_400, -3_400, 0, 0]);
    s.all_see_the_same();
}

#[test]
pub(super) fn case_36_twelve_kilometres_that_nobody_logged() {
    let mut s = case(36);
    s.given("the car stood at 10,000 km; Ben drove it to 10,050, and Cem finds 10,062");
    let car = car(&mut s);
    let ben = s.asks(BEN, car, 1, "2026-06-02 10:00 to 12:00");
    let cem = s.asks(CEM, car, 1, "2026-06-02 14:00 to 16:00");
    s.until("2026-06-02 10:00");
    s.then("less than the last known, or 30,000 km more, is a slip");
    let less = s.cannot(BEN, ben, Act::PickUp(odometer(9_999)));
    assert_eq!(less, CommandError::Odometer { last_km: 10_000 });
    let more = s.cannot(BEN, ben, Act::PickUp(odometer(40_000)));
    assert_eq!(more, CommandError::FarOdometer { km: 30_000 });
    s.does(BEN, ben, Act::PickUp(odometer(10_000)));
    let less = s.cannot(BEN, ben, Act::Return(odometer(9_000)));
    assert_eq!(less, CommandError::Odometer { last_km: 10_000 });
    s.until("2026-06-02 12:00");
    s.does(BEN, ben, Act::Return(odometer(10_050)));
    s.until("2026-06-02 14:00");
    let less = s.cannot(CEM, cem, Act::PickUp(odometer(10_049)));
    assert_eq!(less, CommandError::Odometer { last_km: 10_050 });
    s.when("Cem drives from there");
    drives(&mut s, CEM, cem, 10_062, 10_080, "2026-06-02 16:00");
    s.then("the log book shows twelve kilometres before his trip, and bills him for his own");
    let june = s.span("2026-06-01 00:00 to 2026-07-01 00:00");
    let trips = s.view(DEA).trips(&s.view(DEA).listings[&car], june, s.now(DEA));
    let gaps: Vec<u32> = trips.iter().map(|trip| trip.unlogged_km).collect();
    assert_eq!(gaps, [0, 12]);
    assert_eq!(trips[1].cost.unwrap().cents(), 18 * 30 + 400);
    s.then("also when the month is cut between the two");
    let rest = s.span("2026-06-02 13:00 to 2026-07-01 00:00");
    let trips = s.view(DEA).trips(&s.view(DEA).listings[&car], rest, s.now(DEA));
    assert_eq!(trips.iter().map(|trip| trip.unlogged_km).collect::<Vec<_>>(), [12]);
    s.then("both read late and out of order, it is the same for everybody");
    s.all_see_the_same();
}

#[test]
pub(super) fn case_36_a_reading_that_was_forgotten_is_not_made_up() {
    let mut s = case(36);
    s.given("Ben notes 10,000 km when he fetches the car, and nothing when he brings it back");
    let car = car(&mut s);
    let ben = s.asks(BEN, car, 1, "2026-06-02 10:00 to 12:00");
    let cem = s.asks(CEM, car, 1, "2026-06-02 14:00 to 16:00");
    s.until("2026-06-02 10:00");
    s.does(BEN, ben, Act::PickUp(odometer(10_000)));
    s.until("2026-06-02 12:00");
    s.does(BEN, ben, bring_back());
    s.when("Cem notes nothing when he fetches it, and 10,080 km when he brings it back");
    s.until("2026-06-02 14:00");
    s.does(CEM, cem, fetch());
    s.until("2026-06-02 16:00");
    s.does(CEM, cem, Act::Return(odometer(10_080)));
    s.then("the log book has no distance and no cost for either, as no line was written");
    let june = s.span("2026-06-01 00:00 to 2026-07-01 00:00");
    let trips = s.view(DEA).trips(&s.view(DEA).listings[&car], june, s.now(DEA));
    let read: Vec<_> = trips.iter().map(|t| (t.start_km, t.end_km, t.cost)).collect();
    assert_eq!(read, [(Some(10_000), None, None), (None, Some(10_080), None)]);
    assert_eq!(s.view(DEA).ledger.lines().count(), 0);
}

#[test]
pub(super) fn case_37_fuel_is_owed_to_who_paid() {
    let mut s = case(37);
    s.given("Ben drove Anna’s car for 34.00 and paid 20.00 for fuel");
    let car = car(&mut s);
    let ben = s.asks(BEN, car, 1, "2026-06-02 10:00 to 12:00");
    s.until("2026-06-02 10:00");
    drives(&mut s, BEN, ben, 10_000, 10_100, "2026-06-02 12:00");
    let trip = s.view(ANNA).ledger.lines().next().unwrap().id;
    agrees(&mut s, ANNA, trip).unwrap();
    let fuel = writes(&mut s, BEN, BEN, &[(ANNA, 2_000)], Cause::Receipt(ben));
    assert_eq!(balances(&s, CEM, Unit::Cents), [3_400, -3_400, 0, 0], "Anna has not signed");
    s.when("Anna agrees, twice, and Cem tries to");
    agrees(&mut s, ANNA, fuel).unwrap();
    assert_eq!(agrees(&mut s, ANNA, fuel).unwrap_err().code(), "bad_value");
    assert_eq!(agrees(&mut s, CEM, fuel).unwrap_err().code(), "not_allowed");
    s.then("he owes her 14.00");
    assert_eq!(balances(&s, CEM, Unit::Cents), [1_400, -1_400, 0, 0]);
    s.then("nobody can write that two others owe each other");
    let owe = Owe {
        creditor: party(&s, ANNA),
        unit: Unit::Cents,
        debts: vec![(party(&s, BEN), 500)],
        cause: Cause::Receipt(ben),
        text: String::new(),
        photo: None,
    };
    let circle = s.circle;
    assert_eq!(s.command(CEM, Command::Owe { circle, owe }).unwrap_err().code(), "not_allowed");
}

#[test]
pub(super) fn case_38_a_few_payments_make_everybody_even() {
    for_seeds("settling up", 25, |seed| {
        let mut s = Story::new(&title(38));
        s.given("a dozen debts among the four, some of them signed without a connection");
        let mut dice = seed;
        let mut below = |end: u64| {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % end
        };
        for _ in 0..12 {
            let (debtor, creditor) = (below(4) as usize, below(4) as usize);
            if debtor != creditor {
                writes(&mut s, debtor, creditor, &[(debtor, below(10_000) + 1)], Cause::Shared);
            }
        }
        s.when("they settle up by what the program proposes, and each receiver says so");
        let view = s.view(ANNA);
        let all = view.ledger.balances(Unit::Cents, &view.roster);
        let uneven = all.values().filter(|balance| **balance != 0).count();
        let proposed = payments(&all);
        assert_eq!(
            proposed,
            payments(&s.view(DEA).ledger.balances(Unit::Cents, &s.view(DEA).roster))
        );
        s.then("there are fewer payments than people, each above zero, and everybody is even to the cent");
        assert!(proposed.len() < uneven.max(1), "{proposed:?}");
        let position = |p: Party| (0..4).find(|who| party(&s, *who) == p).unwrap();
        let paid: Vec<_> =
            proposed.iter().map(|p| (position(p.from), position(p.to), p.amount)).collect();
        for (from, to, amount) in paid {
            assert!(amount > 0);
            writes(&mut s, to, from, &[(to, amount.cast_unsigned())], Cause::Payment);
        }
        assert_eq!(balances(&s, CEM, Unit::Cents), [0; 4]);
        s.all_see_the_same();
    });
}

#[test]
pub(super) fn case_38_a_payment_counts_once() {
    let mut s = case(38);
    s.given("Ben owes Anna 50.00");
    writes(&mut s, BEN, ANNA, &[(BEN, 5_000)], Cause::Shared);
    s.when("Ben writes that he has paid");
    let paid = writes(&mut s, BEN, BEN, &[(ANNA, 5_000)], Cause::Payment);
    s.then("it counts when Anna has confirmed it, and only once, on whatever device she does so");
    assert_eq!(balances(&s, CEM, Unit::Cents), [5_000, -5_000, 0, 0]);
    s.leaves_the_net(ANNA);
    agrees(&mut s, ANNA, paid).unwrap();
    s.restarts(ANNA);
    assert!(agrees(&mut s, ANNA, paid).is_err());
    assert!(agrees(&mut s, BEN, paid).is_err(), "not his to confirm");
    assert_eq!(balances(&s, CEM, Unit::Cents), [0; 4]);
    s.all_see_the_same();
}

#[test]
pub(super) fn case_38_what_was_let_go_stays_let_go() {
    let mut s = case(38);
    s.given("Anna wrote that Ben owes her 50.00, and he has not signed");
    let line = writes(&mut s, ANNA, ANNA, &[(BEN, 5_000)], Cause::Shared);
    s.when("Ben refuses it");
    lets_go(&mut s, BEN, line).unwrap();
    let standing = |s: &Story| {
        let view = s.view(DEA);
        view.ledger.debts(view.ledger.line(line).unwrap(), &view.roster).next().unwrap().standing
    };
    assert_eq!(standing(&s), Standing::Refused);
    s.then("he can still think better of it, and then it counts");
    agrees(&mut s, BEN, line).unwrap();
    assert_eq!((standing(&s), balances(&s, CEM, Unit::Cents)[BEN]), (Standing::Counts, -5_000));
    s.then("and cannot take that back");
    assert!(lets_go(&mut s, BEN, line).is_err());
    s.when("Anna lets it go while Ben, who does not hear it, agrees once more");
    s.leaves_the_net(BEN);
    lets_go(&mut s, ANNA, line).unwrap();
    let _ = agrees(&mut s, BEN, line);
    s.comes_back(BEN);
    s.then("it is gone for good");
    assert_eq!((standing(&s), balances(&s, CEM, Unit::Cents)), (Standing::Waived, [0; 4]));
    assert!(agrees(&mut s, BEN, line).is_err() && agrees(&mut s, ANNA, line).is_err());
    s.all_see_the_same();
}

#[test]
pub(super) fn case_39_hours_are_zero_sum_and_nobody_is_stopped() {
    let mut s = case(39);
    s.given("Ben helps Cem with his tax papers for an hour and a quarter");
    let help = s.lends(BEN, Goods::help("tax papers").at_once());
    let cem = s.asks(CEM, help, 1, "2026-06-02 10:00 to 12:00");
    s.until("2026-06-02 12:00");
    let done = |quarters| Act::Done { text: "thanks".into(), quarters };
    s.then("where nobody has switched that on, no hours are counted");
    assert_eq!(s.cannot(CEM, cem, done(Some(5))), CommandError::NoTimebank);
    s.when("Anna, a steward, switches it on, with a limit of one hour");
    let rules = HouseRules { timebank: true, floor_quarters: -4 };
    let circle = s.circle;
    let set = Command::SetHouseRules { circle, rules };
    assert!(matches!(s.command(BEN, set.clone()), Err(CommandError::NotAllowed { .. })));
    s.command(ANNA, set).unwrap();
    s.does(CEM, cem, done(Some(5)));
    s.then("five quarters go from Cem to Ben, and all hours sum to nothing");
    s.all_see(cem, "returned");
    assert_eq!(s.status(DEA, cem).state, State::Returned);
    assert_eq!(balances(&s, DEA, Unit::Quarters), [0, 5, -5, 0]);
    assert_eq!(balances(&s, DEA, Unit::Cents), [0; 4], "hours are no money");
    s.then("Cem is below the limit: that can be shown, and he can still ask for help");
    let floor = s.view(CEM).house_rules.unwrap().1.floor_quarters;
    assert!(balances(&s, CEM, Unit::Quarters)[CEM] < i64::from(floor));
    let again = s.asks(CEM, help, 1, "2026-06-03 10:00 to 12:00");
    s.all_see(again, "confirmed");
    s.when("Ben says how long it took this time");
    s.until("2026-06-03 12:00");
    s.does(BEN, again, done(Some(2)));
    s.then("that counts when Cem agrees; help is not done twice");
    assert_eq!(balances(&s, DEA, Unit::Quarters), [0, 5, -5, 0]);
    let line = s.view(CEM).ledger.lines().next_back().unwrap().id;
    agrees(&mut s, CEM, line).unwrap();
    assert_eq!(balances(&s, DEA, Unit::Quarters), [0, 7, -7, 0]);
    assert_eq!(s.cannot(CEM, again, done(Some(2))).code(), "wrong_state");
}

#[test]
pub(super) fn case_35_a_wrong_bill_is_let_go_and_written_anew() {
    let mut s = case(35);
    s.given("Ben drove for 34.00, and wrote that he owes it");
    let car = car(&mut s);
    let ben = s.asks(BEN, car, 1, "2026-06-02 10:00 to 12:00");
    s.until("2026-06-02 10:00");
    drives(&mut s, BEN, ben, 10_000, 10_100, "2026-06-02 12:00");
    let first = s.view(ANNA).ledger.lines().next().unwrap().id;
    s.when("Anna finds that too much, lets it go, and writes 30.00 instead");
    lets_go(&mut s, ANNA, first).unwrap();
    let second = writes(&mut s, ANNA, ANNA, &[(BEN, 3_000)], Cause::Trip(ben));
    agrees(&mut s, BEN, second).unwrap();
    s.then("he owes 30.00");
    assert_eq!(balances(&s, DEA, Unit::Cents), [3_000, -3_000, 0, 0]);
    s.when("she writes the same trip once more");
    let third = writes(&mut s, ANNA, ANNA, &[(BEN, 3_000)], Cause::Trip(ben));
    s.then("there is nothing to sign: it is owed already");
    assert!(agrees(&mut s, BEN, third).is_err());
    assert_eq!(balances(&s, DEA, Unit::Cents), [3_000, -3_000, 0, 0]);
}
