//! A relay for circles behind routers: carries what it cannot read, for members of our circles, and for
//! newcomers while an invite is open.

use std::net::SocketAddr;
use std::sync::Arc;

use iroh_relay::server::{Access, AccessControl, ClientRequest, RelayConfig, Server, ServerConfig};
use noaber_core::View;
use tokio::sync::watch;

use super::{NetError, device_id, is_known};
use crate::clock::Clock;

/// A relay that runs.
pub(super) struct Relay {
    server: Server,
}

#[derive(Debug)]
struct OnlyNeighbours {
    views: watch::Receiver<Arc<View>>,
}

impl AccessControl for OnlyNeighbours {
    async fn on_connect(&self, request: &ClientRequest) -> Access {
        let device = device_id(request.endpoint_id());
        let view = Arc::clone(&self.views.borrow());
        // A newcomer with a link of ours must be able to reach us; whoever else comes is not known
        // before they knock, and finds nobody who answers.
        let now = Clock::default().now();
        let is_open = view.circles.values().any(|circle| {
            circle.roster.invites.values().any(|i| i.used_by.is_none() && now < i.expires)
        });
        if device == view.device || is_known(&view, device) || is_open {
            Access::Allow
        } else {
            Access::Deny { reason: None }
        }
    }
}

impl Relay {
    pub(super) async fn serve(
        address: SocketAddr,
        views: watch::Receiver<Arc<View>>,
    ) -> Result<Self, NetError> {
        let mut relay = RelayConfig::new(address);
        relay.access = Arc::new(OnlyNeighbours { views });
        let mut config = ServerConfig::default();
        config.relay = Some(relay);
        let server = Server::spawn(config).await;
        let failed = |detail| NetError::Relay { address, detail };
        server.map(|server| Self { server }).map_err(|error| failed(format!("{error:#}")))
    }

    /// Where it listens; worth asking where any port would do.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        self.server.http_addr()
    }

    pub(super) async fn stop(self) {
        if let Err(error) = self.server.shutdown().await {
            tracing::warn!(%error, "the relay did not stop cleanly");
        }
    }
}
