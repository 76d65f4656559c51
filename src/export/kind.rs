use std::cmp::Ordering;
use std::fmt;

use super::format::{ExportFormat, Holds, OutputFile};
use super::{
    ExportError, csv, details, jsonl, ladder, multiterm, omegat, presets, side_by_side,
    source_text, srx, tbx, terms_json, tmx, tsv, utx, xliff, xlsx,
};
use crate::types::Concept;

/// A kind of output that a user asks for by name; in order of importance to a translator.
#[derive(Clone, Copy)]
pub struct ExportKind(&'static dyn ExportFormat);

impl ExportKind {
    /// Translation memory, TMX 1.4b, and beside it what has no counterpart.
    pub const TMX: ExportKind = ExportKind(&tmx::Kind);

    /// The glossary as a table for programs.
    pub const CSV: ExportKind = ExportKind(&csv::ForPrograms);

    /// Every kind, in order.
    pub const ALL: &'static [ExportKind] = &[
        ExportKind::TMX,
        ExportKind::CSV,
        ExportKind(&csv::ForSpreadsheets),
        ExportKind(&xlsx::Kind),
        ExportKind(&tbx::Kind),
        ExportKind(&omegat::Kind),
        ExportKind(&utx::Kind),
        ExportKind(&multiterm::Kind),
        ExportKind(&presets::MEMOQ),
        ExportKind(&presets::TRADOS),
        ExportKind(&presets::DEEPL),
        ExportKind(&presets::GOOGLE),
        ExportKind(&terms_json::Kind),
        ExportKind(&xliff::Kind),
        ExportKind(&tsv::Kind),
        ExportKind(&side_by_side::DocxKind),
        ExportKind(&side_by_side::HtmlKind),
        ExportKind(&srx::Kind),
        ExportKind(&source_text::Kind),
        ExportKind(&jsonl::Kind),
        ExportKind(&ladder::Kind),
    ];

    /// The kinds that are written where nothing is asked for.
    pub fn defaults() -> impl Iterator<Item = ExportKind> {
        Self::ALL.iter().copied().filter(|kind| kind.0.is_default())
    }

    /// Those that are written of each pair of a folder: a workbook of each nobody opens.
    pub fn of_each() -> impl Iterator<Item = ExportKind> {
        Self::defaults().filter(|kind| !kind.0.is_for_a_person())
    }

    /// The kinds that are glossaries: what can be made of terms without a text.
    pub fn glossaries() -> impl Iterator<Item = ExportKind> {
        Self::ALL.iter().copied().filter(|kind| kind.is_glossary())
    }

    /// What of a termbase it has no place for, in words; empty where it holds all.
    pub fn left_behind(self, concepts: &[Concept]) -> Vec<&'static str> {
        details::told(self.0.lacks(), concepts)
    }

    /// Can it say that a term must not be used?
    pub fn says_forbidden(self) -> bool {
        self.0.says_forbidden()
    }

    /// The names of some kinds, with commas between.
    pub fn list(kinds: impl IntoIterator<Item = ExportKind>) -> String {
        let names: Vec<&str> = kinds.into_iter().map(ExportKind::as_str).collect();
        names.join(", ")
    }

    /// The name it is asked for by.
    pub fn as_str(self) -> &'static str {
        self.0.name()
    }

    /// Does it hold terms, so that they must be mined?
    pub fn needs_terms(self) -> bool {
        self.is_glossary() || self.0.holds() == Holds::BitextWithTerms
    }

    /// Is it a glossary, whatever else it may hold?
    pub fn is_glossary(self) -> bool {
        matches!(self.0.holds(), Holds::Glossary | Holds::GlossaryAndBitext)
    }

    /// Does it hold terms and nothing of a bitext?
    pub fn is_of_terms_alone(self) -> bool {
        self.0.holds() == Holds::Glossary
    }

    /// Does it show the sentences inside paragraphs, so that they must be aligned too?
    pub fn needs_sentences(self) -> bool {
        self.0.needs_sentences()
    }

    /// Are units under a given score left out of it?
    pub fn is_memory(self) -> bool {
        self.0.holds() == Holds::Memory
    }

    /// The files it makes.
    pub fn files(self) -> &'static [OutputFile] {
        self.0.files()
    }

    /// The kinds named in a list with commas, `tmx,csv` or `all`, which are those that are not
    /// the table of one client; each once, in the order of
    /// [`ExportKind::ALL`].
    ///
    /// # Errors
    ///
    /// When a name is none of a kind.
    pub fn parse_list(list: &str) -> Result<Vec<ExportKind>, ExportError> {
        let mut kinds = Vec::new();
        for name in list.split(',').map(str::trim) {
            if name == "all" {
                kinds.extend(
                    ExportKind::ALL.iter().filter(|kind| !kind.0.is_of_one_client()),
                );
                continue;
            }
            let kind = ExportKind::ALL.iter().find(|kind| kind.as_str() == name);
            let given = || ExportError::UnknownKind { given: name.to_owned() };
            kinds.push(*kind.ok_or_else(given)?);
        }
        kinds.sort_unstable();
        kinds.dedup();
        Ok(kinds)
    }

    /// The kind and its file that a name ends as: `law.tmx`, `law.unaligned.tsv`. Where no
    /// ending fits whole, the last part of it decides, and of several the first kind:
    /// `terms.csv` is a glossary. `None` where no file ends so.
    pub fn of_file(name: &str) -> Option<(ExportKind, OutputFile)> {
        Self::of_ending(name, Self::ALL)
    }

    /// The glossary and its file that a name ends as, in capitals too, by the rule of
    /// [`ExportKind::of_file`]: `client.tbx`, `client.xml` of MultiTerm. A `.txt` is that of
    /// OmegaT, which reads its own ending as well.
    pub fn of_glossary(name: &str) -> Option<(ExportKind, OutputFile)> {
        let name = name.to_lowercase();
        let name = match name.strip_suffix(".txt") {
            Some(stem) => format!("{stem}.utf8"),
            None => name,
        };
        let kinds: Vec<ExportKind> = Self::glossaries().collect();
        Self::of_ending(&name, &kinds)
    }

    fn of_ending(name: &str, kinds: &[ExportKind]) -> Option<(ExportKind, OutputFile)> {
        let files = || {
            let kinds = kinds.iter();
            kinds.flat_map(|kind| kind.files().iter().map(|file| (*kind, *file)))
        };
        let whole = files().filter(|(_, file)| name.ends_with(file.suffix));
        let longest = whole.max_by_key(|(_, file)| file.suffix.len());
        longest.or_else(|| {
            let (_, ending) = name.rsplit_once('.')?;
            files().find(|(_, file)| {
                file.suffix.rsplit_once('.').is_some_and(|(_, last)| last == ending)
            })
        })
    }

    /// What each kind writes, as the table of the README.
    pub fn table() -> String {
        let mut table =
            "| file | written with | what |\n| --- | --- | --- |\n".to_owned();
        for kind in Self::ALL {
            for file in kind.files() {
                let levels = match file.is_for_both_levels {
                    true => " with `--level both`",
                    false => "",
                };
                let (file, kind, about) = (file.name("NAME"), kind.as_str(), file.about);
                table += &format!("| `{file}` | `{kind}`{levels} | {about} |\n");
            }
        }
        table
    }

    /// Where it stands in [`ExportKind::ALL`].
    fn place(self) -> usize {
        let place = Self::ALL.iter().position(|kind| kind.as_str() == self.as_str());
        place.expect("every kind is in the list")
    }
}

impl fmt::Debug for ExportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq for ExportKind {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for ExportKind {}

impl PartialOrd for ExportKind {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ExportKind {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_asked_for_by_name() {
        let names = |list: &str| ExportKind::list(ExportKind::parse_list(list).unwrap());
        assert_eq!(names("ladder, tmx,ladder"), "tmx, ladder");
        let all = names("all");
        assert!(all.contains("xliff") && !all.contains("memoq"), "{all}");
        assert_eq!(ExportKind::list(ExportKind::defaults()), "tmx, csv, xlsx");
        assert_eq!(ExportKind::list(ExportKind::of_each()), "tmx, csv");
        let error = ExportKind::parse_list("tmx,pdf").unwrap_err();
        assert_eq!(error.to_string(), "\"pdf\" is no kind of output");
    }

    #[test]
    fn a_file_tells_by_its_ending_what_it_holds() {
        let suffix = |name| ExportKind::of_file(name).map(|(_, file)| file.suffix);
        assert_eq!(suffix("out/law.tmx"), Some(".tmx"));
        assert_eq!(suffix("law.sentence.tmx"), Some(".sentence.tmx"));
        assert_eq!(suffix("law.unaligned.tsv"), Some(".unaligned.tsv"));
        assert_eq!(suffix("law.tsv"), Some(".tsv"));
        assert_eq!(suffix("terms.csv"), Some(".glossary.csv"));
        assert_eq!(suffix("terms.xlsx"), Some(".glossary.xlsx"));
        assert_eq!((suffix("law.pdf"), suffix("law")), (None, None));
    }

    #[test]
    fn a_glossary_is_known_by_its_ending() {
        let kind = |name| ExportKind::of_glossary(name).map(|(kind, _)| kind.as_str());
        for (name, expected) in [
            ("client.csv", "csv"),
            ("client.xlsx", "xlsx"),
            ("Client.TBX", "tbx"),
            ("client.xml", "multiterm"),
            ("client.utx", "utx"),
            ("client.txt", "omegat"),
            ("client.json", "json"),
            ("client.deepl.csv", "deepl"),
        ] {
            assert_eq!(kind(name), Some(expected), "{name}");
        }
        assert_eq!((kind("client.tmx"), kind("client")), (None, None));
    }

    #[test]
    fn no_two_kinds_or_files_share_a_name() {
        let kinds = ExportKind::ALL.iter().map(|kind| kind.as_str());
        let files = ExportKind::ALL.iter().flat_map(|kind| kind.files());
        let mut names: Vec<&str> = kinds.chain(files.map(|file| file.suffix)).collect();
        let n_names = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), n_names);
    }
}
