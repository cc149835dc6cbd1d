//! What a document holds, as far as later changes may refer to it.
//!
//! Automerge offers no way to ask whether an operation exists, and applies a change that refers to nothing:
//! it then panics, or saves a document that no longer loads. The ledger keeps the place and kind of every
//! operation, and for every change how far its causes reach, so that each replica gives the same answer
//! whatever else it happens to hold. It does not keep values.

use std::collections::BTreeMap;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, Change, ChangeHash, ObjType, ScalarValue};

use super::causes::Causes;
use super::{Inspected, Refusal, fits};

/// An operation id: counter, then the actor's number in this ledger.
pub(super) type Id = (u64, usize);

/// The highest operation of each actor, by number, among a change and all its causes.
pub(super) type Reach = Vec<u64>;

/// The shape of one document; feed it every change in the order in which the document takes them.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    actors: BTreeMap<ActorId, usize>,
    /// For each actor by number: its last sequence number and its last operation.
    last: Vec<(u64, u64)>,
    changes: BTreeMap<ChangeHash, Reach>,
    ops: BTreeMap<Id, Row>,
}

/// One operation without its value.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) object: Option<Id>,
    pub(super) place: Place,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Under a key of a map.
    Key(String),
    /// A new element of a sequence, after another or at its head.
    After(Option<Id>),
    /// At an element that exists.
    Element(Id),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Value,
    Counter,
    Map,
    List,
    Text,
    Mark,
    /// A deletion or an increment, which only changes its predecessors.
    Effect,
}

impl Ledger {
    /// How many operations the document holds, for the limit on documents.
    pub fn ops(&self) -> usize {
        self.ops.len()
    }

    /// The next sequence number of an actor: what [`fits`] asks for.
    pub fn next_seq(&self, actor: &ActorId) -> u64 {
        self.actors.get(actor).map_or(1, |&number| self.last[number].0 + 1)
    }

    /// The highest operation of all the dependencies of a change, or `None` while one of them is missing.
    pub fn deps_max_op(&self, change: &Change) -> Option<u64> {
        self.reach(change).map(|reach| reach.into_iter().max().unwrap_or(0))
    }

    /// Whether the document can take this change: [`fits`], and everything that it refers to is among its causes.
    pub fn check(&self, inspected: &Inspected, expected_actor: &[u8]) -> Result<(), Refusal> {
        let change = inspected.change();
        let reach = self.reach(change).ok_or(Refusal::MissingDependency)?;
        let deps_max_op = reach.iter().copied().max().unwrap_or(0);
        let actor = change.actor_id();
        fits(inspected, expected_actor, self.next_seq(actor), deps_max_op)?;
        let own = self.number(actor);
        let own_last = self.last.get(own).map_or(0, |last| last.1);
        if reach.get(own).copied().unwrap_or(0) != own_last {
            return Err(Refusal::OwnHistoryMissing);
        }
        let operations = change.decode().operations;
        let own_rows = self.rows(&operations, actor)?;
        let causes = Causes {
            ledger: self,
            reach,
            author: actor,
            own,
            start_op: change.start_op().get(),
            own_rows: &own_rows,
        };
        for (row, op) in own_rows.iter().zip(&operations) {
            let predecessors: Result<Vec<Id>, Refusal> =
                op.pred.iter().map(|id| self.id(id, actor)).collect();
            causes.check(row, &predecessors?)?;
        }
        causes.check_marks()
    }

    /// Notes a change that the document has taken; only those that passed [`Ledger::check`] or were made here.
    pub fn record(&mut self, inspected: &Inspected) -> Result<(), Refusal> {
        let change = inspected.change();
        let mut reach = self.reach(change).ok_or(Refusal::MissingDependency)?;
        let rows = self.rows(&change.decode().operations, change.actor_id())?;
        let own = self.number(change.actor_id());
        if own == self.last.len() {
            self.actors.insert(change.actor_id().clone(), own);
            self.last.push((0, 0));
        }
        self.last[own] = (change.seq(), inspected.max_op());
        reach.resize(reach.len().max(own + 1), 0);
        reach[own] = inspected.max_op();
        self.changes.insert(change.hash(), reach);
        self.ops.extend((change.start_op().get()..).map(|counter| (counter, own)).zip(rows));
        Ok(())
    }

    /// How far the causes of a change reach, or `None` while one of them is missing.
    fn reach(&self, change: &Change) -> Option<Reach> {
        let mut reach = vec![0; self.last.len()];
        for dependency in change.deps() {
            for (highest, &theirs) in reach.iter_mut().zip(self.changes.get(dependency)?) {
                *highest = theirs.max(*highest);
            }
        }
        Some(reach)
    }

    /// The shape of an operation that the document holds.
    pub(super) fn row(&self, id: Id) -> Option<&Row> {
        self.ops.get(&id)
    }

    /// The actor of a number.
    pub(super) fn actor(&self, number: usize) -> Option<&ActorId> {
        self.actors.iter().find(|(_, theirs)| **theirs == number).map(|(actor, _)| actor)
    }

    /// The actor's number; one that is new here gets the next.
    fn number(&self, actor: &ActorId) -> usize {
        self.actors.get(actor).copied().unwrap_or(self.last.len())
    }

    fn rows(&self, operations: &[Op], author: &ActorId) -> Result<Vec<Row>, Refusal> {
        operations.iter().map(|op| self.describe(op, author)).collect()
    }

    fn describe(&self, op: &Op, author: &ActorId) -> Result<Row, Refusal> {
        let object = match &op.obj {
            ObjectId::Root => None,
            ObjectId::Id(id) => Some(self.id(id, author)?),
        };
        let place = match &op.key {
            Key::Map(key) => Place::Key(key.to_string()),
            Key::Seq(ElementId::Head) => Place::After(None),
            Key::Seq(ElementId::Id(id)) if op.insert => Place::After(Some(self.id(id, author)?)),
            Key::Seq(ElementId::Id(id)) => Place::Element(self.id(id, author)?),
        };
        Ok(Row { object, place, kind: Kind::of(&op.action)? })
    }

    /// An id in our numbering; any actor but the author must have written here before.
    fn id(&self, id: &OpId, author: &ActorId) -> Result<Id, Refusal> {
        let actor = id.actor();
        let number = self.actors.get(actor).copied();
        let number = number.or((actor == author).then_some(self.last.len()));
        Ok((id.counter(), number.ok_or(Refusal::MissingReference)?))
    }
}

impl Kind {
    fn of(action: &OpType) -> Result<Self, Refusal> {
        Ok(match action {
            OpType::Make(ObjType::Map) => Self::Map,
            OpType::Make(ObjType::List) => Self::List,
            OpType::Make(ObjType::Text) => Self::Text,
            OpType::Make(_) => return Err(Refusal::UnknownAction),
            OpType::Put(ScalarValue::Counter(_)) => Self::Counter,
            OpType::Put(_) => Self::Value,
            OpType::MarkBegin(_) | OpType::MarkEnd(_) => Self::Mark,
            OpType::Delete | OpType::Increment(_) => Self::Effect,
        })
    }
}
