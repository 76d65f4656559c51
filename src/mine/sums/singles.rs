//! Terms that occur once, by the way they are written: each document alone tells its own.

use std::collections::BTreeMap;
use std::io;

use rustc_hash::{FxHashMap, FxHashSet};

use super::claims::Claims;
use super::documents::{Sides, Sums};
use super::pairs::Both;
use crate::mine::candidates::Candidate;
use crate::mine::claiming::Claim;
use crate::mine::features::Link;
use crate::mine::params::Strictness;
use crate::mine::patterns::{self, Proposal};
use crate::mine::{contexts, kind, leftovers, written};
use crate::types::{Pair, TermPair};

/// So many bytes of text list as many terms that occur once as a document may.
///
/// Source: chosen, so that a longer collection lists more of them: a book has about so many.
const LISTS_AS_ONE: usize = 1_500_000;

/// Of so many times what is listed the surest are kept, for two that propose one term leave
/// room for others.
const SPARE: usize = 8;

/// A proposal with its row: what orders it, what it says.
struct Single {
    weight: f64,
    unit: u32,
    hashes: (u64, u64),
    row: TermPair,
}

/// The terms that occur once, the surest first.
pub(super) fn singles(
    sums: &mut Sums<'_>,
    sides: &Sides,
    claims: &Claims,
) -> io::Result<Vec<TermPair>> {
    let params = sums.params;
    if params.max_single == 0 || params.strictness == Strictness::Strict {
        return Ok(Vec::new());
    }
    let n_listed = params.max_single * sums.size.div_ceil(LISTS_AS_ONE).max(1);
    let known: FxHashSet<u64> = claims
        .list
        .iter()
        .map(|claim| sides.zh.list[claim.link.zh as usize].hash)
        .collect();
    let mut found: BTreeMap<(u64, u64), Single> = BTreeMap::new();
    for document in sums.order() {
        for single in of_document(sums, sides, claims, &known, document)? {
            let is_better = found
                .get(&single.hashes)
                .is_none_or(|other| order(&single, other).is_lt());
            if is_better {
                found.insert(single.hashes, single);
            }
        }
        if found.len() > 2 * SPARE * n_listed {
            found = surest(found, SPARE * n_listed)
                .into_iter()
                .map(|single| (single.hashes, single))
                .collect();
        }
    }
    let mut seen = (FxHashSet::default(), FxHashSet::default());
    let surest = surest(found, SPARE * n_listed).into_iter();
    let new = surest.filter(|single| {
        let (zh, en) = single.hashes;
        let is_new = !seen.0.contains(&zh) && !seen.1.contains(&en);
        if is_new {
            seen.0.insert(zh);
            seen.1.insert(en);
        }
        is_new
    });
    Ok(new.take(n_listed).map(|single| single.row).collect())
}

fn order(a: &Single, b: &Single) -> std::cmp::Ordering {
    let key = |single: &Single| (single.unit, single.hashes);
    b.weight.total_cmp(&a.weight).then_with(|| key(a).cmp(&key(b)))
}

fn surest(found: BTreeMap<(u64, u64), Single>, n: usize) -> Vec<Single> {
    let mut list: Vec<Single> = found.into_values().collect();
    list.sort_by(order);
    list.truncate(n);
    list
}

/// What one document proposes, none of it a term that recurs, the surest first.
fn of_document(
    sums: &mut Sums<'_>,
    sides: &Sides,
    claims: &Claims,
    known: &FxHashSet<u64>,
    document: usize,
) -> io::Result<Vec<Single>> {
    let both = Both::open(sums, sides, document)?;
    let here = claims_here(sums, claims, &both);
    let mut scorer = sums.scorer();
    let lists = (&both.zh.candidates, &both.en.candidates);
    let left = leftovers::leftovers(scorer.corpus, &mut scorer, &here, lists);
    let proposals = patterns::proposals(scorer.corpus, &mut scorer, left);
    let claimed = claims.runs(sums.corpus.len(), &both);
    let proposals: Vec<Proposal> = proposals
        .into_iter()
        .filter(|proposal| !known.contains(&patterns::zh_key(&sums.corpus, proposal.zh)))
        .filter(|proposal| {
            let runs = &claimed[proposal.zh.unit as usize];
            !runs.iter().any(|run| run.contains(proposal.zh.run))
        })
        .take(sums.params.max_single)
        .collect();
    if proposals.is_empty() {
        return Ok(Vec::new());
    }
    let units = sums.shelf.units(document)?;
    let single = |proposal: Proposal| {
        let (zh, en) = (Candidate::at(proposal.zh), Candidate::at(proposal.en));
        let (corpus, alignment) = (&sums.corpus, &sums.alignment);
        let is_name = written::is_name(corpus, &zh);
        let zh_form = written::zh_forms(corpus, &units, &zh).remove(0).0;
        let en_form = written::en_forms(corpus, &units, &en, is_name).remove(0).0;
        let n = corpus.weight(proposal.zh.unit);
        let row = TermPair {
            part_of_speech: kind::part_of_speech(corpus, &en),
            term_type: kind::term_type(corpus, &zh, &en, &en_form),
            term: Pair::new(zh_form, en_form),
            count: 1,
            counts: Pair::new(n, corpus.weight(proposal.en.unit)),
            documents: 1,
            confidence: proposal.confidence(),
            evidence: vec![proposal.evidence],
            contexts: contexts::contexts(corpus, &units, alignment, &zh, &en),
            ..TermPair::default()
        };
        Single {
            weight: proposal.weight,
            unit: sums.starts[document] + proposal.zh.unit,
            hashes: (
                patterns::zh_key(corpus, proposal.zh),
                patterns::en_key(corpus, proposal.en),
            ),
            row,
        }
    };
    Ok(proposals.into_iter().map(single).collect())
}

/// The claims with places in the document at hand, by the candidates in it.
fn claims_here(sums: &Sums<'_>, claims: &Claims, both: &Both) -> Vec<Claim> {
    let mut places: FxHashMap<u32, Vec<_>> = FxHashMap::default();
    for (claim, z, e) in claims.places(sums, both) {
        places.entry(claim).or_default().push((z, e));
    }
    let mut here = Vec::new();
    for (zh, (id, _)) in (0..).zip(both.zh.iter()) {
        for (at, claim) in claims.of(id) {
            let Some(en) = both.en.find(claim.link.en) else { continue };
            let places = places.remove(&at).unwrap_or_default();
            let link = Link { zh, en, ..claim.link };
            here.push((at, Claim { link, inside: claim.inside, places }));
        }
    }
    here.sort_unstable_by_key(|(at, _)| *at);
    here.into_iter().map(|(_, claim)| claim).collect()
}
