//! What users ask: every rule is checked here before anything is written.

use rand::Rng;

use super::{Act, Command, CommandError, Handing, Outbox, Outcome, Replica, check_name};
use crate::booking::{Booking, State, What};
use crate::document;
use crate::id::{BookingId, CircleId, EntryHash, InviteId, ListingId};
use crate::limits::{MAX_ADDRESSES, MAX_BOOKING_MS, MAX_NAME, MAX_TEXT};
use crate::listing::{Details, Draft, Listing};
use crate::time::{Interval, Timestamp};
use crate::view::{CircleView, Standing};
use crate::wire::{
    Address, Ask, Cancel, CreateDocument, EditDocument, Found, HandOver, Head, Leave, Payload,
    Writers, seal,
};

impl Replica {
    pub(super) fn command(
        &mut self,
        now: Timestamp,
        rng: &mut dyn Rng,
        command: Command,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        match command {
            Command::CreateCircle { name, timezone, currency } => {
                self.create_circle(now, rng, name, timezone, currency, out)
            }
            Command::Invite { circle, expires, here } => {
                self.invite(now, rng, circle, expires, &within_limits(here), out)
            }
            Command::Join { link } => self.join(now, &link, out),
            Command::Leave { circle } => {
                self.member_of(circle)?;
                self.append(now, circle, &Payload::Leave(Leave {}), out);
                Ok(Outcome::Done)
            }
            Command::Announce { here } => {
                self.announce(now, &within_limits(here), out);
                Ok(Outcome::Done)
            }
            Command::Offer { circle, draft } => self.offer(now, circle, &draft, out),
            Command::Edit { circle, listing, draft } => {
                self.edit(now, circle, listing, &draft, out)
            }
            Command::Ask { circle, listing, from, to, quantity, note } => {
                let interval = Interval::new(from, to).ok_or(CommandError::EmptyTime)?;
                self.ask(now, circle, listing, interval, quantity, note, out)
            }
            Command::Booking { circle, booking, act } => self.act(now, circle, booking, act, out),
        }
    }

    /// The circle, if we are in it.
    pub(super) fn member_of(&self, circle: CircleId) -> Result<&CircleView, CommandError> {
        let view = &self.circles.get(&circle).ok_or(CommandError::NotFound)?.view;
        if view.standing == Standing::Member { Ok(view) } else { Err(CommandError::NotMember) }
    }

    fn create_circle(
        &mut self,
        now: Timestamp,
        rng: &mut dyn Rng,
        name: String,
        timezone: String,
        currency: String,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        check_name("the name of the circle", &name)?;
        check_name("the time zone", &timezone)?;
        check_name("the currency", &currency)?;
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        let founder = self.identity.introduce(CircleId::ZERO);
        let payload = Payload::Found(Found { name, timezone, currency, salt, founder }).encode();
        let entry = crate::wire::Entry { time: self.clock.tick(now), payload };
        let founding = seal(&self.identity.device, CircleId::ZERO, Head::default(), entry);
        let id = circle_of(founding.hash);
        self.load(id, imbl::OrdSet::new(), std::slice::from_ref(&founding), super::More::Complete);
        out.circles.push(super::Effect::SaveCircle { circle: id, admitters: imbl::OrdSet::new() });
        out.persist.entry(id).or_default().push(founding);
        Ok(Outcome::Circle(id))
    }

    fn announce(&mut self, now: Timestamp, here: &Address, out: &mut Outbox) {
        let me = self.identity.device();
        let news: Vec<CircleId> = self
            .circles
            .values()
            .filter(|circle| circle.view.standing == Standing::Member)
            .filter(|circle| circle.view.addresses.get(&me) != Some(here))
            .map(super::Circle::id)
            .collect();
        for circle in news {
            self.append(now, circle, &Payload::Address(here.clone()), out);
        }
    }

    fn offer(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        draft: &Draft,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        self.member_of(circle)?;
        draft.check()?;
        let device = self.identity.device();
        let next = self.circles[&circle].head(device).seq + 1;
        let id = ListingId::created_at(circle, device, next);
        let change = document::edit(None, id, device, now, |tx| draft.write(None, tx))?;
        let kind = draft.details.kind().to_owned();
        let create = CreateDocument { kind, writers: Writers::Member, change };
        self.append(now, circle, &Payload::CreateDocument(create), out);
        Ok(Outcome::Listing(circle, id))
    }

    fn edit(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: ListingId,
        draft: &Draft,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let listing = view.listings.get(&id).ok_or(CommandError::NotFound)?;
        if listing.owner != self.identity.member() {
            let who = view.name_of(listing.owner).to_owned();
            return Err(CommandError::NotAllowed { who });
        }
        draft.check()?;
        let before = self.circles[&circle].documents().get(id);
        let device = self.identity.device();
        let change = document::edit(before, id, device, now, |tx| draft.write(Some(listing), tx))?;
        let edit = EditDocument { document: id, change };
        self.append(now, circle, &Payload::EditDocument(edit), out);
        Ok(Outcome::Listing(circle, id))
    }

    #[expect(clippy::too_many_arguments, reason = "these are the fields of one command")]
    fn ask(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        listing_id: ListingId,
        interval: Interval,
        quantity: u32,
        note: String,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let listing = view.listings.get(&listing_id).ok_or(CommandError::NotFound)?;
        if note.len() > MAX_TEXT {
            return Err(CommandError::Text { what: "the note", limit: MAX_TEXT });
        }
        if let Some(same) = self.same_request(view, listing_id, interval, quantity, now) {
            return Ok(Outcome::Booking(circle, same));
        }
        check_request(view, listing, interval, quantity, now)?;
        let (from, to) = (interval.from(), interval.to());
        let ask = Ask { listing: listing_id, from, to, quantity, note };
        let seq = self.append(now, circle, &Payload::Ask(ask), out);
        let id = BookingId::asked_at(circle, self.identity.device(), seq);
        Ok(Outcome::Booking(circle, id))
    }

    /// Our own open request or promise for exactly this: asking again must not make a second one.
    fn same_request(
        &self,
        view: &CircleView,
        listing: ListingId,
        interval: Interval,
        quantity: u32,
        now: Timestamp,
    ) -> Option<BookingId> {
        let me = self.identity.member();
        let shelf = view.shelves.get(&listing)?;
        let same = |booking: &&std::sync::Arc<Booking>| {
            booking.borrower == me
                && booking.interval == interval
                && booking.quantity == quantity
                && matches!(view.status(booking, now).state, State::Asked | State::Confirmed)
        };
        shelf.bookings.iter().filter_map(|id| view.bookings.get(id)).find(same).map(|b| b.id)
    }

    fn act(
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
        let payload = match act {
            Act::Confirm => self.confirm(now, view, listing, booking)?,
            Act::Decline { reason } => self.decline(now, view, listing, booking, reason)?,
            Act::Cancel { reason } => {
                self.check_party(view, listing, booking)?;
                cancel(now, self.clock.peek(now), view, booking, reason)?
            }
            Act::PickUp(handing) => {
                self.check_party(view, listing, booking)?;
                pick_up(now, view, listing, booking, handing)?
            }
            Act::Return(handing) => {
                self.check_party(view, listing, booking)?;
                bring_back(now, view, booking, handing)?
            }
        };
        if let Some(payload) = payload {
            self.append(now, circle, &payload, out);
        }
        Ok(Outcome::Booking(circle, id))
    }

    fn check_party(
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
}

/// An address that fits its record: a machine with more ways in than that is found by the first.
fn within_limits(address: Address) -> Address {
    let fit = |mut all: Vec<String>| {
        all.retain(|one| one.len() <= MAX_NAME);
        all.truncate(MAX_ADDRESSES);
        all
    };
    Address { direct: fit(address.direct), relays: fit(address.relays) }
}

pub(super) fn circle_of(founding: EntryHash) -> CircleId {
    CircleId::from_bytes(*founding.as_bytes())
}

pub(super) fn invite_of(key: &ed25519_dalek::SigningKey) -> InviteId {
    InviteId::from_bytes(key.verifying_key().to_bytes())
}

/// Whether a request may be made at all, and whether the time is free by what is known here.
fn check_request(
    view: &CircleView,
    listing: &Listing,
    interval: Interval,
    quantity: u32,
    now: Timestamp,
) -> Result<(), CommandError> {
    let capacity = listing.general.quantity;
    // What belonged to somebody who left has nobody to hand it over.
    if listing.retired || !view.roster.is_active(listing.owner) {
        return Err(CommandError::Retired);
    }
    // "Now" is a fine start: what counts is the minute.
    if interval.from() < now.minute() {
        return Err(CommandError::InPast);
    }
    if interval.to().as_ms().saturating_sub(interval.from().as_ms()) > MAX_BOOKING_MS {
        return Err(CommandError::TooLong);
    }
    if !(1..=capacity).contains(&quantity) {
        return Err(CommandError::Quantity { capacity });
    }
    let free = view.free(listing, interval, now);
    if quantity > free {
        let next = view.next_free(listing, quantity, interval, now);
        return Err(CommandError::Overlap { free, capacity, next });
    }
    Ok(())
}

/// `said_at` is what the entry's time will be: the view judges by that.
fn cancel(
    now: Timestamp,
    said_at: Timestamp,
    view: &CircleView,
    booking: &Booking,
    reason: String,
) -> Result<Option<Payload>, CommandError> {
    if reason.len() > MAX_TEXT {
        return Err(CommandError::Text { what: "the reason", limit: MAX_TEXT });
    }
    let state = view.status(booking, now).state;
    match state {
        State::Asked | State::Confirmed if said_at < booking.interval.to() => {
            Ok(Some(Payload::Cancel(Cancel { booking: booking.id, reason })))
        }
        State::Confirmed => Err(CommandError::Over),
        State::Asked
        | State::Declined
        | State::Cancelled
        | State::Expired
        | State::Out
        | State::Returned => Err(CommandError::WrongState { state: word(state) }),
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
            let last_km = last_odometer(view, listing);
            if let (Some(last_km), Some(km)) = (last_km, handing.odometer_km)
                && km < last_km
            {
                return Err(CommandError::Odometer { last_km });
            }
            hand_over(booking, handing, status.promised).map(|over| Some(Payload::PickUp(over)))
        }
        State::Asked => Err(CommandError::NotConfirmed),
        State::Confirmed
        | State::Declined
        | State::Cancelled
        | State::Expired
        | State::Out
        | State::Returned => Err(CommandError::WrongState { state: word(status.state) }),
    }
}

fn bring_back(
    now: Timestamp,
    view: &CircleView,
    booking: &Booking,
    handing: Handing,
) -> Result<Option<Payload>, CommandError> {
    let status = view.status(booking, now);
    if status.out == 0 {
        return Err(CommandError::NotOut);
    }
    let start_km = booking.facts.iter().filter_map(|fact| match &fact.what {
        What::PickedUp(handed) => handed.odometer_km,
        What::Received
        | What::Confirmed { .. }
        | What::Declined { .. }
        | What::Cancelled { .. }
        | What::Returned(_) => None,
    });
    if let (Some(last_km), Some(km)) = (start_km.max(), handing.odometer_km)
        && km < last_km
    {
        return Err(CommandError::Odometer { last_km });
    }
    hand_over(booking, handing, status.out).map(|over| Some(Payload::Return(over)))
}

fn hand_over(booking: &Booking, handing: Handing, most: u32) -> Result<HandOver, CommandError> {
    let quantity = handing.quantity.unwrap_or(most);
    if !(1..=most).contains(&quantity) {
        return Err(CommandError::Quantity { capacity: most });
    }
    if handing.note.len() > MAX_TEXT {
        return Err(CommandError::Text { what: "the note", limit: MAX_TEXT });
    }
    let Handing { odometer_km, photo, note, .. } = handing;
    Ok(HandOver { booking: booking.id, quantity, odometer_km, photo, note })
}

/// The highest reading that anybody who may hand it over has noted.
fn last_odometer(view: &CircleView, listing: &Listing) -> Option<u32> {
    let Details::Car(car) = &listing.details else { return None };
    let bookings = view.shelves.get(&listing.id).into_iter().flat_map(|shelf| &shelf.bookings);
    let readings = bookings.filter_map(|id| view.bookings.get(id)).flat_map(|booking| {
        booking.facts.iter().filter_map(|fact| match &fact.what {
            What::PickedUp(handed) | What::Returned(handed)
                if fact.by == booking.borrower || fact.by == listing.owner =>
            {
                handed.odometer_km
            }
            What::Received
            | What::Confirmed { .. }
            | What::Declined { .. }
            | What::Cancelled { .. }
            | What::PickedUp(_)
            | What::Returned(_) => None,
        })
    });
    readings.chain(car.odometer_km).max()
}

pub(super) fn word(state: State) -> &'static str {
    match state {
        State::Asked => "asked for",
        State::Confirmed => "confirmed",
        State::Declined => "declined",
        State::Cancelled => "cancelled",
        State::Expired => "expired",
        State::Out => "out",
        State::Returned => "returned",
    }
}
