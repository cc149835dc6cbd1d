//! Where a new circle is: its time zone and its currency, as this machine has them, and how to change that.

use eframe::egui::{Align, Layout, Ui, vec2};

use crate::locale::{self, CURRENCIES};
use crate::theme::TARGET;
use crate::widgets::{Button, Field, Look, chip, text};
use crate::words::Words;

/// So many time zones are proposed.
const MOST: usize = 5;

/// What was chosen.
pub(super) struct Place {
    timezone: String,
    currency: &'static str,
    is_open: bool,
    typed: String,
    /// What fits what is typed; looked up once a change.
    found: Vec<String>,
}

impl Default for Place {
    fn default() -> Self {
        let timezone = locale::timezone();
        let currency = locale::currency(&timezone);
        Self { timezone, currency, is_open: false, typed: String::new(), found: Vec::new() }
    }
}

impl Place {
    /// The time zone and the currency.
    pub(super) fn chosen(&self) -> (String, String) {
        (self.timezone.clone(), self.currency.to_owned())
    }

    /// Shows what is chosen, and lets it be changed.
    pub(super) fn show(&mut self, ui: &mut Ui, words: &Words) {
        let key = CURRENCIES.iter().find(|(code, _)| *code == self.currency).map(|(_, key)| *key);
        let currency = key.map_or_else(|| self.currency.to_owned(), |key| words.say(key));
        let city = locale::city(&self.timezone);
        let fills = [("city", city.into()), ("currency", currency.into())];
        let size = vec2(ui.available_width(), TARGET);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            text::weak(ui, words.tell("first-place", &fills));
            let (label, name) = if self.is_open {
                ("first-place-done", "first-place-done")
            } else {
                ("first-place-change", "first-place-change-name")
            };
            let (label, name) = (words.say(label), words.say(name));
            if ui.add(Button::new(&label, Look::Quiet).named(&name)).clicked() {
                self.is_open = !self.is_open;
                (self.typed, self.found) = (String::new(), Vec::new());
            }
        });
        if self.is_open {
            self.choices(ui, words);
        }
    }

    fn choices(&mut self, ui: &mut Ui, words: &Words) {
        let (caption, hint) = (words.say("first-zone"), words.say("first-zone-hint"));
        let field = Field::new(&caption).hint(&hint).most(40).show(ui, &mut self.typed);
        if field.changed() {
            self.found = match self.typed.trim() {
                "" => Vec::new(),
                typed => locale::timezones_like(typed),
            };
            self.found.truncate(MOST);
        }
        if self.found.is_empty() && !self.typed.trim().is_empty() {
            text::small(ui, words.say("first-zone-none"));
        }
        if !self.found.is_empty() {
            self.zones(ui);
        }
        text::caption(ui, words.say("first-currency"));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for (code, key) in CURRENCIES {
                if chip(ui, &words.say(key), None, self.currency == code).clicked() {
                    self.currency = code;
                }
            }
        });
    }

    fn zones(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for zone in &self.found {
                // With its continent: there is more than one Saint-something.
                let label = zone.replace('_', " ");
                if chip(ui, &label, None, self.timezone == *zone).clicked() {
                    self.timezone.clone_from(zone);
                    self.currency = locale::currency(zone);
                }
            }
        });
    }
}
