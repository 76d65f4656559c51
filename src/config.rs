//! All that can be tuned, stage by stage.

/// What is aligned and written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Paragraphs, headings, list items, footnotes.
    #[default]
    Paragraph,
    /// The sentences inside them; the bead of a paragraph is never crossed.
    Sentence,
}

/// What is done about passages that stand elsewhere on the other side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moved {
    /// They are told of and made units.
    Link,
    /// They are told of; both places stay alone.
    #[default]
    Report,
    /// They are left alone.
    Off,
}

/// The parameters of every stage.
#[derive(Default, Clone, Debug, PartialEq)]
pub struct Config {
    /// Each non-empty line is a segment already: nothing is cleaned, joined or split.
    pub lines: bool,
    /// What stays in the text that is left out of it otherwise.
    pub keep: crate::types::Keep,
    /// What is aligned and written.
    pub level: Level,
    /// What is done about passages that stand elsewhere on the other side.
    pub moved: Moved,
    /// Of the alignment.
    pub align: crate::align::Params,
    /// Of the mining.
    pub mine: crate::mine::Params,
}
