//! Blanks that the page put between Han characters and around digits.
//!
//! `大 会 决 议` is 大会决议, and in the text of a page `2005 年 9月 16 日` is 2005年9月16日. A
//! blank that separates two words (`主席 杨某某`, `第一級  海洛因`) stays, and so do blanks
//! beside digits that stand everywhere, or in a text that no page has broken: many authors
//! write `第 60 号`.

use super::draft::Draft;
use crate::text::Traced;
use crate::text::script::{is_han, is_wide_mark};
use crate::types::LeftOutKind;

/// This many single characters in a row, a blank between each, are one spaced-out word.
const MIN_SPACED: usize = 3;

/// Blanks beside digits stand where the author put them if at least this share of such places
/// has one.
const REGULAR: f64 = 0.97;

pub(super) fn tidy(draft: &mut Draft, is_page: bool) {
    let is_stray_beside_digits = is_page && is_irregular(draft);
    let tidied = |text: &Traced| without_stray_blanks(text, is_stray_beside_digits);
    let (places, first) = draft.edit_lines(LeftOutKind::Other, tidied);
    draft.report("spacing", places, first);
}

/// Does a blank stand between Han characters and digits in some places and not in others?
fn is_irregular(draft: &Draft) -> bool {
    let (mut n_blanks, mut n_places) = (0_u32, 0_u32);
    for line in &draft.lines {
        let mut before: Option<char> = None;
        let mut blanks = 0;
        let mut is_open = true;
        for c in line.text.as_str().chars() {
            if is_blank(c) {
                blanks += 1;
                continue;
            }
            let meets = |before: char| {
                is_han(before) && is_digit(c) || is_digit(before) && is_han(c)
            };
            if !is_open && blanks <= 1 && before.is_some_and(meets) {
                n_places += 1;
                n_blanks += u32::from(blanks == 1);
            }
            is_open &= is_digit(c) || c.is_ascii_punctuation();
            (before, blanks) = (Some(c), 0);
        }
    }
    n_blanks > 0 && f64::from(n_blanks) < REGULAR * f64::from(n_places)
}

/// `is_stray_beside_digits`: do the blanks beside digits go too?
pub(super) fn without_stray_blanks(
    text: &Traced,
    is_stray_beside_digits: bool,
) -> Option<Traced> {
    if !text.as_str().chars().any(is_han) {
        return None;
    }
    let chars: Vec<(usize, char)> = text.as_str().char_indices().collect();
    let spaced = spaced_out(&chars);
    let mut cuts = Vec::new();
    let mut k = 1;
    while k < chars.len() {
        let start = k;
        while k < chars.len() && is_blank(chars[k].1) {
            k += 1;
        }
        if k > start && k < chars.len() {
            let (before, after) = (chars[start - 1].1, chars[k].1);
            let goes = spaced[start]
                || is_stray_beside_digits
                    && k == start + 1
                    && is_stray(before, after, start, &chars)
                || is_close_mark(before, after);
            if goes {
                cuts.push(chars[start].0..chars[k].0);
            }
        }
        k += 1;
    }
    (!cuts.is_empty()).then(|| text.without(&cuts))
}

/// Is a single blank between these two the work of the page: between a digit and a Han
/// character (but not behind the number that opens the line: `1.1 本合同` is a clause)?
fn is_stray(before: char, after: char, start: usize, chars: &[(usize, char)]) -> bool {
    let opens =
        chars[..start].iter().all(|&(_, c)| is_digit(c) || c.is_ascii_punctuation());
    let opens_date = opens && matches!(after, '年' | '月' | '日' | '时' | '時');
    is_han(before) && is_digit(after)
        || is_digit(before) && is_han(after) && (!opens || opens_date)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// A full-width mark carries its own room: a blank inside a bracket or before a comma goes.
fn is_close_mark(before: char, after: char) -> bool {
    let opens = |c| matches!(c, '“' | '《' | '（' | '「' | '『' | '〈' | '【');
    let closes = |c| {
        matches!(
            c,
            '”' | '》'
                | '）'
                | '」'
                | '』'
                | '〉'
                | '】'
                | '，'
                | '。'
                | '、'
                | '；'
                | '：'
        )
    };
    opens(before) && !after.is_ascii_alphanumeric()
        || closes(after) && (is_han(before) || is_wide_mark(before))
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{3000}')
}

/// For each character, whether it is a blank inside a spaced-out word: at least
/// [`MIN_SPACED`] single Han characters in a row with one blank between each.
fn spaced_out(chars: &[(usize, char)]) -> Vec<bool> {
    let mut inside = vec![false; chars.len()];
    let is_single = |k: usize| {
        is_han(chars[k].1)
            && (k == 0 || !is_han(chars[k - 1].1))
            && (k + 1 == chars.len() || !is_han(chars[k + 1].1))
    };
    let mut k = 0;
    while k < chars.len() {
        let mut end = k;
        while end + 2 < chars.len()
            && is_single(end)
            && is_blank(chars[end + 1].1)
            && is_single(end + 2)
        {
            end += 2;
        }
        if end >= k + 2 * (MIN_SPACED - 1) {
            (k..end).for_each(|i| inside[i] = is_blank(chars[i].1));
        }
        k = end + 1;
    }
    inside
}

#[cfg(test)]
mod tests {
    use crate::clean::clean;
    use crate::clean::tests::lines;
    use crate::types::{Side, Source};

    fn tidied(text: &str) -> String {
        lines(Side::Zh, text).join("/")
    }

    fn of_page(text: &str) -> String {
        let mut source = Source::plain("test", text, "UTF-8");
        source.is_paged = true;
        let clean = clean(&source, Side::Zh, &|_| false).value;
        let lines: Vec<_> = clean.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("/")
    }

    #[test]
    fn on_a_page_irregular_blanks_beside_digits_go() {
        let text = "2005 年 9月 16 日第 60/1 号决议";
        assert_eq!(of_page(text), "2005年9月16日第60/1号决议");
        assert_eq!(tidied(text), text);
    }

    #[test]
    fn blanks_beside_digits_that_stand_everywhere_are_the_authors() {
        let text = "我们于 2005 年 9 月 16 日收到第 60 号文件，共 12 页。";
        assert_eq!(of_page(text), text);
    }

    #[test]
    fn a_spaced_out_word_closes_up() {
        assert_eq!(tidied("大 会 决 议"), "大会决议");
        assert_eq!(tidied("第 一 章 總則"), "第一章 總則");
        assert_eq!(tidied("“ 开 源 软 件 ”"), "“开源软件”");
    }

    #[test]
    fn a_blank_that_separates_words_stays() {
        for text in [
            "主席 杨某某",
            "一、第一級  海洛因、嗎啡",
            "1. 重申其决定",
            "1.1 本合同",
            "3 联合国",
            "甲 乙",
        ] {
            assert_eq!(tidied(text), text);
        }
        let english = "a b c of 3 May";
        assert_eq!(lines(Side::En, english), [english]);
    }
}
