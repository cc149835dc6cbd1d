//! A node's home: the one directory that holds its keys, its store and its lock.
//!
//! Only this module knows file names. The directory is for its user alone; secret keys are in a file
//! of mode 0600. Two processes never open one store: the second is told who has it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use noaber_core::Identity;
use noaber_core::id::BadId;
use serde::{Deserialize, Serialize};

use crate::store::{Store, StoreError};

/// Why a home cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// Nobody has been introduced here yet.
    #[error("there is nobody at {0} yet: run `noaber init --name YOUR-NAME` first")]
    Empty(PathBuf),
    /// Somebody lives here already.
    #[error("{name} lives at {path} already: choose another --home, or use this one as it is")]
    Taken {
        /// Where.
        path: PathBuf,
        /// Who.
        name: String,
    },
    /// Another process has it.
    #[error("another Noaber (process {pid}) is using {path}: wait until it is done, or stop it")]
    Locked {
        /// Where.
        path: PathBuf,
        /// Which process.
        pid: String,
    },
    /// The file with the keys cannot be read.
    #[error("the keys in {path} cannot be read ({detail}): restore that file from a copy")]
    BadKeys {
        /// Which file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// A file could not be used.
    #[error("{path} cannot be used: {error}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl HomeError {
    /// The word by which programs know this error; it does not change.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty(_) => "no_home",
            Self::Taken { .. } => "home_taken",
            Self::Locked { .. } => "store_locked",
            Self::BadKeys { .. } => "bad_keys",
            Self::File { .. } | Self::Store(StoreError::Unreadable { .. }) => "file",
            Self::Store(StoreError::Damaged { .. }) => "store_damaged",
            Self::Store(StoreError::Newer(_)) => "store_newer",
            Self::Store(StoreError::Full) => "disk_full",
            Self::Store(StoreError::Sqlite(_)) => "store",
        }
    }
}

/// What the file with the keys holds.
#[derive(Serialize, Deserialize)]
struct Keys {
    root: String,
    device: String,
    name: String,
    device_name: String,
}

/// A home directory, not necessarily one in which somebody lives.
#[derive(Debug, Clone)]
pub struct Home {
    path: PathBuf,
}

/// Keeps other processes out; gone when dropped or when the process ends.
pub struct Lock {
    _file: File,
}

impl Home {
    /// The home at a path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The platform's place for a program's data.
    pub fn default_path() -> Option<PathBuf> {
        directories::ProjectDirs::from("", "", "noaber").map(|dirs| dirs.data_dir().to_owned())
    }

    /// The directory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn keys_path(&self) -> PathBuf {
        self.path.join("identity.json")
    }

    /// The store's file.
    pub fn store_path(&self) -> PathBuf {
        self.path.join("noaber.db")
    }

    /// Where the running node listens to its own user. Socket paths are short by law of the kernel,
    /// so a long home gets a name made of its hash, in the user's own directory for such things.
    pub fn socket_path(&self) -> PathBuf {
        let direct = self.path.join("node.sock");
        if direct.as_os_str().len() < 100 {
            return direct;
        }
        let hash = blake3::hash(self.path.as_os_str().as_encoded_bytes()).to_hex();
        let runtime =
            directories::BaseDirs::new().and_then(|dirs| dirs.runtime_dir().map(Path::to_owned));
        let dir =
            runtime.unwrap_or_else(std::env::temp_dir).join(format!("noaber-{}", &hash[..24]));
        // In a directory that others can write to, somebody may have been there first: then there is
        // no socket, and the long name, which no socket can have, says so.
        let is_ours = create_private_dir(&dir).is_ok() && same_owner(&dir, &self.path);
        if is_ours { dir.join("node.sock") } else { direct }
    }

    /// Moves somebody in: makes keys and an empty store. The keys are written last, so that a power
    /// cut leaves either a whole home or one that can be initialised again.
    pub fn init(&self, name: &str, device_name: &str) -> Result<Identity, HomeError> {
        self.check_vacant()?;
        create_private_dir(&self.path).map_err(|error| file_error(&self.path, error))?;
        let _lock = self.lock()?;
        // Once more: somebody else may have moved in meanwhile.
        self.check_vacant()?;
        let store = self.store_path();
        if store.exists() {
            let left_over = Store::open(&store)?;
            if !left_over.circles()?.is_empty() {
                let path = self.keys_path();
                return Err(HomeError::BadKeys { path, detail: "the file is missing".into() });
            }
        } else {
            drop(Store::create(&store)?);
        }
        let identity = Identity {
            root: new_key(),
            device: new_key(),
            name: name.to_owned(),
            device_name: device_name.to_owned(),
        };
        let hex = |key: &SigningKey| data_encoding::HEXLOWER.encode(&key.to_bytes());
        let keys = Keys {
            root: hex(&identity.root),
            device: hex(&identity.device),
            name: identity.name.clone(),
            device_name: identity.device_name.clone(),
        };
        let path = self.keys_path();
        write_private(&path, &keys).map_err(|error| file_error(&path, error))?;
        Ok(identity)
    }

    fn check_vacant(&self) -> Result<(), HomeError> {
        match self.identity() {
            Ok(Identity { name, .. }) => Err(HomeError::Taken { path: self.path.clone(), name }),
            Err(HomeError::Empty(_)) => Ok(()),
            // Keys that cannot be read are still somebody's keys.
            Err(error) => Err(error),
        }
    }

    /// Who lives here.
    pub fn identity(&self) -> Result<Identity, HomeError> {
        let bad = |detail| HomeError::BadKeys { path: self.keys_path(), detail };
        identity_in(&self.keys_text()?).map_err(bad)
    }

    /// The keys as they are kept; what [`identity_in`] reads. A secret.
    pub(crate) fn keys_text(&self) -> Result<String, HomeError> {
        let path = self.keys_path();
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(HomeError::Empty(self.path.clone()))
            }
            Err(error) => Err(file_error(&path, error)),
        }
    }

    /// Keeps other processes out as long as the lock lives.
    pub fn lock(&self) -> Result<Lock, HomeError> {
        let path = self.path.join("lock");
        let wrong = |error| file_error(&path, error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(wrong)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                let _ = file.read_to_string(&mut pid);
                let pid = pid.trim().to_owned();
                return Err(HomeError::Locked { path: self.path.clone(), pid });
            }
            Err(TryLockError::Error(error)) => return Err(wrong(error)),
        }
        file.set_len(0).map_err(wrong)?;
        writeln!(file, "{}", std::process::id()).map_err(wrong)?;
        Ok(Lock { _file: file })
    }
}

/// Whose keys these are, or why they cannot be read.
pub(crate) fn identity_in(keys: &str) -> Result<Identity, String> {
    let keys: Keys = serde_json::from_str(keys).map_err(|error| error.to_string())?;
    let key = |hex: &str| parse_key(hex).map_err(|error| error.to_string());
    Ok(Identity {
        root: key(&keys.root)?,
        device: key(&keys.device)?,
        name: keys.name,
        device_name: keys.device_name,
    })
}

fn file_error(path: &Path, error: io::Error) -> HomeError {
    HomeError::File { path: path.to_owned(), error }
}

fn new_key() -> SigningKey {
    let mut seed = [0; 32];
    rand::Rng::fill_bytes(&mut rand::rng(), &mut seed);
    SigningKey::from_bytes(&seed)
}

fn parse_key(hex: &str) -> Result<SigningKey, BadId> {
    // A secret key has the same text form as an id of its length.
    let seed: noaber_core::id::EntryHash = hex.parse()?;
    Ok(SigningKey::from_bytes(seed.as_bytes()))
}

fn create_private_dir(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Whether both belong to one user and the first is for that user alone.
#[cfg(unix)]
fn same_owner(dir: &Path, home: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::symlink_metadata(dir), fs::metadata(home)) {
        (Ok(dir), Ok(home)) => {
            dir.is_dir() && dir.uid() == home.uid() && dir.mode() & 0o777 == 0o700
        }
        _ => false,
    }
}

#[cfg(not(unix))]
fn same_owner(_: &Path, _: &Path) -> bool {
    true
}

/// Writes beside, flushes, renames: after a power cut the file is whole or absent.
fn write_private(path: &Path, keys: &Keys) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&beside)?;
    file.write_all(serde_json::to_string_pretty(keys)?.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    if let Some(dir) = path.parent() {
        File::open(dir)?.sync_all()?;
    }
    Ok(())
}
