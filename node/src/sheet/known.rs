//! Which listing a row means.
//!
//! A row with a ref means what was brought in under that ref before, else the listing of that id, else
//! one of the same title and category that no other ref stands for. A row without a ref means the
//! listing of the same title and category. No two rows of a file mean the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use noaber_core::id::{ListingId, MemberId};
use noaber_core::listing::{Details, Listing};
use noaber_core::view::CircleView;

use super::{Row, flat};

/// By what a row is known inside its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Ref(String),
    Title(String, Option<String>),
}

/// What a row means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// Something that is not offered yet.
    New,
    /// This listing.
    Listing(Arc<Listing>),
}

/// What a member offers, and the refs under which it was brought in.
#[derive(Debug, Default)]
pub struct Known {
    things: BTreeMap<ListingId, Arc<Listing>>,
    by_title: BTreeMap<String, Vec<ListingId>>,
    refs: BTreeMap<String, ListingId>,
    /// Listings that a ref stands for.
    claimed: BTreeSet<ListingId>,
    /// What rows of this file meant, and in which line.
    taken: BTreeMap<ListingId, usize>,
    names: BTreeMap<Name, usize>,
}

impl Known {
    /// What `member` offers in a circle. `refs` may name listings that are gone.
    pub fn new(circle: &CircleView, member: MemberId, refs: BTreeMap<String, ListingId>) -> Self {
        let is_thing = |listing: &&Arc<Listing>| {
            let is_item = matches!(listing.details, Details::Item(_));
            is_item && !listing.retired && listing.owner == member
        };
        let mut known = Self::default();
        for listing in circle.listings.values().filter(is_thing) {
            let title = flat(&listing.general.title);
            known.by_title.entry(title).or_default().push(listing.id);
            known.things.insert(listing.id, Arc::clone(listing));
        }
        known.refs = refs.into_iter().filter(|(_, id)| known.things.contains_key(id)).collect();
        known.claimed = known.refs.values().copied().collect();
        known
    }

    /// Everything that is offered, in the order of titles, with the ref by which it is known again:
    /// the one it came in by, else its id.
    pub fn things(&self) -> Vec<(&Listing, String)> {
        let refs: BTreeMap<&ListingId, &String> =
            self.refs.iter().map(|(reference, id)| (id, reference)).collect();
        let reference =
            |id: &ListingId| refs.get(id).map_or_else(|| id.to_string(), |&r| r.clone());
        let mut things: Vec<(&Listing, String)> =
            self.things.iter().map(|(id, listing)| (&**listing, reference(id))).collect();
        things.sort_by_key(|(listing, _)| (listing.general.title.to_lowercase(), listing.id));
        things
    }

    /// The refs as they are to be remembered.
    pub fn refs(&self) -> &BTreeMap<String, ListingId> {
        &self.refs
    }

    /// What a row means, or why that cannot be said. Asked once for each row of a file, in order.
    pub fn find(&mut self, row: &Row) -> Result<Meant, String> {
        let name = match &row.reference {
            Some(reference) => Name::Ref(reference.clone()),
            None => Name::Title(row.title.clone(), row.category.clone()),
        };
        if let Some(line) = self.names.get(&name) {
            return Err(match name {
                Name::Ref(_) => format!("line {line} has the same ref"),
                Name::Title(..) => format!(
                    "line {line} has the same title and category: give each a ref to tell them apart"
                ),
            });
        }
        self.names.insert(name, row.line);
        let found = match &row.reference {
            Some(reference) => self.by_ref(reference, row),
            None => self.by_title(row)?,
        };
        let Some(id) = found else { return Ok(Meant::New) };
        if let Some(line) = self.taken.insert(id, row.line) {
            return Err(format!("line {line} means the same thing"));
        }
        self.remember(row, id);
        Ok(self.things.get(&id).map_or(Meant::New, |listing| Meant::Listing(Arc::clone(listing))))
    }

    /// Notes under which ref a row was brought in.
    pub fn remember(&mut self, row: &Row, id: ListingId) {
        // An id needs no other name.
        if let Some(reference) = &row.reference
            && *reference != id.to_string()
        {
            self.refs.insert(reference.clone(), id);
            self.claimed.insert(id);
        }
    }

    fn by_ref(&self, reference: &str, row: &Row) -> Option<ListingId> {
        let own_id = || reference.parse().ok().filter(|id| self.things.contains_key(id));
        let known = self.refs.get(reference).copied().or_else(own_id);
        known.or_else(|| self.of_title(row).find(|id| !self.claimed.contains(id)))
    }

    /// Listings of the row's title and, where the file has one, category, that no row before meant.
    fn of_title(&self, row: &Row) -> impl Iterator<Item = ListingId> {
        let is_of_category = |id: &ListingId| {
            let category = self.things.get(id).map(|listing| flat(&listing.general.category));
            row.category.is_none() || row.category == category
        };
        let all = self.by_title.get(&row.title).into_iter().flatten().copied();
        all.filter(move |id| is_of_category(id) && !self.taken.contains_key(id))
    }

    fn by_title(&self, row: &Row) -> Result<Option<ListingId>, String> {
        let free: Vec<ListingId> = self.of_title(row).collect();
        let mut unclaimed = free.clone();
        unclaimed.retain(|id| !self.claimed.contains(id));
        let candidates = if unclaimed.is_empty() { free } else { unclaimed };
        if let [only] = candidates[..] {
            return Ok(Some(only));
        }
        let is_same = |id: &&ListingId| {
            self.things
                .get(id)
                .is_some_and(|listing| row.draft(Some(listing)) == listing.to_draft())
        };
        match candidates.iter().find(is_same) {
            Some(same) => Ok(Some(*same)),
            None if candidates.is_empty() => Ok(None),
            None => Err(format!(
                "you offer {} things of that title and category: `noaber export items` gives each a ref",
                candidates.len()
            )),
        }
    }
}
