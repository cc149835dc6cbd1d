//! `noaber run`: the node in the foreground, until it is told to stop.

use std::net::SocketAddr;

use clap::Args;
use tokio::net::TcpListener;

use super::{Failure, net_options, print_line};
use crate::access::Access;
use crate::api::request::NetFlags;
use crate::bell;
use crate::clock::Clock;
use crate::home::Home;
use crate::net::NetOptions;
use crate::service::Service;

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
    let options = net_options(args.net.clone())?;
    let options = NetOptions { announce: true, serve_relay: args.serve_relay, ..options };
    let service = Service::open(home, clock.clone()).await?;
    let ended = match begin(&service, &clock, options, &args).await {
        Ok(()) => go_on(&service, stop).await,
        Err(failure) => Err(failure),
    };
    service.stop().await;
    ended
}

/// Starts all that was asked for, and says when it is ready.
async fn begin(
    service: &Service,
    clock: &Clock,
    options: NetOptions,
    args: &RunArgs,
) -> Result<(), Failure> {
    let metrics = match args.metrics {
        Some(address) => Some(TcpListener::bind(address).await.map_err(|error| {
            Failure::new("network", format!("cannot show figures at {address}: {error}"))
        })?),
        None => None,
    };
    service.set_calendar(args.calendar).await?;
    service.set_network(options).await?;
    service.listen()?;
    let device = service.node().device().to_string();
    let mut ready = serde_json::json!({ "ready": true, "device": device, "addresses": [] });
    if let Some(network) = service.network() {
        let address = network.address();
        ready["addresses"] = [address.direct, address.relays].concat().into();
        // Told for those who left the choice of the port to us.
        if let Some(at) = network.relay_address() {
            ready["relay"] = format!("http://{at}").into();
        }
    }
    if let Some(listener) = metrics {
        if let Ok(at) = listener.local_addr() {
            ready["metrics"] = format!("http://{at}/metrics").into();
        }
        service.show_metrics(listener);
    }
    if let Some(calendars) = service.reached().calendars {
        ready["calendar"] = calendars.into();
    }
    print_line(&ready.to_string())?;
    if args.notices {
        let me = service.node().member();
        let access = Access::Own(service.clone());
        tokio::spawn(bell::ring(access, clock.clone(), move |circle, notice| {
            let row = crate::api::notices::row(circle, me, notice);
            // Whoever listened and went away is not told any more; the node goes on.
            let _ = print_line(&serde_json::json!({ "notice": row }).to_string());
        }));
    }
    Ok(())
}

/// Until somebody says stop.
async fn go_on(service: &Service, stop: impl Future<Output = ()>) -> Result<(), Failure> {
    tokio::select! {
        () = stop => Ok(()),
        () = service.node().ended() => {
            let message = "the store can be used no longer: see what was said before, make room or \
                           mend the disk, and start again; what was acknowledged is saved";
            Err(Failure::new("store", message))
        }
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
