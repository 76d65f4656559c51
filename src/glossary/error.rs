//! What goes wrong with the file of a glossary.

use std::fmt;
use std::path::PathBuf;

/// Why a glossary could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GlossaryError {
    /// The file could not be opened or read.
    #[error("{}: cannot be read: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is none of the kinds that are read, or broken as a whole.
    #[error("{}: {message}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        message: String,
    },
    /// A row could not be read.
    #[error(transparent)]
    Row(#[from] RowError),
    /// A termbase was expected, and this is another kind of glossary.
    #[error("{}: is no termbase: its header does not name concept, zh and en", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// A termbase would be made under a name that other kinds of files have.
    #[error("{}: is no name for a termbase", path.display())]
    NotCsv {
        /// The file.
        path: PathBuf,
    },
    /// The termbase is not there.
    #[error("{}: there is no such file", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Another run holds the lock and did not let go of it.
    #[error("{}: another run has held {} for {seconds} seconds", path.display(), lock.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// Its lock.
        lock: PathBuf,
        /// How long it was waited for.
        seconds: u64,
    },
    /// Somebody else changed the file while it was being changed.
    #[error("{}: was changed by another program in the meantime", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The file or what is kept beside it cannot be written.
    #[error("{}: cannot be written: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file was set read-only.
    #[error("{}: is set read-only", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// There is no state to go back to.
    #[error("{}: there is no change to undo", path.display())]
    NoHistory {
        /// The file.
        path: PathBuf,
    },
    /// The file is not what the last change made it.
    #[error("{}: was changed by hand since the last change that can be undone", path.display())]
    Edited {
        /// The file.
        path: PathBuf,
    },
}

/// A row that could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct RowError {
    /// The file.
    pub path: PathBuf,
    /// The line or row, from 1.
    pub line: usize,
    /// The column by its name, or else its number; empty where the whole row is meant.
    pub column: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.path.display(), self.line)?;
        if !self.column.is_empty() {
            write!(f, "column {}: ", self.column)?;
        }
        write!(f, "{}", self.problem)
    }
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The term of one language is missing.
    #[error("there is no term")]
    NoTerm,
    /// No status is called that.
    #[error("\"{0}\" is no status")]
    Status(String),
    /// No column is called that.
    #[error("there is no such column; name it by its letter, its number or its name")]
    NoColumn,
    /// Nothing that a column may hold is called that.
    #[error(
        "is nothing that a column may hold; known are zh, en, status, note, subject, definition and the like"
    )]
    NoRole,
    /// A number was expected.
    #[error("\"{0}\" is no number")]
    Number(String),
    /// More cells than columns.
    #[error("the row has {cells} cells, the header {columns}")]
    TooMany {
        /// How many cells.
        cells: usize,
        /// How many columns.
        columns: usize,
    },
    /// A quotation mark opens a cell and none closes it.
    #[error("a quotation mark is opened and never closed")]
    OpenQuote,
    /// A status that is not known; the term is a candidate until somebody decides.
    #[error("\"{0}\" is no status that is known; read as a candidate")]
    UnknownStatus(String),
    /// A column whose name says nothing; its cells are kept.
    #[error("is not understood; its cells are kept as they are")]
    UnknownColumn,
    /// A row with a term of one language only.
    #[error("there is no {0} term; passed over")]
    OneLanguage(crate::types::Side),
    /// Entries of other languages.
    #[error("{n} of {all} entries have no term in both Chinese and English; passed over")]
    OtherLanguages {
        /// How many.
        n: usize,
        /// Of how many.
        all: usize,
    },
    /// Terms of a language that is neither.
    #[error("terms in {0} are passed over: they are neither Chinese nor English")]
    OtherLanguage(String),
    /// Both cells have a mark between as many parts: one term, or several pairs.
    #[error("\"{0}\" may be several terms; read as one")]
    MayBeSeveral(String),
    /// The markup is broken here; nothing behind it can be read.
    #[error("{0}")]
    Markup(String),
}

/// A problem in a column, before it is known in which row.
pub(super) type Cell<T> = Result<T, (String, Problem)>;
