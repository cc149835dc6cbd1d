//! The main story without a mouse: what a key reaches, and where the keyboard is afterwards.

mod support;

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use support::{Setup, Window};

fn write(window: &mut Window, text: &str) {
    window.harness.event(Event::Text(text.to_owned()));
    window.settle();
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.harness.key_press_modifiers(modifiers, key);
    window.settle();
}

/// A circle, started by typing and Enter alone.
fn founder(home: &std::path::Path) -> Window {
    let mut window = Window::open(Setup::new(home));
    window.settle();
    write(&mut window, "Anna Bakker");
    press(&mut window, Modifiers::NONE, Key::Enter);
    write(&mut window, "Lindenstraat");
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.until_said("An empty shelf, for now");
    window
}

#[test]
fn a_circle_is_started_a_thing_shared_and_found_by_typing_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut window = founder(&home.path().join("anna"));
    press(&mut window, Modifiers::COMMAND, Key::N);
    write(&mut window, "Ladder, 4.5 m");
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    window.until_said("“Ladder, 4.5 m” is shared");

    press(&mut window, Modifiers::COMMAND, Key::Num6);
    window.until_said("Invite a neighbour");
    press(&mut window, Modifiers::COMMAND, Key::F);
    write(&mut window, "zzz");
    window.until_gone("Ladder, 4.5 m, from");
    // In a field, a sign is only a sign.
    press(&mut window, Modifiers::NONE, Key::Slash);
    press(&mut window, Modifiers::SHIFT, Key::Questionmark);
    assert!(!window.says("With the keyboard"));
}

#[test]
fn the_list_of_keys_opens_and_closes_by_key_and_holds_the_others_back() {
    let home = tempfile::tempdir().unwrap();
    let mut window = founder(&home.path().join("anna"));
    press(&mut window, Modifiers::COMMAND, Key::Num1);
    for key in [Key::F1, Key::Questionmark] {
        press(&mut window, Modifiers::NONE, key);
        window.until_said("With the keyboard");
        assert!(window.says("Ctrl+N"));
        press(&mut window, Modifiers::COMMAND, Key::Num6);
        assert!(!window.says("Invite a neighbour"), "a question is on the screen");
        press(&mut window, Modifiers::NONE, Key::Escape);
        window.until_gone("With the keyboard");
    }
    // A sign that is no letter reaches the search, and is not written into it.
    press(&mut window, Modifiers::COMMAND, Key::N);
    write(&mut window, "Ladder");
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    window.until_said("“Ladder” is shared");
    press(&mut window, Modifiers::COMMAND, Key::Num6);
    window.harness.event(Event::Text("/".to_owned()));
    press(&mut window, Modifiers::NONE, Key::Slash);
    write(&mut window, "lader");
    window.until_said("Ladder, from Anna Bakker");
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Search");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("lader"));
}
