//! What stays on this device: the window's preferences, backups, and how much room all of it takes.

use std::path::{Path, PathBuf};

use noaber_node::backup::{self, BackupError, Made};

use super::{Answer, Engine, News, Ticket};
use crate::preferences;

/// What is kept on this device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// The last backup that went well.
    pub backup: Option<Made>,
    /// Bytes that the home takes.
    pub bytes: u64,
}

/// What a file is wanted for.
#[derive(Clone, Copy)]
enum For {
    Writing,
    Reading,
}

impl Engine {
    /// The directory in which everything is.
    pub fn home(&self) -> &Path {
        &self.start.home
    }

    /// Keeps the window's preferences; what was handed in is kept even if the window closes now.
    pub fn keep(&self, preferences: String) {
        if let Some(access) = self.access() {
            access.set_later(preferences::NAME, preferences);
        }
    }

    /// Takes this file the next time that one would be asked for.
    pub fn choose_next(&mut self, file: PathBuf) {
        self.next_file = Some(file);
    }

    /// Asks where to, in a dialog of the desktop, and saves everything there. The answer is an
    /// [`Answer::BackedUp`].
    pub fn make_backup(&mut self, title: String, name: String) -> Ticket {
        let (chosen, teller) = (self.next_file.take(), self.teller.clone());
        self.saved = None;
        self.answer_later(move |access| async move {
            let file = match chosen {
                Some(file) => Some(file),
                None => ask(For::Writing, title, name).await,
            };
            let Some((file, access)) = file.zip(access) else {
                return Answer::BackedUp(None);
            };
            let mut told = 0;
            let progress = move |part: f32| {
                let percent = (part * 100.0) as u8;
                if percent != told {
                    told = percent;
                    teller.tell(News::Saving(percent));
                }
            };
            // The desktop's dialog has asked whether a file that is there may be written over.
            Answer::BackedUp(Some(access.make_backup(file, progress).await.map(Box::new)))
        })
    }

    /// How many hundredths of a backup are made, where that is known.
    pub fn saved_percent(&self) -> Option<u8> {
        self.saved
    }

    /// Asks for a backup and looks through it. The answer is an [`Answer::Checked`].
    pub fn check_backup(&mut self, title: String) -> Ticket {
        let chosen = self.next_file.take();
        self.answer_later(move |_| async move {
            let file = match chosen {
                Some(file) => Some(file),
                None => ask(For::Reading, title, String::new()).await,
            };
            let Some(file) = file else { return Answer::Checked(None) };
            Answer::Checked(Some(aside(move || backup::check(&file)).await))
        })
    }

    /// Asks what is kept on this device. The answer is an [`Answer::Kept`].
    pub fn ask_kept(&mut self) -> Ticket {
        let home = self.start.home.clone();
        self.answer_later(move |access| async move {
            let backup = match access {
                Some(access) => access.last_backup().await,
                None => None,
            };
            let bytes = tokio::task::spawn_blocking(move || room_of(&home)).await;
            Answer::Kept(Box::new(Kept { backup, bytes: bytes.unwrap_or_default() }))
        })
    }

    /// Opens the home in the desktop's program for folders. The answer is an [`Answer::Opened`].
    pub fn open_home(&mut self) -> Ticket {
        let home = self.start.home.clone();
        self.answer_later(move |_| async move {
            let opened = tokio::task::spawn_blocking(move || open_folder(&home)).await;
            Answer::Opened(opened.unwrap_or(false))
        })
    }
}

async fn ask(purpose: For, title: String, name: String) -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new().set_title(title);
    let dialog = dialog.add_filter("Noaber", &["noaber"]);
    let file = match purpose {
        For::Writing => dialog.set_file_name(name).save_file().await,
        For::Reading => dialog.pick_file().await,
    };
    file.map(|file| file.path().to_owned())
}

/// Does what takes as long as the disk does.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    let file = PathBuf::new();
    let died =
        |error: tokio::task::JoinError| BackupError::File { path: file, error: error.into() };
    tokio::task::spawn_blocking(work).await.map_err(died)?
}

/// The bytes of the files in a home; it has no folders.
fn room_of(home: &Path) -> u64 {
    let files = std::fs::read_dir(home).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum()
}

fn open_folder(home: &Path) -> bool {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let quiet = std::process::Stdio::null;
    let mut command = std::process::Command::new(program);
    command.arg(home).stdin(quiet()).stdout(quiet()).stderr(quiet());
    // The window has nothing to wait for: the program stays as long as its user likes.
    command.spawn().is_ok()
}
