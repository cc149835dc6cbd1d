//! Notices: everything that happened that concerns the member, the newest first, a card a day.

use std::collections::BTreeMap;

use eframe::egui::{
    Color32, CornerRadius, CursorIcon, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo,
    vec2,
};
use jiff::civil::Date;
use noaber_core::id::{ListingId, NoticeId};
use noaber_core::notice::{Notice, Reason};
use noaber_core::{Command, Outcome};

use super::concerns::Concerns;
use crate::desk::{Desk, Room, Route};
use crate::engine::{Answer, Ticket};
use crate::fonts::{Fill, Icon, Weight};
use crate::notices::Told;
use crate::theme::{BUTTON_RADIUS, Palette, SMALL, TARGET};
use crate::widgets::{
    Button, Look, card, chip, empty, focus_ring, head, heading, icon_button, text,
};
use crate::words::capital;

/// So many are shown at first, and more with each press.
const PAGE: usize = 60;

/// Which are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Which {
    #[default]
    All,
    New,
    Questions,
    Messages,
}

impl Which {
    const ALL: [(Self, &'static str, Icon); 4] = [
        (Self::All, "notices-all", Icon::TRAY),
        (Self::New, "notices-new", Icon::BELL),
        (Self::Questions, "notices-questions", Icon::HAND_WAVING),
        (Self::Messages, "notices-messages", Icon::CHAT),
    ];

    fn has(self, notice: &Notice) -> bool {
        match self {
            Self::All => true,
            Self::New => !notice.seen,
            Self::Questions => notice.reason.asks(),
            Self::Messages => matches!(notice.reason, Reason::Message(_)),
        }
    }
}

/// See the module.
#[derive(Default)]
pub(super) struct Notices {
    which: Which,
    /// How many presses for more there were.
    more: usize,
    taking: Option<Ticket>,
    /// The gift that is being taken.
    taken: Option<ListingId>,
}

/// What was pressed in a row.
enum Pressed {
    /// Read on.
    Open(NoticeId, Route),
    /// Seen.
    Seen(NoticeId),
    /// Take a gift.
    Take(NoticeId, ListingId),
}

impl Notices {
    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, concerns: &Concerns) {
        self.hear(desk);
        Self::head(ui, desk, concerns);
        ui.add_space(4.0);
        if concerns.notices.is_empty() {
            let (title, line) =
                (desk.words.say("notices-empty"), desk.words.say("notices-empty-line"));
            return empty(ui, Icon::BELL, &title, &line, |_| ());
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for (which, key, icon) in Which::ALL {
                let label = desk.words.say(key);
                if chip(ui, &label, Some(icon), self.which == which).clicked() {
                    (self.which, self.more) = (which, 0);
                }
            }
        });
        ui.add_space(6.0);
        let mut pressed = None;
        let scroll = ScrollArea::vertical().id_salt("notices").auto_shrink([false, false]);
        scroll.show(ui, |ui| {
            ui.set_max_width((ui.available_width() - 8.0).min(820.0));
            ui.spacing_mut().item_spacing.y = 10.0;
            ui.add_space(1.0);
            pressed = self.days(ui, desk, &concerns.notices);
            ui.add_space(24.0);
        });
        match pressed {
            Some(Pressed::Open(id, route)) => {
                mark(desk, concerns, &[id]);
                desk.go(route);
            }
            Some(Pressed::Seen(id)) => mark(desk, concerns, &[id]),
            Some(Pressed::Take(id, listing)) => {
                mark(desk, concerns, &[id]);
                let circle = desk.circle.id;
                self.taking = Some(desk.submit(Command::Take { circle, listing }));
                self.taken = Some(listing);
            }
            None => {}
        }
    }

    fn head(ui: &mut Ui, desk: &mut Desk<'_>, concerns: &Concerns) {
        let words = desk.words;
        let title = words.say("nav-notices");
        let line = words.tell("notices-line", &[("count", concerns.news.into())]);
        let label = words.say("notices-read-all");
        let button = Button::new(&label, Look::Plain).icon(Icon::CHECK);
        let is_read = if concerns.news == 0 {
            heading(ui, &title, &line);
            false
        } else if desk.room == Room::Narrow {
            heading(ui, &title, &line);
            ui.add(button).clicked()
        } else {
            head(ui, &title, &line, |ui| ui.add(button).clicked())
        };
        if is_read {
            let all: Vec<_> = concerns.notices.iter().map(|notice| notice.id).collect();
            mark(desk, concerns, &all);
        }
    }

    fn days(&mut self, ui: &mut Ui, desk: &Desk<'_>, notices: &[Notice]) -> Option<Pressed> {
        let most = (self.more + 1) * PAGE;
        let mut days: BTreeMap<std::cmp::Reverse<Date>, Vec<(&Notice, Told)>> = BTreeMap::new();
        let chosen = notices.iter().filter(|notice| self.which.has(notice));
        let mut told = chosen
            .filter_map(|notice| Some((notice, desk.hearer().told(&notice.reason)?)))
            .peekable();
        let is_none = told.peek().is_none();
        for (notice, said) in told.by_ref().take(most) {
            let date = desk.circle.zone.date(notice.due_at);
            days.entry(std::cmp::Reverse(date)).or_default().push((notice, said));
        }
        let is_more = told.next().is_some();
        if is_none {
            let line = desk.words.say("notices-none");
            card(ui, |ui| text::weak(ui, line));
        }
        let mut pressed = None;
        for (std::cmp::Reverse(date), all) in days {
            ui.add_space(6.0);
            text::strong(ui, capital(&desk.words.day(date, desk.moment())));
            card(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (notice, said) in all {
                    ui.push_id(notice.id, |ui| {
                        pressed = row(ui, desk, notice, &said).or(pressed.take());
                    });
                }
            });
        }
        if is_more {
            let label = desk.words.say("notices-more");
            self.more += usize::from(ui.add(Button::new(&label, Look::Plain)).clicked());
        }
        pressed
    }

    /// What became of taking a gift.
    fn hear(&mut self, desk: &mut Desk<'_>) {
        let Some(Answer::Done(done)) = desk.take(&mut self.taking) else { return };
        let gift = self.taken.take().and_then(|id| desk.circle.listings.get(&id).cloned());
        let title = gift.map_or(String::new(), |listing| listing.general.title.clone());
        match done {
            Ok(outcome) => {
                let said = desk.words.tell("notices-taken", &[("title", title.into())]);
                desk.toast(Icon::HAND_HEART, said, None);
                if let Outcome::Listing(_, listing) = outcome {
                    desk.go(Route::Listing(listing));
                }
            }
            Err(error) => {
                let said = desk.failure(&error);
                desk.toast(Icon::WARNING_CIRCLE, said, None);
            }
        }
    }
}

/// Marks those that are new as seen.
fn mark(desk: &mut Desk<'_>, concerns: &Concerns, ids: &[NoticeId]) {
    let new = concerns.notices.iter().filter(|notice| !notice.seen);
    let notices: Vec<_> = new.map(|notice| notice.id).filter(|id| ids.contains(id)).collect();
    if !notices.is_empty() {
        desk.push(Command::Seen { circle: desk.circle.id, notices });
    }
}

/// One notice: a press anywhere leads to where it is about.
fn row(ui: &mut Ui, desk: &Desk<'_>, notice: &Notice, told: &Told) -> Option<Pressed> {
    let (palette, words) = (Palette::of(ui), desk.words);
    let at = words.clock(desk.circle.zone.civil(notice.due_at).time());
    let mut pressed = None;
    let builder = UiBuilder::new().sense(Sense::click());
    let whole = ui.scope_builder(builder, |ui| {
        let response = ui.response();
        let ground = ui.painter().add(eframe::egui::Shape::Noop);
        ui.add_space(6.0);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(12.0, 4.0);
            sign(ui, told.icon, notice);
            // Room for the button at the right and the gap before it.
            let side = if notice.seen { 0.0 } else { TARGET + 12.0 };
            ui.vertical(|ui| {
                ui.set_width(ui.available_width() - side);
                ui.spacing_mut().item_spacing = vec2(10.0, 2.0);
                let weight = if notice.seen { Weight::Body } else { Weight::Semibold };
                paragraph(ui, &told.text, weight, 16.0, palette.text);
                paragraph(ui, &at, Weight::Body, SMALL, palette.weak);
                if let Reason::Gift(listing) = notice.reason {
                    let label = words.say("notices-take");
                    let name = format!("{label}: {}", told.text);
                    let button = Button::new(&label, Look::Primary).icon(Icon::HAND_HEART);
                    if ui.add(button.named(&name)).clicked() {
                        pressed = Some(Pressed::Take(notice.id, listing));
                    }
                }
            });
            if !notice.seen {
                let name = format!("{}: {}", words.say("notices-read"), told.text);
                if icon_button(ui, Icon::CHECK, &name).clicked() {
                    pressed = Some(Pressed::Seen(notice.id));
                }
            }
        });
        ui.add_space(6.0);
        let rect = ui.min_rect().expand2(vec2(8.0, 0.0));
        if response.hovered() || response.contains_pointer() {
            let shape = eframe::egui::Shape::rect_filled(
                rect,
                CornerRadius::same(BUTTON_RADIUS),
                palette.sunken,
            );
            ui.painter().set(ground, shape);
        }
        rect
    });
    let (rect, response) = (whole.inner, whole.response);
    let new =
        if notice.seen { String::new() } else { format!("{}: ", words.say("notices-is-new")) };
    let name = format!("{new}{} {at}", told.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
    focus_ring(ui, &response, rect.shrink(3.0), BUTTON_RADIUS);
    let is_gift = matches!(notice.reason, Reason::Gift(_));
    if !is_gift && pressed.is_none() && response.on_hover_cursor(CursorIcon::PointingHand).clicked()
    {
        pressed = Some(Pressed::Open(notice.id, told.leads));
    }
    pressed
}

/// The sign of its kind, with a dot while it is new.
fn sign(ui: &mut Ui, icon: Icon, notice: &Notice) {
    let palette = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(40.0), Sense::hover());
    let (ground, colour) = if notice.seen {
        (palette.sunken, palette.weak)
    } else if notice.reason.asks() {
        (palette.accent_soft, palette.accent)
    } else {
        (palette.primary_soft, palette.primary)
    };
    ui.painter().circle_filled(rect.center(), 20.0, ground);
    icon.paint(ui.painter(), rect.center(), 21.0, Fill::Outline, colour);
    if !notice.seen {
        let at = rect.right_top() + vec2(-5.0, 5.0);
        ui.painter().circle_filled(at, 7.5, palette.card);
        ui.painter().circle_filled(at, 5.5, palette.accent);
    }
}

/// Text that is part of the row's own name: it is painted, and not said twice.
fn paragraph(ui: &mut Ui, said: &str, weight: Weight, size: f32, colour: Color32) {
    let room = ui.available_width();
    let galley = ui.painter().layout(said.to_owned(), weight.at(size), colour, room);
    let (_, rect) = ui.allocate_space(galley.size());
    ui.painter().galley(rect.min, galley, colour);
}
