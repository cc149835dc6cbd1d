//! Browse: everything that can be borrowed, as cards with photos; search, shelves, and “free on”.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, CornerRadius, CursorIcon, Label, Layout, Rect, RichText, Role, ScrollArea, Sense,
    Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use jiff::civil::Date;
use noaber_core::id::{CircleId, ListingId};
use noaber_core::listing::Listing;
use noaber_core::time::Interval;
use noaber_core::view::CircleView;

use crate::desk::{Desk, Room, Route};
use crate::engine::Ticket;
use crate::fonts::{Icon, Weight};
use crate::looks::{Shelf, picture, when_free};
use crate::theme::{CARD_RADIUS, Palette, shadow};
use crate::widgets::{
    Button, Corners, Field, Look, avatar, chip, empty, focus_ring, head, heading, icon_button,
    pill, text, when,
};
use crate::words::first_name;

const GAP: f32 = 16.0;

/// See the module.
#[derive(Default)]
pub(super) struct Browse {
    query: String,
    shelf: Option<Shelf>,
    free_on: Option<Date>,
    found: Option<(Asked, Vec<ListingId>)>,
    /// What is being searched for; until it is found, what was found before is shown.
    sought: Option<(Asked, Ticket)>,
    shelves: Vec<Shelf>,
    offered: usize,
    is_sought: bool,
}

/// What the cards that are shown answer to.
#[derive(Clone, PartialEq)]
struct Asked {
    circle: CircleId,
    entries: u64,
    minute: i64,
    query: String,
    shelf: Option<Shelf>,
    free_on: Option<Date>,
}

impl Browse {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.look(desk);
        self.head(ui, desk);
        ui.add_space(4.0);
        let circle = Arc::clone(&desk.circle);
        let is_searched = !self.query.is_empty() || self.shelf.is_some() || self.free_on.is_some();
        let found = self.found.as_ref().map_or(0, |(_, found)| found.len());
        if found == 0 && is_searched {
            self.nothing_found(ui, desk);
        } else if found == 0 {
            nothing_yet(ui, desk);
        } else {
            self.grid(ui, desk, &circle);
        }
    }

    /// Puts the keyboard into the search with the next frame.
    pub(super) fn search_next(&mut self) {
        self.is_sought = true;
    }

    /// Finds what is asked for, if that or the circle changed. Words are searched for elsewhere; the rest
    /// is a millisecond at ten thousand listings.
    fn look(&mut self, desk: &mut Desk<'_>) {
        let circle = Arc::clone(&desk.circle);
        let asked = Asked {
            circle: circle.id,
            entries: circle.entries,
            minute: self.free_on.map_or(0, |_| desk.now.minute().as_ms()),
            query: self.query.trim().to_owned(),
            shelf: self.shelf,
            free_on: self.free_on,
        };
        if self.found.as_ref().is_some_and(|(before, _)| *before == asked) {
            return;
        }
        if let Some((_, ticket)) = self.sought.as_ref().filter(|(sought, _)| *sought == asked) {
            if let Some(found) = desk.engine.sought(*ticket) {
                self.found = Some((asked, found));
                self.sought = None;
            }
            return;
        }
        let offered = || circle.listings.values().filter(|listing| circle.is_offered(listing));
        let shelves: BTreeSet<Shelf> = offered().map(|listing| Shelf::of(listing)).collect();
        self.shelves = shelves.into_iter().collect();
        self.offered = offered().count();
        let (shelf, now) = (self.shelf, desk.now);
        let day = self.free_on.and_then(|date| whole_day(desk, date));
        let suits = move |circle: &CircleView, listing: &Listing| {
            circle.is_offered(listing)
                && shelf.is_none_or(|shelf| Shelf::of(listing) == shelf)
                && day.is_none_or(|day| circle.free(listing, day, now) > 0)
        };
        if asked.query.is_empty() {
            let suiting = circle.listings.values().filter(|listing| suits(&circle, listing));
            let mut all: Vec<&Arc<Listing>> = suiting.collect();
            // What is new is seen first.
            all.sort_by_key(|listing| (std::cmp::Reverse(listing.created_at), listing.id));
            self.found = Some((asked, all.iter().map(|listing| listing.id).collect()));
            self.sought = None;
        } else {
            let ticket = desk.engine.seek(&circle, asked.query.clone(), suits);
            self.sought = Some((asked, ticket));
        }
    }

    fn head(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        let hour = desk.circle.zone.civil(desk.now).hour();
        let greeting = words.greeting(hour, first_name(desk.circle.name_of(desk.me)));
        let count = self.offered;
        let circle = desk.circle.name.as_str();
        let line = words.tell("browse-line", &[("count", count.into()), ("circle", circle.into())]);
        if desk.room == Room::Narrow {
            heading(ui, &greeting, &line);
        } else {
            let label = words.say("nav-share");
            let button = Button::new(&label, Look::Primary).icon(Icon::PLUS);
            if head(ui, &greeting, &line, |ui| ui.add(button).clicked()) {
                desk.go(Route::Share);
            }
        }
        ui.add_space(4.0);
        if desk.room == Room::Narrow {
            self.search(ui, desk);
        } else {
            let size = vec2(ui.available_width(), 48.0);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
                self.free_on(ui, desk);
                ui.with_layout(Layout::top_down(Align::LEFT), |ui| self.search(ui, desk));
            });
        }
        ui.add_space(2.0);
        let scroll = ScrollArea::horizontal().id_salt("shelves").auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 8.0;
                self.chips(ui, desk);
            });
            ui.add_space(6.0);
        });
    }

    fn chips(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        if chip(ui, &words.say("shelf-all"), None, self.shelf.is_none()).clicked() {
            self.shelf = None;
        }
        if desk.room == Room::Narrow {
            self.free_on(ui, desk);
        }
        for shelf in self.shelves.clone() {
            let is_chosen = self.shelf == Some(shelf);
            if chip(ui, &words.say(shelf.key()), Some(shelf.icon()), is_chosen).clicked() {
                self.shelf = if is_chosen { None } else { Some(shelf) };
            }
        }
    }

    fn search(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let (name, hint) = (desk.words.say("browse-search"), desk.words.say("browse-search-hint"));
        let field = Field::new(&name).hint(&hint).icon(Icon::SEARCH).show(ui, &mut self.query);
        if std::mem::take(&mut self.is_sought) {
            field.request_focus();
        }
    }

    fn free_on(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        let today = desk.circle.zone.date(desk.now);
        let Some(mut date) = self.free_on else {
            let label = words.say("browse-free-on");
            if chip(ui, &label, Some(Icon::CALENDAR), false).clicked() {
                self.free_on = Some(today);
            }
            return;
        };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let label = words.say("browse-free-label");
            text::caption(ui, &label);
            when::day(ui, words, desk.moment(), &label, &mut date, today);
            let is_over = icon_button(ui, Icon::X, &words.say("browse-free-clear")).clicked();
            self.free_on = (!is_over).then_some(date);
        });
    }

    fn nothing_found(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        let (title, line) = (words.say("browse-none"), words.say("browse-none-line"));
        empty(ui, Icon::SEARCH, &title, &line, |ui| {
            let all = words.say("browse-all");
            if ui.add(Button::new(&all, Look::Plain)).clicked() {
                self.query.clear();
                self.shelf = None;
                self.free_on = None;
            }
        });
    }

    fn grid(&self, ui: &mut Ui, desk: &mut Desk<'_>, circle: &CircleView) {
        let Some((_, found)) = &self.found else { return };
        let is_narrow = desk.room == Room::Narrow;
        let gap = if is_narrow { 12.0 } else { GAP };
        // Room for rings at the edges.
        let width = ui.available_width() - 2.0;
        let least = if is_narrow { 150.0 } else { 218.0 };
        let columns = (((width + gap) / (least + gap)).floor() as usize).max(1);
        let card_width = (width - gap * (columns as f32 - 1.0)) / columns as f32;
        let photo_height = (card_width * 0.66).round();
        let card_height = photo_height + if is_narrow { 126.0 } else { 104.0 };
        let row_height = card_height + gap;
        let rows = found.len().div_ceil(columns);
        let scroll = ScrollArea::vertical().id_salt("grid").auto_shrink([false, false]);
        scroll.show_viewport(ui, |ui, viewport| {
            let total = row_height * rows as f32 + 12.0;
            ui.set_height(total);
            ui.set_width(width + 2.0);
            // One row more than is seen at both ends, so that the keyboard can leave the screen.
            let first = (viewport.top() / row_height).floor() as usize;
            let first = first.saturating_sub(1).min(rows);
            let last = ((viewport.bottom() / row_height).ceil() as usize + 1).min(rows);
            let origin = ui.max_rect().min;
            for row in first..last {
                for column in 0..columns {
                    let Some(listing) =
                        found.get(row * columns + column).and_then(|id| circle.listings.get(id))
                    else {
                        continue;
                    };
                    let corner = origin
                        + vec2(
                            column as f32 * (card_width + gap) + 1.0,
                            row as f32 * row_height + 3.0,
                        );
                    let rect = Rect::from_min_size(corner, vec2(card_width, card_height));
                    card(ui, desk, listing, rect, photo_height);
                }
            }
        });
    }
}

fn nothing_yet(ui: &mut Ui, desk: &mut Desk<'_>) {
    let words = desk.words;
    let (title, line) = (words.say("browse-empty"), words.say("browse-empty-line"));
    let wants_to_share = empty(ui, Icon::PACKAGE, &title, &line, |ui| {
        let label = words.say("nav-share");
        ui.add(Button::new(&label, Look::Primary).icon(Icon::PLUS)).clicked()
    });
    if wants_to_share {
        desk.go(Route::Share);
    }
}

/// All of a day, or what is left of it.
fn whole_day(desk: &Desk<'_>, date: Date) -> Option<Interval> {
    let zone = &desk.circle.zone;
    let start = zone.start_of_day(date).max(desk.now);
    Interval::new(start, zone.start_of_day(date.tomorrow().ok()?))
}

fn card(ui: &mut Ui, desk: &mut Desk<'_>, listing: &Listing, rect: Rect, photo_height: f32) {
    let owner = desk.circle.name_of(listing.owner).to_owned();
    let (_, free, _) = when_free(desk, listing);
    let id = ui.scope_id().with(listing.id);
    let response = ui.interact(rect, id, Sense::click());
    let said = desk.words.tell(
        "browse-card",
        &[
            ("title", (&listing.general.title).into()),
            ("owner", (&owner).into()),
            ("free", (&free).into()),
        ],
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    if response.clicked() {
        desk.go(Route::Listing(listing.id));
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if ui.is_rect_visible(rect) {
        let look = if response.hovered() { (5, 20) } else { (3, 14) };
        paint_card(ui, desk, listing, rect, photo_height, look);
        focus_ring(ui, &response, rect, CARD_RADIUS);
    }
    response.on_hover_cursor(CursorIcon::PointingHand);
}

/// The card itself, without what happens when it is pressed; its shadow lies so far down, and is so wide.
pub(super) fn paint_card(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    listing: &Listing,
    rect: Rect,
    photo_height: f32,
    (down, blur): (i8, u8),
) {
    let palette = Palette::of(ui);
    let owner = desk.circle.name_of(listing.owner).to_owned();
    let (icon, free, tone) = when_free(desk, listing);
    let radius = CornerRadius::same(CARD_RADIUS);
    ui.painter().add(shadow(palette, down, blur).as_shape(rect, radius));
    ui.painter().rect_filled(rect, radius, palette.card);
    let frame = Rect::from_min_size(rect.min, vec2(rect.width(), photo_height));
    picture(ui, desk, listing, frame, Corners::Top, CARD_RADIUS);
    let stroke = Stroke::new(1.0, palette.line);
    ui.painter().rect_stroke(rect, radius, stroke, StrokeKind::Inside);
    let inside = Rect::from_min_max(
        pos2(rect.left() + 14.0, frame.bottom() + 10.0),
        pos2(rect.right() - 12.0, rect.bottom() - 8.0),
    );
    // What is written on it is in its name already: screen readers need not read it twice.
    let builder = UiBuilder::new().max_rect(inside).layout(Layout::top_down(Align::LEFT));
    let mut ui_inside = ui.new_child(builder);
    let ui = &mut ui_inside;
    ui.spacing_mut().item_spacing = vec2(7.0, 5.0);
    let mut title = LayoutJob::simple(
        listing.general.title.clone(),
        Weight::Bold.at(16.5),
        palette.text,
        inside.width(),
    );
    title.wrap.max_rows = if desk.room == Room::Narrow { 2 } else { 1 };
    ui.add(Label::new(title));
    ui.horizontal(|ui| {
        avatar(ui, listing.owner, &owner, 23.0);
        let name = RichText::new(&owner).size(14.5).color(palette.weak);
        ui.add(Label::new(name).truncate());
    });
    pill(ui, icon, &free, tone);
}
