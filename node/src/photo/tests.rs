//! Files as they come: from cameras, from the internet, cut off, and made to harm.

use std::io::Cursor;

use image::codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder};
use image::{
    DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
};
use proptest::prelude::*;

use super::*;

const FORMATS: [ImageFormat; 3] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];

#[test]
fn each_format_becomes_a_small_jpeg_that_a_neighbour_accepts() {
    for format in FORMATS {
        let photo = prepare(&encoded(&sunset(320, 200), format)).unwrap();
        assert_eq!((photo.width, photo.height), (320, 200), "{format:?}");
        assert_eq!(verify(&photo.bytes), Ok((320, 200)), "{format:?}");
        assert_close(*decoded(&photo).get_pixel(300, 100), [239, 100, 60]);
    }
}

#[test]
fn lossy_and_grey_pictures_are_read_too() {
    assert_eq!(prepare(&lossy_webp(40, 24)).map(|photo| (photo.width, photo.height)), Ok((40, 24)));
    let grey = DynamicImage::ImageRgb8(sunset(64, 48)).into_luma8();
    let grey = encoded(&DynamicImage::ImageLuma8(grey), ImageFormat::Jpeg);
    assert!(verify(&prepare(&grey).unwrap().bytes).is_ok());
    assert_eq!(verify(&grey), Ok((64, 48)));
    let deep = DynamicImage::ImageRgb8(sunset(64, 48)).into_rgba16();
    assert!(prepare(&encoded(&DynamicImage::ImageRgba16(deep), ImageFormat::Png)).is_ok());
}

#[test]
fn what_is_see_through_becomes_white() {
    let mut ink = RgbaImage::from_pixel(64, 64, Rgba([0, 0, 0, 0]));
    for (x, _, pixel) in ink.enumerate_pixels_mut().filter(|(x, ..)| *x >= 32) {
        *pixel = Rgba([200, 0, 0, if x < 48 { 255 } else { 51 }]);
    }
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let picture =
            decoded(&prepare(&encoded(&DynamicImage::ImageRgba8(ink.clone()), format)).unwrap());
        assert_close(*picture.get_pixel(10, 30), [255, 255, 255]);
        assert_close(*picture.get_pixel(40, 30), [200, 0, 0]);
        assert_close(*picture.get_pixel(58, 30), [244, 204, 204]);
    }
}

#[test]
fn a_photo_taken_upright_stands_upright() {
    for format in FORMATS {
        let photo = prepare(&with_exif(&half_red(120, 80), format, 6)).unwrap();
        assert_eq!((photo.width, photo.height), (80, 120), "{format:?}");
        // Orientation 6 turns a quarter to the right: what was on the left is now on top.
        assert_close(*decoded(&photo).get_pixel(40, 10), [200, 30, 30]);
        assert_close(*decoded(&photo).get_pixel(40, 110), [30, 30, 200]);
    }
}

#[test]
fn nothing_tells_where_a_photo_was_taken() {
    for format in FORMATS {
        let taken = with_exif(&sunset(120, 80), format, 1);
        assert!(contains(&taken, b"N52.37"), "the test file must hold a place");
        let photo = prepare(&taken).unwrap();
        for trace in [
            &b"Exif"[..],
            b"N52.37",
            b"MM\0*",
            b"http",
            b"ICC_PROFILE",
            &[0xFF, 0xE1],
            &[0xFF, 0xFE],
        ] {
            assert!(!contains(&photo.bytes, trace), "{format:?} {trace:?}");
        }
    }
    let taken = with_exif(&sunset(120, 80), ImageFormat::Jpeg, 1);
    assert_eq!(verify(&taken), Err(PhotoError::NotPrepared(Unprepared::Metadata)));
}

#[test]
fn large_photos_shrink_in_proportion() {
    for (from, to) in
        [((3200, 1000), (1600, 500)), ((1000, 3200), (500, 1600)), ((12_000, 1), (1600, 1))]
    {
        let photo = prepare(&encoded(&sunset(from.0, from.1), ImageFormat::Png)).unwrap();
        assert_eq!((photo.width, photo.height), to);
    }
}

#[test]
fn noise_of_24_megapixels_still_fits() {
    // Noise in 3 × 3 cells: the most that 8 MiB of JPEG can carry at this size, and nothing that
    // compresses.
    let mut state = 1_u32;
    let cells = RgbImage::from_fn(2000, 1334, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [red, green, blue, _] = state.rotate_right(7).to_be_bytes();
        Rgb([red, green, blue])
    });
    let noise = RgbImage::from_fn(6000, 4000, |x, y| *cells.get_pixel(x / 3, y / 3));
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 5).encode_image(&noise).unwrap();
    let photo = prepare(&bytes).unwrap();
    assert!(photo.bytes.len() <= MAX_PHOTO_BYTES);
    assert_eq!(verify(&photo.bytes), Ok((photo.width, photo.height)));
    // Straight to the encoder, where not even scaling has taken the edge off.
    let photo = encoded_to_fit(cells);
    assert!(photo.bytes.len() <= MAX_PHOTO_BYTES && photo.width > 400, "{}", photo.width);
}

#[test]
fn bombs_are_refused_from_the_header() {
    assert_eq!(
        prepare(&png_claiming(30_000, 30_000)),
        Err(PhotoError::TooLong { side_px: 30_000 })
    );
    assert_eq!(prepare(&png_claiming(13_000, 10)), Err(PhotoError::TooLong { side_px: 13_000 }));
    assert_eq!(
        prepare(&png_claiming(5000, 5000)),
        Err(PhotoError::TooManyPixels { megapixels: 25 })
    );
    let solid = encoded(&RgbImage::from_pixel(5000, 5000, Rgb([250, 240, 230])), ImageFormat::Png);
    assert!(solid.len() < 500_000, "a bomb is small");
    assert_eq!(prepare(&solid), Err(PhotoError::TooManyPixels { megapixels: 25 }));
    let long = encoded(&RgbImage::new(13_000, 10), ImageFormat::Jpeg);
    assert_eq!(prepare(&long), Err(PhotoError::TooLong { side_px: 13_000 }));
    assert!(matches!(
        prepare(&png_claiming(0x7FFF_FFFF, 1)),
        Err(PhotoError::TooLong { .. } | PhotoError::TooMuchMemory)
    ));
    assert!(matches!(prepare(&png_claiming(0, 9)), Err(PhotoError::Damaged)));
}

#[test]
fn a_webp_that_lies_about_itself_is_refused() {
    let honest = lossy_webp(40, 24);
    assert_eq!(prepare(&in_canvas(40, 24, &honest[12..])).map(|photo| photo.width), Ok(40));
    // A small canvas around a frame of 16,383 × 16,383, which the decoder would allocate before
    // comparing.
    let lying = in_canvas(40, 24, &lossy_webp(16_383, 16_383)[12..]);
    assert_eq!(prepare(&lying), Err(PhotoError::TooLong { side_px: 16_383 }));
    let mut chunk_of_4_gb = in_canvas(40, 24, &honest[12..]);
    chunk_of_4_gb.extend_from_slice(b"EXIF\xF0\xFF\xFF\xFF");
    assert_eq!(prepare(&chunk_of_4_gb), Err(PhotoError::Damaged));
    let moving = in_canvas(40, 24, &[&b"ANIM\x06\0\0\0\0\0\0\0\0\0"[..], &honest[12..]].concat());
    assert_eq!(prepare(&moving), Err(PhotoError::Moving));
}

#[test]
fn what_is_cut_off_or_no_photo_is_said_plainly() {
    for format in FORMATS {
        let whole = with_exif(&sunset(320, 200), format, 1);
        for kept in [whole.len() / 2, whole.len() * 9 / 10, 40] {
            assert_eq!(prepare(&whole[..kept]), Err(PhotoError::Damaged), "{format:?} {kept}");
        }
    }
    for text in [
        &b""[..],
        b"Dear neighbour, the ladder is in the shed.",
        b"GIF89a\x01\0\x01\0",
        b"\0\0\0\x18ftypheic",
    ] {
        assert_eq!(prepare(text), Err(PhotoError::UnknownFormat));
        assert_eq!(verify(text), Err(PhotoError::NotPrepared(Unprepared::NotPlain)));
    }
    let heavy = prepare(&vec![0xFF; 11 * 1024 * 1024 + 1]).unwrap_err();
    assert_eq!(
        heavy.to_string(),
        "This file is 12 MB; photos may be at most 8 MB. Make it smaller or take a new one."
    );
}

#[test]
fn a_neighbour_can_send_only_what_prepare_makes() {
    let refused = |bytes: &[u8], why| assert_eq!(verify(bytes), Err(PhotoError::NotPrepared(why)));
    let good = prepare(&encoded(&sunset(320, 200), ImageFormat::Png)).unwrap().bytes;
    refused(&[good.clone(), vec![0; MAX_PHOTO_BYTES]].concat(), Unprepared::Heavy);
    refused(&encoded(&RgbImage::new(1601, 9), ImageFormat::Jpeg), Unprepared::Large);
    refused(&encoded(&sunset(32, 32), ImageFormat::Png), Unprepared::NotPlain);
    refused(&good[..good.len() - 2], Unprepared::NotPlain);
    refused(&[&good[..], b"a film"].concat(), Unprepared::NotPlain);
    refused(&[&good[..2], b"\xFF\xFE\0\x06home", &good[2..]].concat(), Unprepared::Metadata);
    let frame = good.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    for (offset, value) in [(1, 0xC2), (1, 0xC9), (4, 12), (5, 0xFF), (9, 4), (11, 0x44), (11, 0)] {
        let mut changed = good.clone();
        changed[frame + offset] = value; // progressive, arithmetic, 12 bits, tall, four colours, sampling
        assert!(verify(&changed).is_err(), "{offset} {value:#x}");
    }
    let scan = good.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    refused(&[&good[..scan], &good[scan..scan + 14], &good[scan..]].concat(), Unprepared::NotPlain);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(noise in prop::collection::vec(any::<u8>(), 0..600), kind in 0..4_usize) {
        let head: &[u8] = [&b""[..], b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"RIFF\0\x02\0\0WEBP"][kind];
        survives(&[head, &noise].concat());
    }

    #[test]
    fn no_cut_makes_it_panic(sample in 0..6_usize, kept in 0.0..1.0_f64) {
        let whole = small_sample(sample);
        survives(&whole[..(whole.len() as f64 * kept) as usize]);
    }

    #[test]
    fn no_flipped_bits_make_it_panic(
        sample in 0..6_usize,
        flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 1..6),
        // Half of all flips go to the first bytes, where the headers are.
        near_head in any::<bool>(),
    ) {
        let mut bytes = small_sample(sample);
        let reach = if near_head { bytes.len().min(160) } else { bytes.len() };
        for (place, bit) in flips {
            bytes[place.index(reach)] ^= 1 << bit;
        }
        survives(&bytes);
    }
}

/// Both doors hold; what comes through the first passes the second, and what passes the second can
/// be decoded or refused by the decoder, in the memory of a photo.
fn survives(bytes: &[u8]) {
    if let Ok(photo) = prepare(bytes) {
        assert_eq!(verify(&photo.bytes), Ok((photo.width, photo.height)));
    }
    if let Ok((width, height)) = verify(bytes)
        && let Ok(picture) = image::load_from_memory_with_format(bytes, ImageFormat::Jpeg)
    {
        assert_eq!(
            (picture.width(), picture.height()),
            (width, height),
            "we read the header as the decoder does"
        );
    }
}

fn small_sample(sample: usize) -> Vec<u8> {
    match sample {
        0 => encoded(&sunset(40, 24), ImageFormat::Jpeg),
        1..=3 => with_exif(&sunset(40, 24), FORMATS[sample - 1], 6),
        4 => lossy_webp(40, 24),
        _ => in_canvas(40, 24, &lossy_webp(40, 24)[12..]),
    }
}

fn sunset(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 255 / width) as u8, (y * 200 / height) as u8, 60])
    })
}

fn half_red(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 { Rgb([200, 30, 30]) } else { Rgb([30, 30, 200]) }
    })
}

fn encoded<I: Into<DynamicImage> + Clone>(image: &I, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.clone().into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A photo as a phone writes it: the way up, and the place.
fn with_exif(image: &RgbImage, format: ImageFormat, orientation: u8) -> Vec<u8> {
    // A big-endian TIFF with one directory of two entries at byte 8.
    let mut exif = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    exif.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]); // where the GPS directory is
    exif.extend_from_slice(b"\0\0\0\0\0\x01\0\x01\0\x02\0\0\0\x06\0\0\0\x38\0\0\0\0N52.37");
    let (mut bytes, color) = (Vec::new(), ExtendedColorType::Rgb8);
    match format {
        ImageFormat::Jpeg => written(JpegEncoder::new(&mut bytes), image, exif, color),
        ImageFormat::Png => written(PngEncoder::new(&mut bytes), image, exif, color),
        _ => written(WebPEncoder::new_lossless(&mut bytes), image, exif, color),
    }
    bytes
}

fn written(
    mut encoder: impl ImageEncoder,
    image: &RgbImage,
    exif: Vec<u8>,
    color: ExtendedColorType,
) {
    encoder.set_exif_metadata(exif).unwrap();
    encoder.write_image(image, image.width(), image.height(), color).unwrap();
}

/// A lossy WebP made by hand (the encoder only writes lossless): a key frame whose coded bits are
/// all zero.
fn lossy_webp(width: u16, height: u16) -> Vec<u8> {
    let mut frame = vec![0x10 | (200 << 5 & 0xFF) as u8, (200_u32 >> 3) as u8, 0, 0x9D, 0x01, 0x2A];
    frame.extend_from_slice(&width.to_le_bytes());
    frame.extend_from_slice(&height.to_le_bytes());
    frame.resize(frame.len() + 2200, 0);
    riff(&chunk(*b"VP8 ", &frame))
}

/// The same chunks behind an extended header that names its own size.
fn in_canvas(width: u8, height: u8, chunks: &[u8]) -> Vec<u8> {
    let header = chunk(*b"VP8X", &[0, 0, 0, 0, width - 1, 0, 0, height - 1, 0, 0]);
    riff(&[header.as_slice(), chunks].concat())
}

fn riff(chunks: &[u8]) -> Vec<u8> {
    chunk(*b"RIFF", &[&b"WEBP"[..], chunks].concat())
}

fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    [&name[..], &(body.len() as u32).to_le_bytes(), body].concat()
}

/// The header of a PNG of this size, with a right checksum, and the beginning of some pixels.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut header =
        [&b"IHDR"[..], &width.to_be_bytes(), &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    header.extend_from_slice(&crc32(&header).to_be_bytes());
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0d", &header[..], b"\0\0\0\x10IDATxxxxxxxxxxxxxxxxxxxx"].concat()
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum: u32, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

fn decoded(photo: &Photo) -> RgbImage {
    let picture =
        image::load_from_memory_with_format(&photo.bytes, ImageFormat::Jpeg).unwrap().into_rgb8();
    assert_eq!(picture.dimensions(), (photo.width, photo.height));
    picture
}

fn assert_close(found: Rgb<u8>, wanted: [u8; 3]) {
    let is_close = found.0.iter().zip(wanted).all(|(found, wanted)| found.abs_diff(wanted) <= 12);
    assert!(is_close, "{found:?} is not near {wanted:?}");
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
