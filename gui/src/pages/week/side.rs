//! Several cars side by side: a row a car, its days beside each other, and in each day who has it when.
//! To press a day is to look at that car then; a time that is being chosen is drawn into every row.

use eframe::egui::{
    Align, Align2, CornerRadius, CursorIcon, Label, Layout, Rect, RichText, Role, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use jiff::civil::Date;
use noaber_core::id::ListingId;
use noaber_core::listing::Listing;
use noaber_core::rules::Verdict;
use noaber_core::time::Interval;

use super::blocks::{Block, blocks};
use super::days::{Days, Piece};
use super::grid::part;
use super::pick::Pick;
use crate::desk::{Desk, Room};
use crate::fonts::Weight;
use crate::looks::picture;
use crate::theme::{Palette, SMALL};
use crate::widgets::{Corners, card, focus_ring};
use crate::words::first_name;

const HEAD: f32 = 40.0;
const ROW: f32 = 74.0;
const GAP: f32 = 6.0;

/// Shows them; gives the car and the day that were pressed.
pub(super) fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    cars: &[Listing],
    days: &Days,
    pick: Option<&Pick>,
) -> Option<(ListingId, Date)> {
    let whole = days.whole(&desk.circle.zone)?;
    let all: Vec<Vec<Block>> = cars.iter().map(|car| blocks(desk, car, whole)).collect();
    let mut intervals: Vec<Interval> = all.iter().flatten().map(|block| block.interval).collect();
    intervals.extend(pick.map(|pick| pick.interval));
    let days = days.clone().with_room_for(&desk.circle.zone, &intervals);
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = GAP;
        let title = if desk.room == Room::Narrow { 0.0 } else { 190.0 };
        names_of_days(ui, desk, &days, title);
        let mut pressed = None;
        for (car, blocks) in cars.iter().zip(&all) {
            pressed = row(ui, desk, car, blocks, &days, title, pick).or(pressed);
        }
        pressed
    })
    .inner
}

/// Where a day's cell is, in the row's own width.
fn cell(row: Rect, title: f32, days: &Days, column: usize) -> Rect {
    let width = (row.width() - title) / days.count as f32;
    let left = row.left() + title + width * column as f32;
    Rect::from_min_max(
        pos2(left + GAP * 0.5, row.top()),
        pos2(left + width - GAP * 0.5, row.bottom()),
    )
}

fn names_of_days(ui: &mut Ui, desk: &Desk<'_>, days: &Days, title: f32) {
    let palette = Palette::of(ui);
    let today = desk.circle.zone.date(desk.now);
    let (_, row) = ui.allocate_space(vec2(ui.available_width(), HEAD));
    for (column, date) in days.dates().enumerate() {
        let rect = cell(row, title, days, column);
        let colour = if date == today { palette.primary } else { palette.weak };
        let name = format!("{} {}", desk.words.weekday_short(date.weekday()), date.day());
        let font = Weight::Bold.at(14.5);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, name, font, colour);
    }
}

fn row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    car: &Listing,
    blocks: &[Block],
    days: &Days,
    title: f32,
    pick: Option<&Pick>,
) -> Option<(ListingId, Date)> {
    if title == 0.0 {
        crate::widgets::text::strong(ui, &car.general.title);
    }
    let (_, row) = ui.allocate_space(vec2(ui.available_width(), ROW));
    if title > 0.0 {
        name(ui, desk, car, Rect::from_min_size(row.min, vec2(title - 8.0, ROW)));
    }
    let mut pressed = None;
    for (column, date) in days.dates().enumerate() {
        let rect = cell(row, title, days, column);
        if day(ui, desk, car, blocks, days, (column, date), rect) {
            pressed = Some((car.id, date));
        }
    }
    if let Some(pick) = pick {
        let palette = Palette::of(ui);
        let is_free = matches!(pick.verdict(desk, car), Verdict::Allowed { .. });
        let colour = if is_free { palette.ok } else { palette.accent };
        for piece in days.pieces(&desk.circle.zone, pick.interval) {
            let bar = bar(cell(row, title, days, piece.column), days, &piece).expand(2.0);
            let stroke = Stroke::new(2.5, colour);
            ui.painter().rect_stroke(bar, CornerRadius::same(8), stroke, StrokeKind::Inside);
        }
    }
    pressed
}

fn name(ui: &mut Ui, desk: &mut Desk<'_>, car: &Listing, rect: Rect) {
    let photo = Rect::from_min_size(rect.min + vec2(0.0, 11.0), vec2(68.0, 52.0));
    picture(ui, desk, car, photo, Corners::All, 12);
    let inside = Rect::from_min_max(pos2(photo.right() + 10.0, rect.top()), rect.max);
    let layout = Layout::left_to_right(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(inside).layout(layout));
    let rich = RichText::new(&car.general.title).font(Weight::Bold.at(15.5));
    ui.add(Label::new(rich.color(Palette::of(&ui).text)).wrap());
}

/// Where a piece of time lies in a day's cell: the hours run from left to right.
fn bar(cell: Rect, days: &Days, piece: &Piece) -> Rect {
    let hours = (days.bottom - days.top).max(1) as f32;
    let at = |minutes: i32| {
        let part = (minutes.clamp(days.top, days.bottom) - days.top) as f32 / hours;
        cell.left() + cell.width() * part
    };
    let (left, right) = (at(piece.from), at(piece.to));
    Rect::from_x_y_ranges(left..=right.max(left + 5.0), cell.top() + 5.0..=cell.bottom() - 5.0)
}

/// One day of one car; gives whether it was pressed.
fn day(
    ui: &mut Ui,
    desk: &Desk<'_>,
    car: &Listing,
    blocks: &[Block],
    days: &Days,
    (column, date): (usize, Date),
    rect: Rect,
) -> bool {
    let (palette, words) = (Palette::of(ui), desk.words);
    let response = ui.interact(rect, part((car.id, date.to_string())), Sense::click());
    let mut said = Vec::new();
    let corner = CornerRadius::same(10);
    let is_closed = car.rules.is_closed_on(date);
    let ground = if is_closed { palette.sunken } else { palette.ok_soft };
    ui.painter().rect_filled(rect, corner, ground);
    for block in blocks {
        for piece in days.pieces(&desk.circle.zone, block.interval) {
            if piece.column != column {
                continue;
            }
            let who = block.who(desk);
            let bar = bar(rect, days, &piece);
            let (fill, colour, stroke) = block.face(desk, palette);
            ui.painter().rect(bar, CornerRadius::same(6), fill, stroke, StrokeKind::Inside);
            if bar.width() > 44.0 {
                let clip = ui.painter().with_clip_rect(bar.shrink(3.0));
                let at = pos2(bar.left() + 7.0, bar.center().y);
                let font = Weight::Bold.at(SMALL);
                clip.text(at, Align2::LEFT_CENTER, first_name(&who), font, colour);
            }
            let at = words.stretch(block.interval, desk.moment());
            said.push(format!("{who}, {at}"));
        }
    }
    let state = if is_closed {
        words.say("day-closed")
    } else if said.is_empty() {
        words.say("day-free")
    } else {
        said.join("; ")
    };
    let name = format!("{}, {}: {state}", car.general.title, words.date(date));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.hovered() {
        let stroke = Stroke::new(2.0, palette.primary);
        ui.painter().rect_stroke(rect, corner, stroke, StrokeKind::Inside);
    }
    focus_ring(ui, &response, rect, 10);
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name).clicked()
}
