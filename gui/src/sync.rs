//! How far this device is with the neighbours' devices, as a sentence. Never a spinner: what is known is
//! said, with since when.

use noaber_core::id::{DeviceId, MemberId};
use noaber_core::roster::Membership;

use crate::desk::Desk;
use crate::widgets::Tone;

/// One neighbour's devices, seen from here.
enum Contact {
    Level,
    CatchingUp,
    Away(Option<(noaber_core::time::Timestamp, DeviceId)>),
}

/// The sentence, and whether all is well.
pub fn sentence(desk: &Desk<'_>) -> (String, Tone) {
    let words = desk.words;
    if let Some(why) = desk.engine.offline() {
        return (words.tell("sync-offline", &[("detail", why.into())]), Tone::Mind);
    }
    let roster = &desk.circle.roster;
    let others: Vec<(MemberId, Contact)> = roster
        .members
        .iter()
        .filter(|(id, member)| **id != desk.me && member.membership == Membership::Active)
        .map(|(id, member)| (*id, contact(desk, &member.devices)))
        .collect();
    if others.is_empty() {
        return (words.say("sync-alone"), Tone::Quiet);
    }
    let level = others.iter().filter(|(_, contact)| matches!(contact, Contact::Level)).count();
    let catching = others.iter().find(|(_, contact)| matches!(contact, Contact::CatchingUp));
    let mut away: Vec<_> = others
        .iter()
        .filter_map(|(id, contact)| match contact {
            Contact::Away(since) => Some((*since, *id)),
            _ => None,
        })
        .collect();
    away.sort_unstable();
    let mut sentence = if level == others.len() {
        return (words.tell("sync-all", &[("count", level.into())]), Tone::Good);
    } else if level == 0 {
        words.say("sync-none")
    } else {
        words.tell("sync-some", &[("level", level.into()), ("all", others.len().into())])
    };
    if let Some((member, _)) = catching {
        let name = desk.circle.name_of(*member);
        sentence = format!("{sentence} {}", words.tell("sync-catching", &[("name", name.into())]));
    } else if let Some((since, member)) = away.first() {
        sentence = format!("{sentence} {}", not_heard(desk, *since, *member));
    }
    (sentence, if level == 0 { Tone::Quiet } else { Tone::Going })
}

/// Since when somebody was not heard from.
fn not_heard(
    desk: &Desk<'_>,
    since: Option<(noaber_core::time::Timestamp, DeviceId)>,
    member: MemberId,
) -> String {
    let name = desk.circle.name_of(member);
    match since {
        None => desk.words.tell("sync-never", &[("name", name.into())]),
        Some((at, device)) => {
            let device = desk.circle.roster.devices.get(&device).map_or("", |d| &d.name);
            let since = desk.words.since(at, desk.moment());
            desk.words.tell("sync-not-heard", &[("device", device.into()), ("since", since.into())])
        }
    }
}

/// How one neighbour is reached, in a few words.
pub fn of_member(desk: &Desk<'_>, devices: &[DeviceId]) -> (String, Tone) {
    match contact(desk, devices) {
        Contact::Level => (desk.words.say("contact-level"), Tone::Good),
        Contact::CatchingUp => (desk.words.say("contact-catching"), Tone::Going),
        Contact::Away(None) => (desk.words.say("contact-never"), Tone::Quiet),
        Contact::Away(Some((at, _))) => {
            let since = desk.words.since(at, desk.moment());
            (desk.words.tell("contact-away", &[("since", since.into())]), Tone::Quiet)
        }
    }
}

fn contact(desk: &Desk<'_>, devices: &[DeviceId]) -> Contact {
    let peers: Vec<_> = devices
        .iter()
        .filter_map(|device| desk.view.peers.get(&(desk.circle.id, *device)))
        .collect();
    if peers.iter().any(|peer| peer.is_level()) {
        Contact::Level
    } else if peers.is_empty() {
        let heard = desk.engine.heard();
        let seen = devices.iter().filter_map(|device| Some((*heard.get(device)?, *device)));
        Contact::Away(seen.max())
    } else {
        Contact::CatchingUp
    }
}
