//! The words of all circles, kept ready for searching.
//!
//! An index is built by the first search of a circle and takes in what changed at each later one. It
//! lives as long as whoever searches, a node or a window: a command without one builds it anew. What is
//! free is not known here.

use std::collections::BTreeMap;
use std::sync::Mutex;

use noaber_core::id::{CircleId, ListingId};
use noaber_core::search::Index;
use noaber_core::view::CircleView;

/// One index a circle.
#[derive(Default)]
pub struct Finder {
    indexes: Mutex<BTreeMap<CircleId, Index>>,
}

impl Finder {
    /// All listings that the words find, the best first, also those no longer offered. Takes a lock and
    /// as long as catching up takes: not for threads that must not wait.
    pub fn search(&self, circle: &CircleView, words: &str) -> Vec<ListingId> {
        let mut indexes = self.indexes.lock().unwrap_or_else(|poisoned| {
            // Who panicked may have left an index half way: it is built anew.
            self.indexes.clear_poison();
            let mut indexes = poisoned.into_inner();
            indexes.clear();
            indexes
        });
        let index = indexes.entry(circle.id).or_default();
        index.catch_up(circle);
        let hits = index.find_where(words, usize::MAX, |_| true);
        hits.into_iter().map(|hit| hit.listing).collect()
    }
}
