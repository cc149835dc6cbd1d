//! What neighbours said about a listing, and a field to join in.

use eframe::egui::{CornerRadius, Frame, Key, Label, Margin, RichText, Ui};
use noaber_core::Command;
use noaber_core::listing::Listing;
use noaber_core::wire::About;

use crate::desk::Desk;
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::{Button, Field, Look, avatar, section, text};

/// The newest that are shown.
const NEWEST: usize = 40;

/// Shows the thread; `draft` is what is being typed.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing, draft: &mut String) {
    let words = desk.words;
    let circle = desk.circle.clone();
    section(ui, &words.say("thread-title"), |ui| {
        let about = About::Listing(listing.id);
        let all: Vec<_> = circle.messages.about(about).collect();
        if all.is_empty() {
            let owner = circle.name_of(listing.owner);
            let key = if listing.owner == desk.me { "thread-empty-mine" } else { "thread-empty" };
            text::weak(ui, words.tell(key, &[("owner", owner.into())]));
        }
        for message in &all[all.len().saturating_sub(NEWEST)..] {
            let name = circle.name_of(message.by);
            let Some((place, _)) = message.versions.first() else { continue };
            ui.horizontal_top(|ui| {
                avatar(ui, message.by, name, 32.0);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 3.0;
                    let at = words.said_at(place.at(), desk.moment());
                    text::small(ui, format!("{name} · {at}"));
                    bubble(ui, message.text(), message.by == desk.me);
                });
            });
        }
        ui.add_space(4.0);
        let (caption, hint) = (words.say("thread-field"), words.say("thread-hint"));
        let field = Field::new(&caption).hint(&hint).bare().most(1_000).show(ui, draft);
        let send = words.say("thread-send");
        let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let has_words = !draft.trim().is_empty();
        let button = Button::new(&send, Look::Plain).icon(Icon::PAPER_PLANE).only_if(has_words);
        if (ui.add(button).clicked() || is_entered) && has_words {
            let text = std::mem::take(draft).trim().to_owned();
            desk.push(Command::Say { circle: circle.id, about, text });
        }
    });
}

fn bubble(ui: &mut Ui, words: &str, is_mine: bool) {
    let palette = Palette::of(ui);
    let fill = if is_mine { palette.primary_soft } else { palette.sunken };
    let frame = Frame::new()
        .fill(fill)
        .corner_radius(CornerRadius { nw: 4, ne: 14, sw: 14, se: 14 })
        .inner_margin(Margin::symmetric(13, 8));
    frame.show(ui, |ui| ui.add(Label::new(RichText::new(words).color(palette.text)).wrap()));
}
