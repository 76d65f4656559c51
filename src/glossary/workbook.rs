//! Workbooks.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, Range, Reader as _, Xlsx};

use super::cells::Layout;
use super::error::GlossaryError;
use super::rows::Rows;
use crate::read::sheet;

/// The sheet that we write the terms to.
const TERMS: &str = "Terms";

/// Reads the sheet of terms: ours by its name, or else the first whose header names both
/// languages.
pub(super) fn read(path: &Path, rows: &mut Rows) -> Result<(), GlossaryError> {
    let file = File::open(path)
        .map_err(|source| GlossaryError::Io { path: path.to_owned(), source })?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file))
        .map_err(|error| rows.unreadable(format!("is no workbook: {error}")))?;
    let mut names = book.sheet_names();
    names.sort_by_key(|name| name != TERMS);
    for name in names {
        let sheet = sheet(&mut book, &name)
            .map_err(|error| rows.unreadable(format!("sheet {name}: {error}")))?;
        let mut header = sheet.rows().take(1).map(texts);
        if let Some(layout) = header.next().and_then(|cells| Layout::of_header(&cells)) {
            return read_sheet(&sheet, &layout, rows);
        }
    }
    Err(rows.unreadable("no sheet has a column zh and a column en in its first row"))
}

fn read_sheet(
    sheet: &Range<Data>,
    layout: &Layout,
    rows: &mut Rows,
) -> Result<(), GlossaryError> {
    let first = sheet.start().map_or(0, |(row, _)| row as usize);
    for (n, row) in sheet.rows().enumerate().skip(1) {
        rows.take(first + n + 1, layout.concept(&texts(row)))?;
    }
    Ok(())
}

fn texts(row: &[Data]) -> Vec<String> {
    row.iter().map(text).collect()
}

/// A cell as it was typed, as far as that can be told.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}
