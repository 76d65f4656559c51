//! Files that are not whole yet, and what is left of them where a run was killed.
//!
//! Each has a name of our own pattern, `.align-….tmp`, in the folder that it will stay in, and
//! is locked as long as its run lives. So the next run can tell what nobody works on any more
//! and take it away, and nothing else: no file of another name, no link, no folder.

use std::fs;
#[cfg(unix)]
use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".align-";
const SUFFIX: &str = ".tmp";

/// A hidden file in a folder, with the permissions of any new file.
///
/// # Errors
///
/// When it cannot be made.
pub fn unfinished(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666)); // the umask takes its part
    }
    loop {
        let file = builder.tempfile_in(folder)?;
        // Another run may have swept it before it was locked: then one is made anew.
        if claim(&file) {
            return Ok(file);
        }
    }
}

/// Marks the file as one that is worked on; `false` where it is gone.
#[cfg(unix)]
fn claim(file: &NamedTempFile) -> bool {
    // A folder that knows no locks sweeps nothing either.
    file.as_file().lock().is_err() || file.path().exists()
}

/// Elsewhere a lock would keep ourselves from reading the file by its name.
#[cfg(not(unix))]
fn claim(_file: &NamedTempFile) -> bool {
    true
}

/// Takes away the unfinished files that runs left in a folder that were killed.
pub fn sweep(folder: &Path) {
    // Best effort: what stays is hidden and in nobody's way.
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            remove_orphan(&entry.path());
        }
    }
}

/// Removes a file that no run holds the lock of.
#[cfg(unix)]
fn remove_orphan(path: &Path) {
    let Ok(file) = File::options().append(true).open(path) else { return };
    if file.try_lock().is_ok() {
        drop(fs::remove_file(path)); // the lock is held until it is gone
    }
}

/// Removes a file that was not written to for a day.
#[cfg(not(unix))]
fn remove_orphan(path: &Path) {
    const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);
    let modified = fs::metadata(path).and_then(|found| found.modified());
    if modified.is_ok_and(|at| at.elapsed().is_ok_and(|passed| passed > DAY)) {
        drop(fs::remove_file(path));
    }
}

/// Refuses a link where something of our own is kept: what is written there would go, and
/// what is cleared away would be gone, elsewhere.
///
/// # Errors
///
/// When it is a link.
pub fn no_link(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink()) {
        true => Err(io::Error::other(format!(
            "{} is a link, and align keeps its own files in no other place",
            path.display()
        ))),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn only_what_nobody_works_on_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let alive = unfinished(dir.path()).unwrap();
        for name in [".align-a1B2c3.tmp", ".align-notes", "mine.tmp", ".other-1.tmp"] {
            fs::write(at(name), "").unwrap();
        }
        fs::create_dir(at(".align-folder.tmp")).unwrap();
        std::os::unix::fs::symlink(at("mine.tmp"), at(".align-link.tmp")).unwrap();
        sweep(dir.path());
        assert!(alive.path().exists());
        assert!(!at(".align-a1B2c3.tmp").exists());
        for name in [
            ".align-notes",
            "mine.tmp",
            ".other-1.tmp",
            ".align-folder.tmp",
            ".align-link.tmp",
        ] {
            assert!(at(name).exists(), "{name}");
        }
    }
}
