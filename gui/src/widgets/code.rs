//! QR codes on the screen.

use eframe::egui::{Color32, ColorImage, Context, TextureHandle, TextureOptions};
use qrcode::{EcLevel, QrCode};

/// The quiet margin that scanners need, in modules (ISO/IEC 18004, 6.3.8).
const QUIET: usize = 4;

/// A text as a code; `None` where it is too long for one.
pub fn code(ctx: &Context, name: &str, text: &str, level: EcLevel) -> Option<TextureHandle> {
    let code = QrCode::with_error_correction_level(text, level).ok()?;
    Some(ctx.load_texture(name, picture(&code), TextureOptions::NEAREST))
}

/// One pixel a module.
fn picture(code: &QrCode) -> ColorImage {
    let side = code.width() + 2 * QUIET;
    let mut image = ColorImage::filled([side, side], Color32::WHITE);
    for (place, colour) in code.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            let (x, y) = (place % code.width() + QUIET, place / code.width() + QUIET);
            image[(x, y)] = Color32::BLACK;
        }
    }
    image
}
