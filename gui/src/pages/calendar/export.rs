//! The month in another calendar: a file to import.

use std::sync::Arc;

use eframe::egui::Ui;

use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::widgets::{Button, Look, section, text};

/// See the module.
#[derive(Default)]
pub(super) struct Export {
    saving: Option<Ticket>,
    trouble: Option<String>,
}

impl Export {
    /// Shows what it means, and the button.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.hear(desk);
        let words = desk.words;
        section(ui, &words.say("month-file"), |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            text::weak(ui, words.say("month-file-line"));
            if let Some(trouble) = &self.trouble {
                text::trouble(ui, trouble.clone());
            }
            let label = words.say("month-file-save");
            let button = Button::new(&label, Look::Plain).icon(Icon::CALENDAR_CHECK);
            if ui.add(button.only_if(self.saving.is_none())).clicked() {
                let (circle, name) = (Arc::clone(&desk.circle), words.say("month-file-name"));
                self.trouble = None;
                let saving = desk.engine.save_calendar(circle, desk.me, label.clone(), name);
                self.saving = Some(saving);
            }
        });
    }

    fn hear(&mut self, desk: &mut Desk<'_>) {
        let Some(Answer::Saved(Some(saved))) = desk.take(&mut self.saving) else { return };
        match saved {
            Ok(file) => {
                let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let said = desk.words.tell("month-file-saved", &[("file", file.into())]);
                desk.toast(Icon::CHECK_CIRCLE, said, None);
            }
            Err(error) => {
                let fills = [("detail", error.to_string().into())];
                self.trouble = Some(desk.words.tell("fail-store", &fills));
            }
        }
    }
}
