//! The side of the node: tells a guest all entries, then each new one, and does what it asks.
//!
//! Nothing is queued for a guest. What it was told is compared with what is held, and the difference is
//! read from the store as fast as the guest takes it: a slow guest is told more at a time, and one that
//! takes nothing is cut off, to come again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use imbl::OrdSet;
use interprocess::local_socket::tokio::Stream;
use noaber_core::View;
use noaber_core::id::{CircleId, DeviceId};
use noaber_core::view::CircleView;
use serde_bytes::ByteBuf;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::message::{Asked, Held, Said, Told};
use super::{Greeting, Version, Welcome, decode, encode, read_frame, write_frame};
use crate::api::Failure;
use crate::service::{ChoiceError, Reached, Service};
use crate::store::{Store, StoreError};

/// Messages that wait to be taken by the guest.
const OUTBOX: usize = 8;
/// Questions of one guest that are answered at a time.
const MAX_QUESTIONS: usize = 32;
/// A guest that has not taken one message in this time is cut off.
const PATIENCE: Duration = Duration::from_secs(20);
/// Entries, and bytes of payload, that travel in one message.
const PORTION: u64 = 1_000;
const PORTION_BYTES: usize = 512 * 1024;

/// Receives a guest until one of the two goes.
pub(crate) async fn receive(mut stream: Stream, greeting: &Greeting, service: Service) {
    let welcome: Result<Welcome, Failure> = Ok(Welcome { version: Version::own() });
    let told = crate::ipc::write(&mut stream, &welcome).await;
    if told.is_err() || greeting.attach != Version::own() {
        return;
    }
    let (outbox, messages) = mpsc::channel(OUTBOX);
    let (again, wanted) = mpsc::channel(OUTBOX);
    // Whichever ends, the guest is cut off, and everything of it is let go.
    tokio::select! {
        () = write(&stream, messages) => {}
        () = read(&stream, &service, outbox.clone(), again) => {}
        () = follow(&service, outbox, wanted) => {}
    }
}

async fn write(stream: &Stream, mut messages: mpsc::Receiver<Vec<u8>>) {
    while let Some(message) = messages.recv().await {
        let written = tokio::time::timeout(PATIENCE, write_frame(stream, &message)).await;
        if !matches!(written, Ok(Ok(()))) {
            return;
        }
    }
}

async fn read(
    stream: &Stream,
    service: &Service,
    outbox: mpsc::Sender<Vec<u8>>,
    again: mpsc::Sender<CircleId>,
) {
    let places = Arc::new(Semaphore::new(MAX_QUESTIONS));
    let mut answers = JoinSet::new();
    while let Ok(frame) = read_frame(stream).await {
        match decode(&frame) {
            Ok(Said::Again(circle)) => {
                if again.send(circle).await.is_err() {
                    return;
                }
            }
            Ok(Said::Keep(name, value)) => {
                service.node().write_later(move |store| store.set(&name, &value));
            }
            Ok(Said::Rung(circle, notices, now)) => {
                service.node().write_later(move |store| store.put_rung(circle, &notices, now));
            }
            Ok(Said::Ask(ticket, asked)) => {
                // Whoever asks more than is answered waits, and is read no further.
                let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
                let (service, outbox) = (service.clone(), outbox.clone());
                answers.spawn(async move {
                    let answer = Told::Answer(ticket, answer(&service, asked).await);
                    // A guest that has gone needs no answer.
                    let _ = outbox.send(encode(&answer)).await;
                    drop(place);
                });
            }
            Err(error) => return tracing::warn!(%error, "a guest is not understood"),
        }
        while answers.try_join_next().is_some() {}
    }
}

async fn answer(service: &Service, asked: Asked) -> Vec<u8> {
    let node = service.node();
    match asked {
        Asked::Submit(command) => encode(&node.submit(*command).await),
        Asked::Photo(id) => {
            let read = service.read(move |store| store.photo(id)).await;
            encode(&read.map(|photo| photo.map(ByteBuf::from)).map_err(|error| error.to_string()))
        }
        Asked::KeepPhoto(id, bytes) => {
            encode(&node.write(move |store| store.put_photo(id, &bytes)).await)
        }
        Asked::Setting(name) => {
            encode(&service.read(move |store| store.setting(&name)).await.ok().flatten())
        }
        Asked::Set(name, value) => encode(&node.write(move |store| store.set(&name, &value)).await),
        Asked::Rung => encode(&service.read(Store::rung).await.ok()),
        Asked::Heard => encode(&service.heard().await),
        Asked::Address => encode(&service.address()),
        Asked::ForgetJoin(circle) => encode(&service.forget_join(circle)),
        Asked::Joined(circle) => encode(&service.joined(circle).await),
        Asked::ChooseNetwork(choice) => encode(&chosen(service.choose_network(choice).await)),
        Asked::ChooseCalendar(address) => encode(&chosen(service.choose_calendar(address).await)),
    }
}

/// As it travels: a word and a sentence.
fn chosen(done: Result<(), ChoiceError>) -> Result<(), (String, String)> {
    done.map_err(|error| {
        let failure = Failure::from(error);
        (failure.code, failure.message)
    })
}

/// What a guest has been told of a circle.
#[derive(Default)]
struct Known {
    admitters: OrdSet<DeviceId>,
    /// How far in each log.
    logs: BTreeMap<DeviceId, u64>,
}

/// What a guest has been told, and where more of it is read.
struct Account {
    store: Store,
    circles: BTreeMap<CircleId, Known>,
}

/// Tells what is held and not told yet, whenever that is something.
async fn follow(
    service: &Service,
    outbox: mpsc::Sender<Vec<u8>>,
    mut again: mpsc::Receiver<CircleId>,
) {
    let (mut views, mut reach) = (service.node().watch(), service.watch_reach());
    let node = service.node().clone();
    let opened = tokio::task::spawn_blocking(move || node.reader()).await;
    let Ok(Ok(store)) = opened else {
        return tracing::error!("there is no reading for a guest");
    };
    let mut account = Account { store, circles: BTreeMap::new() };
    loop {
        let view = Arc::clone(&views.borrow_and_update());
        let (reached, outbox) = (service.reached(), outbox.clone());
        let told = tokio::task::spawn_blocking(move || {
            let told = account.tell(&view, reached, &mut |told| {
                // Waits until the guest takes it.
                outbox.blocking_send(encode(&told)).is_ok()
            });
            told.map(|keeps_up| keeps_up.then_some(account))
        });
        account = match told.await {
            Ok(Ok(Some(account))) => account,
            Ok(Err(error)) => return tracing::error!(%error, "entries could not be read"),
            Ok(Ok(None)) | Err(_) => return,
        };
        tokio::select! {
            changed = views.changed() => if changed.is_err() { return },
            changed = reach.changed() => if changed.is_err() { return },
            circle = again.recv() => match circle {
                Some(circle) => _ = account.circles.remove(&circle),
                None => return,
            },
        }
    }
}

impl Account {
    /// `false` when the guest has gone.
    fn tell(
        &mut self,
        view: &View,
        reached: Reached,
        say: &mut impl FnMut(Told) -> bool,
    ) -> Result<bool, StoreError> {
        let is_gone = |circle: &&CircleId| !view.circles.contains_key(*circle);
        let gone: Vec<CircleId> = self.circles.keys().filter(is_gone).copied().collect();
        for circle in gone {
            self.circles.remove(&circle);
            if !say(Told::Gone(circle)) {
                return Ok(false);
            }
        }
        for circle in view.circles.values() {
            if !self.tell_circle(circle, say)? {
                return Ok(false);
            }
        }
        let peers = view.peers.iter().map(|((circle, device), peer)| (*circle, *device, *peer));
        Ok(say(Told::Level { peers: peers.collect(), reached }))
    }

    fn tell_circle(
        &mut self,
        view: &CircleView,
        say: &mut impl FnMut(Told) -> bool,
    ) -> Result<bool, StoreError> {
        let (circle, admitters) = (view.id, view.admitters.iter().copied().collect());
        let held = |device: &DeviceId| view.heads.get(device).map_or(0, |head| head.seq);
        // Where less counts than before, the circle was folded anew.
        let continues = |known: &&mut Known| known.logs.iter().all(|(log, seq)| *seq <= held(log));
        let (news, known) = match self.circles.get_mut(&circle).filter(continues) {
            Some(known) if known.admitters == view.admitters => (None, known),
            Some(known) => (Some(Told::Admitters { circle, admitters }), known),
            None => {
                self.circles.insert(circle, Known::default());
                let known = self.circles.get_mut(&circle).expect("just put there");
                (Some(Told::Begin { circle, admitters }), known)
            }
        };
        known.admitters.clone_from(&view.admitters);
        let begins = matches!(news, Some(Told::Begin { .. }));
        if !news.is_none_or(&mut *say) {
            return Ok(false);
        }
        if begins && !tell_snapshots(&self.store, circle, say)? {
            return Ok(false);
        }
        // Each log after the one that let its device in.
        for device in view.roster.order.iter().copied() {
            let (told, held) = (known.logs.entry(device).or_default(), held(&device));
            while *told < held {
                let to = held.min(*told + PORTION);
                let mut entries = self.store.range(circle, device, *told + 1, to)?;
                shorten(&mut entries);
                let first = *told + 1;
                if entries.first().is_none_or(|entry| entry.seq != first) {
                    let problem = "an entry that is shown is not stored".to_owned();
                    return Err(self.store.damaged(problem));
                }
                *told += entries.len() as u64;
                let entries = entries.into_iter().map(Held::of).collect();
                if !say(Told::Entries { circle, device, first, entries }) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// `false` when the guest has gone.
fn tell_snapshots(
    store: &Store,
    circle: CircleId,
    say: &mut impl FnMut(Told) -> bool,
) -> Result<bool, StoreError> {
    let (mut portion, mut bytes) = (Vec::new(), 0);
    for snapshot in store.snapshots(circle)? {
        bytes += snapshot.fields.len();
        portion.push(snapshot);
        if bytes >= PORTION_BYTES || portion.len() as u64 == PORTION {
            let snapshots = std::mem::take(&mut portion);
            if !say(Told::Snapshots { circle, snapshots }) {
                return Ok(false);
            }
            bytes = 0;
        }
    }
    Ok(portion.is_empty() || say(Told::Snapshots { circle, snapshots: portion }))
}

/// Leaves as many entries as fit into a message, at least one.
fn shorten(entries: &mut Vec<noaber_core::wire::StoredEntry>) {
    let mut bytes = 0;
    let fits = entries.iter().take_while(|entry| {
        let fits = bytes < PORTION_BYTES;
        bytes += entry.entry.payload.len();
        fits
    });
    let fits = fits.count();
    entries.truncate(fits);
}
