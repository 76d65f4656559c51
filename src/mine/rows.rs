//! The rows of the list: which are listed, in which order.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::candidates::RunPlace;
use super::claiming::Claim;
use super::corpus::Run;
use super::features::Link;
use super::params::{Params, Strictness};
use super::traits::Traits;
use crate::types::{TermEvidence, TermPair};

/// A row with what the ranker knows of it.
pub(super) struct RankedRow {
    pub(super) pair: TermPair,
    pub(super) traits: Traits,
    /// The claim that it is made of, and the longer one that it stands inside.
    pub(super) claim: usize,
    pub(super) inside: Option<usize>,
}

/// Confidence from which a shorter cut of the English is shown beside the best one.
const CLEAR_CUT: f64 = 0.6;

/// How sure a longer cut must be to be listed in place of the one torn out of it, as a share of
/// the confidence of this one (measured).
const NEARLY: f64 = 0.85;

/// Confidence, at least, of a pair that the text glosses in brackets.
const GLOSSED: f64 = 0.9;

/// Of cuts, the surest first, the one to list: the first, unless its English is torn out of that
/// of another which is nearly as sure: *source project* of *open source project*. `is_torn_out`
/// tells of two English candidates whether the first is part of the second and never stands
/// outside it.
pub(super) fn whole_cut(
    mut cuts: impl Iterator<Item = (f64, Link)>,
    is_torn_out: impl Fn(u32, u32) -> bool,
) -> usize {
    let Some((confidence, first)) = cuts.next().filter(|(_, first)| !first.is_gloss)
    else {
        return 0;
    };
    let holds = |(sure, cut): (f64, Link)| {
        cut.zh == first.zh && sure >= NEARLY * confidence && is_torn_out(first.en, cut.en)
    };
    cuts.position(holds).map_or(0, |at| at + 1)
}

/// Is the English of another cut shown beside that of the best one, which stands so often?
pub(super) fn is_shown(
    params: &Params,
    (confidence, cut): (f64, &Link),
    best: &Link,
    is_longer: bool,
) -> bool {
    let least = match params.strictness {
        Strictness::Broad => 0.0,
        _ => params.variant_confidence,
    };
    // 人权 is not *rights* where it is *human rights* each time.
    let is_used = confidence >= CLEAR_CUT && cut.count > best.count;
    cut.zh == best.zh && confidence >= least && (is_longer || is_used)
}

/// How sure a row is: what the text itself says is beyond doubt.
pub(super) fn confidence_of(best: &Link, confidence: f64) -> f64 {
    match best.is_glossed {
        true => confidence.max(GLOSSED),
        false => confidence,
    }
}

/// For each claim how many others it holds on both sides, as they stand in its first unit, and
/// in that of its candidates' first places, which `samples` gives.
pub(super) fn held(
    claims: &[Claim],
    samples: impl Fn(&Claim) -> (RunPlace, RunPlace),
) -> Vec<usize> {
    let mut places: BTreeMap<u32, Vec<(Run, Run, usize)>> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        let (z, e) = claim.places[0];
        places.entry(z.unit).or_default().push((z.run, e.run, i));
        let (zs, es) = samples(claim);
        if zs.unit != z.unit && zs.unit == es.unit {
            places.entry(zs.unit).or_default().push((zs.run, es.run, i));
        }
    }
    let mut out = vec![0; claims.len()];
    for in_unit in places.values() {
        for (zh, en, i) in in_unit {
            for (outer_zh, outer_en, j) in in_unit {
                let is_inside = i != j
                    && outer_zh.contains(*zh)
                    && outer_en.contains(*en)
                    && (outer_zh != zh || outer_en != en);
                out[*j] += usize::from(is_inside);
            }
        }
    }
    out
}

/// Does a row reach the level asked for?
pub(super) fn is_sure(params: &Params, confidence: f64, is_nested: bool) -> bool {
    let least = match (params.strictness, is_nested && !params.nested) {
        (Strictness::Strict, _) => params.strict_confidence,
        (Strictness::Balanced, false) => params.balanced_confidence,
        (Strictness::Balanced, true) => params.nested_confidence,
        (Strictness::Broad, _) => 0.0,
    };
    confidence >= least
}

/// The order of the rows.
pub(super) fn surest_first(a: &RankedRow, b: &RankedRow) -> std::cmp::Ordering {
    let by_term = || a.pair.term.cmp(&b.pair.term);
    b.pair.confidence.total_cmp(&a.pair.confidence).then_with(by_term)
}

/// The pairs of rows, in order; those that stand only inside longer ones follow these, if they
/// are asked for.
pub(super) fn listed(
    rows: impl Iterator<Item = RankedRow>,
    params: &Params,
) -> Vec<TermPair> {
    if !params.nested {
        return rows.map(|row| row.pair).collect();
    }
    let (nested, whole): (Vec<_>, Vec<_>) = rows.partition(|row| row.inside.is_some());
    let holders: FxHashSet<usize> = whole.iter().map(|row| row.claim).collect();
    let mut below: BTreeMap<usize, Vec<TermPair>> = BTreeMap::new();
    let mut orphans = Vec::new();
    for row in nested {
        match row.inside.filter(|claim| holders.contains(claim)) {
            Some(claim) => below.entry(claim).or_default().push(row.pair),
            None => orphans.push(row.pair),
        }
    }
    let mut out = Vec::new();
    for row in whole {
        out.push(row.pair);
        out.extend(below.remove(&row.claim).into_iter().flatten());
    }
    out.extend(orphans);
    out
}

/// What speaks for a claim.
pub(super) fn evidence(claim: &Claim) -> Vec<TermEvidence> {
    let mut evidence = vec![TermEvidence::Repeated];
    if claim.link.is_glossed {
        evidence.insert(0, TermEvidence::Gloss);
    }
    if claim.link.is_gloss || claim.link.lexicon >= 0.9 {
        evidence.insert(0, TermEvidence::Dictionary);
    }
    evidence
}
