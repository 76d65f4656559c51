//! Rows as they come in, good and bad.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{GlossaryError, Loaded};
use crate::types::Concept;

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
    /// The markup is broken here; nothing behind it can be read.
    #[error("{0}")]
    Markup(String),
}

/// A problem in a column, before it is known in which row.
pub(super) type Cell<T> = Result<T, (String, Problem)>;

/// Takes the rows of a file as a reader finds them.
#[derive(Debug)]
pub(super) struct Rows {
    path: PathBuf,
    skips: bool,
    loaded: Loaded,
}

impl Rows {
    pub(super) fn new(path: &Path, skips: bool) -> Self {
        Self { path: path.to_owned(), skips, loaded: Loaded::default() }
    }

    /// Takes a row that was read, or could not be.
    pub(super) fn take(
        &mut self,
        line: usize,
        row: Cell<Option<Concept>>,
    ) -> Result<(), GlossaryError> {
        match row {
            Ok(Some(concept)) => self.loaded.concepts.push(Concept { line, ..concept }),
            Ok(None) => {}
            Err((column, problem)) => {
                let error = self.error(line, column, problem);
                if !self.skips {
                    return Err(error.into());
                }
                self.loaded.skipped.push(error);
            }
        }
        Ok(())
    }

    pub(super) fn error(
        &self,
        line: usize,
        column: String,
        problem: Problem,
    ) -> RowError {
        RowError { path: self.path.clone(), line, column, problem }
    }

    /// The file as a whole is not what it should be.
    pub(super) fn unreadable(&self, message: impl Into<String>) -> GlossaryError {
        GlossaryError::Unreadable { path: self.path.clone(), message: message.into() }
    }

    /// The last entry, where it goes on in this row.
    pub(super) fn last(&mut self) -> Option<&mut Concept> {
        self.loaded.concepts.last_mut()
    }

    pub(super) fn into_loaded(self) -> Loaded {
        self.loaded
    }
}
