//! Glossary as TBX, the exchange format of termbases: today's edition and the one before it,
//! which most tools still read alone.

use std::io::{self, BufWriter, Write};

use super::details::Detail;
use super::entry::{Entry, RowOf, Term, entries};
use super::format::{ExportFormat, Holds, OutputFile, Product};
use super::{file_name, xml};
use crate::types::{Concept, Context, Pair, Side, Status, TermType, UnitPlace};

/// Which edition of the standard a file follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TbxEdition {
    /// ISO 30042:2019, dialect TBX-Basic in the style DCA.
    #[default]
    V3,
    /// ISO 30042:2008 (`martif`), the only one that OmegaT and the Translate Toolkit read.
    V2,
}

/// Glossary as TBX-Basic. Rows of one concept are one entry; variants are terms of it, each
/// passage stands with its term, definitions with their language.
///
/// The standard has no field for counts and confidence, and says of terms what a row says of
/// a pair. Both stand in a note of the concept for each row,
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
    pub fn write(&self, concepts: &[Concept], out: &mut dyn io::Write) -> io::Result<()> {
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
        for entry in entries(concepts) {
            self.write_entry(&names, &entry, out)?;
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
        entry: &Entry<'_>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        writeln!(out, "<{} id=\"{}\">", names.entry, entry.id)?;
        for subject in &entry.subjects {
            let subject = xml::content(subject);
            writeln!(out, " <descrip type=\"subjectField\">{subject}</descrip>")?;
        }
        for row in &entry.rows {
            writeln!(out, " <note>{}</note>", xml::content(&note(row, entry)))?;
        }
        for side in [self.source, self.source.other()] {
            // A language has at least one term.
            if entry.terms.get(side).is_empty() {
                continue;
            }
            let language = xml::attribute(self.languages.get(side));
            writeln!(out, " <{} xml:lang=\"{language}\">", names.language)?;
            for (text, source) in entry.definitions.get(side) {
                write_definition(text, source, out)?;
            }
            for term in entry.terms.get(side) {
                self.write_term(names, term, side, out)?;
            }
            writeln!(out, " </{}>", names.language)?;
        }
        writeln!(out, "</{}>", names.entry)
    }

    fn write_term(
        &self,
        names: &Names,
        term: &Term<'_>,
        side: Side,
        out: &mut impl Write,
    ) -> io::Result<()> {
        write!(out, "  <{}><term>{}</term>", names.term, xml::content(term.text))?;
        let pos = term.part_of_speech.as_str();
        write!(out, "<termNote type=\"partOfSpeech\">{pos}</termNote>")?;
        if let Some(term_type) = term_type(term) {
            write!(out, "<termNote type=\"termType\">{term_type}</termNote>")?;
        }
        if let Some(status) = term.status.and_then(status) {
            write!(out, "<termNote type=\"administrativeStatus\">{status}</termNote>")?;
        }
        for usage in &term.usages {
            let usage = xml::content(usage);
            write!(out, "<termNote type=\"geographicalUsage\">{usage}</termNote>")?;
        }
        for context in &term.contexts {
            self.write_context(context, side, out)?;
        }
        for (day, who) in &term.created {
            write_transaction("origination", day, who, out)?;
        }
        for (day, who) in &term.changed {
            write_transaction("modification", day, who, out)?;
        }
        for note in &term.notes {
            write!(out, "\n   <note>{}</note>", xml::content(note))?;
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

fn write_definition(text: &str, source: &str, out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "  <descripGrp><descrip type=\"definition\">{}</descrip>",
        xml::content(text)
    )?;
    if !source.is_empty() {
        write!(out, "<admin type=\"source\">{}</admin>", xml::content(source))?;
    }
    writeln!(out, "</descripGrp>")
}

/// When something was done, and by whom.
fn write_transaction(
    what: &str,
    day: &str,
    who: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(out, "\n   <transacGrp><transac type=\"transactionType\">{what}</transac>")?;
    if !who.is_empty() {
        let who = xml::content(who);
        write!(out, "<transacNote type=\"responsibility\">{who}</transacNote>")?;
    }
    // The standard takes no other days.
    if is_iso(day) {
        write!(out, "<date>{}</date>", xml::content(day))?;
    }
    write!(out, "</transacGrp>")
}

/// Is it a day as ISO 8601 has it, perhaps with a time?
fn is_iso(day: &str) -> bool {
    let is_digit = |at: usize, byte: u8| matches!(at, 4 | 7) || byte.is_ascii_digit();
    let bytes = day.as_bytes();
    bytes.len() >= 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes[..10].iter().enumerate().all(|(at, byte)| is_digit(at, *byte))
        && matches!(bytes.get(10), None | Some(b'T'))
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

/// The picklist value of a sort of term.
fn term_type(term: &Term<'_>) -> Option<&'static str> {
    match (term.is_variant, term.term_type) {
        (true, _) => Some("variant"),
        (_, Some(TermType::Acronym)) => Some("acronym"),
        (_, Some(TermType::FullForm)) => Some("fullForm"),
        _ => None,
    }
}

/// What the standard has no field for.
fn note(row: &RowOf<'_>, entry: &Entry<'_>) -> String {
    let pair = &row.concept.pair;
    let evidence: Vec<&str> = pair.evidence.iter().map(|e| e.as_str()).collect();
    let mut note = format!(
        "align: status={}; confidence={:.3}; count={}; zh_count={}; en_count={}; \
         evidence={}; type={}",
        pair.status.as_str(),
        pair.confidence,
        pair.count,
        pair.counts.zh,
        pair.counts.en,
        evidence.join("|"),
        pair.term_type.as_str(),
    );
    if pair.documents > 0 {
        note += &format!("; documents={}", pair.documents);
    }
    if !row.concept.matching.is_empty() {
        note += &format!("; match={}", row.concept.matching);
    }
    if entry.rows.len() > 1 {
        note += &place(row);
    }
    note
}

/// Which terms of its concept a row is of, and what of that which is said of them is said of
/// it.
fn place(row: &RowOf<'_>) -> String {
    let list = |numbers: &Vec<usize>| {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        numbers.join(",")
    };
    let concept = row.concept;
    let shown = |is: bool, name: &'static str| is.then_some(name);
    let with = [
        shown(!concept.note.is_empty(), "note"),
        shown(!concept.usage.is_empty(), "usage"),
        shown(!concept.created.is_empty(), "created"),
        shown(!concept.changed.is_empty() || !concept.who.is_empty(), "changed"),
    ];
    let with: Vec<&str> = with.into_iter().flatten().collect();
    let n_contexts = concept
        .pair
        .contexts
        .iter()
        .filter(|one| !one.text.zh.is_empty() && !one.text.en.is_empty());
    format!(
        "; zh={}; en={}; subject={}; definitions={}/{}; contexts={}; with={}",
        list(&row.terms.zh),
        list(&row.terms.en),
        row.subject,
        row.definitions.zh,
        row.definitions.en,
        n_contexts.count(),
        with.join("|"),
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

    fn lacks(&self) -> &'static [Detail] {
        &[Detail::Other]
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
    tbx.write(&product.concepts(), out)
}
