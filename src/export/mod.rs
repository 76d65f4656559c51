//! What leaves the house: one file a format.
//!
//! In come a [`Bitext`] and its terms, out go bytes. A format is a struct that holds its
//! choices and implements [`BitextFormat`] or [`TermFormat`]; it knows nothing of files.
//! [`ExportKind`] is what a user asks for by name, with the files each kind makes;
//! [`OutputFiles`] puts them on the disk, all of them or none.
//!
//! | kind | file | holds |
//! | --- | --- | --- |
//! | `tmx` | `NAME.tmx` | units with two sides, for translation memories |
//! | | `NAME.unaligned.tsv` | what has no counterpart |
//! | `csv` | `NAME.glossary.csv` | the term pairs |
//! | `jsonl` | `NAME.jsonl` | every bead with all that is known of it |
//! | `ladder` | `NAME.ladder` | the bare indices, `[0]:[0, 1]` |

mod csv;
mod files;
mod jsonl;
mod kind;
pub mod ladder;
mod language;
mod timestamp;
mod tmx;
mod unaligned;
mod xml;

use std::io;

pub use csv::GlossaryCsv;
pub use files::OutputFiles;
pub use jsonl::Jsonl;
pub use kind::{ExportKind, OutputFile, Product};
pub use ladder::LadderFile;
pub use language::language_tags;
pub use timestamp::Timestamp;
pub use tmx::{SegType, Tmx};
pub use unaligned::Unaligned;

use crate::types::{Bitext, Side, TermPair, TranslationUnit};

/// A format that holds an aligned pair.
pub trait BitextFormat {
    /// Writes the whole bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()>;
}

/// A format that holds terms.
pub trait TermFormat {
    /// Writes all terms, in the order given.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    fn write(&self, terms: &[TermPair], out: &mut dyn io::Write) -> io::Result<()>;
}

/// Why an output could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// No kind of output has that name.
    #[error("\"{given}\" is no kind of output")]
    UnknownKind {
        /// The name that was given.
        given: String,
    },
    /// The folder for the outputs cannot be made or written to.
    #[error("{}: cannot be written to: {source}", path.display())]
    Folder {
        /// The folder.
        path: std::path::PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder stands where a file should go.
    #[error("{}: is a folder", path.display())]
    Occupied {
        /// The path of the file.
        path: std::path::PathBuf,
    },
    /// A file could not be written.
    #[error("{}: cannot be written: {source}", path.display())]
    Write {
        /// The file.
        path: std::path::PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The last part of a document's name: of `texts/un/zh.txt` the `zh.txt`.
fn file_name(name: &str) -> &str {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    if last.is_empty() { name } else { last }
}

/// The label of a unit, in the one writing for both languages; empty where it has none. The
/// Chinese one where the sides differ.
fn label(unit: &TranslationUnit<'_>) -> String {
    let of = |side| {
        let segments = &unit.document(side).segments;
        segments[unit.bead.range.get(side).clone()].first()?.label.as_ref()
    };
    let label = of(Side::Zh).or_else(|| of(Side::En));
    label.map(ToString::to_string).unwrap_or_default()
}

/// The kind of a unit: that of its first segment, by the Chinese side where there is one.
fn kind_name(unit: &TranslationUnit<'_>) -> &'static str {
    let of = |side| {
        let segments = &unit.document(side).segments;
        Some(segments[unit.bead.range.get(side).clone()].first()?.kind.as_str())
    };
    of(Side::Zh).or_else(|| of(Side::En)).unwrap_or_default()
}
