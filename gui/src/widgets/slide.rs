//! A number that is chosen by sliding, in steps: by dragging, by the arrows of the keyboard, or by the
//! buttons that its page puts beside it.

use std::ops::RangeInclusive;

use eframe::egui::{
    CornerRadius, CursorIcon, EventFilter, Id, Key, Modifiers, Response, Sense, Ui, WidgetInfo,
    lerp, pos2, remap_clamp, vec2,
};

use super::focus_ring;
use crate::theme::{Palette, TARGET};

/// What came of it in this frame.
pub struct Slid {
    /// What it shows: where it is dragged to, or what holds.
    pub shown: u16,
    /// What was chosen, once it is let go of.
    pub chosen: Option<u16>,
}

/// Shows it. While it is dragged nothing is chosen yet, so that what the number changes can change
/// where the slide stands.
pub fn slide(
    ui: &mut Ui,
    (name, said): (&str, &str),
    value: u16,
    range: RangeInclusive<u16>,
    step: u16,
) -> Slid {
    let width = ui.available_width().min(320.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, TARGET), Sense::click_and_drag());
    let (least, most) = (*range.start(), *range.end());
    let ends = (rect.left() + 14.0)..=(rect.right() - 14.0);
    let held = Id::unique((response.id, "held"));
    let mut slid = Slid { shown: value, chosen: None };
    let is_let_go = response.drag_stopped() || response.clicked();
    if (response.dragged() || is_let_go)
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let at = remap_clamp(pointer.x, ends.clone(), f32::from(least)..=f32::from(most));
        slid.shown = (at / f32::from(step)).round() as u16 * step;
        ui.data_mut(|data| data.insert_temp(held, slid.shown));
    }
    if is_let_go {
        slid.chosen = ui.data_mut(|data| data.remove_temp::<u16>(held));
    }
    if let Some(by) = arrows(ui, &response, (least, most), step) {
        slid.shown = by(value);
        slid.chosen = Some(slid.shown);
    }
    slid.chosen = slid.chosen.filter(|chosen| *chosen != value);
    response.widget_info(|| {
        let mut info = WidgetInfo::slider(ui.is_enabled(), f64::from(slid.shown), name);
        info.current_text_value = Some(said.to_owned());
        info
    });
    let part = remap_clamp(f32::from(slid.shown), f32::from(least)..=f32::from(most), 0.0..=1.0);
    paint(ui, &response, part);
    slid
}

type Change = Box<dyn Fn(u16) -> u16>;

fn arrows(ui: &Ui, response: &Response, (least, most): (u16, u16), step: u16) -> Option<Change> {
    if !response.has_focus() {
        return None;
    }
    let filter =
        EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowRight) || pressed(Key::ArrowUp) {
        Some(Box::new(move |value| (value + step).min(most)))
    } else if pressed(Key::ArrowLeft) || pressed(Key::ArrowDown) {
        Some(Box::new(move |value| value.saturating_sub(step).max(least)))
    } else if pressed(Key::Home) {
        Some(Box::new(move |_| least))
    } else if pressed(Key::End) {
        Some(Box::new(move |_| most))
    } else {
        None
    }
}

fn paint(ui: &Ui, response: &Response, part: f32) {
    let (palette, rect) = (Palette::of(ui), response.rect);
    let track = rect.shrink2(vec2(14.0, TARGET * 0.5 - 4.0));
    let knob = pos2(lerp(track.x_range().min..=track.x_range().max, part), track.center().y);
    let corner = CornerRadius::same(4);
    ui.painter().rect_filled(track, corner, palette.line);
    ui.painter().rect_filled(track.with_max_x(knob.x), corner, palette.primary);
    ui.painter().circle_filled(knob, 13.0, palette.primary);
    ui.painter().circle_filled(knob, 5.0, palette.card);
    focus_ring(ui, response, rect.shrink2(vec2(0.0, 4.0)), 16);
    response.clone().on_hover_cursor(CursorIcon::PointingHand);
}
