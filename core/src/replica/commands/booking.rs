//! What happens to a booking after it was asked for.

mod driving;

use driving::{bill, check_odometer, correct};

use super::{CommandError, Outbox, Outcome, Replica, check_text};
use crate::booking::{Booking, State};
use crate::id::{BookingId, CircleId, PhotoId};
use crate::limits::{MAX_BOOKING_MS, MAX_PHOTOS};
use crate::listing::{Details, Listing};
use crate::replica::{Act, Handing, Usable};
use crate::time::Timestamp;
use crate::view::CircleView;
use crate::wire::{
    Accept, Cancel, Cause, Damage, Done, Extend, HandOver, Owe, Party, Payload, Unit,
};

impl Replica {
    pub(super) fn act(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: BookingId,
        act: Act,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let booking = view.bookings.get(&id).ok_or(CommandError::NotFound)?;
        let listing = view.listings.get(&booking.listing).ok_or(CommandError::NotFound)?;
        // Only the keeper answers; all else is for the two sides.
        if !matches!(act, Act::Confirm | Act::Decline { .. }) {
            self.check_party(view, listing, booking)?;
        }
        let said_at = self.clock.peek(now);
        let payloads = match act {
            Act::Confirm => self.confirm(now, view, listing, booking)?.into_iter().collect(),
            Act::Decline { reason } => vec![self.decline(now, view, listing, booking, reason)?],
            Act::Cancel { reason } => {
                cancel(now, said_at, view, booking, reason)?.into_iter().collect()
            }
            Act::PickUp(handing) => {
                pick_up(now, view, listing, booking, handing)?.into_iter().collect()
            }
            Act::Return(handing) => {
                let over = bring_back(now, view, listing, booking, handing)?;
                let bill = bill(now, said_at, view, listing, booking, &over);
                [Payload::Return(over)].into_iter().chain(bill).collect()
            }
            Act::Correct { start_km, end_km } => {
                let (me, put_right) = (self.identity.member(), (start_km, end_km));
                correct(now, me, view, listing, booking, put_right)?
            }
            Act::Accept => vec![self.accept(now, view, booking)?],
            Act::Extend { to } => extend(now, view, booking, to)?.into_iter().collect(),
            Act::Damage { text, photos, usable } => {
                vec![damage(now, view, booking, text, photos, usable)?]
            }
            Act::Done { text, quarters } => done(now, view, listing, booking, text, quarters)?,
        };
        for payload in payloads {
            self.append(now, circle, &payload, out);
        }
        Ok(Outcome::Booking(circle, id))
    }

    pub(super) fn check_party(
        &self,
        view: &CircleView,
        listing: &Listing,
        booking: &Booking,
    ) -> Result<(), CommandError> {
        let me = self.identity.member();
        if me == booking.borrower || me == listing.owner {
            return Ok(());
        }
        let (borrower, owner) = (view.name_of(booking.borrower), view.name_of(listing.owner));
        Err(CommandError::NotAllowed { who: format!("{borrower} or {owner}") })
    }

    fn accept(
        &self,
        now: Timestamp,
        view: &CircleView,
        booking: &Booking,
    ) -> Result<Payload, CommandError> {
        if booking.borrower != self.identity.member() {
            return Err(CommandError::NotAllowed {
                who: view.name_of(booking.borrower).to_owned(),
            });
        }
        if view.status(booking, now).state != State::Offered {
            return Err(CommandError::NotOffered);
        }
        Ok(Payload::Accept(Accept { booking: booking.id }))
    }
}

fn done(
    now: Timestamp,
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    text: String,
    quarters: Option<u32>,
) -> Result<Vec<Payload>, CommandError> {
    check_text("the thanks", &text)?;
    let (helper, helped) = match listing.details {
        Details::HelpOffer(_) => (listing.owner, booking.borrower),
        Details::HelpAsk(_) => (booking.borrower, listing.owner),
        _ => return Err(CommandError::NotHelp),
    };
    let status = view.status(booking, now);
    if status.state != State::Confirmed {
        return Err(CommandError::WrongState { state: word(status.state).into() });
    }
    let done = Payload::Done(Done { booking: booking.id, text: text.clone() });
    let Some(quarters) = quarters.filter(|_| helper != helped) else { return Ok(vec![done]) };
    if !view.house_rules.is_some_and(|(_, rules)| rules.timebank) {
        return Err(CommandError::NoTimebank);
    }
    let owe = Owe {
        creditor: Party::Member(helper),
        unit: Unit::Quarters,
        debts: vec![(Party::Member(helped), u64::from(quarters))],
        cause: Cause::Help(booking.id),
        text: if text.is_empty() { listing.general.title.clone() } else { text },
        photo: None,
    };
    Ok(vec![done, Payload::Owe(owe)])
}

fn extend(
    now: Timestamp,
    view: &CircleView,
    booking: &Booking,
    to: Timestamp,
) -> Result<Option<Payload>, CommandError> {
    let status = view.status(booking, now);
    if !matches!(status.state, State::Confirmed | State::Out) {
        return Err(CommandError::WrongState { state: word(status.state).into() });
    }
    if to <= status.interval.to() {
        return Err(CommandError::NotLater);
    }
    if status.extension == Some(to) {
        // It is asked already: a second question would need a second answer.
        return Ok(None);
    }
    if to.as_ms().saturating_sub(booking.interval.from().as_ms()) > MAX_BOOKING_MS {
        return Err(CommandError::TooLong);
    }
    // A second booking in the way is said at once, not after a day of waiting for the answer.
    let reasons = view.against_extension(booking, &status, to, now);
    if !reasons.is_empty() {
        return Err(CommandError::Refused { reasons, next: Vec::new() });
    }
    Ok(Some(Payload::Extend(Extend { booking: booking.id, to })))
}

fn damage(
    now: Timestamp,
    view: &CircleView,
    booking: &Booking,
    text: String,
    photos: Vec<PhotoId>,
    usable: Usable,
) -> Result<Payload, CommandError> {
    check_text("the report", &text)?;
    if text.trim().is_empty() {
        return Err(CommandError::Line("say what is wrong".into()));
    }
    if photos.len() > MAX_PHOTOS {
        return Err(CommandError::Line("choose fewer photos".into()));
    }
    match view.status(booking, now).state {
        State::Confirmed | State::Out | State::Returned => {
            let unusable = usable == Usable::No;
            Ok(Payload::Damage(Damage { booking: booking.id, text, photos, unusable }))
        }
        state => Err(CommandError::WrongState { state: word(state).into() }),
    }
}

/// `said_at` is what the entry's time will be: the view judges by that.
fn cancel(
    now: Timestamp,
    said_at: Timestamp,
    view: &CircleView,
    booking: &Booking,
    reason: String,
) -> Result<Option<Payload>, CommandError> {
    check_text("the reason", &reason)?;
    let status = view.status(booking, now);
    match status.state {
        State::Waiting | State::Offered | State::Asked | State::Confirmed
            if said_at < status.interval.to() =>
        {
            Ok(Some(Payload::Cancel(Cancel { booking: booking.id, reason })))
        }
        State::Confirmed => Err(CommandError::Over),
        state => Err(CommandError::WrongState { state: word(state).into() }),
    }
}

fn pick_up(
    now: Timestamp,
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    handing: Handing,
) -> Result<Option<Payload>, CommandError> {
    let status = view.status(booking, now);
    match status.state {
        State::Confirmed | State::Out if status.promised > 0 => {
            check_odometer(view.last_km(listing), handing.odometer_km)?;
            hand_over(booking, handing, status.promised).map(|over| Some(Payload::PickUp(over)))
        }
        State::Waiting | State::Offered | State::Asked => Err(CommandError::NotConfirmed),
        state => Err(CommandError::WrongState { state: word(state).into() }),
    }
}

fn bring_back(
    now: Timestamp,
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    handing: Handing,
) -> Result<HandOver, CommandError> {
    let status = view.status(booking, now);
    if status.out == 0 {
        return Err(CommandError::NotOut);
    }
    check_odometer(booking.readings(listing.owner).start_km, handing.odometer_km)?;
    hand_over(booking, handing, status.out)
}

fn hand_over(booking: &Booking, handing: Handing, most: u32) -> Result<HandOver, CommandError> {
    let quantity = handing.quantity.unwrap_or(most);
    if !(1..=most).contains(&quantity) {
        return Err(CommandError::Quantity { capacity: most });
    }
    check_text("the note", &handing.note)?;
    let Handing { odometer_km, photo, note, .. } = handing;
    Ok(HandOver { booking: booking.id, quantity, odometer_km, photo, note })
}

pub(in crate::replica) fn word(state: State) -> &'static str {
    match state {
        State::Waiting => "on the waiting list",
        State::Offered => "offered to its borrower",
        State::Asked => "asked for",
        State::Confirmed => "confirmed",
        State::Declined => "declined",
        State::Cancelled => "cancelled",
        State::Expired => "expired",
        State::Out => "out",
        State::Returned => "returned",
    }
}
