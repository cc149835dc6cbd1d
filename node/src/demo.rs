//! The sample street.

use std::path::PathBuf;

use crate::api::Failure;

/// Runs it.
pub async fn run(keep: Option<PathBuf>) -> Result<(), Failure> {
    let _ = keep;
    Ok(())
}
