//! The paragraphs of a structured file on their way to a [`Source`].

use std::collections::BTreeSet;

use crate::text::script::{is_han, is_wide_mark};
use crate::text::{Span, superscript};
use crate::types::{Block, BlockKind, Source};

/// A block and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) kind: BlockKind,
    pub(super) soft: bool,
    pub(super) cites: Vec<u32>,
}

/// Blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) pieces: Vec<Piece>,
}

/// A cell of a table holds at most so many paragraphs if its row is to be one unit; a cell
/// with more is a column of a page.
const MOST_IN_CELL: usize = 4;

/// The line break inside a paragraph, as readers put it into the text of one.
pub(super) const BREAK: char = '\n';

impl Flow {
    /// Appends a paragraph, tidied; each [`BREAK`] in it begins a soft block, in a heading a
    /// blank. Nothing is appended for a paragraph without text.
    pub(super) fn push(&mut self, text: &str, kind: BlockKind, cites: Vec<u32>) {
        let mut cites = Some(cites);
        let is_whole = matches!(kind, BlockKind::Heading | BlockKind::Note(_));
        let mut is_first = true;
        let mut push = |line: &str| {
            let text = tidy(line);
            if !text.is_empty() && !is_rule(&text) {
                let cites = cites.take().unwrap_or_default();
                self.pieces.push(Piece { text, kind, soft: !is_first, cites });
                is_first = false;
            }
        };
        if is_whole {
            push(&text.replace(BREAK, " "));
        } else {
            text.split(BREAK).for_each(&mut push);
        }
        // Notes that are cited in a paragraph without text belong to the one before.
        if let Some(cites) = cites
            && let Some(last) = self.pieces.last_mut()
        {
            last.cites.extend(cites);
        }
    }

    /// Appends a listing, its lines as they stand.
    pub(super) fn push_code(&mut self, text: &str) {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        let filled = |line: &&str| !line.is_empty();
        let Some(first) = lines.iter().position(filled) else { return };
        let last = lines.iter().rposition(filled).unwrap_or(first);
        let text = lines[first..=last].join("\n");
        let (kind, cites) = (BlockKind::Code, Vec::new());
        self.pieces.push(Piece { text, kind, soft: false, cites });
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
            self.pieces.extend(cells.into_iter().flat_map(|cell| cell.pieces));
            return;
        }
        let cites = cells.iter().flat_map(|cell| &cell.pieces);
        let cites = cites.flat_map(|piece| piece.cites.iter().copied()).collect();
        let cells: Vec<String> = cells.iter().map(Flow::joined).collect();
        let text = cells.join("\t").trim().to_owned();
        self.pieces.push(Piece { text, kind: BlockKind::Row, soft: false, cites });
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
        let (body, notes) = self.pieces.split_at_mut(at);
        for piece in body {
            for (number, range) in marks(piece).into_iter().rev() {
                piece.text.replace_range(range, "");
                piece.cites.insert(0, number);
            }
        }
        for (piece, number) in notes.iter_mut().zip(1..) {
            let len = note_number(&piece.text).map_or(0, |(_, len)| len);
            let text = piece.text[len..].trim_end_matches(['↩', '↑', '\u{FE0E}', ' ']);
            piece.text = text.to_owned();
            piece.kind = BlockKind::Note(number);
        }
    }

    /// The source of that name, one block a line, its notes last by their number.
    pub(super) fn into_source(mut self, name: String, encoding: &'static str) -> Source {
        self.tie_endnotes();
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
            let Piece { kind, soft, cites, .. } = piece;
            blocks.push(Block { span, kind, soft, cites });
            text.push('\n');
        }
        Source {
            name,
            text,
            encoding,
            blocks: Some(blocks),
            is_paged: false,
            left_out: Vec::new(),
        }
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
