//! The states of a termbase before its last changes.
//!
//! A state is a file whose name says which change came after it, what it was, and a mark of
//! the text that it left: `000017-accept-1a2b3c4d.csv`; it ends in `.none` where there was no
//! file yet. By the mark it is seen whether somebody changed the file by hand since.
//!
//! A state is kept before the new text takes the name of the termbase. A run that is killed
//! between the two leaves a state that is the present one; the next run
//! forgets it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A state, and the change that ended it.
#[derive(Clone, Debug)]
pub(super) struct State {
    number: u64,
    /// What was done, in a word.
    pub(super) action: String,
    /// The [mark] of the text after the change.
    pub(super) after: String,
    path: PathBuf,
}

impl State {
    fn from_path(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let name = name.strip_suffix(".csv").or_else(|| name.strip_suffix(".none"))?;
        let (number, rest) = name.split_once('-')?;
        let (action, after) = rest.rsplit_once('-')?;
        let (number, action, after) = (number.parse().ok()?, action.into(), after.into());
        Some(Self { number, action, after, path })
    }

    /// The bytes of the file then; `None` where there was none.
    pub(super) fn read(&self) -> io::Result<Option<Vec<u8>>> {
        match self.path.extension().is_some_and(|ending| ending == "none") {
            true => Ok(None),
            false => fs::read(&self.path).map(Some),
        }
    }
}

/// The name of a copy that is not whole yet.
pub(super) const COPY: &str = "state.tmp";

/// The states that are kept in a folder, oldest first. Only who holds the lock may open it.
#[derive(Debug)]
pub(super) struct History {
    folder: PathBuf,
    states: Vec<State>,
}

impl History {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let mut states = Vec::new();
        for entry in fs::read_dir(folder)? {
            states.extend(State::from_path(entry?.path()));
        }
        states.sort_by_key(|state| state.number);
        Ok(Self { folder: folder.to_owned(), states })
    }

    pub(super) fn last(&self) -> Option<&State> {
        self.states.last()
    }

    /// Keeps the file as it is before a change that leaves a text with the mark `after`.
    pub(super) fn keep(
        &mut self,
        file: Option<&Path>,
        action: &str,
        after: &str,
    ) -> io::Result<()> {
        let number = self.states.last().map_or(0, |state| state.number) + 1;
        let action: String =
            action.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
        let ending = if file.is_some() { "csv" } else { "none" };
        let name = format!("{number:06}-{action}-{after}.{ending}");
        let path = self.folder.join(name);
        match file {
            // The old file gets a second name; it loses the first when the new one takes it.
            Some(file) if fs::hard_link(file, &path).is_ok() => {}
            Some(file) => {
                let copy = self.folder.join(COPY);
                fs::copy(file, &copy)?;
                fs::rename(&copy, &path)?;
            }
            None => fs::write(&path, "")?,
        }
        self.states.extend(State::from_path(path));
        Ok(())
    }

    /// Forgets last states that are the present text: of runs that were killed before they
    /// wrote theirs.
    pub(super) fn forget_present(&mut self, now: &[u8]) -> io::Result<()> {
        while let Some(last) = self.states.last() {
            let is_present =
                last.after != mark(now) && last.read()?.is_some_and(|bytes| bytes == now);
            if !is_present {
                break;
            }
            self.drop_last()?;
        }
        Ok(())
    }

    /// Forgets the last state.
    pub(super) fn drop_last(&mut self) -> io::Result<()> {
        match self.states.pop() {
            Some(state) => fs::remove_file(state.path),
            None => Ok(()),
        }
    }

    /// Forgets all but the last `depth` states.
    pub(super) fn prune(&mut self, depth: usize) -> io::Result<()> {
        let n_old = self.states.len().saturating_sub(depth);
        self.states.drain(..n_old).try_for_each(|state| fs::remove_file(state.path))
    }
}

/// A mark of a text, by which it is known again: CRC-32 and length.
pub(super) fn mark(bytes: &[u8]) -> String {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    format!("{:08x}{:x}", crc.sum(), bytes.len())
}
