//! Bookings as blocks on the calendar, and what is closed or in repair as a shade behind them.
//!
//! A block says who, when and how sure that is: by words and an icon, and by its look. Strong is mine,
//! outlined is only asked, a warning is a clash.

use eframe::egui::{
    Align2, Color32, CornerRadius, CursorIcon, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};
use noaber_core::booking::{Assurance, Booking, State, Status};
use noaber_core::id::BookingId;
use noaber_core::limits::MAX_BOOKING_MS;
use noaber_core::listing::Listing;
use noaber_core::time::{Interval, Timestamp};

use super::days::{Days, Piece, Sheet, minutes};
use super::grid::{CLEAR, part};
use crate::desk::Desk;
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::Palette;
use crate::widgets::booking::{side, standing};
use crate::widgets::focus_ring;
use crate::words::first_name;

/// One booking, as it is shown.
pub(super) struct Block {
    pub(super) id: BookingId,
    /// The time that it takes.
    pub(super) interval: Interval,
    booking: std::sync::Arc<Booking>,
    status: Status,
    assurance: Assurance,
    icon: Icon,
    /// How sure it is, in words.
    state: String,
    /// Who, when and how sure: what a screen reader says.
    name: String,
    /// Its place among those that lie beside it, on each day; and how many those are.
    lanes: Vec<(Piece, usize, usize)>,
}

/// The bookings of a car that are to be seen on these days.
pub(super) fn blocks(desk: &Desk<'_>, car: &Listing, whole: Interval) -> Vec<Block> {
    let shelf = desk.circle.shelves.get(&car.id);
    // What began longer ago than any booking may last cannot reach here.
    let least = BookingId::from_bytes([0; 16]);
    let near = (whole.from().plus_ms(-MAX_BOOKING_MS), least)..(whole.to(), least);
    let all = shelf.into_iter().flat_map(|shelf| shelf.bookings.range(near.clone()));
    let all = all.filter_map(|(_, id)| desk.circle.bookings.get(id));
    let mut blocks: Vec<Block> = all
        .filter_map(|booking| Block::of(desk, car, booking))
        .filter(|block| block.interval.overlaps(whole))
        .collect();
    blocks.sort_by_key(|block| (block.interval.from(), block.id));
    blocks
}

/// Puts those beside each other that share time.
pub(super) fn arrange(desk: &Desk<'_>, days: &Days, blocks: &mut [Block]) {
    let mut pieces: Vec<(Piece, usize)> = Vec::new();
    for (place, block) in blocks.iter_mut().enumerate() {
        block.lanes.clear();
        let here = days.pieces(&desk.circle.zone, block.interval);
        pieces.extend(here.into_iter().map(|piece| (piece, place)));
    }
    pieces.sort_by_key(|(piece, place)| (piece.column, piece.from, *place));
    // A group is what hangs together by shared time; each takes the first lane that is free.
    let mut group: Vec<(Piece, usize, usize)> = Vec::new();
    let mut ends: Vec<i32> = Vec::new();
    let mut close = |group: &mut Vec<(Piece, usize, usize)>, count: usize| {
        for (piece, place, lane) in group.drain(..) {
            blocks[place].lanes.push((piece, lane, count));
        }
    };
    for (piece, place) in pieces {
        let is_apart = group.first().is_some_and(|(first, ..)| first.column != piece.column)
            || ends.iter().all(|end| *end <= piece.from);
        if is_apart {
            close(&mut group, ends.len());
            ends.clear();
        }
        let lane = ends.iter().position(|end| *end <= piece.from).unwrap_or(ends.len());
        if lane == ends.len() {
            ends.push(piece.to);
        } else {
            ends[lane] = piece.to;
        }
        group.push((piece, place, lane));
    }
    close(&mut group, ends.len());
}

/// How a block looks.
struct Looks {
    fill: Color32,
    text: Color32,
    /// Around it.
    stroke: Stroke,
    /// At its left edge.
    bar: Color32,
}

impl Block {
    fn of(desk: &Desk<'_>, car: &Listing, booking: &std::sync::Arc<Booking>) -> Option<Self> {
        let status = desk.circle.status(booking, desk.now);
        let side = side(desk, booking, Some(car));
        let interval = match status.state {
            State::Asked | State::Offered | State::Confirmed => status.interval,
            // In line: nothing to others.
            State::Waiting if booking.borrower == desk.me => status.interval,
            State::Out => {
                let until = status.interval.to().max(desk.now);
                Interval::new(status.interval.from(), until)?
            }
            State::Returned => status.used()?,
            State::Waiting | State::Declined | State::Cancelled | State::Expired => return None,
        };
        let assurance = desk.circle.assurance(booking, &status, desk.now);
        let (icon, state, _) = standing(desk, booking, &status, side);
        let (id, booking) = (booking.id, std::sync::Arc::clone(booking));
        let (name, lanes) = (String::new(), Vec::new());
        let mut block = Self { id, interval, booking, status, assurance, icon, state, name, lanes };
        let at = desk.words.stretch(block.status.interval, desk.moment());
        block.name = format!("{}, {at}, {}", block.who(desk), block.state);
        Some(block)
    }

    fn is_mine(&self, desk: &Desk<'_>) -> bool {
        self.booking.borrower == desk.me
    }

    fn looks(&self, desk: &Desk<'_>, palette: &Palette) -> Looks {
        let (strong, soft) = palette.person(self.booking.borrower);
        let is_mine = self.is_mine(desk);
        let none = Stroke::NONE;
        if self.assurance == Assurance::Clash {
            let stroke = Stroke::new(2.5, palette.accent);
            return Looks { fill: palette.accent_soft, text: palette.text, stroke, bar: CLEAR };
        }
        match self.status.state {
            State::Returned => {
                let (fill, text) = (palette.sunken, palette.weak);
                Looks { fill, text, stroke: none, bar: palette.weak }
            }
            State::Confirmed | State::Out if is_mine => {
                let (fill, text) = (palette.primary, palette.on_primary);
                Looks { fill, text, stroke: none, bar: CLEAR }
            }
            State::Confirmed | State::Out => {
                Looks { fill: soft, text: strong, stroke: none, bar: strong }
            }
            _ if is_mine => {
                let (fill, text) = (palette.primary_soft, palette.primary);
                Looks { fill, text, stroke: Stroke::new(1.5, text), bar: CLEAR }
            }
            _ => {
                let stroke = Stroke::new(1.5, strong);
                Looks { fill: palette.card, text: palette.text, stroke, bar: CLEAR }
            }
        }
    }

    /// Whose it is, as it is called here.
    pub(super) fn who(&self, desk: &Desk<'_>) -> String {
        if self.is_mine(desk) {
            desk.words.say("week-you")
        } else {
            desk.circle.name_of(self.booking.borrower).to_owned()
        }
    }

    /// Its ground, its letters and the line around it.
    pub(super) fn face(&self, desk: &Desk<'_>, palette: &Palette) -> (Color32, Color32, Stroke) {
        let looks = self.looks(desk, palette);
        (looks.fill, looks.text, looks.stroke)
    }

    /// Shows it; gives whether it was pressed.
    pub(super) fn show(&self, ui: &Ui, desk: &Desk<'_>, sheet: &Sheet<'_>, is_open: bool) -> bool {
        let palette = Palette::of(ui);
        let who = self.who(desk);
        let looks = self.looks(desk, palette);
        let mut pressed = false;
        for (piece, lane, count) in &self.lanes {
            let Some(day) = sheet.place(piece) else { continue };
            let width = day.width() / *count as f32;
            let left = day.left() + width * *lane as f32;
            let rect = Rect::from_x_y_ranges(left + 3.0..=left + width - 2.0, day.y_range());
            let rect = rect.shrink2(vec2(0.0, 0.5));
            // It takes drags too, so that none begins on it.
            let id = part((self.id, piece.column));
            let response = ui.interact(rect, id, Sense::click_and_drag());
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, &self.name));
            let corner = CornerRadius::same(10);
            ui.painter().rect(rect, corner, looks.fill, looks.stroke, StrokeKind::Inside);
            if looks.bar != CLEAR {
                let bar = Rect::from_min_max(rect.min, pos2(rect.left() + 4.0, rect.bottom()));
                let corner = CornerRadius { nw: 10, sw: 10, ne: 0, se: 0 };
                let painter = ui.painter().with_clip_rect(bar);
                let round = Rect::from_min_size(rect.min, vec2(14.0, rect.height()));
                painter.rect_filled(round, corner, looks.bar);
            }
            if is_open {
                let ring = Stroke::new(2.5, palette.text);
                ui.painter().rect_stroke(rect, corner, ring, StrokeKind::Outside);
            }
            self.write(ui, desk, rect, &looks, (self.icon, &self.state, &who));
            focus_ring(ui, &response, rect, 8);
            pressed |= response.clicked();
            response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&self.name);
        }
        pressed
    }

    /// Who, when, and how sure: as many lines as there is room for.
    fn write(
        &self,
        ui: &Ui,
        desk: &Desk<'_>,
        rect: Rect,
        looks: &Looks,
        (icon, state, who): (Icon, &str, &str),
    ) {
        let painter = ui.painter().with_clip_rect(rect.shrink2(vec2(3.0, 1.0)));
        let left = rect.left() + 11.0;
        let is_low = rect.height() < 40.0;
        let mut y = rect.top() + if is_low { (rect.height() - 18.0).max(0.0) * 0.5 } else { 6.0 };
        let is_warned = self.assurance == Assurance::Clash
            || (self.status.state == State::Out && self.status.interval.to() <= desk.now);
        let mut x = left;
        if is_warned {
            let at = pos2(x + 6.0, y + 9.0);
            Icon::WARNING.paint(&painter, at, 15.0, Fill::Outline, looks.text);
            x += 17.0;
        }
        let who = first_name(who);
        let font = Weight::Bold.at(14.0);
        let drawn = painter.text(pos2(x, y), Align2::LEFT_TOP, who, font, looks.text);
        let times = times(desk, self.status.interval);
        let font = Weight::Body.at(13.0);
        if is_low {
            let at = pos2(drawn.right() + 6.0, y + 1.0);
            painter.text(at, Align2::LEFT_TOP, times, font, looks.text);
            return;
        }
        y += 18.0;
        let room = rect.right() - left - 6.0;
        let galley = painter.layout(times, font, looks.text, room);
        let height = galley.size().y;
        painter.galley(pos2(left, y), galley, looks.text);
        y += height + 1.0;
        let is_settled = matches!(self.status.state, State::Confirmed | State::Returned)
            && self.assurance != Assurance::Clash;
        if rect.bottom() - y < 18.0 || is_settled {
            return;
        }
        let galley = painter.layout(state.to_owned(), Weight::Semibold.at(12.5), looks.text, room);
        if galley.size().y <= rect.bottom() - y - 2.0 {
            painter.galley(pos2(left, y), galley, looks.text);
        } else {
            icon.paint(&painter, pos2(left + 7.0, y + 9.0), 15.0, Fill::Outline, looks.text);
        }
    }
}

/// Such as “9–12:30”, or “18–Sun 9” over a night.
pub(super) fn times(desk: &Desk<'_>, interval: Interval) -> String {
    let zone = &desk.circle.zone;
    let (from, to) = (zone.civil(interval.from()), zone.civil(interval.to()));
    let clock = |at: jiff::civil::DateTime| match at.minute() {
        0 => at.hour().to_string(),
        minute => format!("{}:{minute:02}", at.hour()),
    };
    let is_midnight =
        minutes(to.time()) == 0 && to.date().yesterday().is_ok_and(|before| before == from.date());
    if from.date() == to.date() {
        format!("{}–{}", clock(from), clock(to))
    } else if is_midnight {
        format!("{}–24", clock(from))
    } else {
        let day = |at: jiff::civil::DateTime| desk.words.weekday_short(at.weekday());
        format!("{} {}–{} {}", day(from), clock(from), day(to), clock(to))
    }
}

/// Shades what cannot be: closed times, closed days and repairs, each with its words.
pub(super) fn shade(ui: &Ui, desk: &Desk<'_>, car: &Listing, sheet: &Sheet<'_>) {
    let (days, zone) = (sheet.days, &desk.circle.zone);
    for (column, date) in days.dates().enumerate() {
        let piece = |from, to| Piece { column, from, to, is_first: true, is_last: true };
        if car.rules.is_closed_on(date) {
            let name = car.rules.closure_on(date).and_then(|closure| closure.name.clone());
            let closed = desk.words.say("week-closed");
            let said = name.map_or(closed.clone(), |name| format!("{closed}: {name}"));
            shaded(ui, sheet, &piece(days.top, days.bottom), &said);
        } else if !car.rules.open.is_empty() {
            let said = desk.words.say("week-no-handing");
            for (from, to) in closed_times(car, date.weekday()) {
                shaded(ui, sheet, &piece(from.max(days.top), to.min(days.bottom)), &said);
            }
        }
    }
    let repair = car.rules.repair.as_ref();
    let repaired = repair.and_then(|repair| Some((repair.interval()?, &repair.note)));
    if let Some((interval, note)) = repaired {
        let end = interval.to().min(Timestamp::from_ms(i64::MAX / 4));
        let said = if note.is_empty() {
            desk.words.say("rule-repair")
        } else {
            desk.words.tell("rule-repair-note", &[("note", note.as_str().into())])
        };
        let shown = Interval::new(interval.from(), end).map(|all| days.pieces(zone, all));
        for piece in shown.into_iter().flatten() {
            shaded(ui, sheet, &piece, &said);
        }
    }
}

/// The minutes of a weekday at which nothing is fetched or brought back.
fn closed_times(car: &Listing, day: jiff::civil::Weekday) -> Vec<(i32, i32)> {
    let mut open: Vec<(i32, i32)> = car
        .rules
        .open
        .iter()
        .filter(|opening| opening.days.contains(day))
        .map(|opening| (i32::from(opening.from.minutes()), i32::from(opening.to.minutes())))
        .collect();
    open.sort_unstable();
    let mut closed = Vec::new();
    let mut from = 0;
    for (start, end) in open {
        closed.push((from, start));
        from = from.max(end);
    }
    closed.push((from, 24 * 60));
    closed.retain(|(from, to)| from < to);
    closed
}

fn shaded(ui: &Ui, sheet: &Sheet<'_>, piece: &Piece, said: &str) {
    if piece.from >= piece.to {
        return;
    }
    let Some(rect) = sheet.place(piece) else { return };
    let rect = rect.intersect(sheet.rect);
    let palette = Palette::of(ui);
    hatch(ui.painter(), rect, palette);
    let painter = ui.painter().with_clip_rect(rect);
    let font = Weight::Semibold.at(12.5);
    let galley = painter.layout(said.to_owned(), font, palette.weak, rect.width() - 12.0);
    if galley.size().y + 8.0 <= rect.height() {
        painter.galley(rect.min + vec2(7.0, 5.0), galley, palette.weak);
    }
    let spot = part(("shade", piece.column, piece.from, said));
    let spot = ui.interact(rect, spot, Sense::hover());
    spot.widget_info(|| WidgetInfo::labeled(Role::Label, true, said));
}

/// A quiet ground.
pub(super) fn hatch(painter: &Painter, rect: Rect, palette: &Palette) {
    painter.rect_filled(rect, CornerRadius::ZERO, palette.sunken);
    let painter = painter.with_clip_rect(rect);
    let stroke = Stroke::new(1.0, palette.line);
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += 11.0;
    }
}
