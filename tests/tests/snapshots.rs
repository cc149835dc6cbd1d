//! A start with snapshots of what listings read as: the same as one without, only faster.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use noaber_core::id::{CircleId, ListingId};
use noaber_core::listing::Draft;
use noaber_core::{Command, Input};
use noaber_tests::Street;

fn title(street: &Street, who: usize, circle: CircleId, listing: ListingId) -> &str {
    &street.circle(who, circle).listings[&listing].general.title
}

fn rename(street: &mut Street, who: usize, circle: CircleId, id: ListingId, to: &str) {
    let mut draft = street.circle(who, circle).listings[&id].to_draft();
    to.clone_into(&mut draft.general.title);
    street.command(who, Command::Edit { circle, listing: id, draft }).unwrap();
    street.run();
}

/// Writes another title into what is kept of a listing, so that it shows whether it is used.
fn forge(street: &mut Street, who: usize, circle: CircleId, listing: ListingId) {
    let snapshot = street.people[who].snapshots.get_mut(&(circle, listing)).unwrap();
    let mut draft: Draft = postcard::from_bytes(&snapshot.fields).unwrap();
    draft.general.title.push_str(" (kept)");
    snapshot.fields = postcard::to_allocvec(&draft).unwrap();
}

#[test]
fn a_listing_is_read_from_its_snapshot_until_more_is_said_of_it() {
    let (mut street, circle) = Street::founded(1, 2);
    let ladder = street.offer(0, circle, "Ladder", 1, false);
    street.run();
    street.input(0, Input::Tick);
    assert_eq!(street.people[0].snapshots.len(), 1);

    forge(&mut street, 0, circle, ladder);
    street.restart(0);
    assert_eq!(title(&street, 0, circle, ladder), "Ladder (kept)", "it was read again");

    street.connect(0, 1);
    rename(&mut street, 0, circle, ladder, "Long ladder");
    for who in [0, 1] {
        assert_eq!(title(&street, who, circle, ladder), "Long ladder");
    }
    // The snapshot of before is kept still, and is of something else.
    street.restart(0);
    assert_eq!(title(&street, 0, circle, ladder), "Long ladder");
    street.input(0, Input::Tick);
    forge(&mut street, 0, circle, ladder);
    street.restart(0);
    assert_eq!(title(&street, 0, circle, ladder), "Long ladder (kept)");
}

#[test]
fn nothing_is_kept_twice_and_nothing_that_was_read_from_a_snapshot() {
    let (mut street, circle) = Street::founded(2, 1);
    let ladder = street.offer(0, circle, "Ladder", 1, false);
    street.input(0, Input::Tick);
    let kept = street.people[0].snapshots.remove(&(circle, ladder)).unwrap();
    street.input(0, Input::Tick);
    assert!(street.people[0].snapshots.is_empty(), "kept twice");
    street.people[0].snapshots.insert((circle, ladder), kept);
    street.restart(0);
    street.people[0].snapshots.clear();
    street.input(0, Input::Tick);
    assert!(street.people[0].snapshots.is_empty(), "kept again");
}

#[test]
fn a_broken_snapshot_counts_for_nothing() {
    let (mut street, circle) = Street::founded(3, 1);
    let ladder = street.offer(0, circle, "Ladder", 1, false);
    street.input(0, Input::Tick);
    street.people[0].snapshots.get_mut(&(circle, ladder)).unwrap().fields.truncate(3);
    street.restart(0);
    assert_eq!(title(&street, 0, circle, ladder), "Ladder");
}
