//! Source to clean text: what the page did to the words is undone.
//!
//! In comes the text of a file as some program extracted it; out come its lines without page
//! furniture, doubled print, footnote marks and stray blanks, the footnote bodies apart, each
//! character still leading to its place in the file. Which lines make a paragraph is decided
//! one stage later, in [`crate::segment`].
//!
//! ```text
//!  重申重申重申重申其承诺，               重申其承诺，并欢迎各项议定书
//!                          ─ clean ─▶     经修正的公约，
//! 并欢迎各项议定书                        note 1: 联合国，《条约汇编》。
//! 1
//!                                         overprint: 1 place, line 1
//!  经修正的公约，                         footnotes: 1 place, line 9
//! ________
//! 1
//!  联合国，《条约汇编》。
//! ```
//!
//! Each rule is a file of its own. They run in this order:
//!
//! 1. [`glyph_forms`]: letters that a font joined, radicals that stand for characters;
//!    [`carets`]: marks of notes that a terminal could not set high.
//! 2. [`overprint`]: text printed over itself to look bold.
//! 3. [`broken_words`]: soft hyphens; and last, words cut at the end of a line.
//! 4. [`spacing`]: blanks between Han characters and around digits.
//! 5. [`furniture`]: running heads, page numbers, bar codes.
//! 6. [`footnotes`]: footnote bodies out of the text.
//! 7. [`marks`]: footnote marks out of the sentences.
//! 8. [`stray_labels`]: paragraph numbers that stand behind their first line.

mod broken_words;
mod carets;
mod contents;
mod footnotes;
mod furniture;
mod glyph_forms;
mod layout;
mod marks;
mod overprint;
mod spacing;
mod stray_labels;

pub(crate) use contents::is_entry;
pub use layout::Layout;
pub(crate) use marks::candidates::is_counted;

use crate::text::Traced;
use crate::text::script::columns;
use crate::types::{Keep, LeftOutKind, Noted, Notice, Removal, Side, Source};

/// A line of the text, trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its text without blanks at the ends.
    pub text: Traced,
    /// Width of the blanks it began with, in columns.
    pub indent: usize,
    /// Width of the text as it was set, marks and all, in columns.
    pub width: usize,
    /// Length of the text as it was set, in characters.
    pub chars: usize,
    /// How many blank lines stood before it.
    pub blanks: usize,
    /// Does a page begin here?
    pub page_break: bool,
    /// Does the next line go on without a blank between?
    pub is_glued: bool,
}

/// The body of a footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its number.
    pub number: u32,
    /// Its lines, the mark taken off.
    pub lines: Vec<Line>,
}

/// A footnote mark that stood in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The number of the note.
    pub number: u32,
    /// Where it stood: a byte of the source.
    pub at: usize,
}

/// A text without what the page did to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanText {
    /// The lines of the running text.
    pub lines: Vec<Line>,
    /// The footnotes, by number.
    pub notes: Vec<Note>,
    /// Where they are cited, in order.
    pub citations: Vec<Citation>,
    /// How the page was laid out.
    pub layout: Layout,
    /// What the rules took out of the text.
    pub removals: Vec<Removal>,
}

/// What the rules work on.
#[derive(Debug)]
struct Draft {
    side: Side,
    lines: Vec<Line>,
    notes: Vec<Note>,
    citations: Vec<Citation>,
    removals: Vec<Removal>,
    notices: Vec<Notice>,
}

impl Draft {
    /// Enters into the ledger that `edited` lacks what `text` had.
    fn remove(&mut self, kind: LeftOutKind, text: &Traced, edited: &Traced) {
        let lost = text.lost_in(edited).into_iter();
        self.removals.extend(lost.map(|span| Removal { span, kind }));
    }

    /// Enters into the ledger that a text is taken out whole.
    fn remove_all(&mut self, kind: LeftOutKind, text: &Traced) {
        self.remove(kind, text, &Traced::default());
    }

    /// Notes that a rule changed the text, if it did.
    fn report(&mut self, rule: &'static str, places: usize, first_line: Option<usize>) {
        if let (Some(first_line), true) = (first_line, places > 0) {
            let side = self.side;
            self.notices.push(Notice::Cleaned { side, rule, places, first_line });
        }
    }

    /// Rewrites each line for which `edit` has another text; tells in how many lines, and in
    /// which first. What the line loses is of this kind.
    fn edit_lines(
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

/// Undoes what the page did to the text. Total: any text can be cleaned.
///
/// `is_word` tells whether an English word (lower case) is known; it decides whether a hyphen
/// at a line end belongs to the word.
pub fn clean(
    source: &Source,
    side: Side,
    is_word: &dyn Fn(&str) -> bool,
) -> Noted<CleanText> {
    clean_keeping(source, side, is_word, Keep::default())
}

/// As [`clean`], but what is to be kept stays in the text.
pub fn clean_keeping(
    source: &Source,
    side: Side,
    is_word: &dyn Fn(&str) -> bool,
    keep: Keep,
) -> Noted<CleanText> {
    let mut draft = Draft {
        side,
        lines: split_lines(&source.text),
        notes: Vec::new(),
        citations: Vec::new(),
        removals: Vec::new(),
        notices: Vec::new(),
    };
    glyph_forms::undo(&mut draft);
    carets::write_high(&mut draft);
    overprint::undo(&mut draft);
    broken_words::drop_soft_hyphens(&mut draft);
    let layout_of = |lines: &[Line]| {
        let layout = Layout::of(lines);
        Layout { is_wrapped: layout.is_wrapped || source.is_paged, ..layout }
    };
    let is_page = layout_of(&draft.lines).is_wrapped;
    spacing::tidy(&mut draft, is_page);
    let layout = layout_of(&draft.lines);
    if !keep.furniture {
        furniture::remove(&mut draft, &layout);
    }
    let layout = layout_of(&draft.lines);
    footnotes::take_out(&mut draft, &layout);
    marks::take_out(&mut draft, &layout, is_word);
    stray_labels::put_back(&mut draft, &layout);
    broken_words::join_at_soft_hyphens(&mut draft);
    if layout.is_wrapped {
        broken_words::mend(&mut draft, is_word);
    }
    draft.notes.sort_by_key(|note| note.number);
    draft.citations.sort_by_key(|citation| citation.at);
    let Draft { lines, notes, citations, removals, notices, .. } = draft;
    Noted { value: CleanText { lines, notes, citations, layout, removals }, notices }
}

/// The text of a block without the blanks that spread a word out and without soft hyphens,
/// its joined letters and radicals written out. What goes is entered into `removals`.
pub(crate) fn tidied(block: &Traced, removals: &mut Vec<Removal>) -> Traced {
    let text = glyph_forms::written_out(block).unwrap_or_else(|| block.clone());
    let text = spacing::without_stray_blanks(&text, false).unwrap_or(text);
    let Some(whole) = broken_words::without_soft_hyphens(&text, false) else {
        return text;
    };
    let kind = LeftOutKind::LineHyphen;
    let lost = text.lost_in(&whole).into_iter();
    removals.extend(lost.map(|span| Removal { span, kind }));
    whole
}

/// The lines that hold anything, with what stood around them.
fn split_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut at, mut blanks, mut page_break) = (0, 0, false);
    for (index, raw) in text.split('\n').enumerate() {
        for part in raw.split_inclusive(ENDS_PART) {
            let trimmed = Traced::verbatim(part, at).trimmed();
            if !trimmed.is_empty() {
                let lead = part.len() - part.trim_start().len();
                lines.push(Line {
                    number: index + 1,
                    width: width(trimmed.as_str()),
                    chars: trimmed.as_str().chars().count(),
                    text: trimmed,
                    indent: width(&part[..lead]),
                    blanks,
                    page_break,
                    is_glued: false,
                });
                (blanks, page_break) = (0, false);
            }
            page_break |= part.ends_with('\u{c}');
            at += part.len();
        }
        if raw.trim().is_empty() {
            blanks += 1;
        }
        at += 1;
    }
    lines
}

/// What ends a line without being the end of one in the file: the form feed, which may stand
/// before, inside or behind a line, the vertical tab of word processors, NEL, and the line and
/// paragraph separators of Unicode.
const ENDS_PART: [char; 5] = ['\u{c}', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Width of a text in columns of a fixed-width font.
fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Does the text end a sentence or clause list: a full stop, semicolon, colon, question or
/// exclamation mark, closing marks behind it allowed?
pub(crate) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || is_closing(c));
    bare.ends_with(['.', ';', ':', '?', '!', '。', '；', '：', '？', '！', '．', '…'])
}

/// Is this a mark that closes a quotation or bracket?
pub(crate) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '"'
            | '»'
            | ')'
            | ']'
            | '）'
            | '］'
            | '」'
            | '』'
            | '》'
            | '〉'
            | '】'
    )
}

/// Is this a mark that opens a quotation or bracket?
pub(crate) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '“' | '‘'
            | '"'
            | '«'
            | '('
            | '['
            | '（'
            | '［'
            | '「'
            | '『'
            | '《'
            | '〈'
            | '【'
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Cleans a text, no English word known.
    pub(crate) fn cleaned(side: Side, text: &str) -> CleanText {
        let source = Source::plain("test", text, "UTF-8");
        clean(&source, side, &|_| false).value
    }

    /// The lines of a text after cleaning.
    pub(crate) fn lines(side: Side, text: &str) -> Vec<String> {
        let clean = cleaned(side, text);
        clean.lines.iter().map(|line| line.text.as_str().to_owned()).collect()
    }

    #[test]
    fn lines_know_their_number_indent_and_blanks() {
        let lines = split_lines("一\n\n  二\u{c}三\n");
        let seen: Vec<_> = lines
            .iter()
            .map(|l| (l.number, l.text.as_str(), l.indent, l.blanks, l.page_break))
            .collect();
        assert_eq!(
            seen,
            [(1, "一", 0, 0, false), (3, "二", 2, 1, false), (3, "三", 0, 0, true)]
        );
        assert_eq!(lines[2].text.origin(0), "一\n\n  二\u{c}".len());
    }

    #[test]
    fn separators_inside_a_line_part_it_and_leave_its_number() {
        let lines = split_lines("一\u{b}二\u{2028}三\n四\u{85}五\n");
        let seen: Vec<_> = lines.iter().map(|l| (l.number, l.text.as_str())).collect();
        assert_eq!(seen, [(1, "一"), (1, "二"), (1, "三"), (2, "四"), (2, "五")]);
        assert!(lines.iter().all(|line| !line.page_break));
    }

    #[test]
    fn the_lines_of_a_page_are_broken_ones() {
        let text = "1.1 The seller keeps the goods until the buyer has paid for all of\n\
                    them.\n\n1.2 The buyer pays.\n\n1.3 The parties sign twice.\n";
        let mut source = Source::plain("test", text, "UTF-8");
        for is_paged in [false, true] {
            source.is_paged = is_paged;
            let clean = clean(&source, Side::En, &|_| false).value;
            assert_eq!(clean.layout.is_wrapped, is_paged);
        }
    }

    #[test]
    fn furniture_that_is_to_be_kept_stays() {
        let source = Source::plain("t", "One.\n1/2\nTwo.\n2/2\n", "UTF-8");
        let n_lines =
            |keep| clean_keeping(&source, Side::En, &|_| false, keep).value.lines.len();
        assert_eq!((n_lines(Keep::default()), n_lines(Keep::ALL)), (2, 4));
    }

    #[test]
    fn an_empty_text_is_clean() {
        assert!(lines(Side::Zh, "").is_empty());
        assert!(lines(Side::En, "\n\n \u{c}\n").is_empty());
    }
}
