//! Calendar: the member's month.

use eframe::egui::Ui;

use crate::desk::Desk;
use crate::widgets::heading;

/// See the module.
#[derive(Default)]
pub(super) struct Calendar;

impl Calendar {
    /// Shows the page.
    #[expect(clippy::unused_self, reason = "the page is still to come")]
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        heading(ui, &desk.words.say("nav-calendar"), "");
    }
}
