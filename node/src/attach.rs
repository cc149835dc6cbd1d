//! Two programs of one user on one home: the one that has the store, and one beside it.
//!
//! Two processes never open one store. A window on a home whose node runs already becomes a [`Guest`] of
//! that node: over the local socket it is told every entry that the node holds and every new one, folds
//! them in a [`Mirror`](noaber_core::Mirror), and so shows the same view, by the same code, without a
//! lock, a key or a store. What it wants done it asks the node to do.
//!
//! `host` is the side of the node, [`Guest`] the other, `message` what they say to each other. That is
//! Rust's own types in postcard, not a wire format: both sides must be of one version, which is the first
//! thing that they find out.

mod guest;
pub(crate) mod host;
mod message;

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

pub use guest::Guest;

/// Rises whenever anything that is said here changes while the program's version does not.
const PROTOCOL: u16 = 1;
/// The longest message: a photo, with room.
const MAX_MESSAGE: usize = 16 * 1024 * 1024;

/// Who speaks: both sides must be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The program's.
    pub program: String,
    /// Of what is said here.
    pub protocol: u16,
}

impl Version {
    /// This program's.
    pub fn own() -> Self {
        Self { program: env!("CARGO_PKG_VERSION").to_owned(), protocol: PROTOCOL }
    }
}

/// The first thing that a guest says, in JSON like everything else that is said first at this socket.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Greeting {
    /// The guest's.
    pub(crate) attach: Version,
}

/// What the node answers.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Welcome {
    /// The node's; where it is not the guest's, nothing follows.
    pub(crate) version: Version,
}

/// Why a window cannot become a guest.
#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    /// Nobody listens at this home.
    #[error("nobody listens at this home")]
    Nobody,
    /// The node that runs here is of another version.
    #[error(
        "the Noaber that runs on this home is {}, and this one is {ours}: update the older of the two, \
         and start both again",
        theirs.as_deref().map_or("of an older version".to_owned(), |v| format!("version {v}"))
    )]
    Version {
        /// The node's, if it says.
        theirs: Option<String>,
        /// Ours.
        ours: String,
    },
    /// The talk broke off.
    #[error("the Noaber that runs on this home broke off: {0}")]
    Broken(#[from] io::Error),
}

/// Reads one message; none at the end.
async fn read_frame(mut from: impl AsyncRead + Unpin) -> io::Result<Vec<u8>> {
    let length = from.read_u32_le().await? as usize;
    if length > MAX_MESSAGE {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "too long"));
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).await?;
    Ok(bytes)
}

async fn write_frame(mut to: impl AsyncWrite + Unpin, bytes: &[u8]) -> io::Result<()> {
    if bytes.len() > MAX_MESSAGE {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "too long"));
    }
    to.write_u32_le(bytes.len() as u32).await?;
    to.write_all(bytes).await?;
    to.flush().await
}

fn encode(message: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(message).expect("writing to memory does not fail")
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    postcard::from_bytes(bytes).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}
