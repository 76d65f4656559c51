//! An aligned pair.

use std::sync::{Arc, OnceLock};

use bitext::check::{Finding, FindingKind, Report, ReportKind};
use bitext::config::Level;
use bitext::export::{
    Columns, ExportKind, OutputFile, Part, Product, Reviewed, SegType, Timestamp,
    language_tags,
};
use bitext::mine::Mined;
use bitext::pipeline::{self, Aligner, Review};
use bitext::types::{Pair, Sentences, Side};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::{columns, fault, options};

/// An aligned pair, and what is found in it when it is first asked for.
#[pyclass(frozen, module = "bitext._bitext")]
pub(crate) struct Outcome {
    aligner: Arc<Aligner>,
    outcome: pipeline::Outcome,
    name: String,
    min_score: f64,
    mined: OnceLock<Mined>,
    sentences: OnceLock<Sentences>,
}

impl Outcome {
    pub(crate) fn new(
        aligner: Arc<Aligner>,
        outcome: pipeline::Outcome,
        name: String,
        min_score: f64,
    ) -> Self {
        let (mined, sentences) = (OnceLock::new(), OnceLock::new());
        Self { aligner, outcome, name, min_score, mined, sentences }
    }

    pub(crate) fn mined(&self, py: Python<'_>) -> PyResult<&Mined> {
        fault::guarded(py, || {
            self.mined.get_or_init(|| self.outcome.terms(&self.aligner).into_owned())
        })
    }

    fn all_sentences(&self, py: Python<'_>) -> PyResult<&Sentences> {
        fault::guarded(py, || {
            let find = || self.outcome.sentences(&self.aligner).into_owned();
            self.sentences.get_or_init(find)
        })
    }

    fn review(
        &self,
        py: Python<'_>,
        kinds: &[FindingKind],
        source: Side,
    ) -> PyResult<Vec<Finding>> {
        fault::guarded(py, || {
            self.outcome.review(&self.aligner, Review { kinds, source })
        })
    }

    fn report(&self, py: Python<'_>, kind: ReportKind, form: &Form) -> PyResult<Vec<u8>> {
        let findings = self.review(py, &FindingKind::ALL, form.source)?;
        let bitext = &self.outcome.bitext;
        let languages = self.languages(form);
        let report = Report {
            findings: &findings,
            n_accepted: 0,
            names: bitext.documents.as_ref().map(|document| document.name.as_str()),
            languages: Pair::new(languages.zh.as_str(), languages.en.as_str()),
            n_units: bitext.units().filter(|unit| !unit.bead.is_single()).count(),
        };
        let mut bytes = Vec::new();
        kind.write(&report, &mut bytes).map_err(PyOSError::new_err)?;
        Ok(bytes)
    }

    fn file(
        &self,
        py: Python<'_>,
        kind: ExportKind,
        file: OutputFile,
        form: &Form,
    ) -> PyResult<Vec<u8>> {
        let terms = match kind.needs_terms() {
            true => &self.mined(py)?.terms[..],
            false => &[],
        };
        let is_both_levels = file.is_for_both_levels;
        let sentences = match kind.needs_sentences() || is_both_levels {
            true if self.aligner.config().level == Level::Paragraph => {
                Some(self.all_sentences(py)?)
            }
            _ => None,
        };
        let languages = self.languages(form);
        let config = self.aligner.config();
        let product = Product {
            bitext: &self.outcome.bitext,
            sentences,
            terms,
            concepts: &[],
            name: &self.name,
            languages: &languages,
            segtype: match config.level {
                Level::Paragraph => SegType::Paragraph,
                Level::Sentence => SegType::Sentence,
            },
            created: form.created,
            by_lines: config.lines,
            source: form.source,
            min_score: self.outcome.min_score(self.min_score),
            columns: form.columns,
            is_both_levels,
            reviewed: Reviewed::default(),
            part: Part::default(),
        };
        let written = fault::guarded(py, || {
            let mut bytes = Vec::new();
            file.write(&product, &mut bytes).map(|()| bytes)
        })?;
        written.map_err(PyOSError::new_err)
    }

    fn languages(&self, form: &Form) -> Pair<String> {
        let found = language_tags(&self.outcome.bitext, self.aligner.seed());
        let given = form.languages.clone();
        Pair::new(given.zh.unwrap_or(found.zh), given.en.unwrap_or(found.en))
    }
}

/// How a file is to be written.
struct Form {
    source: Side,
    columns: Columns,
    created: Timestamp,
    languages: Pair<Option<String>>,
}

#[pymethods]
impl Outcome {
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// The names of the two documents.
    #[getter]
    fn documents(&self) -> (String, String) {
        let names = self.outcome.bitext.documents.as_ref().map(|one| one.name.clone());
        (names.zh, names.en)
    }

    /// How many segments each side has.
    #[getter]
    fn segments(&self) -> (usize, usize) {
        let len = self.outcome.bitext.ladder.len();
        (len.zh, len.en)
    }

    #[getter]
    fn is_unrelated(&self) -> bool {
        self.outcome.is_unrelated()
    }

    fn ladder(&self) -> Vec<(Vec<usize>, Vec<usize>, f64)> {
        columns::ladder(&self.outcome.bitext)
    }

    fn beads<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        columns::beads(py, &self.outcome.bitext)
    }

    fn evidence<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        columns::evidence(py, &self.outcome.bitext)
    }

    fn sentences<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        columns::sentences(py, self.all_sentences(py)?)
    }

    fn terms<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        columns::terms(py, &self.mined(py)?.terms)
    }

    fn notices<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        columns::notices(py, &self.outcome.notices)
    }

    fn left_out<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        columns::left_out(py, &self.outcome.bitext)
    }

    /// Findings of these kinds; without kinds, all.
    fn findings<'py>(
        &self,
        py: Python<'py>,
        kinds: Option<Vec<String>>,
        source: &str,
    ) -> PyResult<Bound<'py, PyDict>> {
        let known = FindingKind::ALL.map(|kind| (kind.as_str(), kind));
        let kinds: Vec<FindingKind> = match kinds {
            None => FindingKind::ALL.to_vec(),
            Some(names) => names
                .iter()
                .map(|name| fault::named("finding", name, &known))
                .collect::<PyResult<_>>()?,
        };
        let findings = self.review(py, &kinds, options::source(source)?)?;
        columns::findings(py, &findings)
    }

    /// The bytes of a file that is called so.
    #[pyo3(signature = (file, source, columns, created, zh_lang, en_lang))]
    #[expect(clippy::too_many_arguments, reason = "each is an option of the program")]
    fn export<'py>(
        &self,
        py: Python<'py>,
        file: &str,
        source: &str,
        columns: &str,
        created: u64,
        zh_lang: Option<String>,
        en_lang: Option<String>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let form = Form {
            source: options::source(source)?,
            columns: options::columns(columns)?,
            created: Timestamp(created),
            languages: Pair::new(zh_lang, en_lang),
        };
        let report =
            ReportKind::ALL.into_iter().find(|kind| file.ends_with(kind.suffix()));
        let bytes = match (report, ExportKind::of_file(file)) {
            (Some(kind), _) => self.report(py, kind, &form)?,
            (None, Some((kind, of_kind))) => self.file(py, kind, of_kind, &form)?,
            (None, None) => {
                let files = ExportKind::ALL.iter().flat_map(|kind| kind.files());
                let reports = ReportKind::ALL.iter().map(|kind| kind.suffix());
                let known: Vec<&str> =
                    files.map(|file| file.suffix).chain(reports).collect();
                let known = known.join(" ");
                return Err(PyValueError::new_err(format!(
                    "\"{file}\" ends like no kind of output; known are {known}"
                )));
            }
        };
        Ok(PyBytes::new(py, &bytes))
    }
}
