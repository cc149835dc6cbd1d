//! How the window looks, and whether the desktop tells what concerns the member.

use eframe::egui::{Id, Label, RichText, ThemePreference, Ui, UiBuilder, vec2};

use crate::desk::{Desk, Wish};
use crate::fonts::Icon;
use crate::preferences::Bell;
use crate::rail::Appearance;
use crate::theme::{BODY, Palette};
use crate::widgets::{chip, icon_button, section, slide, switch, text};
use crate::words::Lang;

/// Language, colours, size of text.
pub(super) fn card(ui: &mut Ui, desk: &mut Desk<'_>) {
    let (words, mut look) = (desk.words, desk.look);
    section(ui, &words.say("settings-look"), |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        text::caption(ui, words.say("settings-language"));
        chips(ui, |ui| {
            for lang in [Lang::En, Lang::Nl] {
                if chip(ui, lang.own_name(), None, look.lang == lang).clicked() {
                    look.lang = lang;
                }
            }
        });
        ui.add_space(4.0);
        text::caption(ui, words.say("settings-colours"));
        chips(ui, |ui| {
            for (theme, key, icon) in [
                (ThemePreference::Light, "settings-light", Icon::SUN),
                (ThemePreference::Dark, "settings-dark", Icon::MOON),
                (ThemePreference::System, "settings-auto", Icon::DEVICE),
            ] {
                if chip(ui, &words.say(key), Some(icon), look.theme == theme).clicked() {
                    look.theme = theme;
                }
            }
        });
        ui.add_space(4.0);
        // The same wherever it stands: larger text makes one column of two, and the keyboard stays here.
        let place = UiBuilder::new().scope_id(Id::unique("text_size"));
        ui.scope_builder(place, |ui| size(ui, desk, &mut look));
    });
    if look != desk.look {
        desk.wishes.push(Wish::Look(look));
    }
}

fn chips(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        contents(ui);
    });
}

fn size(ui: &mut Ui, desk: &Desk<'_>, look: &mut Appearance) {
    let words = desk.words;
    let name = words.say("settings-size");
    text::caption(ui, &name);
    let (least, most) = (Appearance::LEAST, Appearance::MOST);
    let mut shown = look.percent;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if icon_button(ui, Icon::MINUS, &words.say("look-smaller")).clicked() {
            look.percent = look.percent.saturating_sub(Appearance::STEP).max(least);
        }
        let said = |percent: u16| {
            words.tell("settings-size-is", &[("percent", usize::from(percent).into())])
        };
        ui.scope(|ui| {
            ui.set_max_width((ui.available_width() - 48.0).max(90.0));
            let labels = (name.as_str(), said(look.percent));
            let slid =
                slide(ui, (labels.0, &labels.1), look.percent, least..=most, Appearance::STEP);
            shown = slid.shown;
            look.percent = slid.chosen.unwrap_or(look.percent);
        });
        if icon_button(ui, Icon::PLUS, &words.say("look-larger")).clicked() {
            look.percent = (look.percent + Appearance::STEP).min(most);
        }
    });
    // As large as it will be, while it is still being chosen.
    let points = BODY * f32::from(shown) / f32::from(desk.look.percent);
    let percent = words.tell("settings-size-is", &[("percent", usize::from(shown).into())]);
    let example = RichText::new(words.say("settings-size-example")).size(points);
    ui.add(Label::new(example.color(Palette::of(ui).text)).wrap());
    text::small(ui, format!("{percent} · {}", words.say("settings-size-line")));
}

/// Whether the desktop tells.
pub(super) fn bell(ui: &mut Ui, desk: &mut Desk<'_>) {
    let words = desk.words;
    let mut rings = desk.bell == Bell::Rings;
    let [title, label, line] =
        ["settings-bell", "settings-bell-on", "settings-bell-line"].map(|key| words.say(key));
    let changed = section(ui, &title, |ui| switch(ui, &mut rings, &label, &line).changed());
    if changed {
        desk.wishes.push(Wish::Bell(if rings { Bell::Rings } else { Bell::Quiet }));
    }
}
