//! What cleaning gives.

use super::layout::Layout;
use super::line::Line;
use crate::types::Removal;

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
