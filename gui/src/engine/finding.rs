//! Searching: the words of a circle, kept ready where nobody waits for them. With ten thousand listings
//! they take a quarter of a second to gather, and each search of one letter some milliseconds.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use noaber_core::id::ListingId;
use noaber_core::listing::Listing;
use noaber_core::view::CircleView;
use noaber_node::finder::Finder;

use super::{Engine, News, Ticket};

/// The words, and what was asked last.
#[derive(Default)]
pub(super) struct Searches {
    finder: Finder,
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
        let (searches, circle) = (Arc::clone(&self.searches), Arc::clone(circle));
        searches.latest.store(ticket.0, Ordering::Relaxed);
        self.runtime.spawn_blocking(move || {
            // Another letter has come meanwhile.
            if searches.latest.load(Ordering::Relaxed) != ticket.0 {
                return;
            }
            let mut found = searches.finder.search(&circle, &query);
            found.retain(|id| circle.listings.get(id).is_some_and(|held| suits(&circle, held)));
            teller.tell(News::Found(ticket, found));
        });
        ticket
    }

    /// What was found, once.
    pub fn sought(&mut self, ticket: Ticket) -> Option<Vec<ListingId>> {
        self.found.take_if(|(of, _)| *of == ticket).map(|(_, found)| found)
    }
}
