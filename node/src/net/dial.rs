//! Keeps links to the devices of our circles, with a back-off for those that do not answer.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use iroh::{EndpointAddr, RelayUrl};
use noaber_core::View;
use noaber_core::id::DeviceId;
use noaber_core::view::Standing;

use super::{CONNECT_TIMEOUT, MAX_OUT, Moment, SYNC_ALPN, Shared, endpoint_id, link, lock};

/// The first pause after a failure; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(5);
/// The list is gone through at the latest after this long, whatever it says itself.
const TICK: Duration = Duration::from_mins(1);

/// Tries to reach one device.
pub(super) struct Dial {
    next: Moment,
    failures: u32,
    state: State,
}

/// How a try stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    /// The other side has opened a link to us at the same moment, which stands there already, and here in
    /// a moment: it is there, so nothing has failed.
    GaveWay,
    Failed,
}

impl Dial {
    pub(super) fn is_running(&self) -> bool {
        self.state == State::Running
    }

    pub(super) fn has_failed(&self) -> bool {
        self.state == State::Failed
    }
}

impl Shared {
    /// Where a device may be: as it said in its circles, as we remember it, and at the relays that we
    /// use ourselves, for neighbours share one more often than not.
    pub(super) fn addresses(&self, view: &View, device: DeviceId) -> Option<EndpointAddr> {
        let mut address = EndpointAddr::new(endpoint_id(device)?);
        let said = view.circles.values().filter_map(|circle| circle.addresses.get(&device));
        let book = lock(&self.book);
        for known in said.chain(book.get(&device)) {
            for direct in known.direct.iter().filter_map(|text| text.parse().ok()) {
                address = address.with_ip_addr(direct);
            }
            for relay in known.relays.iter().filter_map(|text| text.parse::<RelayUrl>().ok()) {
                address = address.with_relay_url(relay);
            }
        }
        for relay in &self.options.relays {
            address = address.with_relay_url(relay.clone());
        }
        Some(address)
    }
}

/// The devices that we want to be linked to.
fn wanted(shared: &Shared, view: &View) -> BTreeSet<DeviceId> {
    let mut wanted = BTreeSet::new();
    for circle in view.circles.values() {
        match circle.standing {
            // Those who left still have to say so; who has heard it turns them away.
            Standing::Member | Standing::Left => {
                let active = |device: &&DeviceId| circle.roster.is_active_device(**device);
                wanted.extend(circle.roster.order.iter().filter(active));
            }
            // Before the door is open, a link would only be turned away.
            Standing::Joining if shared.is_welcome(circle.id) => {
                wanted.extend(circle.admitters.iter());
            }
            Standing::Joining => {}
        }
    }
    wanted.remove(&view.device);
    wanted
}

fn own_order(me: DeviceId, device: DeviceId) -> [u8; 32] {
    *blake3::hash(&[*me.as_bytes(), *device.as_bytes()].concat()).as_bytes()
}

/// Goes through the devices again and again.
pub(super) async fn keep_linked(shared: Arc<Shared>) {
    let mut views = shared.node.watch();
    loop {
        let view = Arc::clone(&views.borrow_and_update());
        // Each node goes through its neighbours in an order of its own: were it the same for all, a
        // large circle would crowd around a few and fall apart into groups.
        let mut wanted: Vec<DeviceId> = wanted(&shared, &view).into_iter().collect();
        wanted.sort_by_cached_key(|device| own_order(view.device, *device));
        // Before they are gone through: whose rest ends meanwhile is due, not forgotten.
        let now = Moment::now();
        for device in &wanted {
            try_link(&shared, &view, *device);
        }
        let due = wanted.iter().filter_map(|device| due(&shared, *device));
        // Whose rest is over and who was not tried waits for a place, and a link that ends wakes us.
        let due = due.filter(|due| *due > now).min();
        let pause = due.map_or(TICK, |due| due.saturating_duration_since(Moment::now()).min(TICK));
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = shared.wake.notified() => {}
            changed = views.changed() => if changed.is_err() { return },
        }
    }
}

/// When there is something to do about a device that nobody tells us of: its rest is over.
fn due(shared: &Shared, device: DeviceId) -> Option<Moment> {
    if lock(&shared.links).contains_key(&device) {
        return None;
    }
    let rests =
        lock(&shared.dials).get(&device).filter(|dial| !dial.is_running()).map(|dial| dial.next);
    rests.max(lock(&shared.away).get(&device).copied())
}

fn try_link(shared: &Arc<Shared>, view: &View, device: DeviceId) {
    let (linked, ours) = {
        let links = lock(&shared.links);
        (links.contains_key(&device), links.values().filter(|link| link.is_ours()).count())
    };
    let mut dials = lock(&shared.dials);
    let running = dials.values().filter(|dial| dial.is_running()).count();
    let now = Moment::now();
    let rests = dials.get(&device).is_some_and(|dial| dial.is_running() || dial.next > now);
    if linked || rests || shared.is_kept_away(device) || ours + running >= MAX_OUT {
        return;
    }
    let failures = dials.get(&device).map_or(0, |dial| dial.failures);
    dials.insert(device, Dial { next: now, failures, state: State::Running });
    drop(dials);
    let address = shared.addresses(view, device);
    let task_shared = Arc::clone(shared);
    shared.spawn(async move {
        let connected = match address {
            Some(address) => {
                let connect = task_shared.endpoint.connect(address, SYNC_ALPN);
                tokio::time::timeout(CONNECT_TIMEOUT, connect).await.ok().and_then(Result::ok)
            }
            None => None,
        };
        // A device that turns us away connects fine, and then says nothing: as long as it says
        // nothing, it is still being tried. A first answer takes this dial away, and what stands here
        // after the link has ended may be the next one.
        let mut state = State::Failed;
        if let Some(connection) = connected {
            let link = link::run(Arc::clone(&task_shared), connection, device, link::Side::Ours);
            if link.await == link::Ended::GaveWay {
                state = State::GaveWay;
            }
        }
        let mut dials = lock(&task_shared.dials);
        if let Some(dial) = dials.get_mut(&device).filter(|dial| dial.next == now) {
            dial.failures += 1;
            let pause = FIRST_PAUSE.saturating_mul(1 << dial.failures.min(9)).min(LONGEST_PAUSE);
            dial.next = Moment::now() + pause;
            dial.state = state;
        }
        drop(dials);
        task_shared.wake.notify_one();
    });
}
