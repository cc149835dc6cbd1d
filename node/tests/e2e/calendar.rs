//! Bookings in other programs' calendars: files, and a feed on this machine.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::home::{Home, text};

/// An answer of the calendar server.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .into_iter()
            .find(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

fn connect(at: &str) -> TcpStream {
    let stream = TcpStream::connect(at).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    stream
}

/// `METHOD http://IP:PORT/PATH`, with more header lines.
fn say(method: &str, url: &str, more: &str) -> Answer {
    let (at, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = connect(at);
    write!(stream, "{method} /{path} HTTP/1.1\r\nHost: {at}\r\n{more}\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head: {answer}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

fn events(calendar: &str) -> usize {
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{calendar}");
    assert!(calendar.ends_with("END:VCALENDAR\r\n"), "{calendar}");
    calendar.matches("\r\nBEGIN:VEVENT\r\n").count()
}

/// Anna's street: a ladder that is promised and, once, called off; a drill that is asked for.
fn street() -> (Home, String) {
    let anna = Home::of("Anna");
    anna.ok(&["circle", "create", "Lindenstraat", "--timezone", "Europe/Amsterdam"]);
    anna.ok(&["item", "add", "Ladder"]);
    let drill = text(&anna.ok(&["item", "add", "Drill"])["listing"]);
    anna.ask("Ladder", "2040-06-04T10:00", "2040-06-05T10:00");
    let gone = anna.ask("Ladder", "2040-06-06T10:00", "2040-06-07T10:00");
    anna.ok(&["booking", "cancel", &gone]);
    anna.ask("Drill", "2040-06-08T10:00", "2040-06-08T12:00");
    (anna, drill)
}

#[test]
fn bookings_are_saved_as_a_calendar_file() {
    let (anna, _) = street();
    let file = anna.file("street.ics");
    let path = file.to_str().unwrap();
    let saved = anna.ok(&["ics", "--out", path]);
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(saved, serde_json::json!({ "file": path, "events": 3, "bytes": written.len() }));
    assert_eq!(events(&written), 3);
    assert_eq!(written.matches("STATUS:CANCELLED\r\n").count(), 1);
    assert!(written.contains("DTSTART;TZID=Europe/Amsterdam:20400604T100000\r\n"), "{written}");

    for (args, count) in [
        (&["ics", "--feed"][..], 2),
        (&["ics", "Ladder"], 2),
        (&["ics", "Ladder", "--feed"], 1),
        (&["ics", "--member", "Anna"], 3),
    ] {
        let printed = anna.ok(args);
        assert_eq!(printed["events"], count, "{args:?}");
        assert_eq!(printed["file"], serde_json::Value::Null);
        assert_eq!(events(printed["text"].as_str().unwrap()), count, "{args:?}");
    }
    assert_eq!(anna.refused(&["ics", "Piano"]), "not_found");
    assert_eq!(anna.refused(&["ics", "--out", "/nowhere/at/all.ics"]), "file");
    // In a pipe it is the file, byte for byte.
    let plain = crate::home::finish(anna.command(&["ics"]));
    assert!(plain.status.success(), "{plain:?}");
    assert_eq!(plain.out, written);
}

#[test]
fn a_calendar_program_subscribes_and_the_address_outlives_a_restart() {
    let (mut anna, drill) = street();
    let ready = anna.start_with(&["--calendar", "127.0.0.1:0"]);
    let urls = ready["calendar"].clone();
    let url = text(&urls[0]);
    assert_eq!(anna.ok(&["status"])["calendar"], urls);
    let base = url.strip_suffix(".ics").unwrap();
    let root = base.rsplit_once('/').unwrap().0;

    let whole = say("GET", &url, "");
    assert_eq!(whole.status, 200, "{whole:?}");
    assert_eq!(whole.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert_eq!(whole.header("content-length"), Some(&*whole.body.len().to_string()));
    assert_eq!(events(&whole.body), 2);
    assert_eq!(whole.body, text(&anna.ok(&["ics", "--feed"])["text"]));
    for (page, count) in [
        (format!("{base}/mine.ics"), 2),
        (format!("{base}/listing/{drill}.ics"), 1),
        (format!("{base}/listing/{}.ics", &drill[..8]), 1),
        (format!("{root}/lindenstraat.ics"), 2),
    ] {
        let answer = say("GET", &page, "");
        assert_eq!((answer.status, events(&answer.body)), (200, count), "{page}");
    }

    let tag = whole.header("etag").unwrap();
    let head = say("HEAD", &url, "");
    assert_eq!((head.status, &*head.body, head.header("etag")), (200, "", Some(tag)));
    assert_eq!(head.header("content-length"), Some(&*whole.body.len().to_string()));
    for known in [tag.to_owned(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let answer = say("GET", &url, &format!("If-None-Match: {known}\r\n"));
        assert_eq!((answer.status, &*answer.body), (304, ""), "{known}");
        assert_eq!(answer.header("etag"), Some(tag));
    }
    anna.ok(&["booking", "cancel", "Drill"]);
    let changed = say("GET", &url, &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((changed.status, events(&changed.body)), (200, 1));

    anna.stop();
    assert!(TcpStream::connect(url.split('/').nth(2).unwrap()).is_err(), "it stops with the node");
    assert_eq!(anna.ok(&["status"])["calendar"], serde_json::json!([]));
    assert_eq!(anna.start_with(&["--calendar", "127.0.0.1:0"])["calendar"], urls);
    assert_eq!(say("GET", &url, "").body, changed.body);
    anna.stop();
    assert!(anna.start().get("calendar").is_none(), "only where it is asked for");
}

#[test]
fn who_does_not_know_the_address_learns_nothing() {
    let (mut anna, _) = street();
    let url = text(&anna.start_with(&["--calendar", "127.0.0.1:0"])["calendar"][0]);
    let (server, rest) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let (token, page) = rest.split_once('/').unwrap();
    assert_eq!(token.len(), 32);
    let last = if token.ends_with('0') { "1" } else { "0" };
    let nearly = format!("{}{last}", &token[..31]);
    let (short, upper) = (&token[..31], token.to_uppercase());
    let wrong = [
        String::new(),
        page.to_owned(),
        format!("{nearly}/{page}"),
        format!("{short}/{page}"),
        format!("/{page}"),
        token.to_owned(),
        format!("{token}/"),
        format!("{token}/.ics"),
        format!("{token}/{}.ics", &page[..3]),
        format!("{token}/elsewhere.ics"),
        format!("{token}/{page}/more.ics"),
        format!("{token}/../{token}/{page}"),
    ];
    let nothing = say("GET", &format!("http://{server}/"), "");
    let without_date = |answer: &Answer| {
        let lines = answer.head.lines().filter(|line| !line.starts_with("date: "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    for path in wrong {
        let answer = say("GET", &format!("http://{server}/{path}"), "");
        assert_eq!((answer.status, &*answer.body), (404, ""), "{path}");
        assert_eq!(without_date(&answer), without_date(&nothing), "{path}");
    }
    if upper != token {
        assert_eq!(say("GET", &format!("http://{server}/{upper}/{page}"), "").status, 404);
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"] {
        let answer = say(method, &url, "Content-Length: 0\r\n");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let long = format!("X-Long: {}\r\n", "x".repeat(16 * 1024));
    assert_eq!(say("GET", &url, &long).status, 431);
    assert_eq!(say("GET", &url, &"X-More: 1\r\n".repeat(100)).status, 431);
    assert_eq!(say("GET", &url, "").status, 200);
}

#[test]
fn those_who_connect_and_say_nothing_are_let_go_of() {
    let (mut anna, _) = street();
    let url = text(&anna.start_with(&["--calendar", "127.0.0.1:0"])["calendar"][0]);
    let server = url.split('/').nth(2).unwrap();
    let begun = Instant::now();
    let mut silent: Vec<TcpStream> = (0..20).map(|_| connect(server)).collect();
    silent[0].write_all(b"GET / HTTP/1.1\r\nHost:").unwrap();
    assert_eq!(say("GET", &url, "").status, 200, "one's turn comes when a place is free");
    assert!(begun.elapsed() > Duration::from_secs(4), "all places were taken");
    let mut rest = Vec::new();
    // Whatever is said to the first is no calendar.
    let _ = silent[0].read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("VCALENDAR"));
    anna.stop();
}

#[test]
fn calendars_are_served_to_this_machine_only() {
    let (anna, _) = street();
    for address in ["0.0.0.0:0", "192.0.2.1:8080", "[::]:0", "[::ffff:192.0.2.1]:0"] {
        let (code, sentence) =
            anna.refusal(&["run", "--no-lan", "--bind", "127.0.0.1:0", "--calendar", address]);
        assert_eq!(code, "bad_value", "{address}");
        assert!(sentence.contains("this machine only"), "{sentence}");
    }
}
