//! What a picture file says about itself, read before any decoder sees it.
//!
//! The decoders are lenient with broken files and allocate for what a header claims. These two
//! walks are the strict part: they only step from one length to the next, decode nothing and
//! allocate nothing. Sources: ITU-T T.81 annex B (JPEG markers), RFC 9649 (WebP container), RFC
//! 6386 section 9.1 (VP8 frame).

use super::{PhotoError, check_dimensions};

/// The segments of a JPEG file, up to its end marker.
#[derive(Debug, Default)]
pub(super) struct JpegOutline {
    /// The frame header, if there was exactly one that could be read.
    frame: Option<JpegFrame>,
    frames: usize,
    scans: usize,
    /// Whether the end marker was reached after at least one scan.
    pub(super) is_complete: bool,
    /// Whether anything follows the end marker.
    has_trailer: bool,
    /// Whether there is a segment for an application (EXIF, XMP, ICC) or a comment; the JFIF header
    /// is neither.
    pub(super) has_metadata: bool,
}

/// A JPEG frame header (SOF).
#[derive(Clone, Copy, Debug)]
pub(super) struct JpegFrame {
    /// Width in pixels.
    pub(super) width: u32,
    /// Height in pixels.
    pub(super) height: u32,
    /// Baseline coding, grey or three colours, each sampled at most 2 × 2.
    is_plain: bool,
}

impl JpegOutline {
    /// The frame, if this is a whole file with one baseline frame in one scan and nothing after it.
    pub(super) fn plain_frame(&self) -> Option<JpegFrame> {
        let is_whole = self.is_complete && !self.has_trailer;
        let frame = self.frame.filter(|frame| frame.is_plain && frame.width.min(frame.height) > 0);
        if is_whole && self.frames == 1 && self.scans == 1 { frame } else { None }
    }
}

/// Walks a JPEG file. `None` when it does not begin as one or a segment's length is impossible.
///
/// Between segments anything is passed over up to the next marker: after a scan's header that is
/// the picture itself, elsewhere it is padding that cameras leave and decoders accept. What follows
/// the end marker (some phones append a film) is not looked at.
pub(super) fn jpeg_outline(bytes: &[u8]) -> Option<JpegOutline> {
    let mut outline = JpegOutline::default();
    let mut rest = bytes.strip_prefix(&[0xFF, 0xD8])?;
    while let Some(start) = rest.iter().position(|&byte| byte == 0xFF) {
        rest = &rest[start + 1..];
        let Some(&marker) = rest.first() else { break };
        match marker {
            // An escaped 0xFF, a restart marker, or the first of several fill bytes: no segment
            // follows.
            0x00 | 0x01 | 0xD0..=0xD8 | 0xFF => continue,
            0xD9 => {
                outline.is_complete = outline.scans > 0;
                outline.has_trailer = rest.len() > 1;
                break;
            }
            _ => {}
        }
        let Some(&length) = rest[1..].first_chunk::<2>() else {
            break;
        };
        let body_len = usize::from(u16::from_be_bytes(length)).checked_sub(2)?;
        let Some((body, after)) = rest[3..].split_at_checked(body_len) else {
            break;
        };
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                outline.frames += 1;
                outline.frame = jpeg_frame(marker, body);
            }
            0xDA => outline.scans += 1,
            // The plain JFIF header is 14 bytes; a longer one holds a thumbnail or something else.
            0xE0 if body.len() <= 14 => {}
            0xE0..=0xEF | 0xFE => outline.has_metadata = true,
            _ => {}
        }
        rest = after;
    }
    Some(outline)
}

/// Reads a frame header: precision, height, width, and for each component an id, its sampling and
/// its table.
fn jpeg_frame(marker: u8, body: &[u8]) -> Option<JpegFrame> {
    let &[precision, height_high, height_low, width_high, width_low, count, ref components @ ..] =
        body
    else {
        return None;
    };
    let is_sampled_plainly =
        |component: &[u8; 3]| matches!(component[1], 0x11 | 0x12 | 0x21 | 0x22);
    let (components, remainder) = components.as_chunks::<3>();
    Some(JpegFrame {
        width: u32::from(u16::from_be_bytes([width_high, width_low])),
        height: u32::from(u16::from_be_bytes([height_high, height_low])),
        is_plain: marker == 0xC0
            && precision == 8
            && matches!(count, 1 | 3)
            && components.len() == usize::from(count)
            && remainder.is_empty()
            && components.iter().all(is_sampled_plainly),
    })
}

/// Checks a WebP file's chunks: each lies wholly in the file, none is an animation, and a lossy
/// frame's own size keeps the limits. The decoder allocates for both without asking, up to 4 GB for
/// a chunk.
pub(super) fn check_webp(bytes: &[u8]) -> Result<(), PhotoError> {
    // "RIFF", the length of all that follows, "WEBP", then the chunks.
    let mut rest = bytes.get(12..).ok_or(PhotoError::Damaged)?;
    while let Some((header, after)) = rest.split_first_chunk::<8>() {
        let [name @ .., length_0, length_1, length_2, length_3] = header;
        let len = u32::from_le_bytes([*length_0, *length_1, *length_2, *length_3]) as usize;
        let body = after.get(..len).ok_or(PhotoError::Damaged)?;
        match name {
            b"ANIM" | b"ANMF" => return Err(PhotoError::Moving),
            b"VP8 " => check_vp8(body)?,
            _ => {}
        }
        // Chunks begin on even places; the last one's padding may be missing.
        rest = after.get(len.next_multiple_of(2)..).unwrap_or_default();
    }
    Ok(())
}

/// Checks a lossy frame's size: after a three-byte tag and a three-byte start code, 14 bits each.
fn check_vp8(body: &[u8]) -> Result<(), PhotoError> {
    let Some(&[width_low, width_high, height_low, height_high]) =
        body.get(6..10).and_then(<[u8]>::first_chunk)
    else {
        return Err(PhotoError::Damaged);
    };
    let side = |low, high| u32::from(u16::from_le_bytes([low, high]) & 0x3FFF);
    check_dimensions(side(width_low, width_high), side(height_low, height_high))
}
