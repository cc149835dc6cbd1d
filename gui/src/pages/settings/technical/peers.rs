//! The other devices of a circle: whose they are, the way to each, how far apart we are.

use eframe::egui::Ui;
use noaber_core::id::{CircleId, DeviceId};
use noaber_core::view::PeerView;
use noaber_node::api::rows::{CircleStatusRow, PeerRow};

use crate::desk::Desk;
use crate::fonts::Icon;
use crate::widgets::{Tone, divider, pill, text};

/// Shows them.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, circle: &CircleStatusRow) {
    let words = desk.words;
    text::caption(ui, words.say("tech-peers"));
    if circle.peers.is_empty() {
        text::weak(ui, words.say("tech-peers-none"));
    }
    for (place, peer) in circle.peers.iter().enumerate() {
        if place > 0 {
            divider(ui);
        }
        row(ui, desk, circle, peer);
    }
}

fn row(ui: &mut Ui, desk: &Desk<'_>, circle: &CircleStatusRow, peer: &PeerRow) {
    let words = desk.words;
    let device = peer.device.parse::<DeviceId>().ok();
    let roster = &desk.circle.roster;
    let called = device.and_then(|id| roster.devices.get(&id)).map(|device| device.name.clone());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        text::strong(ui, &peer.name);
        let short: String = peer.device.chars().take(8).collect();
        let called = called.unwrap_or_default();
        text::small(ui, format!("{called} · {short}…"));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let (key, icon, tone) = match peer.path.as_deref() {
            Some("relay") => ("tech-relay", Icon::LINK, Tone::Going),
            Some(_) => ("tech-direct", Icon::CHECK_CIRCLE, Tone::Good),
            None => ("tech-away", Icon::CLOCK, Tone::Quiet),
        };
        pill(ui, icon, &words.say(key), tone);
        if !peer.connected {
            return text::small(ui, seen(desk, peer));
        }
        let apart = device.zip(circle.id.parse::<CircleId>().ok());
        let apart = apart.and_then(|(device, circle)| desk.view.peers.get(&(circle, device)));
        text::small(ui, apart_line(desk, apart.copied()))
    });
}

fn seen(desk: &Desk<'_>, peer: &PeerRow) -> String {
    let at = peer.last_seen.as_ref().and_then(|at| at.parse::<jiff::Timestamp>().ok());
    match at {
        Some(at) => {
            let at = desk.words.moment(at.into(), desk.moment());
            desk.words.tell("tech-seen", &[("at", at.into())])
        }
        None => desk.words.say("tech-never"),
    }
}

fn apart_line(desk: &Desk<'_>, apart: Option<PeerView>) -> String {
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    match apart.filter(|peer| peer.heard) {
        None => desk.words.say("tech-unknown"),
        Some(peer) => {
            let fills =
                [("behind", count(peer.behind).into()), ("ahead", count(peer.ahead).into())];
            desk.words.tell("tech-behind", &fills)
        }
    }
}
