use std::io::{self, BufWriter, Write as _};

use super::format::{ExportFormat, Holds, NOTHING, OutputFile, Rows};
use super::units::{is_kept, texts};
use super::xml;
use crate::types::{Bitext, Side};

/// The source side of the memory as plain text, a unit a line, an empty line behind each: a
/// text that the memory of the same run matches from the first line to the last.
///
/// The empty lines are for OmegaT, which takes lines without one between them for one
/// paragraph.
#[derive(Clone, Copy, Debug)]
pub struct SourceText {
    /// The language that is translated from.
    pub source: Side,
    /// Units with a lower score are left out. 0 to 1.
    pub min_score: f64,
}

impl SourceText {
    /// Writes the whole bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        for unit in bitext.units() {
            let text = texts(&unit);
            if is_kept(&unit, &text, self.min_score) {
                writeln!(out, "{}\n", line(text.get(self.source)))?;
            }
        }
        out.flush()
    }
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "source"
    }

    fn holds(&self) -> Holds {
        Holds::Memory
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::of_rows(
                ".source.txt",
                "the units to be translated",
                Rows {
                    head: NOTHING,
                    rows: |product, out| {
                        let (source, min_score) = (product.source, product.min_score);
                        SourceText { source, min_score }.write(product.bitext, out)
                    },
                    foot: NOTHING,
                },
            )]
        }
    }
}

/// A text on one line, otherwise to the letter what the memory holds.
fn line(text: &str) -> String {
    xml::allowed(text).replace(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'], " ")
}
