//! A memory or a table that is too large for one text: its rows are written as they come, part by
//! part.

use std::fs::File;
use std::io::{self, Seek as _};
use std::mem::discriminant;

use crate::cli::counted::Counted;
use crate::cli::earlier;
use crate::cli::failure::Failure;
use crate::cli::job::Job;
use crate::cli::texts;
use crate::cli::workshop::{
    Made, Printed, Workshop, is_without_units, name_languages, named,
};
use crate::export::{
    ExportError, ExportKind, LanguageSigns, OutputFile, OutputFiles, Part, Product,
    first_text, memory_notices,
};
use crate::lexicon::Seed;
use crate::mine::{self, Mined};
use crate::pipeline::{self, Observer, Outcome, Request, Stage};
use crate::read::Parts;
use crate::types::{Bitext, Noted, Notice, Paired, Side};

/// Is the job of a memory or a table that is taken in parts?
pub(crate) fn is_meant(job: &Job) -> Result<bool, Failure> {
    let is_one = job.paths.en.as_os_str().is_empty();
    Ok(is_one && opened(job)?.is_some())
}

fn opened(job: &Job) -> Result<Option<Parts<'_>>, Failure> {
    let encodings = job.encodings.as_ref().map(|encoding| encoding.as_deref());
    texts::parts(&job.paths.zh, encodings, job.part_size)
}

/// The parts, from the first on, and what there is to say of each.
fn noted_parts(
    job: &Job,
) -> Result<impl Iterator<Item = Result<Noted<Paired>, Failure>>, Failure> {
    Ok(opened(job)?.into_iter().flatten().map(|part| {
        let mut part = part?;
        name_languages(&mut part.value, job);
        Ok(part)
    }))
}

/// The parts, from the first on.
fn parts(job: &Job) -> Result<impl Iterator<Item = Result<Paired, Failure>>, Failure> {
    Ok(noted_parts(job)?.map(|part| part.map(|part| part.value)))
}

/// Refuses what is made of one text only.
fn refuse(job: &Job, names: &[(String, OutputFile)]) -> Result<(), Failure> {
    let review = earlier::path(&job.out, &job.name);
    let what = match () {
        () if job.is_printed => "what --out - prints".to_owned(),
        () if job.writes_page => "the page of a review".to_owned(),
        () if job.is_both_levels => "both levels".to_owned(),
        () if job.is_only_confirmed => return Err(Failure::NothingReviewed(review)),
        () if !job.ignores_review && review.exists() => {
            format!("what {} says", review.display())
        }
        () if !names.iter().any(|(_, file)| can_be_made(job, file)) => {
            names.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
        }
        () => return Ok(()),
    };
    Err(Failure::OfParts { path: job.paths.zh.clone(), what })
}

fn can_be_made(job: &Job, file: &OutputFile) -> bool {
    file.rows().is_some() || is_without_units(job, file)
}

/// Reads, aligns and writes a memory or a table part by part, and mines it.
///
/// It is read three times: to learn whether it is whole and in which languages, to write its
/// rows, and to mine it.
pub(crate) fn make(
    workshop: &Workshop,
    job: &Job,
    names: &[(String, OutputFile)],
    outputs: Option<OutputFiles>,
    observer: &dyn Observer,
) -> Result<Made, Failure> {
    refuse(job, names)?;
    observer.stage(Stage::Read);
    let mut signs = LanguageSigns::default();
    let mut notices = Vec::new();
    for part in noted_parts(job)? {
        let part = part?;
        signs.add(&part.value.units, Seed::shipped());
        notices.extend(part.notices);
    }
    let languages = named(signs.tags(), &job.languages);
    let from = signs.translated_from(job.source, &languages);
    let request = Request {
        terms: workshop.termbase.is_some()
            || job.kinds.iter().any(|kind| kind.needs_terms()),
        ..Request::new(&workshop.aligner)
    };
    let mut rows = Rows::new(job, names);
    let mut counted = Counted::default();
    let mut before: Option<String> = None;
    let mut definitions = Vec::new();
    let terms = pipeline::run_in_parts(
        || parts(job),
        &request,
        &job.out,
        observer,
        |outcome: Outcome, next: Option<&Paired>| {
            let bitext = &outcome.bitext;
            let source = job.source;
            let behind = next.iter().flat_map(|part| &part.units);
            let behind = first_text(behind.map(|unit| unit.text.get(source).as_str()));
            let part = Part {
                beads: counted.n_beads,
                segments: counted.n_segments,
                before: before.as_deref(),
                behind,
                from: Some(&from),
            };
            join(&mut notices, outcome.notices, counted.n_beads);
            if job.kinds.iter().copied().any(ExportKind::is_memory) {
                let told = memory_notices(bitext, job.min_score);
                join(&mut notices, told, counted.n_beads);
            }
            rows.write(&Product { part, ..workshop.product(job, bitext, &languages) })?;
            let document = bitext.documents.get(source);
            let texts = document.segments.iter().rev();
            let texts = texts.map(|one| one.span.of(document.text.as_str()));
            before = first_text(texts).map(str::to_owned).or(before.take());
            counted.add(bitext);
            Ok(())
        },
        |units| {
            if workshop.termbase.is_some() {
                definitions.extend(mine::definitions(units));
            }
        },
        |source| ExportError::Folder { path: job.out.clone(), source }.into(),
    )?;
    observer.stage(Stage::Write);
    let mined = terms.map(|terms| Mined { terms, ..Mined::default() });
    let bitext = Bitext::empty(counted.names.get(Side::Zh));
    let product = Product {
        terms: mined.as_ref().map_or(&[], |mined| &mined.terms),
        ..workshop.product(job, &bitext, &languages)
    };
    let mut files = Vec::new();
    if let Some(mut outputs) = outputs {
        rows.finish(&product, &mut outputs)?;
        files = outputs.commit()?;
    }
    let without = names.iter().filter(|(_, file)| !can_be_made(job, file));
    let without = without.map(|(name, _)| name.clone()).collect();
    let name = counted.names.get(Side::Zh).clone();
    notices.push(Notice::TakenInParts { name, without });
    let printed = Printed::default();
    Ok(Made { counted, mined, definitions, notices, files, printed })
}

/// The files of a run whose rows are written part by part, without a name until they are whole:
/// nothing is left behind where the run is broken off.
struct Rows<'a> {
    job: &'a Job,
    names: &'a [(String, OutputFile)],
    /// Of each file what is written; `None` where there was nothing to write yet.
    files: Vec<Option<File>>,
}

impl<'a> Rows<'a> {
    fn new(job: &'a Job, names: &'a [(String, OutputFile)]) -> Self {
        let files = names.iter().map(|_| None).collect();
        Self { job, names, files }
    }

    fn write(&mut self, product: &Product<'_>) -> Result<(), Failure> {
        for ((name, file), written) in self.names.iter().zip(&mut self.files) {
            let Some(form) = file.rows().filter(|_| file.has_content(product)) else {
                continue;
            };
            let mut write = || {
                let mut out = match written.take() {
                    Some(out) => out,
                    None => {
                        let mut out = tempfile::tempfile_in(&self.job.out)?;
                        (form.head)(product, &mut out)?;
                        out
                    }
                };
                (form.rows)(product, &mut out)?;
                *written = Some(out);
                Ok(())
            };
            write().map_err(|source: io::Error| {
                let path = self.job.out.join(name);
                ExportError::Write { path, source }
            })?;
        }
        Ok(())
    }

    /// Gives the files to the outputs, and with them those of terms alone.
    fn finish(
        self,
        product: &Product<'_>,
        outputs: &mut OutputFiles,
    ) -> Result<(), Failure> {
        for ((name, file), written) in self.names.iter().zip(self.files) {
            match written.zip(file.rows()) {
                Some((mut rows, form)) => outputs.write(name, |out| {
                    (form.foot)(product, &mut rows)?;
                    rows.rewind()?;
                    io::copy(&mut rows, out).map(drop)
                })?,
                None if is_without_units(self.job, file) => {
                    outputs.write(name, |out| file.write(product, out))?;
                }
                None => outputs.withdraw(name),
            }
        }
        Ok(())
    }
}

/// Adds what was noticed of a part, behind so many beads, to what was noticed before: what is
/// told once of a text is told once.
fn join(all: &mut Vec<Notice>, of_part: Vec<Notice>, n_beads: usize) {
    for mut notice in of_part {
        if let Notice::LabelsDisagree { bead, .. } = &mut notice {
            *bead += n_beads;
        }
        // What names its own place is never told before; of those there may be very many.
        let has_place =
            matches!(notice, Notice::LabelsDisagree { .. } | Notice::QuoteOpen { .. });
        if has_place || !all.iter_mut().any(|known| is_joined(known, &notice)) {
            all.push(notice);
        }
    }
}

/// Does a notice tell the same of an earlier part? Then it is added to that.
fn is_joined(known: &mut Notice, notice: &Notice) -> bool {
    match (known, notice) {
        (
            Notice::Suspicious { left_out, suspicion, count, n_chars, .. },
            Notice::Suspicious {
                left_out: one,
                suspicion: reason,
                count: n,
                n_chars: n_more,
                ..
            },
        ) if left_out.kind == one.kind
            && discriminant(suspicion) == discriminant(reason) =>
        {
            (*count, *n_chars) = (*count + n, *n_chars + n_more);
            true
        }
        (Notice::DoubtfulLeftOut { count }, Notice::DoubtfulLeftOut { count: n }) => {
            *count += n;
            true
        }
        (Notice::LongUnits { names, .. }, Notice::LongUnits { names: more, .. }) => {
            names.extend_from_slice(more);
            true
        }
        (known, notice) => known == notice,
    }
}
