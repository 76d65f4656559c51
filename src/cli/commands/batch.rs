//! Aligns the pairs of a folder.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use crate::batch::{self, ALL, Plan, PlannedPair, Record, Records, Standing};
use crate::config::Config;
use crate::export::{
    ExportError, OutputFile, OutputFiles, Product, Timestamp, adopt, fingerprint,
    merge_memories,
};
use crate::glossary::{self, Found, Harvest, Use};
use crate::lexicon::{Learned, Seed};
use crate::mine;
use crate::pipeline::{self, Observer as _, Stage};
use crate::types::{Bitext, Concept, KeptUnit, Notice, Pair, TermPair};

use crate::cli::board::{Board, Lane};
use crate::cli::clock;
use crate::cli::commands::review;
use crate::cli::earlier;
use crate::cli::failure::Failure;
use crate::cli::inputs::Inputs;
use crate::cli::interrupt;
use crate::cli::job::{FolderJob, Job};
use crate::cli::overview::{Outcome, Overview};
use crate::cli::render;
use crate::cli::status::{Status, has_unrelated};
use crate::cli::told::FolderTold;
use crate::cli::workshop::{Workshop, file_names, is_without_units};

/// Finds the pairs, does each, then what is made of all together.
pub(crate) fn run(config: Config, job: &FolderJob) -> Result<Status, Failure> {
    let started = Instant::now();
    let each = &job.each;
    let plan = plan(job)?;
    if job.is_dry {
        render::rows(&Overview { plan: &plan, is_whole: true }.to_string());
        return Ok(Status::Done);
    }
    let overview = || {
        if !each.is_quiet {
            render::talk(&Overview { plan: &plan, is_whole: false }.to_string());
        }
    };
    if plan.pairs.is_empty() {
        if !plan.holds_only_outputs {
            overview();
        }
        return Err(Failure::of_no_pairs(&plan, &job.roots));
    }
    let records = open(&each.out)?;
    let mut notices = Vec::new();
    let workshop = Workshop::open(config, each, &mut notices)?;
    let mut folder = FolderRun {
        options: options(&workshop, each),
        workshop,
        job,
        records,
        board: Board::new(
            plan.pairs.len() * if job.learns { 2 } else { 1 },
            each.is_quiet,
        ),
        inputs: Inputs::of(each).and(
            plan.pairs
                .iter()
                .flat_map(|pair| [pair.files.zh.as_path(), pair.files.en.as_path()]),
        ),
        lessons: None,
    };
    if job.learns {
        folder.lessons = Some(folder.learn(&plan.pairs));
    }
    // Where nothing is to be done, what belongs together is known from the last run.
    let known = folder.known(&plan.pairs);
    let is_unchanged = |known: &Known| {
        known.done.as_ref().is_some_and(|done| done.work == Work::Unchanged)
    };
    if !known.iter().all(is_unchanged) {
        overview();
    }
    let progress = interrupt::watch(plan.pairs.len(), &folder.board);
    let done = folder.pairs(&plan.pairs, &known, &progress);
    let together = folder.together(&plan.pairs, &done);
    let gathered = folder.gather(&plan.pairs, &done, &together);
    folder.board.finish();
    let is_whole = together.is_ok() && gathered.is_ok() && plan.unreadable.is_empty();
    let outcome = Outcome {
        seconds: started.elapsed().as_secs_f64(),
        glossary: gathered.as_deref().unwrap_or_default(),
        n_without: plan.left_over.len()
            + plan.ambiguous.iter().map(Vec::len).sum::<usize>(),
        ..told(&plan, &done, &together)
    };
    if each.is_quiet {
        for (name, failure) in &outcome.failed {
            render::talk(&format!("error: {name}: {failure}\n"));
        }
        if let Some(failure) = outcome.failed_together {
            render::failure(failure);
        }
    } else {
        render::notices("", &notices);
        let told =
            plan.pairs.iter().zip(&done).filter_map(|(p, d)| Some((p, d.as_ref().ok()?)));
        told.for_each(|(pair, done)| render::notices(&pair.name, &done.notices));
        render::talk(&outcome.to_string());
    }
    if each.is_json {
        render::json(&FolderTold::new(&outcome));
    }
    if let Err(failure) = &gathered {
        render::failure(failure);
    }
    let is_whole = is_whole && outcome.failed.is_empty();
    folder.records.close();
    let is_unrelated = done.iter().flatten().any(|done| has_unrelated(&done.notices));
    Ok(match Status::whole_if(is_whole) {
        // Each of them was told by its name.
        Status::Done if is_unrelated => Status::Unrelated,
        status => status,
    })
}

fn plan(job: &FolderJob) -> Result<Plan, Failure> {
    let files = pair_files(&job.each);
    let endings: Vec<&str> = files.iter().map(|(_, file)| file.suffix).collect();
    Ok(batch::plan(&job.roots, &job.each.out, &endings)?)
}

/// The files of a pair. Those of one name for every pair are made once, of all together.
fn pair_files(job: &Job) -> Vec<(String, OutputFile)> {
    let mut files = file_names(job);
    files.retain(|(_, file)| file.suffix.starts_with('.'));
    files
}

fn names_of(files: &[(String, OutputFile)]) -> Vec<String> {
    files.iter().map(|(name, _)| name.clone()).collect()
}

fn open(out: &Path) -> Result<Records, Failure> {
    Records::open(out).map_err(|source| match source.kind() {
        io::ErrorKind::WouldBlock => Failure::Busy(out.to_owned()),
        _ => ExportError::Folder { path: out.to_owned(), source }.into(),
    })
}

/// All that the outputs depend on beside the inputs.
fn options(workshop: &Workshop, job: &Job) -> String {
    let config = workshop.aligner.config();
    // Of a termbase, what was decided: what is merged into it makes no pair another.
    let glossary = match &workshop.termbase {
        None => job.glossary.as_ref().map(|path| fingerprint(path).ok()),
        Some(_) => Some(Some(decisions(workshop.aligner.glossary()))),
    };
    format!(
        "{config:?} {} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {glossary:?} {} {}",
        job.is_only_confirmed,
        job.writes_page,
        job.encodings,
        job.kinds,
        job.is_both_levels,
        job.source,
        job.min_score,
        job.columns,
        job.languages,
        job.skips_bad_rows,
        workshop.termbase.is_some(),
    )
}

fn decisions(concepts: &[Concept]) -> String {
    let cells = concepts.iter().flat_map(|one| {
        let term = &one.pair.term;
        let variants = one.pair.variants.zh.iter().chain(&one.pair.variants.en);
        [term.zh.as_str(), term.en.as_str(), one.pair.status.as_str()]
            .into_iter()
            .chain(variants.map(String::as_str))
    });
    batch::key(cells)
}

/// What is known of a pair before it is done.
struct Known {
    key: String,
    /// What was done before from the same.
    done: Option<Done>,
}

/// What became of a pair.
#[derive(Clone, Debug)]
struct Done {
    record: Record,
    work: Work,
    /// What there is to know about its files; of a pair made before only what makes it
    /// doubtful, for the rest was told then.
    notices: Vec<Notice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Made,
    /// It was made before.
    Unchanged,
    /// It was made before, and somebody changed its files since.
    Edited,
}

/// What became of all together.
#[derive(Debug)]
struct Together {
    files: Vec<PathBuf>,
    /// `None` where they were not mined anew.
    terms: Option<Vec<TermPair>>,
}

/// One run over a folder.
struct FolderRun<'a> {
    workshop: Workshop,
    job: &'a FolderJob,
    records: Records,
    board: Board,
    options: String,
    /// The files of all pairs, and what the options name.
    inputs: Inputs,
    /// What all pairs taught, where that is asked for.
    lessons: Option<Lessons>,
}

/// What all pairs taught of which word goes with which.
struct Lessons {
    learned: Learned,
    /// For each pair the key of what it taught; `None` of one that could not be read.
    keys: Vec<Option<String>>,
    /// The key of all.
    key: String,
}

thread_local! {
    /// Where the last panic of a thread came from.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

impl FolderRun<'_> {
    /// Learns from each pair, each for itself. What one taught before is not learned again; one
    /// that cannot be read teaches nothing, and is told of when its turn comes.
    fn learn(&self, pairs: &[PlannedPair]) -> Lessons {
        let order = batch::largest_first(pairs);
        let sum = Mutex::new(Learned::default());
        let results = batch::run(&order, self.job.jobs, |task, _| {
            let pair = &pairs[task];
            let lane = self.board.lane(&pair.name);
            let key = self.key(pair, "taught");
            let taught = self.records.taught(&pair.name, &key).or_else(|| {
                let taught = self.workshop.taught(&self.job_of(pair), &lane).ok()?;
                self.records.keep_taught(&pair.name, &key, &taught).ok()?;
                Some(taught)
            });
            self.board.advance();
            let taught = taught?;
            sum.lock().ok()?.add(&taught);
            Some(key)
        });
        let keys: Vec<Option<String>> =
            results.into_iter().map(|result| result.ok().flatten()).collect();
        let parts = keys.iter().map(|key| key.as_deref().unwrap_or_default());
        let key = batch::key(parts);
        Lessons { learned: sum.into_inner().unwrap_or_default(), keys, key }
    }

    /// What the other pairs taught.
    fn taught_by_others(&self, task: usize, pair: &PlannedPair) -> Learned {
        let Some(lessons) = &self.lessons else { return Learned::default() };
        let own = lessons.keys[task].as_deref();
        match own.and_then(|key| self.records.taught(&pair.name, key)) {
            Some(own) => lessons.learned.without(&own),
            None => lessons.learned.clone(),
        }
    }

    fn job_of(&self, pair: &PlannedPair) -> Job {
        Job {
            paths: pair.files.clone(),
            name: pair.name.clone(),
            ..self.job.each.clone()
        }
    }

    /// What is known of each pair before anything is done: each file is read once for it.
    fn known(&self, pairs: &[PlannedPair]) -> Vec<Known> {
        let lessons = self.lessons.as_ref().map_or("", |all| &all.key);
        let known = |pair: &PlannedPair| {
            let key = self.key(pair, lessons);
            let done = self.before(&pair.name, &key);
            Known { key, done }
        };
        let order = batch::largest_first(pairs);
        let looked = batch::run(&order, self.job.jobs, |task, _| known(&pairs[task]));
        let each = looked.into_iter().zip(pairs);
        each.map(|(looked, pair)| looked.unwrap_or_else(|_| known(pair))).collect()
    }

    /// Does each pair; what became of them, in their order.
    fn pairs(
        &self,
        pairs: &[PlannedPair],
        known: &[Known],
        progress: &interrupt::Progress,
    ) -> Vec<Result<Done, Failure>> {
        let order = batch::largest_first(pairs);
        let places = Mutex::new(BTreeMap::new());
        // A panic is told with its pair, when all are done.
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line()));
            PLACE.with(|last| *last.borrow_mut() = place.unwrap_or_default());
        }));
        let results = batch::run(&order, self.job.jobs, |task, _| {
            let pair = &pairs[task];
            let lane = self.board.lane(&pair.name);
            let _recorder = PanicRecorder { task, places: &places };
            let done = match &known[task] {
                Known { done: Some(done), .. } => Ok(done.clone()),
                Known { key, .. } => self.pair(task, pair, key, &lane),
            };
            progress.advance(done.is_ok());
            self.board.advance();
            done
        });
        std::panic::set_hook(hook);
        let places = places.into_inner().unwrap_or_default();
        let flat = |(task, result): (usize, Result<_, batch::Panicked>)| match result {
            Ok(done) => done,
            Err(panic) => {
                let place = places.get(&task).map_or("", String::as_str);
                Err(Failure::Panicked(format!("{panic} ({place})")))
            }
        };
        results.into_iter().enumerate().map(flat).collect()
    }

    /// Does a pair, which was not done before from the same files with the same options.
    fn pair(
        &self,
        task: usize,
        pair: &PlannedPair,
        key: &str,
        lane: &Lane<'_>,
    ) -> Result<Done, Failure> {
        let job = self.job_of(pair);
        let names = pair_files(&job);
        let outputs = self.outputs(&pair.name, &names_of(&names))?;
        let page = job.writes_page.then(|| review::page_name(&job));
        let page_outputs = page
            .as_ref()
            .map(|page| self.outputs(&pair.name, std::slice::from_ref(page)))
            .transpose()?;
        let produced = {
            let learned = self.taught_by_others(task, pair);
            self.workshop.produce(&job, &names, Some(outputs), &learned, lane)?
        };
        // A file without content is not written.
        let is_written = |(name, _): &(String, OutputFile)| {
            produced.files.iter().any(|file| file.ends_with(name))
        };
        let names: Vec<_> = names.into_iter().filter(is_written).collect();
        let mut written = names_of(&names);
        if let Some(outputs) = page_outputs {
            let aligned = produced.outcome.clone();
            review::write_page(&job, &self.workshop, aligned, outputs)?;
            written.extend(page);
        }
        let pipeline::Outcome { bitext, notices, .. } = produced.outcome;
        let paired = bitext.units().filter(|unit| !unit.bead.is_single());
        let n_beads = bitext.ladder.beads().len();
        let units: Vec<KeptUnit> = match self.needs_terms() {
            true => paired.clone().map(|unit| unit.kept()).collect(),
            false => Vec::new(),
        };
        let paired = paired.count();
        let mut record = Record {
            key: key.to_owned(),
            outputs: self.fingerprints(&written)?,
            paired,
            alone: n_beads - paired,
            languages: Some((produced.languages.zh, produced.languages.en)),
            ..Record::default()
        };
        record.keep_notices(&notices);
        let saved = self.records.save(&pair.name, &record, &units);
        saved.map_err(|source| self.unwritten(source))?;
        Ok(Done { record, work: Work::Made, notices })
    }

    /// The key of what is made from a pair, and from something else.
    fn key(&self, pair: &PlannedPair, other: &str) -> String {
        // A file that cannot be read is told of when it is read.
        let content =
            pair.files.as_ref().map(|path| fingerprint(path).unwrap_or_default());
        let shown = pair.shown.as_ref().map(|path| path.to_string_lossy());
        let parts =
            [&*self.options, &content.zh, &content.en, &shown.zh, &shown.en, other];
        // What was decided since makes other files.
        let job = &self.job.each;
        let review = Some(earlier::path(&job.out, &pair.name));
        let review = review.filter(|path| !job.ignores_review && path.exists());
        let review = review.map(|path| fingerprint(&path).unwrap_or_default());
        batch::key(parts.into_iter().chain(review.as_deref()))
    }

    /// What was done before from the same, if nothing of it is lost.
    fn before(&self, name: &str, key: &str) -> Option<Done> {
        let record = self.records.load(name).filter(|record| record.key == key)?;
        let work = match self.records.standing(&record) {
            Standing::Untouched => Work::Unchanged,
            Standing::Changed if !self.job.each.is_forced => Work::Edited,
            Standing::Changed | Standing::Missing => return None,
        };
        let notices = record.notices();
        Some(Done { record, work, notices })
    }

    fn outputs(&self, name: &str, files: &[String]) -> Result<OutputFiles, Failure> {
        let job = &self.job.each;
        let keep = self.records.keep(name).map_err(|source| self.unwritten(source))?;
        let names = files.iter().map(String::as_str);
        self.inputs.spare(&job.out, names.clone())?;
        Ok(OutputFiles::kept(&job.out, names, job.is_forced, keep)?)
    }

    fn fingerprints(
        &self,
        files: &[String],
    ) -> Result<BTreeMap<String, String>, Failure> {
        let names = files.iter().cloned();
        self.records.fingerprints(names).map_err(|source| self.unwritten(source))
    }

    fn unwritten(&self, source: io::Error) -> Failure {
        ExportError::Folder { path: self.job.each.out.clone(), source }.into()
    }

    /// Merges what was found in all pairs into the termbase, if there is one. The documents
    /// of pairs that failed keep what they gave before.
    fn gather(
        &self,
        pairs: &[PlannedPair],
        done: &[Result<Done, Failure>],
        together: &Result<Together, Failure>,
    ) -> Result<Vec<(&'static str, String)>, Failure> {
        let good: Vec<(&PlannedPair, &Record)> = pairs
            .iter()
            .zip(done)
            .filter_map(|(pair, done)| Some((pair, &done.as_ref().ok()?.record)))
            .collect();
        if self.workshop.termbase.is_none() || good.is_empty() {
            return Ok(Vec::new());
        }
        let mined = match together.as_ref().ok().and_then(|all| all.terms.clone()) {
            Some(terms) => terms,
            None => self.terms(&good)?,
        };
        let mut found: Vec<Found> = mined
            .iter()
            .map(|pair| Found { pair: pair.clone(), uses: BTreeMap::new() })
            .collect();
        let (mut documents, mut definitions) = (BTreeSet::new(), Vec::new());
        for (pair, _) in good {
            let units = self.records.units(&pair.name);
            let units = units.map_err(|source| self.unwritten(source))?;
            let uses = glossary::uses_in(&units, &mined, Seed::shipped());
            for (found, one) in found.iter_mut().zip(uses) {
                if one.count > 0 {
                    found.uses.insert(pair.name.clone(), one);
                }
            }
            definitions.extend(mine::definitions(&units).into_iter().map(|mut one| {
                one.place.document.clone_from(&pair.name);
                one
            }));
            documents.insert(pair.name.clone());
        }
        // Where no document has a pair as it is written, the one of its passage has it.
        for found in found.iter_mut().filter(|found| found.uses.is_empty()) {
            let Some(context) = found.pair.contexts.first() else { continue };
            let document = &context.place.document;
            if documents.contains(document) {
                let one = Use { count: found.pair.count, counts: found.pair.counts };
                found.uses.insert(document.clone(), one);
            }
        }
        self.workshop.gather(&Harvest { documents, found, definitions })
    }

    /// Are terms of all pairs together wanted?
    fn needs_terms(&self) -> bool {
        self.workshop.termbase.is_some() || self.has_terms()
    }

    /// Is a file of the terms of all pairs together wanted?
    fn has_terms(&self) -> bool {
        self.job.each.kinds.iter().any(|kind| kind.is_of_terms_alone())
    }

    /// Makes what is made of all pairs together, of those that were done.
    fn together(
        &self,
        pairs: &[PlannedPair],
        done: &[Result<Done, Failure>],
    ) -> Result<Together, Failure> {
        let good: Vec<(&PlannedPair, &Record)> = pairs
            .iter()
            .zip(done)
            .filter_map(|(pair, done)| Some((pair, &done.as_ref().ok()?.record)))
            .collect();
        let job = Job { name: ALL.into(), ..self.job.each.clone() };
        let (mut files, mut merged) = (Vec::new(), Vec::new());
        for (name, file) in file_names(&job) {
            let is_memory = file.suffix.ends_with(".tmx");
            if is_memory && self.job.merges {
                merged.push((name, file));
            } else if !is_memory && is_without_units(&self.job.each, &file) {
                files.push((name, file));
            }
        }
        if good.is_empty() || files.is_empty() && merged.is_empty() {
            return self
                .adopt(&good, None)
                .map(|()| Together { files: vec![], terms: None });
        }
        let all: Vec<_> = files.iter().chain(&merged).cloned().collect();
        let parts = good
            .iter()
            .flat_map(|(pair, record)| [pair.name.as_str(), record.key.as_str()]);
        let merges = if self.job.merges { "merged" } else { "" };
        let key = batch::key([ALL, &self.options, merges].into_iter().chain(parts));
        if let Some(done) = self.before(ALL, &key) {
            self.adopt(&good, Some(&done.record))?;
            return Ok(Together { files: vec![], terms: None });
        }
        let mut outputs = self.outputs(ALL, &names_of(&all))?;
        let terms = if self.has_terms() { Some(self.terms(&good)?) } else { None };
        self.write_terms(
            &mut outputs,
            &files,
            terms.as_deref().unwrap_or_default(),
            &good,
        )?;
        for (name, file) in &merged {
            outputs.write(name, |out| merge(&job.out, &good, file, out))?;
        }
        let written = outputs.commit()?;
        let record = Record {
            key,
            outputs: self.fingerprints(&names_of(&all))?,
            ..Record::default()
        };
        let saved = self.records.save(ALL, &record, &[]);
        saved.map_err(|source| self.unwritten(source))?;
        self.adopt(&good, Some(&record))?;
        Ok(Together { files: written, terms })
    }

    fn terms(&self, good: &[(&PlannedPair, &Record)]) -> Result<Vec<TermPair>, Failure> {
        let lane = self.board.lane(ALL);
        lane.stage(Stage::Mine);
        let names: Vec<String> = good.iter().map(|(pair, _)| pair.name.clone()).collect();
        let aligner = &self.workshop.aligner;
        let mine = |n, units: &mut dyn FnMut(usize) -> _, scratch: &Path| {
            aligner.mine_documents(n, units, scratch)
        };
        let mut terms = batch::terms(&self.records, &names, mine)
            .map_err(|source| self.unwritten(source))?;
        self.workshop.aligner.mark(&mut terms);
        Ok(terms)
    }

    /// Writes the files that hold terms alone, or nothing of any pair.
    fn write_terms(
        &self,
        outputs: &mut OutputFiles,
        files: &[(String, OutputFile)],
        terms: &[TermPair],
        good: &[(&PlannedPair, &Record)],
    ) -> Result<(), Failure> {
        let job = &self.job.each;
        let first = good.iter().find_map(|(_, record)| record.languages.clone());
        let languages = first.map_or_else(Pair::default, |(zh, en)| Pair::new(zh, en));
        let bitext = Bitext::empty(ALL);
        let product = Product {
            name: ALL,
            terms,
            created: newest(good),
            ..self.workshop.product(job, &bitext, &languages)
        };
        for (name, file) in files {
            outputs.write(name, |out| file.write(&product, out))?;
        }
        Ok(())
    }

    /// Enters all files into the list of the folder, so that a run on one pair knows them.
    fn adopt(
        &self,
        good: &[(&PlannedPair, &Record)],
        all: Option<&Record>,
    ) -> Result<(), Failure> {
        let records = good.iter().map(|(_, record)| *record).chain(all);
        let files = records.flat_map(|record| record.outputs.clone()).collect();
        adopt(&self.job.each.out, &files).map_err(|source| self.unwritten(source))
    }
}

/// Keeps for a task where it panicked, if it does.
struct PanicRecorder<'a> {
    task: usize,
    places: &'a Mutex<BTreeMap<usize, String>>,
}

impl Drop for PanicRecorder<'_> {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Ok(mut places) = self.places.lock()
        {
            places.insert(self.task, PLACE.with(|place| place.borrow().clone()));
        }
    }
}

/// What is made of all pairs is dated by the newest file of all.
fn newest(good: &[(&PlannedPair, &Record)]) -> Timestamp {
    let texts = good.iter().flat_map(|(pair, _)| [&pair.files.zh, &pair.files.en]);
    clock::of_files(texts.map(PathBuf::as_path))
}

/// One memory of those of all pairs, unit by unit as they stand there.
fn merge(
    out_folder: &Path,
    good: &[(&PlannedPair, &Record)],
    file: &OutputFile,
    out: &mut dyn Write,
) -> io::Result<()> {
    let is_mixed = good.windows(2).any(|two| two[0].1.languages != two[1].1.languages);
    let memories = good.iter().map(|(pair, _)| {
        File::open(out_folder.join(file.name(&pair.name))).map(BufReader::new)
    });
    merge_memories(memories, is_mixed, newest(good), out)
}

fn told<'a>(
    plan: &'a Plan,
    done: &'a [Result<Done, Failure>],
    together: &'a Result<Together, Failure>,
) -> Outcome<'a> {
    let mut outcome = Outcome::default();
    for (pair, done) in plan.pairs.iter().zip(done) {
        match done {
            Ok(done) => {
                outcome.paired += done.record.paired;
                outcome.alone += done.record.alone;
                match done.work {
                    Work::Made => outcome.n_done += 1,
                    Work::Unchanged => outcome.n_unchanged += 1,
                    Work::Edited => {
                        outcome.n_unchanged += 1;
                        outcome.edited.push(&pair.name);
                    }
                }
            }
            Err(failure) => outcome.failed.push((&pair.name, failure)),
        }
    }
    match together {
        Ok(together) => {
            outcome.files.clone_from(&together.files);
            outcome.n_terms = together.terms.as_ref().map(Vec::len);
        }
        Err(failure) => outcome.failed_together = Some(failure),
    }
    outcome
}
