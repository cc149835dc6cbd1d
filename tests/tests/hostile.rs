//! Hostile bytes and hostile members: nothing panics, nothing honest changes, nothing grows without
//! bound.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

#[path = "hostile/floods.rs"]
mod floods;
#[path = "hostile/forged.rs"]
mod forged;
#[path = "hostile/questions.rs"]
mod questions;

use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, ExpandedChange, ROOT};
use noaber_core::booking::State;
use noaber_core::document::edit;
use noaber_core::id::{
    BookingId, CircleId, DeviceId, EntryHash, FrontierDigest, InviteId, ListingId, LogTag,
};
use noaber_core::replica::Act;
use noaber_core::time::{Hlc, Timestamp};
use noaber_core::view::Standing;
use noaber_core::wire::{
    Admit, Ask, Cancel, CircleDigest, Confirm, CreateDocument, Decline, EditDocument, Entry,
    HandOver, Head, InviteRecord, JoinAnswer, JoinRequest, Link, Message, Packer, Payload,
    Received, Run, Signature, Writers, verify_run,
};
use noaber_core::{Command, Effect, Input, Ticket};
use noaber_tests::{Evil, Life, Street, for_seeds};
use questions::ask_everything;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

// Bytes.

fn random_bytes(rng: &mut ChaCha8Rng, most: usize) -> Vec<u8> {
    let mut bytes = vec![0; rng.random_range(0..=most)];
    rng.fill_bytes(&mut bytes);
    // Small numbers get further into a decoder than large ones.
    if rng.random_bool(0.5) {
        bytes = bytes.into_iter().map(|byte| byte % 40).collect();
    }
    bytes
}

/// Flips, cuts, doubles or lengthens.
fn damage(rng: &mut ChaCha8Rng, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let at = rng.random_range(0..bytes.len());
    match rng.random_range(0..6) {
        0 => bytes[at] ^= 1 << rng.random_range(0..8),
        1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][rng.random_range(0..5)],
        2 => bytes.truncate(at),
        3 => {
            let again = bytes[at..].to_vec();
            bytes.extend(again);
        }
        4 => drop(bytes.drain(at..bytes.len().min(at + 1 + at % 40))),
        _ => bytes.extend(random_bytes(rng, 64)),
    }
}

#[test]
fn random_bytes_are_no_message_and_no_panic() {
    for_seeds("decoders", 5_000, |seed| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let bytes = random_bytes(&mut rng, 600);
        let _ = Message::decode(&bytes);
        let _ = Payload::decode(&bytes);
        let _ = JoinRequest::decode(&bytes);
        let _ = JoinAnswer::decode(&bytes);
        let _ = Link::parse(&String::from_utf8_lossy(&bytes));
        let text = letters(&bytes);
        let _ = Link::parse(&format!("noaber:join/{text}"));
        let head = Head {
            seq: [0, 1, 7, u64::MAX - 1][rng.random_range(0..4)],
            hash: EntryHash::from_bytes([rng.random(); 32]),
            time: Hlc::from_bits(rng.random()),
        };
        let entry = || Entry { time: Hlc::from_bits(seed), payload: vec![] };
        let run = Run {
            device: DeviceId::from_bytes(std::array::from_fn(|_| rng.random())),
            first: [0, 1, 2, 8, u64::MAX][rng.random_range(0..5)],
            prev: head.hash,
            entries: (0..rng.random_range(0..4)).map(|_| entry()).collect(),
            signature: Signature::from_bytes(std::array::from_fn(|_| rng.random())),
        };
        let circle = CircleId::from_bytes([3; 32]);
        let fresh = verify_run(circle, head, run, rng.random());
        assert!(fresh.is_err() || fresh == Ok(Vec::new()), "nobody signed this");
    });
}

/// Letters that could stand in a link.
fn letters(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    bytes.iter().map(|byte| char::from(alphabet[usize::from(*byte) % 64])).collect()
}

#[test]
fn damaged_doubled_and_disordered_frames_of_members_change_nothing() {
    for_seeds("frames", 100, |seed| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut life = Life::new(seed);
        life.pass(10 + seed as usize % 30);
        life.heal();
        let count = life.street.people.len();
        let seen = |life: &Life| -> Vec<_> {
            let shown = |who| life.view(who).map(|view| (view.digest(), view.fingerprint()));
            (0..count).map(shown).collect()
        };
        let before = seen(&life);
        let mut frames: Vec<(usize, Vec<u8>)> = (0..count)
            .flat_map(|who| frames_of(&life.street, who).into_iter().map(move |f| (who, f)))
            .collect();
        frames.shuffle(&mut rng);
        for (from, frame) in frames {
            let mut bad = frame.clone();
            for _ in 0..rng.random_range(1..3) {
                damage(&mut rng, &mut bad);
            }
            let peer = life.street.people[from].device();
            let to = (from + rng.random_range(1..count)) % count;
            for frame in [bad, frame, random_bytes(&mut rng, 300), vec![2; 1024 * 1024 + 1]] {
                life.street.input(to, Input::Connected { peer });
                life.street.input(to, Input::Received { peer, frame });
            }
        }
        // Strangers are members of nothing, and may hold a run that nobody else took.
        let members: Vec<usize> = life.members();
        for (who, (before, after)) in before.iter().zip(seen(&life)).enumerate() {
            assert!(!members.contains(&who) || after == *before, "person {who}");
        }
    });
}

/// What somebody could send to others who have nothing yet.
fn frames_of(street: &Street, who: usize) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    for (circle, (logs, _)) in &street.people[who].store {
        let (circle, digest) = (*circle, FrontierDigest::from_bytes([9; 32]));
        let hello = Message::Hello { version: 1, circles: vec![CircleDigest { circle, digest }] };
        let frontier = Message::Frontier { circle, full: true, logs: vec![] };
        frames.extend([hello.encode(), frontier.encode()]);
        let mut packer = Packer::new(circle);
        for (_, log) in logs {
            packer.start(EntryHash::ZERO);
            log.iter().cloned().for_each(|entry| packer.push(entry));
        }
        frames.extend(packer.finish());
    }
    frames
}

#[test]
fn frames_damaged_on_their_way_are_repaired_by_the_next_connection() {
    for_seeds("noise", 100, |seed| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut life = Life::new(seed);
        life.pass(20);
        for _ in 0..40 {
            life.talk(1);
            while let Some((from, to, frame)) = life.street.take() {
                let mut bytes = frame;
                match rng.random_range(0..10) {
                    0 => damage(&mut rng, &mut bytes),
                    1 => life.street.deliver(from, to, bytes.clone()),
                    2 => continue,
                    _ => {}
                }
                life.street.deliver(from, to, bytes);
            }
        }
        // The transport would have refused the damage; here the peers thought ill of each other.
        for who in 0..life.street.people.len() {
            life.restart(who);
        }
        life.heal();
        let members: Vec<usize> = life.members();
        let founder = life.street.circle(0, life.circle).clone();
        for who in members {
            let view = life.street.circle(who, life.circle);
            if founder.roster.is_active_device(life.street.people[who].device())
                && founder.standing == Standing::Member
            {
                assert_eq!(view.fingerprint(), founder.fingerprint(), "person {who}");
            }
        }
    });
}

// Members.

/// Four people in a circle; the last one is evil.
struct Scene {
    street: Street,
    circle: CircleId,
    evil: Evil,
    /// Of the first person.
    ladder: ListingId,
    /// The second person's, of the ladder, confirmed.
    booking: BookingId,
}

const EVIL: usize = 3;

impl Scene {
    fn new(seed: u64) -> Self {
        let (mut street, circle) = Street::founded(seed, 4);
        for a in 0..3 {
            for b in 0..a {
                street.connect(a, b);
            }
        }
        street.run();
        let ladder = street.offer(0, circle, "Ladder", 2, true);
        street.run();
        let booking = street.ask(1, circle, ladder, 2, 3, 1).unwrap();
        street.run();
        assert_eq!(street.seen(2, circle, booking), "confirmed confirmed");
        let evil = Evil::takes_over(&mut street, EVIL, circle);
        for who in 0..3 {
            evil.connect(&mut street, who);
        }
        Self { street, circle, evil, ladder, booking }
    }

    fn honest(&self) -> Shown {
        let view = self.street.circle(0, self.circle);
        let listing = &view.listings[&self.ladder];
        let booking = &view.bookings[&self.booking];
        let state = view.status(booking, self.street.now).state;
        Shown { title: listing.general.title.clone(), quantity: listing.general.quantity, state }
    }

    /// Sends what is new to one of them, lets it travel, and checks that all hold and show the same,
    /// that nothing honest changed, and that a restart changes nothing either.
    #[track_caller]
    fn spread(&mut self, from: u64) {
        let before = self.honest();
        self.evil.send(&mut self.street, 0, from);
        self.street.run();
        self.check(&before);
        for who in 0..3 {
            let fingerprint = self.street.circle(who, self.circle).fingerprint();
            self.street.restart(who);
            assert_eq!(self.street.circle(who, self.circle).fingerprint(), fingerprint);
        }
        for a in 0..3 {
            for b in 0..a {
                self.street.connect(a, b);
            }
            self.evil.connect(&mut self.street, a);
        }
        self.street.run();
        self.check(&before);
        // And life goes on.
        let ladder = self.ladder;
        let hours = 10 + self.evil.log.len() as i64;
        let next = self.street.ask(2, self.circle, ladder, hours, 1, 1).unwrap();
        self.street.run();
        assert_eq!(self.street.seen(1, self.circle, next), "confirmed confirmed");
    }

    #[track_caller]
    fn check(&self, before: &Shown) {
        assert_eq!(self.honest(), *before);
        for who in 0..3 {
            let (view, first) =
                (self.street.circle(who, self.circle), self.street.circle(0, self.circle));
            assert_eq!(view.digest(), first.digest(), "person {who}");
            assert_eq!(view.fingerprint(), first.fingerprint(), "person {who}");
        }
    }

    fn held(&self, who: usize) -> u64 {
        let heads = &self.street.circle(who, self.circle).heads;
        heads.get(&self.evil.device()).map_or(0, |head| head.seq)
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Shown {
    title: String,
    quantity: u32,
    state: State,
}

#[test]
fn logs_of_devices_that_nobody_introduced_are_not_taken() {
    let mut scene = Scene::new(1);
    let mut ghost = Evil::stranger([42; 32], scene.circle);
    ghost.say(scene.street.now, &Payload::Received(Received { booking: scene.booking }));
    for frame in ghost.frames(1) {
        let peer = scene.evil.device();
        scene.street.input(0, Input::Received { peer, frame });
    }
    let view = scene.street.circle(0, scene.circle);
    assert!(!view.heads.contains_key(&ghost.device()));
    assert!(scene.street.people[0].closed.is_empty(), "whoever passes it on may not know");
    // From the ghost itself, not even a hello is answered.
    scene.street.input(0, Input::Connected { peer: ghost.device() });
    for frame in ghost.frames(1) {
        let effects = scene.street.people[0].replica.handle(
            scene.street.now,
            &mut ChaCha8Rng::seed_from_u64(1),
            Input::Received { peer: ghost.device(), frame },
        );
        let silent = effects.iter().all(|effect| matches!(effect, Effect::Publish(_)));
        assert!(silent, "{effects:?}");
    }
    let next = scene.evil.log.len() as u64 + 1;
    scene.evil.say(scene.street.now, &Payload::Received(Received { booking: scene.booking }));
    scene.spread(next);
}

#[test]
fn a_run_signed_by_another_key_is_refused_and_its_sender_too() {
    let mut scene = Scene::new(2);
    let from = scene.evil.log.len() as u64 + 1;
    scene.evil.say(scene.street.now, &Payload::Received(Received { booking: scene.booking }));
    let mut run = scene.evil.run(from, from);
    // As if the first person had said it, and with a signature of somebody else.
    for device in [scene.street.people[0].device(), scene.street.people[1].device()] {
        let head = scene.street.circle(2, scene.circle).heads[&device];
        (run.device, run.first, run.prev) = (device, head.seq + 1, head.hash);
        run.entries[0].time = Hlc::from_bits(head.time.to_bits() + 1);
        let frame = scene.evil.frame_of(vec![run.clone()]);
        let peer = scene.evil.device();
        scene.evil.connect(&mut scene.street, 2);
        let before = scene.street.circle(2, scene.circle).digest();
        scene.street.input(2, Input::Received { peer, frame });
        assert_eq!(scene.street.circle(2, scene.circle).digest(), before);
    }
    assert_eq!(scene.street.people[2].closed.len(), 2, "{:?}", scene.street.people[2].closed);
}

#[test]
fn nobody_but_keeper_owner_and_borrower_moves_a_booking() {
    let mut scene = Scene::new(3);
    let (now, booking) = (scene.street.now, scene.booking);
    let asked = scene.street.ask(2, scene.circle, scene.ladder, 5, 1, 2).unwrap();
    scene.street.run();
    let from = scene.evil.log.len() as u64 + 1;
    let hand_over =
        HandOver { booking, quantity: 1, odometer_km: None, photo: None, note: String::new() };
    let decline = |booking| {
        let (code, text) = ("owner".to_owned(), String::new());
        Payload::Decline(Decline { booking, code, text })
    };
    for payload in [
        Payload::Cancel(Cancel { booking, reason: "ha".into() }),
        Payload::Confirm(Confirm { booking: asked, term: 0 }),
        Payload::Confirm(Confirm { booking: asked, term: u32::MAX }),
        decline(booking),
        decline(asked),
        Payload::PickUp(hand_over.clone()),
        Payload::Return(hand_over.clone()),
        Payload::PickUp(HandOver {
            quantity: u32::MAX,
            odometer_km: Some(u32::MAX),
            ..hand_over.clone()
        }),
        Payload::Return(HandOver { quantity: 0, ..hand_over }),
        Payload::Confirm(Confirm { booking: BookingId::from_bytes([0xff; 16]), term: 0 }),
    ] {
        scene.evil.say(now, &payload);
    }
    scene.spread(from);
    scene.street.act(0, scene.circle, booking, Act::Cancel { reason: String::new() }).unwrap();
    scene.street.run();
    assert_eq!(scene.street.seen(1, scene.circle, booking), "cancelled delivered");
}

#[test]
fn absurd_asks_harm_nobody() {
    let mut scene = Scene::new(4);
    let now = scene.street.now;
    let from = scene.evil.log.len() as u64 + 1;
    let times = [i64::MIN, i64::MIN + 1, -1, 0, now.as_ms(), i64::MAX - 1, i64::MAX];
    for start in times {
        for end in times {
            for quantity in [0, 1, 10_000, u32::MAX] {
                let (at, to) = (Timestamp::from_ms(start), Timestamp::from_ms(end));
                let ask =
                    Ask { listing: scene.ladder, from: at, to, quantity, note: String::new() };
                scene.evil.say(now, &Payload::Ask(ask));
            }
        }
    }
    // The shortest and the longest that may be, at both ends of time.
    for (start, end) in
        [(i64::MIN, i64::MIN + 1), (i64::MAX - 1, i64::MAX), (i64::MAX - 9_000_000, i64::MAX)]
    {
        let (at, to) = (Timestamp::from_ms(start), Timestamp::from_ms(end));
        let ask = Ask { listing: scene.ladder, from: at, to, quantity: 1, note: String::new() };
        scene.evil.say(now, &Payload::Ask(ask));
    }
    // Of what does not exist.
    let (at, to) = (now.plus_ms(1), now.plus_ms(2));
    let listing = ListingId::from_bytes([9; 16]);
    scene
        .evil
        .say(now, &Payload::Ask(Ask { listing, from: at, to, quantity: 1, note: "x".into() }));
    scene.spread(from);
    for who in 0..3 {
        ask_everything(scene.street.circle(who, scene.circle), scene.street.now);
    }
}

#[test]
fn clocks_at_the_ends_of_time_pull_nobody_along() {
    for (seed, bits) in [(5, u64::MAX), (6, u64::MAX - 1), (7, 1 << 63), (8, (1 << 48) - 1)] {
        let mut scene = Scene::new(seed);
        let from = scene.evil.log.len() as u64 + 1;
        let last = scene.evil.log.last().map_or(0, |last| last.entry.time.to_bits());
        let (now, listing) = (scene.street.now, scene.ladder);
        let (at, to) = (now.plus_ms(7_200_000), now.plus_ms(9_000_000));
        let ask = Payload::Ask(Ask { listing, from: at, to, quantity: 1, note: String::new() });
        scene.evil.write(Hlc::from_bits(bits.max(last + 1)), ask.encode());
        scene.spread(from);
        let id = BookingId::asked_at(scene.circle, scene.evil.device(), from);
        assert_eq!(scene.street.seen(1, scene.circle, id), "confirmed confirmed");
        for who in 0..2 {
            let device = scene.street.people[who].device();
            let time = scene.street.circle(who, scene.circle).heads[&device].time.timestamp();
            assert!(time <= now.plus_ms(11 * 60 * 1000), "person {who} was pulled to {time:?}");
        }
        // Behind the end of time there is nothing: a run that goes back is refused.
        if bits == u64::MAX {
            let next = scene.evil.write(Hlc::from_bits(bits), vec![4]);
            scene.evil.send(&mut scene.street, 1, next);
            assert_eq!(scene.held(1), from);
        }
    }
}

// Documents.

/// The Automerge actor of a device in a document, as the core derives it.
fn actor_of(device: DeviceId, document: ListingId) -> ActorId {
    let write = |tx: &mut automerge::transaction::Transaction<'_>| tx.put(ROOT, "x", 1).unwrap();
    let change = edit(None, document, device, Timestamp::from_ms(0), write).unwrap();
    automerge::Change::try_from(&change[..]).unwrap().actor_id().clone()
}

fn raw(change: &ExpandedChange) -> Vec<u8> {
    automerge::Change::from(change.clone()).raw_bytes().to_vec()
}

/// One change that puts fields into an empty document.
fn first_change(actor: &ActorId, title: &str) -> ExpandedChange {
    let mut document = AutoCommit::new().with_actor(actor.clone());
    document.put(ROOT, "title", title).unwrap();
    document.commit();
    document.get_last_local_change().unwrap().decode()
}

#[test]
fn what_is_not_theirs_is_not_changed_and_bad_changes_are_refused() {
    let mut scene = Scene::new(9);
    let now = scene.street.now;
    let from = scene.evil.log.len() as u64 + 1;
    let device = scene.evil.device();
    let ladder = scene.ladder;
    // A change of somebody else's document that fits in every way but one.
    let view = scene.street.circle(0, scene.circle);
    let owner = scene.street.people[0].device();
    let created = scene.street.people[0].log(scene.circle, owner);
    let create = created.iter().find_map(|e| match Payload::decode(&e.entry.payload) {
        Ok((Payload::CreateDocument(create), _)) => Some(create.change),
        _ => None,
    });
    let change = automerge::Change::try_from(&create.unwrap()[..]).unwrap();
    assert!(view.listings.contains_key(&ladder));
    let mut document = AutoCommit::new().with_actor(actor_of(device, ladder));
    document.apply_changes([change]).unwrap();
    document.put(ROOT, "title", "Mine now").unwrap();
    document.commit();
    let foreign = document.get_last_local_change().unwrap().raw_bytes().to_vec();
    scene.evil.say(now, &Payload::EditDocument(EditDocument { document: ladder, change: foreign }));
    // Documents of their own that the gate must refuse.
    let mut bad: Vec<Vec<u8>> = Vec::new();
    let mut change = |edit: &dyn Fn(&mut ExpandedChange)| {
        let mut made = first_change(&ActorId::from([0; 16]), "x");
        edit(&mut made);
        bad.push(raw(&made));
    };
    change(&|c| c.start_op = std::num::NonZeroU64::new(u64::from(u32::MAX)).unwrap());
    change(&|c| c.start_op = std::num::NonZeroU64::new(2).unwrap());
    change(&|c| c.seq = u64::from(u32::MAX));
    change(&|c| c.time = i64::MIN);
    change(&|c| c.deps = vec![automerge::ChangeHash([7; 32])]);
    bad.push(vec![0; 10]);
    bad.push(vec![]);
    let writers = Writers::Circle;
    for change in bad {
        // Each with the actor that is right for its place, where there is one to put in.
        let id = ListingId::created_at(scene.circle, device, scene.evil.log.len() as u64 + 1);
        let change = automerge::Change::try_from(&change[..]).map_or(change, |change| {
            let mut expanded = change.decode();
            expanded.actor_id = actor_of(device, id);
            raw(&expanded)
        });
        let kind = "item".to_owned();
        scene.evil.say(now, &Payload::CreateDocument(CreateDocument { kind, writers, change }));
    }
    // And one good one, so that all of this is not refused for another reason.
    let id = ListingId::created_at(scene.circle, device, scene.evil.log.len() as u64 + 1);
    let change = raw(&first_change(&actor_of(device, id), "Fine"));
    let kind = "item".to_owned();
    scene.evil.say(now, &Payload::CreateDocument(CreateDocument { kind, writers, change }));
    // Twice the same number.
    for title in ["One", "Two"] {
        let change = raw(&first_change(&actor_of(device, id), title));
        scene.evil.say(now, &Payload::EditDocument(EditDocument { document: id, change }));
    }
    scene.spread(from);
    let titles = scene.street.circle(1, scene.circle).listings.values();
    let titles: Vec<_> = titles.map(|listing| listing.general.title.as_str()).collect();
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(titles.contains(&"Fine") && titles.contains(&"Ladder"), "{titles:?}");
}

/// Two who conspire: one says two things under one number, the first of which waits for the other
/// one's change. Whichever arrives first, all see the same.
#[test]
fn changes_that_wait_for_causes_are_judged_in_the_order_of_their_log() {
    let mut scene = Scene::new(10);
    let (now, circle) = (scene.street.now, scene.circle);
    let mut other = Evil::takes_over(&mut scene.street, 2, circle);
    let (device, other_device) = (scene.evil.device(), other.device());
    let from = scene.evil.log.len() as u64 + 1;
    let other_from = other.log.len() as u64 + 1;
    // The document is the first one's, for everybody to write.
    let id = ListingId::created_at(circle, device, from);
    let mut document = AutoCommit::new().with_actor(actor_of(device, id));
    document.put(ROOT, "title", "Start").unwrap();
    document.commit();
    let start = document.get_last_local_change().unwrap();
    let mut theirs = document.fork().with_actor(actor_of(other_device, id));
    theirs.put(ROOT, "about", "x").unwrap();
    theirs.commit();
    let cause = theirs.get_last_local_change().unwrap();
    let retitle = |base: &mut AutoCommit, title: &str| {
        base.put(ROOT, "title", title).unwrap();
        base.commit();
        base.get_last_local_change().unwrap().raw_bytes().to_vec()
    };
    let waits = retitle(&mut theirs.fork().with_actor(actor_of(device, id)), "Waits");
    let at_once = retitle(&mut document, "At once");
    let (kind, writers) = ("item".to_owned(), Writers::Circle);
    let change = start.raw_bytes().to_vec();
    scene.evil.say(now, &Payload::CreateDocument(CreateDocument { kind, writers, change }));
    for change in [waits, at_once] {
        scene.evil.say(now, &Payload::EditDocument(EditDocument { document: id, change }));
    }
    let change = cause.raw_bytes().to_vec();
    other.say(now, &Payload::EditDocument(EditDocument { document: id, change }));
    // The cause comes last here, and first there.
    for who in 0..2 {
        scene.street.cut(0, 1);
        scene.evil.connect(&mut scene.street, who);
        other.connect(&mut scene.street, who);
    }
    scene.evil.send(&mut scene.street, 0, from);
    other.send(&mut scene.street, 0, other_from);
    other.send(&mut scene.street, 1, other_from);
    scene.evil.send(&mut scene.street, 1, from);
    let (zero, one) = (scene.street.circle(0, circle), scene.street.circle(1, circle));
    assert_eq!(zero.digest(), one.digest(), "they hold the same");
    assert_eq!(zero.listings[&id].general.title, one.listings[&id].general.title);
    assert_eq!(zero.fingerprint(), one.fingerprint());
}

// Forks.

#[test]
fn a_forked_log_stops_where_it_forked_and_stops_nobody_else() {
    let mut scene = Scene::new(11);
    let (now, booking) = (scene.street.now, scene.booking);
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        scene.street.cut(a, b);
    }
    let from = scene.evil.log.len() as u64 + 1;
    let mut twin = scene.evil.clone();
    scene.evil.say(now, &Payload::Received(Received { booking }));
    scene.evil.say(now, &Payload::Received(Received { booking }));
    twin.say(now, &Payload::Cancel(Cancel { booking, reason: "other".into() }));
    scene.evil.connect(&mut scene.street, 0);
    scene.evil.send(&mut scene.street, 0, from);
    twin.connect(&mut scene.street, 1);
    twin.send(&mut scene.street, 1, from);
    assert_eq!((scene.held(0), scene.held(1), scene.held(2)), (from + 1, from, from - 1));
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        scene.street.connect(a, b);
    }
    scene.street.run();
    // What each of them holds stays; the other history is refused.
    assert_eq!((scene.held(0), scene.held(1)), (from + 1, from));
    let asked = scene.street.ask(1, scene.circle, scene.ladder, 8, 1, 1).unwrap();
    scene.street.run();
    for who in 0..3 {
        assert_eq!(scene.street.seen(who, scene.circle, asked), "confirmed confirmed");
        assert!(
            scene.street.people[who].closed.is_empty(),
            "honest peers pass a fork on unknowing"
        );
        for honest in 0..3 {
            let device = scene.street.people[honest].device();
            let (view, first) =
                (scene.street.circle(who, scene.circle), scene.street.circle(0, scene.circle));
            assert_eq!(view.heads.get(&device), first.heads.get(&device), "{who} of {honest}");
        }
    }
}

// Bounds.

#[test]
fn a_hello_that_names_one_circle_often_is_answered_once() {
    let mut scene = Scene::new(12);
    let circle = scene.circle;
    let digest = FrontierDigest::from_bytes([0; 32]);
    let circles = vec![CircleDigest { circle, digest }; 900];
    let frame = Message::Hello { version: 1, circles }.encode();
    let effects = scene.street.people[0].replica.handle(
        scene.street.now,
        &mut ChaCha8Rng::seed_from_u64(1),
        Input::Received { peer: scene.evil.device(), frame },
    );
    let sent = effects.iter().filter(|effect| matches!(effect, Effect::Send { .. })).count();
    assert_eq!(sent, 1);
}

#[test]
fn a_frontier_of_unknown_logs_is_forgotten_with_the_next() {
    let mut scene = Scene::new(13);
    let circle = scene.circle;
    let peer = scene.evil.device();
    for round in 0..50_u64 {
        let tag = |i: u64| LogTag::from_bytes((round * 10_000 + i).to_le_bytes());
        for full in [true, false] {
            let logs = (0..3_000).map(|i| (tag(i), u64::MAX)).collect();
            let frame = Message::Frontier { circle, full, logs }.encode();
            scene.street.input(0, Input::Received { peer, frame });
        }
    }
    let known = scene.street.people[0].view.peers[&(circle, peer)];
    assert_eq!(known.ahead, u64::MAX, "sums stop at the end of what a number can hold");
    let from = scene.evil.log.len() as u64 + 1;
    scene.evil.say(scene.street.now, &Payload::Received(Received { booking: scene.booking }));
    scene.spread(from);
}

#[test]
fn changes_whose_causes_never_come_are_taken_up_to_a_bound() {
    let mut scene = Scene::new(14);
    let now = scene.street.now;
    let start = scene.evil.log.len() as u64;
    for i in 0..2_000_u32 {
        let mut change = first_change(&ActorId::from([1; 16]), "x");
        change.deps = vec![automerge::ChangeHash([(i % 251) as u8; 32])];
        change.time = i64::from(i);
        let (document, change) = (ListingId::from_bytes([(i % 7) as u8; 16]), raw(&change));
        scene.evil.say(now, &Payload::EditDocument(EditDocument { document, change }));
    }
    scene.evil.send(&mut scene.street, 0, start + 1);
    scene.street.run();
    assert!(scene.held(0) < start + 2 * 256 + 1, "{} taken", scene.held(0) - start);
    // Other logs are not held up.
    let asked = scene.street.ask(1, scene.circle, scene.ladder, 8, 1, 1).unwrap();
    scene.street.run();
    assert_eq!(scene.street.seen(2, scene.circle, asked), "confirmed confirmed");
}

#[test]
fn strangers_requests_are_answered_no_whatever_they_say() {
    for_seeds("requests", 100, |seed| {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (mut street, circle) = Street::founded(seed, 2);
        let link = street.invite(0, circle);
        let before = street.circle(0, circle).digest();
        let mut outside = Street::new(seed + 1000, 1);
        let command = Command::Join { link };
        let effects =
            outside.input(0, Input::Command { ticket: Ticket(0), command: Box::new(command) });
        let request = effects.into_iter().find_map(|effect| match effect {
            Effect::AskToJoin { request, .. } => Some(request.encode()),
            _ => None,
        });
        let good = request.unwrap();
        for round in 0..10 {
            let mut request = good.clone();
            damage(&mut rng, &mut request);
            // The good request, but from a device that did not make it.
            let stolen = round == 0;
            let device =
                if stolen { street.people[1].device() } else { outside.people[0].device() };
            let request = if stolen { good.clone() } else { request };
            if !stolen && (request.starts_with(&good) || request == good) {
                continue;
            }
            let input = Input::JoinRequested { ticket: Ticket(1), device, request };
            let effects = street.input(0, input);
            let refused = |effect: &Effect| {
                matches!(effect, Effect::AnswerJoin { answer: JoinAnswer::Refused, .. })
            };
            assert!(effects.iter().all(refused), "{effects:?}");
            assert_eq!(street.circle(0, circle).digest(), before);
        }
    });
}

#[test]
fn a_flood_of_asks_for_many_pieces_is_answered() {
    let mut scene = Scene::new(15);
    let (now, circle) = (scene.street.now, scene.circle);
    let chairs = scene.street.offer(0, circle, "Chairs", 200, true);
    scene.street.run();
    let from = scene.evil.log.len() as u64 + 1;
    let (at, to) = (now.plus_ms(3_600_000), now.plus_ms(7_200_000));
    for _ in 0..2_000 {
        let ask = Ask { listing: chairs, from: at, to, quantity: 1, note: String::new() };
        scene.evil.say(now, &Payload::Ask(ask));
    }
    scene.evil.send(&mut scene.street, 0, from);
    let view = scene.street.circle(0, circle);
    let of_chairs = view.bookings.values().filter(|booking| booking.listing == chairs);
    let states: Vec<State> = of_chairs.map(|booking| view.status(booking, now).state).collect();
    let count = |state| states.iter().filter(|s| **s == state).count();
    assert_eq!((count(State::Confirmed), count(State::Declined)), (200, 1_800));
}

#[test]
fn a_flood_of_invites_behind_an_admission_without_one_is_taken_in() {
    let mut scene = Scene::new(16);
    let now = scene.street.now;
    let from = scene.evil.log.len() as u64 + 1;
    let invite = InviteRecord { invite: InviteId::from_bytes([7; 32]), expires: now.plus_ms(1000) };
    // An admission by an invite that never comes.
    scene.evil.say(now, &Payload::Admit(admission(&scene, [77; 32])));
    for i in 0..5_000_u32 {
        let mut id = [7; 32];
        id[..4].copy_from_slice(&i.to_le_bytes());
        let invite = InviteRecord { invite: InviteId::from_bytes(id), ..invite };
        scene.evil.say(now, &Payload::Invite(invite));
    }
    scene.evil.send(&mut scene.street, 0, from);
    assert_eq!(scene.held(0), from + 5_000);
    scene.street.run();
    let (zero, two) = (scene.street.circle(0, scene.circle), scene.street.circle(2, scene.circle));
    assert_eq!(zero.fingerprint(), two.fingerprint());
}

/// A newcomer's admission by an invite that was never opened.
fn admission(scene: &Scene, key: [u8; 32]) -> Admit {
    let mut newcomer = Street::new(u64::from(key[0]) + 500, 1);
    let secret = key;
    let link = Link {
        circle: scene.circle,
        name: String::new(),
        secret,
        expires: Timestamp::MAX,
        admitters: vec![],
    };
    let ticket = Ticket(0);
    let effects =
        newcomer.input(0, Input::Command { ticket, command: Box::new(Command::Join { link }) });
    let request = effects.into_iter().find_map(|effect| match effect {
        Effect::AskToJoin { request, .. } => Some(request),
        _ => None,
    });
    let JoinRequest { invite, newcomer: who, invite_signature, .. } = *request.unwrap();
    let device = newcomer.people[0].device();
    Admit { invite, device, newcomer: who, invite_signature }
}
