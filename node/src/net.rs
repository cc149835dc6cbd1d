//! The network: one iroh endpoint, links to other devices of our circles, and nothing else.
//!
//! No central service is contacted. A device that is in none of our circles is turned away after the
//! handshake, before it has read a byte; the only other road is `join`. Rules live in the core:
//! this module carries frames.
//!
//! `endpoint` is our end, `link` one connection, `dial` makes and keeps them, `join` asks to be let in and lets in,
//! `photos` fetches what listings show, `tasks` go on as long as the network runs, `relay` helps circles behind routers.

mod dial;
mod endpoint;
mod join;
mod link;
mod photos;
#[cfg(feature = "relay-server")]
mod relay;
mod tasks;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use iroh::endpoint::Connection;
use iroh::{Endpoint, EndpointId, RelayUrl};
use noaber_core::id::{CircleId, DeviceId};
use noaber_core::view::Standing;
use noaber_core::wire::{Address, JoinAnswer};
use noaber_core::{Input, View};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, Semaphore, mpsc, watch};
use tokio::task::JoinSet;

use crate::actor::Mail;
use crate::node::Node;
use endpoint::{address_of, bind};
use link::{Link, Outgoing};

const SYNC_ALPN: &[u8] = b"noaber/sync/1";
const JOIN_ALPN: &[u8] = b"noaber/join/1";

/// Links that others opened: a circle's members, a few strangers, and some room.
const MAX_IN: usize = 64;
/// Links that we open: enough for news to reach 300 members in a few steps.
const MAX_OUT: usize = 16;
/// Frames of one peer that wait to be taken in: 4 MiB.
const MAX_WAITING_FRAMES: usize = 4;
/// Frames of all peers that wait to be taken in: 64 MiB.
const MAX_WAITING_FRAMES_IN_ALL: usize = 64;
/// A dead address takes iroh 30 s; people do not wait that long.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a stop waits for the network.
const FAREWELL: Duration = Duration::from_millis(500);
/// After the store failed, peers are left alone this long.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(30);
/// Handshakes under way that others began.
const MAX_HANDSHAKES: usize = 32;
/// A peer that broke the rules is left alone this long.
const BACK_OFF_AFTER_FAULT: Duration = Duration::from_mins(10);
/// Longer than anything runs, and short enough to be added to a moment.
const FOR_EVER: Duration = Duration::from_hours(24 * 365);
/// Addresses come and go while a machine starts; they are told to the circles when they rest.
const ADDRESSES_REST: Duration = Duration::from_secs(2);

/// How to run the network.
#[derive(Debug, Clone, Default)]
pub struct NetOptions {
    /// Where to listen; empty for any address, on the port of last time where that is free.
    pub bind: Vec<SocketAddr>,
    /// Look for neighbours on the local network.
    pub lan: bool,
    /// Relays to use.
    pub relays: Vec<RelayUrl>,
    /// Tell the circles where we are.
    pub announce: bool,
    /// Be a relay.
    pub serve_relay: Option<SocketAddr>,
}

/// Why the network cannot run.
#[derive(Debug, thiserror::Error)]
pub enum NetError {
    /// An address cannot be used.
    #[error("cannot listen at {address}: {detail}")]
    Bind {
        /// Which.
        address: String,
        /// Why.
        detail: String,
    },
    /// The relay cannot be served.
    #[error("cannot serve a relay at {address}: {detail}")]
    Relay {
        /// Where.
        address: SocketAddr,
        /// Why.
        detail: String,
    },
    /// The local network cannot be searched.
    #[error("cannot look for neighbours on the local network ({0}): run with --no-lan")]
    Lan(String),
    /// What should be a relay's address is none.
    #[error("“{url}” is not a relay's address ({detail}): write it like https://relay.example")]
    BadRelay {
        /// What was given.
        url: String,
        /// Why.
        detail: String,
    },
}

/// Reads the addresses of relays.
pub fn parse_relays(urls: &[String]) -> Result<Vec<RelayUrl>, NetError> {
    let parse = |url: &String| {
        let bad = |detail: String| NetError::BadRelay { url: url.clone(), detail };
        url.parse().map_err(|error: iroh::RelayUrlParseError| bad(error.to_string()))
    };
    urls.iter().map(parse).collect()
}

/// What was carried since the start.
#[derive(Debug, Default)]
pub struct Traffic {
    /// Frames that came in.
    pub frames_in: AtomicU64,
    /// Their bytes, with their lengths.
    pub bytes_in: AtomicU64,
    /// Frames that went out.
    pub frames_out: AtomicU64,
    /// Their bytes, with their lengths.
    pub bytes_out: AtomicU64,
    /// Entries that went out.
    pub entries_out: AtomicU64,
    /// Bytes of photos, in and out.
    pub photo_bytes: AtomicU64,
}

/// How the last try to reach a device ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Linked, and it has answered.
    Linked,
    /// Being tried, or about to be.
    Trying,
    /// The last try failed; it will be tried again.
    Failed,
}

/// How asking to join went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum JoinResult {
    /// Somebody answered.
    Answered(JoinAnswer),
    /// Nobody could be reached.
    Unreachable,
}

/// A running network. Clones are the same network.
#[derive(Clone)]
pub struct Network {
    shared: Arc<Shared>,
}

struct Shared {
    node: Node,
    endpoint: Endpoint,
    links: Mutex<BTreeMap<DeviceId, Link>>,
    dials: Mutex<BTreeMap<DeviceId, dial::Dial>>,
    /// Devices that are left alone, and until when.
    away: Mutex<BTreeMap<DeviceId, Moment>>,
    /// Where devices were, from links and earlier connections; entries of the circles come first.
    book: Mutex<BTreeMap<DeviceId, Address>>,
    joins: watch::Sender<BTreeMap<CircleId, JoinResult>>,
    /// Circles that we were on the way into when this network started.
    half_joined: BTreeSet<CircleId>,
    /// Wakes the dialler.
    wake: Notify,
    waiting_frames: Arc<Semaphore>,
    epoch: AtomicU64,
    traffic: Traffic,
    options: NetOptions,
    tasks: Mutex<JoinSet<()>>,
    #[cfg(feature = "relay-server")]
    relay: Mutex<Option<relay::Relay>>,
}

impl Network {
    /// Binds the endpoint and starts to link up.
    pub async fn start(node: &Node, options: NetOptions) -> Result<Self, NetError> {
        #[cfg(feature = "relay-server")]
        let relay = match options.serve_relay {
            Some(address) => Some(relay::Relay::serve(address, node.watch()).await?),
            None => None,
        };
        #[cfg(not(feature = "relay-server"))]
        if let Some(address) = options.serve_relay {
            let detail = "this Noaber was built without the feature relay-server".to_owned();
            return Err(NetError::Relay { address, detail });
        }
        let endpoint = bind(node, &options).await?;
        let book = node.read(crate::store::Store::peers).unwrap_or_default();
        let book = book.into_iter().map(|peer| (peer.device, peer.address)).collect();
        let view = node.view();
        let joining = view.circles.values().filter(|c| c.standing == Standing::Joining);
        let half_joined = joining.map(|circle| circle.id).collect();
        let shared = Arc::new(Shared {
            node: node.clone(),
            endpoint,
            links: Mutex::default(),
            dials: Mutex::default(),
            away: Mutex::default(),
            book: Mutex::new(book),
            joins: watch::channel(BTreeMap::new()).0,
            half_joined,
            wake: Notify::new(),
            waiting_frames: Arc::new(Semaphore::new(MAX_WAITING_FRAMES_IN_ALL)),
            epoch: AtomicU64::new(0),
            traffic: Traffic::default(),
            options,
            tasks: Mutex::default(),
            #[cfg(feature = "relay-server")]
            relay: Mutex::new(relay),
        });
        let (orders, inbox) = mpsc::unbounded_channel();
        node.mail(Mail::Network(orders));
        shared.spawn(tasks::accept(Arc::clone(&shared)));
        shared.spawn(tasks::obey(Arc::clone(&shared), inbox));
        shared.spawn(dial::keep_linked(Arc::clone(&shared)));
        shared.spawn(photos::keep_fetching(Arc::clone(&shared)));
        shared.spawn(tasks::turn_away_who_left(Arc::clone(&shared)));
        if shared.options.announce {
            shared.spawn(tasks::announce(Arc::clone(&shared)));
        }
        Ok(Self { shared })
    }

    /// How it runs.
    pub fn options(&self) -> &NetOptions {
        &self.shared.options
    }

    /// Where it listens on this machine.
    pub fn sockets(&self) -> Vec<SocketAddr> {
        self.shared.endpoint.bound_sockets()
    }

    /// Where this node can be reached, as far as it knows.
    pub fn address(&self) -> Address {
        address_of(&self.shared.endpoint)
    }

    /// Where the relay of this node listens, if it is one.
    #[cfg(feature = "relay-server")]
    pub fn relay_address(&self) -> Option<SocketAddr> {
        lock(&self.shared.relay).as_ref().and_then(relay::Relay::address)
    }

    /// Where the relay of this node listens, if it is one: never, in this build.
    #[cfg(not(feature = "relay-server"))]
    pub fn relay_address(&self) -> Option<SocketAddr> {
        None
    }

    /// What was carried.
    pub fn traffic(&self) -> &Traffic {
        &self.shared.traffic
    }

    /// How asking to join went, by circle.
    pub fn joins(&self) -> watch::Receiver<BTreeMap<CircleId, JoinResult>> {
        self.shared.joins.subscribe()
    }

    /// Forgets how asking to join went the last time.
    pub fn forget_join(&self, circle: CircleId) {
        self.shared.joins.send_modify(|joins| _ = joins.remove(&circle));
    }

    /// Lets go of a circle that nobody has let us into, so that nothing of it stays behind.
    pub fn give_up_joining(&self, circle: CircleId) {
        let welcome = JoinResult::Answered(JoinAnswer::Welcome);
        if self.shared.joins.borrow().get(&circle) != Some(&welcome) {
            self.shared.input(Input::JoinAnswered { circle, answer: JoinAnswer::Refused });
        }
    }

    /// Tries everybody again at once, whatever the back-off says.
    pub fn hurry(&self) {
        lock(&self.shared.dials).retain(|_, dial| dial.is_running());
        self.shared.wake.notify_one();
    }

    /// How a device is reached.
    pub fn reach(&self, device: DeviceId) -> Reach {
        match lock(&self.shared.links).get(&device).map(Link::has_answered) {
            Some(true) => return Reach::Linked,
            // Also where a dial of ours has given way to one of theirs.
            Some(false) => return Reach::Trying,
            None => {}
        }
        let failed = lock(&self.shared.dials).get(&device).is_some_and(dial::Dial::has_failed);
        if failed || self.shared.is_kept_away(device) { Reach::Failed } else { Reach::Trying }
    }

    /// `direct` or `relay`, for a device that is linked.
    pub fn path(&self, device: DeviceId) -> Option<&'static str> {
        lock(&self.shared.links).get(&device).filter(|link| link.has_answered()).map(Link::path)
    }

    /// Notes where a device may be found, as if a link had said so.
    pub fn remember(&self, device: DeviceId, address: Address) {
        lock(&self.shared.book).insert(device, address);
    }

    /// Cuts a device off, as if the cable were pulled, until [`Network::let_back`].
    pub fn cut_off(&self, device: DeviceId) {
        self.shared.keep_away(device, FOR_EVER);
        self.shared.unlink(device, b"cut off");
    }

    /// Plugs the cable in again.
    pub fn let_back(&self, device: DeviceId) {
        lock(&self.shared.away).remove(&device);
        lock(&self.shared.dials).remove(&device);
        self.shared.wake.notify_one();
    }

    /// Closes everything, telling peers and the core, so that another network can be started.
    pub async fn stop(&self) {
        loop {
            // One that is ending may just have begun another.
            let mut tasks = std::mem::take(&mut *lock(&self.shared.tasks));
            if tasks.is_empty() {
                break;
            }
            tasks.shutdown().await;
        }
        self.shared.unlink_all(b"good-bye");
        // Peers have been told; waiting longer is only for those who do not answer any more.
        let _ = tokio::time::timeout(FAREWELL, self.shared.endpoint.close()).await;
        #[cfg(feature = "relay-server")]
        {
            let relay = lock(&self.shared.relay).take();
            if let Some(relay) = relay {
                relay.stop().await;
            }
        }
    }
}

impl Shared {
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = lock(&self.tasks);
        // Finished tasks are let go of here, so that the set does not grow.
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }

    fn input(&self, input: Input) {
        self.node.mail(Mail::Input { input, permits: Vec::new() });
    }

    /// Whether a circle that we are on the way into has opened its door, as far as we know.
    fn is_welcome(&self, circle: CircleId) -> bool {
        let welcome = JoinResult::Answered(JoinAnswer::Welcome);
        self.half_joined.contains(&circle) || self.joins.borrow().get(&circle) == Some(&welcome)
    }

    /// Neither dials the device nor lets it in, for so long.
    fn keep_away(&self, device: DeviceId, pause: Duration) {
        lock(&self.away).insert(device, Moment::now() + pause);
    }

    fn is_kept_away(&self, device: DeviceId) -> bool {
        let mut away = lock(&self.away);
        away.retain(|_, until| *until > Moment::now());
        away.contains_key(&device)
    }

    /// Closes the link to a device, if one stands, and tells the core, in that order and as one.
    fn unlink(&self, peer: DeviceId, reason: &[u8]) {
        let mut links = lock(&self.links);
        if let Some(link) = links.remove(&peer) {
            link.close(reason);
            tracing::info!(%peer, reason = %String::from_utf8_lossy(reason), "no longer linked");
            self.input(Input::Disconnected { peer });
        }
    }

    /// As [`Shared::unlink`], of all devices; whoever has answered is noted as heard until now.
    fn unlink_all(&self, reason: &[u8]) {
        let mut links = lock(&self.links);
        for (peer, link) in std::mem::take(&mut *links) {
            link.close(reason);
            self.input(Input::Disconnected { peer });
            if link.has_answered() {
                let now = self.node.now();
                self.node.write_later(move |store| store.saw_peer(peer, now));
            }
        }
    }

    /// Queues something for a peer. One that does not read what it is sent is let go: when it comes
    /// back, a comparison of frontiers repairs what it missed.
    fn send(&self, peer: DeviceId, outgoing: Outgoing) {
        let keeps_up = match lock(&self.links).get(&peer) {
            Some(link) => link.send(outgoing),
            None => return,
        };
        if !keeps_up {
            self.unlink(peer, b"too slow");
        }
    }
}

/// A poisoned lock only means that a task died while it held plain data.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn endpoint_id(device: DeviceId) -> Option<EndpointId> {
    EndpointId::from_bytes(device.as_bytes()).ok()
}

fn device_id(endpoint: EndpointId) -> DeviceId {
    DeviceId::from_bytes(*endpoint.as_bytes())
}

/// Whether a device may link up with us: it is in a circle of ours, or is to let us into one.
fn is_known(view: &View, device: DeviceId) -> bool {
    view.circles.values().any(|circle| {
        circle.roster.is_active_device(device)
            || (circle.standing == Standing::Joining && circle.admitters.contains(&device))
    })
}

/// When something happened.
type Moment = Instant;

/// The path of a connection that carries data now.
fn path_of(connection: &Connection) -> &'static str {
    let relayed = connection.paths().iter().any(|path| path.is_selected() && path.is_relay());
    if relayed { "relay" } else { "direct" }
}
