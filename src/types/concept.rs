use crate::types::TermPair;

/// A glossary entry as a file holds it: one meaning, its terms on both sides, and what the
/// owner of the file says of them (ISO 30042 calls it a concept).
///
/// A file that gives its terms different statuses has an entry for each status: what may be
/// said and what must not are different advice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concept {
    /// What the file calls it: a row id, an entry id; empty where it has no name.
    pub id: String,
    /// The terms, with all that the file tells of their origin.
    pub pair: TermPair,
    /// The field it belongs to: law, finance; empty where unknown.
    pub subject: String,
    /// A remark of the owner.
    pub note: String,
    /// The document that the terms are from; empty where unknown.
    pub document: String,
    /// Where it stands in the file: the line or row, from 1.
    pub line: usize,
}
