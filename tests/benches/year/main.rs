//! A year of a circle: sixty households, four cars, 400 things, 150 offers of help, 40,000 bookings.
//!
//! ```text
//! cargo bench -p noaber_tests --bench year
//! ```
//!
//! All of it goes through `Replica::handle` of sixty real replicas in one process; what one writes is
//! brought to all others some times a day. Prints medians and asserts nothing about time: machines differ.
//! `NOABER_BOOKINGS` sets another number of bookings; all 40,000 take several minutes of one core, most
//! of it for the signatures that every replica checks, and 4.5 GB of memory.

#![allow(missing_docs, reason = "a benchmark")]

mod life;
mod world;

use std::hint::black_box;
use std::time::{Duration, Instant};

use imbl::OrdSet;
use noaber_core::id::ListingId;
use noaber_core::replica::{More, Replica};
use noaber_core::rules::Request;
use noaber_core::search::Index;
use noaber_core::settle::payments;
use noaber_core::time::Interval;
use noaber_core::view::CircleView;
use noaber_core::wire::{StoredEntry, Unit};
use noaber_core::{Command, Identity, Input};

use life::{HOMES, Year};
use world::{DAY_MS, HOUR_MS, World};

const DAYS: usize = 365;

fn main() {
    let bookings = std::env::var("NOABER_BOOKINGS").ok().and_then(|text| text.parse().ok());
    let bookings: usize = bookings.unwrap_or(40_000);
    let start = Instant::now();
    let mut year = Year::begin();
    println!("Noaber: a year of {HOMES} households");
    row("set up", &ms(start.elapsed()));
    let start = Instant::now();
    for day in 0..DAYS {
        year.day((bookings * (day + 1) / DAYS).saturating_sub(year.bookings));
    }
    let took = start.elapsed();
    let made = year.bookings as u32;
    row("the year, on sixty replicas", &format!("{:.1} s", took.as_secs_f64()));
    row("a booking of it, on one replica", &us(took / made / HOMES as u32));
    row("bookings", &made.to_string());
    println!("{:<44} {:?}", "and besides", year.done);
    let Year { mut world, things, .. } = year;
    weigh(&world);
    ask(&world, &things.cars, &things.items);
    for (name, listings) in [("a car", &things.cars), ("a thing", &things.items)] {
        add(&mut world, name, listings);
    }
}

fn row(name: &str, value: &str) {
    println!("{name:<44} {value:>14}");
}

fn ms(took: Duration) -> String {
    format!("{:.3} ms", took.as_secs_f64() * 1e3)
}

fn us(took: Duration) -> String {
    format!("{:.1} µs", took.as_secs_f64() * 1e6)
}

fn median(rounds: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..rounds)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[rounds / 2]
}

/// Memory that this process has, in megabytes; 0 where the system does not say.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb: Option<f64> = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kb.unwrap_or(0.0) / 1024.0
}

/// How large it is on disk, in memory, and how long it takes to open.
fn weigh(world: &World) {
    let entries = || world.logs.values().flatten();
    let bytes: usize = entries().map(|stored| stored.entry.payload.len()).sum();
    row("entries", &entries().count().to_string());
    row("bytes of payload", &format!("{:.1} MB", bytes as f64 / 1e6));
    row("memory of all", &format!("{:.0} MB", resident_mb()));
    let key = |byte: u8| ed25519_dalek::SigningKey::from_bytes(&[byte; 32]);
    let (name, device_name) = ("Observer".to_owned(), "phone".to_owned());
    let identity = Identity { root: key(1), device: key(2), name, device_name };
    let mut observer = Replica::new(identity);
    // Logs as a store gives them, in the order in which devices came in; in parts, so that what is copied
    // for them does not hide what the replica takes.
    let order = world.view(0).roster.order.iter();
    let logs = order.filter_map(|device| world.logs.get(device));
    let (before, mut took) = (resident_mb(), Duration::ZERO);
    let mut rest = logs.flatten().cloned().peekable();
    while rest.peek().is_some() {
        let entries: Vec<StoredEntry> = rest.by_ref().take(4_096).collect();
        let more = if rest.peek().is_some() { More::Follows } else { More::Complete };
        let (circle, admitters) = (world.circle, OrdSet::new());
        let load = Input::Load { circle, admitters, entries, snapshots: Vec::new(), more };
        let start = Instant::now();
        observer.handle(world.now, &mut world.rng.clone(), load);
        took += start.elapsed();
    }
    row("cold start of an observer", &ms(took));
    row("memory of one replica", &format!("{:.0} MB", resident_mb() - before));
    let circle = world.circle;
    let (seen, shown) = (&observer.view().circles[&circle], world.view(0));
    assert_eq!(seen.fingerprint(), shown.fingerprint(), "who comes last sees the same");
}

/// What screens ask at the end of the year.
fn ask(world: &World, cars: &[ListingId], items: &[ListingId]) {
    let (view, now) = (world.view(0), world.now);
    let span = |from_d: i64, to_d: i64| {
        Interval::new(now.plus_ms(from_d * DAY_MS), now.plus_ms(to_d * DAY_MS)).expect("forwards")
    };
    let week = span(0, 7);
    let all = |run: &dyn Fn(&noaber_core::listing::Listing)| {
        median(51, || view.listings.values().for_each(|listing| run(listing)))
    };
    let stretches = all(&|listing| drop(black_box(view.stretches(listing, week, now))));
    row("what is free in a week, all listings", &ms(stretches));
    let free = all(&|listing| _ = black_box(view.free(listing, week, now)));
    row("how many all through it, all listings", &ms(free));
    for (name, listing) in [("car", cars[0]), ("thing", items[0])] {
        let listing = &view.listings[&listing];
        let of = view.bookings.values().filter(|booking| booking.listing == listing.id).count();
        row(&format!("bookings of the {name}"), &of.to_string());
        let from = now.plus_ms(3 * DAY_MS + HOUR_MS);
        let interval = Interval::new(from, from.plus_ms(2 * HOUR_MS)).expect("forwards");
        let request = Request { borrower: world.member(30), interval, quantity: 1, now };
        let judge = median(101, || drop(black_box(view.judge(listing, &request))));
        row(&format!("judge a request, {name}"), &us(judge));
        let next = median(21, || drop(black_box(view.next_times(listing, &request, 3))));
        row(&format!("next times, {name}"), &ms(next));
    }
    money_and_words(view, world, cars[0]);
}

fn money_and_words(view: &CircleView, world: &World, car: ListingId) {
    let now = world.now;
    for unit in [Unit::Cents, Unit::Quarters] {
        let balances = median(21, || drop(black_box(view.ledger.balances(unit, &view.roster))));
        row(&format!("balances in {unit:?}").to_lowercase(), &ms(balances));
    }
    let balances = view.ledger.balances(Unit::Cents, &view.roster);
    row("payments that settle it", &ms(median(11, || drop(black_box(payments(&balances))))));
    row("lines", &view.ledger.lines().count().to_string());
    let listing = &view.listings[&car];
    for (name, days) in [("a month", 30), ("the year", 366)] {
        let span = Interval::new(now.plus_ms(-days * DAY_MS), now).expect("forwards");
        let trips = median(21, || drop(black_box(view.trips(listing, span, now))));
        let count = view.trips(listing, span, now).len();
        row(&format!("log book of {name} ({count} trips)"), &ms(trips));
    }
    let mut index = Index::default();
    let build = median(1, || index.catch_up(view));
    row("search: index built", &ms(build));
    row("search: caught up", &us(median(51, || index.catch_up(view))));
    row("search: a query", &us(median(51, || drop(black_box(index.find("thing 12", 50))))));
}

/// One booking more: the borrower asks, the keeper answers by itself.
fn add(world: &mut World, name: &str, listings: &[ListingId]) {
    let listing = listings[listings.len() - 1];
    let (owner, circle) = (world.owner(listing), world.circle);
    let (mut asked, mut answered) = (Vec::new(), Vec::new());
    for round in 0..400_i64 {
        let who = (owner + 1 + round as usize % (HOMES - 1)) % HOMES;
        let from = world.now.plus_ms((2 + round % 25) * DAY_MS + (round % 13 + 7) * HOUR_MS);
        let (to, quantity, note) = (from.plus_ms(HOUR_MS), 1, String::new());
        let ask = Command::Ask { circle, listing, from, to, quantity, note };
        let start = Instant::now();
        let answer = world.command(who, ask);
        let took = start.elapsed();
        if answer.is_err() {
            continue;
        }
        asked.push(took);
        let frame = world.last_frame(who);
        let start = Instant::now();
        world.deliver(owner, frame);
        answered.push(start.elapsed());
        world.spread();
    }
    for (what, mut times) in [("asked", asked), ("received and answered", answered)] {
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        row(&format!("{name}, {what} (of {})", times.len()), &us(median));
    }
}
