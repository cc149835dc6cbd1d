//! The calendar: days beside each other, bookings as blocks, and the time that somebody is choosing.
//!
//! A time is chosen by dragging over what is free, by pressing a place, or by the keyboard while the
//! calendar has the focus. What is chosen is in [`super::pick`]; where time lies, in [`super::days`].

use eframe::egui::{
    Align2, Color32, CornerRadius, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Role,
    Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use noaber_core::id::BookingId;
use noaber_core::listing::Listing;
use noaber_core::rules::Verdict;
use noaber_core::time::{Interval, Timestamp};

use super::blocks::{self, Block};
use super::days::{Days, Length, Sheet};
use super::pick::{Pick, Step};
use crate::desk::{Desk, Room};
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::{CARD_RADIUS, Palette, SMALL, shadow};
use crate::widgets::focus_ring;

/// Room above the hours for the names of the days.
const HEAD: f32 = 64.0;
/// Steps by mouse and keyboard, in minutes; with Alt held the finer ones.
const STEP: i32 = 30;
const FINE: i32 = 15;

/// What somebody did on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Did {
    /// Looks at a booking.
    Open(BookingId),
    /// Chose a time, and let go.
    Chose,
    /// Asks for what is chosen.
    Ask,
    /// Wants no time after all.
    Clear,
}

/// What the calendar is about.
pub(super) struct Grid<'a> {
    pub(super) days: &'a Days,
    pub(super) car: &'a Listing,
    pub(super) blocks: &'a [Block],
    pub(super) open: Option<BookingId>,
    pub(super) height: f32,
}

impl Grid<'_> {
    /// Shows it.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        desk: &Desk<'_>,
        pick: &mut Option<Pick>,
    ) -> Option<Did> {
        let palette = Palette::of(ui);
        let width = ui.available_width();
        let (card, _) = ui.allocate_exact_size(vec2(width, self.height), Sense::hover());
        let corner = CornerRadius::same(CARD_RADIUS);
        ui.painter().add(shadow(palette, 3, 14).as_shape(card, corner));
        let stroke = Stroke::new(1.0, palette.line);
        ui.painter().rect(card, corner, palette.card, stroke, StrokeKind::Inside);
        let left = if desk.room == Room::Narrow { 50.0 } else { 60.0 };
        let rect = Rect::from_min_max(
            card.min + vec2(left, HEAD),
            card.max - vec2(if desk.room == Room::Narrow { 4.0 } else { 10.0 }, 14.0),
        );
        let sheet = Sheet { days: self.days, rect };
        let ground = ui.interact(rect, part("ground"), Sense::click_and_drag());
        let verdict = pick.as_ref().map(|pick| pick.verdict(desk, self.car));
        let name = self.name(desk, pick.as_ref(), verdict.as_ref());
        ground.widget_info(|| WidgetInfo::labeled(Role::Grid, true, &name));
        self.paint_days(ui, desk, &sheet, card);
        blocks::shade(ui, desk, self.car, &sheet);
        let mut did = self.drag_ground(ui, desk, &sheet, &ground, pick);
        for block in self.blocks {
            if block.show(ui, desk, &sheet, self.open == Some(block.id)) {
                did = Some(Did::Open(block.id));
            }
        }
        self.paint_now(ui, desk, &sheet);
        if let Some(pick) = pick {
            did = self.paint_pick(ui, desk, &sheet, pick, verdict.as_ref()).or(did);
        }
        did = self.keys(ui, desk, &ground, pick).or(did);
        focus_ring(ui, &ground, card.shrink(3.0), CARD_RADIUS);
        did
    }

    /// What a screen reader says of it: which days, what is chosen, and whether that can be.
    fn name(&self, desk: &Desk<'_>, pick: Option<&Pick>, verdict: Option<&Verdict>) -> String {
        let words = desk.words;
        let last = self.days.date(self.days.count.saturating_sub(1));
        let (from, to) = (words.date(self.days.first), words.date(last));
        let fills =
            [("title", (&self.car.general.title).into()), ("from", from.into()), ("to", to.into())];
        let name = words.tell("week-calendar", &fills);
        let (Some(pick), Some(verdict)) = (pick, verdict) else {
            return format!("{name} {}", words.say("week-keys"));
        };
        let at = words.stretch(pick.interval, desk.moment());
        let chosen = words.tell("week-chosen", &[("at", at.into())]);
        let said = match verdict {
            Verdict::Allowed { .. } => words.say("week-can"),
            Verdict::Refused(why) => {
                super::pick::reasons(desk, self.car, pick.interval, why).join(" ")
            }
        };
        format!("{name} {chosen} {said}")
    }

    fn paint_days(&self, ui: &Ui, desk: &Desk<'_>, sheet: &Sheet<'_>, card: Rect) {
        let (palette, words, painter) = (Palette::of(ui), desk.words, ui.painter());
        let zone = &desk.circle.zone;
        let today = zone.date(desk.now);
        let line = Stroke::new(1.0, palette.line);
        for (column, date) in self.days.dates().enumerate() {
            let (left, right) = (sheet.left(column), sheet.left(column + 1));
            let middle = (left + right) * 0.5;
            let is_today = date == today;
            if is_today {
                let tint = palette.primary_soft.gamma_multiply(0.55);
                let band =
                    Rect::from_x_y_ranges(left..=right, card.top() + 1.0..=card.bottom() - 1.0);
                painter.rect_filled(band, CornerRadius::ZERO, tint);
            }
            let weekday = words.weekday_short(date.weekday());
            let at = pos2(middle, card.top() + 17.0);
            let font = Weight::Semibold.at(14.0);
            painter.text(at, Align2::CENTER_CENTER, weekday, font, palette.weak);
            let at = pos2(middle, card.top() + 40.0);
            let colour = if is_today {
                painter.circle_filled(at, 15.0, palette.primary);
                palette.on_primary
            } else {
                palette.text
            };
            let day = date.day().to_string();
            painter.text(at, Align2::CENTER_CENTER, day, Weight::Bold.at(17.0), colour);
            painter.vline(left, card.top() + 14.0..=sheet.rect.bottom(), line);
            self.paint_change(ui, desk, sheet, column);
        }
        let first = (self.days.top + 119) / 120 * 120;
        for minutes in (first..=self.days.bottom).step_by(120) {
            let y = sheet.y(minutes);
            painter.hline(sheet.rect.left() - 4.0..=sheet.rect.right(), y, line);
            let (hour, minute) = (minutes / 60, minutes % 60);
            let text = format!("{hour:02}:{minute:02}");
            let at = pos2(sheet.rect.left() - 10.0, y);
            painter.text(at, Align2::RIGHT_CENTER, text, Weight::Body.at(SMALL), palette.weak);
        }
    }

    /// Says so on a day on which clocks change.
    fn paint_change(&self, ui: &Ui, desk: &Desk<'_>, sheet: &Sheet<'_>, column: usize) {
        let (palette, zone) = (Palette::of(ui), &desk.circle.zone);
        let key = match self.days.length(zone, column) {
            Length::Usual => return,
            Length::Shorter => "week-shorter",
            Length::Longer => "week-longer",
        };
        let said = desk.words.say(key);
        let middle = (sheet.left(column) + sheet.left(column + 1)) * 0.5;
        let at = pos2(middle + 24.0, sheet.rect.top() - HEAD + 40.0);
        Icon::CLOCK.paint(ui.painter(), at, 15.0, Fill::Outline, palette.accent);
        let spot = Rect::from_center_size(at, vec2(20.0, 20.0));
        let spot = ui.interact(spot, part(("change", column)), Sense::hover());
        spot.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        spot.on_hover_text(said);
        let missing = self.days.missing(zone, column);
        if let Some(rect) = missing.and_then(|piece| sheet.place(&piece)) {
            blocks::hatch(ui.painter(), rect, palette);
        }
    }

    fn paint_now(&self, ui: &Ui, desk: &Desk<'_>, sheet: &Sheet<'_>) {
        let palette = Palette::of(ui);
        let now = desk.circle.zone.civil(desk.now);
        let minutes = super::days::minutes(now.time());
        let shown = self.days.top..=self.days.bottom;
        let column = self.days.dates().position(|date| date == now.date());
        let (Some(column), true) = (column, shown.contains(&minutes)) else { return };
        let y = sheet.y(minutes);
        let (left, right) = (sheet.left(column), sheet.left(column + 1));
        ui.painter().hline(left..=right, y, Stroke::new(2.0, palette.accent));
        ui.painter().circle_filled(pos2(left, y), 5.0, palette.accent);
    }

    pub(super) fn step(ui: &Ui) -> i32 {
        if ui.input(|input| input.modifiers.alt) { FINE } else { STEP }
    }

    pub(super) fn instant(
        &self,
        desk: &Desk<'_>,
        sheet: &Sheet<'_>,
        at: Pos2,
        step: i32,
    ) -> Timestamp {
        let (column, minutes) = sheet.at(at, step);
        self.days.instant(&desk.circle.zone, column, minutes)
    }

    /// A new time is dragged, or begins where somebody pressed.
    fn drag_ground(
        &self,
        ui: &Ui,
        desk: &Desk<'_>,
        sheet: &Sheet<'_>,
        ground: &Response,
        pick: &mut Option<Pick>,
    ) -> Option<Did> {
        let step = Self::step(ui);
        let key = ground.id.with("drag");
        if ground.drag_started() {
            // Where it was pressed, not where the pointer has got to since.
            let origin = ui.input(|input| input.pointer.press_origin());
            let start = origin.map(|at| self.instant(desk, sheet, at, step));
            ui.data_mut(|data| data.insert_temp(key, start));
        }
        if ground.dragged() || ground.drag_stopped() {
            let start: Option<Timestamp> = ui.data(|data| data.get_temp(key)).flatten();
            if let (Some(start), Some(at)) = (start, ground.interact_pointer_pos()) {
                let end = self.instant(desk, sheet, at, step);
                if let Some(interval) = Interval::new(start.min(end), start.max(end)) {
                    match pick {
                        Some(pick) => pick.set(interval),
                        None => *pick = Some(Pick::new(interval)),
                    }
                }
            }
            return ground.drag_stopped().then_some(Did::Chose);
        }
        if ground.clicked()
            && let Some(at) = ground.interact_pointer_pos()
        {
            ground.request_focus();
            let (column, minutes) = sheet.at(at - vec2(0.0, 8.0), step);
            let from = self.days.instant(&desk.circle.zone, column, minutes);
            match (pick, Pick::at(from)) {
                (Some(pick), Some(new)) => pick.set(new.interval),
                (pick, new) => *pick = new,
            }
            return Some(Did::Chose);
        }
        None
    }

    /// The keyboard’s way of doing all this.
    fn keys(
        &self,
        ui: &Ui,
        desk: &Desk<'_>,
        ground: &Response,
        pick: &mut Option<Pick>,
    ) -> Option<Did> {
        if ground.clicked() && ground.interact_pointer_pos().is_none() {
            // Enter, or a screen reader’s press.
            if pick.is_some() {
                return Some(Did::Ask);
            }
            *pick = self.first_pick(desk);
            return None;
        }
        if !ground.has_focus() {
            return None;
        }
        let (horizontal_arrows, vertical_arrows, escape) = (true, true, pick.is_some());
        let filter = EventFilter { tab: false, horizontal_arrows, vertical_arrows, escape };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(ground.id, filter));
        let fine = if Self::step(ui) == FINE { Modifiers::ALT } else { Modifiers::NONE };
        let minutes = i64::from(Self::step(ui));
        for (key, step) in [
            (Key::ArrowUp, Step::Minutes(-minutes)),
            (Key::ArrowDown, Step::Minutes(minutes)),
            (Key::ArrowLeft, Step::Days(-1)),
            (Key::ArrowRight, Step::Days(1)),
        ] {
            let count =
                |modifiers| ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
            // With Shift first: a key without modifiers would match it too.
            let (stretches, shifts) = (count(fine | Modifiers::SHIFT), count(fine));
            if stretches + shifts > 0 && pick.is_none() {
                *pick = self.first_pick(desk);
                continue;
            }
            let Some(pick) = pick else { continue };
            (0..stretches).for_each(|_| pick.stretch(&desk.circle.zone, step));
            (0..shifts).for_each(|_| pick.shift(&desk.circle.zone, step));
        }
        let is_escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        (is_escaped && pick.is_some()).then_some(Did::Clear)
    }

    fn first_pick(&self, desk: &Desk<'_>) -> Option<Pick> {
        let today = desk.circle.zone.date(desk.now);
        Pick::begin(desk, self.car, self.days.first, self.days.contains(today))
    }
}

/// The height that a calendar of so many hours has where this much is free.
pub(super) fn height(days: &Days, room: Room, free: f32) -> f32 {
    let least = if room == Room::Narrow { 27.0 } else { 30.0 };
    let hour = ((free - HEAD - 14.0) / days.hours()).clamp(least, 50.0);
    HEAD + 14.0 + hour * days.hours()
}

/// The whole line above the calendar: “Week 47”, or the days where only some fit.
pub(super) fn caption(desk: &Desk<'_>, days: &Days) -> String {
    if days.count == 7 {
        let week = u32::try_from(days.first.iso_week_date().week()).unwrap_or(0);
        return desk.words.tell("week-number", &[("week", week.to_string().into())]);
    }
    let last = days.date(days.count.saturating_sub(1));
    format!("{}–{}", days.first.day(), desk.words.date_with_year(last))
}

/// The name of a part of the calendar, wherever the calendar stands.
pub(super) fn part(part: impl std::hash::Hash + std::fmt::Debug) -> Id {
    Id::unique(("calendar", part))
}

/// Nothing at all.
pub(super) const CLEAR: Color32 = Color32::TRANSPARENT;
