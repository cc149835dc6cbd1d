//! Counts what the columns of a change would expand to, one run at a time, without expanding them.
//!
//! It knows the encodings and the reach of each number (actor indices, operation counters), not what an
//! operation means: `operations` looks at that once the change is known to be small.

use super::Refusal;
use super::reader::Reader;
use crate::limits::{
    MAX_CHANGE_NAME_BYTES, MAX_CHANGE_OPS, MAX_CHANGE_PREDECESSORS, MAX_OP_COUNTER,
};

/// The bit of a column specification that says "deflated".
const DEFLATE_BIT: u64 = 0b1000;
/// The highest action Automerge knows, the mark, and the one that nobody can use: a table makes it panic.
const MAX_ACTION: u64 = 7;
const MAKE_TABLE: u64 = 6;
/// The highest value type Automerge writes itself, the timestamp; those above are placeholders.
const MAX_VALUE_TYPE: u64 = 9;

/// How one column is encoded, and what its items are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Actor,
    ObjectCounter,
    KeyCounter,
    Name,
    Flag,
    Action,
    ValueMeta,
    ValueBytes,
    PredecessorCount,
    PredecessorActor,
    PredecessorCounter,
}

impl Column {
    /// The column of a specification (id times 16, plus type): these fourteen are all that Automerge writes.
    fn of(specification: u64) -> Option<Self> {
        Some(match specification {
            0x01 | 0x11 => Self::Actor,
            0x02 => Self::ObjectCounter,
            0x13 => Self::KeyCounter,
            0x15 | 0xa5 => Self::Name,
            0x34 | 0x94 => Self::Flag,
            0x42 => Self::Action,
            0x56 => Self::ValueMeta,
            0x57 => Self::ValueBytes,
            0x70 => Self::PredecessorCount,
            0x71 => Self::PredecessorActor,
            0x73 => Self::PredecessorCounter,
            _ => return None,
        })
    }
}

/// The number of operations that the columns hold; `actors` is how many actors an index may point at.
pub(super) fn count_ops(body: &mut Reader, actors: u64) -> Result<u64, Refusal> {
    let mut tally = Tally { actors, ops: 0, name_bytes: 0, value_bytes: 0, value_bytes_told: 0 };
    for (column, length) in layout(body)? {
        tally.add(column, body.take(length)?)?;
    }
    if tally.value_bytes != tally.value_bytes_told {
        return Err(Refusal::Malformed);
    }
    Ok(tally.ops)
}

/// The columns in order with their lengths.
fn layout(body: &mut Reader) -> Result<Vec<(Column, u64)>, Refusal> {
    let mut columns = Vec::new();
    let mut previous = None;
    for _ in 0..body.unsigned()? {
        let specification = body.unsigned()?;
        if specification & DEFLATE_BIT != 0 {
            return Err(Refusal::Deflated);
        }
        let column = Column::of(specification).ok_or(Refusal::UnknownColumn)?;
        // Strictly ascending also bounds the list: there are only fourteen specifications.
        if previous.replace(specification).is_some_and(|previous| previous >= specification) {
            return Err(Refusal::Malformed);
        }
        columns.push((column, body.unsigned()?));
    }
    Ok(columns)
}

/// What was counted so far.
struct Tally {
    actors: u64,
    ops: u64,
    name_bytes: u64,
    value_bytes: u64,
    value_bytes_told: u64,
}

impl Tally {
    fn add(&mut self, column: Column, data: &[u8]) -> Result<(), Refusal> {
        match column {
            Column::Actor => self.actors(data, MAX_CHANGE_OPS),
            Column::PredecessorActor => self.actors(data, MAX_CHANGE_PREDECESSORS),
            Column::ObjectCounter => object_counters(data),
            Column::KeyCounter => moving_counters(data, MAX_CHANGE_OPS),
            Column::PredecessorCounter => moving_counters(data, MAX_CHANGE_PREDECESSORS),
            Column::Name => self.names(data),
            Column::Flag => flags(data),
            Column::Action => self.actions(data),
            Column::ValueMeta => self.value_types(data),
            Column::ValueBytes => {
                self.value_bytes = data.len() as u64;
                Ok(())
            }
            Column::PredecessorCount => predecessor_counts(data),
        }
    }

    fn actors(&self, data: &[u8], limit: u64) -> Result<(), Refusal> {
        // Automerge looks an actor up without asking whether it is there.
        runs(data, limit, Reader::unsigned, |actor, _| match actor {
            Some(actor) if actor >= self.actors => Err(Refusal::UnknownActor),
            _ => Ok(()),
        })?;
        Ok(())
    }

    fn names(&mut self, data: &[u8]) -> Result<(), Refusal> {
        runs(data, MAX_CHANGE_OPS, Reader::text, |name, count| {
            let bytes = name.map_or(0, str::len) as u64;
            self.name_bytes = sum(self.name_bytes, bytes, count)?;
            if self.name_bytes > MAX_CHANGE_NAME_BYTES {
                return Err(Refusal::NamesTooLong);
            }
            Ok(())
        })?;
        Ok(())
    }

    fn actions(&mut self, data: &[u8]) -> Result<(), Refusal> {
        self.ops = runs(data, MAX_CHANGE_OPS, Reader::unsigned, |action, _| match action {
            Some(MAKE_TABLE) => Err(Refusal::UnknownAction),
            Some(action) if action <= MAX_ACTION => Ok(()),
            Some(_) => Err(Refusal::UnknownAction),
            None => Err(Refusal::Malformed),
        })?;
        Ok(())
    }

    fn value_types(&mut self, data: &[u8]) -> Result<(), Refusal> {
        runs(data, MAX_CHANGE_OPS, Reader::unsigned, |meta, count| {
            let meta = meta.ok_or(Refusal::Malformed)?;
            if meta & 0xf > MAX_VALUE_TYPE {
                return Err(Refusal::UnknownValue);
            }
            self.value_bytes_told = sum(self.value_bytes_told, meta >> 4, count)?;
            Ok(())
        })?;
        Ok(())
    }
}

fn object_counters(data: &[u8]) -> Result<(), Refusal> {
    runs(data, MAX_CHANGE_OPS, Reader::unsigned, |counter, _| match counter {
        Some(counter) if counter > MAX_OP_COUNTER => Err(Refusal::CounterOutOfRange),
        _ => Ok(()),
    })?;
    Ok(())
}

/// Counters that are stored as the step from the one before.
fn moving_counters(data: &[u8], limit: u64) -> Result<(), Refusal> {
    let mut counter = 0_u64;
    runs(data, limit, Reader::signed, |step, count| {
        let Some(step) = step else { return Ok(()) };
        // Within a run the counter moves in one direction, so its two ends bound all between them.
        let first = counter.checked_add_signed(step);
        let whole = i64::try_from(count).ok().and_then(|count| step.checked_mul(count));
        let last = whole.and_then(|whole| counter.checked_add_signed(whole));
        match (first, last) {
            (Some(first), Some(last)) if first.max(last) <= MAX_OP_COUNTER => counter = last,
            _ => return Err(Refusal::CounterOutOfRange),
        }
        Ok(())
    })?;
    Ok(())
}

fn predecessor_counts(data: &[u8]) -> Result<(), Refusal> {
    let mut total = 0;
    runs(data, MAX_CHANGE_OPS, Reader::unsigned, |predecessors, count| {
        total = sum(total, predecessors.ok_or(Refusal::Malformed)?, count)?;
        if total > MAX_CHANGE_PREDECESSORS {
            return Err(Refusal::TooManyPredecessors);
        }
        Ok(())
    })?;
    Ok(())
}

/// Booleans are stored as the lengths of alternating runs.
fn flags(data: &[u8]) -> Result<(), Refusal> {
    let mut data = Reader::new(data);
    let mut items = 0;
    while !data.is_empty() {
        items = sum(items, data.unsigned()?, 1)?;
        if items > MAX_CHANGE_OPS {
            return Err(Refusal::TooManyOps);
        }
    }
    Ok(())
}

/// Walks a run-length column and returns how many items it stands for.
///
/// `each` sees a value (or `None` for nulls) with its repeat count; literal values come with a count of one.
fn runs<'a, T>(
    data: &'a [u8],
    limit: u64,
    read: fn(&mut Reader<'a>) -> Result<T, Refusal>,
    mut each: impl FnMut(Option<T>, u64) -> Result<(), Refusal>,
) -> Result<u64, Refusal> {
    let mut data = Reader::new(data);
    let mut items = 0;
    while !data.is_empty() {
        let head = data.signed()?;
        let count = if head == 0 { data.unsigned()? } else { head.unsigned_abs() };
        items = sum(items, count, 1)?;
        if items > limit {
            return Err(Refusal::TooManyOps);
        }
        match head {
            0 if count == 0 => return Err(Refusal::Malformed),
            0 => each(None, count)?,
            1.. => each(Some(read(&mut data)?), count)?,
            _ => (0..count).try_for_each(|_| each(Some(read(&mut data)?), 1))?,
        }
    }
    Ok(items)
}

/// `total + each * count`; a sum that leaves 64 bits is no honest column.
fn sum(total: u64, each: u64, count: u64) -> Result<u64, Refusal> {
    each.checked_mul(count).and_then(|more| total.checked_add(more)).ok_or(Refusal::Malformed)
}
