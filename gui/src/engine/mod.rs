//! The node, inside the window: on threads of its own, so that nothing that touches disk or network ever
//! holds up a frame.
//!
//! The window reads the latest view, hands in commands, and reads what came of them at the start of a
//! frame ([`Engine::poll`]). Whatever changes wakes the window; while nothing does, it sleeps. This file
//! knows no pages and no words.

mod finding;
mod keeping;
mod opening;
mod photos;
mod ringing;
mod saving;
mod serving;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use eframe::egui::{ColorImage, Context};
use noaber_core::id::{CircleId, DeviceId, ListingId, PhotoId};
use noaber_core::time::Timestamp;
use noaber_core::wire::Link;
use noaber_core::{Command, Outcome, View};
use noaber_node::access::Access;
use noaber_node::actor::SubmitError;
use noaber_node::api::Failure;
use noaber_node::api::rows::{CheckedRow, StatusRow};
use noaber_node::backup::{BackupError, Made};
use noaber_node::clock::Clock;
use noaber_node::net::{JoinResult, NetOptions};
use noaber_node::service::Reached;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

use crate::fonts::Icon;
use crate::photos::Shot;
use finding::Searches;
pub use keeping::Kept;
use opening::Newcomer;
pub use photos::PhotoTrouble;
use ringing::Mode;
pub use serving::Calendars;

/// What is worth telling again although nothing changed: “free now” becomes untrue by itself.
const TICK: Duration = Duration::from_mins(1);
/// Pictures that are decoded at a time: the machine has other things to do.
const DECODERS: usize = 2;

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
    /// How the home is to be reached.
    Chosen(Result<(), Failure>),
    /// How the node is doing.
    Status(Result<Box<StatusRow>, Failure>),
    /// A backup that was made; nothing if they thought better of it.
    BackedUp(Option<Result<Box<Made>, BackupError>>),
    /// What is wrong with a backup; nothing if they thought better of it.
    Checked(Option<Result<CheckedRow, BackupError>>),
    /// What is kept on this device.
    Kept(Box<Kept>),
    /// Whether the folder was opened.
    Opened(bool),
    /// A file that was written; nothing if they thought better of it.
    Saved(Option<std::io::Result<PathBuf>>),
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
    access: Access,
    presence: Presence,
    /// When other devices were last connected.
    heard: BTreeMap<DeviceId, Timestamp>,
    name: String,
    reached: Reached,
}

/// Whether the node is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Here,
    /// It ran in another program, which has stopped: what is shown is how it was.
    Lost,
}

/// Why the node cannot run, as far as the words for it differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Another Noaber has this home and does not answer.
    RunsAlready,
    /// Another Noaber has this home, and is of another version.
    OtherVersion {
        /// Which, if it says.
        theirs: Option<String>,
        /// This one's.
        ours: String,
    },
    /// It ran, and its store can be used no longer.
    Ended,
    /// Something else, in the node's own words.
    Other(String),
}

enum News {
    Vacant,
    Opened(Result<Box<Running>, Trouble>),
    Lost,
    Answer(Ticket, Answer),
    Joined(CircleId, JoinResult),
    Rang(Icon, String),
    Around(BTreeMap<DeviceId, Timestamp>, Reached),
    Picture(Shot, Option<ColorImage>),
    Found(Ticket, Vec<ListingId>),
    Saving(u8),
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
    joined: BTreeMap<CircleId, JoinResult>,
    searches: Arc<Searches>,
    found: Option<(Ticket, Vec<ListingId>)>,
    /// How many hundredths of a backup are made.
    saved: Option<u8>,
    /// The file that is taken instead of asking for one, once.
    next_file: Option<PathBuf>,
    bell: Arc<Mode>,
    rung: Vec<(Icon, String)>,
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
            stage: Stage::Opening,
            news,
            teller,
            tickets: 0,
            answers: BTreeMap::new(),
            pictures: Vec::new(),
            decoders: Arc::new(Semaphore::new(DECODERS)),
            joined: BTreeMap::new(),
            searches: Arc::default(),
            found: None,
            saved: None,
            next_file: None,
            bell: Arc::default(),
            rung: Vec::new(),
        };
        engine.run(None);
        Ok(engine)
    }

    /// Moves somebody in, and opens.
    pub fn move_in(&mut self, name: String, device_name: String) {
        self.run(Some(Newcomer { name, device_name }));
    }

    /// Opens the home once more, after it could not be.
    pub fn try_again(&mut self) {
        if matches!(self.stage, Stage::Failed(_)) {
            self.run(None);
        }
    }

    fn run(&mut self, newcomer: Option<Newcomer>) {
        self.stage = Stage::Opening;
        let (start, bell) = (self.start.clone(), Arc::clone(&self.bell));
        self.runtime.spawn(opening::run(start, newcomer, bell, self.teller.clone()));
    }

    /// Takes in what happened since the last frame.
    pub fn poll(&mut self) {
        while let Ok(news) = self.news.try_recv() {
            match news {
                News::Opened(Ok(running)) => self.stage = Stage::Running(*running),
                News::Opened(Err(trouble)) => self.stage = Stage::Failed(trouble),
                News::Vacant => self.stage = Stage::Vacant,
                News::Lost => {
                    if let Stage::Running(running) = &mut self.stage {
                        running.presence = Presence::Lost;
                    }
                }
                News::Answer(ticket, answer) => _ = self.answers.insert(ticket, answer),
                News::Rang(icon, text) => self.rung.push((icon, text)),
                News::Joined(circle, result) => _ = self.joined.insert(circle, result),
                News::Around(heard, reached) => {
                    if let Stage::Running(running) = &mut self.stage {
                        (running.heard, running.reached) = (heard, reached);
                    }
                }
                News::Picture(shot, picture) => self.pictures.push((shot, picture)),
                News::Found(ticket, found) => self.found = Some((ticket, found)),
                News::Saving(percent) => self.saved = Some(percent),
            }
        }
    }

    /// How far we are.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Whether the node ran in another program, which has stopped: what is shown is how it was. It comes
    /// back by itself.
    pub fn is_lost(&self) -> bool {
        matches!(&self.stage, Stage::Running(running) if running.presence == Presence::Lost)
    }

    /// Whether the node runs in another program, on the same home.
    pub fn is_guest(&self) -> bool {
        matches!(&self.stage, Stage::Running(running) if running.access.is_guest())
    }

    /// What came of something, if it is known by now.
    pub fn take(&mut self, ticket: Ticket) -> Option<Answer> {
        self.answers.remove(&ticket)
    }

    fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    fn access(&self) -> Option<Access> {
        match &self.stage {
            Stage::Running(running) => Some(running.access.clone()),
            _ => None,
        }
    }

    /// Works something out in the background; its answer comes under the ticket.
    fn answer_later<W>(&mut self, work: impl FnOnce(Option<Access>) -> W) -> Ticket
    where
        W: Future<Output = Answer> + Send + 'static,
    {
        let (ticket, teller) = (self.ticket(), self.teller.clone());
        let work = work(self.access());
        self.runtime.spawn(async move { teller.tell(News::Answer(ticket, work.await)) });
        ticket
    }

    /// Hands in a command.
    pub fn submit(&mut self, command: Command) -> Ticket {
        self.answer_later(|access| async move {
            Answer::Done(match access {
                Some(access) => access.submit(command).await,
                None => Err(SubmitError::Stopped),
            })
        })
    }

    /// Opens an invite that lives so long.
    pub fn invite(&mut self, circle: CircleId, life_ms: i64) -> Ticket {
        let expires = self.now().plus_ms(life_ms);
        self.answer_later(move |access| async move {
            let Some(access) = access else { return Answer::Done(Err(SubmitError::Stopped)) };
            let here = access.address().await;
            Answer::Done(access.submit(Command::Invite { circle, expires, here }).await)
        })
    }

    /// Asks to be let in.
    pub fn join(&mut self, link: Link) -> Ticket {
        let (circle, teller) = (link.circle, self.teller.clone());
        self.joined.remove(&circle);
        self.answer_later(move |access| async move {
            let Some(access) = access else { return Answer::Done(Err(SubmitError::Stopped)) };
            access.forget_join(circle).await;
            let done = access.submit(Command::Join { link }).await;
            if done.is_ok() {
                tokio::spawn(async move {
                    teller.tell(News::Joined(circle, access.joined(circle).await));
                });
            }
            Answer::Done(done)
        })
    }

    /// How asking to join a circle went, when it is known.
    pub fn joined(&self, circle: CircleId) -> Option<JoinResult> {
        self.joined.get(&circle).copied()
    }

    /// What is known now; `None` until the node runs.
    pub fn view(&self) -> Option<Arc<View>> {
        match &self.stage {
            Stage::Running(running) => Some(running.access.view()),
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
            self.runtime.block_on(running.access.stop());
        }
    }
}
