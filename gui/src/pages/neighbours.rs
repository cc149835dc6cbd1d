//! Neighbours: who is in the circle and since when, and a way to let one more in.

use std::collections::BTreeMap;

use eframe::egui::{
    Color32, ColorImage, Image, Label, RichText, ScrollArea, TextureHandle, TextureOptions, Ui,
    vec2,
};
use noaber_core::Outcome;
use noaber_core::id::MemberId;
use noaber_core::roster::{Member, Membership};
use noaber_core::wire::Link;
use qrcode::{EcLevel, QrCode};

use super::devices::in_groups;
use crate::desk::{Desk, Room};
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::sync;
use crate::widgets::{
    Button, Dialog, Look, Tone, avatar, card, dialog, empty, head, heading, pill, text,
};

/// See the module.
#[derive(Default)]
pub(super) struct Neighbours {
    inviting: Option<Ticket>,
    invite: Option<Invite>,
    trouble: Option<String>,
}

struct Invite {
    link: String,
    until: noaber_core::time::Timestamp,
    code: Option<TextureHandle>,
    is_copied: bool,
}

impl Neighbours {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.hear(ui, desk);
        let circle = desk.circle.clone();
        let is_in = |member: &&(&MemberId, &Member)| member.1.membership == Membership::Active;
        let mut members: Vec<_> = circle.roster.members.iter().collect();
        members.retain(|member| is_in(&member));
        members.sort_by_key(|(id, member)| (**id != desk.me, member.name.to_lowercase(), **id));
        self.head(ui, desk, members.len());
        ui.add_space(6.0);
        if let Some(trouble) = &self.trouble {
            text::trouble(ui, trouble.clone());
        }
        ScrollArea::vertical().id_salt("neighbours").auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(14.0, 14.0);
            if desk.room != Room::Wide {
                sync_pill(ui, desk);
            }
            let mut shared: BTreeMap<MemberId, usize> = BTreeMap::new();
            for listing in circle.listings.values().filter(|l| circle.is_offered(l)) {
                *shared.entry(listing.owner).or_default() += 1;
            }
            let columns = if desk.room == Room::Wide { 2 } else { 1 };
            for pair in members.chunks(columns) {
                ui.columns(columns, |columns| {
                    for (ui, (id, member)) in columns.iter_mut().zip(pair) {
                        ui.spacing_mut().item_spacing = vec2(10.0, 8.0);
                        person(ui, desk, **id, member, shared.get(id).copied().unwrap_or(0));
                    }
                });
            }
            if members.len() == 1 {
                let words = desk.words;
                let (title, line) = (words.say("people-alone"), words.say("people-alone-line"));
                empty(ui, Icon::USERS, &title, &line, |_| ());
            }
            ui.add_space(24.0);
        });
        self.show_invite(ui, desk);
    }

    fn head(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, count: usize) {
        let words = desk.words;
        let name = desk.circle.name.clone();
        let line = words.tell("people-line", &[("count", count.into()), ("circle", name.into())]);
        let label = words.say("people-invite");
        let button = Button::new(&label, Look::Primary).icon(Icon::USER_PLUS);
        let button = button.only_if(self.inviting.is_none());
        let title = words.say("nav-neighbours");
        let is_pressed = if desk.room == Room::Narrow {
            heading(ui, &title, &line);
            ui.add_space(4.0);
            ui.add(button.wide()).clicked()
        } else {
            head(ui, &title, &line, |ui| ui.add(button).clicked())
        };
        if is_pressed {
            self.trouble = None;
            self.inviting = Some(desk.engine.invite(desk.circle.id));
        }
    }

    fn hear(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        let Some(Answer::Done(done)) = desk.take(&mut self.inviting) else { return };
        match done {
            Ok(Outcome::Invite(link)) => self.invite = Some(Invite::new(ui, &link)),
            Ok(_) => {}
            Err(error) => self.trouble = Some(desk.failure(&error)),
        }
    }

    fn show_invite(&mut self, ui: &Ui, desk: &Desk<'_>) {
        let Some(invite) = &mut self.invite else { return };
        let words = desk.words;
        let shown = dialog(ui, "invite", &words.say("invite-title"), |ui| {
            text::weak(ui, words.say("invite-line"));
            ui.add_space(8.0);
            if let Some(code) = &invite.code {
                ui.vertical_centered(|ui| {
                    let alt = words.say("invite-code");
                    ui.add(Image::new((code.id(), vec2(240.0, 240.0))).alt_text(alt));
                });
                ui.add_space(6.0);
            }
            let shown: String = invite.link.chars().take(44).collect();
            let shown = RichText::new(format!("{shown}…")).size(14.0);
            ui.add(Label::new(shown.color(crate::theme::Palette::of(ui).weak)).truncate());
            let key = if invite.is_copied { "invite-copied" } else { "invite-copy" };
            let icon = if invite.is_copied { Icon::CHECK } else { Icon::COPY };
            let label = words.say(key);
            if ui.add(Button::new(&label, Look::Primary).icon(icon).wide()).clicked() {
                ui.ctx().copy_text(invite.link.clone());
                invite.is_copied = true;
            }
            ui.add_space(4.0);
            let until = words.moment(invite.until, desk.moment());
            text::small(ui, words.tell("invite-until", &[("at", until.into())]));
            text::small(ui, words.say("invite-online"));
            ui.add_space(6.0);
            let close = words.say("close");
            let is_over = ui.add(Button::new(&close, Look::Plain).wide()).clicked();
            if is_over { Dialog::Closed } else { Dialog::Open }
        });
        if shown == Dialog::Closed {
            self.invite = None;
        }
    }
}

impl Invite {
    fn new(ui: &Ui, link: &Link) -> Self {
        let text = link.to_text();
        let code = QrCode::with_error_correction_level(&text, EcLevel::L).ok();
        let code = code.map(|code| {
            let image = picture(&code);
            ui.ctx().load_texture("invite", image, TextureOptions::NEAREST)
        });
        Self { link: text, until: link.expires, code, is_copied: false }
    }
}

/// The code with the quiet margin of four modules that scanners need (ISO/IEC 18004, 6.3.8).
fn picture(code: &QrCode) -> ColorImage {
    const QUIET: usize = 4;
    let side = code.width() + 2 * QUIET;
    let mut image = ColorImage::filled([side, side], Color32::WHITE);
    for (place, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            let (x, y) = (place % code.width() + QUIET, place / code.width() + QUIET);
            image[(x, y)] = Color32::BLACK;
        }
    }
    image
}

/// The sentence that stands in the rail where that is wide enough.
fn sync_pill(ui: &mut Ui, desk: &Desk<'_>) {
    let (sentence, tone) = sync::sentence(desk);
    let icon = if tone == Tone::Good { Icon::CHECK_CIRCLE } else { Icon::INFO };
    pill(ui, icon, &sentence, tone);
}

fn person(ui: &mut Ui, desk: &Desk<'_>, id: MemberId, member: &Member, shared: usize) {
    let words = desk.words;
    card(ui, |ui| {
        ui.horizontal_top(|ui| {
            avatar(ui, id, &member.name, 52.0);
            ui.add_space(4.0);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                let name = if id == desk.me {
                    words.tell("people-you", &[("name", (&member.name).into())])
                } else {
                    member.name.clone()
                };
                text::title(ui, name);
                let since = words.date_with_year(desk.circle.zone.date(member.since));
                let mut line = words.tell("people-since", &[("date", since.into())]);
                if member.steward {
                    line = format!("{line} · {}", words.say("people-steward"));
                }
                text::small(ui, line);
                let signs = in_groups(&id.to_string());
                text::small(ui, words.tell("people-signs", &[("signs", signs.into())]));
                text::body(ui, words.tell("people-shares", &[("count", shared.into())]));
                if id == desk.me {
                    pill(ui, Icon::DEVICE, &words.say("contact-here"), Tone::Quiet);
                } else {
                    let (said, tone) = sync::of_member(desk, &member.devices);
                    let icon = if tone == Tone::Good { Icon::CHECK_CIRCLE } else { Icon::CLOCK };
                    pill(ui, icon, &said, tone);
                }
            });
        });
    });
}
