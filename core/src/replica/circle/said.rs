//! The fold of what members say: each record into the room of the view where it belongs.

use std::sync::Arc;

use super::Circle;
use crate::booking::{Booking, Fact, Handed, What};
use crate::document::{Author, Origin};
use crate::id::{BookingId, LineId, ListingId, MemberId, MessageId, SeriesId};
use crate::limits::{MAX_BOOKING_MS, MAX_QUANTITY};
use crate::listing::Details;
use crate::place::Place;
use crate::time::{Interval, Timestamp};
use crate::wire::{
    Ask, AskSeries, CreateDocument, EditDocument, HandOver, HouseRules, Payload, Profile,
    StoredEntry,
};

impl Circle {
    pub(super) fn apply_said(&mut self, stored: &StoredEntry, member: MemberId, payload: Payload) {
        let place = Place::of(stored);
        match payload {
            Payload::CreateDocument(create) => self.create_document(stored, member, create),
            Payload::EditDocument(edit) => self.edit_document(stored, member, edit),
            Payload::Ask(ask) => self.ask(stored, member, ask, Kind::Request),
            Payload::Wait(ask) => self.ask(stored, member, ask, Kind::Wait),
            Payload::AskSeries(ask) => self.ask_series(stored, member, ask),
            Payload::HouseRules(rules) => self.house_rules(place, member, rules),
            Payload::Profile(profile) => self.profile(place, member, profile),
            other => self.apply_about(stored, place, member, other),
        }
    }

    /// What is said about something that is there already, or will come.
    fn apply_about(
        &mut self,
        stored: &StoredEntry,
        place: Place,
        member: MemberId,
        payload: Payload,
    ) {
        let (circle, device, seq) = (self.id(), stored.device, stored.seq);
        let payload = match fact_of(payload) {
            Ok((booking, what)) => return self.fact(place, member, booking, what),
            Err(other) => *other,
        };
        let view = Arc::make_mut(&mut self.view);
        match payload {
            Payload::Address(address) => {
                view.addresses.insert(device, address);
            }
            Payload::Give(give) => {
                view.gifts.give(place, member, give.listing, give.to);
                self.regarded.insert(give.listing);
            }
            Payload::Take(take) => {
                view.gifts.take(place, member, take.listing, take.successor);
                self.regarded.insert(take.listing);
            }
            Payload::Message(said) => {
                let id = MessageId::said_at(circle, device, seq);
                view.messages.say(place, member, id, said.about, said.text);
            }
            Payload::Reword(said) => view.messages.reword(place, member, said.message, said.text),
            Payload::Seen(seen) => {
                view.seen.extend(seen.notices.into_iter().map(|notice| (member, notice)));
            }
            Payload::Owe(owe) => {
                view.ledger.write(place, member, LineId::said_at(circle, device, seq), owe);
            }
            Payload::Agree(said) => view.ledger.agree(place, member, said.line),
            Payload::Waive(said) => view.ledger.waive(place, member, said.line, said.reason),
            Payload::Tariff(tariff) => view.tariffs.add(place, member, &tariff),
            // Folded by the roster, by `apply_said`, or not known to this version.
            _ => {}
        }
    }

    fn create_document(&mut self, stored: &StoredEntry, member: MemberId, create: CreateDocument) {
        let id = ListingId::created_at(self.id(), stored.device, stored.seq);
        let origin = Origin {
            kind: create.kind,
            writers: create.writers,
            device: stored.device,
            member,
            at: stored.entry.time.timestamp(),
        };
        self.unrecorded.insert(id);
        if self.documents.create(id, origin, create.change) {
            self.unread.insert(id);
        }
    }

    fn edit_document(&mut self, stored: &StoredEntry, member: MemberId, edit: EditDocument) {
        let steward = self.view.roster.members.get(&member).is_some_and(|m| m.steward);
        let author = Author { device: stored.device, member, steward };
        self.unrecorded.insert(edit.document);
        if self.documents.change(edit.document, author, edit.change) {
            self.unread.insert(edit.document);
        }
    }

    fn ask(&mut self, stored: &StoredEntry, member: MemberId, ask: Ask, kind: Kind) {
        let id = BookingId::asked_at(self.id(), stored.device, stored.seq);
        let Ask { listing, from, to, quantity, note } = ask;
        let note = note.into();
        let request = Request { listing, times: (from, to), quantity, note, series: None, kind };
        self.book(stored, member, id, request);
    }

    fn ask_series(&mut self, stored: &StoredEntry, member: MemberId, ask: AskSeries) {
        let series = SeriesId::asked_at(self.id(), stored.device, stored.seq);
        let mut ids = Vec::new();
        // One text for all of them: an entry must not cost its reader much more than its writer.
        let note: Arc<str> = ask.note.into();
        for (i, times) in ask.times.into_iter().enumerate() {
            let (listing, quantity, note) = (ask.listing, ask.quantity, Arc::clone(&note));
            let (series, kind) = (Some(series), Kind::Request);
            let id = SeriesId::booking(series.expect("set above"), i);
            let request = Request { listing, times, quantity, note, series, kind };
            self.book(stored, member, id, request);
            ids.push(id);
        }
        let view = Arc::make_mut(&mut self.view);
        ids.retain(|id| view.bookings.contains_key(id));
        view.series.insert(series, ids);
    }

    fn book(&mut self, stored: &StoredEntry, member: MemberId, id: BookingId, request: Request) {
        let (from, to) = request.times;
        let Some(interval) = Interval::new(from, to) else { return };
        let length_ms = to.as_ms().saturating_sub(from.as_ms());
        if length_ms > MAX_BOOKING_MS || !(1..=MAX_QUANTITY).contains(&request.quantity) {
            return;
        }
        let booking = Booking {
            id,
            listing: request.listing,
            borrower: member,
            asked: Place::of(stored),
            interval,
            quantity: request.quantity,
            note: request.note,
            series: request.series,
            waits: request.kind == Kind::Wait,
            facts: self.early.remove(&id).unwrap_or_default(),
        };
        self.place(&booking);
        Arc::make_mut(&mut self.view).bookings.insert(id, Arc::new(booking));
    }

    fn fact(&mut self, place: Place, by: MemberId, id: BookingId, what: What) {
        let Place { time, device, seq } = place;
        let fact = Fact { time, device, seq, by, what };
        let view = Arc::make_mut(&mut self.view);
        let Some(booking) = view.bookings.get_mut(&id) else {
            self.early.entry(id).or_default().insert(fact);
            return;
        };
        Arc::make_mut(booking).facts.insert(fact);
        let booking = Arc::clone(booking);
        self.place(&booking);
    }

    /// Writes onto its shelf, and into the lists by which it is found, what a booking claims now.
    pub(super) fn place(&mut self, booking: &Booking) {
        let view = Arc::make_mut(&mut self.view);
        let listing = view.listings.get(&booking.listing).map(Arc::as_ref);
        // What depends on the time claims nothing, or says itself when it lapses.
        let status = booking.status(listing, Timestamp::MIN);
        let shelf = view.shelves.entry(booking.listing).or_default();
        shelf.place(booking, &status);
        let end = booking.interval.to();
        view.of_member.insert((booking.borrower, end, booking.id));
        if let Some(listing) = listing {
            view.of_member.insert((listing.owner, end, booking.id));
            if matches!(listing.details, Details::Car(_)) {
                shelf.note_km(booking.id, booking.readings(listing.owner).highest());
            }
            if booking.damages(listing.owner).next().is_some() {
                view.damaged.insert((listing.id, booking.id));
            }
        }
        let request = (booking.listing, booking.expires_at(), booking.id);
        let extension = (booking.listing, Timestamp::MAX, booking.id);
        view.unanswered.remove(&request);
        view.unanswered.remove(&extension);
        if status.state.is_unanswered() {
            view.unanswered.insert(request);
        } else if status.extension.is_some() {
            view.unanswered.insert(extension);
        }
        self.touched.insert(booking.id);
    }

    fn house_rules(&mut self, place: Place, member: MemberId, rules: HouseRules) {
        let view = Arc::make_mut(&mut self.view);
        let is_steward = view.roster.members.get(&member).is_some_and(|m| m.steward);
        if is_steward && view.house_rules.is_none_or(|(held, _)| held < place) {
            view.house_rules = Some((place, rules));
        }
    }

    fn profile(&mut self, place: Place, member: MemberId, profile: Profile) {
        let view = Arc::make_mut(&mut self.view);
        if view.profiles.get(&member).is_none_or(|(held, _)| *held < place) {
            view.profiles.insert(member, (place, profile));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Request,
    Wait,
}

/// What all ways of asking have.
struct Request {
    listing: ListingId,
    times: (Timestamp, Timestamp),
    quantity: u32,
    note: Arc<str>,
    series: Option<SeriesId>,
    kind: Kind,
}

/// The fact about a booking that a payload states; any other payload is given back.
fn fact_of(payload: Payload) -> Result<(BookingId, What), Box<Payload>> {
    Ok(match payload {
        Payload::Received(said) => (said.booking, What::Received),
        Payload::Confirm(said) => (said.booking, What::Confirmed { term: said.term }),
        Payload::Decline(said) => {
            (said.booking, What::Declined { code: said.code, text: said.text })
        }
        Payload::Cancel(said) => (said.booking, What::Cancelled { reason: said.reason }),
        Payload::PickUp(hand_over) => (hand_over.booking, What::PickedUp(handed(hand_over))),
        Payload::Return(hand_over) => (hand_over.booking, What::Returned(handed(hand_over))),
        Payload::Offered(said) => (said.booking, What::Offered { until: said.until }),
        Payload::Accept(said) => (said.booking, What::Accepted),
        Payload::Extend(said) => (said.booking, What::Extend { to: said.to }),
        Payload::Extended(said) => (said.booking, What::Extended { to: said.to, term: said.term }),
        Payload::NotExtended(said) => {
            let (to, code, text) = (said.to, said.code, said.text);
            (said.booking, What::NotExtended { to, code, text })
        }
        Payload::Damage(said) => {
            let (text, photos, unusable) = (said.text, said.photos, said.unusable);
            (said.booking, What::Damaged { text, photos, unusable })
        }
        Payload::Correct(said) => {
            let (start_km, end_km) = (said.start_km, said.end_km);
            (said.booking, What::Corrected { start_km, end_km })
        }
        Payload::Done(said) => (said.booking, What::Done { text: said.text }),
        other => return Err(Box::new(other)),
    })
}

fn handed(hand_over: HandOver) -> Handed {
    let HandOver { quantity, odometer_km, photo, note, .. } = hand_over;
    Handed { quantity, odometer_km, photo, note }
}
