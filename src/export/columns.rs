//! The columns of a glossary in a table.

use crate::types::{Concept, Pair, Side, TermPair};

/// Which columns a glossary in comma-separated values has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Columns {
    /// All that is known of each pair.
    #[default]
    Full,
    /// The two terms, the source first: what every termbase takes.
    Two,
    /// The two terms and a note on them.
    Three,
}

/// The columns of the whole glossary, in order.
pub(super) const FULL: [&str; 17] = [
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
    "part_of_speech",
    "term_type",
    "documents",
];

/// The columns that a termbase has beside them: the id of its concepts, and what else its
/// rows tell, then those of the owner's.
pub(super) fn of_termbase(concepts: &[Concept]) -> Vec<String> {
    let is_used = |column: &&Beside| {
        matches!(column.0, "id" | "subject" | "note")
            || concepts.iter().any(|concept| !column.1(concept).is_empty())
    };
    let mut names: Vec<String> =
        BESIDE.iter().filter(is_used).map(|column| column.0.to_owned()).collect();
    for (name, _) in concepts.iter().flat_map(|concept| &concept.other) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// A column and its cell.
type Beside = (&'static str, fn(&Concept) -> &str);

const BESIDE: [Beside; 11] = [
    ("id", |concept| &concept.id),
    ("subject", |concept| &concept.subject),
    ("note", |concept| &concept.note),
    ("zh_definition", |concept| &concept.definition.zh),
    ("en_definition", |concept| &concept.definition.en),
    ("definition_source", |concept| &concept.definition_source),
    ("usage", |concept| &concept.usage),
    ("match", |concept| &concept.matching),
    ("created", |concept| &concept.created),
    ("changed", |concept| &concept.changed),
    ("who", |concept| &concept.who),
];

/// The cell of a concept in a column that [`of_termbase`] names.
pub(super) fn beside<'a>(concept: &'a Concept, name: &str) -> &'a str {
    match BESIDE.iter().find(|column| column.0 == name) {
        Some(column) => column.1(concept),
        None => {
            let mut other = concept.other.iter();
            other.find(|(known, _)| known == name).map_or("", |(_, cell)| cell)
        }
    }
}

/// Is this a column of numbers?
pub(super) fn is_number(column: &str) -> bool {
    matches!(column, "count" | "zh_count" | "en_count" | "confidence" | "documents")
}

/// The cells of the whole glossary for one pair; the context is its best passage.
pub(super) fn full_row(pair: &TermPair, document: &str) -> [String; 17] {
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
        context.place.to_string(),
        document.to_owned(),
        pair.part_of_speech.as_str().to_owned(),
        pair.term_type.as_str().to_owned(),
        if pair.documents > 0 { pair.documents.to_string() } else { String::new() },
    ]
}

/// What there is to say of a pair in one short line: `candidate, 0.90, article 1`.
pub(super) fn note(pair: &TermPair) -> String {
    let unit = pair.contexts.first().map(|context| context.place.to_string());
    let mut note = format!("{}, {:.2}", pair.status.as_str(), pair.confidence);
    if let Some(unit) = unit.filter(|unit| !unit.is_empty()) {
        note += &format!(", {unit}");
    }
    note
}

/// What there is to say of a row of a termbase in one line:
/// `preferred; subject: law; definition: …; note: …`.
///
/// The note comes last, so that it may hold anything.
pub(super) fn remark(concept: &Concept) -> String {
    let mut remark = concept.pair.status.as_str().to_owned();
    for (name, text) in [
        ("subject", &concept.subject),
        ("definition", &concept.definition.en),
        ("定义", &concept.definition.zh),
        ("note", &concept.note),
    ] {
        if !text.is_empty() {
            remark += &format!("; {name}: {text}");
        }
    }
    remark
}

/// The items of a list in one cell, with `|` between them; a `|` or `\` inside an item is
/// written `\|`, `\\`.
pub(super) fn list(items: &[String]) -> String {
    let escaped: Vec<String> =
        items.iter().map(|item| item.replace('\\', "\\\\").replace('|', "\\|")).collect();
    escaped.join("|")
}

/// Both values, that of the source language first.
pub(super) fn source_first<T>(pair: &Pair<T>, source: Side) -> [&T; 2] {
    [pair.get(source), pair.get(source.other())]
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
