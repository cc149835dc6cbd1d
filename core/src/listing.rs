//! Listings: what neighbours offer or ask, each an Automerge document.
//!
//! A kind of listing is one file in here: its fields, how they are written and read. What all kinds
//! share (title, photos, owner, keeper) is in this file. Bookings and rules live elsewhere and only
//! read a [`Listing`].

mod car;
mod fields;
mod help;
mod item;
mod rules;
pub mod tariff;
mod tariffs;

use serde::{Deserialize, Serialize};

pub use car::Car;
pub use help::{Help, HelpRhythm, Hours};
pub use item::Item;
pub use tariffs::Tariffs;
pub(crate) use tariffs::to_wire;

use crate::booking::shelf::Stock;
use crate::document::{Document, Origin};
use crate::id::{DeviceId, ListingId, MemberId, PhotoId};
use crate::limits::{MAX_NAME, MAX_PHOTOS, MAX_QUANTITY, MAX_TAGS, MAX_TEXT};
use crate::rules::{BadRules, Repair, Rules};
use crate::time::Timestamp;
use fields::{Reader, Writer};

/// Something that a neighbour offers or asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// Its id, and its document's.
    pub id: ListingId,
    /// Whose it is.
    pub owner: MemberId,
    /// The one device that may confirm bookings of it.
    pub keeper: DeviceId,
    /// Counts the devices that have been keeper; 0 for the first.
    pub term: u32,
    /// When it was first offered.
    pub created_at: Timestamp,
    /// What all kinds have.
    pub general: General,
    /// What its own kind has.
    pub details: Details,
    /// When, how long, how often and by whom it may be used.
    pub rules: Rules,
    /// No longer offered.
    pub retired: bool,
}

/// The fields that all kinds have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct General {
    /// One line.
    pub title: String,
    /// A few sentences.
    pub about: String,
    /// One word to find it by.
    pub category: String,
    /// More words to find it by.
    pub tags: Vec<String>,
    /// How many there are to lend at one time.
    pub quantity: u32,
    /// Whether the keeper confirms by itself when the time is free.
    pub instant: bool,
    /// Photos, the first one on the card.
    pub photos: Vec<PhotoId>,
}

/// The fields of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Details {
    /// Something to lend or give.
    Item(Item),
    /// A car.
    Car(Car),
    /// Help offered.
    HelpOffer(Help),
    /// Help asked.
    HelpAsk(Help),
    /// A kind that this version does not know.
    Newer {
        /// Its name in the newer version.
        kind: String,
    },
}

impl Details {
    /// The name of the kind, as in the command line and in `CreateDocument`.
    pub fn kind(&self) -> &str {
        match self {
            Self::Item(_) => item::KIND,
            Self::Car(_) => car::KIND,
            Self::HelpOffer(_) => help::OFFER,
            Self::HelpAsk(_) => help::ASK,
            Self::Newer { kind } => kind,
        }
    }

    fn read(kind: &str, fields: &Reader<'_>) -> Self {
        match kind {
            item::KIND => Self::Item(Item::read(fields)),
            car::KIND => Self::Car(Car::read(fields)),
            help::OFFER => Self::HelpOffer(Help::read(fields)),
            help::ASK => Self::HelpAsk(Help::read(fields)),
            newer => Self::Newer { kind: newer.to_owned() },
        }
    }

    fn write(&self, fields: &mut Writer<'_, '_>) {
        match self {
            Self::Item(item) => item.write(fields),
            Self::Car(car) => car.write(fields),
            Self::HelpOffer(help) | Self::HelpAsk(help) => help.write(fields),
            Self::Newer { .. } => {}
        }
    }
}

/// A listing as somebody wants it to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What all kinds have.
    pub general: General,
    /// What its kind has.
    pub details: Details,
    /// When, how long, how often and by whom it may be used.
    pub rules: Rules,
    /// No longer offered.
    pub retired: bool,
}

/// A draft cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum BadDraft {
    /// No title.
    #[error("give it a title")]
    NoTitle,
    /// A line that is too long.
    #[error("the title and the category may have at most {MAX_NAME} bytes (about two lines)")]
    LongTitle,
    /// A text that is too long.
    #[error("the text may have at most {MAX_TEXT} bytes (about four pages)")]
    LongText,
    /// None, or more than believable.
    #[error("the quantity must be from 1 to {MAX_QUANTITY}")]
    Quantity,
    /// Too many words to find it by, or too long ones.
    #[error("choose at most {MAX_TAGS} tags, each at most {MAX_NAME} bytes and without a comma")]
    Tags,
    /// Rules that cannot stand.
    #[error(transparent)]
    Rules(#[from] BadRules),
    /// Too many photos.
    #[error("a listing may have at most {MAX_PHOTOS} photos")]
    Photos,
    /// The kind belongs to a newer version.
    #[error("this kind of listing is from a newer Noaber: update to change it")]
    Newer,
}

impl Draft {
    /// Something that is offered without any rules.
    pub fn new(general: General, details: Details) -> Self {
        Self { general, details, rules: Rules::default(), retired: false }
    }

    /// Whether it may become a listing.
    pub fn check(&self) -> Result<(), BadDraft> {
        let General { title, about, category, tags, quantity, photos, .. } = &self.general;
        if title.trim().is_empty() {
            return Err(BadDraft::NoTitle);
        }
        if title.len() > MAX_NAME || category.len() > MAX_NAME {
            return Err(BadDraft::LongTitle);
        }
        if about.len() > MAX_TEXT {
            return Err(BadDraft::LongText);
        }
        if !(1..=MAX_QUANTITY).contains(quantity) {
            return Err(BadDraft::Quantity);
        }
        if photos.len() > MAX_PHOTOS {
            return Err(BadDraft::Photos);
        }
        let is_word = |tag: &String| {
            !tag.trim().is_empty() && tag.len() <= MAX_NAME && !tag.contains([',', '\n'])
        };
        if tags.len() > MAX_TAGS || !tags.iter().all(is_word) {
            return Err(BadDraft::Tags);
        }
        self.rules.check()?;
        match &self.details {
            Details::Newer { .. } => Err(BadDraft::Newer),
            Details::Car(car) => car.check(),
            Details::Item(_) | Details::HelpOffer(_) | Details::HelpAsk(_) => Ok(()),
        }
    }

    /// Writes what differs from `before` into a document.
    pub fn write(
        &self,
        before: Option<&Listing>,
        transaction: &mut automerge::transaction::Transaction<'_>,
    ) {
        let mut fields = Writer::new(transaction);
        let old = before.map(|listing| &listing.general);
        let General { title, about, category, tags, quantity, instant, photos } = &self.general;
        if old.is_none_or(|old| old.title != *title) {
            fields.text("title", title);
        }
        if old.map_or(!about.is_empty(), |old| old.about != *about) {
            fields.text("about", about);
        }
        if old.map_or(!category.is_empty(), |old| old.category != *category) {
            fields.text("category", category);
        }
        if old.map_or(!tags.is_empty(), |old| old.tags != *tags) {
            fields.text("tags", &tags.join(","));
        }
        if old.map_or(*quantity != 1, |old| old.quantity != *quantity) {
            fields.int("quantity", i64::from(*quantity));
        }
        if old.map_or(*instant, |old| old.instant != *instant) {
            fields.flag("instant", *instant);
        }
        if old.map_or(!photos.is_empty(), |old| old.photos != *photos) {
            fields.photos("photos", photos);
        }
        if before.map_or(self.retired, |old| old.retired != self.retired) {
            fields.flag("retired", self.retired);
        }
        rules::write(&self.rules, before.map(|old| &old.rules), &mut fields);
        if before.is_none_or(|old| old.details != self.details) {
            self.details.write(&mut fields);
        }
    }
}

impl Draft {
    /// The same for a new owner: what it is, without what the former owner wanted of others.
    #[must_use]
    pub fn passed_on(mut self) -> Self {
        self.rules = Rules::default();
        if let Details::Item(item) = &mut self.details {
            item.give_away = false;
        }
        self
    }

    /// As bytes, for a snapshot. `None` for what a newer program would read otherwise.
    pub(crate) fn pack(&self) -> Option<Vec<u8>> {
        let is_newer = matches!(self.details, Details::Newer { .. });
        if is_newer { None } else { postcard::to_allocvec(self).ok() }
    }

    /// From the bytes of [`Draft::pack`].
    pub(crate) fn unpack(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

impl Listing {
    /// Reads a listing from its document. Total: whatever a malicious owner wrote reads as something.
    ///
    /// Whoever changes what a document reads as makes the snapshots of earlier programs invalid: see
    /// `document::snapshot`.
    pub fn read(id: ListingId, document: &Document) -> Self {
        let loaded = document.load();
        let fields = Reader::new(&loaded);
        let origin = document.origin();
        let quantity = fields.int("quantity").and_then(|q| u32::try_from(q).ok());
        let general = General {
            title: fields.text("title", MAX_NAME),
            about: fields.text("about", MAX_TEXT),
            category: fields.text("category", MAX_NAME),
            tags: tags(&fields.text("tags", MAX_TEXT)),
            quantity: quantity.unwrap_or(1).clamp(1, MAX_QUANTITY),
            instant: fields.flag("instant"),
            photos: fields.photos("photos"),
        };
        let details = Details::read(&origin.kind, &fields);
        let (rules, retired) = (rules::read(&fields), fields.flag("retired"));
        Self::of(id, origin, Draft { general, details, rules, retired })
    }

    /// What a draft and the way a document came to be make together.
    pub(crate) fn of(id: ListingId, origin: &Origin, draft: Draft) -> Self {
        let Draft { general, details, rules, retired } = draft;
        Self {
            id,
            owner: origin.member,
            keeper: origin.device,
            term: 0,
            created_at: origin.at,
            general,
            details,
            rules,
            retired,
        }
    }

    /// The same listing as a draft, to be edited.
    pub fn to_draft(&self) -> Draft {
        Draft {
            general: self.general.clone(),
            details: self.details.clone(),
            rules: self.rules.clone(),
            retired: self.retired,
        }
    }

    /// Whether it is help, offered or asked: nothing changes hands then.
    pub fn is_help(&self) -> bool {
        matches!(self.details, Details::HelpOffer(_) | Details::HelpAsk(_))
    }

    /// What there is of it, and when none of it can be used.
    pub fn stock(&self) -> Stock {
        let repair = self.rules.repair.as_ref().and_then(Repair::interval);
        Stock { quantity: self.general.quantity, repair }
    }
}

fn tags(text: &str) -> Vec<String> {
    let words = text.split(',').map(str::trim).filter(|tag| !tag.is_empty());
    words.take(MAX_TAGS).map(ToOwned::to_owned).collect()
}
