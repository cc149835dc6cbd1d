//! The form for a thing, a car or help: the same for something new and for something that is changed.
//! It holds what is typed; what becomes of that is in [`super::draft`].

use eframe::egui::{Sense, Ui, vec2};
use noaber_core::id::ListingId;
use noaber_core::limits::MAX_PHOTOS;
use noaber_core::listing::tariff::Tariff;
use noaber_core::listing::{Details, Draft, General, Item, Listing};
use noaber_core::money::Rate;
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
pub enum Kind {
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

    pub(super) fn is_help(self) -> bool {
        matches!(self, Self::HelpOffer | Self::HelpAsk)
    }

    /// A word for it that can be kept.
    pub(super) fn key(self) -> &'static str {
        Self::ALL.into_iter().find(|(kind, ..)| *kind == self).map_or("", |(_, key, _)| key)
    }

    /// From that word.
    pub(super) fn of_key(key: &str) -> Self {
        let found = Self::ALL.into_iter().find(|(_, its, _)| *its == key);
        found.map_or_else(Self::default, |(kind, ..)| kind)
    }
}

/// What is filled in.
// Each is a switch of its own on the form.
#[expect(clippy::struct_excessive_bools)]
pub(super) struct Form {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) shelf: Option<Shelf>,
    pub(super) about: String,
    pub(super) pieces: u32,
    pub(super) instant: bool,
    pub(super) give_away: bool,
    pub(super) seats: u32,
    pub(super) plate: String,
    pub(super) odometer: String,
    pub(super) own_risk: String,
    pub(super) per_km: String,
    pub(super) per_hour: String,
    pub(super) hours: String,
    pub(super) album: Album,
    pub(super) rules: Rules,
    pub(super) shows_rules: bool,
    /// Whether the keyboard is to be put into the title.
    pub(super) is_begun: bool,
    /// What is changed, with all that the form has no field for.
    pub(super) base: Option<Draft>,
    /// What a car costs now.
    pub(super) tariff: Option<Tariff>,
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
}
