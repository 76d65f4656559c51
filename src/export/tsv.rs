use std::io::{self, BufWriter, Write as _};

use super::columns::source_first;
use super::format::{ExportFormat, Holds, NOTHING, OutputFile, Product, Rows};
use super::units::{is_kept, one_line, texts};
use crate::types::{Bitext, Side};

/// The units with two sides as two columns with tabs between them, the names of the
/// languages above: what corpus tools and spreadsheets take.
///
/// Tabs and line ends in the text become blanks.
#[derive(Clone, Copy, Debug)]
pub struct Tsv {
    /// The language of the first column.
    pub source: Side,
    /// Units with a lower score are left out. 0 to 1.
    pub min_score: f64,
}

impl Tsv {
    /// Writes the whole bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        self.write_head(out)?;
        self.write_rows(bitext, out)
    }

    fn write_head(self, out: &mut dyn io::Write) -> io::Result<()> {
        match self.source {
            Side::Zh => writeln!(out, "Chinese\tEnglish"),
            Side::En => writeln!(out, "English\tChinese"),
        }
    }

    fn write_rows(self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        for unit in bitext.units() {
            let text = texts(&unit);
            if is_kept(&unit, &text, self.min_score) {
                let [source, target] = source_first(&text, self.source);
                writeln!(out, "{}\t{}", one_line(source), one_line(target))?;
            }
        }
        out.flush()
    }
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "tsv"
    }

    fn holds(&self) -> Holds {
        Holds::Memory
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::of_rows(
                ".tsv",
                "the pairs in two columns",
                Rows {
                    head: |product, out| tsv(product).write_head(out),
                    rows: |product, out| tsv(product).write_rows(product.bitext, out),
                    foot: NOTHING,
                },
            )]
        }
    }
}

fn tsv(product: &Product<'_>) -> Tsv {
    Tsv { source: product.source, min_score: product.min_score }
}
