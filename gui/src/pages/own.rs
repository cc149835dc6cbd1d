//! What an owner can do with a listing: change it, take it off the shelf and put it back, give it away.

use eframe::egui::{ScrollArea, Ui};
use noaber_core::Command;
use noaber_core::id::{ListingId, MemberId};
use noaber_core::listing::{Draft, Listing};
use noaber_core::roster::Membership;

use crate::desk::{Desk, Route};
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::widgets::{Button, Dialog, Look, avatar, dialog, section, text};
use crate::words::first_name;

/// What the owner is in the middle of.
#[derive(Default)]
pub(super) struct Own {
    retiring: Option<Ticket>,
    is_giving: bool,
    /// Who was chosen, until it is certain.
    to: Option<MemberId>,
    given: Option<(Ticket, MemberId)>,
}

impl Own {
    /// Shows what can be done.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing) {
        let words = desk.words;
        section(ui, &words.say("own-title"), |ui| {
            let line = if listing.retired { "own-line-retired" } else { "own-line" };
            text::weak(ui, words.say(line));
            ui.add_space(2.0);
            let label = words.say("own-change");
            if ui.add(Button::new(&label, Look::Primary).icon(Icon::PENCIL)).clicked() {
                desk.go(Route::Edit(listing.id));
            }
            ui.horizontal_wrapped(|ui| {
                if listing.retired {
                    let label = words.say("own-again");
                    if ui.add(Button::new(&label, Look::Plain).icon(Icon::ARROW_U_LEFT)).clicked() {
                        desk.push(edit(desk, listing, false));
                    }
                    return;
                }
                if !listing.is_help() {
                    let label = words.say("own-give");
                    let button = Button::new(&label, Look::Plain).icon(Icon::HAND_HEART);
                    self.is_giving |= ui.add(button).clicked();
                }
                let label = words.say("own-retire");
                if ui.add(Button::new(&label, Look::Careful).icon(Icon::TRASH)).clicked() {
                    self.retiring = Some(desk.submit(edit(desk, listing, true)));
                }
            });
        });
    }

    /// What is asked before it is done, and what came of it.
    pub(super) fn questions(&mut self, ui: &Ui, desk: &mut Desk<'_>, listing: &Listing) {
        self.hear_retired(desk, listing);
        self.hear_given(desk, listing);
        if !self.is_giving {
            return;
        }
        let words = desk.words;
        let title = words.tell("give-title", &[("title", (&listing.general.title).into())]);
        let mut chosen = None;
        let shown = dialog(ui, "give", &title, |ui| {
            text::weak(ui, words.say("give-line"));
            ui.add_space(4.0);
            let scroll = ScrollArea::vertical().id_salt("neighbours").max_height(320.0);
            scroll.auto_shrink([false, true]).show(ui, |ui| neighbours(ui, desk, &mut self.to));
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                let label = match self.to {
                    Some(to) => {
                        let name = first_name(desk.circle.name_of(to));
                        words.tell("give-yes", &[("name", name.into())])
                    }
                    None => words.say("give-choose"),
                };
                let button = Button::new(&label, Look::Primary).icon(Icon::HAND_HEART);
                if ui.add(button.only_if(self.to.is_some())).clicked() {
                    chosen = self.to;
                }
                let never_mind = words.say("cancel");
                let is_over = ui.add(Button::new(&never_mind, Look::Quiet)).clicked();
                if is_over || chosen.is_some() { Dialog::Closed } else { Dialog::Open }
            })
            .inner
        });
        if shown == Dialog::Closed {
            (self.is_giving, self.to) = (false, None);
        }
        if let Some(to) = chosen {
            let (circle, listing) = (desk.circle.id, listing.id);
            self.given = Some((desk.submit(Command::Give { circle, listing, to }), to));
        }
    }

    fn hear_given(&mut self, desk: &mut Desk<'_>, listing: &Listing) {
        let Some((ticket, to)) = self.given else { return };
        let Some(Answer::Done(done)) = desk.take(&mut Some(ticket)) else { return };
        self.given = None;
        let (icon, said) = match done {
            Ok(_) => {
                let name = desk.circle.name_of(to);
                let title = &listing.general.title;
                let fills = [("title", title.into()), ("name", name.into())];
                (Icon::HAND_HEART, desk.words.tell("give-done", &fills))
            }
            Err(error) => (Icon::WARNING_CIRCLE, desk.failure(&error)),
        };
        desk.toast(icon, said, None);
    }

    fn hear_retired(&mut self, desk: &mut Desk<'_>, listing: &Listing) {
        let Some(Answer::Done(done)) = desk.take(&mut self.retiring) else { return };
        match done {
            Ok(_) => {
                let undo = edit(desk, listing, false);
                let title = listing.general.title.as_str();
                let said = desk.words.tell("own-retired", &[("title", title.into())]);
                desk.toast(Icon::TRASH, said, Some(undo));
                desk.go(Route::Browse);
            }
            Err(error) => {
                let said = desk.failure(&error);
                desk.toast(Icon::WARNING_CIRCLE, said, None);
            }
        }
    }
}

fn edit(desk: &Desk<'_>, listing: &Listing, retired: bool) -> Command {
    let (circle, id): (_, ListingId) = (desk.circle.id, listing.id);
    Command::Edit { circle, listing: id, draft: Draft { retired, ..listing.to_draft() } }
}

/// The neighbours, of whom one is chosen.
fn neighbours(ui: &mut Ui, desk: &Desk<'_>, to: &mut Option<MemberId>) {
    let members = desk.circle.roster.members.iter();
    let mut others: Vec<_> = members
        .filter(|(id, member)| **id != desk.me && member.membership == Membership::Active)
        .map(|(id, member)| (member.name.to_lowercase(), *id, member.name.as_str()))
        .collect();
    others.sort_unstable();
    for (_, id, name) in others {
        ui.horizontal(|ui| {
            avatar(ui, id, name, 30.0);
            let is_chosen = *to == Some(id);
            if crate::widgets::chip(ui, name, None, is_chosen).clicked() {
                *to = Some(id);
            }
        });
    }
}
