//! A very small painter: soft-edged shapes on an [`RgbImage`], one on top of the other.
//!
//! Every shape is a signed distance (negative inside, in pixels); the distance of a pixel's centre
//! from the edge says how much of the pixel is covered, which gives smooth edges, blurred shadows
//! and outlines from one function. Places are whole pixels; lists of points are flat: x, y, x, y,
//! and so on; ovals are given by their centre and two radii.

use image::RgbImage;

/// What a shape is filled with: one colour, or a gradient from its top to its bottom.
#[derive(Clone, Copy)]
pub(super) struct Paint {
    top: [f32; 3],
    bottom: [f32; 3],
    opacity: f32,
}

/// One colour, written as 0xRRGGBB.
pub(super) fn flat(rgb: u32) -> Paint {
    fade(rgb, rgb)
}

/// From one colour at the shape's top to another at its bottom.
pub(super) fn fade(top: u32, bottom: u32) -> Paint {
    let channels = |rgb: u32| [16, 8, 0].map(|shift| (rgb >> shift & 0xFF) as f32);
    Paint { top: channels(top), bottom: channels(bottom), opacity: 1.0 }
}

impl Paint {
    /// The same colours, see-through: 0 is invisible, 1 covers.
    pub(super) fn thin(self, opacity: f32) -> Self {
        Self { opacity, ..self }
    }
}

/// The picture being painted.
pub(super) struct Painter {
    image: RgbImage,
}

impl Painter {
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self { image: RgbImage::new(width, height) }
    }

    pub(super) fn finish(self) -> RgbImage {
        self.image
    }

    /// Everything, from the top to the bottom.
    pub(super) fn ground(&mut self, paint: Paint) {
        let height = self.image.height() as f32;
        let width = self.image.width() as usize;
        for (y, row) in self.image.chunks_exact_mut(width * 3).enumerate() {
            let down = (y as f32 + 0.5) / height;
            let colour: [u8; 3] = std::array::from_fn(|channel| {
                let (top, bottom) = (paint.top[channel], paint.bottom[channel]);
                (top + (bottom - top) * down + 0.5) as u8
            });
            for pixel in row.chunks_exact_mut(3) {
                pixel.copy_from_slice(&colour);
            }
        }
    }

    /// A polygon, enlarged all round by `radius`, which rounds its corners.
    pub(super) fn shape(&mut self, points: &[i16], radius: i16, paint: Paint) {
        let (points, radius) = (pixels(points), f32::from(radius));
        self.fill(&Bounds::around(&points, radius), 1.0, paint, |at| polygon(&points, at) - radius);
    }

    /// An upright rectangle by its left, top, width and height, with its corners rounded.
    pub(super) fn block(&mut self, [x, y, width, height]: [i16; 4], radius: i16, paint: Paint) {
        let (left, right) = (x + radius, x + width - radius);
        let (top, bottom) = (y + radius, y + height - radius);
        self.shape(&[left, top, right, top, right, bottom, left, bottom], radius, paint);
    }

    /// A line through the points, with round ends and joints.
    pub(super) fn line(&mut self, points: &[i16], width: i16, paint: Paint) {
        self.stroke(&pixels(points), f32::from(width) / 2.0, paint);
    }

    /// A smooth line from the first point to the third, drawn towards the second.
    pub(super) fn curve(&mut self, points: [i16; 6], width: i16, paint: Paint) {
        let [ax, ay, bx, by, cx, cy] = points.map(f32::from);
        let points = [0_u8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(|step| {
            let (t, rest) = (f32::from(step) / 12.0, 1.0 - f32::from(step) / 12.0);
            let (a, b, c) = (rest * rest, 2.0 * rest * t, t * t);
            [a * ax + b * bx + c * cx, a * ay + b * by + c * cy]
        });
        self.stroke(&points, f32::from(width) / 2.0, paint);
    }

    /// A filled ellipse.
    pub(super) fn oval(&mut self, oval: [i16; 4], paint: Paint) {
        self.fill(&Bounds::of(oval), 1.0, paint, |at| ellipse(oval, at));
    }

    /// The upper half of an ellipse, or with a negative second radius, the lower half.
    pub(super) fn dome(&mut self, [x, y, rx, ry]: [i16; 4], paint: Paint) {
        let (base, up) = (f32::from(y), f32::from(ry.signum()));
        let oval = [x, y, rx, ry.abs()];
        self.fill(&Bounds::around(&pixels(&[x - rx, y, x + rx, y - ry]), 0.0), 1.0, paint, |at| {
            ellipse(oval, at).max((at[1] - base) * up)
        });
    }

    /// A circle's outline.
    pub(super) fn ring(&mut self, [x, y, radius]: [i16; 3], width: i16, paint: Paint) {
        let (outer, half) = (radius + width / 2, f32::from(width) / 2.0);
        self.fill(&Bounds::of([x, y, outer, outer]), 1.0, paint, |at| {
            ellipse([x, y, radius, radius], at).abs() - half
        });
    }

    /// An ellipse that is full in the middle and fades to nothing at its edge.
    pub(super) fn glow(&mut self, oval: [i16; 4], paint: Paint) {
        let [x, y, rx, ry] = oval.map(f32::from);
        self.fill(&Bounds::of(oval), 2.0, paint, |at| {
            2.0 * length((at[0] - x) / rx, (at[1] - y) / ry) - 1.0
        });
    }

    fn stroke(&mut self, points: &[[f32; 2]], half: f32, paint: Paint) {
        self.fill(&Bounds::around(points, half), 1.0, paint, |at| {
            let nearest = points.windows(2).map(|ends| segment(ends[0], ends[1], at));
            nearest.fold(f32::MAX, f32::min) - half
        });
    }

    /// Covers each pixel by how far it lies inside the edge, which is `softness` pixels wide.
    fn fill(
        &mut self,
        bounds: &Bounds,
        softness: f32,
        paint: Paint,
        distance: impl Fn([f32; 2]) -> f32,
    ) {
        let clipped = |value: f32, max: u32| value.clamp(0.0, max as f32) as u32;
        let (width, height) = self.image.dimensions();
        for y in clipped(bounds.top - 1.0, height)..clipped(bounds.bottom + 2.0, height) {
            let centre_y = y as f32 + 0.5;
            let down = (centre_y - bounds.top) / (bounds.bottom - bounds.top).max(1.0);
            let down = down.clamp(0.0, 1.0);
            for x in clipped(bounds.left - 1.0, width)..clipped(bounds.right + 2.0, width) {
                let inside = 0.5 - distance([x as f32 + 0.5, centre_y]) / softness;
                let inside = inside.clamp(0.0, 1.0);
                if inside == 0.0 {
                    continue;
                }
                // A straight ramp is right for an edge of one pixel; a wide one shows its bends.
                let is_soft = softness > 1.0;
                let cover = if is_soft { inside * inside * (3.0 - 2.0 * inside) } else { inside };
                let cover = cover * paint.opacity;
                let pixel = &mut self.image.get_pixel_mut(x, y).0;
                for (channel, ends) in pixel.iter_mut().zip(paint.top.iter().zip(paint.bottom)) {
                    let colour = ends.0 + (ends.1 - ends.0) * down;
                    let under = f32::from(*channel);
                    *channel = (under + (colour - under) * cover + 0.5) as u8;
                }
            }
        }
    }
}

/// The smallest upright rectangle around a shape.
struct Bounds {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Bounds {
    fn of([x, y, rx, ry]: [i16; 4]) -> Self {
        Self::around(&pixels(&[x - rx, y - ry, x + rx, y + ry]), 0.0)
    }

    fn around(points: &[[f32; 2]], margin: f32) -> Self {
        let lowest = |axis: usize| points.iter().map(|at| at[axis]).fold(f32::MAX, f32::min);
        let highest = |axis: usize| points.iter().map(|at| at[axis]).fold(f32::MIN, f32::max);
        Self {
            left: lowest(0) - margin,
            top: lowest(1) - margin,
            right: highest(0) + margin,
            bottom: highest(1) + margin,
        }
    }
}

/// A flat list of places as points.
fn pixels(places: &[i16]) -> Vec<[f32; 2]> {
    let (points, _) = places.as_chunks::<2>();
    points.iter().map(|point| point.map(f32::from)).collect()
}

/// The distance to the segment from `a` to `b`.
fn segment(a: [f32; 2], b: [f32; 2], at: [f32; 2]) -> f32 {
    let (along, from_a) = ([b[0] - a[0], b[1] - a[1]], [at[0] - a[0], at[1] - a[1]]);
    let length_squared = (along[0] * along[0] + along[1] * along[1]).max(f32::EPSILON);
    let part = (from_a[0] * along[0] + from_a[1] * along[1]) / length_squared;
    let part = part.clamp(0.0, 1.0);
    length(from_a[0] - along[0] * part, from_a[1] - along[1] * part)
}

/// The distance to a closed polygon: negative where a line to the far right crosses its edges an
/// odd number of times.
fn polygon(points: &[[f32; 2]], at: [f32; 2]) -> f32 {
    let mut nearest = f32::MAX;
    let mut is_inside = false;
    for (index, &a) in points.iter().enumerate() {
        let b = points[(index + 1) % points.len()];
        nearest = nearest.min(segment(a, b, at));
        let crosses = (a[1] > at[1]) != (b[1] > at[1])
            && at[0] < a[0] + (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]);
        is_inside ^= crosses;
    }
    if is_inside { -nearest } else { nearest }
}

/// The distance to an ellipse, to first order: its implicit function over the length of the slope.
/// Exact enough where it matters, near the edge.
fn ellipse(oval: [i16; 4], at: [f32; 2]) -> f32 {
    let [x, y, rx, ry] = oval.map(f32::from);
    let (u, v) = ((at[0] - x) / rx, (at[1] - y) / ry);
    let slope = 2.0 * length(u / rx, v / ry);
    (u * u + v * v - 1.0) / slope.max(f32::EPSILON)
}

/// Not `hypot`, whose last bit differs between machines; a square root is the same everywhere, so
/// every device draws the same bytes.
fn length(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}
