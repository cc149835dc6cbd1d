//! Gifts: a listing that gets a new owner, by the word of both.
//!
//! A document belongs to who created it, for good: whether a change to it counts must not depend on what
//! else has arrived. So what is given gets a new listing, made by its new owner, and the old one points to
//! it. The deed has two halves, and each side writes its own.

use imbl::OrdMap;
use serde::Serialize;

use crate::id::{ListingId, MemberId};
use crate::place::Place;

/// Who gave what to whom, and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Gifts {
    given: OrdMap<(ListingId, Place), (MemberId, MemberId)>,
    taken: OrdMap<(ListingId, Place), (MemberId, ListingId)>,
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
        self.given.insert((listing, place), (by, to));
    }

    pub(crate) fn take(
        &mut self,
        place: Place,
        by: MemberId,
        listing: ListingId,
        successor: ListingId,
    ) {
        self.taken.insert((listing, place), (by, successor));
        // The earliest stands, whichever came first.
        if self.came_from.get(&successor).is_none_or(|(held, _)| place < *held) {
            self.came_from.insert(successor, (place, listing));
        }
    }

    /// Who the owner wants to give it to: by the last that the owner said.
    pub fn offered_to(&self, listing: ListingId, owner: MemberId) -> Option<(Place, MemberId)> {
        let gifts = of(&self.given, listing).filter(|(_, (by, _))| *by == owner);
        gifts.last().map(|(place, (_, to))| (place, *to))
    }

    /// What was ever given to a member and where that was said; it may have been taken, or given to
    /// somebody else since.
    pub fn open_for(&self, member: MemberId) -> impl Iterator<Item = (ListingId, Place)> {
        let to_member = self.given.iter().filter(move |(_, (_, to))| *to == member);
        to_member.map(|((listing, place), _)| (*listing, *place))
    }

    /// Who has it now, when the owner gave it and that member took it. Where the owner gave it to
    /// several, the one who took it first.
    pub fn gift(&self, listing: ListingId, owner: MemberId) -> Option<Gift> {
        let is_given = |to: MemberId| {
            of(&self.given, listing).any(|(_, (by, receiver))| *by == owner && *receiver == to)
        };
        of(&self.taken, listing)
            .find(|(_, (by, _))| is_given(*by))
            .map(|(since, (to, successor))| Gift { to: *to, successor: *successor, since })
    }

    /// What this listing is said to have been before it was given to its owner.
    pub fn came_from(&self, listing: ListingId) -> Option<ListingId> {
        self.came_from.get(&listing).map(|(_, before)| *before)
    }
}

fn of<T>(
    map: &OrdMap<(ListingId, Place), T>,
    listing: ListingId,
) -> impl Iterator<Item = (Place, &T)> {
    let least = Place::MIN;
    map.range((listing, least)..)
        .take_while(move |((held, _), _)| *held == listing)
        .map(|((_, place), value)| (*place, value))
}
