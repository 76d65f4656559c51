//! Tables in the columns that other tools take in without being told which is which.

use std::collections::BTreeSet;
use std::io;

use super::columns::source_first;
use super::details::Detail;
use super::format::{ExportFormat, Holds, OutputFile, Product};
use crate::types::{Concept, Pair, Side, Status};

/// For which tool a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// memoQ: a row a pair, columns by the names of its own export, UTF-8 with a mark.
    MemoQ,
    /// Trados, for its cloud and MultiTerm Convert: a row a concept, synonyms with `|`.
    Trados,
    /// DeepL: source and target, no header, each source once.
    DeepL,
    /// Google Cloud Translation: source and target under their language codes, each source
    /// once.
    Google,
}

impl Preset {
    /// Writes all concepts, in the order given. What may not be used goes only where the
    /// tool has a column that says so.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(
        self,
        concepts: &[Concept],
        languages: &Pair<String>,
        source: Side,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        if self == Preset::MemoQ {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(out);
        let rows = match self {
            Preset::MemoQ => memoq(concepts, source),
            Preset::Trados => trados(concepts, languages, source),
            Preset::DeepL => pairs(concepts, source),
            Preset::Google => {
                let codes = source_first(languages, source).map(|tag| match &**tag {
                    // It knows Chinese by its script's region and English by no region.
                    tag if tag.starts_with("en") => "en".to_owned(),
                    tag => tag.to_owned(),
                });
                let mut rows = vec![codes.to_vec()];
                rows.extend(pairs(concepts, source));
                rows
            }
        };
        rows.iter().try_for_each(|row| csv.write_record(row))?;
        csv.flush()
    }
}

/// The name of a language in the columns of memoQ.
fn memoq_name(side: Side) -> &'static str {
    match side {
        Side::Zh => "Chinese_PRC",
        Side::En => "English_United_States",
    }
}

/// Source: memoQ documentation, "Term base CSV import settings"; its own exports.
fn memoq(concepts: &[Concept], source: Side) -> Vec<Vec<String>> {
    let sides = [source, source.other()];
    let mut header: Vec<String> =
        ["Entry_ID", "Entry_Subject", "Entry_Note", "Entry_Created", "Entry_Modified"]
            .map(str::to_owned)
            .to_vec();
    for side in sides {
        header.push(memoq_name(side).to_owned());
        header.push(format!("{}_Def", memoq_name(side)));
    }
    header.push("Term_Forbidden".to_owned());
    header.push("Term_Status".to_owned());
    let mut rows = vec![header];
    for concept in concepts {
        let mut row = vec![
            concept.id.clone(),
            concept.subject.clone(),
            concept.note.clone(),
            concept.created.clone(),
            concept.changed.clone(),
        ];
        for side in sides {
            row.push(forms(concept, side).join("; "));
            row.push(concept.definition.get(side).clone());
        }
        let is_out = matches!(concept.pair.status, Status::Forbidden | Status::Rejected);
        row.push(if is_out { "yes" } else { "no" }.to_owned());
        row.push(concept.pair.status.as_str().to_owned());
        rows.push(row);
    }
    rows
}

/// The terms of a row, without the name of none.
fn forms(concept: &Concept, side: Side) -> Vec<&str> {
    concept.pair.forms(side).filter(|form| !form.is_empty()).collect()
}

/// Source: RWS documentation, "Importing terminology from Excel": a row a concept, synonyms
/// with `|`.
fn trados(
    concepts: &[Concept],
    languages: &Pair<String>,
    source: Side,
) -> Vec<Vec<String>> {
    let sides = [source, source.other()];
    let mut header = vec!["Subject".to_owned(), "Note".to_owned()];
    for side in sides {
        let name = languages.get(side);
        header.extend([name.clone(), format!("{name} Definition")]);
        header.push(format!("{name} Status"));
    }
    let is_one = |a: &Concept, b: &Concept| !a.id.is_empty() && a.id == b.id;
    let mut rows = vec![header];
    for entry in concepts.chunk_by(is_one) {
        let mut row = vec![
            joined(entry.iter().map(|one| one.subject.as_str()), " / "),
            joined(entry.iter().map(|one| one.note.as_str()), " / "),
        ];
        for side in sides {
            let mut terms: Vec<(&str, Status)> = Vec::new();
            for concept in entry {
                // A forbidden pair says nothing of its Chinese term.
                let is_said = side == Side::En
                    || concept.pair.term.en.is_empty()
                    || !matches!(
                        concept.pair.status,
                        Status::Forbidden | Status::Rejected
                    );
                for form in forms(concept, side) {
                    match terms.iter_mut().find(|(known, _)| *known == form) {
                        Some(_) if !is_said => {}
                        Some((_, status)) => *status = (*status).max(concept.pair.status),
                        None if is_said => terms.push((form, concept.pair.status)),
                        None => terms.push((form, Status::Accepted)),
                    }
                }
            }
            row.push(terms.iter().map(|(term, _)| *term).collect::<Vec<_>>().join("|"));
            let definitions = entry.iter().map(|one| one.definition.get(side).as_str());
            row.push(joined(definitions, " / "));
            let statuses: Vec<&str> =
                terms.iter().map(|(_, status)| status.as_str()).collect();
            row.push(statuses.join("|"));
        }
        rows.push(row);
    }
    rows
}

/// Different texts in one.
fn joined<'a>(texts: impl Iterator<Item = &'a str>, between: &str) -> String {
    let mut all: Vec<&str> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all.join(between)
}

/// What a machine translation takes: each source term once, with the rendering to use.
fn pairs(concepts: &[Concept], source: Side) -> Vec<Vec<String>> {
    let is_used = |one: &&Concept| {
        !matches!(one.pair.status, Status::Forbidden | Status::Rejected)
            && !one.pair.term.zh.is_empty()
            && !one.pair.term.en.is_empty()
    };
    let mut usable: Vec<&Concept> = concepts.iter().filter(is_used).collect();
    usable.sort_by_key(|one| one.pair.status != Status::Preferred);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut rows = Vec::new();
    for concept in usable {
        let target = concept.pair.term.get(source.other());
        for form in forms(concept, source) {
            if seen.insert(form) {
                rows.push(vec![form.to_owned(), target.clone()]);
            }
        }
    }
    rows
}

/// A preset as a kind of output.
pub(super) struct Kind {
    preset: Preset,
    name: &'static str,
    files: [OutputFile; 1],
}

pub(super) static MEMOQ: Kind = Kind {
    preset: Preset::MemoQ,
    name: "memoq",
    files: [OutputFile::new(
        ".memoq.csv",
        "a table for memoQ, columns as it calls them",
        |product, out| write(Preset::MemoQ, product, out),
    )],
};

pub(super) static TRADOS: Kind = Kind {
    preset: Preset::Trados,
    name: "trados",
    files: [OutputFile::new(
        ".trados.csv",
        "a table for Trados and MultiTerm Convert, a row a concept",
        |product, out| write(Preset::Trados, product, out),
    )],
};

pub(super) static DEEPL: Kind = Kind {
    preset: Preset::DeepL,
    name: "deepl",
    files: [OutputFile::new(
        ".deepl.csv",
        "a glossary for DeepL: source and target, each source once",
        |product, out| write(Preset::DeepL, product, out),
    )],
};

pub(super) static GOOGLE: Kind = Kind {
    preset: Preset::Google,
    name: "google",
    files: [OutputFile::new(
        ".google.csv",
        "a glossary for Google Cloud Translation: the same under language codes",
        |product, out| write(Preset::Google, product, out),
    )],
};

fn write(
    preset: Preset,
    product: &Product<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    preset.write(&product.concepts(), product.languages, product.source, out)
}

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        self.name
    }

    fn holds(&self) -> Holds {
        Holds::Glossary
    }

    fn is_of_one_client(&self) -> bool {
        true
    }

    fn lacks(&self) -> &'static [Detail] {
        const OF_PAIRS: &[Detail] = &[
            Detail::Subject,
            Detail::Note,
            Detail::Definition,
            Detail::DefinitionSource,
            Detail::Usage,
            Detail::Matching,
            Detail::Context,
            Detail::Figures,
            Detail::Sort,
            Detail::Preferred,
            Detail::Dates,
            Detail::Other,
            Detail::Grouping,
            Detail::Single,
        ];
        const OF_TABLES: &[Detail] = &[
            Detail::DefinitionSource,
            Detail::Usage,
            Detail::Matching,
            Detail::Context,
            Detail::Figures,
            Detail::Sort,
            Detail::Dates,
            Detail::Other,
        ];
        match self.preset {
            Preset::MemoQ | Preset::Trados => OF_TABLES,
            Preset::DeepL | Preset::Google => OF_PAIRS,
        }
    }

    fn says_forbidden(&self) -> bool {
        matches!(self.preset, Preset::MemoQ | Preset::Trados)
    }

    fn files(&self) -> &'static [OutputFile] {
        static_files(self.preset)
    }
}

fn static_files(preset: Preset) -> &'static [OutputFile] {
    match preset {
        Preset::MemoQ => &MEMOQ.files,
        Preset::Trados => &TRADOS.files,
        Preset::DeepL => &DEEPL.files,
        Preset::Google => &GOOGLE.files,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::TermPair;

    fn concepts() -> Vec<Concept> {
        let row = |zh: &str, en: &str, status| Concept {
            id: "berth".into(),
            subject: "ports".into(),
            ..Concept::of_pair(TermPair {
                term: Pair::new(zh.into(), en.into()),
                status,
                ..TermPair::default()
            })
        };
        vec![
            row("泊位", "mooring", Status::Forbidden),
            row("泊位", "quay berth", Status::Accepted),
            row("泊位", "berth", Status::Preferred),
        ]
    }

    fn written(preset: Preset) -> String {
        let mut out = Vec::new();
        let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
        preset.write(&concepts(), &languages, Side::Zh, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_machine_gets_each_source_once_with_the_rendering_to_use() {
        assert_eq!(written(Preset::DeepL), "泊位,berth\n");
        assert_eq!(written(Preset::Google), "zh-CN,en\n泊位,berth\n");
    }

    #[test]
    fn a_concept_is_one_row_for_trados_and_several_for_memoq() {
        assert_eq!(
            written(Preset::Trados),
            "Subject,Note,zh-CN,zh-CN Definition,zh-CN Status,en-US,en-US Definition,\
             en-US Status\nports,,泊位,,preferred,mooring|quay berth|berth,,\
             forbidden|accepted|preferred\n"
        );
        let memoq = written(Preset::MemoQ);
        assert_eq!(memoq.lines().count(), 4);
        assert!(
            memoq.contains("berth,ports,,,,泊位,,mooring,,yes,forbidden\n"),
            "{memoq}"
        );
    }
}
