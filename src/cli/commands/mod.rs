//! The commands: a file each of what clap reads for it, the call of the library, and what is
//! told of the outcome.

mod align;
mod apply;
mod batch;
mod check;
mod config;
mod eval;
mod glossary;
mod review;
mod search;
mod shell;
mod update;

use clap::{CommandFactory as _, Parser, Subcommand};

use self::apply::ApplyArgs;
use self::check::CheckArgs;
use self::config::ConfigArgs;
use self::eval::EvalArgs;
use self::glossary::GlossaryArgs;
use self::review::ReviewArgs;
use self::search::SearchArgs;
use self::shell::{CompletionsArgs, ManArgs};
use self::update::UpdateArgs;
use crate::cli::failure::Failure;
use crate::cli::job::{Args, Task};
use crate::cli::options::{Options, Shared};
use crate::cli::status::Status;

/// Lays a Chinese and an English version of a document side by side: a translation memory
/// and a glossary of the terms that recur.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "align",
    version,
    after_help = FIRST_STEPS,
    after_long_help = EXAMPLES,
    max_term_width = 80,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
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
    Apply(ApplyArgs),
    Check(Box<CheckArgs>),
    Eval(EvalArgs),
    Glossary(Box<GlossaryArgs>),
    Review(Box<ReviewArgs>),
    Search(SearchArgs),
    Update(UpdateArgs),
    Config(ConfigArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// What `-h` ends with.
const FIRST_STEPS: &str = "\
Examples:
  align law.zh.txt law.en.txt     a memory and a glossary, in aligned/
  align texts                     of all pairs of a folder; first with --dry-run
  align check zh.txt en.txt       what a reviser should look at
  align review zh.txt en.txt      see, correct and decide in the browser
  align --help                    more examples, and what the options mean";

/// What `--help` ends with. No line is longer than 80 columns, or it would be broken anew.
const EXAMPLES: &str = "\
Examples:
  align un/zh.txt un/en.txt       aligned/un.tmx and aligned/un.glossary.csv
  align law.zh.txt law.en.txt --write all
                                  law.jsonl (each unit with its evidence) and
                                  law.ladder (bare indices) too
  align zh.txt en.txt --zh-encoding big5
                                  where the encoding is not found out by itself
  align --lines zh.txt en.txt     files with one sentence a line
  align zh.docx en.pdf            Word, PowerPoint, LibreOffice, web pages,
                                  Markdown, books, subtitles and PDF are read as
                                  they are
  align both.txt                  one file: paragraphs that take turns, a table
                                  with two columns, a .tmx or .xliff
  pdftotext zh.pdf - | align - en.txt --write tmx --out - > law.tmx
                                  from another program, and to the next

  align texts                     all pairs of a folder: a.zh.txt and a.en.txt,
                                  zh/b.txt and en/b.txt,
                                  C_中文.txt and C_英文.txt
  align texts --dry-run           which files belong together, before anything is
                                  done
  align texts/zh texts/en --merge one memory of all pairs too
  align zh.txt en.txt --glossary terms.csv
                                  puts the terms into a termbase that grows; to
                                  search it, decide on terms, merge, undo:
                                  align glossary --help
  align check zh.txt en.txt       what a reviser should look at; also of a folder
  align review zh.txt en.txt      see, correct and decide in the browser
  align zh.txt en.txt --write tmx,html
                                  the review page as one file for somebody else,
                                  whose decisions come home with
                                  align apply NAME.decisions.json
  align search MEMORY TERM        where words stand in memories, in both
                                  languages
  align update OLD_ZH OLD_EN NEW_ZH
                                  what of a translation still holds when its
                                  source changes
  align eval DIR                  how right the aligner is on a folder with gold
  align config                    what every option is, and where that was said:
                                  the command line, ALIGN_…, the nearest
                                  align.toml

Units without a counterpart go to NAME.unaligned.tsv, beside the TMX. A second
run over a folder does only what changed. Exit status: 0 done, 1 done but for
some pairs of a folder, 2 nothing done, 3 done, but the texts are no translations
of one another, 130 interrupted.";

/// Does what was asked for.
pub(crate) fn dispatch(cli: Cli) -> Result<Status, Failure> {
    match cli.command {
        Some(Command::Apply(ref args)) => apply::run(args),
        Some(Command::Check(args)) => check::run(*args),
        Some(Command::Eval(ref args)) => eval::run(args).map(|()| Status::Done),
        Some(Command::Glossary(ref args)) => glossary::run(args).map(Status::whole_if),
        Some(Command::Search(ref args)) => search::run(args).map(Status::whole_if),
        Some(Command::Review(args)) => review::run(*args).map(|()| Status::Done),
        Some(Command::Update(ref args)) => update::run(args).map(|()| Status::Done),
        Some(Command::Config(ref args)) => {
            config::run(args, Cli::command()).map(|()| Status::Done)
        }
        Some(Command::Completions(ref args)) => {
            shell::completions(args, Cli::command());
            Ok(Status::Done)
        }
        Some(Command::Man(ref args)) => {
            shell::man(args, Cli::command()).map(|()| Status::Done)
        }
        None => {
            let args = cli.args().expect("clap asks for files where there is no command");
            let (config, task) = args.resolve()?;
            match task {
                Task::Pair(job) => align::run(config, &job),
                Task::Folder(job) => batch::run(config, &job),
            }
        }
    }
}
