//! Every page as it is: what a screen reader finds on it in three widths, held against texts in `goldens`;
//! and each at least once as a picture, in all widths and both themes taken together, in `snapshots`.
//!
//! `UPDATE_GOLDENS=1 UPDATE_SNAPSHOTS=1 cargo test -p noaber_gui --test pictures` writes them anew; look at
//! what changed before you keep it.

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use eframe::egui::accesskit::Role;
use eframe::egui::{ThemePreference, vec2};
use egui_kittest::SnapshotOptions;
use egui_kittest::kittest::NodeT;
use noaber_gui::desk::Route;
use support::street::{Street, at};
use support::{Setup, Window};

const NOW: &str = "2026-11-21T10:40:00Z";
const WIDTHS: [(&str, f32); 3] = [("wide", 1440.0), ("middle", 1000.0), ("narrow", 390.0)];

/// Where pixels may differ by a shade from machine to machine, a picture does not fail for it.
const FEW_PIXELS: usize = 600;

fn pages(street: &Street) -> Vec<(&'static str, Route)> {
    let mut all = Route::PAGES.to_vec();
    all.push(("listing", Route::Listing(street.ladder)));
    all.push(("car", Route::Listing(street.car)));
    all
}

/// Saar's window, alone on the street, so that nothing happens while it is looked at.
fn open(street: &mut Street, theme: ThemePreference) -> Window {
    if !street.houses.is_empty() {
        street.make_room(4);
    }
    let home = street.left_home.clone();
    street.clock.set(at(NOW));
    let clock = street.clock.clone();
    let mut window = Window::open(Setup { clock, theme, ..Setup::new(&home) });
    window.until_said("Good ");
    // What is told in passing has passed.
    for _ in 0..60 {
        window.harness.step();
        window.harness.input_mut().time = window.harness.input().time.map(|time| time + 1.0);
    }
    window
}

fn go(window: &mut Window, street: &Street, route: Route, width: f32, frames: usize) {
    street.clock.set(at(NOW));
    window.harness.set_size(vec2(width, 900.0));
    window.app().go(route);
    // Photos are decoded elsewhere, and come a few a frame.
    for _ in 0..frames {
        window.harness.step();
        std::thread::sleep(std::time::Duration::from_millis(3));
    }
}

/// What a screen reader finds, a line each; what differs from run to run is left open.
fn read(window: &Window) -> String {
    let mut text = String::new();
    for node in window.harness.root().children_recursive() {
        let node = node.accesskit_node();
        let role = node.role();
        let Some(said) = node.label().or_else(|| node.value()) else { continue };
        // What is told in passing is not of the page.
        let passes = said.contains("things happened in");
        if passes || said.trim().is_empty() || matches!(role, Role::TextRun | Role::Window) {
            continue;
        }
        let on = node.toggled().map_or(String::new(), |on| format!(" [{on:?}]"));
        let is_here = if node.is_selected() == Some(true) { " [chosen]" } else { "" };
        let said = said.replace('\n', " / ");
        let _ = writeln!(text, "{role:?}{on}{is_here}: {}", open_ended(&said));
    }
    text
}

/// Leaves open what depends on when and where the test runs.
fn open_ended(said: &str) -> String {
    for start in ["Not heard from", "Nobody is reachable"] {
        if let Some(at) = said.find(start) {
            return format!("{}{start} …", &said[..at]);
        }
    }
    let is_size = |word: &str| matches!(word, "kB" | "MB" | "GB");
    let words: Vec<&str> = said.split(' ').collect();
    if words.iter().any(|word| is_size(word.trim_end_matches(['.', ','])))
        || said.contains("/tmp")
        || said.contains("noaber-gui")
    {
        return "…".to_owned();
    }
    said.to_owned()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// Whom the rail names as not heard from for longest depends on the run: it is painted over.
fn paint_over_rail(picture: &mut image::RgbaImage) {
    if picture.width() < 1000 {
        return;
    }
    let ground = *picture.get_pixel(2, 880);
    for (x, y) in (0..212).flat_map(|x| (735..870).map(move |y| (x, y))) {
        picture.put_pixel(x, y, ground);
    }
}

#[test]
fn every_page_says_in_every_width_what_it_said_before() {
    let homes = tempfile::tempdir().unwrap();
    let mut street = Street::live(homes.path());
    street.reckon();
    let mut window = open(&mut street, ThemePreference::Light);
    let is_update = std::env::var_os("UPDATE_GOLDENS").is_some();
    std::fs::create_dir_all(folder("goldens")).unwrap();
    let mut different = Vec::new();
    for (name, route) in pages(&street) {
        for (width_name, width) in WIDTHS {
            go(&mut window, &street, route, width, 12);
            window.harness.check_accessibility();
            let said = read(&window);
            let file = folder("goldens").join(format!("{name}-{width_name}.txt"));
            if is_update {
                std::fs::write(&file, &said).unwrap();
                continue;
            }
            let before = std::fs::read_to_string(&file).unwrap_or_default();
            let line = |text: &str, place: usize| text.lines().nth(place).unwrap_or("").to_owned();
            let longest = before.lines().count().max(said.lines().count());
            let change = (0..longest).find(|place| line(&before, *place) != line(&said, *place));
            if let Some(place) = change {
                let (was, is) = (line(&before, place), line(&said, place));
                different
                    .push(format!("{name}-{width_name}, line {}: {was:?}, now {is:?}", place + 1));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn pages_look_as_they_did() {
    let homes = tempfile::tempdir().unwrap();
    let mut street = Street::live(homes.path());
    street.reckon();
    let options = SnapshotOptions::new()
        .threshold(1.5)
        .max_failed_pixels(FEW_PIXELS)
        .output_path(folder("snapshots"));
    let (listing, car) = (Route::Listing(street.ladder), Route::Listing(street.car));
    let light = [
        ("browse", Route::Browse, 1440.0),
        ("week", Route::Week, 1000.0),
        ("listing", listing, 390.0),
        ("help", Route::Help, 1000.0),
        ("balance", Route::Balance, 390.0),
        ("share", Route::Share, 1440.0),
        ("calendar", Route::Calendar, 1440.0),
        ("today", Route::Today, 390.0),
        ("notices", Route::Notices, 1000.0),
        ("devices", Route::Devices, 1440.0),
    ];
    let dark = [
        ("browse", Route::Browse, 390.0),
        ("week", Route::Week, 1440.0),
        ("today", Route::Today, 1000.0),
        ("share", Route::Share, 390.0),
        ("settings", Route::Settings, 1000.0),
        ("calendar", Route::Calendar, 390.0),
        ("neighbours", Route::Neighbours, 1000.0),
        ("car", car, 1440.0),
        ("help", Route::Help, 390.0),
    ];
    let mut wrong = Vec::new();
    for (theme, name_of_theme, pages) in
        [(ThemePreference::Light, "light", &light[..]), (ThemePreference::Dark, "dark", &dark[..])]
    {
        let mut window = open(&mut street, theme);
        for &(name, route, width) in pages {
            go(&mut window, &street, route, width, 250);
            let mut picture = window.harness.render().expect("it can be painted");
            paint_over_rail(&mut picture);
            let name = format!("{name}-{width}-{name_of_theme}");
            let same = egui_kittest::try_image_snapshot_options(&picture, name, &options);
            wrong.extend(same.err().map(|error| error.to_string()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
