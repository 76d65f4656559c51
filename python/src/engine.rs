//! An aligner with its options.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bitext::config::Config;
use bitext::glossary::{self, GlossaryError, ReadAs, Store};
use bitext::mine;
use bitext::pipeline::{self, Aligner, Request};
use bitext::read::read_input;
use bitext::types::{Concept, Input, Noted, Notice, Pair, Source};
use pyo3::prelude::*;

use crate::outcome::Outcome;
use crate::{fault, options};

/// Aligns pairs; shared by threads.
#[pyclass(frozen, module = "bitext._bitext")]
pub(crate) struct Engine {
    aligner: Arc<Aligner>,
    min_score: f64,
    /// Of the glossary that was given.
    notices: Vec<Notice>,
}

impl Engine {
    pub(crate) fn aligner(&self) -> &Aligner {
        &self.aligner
    }

    fn run(
        &self,
        py: Python<'_>,
        input: Noted<Input>,
        name: String,
    ) -> PyResult<Outcome> {
        let aligner = Arc::clone(&self.aligner);
        let mut outcome =
            fault::guarded(py, || pipeline::run(input, &Request::new(&aligner), &()))?;
        outcome.notices.extend(self.notices.iter().cloned());
        Ok(Outcome::new(aligner, outcome, name, self.min_score))
    }
}

#[pymethods]
impl Engine {
    #[new]
    #[pyo3(signature = (
        *, level, lines, moved, keep, glossary, skip_bad_rows, terms, min_count, nested, sort, stop,
        min_score
    ))]
    #[expect(clippy::too_many_arguments, reason = "each is an option of the program")]
    fn new(
        py: Python<'_>,
        level: &str,
        lines: bool,
        moved: &str,
        keep: Vec<String>,
        glossary: Option<PathBuf>,
        skip_bad_rows: bool,
        terms: &str,
        min_count: usize,
        nested: bool,
        sort: &str,
        stop: Vec<String>,
        min_score: f64,
    ) -> PyResult<Self> {
        let mut mine = mine::Params {
            strictness: options::strictness(terms)?,
            min_count,
            nested,
            order: options::order(sort)?,
            stop,
            ..mine::Params::default()
        };
        let (level, moved) = (options::level(level)?, options::moved(moved)?);
        let keep = options::keep(&keep)?;
        let known = fault::guarded(py, || match &glossary {
            Some(path) => Known::load(path, skip_bad_rows),
            None => Ok(Known::default()),
        })?
        .map_err(fault::glossary)?;
        mine.rejected = known.rejected;
        let config = Config { lines, keep, level, moved, mine, ..Config::default() };
        let aligner = Aligner::new(config).with_glossary(known.concepts);
        Ok(Self { aligner: Arc::new(aligner), min_score, notices: known.notices })
    }

    /// Aligns two texts.
    fn align(
        &self,
        py: Python<'_>,
        zh: &str,
        en: &str,
        name: String,
    ) -> PyResult<Outcome> {
        let source = |side, text| Source::plain(format!("{name}.{side}"), text, "UTF-8");
        let texts = Pair::new(source("zh", zh), source("en", en));
        self.run(py, Input::Texts(texts).into(), name)
    }

    /// Reads and aligns two files, or one that holds both languages.
    #[pyo3(signature = (first, second, zh_encoding, en_encoding, name))]
    fn align_files(
        &self,
        py: Python<'_>,
        first: PathBuf,
        second: Option<PathBuf>,
        zh_encoding: Option<String>,
        en_encoding: Option<String>,
        name: String,
    ) -> PyResult<Outcome> {
        let input = fault::guarded(py, || {
            let encodings = Pair::new(zh_encoding.as_deref(), en_encoding.as_deref());
            read_input(&first, second.as_deref(), encodings)
        })?;
        self.run(py, input.map_err(fault::unread)?, name)
    }
}

/// What is known of terms before a run.
#[derive(Default)]
struct Known {
    concepts: Vec<Concept>,
    rejected: Vec<Pair<String>>,
    notices: Vec<Notice>,
}

impl Known {
    /// What a file holds: the decisions of a termbase, all of another glossary, of which rows
    /// that cannot be read may be passed over.
    fn load(path: &Path, skips_bad_rows: bool) -> Result<Self, GlossaryError> {
        match glossary::read_as(path)? {
            ReadAs::Absent => {
                return Err(GlossaryError::Missing { path: path.to_owned() });
            }
            ReadAs::Foreign => {}
            ReadAs::Termbase => match Store::new(path).load() {
                Err(GlossaryError::Row(_)) if skips_bad_rows => {}
                base => {
                    let base = base?;
                    let (concepts, rejected) = (base.decided(), base.rejected());
                    return Ok(Self { concepts, rejected, notices: Vec::new() });
                }
            },
        }
        let loaded = glossary::load(path, skips_bad_rows)?;
        let skipped = loaded.skipped.iter().map(ToString::to_string);
        let notices = skipped.map(|problem| Notice::RowSkipped { problem }).collect();
        Ok(Self { concepts: loaded.concepts, rejected: Vec::new(), notices })
    }
}
