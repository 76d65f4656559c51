//! Reports as files: a page, a table, JSON, SARIF, and the list to accept from.

mod html;
mod sarif;

use std::io;

use serde_json::{Value, json};

use super::finding::{Finding, Passage};
use crate::types::{Pair, Side};

/// What is told of a check, and of what.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// The findings that are left.
    pub findings: &'a [Finding],
    /// How many were accepted before.
    pub n_accepted: usize,
    /// The names of the files.
    pub names: Pair<&'a str>,
    /// The codes of the languages, such as `zh-CN` and `en-US`.
    pub languages: Pair<&'a str>,
    /// How many pairs of units were compared.
    pub n_units: usize,
}

/// A kind of file that a report can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportKind {
    /// A page for browsers, self-contained.
    Html,
    /// A table, UTF-8.
    Csv,
    /// All that is known, for programs.
    Json,
    /// SARIF 2.1.0, for editors and code hosts.
    Sarif,
    /// The findings as a file for accepting them.
    Exceptions,
}

impl ReportKind {
    /// Every one, in the order of the definition.
    pub const ALL: [ReportKind; 5] = [
        ReportKind::Html,
        ReportKind::Csv,
        ReportKind::Json,
        ReportKind::Sarif,
        ReportKind::Exceptions,
    ];

    /// The one of that [name](Self::as_str).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// The name it is asked for by.
    pub fn as_str(self) -> &'static str {
        match self {
            ReportKind::Html => "html",
            ReportKind::Csv => "csv",
            ReportKind::Json => "json",
            ReportKind::Sarif => "sarif",
            ReportKind::Exceptions => "exceptions",
        }
    }

    /// The end of the file's name.
    pub fn suffix(self) -> &'static str {
        match self {
            ReportKind::Html => ".check.html",
            ReportKind::Csv => ".check.csv",
            ReportKind::Json => ".check.json",
            ReportKind::Sarif => ".check.sarif",
            ReportKind::Exceptions => ".exceptions.csv",
        }
    }

    /// Writes the report.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(self, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            ReportKind::Html => html::write(report, out),
            ReportKind::Csv => csv(report, out),
            ReportKind::Json => pretty(&to_json(report), out),
            ReportKind::Sarif => pretty(&sarif::to_json(report), out),
            ReportKind::Exceptions => exceptions(report, out),
        }
    }
}

impl Report<'_> {
    /// Where a passage stands: `zh.txt:310-342`.
    pub fn place(&self, side: Side, lines: (usize, usize)) -> String {
        let last = |side: Side| {
            let name = *self.names.get(side);
            name.rsplit(['/', '\\']).next().unwrap_or(name)
        };
        // Where both files are called the same, with their folders.
        let name = match last(side) == last(side.other()) {
            true => self.names.get(side),
            false => last(side),
        };
        match lines {
            (first, last) if first == last => format!("{name}:{first}"),
            (first, last) => format!("{name}:{first}-{last}"),
        }
    }

    /// Where a finding stands on one side; empty where it stands nowhere.
    fn place_of(&self, finding: &Finding, side: Side) -> String {
        let passage = finding.passages.get(side).as_ref();
        passage.map(|passage| self.place(side, passage.lines)).unwrap_or_default()
    }
}

fn pretty(value: &Value, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// The words marked, or where none are the text.
fn words(finding: &Finding, side: Side) -> String {
    let marked = finding.marked(side);
    match (marked.is_empty(), finding.passages.get(side)) {
        (false, _) => marked.join(" … "),
        (true, Some(passage)) => passage.text.clone(),
        (true, None) => String::new(),
    }
}

/// A cell that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = text.replace(['\r', '\n'], " ");
    if is_formula { format!("'{text}") } else { text }
}

fn label(finding: &Finding) -> &str {
    let of = |side: Side| finding.passages.get(side).as_ref().map(|p| p.label.as_str());
    of(Side::Zh).filter(|label| !label.is_empty()).or(of(Side::En)).unwrap_or_default()
}

fn csv(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "kind",
        "severity",
        "zh_place",
        "en_place",
        "label",
        "message",
        "zh_words",
        "en_words",
        "fix",
        "zh",
        "en",
        "fingerprint",
    ])?;
    for finding in report.findings {
        let text = |side: Side| {
            let passage = finding.passages.get(side).as_ref();
            cell(passage.map_or("", |passage| passage.text.as_str()))
        };
        let fix = finding.fix.as_ref().map_or("", |fix| fix.text.as_str());
        writer.write_record([
            finding.kind.as_str(),
            finding.severity.as_str(),
            &report.place_of(finding, Side::Zh),
            &report.place_of(finding, Side::En),
            &cell(label(finding)),
            &cell(&with_usages(finding)),
            &cell(&finding.marked(Side::Zh).join(" … ")),
            &cell(&finding.marked(Side::En).join(" … ")),
            &cell(fix),
            &text(Side::Zh),
            &text(Side::En),
            &finding.fingerprint,
        ])?;
    }
    writer.flush()
}

/// The message, with the ways a term is rendered.
fn with_usages(finding: &Finding) -> String {
    let ways: Vec<String> = finding
        .usages
        .iter()
        .map(|usage| format!("{} ({}×)", usage.text, usage.places.len()))
        .collect();
    if ways.is_empty() {
        return finding.message.clone();
    }
    format!("{}: {}", finding.message, ways.join(", "))
}

fn exceptions(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["fingerprint", "kind", "place", "message", "zh", "en"])?;
    for finding in report.findings {
        let places: Vec<String> = Side::BOTH
            .into_iter()
            .map(|side| report.place_of(finding, side))
            .filter(|place| !place.is_empty())
            .collect();
        let short = |side: Side| {
            let words = words(finding, side);
            let short: String = words.chars().take(60).collect();
            cell(&short)
        };
        writer.write_record([
            &finding.fingerprint,
            finding.kind.as_str(),
            &places.join(" = "),
            &cell(&with_usages(finding)),
            &short(Side::Zh),
            &short(Side::En),
        ])?;
    }
    writer.flush()
}

fn to_json(report: &Report<'_>) -> Value {
    let passage = |passage: &Option<Passage>| match passage {
        None => Value::Null,
        // Marks in characters (Unicode scalar values), which all languages count alike.
        Some(passage) => {
            let count = |at: usize| passage.text[..at].chars().count();
            let marks: Vec<[usize; 2]> =
                passage.marks.iter().map(|m| [count(m.start), count(m.end)]).collect();
            json!({
                "lines": [passage.lines.0, passage.lines.1],
                "label": passage.label,
                "text": passage.text,
                "marks": marks,
            })
        }
    };
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let usages: Vec<Value> = finding
                .usages
                .iter()
                .map(|usage| json!({"text": usage.text, "places": usage.places}))
                .collect();
            let fix = finding.fix.as_ref();
            json!({
                "kind": finding.kind.as_str(),
                "severity": finding.severity.as_str(),
                "message": finding.message,
                "zh": passage(&finding.passages.zh),
                "en": passage(&finding.passages.en),
                "renderings": usages,
                "fix": fix.map(|fix| json!({"side": fix.side.to_string(), "text": fix.text})),
                "fingerprint": finding.fingerprint,
            })
        })
        .collect();
    json!({
        "zh": report.names.zh,
        "en": report.names.en,
        "units": report.n_units,
        "accepted": report.n_accepted,
        "findings": findings,
    })
}
