//! Why a file could not be read.

use std::path::PathBuf;

use super::binary::FileKind;
use super::language::Language;
use super::problem::Problem;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("{}: cannot be read: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The path leads to a folder.
    #[error("{}: is a folder, not a file", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// The path leads to a device or a pipe: it may have no end, or never begin.
    #[error("{}: is a device or a pipe, not a file", path.display())]
    NoFile {
        /// What it leads to.
        path: PathBuf,
    },
    /// The file is larger than any text.
    #[error("{}: is larger than {} MB", path.display(), limit >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most bytes that are read.
        limit: u64,
    },
    /// The file holds both texts and is larger than what is held of such.
    #[error(
        "{}: has {} MB, and a text with both languages is read at once up to {} MB",
        path.display(), bytes.div_ceil(1 << 20), limit >> 20
    )]
    TooLargeAtOnce {
        /// The file.
        path: PathBuf,
        /// How many bytes it has.
        bytes: u64,
        /// The most bytes that are read at once.
        limit: u64,
    },
    /// The file is of a kind that is not read.
    #[error("{}: is {kind}, which is not read", path.display())]
    Binary {
        /// The file.
        path: PathBuf,
        /// What it looks like.
        kind: FileKind,
    },
    /// The file is of a kind that is read, but something is wrong with it.
    #[error("{}: {problem}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: Problem,
    },
    /// The bytes do not fit the encoding, or any of those that were tried.
    #[error("{}: byte {byte} {}", path.display(), misfit(encoding, *named))]
    Undecodable {
        /// The file.
        path: PathBuf,
        /// The first byte that does not fit, from 0.
        byte: usize,
        /// The encoding that came nearest, by its WHATWG name.
        encoding: &'static str,
        /// Was the encoding named by the user?
        named: bool,
    },
    /// There is no encoding of that name.
    #[error("no encoding is called \"{label}\"")]
    UnknownEncoding {
        /// The name that was given.
        label: String,
    },
    /// A file holds no text to speak of.
    #[error("{name}: {}", if *bytes == 0 { "is empty" } else { "holds next to no text" })]
    NoText {
        /// The file.
        name: String,
        /// Length of its text in bytes.
        bytes: usize,
    },
    /// Both files hold text of the same language.
    #[error("{first} and {second} are both {language}")]
    OneLanguage {
        /// The first file.
        first: String,
        /// The second file.
        second: String,
        /// The language of both.
        language: Language,
    },
    /// Both files hold the very same text.
    #[error("{first} and {second} hold the same text, in {language}")]
    SameText {
        /// The first file.
        first: String,
        /// The second file.
        second: String,
        /// Its language.
        language: Language,
    },
}

/// What the byte does not fit: the encoding named, or those that were tried.
fn misfit(encoding: &str, named: bool) -> String {
    if named || encoding == "UTF-8" {
        format!("does not fit {encoding}")
    } else {
        format!("fits neither UTF-8 nor {encoding}")
    }
}
