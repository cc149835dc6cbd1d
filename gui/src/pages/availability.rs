//! When something is free in the coming weeks: a cell a day, with what is taken of it drawn in.

use eframe::egui::{
    Align2, CornerRadius, CursorIcon, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, pos2, vec2,
};
use jiff::ToSpan;
use jiff::civil::Date;
use noaber_core::booking::shelf::Stretch;
use noaber_core::listing::Listing;
use noaber_core::time::Interval;

use crate::desk::Desk;
use crate::fonts::Weight;
use crate::theme::Palette;
use crate::widgets::{focus_ring, text};

const WEEKS: i64 = 4;
const GAP: f32 = 5.0;
/// The end of a day, as no clock shows it.
const MIDNIGHT: &str = "24:00";

/// Shows four weeks; gives the day that was pressed.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, listing: &Listing, chosen: Date) -> Option<Date> {
    let zone = &desk.circle.zone;
    let today = zone.date(desk.now);
    let before = i64::from(today.weekday().to_monday_zero_offset());
    let monday = today.saturating_sub(before.days());
    let end = monday.saturating_add((WEEKS * 7).days());
    let whole = Interval::new(zone.start_of_day(monday), zone.start_of_day(end))?;
    let stretches = desk.circle.stretches(listing, whole, desk.now);
    let width = (ui.available_width() - 6.0 * GAP) / 7.0;
    let size = vec2(width, 50.0);
    let mut pressed = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(GAP);
        ui.horizontal(|ui| {
            for day in monday.weekday().cycle_forward().take(7) {
                let (_, rect) = ui.allocate_space(vec2(width, 20.0));
                let (font, colour) = (Weight::Semibold.at(13.5), Palette::of(ui).weak);
                let name = desk.words.weekday_short(day);
                ui.painter().text(rect.center(), Align2::CENTER_CENTER, name, font, colour);
            }
        });
        let mut date = monday;
        for _ in 0..WEEKS {
            ui.horizontal(|ui| {
                for _ in 0..7 {
                    if date < today {
                        ui.allocate_space(size);
                    } else if cell(ui, desk, listing, date, &stretches, size, chosen).clicked() {
                        pressed = Some(date);
                    }
                    date = date.saturating_add(1.day());
                }
            });
        }
    });
    legend(ui, desk);
    pressed
}

/// What of this day is taken.
fn taken(desk: &Desk<'_>, date: Date, stretches: &[Stretch]) -> Vec<Interval> {
    let zone = &desk.circle.zone;
    let end = date.tomorrow().map_or(date, |next| next);
    let Some(day) = Interval::new(zone.start_of_day(date), zone.start_of_day(end)) else {
        return Vec::new();
    };
    let here = stretches.iter().filter(|s| s.free == 0 && s.interval.overlaps(day));
    let cut = here.filter_map(|stretch| {
        let (from, to) = (stretch.interval.from(), stretch.interval.to());
        Interval::new(from.max(day.from()), to.min(day.to()))
    });
    cut.collect()
}

fn cell(
    ui: &mut Ui,
    desk: &Desk<'_>,
    listing: &Listing,
    date: Date,
    stretches: &[Stretch],
    size: Vec2,
    chosen: Date,
) -> Response {
    let palette = Palette::of(ui);
    let zone = &desk.circle.zone;
    let taken = taken(desk, date, stretches);
    let is_closed = listing.rules.is_closed_on(date);
    let day_start = zone.start_of_day(date);
    let day_ms =
        date.tomorrow().map_or(1, |next| zone.start_of_day(next).as_ms() - day_start.as_ms());
    let is_full = taken.iter().map(|part| part.length_ms()).sum::<i64>() >= day_ms;
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let words = desk.words;
    let state = if is_closed {
        words.say("day-closed")
    } else if is_full {
        words.say("day-full")
    } else if let Some(first) = taken.first() {
        let clock = |at| words.clock(zone.civil(at).time());
        let end = zone.civil(first.to());
        // A day that is taken to its end is taken until 24:00, not until 00:00.
        let is_end_of_day = end.date() > date;
        let end = if is_end_of_day { MIDNIGHT.to_owned() } else { clock(first.to()) };
        let at = format!("{}–{end}", clock(first.from()));
        words.tell("day-part", &[("at", at.into())])
    } else {
        words.say("day-free")
    };
    let name = format!("{}: {state}", words.date(date));
    let is_chosen = date == chosen;
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &name));
    let corner = CornerRadius::same(10);
    let (fill, colour) = if is_closed {
        (palette.sunken, palette.weak)
    } else if is_full {
        (palette.accent_soft, palette.accent)
    } else {
        (palette.ok_soft, palette.ok)
    };
    ui.painter().rect_filled(rect, corner, fill);
    let at = pos2(rect.center().x, rect.top() + 18.0);
    let font = Weight::Bold.at(15.5);
    ui.painter().text(at, Align2::CENTER_CENTER, date.day().to_string(), font, colour);
    let bar = Rect::from_min_max(
        pos2(rect.left() + 7.0, rect.bottom() - 13.0),
        pos2(rect.right() - 7.0, rect.bottom() - 7.0),
    );
    if is_closed {
        ui.painter().hline(bar.x_range(), bar.center().y, Stroke::new(2.0, palette.weak));
    } else {
        ui.painter().rect_filled(bar, CornerRadius::same(3), palette.ok.gamma_multiply(0.35));
        for part in &taken {
            let place = |at: i64| (at - day_start.as_ms()) as f32 / day_ms as f32;
            let left = bar.left() + bar.width() * place(part.from().as_ms());
            let right = bar.left() + bar.width() * place(part.to().as_ms());
            let piece = Rect::from_x_y_ranges(left..=right.max(left + 3.0), bar.y_range());
            ui.painter().rect_filled(piece, CornerRadius::same(3), palette.accent);
        }
    }
    if is_chosen || response.hovered() {
        let stroke = Stroke::new(2.0, if is_chosen { palette.primary } else { palette.line });
        ui.painter().rect_stroke(rect, corner, stroke, StrokeKind::Inside);
    }
    focus_ring(ui, &response, rect, 10);
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name)
}

fn legend(ui: &mut Ui, desk: &Desk<'_>) {
    let palette = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        for (key, colour) in [("legend-free", palette.ok), ("legend-taken", palette.accent)] {
            let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
            let bar = Rect::from_center_size(rect.center(), vec2(16.0, 6.0));
            ui.painter().rect_filled(bar, CornerRadius::same(3), colour);
            text::small(ui, desk.words.say(key));
        }
        text::small(ui, desk.words.say("legend-press"));
    });
}
