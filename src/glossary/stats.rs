//! A termbase in figures.

use std::collections::BTreeMap;

use super::termbase::Termbase;
use crate::types::Status;

/// How much there is of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Concepts.
    pub n_concepts: usize,
    /// Rows of each status, in the order of the statuses.
    pub by_status: BTreeMap<Status, usize>,
    /// Rows by subject; an empty name is for those without one.
    pub by_subject: BTreeMap<String, usize>,
    /// Rows by document.
    pub by_document: BTreeMap<String, usize>,
    /// Rows that a person decided on, by the person; an empty name is for those unsigned.
    pub by_person: BTreeMap<String, usize>,
    /// The last day on which a row was changed; empty where none tells.
    pub last: String,
}

/// Counts a termbase.
pub fn stats(termbase: &Termbase) -> Stats {
    let mut stats = Stats { n_concepts: termbase.concepts.len(), ..Stats::default() };
    for (_, row) in termbase.rows() {
        *stats.by_status.entry(row.status).or_default() += 1;
        *stats.by_subject.entry(row.subject.clone()).or_default() += 1;
        for document in row.documents() {
            *stats.by_document.entry(document.to_owned()).or_default() += 1;
        }
        if row.is_decided() {
            *stats.by_person.entry(row.who.clone()).or_default() += 1;
        }
        if row.changed > stats.last {
            stats.last.clone_from(&row.changed);
        }
    }
    stats
}
