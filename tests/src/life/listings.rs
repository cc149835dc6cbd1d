//! What people do with things in a random life: share them by rules, change these, price them, give
//! them away.

use std::sync::Arc;

use noaber_core::Command;
use noaber_core::id::ListingId;
use noaber_core::listing::tariff::Tariff;
use noaber_core::listing::{Car, Details, Draft, General, Help, Hours, Item, Listing};
use noaber_core::rules::{Borrowers, Closure, Opening, Quota, Repair, Rules};

use super::Life;

const HOUR_MS: i64 = 3_600_000;

impl Life {
    pub(super) fn offer(&mut self) {
        let Some(who) = self.member() else { return };
        let details = match self.below(8) {
            0..4 => Details::Item(Item { give_away: false }),
            4..6 => Details::Car(Car { odometer_km: Some(1_000), ..Car::default() }),
            6 => Details::HelpOffer(Help { hours: Hours::from_quarters(6), ..Help::default() }),
            _ => Details::HelpAsk(Help::default()),
        };
        let quantity =
            if matches!(details, Details::Item(_)) { 1 + self.below(4) as u32 } else { 1 };
        let instant = self.one_in(2);
        let title = "Ladder".to_owned();
        let general = General { title, quantity, instant, ..General::default() };
        let rules = if self.one_in(2) { self.rules(who) } else { Rules::default() };
        let draft = Draft { rules, ..Draft::new(general, details) };
        let circle = self.circle;
        self.attempt(who, "offer", Command::Offer { circle, draft });
    }

    /// Somebody changes what they offer; never to fewer pieces, since those may be promised.
    pub(super) fn edit(&mut self) {
        let Some((who, listing)) = self.own_listing() else { return };
        let circle = self.circle;
        let mut draft = self.street.circle(who, circle).listings[&listing].to_draft();
        match self.below(10) {
            0 => draft.retired = !draft.retired,
            1 => draft.general.instant = !draft.general.instant,
            2 => draft.general.quantity += 1,
            3..5 => draft.rules = self.rules(who),
            5 => draft.rules.repair = self.repair(who),
            _ => draft.general.title = format!("Ladder {}", self.below(1000)),
        }
        let held = &self.street.circle(who, circle).listings[&listing];
        let is_ruled = held.rules != draft.rules || held.general.instant != draft.general.instant;
        // Nothing may have changed, which is refused.
        if self.attempt(who, "edit", Command::Edit { circle, listing, draft }).is_some() && is_ruled
        {
            *self.done.entry("edit of rules").or_default() += 1;
            self.changed.insert(listing);
        }
    }

    /// Rules of which each is there now and then, loose enough that life goes on.
    fn rules(&mut self, who: usize) -> Rules {
        let openings = ["mon-sun 06:00-24:00", "mon-fri 08:00-20:00"];
        let mut rules = Rules {
            lead: self.now_and_then(&["30m", "1h"]),
            horizon: self.now_and_then(&["2d", "1w"]),
            shortest: self.now_and_then(&["1h", "2h"]),
            longest: self.now_and_then(&["6h", "2d"]),
            gap: self.now_and_then(&["30m", "2h"]),
            open: self.now_and_then::<Opening>(&openings).into_iter().collect(),
            closed_days: self.now_and_then(&["skip", "forbidden"]).unwrap_or_default(),
            ..Rules::default()
        };
        rules.closed.extend(self.now_and_then::<Closure>(&["2026-05-30", "06-01..06-02 Feast"]));
        let quotas =
            ["1d/week from thu", "2d in 4d", "6h/month from 31", "4h in 2d", "3d/month from 1"];
        rules.quotas.extend(self.now_and_then::<Quota>(&quotas));
        rules.quotas.extend(self.now_and_then::<Quota>(&quotas));
        if self.one_in(4) {
            rules.privileged.extend(self.neighbour(who));
        }
        if self.one_in(8) {
            let some = (0..2).filter_map(|_| self.neighbour(who)).collect();
            rules.borrowers = Borrowers::Only(some);
        }
        rules
    }

    fn now_and_then<T: std::str::FromStr>(&mut self, texts: &[&str]) -> Option<T> {
        if !self.one_in(4) {
            return None;
        }
        let text = self.pick(texts)?;
        Some(text.parse().unwrap_or_else(|_| panic!("{text} is a rule")))
    }

    fn repair(&mut self, who: usize) -> Option<Repair> {
        if self.one_in(2) {
            return None;
        }
        let from = self.street.clock(who).minute().plus_ms(self.below(24) as i64 * HOUR_MS);
        let until = from.plus_ms((1 + self.below(24)) as i64 * HOUR_MS);
        let until = Some(until).filter(|_| self.below(4) > 0);
        Some(Repair { from, until, note: "a step is loose".into() })
    }

    fn own_listing(&mut self) -> Option<(usize, ListingId)> {
        let who = self.member()?;
        let member = self.street.people[who].member();
        let own = self.view(who)?.listings.values().filter(|listing| listing.owner == member);
        let own: Vec<_> = own.map(|listing| (who, listing.id)).collect();
        self.pick(&own)
    }

    /// Of a car, or it is refused; also from a time that is over, which changes nothing before now.
    pub(super) fn set_tariff(&mut self) {
        let Some((who, listing)) = self.own_listing() else { return };
        let circle = self.circle;
        let cars = self.street.circle(who, circle).listings.values();
        let me = self.street.people[who].member();
        let is_car = |listing: &&Arc<Listing>| {
            listing.owner == me && matches!(listing.details, Details::Car(_))
        };
        let car = cars.filter(is_car).map(|listing| listing.id).next();
        let listing = car.filter(|_| self.below(5) > 0).unwrap_or(listing);
        let hours = self.below(48) as i64 - 24;
        let from = self.street.clock(who).plus_ms(hours * HOUR_MS);
        let texts = ["0.30", "0.35 to 100, 0.20", "2.50 per hour", "0.10; 1.00 per hour"];
        let Some(text) = self.pick(&texts) else { return };
        let tariff: Tariff = text.parse().expect("each of these is a tariff");
        self.attempt(who, "tariff", Command::SetTariff { circle, listing, from, tariff });
    }

    pub(super) fn give(&mut self) {
        let Some((who, listing)) = self.own_listing() else { return };
        let Some(to) = self.neighbour(who) else { return };
        self.attempt(who, "give", Command::Give { circle: self.circle, listing, to });
    }

    /// Somebody takes what was given to them, if anything was to anybody; else tries to take anything.
    pub(super) fn take(&mut self) {
        let mut given: Vec<(usize, ListingId)> = Vec::new();
        let mut all = Vec::new();
        for who in self.members() {
            let me = self.street.people[who].member();
            for listing in self.street.circle(who, self.circle).listings.values() {
                let view = self.street.circle(who, self.circle);
                let to = view.gifts.offered_to(listing.id, listing.owner);
                if to.is_some_and(|(_, to)| to == me) {
                    given.push((who, listing.id));
                }
                all.push((who, listing.id));
            }
        }
        let some = if given.is_empty() { all } else { given };
        let Some((who, listing)) = self.pick(&some) else { return };
        self.attempt(who, "take", Command::Take { circle: self.circle, listing });
    }
}
