//! A node with all that serves it: its network, the local socket, the calendars, the figures.
//!
//! `noaber run` and the window both open a home as one of these, so that whichever has it, the command
//! line and other programs find it at the same socket. Network and calendars can be changed while the
//! node stays open; everything ends in the order in which nobody is left talking to something that has
//! gone: socket, calendars, network, node.

mod metrics;

use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use noaber_core::id::{CircleId, DeviceId};
use noaber_core::time::Timestamp;
use noaber_core::wire::Address;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::actor::SubmitError;
use crate::api::request::Request;
use crate::api::rows::Answer;
use crate::api::{Api, Failure};
use crate::clock::Clock;
use crate::feed::{Feed, FeedError};
use crate::home::{Home, HomeError};
use crate::ipc::Socket;
use crate::net::{JoinResult, NetError, NetOptions, Network, parse_relays};
use crate::node::Node;
use crate::store::{Store, StoreError};

/// Under which names the store keeps what was chosen, for whoever opens the home the next time.
const NETWORK: &str = "network_choice";
const CALENDAR: &str = "calendar_choice";

/// How long a network that starts anew waits for the port of the one before, and how often it looks.
const PORT_PATIENCE: Duration = Duration::from_secs(1);
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// What somebody can choose about the network while it runs; the rest is up to how it was started.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetChoice {
    /// Look for neighbours on the local network.
    pub lan: bool,
    /// The addresses of relays to use.
    pub relays: Vec<String>,
}

impl From<&NetOptions> for NetChoice {
    fn from(options: &NetOptions) -> Self {
        let relays = options.relays.iter().map(ToString::to_string).collect();
        Self { lan: options.lan, relays }
    }
}

impl NetChoice {
    /// Options as they are, but for what was chosen.
    pub fn over(&self, options: NetOptions) -> Result<NetOptions, NetError> {
        Ok(NetOptions { lan: self.lan, relays: parse_relays(&self.relays)?, ..options })
    }
}

/// How a node is reached now. Not part of any circle's truth.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// What is chosen for the network.
    pub network: NetChoice,
    /// Why there is no network, where there is none.
    pub offline: Option<String>,
    /// Where calendar programs find the calendar of each circle; nothing where none are served. The
    /// addresses are secrets.
    pub calendars: Option<Vec<String>>,
    /// Whether the program that has the node tells its user of notices, so that a guest need not.
    pub rings: bool,
}

/// Why a choice was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ChoiceError {
    /// The network cannot run so.
    #[error(transparent)]
    Net(#[from] NetError),
    /// Calendars cannot be served there.
    #[error(transparent)]
    Feed(#[from] FeedError),
    /// It runs so now, but could not be kept for the next time.
    #[error(transparent)]
    Keep(#[from] SubmitError),
}

impl From<ChoiceError> for Failure {
    fn from(error: ChoiceError) -> Self {
        match error {
            ChoiceError::Net(error) => error.into(),
            ChoiceError::Feed(error) => error.into(),
            ChoiceError::Keep(error) => Self::new("store", error.to_string()),
        }
    }
}

/// A running service. Clones are the same service.
#[derive(Clone)]
pub struct Service {
    shared: Arc<Shared>,
}

struct Shared {
    node: Node,
    /// How the network was asked to run last, whether or not it does.
    options: Mutex<NetOptions>,
    network: watch::Sender<Option<Network>>,
    feed: Mutex<Option<Arc<Feed>>>,
    /// Tells when network or calendars have changed.
    reach: watch::Sender<()>,
    offline: Mutex<Option<String>>,
    rings: AtomicBool,
    tasks: Mutex<JoinSet<()>>,
    /// Network and calendars are changed one after the other.
    turn: tokio::sync::Mutex<()>,
}

impl Service {
    /// Opens a home: takes its lock, folds its store. There is no network yet and nobody is answered;
    /// that takes [`Service::set_network`] and [`Service::listen`].
    pub async fn open(home: Home, clock: Clock) -> Result<Self, HomeError> {
        let path = home.path().to_owned();
        let opened = tokio::task::spawn_blocking(move || Node::open(home, clock)).await;
        let died = |error: tokio::task::JoinError| HomeError::File { path, error: error.into() };
        let shared = Shared {
            node: opened.map_err(died)??,
            options: Mutex::default(),
            network: watch::channel(None).0,
            feed: Mutex::default(),
            reach: watch::channel(()).0,
            offline: Mutex::default(),
            rings: AtomicBool::new(false),
            tasks: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The node.
    pub fn node(&self) -> &Node {
        &self.shared.node
    }

    /// The network that runs now, if one does.
    pub fn network(&self) -> Option<Network> {
        self.shared.network.borrow().clone()
    }

    /// The calendars that are served now, if they are.
    pub fn feed(&self) -> Option<Arc<Feed>> {
        lock(&self.shared.feed).clone()
    }

    /// How the node is reached now.
    pub fn reached(&self) -> Reached {
        let view = self.node().view();
        Reached {
            network: NetChoice::from(&*lock(&self.shared.options)),
            offline: lock(&self.shared.offline).clone(),
            calendars: self.feed().map(|feed| feed.urls(&view)),
            rings: self.shared.rings.load(Ordering::Relaxed),
        }
    }

    /// Tells when [`Service::reached`] has changed, as far as that does not follow from the view.
    pub fn watch_reach(&self) -> watch::Receiver<()> {
        self.shared.reach.subscribe()
    }

    /// Runs the network in this way from now on, in place of the one that runs. Where it cannot, the one
    /// that ran before runs again.
    pub async fn set_network(&self, options: NetOptions) -> Result<(), NetError> {
        let _turn = self.shared.turn.lock().await;
        // Two cannot listen on one port, so the old one goes before the new one comes.
        let before = self.shared.network.send_replace(None);
        let before = match before {
            Some(network) => {
                network.stop().await;
                let (options, sockets) = (network.options().clone(), network.sockets());
                drop(network);
                until_free(&sockets).await;
                Some(options)
            }
            None => None,
        };
        let started = self.start_network(options).await;
        if started.is_err()
            && let Some(before) = before
            && let Err(error) = self.start_network(before).await
        {
            tracing::error!(%error, "the network that ran before does not run again");
        }
        started
    }

    async fn start_network(&self, options: NetOptions) -> Result<(), NetError> {
        lock(&self.shared.options).clone_from(&options);
        let started = Network::start(self.node(), options).await;
        if let Ok(network) = &started {
            let at = network.address();
            tracing::info!(direct = ?at.direct, relays = ?at.relays, "the network runs");
        }
        *lock(&self.shared.offline) = started.as_ref().err().map(ToString::to_string);
        let (network, done) = match started {
            Ok(network) => (Some(network), Ok(())),
            Err(error) => (None, Err(error)),
        };
        self.shared.network.send_replace(network);
        self.shared.reach.send_replace(());
        done
    }

    /// As [`Service::set_network`], with what somebody chose; kept for the next time.
    pub async fn choose_network(&self, choice: NetChoice) -> Result<(), ChoiceError> {
        let now = lock(&self.shared.options).clone();
        self.set_network(choice.over(now)?).await?;
        let text = serde_json::to_string(&choice).expect("a choice is plain data");
        self.node().write(move |store| store.set(NETWORK, &text)).await?;
        Ok(())
    }

    /// What was chosen for the network last, whoever had the home open then.
    pub fn kept_network(&self) -> Option<NetChoice> {
        let kept = self.node().read(|store| store.setting(NETWORK)).ok().flatten()?;
        // What another version wrote is chosen again.
        serde_json::from_str(&kept).ok()
    }

    /// Serves calendars there from now on, or nowhere.
    pub async fn set_calendar(&self, address: Option<SocketAddr>) -> Result<(), FeedError> {
        let done = self.serve_calendar(address).await;
        self.shared.reach.send_replace(());
        done
    }

    async fn serve_calendar(&self, address: Option<SocketAddr>) -> Result<(), FeedError> {
        let _turn = self.shared.turn.lock().await;
        self.stop_feed().await;
        let opened = match address {
            Some(address) => Feed::open(self.node(), address).await.map(Some),
            None => Ok(None),
        };
        let (feed, done) = opened.map_or_else(|error| (None, Err(error)), |feed| (feed, Ok(())));
        *lock(&self.shared.feed) = feed.map(Arc::new);
        done
    }

    async fn stop_feed(&self) {
        let feed = lock(&self.shared.feed).take();
        if let Some(feed) = feed {
            feed.stop().await;
        }
    }

    /// As [`Service::set_calendar`]; kept for the next time.
    pub async fn choose_calendar(&self, address: Option<SocketAddr>) -> Result<(), ChoiceError> {
        let served = self.serve_calendar(address).await;
        let text = address.map(|address| address.to_string()).unwrap_or_default();
        let kept = match &served {
            Ok(()) => self.node().write(move |store| store.set(CALENDAR, &text)).await,
            Err(_) => Ok(()),
        };
        // Told when all of it is done, so that whoever sees it can choose anew.
        self.shared.reach.send_replace(());
        served?;
        Ok(kept?)
    }

    /// Where it was chosen to serve calendars, whoever had the home open then.
    pub fn kept_calendar(&self) -> Option<SocketAddr> {
        let kept = self.node().read(|store| store.setting(CALENDAR)).ok().flatten()?;
        kept.parse().ok()
    }

    /// How asking to join a circle goes: waits until that is known. [`Service::forget_join`] comes first.
    pub async fn joined(&self, circle: CircleId) -> JoinResult {
        let mut networks = self.shared.network.subscribe();
        let Some(network) = networks.borrow_and_update().clone() else {
            return JoinResult::Unreachable;
        };
        let mut joins = network.joins();
        tokio::select! {
            joins = joins.wait_for(|joins| joins.contains_key(&circle)) => {
                let known = joins.ok().and_then(|joins| joins.get(&circle).copied());
                known.unwrap_or(JoinResult::Unreachable)
            }
            // Whatever the old network was asking, it asks no longer.
            _ = networks.changed() => JoinResult::Unreachable,
        }
    }

    /// Forgets how asking to join a circle went the last time.
    pub fn forget_join(&self, circle: CircleId) {
        if let Some(network) = self.network() {
            network.forget_join(circle);
        }
    }

    /// Where this node can be reached, as far as it knows.
    pub fn address(&self) -> Address {
        let nowhere = Address { direct: Vec::new(), relays: Vec::new() };
        self.network().map_or(nowhere, |network| network.address())
    }

    /// When other devices were last connected.
    pub async fn heard(&self) -> Vec<(DeviceId, Timestamp)> {
        let known = self.read(Store::peers).await.unwrap_or_default();
        known.into_iter().filter_map(|peer| Some((peer.device, peer.last_seen?))).collect()
    }

    /// Reads from the store, where that keeps nobody waiting.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, SubmitError> {
        let node = self.node().clone();
        let read = tokio::task::spawn_blocking(move || node.read(read)).await;
        let read = read.map_err(|_| SubmitError::Stopped)?;
        read.map_err(|error| SubmitError::Store(error.to_string()))
    }

    /// This program tells its user of notices: its guests need not.
    pub(crate) fn begin_ringing(&self) {
        self.shared.rings.store(true, Ordering::Relaxed);
        self.shared.reach.send_replace(());
    }

    /// Answers other programs of this user at the home's socket from now on.
    pub fn listen(&self) -> Result<(), HomeError> {
        let path = Home::at(self.node().home()).socket_path();
        let socket = Socket::open(&path).map_err(|error| HomeError::File { path, error })?;
        self.spawn(socket.serve(self.clone()));
        Ok(())
    }

    /// Shows figures to whoever connects.
    pub fn show_metrics(&self, listener: TcpListener) {
        self.spawn(metrics::show(listener, self.clone()));
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        lock(&self.shared.tasks).spawn(task);
    }

    /// Does what a program asks; see [`Api`].
    pub async fn execute(
        &self,
        request: Request,
        circle: Option<String>,
        now: Option<Timestamp>,
    ) -> Result<Answer, Failure> {
        let (network, feed) = (self.network(), self.feed());
        let (node, network, feed) = (self.node(), network.as_ref(), feed.as_deref());
        Api { node, network, feed, running: true, circle, now }.execute(request).await
    }

    /// Ends everything; what was acknowledged is durable anyway.
    pub async fn stop(&self) {
        let mut tasks = std::mem::take(&mut *lock(&self.shared.tasks));
        tasks.shutdown().await;
        let _turn = self.shared.turn.lock().await;
        self.stop_feed().await;
        let network = self.shared.network.send_replace(None);
        if let Some(network) = network {
            network.stop().await;
        }
        self.node().stop();
    }
}

/// The system takes a port back a moment after its holder has let go. Where somebody else was faster,
/// another one will do.
async fn until_free(sockets: &[SocketAddr]) {
    let is_taken = |at: &SocketAddr| UdpSocket::bind(at).is_err();
    let deadline = Instant::now() + PORT_PATIENCE;
    while sockets.iter().any(is_taken) && Instant::now() < deadline {
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// A poisoned lock only means that a task died while it held plain data.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
