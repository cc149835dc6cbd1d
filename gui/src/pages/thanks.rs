//! Help that was given: thanks, and how long it took where the circle counts hours.

use eframe::egui::Ui;
use noaber_core::id::BookingId;
use noaber_core::listing::{Details, Hours, Listing};

use crate::desk::Desk;
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::{Field, Lines, stepper_of, text};
use crate::words::first_name;

/// A quarter of an hour.
const QUARTER_MS: i64 = 15 * 60 * 1000;
/// The most that is written down for one time: a day.
const MOST_QUARTERS: u32 = 96;

/// A few words of thanks, and the hours.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    booking: BookingId,
    said: &mut String,
    quarters: &mut Option<u32>,
) {
    let words = desk.words;
    text::weak(ui, words.say("thanks-line"));
    let (caption, hint) = (words.say("thanks-words"), words.say("thanks-hint"));
    Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(500).show(ui, said);
    hours(ui, desk, booking, quarters);
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
