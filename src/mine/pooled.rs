//! Terms whose renderings are scattered: 约定 is *agreement*, *agree*, *as agreed* in turn, and
//! none of them recurs enough to be linked.
//!
//! Comes in: the candidates and what was claimed. Goes out: claims of the Chinese candidates
//! that are left with the renderings that the word alignment ties to their free places, pooled.

use rustc_hash::FxHashSet;

use super::candidates::{Candidate, Candidates, RunPlace};
use super::claiming::Claim;
use super::corpus::Run;
use super::features::Scorer;
use super::leftovers::blocks;
use super::tight;

/// How much must speak for each rendering (measured).
const MIN_SUPPORT: f64 = 0.6;
/// Share of its places that the renderings of a term must cover, at least.
const MIN_SHARE: f64 = 0.5;

/// The pooled claims, in order of the Chinese candidate; their English candidates are added.
pub(super) fn pooled(
    scorer: &mut Scorer<'_, '_>,
    claims: &[Claim],
    zh: &Candidates,
    en: &mut Candidates,
) -> Vec<Claim> {
    let claimed: FxHashSet<u32> = claims.iter().map(|claim| claim.link.zh).collect();
    let mut held: Vec<Vec<(Run, Run)>> = vec![Vec::new(); zh.in_unit.len()];
    for (z, e) in claims.iter().flat_map(|claim| &claim.places) {
        held[z.unit as usize].push((z.run, e.run));
    }
    let is_free = |z: &RunPlace, e: &RunPlace| {
        held[z.unit as usize]
            .iter()
            .all(|(zh, en)| !blocks(*zh, z.run) && !blocks(*en, e.run))
    };
    let mut out = Vec::new();
    for (id, candidate) in (0..).zip(&zh.list) {
        if claimed.contains(&id) || candidate.len() > 8 {
            continue;
        }
        let mut places: Vec<(RunPlace, RunPlace)> = Vec::new();
        let mut best: Option<super::features::Link> = None;
        for same in tight::renderings(scorer.corpus, scorer.alignment, candidate) {
            let (z, e) = same[0];
            let Some((_, link)) = scorer.assess(z.unit, z.run, &[e.run]).pop() else {
                continue;
            };
            if link.support < MIN_SUPPORT || link.is_coordination || link.is_soft {
                continue;
            }
            places.extend(same.iter().filter(|(z, e)| is_free(z, e)));
            if best.is_none_or(|best| link.support > best.support) {
                best = Some(link);
            }
        }
        let n = places.len();
        let Some(link) = best else { continue };
        if n < 2 || (n as f64) < MIN_SHARE * candidate.frequency() as f64 {
            continue;
        }
        places.sort_unstable();
        let mut ens: Vec<RunPlace> = places.iter().map(|(_, e)| *e).collect();
        ens.sort_unstable();
        ens.dedup();
        let dice = 2.0 * n as f64 / (candidate.frequency() + n) as f64;
        let link = super::features::Link {
            zh: id,
            en: en.list.len() as u32,
            count: n as u32,
            dice,
            score: link.score * dice,
            ..link
        };
        en.list.push(Candidate { places: ens, ..Candidate::default() });
        out.push(Claim { link, inside: None, places });
    }
    out
}
