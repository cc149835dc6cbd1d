//! Backups: everything in one file.

use std::path::PathBuf;

use super::rows::{Answer, BackupRow};
use super::{Api, Failure};
use crate::backup::{self, BackupError, Overwrite};

impl Api<'_> {
    pub(super) async fn backup(&self, file: PathBuf, overwrite: bool) -> Result<Answer, Failure> {
        let (node, overwrite) =
            (self.node.clone(), if overwrite { Overwrite::Yes } else { Overwrite::No });
        let made = aside(move || backup::make(&node, &file, overwrite, &mut |_| ())).await?;
        Ok(Answer::BackedUp(BackupRow {
            file: made.file.display().to_string(),
            bytes: made.bytes,
            sha256: made.sha256,
            entries: made.entries,
        }))
    }
}

/// Looks through a backup; no node is needed for that.
pub(crate) async fn check(file: PathBuf) -> Result<Answer, Failure> {
    Ok(Answer::Checked(aside(move || backup::check(&file)).await?))
}

/// Does what takes as long as the disk does, where nobody has to wait for it.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|error| Failure::new("store", error.to_string()))?;
    done.map_err(|error| Failure::new(error.code(), error.to_string()))
}
