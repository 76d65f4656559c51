//! The bytes of a file, if it is one.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

/// The most bytes of a file, whatever it holds.
pub(crate) const LARGEST: u64 = 2 << 30;

/// How the name of a file ends, in small letters: `csv`; empty where it has no ending.
pub(crate) fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// The bytes of a file. A device may have no end, and a pipe that nobody writes into would
/// keep us for ever: what the path leads to is asked before it is opened.
///
/// # Errors
///
/// When it cannot be read; of the kind `IsADirectory` for a folder, `InvalidInput` for a
/// device or a pipe, `FileTooLarge` for what is larger than any text.
pub(crate) fn whole(path: &Path) -> io::Result<Vec<u8>> {
    let found = fs::metadata(path)?;
    if found.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !found.is_file() {
        let message = "it is a device or a pipe, not a file";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    if found.len() > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found.len()).unwrap_or_default());
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}
