//! The lines of a page as lists, tables and listings are told by them.

use std::collections::BTreeMap;

use super::font::Face;
use crate::numbering::label_at;
use crate::text::script::is_han;
use crate::types::{LabelUnit, Side};

/// Room from which on a blank parts two letters, in their size. Chosen between a tenth, by
/// which letters of a word are kerned, and the fifth of an em that a narrow blank takes.
pub(super) const BLANK: f32 = 0.15;

/// The least room between two columns, in the size of the letters.
pub(super) const GUTTER: f32 = 1.2;

/// Two lines begin at one place if they begin within this share of the size of their letters.
const LEVEL: f32 = 0.05;

/// A letter of a line that is no blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter<'a> {
    /// Which of the letters of the page it is.
    pub(super) at: usize,
    pub(super) text: &'a str,
    pub(super) face: Face,
    /// Where it stands, from the left.
    pub(super) x: f32,
    pub(super) size: f32,
    /// Its width, and the room between the letter before and it, in its size.
    pub(super) width: f32,
    pub(super) room: f32,
}

impl<'a> Letter<'a> {
    /// The letter, a blank before it where one parts it from the letter before.
    pub(super) fn with_blank(&self) -> [&'a str; 2] {
        [if self.room >= BLANK { " " } else { "" }, self.text]
    }

    /// Are all its characters of that kind?
    pub(super) fn is(&self, test: impl Fn(char) -> bool) -> bool {
        self.text.chars().all(test)
    }
}

/// A line of a page.
#[derive(Clone, Debug)]
pub(super) struct PrintedLine<'a> {
    /// Where it begins and ends, from the left, and the size of its letters.
    pub(super) x: f32,
    pub(super) end: f32,
    pub(super) size: f32,
    pub(super) letters: Vec<Letter<'a>>,
}

impl PrintedLine<'_> {
    /// Do both begin at one place?
    pub(super) fn is_level_with(&self, other: &Self) -> bool {
        is_level(self.x, other.x, self.size)
    }
}

/// Letters of headings are larger than those of running text by this factor.
const LARGE: f32 = 1.4;

/// A paragraph is set in one size: its lines differ by less than this factor, which letters of
/// two scripts do and signs of a smaller font.
const OTHER_SIZE: f32 = 1.15;

/// The fewest letters that tell the size of a line.
const FEWEST_SIZED: usize = 2;

/// Which lines are set larger or smaller than the line before.
pub(super) fn changes_size(lines: &[PrintedLine<'_>]) -> Vec<bool> {
    let size = |line: &PrintedLine<'_>| {
        let mut sizes: Vec<f32> = line.letters.iter().map(|letter| letter.size).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        sizes.get(sizes.len() / 2).copied().filter(|_| sizes.len() >= FEWEST_SIZED)
    };
    let sizes: Vec<Option<f32>> = lines.iter().map(size).collect();
    let changes = |k: usize| {
        let pair = k.checked_sub(1).and_then(|before| sizes[before].zip(sizes[k]));
        pair.is_some_and(|(old, new)| old.max(new) >= OTHER_SIZE * old.min(new))
    };
    (0..lines.len()).map(changes).collect()
}

/// Which lines go on with the heading whose number stands on the line before: `Chapter 3`,
/// `Rights`.
pub(super) fn headings_that_go_on(lines: &[PrintedLine<'_>]) -> Vec<bool> {
    let mut sizes: Vec<f32> =
        lines.iter().flat_map(|line| line.letters.iter().map(|_| line.size)).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let is_large = |line: &PrintedLine<'_>| line.size >= LARGE * usual;
    let is_number = |line: &PrintedLine<'_>| {
        let words: String = line.letters.iter().flat_map(Letter::with_blank).collect();
        let words = words.trim_start();
        let label = |side| label_at(side, words).filter(|&(_, len)| len == words.len());
        let label = label(Side::En).or_else(|| label(Side::Zh));
        label.is_some_and(|(label, _)| {
            matches!(
                label.unit,
                LabelUnit::Part | LabelUnit::Chapter | LabelUnit::Section
            )
        })
    };
    let goes_on = |k: usize| {
        let pair = k.checked_sub(1).map(|before| [&lines[before], &lines[k]]);
        pair.is_some_and(|pair| pair.into_iter().all(is_large) && is_number(pair[0]))
    };
    (0..lines.len()).map(goes_on).collect()
}

/// Are these one place, for letters of that size?
pub(super) fn is_level(x: f32, other: f32, size: f32) -> bool {
    (x - other).abs() <= LEVEL * size
}

/// The fonts that running text is set in: one for Han, one for all other letters. A line in
/// letters of one width is a listing and no running text.
pub(super) fn body_faces(
    lines: &[PrintedLine<'_>],
    is_listing: &[bool],
) -> [Option<Face>; 2] {
    let mut counts: [BTreeMap<Face, usize>; 2] = Default::default();
    for (line, _) in lines.iter().zip(is_listing).filter(|&(_, is_listing)| !is_listing) {
        for letter in line.letters.iter().filter(|letter| letter.is(char::is_alphabetic))
        {
            *counts[usize::from(letter.is(is_han))].entry(letter.face).or_default() += 1;
        }
    }
    counts.map(|counts| counts.into_iter().max_by_key(|&(_, n)| n).map(|(face, _)| face))
}

/// The fewest letters of a font that tell that all are of one width: two that are alike stand
/// in any font, so many do not.
const FEWEST_LETTERS: u32 = 6;

/// Widths are the same if they differ by less than this share of the size.
const SAME_WIDTH: f32 = 0.01;

/// Which lines are set as code is: in Latin letters of one width, on a page that has letters
/// of many widths as well.
pub(super) fn monospaced(lines: &[PrintedLine<'_>]) -> Vec<bool> {
    // For each font, its letters seen, as bits, and their width while it is one.
    let mut fonts: BTreeMap<Face, (u128, Option<f32>)> = BTreeMap::new();
    let all = || lines.iter().flat_map(|line| &line.letters);
    for letter in all().filter(|letter| letter.is(|c| c.is_ascii_graphic())) {
        let (seen, width) = fonts.entry(letter.face).or_insert((0, Some(letter.width)));
        // Digits are of one width in most fonts.
        let letters = letter.text.bytes().filter(|byte| !byte.is_ascii_digit());
        letters.for_each(|byte| *seen |= 1 << byte);
        *width = width.filter(|width| (width - letter.width).abs() < SAME_WIDTH);
    }
    let is_fixed = |face: &Face| {
        fonts.get(face).is_some_and(|&(seen, width)| {
            width.is_some() && seen.count_ones() >= FEWEST_LETTERS
        })
    };
    if fonts.keys().all(is_fixed) {
        return vec![false; lines.len()];
    }
    let is_set = |letter: &Letter<'_>| is_fixed(&letter.face) || letter.is(is_frame);
    let is_all_set = |line: &PrintedLine<'_>| {
        line.letters.iter().all(is_set) && line.letters.iter().any(|l| is_fixed(&l.face))
    };
    let opens_set = |line: &PrintedLine<'_>| line.letters.first().is_some_and(is_set);
    let mut is_listing: Vec<bool> = lines.iter().map(is_all_set).collect();
    // Remarks in a listing may be in another script, whose letters are in another font.
    for k in 1..lines.len().saturating_sub(1) {
        let is_inside = is_listing[k - 1] && opens_set(&lines[k + 1]);
        is_listing[k] |= is_inside && opens_set(&lines[k]);
    }
    is_listing
}

/// Is this a stroke of the frames and trees that programs draw?
fn is_frame(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{257F}') // Box Drawing
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Runs of a line: the font by its number, the room before it, its text.
    type Run<'a> = (u32, f32, &'a str);

    /// A line of letters of size 10, each half as wide as high or, in fonts under 10, of widths
    /// of their own.
    pub(in super::super) fn line<'a>(x: f32, runs: &[Run<'a>]) -> PrintedLine<'a> {
        let (mut letters, mut end) = (Vec::new(), x);
        for &(face, room, text) in runs {
            let mut room = room;
            for (at, letter) in text.char_indices() {
                let text = &text[at..at + letter.len_utf8()];
                let own = (u32::from(letter) % 7) as f32 / 50.0;
                let width = if face < 10 { 0.4 + own } else { 0.5 };
                let x = end + 10.0 * room;
                if letter == ' ' {
                    room += 0.25;
                    continue;
                }
                let face = Face::numbered(face);
                letters.push(Letter { at, text, face, x, size: 10.0, width, room });
                (end, room) = (x + 10.0 * width, 0.0);
            }
        }
        PrintedLine { x, end, size: 10.0, letters }
    }

    #[test]
    fn letters_of_one_width_tell_a_listing_on_a_page_that_has_others() {
        let code = [
            line(50.0, &[(10, 0.0, "$ make install-keys")]),
            line(50.0, &[(10, 0.0, "# "), (2, 0.0, "钥匙")]),
            line(60.0, &[(10, 0.0, "vault.key")]),
        ];
        let prose =
            line(50.0, &[(1, 0.0, "Run "), (10, 0.0, "make"), (1, 0.0, " first.")]);
        let lines = [&[prose][..], &code].concat();
        assert_eq!(monospaced(&lines), [false, true, true, true]);
        // A typewritten page is no listing.
        assert_eq!(monospaced(&[code[0].clone(), code[2].clone()]), [false, false]);
    }

    #[test]
    fn a_list_of_commands_between_chinese_words_is_no_listing() {
        let lines = [
            line(50.0, &[(2, 0.0, "– 运行"), (10, 0.3, "make install")]),
            line(50.0, &[(2, 0.0, "– 查看"), (10, 0.3, "cat vault.key")]),
        ];
        assert_eq!(monospaced(&lines), [false, false]);
    }

    #[test]
    fn the_title_behind_a_number_of_a_chapter_goes_on() {
        let large = |text| PrintedLine { size: 20.0, ..line(50.0, &[(1, 0.0, text)]) };
        let lines = [
            large("Chapter 3"),
            large("The vault"),
            line(50.0, &[(1, 0.0, "The vault stands under the tower.")]),
            large("Keys"),
            large("Lamps"),
        ];
        assert_eq!(headings_that_go_on(&lines), [false, true, false, false, false]);
    }
}
