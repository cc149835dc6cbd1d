//! What programs ask of a node, and what they get: the one road behind command line and socket.
//!
//! `request` is the contract of names and flags, `rows` that of answers. `resolve` finds what people
//! mean, `show` turns the view into rows; the other files do what is asked, one a noun.

mod accounts;
mod asking;
pub(crate) mod backups;
mod bookings;
mod calendars;
mod cars;
mod circles;
mod finding;
mod ledger;
mod listings;
mod messages;
pub(crate) mod notices;
mod peers;
pub mod request;
mod resolve;
pub mod rows;
mod rules;
mod sheets;
mod show;

use noaber_core::time::Timestamp;
use noaber_core::{Command, CommandError, Outcome};
use serde::{Deserialize, Serialize};

use crate::actor::SubmitError;
use crate::feed::{Feed, FeedError};
use crate::home::HomeError;
use crate::ics::Purpose;
use crate::net::{NetError, Network};
use crate::node::Node;
use crate::qr::QrError;
use crate::store::StoreError;
use request::{ExportRequest, ImportRequest, Request};
use rows::{Answer, Refusal};

/// Why something was not done: a word that does not change, and a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// The word.
    pub code: String,
    /// The sentence.
    pub message: String,
    /// All that stands against it and when to ask instead, where rules or other bookings say no.
    #[serde(flatten)]
    pub refusal: Option<Box<Refusal>>,
}

impl Failure {
    /// From a word and a sentence.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), refusal: None }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        HomeError::from(error).into()
    }
}

impl From<HomeError> for Failure {
    fn from(error: HomeError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<NetError> for Failure {
    fn from(error: NetError) -> Self {
        let code = match error {
            NetError::BadRelay { .. } => "bad_value",
            _ => "network",
        };
        Self::new(code, error.to_string())
    }
}

impl From<FeedError> for Failure {
    fn from(error: FeedError) -> Self {
        Self::new(error.code(), error.to_string())
    }
}

impl From<QrError> for Failure {
    fn from(error: QrError) -> Self {
        let code = match error {
            QrError::TooLong => "limit",
            QrError::Save { .. } => "file",
        };
        Self::new(code, error.to_string())
    }
}

/// Who asks, of which node.
pub struct Api<'a> {
    /// The node.
    pub node: &'a Node,
    /// Its network, if it runs one.
    pub network: Option<&'a Network>,
    /// The calendars that it serves, if it does.
    pub feed: Option<&'a Feed>,
    /// Whether the node keeps running after this.
    pub running: bool,
    /// Which circle is meant, where there are several.
    pub circle: Option<String>,
    /// The time, if a test sets it.
    pub now: Option<Timestamp>,
}

impl Api<'_> {
    /// Does what is asked.
    pub async fn execute(&self, request: Request) -> Result<Answer, Failure> {
        match request {
            Request::Whoami => Ok(Answer::Identity(self.whoami()?)),
            Request::Status => Ok(Answer::Status(self.status())),
            Request::Sync { timeout, .. } => self.sync(&timeout).await,
            Request::Circle(request) => self.circle(request).await,
            Request::Invite { expires, qr } => self.invite(&expires, qr).await,
            Request::Join { link, timeout, .. } => self.join(&link, &timeout).await,
            Request::Leave => self.leave().await,
            Request::Member(request) => self.member(&request),
            Request::Item(request) => self.item(request).await,
            Request::Car(request) => self.car(request).await,
            Request::Help(request) => self.help(request).await,
            Request::Listing(request) => self.listing(request).await,
            Request::Ask(request) => self.ask(request).await,
            Request::Wait(wanted) => self.wait(wanted).await,
            Request::Series(request) => self.series(request).await,
            Request::Booking(request) => self.booking(request).await,
            Request::Message(request) => self.message(request).await,
            Request::Money(request) => self.money(request).await,
            Request::Calendar { listing, from, to } => {
                self.calendar(listing.as_deref(), &from, &to)
            }
            Request::Ics { listing, member, feed, out } => {
                let purpose = if feed { Purpose::Feed } else { Purpose::File };
                self.ics(listing.as_deref(), member.as_deref(), purpose, out.as_deref())
            }
            Request::Import(ImportRequest::Items { file }) => self.import_items(file).await,
            Request::Export(ExportRequest::Items { out, separator }) => {
                self.export_items(out.as_deref(), separator)
            }
            Request::Notices { notices, all, read } => self.notices(all, read, &notices).await,
            Request::Backup { file, check: true, .. } => backups::check(file).await,
            Request::Backup { file, overwrite, .. } => self.backup(file, overwrite).await,
            Request::Check => self.check().await,
        }
    }

    fn now(&self) -> Timestamp {
        self.now.unwrap_or_else(|| self.node.now())
    }

    async fn submit(&self, command: Command) -> Result<Outcome, Failure> {
        let submitted = self.node.submit_at(self.now, command).await;
        submitted.map_err(|error| match error {
            SubmitError::Command(error) => self.explain(&error),
            SubmitError::Store(_) => Failure::new("store", error.to_string()),
            SubmitError::Stopped => Failure::new("stopped", error.to_string()),
        })
    }

    /// A rule's answer, with the next times at which it would be allowed, in the circle's zone.
    fn explain(&self, error: &CommandError) -> Failure {
        let mut failure = Failure::new(error.code(), error.to_string());
        if let CommandError::Refused { reasons, next } = error
            && let Ok(circle) = self.chosen_circle()
        {
            let refusal = show::refusal(reasons, next, &resolve::zone(&circle));
            let times = refusal.next.iter().map(|time| format!("{} to {}", time.from, time.to));
            let times: Vec<String> = times.collect();
            if !times.is_empty() {
                let times = times.join(", or ");
                failure.message = format!("{}; the next free time is {times}", failure.message);
            }
            failure.refusal = Some(Box::new(refusal));
        }
        failure
    }

    fn chosen_circle(&self) -> Result<std::sync::Arc<noaber_core::view::CircleView>, Failure> {
        resolve::circle(&self.node.view(), self.circle.as_deref())
    }
}
