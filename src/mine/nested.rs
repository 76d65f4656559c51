//! Terms that stand only inside longer ones: 司法互助 in 刑事司法互助.
//!
//! Comes in: what was claimed, and all pairs that were linked, mere parts of longer ones among
//! them. Goes out: those whose both sides lie in both sides of a claimed pair, one for each
//! Chinese candidate, each with the longer claim that holds it. The ranker says which of them a
//! reader wants.

use rustc_hash::FxHashSet;

use super::candidates::{Candidates, RunPlace};
use super::claiming::Claim;
use super::corpus::Run;
use super::features::Link;

/// How much must speak for a nested pair; it has no free place to show.
pub(super) const MIN_SUPPORT: f64 = 0.5;

/// The nested pairs, best first.
pub(super) fn nested(
    links: &[Link],
    claims: &[Claim],
    zh: &Candidates,
    en: &Candidates,
) -> Vec<Claim> {
    let mut outer: Vec<Vec<(Run, Run, usize)>> = vec![Vec::new(); zh.in_unit.len()];
    for (i, claim) in claims.iter().enumerate() {
        for (z, e) in &claim.places {
            outer[z.unit as usize].push((z.run, e.run, i));
        }
    }
    let mut seen: FxHashSet<u32> = claims.iter().map(|claim| claim.link.zh).collect();
    let mut order: Vec<&Link> = links
        .iter()
        .filter(|link| link.support >= MIN_SUPPORT && !link.is_coordination)
        .collect();
    order.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then((a.zh, a.en).cmp(&(b.zh, b.en)))
    });
    let mut out = Vec::new();
    for link in order {
        if seen.contains(&link.zh) {
            continue;
        }
        let mut inside = None;
        let places: Vec<(RunPlace, RunPlace)> = zh.list[link.zh as usize]
            .places
            .iter()
            .filter_map(|z| {
                let ens = en.list[link.en as usize].places_in(z.unit);
                outer[z.unit as usize]
                    .iter()
                    .filter(|(zh, _, _)| zh.contains(z.run) && *zh != z.run)
                    .find_map(|(_, en, claim)| {
                        let is_part = |e: &&RunPlace| en.contains(e.run) && *en != e.run;
                        let e = ens.iter().find(is_part)?;
                        inside = inside.or(Some(*claim));
                        Some((*z, *e))
                    })
            })
            .collect();
        if places.len() >= 2 && 2 * places.len() >= link.count as usize {
            seen.insert(link.zh);
            out.push(Claim { link: *link, inside, places });
        }
    }
    out
}
