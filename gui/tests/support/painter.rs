//! Paints what egui tessellated, pixel by pixel, as its own renderers blend: in sRGB, premultiplied. Slow
//! and exact, the same on every machine, without a graphics card.

#![allow(clippy::iter_over_hash_type, reason = "textures do not depend on each other")]

use std::collections::BTreeMap;

use eframe::egui::epaint::{Mesh, Primitive, Vertex};
use eframe::egui::{Color32, Context, FullOutput, ImageData, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

#[derive(Default)]
pub struct Painter {
    textures: BTreeMap<TextureId, Texture>,
}

struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
    is_smooth: bool,
}

impl Texture {
    fn at(&self, x: i32, y: i32) -> [f32; 4] {
        let x = x.clamp(0, self.size[0] as i32 - 1) as usize;
        let y = y.clamp(0, self.size[1] as i32 - 1) as usize;
        self.pixels[y * self.size[0] + x].to_array().map(f32::from)
    }

    fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let (x, y) = (u * self.size[0] as f32, v * self.size[1] as f32);
        if !self.is_smooth {
            return self.at(x.floor() as i32, y.floor() as i32);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_part, low_part) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let mix = |one: [f32; 4], two: [f32; 4], part: f32| -> [f32; 4] {
            std::array::from_fn(|i| one[i] + (two[i] - one[i]) * part)
        };
        let upper = mix(self.at(left, top), self.at(left + 1, top), right_part);
        let lower = mix(self.at(left, top + 1), self.at(left + 1, top + 1), right_part);
        mix(upper, lower, low_part)
    }
}

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, parts) in std::mem::take(&mut delta.set) {
            for part in parts {
                let ImageData::Color(image) = &part.image;
                if let (Some([left, top]), Some(texture)) = (part.pos, self.textures.get_mut(&id)) {
                    for row in 0..image.size[1] {
                        let from = row * image.size[0];
                        let to = (top + row) * texture.size[0] + left;
                        texture.pixels[to..to + image.size[0]]
                            .copy_from_slice(&image.pixels[from..from + image.size[0]]);
                    }
                } else {
                    let is_smooth =
                        part.options.magnification == eframe::egui::TextureFilter::Linear;
                    let pixels = image.pixels.clone();
                    self.textures.insert(id, Texture { size: image.size, pixels, is_smooth });
                }
            }
        }
        for id in std::mem::take(&mut delta.free) {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let (width, height) = (size.x.round() as u32, size.y.round() as u32);
        let mut image = RgbaImage::from_pixel(width, height, Rgba([0, 0, 0, 255]));
        for primitive in ctx.tessellate(output.shapes.clone(), scale) {
            if let Primitive::Mesh(mesh) = &primitive.primitive
                && let Some(texture) = self.textures.get(&mesh.texture_id)
            {
                draw(&mut image, mesh, texture, primitive.clip_rect, scale);
            }
        }
        Ok(image)
    }
}

fn draw(image: &mut RgbaImage, mesh: &Mesh, texture: &Texture, clip: Rect, scale: f32) {
    let clip = [
        (clip.min.x * scale).round().max(0.0) as i32,
        (clip.min.y * scale).round().max(0.0) as i32,
        ((clip.max.x * scale).round() as i32).min(image.width() as i32),
        ((clip.max.y * scale).round() as i32).min(image.height() as i32),
    ];
    for corners in mesh.indices.chunks_exact(3) {
        let corner = |i: usize| mesh.vertices[corners[i] as usize];
        triangle(image, [corner(0), corner(1), corner(2)], texture, clip, scale);
    }
}

#[allow(clippy::many_single_char_names, reason = "corners of a triangle, places of a pixel")]
fn triangle(
    image: &mut RgbaImage,
    corners: [Vertex; 3],
    texture: &Texture,
    clip: [i32; 4],
    scale: f32,
) {
    let [a, b, c] = corners.map(|corner| corner.pos * scale);
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if area.abs() < 1e-6 {
        return;
    }
    let left = (a.x.min(b.x).min(c.x).floor() as i32).max(clip[0]);
    let right = (a.x.max(b.x).max(c.x).ceil() as i32).min(clip[2]);
    let top = (a.y.min(b.y).min(c.y).floor() as i32).max(clip[1]);
    let bottom = (a.y.max(b.y).max(c.y).ceil() as i32).min(clip[3]);
    let colours = corners.map(|corner| corner.color.to_array().map(f32::from));
    // A pixel on a shared edge belongs to one of the two triangles only.
    let owns = |from: eframe::egui::Pos2, to: eframe::egui::Pos2| {
        let (x, y) = ((to.x - from.x) * area.signum(), (to.y - from.y) * area.signum());
        y < 0.0 || (y == 0.0 && x > 0.0)
    };
    let own = [owns(b, c), owns(c, a), owns(a, b)];
    for y in top..bottom {
        for x in left..right {
            let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
            let edge = |from: eframe::egui::Pos2, to: eframe::egui::Pos2| {
                ((to.x - from.x) * (py - from.y) - (to.y - from.y) * (px - from.x)) / area
            };
            let weights = [edge(b, c), edge(c, a), edge(a, b)];
            let inside = weights.iter().zip(own).all(|(w, own)| *w > 0.0 || (*w == 0.0 && own));
            if !inside {
                continue;
            }
            let mixed = |of: fn(&Vertex) -> f32| -> f32 {
                corners.iter().zip(weights).map(|(corner, weight)| of(corner) * weight).sum()
            };
            let texel = texture.sample(mixed(|v| v.uv.x), mixed(|v| v.uv.y));
            let source: [f32; 4] = std::array::from_fn(|i| {
                let colour: f32 = colours.iter().zip(weights).map(|(c, w)| c[i] * w).sum();
                colour * texel[i] / 255.0
            });
            let pixel = image.get_pixel_mut(x as u32, y as u32);
            for i in 0..3 {
                let below = f32::from(pixel.0[i]) * (1.0 - source[3] / 255.0);
                pixel.0[i] = (source[i] + below).round().clamp(0.0, 255.0) as u8;
            }
        }
    }
}
