//! Decisions on their way out: terms to the termbase, findings to the exceptions.
//!
//! The log is the truth; these files are written behind it:
//!
//! ```text
//! log  1 accept  2 undo  3 reject  4 written terms.csv up to 3  5 accept
//!                                                               └─ what no file has yet
//! ```
//!
//! A term that was decided several times is written once, from what it was at the last writing
//! to what it is. What somebody else made of it in the termbase meanwhile stays. Where a file
//! cannot be written, the decision stands and waits for the next time; so it does where the
//! run was killed.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::desk::{Desk, status_in};
use super::event::{FindingState, TermChange, TermState};
use super::handed_on::{Differing, HandedOn};
use crate::check::Finding;
use crate::export::{Timestamp, unfinished};
use crate::glossary::{
    self, Edit, Entry, GlossaryError, Row, Stamp, Store, Termbase, Written,
};
use crate::lexicon::Seed;
use crate::types::{Pair, Status};

/// Why decisions were not handed on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FeedError {
    /// The termbase could not be changed.
    #[error(transparent)]
    Glossary(#[from] GlossaryError),
    /// The exceptions could not be written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}

impl From<Infallible> for FeedError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// Decisions that no file has yet, taken out of a review: they are written while it goes on.
#[derive(Debug)]
pub struct Load {
    terms: Vec<Decision>,
    verdicts: Vec<Verdict>,
    termbase: PathBuf,
    exceptions: PathBuf,
    who: String,
    at: Timestamp,
    /// All who decided anything in the review: what they wrote is ours.
    deciders: BTreeSet<String>,
    upto: usize,
}

/// Hands on what no file has yet, and writes down that it was.
///
/// # Errors
///
/// When a file cannot be read or written; the decisions then wait for the next time.
pub fn hand_on(desk: &mut Desk) -> Result<HandedOn, FeedError> {
    let Some(load) = Load::of(desk) else { return Ok(HandedOn::default()) };
    let handed_on = load.write()?;
    desk.note_handed_on(&handed_on);
    Ok(handed_on)
}

impl Load {
    /// What no file has yet; `None` if there is nothing.
    pub fn of(desk: &Desk) -> Option<Self> {
        let (session, setting) = (&desk.session, &desk.setting);
        let from = desk.handed_on();
        let upto = session.revision();
        if session.is_read_only() || from.terms.min(from.findings) >= upto {
            return None;
        }
        let terms = session.terms_since(from.terms);
        let ids = session.findings_since(from.findings);
        let verdicts = Verdict::of(desk, &ids);
        if terms.is_empty() && verdicts.is_empty() {
            return None;
        }
        Some(Self {
            terms: terms.iter().map(|change| Decision::new(desk, change)).collect(),
            verdicts,
            termbase: setting.termbase.clone(),
            exceptions: setting.exceptions(),
            who: setting.who.clone(),
            at: (setting.clock)(),
            deciders: session.events().iter().map(|event| event.who.clone()).collect(),
            upto,
        })
    }

    /// Writes terms to the termbase and findings to the exceptions.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or written.
    pub fn write(&self) -> Result<HandedOn, FeedError> {
        let mut done = HandedOn { upto: self.upto, ..HandedOn::default() };
        self.write_terms(&mut done)?;
        self.write_findings(&mut done)?;
        Ok(done)
    }

    fn write_terms(&self, done: &mut HandedOn) -> Result<(), FeedError> {
        let is_open = |one: &Decision| one.was.0 == Status::Candidate && one.is_open();
        let is_nothing = |one: &Decision| match self.termbase.exists() {
            // What was never written has nothing to be taken back.
            true => is_open(one) && one.was == one.now,
            false => one.is_open(),
        };
        if self.terms.iter().all(is_nothing) {
            return Ok(());
        }
        let day = self.at.extended();
        let day = day.split('T').next().unwrap_or_default().to_owned();
        let stamp = Stamp { day, who: self.who.clone() };
        let change = |termbase: &mut Termbase| {
            let mut differing = Vec::new();
            for one in &self.terms {
                match one.theirs(termbase) {
                    Some(theirs) => differing.push(one.differing(theirs)),
                    None => one.write(termbase, &stamp, &self.deciders),
                }
            }
            Ok::<_, FeedError>(differing)
        };
        let (differing, written) = Store::new(&self.termbase).change("review", change)?;
        done.differing = differing;
        if written != Written::Unchanged {
            done.files.push(self.termbase.clone());
        }
        Ok(())
    }

    /// Lines of others stay.
    fn write_findings(&self, done: &mut HandedOn) -> Result<(), FeedError> {
        if self.verdicts.is_empty() {
            return Ok(());
        }
        let path = &self.exceptions;
        let io = |source| FeedError::Io { path: path.display().to_string(), source };
        let old = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(io(error)),
        };
        let new = self.exceptions_text(&old);
        if new != old {
            write(path, &new).map_err(io)?;
            done.files.push(path.clone());
        }
        Ok(())
    }

    /// The text of the exceptions, with these findings as they are decided now.
    fn exceptions_text(&self, old: &str) -> String {
        let fingerprint = |line: &str| {
            let cell = line.split([',', ';', '\t', ' ']).next().unwrap_or_default();
            cell.trim().trim_matches('"').to_owned()
        };
        let ids: BTreeSet<&str> =
            self.verdicts.iter().map(|one| one.id.as_str()).collect();
        let mut text: String = old
            .split_inclusive('\n')
            .filter(|line| !ids.contains(fingerprint(line).as_str()))
            .collect();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let by = format!("{} {}", self.who, self.at.extended());
        for one in self.verdicts.iter().filter(|one| one.is_accepted) {
            if text.is_empty() {
                text += "# fingerprint,kind,message,by\n";
            }
            let mut line = csv::Writer::from_writer(Vec::new());
            let message = crate::text::formula::harmless(&one.message).into_owned();
            // Into memory: it cannot fail, and the writer says what it holds.
            let _ = line.write_record([one.id.as_str(), one.kind, &message, by.trim()]);
            let bytes = line.into_inner().unwrap_or_default();
            text += &String::from_utf8_lossy(&bytes);
        }
        text
    }
}

/// What is decided of a finding.
#[derive(Debug)]
struct Verdict {
    id: String,
    kind: &'static str,
    message: String,
    is_accepted: bool,
}

impl Verdict {
    /// What is decided of these. Of one that is not found again only its fingerprint is known.
    fn of(desk: &Desk, ids: &BTreeSet<String>) -> Vec<Self> {
        let found: BTreeMap<&str, &Finding> = desk
            .backing
            .findings
            .iter()
            .map(|one| (one.finding.fingerprint.as_str(), &one.finding))
            .collect();
        let verdict = |id: &String| {
            let finding = found.get(id.as_str());
            Self {
                id: id.clone(),
                kind: finding.map_or("", |finding| finding.kind.as_str()),
                message: finding.map_or_else(String::new, |finding| finding.message()),
                is_accepted: desk.state().finding(id) == FindingState::Accepted,
            }
        };
        ids.iter().map(verdict).collect()
    }
}

/// A decision on a pair: its status and terms before and after.
#[derive(Debug)]
struct Decision {
    was: (Status, Pair<String>),
    now: (Status, Pair<String>),
    variants: Pair<Vec<String>>,
    subject: String,
    note: String,
    /// Is it open again by a decision, and not because one was taken back?
    is_reopened: bool,
}

impl Decision {
    fn new(desk: &Desk, change: &TermChange) -> Self {
        let proposed = Pair::new(change.zh.clone(), change.en.clone());
        let id = desk.term_id(&(change.zh.clone(), change.en.clone()));
        let pair = id.map(|id| desk.backing.terms[id].clone()).unwrap_or_default();
        let written = |state: &TermState| {
            let now = |edited: &String, proposed: &String| {
                if edited.is_empty() { proposed.clone() } else { edited.clone() }
            };
            let zh = now(&state.zh, &proposed.zh);
            (status_in(state, &pair), Pair::new(zh, now(&state.en, &proposed.en)))
        };
        let now = &change.now;
        let variants = now.variants.clone().map(|(zh, en)| Pair::new(zh, en));
        Self {
            was: written(&change.was),
            now: written(now),
            variants: variants.unwrap_or_else(|| pair.variants.clone()),
            subject: now.subject.clone(),
            note: now.note.clone(),
            is_reopened: now.is_reopened,
        }
    }

    /// What somebody else made of the pair: neither what we knew of it nor what it becomes.
    fn theirs(&self, termbase: &Termbase) -> Option<Status> {
        let pairs = termbase.concepts.values().flat_map(Entry::pairs);
        let is_it = |pair: &Pair<&str>| *pair == self.was.1.as_ref().map(String::as_str);
        let mut found = pairs.filter(|(_, pair)| is_it(pair)).map(|(row, _)| row.status);
        let first = found.next()?;
        let is_known = |status: Status| status == self.was.0 || status == self.now.0;
        let is_theirs = !is_known(first) && !found.any(is_known);
        is_theirs.then_some(first)
    }

    fn differing(&self, theirs: Status) -> Differing {
        Differing { term: self.now.1.clone(), theirs, ours: self.now.0 }
    }

    fn is_open(&self) -> bool {
        self.now.0 == Status::Candidate
    }

    fn write(&self, termbase: &mut Termbase, stamp: &Stamp, deciders: &BTreeSet<String>) {
        let (_, written) = &self.was;
        if self.is_open() {
            self.take_back(termbase, stamp, deciders);
            // A row that is there, decided or not, is corrected.
            self.correct(termbase, stamp, written);
            return;
        }
        self.correct(termbase, stamp, written);
        let given = [name(&self.now.1)];
        let note = Some(self.note.as_str()).filter(|note| !note.is_empty());
        let (status, seed) = (self.now.0, Seed::shipped());
        let done = glossary::decide(termbase, &given, status, note, true, stamp, seed);
        for (one, _) in done.into_iter().flatten() {
            let row = termbase.concepts.get_mut(&one.id);
            let Some(row) = row.and_then(|entry| entry.rows.get_mut(one.row)) else {
                continue;
            };
            row.variants = self.variants.clone();
            if !self.subject.is_empty() {
                row.subject.clone_from(&self.subject);
            }
        }
    }

    /// Writes the terms otherwise in the row that has them.
    fn correct(&self, termbase: &mut Termbase, stamp: &Stamp, written: &Pair<String>) {
        let now = &self.now.1;
        if written == now {
            return;
        }
        let term = now.clone().map(Some);
        let edit = Edit { term, ..Edit::default() };
        let edited =
            glossary::edit(termbase, &name(written), &edit, stamp, Seed::shipped());
        // A pair that is not there need not be.
        drop(edited);
    }

    /// Takes back what still stands as it was written. A row that only the decision made goes.
    fn take_back(
        &self,
        termbase: &mut Termbase,
        stamp: &Stamp,
        deciders: &BTreeSet<String>,
    ) {
        let (status, written) = &self.was;
        let is_ours = |row: &Row, pair: Pair<&str>| {
            row.status == *status
                && pair == written.as_ref().map(String::as_str)
                && (self.is_reopened || deciders.contains(&row.who))
        };
        let found = termbase.concepts.iter().find_map(|(id, entry)| {
            let at = entry.pairs().position(|(row, pair)| is_ours(row, pair))?;
            Some((id.clone(), at))
        });
        let Some((id, at)) = found else { return };
        let Some(entry) = termbase.concepts.get_mut(&id) else { return };
        let row = &mut entry.rows[at];
        let is_made_here = row.uses.is_empty() && row.confidence.is_empty();
        if is_made_here && row.evidence.is_empty() {
            entry.rows.remove(at);
            if entry.rows.is_empty() {
                termbase.concepts.remove(&id);
            }
        } else {
            row.status = Status::Candidate;
            row.changed.clone_from(&stamp.day);
            row.who.clone_from(&stamp.who);
        }
    }
}

/// A pair as the commands of the termbase name it.
fn name(term: &Pair<String>) -> String {
    format!("{}\t{}", term.zh, term.en)
}

/// Writes a file whole, beside its place first.
pub(super) fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = unfinished(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
