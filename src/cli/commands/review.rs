//! Opens the review page of a pair.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::FindingKind;
use crate::config::Level;
use crate::export::{OutputFiles, fingerprint};
use crate::pipeline::{self, Observer as _, Outcome, Pinned, Request, Review, Stage};
use crate::review::begin::{self, Backing};
use crate::review::carry;
use crate::review::desk::{Desk, Setting};
use crate::review::guard::Guard;
use crate::review::log::{self, Base, FileMark, Head, LogError};
use crate::review::offline;
use crate::review::router::App;
use crate::review::server;
use crate::review::session::{Session, SessionError};
use crate::types::{Notice, Pair};
use clap::Args;

use crate::cli::clock;
use crate::cli::earlier::{self, ENDING};
use crate::cli::failure::Failure;
use crate::cli::job::{self, Job, Task};
use crate::cli::options::{LevelName, Options, Shared};
use crate::cli::progress::Progress;
use crate::cli::render;
use crate::cli::who::who;
use crate::cli::workshop::{Workshop, languages, level, read};

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

    /// Only tell the address, and open no browser
    #[arg(long)]
    no_open: bool,

    /// The port to answer on; a later one if it is taken [default: any that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,

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
    let Task::Pair(job) = task else { return Err(Failure::ReviewFolder(args.shared.zh)) };
    let path = resumed.unwrap_or_else(|| earlier::path(&job.out, &job.name));
    let mut notices = Vec::new();
    let mut config = config;
    config.align.readings = true;
    let workshop = Workshop::open(config, &job, &mut notices)?;

    let progress = Progress::new(job.is_quiet);
    let opening = Opening { until: args.until, who: args.who.clone() };
    let opened = open(&opening, &job, &workshop, &path, &mut notices, &progress);
    progress.finish();
    let desk = match opened {
        Err(Failure::Review(SessionError::Log(LogError::Busy { address, path })))
            if !address.is_empty() && !args.no_open =>
        {
            render::talk(&format!("{}: is open at {address}\n", path.display()));
            show(&address);
            return Ok(());
        }
        opened => opened?,
    };
    if !job.is_quiet {
        render::notices("", &notices);
    }
    answer(&args, desk, &path)
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
    shared.lines = head.level == "lines";
    shared.level = match head.level.as_str() {
        "sentence" => LevelName::Sentence,
        _ => LevelName::Paragraph,
    };
    let tag = |mark: &FileMark| Some(mark.lang.clone()).filter(|tag| !tag.is_empty());
    shared.zh_lang = shared.zh_lang.take().or_else(|| tag(&head.zh));
    shared.en_lang = shared.en_lang.take().or_else(|| tag(&head.en));
}

/// Writes the review page as one file, `NAME.html`. The review that its decisions come home to
/// is begun, if there is none.
pub(crate) fn write_page(
    job: &Job,
    workshop: &Workshop,
    notices: &mut Vec<Notice>,
    progress: &Progress,
) -> Result<Vec<PathBuf>, Failure> {
    let name = format!("{}.html", job.name);
    let names = [name.as_str()];
    let mut outputs = match job.is_forced {
        true => OutputFiles::forced(&job.out, names)?,
        false => OutputFiles::open(&job.out, names)?,
    };
    let path = earlier::path(&job.out, &job.name);
    let desk = open(&Opening::default(), job, workshop, &path, notices, progress)?;
    let language = std::env::var("LANG").unwrap_or_default();
    let page = offline::page(&desk, language.get(..2).unwrap_or_default());
    outputs.write(&name, |out| out.write_all(page?.as_bytes()))?;
    Ok(outputs.commit()?)
}

/// How a review is opened.
#[derive(Clone, Debug, Default)]
struct Opening {
    /// As it was after this event, for reading only.
    until: Option<usize>,
    /// Who decides, as given.
    who: Option<String>,
}

/// The review: a new one, or the one that is there.
fn open(
    args: &Opening,
    job: &Job,
    workshop: &Workshop,
    path: &Path,
    notices: &mut Vec<Notice>,
    progress: &Progress,
) -> Result<Desk, Failure> {
    let config = workshop.aligner.config();
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
        let backing = again(&mut session, job, workshop, progress)?;
        if backing.is_none() {
            render::talk(
                "notice: the sources are lost; the review goes on with what was aligned then\n",
            );
        }
        let head = session.head();
        let tags = Pair::new(head.zh.lang.clone(), head.en.lang.clone());
        (session, backing.unwrap_or_default(), tags)
    } else {
        let outcome = align(job, workshop, None, progress)?;
        notices.extend(outcome.notices.iter().cloned());
        let tags = languages(&outcome.bitext, &job.languages);
        let head = begin::head(
            &job.paths,
            &tags,
            level(config.lines, config.level),
            workshop.created,
        );
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
        is_sentences: config.level == Level::Sentence,
        is_lines: config.lines,
        clock: clock::now,
    };
    Ok(Desk::new(session, backing, setting).with_aligner(Arc::clone(&workshop.aligner)))
}

/// What stands beside a review that goes on: found again, if the sources are what they were.
fn again(
    session: &mut Session,
    job: &Job,
    workshop: &Workshop,
    progress: &Progress,
) -> Result<Option<Backing>, Failure> {
    let head = session.head();
    let marks = [&head.zh, &head.en].map(|mark| {
        let now = fingerprint(Path::new(&mark.file)).ok();
        // One file may hold both languages.
        (mark.mark.clone(), if mark.file.is_empty() { Some(String::new()) } else { now })
    });
    let is_lost = marks.iter().any(|(_, now)| now.is_none());
    let is_changed = marks.iter().any(|(then, now)| now.as_ref() != Some(then));
    if is_lost || is_changed && session.is_read_only() {
        return Ok(None);
    }
    if is_changed {
        return renewed(session, job, workshop, progress).map(Some);
    }
    // Another version of the program, or a base with rows that were pinned in an older one,
    // may be aligned otherwise: then it is led to the beads of the base.
    let as_aligned = carry::as_aligned(session.base());
    for pinned in [None, Some(&as_aligned)] {
        let Ok(outcome) = align(job, workshop, pinned, progress) else { return Ok(None) };
        let (base, backing): (Base, Backing) = begin::begin(outcome);
        if base.zh == session.base().zh && base.en == session.base().en {
            return Ok(Some(backing));
        }
    }
    Ok(None)
}

/// The review on the texts as they are now: aligned anew through the rows that still stand.
fn renewed(
    session: &mut Session,
    job: &Job,
    workshop: &Workshop,
    progress: &Progress,
) -> Result<Backing, Failure> {
    let pinned = carry::pinned(session);
    let outcome = align(job, workshop, Some(&pinned), progress)?;
    let beads = outcome.pinned.clone();
    let tags = languages(&outcome.bitext, &job.languages);
    let level = session.head().level.clone();
    let head = begin::head(&job.paths, &tags, &level, workshop.created);
    let head = head.map_err(|source| LogError::Io { path: job.paths.zh.clone(), source });
    let head = head.map_err(SessionError::from)?;
    let (base, backing) = begin::begin(outcome);
    let carried = carry::carry(session, &base, &beads);
    let (n_rows, n_lost) = (pinned.rows.len(), carried.lost.len());
    session.rebase(head, base, carried)?;
    render::talk(&format!(
        "notice: the sources were changed since and are aligned anew: {} of {n_rows} confirmed \
         rows stand; those that do not are on the overview\n",
        n_rows - n_lost
    ));
    Ok(backing)
}

fn align(
    job: &Job,
    workshop: &Workshop,
    pinned: Option<&Pinned>,
    progress: &Progress,
) -> Result<Outcome, Failure> {
    progress.stage(Stage::Read);
    let input = read(job)?;
    let review = Review { kinds: &FindingKind::ALL, source: job.source };
    let request = Request {
        terms: true,
        review: Some(review),
        pinned,
        ..Request::new(&workshop.aligner)
    };
    Ok(pipeline::run(input, &request, progress))
}

/// Answers until it is interrupted.
fn answer(args: &ReviewArgs, mut desk: Desk, path: &Path) -> Result<(), Failure> {
    let listener = server::bind(args.port).map_err(Failure::Serve)?;
    let port = listener.local_addr().map_err(Failure::Serve)?.port();
    if let Some(log) = desk.session.log() {
        log.tell_address(&format!("http://127.0.0.1:{port}/"))
            .map_err(SessionError::from)?;
    }
    let guard = Guard::new(port).map_err(Failure::Serve)?;
    let address = guard.address();
    let app = Arc::new(App::new(desk, guard));
    let door =
        (!args.no_open).then(|| door(&address)).transpose().map_err(Failure::Serve)?;
    let is_up = || {
        render::talk(&format!(
            "Review of {}: {address}\nCtrl-C ends it; every decision is saved.\n",
            path.display()
        ));
        if let Some(door) = &door {
            show(&door.path().to_string_lossy());
        }
    };
    server::serve(Arc::clone(&app), listener, is_up).map_err(Failure::Serve)?;
    if !args.shared.quiet {
        let n = app.desk().session.revision();
        let refused = match app.guard().n_refused() {
            0 => String::new(),
            n => format!("; {n} requests of strangers were refused"),
        };
        render::talk(&format!("\n{n} events in {}{refused}\n", path.display()));
    }
    Ok(())
}

/// A file that leads to the address, which its owner alone can read: the key shows in no list
/// of processes.
fn door(address: &str) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let mut door = builder.prefix("align-review-").suffix(".html").tempfile()?;
    writeln!(
        door,
        "<!DOCTYPE html><meta http-equiv=refresh content=\"0;url={address}\">"
    )?;
    door.flush()?;
    Ok(door)
}

/// Opens a page in the browser; where there is none, the address was told.
fn show(page: &str) {
    drop(open::that_detached(page));
}
