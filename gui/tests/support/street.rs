//! The sample street at a fixed time: the same one that is looked around in from the first page.

use std::path::{Path, PathBuf};

use noaber_core::Command;
use noaber_core::id::{BookingId, CircleId, ListingId};
use noaber_core::replica::Act;
use noaber_core::time::Timestamp;
use noaber_node::clock::Clock;
use noaber_node::demo::Household;
use noaber_node::demo::sample::{self, Plan, Tongue};
use noaber_node::drawing::Subject;

/// A Saturday, half past eleven in the morning in Amsterdam.
const NOW: &str = "2026-11-21T10:40:00Z";

pub struct Street {
    pub runtime: tokio::runtime::Runtime,
    pub sample: sample::Street,
    pub circle: CircleId,
    pub clock: Clock,
    pub ladder: ListingId,
    pub car: ListingId,
    pub chairs: ListingId,
}

pub fn at(text: &str) -> Timestamp {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

impl Street {
    /// Six neighbours and a fortnight of life, until a Saturday in November 2026.
    pub fn live(dir: &Path) -> Self {
        Self::live_in(dir, Tongue::English)
    }

    /// The same in another language.
    pub fn live_in(dir: &Path, tongue: Tongue) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let clock = Clock::default();
        clock.set(at(NOW));
        let (dir, timezone) = (dir.to_owned(), "Europe/Amsterdam".to_owned());
        let plan = Plan { dir, tongue, clock: clock.clone(), timezone };
        let street = runtime.block_on(sample::build(plan, |_| ())).unwrap();
        let listing = |subject| street.listing(subject).unwrap();
        let [ladder, car, chairs] = [Subject::Ladder, Subject::Car, Subject::Chairs].map(listing);
        let circle = street.circle;
        Self { runtime, sample: street, circle, clock, ladder, car, chairs }
    }

    /// Leaves the first house, so that a window can be opened there; `away` others leave too.
    pub fn make_room(&mut self, away: usize) -> PathBuf {
        let path = self.runtime.block_on(self.sample.make_room());
        for house in self.sample.homes.drain(..away).collect::<Vec<_>>() {
            self.runtime.block_on(async { house.leave().await.unwrap() });
        }
        path
    }

    /// The household of somebody who is still there.
    pub fn house(&self, name: &str) -> &Household {
        self.sample.homes.iter().find(|home| home.name == name).expect("somebody is at home")
    }

    /// Somebody does something.
    pub fn submit(&self, name: &str, command: Command) {
        self.runtime.block_on(self.house(name).submit(command)).unwrap();
    }

    /// Somebody does something with a booking.
    pub fn act(&self, name: &str, booking: BookingId, act: Act) {
        self.runtime.block_on(self.house(name).act(self.circle, booking, act)).unwrap();
    }
}
