//! The letters of a page put into lines, in the order in which they were drawn.
//!
//! What only the place and size of a letter tell is written into the text: a line end, a
//! blank, a small high number (`公约¹`), which is the mark of a note and no part of a number.
//! Columns that were drawn line by line across the page are put one behind the other.

use std::collections::BTreeSet;
use std::ops::Range;

use super::content::{Drawn, DrawnGlyph, Layer};
use super::definitions;
use super::directions::{self, Placed};
use super::font::Face;
use super::indents::Indents;
use super::overprint;
use super::printed::{self, BLANK, GUTTER, Letter, PrintedLine};
use super::rows;
use crate::text::script::{is_han, is_wide_mark};
use crate::text::superscript::{self, MOST_DIGITS};
use crate::text::{LINE_SEPARATOR, LINE_TABULATION, PARAGRAPH_SEPARATOR};

/// A letter is raised and small if it is of at most this share of the size of its neighbour.
/// Browsers set 0.83 (HTML, rendering, `sup { font-size: smaller }`), word processors less.
const SMALL: f32 = 0.86;

/// By which share of the neighbour's size a raised letter stands above its line.
const RAISED: Range<f32> = 0.1..0.8;

/// Letters may stand over their neighbours by this share of their size.
const OVERLAP: f32 = 0.3;

/// Lines stand apart if they are further from one another than so many times the size of their
/// letters, and than so many times the usual step from a full line to the next.
const APART: f32 = 1.5;
const APART_BY_STEP: f32 = 1.2;

/// A line is full if less room is left at its end than so many times the size of its letters.
const FULL_TO: f32 = 3.0;

/// The fewest full lines that tell the usual step.
const FEWEST_FULL: usize = 3;

/// The body of a note is set at most in this share of the usual size.
const NOTE_SIZE: f32 = 0.95;

/// Two columns are told by at least so many lines of each side by side.
const FEWEST_ROWS: usize = 8;

/// In columns of text, at least this share of the lines runs up to the end of its column;
/// the cells of a table seldom do.
const FULL: f32 = 0.6;

/// What opens an item of a list is at most so many letters long, and stands at most so far
/// before it, in the size of its letters; a field stands at most so far from its label.
const LONGEST_MARK: usize = 6;
const MARK_APART: f32 = 6.0;
const FIELD_APART: f32 = 30.0;

/// What stands beside a line is at most so much higher or lower, in the size of its letters.
const BESIDE: f32 = 0.5;

/// The next line of a cell stands so much lower, in the size of its letters, and a row of two
/// cells is one of a table if the second begins behind this share of the width.
const NEXT_LINE: Range<f32> = 0.8..1.7;
const RIGHT_PART: f32 = 0.4;

/// The most rows at one height that are looked at.
const MOST_LEVEL: usize = 64;

/// A letter, or what stands for one.
#[derive(Clone, Copy, Debug)]
struct Glyph {
    /// Where its text begins in that of the page, and how long it is, in bytes.
    at: usize,
    len: u16,
    /// Where it stands, from the left and from below.
    x: f32,
    y: f32,
    /// How far the next one stands from it.
    width: f32,
    size: f32,
    face: Face,
    /// Does a piece of text that is drawn at once begin with it?
    opens: bool,
    layer: Layer,
}

impl Glyph {
    fn end(&self) -> f32 {
        self.x + self.width
    }
}

/// The letters of a page that run in one direction, as they stand once it is turned so that
/// they run from left to right.
#[derive(Debug, Default)]
struct Page<'a> {
    text: &'a str,
    glyphs: Vec<Glyph>,
}

/// Letters on one line, from one line end to the next.
#[derive(Clone, Debug)]
struct Line {
    glyphs: Range<usize>,
    /// How many line ends stand before it.
    breaks: usize,
    opening: Opening,
}

/// What begins with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// What its text tells.
    Line,
    /// Surely a paragraph.
    Paragraph,
    /// The rest of a heading.
    Rest,
    /// A line of a listing.
    Listing,
}

impl Opening {
    /// What is written before the line.
    fn mark(self) -> Option<char> {
        match self {
            Self::Line => None,
            Self::Rest => Some(LINE_TABULATION),
            Self::Paragraph => Some(PARAGRAPH_SEPARATOR),
            Self::Listing => Some(LINE_SEPARATOR),
        }
    }
}

/// Letters drawn one after the other at one height.
#[derive(Debug)]
struct Row {
    glyphs: Range<usize>,
    x: f32,
    end: f32,
    y: f32,
    size: f32,
    is_field: bool,
    /// May it belong beside another row, wherever it was drawn?
    is_out: bool,
}

/// The row that a mark or a field stands beside.
fn line_of(row: &Row, rows: &[Row], by_height: &[usize]) -> Option<usize> {
    let reach = BESIDE * row.size;
    let from = by_height.partition_point(|&k| rows[k].y < row.y - reach);
    let level = by_height[from..].iter().take_while(|&&k| rows[k].y <= row.y + reach);
    let apart = |k: usize| match row.is_field {
        true => (row.x - rows[k].end).max(rows[k].x - row.end).max(0.0),
        false if rows[k].x >= row.x => (rows[k].x - row.end).max(0.0),
        false => f32::INFINITY,
    };
    let nearest = level
        .take(MOST_LEVEL)
        .map(|&k| (apart(k), k))
        .min_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let farthest = if row.is_field { FIELD_APART } else { MARK_APART } * row.size;
    nearest.filter(|&(apart, _)| apart <= farthest).map(|(_, k)| k)
}

/// Is this what opens an item of a list: a bullet, or a number with its mark?
fn is_mark(text: &str) -> bool {
    const BULLETS: &str = "•●○◦▪▫■□◆◇➢➤▶‣⁃·–—-*✓✔";
    let mut chars = text.chars();
    let (first, last) = (chars.next(), text.chars().last());
    let is_bullet = |c: char| BULLETS.contains(c) || matches!(c, '\u{E000}'..='\u{F8FF}');
    match (first, last) {
        (Some(first), _) if chars.next().is_none() => is_bullet(first),
        (Some(first), Some('.' | ')' | '）' | '、' | '．')) => {
            first.is_alphanumeric() || matches!(first, '(' | '（')
        }
        _ => false,
    }
}

/// A page in lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Laid {
    /// Its text.
    pub(super) text: String,
    /// What the file itself calls head or foot.
    pub(super) pagination: String,
    /// What stands on a layer that is not shown.
    pub(super) hidden: String,
    /// What is printed a second time to look bold.
    pub(super) overprint: String,
}

/// Puts what is drawn on a page into lines.
pub(super) fn lay_out(drawn: &Drawn, indents: &mut Indents) -> Laid {
    let (hidden, shown): (Vec<DrawnGlyph>, Vec<DrawnGlyph>) =
        drawn.glyphs.iter().partition(|glyph| glyph.layer == Layer::Hidden);
    let (mut once, overprint) = overprint::without_copies(drawn, &shown);
    // Letters without a character are counted elsewhere.
    once.retain(|glyph| glyph.len > 0);
    let is_pagination = |glyph: &DrawnGlyph| glyph.layer == Layer::Pagination;
    let n_pagination = once.iter().filter(|glyph| is_pagination(glyph)).count();
    // Where more than half of the text claims to be heads and feet, it is the text.
    let (heads, text) = match 2 * n_pagination > once.len() {
        true => (Vec::new(), once),
        false => once.into_iter().partition(is_pagination),
    };
    let mut text_of = |glyphs| {
        let text_of = |turned: &[Placed<'_>]| self::text(&drawn.text, turned, indents);
        directions::apart(glyphs, text_of).join("\n\n")
    };
    let hidden = hidden.into_iter().filter(|glyph| glyph.len > 0).collect();
    Laid {
        text: text_of(text),
        pagination: text_of(heads),
        hidden: text_of(hidden),
        overprint,
    }
}

/// The cells of a row of a table, as they are drawn.
struct Cells {
    n: usize,
    /// Where the last of them begins.
    last: f32,
    /// Where the right part of the page begins.
    right: f32,
}

impl Cells {
    /// Takes note of a letter in the row.
    fn add(&mut self, before: Option<&Glyph>, glyph: &Glyph) {
        let room = before.map_or(0.0, |before| glyph.x - before.end());
        if room >= GUTTER * glyph.size {
            self.n += 1;
            self.last = glyph.x;
        }
    }

    /// Does the last cell go on in the next line? A text that hangs from its number begins
    /// further left, and its lines are left to the rules for lines.
    fn goes_on(&self, before: &Glyph, glyph: &Glyph) -> bool {
        let by = (before.y - glyph.y) / glyph.size;
        let is_table = self.n > 2 || self.n == 2 && self.last >= self.right;
        is_table
            && NEXT_LINE.contains(&by)
            && (glyph.x - self.last).abs() <= 0.3 * glyph.size
    }
}

/// The text of letters that run from left to right.
fn text(text: &str, glyphs: &[Placed<'_>], indents: &mut Indents) -> String {
    let glyphs = glyphs.iter().map(|&Placed { x, y, glyph }| Glyph {
        at: glyph.at,
        len: glyph.len,
        x: x as f32,
        y: y as f32,
        width: glyph.dx.hypot(glyph.dy) as f32,
        size: glyph.size as f32,
        face: glyph.face,
        opens: glyph.opens,
        layer: glyph.layer,
    });
    Page { text, glyphs: glyphs.collect() }.text(indents)
}

impl<'a> Page<'a> {
    /// The text of the page.
    fn text(mut self, indents: &mut Indents) -> String {
        self.settle();
        self.sort_lines();
        let mut raised = self.raised();
        let mut lines = self.lines(&raised);
        self.part_paragraphs(&mut lines, &raised);
        self.raise_notes(&lines, &mut raised);
        let lines = self.part_structures(lines, indents);
        let mut out = String::with_capacity(self.text.len() + self.text.len() / 8);
        for line in self.in_reading_order(lines) {
            out.extend(std::iter::repeat_n('\n', line.breaks));
            out.extend(line.opening.mark());
            self.write(&line, &raised, &mut out);
        }
        out
    }

    fn text_of(&self, k: usize) -> &'a str {
        let Glyph { at, len, .. } = self.glyphs[k];
        &self.text[at..at + usize::from(len)]
    }

    /// Puts what was drawn out of turn beside the line that it stands in: the marks of a list,
    /// which browsers draw before or after its items, and the values of fields.
    fn settle(&mut self) {
        let rows = self.rows();
        let mut by_height: Vec<usize> =
            (0..rows.len()).filter(|&k| !rows[k].is_out).collect();
        by_height.sort_by(|&one, &other| rows[one].y.total_cmp(&rows[other].y));
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
        let mut after = before.clone();
        let mut moved = vec![false; rows.len()];
        for (k, row) in rows.iter().enumerate().filter(|(_, row)| row.is_out) {
            let Some(line) = line_of(row, &rows, &by_height) else { continue };
            moved[k] = true;
            let beside = if row.x < rows[line].x { &mut before } else { &mut after };
            beside[line].push(k);
        }
        if !moved.contains(&true) {
            return;
        }
        let order = (0..rows.len()).filter(|&k| !moved[k]).flat_map(|k| {
            before[k].iter().copied().chain([k]).chain(after[k].iter().copied())
        });
        let glyphs =
            order.flat_map(|k| self.glyphs[rows[k].glyphs.clone()].iter().copied());
        self.glyphs = glyphs.collect();
    }

    /// The letters drawn one after the other at one height.
    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut start = 0;
        for k in 1..=self.glyphs.len() {
            let goes_on = self.glyphs.get(k).is_some_and(|glyph| {
                let before = &self.glyphs[k - 1];
                let is_beside =
                    (glyph.y - before.y).abs() <= 0.5 * glyph.size.max(before.size);
                glyph.layer == before.layer && (is_beside || !glyph.opens)
            });
            if !goes_on {
                rows.push(self.row(start..k));
                start = k;
            }
        }
        rows
    }

    fn row(&self, glyphs: Range<usize>) -> Row {
        let first = &self.glyphs[glyphs.start];
        let (mut x, mut end) = (first.x, first.end());
        for glyph in &self.glyphs[glyphs.clone()] {
            (x, end) = (x.min(glyph.x), end.max(glyph.end()));
        }
        let is_short = glyphs.len() <= LONGEST_MARK;
        let text = || glyphs.clone().map(|k| self.text_of(k)).collect::<String>();
        let is_field = first.layer == Layer::Field;
        let is_out = is_field || is_short && is_mark(text().trim());
        Row { x, end, y: first.y, size: first.size, is_field, is_out, glyphs }
    }

    /// Puts the letters of each line in order from left to right.
    fn sort_lines(&mut self) {
        let mut start = 0;
        while start < self.glyphs.len() {
            let first = self.glyphs[start];
            let is_beside = |glyph: &&Glyph| {
                (glyph.y - first.y).abs() <= 0.5 * first.size.max(glyph.size)
            };
            let n = self.glyphs[start..].iter().take_while(is_beside).count().max(1);
            self.sort(start..start + n);
            start += n;
        }
    }

    /// Sorts a line if pieces of it were drawn later than what stands behind them, as
    /// quotation marks of another font are, and none stands over another.
    fn sort(&mut self, line: Range<usize>) {
        let glyphs = &self.glyphs[line.clone()];
        if glyphs.is_sorted_by(|one, next| one.x <= next.x) {
            return;
        }
        let mut pieces: Vec<&[Glyph]> = glyphs.chunk_by(|_, next| !next.opens).collect();
        pieces.sort_by(|one, other| one[0].x.total_cmp(&other[0].x));
        let is_over = |pair: &[&[Glyph]]| {
            let end = pair[0].iter().map(Glyph::end).fold(f32::MIN, f32::max);
            pair[1][0].x < end - OVERLAP * pair[1][0].size
        };
        if !pieces.windows(2).any(is_over) {
            let sorted = pieces.concat();
            self.glyphs[line].copy_from_slice(&sorted);
        }
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
        let mut row = Cells { n: 0, last: 0.0, right: self.right_part() };
        for k in 0..self.glyphs.len() {
            let glyph = &self.glyphs[k];
            let before = k.checked_sub(1).map(|k| &self.glyphs[k]);
            let is_next = k > 0
                && self.ends_line(k - 1, k, raised)
                && !before.is_some_and(|before| row.goes_on(before, glyph));
            match lines.last_mut() {
                Some(line) if !is_next => {
                    line.glyphs.end = k + 1;
                    row.add(before, glyph);
                }
                _ => {
                    let breaks = usize::from(is_next);
                    lines.push(Line { glyphs: k..k + 1, breaks, opening: Opening::Line });
                    (row.n, row.last) = (1, glyph.x);
                }
            }
        }
        lines
    }

    /// Where the right part of the text of the page begins.
    fn right_part(&self) -> f32 {
        let left = self.glyphs.iter().map(|glyph| glyph.x).fold(f32::MAX, f32::min);
        let right = self.glyphs.iter().map(Glyph::end).fold(f32::MIN, f32::max);
        left + RIGHT_PART * (right - left)
    }

    /// Does a line end between two letters?
    fn ends_line(&self, before: usize, k: usize, raised: &[bool]) -> bool {
        let (old, new) = (&self.glyphs[before], &self.glyphs[k]);
        let size = match raised[before] != raised[k] {
            true => old.size.max(new.size),
            false => new.size,
        };
        let by = (new.y - old.y).abs();
        // Lines that are set too close stand over one another, and begin again at the left.
        let is_back = new.x < old.end() - 2.0 * size && by > 0.1 * size;
        new.opens
            && (by > APART * size || new.x < old.end() && by > 0.5 * size || is_back)
    }

    /// Puts a blank line between lines that stand apart.
    fn part_paragraphs(&self, lines: &mut [Line], raised: &[bool]) {
        let steps: Vec<f32> =
            lines.windows(2).map(|pair| self.step(&pair[0], &pair[1], raised)).collect();
        let far = APART_BY_STEP * self.usual_step(lines, &steps, raised).unwrap_or(0.0);
        // Where all lines stand as far from one another, the step tells nothing.
        let tells = steps.iter().any(|&step| step > APART.max(far));
        let apart = if tells { APART.max(far) } else { APART };
        for (k, step) in (1..).zip(steps) {
            let is_left = self.glyphs[lines[k].glyphs.start].x < self.end(&lines[k - 1]);
            lines[k].breaks += usize::from(is_left && step.abs() > apart);
        }
    }

    /// Says of each line what lists, tables and listings tell of it, and parts the terms of
    /// lists from what explains them.
    fn part_structures(&self, lines: Vec<Line>, indents: &mut Indents) -> Vec<Line> {
        let printed: Vec<PrintedLine<'_>> =
            lines.iter().map(|line| self.printed(line)).collect();
        let is_listing = printed::monospaced(&printed);
        let body = printed::body_faces(&printed, &is_listing);
        let begins_row = rows::begins(&printed);
        let is_indented = indents.begins(&printed, &is_listing);
        let goes_on = printed::headings_that_go_on(&printed);
        let changes_size = printed::changes_size(&printed);
        let terms = definitions::definitions(&printed, &is_listing, body);
        let mut terms = terms.into_iter().peekable();
        let mut out: Vec<Line> = Vec::with_capacity(lines.len());
        let mut is_behind_term = false;
        for (k, line) in lines.into_iter().enumerate() {
            let term = terms.next_if(|term| term.line == k);
            let begins = term.is_some()
                || is_behind_term
                || begins_row[k]
                || is_indented[k]
                || changes_size[k];
            let opening = match (is_listing[k], begins) {
                _ if goes_on[k] => Opening::Rest,
                (true, _) => Opening::Listing,
                (false, true) => Opening::Paragraph,
                (false, false) => Opening::Line,
            };
            let (start, end) = (line.glyphs.start, line.glyphs.end);
            let cut = term.and_then(|term| term.text);
            is_behind_term = term.is_some() && cut.is_none();
            out.push(Line { glyphs: start..cut.unwrap_or(end), opening, ..line });
            let text = cut.map(|cut| cut..end);
            let opening = Opening::Paragraph;
            out.extend(text.map(|glyphs| Line { glyphs, breaks: 0, opening }));
        }
        out
    }

    /// A line as lists, tables and listings are told by it.
    fn printed(&self, line: &Line) -> PrintedLine<'a> {
        let mut letters: Vec<Letter<'a>> = Vec::with_capacity(line.glyphs.len());
        let mut end = None;
        for at in line.glyphs.clone().filter(|&k| !self.text_of(k).trim().is_empty()) {
            let Glyph { x, size, face, .. } = self.glyphs[at];
            let room = end.map_or(0.0, |end| (x - end) / size);
            let width = self.glyphs[at].width / size;
            letters.push(Letter {
                at,
                text: self.text_of(at),
                face,
                x,
                size,
                width,
                room,
            });
            end = Some(self.glyphs[at].end());
        }
        let first = letters.first().map_or(line.glyphs.start, |letter| letter.at);
        let Glyph { x, size, .. } = self.glyphs[first];
        PrintedLine { x, end: end.unwrap_or(x), size, letters }
    }

    /// The step from a full line to the next that goes on in it, if the page has enough full
    /// ones: some are the last of a paragraph, so that it is among the smaller of the steps.
    fn usual_step(&self, lines: &[Line], steps: &[f32], raised: &[bool]) -> Option<f32> {
        let edge = self.glyphs.iter().map(Glyph::end).fold(0.0, f32::max);
        let is_full =
            |line: &Line| edge - self.end(line) < FULL_TO * self.base(line, raised).size;
        let mut steps: Vec<f32> = lines
            .iter()
            .zip(steps)
            .filter(|&(line, &step)| step > 0.0 && is_full(line))
            .map(|(_, &step)| step)
            .collect();
        steps.sort_unstable_by(f32::total_cmp);
        (steps.len() >= FEWEST_FULL).then(|| steps[steps.len() / 4])
    }

    /// How far a line stands below another, by the size of its letters.
    fn step(&self, old: &Line, new: &Line, raised: &[bool]) -> f32 {
        let (old, new) = (self.base(old, raised), self.base(new, raised));
        (old.y - new.y) / new.size
    }

    /// The first letter that stands in a line, not above it.
    fn base(&self, line: &Line, raised: &[bool]) -> &Glyph {
        let base = line.glyphs.clone().find(|&k| !raised[k]);
        &self.glyphs[base.unwrap_or(line.glyphs.start)]
    }

    /// Where a line ends.
    fn end(&self, line: &Line) -> f32 {
        self.glyphs[line.glyphs.end - 1].end()
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
                let is_below = before.y - glyph.y >= NEXT_LINE.start * glyph.size
                    && !self.is_inside_han(k);
                if (is_apart || is_below) && digit.is_none() {
                    out.push(' ');
                }
            }
            match digit {
                Some(digit) => out.push(superscript::digit(digit)),
                None => out.push_str(self.text_of(k)),
            }
        }
    }

    /// Does a letter stand between two Han characters, where a line end is no blank?
    fn is_inside_han(&self, k: usize) -> bool {
        let before = self.text_of(k - 1).chars().next_back();
        let after = self.text_of(k).chars().next();
        let is_wide = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_wide_mark(c));
        is_wide(before) && is_wide(after)
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
                    let (start, end) = (line.glyphs.start, line.glyphs.end);
                    right.push(Line {
                        glyphs: cut..end,
                        breaks: 1,
                        opening: Opening::Line,
                    });
                    out.push(Line { glyphs: start..cut, ..line });
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of text as drawn: place, size, text; each letter half as wide as high.
    fn drawn(pieces: &[(f64, f64, f64, &str)]) -> Drawn {
        let mut drawn = Drawn::default();
        for &(x, y, size, text) in pieces {
            for (k, c) in text.chars().enumerate() {
                let (at, len) = (drawn.text.len(), c.len_utf8() as u16);
                let (dx, dy) = (0.5 * size, 0.0);
                let x = x + k as f64 * dx;
                let (opens, layer) = (k == 0, Layer::Text);
                drawn.glyphs.push(DrawnGlyph {
                    at,
                    len,
                    x,
                    y,
                    dx,
                    dy,
                    size,
                    face: Face::default(),
                    opens,
                    layer,
                });
                drawn.text.push(c);
            }
        }
        drawn
    }

    /// The text of a page with these pieces of text.
    fn page(pieces: &[(f64, f64, f64, &str)]) -> String {
        lay_out(&drawn(pieces), &mut Indents::default()).text
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
    fn lines_that_are_set_too_close_are_lines() {
        let close =
            [(50.0, 700.0, 10.0, "one of many"), (50.0, 698.0, 10.0, "two of many")];
        assert_eq!(page(&close), "one of many\ntwo of many");
    }

    #[test]
    fn paragraphs_stand_further_apart_than_the_lines_of_one() {
        let lines = |step: f64, more: f64| {
            let mut pieces = Vec::new();
            for row in 0..6_u8 {
                let last = if row == 5 { more } else { 0.0 };
                let y = 700.0 - step * f64::from(row) - last;
                pieces.push((50.0, y, 10.0, "words and words"));
            }
            page(&pieces).matches("\n\n").count()
        };
        assert_eq!([lines(12.0, 0.0), lines(12.0, 6.0)], [0, 1]);
        assert_eq!([lines(17.0, 0.0), lines(17.0, 6.0)], [5, 1]);
    }

    #[test]
    fn what_was_drawn_later_stands_in_its_place() {
        let quoted = [
            (50.0, 700.0, 10.0, "so called “"),
            (125.0, 700.0, 10.0, "”."),
            (105.0, 700.0, 10.0, "work"),
        ];
        assert_eq!(page(&quoted), "so called “work”.");
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
        assert_eq!(text, "treaty¹² of 1999 in the third part\n\n\u{2029}¹² Ibid.");
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
            let y = 740.0 - 12.0 * f64::from(row);
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
    fn a_cell_goes_on_in_its_row() {
        let mut pieces = Vec::new();
        for (row, y) in [700.0, 670.0].into_iter().enumerate() {
            pieces.push((50.0, y, 10.0, ["4.1", "4.2"][row]));
            pieces.push((90.0, y, 10.0, ["The seal is kept", "The book is kept"][row]));
            pieces.push((300.0, y, 10.0, "2.6.1 and"));
            pieces.push((300.0, y - 12.0, 10.0, "2.6.2"));
        }
        let rows = "\u{2029}4.1 The seal is kept 2.6.1 and 2.6.2\n\n\
                    \u{2029}4.2 The book is kept 2.6.1 and 2.6.2";
        assert_eq!(page(&pieces), rows);
        let zh = [
            (50.0, 700.0, 10.0, "印章"),
            (300.0, 700.0, 10.0, "保管于"),
            (300.0, 688.0, 10.0, "秘书处"),
        ];
        assert_eq!(page(&zh), "印章 保管于秘书处");
        let hanging = [
            (50.0, 700.0, 10.0, "(a)"),
            (80.0, 700.0, 10.0, "The seal of the registry is kept"),
            (80.0, 688.0, 10.0, "by it."),
        ];
        assert_eq!(page(&hanging), "(a) The seal of the registry is kept\nby it.");
    }

    #[test]
    fn marks_of_lists_stand_before_their_items_whenever_they_are_drawn() {
        let items = [
            (50.0, 730.0, 10.0, "The parties shall:"),
            (70.0, 700.0, 10.0, "keep the seal;"),
            (70.0, 680.0, 10.0, "publish the record."),
            (50.0, 650.0, 10.0, "Done in two copies."),
            (60.0, 700.0, 10.0, "•"),
            (55.0, 680.0, 10.0, "2."),
        ];
        assert_eq!(
            page(&items),
            "The parties shall:\n\n• keep the seal;\n2. publish the record.\n\n\
             Done in two copies."
        );
    }

    #[test]
    fn values_of_fields_stand_behind_their_labels() {
        let mut form = drawn(&[
            (50.0, 700.0, 10.0, "The price is:"),
            (50.0, 670.0, 10.0, "The date is:"),
            (200.0, 671.0, 10.0, "2 May"),
            (200.0, 701.0, 10.0, "700 yuan"),
        ]);
        for glyph in form.glyphs.iter_mut().filter(|glyph| glyph.x >= 200.0) {
            glyph.layer = Layer::Field;
        }
        let text = lay_out(&form, &mut Indents::default()).text;
        assert_eq!(text, "The price is: 700 yuan\n\nThe date is: 2 May");
    }

    #[test]
    fn text_that_runs_in_another_direction_is_a_text_of_its_own() {
        let mut turned = drawn(&[
            (50.0, 700.0, 10.0, "The table stands"),
            (50.0, 688.0, 10.0, "on its side."),
            (50.0, 100.0, 10.0, "Page 3"),
        ]);
        for glyph in turned.glyphs.iter_mut().filter(|glyph| glyph.y > 100.0) {
            (glyph.x, glyph.y) = (-glyph.y, glyph.x);
            (glyph.dx, glyph.dy) = (0.0, glyph.dx);
        }
        assert_eq!(
            lay_out(&turned, &mut Indents::default()).text,
            "The table stands\non its side.\n\nPage 3"
        );
    }

    #[test]
    fn a_page_of_nothing_has_no_text() {
        assert_eq!(lay_out(&Drawn::default(), &mut Indents::default()), Laid::default());
    }
}
