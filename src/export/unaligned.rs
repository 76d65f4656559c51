use std::io::{self, BufWriter, Write as _};

use super::format::{NOTHING, OutputFile, Rows};
use super::units::one_line;
use crate::types::{Bitext, Side, TranslationUnit};

/// What has no counterpart, tab-separated with a header: side, first and last line in the
/// file, unit label, kind, text. A row a segment.
///
/// Tabs and line ends in the text become blanks.
#[derive(Clone, Copy, Debug)]
pub struct Unaligned;

impl Unaligned {
    /// Writes the whole bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        write_head(out)?;
        write_all(bitext, out)
    }
}

fn write_head(out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "side\tlines\tunit\tkind\ttext")
}

fn write_all(bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    for unit in bitext.units().filter(|unit| unit.bead.is_single()) {
        for side in Side::BOTH {
            write_rows(&unit, side, &mut out)?;
        }
    }
    out.flush()
}

fn write_rows(
    unit: &TranslationUnit<'_>,
    side: Side,
    out: &mut impl io::Write,
) -> io::Result<()> {
    for index in unit.bead.range.get(side).clone() {
        let document = unit.document(side);
        let segment = &document.segments[index];
        let (first, last) = segment.lines;
        let label = segment.label.as_ref().map(ToString::to_string).unwrap_or_default();
        let text = one_line(document.segment_text(index));
        let kind = segment.kind.as_str();
        writeln!(out, "{side}\t{first}-{last}\t{label}\t{kind}\t{text}")?;
    }
    Ok(())
}

/// The file that goes with each memory.
pub(super) const FILE: OutputFile = OutputFile::of_rows(
    ".unaligned.tsv",
    "what has no counterpart: side, lines, label, kind, text",
    Rows {
        head: |_, out| write_head(out),
        rows: |product, out| write_all(product.bitext, out),
        foot: NOTHING,
    },
);
