//! Everything in one file, and a look through such a file.

use eframe::egui::Ui;
use noaber_node::api::rows::CheckedRow;
use noaber_node::backup::Made;

use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::{Button, Look, progress, section, text};

/// See the module.
#[derive(Default)]
pub(super) struct BackupCard {
    making: Option<Ticket>,
    checking: Option<Ticket>,
    last: Option<Ticket>,
    is_asked: bool,
    made_before: Option<Made>,
    said: Option<Said>,
}

/// What came of the last press.
enum Said {
    Well(String),
    Badly(String),
}

impl BackupCard {
    /// Shows the card.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.hear(desk);
        let words = desk.words;
        let is_busy = self.making.is_some() || self.checking.is_some();
        let mut pressed = [false; 2];
        section(ui, &words.say("settings-backup"), |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            text::body(ui, words.say("settings-backup-line"));
            text::weak(ui, words.say("devices-lost-not-yet"));
            if let Some(made) = &self.made_before {
                let at = words.moment(made.at, desk.moment());
                text::small(ui, words.tell("settings-backup-last", &[("at", at.into())]));
            }
            ui.horizontal_wrapped(|ui| {
                let buttons = [
                    ("settings-backup-make", Look::Primary, Icon::DOWNLOAD),
                    ("settings-backup-check", Look::Plain, Icon::SEARCH),
                ];
                for ((key, look, icon), pressed) in buttons.into_iter().zip(&mut pressed) {
                    let label = words.say(key);
                    let button = Button::new(&label, look).icon(icon).only_if(!is_busy);
                    *pressed = ui.add(button).clicked();
                }
            });
            if self.making.is_some() {
                match desk.engine.saved_percent() {
                    Some(percent) => {
                        let fills = [("percent", usize::from(percent).into())];
                        text::weak(ui, words.tell("settings-backup-part", &fills));
                        progress(ui, f32::from(percent) / 100.0);
                    }
                    None => _ = text::weak(ui, words.say("settings-backup-busy")),
                }
            } else if self.checking.is_some() {
                text::weak(ui, words.say("settings-backup-checking"));
            }
            match &self.said {
                Some(Said::Well(said)) => well(ui, said),
                Some(Said::Badly(said)) => text::trouble(ui, said.clone()),
                None => {}
            }
        });
        if pressed[0] {
            let date = desk.circle.zone.date(desk.now).to_string();
            let name = words.tell("settings-backup-file", &[("date", date.into())]);
            let title = words.say("settings-backup-title");
            self.making = Some(desk.engine.make_backup(title, format!("{name}.noaber")));
            self.said = None;
        }
        if pressed[1] {
            self.checking = Some(desk.engine.check_backup(words.say("settings-backup-open")));
            self.said = None;
        }
    }

    fn hear(&mut self, desk: &mut Desk<'_>) {
        let words = desk.words;
        if !std::mem::replace(&mut self.is_asked, true) {
            self.last = Some(desk.engine.ask_kept());
        }
        if let Some(Answer::Kept(kept)) = desk.take(&mut self.last) {
            self.made_before = kept.backup;
        }
        match desk.take(&mut self.making) {
            Some(Answer::BackedUp(Some(Ok(made)))) => {
                let file = made.file.display().to_string();
                let fills = [("size", words.size(made.bytes).into()), ("file", file.into())];
                self.said = Some(Said::Well(words.tell("settings-backup-done", &fills)));
                self.made_before = Some(*made);
            }
            Some(Answer::BackedUp(Some(Err(error)))) => {
                let fills = [("detail", error.to_string().into())];
                self.said = Some(Said::Badly(words.tell("settings-backup-failed", &fills)));
            }
            _ => {}
        }
        match desk.take(&mut self.checking) {
            Some(Answer::Checked(Some(Ok(row)))) => self.said = Some(checked(desk, &row)),
            Some(Answer::Checked(Some(Err(error)))) => {
                let fills = [("detail", error.to_string().into())];
                self.said = Some(Said::Badly(words.tell("settings-backup-broken", &fills)));
            }
            _ => {}
        }
    }
}

fn checked(desk: &Desk<'_>, row: &CheckedRow) -> Said {
    let words = desk.words;
    if row.ok {
        let count = usize::try_from(row.entries).unwrap_or(usize::MAX);
        return Said::Well(words.tell("settings-backup-good", &[("count", count.into())]));
    }
    let detail = row.problems.join("; ");
    Said::Badly(words.tell("settings-backup-broken", &[("detail", detail.into())]))
}

fn well(ui: &mut Ui, said: &str) {
    ui.horizontal_top(|ui| {
        let palette = Palette::of(ui);
        text::glyph(ui, Icon::CHECK_CIRCLE, palette.ok);
        text::body(ui, said);
    });
}
