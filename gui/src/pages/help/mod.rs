//! Help: what neighbours offer each other, and what somebody asks for.
//!
//! | file | what it knows |
//! |---|---|
//! | `board` | what hangs there, and where it stands |
//! | `post` | one note |

mod board;
mod post;

use std::collections::BTreeSet;

use eframe::egui::{Align, Layout, ScrollArea, Ui, vec2};
use noaber_core::id::{CircleId, ListingId};
use noaber_core::search::Index;

use self::board::{Board, Post};
use super::question::Questions;
use super::share::Kind;
use crate::desk::{Desk, Room, Route};
use crate::fonts::Icon;
use crate::theme::Palette;
use crate::widgets::{
    Button, Field, Look, booking, card, chip, divider, heading, link, section, text,
};

/// More notes than this, and there is a field to search them.
const MANY: usize = 12;
/// More than anybody reads; whoever looks for one of the others searches.
const MOST: usize = 200;

/// Which side of the board a phone shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Half {
    #[default]
    Offers,
    Asks,
}

/// See the module.
#[derive(Default)]
pub(super) struct HelpBoard {
    board: Board,
    half: Half,
    query: String,
    index: Index,
    found: Option<((CircleId, u64, String), BTreeSet<ListingId>)>,
    questions: Questions,
}

impl HelpBoard {
    /// Shows the page; `quarters` is what I gave more than I got, where the circle counts that.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, quarters: Option<i64>) {
        self.board.refresh(desk);
        let words = desk.words;
        let line = words.tell("help-line", &[("circle", (&desk.circle.name).into())]);
        heading(ui, &words.say("nav-help"), &line);
        ui.add_space(6.0);
        if self.board.offers.len() + self.board.asks.len() > MANY {
            let (name, hint) = (words.say("browse-search"), words.say("help-search-hint"));
            ui.scope(|ui| {
                ui.set_max_width(ui.available_width().min(560.0));
                Field::new(&name).hint(&hint).icon(Icon::SEARCH).show(ui, &mut self.query);
            });
            ui.add_space(4.0);
        }
        self.search(desk);
        let scroll = ScrollArea::vertical().id_salt("help").auto_shrink([false, false]);
        scroll.show(ui, |ui| {
            ui.set_max_width((ui.available_width() - 8.0).min(1180.0));
            ui.spacing_mut().item_spacing.y = 14.0;
            ui.add_space(0.0);
            if let Some(quarters) = quarters {
                balance(ui, desk, quarters);
            }
            self.agreed(ui, desk);
            if desk.room == Room::Narrow {
                self.halves(ui, desk);
                self.side(ui, desk, self.half);
            } else {
                ui.spacing_mut().item_spacing.x = 22.0;
                ui.columns(2, |columns| {
                    for (column, half) in columns.iter_mut().zip([Half::Offers, Half::Asks]) {
                        column.with_layout(Layout::top_down(Align::LEFT), |ui| {
                            ui.spacing_mut().item_spacing = vec2(10.0, 14.0);
                            self.side(ui, desk, half);
                        });
                    }
                });
            }
            ui.add_space(24.0);
        });
        self.questions.show(ui, desk);
    }

    /// Finds what is searched for, if that or the circle changed.
    fn search(&mut self, desk: &Desk<'_>) {
        let query = self.query.trim().to_owned();
        if query.is_empty() {
            self.found = None;
            return;
        }
        let key = (desk.circle.id, desk.circle.entries, query);
        if self.found.as_ref().is_some_and(|(before, _)| *before == key) {
            return;
        }
        self.index.catch_up(&desk.circle);
        let suits = |listing: &noaber_core::listing::Listing| {
            listing.is_help() && desk.circle.is_offered(listing)
        };
        let hits = self.index.find_where(&key.2, MOST, suits);
        self.found = Some((key, hits.into_iter().map(|hit| hit.listing).collect()));
    }

    /// On a phone one side at a time.
    fn halves(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            for (half, key, icon, count) in [
                (Half::Offers, "help-offered", Icon::HAND_HEART, self.board.offers.len()),
                (Half::Asks, "help-asked", Icon::HAND_WAVING, self.board.asks.len()),
            ] {
                let label = format!("{} ({count})", desk.words.say(key));
                if chip(ui, &label, Some(icon), self.half == half).clicked() {
                    self.half = half;
                }
            }
        });
    }

    /// Help that I give or get.
    fn agreed(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        if self.board.agreed.is_empty() || !self.query.trim().is_empty() {
            return;
        }
        let ids = self.board.agreed.clone();
        let beside = if desk.room == Room::Wide && ids.len() > 1 { 2 } else { 1 };
        section(ui, &desk.words.say("help-agreed"), |ui| {
            ui.spacing_mut().item_spacing = vec2(22.0, 8.0);
            for (place, row) in ids.chunks(beside).enumerate() {
                if place > 0 {
                    divider(ui);
                }
                ui.columns(beside, |columns| {
                    for (column, id) in columns.iter_mut().zip(row) {
                        column.with_layout(Layout::top_down(Align::LEFT), |ui| {
                            ui.spacing_mut().item_spacing.x = 10.0;
                            if let Some(pressed) = booking::row(ui, desk, *id) {
                                self.questions.begin(desk, pressed);
                            }
                        });
                    }
                });
            }
        });
    }

    fn side(&self, ui: &mut Ui, desk: &mut Desk<'_>, half: Half) {
        let words = desk.words;
        let (posts, icon, keys, kind) = match half {
            Half::Offers => (
                &self.board.offers,
                Icon::HAND_HEART,
                ["help-offered", "help-offered-line", "help-offer"],
                Kind::HelpOffer,
            ),
            Half::Asks => (
                &self.board.asks,
                Icon::HAND_WAVING,
                ["help-asked", "help-asked-line", "help-ask"],
                Kind::HelpAsk,
            ),
        };
        let [title, line, label] = keys.map(|key| words.say(key));
        let mut begins = false;
        if desk.room != Room::Narrow {
            // Where it is narrower, the button needs the room.
            let line = if desk.room == Room::Wide { line.as_str() } else { "" };
            let said = [title.as_str(), line, label.as_str()];
            begins = post::title(ui, icon, said, half == Half::Asks);
        } else if !posts.is_empty() {
            let button = Button::new(&label, Look::Plain).icon(Icon::PLUS).wide();
            begins = ui.add(button).clicked();
        }
        let is_found = |post: &&Post| {
            self.found.as_ref().is_none_or(|(_, found)| found.contains(&post.listing))
        };
        let shown: Vec<&Post> = posts.iter().filter(is_found).take(MOST).collect();
        if posts.is_empty() {
            begins |= nothing(ui, desk, half);
        } else if shown.is_empty() {
            let line = words.say("help-none");
            card(ui, |ui| text::weak(ui, line));
        }
        for post in shown {
            ui.push_id(post.listing, |ui| post::show(ui, desk, post));
        }
        if begins {
            desk.begin_sharing(kind);
        }
    }
}

/// An empty side, and an invitation; whether somebody takes it.
fn nothing(ui: &mut Ui, desk: &Desk<'_>, half: Half) -> bool {
    let (icon, keys) = match half {
        Half::Offers => (Icon::HAND_HEART, ["help-no-offers", "help-no-offers-line", "help-offer"]),
        Half::Asks => (Icon::HAND_WAVING, ["help-no-asks", "help-no-asks-line", "help-ask"]),
    };
    let [title, line, label] = keys.map(|key| desk.words.say(key));
    card(ui, |ui| {
        crate::widgets::empty(ui, icon, &title, &line, |ui| {
            ui.add(Button::new(&label, Look::Primary).icon(Icon::PLUS)).clicked()
        })
    })
    .inner
}

/// The hours that I gave or got, where the circle counts them.
fn balance(ui: &mut Ui, desk: &mut Desk<'_>, quarters: i64) {
    let words = desk.words;
    let fills = [("hours", words.hours(quarters).into())];
    let said = match quarters.signum() {
        1 => words.tell("balance-hours-got", &fills),
        0 => words.say("balance-hours-even"),
        _ => words.tell("balance-hours-gave", &fills),
    };
    let mut goes = false;
    card(ui, |ui| {
        let line = |ui: &mut Ui| {
            text::glyph(ui, Icon::CLOCK, Palette::of(ui).primary);
            text::strong(ui, said);
            goes = link(ui, &words.say("help-hours-more")).clicked();
        };
        if desk.room == Room::Narrow {
            ui.horizontal_wrapped(line);
        } else {
            ui.horizontal(line);
        }
    });
    if goes {
        desk.go(Route::Balance);
    }
}
