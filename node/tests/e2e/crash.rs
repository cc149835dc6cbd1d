//! `kill -9` at any moment loses nothing that was acknowledged.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::home::{Home, outcome, text, until_level};

#[test]
fn a_newcomer_who_was_cut_off_comes_in_with_the_same_link() {
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let anna = Home::founder("Anna", "Lindenstraat");
    for _ in 0..12 {
        let ben = Home::of("Ben");
        let link = anna.invite();
        let mut joining = ben.begin(&["join", &link, "--no-lan"]);
        thread::sleep(Duration::from_millis(rng.random_range(0..80)));
        joining.kill().unwrap();
        joining.wait().unwrap();
        let again = ben.run(&["join", &link, "--no-lan"]);
        if !again.status.success() {
            // He was in before he was cut off.
            assert_eq!(again.refusal().0, "already_member", "seed {seed}");
            ben.ok(&["sync", "--no-lan"]);
        }
        until_level(&[&anna, &ben]);
        assert_eq!(ben.ok(&["check"])["ok"], true, "seed {seed}");
    }
    assert_eq!(anna.ok(&["member", "list"]).as_array().unwrap().len(), 13, "seed {seed}");
}

#[test]
fn fifty_kills_lose_nothing_that_was_acknowledged() {
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let mut anna = Home::founder("Anna", "Lindenstraat");
    anna.ok(&["item", "add", "Chairs", "--quantity", "10000", "--instant"]);
    let mut ben = Home::guest("Ben", &anna);
    ben.start();

    let mut listed = BTreeSet::new();
    let mut asked = BTreeSet::new();
    for round in 0..50u64 {
        // Three writers at once: two through the socket of the node that will be killed, and one
        // through its neighbour's, whose requests it answers.
        let title = |writer: &str| format!("{writer} {round}");
        let mut writers: Vec<_> = ["Left", "Right"]
            .iter()
            .map(|writer| anna.begin(&["item", "add", &title(writer)]))
            .collect();
        let from = format!("2040-{:02}-{:02}T10:00", round / 28 + 1, round % 28 + 1);
        let to = from.replace("T10", "T12");
        writers.push(ben.begin(&["ask", "Chairs", "--from", &from, "--to", &to]));
        thread::sleep(Duration::from_millis(rng.random_range(0..120)));
        anna.kill();
        let done: Vec<_> = writers.into_iter().map(outcome).collect();
        for add in &done[..2] {
            // What was printed is a promise; what failed may or may not have happened.
            if add.status.success() {
                listed.insert(text(&add.json()["listing"]));
            } else {
                let code = add.refusal().0;
                assert!(["stopped", "store_locked"].contains(&code.as_str()), "{add:?}");
            }
        }
        asked.insert(text(&done[2].json()["booking"]));
        if rng.random_bool(0.2) {
            assert_eq!(anna.ok(&["check"])["ok"], true, "seed {seed}, round {round}");
        }
        anna.start();
    }
    until_level(&[&anna, &ben]);
    for home in [&anna, &ben] {
        let list = home.ok(&["listing", "list"]);
        let here: BTreeSet<String> =
            list.as_array().unwrap().iter().map(|row| text(&row["listing"])).collect();
        let lost: Vec<_> = listed.difference(&here).collect();
        assert!(lost.is_empty(), "seed {seed}: lost {lost:?}");
        let checked = home.ok(&["check"]);
        assert_eq!(checked["ok"], true, "seed {seed}: {checked}");
    }
    // Every request was answered by the keeper, whatever happened to it in between.
    for id in &asked {
        ben.until_booking(id, "confirmed");
    }
    assert_eq!(anna.ok(&["booking", "list"]), ben.ok(&["booking", "list"]), "seed {seed}");
    println!("{} acknowledged, {} asked", listed.len(), asked.len());
    assert!(listed.len() >= 10, "hardly anything was acknowledged before it was killed");
}
