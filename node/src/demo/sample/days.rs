//! The fortnight of the sample street, in the order of time.

use noaber_core::id::LineId;
use noaber_core::money::split;
use noaber_core::time::Timestamp;
use noaber_core::wire::{About, Cause, HouseRules, Owe, Party, Profile, Unit};
use noaber_core::{Command, Outcome, View};

use super::super::household::unexpected;
use super::loans::{End, Going, LOANS, Loan};
use super::words::Both;
use super::{ANNA, FATIMA, LUKASZ, MEHMET, SAAR, Street, ZOE};
use crate::api::Failure;
use crate::drawing::Subject;

/// Accounts that exist in examples only.
const ACCOUNTS: [(usize, &str, &str); 3] = [
    (ANNA, "A. Bakker", "NL91ABNA0417164300"),
    (MEHMET, "M. Yıldız", "BE68539007547034"),
    (ZOE, "Z. van Dijk", "DE89370400440532013000"),
];

/// What is said, about what, by whom, how many hours ago.
const WORDS: [(i64, usize, Subject, Both); 7] = [
    (51, MEHMET, Subject::Car, ["It has new tyres since Tuesday.", "Hij heeft nieuwe banden."]),
    (
        28,
        ZOE,
        Subject::Ladder,
        ["Does it reach the gutter of number 9?", "Kom je ermee bij de dakgoot van nummer 9?"],
    ),
    (
        27,
        ANNA,
        Subject::Ladder,
        [
            "It does, just. Take the long part and tie it at the top.",
            "Net wel. Neem het lange deel en zet hem bovenaan vast.",
        ],
    ),
    (
        8,
        FATIMA,
        Subject::Train,
        ["It can be fetched any evening after six.", "Ophalen kan elke avond na zessen."],
    ),
    (
        6,
        LUKASZ,
        Subject::Bicycle,
        [
            "The bell is loose; a drop of glue is on its way.",
            "De bel zit los; de lijm is onderweg.",
        ],
    ),
    (
        3,
        ANNA,
        Subject::Drill,
        ["Do you have a masonry bit of 8 mm too?", "Heb je ook een steenboor van 8 mm?"],
    ),
    (
        2,
        ZOE,
        Subject::Tent,
        [
            "It is dry again; I’ll look at the poles tonight.",
            "Hij is weer droog; ik kijk vanavond naar de stokken.",
        ],
    ),
];

/// Who owes what to whom.
#[derive(Clone, Copy)]
enum Whom {
    /// Everybody in equal parts, whoever paid too.
    All,
    /// These, in cents.
    These(&'static [(usize, u64)]),
}

/// What was paid: how many hours ago, by whom, how much, for whom, and whether they agreed.
struct Paid {
    ago: i64,
    by: usize,
    cents: i64,
    whom: Whom,
    cause: Cause,
    text: Both,
    is_agreed: bool,
}

#[rustfmt::skip]
const PAID: [Paid; 6] = [
    Paid { ago: 150, by: ANNA, cents: 8_250, whom: Whom::All, cause: Cause::Shared, is_agreed: true,
        text: ["Paint for the bench", "Verf voor het bankje"] },
    Paid { ago: 120, by: FATIMA, cents: 0, whom: Whom::These(&[(ANNA, 1_375)]), cause: Cause::Payment,
        is_agreed: true, text: ["By bank", "Overgemaakt"] },
    Paid { ago: 98, by: MEHMET, cents: 0, whom: Whom::These(&[(SAAR, 1_350)]), cause: Cause::Shared,
        is_agreed: true, text: ["Petrol for the trip to the sea", "Benzine voor het uitje naar zee"] },
    Paid { ago: 22, by: ZOE, cents: 3_000, whom: Whom::All, cause: Cause::Shared, is_agreed: false,
        text: ["Soup for the street party", "Soep voor het straatfeest"] },
    Paid { ago: 7, by: LUKASZ, cents: 0, whom: Whom::These(&[(SAAR, 500)]), cause: Cause::Payment,
        is_agreed: false, text: ["By bank", "Overgemaakt"] },
    Paid { ago: 5, by: SAAR, cents: 0, whom: Whom::These(&[(ANNA, 640), (ZOE, 640)]),
        cause: Cause::Shared, is_agreed: false,
        text: ["Lamps for the shared hall", "Lampen voor de gedeelde hal"] },
];

/// What happens at one moment; by its place in its table.
#[derive(Clone, Copy)]
enum Event {
    Ask(usize),
    Fetch(usize),
    Bring(usize),
    Say(usize),
    Pay(usize),
}

impl Street {
    /// Lives the fortnight.
    pub(super) async fn live(&self) -> Result<(), Failure> {
        self.clock.set(self.calendar.at(-10, 9));
        self.introduce().await?;
        let mut going: Vec<Option<Going>> = LOANS.iter().map(|_| None).collect();
        let mut cars = [(Subject::Car, 48_210), (Subject::ElectricCar, 21_640)];
        for (at, event) in self.events() {
            if at > self.clock.now() {
                self.clock.set(at);
            }
            match event {
                Event::Ask(i) => going[i] = Some(self.ask_for(&LOANS[i]).await?),
                Event::Fetch(i) => {
                    let car = cars.iter().find(|(car, _)| *car == LOANS[i].what);
                    let km = car.map(|(_, km)| *km);
                    let going = going[i].as_mut().ok_or_else(unexpected)?;
                    self.fetch(&LOANS[i], going, km).await?;
                }
                Event::Bring(i) => {
                    let going = going[i].as_ref().ok_or_else(unexpected)?;
                    let km = self.bring_back(&LOANS[i], going).await?;
                    let car = cars.iter_mut().find(|(car, _)| *car == LOANS[i].what);
                    if let (Some((_, shown)), Some(km)) = (car, km) {
                        *shown = km;
                    }
                }
                Event::Say(i) => self.say(i).await?,
                Event::Pay(i) => self.pay(&PAID[i]).await?,
            }
            if matches!(event, Event::Bring(_) | Event::Say(_)) {
                // Whoever acts next knows it: what is back can be asked for, and an answer comes after its
                // question.
                self.level().await?;
            }
        }
        Ok(())
    }

    /// All that has happened by now, in order.
    fn events(&self) -> Vec<(Timestamp, Event)> {
        let now = self.calendar.now;
        let mut events = Vec::new();
        for (i, loan) in LOANS.iter().enumerate() {
            let [from, to] = loan.times(&self.calendar);
            events.push((loan.asked_at(&self.calendar), Event::Ask(i)));
            if fetches(loan) && from <= now {
                events.push((from, Event::Fetch(i)));
            }
            if comes_back(loan) && to <= now {
                events.push((to, Event::Bring(i)));
            }
        }
        let words = WORDS.iter().enumerate();
        events.extend(words.map(|(i, (ago, ..))| (self.calendar.ago(*ago), Event::Say(i))));
        let paid = PAID.iter().enumerate();
        events.extend(paid.map(|(i, paid)| (self.calendar.ago(paid.ago), Event::Pay(i))));
        // What comes back at an hour is back for whoever asks for it at that hour.
        events.sort_by_key(|(at, event)| (*at, !matches!(event, Event::Bring(_))));
        events
    }

    /// What they agreed on at the beginning, and how they can be paid.
    async fn introduce(&self) -> Result<(), Failure> {
        let circle = self.circle;
        for (who, payee, iban) in ACCOUNTS {
            let profile = Profile { iban: iban.to_owned(), payee: payee.to_owned() };
            self.homes[who].submit(Command::SetProfile { circle, profile }).await?;
        }
        let rules = HouseRules { timebank: true, floor_quarters: -20 };
        self.homes[SAAR].submit(Command::SetHouseRules { circle, rules }).await?;
        self.level().await
    }

    async fn say(&self, i: usize) -> Result<(), Failure> {
        let (_, who, what, text) = WORDS[i];
        let about = About::Listing(self.listing(what).ok_or_else(unexpected)?);
        let text = self.tongue.say(text).to_owned();
        self.homes[who].submit(Command::Say { circle: self.circle, about, text }).await.map(drop)
    }

    async fn pay(&self, paid: &Paid) -> Result<(), Failure> {
        let circle = self.circle;
        let member = |who: usize| self.homes[who].node.member();
        let debts = match paid.whom {
            Whom::These(debts) => {
                debts.iter().map(|(who, cents)| (Party::Member(member(*who)), *cents)).collect()
            }
            Whom::All => {
                let all: Vec<_> = (0..self.homes.len()).map(|who| (member(who), 1)).collect();
                let shares = split(paid.cents, &all, &[1; 16]).into_iter();
                let others = shares.filter(|(id, _)| *id != member(paid.by));
                others.map(|(id, cents)| (Party::Member(id), cents.unsigned_abs())).collect()
            }
        };
        let owe = Owe {
            creditor: Party::Member(member(paid.by)),
            unit: Unit::Cents,
            debts,
            cause: paid.cause,
            text: self.tongue.say(paid.text).to_owned(),
            photo: None,
        };
        let done = self.homes[paid.by].submit(Command::Owe { circle, owe }).await?;
        let Outcome::Line(_, line) = done else { return Err(unexpected()) };
        if paid.is_agreed { self.agree(line).await } else { Ok(()) }
    }

    /// Everybody whose word a line waits for gives it.
    async fn agree(&self, line: LineId) -> Result<(), Failure> {
        let circle = self.circle;
        for home in &self.homes {
            let is_here = |view: &View| view.circles[&circle].ledger.line(line).is_some();
            home.until("a line of the ledger", is_here).await?;
            let view = home.sees(circle).ok_or_else(unexpected)?;
            let (me, roster) = (home.node.member(), &view.roster);
            let held = view.ledger.line(line).ok_or_else(unexpected)?;
            let is_asked = view.ledger.debts(held, roster).any(|d| d.waits_for(me, roster));
            if is_asked {
                home.submit(Command::Agree { circle, line }).await?;
            }
        }
        Ok(())
    }
}

fn fetches(loan: &Loan) -> bool {
    matches!(loan.end, End::Back | End::Out | End::Driven(_))
}

fn comes_back(loan: &Loan) -> bool {
    matches!(loan.end, End::Back | End::Driven(_) | End::Helped(..))
}
