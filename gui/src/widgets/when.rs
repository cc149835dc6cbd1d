//! Choosing a day and a time: a button that opens a month, and one that opens the hours. All of it works
//! by keyboard.

use eframe::egui::{
    Align2, Color32, CornerRadius, CursorIcon, Popup, Rect, Response, Role, ScrollArea, Sense,
    Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};

use super::{focus_ring, icon_button, text};
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::{BUTTON_RADIUS, Palette, TARGET};
use crate::words::{Moment, Words, capital};

const CELL: f32 = 40.0;

/// A button that looks like a field and opens something.
fn opener(ui: &mut Ui, icon: Icon, shown: &str, name: &str, width: f32) -> Response {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, TARGET + 2.0), Sense::click());
    let label = format!("{name}: {shown}");
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), &label));
    let fill = if response.hovered() { palette.sunken } else { palette.card };
    let corner = CornerRadius::same(BUTTON_RADIUS);
    let stroke = Stroke::new(1.5, palette.line);
    ui.painter().rect(rect, corner, fill, stroke, StrokeKind::Inside);
    let middle = rect.center().y;
    icon.paint(
        ui.painter(),
        pos2(rect.left() + 21.0, middle),
        19.0,
        Fill::Outline,
        palette.primary,
    );
    let at = pos2(rect.left() + 38.0, middle);
    let font = Weight::Semibold.at(15.5);
    ui.painter().text(at, Align2::LEFT_CENTER, shown, font, palette.text);
    focus_ring(ui, &response, rect, BUTTON_RADIUS);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

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
    let button = opener(ui, Icon::CLOCK, &words.clock(*time), name, 104.0);
    let has_opened = button.clicked();
    let mut has_changed = false;
    Popup::menu(&button).accessible_name(name).gap(6.0).show(|ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            for half in 0..48_i8 {
                let each = Time::constant(half / 2, half % 2 * 30, 0, 0);
                let row = time_row(ui, words, each, each == *time);
                if has_opened && each == *time {
                    row.scroll_to_me(Some(eframe::egui::Align::Center));
                }
                if row.clicked() {
                    *time = each;
                    has_changed = true;
                    ui.close();
                }
            }
        });
    });
    has_changed
}

fn time_row(ui: &mut Ui, words: &Words, time: Time, is_chosen: bool) -> Response {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(96.0, 38.0), Sense::click());
    let shown = words.clock(time);
    response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, is_chosen, &shown));
    let face = Rect::from_center_size(rect.center(), vec2(90.0, 34.0));
    let colour = if is_chosen {
        ui.painter().rect_filled(face, CornerRadius::same(10), palette.primary);
        palette.on_primary
    } else {
        let fill = if response.hovered() { palette.sunken } else { Color32::TRANSPARENT };
        ui.painter().rect_filled(face, CornerRadius::same(10), fill);
        palette.text
    };
    let font = Weight::Semibold.at(15.0);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, shown, font, colour);
    focus_ring(ui, &response, face, 10);
    response
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
