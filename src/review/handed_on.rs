//! What became of decisions that were handed on to the files beside the log.

use std::path::PathBuf;

use crate::types::{Pair, Status};

/// Up to which event decisions are in the files beside the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Those on terms, in the termbase.
    pub terms: usize,
    /// Those on findings, in the exceptions.
    pub findings: usize,
}

/// What became of decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandedOn {
    /// The files that were written.
    pub files: Vec<PathBuf>,
    /// What stands otherwise in the termbase: somebody changed it there, and it was left.
    pub differing: Vec<Differing>,
    /// The last event that is handed on.
    pub upto: usize,
}

/// A term that somebody else decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// The pair.
    pub term: Pair<String>,
    /// What is decided of it in the termbase.
    pub theirs: Status,
    /// What is decided of it here.
    pub ours: Status,
}

/// Why what is decided does not stand in the files beside the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A file could not be written; it is tried again.
    NotWritten(String),
    /// Somebody else decided otherwise in the termbase, and that stands.
    Differs(Vec<Differing>),
}
