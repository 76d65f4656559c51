use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::ExportError;
use super::manifest::{self, Change, Known, Owner};
use super::unfinished::{no_link, sweep, unfinished};

/// The files of one run, written all or none.
///
/// [`OutputFiles::open`] tries the door before the work begins: the folder is made and proves
/// writable. Each file is then written as a hidden neighbour; [`OutputFiles::commit`] gives
/// all of them their names, and where one fails puts the old files back. Dropped before, it
/// leaves everything as it was, the folder included.
///
/// A file that is there already is replaced only if this program wrote it and nobody changed
/// it since: the folder holds a hidden list, `.align.json`, of what was written, so that a
/// mark in the files themselves is not needed. [`OutputFiles::forced`] replaces any file.
///
/// Neighbours exist from the first [`OutputFiles::write`] to the commit only, so that a run
/// that is broken off while it aligns leaves nothing behind.
#[derive(Debug)]
pub struct OutputFiles {
    folder: PathBuf,
    /// The outermost folder that was made for this run.
    made: Option<PathBuf>,
    written: Vec<(String, NamedTempFile)>,
    /// What an earlier run wrote and this one does not.
    withdrawn: Vec<String>,
    is_forced: bool,
    is_committed: bool,
    keep: Keep,
}

/// Where the files of a run keep what is not an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// The folder for files that are not whole yet, on the same disk as the outputs.
    pub scratch: PathBuf,
    /// The list of what was written.
    pub list: PathBuf,
}

impl Keep {
    /// Beside the outputs themselves.
    fn beside(folder: &Path) -> Self {
        Self { scratch: folder.to_owned(), list: folder.join(manifest::NAME) }
    }
}

impl OutputFiles {
    /// Makes the folder, if it is not there, and checks that files of these names can be
    /// written to it.
    ///
    /// # Errors
    ///
    /// When the folder cannot be made or written to, a folder has the name of a file, or a
    /// file of that name is not ours to replace.
    pub fn open<'a>(
        folder: &Path,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, ExportError> {
        sweep(folder);
        Self::open_as(folder, names, false, Keep::beside(folder))
    }

    /// As [`OutputFiles::open`], but files are replaced whoever wrote them.
    ///
    /// # Errors
    ///
    /// When the folder cannot be made or written to, or a folder has the name of a file.
    pub fn forced<'a>(
        folder: &Path,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, ExportError> {
        sweep(folder);
        Self::open_as(folder, names, true, Keep::beside(folder))
    }

    /// As [`OutputFiles::open`] or, `is_forced`, [`OutputFiles::forced`], for one of many runs
    /// into one folder: each keeps a list of its own, so that none waits for another. Names
    /// may lead into folders below.
    ///
    /// # Errors
    ///
    /// As those.
    pub fn kept<'a>(
        folder: &Path,
        names: impl IntoIterator<Item = &'a str>,
        is_forced: bool,
        keep: Keep,
    ) -> Result<Self, ExportError> {
        Self::open_as(folder, names, is_forced, keep)
    }

    fn open_as<'a>(
        folder: &Path,
        names: impl IntoIterator<Item = &'a str>,
        is_forced: bool,
        keep: Keep,
    ) -> Result<Self, ExportError> {
        let made = first_missing(folder);
        let error = |source| ExportError::Folder { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(error)?;
        let files = Self {
            folder: folder.to_owned(),
            made,
            written: Vec::new(),
            withdrawn: Vec::new(),
            is_forced,
            is_committed: false,
            keep,
        };
        no_link(&files.keep.list).map_err(error)?;
        unfinished(&files.keep.scratch).map_err(error)?; // a try; it goes at once
        let known = Known::read(folder, Some(&files.keep.list));
        for name in names {
            let path = folder.join(name);
            if path.is_dir() {
                return Err(ExportError::Occupied { path });
            }
            files.may_replace(&known, name)?;
        }
        Ok(files)
    }

    /// Is the name free, or the file one that we wrote?
    fn may_replace(&self, known: &Known<'_>, name: &str) -> Result<(), ExportError> {
        if self.is_forced {
            return Ok(());
        }
        let path = self.folder.join(name);
        match known.owner(name) {
            Ok(Owner::Nobody | Owner::Us) => Ok(()),
            Ok(owner @ (Owner::UsOnce | Owner::Other)) => {
                Err(ExportError::Foreign { path, changed: owner == Owner::UsOnce })
            }
            Err(source) => Err(ExportError::Write { path, source }),
        }
    }

    /// Writes a file, still under a hidden name.
    ///
    /// # Errors
    ///
    /// When it cannot be created or written.
    pub fn write(
        &mut self,
        name: &str,
        content: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> Result<(), ExportError> {
        let write = || {
            let mut file = unfinished(&self.keep.scratch)?;
            content(file.as_file_mut())?;
            Ok(file)
        };
        match write() {
            Ok(file) => {
                self.written.push((name.to_owned(), file));
                Ok(())
            }
            Err(source) => {
                Err(ExportError::Write { path: self.folder.join(name), source })
            }
        }
    }

    /// Takes back, with the commit, a file of that name that an earlier run wrote: this run has
    /// nothing to write into it, and what it says holds no more. One that was changed since
    /// stays.
    pub fn withdraw(&mut self, name: &str) {
        self.withdrawn.push(name.to_owned());
    }

    /// Gives all files their names and tells them, in the order they were written.
    ///
    /// # Errors
    ///
    /// When a file cannot take its name, or the one that has it was changed since the run
    /// began; those before it are what they were.
    pub fn commit(mut self) -> Result<Vec<PathBuf>, ExportError> {
        let written = std::mem::take(&mut self.written);
        let known = Known::read(&self.folder, Some(&self.keep.list));
        for (name, _) in &written {
            self.may_replace(&known, name)?;
        }
        let list = self.keep.list.clone();
        let error = |source| ExportError::Write { path: list.clone(), source };
        // The list knows the new contents before they come and the old until all have come,
        // so that a run that is killed here leaves no file that the next would not know.
        let mut change = Change::begin(&list).map_err(error)?;
        for (name, file) in &written {
            change.add(name, manifest::fingerprint(file.path()).map_err(error)?);
        }
        change.save().map_err(error)?;
        let names: Vec<String> = written.iter().map(|(name, _)| name.clone()).collect();
        match rename_all(&self.folder, &self.keep.scratch, written) {
            Ok(paths) => {
                names.iter().for_each(|name| change.settle(name));
                self.remove_withdrawn(&known, &mut change).map_err(error)?;
                change.save().map_err(error)?;
                self.is_committed = true;
                Ok(paths)
            }
            Err(error) => {
                change.undo();
                Err(error)
            }
        }
    }
}

/// Gives all files their names, or where one fails leaves all as they were.
fn rename_all(
    folder: &Path,
    scratch: &Path,
    written: Vec<(String, NamedTempFile)>,
) -> Result<Vec<PathBuf>, ExportError> {
    let mut done: Vec<(PathBuf, Option<NamedTempFile>)> = Vec::new();
    for (name, file) in written {
        let path = folder.join(name);
        let renamed = keep_old(&path, scratch).and_then(|old| {
            file.persist(&path).map_err(|error| error.error)?;
            Ok(old)
        });
        match renamed {
            Ok(old) => done.push((path, old)),
            Err(source) => {
                put_back(done);
                return Err(ExportError::Write { path, source });
            }
        }
    }
    Ok(done.into_iter().map(|(path, _)| path).collect())
}

impl OutputFiles {
    /// Removes the files that were taken back, if they are as this program wrote them.
    fn remove_withdrawn(&self, known: &Known<'_>, change: &mut Change) -> io::Result<()> {
        for name in &self.withdrawn {
            match known.owner(name)? {
                Owner::Us => fs::remove_file(self.folder.join(name))?,
                Owner::Nobody => {}
                Owner::UsOnce | Owner::Other => continue,
            }
            change.forget(name);
        }
        Ok(())
    }
}

impl Drop for OutputFiles {
    fn drop(&mut self) {
        self.written.clear();
        let made = self.made.take().filter(|_| !self.is_committed);
        let Some(made) = made else { return };
        // Only empty folders go; whatever else came into them is not ours.
        for folder in self.folder.ancestors() {
            if fs::remove_dir(folder).is_err() || folder == made {
                break;
            }
        }
    }
}

/// The outermost folder of a path that is not there yet.
fn first_missing(folder: &Path) -> Option<PathBuf> {
    let missing =
        folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists());
    missing.last().map(Path::to_owned)
}

/// The file that stands there now, under a second name; `None` where there is none.
///
/// Its folder is made where it is not there.
fn keep_old(path: &Path, scratch: &Path) -> io::Result<Option<NamedTempFile>> {
    if !path.exists() {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        return Ok(None);
    }
    let kept = unfinished(scratch)?;
    fs::copy(path, kept.path())?;
    Ok(Some(kept))
}

fn put_back(done: Vec<(PathBuf, Option<NamedTempFile>)>) {
    for (path, old) in done {
        // Best effort: the error that led here is the one to report.
        match old {
            Some(old) => drop(old.persist(path)),
            None => drop(fs::remove_file(path)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_all(files: &mut OutputFiles, names: &[&str]) {
        for name in names {
            files.write(name, |out| out.write_all(name.as_bytes())).unwrap();
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != manifest::NAME);
        names.sort();
        names
    }

    #[test]
    fn a_file_that_is_taken_back_goes_unless_somebody_changed_it() {
        let dir = tempfile::tempdir().unwrap();
        let all = ["law.tmx", "law.left-out.tsv", "law.csv"];
        let mut files = OutputFiles::open(dir.path(), all).unwrap();
        write_all(&mut files, &all);
        files.commit().unwrap();
        let mut files = OutputFiles::open(dir.path(), all).unwrap();
        fs::write(dir.path().join("law.csv"), "mine").unwrap();
        write_all(&mut files, &["law.tmx"]);
        files.withdraw("law.left-out.tsv");
        files.withdraw("law.csv");
        files.commit().unwrap();
        assert_eq!(names(dir.path()), ["law.csv", "law.tmx"]);
        // What took its name since is somebody's.
        fs::write(dir.path().join("law.left-out.tsv"), "mine").unwrap();
        assert!(OutputFiles::open(dir.path(), all).is_err());
    }

    #[test]
    fn files_appear_together() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("a/b");
        let mut files = OutputFiles::open(&out, ["un.tmx", "un.jsonl"]).unwrap();
        assert!(names(&out).is_empty());
        write_all(&mut files, &["un.tmx", "un.jsonl"]);
        assert_eq!(files.commit().unwrap(), [out.join("un.tmx"), out.join("un.jsonl")]);
        assert_eq!(names(&out), ["un.jsonl", "un.tmx"]);
    }

    #[test]
    fn a_run_that_fails_leaves_no_trace() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("a/b");
        let mut files = OutputFiles::open(&out, ["un.tmx"]).unwrap();
        write_all(&mut files, &["un.tmx"]);
        drop(files);
        assert!(names(dir.path()).is_empty());
    }

    #[test]
    fn where_one_file_fails_the_others_are_what_they_were() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("un.tmx"), "old").unwrap();
        let mut files = OutputFiles::forced(dir.path(), ["un.tmx", "un.csv"]).unwrap();
        write_all(&mut files, &["un.tmx", "new", "un.csv"]);
        fs::create_dir_all(dir.path().join("un.csv/in the way")).unwrap();
        assert!(files.commit().is_err());
        assert_eq!(fs::read_to_string(dir.path().join("un.tmx")).unwrap(), "old");
        assert_eq!(names(dir.path()), ["un.csv", "un.tmx"]);
    }

    #[test]
    fn a_folder_in_the_way_is_found_before_the_work() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("un.tmx")).unwrap();
        let error = OutputFiles::open(dir.path(), ["un.tmx"]).unwrap_err();
        assert!(matches!(error, ExportError::Occupied { .. }));
    }

    #[test]
    fn our_own_file_is_replaced_and_nobody_elses() {
        let dir = tempfile::tempdir().unwrap();
        let run = || {
            let mut files = OutputFiles::open(dir.path(), ["un.tmx"])?;
            write_all(&mut files, &["un.tmx"]);
            files.commit()
        };
        run().unwrap();
        run().unwrap();
        fs::write(dir.path().join("un.tmx"), "un.tmx, edited").unwrap();
        assert!(matches!(run(), Err(ExportError::Foreign { changed: true, .. })));
        fs::remove_file(dir.path().join(manifest::NAME)).unwrap();
        assert!(matches!(run(), Err(ExportError::Foreign { changed: false, .. })));
        assert_eq!(
            fs::read_to_string(dir.path().join("un.tmx")).unwrap(),
            "un.tmx, edited"
        );
        let mut files = OutputFiles::forced(dir.path(), ["un.tmx"]).unwrap();
        write_all(&mut files, &["un.tmx"]);
        files.commit().unwrap();
        run().unwrap();
    }

    #[test]
    fn a_file_that_is_changed_while_the_run_goes_on_is_not_lost() {
        let dir = tempfile::tempdir().unwrap();
        let mut files = OutputFiles::open(dir.path(), ["un.tmx"]).unwrap();
        write_all(&mut files, &["un.tmx"]);
        fs::write(dir.path().join("un.tmx"), "somebody's").unwrap();
        assert!(matches!(files.commit(), Err(ExportError::Foreign { .. })));
        assert_eq!(fs::read_to_string(dir.path().join("un.tmx")).unwrap(), "somebody's");
    }

    #[test]
    fn a_run_that_is_killed_between_its_files_is_known_by_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let mut files = OutputFiles::open(dir.path(), ["un.tmx"]).unwrap();
        write_all(&mut files, &["un.tmx"]);
        files.commit().unwrap();
        let mut change = Change::begin(&dir.path().join(manifest::NAME)).unwrap();
        change.add("un.tmx", "3-0".into());
        change.save().unwrap();
        drop(change);
        assert_eq!(Known::read(dir.path(), None).owner("un.tmx").unwrap(), Owner::Us);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_can_be_read_by_others_as_any_new_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let mut files = OutputFiles::open(dir.path(), ["un.tmx"]).unwrap();
        write_all(&mut files, &["un.tmx"]);
        files.commit().unwrap();
        fs::write(dir.path().join("plain"), "").unwrap();
        let mode =
            |name| fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("un.tmx"), mode("plain"));
    }
}
