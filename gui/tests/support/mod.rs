//! What tests of the window share: real nodes on loopback, a window without a screen, and a painter that
//! needs no graphics card.
#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]
#![allow(unreachable_pub, reason = "a module of tests has no outside")]
#![allow(dead_code, reason = "each test uses its part")]

pub mod helping;
pub mod ledger;
pub mod painter;
pub mod street;

use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{ThemePreference, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use noaber_gui::app::{App, Options};
use noaber_gui::desk::Route;
use noaber_gui::engine::Start;
use noaber_gui::preferences::Preferences;
use noaber_gui::words::Lang;
use noaber_node::clock::Clock;
use noaber_node::net::NetOptions;

/// Nothing on one machine takes this long unless something is broken.
const PATIENCE: Duration = Duration::from_secs(40);

/// A window over a real node, without a screen.
pub struct Window {
    pub harness: Box<Harness<'static, App>>,
    /// What was copied last.
    pub copied: Option<String>,
}

/// How a window is to be.
#[derive(Clone)]
pub struct Setup {
    pub home: std::path::PathBuf,
    pub clock: Clock,
    pub lang: Lang,
    pub theme: ThemePreference,
    pub size: Vec2,
    pub page: Route,
}

impl Setup {
    pub fn new(home: &std::path::Path) -> Self {
        Self {
            home: home.to_owned(),
            clock: Clock::default(),
            lang: Lang::En,
            theme: ThemePreference::Light,
            size: Vec2::new(1280.0, 860.0),
            page: Route::Browse,
        }
    }
}

pub fn on_loopback() -> NetOptions {
    let bind = vec![([127, 0, 0, 1], 0).into()];
    NetOptions { bind, announce: true, ..NetOptions::default() }
}

impl Window {
    pub fn open(setup: Setup) -> Self {
        let options = Options {
            start: Start { home: setup.home, net: on_loopback(), clock: setup.clock },
            lang: Some(setup.lang),
            theme: Some(setup.theme),
            page: Some(setup.page),
        };
        Self::open_with(options, setup.size)
    }

    /// Opens a home as its user left it: nothing is chosen from outside.
    pub fn open_as_left(home: &std::path::Path) -> Self {
        let Setup { home, clock, size, .. } = Setup::new(home);
        let start = Start { home, net: on_loopback(), clock };
        Self::open_with(Options { start, lang: None, theme: None, page: None }, size)
    }

    fn open_with(options: Options, size: Vec2) -> Self {
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(60)
            .renderer(painter::Painter::default())
            .with_context_setup(noaber_gui::theme::install)
            .build_eframe(|created| {
                let kept = Preferences::of(&options.start.home);
                App::new(&created.egui_ctx, options, kept).expect("threads can be started")
            });
        Self { harness: Box::new(harness), copied: None }
    }

    pub fn app(&mut self) -> &mut App {
        self.harness.state_mut()
    }

    /// Frames until something is so.
    pub fn until(&mut self, what: &str, is_so: impl Fn(&Harness<'static, App>) -> bool) {
        self.until_within(PATIENCE, what, is_so);
    }

    /// As [`Window::until`], for what takes longer.
    pub fn until_within(
        &mut self,
        patience: Duration,
        what: &str,
        is_so: impl Fn(&Harness<'static, App>) -> bool,
    ) {
        let start = Instant::now();
        loop {
            self.harness.step();
            if is_so(&self.harness) {
                return;
            }
            assert!(
                start.elapsed() < patience,
                "waited in vain for {what}; shown: {}",
                self.said()
            );
            // Real nodes on other threads have something to do: there is nothing to wait on here.
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    /// Frames until these words are shown somewhere.
    pub fn until_said(&mut self, words: &str) {
        self.until(words, |harness| harness.query_all_by_label_contains(words).next().is_some());
    }

    /// Frames until these words are gone.
    pub fn until_gone(&mut self, words: &str) {
        self.until(words, |harness| harness.query_all_by_label_contains(words).next().is_none());
    }

    pub fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// Presses what has this role and these words in its name.
    pub fn press(&mut self, role: Role, words: &str) {
        let by = |harness: &Harness<'static, App>| {
            harness.query_all_by_role(role).any(|node| {
                node.accesskit_node().label().is_some_and(|label| label.contains(words))
            })
        };
        self.until(&format!("{role:?} {words}"), by);
        let found: Vec<_> = self
            .harness
            .query_all_by_role(role)
            .filter(|node| node.accesskit_node().label().is_some_and(|l| l.contains(words)))
            .collect();
        let node = found.first().expect("just found");
        node.scroll_to_me();
        node.click_accesskit();
        self.settle();
    }

    /// Presses the button with this name and no other.
    pub fn press_exactly(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::Button, name).click_accesskit();
        self.settle();
    }

    pub fn button(&mut self, words: &str) {
        self.press(Role::Button, words);
    }

    pub fn type_into(&mut self, field: &str, words: &str) {
        let role = |harness: &Harness<'static, App>| {
            harness.query_all_by_label(field).any(|node| is_field(node.accesskit_node().role()))
        };
        self.until(field, role);
        {
            let all: Vec<_> = self.harness.query_all_by_label(field).collect();
            let node = all.iter().find(|node| is_field(node.accesskit_node().role()));
            let node = node.expect("just found");
            node.focus();
        }
        self.harness.step();
        self.harness.event(eframe::egui::Event::Text(words.to_owned()));
        self.settle();
    }

    /// Drops a file onto the window.
    pub fn drop_file(&mut self, bytes: Vec<u8>) {
        let file = std::sync::Arc::new(Dropped(bytes));
        self.harness.input_mut().dropped_files.push(file);
        self.harness.step();
        self.harness.input_mut().dropped_files.clear();
    }

    /// Pastes a picture.
    pub fn paste(&mut self, picture: &image::RgbImage) {
        let size = [picture.width() as usize, picture.height() as usize];
        let picture = eframe::egui::ColorImage::from_rgb(size, picture.as_raw());
        self.harness.event(eframe::egui::Event::PasteImage(std::sync::Arc::new(picture)));
        self.harness.step();
    }

    /// A few frames: what was pressed is taken in, layout has found its place.
    pub fn settle(&mut self) {
        for _ in 0..4 {
            self.harness.step();
            for command in &self.harness.output().platform_output.commands {
                if let eframe::egui::OutputCommand::CopyText(text) = command {
                    self.copied = Some(text.clone());
                }
            }
        }
    }

    /// Everything that a screen reader would find, for messages of tests.
    pub fn said(&self) -> String {
        let all = self.harness.root().children_recursive();
        let said = |node: egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            node.label().or_else(|| node.value())
        };
        let labels: Vec<String> = all.filter_map(said).collect();
        labels.join(" | ")
    }
}

/// A file as the desktop hands it over.
#[derive(Debug)]
struct Dropped(Vec<u8>);

impl eframe::egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        std::path::Path::new("picture.png")
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Ok(self.0.clone())
    }
}

fn is_field(role: Role) -> bool {
    matches!(role, Role::TextInput | Role::MultilineTextInput | Role::SearchInput)
}
