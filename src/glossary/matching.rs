//! Which rows of two concepts are one.

use std::collections::{BTreeMap, VecDeque};
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::termbase::Row;
use crate::terms::Keys;
use crate::types::Side;

/// Which row of `a` is which of `b`: those of the same terms, then of the same folded terms,
/// then of one term that is the same. In the order of `a`.
pub(super) fn matched(a: &[Row], b: &[Row], keys: &Keys<'_>) -> Vec<(usize, usize)> {
    let mut matching =
        Matching { a, b, of_a: BTreeMap::new(), taken: vec![false; b.len()] };
    matching.round(|row| vec![row.term.clone()]);
    matching.round(|row| vec![keys.pair(&row.term)]);
    matching.round(|row| {
        let terms = Side::BOTH.into_iter().map(|side| (side, row.term.get(side).clone()));
        terms.filter(|(_, term)| !term.is_empty()).collect()
    });
    matching.of_a.into_iter().collect()
}

/// The rows of two concepts while it is told which are one.
struct Matching<'a> {
    a: &'a [Row],
    b: &'a [Row],
    /// Of rows of `a`, the row of `b`.
    of_a: BTreeMap<usize, usize>,
    /// Of which rows of `b` it is told.
    taken: Vec<bool>,
}

impl Matching<'_> {
    /// Joins each row of `a` that is left with the first of `b` that has one of its keys.
    fn round<K: Eq + Hash>(&mut self, keys: impl Fn(&Row) -> Vec<K>) {
        if self.of_a.len() == self.a.len().min(self.b.len()) {
            return;
        }
        let left = (0..self.b.len()).filter(|&at| !self.taken[at]);
        let mut places = Places::of(
            left.flat_map(|at| keys(&self.b[at]).into_iter().map(move |key| (key, at))),
        );
        for (at, row) in self.a.iter().enumerate() {
            if self.of_a.contains_key(&at) {
                continue;
            }
            let found = keys(row)
                .iter()
                .filter_map(|key| places.first(key, |place| !self.taken[place]))
                .min();
            if let Some(found) = found {
                self.taken[found] = true;
                self.of_a.insert(at, found);
            }
        }
    }
}

/// The places of rows by what they have, to be used up one after the other.
pub(super) struct Places<K>(FxHashMap<K, VecDeque<usize>>);

impl<K: Eq + Hash> Places<K> {
    /// Keys with their places, in order.
    pub(super) fn of(places: impl Iterator<Item = (K, usize)>) -> Self {
        let mut all: FxHashMap<K, VecDeque<usize>> = FxHashMap::default();
        for (key, place) in places {
            all.entry(key).or_default().push_back(place);
        }
        Self(all)
    }

    /// The first with that key that is free; those before it are free no more.
    pub(super) fn first(
        &mut self,
        key: &K,
        is_free: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let places = self.0.get_mut(key)?;
        while places.front().is_some_and(|&place| !is_free(place)) {
            places.pop_front();
        }
        places.front().copied()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::glossary::Termbase;
    use crate::lexicon::Seed;

    const HEADER: &str = "concept,zh,en,status\n";

    #[test]
    fn rows_are_one_by_their_terms_then_by_their_folded_terms_then_by_one_term() {
        let rows = |text: &str| {
            Termbase::parse(&format!("{HEADER}{text}"), Path::new("t.csv"))
                .unwrap()
                .concepts["a"]
                .rows
                .clone()
        };
        let mine = rows("a,甲,one,\na,乙,two,\na,丙,three,\na,丁,four,\n");
        let theirs = rows("a,丁,five,\na,乙,Two,\na,丙,three,\na,乙,two,\n");
        let found = matched(&mine, &theirs, &Keys::new(Seed::shipped()));
        assert_eq!(found, [(1, 3), (2, 2), (3, 0)]);
    }
}
