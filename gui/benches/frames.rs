//! What a frame costs: `cargo bench -p noaber_gui --bench frames`. Browse over ten thousand listings,
//! still, scrolling and while somebody types into the search; a car's week with two hundred bookings.
//!
//! Measured is the whole window: taking in the news, the rail, the page. Turning shapes into triangles, as
//! the window does after it, is told apart. Nothing is painted: that is the graphics card's work.

#![allow(clippy::unwrap_used, reason = "what fails here fails the benchmark")]

use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::{Context, Event, Modifiers, MouseWheelUnit, RawInput, Rect, pos2, vec2};
use noaber_core::id::CircleId;
use noaber_core::listing::{Car, Details, Draft, General, Item};
use noaber_core::{Command, Outcome};
use noaber_gui::app::{App, Options};
use noaber_gui::desk::Route;
use noaber_gui::engine::Start;
use noaber_gui::preferences::Preferences;
use noaber_gui::words::Lang;
use noaber_node::clock::Clock;
use noaber_node::home::Home;
use noaber_node::net::NetOptions;
use noaber_node::node::Node;

const LISTINGS: usize = 10_000;
const BOOKINGS: i64 = 200;
const FRAMES: usize = 400;
const WORDS: [&str; 8] =
    ["drill", "ladder", "tent", "bicycle", "barbecue", "sewing machine", "wheelbarrow", "chairs"];
const MINUTE_MS: i64 = 60_000;

fn main() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("home");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let clock = Clock::default();
    clock.set("2026-11-18T08:00:00Z".parse::<jiff::Timestamp>().unwrap().into());
    let start = Instant::now();
    runtime.block_on(live(&home, &clock));
    println!(
        "a street of {LISTINGS} listings and a week of {BOOKINGS} bookings: {:.1?}",
        start.elapsed()
    );
    println!("\n{:<46}{:>10}{:>10}{:>12}", "milliseconds a frame", "p50", "p95", "triangles");
    let mut window = Window::open(&home, clock);
    window.settle();
    window.measure("Browse, still", |_| Vec::new());
    window.measure("Browse, scrolling", |frame| {
        vec![wheel(if frame % 200 < 100 { -60.0 } else { 60.0 })]
    });
    window.focus_search();
    window.measure("Browse, typing in the search", typing);
    window.measure_only_typed("  of these, frames in which a letter came", typing);
    window.app.go(Route::Week);
    window.settle();
    window.measure("Car week, still", |_| Vec::new());
    window.measure("Car week, pointer moving over it", |frame| {
        vec![Event::PointerMoved(pos2(
            400.0 + (frame % 90) as f32 * 7.0,
            300.0 + (frame % 40) as f32 * 8.0,
        ))]
    });
    for (name, route) in [
        ("Today", Route::Today),
        ("Help", Route::Help),
        ("Calendar", Route::Calendar),
        ("Notices", Route::Notices),
        ("Neighbours", Route::Neighbours),
        ("Balance", Route::Balance),
        ("Settings", Route::Settings),
    ] {
        window.app.go(route);
        window.settle();
        window.measure(name, |_| Vec::new());
    }
    println!("\nresident memory {} MB", resident_mb());
}

/// A letter every fourth frame; the word is taken back in between.
fn typing(frame: usize) -> Vec<Event> {
    let key = |key| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    match (frame / 4 % 12, frame % 4) {
        (place @ 0..6, 0) => vec![Event::Text("ladder"[place..=place].to_owned())],
        (6..12, 0) => vec![key(eframe::egui::Key::Backspace)],
        _ => Vec::new(),
    }
}

fn wheel(by: f32) -> Event {
    Event::MouseWheel {
        source: eframe::egui::MouseWheelSource::Wheel,
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: eframe::egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
    }
}

async fn live(home: &Path, clock: &Clock) {
    Home::at(home).init("Anna Bakker", "Anna’s laptop").unwrap();
    let node = Node::open(Home::at(home), clock.clone()).unwrap();
    let create = Command::CreateCircle {
        name: "Lindenstraat".into(),
        timezone: "Europe/Amsterdam".into(),
        currency: "EUR".into(),
    };
    let Outcome::Circle(circle) = node.submit(create).await.unwrap() else { panic!("no circle") };
    let mut offers = tokio::task::JoinSet::new();
    for place in 0..LISTINGS {
        let title = format!("{} {place}", WORDS[place % WORDS.len()]);
        let category = ["tools", "party", "outdoor", "kids", ""][place % 5].to_owned();
        let about = "It stands in the shed; just ring the bell.".to_owned();
        let general = General { title, about, category, quantity: 1, ..General::default() };
        let draft = Draft::new(general, Details::Item(Item::default()));
        let node = node.clone();
        offers.spawn(async move { node.submit(Command::Offer { circle, draft }).await });
    }
    while let Some(done) = offers.join_next().await {
        done.unwrap().unwrap();
    }
    book(&node, circle, clock).await;
    node.stop();
}

/// Two hundred bookings of one car in this week, each of half an hour.
async fn book(node: &Node, circle: CircleId, clock: &Clock) {
    let title = "The red Fiat".to_owned();
    let general = General { title, quantity: 1, instant: true, ..General::default() };
    let draft = Draft::new(general, Details::Car(Car::default()));
    let offered = node.submit(Command::Offer { circle, draft }).await.unwrap();
    let Outcome::Listing(_, listing) = offered else { panic!("no car") };
    clock.set("2026-11-15T23:30:00Z".parse::<jiff::Timestamp>().unwrap().into());
    let start = clock.now().plus_ms(30 * MINUTE_MS);
    for place in 0..BOOKINGS {
        let from = start.plus_ms(place * 48 * MINUTE_MS);
        let (to, note) = (from.plus_ms(40 * MINUTE_MS), String::new());
        let ask = Command::Ask { circle, listing, from, to, quantity: 1, note };
        node.submit(ask).await.unwrap();
    }
    clock.set("2026-11-18T08:00:00Z".parse::<jiff::Timestamp>().unwrap().into());
}

struct Window {
    ctx: Context,
    app: App,
    time: f64,
}

impl Window {
    fn open(home: &Path, clock: Clock) -> Self {
        let ctx = Context::default();
        noaber_gui::theme::install(&ctx);
        let net = NetOptions { bind: vec![([127, 0, 0, 1], 0).into()], ..NetOptions::default() };
        let options = Options {
            start: Start { home: home.to_owned(), net, clock },
            lang: Some(Lang::En),
            theme: None,
            page: Some(Route::Browse),
        };
        let app = App::new(&ctx, options, Preferences::default()).unwrap();
        Self { ctx, app, time: 0.0 }
    }

    /// One frame: what the window did, and what turning it into triangles took.
    fn frame(&mut self, events: Vec<Event>) -> (Duration, Duration) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1440.0, 900.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let start = Instant::now();
        let output = self.ctx.run_ui(input, |ui| self.app.show(ui));
        let shown = start.elapsed();
        let start = Instant::now();
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        (shown, start.elapsed())
    }

    /// Until the node runs, and what is new has settled.
    fn settle(&mut self) {
        let start = Instant::now();
        let is_there = |app: &App| app.view().is_some_and(|view| !view.circles.is_empty());
        while !is_there(&self.app) && start.elapsed() < Duration::from_mins(1) {
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(is_there(&self.app), "the node does not run");
        for _ in 0..60 {
            self.frame(Vec::new());
        }
    }

    /// Puts the keyboard into the search, as its shortcut does.
    fn focus_search(&mut self) {
        self.frame(vec![Event::Key {
            key: eframe::egui::Key::F,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        }]);
        for _ in 0..10 {
            self.frame(Vec::new());
        }
    }

    fn measure(&mut self, name: &str, events: impl Fn(usize) -> Vec<Event>) {
        let frames: Vec<_> = (0..FRAMES).map(|frame| self.frame(events(frame))).collect();
        print(name, &frames);
    }

    fn measure_only_typed(&mut self, name: &str, events: impl Fn(usize) -> Vec<Event>) {
        let mut frames = Vec::new();
        for frame in 0..FRAMES {
            let events = events(frame);
            let is_typed = !events.is_empty();
            let took = self.frame(events);
            if is_typed {
                frames.push(took);
            }
        }
        print(name, &frames);
    }
}

fn print(name: &str, frames: &[(Duration, Duration)]) {
    let at = |part: f64, of: fn(&(Duration, Duration)) -> Duration| {
        let mut all: Vec<Duration> = frames.iter().map(of).collect();
        all.sort_unstable();
        let place = ((all.len() - 1) as f64 * part).round() as usize;
        all[place].as_secs_f64() * 1000.0
    };
    let (p50, p95) = (at(0.5, |f| f.0), at(0.95, |f| f.0));
    println!("{name:<46}{p50:>10.3}{p95:>10.3}{:>12.3}", at(0.5, |f| f.1));
}

fn resident_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}
