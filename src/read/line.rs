//! The line of text that is being gathered, and where its parts stand in the file.

use super::flow::{BREAK, Lines, raise, tidy, unwrapped};
use crate::text::script::is_han;

/// A line end of the markup, which means nothing, while a [`BREAK`] is one that is meant.
const WRAP: char = '\r';

/// How the line ends of the markup are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layout {
    /// They mean nothing.
    #[default]
    Running,
    /// They stand, in a listing that is one unit.
    Listing,
    /// They stand, in a listing between whose lines paragraphs, lists and tables stand.
    Mixed,
}

/// The line that is being gathered.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    /// The numbers of the notes that it cites.
    pub(super) cites: Vec<u32>,
    /// The number of the list item that it opens.
    pub(super) label: Option<String>,
    /// Where in the text a line of the file begins, and which it is.
    starts: Vec<(usize, usize)>,
}

impl Line {
    /// The line of an item, which its number opens.
    pub(super) fn of_item(label: String) -> Self {
        Self { label: Some(label), ..Self::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Is there nothing to see in it?
    pub(super) fn is_blank(&self) -> bool {
        tidy(&self.text).is_empty()
    }

    /// Appends text that begins on a line of the file.
    pub(super) fn push(&mut self, text: &str, first_line: usize, layout: Layout) {
        let end = if layout == Layout::Running { WRAP } else { '\n' };
        for (k, part) in text.split('\n').enumerate() {
            if k > 0 {
                self.text.push(end);
            }
            self.starts.push((self.text.len(), first_line + k));
            self.text.push_str(part);
        }
    }

    /// Appends a line break that is meant.
    pub(super) fn push_break(&mut self) {
        self.text.push(BREAK);
    }

    /// Ends a line of a listing.
    pub(super) fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(BREAK) {
            self.text.push(BREAK);
        }
    }

    /// Sets what was appended from `from` on small and high.
    pub(super) fn raise(&mut self, from: usize) {
        let before = self.text.len();
        raise(&mut self.text, from);
        if self.text.len() != before {
            self.starts.truncate(self.starts.partition_point(|&(at, _)| at <= from));
        }
    }

    /// Is a listing a text that someone typed with its line ends: paragraphs with blank lines
    /// between them, most of which are sentences, and no screen on which commands were typed?
    pub(super) fn reads_like_text(&self) -> bool {
        let paragraphs: Vec<String> = self
            .paragraphs()
            .into_iter()
            .map(|lines| lines.into_iter().map(|(line, _)| line + " ").collect())
            .collect();
        if self.text.split(BREAK).any(is_prompt) {
            return false;
        }
        let sentences = || paragraphs.iter().filter(|text| is_sentence(text));
        let n_sentences = sentences().count();
        let (said, all) = (
            sentences().map(String::len).sum::<usize>(),
            paragraphs.iter().map(String::len).sum::<usize>(),
        );
        n_sentences >= 2 && 2 * n_sentences >= paragraphs.len() && 2 * said >= all
    }

    /// Takes the line ends of a typed text that stand inside a sentence for none.
    pub(super) fn unwrap_sentences(&mut self) {
        let mut text = String::with_capacity(self.text.len());
        for (at, c) in self.text.char_indices() {
            let last = text.chars().next_back();
            let next =
                self.text[at + c.len_utf8()..].trim_start_matches([' ', '\u{3000}']);
            let is_inside = c == BREAK
                && last
                    .is_some_and(|c| c.is_alphabetic() || matches!(c, ',' | '，' | '、'))
                && (next.starts_with(char::is_lowercase)
                    || next.starts_with(|c| is_han(c) && c != '第') && is_full(&text));
            text.push(if is_inside { WRAP } else { c });
        }
        self.text = text;
    }

    /// The whole text, and its lines in the file.
    pub(super) fn whole(&self) -> (String, Lines) {
        (self.text.clone(), self.lines(0, self.text.len()))
    }

    /// The paragraphs, each of one line or more: two line breaks end a paragraph, one may.
    pub(super) fn paragraphs(&self) -> Vec<Vec<(String, Lines)>> {
        let mut paragraphs: Vec<Vec<(String, Lines)>> = Vec::new();
        let (mut at, mut is_open) = (0, false);
        // What no one sees goes with what is seen behind it.
        let mut unseen = String::new();
        for part in self.text.split(BREAK) {
            let lines = self.lines(at, at + part.len());
            at += part.len() + BREAK.len_utf8();
            if tidy(part).is_empty() {
                unseen.push_str(part);
                is_open = false;
                continue;
            }
            let line = (std::mem::take(&mut unseen) + &unwrapped(part), lines);
            match paragraphs.last_mut().filter(|_| is_open) {
                Some(paragraph) => paragraph.push(line),
                None => paragraphs.push(vec![line]),
            }
            is_open = true;
        }
        if let Some((text, _)) = paragraphs.last_mut().and_then(|last| last.last_mut()) {
            text.push_str(&unseen);
        }
        paragraphs
    }

    /// The lines of the file that a stretch of the text stands on, blanks at its ends aside.
    fn lines(&self, from: usize, to: usize) -> Lines {
        let text = &self.text[from..to];
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return None;
        }
        let first = from + text.len() - text.trim_start().len();
        let line = |at: usize| {
            let k = self.starts.partition_point(|&(start, _)| start <= at);
            k.checked_sub(1).map(|k| self.starts[k].1)
        };
        line(first).zip(line(first + trimmed.len() - 1))
    }
}

/// The fewest words, or Han characters, of a sentence in a listing.
const LEAST_SENTENCE: usize = 4;

/// The fewest characters of a full line of Chinese; a shorter one may be a heading.
const LEAST_FULL: usize = 16;

/// Is the last line of a typed text a full one?
fn is_full(text: &str) -> bool {
    let line = text.rsplit([BREAK, WRAP]).next().unwrap_or_default();
    line.trim().chars().count() >= LEAST_FULL
}

/// Is a line of a listing one on which a command was typed?
fn is_prompt(line: &str) -> bool {
    let line = line.trim_start();
    ["$ ", "# ", "% ", "> ", ">>> "].iter().any(|prompt| line.starts_with(prompt))
}

/// Is a paragraph of a listing a sentence, and no code?
fn is_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let is_long = text.split_whitespace().count() >= LEAST_SENTENCE
        || text.chars().filter(|&c| is_han(c)).count() >= LEAST_SENTENCE;
    is_long
        && text.ends_with(['.', '!', '?', '。', '！', '？', '；'])
        && !text.contains(['{', '}', '=', '<', '>', '$', '#', '|', '\\', '`'])
}
