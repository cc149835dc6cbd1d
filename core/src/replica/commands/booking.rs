//! What happens to a booking after it was asked for.

use super::{CommandError, Outbox, Outcome, Replica, check_text};
use crate::booking::{Booking, State};
use crate::id::{BookingId, CircleId, PhotoId};
use crate::limits::{MAX_BOOKING_MS, MAX_PHOTOS, MAX_TRIP_KM};
use crate::listing::tariff::{Bill, Charge, Line};
use crate::listing::{Details, Listing};
use crate::replica::{Act, Handing, Usable};
use crate::time::{Interval, Timestamp};
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

/// What the trip costs that ends with this return, as a line for both sides to sign: said by who
/// brings it back, so that a borrower's own reading is a borrower's own debt.
fn bill(
    now: Timestamp,
    said_at: Timestamp,
    view: &CircleView,
    listing: &Listing,
    booking: &Booking,
    over: &HandOver,
) -> Option<Payload> {
    let status = view.status(booking, now);
    if over.quantity < status.out || booking.borrower == listing.owner {
        return None;
    }
    let tariff = view.tariffs.at(listing.id, listing.owner, status.interval.from())?;
    let km = view.driven_km(listing, booking, over.odometer_km);
    if km.is_none() && !tariff.bands.is_empty() {
        return None;
    }
    let end = said_at.min(status.interval.to());
    let used = Interval::new(status.interval.from(), end);
    let used_ms = used.map_or(0, Interval::length_ms);
    let bill = tariff.price(km.unwrap_or(0), used_ms);
    let amount = u64::try_from(bill.total.cents()).ok().filter(|amount| *amount > 0)?;
    Some(Payload::Owe(Owe {
        creditor: Party::Member(listing.owner),
        unit: Unit::Cents,
        debts: vec![(Party::Member(booking.borrower), amount)],
        cause: Cause::Trip(booking.id),
        text: in_words(&bill, km),
        photo: None,
    }))
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
        return Err(CommandError::WrongState { state: word(status.state) });
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
        return Err(CommandError::WrongState { state: word(status.state) });
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
        return Err(CommandError::Line("say what is wrong"));
    }
    if photos.len() > MAX_PHOTOS {
        return Err(CommandError::Line("choose fewer photos"));
    }
    match view.status(booking, now).state {
        State::Confirmed | State::Out | State::Returned => {
            let unusable = usable == Usable::No;
            Ok(Payload::Damage(Damage { booking: booking.id, text, photos, unusable }))
        }
        state => Err(CommandError::WrongState { state: word(state) }),
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
        state => Err(CommandError::WrongState { state: word(state) }),
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
        state => Err(CommandError::WrongState { state: word(state) }),
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
    let start_km = booking.handed(listing.owner).filter_map(|(_, handed)| handed.odometer_km).max();
    check_odometer(start_km, handing.odometer_km)?;
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

/// An odometer does not go back, and nobody drives that far in one go.
fn check_odometer(last_km: Option<u32>, km: Option<u32>) -> Result<(), CommandError> {
    let (Some(last_km), Some(km)) = (last_km, km) else { return Ok(()) };
    if km < last_km {
        return Err(CommandError::Odometer { last_km });
    }
    if km - last_km > MAX_TRIP_KM {
        return Err(CommandError::FarOdometer { km: km - last_km });
    }
    Ok(())
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

/// A bill as the text of a line: what both sides sign is what they read.
fn in_words(bill: &Bill, km: Option<u32>) -> String {
    // Where kilometres are priced, the parts say how many there were.
    let is_priced = |line: &Line| matches!(line.charge, Charge::Distance { .. });
    let driven = km.filter(|_| !bill.lines.iter().any(is_priced)).map(|km| format!("{km} km"));
    let parts = bill.lines.iter().map(|line| match line.charge {
        Charge::Distance { km, per_km } => format!("{km} km × {per_km} = {}", line.amount),
        Charge::Time { duration_ms, per_hour } => {
            let minutes = duration_ms / 60_000;
            format!("{}:{:02} h × {per_hour} = {}", minutes / 60, minutes % 60, line.amount)
        }
        Charge::Fixed => format!("fixed {}", line.amount),
    });
    driven.into_iter().chain(parts).collect::<Vec<_>>().join("; ")
}
