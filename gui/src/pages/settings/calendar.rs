//! The member's bookings in calendar programs on this computer.

use eframe::egui::{Label, RichText, Ui};

use crate::desk::Desk;
use crate::engine::{Answer, Calendars, Ticket};
use crate::fonts::Icon;
use crate::theme::{Palette, SMALL};
use crate::widgets::{Button, Look, section, switch, text};

/// See the module.
#[derive(Default)]
pub(super) struct CalendarCard {
    changing: Option<Ticket>,
    trouble: Option<String>,
    copied: Option<String>,
}

impl CalendarCard {
    /// Shows the card.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        if let Some(Answer::Chosen(Err(failure))) = desk.take(&mut self.changing) {
            let fills = [("detail", failure.message.into())];
            self.trouble = Some(desk.words.tell("settings-reach-bad", &fills));
        }
        let words = desk.words;
        let served = desk.engine.reached().calendars.clone();
        let mut is_on = served.is_some();
        let changed = section(ui, &words.say("settings-calendar"), |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            let label = words.say("settings-calendar-on");
            let line = words.say("settings-calendar-line");
            let changed = switch(ui, &mut is_on, &label, &line).changed();
            if let Some(addresses) = &served {
                for (address, circle) in addresses.iter().zip(circles(desk)) {
                    self.address(ui, desk, address, &circle);
                }
                text::small(ui, words.say("settings-calendar-secret"));
            }
            if self.changing.is_some() {
                text::weak(ui, words.say("settings-changing"));
            }
            if let Some(trouble) = &self.trouble {
                text::trouble(ui, trouble.clone());
            }
            changed
        });
        if changed && self.changing.is_none() {
            let calendars = if is_on { Calendars::Served } else { Calendars::Off };
            (self.trouble, self.copied) = (None, None);
            self.changing = Some(desk.engine.choose_calendars(calendars));
        }
    }

    fn address(&mut self, ui: &mut Ui, desk: &Desk<'_>, address: &str, circle: &str) {
        let words = desk.words;
        let palette = Palette::of(ui);
        let shown = RichText::new(address).size(SMALL).color(palette.weak);
        ui.add(Label::new(shown).truncate());
        let is_copied = self.copied.as_deref() == Some(address);
        let (label, icon) = if is_copied {
            (words.say("settings-calendar-copied"), Icon::CHECK)
        } else {
            let fills = [("circle", circle.into())];
            (words.tell("settings-calendar-copy", &fills), Icon::COPY)
        };
        if ui.add(Button::new(&label, Look::Plain).icon(icon)).clicked() {
            ui.ctx().copy_text(address.to_owned());
            self.copied = Some(address.to_owned());
        }
    }
}

/// The names of the circles, in the order of their addresses.
fn circles(desk: &Desk<'_>) -> Vec<String> {
    let all = desk.view.circles.values().filter(|circle| circle.entries > 0);
    all.map(|circle| circle.name.clone()).collect()
}
