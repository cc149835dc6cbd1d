//! Today: what waits for me, what I have, what I lent, what is coming, and what happened.

use eframe::egui::{ScrollArea, Ui, vec2};
use noaber_core::Command;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, NoticeId};
use noaber_core::notice::{Notice, Reason, notices};
use noaber_core::replica::Act;
use noaber_core::time::{Interval, Timestamp};

use crate::desk::{Desk, Room, Route};
use crate::fonts::Icon;
use crate::widgets::booking::{self, Pressed};
use crate::widgets::{
    Button, Dialog, Field, Lines, Look, card, dialog, divider, empty, heading, link, section, text,
};
use crate::words::capital;

/// What ended longer ago is history.
const LOOK_BACK_MS: i64 = 60 * 24 * 60 * 60 * 1000;

/// See the module.
#[derive(Default)]
pub(super) struct Today {
    why: Option<(Pressed, String)>,
}

#[derive(Default)]
struct Sorted {
    waiting: Vec<BookingId>,
    have: Vec<BookingId>,
    lent: Vec<BookingId>,
    asked: Vec<BookingId>,
    coming: Vec<BookingId>,
}

impl Sorted {
    fn is_empty(&self) -> bool {
        let all = [&self.waiting, &self.have, &self.lent, &self.asked, &self.coming];
        all.iter().all(|part| part.is_empty())
    }
}

/// How many questions wait for the member: the number beside the page's name.
pub(crate) fn waiting(desk: &Desk<'_>) -> usize {
    sorted(desk).waiting.len()
}

fn sorted(desk: &Desk<'_>) -> Sorted {
    let mut sorted = Sorted::default();
    let since = desk.now.plus_ms(-LOOK_BACK_MS);
    let Some(span) = Interval::new(since, Timestamp::MAX) else { return sorted };
    for booking in desk.circle.bookings_of(desk.me, span) {
        let listing = desk.circle.listings.get(&booking.listing);
        let status = desk.circle.status(booking, desk.now);
        let is_mine = listing.is_some_and(|listing| listing.owner == desk.me);
        let part = match status.state {
            State::Asked if is_mine => &mut sorted.waiting,
            State::Offered if !is_mine => &mut sorted.waiting,
            _ if is_mine && status.extension.is_some() => &mut sorted.waiting,
            State::Out if is_mine && booking.borrower != desk.me => &mut sorted.lent,
            State::Out => &mut sorted.have,
            State::Confirmed if desk.now < status.interval.to() => &mut sorted.coming,
            State::Asked | State::Waiting => &mut sorted.asked,
            _ => continue,
        };
        if !part.contains(&booking.id) {
            part.push(booking.id);
        }
    }
    for part in [&mut sorted.coming, &mut sorted.asked] {
        part.sort_by_key(|id| desk.circle.bookings.get(id).map(|b| (b.interval.from(), b.id)));
    }
    sorted
}

impl Today {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        let date = desk.circle.zone.date(desk.now);
        let (weekday, date) = (words.weekday(date.weekday()), words.date_with_year(date));
        let line = words.tell("today-line", &[("weekday", weekday.into()), ("date", date.into())]);
        heading(ui, &words.say("nav-today"), &capital(&line));
        ui.add_space(6.0);
        let sorted = sorted(desk);
        let news = news(desk);
        ScrollArea::vertical().id_salt("today").auto_shrink([false, false]).show(ui, |ui| {
            let most = if desk.room == Room::Wide { 1280.0 } else { 760.0 };
            ui.set_max_width(ui.available_width().min(most));
            ui.spacing_mut().item_spacing.y = 16.0;
            ui.add_space(0.0);
            if sorted.is_empty() && news.is_empty() {
                quiet(ui, desk);
            } else if desk.room == Room::Wide {
                ui.spacing_mut().item_spacing.x = 16.0;
                ui.columns(2, |columns| {
                    let [left, right] = columns else { return };
                    for column in [&mut *left, &mut *right] {
                        column.spacing_mut().item_spacing = vec2(10.0, 16.0);
                    }
                    self.left(left, desk, &sorted);
                    let pressed = right_side(right, desk, &sorted, &news);
                    self.note(pressed);
                });
            } else {
                self.left(ui, desk, &sorted);
                let pressed = right_side(ui, desk, &sorted, &news);
                self.note(pressed);
            }
            ui.add_space(24.0);
        });
        if let Some((id, act)) = ask_why(ui, desk, &mut self.why) {
            desk.act(id, act);
        }
    }

    fn left(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, sorted: &Sorted) {
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
        self.note(pressed.or(have).or(lent));
    }

    fn note(&mut self, pressed: Option<Pressed>) {
        if let Some(pressed) = pressed {
            self.why = Some((pressed, String::new()));
        }
    }
}

/// Asks why somebody says no or calls off; gives what is to be done once that is decided.
pub(super) fn ask_why(
    ui: &Ui,
    desk: &Desk<'_>,
    asked: &mut Option<(Pressed, String)>,
) -> Option<(BookingId, Act)> {
    let (pressed, reason) = asked.as_mut()?;
    let words = desk.words;
    let [title, line, caption, hint, yes] = match pressed {
        Pressed::Decline(_) => {
            ["decline-title", "decline-line", "decline-reason", "decline-hint", "decline-yes"]
        }
        Pressed::CallOff(_) => {
            ["calloff-title", "calloff-line", "calloff-reason", "calloff-hint", "calloff-yes"]
        }
    }
    .map(|key| words.say(key));
    let mut is_decided = false;
    let shown = dialog(ui, "why", &title, |ui| {
        text::weak(ui, line);
        ui.add_space(6.0);
        Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(500).show(ui, reason);
        ui.add_space(12.0);
        ui.horizontal_wrapped(|ui| {
            is_decided = ui.add(Button::new(&yes, Look::Primary)).clicked();
            let no = words.say("cancel");
            let is_over = ui.add(Button::new(&no, Look::Quiet)).clicked() || is_decided;
            if is_over { Dialog::Closed } else { Dialog::Open }
        })
        .inner
    });
    if shown == Dialog::Open {
        return None;
    }
    let (pressed, reason) = asked.take()?;
    let reason = reason.trim().to_owned();
    is_decided.then_some(match pressed {
        Pressed::Decline(id) => (id, Act::Decline { reason }),
        Pressed::CallOff(id) => (id, Act::Cancel { reason }),
    })
}

fn right_side(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    sorted: &Sorted,
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
fn news(desk: &Desk<'_>) -> Vec<Notice> {
    let mut all = notices(&desk.circle, desk.me, desk.now);
    all.retain(|notice| !notice.seen && is_news(&notice.reason));
    all.truncate(20);
    all
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
