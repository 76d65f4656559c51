//! Termbases of others, and our own when a person has worked on them.
//!
//! In comes a file, out go its [concepts](crate::types::Concept). What kind of file it is tells
//! its name and its first bytes; which column or element holds what, its header.
//!
//! | file | read as |
//! | --- | --- |
//! | `.csv` | comma-separated values, ours or anybody's, with `,` `;` or tabs |
//! | `.xlsx` | the sheet Terms, or all that are seen to hold Chinese and English terms |
//! | `.tbx`, `.xml` | TBX of 2008 and of 2019, in both styles; MultiTerm XML |
//! | `.tmx` | a translation memory whose units are terms |
//! | `.utx` | UTX 1.x |
//! | `.utf8`, `.tab`, `.tsv`, `.txt` | source, target, comment with tabs between them (OmegaT) |
//!
//! A file that says nothing of status holds what its owner decided: its terms are accepted.
//! Texts come in as they stand; only the comparison in [`mark`] folds them.

mod cells;
mod columns;
mod concept_xml;
mod decide;
mod diff;
mod error;
mod fragments;
mod headings;
mod history;
mod ids;
mod layout;
mod mark;
mod matching;
mod merge;
mod mined;
mod rows;
mod search;
mod stats;
mod store;
mod table;
mod termbase;
mod termbase_file;
mod tmx;
mod usage;
mod utx;
mod workbook;
mod xml;

use std::path::Path;

pub use decide::{Edit, Selected, Unknown, decide, edit};
pub use diff::{Difference, diff};
pub use error::{GlossaryError, Problem, RowError};
pub use mark::mark;
pub use merge::{Clash, Merged, merge};
pub use mined::{Conflict, Found, Gain, Harvest, add_mined};
pub use rows::{Loaded, TableRead};
pub use search::{Hit, Index, Match, search_text};
pub use stats::{Stats, stats};
pub use store::{DEPTH, Store, Written};
pub use termbase::{Entry, Row, Stamp, Termbase, Use};
pub use termbase_file::{ReadAs, read_as};
pub use usage::uses_in;

use self::rows::Rows;

/// Reads a termbase. With `skip_bad_rows`, what cannot be read is passed over and told in
/// [`Loaded::skipped`].
///
/// # Errors
///
/// When the file cannot be read or is no termbase; at the first bad row, unless they are to
/// be skipped.
pub fn load(path: &Path, skip_bad_rows: bool) -> Result<Loaded, GlossaryError> {
    load_mapped(path, skip_bad_rows, &[])
}

/// As [`load`], with the columns of a table as the user names them: pairs of what a column
/// holds, `zh`, `status`, and the column, by its letter, its number from 1 or its name.
///
/// # Errors
///
/// As those of [`load`], and where there is no such column.
pub fn load_mapped(
    path: &Path,
    skip_bad_rows: bool,
    map: &[(String, String)],
) -> Result<Loaded, GlossaryError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let mut rows = Rows::new(path, skip_bad_rows);
    let ending = name.rsplit('.').next().unwrap_or_default();
    if ending == "xlsx" {
        workbook::read(path, map, &mut rows)?;
        return Ok(rows.into_loaded());
    }
    let text = decoded(path)?;
    if ending == "csv"
        && map.is_empty()
        && let Some(loaded) = termbase_file::load(&text, path, skip_bad_rows)?
    {
        return Ok(loaded);
    }
    let (text, has_mark) = match text.strip_prefix('\u{FEFF}') {
        Some(text) => (text, true),
        None => (text.as_str(), false),
    };
    let unreadable =
        |message: String| GlossaryError::Unreadable { path: path.to_owned(), message };
    match ending {
        "tmx" => tmx::read(text, &mut rows)?,
        "tbx" | "xml" | "mtf" => concept_xml::read(text, &mut rows)?,
        "utx" => utx::read(text, &mut rows)?,
        "csv" => {
            let is_guarded = has_mark || name.contains(".excel.");
            table::read_csv(text, is_guarded, map, &mut rows)?;
        }
        "utf8" | "tab" | "tsv" | "txt" => table::read_tabs(text, map, &mut rows)?,
        _ => {
            return Err(unreadable(
                "is no glossary by its name; known are .csv .xlsx .tbx .tmx .utx .utf8 .tsv"
                    .into(),
            ));
        }
    }
    Ok(rows.into_loaded())
}

/// The text of a file: UTF-8, or what it is found to be.
fn decoded(path: &Path) -> Result<String, GlossaryError> {
    let io = |source| GlossaryError::Io { path: path.to_owned(), source };
    match String::from_utf8(crate::read::whole(path).map_err(io)?) {
        Ok(text) => Ok(text),
        Err(_) => match crate::read::read(path, None) {
            Ok(noted) => Ok(noted.value.text),
            Err(error) => Err(GlossaryError::Unreadable {
                path: path.to_owned(),
                message: error.to_string(),
            }),
        },
    }
}
