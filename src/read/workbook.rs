//! The cells of a workbook, as long as memory holds them.

use std::io::{Read, Seek};

use calamine::{Cell, Data, DataRef, Range, Xlsx, XlsxError};

use super::Problem;

/// The most cells of a sheet, those left empty between the first and the last counted: all of
/// them are kept. A full sheet has a million rows.
const MOST_CELLS: usize = 4_000_000;

/// The cells of a sheet.
pub(crate) fn sheet<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
) -> Result<Range<Data>, Problem> {
    sheet_with_gaps(book, name).map(|(cells, _)| cells)
}

/// The name of a cell, `B3`, and the formula in it.
pub(super) type Gap = (String, String);

/// The cells of a sheet, and those that hold a formula whose value the file does not say.
pub(super) fn sheet_with_gaps<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
) -> Result<(Range<Data>, Vec<Gap>), Problem> {
    let damaged = |error: XlsxError| Problem::damaged(error.to_string());
    let mut reader = match book.worksheet_cells_reader(name) {
        // A chart takes a whole sheet.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Default::default()),
        reader => reader.map_err(damaged)?,
    };
    let mut cells: Vec<Cell<Data>> = Vec::new();
    let mut gaps = Vec::new();
    let (mut first, mut last) = ((u32::MAX, u32::MAX), (0, 0));
    while let Some(cell) = reader.next_cell_with_formula().map_err(damaged)? {
        let (row, column) = cell.pos;
        let is_empty = match &cell.value {
            DataRef::Empty => true,
            DataRef::String(text) => text.is_empty(),
            DataRef::SharedString(text) => text.is_empty(),
            _ => false,
        };
        if is_empty {
            let name = || format!("{}{}", column_name(column), u64::from(row) + 1);
            gaps.extend(cell.formula.map(|formula| (name(), format!("={formula}"))));
            continue;
        }
        first = (first.0.min(row), first.1.min(column));
        last = (last.0.max(row), last.1.max(column));
        let area = (last.0 - first.0 + 1) as usize * (last.1 - first.1 + 1) as usize;
        if area > MOST_CELLS || cells.len() + gaps.len() >= MOST_CELLS {
            return Err(Problem::TooMany { what: "cells", limit: MOST_CELLS });
        }
        cells.push(Cell::new((row, column), cell.value.into()));
    }
    Ok((Range::from_sparse(cells), gaps))
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
            sheet(&mut book, "Sheet1")
        };
        assert_eq!(range((3, 1)).unwrap().get_size(), (4, 2));
        let limit = MOST_CELLS;
        assert_eq!(
            range((1_048_575, 16_383)),
            Err(Problem::TooMany { what: "cells", limit })
        );
    }
}
