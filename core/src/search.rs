//! Finds listings by what a member types into a search box, in Dutch and English.
//!
//! An [`Index`] is kept by whoever searches (a window, the command line), beside the view and not
//! part of it: [`Index::catch_up`] takes in what differs from the view before, [`Index::find`]
//! answers within a frame. All words of a query must match: as written, in plural or singular, by
//! another name of the same thing, as the start of the last word, with one slip of the finger, or
//! inside a longer word; in that order. Equal listings give equal answers, however the index got there.
//!
//! It deliberately does not know what is free, near or new: filter with [`Index::find_where`].
//!
//! | room | what happens there |
//! |---|---|
//! | `fold` | text to words: lower case, no accents |
//! | `plural` | from plurals back to the word |
//! | `typo` | one slip of the finger |
//! | `vocabulary` | what is called differently by two neighbours; small words; kinds |
//! | `dictionary` | the distinct words, and where each stands |
//! | `query` | what was typed, made ready |
//! | `score` | what a match is worth |

mod dictionary;
mod fold;
mod plural;
mod query;
mod score;
#[cfg(test)]
mod tests;
mod typo;
mod vocabulary;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;

pub use query::{MAX_QUERY, MAX_QUERY_WORDS};

use crate::id::{ListingId, MemberId};
use crate::listing::{General, Listing};
use crate::roster::Member;
use crate::view::CircleView;
use dictionary::{Dictionary, Fields, Slot, WordId};
use fold::{Piece, pieces};
use query::Query;

/// Distinct words of one listing that can be found, in the order title, labels, owner, text: a
/// description of two pages. One listing of word salad must not slow down everybody's search.
pub const MAX_LISTING_WORDS: usize = 400;

/// A listing that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub listing: ListingId,
    /// How well it fits, more is better. Compares hits of one query, and means nothing else.
    pub score: u32,
}

/// The words of one circle's listings. See the module.
///
/// ```
/// # fn show(circle: &noaber_core::view::CircleView) {
/// let mut index = noaber_core::search::Index::default();
/// index.catch_up(circle);
/// for hit in index.find("ladders", 20) {
///     println!("{}", circle.listings[&hit.listing].general.title);
/// }
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// What is indexed: the view caught up with. Shares its structure.
    listings: OrdMap<ListingId, Arc<Listing>>,
    members: OrdMap<MemberId, Member>,
    dictionary: Dictionary,
    places: BTreeMap<ListingId, Slot>,
    slots: Vec<Option<Indexed>>,
    free: Vec<Slot>,
}

/// A listing in its slot.
#[derive(Debug, Clone)]
struct Indexed {
    listing: Arc<Listing>,
    /// Folded: equal scores stand by it.
    title: String,
    words: Vec<WordId>,
}

impl Index {
    /// Takes in whatever differs from the view caught up with before: listings added, changed,
    /// retired, gone, and owners with another name. What the two views share costs nothing. Any view
    /// will do, also an older one, or one of another circle: then all of it differs.
    pub fn catch_up(&mut self, circle: &CircleView) {
        let listings = std::mem::replace(&mut self.listings, circle.listings.clone());
        let members = std::mem::replace(&mut self.members, circle.roster.members.clone());
        // Before the listings: those that are new are put in once, with their owners' new names.
        let renamed: BTreeSet<MemberId> = members
            .diff(&circle.roster.members)
            .filter_map(|change| match change {
                DiffItem::Add(id, _) | DiffItem::Remove(id, _) => Some(*id),
                DiffItem::Update { old: (_, old), new: (id, new) } => {
                    (old.name != new.name).then_some(*id)
                }
            })
            .collect();
        if !renamed.is_empty() {
            let theirs = self.slots.iter().flatten().map(|indexed| &indexed.listing);
            let theirs: Vec<Arc<Listing>> =
                theirs.filter(|listing| renamed.contains(&listing.owner)).cloned().collect();
            for listing in &theirs {
                self.put(listing);
            }
        }
        for change in listings.diff(&circle.listings) {
            match change {
                DiffItem::Add(_, listing) | DiffItem::Update { new: (_, listing), .. } => {
                    self.put(listing);
                }
                DiffItem::Remove(id, _) => self.remove(*id),
            }
        }
    }

    /// The best so many listings that are still offered. A query without a word finds nothing: then
    /// show them all. At most [`MAX_QUERY`] bytes and [`MAX_QUERY_WORDS`] words of it are read.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        self.find_where(query, limit, |listing| !listing.retired)
    }

    /// The best so many of the listings that `suits`: asked of matches only, so that it may be
    /// costly. Retired ones are among them, for whoever looks for an old thing of their own.
    pub fn find_where(
        &self,
        query: &str,
        limit: usize,
        suits: impl Fn(&Listing) -> bool,
    ) -> Vec<Hit> {
        let query = Query::parse(query);
        let phrases = query.phrases.iter();
        let scores = phrases
            .map(|phrase| score::of_phrase(&self.dictionary, self.slots.len(), phrase))
            .reduce(|all, one| score::both(&all, &one, |a, b| a + b))
            .unwrap_or_default();
        let mut found: Vec<(u32, &Indexed)> = scores
            .into_iter()
            .zip(&self.slots)
            .filter(|(score, _)| *score > 0)
            .filter_map(|(score, indexed)| Some((score, indexed.as_ref()?)))
            .filter(|(_, indexed)| suits(&indexed.listing))
            .collect();
        let by_rank = |(score, indexed): &(u32, &Indexed),
                       (other_score, other): &(u32, &Indexed)| {
            (Reverse(score), &indexed.title, indexed.listing.id).cmp(&(
                Reverse(other_score),
                &other.title,
                other.listing.id,
            ))
        };
        // Sorting ten thousand hits to show twenty would cost more than finding them.
        if limit < found.len() {
            found.select_nth_unstable_by(limit, by_rank);
            found.truncate(limit);
        }
        found.sort_unstable_by(by_rank);
        found
            .into_iter()
            .map(|(score, indexed)| Hit { listing: indexed.listing.id, score })
            .collect()
    }

    fn put(&mut self, listing: &Arc<Listing>) {
        self.remove(listing.id);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            Slot::new(self.slots.len() - 1)
        });
        let owner = self.members.get(&listing.owner).map_or("", |member| &member.name);
        let words = words_of(&mut self.dictionary, listing, owner);
        for (word, fields) in &words {
            self.dictionary.note(*word, slot, *fields);
        }
        let words = words.into_keys().collect();
        let mut title = String::new();
        pieces(&listing.general.title, |piece| {
            if let Piece::Word(word) = piece {
                title.push_str(word);
                title.push(' ');
            }
        });
        self.slots[slot.index()] = Some(Indexed { listing: listing.clone(), title, words });
        self.places.insert(listing.id, slot);
    }

    fn remove(&mut self, id: ListingId) {
        let Some(slot) = self.places.remove(&id) else { return };
        for word in self.slots[slot.index()].take().map_or(Vec::new(), |indexed| indexed.words) {
            self.dictionary.remove(word, slot);
        }
        self.free.push(slot);
    }
}

/// What a listing can be found by.
fn words_of(
    dictionary: &mut Dictionary,
    listing: &Listing,
    owner: &str,
) -> BTreeMap<WordId, Fields> {
    let mut words: BTreeMap<WordId, Fields> = BTreeMap::new();
    let mut take = |text: &str, field: Fields| {
        pieces(text, |piece| {
            let (Piece::Word(word) | Piece::Joined(_, word)) = piece;
            if field == Fields::ABOUT && vocabulary::is_small(word) {
                return;
            }
            if words.len() < MAX_LISTING_WORDS {
                words.entry(dictionary.id(word)).or_default().add(field);
            } else if let Some(fields) = dictionary.exact(word).and_then(|id| words.get_mut(&id)) {
                fields.add(field);
            }
        });
    };
    let General { title, about, category, .. } = &listing.general;
    take(title, Fields::TITLE);
    take(category, Fields::LABEL);
    for tag in &listing.general.tags {
        take(tag, Fields::LABEL);
    }
    take(vocabulary::kind_words(&listing.details), Fields::LABEL);
    take(owner, Fields::OWNER);
    take(about, Fields::ABOUT);
    words
}
