//! The fonts of the window: Nunito in four weights, Phosphor for icons. Both are part of the program;
//! their licences lie beside them in `assets/fonts`.
//!
//! Icons are painted, never written as text, so that no screen reader spells them out.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::epaint::text::VariationCoords;
use eframe::egui::{
    Align2, Color32, FontData, FontDefinitions, FontFamily, FontId, FontTweak, Painter, Pos2,
};

const LATIN: &[u8] = include_bytes!("../assets/fonts/nunito-latin.ttf");
const LATIN_EXT: &[u8] = include_bytes!("../assets/fonts/nunito-latin-ext.ttf");
const ICONS: &[u8] = include_bytes!("../assets/fonts/Phosphor.ttf");
const ICONS_FILLED: &[u8] = include_bytes!("../assets/fonts/Phosphor-Fill.ttf");

/// How bold a text is. Weights of the font's `wght` axis; its own default would be too thin to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For reading.
    Body,
    /// For what can be pressed, and names.
    Semibold,
    /// For titles of cards.
    Bold,
    /// For headings.
    Heavy,
}

impl Weight {
    const ALL: [Self; 4] = [Self::Body, Self::Semibold, Self::Bold, Self::Heavy];

    const fn wght(self) -> f32 {
        match self {
            Self::Body => 470.0,
            Self::Semibold => 640.0,
            Self::Bold => 740.0,
            Self::Heavy => 820.0,
        }
    }

    /// The family that has this weight.
    pub fn family(self) -> FontFamily {
        match self {
            Self::Body => FontFamily::Proportional,
            Self::Semibold => FontFamily::Name("semibold".into()),
            Self::Bold => FontFamily::Name("bold".into()),
            Self::Heavy => FontFamily::Name("heavy".into()),
        }
    }

    /// A font of this weight and size in points.
    pub fn at(self, size: f32) -> FontId {
        FontId::new(size, self.family())
    }
}

/// All fonts, for egui.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions { font_data: BTreeMap::new(), families: BTreeMap::new() };
    for weight in Weight::ALL {
        let mut names = Vec::new();
        for (part, bytes) in [("latin", LATIN), ("latin-ext", LATIN_EXT)] {
            let name = format!("nunito-{part}-{}", weight.wght());
            let coords = VariationCoords::new([(b"wght", weight.wght())]);
            let data =
                FontData::from_static(bytes).tweak(FontTweak { coords, ..FontTweak::default() });
            fonts.font_data.insert(name.clone(), Arc::new(data));
            names.push(name);
        }
        fonts.families.insert(weight.family(), names);
    }
    // What is pasted as code still reads as text.
    let body = fonts.families[&FontFamily::Proportional].clone();
    fonts.families.insert(FontFamily::Monospace, body);
    for (name, bytes) in [("icons", ICONS), ("icons-filled", ICONS_FILLED)] {
        fonts.font_data.insert(name.into(), Arc::new(FontData::from_static(bytes)));
        fonts.families.insert(FontFamily::Name(name.into()), vec![name.into()]);
    }
    fonts
}

/// A picture from the icon font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon(char);

/// Outline or filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// Lines only.
    Outline,
    /// Filled: for what is chosen.
    Solid,
}

impl Icon {
    /// Paints it with its middle at a place.
    pub fn paint(self, painter: &Painter, middle: Pos2, size: f32, fill: Fill, colour: Color32) {
        let family = match fill {
            Fill::Outline => "icons",
            Fill::Solid => "icons-filled",
        };
        let font = FontId::new(size, FontFamily::Name(family.into()));
        painter.text(middle, Align2::CENTER_CENTER, self.0, font, colour);
    }
}

macro_rules! icons {
    ($($name:ident = $code:literal;)*) => {
        /// The icons that are used, by their names in Phosphor.
        #[allow(missing_docs)]
        impl Icon {
            $(pub const $name: Self = Self($code);)*
        }
    };
}

icons! {
    ARROW_CLOCKWISE = '\u{e036}';
    ARROW_LEFT = '\u{e058}';
    ARROW_U_LEFT = '\u{e08a}';
    BABY = '\u{e774}';
    BELL = '\u{e0ce}';
    BINOCULARS = '\u{ea64}';
    BOOK_OPEN = '\u{e0e6}';
    CALENDAR = '\u{e10a}';
    CALENDAR_CHECK = '\u{e712}';
    CAMERA = '\u{e10e}';
    CALENDAR_DOTS = '\u{e7b4}';
    CAR = '\u{e112}';
    CARET_DOWN = '\u{e136}';
    CARET_LEFT = '\u{e138}';
    CARET_RIGHT = '\u{e13a}';
    CHAT = '\u{e16e}';
    CHECK = '\u{e182}';
    CHECK_CIRCLE = '\u{e184}';
    CIRCLE = '\u{e18a}';
    CLOCK = '\u{e19a}';
    COINS = '\u{e78e}';
    CONFETTI = '\u{e81a}';
    COOKING_POT = '\u{e764}';
    COPY = '\u{e1ca}';
    COUCH = '\u{e7f6}';
    DEVICE = '\u{e560}';
    DEVICES = '\u{eba4}';
    DOTS = '\u{e1fe}';
    DOWNLOAD = '\u{e20c}';
    FOLDER = '\u{e256}';
    GEAR = '\u{e272}';
    GLOBE = '\u{e288}';
    HANDSHAKE = '\u{e582}';
    HAND_HEART = '\u{e810}';
    HAND_WAVING = '\u{e580}';
    HOURGLASS = '\u{e2b8}';
    HOUSE = '\u{e2c2}';
    IMAGE = '\u{e2ca}';
    INFO = '\u{e2ce}';
    KEY = '\u{e2d6}';
    LIGHTNING = '\u{e2de}';
    LINK = '\u{e2e2}';
    MINUS = '\u{e32a}';
    MOON = '\u{e330}';
    PACKAGE = '\u{e390}';
    PAPER_PLANE = '\u{e398}';
    PENCIL = '\u{e3b4}';
    PLANT = '\u{ebae}';
    PLUS = '\u{e3d4}';
    PROHIBIT = '\u{e3de}';
    QR_CODE = '\u{e3e6}';
    ROWS = '\u{e5a2}';
    SCALES = '\u{e750}';
    SEARCH = '\u{e30c}';
    SIGN_OUT = '\u{e42a}';
    SUN = '\u{e472}';
    TENT = '\u{e8ba}';
    TEXT_SIZE = '\u{e6ee}';
    TOOLBOX = '\u{eca0}';
    TRASH = '\u{e4a6}';
    TRAY = '\u{e4aa}';
    USERS = '\u{e68e}';
    USER_PLUS = '\u{e4d0}';
    WARNING = '\u{e4e0}';
    WARNING_CIRCLE = '\u{e4e2}';
    X = '\u{e4f6}';
}
