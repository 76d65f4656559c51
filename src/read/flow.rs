//! The paragraphs of a structured file on their way to a [`Source`].

use crate::text::Span;
use crate::text::script::{is_han, is_wide_mark};
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

    /// The source of that name, one block a line, its notes last by their number.
    pub(super) fn into_source(self, name: String, encoding: &'static str) -> Source {
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
        Source { name, text, encoding, blocks: Some(blocks) }
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
    fn line_ends_of_markup_mean_a_blank_or_nothing() {
        assert_eq!(unwrapped("the first\n  word"), "the first word");
        assert_eq!(unwrapped("第一\r\n 条，\n会议"), "第一条，会议");
    }
}
