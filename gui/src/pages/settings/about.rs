//! The circle that is shown, and what this program is.

use eframe::egui::Ui;
use noaber_core::roster::Membership;

use crate::desk::{Desk, Route};
use crate::widgets::{link, section, text};

/// The circle.
pub(super) fn circle(ui: &mut Ui, desk: &mut Desk<'_>) {
    let words = desk.words;
    let circle = desk.circle.clone();
    let members = circle.roster.members.values();
    let count = members.filter(|member| member.membership == Membership::Active).count();
    let mut goes = None;
    section(ui, &words.say("settings-circle"), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        text::strong(ui, &circle.name);
        text::body(ui, words.tell("settings-circle-members", &[("count", count.into())]));
        let zone = circle.timezone.clone();
        text::body(ui, words.tell("settings-circle-zone", &[("zone", zone.into())]));
        let currency = circle.currency.clone();
        text::body(ui, words.tell("settings-circle-currency", &[("currency", currency.into())]));
        ui.add_space(2.0);
        for (key, route) in [
            ("settings-circle-people", Route::Neighbours),
            ("settings-circle-paid", Route::Balance),
        ] {
            if link(ui, &words.say(key)).clicked() {
                goes = Some(route);
            }
        }
    });
    if let Some(route) = goes {
        desk.go(route);
    }
}

/// The program.
pub(super) fn card(ui: &mut Ui, desk: &Desk<'_>) {
    let words = desk.words;
    let version = crate::VERSION;
    section(ui, &words.say("settings-about"), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        text::body(ui, words.tell("settings-about-version", &[("version", version.into())]));
        text::body(ui, words.say("settings-about-line"));
        text::body(ui, words.say("settings-about-licence"));
        text::small(ui, words.say("settings-about-fonts"));
    });
}
