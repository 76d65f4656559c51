//! Which links hold, by rounds over the documents.
//!
//! In one text the best link takes its places, and the next ones live on what is left. Whether
//! a link holds is then known before the next one is asked. Over many documents it is known
//! only when all were looked at. So in the first round every link takes its places, each
//! document by itself, best first, and it is summed up how many were free; in the next ones
//! only those take places that held in the round before. What the first links decide stays, so
//! the rounds come to rest from the best down; the few that would still change after
//! [`ROUNDS`] stay as they are.

use std::io;

use rustc_hash::{FxHashMap, FxHashSet};

use super::documents::{Sides, Sums};
use super::pairs::{Both, Linked};
use crate::mine::candidates::{Candidate, RunPlace};
use crate::mine::claiming::{self, Claim, Taken};
use crate::mine::corpus::Run;
use crate::mine::features::Link;
use crate::mine::nested::MIN_SUPPORT;
use crate::mine::params::Strictness;

/// Most rounds.
///
/// Source: measured, docs/scale.md.
const ROUNDS: usize = 5;

/// What a link stood free at, summed over the documents.
#[derive(Clone, Copy, Debug, Default)]
struct Free {
    /// Places of both.
    both: u32,
    /// Places of either side.
    any: u32,
    /// The first of both.
    first: Option<(RunPlace, RunPlace)>,
}

impl Free {
    /// Adds places of a document.
    fn add(&mut self, places: &[(RunPlace, RunPlace)]) {
        self.both += places.len() as u32;
        self.first = self.first.into_iter().chain(places.iter().copied()).min();
    }
}

/// The links that take places, and which of them do.
pub(super) struct Claims {
    /// What was accepted, with the first of its places alone.
    pub(super) list: Vec<Claim>,
    /// For each of the whole links, best first, whether it holds.
    holds: Vec<bool>,
    /// Which claim a link that holds is.
    claim_of: FxHashMap<u32, u32>,
    /// The whole links of each candidate, by their ranks.
    of_zh: FxHashMap<u32, Vec<u32>>,
    of_en: FxHashMap<u32, Vec<u32>>,
    whole: Vec<Link>,
    /// The claims of each Chinese candidate.
    by_zh: FxHashMap<u32, Vec<u32>>,
}

/// The claims of all documents.
pub(super) fn claims(
    sums: &mut Sums<'_>,
    sides: &Sides,
    linked: &Linked,
) -> io::Result<Claims> {
    let mut claims = Claims {
        list: Vec::new(),
        holds: vec![true; linked.whole.len()],
        claim_of: FxHashMap::default(),
        of_zh: FxHashMap::default(),
        of_en: FxHashMap::default(),
        whole: linked.whole.clone(),
        by_zh: FxHashMap::default(),
    };
    for (rank, link) in (0..).zip(&claims.whole) {
        claims.of_zh.entry(link.zh).or_default().push(rank);
        claims.of_en.entry(link.en).or_default().push(rank);
    }
    let mut free = Vec::new();
    for _ in 0..ROUNDS {
        free = vec![Free::default(); claims.whole.len()];
        for document in sums.order() {
            let both = Both::open(sums, sides, document)?;
            claims.walk(sums, &both, |rank, places, any| {
                let whole = |place| sums.whole(document, place);
                let places: Vec<_> =
                    places.iter().map(|(z, e)| (whole(*z), whole(*e))).collect();
                free[rank].add(&places);
                free[rank].any += any as u32;
            });
        }
        let holds = decided(linked, &claims.whole, &free);
        let is_settled = holds == claims.holds;
        claims.holds = holds;
        if is_settled {
            break;
        }
    }
    for (rank, link) in claims.whole.iter().enumerate() {
        // What changed in the last round may have no place.
        if let (true, Some(first)) = (claims.holds[rank], free[rank].first) {
            claims.claim_of.insert(rank as u32, claims.list.len() as u32);
            claims.list.push(Claim { link: *link, inside: None, places: vec![first] });
        }
    }
    let nested = nested(sums, sides, linked, &claims)?;
    claims.list.extend(nested);
    if sums.params.strictness == Strictness::Broad {
        let unclaimed = unclaimed(sums, sides, linked, &claims)?;
        claims.list.extend(unclaimed);
    }
    for (at, claim) in (0..).zip(&claims.list) {
        claims.by_zh.entry(claim.link.zh).or_default().push(at);
    }
    Ok(claims)
}

/// Which links hold, from the best down.
fn decided(linked: &Linked, whole: &[Link], free: &[Free]) -> Vec<bool> {
    let nests = |inner: &FxHashMap<u32, Vec<u32>>, a: u32, b: u32| {
        a == b
            || [(a, b), (b, a)]
                .iter()
                .any(|(long, short)| inner.get(long).is_some_and(|i| i.contains(short)))
    };
    let mut partners: (FxHashMap<u32, Vec<u32>>, FxHashMap<u32, Vec<u32>>) =
        Default::default();
    let mut holds = Vec::with_capacity(whole.len());
    for (link, free) in whole.iter().zip(free) {
        let ens = partners.0.get(&link.zh).map_or(&[][..], Vec::as_slice);
        let zhs = partners.1.get(&link.en).map_or(&[][..], Vec::as_slice);
        let is_second = !ens.is_empty() || !zhs.is_empty();
        let is_barred = is_second
            && (link.support < claiming::SECOND
                || ens.iter().any(|en| nests(&linked.inner_en, *en, link.en))
                || zhs.iter().any(|zh| nests(&linked.inner_zh, *zh, link.zh)));
        let is_enough = claiming::is_enough(link, free.both as usize, free.any as usize);
        if is_enough && !is_barred {
            partners.0.entry(link.zh).or_default().push(link.en);
            partners.1.entry(link.en).or_default().push(link.zh);
        }
        holds.push(is_enough && !is_barred);
    }
    holds
}

impl Claims {
    /// Lets the links take their places in the document at hand, best first. Calls `found`
    /// for each link of which a side stands here: its rank, the places where both stand
    /// free, and how many either side stands free at.
    fn walk(
        &self,
        sums: &Sums<'_>,
        both: &Both,
        mut found: impl FnMut(usize, &[(RunPlace, RunPlace)], usize),
    ) {
        let n_units = sums.corpus.len();
        let mut taken =
            (Taken(vec![Vec::new(); n_units]), Taken(vec![Vec::new(); n_units]));
        let mut here: Vec<(u32, u32, u32)> = Vec::new();
        for unit in 0..n_units {
            here.clear();
            for &(at, _) in &both.zh.candidates.in_unit[unit] {
                let ranks = self.of_zh.get(&both.zh.ids[at as usize]);
                here.extend(ranks.into_iter().flatten().map(|r| (*r, at, u32::MAX)));
            }
            for &(at, _) in &both.en.candidates.in_unit[unit] {
                let ranks = self.of_en.get(&both.en.ids[at as usize]);
                here.extend(ranks.into_iter().flatten().map(|r| (*r, u32::MAX, at)));
            }
            here.sort_unstable();
            for same in here.chunk_by(|a, b| a.0 == b.0) {
                let rank = same[0].0 as usize;
                let free = |list: &[Candidate], taken: &Taken, at: u32| match at {
                    u32::MAX => Vec::new(),
                    at => taken.free_in(&list[at as usize], unit as u32),
                };
                let zh = same.iter().map(|s| s.1).min().unwrap_or(u32::MAX);
                let en = same.iter().map(|s| s.2).min().unwrap_or(u32::MAX);
                let zh = free(&both.zh.candidates.list, &taken.0, zh);
                let en = free(&both.en.candidates.list, &taken.1, en);
                let places = match zh.is_empty() || en.is_empty() {
                    true => Vec::new(),
                    false => claiming::matched(&zh, &en, &sums.alignment),
                };
                found(rank, &places, zh.len() + en.len());
                let link = &self.whole[rank];
                if self.holds[rank] && claiming::takes_places(link) {
                    for &(z, e) in &places {
                        taken.0.take(z, link.is_name);
                        taken.1.take(e, link.is_name);
                    }
                }
            }
        }
    }

    /// The claims of a Chinese candidate: which they are.
    pub(super) fn of(&self, zh: u32) -> impl Iterator<Item = (u32, &Claim)> {
        let claims = self.by_zh.get(&zh).into_iter().flatten();
        claims.map(|at| (*at, &self.list[*at as usize]))
    }

    /// Where the Chinese of the claims stands in the document at hand, by unit; coordinations
    /// left out.
    pub(super) fn runs(&self, n_units: usize, both: &Both) -> Vec<Vec<Run>> {
        let mut out = vec![Vec::new(); n_units];
        for (id, zh) in both.zh.iter() {
            if self.of(id).any(|(_, claim)| !claim.link.is_coordination) {
                zh.places
                    .iter()
                    .for_each(|place| out[place.unit as usize].push(place.run));
            }
        }
        out
    }

    /// The places of the claims in the document at hand, by claim.
    pub(super) fn places(
        &self,
        sums: &Sums<'_>,
        both: &Both,
    ) -> Vec<(u32, RunPlace, RunPlace)> {
        let mut out = Vec::new();
        self.walk(sums, both, |rank, places, _| {
            if let Some(claim) = self.claim_of.get(&(rank as u32)) {
                out.extend(places.iter().map(|(z, e)| (*claim, *z, *e)));
            }
        });
        out
    }
}

/// Links that stand only inside claims, one for each Chinese candidate, best first.
fn nested(
    sums: &mut Sums<'_>,
    sides: &Sides,
    linked: &Linked,
    claims: &Claims,
) -> io::Result<Vec<Claim>> {
    let mut seen: FxHashSet<u32> =
        claims.list.iter().map(|claim| claim.link.zh).collect();
    let mut order: Vec<Link> = linked
        .links
        .iter()
        .filter(|link| link.support >= MIN_SUPPORT && !link.is_coordination)
        .filter(|link| !seen.contains(&link.zh))
        .copied()
        .collect();
    order.sort_by(claiming::best_first);
    let mut of_zh: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (at, link) in order.iter().enumerate() {
        of_zh.entry(link.zh).or_default().push(at);
    }
    let mut free = vec![(Free::default(), None::<(RunPlace, u32)>); order.len()];
    for document in sums.order() {
        let both = Both::open(sums, sides, document)?;
        let mut outer: Vec<Vec<(Run, Run, u32)>> = vec![Vec::new(); sums.corpus.len()];
        for (claim, z, e) in claims.places(sums, &both) {
            outer[z.unit as usize].push((z.run, e.run, claim));
        }
        outer.iter_mut().for_each(|outer| outer.sort_unstable_by_key(|o| o.2));
        for (id, zh) in both.zh.iter() {
            for &at in of_zh.get(&id).into_iter().flatten() {
                let Some(en) = both.en.find(order[at].en) else { continue };
                let en = &both.en.candidates.list[en as usize];
                for (place, other, claim) in inside(zh, en, &outer) {
                    let whole =
                        (sums.whole(document, place), sums.whole(document, other));
                    free[at].0.add(&[whole]);
                    let first = free[at].1.into_iter().chain([(whole.0, claim)]).min();
                    free[at].1 = first;
                }
            }
        }
    }
    let mut out = Vec::new();
    for (link, (free, first)) in order.iter().zip(free) {
        let is_enough = free.both >= 2 && 2 * free.both >= link.count;
        if let (true, Some(place), Some((_, claim))) = (is_enough, free.first, first)
            && seen.insert(link.zh)
        {
            let inside = Some(claim as usize);
            out.push(Claim { link: *link, inside, places: vec![place] });
        }
    }
    Ok(out)
}

/// Where both sides of a pair stand inside those of one claim.
fn inside<'a>(
    zh: &'a Candidate,
    en: &'a Candidate,
    outer: &'a [Vec<(Run, Run, u32)>],
) -> impl Iterator<Item = (RunPlace, RunPlace, u32)> + 'a {
    zh.places.iter().filter_map(|z| {
        let ens = en.places_in(z.unit);
        outer[z.unit as usize]
            .iter()
            .filter(|(zh, _, _)| zh.contains(z.run) && *zh != z.run)
            .find_map(|(_, en, claim)| {
                let is_part = |e: &&RunPlace| en.contains(e.run) && *en != e.run;
                ens.iter().find(is_part).map(|e| (*z, *e, *claim))
            })
    })
}

/// For each Chinese candidate that got no place the best of its links.
fn unclaimed(
    sums: &mut Sums<'_>,
    sides: &Sides,
    linked: &Linked,
    claims: &Claims,
) -> io::Result<Vec<Claim>> {
    let claimed: FxHashSet<u32> = claims.list.iter().map(|claim| claim.link.zh).collect();
    let left: FxHashMap<u32, Link> = linked
        .links
        .chunk_by(|a, b| a.zh == b.zh)
        .filter(|links| !claimed.contains(&links[0].zh))
        .filter_map(|links| links.iter().min_by(|a, b| claiming::best_first(a, b)))
        .map(|link| (link.zh, *link))
        .collect();
    let mut first: FxHashMap<u32, (RunPlace, RunPlace)> = FxHashMap::default();
    for document in sums.order() {
        let both = Both::open(sums, sides, document)?;
        for (id, zh) in both.zh.iter() {
            let Some(link) = left.get(&id) else { continue };
            let Some(en) = both.en.find(link.en) else { continue };
            let en = &both.en.candidates.list[en as usize];
            let places = claiming::all_places(zh, en, &sums.alignment);
            if let Some(&(z, e)) = places.iter().min() {
                let place = (sums.whole(document, z), sums.whole(document, e));
                let known = first.entry(id).or_insert(place);
                *known = place.min(*known);
            }
        }
    }
    let claim = |links: &[Link]| {
        let link = left.get(&links[0].zh)?;
        let places = vec![*first.get(&link.zh)?];
        Some(Claim { link: *link, inside: None, places })
    };
    Ok(linked.links.chunk_by(|a, b| a.zh == b.zh).filter_map(claim).collect())
}
