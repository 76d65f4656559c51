//! Glossary and bitext as a workbook.

use std::borrow::Cow;
use std::io;

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DocProperties, ExcelDateTime,
    Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::columns;
use super::format::{ExportFormat, Holds, OutputFile, Reviewed};
use super::ids;
use super::units::shape;
use super::{Timestamp, kind_name, xml};
use crate::types::{Bitext, Concept, Side, Status, TranslationUnit};

/// A workbook for a person to go through: the sheet Terms, a row a pair, and the sheet
/// Bitext, a row a bead.
///
/// The terms, their status and a passage of each side stand side by side, the terms always in
/// sight; rows that are decided on are grey. Every cell of text is a string cell, so that `=1+1` and `007` stay what they are; the
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
type Column<'a> = (&'a str, f64);

/// What a person decides by, side by side; the others are those of the CSV.
const FIRST: [&str; 5] = ["zh", "en", "status", "zh_context", "en_context"];

/// Where the status stands among them.
const STATUS: u16 = 2;

/// The id of the row, behind all others.
const ID: &str = "id";

const BITEXT: [Column<'_>; 6] = [
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
        concepts: &[Concept],
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let bytes = self.bytes(bitext, concepts).map_err(io::Error::other)?;
        out.write_all(&bytes)
    }

    fn bytes(&self, bitext: &Bitext, concepts: &[Concept]) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let created = i64::try_from(self.created.0).unwrap_or(i64::MAX);
        let created = ExcelDateTime::from_timestamp(created)?;
        book.set_properties(
            &DocProperties::new()
                .set_author("align")
                .set_title(xml::allowed(self.document))
                .set_creation_datetime(&created),
        );
        self.write_terms(concepts, book.add_worksheet_with_constant_memory()?)?;
        // A termbase has no text beside it.
        if bitext.units().next().is_some() || concepts.iter().all(|one| one.id.is_empty())
        {
            write_bitext(
                bitext,
                &self.reviewed,
                book.add_worksheet_with_constant_memory()?,
            )?;
        }
        book.save_to_buffer()
    }

    fn write_terms(
        &self,
        concepts: &[Concept],
        sheet: &mut Worksheet,
    ) -> Result<(), XlsxError> {
        let is_termbase = concepts.iter().any(|concept| !concept.id.is_empty());
        let mut names: Vec<String> = FIRST.map(str::to_owned).to_vec();
        let beside = match is_termbase {
            true => columns::of_termbase(concepts),
            false => vec![ID.to_owned()],
        };
        let rest = columns::FULL.iter().filter(|name| !FIRST.contains(name));
        let (notes, ids): (Vec<String>, Vec<String>) =
            beside.into_iter().partition(|name| name != ID);
        names.extend(notes);
        names.extend(rest.map(|&name| name.to_owned()));
        names.extend(ids);
        let columns: Vec<Column<'_>> =
            names.iter().map(|name| (name.as_str(), width(name))).collect();
        let n_rows = last_row(concepts.len());
        head(sheet.set_name("Terms")?, &columns, n_rows, 2)?;
        let hashed = match concepts.iter().any(|concept| concept.id.is_empty()) {
            true => ids::ids(concepts.iter().map(|concept| &concept.pair)),
            false => Vec::new(),
        };
        let places: Vec<Option<usize>> = names
            .iter()
            .map(|name| columns::FULL.iter().position(|known| known == name))
            .collect();
        for (at, (row, concept)) in (1..=n_rows).zip(concepts).enumerate() {
            let document = match concept.document.is_empty() {
                true => self.document,
                false => &concept.document,
            };
            let cells = columns::full_row(&concept.pair, document);
            for (column, (name, place)) in (0..).zip(names.iter().zip(&places)) {
                let cell = match place {
                    Some(place) => cells[*place].as_str(),
                    None if name == ID && concept.id.is_empty() => &hashed[at],
                    None => columns::beside(concept, name),
                };
                let number = match columns::is_number(name) {
                    true => cell.parse::<f64>().ok(),
                    false => None,
                };
                match number {
                    Some(number) => drop(sheet.write_number(row, column, number)?),
                    None => text(sheet, row, column, cell, None)?,
                }
            }
        }
        let last_row = n_rows.max(1);
        let list =
            DataValidation::new().allow_list_strings(&Status::ALL.map(Status::as_str))?;
        sheet.add_data_validation(1, STATUS, last_row, STATUS, &list)?;
        // What is decided steps back, also while the person decides.
        let decided = ConditionalFormatFormula::new()
            .set_rule("=AND($C2<>\"candidate\",$C2<>\"\")")
            .set_format(Format::new().set_font_color(Color::RGB(0x0080_8080)));
        let last_column = names.len().saturating_sub(1) as u16;
        sheet.add_conditional_format(1, 0, last_row, last_column, &decided)?;
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
    head(sheet.set_name("Bitext")?, &columns, n_rows, 0)?;
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

/// The header: bold, always in sight, with filters; the first columns stay in sight too.
fn head(
    sheet: &mut Worksheet,
    columns: &[Column<'_>],
    last_row: u32,
    n_fixed: u16,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_background_color(Color::RGB(0x00DD_EBF7));
    for (column, (name, width)) in (0..).zip(columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, *name, &bold)?;
    }
    sheet.set_freeze_panes(1, n_fixed)?;
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
        "note" | "zh_definition" | "en_definition" => 40.0,
        "id" => 16.0,
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

    fn is_default(&self) -> bool {
        true
    }

    fn is_for_a_person(&self) -> bool {
        true
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
                    xlsx.write(product.bitext, &product.concepts(), out)
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
