//! What the keyboard does on every page: one table, from which the window acts, the rail takes its
//! hints, and the list of keys is made that F1 opens.
//!
//! Keys that write a letter count only while nothing is being typed. While a dialog asks something, none
//! of them does: the question comes first.

use eframe::egui::{
    CornerRadius, Event, Frame, Key, KeyboardShortcut, Label, Margin, ModifierNames, Modifiers,
    RichText, Ui, vec2,
};

use crate::desk::Route;
use crate::fonts::Weight;
use crate::theme::Palette;
use crate::widgets::{Button, Dialog, Look, dialog, text};
use crate::words::Words;

/// What a key reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// A page.
    Page(Route),
    /// The search on Browse.
    Search,
    /// The list of keys.
    List,
}

const fn with_ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn alone(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

/// Every key, what it reaches, and the key of the words for that. In the order of the rail.
const TABLE: [(KeyboardShortcut, Reach, &str); 15] = [
    (with_ctrl(Key::Num1), Reach::Page(Route::Browse), "nav-browse"),
    (with_ctrl(Key::Num2), Reach::Page(Route::Week), "nav-car"),
    (with_ctrl(Key::Num3), Reach::Page(Route::Today), "nav-today"),
    (with_ctrl(Key::N), Reach::Page(Route::Share), "nav-share"),
    (with_ctrl(Key::Num4), Reach::Page(Route::Help), "nav-help"),
    (with_ctrl(Key::Num5), Reach::Page(Route::Calendar), "nav-calendar"),
    (with_ctrl(Key::Num6), Reach::Page(Route::Neighbours), "nav-neighbours"),
    (with_ctrl(Key::Num7), Reach::Page(Route::Balance), "nav-balance"),
    (with_ctrl(Key::Num8), Reach::Page(Route::Notices), "nav-notices"),
    (with_ctrl(Key::Num9), Reach::Page(Route::Devices), "nav-devices"),
    (with_ctrl(Key::Comma), Reach::Page(Route::Settings), "nav-settings"),
    (with_ctrl(Key::F), Reach::Search, "browse-search"),
    (alone(Key::Slash), Reach::Search, "browse-search"),
    (alone(Key::F1), Reach::List, "keys-list"),
    (alone(Key::Questionmark), Reach::List, "keys-list"),
];
/// Sends the form that is filled in, wherever the keyboard is in it.
const SEND: KeyboardShortcut = with_ctrl(Key::Enter);

/// What was reached for in this frame. Its key is used up.
pub fn reached(ui: &Ui) -> Option<Reach> {
    let is_asked = ui.memory(|memory| memory.top_modal_layer().is_some());
    if is_asked {
        return None;
    }
    let is_typing = ui.ctx().text_edit_focused();
    ui.input_mut(|input| {
        let (place, reach) = input.events.iter().enumerate().find_map(|(place, event)| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
            let is_it = |shortcut: &KeyboardShortcut| is_pressed(*shortcut, *key, *modifiers);
            let (shortcut, reach, _) = TABLE.iter().find(|(shortcut, ..)| is_it(shortcut))?;
            let is_letter = shortcut.modifiers.is_none() && shortcut.logical_key != Key::F1;
            (!is_letter || !is_typing).then_some((place, *reach))
        })?;
        input.events.remove(place);
        Some(reach)
    })
}

/// Whether the form is to be sent.
pub fn sends(ui: &Ui) -> bool {
    ui.input_mut(|input| input.consume_shortcut(&SEND))
}

/// Exactly this key: on some keyboards letters are written with Ctrl and Alt together. Where a sign of its
/// own is meant, it does not matter whether Shift is needed for it.
fn is_pressed(shortcut: KeyboardShortcut, key: Key, modifiers: Modifiers) -> bool {
    let is_sign = matches!(shortcut.logical_key, Key::Slash | Key::Questionmark);
    let modifiers = if is_sign { Modifiers { shift: false, ..modifiers } } else { modifiers };
    key == shortcut.logical_key && modifiers.matches_exact(shortcut.modifiers)
}

/// The key of the words for a page.
pub fn place(route: Route) -> Option<&'static str> {
    TABLE.iter().find(|(_, reach, _)| *reach == Reach::Page(route)).map(|(.., key)| *key)
}

/// The name of a thing in the rail, with the key that reaches it.
pub fn hint(label: &str, route: Route) -> String {
    match TABLE.iter().find(|(_, reach, _)| *reach == Reach::Page(route)) {
        Some((shortcut, ..)) => format!("{label}  ·  {}", written(*shortcut)),
        None => label.to_owned(),
    }
}

/// As it stands on the keys.
fn written(shortcut: KeyboardShortcut) -> String {
    let key = match shortcut.logical_key {
        Key::Comma => ",",
        Key::Slash => "/",
        Key::Questionmark => "?",
        Key::Plus => "+",
        Key::Minus => "−",
        other => other.name(),
    };
    match ModifierNames::NAMES.format(&shortcut.modifiers, cfg!(target_os = "macos")) {
        none if none.is_empty() => key.to_owned(),
        modifiers => format!("{modifiers}+{key}"),
    }
}

/// The list of keys.
pub fn list(ui: &Ui, words: &Words) -> Dialog {
    dialog(ui, "keys", &words.say("keys-title"), |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        text::weak(ui, words.say("keys-line"));
        ui.add_space(6.0);
        for (place, (_, reach, key)) in TABLE.iter().enumerate() {
            let is_first = TABLE.iter().position(|(_, other, _)| other == reach) == Some(place);
            if is_first {
                let caps = TABLE.iter().filter(|(_, other, _)| other == reach);
                row(ui, caps.map(|(shortcut, ..)| written(*shortcut)), &words.say(key));
            }
        }
        row(ui, [written(SEND)].into_iter(), &words.say("share-button"));
        row(ui, [written(with_ctrl(Key::Plus))].into_iter(), &words.say("look-larger"));
        row(ui, [written(with_ctrl(Key::Minus))].into_iter(), &words.say("look-smaller"));
        ui.add_space(8.0);
        let is_read = ui.add(Button::new(&words.say("close"), Look::Plain)).clicked();
        if is_read { Dialog::Closed } else { Dialog::Open }
    })
}

/// Width of the keys' column.
const CAPS: f32 = 124.0;

fn row(ui: &mut Ui, caps: impl Iterator<Item = String>, label: &str) {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        let left = ui.cursor().left();
        for cap in caps {
            let frame = Frame::new()
                .fill(palette.sunken)
                .corner_radius(CornerRadius::same(8))
                .inner_margin(Margin::symmetric(9, 3));
            let name = RichText::new(cap).font(Weight::Semibold.at(14.5)).color(palette.text);
            frame.show(ui, |ui| ui.add(Label::new(name)));
        }
        ui.add_space((left + CAPS - ui.cursor().left()).max(0.0));
        text::body(ui, label);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_means_two_things_and_every_page_has_one() {
        for (place, (shortcut, ..)) in TABLE.iter().enumerate() {
            assert!(TABLE[place + 1..].iter().all(|(other, ..)| other != shortcut), "{shortcut:?}");
            assert_ne!(*shortcut, SEND);
        }
        for (name, route) in Route::PAGES {
            assert!(hint(name, route).starts_with(&format!("{name}  ·  Ctrl+")), "{name}");
        }
    }

    #[test]
    fn a_letter_of_another_keyboard_is_no_shortcut() {
        let (one, sign) = (with_ctrl(Key::Num1), alone(Key::Questionmark));
        let ctrl = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
        assert!(is_pressed(one, Key::Num1, ctrl));
        assert!(!is_pressed(one, Key::Num1, Modifiers { alt: true, ..ctrl }));
        assert!(!is_pressed(one, Key::Num1, Modifiers { shift: true, ..ctrl }));
        assert!(!is_pressed(one, Key::Num1, Modifiers::NONE));
        assert!(is_pressed(sign, Key::Questionmark, Modifiers::SHIFT));
        assert!(is_pressed(sign, Key::Questionmark, Modifiers::NONE));
        assert!(!is_pressed(sign, Key::Questionmark, ctrl));
    }
}
