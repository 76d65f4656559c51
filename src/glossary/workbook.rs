//! Workbooks.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, Range, Reader as _, Xlsx};

use super::error::GlossaryError;
use super::rows::Rows;
use super::table::Map;
use crate::read::sheet;

/// The sheet that we write the terms to.
const TERMS: &str = "Terms";

/// Among how many rows of a sheet a header is looked for.
const SAMPLE: usize = 200;

/// Reads the sheets of terms: ours by its name, or else all that are seen to hold Chinese
/// and English terms.
pub(super) fn read(path: &Path, map: &Map, rows: &mut Rows) -> Result<(), GlossaryError> {
    let file = File::open(path)
        .map_err(|source| GlossaryError::Io { path: path.to_owned(), source })?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file))
        .map_err(|error| rows.unreadable(format!("is no workbook: {error}")))?;
    let mut names = book.sheet_names();
    names.sort_by_key(|name| name != TERMS);
    let mut is_found = false;
    for name in names {
        let sheet = sheet(&mut book, &name)
            .map_err(|error| rows.unreadable(format!("sheet {name}: {error}")))?;
        let is_read = read_sheet(&name, &sheet, map, rows)?;
        is_found |= is_read;
        if is_read && name == TERMS {
            break; // the others of ours are no terms
        }
    }
    if is_found {
        return Ok(());
    }
    Err(rows.unreadable(
        "no sheet has a column that is seen to be Chinese and one that is English; say which \
         with --map",
    ))
}

/// Is it a sheet of terms?
fn read_sheet(
    name: &str,
    sheet: &Range<Data>,
    map: &Map,
    rows: &mut Rows,
) -> Result<bool, GlossaryError> {
    let (first_row, first_column) = sheet.start().unwrap_or_default();
    // A sheet that begins in B has its letters from there.
    let cells = |row: &[Data]| {
        let empty = std::iter::repeat_n(String::new(), first_column as usize);
        empty.chain(row.iter().map(text)).collect::<Vec<String>>()
    };
    let sample: Vec<Vec<String>> = sheet.rows().take(SAMPLE).map(cells).collect();
    let Some((layout, n_above)) = rows.layout(&sample, map)? else { return Ok(false) };
    let line = |at: usize| first_row as usize + at + 1;
    let header = layout.has_header.then(|| n_above.checked_sub(1)).flatten().map(line);
    rows.take_layout(name, line(0), header, &layout);
    for (at, row) in sheet.rows().enumerate().skip(n_above) {
        rows.take_entries(line(at), layout.entries(&cells(row)))?;
    }
    Ok(true)
}

/// A cell as it was typed, as far as that can be told.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}
