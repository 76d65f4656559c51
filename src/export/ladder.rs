//! The beads as bare indices, one a line, Chinese first: `[0]:[0, 1]`.
//!
//! ```text
//! [0]:[0]        1-1
//! [1]:[1, 2]     1-2
//! [2]:[]         1-0: no counterpart
//! ```

use std::io::{self, BufWriter, Write as _};

use super::format::{ExportFormat, Holds, NOTHING, OutputFile, Part, Rows};
use crate::types::{Bitext, Pair, Side, TranslationUnit};

/// The ladder as a file, the form in which alignments are compared.
#[derive(Clone, Copy, Debug)]
pub struct LadderFile {
    /// Are the numbers those of lines, from 0 and empty lines counted, rather than those of
    /// segments?
    pub by_lines: bool,
}

impl LadderFile {
    /// Writes the whole bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        self.write_part(bitext, &Part::default(), out)
    }

    fn write_part(
        self,
        bitext: &Bitext,
        part: &Part<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        for unit in bitext.units() {
            let indices = |side| self.indices(&unit, part, side);
            let (zh, en) = (indices(Side::Zh), indices(Side::En));
            writeln!(out, "{zh:?}:{en:?}")?;
        }
        out.flush()
    }
}

impl LadderFile {
    fn indices(
        self,
        unit: &TranslationUnit<'_>,
        part: &Part<'_>,
        side: Side,
    ) -> Vec<usize> {
        let segments = unit.bead.range.get(side).clone();
        if !self.by_lines {
            let before = part.segments.get(side);
            return segments.map(|segment| before + segment).collect();
        }
        let line = |segment: usize| unit.document(side).segments[segment].lines.0;
        segments.map(|segment| line(segment).saturating_sub(1)).collect()
    }
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "ladder"
    }

    fn holds(&self) -> Holds {
        Holds::Bitext
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::of_rows(
                ".ladder",
                "the bare indices, `[0]:[0, 1]`: Chinese first, segments counted from 0",
                Rows {
                    head: NOTHING,
                    rows: |product, out| {
                        let ladder = LadderFile { by_lines: product.by_lines };
                        ladder.write_part(product.bitext, &product.part, out)
                    },
                    foot: NOTHING,
                },
            )]
        }
    }
}

/// Why a text is no ladder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: \"{text}\" is no bead like [0]:[0, 1]")]
pub struct ParseError {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

/// Reads the indices of each bead. Empty lines count for nothing.
///
/// ```
/// use bitext::export::ladder::parse;
///
/// let beads = parse("[0]:[0, 1]\n[1]:[]\n").unwrap();
/// assert_eq!((beads[0].en.as_slice(), beads[1].en.len()), ([0, 1].as_slice(), 0));
/// ```
///
/// # Errors
///
/// At the first line that is no bead.
pub fn parse(text: &str) -> Result<Vec<Pair<Vec<usize>>>, ParseError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            bead(line).ok_or_else(|| ParseError { line: n + 1, text: line.to_owned() })
        })
        .collect()
}

fn bead(line: &str) -> Option<Pair<Vec<usize>>> {
    let (zh, en) = line.split_once(':')?;
    Some(Pair::new(indices(zh)?, indices(en)?))
}

fn indices(list: &str) -> Option<Vec<usize>> {
    let inner = list.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    if inner.is_empty() {
        return Some(Vec::new());
    }
    inner.split(',').map(|index| index.trim().parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_bead_is_named() {
        let error = parse("[0]:[0]\n\n[1]:1\n").unwrap_err();
        assert_eq!(error.to_string(), "line 3: \"[1]:1\" is no bead like [0]:[0, 1]");
    }
}
