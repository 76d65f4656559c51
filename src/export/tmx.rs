use std::io::{self, BufWriter, Write};

use super::xml;
use super::{BitextFormat, Timestamp, file_name};
use crate::types::{Bitext, Pair, Side, TranslationUnit};

/// What a unit of a translation memory is. It must tell the truth: a client that splits into
/// sentences matches nothing against paragraphs that call themselves sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SegType {
    /// Paragraphs, headings, list items.
    #[default]
    Paragraph,
    /// Sentences.
    Sentence,
}

impl SegType {
    /// The value of the attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            SegType::Paragraph => "paragraph",
            SegType::Sentence => "sentence",
        }
    }
}

/// Translation memory: TMX 1.4b, as OmegaT, Trados and memoQ take it.
///
/// Chinese is the source. Beads with an empty side are left out (clients report them as
/// errors); [`Unaligned`](super::Unaligned) holds them. The unit `un:12` is the bead 12 of
/// [`Jsonl`](super::Jsonl). Custom fields are named as Trados names them and declared in the header.
///
/// Source: TMX 1.4b Specification (LISA OSCAR, 2005).
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
}

/// The user of the program in the eyes of a translation memory.
const CREATOR: &str = "ALIGN";

/// The custom fields, in the notation of Trados.
const FIELDS: [&str; 4] = ["SourceFile", "TargetFile", "Unit", "Score"];

impl BitextFormat for Tmx<'_> {
    fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        let out = &mut BufWriter::new(out);
        self.write_header(out)?;
        for unit in bitext.units().filter(|unit| !unit.bead.is_single()) {
            let text = Pair::new(unit.text(Side::Zh), unit.text(Side::En));
            if !xml::is_blank(&text.zh) && !xml::is_blank(&text.en) {
                self.write_unit(&unit, &text, out)?;
            }
        }
        writeln!(out, "</body>\n</tmx>")?;
        out.flush()
    }
}

impl Tmx<'_> {
    fn write_header(&self, out: &mut impl Write) -> io::Result<()> {
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
            xml::attribute(&self.languages.zh),
            self.created,
        )?;
        for field in FIELDS {
            writeln!(out, "  <prop type=\"x-{field}:SingleString\"></prop>")?;
        }
        writeln!(out, "</header>\n<body>")
    }

    fn write_unit(
        &self,
        unit: &TranslationUnit<'_>,
        text: &Pair<String>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let (name, date) = (xml::attribute(self.name), self.created);
        writeln!(
            out,
            "<tu tuid=\"{name}:{}\" creationdate=\"{date}\" creationid=\"{CREATOR}\" \
             changedate=\"{date}\" changeid=\"{CREATOR}\">",
            unit.index,
        )?;
        let file = |side| file_name(&unit.document(side).name);
        let score = format!("{:.3}", unit.bead.score);
        let values = [file(Side::Zh), file(Side::En), &unit.name(), &score];
        writeln!(
            out,
            "  <prop type=\"x-document\">{}</prop>",
            xml::content(file(Side::Zh))
        )?;
        for (field, value) in FIELDS.into_iter().zip(values) {
            if !value.is_empty() {
                let value = xml::content(value);
                writeln!(out, "  <prop type=\"x-{field}:SingleString\">{value}</prop>")?;
            }
        }
        for side in Side::BOTH {
            let (language, text) =
                (xml::attribute(self.languages.get(side)), xml::content(text.get(side)));
            writeln!(out, "  <tuv xml:lang=\"{language}\"><seg>{text}</seg></tuv>")?;
        }
        writeln!(out, "</tu>")
    }
}
