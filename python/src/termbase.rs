//! Termbases: reading, deciding, gathering.

use std::path::PathBuf;

use bitext::glossary::{self, GlossaryError, Harvest, Stamp, Store, Unknown};
use bitext::lexicon::Seed;
use bitext::types::{Pair, Status};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::outcome::Outcome;
use crate::{columns, fault};

pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(termbase_rows, module)?)?;
    module.add_function(wrap_pyfunction!(glossary_rows, module)?)?;
    module.add_function(wrap_pyfunction!(decide, module)?)?;
    module.add_function(wrap_pyfunction!(undo, module)?)?;
    module.add_function(wrap_pyfunction!(gather, module)?)
}

/// The rows of a termbase, by concept.
#[pyfunction]
fn termbase_rows<'py>(py: Python<'py>, path: PathBuf) -> PyResult<Bound<'py, PyDict>> {
    let base =
        fault::guarded(py, || Store::new(&path).load())?.map_err(fault::glossary)?;
    columns::rows(py, &base)
}

/// The rows of any glossary that is read, as those of a termbase; without those that cannot be
/// read, where they may be passed over.
#[pyfunction]
fn glossary_rows<'py>(
    py: Python<'py>,
    path: PathBuf,
    skip_bad_rows: bool,
) -> PyResult<(Bound<'py, PyDict>, Vec<String>)> {
    let loaded = fault::guarded(py, || glossary::load(&path, skip_bad_rows))?
        .map_err(fault::glossary)?;
    let skipped = loaded.skipped.iter().map(ToString::to_string).collect();
    let base = glossary::Termbase::from_concepts(loaded.concepts, "", &Stamp::default());
    Ok((columns::rows(py, &base)?, skipped))
}

/// Why a change was not made.
enum Unchanged {
    Glossary(GlossaryError),
    Unknown(Vec<Unknown>),
}

impl From<GlossaryError> for Unchanged {
    fn from(error: GlossaryError) -> Self {
        Unchanged::Glossary(error)
    }
}

impl From<Vec<Unknown>> for Unchanged {
    fn from(unknown: Vec<Unknown>) -> Self {
        Unchanged::Unknown(unknown)
    }
}

impl From<Unchanged> for PyErr {
    fn from(error: Unchanged) -> Self {
        match error {
            Unchanged::Glossary(error) => fault::glossary(error),
            Unchanged::Unknown(unknown) => {
                let texts: Vec<String> =
                    unknown.iter().map(ToString::to_string).collect();
                PyKeyError::new_err(texts.join("; "))
            }
        }
    }
}

/// A decided row: id, Chinese, English, was it changed.
type Decided = (String, String, String, bool);

/// Decides on concepts or pairs; all or none.
#[pyfunction]
#[pyo3(signature = (path, terms, status, note, add, day, who))]
#[expect(clippy::too_many_arguments, reason = "each is an option of the program")]
fn decide(
    py: Python<'_>,
    path: PathBuf,
    terms: Vec<String>,
    status: &str,
    note: Option<String>,
    add: bool,
    day: String,
    who: String,
) -> PyResult<Vec<Decided>> {
    let known = Status::ALL.map(|status| (status.as_str(), status));
    let status = fault::named("status", status, &known)?;
    if !add && !path.exists() {
        return Err(fault::glossary(GlossaryError::Missing { path }));
    }
    let stamp = Stamp { day, who };
    let done = fault::guarded(py, || {
        let store = Store::new(&path);
        store.change(status.as_str(), |base| {
            let seed = Seed::shipped();
            let note = note.as_deref();
            let done = glossary::decide(base, &terms, status, note, add, &stamp, seed)?;
            let tell = |(one, is_changed): (glossary::Selected, bool)| {
                let Pair { zh, en } = base.concepts[&one.id].rows[one.row].term.clone();
                (one.id, zh, en, is_changed)
            };
            Ok::<_, Unchanged>(done.into_iter().map(tell).collect())
        })
    })?;
    Ok(done.map(|(done, _)| done)?)
}

/// Brings back the state before the last change; tells what that was.
#[pyfunction]
fn undo(py: Python<'_>, path: PathBuf, force: bool) -> PyResult<String> {
    if !path.exists() && !force {
        return Err(fault::glossary(GlossaryError::Missing { path }));
    }
    fault::guarded(py, || Store::new(&path).undo(force))?.map_err(fault::glossary)
}

/// Merges the terms of an outcome; tells how many concepts are new and how many rows changed.
#[pyfunction]
fn gather(
    py: Python<'_>,
    path: PathBuf,
    outcome: &Outcome,
    document: String,
    day: String,
) -> PyResult<(usize, usize)> {
    if document.is_empty() {
        return Err(PyValueError::new_err("a document needs a name"));
    }
    let harvest = Harvest::from_document(&document, &outcome.mined(py)?.terms);
    let stamp = Stamp { day, who: String::new() };
    let gained = fault::guarded(py, || {
        Store::new(&path).change("align", |base| {
            let gain = glossary::add_mined(base, &harvest, &stamp, Seed::shipped());
            Ok::<_, GlossaryError>((gain.added, gain.updated))
        })
    })?;
    Ok(gained.map_err(fault::glossary)?.0)
}
