//! What a page has on its desk: the view to read, the words to say it in, and a way to hand things in.
//!
//! Pages hold no copy of the state and wait for nothing: they read [`Desk::circle`], push commands, and
//! find what came of them with [`Desk::take`] in a later frame.

use std::sync::Arc;

use jiff::civil::Date;
use noaber_core::id::{BookingId, ListingId, MemberId};
use noaber_core::replica::Act;
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_core::{Command, View};
use noaber_node::actor::SubmitError;

use crate::engine::{Answer, Engine, Ticket};
use crate::fonts::Icon;
use crate::notices::Hearer;
use crate::pages::Kind;
use crate::photos::Photos;
use crate::preferences::Bell;
use crate::rail::Appearance;
use crate::widgets::{Doing, Toast};
use crate::words::{Moment, Words};

/// A place in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// What can be borrowed.
    Browse,
    /// One thing.
    Listing(ListingId),
    /// Change one thing of the member's own.
    Edit(ListingId),
    /// What concerns me now.
    Today,
    /// Offer or ask something.
    Share,
    /// A car's week.
    Week,
    /// Help that is offered and asked.
    Help,
    /// The member's month.
    Calendar,
    /// Who is in the circle.
    Neighbours,
    /// Who owes whom.
    Balance,
    /// What happened that concerns the member.
    Notices,
    /// On which devices the member is.
    Devices,
    /// How the window and the node behave.
    Settings,
}

impl Route {
    /// The pages that stand by themselves, with the words by which the command line calls them and the
    /// window remembers them.
    pub const PAGES: [(&'static str, Self); 11] = [
        ("today", Self::Today),
        ("browse", Self::Browse),
        ("share", Self::Share),
        ("week", Self::Week),
        ("help", Self::Help),
        ("calendar", Self::Calendar),
        ("neighbours", Self::Neighbours),
        ("balance", Self::Balance),
        ("notices", Self::Notices),
        ("devices", Self::Devices),
        ("settings", Self::Settings),
    ];

    /// The page that is called so.
    pub fn named(word: &str) -> Option<Self> {
        Self::PAGES.into_iter().find(|(name, _)| *name == word).map(|(_, route)| route)
    }

    /// What this page is called, if it stands by itself.
    pub fn name(self) -> Option<&'static str> {
        Self::PAGES.into_iter().find(|(_, route)| *route == self).map(|(name, _)| name)
    }
}

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// A window on a desk.
    Wide,
    /// Half a screen, or a tablet.
    Middle,
    /// As wide as a phone.
    Narrow,
}

impl Room {
    /// By the width of the window in points.
    pub fn of(width: f32) -> Self {
        if width < 640.0 {
            Self::Narrow
        } else if width < 1000.0 {
            Self::Middle
        } else {
            Self::Wide
        }
    }
}

/// Something that a page wants of the window.
#[derive(Debug)]
pub enum Wish {
    /// Go somewhere.
    Go(Route),
    /// Go to share something of a kind.
    Share(Kind),
    /// Go to the week of a car in which a day lies.
    Week(ListingId, Date),
    /// Say something in passing.
    Say(Box<Toast>),
    /// Do something, and say so only if it fails.
    Watch(Ticket),
    /// Look so from now on.
    Look(Appearance),
    /// Ring so from now on.
    Bell(Bell),
}

/// See the module.
pub struct Desk<'a> {
    /// All that this device knows.
    pub view: Arc<View>,
    /// The circle that is shown.
    pub circle: Arc<CircleView>,
    /// Who we are.
    pub me: MemberId,
    /// The time.
    pub now: Timestamp,
    /// The words.
    pub words: &'a Words,
    /// How much room there is.
    pub room: Room,
    /// How the window looks.
    pub look: Appearance,
    /// Whether what concerns the member is told on the desktop.
    pub bell: Bell,
    /// The node.
    pub engine: &'a mut Engine,
    /// The photos.
    pub photos: &'a mut Photos,
    /// What the page wants.
    pub wishes: Vec<Wish>,
}

impl Desk<'_> {
    /// The time and place by which dates are told.
    pub fn moment(&self) -> Moment<'_> {
        Moment { now: self.now, zone: &self.circle.zone }
    }

    /// Who is told what happened.
    pub fn hearer(&self) -> Hearer<'_> {
        Hearer { words: self.words, circle: &self.circle, me: self.me, now: self.now }
    }

    /// Goes somewhere.
    pub fn go(&mut self, route: Route) {
        self.wishes.push(Wish::Go(route));
    }

    /// Goes to share something of a kind.
    pub fn begin_sharing(&mut self, kind: Kind) {
        self.wishes.push(Wish::Share(kind));
    }

    /// Goes to the week of a car in which a day lies.
    pub fn go_to_week(&mut self, car: ListingId, day: Date) {
        self.wishes.push(Wish::Week(car, day));
    }

    /// Hands in a command; the page asks for its answer itself.
    pub fn submit(&mut self, command: Command) -> Ticket {
        self.engine.submit(command)
    }

    /// Hands in a command; the window tells if it failed.
    pub fn push(&mut self, command: Command) {
        let ticket = self.engine.submit(command);
        self.wishes.push(Wish::Watch(ticket));
    }

    /// Does something with a booking.
    pub fn act(&mut self, booking: BookingId, act: Act) {
        self.push(Command::Booking { circle: self.circle.id, booking, act });
    }

    /// What came of something, once.
    pub fn take(&mut self, ticket: &mut Option<Ticket>) -> Option<Answer> {
        let answer = self.engine.take((*ticket)?)?;
        *ticket = None;
        Some(answer)
    }

    /// Says something in passing, with a way back if there is one.
    pub fn toast(&mut self, icon: Icon, text: String, undo: Option<Command>) {
        self.wishes.push(Wish::Say(Box::new(Toast { text, icon, undo, of: Doing::Ours })));
    }

    /// Why something failed, in words.
    pub fn failure(&self, error: &SubmitError) -> String {
        failure(self.words, error, Some(self.moment()))
    }
}

/// Why something failed, in words. The node's own sentence stands in where there are no better ones.
pub fn failure(words: &Words, error: &SubmitError, moment: Option<Moment<'_>>) -> String {
    use noaber_core::CommandError;
    match (error, moment) {
        (SubmitError::Command(CommandError::Refused { reasons, .. }), Some(moment)) => {
            let reasons: Vec<String> = reasons.iter().map(|r| words.reason(r, moment)).collect();
            reasons.join(" ")
        }
        (SubmitError::Command(CommandError::NotKeeper { keeper }), _) => {
            words.tell("fail-keeper", &[("name", keeper.into())])
        }
        (SubmitError::Command(CommandError::Overlap { .. }), _) => words.say("reason-taken"),
        (SubmitError::Command(CommandError::AlreadyMember), _) => words.say("fail-member"),
        (SubmitError::Command(CommandError::InviteExpired), _) => words.say("join-expired"),
        (SubmitError::Command(CommandError::Over | CommandError::WrongState { .. }), _) => {
            words.say("fail-over")
        }
        (SubmitError::Command(other), _) => {
            words.tell("fail-other", &[("detail", other.to_string().into())])
        }
        (SubmitError::Store(detail), _) => words.tell("fail-store", &[("detail", detail.into())]),
        (SubmitError::Stopped, _) => words.say("fail-stopped"),
    }
}
