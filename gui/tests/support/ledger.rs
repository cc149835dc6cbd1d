//! More life for pictures of the car's week and the balance: trips, a shared cost, accounts, hours.

use noaber_core::Command;
use noaber_core::Outcome;
use noaber_core::money::split;
use noaber_core::wire::{Cause, HouseRules, Owe, Party, Profile, Unit};

use super::street::{House, Street, at, level};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

impl Street {
    /// Fills the week of the car, and the ledger. Saar, whose window it is, lives in the first house.
    pub fn reckon(&self) {
        self.runtime.block_on(self.lively());
    }

    async fn lively(&self) {
        let [saar, anna, mehmet, zoe, lukasz] = &self.houses[..] else { panic!("five houses") };
        let circle = self.circle;
        self.clock.set(at("2026-11-21T10:00:00Z"));
        for (house, from, hours, note) in [
            (lukasz, "2026-11-22T17:30:00Z", 3, ""),
            (anna, "2026-11-21T12:00:00Z", 2, "To the dump with the old couch"),
            (zoe, "2026-11-22T09:00:00Z", 4, ""),
            (lukasz, "2026-11-23T13:00:00Z", 5, ""),
            (saar, "2026-11-24T14:30:00Z", 3, ""),
            (zoe, "2026-11-26T07:30:00Z", 2, ""),
            (saar, "2026-11-27T17:00:00Z", 4, "Choir"),
            (lukasz, "2026-11-28T08:30:00Z", 7, ""),
        ] {
            self.later();
            house.book(circle, self.car, at(from), hours * HOUR, note).await;
        }
        for (house, name, iban) in
            [(anna, "A. Bakker", "NL91ABNA0417164300"), (mehmet, "M. Yıldız", "BE68539007547034")]
        {
            let profile = Profile { iban: iban.to_owned(), payee: name.to_owned() };
            house.submit(Command::SetProfile { circle, profile }).await;
        }
        let rules = HouseRules { timebank: true, floor_quarters: -20 };
        saar.submit(Command::SetHouseRules { circle, rules }).await;
        let me = |house: &House| Party::Member(house.node.member());
        let all: Vec<_> = self.houses.iter().map(|house| (house.node.member(), 1)).collect();
        let shares = |cents, by: &House| {
            let mine = by.node.member();
            let debts = split(cents, &all, &[1; 16]).into_iter().filter(|(id, _)| *id != mine);
            debts.map(|(id, cents)| (Party::Member(id), cents.unsigned_abs())).collect()
        };
        let bench: Vec<(Party, u64)> = shares(8_250, anna);
        self.owe(anna, bench, Cause::Shared, "Paint for the bench", true).await;
        let driven = vec![(me(saar), 1_350)];
        self.owe(mehmet, driven, Cause::Shared, "Petrol for the trip to the sea", true).await;
        let soup: Vec<(Party, u64)> = shares(3_000, zoe);
        self.owe(zoe, soup, Cause::Shared, "Soup for the street party", false).await;
        self.owe(lukasz, vec![(me(saar), 500)], Cause::Payment, "By bank", false).await;
        let lamp = vec![(me(anna), 640), (me(zoe), 640)];
        self.owe(saar, lamp, Cause::Shared, "Lamps for the shared hall", false).await;
        level(&self.houses, circle).await;
        self.clock.set(at("2026-11-21T10:40:00Z"));
    }

    /// A minute lies between any two things, so that each has its place in order.
    fn later(&self) {
        self.clock.set(self.clock.now().plus_ms(MINUTE));
    }

    async fn owe(
        &self,
        creditor: &House,
        debts: Vec<(Party, u64)>,
        cause: Cause,
        text: &str,
        is_agreed: bool,
    ) {
        let (circle, text) = (self.circle, text.to_owned());
        let debtors: Vec<Party> = debts.iter().map(|(party, _)| *party).collect();
        let unit = Unit::Cents;
        let creditor_party = Party::Member(creditor.node.member());
        self.later();
        let owe = Owe { creditor: creditor_party, unit, debts, cause, text, photo: None };
        let done = creditor.submit(Command::Owe { circle, owe }).await;
        let Outcome::Line(_, line) = done else { panic!("{done:?}") };
        if !is_agreed {
            return;
        }
        for house in &self.houses {
            if debtors.contains(&Party::Member(house.node.member())) {
                house.until(|view| view.circles[&circle].ledger.line(line).is_some()).await;
                house.submit(Command::Agree { circle, line }).await;
            }
        }
    }
}
