//! The files of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use super::pairing::is_litter;

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The files, by their paths from the root, sorted.
    pub(super) files: Vec<PathBuf>,
    /// Folders below the root that could not be read, and why.
    pub(super) unreadable: Vec<(PathBuf, String)>,
}

/// The files below a folder, without those that begin with a dot and what programs leave
/// behind. Links to folders are not followed: they may lead in circles. `skip` tells of
/// folders, by their real path, and of files that are none of ours.
///
/// # Errors
///
/// When the folder itself cannot be read.
pub(super) fn walk(root: &Path, skip: &dyn Fn(&Path) -> bool) -> std::io::Result<Found> {
    let mut found = Found::default();
    let mut folders = vec![PathBuf::new()];
    fs::read_dir(root)?;
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(root.join(&folder)) {
            Ok(entries) => entries,
            Err(error) => {
                found.unreadable.push((folder, error.to_string()));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = folder.join(entry.file_name());
            let full = root.join(&path);
            if is_litter(&path) || skip(&full) {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if full.is_file() {
                found.files.push(path);
            }
        }
    }
    found.files.sort();
    found.unreadable.sort();
    Ok(found)
}
