//! Notices: what happened that concerns the member.

use eframe::egui::Ui;

use crate::desk::Desk;
use crate::widgets::heading;

/// See the module.
#[derive(Default)]
pub(super) struct Notices;

impl Notices {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let Self = self;
        heading(ui, &desk.words.say("nav-notices"), "");
    }
}
