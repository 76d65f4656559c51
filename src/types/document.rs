use crate::text::{Span, Traced};
use crate::types::{Label, LeftOut};

/// What a segment is in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The name of the whole document.
    Title,
    /// The name of a part of it: a chapter, a section, an article that stands on a line of
    /// its own.
    Heading,
    /// The words that open a resolution or a list: `大会，`, `The General Assembly,`.
    Chapeau,
    /// A paragraph, numbered or not.
    Paragraph,
    /// An item of a list.
    Item,
    /// The body of a footnote.
    Footnote,
    /// A line that holds a date and place, or a meeting.
    DateLine,
    /// A row of a table.
    Row,
}

impl Kind {
    /// The name used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Title => "title",
            Kind::Heading => "heading",
            Kind::Chapeau => "chapeau",
            Kind::Paragraph => "paragraph",
            Kind::Item => "item",
            Kind::Footnote => "footnote",
            Kind::DateLine => "date line",
            Kind::Row => "row",
        }
    }
}

/// A unit of alignment: paragraph, heading, list item, footnote, or (at that level) sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands in [`Document::text`].
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// The number that opens it. The text keeps it as written.
    pub label: Option<Label>,
    /// The labels of the units it stands in, outermost first; its own is not among them.
    pub parents: Vec<Label>,
    /// First and last line in the file, from 1.
    pub lines: (usize, usize),
    /// Was its beginning inferred, so that the other language may overrule it?
    pub soft: bool,
    /// For a footnote, the segment it is cited in.
    pub cited_in: Option<usize>,
    /// For a subtitle, when it is shown.
    pub cue: Option<Cue>,
    /// The language that a memory says it is in, as a tag of BCP 47.
    pub language: Option<Box<str>>,
}

/// The time that a subtitle is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// When it appears, in milliseconds from the beginning of the film.
    pub from: u32,
    /// When it goes.
    pub to: u32,
}

/// One side, cut into segments.
///
/// Spans point into `text`; `text` knows for each byte where it stood in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The name of the file.
    pub name: String,
    /// The cleaned text: the segments in order, a line feed between two.
    pub text: Traced,
    /// The segments, in order of their spans.
    pub segments: Vec<Segment>,
    /// What the file holds and no segment does, in order of the file: the ledger.
    pub left_out: Vec<LeftOut>,
}

impl Document {
    /// The text of a segment, its label as written.
    ///
    /// # Panics
    ///
    /// If there is no such segment.
    pub fn segment_text(&self, segment: usize) -> &str {
        self.segments[segment].span.of(self.text.as_str())
    }

    /// The texts of all segments, in order.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        self.segments.iter().map(|segment| segment.span.of(self.text.as_str()))
    }
}
