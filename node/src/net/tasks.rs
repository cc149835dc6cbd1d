//! What goes on as long as the network runs: letting in who may come, carrying out what the core orders,
//! turning away who has left, and telling where we are.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use iroh::Watcher;
use iroh::endpoint::VarInt;
use noaber_core::Command;
use noaber_core::id::DeviceId;
use noaber_core::view::{CircleView, Standing};
use noaber_core::wire::Address;
use tokio::sync::{Semaphore, mpsc};

use super::endpoint::address_of;
use super::link::{self, Outgoing};
use super::{
    ADDRESSES_REST, BACK_OFF_AFTER_FAULT, CONNECT_TIMEOUT, JOIN_ALPN, MAX_HANDSHAKES, MAX_IN,
    PAUSE_AFTER_FAILURE, Shared, device_id, is_known, join, lock,
};
use crate::actor::Order;

/// Accepts whoever may come.
pub(super) async fn accept(shared: Arc<Shared>) {
    let strangers = Arc::new(join::Strangers::default());
    let handshakes = Arc::new(Semaphore::new(MAX_HANDSHAKES));
    while let Some(incoming) = shared.endpoint.accept().await {
        let Ok(place) = Arc::clone(&handshakes).try_acquire_owned() else {
            incoming.refuse();
            continue;
        };
        let from = incoming.remote_addr();
        let (task_shared, strangers) = (Arc::clone(&shared), Arc::clone(&strangers));
        shared.spawn(async move {
            let Ok(Ok(connection)) = tokio::time::timeout(CONNECT_TIMEOUT, incoming).await else {
                return;
            };
            let device = device_id(connection.remote_id());
            let inbound = lock(&task_shared.links).values().filter(|link| !link.is_ours()).count();
            if connection.alpn() == JOIN_ALPN {
                strangers.let_in(&task_shared.node, &connection, &from).await;
            } else if is_known(&task_shared.node.view(), device)
                && !task_shared.is_kept_away(device)
                && inbound < MAX_IN
            {
                drop(place);
                link::run(task_shared, connection, device, link::Side::Theirs).await;
            } else {
                // No word on why: not even whether we have a circle.
                connection.close(VarInt::from_u32(403), b"");
            }
        });
    }
}

/// Carries out what the core ordered.
pub(super) async fn obey(shared: Arc<Shared>, mut inbox: mpsc::UnboundedReceiver<Order>) {
    while let Some(order) = inbox.recv().await {
        match order {
            Order::Send { peer, frame } => shared.send(peer, Outgoing::Frame(frame)),
            Order::SendRuns { peer, circle, ranges } => {
                let entries: u64 = ranges.iter().map(|range| range.to + 1 - range.from).sum();
                shared.traffic.entries_out.fetch_add(entries, Ordering::Relaxed);
                shared.send(peer, Outgoing::Runs { circle, ranges });
            }
            Order::Close { peer, fault } => {
                tracing::warn!(%peer, %fault, "a peer broke the rules; keeping away");
                shared.keep_away(peer, BACK_OFF_AFTER_FAULT);
                shared.unlink(peer, b"fault");
            }
            Order::AskToJoin { circle, admitters, request } => {
                shared.spawn(join::ask(Arc::clone(&shared), circle, admitters, *request));
            }
            Order::CloseAll => {
                let linked: Vec<DeviceId> = lock(&shared.links).keys().copied().collect();
                for peer in linked {
                    // The store has just failed: it gets time to come to itself.
                    shared.keep_away(peer, PAUSE_AFTER_FAILURE);
                    shared.unlink(peer, b"restarting");
                }
            }
        }
    }
}

/// Closes links to devices that are in none of our circles any more.
pub(super) async fn turn_away_who_left(shared: Arc<Shared>) {
    let mut views = shared.node.watch();
    while views.changed().await.is_ok() {
        let view = Arc::clone(&views.borrow_and_update());
        let linked: Vec<DeviceId> = lock(&shared.links).keys().copied().collect();
        for peer in linked {
            if !is_known(&view, peer) {
                shared.unlink(peer, b"");
            }
        }
    }
}

/// Tells the circles where we are, when that changes.
pub(super) async fn announce(shared: Arc<Shared>) {
    let mut addresses = shared.endpoint.watch_addr();
    let mut views = shared.node.watch();
    let mut told: Option<(usize, Address)> = None;
    loop {
        let here = address_of(&shared.endpoint);
        // A circle that we are only on the way into cannot be told anything yet.
        let is_in = |circle: &&Arc<CircleView>| circle.standing == Standing::Member;
        let circles = views.borrow_and_update().circles.values().filter(is_in).count();
        let news = Some((circles, here.clone()));
        if told != news && !(here.direct.is_empty() && here.relays.is_empty()) {
            // Where it cannot be saved now, the next change tries again.
            if shared.node.submit(Command::Announce { here }).await.is_ok() {
                told = news;
            }
        }
        tokio::select! {
            changed = addresses.updated() => {
                if changed.is_err() {
                    return;
                }
                tokio::time::sleep(ADDRESSES_REST).await;
            }
            changed = views.changed() => {
                if changed.is_err() {
                    return;
                }
            }
        }
    }
}
