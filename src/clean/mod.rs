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
mod clean_text;
mod contents;
mod draft;
mod footnotes;
mod furniture;
mod glyph_forms;
mod layout;
mod line;
mod marks;
mod overprint;
mod punctuation;
mod spacing;
mod stray_labels;

pub use clean_text::{Citation, CleanText, Note};
pub(crate) use contents::is_entry;
pub use layout::Layout;
pub use line::Line;
pub(crate) use marks::candidates::is_counted;
pub(crate) use punctuation::{ends_sentence, is_closing, is_opening};

use self::draft::Draft;
use self::line::split_lines;
use crate::text::Traced;
use crate::types::{Keep, LeftOutKind, Noted, Removal, Side, Source};

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
        let layout = Layout::measure(lines);
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
    carets::put_back(&mut draft, &source.text);
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
