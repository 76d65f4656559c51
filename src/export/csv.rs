use std::io;

use super::columns::{self, Columns, source_first};
use super::format::{ExportFormat, Holds, OutputFile, Product};
use crate::text::formula;
use crate::types::{Side, TermPair};

/// For whom comma-separated values are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsvFlavour {
    /// Programs and databases: UTF-8 without a mark, LF, every cell as it is.
    #[default]
    Plain,
    /// Spreadsheets: UTF-8 with a byte order mark, CRLF, and an apostrophe before each cell
    /// that a spreadsheet would run as a formula or take for a number or a date.
    Excel,
}

/// Glossary as comma-separated values, a header row, best first.
///
/// Variants and evidence are lists split by `|`; a `|` or `\` inside a variant is written
/// `\|`, `\\`. The contexts are the best passage of each pair.
#[derive(Clone, Copy, Debug)]
pub struct GlossaryCsv<'a> {
    /// The name of the pair that the terms are from, for the last column.
    pub document: &'a str,
    /// For whom it is written.
    pub flavour: CsvFlavour,
    /// Which columns it has.
    pub columns: Columns,
    /// The language that comes first in the short presets.
    pub source: Side,
}

impl GlossaryCsv<'_> {
    fn header(&self) -> Vec<&'static str> {
        let [first, second] = match self.source {
            Side::Zh => ["zh", "en"],
            Side::En => ["en", "zh"],
        };
        match self.columns {
            Columns::Full => columns::FULL.to_vec(),
            Columns::Two => vec![first, second],
            Columns::Three => vec![first, second, "note"],
        }
    }

    fn row(&self, pair: &TermPair) -> Vec<String> {
        let [first, second] = source_first(&pair.term, self.source);
        match self.columns {
            Columns::Full => columns::full_row(pair, self.document).to_vec(),
            Columns::Two => vec![first.clone(), second.clone()],
            Columns::Three => vec![first.clone(), second.clone(), columns::note(pair)],
        }
    }
}

impl GlossaryCsv<'_> {
    /// Writes all terms, in the order given.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, terms: &[TermPair], out: &mut dyn io::Write) -> io::Result<()> {
        let is_excel = self.flavour == CsvFlavour::Excel;
        let mut builder = csv::WriterBuilder::new();
        if is_excel {
            out.write_all("\u{FEFF}".as_bytes())?;
            builder.terminator(csv::Terminator::CRLF);
        }
        let header = self.header();
        let mut csv = builder.from_writer(out);
        csv.write_record(&header)?;
        for pair in terms {
            let row = self.row(pair);
            if is_excel {
                let cells = header.iter().zip(&row).map(|(column, cell)| {
                    if columns::is_number(column) {
                        cell.into()
                    } else {
                        formula::harmless(cell)
                    }
                });
                csv.write_record(cells.map(|cell| cell.into_owned()))?;
            } else {
                csv.write_record(&row)?;
            }
        }
        csv.flush()
    }
}

/// The kind of output for programs.
pub(super) struct ForPrograms;

impl ExportFormat for ForPrograms {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn holds(&self) -> Holds {
        Holds::Glossary
    }

    fn is_default(&self) -> bool {
        true
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(
                ".glossary.csv",
                "terms, best first: `zh`, `en`, variants, counts, confidence, why it was \
                 proposed, a passage on each side, part of speech and sort of term (full \
                 form, acronym, title, name). UTF-8",
                |product, out| write(product, CsvFlavour::Plain, out),
            )]
        }
    }
}

/// The kind of output for spreadsheets.
pub(super) struct ForSpreadsheets;

impl ExportFormat for ForSpreadsheets {
    fn name(&self) -> &'static str {
        "excel-csv"
    }

    fn holds(&self) -> Holds {
        Holds::Glossary
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(
                ".glossary.excel.csv",
                "the glossary for spreadsheets: cells that would run as formulas are made \
                 harmless",
                |product, out| write(product, CsvFlavour::Excel, out),
            )]
        }
    }
}

fn write(
    product: &Product<'_>,
    flavour: CsvFlavour,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let csv = GlossaryCsv {
        document: product.name,
        flavour,
        columns: product.columns,
        source: product.source,
    };
    csv.write(product.terms, out)
}
