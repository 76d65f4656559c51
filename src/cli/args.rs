//! What was typed, and what is meant by it.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::batch::Roots;
use crate::config::{Config, Level, Moved};
use crate::export::{Columns, ExportKind, language_tag};
use crate::types::{Pair, Side};
use clap::{Parser, Subcommand, ValueEnum};

use crate::cli::commands::check::CheckArgs;
use crate::cli::commands::eval::EvalArgs;
use crate::cli::commands::glossary::GlossaryArgs;
use crate::cli::failure::Failure;
use crate::cli::name;

/// Lays a Chinese and an English version of a document side by side: a translation memory
/// and a glossary of the terms that recur.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "align",
    version,
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) shared: Option<Shared>,

    #[command(flatten)]
    pub(crate) options: Options,
}

impl Cli {
    /// What is to be aligned; `None` where there is a command instead.
    pub(crate) fn args(self) -> Option<Args> {
        self.shared.map(|shared| Args { shared, options: self.options })
    }
}

/// What else there is to do than to align.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Command {
    Check(Box<CheckArgs>),
    Eval(EvalArgs),
    Glossary(GlossaryArgs),
}

/// What is to be aligned, and how.
#[derive(Clone, Debug)]
pub(crate) struct Args {
    pub(crate) shared: Shared,
    pub(crate) options: Options,
}

/// What only the aligning itself is told.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// Of folders: show which files belong together, and do nothing
    #[arg(long)]
    dry_run: bool,

    /// Of folders: one memory of all pairs too, all.tmx
    #[arg(long)]
    merge: bool,

    /// Of folders: learn from all pairs which words go together, then align each. Takes twice
    /// the time; worth it for documents of one kind, and a change in one redoes all
    #[arg(long)]
    learn_together: bool,

    /// Of folders: how many pairs are worked on at once [default: one a core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,

    /// What to write, with commas: tmx, csv, excel-csv, xlsx, tbx, omegat, utx, xliff, tsv,
    /// srx, source, jsonl, ladder, or all
    #[arg(long, value_name = "KIND,…", default_value = "tmx,csv")]
    write: String,

    /// Leave units with a lower score out of memories; 0 to 1
    #[arg(long, value_name = "S", default_value_t = 0.0, value_parser = score)]
    min_score: f64,

    /// Columns of the CSV glossaries
    #[arg(long, value_enum, default_value_t = ColumnsName::Full)]
    columns: ColumnsName,

    /// How sure a term must be to be listed
    #[arg(long, value_enum, default_value_t = TermsName::Balanced)]
    terms: TermsName,

    /// Fewest times that a term must recur
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_count: usize,

    /// List terms too that stand only inside longer ones
    #[arg(long)]
    nested: bool,

    /// Glossary of pairs that are not to be listed again
    #[arg(long, value_name = "FILE")]
    reject: Option<PathBuf>,

    /// Terms of either language that are never listed: one a line, # begins a comment
    #[arg(long, value_name = "FILE")]
    stop: Option<PathBuf>,

    /// Passages that stand elsewhere on the other side
    #[arg(long, value_enum, default_value_t = MovedName::Report)]
    moved: MovedName,
}

/// What a pair of texts is, how it is read, and where the outputs go: for every command that
/// aligns.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Shared {
    /// The Chinese text, one file that holds both languages, or a folder of texts
    pub(crate) zh: PathBuf,

    /// The English text, or a folder of them; not needed where one folder holds both
    pub(crate) en: Option<PathBuf>,

    /// Folder for the outputs, made if it is not there
    #[arg(long, value_name = "DIR", default_value = "aligned")]
    pub(crate) out: PathBuf,

    /// Name of the outputs [default: what the two files' names share, or their folder's name]
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// What a unit is
    #[arg(long, value_enum, default_value_t = LevelName::Paragraph)]
    pub(crate) level: LevelName,

    /// The language that is translated from
    #[arg(long, value_enum, default_value_t = SourceName::Zh)]
    pub(crate) source: SourceName,

    /// Glossary to go by: csv, xlsx, tbx, tmx, utx, or tabs. Into a termbase (.csv with the
    /// columns concept, zh and en; made if it is not there) what is mined is merged
    #[arg(long, value_name = "FILE")]
    pub(crate) glossary: Option<PathBuf>,

    /// Pass over the rows of the glossary that cannot be read
    #[arg(long, requires = "glossary")]
    pub(crate) skip_bad_rows: bool,

    /// Replace files that align did not write, or that were changed since
    #[arg(long)]
    pub(crate) force: bool,

    /// Code of the Chinese: zh-CN, zh-TW, zh-HK [default: by the characters]
    #[arg(long, value_name = "CODE", value_parser = zh_tag)]
    pub(crate) zh_lang: Option<String>,

    /// Code of the English: en-US, en-GB [default: en-US]
    #[arg(long, value_name = "CODE", value_parser = en_tag)]
    pub(crate) en_lang: Option<String>,

    /// Each line is a unit already: nothing is cleaned, joined or split
    #[arg(long)]
    pub(crate) lines: bool,

    /// Encoding of the Chinese text, such as gb18030, big5, utf-16le [default: found out]
    #[arg(long, value_name = "E")]
    pub(crate) zh_encoding: Option<String>,

    /// Encoding of the English text, such as windows-1252 [default: found out]
    #[arg(long, value_name = "E")]
    pub(crate) en_encoding: Option<String>,

    /// No progress and no summary; errors only
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  align un/zh.txt un/en.txt       makes aligned/un.tmx and aligned/un.glossary.csv
  align law.zh.txt law.en.txt --write all
                                  law.jsonl (each unit with its evidence) and
                                  law.ladder (bare indices) too
  align zh.txt en.txt --zh-encoding big5
                                  where the encoding is not found out by itself
  align --lines zh.txt en.txt     files with one sentence a line
  align zh.docx en.pdf            Word, LibreOffice, web pages, Markdown, books, subtitles
                                  and PDF are read as they are
  align both.txt                  one file: paragraphs that take turns, a table with two
                                  columns, a .tmx or .xliff

  align texts                     all pairs of a folder: a.zh.txt and a.en.txt, zh/b.txt
                                  and en/b.txt, C_中文.txt and C_英文.txt
  align texts --dry-run           which files belong together, before anything is done
  align texts/zh texts/en --merge one memory of all pairs too
  align zh.txt en.txt --glossary terms.csv
                                  puts the terms into a termbase that grows; to search it,
                                  decide on terms, merge, undo: align glossary --help
  align check zh.txt en.txt       what a reviser should look at; align check --help says more
  align eval DIR                  how right the aligner is on a folder with gold;
                                  align eval --help says more

Units without a counterpart go to NAME.unaligned.tsv, beside the TMX. A second run over a
folder does only what changed. Exit status: 0 done, 1 done but for some pairs of a folder,
2 nothing done.";

/// The levels by the names they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelName {
    /// Paragraphs, headings, list items, footnotes
    Paragraph,
    /// The sentences inside them
    Sentence,
    /// Paragraphs, and the sentences beside them
    Both,
}

/// The sides by the names they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SourceName {
    /// Chinese
    Zh,
    /// English
    En,
}

/// The sets of columns by the names they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ColumnsName {
    /// All that is known of each pair
    Full,
    /// The two terms
    Two,
    /// The two terms and a note
    Three,
}

/// The levels of the mining by the names they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TermsName {
    /// Few, nearly all right
    Strict,
    /// Most of those that recur, to be looked through
    Balanced,
    /// All that might be one
    Broad,
}

/// What is done about moved passages, by the names it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MovedName {
    /// Make units of them, and say where they stand
    Link,
    /// Say where they stand
    Report,
    /// Say nothing of them
    Off,
}

/// A score from 0 to 1.
fn score(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        _ => Err("a score is a number from 0 to 1".into()),
    }
}

fn zh_tag(text: &str) -> Result<String, String> {
    language_tag(Side::Zh, text).ok_or_else(|| "known are zh-CN, zh-TW, zh-HK".into())
}

fn en_tag(text: &str) -> Result<String, String> {
    language_tag(Side::En, text).ok_or_else(|| "known are en-US, en-GB".into())
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Self {
        match name {
            LevelName::Paragraph | LevelName::Both => Level::Paragraph,
            LevelName::Sentence => Level::Sentence,
        }
    }
}

impl From<SourceName> for Side {
    fn from(name: SourceName) -> Self {
        match name {
            SourceName::Zh => Side::Zh,
            SourceName::En => Side::En,
        }
    }
}

/// One pair to align and what to write of it.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// The first and the second file, by their place; which is Chinese is found out. The
    /// second is empty where one file holds both.
    pub(crate) paths: Pair<PathBuf>,
    pub(crate) encodings: Pair<Option<String>>,
    pub(crate) out: PathBuf,
    pub(crate) name: String,
    pub(crate) kinds: Vec<ExportKind>,
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
    /// The codes of the languages, where they are given.
    pub(crate) languages: Pair<Option<String>>,
    pub(crate) is_quiet: bool,
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
        let roots = match &self.shared.en {
            None if self.shared.zh.is_dir() => Some(Roots::One(self.shared.zh.clone())),
            Some(en) if self.shared.zh.is_dir() && en.is_dir() => {
                Some(Roots::Two(Pair::new(self.shared.zh.clone(), en.clone())))
            }
            _ => None,
        };
        let Some(roots) = roots else {
            let for_folders = [
                ("--dry-run", self.options.dry_run),
                ("--merge", self.options.merge),
                ("--learn-together", self.options.learn_together),
                ("--jobs", self.options.jobs.is_some()),
            ];
            return match for_folders.into_iter().find(|(_, is_given)| *is_given) {
                Some((option, _)) => Err(Failure::OnlyFolders(option)),
                None => self.job().map(|(config, job)| (config, Task::Pair(job))),
            };
        };
        if self.shared.name.is_some() {
            return Err(Failure::NameOfMany);
        }
        let Options { dry_run: is_dry, merge: merges, learn_together: learns, .. } =
            self.options;
        let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let jobs = self.options.jobs.map_or_else(cores, NonZeroUsize::get);
        let (config, mut each) = self.job()?;
        if merges && !each.kinds.contains(&ExportKind::TMX) {
            each.kinds.insert(0, ExportKind::TMX); // the first of all kinds
        }
        Ok((
            config,
            Task::Folder(FolderJob { roots, is_dry, merges, learns, jobs, each }),
        ))
    }

    fn job(self) -> Result<(Config, Job), Failure> {
        let kinds = ExportKind::parse_list(&self.options.write)?;
        let en = self.shared.en.unwrap_or_default();
        let name = match self.shared.name {
            Some(name) => checked(name)?,
            None => name::derive(&self.shared.zh, &en),
        };
        let level = self.shared.level.into();
        let mine = crate::mine::Params {
            level: match self.options.terms {
                TermsName::Strict => crate::mine::Level::Strict,
                TermsName::Balanced => crate::mine::Level::Balanced,
                TermsName::Broad => crate::mine::Level::Broad,
            },
            min_count: self.options.min_count,
            nested: self.options.nested,
            ..crate::mine::Params::default()
        };
        let config = Config {
            lines: self.shared.lines,
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
            name,
            kinds,
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
            languages: Pair::new(self.shared.zh_lang, self.shared.en_lang),
            is_quiet: self.shared.quiet,
        };
        Ok((config, job))
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
    use clap::CommandFactory as _;

    use super::*;

    fn resolved(args: &[&str]) -> Result<(Config, Job), Failure> {
        let program = ["align", "un/zh.txt", "un/en.txt"];
        Cli::parse_from(program.iter().chain(args)).args().unwrap().job()
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
