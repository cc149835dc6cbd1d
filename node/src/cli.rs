//! The `noaber` command: parses, finds the running node or opens the home itself, prints.

mod print;
mod run;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{CommandFactory, Parser, Subcommand};
use noaber_core::time::Timestamp;

use crate::api::request::{NetFlags, Request};
use crate::api::rows::{Answer, ExportedRow, IcsRow};
use crate::api::{Api, Failure, backups};
use crate::clock::{Clock, TEST_CLOCK};
use crate::demo;
use crate::home::{Home, HomeError};
use crate::ipc::{self, Envelope};
use crate::net::{NetOptions, Network, parse_relays};
use crate::node::Node;

/// A node that is just starting holds the lock before it listens, and another command holds it until
/// it is done; they get this long.
const OTHERS_FINISH: Duration = Duration::from_secs(10);

/// Lend, share a car, help and organise with your neighbours: no company, no server.
#[derive(Debug, Parser)]
#[command(name = "noaber", version, disable_help_subcommand = true)]
struct Cli {
    /// Where this node lives
    #[arg(long, global = true, env = "NOABER_HOME", value_name = "DIR")]
    home: Option<PathBuf>,
    /// Print exactly one JSON value
    #[arg(long, global = true)]
    json: bool,
    /// Which circle, where you are in several
    #[arg(long, global = true, value_name = "ID|NAME")]
    circle: Option<String>,
    /// Pretend that it is this time (tests only)
    #[arg(long, global = true, value_name = "TIME", hide_short_help = true)]
    now: Option<jiff::Timestamp>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Move in: make your keys and an empty store
    Init {
        /// What the neighbours call you
        #[arg(long)]
        name: String,
        /// What to call this device
        #[arg(long)]
        device_name: Option<String>,
    },
    /// Run your node until you stop it
    Run(run::RunArgs),
    /// Watch a sample street share for a minute
    Demo {
        /// Leave the homes of the sample street here
        #[arg(long, value_name = "DIR")]
        keep: Option<PathBuf>,
    },
    /// Print a script that completes commands in your shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
    #[command(flatten)]
    Request(Request),
}

/// Runs the command line; the exit code says how it went.
pub fn main() -> ExitCode {
    // Exits with code 2 on wrong usage, with 0 after --help.
    let cli = Cli::parse();
    // A library beneath us has nothing to say to a neighbour unless asked (NOABER_LOG). With --json,
    // stderr holds nothing but the error, so that programs can read it.
    let usual = if cli.json { "off" } else { "noaber_node=warn" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("NOABER_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let json = cli.json;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let done = match runtime {
        Ok(runtime) => {
            let done = runtime.block_on(dispatch(cli));
            // What still waits for other machines is not worth waiting for.
            runtime.shutdown_timeout(Duration::from_millis(200));
            done
        }
        Err(error) => Err(Failure::new("runtime", error.to_string())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell_failure(&failure, json);
            ExitCode::FAILURE
        }
    }
}

fn tell_failure(failure: &Failure, json: bool) {
    let text = if json {
        serde_json::json!({ "error": failure }).to_string()
    } else {
        let mut sentence = print::one_line(&failure.message);
        if let Some(first) = sentence.get(..1) {
            sentence.replace_range(..1, &first.to_uppercase());
        }
        if sentence.ends_with(['.', '!', '?']) { sentence } else { format!("{sentence}.") }
    };
    // Nobody can be told when even this fails.
    let _ = writeln!(std::io::stderr(), "{text}");
}

async fn dispatch(cli: Cli) -> Result<(), Failure> {
    let clock = Clock::default();
    if let Some(now) = cli.now {
        if !Clock::may_be_set() {
            let message = format!("--now is for tests only: set {TEST_CLOCK}=1 to allow it");
            return Err(Failure::new("not_allowed", message));
        }
        clock.set(now.into());
    }
    let home = || home(cli.home.clone());
    match cli.command {
        None => demo::run(None).await,
        Some(Command::Demo { keep }) => demo::run(keep).await,
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "noaber", &mut script);
            print_line(String::from_utf8_lossy(&script).trim_end())
        }
        Some(Command::Init { name, device_name }) => init(&home()?, &name, device_name, cli.json),
        Some(Command::Run(args)) => run::run(home()?, clock, args).await,
        // Looked at by itself: the home that it was made of may be gone.
        Some(Command::Request(Request::Backup { file, check: true, .. })) => {
            say(&backups::check(file).await?, clock.now(), cli.json)
        }
        Some(Command::Request(mut request)) => {
            let now = cli.now.map(Timestamp::from);
            request
                .make_paths_absolute()
                .map_err(|error| Failure::new("file", error.to_string()))?;
            let envelope =
                Envelope { now_ms: now.map(Timestamp::as_ms), circle: cli.circle, request };
            let shown_now = clock.now();
            let answer = answer(home()?, clock, envelope).await?;
            say(&answer, shown_now, cli.json)
        }
    }
}

fn home(given: Option<PathBuf>) -> Result<Home, Failure> {
    let no_place =
        || Failure::new("no_home", "there is no place for data here: choose one with --home");
    let path = given.or_else(Home::default_path).ok_or_else(no_place)?;
    let path =
        std::path::absolute(&path).map_err(|error| Failure::new("file", error.to_string()))?;
    Ok(Home::at(path))
}

fn init(home: &Home, name: &str, device_name: Option<String>, json: bool) -> Result<(), Failure> {
    let device_name = device_name.unwrap_or_else(|| "this computer".to_owned());
    for (what, text) in [("name", name), ("device name", &device_name)] {
        if text.trim().is_empty() || text.len() > noaber_core::limits::MAX_NAME {
            let message =
                format!("the {what} must have from 1 to {} bytes", noaber_core::limits::MAX_NAME);
            return Err(Failure::new("limit", message));
        }
    }
    let identity = home.init(name, &device_name)?;
    if json {
        let value = serde_json::json!({
            "member": identity.member().to_string(),
            "device": identity.device().to_string(),
            "name": identity.name,
            "device_name": identity.device_name,
        });
        print_line(&value.to_string())
    } else {
        print_line(&format!(
            "Welcome, {name}. Your keys are in {}.\nNext: `noaber circle create NAME` to start a circle, or `noaber join LINK`.",
            home.path().display()
        ))
    }
}

/// Asks the running node; where there is none, opens the home for as long as it takes.
async fn answer(home: Home, clock: Clock, envelope: Envelope) -> Result<Answer, Failure> {
    let socket = home.socket_path();
    if let Some(answer) = ipc::ask(&socket, &envelope).await {
        return answer;
    }
    let deadline = tokio::time::Instant::now() + OTHERS_FINISH;
    loop {
        match Node::open(home.clone(), clock.clone()) {
            Ok(node) => return alone(&node, envelope).await,
            Err(HomeError::Locked { .. }) if tokio::time::Instant::now() < deadline => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(error) => return Err(error.into()),
        }
        if let Some(answer) = ipc::ask(&socket, &envelope).await {
            return answer;
        }
    }
}

async fn alone(node: &Node, envelope: Envelope) -> Result<Answer, Failure> {
    let network = match envelope.request.net() {
        Some(flags) => {
            let options = net_options(flags.clone())?;
            Some(Network::start(node, options).await?)
        }
        None => None,
    };
    let now = envelope.now_ms.map(Timestamp::from_ms);
    let network_ref = network.as_ref();
    let circle = envelope.circle;
    let api = Api { node, network: network_ref, feed: None, running: false, circle, now };
    let answer = api.execute(envelope.request).await;
    if let Some(network) = network {
        network.stop().await;
    }
    node.stop();
    answer
}

fn net_options(flags: NetFlags) -> Result<NetOptions, Failure> {
    Ok(NetOptions {
        bind: flags.bind,
        lan: !flags.no_lan,
        relays: parse_relays(&flags.relay)?,
        announce: false,
        serve_relay: None,
    })
}

fn say(answer: &Answer, now: Timestamp, json: bool) -> Result<(), Failure> {
    if json {
        return print_line(&answer.to_json().to_string());
    }
    if let Answer::Ics(IcsRow { text: Some(text), .. })
    | Answer::Exported(ExportedRow { text: Some(text), .. }) = answer
    {
        // For a program, as it is: no line of it may be touched. A calendar holds no control
        // characters, and a spreadsheet only one's own words.
        return write_out(text);
    }
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    print_line(print::human(answer, now, colours).trim_end())
}

fn print_line(text: &str) -> Result<(), Failure> {
    write_out(&format!("{text}\n"))
}

/// A reader that has gone (`noaber … | head`) is no failure.
fn write_out(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new("output", error.to_string()))
        }
        _ => Ok(()),
    }
}
