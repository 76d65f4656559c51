//! Values of numbers, as tokens beside the words: `#21` after 二十一 and `twenty-one`.
//!
//! Only what says a number plainly: from ten up, or of more than one word. 一 and `one` are
//! pronouns as often as not, 百 and 万 alone are figures of speech.

use crate::text::Span;
use crate::text::number::{Number, chinese_at, english_at, is_numeral};
use crate::types::{Token, TokenKind};

/// Numbers in words below this are as often no numbers.
const MIN_VALUE: i128 = 10;

/// A decimal number in digits without what does not change its value: `007.50` is `7.5`.
pub(super) fn canonical(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

fn extra(span: Span, value: Number) -> Token {
    let form = format!("#{value}").into();
    Token { span, kind: TokenKind::Extra, form, is_stop: false, is_capital: false }
}

/// Puts each extra token after the last token that overlaps its span. Both rise.
fn merged(tokens: Vec<Token>, extras: Vec<Token>) -> Vec<Token> {
    if extras.is_empty() {
        return tokens;
    }
    let mut all = Vec::with_capacity(tokens.len() + extras.len());
    let mut extras = extras.into_iter().peekable();
    for token in tokens {
        while let Some(extra) = extras.next_if(|extra| extra.span.end <= token.span.start)
        {
            all.push(extra);
        }
        all.push(token);
    }
    all.extend(extras);
    all
}

/// Adds the values of Chinese numerals, and of digits before 万 and its like.
pub(super) fn add_chinese(text: &str, tokens: Vec<Token>) -> Vec<Token> {
    let mut extras = Vec::new();
    let mut from = 0;
    for token in &tokens {
        let start = token.span.start.max(from);
        if token.kind == TokenKind::Number {
            let read = chinese_at(&text[start..]);
            let read = read.filter(|(_, len)| start + len > token.span.end);
            if let Some((value, len)) = read {
                from = start + len;
                extras.push(extra(Span::new(start, from), value));
            }
        } else if token.kind == TokenKind::Word && token.span.end > start {
            from = numerals(text, Span::new(start, token.span.end), &mut extras);
        }
    }
    merged(tokens, extras)
}

/// Appends the values of the runs of numerals that begin inside `word`. Gives the byte up to
/// which the text is read, so that no run is read twice.
fn numerals(text: &str, word: Span, extras: &mut Vec<Token>) -> usize {
    let mut at = word.start;
    while at < word.end {
        let of_run = |c: &char| is_numeral(*c) || matches!(c, '点' | '點');
        let len: usize = text[at..].chars().take_while(of_run).map(char::len_utf8).sum();
        // A run that is a number only in part is a figure of speech.
        let read = chinese_at(&text[at..]).filter(|(_, read)| *read == len);
        if let Some((value, _)) = read.filter(|(value, _)| is_worth_it(*value)) {
            extras.push(extra(Span::new(at, at + len), value));
        }
        at += len.max(text[at..].chars().next().map_or(1, char::len_utf8));
    }
    at
}

/// Is the value one that is written as a number on purpose?
fn is_worth_it(value: Number) -> bool {
    value.to_integer().is_none_or(|value| value >= MIN_VALUE)
}

/// Adds the values of number words, and of digits before `million` and its like.
pub(super) fn add_english(text: &str, tokens: Vec<Token>) -> Vec<Token> {
    let mut extras = Vec::new();
    let mut from = 0;
    for (i, token) in tokens.iter().enumerate() {
        let is_number = matches!(token.kind, TokenKind::Number | TokenKind::Word);
        if !is_number || token.span.start < from {
            continue;
        }
        let Some(read) = english_at(&text[token.span.start..]) else { continue };
        let end = token.span.start + read.len;
        let inside = tokens[i..].iter().take_while(|token| token.span.end <= end);
        let n_tokens = inside.count();
        // The half of a word is no number, nor is a fraction one of a text's figures.
        let is_whole = n_tokens > 0 && tokens[i + n_tokens - 1].span.end == end;
        if !is_whole || read.number.to_string().contains('/') {
            continue;
        }
        from = end;
        let is_said = token.kind == TokenKind::Word && is_worth_it(read.number);
        if is_said || n_tokens > 1 {
            extras.push(extra(Span::new(token.span.start, end), read.number));
        }
    }
    merged(tokens, extras)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Seed;
    use crate::tokenize::tokenize;
    use crate::types::Side;

    fn extras(side: Side, text: &str) -> Vec<String> {
        let tokens = tokenize(side, text, Seed::shipped());
        let extras = tokens.iter().filter(|token| token.kind == TokenKind::Extra);
        extras.map(|token| format!("{}={}", token.span.of(text), token.form)).collect()
    }

    #[test]
    fn chinese_numerals_have_values() {
        for (text, value) in [
            ("二十一", "#21"),
            ("一九四九", "#1949"),
            ("三千五百", "#3500"),
            ("三千五", "#3500"),
            ("一百零五", "#105"),
            ("十二", "#12"),
            ("一亿二千万", "#120000000"),
            ("壹佰贰拾叁", "#123"),
            ("廿三", "#23"),
            ("三点五", "#3.5"),
            ("3.5亿", "#350000000"),
            ("5千万", "#50000000"),
            ("兩萬", "#20000"),
        ] {
            assert_eq!(extras(Side::Zh, text), [format!("{text}={value}")]);
        }
    }

    #[test]
    fn figures_of_speech_have_no_value() {
        for text in [
            "一",
            "万一",
            "三三两两",
            "二三十人",
            "千万不要",
            "一点",
            "百分之",
            "十点",
            "十六进制",
            "第一四分位",
            "五四运动",
            "十七八",
        ] {
            let found = extras(Side::Zh, text);
            assert!(found.iter().all(|e| e == "十=#10"), "{text}: {found:?}");
        }
    }

    #[test]
    fn english_number_words_have_values() {
        for (text, value) in [
            ("twenty-one", "#21"),
            ("three hundred", "#300"),
            ("three hundred and five", "#305"),
            ("two thousand thirteen", "#2013"),
            ("nineteen forty-nine", "#1949"),
            ("twenty-third", "#23"),
            ("eighteenth", "#18"),
            ("2.5 million", "#2500000"),
            ("one million two hundred thousand", "#1200000"),
            ("a hundred", "#100"),
            ("two and a half million", "#2500000"),
        ] {
            assert_eq!(extras(Side::En, text), [format!("{text}={value}")]);
        }
    }

    #[test]
    fn plain_words_have_no_value() {
        assert!(extras(Side::En, "one of the second, and three").is_empty());
        assert_eq!(extras(Side::En, "ten and twenty"), ["ten=#10", "twenty=#20"]);
    }

    #[test]
    fn canonical_numbers_are_equal_when_the_values_are() {
        assert_eq!(canonical("007.50"), "7.5");
        assert_eq!(canonical("0.0"), "0");
    }
}
