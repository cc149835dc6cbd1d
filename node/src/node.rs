//! The handle that the command line, the window and the network share.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;

use noaber_core::id::{DeviceId, ListingId, MemberId, PhotoId};
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_core::wire::JoinAnswer;
use noaber_core::{Command, Outcome, View};
use tokio::sync::{oneshot, watch};

use crate::actor::{Actor, Mail, SubmitError};
use crate::clock::Clock;
use crate::finder::Finder;
use crate::home::{Home, HomeError, Lock};
use crate::store::{Store, StoreError};

/// A running node, without or with a network. Clones are the same node.
#[derive(Clone)]
pub struct Node {
    inner: Arc<Inner>,
}

struct Inner {
    home: Home,
    member: MemberId,
    device: DeviceId,
    secret: [u8; 32],
    clock: Clock,
    inbox: mpsc::Sender<Mail>,
    view: watch::Receiver<Arc<View>>,
    reader: Mutex<Store>,
    finder: Finder,
    thread: Mutex<Option<JoinHandle<()>>>,
    _lock: Lock,
}

impl Node {
    /// Opens a home: takes its lock, folds its store, starts the actor.
    pub fn open(home: Home, clock: Clock) -> Result<Self, HomeError> {
        let identity = home.identity()?;
        let lock = home.lock()?;
        let (member, device) = (identity.member(), identity.device());
        let secret = identity.device.to_bytes();
        let empty = noaber_core::Replica::new(home.identity()?).view().clone();
        let (view_sender, view) = watch::channel(Arc::new(empty));
        let store = Store::open(&home.store_path())?;
        let reader = Mutex::new(Store::open(&home.store_path())?);
        let actor = Actor::open(store, identity, clock.clone(), view_sender)?;
        let entries: u64 = view.borrow().circles.values().map(|circle| circle.entries).sum();
        tracing::info!(entries, "the store is open");
        let (inbox, mail) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("noaber-actor".into())
            .spawn(move || actor.run(&mail))
            .map_err(|error| HomeError::File { path: home.path().to_owned(), error })?;
        let thread = Mutex::new(Some(thread));
        let inner = Inner {
            home,
            member,
            device,
            secret,
            clock,
            inbox,
            view,
            reader,
            finder: Finder::default(),
            thread,
            _lock: lock,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The member who lives here.
    pub fn member(&self) -> MemberId {
        self.inner.member
    }

    /// This device.
    pub fn device(&self) -> DeviceId {
        self.inner.device
    }

    /// Where it lives.
    pub fn home(&self) -> &Path {
        self.inner.home.path()
    }

    pub(crate) fn device_secret(&self) -> &[u8; 32] {
        &self.inner.secret
    }

    /// The time, as this node takes it.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// What is known now.
    pub fn view(&self) -> Arc<View> {
        Arc::clone(&self.inner.view.borrow())
    }

    /// All listings that some words find, the best first, also those no longer offered. May take a while
    /// for a large circle: not for threads that must not wait.
    pub fn search(&self, circle: &CircleView, words: &str) -> Vec<ListingId> {
        self.inner.finder.search(circle, words)
    }

    /// Follows what is known.
    pub fn watch(&self) -> watch::Receiver<Arc<View>> {
        self.inner.view.clone()
    }

    pub(crate) fn mail(&self, mail: Mail) {
        // The actor only ends after a stop, and then nobody is listening either.
        let _ = self.inner.inbox.send(mail);
    }

    /// Does what a user wants; returns once it is durable here.
    pub async fn submit(&self, command: Command) -> Result<Outcome, SubmitError> {
        self.submit_at(None, command).await
    }

    /// As [`Node::submit`], at a time that a test chose.
    pub async fn submit_at(
        &self,
        now: Option<Timestamp>,
        command: Command,
    ) -> Result<Outcome, SubmitError> {
        let (reply, answer) = oneshot::channel();
        self.mail(Mail::Command { command: Box::new(command), now, reply });
        answer.await.unwrap_or(Err(SubmitError::Stopped))
    }

    /// Writes something that is no entry; returns once it is durable.
    pub async fn write(
        &self,
        write: impl FnOnce(&Store) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), SubmitError> {
        let (reply, answer) = oneshot::channel();
        self.mail(Mail::Write { write: Box::new(write), reply });
        answer.await.unwrap_or(Err(SubmitError::Stopped))
    }

    /// As [`Node::write`], when nobody waits for it. It is written even if the node is stopped next.
    pub fn write_later(
        &self,
        write: impl FnOnce(&Store) -> Result<(), StoreError> + Send + 'static,
    ) {
        self.mail(Mail::Write { write: Box::new(write), reply: oneshot::channel().0 });
    }

    pub(crate) async fn let_in(&self, device: DeviceId, request: Vec<u8>) -> JoinAnswer {
        let (reply, answer) = oneshot::channel();
        self.mail(Mail::Join { device, request, reply });
        answer.await.unwrap_or(JoinAnswer::Refused)
    }

    /// Reads from the store. Takes a lock and touches the disk: not for threads that must not wait.
    pub fn read<T>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // A reader that panicked has changed nothing.
        let store = self.inner.reader.lock().unwrap_or_else(PoisonError::into_inner);
        read(&store)
    }

    /// A reader of one's own, for what takes long.
    pub(crate) fn reader(&self) -> Result<Store, StoreError> {
        Store::open(&self.inner.home.store_path())
    }

    /// A photo, if it is here.
    pub fn photo(&self, id: PhotoId) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|store| store.photo(id))
    }

    /// Returns when the actor has stopped, by itself only when the store can be used no longer.
    pub async fn ended(&self) {
        let mut views = self.watch();
        while views.changed().await.is_ok() {}
    }

    /// Stops the actor after all that was submitted before; what was acknowledged is durable anyway.
    pub fn stop(&self) {
        self.mail(Mail::Stop);
        let thread = self.inner.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("the actor panicked");
        }
    }
}
