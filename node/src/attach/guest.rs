//! The side of the window: follows a node that runs, and asks it for what it wants done.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use imbl::{OrdMap, OrdSet};
use interprocess::local_socket::GenericFilePath;
use interprocess::local_socket::tokio::Stream;
use interprocess::local_socket::tokio::prelude::*;
use noaber_core::id::{CircleId, DeviceId, NoticeId, PhotoId};
use noaber_core::time::Timestamp;
use noaber_core::wire::{Address, StoredEntry};
use noaber_core::{Command, Mirror, Outcome, View};
use serde::de::DeserializeOwned;
use serde_bytes::ByteBuf;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use super::message::{Asked, Said, Told};
use super::{AttachError, Greeting, Version, Welcome, decode, encode, read_frame, write_frame};
use crate::actor::SubmitError;
use crate::api::Failure;
use crate::api::request::Request;
use crate::api::rows::Answer;
use crate::home::{Home, HomeError};
use crate::ipc::{self, Envelope};
use crate::net::JoinResult;
use crate::service::{NetChoice, Reached};

/// Messages on their way to being folded, and questions on their way out.
const QUEUE: usize = 32;
/// From the first word to the first view of a very large circle.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a guest that goes waits for the node to take what it handed in.
const FAREWELL: Duration = Duration::from_secs(2);

/// A program beside the one that has the store. Clones are the same guest.
#[derive(Clone)]
pub struct Guest {
    shared: Arc<Shared>,
}

type Pending = Arc<Mutex<BTreeMap<u64, oneshot::Sender<Vec<u8>>>>>;

struct Shared {
    socket: PathBuf,
    view: watch::Receiver<Arc<View>>,
    reached: watch::Receiver<Reached>,
    pending: Pending,
    tickets: AtomicU64,
    questions: mpsc::Sender<Vec<u8>>,
    /// Ends with the last clone.
    _talk: JoinSet<()>,
}

impl Guest {
    /// Follows the node that runs on a home; returns when all that it holds is shown here.
    pub async fn attach(home: &Home) -> Result<Self, AttachError> {
        let socket = home.socket_path();
        let name = socket.as_path().to_fs_name::<GenericFilePath>();
        let name = name.map_err(|_| AttachError::Nobody)?;
        let stream = Stream::connect(name).await.map_err(|_| AttachError::Nobody)?;
        let talk = tokio::time::timeout(PATIENCE, follow(home, socket, stream));
        talk.await.map_err(|elapsed| AttachError::Broken(elapsed.into()))?
    }

    /// What is known now.
    pub fn view(&self) -> Arc<View> {
        Arc::clone(&self.shared.view.borrow())
    }

    /// Follows what is known; ends when the node has stopped, or has cut us off.
    pub fn watch(&self) -> watch::Receiver<Arc<View>> {
        self.shared.view.clone()
    }

    /// How the node is reached now.
    pub fn reached(&self) -> Reached {
        self.shared.reached.borrow().clone()
    }

    /// Tells when [`Guest::reached`] has changed.
    pub fn watch_reach(&self) -> watch::Receiver<Reached> {
        self.shared.reached.clone()
    }

    /// `None` when the node is there no more.
    async fn ask<T: DeserializeOwned>(&self, asked: Asked) -> Option<T> {
        let ticket = self.shared.tickets.fetch_add(1, Ordering::Relaxed);
        let (reply, answer) = oneshot::channel();
        lock(&self.shared.pending).insert(ticket, reply);
        let question = encode(&Said::Ask(ticket, asked));
        if self.shared.questions.send(question).await.is_err() {
            lock(&self.shared.pending).remove(&ticket);
            return None;
        }
        decode(&answer.await.ok()?).ok()
    }

    /// Does what a user wants; returns once it is durable.
    pub async fn submit(&self, command: Command) -> Result<Outcome, SubmitError> {
        if let Command::Offer { draft, .. } | Command::Edit { draft, .. } = &command {
            // What makes no sense has no form in which it could travel.
            draft.check().map_err(noaber_core::CommandError::from)?;
        }
        let done = self.ask(Asked::Submit(Box::new(command))).await;
        done.unwrap_or(Err(SubmitError::Stopped))
    }

    /// A photo, if it is there.
    pub async fn photo(&self, id: PhotoId) -> Option<Vec<u8>> {
        let read: Result<Option<ByteBuf>, String> = self.ask(Asked::Photo(id)).await?;
        read.ok()?.map(ByteBuf::into_vec)
    }

    /// Keeps a photo.
    pub async fn keep_photo(&self, id: PhotoId, bytes: Vec<u8>) -> Result<(), SubmitError> {
        let kept = self.ask(Asked::KeepPhoto(id, bytes)).await;
        kept.unwrap_or(Err(SubmitError::Stopped))
    }

    /// A setting.
    pub async fn setting(&self, name: &str) -> Option<String> {
        self.ask::<Option<String>>(Asked::Setting(name.to_owned())).await?
    }

    /// Keeps a setting.
    pub async fn set(&self, name: String, value: String) -> Result<(), SubmitError> {
        self.ask(Asked::Set(name, value)).await.unwrap_or(Err(SubmitError::Stopped))
    }

    /// As [`Guest::set`], when nobody waits for it; [`Guest::leave`] comes after.
    pub fn set_later(&self, name: String, value: String) {
        self.say(&Said::Keep(name, value));
    }

    /// Hands something in where nobody waits. Where more is on its way than the node takes, it is lost.
    fn say(&self, said: &Said) {
        if let Err(error) = self.shared.questions.try_send(encode(said)) {
            tracing::warn!(%error, "the node does not take what is said to it");
        }
    }

    /// Returns when the node has taken all that was handed in, or does not seem to be going to.
    pub async fn leave(&self) {
        let _ = tokio::time::timeout(FAREWELL, self.address()).await;
    }

    /// What this device has rung for.
    pub(crate) async fn rung(&self) -> Option<BTreeSet<(CircleId, NoticeId)>> {
        self.ask::<Option<_>>(Asked::Rung).await?
    }

    /// Notes that these were rung for.
    pub(crate) fn put_rung(&self, circle: CircleId, notices: Vec<NoticeId>, now: Timestamp) {
        self.say(&Said::Rung(circle, notices, now));
    }

    /// When other devices were last connected.
    pub async fn heard(&self) -> Vec<(DeviceId, Timestamp)> {
        self.ask(Asked::Heard).await.unwrap_or_default()
    }

    /// Where the node can be reached.
    pub async fn address(&self) -> Address {
        let nowhere = Address { direct: Vec::new(), relays: Vec::new() };
        self.ask(Asked::Address).await.unwrap_or(nowhere)
    }

    /// Forgets how asking to join a circle went the last time.
    pub async fn forget_join(&self, circle: CircleId) {
        // Without a node there is nothing to forget.
        let _: Option<()> = self.ask(Asked::ForgetJoin(circle)).await;
    }

    /// How asking to join a circle goes, once that is known.
    pub async fn joined(&self, circle: CircleId) -> JoinResult {
        self.ask(Asked::Joined(circle)).await.unwrap_or(JoinResult::Unreachable)
    }

    /// Runs the node's network so from now on.
    pub async fn choose_network(&self, choice: NetChoice) -> Result<(), Failure> {
        chosen(self.ask(Asked::ChooseNetwork(choice)).await)
    }

    /// Serves the node's calendars there from now on, or nowhere.
    pub async fn choose_calendar(&self, address: Option<SocketAddr>) -> Result<(), Failure> {
        chosen(self.ask(Asked::ChooseCalendar(address)).await)
    }

    /// Asks what the command line asks.
    pub async fn execute(&self, request: Request) -> Result<Answer, Failure> {
        let envelope = Envelope { now_ms: None, circle: None, request };
        let answer = ipc::ask(&self.shared.socket, &envelope).await;
        answer.unwrap_or_else(|| Err(stopped()))
    }
}

/// What came of a choice, as it travels: a word and a sentence.
fn chosen(answer: Option<Result<(), (String, String)>>) -> Result<(), Failure> {
    match answer {
        Some(done) => done.map_err(|(code, message)| Failure::new(&code, message)),
        None => Err(stopped()),
    }
}

fn stopped() -> Failure {
    Failure::new("stopped", "the Noaber that had this home has stopped")
}

/// Says who we are, hears who the node is, and follows it up to the first view.
async fn follow(home: &Home, socket: PathBuf, mut stream: Stream) -> Result<Guest, AttachError> {
    let ours = Version::own();
    let greeting = Greeting { attach: ours.clone() };
    ipc::write(&mut stream, &greeting).await?;
    let welcome = ipc::read::<Result<Welcome, Failure>>(&mut stream).await?;
    let theirs = match welcome {
        Ok(welcome) if welcome.version == ours => None,
        Ok(welcome) => Some(Some(welcome.version.program)),
        // One from before there were guests did not understand.
        Err(_) => Some(None),
    };
    if let Some(theirs) = theirs {
        return Err(AttachError::Version { theirs, ours: ours.program });
    }
    let owner = home.clone();
    let identity = tokio::task::spawn_blocking(move || owner.identity()).await;
    let broken = |detail: String| AttachError::Broken(std::io::Error::other(detail));
    let identity = identity.map_err(|error| broken(error.to_string()))?;
    let identity = identity.map_err(|error: HomeError| broken(error.to_string()))?;
    let mirror = Mirror::new(identity.member(), identity.device());

    let pending = Pending::default();
    let (questions, outbox) = mpsc::channel(QUEUE);
    let (news, inbox) = mpsc::channel(QUEUE);
    let (show, mut view) = watch::channel(Arc::new(mirror.view().clone()));
    let (reach, reached) = watch::channel(Reached::default());
    let wishes = questions.clone().downgrade();
    std::thread::Builder::new()
        .name("noaber-mirror".into())
        .spawn(move || fold(mirror, inbox, &wishes, &show, &reach))?;
    let mut talk = JoinSet::new();
    let waiting = Arc::clone(&pending);
    talk.spawn(async move {
        tokio::select! {
            () = read(&stream, &waiting, news) => {}
            () = write(&stream, outbox) => {}
        }
        // Nothing can be asked any more, and then nobody waits for an answer.
        lock(&waiting).clear();
    });
    // The first view is that of nothing at all.
    let ended = |_| broken("it stopped".to_owned());
    view.changed().await.map_err(ended)?;
    let tickets = AtomicU64::new(0);
    let shared = Shared { socket, view, reached, pending, tickets, questions, _talk: talk };
    Ok(Guest { shared: Arc::new(shared) })
}

async fn write(stream: &Stream, mut outbox: mpsc::Receiver<Vec<u8>>) {
    while let Some(message) = outbox.recv().await {
        if write_frame(stream, &message).await.is_err() {
            return;
        }
    }
}

/// Hands answers to whoever asked, and everything else on to be folded.
async fn read(stream: &Stream, pending: &Pending, news: mpsc::Sender<Told>) {
    while let Ok(frame) = read_frame(stream).await {
        match decode(&frame) {
            Ok(Told::Answer(ticket, answer)) => {
                let asker = lock(pending).remove(&ticket);
                // Whoever asked may have thought better of it.
                let _ = asker.map(|asker| asker.send(answer));
            }
            Ok(told) => {
                if news.send(told).await.is_err() {
                    return;
                }
            }
            Err(error) => return tracing::warn!(%error, "the node is not understood"),
        }
    }
}

/// Folds what is told until nothing more comes; then whoever follows the view finds its end.
fn fold(
    mut mirror: Mirror,
    mut inbox: mpsc::Receiver<Told>,
    wishes: &mpsc::WeakSender<Vec<u8>>,
    show: &watch::Sender<Arc<View>>,
    reach: &watch::Sender<Reached>,
) {
    while let Some(told) = inbox.blocking_recv() {
        match told {
            Told::Begin { circle, admitters } => {
                mirror.begin(circle, admitters.into_iter().collect());
            }
            Told::Admitters { circle, admitters } => {
                mirror.admit(circle, admitters.into_iter().collect::<OrdSet<_>>());
            }
            Told::Snapshots { circle, snapshots } => mirror.recall(circle, snapshots),
            Told::Gone(circle) => mirror.forget(circle),
            Told::Entries { circle, device, first, entries } => {
                let places = first..;
                let entries: Vec<StoredEntry> =
                    places.zip(entries).map(|(seq, held)| held.at(device, seq)).collect();
                mirror.take(circle, &entries);
            }
            Told::Level { peers, reached } => {
                let again = mirror.settle();
                let peers =
                    peers.into_iter().map(|(circle, device, peer)| ((circle, device), peer));
                mirror.put_peers(peers.collect::<OrdMap<_, _>>());
                reach.send_if_modified(|known| {
                    let is_new = *known != reached;
                    *known = reached;
                    is_new
                });
                let is_whole = again.is_empty();
                for circle in again {
                    let Some(wishes) = wishes.upgrade() else { return };
                    if wishes.blocking_send(encode(&Said::Again(circle))).is_err() {
                        return;
                    }
                }
                // What is folded anew is not shown half way.
                if is_whole {
                    show.send_replace(Arc::new(mirror.view().clone()));
                }
            }
            Told::Answer(..) => {}
        }
    }
}

/// A poisoned lock only means that a task died while it held plain data.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
