//! Calendar: the member's month.

use eframe::egui::Ui;

use crate::desk::Desk;
use crate::widgets::heading;

/// See the module.
#[derive(Default)]
pub(super) struct Calendar;

impl Calendar {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let Self = self;
        heading(ui, &desk.words.say("nav-calendar"), "");
    }
}
