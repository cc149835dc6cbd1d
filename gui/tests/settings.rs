//! Settings, Devices, what is kept of the window, and the question before it closes: over real nodes.
#![allow(clippy::unwrap_used, reason = "what fails here fails a test")]

mod support;

use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Key, Rect, ThemePreference, ViewportBuilder, ViewportCommand, ViewportEvent, ViewportId, pos2,
    vec2,
};
use egui_kittest::kittest::{NodeT, Queryable};
use noaber_gui::desk::Route;
use noaber_gui::preferences::{Place, Preferences};
use noaber_gui::words::Lang;
use noaber_node::api::request::Request;
use noaber_node::api::rows::Answer;
use noaber_node::home::Home;
use noaber_node::ipc::{self, Envelope};
use support::{Setup, Window};

/// Anna, who has just started a circle.
fn anna(home: &Path) -> Window {
    let mut window = Window::open(Setup::new(home));
    window.type_into("Your name", "Anna Bakker");
    window.type_into("Name of your circle", "Lindenstraat");
    window.button("Start this circle");
    window.until_said("An empty shelf");
    window
}

fn settings(window: &mut Window) {
    window.app().go(Route::Settings);
    window.until_said("How Noaber looks");
}

fn is_chosen(window: &Window, role: Role, name: &str) -> bool {
    let all = window.harness.query_all_by_role(role);
    let mut found = all.filter(|node| node.accesskit_node().label().as_deref() == Some(name));
    let node = found.next().unwrap_or_else(|| panic!("no {name}: {}", window.said()));
    let node = node.accesskit_node();
    node.is_selected() == Some(true) || node.toggled() == Some(accesskit_true())
}

fn accesskit_true() -> eframe::egui::accesskit::Toggled {
    eframe::egui::accesskit::Toggled::True
}

/// Asks the window to close, as its button does; gives what the window answers.
fn close(window: &mut Window) -> Vec<ViewportCommand> {
    let root = window.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    root.events.push(ViewportEvent::Close);
    window.harness.step();
    let answered = commands(window);
    window.settle();
    answered
}

fn commands(window: &Window) -> Vec<ViewportCommand> {
    let output = &window.harness.output().viewport_output;
    output.get(&ViewportId::ROOT).map(|root| root.commands.clone()).unwrap_or_default()
}

#[test]
fn how_it_looks_and_where_one_was_survive_reopening_the_window() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("anna");
    let mut window = anna(&home);
    settings(&mut window);
    window.press(Role::RadioButton, "Dark");
    window.press(Role::RadioButton, "Nederlands");
    window.until_said("Hoe Noaber eruitziet");
    window.press(Role::Switch, "Laat het me weten op het bureaublad");
    window.button("Grotere tekst");
    window.button("Grotere tekst");
    window.until_said("120 procent");
    drop(window);

    let mut window = Window::open_as_left(&home);
    window.until_said("Hoe Noaber eruitziet");
    assert!(is_chosen(&window, Role::RadioButton, "Nederlands"));
    assert!(is_chosen(&window, Role::RadioButton, "Donker"));
    assert!(!is_chosen(&window, Role::RadioButton, "Licht"));
    assert!(!is_chosen(&window, Role::Switch, "Laat het me weten op het bureaublad"));
    assert!(window.says("120 procent"));
    assert!(window.harness.ctx.options(|o| o.theme_preference) == ThemePreference::Dark);
    drop(window);

    // What is said on the command line wins, and is not kept by that.
    let setup = Setup { page: Route::Neighbours, lang: Lang::En, ..Setup::new(&home) };
    let mut window = Window::open(setup);
    window.until_said("Invite a neighbour");
    drop(window);
    let mut window = Window::open_as_left(&home);
    window.until_said("Buur uitnodigen");
}

#[test]
fn where_the_window_stood_is_kept_unless_that_was_on_another_screen() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("anna");
    let stand = |window: &mut Window, at: [f32; 2], is_maximized: bool| {
        let root = window.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
        root.inner_rect = Some(Rect::from_min_size(at.into(), vec2(900.0, 700.0)));
        root.outer_rect = root.inner_rect;
        root.monitor_size = Some(vec2(1920.0, 1080.0));
        root.maximized = Some(is_maximized);
        window.settle();
    };
    let kept = || Preferences::of(&home).place;
    let mut window = anna(&home);
    stand(&mut window, [40.0, 30.0], false);
    drop(window);
    let place = Place { size: Some([900, 700]), at: Some([40, 30]), is_maximized: false };
    assert_eq!(kept(), place);
    let builder = kept().apply(ViewportBuilder::default());
    assert_eq!(builder.inner_size, Some(vec2(900.0, 700.0)));
    assert_eq!(builder.position, Some(pos2(40.0, 30.0)));

    let mut window = Window::open_as_left(&home);
    window.until_said("An empty shelf");
    stand(&mut window, [0.0, 0.0], true);
    drop(window);
    assert_eq!(kept(), Place { is_maximized: true, ..place }, "its size before that stays");

    let mut window = Window::open_as_left(&home);
    window.until_said("An empty shelf");
    stand(&mut window, [2500.0, 30.0], false);
    drop(window);
    assert_eq!(kept(), Place { at: None, ..place });
}

#[test]
fn the_size_of_text_is_chosen_by_the_keyboard_alone() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = anna(&homes.path().join("anna"));
    settings(&mut window);
    window.harness.get_by_role_and_label(Role::Slider, "Size of text").focus();
    window.settle();
    for (key, said) in [
        (Key::ArrowRight, "110 percent"),
        (Key::ArrowUp, "120 percent"),
        (Key::ArrowLeft, "110 percent"),
        (Key::End, "200 percent"),
        (Key::Home, "80 percent"),
    ] {
        window.harness.key_press(key);
        window.until_said(said);
    }
}

#[test]
fn the_technical_page_tells_what_the_command_line_tells() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("anna");
    let mut window = anna(&home);
    settings(&mut window);
    assert!(!window.says("Frontier"), "it is folded");
    window.press(Role::DisclosureTriangle, "Technical");
    window.until_said("Frontier");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let envelope = Envelope { now_ms: None, circle: None, request: Request::Status };
    let socket = Home::at(&home).socket_path();
    let answer = runtime.block_on(ipc::ask(&socket, &envelope)).expect("the window listens");
    let Answer::Status(status) = answer.unwrap() else { panic!("no status") };
    let circle = &status.circles[0];
    for told in [&status.device, &circle.frontier, &circle.id] {
        assert!(window.says(told), "{told} in {}", window.said());
    }
    window.harness.get_by_role_and_label(Role::Button, "Copy: Frontier").click_accesskit();
    window.settle();
    assert_eq!(window.copied.as_ref(), Some(&circle.frontier));
    // What comes in later is told too.
    let before = circle.frontier.clone();
    window.press(Role::Link, "Share something");
    window.type_into("What is it?", "Ladder");
    window.button("Share it");
    window.until_said("“Ladder” is shared");
    settings(&mut window);
    window.until("another frontier", |harness| {
        harness.query_all_by_label(&before).next().is_none()
            && harness.query_all_by_label("Frontier").next().is_some()
    });
}

#[test]
fn a_backup_is_made_told_with_its_size_and_looked_through() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = anna(&homes.path().join("anna"));
    window.app().go(Route::Devices);
    window.until_said("There is no backup yet");
    window.button("Make a backup in Settings");
    let file = homes.path().join("anna.noaber");
    window.app().choose_next(file.clone());
    window.button("Make a backup");
    window.until_said("Saved ");
    assert!(window.says(file.to_str().unwrap()), "{}", window.said());
    assert!(noaber_node::backup::check(&file).unwrap().ok);
    window.app().choose_next(file.clone());
    window.button("Look through a backup");
    window.until_said("All is well");
    window.app().go(Route::Devices);
    window.until_said("Last backup today");

    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    settings(&mut window);
    window.app().choose_next(file);
    window.button("Look through a backup");
    window.until_said("This backup is damaged");
    window.app().choose_next(homes.path().join("no folder").join("x.noaber"));
    window.button("Make a backup");
    window.until_said("There is no backup: ");
}

#[test]
fn relays_are_checked_before_they_are_used_and_can_be_removed() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("anna");
    let mut window = anna(&home);
    settings(&mut window);
    window.type_into("Address of a relay", "relay example");
    window.press_exactly("Add");
    window.until_said("This is not the address of a relay.");
    drop(window);
    let mut window = Window::open_as_left(&home);
    window.until_said("You use none.");
    window.type_into("Address of a relay", "https://relay.example");
    window.press_exactly("Add");
    window.until_said("Remove https://relay.example");
    window.until_gone("Changing over…");
    window.type_into("Address of a relay", "https://relay.example");
    window.press_exactly("Add");
    window.until_said("You use this relay already.");
    drop(window);
    let mut window = Window::open_as_left(&home);
    window.until_said("Remove https://relay.example");
    window.button("Remove https://relay.example");
    window.until_said("You use none.");
}

#[test]
fn calendar_programs_are_served_once_that_is_chosen_and_no_longer_when_it_is_not() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = anna(&homes.path().join("anna"));
    settings(&mut window);
    assert!(!window.says("The address is a secret"));
    window.press(Role::Switch, "Show my bookings in calendar programs");
    window.button("Copy the address for Lindenstraat");
    let address = window.copied.clone().expect("it was copied");
    let place = address.strip_prefix("http://").unwrap();
    let (host, page) = place.split_once('/').unwrap();
    assert!(host.starts_with("127.0.0.1:") && page.contains(".ics"), "{address}");
    assert!(window.says("The address is a secret"));
    assert!(std::net::TcpStream::connect(host).is_ok());
    window.press(Role::Switch, "Show my bookings in calendar programs");
    window.until_gone("The address is a secret");
    assert!(std::net::TcpStream::connect(host).is_err());
}

#[test]
fn closing_asks_where_something_was_begun_and_keeps_it() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("anna");
    let mut window = anna(&home);
    assert_eq!(close(&mut window), [], "nothing was begun: it just closes");
    assert!(!window.says("You are in the middle of something"));
    drop(window);

    let mut window = Window::open_as_left(&home);
    window.until_said("An empty shelf");
    window.press(Role::Link, "Share something");
    window.type_into("What is it?", "Ladder with eleven rungs");
    assert_eq!(close(&mut window), [ViewportCommand::CancelClose]);
    window.until_said("You are in the middle of something");
    window.button("Keep writing");
    window.until_gone("You are in the middle of something");
    close(&mut window);
    window.until_said("It is kept, and here when you come back.");
    window.harness.get_by_role_and_label(Role::Button, "Close; keep my draft").click_accesskit();
    let mut told = Vec::new();
    for _ in 0..4 {
        window.harness.step();
        told.extend(commands(&window));
    }
    assert!(told.contains(&ViewportCommand::Close), "{told:?}");
    drop(window);

    let mut window = Window::open_as_left(&home);
    window.until_said("What it is, a photo, done.");
    let field = |harness: &egui_kittest::Harness<'static, noaber_gui::app::App>| {
        let mut all = harness.query_all_by_label("What is it?");
        all.any(|node| node.value().as_deref() == Some("Ladder with eleven rungs"))
    };
    window.until("the draft", field);
    window.button("Share it");
    window.until_said("“Ladder with eleven rungs” is shared");
    assert_eq!(close(&mut window), [], "what was sent is not asked about");
}

#[test]
fn messages_that_were_begun_wait_while_one_looks_elsewhere_and_after_closing() {
    let homes = tempfile::tempdir().unwrap();
    let home = homes.path().join("anna");
    let mut window = anna(&home);
    let share = |window: &mut Window, title: &str| {
        window.press(Role::Link, "Share something");
        window.type_into("What is it?", title);
        window.button("Share it");
        window.until_said(&format!("“{title}” is shared"));
    };
    share(&mut window, "Drill");
    share(&mut window, "Tent");
    let holds = |window: &mut Window, text: &'static str| {
        window.until(text, move |harness| {
            let mut all = harness.query_all_by_label("Message");
            all.any(|node| node.value().as_deref().unwrap_or_default() == text)
        });
    };
    window.type_into("Message", "The pegs are new");
    window.press(Role::Link, "Browse");
    window.button("Drill, from Anna");
    holds(&mut window, "");
    window.press(Role::Link, "Browse");
    window.button("Tent, from Anna");
    holds(&mut window, "The pegs are new");
    drop(window);
    let mut window = Window::open_as_left(&home);
    window.button("Tent, from Anna");
    holds(&mut window, "The pegs are new");
    window.press_exactly("Send");
    window.until_said("The pegs are new");
    holds(&mut window, "");
}

#[test]
fn what_concerns_the_member_is_told_once_in_the_window_while_somebody_looks() {
    let homes = tempfile::tempdir().unwrap();
    let street = support::street::Street::live(homes.path());
    let home = street.houses[0].path.clone();
    let clock = street.clock.clone();
    let mut street = street;
    street.make_room(1);
    let setup = Setup { clock, ..Setup::new(&home) };
    let mut window = Window::open(setup.clone());
    let is_open = |h: &egui_kittest::Harness<'static, noaber_gui::app::App>| {
        h.state().view().is_some_and(|view| !view.circles.is_empty())
    };
    window.until("the circle", is_open);
    let view = window.app().view().unwrap();
    let circle = view.circles.values().next().unwrap();
    let words = noaber_gui::words::Words::new(Lang::En);
    let now = setup.clock.now();
    let hearer = noaber_gui::notices::Hearer { words: &words, circle, me: view.member, now };
    let unseen = noaber_core::notice::notices(circle, view.member, now);
    let unseen = unseen.iter().filter(|notice| !notice.seen);
    let told: Vec<String> =
        unseen.filter_map(|notice| Some(hearer.told(&notice.reason)?.text)).collect();
    let said = match &told[..] {
        [] => panic!("a week without news"),
        [one] => one.clone(),
        [.., last] if told.len() <= 3 => last.clone(),
        many => format!("{} things happened in Lindenstraat", many.len()),
    };
    window.until_said(&said);
    drop(window);
    let mut window = Window::open(setup);
    window.until("the circle", is_open);
    for _ in 0..200 {
        window.harness.step();
        assert!(!window.says(&said), "it rang twice");
        std::thread::sleep(std::time::Duration::from_millis(4));
    }
}

#[test]
fn devices_say_what_only_this_one_decides_about() {
    let homes = tempfile::tempdir().unwrap();
    let mut window = anna(&homes.path().join("anna"));
    window.app().go(Route::Devices);
    window.until_said("It decides about nothing yet.");
    assert!(window.says("Each neighbour has one device in Noaber for now."));
    window.press(Role::Link, "Share something");
    window.type_into("What is it?", "Ladder");
    window.button("Share it");
    window.until_said("“Ladder” is shared");
    window.app().go(Route::Devices);
    window.until_said("It decides about one thing that you share");
    window.until_said("Only this device can say yes for these.");
    let me = window.app().view().unwrap().member.to_string();
    let spoken = format!("You are {} {}", &me[..4], &me[4..8]);
    assert!(window.says(&spoken), "{}", window.said());
}
