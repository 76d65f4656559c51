//! Glossary as TBX, the exchange format of termbases: today's edition and the one before it,
//! which most tools still read alone.

use std::io::{self, BufWriter, Write};

use super::format::{ExportFormat, Holds, OutputFile, Product};
use super::ids::ids;
use super::{file_name, xml};
use crate::types::{Context, Pair, Side, Status, TermPair, TermType, UnitPlace};

/// Which edition of the standard a file follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TbxEdition {
    /// ISO 30042:2019, dialect TBX-Basic in the style DCA.
    #[default]
    V3,
    /// ISO 30042:2008 (`martif`), the only one that OmegaT and the Translate Toolkit read.
    V2,
}

/// Glossary as TBX-Basic. A pair is a concept; variants are terms of it, each passage stands
/// with the main term of its language.
///
/// The standard has no field for counts and confidence; they stand in a note of the concept,
/// `align: status=candidate; confidence=0.900; …`, that the reader of this program knows.
/// What nobody confirmed carries no administrative status: one of its values is preferred,
/// and none is proposed.
///
/// Source: ISO 30042:2019 and TBX-Basic 3.1 (LTAC); ISO 30042:2008 and TBX-Basic 2008.
#[derive(Clone, Copy, Debug)]
pub struct Tbx<'a> {
    /// The edition.
    pub edition: TbxEdition,
    /// The name of the pair that the terms are from.
    pub name: &'a str,
    /// The names of the two files.
    pub files: Pair<&'a str>,
    /// The language of each side as in BCP 47.
    pub languages: &'a Pair<String>,
    /// The language that is translated from; it comes first in each concept.
    pub source: Side,
}

/// What the elements of an edition are called.
struct Names {
    entry: &'static str,
    language: &'static str,
    term: &'static str,
}

impl Tbx<'_> {
    /// Writes all terms, in the order given.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, terms: &[TermPair], out: &mut dyn io::Write) -> io::Result<()> {
        let out = &mut BufWriter::new(out);
        let root = self.write_header(out)?;
        let names = match self.edition {
            TbxEdition::V3 => {
                Names { entry: "conceptEntry", language: "langSec", term: "termSec" }
            }
            TbxEdition::V2 => {
                Names { entry: "termEntry", language: "langSet", term: "tig" }
            }
        };
        for (pair, id) in terms.iter().zip(ids(terms)) {
            self.write_entry(&names, pair, &id, out)?;
        }
        writeln!(out, "</body></text>\n</{root}>")?;
        out.flush()
    }
}

impl Tbx<'_> {
    /// Writes all before the first concept and tells the name of the root.
    fn write_header(&self, out: &mut impl Write) -> io::Result<&'static str> {
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        let (root, header) = match self.edition {
            TbxEdition::V3 => {
                writeln!(
                    out,
                    "<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"en\" \
                     xmlns=\"urn:iso:std:iso:30042:ed-2\">"
                )?;
                ("tbx", "tbxHeader")
            }
            TbxEdition::V2 => {
                writeln!(out, r#"<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">"#)?;
                writeln!(out, r#"<martif type="TBX-Basic" xml:lang="en">"#)?;
                ("martif", "martifHeader")
            }
        };
        writeln!(
            out,
            "<{header}><fileDesc><titleStmt><title>{}</title></titleStmt>\
             <sourceDesc><p>{}, {} (align {})</p></sourceDesc></fileDesc>{}</{header}>",
            xml::content(self.name),
            xml::content(file_name(self.files.zh)),
            xml::content(file_name(self.files.en)),
            env!("CARGO_PKG_VERSION"),
            match self.edition {
                TbxEdition::V3 => "",
                TbxEdition::V2 =>
                    "<encodingDesc><p type=\"DCSName\">TBXBasicXCSV02.xcs</p></encodingDesc>",
            },
        )?;
        writeln!(out, "<text><body>")?;
        Ok(root)
    }

    fn write_entry(
        &self,
        names: &Names,
        pair: &TermPair,
        id: &str,
        out: &mut impl Write,
    ) -> io::Result<()> {
        writeln!(out, "<{} id=\"{id}\">", names.entry)?;
        writeln!(out, " <note>{}</note>", xml::content(&note(pair)))?;
        for side in [self.source, self.source.other()] {
            let language = xml::attribute(self.languages.get(side));
            writeln!(out, " <{} xml:lang=\"{language}\">", names.language)?;
            self.write_term(names, pair, side, None, out)?;
            for variant in pair.variants.get(side) {
                self.write_term(names, pair, side, Some(variant), out)?;
            }
            writeln!(out, " </{}>", names.language)?;
        }
        writeln!(out, "</{}>", names.entry)
    }

    fn write_term(
        &self,
        names: &Names,
        pair: &TermPair,
        side: Side,
        variant: Option<&str>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let term = variant.unwrap_or(pair.term.get(side));
        write!(out, "  <{}><term>{}</term>", names.term, xml::content(term))?;
        let pos = pair.part_of_speech.as_str();
        write!(out, "<termNote type=\"partOfSpeech\">{pos}</termNote>")?;
        if let Some(term_type) = term_type(pair, side, variant.is_some()) {
            write!(out, "<termNote type=\"termType\">{term_type}</termNote>")?;
        }
        if let Some(status) = status(pair.status) {
            write!(out, "<termNote type=\"administrativeStatus\">{status}</termNote>")?;
        }
        if variant.is_none() {
            for context in pair.contexts.iter().filter(|context| is_shown(context)) {
                self.write_context(context, side, out)?;
            }
        }
        writeln!(out, "</{}>", names.term)
    }

    fn write_context(
        &self,
        context: &Context,
        side: Side,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let file = file_name(self.files.get(side));
        let place = context.place.to_string();
        let source = UnitPlace { document: file.to_owned(), unit: place };
        write!(
            out,
            "\n   <descripGrp><descrip type=\"context\">{}</descrip>\
             <admin type=\"source\">{}</admin></descripGrp>",
            xml::content(context.text.get(side)),
            xml::content(&source.to_string()),
        )
    }
}

/// Is there a passage on both sides?
fn is_shown(context: &Context) -> bool {
    !context.text.zh.is_empty() && !context.text.en.is_empty()
}

/// The picklist value of a status; none for what the standard has no word for.
fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Candidate => None,
        Status::Accepted => Some("admittedTerm-admn-sts"),
        Status::Preferred => Some("preferredTerm-admn-sts"),
        Status::Rejected | Status::Forbidden => Some("deprecatedTerm-admn-sts"),
    }
}

/// The picklist value of a sort of term. The sort of a pair is that of its English side.
fn term_type(pair: &TermPair, side: Side, is_variant: bool) -> Option<&'static str> {
    match (is_variant, side, pair.term_type) {
        (true, ..) => Some("variant"),
        (_, Side::En, TermType::Acronym) => Some("acronym"),
        (_, Side::En, TermType::FullForm) => Some("fullForm"),
        _ => None,
    }
}

/// What the standard has no field for.
fn note(pair: &TermPair) -> String {
    let evidence: Vec<&str> = pair.evidence.iter().map(|e| e.as_str()).collect();
    format!(
        "align: status={}; confidence={:.3}; count={}; zh_count={}; en_count={}; \
         evidence={}; type={}",
        pair.status.as_str(),
        pair.confidence,
        pair.count,
        pair.counts.zh,
        pair.counts.en,
        evidence.join("|"),
        pair.term_type.as_str(),
    )
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "tbx"
    }

    fn holds(&self) -> Holds {
        Holds::Glossary
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[
                OutputFile::new(".glossary.tbx", "TBX-Basic of 2019", |product, out| {
                    write(product, TbxEdition::V3, out)
                }),
                OutputFile::new(
                    ".glossary.v2.tbx",
                    "TBX-Basic of 2008",
                    |product, out| write(product, TbxEdition::V2, out),
                ),
            ]
        }
    }
}

fn write(
    product: &Product<'_>,
    edition: TbxEdition,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let documents = product.bitext.documents.as_ref();
    let tbx = Tbx {
        edition,
        name: product.name,
        files: documents.map(|document| document.name.as_str()),
        languages: product.languages,
        source: product.source,
    };
    tbx.write(product.terms, out)
}
