//! What is shown around a visit to the sample street: how far its building is, and the banner that says,
//! on every page, that nothing of it is real.

use eframe::egui::{Align, Frame, Layout, Margin, RichText, ScrollArea, Ui, vec2};
use noaber_node::demo::sample::Step;

use crate::desk::Room;
use crate::fonts::{Fill, Icon, Weight};
use crate::sample::Stage;
use crate::theme::Palette;
use crate::widgets::{Button, Look, card, progress, text};
use crate::words::Words;

/// Shows how far it is; gives whether somebody would rather not.
pub(crate) fn building(ui: &mut Ui, words: &Words, stage: &Stage) -> bool {
    let height = ui.available_height();
    ScrollArea::vertical()
        .id_salt("sample")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let width = ui.available_width().min(460.0);
            let side = (ui.available_width() - width) * 0.5;
            ui.add_space((height * 0.14).min(120.0));
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.add_space(side);
                let layout = Layout::top_down(Align::LEFT);
                let column = ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
                    ui.spacing_mut().item_spacing = vec2(10.0, 10.0);
                    ui.set_width(width);
                    card(ui, |ui| steps(ui, words, stage)).inner
                });
                column.inner
            })
            .inner
        })
        .inner
}

fn steps(ui: &mut Ui, words: &Words, stage: &Stage) -> bool {
    ui.spacing_mut().item_spacing.y = 12.0;
    text::title(ui, words.say("sample-title"));
    let here = match stage {
        Stage::Building(step) => *step,
        Stage::Ready => Step::Arriving,
        Stage::Failed(detail) => {
            text::trouble(ui, words.tell("sample-failed", &[("detail", detail.into())]));
            return ui.add(Button::new(&words.say("sample-back"), Look::Plain)).clicked();
        }
    };
    for step in Step::ALL {
        let key = match step {
            Step::MovingIn => "sample-moving",
            Step::Sharing => "sample-sharing",
            Step::Living => "sample-living",
            Step::Arriving => "sample-arriving",
        };
        let palette = Palette::of(ui);
        let (icon, colour) = match step.cmp(&here) {
            std::cmp::Ordering::Less => (Icon::CHECK_CIRCLE, palette.ok),
            std::cmp::Ordering::Equal => (Icon::HOURGLASS, palette.primary),
            std::cmp::Ordering::Greater => (Icon::CIRCLE, palette.weak),
        };
        ui.horizontal(|ui| {
            text::glyph(ui, icon, colour);
            if step > here {
                text::weak(ui, words.say(key));
            } else {
                text::body(ui, words.say(key));
            }
        });
    }
    progress(ui, (here as usize as f32 + 0.5) / Step::ALL.len() as f32);
    text::small(ui, words.say("sample-line"));
    ui.add(Button::new(&words.say("cancel"), Look::Quiet)).clicked()
}

/// Says where one is; gives whether somebody wants to leave.
pub(crate) fn banner(ui: &mut Ui, words: &Words, room: Room) -> bool {
    let palette = Palette::of(ui);
    let label = words.say("sample-leave");
    let button = Button::new(&label, Look::Careful).icon(Icon::SIGN_OUT);
    let say = |ui: &mut Ui| {
        let said =
            words.say(if room == Room::Wide { "sample-banner" } else { "sample-banner-short" });
        let rich = RichText::new(said).font(Weight::Semibold.at(15.0)).color(palette.text);
        ui.add(eframe::egui::Label::new(rich).wrap());
    };
    if room == Room::Narrow {
        return ui
            .vertical_centered(|ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                say(ui);
                ui.add(button).clicked()
            })
            .inner;
    }
    let size = vec2(ui.available_width(), 44.0);
    let row = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(size, row, |ui| {
        let leaves = ui.add(button).clicked();
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            let (_, rect) = ui.allocate_space(vec2(30.0, 30.0));
            Icon::BINOCULARS.paint(
                ui.painter(),
                rect.center(),
                23.0,
                Fill::Outline,
                palette.accent,
            );
            say(ui);
        });
        leaves
    })
    .inner
}

/// The ground of the banner.
pub(crate) fn ground(ui: &Ui) -> Frame {
    let palette = Palette::of(ui);
    Frame::new().fill(palette.accent_soft).inner_margin(Margin::symmetric(16, 6))
}
