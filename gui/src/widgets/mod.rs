//! The pieces that pages are made of. Each paints itself in the palette's colours, shows a ring when the
//! keyboard is on it, and has a name for screen readers. None knows a page.

mod avatar;
pub mod booking;
mod button;
mod card;
mod chip;
mod choice;
mod code;
mod dialog;
mod field;
mod leaf;
mod picture;
mod pill;
mod progress;
mod slide;
pub mod text;
mod toast;
pub mod when;

pub use avatar::avatar;
pub use button::{Button, Look, icon_button, link, title_link};
pub use card::{Half, card, column, divider, empty, halves, head, heading, section};
pub use chip::{chip, stepper, stepper_of, switch};
pub use choice::choice;
pub use code::code;
pub use dialog::{Dialog, dialog};
pub use field::{Field, Lines, is_finished};
pub use leaf::{Leaf, Leafed};
pub use picture::{Corners, photo, placeholder};
pub use pill::{Tone, pill};
pub use progress::progress;
pub use slide::{Slid, slide};
pub use toast::{Doing, Toast, Toasts};

use eframe::egui::{CornerRadius, Rect, Response, Stroke, StrokeKind, Ui};

use crate::theme::Palette;

/// Shows where the keyboard is: a ring around what has the focus.
pub fn focus_ring(ui: &Ui, response: &Response, rect: Rect, radius: u8) {
    if response.has_focus() {
        let stroke = Stroke::new(2.5, Palette::of(ui).primary);
        let corner = CornerRadius::same(radius.saturating_add(4));
        // Over the clip of what it is in: a ring that is cut off is no ring.
        ui.painter().rect_stroke(rect.expand(3.0), corner, stroke, StrokeKind::Inside);
    }
}
