//! What the claims left over: second renderings that stand once, and terms whose renderings
//! are scattered so far that no pair of them recurs.
//!
//! Comes in: the claims and the candidates of both sides. Goes out: proposals, like those of
//! `patterns`. 司法互助 stands once, but *mutual legal assistance* is a term already; 追回资产
//! and *asset recovery* each stand twice, but only once together.

use rustc_hash::FxHashSet;

use super::candidates::{Candidates, RunPlace};
use super::candidates_zh;
use super::claiming::Claim;
use super::corpus::{Corpus, Run};
use super::features::Scorer;
use super::patterns::Proposal;
use crate::types::TermEvidence;

/// How much must speak for a second rendering of a term (measured by reading).
const MIN_SECOND: f64 = 0.55;
/// How much must speak for two candidates that meet once (measured by reading).
const MIN_MET: f64 = 0.7;
/// How much each edge must be linked.
const MIN_EDGE: f64 = 0.4;

/// The spans that the claims hold, by unit.
type Held = Vec<Vec<(Run, Run)>>;

/// The proposals, second renderings first.
pub(super) fn leftovers(
    corpus: &Corpus,
    scorer: &mut Scorer<'_, '_>,
    claims: &[Claim],
    (zh, en): (&Candidates, &Candidates),
) -> Vec<Proposal> {
    let mut held: Held = vec![Vec::new(); corpus.len()];
    for (z, e) in claims.iter().flat_map(|claim| &claim.places) {
        held[z.unit as usize].push((z.run, e.run));
    }
    let mut out = second_renderings(corpus, scorer, claims, en, &held);
    out.extend(met_once(scorer, claims, (zh, en), &held));
    out
}

/// Chinese runs for the places of a term's English where its Chinese does not stand.
fn second_renderings(
    corpus: &Corpus,
    scorer: &mut Scorer<'_, '_>,
    claims: &[Claim],
    en: &Candidates,
    held: &Held,
) -> Vec<Proposal> {
    let mut out = Vec::new();
    for claim in
        claims.iter().filter(|c| c.link.support >= 0.5 && !c.link.is_coordination)
    {
        let candidate = &en.list[claim.link.en as usize];
        if candidate.len() < 2 {
            continue;
        }
        let matched: FxHashSet<(u32, Run)> =
            claim.places.iter().map(|(_, e)| (e.unit, e.run)).collect();
        for place in
            candidate.places.iter().filter(|p| !matched.contains(&(p.unit, p.run)))
        {
            let held = &held[place.unit as usize];
            if held.iter().any(|(_, taken)| blocks(*taken, place.run)) {
                continue;
            }
            let mut runs = Vec::new();
            let text = &corpus.zh[place.unit as usize];
            candidates_zh::word_runs(corpus, text, &mut runs);
            let free = runs
                .into_iter()
                .map(|(run, _)| run)
                .filter(|run| candidates_zh::is_firm(corpus, text, *run))
                .filter(|run| !held.iter().any(|(taken, _)| blocks(*taken, *run)));
            let best = free
                .filter_map(|zh| proposal(scorer, place.unit, zh, place.run, MIN_SECOND))
                .max_by(|a, b| a.weight.total_cmp(&b.weight));
            out.extend(best);
        }
    }
    out
}

/// Unclaimed candidates of several words that recur on both sides and stand together once.
fn met_once(
    scorer: &mut Scorer<'_, '_>,
    claims: &[Claim],
    (zh, en): (&Candidates, &Candidates),
    held: &Held,
) -> Vec<Proposal> {
    let claimed_zh: FxHashSet<u32> = claims.iter().map(|claim| claim.link.zh).collect();
    let claimed_en: FxHashSet<u32> = claims.iter().map(|claim| claim.link.en).collect();
    let mut out = Vec::new();
    for (unit, held) in held.iter().enumerate() {
        let ens: Vec<Run> = en.in_unit[unit]
            .iter()
            .filter(|(id, _)| {
                !claimed_en.contains(id) && en.list[*id as usize].len() >= 2
            })
            .flat_map(|(id, _)| en.list[*id as usize].places_in(unit as u32))
            .map(|place| place.run)
            .filter(|run| !held.iter().any(|(_, taken)| blocks(*taken, *run)))
            .collect();
        if ens.is_empty() {
            continue;
        }
        for (id, _) in &zh.in_unit[unit] {
            let candidate = &zh.list[*id as usize];
            if claimed_zh.contains(id) || candidate.len() < 4 {
                continue;
            }
            for place in candidate.places_in(unit as u32) {
                if held.iter().any(|(taken, _)| blocks(*taken, place.run)) {
                    continue;
                }
                let known = scorer.known_runs(*place, &ens);
                let best = known
                    .into_iter()
                    .filter_map(|en| proposal(scorer, place.unit, place.run, en, MIN_MET))
                    .max_by(|a, b| a.weight.total_cmp(&b.weight));
                out.extend(best);
            }
        }
    }
    out
}

/// Is the run no longer free? As in claiming, a run around a taken one is.
pub(super) fn blocks(taken: Run, run: Run) -> bool {
    taken.overlaps(run) && !(run.contains(taken) && run != taken)
}

fn proposal(
    scorer: &mut Scorer<'_, '_>,
    unit: u32,
    zh: Run,
    en: Run,
    least: f64,
) -> Option<Proposal> {
    let (_, link) = scorer.assess(unit, zh, &[en]).pop()?;
    let is_phrase = link.is_coordination || link.has_particle;
    let holds = link.support >= least && link.edge >= MIN_EDGE && !is_phrase;
    holds.then_some(Proposal {
        zh: RunPlace { unit, run: zh },
        en: RunPlace { unit, run: en },
        evidence: TermEvidence::Dictionary,
        support: link.support,
        weight: link.score + 1.2,
    })
}
