//! Aligns one pair.

use std::path::{Path, PathBuf};
use std::time::Instant;

use bitext::config::{Config, Level};
use bitext::export::{
    OutputFile, OutputFiles, Product, SegType, language_tags, memory_notices,
};
use bitext::glossary;
use bitext::lexicon::Seed;
use bitext::mine::Mined;
use bitext::pipeline::{Aligner, Observer as _, Stage};
use bitext::read::read_input;
use bitext::types::{Concept, Notice, Pair};

use crate::args::Job;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::summary::Summary;
use crate::{clock, render};

/// Reads, aligns, mines, writes; says what came of it.
pub(crate) fn run(mut config: Config, job: &Job) -> Result<(), Failure> {
    let started = Instant::now();
    let progress = Progress::new(job.is_quiet);
    let names = file_names(job);
    spare_inputs(job, &names)?;
    let mut outputs = open(job, &names)?;
    let mut notices = Vec::new();
    let glossary = read_glossary(job, job.glossary.as_deref(), &mut notices)?;
    let rejected = read_glossary(job, job.reject.as_deref(), &mut notices)?;
    config.mine.rejected =
        rejected.into_iter().map(|concept| concept.pair.term).collect();
    progress.stage(Stage::Read);
    let encodings = job.encodings.as_ref().map(|encoding| encoding.as_deref());
    let second = Some(job.paths.en.as_path()).filter(|path| !path.as_os_str().is_empty());
    let read = read_input(&job.paths.zh, second, encodings)?;
    notices.extend(read.notices);

    let (by_lines, level) = (config.lines, config.level);
    let aligner = Aligner::new(config);
    let aligned = aligner.align_input(read.value, &progress);
    let bitext = aligned.value;
    notices.extend(aligned.notices);
    let needs_terms = job.kinds.iter().any(|kind| kind.needs_terms());
    let mined =
        if needs_terms { aligner.mine_all(&bitext, &progress) } else { Mined::default() };
    let (mut terms, inconsistencies) = (mined.terms, mined.inconsistencies);
    glossary::mark(&mut terms, &glossary, Seed::shipped());
    let needs_sentences =
        job.is_both_levels || job.kinds.iter().any(|kind| kind.needs_sentences());
    let sentences = (needs_sentences && level == Level::Paragraph)
        .then(|| aligner.sentences(&bitext));
    if job.kinds.iter().any(|kind| kind.is_memory()) {
        notices.extend(memory_notices(&bitext, job.min_score));
    }

    progress.stage(Stage::Write);
    let found = language_tags(&bitext, Seed::shipped());
    let given = job.languages.clone();
    let product = Product {
        bitext: &bitext,
        sentences: sentences.as_ref(),
        terms: &terms,
        name: &job.name,
        languages: &Pair::new(given.zh.unwrap_or(found.zh), given.en.unwrap_or(found.en)),
        segtype: segtype(level),
        created: clock::now(),
        by_lines,
        source: job.source,
        min_score: job.min_score,
        columns: job.columns,
        is_both_levels: job.is_both_levels,
    };
    for (name, file) in &names {
        outputs.write(name, |out| file.write(&product, out))?;
    }
    let files = outputs.commit()?;
    progress.finish();
    if !job.is_quiet {
        let terms = needs_terms.then_some(terms.as_slice());
        let summary = Summary {
            bitext: &bitext,
            terms,
            inconsistencies: &inconsistencies,
            notices: &notices,
            files: &files,
            seconds: started.elapsed().as_secs_f64(),
        };
        render::summary(&summary);
    }
    Ok(())
}

fn file_names(job: &Job) -> Vec<(String, OutputFile)> {
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
fn read_glossary(
    job: &Job,
    path: Option<&Path>,
    notices: &mut Vec<Notice>,
) -> Result<Vec<Concept>, Failure> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let loaded = glossary::load(path, job.skips_bad_rows)?;
    let skipped = loaded.skipped.iter();
    notices.extend(skipped.map(|row| Notice::RowSkipped { problem: row.to_string() }));
    Ok(loaded.concepts)
}

/// No output may take the place of an input.
fn spare_inputs(job: &Job, names: &[(String, OutputFile)]) -> Result<(), Failure> {
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
fn segtype(level: Level) -> SegType {
    match level {
        Level::Paragraph => SegType::Paragraph,
        Level::Sentence => SegType::Sentence,
    }
}
