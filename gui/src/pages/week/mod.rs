//! A car's week: who has it when, and a free stretch picked by dragging, by keyboard or by a form.
//!
//! | file | what it knows |
//! |---|---|
//! | `days` | where time lies on a calendar of days, also where clocks change |
//! | `blocks` | bookings as blocks, and shades for what is closed |
//! | `grid` | the calendar: mouse and keyboard |
//! | `hold` | the chosen time on it, with its handles |
//! | `pick` | the time being chosen, and what the circle's judge says to it |
//! | `ask` | the form for it |
//! | `side` | several cars beside each other |
//! | `open` | one booking, and what can be done about it |

mod ask;
mod blocks;
mod days;
mod grid;
mod hold;
mod open;
mod pick;
mod side;

use eframe::egui::{Align, Layout, ScrollArea, Sense, Ui, vec2};
use jiff::ToSpan;
use jiff::civil::Date;
use noaber_core::id::{BookingId, ListingId};
use noaber_core::listing::{Details, Listing};
use noaber_core::time::{Interval, Timestamp};

use self::blocks::Block;
use self::days::Days;
use self::grid::{Did, Grid};
use self::open::Open;
use self::pick::Pick;
use crate::desk::{Desk, Room, Route};
use crate::fonts::Icon;
use crate::looks::picture;
use crate::widgets::{Button, Corners, Leaf, Leafed, Look, chip, empty, section, text};
use crate::words::{Lang, first_name};

/// Wide enough for the form beside the calendar.
const BESIDE: f32 = 880.0;
const SIDE: f32 = 290.0;

/// What blocks are of: a car, its days, what is known, the minute, and the language.
type BlocksOf = (ListingId, Interval, u64, Timestamp, Lang);

/// See the module.
#[derive(Default)]
pub(super) struct Week {
    car: Option<ListingId>,
    /// All cars are shown side by side.
    is_side: bool,
    /// A day that is to be seen; today, while nobody leafs.
    at: Option<Date>,
    pick: Option<Pick>,
    open: Option<Open>,
    /// The bookings that were shown last; they hold until something arrives, or a minute passes.
    blocks: Option<(BlocksOf, Vec<Block>)>,
    /// The form comes into sight in the next frame.
    shows_form: bool,
    /// Enter was pressed on the calendar.
    asks: bool,
}

/// The cars of the circle that can be booked, by name.
pub(crate) fn cars<'a>(desk: &'a Desk<'_>) -> Vec<&'a Listing> {
    let all = desk.circle.listings.values().map(AsRef::as_ref);
    let is_car = |listing: &&Listing| {
        matches!(listing.details, Details::Car(_)) && desk.circle.is_offered(listing)
    };
    let mut cars: Vec<&Listing> = all.filter(is_car).collect();
    cars.sort_by(|a, b| (&a.general.title, a.id).cmp(&(&b.general.title, b.id)));
    cars
}

impl Week {
    /// Turns to a car, and to the week in which a day lies.
    pub(super) fn turn_to(&mut self, car: ListingId, day: Date) {
        (self.car, self.at) = (Some(car), Some(day));
    }

    /// Whether a request was begun in words: those are not kept.
    pub(super) fn is_asking(&self) -> bool {
        self.pick.as_ref().is_some_and(Pick::is_begun)
    }

    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let cars: Vec<Listing> = cars(desk).into_iter().cloned().collect();
        let chosen = cars.iter().find(|car| Some(car.id) == self.car).or(cars.first());
        let Some(car) = chosen.cloned() else {
            return no_car(ui, desk);
        };
        self.hear(desk, &car);
        let scroll = ScrollArea::vertical().id_salt("calendar").auto_shrink([false, false]);
        let free = ui.available_height();
        scroll.show(ui, |ui| {
            let width = ui.available_width() - 8.0;
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing.y = 14.0;
            let top = ui.cursor().top();
            let days = self.head(ui, desk, &car);
            self.chooser(ui, desk, &cars, &car);
            let left = free - (ui.cursor().top() - top) - 18.0;
            if self.is_side && cars.len() > 1 {
                self.side_by_side(ui, desk, &cars, &days);
                return ui.add_space(20.0);
            }
            if width >= BESIDE {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 18.0;
                    ui.vertical(|ui| {
                        ui.set_width(width - SIDE - 18.0);
                        self.calendar(ui, desk, &car, days, left);
                    });
                    ui.vertical(|ui| {
                        ui.set_width(SIDE);
                        ui.spacing_mut().item_spacing.x = 10.0;
                        self.yours(ui, desk, &car);
                        super::listing::rules_card(ui, desk, &car);
                    });
                });
            } else {
                self.calendar(ui, desk, &car, days, left.max(420.0));
                self.yours(ui, desk, &car);
                super::listing::rules_card(ui, desk, &car);
            }
            ui.add_space(20.0);
        });
        if let Some(open) = &mut self.open {
            open.questions(ui, desk);
        }
    }

    fn hear(&mut self, desk: &mut Desk<'_>, car: &Listing) {
        let booked = self.pick.as_mut().and_then(|pick| pick.hear(desk, car));
        if let Some(booking) = booked {
            self.pick = None;
            self.open = Some(Open::new(booking));
        }
    }

    /// Which car, and which days.
    fn head(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, car: &Listing) -> Days {
        let today = desk.circle.zone.date(desk.now);
        let at = self.at.unwrap_or(today);
        let (first, count) = if desk.room == Room::Narrow {
            (at, 3)
        } else {
            let before = i64::from(at.weekday().to_monday_zero_offset());
            (at.saturating_sub(before.days()), 7)
        };
        let days = Days::new(first, count);
        if desk.room == Room::Narrow {
            Self::title(ui, desk, car);
            ui.horizontal(|ui| {
                self.leaf(ui, desk, &days, Layout::left_to_right(Align::Center));
            });
        } else {
            let size = vec2(ui.available_width(), 64.0);
            let layout = Layout::right_to_left(Align::Center);
            ui.allocate_ui_with_layout(size, layout, |ui| {
                self.leaf(ui, desk, &days, layout);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let (rect, _) = ui.allocate_exact_size(vec2(84.0, 62.0), Sense::hover());
                    picture(ui, desk, car, rect, Corners::All, 14);
                    ui.add_space(4.0);
                    ui.with_layout(Layout::top_down(Align::LEFT), |ui| Self::title(ui, desk, car));
                });
            });
        }
        days
    }

    fn title(ui: &mut Ui, desk: &Desk<'_>, car: &Listing) {
        let words = desk.words;
        let line = if car.owner == desk.me {
            words.say("week-own")
        } else {
            let owner = first_name(desk.circle.name_of(car.owner));
            words.tell("week-owner", &[("owner", owner.into())])
        };
        crate::widgets::heading(ui, &car.general.title, &line);
    }

    /// Back and forth.
    fn leaf(&mut self, ui: &mut Ui, desk: &Desk<'_>, days: &Days, layout: Layout) {
        let words = desk.words;
        let step = i64::try_from(days.count).unwrap_or(7).days();
        let leaf = Leaf {
            caption: &grid::caption(desk, days),
            ways: [&words.say("week-before"), &words.say("week-after")],
            is_away: self.at.is_some(),
        };
        match leaf.show(ui, words, layout) {
            Some(Leafed::Today) => self.at = None,
            Some(Leafed::Back) => self.at = Some(days.first.saturating_sub(step)),
            Some(Leafed::On) => self.at = Some(days.first.saturating_add(step)),
            None => {}
        }
    }

    fn chooser(&mut self, ui: &mut Ui, desk: &Desk<'_>, cars: &[Listing], car: &Listing) {
        if cars.len() < 2 {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let label = desk.words.say("week-side");
            if chip(ui, &label, Some(Icon::ROWS), self.is_side).clicked() {
                self.is_side = !self.is_side;
                self.open = None;
            }
            for each in cars {
                let is_chosen = each.id == car.id && !self.is_side;
                if chip(ui, &each.general.title, Some(Icon::CAR), is_chosen).clicked() {
                    (self.car, self.is_side) = (Some(each.id), false);
                    self.open = None;
                    if let Some(pick) = &mut self.pick {
                        // The time stays: what is asked is which car has it free.
                        *pick = Pick::new(pick.interval);
                    }
                }
                if self.pick.is_some() && !is_chosen {
                    self.compare(ui, desk, each);
                }
            }
        });
    }

    fn side_by_side(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, cars: &[Listing], days: &Days) {
        text::weak(ui, desk.words.say("week-side-line"));
        let pressed = side::show(ui, desk, cars, days, self.pick.as_ref());
        let Some((car, date)) = pressed else { return };
        (self.car, self.is_side) = (Some(car), false);
        self.at = Some(date);
        if self.pick.is_none() {
            let car = cars.iter().find(|each| each.id == car);
            self.pick = car.and_then(|car| Pick::begin(desk, car, date, false));
        }
    }

    /// Whether another car would be free then.
    fn compare(&self, ui: &mut Ui, desk: &Desk<'_>, car: &Listing) {
        let Some(pick) = &self.pick else { return };
        let is_free =
            matches!(pick.verdict(desk, car), noaber_core::rules::Verdict::Allowed { .. });
        text::small(ui, desk.words.say(if is_free { "week-other-free" } else { "week-other-not" }));
    }

    fn calendar(&mut self, ui: &mut Ui, desk: &Desk<'_>, car: &Listing, days: Days, free: f32) {
        let Some(whole) = days.whole(&desk.circle.zone) else { return };
        let key = (car.id, whole, desk.circle.entries, desk.now.minute(), desk.words.lang());
        let kept = self.blocks.take().filter(|(of, _)| *of == key);
        let mut blocks = kept.map_or_else(|| blocks::blocks(desk, car, whole), |(_, kept)| kept);
        let mut all: Vec<_> = blocks.iter().map(|block| block.interval).collect();
        all.extend(self.pick.as_ref().map(|pick| pick.interval));
        let days = days.with_room_for(&desk.circle.zone, &all);
        blocks::arrange(desk, &days, &mut blocks);
        let height = grid::height(&days, desk.room, free);
        let open = self.open.as_ref().map(|open| open.id);
        let grid = Grid { days: &days, car, blocks: &blocks, open, height };
        let before = self.pick.as_ref().map(|pick| pick.interval);
        let did = grid.show(ui, desk, &mut self.pick);
        self.blocks = Some((key, blocks));
        let after = self.pick.as_ref().map(|pick| pick.interval);
        if before != after {
            self.open = None;
            self.follow(desk, &days);
        }
        match did {
            Some(Did::Open(id)) => self.look_at(id),
            Some(Did::Chose) => self.shows_form = true,
            Some(Did::Ask) => self.asks = true,
            Some(Did::Clear) => self.pick = None,
            None => {}
        }
    }

    fn look_at(&mut self, id: BookingId) {
        self.open = Some(Open::new(id));
        self.pick = None;
        self.shows_form = true;
    }

    /// What the keyboard moves out of sight is leafed to.
    fn follow(&mut self, desk: &Desk<'_>, days: &Days) {
        let Some(pick) = &self.pick else { return };
        let date = desk.circle.zone.date(pick.interval.from());
        if !days.contains(date) {
            self.at = Some(date);
        }
    }

    /// The side: what is chosen, or the booking that is looked at.
    fn yours(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, car: &Listing) {
        let mut is_closed = false;
        let had_pick = self.pick.is_some();
        let shown = ui.scope(|ui| {
            if let Some(open) = &mut self.open {
                is_closed = open.show(ui, desk, car);
                return;
            }
            section(ui, &desk.words.say("week-yours"), |ui| match &mut self.pick {
                Some(pick) => {
                    if std::mem::take(&mut self.asks) {
                        pick.ask(desk, car);
                    }
                    is_closed = ask::form(ui, desk, car, pick);
                }
                None => ask::invitation(ui, desk, car, &mut self.pick, self.at),
            });
        });
        if is_closed {
            (self.open, self.pick) = (None, None);
        }
        if std::mem::take(&mut self.shows_form) {
            shown.response.scroll_to_me(Some(Align::Max));
        }
        // What was just begun by its button has its height in the next frame.
        self.shows_form |= !had_pick && self.pick.is_some();
    }
}

fn no_car(ui: &mut Ui, desk: &mut Desk<'_>) {
    let words = desk.words;
    let (title, line) = (words.say("week-none"), words.say("week-none-line"));
    let goes = empty(ui, Icon::CAR, &title, &line, |ui| {
        let label = words.say("nav-share");
        ui.add(Button::new(&label, Look::Primary).icon(Icon::PLUS)).clicked()
    });
    if goes {
        desk.go(Route::Share);
    }
}
