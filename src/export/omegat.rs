use std::io::{self, BufWriter, Write as _};

use super::columns::{self, source_first};
use super::details::Detail;
use super::format::{ExportFormat, Holds, OutputFile};
use super::units::one_line;
use crate::types::{Concept, Pair, Side, Status, TermPair};

/// Glossary for OmegaT: source, target, comment, with tabs between them.
///
/// The pair itself comes first, then each variant with the other side's term. Rejected and
/// forbidden pairs are left out, for OmegaT would propose them. The file must end in `.utf8` or OmegaT reads
/// it in the encoding of the machine.
#[derive(Clone, Copy, Debug)]
pub struct OmegatGlossary {
    /// The language that is translated from.
    pub source: Side,
}

impl OmegatGlossary {
    /// Writes all terms, in the order given.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, concepts: &[Concept], out: &mut dyn io::Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        let is_proposed = |one: &&Concept| {
            !matches!(one.pair.status, Status::Rejected | Status::Forbidden)
        };
        for concept in concepts.iter().filter(is_proposed) {
            let pair = &concept.pair;
            if pair.term.zh.is_empty() || pair.term.en.is_empty() {
                continue;
            }
            let note = one_line(&match concept.id.is_empty() {
                true => columns::note(pair),
                false => columns::remark(concept),
            });
            self.write_row(&pair.term, &note, &mut out)?;
            let mark = if concept.id.is_empty() { "variant, " } else { "variant; " };
            let variant = format!("{mark}{note}");
            for row in variants(pair) {
                self.write_row(&row, &variant, &mut out)?;
            }
        }
        out.flush()
    }
}

impl OmegatGlossary {
    fn write_row(
        self,
        term: &Pair<String>,
        note: &str,
        out: &mut impl io::Write,
    ) -> io::Result<()> {
        let [source, target] = source_first(term, self.source).map(|term| one_line(term));
        // A line that opens with # is a comment; a blank before it is not seen.
        let guard =
            if source.trim_start_matches(' ').starts_with('#') { " " } else { "" };
        writeln!(out, "{guard}{source}\t{target}\t{note}")
    }
}

/// Each variant with the term of the other side.
pub(super) fn variants(pair: &TermPair) -> impl Iterator<Item = Pair<String>> {
    let zh =
        pair.variants.zh.iter().map(|zh| Pair::new(zh.clone(), pair.term.en.clone()));
    let en =
        pair.variants.en.iter().map(|en| Pair::new(pair.term.zh.clone(), en.clone()));
    zh.chain(en)
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "omegat"
    }

    fn holds(&self) -> Holds {
        Holds::Glossary
    }

    fn lacks(&self) -> &'static [Detail] {
        &[
            Detail::DefinitionSource,
            Detail::Usage,
            Detail::Matching,
            Detail::Context,
            Detail::Figures,
            Detail::Sort,
            Detail::Dates,
            Detail::Other,
            Detail::Grouping,
            Detail::Single,
        ]
    }

    fn says_forbidden(&self) -> bool {
        false
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(
                ".glossary.utf8",
                "a glossary for OmegaT",
                |product, out| {
                    OmegatGlossary { source: product.source }
                        .write(&product.concepts(), out)
                },
            )]
        }
    }
}
