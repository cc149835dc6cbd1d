//! A booking in one row: what, who, when, how sure that is, and what can be done about it.
//!
//! Nothing here claims more than is proved: the words for a request say where it has arrived.

use eframe::egui::{Align, Layout, Sense, Ui, vec2};
use noaber_core::booking::{Assurance, Booking, State, Status};
use noaber_core::id::BookingId;
use noaber_core::listing::{Details, Listing};

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

/// Something can be fetched a little before its time.
const EARLY_MS: i64 = 60 * 60 * 1000;

/// What can be done with a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Say yes, to the request or to keeping it longer.
    Confirm,
    /// Say no to that.
    Decline,
    /// Take the time that is held.
    Accept,
    /// Note that it was taken along.
    PickUp,
    /// Note that it is back.
    Return,
    /// Note that help was given.
    Done,
    /// Ask to keep it longer.
    Extend,
    /// Tell that something broke.
    Damage,
    /// Break a promise.
    CallOff,
    /// Take back what was only asked.
    Withdraw,
}

impl Deed {
    /// Its words, how much it asks to be pressed, and its sign.
    pub const fn face(self) -> (&'static str, Look, Icon) {
        match self {
            Self::Confirm => ("act-confirm", Look::Primary, Icon::CHECK),
            Self::Decline => ("act-decline", Look::Plain, Icon::X),
            Self::Accept => ("act-accept", Look::Primary, Icon::CHECK),
            Self::PickUp => ("act-picked-up", Look::Primary, Icon::KEY),
            Self::Return => ("act-returned", Look::Primary, Icon::HANDSHAKE),
            Self::Done => ("act-done", Look::Primary, Icon::HAND_HEART),
            Self::Extend => ("act-extend", Look::Plain, Icon::CLOCK),
            Self::Damage => ("act-damage", Look::Quiet, Icon::WARNING),
            Self::CallOff => ("act-cancel", Look::Quiet, Icon::X),
            Self::Withdraw => ("act-withdraw", Look::Quiet, Icon::X),
        }
    }
}

/// What was pressed, of which booking.
pub type Pressed = (BookingId, Deed);

/// What can be done with a booking now, from a side.
pub fn deeds(
    desk: &Desk<'_>,
    booking: &Booking,
    listing: Option<&Listing>,
    status: &Status,
    side: Side,
) -> Vec<Deed> {
    if side == Side::Neighbour {
        return Vec::new();
    }
    let is_mine = booking.borrower == desk.me;
    let is_help = listing.is_some_and(Listing::is_help);
    let has_begun = status.interval.from() <= desk.now;
    let is_near = status.interval.from().plus_ms(-EARLY_MS) <= desk.now;
    let mut all = Vec::new();
    let is_asked = status.state == State::Asked || status.extension.is_some();
    if is_asked && side == Side::Owner {
        all.extend([Deed::Confirm, Deed::Decline]);
    }
    match status.state {
        State::Offered if is_mine => all.push(Deed::Accept),
        State::Out => all.push(Deed::Return),
        State::Confirmed if is_help && has_begun => all.push(Deed::Done),
        State::Confirmed if !is_help && is_near => all.push(Deed::PickUp),
        _ => {}
    }
    let is_promised = matches!(status.state, State::Confirmed | State::Out);
    if is_promised && is_mine && !is_help && status.extension.is_none() {
        all.push(Deed::Extend);
    }
    if !is_help && is_near && (is_promised || status.state == State::Returned) {
        all.push(Deed::Damage);
    }
    match status.state {
        State::Confirmed => all.push(Deed::CallOff),
        State::Asked | State::Waiting | State::Offered if is_mine => all.push(Deed::Withdraw),
        _ => {}
    }
    all
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

/// A row. Gives what was pressed: some of it needs a question first.
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

/// The buttons of a row. What is rarely wanted before something is out has its place on the listing’s page.
fn actions(
    ui: &mut Ui,
    desk: &Desk<'_>,
    booking: &Booking,
    listing: Option<&Listing>,
    status: &Status,
    side: Side,
) -> Option<Pressed> {
    let title = listing.map_or("", |listing| &listing.general.title);
    let mut all = deeds(desk, booking, listing, status, side);
    if status.state != State::Out {
        all.retain(|deed| !matches!(deed, Deed::Extend | Deed::Damage));
    }
    if all.is_empty() {
        return None;
    }
    let mut pressed = None;
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        for deed in all {
            let (key, look, icon) = deed.face();
            let label = desk.words.say(key);
            let name = format!("{label}: {title}");
            if ui.add(Button::new(&label, look).icon(icon).named(&name)).clicked() {
                pressed = Some((booking.id, deed));
            }
        }
    });
    pressed
}

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
