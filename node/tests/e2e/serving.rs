//! A home server's extras: figures for monitoring, and a relay for those behind routers.

use std::io::{Read, Write};
use std::net::{TcpStream, UdpSocket};
use std::time::Duration;

use crate::home::{Home, text, until, until_level};

/// What a server answers to a request, whatever the request.
fn say(at: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// One of the figures at `http://IP:PORT/metrics`.
pub(crate) fn figure(url: &str, name: &str) -> u64 {
    let at = url.strip_prefix("http://").unwrap().strip_suffix("/metrics").unwrap();
    let answer = say(at, "GET /metrics HTTP/1.1\r\n\r\n");
    let line = answer.lines().find_map(|line| line.strip_prefix(name));
    line.unwrap_or_else(|| panic!("no {name} in {answer}")).trim().parse().unwrap()
}

#[test]
fn a_monitoring_program_reads_figures() {
    let mut anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat"]);
    let ready = anna.start_with(&["--metrics", "127.0.0.1:0"]);
    let url = text(&ready["metrics"]);
    let at = url.strip_prefix("http://").unwrap().strip_suffix("/metrics").unwrap();
    anna.ok(&["item", "add", "Ladder"]);
    let entries = anna.circle_status()["entries"].as_u64().unwrap();
    let id = text(&anna.circle_status()["id"]);
    // Somebody who connects and says nothing does not keep the figures from others.
    let _silent = TcpStream::connect(at).unwrap();
    for request in ["GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", "noise\r\n\r\n"] {
        let answer = say(at, request);
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
    let url = text(&anna.start_with(&["--serve-relay", "127.0.0.1:0"])["relay"]);
    let mut ben = Home::guest("Ben", &anna);
    let mut cem = Home::guest("Cem", &anna);
    // One speaks only IPv4, the other only IPv6: no packet of one ever reaches the other. On a machine
    // without IPv6 they find each other through the relay as well, and then a direct way.
    let has_ipv6 = UdpSocket::bind("[::1]:0").is_ok();
    let other = if has_ipv6 { "[::1]:0" } else { "127.0.0.1:0" };
    ben.start_as(&["run", "--no-lan", "--bind", "127.0.0.1:0", "--relay", &url]);
    cem.start_as(&["run", "--no-lan", "--bind", other, "--relay", &url]);
    until("Ben and Cem are linked through the relay", || {
        let peers = (ben.peer("Cem"), cem.peer("Ben"));
        let way = if has_ipv6 { "relay" } else { "direct" };
        let relayed = |peer: &serde_json::Value| peer["path"] == way;
        if relayed(&peers.0) && relayed(&peers.1) { Ok(()) } else { Err(peers) }
    });
    // Anna's relay carries; her node cannot be what passes it on, for Cem cannot reach it.
    ben.ok(&["item", "add", "Ladder"]);
    until_level(&[&anna, &ben, &cem]);
    assert_eq!(cem.ok(&["listing", "list"])[0]["title"], "Ladder");
    assert_eq!(cem.peer("Anna")["connected"], !has_ipv6);
    cem.stop();
    let (code, sentence) = cem.refusal(&["sync", "--relay", "not a url"]);
    assert_eq!(code, "bad_value");
    assert!(sentence.contains("https://"), "{sentence}");
}
