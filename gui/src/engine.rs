//! The node, inside the window: on threads of its own, so that nothing that touches disk or network ever
//! holds up a frame.
//!
//! The window reads the latest view, hands in commands, and reads what came of them at the start of a
//! frame ([`Engine::poll`]). Whatever changes wakes the window; while nothing does, it sleeps. This file
//! knows no pages and no words.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use eframe::egui::{ColorImage, Context};
use noaber_core::id::{CircleId, DeviceId, PhotoId};
use noaber_core::time::Timestamp;
use noaber_core::wire::Link;
use noaber_core::{Command, Outcome, View};
use noaber_node::actor::SubmitError;
use noaber_node::clock::Clock;
use noaber_node::home::{Home, HomeError};
use noaber_node::net::{JoinResult, NetOptions, Network};
use noaber_node::node::Node;
use noaber_node::photo::{MAX_PHOTO_INPUT_BYTES, PhotoError, prepare};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

use crate::photos::{Shot, decode};
use crate::preferences;

/// What is worth telling again although nothing changed: “free now” becomes untrue by itself.
const TICK: Duration = Duration::from_mins(1);
/// Pictures that are decoded at a time: the machine has other things to do.
const DECODERS: usize = 2;
/// An invite lives a week: long enough for a letter box.
const INVITE_LIFE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Where and how to run.
#[derive(Debug, Clone)]
pub struct Start {
    /// The home directory.
    pub home: PathBuf,
    /// The network.
    pub net: NetOptions,
    /// The time.
    pub clock: Clock,
}

/// Names something handed in, until its answer is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

/// What came of something handed in.
#[derive(Debug)]
pub enum Answer {
    /// A command.
    Done(Result<Outcome, SubmitError>),
    /// A photo that was taken in.
    Photo(Result<PhotoId, PhotoTrouble>),
    /// Files that the user picked; none if they thought better of it.
    Picked(Vec<Vec<u8>>),
}

/// A photo could not be taken in.
#[derive(Debug, thiserror::Error)]
pub enum PhotoTrouble {
    /// It is not one, or too large.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// It could not be saved.
    #[error(transparent)]
    Save(#[from] SubmitError),
    /// The file could not be read.
    #[error("this file cannot be read: {0}")]
    Read(String),
}

/// How far we are.
pub enum Stage {
    /// Nobody lives in this home yet.
    Vacant,
    /// The node is being opened.
    Opening,
    /// It runs.
    Running(Running),
    /// It cannot: somebody has to do something.
    Failed(Trouble),
}

/// A running node.
pub struct Running {
    node: Node,
    network: Option<Network>,
    /// When other devices were last connected.
    heard: BTreeMap<DeviceId, Timestamp>,
    name: String,
}

/// Why the node cannot run, as far as the words for it differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Another Noaber uses this home.
    RunsAlready,
    /// Something else, in the node's own words.
    Other(String),
}

enum News {
    Opened(Result<Box<Running>, Trouble>),
    NoNetwork(String),
    Answer(Ticket, Answer),
    Heard(BTreeMap<DeviceId, Timestamp>),
    Picture(Shot, Option<ColorImage>),
}

/// The node and the threads that it runs on.
pub struct Engine {
    runtime: Runtime,
    start: Start,
    ctx: Context,
    stage: Stage,
    news: Receiver<News>,
    teller: Teller,
    tickets: u64,
    answers: BTreeMap<Ticket, Answer>,
    pictures: Vec<(Shot, Option<ColorImage>)>,
    decoders: Arc<Semaphore>,
    offline: Option<String>,
}

/// Tells the window something, and wakes it.
#[derive(Clone)]
struct Teller {
    sender: Sender<News>,
    ctx: Context,
}

impl Teller {
    fn tell(&self, news: News) {
        // Without a window nobody listens, and the process is about to end.
        let _ = self.sender.send(news);
        self.ctx.request_repaint();
    }
}

impl Engine {
    /// Opens the home, if somebody lives there.
    pub fn open(ctx: &Context, start: Start) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("noaber-engine")
            .enable_all()
            .build()?;
        let (sender, news) = channel();
        let teller = Teller { sender, ctx: ctx.clone() };
        let mut engine = Self {
            runtime,
            start,
            ctx: ctx.clone(),
            stage: Stage::Vacant,
            news,
            teller,
            tickets: 0,
            answers: BTreeMap::new(),
            pictures: Vec::new(),
            decoders: Arc::new(Semaphore::new(DECODERS)),
            offline: None,
        };
        match Home::at(&engine.start.home).identity() {
            Ok(_) => engine.run(None),
            Err(HomeError::Empty(_)) => {}
            Err(error) => engine.stage = Stage::Failed(trouble(&error)),
        }
        Ok(engine)
    }

    /// Moves somebody in, and opens.
    pub fn move_in(&mut self, name: String, device_name: String) {
        self.run(Some((name, device_name)));
    }

    fn run(&mut self, newcomer: Option<(String, String)>) {
        self.stage = Stage::Opening;
        let (start, teller) = (self.start.clone(), self.teller.clone());
        self.runtime.spawn(async move {
            let home = Home::at(&start.home);
            let opened = tokio::task::spawn_blocking(move || {
                if let Some((name, device)) = newcomer {
                    home.init(&name, &device)?;
                }
                let name = home.identity()?.name;
                Node::open(home, start.clock).map(|node| (node, name))
            });
            let (node, name) = match opened.await {
                Ok(Ok(opened)) => opened,
                Ok(Err(error)) => return teller.tell(News::Opened(Err(trouble(&error)))),
                Err(error) => {
                    return teller.tell(News::Opened(Err(Trouble::Other(error.to_string()))));
                }
            };
            let network = match Network::start(&node, start.net).await {
                Ok(network) => Some(network),
                Err(error) => {
                    teller.tell(News::NoNetwork(error.to_string()));
                    None
                }
            };
            tokio::spawn(watch(node.clone(), network.clone(), teller.clone()));
            let heard = BTreeMap::new();
            let running = Box::new(Running { node, network, heard, name });
            teller.tell(News::Opened(Ok(running)));
        });
    }

    /// Takes in what happened since the last frame.
    pub fn poll(&mut self) {
        while let Ok(news) = self.news.try_recv() {
            match news {
                News::Opened(Ok(running)) => self.stage = Stage::Running(*running),
                News::Opened(Err(trouble)) => self.stage = Stage::Failed(trouble),
                News::NoNetwork(why) => self.offline = Some(why),
                News::Answer(ticket, answer) => _ = self.answers.insert(ticket, answer),
                News::Heard(heard) => {
                    if let Stage::Running(running) = &mut self.stage {
                        running.heard = heard;
                    }
                }
                News::Picture(shot, picture) => self.pictures.push((shot, picture)),
            }
        }
    }

    /// How far we are.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Why there is no network, if there is none.
    pub fn offline(&self) -> Option<&str> {
        self.offline.as_deref()
    }

    /// Keeps the window's preferences; what was handed in is kept even if the window closes now.
    pub fn keep(&self, preferences: String) {
        if let Stage::Running(running) = &self.stage {
            running.node.write_later(move |store| store.set(preferences::NAME, &preferences));
        }
    }

    /// Pictures that were decoded since the last time.
    pub fn take_pictures(&mut self) -> Vec<(Shot, Option<ColorImage>)> {
        std::mem::take(&mut self.pictures)
    }

    /// What came of something, if it is known by now.
    pub fn take(&mut self, ticket: Ticket) -> Option<Answer> {
        self.answers.remove(&ticket)
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// Hands in a command.
    pub fn submit(&mut self, command: Command) -> Ticket {
        let ticket = self.ticket();
        if let Stage::Running(running) = &self.stage {
            let (node, teller) = (running.node.clone(), self.teller.clone());
            self.runtime.spawn(async move {
                let done = node.submit(command).await;
                teller.tell(News::Answer(ticket, Answer::Done(done)));
            });
        } else {
            let stopped = Answer::Done(Err(SubmitError::Stopped));
            self.teller.tell(News::Answer(ticket, stopped));
        }
        ticket
    }

    /// Opens an invite for a week.
    pub fn invite(&mut self, circle: CircleId) -> Ticket {
        let here = match &self.stage {
            Stage::Running(Running { network: Some(network), .. }) => network.address(),
            _ => noaber_core::wire::Address { direct: Vec::new(), relays: Vec::new() },
        };
        let expires = self.now().plus_ms(INVITE_LIFE_MS);
        self.submit(Command::Invite { circle, expires, here })
    }

    /// Asks to be let in.
    pub fn join(&mut self, link: Link) -> Ticket {
        if let Stage::Running(Running { network: Some(network), .. }) = &self.stage {
            network.forget_join(link.circle);
        }
        self.submit(Command::Join { link })
    }

    /// How asking to join a circle went, when it is known.
    pub fn joined(&self, circle: CircleId) -> Option<JoinResult> {
        match &self.stage {
            Stage::Running(Running { network: Some(network), .. }) => {
                network.joins().borrow().get(&circle).copied()
            }
            _ => None,
        }
    }

    /// Makes a photo of what a file holds, and keeps it.
    pub fn take_photo(
        &mut self,
        read: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static,
    ) -> Ticket {
        let ticket = self.ticket();
        let Stage::Running(running) = &self.stage else { return ticket };
        let (node, teller) = (running.node.clone(), self.teller.clone());
        self.runtime.spawn(async move {
            let done = keep_photo(&node, read).await;
            teller.tell(News::Answer(ticket, Answer::Photo(done)));
        });
        ticket
    }

    /// Lets the user pick photos, in a dialog of their desktop.
    pub fn pick_photos(&mut self, title: String) -> Ticket {
        let (ticket, teller) = (self.ticket(), self.teller.clone());
        self.runtime.spawn(async move {
            let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(
                "JPEG, PNG, WebP",
                &["jpg", "jpeg", "png", "webp", "JPG", "JPEG", "PNG"],
            );
            let mut files = Vec::new();
            for file in dialog.pick_files().await.unwrap_or_default() {
                files.push(file.read().await);
            }
            teller.tell(News::Answer(ticket, Answer::Picked(files)));
        });
        ticket
    }

    /// Fetches a photo from the store and decodes it, in the background.
    pub fn load(&self, shot: Shot) {
        let Stage::Running(running) = &self.stage else { return };
        let (node, teller) = (running.node.clone(), self.teller.clone());
        let decoders = Arc::clone(&self.decoders);
        self.runtime.spawn(async move {
            let Ok(_permit) = decoders.acquire().await else { return };
            let work = move || node.photo(shot.photo).ok().flatten().and_then(|b| decode(&b, shot));
            let picture = tokio::task::spawn_blocking(work).await.ok().flatten();
            teller.tell(News::Picture(shot, picture));
        });
    }

    /// What is known now; `None` until the node runs.
    pub fn view(&self) -> Option<Arc<View>> {
        match &self.stage {
            Stage::Running(running) => Some(running.node.view()),
            _ => None,
        }
    }

    /// The name of the member who lives here.
    pub fn name(&self) -> Option<&str> {
        match &self.stage {
            Stage::Running(running) => Some(&running.name),
            _ => None,
        }
    }

    /// When other devices were last connected.
    pub fn heard(&self) -> &BTreeMap<DeviceId, Timestamp> {
        static NOBODY: OnceLock<BTreeMap<DeviceId, Timestamp>> = OnceLock::new();
        match &self.stage {
            Stage::Running(running) => &running.heard,
            _ => NOBODY.get_or_init(BTreeMap::new),
        }
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.start.clock.now()
    }

    /// Wakes the window after a while.
    pub fn wake_in(&self, while_: Duration) {
        self.ctx.request_repaint_after(while_);
    }
}

impl Drop for Engine {
    /// Says good-bye to the neighbours; what was acknowledged is durable anyway.
    fn drop(&mut self) {
        if let Stage::Running(running) = std::mem::replace(&mut self.stage, Stage::Vacant) {
            if let Some(network) = running.network {
                self.runtime.block_on(network.stop());
            }
            running.node.stop();
        }
    }
}

/// Wakes the window when the view changes, when a join is answered, and once a minute.
async fn watch(node: Node, network: Option<Network>, teller: Teller) {
    let mut views = node.watch();
    let mut joins = network.map(|network| network.joins());
    let peers = tokio::task::block_in_place(|| node.read(noaber_node::store::Store::peers));
    let peers = peers.unwrap_or_default().into_iter();
    let mut heard: BTreeMap<DeviceId, Timestamp> =
        peers.filter_map(|peer| Some((peer.device, peer.last_seen?))).collect();
    loop {
        // The store knows when a link began; whoever is linked is heard from now.
        let now = node.now();
        heard.extend(node.view().peers.keys().map(|(_, device)| (*device, now)));
        teller.tell(News::Heard(heard.clone()));
        let joined = async {
            match &mut joins {
                Some(joins) => joins.changed().await.is_ok(),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = views.changed() => if changed.is_err() { return },
            is_alive = joined => if !is_alive { return },
            () = tokio::time::sleep(TICK) => {}
        }
        views.mark_unchanged();
    }
}

async fn keep_photo(
    node: &Node,
    read: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static,
) -> Result<PhotoId, PhotoTrouble> {
    let prepared = tokio::task::spawn_blocking(move || {
        let bytes = read().map_err(PhotoTrouble::Read)?;
        if bytes.len() > MAX_PHOTO_INPUT_BYTES {
            let megabytes = bytes.len().div_ceil(1 << 20);
            return Err(PhotoTrouble::Photo(PhotoError::TooHeavy { megabytes }));
        }
        Ok(prepare(&bytes)?.bytes)
    });
    let bytes = prepared.await.map_err(|error| PhotoTrouble::Read(error.to_string()))??;
    let id = PhotoId::from_bytes(*blake3::hash(&bytes).as_bytes());
    node.write(move |store| store.put_photo(id, &bytes)).await?;
    Ok(id)
}

fn trouble(error: &HomeError) -> Trouble {
    match error {
        HomeError::Locked { .. } => Trouble::RunsAlready,
        other => Trouble::Other(other.to_string()),
    }
}
