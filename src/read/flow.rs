//! The paragraphs of a structured file on their way to a [`Source`].

use std::collections::BTreeSet;

use crate::text::script::{is_han, is_wide_mark};
use crate::text::{Span, superscript};
use crate::types::{Block, BlockKind, FilePlace, LeftOut, LeftOutKind, Source};

/// First and last line of the file that something stands on, from 1; `None` where the format
/// has no lines.
pub(super) type Lines = Option<(usize, usize)>;

/// A block and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) kind: BlockKind,
    pub(super) soft: bool,
    pub(super) cites: Vec<u32>,
    pub(super) lines: Lines,
    /// The language that the file says it is in.
    pub(super) language: Option<Box<str>>,
}

impl Piece {
    /// A block of which the file tells nothing but what it is.
    pub(super) fn new(text: impl Into<String>, kind: BlockKind) -> Self {
        let (text, cites) = (text.into(), Vec::new());
        Self { text, kind, soft: false, cites, lines: None, language: None }
    }
}

/// Blocks in reading order, and what was left out between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) pieces: Vec<Piece>,
    pub(super) left_out: Vec<LeftOut>,
}

/// The most of a script or a style that the ledger quotes, in characters.
const MOST_CODE: usize = 80;

/// A cell of a table holds at most so many paragraphs if its row is to be one unit; a cell
/// with more is a column of a page.
const MOST_IN_CELL: usize = 4;

/// The line break inside a paragraph, as readers put it into the text of one.
pub(super) const BREAK: char = '\n';

impl Flow {
    /// Appends a paragraph, tidied; each [`BREAK`] in it begins a soft block, in a heading a
    /// blank. Nothing is appended for a paragraph without text.
    pub(super) fn push(&mut self, text: &str, kind: BlockKind, cites: Vec<u32>) {
        let lines: Vec<_> = text.split(BREAK).map(|line| (line.into(), None)).collect();
        self.push_lines(lines, kind, cites, None);
    }

    /// Appends a paragraph as [`push`](Self::push) does, each of its lines with its place in
    /// the file.
    pub(super) fn push_lines(
        &mut self,
        mut lines: Vec<(String, Lines)>,
        kind: BlockKind,
        cites: Vec<u32>,
        language: Option<&str>,
    ) {
        if matches!(kind, BlockKind::Heading | BlockKind::Note(_)) {
            let place = lines.iter().fold(None, |all, (_, lines)| spanning(all, *lines));
            let texts: Vec<String> = lines.into_iter().map(|(text, _)| text).collect();
            lines = vec![(texts.join(" "), place)];
        }
        let mut cites = Some(cites);
        let mut is_first = true;
        for (line, lines) in lines {
            let text = tidy(&line);
            let invisible: String = line.chars().filter(|&c| is_dropped(c)).collect();
            self.leave_out(LeftOutKind::Control, lines, &invisible);
            if is_rule(&text) {
                self.leave_out(LeftOutKind::Ornament, lines, &text);
            } else if !text.is_empty() {
                let (cites, soft) = (cites.take().unwrap_or_default(), !is_first);
                let language = language.map(Into::into);
                self.pieces.push(Piece { text, kind, soft, cites, lines, language });
                is_first = false;
            }
        }
        // Notes that are cited in a paragraph without text belong to the one before.
        if let Some(cites) = cites
            && let Some(last) = self.pieces.last_mut()
        {
            last.cites.extend(cites);
        }
    }

    /// Appends a listing, its lines as they stand.
    pub(super) fn push_code(&mut self, text: &str, place: Lines) {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let filled = |line: &&str| !line.is_empty();
        let Some(first) = lines.iter().position(filled) else { return };
        let last = lines.iter().rposition(filled).unwrap_or(first);
        let text = lines[first..=last].join("\n");
        self.pieces.push(Piece { lines: place, ..Piece::new(text, BlockKind::Code) });
    }

    /// Notes what stands in the file and in no block. Nothing is noted of blanks.
    pub(super) fn leave_out(&mut self, kind: LeftOutKind, lines: Lines, text: &str) {
        // A place in no line is that of its part, which is not known yet.
        let part = || FilePlace::Part(String::new());
        let place = lines.map_or_else(part, |(line, _)| FilePlace::Line(line));
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            return;
        }
        let mut left_out = LeftOut::new(kind, place, words.join(" "));
        if kind == LeftOutKind::Code {
            left_out.text = left_out.text.chars().take(MOST_CODE).collect();
        }
        self.left_out.push(left_out);
    }

    /// Appends another flow.
    pub(super) fn append(&mut self, mut other: Flow) {
        self.pieces.append(&mut other.pieces);
        self.left_out.append(&mut other.left_out);
    }

    /// Counts the lines of a flow that was read from the midst of a file on from those before.
    pub(super) fn move_down(&mut self, n_lines: usize) {
        for (first, last) in self.pieces.iter_mut().filter_map(|p| p.lines.as_mut()) {
            (*first, *last) = (*first + n_lines, *last + n_lines);
        }
        for left_out in &mut self.left_out {
            if let FilePlace::Line(line) = &mut left_out.place {
                *line += n_lines;
            }
        }
    }

    /// Says of what part of a container the flow was read, where no lines tell the place.
    pub(super) fn name_part(&mut self, name: &str) {
        for left_out in &mut self.left_out {
            if left_out.place == FilePlace::Part(String::new()) {
                left_out.place = FilePlace::Part(name.to_owned());
            }
        }
    }

    /// Makes the flow of a file that of a part of a container, whose lines nobody sees.
    pub(super) fn into_part(mut self, name: &str) -> Self {
        for piece in &mut self.pieces {
            piece.lines = None;
        }
        for left_out in &mut self.left_out {
            left_out.place = FilePlace::Part(name.to_owned());
        }
        self
    }

    /// Appends a row of a table: one unit if it is a row of words, its cells one after the
    /// other if it only sets paragraphs side by side or frames them.
    pub(super) fn push_row(&mut self, cells: Vec<Flow>) {
        let filled = cells.iter().filter(|cell| !cell.pieces.is_empty()).count();
        let is_row = |piece: &Piece| piece.kind == BlockKind::Row;
        let is_page = cells.iter().any(|cell| {
            cell.pieces.len() > MOST_IN_CELL || cell.pieces.iter().any(is_row)
        });
        if filled < 2 || is_page {
            cells.into_iter().for_each(|cell| self.append(cell));
            return;
        }
        let pieces = || cells.iter().flat_map(|cell| &cell.pieces);
        let texts: Vec<String> = cells.iter().map(Flow::joined).collect();
        let row = Piece {
            cites: pieces().flat_map(|piece| piece.cites.iter().copied()).collect(),
            lines: pieces().fold(None, |all, piece| spanning(all, piece.lines)),
            ..Piece::new(texts.join("\t").trim(), BlockKind::Row)
        };
        self.pieces.push(row);
        self.left_out.extend(cells.into_iter().flat_map(|cell| cell.left_out));
    }

    /// Appends the body of a note.
    pub(super) fn push_note(&mut self, number: u32, body: Flow, text: &str) {
        let lines = body.pieces.iter().fold(None, |all, p| spanning(all, p.lines));
        let kind = BlockKind::Note(number);
        self.push_lines(vec![(text.replace(BREAK, " "), lines)], kind, Vec::new(), None);
        self.left_out.extend(body.left_out);
    }

    /// The texts of all blocks as one.
    pub(super) fn joined(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            if needs_blank(out.chars().next_back(), piece.text.chars().next()) {
                out.push(' ');
            }
            out.push_str(&piece.text);
        }
        out
    }

    /// Makes notes of the list that closes a text, where small high numbers cite all of it and
    /// the file itself knows of no notes: so does what was a web page or a PDF before.
    fn tie_endnotes(&mut self) {
        let marks = |piece: &Piece| match piece.kind {
            BlockKind::Code => Vec::new(),
            _ => superscript::marks(&piece.text),
        };
        let cited: BTreeSet<u32> =
            self.pieces.iter().flat_map(marks).map(|(number, _)| number).collect();
        let Some(&last) = cited.last() else { return };
        let is_note = |piece: &Piece| matches!(piece.kind, BlockKind::Note(_));
        if cited.len() != last as usize || self.pieces.iter().any(is_note) {
            return;
        }
        let number = |piece: &Piece| note_number(&piece.text).map(|(number, _)| number);
        let Some(at) = self.pieces.iter().rposition(|piece| number(piece) == Some(1))
        else {
            return;
        };
        let numbers: Vec<Option<u32>> = self.pieces[at..].iter().map(number).collect();
        if !numbers.iter().copied().eq((1..=last).map(Some)) {
            return;
        }
        let mut taken: Vec<(Lines, String)> = Vec::new();
        let (body, notes) = self.pieces.split_at_mut(at);
        for piece in body {
            for (number, range) in marks(piece).into_iter().rev() {
                taken.push((piece.lines, piece.text[range.clone()].to_owned()));
                piece.text.replace_range(range, "");
                piece.cites.insert(0, number);
            }
        }
        for (piece, number) in notes.iter_mut().zip(1..) {
            let len = note_number(&piece.text).map_or(0, |(_, len)| len);
            let text = piece.text[len..].trim_end_matches(WAY_BACK);
            let behind = &piece.text[len + text.len()..];
            taken.push((piece.lines, format!("{} {behind}", &piece.text[..len])));
            piece.text = text.to_owned();
            piece.kind = BlockKind::Note(number);
        }
        for (lines, mark) in taken {
            self.leave_out(LeftOutKind::FootnoteMark, lines, &mark);
        }
    }

    /// Tells of all characters that no one sees at once: a text hyphenated by a program has
    /// thousands.
    fn gather_controls(&mut self) {
        let is_control = |left_out: &LeftOut| left_out.kind == LeftOutKind::Control;
        let all = std::mem::take(&mut self.left_out);
        let (controls, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(is_control);
        self.left_out = rest;
        let Some(first) = controls.first() else { return };
        let kinds: BTreeSet<char> =
            controls.iter().flat_map(|control| control.text.chars()).collect();
        let names: Vec<String> =
            kinds.into_iter().map(|c| format!("U+{:04X}", u32::from(c))).collect();
        self.left_out.push(LeftOut {
            kind: LeftOutKind::Control,
            place: first.place.clone(),
            text: names.join(" "),
            n_chars: controls.iter().map(|control| control.n_chars).sum(),
        });
    }

    /// The source of that name, one block a line, its notes last by their number.
    pub(super) fn into_source(mut self, name: String, encoding: &'static str) -> Source {
        self.tie_endnotes();
        self.gather_controls();
        let left_out = self.left_out;
        let mut text = String::new();
        let mut blocks = Vec::with_capacity(self.pieces.len());
        let number = |piece: &Piece| match piece.kind {
            BlockKind::Note(number) => Some(number),
            _ => None,
        };
        let (mut notes, body): (Vec<Piece>, Vec<Piece>) =
            self.pieces.into_iter().partition(|piece| number(piece).is_some());
        notes.sort_by_key(number);
        for piece in body.into_iter().chain(notes) {
            let start = text.len();
            text.push_str(&piece.text);
            let span = Span::new(start, text.len());
            let Piece { kind, soft, cites, lines, language, .. } = piece;
            blocks.push(Block { span, kind, soft, cites, lines, language });
            text.push('\n');
        }
        Source { name, text, encoding, blocks: Some(blocks), is_paged: false, left_out }
    }
}

/// What leads from a note back to where it is cited.
pub(super) const WAY_BACK: [char; 5] = ['↩', '↑', '\u{FE0E}', ' ', '⏎'];

/// The lines from the first of both to the last.
pub(super) fn spanning(one: Lines, other: Lines) -> Lines {
    match (one, other) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (one, other) => one.or(other),
    }
}

/// The number that opens the body of a note, and the length of it with what parts it from the
/// body: `¹ `, `1. `, `[1]`.
fn note_number(text: &str) -> Option<(u32, usize)> {
    let inner = text.trim_start_matches(['[', '［', '^', ' ']);
    let is_parting =
        |c| matches!(c, ']' | '］' | '.' | ')' | '、' | ' ' | '\u{3000}' | '↑');
    let high = superscript::number_at(inner);
    let (number, len) = high.or_else(|| {
        let len = inner.bytes().take_while(u8::is_ascii_digit).count();
        (1..=superscript::MOST_DIGITS).contains(&len).then_some(())?;
        Some((inner[..len].parse().ok()?, len))
    })?;
    let rest = inner[len..].trim_start_matches(is_parting);
    let is_parted = high.is_some() || rest.len() < inner.len() - len;
    (is_parted && !rest.is_empty()).then(|| (number, text.len() - rest.len()))
}

/// Sets what was appended to a text from `from` on small and high, if it is a number of a few
/// digits.
pub(super) fn raise(text: &mut String, from: usize) {
    if let Some(raised) = text.get(from..).and_then(superscript::raised) {
        text.truncate(from);
        text.push_str(&raised);
    }
}

/// One line of running text: blanks in a row become one, those at the ends and what is not
/// to be seen go. Tabs are blanks, for a tab says that a line is a row of a table.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = None;
    for c in text.chars() {
        match c {
            '\u{3000}' => blank = Some('\u{3000}'),
            _ if c.is_whitespace() => blank = blank.or(Some(' ')),
            _ if is_invisible(c) => {}
            _ => {
                if let Some(blank) = blank.take()
                    && !out.is_empty()
                {
                    out.push(blank);
                }
                out.push(c);
            }
        }
    }
    out
}

/// Is the text a rule: three strokes or more, and nothing else?
fn is_rule(text: &str) -> bool {
    let is_stroke = |c| matches!(c, '_' | '＿' | '─' | '━' | '—' | '-' | '=' | '*' | '·');
    text.chars().all(is_stroke) && text.chars().count() >= 3
}

/// Does [`tidy`] drop the character without leaving a blank?
fn is_dropped(c: char) -> bool {
    is_invisible(c) && !c.is_whitespace()
}

/// Controls, soft hyphens, marks of width zero, objects in the text.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
                | '\u{FEFF}' | '\u{FFFC}'
        )
}

/// The text of markup whose line ends mean nothing: a blank, or nothing between two Han.
///
/// Source: CSS Text Module Level 4, section 4.1.3, segment break transformation.
pub(super) fn unwrapped(text: &str) -> String {
    if !text.contains(['\n', '\r']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split(['\n', '\r']);
    out.push_str(lines.next().unwrap_or_default());
    for line in lines {
        let line = line.trim_start_matches([' ', '\t']);
        let kept = out.trim_end_matches([' ', '\t']).len();
        out.truncate(kept);
        let (before, after) = (out.chars().next_back(), line.chars().next());
        if !(before.is_some_and(is_wide) && after.is_some_and(is_wide)) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

fn is_wide(c: char) -> bool {
    is_han(c) || is_wide_mark(c)
}

/// Does a blank part two pieces that are set one behind the other?
pub(super) fn needs_blank(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => !(is_wide(before) && is_wide(after)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Flow {
        let mut flow = Flow::default();
        flow.push(text, BlockKind::Paragraph, vec![]);
        flow
    }

    #[test]
    fn a_line_break_begins_a_soft_block() {
        let flow = cell("甲方：\n  乙方：\n\n");
        let pieces: Vec<_> =
            flow.pieces.iter().map(|piece| (piece.text.as_str(), piece.soft)).collect();
        assert_eq!(pieces, [("甲方：", false), ("乙方：", true)]);
    }

    #[test]
    fn a_row_keeps_its_cells_apart() {
        let mut flow = Flow::default();
        flow.push_row(vec![cell("货物"), cell(""), cell("数量")]);
        flow.push_row(vec![cell(""), cell("合计")]);
        let texts: Vec<_> = flow.pieces.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["货物\t\t数量", "合计"]);
        assert_eq!(flow.pieces[0].kind, BlockKind::Row);
        assert_eq!(flow.pieces[1].kind, BlockKind::Paragraph);
    }

    #[test]
    fn notes_come_last_by_their_number() {
        let mut flow = Flow::default();
        flow.push("乙注", BlockKind::Note(2), vec![]);
        flow.push("正文", BlockKind::Paragraph, vec![1, 2]);
        flow.push("甲注", BlockKind::Note(1), vec![]);
        let source = flow.into_source("a".into(), "UTF-8");
        assert_eq!(source.text, "正文\n甲注\n乙注\n");
        let blocks = source.blocks.unwrap();
        assert_eq!(blocks[2].span.of(&source.text), "乙注");
    }

    #[test]
    fn a_list_at_the_end_that_small_high_numbers_cite_is_notes() {
        let mut flow = Flow::default();
        for text in
            ["重申公约¹及议定书²，", "1. 请各成员²提供30 m²；", "1. 汇编。 ↩", "² 同上。"]
        {
            flow.push(text, BlockKind::Paragraph, vec![]);
        }
        let mut other = flow.clone();
        let source = flow.into_source("a".into(), "UTF-8");
        assert_eq!(
            source.text,
            "重申公约及议定书，\n1. 请各成员提供30 m²；\n汇编。\n同上。\n"
        );
        let blocks = source.blocks.unwrap();
        assert_eq!((&blocks[0].cites[..], &blocks[1].cites[..]), (&[1, 2][..], &[2][..]));
        assert_eq!(blocks[3].kind, BlockKind::Note(2));
        other.pieces.pop();
        assert!(other.into_source("a".into(), "UTF-8").text.contains("公约¹"));
    }

    #[test]
    fn line_ends_of_markup_mean_a_blank_or_nothing() {
        assert_eq!(unwrapped("the first\n  word"), "the first word");
        assert_eq!(unwrapped("第一\r\n 条，\n会议"), "第一条，会议");
    }
}
