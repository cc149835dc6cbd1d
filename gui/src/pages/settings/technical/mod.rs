//! Under the bonnet: ids, frontiers, other devices and the ways to them, traffic, the log. The only place
//! in the window that speaks as the program does.

mod log;
mod peers;

use eframe::egui::{
    CursorIcon, Label, Response, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2,
};
use noaber_node::api::rows::{CircleStatusRow, StatusRow, TrafficRow};

use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::{Palette, SMALL, TITLE};
use crate::widgets::{Button, Look, card, focus_ring, icon_button, section, text};

/// See the module.
#[derive(Default)]
pub(super) struct Technical {
    is_open: bool,
    asked: Option<Ticket>,
    /// What the answer was asked for: a frontier that moved is asked for anew.
    known_at: Option<u64>,
    status: Option<Result<Box<StatusRow>, String>>,
    opening: Option<Ticket>,
    log: log::Log,
}

impl Technical {
    /// Shows the fold, and what is in it.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        let title = words.say("settings-technical");
        let line = words.say("settings-technical-line");
        if fold(ui, self.is_open, &title, &line).clicked() {
            self.is_open = !self.is_open;
            self.known_at = None;
        }
        if !self.is_open {
            return;
        }
        self.ask(desk);
        match &self.status {
            Some(Ok(status)) => {
                let again = here(ui, desk, status);
                for circle in &status.circles {
                    circle_card(ui, desk, circle);
                }
                if let Some(traffic) = &status.traffic {
                    traffic_card(ui, desk, traffic);
                }
                if again {
                    self.known_at = None;
                }
            }
            Some(Err(detail)) => text::trouble(ui, detail.clone()),
            None => {}
        }
        self.data(ui, desk);
        self.log.show(ui, desk);
    }

    /// Asks again whenever something came in or somebody came or went.
    fn ask(&mut self, desk: &mut Desk<'_>) {
        let entries: u64 = desk.view.circles.values().map(|circle| circle.entries).sum();
        let level = desk.view.peers.values().filter(|peer| peer.is_level()).count();
        let now = entries * 1_000 + (desk.view.peers.len() * 20 + level) as u64;
        if self.known_at != Some(now) && self.asked.is_none() {
            self.known_at = Some(now);
            self.asked = Some(desk.engine.ask_status());
            self.log.look();
        }
        if let Some(Answer::Status(status)) = desk.take(&mut self.asked) {
            self.status = Some(status.map_err(|failure| failure.message));
        }
        if let Some(Answer::Opened(false)) = desk.take(&mut self.opening) {
            let said = desk.words.say("tech-open-failed");
            desk.toast(Icon::INFO, said, None);
        }
    }

    fn data(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        let path = desk.engine.home().display().to_string();
        let title = words.say("tech-data");
        let mut opens = false;
        section(ui, &title, |ui| {
            fact(ui, desk, &title, &path);
            let label = words.say("tech-open");
            opens = ui.add(Button::new(&label, Look::Plain).icon(Icon::FOLDER)).clicked();
        });
        if opens {
            // In case there is no program for it.
            ui.ctx().copy_text(path);
            self.opening = Some(desk.engine.open_home());
        }
    }
}

/// This device; gives whether to look again.
fn here(ui: &mut Ui, desk: &Desk<'_>, status: &StatusRow) -> bool {
    let words = desk.words;
    let name = words.say("tech-device");
    section(ui, &name, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        fact(ui, desk, &name, &status.device);
        fact(ui, desk, &words.say("tech-member"), &desk.me.to_string());
        let addresses = if status.addresses.is_empty() {
            words.say("tech-addresses-none")
        } else {
            status.addresses.join(", ")
        };
        fact(ui, desk, &words.say("tech-addresses"), &addresses);
        if let Some(detail) = desk.engine.offline() {
            text::trouble(ui, words.tell("tech-offline", &[("detail", detail.into())]));
        }
        let label = words.say("tech-refresh");
        ui.add(Button::new(&label, Look::Plain).icon(Icon::ARROW_CLOCKWISE)).clicked()
    })
}

fn circle_card(ui: &mut Ui, desk: &Desk<'_>, circle: &CircleStatusRow) {
    let words = desk.words;
    let title = words.tell("tech-circle", &[("name", (&circle.name).into())]);
    section(ui, &title, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        fact(ui, desk, &words.say("tech-id"), &circle.id);
        fact(ui, desk, &words.say("tech-entries"), &circle.entries.to_string());
        fact(ui, desk, &words.say("tech-frontier"), &circle.frontier);
        if circle.newer > 0 {
            let count = usize::try_from(circle.newer).unwrap_or(usize::MAX);
            text::body(ui, words.tell("tech-newer", &[("count", count.into())]));
        }
        ui.add_space(6.0);
        peers::show(ui, desk, circle);
    });
}

fn traffic_card(ui: &mut Ui, desk: &Desk<'_>, traffic: &TrafficRow) {
    let words = desk.words;
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    section(ui, &words.say("tech-traffic"), |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for (key, frames, bytes) in [
            ("tech-in", traffic.frames_in, traffic.bytes_in),
            ("tech-out", traffic.frames_out, traffic.bytes_out),
        ] {
            let fills = [("frames", count(frames).into()), ("size", words.size(bytes).into())];
            text::body(ui, words.tell(key, &fills));
        }
        let photos = words.size(traffic.photo_bytes);
        text::body(ui, words.tell("tech-photos", &[("size", photos.into())]));
    });
}

/// What is so, with a way to copy it.
fn fact(ui: &mut Ui, desk: &Desk<'_>, name: &str, value: &str) {
    ui.horizontal(|ui| {
        let palette = Palette::of(ui);
        let room = ui.available_width() - 54.0;
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.spacing_mut().item_spacing.y = 0.0;
            text::small(ui, name);
            let value = RichText::new(value).size(15.0).color(palette.text);
            ui.add(Label::new(value).truncate());
        });
        let label = desk.words.tell("tech-copy", &[("what", name.into())]);
        if icon_button(ui, Icon::COPY, &label).clicked() {
            ui.ctx().copy_text(value.to_owned());
        }
    });
}

/// The line that opens and closes the rest.
fn fold(ui: &mut Ui, is_open: bool, title: &str, line: &str) -> Response {
    card(ui, |ui| {
        let palette = Palette::of(ui);
        let size = vec2(ui.available_width(), 48.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::DisclosureTriangle, ui.is_enabled(), title);
            info.selected = Some(is_open);
            info
        });
        let room = rect.width() - 50.0;
        let font = Weight::Bold.at(TITLE);
        let title = ui.painter().layout(title.to_owned(), font, palette.text, room);
        let line =
            ui.painter().layout(line.to_owned(), Weight::Body.at(SMALL + 1.0), palette.weak, room);
        let top = rect.center().y - (title.size().y + line.size().y) * 0.5;
        let below = top + title.size().y;
        ui.painter().galley(pos2(rect.left(), top), title, palette.text);
        ui.painter().galley(pos2(rect.left(), below), line, palette.weak);
        let icon = if is_open { Icon::CARET_DOWN } else { Icon::CARET_RIGHT };
        let middle = pos2(rect.right() - 16.0, rect.center().y);
        icon.paint(ui.painter(), middle, 20.0, Fill::Outline, palette.text);
        focus_ring(ui, &response, rect, 12);
        response.on_hover_cursor(CursorIcon::PointingHand)
    })
    .inner
}
