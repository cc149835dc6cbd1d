//! Where one can go: a rail at the left, icons only where it is narrow, a bar at the bottom on a phone.
//! Below it, how the window looks: language, light or dark, size of text.

use eframe::egui::{
    Align2, Color32, CornerRadius, CursorIcon, Id, Popup, Response, Role, ScrollArea, Sense,
    ThemePreference, Ui, WidgetInfo, pos2, vec2,
};

use crate::desk::{Room, Route};
use crate::fonts::{Fill, Icon, Weight};
use crate::keys;
use crate::theme::{BUTTON_RADIUS, Palette, SMALL};
use crate::widgets::{Tone, focus_ring, icon_button, text};
use crate::words::{Lang, Words};

/// Width of the rail with words.
pub const WIDE: f32 = 216.0;
/// Width of the rail with icons only.
pub const SLIM: f32 = 80.0;
/// Height of the bar at the bottom.
pub const BAR: f32 = 72.0;

/// How the window looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Appearance {
    /// Its language.
    pub lang: Lang,
    /// Light, dark, or as the system.
    pub theme: ThemePreference,
    /// Size of text, in percent: 80 to 200.
    pub percent: u16,
}

impl Appearance {
    /// The smallest text.
    pub const LEAST: u16 = 80;
    /// The largest.
    pub const MOST: u16 = 200;
    /// By so much it changes.
    pub const STEP: u16 = 10;

    /// As it is kept.
    pub fn to_text(self) -> String {
        let theme = match self.theme {
            ThemePreference::Light => "light",
            ThemePreference::Dark => "dark",
            ThemePreference::System => "auto",
        };
        format!("{} {theme} {}", self.lang.code(), self.percent)
    }

    /// As it was kept; `None` for what is no look.
    pub fn from_text(kept: &str) -> Option<Self> {
        let mut words = kept.split(' ');
        let lang = Lang::from_code(words.next()?)?;
        let theme = match words.next()? {
            "light" => ThemePreference::Light,
            "dark" => ThemePreference::Dark,
            "auto" => ThemePreference::System,
            _ => return None,
        };
        let percent = words.next()?.parse::<u16>().ok()?;
        Some(Self { lang, theme, percent: percent.clamp(Self::LEAST, Self::MOST) })
    }
}

/// The pages that there are, in the order of the rail.
const PLACES: [(Route, &str, &str, Icon); 11] = [
    (Route::Browse, "nav-browse", "nav-browse-short", Icon::HOUSE),
    (Route::Week, "nav-car", "nav-car-short", Icon::CAR),
    (Route::Today, "nav-today", "nav-today", Icon::TRAY),
    (Route::Share, "nav-share", "nav-share-short", Icon::PLUS),
    (Route::Help, "nav-help", "nav-help", Icon::HAND_HEART),
    (Route::Calendar, "nav-calendar", "nav-calendar", Icon::CALENDAR_DOTS),
    (Route::Neighbours, "nav-neighbours", "nav-neighbours", Icon::USERS),
    (Route::Balance, "nav-balance", "nav-balance", Icon::SCALES),
    (Route::Notices, "nav-notices", "nav-notices", Icon::BELL),
    (Route::Devices, "nav-devices", "nav-devices", Icon::DEVICES),
    (Route::Settings, "nav-settings", "nav-settings", Icon::GEAR),
];
/// So many of them fit into the bar at the bottom; the others are behind “More”.
const IN_BAR: usize = 4;

/// What the rail shows.
pub struct Rail<'a> {
    /// The words.
    pub words: &'a Words,
    /// Where we are.
    pub here: Route,
    /// How many questions wait.
    pub waiting: usize,
    /// How many notices are new.
    pub news: usize,
    /// How many lines of the ledger wait.
    pub lines: usize,
    /// Whether the circle has a car.
    pub has_car: bool,
    /// How far we are with the neighbours.
    pub sync: (String, Tone),
    /// How the window looks.
    pub look: &'a mut Appearance,
}

impl Rail<'_> {
    /// The rail at the left; gives where somebody wants to go.
    pub fn side(self, ui: &mut Ui, room: Room) -> Option<Route> {
        // Where text is large and the window low, what is below can still be reached.
        let height = ui.available_height();
        let scroll = ScrollArea::vertical().id_salt("rail").auto_shrink([false, false]);
        scroll.show(ui, |ui| self.rail(ui, room, height)).inner
    }

    fn rail(self, ui: &mut Ui, room: Room, height: f32) -> Option<Route> {
        let top = ui.cursor().top();
        let is_wide = room == Room::Wide;
        let palette = Palette::of(ui);
        let mut goes = None;
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal(|ui| {
            let (_, rect) = ui.allocate_space(vec2(48.0, 44.0));
            let mark = eframe::egui::Rect::from_center_size(rect.center(), vec2(42.0, 42.0));
            ui.painter().rect_filled(mark, CornerRadius::same(13), palette.accent);
            Icon::HOUSE.paint(ui.painter(), mark.center(), 25.0, Fill::Solid, palette.on_accent);
            if is_wide {
                let rich = eframe::egui::RichText::new("Noaber").font(Weight::Heavy.at(22.0));
                ui.label(rich.color(palette.text));
            }
        });
        ui.add_space(18.0);
        for (route, key, _, icon) in self.places() {
            let waiting = self.waiting(route);
            let name = self.name(route, key, waiting);
            let is_here = is_here(self.here, route);
            let label = self.words.say(key);
            let place = place(ui, icon, &name, &label, is_wide, is_here, waiting);
            if place.on_hover_text(keys::hint(&label, route)).clicked() {
                goes = Some(route);
            }
        }
        let below = if is_wide { 128.0 } else { 190.0 };
        let used = ui.cursor().top() - top;
        ui.add_space((height - used - below).max(8.0));
        if is_wide {
            sync_line(ui, &self.sync);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                controls(ui, self.words, self.look);
            });
        } else {
            sync_dot(ui, &self.sync);
            controls(ui, self.words, self.look);
        }
        goes
    }

    /// The bar at the bottom; gives where somebody wants to go.
    pub fn bar(self, ui: &mut Ui) -> Option<Route> {
        let mut goes = None;
        let places: Vec<_> = self.places().collect();
        let (shown, others) = places.split_at(places.len().min(IN_BAR));
        let width = ui.available_width() / (shown.len() + 1) as f32;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (route, key, short, icon) in shown.iter().copied() {
                let waiting = self.waiting(route);
                let name = self.name(route, key, waiting);
                let label = self.words.say(short);
                let is_here = is_here(self.here, route);
                if tab(ui, icon, &name, &label, is_here, waiting, width).clicked() {
                    goes = Some(route);
                }
            }
            let label = self.words.say("nav-more");
            let is_behind = others.iter().any(|(route, ..)| is_here(self.here, *route));
            let waits = others.iter().map(|(route, ..)| self.waiting(*route)).sum();
            let more = tab(ui, Icon::DOTS, &label, &label, is_behind, waits, width);
            Popup::menu(&more).accessible_name(&label).gap(8.0).show(|ui| {
                ui.set_max_width(280.0);
                for (route, key, _, icon) in others.iter().copied() {
                    let (waiting, label) = (self.waiting(route), self.words.say(key));
                    let (name, is_here) =
                        (self.name(route, key, waiting), is_here(self.here, route));
                    if place(ui, icon, &name, &label, true, is_here, waiting).clicked() {
                        goes = Some(route);
                    }
                }
                sync_line(ui, &self.sync);
                ui.horizontal(|ui| controls(ui, self.words, self.look));
            });
        });
        goes
    }

    fn places(&self) -> impl Iterator<Item = (Route, &'static str, &'static str, Icon)> + use<> {
        let has_car = self.has_car;
        PLACES.into_iter().filter(move |(route, ..)| has_car || *route != Route::Week)
    }

    fn waiting(&self, route: Route) -> usize {
        match route {
            Route::Today => self.waiting,
            Route::Balance => self.lines,
            Route::Notices => self.news,
            _ => 0,
        }
    }

    fn name(&self, route: Route, key: &str, waiting: usize) -> String {
        let name = self.words.say(key);
        if waiting == 0 {
            return name;
        }
        let key = if route == Route::Notices { "nav-news" } else { "nav-waiting" };
        format!("{name}, {}", self.words.tell(key, &[("count", waiting.into())]))
    }
}

fn is_here(here: Route, place: Route) -> bool {
    here == place || (matches!(here, Route::Listing(_) | Route::Edit(_)) && place == Route::Browse)
}

fn badge(ui: &Ui, middle: eframe::egui::Pos2, count: usize) {
    if count > 0 {
        let palette = Palette::of(ui);
        ui.painter().circle_filled(middle, 10.5, palette.accent);
        let font = Weight::Bold.at(12.5);
        let text = count.min(99).to_string();
        ui.painter().text(middle, Align2::CENTER_CENTER, text, font, palette.on_accent);
    }
}

fn place(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    label: &str,
    is_wide: bool,
    is_here: bool,
    waiting: usize,
) -> Response {
    let palette = Palette::of(ui);
    let width = if is_wide { ui.available_width() } else { 48.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(width, 44.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Link, true, is_here, name));
    let (ground, colour, fill) = if is_here {
        (palette.primary_soft, palette.primary, Fill::Solid)
    } else if response.hovered() {
        (palette.sunken, palette.text, Fill::Outline)
    } else {
        (Color32::TRANSPARENT, palette.text, Fill::Outline)
    };
    ui.painter().rect_filled(rect, CornerRadius::same(BUTTON_RADIUS), ground);
    let middle = pos2(rect.left() + 24.0, rect.center().y);
    icon.paint(ui.painter(), middle, 22.0, fill, colour);
    if is_wide {
        let weight = if is_here { Weight::Bold } else { Weight::Semibold };
        let at = pos2(rect.left() + 48.0, rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, label, weight.at(16.5), colour);
        badge(ui, pos2(rect.right() - 20.0, rect.center().y), waiting);
    } else {
        badge(ui, rect.right_top() + vec2(-8.0, 9.0), waiting);
    }
    focus_ring(ui, &response, rect, BUTTON_RADIUS);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

fn tab(
    ui: &mut Ui,
    icon: Icon,
    name: &str,
    label: &str,
    is_here: bool,
    waiting: usize,
    width: f32,
) -> Response {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, BAR - 8.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Link, true, is_here, name));
    let face = rect.shrink2(vec2(3.0, 2.0));
    let (colour, fill) = if is_here {
        ui.painter().rect_filled(face, CornerRadius::same(14), palette.primary_soft);
        (palette.primary, Fill::Solid)
    } else {
        (palette.text, Fill::Outline)
    };
    let top = rect.center() - vec2(0.0, 9.0);
    icon.paint(ui.painter(), top, 23.0, fill, colour);
    let below = rect.center() + vec2(0.0, 16.0);
    let font = Weight::Bold.at(12.5);
    ui.painter().text(below, Align2::CENTER_CENTER, label, font, colour);
    badge(ui, top + vec2(16.0, -8.0), waiting);
    focus_ring(ui, &response, face, 14);
    response
}

fn tone_colour(palette: &Palette, tone: Tone) -> Color32 {
    match tone {
        Tone::Good => palette.ok,
        Tone::Going => palette.primary,
        Tone::Mind => palette.accent,
        Tone::Quiet => palette.weak,
    }
}

fn sync_line(ui: &mut Ui, (sentence, tone): &(String, Tone)) {
    let palette = Palette::of(ui);
    ui.horizontal_top(|ui| {
        let (_, rect) = ui.allocate_space(vec2(12.0, 18.0));
        ui.painter().circle_filled(rect.center(), 5.0, tone_colour(palette, *tone));
        let rich = eframe::egui::RichText::new(sentence).size(SMALL).color(palette.weak);
        // Below each other: in a row, the second line would begin a little beside the first.
        ui.vertical(|ui| ui.add(eframe::egui::Label::new(rich).wrap()));
    });
}

fn sync_dot(ui: &mut Ui, (sentence, tone): &(String, Tone)) {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(48.0, 36.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, sentence));
    ui.painter().circle_filled(rect.center(), 6.0, tone_colour(palette, *tone));
    focus_ring(ui, &response, rect.shrink(4.0), 12);
    Popup::menu(&response).accessible_name(sentence).show(|ui| {
        ui.set_max_width(260.0);
        text::body(ui, sentence);
    });
    response.on_hover_text(sentence);
}

fn controls(ui: &mut Ui, words: &Words, look: &mut Appearance) {
    let other = look.lang.other();
    let name = words.tell("look-language", &[("language", other.own_name().into())]);
    if icon_button(ui, Icon::GLOBE, &name).clicked() {
        look.lang = other;
    }
    let is_dark = ui.visuals().dark_mode;
    let (icon, key) = if is_dark { (Icon::SUN, "look-light") } else { (Icon::MOON, "look-dark") };
    if icon_button(ui, icon, &words.say(key)).clicked() {
        look.theme = if is_dark { ThemePreference::Light } else { ThemePreference::Dark };
    }
    let size = icon_button(ui, Icon::TEXT_SIZE, &words.say("look-size"));
    // Its own id: it stays open when larger text makes the rail another one.
    Popup::menu(&size)
        .id(Id::unique("look-size"))
        .accessible_name(words.say("look-size"))
        .close_behavior(eframe::egui::PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| {
            ui.horizontal(|ui| {
                if icon_button(ui, Icon::MINUS, &words.say("look-smaller")).clicked() {
                    look.percent = (look.percent - Appearance::STEP).max(Appearance::LEAST);
                }
                text::strong(ui, format!("{} %", look.percent));
                if icon_button(ui, Icon::PLUS, &words.say("look-larger")).clicked() {
                    look.percent = (look.percent + Appearance::STEP).min(Appearance::MOST);
                }
            });
        });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_reads_as_it_is_kept_and_stays_within_what_can_be_read() {
        let look = Appearance { lang: Lang::Nl, theme: ThemePreference::Dark, percent: 130 };
        assert_eq!(Appearance::from_text(&look.to_text()), Some(look));
        let far = Appearance::from_text("en auto 900");
        assert_eq!(far.map(|look| look.percent), Some(Appearance::MOST));
        for bad in ["", "en", "fr light 100", "en pink 100", "en light x"] {
            assert_eq!(Appearance::from_text(bad), None, "{bad}");
        }
    }
}
