//! Leafing through days, weeks or months.

use eframe::egui::{Direction, Layout, Ui};

use super::{Button, Look, icon_button, text};
use crate::fonts::Icon;
use crate::words::Words;

/// Where somebody leafs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leafed {
    /// To where today is.
    Today,
    /// One back.
    Back,
    /// One on.
    On,
}

/// What is shown, and what leads away from it.
pub struct Leaf<'a> {
    /// What is shown.
    pub caption: &'a str,
    /// Names of the ways back and on.
    pub ways: [&'a str; 2],
    /// Whether today is somewhere else.
    pub is_away: bool,
}

impl Leaf<'_> {
    /// Shows it from left to right, also where the layout goes the other way.
    pub fn show(&self, ui: &mut Ui, words: &Words, layout: Layout) -> Option<Leafed> {
        let mut parts = [0, 1, 2, 3];
        if layout.main_dir() == Direction::RightToLeft {
            parts.reverse();
        }
        let mut leafed = None;
        for part in parts {
            match part {
                0 => {
                    let label = words.say("week-today");
                    let button = Button::new(&label, Look::Plain).only_if(self.is_away);
                    if ui.add(button).clicked() {
                        leafed = Some(Leafed::Today);
                    }
                }
                1 if icon_button(ui, Icon::CARET_LEFT, self.ways[0]).clicked() => {
                    leafed = Some(Leafed::Back);
                }
                2 => _ = text::strong(ui, self.caption),
                3 if icon_button(ui, Icon::CARET_RIGHT, self.ways[1]).clicked() => {
                    leafed = Some(Leafed::On);
                }
                _ => {}
            }
        }
        leafed
    }
}
