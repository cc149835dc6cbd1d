//! What happens in a year: who asks for what, fetches it, drives, brings it back, pays, helps, writes.

use std::collections::BTreeMap;

use noaber_core::booking::State;
use noaber_core::id::{BookingId, LineId, ListingId};
use noaber_core::listing::{Car, Details, Draft, General, Help, Item};
use noaber_core::replica::{Act, Handing};
use noaber_core::rules::{Opening, Quota, Rules};
use noaber_core::time::Timestamp;
use noaber_core::wire::{About, Cause, HouseRules, Owe, Party, Payload, Unit};
use noaber_core::zone::{Rhythm, repeat};
use noaber_core::{Command, CommandError, Outcome};
use noaber_tests::Street;

use crate::world::{DAY_MS, HOUR_MS, World};

pub(crate) const HOMES: usize = 60;
const CARS: usize = 4;
const ITEMS: usize = 400;
const HELPERS: usize = 150;

/// What is shared.
pub(crate) struct Things {
    pub(crate) cars: Vec<ListingId>,
    pub(crate) items: Vec<ListingId>,
    helpers: Vec<ListingId>,
}

/// The year as it goes on.
pub(crate) struct Year {
    pub(crate) world: World,
    pub(crate) things: Things,
    /// What will be done when, by whom: in the order of time.
    plans: BTreeMap<(Timestamp, u64), Plan>,
    planned: u64,
    /// What the cars really show.
    odometers: BTreeMap<ListingId, u32>,
    /// Bookings made, and the other things that were done, by name.
    pub(crate) bookings: usize,
    pub(crate) done: BTreeMap<&'static str, usize>,
}

#[derive(Clone, Copy)]
enum Plan {
    /// At its start: fetched, called off, or done if it is help.
    Start(usize, BookingId, ListingId),
    /// At its end: brought back.
    End(usize, BookingId, ListingId),
    /// The owner looks at what a driver wrote.
    Approve(usize, LineId),
}

impl Year {
    /// Everybody is in and has offered what they share.
    pub(crate) fn begin() -> Self {
        let (mut street, circle) = Street::founded(1, HOMES);
        let house = HouseRules { timebank: true, floor_quarters: -40 };
        street.command(0, Command::SetHouseRules { circle, rules: house }).expect("a steward");
        let mut offer = |at: usize, title: &str, details: Details, rules: Rules, instant: bool| {
            let title = format!("{title} {at}");
            let general = General { title, quantity: 1, instant, ..General::default() };
            let draft = Draft { rules, ..Draft::new(general, details) };
            match street.command(at % HOMES, Command::Offer { circle, draft }) {
                Ok(Outcome::Listing(_, id)) => id,
                other => panic!("{other:?}"),
            }
        };
        let car = || Details::Car(Car { odometer_km: Some(10_000), ..Car::default() });
        let cars: Vec<_> = (0..CARS).map(|at| offer(at, "Car", car(), car_rules(), true)).collect();
        let item = |at| (Details::Item(Item::default()), item_rules(at), at % 4 > 0);
        let items = (0..ITEMS).map(|at| {
            let (details, rules, instant) = item(at);
            offer(at, "Thing", details, rules, instant)
        });
        let items = items.collect();
        let help = || Details::HelpOffer(Help::default());
        let helpers = (0..HELPERS)
            .map(|at| offer(at, "Help", help(), Rules::default(), at % 2 > 0))
            .collect();
        for (at, listing) in cars.iter().copied().enumerate() {
            let tariff = "0.32 to 100, 0.25 per km; 1.50 per hour".parse().expect("a tariff");
            let set = Command::SetTariff { circle, listing, from: street.now, tariff };
            street.command(at, set).expect("an owner");
        }
        street.run();
        let odometers = cars.iter().map(|car| (*car, 10_000)).collect();
        Self {
            world: World::of(street, circle),
            things: Things { cars, items, helpers },
            plans: BTreeMap::new(),
            planned: 0,
            odometers,
            bookings: 0,
            done: BTreeMap::new(),
        }
    }

    fn count(&mut self, what: &'static str) {
        *self.done.entry(what).or_default() += 1;
    }

    fn plan(&mut self, at: Timestamp, plan: Plan) {
        self.planned += 1;
        self.plans.insert((at, self.planned), plan);
    }

    /// One day: people ask in the morning, owners answer, and until night things change hands.
    pub(crate) fn day(&mut self, bookings: usize) {
        let morning = self.world.now;
        let mut asked = Vec::new();
        while asked.len() < bookings {
            asked.extend(self.ask());
        }
        self.bookings += asked.len();
        self.world.spread();
        for (who, id, listing) in &asked {
            self.answer(*id, *listing);
            let from = self.world.view(*who).bookings[id].interval.from();
            self.plan(from, Plan::Start(*who, *id, *listing));
        }
        self.write_and_talk();
        let night = morning.plus_ms(DAY_MS);
        let mut changes = 0;
        while let Some(entry) = self.plans.first_entry().filter(|entry| entry.key().0 < night) {
            let ((at, _), plan) = entry.remove_entry();
            self.world.now = at.max(self.world.now);
            self.carry_out(plan);
            changes += 1;
            // People's phones are connected now and then.
            if changes % 120 == 0 {
                self.world.spread();
            }
        }
        self.world.now = night;
        self.world.spread();
    }

    /// Somebody asks for something that they think is free; whoever is refused tries something else.
    fn ask(&mut self) -> Vec<(usize, BookingId, ListingId)> {
        let who = self.world.below(HOMES);
        let (listing, start_h, hours) = match self.world.below(100) {
            0..28 => {
                let car = self.world.below(CARS);
                (
                    self.things.cars[car],
                    24 * self.world.below(10) + 7 + self.world.below(14),
                    1 + self.world.below(3),
                )
            }
            28..80 => {
                let item = self.world.below(ITEMS);
                (
                    self.things.items[item],
                    24 * self.world.below(14) + 9 + self.world.below(9),
                    2 + self.world.below(46),
                )
            }
            _ => {
                let help = self.world.below(HELPERS);
                (
                    self.things.helpers[help],
                    24 * self.world.below(10) + 9 + self.world.below(9),
                    1 + self.world.below(2),
                )
            }
        };
        let from = self.world.now.plus_ms(start_h as i64 * HOUR_MS);
        let to = from.plus_ms(hours as i64 * HOUR_MS);
        let (circle, quantity, note) = (self.world.circle, 1, String::new());
        if self.world.below(200) == 0 {
            return self.ask_series(who, listing, from, to);
        }
        let ask = Command::Ask { circle, listing, from, to, quantity, note: note.clone() };
        match self.world.command(who, ask) {
            Ok(Outcome::Booking(_, id)) => vec![(who, id, listing)],
            Err(CommandError::Refused { .. }) if self.world.below(8) == 0 => {
                let wait = Command::Wait { circle, listing, from, to, quantity, note };
                match self.world.command(who, wait) {
                    Ok(Outcome::Booking(_, id)) => {
                        self.count("waiting");
                        vec![(who, id, listing)]
                    }
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    fn ask_series(
        &mut self,
        who: usize,
        listing: ListingId,
        from: Timestamp,
        to: Timestamp,
    ) -> Vec<(usize, BookingId, ListingId)> {
        let Some(first) = noaber_core::time::Interval::new(from, to) else { return Vec::new() };
        let zone = &self.world.view(who).zone;
        let until = zone.date(from.plus_ms(28 * DAY_MS));
        let times = repeat(zone, first, Rhythm::Weekly, until);
        let (circle, note) = (self.world.circle, String::new());
        let ask = Command::AskSeries { circle, listing, times, quantity: 1, note };
        let Ok(Outcome::Series(_, series)) = self.world.command(who, ask) else {
            return Vec::new();
        };
        self.count("series");
        let ids = self.world.view(who).series[&series].clone();
        ids.into_iter().map(|id| (who, id, listing)).collect()
    }

    /// The owner's yes, where the keeper does not say it by itself.
    fn answer(&mut self, id: BookingId, listing: ListingId) {
        let owner = self.world.owner(listing);
        let view = self.world.view(owner);
        let state = view.status(&view.bookings[&id], self.world.now).state;
        if state == State::Asked {
            self.act(owner, id, "answers", Act::Confirm);
        }
    }

    fn act(&mut self, who: usize, booking: BookingId, what: &'static str, act: Act) -> bool {
        let circle = self.world.circle;
        let is_done = self.world.command(who, Command::Booking { circle, booking, act }).is_ok();
        if is_done {
            self.count(what);
        }
        is_done
    }

    fn carry_out(&mut self, plan: Plan) {
        match plan {
            Plan::Start(who, id, listing) => self.start(who, id, listing),
            Plan::End(who, id, listing) => self.end(who, id, listing),
            Plan::Approve(who, line) => {
                let circle = self.world.circle;
                if self.world.command(who, Command::Agree { circle, line }).is_ok() {
                    self.count("agreed");
                }
            }
        }
    }

    fn start(&mut self, who: usize, id: BookingId, listing: ListingId) {
        let view = self.world.view(who);
        let status = view.status(&view.bookings[&id], self.world.now);
        if status.state == State::Offered {
            self.act(who, id, "offers taken", Act::Accept);
            return;
        }
        if status.state != State::Confirmed {
            return;
        }
        let is_help = self.things.helpers.contains(&listing);
        if self.world.below(25) == 0 {
            self.act(who, id, "cancelled", Act::Cancel { reason: "rain".into() });
        } else if is_help {
            let quarters = Some(1 + self.world.below(8) as u32);
            self.act(who, id, "helped", Act::Done { text: "Thanks!".into(), quarters });
        } else {
            let odometer_km = self.odometers.get(&listing).copied();
            let handing = Handing { odometer_km, ..Handing::default() };
            if self.act(who, id, "fetched", Act::PickUp(handing)) {
                let end = status.interval.to();
                self.plan(end.plus_ms(-60_000), Plan::End(who, id, listing));
                if self.world.below(20) == 0 {
                    self.act(who, id, "kept longer", Act::Extend { to: end.plus_ms(HOUR_MS) });
                }
            }
        }
    }

    fn end(&mut self, who: usize, id: BookingId, listing: ListingId) {
        let view = self.world.view(who);
        let end = view.status(&view.bookings[&id], self.world.now).interval.to();
        // The keeper let them keep it longer.
        if self.world.now < end.plus_ms(-60_000) {
            self.plan(end.plus_ms(-60_000), Plan::End(who, id, listing));
            return;
        }
        let km = 5 + self.world.below(60) as u32;
        let odometer_km = self.odometers.get_mut(&listing).map(|odometer| {
            *odometer += km;
            *odometer
        });
        let handing = Handing { odometer_km, ..Handing::default() };
        self.act(who, id, "brought back", Act::Return(handing));
        let device = self.world.homes[who].identity().device();
        let last = self.world.logs[&device].last().expect("it was just written to");
        if let Ok((Payload::Owe(_), _)) = Payload::decode(&last.entry.payload) {
            let line = LineId::said_at(self.world.circle, device, last.seq);
            let owner = self.world.owner(listing);
            self.count("bills");
            self.plan(self.world.now.plus_ms(DAY_MS), Plan::Approve(owner, line));
        }
    }

    /// Some lines between two neighbours, and what people write to each other.
    fn write_and_talk(&mut self) {
        let circle = self.world.circle;
        for _ in 0..5 {
            let (who, other) = (self.world.below(HOMES), self.world.below(HOMES));
            let debtor = Party::Member(self.world.member(other));
            let debts = vec![(debtor, 1 + self.world.below(4_000) as u64)];
            let creditor = Party::Member(self.world.member(who));
            let (unit, cause, text) = (Unit::Cents, Cause::Shared, "paint".to_owned());
            let owe = Owe { creditor, unit, debts, cause, text, photo: None };
            if let Ok(Outcome::Line(_, line)) =
                self.world.command(who, Command::Owe { circle, owe })
            {
                self.count("lines");
                self.plan(self.world.now.plus_ms(DAY_MS), Plan::Approve(other, line));
            }
        }
        for _ in 0..20 {
            let (who, item) = (self.world.below(HOMES), self.world.below(ITEMS));
            let about = About::Listing(self.things.items[item]);
            let text = "Is the long cable with it? I would fetch it at six.".to_owned();
            if self.world.command(who, Command::Say { circle, about, text }).is_ok() {
                self.count("messages");
            }
        }
    }
}

fn car_rules() -> Rules {
    Rules {
        horizon: "30d".parse().ok(),
        longest: "8h".parse().ok(),
        quotas: ["20h/week from mon", "20d/month from 1"]
            .iter()
            .filter_map(|q| q.parse().ok())
            .collect(),
        ..Rules::default()
    }
}

fn item_rules(at: usize) -> Rules {
    let mut rules = Rules { longest: "7d".parse().ok(), ..Rules::default() };
    if at.is_multiple_of(2) {
        rules.quotas.extend("8d/month from 1".parse::<Quota>());
    }
    if at.is_multiple_of(5) {
        rules.open.extend("mon-sun 07:00-24:00".parse::<Opening>());
    }
    rules
}
