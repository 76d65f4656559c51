use std::io::{self, BufWriter, Write as _};

use super::carried::Carried;
use super::compare::Passage;
use crate::types::{Document, Side};

/// Writes what became of each passage, with tabs between: fate, lines and text in the new
/// version, lines and text in the old, the old translation.
///
/// Tabs and line ends in the texts become blanks.
///
/// # Errors
///
/// Those of the writer.
pub fn write_table(
    old: &Document,
    new: &Document,
    source: Side,
    passages: &[Passage],
    carried: &Carried,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let bead_of = carried.bitext.ladder.beads_of(source);
    let mut out = BufWriter::new(out);
    writeln!(out, "fate\tnew lines\tnew\told lines\told\ttranslation")?;
    for passage in passages {
        let bead = passage.new.map(|new| bead_of[new]);
        // Beside the first passage of a bead only: the others are translated with it.
        let is_first = bead.is_some_and(|bead| {
            let beads = carried.bitext.ladder.beads();
            Some(beads[bead].range.get(source).start) == passage.new
        });
        let translation = match bead.filter(|_| is_first) {
            Some(bead) => one_line(&carried.bitext.unit(bead).text(source.other())),
            None => String::new(),
        };
        let (new_lines, new_text) = cells(new, passage.new);
        let (old_lines, old_text) = cells(old, passage.old);
        let fate = passage.fate.as_str();
        writeln!(
            out,
            "{fate}\t{new_lines}\t{new_text}\t{old_lines}\t{old_text}\t{translation}"
        )?;
    }
    out.flush()
}

/// The lines and the text of a passage; both empty where there is none.
fn cells(document: &Document, segment: Option<usize>) -> (String, String) {
    let Some(segment) = segment else { return (String::new(), String::new()) };
    let (first, last) = document.segments[segment].lines;
    let lines = if first == last { first.to_string() } else { format!("{first}-{last}") };
    (lines, one_line(document.segment_text(segment)))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
