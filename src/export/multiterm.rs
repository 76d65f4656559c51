//! Glossary as MultiTerm XML, which Trados takes in and gives away.

use std::io::{self, BufWriter, Write};

use super::details::Detail;
use super::entry::{Entry, Term, entries};
use super::format::{ExportFormat, Holds, OutputFile};
use super::xml;
use crate::types::{Concept, Pair, Side, Status};

/// Glossary as MultiTerm XML: a `conceptGrp` a concept, a `languageGrp` a language, a
/// `termGrp` a term.
///
/// The fields are called Subject, Definition, Source, Status, Note, Usage, Context and Part
/// of speech; a termbase of MultiTerm takes those that its definition has.
///
/// Source: the XML that MultiTerm 2009 to 2024 exports; there is no public specification.
#[derive(Clone, Copy, Debug)]
pub struct MultiTerm<'a> {
    /// The language of each side as in BCP 47.
    pub languages: &'a Pair<String>,
    /// The language that is translated from; it comes first in each concept.
    pub source: Side,
}

impl MultiTerm<'_> {
    /// Writes all concepts, in the order given.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, concepts: &[Concept], out: &mut dyn Write) -> io::Result<()> {
        let out = &mut BufWriter::new(out);
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(out, "<mtf>")?;
        for (number, entry) in (1_usize..).zip(entries(concepts)) {
            self.write_entry(number, &entry, out)?;
        }
        writeln!(out, "</mtf>")?;
        out.flush()
    }

    fn write_entry(
        &self,
        number: usize,
        entry: &Entry<'_>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        writeln!(out, "<conceptGrp><concept>{number}</concept>")?;
        for subject in &entry.subjects {
            field("Subject", subject, out)?;
        }
        for side in [self.source, self.source.other()] {
            if entry.terms.get(side).is_empty() {
                continue;
            }
            let name = match side {
                Side::Zh => "Chinese",
                Side::En => "English",
            };
            let tag = xml::attribute(self.languages.get(side)).to_uppercase();
            writeln!(out, " <languageGrp><language type=\"{name}\" lang=\"{tag}\"/>")?;
            for (text, source) in entry.definitions.get(side) {
                let text = xml::content(text);
                write!(
                    out,
                    "  <descripGrp><descrip type=\"Definition\">{text}</descrip>"
                )?;
                if !source.is_empty() {
                    let source = xml::content(source);
                    write!(
                        out,
                        "<descripGrp><descrip type=\"Source\">{source}</descrip></descripGrp>"
                    )?;
                }
                writeln!(out, "</descripGrp>")?;
            }
            for term in entry.terms.get(side) {
                write_term(term, side, out)?;
            }
            writeln!(out, " </languageGrp>")?;
        }
        writeln!(out, "</conceptGrp>")
    }
}

fn write_term(term: &Term<'_>, side: Side, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "  <termGrp><term>{}</term>", xml::content(term.text))?;
    for (what, done) in [("origination", &term.created), ("modification", &term.changed)]
    {
        for (day, who) in done {
            let (day, who) = (xml::content(day), xml::content(who));
            writeln!(
                out,
                "   <transacGrp><transac type=\"{what}\">{who}</transac><date>{day}</date></transacGrp>"
            )?;
        }
    }
    if let Some(status) = term.status {
        field("Status", name(status), out)?;
    }
    field("Part of speech", term.part_of_speech.as_str(), out)?;
    for usage in &term.usages {
        field("Usage", usage, out)?;
    }
    for note in &term.notes {
        field("Note", note, out)?;
    }
    for context in &term.contexts {
        field("Context", context.text.get(side), out)?;
    }
    writeln!(out, "  </termGrp>")
}

/// What MultiTerm's own models call a status.
fn name(status: Status) -> &'static str {
    match status {
        Status::Candidate => "proposed",
        Status::Accepted => "approved",
        Status::Preferred => "preferred",
        Status::Rejected => "rejected",
        Status::Forbidden => "forbidden",
    }
}

fn field(name: &str, text: &str, out: &mut impl Write) -> io::Result<()> {
    let text = xml::content(text);
    writeln!(out, "   <descripGrp><descrip type=\"{name}\">{text}</descrip></descripGrp>")
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "multiterm"
    }

    fn holds(&self) -> Holds {
        Holds::Glossary
    }

    fn lacks(&self) -> &'static [Detail] {
        &[Detail::Matching, Detail::Figures, Detail::Other]
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(".multiterm.xml", "MultiTerm XML", |product, out| {
                let multiterm =
                    MultiTerm { languages: product.languages, source: product.source };
                multiterm.write(&product.concepts(), out)
            })]
        }
    }
}
