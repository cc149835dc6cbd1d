//! What happened, as a sentence: the same on the page of notices, on Today, and where the desktop rings.
//!
//! Which notices there are follows from the view: see [`noaber_core::notice`]. This file knows no page and
//! paints nothing.

use noaber_core::booking::{Booking, State, What};
use noaber_core::id::{BookingId, LineId, ListingId, MemberId, MessageId};
use noaber_core::listing::{Details, Listing};
use noaber_core::notice::Reason;
use noaber_core::time::Timestamp;
use noaber_core::view::CircleView;
use noaber_core::wire::{About, Cause};

use crate::desk::Route;
use crate::fonts::Icon;
use crate::words::{Fill, Moment, Words};

/// Letters of a message that are shown; the rest is read in its thread.
const MOST_LETTERS: usize = 90;

/// A notice in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// A sign for its kind.
    pub icon: Icon,
    /// The sentence.
    pub text: String,
    /// The page on which something can be done about it, or read on.
    pub leads: Route,
}

/// Who is told, when, and in which language.
#[derive(Clone, Copy)]
pub struct Hearer<'a> {
    /// The words.
    pub words: &'a Words,
    /// The circle in which it happened.
    pub circle: &'a CircleView,
    /// The member who is told.
    pub me: MemberId,
    /// The time.
    pub now: Timestamp,
}

/// How a booking is spoken about: things are lent, help is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Thing,
    /// The owner helps.
    Offer,
    /// The one who answers helps.
    Ask,
}

impl Hearer<'_> {
    /// The sentence for a notice; `None` while what it is about has not arrived here.
    pub fn told(&self, reason: &Reason) -> Option<Told> {
        match reason {
            Reason::Message(id) => self.message(*id),
            Reason::Line(id) => self.line(*id),
            Reason::Gift(id) => self.gift(*id),
            _ => self.booking(reason, reason.booking()?),
        }
    }

    fn booking(&self, reason: &Reason, id: BookingId) -> Option<Told> {
        let booking = self.circle.bookings.get(&id)?;
        let listing = self.circle.listings.get(&booking.listing)?;
        let (icon, key) = self.key(reason, booking, listing)?;
        let status = self.circle.status(booking, self.now);
        let moment = Moment { now: self.now, zone: &self.circle.zone };
        let at = match reason {
            Reason::StartsSoon(_) => status.interval.from(),
            Reason::ExtensionAsked(_) => status.extension.unwrap_or(status.interval.to()),
            Reason::Held(_) => status.offered_until.unwrap_or(status.interval.from()),
            _ => status.interval.to(),
        };
        let other = if booking.borrower == self.me { listing.owner } else { booking.borrower };
        let fills: [(&str, Fill); 6] = [
            ("title", (&listing.general.title).into()),
            ("owner", self.circle.name_of(listing.owner).into()),
            ("borrower", self.circle.name_of(booking.borrower).into()),
            ("name", self.circle.name_of(other).into()),
            ("when", self.words.stretch(status.interval, moment).into()),
            ("at", self.words.moment(at, moment).into()),
        ];
        let mut text = self.words.tell(key, &fills);
        let because = match reason {
            Reason::Question(_) => Some(booking.note.to_string()),
            Reason::Declined(_) | Reason::Cancelled(_) => status.why.map(|why| why.text),
            Reason::NotExtended(_) => status.not_extended.map(|why| why.text),
            Reason::Damaged(_) => damage(booking, listing.owner),
            _ => None,
        };
        if let Some(because) = because.filter(|text| !text.trim().is_empty()) {
            let fills = [("said", text.into()), ("text", short(&because).into())];
            text = self.words.tell("news-because", &fills);
        }
        let leads = match reason {
            // There stands which promises they are, and what to do about it.
            Reason::Clash(_) => Route::Today,
            _ => Route::Listing(listing.id),
        };
        Some(Told { icon, text, leads })
    }

    /// The sentence of a reason that is about a booking.
    fn key(
        &self,
        reason: &Reason,
        booking: &Booking,
        listing: &Listing,
    ) -> Option<(Icon, &'static str)> {
        let is_mine = booking.borrower == self.me;
        let kind = match listing.details {
            Details::HelpOffer(_) => Kind::Offer,
            Details::HelpAsk(_) => Kind::Ask,
            Details::Item(_) | Details::Car(_) | Details::Newer { .. } => Kind::Thing,
        };
        let by_kind = |[thing, offer, ask]: [&'static str; 3]| match kind {
            Kind::Thing => thing,
            Kind::Offer => offer,
            Kind::Ask => ask,
        };
        Some(match reason {
            Reason::Question(_) => {
                let keys = ["news-question", "news-question-offer", "news-question-ask"];
                (Icon::BELL, by_kind(keys))
            }
            Reason::ExtensionAsked(_) => (Icon::BELL, "news-extension-asked"),
            Reason::Confirmed(_) => {
                let keys = ["news-confirmed", "news-confirmed-offer", "news-confirmed-ask"];
                (Icon::CHECK_CIRCLE, by_kind(keys))
            }
            Reason::Declined(_) => {
                let keys = ["news-declined", "news-declined-offer", "news-declined-ask"];
                (Icon::PROHIBIT, by_kind(keys))
            }
            Reason::Expired(_) => (Icon::HOURGLASS, "news-expired"),
            Reason::Cancelled(_) => (Icon::X, "news-cancelled"),
            Reason::Extended(_) => (Icon::CLOCK, "news-extended"),
            Reason::NotExtended(_) => (Icon::CLOCK, "news-not-extended"),
            Reason::Held(_) => (Icon::BELL, "news-held"),
            Reason::StartsSoon(_) => {
                let keys = ["news-starts", "news-starts-help", "news-starts-help"];
                (Icon::CLOCK, by_kind(keys))
            }
            Reason::DueSoon(_) => (Icon::CLOCK, "news-due"),
            Reason::Overdue(_) if is_mine => (Icon::WARNING_CIRCLE, "news-overdue-mine"),
            Reason::Overdue(_) => (Icon::WARNING_CIRCLE, "news-overdue"),
            Reason::StillOut(_) => (Icon::WARNING_CIRCLE, "news-still-out"),
            Reason::InRepair(_) => (Icon::WARNING_CIRCLE, "news-repair"),
            Reason::Damaged(_) => (Icon::WARNING_CIRCLE, "news-damaged"),
            Reason::Clash(_) => (Icon::WARNING, "news-clash"),
            Reason::NotFetched(_) if is_mine => (Icon::INFO, "news-you-did-not-fetch"),
            Reason::NotFetched(_) => (Icon::INFO, "news-not-fetched"),
            Reason::Departed(_) if is_mine => (Icon::WARNING_CIRCLE, "news-owner-left"),
            Reason::Departed(_) => {
                let state = self.circle.status(booking, self.now).state;
                let is_out = state == State::Out;
                let key = if is_out { "news-borrower-left" } else { "news-borrower-left-before" };
                (Icon::WARNING_CIRCLE, key)
            }
            Reason::Message(_) | Reason::Line(_) | Reason::Gift(_) => return None,
        })
    }

    fn message(&self, id: MessageId) -> Option<Told> {
        let message = self.circle.messages.one(id)?;
        let listing = match message.about {
            About::Listing(listing) => listing,
            About::Booking(booking) => self.circle.bookings.get(&booking)?.listing,
        };
        let title = &self.circle.listings.get(&listing)?.general.title;
        let fills = [
            ("name", self.circle.name_of(message.by).into()),
            ("title", title.into()),
            ("text", short(message.text()).into()),
        ];
        let text = self.words.tell("news-message", &fills);
        Some(Told { icon: Icon::CHAT, text, leads: Route::Listing(listing) })
    }

    fn line(&self, id: LineId) -> Option<Told> {
        let line = self.circle.ledger.line(id)?;
        let roster = &self.circle.roster;
        let debts = self.circle.ledger.debts(line, roster);
        let mine: Vec<String> = debts
            .filter(|debt| debt.waits_for(self.me, roster))
            .map(|debt| self.words.debt(self.circle, self.me, line, &debt))
            .collect();
        let said = mine.join("; ");
        let key = match (&line.cause, line.text.trim().is_empty()) {
            (Cause::Payment, _) => "news-payment",
            (_, true) => "news-line",
            (_, false) => "news-line-for",
        };
        let fills = [("said", said.into()), ("text", short(line.text.trim()).into())];
        let text = self.words.tell(key, &fills);
        Some(Told { icon: Icon::COINS, text, leads: Route::Balance })
    }

    fn gift(&self, id: ListingId) -> Option<Told> {
        let listing = self.circle.listings.get(&id)?;
        let fills = [
            ("title", (&listing.general.title).into()),
            ("owner", self.circle.name_of(listing.owner).into()),
        ];
        let text = self.words.tell("news-gift", &fills);
        // It is taken on the page of notices.
        Some(Told { icon: Icon::HAND_HEART, text, leads: Route::Notices })
    }
}

/// What was told to be broken last.
fn damage(booking: &Booking, owner: MemberId) -> Option<String> {
    let last = booking.damages(owner).last()?;
    match &last.what {
        What::Damaged { text, .. } => Some(text.clone()),
        _ => None,
    }
}

fn short(words: &str) -> String {
    let mut line: String = words.chars().take(MOST_LETTERS).collect();
    if line.len() < words.len() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_long_message_is_cut_between_letters() {
        assert_eq!(short("Kort."), "Kort.");
        let long = "é".repeat(200);
        assert_eq!(short(&long), format!("{}…", "é".repeat(90)));
    }
}
