//! Takes decisions into a review that were made on its page as a file.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::clock;
use crate::cli::deciding::differing;
use crate::cli::earlier::ENDING;
use crate::cli::failure::Failure;
use crate::cli::render;
use crate::cli::status::Status;
use crate::review::begin::Backing;
use crate::review::decisions::{self, Applied, Decisions, VERSION};
use crate::review::desk::{Desk, Setting};
use crate::review::feed::{self, FeedError};
use crate::review::handed_on::HandedOn;
use crate::review::session::Session;
use crate::text::layout::counted;
use crate::types::Pair;

/// How the file of decisions ends.
const DECISIONS: &str = ".decisions.json";

/// Take in decisions that were made on a page written with --write html
///
/// Each decision holds where its row still has the texts that it was made on. Of two people who
/// decide differently the first stands, and the second becomes a note. What does not hold is
/// listed.
///
/// Exit status: 0 all of it was taken in, 1 not all, 2 nothing done.
#[derive(Clone, Debug, Args)]
pub(crate) struct ApplyArgs {
    /// Files of decisions, NAME.decisions.json, one after the other
    #[arg(required = true)]
    files: Vec<PathBuf>,

    /// The review they go to [default: NAME.review.jsonl beside the file, or in aligned/]
    #[arg(long, value_name = "FILE")]
    review: Option<PathBuf>,

    /// The termbase that decisions on terms go to [default: NAME.terms.csv beside the review]
    #[arg(long, value_name = "FILE")]
    glossary: Option<PathBuf>,
}

/// Takes them in, and lists what does not hold.
pub(crate) fn run(args: &ApplyArgs) -> Result<Status, Failure> {
    let mut files = Vec::new();
    for path in &args.files {
        files.push((path, load(path)?));
    }
    let mut is_whole = true;
    for (path, decisions) in files {
        let review = match &args.review {
            Some(review) => review.clone(),
            None => review_of(path, &decisions),
        };
        let (mut session, _) = Session::open(&review)?;
        let at = clock::now().extended();
        let applied = decisions::apply(&mut session, &decisions, &at)?;
        is_whole &= applied.is_whole();
        let handed_on = hand_on(session, &decisions, &review, args.glossary.as_deref())?;
        is_whole &= handed_on.differing.is_empty();
        let mut text = told(path, &review, &applied);
        for one in &handed_on.differing {
            text += &format!("  not: {}\n", differing(one));
        }
        render::result(&text);
    }
    Ok(Status::whole_if(is_whole))
}

/// Hands what is decided on: terms to the termbase, findings to the exceptions.
fn hand_on(
    session: Session,
    decisions: &Decisions,
    review: &Path,
    termbase: Option<&Path>,
) -> Result<HandedOn, Failure> {
    let name = review.file_name().unwrap_or_default().to_string_lossy();
    let name = name.strip_suffix(ENDING).unwrap_or(&name).to_owned();
    let own = review.with_file_name(format!("{name}.terms.csv"));
    let head = session.head();
    let languages = Pair::new(head.zh.lang.clone(), head.en.lang.clone());
    let setting = Setting {
        out: review.parent().unwrap_or(Path::new("")).to_owned(),
        termbase: termbase.map_or(own, Path::to_owned),
        who: decisions.who.clone(),
        ..Setting::without_page(name, languages, clock::now)
    };
    let mut desk = Desk::new(session, Backing::default(), setting);
    feed::hand_on(&mut desk).map_err(|error| match error {
        FeedError::Glossary(error) => error.into(),
        FeedError::Io { source, .. } => Failure::Input(source.to_string()),
    })
}

fn load(path: &Path) -> Result<Decisions, Failure> {
    let problem = |problem: String| Failure::Decisions { path: path.to_owned(), problem };
    let text =
        std::fs::read_to_string(path).map_err(|error| problem(error.to_string()))?;
    let decisions: Decisions = serde_json::from_str(&text)
        .map_err(|error| problem(format!("holds no decisions: {error}")))?;
    match decisions.decisions {
        VERSION => Ok(decisions),
        found => Err(problem(format!(
            "is of version {found}, and this program knows {VERSION}"
        ))),
    }
}

/// The review that decisions are of, by their name.
fn review_of(path: &Path, decisions: &Decisions) -> PathBuf {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let by_file = file.strip_suffix(DECISIONS).unwrap_or(&file).to_owned();
    // A name leads to no other folder.
    let is_plain = Path::new(&decisions.name)
        .file_name()
        .is_some_and(|f| f == decisions.name.as_str());
    let name = if is_plain { &decisions.name } else { &by_file };
    let name = format!("{name}{ENDING}");
    let beside = path.with_file_name(&name);
    let usual = Path::new("aligned").join(&name);
    if beside.exists() || !usual.exists() { beside } else { usual }
}

fn told(path: &Path, review: &Path, applied: &Applied) -> String {
    let done = counted(applied.n_done, "decision");
    let mut text = format!("{}: {done} taken into {}", path.display(), review.display());
    if applied.n_known > 0 {
        text += &format!(", {} known before", applied.n_known);
    }
    text.push('\n');
    let lists = [
        ("decided otherwise before, and now a note", &applied.differing),
        ("the text is another by now", &applied.lost),
    ];
    for (why, list) in lists {
        for one in list {
            text += &format!("  not: {one}: {why}\n");
        }
    }
    text
}
