//! Share something: a thing, a car, help. Under a minute: what it is, a photo, done; the rest can wait.
//! Beside it, the page that changes something that is shared already.
//!
//! | file | what it knows |
//! |---|---|
//! | `form` | the fields |
//! | `draft` | what becomes of them |
//! | `rules` | what an owner asks of borrowers |

mod draft;
mod form;
mod rules;

use eframe::egui::{ScrollArea, Ui};
use noaber_core::id::ListingId;
use noaber_core::listing::{Draft, Listing};
use noaber_core::{Command, Outcome};

pub use self::form::Kind;
use self::form::{Form, PREVIEW};
use super::drafts::ShareDraft;
use crate::desk::{Desk, Room, Route};
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::keys;
use crate::widgets::{Button, Look, empty, heading, text};

/// Something new.
#[derive(Default)]
pub(super) struct Share {
    form: Form,
    sent: Option<Ticket>,
    trouble: Option<String>,
}

impl Share {
    /// Somebody just came here: the title is what they will type.
    pub(super) fn begin(&mut self) {
        self.form.is_begun = true;
    }

    /// Begins with a kind, unless something is being written already.
    pub(super) fn begin_with(&mut self, kind: Kind) {
        if self.form.kept().is_none() {
            self.form = Form::of_kind(kind);
        }
    }

    /// What would be lost if the form were; nothing where nothing was filled in.
    pub(super) fn kept(&self) -> Option<ShareDraft> {
        self.form.kept()
    }

    /// Goes on with what was kept.
    pub(super) fn resume(&mut self, kept: ShareDraft) {
        self.form = Form::resume(kept);
    }

    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.hear(desk);
        let words = desk.words;
        heading(ui, &words.say("nav-share"), &words.say("share-line"));
        ui.add_space(6.0);
        let is_asking = self.form.kind == Kind::HelpAsk;
        let label = words.say(if is_asking { "share-button-ask" } else { "share-button" });
        let is_busy = self.sent.is_some();
        if sheet(ui, desk, &mut self.form, &label, is_busy, self.trouble.as_deref()) {
            match self.form.draft() {
                Ok(draft) => {
                    let circle = desk.circle.id;
                    self.sent = Some(desk.submit(Command::Offer { circle, draft }));
                }
                Err(key) => self.trouble = Some(words.say(key)),
            }
        }
    }

    fn hear(&mut self, desk: &mut Desk<'_>) {
        let Some(Answer::Done(done)) = desk.take(&mut self.sent) else { return };
        match done {
            Ok(Outcome::Listing(_, listing)) => self.shared(desk, listing),
            Ok(_) => {}
            Err(error) => self.trouble = Some(desk.failure(&error)),
        }
    }

    fn shared(&mut self, desk: &mut Desk<'_>, listing: ListingId) {
        let circle = desk.circle.id;
        set_tariff(desk, listing, &self.form);
        let undo = self.form.draft().ok().map(|draft| {
            let draft = Draft { retired: true, ..draft };
            Command::Edit { circle, listing, draft }
        });
        let said = desk.words.tell("share-done", &[("title", self.form.title.trim().into())]);
        desk.toast(Icon::CHECK_CIRCLE, said, undo);
        desk.go(Route::Listing(listing));
        *self = Self::default();
    }
}

/// Something that is changed.
#[derive(Default)]
pub(super) struct Edit {
    of: Option<ListingId>,
    form: Form,
    before: Option<Draft>,
    sent: Option<Ticket>,
    trouble: Option<String>,
}

impl Edit {
    /// Whether something was changed and is not kept yet.
    pub(super) fn has_changes(&self) -> bool {
        let draft = self.form.draft().ok();
        self.of.is_some() && self.before.is_some() && draft.is_some() && draft != self.before
    }

    /// Shows the page.
    pub(super) fn show(&mut self, id: ListingId, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        let listing = desk.circle.listings.get(&id).cloned();
        let listing = listing.filter(|listing| listing.owner == desk.me);
        if self.of != Some(id) {
            let begun = listing.as_deref().and_then(|listing| Self::new(desk, listing));
            *self = begun.unwrap_or_default();
        }
        if self.of.is_none() {
            let (title, line) = (words.say("listing-gone"), words.say("listing-gone-line"));
            return empty(ui, Icon::PACKAGE, &title, &line, |_| ());
        }
        self.hear(desk, id);
        let label = words.say("edit-back");
        if ui.add(Button::new(&label, Look::Quiet).icon(Icon::ARROW_LEFT)).clicked() {
            *self = Self::default();
            return desk.go(Route::Listing(id));
        }
        let title = listing.map_or_else(String::new, |listing| listing.general.title.clone());
        heading(ui, &words.tell("edit-title", &[("title", title.into())]), "");
        ui.add_space(6.0);
        let label = words.say("edit-button");
        let is_busy = self.sent.is_some();
        if sheet(ui, desk, &mut self.form, &label, is_busy, self.trouble.as_deref()) {
            match self.form.draft() {
                // A price is said beside the document.
                Ok(draft) if Some(&draft) == self.before.as_ref() => self.changed(desk, id, None),
                Ok(draft) => {
                    let circle = desk.circle.id;
                    let edit = Command::Edit { circle, listing: id, draft };
                    self.sent = Some(desk.submit(edit));
                }
                Err(key) => self.trouble = Some(words.say(key)),
            }
        }
    }

    fn new(desk: &Desk<'_>, listing: &Listing) -> Option<Self> {
        let tariff = desk.circle.tariffs.at(listing.id, listing.owner, desk.now);
        let form = Form::of(listing, tariff)?;
        let before = Some(listing.to_draft());
        Some(Self { of: Some(listing.id), form, before, sent: None, trouble: None })
    }

    fn hear(&mut self, desk: &mut Desk<'_>, listing: ListingId) {
        let Some(Answer::Done(done)) = desk.take(&mut self.sent) else { return };
        match done {
            Ok(_) => {
                let circle = desk.circle.id;
                let undo = self.before.take();
                let undo = undo.map(|draft| Command::Edit { circle, listing, draft });
                self.changed(desk, listing, undo);
            }
            Err(error) => self.trouble = Some(desk.failure(&error)),
        }
    }

    fn changed(&mut self, desk: &mut Desk<'_>, listing: ListingId, undo: Option<Command>) {
        set_tariff(desk, listing, &self.form);
        let said = desk.words.tell("edit-done", &[("title", self.form.title.trim().into())]);
        desk.toast(Icon::CHECK_CIRCLE, said, undo);
        desk.go(Route::Listing(listing));
        *self = Self::default();
    }
}

/// The form, what neighbours will see of it, and the button that hands it in; gives whether it was pressed.
fn sheet(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    form: &mut Form,
    label: &str,
    is_busy: bool,
    trouble: Option<&str>,
) -> bool {
    let mut is_pressed = false;
    let mut finish = |ui: &mut Ui, form: &Form, words: &crate::words::Words| {
        if let Some(trouble) = trouble {
            text::trouble(ui, trouble);
        }
        let is_ready = !is_busy && !form.album.is_busy();
        let button = Button::new(label, Look::Primary).icon(Icon::CHECK).only_if(is_ready);
        ui.horizontal_wrapped(|ui| {
            is_pressed = ui.add(button).clicked() || (is_ready && keys::sends(ui));
            if form.title.trim().is_empty() {
                text::small(ui, words.say("share-needs-title"));
            }
        });
    };
    ScrollArea::vertical().id_salt("share").auto_shrink([false, false]).show(ui, |ui| {
        let width = ui.available_width();
        if desk.room == Room::Wide && width > PREVIEW + 460.0 {
            let room = (width - PREVIEW - 32.0).min(720.0);
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 32.0;
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.x = 10.0;
                    ui.set_width(room);
                    form.show(ui, desk);
                    finish(ui, form, desk.words);
                });
                ui.vertical(|ui| form.preview(ui, desk));
            });
        } else {
            ui.set_max_width(width.min(720.0));
            form.show(ui, desk);
            finish(ui, form, desk.words);
        }
        ui.add_space(24.0);
    });
    is_pressed
}

/// Says what driving costs from now on, where that changed.
fn set_tariff(desk: &mut Desk<'_>, listing: ListingId, form: &Form) {
    if let Some(tariff) = form.new_tariff() {
        let (circle, from) = (desk.circle.id, desk.now);
        desk.push(Command::SetTariff { circle, listing, from, tariff });
    }
}
