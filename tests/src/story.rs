//! Stories: what neighbours do, told so that a neighbour can read it. See [`Story`].
//!
//! A story is a [`Street`] with a calendar on the wall. Its `given`, `when` and `then` are the sentences;
//! every step in between writes down what it does, so the sentences cannot say more than happens. A story
//! that fails prints itself up to where it failed. What can be lent is in `goods`.

mod goods;
mod look;

use std::fmt::Write as _;

use jiff::civil::DateTime;
use noaber_core::id::{BookingId, CircleId, ListingId, SeriesId};
use noaber_core::listing::Draft;
use noaber_core::replica::{Act, Handing};
use noaber_core::rules::Reason;
use noaber_core::time::{Interval, Timestamp};
use noaber_core::wire::JoinAnswer;
use noaber_core::zone::Zone;
use noaber_core::{Command, CommandError, Input, Outcome};

pub use goods::Goods;

use crate::Street;

/// The first on the street: she founds the circle, and mostly it is her things that are lent.
pub const ANNA: usize = 0;
/// The second.
pub const BEN: usize = 1;
/// The third.
pub const CEM: usize = 2;
/// The fourth.
pub const DEA: usize = 3;
const NAMES: [&str; 4] = ["Anna", "Ben", "Cem", "Dea"];

/// Four neighbours in one circle, each with a device, all connected to each other.
pub struct Story {
    /// The street on which it happens.
    pub street: Street,
    /// Their circle.
    pub circle: CircleId,
    /// The zone of the circle.
    pub zone: Zone,
    lines: String,
}

impl Story {
    /// In Amsterdam, on Monday the 1st of June 2026 at eight in the morning.
    pub fn new(title: &str) -> Self {
        Self::told_in(title, "Europe/Amsterdam", "2026-06-01 08:00")
    }

    /// Anywhere, at any time.
    pub fn told_in(title: &str, zone: &str, now: &str) -> Self {
        let mut street = Street::new(7, NAMES.len());
        let known = Zone::named(zone).expect("a story is told in a zone that exists");
        street.now = known.at(civil(now));
        let found = Command::CreateCircle {
            name: "Lindenstraat".into(),
            timezone: zone.into(),
            currency: "EUR".into(),
        };
        let circle = match street.command(ANNA, found) {
            Ok(Outcome::Circle(circle)) => circle,
            other => panic!("{other:?}"),
        };
        for newcomer in 1..NAMES.len() {
            let link = street.invite(ANNA, circle);
            assert_eq!(street.join(newcomer, ANNA, &link), Some(JoinAnswer::Welcome));
            street.connect(newcomer, ANNA);
            street.run();
        }
        let lines = format!("{title}\n  in {zone}, {now}\n");
        let mut story = Self { street, circle, zone: known, lines };
        (0..NAMES.len()).for_each(|who| story.link_all(who));
        story
    }

    // The sentences.

    /// How things are at first.
    pub fn given(&mut self, sentence: &str) {
        self.line("given", sentence);
    }

    /// What happens.
    pub fn when(&mut self, sentence: &str) {
        self.line(" when", sentence);
    }

    /// What must come of it.
    pub fn then(&mut self, sentence: &str) {
        self.line(" then", sentence);
    }

    fn line(&mut self, word: &str, sentence: &str) {
        let _ = writeln!(self.lines, "  {word} {sentence}");
    }

    fn note(&mut self, what: &str) {
        let at = self.zone.civil(self.street.now).strftime("%a %Y-%m-%d %H:%M");
        let _ = writeln!(self.lines, "          {at}  {what}");
    }

    // Time and wires.

    /// An instant, such as `2026-06-02 10:00`, on the circle's clock.
    pub fn at(&self, text: &str) -> Timestamp {
        self.zone.at(civil(text))
    }

    /// A stretch of time: `2026-06-02 10:00 to 12:00`, or with a date after `to` as well.
    pub fn span(&self, text: &str) -> Interval {
        let (from, to) = text.split_once(" to ").expect("a stretch is two times with “to”");
        let date = from.split_once(' ').expect("a date comes before its time").0;
        let to = if to.contains('-') { to.to_owned() } else { format!("{date} {to}") };
        Interval::new(self.at(from), self.at(&to)).expect("a stretch ends after it begins")
    }

    /// Lets it become that time, everywhere; devices look around as they do every few seconds.
    pub fn until(&mut self, text: &str) {
        let then = self.at(text);
        assert!(self.street.now <= then, "a story goes forward, not back to {text}");
        self.street.now = then;
        self.note("time has passed");
        (0..NAMES.len()).for_each(|who| self.tick(who));
    }

    /// Some seconds pass on one device.
    pub fn tick(&mut self, who: usize) {
        self.street.input(who, Input::Tick);
        self.street.run();
    }

    /// Somebody's device is cut off from all others.
    pub fn leaves_the_net(&mut self, who: usize) {
        self.note(&format!("{}’s device is cut off", name(who)));
        (0..NAMES.len())
            .filter(|other| *other != who)
            .for_each(|other| self.street.cut(who, other));
    }

    /// It is connected to all others again.
    pub fn comes_back(&mut self, who: usize) {
        self.note(&format!("{}’s device is connected again", name(who)));
        self.link_all(who);
    }

    /// Two devices meet, whatever else they are connected to.
    pub fn meet(&mut self, one: usize, other: usize) {
        self.note(&format!("{}’s and {}’s devices meet", name(one), name(other)));
        self.street.connect(one, other);
        self.street.run();
    }

    fn link_all(&mut self, who: usize) {
        (0..NAMES.len())
            .filter(|other| *other != who)
            .for_each(|other| self.street.connect(who, other));
        self.street.run();
    }

    /// The power goes and comes back; only what was stored is left.
    pub fn restarts(&mut self, who: usize) {
        self.note(&format!("{}’s device restarts", name(who)));
        self.street.restart(who);
        self.link_all(who);
    }

    // What people do.

    /// Gives any command, and lets the news travel.
    pub fn command(&mut self, who: usize, command: Command) -> Result<Outcome, CommandError> {
        let result = self.street.command(who, command);
        self.street.run();
        result
    }

    /// Somebody lends something.
    pub fn lends(&mut self, who: usize, goods: Goods) -> ListingId {
        self.note(&format!("{} lends {}", name(who), goods.draft.general.title));
        let offer = Command::Offer { circle: self.circle, draft: goods.draft };
        match self.command(who, offer) {
            Ok(Outcome::Listing(_, id)) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Somebody changes something of theirs.
    pub fn changes(&mut self, who: usize, listing: ListingId, change: impl FnOnce(&mut Draft)) {
        self.note(&format!("{} changes {}", name(who), self.title(who, listing)));
        let mut draft = self.street.circle(who, self.circle).listings[&listing].to_draft();
        change(&mut draft);
        let edit = Command::Edit { circle: self.circle, listing, draft };
        self.command(who, edit).expect("who lends something can change it");
    }

    /// Somebody asks for so many pieces at a time, and it can be asked.
    pub fn asks(&mut self, who: usize, listing: ListingId, pieces: u32, when: &str) -> BookingId {
        match self.tries(who, listing, pieces, when) {
            Ok(id) => id,
            Err(error) => panic!("{} could not ask: {error}", name(who)),
        }
    }

    /// Somebody tries to ask, and is told at once why not: all reasons, and the times offered instead.
    pub fn cannot_ask(
        &mut self,
        who: usize,
        listing: ListingId,
        pieces: u32,
        when: &str,
    ) -> (Vec<Reason>, Vec<Interval>) {
        match self.tries(who, listing, pieces, when) {
            Err(CommandError::Refused { reasons, next }) => (reasons, next),
            other => panic!("{} is not refused by a rule: {other:?}", name(who)),
        }
    }

    /// Somebody asks; whatever comes of it.
    pub fn tries(
        &mut self,
        who: usize,
        listing: ListingId,
        pieces: u32,
        when: &str,
    ) -> Result<BookingId, CommandError> {
        let span = self.span(when);
        let (circle, from, to) = (self.circle, span.from(), span.to());
        let ask = Command::Ask { circle, listing, from, to, quantity: pieces, note: String::new() };
        let words = format!("asks for {pieces} × {} at {when}", self.title(who, listing));
        self.makes(who, &words, ask)
    }

    /// Somebody gets in line for a time that is not free.
    pub fn waits(
        &mut self,
        who: usize,
        listing: ListingId,
        pieces: u32,
        when: &str,
    ) -> Result<BookingId, CommandError> {
        let span = self.span(when);
        let (circle, from, to) = (self.circle, span.from(), span.to());
        let wait =
            Command::Wait { circle, listing, from, to, quantity: pieces, note: String::new() };
        let words = format!("gets in line for {} at {when}", self.title(who, listing));
        self.makes(who, &words, wait)
    }

    /// Somebody asks for several times in one go.
    pub fn asks_series(
        &mut self,
        who: usize,
        listing: ListingId,
        times: Vec<Interval>,
    ) -> Result<SeriesId, CommandError> {
        self.note(&format!("{} asks for {} times in one go", name(who), times.len()));
        let circle = self.circle;
        let ask = Command::AskSeries { circle, listing, times, quantity: 1, note: String::new() };
        self.command(who, ask).map(|outcome| match outcome {
            Outcome::Series(_, id) => id,
            other => panic!("{other:?}"),
        })
    }

    fn makes(
        &mut self,
        who: usize,
        words: &str,
        command: Command,
    ) -> Result<BookingId, CommandError> {
        let result = self.command(who, command);
        let came = result.as_ref().err().map(|error| format!(" — refused: {error}"));
        self.note(&format!("{} {words}{}", name(who), came.unwrap_or_default()));
        result.map(|outcome| match outcome {
            Outcome::Booking(_, id) => id,
            other => panic!("{other:?}"),
        })
    }

    /// Somebody does something with a booking, and may.
    pub fn does(&mut self, who: usize, booking: BookingId, act: Act) {
        let words = format!("{} {}", name(who), in_words(&act));
        self.note(&words);
        let command = Command::Booking { circle: self.circle, booking, act };
        if let Err(error) = self.command(who, command) {
            panic!("{words}, and was refused: {error}");
        }
    }

    /// Somebody tries to do something with a booking, and is refused.
    pub fn cannot(&mut self, who: usize, booking: BookingId, act: Act) -> CommandError {
        let words = format!("{} {}", name(who), in_words(&act));
        let command = Command::Booking { circle: self.circle, booking, act };
        match self.command(who, command) {
            Err(error) => {
                self.note(&format!("{words} — refused: {error}"));
                error
            }
            Ok(outcome) => panic!("{words}, and was allowed to: {outcome:?}"),
        }
    }
}

impl Drop for Story {
    /// A story that fails is told.
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.lines);
        }
    }
}

fn civil(text: &str) -> DateTime {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn name(who: usize) -> &'static str {
    NAMES[who]
}

/// Calls it off.
pub fn cancel() -> Act {
    Act::Cancel { reason: String::new() }
}

/// Fetches all of it.
pub fn fetch() -> Act {
    Act::PickUp(Handing::default())
}

/// Brings all of it back.
pub fn bring_back() -> Act {
    Act::Return(Handing::default())
}

/// So many pieces change hands.
pub fn pieces(quantity: u32) -> Handing {
    Handing { quantity: Some(quantity), ..Handing::default() }
}

/// The odometer stands there when it changes hands.
pub fn odometer(km: u32) -> Handing {
    Handing { odometer_km: Some(km), ..Handing::default() }
}

fn in_words(act: &Act) -> String {
    match act {
        Act::Confirm => "says yes".into(),
        Act::Decline { .. } => "says no".into(),
        Act::Cancel { .. } => "calls it off".into(),
        Act::PickUp(handing) => format!("notes a pick-up{}", how(handing)),
        Act::Return(handing) => format!("notes a return{}", how(handing)),
        Act::Accept => "takes the time that is held".into(),
        Act::Extend { .. } => "asks to keep it longer".into(),
        Act::Damage { text, .. } => format!("reports damage: {text}"),
        Act::Correct { start_km, end_km } => format!("puts right: {start_km:?} to {end_km:?} km"),
        Act::Done { quarters, .. } => format!("says that help was given: {quarters:?} quarters"),
    }
}

fn how(handing: &Handing) -> String {
    let pieces = handing.quantity.map(|n| format!(" of {n}")).unwrap_or_default();
    let km = handing.odometer_km.map(|km| format!(" at {km} km")).unwrap_or_default();
    pieces + &km
}
