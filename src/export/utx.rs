use std::io::{self, BufWriter, Write as _};

use super::Timestamp;
use super::columns::source_first;
use super::details::Detail;
use super::format::{ExportFormat, Holds, OutputFile};
use super::ids::ids;
use super::omegat::variants;
use super::units::one_line;
use crate::types::{Concept, Pair, PartOfSpeech, Side, Status};

/// Glossary as UTX, the tab-separated form of the Asia-Pacific Association for Machine
/// Translation: lines end in CR LF, as it asks. Variants are rows of the same concept.
///
/// What the program proposes is `provisional`. UTX has one word for accepted and preferred;
/// the comment keeps the latter.
///
/// Source: UTX 1.20 Specification (AAMT, 2018).
#[derive(Clone, Copy, Debug)]
pub struct Utx<'a> {
    /// The language of each side as in BCP 47.
    pub languages: &'a Pair<String>,
    /// The language that is translated from.
    pub source: Side,
    /// When the file is made.
    pub created: Timestamp,
}

impl Utx<'_> {
    /// Writes all terms, in the order given.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, concepts: &[Concept], out: &mut dyn io::Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let [source, target] = source_first(self.languages, self.source);
        writeln!(
            out,
            "#UTX 1.20; {source}/{target}; {}; copyright: see the documents; license: see \
             the documents\r",
            self.created.extended(),
        )?;
        writeln!(out, "#src\ttgt\tsrc:pos\ttgt:pos\tterm status\tconcept ID\tcomment\r")?;
        let hashed = ids(concepts.iter().map(|concept| &concept.pair));
        for (concept, hashed) in concepts.iter().zip(&hashed) {
            let pair = &concept.pair;
            let id = if concept.id.is_empty() { hashed } else { &concept.id };
            // A line is of two terms.
            if pair.term.zh.is_empty() || pair.term.en.is_empty() {
                continue;
            }
            self.write_row(&pair.term, concept, id, &mut out)?;
            for row in variants(pair) {
                self.write_row(&row, concept, id, &mut out)?;
            }
        }
        out.flush()
    }
}

impl Utx<'_> {
    fn write_row(
        &self,
        term: &Pair<String>,
        concept: &Concept,
        id: &str,
        out: &mut impl io::Write,
    ) -> io::Result<()> {
        let [source, target] = source_first(term, self.source).map(|term| one_line(term));
        let guard =
            if source.trim_start_matches(' ').starts_with('#') { " " } else { "" };
        let pair = &concept.pair;
        let pos = match pair.part_of_speech {
            PartOfSpeech::Other => "",
            pos => pos.as_str(),
        };
        let is_preferred = pair.status == Status::Preferred;
        let comment = match (is_preferred, one_line(&concept.note)) {
            (false, note) => note,
            (true, note) if note.is_empty() => "preferred".to_owned(),
            (true, note) => format!("preferred; {note}"),
        };
        let id = one_line(id);
        let status = status(pair.status);
        writeln!(
            out,
            "{guard}{source}\t{target}\t{pos}\t{pos}\t{status}\t{id}\t{comment}\r"
        )
    }
}

/// The name that UTX has for a status.
fn status(status: Status) -> &'static str {
    match status {
        Status::Candidate => "provisional",
        Status::Accepted | Status::Preferred => "approved",
        Status::Rejected => "rejected",
        Status::Forbidden => "forbidden",
    }
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "utx"
    }

    fn holds(&self) -> Holds {
        Holds::Glossary
    }

    fn lacks(&self) -> &'static [Detail] {
        &[
            Detail::Subject,
            Detail::Definition,
            Detail::DefinitionSource,
            Detail::Usage,
            Detail::Matching,
            Detail::Context,
            Detail::Figures,
            Detail::Dates,
            Detail::Other,
            Detail::Single,
        ]
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(".utx", "UTX 1.20", |product, out| {
                let utx = Utx {
                    languages: product.languages,
                    source: product.source,
                    created: product.created,
                };
                utx.write(&product.concepts(), out)
            })]
        }
    }
}
