use std::io;

use super::TermFormat;
use crate::types::TermPair;

/// Glossary as comma-separated values: UTF-8 without a mark, LF, a header row, best first.
///
/// Variants and evidence are lists split by `|`; a `|` or `\` inside a variant is written
/// `\|`, `\\`. The contexts are the best passage of each pair.
#[derive(Clone, Copy, Debug)]
pub struct GlossaryCsv<'a> {
    /// The name of the pair that the terms are from, for the last column.
    pub document: &'a str,
}

impl GlossaryCsv<'_> {
    /// The columns, in order.
    pub const COLUMNS: [&'static str; 14] = [
        "zh",
        "en",
        "zh_variants",
        "en_variants",
        "count",
        "zh_count",
        "en_count",
        "confidence",
        "evidence",
        "status",
        "zh_context",
        "en_context",
        "unit",
        "document",
    ];

    fn row(&self, pair: &TermPair) -> [String; 14] {
        let context = pair.contexts.first().cloned().unwrap_or_default();
        let evidence: Vec<&str> = pair.evidence.iter().map(|e| e.as_str()).collect();
        [
            pair.term.zh.clone(),
            pair.term.en.clone(),
            list(&pair.variants.zh),
            list(&pair.variants.en),
            pair.count.to_string(),
            pair.counts.zh.to_string(),
            pair.counts.en.to_string(),
            format!("{:.3}", pair.confidence),
            evidence.join("|"),
            pair.status.as_str().to_owned(),
            context.text.zh,
            context.text.en,
            context.unit,
            self.document.to_owned(),
        ]
    }
}

impl TermFormat for GlossaryCsv<'_> {
    fn write(&self, terms: &[TermPair], out: &mut dyn io::Write) -> io::Result<()> {
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(Self::COLUMNS)?;
        for pair in terms {
            csv.write_record(self.row(pair))?;
        }
        csv.flush()
    }
}

/// The items of a list in one cell.
fn list(items: &[String]) -> String {
    let escaped: Vec<String> =
        items.iter().map(|item| item.replace('\\', "\\\\").replace('|', "\\|")).collect();
    escaped.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_inside_a_variant_is_not_the_end_of_it() {
        assert_eq!(list(&["a|b".into(), "c\\".into()]), "a\\|b|c\\\\");
        assert_eq!(list(&[]), "");
    }
}
