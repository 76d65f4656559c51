//! What is to be done: the options with their defaults, and with what the files say.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::batch::Roots;
use crate::config::{Config, Moved};
use crate::export::{Columns, ExportKind};
use crate::read::PartSize;
use crate::types::{Pair, Side};

use crate::cli::failure::Failure;
use crate::cli::options::{
    ColumnsName, KeepName, LevelName, MovedName, Options, PAGE, Shared, SortName,
    TermsName,
};
use crate::cli::texts;

/// What is to be aligned, and how.
#[derive(Clone, Debug)]
pub(crate) struct Args {
    pub(crate) shared: Shared,
    pub(crate) options: Options,
}

/// One pair to align and what to write of it.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// The first and the second file, by their place; which is Chinese is found out. The
    /// second is empty where one file holds both.
    pub(crate) paths: Pair<PathBuf>,
    pub(crate) encodings: Pair<Option<String>>,
    pub(crate) out: PathBuf,
    /// Is the one output printed in place of being written to a folder?
    pub(crate) is_printed: bool,
    pub(crate) name: String,
    pub(crate) kinds: Vec<ExportKind>,
    /// Is the review page wanted as a file?
    pub(crate) writes_page: bool,
    /// Are the sentences written beside the paragraphs?
    pub(crate) is_both_levels: bool,
    pub(crate) source: Side,
    pub(crate) min_score: f64,
    pub(crate) columns: Columns,
    /// The glossary to mark known pairs by, and to merge into where it is a termbase.
    pub(crate) glossary: Option<PathBuf>,
    /// The pairs that are not to be listed again.
    pub(crate) reject: Option<PathBuf>,
    /// The terms that are never listed.
    pub(crate) stop: Option<PathBuf>,
    pub(crate) skips_bad_rows: bool,
    pub(crate) is_forced: bool,
    /// Are only the rows written that a reviewer confirmed or corrected?
    pub(crate) is_only_confirmed: bool,
    /// Is a review that lies in the folder passed by?
    pub(crate) ignores_review: bool,
    /// The codes of the languages, where they are given.
    pub(crate) languages: Pair<Option<String>>,
    /// Which memories are taken in parts.
    pub(crate) part_size: PartSize,
    pub(crate) is_quiet: bool,
    /// Is the outcome told as JSON on standard output?
    pub(crate) is_json: bool,
}

/// The pairs of a folder, or of two, to align.
#[derive(Clone, Debug)]
pub(crate) struct FolderJob {
    pub(crate) roots: Roots,
    /// Only told, not done?
    pub(crate) is_dry: bool,
    /// Is one memory made of all?
    pub(crate) merges: bool,
    /// Is learned from all pairs before each is aligned?
    pub(crate) learns: bool,
    /// How many pairs are worked on at once.
    pub(crate) jobs: usize,
    /// What holds for each pair; name and paths are its own.
    pub(crate) each: Job,
}

/// What is to be done.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    Pair(Job),
    Folder(FolderJob),
}

impl Args {
    /// The parameters and the task that are meant.
    pub(crate) fn resolve(self) -> Result<(Config, Task), Failure> {
        let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let jobs = self.options.jobs.map_or_else(cores, NonZeroUsize::get);
        let Some(roots) = roots(&self.shared) else {
            let for_folders = [
                ("--dry-run", self.options.dry_run),
                ("--merge", self.options.merge),
                ("--learn-together", self.options.learn_together),
            ];
            return match for_folders.into_iter().find(|(_, is_given)| *is_given) {
                Some((option, _)) => Err(Failure::OnlyFolders(option)),
                None => {
                    let (mut config, job) = self.job(ExportKind::defaults())?;
                    config.align.threads = jobs;
                    Ok((config, Task::Pair(job)))
                }
            };
        };
        if self.shared.name.is_some() {
            return Err(Failure::NameOfMany);
        }
        let Options { dry_run: is_dry, merge: merges, learn_together: learns, .. } =
            self.options;
        let (config, mut each) = self.job(ExportKind::of_each())?;
        if each.is_printed {
            return Err(Failure::OutIsNoFolder);
        }
        if merges && !each.kinds.contains(&ExportKind::TMX) {
            each.kinds.insert(0, ExportKind::TMX); // the first of all kinds
        }
        Ok((
            config,
            Task::Folder(FolderJob { roots, is_dry, merges, learns, jobs, each }),
        ))
    }

    /// The job of a pair; `usual` is written where nothing is asked for.
    fn job(
        self,
        usual: impl Iterator<Item = ExportKind>,
    ) -> Result<(Config, Job), Failure> {
        let asked = self.options.write.as_deref();
        let (pages, kinds): (Vec<&str>, Vec<&str>) = asked
            .iter()
            .flat_map(|list| list.split(','))
            .partition(|kind| kind.trim() == PAGE);
        let kinds = match (asked.is_some(), kinds.is_empty()) {
            (false, _) => usual.collect(),
            (true, true) => Vec::new(),
            (true, false) => ExportKind::parse_list(&kinds.join(","))?,
        };
        // A page has its review beside it.
        let can_be_printed = kinds.len() == 1 && pages.is_empty() && !self.options.json;
        let is_printed = texts::is_standard(&self.shared.out);
        if is_printed && !can_be_printed {
            return Err(Failure::OutIsNoFolder);
        }
        let en = self.shared.en.unwrap_or_default();
        let has_stdin = texts::is_standard(&self.shared.zh) || texts::is_standard(&en);
        if has_stdin && !pages.is_empty() {
            return Err(Failure::StdinReviewed);
        }
        let name = match self.shared.name {
            Some(name) => checked(name)?,
            None => texts::name_of(&self.shared.zh, &en),
        };
        let level = self.shared.level.into();
        let mine = crate::mine::Params {
            strictness: match self.options.terms {
                TermsName::Strict => crate::mine::Strictness::Strict,
                TermsName::Balanced => crate::mine::Strictness::Balanced,
                TermsName::Broad => crate::mine::Strictness::Broad,
            },
            min_count: self.options.min_count,
            nested: self.options.nested,
            order: match self.options.sort {
                SortName::Confidence => crate::mine::Order::Confidence,
                SortName::Count => crate::mine::Order::Count,
                SortName::Documents => crate::mine::Order::Documents,
            },
            ..crate::mine::Params::default()
        };
        let config = Config {
            lines: self.shared.lines,
            keep: KeepName::all_of(&self.shared.keep),
            level,
            moved: match self.options.moved {
                MovedName::Link => Moved::Link,
                MovedName::Report => Moved::Report,
                MovedName::Off => Moved::Off,
            },
            mine,
            ..Config::default()
        };
        let job = Job {
            paths: Pair::new(self.shared.zh, en),
            encodings: Pair::new(self.shared.zh_encoding, self.shared.en_encoding),
            out: self.shared.out,
            is_printed,
            name,
            kinds,
            writes_page: !pages.is_empty(),
            is_both_levels: self.shared.level == LevelName::Both,
            source: self.shared.source.into(),
            min_score: self.options.min_score,
            columns: match self.options.columns {
                ColumnsName::Full => Columns::Full,
                ColumnsName::Two => Columns::Two,
                ColumnsName::Three => Columns::Three,
            },
            glossary: self.shared.glossary,
            reject: self.options.reject,
            stop: self.options.stop,
            skips_bad_rows: self.shared.skip_bad_rows,
            is_forced: self.shared.force,
            is_only_confirmed: self.options.only.is_some(),
            ignores_review: self.shared.no_review || is_printed,
            languages: Pair::new(self.shared.zh_lang, self.shared.en_lang),
            part_size: self.options.at_once.map(PartSize::of).unwrap_or_default(),
            is_quiet: self.shared.quiet,
            is_json: self.options.json,
        };
        Ok((config, job))
    }
}

/// The folders that are meant, where the texts are given by folders.
pub(crate) fn roots(shared: &Shared) -> Option<Roots> {
    let zh = &shared.zh;
    match &shared.en {
        None if zh.is_dir() => Some(Roots::One(zh.clone())),
        Some(en) if zh.is_dir() && en.is_dir() => {
            Some(Roots::Two(Pair::new(zh.clone(), en.clone())))
        }
        _ => None,
    }
}

/// A name that leads to no other folder.
pub(crate) fn checked(name: String) -> Result<String, Failure> {
    let is_plain = Path::new(&name).file_name().is_some_and(|f| f == name.as_str());
    if is_plain && !name.contains(['/', '\\']) {
        Ok(name)
    } else {
        Err(Failure::Name(name))
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::*;
    use crate::cli::commands::Cli;

    fn resolved(args: &[&str]) -> Result<(Config, Job), Failure> {
        let program = ["align", "un/zh.txt", "un/en.txt"];
        Cli::parse_from(program.iter().chain(args))
            .args()
            .unwrap()
            .job(ExportKind::defaults())
    }

    #[test]
    fn the_options_do_not_contradict_each_other() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_options_a_tmx_and_a_glossary_are_written() {
        let (config, job) = resolved(&[]).unwrap();
        assert!(!config.lines);
        assert_eq!(
            (job.name.as_str(), job.kinds),
            ("un", ExportKind::defaults().collect())
        );
    }

    #[test]
    fn the_name_is_no_path() {
        for name in ["../un", "a/b", "..", "", "a\\b"] {
            assert!(
                matches!(resolved(&["--name", name]), Err(Failure::Name(_))),
                "{name}"
            );
        }
        assert_eq!(resolved(&["--name", "un 2.1"]).unwrap().1.name, "un 2.1");
    }
}
