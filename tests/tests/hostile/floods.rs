//! Floods: more of each kind than anybody means, and life goes on.

use std::time::Instant;

use noaber_core::Command;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, LineId, ListingId, MessageId};
use noaber_core::limits::MAX_FACTS_PER_DEVICE;
use noaber_core::replica::{Act, Handing};
use noaber_core::rules::Rules;
use noaber_core::time::Timestamp;
use noaber_core::wire::{
    About, Accept, Agree, Ask, AskSeries, Cause, Damage, Extend, Give, Owe, Party, Payload, Reword,
    Take, TariffFrom, Unit, Waive, Words,
};

use super::{EVIL, Scene, ask_everything};

const HOUR_MS: i64 = 3_600_000;

impl Scene {
    fn hour(&self, hours: i64) -> Timestamp {
        self.street.now.minute().plus_ms(hours * HOUR_MS)
    }

    /// Says all of it, lets it travel, and says how long that took.
    fn flood(&mut self, name: &str, payloads: impl IntoIterator<Item = Payload>) {
        let from = self.evil.log.len() as u64 + 1;
        for payload in payloads {
            self.evil.say(self.street.now, &payload);
        }
        let said = self.evil.log.len() as u64 + 1 - from;
        let start = Instant::now();
        self.spread(from);
        println!("{name}: {said} entries in {:?}", start.elapsed());
    }

    fn ask_payload(&self, listing: ListingId, from_h: i64, hours: i64) -> Ask {
        let (from, to) = (self.hour(from_h), self.hour(from_h + hours));
        Ask { listing, from, to, quantity: 1, note: String::new() }
    }
}

/// The keeper answers each of them, and of one device only so many answers count: it must not go on
/// answering for ever, and its owner must still be able to say that it is back.
#[test]
fn a_flood_of_wishes_to_keep_it_longer_neither_hangs_the_keeper_nor_gags_the_owner() {
    for different in [false, true] {
        let mut scene = Scene::new(60);
        let own =
            BookingId::asked_at(scene.circle, scene.evil.device(), scene.evil.log.len() as u64 + 1);
        let ask = scene.ask_payload(scene.ladder, 0, 200);
        scene.flood("ask", [Payload::Ask(ask)]);
        assert_eq!(scene.street.seen(0, scene.circle, own), "confirmed confirmed");
        scene.street.act(0, scene.circle, own, Act::PickUp(Handing::default())).unwrap();
        let ends = (0..3 * MAX_FACTS_PER_DEVICE as i64).map(|i| if different { i } else { 0 });
        // The other ladder is taken then: each of these is refused.
        let blocked = scene.street.ask(1, scene.circle, scene.ladder, 200, 300, 2).unwrap();
        scene.street.run();
        assert_eq!(scene.street.seen(0, scene.circle, blocked), "confirmed confirmed");
        let wishes: Vec<Payload> = ends
            .map(|i| Payload::Extend(Extend { booking: own, to: scene.hour(201 + i) }))
            .collect();
        scene.evil_only(wishes);
        scene.street.act(0, scene.circle, own, Act::Return(Handing::default())).unwrap();
        scene.street.run();
        assert_eq!(scene.street.seen(1, scene.circle, own), "returned confirmed");
    }
}

impl Scene {
    /// Without the checks of [`Scene::spread`], which ask for more.
    fn evil_only(&mut self, payloads: Vec<Payload>) {
        let from = self.evil.log.len() as u64 + 1;
        for payload in payloads {
            self.evil.say(self.street.now, &payload);
        }
        for who in 0..3 {
            self.evil.connect(&mut self.street, who);
        }
        self.evil.send(&mut self.street, 0, from);
        self.street.run();
    }
}

#[test]
fn floods_of_each_kind_are_taken_in_and_every_question_still_has_an_answer() {
    let mut scene = Scene::new(61);
    let (ladder, booking) = (scene.ladder, scene.booking);
    // Rules that look at what somebody had before are the ones that cost.
    let circle = scene.circle;
    let mut draft = scene.street.circle(0, circle).listings[&ladder].to_draft();
    draft.general.title = "Fair ladder".into();
    draft.general.quantity = 1;
    draft.rules = Rules {
        quotas: vec!["2d/week from mon".parse().unwrap(), "9d in 30d".parse().unwrap()],
        longest: Some("3d".parse().unwrap()),
        gap: Some("1h".parse().unwrap()),
        ..Rules::default()
    };
    let fair = match scene.street.command(0, Command::Offer { circle, draft }) {
        Ok(noaber_core::Outcome::Listing(_, id)) => id,
        other => panic!("{other:?}"),
    };
    scene.street.run();
    let asks: Vec<Payload> =
        (0..1_000).map(|i| Payload::Ask(scene.ask_payload(fair, 24 + i, 1))).collect();
    scene.flood("asks", asks);
    let waits: Vec<Payload> =
        (0..400).map(|i| Payload::Wait(scene.ask_payload(fair, 24 + i % 50, 2))).collect();
    scene.flood("waits", waits);
    let accepts: Vec<Payload> = (1..1_000)
        .map(|seq| BookingId::asked_at(circle, scene.evil.device(), seq))
        .map(|booking| Payload::Accept(Accept { booking }))
        .collect();
    scene.flood("accepts", accepts);
    let times = |i: i64| vec![(scene.hour(2_000 + i), scene.hour(2_001 + i)); 400];
    let note = String::new();
    let series: Vec<Payload> = (0..5)
        .map(|i| AskSeries { listing: fair, times: times(i), quantity: 1, note: note.clone() })
        .map(Payload::AskSeries)
        .collect();
    scene.flood("series", series);
    let evil = Party::Member(scene.street.people[EVIL].member());
    let anna = Party::Member(scene.street.people[0].member());
    let owe = |i: u64| {
        let (unit, cause, text) = (Unit::Cents, Cause::Shared, String::new());
        Payload::Owe(Owe { creditor: anna, unit, debts: vec![(evil, i)], cause, text, photo: None })
    };
    scene.flood("debts", (0..1_000).map(owe));
    let line = |i: u32| {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&i.to_le_bytes());
        LineId::from_bytes(id)
    };
    scene.flood("agreements", (0..1_000).map(|i| Payload::Agree(Agree { line: line(i) })));
    let waive = |i| Payload::Waive(Waive { line: line(i), reason: String::new() });
    scene.flood("refusals", (0..1_000).map(waive));
    let about = About::Listing(ladder);
    let say = |i: u32| Payload::Message(Words { about, text: i.to_string() });
    scene.flood("messages", (0..1_000).map(say));
    let message = MessageId::said_at(circle, scene.evil.device(), scene.evil.log.len() as u64);
    let reword = |i: u32| Payload::Reword(Reword { message, text: i.to_string() });
    scene.flood("rewords", (0..1_000).map(reword));
    let (text, photos) = ("again".to_owned(), vec![]);
    let damage = Damage { booking, text, photos, unusable: true };
    scene.flood("damages", vec![Payload::Damage(damage); 1_000]);
    let to = scene.street.people[EVIL].member();
    scene.flood("gifts", vec![Payload::Give(Give { listing: ladder, to }); 1_000]);
    let take = Take { listing: ladder, successor: fair };
    scene.flood("takings", vec![Payload::Take(take); 1_000]);
    let tariff = |i: u32| {
        let (from, bands) = (Timestamp::MIN, vec![(None, i)]);
        let (per_hour, fixed_cents) = (None, 0);
        Payload::Tariff(TariffFrom { listing: ladder, from, bands, per_hour, fixed_cents })
    };
    scene.flood("tariffs", (0..1_000).map(tariff));
    let view = scene.street.circle(0, circle);
    let promised = view.bookings.values().filter(|held| {
        held.listing == fair && view.status(held, scene.street.now).state == State::Confirmed
    });
    // Two days of each of the weeks that were asked for, and no more.
    assert!(promised.count() <= 48 * 8, "quotas hold in a flood too");
    let start = Instant::now();
    ask_everything(view, scene.street.now);
    println!("every question: {:?}", start.elapsed());
}
