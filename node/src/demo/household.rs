//! One household of a street: a node with its network, and short ways to make it act.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use noaber_core::id::{BookingId, CircleId, ListingId, PhotoId};
use noaber_core::listing::{Details, Draft, General};
use noaber_core::replica::{Act, Handing};
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_core::{Command, Outcome, View};

use crate::api::Failure;
use crate::clock::Clock;
use crate::drawing::{Subject, draw};
use crate::home::Home;
use crate::net::{NetOptions, Network};
use crate::node::Node;
use crate::photo;

/// Nothing on one machine takes this long unless something is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// A neighbour at home. Clones are the same household.
#[derive(Clone)]
pub struct Household {
    /// Who lives there.
    pub name: &'static str,
    /// What runs there.
    pub node: Node,
    /// Its way to the others.
    pub network: Network,
}

impl Household {
    /// Where somebody lives in a street.
    pub(super) fn path(dir: &Path, name: &str) -> PathBuf {
        dir.join(name.replace(' ', "-").to_lowercase())
    }

    /// Moves in and starts its node.
    pub(super) async fn move_in(
        dir: &Path,
        name: &'static str,
        device: &str,
        clock: &Clock,
    ) -> Result<Self, Failure> {
        let home = Home::at(Self::path(dir, name));
        home.init(name, device)?;
        let node = Node::open(home, clock.clone())?;
        let network = Network::start(&node, on_loopback()).await?;
        Ok(Self { name, node, network })
    }

    /// Does what this neighbour wants.
    pub async fn submit(&self, command: Command) -> Result<Outcome, Failure> {
        let done = self.node.submit(command).await;
        done.map_err(|error| Failure::new("demo", format!("{}: {error}", self.name)))
    }

    /// What this neighbour sees of a circle.
    pub fn sees(&self, circle: CircleId) -> Option<std::sync::Arc<CircleView>> {
        self.node.view().circles.get(&circle).cloned()
    }

    /// Waits until something is so, and tells in how many milliseconds.
    pub async fn until(&self, what: &str, is_so: impl Fn(&View) -> bool) -> Result<f64, Failure> {
        let start = Instant::now();
        let mut views = self.node.watch();
        let seen = tokio::time::timeout(PATIENCE, views.wait_for(|view| is_so(view))).await;
        match seen {
            Ok(Ok(_)) => Ok(start.elapsed().as_secs_f64() * 1000.0),
            _ => Err(Failure::new("demo", format!("{} waited in vain for {what}", self.name))),
        }
    }

    pub(super) async fn let_in(&self, newcomer: &Self, circle: CircleId) -> Result<f64, Failure> {
        let expires = self.node.now().plus_ms(86_400_000);
        let invite = Command::Invite { circle, expires, here: self.network.address() };
        let Outcome::Invite(link) = self.submit(invite).await? else { return Err(unexpected()) };
        let start = Instant::now();
        newcomer.submit(Command::Join { link }).await?;
        let device = self.node.device();
        let is_level = move |view: &View| {
            view.peers.get(&(circle, device)).is_some_and(|peer| peer.is_level())
                && view.circles.get(&circle).is_some_and(|c| c.roster.is_active(view.member))
        };
        newcomer.until("the door to open", is_level).await?;
        Ok(start.elapsed().as_secs_f64() * 1000.0)
    }

    /// Draws, prepares and keeps a photo, as if a neighbour had taken it.
    pub(super) async fn photograph(&self, subject: Subject) -> Result<(PhotoId, usize), Failure> {
        let taken = tokio::task::spawn_blocking(move || photo::from_picture(draw(subject)));
        let taken = taken.await.map_err(|error| Failure::new("demo", error.to_string()))?;
        self.keep_photo(taken.bytes).await
    }

    /// Keeps a photo that is ready to be shared.
    pub(super) async fn keep_photo(&self, bytes: Vec<u8>) -> Result<(PhotoId, usize), Failure> {
        let id = PhotoId::from_bytes(*blake3::hash(&bytes).as_bytes());
        let size = bytes.len();
        let kept = self.node.write(move |store| store.put_photo(id, &bytes)).await;
        kept.map_err(|error| Failure::new("store", error.to_string()))?;
        Ok((id, size))
    }

    pub(super) async fn offer(
        &self,
        circle: CircleId,
        general: General,
        details: Details,
    ) -> Result<ListingId, Failure> {
        self.offer_so(circle, Draft::new(general, details)).await
    }

    /// Offers something, with rules.
    pub(super) async fn offer_so(
        &self,
        circle: CircleId,
        draft: Draft,
    ) -> Result<ListingId, Failure> {
        match self.submit(Command::Offer { circle, draft }).await? {
            Outcome::Listing(_, id) => Ok(id),
            _ => Err(unexpected()),
        }
    }

    pub(super) async fn ask(
        &self,
        circle: CircleId,
        listing: ListingId,
        from: Timestamp,
        hours: i64,
        note: &str,
    ) -> Result<BookingId, Failure> {
        let (to, note) = (from.plus_ms(hours * 3_600_000), note.to_owned());
        let ask = Command::Ask { circle, listing, from, to, quantity: 1, note };
        match self.submit(ask).await? {
            Outcome::Booking(_, id) => Ok(id),
            _ => Err(unexpected()),
        }
    }

    /// Does something with a booking.
    pub async fn act(&self, circle: CircleId, booking: BookingId, act: Act) -> Result<(), Failure> {
        self.submit(Command::Booking { circle, booking, act }).await.map(drop)
    }

    pub(super) async fn has_photo(&self, photo: PhotoId) -> Result<f64, Failure> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.node.read(|store| store.has_photo(photo))? {
                return Ok(start.elapsed().as_secs_f64() * 1000.0);
            }
            // Photos are no part of the view, so there is nothing to watch.
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err(Failure::new("demo", format!("{} waited in vain for a photo", self.name)))
    }

    pub(super) fn bytes_carried(&self) -> u64 {
        let traffic = self.network.traffic();
        traffic.bytes_out.load(Ordering::Relaxed)
    }

    /// Stops, beside the others.
    pub fn leave(&self) -> tokio::task::JoinHandle<()> {
        let (network, node) = (self.network.clone(), self.node.clone());
        tokio::spawn(async move {
            network.stop().await;
            node.stop();
        })
    }
}

/// The network of a street on one machine.
pub(super) fn on_loopback() -> NetOptions {
    let bind = vec![([127, 0, 0, 1], 0).into()];
    NetOptions { bind, announce: true, ..NetOptions::default() }
}

pub(super) fn pick_up() -> Act {
    Act::PickUp(Handing::default())
}

pub(super) fn bring_back() -> Act {
    Act::Return(Handing::default())
}

/// The core answers each command with its own kind of outcome.
pub(super) fn unexpected() -> Failure {
    Failure::new("demo", "the street answered something unexpected")
}
