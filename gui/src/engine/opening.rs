//! Opening a home: moving in where nobody lives yet, the node, its network, its socket; or, where another
//! program has the home, becoming its guest. Then waking the window whenever something changes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use noaber_core::id::DeviceId;
use noaber_core::time::Timestamp;
use noaber_node::access::{Access, AccessError};
use noaber_node::attach::AttachError;
use noaber_node::home::{Home, HomeError};
use noaber_node::net::NetOptions;
use noaber_node::service::Service;

use super::ringing::{self, Mode};
use super::{News, Presence, Running, Start, TICK, Teller, Trouble};

/// A node that stopped gets this long to come back before the window opens its home itself.
const GRACE: Duration = Duration::from_secs(3);

/// Somebody who moves in.
pub(super) struct Newcomer {
    /// What the neighbours call them.
    pub(super) name: String,
    /// What to call this device.
    pub(super) device_name: String,
}

/// Opens the home and goes on telling the window what changes. Where the node ran in another program and
/// that has stopped, looks for it, and opens the home itself where it does not come back.
pub(super) async fn run(start: Start, newcomer: Option<Newcomer>, bell: Arc<Mode>, teller: Teller) {
    let name = match move_in(&start.home, newcomer).await {
        Ok(name) => name,
        Err(HomeError::Empty(_)) => return teller.tell(News::Vacant),
        Err(error) => return teller.tell(News::Opened(Err(trouble(&error.into())))),
    };
    let home = Home::at(&start.home);
    let mut grace = Duration::ZERO;
    loop {
        let access = match Access::open(&home, &start.clock, grace).await {
            Ok(access) => access,
            Err(error) => return teller.tell(News::Opened(Err(trouble(&error)))),
        };
        if let Access::Own(service) = &access {
            serve(service, start.net.clone()).await;
        }
        let heard: BTreeMap<DeviceId, Timestamp> = access.heard().await.into_iter().collect();
        let (reached, name) = (access.reached(), name.clone());
        let (access, heard_of) = (access.clone(), heard.clone());
        let presence = Presence::Here;
        let running = Running { access: access.clone(), presence, heard: heard_of, name, reached };
        teller.tell(News::Opened(Ok(Box::new(running))));
        let ringing =
            ringing::ring(access.clone(), start.clock.clone(), Arc::clone(&bell), teller.clone());
        let ringing = tokio::spawn(ringing);
        watch(&access, heard, &start, &teller).await;
        ringing.abort();
        if !access.is_guest() {
            // Whatever still holds on to it lets go, so that the home can be opened again.
            access.stop().await;
            return teller.tell(News::Opened(Err(Trouble::Ended)));
        }
        teller.tell(News::Lost);
        grace = GRACE;
    }
}

/// Who lives here, after a newcomer has moved in.
async fn move_in(path: &Path, newcomer: Option<Newcomer>) -> Result<String, HomeError> {
    let (home, path) = (Home::at(path), path.to_owned());
    let moved = tokio::task::spawn_blocking(move || {
        if let Some(Newcomer { name, device_name }) = newcomer {
            home.init(&name, &device_name)?;
        }
        Ok::<_, HomeError>(home.identity()?.name)
    });
    let died = |error: tokio::task::JoinError| HomeError::File { path, error: error.into() };
    moved.await.map_err(died)?
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

/// Wakes the window when the view changes, when the way in which we are reached does, and once a minute;
/// returns when the node has ended.
async fn watch(
    access: &Access,
    mut heard: BTreeMap<DeviceId, Timestamp>,
    start: &Start,
    teller: &Teller,
) {
    let (mut views, mut reach) = (access.watch(), access.watch_reach());
    loop {
        // The store knows when a link began; whoever is linked is heard from now.
        let now = start.clock.now();
        heard.extend(views.borrow_and_update().peers.keys().map(|(_, device)| (*device, now)));
        teller.tell(News::Around(heard.clone(), access.reached()));
        tokio::select! {
            changed = views.changed() => if changed.is_err() { return },
            changed = reach.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(TICK) => {}
        }
    }
}

fn trouble(error: &AccessError) -> Trouble {
    match error {
        AccessError::Home(HomeError::Locked { .. }) => Trouble::RunsAlready,
        AccessError::Attach(AttachError::Version { theirs, ours }) => {
            Trouble::OtherVersion { theirs: theirs.clone(), ours: ours.clone() }
        }
        other => Trouble::Other(other.to_string()),
    }
}
