//! What is said when the node cannot run, or has stopped under the window; with a way on.

use eframe::egui::{Frame, Label, Margin, Panel, RichText, Ui, WidgetText};

use crate::engine::Trouble;
use crate::fonts::{Icon, Weight};
use crate::theme::{BODY, Palette};
use crate::widgets::{Button, Look, empty};
use crate::words::Words;

/// Whether somebody wants to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Not yet.
    Wait,
    /// Now.
    TryAgain,
}

/// Why the home cannot be opened, in the place of a page.
pub fn page(ui: &mut Ui, words: &Words, trouble: &Trouble) -> Next {
    let (title, line) = match trouble {
        Trouble::RunsAlready => ("trouble-runs", words.say("trouble-runs-line")),
        Trouble::OtherVersion { theirs: Some(theirs), ours } => {
            let fills = [("theirs", theirs.into()), ("ours", ours.into())];
            ("trouble-version", words.tell("trouble-version-line", &fills))
        }
        Trouble::OtherVersion { theirs: None, .. } => {
            ("trouble-version", words.say("trouble-older-line"))
        }
        Trouble::Ended => ("trouble-ended", words.say("trouble-ended-line")),
        Trouble::Other(detail) => {
            let fills = [("detail", detail.into())];
            ("trouble-other", words.tell("trouble-other-line", &fills))
        }
    };
    ui.add_space(60.0);
    empty(ui, Icon::WARNING_CIRCLE, &words.say(title), &line, |ui| {
        let again = words.say("trouble-again");
        let pressed = ui.add(Button::new(&again, Look::Primary)).clicked();
        if pressed { Next::TryAgain } else { Next::Wait }
    })
}

/// A line above the page while the node is away.
pub fn lost(ui: &mut Ui, words: &Words) {
    let palette = Palette::of(ui);
    let frame = Frame::new().fill(palette.accent_soft).inner_margin(Margin::symmetric(18, 12));
    Panel::top("lost").frame(frame).resizable(false).show_separator_line(false).show(ui, |ui| {
        let font = Weight::Semibold.at(BODY);
        let text = RichText::new(words.say("lost")).font(font).color(palette.accent);
        ui.add(Label::new(WidgetText::from(text)).wrap());
    });
}
