//! Offering and changing listings; finding them is in [`super::finding`].

use std::path::{Path, PathBuf};
use std::str::FromStr;

use noaber_core::id::{CircleId, ListingId, PhotoId};
use noaber_core::listing::{Details, Draft, General, Help, HelpRhythm, Hours, Item, Listing};
use noaber_core::view::CircleView;
use noaber_core::{Command, Outcome};

use super::cars::changed_car;
use super::circles::gone;
use super::finding::{self, Offered};
use super::request::{CarFields, Described, HelpFields, HelpRequest, ItemRequest, ListingRequest};
use super::rows::{Answer, ListingRow, PhotosRow};
use super::{Api, Failure, resolve, show};
use crate::photo;

impl Api<'_> {
    pub(super) async fn item(&self, request: ItemRequest) -> Result<Answer, Failure> {
        let ItemRequest::Add { title, described, quantity, instant, give_away } = request;
        let details = Details::Item(Item { give_away });
        self.offer(title, described, quantity, instant, details).await
    }

    pub(super) async fn help(&self, request: HelpRequest) -> Result<Answer, Failure> {
        match request {
            HelpRequest::Offer { title, described, help } => {
                let people = help.people;
                let details = Details::HelpOffer(read_help(help)?);
                self.offer(title, described, people, false, details).await
            }
            HelpRequest::Ask { title, described, help } => {
                let people = help.people;
                let details = Details::HelpAsk(read_help(help)?);
                self.offer(title, described, people, false, details).await
            }
        }
    }

    pub(super) async fn offer(
        &self,
        title: String,
        described: Described,
        quantity: u32,
        instant: bool,
        details: Details,
    ) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?.id;
        let Described { about, category, tags, photos } = described;
        let general = General {
            title,
            about: about.unwrap_or_default(),
            category: category.unwrap_or_default(),
            tags,
            quantity,
            instant,
            photos: Vec::new(),
        };
        let mut draft = Draft::new(general, details);
        // What is wrong with the words is said before photos are worked on.
        draft.check().map_err(|error| self.explain(&error.into()))?;
        draft.general.photos = self.take_in(photos).await?;
        self.save(Command::Offer { circle, draft }).await
    }

    pub(super) async fn save(&self, command: Command) -> Result<Answer, Failure> {
        match self.submit(command).await? {
            Outcome::Listing(circle, listing) => self.listing_row(circle, listing),
            _ => Err(gone()),
        }
    }

    pub(super) fn listing_row(
        &self,
        circle: CircleId,
        listing: ListingId,
    ) -> Result<Answer, Failure> {
        let view = self.node.view();
        let circle = view.circles.get(&circle).ok_or_else(gone)?;
        let listing = circle.listings.get(&listing).ok_or_else(gone)?;
        Ok(Answer::Listing(Box::new(self.full_row(circle, listing))))
    }

    /// A listing with its rules.
    pub(super) fn full_row(&self, circle: &CircleView, listing: &Listing) -> ListingRow {
        show::ruled(circle, listing, self.row(circle, listing))
    }

    fn row(&self, circle: &CircleView, listing: &Listing) -> ListingRow {
        let has = |photo| self.node.read(|store| store.has_photo(photo)).unwrap_or(false);
        show::listing(circle, listing, self.now(), has)
    }

    /// Reads, checks, cleans and keeps photos; nothing is listed before its photos are durable.
    pub(super) async fn take_in(&self, files: Vec<PathBuf>) -> Result<Vec<PhotoId>, Failure> {
        let mut ids = Vec::new();
        for file in files {
            let prepared = tokio::task::spawn_blocking(move || prepare(&file)).await;
            let bytes = prepared.map_err(|error| Failure::new("photo", error.to_string()))??;
            let id = PhotoId::from_bytes(*blake3::hash(&bytes).as_bytes());
            let written = self.node.write(move |store| store.put_photo(id, &bytes)).await;
            written.map_err(|error| Failure::new("store", error.to_string()))?;
            ids.push(id);
        }
        Ok(ids)
    }

    pub(super) async fn listing(&self, request: ListingRequest) -> Result<Answer, Failure> {
        let circle = self.chosen_circle()?;
        match request {
            ListingRequest::List { kind, search, free, quantity, retired } => {
                let free = free.map(|text| finding::stretch(&circle, &text)).transpose()?;
                let shelf = if retired { Offered::AndFormerly } else { Offered::Only };
                let wanted = finding::Wanted { kind, words: search, free, quantity, shelf };
                let found = self.find(&circle, wanted).await?;
                Ok(Answer::Listings(found.iter().map(|l| self.row(&circle, l)).collect()))
            }
            ListingRequest::Show { listing } => {
                let listing = resolve::listing(&circle, &listing)?;
                Ok(Answer::Listing(Box::new(self.full_row(&circle, &listing))))
            }
            ListingRequest::Rule { listing, rules } => self.rule(&listing, *rules).await,
            ListingRequest::Give { listing, to } => {
                let listing = resolve::listing(&circle, &listing)?.id;
                let to = resolve::member(&circle, &to)?;
                self.save(Command::Give { circle: circle.id, listing, to }).await
            }
            ListingRequest::Take { listing } => {
                let listing = resolve::listing(&circle, &listing)?.id;
                self.save(Command::Take { circle: circle.id, listing }).await
            }
            ListingRequest::Edit {
                listing,
                title,
                described,
                drop_photos,
                quantity,
                instant,
                car,
                hours,
                weekly,
            } => {
                let listing = resolve::listing(&circle, &listing)?;
                let mut draft = listing.to_draft();
                let general = &mut draft.general;
                let Described { about, category, tags, photos } = described;
                general.title = title.unwrap_or_else(|| general.title.clone());
                general.about = about.unwrap_or_else(|| general.about.clone());
                general.category = category.unwrap_or_else(|| general.category.clone());
                if !tags.is_empty() {
                    general.tags = tags;
                }
                general.quantity = quantity.unwrap_or(general.quantity);
                general.instant = instant.unwrap_or(general.instant);
                if drop_photos {
                    general.photos.clear();
                }
                let tariff = car.changed_tariff(&circle, &listing)?;
                draft.details = changed_details(draft.details, car, hours, weekly)?;
                draft.check().map_err(|error| self.explain(&error.into()))?;
                let new_photos = self.take_in(photos).await?;
                draft.general.photos.extend(new_photos);
                self.edit(&circle, &listing, draft, tariff).await
            }
            ListingRequest::Retire { listing } => {
                let listing = resolve::listing(&circle, &listing)?;
                let draft = Draft { retired: true, ..listing.to_draft() };
                self.save(Command::Edit { circle: circle.id, listing: listing.id, draft }).await
            }
            ListingRequest::Keeper { listing } => {
                let listing = resolve::listing(&circle, &listing)?;
                Ok(Answer::Keeper(show::keeper(&circle, &listing)))
            }
            ListingRequest::Photo { listing, out } => {
                let listing = resolve::listing(&circle, &listing)?;
                self.save_photos(&listing, &out)
            }
        }
    }

    fn save_photos(&self, listing: &Listing, out: &Path) -> Result<Answer, Failure> {
        let wrong = |error: std::io::Error| {
            Failure::new("file", format!("photos could not be saved in {}: {error}", out.display()))
        };
        std::fs::create_dir_all(out).map_err(wrong)?;
        let mut row =
            PhotosRow { listing: listing.id.to_string(), files: Vec::new(), missing: Vec::new() };
        for photo in &listing.general.photos {
            let Some(bytes) = self.node.photo(*photo)? else {
                row.missing.push(photo.to_string());
                continue;
            };
            let file = out.join(format!("{photo}.jpg"));
            std::fs::write(&file, bytes).map_err(wrong)?;
            row.files.push(file.display().to_string());
        }
        Ok(Answer::Photos(row))
    }
}

fn prepare(file: &Path) -> Result<Vec<u8>, Failure> {
    let wrong = |detail: String| Failure::new("photo", format!("{}: {detail}", file.display()));
    // A file of any size may be named; what is too large is not read whole.
    let size = std::fs::metadata(file).map_err(|error| wrong(error.to_string()))?.len();
    if size > 16 * photo::MAX_PHOTO_INPUT_BYTES as u64 {
        return Err(wrong(format!("this file is {} MB; photos may be at most 8 MB", size >> 20)));
    }
    let bytes = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
    photo::prepare(&bytes).map(|photo| photo.bytes).map_err(|error| wrong(error.to_string()))
}

pub(super) fn parsed<T: FromStr<Err: std::fmt::Display>>(
    text: Option<String>,
) -> Result<Option<T>, Failure> {
    let parse = |text: String| {
        text.parse()
            .map_err(|error: T::Err| Failure::new("bad_value", format!("“{text}”: {error}")))
    };
    text.map(parse).transpose()
}

fn read_help(fields: HelpFields) -> Result<Help, Failure> {
    let rhythm = if fields.weekly { HelpRhythm::Weekly } else { HelpRhythm::Once };
    Ok(Help { hours: parsed::<Hours>(fields.hours)?, rhythm })
}

fn changed_details(
    details: Details,
    car_fields: CarFields,
    hours: Option<String>,
    weekly: Option<bool>,
) -> Result<Details, Failure> {
    let says_help = hours.is_some() || weekly.is_some();
    let only = |what: &str| Failure::new("bad_value", format!("only {what} has that"));
    let help = |help: Help| -> Result<Help, Failure> {
        let rhythm = match weekly {
            None => help.rhythm,
            Some(true) => HelpRhythm::Weekly,
            Some(false) => HelpRhythm::Once,
        };
        Ok(Help { hours: parsed(hours)?.or(help.hours), rhythm })
    };
    match details {
        Details::Car(_) if says_help => Err(only("help")),
        Details::Car(car) => Ok(Details::Car(changed_car(car, car_fields)?)),
        _ if !car_fields.is_empty() => Err(only("a car")),
        Details::HelpOffer(before) => Ok(Details::HelpOffer(help(before)?)),
        Details::HelpAsk(before) => Ok(Details::HelpAsk(help(before)?)),
        _ if says_help => Err(only("help")),
        other => Ok(other),
    }
}
