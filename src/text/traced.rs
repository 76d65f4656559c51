use std::ops::Range;

/// A text that was edited and still knows where each byte of it stood in the file.
///
/// Kept as runs: from `edited` on, the bytes are those of the file from `original` on, until
/// the next run begins. Inserted text is given the place it was inserted at. Runs need not
/// rise: a cleaning rule may move a passage.
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
}

impl Traced {
    /// A text as it stands in the file from byte `original` on.
    pub fn verbatim(text: &str, original: usize) -> Self {
        let runs =
            if text.is_empty() { Vec::new() } else { vec![Run { edited: 0, original }] };
        Self { text: text.to_owned(), runs }
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
        match k.checked_sub(1) {
            Some(k) => self.runs[k].original + (at - self.runs[k].edited),
            None => 0,
        }
    }

    /// Appends a text.
    pub fn push(&mut self, other: &Traced) {
        let base = self.text.len();
        for run in &other.runs {
            self.push_run(Run { edited: base + run.edited, original: run.original });
        }
        self.text.push_str(&other.text);
    }

    /// Appends text that does not stand in the file, placed at byte `original` of it.
    pub fn push_inserted(&mut self, text: &str, original: usize) {
        if !text.is_empty() {
            self.push_run(Run { edited: self.text.len(), original });
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
                Run {
                    edited: (run.edited + skipped) - range.start,
                    original: run.original + skipped,
                }
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
            last.original + (run.edited - last.edited) == run.original
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
    fn an_empty_text_is_harmless() {
        let text = Traced::default();
        assert_eq!(text.origin(0), 0);
        assert!(text.trimmed().is_empty());
        assert!(Traced::verbatim("   ", 3).trimmed().is_empty());
    }
}
