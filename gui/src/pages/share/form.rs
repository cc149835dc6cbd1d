//! The form for a thing, a car or help: the same for something new and for something that is changed.
//! It holds what is typed and makes a draft of it; who hands that in is in the pages beside it.

use eframe::egui::{Sense, Ui, vec2};
use noaber_core::id::ListingId;
use noaber_core::limits::MAX_PHOTOS;
use noaber_core::listing::tariff::{Band, Tariff};
use noaber_core::listing::{Car, Details, Draft, General, Help, Hours, Item, Listing};
use noaber_core::money::{Cents, Rate};
use noaber_core::rules::Rules;

use super::super::album::Album;
use super::super::browse::paint_card;
use super::rules;
use crate::desk::{Desk, Room};
use crate::fonts::Icon;
use crate::looks::Shelf;
use crate::widgets::{Button, Field, Lines, Look, card, chip, section, stepper, switch, text};

/// Width of the card that shows what neighbours will see.
pub(super) const PREVIEW: f32 = 250.0;

/// What is shared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Something to lend or give.
    #[default]
    Thing,
    /// A car.
    Car,
    /// Help that is offered.
    HelpOffer,
    /// Help that is asked for.
    HelpAsk,
}

impl Kind {
    const ALL: [(Self, &'static str, Icon); 4] = [
        (Self::Thing, "share-thing", Icon::PACKAGE),
        (Self::Car, "share-car", Icon::CAR),
        (Self::HelpOffer, "share-help-offer", Icon::HAND_HEART),
        (Self::HelpAsk, "share-help-ask", Icon::HAND_WAVING),
    ];

    fn is_help(self) -> bool {
        matches!(self, Self::HelpOffer | Self::HelpAsk)
    }
}

/// What is filled in.
pub(super) struct Form {
    pub(super) kind: Kind,
    pub(super) title: String,
    shelf: Option<Shelf>,
    about: String,
    pieces: u32,
    instant: bool,
    give_away: bool,
    seats: u32,
    plate: String,
    odometer: String,
    own_risk: String,
    per_km: String,
    per_hour: String,
    hours: String,
    pub(super) album: Album,
    rules: Rules,
    shows_rules: bool,
    /// Whether the keyboard is to be put into the title.
    pub(super) is_begun: bool,
    /// What is changed, with all that the form has no field for.
    base: Option<Draft>,
    /// What a car costs now.
    tariff: Option<Tariff>,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            kind: Kind::default(),
            title: String::new(),
            shelf: None,
            about: String::new(),
            pieces: 1,
            instant: false,
            give_away: false,
            seats: 5,
            plate: String::new(),
            odometer: String::new(),
            own_risk: String::new(),
            per_km: String::new(),
            per_hour: String::new(),
            hours: String::new(),
            album: Album::new(MAX_PHOTOS),
            rules: Rules::default(),
            shows_rules: false,
            is_begun: false,
            base: None,
            tariff: None,
        }
    }
}

impl Form {
    /// For something new of a kind.
    pub(super) fn of_kind(kind: Kind) -> Self {
        Self { kind, ..Self::default() }
    }

    /// To change something; `None` for a kind that this version does not know.
    pub(super) fn of(listing: &Listing, tariff: Option<&Tariff>) -> Option<Self> {
        let General { title, about, quantity, instant, photos, .. } = listing.general.clone();
        let mut form = Self {
            title,
            about,
            instant,
            pieces: quantity,
            shelf: Some(Shelf::of(listing)),
            rules: listing.rules.clone(),
            shows_rules: listing.rules != Rules::default(),
            base: Some(listing.to_draft()),
            ..Self::default()
        };
        form.album.photos = photos;
        match &listing.details {
            Details::Item(item) => form.give_away = item.give_away,
            Details::Car(car) => {
                form.kind = Kind::Car;
                form.seats = car.seats.unwrap_or(form.seats);
                form.plate.clone_from(&car.plate);
                form.odometer = car.odometer_km.map_or_else(String::new, |km| km.to_string());
                form.own_risk = car.own_risk.map_or_else(String::new, |risk| risk.to_string());
            }
            Details::HelpOffer(help) | Details::HelpAsk(help) => {
                let is_offer = matches!(listing.details, Details::HelpOffer(_));
                form.kind = if is_offer { Kind::HelpOffer } else { Kind::HelpAsk };
                form.hours = help.hours.map_or_else(String::new, |hours| hours.to_string());
            }
            Details::Newer { .. } => return None,
        }
        if let Some(tariff) = tariff {
            let rate = |rate: Option<Rate>| rate.map_or_else(String::new, |rate| rate.to_string());
            form.per_km = rate(tariff.bands.first().map(|band| band.per_km));
            form.per_hour = rate(tariff.per_hour);
            form.tariff = Some(tariff.clone());
        }
        Some(form)
    }

    /// Whether something was typed that would be lost.
    pub(super) fn has_words(&self) -> bool {
        self.base.is_none()
            && (!self.title.trim().is_empty()
                || !self.about.trim().is_empty()
                || !self.album.photos.is_empty())
    }

    /// Shows the fields.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.album.listen(ui, desk);
        let words = desk.words;
        ui.spacing_mut().item_spacing.y = 16.0;
        if self.base.is_none() {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                for (kind, key, icon) in Kind::ALL {
                    if chip(ui, &words.say(key), Some(icon), self.kind == kind).clicked() {
                        self.kind = kind;
                    }
                }
            });
        }
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 14.0;
            self.what(ui, desk);
        });
        if self.kind != Kind::HelpAsk {
            card(ui, |ui| {
                text::caption(ui, words.say("share-photos"));
                self.album.show(ui, desk);
            });
        }
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 14.0;
            self.how(ui, desk);
        });
        if self.kind != Kind::HelpAsk {
            self.rules(ui, desk);
        }
    }

    /// The card as neighbours will see it, while it is being filled in.
    pub(super) fn preview(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        ui.spacing_mut().item_spacing.y = 10.0;
        text::caption(ui, words.say("share-preview"));
        let mut general = self.general();
        if general.title.is_empty() {
            general.title = words.say("share-preview-title");
        }
        let listing = Listing {
            id: ListingId::from_bytes([0; 16]),
            owner: desk.me,
            keeper: desk.view.device,
            term: 0,
            created_at: desk.now,
            general,
            details: self.details().unwrap_or(Details::Item(Item::default())),
            rules: Rules::default(),
            retired: false,
        };
        let photo_height = (PREVIEW * 0.66).round();
        let size = vec2(PREVIEW, photo_height + 104.0);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        paint_card(ui, desk, &listing, rect, photo_height, (3, 14));
    }

    fn what(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        let (hint, about_hint) = match self.kind {
            Kind::Thing => ("share-title-thing", "share-about-thing"),
            Kind::Car => ("share-title-car", "share-about-car"),
            Kind::HelpOffer => ("share-title-offer", "share-about-help"),
            Kind::HelpAsk => ("share-title-ask", "share-about-help"),
        };
        let (caption, hint) = (words.say("share-title"), words.say(hint));
        let field = Field::new(&caption).hint(&hint).most(90).show(ui, &mut self.title);
        if std::mem::take(&mut self.is_begun) {
            field.request_focus();
        }
        if self.kind == Kind::Thing {
            ui.scope(|ui| {
                ui.spacing_mut().item_spacing.y = 6.0;
                text::caption(ui, words.say("share-shelf"));
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
                    for shelf in Shelf::OF_THINGS {
                        let is_chosen = self.shelf == Some(shelf);
                        let label = words.say(shelf.key());
                        if chip(ui, &label, Some(shelf.icon()), is_chosen).clicked() {
                            self.shelf = Some(shelf);
                        }
                    }
                });
            });
        }
        let (caption, hint) = (words.say("share-about"), words.say(about_hint));
        let field = Field::new(&caption).hint(&hint).lines(Lines::Some(3)).most(2_000);
        field.show(ui, &mut self.about);
    }

    fn how(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        match self.kind {
            Kind::Thing => {
                let names = [words.say("ask-fewer"), words.say("ask-more")];
                let names = [names[0].as_str(), names[1].as_str()];
                stepper(ui, &words.say("share-pieces"), &mut self.pieces, 1..=999, names);
            }
            Kind::Car => self.car(ui, desk),
            Kind::HelpOffer | Kind::HelpAsk => {
                let (caption, hint) = (words.say("share-hours"), words.say("share-hours-hint"));
                Field::new(&caption).hint(&hint).most(6).show(ui, &mut self.hours);
            }
        }
        if self.kind.is_help() {
            return;
        }
        if !self.give_away {
            let (label, line) = (words.say("share-instant"), words.say("share-instant-line"));
            switch(ui, &mut self.instant, &label, &line);
        }
        if self.kind == Kind::Thing {
            let (label, line) = (words.say("share-give"), words.say("share-give-line"));
            switch(ui, &mut self.give_away, &label, &line);
        }
    }

    fn car(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        let names = [words.say("ask-fewer"), words.say("ask-more")];
        let names = [names[0].as_str(), names[1].as_str()];
        stepper(ui, &words.say("share-seats"), &mut self.seats, 1..=9, names);
        let pairs: [[(&str, &str, &mut String); 2]; 2] = [
            [
                ("share-per-km", "share-per-km-hint", &mut self.per_km),
                ("share-per-hour", "share-per-hour-hint", &mut self.per_hour),
            ],
            [
                ("share-odometer", "share-odometer-hint", &mut self.odometer),
                ("share-own-risk", "share-own-risk-hint", &mut self.own_risk),
            ],
        ];
        let columns = if desk.room == Room::Narrow { 1 } else { 2 };
        for mut pair in pairs {
            for part in pair.chunks_mut(columns) {
                ui.columns(columns, |columns| {
                    for (ui, (caption, hint, value)) in columns.iter_mut().zip(part) {
                        let (caption, hint) = (words.say(caption), words.say(hint));
                        Field::new(&caption).hint(&hint).most(9).show(ui, value);
                    }
                });
            }
        }
        Field::new(&words.say("share-plate")).most(12).show(ui, &mut self.plate);
    }

    /// What the owner asks: put away until somebody wants it, for most things need none of it.
    fn rules(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        if !self.shows_rules {
            let label = words.say("rules-show");
            let button = Button::new(&label, Look::Quiet).icon(Icon::PLUS);
            self.shows_rules = ui.add(button).clicked();
            return;
        }
        section(ui, &words.say("rules-title"), |ui| {
            ui.spacing_mut().item_spacing.y = 14.0;
            rules::show(ui, desk, &mut self.rules);
        });
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

    fn general(&self) -> General {
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

    fn details(&self) -> Result<Details, &'static str> {
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
            _ => noaber_core::listing::HelpRhythm::default(),
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
