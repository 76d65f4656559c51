//! Does a paragraph end at this line end?
//!
//! In a text with a paragraph a line, always (but for a bracket that is still open). On a page
//! of broken lines the signs are weighed and added up: the new line's indent and label, blank
//! lines, the mark the old line ends with, the room it left, the new line's first letter.

use super::hanging::Hanging;
use super::looks::{bullet, is_short};
use crate::clean::{
    Layout, Line, ends_sentence, is_closing, is_counted, is_entry, is_opening,
};
use crate::numbering::label_at;
use crate::types::{LabelUnit, Side};

/// What a line end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Boundary {
    /// The paragraph goes on.
    None,
    /// A paragraph may end here.
    Soft,
    /// A paragraph ends here.
    Hard,
}

/// Evidence from which a line end ends a paragraph for sure. One strong sign and a fitting
/// mark, or two strong signs.
const HARD: f64 = 2.0;

/// Evidence from which a line end may end a paragraph.
const SOFT: f64 = -0.5;

/// What speaks for an end: a label, an indent that stands out, a blank line where lines have
/// none between them.
const STRONG: f64 = 3.0;

/// Weighs the end of line `k - 1`, before line `k`.
pub(super) fn between(
    lines: &[Line],
    k: usize,
    layout: &Layout,
    hanging: &Hanging,
    side: Side,
) -> Boundary {
    let (old, new) = (&lines[k - 1], &lines[k]);
    if old.is_glued || new.goes_on {
        return Boundary::None;
    }
    if new.begins_paragraph {
        return Boundary::Hard;
    }
    if !layout.is_wrapped {
        let goes_on = closes_bracket(old, new)
            || runs_over_page(old, new, side)
            || is_last_number(old, new)
            || is_open_ordinal(old, new);
        return match goes_on {
            true => Boundary::None,
            false => Boundary::Hard,
        };
    }
    if is_entry(old.text.as_str())
        || opens_next_entry(lines, k)
        || is_lone_entry(new, layout)
        || hanging.begins_at(lines, k, layout, side)
        || is_parted(old, new, layout, side)
    {
        return Boundary::Hard;
    }
    if is_cited_number(old, new, layout) || is_open_ordinal(old, new) {
        return Boundary::None;
    }
    let evidence =
        signs_of_new(new, old, layout, side) + signs_of_old(old, new, layout, side);
    if evidence >= HARD {
        Boundary::Hard
    } else if evidence > SOFT {
        Boundary::Soft
    } else {
        Boundary::None
    }
}

/// Does a blank line part the two, in a text whose paragraphs blank lines part? One behind a
/// full line that ends no clause may be the page's.
fn is_parted(old: &Line, new: &Line, layout: &Layout, side: Side) -> bool {
    layout.is_spaced
        && new.blanks > layout.inner_blanks
        && !new.page_break
        && (ends_clause(old) || is_short(old, new, layout, side))
}

/// Is the new line a number of an entry and nothing else, with a blank line above it: `A.2`?
fn is_lone_entry(new: &Line, layout: &Layout) -> bool {
    let text = new.text.as_str();
    new.blanks > layout.inner_blanks
        && !text.contains(' ')
        && entry_number(text).is_some_and(|number| number.len() > 1)
}

/// Does the new line open with a number that is what the old line leaves open: `laid down in
/// article`, `7.`?
fn is_cited_number(old: &Line, new: &Line, layout: &Layout) -> bool {
    let text = old.text.as_str();
    let word = text.rsplit(' ').next().unwrap_or_default();
    new.blanks <= layout.inner_blanks
        && new.text.as_str().starts_with(|c: char| c.is_ascii_digit())
        && word.starts_with(char::is_lowercase)
        && is_counted(text)
}

/// Is the new line a number and the stop of the sentence that the old line leaves open: `set
/// out in annex`, `12.`? Then the two are one, though other lines are paragraphs.
fn is_last_number(old: &Line, new: &Line) -> bool {
    let (open, number) = (old.text.as_str(), new.text.as_str());
    let word = open.rsplit(' ').next().unwrap_or_default();
    let bare = number.trim_end_matches(['.', ';', ')']);
    new.blanks == 0
        && open.contains(' ')
        && bare.len() < number.len()
        && !bare.is_empty()
        && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && word.starts_with(char::is_lowercase)
        && is_counted(open)
}

/// Does the old line end with the sign of an ordinal whose number opens the new one: 第, 9条?
fn is_open_ordinal(old: &Line, new: &Line) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    let is_unit = |c: char| "条條款项項目节節章编編号號".contains(c);
    let (open, next) = (old.text.as_str(), new.text.as_str());
    let is_alone = !open.is_empty() && open.chars().all(is_number);
    new.blanks == 0
        && (open.ends_with('第') && next.starts_with(is_number)
            || is_alone && next.starts_with(is_unit))
}

/// How far back the entry before may begin, in lines.
const LONGEST_ENTRY: usize = 4;

/// Does the new line open with the number that follows that of the entry before it: B.1.2.
/// behind B.1.1., 5.3 behind 5.2.4?
fn opens_next_entry(lines: &[Line], k: usize) -> bool {
    let Some(number) = entry_number(lines[k].text.as_str()) else { return false };
    let back = lines[k.saturating_sub(LONGEST_ENTRY)..k].iter().rev();
    let before = back.filter_map(|line| entry_number(line.text.as_str())).next();
    before.is_some_and(|before| follows(&before, &number))
}

/// The number that an entry opens with, part by part: `B.1.2.` is B, 1, 2. One part needs a
/// full stop behind it, and all need a blank.
fn entry_number(text: &str) -> Option<Vec<u32>> {
    let number = text.split_whitespace().next()?;
    let bare = number.strip_suffix('.').unwrap_or(number);
    let mut parts = Vec::new();
    for (k, part) in bare.split('.').enumerate() {
        let mut chars = part.chars();
        parts.push(match (chars.next()?, chars.next()) {
            (letter @ 'A'..='Z', None) if k == 0 => u32::from(letter),
            (digit, _) if digit.is_ascii_digit() && part.len() <= 3 => {
                part.parse().ok()?
            }
            _ => return None,
        });
    }
    (parts.len() > 1 || bare.len() < number.len()).then_some(parts)
}

/// Is the second number next to the first, the first under it, or next to one that holds it?
fn follows(before: &[u32], number: &[u32]) -> bool {
    let Some((&last, parents)) = number.split_last() else { return false };
    if number.len() == before.len() + 1 && parents == before {
        return last == 1;
    }
    number.len() <= before.len()
        && before.starts_with(parents)
        && last == before[parents.len()] + 1
}

/// What the new line shows.
fn signs_of_new(new: &Line, old: &Line, layout: &Layout, side: Side) -> f64 {
    let text = new.text.as_str();
    let mut signs = 0.0;
    if new.indent > layout.inner_indent && !new.page_break && layout.has_indents {
        signs += STRONG;
    }
    if new.blanks > layout.inner_blanks && !new.page_break {
        signs += STRONG;
    }
    if new.blanks < layout.inner_blanks
        && !new.page_break
        && new.indent <= layout.inner_indent
    {
        // Set tight where lines stand apart: one heading over two lines.
        signs -= 1.5;
    }
    if let Some((label, len)) = label_at(side, text) {
        // 第14条第2款 at the head of a line is cited, not opened.
        let opens = len == text.len()
            || text[len..].starts_with(|c: char| {
                c.is_whitespace() || !c.is_alphanumeric() || is_opening(c)
            })
            || matches!(
                label.unit,
                LabelUnit::Numeral | LabelUnit::Point | LabelUnit::Item
            );
        if opens && (ends_clause(old) || is_short(old, new, layout, side)) {
            signs += STRONG;
        }
    } else if text.starts_with(char::is_lowercase) {
        // The items of an English list may begin small.
        signs -= if ends_item(old.text.as_str()) { 1.5 } else { 4.0 };
    }
    if bullet(text).is_some() && (ends_clause(old) || is_short(old, new, layout, side)) {
        signs += STRONG;
    }
    if is_bracketed(text) {
        signs += 1.5;
    }
    if text.starts_with(|c: char| {
        is_closing(c) || matches!(c, '，' | '。' | '、' | '；' | ',' | ';')
    }) {
        signs -= 4.0;
    }
    signs
}

/// What the old line shows.
fn signs_of_old(old: &Line, new: &Line, layout: &Layout, side: Side) -> f64 {
    let text = old.text.as_str();
    let short = is_short(old, new, layout, side);
    let mut signs = if short { 2.5 } else { 0.0 };
    signs += if ends_sentence(text) || ends_item(text) {
        1.5
    } else if text.ends_with([',', '，']) {
        0.3
    } else if text.ends_with('、') || text.ends_with(is_opening) {
        -4.0
    } else if is_alone_label(old, side) {
        STRONG
    } else if text.ends_with([')', ']', '）', '］', '】']) {
        0.0
    } else if short && 2 * old.width < layout.width {
        -1.0
    } else {
        -3.0
    };
    if side == Side::En && !short && text.ends_with(',') {
        signs -= if opens_with_name(new) { 0.5 } else { 0.0 };
    }
    signs
}

/// Does an item of a list, or what leads to one, end with the line?
fn ends_item(text: &str) -> bool {
    let links = ["; and", "; or", "；以及", "；及", "；和", "；或", "；或者"];
    text.ends_with([';', ':', '；', '：'])
        || links.iter().any(|link| text.ends_with(link))
}

/// Does the line stand in brackets as a whole?
fn is_bracketed(text: &str) -> bool {
    [('[', ']'), ('(', ')'), ('（', '）'), ('［', '］'), ('【', '】')]
        .iter()
        .any(|&(open, close)| text.starts_with(open) && text.ends_with(close))
}

/// Does a clause end with the line?
fn ends_clause(line: &Line) -> bool {
    ends_sentence(line.text.as_str())
        || line.text.as_str().ends_with([',', '，', ')', '）', ']'])
}

fn is_alone_label(line: &Line, side: Side) -> bool {
    let text = line.text.as_str();
    label_at(side, text).is_some_and(|(_, len)| len == text.len())
}

/// Two capitalised words in a row are more likely a name than an opening.
fn opens_with_name(line: &Line) -> bool {
    let mut words = line.text.as_str().split(' ');
    let mut is_capital =
        || words.next().is_some_and(|w| w.starts_with(char::is_uppercase));
    is_capital() && is_capital()
}

/// Does a sentence run over the end of a page, in a text whose lines are paragraphs otherwise?
fn runs_over_page(old: &Line, new: &Line, side: Side) -> bool {
    let (open, next) = (old.text.as_str(), new.text.as_str());
    let is_open = !ends_sentence(open) && label_at(side, next).is_none();
    let goes_on = match side {
        Side::Zh => open.contains(['，', '。', '；']) && ends_sentence(next),
        Side::En => next.starts_with(char::is_lowercase),
    };
    new.page_break && is_open && goes_on
}

/// Was a bracket opened in the old line and not closed before the new one closes it? Then the
/// two are one, though each stands for itself.
fn closes_bracket(old: &Line, new: &Line) -> bool {
    let depth = |text: &str| -> i32 {
        text.chars()
            .map(|c| match c {
                '(' | '（' | '《' => 1,
                ')' | '）' | '》' => -1,
                _ => 0,
            })
            .sum()
    };
    let (old, new) = (old.text.as_str(), new.text.as_str());
    depth(old) > 0 && depth(new) < 0 && !ends_sentence(old)
}

#[cfg(test)]
mod tests {
    use crate::segment::segment;
    use crate::types::{Side, Source};

    fn segmented(side: Side, text: &str) -> Vec<(String, bool)> {
        let source = Source::plain("test", text, "UTF-8");
        let clean = crate::clean::clean(&source, side, &|_| false).value;
        let document = segment(&source, &clean, side);
        document
            .segments
            .iter()
            .map(|s| (s.span.of(document.text.as_str()).to_owned(), s.soft))
            .collect()
    }

    #[test]
    fn a_short_line_ends_its_paragraph_and_a_full_one_may() {
        let text = "The Conference,\nRecalling the decisions that it took at its second session on the keeping of\n\
                    records and the programme of work that was adopted there by all the members,\n\
                    Recalling also the report of the Secretariat,\n\
                    Noting that the members have opened registers, in accordance with the Charter\n\
                    of the Conference, and keep them open to all,\n";
        let segments = segmented(Side::En, text);
        let starts: Vec<_> = segments.iter().map(|(t, soft)| (&t[..9], *soft)).collect();
        assert_eq!(
            starts,
            [
                ("The Confe", false),
                ("Recalling", false),
                ("Recalling", true),
                ("Noting th", false)
            ]
        );
    }

    #[test]
    fn a_cited_article_at_the_head_of_a_line_opens_nothing() {
        let text = " 请成员国采取一切措施，以便将登记册归还其合法的所有人，尤其根据公约\n\
                    第 14 条第 2 款的规定，并请成员国根据国内法相互交换关于此类行为的资料\n\
                    和情报；\n 2. 请秘书处向下一届会议提出报告，说明各成员国执行本决定的情况以及遇\n\
                    到的困难。\n";
        assert_eq!(segmented(Side::Zh, text).len(), 2);
    }

    #[test]
    fn a_bracket_left_open_goes_on() {
        let text = "（1999年10月31日会议\n常务委员会第十一次会议通过）\n第一条 本法自公布之日起施行。\n";
        assert_eq!(segmented(Side::Zh, text).len(), 2);
    }

    #[test]
    fn each_numbered_entry_is_a_unit() {
        let text = "附件说明船舶的登记办法，由登记处会同港口管理局编写并且每年修订一次。\n\
                    B.1. 船舶登记办法的说明和适用的范围\nB.1.1. 船舶登记的办法以及登记簿的保管\n\
                    B.1.2. 限制\nB.2. 船舶登记簿的查阅、复制以及费用\nC. 附则\n\
                    本附件自公布之日起施行，由登记处负责解释，并于每年一月报告执行情况。\n";
        let texts = segmented(Side::Zh, text);
        assert_eq!(texts.len(), 7, "{texts:?}");
        assert!(!super::follows(&[66, 1], &[66, 3]));
    }

    #[test]
    fn a_number_that_ends_a_citation_opens_nothing() {
        let text = "Rule 4 The registrar keeps the deeds for the time that is fixed in rule\n\
                    9. The reader signs the register that lies open in the reading room of\n\
                    the archive, and the registrar countersigns it as is laid down\nin part\n\
                    12.\n\nRule 5 Deeds are kept dry.\n";
        let texts = segmented(Side::En, text);
        assert_eq!(texts.len(), 2, "{texts:?}");
        assert!(texts[0].0.ends_with("laid down in part 12."));
    }

    #[test]
    fn a_number_alone_belongs_to_the_sentence_that_it_ends() {
        let text = "The fees are set out in schedule\n4.\n\nThe keeper signs.\n";
        assert_eq!(segmented(Side::En, text)[0].0, "The fees are set out in schedule 4.");
        let text =
            "登记员应当履行第\n8\n条规定的职责。\n\n表格见附件第\n12。\n\n登记簿公开。\n";
        let texts: Vec<_> = segmented(Side::Zh, text).into_iter().map(|s| s.0).collect();
        assert_eq!(
            texts,
            ["登记员应当履行第8条规定的职责。", "表格见附件第12。", "登记簿公开。"]
        );
        assert_eq!(segmented(Side::En, "The deeds\n4.\n\nThe keeper signs.\n").len(), 3);
    }

    #[test]
    fn a_sentence_goes_on_behind_the_end_of_a_page() {
        let text = "登记簿由登记员保管，查阅时须先向\n\u{c}登记员申请。\n附则\n\u{c}本办法施行。\n";
        let texts: Vec<_> = segmented(Side::Zh, text).into_iter().map(|s| s.0).collect();
        assert_eq!(
            texts,
            ["登记簿由登记员保管，查阅时须先向登记员申请。", "附则", "本办法施行。"]
        );
    }

    #[test]
    fn a_separator_of_paragraphs_parts_what_looks_like_one() {
        let text = "The registrar keeps the deeds in the vault under the tower and opens it to\n\
                    all who ask for it on the first day of the month, but for the feasts, on\n\
                    which the vault is closed to all but to those who have given a deed to it.\n\
                    \u{2029}deed\u{2029}a sheet that is signed by those who gave it, in the presence\n\
                    of two.\n\n\u{c}Chapter 3\n\n\u{b}The vault\n";
        let texts: Vec<_> = segmented(Side::En, text).into_iter().map(|s| s.0).collect();
        assert_eq!(texts[1], "deed");
        assert!(
            texts[2].starts_with("a sheet") && texts[2].ends_with("of two."),
            "{texts:?}"
        );
        assert_eq!(texts[3], "Chapter 3 The vault");
    }
}
