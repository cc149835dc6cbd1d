//! Today: what waits for me, what I have, what I lent, what is coming, and what happened.

use eframe::egui::{ScrollArea, Ui, vec2};
use noaber_core::Command;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, NoticeId};
use noaber_core::listing::Listing;
use noaber_core::notice::{Notice, Reason, notices};
use noaber_core::replica::Act;
use noaber_core::time::{Interval, Timestamp};
use noaber_core::wire::About;

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
    all.retain(|notice| !notice.seen && sentence(desk, &notice.reason).is_some());
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
            let Some((icon, said, route)) = sentence(desk, &notice.reason) else { continue };
            ui.push_id(notice.id, |ui| {
                ui.horizontal_top(|ui| {
                    text::glyph(ui, icon, crate::theme::Palette::of(ui).primary);
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 1.0;
                        text::body(ui, said);
                        ui.horizontal(|ui| {
                            text::small(ui, words.said_at(notice.due_at, desk.moment()));
                            if let Some(route) = route
                                && link(ui, &words.say("today-open")).clicked()
                            {
                                seen.push(notice.id);
                                desk.go(route);
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

/// A notice in words, and where it leads; `None` for what this page shows by itself.
fn sentence(desk: &Desk<'_>, reason: &Reason) -> Option<(Icon, String, Option<Route>)> {
    let words = desk.words;
    let of_booking = |key: &str, icon: Icon, id: &BookingId| {
        let booking = desk.circle.bookings.get(id)?;
        let listing = desk.circle.listings.get(&booking.listing)?;
        let said = words.tell(
            key,
            &[
                ("title", (&listing.general.title).into()),
                ("owner", desk.circle.name_of(listing.owner).into()),
                ("borrower", desk.circle.name_of(booking.borrower).into()),
            ],
        );
        Some((icon, said, Some(Route::Listing(listing.id))))
    };
    let is_mine = |id: &BookingId| {
        desk.circle.bookings.get(id).is_some_and(|booking| booking.borrower == desk.me)
    };
    match reason {
        Reason::Declined(id) => of_booking("news-declined", Icon::PROHIBIT, id),
        Reason::Confirmed(id) => of_booking("news-confirmed", Icon::CHECK_CIRCLE, id),
        Reason::Expired(id) => of_booking("news-expired", Icon::HOURGLASS, id),
        Reason::Cancelled(id) => of_booking("news-cancelled", Icon::X, id),
        Reason::Extended(id) => of_booking("news-extended", Icon::CLOCK, id),
        Reason::NotExtended(id) => of_booking("news-not-extended", Icon::CLOCK, id),
        Reason::StartsSoon(id) => of_booking("news-starts", Icon::BELL, id),
        Reason::DueSoon(id) => of_booking("news-due", Icon::BELL, id),
        Reason::StillOut(id) => of_booking("news-still-out", Icon::WARNING_CIRCLE, id),
        Reason::InRepair(id) => of_booking("news-repair", Icon::WARNING_CIRCLE, id),
        Reason::Damaged(id) => of_booking("news-damaged", Icon::WARNING_CIRCLE, id),
        Reason::NotFetched(id) if is_mine(id) => {
            of_booking("news-you-did-not-fetch", Icon::INFO, id)
        }
        Reason::NotFetched(id) => of_booking("news-not-fetched", Icon::INFO, id),
        Reason::Departed(id) if is_mine(id) => {
            of_booking("news-owner-left", Icon::WARNING_CIRCLE, id)
        }
        Reason::Departed(id) => of_booking("news-borrower-left", Icon::WARNING_CIRCLE, id),
        Reason::Message(id) => {
            let message = desk.circle.messages.one(*id)?;
            let listing = match message.about {
                About::Listing(listing) => listing,
                About::Booking(booking) => desk.circle.bookings.get(&booking)?.listing,
            };
            let title = &desk.circle.listings.get(&listing)?.general.title;
            let fills = [
                ("name", desk.circle.name_of(message.by).into()),
                ("title", title.into()),
                ("text", short(message.text()).into()),
            ];
            let said = words.tell("news-message", &fills);
            Some((Icon::CHAT, said, Some(Route::Listing(listing))))
        }
        Reason::Gift(id) => {
            let listing: &Listing = desk.circle.listings.get(id)?;
            let fills = [
                ("title", (&listing.general.title).into()),
                ("owner", desk.circle.name_of(listing.owner).into()),
            ];
            Some((Icon::HAND_HEART, words.tell("news-gift", &fills), None))
        }
        // These stand in the other cards, or on a page that is still to come.
        Reason::Question(_)
        | Reason::ExtensionAsked(_)
        | Reason::Held(_)
        | Reason::Overdue(_)
        | Reason::Clash(_)
        | Reason::Line(_) => None,
    }
}

fn short(words: &str) -> String {
    let mut line: String = words.chars().take(90).collect();
    if line.len() < words.len() {
        line.push('…');
    }
    line
}
