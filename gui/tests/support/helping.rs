//! More life for help, notices and the calendar: help that is asked, agreed and given; a gift; a clash.

use noaber_core::booking::State;
use noaber_core::id::{BookingId, ListingId};
use noaber_core::listing::{Details, Draft, General, Help, HelpRhythm, Hours, Item};
use noaber_core::replica::Act;
use noaber_core::time::Timestamp;
use noaber_core::wire::About;
use noaber_core::{Command, Outcome};

use super::street::{House, Street, at};

const HOUR: i64 = 3_600_000;

/// What [`Street::help`] made.
pub struct Helped {
    /// Zoë helps Saar in the garden; it has begun.
    pub garden: BookingId,
    /// Saar’s, of which two are promised and one is there.
    pub projector: ListingId,
    /// Anna’s, for Saar.
    pub books: ListingId,
}

impl Street {
    /// Help on the board, a gift and a clash; an hour passes.
    pub fn help(&self) -> Helped {
        self.runtime.block_on(self.helping())
    }

    async fn helping(&self) -> Helped {
        let [saar, anna, mehmet, zoe, lukasz] = &self.houses[..] else { panic!("five houses") };
        let circle = self.circle;
        let view = saar.node.view();
        let named = |title: &str| {
            let all = view.circles[&circle].listings.values();
            all.filter(|listing| listing.general.title == title).map(|l| l.id).next().unwrap()
        };
        let (garden, lamp) = (named("An hour in your garden"), named("Who can hang a lamp?"));
        let books = named("Travel guides to Italy");
        let offer = |quarters, rhythm| {
            Details::HelpOffer(Help { hours: Hours::from_quarters(quarters), rhythm })
        };
        let once = HelpRhythm::Once;
        let soup = "A pan of soup on my stove is as easily made for two. Ring the bell around six.";
        self.post(saar, "Soup on Thursdays", soup, offer(2, HelpRhythm::Weekly)).await;
        let chess = "For beginners and for the bored.";
        self.post(mehmet, "A game of chess", chess, offer(6, once)).await;
        let lift = "Thursday morning, half an hour by car. I can walk in by myself.";
        let hospital = Details::HelpAsk(Help { hours: Hours::from_quarters(6), ..Help::default() });
        let lift = self.post(anna, "A lift to the hospital", lift, hospital).await;
        let said = Command::Say {
            circle,
            about: About::Listing(garden),
            text: "Do you bring your own gloves?".into(),
        };
        saar.submit(said).await;
        // Asked, and promised.
        let now = self.clock.now();
        let hour = self.promised(saar, zoe, garden, now.plus_ms(HOUR / 4), HOUR).await;
        let from = at("2026-11-24T18:00:00Z");
        self.promised(mehmet, lukasz, lamp, from, HOUR / 2).await;
        saar.until(|view| view.circles[&circle].listings.contains_key(&lift)).await;
        saar.ask(circle, lift, at("2026-11-26T08:00:00Z"), 2 * HOUR, "My car is free.").await;
        // Two were there, and one broke.
        let general = General {
            title: "Projector".into(),
            category: "media".into(),
            quantity: 2,
            ..General::default()
        };
        let mut draft = Draft::new(general, Details::Item(Item::default()));
        let done = saar.submit(Command::Offer { circle, draft: draft.clone() }).await;
        let Outcome::Listing(_, projector) = done else { panic!("{done:?}") };
        let from = at("2026-11-28T17:00:00Z");
        self.promised(zoe, saar, projector, from, 5 * HOUR).await;
        self.promised(anna, saar, projector, from.plus_ms(HOUR), 24 * HOUR).await;
        draft.general.quantity = 1;
        saar.submit(Command::Edit { circle, listing: projector, draft }).await;
        let to = saar.node.member();
        anna.submit(Command::Give { circle, listing: books, to }).await;
        saar.until(|view| {
            view.circles[&circle].gifts.open_for(to).any(|(listing, _)| listing == books)
        })
        .await;
        self.clock.set(now.plus_ms(HOUR));
        Helped { garden: hour, projector, books }
    }

    async fn post(&self, house: &House, title: &str, about: &str, details: Details) -> ListingId {
        let general = General {
            title: title.into(),
            about: about.into(),
            category: "help".into(),
            quantity: 1,
            ..General::default()
        };
        let (circle, draft) = (self.circle, Draft::new(general, details));
        match house.submit(Command::Offer { circle, draft }).await {
            Outcome::Listing(_, id) => id,
            other => panic!("{other:?}"),
        }
    }

    /// Asked by one, and promised by the other.
    async fn promised(
        &self,
        by: &House,
        owner: &House,
        listing: ListingId,
        from: Timestamp,
        ms: i64,
    ) -> BookingId {
        let circle = self.circle;
        by.until(|view| view.circles[&circle].listings.contains_key(&listing)).await;
        let booking = by.ask(circle, listing, from, ms, "").await;
        owner.until(|view| view.circles[&circle].bookings.contains_key(&booking)).await;
        owner.act(circle, booking, Act::Confirm).await;
        let now = self.clock.now();
        for house in [by, &self.houses[0]] {
            house
                .until(|view| {
                    let circle = &view.circles[&circle];
                    let booking = circle.bookings.get(&booking);
                    booking.is_some_and(|b| circle.status(b, now).state == State::Confirmed)
                })
                .await;
        }
        booking
    }
}
