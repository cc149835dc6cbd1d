//! Today: what waits for me, what I have, what I lent, what is coming, and what happened.

use eframe::egui::{ScrollArea, Ui, vec2};
use noaber_core::Command;
use noaber_core::id::{BookingId, NoticeId};
use noaber_core::notice::{Notice, Reason};

use super::clashes;
use super::concerns::Concerns;
use super::question::Questions;
use crate::desk::{Desk, Room, Route};
use crate::fonts::Icon;
use crate::widgets::booking::{self, Pressed};
use crate::widgets::{Button, Look, card, divider, empty, heading, link, section, text};
use crate::words::capital;

/// What happened that is shown at once; the page of notices has the rest.
const MOST_NEWS: usize = 20;

/// See the module.
#[derive(Default)]
pub(super) struct Today {
    questions: Questions,
}

impl Today {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, sorted: &Concerns) {
        let words = desk.words;
        let date = desk.circle.zone.date(desk.now);
        let (weekday, date) = (words.weekday(date.weekday()), words.date_with_year(date));
        let line = words.tell("today-line", &[("weekday", weekday.into()), ("date", date.into())]);
        heading(ui, &words.say("nav-today"), &capital(&line));
        ui.add_space(6.0);
        let news = news(sorted);
        ScrollArea::vertical().id_salt("today").auto_shrink([false, false]).show(ui, |ui| {
            let most = if desk.room == Room::Wide { 1280.0 } else { 760.0 };
            ui.set_max_width(ui.available_width().min(most));
            ui.spacing_mut().item_spacing.y = 16.0;
            ui.add_space(0.0);
            if sorted.is_quiet() && news.is_empty() {
                quiet(ui, desk);
            } else if desk.room == Room::Wide {
                ui.spacing_mut().item_spacing.x = 16.0;
                ui.columns(2, |columns| {
                    let [left, right] = columns else { return };
                    for column in [&mut *left, &mut *right] {
                        column.spacing_mut().item_spacing = vec2(10.0, 16.0);
                    }
                    self.left(left, desk, sorted);
                    let pressed = right_side(right, desk, sorted, &news);
                    self.note(desk, pressed);
                });
            } else {
                self.left(ui, desk, sorted);
                let pressed = right_side(ui, desk, sorted, &news);
                self.note(desk, pressed);
            }
            ui.add_space(24.0);
        });
        self.questions.show(ui, desk);
    }

    fn left(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, sorted: &Concerns) {
        let clash = clashes::show(ui, desk, &sorted.clashes);
        let pressed = if sorted.waiting.is_empty() {
            let line = desk.words.say("today-nothing-waits");
            card(ui, |ui| {
                ui.horizontal(|ui| {
                    let palette = crate::theme::Palette::of(ui);
                    text::glyph(ui, Icon::CHECK_CIRCLE, palette.ok);
                    text::body(ui, line);
                });
            });
            None
        } else {
            rows(ui, desk, "today-waiting", &sorted.waiting)
        };
        let have = rows(ui, desk, "today-have", &sorted.have);
        let lent = rows(ui, desk, "today-lent", &sorted.lent);
        self.note(desk, clash.or(pressed).or(have).or(lent));
    }

    fn note(&mut self, desk: &mut Desk<'_>, pressed: Option<Pressed>) {
        if let Some(pressed) = pressed {
            self.questions.begin(desk, pressed);
        }
    }
}

fn right_side(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    sorted: &Concerns,
    news: &[Notice],
) -> Option<Pressed> {
    let coming = rows(ui, desk, "today-coming", &sorted.coming);
    let asked = rows(ui, desk, "today-asked", &sorted.asked);
    news_card(ui, desk, news);
    coming.or(asked)
}

fn rows(ui: &mut Ui, desk: &mut Desk<'_>, title: &str, ids: &[BookingId]) -> Option<Pressed> {
    if ids.is_empty() {
        return None;
    }
    let mut pressed = None;
    section(ui, &desk.words.say(title), |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        for (place, id) in ids.iter().enumerate() {
            if place > 0 {
                divider(ui);
            }
            pressed = booking::row(ui, desk, *id).or(pressed);
        }
    });
    pressed
}

fn quiet(ui: &mut Ui, desk: &mut Desk<'_>) {
    let words = desk.words;
    let (title, line) = (words.say("today-empty"), words.say("today-empty-line"));
    let goes = empty(ui, Icon::SUN, &title, &line, |ui| {
        let label = words.say("today-look");
        ui.add(Button::new(&label, Look::Plain).icon(Icon::SEARCH)).clicked()
    });
    if goes {
        desk.go(Route::Browse);
    }
}

/// What happened and was not seen yet, beside what stands in the other cards already.
fn news(concerns: &Concerns) -> Vec<Notice> {
    let all = concerns.notices.iter().filter(|notice| !notice.seen && is_news(&notice.reason));
    all.take(MOST_NEWS).cloned().collect()
}

fn news_card(ui: &mut Ui, desk: &mut Desk<'_>, news: &[Notice]) {
    if news.is_empty() {
        return;
    }
    let words = desk.words;
    let mut seen: Vec<NoticeId> = Vec::new();
    section(ui, &words.say("today-news"), |ui| {
        for notice in news {
            let Some(told) = desk.hearer().told(&notice.reason) else { continue };
            ui.push_id(notice.id, |ui| {
                ui.horizontal_top(|ui| {
                    text::glyph(ui, told.icon, crate::theme::Palette::of(ui).primary);
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 1.0;
                        text::body(ui, told.text);
                        ui.horizontal(|ui| {
                            text::small(ui, words.said_at(notice.due_at, desk.moment()));
                            if link(ui, &words.say("today-open")).clicked() {
                                seen.push(notice.id);
                                desk.go(told.leads);
                            }
                        });
                    });
                });
            });
        }
        let label = words.say("today-read");
        if ui.add(Button::new(&label, Look::Quiet).icon(Icon::CHECK)).clicked() {
            seen.extend(news.iter().map(|notice| notice.id));
        }
    });
    if !seen.is_empty() {
        desk.push(Command::Seen { circle: desk.circle.id, notices: seen });
    }
}

/// Whether no other card of this page says so already.
fn is_news(reason: &Reason) -> bool {
    !matches!(
        reason,
        Reason::Question(_)
            | Reason::ExtensionAsked(_)
            | Reason::Held(_)
            | Reason::Overdue(_)
            | Reason::Clash(_)
    )
}
