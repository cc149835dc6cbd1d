//! The sample street reckons: a trip is billed, an hour of help is given, and all are even again.

use noaber_core::Command;
use noaber_core::Outcome;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, LineId, ListingId, MemberId};
use noaber_core::ledger::Standing;
use noaber_core::money::{Cents, Iban, Quarters, epc, split};
use noaber_core::replica::{Act, Handing};
use noaber_core::settle::{Payment, payments};
use noaber_core::view::CircleView;
use noaber_core::wire::{Cause, HouseRules, Owe, Party, Profile, Unit};

use super::household::Household;
use super::story::{Street, empty};
use crate::api::Failure;
use crate::qr;

/// Accounts that exist in examples only.
const ACCOUNTS: [(&str, &str); 5] = [
    ("Anna", "NL91ABNA0417164300"),
    ("Ben", "DE89370400440532013000"),
    ("Cem", "BE68539007547034"),
    ("Dea", "FR1420041010050500013M02606"),
    ("Els", "AT611904300234573201"),
];

impl Street {
    /// The driver drives 42 km, fills up, and Cem approves.
    pub(super) async fn bill_a_trip(
        &self,
        driver: &Household,
        trip: BookingId,
    ) -> Result<(), Failure> {
        let cem = &self.homes[2];
        let circle = self.circle;
        let handed = |km| Handing { odometer_km: Some(km), ..Handing::default() };
        driver.act(circle, trip, Act::PickUp(handed(48_210))).await?;
        driver.act(circle, trip, Act::Return(handed(48_252))).await?;
        let bill = self.line_at(cem, Cause::Trip(trip)).await?;
        let fuel = Owe {
            creditor: Party::Member(driver.node.member()),
            unit: Unit::Cents,
            debts: vec![(Party::Member(cem.node.member()), 2_000)],
            cause: Cause::Receipt(trip),
            text: "petrol".into(),
            photo: None,
        };
        driver.submit(Command::Owe { circle, owe: fuel }).await?;
        let receipt = self.line_at(cem, Cause::Receipt(trip)).await?;
        for line in [bill, receipt] {
            cem.submit(Command::Agree { circle, line }).await?;
            self.everybody_counts(line).await?;
        }
        let view = cem.sees(circle).ok_or_else(empty)?;
        let text = view.ledger.line(bill).map_or("", |line| &line.text);
        println!("{} drives to the sea and back: {text}.", driver.name);
        println!("  On the way {} fills up for 20.00; Cem approves both.\n", driver.name);
        Ok(())
    }

    /// Dea hangs Ben's lamp: an hour for an hour.
    pub(super) async fn give_an_hour(&self, lamp: ListingId) -> Result<(), Failure> {
        let [anna, ben, _, dea, _] = &self.homes[..] else { return Err(empty()) };
        let circle = self.circle;
        let rules = HouseRules { timebank: true, floor_quarters: -40 };
        anna.submit(Command::SetHouseRules { circle, rules }).await?;
        ben.until("the hours to be counted", |view| {
            view.circles[&circle].house_rules.is_some_and(|(_, rules)| rules.timebank)
        })
        .await?;
        let taken = dea.ask(circle, lamp, self.tomorrow().plus_ms(1_800_000), 1, "").await?;
        ben.until("Dea’s offer", |view| view.circles[&circle].bookings.contains_key(&taken))
            .await?;
        ben.act(circle, taken, Act::Confirm).await?;
        self.everybody_sees(taken, State::Confirmed).await?;
        let text = "It is light again, thank you!".to_owned();
        ben.act(circle, taken, Act::Done { text, quarters: Some(4) }).await?;
        self.everybody_sees(taken, State::Returned).await?;
        self.line_at(anna, Cause::Help(taken)).await?;
        let view = anna.sees(circle).ok_or_else(empty)?;
        let hours = view.ledger.balances(Unit::Quarters, &view.roster);
        let of = |home: &Household| {
            let quarters = hours.get(&Party::Member(home.node.member())).copied().unwrap_or(0);
            Quarters::from_quarters(quarters).unwrap_or(Quarters::ZERO)
        };
        println!(
            "The circle counts hours of help. Dea hangs Ben’s lamp; Ben thanks her for an hour."
        );
        println!("  Dea has {}, Ben {}, and together that is nothing.\n", of(dea), of(ben));
        Ok(())
    }

    /// Anna bought paint for the bench. They look who owes whom, and Cem pays.
    pub(super) async fn settle_up(&self) -> Result<(), Failure> {
        let anna = &self.homes[0];
        let circle = self.circle;
        for (home, (name, iban)) in self.homes.iter().zip(ACCOUNTS) {
            let profile = Profile { iban: iban.to_owned(), payee: format!("{name} Example") };
            home.submit(Command::SetProfile { circle, profile }).await?;
        }
        self.share_the_paint(anna).await?;
        self.everybody_level().await?;
        let view = anna.sees(circle).ok_or_else(empty)?;
        let plan = payments(&view.ledger.balances(Unit::Cents, &view.roster));
        println!("Anna bought paint for the bench, 40.00 for the five of them. To be even again:");
        for payment in &plan {
            println!("  {}", in_words(&view, payment));
        }
        let Some(payment) = plan.iter().max_by_key(|payment| payment.amount) else {
            return Err(empty());
        };
        let [Party::Member(from), Party::Member(to)] = [payment.from, payment.to] else {
            return Err(empty());
        };
        println!("\nThe largest as a code that banking apps read:\n");
        println!("{}", transfer(&view, payment, to)?);
        self.pay(from, to, payment.amount).await?;
        let view = anna.sees(circle).ok_or_else(empty)?;
        let left = payments(&view.ledger.balances(Unit::Cents, &view.roster)).len();
        let (payer, payee) = (view.name_of(from), view.name_of(to));
        println!(
            "  {payer} notes that it is paid, {payee} that it has come: {left} payments are left.\n"
        );
        Ok(())
    }

    async fn share_the_paint(&self, anna: &Household) -> Result<(), Failure> {
        let circle = self.circle;
        let everybody: Vec<(MemberId, u32)> =
            self.homes.iter().map(|home| (home.node.member(), 1)).collect();
        let shares = split(4_000, &everybody, &[0; 16]);
        let debts = shares
            .into_iter()
            .filter(|(member, _)| *member != anna.node.member())
            .map(|(member, cents)| (Party::Member(member), cents.unsigned_abs()))
            .collect();
        let owe = Owe {
            creditor: Party::Member(anna.node.member()),
            unit: Unit::Cents,
            debts,
            cause: Cause::Shared,
            text: "paint for the bench".into(),
            photo: None,
        };
        let line = self.written(anna, owe).await?;
        for home in &self.homes[1..] {
            home.until("the paint", |view| view.circles[&circle].ledger.line(line).is_some())
                .await?;
            home.submit(Command::Agree { circle, line }).await?;
        }
        Ok(())
    }

    async fn pay(&self, from: MemberId, to: MemberId, amount: i64) -> Result<(), Failure> {
        let of = |member| self.homes.iter().find(|home| home.node.member() == member);
        let (Some(payer), Some(payee)) = (of(from), of(to)) else { return Err(empty()) };
        let circle = self.circle;
        let paid = Owe {
            creditor: Party::Member(from),
            unit: Unit::Cents,
            debts: vec![(Party::Member(to), amount.unsigned_abs())],
            cause: Cause::Payment,
            text: "by bank".into(),
            photo: None,
        };
        let line = self.written(payer, paid).await?;
        payee
            .until("the payment", |view| view.circles[&circle].ledger.line(line).is_some())
            .await?;
        payee.submit(Command::Agree { circle, line }).await?;
        self.everybody_counts(line).await
    }

    async fn written(&self, home: &Household, owe: Owe) -> Result<LineId, Failure> {
        match home.submit(Command::Owe { circle: self.circle, owe }).await? {
            Outcome::Line(_, line) => Ok(line),
            _ => Err(empty()),
        }
    }

    /// Waits until somebody sees the line that has this cause.
    async fn line_at(&self, home: &Household, cause: Cause) -> Result<LineId, Failure> {
        let circle = self.circle;
        let found = |view: &CircleView| {
            view.ledger.lines().find(|line| line.cause == cause).map(|line| line.id)
        };
        home.until("a line of the ledger", |view| found(&view.circles[&circle]).is_some()).await?;
        home.sees(circle).and_then(|view| found(&view)).ok_or_else(empty)
    }

    async fn everybody_counts(&self, line: LineId) -> Result<(), Failure> {
        let circle = self.circle;
        let counts = |view: &CircleView| {
            let held = view.ledger.line(line);
            held.is_some_and(|held| {
                view.ledger.debts(held, &view.roster).all(|debt| debt.standing == Standing::Counts)
            })
        };
        for home in &self.homes {
            home.until("a line to count", |view| counts(&view.circles[&circle])).await?;
        }
        Ok(())
    }
}

fn in_words(view: &CircleView, payment: &Payment) -> String {
    let name = |party: Party| match party {
        Party::Member(member) => view.name_of(member).to_owned(),
        Party::Pot => "the pot".to_owned(),
    };
    let amount = Cents::from_cents(payment.amount).unwrap_or(Cents::ZERO);
    format!("{} pays {} {amount} {}", name(payment.from), name(payment.to), view.currency)
}

/// A payment as a QR code for the terminal.
fn transfer(view: &CircleView, payment: &Payment, to: MemberId) -> Result<String, Failure> {
    let wrong = |error: &dyn std::fmt::Display| Failure::new("demo", error.to_string());
    let (_, profile) = view.profiles.get(&to).ok_or_else(empty)?;
    let iban: Iban = profile.iban.parse().map_err(|error| wrong(&error))?;
    let amount = Cents::from_cents(payment.amount).ok_or_else(empty)?;
    let text = epc(&profile.payee, &iban, amount, &view.name).map_err(|error| wrong(&error))?;
    qr::terminal(&text).map_err(|error| wrong(&error))
}
