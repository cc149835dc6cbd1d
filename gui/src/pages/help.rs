//! Help: what neighbours offer each other, and what somebody asks for.

use eframe::egui::Ui;

use crate::desk::Desk;
use crate::widgets::heading;

/// See the module.
#[derive(Default)]
pub(super) struct HelpBoard;

impl HelpBoard {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let Self = self;
        heading(ui, &desk.words.say("nav-help"), "");
    }
}
