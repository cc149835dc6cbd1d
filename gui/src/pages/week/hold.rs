//! The time that is chosen, on the calendar: drawn, moved as a whole, and stretched by its handles.

use eframe::egui::{
    Align2, CornerRadius, CursorIcon, Id, Painter, Pos2, Rect, Response, Sense, Stroke, StrokeKind,
    Ui, pos2, vec2,
};
use noaber_core::rules::Verdict;
use noaber_core::time::{Interval, Timestamp};

use super::blocks;
use super::days::Sheet;
use super::grid::{Did, Grid, part};
use super::pick::Pick;
use crate::desk::Desk;
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::Palette;

/// How far around its edge a handle can be grabbed.
const GRIP: f32 = 9.0;

/// What is being dragged.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Drag {
    /// The whole of it, grabbed so long after its start.
    All(i64),
    /// Its start; its end stays.
    Start(Timestamp),
    /// Its end; its start stays.
    End(Timestamp),
}

/// Which part of it is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grab {
    All,
    Start,
    End,
}

fn knob(painter: &Painter, at: Pos2, palette: &Palette, is_held: bool) {
    let size = if is_held { vec2(34.0, 8.0) } else { vec2(26.0, 6.0) };
    let rect = Rect::from_center_size(at, size);
    let ring = Stroke::new(1.5, palette.card);
    painter.rect(rect, CornerRadius::same(4), palette.accent, ring, StrokeKind::Outside);
}

impl Grid<'_> {
    /// What is chosen, with its handles.
    pub(super) fn paint_pick(
        &self,
        ui: &Ui,
        desk: &Desk<'_>,
        sheet: &Sheet<'_>,
        pick: &mut Pick,
        verdict: Option<&Verdict>,
    ) -> Option<Did> {
        let palette = Palette::of(ui);
        let zone = &desk.circle.zone;
        let is_refused = matches!(verdict, Some(Verdict::Refused(_)));
        let mut did = None;
        for piece in self.days.pieces(zone, pick.interval) {
            let Some(rect) = sheet.place(&piece) else { continue };
            let rect = rect.shrink2(vec2(3.0, 0.0));
            let body = ui.interact(rect, Self::handle(0, piece.column), Sense::drag());
            did = self.drag_pick(ui, desk, sheet, &body, pick, Grab::All).or(did);
            body.on_hover_cursor(CursorIcon::Grab);
            let fill = palette.accent_soft.gamma_multiply(if is_refused { 0.4 } else { 0.97 });
            let corner = CornerRadius::same(11);
            let stroke = Stroke::new(2.0, palette.accent);
            ui.painter().rect(rect, corner, fill, stroke, StrokeKind::Inside);
            let painter = ui.painter().with_clip_rect(rect.shrink(2.0));
            let said = blocks::times(desk, pick.interval);
            let mut at = rect.min + vec2(10.0, 8.0);
            if is_refused {
                Icon::WARNING_CIRCLE.paint(
                    &painter,
                    at + vec2(7.0, 9.0),
                    16.0,
                    Fill::Outline,
                    palette.accent,
                );
                at.x += 20.0;
            }
            let font = Weight::Bold.at(14.0);
            painter.text(at, Align2::LEFT_TOP, said, font, palette.accent);
            for (is_here, place, y, grab) in [
                (piece.is_first, 1, rect.top(), Grab::Start),
                (piece.is_last, 2, rect.bottom(), Grab::End),
            ] {
                if !is_here {
                    continue;
                }
                let grip = Rect::from_x_y_ranges(rect.x_range(), y - GRIP..=y + GRIP);
                let grip = ui.interact(grip, Self::handle(place, piece.column), Sense::drag());
                did = self.drag_pick(ui, desk, sheet, &grip, pick, grab).or(did);
                knob(
                    ui.painter(),
                    pos2(rect.center().x, y),
                    palette,
                    grip.hovered() || grip.dragged(),
                );
                grip.on_hover_cursor(CursorIcon::ResizeVertical);
            }
        }
        did
    }

    fn handle(which: u8, column: usize) -> Id {
        // The handle that is held keeps its name when it moves to another day.
        let column = if which == 0 { column } else { 0 };
        part(("pick", which, column))
    }

    fn drag_pick(
        &self,
        ui: &Ui,
        desk: &Desk<'_>,
        sheet: &Sheet<'_>,
        response: &Response,
        pick: &mut Pick,
        grab: Grab,
    ) -> Option<Did> {
        let key = part("held");
        let step = Self::step(ui);
        let (from, to) = (pick.interval.from(), pick.interval.to());
        if response.drag_started() {
            let origin = ui.input(|input| input.pointer.press_origin());
            let drag = match (grab, origin) {
                (Grab::Start, _) => Some(Drag::Start(to)),
                (Grab::End, _) => Some(Drag::End(from)),
                (Grab::All, Some(at)) => {
                    let held = self.instant(desk, sheet, at, step);
                    Some(Drag::All(held.as_ms() - from.as_ms()))
                }
                (Grab::All, None) => None,
            };
            ui.data_mut(|data| data.insert_temp(key, drag));
        }
        if !(response.dragged() || response.drag_stopped()) {
            return None;
        }
        let drag: Option<Drag> = ui.data(|data| data.get_temp(key)).flatten();
        let at = self.instant(desk, sheet, response.interact_pointer_pos()?, step);
        let moved = match drag? {
            Drag::Start(end) => Interval::new(at, end),
            Drag::End(start) => Interval::new(start, at),
            Drag::All(held) => {
                let start = at.plus_ms(-held);
                Interval::new(start, start.plus_ms(pick.interval.length_ms()))
            }
        };
        if let Some(interval) = moved {
            pick.set(interval);
        }
        response.drag_stopped().then_some(Did::Chose)
    }
}
