//! The distinct words of all listings, and where each stands.
//!
//! Slips and inner words are looked for among distinct words only, by their [`Shape`]s in one row.
//! A word goes when its last place goes, so the dictionary never holds more than the listings do.
//! Knows nothing of listings but a small number, the [`Slot`]; nor what a match is worth.

use std::collections::BTreeMap;

use super::plural::singulars;
use super::typo::{Shape, is_slip};

/// A listing's place in the index; used again when it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot(u32);

impl Slot {
    pub(super) fn new(at: usize) -> Self {
        Self(u32::try_from(at).expect("a circle has fewer than 2³² listings"))
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A distinct word, while it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WordId(u32);

/// Where in a listing a word stands: a set of fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fields(u8);

impl Fields {
    pub(super) const TITLE: Self = Self(1);
    /// Category, tags and kind.
    pub(super) const LABEL: Self = Self(2);
    pub(super) const OWNER: Self = Self(4);
    pub(super) const ABOUT: Self = Self(8);

    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// That a word stands in a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) slot: Slot,
    pub(super) fields: Fields,
}

#[derive(Debug, Clone, Default)]
struct Word {
    text: Box<str>,
    /// By slot.
    postings: Vec<Posting>,
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionary {
    ids: BTreeMap<Box<str>, WordId>,
    /// From a singular to the plurals that are there.
    plurals: BTreeMap<Box<str>, Vec<WordId>>,
    words: Vec<Word>,
    /// Beside `words`, close together; the empty shape where a word is gone.
    shapes: Vec<Shape>,
    free: Vec<WordId>,
}

impl Dictionary {
    /// The id of a folded word, which [`Dictionary::note`] is then to be told the first place of.
    pub(super) fn id(&mut self, text: &str) -> WordId {
        self.exact(text).unwrap_or_else(|| self.add_word(text))
    }

    /// Notes that a word stands in a listing; not to be said twice of the same pair.
    pub(super) fn note(&mut self, id: WordId, slot: Slot, fields: Fields) {
        let postings = &mut self.words[id.0 as usize].postings;
        let at = postings.partition_point(|posting| posting.slot < slot);
        postings.insert(at, Posting { slot, fields });
    }

    fn add_word(&mut self, text: &str) -> WordId {
        let id = self.free.pop().unwrap_or_else(|| {
            self.words.push(Word::default());
            self.shapes.push(Shape::default());
            WordId(u32::try_from(self.words.len() - 1).expect("fewer than 2³² words are held"))
        });
        self.words[id.0 as usize].text = text.into();
        self.shapes[id.0 as usize] = Shape::of(text);
        self.ids.insert(text.into(), id);
        for singular in singulars(text) {
            self.plurals.entry(singular.into()).or_default().push(id);
        }
        id
    }

    /// Takes back what [`Dictionary::note`] noted.
    pub(super) fn remove(&mut self, id: WordId, slot: Slot) {
        let word = &mut self.words[id.0 as usize];
        if let Ok(at) = word.postings.binary_search_by_key(&slot, |posting| posting.slot) {
            word.postings.remove(at);
        }
        if word.postings.is_empty() {
            let text = std::mem::take(word).text;
            self.remove_word(id, &text);
        }
    }

    fn remove_word(&mut self, id: WordId, text: &str) {
        self.ids.remove(text);
        self.shapes[id.0 as usize] = Shape::default();
        for singular in singulars(text) {
            if let Some(plurals) = self.plurals.get_mut(&*singular) {
                plurals.retain(|plural| *plural != id);
                if plurals.is_empty() {
                    self.plurals.remove(&*singular);
                }
            }
        }
        self.free.push(id);
    }

    /// In which listings a word stands.
    pub(super) fn postings(&self, id: WordId) -> &[Posting] {
        &self.words[id.0 as usize].postings
    }

    /// The word as written.
    pub(super) fn exact(&self, text: &str) -> Option<WordId> {
        self.ids.get(text).copied()
    }

    /// Words of which this is a singular.
    pub(super) fn plurals_of(&self, singular: &str) -> &[WordId] {
        self.plurals.get(singular).map_or(&[], Vec::as_slice)
    }

    /// Words that go on from this start, itself among them.
    pub(super) fn starting_with(&self, start: &str) -> impl Iterator<Item = WordId> {
        let from = self
            .ids
            .range::<str, _>((std::ops::Bound::Included(start), std::ops::Bound::Unbounded));
        from.take_while(move |(text, _)| text.starts_with(start)).map(|(_, id)| *id)
    }

    /// Words of at least so many letters that are at most one slip away, itself among them.
    pub(super) fn slips_of(&self, typed: &str, min_letters: usize) -> impl Iterator<Item = WordId> {
        let shape = Shape::of(typed);
        self.shaped(move |other| other.letters() >= min_letters && shape.may_be_slip_of(other))
            .filter(move |(text, _)| is_slip(typed, text))
            .map(|(_, id)| id)
    }

    /// Longer words that this one is a part of, with their texts.
    pub(super) fn containing(&self, part: &str) -> impl Iterator<Item = (&str, WordId)> {
        let shape = Shape::of(part);
        self.shaped(move |other| shape.may_be_inside(other))
            .filter(move |(text, _)| text.contains(part))
    }

    fn shaped(&self, fits: impl Fn(Shape) -> bool) -> impl Iterator<Item = (&str, WordId)> {
        self.shapes
            .iter()
            .zip(&self.words)
            .enumerate()
            .filter(move |(_, (shape, _))| fits(**shape))
            .map(|(at, (_, word))| {
                (&*word.text, WordId(u32::try_from(at).expect("ids are 32 bits")))
            })
    }

    /// Every word with its singulars' plurals and postings, in the order of the alphabet.
    #[cfg(test)]
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &[Posting], Vec<&str>)> {
        self.ids.iter().map(|(text, id)| {
            let mut plurals: Vec<&str> =
                self.plurals_of(text).iter().map(|id| &*self.words[id.0 as usize].text).collect();
            plurals.sort_unstable();
            (&**text, self.postings(*id), plurals)
        })
    }

    /// Words held, places kept for words, and singulars known.
    #[cfg(test)]
    pub(super) fn sizes(&self) -> (usize, usize, usize) {
        (self.ids.len(), self.words.len() - self.free.len(), self.plurals.len())
    }
}
