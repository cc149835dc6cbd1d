//! What happens on the sample street, in order.

use std::path::Path;
use std::time::Instant;

use noaber_core::Command;
use noaber_core::Outcome;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, CircleId};
use noaber_core::listing::tariff::{Band, Tariff};
use noaber_core::listing::{Car, Details, General, Help, Hours, Item};
use noaber_core::money::{Cents, Rate};
use noaber_core::replica::Act;
use noaber_core::time::Timestamp;

use super::household::{Household, bring_back, pick_up};
use crate::api::Failure;
use crate::clock::Clock;
use crate::drawing::Subject;

const HOUR_MS: i64 = 3_600_000;

pub(super) struct Street {
    pub(super) homes: Vec<Household>,
    pub(super) circle: CircleId,
}

pub(super) async fn tell(dir: &Path, is_kept: bool) -> Result<(), Failure> {
    let start = Instant::now();
    println!(
        "A sample street. Five neighbours, each with a node of their own: own keys, own store,"
    );
    println!("own network endpoint on this machine. No server, no account, no internet.\n");
    let street = move_in(dir).await?;
    let told = street.live().await;
    let carried: u64 = street.homes.iter().map(Household::bytes_carried).sum();
    let farewells: Vec<_> = street.homes.iter().map(Household::leave).collect();
    for farewell in farewells {
        // A household that could not stop in order stops with the program.
        let _ = farewell.await;
    }
    told?;
    println!(
        "\nAll of it took {:.1} s and {} kB on the wire between the five.",
        start.elapsed().as_secs_f64(),
        carried / 1000
    );
    if is_kept {
        println!("\nLook around in their homes:");
        println!("  noaber --home {} listing list", dir.join("anna").display());
        println!("  noaber --home {} booking list", dir.join("ben").display());
    } else {
        println!("\nTo look around in their homes afterwards: noaber demo --keep DIR");
    }
    println!("To begin for real: noaber init --name YOUR-NAME, then noaber --help");
    Ok(())
}

async fn move_in(dir: &Path) -> Result<Street, Failure> {
    let mut homes = Vec::new();
    for name in ["Anna", "Ben", "Cem", "Dea", "Els"] {
        homes.push(
            Household::move_in(dir, name, &format!("{name}’s computer"), &Clock::default()).await?,
        );
    }
    let create = Command::CreateCircle {
        name: "Lindenstraat".into(),
        timezone: "Europe/Amsterdam".into(),
        currency: "EUR".into(),
    };
    let Outcome::Circle(circle) = homes[0].submit(create).await? else {
        return Err(Failure::new("demo", "the circle was not founded"));
    };
    let mut times = Vec::new();
    for newcomer in &homes[1..] {
        times.push(homes[0].let_in(newcomer, circle).await?);
    }
    println!("Anna starts the circle Lindenstraat and gives each of the others a link.");
    println!("  Joining took {}.\n", list_ms(&times));
    Ok(Street { homes, circle })
}

impl Street {
    async fn live(&self) -> Result<(), Failure> {
        self.everybody_level().await?;
        let ladder = self.lend_a_ladder().await?;
        let (driver, trip) = self.share_a_car().await?;
        self.bill_a_trip(driver, trip).await?;
        let lamp = self.offer_help().await?;
        self.give_an_hour(lamp).await?;
        self.settle_up().await?;
        self.cut_and_heal(ladder).await?;
        self.look_around()
    }

    /// The next full hour, a day from now.
    pub(super) fn tomorrow(&self) -> Timestamp {
        let now = self.homes[0].node.now().as_ms();
        Timestamp::from_ms(now - now.rem_euclid(HOUR_MS) + 25 * HOUR_MS)
    }

    async fn lend_a_ladder(&self) -> Result<noaber_core::id::ListingId, Failure> {
        let [anna, ben, ..] = &self.homes[..] else { return Err(empty()) };
        let (photo, size) = anna.photograph(Subject::Ladder).await?;
        let general = General {
            title: "Ladder, 4.5 m".into(),
            about: "Two parts, aluminium. It lives in the shed; ring the bell.".into(),
            category: "tools".into(),
            quantity: 1,
            photos: vec![photo],
            ..General::default()
        };
        let start = Instant::now();
        let ladder = anna.offer(self.circle, general, Details::Item(Item::default())).await?;
        let circle = self.circle;
        for home in &self.homes[1..] {
            home.until("the ladder", |view| view.circles[&circle].listings.contains_key(&ladder))
                .await?;
        }
        println!("Anna offers her ladder, with a photo of {} kB.", size / 1000);
        println!("  Everybody sees it after {:.1} ms;", ms(start));
        for home in &self.homes[1..] {
            home.has_photo(photo).await?;
        }
        println!("  the photo is in every home after {:.1} ms.\n", ms(start));
        let start = Instant::now();
        let booking = ben.ask(self.circle, ladder, self.tomorrow(), 2, "").await?;
        anna.until("Ben’s question", |view| {
            view.circles[&circle].bookings.contains_key(&booking)
        })
        .await?;
        println!(
            "Ben asks for it, tomorrow for two hours. Anna is asked after {:.1} ms.",
            ms(start)
        );
        anna.act(self.circle, booking, Act::Confirm).await?;
        self.everybody_sees(booking, State::Confirmed).await?;
        println!("  Anna says yes: everybody’s calendar says so.");
        ben.act(self.circle, booking, pick_up()).await?;
        self.everybody_sees(booking, State::Out).await?;
        anna.act(self.circle, booking, bring_back()).await?;
        self.everybody_sees(booking, State::Returned).await?;
        println!("  Ben takes it along; Anna notes that it is back.\n");
        Ok(ladder)
    }

    /// Gives who got it, and for what.
    async fn share_a_car(&self) -> Result<(&Household, BookingId), Failure> {
        let [_, _, cem, dea, els] = &self.homes[..] else { return Err(empty()) };
        let (photo, _) = cem.photograph(Subject::Car).await?;
        let general = General {
            title: "The red Fiat".into(),
            about: "Bring it back with a quarter of a tank.".into(),
            category: "car".into(),
            tags: Vec::new(),
            quantity: 1,
            instant: true,
            photos: vec![photo],
        };
        let car = Car {
            seats: Some(5),
            plate: "AB-123-C".into(),
            odometer_km: Some(48_210),
            own_risk: Cents::from_cents(15_000),
        };
        let listing = cem.offer(self.circle, general, Details::Car(car)).await?;
        let circle = self.circle;
        let (from, tariff) = (cem.node.now(), tariff());
        cem.submit(Command::SetTariff { circle: self.circle, listing, from, tariff }).await?;
        for home in [dea, els] {
            home.until("the car", |view| view.circles[&circle].listings.contains_key(&listing))
                .await?;
        }
        println!("Cem shares the red Fiat: € 0.25 a km, confirmed at once when it is free.");
        println!("  Dea and Els ask for the same two hours at the same moment.");
        let at = self.tomorrow().plus_ms(24 * HOUR_MS);
        let (dea_asks, els_asks) =
            tokio::join!(dea.ask(circle, listing, at, 2, ""), els.ask(circle, listing, at, 2, ""));
        let asked: Vec<(&Household, BookingId)> = [(dea, dea_asks), (els, els_asks)]
            .into_iter()
            .filter_map(|(who, b)| Some((who, b.ok()?)))
            .collect();
        for (_, booking) in &asked {
            cem.until("an answer", |view| {
                let circle = &view.circles[&circle];
                circle
                    .bookings
                    .get(booking)
                    .is_some_and(|b| circle.status(b, cem.node.now()).state != State::Asked)
            })
            .await?;
        }
        self.everybody_level().await?;
        let mut driver = None;
        for (who, id) in &asked {
            let view = who.sees(circle).ok_or_else(empty)?;
            let booking = view.bookings.get(id).ok_or_else(empty)?;
            match view.status(booking, who.node.now()).state {
                State::Confirmed => {
                    println!("  {} has it: confirmed.", who.name);
                    driver = Some((*who, *id));
                }
                _ => println!("  {} is told: somebody else has it then.", who.name),
            }
        }
        if asked.len() == 1 {
            println!("  The other saw that it was taken before asking.");
        }
        println!();
        driver.ok_or_else(empty)
    }

    /// Gives what Ben asks for.
    async fn offer_help(&self) -> Result<noaber_core::id::ListingId, Failure> {
        let [_, ben, _, _, els] = &self.homes[..] else { return Err(empty()) };
        let general = |title: &str| General {
            title: title.into(),
            category: "garden".into(),
            quantity: 1,
            ..General::default()
        };
        let help = |quarters| Help { hours: Hours::from_quarters(quarters), ..Help::default() };
        els.offer(self.circle, general("An hour in your garden"), Details::HelpOffer(help(4)))
            .await?;
        let lamp = general("Who can hang a lamp?");
        let lamp = ben.offer(self.circle, lamp, Details::HelpAsk(help(2))).await?;
        let ms = self.everybody_level().await?;
        println!("Els offers an hour in somebody’s garden; Ben asks who can hang a lamp.");
        println!("  All five know after {ms:.1} ms.\n");
        Ok(lamp)
    }

    async fn cut_and_heal(&self, ladder: noaber_core::id::ListingId) -> Result<(), Failure> {
        let circle = self.circle;
        let (near, far) = self.homes.split_at(2);
        let across = || near.iter().flat_map(|one| far.iter().map(move |two| (one, two)));
        for (one, two) in across() {
            one.network.cut_off(two.node.device());
            two.network.cut_off(one.node.device());
        }
        println!("A digger cuts the street in two: Anna and Ben here, Cem, Dea and Els there.");
        let general = General {
            title: "Tent for four".into(),
            quantity: 1,
            instant: true,
            ..General::default()
        };
        near[1].offer(circle, general, Details::Item(Item::default())).await?;
        let dea = &far[1];
        let booking = dea.ask(circle, ladder, self.tomorrow().plus_ms(72 * HOUR_MS), 3, "").await?;
        println!("  Life goes on: Ben offers his tent, Dea asks for Anna’s ladder.");
        println!(
            "  Dea reads: “asked; Anna’s device has not answered yet”. That is all anybody can know."
        );
        let start = Instant::now();
        for (one, two) in across() {
            one.network.let_back(two.node.device());
            two.network.let_back(one.node.device());
        }
        let anna = &near[0];
        anna.until("Dea’s question", |view| {
            view.circles[&circle].bookings.contains_key(&booking)
        })
        .await?;
        self.everybody_level().await?;
        println!("The cable is mended: after {:.1} ms all five hold the same again.", ms(start));
        anna.act(circle, booking, Act::Confirm).await?;
        self.everybody_sees(booking, State::Confirmed).await?;
        println!("  Anna says yes to Dea.\n");
        Ok(())
    }

    fn look_around(&self) -> Result<(), Failure> {
        println!("What each of them sees now:");
        let mut frontiers = Vec::new();
        for home in &self.homes {
            let circle = home.sees(self.circle).ok_or_else(empty)?;
            let now = home.node.now();
            let member = home.node.member();
            let states: Vec<(bool, State)> = circle
                .bookings
                .values()
                .map(|b| (b.borrower == member, circle.status(b, now).state))
                .collect();
            let mine =
                states.iter().filter(|(mine, state)| *mine && *state == State::Confirmed).count();
            let frontier = circle.digest().to_string();
            println!(
                "  {:<5} {} neighbours, {} listings, {} bookings ({mine} coming up for {}), {} entries, frontier {}…",
                home.name,
                circle.roster.members.len(),
                circle.listings.len(),
                circle.bookings.len(),
                home.name,
                circle.entries,
                &frontier[..8]
            );
            frontiers.push(frontier);
        }
        frontiers.dedup();
        if frontiers.len() == 1 {
            println!("All five hold exactly the same.");
            Ok(())
        } else {
            Err(Failure::new("demo", "they do not hold the same: this is a bug, please tell us"))
        }
    }

    /// Waits until all hold the same, and tells in how many milliseconds.
    pub(super) async fn everybody_level(&self) -> Result<f64, Failure> {
        let (start, circle) = (Instant::now(), self.circle);
        let mut rounds = 0;
        loop {
            let digests: Vec<_> =
                self.homes.iter().map(|h| h.sees(circle).map(|c| c.digest())).collect();
            if digests.windows(2).all(|pair| pair[0] == pair[1]) {
                return Ok(ms(start));
            }
            rounds += 1;
            if rounds > 15_000 {
                return Err(Failure::new("demo", "the street does not come to rest"));
            }
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    }

    pub(super) async fn everybody_sees(
        &self,
        booking: BookingId,
        state: State,
    ) -> Result<(), Failure> {
        let circle = self.circle;
        for home in &self.homes {
            let now = home.node.now();
            home.until("news of a booking", |view| {
                let circle = &view.circles[&circle];
                circle.bookings.get(&booking).is_some_and(|b| circle.status(b, now).state == state)
            })
            .await?;
        }
        Ok(())
    }
}

/// What Cem wants for a kilometre.
fn tariff() -> Tariff {
    let per_km = Rate::from_thousandths(250).unwrap_or_default();
    Tariff { bands: vec![Band { up_to_km: None, per_km }], ..Tariff::default() }
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

fn list_ms(times: &[f64]) -> String {
    let times: Vec<String> = times.iter().map(|ms| format!("{ms:.0}")).collect();
    format!("{} ms", times.join(", "))
}

/// The street has five households, and each holds what was just seen there.
pub(super) fn empty() -> Failure {
    Failure::new("demo", "a household is missing")
}
