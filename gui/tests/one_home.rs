//! Several programs on one home: the command line beside a window, a window beside a running node, two
//! windows. Whoever came first has the home; the others talk to it.

mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::Context;
use eframe::egui::accesskit::Role;
use noaber_core::Command;
use noaber_gui::engine::{Answer, Calendars, Engine, Start, Ticket};
use noaber_node::api::Failure;
use noaber_node::api::request::{Described, ItemRequest, Request};
use noaber_node::api::rows::{Answer as Row, StatusRow};
use noaber_node::clock::Clock;
use noaber_node::home::Home;
use noaber_node::ipc::{self, Envelope};
use noaber_node::node::Node;
use noaber_node::service::{NetChoice, Service};
use support::{Setup, Window, on_loopback};

/// Nothing on one machine takes this long unless something is broken.
const PATIENCE: Duration = Duration::from_secs(40);

/// Anna moves in and starts a circle, without a window.
fn settle(home: &Path) {
    Home::at(home).init("Anna Bakker", "Anna’s laptop").expect("an empty home");
    let node = Node::open(Home::at(home), Clock::default()).expect("a home");
    let create = Command::CreateCircle {
        name: "Lindenstraat".into(),
        timezone: "Europe/Amsterdam".into(),
        currency: "EUR".into(),
    };
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(node.submit(create)).expect("a circle");
    node.stop();
}

/// A window on a home in which somebody lives.
fn open(home: &Path) -> Window {
    let mut window = Window::open(Setup::new(home));
    window.until("a circle", |harness| harness.state().view().is_some());
    window
}

/// Asks whoever has the home, as the command line does.
fn ask(home: &Path, request: Request) -> Result<Row, Failure> {
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let envelope = Envelope { now_ms: None, circle: None, request };
    let socket = Home::at(home).socket_path();
    runtime.block_on(ipc::ask(&socket, &envelope)).expect("somebody listens")
}

fn status(home: &Path) -> StatusRow {
    match ask(home, Request::Status) {
        Ok(Row::Status(row)) => row,
        other => panic!("{other:?}"),
    }
}

fn add(title: &str) -> Request {
    Request::Item(ItemRequest::Add {
        title: title.to_owned(),
        described: Described::default(),
        quantity: 1,
        instant: false,
        give_away: false,
    })
}

/// An engine without a window, when it runs.
fn engine(home: &Path) -> Engine {
    let start = Start { home: home.to_owned(), net: on_loopback(), clock: Clock::default() };
    let mut engine = Engine::open(&Context::default(), start).expect("threads");
    until("a running node", || {
        engine.poll();
        engine.view().is_some_and(|view| !view.circles.is_empty()).then_some(())
    });
    engine
}

fn until<T>(what: &str, mut seen: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(seen) = seen() {
            return seen;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(4));
    }
}

fn answer(engine: &mut Engine, ticket: Ticket) -> Answer {
    until("an answer", || {
        engine.poll();
        engine.take(ticket)
    })
}

fn chosen(engine: &mut Engine, ticket: Ticket) -> Result<(), Failure> {
    match answer(engine, ticket) {
        Answer::Chosen(chosen) => chosen,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_command_line_works_while_the_window_is_open() {
    let homes = tempfile::tempdir().expect("a place");
    let home = homes.path().join("anna");
    settle(&home);
    let mut window = open(&home);
    until("the socket", || Home::at(&home).socket_path().exists().then_some(()));
    assert!(status(&home).running);
    assert!(matches!(ask(&home, add("Ladder")), Ok(Row::Listing(_))));
    window.until_said("Ladder");
    drop(window);
    // And afterwards the home is free again.
    Node::open(Home::at(&home), Clock::default()).expect("nobody has it").stop();
}

#[test]
fn network_and_calendars_are_chosen_while_the_node_runs_and_kept() {
    let homes = tempfile::tempdir().expect("a place");
    let home = homes.path().join("anna");
    settle(&home);
    let mut engine = self::engine(&home);
    assert_eq!(engine.reached().network, NetChoice::default());
    assert_eq!(engine.reached().calendars, None);

    let ticket = engine.choose_calendars(Calendars::Served);
    assert_eq!(chosen(&mut engine, ticket), Ok(()));
    let urls = until("calendars", || {
        engine.poll();
        engine.reached().calendars.clone()
    });
    assert!(urls.len() == 1 && urls[0].starts_with("http://127.0.0.1:"), "{urls:?}");

    let before = status(&home).addresses;
    let relays = vec!["https://relay.example/".to_owned()];
    let choice = NetChoice { lan: false, relays: relays.clone() };
    let ticket = engine.choose_network(choice.clone());
    assert_eq!(chosen(&mut engine, ticket), Ok(()));
    until("the choice", || {
        engine.poll();
        (engine.reached().network == choice).then_some(())
    });
    let ticket = engine.ask_status();
    let Answer::Status(Ok(row)) = answer(&mut engine, ticket) else { panic!("no status") };
    assert!(row.running && row.traffic.is_some());
    assert_eq!(row.calendar, urls);
    // The port of last time, so that what neighbours remember stays true.
    assert_eq!(row.addresses.first(), before.first());

    let nonsense = NetChoice { lan: false, relays: vec!["not a url".into()] };
    let ticket = engine.choose_network(nonsense);
    assert_eq!(chosen(&mut engine, ticket).expect_err("no relay").code, "bad_value");
    assert_eq!(engine.offline(), None);
    assert_eq!(engine.reached().network, choice);

    drop(engine);
    let mut engine = self::engine(&home);
    assert_eq!(engine.reached().network, choice);
    assert_eq!(engine.reached().calendars.as_ref(), Some(&urls));
    let ticket = engine.choose_calendars(Calendars::Off);
    assert_eq!(chosen(&mut engine, ticket), Ok(()));
    until("no calendars", || {
        engine.poll();
        engine.reached().calendars.is_none().then_some(())
    });
}

/// A node that runs on a home without a window, as `noaber run` does.
struct Server {
    runtime: tokio::runtime::Runtime,
    service: Service,
}

impl Server {
    fn start(home: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("threads");
        let service = runtime.block_on(async {
            let service = until_free(home).await;
            service.set_network(on_loopback()).await.expect("a network");
            service.listen().expect("a socket");
            service
        });
        Self { runtime, service }
    }

    fn stop(self) {
        self.runtime.block_on(self.service.stop());
    }
}

/// Whoever had the home may still be on the way out.
async fn until_free(home: &Path) -> Service {
    let start = Instant::now();
    loop {
        match Service::open(Home::at(home), Clock::default()).await {
            Ok(service) => return service,
            Err(error) => assert!(start.elapsed() < PATIENCE, "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(4)).await;
    }
}

#[test]
fn a_window_attaches_to_a_node_that_runs_and_outlives_it() {
    let homes = tempfile::tempdir().expect("a place");
    let home = homes.path().join("anna");
    settle(&home);
    let server = Server::start(&home);
    assert!(matches!(ask(&home, add("Ladder")), Ok(Row::Listing(_))));
    let mut window = open(&home);
    window.until_said("Ladder");
    assert!(Node::open(Home::at(&home), Clock::default()).is_err(), "the server has it");
    // What is done in the window is done by the node, and what happens there is shown here.
    window.press(Role::Link, "Share something");
    window.type_into("What is it?", "Drill");
    window.button("Share it");
    window.until_said("“Drill” is shared");
    let node = server.service.node().view();
    assert_eq!(node.circles.values().next().expect("a circle").listings.len(), 2);
    assert!(matches!(ask(&home, add("Tent")), Ok(Row::Listing(_))));
    window.press(Role::Link, "Browse");
    window.until_said("Tent");
    // The node goes, is started anew, and finds its home free.
    server.stop();
    window.until_said("has stopped");
    let server = Server::start(&home);
    window.until_gone("has stopped");
    assert!(matches!(ask(&home, add("Barbecue")), Ok(Row::Listing(_))));
    window.press(Role::Link, "Browse");
    window.until_said("Barbecue");
    // It goes for good: the window opens the home itself.
    server.stop();
    window.until_said("has stopped");
    window.until_gone("has stopped");
    assert!(matches!(ask(&home, add("Wheelbarrow")), Ok(Row::Listing(_))));
    window.until_said("Wheelbarrow");
}
