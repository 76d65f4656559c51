//! Lines of a table of contents.

/// The fewest dots that lead the eye from a name to its page; and without a page behind them,
/// so many that they are no ellipsis.
const FEWEST_DOTS: usize = 4;
const MANY_DOTS: usize = 16;

/// What stands behind many dots is no longer than this, in bytes: what a word processor prints
/// where it lost the page.
const MOST_BEHIND: usize = 40;

/// Is this a line of a table of contents: a name, dots in a row, and behind them a page?
///
/// What it names is a heading further on, and no running head; it goes on in no other line.
pub(crate) fn is_entry(text: &str) -> bool {
    let is_dot = |c: char| matches!(c, '.' | '·' | '…' | '‥' | '．' | '・');
    let (mut dots, mut best, mut end) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '…' => dots += 3,
            _ if is_dot(c) => dots += 1,
            ' ' | '\u{3000}' => {}
            _ => dots = 0,
        }
        if dots > 0 && dots >= best && is_dot(c) {
            (best, end) = (dots, at + c.len_utf8());
        }
    }
    let behind = text[end..].trim();
    let is_page = !behind.is_empty()
        && behind.len() <= 6
        && behind.chars().all(|c| c.is_ascii_digit() || "ivxlcIVXLC-".contains(c));
    !text.starts_with(is_dot)
        && (best >= FEWEST_DOTS && is_page
            || best >= MANY_DOTS && behind.len() <= MOST_BEHIND)
}

/// What an entry names: the line without the page behind it and what leads there; `None` for
/// a line that ends in no page.
pub(super) fn named(text: &str) -> Option<&str> {
    let is_page = |c: char| c.is_ascii_digit() || "ivxl".contains(c);
    let name = text.trim_end_matches(is_page);
    let is_parted = name.ends_with([' ', '\t', '.', '…', '·', '\u{3000}']);
    let name =
        name.trim_end_matches([' ', '\t', '.', '…', '·', '‥', '．', '・', '\u{3000}']);
    (is_parted && name.len() < text.len() && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_lead_to_a_page() {
        for entry in [
            "Part 1: Keeping the archives ........ 2",
            "第一章 总则……………………3",
            "目标 2: 合规 ........................ Error! Bookmark not defined.",
            "Annex . . . . . . iv",
        ] {
            assert!(is_entry(entry), "{entry}");
        }
        for text in [
            "The registrar keeps the archives... and opens them.",
            "他说……",
            "他……走了",
            ".... 2",
            "1.2.1.3 See 4.5.6.7",
            "签字：……………………（此处由双方授权代表签字并加盖公章，注明日期）",
        ] {
            assert!(!is_entry(text), "{text}");
        }
    }
}
