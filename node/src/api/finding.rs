//! Finding listings: by words, by kind, by what one can have when.

use std::sync::Arc;

use noaber_core::listing::{Details, Listing};
use noaber_core::rules::{Request as Wish, Verdict};
use noaber_core::time::Interval;
use noaber_core::view::CircleView;

use super::request::KindName;
use super::{Api, Failure, resolve};

/// What is looked for.
pub(super) struct Wanted {
    pub(super) kind: Option<KindName>,
    pub(super) words: Option<String>,
    pub(super) free: Option<Interval>,
    pub(super) quantity: u32,
    pub(super) shelf: Offered,
}

/// Whether also what is no longer offered is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offered {
    Only,
    AndFormerly,
}

impl Api<'_> {
    /// The listings that suit: the best first where words are given, else by title.
    pub(super) async fn find(
        &self,
        circle: &Arc<CircleView>,
        wanted: Wanted,
    ) -> Result<Vec<Arc<Listing>>, Failure> {
        let words = wanted.words.clone().filter(|words| !words.trim().is_empty());
        let Some(words) = words else {
            let mut found: Vec<Arc<Listing>> = circle
                .listings
                .values()
                .filter(|listing| self.suits(circle, &wanted, listing))
                .map(Arc::clone)
                .collect();
            found.sort_by_key(|listing| (listing.general.title.to_lowercase(), listing.id));
            return Ok(found);
        };
        // The first search of a large circle takes in all of its listings: not on a thread that others
        // wait for.
        let (node, seen) = (self.node.clone(), Arc::clone(circle));
        let hits = tokio::task::spawn_blocking(move || node.search(&seen, &words)).await;
        let hits = hits.map_err(|error| Failure::new("search", error.to_string()))?;
        let found = hits.into_iter().filter_map(|id| circle.listings.get(&id));
        Ok(found.filter(|listing| self.suits(circle, &wanted, listing)).map(Arc::clone).collect())
    }

    fn suits(&self, circle: &CircleView, wanted: &Wanted, listing: &Listing) -> bool {
        let is_kind = wanted.kind.is_none_or(|kind| match kind {
            KindName::Item => matches!(listing.details, Details::Item(_)),
            KindName::Car => matches!(listing.details, Details::Car(_)),
            KindName::HelpOffer => matches!(listing.details, Details::HelpOffer(_)),
            KindName::HelpAsk => matches!(listing.details, Details::HelpAsk(_)),
        });
        let is_gone = || listing.retired || circle.gifts.gift(listing.id, listing.owner).is_some();
        is_kind
            && (wanted.shelf == Offered::AndFormerly || !is_gone())
            && wanted.quantity <= listing.general.quantity
            && wanted.free.is_none_or(|time| self.can_have(circle, listing, time, wanted.quantity))
    }

    /// Whether who asks can have it then, by the owner's rules and what is free.
    fn can_have(
        &self,
        circle: &CircleView,
        listing: &Listing,
        interval: Interval,
        quantity: u32,
    ) -> bool {
        let wish = Wish { borrower: self.node.member(), interval, quantity, now: self.now() };
        circle.is_offered(listing)
            && matches!(circle.judge(listing, &wish), Verdict::Allowed { .. })
    }
}

/// `FROM..TO` as an interval.
pub(super) fn stretch(circle: &CircleView, text: &str) -> Result<Interval, Failure> {
    let (from, to) = text.split_once("..").ok_or_else(|| {
        Failure::new("bad_time", "write --free like 2026-12-01T10:00..2026-12-01T12:00")
    })?;
    resolve::interval(from, to, &resolve::zone(circle))
}
