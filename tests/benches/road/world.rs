//! Homes, nodes and histories to measure with.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use noaber_core::id::CircleId;
use noaber_core::listing::{Car, Details, Draft, General};
use noaber_core::money::Cents;
use noaber_core::replica::{Act, Handing};
use noaber_core::view::CircleView;
use noaber_core::{Command, Identity, Outcome};
use noaber_node::clock::Clock;
use noaber_node::home::Home;
use noaber_node::net::{NetOptions, Network};
use noaber_node::node::Node;
use noaber_node::store::Store;
use noaber_tests::Street;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tempfile::TempDir;

/// A node with its network, in a home that is thrown away.
pub struct Neighbour {
    pub node: Node,
    pub network: Network,
    _dir: Option<TempDir>,
}

impl Neighbour {
    /// Somebody who is in no circle yet.
    pub async fn new(name: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        Home::at(dir.path()).init(name, "laptop").unwrap();
        let neighbour = Self::at(dir.path()).await;
        Self { _dir: Some(dir), ..neighbour }
    }

    /// Somebody whose home exists.
    pub async fn at(home: &Path) -> Self {
        let node = Node::open(Home::at(home), Clock::default()).unwrap();
        let bind = vec!["127.0.0.1:0".parse().unwrap()];
        let options = NetOptions { bind, announce: true, ..NetOptions::default() };
        let network = Network::start(&node, options).await.unwrap();
        Self { node, network, _dir: None }
    }

    pub async fn submit(&self, command: Command) -> Outcome {
        self.node.submit(command).await.unwrap()
    }

    pub fn circle(&self, id: CircleId) -> std::sync::Arc<CircleView> {
        self.node.view().circles[&id].clone()
    }

    /// Frames and bytes in both directions since the start.
    pub fn carried(&self) -> (u64, u64) {
        let traffic = self.network.traffic();
        let sum = |a: &std::sync::atomic::AtomicU64, b: &std::sync::atomic::AtomicU64| {
            a.load(Ordering::Relaxed) + b.load(Ordering::Relaxed)
        };
        (sum(&traffic.frames_in, &traffic.frames_out), sum(&traffic.bytes_in, &traffic.bytes_out))
    }

    pub async fn join(&self, host: &Self, circle: CircleId) {
        let expires = host.node.now().plus_ms(3_600_000);
        let here = host.network.address();
        let Outcome::Invite(link) = host.submit(Command::Invite { circle, expires, here }).await
        else {
            unreachable!()
        };
        self.submit(Command::Join { link }).await;
        self.level_with(host, circle).await;
    }

    /// Waits until this one holds what the other holds, and both know it.
    pub async fn level_with(&self, other: &Self, circle: CircleId) {
        let mut views = self.node.watch();
        let level = views.wait_for(|view| {
            let known = view.peers.get(&(circle, other.node.device()));
            let target = other.node.view().circles[&circle].digest();
            known.is_some_and(|peer| peer.is_level())
                && view.circles.get(&circle).is_some_and(|c| c.digest() == target)
        });
        tokio::time::timeout(Duration::from_mins(2), level).await.unwrap().unwrap();
    }

    /// Cuts two off from each other; neither dials by itself.
    pub async fn cut(&self, other: &Self) {
        self.network.cut_off(other.node.device());
        other.network.cut_off(self.node.device());
        for (one, two) in [(self, other), (other, self)] {
            let mut views = one.node.watch();
            let gone =
                views.wait_for(|view| view.peers.keys().all(|(_, d)| *d != two.node.device()));
            tokio::time::timeout(Duration::from_secs(10), gone).await.unwrap().unwrap();
        }
        // The transport says good-bye in its own time; that is not part of what comes.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    /// Plugs the cable in again, at both ends.
    pub fn plug_in(&self, other: &Self) {
        self.network.let_back(other.node.device());
        other.network.let_back(self.node.device());
    }

    pub async fn found(&self) -> CircleId {
        let (name, timezone, currency) = ("Lindenstraat", "Europe/Amsterdam", "EUR");
        let create = Command::CreateCircle {
            name: name.into(),
            timezone: timezone.into(),
            currency: currency.into(),
        };
        let Outcome::Circle(circle) = self.submit(create).await else { unreachable!() };
        circle
    }

    pub async fn stop(self) {
        self.network.stop().await;
        self.node.stop();
    }
}

/// A car with ten fields and about 250 bytes of text.
pub fn draft(number: usize, rng: &mut ChaCha8Rng) -> Draft {
    let mut words = |count: usize| -> String {
        (0..count).map(|_| char::from(rng.random_range(b'a'..=b'z'))).collect()
    };
    let general = General {
        title: format!("Car {number} {}", words(20)),
        about: words(190),
        category: words(10),
        tags: Vec::new(),
        quantity: 2,
        instant: true,
        photos: Vec::new(),
    };
    let car = Car {
        seats: Some(5),
        plate: words(8),
        odometer_km: Some(12_345),
        own_risk: Cents::from_cents(15_000),
    };
    Draft::new(general, Details::Car(car))
}

/// The life of a circle of two: listings first, then bookings from asking to bringing back, until
/// there are so many entries. One neighbour in a hundred entries changes a listing.
pub fn history(entries: u64) -> (Street, CircleId) {
    let (mut street, circle) = Street::founded(7, 2);
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let listings: Vec<_> = (0..entries / 50)
        .map(|number| {
            let draft = draft(number as usize, &mut rng);
            match street.command(0, Command::Offer { circle, draft }) {
                Ok(Outcome::Listing(_, id)) => id,
                other => panic!("{other:?}"),
            }
        })
        .collect();
    street.run();
    let mut turn = 0;
    while street.circle(0, circle).entries < entries {
        let listing = listings[turn % listings.len()];
        let booking =
            street.ask(1, circle, listing, (turn / listings.len()) as i64 * 3, 2, 1).unwrap();
        street.run();
        for who in [1, 0] {
            let act = if who == 1 { Act::PickUp } else { Act::Return };
            street.act(who, circle, booking, act(Handing::default())).unwrap();
            street.run();
        }
        turn += 1;
    }
    (street, circle)
}

/// Writes what a person of a street holds into a home of its own.
pub fn move_in(street: &Street, who: usize, circle: CircleId, home: &Path) {
    let person = &street.people[who];
    let identity: &Identity = person.replica.identity();
    let hex = |key: &ed25519_dalek::SigningKey| {
        // A secret key has the same text form as an id of its length.
        noaber_core::id::EntryHash::from_bytes(key.to_bytes()).to_string()
    };
    let keys = serde_json::json!({
        "root": hex(&identity.root),
        "device": hex(&identity.device),
        "name": identity.name,
        "device_name": identity.device_name,
    });
    std::fs::write(home.join("identity.json"), keys.to_string()).unwrap();
    let mut store = Store::create(&Home::at(home).store_path()).unwrap();
    store.begin().unwrap();
    store.save_circle(circle, &imbl::OrdSet::new()).unwrap();
    store.append(circle, &person.entries(circle)).unwrap();
    store.commit().unwrap();
}

/// Runs a node on a home until killed; says so on a line.
pub fn serve(home: &str) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(async {
        let _neighbour = Neighbour::at(Path::new(home)).await;
        println!("ready");
        std::future::pending::<()>().await;
    });
}
