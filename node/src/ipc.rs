//! The local socket between the command line and a running node: same user, same machine.
//!
//! One request, one answer, each a JSON value behind its length; or a greeting, after which a window
//! stays (see [`crate::attach`]). The socket file is in the home,
//! which only its user can enter, and has mode 0600 itself.

use std::io;
use std::path::Path;
use std::sync::Arc;

use interprocess::local_socket::tokio::prelude::*;
use interprocess::local_socket::tokio::{Listener, Stream};
use interprocess::local_socket::{GenericFilePath, ListenerOptions};
use noaber_core::time::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::api::Failure;
use crate::api::request::Request;
use crate::api::rows::Answer;
use crate::attach::{Greeting, host};
use crate::clock::Clock;
use crate::service::Service;

/// The largest message: a listing of a very large circle.
const MAX_MESSAGE: usize = 64 * 1024 * 1024;

/// Programs that are answered at a time: whoever has more of them running has another problem.
const MAX_CONNECTIONS: usize = 64;

/// What the command line sends.
#[derive(Debug, Serialize, Deserialize)]
pub struct Envelope {
    /// The time, if a test sets it.
    pub now_ms: Option<i64>,
    /// Which circle is meant.
    pub circle: Option<String>,
    /// What is asked.
    pub request: Request,
}

/// Listens for the command line.
pub struct Socket {
    listener: Listener,
}

impl Socket {
    /// Opens the socket. Only the holder of the home's lock may do this: a file left over by a node
    /// that was killed is replaced.
    pub fn open(path: &Path) -> io::Result<Self> {
        let name = path.to_fs_name::<GenericFilePath>()?;
        let options = ListenerOptions::new().name(name).try_overwrite(true);
        #[cfg(unix)]
        let options = {
            use interprocess::os::unix::local_socket::ListenerOptionsExt;
            options.mode(0o600)
        };
        options.create_tokio().map(|listener| Self { listener })
    }

    /// Answers for ever.
    pub(crate) async fn serve(self, service: Service) {
        let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        let mut conversations = JoinSet::new();
        loop {
            // The system lets others wait until one is done.
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            match self.listener.accept().await {
                Ok(stream) => {
                    let answered = answer(stream, service.clone());
                    conversations.spawn(async move {
                        answered.await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "the local socket could not accept");
                    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                }
            }
            while conversations.try_join_next().is_some() {}
        }
    }
}

async fn answer(mut stream: Stream, service: Service) {
    let first = match read_bytes(&mut stream).await {
        Ok(first) => first,
        Err(error) => return tracing::debug!(%error, "somebody came and said nothing"),
    };
    if let Ok(greeting) = serde_json::from_slice::<Greeting>(&first) {
        return host::receive(stream, &greeting, service).await;
    }
    let result = match serde_json::from_slice::<Envelope>(&first) {
        Ok(envelope) => {
            let may_set = envelope.now_ms.is_none() || Clock::may_be_set();
            if may_set {
                let now = envelope.now_ms.map(Timestamp::from_ms);
                service.execute(envelope.request, envelope.circle, now).await
            } else {
                Err(Failure::new(
                    "not_allowed",
                    "this node was not started with leave to set the clock",
                ))
            }
        }
        Err(error) => {
            let message =
                format!("the running node did not understand ({error}): is it another version?");
            Err(Failure::new("version", message))
        }
    };
    if let Err(error) = write(&mut stream, &result).await {
        tracing::debug!(%error, "whoever asked has gone");
    }
}

/// Asks a running node. `None` if there is none.
pub async fn ask(path: &Path, envelope: &Envelope) -> Option<Result<Answer, Failure>> {
    let name = path.to_fs_name::<GenericFilePath>().ok()?;
    let mut stream = Stream::connect(name).await.ok()?;
    let talk = async {
        write(&mut stream, envelope).await?;
        read::<Result<Answer, Failure>>(&mut stream).await
    };
    Some(talk.await.unwrap_or_else(|error| {
        let message = format!("the running node did not answer ({error}): try again");
        Err(Failure::new("stopped", message))
    }))
}

pub(crate) async fn read<T: DeserializeOwned>(stream: &mut Stream) -> io::Result<T> {
    Ok(serde_json::from_slice(&read_bytes(stream).await?)?)
}

async fn read_bytes(stream: &mut Stream) -> io::Result<Vec<u8>> {
    let length = stream.read_u32_le().await? as usize;
    if length > MAX_MESSAGE {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "too long"));
    }
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

pub(crate) async fn write<T: Serialize>(stream: &mut Stream, message: &T) -> io::Result<()> {
    let bytes = serde_json::to_vec(message)?;
    stream.write_u32_le(bytes.len() as u32).await?;
    stream.write_all(&bytes).await?;
    stream.flush().await
}
