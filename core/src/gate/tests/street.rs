//! People who edit a document together, and the check that a document is alive.

use automerge::marks::{ExpandMark, Mark};
use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use rand::prelude::*;

/// Several replicas of one document that edit and merge at random.
pub(super) struct Street {
    pub(super) replicas: Vec<AutoCommit>,
    /// Every change in an order that respects causes.
    pub(super) log: Vec<Change>,
}

impl Street {
    pub(super) fn new(people: u8) -> Self {
        let replicas = (0..people)
            .map(|person| AutoCommit::new().with_actor(ActorId::from([person + 1; 16])))
            .collect();
        Self { replicas, log: Vec::new() }
    }

    /// `rounds` times, someone edits and commits, and perhaps someone hears of it.
    pub(super) fn live(&mut self, rng: &mut StdRng, rounds: usize) {
        for _ in 0..rounds {
            let who = rng.random_range(0..self.replicas.len());
            let replica = &mut self.replicas[who];
            for _ in 0..rng.random_range(1..8) {
                edit(replica, rng);
            }
            if replica.commit().is_some() {
                self.log.extend(replica.get_last_local_change());
            }
            if rng.random_bool(0.5) {
                let from = rng.random_range(0..self.replicas.len());
                let mut news = self.replicas[from].fork();
                self.replicas[who].merge(&mut news).unwrap();
            }
        }
    }

    /// One replica that holds everything.
    pub(super) fn whole(&self) -> AutoCommit {
        let mut whole = AutoCommit::new().with_actor(ActorId::from([0xee; 16]));
        whole.apply_changes(self.log.clone()).unwrap();
        whole
    }
}

/// All the objects that can be reached.
pub(super) fn objects(doc: &AutoCommit) -> Vec<(ObjId, ObjType)> {
    let mut found = vec![(ROOT, ObjType::Map)];
    let mut next = 0;
    while let Some((object, kind)) = found.get(next).cloned() {
        next += 1;
        let mut push = |value: &automerge::Value, id: ObjId| {
            if let automerge::Value::Object(kind) = value {
                found.push((id, *kind));
            }
        };
        match kind {
            ObjType::Map | ObjType::Table => {
                for key in doc.keys(&object) {
                    for (value, id) in doc.get_all(&object, key).unwrap() {
                        push(&value, id);
                    }
                }
            }
            ObjType::List | ObjType::Text => {
                for index in 0..doc.length(&object) {
                    for (value, id) in doc.get_all(&object, index).unwrap() {
                        push(&value, id);
                    }
                }
            }
        }
        found.dedup();
    }
    found
}

fn value(rng: &mut StdRng) -> ScalarValue {
    match rng.random_range(0..10) {
        0 => ScalarValue::Null,
        1 => true.into(),
        2 => false.into(),
        3 => rng.random::<u64>().into(),
        4 => rng.random::<i64>().into(),
        5 => [0.0, -0.0, 1.5, f64::MIN, f64::INFINITY][rng.random_range(0..5)].into(),
        6 => ScalarValue::Bytes(vec![rng.random(); rng.random_range(0..300)]),
        7 => ScalarValue::counter(rng.random_range(-5..5)),
        8 => ScalarValue::Timestamp(rng.random()),
        _ => "żółw 🐢".into(),
    }
}

fn kind(rng: &mut StdRng) -> ObjType {
    [ObjType::Map, ObjType::List, ObjType::Text][rng.random_range(0..3)]
}

/// One edit somewhere in the document; what makes no sense there is left out.
fn edit(doc: &mut AutoCommit, rng: &mut StdRng) {
    let (object, found) = objects(doc).choose(rng).cloned().unwrap();
    let length = doc.length(&object);
    let at = rng.random_range(0..=length);
    match found {
        ObjType::Map | ObjType::Table => {
            let key = ["", "title", "price", "count", "notes", "żó"][rng.random_range(0..6)];
            match rng.random_range(0..5) {
                0 => doc.put_object(&object, key, kind(rng)).map(|_| ()),
                1 => doc.delete(&object, key),
                2 => doc.increment(&object, key, rng.random_range(-9..9)),
                _ => doc.put(&object, key, value(rng)),
            }
        }
        ObjType::List => match rng.random_range(0..6) {
            0 => doc.insert_object(&object, at, kind(rng)).map(|_| ()),
            1 => doc.delete(&object, at),
            2 => doc.increment(&object, at, rng.random_range(-9..9)),
            3 => doc.put(&object, at, value(rng)),
            4 if at < length => doc.put_object(&object, at, kind(rng)).map(|_| ()),
            _ => doc.insert(&object, at, value(rng)),
        },
        ObjType::Text => match rng.random_range(0..7) {
            0 => {
                let end = rng.random_range(at..=length);
                let expand =
                    [ExpandMark::None, ExpandMark::Both, ExpandMark::Before, ExpandMark::After];
                let mark = Mark::new(String::from("bold"), value(rng), at, end);
                doc.mark(&object, mark, expand[rng.random_range(0..4)])
            }
            1 => doc.unmark(&object, "bold", 0, at, ExpandMark::After),
            2 => doc.split_block(&object, at).map(|_| ()),
            3 => doc.update_text(&object, "kto pożyczy drabinę?"),
            _ => {
                let delete = rng.random_range(0..=(length - at).min(4));
                doc.splice_text(
                    &object,
                    at,
                    delete.cast_signed(),
                    ["ab🐢", "x", ""][rng.random_range(0..3)],
                )
            }
        },
    }
    .ok();
}

/// The document loads from what it saves, as itself, and takes edits everywhere; and so does the loaded one.
pub(super) fn assert_alive(doc: &mut AutoCommit, rng: &mut StdRng) {
    let heads = doc.get_heads();
    let saved = doc.save();
    let mut loaded = AutoCommit::load(&saved).unwrap().with_actor(ActorId::from([0xdd; 16]));
    assert_eq!(loaded.get_heads(), heads);
    assert_same(doc, &loaded);
    for copy in [doc, &mut loaded] {
        for (object, kind) in objects(copy) {
            match kind {
                ObjType::Map | ObjType::Table => {
                    copy.put(&object, "title", "after").unwrap();
                    for key in copy.keys(&object).collect::<Vec<_>>() {
                        copy.delete(&object, key).ok();
                    }
                }
                ObjType::List => {
                    copy.insert(&object, 0, "first").unwrap();
                    copy.insert(&object, copy.length(&object), "last").unwrap();
                    copy.put(&object, copy.length(&object) / 2, "middle").unwrap();
                    copy.delete(&object, 0).unwrap();
                }
                ObjType::Text => {
                    copy.splice_text(&object, 0, 0, "first").unwrap();
                    copy.splice_text(&object, copy.length(&object), 0, "last").unwrap();
                    copy.splice_text(&object, copy.length(&object) / 2, 1, "").unwrap();
                }
            }
            copy.commit();
        }
        for _ in 0..5 {
            edit(copy, rng);
        }
        copy.commit();
        let saved = copy.save();
        AutoCommit::load(&saved).unwrap();
    }
}

/// Both show a reader the same.
pub(super) fn assert_same(left: &AutoCommit, right: &AutoCommit) {
    assert_eq!(picture(left), picture(right));
}

/// Everything a reader can see, in an order that does not depend on a hash map.
pub(super) fn picture(doc: &AutoCommit) -> Vec<String> {
    let mut picture = Vec::new();
    for (object, kind) in objects(doc) {
        match kind {
            ObjType::Map | ObjType::Table => {
                for key in doc.keys(&object) {
                    let values = doc.get_all(&object, &key).unwrap();
                    picture.push(format!("{object} {key} {:?} {values:?}", doc.get(&object, &key)));
                }
            }
            ObjType::List => {
                for index in 0..doc.length(&object) {
                    let values = doc.get_all(&object, index).unwrap();
                    picture
                        .push(format!("{object} {index} {:?} {values:?}", doc.get(&object, index)));
                }
            }
            ObjType::Text => {
                picture.push(format!(
                    "{object} {} {:?}",
                    doc.text(&object).unwrap(),
                    doc.marks(&object)
                ));
            }
        }
    }
    picture
}
