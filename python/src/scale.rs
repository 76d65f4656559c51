//! What a job over many documents asks of the library.

use std::path::PathBuf;

use bitext::batch::{self, Roots};
use bitext::export::{Columns, ExportKind, Product, Reviewed, SegType, Timestamp};
use bitext::types::{Bitext, KeptUnit, Pair, Side, TermPair, UnitPlace};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::engine::Engine;
use crate::{fault, options};

pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("BLOCK", batch::BLOCK)?;
    module.add_function(wrap_pyfunction!(plan, module)?)?;
    module.add_function(wrap_pyfunction!(blocks, module)?)?;
    module.add_function(wrap_pyfunction!(mine_block, module)?)?;
    module.add_function(wrap_pyfunction!(join_blocks, module)?)?;
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

/// Which documents of these sizes, in bytes of their paired units, are mined together.
#[pyfunction]
fn blocks(sizes: Vec<usize>) -> Vec<(usize, usize)> {
    let blocks = batch::blocks(&sizes, batch::BLOCK);
    blocks.into_iter().map(|block| (block.start, block.end)).collect()
}

/// A paired unit: document, bead, what a reader calls it, Chinese, English.
type Unit = (String, usize, String, String, String);

/// The terms of the units of a block, as JSON.
#[pyfunction]
fn mine_block<'py>(
    py: Python<'py>,
    engine: &Engine,
    units: Vec<Unit>,
) -> PyResult<Bound<'py, PyBytes>> {
    let json = fault::guarded(py, || {
        let unit = |(document, bead, unit, zh, en)| KeptUnit {
            text: Pair::new(zh, en),
            bead,
            place: UnitPlace { document, unit },
        };
        let units = units.into_iter().map(unit).collect();
        serde_json::to_vec(&engine.aligner().mine_units(units))
    })?;
    Ok(PyBytes::new(py, &json.map_err(unwritten)?))
}

/// The glossary of all blocks, in order, each as `mine_block` gives it: the bytes of a file
/// that is called so.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "each is an option of the program")]
fn join_blocks<'py>(
    py: Python<'py>,
    engine: &Engine,
    blocks: Vec<Vec<u8>>,
    file: &str,
    source: &str,
    columns: &str,
    created: u64,
    languages: (String, String),
) -> PyResult<Bound<'py, PyBytes>> {
    let (source, columns) = (options::source(source)?, options::columns(columns)?);
    let bytes = fault::guarded(py, || {
        let blocks = blocks.iter().map(|block| serde_json::from_slice(block));
        let blocks = blocks.collect::<Result<Vec<Vec<TermPair>>, _>>();
        let mut terms = batch::join(blocks.map_err(unread)?);
        engine.aligner().mark(&mut terms);
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
    let product = Product {
        bitext: &Bitext::empty(batch::ALL),
        sentences: None,
        terms,
        concepts: &[],
        name: batch::ALL,
        languages,
        segtype: SegType::Paragraph,
        created,
        by_lines: false,
        source,
        min_score: 0.0,
        columns,
        is_both_levels: false,
        reviewed: Reviewed::default(),
    };
    let mut bytes = Vec::new();
    of_kind.write(&product, &mut bytes).map_err(PyOSError::new_err)?;
    Ok(bytes)
}

fn unwritten(error: serde_json::Error) -> PyErr {
    PyOSError::new_err(error.to_string())
}

fn unread(error: serde_json::Error) -> PyErr {
    PyValueError::new_err(format!("a block is damaged: {error}"))
}
