//! The lines of a file: where each begins, and what parts two that are one text.

use crate::text::Traced;
use crate::types::Side;

/// The byte at which each line of a text begins.
pub(super) fn line_starts(text: &str) -> Vec<usize> {
    let ends = text.bytes().enumerate().filter(|&(_, b)| b == b'\n');
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

/// What parts two pieces of running text: a blank in English; in Chinese nothing, but a blank
/// between two Latin words, the second of which may begin with a sign: `kill -9`.
pub(super) fn parting(side: Side, before: &Traced, after: &Traced) -> &'static str {
    let is_latin = |c: char| c.is_ascii_graphic() && !matches!(c, '(' | '/' | '-');
    let opens = |c: char| "-([{<+$#@~/\"'".contains(c);
    let last = before.as_str().chars().next_back();
    let mut after = after.as_str().chars();
    let (next, second) = (after.next(), after.next());
    let both_latin = match (last, next) {
        (Some(last), Some(next)) if next.is_ascii_alphanumeric() => is_latin(last),
        (Some(last), Some(next)) if opens(next) => {
            last.is_ascii_alphanumeric()
                && second.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-')
        }
        _ => false,
    };
    if side == Side::En || both_latin { " " } else { "" }
}
