use std::io::{self, BufWriter, Write as _};

use super::BitextFormat;
use super::tmx::{is_kept, texts};
use super::tsv::one_line;
use crate::types::{Bitext, Side};

/// The source side of the memory as plain text, a unit a line: a text that the memory of the
/// same run matches from the first line to the last.
#[derive(Clone, Copy, Debug)]
pub struct SourceText {
    /// The language that is translated from.
    pub source: Side,
    /// Units with a lower score are left out. 0 to 1.
    pub min_score: f64,
}

impl BitextFormat for SourceText {
    fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        for unit in bitext.units() {
            let text = texts(&unit);
            if is_kept(&unit, &text, self.min_score) {
                writeln!(out, "{}", one_line(text.get(self.source)))?;
            }
        }
        out.flush()
    }
}
