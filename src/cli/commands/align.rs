//! Aligns one pair.

use std::time::Instant;

use crate::config::Config;
use crate::glossary::Harvest;
use crate::lexicon::Learned;
use crate::mine;
use crate::pipeline::Outcome;

use crate::cli::commands::review;
use crate::cli::failure::Failure;
use crate::cli::inputs::Inputs;
use crate::cli::job::Job;
use crate::cli::progress::Progress;
use crate::cli::render;
use crate::cli::status::{Status, has_unrelated};
use crate::cli::summary::Summary;
use crate::cli::told::PairTold;
use crate::cli::workshop::{Workshop, file_names};

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
    let produced =
        workshop.produce(job, &names, outputs, &Learned::default(), &progress)?;
    let mut files = produced.files;
    if let Some(page) = page {
        let aligned = produced.outcome.clone();
        files.extend(review::write_page(job, &workshop, aligned, page)?);
    }
    let Outcome { bitext, mined, .. } = produced.outcome;
    notices.extend(produced.outcome.notices);
    let terms = mined.as_ref().map_or(&[][..], |mined| &mined.terms);
    // What two texts teach that do not belong together is not worth keeping.
    let gathered = match workshop.termbase.is_none() || has_unrelated(&notices) {
        true => Ok(Vec::new()),
        false => {
            let paired = bitext.units().filter(|unit| !unit.bead.is_single());
            let units: Vec<_> = paired.map(|unit| unit.kept()).collect();
            let harvest = Harvest::from_document(&job.name, terms);
            workshop.gather(&harvest.with_definitions(mine::definitions(&units)))
        }
    };
    progress.finish();
    if !job.is_quiet {
        let summary = Summary {
            bitext: &bitext,
            mined: mined.as_ref(),
            notices: &notices,
            files: &files,
            glossary: gathered.as_deref().unwrap_or_default(),
            seconds: started.elapsed().as_secs_f64(),
        };
        render::summary(&summary);
        for name in &produced.printed.without {
            render::talk(&format!(
                "notice: {name} is not printed; without --out - it is written\n"
            ));
        }
    }
    render::bytes(&produced.printed.bytes);
    if job.is_json {
        let terms = mined.as_ref().map(|mined| mined.terms.len());
        render::json(&PairTold::new(&bitext, terms, &notices, &files));
    }
    // The outputs are there, whatever became of the termbase.
    if let Err(failure) = &gathered {
        render::failure(failure);
    }
    Ok(Status::whole_if(gathered.is_ok()).with(&notices))
}
