//! What becomes of a form: the draft of a listing, what a car costs, and what is kept of it when the
//! window closes before it is handed in.

use noaber_core::limits::MAX_PHOTOS;
use noaber_core::listing::tariff::{Band, Tariff};
use noaber_core::listing::{Car, Details, Draft, General, Help, HelpRhythm, Hours, Item};
use noaber_core::money::{Cents, Rate};

use super::super::drafts::ShareDraft;
use super::form::{Form, Kind};
use crate::looks::Shelf;

impl Form {
    /// What would be lost if the form were; nothing where nothing was filled in.
    pub(super) fn kept(&self) -> Option<ShareDraft> {
        let texts = [&self.title, &self.about, &self.plate, &self.per_km, &self.hours];
        let is_empty = texts.iter().all(|text| text.trim().is_empty());
        if self.base.is_some() || (is_empty && self.album.photos.is_empty()) {
            return None;
        }
        Some(ShareDraft {
            kind: self.kind.key().to_owned(),
            title: self.title.clone(),
            shelf: self.shelf.map_or("", Shelf::category).to_owned(),
            about: self.about.clone(),
            pieces: self.pieces,
            instant: self.instant,
            give_away: self.give_away,
            seats: self.seats,
            plate: self.plate.clone(),
            per_km: self.per_km.clone(),
            per_hour: self.per_hour.clone(),
            hours: self.hours.clone(),
            photos: self.album.photos.iter().map(ToString::to_string).collect(),
        })
    }

    /// Goes on with what was kept.
    pub(super) fn resume(kept: ShareDraft) -> Self {
        let shelf = Shelf::ALL.into_iter().find(|shelf| shelf.category() == kept.shelf);
        let mut form = Self {
            kind: Kind::of_key(&kept.kind),
            title: kept.title,
            shelf,
            about: kept.about,
            pieces: kept.pieces.clamp(1, 999),
            instant: kept.instant,
            give_away: kept.give_away,
            seats: kept.seats.clamp(1, 9),
            plate: kept.plate,
            per_km: kept.per_km,
            per_hour: kept.per_hour,
            hours: kept.hours,
            ..Self::default()
        };
        form.album.photos = kept.photos.iter().filter_map(|id| id.parse().ok()).collect();
        form.album.photos.truncate(MAX_PHOTOS);
        form
    }

    /// What was filled in; else the key of what to say about it.
    pub(super) fn draft(&self) -> Result<Draft, &'static str> {
        if self.title.trim().is_empty() {
            return Err("share-no-title");
        }
        self.tariff()?;
        let mut draft = Draft::new(self.general(), self.details()?);
        draft.rules = self.rules.clone();
        draft.retired = self.base.as_ref().is_some_and(|base| base.retired);
        draft.rules.check().map_err(|_| "rules-bad")?;
        Ok(draft)
    }

    pub(super) fn general(&self) -> General {
        let category = match self.kind {
            Kind::Thing => self.shelf.unwrap_or(Shelf::Other).category(),
            Kind::Car => Shelf::Cars.category(),
            Kind::HelpOffer | Kind::HelpAsk => Shelf::Help.category(),
        };
        // A word of the owner's own that leads to the same shelf is kept.
        let before = self.base.as_ref().map(|base| &base.general);
        let kept = before.filter(|general| Shelf::of_category(&general.category) == self.shelf());
        General {
            title: self.title.trim().to_owned(),
            about: self.about.trim().to_owned(),
            category: kept.map_or(category, |general| general.category.as_str()).to_owned(),
            tags: before.map_or_else(Vec::new, |general| general.tags.clone()),
            quantity: if self.kind == Kind::Thing { self.pieces.max(1) } else { 1 },
            instant: self.instant && !self.kind.is_help() && !self.give_away,
            photos: if self.kind == Kind::HelpAsk { Vec::new() } else { self.album.photos.clone() },
        }
    }

    fn shelf(&self) -> Shelf {
        self.shelf.unwrap_or(Shelf::Other)
    }

    pub(super) fn details(&self) -> Result<Details, &'static str> {
        Ok(match self.kind {
            Kind::Thing => Details::Item(Item { give_away: self.give_away }),
            Kind::Car => {
                let km = self.odometer.trim();
                let risk = self.own_risk.trim();
                let odometer_km = if km.is_empty() {
                    None
                } else {
                    Some(km.parse().map_err(|_| "share-bad-km")?)
                };
                let own_risk = if risk.is_empty() {
                    None
                } else {
                    Some(risk.parse::<Cents>().map_err(|_| "share-bad-risk")?)
                };
                let (seats, plate) = (Some(self.seats), self.plate.trim().to_owned());
                Details::Car(Car { seats, plate, odometer_km, own_risk })
            }
            Kind::HelpOffer => Details::HelpOffer(self.help()?),
            Kind::HelpAsk => Details::HelpAsk(self.help()?),
        })
    }

    fn help(&self) -> Result<Help, &'static str> {
        let text = self.hours.trim();
        let rhythm = match self.base.as_ref().map(|base| &base.details) {
            Some(Details::HelpOffer(help) | Details::HelpAsk(help)) => help.rhythm,
            _ => HelpRhythm::default(),
        };
        if text.is_empty() {
            return Ok(Help { hours: None, rhythm });
        }
        let hours = text.parse::<Hours>().map_err(|_| "share-bad-hours")?;
        Ok(Help { hours: Some(hours), rhythm })
    }

    fn tariff(&self) -> Result<Tariff, &'static str> {
        let rate = |text: &str| match text.trim() {
            "" => Ok(None),
            some => some.parse::<Rate>().map(Some).map_err(|_| "share-bad-price"),
        };
        let mut tariff = self.tariff.clone().unwrap_or_default();
        tariff.per_hour = rate(&self.per_hour)?;
        match (rate(&self.per_km)?, tariff.bands.first_mut()) {
            (Some(per_km), Some(band)) => band.per_km = per_km,
            (Some(per_km), None) => tariff.bands.push(Band { up_to_km: None, per_km }),
            (None, _) => tariff.bands.clear(),
        }
        Ok(tariff)
    }

    /// What driving shall cost from now on, where that is something new.
    pub(super) fn new_tariff(&self) -> Option<Tariff> {
        let tariff = self.tariff().ok()?;
        let is_new = tariff != self.tariff.clone().unwrap_or_default();
        (self.kind == Kind::Car && is_new).then_some(tariff)
    }
}
