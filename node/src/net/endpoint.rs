//! The endpoint: where it listens, which relays it uses, and where it can be reached.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use iroh::endpoint::{IdleTimeout, QuicTransportConfig, VarInt, presets};
use iroh::{Endpoint, RelayConfig, RelayMap, RelayMode, SecretKey};
use iroh_mdns_address_lookup::MdnsAddressLookup;
use noaber_core::limits::{MAX_ADDRESSES, MAX_FRAME};
use noaber_core::wire::Address;

use super::{JOIN_ALPN, NetError, NetOptions, SYNC_ALPN};
use crate::node::Node;

/// A link without a sign of life is dead after this.
const IDLE_TIMEOUT_MS: u32 = 15_000;
/// Devices on the local network ask for each other this often, one for all of them. Only a device whose
/// address has changed waits for that; asking more often is what a window at rest would spend most on.
const LAN_CADENCE: Duration = Duration::from_secs(30);
/// A sign of life is sent this often.
const KEEP_ALIVE: Duration = Duration::from_secs(4);

/// Binds the endpoint, on the port of last time where that is free.
pub(super) async fn bind(node: &Node, options: &NetOptions) -> Result<Endpoint, NetError> {
    let last_port = node.read(|store| store.setting("port")).ok().flatten();
    let last_port: Option<u16> = last_port.and_then(|port| port.parse().ok());
    let endpoint = match last_port.and_then(|port| as_last_time(&options.bind, port)) {
        Some(same) => match bind_at(node, options, &same).await {
            Ok(endpoint) => endpoint,
            Err(_) => bind_at(node, options, &options.bind).await?,
        },
        None => bind_at(node, options, &options.bind).await?,
    };
    if options.announce
        && let Some(socket) = endpoint.bound_sockets().iter().find(|socket| socket.is_ipv4())
    {
        let port = socket.port().to_string();
        node.write_later(move |store| store.set("port", &port));
    }
    Ok(endpoint)
}

/// The addresses to listen at with the port of last time where any port will do, so that what others
/// remember of us stays true; `None` where every port is given.
fn as_last_time(bind: &[SocketAddr], port: u16) -> Option<Vec<SocketAddr>> {
    if bind.is_empty() {
        return Some(vec![SocketAddr::from(([0, 0, 0, 0], port))]);
    }
    let same = |at: &SocketAddr| if at.port() == 0 { SocketAddr::new(at.ip(), port) } else { *at };
    bind.iter().any(|at| at.port() == 0).then(|| bind.iter().map(same).collect())
}

async fn bind_at(
    node: &Node,
    options: &NetOptions,
    bind: &[SocketAddr],
) -> Result<Endpoint, NetError> {
    let relay_mode = if options.relays.is_empty() {
        RelayMode::Disabled
    } else {
        let map = RelayMap::empty();
        for url in &options.relays {
            map.insert(url.clone(), Arc::new(RelayConfig::from(url.clone())));
        }
        RelayMode::Custom(map)
    };
    let timeout = IdleTimeout::from(VarInt::from_u32(IDLE_TIMEOUT_MS));
    let transport = QuicTransportConfig::builder()
        .max_concurrent_bidi_streams(VarInt::from_u32(16))
        .max_concurrent_uni_streams(VarInt::from_u32(0))
        .max_idle_timeout(Some(timeout))
        .keep_alive_interval(KEEP_ALIVE)
        .receive_window(VarInt::from_u32(8 * MAX_FRAME as u32))
        .build();
    let mut builder = Endpoint::builder(presets::Minimal)
        .secret_key(SecretKey::from_bytes(node.device_secret()))
        .alpns(vec![SYNC_ALPN.to_vec(), JOIN_ALPN.to_vec()])
        .transport_config(transport)
        .relay_mode(relay_mode);
    if options.lan {
        let lookup = MdnsAddressLookup::builder().service_name("noaber");
        builder = builder.address_lookup(lookup.discovery_cadence(LAN_CADENCE));
    }
    if !bind.is_empty() {
        builder = builder.clear_ip_transports();
    }
    let shown = || bind.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let failed = |detail: String| NetError::Bind { address: shown(), detail };
    for address in bind {
        builder = builder.bind_addr(*address).map_err(|error| failed(error.to_string()))?;
    }
    builder.bind().await.map_err(|error| failed(format!("{error:#}")))
}

/// Where an endpoint can be reached, as far as it knows.
pub(super) fn address_of(endpoint: &Endpoint) -> Address {
    let here = endpoint.addr();
    let bound = endpoint.bound_sockets();
    let specific = bound.iter().filter(|socket| !socket.ip().is_unspecified()).copied();
    let mut direct: Vec<SocketAddr> = here.ip_addrs().copied().chain(specific).collect();
    direct.sort_unstable();
    direct.dedup();
    let direct = direct.iter().take(MAX_ADDRESSES).map(ToString::to_string).collect();
    let relays = here.relay_urls().take(MAX_ADDRESSES).map(ToString::to_string).collect();
    Address { direct, relays }
}
