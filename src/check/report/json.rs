//! All that is known, as JSON.

use std::io;

use serde_json::{Value, json};

use super::contents::Report;
use super::fact;
use crate::check::finding::Passage;

/// Writes a value so that a person can read it.
pub(super) fn write(value: &Value, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

/// The report as a value.
pub(super) fn of(report: &Report<'_>) -> Value {
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
                "message": finding.message(),
                "fact": fact::of(&finding.fact),
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
