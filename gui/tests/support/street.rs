//! A street of real nodes on loopback, with things to lend and a week of life in it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use noaber_core::id::{BookingId, CircleId, ListingId, PhotoId};
use noaber_core::listing::tariff::{Band, Tariff};
use noaber_core::listing::{Car, Details, Draft, General, Help, Hours, Item};
use noaber_core::money::{Cents, Rate};
use noaber_core::replica::{Act, Handing};
use noaber_core::time::Timestamp;
use noaber_core::view::Standing;
use noaber_core::wire::About;
use noaber_core::{Command, Outcome};
use noaber_node::clock::Clock;
use noaber_node::drawing::{Subject, draw};
use noaber_node::home::Home;
use noaber_node::net::Network;
use noaber_node::node::Node;
use noaber_node::photo;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

pub struct House {
    pub node: Node,
    pub network: Network,
    pub path: PathBuf,
}

pub struct Street {
    pub runtime: tokio::runtime::Runtime,
    pub houses: Vec<House>,
    pub circle: CircleId,
    pub clock: Clock,
    pub ladder: ListingId,
    pub car: ListingId,
    pub chairs: ListingId,
    /// Where the first house was, once it is empty.
    pub left_home: PathBuf,
}

/// Whom the window belongs to; she lives in the first house.
pub const NAMES: [&str; 5] =
    ["Saar de Vries", "Anna Bakker", "Mehmet Yıldız", "Zoë van Dijk", "Łukasz Nowak"];

impl House {
    async fn open(dir: &Path, name: &str, clock: &Clock) -> Self {
        let path = dir.join(name.replace(' ', "-").to_lowercase());
        let home = Home::at(&path);
        let first = name.split(' ').next().unwrap_or(name);
        home.init(name, &format!("{first}’s laptop")).unwrap();
        with_keys_of(&path, name);
        let node = Node::open(home, clock.clone()).unwrap();
        let network = Network::start(&node, super::on_loopback()).await.unwrap();
        Self { node, network, path }
    }

    pub async fn submit(&self, command: Command) -> Outcome {
        self.node.submit(command).await.unwrap()
    }

    async fn take_photo(&self, subject: Subject) -> PhotoId {
        let mut png = std::io::Cursor::new(Vec::new());
        draw(subject).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let bytes = photo::prepare(png.get_ref()).unwrap().bytes;
        let id = PhotoId::from_bytes(*blake3::hash(&bytes).as_bytes());
        self.node.write(move |store| store.put_photo(id, &bytes)).await.unwrap();
        id
    }

    async fn offer(&self, circle: CircleId, draft: Draft) -> ListingId {
        match self.submit(Command::Offer { circle, draft }).await {
            Outcome::Listing(_, id) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Offers a thing; `about` may be empty.
    async fn thing(
        &self,
        circle: CircleId,
        (title, category, about): (&str, &str, &str),
        subject: Option<Subject>,
    ) -> ListingId {
        let photos = match subject {
            Some(subject) => vec![self.take_photo(subject).await],
            None => Vec::new(),
        };
        let general = General {
            title: title.into(),
            about: about.into(),
            category: category.into(),
            quantity: 1,
            photos,
            ..General::default()
        };
        self.offer(circle, Draft::new(general, Details::Item(Item::default()))).await
    }

    pub async fn ask(
        &self,
        circle: CircleId,
        listing: ListingId,
        from: Timestamp,
        ms: i64,
        note: &str,
    ) -> BookingId {
        let (to, note) = (from.plus_ms(ms), note.to_owned());
        let ask = Command::Ask { circle, listing, from, to, quantity: 1, note };
        match self.submit(ask).await {
            Outcome::Booking(_, id) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Asks for what its keeper confirms by itself, and waits until it has.
    pub async fn book(
        &self,
        circle: CircleId,
        listing: ListingId,
        from: Timestamp,
        ms: i64,
        note: &str,
    ) {
        let booking = self.ask(circle, listing, from, ms, note).await;
        let (now, state) = (self.node.now(), noaber_core::booking::State::Confirmed);
        self.until(|view| is(view, circle, booking, now, state)).await;
    }

    pub async fn act(&self, circle: CircleId, booking: BookingId, act: Act) {
        self.submit(Command::Booking { circle, booking, act }).await;
    }

    pub async fn until(&self, is_so: impl Fn(&noaber_core::View) -> bool) {
        let mut views = self.node.watch();
        let seen = views.wait_for(|view| is_so(view));
        tokio::time::timeout(Duration::from_secs(40), seen).await.expect("in time").unwrap();
    }
}

/// The same keys in every run, so that everybody keeps their colour.
fn with_keys_of(home: &Path, name: &str) {
    let file = home.join("identity.json");
    let text = std::fs::read_to_string(&file).unwrap();
    let mut keys: serde_json::Value = serde_json::from_str(&text).unwrap();
    for part in ["root", "device"] {
        let seed = blake3::hash(format!("{name}, {part}").as_bytes());
        keys[part] = seed.to_hex().to_string().into();
    }
    std::fs::write(&file, keys.to_string()).unwrap();
}

pub fn at(text: &str) -> Timestamp {
    text.parse::<jiff::Timestamp>().unwrap().into()
}

impl Street {
    /// Five neighbours and a week of life, ending on Saturday 21 November 2026 at 10:12 in Amsterdam.
    pub fn live(dir: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let clock = Clock::default();
        clock.set(at("2026-11-09T08:00:00Z"));
        let mut street = runtime.block_on(move_in(dir, &clock));
        street.runtime_set(runtime);
        street.finish()
    }
}

/// A street that is being built: its runtime comes last.
struct Moving {
    houses: Vec<House>,
    circle: CircleId,
    clock: Clock,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Moving {
    fn runtime_set(&mut self, runtime: tokio::runtime::Runtime) {
        self.runtime = Some(runtime);
    }

    fn finish(self) -> Street {
        let runtime = self.runtime.expect("set before");
        let (houses, circle, clock) = (self.houses, self.circle, self.clock);
        let [ladder, car, chairs] = runtime.block_on(live(&houses, circle, &clock));
        let left_home = houses[0].path.clone();
        Street { runtime, houses, circle, clock, ladder, car, chairs, left_home }
    }
}

async fn move_in(dir: &Path, clock: &Clock) -> Moving {
    let mut houses = Vec::new();
    for name in NAMES {
        houses.push(House::open(dir, name, clock).await);
    }
    let create = Command::CreateCircle {
        name: "Lindenstraat".into(),
        timezone: "Europe/Amsterdam".into(),
        currency: "EUR".into(),
    };
    let Outcome::Circle(circle) = houses[0].submit(create).await else { panic!("no circle") };
    for newcomer in &houses[1..] {
        let expires = houses[0].node.now().plus_ms(DAY);
        let here = houses[0].network.address();
        let invite = Command::Invite { circle, expires, here };
        let Outcome::Invite(link) = houses[0].submit(invite).await else { panic!("no invite") };
        newcomer.submit(Command::Join { link }).await;
        newcomer
            .until(|view| view.circles.get(&circle).is_some_and(|c| c.standing == Standing::Member))
            .await;
    }
    Moving { houses, circle, clock: clock.clone(), runtime: None }
}

async fn live(houses: &[House], circle: CircleId, clock: &Clock) -> [ListingId; 3] {
    let [saar, anna, mehmet, zoe, lukasz] = houses else { panic!("five houses") };
    let ladder = anna
        .thing(
            circle,
            (
                "Ladder, 4.5 m",
                "tools",
                "Two parts, aluminium, light enough for one. It lives in the shed behind the \
                 house; just ring the bell. Please bring the straps back too.",
            ),
            Some(Subject::Ladder),
        )
        .await;
    let tent = zoe
        .thing(circle, ("Tent for four", "outdoor", "Up in ten minutes."), Some(Subject::Tent))
        .await;
    let drill = saar
        .thing(
            circle,
            ("Cordless drill", "tools", "With two batteries and a box of bits."),
            Some(Subject::Drill),
        )
        .await;
    let bike = lukasz
        .thing(circle, ("City bicycle with basket", "outdoor", ""), Some(Subject::Bicycle))
        .await;
    mehmet.thing(circle, ("Barbecue", "party", "Kettle, 57 cm."), Some(Subject::Barbecue)).await;
    zoe.thing(circle, ("Sewing machine", "house", ""), Some(Subject::Sewing)).await;
    anna.thing(circle, ("Travel guides to Italy", "media", ""), Some(Subject::Books)).await;
    lukasz.thing(circle, ("High chair", "kids", ""), None).await;
    saar.thing(circle, ("Fondue set for eight people and two pans", "kitchen", ""), None).await;
    let general = General {
        title: "Folding chairs".into(),
        about: "Stackable, in the hall.".into(),
        category: "party".into(),
        quantity: 12,
        ..General::default()
    };
    let mut draft = Draft::new(general, Details::Item(Item::default()));
    draft.rules.lead = "1d".parse().ok();
    draft.rules.longest = "3d".parse().ok();
    draft.rules.open = ["mon-fri 18:00-21:00", "sat,sun 10:00-17:00"]
        .iter()
        .filter_map(|t| t.parse().ok())
        .collect();
    draft.rules.quotas = "4d/month".parse().into_iter().collect();
    let chairs = mehmet.offer(circle, draft).await;
    let car = car(mehmet, circle).await;
    let help = |quarters| Help { hours: Hours::from_quarters(quarters), ..Help::default() };
    let general = |title: &str| General {
        title: title.into(),
        category: "help".into(),
        quantity: 1,
        ..General::default()
    };
    let mut garden = general("An hour in your garden");
    garden.photos = vec![zoe.take_photo(Subject::Garden).await];
    zoe.offer(circle, Draft::new(garden, Details::HelpOffer(help(4)))).await;
    lukasz
        .offer(circle, Draft::new(general("Who can hang a lamp?"), Details::HelpAsk(help(2))))
        .await;
    level(houses, circle).await;
    past(houses, circle, clock, ladder, drill).await;
    clock.set(at("2026-11-21T09:00:00Z"));
    present(houses, circle, clock, [ladder, car, drill, bike, tent]).await;
    level(houses, circle).await;
    photos(saar, circle).await;
    clock.set(at("2026-11-21T10:40:00Z"));
    [ladder, car, chairs]
}

async fn car(mehmet: &House, circle: CircleId) -> ListingId {
    let general = General {
        title: "The red Fiat".into(),
        about: "Bring it back with a quarter of a tank. Parked in front of number 14.".into(),
        category: "car".into(),
        quantity: 1,
        instant: true,
        photos: vec![mehmet.take_photo(Subject::Car).await],
        ..General::default()
    };
    let details = Details::Car(Car {
        seats: Some(5),
        plate: "AB-123-C".into(),
        odometer_km: Some(48_210),
        own_risk: Cents::from_cents(15_000),
    });
    let car = mehmet.offer(circle, Draft::new(general, details)).await;
    let rate = |text: &str| text.parse::<Rate>().unwrap();
    let bands = vec![Band { up_to_km: None, per_km: rate("0.25") }];
    let tariff = Tariff { bands, per_hour: Some(rate("2.50")), fixed: None };
    let from = mehmet.node.now();
    mehmet.submit(Command::SetTariff { circle, listing: car, from, tariff }).await;
    car
}

/// What was borrowed and came back.
async fn past(
    houses: &[House],
    circle: CircleId,
    clock: &Clock,
    ladder: ListingId,
    drill: ListingId,
) {
    let [saar, anna, _, zoe, _] = houses else { panic!("five houses") };
    for (borrower, owner, listing, day) in [
        (zoe, anna, ladder, "2026-11-10T09:00:00Z"),
        (anna, saar, drill, "2026-11-12T09:00:00Z"),
        (saar, anna, ladder, "2026-11-14T09:00:00Z"),
    ] {
        clock.set(at(day));
        let from = at(day).plus_ms(HOUR);
        let booking = borrower.ask(circle, listing, from, 8 * HOUR, "").await;
        owner.until(|view| view.circles[&circle].bookings.contains_key(&booking)).await;
        owner.act(circle, booking, Act::Confirm).await;
        clock.set(from.plus_ms(HOUR));
        borrower
            .until(|view| is(view, circle, booking, from, noaber_core::booking::State::Confirmed))
            .await;
        borrower.act(circle, booking, Act::PickUp(Handing::default())).await;
        clock.set(from.plus_ms(6 * HOUR));
        borrower.act(circle, booking, Act::Return(Handing::default())).await;
        level(houses, circle).await;
    }
}

fn is(
    view: &noaber_core::View,
    circle: CircleId,
    booking: BookingId,
    now: Timestamp,
    state: noaber_core::booking::State,
) -> bool {
    let circle = &view.circles[&circle];
    circle.bookings.get(&booking).is_some_and(|b| circle.status(b, now).state == state)
}

/// What is going on this week. A minute lies between any two things, so that each has its place in order.
async fn present(
    houses: &[House],
    circle: CircleId,
    clock: &Clock,
    [ladder, car, drill, bike, tent]: [ListingId; 5],
) {
    let [saar, anna, mehmet, zoe, lukasz] = houses else { panic!("five houses") };
    let day = |day: i64, hour: i64| at("2026-11-20T23:00:00Z").plus_ms(day * DAY + hour * HOUR);
    let state = noaber_core::booking::State::Confirmed;
    let later = || clock.set(clock.now().plus_ms(MINUTE));
    // Confirmed at once.
    later();
    zoe.book(circle, car, day(0, 16), 5 * HOUR, "").await;
    later();
    saar.book(circle, car, day(2, 9), 3 * HOUR, "To the dentist and back").await;
    later();
    anna.book(circle, car, day(4, 8), 10 * HOUR, "").await;
    // Out: Saar has the bicycle, Łukasz has Saar’s drill.
    later();
    let ride = saar.ask(circle, bike, day(0, 11), 2 * DAY, "").await;
    lukasz.until(|view| view.circles[&circle].bookings.contains_key(&ride)).await;
    later();
    lukasz.act(circle, ride, Act::Confirm).await;
    saar.until(|view| is(view, circle, ride, saar.node.now(), state)).await;
    later();
    saar.act(circle, ride, Act::PickUp(Handing::default())).await;
    later();
    let job = lukasz.ask(circle, drill, day(0, 11).plus_ms(30 * MINUTE), DAY, "Two shelves").await;
    saar.until(|view| view.circles[&circle].bookings.contains_key(&job)).await;
    later();
    saar.act(circle, job, Act::Confirm).await;
    lukasz.until(|view| is(view, circle, job, lukasz.node.now(), state)).await;
    later();
    lukasz.act(circle, job, Act::PickUp(Handing::default())).await;
    // Promised.
    later();
    let roof = zoe.ask(circle, ladder, day(1, 9), 9 * HOUR, "").await;
    anna.until(|view| view.circles[&circle].bookings.contains_key(&roof)).await;
    later();
    anna.act(circle, roof, Act::Confirm).await;
    later();
    let week = mehmet.ask(circle, ladder, day(5, 12), 2 * DAY, "").await;
    anna.until(|view| view.circles[&circle].bookings.contains_key(&week)).await;
    later();
    anna.act(circle, week, Act::Confirm).await;
    // Questions.
    later();
    anna.ask(circle, drill, day(3, 10), 8 * HOUR, "Hanging curtains for my mother; I’ll be quick!")
        .await;
    later();
    saar.ask(circle, tent, day(6, 10), 3 * DAY, "A weekend in the Ardennes").await;
    // A no, and a few words.
    later();
    let no = saar.ask(circle, ladder, day(9, 10), DAY, "").await;
    anna.until(|view| view.circles[&circle].bookings.contains_key(&no)).await;
    later();
    anna.act(circle, no, Act::Decline { reason: "My brother has it that week, sorry!".into() })
        .await;
    let about = About::Listing(ladder);
    later();
    zoe.submit(Command::Say {
        circle,
        about,
        text: "Does it reach the gutter of number 9?".into(),
    })
    .await;
    level(houses, circle).await;
    later();
    anna.submit(Command::Say {
        circle,
        about,
        text: "It does, just. Take the long part and tie it at the top.".into(),
    })
    .await;
    level(houses, circle).await;
    let about = About::Listing(drill);
    later();
    anna.submit(Command::Say {
        circle,
        about,
        text: "Do you have a masonry bit of 8 mm too?".into(),
    })
    .await;
}

/// Until all hold the same.
pub(super) async fn level(houses: &[House], circle: CircleId) {
    for _ in 0..20_000 {
        let digests: Vec<_> = houses
            .iter()
            .filter_map(|h| h.node.view().circles.get(&circle).map(|c| c.digest()))
            .collect();
        if digests.len() == houses.len() && digests.windows(2).all(|pair| pair[0] == pair[1]) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("the street does not come to rest");
}

/// Until a house has all photos.
async fn photos(house: &House, circle: CircleId) {
    for _ in 0..10_000 {
        let view = house.node.view();
        let all: Vec<PhotoId> = view.circles[&circle]
            .listings
            .values()
            .flat_map(|l| l.general.photos.clone())
            .collect();
        let has = |id: &PhotoId| house.node.read(|store| store.has_photo(*id)).unwrap();
        if all.iter().all(has) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("photos do not arrive");
}

impl Street {
    /// Leaves the first house, so that a window can be opened there; `away` others leave too.
    pub fn make_room(&mut self, away: usize) -> PathBuf {
        let path = self.houses[0].path.clone();
        for house in self.houses.drain(..=away).collect::<Vec<_>>() {
            self.runtime.block_on(house.network.stop());
            house.node.stop();
        }
        path
    }
}
