//! The question before something is done with a booking: why not, why no longer, or, where help was given,
//! thanks and how long it took.

use eframe::egui::Ui;
use noaber_core::id::BookingId;
use noaber_core::listing::{Details, Hours, Listing};
use noaber_core::replica::Act;

use crate::desk::Desk;
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::booking::Pressed;
use crate::widgets::{Button, Dialog, Field, Lines, Look, dialog, stepper_of, text};
use crate::words::first_name;

/// A quarter of an hour.
const QUARTER_MS: i64 = 15 * 60 * 1000;
/// The most that is written down for one time: a day.
const MOST_QUARTERS: u32 = 96;

/// See the module.
pub(super) struct Why {
    pressed: Pressed,
    words: String,
    /// How long the help took, once that is known.
    quarters: Option<u32>,
}

impl From<Pressed> for Why {
    fn from(pressed: Pressed) -> Self {
        Self { pressed, words: String::new(), quarters: None }
    }
}

/// Asks; gives what is to be done once that is decided.
pub(super) fn ask(ui: &Ui, desk: &Desk<'_>, asked: &mut Option<Why>) -> Option<(BookingId, Act)> {
    let why = asked.as_mut()?;
    let [title, line, caption, hint, yes] = keys(why.pressed).map(|key| desk.words.say(key));
    let mut is_decided = false;
    let shown = dialog(ui, "why", &title, |ui| {
        text::weak(ui, line);
        ui.add_space(6.0);
        Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(500).show(ui, &mut why.words);
        if let Pressed::Done(booking) = why.pressed {
            hours(ui, desk, booking, &mut why.quarters);
        }
        ui.add_space(12.0);
        ui.horizontal_wrapped(|ui| {
            is_decided = ui.add(Button::new(&yes, Look::Primary)).clicked();
            let no = desk.words.say("cancel");
            let is_over = ui.add(Button::new(&no, Look::Quiet)).clicked() || is_decided;
            if is_over { Dialog::Closed } else { Dialog::Open }
        })
        .inner
    });
    if shown == Dialog::Open {
        return None;
    }
    let Why { pressed, words, quarters } = asked.take()?;
    let text = words.trim().to_owned();
    is_decided.then_some(match pressed {
        Pressed::Decline(id) => (id, Act::Decline { reason: text }),
        Pressed::CallOff(id) => (id, Act::Cancel { reason: text }),
        Pressed::Done(id) => {
            (id, Act::Done { text, quarters: quarters.filter(|quarters| *quarters > 0) })
        }
    })
}

fn keys(pressed: Pressed) -> [&'static str; 5] {
    match pressed {
        Pressed::Decline(_) => {
            ["decline-title", "decline-line", "decline-reason", "decline-hint", "decline-yes"]
        }
        Pressed::CallOff(_) => {
            ["calloff-title", "calloff-line", "calloff-reason", "calloff-hint", "calloff-yes"]
        }
        Pressed::Done(_) => {
            ["thanks-title", "thanks-line", "thanks-words", "thanks-hint", "thanks-yes"]
        }
    }
}

/// How long it took, where the circle counts that.
fn hours(ui: &mut Ui, desk: &Desk<'_>, booking: BookingId, quarters: &mut Option<u32>) {
    let (circle, words) = (&desk.circle, desk.words);
    let Some(booking) = circle.bookings.get(&booking) else { return };
    let Some(listing) = circle.listings.get(&booking.listing) else { return };
    let counts = circle.house_rules.is_some_and(|(_, rules)| rules.timebank);
    if !counts || booking.borrower == listing.owner {
        return;
    }
    let length_ms = circle.status(booking, desk.now).interval.length_ms();
    let chosen = quarters.get_or_insert_with(|| usual(listing, length_ms));
    let is_helper = match listing.details {
        Details::HelpAsk(_) => booking.borrower == desk.me,
        _ => listing.owner == desk.me,
    };
    let other = if booking.borrower == desk.me { listing.owner } else { booking.borrower };
    let other = first_name(circle.name_of(other));
    ui.add_space(4.0);
    let names = [words.say("thanks-less"), words.say("thanks-more")];
    let names = [names[0].as_str(), names[1].as_str()];
    let shown = words.hours(i64::from(*chosen));
    stepper_of(ui, &words.say("thanks-hours"), chosen, 0..=MOST_QUARTERS, names, &shown);
    let key = match (*chosen, is_helper) {
        (0, _) => "thanks-hours-none",
        (_, true) => "thanks-hours-helper",
        (_, false) => "thanks-hours-helped",
    };
    ui.horizontal_top(|ui| {
        text::glyph(ui, Icon::INFO, Palette::of(ui).primary);
        let hours = words.hours(i64::from(*chosen));
        text::small(ui, words.tell(key, &[("name", other.into()), ("hours", hours.into())]));
    });
}

/// What was said it takes; else how long it was agreed for.
fn usual(listing: &Listing, length_ms: i64) -> u32 {
    let said = match &listing.details {
        Details::HelpOffer(help) | Details::HelpAsk(help) => help.hours,
        Details::Item(_) | Details::Car(_) | Details::Newer { .. } => None,
    };
    let agreed = u32::try_from(length_ms / QUARTER_MS).unwrap_or(MOST_QUARTERS);
    said.map_or(agreed, Hours::quarters).clamp(1, MOST_QUARTERS)
}
