use std::io;

use super::columns::{self, Columns, source_first};
use super::format::{ExportFormat, Holds, OutputFile, Product};
use crate::text::formula;
use crate::types::{Concept, Side, TermPair};

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
        let rows = terms.iter().map(|pair| self.row(pair));
        self.write_rows(self.header().into_iter().map(str::to_owned).collect(), rows, out)
    }

    /// Writes the rows of a termbase, with columns for all that it tells of them.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write_concepts(
        &self,
        concepts: &[Concept],
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let header = self.header().into_iter().map(str::to_owned);
        if self.columns != Columns::Full {
            let rows = concepts.iter().map(|concept| match self.columns {
                Columns::Three => {
                    let mut row = self.row(&concept.pair);
                    row.truncate(2);
                    row.push(columns::remark(concept));
                    row
                }
                _ => self.row(&concept.pair),
            });
            return self.write_rows(header.collect(), rows, out);
        }
        let beside = columns::of_termbase(concepts);
        let rows = concepts.iter().map(|concept| {
            let mut row = columns::full_row(&concept.pair, &concept.document).to_vec();
            row.extend(
                beside.iter().map(|name| columns::beside(concept, name).to_owned()),
            );
            row
        });
        self.write_rows(header.chain(beside.iter().cloned()).collect(), rows, out)
    }

    fn write_rows(
        &self,
        header: Vec<String>,
        rows: impl Iterator<Item = Vec<String>>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let is_excel = self.flavour == CsvFlavour::Excel;
        let mut builder = csv::WriterBuilder::new();
        if is_excel {
            out.write_all("\u{FEFF}".as_bytes())?;
            builder.terminator(csv::Terminator::CRLF);
        }
        let mut csv = builder.from_writer(out);
        match is_excel {
            true => csv.write_record(
                header.iter().map(|name| formula::harmless(name).into_owned()),
            )?,
            false => csv.write_record(&header)?,
        }
        for row in rows {
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
    match product.is_termbase() {
        true => csv.write_concepts(product.concepts, out),
        false => csv.write(product.terms, out),
    }
}
