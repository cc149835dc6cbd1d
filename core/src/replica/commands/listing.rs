//! Listings: offered, changed, priced, given away.

use super::{CommandError, Outbox, Outcome, Replica};
use crate::document;
use crate::id::{CircleId, ListingId, MemberId};
use crate::listing::tariff::Tariff;
use crate::listing::{Details, Draft, Listing, to_wire};
use crate::time::Timestamp;
use crate::view::CircleView;
use crate::wire::{CreateDocument, EditDocument, Give, Payload, Take, Writers};

impl Replica {
    pub(super) fn offer(
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

    pub(super) fn edit(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: ListingId,
        draft: &Draft,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let listing = self.own(view, id)?.clone();
        draft.check()?;
        let device = self.identity.device();
        let held = self.circles.get_mut(&circle).ok_or(CommandError::NotFound)?;
        let before = held.documents().get(id);
        let change = document::edit(before, id, device, now, |tx| draft.write(Some(&listing), tx))?;
        let edit = EditDocument { document: id, change };
        self.append(now, circle, &Payload::EditDocument(edit), out);
        Ok(Outcome::Listing(circle, id))
    }

    /// A listing of ours.
    fn own<'a>(&self, view: &'a CircleView, id: ListingId) -> Result<&'a Listing, CommandError> {
        let listing = view.listings.get(&id).ok_or(CommandError::NotFound)?;
        if listing.owner != self.identity.member() {
            let who = view.name_of(listing.owner).to_owned();
            return Err(CommandError::NotAllowed { who });
        }
        Ok(listing)
    }

    pub(super) fn set_tariff(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: ListingId,
        from: Timestamp,
        tariff: &Tariff,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        if !matches!(self.own(view, id)?.details, Details::Car(_)) {
            return Err(CommandError::NotCar);
        }
        tariff.check()?;
        self.append(now, circle, &Payload::Tariff(to_wire(tariff, id, from)), out);
        Ok(Outcome::Listing(circle, id))
    }

    pub(super) fn give(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: ListingId,
        to: MemberId,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let listing = self.own(view, id)?;
        if !view.is_offered(listing) {
            return Err(CommandError::Retired);
        }
        if to == listing.owner || !view.roster.is_active(to) {
            return Err(CommandError::NotAllowed {
                who: "another member of the circle".to_owned(),
            });
        }
        self.append(now, circle, &Payload::Give(Give { listing: id, to }), out);
        Ok(Outcome::Listing(circle, id))
    }

    /// Both halves of the deed are now there: makes a listing of our own of what was given.
    pub(super) fn take(
        &mut self,
        now: Timestamp,
        circle: CircleId,
        id: ListingId,
        out: &mut Outbox,
    ) -> Result<Outcome, CommandError> {
        let view = self.member_of(circle)?;
        let listing = view.listings.get(&id).ok_or(CommandError::NotFound)?;
        let me = self.identity.member();
        let offered = view.gifts.offered_to(id, listing.owner);
        if offered.is_none_or(|(_, to)| to != me) {
            return Err(CommandError::NotGiven);
        }
        if !view.is_offered(listing) {
            return Err(CommandError::Retired);
        }
        let draft = listing.to_draft().passed_on();
        let made = self.offer(now, circle, &draft, out)?;
        if let Outcome::Listing(_, successor) = made {
            let take = Take { listing: id, successor };
            self.append(now, circle, &Payload::Take(take), out);
        }
        Ok(made)
    }
}
