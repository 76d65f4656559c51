//! Candidates that are pieces of a term that a person accepted.
//!
//! Before 履约保函 = *performance guarantee* is accepted, a miner may propose 履约保 =
//! *performance* as well. Once it is, a piece that stands nowhere without the whole is none to
//! decide on.

use rustc_hash::FxHashMap;

use super::termbase::{Row, Termbase};
use crate::terms::Keys;
use crate::types::Status;

/// The accepted pairs, to look up which of them a pair is a piece of.
#[derive(Debug, Default)]
pub(super) struct Wholes {
    /// Keys and in how many units.
    pairs: Vec<(String, String, usize)>,
    /// By two characters that follow one another in the Chinese, the pairs with them.
    by_bigram: FxHashMap<(char, char), Vec<usize>>,
}

impl Wholes {
    pub(super) fn collect(termbase: &Termbase, keys: &Keys<'_>) -> Self {
        let mut wholes = Self::default();
        for entry in termbase.concepts.values() {
            for (row, pair) in entry.pairs().filter(|(row, _)| row.is_accepted()) {
                let (zh, en) = keys.pair(&pair);
                let at = wholes.pairs.len();
                for bigram in bigrams(&zh) {
                    let known = wholes.by_bigram.entry(bigram).or_default();
                    if known.last() != Some(&at) {
                        known.push(at);
                    }
                }
                wholes.pairs.push((zh, en, row.total().count));
            }
        }
        wholes
    }

    /// Is a pair, in so many units, a piece of one of them?
    pub(super) fn has_piece(&self, (zh, en): &(String, String), count: usize) -> bool {
        let Some(first) = bigrams(zh).next() else { return false };
        let holds = |whole: &str, piece: &str| {
            format!(" {whole} ").contains(&format!(" {piece} "))
        };
        self.by_bigram.get(&first).into_iter().flatten().any(|&at| {
            let (whole_zh, whole_en, n) = &self.pairs[at];
            whole_zh != zh
                && whole_zh.contains(zh.as_str())
                && holds(whole_en, en)
                && count <= *n
        })
    }
}

fn bigrams(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

/// Takes out the candidates that are pieces of accepted terms, unless somebody wrote anything
/// to them.
pub(super) fn remove(termbase: &mut Termbase, keys: &Keys<'_>) {
    let wholes = Wholes::collect(termbase, keys);
    if wholes.pairs.is_empty() {
        return;
    }
    let is_untouched = |row: &Row| {
        row.status == Status::Candidate
            && row.who.is_empty()
            && row.note.is_empty()
            && row.former.is_empty()
            && row.other_cells.iter().all(String::is_empty)
    };
    termbase.concepts.retain(|_, entry| {
        let mut pairs = entry.pairs();
        let is_piece = entry.rows.len() == 1
            && pairs.all(|(row, pair)| {
                is_untouched(row)
                    && wholes.has_piece(&keys.pair(&pair), row.total().count)
            });
        !is_piece
    });
}
