//! The findings as a table, and as the list to accept from.

use std::io;

use super::contents::{Report, with_usages};
use crate::check::finding::Finding;
use crate::text::formula;
use crate::types::Side;

/// Writes the table.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
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
            &cell(&report.place_of(finding, Side::Zh)),
            &cell(&report.place_of(finding, Side::En)),
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

/// Writes the findings as a file for accepting them.
pub(super) fn write_exceptions(
    report: &Report<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
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
            &cell(&places.join(" = ")),
            &cell(&with_usages(finding)),
            &short(Side::Zh),
            &short(Side::En),
        ])?;
    }
    writer.flush()
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

/// A cell on one line that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let text = text.replace(['\r', '\n'], " ");
    formula::unrun(&text).into_owned()
}

fn label(finding: &Finding) -> &str {
    let of = |side: Side| finding.passages.get(side).as_ref().map(|p| p.label.as_str());
    of(Side::Zh).filter(|label| !label.is_empty()).or(of(Side::En)).unwrap_or_default()
}
