//! What is kept of the window: how it looks, where it stands, which page it showed, whether the bell
//! rings, and what was begun and not sent.
//!
//! Kept as one small text among the node's settings, so that it goes along in a backup. What cannot be
//! read is chosen again: a window must open.

use std::path::Path;

use eframe::egui::{Context, Pos2, Rect, Vec2, ViewportBuilder, pos2, vec2};
use noaber_node::home::Home;
use noaber_node::store::Store;
use serde::{Deserialize, Serialize};

use crate::desk::Route;
use crate::pages::Drafts;
use crate::rail::Appearance;

/// The setting under which they are kept.
pub const NAME: &str = "window";
/// A longer text is not read.
const MOST_BYTES: usize = 256 * 1024;
/// A window smaller than this cannot be used.
pub const LEAST_SIZE: Vec2 = vec2(360.0, 480.0);
/// As large as a window is that nobody has moved yet.
const USUAL_SIZE: Vec2 = vec2(1280.0, 820.0);

/// What is kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preferences {
    /// How the window looks; nothing where nobody chose.
    pub look: Option<Appearance>,
    /// Whether what concerns the member is told on the desktop.
    pub bell: Bell,
    /// The page that was open.
    pub page: Option<Route>,
    /// Where the window stood.
    pub place: Place,
    /// What was begun and not sent.
    pub drafts: Drafts,
}

/// Whether what concerns the member is told on the desktop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bell {
    /// It is.
    #[default]
    Rings,
    /// It is not; the window tells it all the same.
    Quiet,
}

/// Where a window stands, in points at which text has its usual size.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Its inner size.
    pub size: Option<[u16; 2]>,
    /// Its upper left corner; only where that is on the first screen.
    pub at: Option<[u16; 2]>,
    /// Whether it fills the screen.
    pub is_maximized: bool,
}

/// As it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    look: String,
    bell: Bell,
    page: String,
    place: Place,
    drafts: Drafts,
}

impl Preferences {
    /// Those of a home; the usual ones where nobody lives there yet.
    pub fn of(home: &Path) -> Self {
        let kept = Store::peek(&Home::at(home).store_path(), NAME);
        kept.as_deref().and_then(Self::from_text).unwrap_or_default()
    }

    /// As they are kept.
    pub fn to_text(&self) -> String {
        let kept = Kept {
            look: self.look.map(Appearance::to_text).unwrap_or_default(),
            bell: self.bell,
            page: self.page.and_then(Route::name).unwrap_or_default().to_owned(),
            place: self.place,
            drafts: self.drafts.clone(),
        };
        serde_json::to_string(&kept).expect("preferences are plain data")
    }

    /// As they were kept; `None` for what are none.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.len() > MOST_BYTES {
            return None;
        }
        let kept: Kept = serde_json::from_str(text).ok()?;
        Some(Self {
            look: Appearance::from_text(&kept.look),
            bell: kept.bell,
            page: Route::named(&kept.page),
            place: kept.place,
            drafts: kept.drafts,
        })
    }
}

impl Place {
    /// Where the window stands now; what cannot be known of it stays as it was.
    #[must_use]
    pub fn now(self, ctx: &Context) -> Self {
        let zoom = ctx.zoom_factor();
        let (inner, outer, screen, maximized) = ctx.input(|input| {
            let window = input.viewport();
            (window.inner_rect, window.outer_rect, window.monitor_size, window.maximized)
        });
        let is_maximized = maximized.unwrap_or(false);
        if is_maximized {
            // Its size when it does not fill the screen is the one before.
            return Self { is_maximized, ..self };
        }
        let size = inner.map(|rect| whole(rect.size().to_pos2(), zoom)).or(self.size);
        let is_on_first = |rect: &Rect, screen: Vec2| {
            Rect::from_min_size(Pos2::ZERO, screen).contains_rect(rect.shrink(8.0))
        };
        let at = match (outer, screen) {
            // Another screen may not be there the next time.
            (Some(rect), Some(screen)) if is_on_first(&rect, screen) => Some(whole(rect.min, zoom)),
            (Some(_), _) => None,
            (None, _) => self.at,
        };
        Self { size, at, is_maximized }
    }

    /// A window that stands so.
    pub fn apply(self, window: ViewportBuilder) -> ViewportBuilder {
        let points = |[x, y]: [u16; 2]| vec2(f32::from(x), f32::from(y));
        let size = self.size.map_or(USUAL_SIZE, points).max(LEAST_SIZE);
        let window = window.with_inner_size(size).with_min_inner_size(LEAST_SIZE);
        let window = window.with_maximized(self.is_maximized);
        match self.at {
            Some(at) => window.with_position(pos2(f32::from(at[0]), f32::from(at[1]))),
            None => window,
        }
    }
}

fn whole(point: Pos2, zoom: f32) -> [u16; 2] {
    let whole = |length: f32| (length * zoom).round().clamp(0.0, f32::from(u16::MAX)) as u16;
    [whole(point.x), whole(point.y)]
}

#[cfg(test)]
mod tests {
    use eframe::egui::ThemePreference;

    use super::*;
    use crate::words::Lang;

    #[test]
    fn what_was_kept_reads_as_it_was_and_what_cannot_be_read_is_chosen_again() {
        let look = Appearance { lang: Lang::Nl, theme: ThemePreference::Dark, percent: 120 };
        let place = Place { size: Some([900, 700]), at: Some([10, 0]), is_maximized: true };
        let preferences = Preferences {
            look: Some(look),
            bell: Bell::Quiet,
            page: Some(Route::Balance),
            place,
            drafts: Drafts::default(),
        };
        assert_eq!(Preferences::from_text(&preferences.to_text()), Some(preferences));
        for bad in ["", "nl dark 120", "{\"bell\":\"loud\"}", "[1]"] {
            assert_eq!(Preferences::from_text(bad), None, "{bad}");
        }
        // What a newer Noaber adds is passed over, what it takes away has its usual value.
        let newer = Preferences::from_text("{\"page\":\"moon\",\"hat\":3}");
        assert_eq!(newer, Some(Preferences::default()));
    }
}
