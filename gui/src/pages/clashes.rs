//! Two promises for the same time: who has which, what stands, and what to do. Part of Today.

use eframe::egui::{Label, RichText, Ui, vec2};
use noaber_core::listing::Listing;

use super::concerns::{Clash, Stands};
use crate::desk::{Desk, Route};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::booking::{Deed, Pressed};
use crate::widgets::{Button, Look, Tone, avatar, divider, pill, section, text, title_link};
use crate::words::capital;

/// Shows them; gives what was pressed and needs a question first.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, clashes: &[Clash]) -> Option<Pressed> {
    let mut pressed = None;
    for clash in clashes {
        let Some(listing) = desk.circle.listings.get(&clash.listing).cloned() else { continue };
        let words = desk.words;
        section(ui, &words.say("clash-title"), |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            if title_link(ui, &listing.general.title).clicked() {
                desk.go(Route::Listing(listing.id));
            }
            ui.horizontal_top(|ui| {
                text::glyph(ui, Icon::WARNING, Palette::of(ui).accent);
                let count = listing.general.quantity;
                let line = words.tell("clash-line", &[("count", count.into())]);
                let rich = RichText::new(line).color(Palette::of(ui).text);
                ui.add(Label::new(rich).wrap());
            });
            for (place, (id, stands)) in clash.promises.iter().enumerate() {
                if place > 0 {
                    divider(ui);
                }
                ui.push_id(id, |ui| {
                    pressed = promise(ui, desk, &listing, *id, *stands).or(pressed);
                });
            }
        });
    }
    pressed
}

fn promise(
    ui: &mut Ui,
    desk: &Desk<'_>,
    listing: &Listing,
    id: noaber_core::id::BookingId,
    stands: Stands,
) -> Option<Pressed> {
    let booking = desk.circle.bookings.get(&id)?;
    let words = desk.words;
    let status = desk.circle.status(booking, desk.now);
    let is_me = booking.borrower == desk.me;
    let who = desk.circle.name_of(booking.borrower).to_owned();
    let shown = if is_me { words.say("week-you") } else { who.clone() };
    let mut pressed = None;
    ui.horizontal_top(|ui| {
        avatar(ui, booking.borrower, &who, 38.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            text::strong(ui, &shown);
            let mut line = capital(&words.stretch(status.interval, desk.moment()));
            if booking.quantity > 1 {
                let count = words.tell("booking-pieces", &[("count", booking.quantity.into())]);
                line = format!("{line} · {count}");
            }
            text::body(ui, line);
            let (icon, key, tone) = match stands {
                Stands::Yes => (Icon::CHECK_CIRCLE, "clash-stands", Tone::Good),
                Stands::No => (Icon::WARNING, "clash-falls", Tone::Mind),
            };
            pill(ui, icon, &words.say(key), tone);
            let is_party = is_me || listing.owner == desk.me;
            let label = words.say("act-cancel");
            let name = format!("{label}: {shown}");
            let button = Button::new(&label, Look::Careful).icon(Icon::X).named(&name);
            let can = noaber_core::booking::State::Confirmed == status.state;
            if is_party && can && ui.add(button).clicked() {
                pressed = Some((id, Deed::CallOff));
            }
        });
    });
    pressed
}
