use std::io::{self, BufWriter, Write as _};

use serde::Serialize;

use super::format::{ExportFormat, Holds, NOTHING, OutputFile, Part, Reviewed, Rows};
use super::{kind_name, label, left_out};
use crate::types::{Bitext, Side, TranslationUnit};

/// One JSON object a bead, those with an empty side included.
///
/// Beads and segments are counted from 0, lines of the files from 1; the lines of an empty
/// side are `null`. `score` is the bead's, `evidence` stands strongest first.
/// Of what was reviewed it has `status` too, and `zh_original` or `en_original` of a text that
/// somebody wrote over.
#[derive(Clone, Copy, Debug, Default)]
pub struct Jsonl<'a> {
    /// What a reviewer made of the units.
    pub reviewed: Reviewed<'a>,
}

#[derive(Serialize)]
struct Row<'a> {
    bead: usize,
    zh: String,
    en: String,
    zh_segments: Vec<usize>,
    en_segments: Vec<usize>,
    zh_lines: Option<(usize, usize)>,
    en_lines: Option<(usize, usize)>,
    kind: &'static str,
    label: String,
    score: f64,
    /// Of a note, the segments that cite it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    zh_cited_in: Vec<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    en_cited_in: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zh_original: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    en_original: Option<&'a str>,
    evidence: Vec<Agreement<'a>>,
}

#[derive(Serialize)]
struct Agreement<'a> {
    kind: &'static str,
    zh: &'a str,
    en: &'a str,
}

impl Jsonl<'_> {
    /// Writes the whole bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        self.write_part(bitext, &Part::default(), out)
    }

    fn write_part(
        &self,
        bitext: &Bitext,
        part: &Part<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        for unit in bitext.units() {
            serde_json::to_writer(&mut out, &row(&unit, part, &self.reviewed))?;
            writeln!(out)?;
        }
        out.flush()
    }
}

fn row<'a>(
    unit: &TranslationUnit<'a>,
    part: &Part<'_>,
    reviewed: &'a Reviewed<'_>,
) -> Row<'a> {
    let segments = |side| {
        let before = part.segments.get(side);
        unit.bead.range.get(side).clone().map(|segment| before + segment).collect()
    };
    let agreement = |e: &'a crate::types::Evidence| Agreement {
        kind: e.kind.as_str(),
        zh: &e.text.zh,
        en: &e.text.en,
    };
    Row {
        bead: part.beads + unit.index,
        zh: unit.text(Side::Zh),
        en: unit.text(Side::En),
        zh_segments: segments(Side::Zh),
        en_segments: segments(Side::En),
        zh_lines: unit.lines(Side::Zh),
        en_lines: unit.lines(Side::En),
        kind: kind_name(unit),
        label: label(unit),
        score: (unit.bead.score * 1e4).round() / 1e4,
        zh_cited_in: cited_in(unit, Side::Zh),
        en_cited_in: cited_in(unit, Side::En),
        status: reviewed.status(unit.index),
        zh_original: reviewed.original(unit.index, Side::Zh),
        en_original: reviewed.original(unit.index, Side::En),
        evidence: unit.evidence().iter().map(agreement).collect(),
    }
}

/// The segments that cite the notes of a side.
fn cited_in(unit: &TranslationUnit<'_>, side: Side) -> Vec<usize> {
    let segments = &unit.document(side).segments[unit.bead.range.get(side).clone()];
    segments.iter().filter_map(|segment| segment.cited_in).collect()
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn holds(&self) -> Holds {
        Holds::Bitext
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[
                OutputFile::of_rows(
                    ".jsonl",
                    "each bead as a line of JSON, with its lines in the files, its score and \
                     what spoke for it",
                    Rows {
                        head: NOTHING,
                        rows: |product, out| {
                            let jsonl = Jsonl { reviewed: product.reviewed };
                            jsonl.write_part(product.bitext, &product.part, out)
                        },
                        foot: NOTHING,
                    },
                ),
                left_out::JSON_FILE,
            ]
        }
    }
}
