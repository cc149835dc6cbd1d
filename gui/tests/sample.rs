//! The sample street, from the first page and back to it.

mod support;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::time::Duration;

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use noaber_core::listing::Listing;
use noaber_gui::desk::Route;
use noaber_gui::words::Lang;
use noaber_node::clock::Clock;
use support::street::at;
use support::{Setup, Window};

/// The directories of sample streets that this process has.
fn places() -> BTreeSet<OsString> {
    let prefix = format!("noaber-sample-{}-", std::process::id());
    let all = std::fs::read_dir(std::env::temp_dir()).expect("a directory").flatten();
    let names = all.map(|entry| entry.file_name());
    names.filter(|name| name.to_string_lossy().starts_with(&prefix)).collect()
}

fn until_no_places(window: &mut Window) {
    window.until("nothing to be left of the street", |_| places().is_empty());
}

/// Until one is on the street; without optimisation its pictures alone take their time to be drawn.
fn until_there(window: &mut Window, words: &str) {
    window.until_within(Duration::from_mins(4), words, |harness| {
        harness.query_all_by_label_contains(words).next().is_some()
    });
}

fn first_page(home: &std::path::Path, lang: Lang) -> Window {
    let clock = Clock::default();
    clock.set(at("2026-11-21T10:40:00Z"));
    Window::open(Setup { clock, lang, ..Setup::new(home) })
}

/// The listing that is called so.
fn called(window: &mut Window, title: &str) -> Listing {
    let view = window.app().view().expect("a node");
    let circle = view.circles.values().next().expect("a circle");
    let mut all = circle.listings.values();
    Listing::clone(all.find(|listing| listing.general.title == title).expect("it is shared"))
}

// One test, because all of them would look at the same directory for temporary files.
#[test]
fn a_stranger_looks_around_asks_for_something_gets_it_and_nothing_is_left() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("home");
    let mut window = first_page(&home, Lang::En);

    // Somebody thinks better of it.
    window.button("Look around in a sample street");
    window.until_said("Six neighbours move in");
    assert_eq!(places().len(), 1);
    window.button("Never mind");
    window.until_said("Welcome to Noaber");
    until_no_places(&mut window);

    window.button("Look around in a sample street");
    until_there(&mut window, "Nothing here is real, and it is thrown away when you leave.");
    assert!(!home.exists(), "nothing was made where one would really live");

    // Things with photos, and neighbours who have been there for a while.
    window.until_said("Sewing machine, from Zoë van Dijk, Free now");
    let view = window.app().view().unwrap();
    let circle = view.circles.values().next().unwrap();
    assert!(circle.listings.len() >= 20);
    assert!(circle.listings.values().all(|listing| listing.general.photos.len() == 1));
    assert!(circle.roster.members.len() >= 5);

    // A question waits, on a page that says too where one is.
    window.press(Role::Link, "Today");
    window.until_said("Hanging curtains for my mother");
    assert!(window.says("Nothing here is real"));

    // What the visitor asks for is lent by the neighbour's own node.
    let sewing = called(&mut window, "Sewing machine");
    window.app().go(Route::Listing(sewing.id));
    window.until_said("Zoë answers your question.");
    window.button("Ask to borrow");
    window.until_said("Asked; Zoë’s device has it");
    window.until_said("Confirmed");
    window.until_said("Of course, Saar! Just ring the bell.");

    window.button("Leave the sample street");
    window.until_said("Welcome to Noaber");
    assert!(!window.says("Nothing here is real"));
    until_no_places(&mut window);
    assert!(!home.exists());

    // In Dutch all of it is Dutch; and a window that is closed leaves nothing behind either.
    drop(window);
    let mut window = first_page(&home, Lang::Nl);
    window.button("Rondkijken in een voorbeeldstraat");
    until_there(&mut window, "Niets hier is echt, en alles is weg als je weggaat.");
    window.until_said("Naaimachine, van Zoë van Dijk");
    window.press(Role::Link, "Vandaag");
    window.until_said("Gordijnen ophangen bij mijn moeder");
    assert_eq!(places().len(), 1);
    drop(window);
    assert!(places().is_empty());
}
