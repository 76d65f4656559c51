//! The check of a pair: read, aligned, looked through.

use std::path::{Path, PathBuf};

use crate::check::{Exceptions, Finding, FindingKind, Report, ReportKind};
use crate::config::Config;
use crate::export::OutputFiles;
use crate::pipeline::{self, Aligner, Observer, Request, Review, Stage};
use crate::types::{Bitext, Notice, Pair};

use super::args::CheckArgs;
use crate::cli::earlier::Earlier;
use crate::cli::failure::Failure;
use crate::cli::texts;
use crate::cli::workshop::{languages, level, read_glossary};

/// What the checks of all pairs share.
pub(super) struct Checker<'a> {
    pub(super) args: &'a CheckArgs,
    kinds: Vec<FindingKind>,
    exceptions: Exceptions,
    aligner: Aligner,
}

impl<'a> Checker<'a> {
    /// Reads what is known of terms and of findings that are right.
    pub(super) fn open(
        args: &'a CheckArgs,
        notices: &mut Vec<Notice>,
    ) -> Result<Self, Failure> {
        let shared = &args.shared;
        let kinds = args.kinds.as_ref();
        let kinds =
            kinds.map_or_else(|| FindingKind::ALL.to_vec(), |kinds| kinds.0.clone());
        let exceptions = match &args.accept {
            Some(path) => Exceptions::load(path)?,
            None => Exceptions::default(),
        };
        let glossary =
            read_glossary(shared.glossary.as_deref(), shared.skip_bad_rows, notices)?;
        let level = shared.level.into();
        let config = Config { lines: shared.lines, level, ..Config::default() };
        let aligner = Aligner::new(config).with_glossary(glossary);
        Ok(Self { args, kinds, exceptions, aligner })
    }

    /// Reads, aligns and checks a pair.
    pub(super) fn check(
        &self,
        zh: &Path,
        en: Option<&Path>,
        name: &str,
        observer: &dyn Observer,
    ) -> Result<Checked, Failure> {
        let shared = &self.args.shared;
        observer.stage(Stage::Read);
        let encodings =
            Pair::new(shared.zh_encoding.as_deref(), shared.en_encoding.as_deref());
        let input = texts::read(zh, en, encodings)?;
        let review = Review { kinds: &self.kinds, source: shared.source.into() };
        let earlier = self.earlier(name)?;
        let pinned = earlier.as_ref().map(Earlier::pinned);
        let request =
            Request { review: Some(review), pinned, ..Request::new(&self.aligner) };
        let mut outcome = pipeline::run(input, &request, observer);
        let given = Pair::new(shared.zh_lang.clone(), shared.en_lang.clone());
        let languages = languages(&outcome.bitext, &given);
        if let Some(earlier) = &earlier {
            let review = Some(review);
            earlier.apply(
                &mut outcome,
                &self.aligner,
                name,
                &languages,
                false,
                review,
            )?;
        }
        let mut findings = std::mem::take(&mut outcome.findings);
        let mut n_accepted = self.exceptions.apply(&mut findings);
        if let Some(earlier) = &earlier {
            let n_found = findings.len();
            findings.retain(|finding| !earlier.accepts(&finding.fingerprint));
            n_accepted += n_found - findings.len();
        }
        let (bitext, notices) = (outcome.bitext, outcome.notices);
        Ok(Checked { findings, n_accepted, bitext, languages, notices })
    }

    /// The review that lies in the folder of the outputs, unless it is not wanted.
    fn earlier(&self, name: &str) -> Result<Option<Earlier>, Failure> {
        let shared = &self.args.shared;
        match shared.no_review {
            true => Ok(None),
            false => {
                let level = level(shared.lines, shared.level.into());
                Earlier::load(&shared.out, name, level)
            }
        }
    }
}

/// What came of the check of a pair.
pub(super) struct Checked {
    pub(super) findings: Vec<Finding>,
    n_accepted: usize,
    bitext: Bitext,
    languages: Pair<String>,
    pub(super) notices: Vec<Notice>,
}

impl Checked {
    pub(super) fn report(&self) -> Report<'_> {
        let paired = self.bitext.units().filter(|unit| !unit.bead.is_single());
        Report {
            findings: &self.findings,
            n_accepted: self.n_accepted,
            names: self.bitext.documents.as_ref().map(|one| one.name.as_str()),
            languages: self.languages.as_ref().map(String::as_str),
            n_units: paired.count(),
        }
    }
}

/// What the reports of a pair are called.
pub(super) fn file_names(name: &str, kinds: &[ReportKind]) -> Vec<(String, ReportKind)> {
    kinds.iter().map(|kind| (format!("{name}{}", kind.suffix()), *kind)).collect()
}

/// Writes the reports of a pair.
pub(super) fn write(
    mut files: OutputFiles,
    names: &[(String, ReportKind)],
    report: &Report<'_>,
) -> Result<Vec<PathBuf>, Failure> {
    for (name, kind) in names {
        files.write(name, |out| kind.write(report, out))?;
    }
    Ok(files.commit()?)
}
