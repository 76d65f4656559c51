//! The findings of many pairs, counted.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::check::{Finding, FindingKind, Severity};
use crate::text::layout::{counted, padded, width};

use crate::cli::failure::Failure;

/// How many findings of a pair are of which kind and how grave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts(BTreeMap<(FindingKind, Severity), usize>);

impl Counts {
    pub(crate) fn of(findings: &[Finding]) -> Self {
        let mut counts = BTreeMap::new();
        for finding in findings {
            *counts.entry((finding.kind, finding.severity)).or_default() += 1;
        }
        Self(counts)
    }

    fn add(&mut self, other: &Self) {
        for (&of, n) in &other.0 {
            *self.0.entry(of).or_default() += n;
        }
    }

    fn of_kind(&self, kind: FindingKind) -> usize {
        self.0.iter().filter(|((of, _), _)| *of == kind).map(|(_, n)| n).sum()
    }
}

/// `2 errors, 1 note`, or that there is nothing.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grave = [Severity::Error, Severity::Warning, Severity::Note];
        let parts: Vec<String> = grave
            .into_iter()
            .filter_map(|severity| {
                let of = self.0.iter().filter(|((_, of), _)| *of == severity);
                let n: usize = of.map(|(_, n)| n).sum();
                (n > 0).then(|| counted(n, severity.as_str()))
            })
            .collect();
        match parts.is_empty() {
            true => f.write_str("nothing"),
            false => f.write_str(&parts.join(", ")),
        }
    }
}

/// The findings of many pairs by kind and by pair. Its `Display` is the whole.
pub(crate) struct Tally<'a> {
    pub(crate) pairs: Vec<(&'a str, &'a Counts)>,
    pub(crate) failed: Vec<(&'a str, &'a Failure)>,
    /// How many reports were written, into which folder, and how their names end.
    pub(crate) n_files: usize,
    pub(crate) out: &'a Path,
    pub(crate) suffixes: &'a [&'a str],
}

impl fmt::Display for Tally<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = Counts::default();
        self.pairs.iter().for_each(|(_, counts)| all.add(counts));
        writeln!(f, "Checked     {}", counted(self.pairs.len(), "pair"))?;
        writeln!(f, "Found       {all}")?;
        let of_kind = FindingKind::ALL.into_iter().map(|kind| (kind, all.of_kind(kind)));
        let kinds = of_kind.filter(|&(_, n)| n > 0);
        let rows = kinds.map(|(kind, n)| (kind.as_str(), n.to_string()));
        list(f, "By kind", &rows.collect::<Vec<_>>())?;
        let rows = self.pairs.iter().map(|(name, counts)| (*name, counts.to_string()));
        list(f, "By pair", &rows.collect::<Vec<_>>())?;
        if !self.failed.is_empty() {
            writeln!(f, "Failed      {}", counted(self.failed.len(), "pair"))?;
            let rows = self.failed.iter().flat_map(|(name, failure)| {
                let hint = failure.hint().map(|hint| ("", hint));
                [(*name, failure.to_string())].into_iter().chain(hint)
            });
            list(f, "", &rows.collect::<Vec<_>>())?;
        }
        if self.n_files > 0 {
            let names: Vec<String> =
                self.suffixes.iter().map(|suffix| format!("NAME{suffix}")).collect();
            let (n, out) = (counted(self.n_files, "report"), self.out.display());
            writeln!(f, "Written     {n} in {out}: {}", names.join(", "))?;
        }
        Ok(())
    }
}

/// Rows of two columns, the title before the first.
fn list(f: &mut fmt::Formatter<'_>, title: &str, rows: &[(&str, String)]) -> fmt::Result {
    let wide = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (n, (name, text)) in rows.iter().enumerate() {
        let title = if n == 0 { title } else { "" };
        writeln!(f, "{title:<12}{}  {text}", padded(name, wide))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_counted_by_kind_and_by_pair() {
        let counts = |of: &[(FindingKind, Severity, usize)]| {
            Counts(of.iter().map(|&(kind, severity, n)| ((kind, severity), n)).collect())
        };
        let many = counts(&[
            (FindingKind::Number, Severity::Error, 2),
            (FindingKind::Number, Severity::Note, 1),
            (FindingKind::Term, Severity::Warning, 1),
        ]);
        let none = Counts::default();
        let failure = Failure::NoTerms;
        let tally = Tally {
            pairs: vec![("合同", &many), ("law/2", &none)],
            failed: vec![("b", &failure)],
            n_files: 2,
            out: Path::new("aligned"),
            suffixes: &[".check.html"],
        };
        let text = tally.to_string();
        assert!(
            text.starts_with(
                "Checked     2 pairs\n\
                 Found       2 errors, 1 warning, 1 note\n"
            ),
            "{text}"
        );
        for row in [
            "number  3\n",
            "term    1\n",
            "By pair     合同   2 errors, 1 warning, 1 note\n",
            "            law/2  nothing\n",
            "Failed      1 pair\n            b  no terms are given\n",
            "Written     2 reports in aligned: NAME.check.html\n",
        ] {
            assert!(text.contains(row), "{row}in\n{text}");
        }
    }
}
