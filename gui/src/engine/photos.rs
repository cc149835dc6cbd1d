//! Photos on their way in and out: picked, taken in, fetched and decoded, all in the background.

use eframe::egui::ColorImage;
use noaber_core::id::PhotoId;
use noaber_node::access::Access;
use noaber_node::actor::SubmitError;
use noaber_node::photo::{MAX_PHOTO_INPUT_BYTES, PhotoError, prepare};

use super::{Answer, Engine, News, Ticket};
use crate::photos::{Shot, decode};

/// A photo could not be taken in.
#[derive(Debug, thiserror::Error)]
pub enum PhotoTrouble {
    /// It is not one, or too large.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// It could not be saved.
    #[error(transparent)]
    Save(#[from] SubmitError),
    /// The file could not be read.
    #[error("this file cannot be read: {0}")]
    Read(String),
}

impl Engine {
    /// Makes a photo of what a file holds, and keeps it.
    pub fn take_photo(
        &mut self,
        read: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static,
    ) -> Ticket {
        self.answer_later(|access| async move {
            let done = match access {
                Some(access) => keep(&access, read).await,
                None => Err(SubmitError::Stopped.into()),
            };
            Answer::Photo(done)
        })
    }

    /// Lets the user pick photos, in a dialog of their desktop.
    pub fn pick_photos(&mut self, title: String) -> Ticket {
        self.answer_later(|_| async move {
            let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(
                "JPEG, PNG, WebP",
                &["jpg", "jpeg", "png", "webp", "JPG", "JPEG", "PNG"],
            );
            let mut files = Vec::new();
            for file in dialog.pick_files().await.unwrap_or_default() {
                files.push(file.read().await);
            }
            Answer::Picked(files)
        })
    }

    /// Fetches a photo from the store and decodes it, in the background.
    pub fn load(&self, shot: Shot) {
        let Some(access) = self.access() else { return };
        let teller = self.teller.clone();
        let decoders = std::sync::Arc::clone(&self.decoders);
        self.runtime.spawn(async move {
            let Ok(_permit) = decoders.acquire().await else { return };
            let bytes = access.photo(shot.photo).await;
            let work = move || bytes.and_then(|bytes| decode(&bytes, shot));
            let picture = tokio::task::spawn_blocking(work).await.ok().flatten();
            teller.tell(News::Picture(shot, picture));
        });
    }

    /// Pictures that were decoded since the last time.
    pub fn take_pictures(&mut self) -> Vec<(Shot, Option<ColorImage>)> {
        std::mem::take(&mut self.pictures)
    }
}

async fn keep(
    access: &Access,
    read: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static,
) -> Result<PhotoId, PhotoTrouble> {
    let prepared = tokio::task::spawn_blocking(move || {
        let bytes = read().map_err(PhotoTrouble::Read)?;
        if bytes.len() > MAX_PHOTO_INPUT_BYTES {
            let megabytes = bytes.len().div_ceil(1 << 20);
            return Err(PhotoTrouble::Photo(PhotoError::TooHeavy { megabytes }));
        }
        Ok(prepare(&bytes)?.bytes)
    });
    let bytes = prepared.await.map_err(|error| PhotoTrouble::Read(error.to_string()))??;
    Ok(access.keep_photo(bytes).await?)
}
