//! Asking to be let in, and the door for strangers.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use iroh::EndpointAddr;
use iroh::endpoint::{Connection, IncomingAddr, VarInt};
use noaber_core::Input;
use noaber_core::id::CircleId;
use noaber_core::limits::MAX_JOIN_MESSAGE;
use noaber_core::wire::{Address, Admitter, JoinAnswer, JoinRequest};

use super::dial::Dial;
use super::{CONNECT_TIMEOUT, JOIN_ALPN, JoinResult, Moment, Shared, device_id, endpoint_id, lock};
use crate::node::Node;

/// How long a stranger may take in all.
const PATIENCE: Duration = Duration::from_secs(5);
/// Tries an address has a minute.
const TRIES: usize = 3;
const MINUTE: Duration = Duration::from_mins(1);
/// Addresses that are remembered; beyond it all wait until the minute is over.
const MAX_ADDRESSES: usize = 10_000;

/// Keeps count of those who knock.
#[derive(Default)]
pub(super) struct Strangers {
    tries: Mutex<BTreeMap<String, Vec<Moment>>>,
}

impl Strangers {
    fn may_try(&self, from: &IncomingAddr) -> bool {
        let key = match from {
            // Whoever is on this machine can do worse than guess at invites.
            IncomingAddr::Ip(address) if address.ip().is_loopback() => return true,
            IncomingAddr::Ip(address) => network_of(address.ip()),
            // Whoever comes by a relay has as many names as they like: the relay is what is counted.
            IncomingAddr::Relay { url, .. } => url.to_string(),
            other => format!("{other:?}"),
        };
        let mut tries = lock(&self.tries);
        tries.retain(|_, times| {
            times.retain(|time| time.elapsed() < MINUTE);
            !times.is_empty()
        });
        if tries.len() >= MAX_ADDRESSES {
            return false;
        }
        let times = tries.entry(key).or_default();
        times.push(Moment::now());
        times.len() <= TRIES
    }

    /// Hears one request and answers it.
    pub(super) async fn let_in(&self, node: &Node, connection: &Connection, from: &IncomingAddr) {
        if !self.may_try(from) {
            connection.close(VarInt::from_u32(429), b"");
            return;
        }
        let talk = async {
            let (mut to, mut from) = connection.accept_bi().await.ok()?;
            let request = from.read_to_end(MAX_JOIN_MESSAGE).await.ok()?;
            let answer = node.let_in(device_id(connection.remote_id()), request).await;
            to.write_all(&answer.encode()).await.ok()?;
            to.finish().ok()?;
            // The newcomer closes when it has read the answer.
            connection.closed().await;
            Some(())
        };
        let _ = tokio::time::timeout(PATIENCE, talk).await;
        connection.close(VarInt::from_u32(0), b"");
    }
}

/// Whoever has one IPv6 address usually has 2⁶⁴ of them.
fn network_of(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("{:?}", &ip.segments()[..4]),
    }
}

/// Asks the admitters of a link one after the other until one has an answer that counts.
pub(super) async fn ask(
    shared: Arc<Shared>,
    circle: CircleId,
    admitters: Vec<Admitter>,
    request: JoinRequest,
) {
    shared.joins.send_modify(|joins| _ = joins.remove(&circle));
    let mut result = JoinResult::Unreachable;
    for admitter in admitters {
        let Admitter { device, direct, relays } = admitter;
        let address = Address { direct, relays };
        lock(&shared.book).insert(device, address.clone());
        let saved = address.clone();
        shared.node.write_later(move |store| store.save_peer(device, &saved));
        let view = shared.node.view();
        let Some(answer) = ask_one(&shared, shared.addresses(&view, device), &request).await else {
            continue;
        };
        result = JoinResult::Answered(answer);
        // An admitter who has not heard of the invite yet refuses; another may know it.
        if answer != JoinAnswer::Refused {
            // It answers: whatever failed before is no reason to wait.
            let mut dials = lock(&shared.dials);
            if dials.get(&device).is_some_and(Dial::has_failed) {
                dials.remove(&device);
            }
            break;
        }
    }
    let answer = match result {
        JoinResult::Answered(answer) => answer,
        JoinResult::Unreachable => JoinAnswer::Refused,
    };
    shared.input(Input::JoinAnswered { circle, answer });
    shared.joins.send_modify(|joins| _ = joins.insert(circle, result));
    shared.wake.notify_one();
}

async fn ask_one(
    shared: &Shared,
    address: Option<EndpointAddr>,
    request: &JoinRequest,
) -> Option<JoinAnswer> {
    let address = address.filter(|address| endpoint_id(device_id(address.id)).is_some())?;
    let connect = shared.endpoint.connect(address, JOIN_ALPN);
    let connection = tokio::time::timeout(CONNECT_TIMEOUT, connect).await.ok()?.ok()?;
    let talk = async {
        let (mut to, mut from) = connection.open_bi().await.ok()?;
        to.write_all(&request.encode()).await.ok()?;
        to.finish().ok()?;
        let answer = from.read_to_end(MAX_JOIN_MESSAGE).await.ok()?;
        JoinAnswer::decode(&answer).ok()
    };
    let answer = tokio::time::timeout(PATIENCE, talk).await.ok().flatten();
    connection.close(VarInt::from_u32(0), b"");
    answer
}
