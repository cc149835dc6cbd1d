//! Things that are used outside, one function each, painted from back to front.

use super::painter::{Painter, fade, flat};
use super::pictures::heart;

pub(super) fn toolbox(p: &mut Painter) {
    // A hammer, a screwdriver and a wrench look out.
    p.line(&[300, 330, 268, 176], 18, fade(0xD9A566, 0xA86A33));
    p.shape(&[222, 166, 300, 148, 306, 178, 228, 196], 6, fade(0x8C97A0, 0x5A646D));
    p.shape(&[222, 166, 196, 192, 214, 206, 240, 192], 5, fade(0x8C97A0, 0x5A646D));
    p.line(&[404, 330, 412, 214], 9, fade(0xE7E2DA, 0x9DA3A8));
    p.line(&[411, 218, 416, 152], 26, fade(0xF3B44A, 0xD9862A));
    p.line(&[413, 190, 416, 158], 5, flat(0xFFFFFF).thin(0.4));
    p.line(&[500, 330, 534, 200], 22, fade(0xB9C2C9, 0x86919A));
    p.ring([541, 172, 26], 18, fade(0xB9C2C9, 0x86919A));
    p.shape(&[534, 134, 562, 138, 552, 170, 534, 166], 3, fade(0xF0DCC1, 0xEDD5B4));
    // The box: a tray with a bow over it.
    p.line(&[246, 340, 276, 262, 524, 262, 554, 340], 17, fade(0x8E2B1C, 0x6E2015));
    p.line(&[330, 262, 470, 262], 25, fade(0x4A423B, 0x2C2621));
    p.shape(&[212, 326, 588, 326, 574, 498, 226, 498], 12, fade(0xDB5B40, 0xA63A26));
    p.block([196, 312, 408, 34], 9, fade(0xEE7B5D, 0xC24A31));
    p.line(&[222, 402, 578, 402], 4, flat(0x7F2617).thin(0.5));
    for x in [292, 508] {
        p.block([x - 20, 386, 40, 48], 7, fade(0xF2E4C8, 0xC9B58E));
        p.block([x - 11, 408, 22, 12], 4, flat(0x6B5A3C));
    }
    p.line(&[236, 360, 244, 476], 12, flat(0xFFFFFF).thin(0.22));
    heart(p, 400, 424, 22);
    p.oval([382, 408, 6, 6], flat(0xFFFFFF).thin(0.5));
}

pub(super) fn electric_car(p: &mut Painter) {
    let (blue, glass) = (fade(0x58A9C4, 0x2F7796), fade(0xF0F8F8, 0xB7D8E0));
    // A post to charge at, and its cable.
    p.block([640, 318, 58, 192], 14, fade(0xFFFDF8, 0xD9D2C6));
    p.block([652, 336, 34, 44], 6, fade(0x2F8F6B, 0x1E6B5A));
    p.shape(&[672, 340, 660, 362, 669, 362, 664, 378, 680, 354, 670, 354], 1, flat(0xFFE28A));
    p.curve([652, 404, 612, 500, 586, 402], 9, flat(0x37302B));
    p.shape(&[228, 350, 276, 254, 468, 254, 540, 350], 30, blue);
    p.shape(&[258, 342, 294, 270, 366, 270, 366, 342], 9, glass);
    p.shape(&[394, 342, 394, 270, 460, 270, 512, 342], 9, glass);
    p.line(&[284, 334, 314, 272], 9, flat(0xFFFFFF).thin(0.45));
    p.line(&[418, 334, 446, 276], 9, flat(0xFFFFFF).thin(0.45));
    p.shape(&[182, 372, 220, 352, 540, 352, 588, 378, 600, 452, 176, 452], 30, blue);
    p.line(&[172, 406, 604, 406], 4, flat(0x1D4F66).thin(0.5));
    p.line(&[380, 346, 380, 456], 3, flat(0x1D4F66).thin(0.6));
    p.line(&[334, 382, 362, 382], 8, flat(0xDDF0F5));
    p.oval([586, 402, 13, 13], flat(0x2C2621));
    p.oval([586, 402, 6, 6], flat(0x8FD6A2));
    p.block([146, 458, 486, 22], 10, flat(0x4A5459));
    p.block([152, 384, 16, 34], 8, fade(0xFFF6D8, 0xF1CF7C));
    // A leaf on the door.
    p.shape(&[452, 428, 444, 410, 454, 394, 474, 386, 494, 384, 494, 402, 486, 418, 470, 428], 3, fade(0xC9E8B8, 0x8CC487));
    p.line(&[442, 438, 482, 392], 4, flat(0x2F7796));
    for x in [256, 514] {
        p.dome([x, 478, 60, 66], flat(0x1D4F66));
        p.oval([x, 468, 48, 48], flat(0x37302B));
        p.oval([x, 468, 27, 27], fade(0xF2EBE3, 0xBDB2A6));
        p.oval([x, 468, 9, 9], flat(0x6B6158));
    }
}

pub(super) fn wheelbarrow(p: &mut Painter) {
    // Earth, with something that grows in it.
    p.dome([404, 312, 150, 92], fade(0x8A6242, 0x5E3F28));
    p.dome([322, 312, 84, 52], fade(0x7A5438, 0x563823));
    p.line(&[442, 226, 442, 178], 7, flat(0x3C7A4C));
    p.shape(&[442, 196, 476, 168, 500, 168, 480, 190], 5, fade(0x86C46C, 0x4C8A50));
    p.shape(&[442, 190, 408, 156, 384, 158, 404, 182], 5, fade(0x86C46C, 0x4C8A50));
    p.line(&[330, 262, 330, 226], 6, flat(0x3C7A4C));
    p.shape(&[330, 240, 352, 218, 370, 220, 354, 236], 4, fade(0x86C46C, 0x4C8A50));
    // Legs and handles behind the tray.
    p.line(&[512, 400, 548, 506], 14, fade(0x5B5048, 0x37302B));
    p.line(&[252, 452, 470, 416, 676, 300], 15, fade(0x6B6158, 0x4A423B));
    p.line(&[632, 325, 690, 292], 25, fade(0xB8502F, 0x8A3A20));
    p.shape(&[216, 306, 596, 306, 512, 420, 322, 420], 14, fade(0x3D9A84, 0x1A5B4D));
    p.block([200, 294, 412, 22], 10, fade(0x55B39C, 0x2A7B69));
    p.line(&[246, 330, 334, 406], 13, flat(0xFFFFFF).thin(0.22));
    p.line(&[330, 420, 262, 446], 12, fade(0x6B6158, 0x4A423B));
    p.oval([246, 450, 60, 60], flat(0x37302B));
    p.oval([246, 450, 34, 34], fade(0xF6C56B, 0xDD9A3A));
    p.oval([246, 450, 11, 11], flat(0x5B5048));
}

pub(super) fn telescope(p: &mut Painter) {
    for (x, y, size) in [(110, 96, 4), (226, 62, 3), (352, 118, 3), (90, 236, 3), (690, 222, 4), (500, 56, 3), (258, 196, 2), (628, 330, 3), (158, 336, 3), (430, 182, 2)] {
        p.oval([x, y, size, size], flat(0xFFF3DC));
        p.glow([x, y, size * 5, size * 5], flat(0xFFF3DC).thin(0.35));
    }
    // Saturn.
    p.glow([646, 112, 120, 120], flat(0xFFE6AE).thin(0.3));
    p.oval([646, 112, 40, 40], fade(0xFBE0A6, 0xDDA85C));
    p.curve([576, 140, 640, 134, 716, 84], 9, flat(0xF0CFA0).thin(0.95));
    p.curve([576, 140, 560, 140, 606, 112], 7, flat(0xF0CFA0).thin(0.7));
    p.curve([716, 84, 728, 74, 688, 94], 7, flat(0xF0CFA0).thin(0.7));
    // Three legs.
    p.line(&[392, 372, 400, 506], 13, fade(0xB98350, 0x7A4F2C));
    p.line(&[392, 372, 300, 508], 14, fade(0xD9A566, 0x9A6234));
    p.line(&[392, 372, 488, 508], 14, fade(0xD9A566, 0x9A6234));
    p.block([366, 346, 52, 40], 12, fade(0x6B6158, 0x37302B));
    // The tube, from the eye to the sky.
    p.line(&[232, 414, 268, 396], 20, fade(0x6B6158, 0x37302B));
    p.line(&[262, 400, 330, 364], 38, fade(0x4A423B, 0x2C2621));
    p.line(&[318, 372, 520, 264], 62, fade(0xF5EEE3, 0xC9BDAD));
    p.line(&[330, 350, 510, 254], 10, flat(0xFFFFFF).thin(0.6));
    p.shape(&[334, 334, 362, 319, 393, 378, 365, 393], 4, fade(0xC4603C, 0x8A3A20));
    p.line(&[508, 270, 556, 244], 78, fade(0xE7DCCB, 0xB5A793));
    p.line(&[556, 244, 564, 240], 84, fade(0x5B5048, 0x37302B));
    p.line(&[430, 268, 478, 242], 14, fade(0x6B6158, 0x37302B));
}

pub(super) fn suitcase(p: &mut Painter) {
    p.line(&[334, 238, 334, 180, 466, 180, 466, 238], 17, fade(0x7A4A2A, 0x5E3B22));
    p.line(&[352, 180, 448, 180], 24, fade(0x4A423B, 0x2C2621));
    p.block([196, 222, 408, 278], 34, fade(0xD79A5B, 0xA9672F));
    p.block([210, 236, 380, 250], 24, fade(0xE0A868, 0xBA7840));
    for x in [268, 496] {
        p.block([x, 222, 36, 278], 2, fade(0x8A5A34, 0x6A4022));
        p.block([x - 5, 300, 46, 34], 7, fade(0xF6DFA8, 0xC9A35A));
        p.block([x + 9, 310, 18, 14], 3, flat(0x6A4022));
    }
    for (x, y) in [(196, 222), (572, 222), (196, 468), (572, 468)] {
        p.block([x, y, 32, 32], 14, fade(0x8A5A34, 0x5E3B22));
    }
    // Where it has been.
    p.oval([400, 292, 42, 32], fade(0xFFF6E2, 0xF0DDB8));
    p.shape(&[374, 306, 396, 274, 410, 292, 418, 284, 430, 306], 2, fade(0x4F8FA8, 0x2F617C));
    p.shape(&[340, 388, 420, 374, 432, 436, 352, 450], 5, fade(0x2E8571, 0x17574A));
    p.line(&[362, 414, 410, 406], 7, flat(0xFBE6DA));
    p.line(&[366, 430, 402, 424], 5, flat(0xFBE6DA).thin(0.7));
    p.shape(&[436, 352, 476, 346, 482, 392, 442, 398], 4, fade(0xF6F0E4, 0xDDD0BA));
    heart(p, 459, 370, 10);
    p.line(&[226, 250, 226, 440], 10, flat(0xFFFFFF).thin(0.25));
    for x in [256, 520] {
        p.oval([x + 12, 504, 16, 10], flat(0x37302B));
    }
}
