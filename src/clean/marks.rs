//! Footnote marks, taken out of the sentences they stand in.
//!
//! Set small and high, they come out of a page on lines of their own in the middle of a
//! sentence, glued to a word (`thereto1 represent`, `of 1971,3 the`) or set apart
//! (`thereto, 1 the`). A number is a mark only if there is a note of that number and, unless
//! it is glued, only if it is the next to be cited: `article 5 and` is none.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Citation, Draft, Layout, Line, is_closing};
use crate::numbering::label_at;
use crate::text::number::MONTHS;
use crate::text::script::is_han;
use crate::text::superscript;
use crate::types::Side;

/// Words that a number follows by nature.
const COUNTED: [&str; 40] = [
    "annex",
    "appendix",
    "art",
    "article",
    "articles",
    "chap",
    "chapter",
    "chapters",
    "decision",
    "figure",
    "form",
    "goal",
    "item",
    "items",
    "no",
    "nos",
    "number",
    "page",
    "pages",
    "para",
    "paragraph",
    "paragraphs",
    "paras",
    "part",
    "parts",
    "phase",
    "pp",
    "principle",
    "regulation",
    "resolution",
    "rule",
    "rules",
    "schedule",
    "sect",
    "section",
    "sections",
    "table",
    "target",
    "vol",
    "volume",
];

/// What may follow a number that counts something, beside a month.
const MEASURED: [&str; 4] = ["per", "percent", "million", "billion"];

/// A line may run over the page's width by this share before two lines cannot have been one.
const SLACK: f64 = 1.02;

pub(super) fn take_out(draft: &mut Draft, layout: &Layout) {
    let known: BTreeSet<u32> = draft.notes.iter().map(|note| note.number).collect();
    if known.is_empty() {
        return;
    }
    let mut finder = Finder { known, cited: 0, found: Vec::new(), side: draft.side };
    let mut kept: Vec<Line> = Vec::with_capacity(draft.lines.len());
    let mut after_mark = false;
    for mut line in std::mem::take(&mut draft.lines) {
        if let (Some(number), Some(_)) = (finder.bare(&line), kept.last()) {
            finder.cite(number, line.text.origin(0));
            after_mark = true;
            continue;
        }
        finder.strip(&mut line);
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
    let places = finder.found.len();
    let lines_of = |at: usize| kept.iter().rev().find(|line| line.text.origin(0) <= at);
    let first = finder.found.first().and_then(|c| lines_of(c.at)).map(|line| line.number);
    draft.citations = finder.found;
    draft.lines = kept;
    draft.report("footnote marks", places, first);
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

/// How far around a number the words are looked at, in bytes: the longest English word and
/// the marks behind it.
const REACH: usize = 48;

struct Finder {
    known: BTreeSet<u32>,
    cited: u32,
    found: Vec<Citation>,
    side: Side,
}

impl Finder {
    fn cite(&mut self, number: u32, at: usize) {
        self.cited = self.cited.max(number);
        self.found.push(Citation { number, at });
    }

    fn is_next(&self, number: u32) -> bool {
        self.known.range(self.cited + 1..).next() == Some(&number)
            || number == self.cited + 1
    }

    /// A line that is a mark and nothing else.
    fn bare(&self, line: &Line) -> Option<u32> {
        let text = line.text.as_str();
        let number = (1..=3).contains(&text.len()).then(|| text.parse().ok())??;
        (self.is_next(number) || number <= self.cited && self.known.contains(&number))
            .then_some(number)
    }

    /// Takes the marks out of a line.
    fn strip(&mut self, line: &mut Line) {
        let text = line.text.as_str().to_owned();
        let mut cuts: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find(is_digit).map(|k| at + k) {
            let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
            let (number, len) = match superscript::number_at(&text[start..]) {
                Some((number, len)) => (Some(number), len),
                None if digits <= 3 => (text[start..start + digits].parse().ok(), digits),
                None => (None, digits),
            };
            at = start + len;
            let Some(number) = number else { continue };
            let from = match len > digits {
                // Small and high, it is a mark or a power: m², km³.
                true => {
                    let word = text[floor(&text, start)..start]
                        .rsplit(|c: char| !c.is_alphabetic())
                        .next();
                    let is_unit = word.is_some_and(|w| (1..=2).contains(&w.len()));
                    (self.known.contains(&number) && !is_unit).then_some(start)
                }
                false => self.mark(&text, start..at, number),
            };
            if let Some(from) = from {
                self.cite(number, line.text.origin(start));
                cuts.push(from..at);
            }
        }
        if !cuts.is_empty() {
            line.text = line.text.without(&cuts).trimmed();
        }
    }

    /// Where the cut begins, if the digits are a mark.
    fn mark(&self, text: &str, digits: Range<usize>, number: u32) -> Option<usize> {
        let after = &text[digits.end..];
        let next = after.chars().next();
        if !self.known.contains(&number)
            || !next.is_none_or(|c| ends_number(c, after, self.side))
        {
            return None;
        }
        let before = text[floor(text, digits.start)..digits.start].trim_end();
        if before.is_empty() {
            return None;
        }
        let is_glued = !text[..digits.start].ends_with(char::is_whitespace);
        let fits = if is_glued {
            self.fits_glued(before, number)
        } else {
            self.fits_apart(before, after, number)
        };
        fits.then_some(floor(text, digits.start) + before.len())
    }

    fn fits_glued(&self, before: &str, number: u32) -> bool {
        let Some(last) = before.chars().next_back() else { return false };
        if !(self.is_next(number) || number <= self.cited) {
            return false;
        }
        if self.side == Side::Zh {
            return is_closing(last) || matches!(last, '，' | '、' | '；' | '。');
        }
        let bare = before.trim_end_matches([',', ';', '.', ':']);
        let marks = before.len() - bare.len();
        let word = bare.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let is_year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        let is_word = word.len() >= 3 && word.ends_with(|c: char| c.is_lowercase());
        match marks {
            // Corr.1 and No.5 are no words with marks.
            _ if before.ends_with('.') => word.len() >= 5 && is_word,
            0 => is_word || bare.ends_with(is_closing),
            _ => is_word || is_year || bare.ends_with(is_closing),
        }
    }

    fn fits_apart(&self, before: &str, after: &str, number: u32) -> bool {
        let bare = before.trim_end_matches([',', ';', '.', ':', '，', '、', '；', '。']);
        let is_behind_mark = bare.len() < before.len();
        let word = bare.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let mut words = after.split(|c: char| !c.is_alphabetic()).take(REACH);
        let follows = words.find(|w| !w.is_empty());
        let is_measured = follows.is_some_and(|word| {
            let word = word.to_lowercase();
            MONTHS.iter().chain(&MEASURED).any(|measured| *measured == word)
        });
        if !self.is_next(number) {
            // Cited once more, at the very end of a line: `against such acts, 12`.
            return number <= self.cited
                && is_behind_mark
                && after.trim().is_empty()
                && !word.ends_with(|c: char| c.is_ascii_digit());
        }
        let is_year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        // Numbers in a list are parted by commas, not by a semicolon.
        let is_number = !is_year
            && word.ends_with(|c: char| c.is_ascii_digit())
            && !before.ends_with([';', '；', '。']);
        if is_measured || is_number || COUNTED.contains(&word.to_lowercase().as_str()) {
            return false;
        }
        let is_name = word.starts_with(char::is_uppercase);
        is_behind_mark || is_year || is_name || bare.ends_with(is_closing)
    }
}

/// A character boundary [`REACH`] bytes or a little more before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.saturating_sub(REACH)).rev().find(|&k| text.is_char_boundary(k)).unwrap_or(0)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || superscript::number_at(c.encode_utf8(&mut [0; 4])).is_some()
}

/// Can a mark end before this character? Not before a letter, a stroke (1/2) or a decimal.
fn ends_number(c: char, after: &str, side: Side) -> bool {
    let second = after.chars().nth(1);
    match c {
        '.' | ',' => !second.is_some_and(|c| c.is_ascii_digit()),
        _ if side == Side::Zh && is_han(c) => {
            !matches!(c, '年' | '月' | '日' | '号' | '條' | '条')
        }
        _ => !c.is_alphanumeric() && !matches!(c, '/' | '-' | '–' | '%'),
    }
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
}
