//! A backup: everything of a home in one file, with a checksum.
//!
//! The file is a copy of the store with the keys in it, and a last line with the SHA-256 of all before.
//! SQLite passes over that line, so its own tools still open the file. It is made beside its place,
//! flushed and then named: whoever finds it under its name finds it whole. Whoever has it can be the
//! member that it is of, so only its user may read it.
//!
//! To bring one back is to come in as a new device of the same member, which never writes into the old
//! device's log. That road is not here yet: see “Known limits” in ARCHITECTURE.md.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use noaber_core::replica::{Input, More};
use noaber_core::time::Timestamp;
use noaber_core::{Replica, View};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::api::rows::CheckedRow;
use crate::check::check as check_store;
use crate::home::{Home, HomeError, identity_in};
use crate::node::Node;
use crate::store::{Store, StoreError};

/// The setting under which the last backup is remembered.
pub(crate) const LAST: &str = "backup_last";
/// How the last line begins. The digits after it are the SHA-256 of all that comes before the line.
const SEAL: &str = "\nnoaber-backup-1 sha256 ";
/// Length of the last line: its beginning, 64 digits, an end of line.
const SEAL_BYTES: u64 = SEAL.len() as u64 + 64 + 1;
/// Bytes that are read at a time.
const PORTION: usize = 1 << 20;
/// Entries that are folded at a time when a backup is checked.
const FOLDED: usize = 4096;

/// Whether a file that is there may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    /// It may.
    Yes,
    /// It stays.
    No,
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is a file already.
    #[error("{0} is there already: choose another name, or add --overwrite")]
    Exists(PathBuf),
    /// It cannot be written or read there.
    #[error("{path} cannot be used: {error}")]
    File {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It is no backup.
    #[error("{0} is not a backup that Noaber made, or its end is missing")]
    NotOne(PathBuf),
    /// The node that runs in another program says so.
    #[error("{message}")]
    Elsewhere {
        /// Its word.
        code: String,
        /// Its sentence.
        message: String,
    },
    /// The home or its store cannot be read.
    #[error(transparent)]
    Home(#[from] HomeError),
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        Self::Home(error.into())
    }
}

impl BackupError {
    /// The word by which programs know this error; it does not change.
    pub fn code(&self) -> &str {
        match self {
            Self::Elsewhere { code, .. } => code,
            Self::Exists(_) => "file_exists",
            Self::File { error, .. } if error.kind() == io::ErrorKind::StorageFull => "disk_full",
            Self::File { .. } => "file",
            Self::NotOne(_) => "not_a_backup",
            Self::Home(error) => error.code(),
        }
    }
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Where it is.
    pub file: PathBuf,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 of the whole file.
    pub sha256: String,
    /// How many entries are in it.
    pub entries: u64,
    /// When it was made.
    pub at: Timestamp,
}

/// Makes one, while the node goes on. Takes as long as the disk does: not for threads that must not wait.
/// `progress` is told how much is done, from 0 to 1.
pub fn make(
    node: &Node,
    file: &Path,
    overwrite: Overwrite,
    progress: &mut dyn FnMut(f32),
) -> Result<Made, BackupError> {
    let may_stand = || match overwrite {
        Overwrite::No if file.exists() => Err(BackupError::Exists(file.to_owned())),
        _ => Ok(()),
    };
    may_stand()?;
    let at = node.now();
    let keys = Home::at(node.home()).keys_text()?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let wrong = |error| BackupError::File { path: file.to_owned(), error };
    let mut made = || -> Result<Made, BackupError> {
        drop(create_private(&beside).map_err(wrong)?);
        let entries = node.reader()?.copy_to(&beside, &keys, progress)?;
        let (bytes, sha256) = seal(&beside).map_err(wrong)?;
        may_stand()?;
        fs::rename(&beside, file).map_err(wrong)?;
        sync_folder(file).map_err(wrong)?;
        Ok(Made { file: file.to_owned(), bytes, sha256, entries, at })
    };
    let made = made();
    match &made {
        Ok(made) => {
            tracing::info!(bytes = made.bytes, entries = made.entries, "a backup was made");
            let text = serde_json::to_string(made).expect("a row is plain data");
            node.write_later(move |store| store.set(LAST, &text));
        }
        // Whatever went wrong, half a backup is none.
        Err(_) => _ = fs::remove_file(&beside),
    }
    made
}

/// The last backup of this home that went well, if there was one. Touches the disk.
pub fn last(node: &Node) -> Option<Made> {
    let kept = node.read(|store| store.setting(LAST)).ok().flatten()?;
    serde_json::from_str(&kept).ok()
}

/// Looks through a backup: its checksum, whether it can be read as a whole, and all that [`check`] of a
/// running node's store looks at.
///
/// [`check`]: crate::api::request::Request::Check
pub fn check(file: &Path) -> Result<CheckedRow, BackupError> {
    let is_whole = is_sealed(file)?;
    let copy = Store::open_copy(file).and_then(|store| Ok((store.kept_keys()?, store)));
    let (keys, store) = match copy {
        Ok(copy) => copy,
        Err(error @ StoreError::Newer(_)) => return Err(error.into()),
        Err(error) => return Ok(broken(error.to_string())),
    };
    let looked = fold(&store, &keys).and_then(|view| match view {
        Ok(view) => check_store(&store, &view),
        Err(detail) => Ok(broken(format!("its keys cannot be read ({detail})"))),
    });
    let mut row = looked.unwrap_or_else(|error| broken(error.to_string()));
    if !is_whole {
        row.ok = false;
        row.problems.insert(0, "the file is not what was written: its checksum differs".into());
    }
    Ok(row)
}

fn broken(problem: String) -> CheckedRow {
    CheckedRow { ok: false, problems: vec![problem], entries: 0, photos: 0 }
}

/// What the member saw, folded from the copy as at a start.
fn fold(store: &Store, keys: &str) -> Result<Result<View, String>, StoreError> {
    let identity = match identity_in(keys) {
        Ok(identity) => identity,
        Err(detail) => return Ok(Err(detail)),
    };
    let mut replica = Replica::new(identity);
    for (circle, admitters) in store.circles()? {
        let mut feed = |entries, more| {
            let input = Input::Load {
                circle,
                admitters: admitters.clone(),
                entries,
                // A check reads every document itself.
                snapshots: Vec::new(),
                more,
            };
            // What would be sent or written now is not: nobody lives here.
            drop(replica.handle(Timestamp::from_ms(0), &mut rand::rng(), input));
        };
        store.each_entries(circle, FOLDED, |entries| feed(entries, More::Follows))?;
        feed(Vec::new(), More::Complete);
    }
    Ok(Ok(replica.view().clone()))
}

/// Writes the last line and flushes; gives the length and the SHA-256 of the whole.
fn seal(path: &Path) -> io::Result<(u64, String)> {
    let mut file = OpenOptions::new().read(true).append(true).open(path)?;
    let length = file.metadata()?.len();
    let mut whole = hash(&file, length)?;
    let line = format!("{SEAL}{}\n", HEXLOWER.encode(&whole.clone().finalize()));
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    whole.update(line.as_bytes());
    Ok((length + SEAL_BYTES, HEXLOWER.encode(&whole.finalize())))
}

/// Whether the last line is true; an error where there is none.
fn is_sealed(path: &Path) -> Result<bool, BackupError> {
    let wrong = |error| BackupError::File { path: path.to_owned(), error };
    let not_one = || BackupError::NotOne(path.to_owned());
    let mut file = File::open(path).map_err(wrong)?;
    let length = file.metadata().map_err(wrong)?.len();
    let length = length.checked_sub(SEAL_BYTES).ok_or_else(not_one)?;
    file.seek(SeekFrom::Start(length)).map_err(wrong)?;
    let mut line = Vec::new();
    (&file).take(SEAL_BYTES).read_to_end(&mut line).map_err(wrong)?;
    let line = std::str::from_utf8(&line).map_err(|_| not_one())?;
    let digits = line.strip_prefix(SEAL).ok_or_else(not_one)?.trim_end();
    file.seek(SeekFrom::Start(0)).map_err(wrong)?;
    let found = hash(&file, length).map_err(wrong)?.finalize();
    Ok(HEXLOWER.encode(&found) == digits)
}

fn hash(file: &File, length: u64) -> io::Result<Sha256> {
    let mut reader = BufReader::with_capacity(PORTION, file).take(length);
    let (mut hash, mut portion) = (Sha256::new(), vec![0; PORTION]);
    loop {
        match reader.read(&mut portion)? {
            0 => return Ok(hash),
            read => hash.update(&portion[..read]),
        }
    }
}

fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Makes the file's name as durable as the file, where the system can.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    #[cfg(unix)]
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
