//! Workbooks.

use std::borrow::Cow;
use std::fs::File;
use std::io::BufReader;
use std::ops::Range;
use std::path::Path;

use calamine::{Cell, Data, Dimensions, Reader as _, Xlsx};

use super::error::GlossaryError;
use super::rows::Rows;
use super::table::Map;
use crate::read::cells;

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
        let mut cells = cells(&mut book, &name)
            .map_err(|error| rows.unreadable(format!("sheet {name}: {error}")))?;
        if row_range(&cells).len() <= MOST_MERGED {
            // One that cannot be told what is merged is read as it stands.
            let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            fill_down(&mut cells, &merged);
        }
        let is_read = read_sheet(&name, &cells, map, rows)?;
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

/// The row of a cell, from 0.
fn row_of(cell: &Cell<Data>) -> usize {
    cell.get_position().0 as usize
}

/// The column of a cell, from 0.
fn column_of(cell: &Cell<Data>) -> usize {
    cell.get_position().1 as usize
}

/// The rows of a sheet that hold anything, and those between.
fn row_range(cells: &[Cell<Data>]) -> Range<usize> {
    match (cells.first(), cells.last()) {
        (Some(first), Some(last)) => row_of(first)..row_of(last) + 1,
        _ => 0..0,
    }
}

/// Writes what cells hold that were merged below one another into each of them.
fn fill_down(cells: &mut Vec<Cell<Data>>, merged: &[Dimensions]) {
    let end = row_range(cells).end;
    let mut copies = Vec::new();
    for area in merged.iter().filter(|area| area.start.1 == area.end.1) {
        let found = cells.binary_search_by_key(&area.start, |cell| cell.get_position());
        let Ok(at) = found else { continue };
        for row in (area.start.0 + 1..=area.end.0).take_while(|&row| (row as usize) < end)
        {
            copies.push(Cell::new((row, area.start.1), cells[at].get_value().clone()));
        }
    }
    if !copies.is_empty() {
        // Behind what stands in their places, so that they count.
        cells.append(&mut copies);
        cells.sort_by_key(|cell| cell.get_position());
    }
}

/// Is it a sheet of terms?
fn read_sheet(
    name: &str,
    cells: &[Cell<Data>],
    map: &Map,
    rows: &mut Rows,
) -> Result<bool, GlossaryError> {
    let lines = row_range(cells);
    let last = cells.iter().map(column_of).max();
    // A sheet that begins in B has its letters from there.
    let mut texts = vec![String::new(); last.map_or(0, |last| last + 1)];
    let mut sample = vec![texts.clone(); lines.len().min(SAMPLE)];
    let of_rows = || cells.chunk_by(|a, b| row_of(a) == row_of(b));
    for row in of_rows().take(SAMPLE) {
        if let Some(place) = sample.get_mut(row_of(&row[0]) - lines.start) {
            put(row, place);
        }
    }
    let Some((layout, n_above)) = rows.layout(&sample, map)? else { return Ok(false) };
    let line = |at: usize| lines.start + at + 1;
    let header = layout.has_header.then(|| n_above.checked_sub(1)).flatten().map(line);
    rows.take_layout(name, line(0), header, &layout);
    for row in of_rows() {
        let at = row_of(&row[0]) - lines.start;
        if at >= n_above {
            put(row, &mut texts);
            rows.take_entries(line(at), layout.entries(&texts))?;
            row.iter().for_each(|cell| texts[column_of(cell)].clear());
        }
    }
    Ok(true)
}

/// Puts the cells of a row in their places.
fn put(row: &[Cell<Data>], texts: &mut [String]) {
    row.iter().for_each(|cell| {
        text(cell.get_value()).as_ref().clone_into(&mut texts[column_of(cell)]);
    });
}

/// A cell as it was typed, as far as that can be told.
fn text(cell: &Data) -> Cow<'_, str> {
    match cell {
        Data::Empty => "".into(),
        Data::String(text) => text.into(),
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}").into()
        }
        other => other.to_string().into(),
    }
}
