//! Footnote bodies, taken out of the text.
//!
//! They stand at the foot of a page, under a rule (`__________`). Extraction tears the small
//! numbers off and puts them on lines of their own, before, behind or far from their bodies:
//!
//! ```text
//! _______________
//! 1
//! See resolution 99/1.          1: See resolution 99/1.
//! Ibid., annex.            ─▶   2: Ibid., annex.
//! 3                             3: Resolution 99/4.
//! Resolution 99/4.
//! 2
//! ```
//!
//! Bodies keep their order on the page and numbers rise, so the k-th body gets the k-th
//! smallest number.

use std::collections::BTreeSet;
use std::ops::Range;

use super::clean_text::Note;
use super::draft::Draft;
use super::layout::Layout;
use super::line::Line;
use super::marks::candidates::{self, Sign};
use super::punctuation::ends_sentence;
use crate::text::abbreviation::is_abbreviation;
use crate::text::{Span, Traced, superscript};
use crate::types::{LeftOutKind, Removal, Side};

/// A rule has at least this many strokes.
const MIN_RULE: usize = 5;

/// How far behind a complete body the end of the page may lie for further bodies to be looked
/// for, in lines.
const LOOK_AHEAD: usize = 40;

/// Numbers of one page lie no further apart.
const WIDEST_RUN: u32 = 40;

/// What stands under a rule.
#[derive(Default)]
struct Block {
    marks: Vec<u32>,
    bodies: Vec<Vec<Line>>,
    end: usize,
}

impl Block {
    /// Does the last body go on with this line, though a sentence ends before it? Where blank
    /// lines part paragraphs, a line right behind a full one is of the same.
    fn goes_on(&self, line: &Line, layout: &Layout) -> bool {
        let last = self.bodies.last().and_then(|body| body.last());
        let is_beside = layout.is_spaced && line.blanks == 0 && !line.page_break;
        is_beside && last.is_some_and(|last| layout.is_full(last))
    }
}

pub(super) fn take_out(draft: &mut Draft, layout: &Layout) {
    draft.edit_lines(LeftOutKind::FootnoteMark, without_way_back);
    let lines = std::mem::take(&mut draft.lines);
    let openings: Vec<(usize, bool)> = (0..lines.len())
        .map(|k| (k, lines[k].text.as_str()))
        .filter(|(_, text)| is_rule(text) || superscript::number_at(text).is_some())
        .map(|(k, text)| (k, is_rule(text)))
        .collect();
    let mut blocks: Vec<(usize, Block)> = Vec::new();
    let cited = match openings.is_empty() {
        true => Cited::collect(&[], draft.side),
        false => Cited::collect(&lines, draft.side),
    };
    for (at, is_rule) in openings {
        if blocks.last().is_none_or(|(_, block)| block.end <= at) {
            let last = draft.notes.last().map_or(0, |note| note.number);
            // Small high numbers need no rule above them.
            let mut block = read_block(&lines, at + usize::from(is_rule), last, layout);
            let from = blocks.last().map_or(0, |(_, block)| block.end);
            let is_list =
                !block.marks.is_empty() && !cited.are_notes(&block, &lines, from..at);
            if is_rule && is_list {
                continue;
            }
            pair_up(&mut block, draft);
            blocks.push((at, block));
        }
    }
    // A rule without notes is one of these only where other rules have some.
    if draft.notes.is_empty() {
        let Some((at, mut block)) = endnotes(&lines) else {
            draft.lines = lines;
            return;
        };
        pair_up(&mut block, draft);
        blocks = vec![(at, block)];
    }
    let first = lines.get(blocks[0].0).map(|line| line.number);
    draft.lines = without_blocks(lines, &blocks, &draft.notes, &mut draft.removals);
    let notes = draft.notes.len();
    draft.report("footnotes", notes, first);
}

/// A line without the sign that leads from a note back to its mark on a web page.
fn without_way_back(line: &Traced) -> Option<Traced> {
    let text = line.as_str().trim_end_matches(['\u{FE0E}', '\u{FE0F}']);
    let body = text.strip_suffix('↩')?.trim_end();
    (!body.is_empty()).then(|| line.slice(0..body.len()))
}

/// The notes that close a text in which small high numbers cite them: a list that counts from
/// 1 to the last of these, and where it begins.
fn endnotes(lines: &[Line]) -> Option<(usize, Block)> {
    let cited: BTreeSet<u32> = lines
        .iter()
        .flat_map(|line| superscript::marks(line.text.as_str()))
        .map(|(number, _)| number)
        .collect();
    let last = *cited.last()?;
    if cited.len() as u32 != last {
        return None;
    }
    let opens = |at: &usize| leading_mark(&lines[*at], 0, &Block::default()).is_some();
    let at = (0..lines.len()).rev().find(opens)?;
    let mut block = Block { end: lines.len(), ..Block::default() };
    for line in &lines[at..] {
        if let Some((number, rest)) = leading_mark(line, 0, &block) {
            block.marks.push(number);
            block.bodies.push(vec![rest]);
        } else {
            block.bodies.last_mut()?.push(line.clone());
        }
    }
    (block.marks.last() == Some(&last)).then_some((at, block))
}

/// The lines outside the blocks; what stands in a block and in no note goes into the ledger.
fn without_blocks(
    lines: Vec<Line>,
    blocks: &[(usize, Block)],
    notes: &[Note],
    removals: &mut Vec<Removal>,
) -> Vec<Line> {
    let bodies = notes.iter().flat_map(|note| &note.lines);
    let bodies = Span::merged(bodies.flat_map(|line| line.text.origins()).collect());
    let mut kept = Vec::with_capacity(lines.len());
    let mut blocks = blocks.iter().peekable();
    let mut skip_to = 0;
    for (k, mut line) in lines.into_iter().enumerate() {
        if let Some((_, block)) = blocks.next_if(|(at, _)| *at == k) {
            skip_to = block.end.max(k + 1);
        }
        if k >= skip_to {
            line.page_break |= k == skip_to && k > 0;
            kept.push(line);
        } else {
            let kind = match is_rule(line.text.as_str()) {
                true => LeftOutKind::Ornament,
                false => LeftOutKind::FootnoteMark,
            };
            let spans = Span::merged(line.text.origins().collect());
            let lost = Span::uncovered(&spans, &bodies);
            removals.extend(lost.into_iter().map(|span| Removal { span, kind }));
        }
    }
    kept
}

/// Gives the bodies of a block their numbers.
fn pair_up(block: &mut Block, draft: &mut Draft) {
    block.marks.sort_unstable();
    block.marks.dedup();
    if block.marks.is_empty() {
        // What has no number is no note.
        block.bodies.clear();
        block.end = 0;
    }
    while block.bodies.len() > block.marks.len() && block.bodies.len() > 1 {
        let tail = block.bodies.pop().expect("there are at least two bodies");
        if let Some(before) = block.bodies.last_mut() {
            before.extend(tail);
        }
    }
    let bodies = std::mem::take(&mut block.bodies);
    for (&number, lines) in block.marks.iter().zip(bodies) {
        draft.notes.push(Note { number, lines });
    }
}

/// Reads what stands under a rule, `from` the line behind it.
fn read_block(lines: &[Line], from: usize, last: u32, layout: &Layout) -> Block {
    let mut block = Block { end: from, ..Block::default() };
    for k in from..lines.len() {
        let line = &lines[k];
        let is_owed = block.marks.len() > block.bodies.len();
        let is_open = block.bodies.last().is_some_and(|body| !is_complete(body));
        if line.page_break && k > from && !is_owed && !is_open
            || is_rule(line.text.as_str())
        {
            break;
        }
        if let Some(number) = bare_mark(line, last, &block) {
            block.marks.push(number);
        } else if let Some((number, rest)) = leading_mark(line, last, &block) {
            block.marks.push(number);
            block.bodies.push(vec![rest]);
        } else if block.goes_on(line, layout)
            || is_open && !(is_owed && line.blanks > layout.inner_blanks)
        {
            let body = block.bodies.last_mut().expect("an open body is one");
            body.push(line.clone());
        } else if is_owed || more_marks_follow(&lines[k..], last, &block) {
            block.bodies.push(vec![line.clone()]);
        } else {
            break;
        }
        block.end = k + 1;
    }
    block
}

/// Do more numbers than bodies stand between here and the end of the page?
fn more_marks_follow(lines: &[Line], last: u32, block: &Block) -> bool {
    let ahead = &lines[1..lines.len().min(LOOK_AHEAD + 1)];
    let Some(end) = ahead.iter().position(|line| line.page_break) else { return false };
    let marks =
        ahead[..end].iter().filter(|line| bare_mark(line, last, block).is_some()).count();
    block.marks.len() + marks > block.bodies.len()
}

/// Where numbers stand that may be marks: each with its line.
struct Cited {
    /// Those that look like marks.
    sure: BTreeSet<(u32, usize)>,
    /// Those that might be part of a name too.
    any: BTreeSet<(u32, usize)>,
}

impl Cited {
    fn collect(lines: &[Line], side: Side) -> Self {
        let (mut sure, mut any) = (BTreeSet::new(), BTreeSet::new());
        for candidate in candidates::of_lines(lines, side) {
            let place = (candidate.number, candidate.line);
            any.insert(place);
            if candidate.sign >= Sign::Alone {
                sure.insert(place);
            }
        }
        Self { sure, any }
    }

    /// Are these notes, and no list that stands under a rule? The lines before them cite
    /// them; or, where no mark was extracted, they close the page in whole sentences.
    fn are_notes(&self, block: &Block, lines: &[Line], before: Range<usize>) -> bool {
        let cites = |places: &BTreeSet<(u32, usize)>| {
            block.marks.iter().any(|&mark| {
                let mut found = places.range((mark, before.start)..(mark, before.end));
                found.next().is_some()
            })
        };
        let closes_page = lines.get(block.end).is_none_or(|line| line.page_break);
        let ends = |line: &Line| ends_sentence(line.text.as_str());
        let is_whole = || block.bodies.iter().all(|body| body.last().is_some_and(ends));
        cites(&self.sure) || closes_page && (cites(&self.any) || is_whole())
    }
}

fn is_complete(body: &[Line]) -> bool {
    body.last().is_some_and(|line| {
        let text = line.text.as_str();
        let word = text.trim_end_matches('.').rsplit([' ', '(']).next().unwrap_or("");
        ends_sentence(text) && !is_abbreviation(&word.to_lowercase())
    })
}

/// Is the line a rule: strokes and nothing else?
pub(super) fn is_rule(text: &str) -> bool {
    let is_stroke = |c| matches!(c, '_' | '＿' | '─' | '━' | '—' | '-');
    text.chars().all(is_stroke) && text.chars().count() >= MIN_RULE
}

/// A line that is a number and nothing else, fit to be the next of a note.
fn bare_mark(line: &Line, last: u32, block: &Block) -> Option<u32> {
    let text = line.text.as_str();
    let number = small_number(text)?;
    is_plausible(number, last, block).then_some(number)
}

/// A line that begins with the number of the next note: `7 See …`, `7. See …`, `[7] See …`.
fn leading_mark(line: &Line, last: u32, block: &Block) -> Option<(u32, Line)> {
    let text = line.text.as_str();
    let inner = text.strip_prefix(['[', '［']).unwrap_or(text);
    let (number, len) = superscript::number_at(inner).or_else(|| {
        let len =
            inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        Some((small_number(&inner[..len])?, len))
    })?;
    let rest =
        inner[len..].trim_start_matches([']', '］', '.', ')', ' ', '\u{3000}', '\t']);
    let expected = block.marks.iter().copied().max().unwrap_or(last) + 1;
    let is_parted = rest.len() < inner.len() - len || !inner.starts_with(is_ascii_digit);
    if number != expected || rest.is_empty() || !is_parted {
        return None;
    }
    let mut line = line.clone();
    line.text = line.text.slice(text.len() - rest.len()..text.len());
    Some((number, line))
}

fn is_ascii_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn small_number(text: &str) -> Option<u32> {
    let text = text.trim_end_matches(['.', ')']);
    (1..=3).contains(&text.len()).then_some(())?;
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

fn is_plausible(number: u32, last: u32, block: &Block) -> bool {
    let first = block.marks.first().copied().unwrap_or(last);
    number > 0
        && number.abs_diff(first) <= WIDEST_RUN
        && !block.marks.contains(&number)
        && (number > last || block.marks.is_empty() && number == 1)
}

#[cfg(test)]
mod tests {
    use crate::clean::tests::cleaned;
    use crate::types::Side;

    fn notes(side: Side, text: &str) -> Vec<(u32, String)> {
        let join = |lines: &[crate::clean::Line]| {
            lines.iter().map(|l| l.text.as_str().to_owned()).collect::<Vec<_>>().join("/")
        };
        cleaned(side, text).notes.iter().map(|n| (n.number, join(&n.lines))).collect()
    }

    #[test]
    fn numbers_on_lines_of_their_own_lead_the_bodies() {
        let text = "会议重申各项原则\n1\n\n 并欢迎报告，\n\n__________\n\n 1\n\n 见档案汇编，第 3 卷。 \n\n 2\n\n \
                    见《正式记录，补编第 8 号》及更正，第\n\n 一章，D 节。 \n  请秘书处散发报告。\n";
        assert_eq!(
            notes(Side::Zh, text),
            [
                (1, "见档案汇编，第 3 卷。".into()),
                (2, "见《正式记录，补编第 8 号》及更正，第/一章，D 节。".into())
            ]
        );
        let clean = cleaned(Side::Zh, text);
        let last = clean.lines.last().expect("the text goes on");
        assert_eq!(last.text.as_str(), "请秘书处散发报告。");
        assert!(last.page_break);
    }

    #[test]
    fn a_list_at_the_end_that_small_high_numbers_cite_is_notes() {
        let text = "本会议重申公约¹和议定书。²\n1. 请秘书处保管登记册³，面积为300 m²。\n\
                    2. 请各成员合作。\n1. 见汇编第3卷。 ↩\n2. 同上。\n3. 见附件二。 ↩\u{FE0E}\n";
        let bodies = ["见汇编第3卷。", "同上。", "见附件二。"];
        let expected: Vec<_> = (1..).zip(bodies.map(str::to_owned)).collect();
        assert_eq!(notes(Side::Zh, text), expected);
        let lines: Vec<_> =
            cleaned(Side::Zh, text).lines.into_iter().map(|l| l.text).collect();
        assert_eq!(lines[1].as_str(), "1. 请秘书处保管登记册，面积为300 m²。");
        assert_eq!(lines.len(), 3);
        assert!(notes(Side::Zh, &text.replace('³', "")).is_empty());
    }

    #[test]
    fn bodies_torn_from_their_numbers_get_them_back_in_order() {
        let text = "the members shall keep the registers\n_______________\n1\n\n\
                    See resolution 99/1.\nIbid., vol. 7, chap. I,\nsect. C.\n3\nResolution 99/4.\n2\n\n\u{c}\
                    and the secretariat shall publish them.\n";
        assert_eq!(
            notes(Side::En, text),
            [
                (1, "See resolution 99/1.".into()),
                (2, "Ibid., vol. 7, chap. I,/sect. C.".into()),
                (3, "Resolution 99/4.".into())
            ]
        );
    }

    #[test]
    fn a_line_to_sign_on_is_no_rule() {
        let text = "Signed by:\n_______________\nJ. Doe\nFor the Supplier\n";
        assert!(notes(Side::En, text).is_empty());
        assert_eq!(cleaned(Side::En, text).lines.len(), 4);
    }

    #[test]
    fn a_numbered_list_under_a_rule_is_no_footnotes() {
        let text = "Archive manual\n────────────────\n1. Keeping\n  1.1. Deeds\n2. Opening\n\
                    Chapter 1 Keeping\nA \"1\" on the lamp means that the vault is open.\n";
        assert!(notes(Side::En, text).is_empty());
        assert_eq!(cleaned(Side::En, text).lines.len(), 7);
    }
}
