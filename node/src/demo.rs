//! The sample street: five real nodes, each with its own store and endpoint on loopback, that lend a
//! ladder, share a car, offer help, are cut in two and healed. Told as a short story; every figure in
//! it is measured while it happens.
//!
//! [`sample`] is another street of the same kind, to look around in: it is shown by the window.

mod household;
mod reckoning;
pub mod sample;
mod story;

pub use household::Household;

use std::path::PathBuf;

use crate::api::Failure;

/// Plays the story. With `keep`, the homes stay there to look around in.
pub async fn run(keep: Option<PathBuf>) -> Result<(), Failure> {
    let (dir, is_kept) = match keep {
        Some(dir) => {
            let is_empty = std::fs::read_dir(&dir).map_or(true, |mut files| files.next().is_none());
            if !is_empty {
                let message =
                    format!("{} is not empty: choose a new directory for --keep", dir.display());
                return Err(Failure::new("not_empty", message));
            }
            (dir, true)
        }
        None => (std::env::temp_dir().join(format!("noaber-street-{}", std::process::id())), false),
    };
    std::fs::create_dir_all(&dir).map_err(|error| {
        Failure::new("file", format!("{} cannot be made: {error}", dir.display()))
    })?;
    let told = story::tell(&dir, is_kept).await;
    if !is_kept {
        // What cannot be thrown away lies in the place for things that are thrown away.
        let _ = std::fs::remove_dir_all(&dir);
    }
    told
}
