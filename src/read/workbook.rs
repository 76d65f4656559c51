//! The cells of a workbook, as long as memory holds them.

use std::io::{Read, Seek};

use calamine::{Cell, Data, DataRef, Range, Xlsx, XlsxCellReader, XlsxError};

use super::Problem;

/// The most cells of a sheet, those left empty between the first and the last counted: all of
/// them are kept. A full sheet has a million rows.
const MOST_CELLS: usize = 4_000_000;

/// The cells of a sheet that hold something, in order of their rows and columns.
pub(crate) fn cells<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
) -> Result<Vec<Cell<Data>>, Problem> {
    let Some(mut reader) = reader(book, name)? else { return Ok(Vec::new()) };
    let mut taken = Taken::default();
    while let Some(cell) = reader.next_cell().map_err(damaged)? {
        taken.take(cell.get_position(), cell.get_value().clone())?;
    }
    Ok(taken.into_sorted())
}

/// The name of a cell, `B3`, and the formula in it.
pub(super) type Gap = (String, String);

/// The cells of a sheet, and those that hold a formula whose value the file does not say.
pub(super) fn sheet_with_gaps<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
) -> Result<(Range<Data>, Vec<Gap>), Problem> {
    let Some(mut reader) = reader(book, name)? else { return Ok(Default::default()) };
    let mut taken = Taken::default();
    let mut gaps = Vec::new();
    while let Some(cell) = reader.next_cell_with_formula().map_err(damaged)? {
        let (row, column) = cell.pos;
        if taken.take(cell.pos, cell.value)? {
            continue;
        }
        let name = || format!("{}{}", column_name(column), u64::from(row) + 1);
        gaps.extend(cell.formula.map(|formula| (name(), format!("={formula}"))));
        if gaps.len() > MOST_CELLS {
            return Err(TOO_MANY);
        }
    }
    Ok((Range::from_sparse(taken.into_sorted()), gaps))
}

const TOO_MANY: Problem = Problem::TooMany { what: "cells", limit: MOST_CELLS };

fn damaged(error: XlsxError) -> Problem {
    Problem::damaged(error.to_string())
}

/// What reads the cells of a sheet; nothing of a chart, which takes a whole sheet.
fn reader<'a, R: Read + Seek>(
    book: &'a mut Xlsx<R>,
    name: &str,
) -> Result<Option<XlsxCellReader<'a, R>>, Problem> {
    match book.worksheet_cells_reader(name) {
        Err(XlsxError::NotAWorksheet(_)) => Ok(None),
        reader => reader.map(Some).map_err(damaged),
    }
}

/// The cells that hold something, and how far apart they are.
struct Taken {
    cells: Vec<Cell<Data>>,
    first: (u32, u32),
    last: (u32, u32),
}

impl Default for Taken {
    fn default() -> Self {
        Self { cells: Vec::new(), first: (u32::MAX, u32::MAX), last: (0, 0) }
    }
}

impl Taken {
    /// Takes a cell; is there anything in it?
    fn take(
        &mut self,
        (row, column): (u32, u32),
        value: DataRef<'_>,
    ) -> Result<bool, Problem> {
        let is_empty = match &value {
            DataRef::Empty => true,
            DataRef::String(text) => text.is_empty(),
            DataRef::SharedString(text) => text.is_empty(),
            _ => false,
        };
        if is_empty {
            return Ok(false);
        }
        let Self { cells, first, last } = self;
        *first = (first.0.min(row), first.1.min(column));
        *last = (last.0.max(row), last.1.max(column));
        let area = (last.0 - first.0 + 1) as usize * (last.1 - first.1 + 1) as usize;
        if area > MOST_CELLS || cells.len() >= MOST_CELLS {
            return Err(TOO_MANY);
        }
        cells.push(Cell::new((row, column), value.into()));
        Ok(true)
    }

    /// In the order of rows and columns, whatever the order in the file.
    fn into_sorted(mut self) -> Vec<Cell<Data>> {
        if !self.cells.is_sorted_by_key(|cell| cell.get_position()) {
            self.cells.sort_by_key(|cell| cell.get_position());
        }
        self.cells
    }
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
fn column_name(column: u32) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).expect("under 26"));
    match (column / 26).checked_sub(1) {
        Some(above) => column_name(above) + &letter.to_string(),
        None => letter.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::Reader as _;
    use rust_xlsxwriter::Workbook;

    use super::*;
    use crate::read::archive::Archive;
    use crate::read::archive::tests::zipped;

    #[test]
    fn a_formula_without_a_value_is_a_gap() {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.write(1, 0, 5).unwrap();
        page.write_formula(1, 27, "=A2&A3").unwrap();
        // The writer gives each formula the value 0; programs that only write give none.
        let bytes = book.save_to_buffer().unwrap();
        let mut archive = Archive::open(&bytes).unwrap();
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for name in archive.names("") {
            let part = archive.part(&name).unwrap().unwrap();
            let part = String::from_utf8(part).unwrap().replace("<v>0</v>", "");
            parts.push((name, part.into_bytes()));
        }
        let parts: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, part)| (&name[..], &part[..])).collect();
        let bytes = zipped(&parts);
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        let (cells, gaps) = sheet_with_gaps(&mut book, "Sheet1").unwrap();
        assert_eq!(cells.get_size(), (1, 1));
        assert_eq!(gaps, [("AB2".to_owned(), "=A2&A3".to_owned())]);
    }

    #[test]
    fn cells_far_apart_take_no_memory() {
        let range = |(row, column): (u32, u16)| {
            let mut book = Workbook::new();
            let page = book.add_worksheet();
            page.write(0, 0, "公约").unwrap();
            page.write(row, column, "convention").unwrap();
            let bytes = book.save_to_buffer().unwrap();
            let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
            sheet_with_gaps(&mut book, "Sheet1").map(|(cells, _)| cells)
        };
        assert_eq!(range((3, 1)).unwrap().get_size(), (4, 2));
        let limit = MOST_CELLS;
        assert_eq!(
            range((1_048_575, 16_383)),
            Err(Problem::TooMany { what: "cells", limit })
        );
    }
}
