//! A booking in one row: what, who, when, how sure that is, and what can be done about it.
//!
//! Nothing here claims more than is proved: the words for a request say where it has arrived.

use eframe::egui::{Align, Layout, Sense, Ui, vec2};
use noaber_core::booking::{Assurance, Booking, State, Status};
use noaber_core::id::BookingId;
use noaber_core::listing::{Details, Listing};
use noaber_core::replica::{Act, Handing};

use super::{Button, Corners, Look, Tone, avatar, pill, text, title_link};
use crate::desk::{Desk, Room, Route};
use crate::fonts::Icon;
use crate::looks::{icon_of, picture};
use crate::words::{capital, first_name};

/// From which side a booking is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// By the one who asked.
    Borrower,
    /// By the one whose it is.
    Owner,
    /// By somebody else.
    Neighbour,
}

/// What somebody pressed that needs a question first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// Say no to a request.
    Decline(BookingId),
    /// Break a promise.
    CallOff(BookingId),
    /// Say that help was given.
    Done(BookingId),
}

/// From which side the member sees this booking.
pub fn side(desk: &Desk<'_>, booking: &Booking, listing: Option<&Listing>) -> Side {
    if listing.is_some_and(|listing| listing.owner == desk.me) {
        Side::Owner
    } else if booking.borrower == desk.me {
        Side::Borrower
    } else {
        Side::Neighbour
    }
}

/// Icon, words and colour for where a booking stands.
pub fn standing(
    desk: &Desk<'_>,
    booking: &Booking,
    status: &Status,
    side: Side,
) -> (Icon, String, Tone) {
    let words = desk.words;
    let listing = desk.circle.listings.get(&booking.listing);
    let owner =
        listing.map_or("", |listing| first_name(desk.circle.name_of(listing.owner))).to_owned();
    let assurance = desk.circle.assurance(booking, status, desk.now);
    let until = words.moment(status.interval.to(), desk.moment());
    let told = |key: &str| words.tell(key, &[("owner", owner.as_str().into())]);
    match (status.state, assurance) {
        (_, Assurance::Clash) => (Icon::WARNING, words.say("state-clash"), Tone::Mind),
        (State::Asked, _) if side == Side::Owner => {
            (Icon::BELL, words.say("state-asks-you"), Tone::Mind)
        }
        (State::Asked, Assurance::Local) => {
            (Icon::DEVICE, words.say("state-asked-here"), Tone::Mind)
        }
        (State::Asked, _) => (Icon::PAPER_PLANE, told("state-asked-there"), Tone::Going),
        (State::Waiting, _) => (Icon::HOURGLASS, words.say("state-waiting"), Tone::Going),
        (State::Offered, _) => (Icon::BELL, words.say("state-offered"), Tone::Mind),
        (State::Confirmed, _) => (Icon::CHECK_CIRCLE, words.say("state-confirmed"), Tone::Good),
        (State::Out, _) if status.interval.to() <= desk.now => {
            (Icon::WARNING_CIRCLE, words.tell("state-late", &[("at", until.into())]), Tone::Mind)
        }
        (State::Out, _) => {
            (Icon::CLOCK, words.tell("state-out", &[("at", until.into())]), Tone::Going)
        }
        (State::Returned, _) => (Icon::CHECK, words.say("state-returned"), Tone::Quiet),
        (State::Declined, _) => (Icon::PROHIBIT, told("state-declined"), Tone::Quiet),
        (State::Cancelled, _) => (Icon::X, words.say("state-cancelled"), Tone::Quiet),
        (State::Expired, _) => (Icon::HOURGLASS, words.say("state-expired"), Tone::Quiet),
    }
}

/// A row. Gives what was pressed and needs a question first.
pub fn row(ui: &mut Ui, desk: &mut Desk<'_>, id: BookingId) -> Option<Pressed> {
    let circle = desk.circle.clone();
    let booking = circle.bookings.get(&id)?;
    let listing = circle.listings.get(&booking.listing).map(AsRef::as_ref);
    let status = circle.status(booking, desk.now);
    let side = side(desk, booking, listing);
    ui.push_id(id, |ui| {
        let is_narrow = desk.room == Room::Narrow;
        let pressed = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 14.0;
            thumbnail(ui, desk, listing);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 5.0);
                said(ui, desk, booking, listing, &status, side);
                if is_narrow { None } else { actions(ui, desk, booking, listing, &status, side) }
            })
            .inner
        });
        if is_narrow { actions(ui, desk, booking, listing, &status, side) } else { pressed.inner }
    })
    .inner
}

fn thumbnail(ui: &mut Ui, desk: &mut Desk<'_>, listing: Option<&Listing>) {
    let (rect, _) = ui.allocate_exact_size(vec2(72.0, 72.0), Sense::hover());
    match listing {
        Some(listing) => picture(ui, desk, listing, rect, Corners::All, 12),
        None => super::placeholder(ui.painter(), rect, icon_of(None), 0, Corners::All, 12),
    }
}

fn said(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    booking: &Booking,
    listing: Option<&Listing>,
    status: &Status,
    side: Side,
) {
    let words = desk.words;
    let title = listing.map_or_else(|| words.say("booking-unknown"), |l| l.general.title.clone());
    let name = match (side, listing) {
        (Side::Borrower, Some(listing)) => Some(listing.owner),
        (Side::Borrower, None) => None,
        _ => Some(booking.borrower),
    };
    if title_link(ui, &title).clicked() {
        desk.go(Route::Listing(booking.listing));
    }
    let mut line = capital(&words.stretch(status.interval, desk.moment()));
    if booking.quantity > 1 {
        let count = words.tell("booking-pieces", &[("count", booking.quantity.into())]);
        line = format!("{line} · {count}");
    }
    text::body(ui, line);
    if let Some(member) = name {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 7.0;
            let who = desk.circle.name_of(member).to_owned();
            avatar(ui, member, &who, 24.0);
            // Who answers a call for help gives it; all else comes from the owner.
            let gives = listing.is_some_and(|l| matches!(l.details, Details::HelpAsk(_)));
            let is_from = (side == Side::Borrower) != gives;
            let key = if is_from { "booking-from" } else { "booking-for" };
            text::weak(ui, words.tell(key, &[("name", who.into())]));
        });
    }
    if !booking.note.is_empty() {
        text::body(ui, words.tell("booking-note", &[("note", booking.note.as_ref().into())]));
    }
    if let Some(to) = status.extension {
        let at = words.moment(to, desk.moment());
        text::strong(ui, words.tell("booking-extension", &[("at", at.into())]));
    }
    let (icon, words, tone) = standing(desk, booking, status, side);
    pill(ui, icon, &words, tone);
    if let Some(why) = status.why.as_ref().filter(|why| !why.text.is_empty()) {
        text::small(ui, desk.words.tell("booking-note", &[("note", why.text.as_str().into())]));
    }
}

fn actions(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    booking: &Booking,
    listing: Option<&Listing>,
    status: &Status,
    side: Side,
) -> Option<Pressed> {
    let words = desk.words;
    let title = listing.map_or("", |listing| &listing.general.title);
    let is_help = listing.is_some_and(Listing::is_help);
    let mut pressed = None;
    let mut act = None;
    let mut buttons = Vec::new();
    match (status.state, side) {
        (State::Asked, Side::Owner) => {
            buttons.push(("act-confirm", Look::Primary, Icon::CHECK));
            buttons.push(("act-decline", Look::Plain, Icon::X));
        }
        (_, Side::Owner) if status.extension.is_some() => {
            buttons.push(("act-confirm", Look::Primary, Icon::CHECK));
            buttons.push(("act-decline", Look::Plain, Icon::X));
        }
        (State::Offered, Side::Borrower) => {
            buttons.push(("act-accept", Look::Primary, Icon::CHECK));
        }
        (State::Out, Side::Owner | Side::Borrower) => {
            buttons.push(("act-returned", Look::Primary, Icon::HANDSHAKE));
        }
        (State::Confirmed, Side::Owner | Side::Borrower) if is_help => {
            if status.interval.from() <= desk.now {
                buttons.push(("act-done", Look::Primary, Icon::HAND_HEART));
            }
            buttons.push(("act-cancel", Look::Quiet, Icon::X));
        }
        (State::Confirmed, Side::Owner | Side::Borrower) => {
            if status.interval.from().plus_ms(-PICK_UP_EARLY_MS) <= desk.now {
                buttons.push(("act-picked-up", Look::Primary, Icon::HANDSHAKE));
            }
            buttons.push(("act-cancel", Look::Quiet, Icon::X));
        }
        (State::Asked | State::Waiting, Side::Borrower) => {
            buttons.push(("act-withdraw", Look::Quiet, Icon::X));
        }
        _ => {}
    }
    if buttons.is_empty() {
        return None;
    }
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        for (key, look, icon) in buttons {
            let label = words.say(key);
            let name = format!("{label}: {title}");
            if ui.add(Button::new(&label, look).icon(icon).named(&name)).clicked() {
                match key {
                    "act-confirm" => act = Some(Act::Confirm),
                    "act-decline" => pressed = Some(Pressed::Decline(booking.id)),
                    "act-cancel" => pressed = Some(Pressed::CallOff(booking.id)),
                    "act-accept" => act = Some(Act::Accept),
                    "act-returned" => act = Some(Act::Return(Handing::default())),
                    "act-picked-up" => act = Some(Act::PickUp(Handing::default())),
                    "act-done" => pressed = Some(Pressed::Done(booking.id)),
                    _ => act = Some(Act::Cancel { reason: String::new() }),
                }
            }
        }
    });
    if let Some(act) = act {
        desk.act(booking.id, act);
    }
    pressed
}

/// Something can be fetched a little before its time.
const PICK_UP_EARLY_MS: i64 = 60 * 60 * 1000;

/// A small line for a booking that is over.
pub fn past(ui: &mut Ui, desk: &Desk<'_>, booking: &Booking) {
    let status = desk.circle.status(booking, desk.now);
    ui.horizontal(|ui| {
        let name = desk.circle.name_of(booking.borrower).to_owned();
        avatar(ui, booking.borrower, &name, 28.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            text::body(ui, &name);
            text::small(ui, capital(&desk.words.stretch(status.interval, desk.moment())));
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (icon, words, tone) = standing(desk, booking, &status, Side::Neighbour);
            pill(ui, icon, &words, tone);
        });
    });
}
