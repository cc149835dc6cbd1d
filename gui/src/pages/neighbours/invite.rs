//! An invite: a code to scan, a link to send, and until when it works.

use eframe::egui::{Image, Label, RichText, TextureHandle, Ui, vec2};
use noaber_core::Outcome;
use noaber_core::time::Timestamp;
use noaber_core::wire::Link;
use qrcode::EcLevel;

use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::{Button, Dialog, Look, chip, code, dialog, text};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long an invite can live: long enough for a letter box.
const LIVES: [(i64, &str); 3] =
    [(DAY_MS, "invite-day"), (7 * DAY_MS, "invite-week"), (30 * DAY_MS, "invite-month")];
const USUAL: usize = 1;

/// The invite that is shown, or on its way.
#[derive(Default)]
pub(super) struct Inviting {
    asked: Option<Ticket>,
    life: usize,
    invite: Option<Invite>,
    trouble: Option<String>,
}

struct Invite {
    link: String,
    until: Timestamp,
    code: Option<TextureHandle>,
    is_copied: bool,
}

impl Inviting {
    /// Whether one can be begun.
    pub(super) fn is_free(&self) -> bool {
        self.asked.is_none()
    }

    /// Why the last one did not work.
    pub(super) fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// Opens one that lives as long as most need.
    pub(super) fn begin(&mut self, desk: &mut Desk<'_>) {
        self.open(desk, USUAL);
    }

    fn open(&mut self, desk: &mut Desk<'_>, life: usize) {
        self.trouble = None;
        self.life = life;
        self.asked = Some(desk.engine.invite(desk.circle.id, LIVES[life].0));
    }

    /// Shows it, when it is there.
    pub(super) fn show(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        self.hear(ui, desk);
        let Some(invite) = &mut self.invite else { return };
        let words = desk.words;
        let mut other = None;
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
            ui.add(Label::new(shown.color(Palette::of(ui).weak)).truncate());
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
            text::caption(ui, words.say("invite-other"));
            ui.horizontal_wrapped(|ui| {
                for (place, (_, key)) in LIVES.into_iter().enumerate() {
                    let is_this = place == self.life;
                    if chip(ui, &words.say(key), None, is_this).clicked() && !is_this {
                        other = Some(place);
                    }
                }
            });
            ui.add_space(6.0);
            let close = words.say("close");
            let is_over = ui.add(Button::new(&close, Look::Plain).wide()).clicked();
            if is_over { Dialog::Closed } else { Dialog::Open }
        });
        if shown == Dialog::Closed {
            self.invite = None;
        }
        if let Some(life) = other {
            self.open(desk, life);
        }
    }

    fn hear(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        let Some(Answer::Done(done)) = desk.take(&mut self.asked) else { return };
        match done {
            Ok(Outcome::Invite(link)) => self.invite = Some(Invite::new(ui, &link)),
            Ok(_) => {}
            Err(error) => self.trouble = Some(desk.failure(&error)),
        }
    }
}

impl Invite {
    fn new(ui: &Ui, link: &Link) -> Self {
        let text = link.to_text();
        let code = code(ui.ctx(), "invite", &text, EcLevel::L);
        Self { link: text, until: link.expires, code, is_copied: false }
    }
}
