//! Changes the file of a termbase: one at a time, whole, and with the way back.
//!
//! Beside `terms.csv` lies a hidden folder with what that needs:
//!
//! ```text
//! terms.csv
//! .terms.csv.align/lock                        held while a run changes the file
//! .terms.csv.align/000017-accept-5d41402a.csv  the file before change 17, see history.rs
//! ```
//!
//! A change takes the lock, reads the file, works, writes the new text to a file beside it,
//! keeps the old, and gives the new its name. Killed at any moment it leaves the old file or
//! the new one. The system lets go of the lock of a run that died.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::{Builder, NamedTempFile};

use super::error::GlossaryError;
use super::history::{self, History};
use super::termbase::Termbase;
use super::termbase_file::holds;

/// How many changes can be undone.
pub const DEPTH: usize = 20;

/// How long a run waits for another to let go of the file. A change takes well under a
/// second, so this is time for tens of runs at once.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long between two tries.
const PAUSE: Duration = Duration::from_millis(5);

/// How often a change is begun anew where another program wrote the file meanwhile.
const TRIES: usize = 3;

/// The file of a termbase.
#[derive(Clone, Debug)]
pub struct Store {
    path: PathBuf,
    folder: PathBuf,
    patience: Duration,
}

/// What became of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// There was nothing to change; the file was not touched.
    Unchanged,
    /// It was not there and is now.
    Created,
    /// It was replaced.
    Replaced,
}

impl Store {
    /// The termbase of that file; nothing is opened yet. A link is followed, so that it stays
    /// one.
    pub fn new(path: &Path) -> Self {
        let is_link = fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink());
        let real = if is_link { fs::canonicalize(path).ok() } else { None };
        let path = real.unwrap_or_else(|| path.to_owned());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let folder = path.with_file_name(format!(".{name}.align"));
        Self { path, folder, patience: PATIENCE }
    }

    /// The same, waiting no longer than this for another run.
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Is it there, and was it said that nobody is to write to it?
    pub fn is_read_only(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|found| found.permissions().readonly())
    }

    /// That it is read-only holds, although a file beside it could take its name.
    fn writable(&self) -> Result<(), GlossaryError> {
        match self.is_read_only() {
            true => Err(GlossaryError::ReadOnly { path: self.path.clone() }),
            false => Ok(()),
        }
    }

    /// Proves that the file can be changed, before any work is done for it.
    ///
    /// # Errors
    ///
    /// When it is set read-only, its folder cannot be written to, or a folder has its name.
    pub fn probe(&self) -> Result<(), GlossaryError> {
        self.writable()?;
        if self.path.is_dir() {
            let source = io::Error::from(io::ErrorKind::IsADirectory);
            return Err(GlossaryError::Write { path: self.path.clone(), source });
        }
        if self.folder.is_dir() {
            return self.open_lock().map(drop);
        }
        // What a run needs is made when it changes the file; here nothing is left behind.
        let mut parents = self.path.ancestors().skip(1);
        let parent =
            parents.find(|parent| parent.as_os_str().is_empty() || parent.is_dir());
        let parent = match parent {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let error = |source| GlossaryError::Write { path: parent.to_owned(), source };
        Builder::new()
            .prefix(".align-")
            .suffix(UNFINISHED)
            .tempfile_in(parent)
            .map(drop)
            .map_err(error)
    }

    /// Reads the termbase. No lock is needed: the file is whole at any moment.
    ///
    /// # Errors
    ///
    /// When there is no file, it cannot be read, it is no termbase, or a row is bad.
    pub fn load(&self) -> Result<Termbase, GlossaryError> {
        Termbase::parse(&self.read_text()?, &self.path)
    }

    /// The text of the file.
    ///
    /// # Errors
    ///
    /// When there is no file, it cannot be read, or it is not UTF-8.
    pub fn read_text(&self) -> Result<String, GlossaryError> {
        let missing = || GlossaryError::Missing { path: self.path.clone() };
        self.text(self.read()?.ok_or_else(missing)?)
    }

    fn text(&self, bytes: Vec<u8>) -> Result<String, GlossaryError> {
        String::from_utf8(bytes).map_err(|error| GlossaryError::Unreadable {
            path: self.path.clone(),
            message: format!("byte {} is no UTF-8", error.utf8_error().valid_up_to() + 1),
        })
    }

    /// Changes the termbase; where there is no file, from an empty one. `action` is a word
    /// for the history: what is done. What `change` leaves as it was is not written.
    ///
    /// # Errors
    ///
    /// As [`Store::load`], but for a file that is not there; when another run holds the lock
    /// too long; when the file cannot be written; and those of `change`. The file is then
    /// what it was.
    pub fn change<T, E: From<GlossaryError>>(
        &self,
        action: &str,
        mut change: impl FnMut(&mut Termbase) -> Result<T, E>,
    ) -> Result<(T, Written), E> {
        let lock = self.lock()?;
        for _ in 0..TRIES {
            let old = self.read()?;
            if old.is_none() && !is_csv(&self.path) {
                return Err(GlossaryError::NotCsv { path: self.path.clone() }.into());
            }
            let old = old.map(|bytes| self.text(bytes)).transpose()?;
            let text = old.as_deref().unwrap_or_default();
            let mut termbase = Termbase::parse(text, &self.path)?;
            let n_before = termbase.rows().count();
            let outcome = change(&mut termbase)?;
            let is_same = termbase.rows().count() == n_before
                && holds(text, &self.path, &termbase)?;
            if is_same && old.is_some() {
                return Ok((outcome, Written::Unchanged));
            }
            let bytes = old.as_ref().map(String::as_bytes);
            if self.replace(action, bytes, termbase.to_text().as_bytes())? {
                drop(lock);
                let written =
                    if old.is_some() { Written::Replaced } else { Written::Created };
                return Ok((outcome, written));
            }
        }
        Err(GlossaryError::Changed { path: self.path.clone() }.into())
    }

    /// Goes back to the state before the last change, byte for byte; tells what that change
    /// was. `is_forced`: also where somebody changed the file by hand since, which is lost
    /// then, but for a copy in the hidden folder.
    ///
    /// # Errors
    ///
    /// When there is no change to undo, the file was changed by hand, another run holds the
    /// lock too long, or the file cannot be written.
    pub fn undo(&self, is_forced: bool) -> Result<String, GlossaryError> {
        if !self.folder.is_dir() {
            return Err(GlossaryError::NoHistory { path: self.path.clone() });
        }
        self.writable()?;
        let _lock = self.lock()?;
        let mut history = self.history()?;
        let now = self.read()?;
        let present = now.as_deref().unwrap_or_default();
        history.forget_present(present).map_err(|source| self.unwritten(source))?;
        let Some(last) = history.last() else {
            return Err(GlossaryError::NoHistory { path: self.path.clone() });
        };
        let is_last = last.after == history::mark(present);
        if !is_last && !is_forced {
            return Err(GlossaryError::Edited { path: self.path.clone() });
        }
        let action = last.action.clone();
        let write = || -> io::Result<()> {
            if !is_last && let Some(now) = &now {
                let mut kept = self.neighbour()?;
                kept.write_all(now)?;
                kept.persist(self.folder.join("undone.csv"))
                    .map_err(|error| error.error)?;
            }
            match last.read()? {
                Some(bytes) => {
                    let mut file = self.neighbour()?;
                    file.write_all(&bytes)?;
                    self.put(file)
                }
                None => fs::remove_file(&self.path),
            }
        };
        write().map_err(|source| self.unwritten(source))?;
        history.drop_last().map_err(|source| self.unwritten(source))?;
        Ok(action)
    }

    /// Keeps the old file and gives the new its name; `false` where the old is no longer what
    /// was read.
    fn replace(
        &self,
        action: &str,
        old: Option<&[u8]>,
        new: &[u8],
    ) -> Result<bool, GlossaryError> {
        self.writable()?;
        let mut history = self.history()?;
        let mut write = || -> io::Result<bool> {
            let mut file = self.neighbour()?;
            file.write_all(new)?;
            if self.read_bytes()?.as_deref() != old {
                return Ok(false);
            }
            if let Some(old) = old {
                history.forget_present(old)?;
            }
            let existing = old.map(|_| self.path.as_path());
            history.keep(existing, action, &history::mark(new))?;
            self.put(file)?;
            Ok(true)
        };
        let is_written = write().map_err(|source| self.unwritten(source))?;
        // The change has landed; what is too old to undo can go another time.
        let _ = history.prune(DEPTH);
        Ok(is_written)
    }

    /// Gives a file the name of the termbase, and the permissions of the one that has it.
    fn put(&self, file: NamedTempFile) -> io::Result<()> {
        if let Ok(old) = fs::metadata(&self.path) {
            fs::set_permissions(file.path(), old.permissions())?;
        }
        file.as_file().sync_data()?;
        file.persist(&self.path).map_err(|error| error.error).map(drop)
    }

    fn history(&self) -> Result<History, GlossaryError> {
        History::open(&self.folder).map_err(|source| self.unwritten(source))
    }

    fn read(&self) -> Result<Option<Vec<u8>>, GlossaryError> {
        let error = |source| GlossaryError::Io { path: self.path.clone(), source };
        self.read_bytes().map_err(error)
    }

    fn read_bytes(&self) -> io::Result<Option<Vec<u8>>> {
        match crate::read::whole(&self.path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn unwritten(&self, source: io::Error) -> GlossaryError {
        GlossaryError::Write { path: self.path.clone(), source }
    }

    /// Waits for the lock.
    fn lock(&self) -> Result<File, GlossaryError> {
        let lock = self.open_lock()?;
        let started = Instant::now();
        loop {
            match lock.try_lock() {
                // Some folders know no locks; there the comparison before the renaming is all.
                Ok(()) | Err(TryLockError::Error(_)) => break,
                Err(TryLockError::WouldBlock) if started.elapsed() < self.patience => {
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(GlossaryError::Locked {
                        path: self.path.clone(),
                        lock: self.folder.join("lock"),
                        seconds: self.patience.as_secs(),
                    });
                }
            }
        }
        self.sweep();
        Ok(lock)
    }

    fn open_lock(&self) -> Result<File, GlossaryError> {
        let open = || {
            self.own_folder()?;
            fs::create_dir_all(&self.folder)?;
            File::options().create(true).append(true).open(self.folder.join("lock"))
        };
        let path = self.folder.clone();
        open().map_err(|source| GlossaryError::Write { path, source })
    }

    /// Refuses a link in the place of the hidden folder or its lock: what is kept, and what is
    /// cleared away, would be elsewhere.
    fn own_folder(&self) -> io::Result<()> {
        let is_link = |path: &Path| {
            fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
        };
        match is_link(&self.folder) || is_link(&self.folder.join("lock")) {
            true => Err(io::Error::other("is a link, and align follows none here")),
            false => Ok(()),
        }
    }

    /// Clears away what runs left that were killed, by the names that they give. Who holds the
    /// lock is alone.
    fn sweep(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let is_own = name.starts_with(NEW) && name.ends_with(UNFINISHED)
                || name == history::COPY;
            if is_own && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// A file that will take the place of the termbase, with the permissions of any new file.
    fn neighbour(&self) -> io::Result<NamedTempFile> {
        let mut builder = Builder::new();
        builder.prefix(NEW).suffix(UNFINISHED);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o666)); // the umask takes its part
        }
        builder.tempfile_in(&self.folder)
    }
}

/// Is it the name of a file of comma-separated values?
fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

/// How the name of a file begins that will be the termbase.
const NEW: &str = "new-";

/// How the name of a file ends that is not whole yet.
const UNFINISHED: &str = ".tmp";
