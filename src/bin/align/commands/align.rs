//! Aligns one pair.

use std::path::PathBuf;
use std::time::Instant;

use bitext::config::Config;
use bitext::export::{OutputFile, OutputFiles, Product, language_tags};
use bitext::lexicon::Seed;
use bitext::pipeline::{Aligner, Observer as _, Stage};
use bitext::read::read_pair;
use bitext::types::{Bitext, Notice, TermPair};

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
    let outputs =
        OutputFiles::open(&job.out, names.iter().map(|(name, _)| name.as_str()))?;
    progress.stage(Stage::Read);
    let encodings = job.encodings.as_ref().map(|encoding| encoding.as_deref());
    let read = read_pair(&job.paths.zh, &job.paths.en, encodings)?;
    let mut notices = read.notices;

    let by_lines = config.lines;
    let aligner = Aligner::new(config);
    let aligned = aligner.align(read.value, &progress);
    let bitext = aligned.value;
    notices.extend(aligned.notices);
    let needs_terms = job.kinds.iter().any(|kind| kind.needs_terms());
    let terms = if needs_terms { aligner.mine(&bitext, &progress) } else { Vec::new() };

    progress.stage(Stage::Write);
    let files = write(job, &names, outputs, &bitext, &terms, by_lines)?;
    progress.finish();
    if !job.is_quiet {
        let terms = needs_terms.then_some(terms.as_slice());
        report(&bitext, terms, &notices, &files, started);
    }
    Ok(())
}

fn file_names(job: &Job) -> Vec<(String, OutputFile)> {
    let files = job.kinds.iter().flat_map(|kind| kind.files());
    files.map(|file| (format!("{}{}", job.name, file.suffix), *file)).collect()
}

fn write(
    job: &Job,
    names: &[(String, OutputFile)],
    mut outputs: OutputFiles,
    bitext: &Bitext,
    terms: &[TermPair],
    by_lines: bool,
) -> Result<Vec<PathBuf>, Failure> {
    let product = Product {
        bitext,
        terms,
        name: &job.name,
        languages: &language_tags(bitext, Seed::shipped()),
        segtype: job.level.segtype(),
        created: clock::now(),
        by_lines,
    };
    for (name, file) in names {
        outputs.write(name, |out| file.write(&product, out))?;
    }
    Ok(outputs.commit()?)
}

fn report(
    bitext: &Bitext,
    terms: Option<&[TermPair]>,
    notices: &[Notice],
    files: &[PathBuf],
    started: Instant,
) {
    let seconds = started.elapsed().as_secs_f64();
    let summary = Summary { bitext, terms, notices, files, seconds };
    render::summary(&summary);
}
