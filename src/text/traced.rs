use std::ops::Range;

use super::Span;

/// A text that was edited and still knows where each byte of it stood in the file.
///
/// Kept as runs: from `edited` on, the bytes are those of the file from `original` on, until
/// the next run begins. Inserted text is given the place it was inserted at, and text that is
/// written for other text the place of that. Runs need not rise: a cleaning rule may move a
/// passage.
///
/// ```
/// use bitext::text::Traced;
///
/// let mut line = Traced::verbatim("2005 年 9月", 100);
/// line.remove(4..5); // the blank before 年
/// assert_eq!(line.as_str(), "2005年 9月");
/// assert_eq!(line.origin(4), 105); // 年 still leads to its own byte
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traced {
    text: String,
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    edited: usize,
    original: usize,
    origin: Origin,
}

/// What the bytes of a run have to do with those of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// They are the same.
    Verbatim,
    /// They stand for this many bytes of the file, which may be none.
    Written { bytes: usize },
}

impl Traced {
    /// A text as it stands in the file from byte `original` on.
    pub fn verbatim(text: &str, original: usize) -> Self {
        let mut traced = Self::default();
        if !text.is_empty() {
            traced.push_run(Run { edited: 0, original, origin: Origin::Verbatim });
            traced.text.push_str(text);
        }
        traced
    }

    /// The edited text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length of the edited text in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Is there no text at all?
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The byte of the file that the byte `at` of the edited text came from; for `at` at the
    /// end, one past the origin of the last byte. 0 for an empty text.
    pub fn origin(&self, at: usize) -> usize {
        let k = self.runs.partition_point(|run| run.edited <= at);
        let Some(run) = k.checked_sub(1).map(|k| self.runs[k]) else { return 0 };
        match run.origin {
            Origin::Verbatim => run.original + (at - run.edited),
            Origin::Written { bytes } if at >= self.text.len() => run.original + bytes,
            Origin::Written { .. } => run.original,
        }
    }

    /// The stretches of the file that the text stands for, in the order of the text.
    pub fn origins(&self) -> impl Iterator<Item = Span> + '_ {
        let ends = self.runs.iter().skip(1).map(|run| run.edited);
        let ends = ends.chain(std::iter::once(self.text.len()));
        let spans = self.runs.iter().zip(ends).map(|(run, end)| {
            let bytes = match run.origin {
                Origin::Verbatim => end - run.edited,
                Origin::Written { bytes } => bytes,
            };
            Span::new(run.original, run.original + bytes)
        });
        spans.filter(|span| !span.is_empty())
    }

    /// The stretches of the file that this text stands for and `edited`, which was made of
    /// it, does not; in order.
    pub fn lost_in(&self, edited: &Traced) -> Vec<Span> {
        let all = Span::merged(self.origins().collect());
        let kept = Span::merged(edited.origins().collect());
        Span::uncovered(&all, &kept)
    }

    /// Appends a text.
    pub fn push(&mut self, other: &Traced) {
        let base = self.text.len();
        for run in &other.runs {
            self.push_run(Run { edited: base + run.edited, ..*run });
        }
        self.text.push_str(&other.text);
    }

    /// Appends text that does not stand in the file, placed at byte `original` of it.
    pub fn push_inserted(&mut self, text: &str, original: usize) {
        self.push_written(text, Span::new(original, original));
    }

    /// Appends text that stands for other text of the file: `fi` for the one letter `ﬁ`.
    pub fn push_written(&mut self, text: &str, original: Span) {
        if !text.is_empty() {
            let origin = Origin::Written { bytes: original.len() };
            let (edited, original) = (self.text.len(), original.start);
            self.push_run(Run { edited, original, origin });
            self.text.push_str(text);
        }
    }

    /// Cuts a byte range out of the edited text.
    ///
    /// # Panics
    ///
    /// If the range is not one of the text's, on character boundaries.
    pub fn remove(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            *self = self.without(&[range]);
        }
    }

    /// The text without the given byte ranges, which rise and do not overlap.
    ///
    /// # Panics
    ///
    /// If a range is not one of the text's, on character boundaries.
    pub fn without(&self, ranges: &[Range<usize>]) -> Traced {
        let mut out = Traced::default();
        let mut from = 0;
        for range in ranges {
            out.push(&self.slice(from..range.start));
            from = range.end;
        }
        out.push(&self.slice(from..self.text.len()));
        out
    }

    /// A part of the text, as a text of its own.
    ///
    /// # Panics
    ///
    /// If the range is not one of the text's, on character boundaries.
    pub fn slice(&self, range: Range<usize>) -> Traced {
        if range.is_empty() {
            return Traced::default();
        }
        let first = self.runs.partition_point(|run| run.edited <= range.start) - 1;
        let runs = self.runs[first..]
            .iter()
            .take_while(|run| run.edited < range.end)
            .map(|run| {
                let skipped = range.start.saturating_sub(run.edited);
                let original = match run.origin {
                    Origin::Verbatim => run.original + skipped,
                    Origin::Written { .. } => run.original,
                };
                Run { edited: (run.edited + skipped) - range.start, original, ..*run }
            })
            .collect();
        Self { text: self.text[range].to_owned(), runs }
    }

    /// The text without blanks at both ends.
    pub fn trimmed(&self) -> Traced {
        let start = self.text.len() - self.text.trim_start().len();
        let end = start + self.text.trim().len();
        self.slice(start..end)
    }

    fn push_run(&mut self, run: Run) {
        let goes_on = self.runs.last().is_some_and(|last| {
            last.origin == Origin::Verbatim
                && run.origin == Origin::Verbatim
                && last.original + (run.edited - last.edited) == run.original
        });
        if !goes_on {
            self.runs.push(run);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_leaves_the_rest_with_its_origin() {
        let mut text = Traced::verbatim("大会大会大会，", 10);
        text.remove(6..18);
        assert_eq!(text.as_str(), "大会，");
        assert_eq!(text.origin(0), 10);
        assert_eq!(text.origin(6), 28);
        assert_eq!(text.origin(9), 31);
    }

    #[test]
    fn joined_texts_lead_each_to_its_own_place() {
        let mut text = Traced::verbatim("the Third", 0);
        text.push_inserted(" ", 9);
        text.push(&Traced::verbatim("Committee", 40));
        assert_eq!(text.as_str(), "the Third Committee");
        assert_eq!(text.origin(10), 40);
        assert_eq!(text.slice(12..14).origin(0), 42);
    }

    #[test]
    fn trimming_moves_the_start() {
        let text = Traced::verbatim("  甲 ", 5).trimmed();
        assert_eq!((text.as_str(), text.origin(0)), ("甲", 7));
    }

    #[test]
    fn a_text_knows_what_it_stands_for_and_what_an_edit_lost() {
        let text = Traced::verbatim("ﬁnd 1 it", 10);
        let mut edited = Traced::default();
        edited.push_written("fi", Span::new(10, 13));
        edited.push(&text.slice(3..5));
        edited.push_inserted(" ", 15);
        edited.push(&text.slice(8..text.len()));
        assert_eq!(edited.as_str(), "find it");
        let origins: Vec<Span> = edited.origins().collect();
        assert_eq!(origins, [Span::new(10, 13), Span::new(13, 15), Span::new(18, 20)]);
        assert_eq!(text.lost_in(&edited), [Span::new(15, 18)]);
        assert_eq!(text.lost_in(&text), []);
        assert_eq!(text.lost_in(&Traced::default()), [Span::new(10, 20)]);
        assert_eq!(edited.slice(1..3).origins().next(), Some(Span::new(10, 13)));
    }

    #[test]
    fn an_empty_text_is_harmless() {
        let text = Traced::default();
        assert_eq!(text.origin(0), 0);
        assert!(text.trimmed().is_empty());
        assert!(Traced::verbatim("   ", 3).trimmed().is_empty());
    }
}
