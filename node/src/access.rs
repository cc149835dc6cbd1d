//! What a window has of a node: one face, whether the node runs in this process or in another.
//!
//! Whoever finds the home free opens it and serves others; whoever does not becomes the guest of the one
//! that has it. Nothing above this knows the difference, but for [`Access::is_guest`].

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use noaber_core::id::{CircleId, DeviceId, NoticeId, PhotoId};
use noaber_core::time::Timestamp;
use noaber_core::wire::Address;
use noaber_core::{Command, Outcome, View};
use tokio::sync::watch;
use tokio::time::Instant;

use crate::actor::SubmitError;
use crate::api::Failure;
use crate::api::request::Request;
use crate::api::rows::Answer;
use crate::attach::{AttachError, Guest};
use crate::backup::{self, BackupError, Made, Overwrite};
use crate::clock::Clock;
use crate::home::{Home, HomeError};
use crate::net::JoinResult;
use crate::service::{NetChoice, Reached, Service};
use crate::store::Store;

/// A node that is just starting holds the lock before it listens, and a command holds it until it is
/// done; they get this long.
const OTHERS_FINISH: Duration = Duration::from_secs(10);
/// How often it is tried again.
const TRY_AGAIN: Duration = Duration::from_millis(50);

/// Why a home cannot be used from here.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// It cannot be opened; where somebody else has it, that one does not answer.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// Somebody else has it and is not understood.
    #[error(transparent)]
    Attach(#[from] AttachError),
}

/// A node, here or elsewhere. Clones are the same.
#[derive(Clone)]
pub enum Access {
    /// It runs in this process.
    Own(Service),
    /// It runs in another.
    Guest(Guest),
}

impl Access {
    /// Opens a home, or becomes the guest of whoever has it. Where somebody has just left it, they get
    /// `grace` to come back first: a home server that is started anew must find its home free.
    ///
    /// A node of our own has no network yet, and answers nobody.
    pub async fn open(home: &Home, clock: &Clock, grace: Duration) -> Result<Self, AccessError> {
        let start = Instant::now();
        loop {
            let is_free = start.elapsed() >= grace;
            let locked = if is_free {
                match Service::open(home.clone(), clock.clone()).await {
                    Ok(service) => return Ok(Self::Own(service)),
                    Err(error @ HomeError::Locked { .. }) => Some(error),
                    Err(error) => return Err(error.into()),
                }
            } else {
                None
            };
            match Guest::attach(home).await {
                Ok(guest) => return Ok(Self::Guest(guest)),
                // It stopped while we came in.
                Err(AttachError::Nobody | AttachError::Broken(_)) => {}
                Err(error) => return Err(error.into()),
            }
            match locked {
                Some(error) if start.elapsed() >= grace + OTHERS_FINISH => return Err(error.into()),
                _ => tokio::time::sleep(TRY_AGAIN).await,
            }
        }
    }

    /// Whether the node runs in another process.
    pub fn is_guest(&self) -> bool {
        matches!(self, Self::Guest(_))
    }

    /// What is known now.
    pub fn view(&self) -> Arc<View> {
        match self {
            Self::Own(service) => service.node().view(),
            Self::Guest(guest) => guest.view(),
        }
    }

    /// Follows what is known; ends when the node has ended.
    pub fn watch(&self) -> watch::Receiver<Arc<View>> {
        match self {
            Self::Own(service) => service.node().watch(),
            Self::Guest(guest) => guest.watch(),
        }
    }

    /// How the node is reached now.
    pub fn reached(&self) -> Reached {
        match self {
            Self::Own(service) => service.reached(),
            Self::Guest(guest) => guest.reached(),
        }
    }

    /// Returns when [`Access::reached`] may have changed since the last call; never, when the node has
    /// ended.
    pub fn watch_reach(&self) -> Reach {
        match self {
            Self::Own(service) => Reach::Own(service.watch_reach()),
            Self::Guest(guest) => Reach::Guest(guest.watch_reach()),
        }
    }

    /// Does what a user wants; returns once it is durable.
    pub async fn submit(&self, command: Command) -> Result<Outcome, SubmitError> {
        match self {
            Self::Own(service) => service.node().submit(command).await,
            Self::Guest(guest) => guest.submit(command).await,
        }
    }

    /// A photo, if it is there.
    pub async fn photo(&self, id: PhotoId) -> Option<Vec<u8>> {
        match self {
            Self::Own(service) => service.read(move |store| store.photo(id)).await.ok()?,
            Self::Guest(guest) => guest.photo(id).await,
        }
    }

    /// Keeps a photo that was prepared, and says how it is called.
    pub async fn keep_photo(&self, bytes: Vec<u8>) -> Result<PhotoId, SubmitError> {
        let id = PhotoId::from_bytes(*blake3::hash(&bytes).as_bytes());
        match self {
            Self::Own(service) => {
                service.node().write(move |store| store.put_photo(id, &bytes)).await?;
            }
            Self::Guest(guest) => guest.keep_photo(id, bytes).await?,
        }
        Ok(id)
    }

    /// Something that was kept under a name.
    pub async fn setting(&self, name: &'static str) -> Option<String> {
        match self {
            Self::Own(service) => service.read(|store| store.setting(name)).await.ok()?,
            Self::Guest(guest) => guest.setting(name).await,
        }
    }

    /// Keeps something under a name.
    pub async fn set(&self, name: &'static str, value: String) -> Result<(), SubmitError> {
        match self {
            Self::Own(service) => service.node().write(move |s| s.set(name, &value)).await,
            Self::Guest(guest) => guest.set(name.to_owned(), value).await,
        }
    }

    /// When other devices were last connected.
    pub async fn heard(&self) -> Vec<(DeviceId, Timestamp)> {
        match self {
            Self::Own(service) => service.heard().await,
            Self::Guest(guest) => guest.heard().await,
        }
    }

    /// Where the node can be reached, as far as it knows.
    pub async fn address(&self) -> Address {
        match self {
            Self::Own(service) => service.address(),
            Self::Guest(guest) => guest.address().await,
        }
    }

    /// Forgets how asking to join a circle went the last time.
    pub async fn forget_join(&self, circle: CircleId) {
        match self {
            Self::Own(service) => service.forget_join(circle),
            Self::Guest(guest) => guest.forget_join(circle).await,
        }
    }

    /// How asking to join a circle goes, once that is known.
    pub async fn joined(&self, circle: CircleId) -> JoinResult {
        match self {
            Self::Own(service) => service.joined(circle).await,
            Self::Guest(guest) => guest.joined(circle).await,
        }
    }

    /// See [`Service::choose_network`].
    pub async fn choose_network(&self, choice: NetChoice) -> Result<(), Failure> {
        match self {
            Self::Own(service) => service.choose_network(choice).await.map_err(Failure::from),
            Self::Guest(guest) => guest.choose_network(choice).await,
        }
    }

    /// See [`Service::choose_calendar`].
    pub async fn choose_calendar(&self, address: Option<SocketAddr>) -> Result<(), Failure> {
        match self {
            Self::Own(service) => service.choose_calendar(address).await.map_err(Failure::from),
            Self::Guest(guest) => guest.choose_calendar(address).await,
        }
    }

    /// Asks what the command line asks.
    pub async fn execute(&self, request: Request) -> Result<Answer, Failure> {
        match self {
            Self::Own(service) => service.execute(request, None, None).await,
            Self::Guest(guest) => guest.execute(request).await,
        }
    }

    /// As [`Access::set`], when nobody waits for it. It is kept even if this is stopped next.
    pub fn set_later(&self, name: &'static str, value: String) {
        match self {
            Self::Own(service) => service.node().write_later(move |store| store.set(name, &value)),
            Self::Guest(guest) => guest.set_later(name.to_owned(), value),
        }
    }

    /// Makes a backup; a file that is there is written over. `progress` is told how much is done, from 0
    /// to 1, where the node is in this program.
    pub async fn make_backup(
        &self,
        file: PathBuf,
        mut progress: impl FnMut(f32) + Send + 'static,
    ) -> Result<Made, BackupError> {
        match self {
            Self::Own(service) => {
                let (node, path) = (service.node().clone(), file.clone());
                let make = move || backup::make(&node, &path, Overwrite::Yes, &mut progress);
                let made = tokio::task::spawn_blocking(make).await;
                made.map_err(|error| BackupError::File { path: file, error: error.into() })?
            }
            Self::Guest(guest) => {
                let elsewhere = |failure: Failure| {
                    let Failure { code, message, .. } = failure;
                    BackupError::Elsewhere { code, message }
                };
                let request = Request::Backup { file, overwrite: true, check: false };
                guest.execute(request).await.map_err(elsewhere)?;
                // The node has noted what it made.
                let gone = || elsewhere(Failure::new("stopped", "nothing is known of the backup"));
                self.last_backup().await.ok_or_else(gone)
            }
        }
    }

    /// The last backup of this home that went well, if there was one.
    pub async fn last_backup(&self) -> Option<Made> {
        serde_json::from_str(&self.setting(backup::LAST).await?).ok()
    }

    /// What this device has rung for.
    pub(crate) async fn rung(&self) -> Option<BTreeSet<(CircleId, NoticeId)>> {
        match self {
            Self::Own(service) => service.read(Store::rung).await.ok(),
            Self::Guest(guest) => guest.rung().await,
        }
    }

    /// Notes that these were rung for.
    pub(crate) fn put_rung(&self, circle: CircleId, notices: Vec<NoticeId>, now: Timestamp) {
        match self {
            Self::Own(service) => {
                service.node().write_later(move |store| store.put_rung(circle, &notices, now));
            }
            Self::Guest(guest) => guest.put_rung(circle, notices, now),
        }
    }

    /// Ends a node of our own; from another's, we just go, when it has taken what was handed in.
    pub async fn stop(&self) {
        match self {
            Self::Own(service) => service.stop().await,
            Self::Guest(guest) => guest.leave().await,
        }
    }
}

/// Follows how a node is reached.
pub enum Reach {
    /// A node of our own.
    Own(watch::Receiver<()>),
    /// Another's.
    Guest(watch::Receiver<Reached>),
}

impl Reach {
    /// Returns when something has changed; an error when the node has ended.
    pub async fn changed(&mut self) -> Result<(), watch::error::RecvError> {
        match self {
            Self::Own(reach) => reach.changed().await,
            Self::Guest(reach) => reach.changed().await,
        }
    }
}
