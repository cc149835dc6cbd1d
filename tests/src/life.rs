//! A random life on a street: people offer, ask, promise, fetch, bring back, invite, join, leave,
//! lose each other's connection, and lose power. See [`Life`].
//!
//! In this file is who is there and what happens when; what people do with things is in `listings`, what
//! they do with bookings in `bookings`, what they write down and say in `words`. What must hold whatever
//! happens is not known here: see `truth`.

mod bookings;
mod listings;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use noaber_core::booking::State;
use noaber_core::id::{BookingId, CircleId, DeviceId, ListingId, MemberId};
use noaber_core::view::{CircleView, Standing};
use noaber_core::wire::{Address, JoinAnswer, Link};
use noaber_core::{Command, Input, Outcome};

use crate::Street;

/// A street on which things happen at random, all from one seed.
pub struct Life {
    /// The street.
    pub street: Street,
    /// The circle that all this is about.
    pub circle: CircleId,
    /// Bookings that somebody was once shown as promised, or as out.
    pub promised: BTreeSet<BookingId>,
    /// Listings whose rules or answers are not what they were at first.
    pub changed: BTreeSet<ListingId>,
    /// How often each kind of thing was done, and not refused.
    pub done: BTreeMap<&'static str, u32>,
    links: Vec<Link>,
}

impl Life {
    /// Two to five people whose clocks disagree by up to half an hour; some are in the circle, some
    /// may still come.
    pub fn new(seed: u64) -> Self {
        let mut street = Street::new(seed, 5);
        let count = 2 + street.below(4) as usize;
        street.people.truncate(count);
        for who in 0..count {
            if street.below(2) == 0 {
                street.people[who].skew_ms = street.below(3_600_001) as i64 - 1_800_000;
            }
        }
        let circle = street.found(0);
        let mut life = Self {
            street,
            circle,
            promised: BTreeSet::new(),
            changed: BTreeSet::new(),
            done: BTreeMap::new(),
            links: Vec::new(),
        };
        life.announce(0);
        let members = 1 + life.below(count).max(life.below(count));
        for newcomer in 1..members {
            let link = life.street.invite(0, circle);
            assert_eq!(life.street.join(newcomer, 0, &link), Some(JoinAnswer::Welcome));
            life.street.connect(newcomer, 0);
            life.street.run();
            life.announce(newcomer);
        }
        if life.one_in(2) {
            life.set_house_rules(0);
        }
        life.offer();
        life.street.run();
        life
    }

    fn below(&mut self, end: usize) -> usize {
        self.street.below(end.max(1) as u64) as usize
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let at = self.below(from.len());
        from.get(at).cloned()
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// Tries something, and counts it where it was not refused. Whatever is not theirs to do, or not
    /// now, is refused, and then nothing happens.
    fn attempt(&mut self, who: usize, what: &'static str, command: Command) -> Option<Outcome> {
        let done = self.street.command(who, command).ok()?;
        *self.done.entry(what).or_default() += 1;
        Some(done)
    }

    fn anybody(&mut self) -> usize {
        self.below(self.street.people.len())
    }

    fn announce(&mut self, who: usize) {
        let here = Address { direct: vec![format!("192.0.2.{who}:1")], relays: vec![] };
        assert_eq!(self.street.command(who, Command::Announce { here }), Ok(Outcome::Done));
    }

    /// What somebody sees of the circle, if they know of it.
    pub fn view(&self, who: usize) -> Option<&CircleView> {
        self.street.people[who].view.circles.get(&self.circle).map(AsRef::as_ref)
    }

    /// Who is in by what they know themselves.
    pub fn members(&self) -> Vec<usize> {
        let is_in =
            |who: &usize| self.view(*who).is_some_and(|view| view.standing == Standing::Member);
        (0..self.street.people.len()).filter(is_in).collect()
    }

    /// So many things happen.
    pub fn pass(&mut self, things: usize) {
        for _ in 0..things {
            self.happen();
            self.note_promises();
        }
    }

    /// So many things are said, while connections, clocks and machines stay as they are.
    pub fn talk(&mut self, things: usize) {
        for _ in 0..things {
            match self.below(14) {
                0..2 => self.change_things(),
                2..5 => self.ask(),
                5..9 => self.act(),
                9..11 => self.say(),
                11 => self.invite(),
                12 => self.join(),
                _ => _ = self.street.step(),
            }
        }
    }

    fn happen(&mut self) {
        match self.below(50) {
            0..6 => self.change_things(),
            6..13 => self.ask(),
            13..24 => self.act(),
            24..29 => self.say(),
            29 => self.invite(),
            30..32 => self.join(),
            32 => self.leave(),
            33..37 => self.connect(),
            37..40 => self.cut(),
            40 => {
                let who = self.anybody();
                self.restart(who);
            }
            41..44 => self.wait(),
            44..47 => {
                for _ in 0..self.below(6) {
                    self.street.step();
                }
            }
            _ => self.street.run(),
        }
    }

    /// Minutes pass, or a day or two; and whatever only time can change is looked at.
    fn wait(&mut self) {
        let minutes = if self.one_in(3) { self.below(3 * 24 * 60) } else { self.below(180) } as i64;
        self.street.pass_ms(minutes * 60_000);
        for who in 0..self.street.people.len() {
            self.street.input(who, Input::Tick);
        }
    }

    /// What somebody shares, and by which rules.
    fn change_things(&mut self) {
        match self.below(10) {
            0..3 => self.offer(),
            3..7 => self.edit(),
            7 => self.set_tariff(),
            8 => self.give(),
            _ => self.take(),
        }
    }

    /// What somebody writes down or says to others.
    fn say(&mut self) {
        match self.below(12) {
            0..3 => self.owe(),
            3..5 => self.agree(),
            5 => self.waive(),
            6..8 => self.talk_about(),
            8 => self.reword(),
            9 => {
                let Some(who) = self.member() else { return };
                self.set_house_rules(who);
            }
            10 => self.set_profile(),
            _ => self.mark_seen(),
        }
    }

    fn member(&mut self) -> Option<usize> {
        let members = self.members();
        self.pick(&members)
    }

    /// Anybody who ever was in, by what this person knows.
    fn neighbour(&mut self, who: usize) -> Option<MemberId> {
        let members: Vec<MemberId> = self.view(who)?.roster.members.keys().copied().collect();
        self.pick(&members)
    }

    fn invite(&mut self) {
        let Some(who) = self.member() else { return };
        let link = self.street.invite(who, self.circle);
        self.links.push(link);
    }

    /// Somebody from outside uses a link, perhaps not the first to do so, at any device that the
    /// link names, whether or not that device is connected to any other.
    fn join(&mut self) {
        let links = self.links.clone();
        let Some(link) = self.pick(&links) else { return };
        let outside: Vec<_> =
            (0..self.street.people.len()).filter(|who| self.view(*who).is_none()).collect();
        let Some(newcomer) = self.pick(&outside) else { return };
        let named: Vec<DeviceId> = link.admitters.iter().map(|admitter| admitter.device).collect();
        let at: Vec<_> = (0..self.street.people.len())
            .filter(|who| named.contains(&self.street.people[*who].device()))
            .collect();
        let Some(at) = self.pick(&at) else { return };
        if self.street.join(newcomer, at, &link) == Some(JoinAnswer::Welcome) {
            self.street.connect(newcomer, at);
        }
    }

    fn leave(&mut self) {
        // Rarely, and somebody is always left.
        if self.below(4) == 0 && self.members().len() > 2 {
            let Some(who) = self.member() else { return };
            let left = self.street.command(who, Command::Leave { circle: self.circle });
            assert_eq!(left, Ok(Outcome::Done));
        }
    }

    fn connect(&mut self) {
        let (a, b) = (self.anybody(), self.anybody());
        if a != b {
            self.street.connect(a, b);
        }
    }

    fn cut(&mut self) {
        let (a, b) = (self.anybody(), self.anybody());
        self.street.cut(a, b);
    }

    /// The power goes; whatever was in the view is there again when it comes back.
    pub fn restart(&mut self, who: usize) {
        let before = self.view(who).cloned();
        self.street.restart(who);
        let Some(before) = before else { return };
        let after = self.view(who).expect("a circle that was shown is stored");
        for (device, head) in &before.heads {
            let now = after.heads.get(device).expect("no log is lost");
            assert!(now.seq > head.seq || now == head, "{who} lost entries of {device}");
        }
        // The keeper may have more to say at once, since time has passed.
        if after.entries == before.entries {
            assert_eq!(after.fingerprint(), before.fingerprint(), "{who} restarted");
        }
    }

    fn note_promises(&mut self) {
        for who in 0..self.street.people.len() {
            let now = self.street.clock(who);
            let Some(view) = self.street.people[who].view.circles.get(&self.circle) else {
                continue;
            };
            for booking in view.bookings.values() {
                if !self.promised.contains(&booking.id)
                    && matches!(view.status(booking, now).state, State::Confirmed | State::Out)
                {
                    self.promised.insert(booking.id);
                }
            }
        }
    }

    /// Connects everybody with everybody, in any order, and lets all frames arrive.
    pub fn heal(&mut self) {
        let count = self.street.people.len();
        let mut pairs: Vec<(usize, usize)> =
            (0..count).flat_map(|a| (0..a).map(move |b| (a, b))).collect();
        while !pairs.is_empty() {
            let at = self.below(pairs.len());
            let (a, b) = pairs.swap_remove(at);
            self.street.connect(a, b);
        }
        self.street.run();
    }
}
