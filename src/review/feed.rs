//! Decisions on their way out: terms to the termbase, findings to the exceptions.
//!
//! The log is the truth; these files are written behind it. Where one cannot be written, the
//! decision stands, and the page is told.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::desk::{Desk, status_in};
use super::event::{FindingState, TermChange, TermState};
use crate::glossary::{self, Edit, GlossaryError, Row, Stamp, Store, Termbase};
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

/// Hands decisions on terms to the termbase, each from what it was to what it is.
///
/// # Errors
///
/// When the termbase cannot be read or written.
pub fn terms(desk: &Desk, decided: &[TermChange]) -> Result<(), FeedError> {
    let decided: Vec<Decision> =
        decided.iter().map(|change| Decision::new(desk, change)).collect();
    let is_open = |one: &Decision| one.was.0 == Status::Candidate && one.is_open();
    let is_nothing = |one: &Decision| match desk.setting.termbase.exists() {
        // What was never written has nothing to be taken back.
        true => is_open(one) && one.was == one.now,
        false => one.is_open(),
    };
    if decided.iter().all(is_nothing) {
        return Ok(());
    }
    let day = (desk.setting.clock)().extended();
    let day = day.split('T').next().unwrap_or_default().to_owned();
    let stamp = Stamp { day, who: desk.setting.who.clone() };
    Store::new(&desk.setting.termbase).change("review", |termbase| {
        decided.iter().for_each(|one| one.write(termbase, &stamp));
        Ok::<_, FeedError>(())
    })?;
    Ok(())
}

/// A decision on a pair: its status and terms before and after.
struct Decision {
    was: (Status, Pair<String>),
    now: (Status, Pair<String>),
    variants: Pair<Vec<String>>,
    subject: String,
    note: String,
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
        }
    }

    fn is_open(&self) -> bool {
        self.now.0 == Status::Candidate
    }

    fn write(&self, termbase: &mut Termbase, stamp: &Stamp) {
        let (_, written) = &self.was;
        if self.is_open() {
            self.take_back(termbase, stamp);
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
    fn take_back(&self, termbase: &mut Termbase, stamp: &Stamp) {
        let (status, written) = &self.was;
        let is_ours = |row: &Row, pair: Pair<&str>| {
            row.status == *status && pair == written.as_ref().map(String::as_str)
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

/// Hands decisions on findings to `NAME.exceptions.csv`: lines of others stay.
///
/// # Errors
///
/// When the file cannot be read or written.
pub fn findings(desk: &Desk, ids: &BTreeSet<String>) -> Result<(), FeedError> {
    if ids.is_empty() {
        return Ok(());
    }
    let path = desk.setting.out.join(format!("{}.exceptions.csv", desk.setting.name));
    let io = |source| FeedError::Io { path: path.display().to_string(), source };
    let old = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(io(error)),
    };
    let new = exceptions(desk, ids, &old);
    if new != old {
        write(&path, &new).map_err(io)?;
    }
    Ok(())
}

/// The text of the exceptions, with these findings as they are decided now.
fn exceptions(desk: &Desk, ids: &BTreeSet<String>, old: &str) -> String {
    let fingerprint = |line: &str| {
        let cell = line.split([',', ';', '\t', ' ']).next().unwrap_or_default();
        cell.trim().trim_matches('"').to_owned()
    };
    let mut text: String = old
        .split_inclusive('\n')
        .filter(|line| !ids.contains(&fingerprint(line)))
        .collect();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for one in &desk.backing.findings {
        let finding = &one.finding;
        let id = &finding.fingerprint;
        if !ids.contains(id) || desk.state().finding(id) != FindingState::Accepted {
            continue;
        }
        if text.is_empty() {
            text += "# fingerprint,kind,message,by\n";
        }
        let mut line = csv::Writer::from_writer(Vec::new());
        let by = format!("{} {}", desk.setting.who, (desk.setting.clock)().extended());
        let message = crate::text::formula::harmless(&finding.message()).into_owned();
        let cells = [id.as_str(), finding.kind.as_str(), &message, by.trim()];
        // Into memory: it cannot fail, and the writer says what it holds.
        let _ = line.write_record(cells);
        let bytes = line.into_inner().unwrap_or_default();
        text += &String::from_utf8_lossy(&bytes);
    }
    text
}

/// Writes a file whole, beside its place first.
pub(super) fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new().prefix(".align-").tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
