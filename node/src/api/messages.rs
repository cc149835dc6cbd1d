//! Messages about listings and bookings.

use jiff::tz::TimeZone;
use noaber_core::id::{CircleId, MessageId};
use noaber_core::message::Message;
use noaber_core::view::CircleView;
use noaber_core::wire::About;
use noaber_core::{Command, Outcome};

use super::circles::gone;
use super::request::{AboutFields, MessageRequest};
use super::rows::{Answer, MessageRow, VersionRow};
use super::{Api, Failure, resolve};

/// How much of a message's history is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    AsItStands,
    AllVersions,
}

impl Api<'_> {
    pub(super) async fn message(&self, request: MessageRequest) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        match request {
            MessageRequest::Send { text, about: AboutFields { listing, booking } } => {
                let about = about(&circle, listing.as_deref(), booking.as_deref())?;
                let about = about.ok_or_else(|| {
                    Failure::new("bad_value", "say about what: --listing, or --booking")
                })?;
                self.say(Command::Say { circle: circle.id, about, text }).await
            }
            MessageRequest::List { listing, booking, history } => {
                let about = about(&circle, listing.as_deref(), booking.as_deref())?;
                let depth = if history { Depth::AllVersions } else { Depth::AsItStands };
                Ok(Answer::Messages(rows(&circle, about, depth)))
            }
            MessageRequest::Edit { message, text } => {
                let message = resolve::message(&circle, &message)?;
                self.say(Command::Reword { circle: circle.id, message, text }).await
            }
        }
    }

    async fn say(&self, command: Command) -> Result<Answer, Failure> {
        match self.submit(command).await? {
            Outcome::Message(circle, message) => self.message_row(circle, message),
            _ => Err(gone()),
        }
    }

    fn message_row(&self, circle: CircleId, message: MessageId) -> Result<Answer, Failure> {
        let view = self.node.view();
        let circle = view.circles.get(&circle).ok_or_else(gone)?;
        let message = circle.messages.one(message).ok_or_else(gone)?;
        Ok(Answer::Message(row(circle, message, Depth::AsItStands, &resolve::zone(circle))))
    }
}

fn about(
    circle: &CircleView,
    listing: Option<&str>,
    booking: Option<&str>,
) -> Result<Option<About>, Failure> {
    match (listing, booking) {
        (Some(listing), _) => Ok(Some(About::Listing(resolve::listing(circle, listing)?.id))),
        (None, Some(booking)) => Ok(Some(About::Booking(resolve::booking(circle, booking)?.id))),
        (None, None) => Ok(None),
    }
}

/// The newest last, as in a conversation.
fn rows(circle: &CircleView, about: Option<About>, depth: Depth) -> Vec<MessageRow> {
    let zone = resolve::zone(circle);
    let show = |message: &Message| row(circle, message, depth, &zone);
    if let Some(about) = about {
        return circle.thread(about).map(show).collect();
    }
    let all = circle.messages.newest().map(|(_, message)| message);
    let mut rows: Vec<_> = all.filter(|message| circle.is_heard(message)).map(show).collect();
    rows.reverse();
    rows
}

fn row(circle: &CircleView, message: &Message, depth: Depth, zone: &TimeZone) -> MessageRow {
    let (kind, about, listing) = match message.about {
        About::Listing(id) => ("listing", id.to_string(), Some(id)),
        About::Booking(id) => {
            ("booking", id.to_string(), circle.bookings.get(&id).map(|booking| booking.listing))
        }
    };
    let listing = listing.and_then(|id| circle.listings.get(&id));
    let versions = message.versions.iter().map(|(place, text)| VersionRow {
        at: resolve::show(place.at(), zone),
        text: text.clone(),
    });
    MessageRow {
        message: message.id.to_string(),
        about,
        about_kind: kind.to_owned(),
        title: listing.map(|listing| listing.general.title.clone()).unwrap_or_default(),
        by: message.by.to_string(),
        by_name: circle.name_of(message.by).to_owned(),
        at: message
            .versions
            .first()
            .map_or_else(String::new, |(place, _)| resolve::show(place.at(), zone)),
        text: message.text().to_owned(),
        edited: message.is_edited(),
        versions: (depth == Depth::AllVersions).then(|| versions.collect()),
    }
}
