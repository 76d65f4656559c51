//! The label that opens a paragraph: `第十三条`, `Article XIII`, `(a)`, `1.`, `十二、`, `①`.
//!
//! A false label shifts the numbering of all that follows, a missed one costs a hint. So what
//! could as well be the first words of a sentence (第十三条规定的, `Section 2 of`, `2.5 million`)
//! is no label.

use super::count::{
    Count, Counted, MAX_ITEM, OPEN, Style, chinese_count, closed_item, english_count,
    in_brackets, inserted_behind, is_stem, letters_at, mark_len, spaced_numerals,
    stem_at,
};
use super::units::{Opens, chinese_unit_at, english_unit_at};
use crate::text::number::{
    blanks_at, chinese_at, digit, digits_at, enclosed, numerals_len,
};
use crate::text::script::is_han;
use crate::types::{Label, LabelUnit, Side};

/// Largest number before a point; 1500 and more are years.
const MAX_POINT: u32 = 1499;
/// Most characters of a heading that is glued to its label.
const LONGEST_HEADING: usize = 20;

/// A label and where it ends.
type Found = Option<(Label, usize)>;

/// The label that `text` opens with, and its length in bytes, the blanks behind it not
/// counted. `None` where the text opens with none.
///
/// Bytes are counted from the start of `text`, blanks before the label and the marks that
/// close it (`.`, `、`, `:`) included. Call again on the rest for labels in a row: `(1)(a)`.
///
/// ```
/// use bitext::numbering::label_at;
/// use bitext::types::{Label, LabelUnit, Side};
///
/// let zh = label_at(Side::Zh, "第 十三 條　會議").map(|(label, _)| label);
/// let en = label_at(Side::En, "ARTICLE XIII: Meetings").map(|(label, _)| label);
/// assert_eq!(zh, Some(Label::new(LabelUnit::Article, 13)));
/// assert_eq!(zh, en);
/// ```
pub fn label_at(side: Side, text: &str) -> Option<(Label, usize)> {
    let skipped = blanks_at(text);
    let text = &text[skipped..];
    let named = match side {
        Side::Zh => chinese_named(text),
        Side::En => english_named(text),
    };
    let (label, len) = named
        .or_else(|| enclosed_label(text))
        .or_else(|| bracketed(text))
        .or_else(|| dotted(text))
        .or_else(|| chinese_point(text))
        .or_else(|| lettered(text))?;
    Some((label, skipped + len))
}

// ── 第十三条 ──────────────────────────────────────────────────────────────────────────

/// 第, a count and a unit.
fn chinese_named(text: &str) -> Found {
    let mut at = text.strip_prefix('第').map(|rest| text.len() - rest.len())?;
    at += blanks_at(&text[at..]);
    let Counted { counts, style, len } = chinese_count(&text[at..])?;
    at += len;
    at += blanks_at(&text[at..]);
    let unit = chinese_unit_at(&text[at..]).filter(|unit| unit.opens != Opens::No)?;
    at += unit.form.len();
    let mut number = Count::flat(&counts);
    if let Some((inserted, len)) = inserted_behind(&text[at..]) {
        number.push(inserted);
        at += len;
    }
    let rest = &text[at..];
    let follows = style != Style::Brackets
        && match rest.chars().next() {
            None => true,
            Some(c) if c.is_whitespace() => !runs_on(rest),
            Some('.' | '．' | ':' | '：' | '、' | '。') => {
                // 第三条、第五条规定的 cites.
                rest.chars().nth(1).is_none_or(|c| c != '第')
            }
            Some(
                '【' | '（' | '(' | '[' | '［' | '《' | '〈' | '—' | '-' | '–' | '「'
                | '“' | '"',
            ) => true,
            Some(c) if is_han(c) => {
                let may_touch =
                    unit.opens == Opens::Yes || unit.form == "部分" && is_heading(rest);
                may_touch && !runs_on(rest)
            }
            Some(_) => false,
        };
    if !follows {
        return None;
    }
    at += mark_len(rest, &['.', '．', ':', '：', '、', '。']).unwrap_or(0);
    Some((Label { unit: unit.label_unit()?, number }, at))
}

/// 第一部分总则: is the rest a heading, and not the words of a sentence?
fn is_heading(rest: &str) -> bool {
    rest.chars().nth(LONGEST_HEADING).is_none()
        && !rest.contains(['。', '，', '；', '：', '！', '？'])
}

/// Does the sentence run on behind what would be a label: 第十三条规定的, 第三章所述? A blank
/// before it tells the label apart from more words (第三条 以下 opens, 第三条以下 goes on).
fn runs_on(rest: &str) -> bool {
    #[rustfmt::skip]
    const ALWAYS: &[&str] = &[
        "之", "的", "第", "及", "和", "与", "與", "或", "至", "到", "所", "规定", "規定",
        "项", "項", "款", "、", "，", "；", ",",
    ];
    #[rustfmt::skip]
    const GLUED: &[&str] = &[
        "中", "内", "內", "以", "前", "上", "下", "课", "課", "各", "等", "均", "不排除",
        "不适用", "不適用", "不影响", "不影響", "不妨", "不得解", "不应解", "不應解",
        "并不", "並不", "亦", "也", "仅", "僅", "只适", "只適", "适用", "適用", "应适用",
        "應適用", "同样", "同樣", "授权", "授權", "要求", "允许", "允許",
    ];
    let text = rest.trim_start();
    let is_glued = text.len() == rest.len();
    ALWAYS.iter().any(|after| text.starts_with(after))
        || is_glued && GLUED.iter().any(|after| text.starts_with(after))
}

// ── Article XIII ──────────────────────────────────────────────────────────────────────

/// A unit with a capital and its count; in small letters the article is cited.
fn english_named(text: &str) -> Found {
    if text.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let found = english_unit_at(text).filter(|unit| !unit.is_plural)?;
    let unit = found.unit.label_unit().filter(|_| found.unit.opens != Opens::No)?;
    let mut at = found.len;
    let gap = blanks_at(&text[at..]);
    if gap == 0 && text[..at].ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    at += gap;
    if text[at..].get(..4).is_some_and(|the| the.eq_ignore_ascii_case("the ")) {
        at += 4;
    }
    let counted = english_count(&text[at..])?;
    let written = &text[at..at + counted.len];
    // Article 13 (2) provides: the paragraph is cited.
    let is_cited = counted.style == Style::Brackets
        || written.split_once('(').is_some_and(|(b, _)| b.ends_with(char::is_whitespace));
    at += counted.len;
    let rest = &text[at..];
    if is_cited || !opens_after(rest, counted.style == Style::Letter) {
        return None;
    }
    at += mark_len(rest, &['.', ':', '：']).unwrap_or(0);
    Some((Label { unit, number: Count::flat(&counted.counts) }, at))
}

/// May what follows a named label follow one, or does the sentence run on (`Section 2 of`)?
fn opens_after(rest: &str, after_letter: bool) -> bool {
    let Some(next) = rest.chars().next() else { return true };
    if next.is_whitespace() {
        return match rest.trim_start().chars().next() {
            None => true,
            Some('–' | '—' | '-' | ':' | '|') => true,
            Some(c) if after_letter => next == '\n' && !c.is_lowercase(),
            Some(',' | ';' | ')') => false,
            Some(c) => !c.is_lowercase() && !c.is_ascii_digit(),
        };
    }
    matches!(next, '.' | ':' | '：' | '–' | '—' | '-' | '[' | '"' | '“') || is_han(next)
}

// ── ①, (1), 1) ────────────────────────────────────────────────────────────────────────

fn enclosed_label(text: &str) -> Found {
    let c = text.chars().next()?;
    let value = enclosed(c)?;
    let unit =
        if ('⒈'..='⒛').contains(&c) { LabelUnit::Point } else { LabelUnit::Item };
    let len = c.len_utf8();
    let len = len + mark_len(&text[len..], &['.', '．', '、']).unwrap_or(0);
    Some((Label::new(unit, value), len))
}

/// A number or letter between brackets, or before a closing one alone: (1), （一）, a), (ii).
/// In square brackets, the number of a footnote.
fn bracketed(text: &str) -> Found {
    if let Some(open) = mark_len(text, &['[', '［', '〔']) {
        let (value, len) = digits_at(&text[open..])?;
        let close = mark_len(&text[open + len..], &[']', '］', '〕'])?;
        let is_note = (1..=MAX_ITEM).contains(&value);
        return is_note
            .then(|| (Label::new(LabelUnit::Footnote, value), open + len + close));
    }
    let (item, len) = in_brackets(text).or_else(|| closed_item(text))?;
    let rest = &text[len..];
    let is_aside = text.starts_with(OPEN)
        && (names_more(rest) || is_copyright(&item, rest) || is_suffix(rest, &item));
    (!is_aside).then_some((item, len))
}

/// `(a) and (b) above`, （一）、（二）项: items are cited, not opened.
fn names_more(rest: &str) -> bool {
    #[rustfmt::skip]
    const JOINTS: &[&str] = &[
        "and", "or", "to", "及", "和", "与", "與", "至", "或", "、", "，", ",", "-", "–",
    ];
    let rest = rest.trim_start();
    JOINTS.iter().any(|joint| {
        rest.strip_prefix(joint).is_some_and(|rest| rest.trim_start().starts_with(OPEN))
    }) || cites_item(rest)
}

/// （一）项规定的: the item is cited; （一）项目建设 opens it.
fn cites_item(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(|c| matches!(c, '项' | '項' | '款' | '目'))
        && chars
            .next()
            .is_none_or(|c| "规規所的之中内內或和及与與至第情者、，。；".contains(c))
}

/// `(c) 2013`: the sign ©.
fn is_copyright(item: &Label, rest: &str) -> bool {
    *item == Label::new(LabelUnit::Letter, 3)
        && digits_at(rest.trim_start())
            .is_some_and(|(year, _)| (1900..2200).contains(&year))
}

/// `(s)he`, `(a)symmetric`: a letter left open, not an item.
fn is_suffix(rest: &str, item: &Label) -> bool {
    *item == Label::new(LabelUnit::Letter, 19) && rest.starts_with("he")
}

// ── 1., 3.2, 一、, a. ─────────────────────────────────────────────────────────────────

const POINTS: &[char] = &['.', '．', '﹒'];

/// `1.`, `1、`, `3.2 `, `3.2.1`.
fn dotted(text: &str) -> Found {
    let (first, mut at) = digits_at(text)?;
    let mut number = vec![first];
    while number.len() < 6
        && let Some(mark) = mark_len(&text[at..], POINTS)
        && let Some((next, len)) = digits_at(&text[at + mark..])
    {
        // 3.05 is a sum or a time.
        if len > 1 && digit(text[at + mark..].chars().next()?) == Some(0) {
            return None;
        }
        number.push(next);
        at += mark + len;
    }
    let max = if number.len() == 1 { MAX_POINT } else { MAX_ITEM };
    if number[0] == 0 || number.iter().any(|&n| n > max) {
        return None;
    }
    let close = mark_len(&text[at..], POINTS)
        .or_else(|| mark_len(&text[at..], &['、', '﹑']))
        .or_else(|| spaced_comma(&text[at..]));
    let rest = &text[at + close.unwrap_or(0)..];
    let is_label = match (number.len(), close) {
        (1, None) => false,
        (_, Some(_)) => !lists_numbers(rest, text[at..].starts_with(['、', '﹑'])),
        (2, None) => opens_after_decimal(rest),
        (_, None) => !rest.starts_with(['%', '％', '/', '-', '年']),
    };
    is_label
        .then_some((Label { unit: LabelUnit::Point, number }, at + close.unwrap_or(0)))
}

/// ` 、` or ` .` behind a blank.
fn spaced_comma(text: &str) -> Option<usize> {
    let gap = blanks_at(text);
    let mark = mark_len(&text[gap..], &['、', '．'])?;
    (gap > 0).then_some(gap + mark)
}

/// 1、2、3 号: numbers in a row.
fn lists_numbers(rest: &str, after_comma: bool) -> bool {
    let Some((_, len)) = digits_at(rest).filter(|_| after_comma) else { return false };
    rest[len..].starts_with([
        '、', '和', '及', '与', '與', '或', '至', '号', '號', '款', '项', '項', '条',
        '條', '楼', '樓',
    ])
}

/// Is `3.2`, followed by this, the number of a clause and not a quantity?
fn opens_after_decimal(rest: &str) -> bool {
    #[rustfmt::skip]
    const MEASURES: &[&str] = &[
        "million", "billion", "trillion", "thousand", "hundred", "per", "percent",
        "percentage", "times", "a", "p", "am", "pm", "to", "and", "or", "of", "hours",
        "hour", "days", "years", "year", "months", "weeks", "minutes", "seconds", "points",
        "degrees", "metres", "meters", "km", "kilometres", "kilometers", "miles", "kg",
        "kilograms", "tons", "tonnes", "litres", "liters", "square", "cubic", "acres",
        "hectares", "feet", "inches", "dollars", "pounds", "euros", "yuan", "cm", "mm",
        "m", "g", "GB", "MB", "GHz", "MHz", "kW", "MW",
    ];
    let gap = blanks_at(rest);
    let rest = &rest[gap..];
    let Some(next) = rest.chars().next() else { return false };
    if gap == 0 {
        return false;
    }
    if is_han(next) {
        return !rest.starts_with([
            '万', '萬', '亿', '億', '千', '百', '倍', '个', '個', '元', '米', '公', '吨',
            '噸', '年', '月', '天', '小', '克', '英', '平', '度', '岁', '歲', '折', '分',
            '厘', '人', '美', '欧',
        ]);
    }
    let word_len = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if word_len > 0 {
        return !MEASURES.contains(&&rest[..word_len]);
    }
    !matches!(
        next,
        '%' | '％' | '‰' | '°' | '℃' | '+' | '-' | '×' | '=' | '/' | ',' | ')' | '）'
    ) && !next.is_ascii_digit()
}

/// 一、, 十二．, 甲、, and a numeral that is all of the line.
fn chinese_point(text: &str) -> Found {
    if text.starts_with(is_stem) {
        let (stem, at) = stem_at(text)?;
        let mark = mark_len(&text[at..], &['、', '．', '.'])?;
        // 甲、乙双方
        let is_list = text[at + mark..].trim_start().starts_with(is_stem);
        return (!is_list).then_some((stem, at + mark));
    }
    let (compact, at) = spaced_numerals(text)?;
    let (value, read) = chinese_at(&compact)?;
    if read < compact.len() {
        return None;
    }
    let value = value.to_u32().filter(|n| (1..=MAX_ITEM).contains(n))?;
    let rest = &text[at..];
    if rest.trim_start().is_empty() || rest.starts_with('\u{3000}') {
        return Some((Label::new(LabelUnit::Numeral, value), at));
    }
    let gap = blanks_at(rest);
    let mark = mark_len(&rest[gap..], &['、', '．', '.', '﹑'])?;
    let is_list = is_next_numeral(value, &rest[gap + mark..]);
    (!is_list).then(|| (Label::new(LabelUnit::Numeral, value), at + gap + mark))
}

/// 二、三级: two grades, not item 2.
fn is_next_numeral(value: u32, rest: &str) -> bool {
    let rest = rest.trim_start();
    let len = numerals_len(rest);
    let single = rest.chars().next().map_or(0, char::len_utf8) == len;
    len > 0
        && single
        && !rest.starts_with(['两', '兩'])
        && chinese_at(&rest[..len]).and_then(|(n, _)| n.to_u32()) == Some(value + 1)
}

/// `a.`, `iv.`, `II.`, `A、`.
fn lettered(text: &str) -> Found {
    let (item, len) = letters_at(text)?;
    if len == 2 && item.unit == LabelUnit::Letter {
        return None;
    }
    let close = mark_len(&text[len..], &['.', '．', '、'])?;
    let rest = &text[len + close..];
    let after = rest.chars().next();
    let is_glued = after.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    (!is_glued && !is_initial(rest)).then_some((item, len + close))
}

/// Does another single letter with a point follow: a.m., J. K., U.S.?
fn is_initial(rest: &str) -> bool {
    let rest = rest.trim_start().as_bytes();
    matches!(rest, [a, b'.', ..] if a.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(side: Side, text: &str) -> String {
        match label_at(side, text) {
            Some((label, len)) => format!("{label}|{}", &text[len..]),
            None => "-".to_owned(),
        }
    }

    #[test]
    fn chinese_labels_are_read() {
        for (text, label) in [
            ("第十三条 总则", "article 13| 总则"),
            ("第 13 條", "article 13|"),
            ("第１３条　范围", "article 13|　范围"),
            ("第 十 三 條　通則", "article 13|　通則"),
            ("第14-1条", "article 14.1|"),
            ("第十四條之一 辦理", "article 14.1| 辦理"),
            ("第十四之一條", "article 14.1|"),
            ("第13A条", "article 13.1|"),
            ("第三章 组织", "chapter 3| 组织"),
            ("第三章组织机构", "chapter 3|组织机构"),
            ("第二节　表决", "section 2|　表决"),
            ("第一编 民事", "part 1| 民事"),
            ("第二部分 定义", "part 2| 定义"),
            ("第七回　雪夜", "chapter 7|　雪夜"),
            ("第十七条 以公司名义", "article 17| 以公司名义"),
            ("第十二条：费用", "article 12|费用"),
            ("一、目的", "1|目的"),
            ("十二、其他", "12|其他"),
            ("二十一．附则", "21|附则"),
            ("一 、用語", "1|用語"),
            ("（一）甲方应当", "(1)|甲方应当"),
            ("(十二) 付款", "(12)| 付款"),
            ("（ 三 ）付款", "(3)|付款"),
            ("（1）交付", "(1)|交付"),
            ("１．交付", "1|交付"),
            ("3、交付", "3|交付"),
            ("2)交付", "(2)|交付"),
            ("①交付", "(1)|交付"),
            ("㈠交付", "(1)|交付"),
            ("⑴ 交付", "(1)| 交付"),
            ("（ａ）交付", "(a)|交付"),
            ("(b)款项", "(b)|款项"),
            ("（二）项目经理", "(2)|项目经理"),
            ("甲、总论", "(a)|总论"),
            ("3.2 租金", "3.2| 租金"),
            ("3.2.1租金", "3.2.1|租金"),
            ("4.1．租金", "4.1|租金"),
            ("三", "3|"),
            ("[3] 见附录", "note 3| 见附录"),
            ("第二三條　自由", "article 23|　自由"),
            ("第一部分总则", "part 1|总则"),
            ("（寅）运费", "(c)|运费"),
        ] {
            assert_eq!(read(Side::Zh, text), label, "{text}");
        }
    }

    #[test]
    fn english_labels_are_read() {
        for (text, label) in [
            ("1. Urges", "1| Urges"),
            ("12.the offer", "12|the offer"),
            ("  7. Notes", "7| Notes"),
            ("(1) Where", "(1)| Where"),
            ("1) Where", "(1)| Where"),
            ("(a) goods;", "(a)| goods;"),
            ("a. goods", "(a)| goods"),
            ("b.Goods", "(b)|Goods"),
            ("(ii) goods", "(roman 2)| goods"),
            ("(i) goods", "(roman 1)| goods"),
            ("(c) goods", "(c)| goods"),
            ("(aa) goods", "(27)| goods"),
            ("iv. goods", "(roman 4)| goods"),
            ("II. Findings", "(roman 2)| Findings"),
            ("Article 13", "article 13|"),
            ("ARTICLE XIII", "article 13|"),
            ("Art. 13 Scope", "article 13| Scope"),
            ("Article 14-1 Notice", "article 14.1| Notice"),
            ("Article 14 bis", "article 14.2|"),
            ("Article 13A. Fees", "article 13.1| Fees"),
            ("Article 5: Fees", "article 5| Fees"),
            ("Chapter III", "chapter 3|"),
            ("Chapter Three: The Inn", "chapter 3| The Inn"),
            ("CHAPTER TWENTY-ONE", "chapter 21|"),
            ("Chapter the First", "chapter 1|"),
            ("Section 2 – Scope", "section 2| – Scope"),
            ("Section 2(a)(5)(B) Other", "section 2.1.5.2| Other"),
            ("Part I", "part 1|"),
            ("Part C", "part 3|"),
            ("PART II. GENERAL", "part 2| GENERAL"),
            ("§ 12 Rent", "section 12| Rent"),
            ("Sec. 12. Rent", "section 12| Rent"),
            ("Article 6 quinquies", "article 6.5|"),
            ("3.2 Rent", "3.2| Rent"),
            ("3.2 the Tenant shall", "3.2| the Tenant shall"),
            ("3.2.1 Rent", "3.2.1| Rent"),
        ] {
            assert_eq!(read(Side::En, text), label, "{text}");
        }
    }

    #[test]
    fn the_first_words_of_a_sentence_are_no_label() {
        for text in [
            "1991 年，大会",
            "1991年",
            "68/193. 加强",
            "第三委员会的报告",
            "第六十四届会议",
            "第十三条规定的",
            "第十三條第二項之罪",
            "第五條之罪，處罰金",
            "第一部电影",
            "第十七条以外的情形",
            "第一回见到他",
            "第七十条不排除一国作出声明",
            "第七条也适用于分包人。",
            "第二部分电影由他执导，其余由别人执导。",
            "一个人",
            "一九九一年",
            "二、三级",
            "三四个人",
            "3.5万",
            "3.5 万人",
            "1.5倍",
            "2.5%",
            "甲、乙双方",
            "（二〇一三）",
            "（2013）",
            "（一）、（二）项",
            "（一）项规定的",
            "（甲方）",
            "1、2、3 号",
            "十月",
            "",
        ] {
            assert_eq!(read(Side::Zh, text), "-", "{text}");
        }
        for text in [
            "2.5 million people",
            "10 per cent",
            "1.5",
            "I went",
            "A man",
            "Part of the",
            "Part I of the",
            "Section chiefs",
            "Section 2 of the Act",
            "Article 13, paragraph 2",
            "Articles 13",
            "Article 13 (2) applies",
            "article 13",
            "a. m.",
            "a.m. and p.m.",
            "J. K. Smith",
            "in (a)",
            "(see above)",
            "(c) 2013 The Authors",
            "(a) and (b) above",
            "(2013)",
            "68/193. Strengthening",
            "1991. That was",
            "1.1.2020",
            "3.05 p.m.",
            "6.30 p.m.",
            "Did. not",
            "mix. of",
            "Particular",
            "14 December 1990",
        ] {
            assert_eq!(read(Side::En, text), "-", "{text}");
        }
    }
}
