//! Opens the review page of a pair, or of the pairs of a folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::batch;
use crate::check::FindingKind;
use crate::config::{Config, Level};
use crate::export::{OutputFiles, fingerprint};
use crate::pipeline::{
    self, Aligner, Observer as _, Outcome, Pinned, Request, Review, Stage,
};
use crate::review::begin::{self, Backing};
use crate::review::carry;
use crate::review::desk::{Desk, Setting};
use crate::review::later::Later;
use crate::review::log::{self, Base, FileMark, Head, LogError};
use crate::review::offline;
use crate::review::renewal::Renewal;
use crate::review::session::{Session, SessionError};
use crate::types::{Notice, Pair};
use clap::Args;

use crate::cli::board::Board;
use crate::cli::clock;
use crate::cli::commands::glossary;
use crate::cli::earlier::{self, ENDING};
use crate::cli::failure::Failure;
use crate::cli::job::{self, FolderJob, Job, Task};
use crate::cli::options::{LevelName, Options, Shared};
use crate::cli::page::{self, PageArgs};
use crate::cli::progress::Progress;
use crate::cli::render;
use crate::cli::texts;
use crate::cli::who::who;
use crate::cli::workshop::{Workshop, languages, level, read};

/// See, correct and decide: a page in your browser, on this machine alone
///
/// The pair is aligned as usual, and shown row by row with the reasons. Every decision is in
/// DIR/NAME.review.jsonl before the page shows it, and can be undone, also after a restart:
/// align review NAME.review.jsonl goes on where you stopped. Decisions on terms go into the
/// termbase that --glossary names, or into NAME.terms.csv; findings that are right as they
/// are, into NAME.exceptions.csv. Of a folder all pairs are opened, each with what is left to do.
#[derive(Clone, Debug, Args)]
#[command(after_help = "\
Examples:
  align review zh.txt en.txt
  align review aligned/law.review.jsonl      goes on where you stopped
  align review texts                         all pairs of a folder
  align review zh.txt en.txt --glossary terms.csv --no-open --port 8000")]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    shared: Shared,

    #[command(flatten)]
    options: Options,

    #[command(flatten)]
    page: PageArgs,

    /// Show a review as it was after its event N, for reading only
    #[arg(long, value_name = "N", help_heading = "Page")]
    until: Option<usize>,

    /// Who decides [default: ALIGN_WHO, or the name you are logged in by]
    #[arg(long, value_name = "NAME", help_heading = "Page")]
    who: Option<String>,
}

/// Aligns, or goes on, and answers until it is interrupted.
pub(crate) fn run(mut args: ReviewArgs) -> Result<(), Failure> {
    let resumed = is_review(&args.shared.zh).then(|| args.shared.zh.clone());
    if let Some(path) = &resumed {
        let head = log::read(path).map_err(SessionError::from)?.head;
        if head.level == "termbase" {
            let file = termbase_of(path, &head);
            let who = who(args.who.as_deref());
            return glossary::on_page(&file, None, who, &args.page, args.shared.quiet);
        }
        resume(&mut args.shared, path, &head);
    }
    let (shared, options) = (args.shared.clone(), args.options.clone());
    let (config, task) = job::Args { shared, options }.resolve()?;
    let job = match task {
        Task::Pair(job) => job,
        Task::Folder(folder) => return review_folder(&args, config, &folder),
    };
    if [&job.paths.zh, &job.paths.en].into_iter().any(|text| texts::is_standard(text)) {
        return Err(Failure::StdinReviewed);
    }
    if job.is_printed {
        return Err(Failure::OutIsNoFolder);
    }
    let path = resumed.unwrap_or_else(|| earlier::path(&job.out, &job.name));
    let mut notices = Vec::new();
    let mut config = config;
    config.align.readings = true;
    let workshop = Workshop::open(config, &job, &mut notices)?;

    let progress = Progress::new(job.is_quiet);
    let (until, who) = (args.until, args.who.clone());
    let opening = Opening { until, who, ..Opening::default() };
    let opened = open(opening, &job, &workshop, &path, &mut notices, &progress);
    progress.finish();
    let desk = match opened {
        Err(Failure::Review(error)) => return page::of_another(error, &args.page),
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
        return Err(Failure::of_no_pairs(&plan, &folder.roots));
    }
    let mut notices = Vec::new();
    let mut config = config;
    config.align.readings = true;
    let workshop = Workshop::open(config, each, &mut notices)?;
    let board = Board::new(plan.pairs.len(), each.is_quiet);
    let order = batch::largest_first(&plan.pairs);
    let opened = batch::run(&order, folder.jobs, |task, _| {
        let pair = &plan.pairs[task];
        let (paths, name) = (pair.files.clone(), pair.name.clone());
        let job = Job { paths, name, ..each.clone() };
        let path = earlier::path(&each.out, &job.name);
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
            Ok(Err(failure)) => {
                render::talk(&format!("error: {}: {failure}\n", pair.name));
            }
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
    // The list of the documents tells what is left to do in each.
    let opening = Opening { who: args.who.clone(), is_whole: true, ..Opening::default() };
    open(opening, job, workshop, path, &mut notices, &Progress::new(true))
}

fn is_review(path: &Path) -> bool {
    let name = path.file_name().map(OsStr::to_string_lossy);
    name.is_some_and(|name| name.ends_with(ENDING))
}

/// The termbase that a review is of: beside it, or else where it was.
fn termbase_of(path: &Path, head: &Head) -> PathBuf {
    let was = Path::new(&head.zh.file);
    let beside = path.with_file_name(was.file_name().unwrap_or_default());
    if beside.exists() { beside } else { was.to_owned() }
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
    shared.lines = head.level == "lines";
    shared.level = match head.level.as_str() {
        "sentence" => LevelName::Sentence,
        _ => LevelName::Paragraph,
    };
    let tag = |mark: &FileMark| Some(mark.lang.clone()).filter(|tag| !tag.is_empty());
    shared.zh_lang = shared.zh_lang.take().or_else(|| tag(&head.zh));
    shared.en_lang = shared.en_lang.take().or_else(|| tag(&head.en));
}

/// What the review page as one file is called.
pub(crate) fn page_name(job: &Job) -> String {
    format!("{}.html", job.name)
}

/// Writes the review page as one file. The review that its decisions come home to is begun, if
/// there is none; `aligned` is what the run made of the pair.
pub(crate) fn write_page(
    job: &Job,
    workshop: &Workshop,
    aligned: Outcome,
    mut outputs: OutputFiles,
) -> Result<Vec<PathBuf>, Failure> {
    let name = page_name(job);
    let path = earlier::path(&job.out, &job.name);
    let opening =
        Opening { aligned: Some(aligned), is_whole: true, ..Opening::default() };
    // What there is to say of the pair the run says.
    let mut notices = Vec::new();
    let silent = Progress::new(true);
    let desk = open(opening, job, workshop, &path, &mut notices, &silent)?;
    let language = std::env::var("LANG").unwrap_or_default();
    let page = offline::page(&desk, language.get(..2).unwrap_or_default());
    outputs.write(&name, |out| out.write_all(page?.as_bytes()))?;
    Ok(outputs.commit()?)
}

/// How a review is opened.
#[derive(Debug, Default)]
struct Opening {
    /// As it was after this event, for reading only.
    until: Option<usize>,
    /// Who decides, as given.
    who: Option<String>,
    /// The pair as it was aligned just now.
    aligned: Option<Outcome>,
    /// With terms and findings, that are otherwise looked for behind the page.
    is_whole: bool,
}

/// The review: a new one, or the one that is there.
fn open(
    args: Opening,
    job: &Job,
    workshop: &Workshop,
    path: &Path,
    notices: &mut Vec<Notice>,
    progress: &Progress,
) -> Result<Desk, Failure> {
    let config = workshop.aligner.config();
    let mut opener =
        Opener { job, aligner: &workshop.aligner, is_whole: args.is_whole, later: None };
    let mut is_outdated = false;
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
        let mut session = session;
        let backing = opener.again(&mut session, progress)?;
        is_outdated = backing.as_ref().is_some_and(|(_, is_outdated)| *is_outdated);
        let backing = backing.map(|(backing, _)| backing);
        if backing.is_none() {
            render::talk(
                "notice: the sources are lost; the review goes on with what was aligned then\n",
            );
        }
        let head = session.head();
        let tags = Pair::new(head.zh.lang.clone(), head.en.lang.clone());
        (session, backing.unwrap_or_default(), tags)
    } else {
        let outcome = match args.aligned {
            Some(outcome) => outcome,
            None => opener.align(None, progress)?,
        };
        notices.extend(outcome.notices.iter().cloned());
        let tags = languages(&outcome.bitext, &job.languages);
        let head = begin::head(
            &job.paths,
            &tags,
            level(config.lines, config.level),
            clock::now(),
        );
        let head =
            head.map_err(|source| LogError::Io { path: job.paths.zh.clone(), source });
        let head = head.map_err(SessionError::from)?;
        let (base, backing) = opener.begin(outcome);
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
        is_sentences: config.level == Level::Sentence,
        is_lines: config.lines,
        is_termbase: false,
        clock: clock::now,
        created: clock::of_files([job.paths.zh.as_path(), &job.paths.en]),
    };
    let aligner = Arc::clone(&workshop.aligner);
    let mut desk = Desk::new(session, backing, setting).with_aligner(aligner);
    desk.later = opener.later;
    desk.renewal = is_outdated.then(|| renewal(job, workshop, &desk.session));
    Ok(desk)
}

/// What aligns the review anew, where a person asks for it.
fn renewal(job: &Job, workshop: &Workshop, session: &Session) -> Renewal {
    let (job, aligner) = (job.clone(), Arc::clone(&workshop.aligner));
    let level = session.head().level.clone();
    Renewal::new(move |pinned| {
        let opener = Opener { job: &job, aligner: &aligner, is_whole: true, later: None };
        let aligned = opener.through(pinned, &level, &Progress::new(true));
        aligned.map_err(|failure| failure.to_string())
    })
}

/// Aligns the pair of a review.
struct Opener<'a> {
    job: &'a Job,
    aligner: &'a Aligner,
    /// With terms and findings?
    is_whole: bool,
    /// Those that are looked for behind the page.
    later: Option<Later>,
}

impl Opener<'_> {
    fn align(
        &self,
        pinned: Option<&Pinned>,
        progress: &Progress,
    ) -> Result<Outcome, Failure> {
        progress.stage(Stage::Read);
        let input = read(self.job)?;
        let review = Review { kinds: &FindingKind::ALL, source: self.job.source };
        let request = Request {
            terms: self.is_whole,
            review: self.is_whole.then_some(review),
            pinned,
            ..Request::new(self.aligner)
        };
        Ok(pipeline::run(input, &request, progress))
    }

    /// The base of the review and what stands beside it.
    fn begin(&mut self, outcome: Outcome) -> (Base, Backing) {
        let is_whole = self.is_whole;
        self.later = (!is_whole).then(|| Later::new(outcome.clone(), self.job.source));
        begin::begin(outcome)
    }

    /// The pair aligned through the rows of a review, and the head that tells of what it was
    /// read.
    fn through(
        &self,
        pinned: &Pinned,
        level: &str,
        progress: &Progress,
    ) -> Result<(Head, Outcome), Failure> {
        let outcome = self.align(Some(pinned), progress)?;
        let (paths, tags) =
            (&self.job.paths, languages(&outcome.bitext, &self.job.languages));
        let head = begin::head(paths, &tags, level, clock::now());
        let head = head.map_err(|source| LogError::Io { path: paths.zh.clone(), source });
        Ok((head.map_err(SessionError::from)?, outcome))
    }

    /// What stands beside a review that goes on: found again, if the sources are what they were.
    /// Would this version of the program align them otherwise than the one that began it?
    fn again(
        &mut self,
        session: &mut Session,
        progress: &Progress,
    ) -> Result<Option<(Backing, bool)>, Failure> {
        let head = session.head();
        let marks = [&head.zh, &head.en].map(|mark| {
            let now = fingerprint(Path::new(&mark.file)).ok();
            // One file may hold both languages.
            (
                mark.mark.clone(),
                if mark.file.is_empty() { Some(String::new()) } else { now },
            )
        });
        let is_lost = marks.iter().any(|(_, now)| now.is_none());
        let is_changed = marks.iter().any(|(then, now)| now.as_ref() != Some(then));
        if is_lost || is_changed && session.is_read_only() {
            return Ok(None);
        }
        if is_changed {
            return self.renewed(session, progress).map(|backing| Some((backing, false)));
        }
        let is_of_other = head.by != begin::PROGRAM;
        // Another version of the program, or a base with rows that were pinned in an older one,
        // may be aligned otherwise: then it is led to the beads of the base.
        let as_aligned = carry::as_aligned(session.base());
        let mut is_outdated = false;
        for pinned in [None, Some(&as_aligned)] {
            let Ok(outcome) = self.align(pinned, progress) else { return Ok(None) };
            let (base, backing) = self.begin(outcome);
            let old = session.base();
            if pinned.is_none() {
                is_outdated = is_of_other && !base.is_laid_out_as(old);
            }
            if base.zh == old.zh && base.en == old.en {
                return Ok(Some((backing, is_outdated)));
            }
        }
        self.later = None;
        Ok(is_outdated.then(|| (Backing::default(), true)))
    }

    /// The review on the texts as they are now: aligned anew through the rows that still stand.
    fn renewed(
        &mut self,
        session: &mut Session,
        progress: &Progress,
    ) -> Result<Backing, Failure> {
        let pinned = carry::pinned(session);
        let level = session.head().level.clone();
        let (head, outcome) = self.through(&pinned, &level, progress)?;
        let beads = outcome.pinned.clone();
        let (base, backing) = self.begin(outcome);
        let carried = carry::carry(session, &base, &beads);
        let (n_rows, n_lost) = (pinned.rows.len(), carried.lost.len());
        session.rebase(head, base, carried)?;
        render::talk(&format!(
            "notice: the sources were changed since and are aligned anew: {} of {n_rows} \
             confirmed rows stand; those that do not are on the overview\n",
            n_rows - n_lost
        ));
        Ok(backing)
    }
}
