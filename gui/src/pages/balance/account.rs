//! Where I am paid: an IBAN, checked while it is typed, and whose account it is.

use eframe::egui::Ui;
use noaber_core::money::{BadIban, Iban};
use noaber_core::wire::Profile;

use crate::desk::Desk;
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::{Button, Field, Look, section, text};
use crate::words::Words;

/// See the module.
#[derive(Default)]
pub(super) struct Account {
    typed: Option<Profile>,
}

impl Account {
    /// Shows the fields; gives what is to be kept.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &Desk<'_>) -> Option<Profile> {
        let words = desk.words;
        let kept = desk.circle.profiles.get(&desk.me).map(|(_, profile)| profile.clone());
        let kept = kept.unwrap_or_default();
        let mut typed = self.typed.clone().unwrap_or_else(|| Profile {
            iban: kept.iban.parse::<Iban>().map_or(kept.iban.clone(), |iban| iban.to_string()),
            payee: if kept.payee.is_empty() {
                desk.circle.name_of(desk.me).to_owned()
            } else {
                kept.payee.clone()
            },
        });
        let before = typed.clone();
        let mut saved = None;
        section(ui, &words.say("balance-account"), |ui| {
            ui.spacing_mut().item_spacing.y = 9.0;
            text::small(ui, words.say("balance-account-line"));
            let caption = words.say("balance-account-iban");
            Field::new(&caption).most(42).show(ui, &mut typed.iban);
            let iban = typed.iban.parse::<Iban>();
            match &iban {
                Ok(_) => {
                    ui.horizontal(|ui| {
                        text::glyph(ui, Icon::CHECK_CIRCLE, Palette::of(ui).ok);
                        text::small(ui, words.say("balance-account-good"));
                    });
                }
                Err(_) if typed.iban.trim().is_empty() => {}
                Err(error) => text::trouble(ui, flaw(words, *error)),
            }
            let caption = words.say("balance-account-payee");
            Field::new(&caption).most(70).show(ui, &mut typed.payee);
            let iban = match iban {
                Ok(iban) => Some(iban.compact().to_owned()),
                // Nothing: no longer told to anybody.
                Err(_) if typed.iban.trim().is_empty() => Some(String::new()),
                Err(_) => None,
            };
            let payee = typed.payee.trim().to_owned();
            let profile = iban.map(|iban| Profile { iban, payee });
            let profile = profile.filter(|profile| *profile != kept && self.typed.is_some());
            let label = words.say("balance-account-save");
            let button = Button::new(&label, Look::Plain).icon(Icon::CHECK);
            if ui.add(button.only_if(profile.is_some())).clicked() {
                saved = profile;
            }
        });
        if typed != before {
            self.typed = Some(typed);
        }
        if saved.is_some() {
            self.typed = None;
        }
        saved
    }
}

fn flaw(words: &Words, error: BadIban) -> String {
    match error {
        BadIban::Characters => words.say("iban-characters"),
        BadIban::Country => words.say("iban-country"),
        BadIban::Length { expected, found } => {
            words.tell("iban-length", &[("expected", expected.into()), ("found", found.into())])
        }
        BadIban::Checksum => words.say("iban-typing"),
    }
}
