//! A neighbour's computer, driven from outside as its user would.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// How long anything may take before a test gives up. Far more than it does take: a machine that is
/// busy with other builds must not fail a test.
const PATIENCE: Duration = Duration::from_secs(90);
const LOOK_AGAIN: Duration = Duration::from_millis(30);

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) status: ExitStatus,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Done {
    /// The one JSON value of a command that went well.
    pub(crate) fn json(&self) -> Value {
        assert!(self.status.success(), "failed: {self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Code and sentence of a command that was refused in the promised shape.
    pub(crate) fn refusal(&self) -> (String, String) {
        assert_eq!(self.status.code(), Some(1), "should be refused: {self:?}");
        assert_eq!(self.out, "", "a refusal says nothing on stdout");
        let error: Value = serde_json::from_str(&self.err)
            .unwrap_or_else(|error| panic!("{error}: no JSON error in {self:?}"));
        let fields: Vec<&String> = error.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["error"], "{self:?}");
        let text = |name: &str| error["error"][name].as_str().unwrap().to_owned();
        assert_ne!(text("message"), "", "{self:?}");
        (text("code"), text("message"))
    }
}

/// One neighbour's computer.
pub(crate) struct Home {
    dir: TempDir,
    path: PathBuf,
    clock: Option<String>,
    node: Option<Running>,
    /// Where the node listened when it first ran: it stays there, as a home server does.
    bound: Option<SocketAddr>,
}

struct Running {
    child: Child,
    ready: Value,
    words: thread::JoinHandle<String>,
}

impl Home {
    /// A computer on which nobody lives yet.
    pub(crate) fn empty() -> Self {
        let dir = TempDir::with_prefix("noaber-e2e-").unwrap();
        let path = dir.path().join("home");
        Self { dir, path, clock: None, node: None, bound: None }
    }

    /// Somebody's computer.
    pub(crate) fn of(name: &str) -> Self {
        let home = Self::empty();
        home.ok(&["init", "--name", name]);
        home
    }

    /// The founder of a circle, whose node runs.
    pub(crate) fn founder(name: &str, circle: &str) -> Self {
        let mut home = Self::of(name);
        home.ok(&["circle", "create", circle, "--timezone", "Europe/Amsterdam"]);
        home.start();
        home
    }

    /// The founder of a circle in Amsterdam, where it is this time.
    pub(crate) fn founder_at(name: &str, now: &str) -> Self {
        let mut home = Self::of(name);
        home.set_clock(now);
        home.ok(&["circle", "create", "Lindenstraat", "--timezone", "Europe/Amsterdam"]);
        home.start();
        home
    }

    /// A newcomer whom `host`, whose node runs, lets in at this time. Their own node runs as well.
    pub(crate) fn guest_at(name: &str, host: &Self, now: &str) -> Self {
        let mut home = Self::of(name);
        home.set_clock(now);
        home.ok(&["join", &host.invite(), "--no-lan"]);
        home.start();
        home
    }

    /// A newcomer whom `host`, whose node runs, lets in. Their own node does not run yet.
    pub(crate) fn guest(name: &str, host: &Self) -> Self {
        let home = Self::of(name);
        let link = host.invite();
        let joined = home.ok(&["join", &link, "--no-lan"]);
        assert_eq!(joined["state"], "member");
        home
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Moves to another path, before anybody lives here.
    pub(crate) fn at(mut self, below: &str) -> Self {
        self.path = self.dir.path().join(below);
        self
    }

    /// A place for files, gone with the computer.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// From here on it is this time: for commands, and for a node that is started.
    pub(crate) fn set_clock(&mut self, now: &str) {
        self.clock = Some(now.to_owned());
    }

    /// `noaber --home … ARGS`, for whatever is not usual.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
        command.arg("--home").arg(&self.path).args(args);
        command.env_remove("NOABER_HOME").env_remove("NOABER_LOG");
        // What a long path makes the program put elsewhere is gone with the computer as well.
        command.env("TMPDIR", self.dir.path()).env_remove("XDG_RUNTIME_DIR");
        command.env_remove("NOABER_ALLOW_TEST_CLOCK").stdin(Stdio::null());
        command
    }

    /// The same with `--json`, at the time that this computer shows.
    pub(crate) fn json_command(&self, args: &[&str]) -> Command {
        let mut command = self.command(args);
        command.arg("--json");
        if let Some(now) = &self.clock {
            command.args(["--now", now]).env("NOABER_ALLOW_TEST_CLOCK", "1");
        }
        command
    }

    /// Runs a command with `--json` to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Done {
        finish(self.json_command(args))
    }

    /// What a command that must go well says.
    pub(crate) fn ok(&self, args: &[&str]) -> Value {
        let done = self.run(args);
        assert!(done.status.success(), "noaber {args:?} failed: {done:?}");
        done.json()
    }

    /// The code of a command that must be refused.
    pub(crate) fn refused(&self, args: &[&str]) -> String {
        self.refusal(args).0
    }

    /// Code and sentence of a command that must be refused.
    pub(crate) fn refusal(&self, args: &[&str]) -> (String, String) {
        let done = self.run(args);
        assert!(!done.status.success(), "noaber {args:?} was not refused: {done:?}");
        done.refusal()
    }

    /// Starts a command with `--json` and does not wait for it.
    pub(crate) fn begin(&self, args: &[&str]) -> Child {
        let mut command = self.json_command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    // ---- the node

    /// Starts the node and waits until it is ready.
    pub(crate) fn start(&mut self) -> &Value {
        self.start_with(&[])
    }

    /// As [`Home::start`], with more flags.
    pub(crate) fn start_with(&mut self, flags: &[&str]) -> &Value {
        let bind = self.bound.map_or("127.0.0.1:0".to_owned(), |at| at.to_string());
        let args = [&["run", "--no-lan", "--bind", &bind], flags].concat();
        self.start_as(&args);
        if self.bound.is_none() {
            self.bound = self.ready()["addresses"][0].as_str().and_then(|at| at.parse().ok());
        }
        self.ready()
    }

    /// Starts the node with exactly these arguments and waits until it is ready.
    pub(crate) fn start_as(&mut self, args: &[&str]) {
        assert!(self.node.is_none(), "it runs already");
        let mut child = self.begin(args);
        let (send, first_line) = mpsc::channel();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            let mut line = String::new();
            // A node that cannot start says nothing here and ends.
            let _ = out.read_line(&mut line);
            let _ = send.send(line);
            let _ = std::io::copy(&mut out, &mut std::io::sink());
        });
        let words = read_all(child.stderr.take().unwrap());
        let line = first_line.recv_timeout(PATIENCE).unwrap_or_default();
        let Ok(ready) = serde_json::from_str(&line) else {
            let _ = child.kill();
            let status = child.wait();
            panic!("the node did not get ready: {status:?} {}", words.join().unwrap());
        };
        self.node = Some(Running { child, ready, words });
        assert_eq!(self.ready()["ready"], true);
    }

    /// The line that the running node said when it was ready.
    pub(crate) fn ready(&self) -> &Value {
        &self.node.as_ref().expect("the node runs").ready
    }

    pub(crate) fn pid(&self) -> u32 {
        self.node.as_ref().expect("the node runs").child.id()
    }

    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.pid().to_string();
        let status = Command::new("kill").args(["-s", signal, &pid]).status().unwrap();
        assert!(status.success());
    }

    /// Asks the node to stop, as a service manager does; it must do so cleanly.
    pub(crate) fn stop(&mut self) {
        self.stop_by("TERM");
    }

    pub(crate) fn stop_by(&mut self, signal: &str) {
        self.signal(signal);
        let mut node = self.node.take().expect("the node runs");
        let status = wait(&mut node.child);
        let words = node.words.join().unwrap();
        assert_eq!(status.code(), Some(0), "not a clean stop: {words}");
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        let mut node = self.node.take().expect("the node runs");
        node.child.kill().unwrap();
        node.child.wait().unwrap();
        let words = node.words.join().unwrap();
        assert!(!words.contains("panicked"), "{words}");
    }

    // ---- what neighbours do all the time

    pub(crate) fn invite(&self) -> String {
        text(&self.ok(&["invite"])["link"])
    }

    /// The status of the only circle.
    pub(crate) fn circle_status(&self) -> Value {
        self.ok(&["status"])["circles"][0].clone()
    }

    pub(crate) fn frontier(&self) -> String {
        text(&self.circle_status()["frontier"])
    }

    /// The row of another member in the status, by name; null while they are not known here.
    pub(crate) fn peer(&self, name: &str) -> Value {
        let status = self.circle_status();
        let peers = status["peers"].as_array().unwrap();
        peers.iter().find(|peer| peer["name"] == name).cloned().unwrap_or_default()
    }

    /// Asks for something; the id of the booking.
    pub(crate) fn ask(&self, listing: &str, from: &str, to: &str) -> String {
        text(&self.ok(&["ask", listing, "--from", from, "--to", to])["booking"])
    }

    pub(crate) fn booking(&self, id: &str) -> Value {
        self.ok(&["booking", "show", id])
    }

    /// Waits until a booking stands so, as this computer sees it.
    pub(crate) fn until_booking(&self, id: &str, state: &str) -> Value {
        until(&format!("the booking is {state}"), || {
            let done = self.run(&["booking", "show", id]);
            // It may not have arrived yet.
            if !done.status.success() {
                return Err(done.err);
            }
            let row = done.json();
            if row["state"] == state { Ok(row) } else { Err(row.to_string()) }
        })
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Some(mut node) = self.node.take() {
            // Also ends a process that is held up by SIGSTOP.
            let _ = node.child.kill();
            let _ = node.child.wait();
            let words = node.words.join().unwrap_or_default();
            if thread::panicking() {
                eprintln!("--- {} said:\n{words}", self.path.display());
            }
        }
    }
}

/// Waits until all hold the same entries.
pub(crate) fn until_level(homes: &[&Home]) {
    until("all hold the same entries", || {
        let frontiers: Vec<String> = homes.iter().map(|home| home.frontier()).collect();
        if frontiers.windows(2).all(|two| two[0] == two[1]) { Ok(()) } else { Err(frontiers) }
    });
}

/// Looks again and again, up to a deadline.
pub(crate) fn until<T, E: std::fmt::Debug>(what: &str, look: impl Fn() -> Result<T, E>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match look() {
            Ok(found) => return found,
            Err(seen) if Instant::now() > deadline => {
                panic!("waited in vain until {what}: {seen:?}")
            }
            Err(_) => thread::sleep(LOOK_AGAIN),
        }
    }
}

/// Runs a command to its end.
pub(crate) fn finish(mut command: Command) -> Done {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    outcome(child)
}

/// Waits for a command that was begun.
pub(crate) fn outcome(mut child: Child) -> Done {
    let out = read_all(child.stdout.take().unwrap());
    let err = read_all(child.stderr.take().unwrap());
    let status = wait(&mut child);
    Done { status, out: out.join().unwrap(), err: err.join().unwrap() }
}

fn wait(child: &mut Child) -> ExitStatus {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if Instant::now() > deadline {
            let _ = child.kill();
            let _ = child.wait();
            panic!("a command did not end");
        }
        thread::sleep(Duration::from_millis(3));
    }
}

fn read_all(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        let _ = from.read_to_string(&mut text);
        text
    })
}

/// A field that must be text.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}
