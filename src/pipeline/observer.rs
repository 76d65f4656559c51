use crate::types::Notice;

/// A step of the work, as told to an [`Observer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bytes to text.
    Read,
    /// Page furniture and broken lines.
    Clean,
    /// Paragraphs, headings, items.
    Segment,
    /// Words, numbers, citations.
    Analyse,
    /// Beads.
    Align,
    /// Term pairs.
    Mine,
    /// Findings.
    Check,
    /// Files.
    Write,
}

/// Hears what happens while it happens. `()` hears nothing.
pub trait Observer: Sync {
    /// A stage begins.
    fn stage(&self, _stage: Stage) {}
    /// There is something to know about the input.
    fn notice(&self, _notice: &Notice) {}
}

impl Observer for () {}
