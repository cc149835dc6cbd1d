//! The program `noaber-gui`: its options, and the sample street in words where there is no screen.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use eframe::egui::{IconData, ThemePreference, ViewportBuilder};
use noaber_gui::app::{App, Options};
use noaber_gui::desk::Route;
use noaber_gui::engine::Start;
use noaber_gui::preferences::Preferences;
use noaber_gui::start::{self, Step, Steps};
use noaber_gui::words::Lang;
use noaber_node::clock::Clock;
use noaber_node::home::Home;
use noaber_node::net::NetOptions;
use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Noaber: share things, cars and help with your neighbours
#[derive(Debug, Parser)]
#[command(name = "noaber-gui", version)]
struct Args {
    /// Where your keys and your data are; usually found by itself
    #[arg(long, value_name = "DIR", env = "NOABER_HOME")]
    home: Option<PathBuf>,
    /// The language; as on your computer, unless you choose
    #[arg(long)]
    lang: Option<Lang>,
    /// The page to begin with
    #[arg(long, value_parser = page_names())]
    page: Option<String>,
    /// Light, dark, or as on your computer
    #[arg(long)]
    theme: Option<ThemeName>,
    /// Look around in a sample street, which is thrown away after
    #[arg(long)]
    sample: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum ThemeName {
    Light,
    Dark,
    Auto,
}

fn page_names() -> clap::builder::PossibleValuesParser {
    Route::PAGES.map(|(name, _)| name).into()
}

fn main() -> ExitCode {
    start::begin();
    let args = Args::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("NOABER_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,iroh=error"));
    let written = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(filter);
    tracing_subscriber::registry().with(written).with(noaber_gui::log::remember()).init();
    let Some(home) = args.home.or_else(Home::default_path) else {
        eprintln!("Noaber finds no place for its data here: choose one with --home DIR.");
        return ExitCode::FAILURE;
    };
    if !has_display() {
        return without_screen();
    }
    let net = NetOptions { lan: true, announce: true, ..NetOptions::default() };
    let options = Options {
        start: Start { home, net, clock: Clock::default() },
        lang: args.lang,
        theme: args.theme.map(|theme| match theme {
            ThemeName::Light => ThemePreference::Light,
            ThemeName::Dark => ThemePreference::Dark,
            ThemeName::Auto => ThemePreference::System,
        }),
        page: args.page.as_deref().and_then(Route::named),
    };
    match run(options, args.sample) {
        Ok(()) => ExitCode::SUCCESS,
        // A screen that is named but not there.
        Err(eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_)) => without_screen(),
        Err(error) => {
            eprintln!("Noaber’s window could not be opened: {error}.");
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options, looks_around: bool) -> eframe::Result {
    let viewport =
        ViewportBuilder::default().with_title("Noaber").with_app_id("noaber").with_icon(icon());
    let kept = Preferences::of(&options.start.home);
    let viewport = kept.place.apply(viewport);
    let native = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    eframe::run_native(
        "Noaber",
        native,
        Box::new(|created| {
            Steps::default().reach(Step::Window);
            noaber_gui::theme::install(&created.egui_ctx);
            let mut app = App::new(&created.egui_ctx, options, kept)?;
            if looks_around {
                app.look_around(&created.egui_ctx);
            }
            Ok(Box::new(app))
        }),
    )
}

/// Without a screen there is still something to see: the sample street, told in the terminal.
fn without_screen() -> ExitCode {
    eprintln!(
        "Noaber’s window needs a screen, and there is none here; so here is a sample street in words. \
         (Without a screen, Noaber is used by its command: noaber --help.)\n"
    );
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The sample street cannot begin: {error}.");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(noaber_node::demo::run(None)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("The sample street broke off: {}.", failure.message);
            ExitCode::FAILURE
        }
    }
}

/// The house, for the task bar: as in `package/noaber.svg`.
fn icon() -> IconData {
    const PNG: &[u8] = include_bytes!("../package/noaber-128.png");
    // Without one, the desktop draws something of its own.
    eframe::icon_data::from_png_bytes(PNG).unwrap_or_default()
}

/// Whether there is a screen to open a window on. Only where that is told by the environment; elsewhere
/// there always is one.
fn has_display() -> bool {
    let is_told = cfg!(all(unix, not(target_os = "macos")));
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !is_told || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET")
}
