//! Balance, in two windows on two real nodes: shared, agreed, paid, and seen to come.

mod support;

use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use noaber_core::Command;
use noaber_core::wire::HouseRules;
use noaber_gui::desk::Route;
use support::{Setup, Window};

fn street(homes: &std::path::Path) -> [Window; 2] {
    let mut anna = Window::open(Setup::new(&homes.join("anna")));
    anna.type_into("Your name", "Anna Bakker");
    anna.type_into("Name of your circle", "Lindenstraat");
    anna.button("Start this circle");
    anna.until_said("An empty shelf");
    anna.press(Role::Link, "Neighbours");
    anna.button("Invite a neighbour");
    anna.until_said("It works until");
    anna.button("Copy the link");
    let link = anna.copied.clone().expect("the link was copied");
    anna.button("Done");
    let mut ben = Window::open(Setup::new(&homes.join("ben")));
    ben.press(Role::RadioButton, "I have an invite");
    ben.type_into("Your name", "Ben Visser");
    ben.type_into("The link of your invite", &link);
    ben.until_said("This is the way into Lindenstraat");
    ben.button("Knock at the door");
    for _ in 0..3_000 {
        anna.harness.step();
        ben.harness.step();
        if ben.says("Good ") {
            return [anna, ben];
        }
        std::thread::sleep(std::time::Duration::from_millis(4));
    }
    panic!("the door stays shut: {}", ben.said());
}

/// Anna bought paint for both.
fn paint(anna: &mut Window, cost: &str) {
    anna.press(Role::Link, "Balance");
    anna.button("I paid for something");
    anna.type_into("What was it?", "Paint for the bench");
    anna.type_into("How much did you pay?", cost);
    anna.button("Share the cost");
}

#[test]
fn anna_shares_a_cost_ben_agrees_pays_and_she_sees_it_come() {
    let homes = tempfile::tempdir().unwrap();
    let [mut anna, mut ben] = street(homes.path());
    anna.press(Role::Link, "Balance");
    anna.until_said("You are even");
    anna.type_into("Account number (IBAN)", "NL91ABNA0417164301");
    anna.until_said("There is a typing mistake in it.");
    clear(&mut anna, "Account number (IBAN)");
    anna.type_into("Account number (IBAN)", "nl91 abna 0417 1643 00");
    anna.until_said("This number can be right.");
    anna.button("Save");
    anna.until_said("Your neighbours can pay you now.");
    paint(&mut anna, "25");
    anna.until_said("Ben Visser owes you €12.50");
    anna.until_said("Waits for Ben");
    assert!(anna.says("You are even"), "nothing counts that nobody agreed to");

    ben.until_said("Balance, one question waits");
    ben.press(Role::Link, "Balance");
    ben.until_said("You owe Anna Bakker €12.50");
    ben.until_said("Paint for the bench");
    ben.button("Agree: You owe Anna Bakker €12.50");
    ben.until_said("You pay Anna Bakker");
    anna.until_said("Ben Visser pays you");

    ben.button("Pay: Anna Bakker, €12.50");
    ben.until_said("Scan this with the app of your bank.");
    ben.button("Copy the account number");
    assert_eq!(ben.copied.as_deref(), Some("NL91ABNA0417164300"));
    ben.button("Copy the amount");
    assert_eq!(ben.copied.as_deref(), Some("12.50"));
    ben.harness.check_accessibility();
    ben.button("I have paid this");
    ben.until_said("You said it is paid; Anna has to see it come");
    assert!(ben.says("You pay Anna Bakker"), "it counts once she has seen it");

    anna.until_said("Ben Visser paid you €12.50");
    anna.button("It has come: Ben Visser paid you €12.50");
    anna.until_said("You are even");
    ben.until_said("You are even");
    ben.until_said("Everybody is even.");
}

fn clear(window: &mut Window, field: &str) {
    use eframe::egui::{Key, Modifiers};
    window.harness.get_by_role_and_label(Role::TextInput, field).focus();
    window.settle();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.settle();
    window.harness.key_press(Key::Backspace);
    window.settle();
}

#[test]
fn what_is_not_right_is_said_so_and_taken_back() {
    let homes = tempfile::tempdir().unwrap();
    let [mut anna, mut ben] = street(homes.path());
    paint(&mut anna, "40,01");
    ben.press(Role::Link, "Balance");
    ben.button("That is not right");
    ben.type_into("In your words", "It was 30");
    ben.button("Say so");
    ben.until_gone("Waiting for your word");
    anna.until_said("Ben says: that is not right");
    anna.until_said("“It was 30”");
    anna.button("Take it back");
    anna.until_gone("Not agreed yet by others");
    anna.until_said("You are even");
}

#[test]
fn what_is_missing_is_asked_for_and_who_is_left_out_pays_nothing() {
    let homes = tempfile::tempdir().unwrap();
    let [mut anna, _ben] = street(homes.path());
    anna.press(Role::Link, "Balance");
    anna.button("I paid for something");
    anna.button("Share the cost");
    anna.until_said("Say what it was.");
    anna.type_into("What was it?", "Soup");
    anna.button("Share the cost");
    anna.until_said("Write an amount like 12.50.");
    anna.type_into("How much did you pay?", "9.99");
    anna.press(Role::CheckBox, "Ben Visser €");
    anna.button("Share the cost");
    anna.until_said("Tick at least one neighbour.");
    anna.press(Role::CheckBox, "Ben Visser");
    anna.press(Role::CheckBox, "You €");
    anna.until_said("Ben Visser €9.99");
    anna.button("Share the cost");
    anna.until_said("Ben Visser owes you €9.99");
}

#[test]
fn hours_of_help_are_there_where_the_circle_counts_them() {
    let homes = tempfile::tempdir().unwrap();
    let [mut anna, _ben] = street(homes.path());
    anna.app().go(Route::Balance);
    anna.until_said("Everybody");
    assert!(!anna.says("Hours of help"));
    let view = anna.app().view().expect("it runs");
    let circle = *view.circles.keys().next().expect("one circle");
    let rules = HouseRules { timebank: true, floor_quarters: -4 };
    anna.app().push(Command::SetHouseRules { circle, rules });
    anna.until_said("Hours of help");
    anna.until_said("You gave as much as you got");
    let view = anna.app().view().expect("it runs");
    let ben = *view.circles[&circle].roster.members.keys().find(|id| **id != view.member).unwrap();
    let owe = noaber_core::wire::Owe {
        creditor: noaber_core::wire::Party::Member(ben),
        unit: noaber_core::wire::Unit::Quarters,
        debts: vec![(noaber_core::wire::Party::Member(view.member), 6)],
        cause: noaber_core::wire::Cause::Shared,
        text: "The hedge".into(),
        photo: None,
    };
    anna.app().push(Command::Owe { circle, owe });
    anna.until_said("You got 1.5 h more than you gave");
    anna.until_said("That is below −1 h, as the circle agreed.");
}
