//! One note on the board: who, what, how long, how it stands, and what can be done.

use eframe::egui::{Align, Label, Layout, Ui, vec2};
use noaber_core::listing::{Details, HelpRhythm, Listing};
use noaber_core::rules::Span;

use super::board::{Post, Standing};
use crate::desk::{Desk, Room, Route};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::booking::{self, Side};
use crate::widgets::{Button, Look, Tone, avatar, card, pill, text, title_link};
use crate::words::first_name;

/// Lines of what somebody wrote; the rest is on its own page.
const MOST_LINES: usize = 4;

/// Shows it.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, post: &Post) {
    let Some(listing) = desk.circle.listings.get(&post.listing).cloned() else { return };
    let name = desk.circle.name_of(listing.owner).to_owned();
    card(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 7.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            avatar(ui, listing.owner, &name, if desk.room == Room::Narrow { 40.0 } else { 46.0 });
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 2.0);
                if title_link(ui, &listing.general.title).clicked() {
                    desk.go(Route::Listing(listing.id));
                }
                text::weak(ui, by(desk, &listing, &name));
                text::small(ui, facts(desk, &listing));
            });
        });
        if !listing.general.about.is_empty() {
            about(ui, &listing.general.about);
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            let (icon, said, tone) = standing(desk, &listing, post.standing);
            pill(ui, icon, &said, tone);
            if post.messages > 0 {
                let fills = [("count", post.messages.into())];
                let said = desk.words.tell("help-messages", &fills);
                pill(ui, Icon::CHAT, &said, Tone::Quiet);
            }
        });
        action(ui, desk, &listing, post.standing);
    });
}

fn by(desk: &Desk<'_>, listing: &Listing, name: &str) -> String {
    if listing.owner == desk.me { desk.words.say("help-yours") } else { name.to_owned() }
}

/// How long it takes, how often, and since when it hangs here.
fn facts(desk: &Desk<'_>, listing: &Listing) -> String {
    let words = desk.words;
    let mut facts = Vec::new();
    if let Details::HelpOffer(help) | Details::HelpAsk(help) = &listing.details {
        if let Some(hours) = help.hours {
            let length = words.length(Span::Minutes(hours.quarters() * 15));
            facts.push(words.tell("help-takes", &[("length", length.into())]));
        }
        if help.rhythm == HelpRhythm::Weekly {
            facts.push(words.say("help-weekly"));
        }
    }
    let since = words.since(listing.created_at, desk.moment());
    facts.push(words.tell("help-since", &[("since", since.into())]));
    facts.join(" · ")
}

fn about(ui: &mut Ui, about: &str) {
    let mut job = eframe::egui::text::LayoutJob::simple(
        about.to_owned(),
        crate::fonts::Weight::Body.at(crate::theme::BODY),
        Palette::of(ui).text,
        ui.available_width(),
    );
    job.wrap.max_rows = MOST_LINES;
    ui.add(Label::new(job));
}

fn standing(desk: &Desk<'_>, listing: &Listing, standing: Standing) -> (Icon, String, Tone) {
    let words = desk.words;
    let is_ask = matches!(listing.details, Details::HelpAsk(_));
    match standing {
        Standing::Mine(id) => {
            let mine = desk.circle.bookings.get(&id).map(|booking| {
                let status = desk.circle.status(booking, desk.now);
                booking::standing(desk, booking, &status, Side::Borrower)
            });
            mine.unwrap_or((Icon::HOURGLASS, words.say("booking-unknown"), Tone::Quiet))
        }
        Standing::Promised(who, interval) => {
            let when = words.stretch(interval, desk.moment());
            let key = match (is_ask, who == desk.me) {
                (true, true) => "help-promised-you",
                (true, false) => "help-promised",
                (false, true) => "help-promised-to-you",
                (false, false) => "help-promised-to",
            };
            let name = first_name(desk.circle.name_of(who));
            let fills = [("name", name.into()), ("when", when.into())];
            (Icon::CHECK_CIRCLE, words.tell(key, &fills), Tone::Good)
        }
        Standing::Done(who) => {
            let name = first_name(desk.circle.name_of(who));
            let said = words.tell("help-done", &[("name", name.into())]);
            (Icon::CHECK, said, Tone::Quiet)
        }
        Standing::Answered(count) => {
            let key = if is_ask { "help-answers" } else { "help-requests" };
            (Icon::BELL, words.tell(key, &[("count", count.into())]), Tone::Going)
        }
        Standing::Open if is_ask => (Icon::HAND_WAVING, words.say("help-open-ask"), Tone::Mind),
        Standing::Open => {
            let is_mine = listing.owner == desk.me;
            let key = if is_mine { "help-open-mine" } else { "help-open-offer" };
            (Icon::CHECK_CIRCLE, words.say(key), Tone::Good)
        }
    }
}

/// The button: to the form that asks for it, or to look after one's own.
fn action(ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing, standing: Standing) {
    let is_ask = matches!(listing.details, Details::HelpAsk(_));
    let (key, look, icon) = if listing.owner == desk.me {
        ("help-look-after", Look::Plain, Icon::CARET_RIGHT)
    } else if matches!(standing, Standing::Mine(_) | Standing::Done(_)) {
        return;
    } else if is_ask {
        // Where somebody helps already, a second pair of hands is welcome, but not asked for.
        let is_promised = matches!(standing, Standing::Promised(..));
        let look = if is_promised { Look::Plain } else { Look::Primary };
        ("help-can", look, Icon::HAND_HEART)
    } else {
        ("help-want", Look::Primary, Icon::HAND_WAVING)
    };
    let label = desk.words.say(key);
    let name = format!("{label}: {}", listing.general.title);
    if ui.add(Button::new(&label, look).icon(icon).named(&name)).clicked() {
        desk.go(Route::Listing(listing.id));
    }
}

/// A heading above one side of the board; whether somebody wants to add to it.
pub(super) fn title(
    ui: &mut Ui,
    icon: Icon,
    [title, line, label]: [&str; 3],
    is_ask: bool,
) -> bool {
    let palette = Palette::of(ui);
    let (ground, colour) = if is_ask {
        (palette.accent_soft, palette.accent)
    } else {
        (palette.primary_soft, palette.primary)
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let (_, rect) = ui.allocate_space(vec2(44.0, 44.0));
        ui.painter().circle_filled(rect.center(), 22.0, ground);
        icon.paint(ui.painter(), rect.center(), 24.0, crate::fonts::Fill::Solid, colour);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            text::title(ui, title);
            if !line.is_empty() {
                text::small(ui, line);
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Button::new(label, Look::Plain).icon(Icon::PLUS)).clicked()
        })
        .inner
    })
    .inner
}
