//! The last lines that the program told about itself.

use eframe::egui::{Label, RichText, ScrollArea, Ui, vec2};
use tracing::Level;

use crate::desk::Desk;
use crate::fonts::Icon;
use crate::log::{self, Line};
use crate::theme::{Palette, SMALL};
use crate::widgets::{Button, Look, chip, section, text};

/// Height of the window into the log, in points.
const HEIGHT: f32 = 280.0;

/// See the module.
#[derive(Default)]
pub(super) struct Log {
    lines: Vec<Line>,
    is_stale: bool,
    only_trouble: bool,
    is_copied: bool,
}

impl Log {
    /// Looks for new lines the next time it is shown.
    pub(super) fn look(&mut self) {
        self.is_stale = true;
    }

    /// Shows the card.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        if self.is_stale
            && let Some(lines) = log::lines()
        {
            (self.lines, self.is_stale, self.is_copied) = (lines, false, false);
        }
        let words = desk.words;
        section(ui, &words.say("tech-log"), |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                for (key, only_trouble) in [("tech-log-all", false), ("tech-log-trouble", true)] {
                    let is_chosen = self.only_trouble == only_trouble;
                    if chip(ui, &words.say(key), None, is_chosen).clicked() {
                        self.only_trouble = only_trouble;
                        self.is_stale = true;
                    }
                }
            });
            let shown: Vec<String> = self.shown().map(|line| told(desk, line)).collect();
            if shown.is_empty() {
                text::weak(ui, words.say("tech-log-none"));
                return;
            }
            self.window(ui, &shown);
            let key = if self.is_copied { "tech-copied" } else { "tech-log-copy" };
            let icon = if self.is_copied { Icon::CHECK } else { Icon::COPY };
            let label = words.say(key);
            if ui.add(Button::new(&label, Look::Plain).icon(icon)).clicked() {
                ui.ctx().copy_text(shown.join("\n"));
                self.is_copied = true;
            }
        });
    }

    fn shown(&self) -> impl Iterator<Item = &Line> {
        // The lesser the level, the more it matters.
        let most = if self.only_trouble { Level::WARN } else { Level::TRACE };
        self.lines.iter().filter(move |line| line.level <= most)
    }

    fn window(&self, ui: &mut Ui, shown: &[String]) {
        let _ = self;
        let palette = Palette::of(ui);
        let height = ui.text_style_height(&eframe::egui::TextStyle::Body);
        let scroll = ScrollArea::both().id_salt("log").max_height(HEIGHT).stick_to_bottom(true);
        scroll.auto_shrink([false, true]).show_rows(ui, height, shown.len(), |ui, rows| {
            for line in shown.get(rows).unwrap_or_default() {
                let line = RichText::new(line).size(SMALL).color(palette.text);
                ui.add(Label::new(line).extend());
            }
        });
    }
}

fn told(desk: &Desk<'_>, line: &Line) -> String {
    let at = desk.circle.zone.civil(line.at);
    let clock = desk.words.clock(at.time());
    let second = at.second();
    format!("{clock}:{second:02} {} {} {}", line.level, line.who, line.text)
}
