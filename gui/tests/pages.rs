//! Help, calendar, notices and clashes: over a street of real nodes, by role and name.

mod support;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use noaber_core::Command;
use noaber_core::wire::HouseRules;
use noaber_gui::desk::Route;
use noaber_gui::words::Lang;
use support::helping::Helped;
use support::street::Street;
use support::{Setup, Window};

/// Saar’s window on a street where things happen; the other neighbours live on in theirs.
fn saar(homes: &std::path::Path, page: Route, lang: Lang) -> (Window, Street, Helped) {
    let mut street = Street::live(homes);
    let helped = street.help();
    let home = street.make_room(0);
    let clock = street.clock.clone();
    let window = Window::open(Setup { clock, lang, page, ..Setup::new(&home) });
    (window, street, helped)
}

/// The names of what has a role.
fn named(window: &Window, role: Role) -> Vec<String> {
    let all = window.harness.query_all_by_role(role);
    all.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn the_board_has_both_sides_and_help_that_was_given_is_thanked_for_in_hours() {
    let homes = tempfile::tempdir().unwrap();
    let (mut window, street, helped) = saar(homes.path(), Route::Help, Lang::En);
    window.until_said("What neighbours do for each other in Lindenstraat");
    for said in ["Help that neighbours offer", "Somebody who could use a hand", "every week"] {
        assert!(window.says(said), "{said}: {}", window.said());
    }
    assert!(window.says("Łukasz helps") || window.says("Mehmet helps: Tue 24 Nov, 19:00–19:30"));
    window.harness.check_accessibility();
    let buttons = named(&window, Role::Button);
    assert!(buttons.contains(&"Ask for this: A game of chess".to_owned()), "{buttons:?}");
    assert!(buttons.contains(&"Look after it: Soup on Thursdays".to_owned()), "{buttons:?}");
    let circle = street.circle;
    let rules = HouseRules { timebank: true, floor_quarters: -40 };
    assert!(!window.says("You gave as much as you got"), "hours are not counted yet");
    window.app().push(Command::SetHouseRules { circle, rules });
    window.until_said("You gave as much as you got");
    window.button("Done: An hour in your garden");
    window.until_said("1 h for Zoë, from you.");
    window.button("A quarter of an hour more");
    window.until_said("1.25 h for Zoë, from you.");
    window.type_into("A word of thanks; you may leave it open", "The hedge looks splendid");
    window.harness.check_accessibility();
    window.button("It is done");
    window.until_said("You got 1.25 h more than you gave");
    window.until_gone("Done: An hour in your garden");
    let view = window.app().view().expect("it runs");
    let status = view.circles[&circle]
        .status(&view.circles[&circle].bookings[&helped.garden], street.clock.now());
    assert_eq!(status.state, noaber_core::booking::State::Returned);
}

#[test]
fn an_empty_board_invites_and_the_form_begins_with_the_right_kind() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = Window::open(Setup::new(&homes.path().join("anna")));
    window.type_into("Your name", "Anna Bakker");
    window.type_into("Name of your circle", "Lindenstraat");
    window.button("Start this circle");
    window.until_said("An empty shelf");
    window.app().go(Route::Help);
    window.until_said("Nobody asks for anything just now");
    let ask = window.harness.query_all_by_role_and_label(Role::Button, "Ask for help").last();
    ask.expect("it invites").click_accesskit();
    window.settle();
    window.until("the form", |harness| {
        let chosen = harness.query_by_role_and_label(Role::RadioButton, "Help I need");
        chosen.is_some_and(|node| {
            node.accesskit_node().toggled() == Some(eframe::egui::accesskit::Toggled::True)
        })
    });
    window.type_into("What is it?", "Who feeds the cat?");
    window.button("Ask the neighbours");
    window.until_said("“Who feeds the cat?” is shared");
    window.app().go(Route::Help);
    window.until_said("Nobody yet");
    assert!(window.says("Nobody offers anything just now"));
    // On a phone one side at a time.
    window.harness.set_size(Vec2::new(390.0, 844.0));
    window.settle();
    window.press(Role::RadioButton, "Asked (1)");
    window.until_said("Look after it: Who feeds the cat?");
    assert!(!window.says("Nobody offers anything just now"));
}

#[test]
fn the_month_is_read_by_keyboard_alone() {
    let homes = tempfile::tempdir().unwrap();
    let (mut window, _street, _) = saar(homes.path(), Route::Calendar, Lang::En);
    window.until_said("Today, Saturday 21 Nov 2026");
    window.harness.check_accessibility();
    for _ in 0..80 {
        window.harness.key_press(Key::Tab);
        window.settle();
        if focused(&window).is_some_and(|name| name.starts_with("Saturday 21 Nov 2026, ")) {
            break;
        }
    }
    let name = focused(&window).expect("Tab leads to the month");
    assert!(name.contains("Cordless drill: On loan until tomorrow 11:30"), "{name}");
    assert!(name.contains("Enter opens the day"), "{name}");
    window.harness.key_press(Key::ArrowRight);
    window.settle();
    window.until_said("Tomorrow, Sunday 22 Nov 2026");
    window.until_said("Łukasz brings it back: tomorrow 11:30");
    window.harness.key_press(Key::ArrowDown);
    window.settle();
    window.until_said("Sunday 29 Nov 2026, 2 things");
    window.harness.key_press(Key::PageDown);
    window.settle();
    window.until_said("December 2026");
    window.until_said("Tuesday 29 Dec 2026, nothing");
    window.harness.key_press(Key::PageUp);
    window.harness.key_press(Key::ArrowUp);
    window.harness.key_press(Key::ArrowRight);
    window.settle();
    window.until_said("Monday 23 Nov 2026, 2 things. City bicycle");
    window.harness.key_press(Key::Enter);
    window.settle();
    assert_eq!(focused(&window).as_deref(), Some("Monday 23 Nov 2026"));
    window.harness.key_press(Key::Tab);
    window.settle();
    assert_eq!(focused(&window).as_deref(), Some("City bicycle with basket"));
    // From the day on to the car’s week.
    for _ in 0..8 {
        window.harness.key_press(Key::Tab);
        window.settle();
        if focused(&window).as_deref() == Some("The week of this car: The red Fiat") {
            break;
        }
    }
    window.harness.key_press_modifiers(Modifiers::NONE, Key::Enter);
    window.settle();
    window.until_said("The red Fiat, from Mon 23 Nov to Sun 29 Nov.");
}

fn focused(window: &Window) -> Option<String> {
    let mut all = window.harness.root().children_recursive();
    let node = all.find(|node| node.accesskit_node().is_focused())?;
    node.accesskit_node().label()
}

#[test]
fn the_month_shows_who_promised_what_and_a_press_chooses_a_day() {
    let homes = tempfile::tempdir().unwrap();
    let (mut window, _street, _) = saar(homes.path(), Route::Calendar, Lang::En);
    window.until_said("Today, Saturday 21 Nov 2026");
    // It was refused: it is not there.
    let days = named(&window, Role::GridCell);
    assert_eq!(days.len(), 42, "six weeks");
    assert!(days.contains(&"Monday 30 Nov 2026, one thing".to_owned()), "{days:?}");
    window.press(Role::GridCell, "Thursday 26 Nov 2026, one thing");
    window.until_said("09:00–11:00");
    window.until_said("Asked; Anna’s device has it");
    window.press(Role::GridCell, "Tuesday 24 Nov 2026");
    window.until_said("Waits for your answer");
    window.button("Confirm: Cordless drill");
    window.until_gone("Waits for your answer");
    window.button("Today");
    window.until_said("Today, Saturday 21 Nov 2026");
    window.button("Month after");
    window.until_said("December 2026");
    // A phone has dots, and all that comes below them.
    window.button("Month before");
    window.harness.set_size(Vec2::new(390.0, 844.0));
    window.settle();
    window.until_said("Friday 27 Nov 2026");
    for node in window.harness.query_all_by_role(Role::Button) {
        assert!(node.rect().right() <= 391.0, "{:?}", node.accesskit_node().label());
    }
}

#[test]
fn the_month_is_saved_as_the_file_that_the_command_line_writes() {
    use noaber_node::ics::{Purpose, Selection, calendar};
    let homes = tempfile::tempdir().unwrap();
    let (mut window, street, _) = saar(homes.path(), Route::Calendar, Lang::En);
    window.until_said("In your own calendar");
    let file = homes.path().join("month.ics");
    window.app().choose_next(file.clone());
    window.button("Save as a calendar file");
    window.until_said("Saved as month.ics");
    let view = window.app().view().expect("it runs");
    let circle = &view.circles[&street.circle];
    let mine = Selection::Member(view.member);
    let expected = calendar(circle, mine, Purpose::File, street.clock.now());
    assert!(expected.events >= 6, "{}", expected.events);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), expected.text);
    // Where it cannot be written, that is said.
    window.app().choose_next(homes.path().join("nowhere").join("month.ics"));
    window.button("Save as a calendar file");
    window.until_said("It could not be saved");
}

#[test]
fn notices_are_read_one_by_one_and_together_and_a_gift_is_taken() {
    let homes = tempfile::tempdir().unwrap();
    let (mut window, street, helped) = saar(homes.path(), Route::Notices, Lang::En);
    window.until_said("Anna Bakker wants to give you “Travel guides to Italy”.");
    window.until_said("New: Anna Bakker about “Cordless drill”: Do you have a masonry bit");
    window.until_said("Anna Bakker asks for “Cordless drill”: Tue 24 Nov, 10:00–18:00.");
    window.harness.check_accessibility();
    let new = |window: &Window| {
        let rail = named(window, Role::Link).into_iter().find(|name| name.starts_with("Notices"));
        rail.expect("it is in the rail")
    };
    let seen = window.harness.query_all_by_role(Role::Button);
    let seen = seen.filter(|node| {
        node.accesskit_node().label().is_some_and(|l| l.starts_with("I have seen this: "))
    });
    let edges: Vec<f32> = seen.map(|node| node.rect().right()).collect();
    assert!(edges.len() > 3 && edges.iter().all(|edge| (edge - edges[0]).abs() < 0.5), "{edges:?}");
    let before = new(&window);
    window.press(Role::RadioButton, "Messages");
    window.until_gone("wants to give you");
    window.button("I have seen this: Anna Bakker about “Cordless drill”");
    window.until_gone("New: Anna Bakker about");
    window.until("one less in the rail", |harness| {
        harness.query_by_role_and_label(Role::Link, &before).is_none()
    });
    window.press(Role::RadioButton, "All");
    window.button("Take it, gladly: Anna Bakker wants to give you");
    window.until_said("“Travel guides to Italy” is yours now");
    window.until_said("This is yours");
    let view = window.app().view().expect("it runs");
    let circle = &view.circles[&street.circle];
    let gift = circle.gifts.gift(helped.books, circle.listings[&helped.books].owner);
    assert_eq!(gift.map(|gift| gift.to), Some(view.member));
    window.app().go(Route::Notices);
    window.button("I have seen all of this");
    window.until_said("Nothing new");
    assert_eq!(new(&window), "Notices");
    // A press on a notice leads to what it is about.
    window.press(Role::Link, "Anna Bakker asks for “Cordless drill”");
    window.until_said("Who asked for it");
}

#[test]
fn a_clash_is_told_to_the_owner_with_what_stands_and_one_of_them_is_called_off() {
    let homes = tempfile::tempdir().unwrap();
    let (mut window, _street, _) = saar(homes.path(), Route::Today, Lang::En);
    window.until_said("Two promises for the same time");
    window.until_said("There is only one, and it was promised more than once.");
    window.until_said("Promised first: this stands");
    window.until_said("Promised later: find another time");
    window.harness.check_accessibility();
    window.button("Call it off: Anna Bakker");
    window.type_into("Why; you may leave it open", "One of the two is broken");
    window.press_exactly("Call it off");
    window.until_gone("Two promises for the same time");
    window.app().go(Route::Calendar);
    window.until_said("Saturday 28 Nov 2026, 2 things");
}

#[test]
fn the_three_pages_speak_dutch_and_fit_at_all_widths() {
    let homes = tempfile::tempdir().unwrap();
    let (mut window, ..) = saar(homes.path(), Route::Help, Lang::Nl);
    window.until_said("Wat buren voor elkaar doen in Lindenstraat");
    for width in [390.0, 900.0, 1440.0] {
        window.harness.set_size(Vec2::new(width, 844.0));
        for (route, said) in [
            (Route::Help, "Afgesproken"),
            (Route::Calendar, "Vandaag, zaterdag 21 nov 2026"),
            (Route::Notices, "Anna Bakker wil je ‘Travel guides to Italy’ geven."),
            (Route::Today, "Twee keer beloofd voor dezelfde tijd"),
        ] {
            window.app().go(route);
            window.until_said(said);
            window.settle();
            window.harness.check_accessibility();
            for role in [Role::Button, Role::GridCell, Role::RadioButton, Role::Link] {
                for node in window.harness.query_all_by_role(role) {
                    let (rect, name) = (node.rect(), node.accesskit_node().label());
                    let fits = rect.left() >= -1.0 && rect.right() <= width + 1.0;
                    assert!(fits, "{route:?} at {width}: {name:?} {rect:?}");
                }
            }
        }
    }
}
