//! What is asked before something is done with a booking: why not, until when, what the odometer shows,
//! what broke. What needs no question is done at once. The same on every page.

use eframe::egui::Ui;
use jiff::civil::{Date, Time};
use noaber_core::Command;
use noaber_core::booking::Booking;
use noaber_core::id::BookingId;
use noaber_core::listing::{Details, Listing};
use noaber_core::replica::{Act, Handing, Usable};

use super::album::Album;
use super::thanks;
use crate::desk::Desk;
use crate::engine::{Answer, Ticket};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::booking::{Deed, Pressed};
use crate::widgets::{Button, Dialog, Field, Lines, Look, dialog, stepper, switch, text, when};

/// Photos of a damage: enough to show it from all sides.
const MOST_PHOTOS: usize = 4;

/// What is asked.
enum Question {
    Decline { reason: String },
    CallOff { reason: String },
    PickUp { km: String, pieces: u32, most: u32 },
    Return { km: String, pieces: u32, most: u32, note: String },
    Extend { date: Date, time: Time },
    Damage { text: String, is_usable: bool, album: Album },
    Done { text: String, quarters: Option<u32> },
}

/// The question that is open, and what was handed in.
#[derive(Default)]
pub(super) struct Questions {
    open: Option<(BookingId, Question)>,
    sent: Option<Ticket>,
    trouble: Option<String>,
}

impl Questions {
    /// Somebody wants to do something: it is asked about, or done.
    pub(super) fn begin(&mut self, desk: &mut Desk<'_>, (id, deed): Pressed) {
        self.trouble = None;
        let circle = desk.circle.clone();
        let Some(booking) = circle.bookings.get(&id) else { return };
        let listing = circle.listings.get(&booking.listing);
        let act = match Question::new(desk, booking, listing.map(AsRef::as_ref), deed) {
            Ok(question) => return self.open = Some((id, question)),
            Err(act) => act,
        };
        desk.act(id, act);
    }

    /// Shows the open question, and tells what came of what was handed in.
    pub(super) fn show(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        if let Some(Answer::Done(done)) = desk.take(&mut self.sent) {
            match done {
                Ok(_) => self.open = None,
                Err(error) => self.trouble = Some(desk.failure(&error)),
            }
        }
        let Some((id, mut question)) = self.open.take() else { return };
        let words = desk.words;
        let (title, yes) = question.titles();
        let mut is_decided = false;
        let shown = dialog(ui, "question", &words.say(title), |ui| {
            ui.spacing_mut().item_spacing.y = 10.0;
            let can = question.ask(ui, desk, id);
            if let Some(trouble) = &self.trouble {
                text::trouble(ui, trouble.clone());
            }
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                let (yes, no) = (words.say(yes), words.say("cancel"));
                let button = Button::new(&yes, Look::Primary).only_if(can && self.sent.is_none());
                is_decided = ui.add(button).clicked();
                let is_over = ui.add(Button::new(&no, Look::Quiet)).clicked();
                if is_over { Dialog::Closed } else { Dialog::Open }
            })
            .inner
        });
        if is_decided {
            self.trouble = None;
            let (circle, act) = (desk.circle.id, question.act(desk));
            self.sent = Some(desk.submit(Command::Booking { circle, booking: id, act }));
        }
        if shown == Dialog::Open {
            self.open = Some((id, question));
        } else {
            self.trouble = None;
        }
    }
}

impl Question {
    /// What has to be asked; else what is done at once.
    fn new(
        desk: &Desk<'_>,
        booking: &Booking,
        listing: Option<&Listing>,
        deed: Deed,
    ) -> Result<Self, Act> {
        let status = desk.circle.status(booking, desk.now);
        let is_car = listing.is_some_and(|listing| matches!(listing.details, Details::Car(_)));
        let most = booking.quantity;
        let is_asked = is_car || most > 1;
        let (reason, text, km) = (String::new(), String::new(), String::new());
        match deed {
            Deed::Confirm => Err(Act::Confirm),
            Deed::Accept => Err(Act::Accept),
            Deed::Withdraw => Err(Act::Cancel { reason }),
            Deed::Done => Ok(Self::Done { text, quarters: None }),
            Deed::PickUp if !is_asked => Err(Act::PickUp(Handing::default())),
            Deed::Return if !is_asked => Err(Act::Return(Handing::default())),
            Deed::PickUp => Ok(Self::PickUp { km, pieces: most, most }),
            Deed::Return => Ok(Self::Return { km, pieces: most, most, note: text }),
            Deed::Decline => Ok(Self::Decline { reason }),
            Deed::CallOff => Ok(Self::CallOff { reason }),
            Deed::Extend => {
                let end = desk.circle.zone.civil(status.interval.to());
                Ok(Self::Extend { date: end.date(), time: end.time() })
            }
            Deed::Damage => {
                Ok(Self::Damage { text, is_usable: true, album: Album::new(MOST_PHOTOS) })
            }
        }
    }

    const fn titles(&self) -> (&'static str, &'static str) {
        match self {
            Self::Decline { .. } => ("decline-title", "decline-yes"),
            Self::CallOff { .. } => ("calloff-title", "calloff-yes"),
            Self::PickUp { .. } => ("pick-up-title", "act-picked-up"),
            Self::Return { .. } => ("return-title", "act-returned"),
            Self::Extend { .. } => ("extend-title", "extend-yes"),
            Self::Damage { .. } => ("damage-title", "damage-yes"),
            Self::Done { .. } => ("thanks-title", "thanks-yes"),
        }
    }

    /// The fields; gives whether it can be answered so.
    fn ask(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, id: BookingId) -> bool {
        let words = desk.words;
        match self {
            Self::Decline { reason } => why(ui, desk, "decline", reason),
            Self::CallOff { reason } => why(ui, desk, "calloff", reason),
            Self::PickUp { km, pieces, most } => {
                handing(ui, desk, id, km, pieces, *most);
            }
            Self::Return { km, pieces, most, note } => {
                handing(ui, desk, id, km, pieces, *most);
                let (caption, hint) = (words.say("return-remark"), words.say("return-remark-hint"));
                Field::new(&caption).hint(&hint).lines(Lines::Some(2)).most(500).show(ui, note);
            }
            Self::Extend { date, time } => return longer(ui, desk, id, date, time),
            Self::Done { text, quarters } => thanks::show(ui, desk, id, text, quarters),
            Self::Damage { text: said, is_usable, album } => {
                let (caption, hint) = (words.say("damage-what"), words.say("damage-hint"));
                Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(800).show(ui, said);
                album.listen(ui, desk);
                album.show(ui, desk);
                let (label, line) = (words.say("damage-usable"), words.say("damage-usable-line"));
                switch(ui, is_usable, &label, &line);
                return !said.trim().is_empty() && !album.is_busy();
            }
        }
        true
    }

    fn act(&self, desk: &Desk<'_>) -> Act {
        let handing = |km: &str, pieces: u32, most: u32, note: &str| Handing {
            quantity: (pieces < most).then_some(pieces),
            odometer_km: km.parse().ok(),
            note: note.trim().to_owned(),
            ..Handing::default()
        };
        match self {
            Self::Decline { reason } => Act::Decline { reason: reason.trim().to_owned() },
            Self::CallOff { reason } => Act::Cancel { reason: reason.trim().to_owned() },
            Self::PickUp { km, pieces, most } => Act::PickUp(handing(km, *pieces, *most, "")),
            Self::Return { km, pieces, most, note } => {
                Act::Return(handing(km, *pieces, *most, note))
            }
            Self::Extend { date, time } => {
                Act::Extend { to: desk.circle.zone.at(date.to_datetime(*time)) }
            }
            Self::Damage { text, is_usable, album } => {
                let usable = if *is_usable { Usable::Yes } else { Usable::No };
                let (text, photos) = (text.trim().to_owned(), album.photos.clone());
                Act::Damage { text, photos, usable }
            }
            Self::Done { text, quarters } => {
                let quarters = quarters.filter(|quarters| *quarters > 0);
                Act::Done { text: text.trim().to_owned(), quarters }
            }
        }
    }
}

/// A reason; it may stay empty.
fn why(ui: &mut Ui, desk: &Desk<'_>, what: &str, reason: &mut String) {
    let words = desk.words;
    let [line, caption, hint] = match what {
        "decline" => ["decline-line", "decline-reason", "decline-hint"],
        _ => ["calloff-line", "calloff-reason", "calloff-hint"],
    }
    .map(|key| words.say(key));
    text::weak(ui, line);
    Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(500).show(ui, reason);
}

/// How many pieces, and what the odometer shows, where there is one.
fn handing(
    ui: &mut Ui,
    desk: &Desk<'_>,
    id: BookingId,
    km: &mut String,
    pieces: &mut u32,
    most: u32,
) {
    let words = desk.words;
    if most > 1 {
        let names = [words.say("ask-fewer"), words.say("ask-more")];
        let names = [names[0].as_str(), names[1].as_str()];
        stepper(ui, &words.say("ask-quantity"), pieces, 1..=most, names);
    }
    let listing = desk.circle.bookings.get(&id).map(|booking| booking.listing);
    let listing = listing.and_then(|listing| desk.circle.listings.get(&listing));
    let is_car = |listing: &&std::sync::Arc<Listing>| matches!(listing.details, Details::Car(_));
    if let Some(car) = listing.filter(is_car) {
        odometer(ui, desk, car, km);
    }
}

/// What the odometer shows now; what it showed before stands beside it.
fn odometer(ui: &mut Ui, desk: &Desk<'_>, car: &Listing, km: &mut String) {
    let words = desk.words;
    let (caption, hint) = (words.say("odometer"), words.say("odometer-hint"));
    Field::new(&caption).hint(&hint).most(7).show(ui, km);
    km.retain(|letter| letter.is_ascii_digit());
    if let Some(last) = desk.circle.last_km(car) {
        text::small(ui, words.tell("odometer-last", &[("km", last.into())]));
    }
}

/// Until when; judged while it is chosen, as its keeper will.
fn longer(ui: &mut Ui, desk: &Desk<'_>, id: BookingId, date: &mut Date, time: &mut Time) -> bool {
    let words = desk.words;
    let Some(booking) = desk.circle.bookings.get(&id) else { return false };
    let status = desk.circle.status(booking, desk.now);
    let least = desk.circle.zone.date(status.interval.to());
    when::end(ui, words, desk.moment(), &words.say("ask-to"), (date, time), least);
    let to = desk.circle.zone.at(date.to_datetime(*time));
    if to <= status.interval.to() {
        text::weak(ui, words.say("extend-later"));
        return false;
    }
    let against = desk.circle.against_extension(booking, &status, to, desk.now);
    if against.is_empty() {
        ui.horizontal(|ui| {
            text::glyph(ui, Icon::CHECK_CIRCLE, Palette::of(ui).ok);
            text::body(ui, words.say("extend-free"));
        });
        return true;
    }
    let said: Vec<String> =
        against.iter().map(|reason| words.reason(reason, desk.moment())).collect();
    text::trouble(ui, said.join("\n"));
    false
}
