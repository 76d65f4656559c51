//! The lines of a file: where each begins, and what parts two that are one text.

use crate::text::Traced;
use crate::types::Side;

/// The byte at which each line of a text begins.
pub(super) fn line_starts(text: &str) -> Vec<usize> {
    let ends = text.bytes().enumerate().filter(|&(_, b)| b == b'\n');
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

/// What parts two pieces of running text: a blank in English; in Chinese nothing, but a blank
/// between two Latin words.
pub(super) fn parting(side: Side, before: &Traced, after: &Traced) -> &'static str {
    let is_latin = |c: &char| c.is_ascii_graphic() && !matches!(c, '(' | '/' | '-');
    let last = before.as_str().chars().next_back();
    let next = after.as_str().chars().next();
    let both_latin = last.as_ref().is_some_and(is_latin)
        && next.is_some_and(|c| c.is_ascii_alphanumeric());
    if side == Side::En || both_latin { " " } else { "" }
}
