//! What leaves the house: one file a format.
//!
//! In come a [`Bitext`](crate::types::Bitext) and its terms, out go bytes. A format is a struct that holds its
//! choices and writes to anything; it knows nothing of files. [`ExportKind`] is what a user
//! asks for by name, with the files each kind makes; [`OutputFiles`] puts them on the disk,
//! all of them or none.
//!
//! To add a format: a file here that implements `format::ExportFormat`, and its line in
//! [`ExportKind::ALL`]. Options, help, README and folder runs follow from these two, and a test
//! holds that the README says the same.

mod columns;
mod csv;
mod details;
mod entry;
mod files;
mod format;
mod ids;
mod jsonl;
mod kind;
pub mod ladder;
mod language;
mod left_out;
mod manifest;
mod merged;
mod multiterm;
mod omegat;
mod presets;
mod side_by_side;
mod source_text;
mod srx;
mod tbx;
mod terms_json;
mod timestamp;
mod tmx;
mod tsv;
mod unaligned;
mod unfinished;
mod units;
mod utx;
mod xliff;
mod xlsx;
mod xml;

use std::io;

pub use columns::Columns;
pub use csv::{CsvFlavour, GlossaryCsv};
pub use files::{Keep, OutputFiles};
pub use format::{
    OutputFile, Part, Product, Reviewed, Rows, SegType, UnitStatus, Writer,
};
pub use jsonl::Jsonl;
pub use kind::ExportKind;
pub use ladder::LadderFile;
pub use language::{LanguageSigns, language_tag, language_tags};
pub use left_out::LeftOutTable;
pub use manifest::{adopt, fingerprint, listed};
pub use merged::merge_memories;
pub use multiterm::MultiTerm;
pub use omegat::OmegatGlossary;
pub use presets::Preset;
pub use side_by_side::{Docx, Html};
pub use source_text::SourceText;
pub use srx::Srx;
pub use tbx::{Tbx, TbxEdition};
pub use terms_json::TermsJson;
pub use timestamp::Timestamp;
pub use tmx::{LONGEST_SIDE, Tmx, memory_notices};
pub use tsv::Tsv;
pub use unaligned::Unaligned;
pub use unfinished::{no_link, sweep, unfinished};
pub use utx::Utx;
pub use xliff::Xliff;
pub use xlsx::Xlsx;

use crate::text::fnv::fnv;
use crate::types::{Side, TranslationUnit};

/// A hash of bytes that no release of a crate will change.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    fnv(bytes.iter().copied())
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

/// The first of some texts in which there is anything to see for a memory.
pub fn first_text<'a>(mut texts: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    texts.find(|text| !xml::is_blank(text))
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
