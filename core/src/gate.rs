//! The gate in front of Automerge: which change bytes may touch a document.
//!
//! Automerge was written for friends. Measured on 0.12.0, a peer can send it 93 bytes that kill a document,
//! 141 bytes that expand to 200,000 operations, and a deflated kilobyte that becomes a megabyte. So each
//! change passes three doors, cheapest first:
//!
//! 1. [`inspect`] needs only the bytes. It counts before it expands, and nothing in it can panic.
//! 2. [`fits`] compares the change with three facts about the document: author, sequence, highest operation.
//! 3. [`Ledger::check`] makes sure that all the change refers to exists among its causes, since Automerge
//!    panics on, or silently saves, a reference to nothing. It includes [`fits`].
//!
//! This module does not know the log, signatures or devices; it does not apply anything. A change whose
//! dependencies have not arrived is the caller's to keep: see `Inspected::change().deps()`.

mod causes;
mod columns;
mod ledger;
mod operations;
mod reader;
#[cfg(test)]
mod tests;

pub use ledger::Ledger;

use automerge::Change;
use sha2::{Digest, Sha256};

use self::reader::Reader;
use crate::limits::{
    MAX_ACTOR_BYTES, MAX_CHANGE_ACTORS, MAX_CHANGE_BYTES, MAX_CHANGE_DEPENDENCIES, MAX_CHANGE_SEQ,
    MAX_CHANGE_TIME, MAX_OP_COUNTER,
};

/// The four bytes that open every Automerge chunk.
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// The length of the checksum that follows them.
const CHECKSUM_BYTES: u64 = 4;
/// The type of a raw change chunk; 0 is a document, 3 a bundle.
const RAW_CHANGE: u8 = 1;
/// The type of a deflated change chunk.
const DEFLATED_CHANGE: u8 = 2;
/// The length of a change hash.
const HASH_BYTES: u64 = 32;

/// A change that passed every check which needs no document.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspected {
    change: Change,
}

impl Inspected {
    /// The change itself, to read its dependencies, actor and sequence number.
    pub fn change(&self) -> &Change {
        &self.change
    }

    /// Gives the change up, to apply it.
    pub fn into_change(self) -> Change {
        self.change
    }

    /// How many operations it holds: one to `MAX_CHANGE_OPS`.
    pub fn ops(&self) -> usize {
        self.change.len()
    }

    /// The counter of its last operation.
    pub fn max_op(&self) -> u64 {
        self.change.max_op()
    }
}

/// Why a change is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// More bytes than `MAX_CHANGE_BYTES`.
    #[error("the change has more bytes than we accept")]
    TooLarge,
    /// Another magic number, chunk type or no chunk at all.
    #[error("the bytes are not an Automerge change")]
    NotAChange,
    /// A deflated chunk or column: its real size only shows while inflating it.
    #[error("the change is deflated, and we accept only raw ones")]
    Deflated,
    /// The bytes were damaged or altered.
    #[error("the checksum does not match the bytes")]
    WrongChecksum,
    /// Bytes after the chunk, or after the columns inside it.
    #[error("there are bytes after the end of the change")]
    TrailingBytes,
    /// A field is cut short, overlong, out of order or not UTF-8.
    #[error("the change does not follow the format")]
    Malformed,
    /// More dependencies than `MAX_CHANGE_DEPENDENCIES`.
    #[error("the change has more dependencies than we accept")]
    TooManyDependencies,
    /// More actors than `MAX_CHANGE_ACTORS`, or an id longer than `MAX_ACTOR_BYTES` or empty.
    #[error("the change names more or longer actors than we accept")]
    ActorsTooLarge,
    /// Zero, or above `MAX_CHANGE_SEQ`.
    #[error("the sequence number is out of range")]
    SeqOutOfRange,
    /// Before 1970, or after `MAX_CHANGE_TIME`.
    #[error("the time of the change is out of range")]
    TimeOutOfRange,
    /// An operation id beyond `MAX_OP_COUNTER`, or a counter's step beyond `MAX_COUNTER_STEP`.
    #[error("a counter in the change is out of range")]
    CounterOutOfRange,
    /// A column that our version of Automerge never writes.
    #[error("the change has a column that we do not know")]
    UnknownColumn,
    /// More operations than `MAX_CHANGE_OPS`.
    #[error("the change has more operations than we accept")]
    TooManyOps,
    /// More predecessors than `MAX_CHANGE_PREDECESSORS`.
    #[error("the change replaces more values than we accept")]
    TooManyPredecessors,
    /// Map keys and mark names beyond `MAX_CHANGE_NAME_BYTES` in all.
    #[error("the names in the change are longer than we accept")]
    NamesTooLong,
    /// An actor index without an actor.
    #[error("the change refers to an actor that it does not name")]
    UnknownActor,
    /// An action that does not exist, or that nobody can use.
    #[error("the change holds an action that we do not know")]
    UnknownAction,
    /// A value of a type that does not exist.
    #[error("the change holds a value of a type that we do not know")]
    UnknownValue,
    /// A float that is not a number.
    #[error("the change holds a float that is not a number")]
    NotANumber,
    /// No operation at all.
    #[error("the change does nothing")]
    NoOps,
    /// Automerge's own reader refused it.
    #[error("Automerge cannot read the change")]
    Unreadable,
    /// The same operations have another spelling, and with it another hash.
    #[error("the change is not written in canonical form")]
    NotCanonical,
    /// An operation points at itself, forwards, at nothing, or twice at the same predecessor.
    #[error("an operation refers to one that cannot exist yet")]
    BadReference,
    /// An operation with fields that do not go together.
    #[error("an operation has fields that do not go together")]
    BadOperation,
    /// A mark without its other half, or whose end lies before its begin.
    #[error("a mark does not have its begin and end in order")]
    BadMark,
    /// More marks than `MAX_CHANGE_MARKS`.
    #[error("the change has more marks than we accept")]
    TooManyMarks,
    /// The actor is not the one of the device that signed.
    #[error("the change was not made by the device that signed it")]
    WrongActor,
    /// Another change, or this one, already has this place.
    #[error("this actor already has a change with this sequence number")]
    SeqTaken,
    /// The changes in between are missing.
    #[error("changes of this actor are missing before this one")]
    SeqGap,
    /// The first operation does not follow directly on the dependencies.
    #[error("the change does not start where its dependencies end")]
    WrongStart,
    /// A dependency that the document does not hold.
    #[error("the change depends on one that is not here")]
    MissingDependency,
    /// An actor that does not build on its own last change could use operation ids twice.
    #[error("the change does not build on its author's last one")]
    OwnHistoryMissing,
    /// The operation referred to is not among the causes of the change.
    #[error("an operation refers to one that is not among its causes")]
    MissingReference,
    /// The operation referred to is of another kind, or sits in another place.
    #[error("an operation refers to something of another kind or place")]
    WrongReference,
}

/// Stateless checks, before anything is expanded.
///
/// Until the change is counted, work is linear in the bytes and nothing is allocated but a list of columns; after
/// that, the limits on operations, predecessors and names bound both, however few the bytes are.
pub fn inspect(bytes: &[u8]) -> Result<Inspected, Refusal> {
    let ops = check_body(body(bytes)?)?;
    // From here on Automerge itself may look: the columns are counted and all indices are in range.
    let change = Change::try_from(bytes).map_err(|_| Refusal::Unreadable)?;
    if !change.extra_bytes().is_empty() {
        return Err(Refusal::TrailingBytes);
    }
    if change.len() as u64 != ops {
        return Err(Refusal::Malformed);
    }
    let expanded = change.decode();
    operations::check(&expanded)?;
    if Change::from(expanded).raw_bytes() != change.raw_bytes() {
        return Err(Refusal::NotCanonical);
    }
    Ok(Inspected { change })
}

/// Checks against what the document already holds.
///
/// `expected_actor` is derived from the device that signed, `next_seq` is that actor's next sequence number
/// in the document, and `deps_max_op` is the highest operation of all the change's dependencies (0 without any).
pub fn fits(
    inspected: &Inspected,
    expected_actor: &[u8],
    next_seq: u64,
    deps_max_op: u64,
) -> Result<(), Refusal> {
    let change = inspected.change();
    if change.actor_id().to_bytes() != expected_actor {
        return Err(Refusal::WrongActor);
    }
    if change.seq() < next_seq {
        return Err(Refusal::SeqTaken);
    }
    if change.seq() > next_seq {
        return Err(Refusal::SeqGap);
    }
    if deps_max_op.checked_add(1) != Some(change.start_op().get()) {
        return Err(Refusal::WrongStart);
    }
    Ok(())
}

/// Opens the chunk: one raw change with a true checksum and nothing after it.
fn body(bytes: &[u8]) -> Result<&[u8], Refusal> {
    if bytes.len() > MAX_CHANGE_BYTES {
        return Err(Refusal::TooLarge);
    }
    let summed = bytes.strip_prefix(&MAGIC).ok_or(Refusal::NotAChange)?;
    let mut reader = Reader::new(summed);
    let checksum = reader.take(CHECKSUM_BYTES)?;
    let summed = summed.get(checksum.len()..).unwrap_or_default();
    // The type comes before the checksum, because that of a deflated chunk covers the inflated bytes.
    match reader.take(1)? {
        [RAW_CHANGE] => {}
        [DEFLATED_CHANGE] => return Err(Refusal::Deflated),
        _ => return Err(Refusal::NotAChange),
    }
    let length = reader.unsigned()?;
    let body = reader.take(length)?;
    if !reader.is_empty() {
        return Err(Refusal::TrailingBytes);
    }
    // Automerge reads changes without this comparison.
    if !Sha256::digest(summed).starts_with(checksum) {
        return Err(Refusal::WrongChecksum);
    }
    Ok(body)
}

/// Walks the body of the chunk without expanding it and returns how many operations it holds.
fn check_body(body: &[u8]) -> Result<u64, Refusal> {
    let mut body = Reader::new(body);
    check_dependencies(&mut body)?;
    check_actor(&mut body)?;
    if !(1..=MAX_CHANGE_SEQ).contains(&body.unsigned()?) {
        return Err(Refusal::SeqOutOfRange);
    }
    let start_op = body.unsigned()?;
    if !(0..=MAX_CHANGE_TIME).contains(&body.signed()?) {
        return Err(Refusal::TimeOutOfRange);
    }
    body.text()?;
    let other_actors = body.unsigned()?;
    if other_actors > MAX_CHANGE_ACTORS {
        return Err(Refusal::ActorsTooLarge);
    }
    for _ in 0..other_actors {
        check_actor(&mut body)?;
    }
    let ops = columns::count_ops(&mut body, other_actors + 1)?;
    if ops == 0 {
        return Err(Refusal::NoOps);
    }
    if start_op == 0 || start_op.checked_add(ops).is_none_or(|end| end > MAX_OP_COUNTER) {
        return Err(Refusal::CounterOutOfRange);
    }
    if !body.is_empty() {
        return Err(Refusal::TrailingBytes);
    }
    Ok(ops)
}

/// Dependencies are in order and named once, or the document would save another list than it was given.
fn check_dependencies(body: &mut Reader) -> Result<(), Refusal> {
    let count = body.unsigned()?;
    if count > MAX_CHANGE_DEPENDENCIES {
        return Err(Refusal::TooManyDependencies);
    }
    let mut previous: Option<&[u8]> = None;
    for _ in 0..count {
        let hash = body.take(HASH_BYTES)?;
        if previous.replace(hash).is_some_and(|previous| previous >= hash) {
            return Err(Refusal::Malformed);
        }
    }
    Ok(())
}

fn check_actor(body: &mut Reader) -> Result<(), Refusal> {
    let length = body.unsigned()?;
    if !(1..=MAX_ACTOR_BYTES).contains(&length) {
        return Err(Refusal::ActorsTooLarge);
    }
    body.take(length)?;
    Ok(())
}
