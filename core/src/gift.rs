//! Gifts: a listing that gets a new owner, by the word of both.
//!
//! A document belongs to who created it, for good: whether a change to it counts must not depend on what
//! else has arrived. So what is given gets a new listing, made by its new owner, and the old one points to
//! it. The deed has two halves, and each side writes its own.

use std::collections::BTreeSet;

use imbl::OrdMap;
use serde::Serialize;

use crate::id::{ListingId, MemberId};
use crate::place::Place;

/// Who gave what to whom, and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Gifts {
    /// By what, by whom and where it was said: what strangers to a listing say costs its owner nothing.
    given: OrdMap<(ListingId, MemberId, Place), MemberId>,
    taken: OrdMap<(ListingId, MemberId, Place), ListingId>,
    came_from: OrdMap<ListingId, (Place, ListingId)>,
}

/// A gift that both sides signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Gift {
    /// Who has it now.
    pub to: MemberId,
    /// The new owner's listing of it.
    pub successor: ListingId,
    /// Since when.
    pub since: Place,
}

impl Gifts {
    pub(crate) fn give(&mut self, place: Place, by: MemberId, listing: ListingId, to: MemberId) {
        self.given.insert((listing, by, place), to);
    }

    pub(crate) fn take(
        &mut self,
        place: Place,
        by: MemberId,
        listing: ListingId,
        successor: ListingId,
    ) {
        self.taken.insert((listing, by, place), successor);
        // The earliest stands, whichever came first.
        if self.came_from.get(&successor).is_none_or(|(held, _)| place < *held) {
            self.came_from.insert(successor, (place, listing));
        }
    }

    /// Who the owner wants to give it to: by the last that the owner said.
    pub fn offered_to(&self, listing: ListingId, owner: MemberId) -> Option<(Place, MemberId)> {
        of(&self.given, listing, owner).last().map(|(place, to)| (place, *to))
    }

    /// What was ever given to a member and where that was said; it may have been taken, or given to
    /// somebody else since.
    pub fn open_for(&self, member: MemberId) -> impl Iterator<Item = (ListingId, Place)> {
        let to_member = self.given.iter().filter(move |(_, to)| **to == member);
        to_member.map(|((listing, _, place), _)| (*listing, *place))
    }

    /// Who has it now, when the owner gave it and that member took it. Where the owner gave it to
    /// several, the one who took it first.
    pub fn gift(&self, listing: ListingId, owner: MemberId) -> Option<Gift> {
        let receivers: BTreeSet<MemberId> =
            of(&self.given, listing, owner).map(|(_, to)| *to).collect();
        let taken = receivers.into_iter().filter_map(|to| {
            let (since, successor) = of(&self.taken, listing, to).next()?;
            Some(Gift { to, successor: *successor, since })
        });
        taken.min_by_key(|gift| gift.since)
    }

    /// What this listing is said to have been before it was given to its owner.
    pub fn came_from(&self, listing: ListingId) -> Option<ListingId> {
        self.came_from.get(&listing).map(|(_, before)| *before)
    }
}

/// What one member said of a listing, in order.
fn of<T>(
    map: &OrdMap<(ListingId, MemberId, Place), T>,
    listing: ListingId,
    by: MemberId,
) -> impl Iterator<Item = (Place, &T)> {
    map.range((listing, by, Place::MIN)..)
        .take_while(move |((held, who, _), _)| (*held, *who) == (listing, by))
        .map(|((.., place), value)| (*place, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::time::Hlc;

    const CHAIR: ListingId = ListingId::from_bytes([1; 16]);

    fn member(number: u8) -> MemberId {
        MemberId::from_bytes([number; 32])
    }

    fn place(time: u64) -> Place {
        Place { time: Hlc::from_bits(time), device: DeviceId::from_bytes([0; 32]), seq: time }
    }

    #[test]
    fn it_belongs_to_whom_the_owner_gave_it_and_who_took_it_first() {
        let (anna, ben, cem, eve) = (member(1), member(2), member(3), member(9));
        let listing = |number| ListingId::from_bytes([number; 16]);
        let mut gifts = Gifts::default();
        gifts.take(place(1), eve, CHAIR, listing(9));
        gifts.give(place(2), eve, CHAIR, eve);
        assert_eq!(gifts.gift(CHAIR, anna), None, "nobody but the owner gives");
        gifts.give(place(3), anna, CHAIR, ben);
        gifts.give(place(4), anna, CHAIR, cem);
        assert_eq!(gifts.offered_to(CHAIR, anna), Some((place(4), cem)));
        assert_eq!(gifts.gift(CHAIR, anna), None, "nobody has taken it");
        gifts.take(place(7), ben, CHAIR, listing(2));
        gifts.take(place(6), cem, CHAIR, listing(3));
        let first = Gift { to: cem, successor: listing(3), since: place(6) };
        assert_eq!(gifts.gift(CHAIR, anna), Some(first));
        assert_eq!(gifts.came_from(listing(3)), Some(CHAIR));
    }
}
