//! What all pairs of a run share: the engine, what is known of terms, and where results go.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::FindingKind;
use crate::config::{Config, Level};
use crate::export::{
    ExportKind, OutputFile, OutputFiles, Part, Product, Reviewed, SegType, language_tags,
    memory_notices,
};
use crate::glossary::{self, GlossaryError, Harvest, ReadAs, Stamp, Store, Termbase};
use crate::lexicon::{Learned, Seed};
use crate::mine::{self, Definition, Mined};
use crate::pipeline::{self, Aligner, Observer, Outcome, Request, Review, Stage};
use crate::read;
use crate::types::{Bitext, Concept, Input, Noted, Notice, Pair, Paired, Side};

use crate::cli::counted::Counted;
use crate::cli::earlier::{self, Earlier};
use crate::cli::failure::Failure;
use crate::cli::job::Job;
use crate::cli::{clock, texts, wording};

/// What all pairs of a run share.
#[derive(Debug)]
pub(crate) struct Workshop {
    pub(crate) aligner: Arc<Aligner>,
    /// The termbase that what is found is merged into, and what it is called.
    pub(crate) termbase: Option<(Store, String)>,
}

/// What came of a pair, and the files that were made of it.
#[derive(Debug)]
pub(crate) struct Produced {
    pub(crate) outcome: Outcome,
    pub(crate) languages: Pair<String>,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) printed: Printed,
}

/// What came of one run, for whoever tells of it.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) counted: Counted,
    /// `None` where no terms were asked for.
    pub(crate) mined: Option<Mined>,
    /// What the text defines, where there is a termbase.
    pub(crate) definitions: Vec<Definition>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) printed: Printed,
}

/// What is printed in place of being written.
#[derive(Debug, Default)]
pub(crate) struct Printed {
    /// The file that its kind is asked for by.
    pub(crate) bytes: Vec<u8>,
    /// The names of those that would be written beside it.
    pub(crate) without: Vec<String>,
}

impl Workshop {
    /// Reads the glossaries and loads the tables.
    pub(crate) fn open(
        mut config: Config,
        job: &Job,
        notices: &mut Vec<Notice>,
    ) -> Result<Self, Failure> {
        let rejected = read_glossary(job.reject.as_deref(), job.skips_bad_rows, notices)?;
        config.mine.rejected =
            rejected.into_iter().map(|concept| concept.pair.term).collect();
        let (glossary, termbase) = match open_termbase(job, notices)? {
            Some((store, base)) => {
                config.mine.rejected.extend(base.rejected());
                let name = job.glossary.as_ref().map(|path| path.display().to_string());
                (base.decided(), Some((store, name.unwrap_or_default())))
            }
            None => {
                let path = job.glossary.as_deref();
                (read_glossary(path, job.skips_bad_rows, notices)?, None)
            }
        };
        if let Some(path) = &job.stop {
            config.mine.stop = read_stop_list(path)?;
        }
        let aligner = Arc::new(Aligner::new(config).with_glossary(glossary));
        Ok(Self { aligner, termbase })
    }

    /// Merges what was found into the termbase, if there is one; tells what that brought, as
    /// rows of a summary.
    pub(crate) fn gather(
        &self,
        harvest: &Harvest,
    ) -> Result<Vec<(&'static str, String)>, Failure> {
        let Some((store, name)) = &self.termbase else { return Ok(Vec::new()) };
        let stamp = Stamp { day: clock::today(), who: String::new() };
        let (gain, written) = store.change("align", |termbase| {
            Ok::<_, Failure>(glossary::add_mined(
                termbase,
                harvest,
                &stamp,
                Seed::shipped(),
            ))
        })?;
        Ok(wording::gain(name, &gain, written))
    }

    /// What a pair teaches of which word goes with which.
    pub(crate) fn taught(
        &self,
        job: &Job,
        observer: &dyn Observer,
    ) -> Result<Learned, Failure> {
        observer.stage(Stage::Read);
        let input = read(job)?;
        if matches!(input.value, Input::Paired(_)) {
            return Ok(Learned::default());
        }
        let request = Request { level: Level::Paragraph, ..Request::new(&self.aligner) };
        Ok(pipeline::run(input, &request, observer).learned)
    }

    /// Reads, aligns with what others taught, mines and writes a pair; without `outputs` the
    /// first of the files is to be printed.
    pub(crate) fn produce(
        &self,
        job: &Job,
        names: &[(String, OutputFile)],
        outputs: Option<OutputFiles>,
        learned: &Learned,
        observer: &dyn Observer,
    ) -> Result<Produced, Failure> {
        observer.stage(Stage::Read);
        let input = read(job)?;
        let is_any =
            |asks: fn(ExportKind) -> bool| job.kinds.iter().any(|kind| asks(*kind));
        let earlier = self.earlier(job)?;
        let needs_sentences = job.is_both_levels || is_any(ExportKind::needs_sentences);
        let review = Review { kinds: &FindingKind::ALL, source: job.source };
        let request = Request {
            learned: Some(learned),
            pinned: earlier.as_ref().map(Earlier::pinned),
            terms: self.termbase.is_some()
                || is_any(ExportKind::needs_terms)
                || job.writes_page,
            sentences: needs_sentences,
            review: job.writes_page.then_some(review),
            ..Request::new(&self.aligner)
        };
        let mut outcome = pipeline::run(input, &request, observer);
        let languages = languages(&outcome.bitext, &job.languages);
        let reviewed = match &earlier {
            Some(earlier) => {
                let only = job.is_only_confirmed;
                let (name, aligner) = (&job.name, &self.aligner);
                let review = request.review;
                earlier.apply(&mut outcome, aligner, name, &languages, only, review)?
            }
            None if job.is_only_confirmed => {
                return Err(Failure::NothingReviewed(earlier::path(&job.out, &job.name)));
            }
            None => None,
        };
        let min_score = outcome.min_score(job.min_score);
        if is_any(ExportKind::is_memory) {
            outcome.notices.extend(memory_notices(&outcome.bitext, min_score));
        }

        observer.stage(Stage::Write);
        let product = Product {
            reviewed: reviewed.as_ref().map(|one| one.reviewed()).unwrap_or_default(),
            sentences: outcome.sentences.as_ref().filter(|_| needs_sentences),
            terms: outcome.mined.as_ref().map_or(&[], |mined| &mined.terms),
            min_score,
            ..self.product(job, &outcome.bitext, &languages)
        };
        let (files, printed) = match outputs {
            Some(outputs) => (write(names, outputs, &product)?, Printed::default()),
            None => (Vec::new(), print(names, &product)?),
        };
        Ok(Produced { outcome, languages, files, printed })
    }

    /// What came of a pair, for whoever tells of it.
    pub(crate) fn made(&self, produced: Produced) -> Made {
        let Outcome { bitext, mined, notices, .. } = produced.outcome;
        let definitions = match self.termbase {
            None => Vec::new(),
            Some(_) => {
                let paired = bitext.units().filter(|unit| !unit.bead.is_single());
                let units: Vec<_> = paired.map(|unit| unit.kept()).collect();
                mine::definitions(&units)
            }
        };
        let Produced { files, printed, .. } = produced;
        Made {
            counted: Counted::of(&bitext),
            mined,
            definitions,
            notices,
            files,
            printed,
        }
    }

    /// The review that lies in the folder of the outputs, unless it is not wanted.
    fn earlier(&self, job: &Job) -> Result<Option<Earlier>, Failure> {
        let config = self.aligner.config();
        match job.ignores_review {
            true => Ok(None),
            false => {
                Earlier::load(&job.out, &job.name, level(config.lines, config.level))
            }
        }
    }

    /// A bitext as it is written down, with neither sentences nor terms.
    pub(crate) fn product<'a>(
        &self,
        job: &'a Job,
        bitext: &'a Bitext,
        languages: &'a Pair<String>,
    ) -> Product<'a> {
        let config = self.aligner.config();
        Product {
            bitext,
            sentences: None,
            is_both_levels: job.is_both_levels,
            reviewed: Reviewed::default(),
            terms: &[],
            concepts: &[],
            name: &job.name,
            languages,
            segtype: segtype(config.level),
            created: clock::of_files([job.paths.zh.as_path(), &job.paths.en]),
            by_lines: config.lines,
            source: job.source,
            min_score: job.min_score,
            columns: job.columns,
            part: Part::default(),
        }
    }
}

fn write(
    names: &[(String, OutputFile)],
    mut outputs: OutputFiles,
    product: &Product<'_>,
) -> Result<Vec<PathBuf>, Failure> {
    for (name, file) in names {
        match file.has_content(product) {
            true => outputs.write(name, |out| file.write(product, out))?,
            false => outputs.withdraw(name),
        }
    }
    Ok(outputs.commit()?)
}

fn print(
    names: &[(String, OutputFile)],
    product: &Product<'_>,
) -> Result<Printed, Failure> {
    let mut printed = Printed::default();
    for (name, file) in names.iter().filter(|(_, file)| file.has_content(product)) {
        if printed.bytes.is_empty() {
            file.write(product, &mut printed.bytes).map_err(Failure::Output)?;
        } else {
            printed.without.push(name.clone());
        }
    }
    Ok(printed)
}

/// The codes of the languages: those that are given, or else what the characters say.
pub(crate) fn languages(bitext: &Bitext, given: &Pair<Option<String>>) -> Pair<String> {
    named(language_tags(bitext, Seed::shipped()), given)
}

/// The codes of the languages that were found, unless others are given.
pub(crate) fn named(found: Pair<String>, given: &Pair<Option<String>>) -> Pair<String> {
    let given = given.clone();
    Pair::new(given.zh.unwrap_or(found.zh), given.en.unwrap_or(found.en))
}

pub(crate) fn read(job: &Job) -> Result<Noted<Input>, Failure> {
    let encodings = job.encodings.as_ref().map(|encoding| encoding.as_deref());
    let second = Some(job.paths.en.as_path()).filter(|path| !path.as_os_str().is_empty());
    let mut input = texts::read(&job.paths.zh, second, encodings)?;
    if let Input::Paired(paired) = &mut input.value {
        name_languages(paired, job);
    }
    Ok(input)
}

/// What is named on the command line holds for all units.
pub(crate) fn name_languages(paired: &mut Paired, job: &Job) {
    for side in Side::BOTH.into_iter().filter(|s| job.languages.get(*s).is_some()) {
        for unit in &mut paired.units {
            *unit.languages.get_mut(side) = None;
        }
    }
}

/// Is the file one of terms alone, or the same for every pair?
pub(crate) fn is_without_units(job: &Job, file: &OutputFile) -> bool {
    let kinds = job.kinds.iter();
    let mut kinds =
        kinds.filter(|kind| kind.files().iter().any(|of| of.suffix == file.suffix));
    !file.suffix.starts_with('.') || kinds.any(|kind| kind.is_of_terms_alone())
}

pub(crate) fn file_names(job: &Job) -> Vec<(String, OutputFile)> {
    let files = job.kinds.iter().flat_map(|kind| kind.files());
    let wanted = files.filter(|file| job.is_both_levels || !file.is_for_both_levels);
    wanted.map(|file| (file.name(&job.name), *file)).collect()
}

/// The termbase that is given; `None` of another kind of glossary, which is read only.
fn open_termbase(
    job: &Job,
    notices: &mut Vec<Notice>,
) -> Result<Option<(Store, Termbase)>, Failure> {
    let Some(path) = &job.glossary else { return Ok(None) };
    let name = path.display().to_string();
    let store = Store::new(path);
    match glossary::read_as(path)? {
        ReadAs::Absent => {}
        ReadAs::Foreign => {
            notices.push(Notice::GlossaryReadOnly { name });
            return Ok(None);
        }
        ReadAs::Termbase => {
            let loaded = store.load();
            if job.skips_bad_rows && matches!(loaded, Err(GlossaryError::Row(_))) {
                // To write it without the bad rows would lose them.
                notices.push(Notice::GlossaryReadOnly { name });
                return Ok(None);
            }
            let termbase = loaded?;
            if store.is_read_only() {
                notices.push(Notice::TermbaseReadOnly { name });
                return Ok(None);
            }
            store.probe()?;
            return Ok(Some((store, termbase)));
        }
    }
    store.probe()?;
    Ok(Some((store, Termbase::default())))
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
    let told = loaded.told.iter();
    notices.extend(told.map(|row| Notice::RowNotUnderstood { problem: row.to_string() }));
    Ok(loaded.concepts)
}

/// Longest line of a stop list, in characters. A longer one is no term, but text: the file
/// is another one than was meant.
const LONGEST_STOP: usize = 100;

/// The terms that are never to be listed.
fn read_stop_list(path: &Path) -> Result<Vec<String>, Failure> {
    let text = read::read(path, None)?.value.text;
    let lines = (1..).zip(text.lines());
    let mut long = lines.filter(|(_, line)| {
        mine::stop_list(line).any(|term| term.chars().count() > LONGEST_STOP)
    });
    if let Some((line, text)) = long.next() {
        let len = text.chars().count();
        return Err(Failure::StopLine { path: path.to_owned(), line, len });
    }
    Ok(mine::stop_list(&text).map(ToOwned::to_owned).collect())
}

/// What the units of a run are, as the head of a review names it.
pub(crate) fn level(is_of_lines: bool, level: Level) -> &'static str {
    match level {
        _ if is_of_lines => "lines",
        Level::Sentence => "sentence",
        Level::Paragraph => "paragraph",
    }
}

/// What a unit calls itself in a translation memory. Lines pass as paragraphs unless they
/// are said to be sentences: a client that splits into sentences finds both in paragraphs.
fn segtype(level: Level) -> SegType {
    match level {
        Level::Paragraph => SegType::Paragraph,
        Level::Sentence => SegType::Sentence,
    }
}
