//! One day in words: what is fetched, brought back or done, with whom, and how sure that is.

use eframe::egui::{Id, Label, RichText, Role, Sense, Ui, WidgetInfo};
use jiff::civil::Date;
use noaber_core::listing::Details;

use super::lanes::days_of;
use super::month::{Entry, Month};
use crate::desk::{Desk, Route};
use crate::fonts::{Icon, Weight};
use crate::theme::{Palette, TITLE};
use crate::widgets::booking::{self, Pressed, Side};
use crate::widgets::{Button, Look, card, divider, focus_ring, section, text};
use crate::words::{capital, first_name};

/// The id of the day's title: Enter on the sheet leads there.
fn title_id() -> Id {
    Id::unique(("month", "day"))
}

/// The keyboard goes on in the day's list.
pub(super) fn open(ui: &Ui) {
    ui.memory_mut(|memory| memory.request_focus(title_id()));
}

/// Shows a day; gives what was pressed and needs a question first.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, month: &Month, day: Date) -> Option<Pressed> {
    let entries: Vec<&Entry> = month.of_day(day).collect();
    let mut pressed = None;
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        heading(ui, &capital(&title(desk, day)));
        if entries.is_empty() {
            text::weak(ui, desk.words.say("month-nothing"));
            let label = desk.words.say("today-look");
            if ui.add(Button::new(&label, Look::Plain).icon(Icon::SEARCH)).clicked() {
                desk.go(Route::Browse);
            }
        }
        for (place, entry) in entries.into_iter().enumerate() {
            if place > 0 {
                divider(ui);
            }
            ui.push_id(entry.booking, |ui| {
                pressed = one(ui, desk, entry, day).or(pressed);
            });
        }
    });
    pressed
}

/// The title of the chosen day; the keyboard can stand on it.
fn heading(ui: &mut Ui, title: &str) {
    let palette = Palette::of(ui);
    let rich = RichText::new(title).font(Weight::Bold.at(TITLE)).color(palette.text);
    let (at, galley, drawn) = Label::new(rich).wrap().layout_in_ui(ui);
    let response = ui.interact(drawn.rect, title_id(), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    ui.painter().galley(at, galley, palette.text);
    focus_ring(ui, &response, drawn.rect, 6);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// The days after the chosen one on which something lies: for a phone, where the sheet has dots only.
pub(super) fn coming(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    month: &Month,
    chosen: Date,
) -> Option<Pressed> {
    let mut pressed = None;
    let cells = 0..month.on.len();
    let days = cells.map(|cell| month.weeks.day(cell)).filter(|day| *day > chosen);
    // What lasts for days is told on the first of them.
    let begins = |day: Date| move |entry: &&Entry| entry.days.0 == day;
    for day in days {
        let all: Vec<&Entry> = month.of_day(day).filter(begins(day)).collect();
        if all.is_empty() {
            continue;
        }
        section(ui, &capital(&title(desk, day)), |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            for (place, entry) in all.into_iter().enumerate() {
                if place > 0 {
                    divider(ui);
                }
                ui.push_id(("coming", entry.booking), |ui| {
                    pressed = one(ui, desk, entry, day).or(pressed);
                });
            }
        });
    }
    pressed
}

fn title(desk: &Desk<'_>, day: Date) -> String {
    let words = desk.words;
    let today = desk.circle.zone.date(desk.now);
    let date = format!("{} {}", words.weekday(day.weekday()), words.date_with_year(day));
    let near = words.day(day, desk.moment());
    let is_near = [today.yesterday().ok(), Some(today), today.tomorrow().ok()].contains(&Some(day));
    if is_near { format!("{near}, {date}") } else { date }
}

fn one(ui: &mut Ui, desk: &mut Desk<'_>, entry: &Entry, day: Date) -> Option<Pressed> {
    text::strong(ui, when(desk, entry, day));
    let pressed = booking::row(ui, desk, entry.booking);
    let listing = desk.circle.listings.get(&entry.listing);
    let is_car = listing.is_some_and(|listing| matches!(listing.details, Details::Car(_)));
    if is_car {
        let label = desk.words.say("month-week");
        let name = format!("{label}: {}", entry.title);
        let button = Button::new(&label, Look::Quiet).icon(Icon::CAR).named(&name);
        if ui.add(button).clicked() {
            desk.go_to_week(entry.listing, day);
        }
    }
    pressed
}

/// What happens on this day: from when until when, fetched, or brought back.
fn when(desk: &Desk<'_>, entry: &Entry, day: Date) -> String {
    let (words, zone) = (desk.words, &desk.circle.zone);
    let (first, last) = days_of(zone, entry.interval);
    let clock = |at| words.clock(zone.civil(at).time());
    let (from, to) = (clock(entry.interval.from()), clock(entry.interval.to()));
    if entry.is_out && day >= last {
        let other = desk.circle.bookings.get(&entry.booking).map(|booking| booking.borrower);
        let name = other.map_or("", |other| first_name(desk.circle.name_of(other)));
        let key = if entry.side == Side::Owner { "month-comes-back" } else { "month-bring-back" };
        let key = if entry.interval.to() <= desk.now { "month-late" } else { key };
        let at = words.moment(entry.interval.to(), desk.moment());
        return words.tell(key, &[("name", name.into()), ("at", at.into())]);
    }
    let is_whole = |at| zone.start_of_day(zone.date(at)) == at;
    let starts = day == first && !is_whole(entry.interval.from());
    let ends = day == last && !is_whole(entry.interval.to());
    match (starts, ends) {
        (true, true) => format!("{from}–{to}"),
        (true, false) => words.tell("month-from", &[("at", from.into())]),
        (false, true) => words.tell("month-until", &[("at", to.into())]),
        (false, false) => words.say("month-all-day"),
    }
}
