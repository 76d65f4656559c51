//! What a search finds, and in which order.

use std::cmp::Reverse;

use crate::types::{Pair, Status};

/// How a row answers to a query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The whole term, or the id.
    Whole,
    /// The term begins so.
    Beginning,
    /// A word inside the term begins so.
    Word,
    /// It stands somewhere inside.
    Inside,
    /// The whole Chinese term is read so.
    Reading,
    /// Some of its characters are.
    PartReading,
    /// It is spelled almost so.
    Similar,
}

/// A row that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its concept.
    pub id: String,
    /// Its terms.
    pub term: Pair<String>,
    /// What was decided of it.
    pub status: Status,
    /// How it answers.
    pub how: Match,
    /// How often the pair was seen.
    pub count: usize,
}

/// What hits are ordered by, the best first; ties are in order of the ids, then of the rows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    pub(super) how: Match,
    rank: usize,
    count: Reverse<usize>,
    /// Of both terms, in bytes.
    length: usize,
}

impl Order {
    pub(super) fn new(
        how: Match,
        status: Status,
        count: usize,
        term: Pair<&str>,
    ) -> Self {
        let length = term.zh.len() + term.en.len();
        Self { how, rank: rank(status), count: Reverse(count), length }
    }
}

/// What may be used comes before what nobody saw, and this before what must not.
fn rank(status: Status) -> usize {
    match status {
        Status::Preferred => 0,
        Status::Accepted => 1,
        Status::Candidate => 2,
        Status::Forbidden => 3,
        Status::Rejected => 4,
    }
}

/// Is the id this term, folded, with hyphens for its blanks?
pub(super) fn is_named_by(id: &str, term: &str) -> bool {
    let as_id = |byte| if byte == b' ' { b'-' } else { byte };
    term.bytes().map(as_id).eq(id.bytes())
}
