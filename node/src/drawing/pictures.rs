//! The things themselves, one function each, painted from back to front.

use super::painter::{Paint, Painter, fade, flat};

pub(super) fn ladder(p: &mut Painter) {
    let back = fade(0x8A5A34, 0x6F4526);
    p.line(&[372, 130, 318, 492], 15, back);
    p.line(&[428, 130, 482, 492], 15, back);
    p.line(&[331, 400, 469, 400], 9, back);
    for (y, half) in [(190, 52), (262, 73), (336, 94), (412, 115)] {
        p.block([400 - half, y, 2 * half, 13], 2, flat(0xF1C27F));
        p.block([400 - half, y + 12, 2 * half, 11], 2, flat(0xB9763F));
    }
    for side in [-1, 1] {
        let x = |from_middle: i16| 400 + side * from_middle;
        let rail = [x(40), 124, x(60), 124, x(146), 512, x(120), 512];
        p.shape(&rail, 3, fade(0xE0A460, 0xC9853F));
        p.line(&[x(58), 132, x(143), 508], 5, flat(0xA86A33));
        p.line(&[x(121), 512, x(145), 512], 12, flat(0x4A423B));
    }
    p.block([328, 104, 144, 20], 6, flat(0xF6CF92));
    p.block([328, 118, 144, 14], 5, flat(0xB8502F));
}

pub(super) fn car(p: &mut Painter) {
    let (red, glass) = (fade(0xD9583C, 0xA93A26), fade(0xE4F1F2, 0xA9CBD3));
    p.shape(&[262, 350, 318, 262, 462, 262, 552, 350], 24, red);
    p.shape(&[286, 342, 328, 272, 384, 272, 384, 342], 8, glass);
    p.shape(&[412, 342, 412, 272, 456, 272, 524, 342], 8, glass);
    p.line(&[306, 336, 346, 272], 9, flat(0xFFFFFF).thin(0.4));
    p.line(&[436, 336, 462, 290], 9, flat(0xFFFFFF).thin(0.4));
    let body = [208, 372, 250, 350, 556, 350, 618, 380, 630, 452, 206, 452];
    p.shape(&body, 28, red);
    p.line(&[200, 402, 636, 402], 4, flat(0x7F2617).thin(0.5));
    p.line(&[398, 344, 398, 456], 3, flat(0x7F2617).thin(0.6));
    p.line(&[352, 384, 380, 384], 8, flat(0xF6D9CB));
    p.block([176, 457, 482, 24], 10, flat(0x5B5048));
    p.oval([636, 396, 16, 20], fade(0xFFF6D8, 0xF1CF7C));
    p.block([178, 382, 18, 34], 8, fade(0xFFB199, 0xE0704E));
    for x in [288, 546] {
        p.dome([x, 478, 62, 70], flat(0x6E2015));
        p.oval([x, 468, 50, 50], flat(0x37302B));
        p.oval([x, 468, 28, 28], fade(0xF2EBE3, 0xBDB2A6));
        p.oval([x, 468, 9, 9], flat(0x6B6158));
    }
}

pub(super) fn tent(p: &mut Painter) {
    p.line(&[300, 196, 132, 500], 4, flat(0xF3ECE1));
    p.line(&[560, 208, 676, 492], 4, flat(0xF3ECE1));
    let side = [300, 190, 556, 204, 640, 486, 452, 508];
    p.shape(&side, 3, fade(0xF4B35C, 0xDB8636));
    p.shape(&[430, 197, 456, 199, 560, 495, 540, 497], 1, flat(0xFBD08C).thin(0.7));
    p.shape(&[300, 190, 456, 508, 168, 508], 3, fade(0xE8743F, 0xC25328));
    p.shape(&[301, 236, 372, 508, 240, 508], 2, fade(0x5A3A2C, 0x33241D));
    p.shape(&[301, 236, 290, 420, 214, 508, 246, 508], 3, fade(0xFBC98B, 0xF1A866));
    p.shape(&[301, 236, 322, 420, 398, 508, 364, 508], 3, fade(0xFBC98B, 0xEE9F5C));
    p.line(&[300, 190, 556, 204], 9, flat(0xFFE0AC));
    p.line(&[300, 178, 300, 196], 9, flat(0x8A5A34));
    p.shape(&[302, 172, 346, 156, 302, 142], 2, flat(0x1E6B5A));
    p.line(&[300, 140, 300, 190], 6, flat(0x8A5A34));
    for (x, y) in [(132, 500), (676, 492), (452, 508)] {
        p.line(&[x - 5, y - 10, x + 5, y + 12], 9, flat(0x7A4A2A));
    }
}

pub(super) fn drill(p: &mut Painter) {
    p.shape(&[258, 300, 346, 300, 322, 450, 242, 450], 14, fade(0x2A7B69, 0x1A5B4D));
    p.shape(&[270, 340, 294, 340, 280, 430, 260, 430], 8, flat(0x37302B));
    p.block([204, 440, 166, 66], 16, fade(0x4A423B, 0x2C2621));
    p.block([204, 440, 166, 14], 6, flat(0x6B6158));
    for x in [242, 262, 282] {
        p.oval([x, 480, 6, 6], flat(0x8FD6A2));
    }
    p.shape(&[356, 318, 372, 318, 358, 356, 346, 356], 7, flat(0xB8502F));
    p.block([178, 196, 264, 120], 40, fade(0x3D9A84, 0x1E6B5A));
    p.block([164, 214, 64, 84], 20, fade(0x4A423B, 0x2C2621));
    for y in [236, 256, 276] {
        p.line(&[182, y, 204, y], 6, flat(0x8C8177));
    }
    p.line(&[254, 216, 412, 216], 10, flat(0xFFFFFF).thin(0.3));
    p.block([262, 244, 104, 30], 15, flat(0xFBE6DA));
    p.oval([280, 259, 9, 9], flat(0xB8502F));
    p.shape(&[436, 206, 476, 220, 476, 292, 436, 306], 5, flat(0xF0A07C));
    p.shape(&[478, 222, 530, 236, 530, 276, 478, 290], 5, fade(0x6B6158, 0x37302B));
    p.shape(&[534, 249, 632, 249, 648, 256, 632, 263, 534, 263], 1, fade(0xF2EBE3, 0x9A8F84));
    for x in [552, 574, 596, 618] {
        p.line(&[x, 263, x + 12, 249], 4, flat(0x6B6158));
    }
}

pub(super) fn bicycle(p: &mut Painter) {
    let (frame, steel) = (flat(0x1E6B5A), flat(0xEDE6DC));
    for x in [258, 546] {
        for (dx, dy) in [(96, 0), (68, 68), (89, 37), (37, 89)] {
            p.line(&[x - dx, 408 - dy, x + dx, 408 + dy], 2, steel);
            p.line(&[x - dy, 408 + dx, x + dy, 408 - dx], 2, steel);
        }
        p.ring([x, 408, 101], 13, flat(0x37302B));
        p.ring([x, 408, 91], 6, flat(0xF2EBE3));
        p.oval([x, 408, 12, 12], flat(0x4A423B));
    }
    p.line(&[258, 408, 390, 414], 4, flat(0x37302B));
    p.line(&[258, 396, 390, 392], 4, flat(0x37302B));
    p.line(&[258, 408, 340, 260], 10, frame);
    p.line(&[258, 408, 390, 404], 10, frame);
    p.line(&[390, 404, 330, 226], 13, frame);
    p.line(&[390, 404, 500, 262], 14, frame);
    p.line(&[350, 284, 494, 244], 12, frame);
    p.line(&[484, 196, 502, 268, 546, 408], 13, frame);
    p.curve([484, 198, 478, 168, 420, 176], 10, flat(0x4A423B));
    p.line(&[424, 176, 402, 184], 15, flat(0x8A5A34));
    p.shape(&[288, 214, 372, 214, 340, 226, 296, 226], 9, fade(0x8A5A34, 0x5E3B22));
    p.oval([390, 404, 26, 26], flat(0x37302B));
    p.oval([390, 404, 14, 14], flat(0xB7ABA0));
    p.line(&[390, 404, 414, 452], 8, flat(0x37302B));
    p.line(&[398, 454, 432, 454], 11, flat(0x37302B));
    p.shape(&[508, 196, 612, 196, 598, 266, 520, 266], 6, fade(0xD9A566, 0xB97D42));
    for y in [214, 232, 250] {
        p.line(&[510, y, 610, y], 3, flat(0x8A5A34).thin(0.6));
    }
    p.line(&[504, 194, 616, 194], 11, flat(0xE9BE84));
    for (x, y, petal) in [(534, 172, 0xF0A07C), (566, 162, 0xFFF3DC), (592, 174, 0xE58AA0)] {
        p.line(&[x, y, x, 192], 4, flat(0x3C7A4C));
        flower(p, [x, y, 4], flat(petal), flat(0xE9B44C));
    }
}

pub(super) fn barbecue(p: &mut Painter) {
    for (x, sway) in [(318, 34), (404, -36), (484, 32)] {
        steam(p, x, 216, sway);
    }
    p.line(&[400, 390, 400, 494], 10, flat(0x37302B));
    p.line(&[350, 380, 296, 506], 12, flat(0x4A423B));
    p.line(&[450, 380, 500, 486], 12, flat(0x4A423B));
    p.line(&[324, 446, 482, 446], 7, flat(0x6B6158));
    p.oval([502, 486, 27, 27], flat(0x37302B));
    p.oval([502, 486, 12, 12], flat(0xD9CEC2));
    p.line(&[234, 312, 196, 312], 10, flat(0x4A423B));
    p.line(&[196, 312, 168, 312], 18, flat(0x8A5A34));
    p.dome([400, 292, 172, -126], fade(0xC94A30, 0x7E2818));
    p.curve([262, 322, 280, 372, 330, 394], 12, flat(0xFFFFFF).thin(0.22));
    p.block([222, 276, 356, 24], 12, fade(0x5B5048, 0x37302B));
    for (x, tilt) in [(286, -6), (368, 4)] {
        p.line(&[x - 26, 256 - tilt, x + 26, 256 + tilt], 32, fade(0xC8703E, 0x8A3F20));
        for stripe in [-18, 0, 18] {
            p.line(&[x + stripe - 4, 266, x + stripe + 4, 246], 4, flat(0x5E2A16));
        }
    }
    p.line(&[444, 256, 518, 252], 42, fade(0xF9D978, 0xE0A93C));
    for x in [442, 460, 478, 496, 514] {
        p.line(&[x, 242, x, 266], 3, flat(0xC98A28).thin(0.6));
    }
    p.shape(&[532, 240, 566, 230, 546, 252, 568, 268, 532, 264], 3, flat(0x6FA04E));
}

pub(super) fn sewing(p: &mut Painter) {
    p.block([452, 142, 16, 70], 4, flat(0x8A5A34));
    p.block([432, 150, 56, 50], 4, fade(0xF0A07C, 0xB8502F));
    p.block([424, 142, 72, 11], 4, flat(0xE3B27A));
    p.block([424, 196, 72, 12], 4, flat(0xC98F52));
    p.curve([436, 176, 330, 150, 268, 222], 3, flat(0xB8502F));
    p.block([576, 244, 44, 92], 12, fade(0xD9CEC2, 0x8C8177));
    let (cream, shade) = (fade(0xFFFAF2, 0xE6DCCD), flat(0xC9BBAA));
    p.shape(&[506, 300, 570, 300, 570, 460, 490, 460], 16, fade(0xF6EEE3, 0xDFD2C1));
    p.block([264, 284, 24, 88], 5, flat(0xA2978C));
    p.line(&[276, 360, 276, 440], 5, flat(0x6B6158));
    p.block([256, 402, 40, 12], 4, flat(0x6B6158));
    p.block([222, 206, 370, 106], 40, cream);
    p.block([222, 206, 104, 142], 30, cream);
    p.line(&[340, 310, 492, 310], 4, shade);
    p.oval([534, 260, 25, 25], flat(0xB8502F));
    p.oval([534, 260, 15, 15], flat(0xFBE6DA));
    p.line(&[534, 260, 534, 248], 5, flat(0xB8502F));
    for (x, petal) in [(376, 0xE58AA0), (420, 0x7CCFB4), (464, 0xE9B44C)] {
        flower(p, [x, 260, 4], flat(petal), flat(0xFFF3DC));
    }
    p.block([196, 446, 424, 62], 18, fade(0x2E8571, 0x17574A));
    p.line(&[216, 464, 600, 464], 4, flat(0xFFFFFF).thin(0.3));
    p.shape(&[150, 500, 178, 440, 366, 440, 372, 450, 196, 452, 186, 502], 5, fade(0xF7CFDA, 0xD98BA3));
    for x in [196, 220, 244, 300, 324, 348] {
        p.line(&[x, 445, x + 11, 445], 4, flat(0x8E3C58));
    }
}

pub(super) fn books(p: &mut Painter) {
    // Left, top, width, height, cover, and whether the pages face us rather than the spine.
    let pile = [
        (204, 446, 392, 64, 0x1E6B5A, false),
        (228, 388, 356, 58, 0xB8502F, true),
        (212, 334, 352, 54, 0x4F6FA8, false),
        (250, 282, 300, 52, 0xE0A93C, true),
    ];
    for (x, y, width, height, cover, shows_pages) in pile {
        p.block([x, y, width, height], 9, flat(cover));
        p.block([x, y + height - 14, width, 14], 7, flat(0x2C2621).thin(0.18));
        if shows_pages {
            p.block([x + 12, y + 9, width - 12, height - 18], 3, fade(0xFFF9EC, 0xE8D9C0));
            for line in [y + 17, y + 25, y + 33, y + 41] {
                p.line(&[x + 22, line, x + width - 6, line], 2, flat(0xC7B393));
            }
        } else {
            for band in [x + 34, x + 48, x + width - 58, x + width - 44] {
                p.block([band, y, 6, height], 0, flat(0xF6DFA8));
            }
            p.block([x + 110, y + height / 2 - 9, width - 220, 15], 7, flat(0xFBF1DD));
        }
        p.line(&[x + 12, y + 4, x + width - 12, y + 4], 3, flat(0xFFFFFF).thin(0.35));
    }
    p.shape(&[500, 434, 522, 434, 522, 492, 511, 480, 500, 492], 1, flat(0xE58AA0));
    for (x, sway) in [(376, 20), (412, -20)] {
        steam(p, x, 170, sway);
    }
    p.ring([452, 228, 26], 13, flat(0xE6DCCD));
    p.shape(&[342, 194, 446, 194, 440, 268, 348, 268], 12, fade(0xFFFDF8, 0xE2D6C6));
    p.oval([394, 192, 50, 9], fade(0x8A5A34, 0x5E3B22));
    heart(p, 394, 228, 10);
}

pub(super) fn cooking(p: &mut Painter) {
    steam(p, 318, 236, 36);
    steam(p, 476, 236, -36);
    heart(p, 400, 164, 28);
    for side in [-1, 1] {
        let x = |from_middle: i16| 400 + side * from_middle;
        p.line(&[x(150), 336, x(204), 336, x(204), 372, x(150), 372], 17, flat(0x5B5048));
    }
    p.shape(&[250, 312, 550, 312, 538, 488, 262, 488], 18, fade(0xD9583C, 0x99341F));
    p.line(&[274, 350, 284, 462], 15, flat(0xFFFFFF).thin(0.25));
    p.oval([400, 304, 170, 42], fade(0xB5452C, 0xEE8465));
    p.oval([400, 303, 154, 32], fade(0x6E2417, 0x8E3420));
    p.oval([400, 308, 144, 26], fade(0xF3A94B, 0xE58A34));
    for (x, y, vegetable) in [(322, 306, 0x6FA04E), (388, 320, 0xC9502F), (352, 296, 0xFFE0A0)] {
        p.oval([x, y, 14, 6], flat(vegetable));
        p.oval([x + 102, y - 1, 14, 6], flat(vegetable));
    }
    p.line(&[470, 302, 566, 158], 17, fade(0xD9A566, 0xA86A33));
}

pub(super) fn garden(p: &mut Painter) {
    p.glow([222, 508, 120, 26], flat(0x2C2621).thin(0.6));
    p.line(&[222, 440, 222, 330], 9, flat(0x3C7A4C));
    p.shape(&[222, 414, 254, 384, 276, 382, 262, 404], 5, fade(0x6FAE5C, 0x3C7A4C));
    p.shape(&[222, 396, 190, 366, 168, 366, 182, 388], 5, fade(0x6FAE5C, 0x3C7A4C));
    flower(p, [222, 312, 13], fade(0xFFD56B, 0xEFA93A), fade(0x9A6234, 0x6F4526));
    p.shape(&[170, 440, 274, 440, 258, 506, 186, 506], 5, fade(0xD98158, 0xA9532F));
    p.block([158, 424, 128, 26], 7, fade(0xE8976E, 0xC76C43));
    p.ring([560, 384, 72], 17, flat(0x1A5B4D));
    p.curve([438, 330, 500, 220, 566, 330], 17, flat(0x1A5B4D));
    p.shape(&[428, 470, 446, 420, 366, 256, 346, 266], 4, fade(0x3D9A84, 0x1E6B5A));
    p.shape(&[328, 276, 384, 240, 370, 222, 304, 262], 5, fade(0xF0A07C, 0xB8502F));
    p.shape(&[426, 326, 574, 326, 590, 496, 410, 496], 14, fade(0x3D9A84, 0x1A5B4D));
    p.oval([500, 318, 84, 17], fade(0x17574A, 0x0F4438));
    p.line(&[440, 350, 430, 478], 14, flat(0xFFFFFF).thin(0.25));
    for y in [368, 462] {
        p.block([408, y, 184, 10], 4, flat(0x17574A).thin(0.7));
    }
}

/// Eight petals around a heart; the third number is a sixth of the flower's reach.
pub(super) fn flower(p: &mut Painter, [x, y, size]: [i16; 3], petal: Paint, heart: Paint) {
    let (far, near) = (size * 3, size * 2);
    for (dx, dy) in [(0, far), (near, near), (far, 0), (near, -near)] {
        p.oval([x + dx, y + dy, size * 3 / 2, size * 3 / 2], petal);
        p.oval([x - dx, y - dy, size * 3 / 2, size * 3 / 2], petal);
    }
    p.oval([x, y, near, near], heart);
}

/// Two wisps above a point, the upper one fainter and bent the other way.
pub(super) fn steam(p: &mut Painter, x: i16, y: i16, sway: i16) {
    p.curve([x, y, x + sway, y - 30, x, y - 60], 11, flat(0xFFFFFF).thin(0.55));
    p.curve([x, y - 78, x - sway, y - 102, x + 4, y - 124], 9, flat(0xFFFFFF).thin(0.3));
}

/// A heart around a point, by the radius of its two bows.
pub(super) fn heart(p: &mut Painter, x: i16, y: i16, radius: i16) {
    let red = flat(0xD9583C);
    p.oval([x - radius * 4 / 5, y - radius, radius, radius], red);
    p.oval([x + radius * 4 / 5, y - radius, radius, radius], red);
    let (left, right) = (x - radius * 8 / 5, x + radius * 8 / 5);
    p.shape(&[left, y - radius / 2, x, y - radius, right, y - radius / 2, x, y + radius], 2, red);
}
