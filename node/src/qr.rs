//! Texts as QR codes: on the terminal, and as pictures to send or print; and read back from pictures.
//!
//! What the text says is not known here: an invite, or a bank transfer. A transfer
//! ([`noaber_core::money::epc()`]) must be coded at level M, and is short enough for version 13, the
//! largest that banking apps have to read.

mod reading;

use std::path::{Path, PathBuf};

use image::{ImageFormat, Luma};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

pub use qrcode::EcLevel;
pub use reading::{NoCode, read};

/// Narrowest picture, in pixels: large enough to be scanned from a screen or a print.
const MIN_PIXELS: u32 = 400;

/// A text did not become a QR code.
#[derive(Debug, thiserror::Error)]
pub enum QrError {
    /// It has more than fits the largest code.
    #[error("this text is too long for a QR code")]
    TooLong,
    /// The picture could not be written.
    #[error("the QR code could not be saved as {}: {source}", .file.display())]
    Save {
        /// Where it should have been.
        file: PathBuf,
        /// What went wrong.
        source: image::ImageError,
    },
}

/// The text as a QR code of half-block characters, at level M, each line ended.
///
/// What is light in the code is drawn, what is dark is left out: that is right way round where letters
/// are light on a dark ground, as most terminals are set; scanners read the inverse as well.
pub fn terminal(text: &str) -> Result<String, QrError> {
    let code = encode(text, EcLevel::M)?;
    let mut renderer = code.render::<Dense1x2>();
    renderer.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark);
    let mut lines = renderer.build();
    lines.push('\n');
    Ok(lines)
}

/// Saves the text as a picture of a QR code that withstands as much damage as `level` says, as a PNG
/// file. An existing file is replaced.
pub fn save_png(text: &str, level: EcLevel, file: &Path) -> Result<(), QrError> {
    let picture =
        encode(text, level)?.render::<Luma<u8>>().min_dimensions(MIN_PIXELS, MIN_PIXELS).build();
    picture
        .save_with_format(file, ImageFormat::Png)
        .map_err(|source| QrError::Save { file: file.to_owned(), source })
}

fn encode(text: &str, level: EcLevel) -> Result<QrCode, QrError> {
    // Only the length can be wrong: the version is chosen to fit, and any bytes can be coded.
    QrCode::with_error_correction_level(text, level).map_err(|_| QrError::TooLong)
}

#[cfg(test)]
mod tests {
    use noaber_core::money::{Cents, epc};

    use super::*;

    /// What a scanner reads in a picture, and the version of the code.
    fn scan(width: u32, height: u32, luma: impl Fn(u32, u32) -> u8) -> (String, usize) {
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
                luma(x as u32, y as u32)
            });
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "one code in the picture");
        let (about, text) = grids[0].decode().unwrap();
        // As the format itself counts them: 0 is level M.
        assert_eq!(about.ecc_level, 0);
        (text, about.version.0)
    }

    fn scan_file(file: &Path) -> (String, usize) {
        let picture = image::open(file).unwrap().into_luma8();
        scan(picture.width(), picture.height(), |x, y| picture.get_pixel(x, y).0[0])
    }

    /// The code on a terminal with light letters, four pixels a module.
    fn scan_terminal(lines: &str) -> (String, usize) {
        let rows: Vec<Vec<char>> = lines.lines().map(|line| line.chars().collect()).collect();
        let (width, height) = (rows[0].len() as u32 * 4, rows.len() as u32 * 8);
        scan(width, height, |x, y| {
            let is_upper = (y / 4) % 2 == 0;
            match rows[(y / 8) as usize][(x / 4) as usize] {
                '█' => 255,
                '▀' if is_upper => 255,
                '▄' if !is_upper => 255,
                _ => 0,
            }
        })
    }

    fn transfer(name: &str, text: &str) -> String {
        let iban = "MT84 MALT 0110 0001 2345 MTLC AST0 01S".parse().unwrap();
        epc(name, &iban, Cents::from_cents(1_250).unwrap(), text).unwrap()
    }

    #[test]
    fn a_transfer_is_scanned_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pay.png");
        let longest = transfer(&"é".repeat(70), &"🚲".repeat(140));
        assert!(longest.len() > 320);
        for text in
            [transfer("Anna de Vries", "Twingo, 12–14 May"), transfer("Jürgen", ""), longest]
        {
            save_png(&text, EcLevel::M, &file).unwrap();
            let (read, version) = scan_file(&file);
            assert_eq!(read, text);
            assert!(version <= 13, "version {version}");
            assert_eq!(scan_terminal(&terminal(&text).unwrap()).0, text);
        }
    }

    #[test]
    fn a_text_that_is_too_long_is_refused() {
        let long = "noaber ".repeat(600);
        assert!(matches!(terminal(&long), Err(QrError::TooLong)));
        let nowhere = Path::new("nowhere.png");
        assert!(matches!(save_png(&long, EcLevel::L, nowhere), Err(QrError::TooLong)));
    }

    #[test]
    fn a_picture_that_cannot_be_saved_names_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("missing").join("pay.png");
        let error = save_png("hello", EcLevel::M, &file).unwrap_err();
        assert!(error.to_string().contains("pay.png"), "{error}");
    }
}
