//! What is different in two termbases, row by row.

use super::columns::Column;
use super::matching::matched;
use super::termbase::{Row, Termbase};
use crate::lexicon::Seed;
use crate::terms::Keys;
use crate::types::Pair;

/// A difference of two termbases.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// A row that only the second has.
    Added {
        /// Its concept.
        id: String,
        /// The row.
        row: Box<Row>,
    },
    /// A row that only the first has.
    Removed {
        /// Its concept.
        id: String,
        /// The row.
        row: Box<Row>,
    },
    /// A row of both with different cells.
    Changed {
        /// Its concept.
        id: String,
        /// Its terms in the second.
        term: Pair<String>,
        /// Column, cell in the first, cell in the second.
        cells: Vec<(String, String, String)>,
    },
}

/// The differences, in order of the concepts.
pub fn diff(first: &Termbase, second: &Termbase, seed: &Seed) -> Vec<Difference> {
    let mut out = Vec::new();
    let (none, keys) = (Vec::new(), Keys::new(seed));
    let ids: std::collections::BTreeSet<&String> =
        first.concepts.keys().chain(second.concepts.keys()).collect();
    for id in ids {
        let rows =
            |base: &'_ Termbase| base.concepts.get(id).map(|entry| entry.rows.clone());
        let (a, b) = (rows(first).unwrap_or_default(), rows(second).unwrap_or_default());
        let pairs = if a.is_empty() || b.is_empty() {
            none.clone()
        } else {
            matched(&a, &b, &keys)
        };
        for (at, row) in a.iter().enumerate() {
            match pairs.iter().find(|(first, _)| *first == at) {
                None => out.push(Difference::Removed {
                    id: id.clone(),
                    row: row.clone().into(),
                }),
                Some(&(_, other)) => {
                    let cells = changed(first, row, second, &b[other]);
                    if !cells.is_empty() {
                        let term = b[other].term.clone();
                        out.push(Difference::Changed { id: id.clone(), term, cells });
                    }
                }
            }
        }
        for (at, row) in b.iter().enumerate() {
            if pairs.iter().all(|(_, second)| *second != at) {
                out.push(Difference::Added { id: id.clone(), row: row.clone().into() });
            }
        }
    }
    out
}

fn changed(
    first: &Termbase,
    a: &Row,
    second: &Termbase,
    b: &Row,
) -> Vec<(String, String, String)> {
    let ours = Column::ALL.into_iter().map(|column| {
        let cell = |row: &Row| row.cell("", column).into_owned();
        (column.as_str().to_owned(), cell(a), cell(b))
    });
    let cell = |base: &Termbase, row: &Row, column: &String| {
        let at = base.other_columns.iter().position(|name| name == column);
        at.and_then(|at| row.other_cells.get(at).cloned()).unwrap_or_default()
    };
    let mut other_columns: Vec<&String> = first.other_columns.iter().collect();
    other_columns.extend(
        second.other_columns.iter().filter(|name| !first.other_columns.contains(name)),
    );
    let other_columns = other_columns
        .into_iter()
        .map(|name| (name.clone(), cell(first, a, name), cell(second, b, name)));
    ours.chain(other_columns).filter(|(_, old, new)| old != new).collect()
}
