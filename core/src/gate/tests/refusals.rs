//! The second table of limits.md row by row, then every other way to be refused.

use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, Change, ROOT};

use super::super::{Inspected, Ledger, Refusal, fits, inspect};
use super::craft::{Raw, bomb, seal, signed, unsigned};
use crate::limits::{
    MAX_CHANGE_ACTORS, MAX_CHANGE_BYTES, MAX_CHANGE_DEPENDENCIES, MAX_CHANGE_NAME_BYTES,
    MAX_CHANGE_OPS, MAX_CHANGE_PREDECESSORS, MAX_CHANGE_SEQ, MAX_CHANGE_TIME, MAX_OP_COUNTER,
};

const ACTOR: [u8; 16] = [1; 16];

#[track_caller]
fn check_refused(raw: &Raw, refusal: &Refusal) {
    assert_eq!(inspect(&raw.bytes()).as_ref(), Err(refusal));
}

#[track_caller]
fn pass(bytes: &[u8]) -> Inspected {
    inspect(bytes).unwrap()
}

fn commit(doc: &mut AutoCommit) -> Change {
    doc.commit().unwrap();
    doc.get_last_local_change().unwrap()
}

// The rows of the table.

#[test]
fn a_93_byte_change_that_starts_at_the_last_operation_is_refused() {
    let bytes = Raw { start_op: u64::from(u32::MAX), ..Raw::put() }.padded(93);
    assert!(Change::try_from(&bytes[..]).is_ok());
    assert_eq!(inspect(&bytes), Err(Refusal::CounterOutOfRange));
}

#[test]
fn a_start_that_does_not_follow_the_dependencies_is_refused() {
    let inspected = pass(&Raw { start_op: 7, ..Raw::put() }.bytes());
    assert_eq!(fits(&inspected, &ACTOR, 1, 5), Err(Refusal::WrongStart));
    assert_eq!(fits(&inspected, &ACTOR, 1, 6), Ok(()));
    assert_eq!(fits(&inspected, &ACTOR, 1, 7), Err(Refusal::WrongStart));
    assert_eq!(fits(&inspected, &ACTOR, 1, u64::MAX), Err(Refusal::WrongStart));
}

#[test]
fn the_second_of_two_changes_with_one_seq_is_refused() {
    let change = |title: &str| {
        let mut doc = AutoCommit::new().with_actor(ActorId::from(ACTOR));
        doc.put(ROOT, "title", title).unwrap();
        commit(&mut doc)
    };
    let (first, second) = (pass(change("ladder").raw_bytes()), pass(change("bicycle").raw_bytes()));
    assert_ne!(first.change().hash(), second.change().hash());
    let mut ledger = Ledger::default();
    assert_eq!(fits(&first, &ACTOR, ledger.next_seq(first.change().actor_id()), 0), Ok(()));
    ledger.record(&first).unwrap();
    let next_seq = ledger.next_seq(second.change().actor_id());
    assert_eq!(fits(&second, &ACTOR, next_seq, 0), Err(Refusal::SeqTaken));
    assert_eq!(ledger.check(&second, &ACTOR), Err(Refusal::SeqTaken));
}

#[test]
fn a_65_kb_deflated_change_is_refused_without_inflating() {
    let bytes = seal(2, &bomb(65_000));
    assert!(bytes.len() < MAX_CHANGE_BYTES);
    assert_eq!(inspect(&bytes), Err(Refusal::Deflated));
}

#[test]
fn a_389_kb_deflated_change_is_refused_without_inflating() {
    assert_eq!(inspect(&seal(2, &bomb(389_000))[..]), Err(Refusal::TooLarge));
}

#[test]
fn an_honest_deflated_change_is_refused_and_its_raw_form_is_not() {
    let mut doc = AutoCommit::new();
    doc.put(ROOT, "notes", "long ".repeat(500)).unwrap();
    let mut change = commit(&mut doc);
    assert_eq!(inspect(&change.bytes()), Err(Refusal::Deflated));
    pass(change.raw_bytes());
}

#[test]
fn a_141_byte_change_of_200_000_operations_is_refused_by_counting() {
    let bytes = Raw::puts(200_000).padded(141);
    assert_eq!(Change::try_from(&bytes[..]).unwrap().len(), 200_000);
    // This refusal is only given where columns are counted, before anything is expanded.
    assert_eq!(inspect(&bytes), Err(Refusal::TooManyOps));
}

#[test]
fn missing_dependencies_are_there_to_be_asked_for() {
    let raw = Raw { deps: vec![[7; 32], [9; 32]], ..Raw::put() };
    let inspected = pass(&raw.bytes());
    let deps: Vec<_> = inspected.change().deps().iter().map(|hash| hash.0).collect();
    assert_eq!(deps, raw.deps);
    let ledger = Ledger::default();
    assert_eq!(ledger.deps_max_op(inspected.change()), None);
    assert_eq!(ledger.check(&inspected, &ACTOR), Err(Refusal::MissingDependency));
}

// The chunk.

#[test]
fn the_chunk_must_be_one_whole_raw_change() {
    let body = Raw::put().body();
    let bytes = seal(1, &body);
    pass(&bytes);
    for length in 0..bytes.len() {
        assert!(inspect(&bytes[..length]).is_err());
    }
    for kind in [0, 3, 4, 255] {
        assert_eq!(inspect(&seal(kind, &body)), Err(Refusal::NotAChange));
    }
    assert_eq!(inspect(&[&bytes[..], &[0]].concat()), Err(Refusal::TrailingBytes));
    assert_eq!(inspect(&[&bytes[..], &bytes[..]].concat()), Err(Refusal::TrailingBytes));
    assert_eq!(inspect(&vec![0x85; MAX_CHANGE_BYTES + 1]), Err(Refusal::TooLarge));
    let document = AutoCommit::new().save();
    assert_eq!(inspect(&document), Err(Refusal::NotAChange));
}

#[test]
fn every_single_flipped_bit_is_noticed() {
    let bytes = Raw::put().bytes();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(inspect(&flipped).is_err(), "bit {bit}");
    }
}

#[test]
fn the_length_has_one_spelling() {
    let body = Raw::put().body();
    let mut summed = vec![1, body.len() as u8 | 0x80, 0];
    summed.extend(&body);
    let checksum = &<sha2::Sha256 as sha2::Digest>::digest(&summed)[..4];
    let bytes = [&[0x85, 0x6f, 0x4a, 0x83], checksum, &summed[..]].concat();
    assert_eq!(inspect(&bytes), Err(Refusal::Malformed));
}

// The header.

#[test]
fn the_header_is_bounded() {
    let check = |spoil: fn(&mut Raw), refusal| {
        let mut raw = Raw::put();
        spoil(&mut raw);
        check_refused(&raw, &refusal);
    };
    let too_many = |raw: &mut Raw| raw.deps = vec![[0; 32]; MAX_CHANGE_DEPENDENCIES as usize + 1];
    check(too_many, Refusal::TooManyDependencies);
    check(|raw| raw.deps = vec![[2; 32], [1; 32]], Refusal::Malformed);
    check(|raw| raw.deps = vec![[1; 32], [1; 32]], Refusal::Malformed);
    check(|raw| raw.actor = vec![], Refusal::ActorsTooLarge);
    check(|raw| raw.actor = vec![1; 33], Refusal::ActorsTooLarge);
    check(|raw| raw.seq = 0, Refusal::SeqOutOfRange);
    check(|raw| raw.seq = MAX_CHANGE_SEQ + 1, Refusal::SeqOutOfRange);
    check(|raw| raw.start_op = 0, Refusal::CounterOutOfRange);
    check(|raw| raw.start_op = MAX_OP_COUNTER, Refusal::CounterOutOfRange);
    check(|raw| raw.start_op = u64::MAX, Refusal::CounterOutOfRange);
    check(|raw| raw.time = -1, Refusal::TimeOutOfRange);
    check(|raw| raw.time = MAX_CHANGE_TIME + 1, Refusal::TimeOutOfRange);
    check(|raw| raw.message = vec![0xff], Refusal::Malformed);
    let too_many = |raw: &mut Raw| raw.other_actors = vec![vec![2]; MAX_CHANGE_ACTORS as usize + 1];
    check(too_many, Refusal::ActorsTooLarge);
    check(|raw| raw.extra = vec![1, 1, 1], Refusal::TrailingBytes);
    // An actor that no operation refers to would be dropped in the canonical form.
    check(|raw| raw.other_actors = vec![vec![2]], Refusal::NotCanonical);
}

#[test]
fn lengths_that_the_bytes_do_not_hold_are_refused() {
    for field in 0..3 {
        let mut body = unsigned(if field == 0 { 200 } else { 0 });
        body.extend(unsigned(if field == 1 { 31 } else { 1 }));
        body.extend([1, 1, 1, 0]);
        body.extend(unsigned(if field == 2 { u64::MAX } else { 0 }));
        assert_eq!(inspect(&seal(1, &body)), Err(Refusal::Malformed));
    }
}

// The columns.

#[test]
fn columns_are_known_raw_and_in_order() {
    check_refused(&Raw::put().with(0x15 | 8, &[1, 2, 3]), &Refusal::Deflated);
    check_refused(&Raw::put().with(0x22, &[1, 2]), &Refusal::UnknownColumn);
    check_refused(&Raw::put().with(!8, &[1, 2]), &Refusal::UnknownColumn);
    let mut raw = Raw::put();
    raw.columns.swap(0, 1);
    check_refused(&raw, &Refusal::Malformed);
    let mut raw = Raw::put();
    raw.columns.push(raw.columns[4].clone());
    check_refused(&raw, &Refusal::Malformed);
    // An empty column is left out in the canonical form.
    check_refused(&Raw::put().with(0x01, &[]), &Refusal::NotCanonical);
    check_refused(&Raw { columns: vec![], ..Raw::put() }, &Refusal::NoOps);
}

#[test]
fn every_column_is_counted() {
    let many = MAX_CHANGE_OPS + 1;
    let run = |value: &[u8]| [&signed(many.cast_signed()), value].concat();
    for column in [0x01, 0x02, 0x11, 0x13, 0x42, 0x56, 0x70] {
        check_refused(&Raw::put().with(column, &run(&[1])), &Refusal::TooManyOps);
        check_refused(&Raw::put().with(column, &signed(i64::MIN)), &Refusal::TooManyOps);
    }
    for column in [0x15, 0xa5] {
        check_refused(&Raw::put().with(column, &run(b"\x01a")), &Refusal::TooManyOps);
    }
    for column in [0x34, 0x94] {
        check_refused(&Raw::put().with(column, &unsigned(many)), &Refusal::TooManyOps);
        check_refused(
            &Raw::put().with(column, &[&[1][..], &unsigned(u64::MAX)].concat()),
            &Refusal::Malformed,
        );
    }
    for column in [0x71, 0x73] {
        let run = [&signed(MAX_CHANGE_PREDECESSORS.cast_signed() + 1)[..], &[0]].concat();
        check_refused(&Raw::put().with(column, &run), &Refusal::TooManyOps);
    }
    let nulls = [&[0][..], &unsigned(u64::MAX)].concat();
    check_refused(&Raw::put().with(0x01, &nulls), &Refusal::TooManyOps);
    pass(&Raw::puts(MAX_CHANGE_OPS).bytes());
    check_refused(&Raw::puts(many), &Refusal::TooManyOps);
}

#[test]
fn predecessors_are_counted_together() {
    let each = |count: u64| [&signed(-1)[..], &unsigned(count)].concat();
    check_refused(
        &Raw::put().with(0x70, &each(MAX_CHANGE_PREDECESSORS + 1)),
        &Refusal::TooManyPredecessors,
    );
    check_refused(&Raw::put().with(0x70, &each(u64::MAX)), &Refusal::TooManyPredecessors);
    let overflow = [&signed(2_000)[..], &unsigned(u64::MAX)].concat();
    check_refused(&Raw::put().with(0x70, &overflow), &Refusal::Malformed);
}

#[test]
fn a_long_key_cannot_be_repeated_without_end() {
    let length = MAX_CHANGE_NAME_BYTES / MAX_CHANGE_OPS + 1;
    let key = "k".repeat(length as usize);
    let run = [&signed(2_000)[..], &unsigned(length), key.as_bytes()].concat();
    check_refused(&Raw::puts(MAX_CHANGE_OPS).with(0x15, &run), &Refusal::NamesTooLong);
}

#[test]
fn numbers_in_columns_are_bounded() {
    let one = |value: &[u8]| [&signed(-1), value].concat();
    check_refused(&Raw::put().with(0x01, &one(&[1])), &Refusal::UnknownActor);
    check_refused(&Raw::put().with(0x11, &one(&unsigned(u64::MAX))), &Refusal::UnknownActor);
    check_refused(&Raw::put().with(0x71, &one(&[1])), &Refusal::UnknownActor);
    check_refused(&Raw::put().with(0x02, &one(&unsigned(1 << 32))), &Refusal::CounterOutOfRange);
    for step in [-1, 1 << 32, i64::MAX, i64::MIN] {
        for column in [0x13, 0x73] {
            check_refused(
                &Raw::put().with(column, &one(&signed(step))),
                &Refusal::CounterOutOfRange,
            );
        }
    }
    let climbing = [&signed(2_000)[..], &signed(1 << 30)].concat();
    check_refused(&Raw::put().with(0x13, &climbing), &Refusal::CounterOutOfRange);
    for action in [6, 8, u64::MAX] {
        check_refused(&Raw::put().with(0x42, &one(&unsigned(action))), &Refusal::UnknownAction);
    }
    for kind in 10..16 {
        check_refused(&Raw::put().with(0x56, &one(&[kind])), &Refusal::UnknownValue);
    }
    check_refused(&Raw::put().with(0x56, &one(&unsigned(u64::MAX - 9))), &Refusal::Malformed);
}

#[test]
fn values_must_be_what_their_type_says() {
    let meta = |kind: u64, length: u64| [&signed(-1)[..], &unsigned(length << 4 | kind)].concat();
    let value = |kind, bytes: &[u8]| {
        Raw::put().with(0x56, &meta(kind, bytes.len() as u64)).with(0x57, bytes)
    };
    pass(&value(6, b"ladder").bytes());
    check_refused(&value(6, &[0xff, 0xfe]), &Refusal::Unreadable);
    check_refused(&value(5, &[0; 7]), &Refusal::Unreadable);
    check_refused(&value(3, &[0x80, 0]), &Refusal::Unreadable);
    check_refused(&value(5, &f64::NAN.to_le_bytes()), &Refusal::NotANumber);
    check_refused(&value(4, &[0xff; 11]), &Refusal::Unreadable);
    check_refused(&value(0, &[1]), &Refusal::NotCanonical);
    check_refused(&value(8, &signed(i64::MAX)), &Refusal::CounterOutOfRange);
    check_refused(&value(6, b"ladder").with(0x57, b"ladders"), &Refusal::Malformed);
    check_refused(&Raw::put().with(0x56, &meta(7, 1 << 40)), &Refusal::Malformed);
    check_refused(&Raw::put().with(0x15, b"\x7f\x01\xff"), &Refusal::Malformed);
    check_refused(
        &Raw::put().with(0x15, &[&[0x7f][..], &unsigned(1 << 40)].concat()),
        &Refusal::Malformed,
    );
}

#[test]
fn another_spelling_of_the_same_operations_is_refused() {
    // One literal as a run of one.
    check_refused(&Raw::put().with(0x42, &[1, 1]), &Refusal::NotCanonical);
    // A null run of nothing.
    check_refused(&Raw::put().with(0x42, &[0, 0, 0x7f, 1]), &Refusal::Malformed);
    // Flags that say nothing.
    check_refused(&Raw::put().with(0x94, &[1]), &Refusal::NotCanonical);
}

// The operations.

#[test]
fn a_deletion_of_nothing_is_refused() {
    check_refused(&Raw::put().with(0x42, &[0x7f, 3]), &Refusal::BadOperation);
}

#[test]
fn an_operation_that_replaces_itself_is_refused() {
    let raw = Raw::put().with(0x70, &[0x7f, 1]).with(0x71, &[0x7f, 0]).with(0x73, &[0x7f, 1]);
    check_refused(&raw, &Refusal::BadReference);
}

#[test]
fn an_insertion_into_a_map_is_refused() {
    check_refused(&Raw::put().with(0x34, &[0, 1]), &Refusal::BadOperation);
}

#[test]
fn half_a_mark_is_refused() {
    let mut raw = Raw::put().with(0x13, &[0x7f, 0]).with(0x34, &[0, 1]).with(0x42, &[0x7f, 7]);
    raw.columns.retain(|column| column.0 != 0x15);
    raw = raw.with(0x01, &[0x7f, 0]).with(0x02, &[0x7f, 1]);
    raw.start_op = 2;
    check_refused(&raw, &Refusal::BadMark);
    check_refused(&raw.with(0xa5, b"\x7f\x04bold"), &Refusal::BadMark);
}

// The document.

#[test]
fn author_and_sequence_must_fit() {
    let inspected = pass(&Raw { seq: 3, ..Raw::put() }.bytes());
    assert_eq!(fits(&inspected, &ACTOR, 3, 0), Ok(()));
    assert_eq!(fits(&inspected, &[2; 16], 3, 0), Err(Refusal::WrongActor));
    assert_eq!(fits(&inspected, &ACTOR[..15], 3, 0), Err(Refusal::WrongActor));
    assert_eq!(fits(&inspected, &ACTOR, 4, 0), Err(Refusal::SeqTaken));
    assert_eq!(fits(&inspected, &ACTOR, 2, 0), Err(Refusal::SeqGap));
}

#[test]
fn operation_ids_cannot_be_used_twice() {
    let mut ledger = Ledger::default();
    let first = pass(&Raw::put().bytes());
    ledger.check(&first, &ACTOR).unwrap();
    ledger.record(&first).unwrap();
    // The second change leaves its own first one out of its causes, and would use operation 1 again.
    let second = pass(&Raw { seq: 2, ..Raw::put() }.bytes());
    assert_eq!(fits(&second, &ACTOR, 2, 0), Ok(()));
    assert_eq!(ledger.check(&second, &ACTOR), Err(Refusal::OwnHistoryMissing));
}

#[test]
fn a_reference_outside_the_causes_is_refused_even_where_it_exists() {
    let mut ledger = Ledger::default();
    let first = pass(&Raw::put().bytes());
    ledger.record(&first).unwrap();
    // Another actor replaces operation 1 of the first.
    let mut raw = Raw::put().with(0x70, &[0x7f, 1]).with(0x71, &[0x7f, 1]).with(0x73, &[0x7f, 1]);
    raw.actor = vec![2; 16];
    raw.other_actors = vec![ACTOR.to_vec()];
    raw.start_op = 2;
    raw.deps = vec![first.change().hash().0];
    ledger.check(&pass(&raw.bytes()), &[2; 16]).unwrap();
    // Without the dependency, a replica that lacks the first change would decide otherwise.
    let third = pass(&Raw { actor: vec![3; 16], ..Raw::put() }.bytes());
    ledger.record(&third).unwrap();
    raw.deps = vec![third.change().hash().0];
    assert_eq!(ledger.check(&pass(&raw.bytes()), &[2; 16]), Err(Refusal::MissingReference));
    raw.other_actors = vec![vec![9; 16]];
    assert_eq!(ledger.check(&pass(&raw.bytes()), &[2; 16]), Err(Refusal::MissingReference));
}
