//! Opens the review page of a pair, or of the pairs of a folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::batch;
use crate::check::FindingKind;
use crate::config::Config;
use crate::export::fingerprint;
use crate::pipeline::{self, Observer as _, Outcome, Request, Review, Stage};
use crate::review::begin::{self, Backing};
use crate::review::desk::{Desk, Setting};
use crate::review::log::{self, Base, FileMark, Head, LogError};
use crate::review::session::{Session, SessionError};
use crate::types::{Notice, Pair};
use clap::Args;

use crate::cli::board::Board;
use crate::cli::clock;
use crate::cli::failure::Failure;
use crate::cli::job::{self, FolderJob, Job, Task};
use crate::cli::options::{LevelName, Options, Shared};
use crate::cli::page::{self, PageArgs};
use crate::cli::progress::Progress;
use crate::cli::render;
use crate::cli::who::who;
use crate::cli::workshop::{Workshop, languages, read};

/// How the file of a review ends.
const ENDING: &str = ".review.jsonl";

/// See, correct and decide: a page in your browser, on this machine alone
///
/// The pair is aligned as usual, and shown row by row with the reasons. Every decision is in
/// DIR/NAME.review.jsonl before the page shows it, and can be undone, also after a restart:
/// align review NAME.review.jsonl goes on where you stopped. Decisions on terms go into the
/// termbase that --glossary names, or into NAME.terms.csv; findings that are right as they
/// are, into NAME.exceptions.csv.
#[derive(Clone, Debug, Args)]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    shared: Shared,

    #[command(flatten)]
    options: Options,

    #[command(flatten)]
    page: PageArgs,

    /// Show a review as it was after its event N, for reading only
    #[arg(long, value_name = "N")]
    until: Option<usize>,

    /// Who decides [default: ALIGN_WHO, or the name you are logged in by]
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
}

/// Aligns, or goes on, and answers until it is interrupted.
pub(crate) fn run(mut args: ReviewArgs) -> Result<(), Failure> {
    let resumed = is_review(&args.shared.zh).then(|| args.shared.zh.clone());
    if let Some(path) = &resumed {
        let head = log::read(path).map_err(SessionError::from)?.head;
        resume(&mut args.shared, path, &head);
    }
    let (shared, options) = (args.shared.clone(), args.options.clone());
    let (config, task) = job::Args { shared, options }.resolve()?;
    let job = match task {
        Task::Pair(job) => job,
        Task::Folder(folder) => return review_folder(&args, config, &folder),
    };
    let path = resumed.unwrap_or_else(|| job.out.join(format!("{}{ENDING}", job.name)));
    let mut notices = Vec::new();
    let workshop = Workshop::open(config, &job, &mut notices)?;

    let progress = Progress::new(job.is_quiet);
    let opened = open(&args, &job, &workshop, &path, &mut notices, &progress);
    progress.finish();
    let desk = match opened {
        Err(Failure::Review(SessionError::Log(LogError::Busy { address, path })))
            if !address.is_empty() && !args.page.no_open =>
        {
            render::talk(&format!("{}: is open at {address}\n", path.display()));
            page::show(&address);
            return Ok(());
        }
        opened => opened?,
    };
    if !job.is_quiet {
        render::notices("", &notices);
    }
    page::answer(&args.page, vec![desk], &path.display().to_string(), job.is_quiet)
}

/// Opens the reviews of all pairs of a folder.
fn review_folder(
    args: &ReviewArgs,
    config: Config,
    folder: &FolderJob,
) -> Result<(), Failure> {
    let each = &folder.each;
    let plan = batch::plan(&folder.roots, &each.out, &[ENDING])?;
    if plan.pairs.is_empty() || args.until.is_some() {
        return Err(Failure::NoPairs(args.shared.zh.clone()));
    }
    let mut notices = Vec::new();
    let workshop = Workshop::open(config, each, &mut notices)?;
    let board = Board::new(plan.pairs.len(), each.is_quiet);
    let order = batch::largest_first(&plan.pairs);
    let opened = batch::run(&order, folder.jobs, |task, _| {
        let pair = &plan.pairs[task];
        let (paths, name) = (pair.files.clone(), pair.name.clone());
        let job = Job { paths, name, ..each.clone() };
        let path = each.out.join(format!("{}{ENDING}", job.name));
        let desk = open_one(args, &job, &workshop, &path);
        board.advance();
        desk
    });
    board.finish();
    if !each.is_quiet {
        render::notices("", &notices);
    }
    let mut desks = Vec::new();
    for (pair, opened) in plan.pairs.iter().zip(opened) {
        match opened {
            Ok(Ok(desk)) => desks.push(desk),
            Ok(Err(failure)) => render::talk(&format!("error: {}: {failure}\n", pair.name)),
            Err(panicked) => {
                render::talk(&format!("error: {}: {}\n", pair.name, panicked.0));
            }
        }
    }
    if desks.is_empty() {
        return Err(Failure::NoPairs(args.shared.zh.clone()));
    }
    let what = format!("{} documents in {}", desks.len(), each.out.display());
    page::answer(&args.page, desks, &what, each.is_quiet)
}

/// The review of one pair of a folder.
fn open_one(
    args: &ReviewArgs,
    job: &Job,
    workshop: &Workshop,
    path: &Path,
) -> Result<Desk, Failure> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(|source| {
            SessionError::from(LogError::Io { path: parent.to_owned(), source })
        })?;
    }
    let mut notices = Vec::new();
    open(args, job, workshop, path, &mut notices, &Progress::new(true))
}

fn is_review(path: &Path) -> bool {
    let name = path.file_name().map(OsStr::to_string_lossy);
    name.is_some_and(|name| name.ends_with(ENDING))
}

/// The options under which a review was begun.
fn resume(shared: &mut Shared, path: &Path, head: &Head) {
    let name = path.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
    shared.name = Some(name.strip_suffix(ENDING).unwrap_or(&name).to_owned());
    shared.out = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    shared.zh = PathBuf::from(&head.zh.file);
    shared.en =
        Some(PathBuf::from(&head.en.file)).filter(|en| !en.as_os_str().is_empty());
    shared.lines = head.level == LINES;
    shared.level = match head.level.as_str() {
        SENTENCE => LevelName::Sentence,
        _ => LevelName::Paragraph,
    };
    let tag = |mark: &FileMark| Some(mark.lang.clone()).filter(|tag| !tag.is_empty());
    shared.zh_lang = shared.zh_lang.take().or_else(|| tag(&head.zh));
    shared.en_lang = shared.en_lang.take().or_else(|| tag(&head.en));
}

const LINES: &str = "lines";
const SENTENCE: &str = "sentence";

fn level(shared: &Shared) -> &'static str {
    match shared.level {
        _ if shared.lines => LINES,
        LevelName::Sentence => SENTENCE,
        LevelName::Paragraph | LevelName::Both => "paragraph",
    }
}

/// The review: a new one, or the one that is there.
fn open(
    args: &ReviewArgs,
    job: &Job,
    workshop: &Workshop,
    path: &Path,
    notices: &mut Vec<Notice>,
    progress: &Progress,
) -> Result<Desk, Failure> {
    let (session, backing, tags) = if path.exists() || args.until.is_some() {
        let session = match args.until {
            Some(_) => Session::read(path, args.until)?,
            None => {
                let (session, torn) = Session::open(path)?;
                if torn.is_some() {
                    let aside = path.with_extension("torn");
                    render::talk(&format!(
                        "notice: a line that was torn is kept in {}\n",
                        aside.display()
                    ));
                }
                session
            }
        };
        let head = session.head();
        let tags = Pair::new(head.zh.lang.clone(), head.en.lang.clone());
        let backing = again(&session, job, workshop, progress);
        if backing.is_none() {
            render::talk(
                "notice: the sources are lost or were changed since; the review goes on with \
                 what was aligned then\n",
            );
        }
        (session, backing.unwrap_or_default(), tags)
    } else {
        let outcome = align(job, workshop, progress)?;
        notices.extend(outcome.notices.iter().cloned());
        let tags = languages(&outcome.bitext, &job.languages);
        let head = begin::head(&job.paths, &tags, level(&args.shared), workshop.created);
        let head =
            head.map_err(|source| LogError::Io { path: job.paths.zh.clone(), source });
        let head = head.map_err(SessionError::from)?;
        let (base, backing) = begin::begin(outcome);
        std::fs::create_dir_all(&job.out).map_err(|source| {
            SessionError::from(LogError::Io { path: job.out.clone(), source })
        })?;
        (Session::create(path, head, base)?, backing, tags)
    };
    let termbase = match (&workshop.termbase, &job.glossary) {
        (Some(_), Some(path)) => path.clone(),
        _ => job.out.join(format!("{}.terms.csv", job.name)),
    };
    let setting = Setting {
        name: job.name.clone(),
        out: job.out.clone(),
        termbase,
        who: who(args.who.as_deref()),
        languages: tags,
        source: job.source,
        is_sentences: args.shared.level == LevelName::Sentence,
        is_lines: args.shared.lines,
        is_termbase: false,
        clock: clock::now,
    };
    Ok(Desk::new(session, backing, setting).with_aligner(Arc::clone(&workshop.aligner)))
}

/// What stands beside a review that goes on: found again, if the sources are what they were.
fn again(
    session: &Session,
    job: &Job,
    workshop: &Workshop,
    progress: &Progress,
) -> Option<Backing> {
    let head = session.head();
    let is_same = |mark: &FileMark| {
        mark.file.is_empty()
            || fingerprint(Path::new(&mark.file)).is_ok_and(|m| m == mark.mark)
    };
    if !is_same(&head.zh) || !is_same(&head.en) {
        return None;
    }
    let outcome = align(job, workshop, progress).ok()?;
    let (base, backing): (Base, Backing) = begin::begin(outcome);
    // Another version of the program may align otherwise: then its segments are others.
    let is_same = base.zh == session.base().zh && base.en == session.base().en;
    is_same.then_some(backing)
}

fn align(
    job: &Job,
    workshop: &Workshop,
    progress: &Progress,
) -> Result<Outcome, Failure> {
    progress.stage(Stage::Read);
    let input = read(job)?;
    let review = Review { kinds: &FindingKind::ALL, source: job.source };
    let request =
        Request { terms: true, review: Some(review), ..Request::new(&workshop.aligner) };
    Ok(pipeline::run(input, &request, progress))
}
