use std::io::{self, BufWriter, Write as _};

use serde::Serialize;

use super::format::{NOTHING, OutputFile, Rows};
use super::units::one_line;
use crate::types::{Bitext, LeftOut, Side};

/// What the files hold and no unit does, tab-separated with a header: side, place in the file,
/// kind, characters without blanks, text. In order of the files, the Chinese one first.
///
/// Tabs and line ends in the text become blanks.
#[derive(Clone, Copy, Debug)]
pub struct LeftOutTable;

impl LeftOutTable {
    /// Writes what is left out of both documents.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        write_head(out)?;
        write_rows(bitext, out)
    }

    /// Writes the same as JSON, an array of objects.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write_json(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        let rows: Vec<Row<'_>> = entries(bitext)
            .map(|(side, left_out)| Row {
                side: side.to_string(),
                place: left_out.place.to_string(),
                kind: left_out.kind.as_str(),
                characters: left_out.n_chars,
                text: &left_out.text,
            })
            .collect();
        let mut out = BufWriter::new(out);
        serde_json::to_writer_pretty(&mut out, &rows)?;
        writeln!(out)?;
        out.flush()
    }
}

fn write_head(out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "side\tplace\tkind\tcharacters\ttext")
}

fn write_rows(bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    for (side, left_out) in entries(bitext) {
        let LeftOut { kind, place, text, n_chars } = left_out;
        let (kind, text) = (kind.as_str(), one_line(text));
        writeln!(out, "{side}\t{place}\t{kind}\t{n_chars}\t{text}")?;
    }
    out.flush()
}

#[derive(Serialize)]
struct Row<'a> {
    side: String,
    place: String,
    kind: &'static str,
    characters: usize,
    text: &'a str,
}

fn entries(bitext: &Bitext) -> impl Iterator<Item = (Side, &LeftOut)> {
    Side::BOTH.into_iter().flat_map(|side| {
        bitext.documents.get(side).left_out.iter().map(move |left_out| (side, left_out))
    })
}

/// The file that goes with each memory.
pub(super) const FILE: OutputFile = OutputFile::of_rows(
    ".left-out.tsv",
    "what the files hold and no unit does: side, place, kind, characters, text; where there \
     is something to tell",
    Rows {
        head: |_, out| write_head(out),
        rows: |product, out| write_rows(product.bitext, out),
        foot: NOTHING,
    },
)
.where_told(|product| entries(product.bitext).next().is_some());

/// The file that goes with the beads as JSON.
pub(super) const JSON_FILE: OutputFile = OutputFile::new(
    ".left-out.json",
    "what the files hold and no unit does, as JSON; where there is something to tell",
    |product, out| LeftOutTable.write_json(product.bitext, out),
)
.where_told(|product| entries(product.bitext).next().is_some());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment;
    use crate::types::{FilePlace, Ladder, LeftOutKind, Pair, Source};

    #[test]
    fn each_stretch_is_a_row_with_its_place_and_kind() {
        let document = |name: &str, left_out: Vec<LeftOut>| {
            let source = Source { left_out, ..Source::plain(name, "", "UTF-8") };
            segment::lines(&source)
        };
        let head = LeftOut::new(LeftOutKind::RunningHead, FilePlace::Line(7), "a\tb");
        let documents = Pair::new(document("zh", vec![head]), document("en", vec![]));
        let ladder = Ladder::new(vec![], Pair::new(0, 0)).unwrap();
        let (evidence, links) = (vec![], vec![]);
        let bitext = Bitext { documents, ladder, evidence, links };
        let mut out = Vec::new();
        LeftOutTable.write(&bitext, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "side\tplace\tkind\tcharacters\ttext\nzh\tline 7\trunning head\t2\ta b\n"
        );
        let mut out = Vec::new();
        LeftOutTable.write_json(&bitext, &mut out).unwrap();
        let rows: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(rows[0]["text"], "a\tb");
    }
}
