//! Notices of the real program: printed once by a running node, also when they fell due while it was off.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

use crate::home::{Home, text};

/// A node that prints its notices, and what it has printed.
struct Listening {
    child: Child,
    lines: Receiver<Value>,
}

impl Listening {
    fn start(home: &Home) -> Self {
        let mut command =
            home.json_command(&["run", "--bind", "127.0.0.1:0", "--no-lan", "--notices"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let (said, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = said.send(serde_json::from_str(&line).unwrap());
            }
        });
        let listening = Self { child, lines };
        assert_eq!(listening.next()["ready"], true);
        listening
    }

    fn next(&self) -> Value {
        self.lines.recv_timeout(Duration::from_secs(20)).expect("a line in time")
    }

    /// Stops it in order, and gives what it had printed and nobody read.
    fn stop(mut self) -> Vec<Value> {
        let pid = self.child.id().to_string();
        std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        self.child.wait().unwrap();
        self.lines.iter().collect()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn a_reminder_that_fell_due_while_the_node_was_off_is_printed_once_when_it_is_on_again() {
    let [mut anna, mut ben] = ["Anna", "Ben"].map(Home::of);
    anna.set_clock("2040-06-01T08:00:00Z");
    ben.set_clock("2040-06-01T08:00:00Z");
    anna.ok(&["circle", "create", "Lindenstraat", "--timezone", "Europe/Amsterdam"]);
    anna.ok(&["item", "add", "Ladder", "--instant"]);
    anna.start();
    ben.ok(&["join", &anna.invite(), "--no-lan"]);
    let booking = ben.ask("Ladder", "2040-06-01T12:00", "2040-06-01T16:00");
    ben.start();
    ben.until_booking(&booking, "confirmed");
    ben.ok(&["booking", "pickup", &booking]);
    anna.until_booking(&booking, "out");
    anna.stop();
    ben.stop();

    ben.set_clock("2040-06-03T08:00:00Z");
    let listening = Listening::start(&ben);
    let notice = listening.next()["notice"].clone();
    assert_eq!((&notice["code"], &notice["asks"]), (&"overdue".into(), &true.into()));
    assert_eq!(text(&notice["text"]), "Ladder should have been back at Fri 1 Jun 16:00");
    assert_eq!(listening.stop(), Vec::<Value>::new(), "nothing else, and not twice");
    assert_eq!(Listening::start(&ben).stop(), Vec::<Value>::new(), "not again after a restart");

    let list = ben.ok(&["notices"]);
    assert_eq!(list[0]["code"], "overdue", "who asks is still told");
    let read = ben.ok(&["notices", "--read", &text(&list[0]["notice"])[..6]]);
    assert_eq!(read[0]["seen"], true);
    assert_eq!(ben.ok(&["notices"]), serde_json::json!([]));
    assert_eq!(ben.ok(&["notices", "--all"])[0]["seen"], true);
    assert_eq!(ben.refused(&["notices", "--read", "zzzz"]), "not_found");
}
