//! Paragraphs that are told by the indent of their first line, as books set them.
//!
//! An indent tells a paragraph if lines that begin with it are followed by lines that do not,
//! and stand behind what ends a paragraph; where an item hangs from its number it is the other
//! way round. A book keeps to one indent, so what earlier pages showed holds for later ones,
//! which may have only a few lines between listings.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::printed::{PrintedLine, is_level};

/// How deep the indent of a first line is, in the size of its letters.
const DEEP: RangeInclusive<f32> = 0.8..=3.2;

/// A line is full if less room is left at its end, in the size of its letters.
const FULL_TO: f32 = 2.0;

/// So many first lines tell the indent, and so many times as many as speak against it.
const FEWEST: usize = 3;
const TIMES: usize = 10;

/// What the pages of a file show of each indent, in twentieths of the size of the letters.
#[derive(Debug, Default)]
pub(super) struct Indents {
    seen: BTreeMap<i32, Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    n_for: usize,
    n_against: usize,
}

impl Indents {
    /// For each line, whether a paragraph begins with it.
    pub(super) fn begins(
        &mut self,
        lines: &[PrintedLine<'_>],
        is_listing: &[bool],
    ) -> Vec<bool> {
        let Some(page) = Edges::of(lines) else { return vec![false; lines.len()] };
        let indents: Vec<Option<i32>> = lines
            .iter()
            .zip(is_listing)
            .map(|(line, &is_listing)| {
                page.indent(line).filter(|_| !is_listing && !is_entry(line))
            })
            .collect();
        for (k, indent) in indents.iter().enumerate() {
            if let Some(indent) = indent {
                self.seen.entry(*indent).or_default().add(&page, lines, k);
            }
        }
        let tells = |indent: Option<i32>| {
            let seen = indent.and_then(|indent| self.seen.get(&indent));
            seen.is_some_and(|seen| {
                seen.n_for >= FEWEST && seen.n_for >= TIMES * seen.n_against
            })
        };
        indents.into_iter().map(tells).collect()
    }
}

impl Seen {
    fn add(&mut self, page: &Edges, lines: &[PrintedLine<'_>], k: usize) {
        let line = &lines[k];
        let (before, next) = (k.checked_sub(1).map(|k| &lines[k]), lines.get(k + 1));
        let is_behind_end = before.is_none_or(|before| page.ends_paragraph(before));
        let is_full = page.is_full(line);
        let returns = next.is_some_and(|next| page.is_left(next));
        let stays = next.is_some_and(|next| line.is_level_with(next));
        self.n_for += usize::from(is_behind_end && is_full && returns);
        self.n_against += usize::from(!is_behind_end || is_full && stays);
    }
}

/// The fewest dots that lead from an entry of a contents to its page.
const LEADER: usize = 8;

/// Is this an entry of a contents, whose indent tells how deep it stands?
fn is_entry(line: &PrintedLine<'_>) -> bool {
    line.letters.iter().filter(|letter| letter.text == ".").count() >= LEADER
}

/// Where the text of a page begins and ends.
struct Edges {
    left: f32,
    right: f32,
}

impl Edges {
    /// Text begins where two lines or more do.
    fn of(lines: &[PrintedLine<'_>]) -> Option<Self> {
        let mut starts: Vec<f32> = lines.iter().map(|line| line.x).collect();
        starts.sort_by(f32::total_cmp);
        let size = lines.first()?.size;
        let left = starts.windows(2).find(|pair| is_level(pair[0], pair[1], size))?[0];
        let right = lines.iter().map(|line| line.end).fold(left, f32::max);
        Some(Self { left, right })
    }

    fn is_left(&self, line: &PrintedLine<'_>) -> bool {
        is_level(self.left, line.x, line.size)
    }

    fn is_full(&self, line: &PrintedLine<'_>) -> bool {
        self.right - line.end < FULL_TO * line.size
    }

    /// Is the line short, or does a sentence end with it?
    fn ends_paragraph(&self, line: &PrintedLine<'_>) -> bool {
        const ENDS: &str = "。！？；：.!?;:”’」』)）";
        let last = line.letters.last().map(|letter| letter.text);
        !self.is_full(line) || last.is_some_and(|last| ENDS.contains(last))
    }

    fn indent(&self, line: &PrintedLine<'_>) -> Option<i32> {
        let indent = (line.x - self.left) / line.size;
        DEEP.contains(&indent).then(|| (20.0 * indent).round() as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::super::printed::tests::line;
    use super::*;

    const FULL: &str =
        "The registrar keeps the deeds in the vault under the tower and shows";

    fn begins(indents: &mut Indents, lines: &[(f32, &str)]) -> Vec<bool> {
        let lines: Vec<_> =
            lines.iter().map(|&(x, text)| line(x, &[(11, 0.0, text)])).collect();
        indents.begins(&lines, &vec![false; lines.len()])
    }

    #[test]
    fn the_indent_of_first_lines_tells_paragraphs_on_later_pages_too() {
        let mut indents = Indents::default();
        let first = [(65.0, FULL), (50.0, "them to all.")];
        begins(&mut indents, &[first, first, first].concat());
        let short =
            [(50.0, "Keys"), (50.0, "of the vault."), (65.0, "One."), (65.0, "Two.")];
        assert_eq!(begins(&mut indents, &short), [false, false, true, true]);
    }

    #[test]
    fn an_item_that_hangs_from_its_number_is_one_paragraph() {
        let mut indents = Indents::default();
        let item = [
            (50.0, "1. The registrar keeps the deeds in the vault under the tower"),
            (65.0, "and shows them to all who ask for it on the first day of the month"),
            (65.0, "but on feasts."),
        ];
        let found = begins(&mut indents, &[item, item, item].concat());
        assert!(!found.contains(&true), "{found:?}");
    }
}
