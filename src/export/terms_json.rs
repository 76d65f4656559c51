//! Glossary as JSON: what a prompt, a script or a service takes.

use std::io::{self, BufWriter, Write as _};

use serde::Serialize;

use super::details::Detail;
use super::format::{ExportFormat, Holds, OutputFile};
use crate::types::{Concept, Side};

/// Glossary as one JSON array, an object a row, a line each. What is empty is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct TermsJson;

#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    id: &'a str,
    zh: &'a str,
    en: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    zh_variants: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    en_variants: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    subject: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    zh_definition: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    en_definition: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    definition_source: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    usage: &'a str,
}

impl TermsJson {
    /// Writes all concepts, in the order given.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(self, concepts: &[Concept], out: &mut dyn io::Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        writeln!(out, "[")?;
        for (n, concept) in concepts.iter().enumerate() {
            let pair = &concept.pair;
            let row = Row {
                id: &concept.id,
                zh: &pair.term.zh,
                en: &pair.term.en,
                status: pair.status.as_str(),
                zh_variants: pair.variants.get(Side::Zh),
                en_variants: pair.variants.get(Side::En),
                subject: &concept.subject,
                note: &concept.note,
                zh_definition: &concept.definition.zh,
                en_definition: &concept.definition.en,
                definition_source: &concept.definition_source,
                usage: &concept.usage,
            };
            serde_json::to_writer(&mut out, &row)?;
            writeln!(out, "{}", if n + 1 < concepts.len() { "," } else { "" })?;
        }
        writeln!(out, "]")?;
        out.flush()
    }
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "json"
    }

    fn holds(&self) -> Holds {
        Holds::Glossary
    }

    fn lacks(&self) -> &'static [Detail] {
        &[
            Detail::Matching,
            Detail::Context,
            Detail::Figures,
            Detail::Sort,
            Detail::Dates,
            Detail::Other,
        ]
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(
                ".glossary.json",
                "the terms as JSON, for scripts and language models",
                |product, out| TermsJson.write(&product.concepts(), out),
            )]
        }
    }
}
