//! One frame: take in the news, show the rail and the page, do what the page wished.

mod visit;

use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{
    CentralPanel, Context, Frame, Margin, Panel, ThemePreference, Ui, ViewportCommand,
};
use noaber_core::view::{CircleView, Standing};
use noaber_core::{Command, View};

use crate::closing::{self, Closing};
use crate::desk::{Desk, Room, Route, Wish, failure};
use crate::engine::{Answer, Engine, Stage, Start, Ticket};
use crate::fonts::Icon;
use crate::keys::{self, Reach};
use crate::pages::{self, FirstRun, Pages, Unsent};
use crate::photos::Photos;
use crate::preferences::{Bell, Preferences};
use crate::rail::{self, Appearance, Rail};
use crate::sample::{self, Visit};
use crate::start::{Step, Steps};
use crate::sync;
use crate::theme::Palette;
use crate::trouble;
use crate::widgets::{Dialog, Doing, Toast, Toasts};
use crate::words::{Lang, Words};

/// What changed is kept once it rests this long: moving a window is many changes.
const KEEP_AFTER_S: f64 = 1.5;

/// How to begin.
#[derive(Debug, Clone)]
pub struct Options {
    /// The home and its network.
    pub start: Start,
    /// A language other than the one that was kept.
    pub lang: Option<Lang>,
    /// A theme other than the one that was kept.
    pub theme: Option<ThemePreference>,
    /// A page to begin with, other than the one that was open.
    pub page: Option<Route>,
}

/// The window.
pub struct App {
    engine: Engine,
    // After the engine: its home is on the street that is thrown away.
    visit: Option<Visit>,
    options: Options,
    words: Words,
    photos: Photos,
    pages: Pages,
    first_run: FirstRun,
    route: Route,
    lists_keys: bool,
    steps: Steps,
    title: String,
    toasts: Toasts,
    watched: Vec<Ticket>,
    look: Appearance,
    shown: Option<Appearance>,
    kept: Preferences,
    /// Since when something is to be kept that is not yet, in seconds.
    unkept_since: Option<f64>,
    closing: Closing,
}

impl App {
    /// Opens the home, with what was kept of its window. [`crate::theme::install`] comes before.
    pub fn new(ctx: &Context, options: Options, kept: Preferences) -> std::io::Result<Self> {
        sample::sweep_in_background();
        let engine = Engine::open(ctx, options.start.clone())?;
        let usual = Appearance {
            lang: Lang::of_the_system(),
            theme: ThemePreference::System,
            percent: 100,
        };
        let before = kept.look.unwrap_or(usual);
        let look = Appearance {
            lang: options.lang.unwrap_or(before.lang),
            theme: options.theme.unwrap_or(before.theme),
            percent: before.percent,
        };
        let mut pages = Pages::default();
        pages.resume(kept.drafts.clone());
        Ok(Self {
            engine,
            visit: None,
            words: Words::new(look.lang),
            photos: Photos::default(),
            pages,
            first_run: FirstRun::default(),
            route: options.page.or(kept.page).unwrap_or(Route::Browse),
            lists_keys: false,
            steps: Steps::default(),
            title: String::new(),
            toasts: Toasts::default(),
            watched: Vec::new(),
            look,
            shown: None,
            kept,
            unkept_since: None,
            closing: Closing::No,
            options,
        })
    }

    /// One frame.
    pub fn show(&mut self, ui: &mut Ui) {
        self.arrive(ui.ctx());
        self.engine.poll();
        self.tell_steps(ui.ctx());
        self.photos.begin_frame(ui.ctx(), &mut self.engine);
        self.apply_look(ui.ctx());
        let view = self.engine.view();
        let circle = view.as_deref().and_then(own_circle);
        match (view, circle) {
            (Some(view), Some(circle)) => {
                self.reach(ui);
                if self.banner(ui) {
                    self.leave(ui.ctx());
                } else {
                    self.inside(ui, &view, &circle);
                }
            }
            _ => self.outside(ui),
        }
        self.show_title(ui.ctx());
        self.hear_watched();
        self.hear_bell(ui.ctx());
        let above =
            if Room::of(ui.ctx().content_rect().width()) == Room::Narrow { rail::BAR } else { 0.0 };
        if let Some(undo) = self.toasts.show(ui, &self.words.say("undo"), above) {
            let ticket = self.engine.submit(undo);
            self.watched.push(ticket);
        }
        let pages = &self.pages;
        let is_typed = closing::is_typed(ui.ctx());
        let unsent = || if is_typed { Unsent::Lost } else { pages.unsent() };
        self.closing = self.closing.follow(ui, &self.words, unsent);
        self.keep(ui.ctx());
    }

    /// What concerns the member is told here while somebody looks, and on the desktop otherwise.
    fn hear_bell(&mut self, ctx: &Context) {
        let is_looked_at = ctx.input(|input| input.focused);
        // What neighbours who are not real say is told by the window alone.
        let bell = if self.visit.is_some() { Bell::Quiet } else { self.kept.bell };
        self.engine.set_bell(bell, self.look.lang, is_looked_at);
        for (icon, text) in self.engine.take_rung() {
            self.toasts.add(Toast { text, icon, undo: None, of: Doing::Theirs });
        }
    }

    /// Keeps what changed, once it rests.
    fn keep(&mut self, ctx: &Context) {
        let now = Preferences {
            look: self.kept.look,
            bell: self.kept.bell,
            page: self.route.name().map_or(self.kept.page, |_| Some(self.route)),
            place: self.kept.place.now(ctx),
            drafts: self.pages.drafts(),
        };
        let time = ctx.input(|input| input.time);
        if now != self.kept {
            self.kept = now;
            self.unkept_since.get_or_insert(time);
        }
        match self.unkept_since {
            Some(since) if time - since >= KEEP_AFTER_S => self.keep_now(),
            Some(since) => {
                let rest = (KEEP_AFTER_S - (time - since)).max(0.01);
                ctx.request_repaint_after(Duration::from_secs_f64(rest));
            }
            None => {}
        }
    }

    fn keep_now(&mut self) {
        if self.unkept_since.is_some() && self.engine.view().is_some() {
            self.engine.keep(self.kept.to_text());
            self.unkept_since = None;
        }
    }

    fn tell_steps(&mut self, ctx: &Context) {
        tracing::trace!(because = ?ctx.repaint_causes(), "a frame");
        self.steps.begin_frame();
        let is_vacant = matches!(self.engine.stage(), Stage::Vacant);
        let is_running = matches!(self.engine.stage(), Stage::Running(_));
        if is_running {
            self.steps.reach(Step::Node);
        }
        let has_contents = (is_vacant || is_running) && self.steps.paint(Step::Contents);
        if self.steps.paint(Step::Frame) || has_contents {
            ctx.request_repaint();
        }
    }

    fn apply_look(&mut self, ctx: &Context) {
        if self.shown == Some(self.look) {
            // Ctrl and plus make everything larger too: that is kept like the button's choice.
            let percent = (ctx.zoom_factor() * 100.0).round() as u16;
            self.look.percent = percent.clamp(80, 200);
        }
        if self.shown == Some(self.look) {
            return;
        }
        if self.words.lang() != self.look.lang {
            self.words = Words::new(self.look.lang);
        }
        ctx.set_theme(self.look.theme);
        ctx.set_zoom_factor(f32::from(self.look.percent) / 100.0);
        if self.shown.is_some() {
            self.kept.look = Some(self.look);
            self.unkept_since.get_or_insert(ctx.input(|input| input.time));
        }
        self.shown = Some(self.look);
        ctx.request_repaint();
    }

    /// Does what a key is for, wherever it was pressed.
    fn reach(&mut self, ui: &Ui) {
        match keys::reached(ui) {
            Some(Reach::Page(route)) => self.route = route,
            Some(Reach::Search) => {
                self.route = Route::Browse;
                self.pages.search();
            }
            Some(Reach::List) => self.lists_keys = true,
            None => {}
        }
        if self.lists_keys {
            self.lists_keys = keys::list(ui, &self.words) == Dialog::Open;
        }
    }

    /// Nobody lives here yet, or the node is not ready.
    fn outside(&mut self, ui: &mut Ui) {
        let palette = Palette::of(ui);
        let frame = Frame::new().fill(palette.background).inner_margin(Margin::symmetric(16, 0));
        if let Some(visit) = &self.visit {
            let (words, stage) = (&self.words, visit.stage());
            let page = CentralPanel::default().frame(frame);
            if page.show(ui, |ui| pages::sample::building(ui, words, stage)).inner {
                self.leave(ui.ctx());
            }
            return;
        }
        let mut looks_around = false;
        CentralPanel::default().frame(frame).show(ui, |ui| match self.engine.stage() {
            Stage::Failed(trouble) => {
                if trouble::page(ui, &self.words, trouble) == trouble::Next::TryAgain {
                    self.engine.try_again();
                }
            }
            Stage::Opening if self.first_run.is_asking() => pages::opening(ui, &self.words),
            Stage::Vacant | Stage::Opening | Stage::Running(_) => {
                looks_around = self.first_run.show(ui, &self.words, &mut self.engine);
            }
        });
        if looks_around {
            self.look_around(ui.ctx());
        }
    }

    fn inside(&mut self, ui: &mut Ui, view: &Arc<View>, circle: &Arc<CircleView>) {
        let palette = Palette::of(ui);
        if self.engine.is_lost() {
            trouble::lost(ui, &self.words);
        }
        let room = Room::of(ui.available_width());
        let now = self.engine.now();
        let mut desk = Desk {
            view: Arc::clone(view),
            circle: Arc::clone(circle),
            me: view.member,
            now,
            words: &self.words,
            room,
            look: self.look,
            bell: self.kept.bell,
            engine: &mut self.engine,
            photos: &mut self.photos,
            wishes: Vec::new(),
        };
        self.pages.refresh(&desk);
        let rail = Rail {
            words: &self.words,
            here: self.route,
            waiting: self.pages.waiting(),
            news: self.pages.news(),
            lines: self.pages.lines(&desk),
            has_car: self.pages.has_car(),
            sync: sync::sentence(&desk),
            look: &mut self.look,
        };
        let ground = Frame::new().fill(palette.rail);
        let goes = match room {
            Room::Narrow => {
                let frame = ground.inner_margin(Margin::symmetric(4, 3));
                let bar = Panel::bottom("bar").exact_size(rail::BAR).frame(frame);
                bar.resizable(false).show_separator_line(false).show(ui, |ui| rail.bar(ui)).inner
            }
            Room::Middle | Room::Wide => {
                let width = if room == Room::Wide { rail::WIDE } else { rail::SLIM };
                let frame =
                    ground.inner_margin(Margin { left: 14, right: 14, top: 18, bottom: 10 });
                let side = Panel::left("rail").exact_size(width).frame(frame);
                let side = side.resizable(false).show_separator_line(false);
                side.show(ui, |ui| rail.side(ui, room)).inner
            }
        };
        let margin = match room {
            Room::Narrow => Margin { left: 14, right: 14, top: 18, bottom: 0 },
            Room::Middle => Margin { left: 24, right: 18, top: 24, bottom: 0 },
            Room::Wide => Margin { left: 32, right: 26, top: 28, bottom: 0 },
        };
        let frame = Frame::new().fill(palette.background).inner_margin(margin);
        let (pages, route) = (&mut self.pages, self.route);
        CentralPanel::default().frame(frame).show(ui, |ui| pages.show(route, ui, &mut desk));
        let wishes = std::mem::take(&mut desk.wishes);
        if let Some(route) = goes {
            self.route = route;
        }
        for wish in wishes {
            match wish {
                Wish::Go(route) => self.route = route,
                Wish::Share(kind) => {
                    self.pages.begin_sharing(kind);
                    self.route = Route::Share;
                }
                Wish::Week(car, day) => {
                    self.pages.turn_week(car, day);
                    self.route = Route::Week;
                }
                Wish::Say(toast) => self.toasts.add(*toast),
                Wish::Watch(ticket) => self.watched.push(ticket),
                Wish::Look(look) => self.look = look,
                Wish::Bell(bell) => {
                    self.kept.bell = bell;
                    self.unkept_since.get_or_insert(ui.input(|input| input.time));
                }
            }
            ui.ctx().request_repaint();
        }
    }

    /// Says in the window's title where we are: that is how it is found among others.
    fn show_title(&mut self, ctx: &Context) {
        let view = self.engine.view();
        let circle = view.as_deref().and_then(own_circle);
        let place = circle.and_then(|circle| match self.route {
            Route::Listing(listing) | Route::Edit(listing) => {
                circle.listings.get(&listing).map(|listing| listing.general.title.clone())
            }
            route => keys::place(route).map(|key| self.words.say(key)),
        });
        let title = place.map_or_else(|| "Noaber".to_owned(), |place| format!("{place} · Noaber"));
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Says so if something failed that no page waits for.
    fn hear_watched(&mut self) {
        for ticket in std::mem::take(&mut self.watched) {
            match self.engine.take(ticket) {
                None => self.watched.push(ticket),
                Some(Answer::Done(Err(error))) => {
                    let view = self.engine.view();
                    let circle = view.as_deref().and_then(own_circle);
                    let now = self.engine.now();
                    let moment =
                        circle.as_deref().map(|c| crate::words::Moment { now, zone: &c.zone });
                    let text = failure(&self.words, &error, moment);
                    self.toasts.add(Toast {
                        text,
                        icon: Icon::WARNING_CIRCLE,
                        undo: None,
                        of: Doing::Ours,
                    });
                }
                Some(_) => {}
            }
        }
    }

    /// Goes to a page, as if somebody had pressed it in the rail.
    pub fn go(&mut self, route: Route) {
        self.route = route;
    }

    /// Takes this file the next time that a page would ask for one in a dialog of the desktop.
    pub fn choose_next(&mut self, file: std::path::PathBuf) {
        self.engine.choose_next(file);
    }

    /// What this window's node knows.
    pub fn view(&self) -> Option<Arc<View>> {
        self.engine.view()
    }

    /// Hands in a command that no page waits for.
    pub fn push(&mut self, command: Command) {
        let ticket = self.engine.submit(command);
        self.watched.push(ticket);
    }
}

impl Drop for App {
    /// What changed last is kept too; the engine ends after this.
    fn drop(&mut self) {
        self.keep_now();
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }
}

/// The circle that is shown: the first one that we are in, by its name.
fn own_circle(view: &View) -> Option<Arc<CircleView>> {
    let is_in = |circle: &&Arc<CircleView>| circle.standing == Standing::Member;
    view.circles.values().filter(is_in).min_by_key(|c| (c.name.clone(), c.id)).cloned()
}
