use std::io::{self, BufWriter, Write};

use super::format::{
    ExportFormat, Holds, OutputFile, Part, Product, Rows, SegType, UnitStatus,
};
use super::language::told_tag;
use super::units::{is_kept, shape, texts};
use super::{Timestamp, file_name, left_out, unaligned, xml};
use crate::types::{Bitext, Notice, Pair, Sentences, Side, TranslationUnit};

/// Translation memory: TMX 1.4b, as OmegaT, Trados and memoQ take it.
///
/// Beads with an empty side are left out (clients report them as errors);
/// [`Unaligned`](super::Unaligned) holds them. The unit `un:12` is the bead 12 of
/// [`Jsonl`](super::Jsonl), `un:s12` one of its sentences. Custom fields are named as Trados
/// names them and declared in the header; the passages around a unit as memoQ names them.
///
/// Source: TMX 1.4b Specification (LISA OSCAR, 2005); the fields by exports of both programs.
#[derive(Clone, Copy, Debug)]
pub struct Tmx<'a> {
    /// The name of the pair, first part of the `tuid`.
    pub name: &'a str,
    /// The language of each side as in BCP 47.
    pub languages: &'a Pair<String>,
    /// What a unit is.
    pub segtype: SegType,
    /// When the file is made.
    pub created: Timestamp,
    /// The language that is translated from.
    pub source: Side,
    /// Units with a lower score are left out. 0 to 1.
    pub min_score: f64,
    /// The sentences of the bitext, to add behind each unit whose two sides have different
    /// numbers of them: OmegaT splits source and memory into sentences, and finds a unit again
    /// only where both sides give equally many. What is added says that it is a sentence.
    pub sentences: Option<&'a Sentences>,
    /// What a reviewer said of each bead; empty where nobody reviewed.
    pub statuses: &'a [UnitStatus],
}

/// The longest side of a unit that every tool takes, in characters.
///
/// Source: RWS, import of translation memories into Trados Cloud, 2000 characters.
pub const LONGEST_SIDE: usize = 2000;

/// What a user should know of a memory before it goes to a tool: how many units were not sure
/// enough for it, and which are too long for some.
pub fn memory_notices(bitext: &Bitext, min_score: f64) -> Vec<Notice> {
    let (mut count, mut names) = (0, Vec::new());
    for unit in bitext.units() {
        let text = texts(&unit);
        if is_kept(&unit, &text, min_score) {
            let is_long = |text: &String| text.chars().nth(LONGEST_SIDE).is_some();
            if is_long(&text.zh) || is_long(&text.en) {
                names.push(unit.name());
            }
        } else if is_kept(&unit, &text, 0.0) {
            count += 1;
        }
    }
    let mut notices = Vec::new();
    if count > 0 {
        notices.push(Notice::DoubtfulLeftOut { count });
    }
    if !names.is_empty() {
        notices.push(Notice::LongUnits { names, limit: LONGEST_SIDE });
    }
    notices
}

/// The user of the program in the eyes of a translation memory.
const CREATOR: &str = "ALIGN";

/// The custom fields, in the notation of Trados.
const FIELDS: [&str; 5] = ["SourceFile", "TargetFile", "Unit", "Score", "Alignment"];

impl Tmx<'_> {
    /// Writes the whole bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        self.write_header(&self.source_language(bitext), out)?;
        self.write_rows(bitext, &Part::default(), out)?;
        write_foot(out)
    }
}

fn write_foot(out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "</body>\n</tmx>")
}

impl Tmx<'_> {
    /// The language of one side of a unit: what the memory says that it comes from, where it
    /// says which kind of it, or else that of the whole.
    fn language(&self, unit: &TranslationUnit<'_>, side: Side) -> String {
        let segments = &unit.document(side).segments[unit.bead.range.get(side).clone()];
        let told = segments.first().and_then(|segment| segment.language.as_deref());
        let told = told.and_then(|told| told_tag(side, told));
        told.unwrap_or_else(|| self.languages.get(side).clone())
    }

    /// The language that all units are translated from, or `*all*` where there are several.
    fn source_language(&self, bitext: &Bitext) -> String {
        let mut languages = bitext
            .units()
            .filter(|unit| !unit.bead.is_single())
            .map(|unit| self.language(&unit, self.source));
        let Some(first) = languages.next() else {
            return self.languages.get(self.source).clone();
        };
        if languages.all(|language| language == first) { first } else { "*all*".into() }
    }

    fn write_header(&self, source: &str, out: &mut dyn io::Write) -> io::Result<()> {
        let out = &mut BufWriter::new(out);
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(out, r#"<!DOCTYPE tmx SYSTEM "tmx14.dtd">"#)?;
        writeln!(out, r#"<tmx version="1.4">"#)?;
        writeln!(
            out,
            "<header creationtool=\"align\" creationtoolversion=\"{}\" segtype=\"{}\" \
             o-tmf=\"align\" adminlang=\"en-US\" srclang=\"{}\" datatype=\"plaintext\" \
             creationdate=\"{}\" creationid=\"{CREATOR}\">",
            env!("CARGO_PKG_VERSION"),
            self.segtype.as_str(),
            xml::attribute(source),
            self.created,
        )?;
        for field in FIELDS {
            writeln!(out, "  <prop type=\"x-{field}:SingleString\"></prop>")?;
        }
        writeln!(out, "</header>\n<body>")?;
        out.flush()
    }

    fn write_rows(
        &self,
        bitext: &Bitext,
        part: &Part<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let out = &mut BufWriter::new(out);
        for unit in bitext.units() {
            let text = texts(&unit);
            if is_kept(&unit, &text, self.min_score) {
                self.write_unit(bitext, &unit, &text, "", part, out)?;
                self.write_sentences(&unit, &text, out)?;
            }
        }
        out.flush()
    }

    /// Adds the sentences of a unit whose sides have different numbers of them, by our
    /// splitting or by that of a tool that knows no abbreviations.
    fn write_sentences(
        &self,
        unit: &TranslationUnit<'_>,
        text: &Pair<String>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let Some(sentences) = self.sentences else { return Ok(()) };
        let beads = sentences.starts[unit.index]..sentences.starts[unit.index + 1];
        let inner = beads.map(|index| sentences.bitext.unit(index));
        let n = |side| inner.clone().map(|s| s.bead.range.get(side).len()).sum::<usize>();
        let is_even = n(Side::Zh) == n(Side::En)
            && n_stops(&text.zh, Side::Zh) == n_stops(&text.en, Side::En);
        if is_even || inner.len() == 1 {
            return Ok(());
        }
        for sentence in inner {
            let text = texts(&sentence);
            if is_kept(&sentence, &text, self.min_score) {
                let segtype = " segtype=\"sentence\"";
                let (bitext, part) = (&sentences.bitext, Part::default());
                self.write_unit(bitext, &sentence, &text, segtype, &part, out)?;
            }
        }
        Ok(())
    }

    /// `segtype`: the attribute, where the unit is not what the header says of all.
    fn write_unit(
        &self,
        bitext: &Bitext,
        unit: &TranslationUnit<'_>,
        text: &Pair<String>,
        segtype: &str,
        part: &Part<'_>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let (name, date) = (xml::attribute(self.name), self.created);
        let is_sentence = self.segtype == SegType::Sentence || !segtype.is_empty();
        let sentence = if is_sentence { "s" } else { "" };
        writeln!(
            out,
            "<tu tuid=\"{name}:{sentence}{}\" creationdate=\"{date}\" creationid=\"{CREATOR}\" \
             changedate=\"{date}\" changeid=\"{CREATOR}\"{segtype}>",
            part.beads + unit.index,
        )?;
        let file = |side| file_name(&unit.document(side).name);
        let (source, target) = (self.source, self.source.other());
        let score = format!("{:.3}", unit.bead.score);
        let shape = shape(unit, source);
        let values = [file(source), file(target), &unit.name(), &score, &shape];
        writeln!(
            out,
            "  <prop type=\"x-document\">{}</prop>",
            xml::content(file(source))
        )?;
        for (field, value) in FIELDS.into_iter().zip(values) {
            if !value.is_empty() {
                let value = xml::content(value);
                writeln!(out, "  <prop type=\"x-{field}:SingleString\">{value}</prop>")?;
            }
        }
        let is_whole = segtype.is_empty();
        if let Some(status) = self.statuses.get(unit.index).filter(|_| is_whole) {
            writeln!(out, "  <prop type=\"x-status\">{}</prop>", status.as_str())?;
        }
        for side in [source, target] {
            let language = self.language(unit, side);
            let language = xml::attribute(&language);
            write!(out, "  <tuv xml:lang=\"{language}\">")?;
            if side == source {
                write_context(bitext, unit, source, part, out)?;
            }
            writeln!(out, "<seg>{}</seg></tuv>", xml::content(text.get(side)))?;
        }
        writeln!(out, "</tu>")
    }
}

/// In how many places a tool may split that looks at marks alone: Chinese behind 。！？ but
/// before what closes, English behind `.` `!` `?` before a blank.
fn n_stops(text: &str, side: Side) -> usize {
    let is_stop = |c: char, next: char| match side {
        Side::Zh => "。！？".contains(c) && !"’”\"」）』？！。—".contains(next),
        Side::En => ".!?".contains(c) && next.is_whitespace(),
    };
    text.chars().zip(text.chars().skip(1)).filter(|&(c, next)| is_stop(c, next)).count()
}

/// What stands before and behind the unit in the source, by which memoQ tells equal texts
/// apart.
fn write_context(
    bitext: &Bitext,
    unit: &TranslationUnit<'_>,
    source: Side,
    part: &Part<'_>,
    out: &mut impl Write,
) -> io::Result<()> {
    let n_units = bitext.ladder.beads().len();
    let text = |index: usize| {
        let text = bitext.unit(index).text(source);
        (!xml::is_blank(&text)).then_some(text)
    };
    let before = (0..unit.index).rev().find_map(text);
    let behind = (unit.index + 1..n_units).find_map(text);
    let before = before.or_else(|| part.before.map(str::to_owned));
    let behind = behind.or_else(|| part.behind.map(str::to_owned));
    for (name, text) in [("pre", before), ("post", behind)] {
        if let Some(text) = text {
            let seg = format!("<seg>{}</seg>", xml::content(&text));
            let seg = xml::content(&seg);
            write!(out, "<prop type=\"x-context-{name}\">{seg}</prop>")?;
        }
    }
    Ok(())
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "tmx"
    }

    fn holds(&self) -> Holds {
        Holds::Memory
    }

    fn is_default(&self) -> bool {
        true
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[
                OutputFile::of_rows(
                    ".tmx",
                    "translation memory, TMX 1.4b, one unit for each aligned pair",
                    Rows {
                        head: |product, out| {
                            let tmx = units(product);
                            let found = || tmx.source_language(product.bitext);
                            let from = product.part.from.map(str::to_owned);
                            tmx.write_header(&from.unwrap_or_else(found), out)
                        },
                        rows: |product, out| {
                            units(product).write_rows(product.bitext, &product.part, out)
                        },
                        foot: |_, out| write_foot(out),
                    },
                ),
                OutputFile::new(
                    ".sentence.tmx",
                    "the sentences inside the units",
                    write_sentences,
                )
                .for_both_levels(),
                unaligned::FILE,
                left_out::FILE,
            ]
        }
    }
}

fn units<'a>(product: &Product<'a>) -> Tmx<'a> {
    let sentences = product.sentences.filter(|_| product.is_both_levels);
    Tmx { sentences, ..memory(product, product.segtype) }
}

fn write_sentences(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let bitext = product.sentences.map_or(product.bitext, |sentences| &sentences.bitext);
    Tmx { statuses: &[], ..memory(product, SegType::Sentence) }.write(bitext, out)
}

fn memory<'a>(product: &Product<'a>, segtype: SegType) -> Tmx<'a> {
    Tmx {
        name: product.name,
        languages: product.languages,
        segtype,
        created: product.created,
        source: product.source,
        min_score: product.min_score,
        sentences: None,
        statuses: product.reviewed.statuses,
    }
}
