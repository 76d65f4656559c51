//! The bitext as a file for bilingual review.

use std::io::{self, BufWriter, Write};

use rustc_hash::FxHashMap;

use super::columns::source_first;
use super::format::{ExportFormat, Holds, OutputFile};
use super::units::shape;
use super::{file_name, xml};
use crate::types::{Bitext, Pair, Sentences, Side, Status, TermPair, TranslationUnit};

/// The bitext as XLIFF 2.1: one unit a bead, with the pairs of its sentences as segments,
/// where they are known, and the terms that stand in it as its glossary.
///
/// Nothing is left out: a segment without a counterpart has no target, or an empty source.
/// Nobody has reviewed anything, so what has both sides is `translated`, the rest `initial`.
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
        let finder = Finder::new(self.terms, self.source);
        for unit in bitext.units() {
            self.write_unit(&unit, &finder, out)?;
        }
        writeln!(out, "</file>\n</xliff>")?;
        out.flush()
    }

    fn write_unit(
        &self,
        unit: &TranslationUnit<'_>,
        finder: &Finder<'_>,
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
            segments.iter().map(|s| self.texts(s, finder, &mut glossary)).collect();
        write_glossary(&glossary, self.source, out)?;
        self.write_metadata(unit, &segments, out)?;
        for (n, (source, target)) in (1..).zip(&texts) {
            let state = if source.is_empty() || target.is_empty() {
                "initial"
            } else {
                "translated"
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
        finder: &Finder<'t>,
        glossary: &mut Vec<&'t TermPair>,
    ) -> (String, String) {
        let source = segment.text(self.source);
        let target = segment.text(self.source.other());
        let mut out = String::new();
        let mut at = 0;
        for (start, end, pair) in finder.find(&source, &target) {
            if glossary.iter().any(|other| std::ptr::eq(*other, pair)) {
                continue;
            }
            glossary.push(pair);
            let n = glossary.len();
            out += &xml::content(&source[at..start]);
            out += &format!("<mrk id=\"m{n}\" type=\"term\">");
            out += &xml::content(&source[start..end]);
            out += "</mrk>";
            at = end;
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
struct Finder<'t> {
    source: Side,
    /// The pairs by the first two characters of the source term, longest first.
    by_start: FxHashMap<[char; 2], Vec<(&'t str, &'t TermPair)>>,
}

/// How many terms of the same beginning are tried at a place, so that a list in which all
/// begin alike costs no more than others.
const MAX_TRIED: usize = 32;

impl<'t> Finder<'t> {
    fn new(terms: &'t [TermPair], source: Side) -> Self {
        let mut by_start: FxHashMap<[char; 2], Vec<(&str, &TermPair)>> =
            FxHashMap::default();
        for pair in terms.iter().filter(|pair| pair.status != Status::Rejected) {
            let term = pair.term.get(source).as_str();
            if let Some(start) = start(term) {
                by_start.entry(start).or_default().push((term, pair));
            }
        }
        by_start.values_mut().for_each(|terms| {
            terms.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
            terms.truncate(MAX_TRIED);
        });
        Self { source, by_start }
    }

    /// Where terms stand in the source whose translation stands in the target, from left to
    /// right, the longest at each place; no two overlap.
    fn find(&self, source: &str, target: &str) -> Vec<(usize, usize, &'t TermPair)> {
        if self.by_start.is_empty() {
            return Vec::new();
        }
        let folded = target.to_lowercase();
        // Looked for once, however often the term stands in the source.
        let mut is_opposite: FxHashMap<*const TermPair, bool> = FxHashMap::default();
        let mut found = Vec::new();
        let mut free_from = 0;
        for (at, _) in source.char_indices() {
            let rest = &source[at..];
            if at < free_from || self.source == Side::En && !begins_word(source, at) {
                continue;
            }
            let Some(terms) = start(rest).and_then(|start| self.by_start.get(&start))
            else {
                continue;
            };
            let hit = terms.iter().find(|(term, pair)| {
                rest.starts_with(term)
                    && (self.source == Side::Zh || begins_word(source, at + term.len()))
                    && *is_opposite.entry(std::ptr::from_ref(*pair)).or_insert_with(
                        || {
                            let target = pair.term.get(self.source.other());
                            folded.contains(&target.to_lowercase())
                        },
                    )
            });
            if let Some((term, pair)) = hit {
                found.push((at, at + term.len(), *pair));
                free_from = at + term.len();
            }
        }
        found
    }
}

/// The first two characters; `None` of a text without that many.
fn start(text: &str) -> Option<[char; 2]> {
    let mut chars = text.chars();
    Some([chars.next()?, chars.next()?])
}

/// Is there no word that goes on over this place?
fn begins_word(text: &str, at: usize) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(is_word(text[..at].chars().next_back()) && is_word(text[at..].chars().next()))
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
        let finder = Finder::new(&terms, Side::Zh);
        let found = finder.find("打击有组织犯罪和犯罪", "against Organized Crime");
        assert_eq!(found[0].2.term.en, "organized crime");
        assert_eq!(&"打击有组织犯罪和犯罪"[found[1].0..found[1].1], "犯罪");
        assert!(finder.find("有组织犯罪", "none of it").is_empty());
    }

    #[test]
    fn an_english_term_is_a_whole_word() {
        let terms = [pair("艺术", "art")];
        let finder = Finder::new(&terms, Side::En);
        assert!(finder.find("the party", "艺术").is_empty());
        assert_eq!(finder.find("the art.", "艺术").len(), 1);
    }
}
