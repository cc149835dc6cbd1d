//! Devices: where the member is at home, what this device decides about, and what happens if it gets lost.

use eframe::egui::{Label, RichText, ScrollArea, Ui};
use noaber_core::id::DeviceId;

use crate::desk::{Desk, Route};
use crate::engine::{Answer, Kept, Ticket};
use crate::fonts::{Icon, Weight};
use crate::theme::Palette;
use crate::widgets::{Button, Half, Look, Tone, card, halves, heading, pill, section, text};

/// Letters of an id that are read to each other, in groups of four.
const READ_LETTERS: usize = 16;

/// See the module.
#[derive(Default)]
pub(super) struct Devices {
    asked: Option<Ticket>,
    kept: Option<Box<Kept>>,
    /// Whether what is kept was asked for since the page was turned to.
    is_fresh: bool,
    is_copied: bool,
}

impl Devices {
    /// The page is turned to: what is kept may have changed.
    pub(super) fn begin(&mut self) {
        *self = Self { kept: self.kept.take(), ..Self::default() };
    }

    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.hear(desk);
        heading(ui, &desk.words.say("nav-devices"), &desk.words.say("devices-line"));
        ui.add_space(6.0);
        let scroll = ScrollArea::vertical().id_salt("devices").auto_shrink([false, false]);
        scroll.show(ui, |ui| {
            halves(ui, desk.room, |ui, half| match half {
                Half::First => self.first(ui, desk),
                Half::Second => self.second(ui, desk),
            });
            ui.add_space(24.0);
        });
    }

    fn hear(&mut self, desk: &mut Desk<'_>) {
        if !std::mem::replace(&mut self.is_fresh, true) {
            self.asked = Some(desk.engine.ask_kept());
        }
        if let Some(Answer::Kept(kept)) = desk.take(&mut self.asked) {
            self.kept = Some(kept);
        }
    }

    fn first(&self, ui: &mut Ui, desk: &Desk<'_>) {
        self.here(ui, desk);
        others(ui, desk);
    }

    fn second(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        lost(ui, desk);
        self.identity(ui, desk);
    }

    fn here(&self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        let device = desk.view.device;
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            let fills = [("name", name_of(desk, device).into())];
            text::title(ui, words.tell("devices-here", &fills));
            let keeps = decides_about(desk, device);
            let (icon, tone) =
                if keeps == 0 { (Icon::INFO, Tone::Quiet) } else { (Icon::KEY, Tone::Going) };
            line(ui, icon, words.tell("devices-keeps", &[("count", keeps.into())]), tone);
            if keeps > 0 {
                text::weak(ui, words.say("devices-keeps-line"));
            }
            let circle = &desk.circle;
            if let Some(member) = circle.roster.members.get(&desk.me) {
                let since = words.date_with_year(circle.zone.date(member.since));
                let fills = [("circle", (&circle.name).into()), ("date", since.into())];
                line(ui, Icon::HOUSE, words.tell("devices-since", &fills), Tone::Quiet);
            }
            let Some(kept) = &self.kept else { return };
            let size = words.size(kept.bytes);
            let said = words.tell("devices-disk", &[("size", size.into())]);
            line(ui, Icon::DEVICE, said, Tone::Quiet);
            match &kept.backup {
                Some(made) => {
                    let at = words.moment(made.at, desk.moment());
                    let said = words.tell("devices-backup-last", &[("at", at.into())]);
                    line(ui, Icon::CHECK_CIRCLE, said, Tone::Good);
                }
                None => line(ui, Icon::INFO, words.say("devices-backup-never"), Tone::Mind),
            }
        });
    }

    fn identity(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        let id = desk.me.to_string();
        section(ui, &words.say("devices-you"), |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            text::body(ui, words.say("devices-you-line"));
            let spoken = in_groups(&id);
            let shown = RichText::new(&spoken).font(Weight::Bold.at(22.0));
            let label = ui.add(Label::new(shown.color(Palette::of(ui).text)).wrap());
            let name = words.tell("devices-you-is", &[("id", spoken.into())]);
            label.widget_info(|| {
                eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Label, true, &name)
            });
            let key = if self.is_copied { "settings-calendar-copied" } else { "devices-copy" };
            let icon = if self.is_copied { Icon::CHECK } else { Icon::COPY };
            let label = words.say(key);
            if ui.add(Button::new(&label, Look::Plain).icon(icon)).clicked() {
                ui.ctx().copy_text(id);
                self.is_copied = true;
            }
        });
    }
}

/// The member's other devices; honest where there are none.
fn others(ui: &mut Ui, desk: &Desk<'_>) {
    let words = desk.words;
    let roster = &desk.circle.roster;
    let mine = roster.members.get(&desk.me).map(|member| member.devices.clone());
    let others: Vec<DeviceId> =
        mine.unwrap_or_default().into_iter().filter(|id| *id != desk.view.device).collect();
    section(ui, &words.say("devices-others"), |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        if others.is_empty() {
            text::body(ui, words.say("devices-one"));
        }
        for device in others {
            text::strong(ui, name_of(desk, device));
            let (said, tone) = crate::sync::of_member(desk, &[device]);
            let icon = if tone == Tone::Good { Icon::CHECK_CIRCLE } else { Icon::CLOCK };
            pill(ui, icon, &said, tone);
            let count = decides_about(desk, device);
            text::small(ui, words.tell("devices-other-decides", &[("count", count.into())]));
        }
    });
}

fn lost(ui: &mut Ui, desk: &mut Desk<'_>) {
    let words = desk.words;
    let goes = section(ui, &words.say("devices-lost"), |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        text::body(ui, words.say("devices-lost-line"));
        text::weak(ui, words.say("devices-lost-not-yet"));
        let label = words.say("devices-to-backup");
        ui.add(Button::new(&label, Look::Plain).icon(Icon::DOWNLOAD)).clicked()
    });
    if goes {
        desk.go(Route::Settings);
    }
}

fn line(ui: &mut Ui, icon: Icon, said: String, tone: Tone) {
    ui.horizontal_top(|ui| {
        let palette = Palette::of(ui);
        ui.spacing_mut().item_spacing.x = 8.0;
        let colour = match tone {
            Tone::Good => palette.ok,
            Tone::Going => palette.primary,
            Tone::Mind => palette.accent,
            Tone::Quiet => palette.weak,
        };
        text::glyph(ui, icon, colour);
        ui.add(Label::new(RichText::new(said).color(palette.text)).wrap());
    });
}

fn name_of(desk: &Desk<'_>, device: DeviceId) -> String {
    desk.circle.roster.devices.get(&device).map(|device| device.name.clone()).unwrap_or_default()
}

/// How many things only this device can say yes for.
fn decides_about(desk: &Desk<'_>, device: DeviceId) -> usize {
    let offered = desk.circle.listings.values().filter(|l| desk.circle.is_offered(l));
    offered.filter(|listing| listing.keeper == device).count()
}

/// The first letters of an id in groups, as they are read out.
pub(super) fn in_groups(id: &str) -> String {
    let letters: Vec<char> = id.chars().take(READ_LETTERS).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_groups;

    #[test]
    fn an_id_is_read_out_in_groups_of_four() {
        assert_eq!(in_groups("0123456789abcdef0123"), "0123 4567 89ab cdef");
        assert_eq!(in_groups("012345"), "0123 45");
    }
}
