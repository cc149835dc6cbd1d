//! Two windows, two real nodes on loopback: what Anna and Ben see and press.

mod support;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use noaber_core::wire::Link;
use noaber_gui::words::Lang;
use support::{Setup, Window};

/// Opens a window, moves somebody in and starts a circle, by what is on the screen.
fn founder(home: &std::path::Path, lang: Lang) -> Window {
    let mut window = Window::open(Setup { lang, ..Setup::new(home) });
    let [name, circle, start] = match lang {
        Lang::En => ["Your name", "Name of your circle", "Start this circle"],
        Lang::Nl => ["Je naam", "Naam van je kring", "Deze kring beginnen"],
    };
    window.type_into(name, "Anna Bakker");
    window.type_into(circle, "Lindenstraat");
    window.button(start);
    window
}

/// Makes an invite in one window and uses it in a new one.
fn newcomer(host: &mut Window, home: &std::path::Path) -> Window {
    host.press(Role::Link, "Neighbours");
    host.button("Invite a neighbour");
    host.until_said("It works until");
    host.button("Copy the link");
    let link = host.copied.clone().expect("the link was copied");
    assert!(Link::parse(&link).is_ok());
    host.button("Done");
    let mut window = Window::open(Setup::new(home));
    window.press(Role::RadioButton, "I have an invite");
    window.type_into("Your name", "Ben Visser");
    window.type_into("The link of your invite", &link);
    window.until_said("This is the way into Lindenstraat");
    window.button("Knock at the door");
    for _ in 0..2_000 {
        host.harness.step();
        window.harness.step();
        if window.says("Lindenstraat") && window.says("Good ") {
            return window;
        }
        std::thread::sleep(std::time::Duration::from_millis(4));
    }
    panic!("the door stays shut: {}", window.said());
}

#[test]
fn anna_shares_a_ladder_ben_asks_for_it_and_she_confirms() {
    let homes = tempfile::tempdir().unwrap();
    let mut anna = founder(&homes.path().join("anna"), Lang::En);
    anna.until_said("An empty shelf, for now");
    let mut ben = newcomer(&mut anna, &homes.path().join("ben"));

    anna.press(Role::Link, "Share something");
    anna.type_into("What is it?", "Ladder, 4.5 m");
    anna.press(Role::RadioButton, "Tools");
    anna.button("Share it");
    anna.until_said("“Ladder, 4.5 m” is shared");

    ben.until_said("Ladder, 4.5 m, from Anna Bakker, Free now");
    ben.button("Ladder, 4.5 m, from Anna");
    ben.until_said("Free, for 1 day. Anna answers your question.");
    ben.type_into("A word with it", "For the gutter");
    ben.button("Ask to borrow");
    // Anna’s device says by itself that it has the question; only then is it shown.
    ben.until_said("Asked; Anna’s device has it");
    assert!(!ben.says("Confirmed"));

    anna.until_said("Today, one question waits");
    anna.press(Role::Link, "Today");
    anna.until_said("Waiting for you");
    assert!(anna.says("for Ben Visser") && anna.says("“For the gutter”"));
    anna.button("Confirm: Ladder");
    anna.until_said("Nothing waits for your answer.");
    ben.until_said("Confirmed");
    ben.press(Role::Link, "Today");
    ben.until_said("Coming up");

    // A promise is not broken by one press.
    ben.button("Call it off: Ladder");
    ben.until_said("Call it off?");
    ben.button("Never mind");
    assert!(ben.says("Coming up"));
    ben.button("Call it off: Ladder");
    ben.type_into("Why; you may leave it open", "It rains");
    ben.press_exactly("Call it off");
    ben.until_gone("Coming up");
    anna.until_said("called off “Ladder, 4.5 m”");
}

#[test]
fn what_nobody_else_has_yet_is_said_to_be_on_this_device_only() {
    let homes = tempfile::tempdir().unwrap();
    let mut anna = founder(&homes.path().join("anna"), Lang::En);
    anna.until_said("An empty shelf");
    let mut ben = newcomer(&mut anna, &homes.path().join("ben"));
    anna.press(Role::Link, "Share something");
    anna.type_into("What is it?", "Tent");
    anna.button("Share it");
    ben.until_said("Tent, from Anna");
    drop(anna);
    ben.until_said("Nobody is reachable right now");
    ben.button("Tent, from Anna");
    ben.button("Ask to borrow");
    ben.until_said("Asked; still on this device");
    assert!(!ben.says("Anna’s device has it"));
    ben.button("Undo");
    ben.until_said("Ask to borrow it");
    ben.until_gone("still on this device");
}

#[test]
fn a_request_that_cannot_be_is_told_why_and_offered_other_times() {
    let homes = tempfile::tempdir().unwrap();
    let mut anna = founder(&homes.path().join("anna"), Lang::En);
    anna.until_said("An empty shelf");
    let mut ben = newcomer(&mut anna, &homes.path().join("ben"));
    anna.press(Role::Link, "Share something");
    anna.type_into("What is it?", "Drill");
    anna.press(Role::Switch, "Say yes by itself");
    anna.button("Share it");
    ben.button("Drill, from Anna");
    ben.button("Book it");
    ben.until_said("Confirmed");
    // The form goes on to the next free time; he wants today all the same.
    ben.button("taken ");
    ben.until_said("You have it then already");
    ben.until_said("It can be yours then");
    ben.button("Tomorrow ");
    ben.until_said("Free. It is yours at once");
}

#[test]
fn a_wrong_link_is_answered_kindly_before_anything_is_made() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("home");
    let mut window = Window::open(Setup::new(&home));
    window.button("Start this circle");
    window.until_said("What shall your neighbours call you?");
    window.press(Role::RadioButton, "I have an invite");
    window.type_into("Your name", "Ben");
    window.type_into("The link of your invite", "https://example.org");
    window.button("Knock at the door");
    window.until_said("This is not an invite.");
    assert!(!home.exists());
}

#[test]
fn a_second_window_on_the_same_home_shows_the_same_street() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("anna");
    let mut first = founder(&home, Lang::En);
    first.until_said("An empty shelf");
    let mut second = Window::open(Setup::new(&home));
    second.until_said("An empty shelf");
    second.press(Role::Link, "Share something");
    second.type_into("What is it?", "Ladder");
    second.button("Share it");
    second.until_said("“Ladder” is shared");
    first.until_said("Ladder");
    let (one, two) = (first.app().view().unwrap(), second.app().view().unwrap());
    assert_eq!(one.circles, two.circles);
    // The first one goes; the second takes the home over, and goes on.
    drop(first);
    second.until_said("has stopped");
    second.until_gone("has stopped");
    second.press(Role::Link, "Share something");
    second.type_into("What is it?", "Drill");
    second.button("Share it");
    second.until_said("“Drill” is shared");
}

#[test]
fn in_dutch_nothing_is_left_in_english_and_the_language_changes_at_once() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = founder(&homes.path().join("anna"), Lang::Nl);
    window.until_said("Nog een lege plank");
    window.press(Role::Link, "Iets delen");
    window.type_into("Wat is het?", "Boormachine");
    window.press(Role::RadioButton, "Gereedschap");
    window.button("Delen");
    window.until_said("‘Boormachine’ is gedeeld");
    window.until_said("Dit is van jou");
    for place in ["Ontdekken", "Vandaag", "Buren", "Iets delen"] {
        window.press(Role::Link, place);
        for english in ["the ", "Today", "Share", "Neighbour", "Free", "You "] {
            assert!(!window.says(english), "{place} says {english:?}: {}", window.said());
        }
    }
    window.button("Verder in het English");
    window.until_said("Share something");
}

#[test]
fn the_keyboard_alone_is_enough_to_share_something() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = founder(&homes.path().join("anna"), Lang::En);
    window.until_said("An empty shelf");
    tab_to(&mut window, "Share something");
    window.harness.key_press(Key::Enter);
    window.settle();
    tab_to(&mut window, "What is it?");
    window.harness.event(eframe::egui::Event::Text("Wheelbarrow".into()));
    window.settle();
    tab_to(&mut window, "Garden");
    window.harness.key_press(Key::Space);
    window.settle();
    tab_to(&mut window, "Share it");
    window.harness.key_press(Key::Enter);
    window.until_said("“Wheelbarrow” is shared");
    // Back the same way.
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    window.settle();
    assert!(focused(&window).is_some());
}

fn focused(window: &Window) -> Option<String> {
    let mut all = window.harness.root().children_recursive();
    let node = all.find(|node| node.accesskit_node().is_focused())?;
    node.accesskit_node().label()
}

/// Presses Tab until what has this name has the focus.
fn tab_to(window: &mut Window, name: &str) {
    for _ in 0..60 {
        window.harness.key_press(Key::Tab);
        window.settle();
        if focused(window).is_some_and(|focused| focused.contains(name)) {
            return;
        }
    }
    panic!("Tab does not lead to {name}: {}", window.said());
}

#[test]
fn every_page_fits_and_every_control_has_a_name_at_all_sizes() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = founder(&homes.path().join("anna"), Lang::Nl);
    window.until_said("Nog een lege plank");
    for width in [390.0, 800.0, 1440.0] {
        window.harness.set_size(eframe::egui::vec2(width, 844.0));
        window.settle();
        for place in ["Ontdek", "Vandaag", "Iets delen", "Buren"] {
            if width < 640.0 && place == "Buren" {
                // There is no room for it in the bar.
                window.press(Role::Link, "Meer");
            }
            window.press(Role::Link, place);
            window.harness.check_accessibility();
            for node in window.harness.query_all_by_role(Role::Button) {
                let rect = node.rect();
                assert!(rect.right() <= width + 1.0, "{place} at {width}: {rect:?}");
            }
        }
    }
}

#[test]
fn a_window_with_nothing_to_do_sleeps() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = founder(&homes.path().join("anna"), Lang::En);
    window.until_said("An empty shelf");
    window.until("rest", |harness| {
        let delays = harness.output().viewport_output.values().map(|output| output.repaint_delay);
        delays.min().is_some_and(|delay| delay > std::time::Duration::from_secs(20))
    });
}

#[test]
fn photos_are_dropped_onto_the_form_and_what_is_no_photo_is_told_kindly() {
    use noaber_node::drawing::{Subject, draw};
    let homes = tempfile::tempdir().unwrap();
    let mut window = founder(&homes.path().join("anna"), Lang::En);
    window.until_said("An empty shelf");
    window.press(Role::Link, "Share something");
    let mut png = std::io::Cursor::new(Vec::new());
    draw(Subject::Drill).write_to(&mut png, image::ImageFormat::Png).unwrap();
    window.drop_file(b"a letter".to_vec());
    window.until_said("This file is no photo that Noaber can open.");
    window.drop_file(png.into_inner());
    window.until_said("Remove photo 1");
    window.type_into("What is it?", "Drill");
    window.button("Share it");
    window.until_said("“Drill” is shared");
    let view = window.app().view().unwrap();
    let circle = view.circles.values().next().unwrap();
    assert_eq!(circle.listings.values().next().unwrap().general.photos.len(), 1);
}
