//! The month on a sheet: a row a week, a column a day from Monday, bookings as bars, on a phone as dots.
//! One thing for the keyboard: arrows move the chosen day, page keys the month, Enter opens the day.

use eframe::egui::{
    Align2, Color32, CornerRadius, CursorIcon, EventFilter, Id, Key, Modifiers, Pos2, Rect,
    Response, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::lanes::{Bar, WEEK};
use super::month::{Month, Sure};
use crate::desk::{Desk, Room};
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::{CARD_RADIUS, Palette, shadow};
use crate::widgets::booking::Side;
use crate::widgets::focus_ring;

/// Room above the weeks for the names of the days.
const HEAD: f32 = 34.0;
/// Room in a day above its bars.
const NUMBER: f32 = 34.0;
/// Height of a bar, with the room below it.
const LANE: f32 = 25.0;
/// Height of a day on a phone.
const COMPACT: f32 = 52.0;
/// Least height of a day elsewhere: a number and three bars.
const LEAST: f32 = 112.0;
/// Dots on a day.
const MOST_DOTS: usize = 3;

/// What somebody did on the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Did {
    /// Chose a day.
    Chose(Date),
    /// Wants to see what is on the chosen one.
    Open,
}

/// How high it is, given so much room.
pub(super) fn height(room: Room, weeks: usize, free: f32) -> f32 {
    let weeks = weeks as f32;
    match room {
        Room::Narrow => HEAD + weeks * COMPACT + 8.0,
        Room::Middle | Room::Wide => HEAD + 8.0 + weeks * ((free - HEAD - 8.0) / weeks).max(LEAST),
    }
}

/// Its id: the page gives it the focus when the day's list is left.
pub(super) fn id() -> Id {
    Id::unique("month")
}

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    month: &Month,
    chosen: Date,
    height: f32,
) -> Option<Did> {
    let palette = Palette::of(ui);
    let (card, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let corner = CornerRadius::same(CARD_RADIUS);
    ui.painter().add(shadow(palette, 3, 14).as_shape(card, corner));
    let stroke = Stroke::new(1.0, palette.line);
    ui.painter().rect(card, corner, palette.card, stroke, StrokeKind::Inside);
    let inside = Rect::from_min_max(card.min + vec2(4.0, HEAD), card.max - vec2(4.0, 8.0));
    let sheet = Sheet { desk, month, chosen, inside };
    let whole = ui.interact(inside, id(), Sense::click());
    let name = sheet.name();
    whole.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &name));
    sheet.paint_head(ui, card);
    let mut did = None;
    for cell in 0..month.weeks.count * WEEK {
        if sheet.cell(ui, cell) {
            did = Some(Did::Chose(month.weeks.day(cell)));
        }
    }
    if desk.room != Room::Narrow {
        sheet.paint_bars(ui);
    }
    did = sheet.keys(ui, &whole).or(did);
    focus_ring(ui, &whole, card.shrink(3.0), CARD_RADIUS);
    did
}

struct Sheet<'a> {
    desk: &'a Desk<'a>,
    month: &'a Month,
    chosen: Date,
    inside: Rect,
}

impl Sheet<'_> {
    fn rect(&self, cell: usize) -> Rect {
        let size = vec2(
            self.inside.width() / WEEK as f32,
            self.inside.height() / self.month.weeks.count as f32,
        );
        let corner = vec2((cell % WEEK) as f32 * size.x, (cell / WEEK) as f32 * size.y);
        Rect::from_min_size(self.inside.min + corner, size)
    }

    /// So many lanes of bars fit into a day.
    fn lanes(&self) -> usize {
        ((self.rect(0).height() - NUMBER - 2.0) / LANE).floor().max(1.0) as usize
    }

    fn paint_head(&self, ui: &Ui, card: Rect) {
        let palette = Palette::of(ui);
        for (column, day) in Weekday::Monday.cycle_forward().take(WEEK).enumerate() {
            let at = pos2(self.rect(column).center().x, card.top() + HEAD * 0.5 + 2.0);
            let name = self.desk.words.weekday_short(day);
            let font = Weight::Semibold.at(14.0);
            ui.painter().text(at, Align2::CENTER_CENTER, name, font, palette.weak);
        }
    }

    /// A day; whether it was pressed.
    fn cell(&self, ui: &Ui, cell: usize) -> bool {
        let (palette, painter) = (Palette::of(ui), ui.painter());
        let day = self.month.weeks.day(cell);
        let rect = self.rect(cell);
        let today = self.desk.circle.zone.date(self.desk.now);
        // Without a stop for the Tab key: the arrows lead here.
        let response = ui.interact(rect, id().with(cell), Sense::CLICK);
        let said = self.said(day);
        response
            .widget_info(|| WidgetInfo::selected(Role::GridCell, true, day == self.chosen, &said));
        let is_inside = day.first_of_month() == self.month.weeks.month;
        let face = rect.shrink(1.5);
        let corner = CornerRadius::same(11);
        if day == self.chosen {
            painter.rect_filled(face, corner, palette.background);
            let stroke = Stroke::new(1.5, palette.primary);
            painter.rect_stroke(face, corner, stroke, StrokeKind::Inside);
        } else if response.hovered() {
            painter.rect_filled(face, corner, palette.sunken);
        }
        if cell >= WEEK {
            let line = Stroke::new(1.0, palette.line);
            painter.hline(rect.x_range().shrink(1.0), rect.top(), line);
        }
        let at = if self.desk.room == Room::Narrow {
            pos2(rect.center().x, rect.top() + 19.0)
        } else {
            pos2(rect.left() + 20.0, rect.top() + 18.0)
        };
        let colour = if day == today {
            painter.circle_filled(at, 14.0, palette.primary);
            palette.on_primary
        } else if is_inside {
            palette.text
        } else {
            palette.weak
        };
        let weight = if is_inside { Weight::Bold } else { Weight::Body };
        let number = day.day().to_string();
        painter.text(at, Align2::CENTER_CENTER, number, weight.at(15.5), colour);
        if self.desk.room == Room::Narrow {
            self.dots(ui, cell, rect);
        }
        response.on_hover_cursor(CursorIcon::PointingHand).clicked()
    }

    fn dots(&self, ui: &Ui, cell: usize, rect: Rect) {
        let all = self.month.on.get(cell).map_or(&[][..], Vec::as_slice);
        let shown = all.len().min(MOST_DOTS);
        for (place, of) in all.iter().take(shown).enumerate() {
            let Some(entry) = self.month.entries.get(*of) else { continue };
            let x = rect.center().x + (place as f32 - (shown as f32 - 1.0) * 0.5) * 10.0;
            let at = pos2(x, rect.bottom() - 10.0);
            let (sure, side) = (entry.sure, entry.side);
            dot(ui, at, sure, side);
        }
    }

    fn paint_bars(&self, ui: &Ui) {
        let lanes = self.lanes();
        // The last lane says how many more there are, where there are more.
        let most = |cell: usize| {
            let lies = |bar: &&Bar| {
                let first = bar.week * WEEK + bar.from;
                (first..=bar.week * WEEK + bar.to).contains(&cell)
            };
            self.month.bars.iter().filter(lies).map(|bar| bar.lane + 1).max().unwrap_or(0)
        };
        let is_full: Vec<bool> =
            (0..self.month.weeks.count * WEEK).map(|cell| most(cell) > lanes).collect();
        let mut hidden = vec![0_usize; is_full.len()];
        for bar in &self.month.bars {
            let cells = bar.week * WEEK + bar.from..=bar.week * WEEK + bar.to;
            let room = if is_full[cells.clone()].contains(&true) { lanes - 1 } else { lanes };
            if bar.lane < room {
                self.paint_bar(ui, bar);
            } else {
                hidden[cells].iter_mut().for_each(|count| *count += 1);
            }
        }
        let palette = Palette::of(ui);
        for (cell, count) in hidden.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            let rect = self.rect(cell);
            let at =
                pos2(rect.left() + 9.0, rect.top() + NUMBER + LANE * (lanes as f32 - 0.5) - 2.0);
            let said = self.desk.words.tell("month-more", &[("count", count.into())]);
            let font = Weight::Semibold.at(13.0);
            ui.painter().text(at, Align2::LEFT_CENTER, said, font, palette.weak);
        }
    }

    fn paint_bar(&self, ui: &Ui, bar: &Bar) {
        let Some(entry) = self.month.entries.get(bar.of) else { return };
        let first = self.rect(bar.week * WEEK + bar.from);
        let last = self.rect(bar.week * WEEK + bar.to);
        let top = first.top() + NUMBER + LANE * bar.lane as f32 - 2.0;
        let left = first.left() + if bar.is_first { 4.0 } else { 0.0 };
        let right = last.right() - if bar.is_last { 4.0 } else { 0.0 };
        let rect = Rect::from_min_max(pos2(left, top), pos2(right, top + LANE - 3.0));
        let round = |is_end| if is_end { 8 } else { 0 };
        let (west, east) = (round(bar.is_first), round(bar.is_last));
        let corner = CornerRadius { nw: west, sw: west, ne: east, se: east };
        let colour = ground(ui, rect, corner, entry.sure, entry.side);
        let icon = match entry.sure {
            Sure::Asked => Icon::HOURGLASS,
            Sure::Mind => Icon::BELL,
            _ if entry.side == Side::Owner => Icon::HANDSHAKE,
            _ => entry.icon,
        };
        let middle = pos2(rect.left() + 13.0, rect.center().y);
        icon.paint(ui.painter(), middle, 14.5, Fill::Outline, colour);
        let is_short = entry.days.0 == entry.days.1;
        let clock = self.desk.circle.zone.civil(entry.interval.from()).time();
        // Where there is little room, the name matters more; the day's list has the time.
        let has_room = rect.width() > 150.0;
        let said = if is_short && has_room && clock != jiff::civil::Time::midnight() {
            format!("{} {}", self.desk.words.clock(clock), entry.title)
        } else {
            entry.title.clone()
        };
        let room = rect.width() - 27.0;
        if room > 12.0 {
            let font = Weight::Semibold.at(13.0);
            let mut job = eframe::egui::text::LayoutJob::simple_singleline(said, font, colour);
            job.wrap = eframe::egui::text::TextWrapping::truncate_at_width(room);
            let galley = ui.painter().layout_job(job);
            let at = pos2(rect.left() + 23.0, rect.center().y - galley.size().y * 0.5);
            ui.painter().galley(at, galley, colour);
        }
    }

    /// What a screen reader says of a day.
    fn said(&self, day: Date) -> String {
        let words = self.desk.words;
        let count = self.month.of_day(day).count();
        let day = format!("{} {}", words.weekday(day.weekday()), words.date_with_year(day));
        words.tell("month-day", &[("day", day.into()), ("count", count.into())])
    }

    /// What it says of the sheet: the month, the chosen day, what lies on it, and how to go on.
    fn name(&self) -> String {
        let words = self.desk.words;
        let titles: Vec<String> = self
            .month
            .of_day(self.chosen)
            .map(|entry| format!("{}: {}", entry.title, entry.standing))
            .collect();
        let mut said = vec![self.said(self.chosen)];
        said.extend(titles);
        said.push(words.say("month-keys"));
        said.join(". ")
    }

    fn keys(&self, ui: &Ui, whole: &Response) -> Option<Did> {
        if whole.clicked() && whole.interact_pointer_pos().is_none() {
            // Enter, or a screen reader’s press.
            return Some(Did::Open);
        }
        if !whole.has_focus() {
            return None;
        }
        let filter = EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: false,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(whole.id, filter));
        let mut day = self.chosen;
        for (key, span) in [
            (Key::ArrowLeft, (-1).days()),
            (Key::ArrowRight, 1.day()),
            (Key::ArrowUp, (-1).week()),
            (Key::ArrowDown, 1.week()),
            (Key::PageUp, (-1).month()),
            (Key::PageDown, 1.month()),
        ] {
            let count = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
            (0..count).for_each(|_| day = day.saturating_add(span));
        }
        let is_home = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Home));
        if is_home {
            day = self.desk.circle.zone.date(self.desk.now);
        }
        (day != self.chosen).then_some(Did::Chose(day))
    }
}

/// The mark of a booking on a day of a phone: a dot, a ring for what is only asked, a diamond for what asks
/// for attention.
pub(super) fn dot(ui: &Ui, at: Pos2, sure: Sure, side: Side) {
    let palette = Palette::of(ui);
    let colour = match (sure, side) {
        (Sure::Over, _) => palette.weak,
        (Sure::Mind, _) | (_, Side::Owner) => palette.accent,
        _ => palette.primary,
    };
    match sure {
        Sure::Asked => _ = ui.painter().circle_stroke(at, 3.0, Stroke::new(1.5, colour)),
        Sure::Mind => {
            let corners = [vec2(0.0, -5.0), vec2(5.0, 0.0), vec2(0.0, 5.0), vec2(-5.0, 0.0)];
            let corners = corners.map(|corner| at + corner).to_vec();
            ui.painter().add(Shape::convex_polygon(corners, colour, Stroke::NONE));
        }
        Sure::Promised | Sure::Over => _ = ui.painter().circle_filled(at, 3.5, colour),
    }
}

/// A bar without words, for the legend.
pub(super) fn sample(ui: &Ui, rect: Rect, sure: Sure, side: Side) {
    ground(ui, rect, CornerRadius::same(5), sure, side);
}

/// The ground of a bar, and the colour of what stands on it: what I have in one, what is mine and with
/// others in another; what is only asked is an outline.
fn ground(ui: &Ui, rect: Rect, corner: CornerRadius, sure: Sure, side: Side) -> Color32 {
    let palette = Palette::of(ui);
    let (fill, colour) = match (sure, side) {
        (Sure::Over, _) => (palette.sunken, palette.weak),
        (Sure::Mind, _) => (palette.accent, palette.on_accent),
        (Sure::Asked, _) => (palette.card, palette.primary),
        (Sure::Promised, Side::Owner) => (palette.accent_soft, palette.accent),
        (Sure::Promised, _) => (palette.primary_soft, palette.primary),
    };
    let line = if sure == Sure::Asked { colour } else { fill };
    ui.painter().rect(rect, corner, fill, Stroke::new(1.5, line), StrokeKind::Inside);
    colour
}
