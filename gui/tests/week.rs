//! A car's week, in windows over real nodes: picked by mouse and by keyboard, asked, confirmed.

mod support;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, Pos2, Rect, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use noaber_core::time::Timestamp;
use noaber_core::{Command, View};
use noaber_gui::desk::Route;
use noaber_gui::words::Lang;
use noaber_node::clock::Clock;
use noaber_node::home::Home;
use noaber_node::node::Node;
use support::{Setup, Window};

/// A Saturday morning in Amsterdam.
const NOW: &str = "2026-11-21T09:10:00Z";

fn at(text: &str) -> Timestamp {
    text.parse::<jiff::Timestamp>().expect("a time").into()
}

fn clock(now: &str) -> Clock {
    let clock = Clock::default();
    clock.set(at(now));
    clock
}

/// Anna, whose circle it is; in Amsterdam, wherever this runs.
fn founder(home: &std::path::Path, clock: &Clock, lang: Lang) -> Window {
    Home::at(home).init("Anna Bakker", "Anna’s laptop").expect("an empty home");
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    runtime.block_on(async {
        let node = Node::open(Home::at(home), clock.clone()).expect("a home");
        let create = Command::CreateCircle {
            name: "Lindenstraat".into(),
            timezone: "Europe/Amsterdam".into(),
            currency: "EUR".into(),
        };
        node.submit(create).await.expect("a circle");
        node.stop();
    });
    drop(runtime);
    let setup = Setup { clock: clock.clone(), lang, ..Setup::new(home) };
    let mut window = Window::open(setup);
    window.until("a circle", |harness| harness.state().view().is_some_and(|v| has_circle(&v)));
    window
}

fn has_circle(view: &View) -> bool {
    view.circles.values().any(|circle| !circle.name.is_empty())
}

fn newcomer(host: &mut Window, home: &std::path::Path, clock: &Clock) -> Window {
    host.app().go(Route::Neighbours);
    host.button("Invite a neighbour");
    host.until_said("It works until");
    host.button("Copy the link");
    let link = host.copied.clone().expect("the link was copied");
    host.button("Done");
    let mut window = Window::open(Setup { clock: clock.clone(), ..Setup::new(home) });
    window.press(Role::RadioButton, "I have an invite");
    window.type_into("Your name", "Ben Visser");
    window.type_into("The link of your invite", &link);
    window.until_said("This is the way into Lindenstraat");
    window.button("Knock at the door");
    for _ in 0..3_000 {
        host.harness.step();
        window.harness.step();
        if window.says("Good ") {
            return window;
        }
        std::thread::sleep(std::time::Duration::from_millis(4));
    }
    panic!("the door stays shut: {}", window.said());
}

/// Anna shares the car of the street; by itself where `instant`.
fn share_car(window: &mut Window, instant: bool) {
    use noaber_core::listing::{Car, Details, Draft, General};
    let view = window.app().view().expect("it runs");
    let circle = view.circles.values().next().expect("one circle");
    let general = General {
        title: "The red Fiat".into(),
        category: "car".into(),
        quantity: 1,
        instant,
        ..General::default()
    };
    let draft = Draft::new(general, Details::Car(Car::default()));
    window.app().push(Command::Offer { circle: circle.id, draft });
    window.until("the car", |harness| {
        let view = harness.state().view().expect("it runs");
        view.circles.values().any(|circle| !circle.listings.is_empty())
    });
}

/// Books the car for somebody, as their own window's node would.
fn book(window: &mut Window, from: &str, to: &str) {
    let view = window.app().view().expect("it runs");
    let circle = view.circles.values().next().expect("one circle");
    let listing = *circle.listings.keys().next().expect("one car");
    let (from, to, note) = (at(from), at(to), "To the sea".to_owned());
    let ask = Command::Ask { circle: circle.id, listing, from, to, quantity: 1, note };
    window.app().push(ask);
}

/// The place of the calendar's hours.
fn calendar(window: &Window) -> Rect {
    window.harness.get_by_role(Role::Grid).rect()
}

/// Where an hour of a day is, while 6 to 23 are shown of seven days.
fn place(window: &Window, column: f32, hour: f32) -> Pos2 {
    let rect = calendar(window);
    let x = rect.left() + rect.width() * (column + 0.5) / 7.0;
    Pos2::new(x, rect.top() + rect.height() * (hour - 6.0) / 17.0)
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.harness.event(Event::PointerMoved(from));
    window.settle();
    window.harness.drag_at(from);
    window.harness.step();
    for part in 1..=5 {
        let at = from + (to - from) * (part as f32 / 5.0);
        window.harness.event(Event::PointerMoved(at));
        window.harness.step();
    }
    window.harness.drop_at(to);
    window.settle();
}

fn focus_calendar(window: &mut Window) {
    window.harness.get_by_role(Role::Grid).focus();
    window.settle();
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.settle();
}

#[test]
fn there_is_a_week_only_where_there_is_a_car() {
    let homes = tempfile::tempdir().unwrap();
    let mut anna = founder(&homes.path().join("anna"), &clock(NOW), Lang::En);
    assert!(anna.harness.query_by_role_and_label(Role::Link, "Shared car").is_none());
    share_car(&mut anna, true);
    anna.press(Role::Link, "Shared car");
    anna.until_said("The red Fiat, from Mon 16 Nov to Sun 22 Nov.");
    anna.until_said("Week 47");
    anna.button("Later");
    anna.until_said("Week 48");
    anna.button("Today");
    anna.until_said("Week 47");
}

#[test]
fn the_keyboard_alone_books_the_car() {
    let homes = tempfile::tempdir().unwrap();
    let mut anna = founder(&homes.path().join("anna"), &clock(NOW), Lang::En);
    share_car(&mut anna, true);
    anna.app().go(Route::Week);
    anna.settle();
    focus_calendar(&mut anna);
    // From the next full hour, for two hours.
    key(&mut anna, Modifiers::NONE, Key::Enter);
    anna.until_said("Chosen: today, 11:00–13:00. It is free.");
    key(&mut anna, Modifiers::NONE, Key::ArrowRight);
    anna.until_said("Chosen: tomorrow, 11:00–13:00.");
    key(&mut anna, Modifiers::NONE, Key::ArrowDown);
    anna.until_said("Chosen: tomorrow, 11:30–13:30.");
    key(&mut anna, Modifiers::SHIFT, Key::ArrowDown);
    anna.until_said("Chosen: tomorrow, 11:30–14:00.");
    key(&mut anna, Modifiers::ALT, Key::ArrowUp);
    anna.until_said("Chosen: tomorrow, 11:15–13:45.");
    key(&mut anna, Modifiers::NONE, Key::Enter);
    anna.until_said("You, tomorrow, 11:15–13:45, Confirmed");
    anna.until_gone("Chosen: ");
}

#[test]
fn a_drag_over_what_is_free_picks_it_and_its_handles_stretch_it() {
    let homes = tempfile::tempdir().unwrap();
    let mut anna = founder(&homes.path().join("anna"), &clock(NOW), Lang::En);
    share_car(&mut anna, true);
    anna.app().go(Route::Week);
    anna.settle();
    let (from, to) = (place(&anna, 6.0, 11.5), place(&anna, 6.0, 14.0));
    drag(&mut anna, from, to);
    anna.until_said("Chosen: tomorrow, 11:30–14:00. It is free.");
    // The lower handle, and then the whole of it.
    let (from, to) = (place(&anna, 6.0, 14.0), place(&anna, 6.0, 16.5));
    drag(&mut anna, from, to);
    anna.until_said("Chosen: tomorrow, 11:30–16:30.");
    let (from, to) = (place(&anna, 6.0, 13.0), place(&anna, 6.0, 15.0));
    drag(&mut anna, from, to);
    anna.until_said("Chosen: tomorrow, 13:30–18:30.");
    anna.button("Book it");
    anna.until_said("You, tomorrow, 13:30–18:30, Confirmed");
}

#[test]
fn what_somebody_has_cannot_be_picked_over_and_other_times_are_proposed() {
    let homes = tempfile::tempdir().unwrap();
    let clock = clock(NOW);
    let mut anna = founder(&homes.path().join("anna"), &clock, Lang::En);
    share_car(&mut anna, true);
    book(&mut anna, "2026-11-22T09:00:00Z", "2026-11-22T12:00:00Z");
    let mut ben = newcomer(&mut anna, &homes.path().join("ben"), &clock);
    ben.until("the booking", |harness| {
        let view = harness.state().view().expect("it runs");
        view.circles.values().any(|circle| !circle.bookings.is_empty())
    });
    ben.app().go(Route::Week);
    ben.until_said("Anna Bakker, tomorrow, 10:00–13:00, Confirmed");
    // A drag that begins on it picks nothing; a press opens it.
    let (from, to) = (place(&ben, 6.0, 11.0), place(&ben, 6.0, 18.0));
    drag(&mut ben, from, to);
    assert!(!ben.says("Chosen: "), "{}", ben.said());
    ben.button("Anna Bakker, tomorrow");
    ben.until_said("“To the sea”");
    ben.until_said("Only the two sides can change this.");
    ben.button("Put it away");
    // A drag across it is told why not, and when it could be.
    let (from, to) = (place(&ben, 6.0, 8.0), place(&ben, 6.0, 11.5));
    drag(&mut ben, from, to);
    ben.until_said("Chosen: tomorrow, 08:00–11:30. Somebody else has it then.");
    assert!(ben.harness.query_by_role_and_label(Role::Button, "Book it").is_none());
    ben.until_said("It can be yours then:");
    focus_calendar(&mut ben);
    key(&mut ben, Modifiers::NONE, Key::Enter);
    ben.until_said("Somebody else has it then.");
    let view = ben.app().view().expect("it runs");
    assert_eq!(view.circles.values().next().unwrap().bookings.len(), 1, "nothing was asked");
    ben.button("Tomorrow, 13:00–16:30");
    ben.until_said("Chosen: tomorrow, 13:00–16:30. It is free.");
}

#[test]
fn the_owner_confirms_and_the_block_changes_for_both() {
    let homes = tempfile::tempdir().unwrap();
    let clock = clock(NOW);
    let mut anna = founder(&homes.path().join("anna"), &clock, Lang::En);
    share_car(&mut anna, false);
    let mut ben = newcomer(&mut anna, &homes.path().join("ben"), &clock);
    ben.until("the car", |harness| {
        let view = harness.state().view().expect("it runs");
        view.circles.values().any(|circle| !circle.listings.is_empty())
    });
    ben.app().go(Route::Week);
    ben.settle();
    let (from, to) = (place(&ben, 6.0, 15.0), place(&ben, 6.0, 17.0));
    drag(&mut ben, from, to);
    ben.until_said("Free, for 2 hours. Anna answers your question.");
    ben.type_into("A word with it", "To my mother");
    ben.button("Ask to borrow");
    ben.until_said("You, tomorrow, 15:00–17:00, Asked; Anna’s device has it");
    anna.app().go(Route::Week);
    anna.button("Ben Visser, tomorrow, 15:00–17:00, Waits for your answer");
    anna.until_said("“To my mother”");
    anna.button("Confirm");
    anna.until_said("Ben Visser, tomorrow, 15:00–17:00, Confirmed");
    ben.until_said("You, tomorrow, 15:00–17:00, Confirmed");
    // The time comes: off with it, and back, with what the odometer shows.
    clock.set(at("2026-11-22T14:05:00Z"));
    ben.button("Picked up");
    ben.type_into("What does the odometer show?", "48210");
    press_last(&mut ben, "Picked up");
    ben.until_said("You, today, 15:00–17:00, On loan until");
    ben.button("It is back");
    ben.until_said("The last time it showed 48,210 km.");
    ben.type_into("What does the odometer show?", "48252");
    press_last(&mut ben, "It is back");
    ben.until_said("Back again");
}

/// Presses the last button of this name: the one in the dialog above the page.
fn press_last(window: &mut Window, name: &str) {
    window.settle();
    let found: Vec<_> = window.harness.query_all_by_label(name).collect();
    found.last().expect("it is there").click_accesskit();
    window.settle();
}

#[test]
fn a_week_in_which_clocks_change_says_so_and_counts_real_hours() {
    let homes = tempfile::tempdir().unwrap();
    let clock = clock("2026-03-25T09:10:00Z");
    let mut anna = founder(&homes.path().join("anna"), &clock, Lang::En);
    share_car(&mut anna, true);
    // Saturday 22:00 to Sunday 6:00: seven hours.
    book(&mut anna, "2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z");
    anna.app().go(Route::Week);
    anna.until_said("Clocks go forward: this day has 23 hours");
    anna.until_said("You, Sat 28 Mar 22:00 – Sun 29 Mar 06:00, Confirmed");
    // All 24 hours are shown now; a night by keyboard goes over the hour that is not there.
    focus_calendar(&mut anna);
    key(&mut anna, Modifiers::NONE, Key::Enter);
    for _ in 0..5 {
        key(&mut anna, Modifiers::NONE, Key::ArrowRight);
    }
    anna.until_said("Chosen: Mon 30 Mar, 11:00–13:00.");
    anna.button("Earlier");
    anna.button("Today");
    anna.harness.check_accessibility();
}

#[test]
fn the_week_fits_at_every_size_and_is_whole_in_dutch() {
    let homes = tempfile::tempdir().unwrap();
    let mut anna = founder(&homes.path().join("anna"), &clock(NOW), Lang::Nl);
    share_car(&mut anna, true);
    book(&mut anna, "2026-11-22T09:00:00Z", "2026-11-22T12:00:00Z");
    for width in [390.0, 800.0, 1440.0] {
        anna.harness.set_size(vec2(width, 844.0));
        anna.settle();
        for route in [Route::Week, Route::Balance] {
            anna.app().go(route);
            anna.settle();
            anna.harness.check_accessibility();
            for node in anna.harness.query_all_by_role(Role::Button) {
                let rect = node.rect();
                let label = node.accesskit_node().label();
                assert!(rect.right() <= width + 1.0, "{route:?} at {width}: {label:?} {rect:?}");
            }
            for english in ["the ", "Today", "You ", "booking", "Choose", "owe"] {
                assert!(!anna.says(english), "{route:?} says {english:?}: {}", anna.said());
            }
        }
    }
}

#[test]
fn closed_times_and_repairs_are_shaded_and_said() {
    let homes = tempfile::tempdir().unwrap();
    let mut anna = founder(&homes.path().join("anna"), &clock(NOW), Lang::En);
    share_car(&mut anna, false);
    let view = anna.app().view().expect("it runs");
    let circle = view.circles.values().next().expect("one circle");
    let listing = circle.listings.values().next().expect("one car");
    let mut draft = listing.to_draft();
    draft.rules.open = vec!["mon-sat 08:00-20:00".parse().unwrap()];
    draft.rules.repair = Some(noaber_core::rules::Repair {
        from: at("2026-11-18T11:00:00Z"),
        until: Some(at("2026-11-19T15:00:00Z")),
        note: "new brakes".into(),
    });
    let edit = Command::Edit { circle: circle.id, listing: listing.id, draft };
    anna.app().push(edit);
    anna.app().go(Route::Week);
    anna.until_said("No fetching or returning");
    anna.until_said("It is being repaired: new brakes.");
    let closed: Vec<_> = anna.harness.query_all_by_label("Closed").collect();
    assert_eq!(closed.len(), 1, "Sunday");
    assert!(calendar(&anna).contains_rect(closed[0].rect().shrink(1.0)));
    book(&mut anna, "2026-11-21T13:00:00Z", "2026-11-21T15:00:00Z");
    anna.until_said("You, today, 14:00–16:00, Confirmed");
}
