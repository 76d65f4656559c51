//! Glossary and bitext as a workbook.

use std::borrow::Cow;
use std::io;

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook,
    Worksheet, XlsxError,
};

use super::columns;
use super::format::{ExportFormat, Holds, OutputFile, Reviewed};
use super::ids::ids;
use super::units::shape;
use super::{Timestamp, kind_name, xml};
use crate::types::{Bitext, Side, Status, TermPair, TranslationUnit};

/// A workbook for a person to go through: the sheet Terms, a row a pair, and the sheet
/// Bitext, a row a bead.
///
/// Every cell of text is a string cell, so that `=1+1` and `007` stay what they are; the
/// status is chosen from a list; the last column names the row for the way back, in whatever
/// order the rows and columns come. [Doubtful](crate::types::Bead::is_doubtful) beads are coloured,
/// those without a counterpart grey.
///
/// A cell holds 32,767 characters; what is longer is cut there, with `…`. Rows beyond the
/// last that a sheet has are left out.
#[derive(Clone, Copy, Debug)]
pub struct Xlsx<'a> {
    /// The name of the pair that the terms are from.
    pub document: &'a str,
    /// When the file is made.
    pub created: Timestamp,
    /// What a reviewer made of the units: columns behind the others, where somebody reviewed.
    pub reviewed: Reviewed<'a>,
}

/// A column: its name and its width in characters.
type Column = (&'static str, f64);

/// The id of the row, behind the columns of the CSV.
const ID: Column = ("id", 16.0);

const BITEXT: [Column; 6] = [
    ("bead", 8.0),
    ("unit", 18.0),
    ("zh", 60.0),
    ("en", 80.0),
    ("score", 8.0),
    ("segments", 10.0),
];

/// What a reviewer made of a bead.
const REVIEWED: [Column; 3] =
    [("status", 12.0), ("zh_original", 30.0), ("en_original", 40.0)];

/// The last row of a sheet, from 0.
///
/// Source: Excel specifications and limits; the length of a cell likewise.
const LAST_ROW: u32 = 1_048_575;

/// The longest text of a cell, in UTF-16 code units.
const LONGEST_CELL: usize = 32_767;

impl Xlsx<'_> {
    /// Writes the workbook.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(
        &self,
        bitext: &Bitext,
        terms: &[TermPair],
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let bytes = self.bytes(bitext, terms).map_err(io::Error::other)?;
        out.write_all(&bytes)
    }

    fn bytes(&self, bitext: &Bitext, terms: &[TermPair]) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let created = i64::try_from(self.created.0).unwrap_or(i64::MAX);
        let created = ExcelDateTime::from_timestamp(created)?;
        book.set_properties(
            &DocProperties::new()
                .set_author("align")
                .set_title(xml::allowed(self.document))
                .set_creation_datetime(&created),
        );
        self.write_terms(terms, book.add_worksheet_with_constant_memory()?)?;
        write_bitext(bitext, &self.reviewed, book.add_worksheet_with_constant_memory()?)?;
        book.save_to_buffer()
    }

    fn write_terms(
        &self,
        terms: &[TermPair],
        sheet: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        let mut columns: Vec<Column> =
            columns::FULL.iter().map(|&name| (name, width(name))).collect();
        columns.push(ID);
        let n_rows = last_row(terms.len());
        head(sheet.set_name("Terms")?, &columns, n_rows)?;
        for (row, (pair, id)) in (1..=n_rows).zip(terms.iter().zip(ids(terms))) {
            let cells = columns::full_row(pair, self.document);
            for (column, (cell, name)) in (0..).zip(cells.iter().zip(columns::FULL)) {
                match cell.parse::<f64>() {
                    Ok(number) if columns::is_number(name) => {
                        sheet.write_number(row, column, number)?;
                    }
                    _ => text(sheet, row, column, cell, None)?,
                }
            }
            text(sheet, row, columns::FULL.len() as u16, &id, None)?;
        }
        let status = columns::FULL.iter().position(|&name| name == "status");
        let status = status.expect("the glossary has a status") as u16;
        let list =
            DataValidation::new().allow_list_strings(&Status::ALL.map(Status::as_str))?;
        sheet.add_data_validation(1, status, n_rows.max(1), status, &list)?;
        Ok(())
    }
}

fn write_bitext(
    bitext: &Bitext,
    reviewed: &Reviewed<'_>,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let n_rows = last_row(bitext.units().count());
    let mut columns = BITEXT.to_vec();
    if !reviewed.statuses.is_empty() {
        columns.extend(REVIEWED);
    }
    head(sheet.set_name("Bitext")?, &columns, n_rows)?;
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let doubtful = plain.clone().set_background_color(Color::RGB(0x00FF_E699));
    let single = plain.clone().set_background_color(Color::RGB(0x00D9_D9D9));
    for (row, unit) in (1..=n_rows).zip(bitext.units()) {
        let format = match &unit.bead {
            bead if bead.is_single() => &single,
            bead if bead.is_doubtful() => &doubtful,
            _ => &plain,
        };
        write_unit(&unit, row, format, sheet)?;
        if let Some(status) = reviewed.status(unit.index) {
            let original = |side| reviewed.original(unit.index, side).unwrap_or_default();
            let cells = [status, original(Side::Zh), original(Side::En)];
            for (column, cell) in (BITEXT.len() as u16..).zip(cells) {
                text(sheet, row, column, cell, Some(format))?;
            }
        }
    }
    Ok(())
}

fn write_unit(
    unit: &TranslationUnit<'_>,
    row: u32,
    format: &Format,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let name = match unit.name() {
        name if name.is_empty() => kind_name(unit).to_owned(),
        name => name,
    };
    sheet.write_number_with_format(row, 0, unit.index as f64, format)?;
    text(sheet, row, 1, &name, Some(format))?;
    text(sheet, row, 2, &unit.text(Side::Zh), Some(format))?;
    text(sheet, row, 3, &unit.text(Side::En), Some(format))?;
    let score = (unit.bead.score * 1e3).round() / 1e3;
    sheet.write_number_with_format(row, 4, score, format)?;
    text(sheet, row, 5, &shape(unit, Side::Zh), Some(format))
}

/// The header: bold, always in sight, with filters.
fn head(
    sheet: &mut Worksheet,
    columns: &[Column],
    last_row: u32,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_background_color(Color::RGB(0x00DD_EBF7));
    for (column, (name, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let last_column = columns.len().saturating_sub(1) as u16;
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

fn text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    let text = fitting(text);
    match format {
        Some(format) => sheet.write_string_with_format(row, column, text, format)?,
        None if text.is_empty() => sheet,
        None => sheet.write_string(row, column, text)?,
    };
    Ok(())
}

/// A text that a cell can hold.
fn fitting(text: &str) -> Cow<'_, str> {
    let text = xml::allowed(text);
    if text.len() <= LONGEST_CELL || text.encode_utf16().count() <= LONGEST_CELL {
        return text;
    }
    let mut rest = LONGEST_CELL - 1;
    let short = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= rest;
        rest = rest.saturating_sub(c.len_utf16());
        fits
    });
    Cow::Owned(short.chain(['…']).collect())
}

fn last_row(n_rows: usize) -> u32 {
    u32::try_from(n_rows).map_or(LAST_ROW, |n| n.min(LAST_ROW))
}

/// The width of a column of the glossary, in characters.
fn width(column: &str) -> f64 {
    match column {
        "zh" => 24.0,
        "en" => 36.0,
        "zh_variants" | "en_variants" | "evidence" => 22.0,
        "zh_context" | "en_context" => 50.0,
        "unit" => 18.0,
        "part_of_speech" => 14.0,
        "term_type" => 12.0,
        _ => 11.0,
    }
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn holds(&self) -> Holds {
        Holds::GlossaryAndBitext
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(
                ".glossary.xlsx",
                "the terms, and the aligned text on a second sheet",
                |product, out| {
                    let xlsx = Xlsx {
                        document: product.name,
                        created: product.created,
                        reviewed: product.reviewed,
                    };
                    xlsx.write(product.bitext, product.terms, out)
                },
            )]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_where_the_cell_ends() {
        assert_eq!(fitting("公约"), "公约");
        let cut = fitting(&"😀".repeat(20_000)).into_owned();
        assert!(cut.encode_utf16().count() <= LONGEST_CELL && cut.ends_with("😀…"));
    }
}
