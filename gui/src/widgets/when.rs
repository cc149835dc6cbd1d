//! Choosing a day and a time: a button that opens a month, and one that opens the hours. All of it works
//! by keyboard.

use eframe::egui::{Align2, Popup, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

use super::choice::{choice, opener};
use super::{focus_ring, icon_button, text};
use crate::fonts::{Icon, Weight};
use crate::theme::{Palette, TARGET};
use crate::words::{Moment, Words, capital};

const CELL: f32 = 40.0;

/// Which month a calendar shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Leaf(Option<Date>);

/// A day, chosen from a month. Days before `least` cannot be chosen.
pub fn day(
    ui: &mut Ui,
    words: &Words,
    moment: Moment<'_>,
    name: &str,
    date: &mut Date,
    least: Date,
) -> bool {
    let width = (ui.available_width() - 114.0).clamp(130.0, 280.0);
    let shown = capital(&words.day(*date, moment));
    let button = opener(ui, Icon::CALENDAR, &shown, name, width);
    let id = button.id.with("leaf");
    let mut leaf: Leaf = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if button.clicked() {
        leaf.0 = None;
    }
    let mut has_changed = false;
    Popup::menu(&button).accessible_name(name).gap(6.0).show(|ui| {
        let shown = leaf.0.unwrap_or(*date).first_of_month();
        month_head(ui, words, shown, least, &mut leaf);
        if let Some(chosen) = month(ui, words, shown, *date, least) {
            *date = chosen;
            has_changed = true;
            ui.close();
        }
    });
    ui.data_mut(|data| data.insert_temp(id, leaf));
    has_changed
}

fn month_head(ui: &mut Ui, words: &Words, shown: Date, least: Date, leaf: &mut Leaf) {
    ui.horizontal(|ui| {
        let is_first = shown <= least.first_of_month();
        let back = ui.add_enabled_ui(!is_first, |ui| {
            icon_button(ui, Icon::CARET_LEFT, &words.say("when-month-before"))
        });
        if back.inner.clicked() {
            leaf.0 = Some(shown.saturating_sub(1.month()));
        }
        let (_, rect) = ui.allocate_space(vec2(CELL * 7.0 - 2.0 * TARGET - 8.0, TARGET));
        let font = Weight::Bold.at(16.0);
        let colour = Palette::of(ui).text;
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, words.month(shown), font, colour);
        if icon_button(ui, Icon::CARET_RIGHT, &words.say("when-month-after")).clicked() {
            leaf.0 = Some(shown.saturating_add(1.month()));
        }
    });
}

fn month(ui: &mut Ui, words: &Words, shown: Date, date: Date, least: Date) -> Option<Date> {
    let mut chosen = None;
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        for day in Weekday::Monday.cycle_forward().take(7) {
            let (_, rect) = ui.allocate_space(vec2(CELL, 24.0));
            let font = Weight::Body.at(13.5);
            let name = words.weekday_short(day);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, name, font, palette.weak);
        }
    });
    let before = i64::from(shown.weekday().to_monday_zero_offset());
    let mut cell = shown.saturating_sub(before.days());
    while cell <= shown.last_of_month() {
        ui.horizontal(|ui| {
            for _ in 0..7 {
                if cell.month() == shown.month() {
                    let is_open = cell >= least;
                    if day_cell(ui, words, cell, cell == date, is_open).clicked() && is_open {
                        chosen = Some(cell);
                    }
                } else {
                    ui.allocate_space(Vec2::splat(CELL));
                }
                cell = cell.saturating_add(1.day());
            }
        });
    }
    chosen
}

fn day_cell(ui: &mut Ui, words: &Words, date: Date, is_chosen: bool, is_open: bool) -> Response {
    let palette = Palette::of(ui);
    let sense = if is_open { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(CELL), sense);
    let name = words.date(date);
    if is_open {
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
    }
    let colour = if is_chosen {
        ui.painter().circle_filled(rect.center(), 17.0, palette.primary);
        palette.on_primary
    } else {
        if response.hovered() && is_open {
            ui.painter().circle_filled(rect.center(), 17.0, palette.sunken);
        }
        if is_open { palette.text } else { palette.line }
    };
    let font = Weight::Semibold.at(15.0);
    let day = date.day().to_string();
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, day, font, colour);
    focus_ring(ui, &response, rect.shrink(3.0), 16);
    response
}

/// A time of day, by the half hour.
pub fn time(ui: &mut Ui, words: &Words, name: &str, time: &mut Time) -> bool {
    let mut all: Vec<Time> =
        (0..48_i8).map(|half| Time::constant(half / 2, half % 2 * 30, 0, 0)).collect();
    if let Err(place) = all.binary_search(time) {
        all.insert(place, *time);
    }
    let chosen = all.iter().position(|each| each == time).unwrap_or(0);
    let shown: Vec<String> = all.iter().map(|each| words.clock(*each)).collect();
    let pressed = choice(ui, Icon::CLOCK, name, &shown, chosen, 104.0);
    pressed.and_then(|place| all.get(place)).is_some_and(|each| {
        *time = *each;
        true
    })
}

/// A start or an end: its caption, the day and the time.
pub fn end(
    ui: &mut Ui,
    words: &Words,
    moment: Moment<'_>,
    name: &str,
    (date, clock): (&mut Date, &mut Time),
    least: Date,
) -> bool {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        text::caption(ui, name);
        ui.horizontal(|ui| {
            let day_name = words.tell("when-day", &[("what", name.into())]);
            let time_name = words.tell("when-time", &[("what", name.into())]);
            let moved = day(ui, words, moment, &day_name, date, least);
            let shifted = time(ui, words, &time_name, clock);
            moved || shifted
        })
        .inner
    })
    .inner
}
