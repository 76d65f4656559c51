//! Decisions on their way out: terms to the termbase, findings to the exceptions.
//!
//! The log is the truth; these files are written behind it. Where one cannot be written, the
//! decision stands, and the page is told.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::desk::Desk;
use super::event::FindingState;
use crate::glossary::{self, GlossaryError, Stamp, Store};
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

/// Hands decisions on terms to the termbase. `terms` are their proposed forms.
///
/// # Errors
///
/// When the termbase cannot be read or written.
pub fn terms(desk: &Desk, terms: &BTreeSet<(String, String)>) -> Result<(), FeedError> {
    if terms.is_empty() {
        return Ok(());
    }
    let mut by_status: BTreeMap<(Status, String), Vec<String>> = BTreeMap::new();
    for (zh, en) in terms {
        let state = desk.state().term(&Pair::new(zh.clone(), en.clone()));
        let zh = if state.zh.is_empty() { zh } else { &state.zh };
        let en = if state.en.is_empty() { en } else { &state.en };
        by_status
            .entry((state.status, state.note))
            .or_default()
            .push(format!("{zh}\t{en}"));
    }
    let day = (desk.setting.clock)().extended();
    let day = day.split('T').next().unwrap_or_default().to_owned();
    let stamp = Stamp { day, who: desk.setting.who.clone() };
    let store = Store::new(&desk.setting.termbase);
    if !desk.setting.termbase.exists()
        && by_status.keys().all(|(status, _)| *status == Status::Candidate)
    {
        return Ok(());
    }
    store.change("review", |termbase| {
        for ((status, note), given) in &by_status {
            // What is open again is no row that has to be made; one that is there is reset.
            let adds = *status != Status::Candidate;
            let note = Some(note.as_str()).filter(|note| !note.is_empty());
            for one in given {
                let one = std::slice::from_ref(one);
                let decided = glossary::decide(
                    termbase,
                    one,
                    *status,
                    note,
                    adds,
                    &stamp,
                    Seed::shipped(),
                );
                // A pair that is not there, and need not be.
                drop(decided);
            }
        }
        Ok::<_, FeedError>(())
    })?;
    Ok(())
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
