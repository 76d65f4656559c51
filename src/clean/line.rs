//! Lines of a text, with what stood around them.

use crate::text::script::columns;
use crate::text::{LINE_SEPARATOR, LINE_TABULATION, PARAGRAPH_SEPARATOR, Traced};

/// A line of the text, trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its text without blanks at the ends.
    pub text: Traced,
    /// Width of the blanks it began with, in columns.
    pub indent: usize,
    /// Width of the text as it was set, marks and all, in columns.
    pub width: usize,
    /// Length of the text as it was set, in characters.
    pub chars: usize,
    /// How many blank lines stood before it.
    pub blanks: usize,
    /// Does a page begin here?
    pub page_break: bool,
    /// Does a paragraph surely begin here, because a paragraph separator (U+2029) stands before?
    pub begins_paragraph: bool,
    /// Is it set as a listing, because a line separator (U+2028) stands at its head?
    pub in_listing: bool,
    /// Does it go on with the line before, because a line tabulation (U+000B) stands at its
    /// head?
    pub goes_on: bool,
    /// Does the next line go on without a blank between?
    pub is_glued: bool,
}

/// The lines that hold anything, with what stood around them.
pub(super) fn split_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut at, mut blanks, mut page_break, mut begins_paragraph) = (0, 0, false, false);
    for (index, raw) in text.split('\n').enumerate() {
        let (mut in_listing, mut goes_on) = (false, false);
        for part in raw.split_inclusive(ENDS_PART) {
            let trimmed = Traced::verbatim(part, at).trimmed();
            if !trimmed.is_empty() {
                let lead = part.len() - part.trim_start().len();
                lines.push(Line {
                    number: index + 1,
                    width: width(trimmed.as_str()),
                    chars: trimmed.as_str().chars().count(),
                    text: trimmed,
                    indent: width(&part[..lead]),
                    blanks,
                    page_break,
                    begins_paragraph,
                    in_listing,
                    goes_on,
                    is_glued: false,
                });
                (blanks, page_break, begins_paragraph) = (0, false, false);
                (in_listing, goes_on) = (false, false);
            }
            page_break |= part.ends_with('\u{c}');
            begins_paragraph |= part.ends_with(PARAGRAPH_SEPARATOR);
            if part.trim().is_empty() {
                in_listing |= part.ends_with(LINE_SEPARATOR);
                goes_on |= part.ends_with(LINE_TABULATION);
            }
            at += part.len();
        }
        if raw.trim().is_empty() {
            blanks += 1;
        }
        at += 1;
    }
    lines
}

/// What ends a line without being the end of one in the file: the form feed, which may stand
/// before, inside or behind a line, the vertical tab of word processors, NEL, and the line and
/// paragraph separators of Unicode.
const ENDS_PART: [char; 5] =
    ['\u{c}', LINE_TABULATION, '\u{85}', LINE_SEPARATOR, PARAGRAPH_SEPARATOR];

/// Width of a text in columns of a fixed-width font.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_number_indent_and_blanks() {
        let lines = split_lines("一\n\n  二\u{c}三\n");
        let seen: Vec<_> = lines
            .iter()
            .map(|l| (l.number, l.text.as_str(), l.indent, l.blanks, l.page_break))
            .collect();
        assert_eq!(
            seen,
            [(1, "一", 0, 0, false), (3, "二", 2, 1, false), (3, "三", 0, 0, true)]
        );
        assert_eq!(lines[2].text.origin(0), "一\n\n  二\u{c}".len());
    }

    #[test]
    fn separators_inside_a_line_part_it_and_leave_its_number() {
        let lines = split_lines("一\u{b}二\u{2028}三\n四\u{85}五\n");
        let seen: Vec<_> = lines.iter().map(|l| (l.number, l.text.as_str())).collect();
        assert_eq!(seen, [(1, "一"), (1, "二"), (1, "三"), (2, "四"), (2, "五")]);
        assert!(lines.iter().all(|line| !line.page_break));
    }
}
