//! `noaber run`: the node in the foreground, until it is told to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::Args;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{Failure, net_options, print_line};
use crate::api::request::NetFlags;
use crate::bell;
use crate::clock::Clock;
use crate::feed::{Feed, FeedError};
use crate::home::Home;
use crate::ipc::Socket;
use crate::net::{NetOptions, Network};
use crate::node::Node;

/// How `noaber run` is to run.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    #[command(flatten)]
    net: NetFlags,
    /// Be a relay for your circles: members behind routers reach each other through this machine
    #[arg(long, value_name = "IP:PORT")]
    serve_relay: Option<SocketAddr>,
    /// Show figures for a monitoring program at http://IP:PORT/metrics
    #[arg(long, value_name = "IP:PORT")]
    metrics: Option<SocketAddr>,
    /// Let calendar programs on this machine subscribe to your bookings, at http://IP:PORT/…; the
    /// full addresses, which are secret, are in the first line and in `noaber status`
    #[arg(long, value_name = "IP:PORT")]
    calendar: Option<SocketAddr>,
    /// Print a line for each new notice, once: for a script that shows them on a screen or sends a mail
    #[arg(long)]
    notices: bool,
}

pub(super) async fn run(home: Home, clock: Clock, args: RunArgs) -> Result<(), Failure> {
    // Asked for before anything starts, so that a stop at any moment is a clean one.
    let stop = stop_signal()?;
    let options = net_options(args.net)?;
    let options = NetOptions { announce: true, serve_relay: args.serve_relay, ..options };
    let socket_path = home.socket_path();
    let node = Node::open(home, clock)?;
    let socket = Socket::open(&socket_path).map_err(|error| {
        Failure::new("file", format!("cannot listen at {}: {error}", socket_path.display()))
    })?;
    let metrics = match args.metrics {
        Some(address) => Some(TcpListener::bind(address).await.map_err(|error| {
            Failure::new("network", format!("cannot show figures at {address}: {error}"))
        })?),
        None => None,
    };
    let feed = match args.calendar {
        Some(address) => Some(Arc::new(Feed::open(&node, address).await?)),
        None => None,
    };
    // Last, for it alone cannot simply be dropped when something else fails.
    let network = Network::start(&node, options).await?;
    let metrics_address = metrics.as_ref().and_then(|listener| listener.local_addr().ok());
    tokio::spawn(socket.serve(node.clone(), network.clone(), feed.clone()));
    if let Some(listener) = metrics {
        tokio::spawn(show_metrics(listener, node.clone(), network.clone()));
    }
    let address = network.address();
    let addresses = [address.direct, address.relays].concat();
    let device = node.device().to_string();
    let mut ready = serde_json::json!({ "ready": true, "device": device, "addresses": addresses });
    // Told for those who left the choice of the port to us.
    if let Some(at) = network.relay_address() {
        ready["relay"] = format!("http://{at}").into();
    }
    if let Some(at) = metrics_address {
        ready["metrics"] = format!("http://{at}/metrics").into();
    }
    if let Some(feed) = &feed {
        ready["calendar"] = feed.urls(&node.view()).into();
    }
    print_line(&ready.to_string())?;
    if args.notices {
        let me = node.member();
        tokio::spawn(bell::ring(node.clone(), move |circle, notice| {
            let row = crate::api::notices::row(circle, me, notice);
            // Whoever listened and went away is not told any more; the node goes on.
            let _ = print_line(&serde_json::json!({ "notice": row }).to_string());
        }));
    }
    let ended = tokio::select! {
        () = stop => Ok(()),
        () = node.ended() => {
            let message = "the store can be used no longer: see what was said before, make room or \
                           mend the disk, and start again; what was acknowledged is saved";
            Err(Failure::new("store", message))
        }
    };
    if let Some(feed) = feed {
        feed.stop();
    }
    network.stop().await;
    node.stop();
    ended
}

impl From<FeedError> for Failure {
    fn from(error: FeedError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).map_err(|error| Failure::new("runtime", error.to_string()));
    let mut interrupt = listen(SignalKind::interrupt())?;
    let mut terminate = listen(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    Ok(async {
        // Without a way to hear of Ctrl-C, the process is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// Answers every request with the figures, in the text form that monitoring programs read
/// (Prometheus exposition format 0.0.4).
async fn show_metrics(listener: TcpListener, node: Node, network: Network) {
    loop {
        let Ok((mut stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let body = metrics(&node, &network);
        let answer = async {
            // One read is enough of any request to answer it.
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await?;
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nConnection: close\r\n";
            let answer = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).await?;
            stream.shutdown().await
        };
        // A reader that hangs does not keep others waiting for ever.
        let _ = tokio::time::timeout(Duration::from_secs(5), answer).await;
    }
}

fn metrics(node: &Node, network: &Network) -> String {
    let view = node.view();
    let mut lines = Vec::new();
    for circle in view.circles.values() {
        lines.push(format!("noaber_entries{{circle=\"{}\"}} {}", circle.id, circle.entries));
        let level = view.peers.iter().filter(|((id, _), peer)| *id == circle.id && peer.is_level());
        lines.push(format!("noaber_peers_level{{circle=\"{}\"}} {}", circle.id, level.count()));
    }
    let traffic = network.traffic();
    for (name, count) in [
        ("noaber_frames_in_total", &traffic.frames_in),
        ("noaber_frames_out_total", &traffic.frames_out),
        ("noaber_bytes_in_total", &traffic.bytes_in),
        ("noaber_bytes_out_total", &traffic.bytes_out),
        ("noaber_entries_out_total", &traffic.entries_out),
        ("noaber_photo_bytes_total", &traffic.photo_bytes),
    ] {
        lines.push(format!("{name} {}", count.load(Ordering::Relaxed)));
    }
    lines.join("\n") + "\n"
}
