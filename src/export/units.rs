//! What several formats show of a unit.

use super::xml;
use crate::types::{Pair, Side, TranslationUnit};

/// Does a unit go into a memory: something to see on both sides, and sure enough?
pub(super) fn is_kept(
    unit: &TranslationUnit<'_>,
    text: &Pair<String>,
    min_score: f64,
) -> bool {
    !unit.bead.is_single()
        && unit.bead.score >= min_score
        && !xml::is_blank(&text.zh)
        && !xml::is_blank(&text.en)
}

/// The text of both sides of a unit.
pub(super) fn texts(unit: &TranslationUnit<'_>) -> Pair<String> {
    Pair::new(unit.text(Side::Zh), unit.text(Side::En))
}

/// How many segments of each side a unit joins, the source first: `1-2`.
pub(super) fn shape(unit: &TranslationUnit<'_>, source: Side) -> String {
    let len = |side| unit.bead.range.get(side).len();
    format!("{}-{}", len(source), len(source.other()))
}

/// A text without tabs and line ends.
pub(super) fn one_line(text: &str) -> String {
    text.replace(is_break, " ")
}

/// Does it end a line or a cell for some reader?
fn is_break(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}
