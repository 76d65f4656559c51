/// A definition of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Half {
    pub(super) term: String,
    /// What stands in brackets behind the term: its name in the other language.
    pub(super) gloss: String,
    pub(super) text: String,
    pub(super) certainty: Certainty,
}

/// How sure it is that something is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// In a list of such alone: *Tide station - a fixed installation*.
    Listed,
    /// Only if the other language is sure.
    Possible,
    /// By words that do nothing else.
    Sure,
}
