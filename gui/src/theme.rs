//! Colours, shapes and sizes: the only place that names a colour. Pages ask for a [`Palette`] by role.
//!
//! Every pair of text and ground that is used stands in [`Palette::pairs`], where a test measures its
//! contrast (WCAG 2.2, 1.4.3: at least 4.5 to 1).
#![expect(clippy::unreadable_literal, reason = "colours are written RRGGBB, as in the palette")]

use eframe::egui::style::{ScrollStyle, WidgetVisuals};
use eframe::egui::{
    Color32, Context, CornerRadius, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, Ui,
    Visuals, vec2,
};
use noaber_core::id::MemberId;

use crate::fonts::Weight;

/// Corner of a card, in points.
pub const CARD_RADIUS: u8 = 16;
/// Corner of a button or field.
pub const BUTTON_RADIUS: u8 = 13;
/// Least height of what is pressed.
pub const TARGET: f32 = 44.0;
/// Smallest text.
pub const SMALL: f32 = 13.5;
/// Text for reading.
pub const BODY: f32 = 16.0;
/// Title of a card.
pub const TITLE: f32 = 18.0;
/// Heading of a page.
pub const HEADING: f32 = 28.0;

/// Colours by what they are for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Palette {
    pub background: Color32,
    pub rail: Color32,
    pub card: Color32,
    pub sunken: Color32,
    pub line: Color32,
    pub text: Color32,
    pub weak: Color32,
    pub primary: Color32,
    pub on_primary: Color32,
    pub primary_soft: Color32,
    pub accent: Color32,
    pub on_accent: Color32,
    pub accent_soft: Color32,
    pub ok: Color32,
    pub ok_soft: Color32,
    pub shadow: Color32,
    pub veil: Color32,
    people: [(Color32, Color32); 8],
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// By day.
pub const LIGHT: Palette = Palette {
    background: rgb(0xFAF5EE),
    rail: rgb(0xF3ECE1),
    card: rgb(0xFFFFFF),
    sunken: rgb(0xF1E9DD),
    line: rgb(0xE6DCCD),
    text: rgb(0x2C2621),
    weak: rgb(0x6B6158),
    primary: rgb(0x1E6B5A),
    on_primary: rgb(0xFFFFFF),
    primary_soft: rgb(0xDDEDE6),
    accent: rgb(0xA8431F),
    on_accent: rgb(0xFFFFFF),
    accent_soft: rgb(0xFBE6DA),
    ok: rgb(0x23703F),
    ok_soft: rgb(0xE1F2E4),
    shadow: Color32::from_rgba_premultiplied(8, 6, 4, 18),
    veil: Color32::from_rgba_premultiplied(20, 17, 14, 120),
    people: [
        (rgb(0x9A4A12), rgb(0xFBE8D2)),
        (rgb(0x7A4FA8), rgb(0xEDE4F7)),
        (rgb(0x2F619C), rgb(0xDFEBF7)),
        (rgb(0x97355F), rgb(0xF9E0EA)),
        (rgb(0x4C6B1F), rgb(0xE8F1D9)),
        (rgb(0x216778), rgb(0xDBEEF3)),
        (rgb(0x78552F), rgb(0xF0E6DB)),
        (rgb(0x1E6B5A), rgb(0xDDEDE6)),
    ],
};

/// By night.
pub const DARK: Palette = Palette {
    background: rgb(0x1B1816),
    rail: rgb(0x151311),
    card: rgb(0x272320),
    sunken: rgb(0x322D29),
    line: rgb(0x3D3732),
    text: rgb(0xF2EBE3),
    weak: rgb(0xB5AAA0),
    primary: rgb(0x7CCFB4),
    on_primary: rgb(0x10231D),
    primary_soft: rgb(0x24453B),
    accent: rgb(0xF0A07C),
    on_accent: rgb(0x2B1409),
    accent_soft: rgb(0x4A2E22),
    ok: rgb(0x8FD6A2),
    ok_soft: rgb(0x24402C),
    shadow: Color32::from_rgba_premultiplied(0, 0, 0, 70),
    veil: Color32::from_rgba_premultiplied(0, 0, 0, 165),
    people: [
        (rgb(0xF6C391), rgb(0x5A371A)),
        (rgb(0xD6BBF2), rgb(0x473157)),
        (rgb(0xA9CDF3), rgb(0x213B55)),
        (rgb(0xF3B4CE), rgb(0x562639)),
        (rgb(0xC6DE9E), rgb(0x323F1D)),
        (rgb(0xA3DAE8), rgb(0x1E4048)),
        (rgb(0xE0C7A8), rgb(0x483626)),
        (rgb(0x9BDCC6), rgb(0x24453B)),
    ],
};

impl Palette {
    /// The colours in force.
    pub fn of(ui: &Ui) -> &'static Self {
        if ui.visuals().dark_mode { &DARK } else { &LIGHT }
    }

    /// A person's own hue, strong and soft: the same on every device.
    pub fn person(&self, member: MemberId) -> (Color32, Color32) {
        self.people[usize::from(member.as_bytes()[0]) % self.people.len()]
    }

    /// Every text on every ground that the window shows, with a name for it.
    pub fn pairs(&self) -> Vec<(String, Color32, Color32)> {
        let mut pairs = Vec::new();
        let grounds = [("background", self.background), ("rail", self.rail), ("card", self.card)];
        for (name, ground) in grounds {
            pairs.push((format!("text on {name}"), self.text, ground));
            pairs.push((format!("weak on {name}"), self.weak, ground));
            pairs.push((format!("primary on {name}"), self.primary, ground));
            pairs.push((format!("accent on {name}"), self.accent, ground));
        }
        pairs.push(("text on sunken".into(), self.text, self.sunken));
        pairs.push(("weak on sunken".into(), self.weak, self.sunken));
        pairs.push(("on primary".into(), self.on_primary, self.primary));
        pairs.push(("on accent".into(), self.on_accent, self.accent));
        pairs.push(("primary on its soft".into(), self.primary, self.primary_soft));
        pairs.push(("text on primary soft".into(), self.text, self.primary_soft));
        pairs.push(("accent on its soft".into(), self.accent, self.accent_soft));
        pairs.push(("text on accent soft".into(), self.text, self.accent_soft));
        pairs.push(("ok on its soft".into(), self.ok, self.ok_soft));
        for (place, (strong, soft)) in self.people.iter().enumerate() {
            pairs.push((format!("person {place}"), *strong, *soft));
        }
        pairs
    }
}

/// Sky, haze, hill and sign of the drawing that stands in for a photo.
pub fn landscape_colours(hue: usize) -> [Color32; 4] {
    const HUES: [[u32; 4]; 8] = [
        [0xEFD9C3, 0xDFB48F, 0xB07E58, 0x694B34],
        [0xD3E3DC, 0x9DBFB2, 0x65907E, 0x3C564B],
        [0xD2E1C5, 0x9DBA8F, 0x68895A, 0x3E5236],
        [0xD9E3EE, 0xA0B4CF, 0x6F86A8, 0x425064],
        [0xF0DAE2, 0xCFA3B6, 0xA07186, 0x604350],
        [0xF1DBCC, 0xD7A084, 0xA76751, 0x643D30],
        [0xE4DBEE, 0xB19BC8, 0x7F6B9A, 0x4C405C],
        [0xF6E8C6, 0xE3C07E, 0xB28B4E, 0x6A532E],
    ];
    HUES[hue % HUES.len()].map(rgb)
}

/// Gives both themes our fonts, colours and shapes.
pub fn install(ctx: &Context) {
    ctx.set_fonts(crate::fonts::definitions());
    ctx.set_style_of(Theme::Light, style(&LIGHT, Visuals::light()));
    ctx.set_style_of(Theme::Dark, style(&DARK, Visuals::dark()));
}

fn style(palette: &Palette, visuals: Visuals) -> Style {
    let mut style = Style { visuals, ..Style::default() };
    let font = |weight: Weight, size| -> FontId { weight.at(size) };
    style.text_styles = [
        (TextStyle::Small, font(Weight::Body, SMALL)),
        (TextStyle::Body, font(Weight::Body, BODY)),
        (TextStyle::Monospace, font(Weight::Body, BODY)),
        (TextStyle::Button, font(Weight::Semibold, BODY)),
        (TextStyle::Heading, font(Weight::Heavy, HEADING)),
    ]
    .into();
    style.spacing.item_spacing = vec2(10.0, 8.0);
    style.spacing.button_padding = vec2(16.0, 10.0);
    // Widgets bring their own size; lines of text must not be as high as buttons.
    style.spacing.interact_size = vec2(TARGET, 24.0);
    style.spacing.scroll = ScrollStyle { bar_width: 8.0, ..ScrollStyle::floating() };
    style.interaction.selectable_labels = false;
    style.animation_time = 0.1;
    paint(&mut style.visuals, palette);
    style
}

fn paint(visuals: &mut Visuals, palette: &Palette) {
    visuals.panel_fill = palette.background;
    visuals.window_fill = palette.card;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(BUTTON_RADIUS);
    visuals.window_shadow = shadow(palette, 8, 30);
    visuals.popup_shadow = shadow(palette, 6, 22);
    visuals.extreme_bg_color = palette.card;
    visuals.faint_bg_color = palette.sunken;
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.weak);
    visuals.hyperlink_color = palette.primary;
    visuals.warn_fg_color = palette.accent;
    visuals.error_fg_color = palette.accent;
    visuals.selection.bg_fill = palette.primary_soft;
    visuals.selection.stroke = Stroke::new(2.0, palette.primary);
    visuals.text_cursor.stroke = Stroke::new(2.0, palette.primary);
    visuals.text_cursor.blink = false;
    let look = |fill, line| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: CornerRadius::same(BUTTON_RADIUS),
        fg_stroke: Stroke::new(1.0, palette.text),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = look(palette.card, palette.line);
    visuals.widgets.inactive = look(palette.card, palette.line);
    visuals.widgets.hovered = look(palette.sunken, palette.line);
    visuals.widgets.active = look(palette.sunken, palette.primary);
    visuals.widgets.open = look(palette.sunken, palette.line);
}

/// A soft shadow, so far down and so wide.
pub fn shadow(palette: &Palette, down: i8, blur: u8) -> Shadow {
    Shadow { offset: [0, down], blur, spread: 0, color: palette.shadow }
}

/// The inside of a card.
pub fn card_margin() -> Margin {
    Margin::same(18)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, as WCAG 2.2 defines it.
    fn luminance(colour: Color32) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    fn contrast(one: Color32, other: Color32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_text_stands_out_from_its_ground() {
        for (theme, palette) in [("light", &LIGHT), ("dark", &DARK)] {
            for (name, text, ground) in palette.pairs() {
                let contrast = contrast(text, ground);
                assert!(contrast >= 4.5, "{theme}: {name} has only {contrast:.2} to 1");
            }
        }
    }

    #[test]
    fn black_on_white_is_the_most_there_is() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
    }
}
