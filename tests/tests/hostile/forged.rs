//! What is said in another's name, out of turn or about what is not there: bytes in a log, and no more.

use noaber_core::id::{BookingId, LineId, ListingId, MemberId, MessageId, NoticeId, SeriesId};
use noaber_core::listing::{Car, Details, Draft, General, Help, Item};
use noaber_core::replica::{Act, Handing};
use noaber_core::time::{Hlc, Interval, Timestamp};
use noaber_core::wire::{
    About, Accept, Agree, AskSeries, Cause, Correct, Damage, Done, Extend, Extended, Give,
    HouseRules, NotExtended, Offered, Owe, Party, Payload, Profile, Reword, Seen, Take, TariffFrom,
    Unit, Waive, Words,
};
use noaber_core::{Command, Outcome};
use noaber_tests::truth::{check_holds, check_ledger};
use noaber_tests::{Evil, Street};

use super::{EVIL, Scene, ask_everything};

const HOUR_MS: i64 = 3_600_000;

/// Everything that neighbours have with each other, and one of them about to turn evil.
struct Village {
    scene: Scene,
    car: ListingId,
    evil_car: ListingId,
    chair: ListingId,
    /// Of the car, out and back: the second person's.
    trip: BookingId,
    /// Of the evil one's car, out and back: the second person's.
    evil_trip: BookingId,
    /// Of help that the first person offers: the second person's.
    help: BookingId,
    /// The third person's, in line for the ladder.
    waits: BookingId,
    line: LineId,
    message: MessageId,
}

impl Village {
    fn new(seed: u64) -> Self {
        let (mut street, circle) = Street::founded(seed, 4);
        for a in 0..4 {
            (0..a).for_each(|b| street.connect(a, b));
        }
        let rules = HouseRules { timebank: true, floor_quarters: -20 };
        street.command(0, Command::SetHouseRules { circle, rules }).unwrap();
        let profile = Profile { iban: "NL91ABNA0417164300".into(), payee: "Anna".into() };
        street.command(0, Command::SetProfile { circle, profile }).unwrap();
        let details = || Details::Car(Car { odometer_km: Some(1_000), ..Car::default() });
        let car = offer(&mut street, 0, "Car", details());
        let evil_car = offer(&mut street, EVIL, "Fast car", details());
        let chair = offer(&mut street, 0, "Chair", Details::Item(Item::default()));
        let walk = offer(&mut street, 0, "Dog walking", Details::HelpOffer(Help::default()));
        let ladder = street.offer(0, circle, "Ladder", 2, true);
        for (who, listing) in [(0, car), (EVIL, evil_car)] {
            let (from, tariff) = (street.now, "0.30".parse().unwrap());
            street.command(who, Command::SetTariff { circle, listing, from, tariff }).unwrap();
        }
        street.run();
        let booking = street.ask(1, circle, ladder, 2, 3, 1).unwrap();
        street.ask(0, circle, ladder, 20, 3, 2).unwrap();
        let trip = street.ask(1, circle, car, 0, 3, 1).unwrap();
        let evil_trip = street.ask(1, circle, evil_car, 0, 3, 1).unwrap();
        let help = street.ask(1, circle, walk, 5, 3, 1).unwrap();
        street.run();
        let from = street.now.minute().plus_ms(20 * HOUR_MS);
        let (to, note) = (from.plus_ms(HOUR_MS), String::new());
        let wait = Command::Wait { circle, listing: ladder, from, to, quantity: 1, note };
        let Ok(Outcome::Booking(_, waits)) = street.command(2, wait) else { panic!("it is taken") };
        for id in [trip, evil_trip] {
            let at = |km| Handing { odometer_km: Some(km), ..Handing::default() };
            street.act(1, circle, id, Act::PickUp(at(1_000))).unwrap();
            street.act(1, circle, id, Act::Return(at(1_050))).unwrap();
        }
        street.run();
        let owe = Owe {
            creditor: Party::Member(street.people[0].member()),
            unit: Unit::Cents,
            debts: vec![(Party::Member(street.people[1].member()), 700)],
            cause: Cause::Shared,
            text: "cake".into(),
            photo: None,
        };
        let owed = street.command(1, Command::Owe { circle, owe });
        let Ok(Outcome::Line(_, line)) = owed else { panic!("{owed:?}") };
        let (about, text) = (About::Listing(ladder), "Is it tall?".to_owned());
        let said = street.command(1, Command::Say { circle, about, text });
        let Ok(Outcome::Message(_, message)) = said else { panic!("{said:?}") };
        street
            .command(0, Command::Give { circle, listing: chair, to: street.people[2].member() })
            .unwrap();
        street.run();
        assert_eq!(street.seen(0, circle, waits), "waiting delivered");
        let evil = Evil::takes_over(&mut street, EVIL, circle);
        (0..3).for_each(|who| evil.connect(&mut street, who));
        let scene = Scene { street, circle, evil, ladder, booking };
        Self { scene, car, evil_car, chair, trip, evil_trip, help, waits, line, message }
    }

    fn member(&self, who: usize) -> MemberId {
        self.scene.street.people[who].member()
    }

    /// What matters to those who are honest, as text.
    fn shown(&self) -> Vec<String> {
        let (now, view) = (self.scene.street.now, self.scene.street.circle(2, self.scene.circle));
        let bookings = [self.scene.booking, self.trip, self.evil_trip, self.help, self.waits];
        let statuses = bookings.map(|id| format!("{:?}", view.status(&view.bookings[&id], now)));
        let damages = bookings.map(|id| {
            let booking = &view.bookings[&id];
            let owner = view.listings[&booking.listing].owner;
            format!("{:?}", booking.damages(owner).collect::<Vec<_>>())
        });
        let always = Interval::new(Timestamp::MIN, Timestamp::MAX).unwrap();
        let cars = [self.car, self.evil_car].map(|car| {
            let listing = &view.listings[&car];
            let tariff = view.tariffs.at(car, listing.owner, now);
            format!("{:?} {tariff:?}", view.trips(listing, always, now))
        });
        let listings = [self.scene.ladder, self.car, self.chair].map(|id| {
            let listing = &view.listings[&id];
            let gift = view.gifts.gift(id, listing.owner);
            format!("{listing:?} {} {gift:?}", view.is_offered(listing))
        });
        let money = [Unit::Cents, Unit::Quarters]
            .map(|unit| format!("{:?}", view.ledger.balances(unit, &view.roster)));
        let line = view.ledger.line(self.line).unwrap();
        let debts: Vec<_> = view.ledger.debts(line, &view.roster).collect();
        let words = format!("{:?}", view.messages.one(self.message));
        let agreed = format!("{:?} {:?}", view.house_rules, view.profiles.get(&self.member(0)));
        let others = vec![format!("{debts:?}"), words, agreed];
        [
            statuses.to_vec(),
            damages.to_vec(),
            cars.to_vec(),
            listings.to_vec(),
            money.to_vec(),
            others,
        ]
        .concat()
    }

    fn forgeries(&self) -> Vec<Payload> {
        let mut all = self.about_bookings();
        all.extend(self.about_money());
        all.extend(self.about_things_and_words());
        all.extend(self.series());
        all
    }

    fn about_bookings(&self) -> Vec<Payload> {
        let now = self.scene.street.now;
        let later = |hours| now.plus_ms(hours * HOUR_MS);
        let mut all = Vec::new();
        for booking in
            [self.scene.booking, self.trip, self.evil_trip, self.help, self.waits, nowhere()]
        {
            let (text, code) = (String::new(), "overlap".to_owned());
            for to in [Timestamp::MIN, later(6), later(30), Timestamp::MAX] {
                // Of the evil one's own car too: nobody asked for it.
                all.push(Payload::Extended(Extended { booking, to, term: 0 }));
            }
            if booking != self.evil_trip {
                // The owner of a car may ask on the borrower's behalf, refuse it, and say what broke.
                let (to, code, text) = (later(9), code.clone(), text.clone());
                all.push(Payload::NotExtended(NotExtended { booking, to, code, text }));
                all.push(Payload::Extend(Extend { booking, to: later(9) }));
                let (start_km, end_km) = (Some(u32::MAX), Some(0));
                all.push(Payload::Correct(Correct { booking, start_km, end_km }));
                let (text, photos) = ("broken by Ben".to_owned(), vec![]);
                all.push(Payload::Damage(Damage { booking, text, photos, unusable: true }));
            }
            for until in [Timestamp::MIN, later(1), Timestamp::MAX] {
                all.push(Payload::Offered(Offered { booking, until }));
            }
            all.push(Payload::Accept(Accept { booking }));
            all.push(Payload::Done(Done { booking, text }));
        }
        all
    }

    fn about_money(&self) -> Vec<Payload> {
        let [anna, ben, cem, evil] = [0, 1, 2, EVIL].map(|who| Party::Member(self.member(who)));
        let owe = |creditor, debts: Vec<(Party, u64)>, cause| {
            let (unit, text, photo) = (Unit::Cents, "pay".to_owned(), None);
            Payload::Owe(Owe { creditor, unit, debts, cause, text, photo })
        };
        let device = self.scene.evil.device();
        let own = |ahead: u64| {
            LineId::said_at(self.scene.circle, device, self.scene.evil.log.len() as u64 + ahead)
        };
        let mut all = vec![
            // Between two others, and to themselves: agreed to by nobody but the author.
            owe(anna, vec![(ben, 5_000)], Cause::Shared),
            owe(evil, vec![(anna, 5_000), (ben, 5_000), (cem, 5_000)], Cause::Payment),
            owe(evil, vec![(Party::Pot, 9_000)], Cause::Shared),
            owe(Party::Pot, vec![(cem, 9_000)], Cause::Shared),
            owe(evil, vec![(ben, 1)], Cause::Trip(self.evil_trip)),
            // What can mean nothing.
            owe(evil, vec![], Cause::Shared),
            owe(anna, vec![(evil, 0)], Cause::Shared),
            owe(anna, vec![(evil, u64::MAX)], Cause::Shared),
            owe(anna, vec![(evil, 1), (evil, 1)], Cause::Shared),
            owe(evil, vec![(evil, 1)], Cause::Shared),
        ];
        all.extend((0..200).map(|ahead| Payload::Agree(Agree { line: own(ahead) })));
        for line in [self.line, LineId::from_bytes([9; 16])] {
            all.push(Payload::Agree(Agree { line }));
            all.push(Payload::Waive(Waive { line, reason: "all is forgiven".into() }));
        }
        for listing in [self.car, self.evil_car, self.scene.ladder] {
            // Of the own car only from now on: what was driven is not touched by it.
            let from = Timestamp::MIN;
            let is_own = listing == self.evil_car;
            for (bands, per_hour) in [
                (vec![(None, u32::MAX)], Some(u32::MAX)),
                (vec![(Some(0), 1), (Some(0), 1), (None, 0)], None),
                (vec![(Some(5), 1)], None),
            ] {
                let per_hour = per_hour.filter(|_| !is_own);
                let (bands, fixed_cents) = (bands, u32::MAX);
                all.push(Payload::Tariff(TariffFrom {
                    listing,
                    from,
                    bands,
                    per_hour,
                    fixed_cents,
                }));
            }
        }
        all
    }

    fn about_things_and_words(&self) -> Vec<Payload> {
        let (evil, ladder) = (self.member(EVIL), self.scene.ladder);
        let text = "I never said that".to_owned();
        let notices = vec![NoticeId::of("x", &[], 0); 256];
        let profile = Profile { iban: "XX00".into(), payee: "Anna".into() };
        let rules = HouseRules { timebank: false, floor_quarters: i32::MIN };
        let mut all = vec![
            Payload::Reword(Reword { message: self.message, text: text.clone() }),
            Payload::Reword(Reword { message: MessageId::from_bytes([9; 16]), text: text.clone() }),
            Payload::Message(Words { about: About::Booking(self.trip), text: text.clone() }),
            Payload::Message(Words { about: About::Booking(nowhere()), text }),
            Payload::HouseRules(rules),
            Payload::Profile(profile),
            Payload::Seen(Seen { notices }),
        ];
        for listing in [ladder, self.car, self.chair, ListingId::from_bytes([9; 16])] {
            all.push(Payload::Give(Give { listing, to: evil }));
            for successor in [ladder, self.evil_car, ListingId::from_bytes([8; 16])] {
                all.push(Payload::Take(Take { listing, successor }));
            }
        }
        all
    }

    /// Overlapping, backwards, endless, empty: of the ladder, whose honest bookings stay.
    fn series(&self) -> Vec<Payload> {
        let at = |ms: i64| self.scene.street.now.plus_ms(ms);
        let (day, year) = (24 * HOUR_MS, 366 * 24 * HOUR_MS);
        let ends = [Timestamp::MIN, Timestamp::from_ms(0), at(0), at(year), Timestamp::MAX];
        let crossed = ends.iter().flat_map(|from| ends.map(|to| (*from, to))).collect();
        let same = vec![(at(30 * day), at(31 * day)); 400];
        let backwards = (0..100).map(|i| (at(-i * day), at(-i * day + HOUR_MS))).collect();
        let many = (0..400).map(|i| (at(i * day), at(i * day + year))).collect();
        let all: [Vec<(Timestamp, Timestamp)>; 5] = [crossed, same, backwards, many, vec![]];
        let ask = |times: Vec<_>, quantity| {
            let (listing, note) = (self.scene.ladder, String::new());
            Payload::AskSeries(AskSeries { listing, times, quantity, note })
        };
        let mut payloads: Vec<Payload> = all.map(|times| ask(times, 3)).to_vec();
        payloads.push(ask(vec![(at(40 * day), at(41 * day)); 3], 1));
        payloads
    }
}

fn offer(street: &mut Street, who: usize, title: &str, details: Details) -> ListingId {
    let circle = *street.people[who].view.circles.keys().next().unwrap();
    let general = General { title: title.into(), quantity: 1, instant: true, ..General::default() };
    let draft = Draft::new(general, details);
    match street.command(who, Command::Offer { circle, draft }) {
        Ok(Outcome::Listing(_, id)) => id,
        other => panic!("{other:?}"),
    }
}

fn nowhere() -> BookingId {
    SeriesId::from_bytes([7; 16]).booking(0)
}

#[test]
fn what_is_said_in_anothers_name_or_out_of_turn_changes_nothing_honest() {
    let mut village = Village::new(40);
    let before = village.shown();
    let from = village.scene.evil.log.len() as u64 + 1;
    for payload in village.forgeries() {
        village.scene.evil.say(village.scene.street.now, &payload);
    }
    village.scene.spread(from);
    for (after, before) in village.shown().iter().zip(&before) {
        assert_eq!(after, before);
    }
    judge(&village);
}

/// The same, each by itself, so that none hides behind another, and with a clock that is years ahead.
#[test]
fn forgeries_from_a_clock_far_ahead_change_nothing_honest_either() {
    let mut village = Village::new(41);
    let before = village.shown();
    let from = village.scene.evil.log.len() as u64 + 1;
    let ahead = village.scene.street.now.plus_ms(50 * 366 * 24 * HOUR_MS).as_ms().cast_unsigned();
    for (i, payload) in village.forgeries().into_iter().enumerate() {
        village.scene.evil.write(Hlc::from_bits((ahead << 16) + i as u64), payload.encode());
    }
    village.scene.spread(from);
    for (after, before) in village.shown().iter().zip(&before) {
        assert_eq!(after, before);
    }
    judge(&village);
}

/// Independent of the fold: sums from raw entries, holds from raw facts; and every screen can be drawn.
fn judge(village: &Village) {
    let Village { scene, .. } = village;
    for who in 0..3 {
        let view = scene.street.circle(who, scene.circle);
        check_ledger(view, &scene.street.people[who].entries(scene.circle));
        check_holds(view, scene.street.now);
    }
    ask_everything(scene.street.circle(0, scene.circle), scene.street.now);
}
