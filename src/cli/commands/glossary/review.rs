//! Decides on the terms of a termbase one after the other, on a page or in the terminal.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::termbase::{Signature, load};
use crate::cli::clock;
use crate::cli::deciding;
use crate::cli::failure::Failure;
use crate::cli::page::{self, PageArgs};
use crate::export::fingerprint;
use crate::glossary::Termbase;
use crate::review::begin::{Backing, PROGRAM};
use crate::review::desk::{Desk, Setting};
use crate::review::event::TermState;
use crate::review::log::{Base, FileMark, Head, LogError, VERSION};
use crate::review::session::{Session, SessionError};
use crate::types::{Pair, Side, Status, TermPair};

/// Decide on the terms one after the other, best first: a page in your browser, or here
///
/// Keys in the terminal: a accept, r reject, f forbid, e edit, s skip, u undo, q quit. Every
/// decision is in the termbase before the next term is shown.
#[derive(Clone, Debug, Args)]
pub(super) struct ReviewArgs {
    /// The termbase
    file: PathBuf,

    /// Only rows found in this document
    #[arg(long, value_name = "NAME")]
    document: Option<String>,

    /// Here in the terminal; the default where no browser can be opened
    #[arg(long)]
    terminal: bool,

    #[command(flatten)]
    page: PageArgs,

    #[command(flatten)]
    signature: Signature,

    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(args: &ReviewArgs) -> Result<bool, Failure> {
    let who = args.signature.stamp().who;
    let is_here = !args.page.no_open && !page::has_browser() && io::stdin().is_terminal();
    if args.terminal || is_here {
        deciding::run(desk(&args.file, args.document.as_deref(), who)?)?;
    } else {
        on_page(&args.file, args.document.as_deref(), who, &args.page, args.quiet)?;
    }
    Ok(true)
}

/// Opens the page of a termbase.
pub(crate) fn on_page(
    file: &Path,
    document: Option<&str>,
    who: String,
    page: &PageArgs,
    is_quiet: bool,
) -> Result<(), Failure> {
    let desk = match desk(file, document, who) {
        Err(Failure::Review(error)) => return page::of_another(error, page),
        desk => desk?,
    };
    page::answer(page, vec![desk], &file.display().to_string(), is_quiet)
}

/// The termbase as a review has it: terms without a text.
fn desk(file: &Path, document: Option<&str>, who: String) -> Result<Desk, Failure> {
    let terms = terms(&load(file)?, document);
    let session = session(file, &terms)?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let setting = Setting {
        name: stem,
        out: file.parent().map(Path::to_owned).unwrap_or_default(),
        termbase: file.to_owned(),
        who,
        languages: Pair::new("zh-CN".into(), "en-US".into()),
        source: Side::Zh,
        is_sentences: false,
        is_lines: false,
        is_termbase: true,
        clock: clock::now,
        created: clock::now(),
    };
    Ok(Desk::new(session, Backing { terms, ..Backing::default() }, setting))
}

/// The rows with a term of each side, best first.
fn terms(termbase: &Termbase, document: Option<&str>) -> Vec<TermPair> {
    let mut terms = Vec::new();
    for entry in termbase.concepts.values() {
        for (row, term) in entry.pairs() {
            let is_wanted =
                document.is_none_or(|name| row.documents().any(|d| d == name));
            if is_wanted && !term.zh.is_empty() && !term.en.is_empty() {
                terms.push(TermPair { term: term.map(str::to_owned), ..row.to_pair() });
            }
        }
    }
    let best = |a: &TermPair, b: &TermPair| -> Ordering {
        let by_confidence = b.confidence.total_cmp(&a.confidence);
        by_confidence.then(b.count.cmp(&a.count))
    };
    terms.sort_by(best);
    terms
}

/// The log of the review, beside the termbase. One that is at odds with the termbase, because
/// that was changed since by other means, is put aside: what stands there counts.
fn session(file: &Path, terms: &[TermPair]) -> Result<Session, Failure> {
    let path = file.with_extension("review.jsonl");
    if path.exists() {
        let (session, _) = Session::open(&path)?;
        if is_current(&session, file, terms) {
            return Ok(session);
        }
        drop(session);
        let old = file.with_extension("review.old.jsonl");
        let io = |source| SessionError::from(LogError::Io { path: path.clone(), source });
        fs::rename(&path, old).map_err(io)?;
    }
    let io = |source| SessionError::from(LogError::Io { path: file.to_owned(), source });
    let mark = fingerprint(file).map_err(io)?;
    let zh = FileMark { file: file.display().to_string(), lang: String::new(), mark };
    let head = Head {
        review: VERSION,
        by: PROGRAM.to_owned(),
        at: clock::now().extended(),
        zh,
        en: FileMark::default(),
        level: "termbase".to_owned(),
    };
    Ok(Session::create(&path, head, Base::default())?)
}

/// Does the termbase say of each term what was handed on to it last? What was not, because the
/// run was killed, it cannot say.
fn is_current(session: &Session, file: &Path, terms: &[TermPair]) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let later = session.terms_since(session.written_upto(&name));
    let later: BTreeMap<(&str, &str), &TermState> =
        later.iter().map(|one| ((one.zh.as_str(), one.en.as_str()), &one.was)).collect();
    session.state().terms().all(|((zh, en), state)| {
        let state = *later.get(&(zh.as_str(), en.as_str())).unwrap_or(&state);
        let zh = if state.zh.is_empty() { zh } else { &state.zh };
        let en = if state.en.is_empty() { en } else { &state.en };
        let found = terms.iter().find(|pair| pair.term.zh == *zh && pair.term.en == *en);
        let is_open = state.status == Status::Candidate && !state.is_reopened;
        found.map_or(is_open, |pair| is_open || pair.status == state.status)
    })
}
