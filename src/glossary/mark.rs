//! Known pairs among the mined ones.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::Seed;
use crate::text::fold::fold;
use crate::types::{Concept, Pair, Status, TermEvidence, TermPair};

/// Marks the pairs that a glossary has: the glossary is their first evidence, and their
/// status is what it says there.
///
/// Compared are simplified characters and the stems of English words, so that 締約方 /
/// *Parties* is known by 缔约方 / *party*. Of several entries the first that somebody decided
/// on counts.
pub fn mark(terms: &mut [TermPair], concepts: &[Concept], seed: &Seed) {
    let stemmer = Stemmer::create(Algorithm::English);
    // Of a large glossary few entries are met in a document; the others need no stems.
    let met: FxHashSet<String> =
        terms.iter().map(|pair| zh_key(&pair.term.zh, seed)).collect();
    let mut known: FxHashMap<(String, String), Status> = FxHashMap::default();
    for concept in concepts {
        let pair = &concept.pair;
        let zh = std::iter::once(&pair.term.zh).chain(&pair.variants.zh);
        for zh in zh.map(|zh| zh_key(zh, seed)).filter(|zh| met.contains(zh)) {
            let en = std::iter::once(&pair.term.en).chain(&pair.variants.en);
            for en in en.map(|en| en_key(en, &stemmer)) {
                let status = known.entry((zh.clone(), en)).or_insert(pair.status);
                if *status == Status::Candidate {
                    *status = pair.status;
                }
            }
        }
    }
    for pair in terms {
        let key = (zh_key(&pair.term.zh, seed), en_key(&pair.term.en, &stemmer));
        if let Some(&status) = known.get(&key) {
            pair.status = status;
            pair.evidence.retain(|evidence| *evidence != TermEvidence::Glossary);
            pair.evidence.insert(0, TermEvidence::Glossary);
        }
    }
}

/// The pairs that a person has accepted, each written form of the one side with each of the
/// other.
pub fn accepted(concepts: &[Concept]) -> Vec<Pair<String>> {
    let is_accepted = |concept: &&Concept| {
        matches!(concept.pair.status, Status::Accepted | Status::Preferred)
    };
    let mut pairs = Vec::new();
    for pair in concepts.iter().filter(is_accepted).map(|concept| &concept.pair) {
        for zh in std::iter::once(&pair.term.zh).chain(&pair.variants.zh) {
            for en in std::iter::once(&pair.term.en).chain(&pair.variants.en) {
                pairs.push(Pair::new(zh.clone(), en.clone()));
            }
        }
    }
    pairs
}

fn zh_key(zh: &str, seed: &Seed) -> String {
    let folded = fold(zh);
    folded.chars().filter(|c| !c.is_whitespace()).map(|c| seed.simplify(c)).collect()
}

fn en_key(en: &str, stemmer: &Stemmer) -> String {
    let folded = fold(en);
    let words =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let stems: Vec<_> = words.map(|word| stemmer.stem(word)).collect();
    stems.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

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
