//! Neighbours who answer: what the visitor asks for is lent, what is paid is agreed to, a question gets a
//! word back, and what the visitor shares is asked for.

use std::collections::BTreeSet;
use std::time::Duration;

use noaber_core::Command;
use noaber_core::booking::State;
use noaber_core::id::{BookingId, CircleId, LineId, ListingId, MemberId, MessageId};
use noaber_core::listing::Details;
use noaber_core::replica::Act;
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_core::wire::About;

use super::super::household::{Household, unexpected};
use super::words::Both;
use super::{NAMES, SAAR, Street, Tongue, ZOE};
use crate::api::Failure;

/// So long a neighbour takes to answer: long enough to be seen waiting, short enough to wait for.
pub const PAUSE: Duration = Duration::from_millis(2_500);
const HOUR_MS: i64 = 3_600_000;

/// What somebody has seen, and does not answer again.
#[derive(Default)]
struct Seen {
    bookings: BTreeSet<BookingId>,
    lines: BTreeSet<LineId>,
    messages: BTreeSet<MessageId>,
    listings: BTreeSet<ListingId>,
}

/// What there is to do for a neighbour.
enum Task {
    Confirm(BookingId),
    Agree(LineId),
    Reply(About),
    Ask(ListingId),
}

/// One neighbour.
struct Neighbour {
    home: Household,
    circle: CircleId,
    visitor: MemberId,
    tongue: Tongue,
    /// Asks for what the visitor shares.
    is_curious: bool,
    seen: Seen,
}

/// Lets all but the visitor answer, each after a pause, for as long as this is awaited. What waits for an
/// answer already goes on waiting.
pub async fn stay_alive(street: &Street, visitor: MemberId, pause: Duration) {
    let mut lives = tokio::task::JoinSet::new();
    for home in &street.homes {
        if home.name == NAMES[SAAR] {
            continue;
        }
        let mut neighbour = Neighbour {
            home: home.clone(),
            circle: street.circle,
            visitor,
            tongue: street.tongue,
            is_curious: home.name == NAMES[ZOE],
            seen: Seen::default(),
        };
        if let Some(view) = home.sees(street.circle) {
            // All that is there by now is of the past.
            let _ = neighbour.tasks(&view);
        }
        lives.spawn(async move { neighbour.live(pause).await });
    }
    while lives.join_next().await.is_some() {}
}

impl Neighbour {
    async fn live(&mut self, pause: Duration) {
        let mut views = self.home.node.watch();
        loop {
            views.mark_unchanged();
            let tasks = self.home.sees(self.circle).map(|view| self.tasks(&view));
            for task in tasks.unwrap_or_default() {
                tokio::time::sleep(pause).await;
                self.perform(task).await;
            }
            if views.changed().await.is_err() {
                return;
            }
        }
    }

    /// What there is to do that was not seen before.
    fn tasks(&mut self, view: &CircleView) -> Vec<Task> {
        let (me, now) = (self.home.node.member(), self.home.node.now());
        let mut tasks = Vec::new();
        for (listing, _, booking) in &view.unanswered {
            let is_mine =
                view.listings.get(listing).is_some_and(|l| l.owner == me && !l.general.instant);
            if is_mine && self.seen.bookings.insert(*booking) {
                tasks.push(Task::Confirm(*booking));
            }
        }
        for line in view.ledger.lines() {
            let asked = view.ledger.debts(line, &view.roster);
            if asked.into_iter().any(|debt| debt.waits_for(me, &view.roster))
                && self.seen.lines.insert(line.id)
            {
                tasks.push(Task::Agree(line.id));
            }
        }
        for (_, message) in view.messages.newest() {
            if self.seen.messages.insert(message.id)
                && message.by == self.visitor
                && self.is_asked(view, message.about)
            {
                tasks.push(Task::Reply(message.about));
            }
        }
        let mine = view.listings.values().filter(|listing| listing.owner == self.visitor);
        for listing in mine.filter(|_| self.is_curious) {
            let is_gift = matches!(&listing.details, Details::Item(item) if item.give_away);
            if self.seen.listings.insert(listing.id) && !is_gift && !listing.retired {
                tasks.push(Task::Ask(listing.id));
            }
        }
        let is_open = |booking: &BookingId| {
            let booking = view.bookings.get(booking);
            booking.is_some_and(|b| view.status(b, now).state == State::Asked)
        };
        tasks.retain(|task| !matches!(task, Task::Confirm(booking) if !is_open(booking)));
        tasks
    }

    /// Whether a message is for this neighbour.
    fn is_asked(&self, view: &CircleView, about: About) -> bool {
        let me = self.home.node.member();
        let owner = |listing| view.listings.get(&listing).map(|l| l.owner);
        match about {
            About::Listing(listing) => owner(listing) == Some(me),
            About::Booking(booking) => view.bookings.get(&booking).is_some_and(|b| {
                let owner = owner(b.listing);
                owner == Some(me) || (owner == Some(self.visitor) && b.borrower == me)
            }),
        }
    }

    async fn perform(&self, task: Task) {
        let circle = self.circle;
        let done = match task {
            Task::Confirm(booking) => self.answer(booking).await,
            Task::Agree(line) => self.home.submit(Command::Agree { circle, line }).await.map(drop),
            Task::Reply(about) => {
                self.say(
                    about,
                    ["Good question! I’ll look tonight.", "Goeie vraag! Ik kijk vanavond even."],
                )
                .await
            }
            Task::Ask(listing) => self.ask(listing).await,
        };
        if let Err(error) = done {
            // It was answered otherwise meanwhile, or the street is being left.
            tracing::debug!(
                name = self.home.name,
                error = error.message,
                "a neighbour did not answer"
            );
        }
    }

    /// Yes, where it can be.
    async fn answer(&self, booking: BookingId) -> Result<(), Failure> {
        if self.home.act(self.circle, booking, Act::Confirm).await.is_ok() {
            return self.greet(booking).await;
        }
        let reason = self
            .tongue
            .say(["That does not work out then, sorry!", "Dat komt dan niet uit, sorry!"]);
        let decline = Act::Decline { reason: reason.to_owned() };
        self.home.act(self.circle, booking, decline).await
    }

    /// A word with a yes, where all see it: at what is lent.
    async fn greet(&self, booking: BookingId) -> Result<(), Failure> {
        let view = self.home.sees(self.circle).ok_or_else(unexpected)?;
        let listing = view.bookings.get(&booking).ok_or_else(unexpected)?.listing;
        let text =
            ["Of course, Saar! Just ring the bell.", "Natuurlijk, Saar! Bel gewoon even aan."];
        self.say(About::Listing(listing), text).await
    }

    async fn say(&self, about: About, text: Both) -> Result<(), Failure> {
        let text = self.tongue.say(text).to_owned();
        let say = Command::Say { circle: self.circle, about, text };
        self.home.submit(say).await.map(drop)
    }

    /// Asks for something from the full hour a day from now.
    async fn ask(&self, listing: ListingId) -> Result<(), Failure> {
        let tomorrow = self.home.node.now().as_ms() + 24 * HOUR_MS;
        let from = Timestamp::from_ms(tomorrow - tomorrow.rem_euclid(HOUR_MS));
        let note = self.tongue.say(["Oh, that comes in handy!", "O, dat komt goed uit!"]);
        self.home.ask(self.circle, listing, from, 2, note).await.map(drop)
    }
}
