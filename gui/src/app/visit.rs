//! A visit to the sample street: the window moves there, and comes back as if nothing had been.

use eframe::egui::{Context, Panel, Ui};

use super::App;
use crate::desk::{Room, Route};
use crate::engine::Engine;
use crate::fonts::Icon;
use crate::pages::{self, FirstRun, Pages};
use crate::photos::Photos;
use crate::sample::{self, Visit};
use crate::widgets::{Doing, Toast, Toasts};

impl App {
    /// Begins a visit to the sample street.
    pub fn look_around(&mut self, ctx: &Context) {
        match Visit::begin(ctx, self.look.lang, &self.options.start.clock) {
            Ok(visit) => self.visit = Some(visit),
            Err(error) => {
                let text =
                    self.words.tell("sample-failed", &[("detail", error.to_string().into())]);
                self.toasts.add(Toast {
                    text,
                    icon: Icon::WARNING_CIRCLE,
                    undo: None,
                    of: Doing::Ours,
                });
            }
        }
    }

    /// Opens the visitor's home once the street is there.
    pub(super) fn arrive(&mut self, ctx: &Context) {
        let Some(start) = self.visit.as_mut().and_then(Visit::poll) else { return };
        match Engine::open(ctx, start) {
            Ok(engine) => {
                let left = self.start_over(engine);
                // It may have a node that knocks at a door, and stops in its own time.
                std::thread::spawn(move || drop(left));
            }
            Err(_) => self.visit = None,
        }
    }

    /// Leaves the sample street: back to the first run, as if nothing had been.
    pub(super) fn leave(&mut self, ctx: &Context) {
        let Some(visit) = self.visit.take() else { return };
        if *visit.stage() != sample::Stage::Ready {
            // We are still at home.
            std::thread::spawn(move || drop(visit));
            return;
        }
        let Ok(engine) = Engine::open(ctx, self.options.start.clone()) else {
            self.visit = Some(visit);
            return;
        };
        let left = self.start_over(engine);
        // Saying good-bye takes a moment, which is not the window's.
        std::thread::spawn(move || {
            drop(left);
            drop(visit);
        });
    }

    /// Another home, another beginning; gives the engine that was.
    fn start_over(&mut self, engine: Engine) -> Engine {
        self.pages = Pages::default();
        self.first_run = FirstRun::default();
        self.photos = Photos::default();
        self.toasts = Toasts::default();
        self.watched.clear();
        self.route = self.options.page.unwrap_or(Route::Browse);
        std::mem::replace(&mut self.engine, engine)
    }

    /// On every page of the sample street it says that nothing of it is real; gives whether it is left.
    pub(super) fn banner(&self, ui: &mut Ui) -> bool {
        // Until the street is there, somebody who lives here is still at home.
        if self.visit.as_ref().is_none_or(|visit| *visit.stage() != sample::Stage::Ready) {
            return false;
        }
        let room = Room::of(ui.available_width());
        let panel = Panel::top("sample").frame(pages::sample::ground(ui));
        let panel = panel.resizable(false).show_separator_line(false);
        panel.show(ui, |ui| pages::sample::banner(ui, &self.words, room)).inner
    }
}
