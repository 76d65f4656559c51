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
//! | | `NAME.sentence.tmx` | with both levels: the sentences likewise |
//! | | `NAME.unaligned.tsv` | what has no counterpart |
//! | `csv` | `NAME.glossary.csv` | the term pairs, for programs |
//! | `excel-csv` | `NAME.glossary.excel.csv` | the same, for spreadsheets |
//! | `xlsx` | `NAME.glossary.xlsx` | the term pairs and the bitext as a workbook |
//! | `tbx` | `NAME.glossary.tbx`, `NAME.glossary.v2.tbx` | the term pairs as TBX of 2019 and 2008 |
//! | `omegat` | `NAME.glossary.utf8` | the term pairs for OmegaT |
//! | `utx` | `NAME.utx` | the term pairs as UTX 1.20 |
//! | `xliff` | `NAME.xlf` | the bitext for review, sentences in paragraphs |
//! | `tsv` | `NAME.tsv` | the units as two columns |
//! | `srx` | `zh.srx` | how sentences are split |
//! | `source` | `NAME.source.txt` | the source text that the memory matches |
//! | `jsonl` | `NAME.jsonl` | every bead with all that is known of it |
//! | `ladder` | `NAME.ladder` | the bare indices, `[0]:[0, 1]` |

mod columns;
mod csv;
mod files;
mod ids;
mod jsonl;
mod kind;
pub mod ladder;
mod language;
mod manifest;
mod merged;
mod omegat;
mod source_text;
mod srx;
mod tbx;
mod timestamp;
mod tmx;
mod tsv;
mod unaligned;
mod utx;
mod xliff;
mod xlsx;
mod xml;

use std::io;

pub use columns::Columns;
pub use csv::{CsvFlavour, GlossaryCsv};
pub use files::{Keep, OutputFiles};
pub use jsonl::Jsonl;
pub use kind::{ExportKind, OutputFile, Product};
pub use ladder::LadderFile;
pub use language::{language_tag, language_tags};
pub use manifest::{adopt, fingerprint, listed};
pub use merged::merge_memories;
pub use omegat::OmegatGlossary;
pub use source_text::SourceText;
pub use srx::Srx;
pub use tbx::{Tbx, TbxEdition};
pub use timestamp::Timestamp;
pub use tmx::{LONGEST_SIDE, SegType, Tmx, memory_notices};
pub use tsv::Tsv;
pub use unaligned::Unaligned;
pub use utx::Utx;
pub use xliff::Xliff;
pub use xlsx::Xlsx;

use crate::types::{Bitext, Side, TermPair, TranslationUnit};

/// A hash of bytes that no release of a crate will change.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    ids::fnv(bytes.iter().copied())
}

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
    /// A file stands there that this program did not write, or that was changed since.
    #[error("{}: {}", path.display(), if *changed {
        "was changed since it was written"
    } else {
        "is there already and was not written by align"
    })]
    Foreign {
        /// The file.
        path: std::path::PathBuf,
        /// Did this program write it, and somebody else change it?
        changed: bool,
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
