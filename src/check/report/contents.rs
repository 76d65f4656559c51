//! What every kind of report tells.

use crate::check::finding::Finding;
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
    pub(super) fn place_of(&self, finding: &Finding, side: Side) -> String {
        let passage = finding.passages.get(side).as_ref();
        passage.map(|passage| self.place(side, passage.lines)).unwrap_or_default()
    }
}

/// The message, with the ways a term is rendered.
pub(super) fn with_usages(finding: &Finding) -> String {
    let ways: Vec<String> = finding
        .usages
        .iter()
        .map(|usage| format!("{} ({}×)", usage.text, usage.places.len()))
        .collect();
    if ways.is_empty() {
        return finding.message();
    }
    format!("{}: {}", finding.message(), ways.join(", "))
}
