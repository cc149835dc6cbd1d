//! The peer to beat: samod 0.16 (automerge-repo in Rust), measured on the work Noaber does between two nodes.
//!
//! **Set-up.** Two repos ("alice", who writes and dials, and "bob") live in one process on one tokio multi-thread
//! runtime with two workers, which also run the measuring task. Storage is samod's `InMemoryStorage`. The share policy
//! is samod's default: read and write, everything announced, so bob needs to be told no document id. A round makes new
//! repos and a new runtime, and takes the four figures in the order below. One listing is one automerge document of ten
//! scalar fields (250 bytes of random text in eight of them), made in one change. Listings, and which of them are
//! edited, come from a seed; document ids and peers' storage ids are samod's own random ones, of constant size. This
//! module installs no tracing subscriber.
//!
//! **Choices made in samod's favour.** Alice dials, because in samod 0.16 a dialer's change of state costs time for each
//! document that was ever looked up, and only bob looks documents up. Nobody subscribes to `Repo::connected_peers`,
//! which copies every document's state on every message. Peer ids are 5 and 3 bytes (they travel in every message). Text
//! is stored as scalar strings, not as automerge text objects. Documents run on the async runtime, which is the default;
//! on a rayon pool of two threads the same work took equally long within the noise.
//!
//! **The link** is a pair of unbounded in-memory channels of message payloads: no latency, no loss, no framing, no
//! encryption, no copy. `bytes` and `messages` sum both directions, everything from samod's own handshake on, until the
//! link is *quiet*. A real transport's framing and encryption would come on top of `bytes`.
//!
//! **Quiet** means: every message sent was delivered, none was sent or delivered for 250 ms, and after that both repos
//! say of every document that its heads are those shared with the other. The wait that finds this out is in no figure.
//!
//! **Figures.** A reconnect is a fresh connection between the same two running repos, all documents loaded and in
//! memory. The clock starts when the link is opened, before samod's handshake; dialing is not counted.
//!
//! - `fresh sync`: bob knows nothing. The clock stops when bob has opened every document with `Repo::find` and read its
//!   ten fields, each equal to what alice wrote. He opens a document as soon as samod has stored it (told by a
//!   `RepoObserver`), so the reading overlaps the syncing.
//! - `10 changed, reconnect`: the link is cut, alice changes one number in each of ten documents, the link is opened
//!   again. The clock stops when bob has read all ten new values. He watches just these ten, with `DocHandle::changes`.
//!   Bytes and messages are those of the whole reconnect, until quiet.
//! - `nothing changed, reconnect`: the link is cut and opened. The clock stops when the last message before quiet is
//!   delivered; the handling of that last message is not counted.
//! - `live edit`: connected and quiet, alice changes one number in one document. The clock starts before
//!   `DocHandle::with_document` (the commit is inside) and stops when bob, woken by `DocHandle::changes`, has read the
//!   new value. 50 edits a round, to five documents in turn, each after 20 ms without a message. All edits of all rounds
//!   are in the median, and `runs` is their number. Bytes and messages include the acknowledgement. Five documents,
//!   because automerge sends a document of fewer than three changes whole (here about 330 bytes more), and that should
//!   not be the median.
//!
//! **Not counted in any figure**: making the listings, cutting the link and letting both repos finish with the old
//! connection, starting and stopping repos and runtimes, disk. **Not done by samod here at all**: signatures, checks of
//! who may write what, encryption. A node that does these is at a disadvantage against these figures.
//!
//! **Timeouts.** Each measured step has 60 s (and 10 s for what it does besides). One that takes longer counts as
//! infinitely long in the median, gives no bytes or messages, is not in `runs`, and ends its round, so the later figures
//! lack that round.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use ::samod::storage::InMemoryStorage;
use ::samod::{
    AcceptorHandle, BackoffConfig, ConcurrencyConfig, DialError, Dialer, DialerHandle, DocHandle,
    DocumentId, PeerId, Repo, RepoBuilder, RepoEvent, RepoObserver, ShareConfig, StorageOperation,
    Transport, Url,
};
use automerge::transaction::Transactable as _;
use automerge::{ActorId, AutoCommit, Automerge, AutomergeError, ROOT, ReadDoc as _, ScalarValue};
use futures::channel::mpsc;
use futures::future::{BoxFuture, join_all, ready};
use futures::{FutureExt as _, SinkExt as _, Stream, StreamExt as _};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::{sleep, timeout};

/// The longest a measured step may take.
const LIMIT: Duration = Duration::from_mins(1);
/// What a step may take besides what it measures: cutting the link, and waiting until it is quiet.
const SETTLING: Duration = Duration::from_secs(10);
/// How long the link must be silent before it can be called quiet.
const SILENCE: Duration = Duration::from_millis(250);
/// The pause between two live edits.
const PAUSE: Duration = Duration::from_millis(20);
/// How many documents change while the link is cut.
const CHANGED: usize = 10;
/// How many live edits a round makes.
const EDITS: usize = 50;
/// How many documents the live edits of a round go to, in turn.
const EDITED: usize = 5;
/// The seed of everything this module chooses itself.
const SEED: u64 = 0x6e6f_6162_6572;

/// One line of the comparison.
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) name: &'static str,
    /// The median time in milliseconds; infinite if half the runs or more took over 60 s.
    pub(crate) median_ms: f64,
    /// The median of the bytes of all message payloads, both directions; `None` if no run finished.
    pub(crate) bytes: Option<u64>,
    /// The median of the number of messages, both directions; `None` if no run finished.
    pub(crate) messages: Option<u64>,
    /// How many runs finished within 60 s.
    pub(crate) runs: usize,
}

/// Runs the whole comparison: `rounds` rounds with `listings` documents each.
pub(crate) fn run(listings: usize, rounds: usize) -> Vec<Figure> {
    assert!(listings > 0, "without listings there is nothing to measure");
    let mut all = [
        Samples::new("fresh sync"),
        Samples::new("10 changed, reconnect"),
        Samples::new("nothing changed, reconnect"),
        Samples::new("live edit"),
    ];
    for round in 0..rounds {
        let seed = SEED.wrapping_add(round as u64);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_time()
            .build()
            .expect("a tokio runtime can be built");
        let taken = runtime
            .block_on(runtime.spawn(one_round(listings, seed)))
            .expect("a round does not panic");
        runtime.shutdown_timeout(Duration::from_secs(5));
        for (samples, step) in all.iter_mut().zip(taken) {
            samples.add(step);
        }
    }
    all.into_iter().map(Samples::figure).collect()
}

/// One thing measured once.
struct Sample {
    time: Duration,
    bytes: u64,
    messages: u64,
}

/// What one step of one round measured: one sample, or one for each live edit.
type Step = Vec<Sample>;

/// All that was measured for one figure.
struct Samples {
    name: &'static str,
    times: Vec<f64>,
    bytes: Vec<u64>,
    messages: Vec<u64>,
}

impl Samples {
    fn new(name: &'static str) -> Self {
        Self { name, times: Vec::new(), bytes: Vec::new(), messages: Vec::new() }
    }

    /// Adds a step, or `None` for one that ran out of time.
    fn add(&mut self, step: Option<Step>) {
        let Some(step) = step else {
            self.times.push(f64::INFINITY);
            return;
        };
        for sample in step {
            self.times.push(sample.time.as_secs_f64() * 1000.0);
            self.bytes.push(sample.bytes);
            self.messages.push(sample.messages);
        }
    }

    fn figure(mut self) -> Figure {
        self.times.sort_by(f64::total_cmp);
        Figure {
            name: self.name,
            median_ms: middle(&self.times).unwrap_or(f64::INFINITY),
            runs: self.times.iter().filter(|time| time.is_finite()).count(),
            bytes: sorted_middle(self.bytes),
            messages: sorted_middle(self.messages),
        }
    }
}

/// The middle of sorted values; the upper one of two.
fn middle<T: Copy>(sorted: &[T]) -> Option<T> {
    sorted.get(sorted.len() / 2).copied()
}

fn sorted_middle(mut values: Vec<u64>) -> Option<u64> {
    values.sort_unstable();
    middle(&values)
}

/// Takes the four figures once. Stops at the first step that runs out of time and gives it as `None`.
async fn one_round(listings: usize, seed: u64) -> Vec<Option<Step>> {
    let Ok(mut pair) = timeout(LIMIT, Pair::new(listings, seed)).await else {
        return vec![None];
    };
    let mut taken = Vec::new();
    for which in 0..4 {
        let step = timeout(LIMIT + SETTLING, async {
            match which {
                0 => vec![pair.fresh().await],
                1 => vec![pair.ten_changed().await],
                2 => vec![pair.nothing_changed().await],
                _ => pair.live_edits().await,
            }
        });
        let step = step.await.ok().filter(|step| step.iter().all(|sample| sample.time <= LIMIT));
        let over = step.is_none();
        taken.push(step);
        if over {
            break;
        }
    }
    pair.stop().await;
    taken
}

/// Two repos, the documents in each, and the link between them.
struct Pair {
    rng: StdRng,
    listings: Vec<Listing>,
    alice: Repo,
    bob: Repo,
    acceptor: AcceptorHandle,
    link: Option<(DialerHandle, Arc<Meter>)>,
    alice_docs: Vec<DocHandle>,
    bob_docs: Vec<DocHandle>,
    /// The ids of documents bob has just stored.
    stored: mpsc::UnboundedReceiver<DocumentId>,
    next_value: i64,
}

impl Pair {
    async fn new(count: usize, seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let (tell, stored) = mpsc::unbounded();
        let alice = configured("alice").load().await;
        let bob = configured("bob").with_observer(StoredDocuments(tell)).load().await;
        let acceptor = bob.make_acceptor(link_url()).expect("bob is running");
        let mut listings = Vec::with_capacity(count);
        let mut alice_docs = Vec::with_capacity(count);
        for _ in 0..count {
            let listing = Listing::new(&mut rng);
            alice_docs
                .push(alice.create(listing.document(&mut rng)).await.expect("alice is running"));
            listings.push(listing);
        }
        sleep(SILENCE).await;
        Self {
            rng,
            listings,
            alice,
            bob,
            acceptor,
            link: None,
            alice_docs,
            bob_docs: Vec::new(),
            stored,
            next_value: 1_000,
        }
    }

    async fn fresh(&mut self) -> Sample {
        let places: HashMap<DocumentId, usize> = self
            .alice_docs
            .iter()
            .enumerate()
            .map(|(place, doc)| (doc.document_id().clone(), place))
            .collect();
        let mut found: Vec<Option<DocHandle>> = vec![None; places.len()];
        let mut missing = places.len();
        let meter = self.connect();
        while missing > 0 {
            let id = self.stored.next().await.expect("bob keeps his observer");
            let place = places[&id];
            if found[place].is_some() {
                continue;
            }
            let doc = self
                .bob
                .find(id)
                .await
                .expect("bob is running")
                .expect("a stored document is found");
            let equal =
                doc.with_document(|doc| Listing::read(doc).as_ref() == Some(&self.listings[place]));
            assert!(equal, "a document arrives whole");
            found[place] = Some(doc);
            missing -= 1;
        }
        let time = meter.opened().elapsed();
        self.bob_docs = found.into_iter().flatten().collect();
        self.quiet(&meter).await;
        Sample::one(time, &meter)
    }

    async fn ten_changed(&mut self) -> Sample {
        self.cut().await;
        let count = self.alice_docs.len();
        let mut watched = Vec::new();
        for place in rand::seq::index::sample(&mut self.rng, count, CHANGED.min(count)) {
            let value = self.next_value();
            set_quantity(&self.alice_docs[place], value);
            let doc = self.bob_docs[place].clone();
            watched.push((doc.changes(), doc, value));
        }
        self.settle().await;
        let meter = self.connect();
        join_all(watched.into_iter().map(|(changes, doc, value)| sees(changes, doc, value))).await;
        let time = meter.opened().elapsed();
        self.quiet(&meter).await;
        Sample::one(time, &meter)
    }

    async fn nothing_changed(&mut self) -> Sample {
        self.cut().await;
        self.settle().await;
        let meter = self.connect();
        let last = self.quiet(&meter).await;
        Sample::one(last.duration_since(meter.opened()), &meter)
    }

    async fn live_edits(&mut self) -> Step {
        let meter = self.link.as_ref().map(|(_, meter)| meter.clone()).expect("the link is open");
        let count = self.alice_docs.len();
        let places = rand::seq::index::sample(&mut self.rng, count, EDITED.min(count)).into_vec();
        let mut samples = Vec::with_capacity(EDITS);
        for &place in places.iter().cycle().take(EDITS) {
            let value = self.next_value();
            let doc = self.bob_docs[place].clone();
            let changes = doc.changes();
            let before = meter.counted();
            let start = Instant::now();
            set_quantity(&self.alice_docs[place], value);
            sees(changes, doc, value).await;
            let time = start.elapsed();
            meter.silent(PAUSE).await;
            let after = meter.counted();
            samples.push(Sample { time, bytes: after.0 - before.0, messages: after.1 - before.1 });
        }
        self.quiet(&meter).await;
        samples
    }

    /// Has alice dial bob over a new link.
    fn connect(&mut self) -> Arc<Meter> {
        let meter = Arc::new(Meter::default());
        let dialer = Arc::new(Link { acceptor: self.acceptor.clone(), meter: meter.clone() });
        let handle = self.alice.dial(BackoffConfig::default(), dialer).expect("alice is running");
        self.link = Some((handle, meter.clone()));
        meter
    }

    /// Closes the link and waits until both repos have forgotten it.
    async fn cut(&mut self) {
        if let Some((dialer, _)) = self.link.take() {
            dialer.close();
        }
        while self.acceptor.connection_count() > 0 {
            sleep(Duration::from_millis(1)).await;
        }
        self.settle().await;
    }

    /// Waits until every document has handled what is in its queue.
    async fn settle(&self) {
        for doc in self.alice_docs.iter().chain(&self.bob_docs) {
            doc.with_document_async(|_| ()).await.expect("the repos are running");
        }
        sleep(SILENCE).await;
    }

    /// Waits until the link is quiet; gives the time of the last message.
    async fn quiet(&self, meter: &Meter) -> Instant {
        loop {
            let last = meter.silent(SILENCE).await;
            let agreed = self.alice_docs.iter().zip(&self.bob_docs).all(|(alices, bobs)| {
                shared_heads(alices).is_some_and(|heads| Some(heads) == shared_heads(bobs))
            });
            if agreed || self.bob_docs.is_empty() {
                assert_eq!(
                    meter.opens.load(SeqCst),
                    1,
                    "the link was opened again behind the harness's back"
                );
                return last;
            }
        }
    }

    fn next_value(&mut self) -> i64 {
        self.next_value += 1;
        self.next_value
    }

    async fn stop(mut self) {
        if let Some((dialer, _)) = self.link.take() {
            dialer.close();
        }
        self.acceptor.close();
        // The runtime is shut down next: a repo that does not stop in time is ended there.
        let _ = timeout(Duration::from_secs(10), async {
            self.alice.stop().await;
            self.bob.stop().await;
        })
        .await;
    }
}

impl Sample {
    fn one(time: Duration, meter: &Meter) -> Self {
        let (bytes, messages) = meter.counted();
        Self { time, bytes, messages }
    }
}

/// A repo with samod's defaults, in memory, on this runtime.
fn configured(name: &str) -> RepoBuilder<InMemoryStorage, tokio::runtime::Handle, ShareConfig> {
    Repo::build_tokio()
        .with_peer_id(PeerId::from(name))
        .with_share_policy(ShareConfig::read_write())
        .with_concurrency(ConcurrencyConfig::AsyncRuntime)
}

/// Waits until the document shows this quantity.
async fn sees(changes: impl Stream, doc: DocHandle, quantity: i64) {
    let mut changes = std::pin::pin!(changes);
    while doc.with_document(|doc| get_int(doc, "quantity")) != Some(quantity) {
        changes.next().await.expect("the document stays open");
    }
}

/// One edit: one number in one document.
fn set_quantity(doc: &DocHandle, quantity: i64) {
    doc.with_document(|doc| {
        doc.transact(|tx| tx.put(ROOT, "quantity", quantity)).expect("a number can be put");
    });
}

/// The heads this repo's document has, if its only peer is known to have exactly them too.
fn shared_heads(doc: &DocHandle) -> Option<Vec<automerge::ChangeHash>> {
    let heads = doc.with_document(|doc| doc.get_heads());
    let (peers, _) = doc.peers();
    let shared = peers.len() == 1
        && peers.values().all(|peer| {
            peer.shared_heads.as_ref() == Some(&heads) && peer.their_heads.as_ref() == Some(&heads)
        });
    shared.then_some(heads)
}

/// Tells which documents were written to a repo's storage.
struct StoredDocuments(mpsc::UnboundedSender<DocumentId>);

impl RepoObserver for StoredDocuments {
    fn observe(&self, event: &RepoEvent) {
        if let RepoEvent::StorageOperationCompleted {
            document_id,
            operation: StorageOperation::Put,
            ..
        } = event
        {
            // Nobody listens any more when a round has ended.
            let _ = self.0.unbounded_send(document_id.clone());
        }
    }
}

/// What crossed one link.
#[derive(Default)]
struct Meter {
    bytes: AtomicU64,
    sent: AtomicU64,
    delivered: AtomicU64,
    opens: AtomicU64,
    opened: OnceLock<Instant>,
    last: Mutex<Option<Instant>>,
}

impl Meter {
    fn open(&self) {
        self.opens.fetch_add(1, SeqCst);
        self.opened.get_or_init(Instant::now);
        self.touch();
    }

    fn send(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, SeqCst);
        self.sent.fetch_add(1, SeqCst);
        self.touch();
    }

    fn deliver(&self) {
        self.delivered.fetch_add(1, SeqCst);
        self.touch();
    }

    fn touch(&self) {
        *self.last.lock().expect("no holder of this lock panics") = Some(Instant::now());
    }

    fn opened(&self) -> Instant {
        *self.opened.get().expect("the link was opened")
    }

    /// Bytes and messages.
    fn counted(&self) -> (u64, u64) {
        (self.bytes.load(SeqCst), self.sent.load(SeqCst))
    }

    /// Waits until nothing was sent or delivered for a while and nothing is under way; gives the time of the last message.
    async fn silent(&self, period: Duration) -> Instant {
        loop {
            let last = *self.last.lock().expect("no holder of this lock panics");
            match last {
                Some(last)
                    if last.elapsed() >= period
                        && self.sent.load(SeqCst) == self.delivered.load(SeqCst) =>
                {
                    return last;
                }
                Some(last) => {
                    let left = period.saturating_sub(last.elapsed());
                    sleep(left.max(Duration::from_millis(1))).await;
                }
                None => sleep(Duration::from_millis(1)).await,
            }
        }
    }
}

/// The in-memory link, as samod's dialer sees it.
struct Link {
    acceptor: AcceptorHandle,
    meter: Arc<Meter>,
}

impl Dialer for Link {
    type Error = Infallible;

    fn url(&self) -> Url {
        link_url()
    }

    fn connect(&self) -> BoxFuture<'static, Result<Transport, DialError<Infallible>>> {
        let acceptor = self.acceptor.clone();
        let meter = self.meter.clone();
        async move {
            meter.open();
            let (to_bob, from_alice) = mpsc::unbounded();
            let (to_alice, from_bob) = mpsc::unbounded();
            acceptor
                .accept(link_end(from_alice, to_alice, meter.clone()))
                .map_err(DialError::transient)?;
            Ok(link_end(from_bob, to_bob, meter))
        }
        .boxed()
    }
}

fn link_url() -> Url {
    Url::parse("memory://bob").expect("a constant URL")
}

fn link_end(
    receive: mpsc::UnboundedReceiver<Vec<u8>>,
    send: mpsc::UnboundedSender<Vec<u8>>,
    meter: Arc<Meter>,
) -> Transport {
    let sent = meter.clone();
    Transport::new(
        receive.map(move |message| {
            meter.deliver();
            Ok::<_, Infallible>(message)
        }),
        send.with(move |message: Vec<u8>| {
            sent.send(message.len());
            ready(Ok::<_, mpsc::SendError>(message))
        }),
    )
}

/// The text fields of a listing and their lengths: 250 bytes.
const TEXTS: [(&str, usize); 8] = [
    ("title", 32),
    ("about", 120),
    ("category", 10),
    ("owner", 24),
    ("place", 20),
    ("condition", 8),
    ("pickup", 30),
    ("unit", 6),
];

/// What a listing says: the eight texts, a quantity and an instant.
#[derive(PartialEq, Eq)]
struct Listing {
    texts: Vec<String>,
    quantity: i64,
    instant: i64,
}

impl Listing {
    fn new(rng: &mut StdRng) -> Self {
        Self {
            texts: TEXTS.iter().map(|(_, length)| text(rng, *length)).collect(),
            quantity: rng.random_range(1..100),
            instant: rng.random_range(1_700_000_000_000..1_800_000_000_000),
        }
    }

    /// The document: one change by an actor of its own.
    fn document(&self, rng: &mut StdRng) -> Automerge {
        let mut doc = AutoCommit::new().with_actor(ActorId::from(rng.random::<[u8; 16]>()));
        self.write(&mut doc).expect("scalars can be put");
        doc.document().clone()
    }

    fn write(&self, doc: &mut AutoCommit) -> Result<(), AutomergeError> {
        for ((field, _), text) in TEXTS.iter().zip(&self.texts) {
            doc.put(ROOT, *field, text.as_str())?;
        }
        doc.put(ROOT, "quantity", self.quantity)?;
        doc.put(ROOT, "instant", ScalarValue::Timestamp(self.instant))
    }

    fn read(doc: &Automerge) -> Option<Self> {
        let texts = TEXTS
            .iter()
            .map(|(field, _)| Some(doc.get(ROOT, *field).ok()??.0.as_str()?.to_owned()));
        Some(Self {
            texts: texts.collect::<Option<_>>()?,
            quantity: get_int(doc, "quantity")?,
            instant: match doc.get(ROOT, "instant").ok()??.0.as_scalar()? {
                ScalarValue::Timestamp(instant) => *instant,
                _ => return None,
            },
        })
    }
}

fn get_int(doc: &Automerge, field: &str) -> Option<i64> {
    doc.get(ROOT, field).ok()??.0.as_i64()
}

/// Random small words of this length together.
fn text(rng: &mut StdRng, length: usize) -> String {
    (0..length)
        .map(
            |_| {
                if rng.random_ratio(1, 6) { ' ' } else { char::from(rng.random_range(b'a'..=b'z')) }
            },
        )
        .collect()
}
