//! What the aligner is given of each segment.

use crate::types::{Kind, Label, Mention, Token};

/// A segment as the aligner sees it.
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    /// Its text.
    pub text: &'a str,
    /// Its words. Where there are none the aligner cuts the text itself and keeps numbers
    /// only, which saves two thirds of the memory on long texts.
    pub tokens: Vec<Token>,
    /// What it mentions.
    pub mentions: Vec<Mention>,
    /// The number that opens it.
    pub label: Option<Label>,
    /// The labels of the units it stands in, outermost first.
    pub parents: Vec<Label>,
    /// What it is.
    pub kind: Kind,
    /// Was its beginning inferred? Then it continues the passage before it at no cost.
    pub soft: bool,
}
