//! The pictures of the sample street, drawn by the program: no image files, no licences, and every
//! device draws the same ones.
//!
//! Each is one thing on a rounded hill under a soft sky in its own hue. Shapes are placed by eye in
//! a frame of 800 × 600 with the ground at about y = 510; `painter` knows how to paint them. To
//! add a subject: a variant, its colours in `backdrop`, and a function in `pictures`.
#![expect(clippy::unreadable_literal, reason = "colours are written RRGGBB, as in the palette")]

mod painter;
// One shape a line reads as a drawing; wrapped at every comma it does not.
#[rustfmt::skip]
mod indoors;
#[rustfmt::skip]
mod outdoors;
#[rustfmt::skip]
mod pictures;

use image::RgbImage;
use painter::{Painter, fade, flat};

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A wooden stepladder.
    Ladder,
    /// The street's shared car.
    Car,
    /// A small tent.
    Tent,
    /// A cordless drill.
    Drill,
    /// A city bicycle with a basket.
    Bicycle,
    /// A kettle barbecue.
    Barbecue,
    /// A sewing machine.
    Sewing,
    /// A pile of books.
    Books,
    /// Help with cooking: a pan of soup.
    Cooking,
    /// Help in the garden: a watering can and a flower.
    Garden,
    /// A toolbox with its tools looking out.
    Toolbox,
    /// A small electric car at its cable.
    ElectricCar,
    /// A child's high chair.
    HighChair,
    /// A fondue pan on its flame.
    Fondue,
    /// Two folding chairs.
    Chairs,
    /// A wheelbarrow full of earth.
    Wheelbarrow,
    /// A film projector and its beam.
    Projector,
    /// An acoustic guitar.
    Guitar,
    /// A telescope under the stars.
    Telescope,
    /// A suitcase that has been around.
    Suitcase,
    /// A wooden train.
    Train,
    /// A hanging lamp.
    Lamp,
    /// Help with paperwork: a letter.
    Letter,
    /// A plant in a pot.
    Plant,
}

impl Subject {
    /// Every subject, in the order of the sample street.
    pub const ALL: [Self; 24] = [
        Self::Ladder,
        Self::Car,
        Self::Tent,
        Self::Drill,
        Self::Bicycle,
        Self::Barbecue,
        Self::Sewing,
        Self::Books,
        Self::Cooking,
        Self::Garden,
        Self::Toolbox,
        Self::ElectricCar,
        Self::HighChair,
        Self::Fondue,
        Self::Chairs,
        Self::Wheelbarrow,
        Self::Projector,
        Self::Guitar,
        Self::Telescope,
        Self::Suitcase,
        Self::Train,
        Self::Lamp,
        Self::Letter,
        Self::Plant,
    ];
}

/// Draws a subject, 800 × 600 pixels; the same pixels every time and everywhere.
pub fn draw(subject: Subject) -> RgbImage {
    let mut painter = Painter::new(800, 600);
    let p = &mut painter;
    backdrop(p, subject);
    match subject {
        Subject::Ladder => pictures::ladder(p),
        Subject::Car => pictures::car(p),
        Subject::Tent => pictures::tent(p),
        Subject::Drill => pictures::drill(p),
        Subject::Bicycle => pictures::bicycle(p),
        Subject::Barbecue => pictures::barbecue(p),
        Subject::Sewing => pictures::sewing(p),
        Subject::Books => pictures::books(p),
        Subject::Cooking => pictures::cooking(p),
        Subject::Garden => pictures::garden(p),
        Subject::Toolbox => outdoors::toolbox(p),
        Subject::ElectricCar => outdoors::electric_car(p),
        Subject::HighChair => indoors::high_chair(p),
        Subject::Fondue => indoors::fondue(p),
        Subject::Chairs => indoors::chairs(p),
        Subject::Wheelbarrow => outdoors::wheelbarrow(p),
        Subject::Projector => indoors::projector(p),
        Subject::Guitar => indoors::guitar(p),
        Subject::Telescope => outdoors::telescope(p),
        Subject::Suitcase => outdoors::suitcase(p),
        Subject::Train => indoors::train(p),
        Subject::Lamp => indoors::lamp(p),
        Subject::Letter => indoors::letter(p),
        Subject::Plant => indoors::plant(p),
    }
    painter.finish()
}

/// Sky, low sun, hill and the shadow of what will stand on it.
fn backdrop(p: &mut Painter, subject: Subject) {
    let (sky, haze, hill, [shadow_x, shadow_width]) = match subject {
        Subject::Ladder => (0xCFE0D8, 0x94B9AB, 0x5F8776, [400, 210]),
        Subject::Car => (0xCFDFDF, 0x8CADB2, 0x527881, [400, 310]),
        Subject::Tent => (0xCBDCBD, 0x95B486, 0x5F8251, [400, 320]),
        Subject::Drill => (0xF0D7BA, 0xDDAB83, 0xA8744F, [300, 200]),
        Subject::Bicycle => (0xD6E0EC, 0x98AECB, 0x677FA3, [400, 310]),
        Subject::Barbecue => (0xEFD3C0, 0xD39679, 0x9E5D47, [400, 210]),
        Subject::Sewing => (0xEED5DF, 0xC99AAF, 0x9A677F, [400, 300]),
        Subject::Books => (0xE0D6EC, 0xAA92C3, 0x776293, [400, 260]),
        Subject::Cooking => (0xF5E4BC, 0xE0B973, 0xAB8245, [400, 270]),
        Subject::Garden => (0xDDE8CB, 0xABCA95, 0x6E945B, [500, 190]),
        Subject::Toolbox => (0xF1DEC4, 0xDDB48A, 0xA97A50, [400, 280]),
        Subject::ElectricCar => (0xDCE9DA, 0xA3C3A6, 0x5F8A70, [400, 300]),
        Subject::HighChair => (0xF6E3D3, 0xE6B79C, 0xB57B5E, [400, 200]),
        Subject::Fondue => (0xF5E0D2, 0xDFA58C, 0xA9674F, [400, 230]),
        Subject::Chairs => (0xDCE6EE, 0xA3BACF, 0x6B86A6, [400, 290]),
        Subject::Wheelbarrow => (0xE2ECCF, 0xB3CC97, 0x76985C, [400, 290]),
        Subject::Projector => (0x8D83B4, 0x5E5488, 0x3C3562, [360, 230]),
        Subject::Guitar => (0xF3DFD6, 0xDCA996, 0xA56F5E, [400, 160]),
        Subject::Telescope => (0x53658F, 0x35426B, 0x222C4C, [400, 200]),
        Subject::Suitcase => (0xDDE9E6, 0xA3C4C0, 0x64908D, [400, 250]),
        Subject::Train => (0xF8E8C8, 0xE6C283, 0xB58E4D, [400, 320]),
        Subject::Lamp => (0xE3DCEB, 0xB3A2C8, 0x7C6A96, [400, 150]),
        Subject::Letter => (0xE4ECF2, 0xADC3D6, 0x7790AB, [400, 260]),
        Subject::Plant => (0xF1E6D2, 0xD6BF92, 0x9C8557, [400, 170]),
    };
    p.ground(fade(sky, haze));
    p.glow([400, 300, 430, 360], flat(0xFFF8E8).thin(0.4));
    p.oval([400, 790, 820, 330], fade(hill, 0x2C2621).thin(0.25));
    p.oval([400, 796, 820, 330], flat(hill));
    p.glow([shadow_x, 508, shadow_width, 36], flat(0x2C2621).thin(0.65));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo;

    #[test]
    fn every_picture_is_its_own_and_always_the_same() {
        let pictures = Subject::ALL.map(draw);
        for (index, picture) in pictures.iter().enumerate() {
            assert_eq!(picture.dimensions(), (800, 600));
            assert_eq!(*picture, draw(Subject::ALL[index]));
            assert!(!pictures[..index].contains(picture), "{:?}", Subject::ALL[index]);
        }
    }

    #[test]
    fn a_picture_can_be_shared_as_a_photo() {
        let mut png = std::io::Cursor::new(Vec::new());
        draw(Subject::Garden).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let photo = photo::prepare(&png.into_inner()).unwrap();
        assert_eq!(photo::verify(&photo.bytes), Ok((800, 600)));
    }
}
