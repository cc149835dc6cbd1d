//! What the operations of one change must satisfy among themselves, before any document is asked.
//!
//! Automerge trusts the shape of operations: it panics on an insertion under a map key, and it forgets a
//! deletion of nothing, so that the saved document no longer adds up to its own hash. `ledger` checks the
//! same operations against the document.

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ExpandedChange, ScalarValue};

use super::Refusal;
use crate::limits::{MAX_CHANGE_MARKS, MAX_COUNTER_STEP};

/// Checks every operation of an expanded change on its own and against those before it.
pub(super) fn check(change: &ExpandedChange) -> Result<(), Refusal> {
    for (op, counter) in change.operations.iter().zip(change.start_op.get()..) {
        check_references(op, counter, change)?;
        check_shape(op)?;
        check_numbers(op)?;
    }
    check_marks(&change.operations)
}

/// Every operation that `op` points at: its object, its element, its predecessors.
fn references(op: &Op) -> impl Iterator<Item = &OpId> {
    let object = match &op.obj {
        ObjectId::Id(id) => Some(id),
        ObjectId::Root => None,
    };
    let element = match &op.key {
        Key::Seq(ElementId::Id(id)) => Some(id),
        Key::Seq(ElementId::Head) | Key::Map(_) => None,
    };
    object.into_iter().chain(element).chain(op.pred.iter())
}

/// A reference points backwards; at or past the change's start only its own operations exist.
fn check_references(op: &Op, counter: u64, change: &ExpandedChange) -> Result<(), Refusal> {
    let is_earlier = |id: &OpId| {
        let is_own = *id.actor() == change.actor_id;
        (1..counter).contains(&id.counter()) && (is_own || id.counter() < change.start_op.get())
    };
    // A predecessor named twice would be counted once when the document is loaded again.
    let is_repeated = op.pred.iter().zip(op.pred.iter().skip(1)).any(|(left, right)| left == right);
    if is_repeated || !references(op).all(is_earlier) {
        return Err(Refusal::BadReference);
    }
    Ok(())
}

/// An operation has the fields that its action needs, and only those.
fn check_shape(op: &Op) -> Result<(), Refusal> {
    let is_in_sequence = matches!(op.key, Key::Seq(_));
    let is_at_head = op.key == Key::Seq(ElementId::Head);
    let is_in_root = op.obj == ObjectId::Root;
    let is_sound = match &op.action {
        OpType::Delete | OpType::Increment(_) => !op.insert && !op.pred.is_empty(),
        OpType::MarkBegin(_) | OpType::MarkEnd(_) => op.insert,
        OpType::Put(_) | OpType::Make(_) => true,
    };
    let is_placed = if op.insert { is_in_sequence && op.pred.is_empty() } else { !is_at_head };
    if is_sound && is_placed && !(is_in_root && is_in_sequence) {
        Ok(())
    } else {
        Err(Refusal::BadOperation)
    }
}

/// Counters are added up without a check, so no single step may come near the end of 64 bits; and values
/// are compared, so each must equal itself.
fn check_numbers(op: &Op) -> Result<(), Refusal> {
    let value = match &op.action {
        OpType::Increment(step) => &ScalarValue::Int(*step),
        OpType::Put(value) => value,
        OpType::MarkBegin(mark) => &mark.value,
        OpType::Make(_) | OpType::Delete | OpType::MarkEnd(_) => return Ok(()),
    };
    let step = match (value, &op.action) {
        (ScalarValue::F64(number), _) if number.is_nan() => return Err(Refusal::NotANumber),
        (ScalarValue::Counter(counter), _) => i64::from(counter),
        (ScalarValue::Int(step), OpType::Increment(_)) => *step,
        _ => 0,
    };
    if step.unsigned_abs() > MAX_COUNTER_STEP {
        return Err(Refusal::CounterOutOfRange);
    }
    Ok(())
}

/// A mark is two neighbours, begin and end: Automerge finds the begin by subtracting one from the end.
fn check_marks(ops: &[Op]) -> Result<(), Refusal> {
    let mut open: Option<&ObjectId> = None;
    let mut marks = 0;
    for op in ops {
        match (&op.action, open.take()) {
            (OpType::MarkBegin(_), None) => {
                open = Some(&op.obj);
                marks += 1;
            }
            (OpType::MarkEnd(_), Some(object)) if *object == op.obj => {}
            (OpType::MarkBegin(_) | OpType::MarkEnd(_), _) | (_, Some(_)) => {
                return Err(Refusal::BadMark);
            }
            (_, None) => {}
        }
    }
    if open.is_some() {
        return Err(Refusal::BadMark);
    }
    if marks > MAX_CHANGE_MARKS {
        return Err(Refusal::TooManyMarks);
    }
    Ok(())
}
