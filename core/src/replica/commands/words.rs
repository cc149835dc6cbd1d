//! Messages.

use super::{CommandError, Outbox, Outcome, Replica};
use crate::id::{CircleId, MessageId};
use crate::limits::MAX_MESSAGE;
use crate::time::Timestamp;
use crate::wire::{About, Payload, Reword, Words};

impl Replica {
    pub(super) fn talk(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        about: About,
        text: String,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        check_message(&text)?;
        match about {
            About::Listing(listing) if view.listings.contains_key(&listing) => {}
            About::Booking(booking) => {
                let booking = view.bookings.get(&booking).ok_or(CommandError::NotFound)?;
                let listing = view.listings.get(&booking.listing).ok_or(CommandError::NotFound)?;
                self.check_party(view, listing, booking)?;
            }
            About::Listing(_) => return Err(CommandError::NotFound),
        }
        let seq = self.append(now, circle, &Payload::Message(Words { about, text }), out);
        Ok(Outcome::Message(circle, MessageId::said_at(circle, self.identity.device(), seq)))
    }

    pub(super) fn reword(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: MessageId,
        text: String,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        check_message(&text)?;
        let message = view.messages.one(id).ok_or(CommandError::NotFound)?;
        if message.by != self.identity.member() {
            return Err(CommandError::NotAllowed { who: view.name_of(message.by).to_owned() });
        }
        self.append(now, circle, &Payload::Reword(Reword { message: id, text }), out);
        Ok(Outcome::Message(circle, id))
    }
}

fn check_message(text: &str) -> Result<(), CommandError> {
    if text.trim().is_empty() || text.len() > MAX_MESSAGE {
        return Err(CommandError::Text { what: "a message".into(), limit: MAX_MESSAGE });
    }
    Ok(())
}
