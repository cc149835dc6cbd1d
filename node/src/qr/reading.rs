//! Codes read back from a picture: a photo of a screen, a scan, a screenshot.

use image::GrayImage;
use image::imageops::{self, FilterType};

use crate::photo::{self, PhotoError};

/// The sizes at which a code is looked for, by the longer side in pixels. Most are found in the first;
/// a small code in a large picture needs the second; where a photo is grainy, the third smooths it.
const SIDES_PX: [u32; 3] = [1_600, 3_200, 800];

/// Why no code was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCode {
    /// The file is no picture, or one that is not opened.
    #[error(transparent)]
    Picture(#[from] PhotoError),
    /// There is no code on it.
    #[error("there is no QR code on this picture")]
    Absent,
    /// There is one, but it cannot be made out.
    #[error("the QR code on this picture is too blurred to read")]
    Blurred,
}

/// The texts of the codes on a picture, at least one. The file may come from anybody: it is opened under
/// the limits of [`photo`]. This is work for a blocking thread.
pub fn read(file: &[u8]) -> Result<Vec<String>, NoCode> {
    let largest = SIDES_PX.into_iter().max().unwrap_or_default();
    let picture = imageops::grayscale(&photo::open(file, largest)?);
    let mut is_any_there = false;
    for side_px in SIDES_PX {
        let mut grey = fitted(&picture, side_px);
        for _ in ["as it is", "light on a dark ground"] {
            let (texts, is_there) = texts(&grey);
            if !texts.is_empty() {
                return Ok(texts);
            }
            is_any_there |= is_there;
            imageops::invert(&mut grey);
        }
    }
    Err(if is_any_there { NoCode::Blurred } else { NoCode::Absent })
}

/// With its longer side at most so long.
fn fitted(picture: &GrayImage, side_px: u32) -> GrayImage {
    let longer = picture.width().max(picture.height());
    if longer <= side_px {
        return picture.clone();
    }
    let scaled = |px: u32| (px * side_px / longer).max(1);
    let (width, height) = (scaled(picture.width()), scaled(picture.height()));
    imageops::resize(picture, width, height, FilterType::Triangle)
}

/// The texts of the codes that can be read, and whether there is any code at all.
fn texts(grey: &GrayImage) -> (Vec<String>, bool) {
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        grey.get_pixel(x as u32, y as u32).0[0]
    });
    let grids = prepared.detect_grids();
    let texts = grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text);
    (texts.collect(), !grids.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, Luma, Rgb, RgbImage};
    use qrcode::{EcLevel, QrCode};

    use super::*;

    const TEXT: &str = "noaber:join/something-that-is-as-long-as-an-invite-is-and-a-little-longer";

    fn code(module_px: u32) -> GrayImage {
        let code = QrCode::with_error_correction_level(TEXT, EcLevel::M).unwrap();
        code.render::<Luma<u8>>().module_dimensions(module_px, module_px).build()
    }

    fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture: DynamicImage = picture.into();
        picture.into_rgb8().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A code somewhere on a larger picture.
    fn placed(code: &GrayImage, [width, height]: [u32; 2], [x, y]: [i64; 2]) -> RgbImage {
        let mut picture = RgbImage::from_pixel(width, height, Rgb([214, 190, 160]));
        let code = DynamicImage::ImageLuma8(code.clone()).into_rgb8();
        imageops::overlay(&mut picture, &code, x, y);
        picture
    }

    #[test]
    fn a_code_is_read_from_what_people_have() {
        let screenshot = file(placed(&code(5), [1_280, 800], [500, 200]), ImageFormat::Png);
        assert_eq!(read(&screenshot).unwrap(), [TEXT]);
        let small_on_a_large_screen =
            file(placed(&code(4), [3_840, 2_160], [3_000, 99]), ImageFormat::Png);
        assert_eq!(read(&small_on_a_large_screen).unwrap(), [TEXT]);
        let turned = imageops::rotate90(&placed(&code(9), [900, 1_400], [120, 500]));
        assert_eq!(read(&file(turned, ImageFormat::Jpeg)).unwrap(), [TEXT]);
        let mut dark = code(6);
        imageops::invert(&mut dark);
        assert_eq!(read(&file(dark, ImageFormat::Png)).unwrap(), [TEXT]);
    }

    #[test]
    fn what_holds_no_code_is_told_apart() {
        assert_eq!(read(b"a letter"), Err(NoCode::Picture(PhotoError::UnknownFormat)));
        let nothing = RgbImage::from_pixel(600, 400, Rgb([120, 130, 90]));
        assert_eq!(read(&file(nothing, ImageFormat::Png)), Err(NoCode::Absent));
        // Its corners are still found; what is between them is gone.
        let mut scratched = code(8);
        let middle = scratched.width() / 2;
        for (x, y, pixel) in scratched.enumerate_pixels_mut() {
            if x.abs_diff(middle) < middle * 2 / 5 && y.abs_diff(middle) < middle * 2 / 5 {
                *pixel = Luma([if (x / 5 + y / 7) % 2 == 0 { 255 } else { 0 }]);
            }
        }
        assert_eq!(read(&file(scratched, ImageFormat::Png)), Err(NoCode::Blurred));
    }
}
