//! Rows as they come in, good and bad.

use std::path::{Path, PathBuf};

use super::error::{Cell, GlossaryError, Problem, RowError};
use super::layout::{Entries, Layout, Role, column_letter};
use crate::types::Concept;

/// How many remarks are told of one file; more of them say nothing new.
const MOST_TOLD: usize = 200;

/// What a file held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// Its entries, in order.
    pub concepts: Vec<Concept>,
    /// The rows that could not be read and were passed over, in order.
    pub skipped: Vec<RowError>,
    /// What was not understood, though the rest of its row was read; in order.
    pub told: Vec<RowError>,
    /// How each table was read; empty of a file that is none.
    pub tables: Vec<TableRead>,
}

/// How a table was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRead {
    /// The sheet; empty of a file that has none.
    pub sheet: String,
    /// The line of the header, from 1; `None` where there is none.
    pub header: Option<usize>,
    /// Of each column its letter, its name, and what it is taken for; nothing where that is
    /// not known.
    pub columns: Vec<(String, String, Option<String>)>,
}

impl TableRead {
    pub(super) fn of_layout(sheet: &str, header: Option<usize>, layout: &Layout) -> Self {
        let columns = layout.names.iter().zip(&layout.roles).enumerate();
        let columns = columns
            .map(|(at, (name, role))| {
                let role = role.map(Role::describe);
                (column_letter(at), name.trim().to_owned(), role)
            })
            .collect();
        Self { sheet: sheet.to_owned(), header, columns }
    }
}

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

    /// Takes the entries of a row of a table.
    pub(super) fn take_entries(
        &mut self,
        line: usize,
        row: Cell<Option<Entries>>,
    ) -> Result<(), GlossaryError> {
        match row {
            Ok(None) => Ok(()),
            Ok(Some(entries)) => {
                for (column, problem) in entries.told {
                    self.tell(line, column, problem);
                }
                entries
                    .concepts
                    .into_iter()
                    .try_for_each(|concept| self.take(line, Ok(Some(concept))))
            }
            Err((column, problem @ Problem::OneLanguage(_))) => {
                self.tell(line, column, problem);
                Ok(())
            }
            Err(problem) => self.take(line, Err(problem)),
        }
    }

    /// Tells of what was not understood.
    pub(super) fn tell(&mut self, line: usize, column: String, problem: Problem) {
        if self.loaded.told.len() < MOST_TOLD {
            let error = self.error(line, column, problem);
            self.loaded.told.push(error);
        }
    }

    /// The layout of a table, and how many of its first rows are none of terms: as the user
    /// says, or else as it is found.
    pub(super) fn layout(
        &self,
        sample: &[Vec<String>],
        map: &[(String, String)],
    ) -> Result<Option<(Layout, usize)>, GlossaryError> {
        if map.is_empty() {
            return Ok(Layout::find(sample));
        }
        let found = Layout::mapped(sample, map)
            .map_err(|(column, problem)| self.error(1, column, problem))?;
        Ok(Some(found).filter(|(layout, _)| layout.is_whole()))
    }

    /// Takes the layout of a table whose rows follow.
    pub(super) fn take_layout(
        &mut self,
        sheet: &str,
        first_line: usize,
        header: Option<usize>,
        layout: &Layout,
    ) {
        for name in layout.unknown() {
            let name = name.to_owned();
            self.tell(header.unwrap_or(first_line), name, Problem::UnknownColumn);
        }
        self.loaded.tables.push(TableRead::of_layout(sheet, header, layout));
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
