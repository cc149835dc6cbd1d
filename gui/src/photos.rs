//! Photos as textures: asked for when they are shown, decoded elsewhere, a few uploaded a frame, and the
//! longest unseen let go. Where a photo is not here (yet), a quiet drawing stands in for it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions};
use noaber_core::id::PhotoId;

use crate::engine::Engine;

/// Uploading a thumbnail takes a fraction of a millisecond; many at once would be felt.
const UPLOADS_A_FRAME: usize = 4;
/// Textures kept: several screens full.
const MOST: usize = 160;
/// A photo that is still on its way is looked for again after this.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// How large a picture is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// For a card.
    Card,
    /// For a page.
    Page,
}

impl Size {
    const fn side_px(self) -> u32 {
        match self {
            Self::Card => 520,
            Self::Page => 1_200,
        }
    }
}

/// One photo in one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shot {
    /// Which photo.
    pub photo: PhotoId,
    /// In which size.
    pub size: Size,
}

enum Held {
    Asked,
    Absent(Instant),
    Waiting(ColorImage),
    Ready(TextureHandle, u64),
}

/// The photos that are on the screen, or were lately.
#[derive(Default)]
pub struct Photos {
    held: BTreeMap<Shot, Held>,
    frame: u64,
}

impl Photos {
    /// Takes in what was decoded, uploads some of it, lets go of the rest.
    pub fn begin_frame(&mut self, ctx: &Context, engine: &mut Engine) {
        self.frame += 1;
        for (shot, picture) in engine.take_pictures() {
            let held = picture.map_or_else(|| Held::Absent(Instant::now()), Held::Waiting);
            self.held.insert(shot, held);
        }
        let mut uploads = 0;
        for (shot, held) in &mut self.held {
            if matches!(held, Held::Waiting(_)) {
                if uploads == UPLOADS_A_FRAME {
                    ctx.request_repaint();
                    break;
                }
                uploads += 1;
                if let Held::Waiting(image) = std::mem::replace(held, Held::Asked) {
                    let name = shot.photo.to_string();
                    let texture = ctx.load_texture(name, image, TextureOptions::LINEAR);
                    *held = Held::Ready(texture, self.frame);
                }
            }
        }
        self.let_go();
    }

    fn let_go(&mut self) {
        if self.held.len() <= MOST {
            return;
        }
        let seen = |held: &Held| match held {
            Held::Ready(_, frame) => *frame,
            _ => u64::MAX,
        };
        let mut by_age: Vec<(u64, Shot)> =
            self.held.iter().map(|(shot, held)| (seen(held), *shot)).collect();
        by_age.sort_unstable();
        for (_, shot) in by_age.into_iter().take(self.held.len() - MOST) {
            self.held.remove(&shot);
        }
    }

    /// The texture of a photo, if it is here; asks for it otherwise.
    pub fn texture(&mut self, engine: &Engine, shot: Shot) -> Option<TextureHandle> {
        match self.held.get_mut(&shot) {
            Some(Held::Ready(texture, seen)) => {
                *seen = self.frame;
                return Some(texture.clone());
            }
            Some(Held::Absent(since)) if since.elapsed() < LOOK_AGAIN => {
                engine.wake_in(LOOK_AGAIN);
                return None;
            }
            Some(Held::Asked | Held::Waiting(_)) => return None,
            Some(Held::Absent(_)) | None => {}
        }
        self.held.insert(shot, Held::Asked);
        engine.load(shot);
        None
    }
}

/// Decodes a stored photo to the size that is needed; `None` for what is no picture.
pub fn decode(bytes: &[u8], shot: Shot) -> Option<ColorImage> {
    let image = image::load_from_memory(bytes).ok()?;
    let side = shot.size.side_px();
    let small = if image.width().max(image.height()) > side {
        image.resize(side, side, image::imageops::FilterType::Triangle)
    } else {
        image
    };
    let rgb = small.into_rgb8();
    let size = [rgb.width() as usize, rgb.height() as usize];
    Some(ColorImage::from_rgb(size, rgb.as_raw()))
}
