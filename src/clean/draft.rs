//! A text while the rules work on it, with the ledger of what they take out.

use super::clean_text::{Citation, Note};
use super::line::Line;
use crate::text::Traced;
use crate::types::{LeftOutKind, Notice, Removal, Side};

/// What the rules work on.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) side: Side,
    pub(super) lines: Vec<Line>,
    pub(super) notes: Vec<Note>,
    pub(super) citations: Vec<Citation>,
    pub(super) removals: Vec<Removal>,
    pub(super) notices: Vec<Notice>,
}

impl Draft {
    /// Enters into the ledger that `edited` lacks what `text` had.
    pub(super) fn remove(&mut self, kind: LeftOutKind, text: &Traced, edited: &Traced) {
        let lost = text.lost_in(edited).into_iter();
        self.removals.extend(lost.map(|span| Removal { span, kind }));
    }

    /// Enters into the ledger that a text is taken out whole.
    pub(super) fn remove_all(&mut self, kind: LeftOutKind, text: &Traced) {
        self.remove(kind, text, &Traced::default());
    }

    /// Notes that a rule changed the text, if it did.
    pub(super) fn report(
        &mut self,
        rule: &'static str,
        places: usize,
        first_line: Option<usize>,
    ) {
        if let (Some(first_line), true) = (first_line, places > 0) {
            let side = self.side;
            self.notices.push(Notice::Cleaned { side, rule, places, first_line });
        }
    }

    /// Rewrites each line for which `edit` has another text; tells in how many lines, and in
    /// which first. What the line loses is of this kind.
    pub(super) fn edit_lines(
        &mut self,
        kind: LeftOutKind,
        edit: impl Fn(&Traced) -> Option<Traced>,
    ) -> (usize, Option<usize>) {
        let (mut places, mut first) = (0, None);
        let mut lines = std::mem::take(&mut self.lines);
        for line in &mut lines {
            if let Some(text) = edit(&line.text) {
                self.remove(kind, &line.text, &text);
                line.text = text;
                places += 1;
                first.get_or_insert(line.number);
            }
        }
        self.lines = lines;
        (places, first)
    }
}
