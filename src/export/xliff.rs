//! The bitext as a file for bilingual review.

use std::io::{self, BufWriter, Write};

use rustc_hash::FxHashSet;

use super::columns::source_first;
use super::format::{ExportFormat, Holds, OutputFile, UnitStatus};
use super::units::shape;
use super::{file_name, xml};
use crate::lexicon::Seed;
use crate::terms::{Finder, Found, longest};
use crate::text::Span;
use crate::types::{Bitext, Pair, Sentences, Side, Status, TermPair, TranslationUnit};

/// The bitext as XLIFF 2.1: one unit a bead, with the pairs of its sentences as segments,
/// where they are known, and the terms that stand in it as its glossary.
///
/// Nothing is left out: a segment without a counterpart has no target, or an empty source.
/// What has both sides is `translated`, or `final` where a reviewer confirmed or corrected it;
/// the rest is `initial`.
/// The score stands in the metadata of the unit, that of each segment as well.
///
/// Source: XLIFF 2.1 (OASIS Standard, 2018), modules Glossary and Metadata.
#[derive(Clone, Copy, Debug)]
pub struct Xliff<'a> {
    /// The language of each side as in BCP 47.
    pub languages: &'a Pair<String>,
    /// The language that is translated from.
    pub source: Side,
    /// The sentences of the bitext.
    pub sentences: Option<&'a Sentences>,
    /// The terms to point out.
    pub terms: &'a [TermPair],
    /// What a reviewer said of each bead; empty where nobody reviewed.
    pub statuses: &'a [UnitStatus],
}

impl Xliff<'_> {
    /// Writes the bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        let out = &mut BufWriter::new(out);
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(
            out,
            "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" \
             xmlns:gls=\"urn:oasis:names:tc:xliff:glossary:2.0\" \
             xmlns:mda=\"urn:oasis:names:tc:xliff:metadata:2.0\" version=\"2.1\" \
             srcLang=\"{}\" trgLang=\"{}\">",
            xml::attribute(self.languages.get(self.source)),
            xml::attribute(self.languages.get(self.source.other())),
        )?;
        let file = file_name(&bitext.documents.get(self.source).name);
        writeln!(out, "<file id=\"f1\" original=\"{}\">", xml::attribute(file))?;
        let terms = Terms::new(self.terms, self.source);
        for unit in bitext.units() {
            self.write_unit(&unit, &terms, out)?;
        }
        writeln!(out, "</file>\n</xliff>")?;
        out.flush()
    }

    fn write_unit(
        &self,
        unit: &TranslationUnit<'_>,
        terms: &Terms<'_>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let segments: Vec<TranslationUnit<'_>> = match self.sentences {
            Some(sentences) => (sentences.starts[unit.index]
                ..sentences.starts[unit.index + 1])
                .map(|index| sentences.bitext.unit(index))
                .collect(),
            None => vec![*unit],
        };
        let name = match unit.name() {
            name if name.is_empty() => String::new(),
            name => format!(" name=\"{}\"", xml::attribute(&name)),
        };
        writeln!(out, "<unit id=\"u{}\"{name}>", unit.index)?;
        let mut glossary = Vec::new();
        let texts: Vec<(String, String)> =
            segments.iter().map(|s| self.texts(s, terms, &mut glossary)).collect();
        write_glossary(&glossary, self.source, out)?;
        self.write_metadata(unit, &segments, out)?;
        for (n, (source, target)) in (1..).zip(&texts) {
            let is_final = self.statuses.get(unit.index).is_some_and(|status| {
                matches!(status, UnitStatus::Confirmed | UnitStatus::Corrected)
            });
            let state = match (source.is_empty() || target.is_empty(), is_final) {
                (true, _) => "initial",
                (false, true) => "final",
                (false, false) => "translated",
            };
            write!(
                out,
                " <segment id=\"s{n}\" state=\"{state}\"><source>{source}</source>"
            )?;
            if !target.is_empty() {
                write!(out, "<target>{target}</target>")?;
            }
            writeln!(out, "</segment>")?;
        }
        writeln!(out, "</unit>")
    }

    /// The source with its terms marked and the target of a segment, both as XML; tells the
    /// terms.
    fn texts<'t>(
        &self,
        segment: &TranslationUnit<'_>,
        terms: &Terms<'t>,
        glossary: &mut Vec<&'t TermPair>,
    ) -> (String, String) {
        let source = segment.text(self.source);
        let target = segment.text(self.source.other());
        let mut out = String::new();
        let mut at = 0;
        for (span, pair) in terms.find(&source, &target) {
            if glossary.iter().any(|other| std::ptr::eq(*other, pair)) {
                continue;
            }
            glossary.push(pair);
            let n = glossary.len();
            out += &xml::content(&source[at..span.start]);
            out += &format!("<mrk id=\"m{n}\" type=\"term\">");
            out += &xml::content(span.of(&source));
            out += "</mrk>";
            at = span.end;
        }
        out += &xml::content(&source[at..]);
        (out, xml::content(&target).into_owned())
    }

    fn write_metadata(
        &self,
        unit: &TranslationUnit<'_>,
        segments: &[TranslationUnit<'_>],
        out: &mut impl Write,
    ) -> io::Result<()> {
        write!(out, " <mda:metadata><mda:metaGroup category=\"unit\">")?;
        write_meta(unit, self.source, out)?;
        write!(out, "</mda:metaGroup>")?;
        if self.sentences.is_some() {
            for (n, segment) in (1..).zip(segments) {
                write!(out, "<mda:metaGroup id=\"g{n}\" category=\"segment s{n}\">")?;
                write_meta(segment, self.source, out)?;
                write!(out, "</mda:metaGroup>")?;
            }
        }
        writeln!(out, "</mda:metadata>")
    }
}

fn write_meta(
    unit: &TranslationUnit<'_>,
    source: Side,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(
        out,
        "<mda:meta type=\"score\">{:.3}</mda:meta><mda:meta type=\"alignment\">{}</mda:meta>",
        unit.bead.score,
        shape(unit, source)
    )
}

fn write_glossary(
    glossary: &[&TermPair],
    source: Side,
    out: &mut impl Write,
) -> io::Result<()> {
    if glossary.is_empty() {
        return Ok(());
    }
    writeln!(out, " <gls:glossary>")?;
    for (n, pair) in (1..).zip(glossary) {
        let [term, translation] =
            source_first(&pair.term, source).map(|term| xml::content(term));
        writeln!(
            out,
            "  <gls:glossEntry ref=\"#m{n}\"><gls:term>{term}</gls:term>\
             <gls:translation>{translation}</gls:translation></gls:glossEntry>"
        )?;
    }
    writeln!(out, " </gls:glossary>")
}

/// Finds terms in the source of a segment.
struct Terms<'t> {
    source: Side,
    pairs: Vec<&'t TermPair>,
    finder: Finder,
}

impl<'t> Terms<'t> {
    fn new(terms: &'t [TermPair], source: Side) -> Self {
        let pairs: Vec<&TermPair> =
            terms.iter().filter(|pair| pair.status != Status::Rejected).collect();
        let of_pairs = (0..).zip(&pairs).flat_map(|(number, pair)| {
            Side::BOTH.map(|side| (side, pair.term.get(side).as_str(), number))
        });
        let finder = Finder::new(of_pairs, Seed::shipped());
        Self { source, pairs, finder }
    }

    /// Where terms stand in the source whose translation stands in the target, from left to
    /// right, the longest at each place; no two overlap.
    fn find(&self, source: &str, target: &str) -> Vec<(Span, &'t TermPair)> {
        let other = self.source.other();
        let opposite: FxHashSet<u32> = self
            .finder
            .find(other, target)
            .iter()
            .flat_map(|found| self.finder.numbers(other, found.form))
            .copied()
            .collect();
        let pair = |found: &Found| {
            let mut numbers = self.finder.numbers(self.source, found.form).iter();
            numbers.find(|number| opposite.contains(number))
        };
        let mut found = self.finder.find(self.source, source);
        found.retain(|found| pair(found).is_some());
        longest(&found)
            .filter_map(|found| Some((found.span, self.pairs[*pair(&found)? as usize])))
            .collect()
    }
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "xliff"
    }

    fn holds(&self) -> Holds {
        Holds::BitextWithTerms
    }

    fn needs_sentences(&self) -> bool {
        true
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(
                ".xlf",
                "XLIFF 2.1, a unit a paragraph, a segment a sentence pair",
                |product, out| {
                    let xliff = Xliff {
                        languages: product.languages,
                        source: product.source,
                        sentences: product.sentences,
                        terms: product.terms,
                        statuses: product.reviewed.statuses,
                    };
                    xliff.write(product.bitext, out)
                },
            )]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(zh: &str, en: &str) -> TermPair {
        TermPair { term: Pair::new(zh.into(), en.into()), ..TermPair::default() }
    }

    #[test]
    fn the_longest_term_is_marked_where_its_translation_stands_opposite() {
        let terms = [pair("犯罪", "crime"), pair("有组织犯罪", "organized crime")];
        let terms = Terms::new(&terms, Side::Zh);
        let text = "打击有组织犯罪和犯罪";
        let found = terms.find(text, "against Organized Crime");
        assert_eq!(found[0].1.term.en, "organized crime");
        assert_eq!(found[1].0.of(text), "犯罪");
        assert!(terms.find("有组织犯罪", "none of it").is_empty());
    }

    #[test]
    fn an_english_term_is_a_whole_word() {
        let terms = [pair("艺术", "art")];
        let terms = Terms::new(&terms, Side::En);
        assert!(terms.find("the party", "艺术").is_empty());
        assert_eq!(terms.find("the art.", "艺术").len(), 1);
    }
}
