//! Photos that go with something: picked from files, dropped onto the window or pasted. They are read,
//! checked and made small elsewhere, while the rest of the form is filled in.

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, CornerRadius, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};
use noaber_core::id::PhotoId;
use noaber_node::photo::PhotoError;

use crate::arrivals::arrivals;
use crate::desk::Desk;
use crate::engine::{Answer, PhotoTrouble, Ticket};
use crate::fonts::{Fill, Icon, Weight};
use crate::photos::{Shot, Size};
use crate::theme::Palette;
use crate::widgets::{Corners, focus_ring, icon_button, photo, text};

const FACE: Vec2 = vec2(140.0, 105.0);

/// See the module.
pub(super) struct Album {
    /// Those that are ready, in the order in which they will be seen.
    pub(super) photos: Vec<PhotoId>,
    most: usize,
    preparing: Vec<Option<Ticket>>,
    picking: Option<Ticket>,
    trouble: Option<String>,
}

impl Album {
    /// An empty one, for so many photos at most.
    pub(super) fn new(most: usize) -> Self {
        let (photos, preparing) = (Vec::new(), Vec::new());
        Self { photos, most, preparing, picking: None, trouble: None }
    }

    /// Whether a photo is still being made ready.
    pub(super) fn is_busy(&self) -> bool {
        !self.preparing.is_empty()
    }

    fn has_room(&self) -> bool {
        self.photos.len() + self.preparing.len() < self.most
    }

    /// Takes in what was picked, dropped or pasted since the last frame.
    pub(super) fn listen(&mut self, ui: &Ui, desk: &mut Desk<'_>) {
        for arrival in arrivals(ui.ctx()) {
            self.take(desk, arrival);
        }
        if let Some(Answer::Picked(files)) = desk.take(&mut self.picking) {
            for bytes in files {
                self.take(desk, move || Ok(bytes));
            }
        }
        for ticket in &mut self.preparing {
            match desk.take(ticket) {
                Some(Answer::Photo(Ok(id))) => self.photos.push(id),
                Some(Answer::Photo(Err(error))) => self.trouble = Some(trouble(desk, &error)),
                _ => {}
            }
        }
        self.preparing.retain(Option::is_some);
    }

    fn take(
        &mut self,
        desk: &mut Desk<'_>,
        read: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static,
    ) {
        self.trouble = None;
        if self.has_room() {
            self.preparing.push(Some(desk.engine.take_photo(read)));
        } else {
            let most = [("count", self.most.into())];
            self.trouble = Some(desk.words.tell("photo-many", &most));
        }
    }

    /// Shows them, with a place to add more.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let words = desk.words;
        ui.horizontal_wrapped(|ui| {
            let mut removed = None;
            for (place, id) in self.photos.iter().enumerate() {
                let (rect, _) = ui.allocate_exact_size(FACE, Sense::hover());
                let shot = Shot { photo: *id, size: Size::Card };
                match desk.photos.texture(desk.engine, shot) {
                    Some(texture) => photo(ui.painter(), rect, &texture, Corners::All, 12),
                    None => _ = ui.painter().rect_filled(rect, 12, Palette::of(ui).sunken),
                }
                let name = words.tell("share-photo-remove", &[("count", (place + 1).into())]);
                if icon_button(ui, Icon::TRASH, &name).clicked() {
                    removed = Some(place);
                }
            }
            if let Some(place) = removed {
                self.photos.remove(place);
            }
            if self.has_room() || self.is_busy() {
                self.add(ui, desk);
            }
        });
        text::small(ui, words.say("share-photos-line"));
        if let Some(trouble) = &self.trouble {
            text::trouble(ui, trouble.clone());
        }
    }

    fn add(&mut self, ui: &mut Ui, desk: &mut Desk<'_>) {
        let (palette, words) = (Palette::of(ui), desk.words);
        let is_over = ui.input(|input| !input.raw.hovered_files.is_empty());
        let (rect, response) = ui.allocate_exact_size(vec2(200.0, FACE.y), Sense::click());
        let label = if self.is_busy() {
            words.tell("share-photos-busy", &[("count", self.preparing.len().into())])
        } else {
            words.say("share-photos-add")
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
        let fill =
            if is_over || response.hovered() { palette.primary_soft } else { palette.sunken };
        let stroke = Stroke::new(1.5, if is_over { palette.primary } else { palette.line });
        ui.painter().rect(rect, CornerRadius::same(12), fill, stroke, StrokeKind::Inside);
        let middle = rect.center();
        let sign = middle - vec2(0.0, 18.0);
        Icon::CAMERA.paint(ui.painter(), sign, 30.0, Fill::Outline, palette.primary);
        let mut job = LayoutJob::simple(label, Weight::Semibold.at(14.5), palette.text, 180.0);
        job.halign = Align::Center;
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(middle + vec2(0.0, 2.0), galley, palette.text);
        focus_ring(ui, &response, rect, 12);
        if response.clicked() && self.picking.is_none() {
            self.picking = Some(desk.engine.pick_photos(words.say("share-photos-pick")));
        }
    }
}

fn trouble(desk: &Desk<'_>, error: &PhotoTrouble) -> String {
    match error {
        PhotoTrouble::Photo(PhotoError::TooHeavy { .. }) => desk.words.say("photo-heavy"),
        PhotoTrouble::Photo(PhotoError::UnknownFormat) => desk.words.say("photo-unknown"),
        PhotoTrouble::Photo(_) => desk.words.say("photo-bad"),
        PhotoTrouble::Save(error) => desk.failure(error),
        PhotoTrouble::Read(detail) => desk.words.tell("photo-unread", &[("detail", detail.into())]),
    }
}
