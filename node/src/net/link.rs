//! One link: a connection to a device of our circles.
//!
//! The side that opened the connection opens the first stream, and frames go both ways on it, each
//! behind its length. Every further stream asks for one photo.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use iroh::endpoint::{Connection, ConnectionError, RecvStream, SendStream, VarInt};
use noaber_core::Input;
use noaber_core::id::{CircleId, DeviceId};
use noaber_core::limits::MAX_FRAME;
use noaber_core::replica::Range;
use tokio::sync::{Semaphore, mpsc};

use super::{
    BACK_OFF_AFTER_FAULT, CONNECT_TIMEOUT, MAX_WAITING_FRAMES, Moment, Shared, lock, path_of,
    photos,
};
use crate::actor::Mail;

/// Frames and orders that wait for a slow peer; ranges are small, whatever they stand for.
const MAX_OUTBOX: usize = 4096;
/// Two devices that open links to each other at the same moment keep one; later, a new link
/// replaces an old one, for the other side knows that the old one is dead.
const SAME_MOMENT: Duration = Duration::from_secs(5);

/// A peer that takes longer for one frame does not read what it is sent.
const FRAME_TIMEOUT: Duration = Duration::from_mins(1);

/// What is to be sent.
#[derive(Debug)]
pub(super) enum Outgoing {
    /// A frame.
    Frame(Vec<u8>),
    /// Stored entries.
    Runs {
        /// Of which circle.
        circle: CircleId,
        /// Which.
        ranges: Vec<Range>,
    },
}

/// Who opened a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Ours,
    Theirs,
}

/// A link that stands.
pub(super) struct Link {
    epoch: u64,
    side: Side,
    since: Moment,
    connection: Connection,
    outbox: mpsc::Sender<Outgoing>,
    answered: Arc<AtomicBool>,
}

impl Link {
    pub(super) fn is_ours(&self) -> bool {
        self.side == Side::Ours
    }

    /// Whether the other side has said anything: a handshake alone proves little.
    pub(super) fn has_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) fn path(&self) -> &'static str {
        path_of(&self.connection)
    }

    /// `false` when the peer does not keep up.
    pub(super) fn send(&self, outgoing: Outgoing) -> bool {
        self.outbox.try_send(outgoing).is_ok()
    }

    pub(super) fn close(&self, reason: &[u8]) {
        self.connection.close(VarInt::from_u32(0), reason);
    }
}

/// Why a link is closed that stands beside another one.
const HAVE_ONE: &[u8] = b"have one";

/// How a link ended, for whoever opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// The other side has a link to us by another connection, which stands here in a moment too.
    GaveWay,
    /// Somehow else.
    Over,
}

/// Whether the other side has closed it because it has another one. Asked before it is closed here too:
/// then nothing else is known.
fn gave_way(connection: &Connection) -> bool {
    let closed = connection.close_reason();
    matches!(closed, Some(ConnectionError::ApplicationClosed(close)) if &*close.reason == HAVE_ONE)
}

/// Why a link ended.
enum End {
    Lost,
    Fault,
}

/// Carries frames until the link ends.
pub(super) async fn run(
    shared: Arc<Shared>,
    connection: Connection,
    peer: DeviceId,
    side: Side,
) -> Ended {
    let (outbox, orders) = mpsc::channel(MAX_OUTBOX);
    let answered = Arc::new(AtomicBool::new(false));
    let Some(epoch) = register(&shared, peer, side, &connection, outbox, &answered) else {
        connection.close(VarInt::from_u32(0), HAVE_ONE);
        return Ended::Over;
    };
    let end = carry(&shared, &connection, peer, side, orders, &answered).await;
    let ended = if gave_way(&connection) { Ended::GaveWay } else { Ended::Over };
    connection.close(VarInt::from_u32(0), b"");
    {
        // The core hears of links in the order in which they stand here: it is told under the lock.
        let mut links = lock(&shared.links);
        if links.get(&peer).is_some_and(|link| link.epoch == epoch) {
            links.remove(&peer);
            shared.input(Input::Disconnected { peer });
        }
    }
    if matches!(end, End::Fault) {
        shared.keep_away(peer, BACK_OFF_AFTER_FAULT);
    }
    if answered.load(Ordering::Relaxed) {
        let now = shared.node.now();
        shared.node.write_later(move |store| store.saw_peer(peer, now));
    }
    shared.wake.notify_one();
    ended
}

/// Makes this the link to the peer, unless the one that stands is to stay.
fn register(
    shared: &Shared,
    peer: DeviceId,
    side: Side,
    connection: &Connection,
    outbox: mpsc::Sender<Outgoing>,
    answered: &Arc<AtomicBool>,
) -> Option<u64> {
    let mut links = lock(&shared.links);
    if let Some(standing) = links.get(&peer) {
        let is_race = standing.side != side && standing.since.elapsed() < SAME_MOMENT;
        let we_are_first = shared.node.device() < peer;
        let keep_new = (side == Side::Ours) == we_are_first;
        if is_race && !keep_new && standing.connection.close_reason().is_none() {
            return None;
        }
        standing.close(HAVE_ONE);
    }
    let epoch = shared.epoch.fetch_add(1, Ordering::Relaxed);
    let link = Link {
        epoch,
        side,
        since: Moment::now(),
        connection: connection.clone(),
        outbox,
        answered: Arc::clone(answered),
    };
    links.insert(peer, link);
    tracing::info!(%peer, ?side, "linked");
    shared.input(Input::Connected { peer });
    Some(epoch)
}

async fn carry(
    shared: &Arc<Shared>,
    connection: &Connection,
    peer: DeviceId,
    side: Side,
    orders: mpsc::Receiver<Outgoing>,
    answered: &AtomicBool,
) -> End {
    let opened = async {
        match side {
            Side::Ours => connection.open_bi().await,
            Side::Theirs => connection.accept_bi().await,
        }
    };
    let Ok(Ok((to, from))) = tokio::time::timeout(CONNECT_TIMEOUT, opened).await else {
        return End::Lost;
    };
    tokio::select! {
        end = read(shared, peer, from, answered) => end,
        () = write(shared, to, orders) => End::Lost,
        () = photos::serve(shared, connection, peer) => End::Lost,
    }
}

async fn read(shared: &Shared, peer: DeviceId, mut from: RecvStream, answered: &AtomicBool) -> End {
    let own = Arc::new(Semaphore::new(MAX_WAITING_FRAMES));
    loop {
        let mut length = [0; 4];
        // Every device has something to say at once; one that has not only takes a place.
        let patience =
            if answered.load(Ordering::Relaxed) { Duration::MAX } else { CONNECT_TIMEOUT };
        let first = tokio::time::timeout(patience, from.read_exact(&mut length)).await;
        if !matches!(first, Ok(Ok(()))) {
            return End::Lost;
        }
        let length = u32::from_le_bytes(length) as usize;
        if length > MAX_FRAME {
            return End::Fault;
        }
        // A place is taken before the frame is read, so that what waits stays bounded.
        let in_all = Arc::clone(&shared.waiting_frames).acquire_owned().await;
        let (Ok(own), Ok(in_all)) = (Arc::clone(&own).acquire_owned().await, in_all) else {
            return End::Lost;
        };
        let mut frame = vec![0; length];
        if from.read_exact(&mut frame).await.is_err() {
            return End::Lost;
        }
        shared.traffic.frames_in.fetch_add(1, Ordering::Relaxed);
        shared.traffic.bytes_in.fetch_add(4 + length as u64, Ordering::Relaxed);
        if !answered.swap(true, Ordering::Relaxed) {
            // It works: next time, no back-off.
            lock(&shared.dials).remove(&peer);
            let now = shared.node.now();
            shared.node.write_later(move |store| store.saw_peer(peer, now));
        }
        let input = Input::Received { peer, frame };
        shared.node.mail(Mail::Input { input, permits: vec![own, in_all] });
    }
}

async fn write(shared: &Arc<Shared>, mut to: SendStream, mut orders: mpsc::Receiver<Outgoing>) {
    while let Some(order) = orders.recv().await {
        let sent = match order {
            Outgoing::Frame(frame) => write_frame(shared, &mut to, &frame).await,
            Outgoing::Runs { circle, ranges } => write_runs(shared, &mut to, circle, ranges).await,
        };
        if !sent {
            return;
        }
    }
}

/// `false` when the link is lost, or the peer has not taken one frame in a minute.
async fn write_frame(shared: &Shared, to: &mut SendStream, frame: &[u8]) -> bool {
    shared.traffic.frames_out.fetch_add(1, Ordering::Relaxed);
    shared.traffic.bytes_out.fetch_add(4 + frame.len() as u64, Ordering::Relaxed);
    let length = (frame.len() as u32).to_le_bytes();
    let write = async { to.write_all(&length).await.is_ok() && to.write_all(frame).await.is_ok() };
    tokio::time::timeout(FRAME_TIMEOUT, write).await.unwrap_or(false)
}

/// Reads entries from the store as fast as the peer takes them, and no faster.
async fn write_runs(
    shared: &Arc<Shared>,
    to: &mut SendStream,
    circle: CircleId,
    ranges: Vec<Range>,
) -> bool {
    let (frames, mut packed) = mpsc::channel(2);
    let node = shared.node.clone();
    let reading = tokio::task::spawn_blocking(move || {
        let mut hand_on = |frame| frames.blocking_send(frame).is_ok();
        match node.reader() {
            Ok(store) => store.pack(circle, &ranges, &mut hand_on),
            Err(error) => Err(error),
        }
    });
    while let Some(frame) = packed.recv().await {
        if !write_frame(shared, to, &frame).await {
            return false;
        }
    }
    match reading.await {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::error!(%error, "entries could not be read to be sent");
            false
        }
        Err(_) => false,
    }
}
