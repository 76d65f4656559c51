//! Terms that occur once, by the way they are written.
//!
//! One occurrence says nothing by itself; a bracket, a title mark, an enumeration does. Each
//! pattern proposes places of both sides in one unit; the same features as for recurring
//! pairs choose among them. Patterns: docs/terms.md, 11.

mod abbreviation;
mod enumeration;
mod gloss;
mod headword;
mod institution;
mod proposal;
mod searched_unit;
mod short_name;
mod short_unit;
mod title;

pub(super) use gloss::defined;
pub(super) use proposal::Proposal;

use rustc_hash::{FxHashMap, FxHashSet};

use self::searched_unit::SearchedUnit;
use super::candidates::RunPlace;
use super::corpus::{Corpus, Run};
use super::features::Scorer;
use super::{candidates_en, candidates_zh};
use crate::types::TermEvidence;

/// All proposals of all patterns and those found already, best first, one for each written
/// Chinese form.
pub(super) fn proposals(
    corpus: &Corpus,
    scorer: &mut Scorer<'_, '_>,
    mut found: Vec<Proposal>,
) -> Vec<Proposal> {
    found.extend(defined(corpus).into_iter().map(|(zh, en)| Proposal {
        zh,
        en,
        evidence: TermEvidence::Gloss,
        support: 0.9,
        weight: 1.0 + proposal::trust(TermEvidence::Gloss),
    }));
    for unit in 0..corpus.len() {
        let mut searched = SearchedUnit { corpus, scorer, unit, found: &mut found };
        if searched.abbreviation() {
            continue;
        }
        searched.glosses();
        searched.short_names();
        searched.titles();
        searched.short_unit();
        searched.enumerations();
        searched.institutions();
        searched.headwords();
    }
    found.sort_by(|a: &Proposal, b| {
        b.weight.total_cmp(&a.weight).then_with(|| (a.zh, a.en).cmp(&(b.zh, b.en)))
    });
    let mut seen = (FxHashSet::default(), FxHashSet::default());
    let mut kept: FxHashMap<u32, Vec<Run>> = FxHashMap::default();
    found.retain(|proposal| {
        let kept = kept.entry(proposal.zh.unit).or_default();
        let is_part = kept.iter().any(|run| run.contains(proposal.zh.run));
        let (zh, en) = (zh_key(corpus, proposal.zh), en_key(corpus, proposal.en));
        let is_new = !is_part && !seen.0.contains(&zh) && !seen.1.contains(&en);
        if is_new {
            kept.push(proposal.zh.run);
            seen.0.insert(zh);
            seen.1.insert(en);
        }
        is_new
    });
    found
}

/// The pairs that a bracket glosses, by what they say: 演绎作品（Adapted Material）.
pub(super) fn glossed(
    corpus: &Corpus,
    scorer: &mut Scorer<'_, '_>,
) -> FxHashSet<(u64, u64)> {
    let mut found = Vec::new();
    for unit in 0..corpus.len() {
        SearchedUnit { corpus, scorer, unit, found: &mut found }.glosses();
    }
    found.iter().map(|p| (zh_key(corpus, p.zh), en_key(corpus, p.en))).collect()
}

/// What a Chinese place says.
pub(super) fn zh_key(corpus: &Corpus, place: RunPlace) -> u64 {
    candidates_zh::hash_of(&corpus.zh[place.unit as usize].chars[place.run.range()])
}

/// What an English place says, number and case folded.
pub(super) fn en_key(corpus: &Corpus, place: RunPlace) -> u64 {
    candidates_en::hash_of(
        corpus,
        &corpus.en[place.unit as usize].words[place.run.range()],
    )
}

#[cfg(test)]
mod tests;
