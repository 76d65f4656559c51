//! Footnote marks, taken out of the sentences they stand in.
//!
//! Set small and high, they come out of a page on lines of their own in the middle of a
//! sentence, behind a mark (`of 1971,3 the`), glued to a word (`thereto1 represent`) or set
//! apart (`thereto, 1 the`). Names end in digits too (`/dev/hda1`, `file2`), and to take one of
//! these for a mark changes the text: a number is a mark only if there is a note of that
//! number, if it is cited in order, and if it [looks like one](candidates). What might as well
//! be a name is one only where the note is cited nowhere else.

pub(crate) mod candidates;

use std::collections::{BTreeMap, BTreeSet};

use super::clean_text::Citation;
use super::draft::Draft;
use super::layout::Layout;
use super::line::Line;
use crate::numbering::label_at;
use crate::types::{LeftOutKind, Side};
use candidates::{Candidate, Numbered, Sign};

/// A line may run over the page's width by this share before two lines cannot have been one.
const SLACK: f64 = 1.02;

pub(super) fn take_out(
    draft: &mut Draft,
    layout: &Layout,
    is_word: &dyn Fn(&str) -> bool,
) {
    let known: BTreeSet<u32> = draft.notes.iter().map(|note| note.number).collect();
    if known.is_empty() {
        return;
    }
    let mut found = candidates::of_lines(&draft.lines, draft.side);
    // The body of the last note may be lost.
    let last = known.last().map_or(0, |last| last + 1);
    found.retain(|candidate| {
        let is_last = candidate.number == last && candidate.sign >= Sign::Alone;
        is_last || known.contains(&candidate.number)
    });
    let numbered = Numbered::learn(&draft.lines, is_word);
    found.retain(|candidate| candidate.sign >= Sign::Alone || numbered.may_be(candidate));
    let marks = chosen(&found, &known);
    let first = marks.first().map(|mark| draft.lines[mark.line].number);
    draft.report("footnote marks", marks.len(), first);
    cut(draft, &marks, layout);
}

/// Takes the marks out of the lines, and joins what one on a line of its own had parted.
fn cut(draft: &mut Draft, marks: &[&Candidate], layout: &Layout) {
    let lines = std::mem::take(&mut draft.lines);
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut marks = marks.iter().peekable();
    let mut after_mark = false;
    for (index, mut line) in lines.into_iter().enumerate() {
        let whole = line.text.clone();
        let (mut cuts, mut is_alone) = (Vec::new(), false);
        while let Some(mark) = marks.next_if(|mark| mark.line == index) {
            draft
                .citations
                .push(Citation { number: mark.number, at: whole.origin(mark.digits) });
            is_alone |= mark.sign == Sign::Alone;
            cuts.push(mark.cut.clone());
        }
        if !cuts.is_empty() {
            line.text = whole.without(&cuts).trimmed();
            draft.remove(LeftOutKind::FootnoteMark, &whole, &line.text);
        }
        if is_alone {
            after_mark = true;
            continue;
        }
        match kept.last_mut() {
            Some(before)
                if std::mem::take(&mut after_mark)
                    && goes_on(before, &line, layout, draft.side) =>
            {
                join(before, &line, draft.side);
            }
            _ => kept.push(line),
        }
    }
    draft.lines = kept;
}

/// Which candidates are marks, in the order of the text: one a note, rising through the text;
/// then where the notes are cited again.
fn chosen<'a>(found: &'a [Candidate], known: &BTreeSet<u32>) -> Vec<&'a Candidate> {
    let behind: BTreeSet<u32> = found
        .iter()
        .filter(|candidate| candidate.sign >= Sign::Behind)
        .map(|candidate| candidate.number)
        .collect();
    // Of a note that is cited behind a mark, no number on a line of its own is the mark, and
    // none at the end of a name.
    let is_fit = |candidate: &Candidate| {
        candidate.sign >= Sign::Behind
            || candidate.sign == Sign::ApartMark
            || !behind.contains(&candidate.number)
    };
    let fit: Vec<usize> = (0..found.len()).filter(|&k| is_fit(&found[k])).collect();
    let mut first: BTreeMap<u32, usize> =
        rising(found, &fit).into_iter().map(|k| (found[k].number, k)).collect();
    // What might be a name or a value is a mark only where it is the next.
    let mut is_next = true;
    for number in known {
        let k = first.get(number).copied();
        if k.is_some_and(|k| found[k].sign < Sign::Alone && !is_next) {
            first.remove(number);
        }
        is_next = first.contains_key(number);
    }
    let words: BTreeSet<(u32, &str)> = first
        .values()
        .map(|&k| (found[k].number, found[k].word.as_str()))
        .filter(|(_, word)| !word.is_empty())
        .collect();
    let is_again = |k: usize| {
        let candidate = &found[k];
        let is_later = first.get(&candidate.number).is_some_and(|&first| first < k);
        match candidate.sign {
            Sign::Raised => known.contains(&candidate.number),
            Sign::Behind => is_later,
            Sign::Alone => is_later && is_fit(candidate),
            Sign::Glued | Sign::Apart | Sign::ApartMark => {
                words.contains(&(candidate.number, candidate.word.as_str()))
            }
            Sign::BehindName => false,
        }
    };
    let is_chosen = |k: &usize| first.get(&found[*k].number) == Some(k) || is_again(*k);
    (0..found.len()).filter(is_chosen).map(|k| &found[k]).collect()
}

/// The candidates, of those given, whose numbers rise through the text and that look most like
/// marks together.
fn rising(found: &[Candidate], of: &[usize]) -> Vec<usize> {
    // By its last number, the best chain so far: what it weighs, and its end.
    let mut best: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(of.len());
    for (at, &k) in of.iter().enumerate() {
        let candidate = &found[k];
        let chain = best.range(..candidate.number).next_back().map(|(_, &chain)| chain);
        let weight = chain.map_or(0, |(weight, _)| weight) + candidate.sign.weight();
        before.push(chain.map(|(_, end)| end));
        let reached = best.range(..=candidate.number).next_back();
        if reached.is_none_or(|(_, &(reached, _))| reached < weight) {
            best.insert(candidate.number, (weight, at));
            // A chain that ends higher and weighs no more is of no use.
            let worse: Vec<u32> = best
                .range(candidate.number + 1..)
                .take_while(|(_, (reached, _))| *reached <= weight)
                .map(|(&number, _)| number)
                .collect();
            for number in worse {
                best.remove(&number);
            }
        }
    }
    let mut chain = Vec::new();
    let mut end = best.values().next_back().map(|&(_, end)| end);
    while let Some(at) = end {
        chain.push(of[at]);
        end = before[at];
    }
    chain.reverse();
    chain
}

/// Joins what a mark had parted.
fn join(before: &mut Line, line: &Line, side: Side) {
    if side == Side::En {
        before.text.push_inserted(" ", line.text.origin(0));
    }
    before.text.push(&line.text);
    before.width += line.width;
    before.chars += line.chars;
}

/// Does the line behind a mark go on in the line before it?
fn goes_on(before: &Line, line: &Line, layout: &Layout, side: Side) -> bool {
    let text = before.text.as_str();
    if text.ends_with(['。', '；', '：', '.', ';', ':', '！', '？'])
        || label_at(side, line.text.as_str()).is_some() && line.indent > 0
    {
        return false;
    }
    let fits = (before.width + line.width) as f64 <= SLACK * layout.width as f64;
    !text.ends_with(['，', ',']) || !line.page_break && (line.blanks == 0 || fits)
}

#[cfg(test)]
mod tests {
    use crate::clean::tests::cleaned;
    use crate::types::Side;

    const NOTES: &str =
        "\n_______________\n1 See resolution 99/1.\n2 Ibid.\n3 Ibid., annex.\n";

    fn text_and_marks(side: Side, text: &str) -> (String, Vec<u32>) {
        let clean = cleaned(side, &(text.to_owned() + NOTES));
        let text: Vec<_> = clean.lines.iter().map(|l| l.text.as_str()).collect();
        (text.join("/"), clean.citations.iter().map(|c| c.number).collect())
    }

    #[test]
    fn marks_glued_to_words_and_set_apart_go() {
        let text = "the Convention and the Protocols thereto, 1 the Covenant of 1971,2 the Charter3 and article 3 of it;";
        assert_eq!(
            text_and_marks(Side::En, text),
            ("the Convention and the Protocols thereto, the Covenant of 1971, the Charter and article 3 of it;".into(), vec![1, 2, 3])
        );
    }

    #[test]
    fn numbers_that_count_stay() {
        let text =
            "in paragraph 1 of its decision, on 2 May 2013, it approved 3 projects.";
        assert_eq!(text_and_marks(Side::En, text), (text.into(), vec![]));
    }

    #[test]
    fn a_mark_on_a_line_of_its_own_parts_no_sentence() {
        let text = " 重申《档案公约》\n1\n\n 和《登记册公约》\n2 \n的原则；\n";
        assert_eq!(
            text_and_marks(Side::Zh, text),
            ("重申《档案公约》和《登记册公约》的原则；".into(), vec![1, 2])
        );
    }

    #[test]
    fn small_high_numbers_are_marks_wherever_they_stand() {
        let text = "the Convention¹ and its Protocols,² of an area of 3 m².";
        let notes = "\n¹ See resolution 99/1.\n\n² Ibid.\n";
        let clean = cleaned(Side::En, &(text.to_owned() + notes));
        assert_eq!(
            clean.lines[0].text.as_str(),
            "the Convention and its Protocols, of an area of 3 m²."
        );
        assert_eq!(clean.notes.len(), 2);
    }

    #[test]
    fn a_note_cited_twice_loses_both_marks() {
        let text = "the first Convention1 and once more the Convention,1 as amended.";
        assert_eq!(
            text_and_marks(Side::En, text),
            (
                "the first Convention and once more the Convention, as amended.".into(),
                vec![1, 1]
            )
        );
    }

    /// What is left of a text with two notes, and which marks were found.
    fn with_two_notes(side: Side, text: &str) -> (String, Vec<u32>) {
        let notes =
            "\n_______________\n1 The old tools are gone.\n2 Options may be left out.\n";
        let clean = cleaned(side, &(text.to_owned() + notes));
        let text: Vec<_> = clean.lines.iter().map(|l| l.text.as_str()).collect();
        (text.join("/"), clean.citations.iter().map(|c| c.number).collect())
    }

    #[test]
    fn names_that_end_in_digits_keep_them() {
        let text = "Format /dev/sdb1, then move part1 next to part2.\n\
                    Install libxml2 with the tools of old.1\n\
                    host1 and host2 are in rack1; the key is 9c11-aa01.\n\
                    The page explains option1 and option2.2\n";
        let expected = text.replace("old.1", "old.").replace("option2.2", "option2.");
        let expected = expected.trim().replace('\n', "/");
        assert_eq!(with_two_notes(Side::En, text), (expected, vec![1, 2]));
        let text = "格式化/dev/sdb1，再把part1移到part2之后。\n用工具安装libxml2。1\n\
                    主机host1与host2同在rack1。\n该页说明option1和option2的用法。2\n";
        let expected = text.replace("。1\n", "。\n").replace("。2\n", "。\n");
        let expected = expected.trim().replace('\n', "/");
        assert_eq!(with_two_notes(Side::Zh, text), (expected, vec![1, 2]));
    }

    #[test]
    fn digits_that_are_values_are_no_marks() {
        let text = "A \"1\" means yes, a \"2\" no.\nChoose the grades 0, 1, 2 or 7; grade 2 is usual.\n\
                    The label reads Slot 001 Card 002.\nOnly clerks open the box.1\n";
        let expected = text.replace("box.1", "box.").trim().replace('\n', "/");
        assert_eq!(with_two_notes(Side::En, text), (expected, vec![1]));
        let text = "显示 \"1\" 表示是。\n可选等级为0、1、2和7，共有2个常用等级，2名职员。\n\
                    标签为 \"Slot 001\"。\n只有职员可以打开箱子。1\n";
        let expected = text.replace("箱子。1", "箱子。").trim().replace('\n', "/");
        assert_eq!(with_two_notes(Side::Zh, text), (expected, vec![1]));
    }

    #[test]
    fn notes_cited_apart_first_and_behind_marks_later_lose_all_their_marks() {
        let text = "the Charter, 1 the Convention of 1971, 2 the Statute 3 adopted;\n\
                    also the Charter,1 the Convention of 1971,2 and the Statute3 as amended.";
        assert_eq!(
            text_and_marks(Side::En, text),
            (
                "the Charter, the Convention of 1971, the Statute adopted;/\
                 also the Charter, the Convention of 1971, and the Statute as amended."
                    .into(),
                vec![1, 2, 3, 1, 2, 3]
            )
        );
    }
}
