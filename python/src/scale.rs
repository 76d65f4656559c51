//! What a job over many documents asks of the library.

use std::io;
use std::path::PathBuf;

use bitext::batch::{self, Roots};
use bitext::export::{Columns, ExportKind, Product, Timestamp};
use bitext::types::{Bitext, KeptUnit, Pair, Side, TermPair, UnitPlace};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyIterator};

use crate::engine::Engine;
use crate::{fault, options};

pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(plan, module)?)?;
    module.add_function(wrap_pyfunction!(mine_documents, module)?)?;
    module.add_function(wrap_pyfunction!(pair_name, module)?)
}

/// What a pair of files is called.
#[pyfunction]
#[pyo3(signature = (first, second))]
fn pair_name(first: PathBuf, second: Option<PathBuf>) -> String {
    bitext::cli::pair_name(&first, &second.unwrap_or_default())
}

/// A pair of a folder: its name and its two files.
type Planned = (String, PathBuf, PathBuf);

/// The pairs of a folder, and the files that fit none.
#[pyfunction]
fn plan(
    py: Python<'_>,
    folder: PathBuf,
    out: PathBuf,
) -> PyResult<(Vec<Planned>, Vec<PathBuf>)> {
    let plan = fault::guarded(py, || {
        let files = ExportKind::ALL.iter().flat_map(|kind| kind.files());
        let endings: Vec<&str> = files.map(|file| file.suffix).collect();
        batch::plan(&Roots::One(folder), &out, &endings)
    })?
    .map_err(fault::unread)?;
    let pairs = plan.pairs.into_iter();
    let pairs = pairs.map(|pair| (pair.name, pair.files.zh, pair.files.en)).collect();
    let ambiguous = plan.ambiguous.into_iter().flatten();
    Ok((pairs, ambiguous.chain(plan.left_over).collect()))
}

/// A paired unit: document, bead, what a reader calls it, Chinese, English.
type Unit = (String, usize, String, String, String);

/// The glossary of so many documents together: the bytes of a file that is called so.
///
/// `documents` gives the paired units of each, in the order of their names, and is asked for
/// them one after the other. `scratch` is a folder with room for some twenty times the texts.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "each is an option of the program")]
fn mine_documents<'py>(
    py: Python<'py>,
    engine: &Engine,
    count: usize,
    documents: Py<PyIterator>,
    scratch: PathBuf,
    file: &str,
    source: &str,
    columns: &str,
    created: u64,
    languages: (String, String),
) -> PyResult<Bound<'py, PyBytes>> {
    let (source, columns) = (options::source(source)?, options::columns(columns)?);
    let units = |_| {
        let units = Python::attach(|py| match documents.bind(py).clone().next() {
            Some(units) => units?.extract::<Vec<Unit>>(),
            None => Err(PyValueError::new_err("there are fewer documents than was said")),
        });
        let unit = |(document, bead, unit, zh, en)| KeptUnit {
            text: Pair::new(zh, en),
            bead,
            place: UnitPlace { document, unit },
        };
        Ok(units.map_err(io::Error::other)?.into_iter().map(unit).collect())
    };
    let bytes = fault::guarded(py, || {
        let aligner = engine.aligner();
        let terms = aligner.mine_documents(count, units, &scratch);
        let mut terms = terms.map_err(unmined)?;
        aligner.mark(&mut terms);
        let languages = Pair::new(languages.0, languages.1);
        glossary(&terms, file, (source, columns, Timestamp(created)), &languages)
    })??;
    Ok(PyBytes::new(py, &bytes))
}

/// The bytes of a glossary of many documents.
fn glossary(
    terms: &[TermPair],
    file: &str,
    (source, columns, created): (Side, Columns, Timestamp),
    languages: &Pair<String>,
) -> PyResult<Vec<u8>> {
    let kind = ExportKind::of_file(file).filter(|(kind, _)| kind.is_of_terms_alone());
    let Some((_, of_kind)) = kind else {
        return Err(PyValueError::new_err(format!("\"{file}\" ends like no glossary")));
    };
    let bitext = Bitext::empty(batch::ALL);
    let product = Product {
        terms,
        created,
        source,
        columns,
        ..Product::new(&bitext, batch::ALL, languages)
    };
    let mut bytes = Vec::new();
    of_kind.write(&product, &mut bytes).map_err(PyOSError::new_err)?;
    Ok(bytes)
}

/// What an iterator raised is raised again.
fn unmined(error: io::Error) -> PyErr {
    error.downcast::<PyErr>().unwrap_or_else(PyErr::from)
}
