//! Segments to sentences, in both languages.
//!
//! ```text
//! 他说：“走吧。”他走了。增长３．５%。       他说：“走吧。” / 他走了。 / 增长３．５%。
//! See art. 14, para. 2. It applies.   See art. 14, para. 2. / It applies.
//! ```
//!
//! A sentence ends behind 。！？… or `.` `!` `?`, and the quotes and brackets that close there
//! stay with it. The cells of a row are sentences too. No sentence ends inside 《》, in a number, behind an abbreviation or an
//! initial, before a small letter.

use super::cut::cut_into;
use crate::clean::{is_closing, is_opening};
use crate::text::Span;
use crate::text::abbreviation::is_abbreviation;
use crate::types::{Document, Side};

/// Cuts the segments of a document into sentences; tells, for each segment and one past the
/// last, at which sentence it begins.
pub fn sentences(document: &Document, side: Side) -> (Document, Vec<usize>) {
    let (mut sentences, starts) = cut_into(document, |_, text| split(side, text));
    sentences.segments.iter_mut().for_each(|sentence| sentence.soft = false);
    (sentences, starts)
}

/// The sentences of a text, without the blanks between them. A text without any is one.
pub fn split(side: Side, text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut titles = 0_usize;
    let mut is_quoted = false;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\t' {
            // The border of a cell.
            push_trimmed(&mut spans, text, start, at);
            (start, titles, is_quoted) = (at, 0, false);
            continue;
        }
        match c {
            '《' => titles += 1,
            '》' => titles = titles.saturating_sub(1),
            '"' => is_quoted = !is_quoted,
            _ => {}
        }
        if titles > 0 || !is_stop(side, c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut closed = false;
        while let Some(&(next, mark)) = chars.peek() {
            let goes_on = match mark {
                '"' => std::mem::take(&mut is_quoted),
                '》' => false,
                _ => is_stop(side, mark) && !closed || is_closing(mark),
            };
            if !goes_on {
                break;
            }
            closed |= is_closing(mark);
            end = next + mark.len_utf8();
            chars.next();
        }
        if ends_here(side, text, start, at, c, end) {
            push_trimmed(&mut spans, text, start, end);
            start = end;
        }
    }
    push_trimmed(&mut spans, text, start, text.len());
    if spans.is_empty() {
        spans.push(Span::new(0, text.len()));
    }
    spans
}

fn push_trimmed(spans: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let piece = &text[start..end];
    let lead = piece.len() - piece.trim_start().len();
    let trimmed = piece.trim().len();
    if trimmed > 0 {
        spans.push(Span::new(start + lead, start + lead + trimmed));
    }
}

fn is_stop(side: Side, c: char) -> bool {
    match side {
        Side::Zh => matches!(c, '。' | '！' | '？' | '!' | '?' | '｡' | '…' | '．'),
        Side::En => matches!(c, '.' | '!' | '?' | '…' | '。'),
    }
}

/// Does the stop `c` at `at`, with its closing marks up to `end`, end a sentence?
fn ends_here(
    side: Side,
    text: &str,
    start: usize,
    at: usize,
    c: char,
    end: usize,
) -> bool {
    let after = text[end..].chars().next();
    let next = text[end..].trim_start().chars().next();
    let Some(next) = next else { return true };
    match side {
        Side::Zh => match c {
            '．' => after.is_some_and(|c| !c.is_numeric() && !c.is_alphanumeric()),
            // A trailing-off inside a sentence goes on.
            '…' => {
                text[..end].ends_with(is_closing) && !is_inner_mark(next)
                    || is_opening(next)
            }
            _ => !is_inner_mark(next),
        },
        Side::En => {
            if c == '。' {
                return true;
            }
            if !after.is_some_and(char::is_whitespace) || next.is_lowercase() {
                return false;
            }
            if c == '…' || text[..end].ends_with("...") {
                return next.is_uppercase() || is_opening(next);
            }
            c != '.' || !is_abbreviated(&text[start..at], next)
        }
    }
}

/// A mark that no sentence begins with.
fn is_inner_mark(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | ',' | ';' | ':' | '—' | '－' | '》')
}

/// Does `before`, up to a full stop, end in an abbreviation, an initial or an item number?
fn is_abbreviated(before: &str, next: char) -> bool {
    let word =
        before.rsplit(|c: char| c.is_whitespace() || is_opening(c)).next().unwrap_or("");
    let letters = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_initial =
        letters.chars().count() == 1 && letters.starts_with(char::is_uppercase);
    let is_dotted = letters.len() > 2
        && letters.split('.').all(|part| {
            part.chars().count() == 1 && part.starts_with(char::is_alphabetic)
        });
    let is_item = before.trim_start() == word
        && !letters.is_empty()
        && (letters.bytes().all(|b| b.is_ascii_digit())
            || letters.len() <= 3 && letters.starts_with(char::is_lowercase));
    let lower = letters.to_lowercase();
    if lower == "etc" {
        return !next.is_uppercase();
    }
    if lower == "no" {
        return next.is_ascii_digit();
    }
    is_initial || is_dotted || is_item || is_abbreviation(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(side: Side, text: &str) -> Vec<&str> {
        split(side, text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn closing_quotes_stay_with_their_sentence() {
        assert_eq!(
            parts(Side::Zh, "他说：“走吧。”他走了。增长３．５%，（见第３．５节）。完……"),
            ["他说：“走吧。”", "他走了。", "增长３．５%，（见第３．５节）。", "完……"]
        );
        assert_eq!(
            parts(Side::En, "“Let us go.” He went. (It was late.) Then?! Yes."),
            ["“Let us go.”", "He went.", "(It was late.)", "Then?!", "Yes."]
        );
    }

    #[test]
    fn no_sentence_ends_inside_a_title() {
        assert_eq!(
            parts(Side::Zh, "他读《谁？我！》这本书。好看吗？"),
            ["他读《谁？我！》这本书。", "好看吗？"]
        );
    }

    #[test]
    fn abbreviations_initials_and_numbers_end_nothing() {
        for text in [
            "See art. 14, para. 2, and vol. 3, No. 5 of the U.N. Treaty Series.",
            "Mr. J. R. Doe paid 3.5 per cent, i.e. nothing, etc. as agreed.",
            "1. The Supplier delivers the goods.",
            "A/RES/68/193 was adopted at 3 p.m. on Monday.",
        ] {
            assert_eq!(parts(Side::En, text), [text]);
        }
    }

    #[test]
    fn trailing_off_goes_on_before_a_comma() {
        assert_eq!(parts(Side::Zh, "“这个……我不知道。”"), ["“这个……我不知道。”"]);
    }

    #[test]
    fn any_text_is_covered() {
        for text in ["", "。", "……", "a", "《", "“”。。。"] {
            for side in Side::BOTH {
                assert!(!split(side, text).is_empty());
            }
        }
    }
}
