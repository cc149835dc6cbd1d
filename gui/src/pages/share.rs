//! Share something: a thing, a car, help. Under a minute: what it is, a photo, done; the rest can wait.

use eframe::egui::text::LayoutJob;
use eframe::egui::{Align, CornerRadius, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2};
use noaber_core::id::{ListingId, PhotoId};
use noaber_core::limits::MAX_PHOTOS;
use noaber_core::listing::tariff::{Band, Tariff};
use noaber_core::listing::{Car, Details, Draft, General, Help, Hours, Item, Listing};
use noaber_core::money::Rate;
use noaber_core::rules::Rules;
use noaber_core::{Command, Outcome};

use super::browse::paint_card;
use super::drafts::ShareDraft;
use crate::desk::{Desk, Room, Route};
use crate::engine::{Answer, PhotoTrouble, Ticket};
use crate::fonts::{Icon, Weight};
use crate::keys;
use crate::looks::Shelf;
use crate::photos::{Shot, Size};
use crate::theme::Palette;
use crate::widgets::{
    Button, Corners, Field, Lines, Look, card, chip, heading, icon_button, photo, stepper, switch,
    text,
};

/// Width of the card that shows what neighbours will see.
const PREVIEW: f32 = 250.0;

/// What is shared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Something to lend, or to give away.
    #[default]
    Thing,
    /// A car.
    Car,
    /// Help that somebody offers.
    HelpOffer,
    /// Help that somebody needs.
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

    fn key(self) -> &'static str {
        Self::ALL.into_iter().find(|(kind, ..)| *kind == self).map_or("", |(_, key, _)| key)
    }

    fn of_key(key: &str) -> Self {
        let found = Self::ALL.into_iter().find(|(_, its, _)| *its == key);
        found.map_or_else(Self::default, |(kind, ..)| kind)
    }
}

/// See the module.
#[derive(Default)]
pub(super) struct Share {
    kind: Kind,
    title: String,
    shelf: Option<Shelf>,
    about: String,
    pieces: u32,
    instant: bool,
    give_away: bool,
    seats: u32,
    plate: String,
    per_km: String,
    per_hour: String,
    hours: String,
    photos: Vec<PhotoId>,
    preparing: Vec<Option<Ticket>>,
    picking: Option<Ticket>,
    sent: Option<Ticket>,
    trouble: Option<String>,
    /// Whether the keyboard is to be put into the title.
    is_begun: bool,
}

impl Share {
    /// Begins with a kind; what was written before stays.
    pub(super) fn choose(&mut self, kind: Kind) {
        self.kind = kind;
    }

    /// Shows the page.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        self.hear(desk);
        self.take_dropped(ui, desk);
        let words = desk.words;
        heading(ui, &words.say("nav-share"), &words.say("share-line"));
        ui.add_space(6.0);
        ScrollArea::vertical().id_salt("share").auto_shrink([false, false]).show(ui, |ui| {
            let width = ui.available_width();
            if desk.room == Room::Wide && width > PREVIEW + 460.0 {
                let form = (width - PREVIEW - 32.0).min(720.0);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 32.0;
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.x = 10.0;
                        ui.set_width(form);
                        self.form(ui, desk);
                    });
                    ui.vertical(|ui| self.preview(ui, desk));
                });
            } else {
                ui.set_max_width(width.min(720.0));
                self.form(ui, desk);
            }
            ui.add_space(24.0);
        });
    }

    /// Somebody just came here: the title is what they will type.
    pub(super) fn begin(&mut self) {
        self.is_begun = true;
    }

    fn form(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        ui.spacing_mut().item_spacing.y = 16.0;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            for (kind, key, icon) in Kind::ALL {
                if chip(ui, &words.say(key), Some(icon), self.kind == kind).clicked() {
                    self.kind = kind;
                }
            }
        });
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 14.0;
            self.what(ui, desk);
        });
        if self.kind != Kind::HelpAsk {
            card(ui, |ui| self.pictures(ui, desk));
        }
        card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 14.0;
            self.how(ui, desk);
        });
        self.finish(ui, desk);
    }

    /// The card as neighbours will see it, while it is being filled in.
    fn preview(&self, ui: &mut Ui, desk: &mut Desk<'_>) {
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
        if field.changed() {
            self.trouble = None;
        }
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

    fn pictures(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        text::caption(ui, words.say("share-photos"));
        ui.horizontal_wrapped(|ui| {
            let mut removed = None;
            for (place, id) in self.photos.iter().enumerate() {
                let (rect, _) = ui.allocate_exact_size(vec2(140.0, 105.0), Sense::hover());
                let shot = Shot { photo: *id, size: Size::Card };
                match desk.photos.texture(desk.engine, shot) {
                    Some(texture) => photo(ui.painter(), rect, &texture, Corners::All, 12),
                    None => _ = ui.painter().rect_filled(rect, 12, Palette::of(ui).sunken),
                }
                let name = words.tell("share-photo-remove", &[("count", (place + 1).into())]);
                if icon_button(ui, Icon::TRASH, &name).clicked() {
                    removed = Some(place);
                }
            }
            if let Some(place) = removed {
                self.photos.remove(place);
            }
            self.drop_here(ui, desk);
        });
        text::small(ui, words.say("share-photos-line"));
    }

    fn drop_here(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        if self.photos.len() + self.preparing.len() >= MAX_PHOTOS {
            return;
        }
        let palette = Palette::of(ui);
        let words = desk.words;
        let is_over = ui.input(|input| !input.raw.hovered_files.is_empty());
        let (rect, response) = ui.allocate_exact_size(vec2(200.0, 105.0), Sense::click());
        let label = if self.preparing.is_empty() {
            words.say("share-photos-add")
        } else {
            words.tell("share-photos-busy", &[("count", self.preparing.len().into())])
        };
        response.widget_info(|| {
            eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Button, true, &label)
        });
        let fill =
            if is_over || response.hovered() { palette.primary_soft } else { palette.sunken };
        let stroke = Stroke::new(1.5, if is_over { palette.primary } else { palette.line });
        ui.painter().rect(rect, CornerRadius::same(12), fill, stroke, StrokeKind::Inside);
        let middle = rect.center();
        let outline = crate::fonts::Fill::Outline;
        Icon::CAMERA.paint(ui.painter(), middle - vec2(0.0, 16.0), 30.0, outline, palette.primary);
        let mut job = LayoutJob::simple(label, Weight::Semibold.at(14.5), palette.text, 180.0);
        job.halign = Align::Center;
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(middle + vec2(0.0, 6.0), galley, palette.text);
        crate::widgets::focus_ring(ui, &response, rect, 12);
        if response.clicked() && self.picking.is_none() {
            self.picking = Some(desk.engine.pick_photos(words.say("share-photos-add")));
        }
    }

    fn how(&mut self, ui: &mut Ui, desk: &Desk<'_>) {
        let words = desk.words;
        match self.kind {
            Kind::Thing => {
                self.pieces = self.pieces.max(1);
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
        let is_narrow = desk.room == Room::Narrow;
        if self.seats == 0 {
            self.seats = 5;
        }
        let names = [words.say("ask-fewer"), words.say("ask-more")];
        let names = [names[0].as_str(), names[1].as_str()];
        stepper(ui, &words.say("share-seats"), &mut self.seats, 1..=9, names);
        let (plate, km, hour) =
            (words.say("share-plate"), words.say("share-per-km"), words.say("share-per-hour"));
        let (hint_km, hint_hour) =
            (words.say("share-per-km-hint"), words.say("share-per-hour-hint"));
        let mut fields = |ui: &mut Ui| {
            Field::new(&km).hint(&hint_km).most(8).show(ui, &mut self.per_km);
        };
        if is_narrow {
            fields(ui);
            Field::new(&hour).hint(&hint_hour).most(8).show(ui, &mut self.per_hour);
        } else {
            ui.columns(2, |columns| {
                fields(&mut columns[0]);
                let right = Field::new(&hour).hint(&hint_hour).most(8);
                right.show(&mut columns[1], &mut self.per_hour);
            });
        }
        Field::new(&plate).most(12).show(ui, &mut self.plate);
    }

    fn finish(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        if let Some(trouble) = &self.trouble {
            text::trouble(ui, trouble.clone());
        }
        let label =
            words.say(if self.kind == Kind::HelpAsk { "share-button-ask" } else { "share-button" });
        let is_ready = self.sent.is_none() && self.preparing.is_empty();
        let button = Button::new(&label, Look::Primary).icon(Icon::CHECK).only_if(is_ready);
        ui.horizontal_wrapped(|ui| {
            let is_pressed = ui.add(button).clicked();
            if is_pressed || (is_ready && keys::sends(ui)) {
                match self.draft() {
                    Ok(draft) => {
                        let circle = desk.circle.id;
                        self.sent = Some(desk.submit(Command::Offer { circle, draft }));
                    }
                    Err(key) => self.trouble = Some(words.say(key)),
                }
            }
            if self.title.trim().is_empty() {
                text::small(ui, words.say("share-needs-title"));
            }
        });
    }

    /// What would be lost if the form were; nothing where nothing was filled in.
    pub(super) fn kept(&self) -> Option<ShareDraft> {
        let texts = [&self.title, &self.about, &self.plate, &self.per_km, &self.hours];
        if texts.iter().all(|text| text.trim().is_empty()) && self.photos.is_empty() {
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
            photos: self.photos.iter().map(ToString::to_string).collect(),
        })
    }

    /// Goes on with what was kept.
    pub(super) fn resume(&mut self, kept: ShareDraft) {
        let shelf = Shelf::ALL.into_iter().find(|shelf| shelf.category() == kept.shelf);
        *self = Self {
            kind: Kind::of_key(&kept.kind),
            title: kept.title,
            shelf,
            about: kept.about,
            pieces: kept.pieces.min(999),
            instant: kept.instant,
            give_away: kept.give_away,
            seats: kept.seats.min(9),
            plate: kept.plate,
            per_km: kept.per_km,
            per_hour: kept.per_hour,
            hours: kept.hours,
            photos: kept.photos.iter().filter_map(|id| id.parse().ok()).collect(),
            ..Self::default()
        };
        self.photos.truncate(MAX_PHOTOS);
    }

    /// What was filled in; else the key of what to say about it.
    fn draft(&self) -> Result<Draft, &'static str> {
        if self.title.trim().is_empty() {
            return Err("share-no-title");
        }
        self.tariff()?;
        Ok(Draft::new(self.general(), self.details()?))
    }

    fn general(&self) -> General {
        General {
            title: self.title.trim().to_owned(),
            about: self.about.trim().to_owned(),
            category: match self.kind {
                Kind::Thing => self.shelf.unwrap_or(Shelf::Other).category(),
                Kind::Car => Shelf::Cars.category(),
                Kind::HelpOffer | Kind::HelpAsk => Shelf::Help.category(),
            }
            .to_owned(),
            tags: Vec::new(),
            quantity: if self.kind == Kind::Thing { self.pieces.max(1) } else { 1 },
            instant: self.instant && !self.kind.is_help() && !self.give_away,
            photos: if self.kind == Kind::HelpAsk { Vec::new() } else { self.photos.clone() },
        }
    }

    fn details(&self) -> Result<Details, &'static str> {
        Ok(match self.kind {
            Kind::Thing => Details::Item(Item { give_away: self.give_away }),
            Kind::Car => {
                let (seats, plate) = (Some(self.seats), self.plate.trim().to_owned());
                Details::Car(Car { seats, plate, ..Car::default() })
            }
            Kind::HelpOffer => Details::HelpOffer(self.help()?),
            Kind::HelpAsk => Details::HelpAsk(self.help()?),
        })
    }

    fn help(&self) -> Result<Help, &'static str> {
        let text = self.hours.trim();
        if text.is_empty() {
            return Ok(Help::default());
        }
        text.parse::<Hours>()
            .map(|hours| Help { hours: Some(hours), ..Help::default() })
            .map_err(|_| "share-bad-hours")
    }

    fn tariff(&self) -> Result<Tariff, &'static str> {
        let rate = |text: &str| match text.trim() {
            "" => Ok(None),
            some => some.parse::<Rate>().map(Some).map_err(|_| "share-bad-price"),
        };
        let per_km = rate(&self.per_km)?;
        let bands = per_km.into_iter().map(|per_km| Band { up_to_km: None, per_km }).collect();
        Ok(Tariff { bands, per_hour: rate(&self.per_hour)?, fixed: None })
    }

    fn hear(&mut self, desk: &mut Desk<'_>) {
        if let Some(Answer::Picked(files)) = desk.take(&mut self.picking) {
            for bytes in files {
                self.take_photo(desk, move || Ok(bytes));
            }
        }
        for ticket in &mut self.preparing {
            match desk.take(ticket) {
                Some(Answer::Photo(Ok(id))) => self.photos.push(id),
                Some(Answer::Photo(Err(error))) => {
                    self.trouble = Some(trouble(desk, &error));
                }
                _ => {}
            }
        }
        self.preparing.retain(Option::is_some);
        if let Some(Answer::Done(done)) = desk.take(&mut self.sent) {
            match done {
                Ok(Outcome::Listing(_, id)) => self.shared(desk, id),
                Ok(_) => {}
                Err(error) => self.trouble = Some(desk.failure(&error)),
            }
        }
    }

    fn shared(&mut self, desk: &mut Desk<'_>, listing: ListingId) {
        let circle = desk.circle.id;
        if self.kind == Kind::Car
            && let Ok(tariff) = self.tariff()
            && tariff != Tariff::default()
        {
            let from = desk.now;
            desk.push(Command::SetTariff { circle, listing, from, tariff });
        }
        let undo = self.draft().ok().map(|draft| {
            let draft = Draft { retired: true, ..draft };
            Command::Edit { circle, listing, draft }
        });
        let said = desk.words.tell("share-done", &[("title", self.title.trim().into())]);
        desk.toast(Icon::CHECK_CIRCLE, said, undo);
        desk.go(Route::Listing(listing));
        *self = Self::default();
    }

    fn take_dropped(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        let dropped = ui.input(|input| input.raw.dropped_files.clone());
        for file in dropped {
            self.take_photo(desk, move || file.bytes());
        }
    }

    fn take_photo(
        &mut self,
        desk: &mut Desk<'_>,
        read: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static,
    ) {
        if self.photos.len() + self.preparing.len() < MAX_PHOTOS {
            self.preparing.push(Some(desk.engine.take_photo(read)));
        }
    }
}

fn trouble(desk: &Desk<'_>, error: &PhotoTrouble) -> String {
    use noaber_node::photo::PhotoError;
    match error {
        PhotoTrouble::Photo(PhotoError::TooHeavy { .. }) => desk.words.say("photo-heavy"),
        PhotoTrouble::Photo(PhotoError::UnknownFormat) => desk.words.say("photo-unknown"),
        PhotoTrouble::Photo(_) => desk.words.say("photo-bad"),
        PhotoTrouble::Save(error) => desk.failure(error),
        PhotoTrouble::Read(detail) => desk.words.tell("photo-unread", &[("detail", detail.into())]),
    }
}
