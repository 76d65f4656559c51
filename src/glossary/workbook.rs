//! Workbooks.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, Dimensions, Range, Reader as _, Xlsx};

use super::error::GlossaryError;
use super::rows::Rows;
use super::table::Map;
use crate::read::sheet;

/// The sheet that we write the terms to.
const TERMS: &str = "Terms";

/// Sheets with more rows are nobody's handiwork: what is merged in them is not asked for, which
/// would read them once more.
const MOST_MERGED: usize = 20_000;

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
        let mut sheet = sheet(&mut book, &name)
            .map_err(|error| rows.unreadable(format!("sheet {name}: {error}")))?;
        if sheet.height() <= MOST_MERGED {
            // One that cannot be told what is merged is read as it stands.
            let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            fill_down(&mut sheet, &merged);
        }
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

/// Writes what cells hold that were merged below one another into each of them.
fn fill_down(sheet: &mut Range<Data>, merged: &[Dimensions]) {
    let last = sheet.end().unwrap_or_default();
    for cells in merged.iter().filter(|cells| cells.start.1 == cells.end.1) {
        let Some(value) = sheet.get_value(cells.start).cloned() else { continue };
        for row in cells.start.0 + 1..=cells.end.0.min(last.0) {
            sheet.set_value((row, cells.start.1), value.clone());
        }
    }
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
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}
