//! Competitive linking: the best pair takes its places, the next ones live on what is left.
//!
//! A place inside or across a taken one is used up; a place around a taken one is free, so
//! 犯罪 may still be claimed where only 有组织犯罪集团 is not. After Melamed 2000
//! (Computational Linguistics 26:2), with spans in the place of words. Constants: docs/terms.md, 9.

use super::candidates::{Candidate, Candidates, RunPlace, shared_units};
use super::corpus::Run;
use super::features::Link;
use super::word_alignment::WordAlignment;

/// A pair that was accepted.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) link: Link,
    /// The longer claim that it stands inside, if it has no place of its own.
    pub(super) inside: Option<usize>,
    /// Where it stood free on both sides.
    pub(super) places: Vec<(RunPlace, RunPlace)>,
}

/// The spans taken on one side, by unit.
///
/// A name that coordinates (经济及社会理事会) takes its ends only: what lies between them may
/// be a term of its own.
pub(super) struct Taken(pub(super) Vec<Vec<(Run, bool)>>);

impl Taken {
    pub(super) fn is_free(&self, place: &RunPlace) -> bool {
        self.0[place.unit as usize].iter().all(|&(taken, ends_only)| {
            !taken.overlaps(place.run)
                || (place.run.contains(taken) && place.run != taken)
                || (ends_only
                    && taken.start < place.run.start
                    && place.run.end < taken.end)
        })
    }

    pub(super) fn free_in(&self, candidate: &Candidate, unit: u32) -> Vec<RunPlace> {
        let places = candidate.places_in(unit).iter();
        places.filter(|place| self.is_free(place)).copied().collect()
    }

    fn n_free(&self, candidate: &Candidate) -> usize {
        candidate.places.iter().filter(|place| self.is_free(place)).count()
    }

    pub(super) fn take(&mut self, place: RunPlace, ends_only: bool) {
        self.0[place.unit as usize].push((place.run, ends_only));
    }
}

/// Which of the pairs hold, best first.
pub(super) fn claim(
    links: &[Link],
    zh: &Candidates,
    en: &Candidates,
    alignment: &WordAlignment,
) -> Vec<Claim> {
    let n_units = zh.in_unit.len();
    let mut taken = (Taken(vec![Vec::new(); n_units]), Taken(vec![Vec::new(); n_units]));
    let mut partners = (vec![Vec::new(); zh.list.len()], vec![Vec::new(); en.list.len()]);
    let mut order: Vec<&Link> = links.iter().collect();
    order.sort_by(|a, b| best_first(a, b));
    let mut claims = Vec::new();
    for link in order {
        let (z, e) = (&zh.list[link.zh as usize], &en.list[link.en as usize]);
        let Some(places) = free_matches(link, z, e, &taken, alignment) else {
            continue;
        };
        let others = (&partners.0[link.zh as usize], &partners.1[link.en as usize]);
        let is_second = !others.0.is_empty() || !others.1.is_empty();
        if is_second
            && (link.support < SECOND
                || others.0.iter().any(|&other| nests(&en.list[other as usize], e))
                || others.1.iter().any(|&other| nests(&zh.list[other as usize], z)))
        {
            continue;
        }
        partners.0[link.zh as usize].push(link.en);
        partners.1[link.en as usize].push(link.zh);
        if takes_places(link) {
            for &(z, e) in &places {
                taken.0.take(z, link.is_name);
                taken.1.take(e, link.is_name);
            }
        }
        claims.push(Claim { link: *link, inside: None, places });
    }
    claims
}

/// How much must speak for a pair of which one side has a partner already.
pub(super) const SECOND: f64 = 0.45;

/// The order in which links take their places.
pub(super) fn best_first(a: &Link, b: &Link) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.zh.cmp(&b.zh)).then(a.en.cmp(&b.en))
}

/// Are the places of a pair used up once it is accepted?
pub(super) fn takes_places(link: &Link) -> bool {
    !link.is_coordination || link.is_name
}

/// Is a pair that stands free at `count` places, of `rest` that are free on either side,
/// accepted?
pub(super) fn is_enough(link: &Link, count: usize, rest: usize) -> bool {
    let dice = 2.0 * count as f64 / rest.max(1) as f64;
    count >= 2 && (count >= 3 || 2 * count >= link.count as usize) && dice >= 0.25
}

/// Where both stand free in one unit; `None` if too seldom.
fn free_matches(
    link: &Link,
    zh: &Candidate,
    en: &Candidate,
    taken: &(Taken, Taken),
    alignment: &WordAlignment,
) -> Option<Vec<(RunPlace, RunPlace)>> {
    let mut places = Vec::new();
    for unit in shared_units(zh, en) {
        let (z, e) = (taken.0.free_in(zh, unit), taken.1.free_in(en, unit));
        places.extend(matched(&z, &e, alignment));
    }
    let rest = taken.0.n_free(zh) + taken.1.n_free(en);
    is_enough(link, places.len(), rest).then_some(places)
}

/// Pairs off the free places of a unit, those that are linked most first.
pub(super) fn matched(
    zh: &[RunPlace],
    en: &[RunPlace],
    alignment: &WordAlignment,
) -> Vec<(RunPlace, RunPlace)> {
    if zh.len() == 1 && en.len() == 1 {
        return vec![(zh[0], en[0])];
    }
    let mut pairs = Vec::new();
    for (i, z) in zh.iter().enumerate() {
        for (j, e) in en.iter().enumerate() {
            let mass = alignment.units[z.unit as usize].consistency(z.run, e.run);
            let skew = (i as f64 / zh.len() as f64 - j as f64 / en.len() as f64).abs();
            pairs.push((f64::from(mass) - 0.1 * skew, i, j));
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut used = (vec![false; zh.len()], vec![false; en.len()]);
    let mut out = Vec::new();
    for (_, i, j) in pairs {
        if !used.0[i] && !used.1[j] {
            (used.0[i], used.1[j]) = (true, true);
            out.push((zh[i], en[j]));
        }
    }
    out
}

/// For each Chinese candidate that got no place the best of its links, for a reader who would
/// rather strike out than miss.
pub(super) fn unclaimed(
    links: &[Link],
    claims: &[Claim],
    zh: &Candidates,
    en: &Candidates,
    alignment: &WordAlignment,
) -> Vec<Claim> {
    let mut is_claimed = vec![false; zh.list.len()];
    claims.iter().for_each(|claim| is_claimed[claim.link.zh as usize] = true);
    let best_of = |links: &[Link]| {
        links
            .iter()
            .copied()
            .max_by(|a, b| a.score.total_cmp(&b.score).then(b.en.cmp(&a.en)))
    };
    links
        .chunk_by(|a, b| a.zh == b.zh)
        .filter(|links| !is_claimed[links[0].zh as usize])
        .filter_map(best_of)
        .map(|link| {
            let (z, e) = (&zh.list[link.zh as usize], &en.list[link.en as usize]);
            Claim { link, places: all_places(z, e, alignment), inside: None }
        })
        .filter(|claim| !claim.places.is_empty())
        .collect()
}

/// All places of a pair, taken or not, those of a unit paired off by their links.
pub(super) fn all_places(
    zh: &Candidate,
    en: &Candidate,
    alignment: &WordAlignment,
) -> Vec<(RunPlace, RunPlace)> {
    let units = shared_units(zh, en).into_iter();
    units
        .flat_map(|unit| matched(zh.places_in(unit), en.places_in(unit), alignment))
        .collect()
}

/// Does one of the two lie in the other, wherever they meet?
pub(super) fn nests(a: &Candidate, b: &Candidate) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let place = long.sample();
    short.places_in(place.unit).iter().any(|inner| place.run.contains(inner.run))
}
