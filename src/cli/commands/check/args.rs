//! What is asked of a check.

use std::path::PathBuf;

use crate::check::{Finding, FindingKind, ReportKind, Severity};
use crate::export::OutputFiles;
use crate::types::Notice;
use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::inputs::Inputs;
use crate::cli::options::Shared;
use crate::cli::status::Status;

/// Check a finished translation against its source: a report for a reviser
///
/// The pair is aligned as usual, or taken as it is from a file with both languages. Of a
/// folder every pair is checked, as align FOLDER finds them: a report of each goes to DIR
/// (--write html, unless it says otherwise), and the findings are counted by kind and by pair.
/// What a report lists is of these kinds:
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
/// Exit status: 0 done, 1 with --fail-on if such a finding remains or a pair of a folder
/// failed, 2 nothing done, 3 the texts are no translations of one another.
#[derive(Clone, Debug, Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  align check zh.txt en.txt
  align check zh.txt en.txt --glossary terms.csv --write html
  align check zh.txt en.txt --kinds number,term --fail-on error
  align check zh.txt en.txt --write exceptions
                                  right as they are: then --accept that file
  align check texts               a report for every pair of a folder"
)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(super) shared: Shared,

    /// What to write besides, with commas: html, csv, json, sarif, exceptions, or all
    #[arg(long, value_name = "KIND,…", value_parser = report_kinds, help_heading = "Findings")]
    write: Option<Reports>,

    /// Which kinds of findings to look for, with commas [default: all]
    #[arg(long, value_name = "KIND,…", value_parser = finding_kinds, help_heading = "Findings")]
    pub(super) kinds: Option<Kinds>,

    /// Exit with 1 where a finding of these kinds remains: kinds with commas, any, or error
    #[arg(long, value_name = "KIND,…", value_parser = fail_on, help_heading = "Findings")]
    fail_on: Option<FailOn>,

    /// File of findings that are right as they are, as --write exceptions makes it
    #[arg(long, value_name = "FILE", help_heading = "Findings")]
    pub(super) accept: Option<PathBuf>,
}

/// Kinds of files.
#[derive(Clone, Debug)]
struct Reports(Vec<ReportKind>);

/// Kinds of findings.
#[derive(Clone, Debug)]
pub(super) struct Kinds(pub(super) Vec<FindingKind>);

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

impl CheckArgs {
    pub(super) fn kinds_of_reports(&self) -> &[ReportKind] {
        self.write.as_ref().map_or(&[], |reports| &reports.0)
    }

    /// The files that the check reads.
    pub(super) fn inputs(&self) -> Inputs {
        let shared = &self.shared;
        let others =
            [shared.en.as_deref(), shared.glossary.as_deref(), self.accept.as_deref()];
        Inputs::new([shared.zh.as_path()].into_iter().chain(others.into_iter().flatten()))
    }

    /// The files to be written of a pair, their door tried; `None` where none are asked for.
    pub(super) fn outputs(
        &self,
        names: &[(String, ReportKind)],
    ) -> Result<Option<OutputFiles>, Failure> {
        if names.is_empty() {
            return Ok(None);
        }
        let each = names.iter().map(|(name, _)| name.as_str());
        self.inputs().outputs(&self.shared.out, each, self.shared.force).map(Some)
    }

    /// How a check ends that found this.
    pub(super) fn status(&self, findings: &[Finding], notices: &[Notice]) -> Status {
        let fails = self.fail_on.as_ref().is_some_and(|fail_on| fail_on.is_met(findings));
        Status::whole_if(!fails).with(notices)
    }
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
