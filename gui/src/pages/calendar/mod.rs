//! Calendar: the member's month. What they borrow, lend, promised and asked for, day by day.
//!
//! | file | what it knows |
//! |---|---|
//! | `lanes` | which days a booking lies on, and in which lane it is drawn |
//! | `month` | what lies in a month, kept until something new arrives |
//! | `grid` | the sheet: mouse and keyboard |
//! | `day` | one day in words |
//! | `export` | the month in another calendar |

mod day;
mod export;
mod grid;
mod lanes;
mod month;

use eframe::egui::{Align, Layout, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use jiff::ToSpan;
use jiff::civil::Date;

use self::export::Export;
use self::grid::Did;
use self::month::{Month, Sure};
use super::question::Questions;
use crate::desk::{Desk, Room};
use crate::fonts::Weight;
use crate::theme::{Palette, SMALL};
use crate::widgets::booking::Pressed;
use crate::widgets::booking::Side;
use crate::widgets::{Leaf, Leafed, heading};

/// Wide enough for a day beside the month.
const BESIDE: f32 = 880.0;
const SIDE: f32 = 340.0;

/// See the module.
#[derive(Default)]
pub(super) struct Calendar {
    /// The chosen day; today, while nobody chooses.
    chosen: Option<Date>,
    month: Option<Month>,
    questions: Questions,
    export: Export,
}

impl Calendar {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let today = desk.circle.zone.date(desk.now);
        let chosen = self.chosen.unwrap_or(today);
        let month = Month::refreshed(self.month.take(), desk, chosen);
        let free = ui.available_height();
        let scroll = ScrollArea::vertical().id_salt("month").auto_shrink([false, false]);
        scroll.show(ui, |ui| {
            let width = ui.available_width() - 8.0;
            ui.set_max_width(width);
            ui.spacing_mut().item_spacing.y = 14.0;
            let top = ui.cursor().top();
            self.head(ui, desk, chosen);
            let left = free - (ui.cursor().top() - top) - 64.0;
            let height = grid::height(desk.room, month.weeks.count, left);
            if width >= BESIDE {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 18.0;
                    ui.vertical(|ui| {
                        ui.set_width(width - SIDE - 18.0);
                        self.sheet(ui, desk, &month, chosen, height);
                        legend(ui, desk);
                    });
                    ui.vertical(|ui| {
                        ui.set_width(SIDE);
                        ui.spacing_mut().item_spacing.x = 10.0;
                        self.day(ui, desk, &month, chosen);
                        self.export.show(ui, desk);
                    });
                });
            } else {
                self.sheet(ui, desk, &month, chosen, height);
                legend(ui, desk);
                self.day(ui, desk, &month, chosen);
                if desk.room == Room::Narrow {
                    let pressed = day::coming(ui, desk, &month, chosen);
                    self.begin(desk, pressed);
                }
                self.export.show(ui, desk);
            }
            ui.add_space(24.0);
        });
        self.month = Some(month);
        self.questions.show(ui, desk);
    }

    fn sheet(&mut self, ui: &mut Ui, desk: &Desk<'_>, month: &Month, chosen: Date, height: f32) {
        match grid::show(ui, desk, month, chosen, height) {
            Some(Did::Chose(day)) => self.chosen = Some(day),
            Some(Did::Open) => day::open(ui),
            None => {}
        }
    }

    fn begin(&mut self, desk: &mut Desk<'_>, pressed: Option<Pressed>) {
        if let Some(pressed) = pressed {
            self.questions.begin(desk, pressed);
        }
    }

    fn day(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, month: &Month, chosen: Date) {
        let pressed = day::show(ui, desk, month, chosen);
        self.begin(desk, pressed);
    }

    /// Which month, back and forth.
    fn head(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, chosen: Date) {
        let words = desk.words;
        let line = words.say("month-line");
        if desk.room == Room::Narrow {
            heading(ui, &words.say("nav-calendar"), &line);
            ui.horizontal(|ui| self.leaf(ui, desk, chosen, Layout::left_to_right(Align::Center)));
            return;
        }
        let size = vec2(ui.available_width(), 58.0);
        let layout = Layout::right_to_left(Align::Center);
        ui.allocate_ui_with_layout(size, layout, |ui| {
            self.leaf(ui, desk, chosen, layout);
            ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                heading(ui, &words.say("nav-calendar"), &line);
            });
        });
    }

    fn leaf(&mut self, ui: &mut Ui, desk: &Desk<'_>, chosen: Date, layout: Layout) {
        let words = desk.words;
        let leaf = Leaf {
            caption: &crate::words::capital(&words.month(chosen)),
            ways: [&words.say("when-month-before"), &words.say("when-month-after")],
            is_away: self.chosen.is_some(),
        };
        match leaf.show(ui, words, layout) {
            Some(Leafed::Today) => self.chosen = None,
            Some(Leafed::Back) => self.chosen = Some(chosen.saturating_sub(1.month())),
            Some(Leafed::On) => self.chosen = Some(chosen.saturating_add(1.month())),
            None => {}
        }
    }
}

/// What the colours and signs mean.
fn legend(ui: &mut Ui, desk: &Desk<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 4.0);
        for (key, sure, side) in [
            ("month-legend-mine", Sure::Promised, Side::Borrower),
            ("month-legend-lent", Sure::Promised, Side::Owner),
            ("month-legend-asked", Sure::Asked, Side::Borrower),
            ("month-legend-mind", Sure::Mind, Side::Owner),
        ] {
            meaning(ui, desk, &desk.words.say(key), sure, side);
        }
    });
}

/// One sign and what it means, on one line together.
fn meaning(ui: &mut Ui, desk: &Desk<'_>, said: &str, sure: Sure, side: Side) {
    let palette = Palette::of(ui);
    let font = Weight::Body.at(SMALL);
    let galley = ui.painter().layout_no_wrap(said.to_owned(), font, palette.weak);
    let size = vec2(galley.size().x + 27.0, galley.size().y.max(18.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said));
    let sign = Rect::from_center_size(pos2(rect.left() + 10.0, rect.center().y), vec2(20.0, 14.0));
    if desk.room == Room::Narrow {
        grid::dot(ui, sign.center(), sure, side);
    } else {
        grid::sample(ui, sign, sure, side);
    }
    let at = pos2(rect.left() + 27.0, rect.center().y - galley.size().y * 0.5);
    ui.painter().galley(at, galley, palette.weak);
}
