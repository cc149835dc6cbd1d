//! The actor: one thread that owns the replica and the store, and performs effects in order.
//!
//! It takes what waits in its inbox as one batch: all entries of the batch become durable in one
//! commit (group commit), and only then is anything sent, answered or shown. If the store fails,
//! nothing of the batch is told to anybody and the replica is folded anew from what is durable.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::time::{Duration, Instant};

use noaber_core::document::Snapshot;
use noaber_core::id::{CircleId, DeviceId};
use noaber_core::replica::{More, PeerFault, Range};
use noaber_core::time::Timestamp;
use noaber_core::wire::{Admitter, JoinAnswer, JoinRequest};
use noaber_core::{Command, CommandError, Effect, Identity, Input, Outcome, Replica, Ticket, View};
use serde::{Deserialize, Serialize};
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};

use crate::clock::Clock;
use crate::store::{Store, StoreError};

/// Inputs that share one commit at most: enough to make the flush cheap, few enough that nobody
/// waits long for an answer.
const MAX_BATCH: usize = 64;
/// Entries handed to the core at a time when a circle is loaded.
const LOAD_PORTION: usize = 2_000;

/// The core is told so often that time passes; less often while nothing else happens, for each time wakes a
/// machine that could sleep.
const TICK: Duration = Duration::from_secs(10);
const TICK_AT_REST: Duration = Duration::from_mins(1);

/// Why a command was not done; nothing has changed.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
pub enum SubmitError {
    /// The rules say no.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// It could not be made durable.
    #[error("it could not be saved: {0}")]
    Store(String),
    /// The node has stopped.
    #[error("the node is stopping")]
    Stopped,
}

/// Writes something into the store that is no entry: a photo, the address book.
pub type StoreWrite = Box<dyn FnOnce(&Store) -> Result<(), StoreError> + Send>;

/// What comes into the inbox.
pub enum Mail {
    /// Something from the network.
    Input {
        /// What.
        input: Input,
        /// Given back when the input has been dealt with: keeps peers from flooding us.
        permits: Vec<OwnedSemaphorePermit>,
    },
    /// A user's command.
    Command {
        /// What.
        command: Box<Command>,
        /// When, if a test says so.
        now: Option<Timestamp>,
        /// Where the answer goes.
        reply: oneshot::Sender<Result<Outcome, SubmitError>>,
    },
    /// A newcomer's request.
    Join {
        /// Who.
        device: DeviceId,
        /// What.
        request: Vec<u8>,
        /// Where the answer goes.
        reply: oneshot::Sender<JoinAnswer>,
    },
    /// A write that is no entry.
    Write {
        /// What to write.
        write: StoreWrite,
        /// Told when it is durable.
        reply: oneshot::Sender<Result<(), SubmitError>>,
    },
    /// Send orders there from now on.
    Network(mpsc::UnboundedSender<Order>),
    /// Stop when everything before this is done.
    Stop,
}

/// What the network is to do.
#[derive(Debug)]
pub enum Order {
    /// Send a frame.
    Send {
        /// To whom.
        peer: DeviceId,
        /// What.
        frame: Vec<u8>,
    },
    /// Send stored entries.
    SendRuns {
        /// To whom.
        peer: DeviceId,
        /// Of which circle.
        circle: CircleId,
        /// Which.
        ranges: Vec<Range>,
    },
    /// Close and keep away for a while.
    Close {
        /// Whose connection.
        peer: DeviceId,
        /// Why.
        fault: PeerFault,
    },
    /// Ask to be let in.
    AskToJoin {
        /// Where.
        circle: CircleId,
        /// Whom.
        admitters: Vec<Admitter>,
        /// What.
        request: Box<JoinRequest>,
    },
    /// All peers were forgotten: close all connections.
    CloseAll,
}

/// Answers that wait for the commit.
enum Waiting {
    Command(oneshot::Sender<Result<Outcome, SubmitError>>, Result<Outcome, CommandError>),
    Join(oneshot::Sender<JoinAnswer>, JoinAnswer),
    Write(oneshot::Sender<Result<(), SubmitError>>, Result<(), SubmitError>),
}

pub(crate) struct Actor {
    store: Store,
    replica: Replica,
    clock: Clock,
    view: watch::Sender<Arc<View>>,
    network: Option<mpsc::UnboundedSender<Order>>,
    // What the batch leads to, once it is durable.
    orders: Vec<Order>,
    waiting: Vec<Waiting>,
    shown: Option<Arc<View>>,
    snapshots: Vec<(CircleId, Vec<Snapshot>)>,
}

impl Actor {
    /// Folds everything that the store holds.
    pub(crate) fn open(
        store: Store,
        identity: Identity,
        clock: Clock,
        view: watch::Sender<Arc<View>>,
    ) -> Result<Self, StoreError> {
        let mut actor = Self {
            store,
            replica: Replica::new(identity),
            clock,
            view,
            network: None,
            orders: Vec::new(),
            waiting: Vec::new(),
            shown: None,
            snapshots: Vec::new(),
        };
        for (circle, admitters) in actor.store.circles()? {
            actor.load(circle, &admitters)?;
        }
        actor.finish()?;
        Ok(actor)
    }

    /// Works until told to stop, or until nobody can send mail any more.
    pub(crate) fn run(mut self, inbox: &Receiver<Mail>) {
        let mut next = Instant::now() + TICK;
        loop {
            let first = match inbox.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(mail) => mail,
                Err(RecvTimeoutError::Timeout) => {
                    next = Instant::now() + TICK_AT_REST;
                    Mail::Input { input: Input::Tick, permits: Vec::new() }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let mut batch = VecDeque::from([first]);
            while batch.len() < MAX_BATCH {
                match inbox.try_recv() {
                    Ok(mail) => batch.push_back(mail),
                    Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
                }
            }
            let is_tick = |mail: &Mail| matches!(mail, Mail::Input { input: Input::Tick, .. });
            if !batch.iter().all(is_tick) {
                next = next.min(Instant::now() + TICK);
            }
            if self.work(batch).is_break() {
                return;
            }
        }
    }

    fn work(&mut self, batch: VecDeque<Mail>) -> std::ops::ControlFlow<()> {
        let mut is_last = false;
        let mut held = Vec::new();
        let mut result = Ok(());
        for mail in batch {
            is_last |= matches!(mail, Mail::Stop);
            match mail {
                Mail::Network(network) => self.network = Some(network),
                // Nothing more is begun; whoever asked is told why.
                Mail::Command { reply, .. } if result.is_err() => {
                    self.waiting.push(Waiting::Command(reply, Err(CommandError::NotFound)));
                }
                mail if result.is_ok() => result = self.open_mail(mail, &mut held),
                _ => {}
            }
        }
        if let Err(error) = result.and_then(|()| self.finish()) {
            // A replica that is not what the store holds must not write another word.
            is_last |= self.recover(&error).is_err();
        }
        drop(held);
        if is_last { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    }

    fn open_mail(
        &mut self,
        mail: Mail,
        held: &mut Vec<Vec<OwnedSemaphorePermit>>,
    ) -> Result<(), StoreError> {
        match mail {
            Mail::Input { input, permits } => {
                held.push(permits);
                self.handle(None, input)
            }
            Mail::Command { command, now, reply } => {
                // The reply effect is the last thing that comes of a command.
                let ticket = Ticket(self.waiting.len() as u64);
                self.waiting.push(Waiting::Command(reply, Err(CommandError::NotFound)));
                self.handle(now, Input::Command { ticket, command })
            }
            Mail::Join { device, request, reply } => {
                let ticket = Ticket(self.waiting.len() as u64);
                self.waiting.push(Waiting::Join(reply, JoinAnswer::Refused));
                self.handle(None, Input::JoinRequested { ticket, device, request })
            }
            Mail::Write { write, reply } => {
                // What is no entry stands or falls alone: it must not take entries with it.
                let written = self.store.apart(write);
                let written = written.map_err(|error| SubmitError::Store(error.to_string()));
                self.waiting.push(Waiting::Write(reply, written));
                Ok(())
            }
            // What is only written now and then is written once more.
            Mail::Stop => self.handle(None, Input::Tick),
            Mail::Network(_) => Ok(()),
        }
    }

    fn handle(&mut self, now: Option<Timestamp>, input: Input) -> Result<(), StoreError> {
        let now = now.unwrap_or_else(|| self.clock.now());
        let effects = self.replica.handle(now, &mut rand::rng(), input);
        effects.into_iter().try_for_each(|effect| self.perform(effect))
    }

    /// Writes at once, into the batch's transaction; lines up everything else for after the commit.
    fn perform(&mut self, effect: Effect) -> Result<(), StoreError> {
        match effect {
            Effect::Persist { circle, entries } => {
                self.store.begin()?;
                self.store.append(circle, &entries)?;
            }
            Effect::KeepSnapshots { circle, snapshots } => self.snapshots.push((circle, snapshots)),
            Effect::SaveCircle { circle, admitters } => {
                self.store.begin()?;
                self.store.save_circle(circle, &admitters)?;
            }
            Effect::ForgetCircle { circle } => {
                self.store.begin()?;
                self.store.forget_circle(circle)?;
            }
            Effect::Reload { circle, admitters } => self.load(circle, &admitters)?,
            Effect::Send { peer, frame } => self.orders.push(Order::Send { peer, frame }),
            Effect::SendRuns { peer, circle, ranges } => {
                self.orders.push(Order::SendRuns { peer, circle, ranges });
            }
            Effect::Close { peer, fault } => self.orders.push(Order::Close { peer, fault }),
            Effect::AskToJoin { circle, admitters, request } => {
                self.orders.push(Order::AskToJoin { circle, admitters, request });
            }
            Effect::AnswerJoin { ticket, answer } => {
                if let Some(Waiting::Join(_, given)) = self.waiting.get_mut(ticket.0 as usize) {
                    *given = answer;
                }
            }
            Effect::Reply { ticket, result } => {
                if let Some(Waiting::Command(_, given)) = self.waiting.get_mut(ticket.0 as usize) {
                    *given = result;
                }
            }
            Effect::Publish(view) => self.shown = Some(view),
        }
        Ok(())
    }

    /// Gives the core all entries of a circle.
    fn load(
        &mut self,
        circle: CircleId,
        admitters: &imbl::OrdSet<DeviceId>,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut rest = Vec::new();
        let replica = &mut self.replica;
        let mut feed = |entries, snapshots, more| {
            let admitters = admitters.clone();
            let input = Input::Load { circle, admitters, entries, snapshots, more };
            rest.extend(replica.handle(now, &mut rand::rng(), input));
        };
        let portion = |entries| feed(entries, Vec::new(), More::Follows);
        self.store.each_entries(circle, LOAD_PORTION, portion)?;
        feed(Vec::new(), self.store.snapshots(circle)?, More::Complete);
        rest.into_iter().try_for_each(|effect| self.perform(effect))
    }

    /// Commits, and then lets the world know.
    fn finish(&mut self) -> Result<(), StoreError> {
        self.store.commit()?;
        for order in self.orders.drain(..) {
            if let Some(network) = &self.network {
                // When the network is gone, its peers are too.
                let _ = network.send(order);
            }
        }
        // Shown before answered: whoever asked finds what they did.
        if let Some(view) = self.shown.take() {
            // Whoever watches is woken by what changed only: time goes by for everybody alike.
            self.view.send_if_modified(|before| {
                let is_new = !view.is_still(before);
                if is_new {
                    *before = view;
                }
                is_new
            });
        }
        for waiting in self.waiting.drain(..) {
            // Whoever asked may have gone; what was done is done.
            match waiting {
                Waiting::Command(reply, result) => {
                    let _ = reply.send(result.map_err(SubmitError::from));
                }
                Waiting::Join(reply, answer) => _ = reply.send(answer),
                Waiting::Write(reply, written) => _ = reply.send(written),
            }
        }
        self.keep_snapshots();
        Ok(())
    }

    /// In a transaction of their own: they are derived, and nothing else may fail with them.
    fn keep_snapshots(&mut self) {
        if self.snapshots.is_empty() {
            return;
        }
        let snapshots = std::mem::take(&mut self.snapshots);
        let mut keep = || {
            self.store.begin()?;
            for (circle, snapshots) in &snapshots {
                self.store.put_snapshots(*circle, snapshots)?;
            }
            self.store.commit()
        };
        if let Err(error) = keep() {
            tracing::warn!(%error, "the next start will take longer");
            self.store.roll_back();
        }
    }

    /// The store failed: nobody hears of the batch, and the replica forgets it as well. An error when
    /// even reading back fails: then this actor must stop.
    fn recover(&mut self, error: &StoreError) -> Result<(), StoreError> {
        tracing::error!(%error, "the store failed; going back to what is durable");
        self.store.roll_back();
        self.orders = vec![Order::CloseAll];
        self.shown = None;
        for waiting in self.waiting.drain(..) {
            match waiting {
                Waiting::Command(reply, _) => {
                    let _ = reply.send(Err(SubmitError::Store(error.to_string())));
                }
                Waiting::Join(reply, _) => _ = reply.send(JoinAnswer::Refused),
                Waiting::Write(reply, _) => {
                    let _ = reply.send(Err(SubmitError::Store(error.to_string())));
                }
            }
        }
        let identity = self.replica.identity();
        self.replica = Replica::new(Identity {
            root: identity.root.clone(),
            device: identity.device.clone(),
            name: identity.name.clone(),
            device_name: identity.device_name.clone(),
        });
        let reloaded = self.store.circles().and_then(|circles| {
            circles.into_iter().try_for_each(|(circle, admitters)| self.load(circle, &admitters))
        });
        let restored = reloaded.and_then(|()| self.finish());
        if let Err(error) = &restored {
            tracing::error!(%error, "the store cannot be read back: stopping, so that nothing is lost");
            self.store.roll_back();
        }
        restored
    }
}

#[cfg(test)]
mod tests;
