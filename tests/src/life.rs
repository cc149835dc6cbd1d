//! A random life on a street: people offer, ask, promise, fetch, bring back, invite, join, leave,
//! lose each other's connection, and lose power. See [`Life`].

use std::collections::BTreeSet;

use noaber_core::booking::State;
use noaber_core::id::{BookingId, CircleId, DeviceId, ListingId};
use noaber_core::replica::{Act, Handing};
use noaber_core::view::{CircleView, Standing};
use noaber_core::wire::{Address, JoinAnswer, Link};
use noaber_core::{Command, Outcome};

use crate::Street;

/// A street on which things happen at random, all from one seed.
pub struct Life {
    /// The street.
    pub street: Street,
    /// The circle that all this is about.
    pub circle: CircleId,
    /// Bookings that somebody was once shown as promised, or as out.
    pub promised: BTreeSet<BookingId>,
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
        let mut life = Self { street, circle, promised: BTreeSet::new(), links: Vec::new() };
        life.announce(0);
        let members = 1 + life.below(count);
        for newcomer in 1..members {
            let link = life.street.invite(0, circle);
            assert_eq!(life.street.join(newcomer, 0, &link), Some(JoinAnswer::Welcome));
            life.street.connect(newcomer, 0);
            life.street.run();
            life.announce(newcomer);
        }
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
            match self.below(12) {
                0..2 => self.offer(),
                2..4 => self.edit(),
                4..7 => self.ask(),
                7..9 => self.act(),
                9 => self.invite(),
                10 => self.join(),
                _ => _ = self.street.step(),
            }
        }
    }

    fn happen(&mut self) {
        match self.below(40) {
            0..3 => self.offer(),
            3..5 => self.edit(),
            5..11 => self.ask(),
            11..19 => self.act(),
            19..21 => self.invite(),
            21..24 => self.join(),
            24 => self.leave(),
            25..29 => self.connect(),
            29..32 => self.cut(),
            32 => {
                let who = self.anybody();
                self.restart(who);
            }
            33..35 => {
                let minutes = self.below(180) as i64;
                self.street.pass_ms(minutes * 60_000);
            }
            35..38 => {
                for _ in 0..self.below(6) {
                    self.street.step();
                }
            }
            _ => self.street.run(),
        }
    }

    fn member(&mut self) -> Option<usize> {
        let members = self.members();
        self.pick(&members)
    }

    fn offer(&mut self) {
        let Some(who) = self.member() else { return };
        let (quantity, instant) = (1 + self.below(4) as u32, self.below(2) == 0);
        self.street.offer(who, self.circle, "Ladder", quantity, instant);
    }

    /// Somebody changes what they offer; never to fewer pieces, since those may be promised.
    fn edit(&mut self) {
        let Some((who, listing)) = self.own_listing() else { return };
        let circle = self.circle;
        let mut draft = self.street.circle(who, circle).listings[&listing].to_draft();
        match self.below(8) {
            0 => draft.retired = !draft.retired,
            1 => draft.general.instant = !draft.general.instant,
            2 => draft.general.quantity += 1,
            _ => draft.general.title = format!("Ladder {}", self.below(1000)),
        }
        // Nothing may have changed, which is refused.
        drop(self.street.command(who, Command::Edit { circle, listing, draft }));
    }

    fn own_listing(&mut self) -> Option<(usize, ListingId)> {
        let who = self.member()?;
        let member = self.street.people[who].member();
        let own = self.view(who)?.listings.values().filter(|listing| listing.owner == member);
        let own: Vec<_> = own.map(|listing| (who, listing.id)).collect();
        self.pick(&own)
    }

    fn ask(&mut self) {
        let Some(who) = self.member() else { return };
        let Some(view) = self.view(who) else { return };
        let listings: Vec<_> = view.listings.keys().copied().collect();
        let Some(listing) = self.pick(&listings) else { return };
        let (start, hours) = (self.below(12) as i64, 1 + self.below(5) as i64);
        let quantity = 1 + self.below(2) as u32;
        // Not free, retired, or more than there are: refused, and nothing happens.
        drop(self.street.ask(who, self.circle, listing, start, hours, quantity));
    }

    fn act(&mut self) {
        let Some(who) = self.member() else { return };
        let Some(view) = self.view(who) else { return };
        let bookings: Vec<_> = view.bookings.keys().copied().collect();
        let Some(booking) = self.pick(&bookings) else { return };
        let quantity = Some(1 + self.below(2) as u32).filter(|_| self.below(2) == 0);
        let handing = Handing { quantity, ..Handing::default() };
        let act = match self.below(8) {
            0..3 => Act::Confirm,
            3 => Act::Decline { reason: "no".into() },
            4 => Act::Cancel { reason: "rain".into() },
            5..7 => Act::PickUp(handing),
            _ => Act::Return(handing),
        };
        // Not theirs to do, or not now: refused, and nothing happens.
        drop(self.street.act(who, self.circle, booking, act));
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
