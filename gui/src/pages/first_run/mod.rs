//! First run: who are you, and start a circle, join one, or look around first. Two questions, and you are
//! in.

mod picture;
mod place;
mod ways;

use std::time::Duration;

use eframe::egui::{Align, Layout, RichText, ScrollArea, Ui, vec2};
use noaber_core::view::Standing;
use noaber_core::wire::{BadLink, JoinAnswer, Link};
use noaber_core::{Command, Outcome};
use noaber_node::net::JoinResult;

use crate::desk::failure;
use crate::engine::{Answer, Engine, Stage, Ticket};
use crate::fonts::{Fill, Icon, Weight};
use crate::theme::Palette;
use crate::widgets::{Button, Field, Lines, Look, card, is_finished, text};
use crate::words::Words;
use picture::Picture;
use place::Place;
use ways::{Way, ways};

/// Widest the form is.
const FORM: f32 = 520.0;
/// Widest the three ways are together.
const WAYS: f32 = 920.0;

/// What is going on.
#[derive(Default)]
enum Step {
    /// Somebody is typing.
    #[default]
    Asking,
    /// The home is being opened; then this is to be done.
    MovingIn(Goal),
    /// Sent; the answer is to come.
    Sent(Option<Ticket>, Goal),
    /// The door has been knocked at.
    Knocking(Box<Link>),
}

#[derive(Clone)]
enum Goal {
    Start(String),
    Join(Box<Link>),
}

/// See the module.
#[derive(Default)]
pub struct FirstRun {
    way: Way,
    name: String,
    circle: String,
    link: String,
    picture: Picture,
    place: Place,
    step: Step,
    trouble: Option<String>,
    /// Whether the keyboard was put where the first word is to be typed.
    has_begun: bool,
}

impl FirstRun {
    /// Shows the page, and goes on with what is under way; gives whether somebody wants to look around in
    /// the sample street.
    pub fn show(&mut self, ui: &mut Ui, words: &Words, engine: &mut Engine) -> bool {
        self.go_on(words, engine);
        self.hear_picture(ui, words, engine);
        let mut looks_around = false;
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.add_space((ui.ctx().content_rect().height() * 0.05).min(52.0));
            centred(ui, FORM, |ui| welcome(ui, words));
            ui.add_space(16.0);
            let is_busy = !matches!(self.step, Step::Asking);
            if !is_busy {
                looks_around = centred(ui, WAYS, |ui| self.choose(ui, words));
                ui.add_space(16.0);
            }
            centred(ui, FORM, |ui| {
                card(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 14.0;
                    if is_busy { self.busy(ui, words) } else { self.form(ui, words, engine) }
                });
                ui.add_space(8.0);
                promise(ui, words);
                ui.add_space(30.0);
            });
        });
        looks_around
    }

    /// Whether nothing is under way.
    pub fn is_asking(&self) -> bool {
        matches!(self.step, Step::Asking)
    }

    /// Lets somebody choose a way; gives whether it is the sample street.
    fn choose(&mut self, ui: &mut Ui, words: &Words) -> bool {
        match ways(ui, words, self.way) {
            None => false,
            Some(Way::Look) => true,
            Some(way) => {
                (self.way, self.trouble) = (way, None);
                false
            }
        }
    }

    /// Takes in a picture of an invite, wherever on the page it was dropped.
    fn hear_picture(&mut self, ui: &Ui, words: &Words, engine: &mut Engine) {
        if !matches!(self.step, Step::Asking) {
            return;
        }
        let Some(read) = self.picture.hear(ui.ctx(), words, engine) else { return };
        self.way = Way::Join;
        match read {
            Ok(link) => (self.link, self.trouble) = (link.to_text(), None),
            Err(trouble) => self.trouble = Some(trouble),
        }
        ui.ctx().request_repaint();
    }

    fn form(&mut self, ui: &mut Ui, words: &Words, engine: &mut Engine) {
        let known = engine.name().map(str::to_owned);
        let (mut goes_on, mut is_entered) = (false, false);
        if let Some(name) = &known {
            text::body(ui, words.tell("first-known", &[("name", name.into())]));
        } else {
            let (caption, hint) = (words.say("first-name"), words.say("first-name-hint"));
            let field = Field::new(&caption).hint(&hint).most(60).show(ui, &mut self.name);
            if !std::mem::replace(&mut self.has_begun, true) {
                field.request_focus();
            }
            goes_on = is_finished(ui, &field);
        }
        match self.way {
            Way::Start | Way::Look => {
                let (caption, hint) = (words.say("first-circle"), words.say("first-circle-hint"));
                let field = Field::new(&caption).hint(&hint).most(60).show(ui, &mut self.circle);
                if goes_on {
                    field.request_focus();
                }
                is_entered = is_finished(ui, &field);
                self.place.show(ui, words);
            }
            Way::Join => {
                let (caption, hint) = (words.say("first-link"), words.say("first-link-hint"));
                let field = Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(4_000);
                let field = field.show(ui, &mut self.link);
                if goes_on {
                    field.request_focus();
                }
                if let Ok(link) = Link::parse(&self.link) {
                    let name = link.name.as_str();
                    text::strong(ui, words.tell("first-joining", &[("circle", name.into())]));
                } else {
                    self.picture.show(ui, words, engine);
                }
            }
        }
        if is_half_joined(engine) && self.trouble.is_none() {
            text::weak(ui, words.say("first-half"));
        }
        if let Some(trouble) = &self.trouble {
            text::trouble(ui, trouble.clone());
        }
        let (key, icon) = match self.way {
            Way::Start | Way::Look => ("first-start-button", Icon::HOUSE),
            Way::Join => ("first-join-button", Icon::HAND_WAVING),
        };
        let label = words.say(key);
        let button = ui.add(Button::new(&label, Look::Primary).icon(icon).wide());
        if button.clicked() || is_entered {
            self.submit(words, engine, known.is_some());
        }
    }

    fn submit(&mut self, words: &Words, engine: &mut Engine, is_known: bool) {
        let name = self.name.trim().to_owned();
        if !is_known && name.is_empty() {
            self.trouble = Some(words.say("first-no-name"));
            return;
        }
        let goal = match self.way {
            Way::Start | Way::Look if self.circle.trim().is_empty() => {
                Err(words.say("first-no-circle"))
            }
            Way::Start | Way::Look => Ok(Goal::Start(self.circle.trim().to_owned())),
            Way::Join => match Link::parse(&self.link) {
                Ok(link) => Ok(Goal::Join(Box::new(link))),
                Err(BadLink::NotALink) => Err(words.say("join-not-a-link")),
                Err(BadLink::Damaged) => Err(words.say("join-damaged")),
            },
        };
        match goal {
            Err(trouble) => self.trouble = Some(trouble),
            Ok(goal) => {
                self.trouble = None;
                if is_known {
                    self.send(goal, engine);
                } else {
                    let device = words.tell("device-name", &[("name", (&name).into())]);
                    engine.move_in(name, device);
                    self.step = Step::MovingIn(goal);
                }
            }
        }
    }

    fn send(&mut self, goal: Goal, engine: &mut Engine) {
        let ticket = match goal.clone() {
            Goal::Start(name) => {
                let (timezone, currency) = self.place.chosen();
                engine.submit(Command::CreateCircle { name, timezone, currency })
            }
            Goal::Join(link) => engine.join(*link),
        };
        self.step = Step::Sent(Some(ticket), goal);
    }

    fn go_on(&mut self, words: &Words, engine: &mut Engine) {
        match std::mem::take(&mut self.step) {
            Step::Asking => {}
            Step::MovingIn(goal) => {
                if matches!(engine.stage(), Stage::Running(_)) {
                    self.send(goal, engine);
                } else if matches!(engine.stage(), Stage::Opening) {
                    self.step = Step::MovingIn(goal);
                }
            }
            Step::Sent(ticket, goal) => match ticket.and_then(|ticket| engine.take(ticket)) {
                None => self.step = Step::Sent(ticket, goal),
                Some(Answer::Done(Ok(Outcome::Circle(_)))) => {
                    if let Goal::Join(link) = goal {
                        self.step = Step::Knocking(link);
                    } else {
                        *self = Self::default();
                    }
                }
                Some(Answer::Done(Err(error))) => self.trouble = Some(failure(words, &error, None)),
                Some(_) => {}
            },
            Step::Knocking(link) => match engine.joined(link.circle) {
                None | Some(JoinResult::Answered(JoinAnswer::Welcome)) => {
                    self.step = Step::Knocking(link);
                    engine.wake_in(Duration::from_secs(1));
                }
                Some(JoinResult::Unreachable) => self.trouble = Some(words.say("join-unreachable")),
                Some(JoinResult::Answered(answer)) => {
                    let key = match answer {
                        JoinAnswer::Used => "join-used",
                        JoinAnswer::Expired => "join-expired",
                        JoinAnswer::Full => "join-full",
                        JoinAnswer::Refused | JoinAnswer::Welcome => "join-refused",
                    };
                    self.trouble = Some(words.say(key));
                }
            },
        }
    }

    /// What is going on, in words: people wait better when they know for what.
    fn busy(&self, ui: &mut Ui, words: &Words) {
        let steps: Vec<(String, bool)> = match &self.step {
            Step::Asking => Vec::new(),
            Step::MovingIn(_) => vec![(words.say("busy-keys"), false)],
            Step::Sent(_, Goal::Start(name)) => vec![
                (words.say("busy-keys"), true),
                (words.tell("busy-circle", &[("circle", name.into())]), false),
            ],
            Step::Sent(_, Goal::Join(_)) => {
                vec![(words.say("busy-keys"), true), (words.say("busy-knock"), false)]
            }
            Step::Knocking(link) => vec![
                (words.say("busy-keys"), true),
                (words.tell("busy-door", &[("circle", link.name.as_str().into())]), false),
            ],
        };
        for (said, is_done) in steps {
            let palette = Palette::of(ui);
            ui.horizontal(|ui| {
                let (icon, colour) = if is_done {
                    (Icon::CHECK_CIRCLE, palette.ok)
                } else {
                    (Icon::HOURGLASS, palette.primary)
                };
                text::glyph(ui, icon, colour);
                text::body(ui, said);
            });
        }
        if matches!(self.step, Step::Knocking(_)) {
            text::small(ui, words.say("busy-door-line"));
        }
    }
}

/// Whether a circle was asked to open its door before, and has not yet.
fn is_half_joined(engine: &Engine) -> bool {
    let view = engine.view();
    view.is_some_and(|view| view.circles.values().any(|c| c.standing == Standing::Joining))
}

/// A column in the middle, at most so wide.
fn centred<R>(ui: &mut Ui, most: f32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let width = ui.available_width().min(most);
    let side = (ui.available_width() - width) * 0.5;
    let row = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(side);
        let column = Layout::top_down(Align::LEFT);
        let shown = ui.allocate_ui_with_layout(vec2(width, 0.0), column, |ui| {
            ui.spacing_mut().item_spacing = vec2(10.0, 8.0);
            ui.set_width(width);
            contents(ui)
        });
        shown.inner
    });
    row.inner
}

/// What nobody else promises.
fn promise(ui: &mut Ui, words: &Words) {
    ui.horizontal_top(|ui| {
        text::glyph(ui, Icon::KEY, Palette::of(ui).primary);
        let line = RichText::new(words.say("first-private")).size(14.5);
        ui.add(eframe::egui::Label::new(line.color(Palette::of(ui).weak)).wrap());
    });
}

/// For the moment in which the home of somebody who lives here is being opened.
pub fn opening(ui: &mut Ui, words: &Words) {
    ui.add_space((ui.ctx().content_rect().height() * 0.5 - 90.0).max(20.0));
    ui.vertical_centered(|ui| {
        sign(ui);
        ui.add_space(8.0);
        text::weak(ui, words.say("first-opening"));
    });
}

/// The house in its field.
fn sign(ui: &mut Ui) {
    let palette = Palette::of(ui);
    let (_, rect) = ui.allocate_space(vec2(76.0, 76.0));
    ui.painter().rect_filled(rect, 22, palette.accent);
    Icon::HOUSE.paint(ui.painter(), rect.center(), 44.0, Fill::Solid, palette.on_accent);
}

fn welcome(ui: &mut Ui, words: &Words) {
    let palette = Palette::of(ui);
    ui.vertical_centered(|ui| {
        sign(ui);
        ui.add_space(6.0);
        let title = words.say("first-title");
        let rich = RichText::new(&title).font(Weight::Heavy.at(31.0)).color(palette.text);
        ui.label(rich);
        text::weak(ui, words.say("first-line"));
    });
}
