//! Opening a home: moving in where nobody lives yet, the node, its network, its socket; then waking the
//! window whenever something changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use noaber_core::id::DeviceId;
use noaber_core::time::Timestamp;
use noaber_node::home::{Home, HomeError};
use noaber_node::net::NetOptions;
use noaber_node::service::Service;
use noaber_node::store::Store;

use super::ringing::{self, Mode};
use super::{News, Running, Start, TICK, Teller, Trouble};

/// Somebody who moves in.
pub(super) struct Newcomer {
    /// What the neighbours call them.
    pub(super) name: String,
    /// What to call this device.
    pub(super) device_name: String,
}

/// Opens the home and goes on telling the window what changes, until the node ends.
pub(super) async fn run(start: Start, newcomer: Option<Newcomer>, bell: Arc<Mode>, teller: Teller) {
    let opened = open(&start, newcomer).await;
    let (service, name) = match opened {
        Ok(opened) => opened,
        Err(error) => return teller.tell(News::Opened(Err(trouble(&error)))),
    };
    serve(&service, start.net).await;
    let read = service.clone();
    let known = move || read.node().read(Store::peers).unwrap_or_default();
    let peers = tokio::task::spawn_blocking(known).await.unwrap_or_default();
    let heard: BTreeMap<DeviceId, Timestamp> =
        peers.into_iter().filter_map(|peer| Some((peer.device, peer.last_seen?))).collect();
    let reached = service.reached();
    let running = Running { service: service.clone(), heard: heard.clone(), name, reached };
    teller.tell(News::Opened(Ok(Box::new(running))));
    tokio::spawn(ringing::ring(service.node().clone(), bell, teller.clone()));
    watch(service, heard, teller).await;
}

async fn open(start: &Start, newcomer: Option<Newcomer>) -> Result<(Service, String), HomeError> {
    let home = Home::at(&start.home);
    let moving = home.clone();
    let moved = tokio::task::spawn_blocking(move || {
        if let Some(Newcomer { name, device_name }) = newcomer {
            moving.init(&name, &device_name)?;
        }
        Ok::<_, HomeError>(moving.identity()?.name)
    });
    let died = |error: tokio::task::JoinError| HomeError::File {
        path: start.home.clone(),
        error: error.into(),
    };
    let name = moved.await.map_err(died)??;
    Ok((Service::open(home, start.clock.clone()).await?, name))
}

/// Network, calendars and socket, as was chosen the last time. What cannot be does not keep the window
/// from opening: a home can be used without.
async fn serve(service: &Service, net: NetOptions) {
    let read = service.clone();
    let kept = tokio::task::spawn_blocking(move || (read.kept_network(), read.kept_calendar()));
    let (network, calendar) = kept.await.unwrap_or_default();
    // Why there is no network stands in what the window is told of it.
    let chosen = network.and_then(|choice| choice.over(net.clone()).ok());
    if let Err(error) = service.set_network(chosen.unwrap_or(net)).await {
        tracing::warn!(%error, "there is no network");
    }
    if let Some(address) = calendar
        && let Err(error) = service.set_calendar(Some(address)).await
    {
        tracing::warn!(%error, "calendars are not served");
    }
    if let Err(error) = service.listen() {
        tracing::warn!(%error, "other programs of this user cannot talk to this node");
    }
}

/// Wakes the window when the view changes, when the way in which we are reached does, and once a minute.
async fn watch(service: Service, mut heard: BTreeMap<DeviceId, Timestamp>, teller: Teller) {
    let (mut views, mut reach) = (service.node().watch(), service.watch_reach());
    loop {
        // The store knows when a link began; whoever is linked is heard from now.
        let now = service.node().now();
        heard.extend(views.borrow_and_update().peers.keys().map(|(_, device)| (*device, now)));
        teller.tell(News::Around(heard.clone(), service.reached()));
        tokio::select! {
            changed = views.changed() => if changed.is_err() { return },
            changed = reach.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(TICK) => {}
        }
    }
}

pub(super) fn trouble(error: &HomeError) -> Trouble {
    match error {
        HomeError::Locked { .. } => Trouble::RunsAlready,
        other => Trouble::Other(other.to_string()),
    }
}
