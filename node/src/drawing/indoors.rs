//! Things of the house, one function each, painted from back to front.

use super::painter::{Painter, fade, flat};
use super::pictures::{flower, heart, steam};

pub(super) fn high_chair(p: &mut Painter) {
    let wood = fade(0xE3B277, 0xB9793F);
    p.line(&[352, 330, 318, 504], 14, fade(0xA86F3C, 0x7E4F28));
    p.line(&[448, 330, 482, 504], 14, fade(0xA86F3C, 0x7E4F28));
    p.shape(&[326, 132, 474, 132, 464, 322, 336, 322], 18, wood);
    p.shape(&[344, 152, 456, 152, 448, 308, 352, 308], 14, fade(0x4FA892, 0x2A7B69));
    for (x, y) in [(372, 188), (424, 188), (398, 222), (372, 256), (424, 256)] {
        p.oval([x, y, 8, 8], flat(0xDDEDE6));
    }
    p.block([318, 314, 164, 30], 10, wood);
    p.block([266, 258, 268, 26], 12, fade(0xF4CF98, 0xDBA25E));
    p.block([266, 276, 268, 10], 5, flat(0xA86A33).thin(0.6));
    for side in [-1, 1] {
        let x = |from_middle: i16| 400 + side * from_middle;
        p.line(&[x(118), 280, x(76), 326], 12, wood);
        p.line(&[x(66), 340, x(116), 508], 19, wood);
    }
    p.line(&[310, 440, 490, 440], 13, wood);
    p.block([336, 396, 128, 18], 7, fade(0xF4CF98, 0xC98F52));
    // A bowl and a spoon on the tray.
    p.dome([362, 232, 42, 30], fade(0xF4EDE2, 0xF4EDE2));
    p.shape(&[322, 232, 402, 232, 388, 258, 336, 258], 4, fade(0xE8744F, 0xC25328));
    p.oval([362, 232, 41, 8], fade(0xFBE3C0, 0xF3C27A));
    p.line(&[438, 254, 484, 226], 6, fade(0xF2EBE3, 0xB5AAA0));
    p.oval([486, 224, 12, 9], fade(0xF2EBE3, 0xB5AAA0));
}

pub(super) fn fondue(p: &mut Painter) {
    steam(p, 336, 212, 30);
    steam(p, 440, 212, -30);
    // Forks that wait in the pan.
    for (tip, top, colour) in [((352, 296), (262, 150), 0x2A7B69), ((446, 296), (520, 140), 0xE0A93C), ((410, 296), (602, 190), 0x4F6FA8)] {
        p.line(&[tip.0, tip.1, top.0, top.1], 6, fade(0xE7E2DA, 0xA8A39B));
        let near = (top.0 + (tip.0 - top.0) / 4, top.1 + (tip.1 - top.1) / 4);
        p.line(&[top.0, top.1, near.0, near.1], 15, flat(colour));
    }
    p.line(&[240, 330, 160, 300], 24, fade(0x8A5A34, 0x5E3B22));
    p.dome([400, 300, 166, -116], fade(0xC8452C, 0x8A2A1A));
    p.shape(&[236, 300, 564, 300, 528, 396, 272, 396], 22, fade(0xD9583C, 0x99341F));
    p.oval([400, 300, 172, 40], fade(0xB5452C, 0xEE8465));
    p.oval([400, 300, 154, 30], fade(0xF9DE8E, 0xEFC257));
    p.oval([366, 296, 30, 7], flat(0xFFF3C4).thin(0.8));
    p.oval([450, 308, 20, 5], flat(0xFFF3C4).thin(0.7));
    p.line(&[262, 330, 286, 388], 13, flat(0xFFFFFF).thin(0.25));
    // The stand and its flame.
    p.line(&[286, 404, 514, 404], 12, fade(0x5B5048, 0x37302B));
    p.line(&[294, 404, 268, 504], 13, fade(0x5B5048, 0x37302B));
    p.line(&[506, 404, 532, 504], 13, fade(0x5B5048, 0x37302B));
    p.line(&[280, 480, 520, 480], 9, fade(0x5B5048, 0x37302B));
    p.glow([400, 436, 70, 46], flat(0xFFD98A).thin(0.8));
    p.shape(&[400, 416, 414, 446, 400, 458, 386, 446], 7, fade(0xFFD56B, 0xE8743F));
    p.shape(&[400, 434, 406, 448, 400, 454, 394, 448], 3, flat(0xFFF3C4));
    p.block([364, 458, 72, 34], 8, fade(0xB7ABA0, 0x6B6158));
    // Bread.
    for (x, y) in [(602, 486), (650, 490), (624, 458)] {
        p.block([x - 22, y - 18, 44, 38], 9, fade(0xF3D49B, 0xCF9447));
        p.line(&[x - 12, y - 6, x + 8, y - 6], 5, flat(0xFFF3DC).thin(0.7));
    }
}

pub(super) fn chairs(p: &mut Painter) {
    for (dx, dy, seat, light, dark) in [(112, -22, 0xE9BE84, 0xD9A566, 0xA86A33), (-104, 0, 0xF6CF92, 0xE0A460, 0xB9763F)] {
        let (x, y) = (|x: i16| x + dx, |y: i16| y + dy);
        let wood = fade(light, dark);
        p.line(&[x(470), y(322), x(340), y(506)], 15, fade(dark, 0x7A4A2A));
        p.line(&[x(340), y(160), x(318), y(160)], 10, wood);
        p.line(&[x(314), y(150), x(468), y(506)], 17, wood);
        p.line(&[x(392), y(154), x(512), y(440)], 12, fade(dark, 0x7A4A2A));
        for (row, wide) in [(170, 0), (214, 18)] {
            let left = x(310 + wide);
            p.shape(&[left, y(row), left + 96, y(row - 4), left + 108, y(row + 26), left + 12, y(row + 30)], 5, fade(seat, light));
        }
        p.shape(&[x(356), y(318), x(500), y(308), x(524), y(330), x(366), y(342)], 8, fade(seat, light));
        p.line(&[x(366), y(342), x(520), y(332)], 5, flat(dark).thin(0.7));
        p.line(&[x(322), y(164), x(360), y(252)], 5, flat(0xFFFFFF).thin(0.35));
        p.line(&[x(372), y(462), x(446), y(458)], 9, fade(dark, 0x7A4A2A));
    }
}

pub(super) fn projector(p: &mut Painter) {
    // The beam, and what it shows.
    p.shape(&[452, 372, 800, 150, 800, 560, 452, 404], 2, flat(0xFFF3C4).thin(0.28));
    p.shape(&[452, 380, 800, 240, 800, 470, 452, 396], 2, flat(0xFFF8E0).thin(0.3));
    for (x, y, size) in [(566, 330, 4), (628, 402, 3), (690, 300, 5), (720, 430, 4), (604, 372, 3), (744, 356, 3)] {
        p.oval([x, y, size, size], flat(0xFFFDF2).thin(0.8));
    }
    // Two reels.
    for (x, y, radius) in [(234, 196, 84), (400, 214, 70)] {
        p.oval([x, y, radius, radius], fade(0xF0E7DA, 0xB3A79A));
        p.ring([x, y, radius - 6], 10, fade(0x6B6158, 0x4A423B));
        let reach = radius / 2;
        for (dx, dy) in [(reach, 0), (-reach, 0), (0, reach), (0, -reach)] {
            p.oval([x + dx, y + dy, radius / 4, radius / 4], fade(0x6B6390, 0x544B7A));
        }
        p.oval([x, y, 11, 11], flat(0x4A423B));
    }
    p.line(&[318, 196, 344, 300], 4, flat(0x37302B));
    p.block([196, 286, 244, 172], 26, fade(0xE8744F, 0xB5472B));
    p.block([214, 302, 208, 60], 16, fade(0xF0A07C, 0xD9683F));
    p.oval([256, 412, 27, 27], fade(0xFFF3DC, 0xE3CFAB));
    p.oval([256, 412, 9, 9], flat(0x8A3A20));
    for y in [396, 412, 428] {
        p.line(&[318, y, 398, y], 7, flat(0x8A3A20).thin(0.7));
    }
    p.block([428, 356, 40, 66], 8, fade(0x6B6158, 0x37302B));
    p.block([456, 346, 26, 86], 9, fade(0x8C8177, 0x4A423B));
    p.oval([478, 389, 9, 30], fade(0xFFFBE8, 0xFFE9A8));
    p.line(&[226, 458, 200, 506], 15, fade(0x5B5048, 0x37302B));
    p.line(&[410, 458, 436, 506], 15, fade(0x5B5048, 0x37302B));
}

pub(super) fn guitar(p: &mut Painter) {
    // Head and neck.
    p.shape(&[376, 58, 424, 58, 418, 126, 382, 126], 7, fade(0x6E4526, 0x4F2F19));
    for y in [74, 94, 114] {
        p.line(&[366, y, 376, y], 9, flat(0xF2EBE3));
        p.line(&[424, y, 434, y], 9, flat(0xF2EBE3));
    }
    p.block([386, 118, 28, 200], 3, fade(0x5E3B22, 0x4A2E1A));
    for y in [140, 164, 188, 212, 236, 260] {
        p.line(&[387, y, 413, y], 3, flat(0xD9CEC2));
    }
    // The body: two bows and a waist.
    let (edge, top) = (fade(0x8A4A20, 0x6A3414), fade(0xF3B45E, 0xD9822E));
    for (grow, paint) in [(10, edge), (0, top)] {
        p.oval([400, 316, 82 + grow, 74 + grow], paint);
        p.oval([400, 432, 108 + grow, 84 + grow], paint);
        p.block([336 - grow, 330, 128 + 2 * grow, 70], 10, paint);
    }
    p.oval([400, 348, 40, 40], fade(0x6A3414, 0x33190A));
    p.ring([400, 348, 43], 6, flat(0xFBE3B4));
    p.block([390, 296, 20, 24], 2, flat(0x4A2E1A));
    p.block([350, 438, 100, 20], 8, fade(0x6E4526, 0x4F2F19));
    for x in [391, 397, 403, 409] {
        p.line(&[x, 70, x, 444], 1, flat(0xFFF6E2));
    }
    p.curve([318, 400, 300, 440, 330, 480], 12, flat(0xFFFFFF).thin(0.28));
    p.shape(&[452, 366, 478, 392, 470, 428, 444, 412], 8, fade(0x8E3420, 0x6A2414));
    // What comes out of it.
    for (x, y) in [(232, 226), (586, 190)] {
        p.line(&[x + 13, y, x + 13, y - 62, x + 46, y - 74, x + 46, y - 12], 7, flat(0x7A3F2C));
        p.oval([x, y + 2, 16, 12], flat(0x7A3F2C));
        p.oval([x + 33, y - 10, 16, 12], flat(0x7A3F2C));
    }
}

pub(super) fn train(p: &mut Painter) {
    for (x, sway) in [(264, 24), (236, -28)] {
        p.curve([x, 196, x + sway, 160, x - 20, 122], 22, flat(0xFFFFFF).thin(0.5));
    }
    // The carriage.
    p.line(&[440, 436, 486, 436], 12, flat(0x6E4526));
    p.block([470, 330, 196, 118], 14, fade(0x4F8FC0, 0x2F619C));
    for x in [492, 560, 612] {
        let wide = if x == 560 { 34 } else { 40 };
        p.block([x, 352, wide, 42], 8, fade(0xFFF3DC, 0xF0D9A8));
    }
    p.block([458, 312, 220, 28], 12, fade(0xF3CF8E, 0xD9A04F));
    // The engine.
    p.block([248, 210, 40, 100], 6, fade(0x4FA892, 0x1E6B5A));
    p.block([236, 196, 64, 26], 9, fade(0xF3CF8E, 0xD9A04F));
    p.block([150, 298, 214, 132], 44, fade(0xE3664A, 0xAF3D27));
    p.block([336, 226, 112, 214], 12, fade(0x4FA892, 0x1E6B5A));
    p.block([358, 256, 66, 62], 10, fade(0xFFF3DC, 0xF0D9A8));
    p.block([322, 200, 140, 34], 14, fade(0xF3CF8E, 0xD9A04F));
    p.dome([206, 302, 26, 30], fade(0xF6D98A, 0xE0A93C));
    p.line(&[182, 320, 326, 320], 10, flat(0xFFFFFF).thin(0.3));
    p.oval([158, 366, 20, 20], fade(0xFFF6D8, 0xF1CF7C));
    p.block([140, 428, 318, 26], 10, fade(0xE0A460, 0xB9763F));
    p.shape(&[138, 440, 108, 482, 164, 482], 6, fade(0x8A5A34, 0x6E4526));
    for (x, radius) in [(212, 38), (300, 38), (400, 46), (516, 36), (624, 36)] {
        let y = 508 - radius;
        p.oval([x, y, radius, radius], fade(0xE9BE84, 0xC28A4A));
        p.ring([x, y, radius - 5], 8, flat(0x8A5A34));
        p.oval([x, y, 9, 9], flat(0xB8502F));
    }
    heart(p, 391, 372, 15);
}

pub(super) fn lamp(p: &mut Painter) {
    p.glow([400, 420, 300, 190], flat(0xFFE9A8).thin(0.75));
    p.shape(&[300, 316, 500, 316, 640, 540, 160, 540], 2, flat(0xFFF3C4).thin(0.26));
    p.line(&[400, 0, 400, 150], 7, flat(0x37302B));
    p.block([378, 132, 44, 40], 9, fade(0x6B6158, 0x37302B));
    p.oval([400, 330, 44, 44], fade(0xFFFDF0, 0xFFE28A));
    p.shape(&[366, 168, 434, 168, 526, 306, 274, 306], 16, fade(0xF0A84A, 0xC96A2A));
    p.shape(&[372, 178, 392, 178, 344, 300, 306, 300], 8, flat(0xFFFFFF).thin(0.28));
    p.oval([400, 312, 132, 18], fade(0x9A4A1A, 0xFFDC8A));
    p.oval([400, 314, 116, 12], flat(0xFFF3C4));
    // Coffee for whoever hangs it.
    steam(p, 388, 430, 14);
    p.ring([444, 474, 20], 11, flat(0xE6DCCD));
    p.shape(&[352, 446, 440, 446, 434, 508, 358, 508], 10, fade(0xFFFDF8, 0xE2D6C6));
    p.oval([396, 444, 45, 9], fade(0x8A5A34, 0x5E3B22));
    heart(p, 396, 478, 9);
}

pub(super) fn letter(p: &mut Painter) {
    // A sheet that comes out of its envelope.
    p.block([222, 250, 356, 252], 16, fade(0xE8C9A4, 0xC99F70));
    p.shape(&[256, 132, 520, 120, 536, 420, 270, 432], 6, fade(0xFFFEFA, 0xF1EADF));
    for (y, end) in [(188, 480), (218, 494), (248, 470), (278, 486)] {
        p.line(&[296, y, end, y - 8], 8, flat(0xB7C3CF));
    }
    p.block([292, 150, 74, 16], 7, flat(0xB8502F));
    p.oval([478, 148, 19, 19], flat(0x1E6B5A).thin(0.8));
    p.shape(&[222, 266, 400, 404, 222, 492], 8, fade(0xF7E2C4, 0xE6C79C));
    p.shape(&[578, 266, 400, 404, 578, 492], 8, fade(0xF7E2C4, 0xE6C79C));
    p.shape(&[232, 494, 388, 386, 412, 386, 568, 494], 10, fade(0xFDF0DA, 0xEED3AC));
    p.line(&[236, 494, 392, 386], 4, flat(0xC99F70).thin(0.6));
    p.line(&[564, 494, 408, 386], 4, flat(0xC99F70).thin(0.6));
    heart(p, 400, 448, 24);
    // A pen.
    p.line(&[560, 440, 668, 254], 25, fade(0x3D9A84, 0x1E6B5A));
    p.line(&[664, 262, 684, 228], 21, fade(0xF6DFA8, 0xD9A84A));
    p.shape(&[548, 436, 574, 452, 546, 486], 3, fade(0xF2EBE3, 0xB5AAA0));
    p.line(&[582, 390, 646, 282], 6, flat(0xFFFFFF).thin(0.35));
}

pub(super) fn plant(p: &mut Painter) {
    let leaf = fade(0x6FB37A, 0x2F7350);
    p.curve([400, 380, 396, 260, 398, 150], 9, flat(0x3C7A4C));
    for (x, y, side) in [(400, 350, -1), (400, 322, 1), (398, 276, -1), (398, 244, 1)] {
        let at = |dx: i16| x + side * dx;
        p.curve([x, y, at(40), y - 30, at(84), y - 50], 8, flat(0x3C7A4C));
        p.shape(&[at(56), y - 40, at(92), y - 92, at(156), y - 96, at(142), y - 50, at(100), y - 26], 14, leaf);
        p.line(&[at(64), y - 42, at(146), y - 84], 4, flat(0xBFE0B8).thin(0.7));
    }
    p.shape(&[398, 190, 366, 142, 398, 84, 432, 142], 14, leaf);
    p.line(&[398, 186, 398, 104], 4, flat(0xBFE0B8).thin(0.7));
    flower(p, [470, 178, 6], flat(0xF3B4CE), flat(0xE9B44C));
    flower(p, [322, 214, 5], flat(0xFFF3DC), flat(0xE9B44C));
    p.shape(&[310, 386, 490, 386, 462, 502, 338, 502], 12, fade(0xE3855C, 0xA9532F));
    p.block([294, 366, 212, 40], 12, fade(0xF0A07C, 0xC76C43));
    p.line(&[330, 420, 346, 488], 13, flat(0xFFFFFF).thin(0.28));
    for x in [362, 400, 438] {
        p.shape(&[x, 430, x + 14, 448, x, 466, x - 14, 448], 2, flat(0xFBE6DA).thin(0.8));
    }
}
