//! Pictures that arrive from outside the window: dropped onto it, or pasted.

use std::sync::Arc;

use eframe::egui::{ColorImage, Context, Event};
use image::codecs::jpeg::JpegEncoder;

/// What is pasted has no file of its own; it is written like a good photo before it is looked at.
const PASTED_QUALITY: u8 = 92;

/// A picture whose bytes are still to be read: not on a thread that must not wait.
pub(crate) type Arrival = Box<dyn FnOnce() -> Result<Vec<u8>, String> + Send>;

/// All that were dropped or pasted since the last frame.
pub(crate) fn arrivals(ctx: &Context) -> Vec<Arrival> {
    let (dropped, pasted) = ctx.input(|input| {
        let pasted = input.events.iter().filter_map(|event| match event {
            Event::PasteImage(image) => Some(Arc::clone(image)),
            _ => None,
        });
        (input.raw.dropped_files.clone(), pasted.collect::<Vec<_>>())
    });
    let dropped = dropped.into_iter().map(|file| Box::new(move || file.bytes()) as Arrival);
    let pasted = pasted.into_iter().map(|image| Box::new(move || encode(&image)) as Arrival);
    dropped.chain(pasted).collect()
}

/// What was pasted, as a file.
fn encode(image: &ColorImage) -> Result<Vec<u8>, String> {
    let [width, height] = image.size.map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    let pixels: Vec<u8> = image.pixels.iter().flat_map(|p| [p.r(), p.g(), p.b()]).collect();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, PASTED_QUALITY);
    let written = encoder.encode(&pixels, width, height, image::ExtendedColorType::Rgb8);
    written.map(|()| bytes).map_err(|error| error.to_string())
}
