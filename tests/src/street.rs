//! Scripted people on a street: see [`Street`].

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use imbl::OrdSet;
use noaber_core::document::Snapshot;
use noaber_core::id::{BookingId, CircleId, DeviceId, EntryHash, ListingId, MemberId};
use noaber_core::listing::{Details, Draft, General, Item};
use noaber_core::replica::{Act, More};
use noaber_core::time::Timestamp;
use noaber_core::view::{CircleView, View};
use noaber_core::wire::{Address, JoinAnswer, Link, Packer, StoredEntry};
use noaber_core::{Command, CommandError, Effect, Identity, Input, Outcome, Replica, Ticket};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What is durable of one circle: the entries of each log, and devices that may let us in.
pub type Stored = (Vec<(DeviceId, Vec<StoredEntry>)>, OrdSet<DeviceId>);

/// One device with its store.
pub struct Person {
    /// The replica itself.
    pub replica: Replica,
    /// What is durable.
    pub store: BTreeMap<CircleId, Stored>,
    /// What is kept to make a start fast.
    pub snapshots: BTreeMap<(CircleId, ListingId), Snapshot>,
    /// What was published last.
    pub view: Arc<View>,
    /// Peers that were thrown out, and why.
    pub closed: Vec<(DeviceId, String)>,
    /// How far this person's clock is ahead of the street's, in milliseconds.
    pub skew_ms: i64,
    device: DeviceId,
}

/// People, their links, and the frames under way.
pub struct Street {
    /// The true time; what somebody's clock shows is [`Street::clock`].
    pub now: Timestamp,
    /// Everybody on it.
    pub people: Vec<Person>,
    /// Frames and their bytes that were delivered so far.
    pub frames: (u64, u64),
    rng: ChaCha8Rng,
    links: BTreeSet<(usize, usize)>,
    queue: VecDeque<(usize, usize, Vec<u8>)>,
}

impl Street {
    /// A street of so many people who do not know each other yet.
    pub fn new(seed: u64, people: usize) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let people = (0..people).map(|i| Person::new(i, &mut rng)).collect();
        Self {
            now: Timestamp::from_ms(1_780_000_000_000),
            people,
            frames: (0, 0),
            rng,
            links: BTreeSet::new(),
            queue: VecDeque::new(),
        }
    }

    /// A street whose people are all in one circle founded by the first, connected and level.
    pub fn founded(seed: u64, people: usize) -> (Self, CircleId) {
        let mut street = Self::new(seed, people);
        let circle = street.found(0);
        for newcomer in 1..people {
            let link = street.invite(0, circle);
            assert_eq!(street.join(newcomer, 0, &link), Some(JoinAnswer::Welcome));
            street.connect(newcomer, 0);
            street.run();
        }
        (street, circle)
    }

    /// Gives somebody a second device, which is in no circle yet; gives its number.
    pub fn second_device(&mut self, of: usize) -> usize {
        let root = self.people[of].replica.identity().root.clone();
        self.people.push(Person::with_root(of, root, &mut self.rng));
        self.people.len() - 1
    }

    /// Lets time pass.
    pub fn pass_ms(&mut self, ms: i64) {
        self.now = self.now.plus_ms(ms);
    }

    /// What somebody's clock shows.
    pub fn clock(&self, who: usize) -> Timestamp {
        self.now.plus_ms(self.people[who].skew_ms)
    }

    /// Hands an input to somebody and performs what comes of it.
    pub fn input(&mut self, who: usize, input: Input) -> Vec<Effect> {
        let now = self.clock(who);
        let effects = self.people[who].replica.handle(now, &mut self.rng, input);
        let mut rest = Vec::new();
        for effect in effects {
            if let Some(effect) = self.perform(who, effect) {
                rest.push(effect);
            }
        }
        rest
    }

    fn perform(&mut self, who: usize, effect: Effect) -> Option<Effect> {
        match effect {
            Effect::Persist { circle, entries } => self.people[who].persist(circle, entries),
            Effect::SaveCircle { circle, admitters } => {
                self.people[who].store.entry(circle).or_default().1 = admitters;
            }
            Effect::ForgetCircle { circle } => _ = self.people[who].store.remove(&circle),
            Effect::KeepSnapshots { circle, snapshots } => {
                let kept = &mut self.people[who].snapshots;
                kept.extend(snapshots.into_iter().map(|new| ((circle, new.listing), new)));
            }
            Effect::Reload { circle, admitters } => {
                let load = self.people[who].stored(circle, admitters);
                assert!(self.input(who, load).is_empty(), "a reload answers nobody");
            }
            Effect::Send { peer, frame } => self.send(who, peer, frame),
            Effect::SendRuns { peer, circle, ranges } => {
                let mut packer = Packer::new(circle);
                for range in ranges {
                    let log = self.people[who].log(circle, range.device);
                    let at = range.from as usize - 1;
                    packer.start(if at == 0 { EntryHash::ZERO } else { log[at - 1].hash });
                    log[at..range.to as usize].iter().cloned().for_each(|e| packer.push(e));
                }
                for frame in packer.finish() {
                    self.send(who, peer, frame);
                }
            }
            Effect::Close { peer, fault } => {
                self.people[who].closed.push((peer, fault.to_string()));
                if let Some(other) = self.position(peer) {
                    self.cut(who, other);
                }
            }
            Effect::Publish(view) => self.people[who].view = view,
            Effect::AskToJoin { .. } | Effect::AnswerJoin { .. } | Effect::Reply { .. } => {
                return Some(effect);
            }
        }
        None
    }

    fn position(&self, device: DeviceId) -> Option<usize> {
        self.people.iter().position(|person| person.device == device)
    }

    fn send(&mut self, from: usize, to: DeviceId, frame: Vec<u8>) {
        let Some(to) = self.position(to) else { return };
        if self.links.contains(&(from.min(to), from.max(to))) {
            self.queue.push_back((from, to, frame));
        }
    }

    /// Connects two people.
    pub fn connect(&mut self, a: usize, b: usize) {
        if self.links.insert((a.min(b), a.max(b))) {
            let (peer_a, peer_b) = (self.people[a].device, self.people[b].device);
            self.input(a, Input::Connected { peer: peer_b });
            self.input(b, Input::Connected { peer: peer_a });
        }
    }

    /// Cuts two people off from each other; what was under way is lost.
    pub fn cut(&mut self, a: usize, b: usize) {
        if self.links.remove(&(a.min(b), a.max(b))) {
            self.queue
                .retain(|(from, to, _)| (*from.min(to), *from.max(to)) != (a.min(b), a.max(b)));
            let (peer_a, peer_b) = (self.people[a].device, self.people[b].device);
            self.input(a, Input::Disconnected { peer: peer_b });
            self.input(b, Input::Disconnected { peer: peer_a });
        }
    }

    /// Delivers one frame, if any is under way.
    pub fn step(&mut self) -> bool {
        let Some((from, to, frame)) = self.take() else { return false };
        self.deliver(from, to, frame);
        true
    }

    /// Takes the next frame off the wire: from whom, to whom, and its bytes.
    pub fn take(&mut self) -> Option<(usize, usize, Vec<u8>)> {
        self.queue.pop_front()
    }

    /// Hands a frame to somebody as if `from` had sent it.
    pub fn deliver(&mut self, from: usize, to: usize, frame: Vec<u8>) {
        self.frames.0 += 1;
        self.frames.1 += frame.len() as u64;
        let peer = self.people[from].device;
        self.input(to, Input::Received { peer, frame });
    }

    /// Whether two people are connected.
    pub fn is_connected(&self, a: usize, b: usize) -> bool {
        self.links.contains(&(a.min(b), a.max(b)))
    }

    /// Delivers frames until nothing is under way.
    pub fn run(&mut self) {
        let mut steps = 0;
        while self.step() {
            steps += 1;
            assert!(steps < 1_000_000, "the street never falls silent");
        }
    }

    /// The power goes and comes back: everything that is not durable is gone.
    pub fn restart(&mut self, who: usize) {
        for other in 0..self.people.len() {
            self.cut(who, other);
        }
        let identity = self.people[who].replica.identity();
        let identity = Identity {
            root: identity.root.clone(),
            device: identity.device.clone(),
            name: identity.name.clone(),
            device_name: identity.device_name.clone(),
        };
        self.people[who].replica = Replica::new(identity);
        let circles: Vec<_> =
            self.people[who].store.iter().map(|(id, (_, a))| (*id, a.clone())).collect();
        for (circle, admitters) in circles {
            let load = self.people[who].stored(circle, admitters);
            self.input(who, load);
        }
    }

    /// Gives a command and its answer.
    pub fn command(&mut self, who: usize, command: Command) -> Result<Outcome, CommandError> {
        let ticket = Ticket(self.rng.next_u64());
        let effects = self.input(who, Input::Command { ticket, command: Box::new(command) });
        let reply = effects.into_iter().find_map(|effect| match effect {
            Effect::Reply { ticket: t, result } if t == ticket => Some(result),
            _ => None,
        });
        reply.expect("every command is answered")
    }

    /// Founds a circle.
    pub fn found(&mut self, who: usize) -> CircleId {
        let command = Command::CreateCircle {
            name: "Lindenstraat".into(),
            timezone: "Europe/Amsterdam".into(),
            currency: "EUR".into(),
        };
        match self.command(who, command) {
            Ok(Outcome::Circle(id)) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Opens an invite for a week.
    pub fn invite(&mut self, who: usize, circle: CircleId) -> Link {
        let expires = self.clock(who).plus_ms(7 * 86_400_000);
        let here = Address { direct: vec![], relays: vec![] };
        match self.command(who, Command::Invite { circle, expires, here }) {
            Ok(Outcome::Invite(link)) => link,
            other => panic!("{other:?}"),
        }
    }

    /// Asks `at` to let `who` in by a link, and hands the answer back. `None` if nothing was asked.
    pub fn join(&mut self, who: usize, at: usize, link: &Link) -> Option<JoinAnswer> {
        let ticket = Ticket(self.rng.next_u64());
        let command = Command::Join { link: link.clone() };
        let effects = self.input(who, Input::Command { ticket, command: Box::new(command) });
        let request = effects.into_iter().find_map(|effect| match effect {
            Effect::AskToJoin { request, .. } => Some(request.encode()),
            _ => None,
        })?;
        let device = self.people[who].device;
        let effects = self.input(at, Input::JoinRequested { ticket, device, request });
        let answer = effects.into_iter().find_map(|effect| match effect {
            Effect::AnswerJoin { answer, .. } => Some(answer),
            _ => None,
        })?;
        self.input(who, Input::JoinAnswered { circle: link.circle, answer });
        Some(answer)
    }

    /// Offers an item.
    pub fn offer(
        &mut self,
        who: usize,
        circle: CircleId,
        title: &str,
        quantity: u32,
        instant: bool,
    ) -> ListingId {
        let general = General { title: title.into(), quantity, instant, ..General::default() };
        let draft = Draft::new(general, Details::Item(Item::default()));
        match self.command(who, Command::Offer { circle, draft }) {
            Ok(Outcome::Listing(_, id)) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Asks for a booking from so many hours after now, for so many hours.
    pub fn ask(
        &mut self,
        who: usize,
        circle: CircleId,
        listing: ListingId,
        start_h: i64,
        hours: i64,
        quantity: u32,
    ) -> Result<BookingId, CommandError> {
        let from = self.clock(who).minute().plus_ms(start_h * 3_600_000);
        let to = from.plus_ms(hours * 3_600_000);
        let ask = Command::Ask { circle, listing, from, to, quantity, note: String::new() };
        self.command(who, ask).map(|outcome| match outcome {
            Outcome::Booking(_, id) => id,
            other => panic!("{other:?}"),
        })
    }

    /// Does something with a booking.
    pub fn act(
        &mut self,
        who: usize,
        circle: CircleId,
        booking: BookingId,
        act: Act,
    ) -> Result<(), CommandError> {
        self.command(who, Command::Booking { circle, booking, act }).map(drop)
    }

    /// What somebody sees of a circle.
    pub fn circle(&self, who: usize, circle: CircleId) -> &CircleView {
        &self.people[who].view.circles[&circle]
    }

    /// The state and assurance of a booking as somebody sees them, as words.
    pub fn seen(&self, who: usize, circle: CircleId, booking: BookingId) -> String {
        let view = self.circle(who, circle);
        let Some(booking) = view.bookings.get(&booking) else { return "unknown".into() };
        let now = self.clock(who);
        let status = view.status(booking, now);
        let assurance = view.assurance(booking, &status, now);
        format!("{:?} {assurance:?}", status.state).to_lowercase()
    }

    /// A random number below `end`, from the street's seed.
    pub fn below(&mut self, end: u64) -> u64 {
        self.rng.next_u64() % end
    }
}

impl Person {
    fn new(number: usize, rng: &mut ChaCha8Rng) -> Self {
        let root = key(rng);
        Self::with_root(number, root, rng)
    }

    fn with_root(number: usize, root: SigningKey, rng: &mut ChaCha8Rng) -> Self {
        let identity = Identity {
            root,
            device: key(rng),
            name: ["Anna", "Ben", "Cem", "Dea", "Els", "Fatima", "Gijs", "Hava"][number % 8].into(),
            device_name: "laptop".into(),
        };
        let device = identity.device();
        let replica = Replica::new(identity);
        let view = Arc::new(replica.view().clone());
        Self {
            replica,
            store: BTreeMap::new(),
            snapshots: BTreeMap::new(),
            view,
            closed: Vec::new(),
            skew_ms: 0,
            device,
        }
    }

    /// The device.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// The member.
    pub fn member(&self) -> MemberId {
        self.replica.identity().member()
    }

    fn persist(&mut self, circle: CircleId, entries: Vec<StoredEntry>) {
        let logs = &mut self.store.entry(circle).or_default().0;
        for entry in entries {
            let at = logs.iter().position(|(device, _)| *device == entry.device);
            let at = at.unwrap_or_else(|| {
                logs.push((entry.device, Vec::new()));
                logs.len() - 1
            });
            let log = &mut logs[at].1;
            assert!(entry.seq <= log.len() as u64 + 1, "logs are stored without gaps");
            // A log that was passed over may come again.
            log.truncate(entry.seq as usize - 1);
            log.push(entry);
        }
    }

    /// All that is stored of a circle, to be loaded.
    fn stored(&self, circle: CircleId, admitters: OrdSet<DeviceId>) -> Input {
        let of_circle = |((of, _), snapshot): (&(CircleId, _), &Snapshot)| {
            (*of == circle).then(|| snapshot.clone())
        };
        let snapshots = self.snapshots.iter().filter_map(of_circle).collect();
        let entries = self.entries(circle);
        Input::Load { circle, admitters, entries, snapshots, more: More::Complete }
    }

    /// One stored log.
    pub fn log(&self, circle: CircleId, device: DeviceId) -> &[StoredEntry] {
        let logs = self.store.get(&circle).map(|(logs, _)| logs.as_slice()).unwrap_or_default();
        logs.iter().find(|(d, _)| *d == device).map(|(_, log)| log.as_slice()).unwrap_or_default()
    }

    /// All stored entries of a circle, log by log.
    pub fn entries(&self, circle: CircleId) -> Vec<StoredEntry> {
        let logs = self.store.get(&circle).map(|(logs, _)| logs.as_slice()).unwrap_or_default();
        logs.iter().flat_map(|(_, log)| log.iter().cloned()).collect()
    }
}

fn key(rng: &mut ChaCha8Rng) -> SigningKey {
    let mut bytes = [0; 32];
    rng.fill_bytes(&mut bytes);
    SigningKey::from_bytes(&bytes)
}
