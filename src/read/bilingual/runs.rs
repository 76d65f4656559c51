//! Where the language changes inside a paragraph.
//!
//! ```text
//! 第一条 租赁物 Article 1 Leased Property         two runs: both open with a number
//! 租期为三年。The term is three years.             two runs: a sentence and a sentence
//! 甲方：Party A:      乙方：Party B:               four runs
//! 会员须遵守本会的 Code of Conduct。               one, Chinese with a name in it
//! 安装 Ubuntu Linux                                one: "Installing Ubuntu Linux" comes next
//! ```
//!
//! A paragraph is parted where one language ends and the other begins, once, and only if the
//! two parts look like translations of one another; Latin names in Chinese and Chinese glosses
//! in English are no turns.

use crate::read::language::{Language, language_of};
use crate::text::script::is_han;
use crate::types::Side;

/// What a paragraph is by its languages.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Numbers and marks alone.
    Neither,
    /// In one language.
    One(Side),
    /// First in one language and then in the other, once or several times.
    Both(Vec<(Side, String)>),
    /// In both, one way or another; more of it in this one.
    Mixed(Side),
}

/// English letters for a Chinese character that a part may have at least and at most, if it is
/// to be the translation of the other. Prose has about three.
const LEAST_LETTERS: f64 = 0.8;
const MOST_LETTERS: f64 = 12.0;

/// English words of grammar from which on a paragraph with so many Han characters outside
/// brackets is in both languages.
const MIXED_WORDS: usize = 3;
const MIXED_HAN: usize = 8;

/// Han characters outside brackets that outweigh an English word of grammar: `Code of Conduct`
/// stands in Chinese sentences.
const HAN_FOR_A_WORD: usize = 4;

/// What a paragraph is, between its neighbours.
pub(super) fn shape(text: &str, neighbours: [&str; 2]) -> Shape {
    let side = match language_of(text) {
        None | Some(Language::Other) => return Shape::Neither,
        Some(Language::Chinese) => Side::Zh,
        Some(Language::English) => Side::En,
    };
    let has_han = text.contains(is_han);
    let has_latin = text.contains(|c: char| c.is_ascii_alphabetic());
    if !(has_han && has_latin) {
        return Shape::One(side);
    }
    if let Some(runs) = runs(text, neighbours) {
        return Shape::Both(runs);
    }
    let bare = without_brackets(text);
    let n_han = bare.chars().filter(|&c| is_han(c)).count();
    let n_grammar = words(&bare).filter(|word| is_grammar(word)).count();
    if n_grammar >= MIXED_WORDS && n_han >= MIXED_HAN {
        return Shape::Mixed(side);
    }
    match (n_han, n_grammar) {
        (0, _) => Shape::One(if n_grammar > 0 { Side::En } else { side }),
        (_, 0) if n_han > 1 => Shape::One(Side::Zh),
        _ if n_han > HAN_FOR_A_WORD * n_grammar => Shape::One(Side::Zh),
        _ => Shape::One(Side::En),
    }
}

/// The parts of a paragraph that holds both languages; `None` where they cannot be told.
fn runs(text: &str, neighbours: [&str; 2]) -> Option<Vec<(Side, String)>> {
    let several = [fields(text), sentences(text)].into_iter().find_map(|chunks| {
        let chunks: Vec<&str> = chunks
            .into_iter()
            .filter(|chunk| chunk.contains(char::is_alphabetic))
            .collect();
        if chunks.len() < 2 {
            return None;
        }
        let parts: Option<Vec<_>> =
            chunks.into_iter().map(|chunk| parted(chunk, neighbours)).collect();
        Some(parts?.into_iter().flatten().collect())
    });
    several.or_else(|| parted(text, neighbours).map(Vec::from))
}

/// The fields of a form: what wide blanks and rules to write on part.
fn fields(text: &str) -> Vec<&str> {
    let mut chunks = Vec::new();
    let (mut from, mut blank) = (0, None);
    for (at, c) in text.char_indices() {
        let is_blank = c.is_whitespace() || c == '_';
        match (is_blank, blank) {
            (true, None) => blank = Some(at),
            (false, Some(start)) => {
                let is_wide = text[start..at].chars().count() > 1
                    || text[start..at].contains(['\t', '\u{3000}']);
                if is_wide {
                    chunks.push(&text[from..start]);
                    from = at;
                }
                blank = None;
            }
            _ => {}
        }
    }
    chunks.push(&text[from..]);
    chunks
}

/// The pairs of sentences: what an English stop parts from a Chinese beginning.
fn sentences(text: &str) -> Vec<&str> {
    let mut chunks = Vec::new();
    let (mut from, mut last) = (0, ' ');
    for (at, c) in text.char_indices() {
        if is_han(c) && matches!(last, '.' | ';' | '?' | '!' | ':') {
            let start = opened_at(text, at);
            chunks.push(&text[from..start]);
            from = start;
        }
        let is_opening = matches!(c, '“' | '‘' | '《' | '（' | '「');
        if !c.is_whitespace() && !is_opening {
            last = c;
        }
    }
    chunks.push(&text[from..]);
    chunks
}

/// The two parts of a text that changes its language once.
fn parted(text: &str, neighbours: [&str; 2]) -> Option<[(Side, String); 2]> {
    let zh_first = || {
        let (last, c) = text.char_indices().rfind(|&(_, c)| is_han(c))?;
        let at = english_from(text, closed_at(text, last + c.len_utf8()));
        Some((Side::Zh, text.split_at(at)))
    };
    let en_first = || {
        let (first, _) = text.char_indices().find(|&(_, c)| is_han(c))?;
        Some((Side::En, text.split_at(chinese_from(text, first))))
    };
    [zh_first(), en_first()].into_iter().flatten().find_map(|(side, (a, b))| {
        let (a, b) = (a.trim(), b.trim());
        let (zh, en) = if side == Side::Zh { (a, b) } else { (b, a) };
        let other = if side == Side::Zh { Side::En } else { Side::Zh };
        let is_parted = side == Side::Zh || !ends_in_latin(zh);
        (is_parted && are_translations(zh, en, neighbours))
            .then(|| [(side, a.to_owned()), (other, b.to_owned())])
    })
}

/// The place behind the marks that close there.
fn closed_at(text: &str, at: usize) -> usize {
    let is_closing = |c| {
        matches!(
            c,
            '，' | '。'
                | '；'
                | '：'
                | '）'
                | '》'
                | '、'
                | '！'
                | '？'
                | '”'
                | '’'
                | '】'
                | '」'
                | '』'
                | '〕'
        )
    };
    text.len() - text[at..].trim_start_matches(is_closing).len()
}

/// The place before the marks that open there.
fn opened_at(text: &str, at: usize) -> usize {
    let is_opening =
        |c| matches!(c, '“' | '‘' | '《' | '（' | '「' | '『' | '【' | '〔' | '(');
    text[..at].trim_end_matches(is_opening).len()
}

/// Where the English part begins behind a Chinese one that ends at `at`: numbers and marks
/// belong to the Chinese, but for the number that opens the English.
fn english_from(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let Some(letter) = rest.find(|c: char| c.is_ascii_alphabetic()) else {
        return text.len();
    };
    let between = &rest[..letter];
    let word = between.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    let opens = |word: &str| {
        let word = word.trim_end_matches(char::is_whitespace);
        word.ends_with(['.', ')']) && word.len() <= 6
    };
    // `租赁物 1. Leased Property`
    let label = between[..word].trim_end();
    let label_from = label.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    if label_from > 0 && opens(&label[label_from..]) {
        return at + label_from;
    }
    let start = between[word..].find(['“', '"', '(', '‘', '\'']).unwrap_or(0);
    let has_digits = between[word..].contains(|c: char| c.is_ascii_digit());
    if word > 0 || !has_digits { at + word + start } else { at + letter }
}

/// Where the Chinese part begins whose first Han character stands at `at`: the number before
/// it, `2021年`, belongs to it, and so do marks that open.
fn chinese_from(text: &str, at: usize) -> usize {
    let opened = opened_at(text, at);
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '、');
    let number = text[..opened].trim_end_matches(is_number);
    if number.is_empty() || number.ends_with(char::is_whitespace) {
        opened_at(text, number.len())
    } else {
        opened
    }
}

fn ends_in_latin(text: &str) -> bool {
    let letters = text.chars().rev().find(|c| c.is_alphabetic());
    letters.is_some_and(|c| c.is_ascii_alphabetic())
}

/// Does an English part look like the translation of the Chinese one beside it?
fn are_translations(zh: &str, en: &str, neighbours: [&str; 2]) -> bool {
    let n_han = zh.chars().filter(|&c| is_han(c)).count();
    let n_letters = en.chars().filter(char::is_ascii_alphabetic).count();
    // `…和本会的 Code of Conduct。` is a Chinese sentence to its end.
    let is_chinese = en.ends_with(['。', '，', '；', '、', '）']);
    if n_han == 0 || n_letters < 2 || is_chinese || !begins_anew(en) {
        return false;
    }
    if is_numbered_zh(zh) && is_numbered_en(en) {
        return true;
    }
    let ratio = n_letters as f64 / n_han as f64;
    if !(LEAST_LETTERS..=MOST_LETTERS).contains(&ratio) || en.contains("://") {
        return false;
    }
    // What the paragraph beside says again is a name in the Chinese, translated there.
    if neighbours.iter().any(|neighbour| says(neighbour, en)) {
        return false;
    }
    // `姓名 Name: ______` has one rule to write on for both names of the field.
    let field = en.trim_end_matches(['_', '…', ' ', ':', '：']);
    // A colon alone tells a field beside others.
    let is_field = en.ends_with(['_', '…'])
        || field.len() < en.len()
            && neighbours.iter().any(|neighbour| neighbour.trim().ends_with([':', '：']));
    if is_field && !zh.ends_with(['：', ':']) && is_title(field) {
        return true;
    }
    let zh_stops = zh.ends_with(['。', '；', '！', '？', '：', '”', ':', '）']);
    let en_stops = en.ends_with(['.', ';', '!', '?', ':', '：', '”', '"', ')', '_']);
    zh_stops && en_stops || !zh_stops && !en_stops && is_title(en)
}

/// Does a text begin as a sentence or a title does?
fn begins_anew(en: &str) -> bool {
    let bare = en.trim_start_matches(|c: char| !c.is_alphanumeric());
    bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || is_numbered_en(en)
}

/// Does a number open the text: `第三条`, `一、`, `（二）`, `1.`?
fn is_numbered_zh(text: &str) -> bool {
    let is_numeral = |c: char| {
        c.is_ascii_digit()
            || "〇零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾".contains(c)
    };
    let opened = text.trim_start_matches(['（', '(', '附']);
    let opened = opened.strip_prefix('第').unwrap_or(opened);
    let rest = opened.trim_start_matches(is_numeral);
    let is_closing = |c: char| "章节節条條款项項部编編篇、.．）)件表".contains(c);
    rest.len() < opened.len() && rest.trim_start().starts_with(is_closing)
}

/// Does a number open the text: `Article 3`, `Section IV`, `1.`, `(b)`?
fn is_numbered_en(text: &str) -> bool {
    const UNITS: [&str; 12] = [
        "article",
        "section",
        "chapter",
        "part",
        "clause",
        "annex",
        "appendix",
        "schedule",
        "rule",
        "paragraph",
        "item",
        "title",
    ];
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return false };
    let is_number = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C');
        !bare.is_empty()
            && (bare.starts_with(|c: char| c.is_ascii_digit())
                || bare.chars().all(is_roman)
                || bare.len() == 1)
    };
    if UNITS.contains(&first.to_lowercase().as_str()) {
        return words.next().is_some_and(is_number);
    }
    first.len() <= 6 && first.ends_with(['.', ')']) && is_number(first)
}

/// Does a text hold all the words of another?
fn says(text: &str, other: &str) -> bool {
    let own: Vec<String> = words(text).map(str::to_lowercase).collect();
    let mut words = words(other).map(str::to_lowercase).peekable();
    words.peek().is_some() && words.all(|word| own.contains(&word))
}

/// Are the words those of a title: in capitals, but for those of grammar; or of a label, with
/// a sentence behind?
fn is_title(en: &str) -> bool {
    let is_capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
    let mut words = words(en);
    let Some(first) = words.next() else { return false };
    let (mut n_capital, mut n_small) = (usize::from(is_capital(first)), 0);
    for word in words.filter(|word| !is_grammar(word)) {
        if is_capital(word) {
            n_capital += 1;
        } else {
            n_small += 1;
        }
    }
    // Titles are also set like sentences, `Rules of procedure for members`.
    n_capital >= n_small || words_of_grammar(en) > 0
}

fn words_of_grammar(en: &str) -> usize {
    words(en).filter(|word| is_grammar(word)).count()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_address = |word: &&str| !word.contains("://") && !word.contains('@');
    text.split_whitespace()
        .filter(is_address)
        .flat_map(|word| word.split(|c: char| !c.is_ascii_alphabetic()))
        .filter(|word| !word.is_empty())
}

/// Words that only a text in English has: they are in no name of a program or a place.
fn is_grammar(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "the"
            | "of"
            | "and"
            | "to"
            | "in"
            | "is"
            | "are"
            | "be"
            | "been"
            | "was"
            | "were"
            | "shall"
            | "for"
            | "by"
            | "or"
            | "with"
            | "on"
            | "at"
            | "this"
            | "that"
            | "these"
            | "its"
            | "from"
            | "will"
            | "may"
            | "not"
            | "has"
            | "have"
            | "any"
            | "such"
            | "as"
            | "which"
            | "it"
            | "an"
            | "under"
            | "between"
    )
}

/// A text without what stands in brackets and quotes: glosses and names.
fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '（' | '“' | '《' | '「' | '[' => depth += 1,
            ')' | '）' | '”' | '》' | '」' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        match shape(text, ["", ""]) {
            Shape::Both(runs) => runs.into_iter().map(|(_, text)| text).collect(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_line_is_parted_where_its_language_changes() {
        for (text, expected) in [
            (
                "第三条 灯塔 Article 3 Lighthouses",
                vec!["第三条 灯塔", "Article 3 Lighthouses"],
            ),
            ("Section 2 Fees 第二节 费用", vec!["Section 2 Fees", "第二节 费用"]),
            (
                "港务局章程 Charter of the Port Authority",
                vec!["港务局章程", "Charter of the Port Authority"],
            ),
            ("一、总则 1. General Provisions", vec!["一、总则", "1. General Provisions"]),
            (
                "船长负责。The master is responsible.",
                vec!["船长负责。", "The master is responsible."],
            ),
            (
                "签署日期：2019年3月1日 Date of signature: 1 March 2019",
                vec!["签署日期：2019年3月1日", "Date of signature: 1 March 2019"],
            ),
            (
                "The fee is 300 yuan. 费用为300元。",
                vec!["The fee is 300 yuan.", "费用为300元。"],
            ),
            ("Signed in 2020 2020年签署", vec!["Signed in 2020", "2020年签署"]),
        ] {
            assert_eq!(parts(text), expected);
        }
    }

    #[test]
    fn forms_and_sentences_take_several_turns() {
        assert_eq!(
            parts("船东：Owner:        船长：Master:"),
            ["船东：", "Owner:", "船长：", "Master:"]
        );
        assert_eq!(
            parts("船东付款。The owner pays. 船长签字。The master signs."),
            ["船东付款。", "The owner pays.", "船长签字。", "The master signs."]
        );
    }

    #[test]
    fn a_field_of_a_form_has_one_rule_for_both_names() {
        assert_eq!(
            parts("籍贯 Place of Origin: ________"),
            ["籍贯", "Place of Origin: ________"]
        );
        assert_eq!(parts("職業 Occupation ____"), ["職業", "Occupation ____"]);
        let beside = |neighbour| shape("国籍 Nationality：", ["", neighbour]);
        assert!(matches!(beside("职业 Occupation："), Shape::Both(_)));
        assert_eq!(beside("各栏均须填写。"), Shape::One(Side::Zh));
    }

    #[test]
    fn names_and_glosses_are_no_turns() {
        for (text, side) in [
            ("会员须遵守 ISO 9001 标准和本会的 Code of Conduct。", Side::Zh),
            (
                "请从 https://example.org/a/b/c/download 下载 Harbour-Desk 并安装 OpenSSL。",
                Side::Zh,
            ),
            ("The register of ships (船舶登记簿) is kept by the Authority.", Side::En),
            ("会费为300元（下称“Fee”）。", Side::Zh),
            ("默认使用 UTF-8", Side::Zh),
        ] {
            assert_eq!(shape(text, ["", ""]), Shape::One(side), "{text}");
        }
        let behind = "Installing Harbour Desk";
        assert_eq!(shape("安装 Harbour Desk", ["", behind]), Shape::One(Side::Zh));
    }

    #[test]
    fn what_cannot_be_parted_is_mixed() {
        let text =
            "甲方 shall deliver 货物 to 乙方 in 港口 and 乙方 shall pay 价款 by 三月。";
        assert_eq!(shape(text, ["", ""]), Shape::Mixed(Side::Zh));
        assert_eq!(shape("12.5 %", ["", ""]), Shape::Neither);
    }
}
