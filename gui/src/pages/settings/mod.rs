//! Settings: how the window looks, how neighbours are reached, a backup, and what is under the bonnet.
//! One file a card or two.

mod about;
mod backup;
mod calendar;
mod look;
mod reach;
mod technical;

use eframe::egui::{ScrollArea, Ui};

use crate::desk::Desk;
use crate::widgets::{Half, halves, heading};

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
            halves(ui, desk.room, |ui, half| match half {
                Half::First => self.first(ui, desk),
                Half::Second => self.second(ui, desk),
            });
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
