//! Known pairs among the mined ones.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::Seed;
use crate::terms::Keys;
use crate::types::{Concept, Side, Status, TermEvidence, TermPair};

/// Marks the pairs that a glossary has: the glossary is their first evidence, and their
/// status is what it says there.
///
/// Compared are [keys](Keys), so that 締約方 / *Parties* is known by 缔约方 / *party*. Of
/// several entries the first that somebody decided on counts.
pub fn mark(terms: &mut [TermPair], concepts: &[Concept], seed: &Seed) {
    let keys = Keys::new(seed);
    let of_terms: Vec<(String, String)> =
        terms.iter().map(|pair| keys.pair(&pair.term)).collect();
    // Of a large glossary few entries are met in a document; the others need no keys.
    let met: FxHashSet<&str> = of_terms.iter().map(|(zh, _)| zh.as_str()).collect();
    let mut known: FxHashMap<(String, String), Status> = FxHashMap::default();
    for Concept { pair, .. } in concepts {
        let zh = pair.forms(Side::Zh).map(|zh| keys.of(Side::Zh, zh));
        for zh in zh.filter(|zh| met.contains(zh.as_str())) {
            for en in pair.forms(Side::En).map(|en| keys.of(Side::En, en)) {
                let status = known.entry((zh.clone(), en)).or_insert(pair.status);
                if *status == Status::Candidate {
                    *status = pair.status;
                }
            }
        }
    }
    for (pair, key) in terms.iter_mut().zip(&of_terms) {
        if let Some(&status) = known.get(key) {
            pair.status = status;
            pair.evidence.retain(|evidence| *evidence != TermEvidence::Glossary);
            pair.evidence.insert(0, TermEvidence::Glossary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Pair;

    fn pair(zh: &str, en: &str, status: Status) -> TermPair {
        TermPair { term: Pair::new(zh.into(), en.into()), status, ..TermPair::default() }
    }

    fn concept(zh: &str, en: &str, status: Status) -> Concept {
        Concept { pair: pair(zh, en, status), ..Concept::default() }
    }

    #[test]
    fn a_known_pair_keeps_the_status_it_has_in_the_glossary() {
        let candidate = Status::Candidate;
        let mut terms = [
            pair("缔约方", "States  Parties", candidate),
            pair("公约", "treaty", candidate),
        ];
        let glossary = [
            concept("缔约方", "State party", candidate),
            concept("缔约方", "State Party", Status::Preferred),
            concept("公约", "convention", Status::Accepted),
        ];
        mark(&mut terms, &glossary, Seed::shipped());
        assert_eq!(terms[0].status, Status::Preferred);
        assert_eq!(terms[0].evidence, [TermEvidence::Glossary]);
        assert_eq!((terms[1].status, terms[1].evidence.len()), (candidate, 0));
    }
}
