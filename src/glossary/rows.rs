//! Rows as they come in, good and bad.

use std::path::{Path, PathBuf};

use super::error::{GlossaryError, Problem, RowError};
use crate::types::Concept;

/// What a file held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// Its entries, in order.
    pub concepts: Vec<Concept>,
    /// The rows that could not be read and were passed over, in order.
    pub skipped: Vec<RowError>,
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
