//! SARIF 2.1.0 (OASIS standard, 2020): a run of one tool, a rule a kind, a result a finding.
//!
//! A result stands in the translation where it has a passage there, as that is what is going
//! to be changed; the passage of the other side is a related location.

use serde_json::{Map, Value, json};

use super::contents::{Report, with_usages};
use crate::check::finding::{Finding, FindingKind, Passage};
use crate::types::Side;

pub(super) fn to_json(report: &Report<'_>) -> Value {
    let rules: Vec<Value> = FindingKind::ALL
        .into_iter()
        .map(|kind| {
            json!({
                "id": kind.as_str(),
                "shortDescription": {"text": kind.description()},
            })
        })
        .collect();
    let results: Vec<Value> =
        report.findings.iter().map(|finding| result(report, finding)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "align",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(report: &Report<'_>, finding: &Finding) -> Value {
    let index = FindingKind::ALL.iter().position(|kind| *kind == finding.kind);
    let mut message = with_usages(finding);
    if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.text.is_empty()) {
        message += &format!(" (fix: {})", fix.text);
    }
    let of = |side: Side| {
        let passage = finding.passages.get(side).as_ref();
        passage.map(|passage| location(report, side, passage))
    };
    let (first, second) = match (of(Side::En), of(Side::Zh)) {
        (Some(en), zh) => (Some(en), zh),
        (None, zh) => (zh, None),
    };
    let mut result = Map::new();
    result.insert("ruleId".into(), finding.kind.as_str().into());
    result.insert("ruleIndex".into(), index.unwrap_or_default().into());
    result.insert("level".into(), finding.severity.as_str().into());
    result.insert("message".into(), json!({"text": message}));
    result.insert("locations".into(), first.into_iter().collect());
    if let Some(second) = second {
        result.insert("relatedLocations".into(), json!([second]));
    }
    let fingerprints = json!({"align/v1": finding.fingerprint});
    result.insert("partialFingerprints".into(), fingerprints);
    Value::Object(result)
}

fn location(report: &Report<'_>, side: Side, passage: &Passage) -> Value {
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": {"uri": uri(report.names.get(side))},
            "region": {
                "startLine": passage.lines.0.max(1),
                "endLine": passage.lines.1.max(passage.lines.0).max(1),
                "snippet": {"text": passage.text},
            },
        },
    });
    if !passage.label.is_empty() {
        location["logicalLocations"] = json!([{"name": passage.label}]);
    }
    location
}

/// A path as a reference (RFC 3986): slashes stay, what is no plain letter is escaped.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}
