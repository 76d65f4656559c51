//! Checks a finished translation against its source.

use std::path::{Path, PathBuf};

use crate::check::{Exceptions, Finding, FindingKind, Report, ReportKind, Severity};
use crate::config::Config;
use crate::export::OutputFiles;
use crate::pipeline::{self, Aligner, Observer as _, Request, Review, Stage};
use crate::read::read_input;
use crate::types::Pair;
use clap::Args;

use crate::cli::earlier::Earlier;
use crate::cli::failure::Failure;
use crate::cli::findings::Listing;
use crate::cli::inputs::Inputs;
use crate::cli::job::checked;
use crate::cli::options::Shared;
use crate::cli::progress::Progress;
use crate::cli::status::Status;
use crate::cli::summary::taken_from_review;
use crate::cli::workshop::{languages, level, read_glossary};
use crate::cli::{name, render};

/// Check a finished translation against its source: a report for a reviser
///
/// The pair is aligned as usual, or taken as it is from a file with both languages. What the
/// report lists is of these kinds:
///
///   omission      what the translation lacks
///   addition      what the source lacks
///   repetition    what stands twice
///   order         what stands elsewhere on the other side
///   numbering     numbers of paragraphs, articles and items that do not follow or differ
///   number        numbers, dates, sums, symbols, references that one side lacks
///   term          renderings that depart from the glossary
///   consistency   one term rendered in several ways, several terms rendered alike
///   spelling      names and acronyms spelled in two ways
///   punctuation   brackets and quotation marks without their other half
///   untranslated  text in the wrong language
///   length        units much shorter or longer than expected
///
/// Exit status: 0 done, 1 with --fail-on if such a finding remains, 2 nothing done.
#[derive(Clone, Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    shared: Shared,

    /// What to write besides, with commas: html, csv, json, sarif, exceptions, or all
    #[arg(long, value_name = "KIND,…", value_parser = report_kinds)]
    write: Option<Reports>,

    /// Which kinds of findings to look for, with commas [default: all]
    #[arg(long, value_name = "KIND,…", value_parser = finding_kinds)]
    kinds: Option<Kinds>,

    /// Exit with 1 where a finding of these kinds remains: kinds with commas, any, or error
    #[arg(long, value_name = "KIND,…", value_parser = fail_on)]
    fail_on: Option<FailOn>,

    /// File of findings that are right as they are, as --write exceptions makes it
    #[arg(long, value_name = "FILE")]
    accept: Option<PathBuf>,
}

/// Kinds of files.
#[derive(Clone, Debug)]
struct Reports(Vec<ReportKind>);

/// Kinds of findings.
#[derive(Clone, Debug)]
struct Kinds(Vec<FindingKind>);

/// Which findings make the run fail.
#[derive(Clone, Debug)]
enum FailOn {
    Any,
    Error,
    Kinds(Vec<FindingKind>),
}

impl FailOn {
    fn is_met(&self, findings: &[Finding]) -> bool {
        findings.iter().any(|finding| match self {
            FailOn::Any => true,
            FailOn::Error => finding.severity == Severity::Error,
            FailOn::Kinds(kinds) => kinds.contains(&finding.kind),
        })
    }
}

/// The items of a list with commas.
fn list<T>(
    text: &str,
    find: impl Fn(&str) -> Option<T>,
    known: &[&str],
) -> Result<Vec<T>, String> {
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    let items: Vec<T> = items
        .map(|item| {
            find(item).ok_or_else(|| {
                format!("\"{item}\" is none; known are {}", known.join(", "))
            })
        })
        .collect::<Result<_, _>>()?;
    if items.is_empty() {
        Err(format!("known are {}", known.join(", ")))
    } else {
        Ok(items)
    }
}

fn report_kinds(text: &str) -> Result<Reports, String> {
    if text == "all" {
        return Ok(Reports(ReportKind::ALL.to_vec()));
    }
    let known = ReportKind::ALL.map(ReportKind::as_str);
    let mut kinds = list(text, ReportKind::from_name, &known)?;
    kinds.sort_unstable();
    kinds.dedup();
    Ok(Reports(kinds))
}

fn finding_kinds(text: &str) -> Result<Kinds, String> {
    let known = FindingKind::ALL.map(FindingKind::as_str);
    list(text, FindingKind::from_name, &known).map(Kinds)
}

fn fail_on(text: &str) -> Result<FailOn, String> {
    match text {
        "any" => Ok(FailOn::Any),
        "error" => Ok(FailOn::Error),
        _ => finding_kinds(text).map(|kinds| FailOn::Kinds(kinds.0)),
    }
}

/// Checks and tells. All is done if no finding is left that the run was to fail on.
pub(crate) fn run(args: CheckArgs) -> Result<Status, Failure> {
    let shared = &args.shared;
    let progress = Progress::new(shared.quiet);
    let kinds = args.kinds.map_or_else(|| FindingKind::ALL.to_vec(), |kinds| kinds.0);
    let files = args.write.map(|reports| reports.0).unwrap_or_default();
    let outputs = open(shared, &files, args.accept.as_deref())?;
    let exceptions = match &args.accept {
        Some(path) => Exceptions::load(path)?,
        None => Exceptions::default(),
    };
    let mut notices = Vec::new();
    let glossary =
        read_glossary(shared.glossary.as_deref(), shared.skip_bad_rows, &mut notices)?;

    progress.stage(Stage::Read);
    let encodings =
        Pair::new(shared.zh_encoding.as_deref(), shared.en_encoding.as_deref());
    let input = read_input(&shared.zh, shared.en.as_deref(), encodings)?;
    let config =
        Config { lines: shared.lines, level: shared.level.into(), ..Config::default() };
    let aligner = Aligner::new(config).with_glossary(glossary);
    let review = Review { kinds: &kinds, source: shared.source.into() };
    let earlier = earlier(shared)?;
    let pinned = earlier.as_ref().map(Earlier::pinned);
    let request = Request { review: Some(review), pinned, ..Request::new(&aligner) };
    let mut outcome = pipeline::run(input, &request, &progress);
    let given = Pair::new(shared.zh_lang.clone(), shared.en_lang.clone());
    let languages = languages(&outcome.bitext, &given);
    if let Some(earlier) = &earlier {
        let (name, review) = (report_name(shared)?, Some(review));
        earlier.apply(&mut outcome, &aligner, &name, &languages, false, review)?;
    }
    let mut findings = std::mem::take(&mut outcome.findings);
    let mut n_accepted = exceptions.apply(&mut findings);
    if let Some(earlier) = &earlier {
        let n_found = findings.len();
        findings.retain(|finding| !earlier.accepts(&finding.fingerprint));
        n_accepted += n_found - findings.len();
    }
    let bitext = outcome.bitext;

    progress.stage(Stage::Write);
    let report = Report {
        findings: &findings,
        n_accepted,
        names: bitext.documents.as_ref().map(|document| document.name.as_str()),
        languages: Pair::new(languages.zh.as_str(), languages.en.as_str()),
        n_units: bitext.units().filter(|unit| !unit.bead.is_single()).count(),
    };
    let written = write(outputs, &report)?;
    progress.finish();
    notices.extend(outcome.notices);
    if !shared.quiet {
        render::notices("", &notices);
        for text in notices.iter().filter_map(taken_from_review) {
            render::talk(&format!("Reviewed {text}\n"));
        }
        let is_coloured = render::is_coloured_result();
        let listing = Listing { report: &report, files: &written, is_coloured };
        render::result(&listing.to_string());
    }
    let fails = args.fail_on.is_some_and(|fail_on| fail_on.is_met(&findings));
    Ok(Status::whole_if(!fails).with(&notices))
}

/// The review that lies in the folder of the outputs, unless it is not wanted.
fn earlier(shared: &Shared) -> Result<Option<Earlier>, Failure> {
    match shared.no_review {
        true => Ok(None),
        false => {
            let level = level(shared.lines, shared.level.into());
            Earlier::load(&shared.out, &report_name(shared)?, level)
        }
    }
}

/// What the outputs are called.
fn report_name(shared: &Shared) -> Result<String, Failure> {
    match &shared.name {
        Some(name) => checked(name.clone()),
        None => {
            let en = shared.en.as_deref().unwrap_or(Path::new(""));
            Ok(name::derive(&shared.zh, en))
        }
    }
}

/// The files to be written, their door tried; `None` where none are asked for.
struct Outputs {
    files: OutputFiles,
    names: Vec<(String, ReportKind)>,
}

fn open(
    shared: &Shared,
    kinds: &[ReportKind],
    accept: Option<&Path>,
) -> Result<Option<Outputs>, Failure> {
    if kinds.is_empty() {
        return Ok(None);
    }
    let name = report_name(shared)?;
    let names: Vec<(String, ReportKind)> =
        kinds.iter().map(|kind| (format!("{name}{}", kind.suffix()), *kind)).collect();
    let each = names.iter().map(|(name, _)| name.as_str());
    let others = [shared.en.as_deref(), shared.glossary.as_deref(), accept];
    let inputs = [shared.zh.as_path()].into_iter().chain(others.into_iter().flatten());
    let files = Inputs::new(inputs).outputs(&shared.out, each, shared.force)?;
    Ok(Some(Outputs { files, names }))
}

fn write(outputs: Option<Outputs>, report: &Report<'_>) -> Result<Vec<PathBuf>, Failure> {
    let Some(Outputs { mut files, names }) = outputs else { return Ok(Vec::new()) };
    for (name, kind) in &names {
        files.write(name, |out| kind.write(report, out))?;
    }
    Ok(files.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_kinds_are_read_and_a_stranger_is_named() {
        assert_eq!(finding_kinds("number, term").unwrap().0.len(), 2);
        assert!(finding_kinds("numbers").unwrap_err().contains("\"numbers\""));
        assert!(matches!(fail_on("any"), Ok(FailOn::Any)));
        assert_eq!(report_kinds("sarif,html,html").unwrap().0.len(), 2);
        assert!(report_kinds("").is_err());
    }
}
