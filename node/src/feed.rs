//! Calendars that other programs subscribe to: a small HTTP server for this machine only.
//!
//! It is read without encryption and without a password, so it listens on a loopback address only,
//! and every path begins with a token that nobody can guess. It reads the view and changes nothing.
//! What a calendar says is the business of [`crate::ics`]; `page` finds which one a path means.

mod page;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use noaber_core::View;
use noaber_core::view::CircleView;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::actor::SubmitError;
use crate::node::Node;
use crate::store::StoreError;

/// Connections at one time: a household's calendar programs and some room. Others wait.
const MAX_CONNECTIONS: usize = 16;
/// A request and its answer must be done in this; programs on one machine need milliseconds.
const REQUEST_TIME: Duration = Duration::from_secs(5);
/// Bytes of a request's head: a path of ours has some 150.
const MAX_HEAD_BYTES: usize = 8 * 1024;
/// Header lines of a request.
const MAX_HEADERS: usize = 64;
/// Where the store keeps the token: subscriptions must survive a restart.
const TOKEN: &str = "calendar_token";
/// Where the store keeps the port of last time.
const PORT: &str = "calendar_port";

/// Why calendars cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// Others could reach it.
    #[error(
        "calendars are served to programs on this machine only, for they travel without encryption \
         and whoever sees the address can read them: use --calendar 127.0.0.1:{port} instead of \
         {at}; on other devices, import a file made by `noaber ics --out FILE`",
        port = .0.port(),
        at = .0.ip()
    )]
    NotLoopback(SocketAddr),
    /// Somebody else listens there, or may not.
    #[error("cannot serve calendars at {address}: {error}")]
    Bind {
        /// Where.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// The token could not be read.
    #[error(transparent)]
    Read(#[from] StoreError),
    /// The token could not be kept.
    #[error("the address of the calendars could not be kept: {0}")]
    Keep(SubmitError),
}

impl FeedError {
    /// The word by which programs know this error; it does not change.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotLoopback(_) => "bad_value",
            Self::Bind { .. } => "network",
            Self::Read(_) | Self::Keep(_) => "store",
        }
    }
}

/// 128 random bits that stand before every path, in hexadecimal.
#[derive(Clone)]
struct Token(String);

impl Token {
    fn new() -> Self {
        let mut bytes = [0; 16];
        rand::Rng::fill_bytes(&mut rand::rng(), &mut bytes);
        Self(data_encoding::HEXLOWER.encode(&bytes))
    }

    /// In a time that does not tell how much of it was right: hashes are compared, and the comparison
    /// of these takes the same time for all.
    fn is(&self, text: &str) -> bool {
        blake3::hash(self.0.as_bytes()) == blake3::hash(text.as_bytes())
    }
}

/// A server of calendars; it ends when dropped.
pub struct Feed {
    address: SocketAddr,
    token: Token,
    server: Mutex<JoinSet<()>>,
}

impl Feed {
    /// Serves the node's calendars at a loopback address; where the port is 0, at the port of last
    /// time if that is free.
    pub async fn open(node: &Node, address: SocketAddr) -> Result<Self, FeedError> {
        if !address.ip().to_canonical().is_loopback() {
            return Err(FeedError::NotLoopback(address));
        }
        let listener = listen(node, address).await?;
        let address = listener.local_addr().map_err(|error| FeedError::Bind { address, error })?;
        let token = token(node).await?;
        node.write_later(move |store| store.set(PORT, &address.port().to_string()));
        let mut server = JoinSet::new();
        server.spawn(serve(listener, node.clone(), token.clone()));
        Ok(Self { address, token, server: Mutex::new(server) })
    }

    /// Where the calendar of each circle is.
    pub fn urls(&self, view: &View) -> Vec<String> {
        let circles = view.circles.values().filter(|circle| circle.entries > 0);
        circles.map(|circle| self.url(circle)).collect()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Breaks off whatever is under way; then nobody can connect any more, and the port is free.
    pub async fn stop(&self) {
        let server = || self.server.lock().unwrap_or_else(PoisonError::into_inner);
        let mut server = std::mem::take(&mut *server());
        // The connections are the server's, and end with it.
        server.shutdown().await;
    }

    fn url(&self, circle: &CircleView) -> String {
        format!("http://{}/{}/{}.ics", self.address, self.token.0, page::name_of(circle))
    }
}

async fn listen(node: &Node, address: SocketAddr) -> Result<TcpListener, FeedError> {
    if address.port() == 0 {
        let last = node.read(|store| store.setting(PORT))?;
        let last = last.and_then(|port| port.parse().ok());
        if let Some(port) = last
            && let Ok(listener) = TcpListener::bind(SocketAddr::new(address.ip(), port)).await
        {
            return Ok(listener);
        }
    }
    TcpListener::bind(address).await.map_err(|error| FeedError::Bind { address, error })
}

async fn token(node: &Node) -> Result<Token, FeedError> {
    if let Some(kept) = node.read(|store| store.setting(TOKEN))? {
        return Ok(Token(kept));
    }
    let token = Token::new();
    let text = token.0.clone();
    node.write(move |store| store.set(TOKEN, &text)).await.map_err(FeedError::Keep)?;
    Ok(token)
}

async fn serve(listener: TcpListener, node: Node, token: Token) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        // The system lets others wait until one is done; none takes longer than a request may.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "the calendar server could not accept");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        while connections.try_join_next().is_some() {}
        let (node, token) = (node.clone(), token.clone());
        connections.spawn(async move {
            // Whoever is too slow is let go of without a word.
            let _ = tokio::time::timeout(REQUEST_TIME, converse(stream, node, token)).await;
            drop(place);
        });
    }
}

/// One request, one answer.
async fn converse(stream: TcpStream, node: Node, token: Token) {
    let service = service_fn(|request: Request<Incoming>| {
        let answer = answer(&node, &token, &request);
        std::future::ready(Ok::<_, Infallible>(answer))
    });
    let done = http1::Builder::new()
        .keep_alive(false)
        .max_headers(MAX_HEADERS)
        .max_buf_size(MAX_HEAD_BYTES)
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST_TIME)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = done {
        tracing::debug!(%error, "a calendar program broke off");
    }
}

fn answer(node: &Node, token: &Token, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refusal = empty(StatusCode::METHOD_NOT_ALLOWED);
        refusal.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refusal;
    }
    let path = request.uri().path().strip_prefix('/');
    let page = path.and_then(|path| path.split_once('/')).filter(|(given, _)| token.is(given));
    let calendar = page.and_then(|(_, page)| page::find(&node.view(), page, node.now()));
    // A wrong token and a page that is not there are answered alike.
    let Some(calendar) = calendar else { return empty(StatusCode::NOT_FOUND) };
    let hash = blake3::hash(calendar.text.as_bytes()).to_hex();
    let tag = format!("\"{}\"", &hash[..32]);
    let is_known = request.headers().get_all(header::IF_NONE_MATCH).iter().any(|known| {
        known.to_str().is_ok_and(|known| {
            known
                .split(',')
                .map(str::trim)
                .any(|one| one == "*" || one.trim_start_matches("W/") == tag)
        })
    });
    let mut answer = if is_known {
        empty(StatusCode::NOT_MODIFIED)
    } else {
        let mut whole = Response::new(Full::from(calendar.text));
        let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
        whole.headers_mut().insert(header::CONTENT_TYPE, kind);
        whole
    };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    answer
}

/// An answer that is only a status.
fn empty(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}
