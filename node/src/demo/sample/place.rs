//! The directory of a sample street: for its user only, and gone when the street is left. What a program
//! that was stopped hard has left behind is swept up by the next one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How the directories are called, so that they are known again.
const PREFIX: &str = "noaber-sample-";
/// The file that says, by a lock, that a directory is in use.
const LOCK: &str = "in-use";
/// Names that are tried, and times that throwing away is.
const TRIES: u32 = 100;
/// So long apart.
const AGAIN: Duration = Duration::from_millis(20);

/// A directory of one's own; thrown away when dropped.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
    _lock: File,
}

impl Place {
    /// A new one, among the system's temporary files.
    pub fn new() -> io::Result<Self> {
        Self::new_in(&std::env::temp_dir())
    }

    /// A new one in a directory.
    pub fn new_in(parent: &Path) -> io::Result<Self> {
        for number in 0..TRIES {
            let path = parent.join(format!("{PREFIX}{}-{number}", std::process::id()));
            match create_private(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(error),
            }
            let mut lock = File::create_new(path.join(LOCK))?;
            lock.try_lock()?;
            // Written after it is locked: a directory whose lock file is empty is being made right now.
            writeln!(lock, "{}", std::process::id())?;
            return Ok(Self { path, _lock: lock });
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // A store that is just being closed may still touch its files.
        for _ in 0..TRIES {
            match fs::remove_dir_all(&self.path) {
                Ok(()) => return,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return,
                Err(_) => std::thread::sleep(AGAIN),
            }
        }
        tracing::warn!(path = %self.path.display(), "a sample street stays behind");
    }
}

/// Throws away what was left behind by programs that are gone.
pub fn sweep() {
    sweep_in(&std::env::temp_dir());
}

fn sweep_in(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        // A link is no directory here: what it leads to is not ours to throw away.
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_ours && is_dir && is_left(&entry.path()) {
            // What belongs to somebody else stays: the system does not let us.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether nobody has it any more.
fn is_left(path: &Path) -> bool {
    let Ok(lock) = OpenOptions::new().read(true).write(true).open(path.join(LOCK)) else {
        return false;
    };
    lock.metadata().is_ok_and(|data| data.len() > 0) && lock.try_lock().is_ok()
}

fn create_private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_gone_when_it_is_dropped() {
        let temp = tempfile::tempdir().unwrap();
        let place = Place::new_in(temp.path()).unwrap();
        let path = place.path().to_owned();
        fs::write(path.join("something"), "left here").unwrap();
        drop(place);
        assert!(!path.exists());
    }

    #[test]
    fn what_is_in_use_is_not_swept_and_what_was_left_is() {
        let temp = tempfile::tempdir().unwrap();
        let used = Place::new_in(temp.path()).unwrap();
        let left = temp.path().join(format!("{PREFIX}4000000-0"));
        fs::create_dir(&left).unwrap();
        fs::write(left.join(LOCK), "4000000\n").unwrap();
        let begun = temp.path().join(format!("{PREFIX}4000001-0"));
        fs::create_dir(&begun).unwrap();
        fs::write(begun.join(LOCK), "").unwrap();
        let other = temp.path().join("holiday-photos");
        fs::create_dir(&other).unwrap();
        sweep_in(temp.path());
        assert!(used.path().exists());
        assert!(!left.exists());
        assert!(begun.exists(), "it is being made by another program");
        assert!(other.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let temp = tempfile::tempdir().unwrap();
        let kept = temp.path().join("kept");
        fs::create_dir(&kept).unwrap();
        fs::write(kept.join(LOCK), "1\n").unwrap();
        let link = temp.path().join(format!("{PREFIX}1-0"));
        std::os::unix::fs::symlink(&kept, &link).unwrap();
        sweep_in(temp.path());
        assert!(kept.join(LOCK).exists());
    }
}
