//! What people and programs read: nothing between the lines, nothing that a neighbour smuggled in.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, UdpSocket};
use std::process::Stdio;

use crate::home::{Home, finish, text};

#[test]
fn names_cannot_command_the_terminal() {
    // A modified program writes what it likes; ours must show it as harmless text.
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}Ladder\rnew\nline\u{202e}";
    let anna = Home::of(&format!("An{evil}na"));
    anna.ok(&["circle", "create", &format!("Lin{evil}den")]);
    anna.ok(&["item", "add", evil, "--about", "two\nlines", "--category", evil]);
    let from = ["--from", "2040-06-04T10:00", "--to", "2040-06-04T12:00"];
    let listing = text(&anna.ok(&["listing", "list"])[0]["listing"]);
    let id = listing.as_str();
    anna.ok(&[&["ask", id, "--note", evil][..], &from].concat());
    anna.ok(&["pot", "give", "5", "--about", evil]);
    anna.ok(&["account", "set", "NL91ABNA0417164300", "--name", evil]);
    anna.ok(&["message", "send", evil, "--listing", id]);
    let closed = format!("12-25 Christ{}mas", '\u{202e}');
    anna.ok(&["listing", "rule", id, "--lead", "1d", "--closed", &closed]);
    for args in [
        &["status"][..],
        &["ledger"],
        &["settle"],
        &["account", "show"],
        &["circle", "rules"],
        &["message", "list"],
        &["whoami"],
        &["circle", "list"],
        &["invite"],
        &["member", "list"],
        &["listing", "list"],
        &["listing", "show", id],
        &["booking", "list"],
        &["booking", "show", evil],
        &["listing", "rule", id],
        &[&["ask", id, "--dry-run"][..], &from].concat(),
        &["calendar", id, "--from", "2040-06-04", "--to", "2040-06-05"],
        &["listing", "show", "L\u{1b}[2Jdder"],
        &[
            &["ask", id, "--quantity", "1"][..],
            &["--from", "2040-06-04T11:00", "--to", "2040-06-04T12:00"],
        ]
        .concat(),
    ] {
        let done = finish(anna.command(args));
        let said = format!("{}{}", done.out, done.err);
        let bad = said.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
        assert_eq!(bad, None, "{args:?}: {said:?}");
        assert!(!said.contains("new\nline"), "{args:?}: a line break of theirs: {said:?}");
    }
    let shown = finish(anna.command(&["listing", "show", id])).out;
    assert!(shown.contains("two\nlines"), "what is written in lines is shown in lines: {shown}");
    // Programs get what was written.
    assert_eq!(anna.ok(&["listing", "show", id])["title"], evil);
}

#[test]
fn a_node_that_cannot_start_says_only_why() {
    let anna = Home::of("Anna");
    let (tcp, udp) =
        (TcpListener::bind("127.0.0.1:0").unwrap(), UdpSocket::bind("127.0.0.1:0").unwrap());
    let taken = tcp.local_addr().unwrap().to_string();
    let busy = udp.local_addr().unwrap().to_string();
    for args in [
        ["run", "--no-lan", "--bind", "127.0.0.1:0", "--metrics", &taken],
        ["run", "--no-lan", "--bind", "127.0.0.1:0", "--serve-relay", &taken],
    ] {
        let (code, sentence) = anna.refusal(&args);
        assert_eq!(code, "network", "{sentence}");
        assert!(sentence.contains(&taken), "{sentence}");
    }
    let (code, sentence) = anna.refusal(&["run", "--no-lan", "--bind", &busy]);
    assert_eq!(code, "network", "{sentence}");
    assert!(sentence.contains(&busy), "{sentence}");
    assert_eq!(anna.ok(&["status"])["running"], false);
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat"]);
    for i in 0..20 {
        anna.ok(&["item", "add", &format!("Thing {i}"), "--about", &"words ".repeat(1000)]);
    }
    for args in
        [&["completions", "bash"][..], &["completions", "fish"], &["listing", "list", "--json"]]
    {
        let mut command = anna.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut few = [0; 8];
        let mut out = child.stdout.take().unwrap();
        std::io::Read::read_exact(&mut out, &mut few).unwrap();
        drop(out);
        let mut words = String::new();
        for line in BufReader::new(child.stderr.take().unwrap()).lines() {
            words += &line.unwrap();
        }
        let status = child.wait().unwrap();
        assert_eq!((status.code(), words.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn two_circles_of_one_name_can_be_told_apart() {
    let anna = Home::of("Anna");
    let first = text(&anna.ok(&["circle", "create", "Lindenstraat"])["circle"]);
    let second = text(&anna.ok(&["circle", "create", "Lindenstraat"])["circle"]);
    for args in [&["listing", "list"][..], &["listing", "list", "--circle", "Lindenstraat"]] {
        let (code, sentence) = anna.refusal(args);
        assert_eq!(code, "ambiguous");
        assert!(sentence.contains(&first[..8]) && sentence.contains(&second[..8]), "{sentence}");
    }
}
