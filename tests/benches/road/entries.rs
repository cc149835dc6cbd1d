//! Histories of 1,000, 10,000 and 100,000 entries: sync, joining, cold start, one more entry, memory.

use std::io::{BufRead, BufReader};
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use noaber_core::id::CircleId;
use noaber_core::replica::More;
use noaber_core::wire::Packer;
use noaber_core::{Input, Replica};
use noaber_tests::Street;

use super::world::{Neighbour, history, move_in};
use super::{Figure, median};

pub fn run() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.unwrap();
    for entries in [1_000, 10_000, 100_000] {
        let (mut street, circle) = history(entries);
        let dir = tempfile::tempdir().unwrap();
        move_in(&street, 0, circle, dir.path());
        let named = |name: [&'static str; 3]| match entries {
            1_000 => name[0],
            10_000 => name[1],
            _ => name[2],
        };
        if entries == 10_000 {
            runtime.block_on(differing(&street, circle)).into_iter().for_each(|f| f.print());
        }
        if entries > 1_000 {
            let name = named([
                "",
                "10,000 entries, fresh (join to level)",
                "100,000 entries, join to level",
            ]);
            let target = named(["", "≤ 700 ms", "≤ 6,000 ms"]);
            runtime.block_on(join(&street, circle, name, target)).print();
        }
        let name = named([
            "cold start with 1,000 entries",
            "cold start with 10,000 entries",
            "cold start with 100,000 entries",
        ]);
        cold_start(dir.path(), name, named(["", "", "≤ 1,000 ms"])).print();
        let name = named([
            "take in one entry, at 1,000",
            "take in one entry, at 10,000",
            "take in one entry, at 100,000",
        ]);
        one_more(&mut street, circle, name).print();
        memory(dir.path(), named(["1,000", "10,000", "100,000"]), named(["≤ 40 MB", "", ""]));
    }
}

/// 100 of 10,000 entries differ: one was away while they were written.
async fn differing(street: &Street, circle: CircleId) -> Vec<Figure> {
    let mut times = Vec::new();
    let (mut bytes, mut messages) = (0, 0);
    for _ in 0..3 {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        move_in(street, 0, circle, one.path());
        move_in(street, 1, circle, two.path());
        let anna = Neighbour::at(one.path()).await;
        let ben = Neighbour::at(two.path()).await;
        introduce(&anna, &ben, circle).await;
        anna.cut(&ben).await;
        let listings: Vec<_> = anna.circle(circle).listings.keys().copied().collect();
        let mut rest = 100;
        for listing in listings {
            if rest == 0 {
                break;
            }
            let mut draft = anna.circle(circle).listings[&listing].to_draft();
            draft.general.category = format!("changed {rest}");
            anna.submit(noaber_core::Command::Edit { circle, listing, draft }).await;
            rest -= 1;
        }
        let before = anna.carried();
        let start = Instant::now();
        anna.plug_in(&ben);
        ben.level_with(&anna, circle).await;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        anna.level_with(&ben, circle).await;
        let after = anna.carried();
        (messages, bytes) = (after.0 - before.0, after.1 - before.1);
        anna.stop().await;
        ben.stop().await;
    }
    let runs = times.len();
    vec![Figure {
        name: "100 of 10,000 entries differ, reconnect",
        median_ms: median(times),
        bytes: Some(bytes),
        messages: Some(messages),
        runs,
        target: "≤ 30 ms, ≤ 50 kB",
    }]
}

/// Lets two who share a circle find each other: the second learns the first's address as from a link.
async fn introduce(anna: &Neighbour, ben: &Neighbour, circle: CircleId) {
    let address = anna.network.address();
    ben.network.remember(anna.node.device(), address);
    ben.network.hurry();
    ben.level_with(anna, circle).await;
}

async fn join(
    street: &Street,
    circle: CircleId,
    name: &'static str,
    target: &'static str,
) -> Figure {
    let mut times = Vec::new();
    let (mut bytes, mut messages) = (0, 0);
    for _ in 0..3 {
        let dir = tempfile::tempdir().unwrap();
        move_in(street, 0, circle, dir.path());
        let anna = Neighbour::at(dir.path()).await;
        let dea = Neighbour::new("Dea").await;
        let start = Instant::now();
        dea.join(&anna, circle).await;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        (messages, bytes) = dea.carried();
        anna.stop().await;
        dea.stop().await;
    }
    let runs = times.len();
    let (bytes, messages) = (Some(bytes), Some(messages));
    Figure { name, median_ms: median(times), bytes, messages, runs, target }
}

/// From opening the store to the first view, in a process that is warm.
fn cold_start(home: &std::path::Path, name: &'static str, target: &'static str) -> Figure {
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let home = noaber_node::home::Home::at(home);
        let node =
            noaber_node::node::Node::open(home, noaber_node::clock::Clock::default()).unwrap();
        assert_eq!(node.view().circles.len(), 1);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        node.stop();
    }
    let runs = times.len();
    Figure { name, median_ms: median(times), bytes: None, messages: None, runs, target }
}

/// A frame with one signed record, taken in by the core: checked, folded, shown.
fn one_more(street: &mut Street, circle: CircleId, name: &'static str) -> Figure {
    street.cut(0, 1);
    let listing = *street.circle(1, circle).listings.keys().next().unwrap();
    let (peer, before) = (street.people[1].device(), street.people[1].entries(circle));
    let far = 24 * 365 * 20;
    for number in 0..200 {
        street.ask(1, circle, listing, far + number * 2, 1, 1).unwrap();
    }
    let log = street.people[1].log(circle, peer);
    let held = before.iter().filter(|entry| entry.device == peer).count();
    let frames: Vec<Vec<u8>> = (held..log.len())
        .map(|at| {
            let mut packer = Packer::new(circle);
            packer.start(log[at - 1].hash);
            packer.push(log[at].clone());
            packer.finish().remove(0)
        })
        .collect();
    // A replica of a third device, which only takes in: nothing is answered or written by it.
    let mut replica = Replica::new(noaber_core::Identity {
        root: ed25519_dalek::SigningKey::from_bytes(&[1; 32]),
        device: ed25519_dalek::SigningKey::from_bytes(&[2; 32]),
        name: "Cem".into(),
        device_name: "laptop".into(),
    });
    let (now, rng) = (street.now, &mut rand::rng());
    let entries = street.people[0].entries(circle);
    let admitters: imbl::OrdSet<_> = std::iter::once(peer).collect();
    replica.handle(
        now,
        rng,
        Input::Load { circle, admitters, entries, snapshots: Vec::new(), more: More::Complete },
    );
    replica.handle(now, rng, Input::Connected { peer });
    let mut times = Vec::new();
    for frame in frames {
        let start = Instant::now();
        let effects = replica.handle(now, rng, Input::Received { peer, frame });
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        assert!(effects.len() > 1, "it was taken in");
    }
    let runs = times.len();
    let target = "the same at each size";
    Figure { name, median_ms: median(times), bytes: None, messages: None, runs, target }
}

/// Resident memory of a node that has nothing to do, from outside.
fn memory(home: &std::path::Path, entries: &str, target: &str) {
    let mut child = Process::new(std::env::current_exe().unwrap())
        .arg("--serve")
        .arg(home)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), "ready");
    std::thread::sleep(Duration::from_secs(3));
    let status =
        std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
    };
    let (idle, peak) = (field("VmRSS"), field("VmHWM"));
    println!(
        "{:<44} {idle:>8.1} MB  (peak {peak:.1} MB)  {target}",
        format!("memory, idle, {entries} entries")
    );
    child.kill().unwrap();
    child.wait().unwrap();
}
