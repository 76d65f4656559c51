//! Blanks that the page put between Han characters and around digits.
//!
//! `大 会 决 议` is 大会决议, `2005 年 9月 16 日` is 2005年9月16日. A blank that separates two
//! words (`主席 杨某某`, `第一級  海洛因`) stays.

use super::Draft;
use crate::text::Traced;
use crate::text::script::{is_han, is_wide_mark};
use crate::types::LeftOutKind;

/// So many single characters in a row, a blank between each, are one spaced-out word.
const MIN_SPACED: usize = 3;

pub(super) fn tidy(draft: &mut Draft) {
    let (places, first) = draft.edit_lines(LeftOutKind::Other, without_stray_blanks);
    draft.report("spacing", places, first);
}

pub(super) fn without_stray_blanks(text: &Traced) -> Option<Traced> {
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
                || (k == start + 1 && is_stray(before, after, start, &chars))
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
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let opens =
        chars[..start].iter().all(|&(_, c)| is_digit(c) || c.is_ascii_punctuation());
    let opens_date = opens && matches!(after, '年' | '月' | '日' | '时' | '時');
    is_han(before) && is_digit(after)
        || is_digit(before) && is_han(after) && (!opens || opens_date)
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
    use crate::clean::tests::lines;
    use crate::types::Side;

    fn tidied(text: &str) -> String {
        lines(Side::Zh, text).join("/")
    }

    #[test]
    fn blanks_inside_dates_and_numbers_go() {
        assert_eq!(
            tidied("2005 年 9月 16 日第 60/1 号决议"),
            "2005年9月16日第60/1号决议"
        );
        assert_eq!(tidied("第 13 條 前條規定"), "第13條 前條規定");
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
