//! Changes that only look honest: whatever passes must leave the document alive on every replica.

use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, AutoCommit, Change, ExpandedChange, ObjType, ScalarValue};
use proptest::prelude::*;
use rand::prelude::*;

use super::super::{Ledger, Refusal, inspect};
use super::craft::{Raw, reseal, seal, signed, unsigned};
use super::street::{Street, assert_alive, picture};

/// A document, its ledger, and the honest change that comes next.
#[derive(Clone)]
struct Scene {
    doc: AutoCommit,
    ledger: Ledger,
    next: Change,
    /// Honest changes that neither cause `next` nor follow from it.
    concurrent: Vec<Change>,
}

fn scene(rng: &mut StdRng) -> Scene {
    let mut street = Street::new(rng.random_range(1..4));
    let rounds = rng.random_range(2..16);
    street.live(rng, rounds);
    if street.log.is_empty() {
        return scene(rng);
    }
    let cut = rng.random_range(0..street.log.len());
    let next = street.log[cut].clone();
    let mut ledger = Ledger::default();
    let mut doc = AutoCommit::new().with_actor(ActorId::from([0xcc; 16]));
    for change in &street.log[..cut] {
        ledger.record(&inspect(change.raw_bytes()).unwrap()).unwrap();
        doc.apply_changes([change.clone()]).unwrap();
    }
    let mut known: Vec<_> = street.log[..=cut].iter().map(Change::hash).collect();
    let mut concurrent = Vec::new();
    for change in &street.log[cut + 1..] {
        if change.actor_id() != next.actor_id()
            && change.deps().iter().all(|hash| *hash != next.hash() && known.contains(hash))
        {
            known.push(change.hash());
            concurrent.push(change.clone());
        }
    }
    Scene { doc, ledger, next, concurrent }
}

/// What a bad programmer or a bad neighbour might turn an honest change into.
fn spoil(change: &Change, rng: &mut StdRng) -> ExpandedChange {
    let mut spoiled = change.decode();
    for _ in 0..rng.random_range(1..4) {
        spoil_once(&mut spoiled, rng);
    }
    spoiled
}

fn spoil_once(change: &mut ExpandedChange, rng: &mut StdRng) {
    match rng.random_range(0..24) {
        0 => change.seq = [0, 1, 2, change.seq.wrapping_add(1), u64::MAX][rng.random_range(0..5)],
        1 => {
            let start = [1, change.start_op.get() + 1, u64::from(u32::MAX)][rng.random_range(0..3)];
            change.start_op = NonZeroU64::new(start).unwrap();
        }
        2 => change.time = [i64::MIN, -1, i64::MAX][rng.random_range(0..3)],
        3 => change.deps.truncate(rng.random_range(0..=change.deps.len())),
        4 => change.deps.extend(change.deps.clone()),
        5 => change.extra_bytes = vec![rng.random(); rng.random_range(0..3)],
        6 => change.message = ["", "hello"].map(String::from).choose(rng).cloned(),
        7 => change.actor_id = ActorId::from([rng.random_range(1..5); 16]),
        8 => change.operations.clear(),
        _ => spoil_op(change, rng),
    }
}

fn spoil_op(change: &mut ExpandedChange, rng: &mut StdRng) {
    let Some(at) = (0..change.operations.len()).choose(rng) else {
        return;
    };
    if rng.random_bool(0.2) {
        let copy = change.operations[at].clone();
        change.operations.insert(rng.random_range(0..=at), copy);
    }
    if rng.random_bool(0.1) {
        change.operations.shuffle(rng);
    }
    let any_id = |rng: &mut StdRng| {
        let own = change.start_op.get() + at as u64;
        let counter = if rng.random_bool(0.8) {
            rng.random_range(0..=own + 1)
        } else {
            own.saturating_sub(1)
        };
        let stranger = ActorId::from([rng.random_range(1..5); 16]);
        OpId::new(counter, if rng.random_bool(0.5) { &change.actor_id } else { &stranger })
    };
    let id = any_id(rng);
    let other_id = any_id(rng);
    let donor = change.operations.choose(rng).cloned().unwrap();
    let op: &mut Op = &mut change.operations[at];
    match rng.random_range(0..16) {
        0 => op.insert = !op.insert,
        1 => op.pred = Vec::new().into(),
        2 => op.pred = vec![id].into(),
        3 => op.pred = op.pred.iter().cloned().chain([id, other_id]).collect(),
        4 => op.obj = ObjectId::Id(id),
        5 => op.obj = ObjectId::Root,
        6 => op.key = Key::Seq(ElementId::Id(id)),
        7 => op.key = Key::Seq(ElementId::Head),
        8 => op.key = Key::Map(["", "title", "price", "count"][rng.random_range(0..4)].into()),
        9 => op.action = OpType::Delete,
        10 => op.action = OpType::Increment([1, i64::MAX, i64::MIN][rng.random_range(0..3)]),
        11 => {
            let kinds = [ObjType::Map, ObjType::List, ObjType::Text, ObjType::Table];
            op.action = OpType::Make(kinds[rng.random_range(0..4)]);
        }
        12 => op.action = OpType::MarkEnd(rng.random()),
        13 => {
            let values = [
                ScalarValue::counter(i64::MAX),
                ScalarValue::counter(1),
                ScalarValue::Unknown { type_code: 12, bytes: vec![1, 2] },
                ScalarValue::Timestamp(i64::MIN),
                "ab".into(),
            ];
            op.action = OpType::Put(values.choose(rng).cloned().unwrap());
        }
        14 => (op.key, op.obj, op.insert) = (donor.key, donor.obj, donor.insert),
        _ => op.action = donor.action,
    }
}

/// Applies an admitted change before and after what happened elsewhere at the same time.
fn assert_harmless(mut scene: Scene, change: &Change, rng: &mut StdRng) {
    let mut late = scene.doc.fork().with_actor(ActorId::from([0xcd; 16]));
    late.apply_changes(scene.concurrent.clone()).unwrap();
    late.apply_changes([change.clone()]).unwrap();
    scene.doc.apply_changes([change.clone()]).unwrap();
    assert!(scene.doc.get_heads().contains(&change.hash()));
    let mut early = scene.doc.fork().with_actor(ActorId::from([0xce; 16]));
    assert_alive(&mut scene.doc, rng);
    early.apply_changes(scene.concurrent.clone()).unwrap();
    assert_eq!(early.get_heads(), late.get_heads());
    assert_eq!(picture(&early), picture(&late));
    assert_alive(&mut early, rng);
}

fn admit(scene: &Scene, bytes: &[u8]) -> Result<Change, Refusal> {
    let inspected = inspect(bytes)?;
    scene.ledger.check(&inspected, scene.next.actor_id().to_bytes())?;
    Ok(inspected.into_change())
}

proptest! {
    // A failure prints the seed; `seed` is all that the run depends on.
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoiled_change_is_refused_or_harmless(seed: u64) {
        let mut rng = StdRng::seed_from_u64(seed);
        let scene = scene(&mut rng);
        let change = Change::from(spoil(&scene.next, &mut rng));
        if let Ok(change) = admit(&scene, change.raw_bytes()) {
            assert_harmless(scene, &change, &mut rng);
        }
    }

    #[test]
    fn a_flipped_change_is_refused_or_harmless(seed: u64) {
        let mut rng = StdRng::seed_from_u64(seed);
        let scene = scene(&mut rng);
        for _ in 0..20 {
            let mut bytes = scene.next.raw_bytes().to_vec();
            for _ in 0..rng.random_range(1..4) {
                // The header in front of the body has its own tests.
                let at = rng.random_range(10..bytes.len());
                match rng.random_range(0..3) {
                    0 => bytes[at] ^= 1 << rng.random_range(0..8),
                    1 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][rng.random_range(0..5)],
                    _ => bytes[at] = rng.random(),
                }
            }
            prop_assert!(bytes == scene.next.raw_bytes() || inspect(&bytes).is_err());
            reseal(&mut bytes);
            if let Ok(change) = admit(&scene, &bytes) {
                assert_harmless(scene.clone(), &change, &mut rng);
            }
        }
    }

    #[test]
    fn random_bytes_never_panic(seed: u64) {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut bytes = vec![0; rng.random_range(0..400)];
        rng.fill(&mut bytes[..]);
        inspect(&bytes).unwrap_err();
        inspect(&seal(rng.random_range(0..4), &bytes)).unwrap_err();
    }

    #[test]
    fn random_columns_never_panic(seed: u64) {
        let mut rng = StdRng::seed_from_u64(seed);
        let mut raw = Raw::put();
        for (_, data) in &mut raw.columns {
            if rng.random_bool(0.4) {
                // Small numbers, runs and the far ends of numbers are what decoders stumble over.
                *data = (0..rng.random_range(1..5)).flat_map(|_| match rng.random_range(0..4) {
                    0 => unsigned(rng.random()),
                    1 => signed(rng.random()),
                    2 => signed([i64::MIN, i64::MAX, -1, 0][rng.random_range(0..4)]),
                    _ => vec![rng.random_range(0..4), rng.random_range(0..4)],
                }).collect();
            }
        }
        if let Ok(inspected) = inspect(&raw.bytes()) {
            let ledger = Ledger::default();
            if ledger.check(&inspected, &raw.actor).is_ok() {
                let mut doc = AutoCommit::new();
                doc.apply_changes([inspected.into_change()]).unwrap();
                assert_alive(&mut doc, &mut rng);
            }
        }
    }
}
