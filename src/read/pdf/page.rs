//! The letters of a page put into lines, in the order in which they were drawn.
//!
//! What only the place and size of a letter tell is written into the text: a line end, a
//! blank, a small high number (`公约¹`), which is the mark of a note and no part of a number.
//! Columns that were drawn line by line across the page are put one behind the other.

use std::collections::BTreeSet;
use std::ops::Range;

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

use crate::text::superscript::{self, MOST_DIGITS};

/// A letter is raised and small if it is of at most this share of the size of its neighbour.
/// Browsers set 0.83 (HTML, rendering, `sup { font-size: smaller }`), word processors less.
const SMALL: f32 = 0.86;

/// By which share of the neighbour's size a raised letter stands above its line.
const RAISED: Range<f32> = 0.1..0.8;

/// Room between two letters from which on a blank parts them, by their size. Chosen between a
/// tenth, from which `pdf-extract` itself puts one, and the fifth of an em that a narrow blank
/// takes.
const BLANK: f32 = 0.15;

/// The body of a note is set at most in this share of the usual size.
const NOTE_SIZE: f32 = 0.95;

/// Two columns are told by at least so many lines of each side by side.
const FEWEST_ROWS: usize = 8;

/// The least room between two columns, by the size of the letters.
const GUTTER: f32 = 1.2;

/// In columns of text, at least this share of the lines runs up to the end of its column;
/// the cells of a table seldom do.
const FULL: f32 = 0.6;

/// A letter, or what stands for one.
#[derive(Clone, Copy, Debug)]
struct Glyph {
    /// Where its text begins in that of the page.
    at: usize,
    /// Where it stands, from the left and from below.
    x: f32,
    y: f32,
    /// How far the next one stands from it.
    width: f32,
    size: f32,
    /// Does a piece of text that is drawn at once begin with it?
    opens: bool,
}

impl Glyph {
    fn end(&self) -> f32 {
        self.x + self.width
    }
}

/// What is drawn on a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
    glyphs: Vec<Glyph>,
    opens: bool,
}

/// Letters on one line, from one line end to the next.
#[derive(Clone, Debug)]
struct Line {
    glyphs: Range<usize>,
    /// How many line ends stand before it.
    breaks: usize,
}

impl Page {
    /// The text of the page.
    pub(super) fn text(&self) -> String {
        let mut raised = self.raised();
        let lines = self.lines(&raised);
        self.raise_notes(&lines, &mut raised);
        let mut out = String::with_capacity(self.text.len() + self.text.len() / 8);
        for line in self.in_reading_order(lines) {
            out.extend(std::iter::repeat_n('\n', line.breaks));
            self.write(&line, &raised, &mut out);
        }
        out
    }

    fn text_of(&self, k: usize) -> &str {
        let end = self.glyphs.get(k + 1).map_or(self.text.len(), |next| next.at);
        &self.text[self.glyphs[k].at..end]
    }

    fn digit(&self, k: usize) -> Option<u32> {
        match self.text_of(k).as_bytes() {
            [digit @ b'0'..=b'9'] => Some(u32::from(digit - b'0')),
            _ => None,
        }
    }

    /// The runs of digits that stand small and high beside a letter, digit by digit.
    fn raised(&self) -> Vec<bool> {
        let mut raised = vec![false; self.glyphs.len()];
        let mut k = 0;
        while k < self.glyphs.len() {
            let run = self.run_of_digits(k);
            let before = run.start.checked_sub(1).map(|k| &self.glyphs[k]);
            let after = self.glyphs.get(run.end);
            let is_raised = !run.is_empty()
                && run.len() <= MOST_DIGITS
                && (before.is_some_and(|before| self.is_above(&run, before))
                    || after.is_some_and(|after| self.is_above(&run, after)));
            raised[run.clone()].fill(is_raised);
            k = run.end.max(k + 1);
        }
        raised
    }

    /// The digits of one size and height from `from` on.
    fn run_of_digits(&self, from: usize) -> Range<usize> {
        let first = self.glyphs[from];
        let is_next = |&k: &usize| {
            let glyph = self.glyphs[k];
            self.digit(k).is_some()
                && (glyph.size - first.size).abs() < 0.01 * first.size
                && (glyph.y - first.y).abs() < 0.01 * first.size
        };
        from..from + (from..self.glyphs.len()).take_while(is_next).count()
    }

    fn is_above(&self, run: &Range<usize>, neighbour: &Glyph) -> bool {
        let (first, last) = (&self.glyphs[run.start], &self.glyphs[run.end - 1]);
        let by = (first.y - neighbour.y) / neighbour.size;
        let apart =
            (first.x - neighbour.end()).abs().min((neighbour.x - last.end()).abs());
        first.size <= SMALL * neighbour.size
            && RAISED.contains(&by)
            && apart <= neighbour.size
    }

    /// Where lines end, by the place of each letter behind the one before.
    fn lines(&self, raised: &[bool]) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for (k, glyph) in self.glyphs.iter().enumerate() {
            let breaks = match k.checked_sub(1) {
                Some(before) => self.breaks(before, k, raised),
                None => 0,
            };
            match lines.last_mut() {
                Some(line) if breaks == 0 => line.glyphs.end = k + 1,
                _ => lines.push(Line { glyphs: k..k + 1, breaks }),
            }
            debug_assert!(glyph.at <= self.text.len());
        }
        lines
    }

    /// How many line ends stand between two letters: two where a blank line does.
    fn breaks(&self, before: usize, k: usize, raised: &[bool]) -> usize {
        let (old, new) = (&self.glyphs[before], &self.glyphs[k]);
        let size = match raised[before] != raised[k] {
            true => old.size.max(new.size),
            false => new.size,
        };
        let by = (new.y - old.y).abs();
        if !new.opens {
            return 0;
        }
        usize::from(by > 1.5 * size) + usize::from(new.x < old.end() && by > 0.5 * size)
    }

    /// Makes the number raised that opens the body of a note at the foot of the page, where
    /// the mark is.
    fn raise_notes(&self, lines: &[Line], raised: &mut [bool]) {
        let marks: BTreeSet<u32> = (0..self.glyphs.len())
            .filter(|&k| raised[k] && (k == 0 || !raised[k - 1]))
            .map(|k| self.number(&self.run_of_digits(k)))
            .collect();
        if marks.is_empty() {
            return;
        }
        let usual = self.usual_size();
        for line in lines {
            let mut from = line.glyphs.start;
            while from + 1 < line.glyphs.end && self.text_of(from).trim().is_empty() {
                from += 1;
            }
            let run = self.run_of_digits(from);
            let is_small = self.glyphs[from].size <= NOTE_SIZE * usual;
            let is_inside = run.end < line.glyphs.end && run.len() <= MOST_DIGITS;
            if is_small
                && is_inside
                && !run.is_empty()
                && marks.contains(&self.number(&run))
            {
                raised[run].fill(true);
            }
        }
    }

    fn number(&self, run: &Range<usize>) -> u32 {
        let digits = run.clone().take(MOST_DIGITS).filter_map(|k| self.digit(k));
        digits.fold(0, |number, digit| 10 * number + digit)
    }

    /// The size that half of the letters do not reach.
    fn usual_size(&self) -> f32 {
        let mut sizes: Vec<f32> = self.glyphs.iter().map(|glyph| glyph.size).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
    }

    fn write(&self, line: &Line, raised: &[bool], out: &mut String) {
        for k in line.glyphs.clone() {
            let glyph = &self.glyphs[k];
            let digit = self.digit(k).filter(|_| raised[k]);
            if k > line.glyphs.start && glyph.opens {
                let before = &self.glyphs[k - 1];
                let is_apart = glyph.x > before.end() + BLANK * glyph.size;
                if is_apart && digit.is_none() {
                    out.push(' ');
                }
            }
            match digit {
                Some(digit) => out.push(superscript::digit(digit)),
                None => out.push_str(self.text_of(k)),
            }
        }
    }

    /// The lines as they were drawn, but where columns were drawn across, first all of the
    /// left column, then all of the right.
    fn in_reading_order(&self, lines: Vec<Line>) -> Vec<Line> {
        let Some(gutter) = self.gutter(&lines) else { return lines };
        let (mut out, mut right) = (Vec::with_capacity(lines.len()), Vec::new());
        for line in lines {
            let cut = line.glyphs.clone().find(|&k| self.glyphs[k].x > gutter);
            let begins = self.glyphs[line.glyphs.start].x;
            let ends = line.glyphs.clone().map(|k| self.glyphs[k].end());
            match cut {
                Some(cut) if cut > line.glyphs.start && self.is_gap(cut, gutter) => {
                    right.push(Line { glyphs: cut..line.glyphs.end, breaks: 1 });
                    out.push(Line { glyphs: line.glyphs.start..cut, ..line });
                }
                _ if begins > gutter => right.push(line),
                _ if ends.fold(0.0, f32::max) > gutter => {
                    // A line over both columns: what stands above it is read first.
                    out.append(&mut right);
                    out.push(line);
                }
                _ => out.push(line),
            }
        }
        out.append(&mut right);
        out.iter_mut().skip(1).for_each(|line| line.breaks = line.breaks.max(1));
        out
    }

    /// Does the room between two columns lie before this letter?
    fn is_gap(&self, k: usize, gutter: f32) -> bool {
        let (before, glyph) = (&self.glyphs[k - 1], &self.glyphs[k]);
        before.end() <= gutter && glyph.x - before.end() >= GUTTER * glyph.size
    }

    /// Where the room between two columns lies, if the lines were drawn across it: it must
    /// part many lines at one place, and both columns must be full of text.
    fn gutter(&self, lines: &[Line]) -> Option<f32> {
        let mut gaps: Vec<(f32, f32, f32, f32)> = Vec::new();
        for line in lines {
            let inside = line.glyphs.start + 1..line.glyphs.end;
            let apart = |&k: &usize| {
                let (before, glyph) = (&self.glyphs[k - 1], &self.glyphs[k]);
                (before.y - glyph.y).abs() < 0.3 * glyph.size
                    && glyph.x - before.end() >= GUTTER * glyph.size
            };
            let mut found = inside.filter(apart);
            if let (Some(k), None) = (found.next(), found.next()) {
                let last = &self.glyphs[line.glyphs.end - 1];
                let (from, to) = (self.glyphs[k - 1].end(), self.glyphs[k].x);
                gaps.push((from, to, last.end(), self.glyphs[k].size));
            }
        }
        if gaps.len() < FEWEST_ROWS || 2 * gaps.len() < lines.len() {
            return None;
        }
        let start = gaps.iter().map(|gap| gap.1).fold(f32::MAX, f32::min);
        let left = gaps.iter().map(|gap| gap.0).fold(0.0, f32::max);
        let right = gaps.iter().map(|gap| gap.2).fold(0.0, f32::max);
        let near = |end: f32, edge: f32, size: f32| edge - end <= 3.0 * size;
        let full = gaps
            .iter()
            .filter(|gap| near(gap.0, left, gap.3) && near(gap.2, right, gap.3))
            .count();
        let is_text = full as f32 >= FULL * gaps.len() as f32;
        (left < start && is_text).then_some(f32::midpoint(left, start))
    }
}

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        _number: u32,
        _media_box: &MediaBox,
        _art_box: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        // The side of the square that is as large as the letter.
        let (wide, high) =
            (font_size * (place.m11 + place.m21), font_size * (place.m12 + place.m22));
        let size = (wide * high).abs().sqrt();
        // The letters of a line may be condensed, or set apart.
        let advance = (width * font_size + spacing) * place.m11.hypot(place.m12);
        let finite = |value: f64| if value.is_finite() { value as f32 } else { 0.0 };
        self.glyphs.push(Glyph {
            at: self.text.len(),
            x: finite(place.m31),
            y: finite(place.m32),
            width: finite(advance),
            size: finite(size),
            opens: std::mem::take(&mut self.opens),
        });
        self.text.push_str(text);
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.opens = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with these pieces of text: place, size, text; each letter half as wide as high.
    fn page(pieces: &[(f32, f32, f32, &str)]) -> String {
        let mut page = Page::default();
        for &(x, y, size, text) in pieces {
            for (k, c) in text.chars().enumerate() {
                let at = page.text.len();
                let width = 0.5 * size;
                let x = x + k as f32 * width;
                page.glyphs.push(Glyph { at, x, y, width, size, opens: k == 0 });
                page.text.push(c);
            }
        }
        page.text()
    }

    #[test]
    fn lines_end_where_the_next_letter_stands_lower() {
        let text = page(&[
            (50.0, 700.0, 10.0, "one"),
            (70.0, 700.0, 10.0, "two"),
            (50.0, 688.0, 10.0, "three"),
        ]);
        assert_eq!(text, "one two\nthree");
    }

    #[test]
    fn a_small_high_number_is_the_mark_of_a_note() {
        let text = page(&[
            (50.0, 700.0, 10.0, "treaty"),
            (80.0, 704.0, 6.0, "12"),
            (86.0, 700.0, 10.0, " of 1999 in the third part"),
            (50.0, 100.0, 8.0, "12"),
            (62.0, 100.0, 8.0, "Ibid."),
        ]);
        assert_eq!(text, "treaty¹² of 1999 in the third part\n\n¹² Ibid.");
    }

    #[test]
    fn a_number_in_its_line_is_none() {
        let text = page(&[(50.0, 700.0, 10.0, "item 3"), (80.0, 700.0, 6.0, "4")]);
        assert_eq!(text, "item 34");
    }

    /// Lines of two columns drawn across the page.
    fn across(left: &str, right: &str) -> String {
        let mut pieces =
            vec![(50.0, 760.0, 10.0, "a title that runs over both of the columns of it")];
        for row in 0..10_u8 {
            let y = 740.0 - 12.0 * f32::from(row);
            pieces.push((50.0, y, 10.0, left));
            pieces.push((180.0, y, 10.0, right));
        }
        page(&pieces)
    }

    #[test]
    fn columns_drawn_across_are_put_one_behind_the_other() {
        let text = across("left is full of text", "right is full as well");
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert!(lines[0].starts_with("a title") && lines.len() == 21, "{text}");
        assert!(lines[1..11].iter().all(|line| line.starts_with("left")), "{text}");
        assert!(lines[11..].iter().all(|line| line.starts_with("right")), "{text}");
    }

    #[test]
    fn a_page_of_nothing_has_no_text() {
        assert_eq!(Page::default().text(), "");
    }
}
