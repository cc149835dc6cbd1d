//! Settings: how the window looks, how neighbours are reached, a backup, and what is under the bonnet.
//! One file a card or two.

mod about;
mod backup;
mod calendar;
mod look;
mod reach;
mod technical;

use eframe::egui::{ScrollArea, Ui};

use crate::desk::{Desk, Room};
use crate::widgets::{column, heading};

/// See the module.
#[derive(Default)]
pub(super) struct Settings {
    reach: reach::ReachCard,
    calendar: calendar::CalendarCard,
    backup: backup::BackupCard,
    technical: technical::Technical,
}

impl Settings {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        heading(ui, &desk.words.say("nav-settings"), &desk.words.say("settings-line"));
        ui.add_space(6.0);
        let scroll = ScrollArea::vertical().id_salt("settings").auto_shrink([false, false]);
        scroll.show(ui, |ui| {
            let is_wide = desk.room == Room::Wide && ui.available_width() > 900.0;
            let most = if is_wide { 1180.0 } else { 720.0 };
            ui.set_max_width(ui.available_width().min(most));
            ui.spacing_mut().item_spacing.y = 16.0;
            ui.add_space(0.0);
            if is_wide {
                ui.spacing_mut().item_spacing.x = 16.0;
                ui.columns(2, |columns| {
                    let [left, right] = columns else { return };
                    column(left, |ui| self.first(ui, desk));
                    column(right, |ui| self.second(ui, desk));
                });
                ui.spacing_mut().item_spacing.x = 10.0;
            } else {
                self.first(ui, desk);
                self.second(ui, desk);
            }
            self.technical.show(ui, desk);
            ui.add_space(24.0);
        });
    }

    fn first(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        look::card(ui, desk);
        look::bell(ui, desk);
        self.reach.show(ui, desk);
    }

    fn second(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.backup.show(ui, desk);
        self.calendar.show(ui, desk);
        about::circle(ui, desk);
        about::card(ui, desk);
    }
}
