//! A home server's extras: figures for monitoring, and a relay for those behind routers.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use crate::home::{Home, text, until, until_level};

/// A port that is free now; somebody else may take it before it is used, so ask late.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_monitoring_program_reads_figures() {
    let mut anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat"]);
    let at = format!("127.0.0.1:{}", free_port());
    anna.start_with(&["--metrics", &at]);
    anna.ok(&["item", "add", "Ladder"]);
    let read = |request: &[u8]| {
        let mut stream = TcpStream::connect(&at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.write_all(request).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let entries = anna.circle_status()["entries"].as_u64().unwrap();
    let id = text(&anna.circle_status()["id"]);
    // Somebody who connects and says nothing does not keep the figures from others.
    let _silent = TcpStream::connect(&at).unwrap();
    for request in ["GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", "noise\r\n\r\n"] {
        let answer = read(request.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        let line = format!("noaber_entries{{circle=\"{id}\"}} {entries}\n");
        assert!(answer.contains(&line), "{answer}");
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        assert!(!body.contains("Anna") && !body.contains("Lindenstraat"), "figures only: {body}");
    }
    anna.stop();
}

#[test]
fn two_who_can_only_reach_the_relay_reach_each_other() {
    let mut anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat"]);
    let port = free_port();
    let (at, url) = (format!("127.0.0.1:{port}"), format!("http://127.0.0.1:{port}"));
    anna.start_with(&["--serve-relay", &at, "--relay", &url]);
    let mut ben = Home::guest("Ben", &anna);
    let mut cem = Home::guest("Cem", &anna);
    // One speaks only IPv4, the other only IPv6: no packet of one ever reaches the other.
    ben.start_as(&["run", "--no-lan", "--bind", "127.0.0.1:0", "--relay", &url]);
    cem.start_as(&["run", "--no-lan", "--bind", "[::1]:0", "--relay", &url]);
    until("Ben and Cem are linked through the relay", || {
        let peers = (ben.peer("Cem"), cem.peer("Ben"));
        let relayed = |peer: &serde_json::Value| peer["path"] == "relay";
        if relayed(&peers.0) && relayed(&peers.1) { Ok(()) } else { Err(peers) }
    });
    // Without Anna's replica in between: her relay carries, and her node only looks on.
    ben.ok(&["item", "add", "Ladder"]);
    until_level(&[&anna, &ben, &cem]);
    assert_eq!(cem.ok(&["listing", "list"])[0]["title"], "Ladder");
    assert_eq!(anna.refused(&["sync", "--relay", "not a url"]), "bad_value");
}
