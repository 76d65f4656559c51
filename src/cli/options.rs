//! What clap reads for every command that aligns: the words of the command line, as typed.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::config::Level;
use crate::export::{ExportKind, language_tag};
use crate::types::{Keep, Side};
use clap::ValueEnum;

/// What the review page as a file is asked for by, beside the kinds of exports.
pub(crate) const PAGE: &str = "html";

/// What only the aligning itself is told.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// Of folders: show which files belong together, and do nothing
    #[arg(long, help_heading = "Folders")]
    pub(crate) dry_run: bool,

    /// Of folders: one memory of all pairs too, all.tmx
    #[arg(long, help_heading = "Folders")]
    pub(crate) merge: bool,

    /// Of folders: learn from all pairs which words go together, then align each. Takes twice
    /// the time; worth it for documents of one kind, and a change in one redoes all
    #[arg(long, help_heading = "Folders")]
    pub(crate) learn_together: bool,

    /// How many threads: each works on a pair of its own, or all on the one pair that is given.
    /// What comes out is the same [default: one a core]
    #[arg(long, value_name = "N", help_heading = "Folders")]
    pub(crate) jobs: Option<NonZeroUsize>,

    #[arg(long, value_name = "KIND,…", help = write_help(), help_heading = "Outputs")]
    pub(crate) write: Option<String>,

    /// Leave units with a lower score out of memories; 0 to 1
    #[arg(long, value_name = "S", default_value_t = 0.0, value_parser = score, help_heading = "Outputs")]
    pub(crate) min_score: f64,

    /// Of what was reviewed, write only the rows that were confirmed or corrected
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Outputs")]
    pub(crate) only: Option<OnlyName>,

    /// Columns of the CSV glossaries
    #[arg(long, value_enum, default_value_t = ColumnsName::Full, help_heading = "Terms")]
    pub(crate) columns: ColumnsName,

    /// How sure a term must be to be listed
    #[arg(long, value_enum, default_value_t = TermsName::Balanced, help_heading = "Terms")]
    pub(crate) terms: TermsName,

    /// Fewest times that a term must recur
    #[arg(long, value_name = "N", default_value_t = 2, help_heading = "Terms")]
    pub(crate) min_count: usize,

    /// List all terms that stand only inside longer ones, each below its longer term
    #[arg(long, help_heading = "Terms")]
    pub(crate) nested: bool,

    /// Which terms are listed first
    #[arg(long, value_enum, default_value_t = SortName::Confidence, help_heading = "Terms")]
    pub(crate) sort: SortName,

    /// Glossary of pairs that are not to be listed again
    #[arg(long, value_name = "FILE", help_heading = "Terms")]
    pub(crate) reject: Option<PathBuf>,

    /// Terms of either language that are never listed: one a line, # begins a comment
    #[arg(long, value_name = "FILE", help_heading = "Terms")]
    pub(crate) stop: Option<PathBuf>,

    /// Print what came of the run as one JSON object on standard output
    #[arg(long, help_heading = "Outputs")]
    pub(crate) json: bool,

    /// The largest memory or table that is taken as one text, in bytes: for tests of what is
    /// taken in parts
    #[arg(long, value_name = "BYTES", hide = true)]
    pub(crate) at_once: Option<u64>,

    /// Passages that stand elsewhere on the other side
    #[arg(long, value_enum, default_value_t = MovedName::Report, help_heading = "Outputs")]
    pub(crate) moved: MovedName,
}

/// What a pair of texts is, how it is read, and where the outputs go: for every command that
/// aligns.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Shared {
    /// The Chinese text, one file that holds both languages, or a folder of texts; - for
    /// the standard input
    pub(crate) zh: PathBuf,

    /// The English text, or a folder of them; not needed where one folder holds both
    pub(crate) en: Option<PathBuf>,

    /// Folder for the outputs, made if it is not there; - prints the one that --write names
    #[arg(long, value_name = "DIR", default_value = "aligned", help_heading = "Outputs")]
    pub(crate) out: PathBuf,

    /// Name of the outputs [default: what the two files' names share, or their folder's name]
    #[arg(long, value_name = "NAME", help_heading = "Outputs")]
    pub(crate) name: Option<String>,

    /// What a unit is
    #[arg(long, value_enum, default_value_t = LevelName::Paragraph, help_heading = "Texts")]
    pub(crate) level: LevelName,

    /// The language that is translated from
    #[arg(long, value_enum, default_value_t = SourceName::Zh, help_heading = "Texts")]
    pub(crate) source: SourceName,

    /// Glossary to go by: csv, xlsx, tbx, tmx, utx, or tabs. Into a termbase (.csv with the
    /// columns concept, zh and en; made if it is not there) what is mined is merged
    #[arg(long, value_name = "FILE", help_heading = "Terms")]
    pub(crate) glossary: Option<PathBuf>,

    /// Pass over the rows of the glossary that cannot be read
    #[arg(long, requires = "glossary", help_heading = "Terms")]
    pub(crate) skip_bad_rows: bool,

    /// Replace files that align did not write, or that were changed since
    #[arg(long, help_heading = "Outputs")]
    pub(crate) force: bool,

    /// Take nothing from the review that lies in the folder of the outputs: by default the rows
    /// that were confirmed or corrected in NAME.review.jsonl stay as they are
    #[arg(long, help_heading = "Outputs")]
    pub(crate) no_review: bool,

    /// Code of the Chinese: zh-CN, zh-TW, zh-HK [default: by the characters]
    #[arg(long, value_name = "CODE", value_parser = zh_tag, help_heading = "Texts")]
    pub(crate) zh_lang: Option<String>,

    /// Code of the English: en-US, en-GB [default: en-US]
    #[arg(long, value_name = "CODE", value_parser = en_tag, help_heading = "Texts")]
    pub(crate) en_lang: Option<String>,

    /// Each line is a unit already: nothing is cleaned, joined or split
    #[arg(long, help_heading = "Texts")]
    pub(crate) lines: bool,

    /// What to keep as units that is left out of the text otherwise, with commas
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "WHAT,…",
        help_heading = "Texts"
    )]
    pub(crate) keep: Vec<KeepName>,

    /// Encoding of the Chinese text, such as gb18030, big5, utf-16le [default: found out]
    #[arg(long, value_name = "E", help_heading = "Texts")]
    pub(crate) zh_encoding: Option<String>,

    /// Encoding of the English text, such as windows-1252 [default: found out]
    #[arg(long, value_name = "E", help_heading = "Texts")]
    pub(crate) en_encoding: Option<String>,

    /// No progress and no summary; errors only
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// The levels by the names they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelName {
    /// Paragraphs, headings, list items, footnotes
    Paragraph,
    /// The sentences inside them
    Sentence,
    /// Paragraphs, and the sentences beside them
    Both,
}

/// The sides by the names they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SourceName {
    /// Chinese
    Zh,
    /// English
    En,
}

/// The sets of columns by the names they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColumnsName {
    /// All that is known of each pair
    Full,
    /// The two terms
    Two,
    /// The two terms and a note
    Three,
}

/// What alone is written, by the name it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum OnlyName {
    /// Rows that a reviewer confirmed or corrected
    Confirmed,
}

/// The levels of the mining by the names they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TermsName {
    /// Few, nearly all right
    Strict,
    /// Most of those that recur, to be looked through
    Balanced,
    /// All that might be one
    Broad,
}

/// An order of terms, by the name it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortName {
    /// The surest
    Confidence,
    /// Those that stand together most often
    Count,
    /// Those that stand in most documents
    Documents,
}

/// What may be kept, by the names it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeepName {
    /// Running heads and page numbers
    Furniture,
    /// Boxes of contents and menus
    Contents,
    /// What a format hides
    Hidden,
    /// All of these
    All,
}

impl KeepName {
    pub(crate) fn all_of(names: &[KeepName]) -> Keep {
        let has = |name| names.contains(&name) || names.contains(&KeepName::All);
        Keep {
            furniture: has(KeepName::Furniture),
            contents: has(KeepName::Contents),
            hidden: has(KeepName::Hidden),
        }
    }
}

/// What is done about moved passages, by the names it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MovedName {
    /// Make units of them, and say where they stand
    Link,
    /// Say where they stand
    Report,
    /// Say nothing of them
    Off,
}

/// A score from 0 to 1.
fn write_help() -> String {
    let kinds = ExportKind::list(ExportKind::ALL.iter().copied());
    format!(
        "What to write, with commas: {kinds}, or all; and {PAGE}, the review page as one file \
         [default: {}; of folders {}]",
        listed(ExportKind::defaults()),
        listed(ExportKind::of_each()),
    )
}

/// Kinds as one would ask for them.
fn listed(kinds: impl Iterator<Item = ExportKind>) -> String {
    kinds.map(ExportKind::as_str).collect::<Vec<_>>().join(",")
}

fn score(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        _ => Err("a score is a number from 0 to 1".into()),
    }
}

fn zh_tag(text: &str) -> Result<String, String> {
    language_tag(Side::Zh, text).ok_or_else(|| "known are zh-CN, zh-TW, zh-HK".into())
}

fn en_tag(text: &str) -> Result<String, String> {
    language_tag(Side::En, text).ok_or_else(|| "known are en-US, en-GB".into())
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Self {
        match name {
            LevelName::Paragraph | LevelName::Both => Level::Paragraph,
            LevelName::Sentence => Level::Sentence,
        }
    }
}

impl From<SourceName> for Side {
    fn from(name: SourceName) -> Self {
        match name {
            SourceName::Zh => Side::Zh,
            SourceName::En => Side::En,
        }
    }
}
