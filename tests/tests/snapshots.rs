//! A start with snapshots of what listings read as: the same as one without, only faster.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use noaber_core::id::{CircleId, ListingId};
use noaber_core::{Command, Input};
use noaber_tests::Street;

fn title(street: &Street, circle: CircleId, listing: ListingId) -> &str {
    &street.circle(0, circle).listings[&listing].general.title
}

fn rename(street: &mut Street, circle: CircleId, id: ListingId, to: &str) {
    let mut draft = street.circle(0, circle).listings[&id].to_draft();
    to.clone_into(&mut draft.general.title);
    street.command(0, Command::Edit { circle, listing: id, draft }).unwrap();
    street.run();
}

/// How many listings were read from their documents since the last start or the last call: those are
/// kept anew.
fn read_since(street: &mut Street) -> usize {
    let before = std::mem::take(&mut street.people[0].snapshots);
    street.input(0, Input::Tick);
    let fresh = std::mem::replace(&mut street.people[0].snapshots, before);
    let count = fresh.len();
    street.people[0].snapshots.extend(fresh);
    count
}

#[test]
fn a_listing_is_read_from_its_snapshot_until_more_is_said_of_it() {
    let (mut street, circle) = Street::founded(1, 2);
    let ladder = street.offer(0, circle, "Ladder", 1, false);
    let tent = street.offer(0, circle, "Tent", 1, false);
    street.run();
    assert_eq!(read_since(&mut street), 2);
    assert_eq!(read_since(&mut street), 0, "kept twice");
    street.restart(0);
    assert_eq!(read_since(&mut street), 0, "there was a snapshot of each");

    let old = street.people[0].snapshots.clone();
    street.connect(0, 1);
    rename(&mut street, circle, ladder, "Long ladder");
    assert_eq!(read_since(&mut street), 1);
    assert_eq!(street.circle(1, circle).listings[&ladder].general.title, "Long ladder");
    street.restart(0);
    assert_eq!(read_since(&mut street), 0);
    assert_eq!(title(&street, circle, ladder), "Long ladder");

    // One from before is of something else, and the other is still right.
    street.people[0].snapshots = old;
    street.restart(0);
    assert_eq!(title(&street, circle, ladder), "Long ladder");
    assert_eq!(title(&street, circle, tent), "Tent");
    assert_eq!(read_since(&mut street), 1);
}

#[test]
fn a_snapshot_with_any_wrong_bit_counts_for_nothing() {
    let (mut street, circle) = Street::founded(2, 1);
    let ladder = street.offer(0, circle, "Ladder", 1, false);
    assert_eq!(read_since(&mut street), 1);
    let whole = street.people[0].snapshots[&(circle, ladder)].clone();
    for at in 0..whole.fields.len() {
        let mut broken = whole.clone();
        broken.fields[at] ^= 1;
        street.people[0].snapshots.insert((circle, ladder), broken);
        street.restart(0);
        assert_eq!(title(&street, circle, ladder), "Ladder");
        assert_eq!(read_since(&mut street), 1, "byte {at}");
    }
    let mut short = whole.clone();
    short.fields.truncate(3);
    street.people[0].snapshots.insert((circle, ladder), short);
    street.restart(0);
    assert_eq!(title(&street, circle, ladder), "Ladder");
    street.people[0].snapshots.insert((circle, ladder), whole);
    street.restart(0);
    assert_eq!(read_since(&mut street), 0);
}

#[test]
fn without_snapshots_everything_is_read() {
    let (mut street, circle) = Street::founded(3, 1);
    let ladder = street.offer(0, circle, "Ladder", 1, false);
    street.people[0].snapshots.clear();
    street.restart(0);
    assert_eq!(title(&street, circle, ladder), "Ladder");
    assert_eq!(read_since(&mut street), 1);
}
