//! A text in parts: words that are marked, and signs that a page must not obey.

use std::collections::BTreeMap;
use std::ops::Range;

use askama::Template;
use askama::filters::HtmlSafe;

/// Words that are marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Which bytes of the text.
    pub(crate) range: Range<usize>,
    /// The class of the style sheet.
    pub(crate) class: &'static str,
    /// What it is tied to on the other side; empty for nothing.
    pub(crate) tie: String,
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Words.
    Plain(String),
    /// Words with a mark.
    Marked {
        /// The words.
        text: String,
        /// The class of the style sheet.
        class: &'static str,
        /// What they are tied to.
        tie: String,
    },
    /// A sign that is told by its name, `U+202E`, and its number.
    Control(String, u32),
}

/// A text in parts, as HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts.html")]
pub(crate) struct Parts {
    parts: Vec<Part>,
}

// The template escapes each part.
impl HtmlSafe for Parts {}

impl Parts {
    /// A text with marks; where two overlap, the first counts.
    pub(crate) fn new(text: &str, marks: &[Mark]) -> Self {
        let mut kept: BTreeMap<usize, &Mark> = BTreeMap::new();
        for mark in marks {
            let is_sound = mark.range.start < mark.range.end
                && text.get(mark.range.clone()).is_some();
            // Those that are kept are apart: the last that begins before its end is the one
            // that could be in the way.
            let before = kept.range(..mark.range.end).next_back();
            if is_sound && before.is_none_or(|(_, b)| b.range.end <= mark.range.start) {
                kept.insert(mark.range.start, mark);
            }
        }
        let mut parts = Parts::default();
        let mut at = 0;
        for mark in kept.into_values() {
            parts.add(&text[at..mark.range.start], None);
            parts.add(&text[mark.range.clone()], Some(mark));
            at = mark.range.end;
        }
        parts.add(&text[at..], None);
        parts
    }

    /// A text without marks.
    pub(crate) fn plain(text: &str) -> Self {
        Self::new(text, &[])
    }

    fn add(&mut self, text: &str, mark: Option<&Mark>) {
        for words in text.split_inclusive(is_control) {
            let last = words.chars().next_back().filter(|c| is_control(*c));
            let words = last.map_or(words, |c| &words[..words.len() - c.len_utf8()]);
            if !words.is_empty() {
                let text = words.to_owned();
                self.parts.push(match mark {
                    None => Part::Plain(text),
                    Some(mark) => {
                        Part::Marked { text, class: mark.class, tie: mark.tie.clone() }
                    }
                });
            }
            self.parts.extend(last.map(|c| {
                let code = u32::from(c);
                Part::Control(format!("U+{code:04X}"), code)
            }));
        }
    }
}

/// Would it turn, hide or break what stands around it?
fn is_control(c: char) -> bool {
    let is_break = c == '\n' || c == '\t';
    c.is_control() && !is_break
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_and_never_obeyed() {
        let mark = Mark { range: 0..8, class: "num", tie: "1".into() };
        let parts = Parts::new("<script>\u{202E}]]>", &[mark]);
        assert_eq!(
            parts.to_string(),
            "<m class=\"num\" data-t=\"1\">&#60;script&#62;</m>\
             <span class=ctl data-say=\"U+202E\" data-code=8238></span>]]&#62;"
        );
    }

    #[test]
    fn of_marks_that_overlap_the_first_counts_and_a_bad_one_is_passed_over() {
        let mark = |range, class| Mark { range, class, tie: String::new() };
        let marks = [mark(0..3, "a"), mark(2..5, "b"), mark(3..4, "c"), mark(3..99, "d")];
        let parts = Parts::new("中文", &marks);
        assert_eq!(parts.to_string(), "<m class=\"a\">中</m>文");
    }
}
