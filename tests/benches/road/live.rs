//! Two nodes and a thousand listings: fresh, after changes, after nothing, and one live edit.

use std::time::Instant;

use noaber_core::Command;
use noaber_core::Outcome;
use noaber_core::id::{CircleId, ListingId};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::world::{Neighbour, draft};
use super::{Figure, median};

/// Live edits a round.
const EDITS: usize = 50;

#[derive(Default)]
struct Times {
    ms: Vec<f64>,
    bytes: u64,
    messages: u64,
}

impl Times {
    fn figure(self, name: &'static str, target: &'static str) -> Figure {
        let runs = self.ms.len();
        let (bytes, messages) = (Some(self.bytes), Some(self.messages));
        Figure { name, median_ms: median(self.ms), bytes, messages, runs, target }
    }
}

pub fn figures(listings: usize, rounds: usize) -> Vec<Figure> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.unwrap().block_on(async {
        let (mut fresh, mut changed) = (Times::default(), Times::default());
        let (mut nothing, mut live) = (Times::default(), Times::default());
        for round in 0..rounds {
            let mut rng = ChaCha8Rng::seed_from_u64(round as u64);
            let (anna, ben) = (Neighbour::new("Anna").await, Neighbour::new("Ben").await);
            let circle = anna.found().await;
            ben.join(&anna, circle).await;
            anna.cut(&ben).await;
            let mut ids = Vec::new();
            for number in 0..listings {
                let draft = draft(number, &mut rng);
                match anna.submit(Command::Offer { circle, draft }).await {
                    Outcome::Listing(_, id) => ids.push(id),
                    other => panic!("{other:?}"),
                }
            }
            reconnect(&anna, &ben, circle, &mut fresh).await;
            assert_eq!(ben.circle(circle).listings.len(), listings);
            anna.cut(&ben).await;
            for id in &ids[..10] {
                edit(&anna, circle, *id, round as u32).await;
            }
            reconnect(&anna, &ben, circle, &mut changed).await;
            anna.cut(&ben).await;
            reconnect(&anna, &ben, circle, &mut nothing).await;
            for number in 0..EDITS {
                let id = ids[500 % listings + number % 5];
                live_edit(&anna, &ben, circle, id, &mut live).await;
            }
            anna.stop().await;
            ben.stop().await;
        }
        vec![
            fresh.figure("1,000 listings, fresh, durable on both", "≤ 300 ms"),
            changed.figure("10 of 1,000 changed, reconnect", "≤ 20 ms, ≤ 8 kB"),
            nothing.figure("nothing changed, reconnect", "≤ 1 kB"),
            live.figure("one live edit to the other's view", "≤ 5 ms"),
        ]
    })
}

/// Dials and waits until the other's view is level; dialling and handshake are in the time. Bytes and
/// messages are those of the last round.
async fn reconnect(anna: &Neighbour, ben: &Neighbour, circle: CircleId, times: &mut Times) {
    let (messages, bytes) = anna.carried();
    let start = Instant::now();
    anna.plug_in(ben);
    ben.level_with(anna, circle).await;
    times.ms.push(start.elapsed().as_secs_f64() * 1000.0);
    // Acknowledgements that are still under way count as well.
    anna.level_with(ben, circle).await;
    let after = anna.carried();
    (times.messages, times.bytes) = (after.0 - messages, after.1 - bytes);
}

async fn edit(anna: &Neighbour, circle: CircleId, listing: ListingId, number: u32) {
    let mut draft = anna.circle(circle).listings[&listing].to_draft();
    draft.general.quantity = draft.general.quantity % 9_000 + number + 1;
    anna.submit(Command::Edit { circle, listing, draft }).await;
}

/// From the command to the other's published view.
async fn live_edit(
    anna: &Neighbour,
    ben: &Neighbour,
    circle: CircleId,
    listing: ListingId,
    times: &mut Times,
) {
    let (messages, bytes) = anna.carried();
    let mut draft = anna.circle(circle).listings[&listing].to_draft();
    draft.general.quantity = draft.general.quantity % 9_000 + 1;
    let wanted = draft.general.quantity;
    let mut views = ben.node.watch();
    let start = Instant::now();
    let submitted = anna.submit(Command::Edit { circle, listing, draft });
    let seen =
        views.wait_for(|view| view.circles[&circle].listings[&listing].general.quantity == wanted);
    let (_, seen) = tokio::join!(submitted, seen);
    seen.unwrap();
    times.ms.push(start.elapsed().as_secs_f64() * 1000.0);
    anna.level_with(ben, circle).await;
    let after = anna.carried();
    (times.messages, times.bytes) = (after.0 - messages, after.1 - bytes);
}
