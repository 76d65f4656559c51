//! Aligns one pair.

use std::path::{Path, PathBuf};
use std::time::Instant;

use bitext::config::{Config, Level};
use bitext::export::{
    OutputFile, OutputFiles, Product, SegType, Timestamp, language_tags, memory_notices,
};
use bitext::glossary;
use bitext::lexicon::Seed;
use bitext::mine::{Inconsistency, Mined};
use bitext::pipeline::{Aligner, Observer, Stage};
use bitext::read::read_input;
use bitext::types::{Bitext, Concept, Notice, Pair, TermPair};

use crate::args::Job;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::summary::Summary;
use crate::{clock, render};

/// Reads, aligns, mines, writes; says what came of it.
pub(crate) fn run(config: Config, job: &Job) -> Result<(), Failure> {
    let started = Instant::now();
    let progress = Progress::new(job.is_quiet);
    let names = file_names(job);
    spare_inputs(job, &names)?;
    let outputs = open(job, &names)?;
    let mut notices = Vec::new();
    let workshop = Workshop::open(config, job, &mut notices)?;
    let product = workshop.produce(job, &names, outputs, &progress)?;
    notices.extend(product.notices);
    progress.finish();
    if !job.is_quiet {
        let summary = Summary {
            bitext: &product.bitext,
            terms: product.terms.as_deref(),
            inconsistencies: &product.inconsistencies,
            notices: &notices,
            files: &product.files,
            seconds: started.elapsed().as_secs_f64(),
        };
        render::summary(&summary);
    }
    Ok(())
}

/// What all pairs of a run share.
#[derive(Debug)]
pub(crate) struct Workshop {
    pub(crate) aligner: Aligner,
    pub(crate) config: Config,
    pub(crate) glossary: Vec<Concept>,
    pub(crate) created: Timestamp,
}

/// What came of a pair.
#[derive(Debug)]
pub(crate) struct Produced {
    pub(crate) bitext: Bitext,
    /// `None` where no terms were asked for.
    pub(crate) terms: Option<Vec<TermPair>>,
    pub(crate) inconsistencies: Vec<Inconsistency>,
    pub(crate) languages: Pair<String>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) files: Vec<PathBuf>,
}

impl Workshop {
    /// Reads the glossaries and loads the tables.
    pub(crate) fn open(
        mut config: Config,
        job: &Job,
        notices: &mut Vec<Notice>,
    ) -> Result<Self, Failure> {
        let read = |path: &Option<PathBuf>, notices: &mut Vec<Notice>| {
            read_glossary(path.as_deref(), job.skips_bad_rows, notices)
        };
        let glossary = read(&job.glossary, notices)?;
        let rejected = read(&job.reject, notices)?;
        config.mine.rejected =
            rejected.into_iter().map(|concept| concept.pair.term).collect();
        let aligner = Aligner::new(config.clone());
        Ok(Self { aligner, config, glossary, created: clock::now() })
    }

    /// Reads, aligns, mines and writes a pair.
    pub(crate) fn produce(
        &self,
        job: &Job,
        names: &[(String, OutputFile)],
        mut outputs: OutputFiles,
        observer: &dyn Observer,
    ) -> Result<Produced, Failure> {
        observer.stage(Stage::Read);
        let encodings = job.encodings.as_ref().map(|encoding| encoding.as_deref());
        let second =
            Some(job.paths.en.as_path()).filter(|path| !path.as_os_str().is_empty());
        let read = read_input(&job.paths.zh, second, encodings)?;
        let mut notices = read.notices;

        let (by_lines, level) = (self.config.lines, self.config.level);
        let aligned = self.aligner.align_input(read.value, observer);
        let bitext = aligned.value;
        notices.extend(aligned.notices);
        let needs_terms = job.kinds.iter().any(|kind| kind.needs_terms());
        let mined = if needs_terms {
            self.aligner.mine_all(&bitext, observer)
        } else {
            Mined::default()
        };
        let (mut terms, inconsistencies) = (mined.terms, mined.inconsistencies);
        glossary::mark(&mut terms, &self.glossary, Seed::shipped());
        let needs_sentences =
            job.is_both_levels || job.kinds.iter().any(|kind| kind.needs_sentences());
        let sentences = (needs_sentences && level == Level::Paragraph)
            .then(|| self.aligner.sentences(&bitext));
        if job.kinds.iter().any(|kind| kind.is_memory()) {
            notices.extend(memory_notices(&bitext, job.min_score));
        }

        observer.stage(Stage::Write);
        let found = language_tags(&bitext, Seed::shipped());
        let given = job.languages.clone();
        let languages =
            Pair::new(given.zh.unwrap_or(found.zh), given.en.unwrap_or(found.en));
        let product = Product {
            bitext: &bitext,
            sentences: sentences.as_ref(),
            is_both_levels: job.is_both_levels,
            terms: &terms,
            name: &job.name,
            languages: &languages,
            segtype: segtype(level),
            created: self.created,
            by_lines,
            source: job.source,
            min_score: job.min_score,
            columns: job.columns,
        };
        for (name, file) in names {
            outputs.write(name, |out| file.write(&product, out))?;
        }
        let files = outputs.commit()?;
        let terms = needs_terms.then_some(terms);
        Ok(Produced { bitext, terms, inconsistencies, languages, notices, files })
    }
}

pub(crate) fn file_names(job: &Job) -> Vec<(String, OutputFile)> {
    let files = job.kinds.iter().flat_map(|kind| kind.files());
    let wanted = files.filter(|file| job.is_both_levels || !file.is_for_both_levels);
    wanted.map(|file| (file.name(&job.name), *file)).collect()
}

fn open(job: &Job, names: &[(String, OutputFile)]) -> Result<OutputFiles, Failure> {
    let names = names.iter().map(|(name, _)| name.as_str());
    Ok(if job.is_forced {
        OutputFiles::forced(&job.out, names)?
    } else {
        OutputFiles::open(&job.out, names)?
    })
}

/// The entries of the glossary that is given, and what is wrong with it.
pub(crate) fn read_glossary(
    path: Option<&Path>,
    skips_bad_rows: bool,
    notices: &mut Vec<Notice>,
) -> Result<Vec<Concept>, Failure> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let loaded = glossary::load(path, skips_bad_rows)?;
    let skipped = loaded.skipped.iter();
    notices.extend(skipped.map(|row| Notice::RowSkipped { problem: row.to_string() }));
    Ok(loaded.concepts)
}

/// No output may take the place of an input.
pub(crate) fn spare_inputs(
    job: &Job,
    names: &[(String, OutputFile)],
) -> Result<(), Failure> {
    let is_input = |path: &PathBuf| {
        let real = |path: &PathBuf| path.canonicalize().ok();
        let path = real(path);
        path.is_some() && (path == real(&job.paths.zh) || path == real(&job.paths.en))
    };
    let mut paths = names.iter().map(|(name, _)| job.out.join(name));
    paths.find(is_input).map_or(Ok(()), |path| Err(Failure::Overwrite(path)))
}

/// What a unit calls itself in a translation memory. Lines pass as paragraphs unless they
/// are said to be sentences: a client that splits into sentences finds both in paragraphs.
pub(crate) fn segtype(level: Level) -> SegType {
    match level {
        Level::Paragraph => SegType::Paragraph,
        Level::Sentence => SegType::Sentence,
    }
}
