//! How the copies of a circle are doing: status, sync, check.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use noaber_core::View;
use noaber_core::id::{CircleId, DeviceId};
use noaber_core::view::{CircleView, Standing};

use super::rows::{Answer, CircleStatusRow, PeerRow, StatusRow, SyncedRow, TrafficRow};
use super::{Api, Failure, resolve};
use crate::check::check;
use crate::net::{Network, Reach, Traffic};
use crate::store::{KnownPeer, Store};

/// How often the way of a sync is looked at; what is waited for is other machines.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

impl Api<'_> {
    pub(super) fn status(&self) -> StatusRow {
        let view = self.node.view();
        let known = self.node.read(Store::peers).unwrap_or_default();
        let address = self.network.map(Network::address);
        StatusRow {
            running: self.running,
            device: view.device.to_string(),
            addresses: address.map(|at| [at.direct, at.relays].concat()).unwrap_or_default(),
            calendar: self.feed.map(|feed| feed.urls(&view)).unwrap_or_default(),
            traffic: self.network.map(|network| traffic(network.traffic())),
            circles: resolve::circles(&view)
                .map(|c| self.circle_status(&view, c, &known))
                .collect(),
        }
    }

    fn circle_status(
        &self,
        view: &View,
        circle: &CircleView,
        known: &[KnownPeer],
    ) -> CircleStatusRow {
        let others = circle.roster.order.iter().filter(|device| **device != view.device);
        let active = others.filter(|device| circle.roster.is_active_device(**device));
        CircleStatusRow {
            id: circle.id.to_string(),
            name: circle.name.clone(),
            entries: circle.entries,
            frontier: circle.digest().to_string(),
            newer: circle.newer,
            unreadable: circle.unreadable,
            peers: active.map(|device| self.peer(view, circle, *device, known)).collect(),
        }
    }

    fn peer(
        &self,
        view: &View,
        circle: &CircleView,
        device: DeviceId,
        known: &[KnownPeer],
    ) -> PeerRow {
        let member = circle.roster.devices.get(&device).map(|standing| standing.member);
        let path = self.network.and_then(|network| network.path(device));
        let last_seen = known.iter().find(|peer| peer.device == device).and_then(|p| p.last_seen);
        let heard = view.peers.get(&(circle.id, device)).filter(|peer| peer.heard);
        PeerRow {
            device: device.to_string(),
            member: member.map(|member| member.to_string()).unwrap_or_default(),
            name: member.map_or("somebody", |member| circle.name_of(member)).to_owned(),
            connected: path.is_some(),
            path: path.map(str::to_owned),
            last_seen: last_seen.map(|at| resolve::show(at, &resolve::zone(circle))),
            behind: heard.map(|peer| peer.behind),
        }
    }

    pub(super) async fn sync(&self, timeout: &str) -> Result<Answer, Failure> {
        let timeout = Duration::from_millis(resolve::span_ms(timeout)? as u64);
        let network = self.network.ok_or_else(|| Failure::new("offline", "there is no network"))?;
        let entries = |view: &View| view.circles.values().map(|c| c.entries).sum::<u64>();
        let before = entries(&self.node.view());
        let sent_before = network.traffic().entries_out.load(Ordering::Relaxed);
        network.hurry();
        let settled = async {
            loop {
                let view = self.node.view();
                let open = |(circle, device)| {
                    !is_level(&view, circle, device) && network.reach(device) != Reach::Failed
                };
                if !pairs(&view).into_iter().any(open) {
                    return;
                }
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        // Whoever is not level by then is told as unreachable.
        let _ = tokio::time::timeout(timeout, settled).await;
        let view = self.node.view();
        let (level, open): (Vec<_>, Vec<_>) = pairs(&view)
            .into_iter()
            .partition(|(circle, device)| is_level(&view, *circle, *device));
        let open: BTreeSet<DeviceId> = open.into_iter().map(|(_, device)| device).collect();
        let level: BTreeSet<DeviceId> = level.into_iter().map(|(_, device)| device).collect();
        let sent = network.traffic().entries_out.load(Ordering::Relaxed);
        Ok(Answer::Synced(SyncedRow {
            synced_with: level.difference(&open).map(ToString::to_string).collect(),
            unreachable: open.iter().map(ToString::to_string).collect(),
            received: entries(&view).saturating_sub(before),
            sent: sent.saturating_sub(sent_before),
        }))
    }

    pub(super) async fn check(&self) -> Result<Answer, Failure> {
        let view = self.node.view();
        let store = self.node.reader()?;
        let checked = tokio::task::spawn_blocking(move || check(&store, &view)).await;
        Ok(Answer::Checked(checked.map_err(|error| Failure::new("store", error.to_string()))??))
    }
}

fn traffic(carried: &Traffic) -> TrafficRow {
    TrafficRow {
        frames_in: carried.frames_in.load(Ordering::Relaxed),
        bytes_in: carried.bytes_in.load(Ordering::Relaxed),
        frames_out: carried.frames_out.load(Ordering::Relaxed),
        bytes_out: carried.bytes_out.load(Ordering::Relaxed),
        photo_bytes: carried.photo_bytes.load(Ordering::Relaxed),
    }
}

/// Each other device in each circle that we are in.
fn pairs(view: &View) -> Vec<(CircleId, DeviceId)> {
    let circles = view.circles.values().filter(|circle| circle.standing == Standing::Member);
    let devices = |circle: &Arc<CircleView>| {
        let circle = Arc::clone(circle);
        let order = circle.roster.order.clone();
        let active =
            order.into_iter().filter(move |device| circle.roster.is_active_device(*device));
        active.collect::<Vec<_>>()
    };
    circles
        .flat_map(|circle| devices(circle).into_iter().map(|device| (circle.id, device)))
        .filter(|(_, device)| *device != view.device)
        .collect()
}

fn is_level(view: &View, circle: CircleId, device: DeviceId) -> bool {
    view.peers.get(&(circle, device)).is_some_and(|peer| peer.is_level())
}
