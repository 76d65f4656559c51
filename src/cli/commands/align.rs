//! Aligns one pair.

use std::time::Instant;

use crate::config::Config;
use crate::glossary::Harvest;
use crate::lexicon::Learned;

use crate::cli::commands::review;
use crate::cli::failure::Failure;
use crate::cli::in_parts;
use crate::cli::inputs::Inputs;
use crate::cli::job::Job;
use crate::cli::progress::Progress;
use crate::cli::render;
use crate::cli::status::{Status, has_unrelated};
use crate::cli::summary::Summary;
use crate::cli::told::PairTold;
use crate::cli::workshop::{Made, Workshop, file_names};

/// Reads, aligns, mines, writes, merges; says what came of it.
pub(crate) fn run(config: Config, job: &Job) -> Result<Status, Failure> {
    let started = Instant::now();
    let progress = Progress::new(job.is_quiet);
    let names = file_names(job);
    let inputs = Inputs::of(job);
    let each = names.iter().map(|(name, _)| name.as_str());
    let outputs = match job.is_printed {
        true => None,
        false => Some(inputs.outputs(&job.out, each, job.is_forced)?),
    };
    // The review page as one file.
    let page = || inputs.outputs(&job.out, [&*review::page_name(job)], job.is_forced);
    let page = job.writes_page.then(page).transpose()?;
    let mut notices = Vec::new();
    let mut config = config;
    // The page shows what else might be read.
    config.align.readings |= job.writes_page;
    let workshop = Workshop::open(config, job, &mut notices)?;
    let made = match in_parts::is_meant(job)? {
        true => in_parts::make(&workshop, job, &names, outputs, &progress)?,
        false => {
            let none = Learned::default();
            let produced = workshop.produce(job, &names, outputs, &none, &progress)?;
            let aligned = page.is_some().then(|| produced.outcome.clone());
            let mut made = workshop.made(produced);
            if let (Some(page), Some(aligned)) = (page, aligned) {
                made.files.extend(review::write_page(job, &workshop, aligned, page)?);
            }
            made
        }
    };
    let Made { counted, mined, definitions, files, printed, .. } = made;
    notices.extend(made.notices);
    let terms = mined.as_ref().map_or(&[][..], |mined| &mined.terms);
    // What two texts teach that do not belong together is not worth keeping.
    let gathered = match workshop.termbase.is_none() || has_unrelated(&notices) {
        true => Ok(Vec::new()),
        false => {
            let harvest = Harvest::from_document(&job.name, terms);
            workshop.gather(&harvest.with_definitions(definitions))
        }
    };
    progress.finish();
    if !job.is_quiet {
        let summary = Summary {
            counted: &counted,
            mined: mined.as_ref(),
            notices: &notices,
            files: &files,
            glossary: gathered.as_deref().unwrap_or_default(),
            seconds: started.elapsed().as_secs_f64(),
        };
        render::summary(&summary);
        for name in &printed.without {
            render::talk(&format!(
                "notice: {name} is not printed; without --out - it is written\n"
            ));
        }
    }
    render::bytes(&printed.bytes);
    if job.is_json {
        let terms = mined.as_ref().map(|mined| mined.terms.len());
        render::json(&PairTold::new(&counted, terms, &notices, &files));
    }
    // The outputs are there, whatever became of the termbase.
    if let Err(failure) = &gathered {
        render::failure(failure);
    }
    Ok(Status::whole_if(gathered.is_ok()).with(&notices))
}
