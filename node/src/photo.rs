//! Photos: what a member picks becomes something safe to hand round the street.
//!
//! [`prepare`] takes any file a member chose and gives back a small JPEG that holds pixels and
//! nothing else: no place, no time, no camera. [`verify`] is the other side: it looks at a photo
//! that a neighbour's device sent and keeps out whatever `prepare` could not have made, without
//! decoding it.
//!
//! This module deliberately knows no files, no network and no listings: bytes in, bytes out. What a
//! file says about itself before any decoder runs is read in `container`.

mod container;
#[cfg(test)]
mod tests;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

/// The heaviest file taken in. A phone's JPEG is 2 to 6 MB; what is heavier is rarely a photo of a
/// ladder.
pub const MAX_PHOTO_INPUT_BYTES: usize = 8 * 1024 * 1024;
/// The most pixels decoded: everything a camera calls "24 megapixels" (a phone's 5,712 × 4,284
/// are 24.5 million), and not one of 25. It bounds the memory that decoding takes, whatever the
/// file claims.
pub const MAX_PHOTO_INPUT_PIXELS: u64 = 24_999_999;
/// The longest side decoded. Long thin pictures are panoramas at best; scaling them needs whole
/// rows at once.
pub const MAX_PHOTO_INPUT_SIDE_PX: u32 = 12_000;
/// What the decoder may hold: the most pixels at 8 bytes each (16 bits a channel) is 200 MB, and
/// some room.
pub const MAX_PHOTO_DECODE_BYTES: u64 = 256 * 1024 * 1024;
/// The longest side kept: sharp on a large screen, and a thousand of them still fit on a phone.
pub const MAX_PHOTO_SIDE_PX: u32 = 1_600;
/// The heaviest photo that travels: every neighbour keeps a copy of it.
pub const MAX_PHOTO_BYTES: usize = 400 * 1024;

/// Tried in this order. 85 is where people stop seeing the difference; below 45 a smaller picture
/// looks better than a blotchier one.
const QUALITIES: [u8; 5] = [85, 75, 65, 55, 45];

/// A photo that is ready to be kept and shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// A baseline JPEG of at most [`MAX_PHOTO_BYTES`], without any metadata.
    pub bytes: Vec<u8>,
    /// Width in pixels, at most [`MAX_PHOTO_SIDE_PX`].
    pub width: u32,
    /// Height in pixels, at most [`MAX_PHOTO_SIDE_PX`].
    pub height: u32,
}

/// Why a photo is not taken; each says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// The file is heavier than [`MAX_PHOTO_INPUT_BYTES`]; `megabytes` is rounded up.
    #[error(
        "This file is {megabytes} MB; photos may be at most 8 MB. \
         Make it smaller or take a new one."
    )]
    TooHeavy {
        /// The file's weight in units of 1,048,576 bytes, rounded up so that it never reads "8".
        megabytes: usize,
    },
    /// The file is none of the three formats, whatever its name says.
    #[error(
        "This file is not a photo Noaber can open. \
         Choose a JPEG, PNG or WebP picture, or export it as JPEG first."
    )]
    UnknownFormat,
    /// One side is longer than [`MAX_PHOTO_INPUT_SIDE_PX`].
    #[error(
        "This photo is {side_px} pixels long; a side may be at most 12000. \
         Crop it or make it smaller."
    )]
    TooLong {
        /// The longer side in pixels.
        side_px: u32,
    },
    /// More pixels than [`MAX_PHOTO_INPUT_PIXELS`].
    #[error(
        "This photo has {megapixels} megapixels; photos may have at most 24. \
         Make it smaller or take a new one."
    )]
    TooManyPixels {
        /// Millions of pixels, rounded down as cameras do.
        megapixels: u64,
    },
    /// Opening it would take more than [`MAX_PHOTO_DECODE_BYTES`].
    #[error(
        "Opening this photo takes more memory than Noaber allows. \
         Export it as a plain JPEG and try again."
    )]
    TooMuchMemory,
    /// A moving picture: its frames would be lost, so it is refused rather than silently cut to
    /// one.
    #[error(
        "This is a moving picture; Noaber shows still photos. \
         Choose a photo, or export one frame as JPEG."
    )]
    Moving,
    /// The file breaks off or contradicts itself.
    #[error(
        "This photo is damaged or incomplete. \
         Copy it again from the phone or camera, or take a new one."
    )]
    Damaged,
    /// A photo from a neighbour that [`prepare`] could not have made.
    #[error("A neighbour's photo is not shown, because {0}. Ask them to add it again.")]
    NotPrepared(Unprepared),
}

/// What is wrong with a photo that a neighbour's device sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unprepared {
    /// Heavier than [`MAX_PHOTO_BYTES`].
    #[error("it is heavier than 400 kB")]
    Heavy,
    /// A side longer than [`MAX_PHOTO_SIDE_PX`].
    #[error("it is larger than 1600 pixels")]
    Large,
    /// It carries EXIF, XMP, an ICC profile or a comment, any of which may say where the neighbour
    /// lives.
    #[error("it may say where and when it was taken")]
    Metadata,
    /// Not a whole, baseline, single-scan JPEG. Other kinds make a decoder work (scans) or allocate
    /// (sampling) far beyond what their few bytes suggest.
    #[error("it is not a plain, complete JPEG")]
    NotPlain,
}

/// Makes a photo ready to share: upright, on white, at most 1,600 pixels a side and 400 KiB, and
/// silent about where, when and with what it was taken.
///
/// The format is told by content, never by a name. Colours are taken as sRGB. This is work for a
/// blocking thread: about half a second for a phone's photo.
pub fn prepare(bytes: &[u8]) -> Result<Photo, PhotoError> {
    Ok(encoded_to_fit(open(bytes, MAX_PHOTO_SIDE_PX)?))
}

/// Opens a picture under the limits of this module: upright, on white, with no side longer than
/// `side_px`. For reading what is on it; to share it there is [`prepare`].
pub fn open(bytes: &[u8], side_px: u32) -> Result<RgbImage, PhotoError> {
    if bytes.len() > MAX_PHOTO_INPUT_BYTES {
        return Err(PhotoError::TooHeavy { megabytes: bytes.len().div_ceil(1024 * 1024) });
    }
    let format = sniff(bytes)?;
    let mut limits = Limits::default();
    // Only PNG's decoder counts what it allocates; for the other two the pixel limit below and the
    // container checks above are what bounds it.
    limits.max_alloc = Some(MAX_PHOTO_DECODE_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);

    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    check_dimensions(width, height)?;
    let orientation = decoder.orientation()?;
    let full = flattened(DynamicImage::from_decoder(decoder)?);

    // Turned after scaling: the fit is the same either way, and turning a small picture takes a
    // tenth.
    let mut small = DynamicImage::ImageRgb8(scaled_to_fit(full, side_px));
    small.apply_orientation(orientation);
    Ok(small.into_rgb8())
}

/// Makes a photo of a picture that this program painted: as [`prepare`], without a file in between.
pub fn from_picture(picture: RgbImage) -> Photo {
    encoded_to_fit(scaled_to_fit(picture, MAX_PHOTO_SIDE_PX))
}

/// Looks whether a photo from a neighbour's device is one that [`prepare`] could have made, and
/// gives its width and height in pixels. Nothing is decoded: this walks the file's segments once
/// and allocates nothing.
pub fn verify(bytes: &[u8]) -> Result<(u32, u32), PhotoError> {
    let refuse = |why| Err(PhotoError::NotPrepared(why));
    if bytes.len() > MAX_PHOTO_BYTES {
        return refuse(Unprepared::Heavy);
    }
    let Some(outline) = container::jpeg_outline(bytes) else {
        return refuse(Unprepared::NotPlain);
    };
    if outline.has_metadata {
        return refuse(Unprepared::Metadata);
    }
    let Some(frame) = outline.plain_frame() else {
        return refuse(Unprepared::NotPlain);
    };
    if frame.width.max(frame.height) > MAX_PHOTO_SIDE_PX {
        return refuse(Unprepared::Large);
    }
    Ok((frame.width, frame.height))
}

/// The format by content, after the container checks that the decoders themselves leave out.
fn sniff(bytes: &[u8]) -> Result<ImageFormat, PhotoError> {
    let format = image::guess_format(bytes).map_err(|_| PhotoError::UnknownFormat)?;
    match format {
        ImageFormat::Png => {}
        // The decoder fills a missing rest with grey and calls it success; half a ladder is not a
        // photo.
        ImageFormat::Jpeg => {
            let complete =
                container::jpeg_outline(bytes).is_some_and(|outline| outline.is_complete);
            if !complete {
                return Err(PhotoError::Damaged);
            }
        }
        ImageFormat::WebP => container::check_webp(bytes)?,
        _ => return Err(PhotoError::UnknownFormat),
    }
    Ok(format)
}

fn check_dimensions(width: u32, height: u32) -> Result<(), PhotoError> {
    let pixels = u64::from(width) * u64::from(height);
    let side_px = width.max(height);
    if pixels == 0 {
        return Err(PhotoError::Damaged);
    }
    if side_px > MAX_PHOTO_INPUT_SIDE_PX {
        return Err(PhotoError::TooLong { side_px });
    }
    if pixels > MAX_PHOTO_INPUT_PIXELS {
        return Err(PhotoError::TooManyPixels { megapixels: pixels / 1_000_000 });
    }
    Ok(())
}

/// Lays what is see-through on white paper. Done before scaling, so that the colour hidden under
/// transparent pixels never bleeds into their neighbours.
fn flattened(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let rgba = image.into_rgba8();
    let mut rgb = RgbImage::new(rgba.width(), rgba.height());
    for (paper, ink) in rgb.pixels_mut().zip(rgba.pixels()) {
        let alpha = u16::from(ink[3]);
        for channel in 0..3 {
            let mixed = u16::from(ink[channel]) * alpha + 255 * (255 - alpha);
            paper[channel] = (mixed / 255) as u8;
        }
    }
    rgb
}

/// The image with its longer side at most `side_px`, in proportion, never under one pixel.
fn scaled_to_fit(image: RgbImage, side_px: u32) -> RgbImage {
    let (width, height) = image.dimensions();
    let longer = width.max(height);
    if longer <= side_px {
        return image;
    }
    // At most 12,000 × 1,600: it fits in 32 bits.
    let scaled = |px: u32| (px * side_px + longer / 2) / longer;
    imageops::resize(&image, scaled(width).max(1), scaled(height).max(1), FilterType::CatmullRom)
}

/// Encodes at the first quality that fits, and failing that, smaller.
///
/// This ends: a block of 8 × 8 pixels takes at most 64 coefficients of 26 bits in each of 3
/// channels, doubled should every byte need stuffing, so 1,248 bytes; 300 such blocks fit, and a
/// picture of 128 × 128 pixels has 256.
fn encoded_to_fit(mut image: RgbImage) -> Photo {
    loop {
        for quality in QUALITIES {
            let mut bytes = Vec::with_capacity(MAX_PHOTO_BYTES);
            JpegEncoder::new_with_quality(&mut bytes, quality)
                .encode_image(&image)
                .expect("memory takes every byte, and sides of 1 to 1,600 pixels can be written");
            if bytes.len() <= MAX_PHOTO_BYTES {
                bytes.shrink_to_fit();
                return Photo { bytes, width: image.width(), height: image.height() };
            }
        }
        let smaller_px = image.width().max(image.height()) * 3 / 4;
        image = scaled_to_fit(image, smaller_px);
    }
}

/// Decoders complain in many ways; to the person holding the phone there are two.
impl From<ImageError> for PhotoError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooMuchMemory,
            _ => Self::Damaged,
        }
    }
}
