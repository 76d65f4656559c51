//! What a line looks like by itself.

use crate::numbering::label_at;
use crate::types::Side;

/// Is the text a piece of a sentence: it begins small, or stops at a comma or small word?
pub(super) fn is_fragment(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    text.starts_with(char::is_lowercase)
        || text.ends_with([',', '，', '、', '；', ';'])
        || matches!(
            last,
            "and"
                | "or"
                | "of"
                | "the"
                | "a"
                | "an"
                | "to"
                | "in"
                | "for"
                | "with"
                | "by"
        )
}

/// Does the text open with a label of either language?
pub(super) fn is_label(text: &str) -> bool {
    Side::BOTH.into_iter().any(|side| label_at(side, text).is_some())
}

/// One word of capitals, digits and strokes: A/C.3/68/L.5.
pub(super) fn is_symbol(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.matches('/').count() >= 2
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')')
        && text
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "/.-()".contains(c))
}
