//! Which files of a folder this program wrote, and with which content.
//!
//! Most formats have no room for a mark, and a mark would not tell that a person changed the
//! file since. So the folder holds a hidden list, `.align.json`: for each file the lengths
//! and hashes of what was written. A file that is there with another content is somebody's
//! work.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::unfinished::no_link;
use crate::text::fnv::fnv;

/// The name of the list.
pub(super) const NAME: &str = ".align.json";

/// What a file may hold and be ours. More than one while a run gives files their names.
type Contents = Vec<String>;

#[derive(Debug, Default, Serialize, Deserialize)]
struct List {
    /// For whoever opens the file.
    #[serde(default)]
    about: String,
    #[serde(default)]
    files: BTreeMap<String, Contents>,
}

impl List {
    /// Reads a list; what cannot be read knows nothing.
    fn read(path: &Path) -> Self {
        Self::parse(&fs::read(path).unwrap_or_default())
    }

    /// The list that bytes begin with. What a shorter list left of a longer one behind it, in
    /// a run that was killed, is passed over.
    fn parse(bytes: &[u8]) -> Self {
        let mut lists = serde_json::Deserializer::from_slice(bytes).into_iter();
        lists.next().and_then(Result::ok).unwrap_or_default()
    }
}

/// What stands under the name of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// There is no file.
    Nobody,
    /// It is as this program wrote it.
    Us,
    /// This program wrote it, and it was changed since.
    UsOnce,
    /// Somebody else wrote it.
    Other,
}

/// What is known of the files of a folder, by one list or several.
#[derive(Debug)]
pub(super) struct Known<'a> {
    folder: &'a Path,
    lists: Vec<List>,
}

impl<'a> Known<'a> {
    /// Reads the folder's own list and another where there is one.
    pub(super) fn read(folder: &'a Path, other: Option<&Path>) -> Self {
        let own = folder.join(NAME);
        let paths = [Some(own.as_path()), other.filter(|&other| other != own)];
        Self { folder, lists: paths.into_iter().flatten().map(List::read).collect() }
    }

    /// Whose the file of that name is.
    pub(super) fn owner(&self, name: &str) -> io::Result<Owner> {
        let path = self.folder.join(name);
        if !path.exists() {
            return Ok(Owner::Nobody);
        }
        let mut contents = self
            .lists
            .iter()
            .filter_map(|list| list.files.get(name))
            .flatten()
            .peekable();
        if contents.peek().is_none() {
            return Ok(Owner::Other);
        }
        let found = fingerprint(&path)?;
        Ok(if contents.any(|content| *content == found) {
            Owner::Us
        } else {
            Owner::UsOnce
        })
    }
}

/// A list under change: nobody else changes it until it is dropped.
#[derive(Debug)]
pub(super) struct Change {
    path: PathBuf,
    file: File,
    /// The list before; `None` where there was no file.
    before: Option<Vec<u8>>,
    list: List,
}

impl Change {
    /// Opens a list for a change.
    pub(super) fn begin(path: &Path) -> io::Result<Self> {
        no_link(path)?;
        let path = path.to_owned();
        let was_there = path.exists();
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(&path)?;
        // Some network folders know no locks; then two runs at once may forget a file, and
        // the next one asks before it replaces it.
        let _ = file.lock();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let list = List::parse(&bytes);
        Ok(Self { path, file, before: was_there.then_some(bytes), list })
    }

    /// Adds what a file is about to hold.
    pub(super) fn add(&mut self, name: &str, fingerprint: String) {
        self.list.files.entry(name.to_owned()).or_default().push(fingerprint);
    }

    /// Forgets all that a file held but the last.
    pub(super) fn settle(&mut self, name: &str) {
        if let Some(contents) = self.list.files.get_mut(name) {
            contents.drain(..contents.len().saturating_sub(1));
        }
    }

    /// Forgets a file.
    pub(super) fn forget(&mut self, name: &str) {
        self.list.files.remove(name);
    }

    /// Writes the list.
    pub(super) fn save(&mut self) -> io::Result<()> {
        self.list.about =
            "what align wrote into this folder; it replaces no file that was changed since"
                .into();
        let mut bytes = serde_json::to_vec_pretty(&self.list)?;
        bytes.push(b'\n');
        self.overwrite(&bytes)
    }

    /// Makes the list what it was.
    pub(super) fn undo(mut self) {
        // Best effort: the error that led here is the one to report.
        match self.before.take() {
            Some(before) => drop(self.overwrite(&before)),
            None => drop(fs::remove_file(&self.path)),
        }
    }

    fn overwrite(&mut self, bytes: &[u8]) -> io::Result<()> {
        // Never empty in between: a run may be killed here.
        self.file.rewind()?;
        self.file.write_all(bytes)?;
        self.file.set_len(bytes.len() as u64)?;
        self.file.sync_data()
    }
}

/// The names of the files that this program wrote into a folder, so far as its list tells.
pub fn listed(folder: &Path) -> Vec<String> {
    List::read(&folder.join(NAME)).files.into_keys().collect()
}

/// Enters files, by name and [`fingerprint`], into the list of a folder: they are ours.
///
/// # Errors
///
/// When the list cannot be read or written.
pub fn adopt(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<()> {
    let mut change = Change::begin(&folder.join(NAME))?;
    for (name, fingerprint) in files {
        change.add(name, fingerprint.clone());
        change.settle(name);
    }
    change.save()
}

/// Length and hash of a file.
///
/// # Errors
///
/// When it cannot be read.
pub fn fingerprint(path: &Path) -> io::Result<String> {
    let bytes = fs::read(path)?;
    Ok(format!("{}-{:016x}", bytes.len(), fnv(bytes.iter().copied())))
}
