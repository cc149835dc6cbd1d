//! How a listing looks wherever it is shown: its shelf, its icon, its picture, when it is free.

use eframe::egui::{Rect, Ui};
use noaber_core::limits::MAX_BOOKING_MS;
use noaber_core::listing::{Details, Listing};
use noaber_core::time::Interval;

use crate::desk::Desk;
use crate::fonts::Icon;
use crate::photos::{Shot, Size};
use crate::widgets::{Corners, Tone, photo, placeholder};

/// What a listing stands among. The category of a listing is a word of its owner's; these are the ones
/// that the window knows, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Shelf {
    Tools,
    Garden,
    Kitchen,
    House,
    Party,
    Outdoors,
    Children,
    Media,
    Cars,
    Help,
    Other,
}

impl Shelf {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Tools,
        Self::Garden,
        Self::Kitchen,
        Self::House,
        Self::Party,
        Self::Outdoors,
        Self::Children,
        Self::Media,
        Self::Cars,
        Self::Help,
        Self::Other,
    ];

    /// Those that things stand on.
    pub const OF_THINGS: [Self; 9] = [
        Self::Tools,
        Self::Garden,
        Self::Kitchen,
        Self::House,
        Self::Party,
        Self::Outdoors,
        Self::Children,
        Self::Media,
        Self::Other,
    ];

    /// The word that is stored as a category.
    pub const fn category(self) -> &'static str {
        match self {
            Self::Tools => "tools",
            Self::Garden => "garden",
            Self::Kitchen => "kitchen",
            Self::House => "house",
            Self::Party => "party",
            Self::Outdoors => "outdoor",
            Self::Children => "kids",
            Self::Media => "media",
            Self::Cars => "car",
            Self::Help => "help",
            Self::Other => "",
        }
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tools => "shelf-tools",
            Self::Garden => "shelf-garden",
            Self::Kitchen => "shelf-kitchen",
            Self::House => "shelf-house",
            Self::Party => "shelf-party",
            Self::Outdoors => "shelf-outdoors",
            Self::Children => "shelf-children",
            Self::Media => "shelf-media",
            Self::Cars => "shelf-cars",
            Self::Help => "shelf-help",
            Self::Other => "shelf-other",
        }
    }

    /// Its sign.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Tools => Icon::TOOLBOX,
            Self::Garden => Icon::PLANT,
            Self::Kitchen => Icon::COOKING_POT,
            Self::House => Icon::COUCH,
            Self::Party => Icon::CONFETTI,
            Self::Outdoors => Icon::TENT,
            Self::Children => Icon::BABY,
            Self::Media => Icon::BOOK_OPEN,
            Self::Cars => Icon::CAR,
            Self::Help => Icon::HAND_HEART,
            Self::Other => Icon::PACKAGE,
        }
    }

    /// The shelf of a listing.
    pub fn of(listing: &Listing) -> Self {
        match &listing.details {
            Details::Car(_) => Self::Cars,
            Details::HelpOffer(_) | Details::HelpAsk(_) => Self::Help,
            Details::Item(_) | Details::Newer { .. } => {
                Self::of_category(&listing.general.category)
            }
        }
    }

    /// The shelf that a word of an owner's leads to.
    pub fn of_category(category: &str) -> Self {
        match category.trim().to_lowercase().as_str() {
            "tools" | "tool" | "gereedschap" | "klussen" | "diy" => Self::Tools,
            "garden" | "tuin" => Self::Garden,
            "kitchen" | "keuken" | "cooking" | "koken" => Self::Kitchen,
            "house" | "huis" | "home" | "household" | "huishouden" => Self::House,
            "party" | "feest" => Self::Party,
            "outdoor" | "outdoors" | "buiten" | "camping" | "kamperen" | "bikes" | "fietsen"
            | "travel" | "reizen" | "sport" => Self::Outdoors,
            "kids" | "children" | "kinderen" | "toys" | "speelgoed" | "baby" => Self::Children,
            "media" | "books" | "boeken" | "games" | "spellen" | "music" | "muziek" => Self::Media,
            _ => Self::Other,
        }
    }
}

/// The sign of a listing, or of one that has not arrived.
pub fn icon_of(listing: Option<&Listing>) -> Icon {
    listing.map_or(Icon::PACKAGE, |listing| Shelf::of(listing).icon())
}

/// Paints the first photo of a listing, or what stands in for it.
pub fn picture(
    ui: &Ui,
    desk: &mut Desk<'_>,
    listing: &Listing,
    frame: Rect,
    corners: Corners,
    radius: u8,
) {
    let size = if frame.width() > 320.0 { Size::Page } else { Size::Card };
    let first = listing.general.photos.first();
    let texture = first.and_then(|id| desk.photos.texture(desk.engine, Shot { photo: *id, size }));
    if let Some(texture) = texture {
        photo(ui.painter(), frame, &texture, corners, radius);
    } else {
        let shelf = Shelf::of(listing);
        placeholder(ui.painter(), frame, shelf.icon(), shelf as usize, corners, radius);
    }
}

/// When a listing is free, in a word or two.
pub fn when_free(desk: &Desk<'_>, listing: &Listing) -> (Icon, String, Tone) {
    let (words, now) = (desk.words, desk.now);
    if let Details::HelpAsk(_) = listing.details {
        return (Icon::HAND_WAVING, words.say("free-wanted"), Tone::Going);
    }
    if let Details::Item(item) = &listing.details
        && item.give_away
    {
        return (Icon::HAND_HEART, words.say("free-gift"), Tone::Going);
    }
    let Some(coming) = Interval::new(now, now.plus_ms(MAX_BOOKING_MS)) else {
        return (Icon::CLOCK, String::new(), Tone::Quiet);
    };
    let stretches = desk.circle.stretches(listing, coming, now);
    match stretches.iter().find(|stretch| stretch.free > 0) {
        Some(stretch) if stretch.interval.from() <= now => {
            let key = if listing.is_help() { "free-help" } else { "free-now" };
            (Icon::CHECK_CIRCLE, words.say(key), Tone::Good)
        }
        Some(stretch) => {
            let at = words.moment(stretch.interval.from(), desk.moment());
            (Icon::CLOCK, words.tell("free-from", &[("at", at.into())]), Tone::Mind)
        }
        None => (Icon::CLOCK, words.say("free-not"), Tone::Quiet),
    }
}
