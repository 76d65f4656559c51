use std::io;

use super::{
    BitextFormat as _, ExportError, GlossaryCsv, Jsonl, LadderFile, SegType,
    TermFormat as _, Timestamp, Tmx, Unaligned,
};
use crate::types::{Bitext, Pair, TermPair};

/// All that a run has to give away, and how it is to be written down.
#[derive(Clone, Debug)]
pub struct Product<'a> {
    /// The aligned pair.
    pub bitext: &'a Bitext,
    /// Its terms, best first; empty unless a kind [needs them](ExportKind::needs_terms).
    pub terms: &'a [TermPair],
    /// The name of the pair, which the files are called by.
    pub name: &'a str,
    /// The language of each side as in BCP 47, see [`language_tags`](super::language_tags).
    pub languages: &'a Pair<String>,
    /// What a unit is.
    pub segtype: SegType,
    /// When the files were made.
    pub created: Timestamp,
    /// Are the units the lines of the files, so that a ladder counts lines?
    pub by_lines: bool,
}

/// A kind of output that a user asks for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportKind {
    /// Translation memory, TMX 1.4b, and beside it what has no counterpart.
    Tmx,
    /// Glossary as comma-separated values.
    Csv,
    /// One JSON object a bead.
    Jsonl,
    /// The beads as bare indices.
    Ladder,
}

/// A file of an export kind.
#[derive(Clone, Copy, Debug)]
pub struct OutputFile {
    /// What follows the name of the pair: `.tmx`.
    pub suffix: &'static str,
    write: fn(&Product<'_>, &mut dyn io::Write) -> io::Result<()>,
}

impl OutputFile {
    /// Writes the file.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(
        &self,
        product: &Product<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        (self.write)(product, out)
    }
}

impl ExportKind {
    /// Every kind, in the order of the files' importance to a translator.
    pub const ALL: [ExportKind; 4] =
        [ExportKind::Tmx, ExportKind::Csv, ExportKind::Jsonl, ExportKind::Ladder];

    /// What is written where nothing is asked for.
    pub const DEFAULT: [ExportKind; 2] = [ExportKind::Tmx, ExportKind::Csv];

    /// The name it is asked for by.
    pub fn as_str(self) -> &'static str {
        match self {
            ExportKind::Tmx => "tmx",
            ExportKind::Csv => "csv",
            ExportKind::Jsonl => "jsonl",
            ExportKind::Ladder => "ladder",
        }
    }

    /// Does it hold terms, so that they must be mined?
    pub fn needs_terms(self) -> bool {
        self == ExportKind::Csv
    }

    /// The files it makes.
    pub fn files(self) -> &'static [OutputFile] {
        match self {
            ExportKind::Tmx => &[
                OutputFile { suffix: ".tmx", write: write_tmx },
                OutputFile { suffix: ".unaligned.tsv", write: write_unaligned },
            ],
            ExportKind::Csv => {
                &[OutputFile { suffix: ".glossary.csv", write: write_csv }]
            }
            ExportKind::Jsonl => &[OutputFile { suffix: ".jsonl", write: write_jsonl }],
            ExportKind::Ladder => {
                &[OutputFile { suffix: ".ladder", write: write_ladder }]
            }
        }
    }

    /// The kinds named in a list with commas, `tmx,csv` or `all`; each once, in the order of
    /// [`ExportKind::ALL`].
    ///
    /// # Errors
    ///
    /// When a name is none of a kind.
    pub fn parse_list(list: &str) -> Result<Vec<ExportKind>, ExportError> {
        let mut kinds = Vec::new();
        for name in list.split(',').map(str::trim) {
            if name == "all" {
                kinds.extend(ExportKind::ALL);
                continue;
            }
            let kind = ExportKind::ALL.into_iter().find(|kind| kind.as_str() == name);
            let given = || ExportError::UnknownKind { given: name.to_owned() };
            kinds.push(kind.ok_or_else(given)?);
        }
        kinds.sort_unstable();
        kinds.dedup();
        Ok(kinds)
    }
}

fn write_tmx(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let tmx = Tmx {
        name: product.name,
        languages: product.languages,
        segtype: product.segtype,
        created: product.created,
    };
    tmx.write(product.bitext, out)
}

fn write_unaligned(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    Unaligned.write(product.bitext, out)
}

fn write_csv(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    GlossaryCsv { document: product.name }.write(product.terms, out)
}

fn write_jsonl(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    Jsonl.write(product.bitext, out)
}

fn write_ladder(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    LadderFile { by_lines: product.by_lines }.write(product.bitext, out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_asked_for_by_name() {
        let kinds = ExportKind::parse_list("ladder, tmx,ladder").unwrap();
        assert_eq!(kinds, [ExportKind::Tmx, ExportKind::Ladder]);
        assert_eq!(ExportKind::parse_list("all").unwrap(), ExportKind::ALL);
        let error = ExportKind::parse_list("tmx,pdf").unwrap_err();
        assert_eq!(error.to_string(), "\"pdf\" is no kind of output");
    }

    #[test]
    fn no_two_files_share_a_name() {
        let mut suffixes: Vec<&str> = ExportKind::ALL
            .iter()
            .flat_map(|kind| kind.files())
            .map(|f| f.suffix)
            .collect();
        let n_files = suffixes.len();
        suffixes.sort_unstable();
        suffixes.dedup();
        assert_eq!(suffixes.len(), n_files);
    }
}
