use std::io;

use super::{
    BitextFormat as _, Columns, CsvFlavour, ExportError, GlossaryCsv, Jsonl, LadderFile,
    OmegatGlossary, SegType, SourceText, Srx, Tbx, TbxEdition, TermFormat as _,
    Timestamp, Tmx, Tsv, Unaligned, Utx, Xliff, Xlsx,
};
use crate::types::{Bitext, Pair, Sentences, Side, TermPair};

/// All that a run has to give away, and how it is to be written down.
#[derive(Clone, Debug)]
pub struct Product<'a> {
    /// The aligned pair.
    pub bitext: &'a Bitext,
    /// Its sentences, where both levels are asked for or a kind
    /// [needs them](ExportKind::needs_sentences).
    pub sentences: Option<&'a Sentences>,
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
    /// The language that is translated from.
    pub source: Side,
    /// Units with a lower score stay out of memories. 0 to 1.
    pub min_score: f64,
    /// The columns of glossaries in comma-separated values.
    pub columns: Columns,
    /// Are both levels asked for, so that memories hold sentences too?
    pub is_both_levels: bool,
}

/// A kind of output that a user asks for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportKind {
    /// Translation memory, TMX 1.4b, and beside it what has no counterpart.
    Tmx,
    /// Glossary as comma-separated values, for programs.
    Csv,
    /// Glossary as comma-separated values, for spreadsheets.
    ExcelCsv,
    /// Glossary and bitext as a workbook.
    Xlsx,
    /// Glossary as TBX, in the edition of 2019 and that of 2008.
    Tbx,
    /// Glossary for OmegaT.
    Omegat,
    /// Glossary as UTX.
    Utx,
    /// The bitext for bilingual review, XLIFF 2.1.
    Xliff,
    /// The units as two columns.
    Tsv,
    /// The rules for splitting into sentences, SRX 2.0.
    Srx,
    /// The source text that the memory matches.
    Source,
    /// One JSON object a bead.
    Jsonl,
    /// The beads as bare indices.
    Ladder,
}

/// A file of an export kind.
#[derive(Clone, Copy, Debug)]
pub struct OutputFile {
    /// What follows the name of the pair: `.tmx`. The whole name, `zh.srx`, of a file that is
    /// the same for every pair.
    pub suffix: &'static str,
    /// Is it written only where both levels are asked for?
    pub is_for_both_levels: bool,
    write: fn(&Product<'_>, &mut dyn io::Write) -> io::Result<()>,
}

type Writer = fn(&Product<'_>, &mut dyn io::Write) -> io::Result<()>;

const fn file(suffix: &'static str, write: Writer) -> OutputFile {
    OutputFile { suffix, is_for_both_levels: false, write }
}

impl OutputFile {
    /// What the file of a pair is called.
    pub fn name(&self, pair: &str) -> String {
        if self.suffix.starts_with('.') {
            format!("{pair}{}", self.suffix)
        } else {
            self.suffix.to_owned()
        }
    }

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
    pub const ALL: [ExportKind; 13] = [
        ExportKind::Tmx,
        ExportKind::Csv,
        ExportKind::ExcelCsv,
        ExportKind::Xlsx,
        ExportKind::Tbx,
        ExportKind::Omegat,
        ExportKind::Utx,
        ExportKind::Xliff,
        ExportKind::Tsv,
        ExportKind::Srx,
        ExportKind::Source,
        ExportKind::Jsonl,
        ExportKind::Ladder,
    ];

    /// What is written where nothing is asked for.
    pub const DEFAULT: [ExportKind; 2] = [ExportKind::Tmx, ExportKind::Csv];

    /// The name it is asked for by.
    pub fn as_str(self) -> &'static str {
        match self {
            ExportKind::Tmx => "tmx",
            ExportKind::Csv => "csv",
            ExportKind::ExcelCsv => "excel-csv",
            ExportKind::Xlsx => "xlsx",
            ExportKind::Tbx => "tbx",
            ExportKind::Omegat => "omegat",
            ExportKind::Utx => "utx",
            ExportKind::Xliff => "xliff",
            ExportKind::Tsv => "tsv",
            ExportKind::Srx => "srx",
            ExportKind::Source => "source",
            ExportKind::Jsonl => "jsonl",
            ExportKind::Ladder => "ladder",
        }
    }

    /// Does it hold terms, so that they must be mined?
    pub fn needs_terms(self) -> bool {
        match self {
            ExportKind::Csv
            | ExportKind::ExcelCsv
            | ExportKind::Xlsx
            | ExportKind::Tbx
            | ExportKind::Omegat
            | ExportKind::Utx
            | ExportKind::Xliff => true,
            ExportKind::Tmx
            | ExportKind::Tsv
            | ExportKind::Srx
            | ExportKind::Source
            | ExportKind::Jsonl
            | ExportKind::Ladder => false,
        }
    }

    /// Does it show the sentences inside paragraphs, so that they must be aligned too?
    pub fn needs_sentences(self) -> bool {
        self == ExportKind::Xliff
    }

    /// Are units under a given score left out of it?
    pub fn is_memory(self) -> bool {
        matches!(self, ExportKind::Tmx | ExportKind::Tsv | ExportKind::Source)
    }

    /// The files it makes.
    pub fn files(self) -> &'static [OutputFile] {
        match self {
            ExportKind::Tmx => {
                const {
                    &[
                        file(".tmx", write_tmx),
                        OutputFile {
                            is_for_both_levels: true,
                            ..file(".sentence.tmx", write_sentence_tmx)
                        },
                        file(".unaligned.tsv", write_unaligned),
                    ]
                }
            }
            ExportKind::Csv => const { &[file(".glossary.csv", write_csv)] },
            ExportKind::ExcelCsv => {
                const { &[file(".glossary.excel.csv", write_excel_csv)] }
            }
            ExportKind::Xlsx => const { &[file(".glossary.xlsx", write_xlsx)] },
            ExportKind::Tbx => {
                const {
                    &[
                        file(".glossary.tbx", write_tbx),
                        file(".glossary.v2.tbx", write_tbx_v2),
                    ]
                }
            }
            ExportKind::Omegat => const { &[file(".glossary.utf8", write_omegat)] },
            ExportKind::Utx => const { &[file(".utx", write_utx)] },
            ExportKind::Xliff => const { &[file(".xlf", write_xliff)] },
            ExportKind::Tsv => const { &[file(".tsv", write_tsv)] },
            ExportKind::Srx => const { &[file("zh.srx", write_srx)] },
            ExportKind::Source => const { &[file(".source.txt", write_source)] },
            ExportKind::Jsonl => const { &[file(".jsonl", write_jsonl)] },
            ExportKind::Ladder => const { &[file(".ladder", write_ladder)] },
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
    let sentences = product.sentences.filter(|_| product.is_both_levels);
    Tmx { sentences, ..memory(product, product.segtype) }.write(product.bitext, out)
}

fn write_sentence_tmx(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let bitext = product.sentences.map_or(product.bitext, |sentences| &sentences.bitext);
    memory(product, SegType::Sentence).write(bitext, out)
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
    }
}

fn write_unaligned(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    Unaligned.write(product.bitext, out)
}

fn write_csv(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    glossary_csv(product, CsvFlavour::Plain).write(product.terms, out)
}

fn write_excel_csv(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    glossary_csv(product, CsvFlavour::Excel).write(product.terms, out)
}

fn glossary_csv<'a>(product: &Product<'a>, flavour: CsvFlavour) -> GlossaryCsv<'a> {
    GlossaryCsv {
        document: product.name,
        flavour,
        columns: product.columns,
        source: product.source,
    }
}

fn write_xlsx(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let xlsx = Xlsx { document: product.name, created: product.created };
    xlsx.write(product.bitext, product.terms, out)
}

fn write_tbx(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    tbx(product, TbxEdition::V3).write(product.terms, out)
}

fn write_tbx_v2(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    tbx(product, TbxEdition::V2).write(product.terms, out)
}

fn tbx<'a>(product: &Product<'a>, edition: TbxEdition) -> Tbx<'a> {
    let documents = product.bitext.documents.as_ref();
    Tbx {
        edition,
        name: product.name,
        files: documents.map(|document| document.name.as_str()),
        languages: product.languages,
        source: product.source,
    }
}

fn write_omegat(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    OmegatGlossary { source: product.source }.write(product.terms, out)
}

fn write_utx(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let utx = Utx {
        languages: product.languages,
        source: product.source,
        created: product.created,
    };
    utx.write(product.terms, out)
}

fn write_xliff(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let xliff = Xliff {
        languages: product.languages,
        source: product.source,
        sentences: product.sentences,
        terms: product.terms,
    };
    xliff.write(product.bitext, out)
}

fn write_tsv(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let tsv = Tsv { source: product.source, min_score: product.min_score };
    tsv.write(product.bitext, out)
}

fn write_srx(_product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    Srx.write(out)
}

fn write_source(product: &Product<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let text = SourceText { source: product.source, min_score: product.min_score };
    text.write(product.bitext, out)
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
