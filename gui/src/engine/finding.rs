//! Searching: the words of a circle, kept ready where nobody waits for them. With ten thousand listings
//! they take a quarter of a second to gather, and each search of one letter some milliseconds.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use noaber_core::id::ListingId;
use noaber_core::listing::Listing;
use noaber_core::search::Index;
use noaber_core::view::CircleView;

use super::{Engine, News, Ticket};

/// The words, and what was asked last.
#[derive(Default)]
pub(super) struct Finder {
    index: Mutex<Index>,
    latest: AtomicU64,
}

impl Engine {
    /// Finds listings by words, the best first, of those that suit. What was asked before is given up.
    pub fn seek(
        &mut self,
        circle: &Arc<CircleView>,
        query: String,
        suits: impl Fn(&CircleView, &Listing) -> bool + Send + 'static,
    ) -> Ticket {
        let (ticket, teller) = (self.ticket(), self.teller.clone());
        let (finder, circle) = (Arc::clone(&self.finder), Arc::clone(circle));
        finder.latest.store(ticket.0, Ordering::Relaxed);
        self.runtime.spawn_blocking(move || {
            // Who panicked may have left it half way; catching up once more only costs time.
            let mut index = finder.index.lock().unwrap_or_else(PoisonError::into_inner);
            if finder.latest.load(Ordering::Relaxed) != ticket.0 {
                return;
            }
            index.catch_up(&circle);
            let hits = index.find_where(&query, usize::MAX, |listing| suits(&circle, listing));
            let found = hits.into_iter().map(|hit| hit.listing).collect();
            teller.tell(News::Found(ticket, found));
        });
        ticket
    }

    /// What was found, once.
    pub fn sought(&mut self, ticket: Ticket) -> Option<Vec<ListingId>> {
        self.found.take_if(|(of, _)| *of == ticket).map(|(_, found)| found)
    }
}
