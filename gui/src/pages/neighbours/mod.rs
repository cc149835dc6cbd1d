//! Neighbours: who is in the circle, since when and on which devices; a way in and a way out.
//!
//! | file | what it knows |
//! |---|---|
//! | `invite` | a code and a link for one more |
//! | `leaving` | what is still open, and good-bye |

mod invite;
mod leaving;

use std::collections::BTreeMap;

use eframe::egui::{ScrollArea, Ui, vec2};
use noaber_core::id::{DeviceId, MemberId};
use noaber_core::roster::{Invite, Member, Membership};
use noaber_core::time::Timestamp;

use self::invite::Inviting;
use self::leaving::Leaving;
use super::devices::in_groups;
use crate::desk::{Desk, Room};
use crate::fonts::Icon;
use crate::sync;
use crate::theme::Palette;
use crate::widgets::{Button, Look, Tone, avatar, card, empty, head, heading, pill, text};

/// See the module.
#[derive(Default)]
pub(super) struct Neighbours {
    inviting: Inviting,
    leaving: Leaving,
}

impl Neighbours {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let circle = desk.circle.clone();
        let is_in = |member: &&(&MemberId, &Member)| member.1.membership == Membership::Active;
        let mut members: Vec<_> = circle.roster.members.iter().collect();
        members.retain(|member| is_in(&member));
        members.sort_by_key(|(id, member)| (**id != desk.me, member.name.to_lowercase(), **id));
        self.head(ui, desk, members.len());
        ui.add_space(6.0);
        if let Some(trouble) = self.inviting.trouble() {
            text::trouble(ui, trouble);
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
            open_invites(ui, desk);
            self.leaving.show(ui, desk);
            ui.add_space(24.0);
        });
        self.inviting.show(ui, desk);
    }

    fn head(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, count: usize) {
        let words = desk.words;
        let name = desk.circle.name.clone();
        let line = words.tell("people-line", &[("count", count.into()), ("circle", name.into())]);
        let label = words.say("people-invite");
        let button = Button::new(&label, Look::Primary).icon(Icon::USER_PLUS);
        let button = button.only_if(self.inviting.is_free());
        let title = words.say("nav-neighbours");
        let is_pressed = if desk.room == Room::Narrow {
            heading(ui, &title, &line);
            ui.add_space(4.0);
            ui.add(button.wide()).clicked()
        } else {
            head(ui, &title, &line, |ui| ui.add(button).clicked())
        };
        if is_pressed {
            self.inviting.begin(desk);
        }
    }
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
                for device in &member.devices {
                    on_device(ui, desk, *device);
                }
            });
        });
    });
}

/// One device of a neighbour, and how far we are with it.
fn on_device(ui: &mut Ui, desk: &Desk<'_>, id: DeviceId) {
    let Some(device) = desk.circle.roster.devices.get(&id) else { return };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        text::glyph(ui, Icon::DEVICE, Palette::of(ui).weak);
        text::small(ui, &device.name);
        if id == desk.view.device {
            pill(ui, Icon::CHECK_CIRCLE, &desk.words.say("contact-here"), Tone::Quiet);
        } else {
            let (said, tone) = sync::of_member(desk, &[id]);
            let icon = if tone == Tone::Good { Icon::CHECK_CIRCLE } else { Icon::CLOCK };
            pill(ui, icon, &said, tone);
        }
    });
}

/// Invites of the member that nobody has used yet.
fn open_invites(ui: &mut Ui, desk: &Desk<'_>) {
    let words = desk.words;
    let invites = desk.circle.roster.invites.values();
    let is_open = |invite: &&Invite| {
        invite.by == desk.me && invite.used_by.is_none() && desk.now < invite.expires
    };
    let mut until: Vec<Timestamp> = invites.filter(is_open).map(|invite| invite.expires).collect();
    until.sort_unstable();
    let Some(last) = until.last() else { return };
    let fills = [("count", until.len().into()), ("at", words.moment(*last, desk.moment()).into())];
    card(ui, |ui| {
        ui.horizontal_top(|ui| {
            text::glyph(ui, Icon::LINK, Palette::of(ui).primary);
            text::body(ui, words.tell("invite-open", &fills));
        });
    });
}
