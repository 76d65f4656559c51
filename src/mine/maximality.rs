//! Pairs that are mere parts of longer pairs.
//!
//! civil of 民事 goes where 民事诉讼 = civil action explains nearly all of it. Both sides are
//! asked, unlike in `closedness`. Constants: docs/terms.md, 8, where no other source is given.

use rustc_hash::FxHashMap;

use super::candidates::{Candidates, nested_in};
use super::features::Link;

/// Share of the shorter pair's support that the longer one must have, if longer on both sides.
const BOTH_LONGER: f64 = 0.78;
/// The same if only the English is longer (prototype: 0.85, which let *forms of violence against
/// women* drop *violence against women*; measured: 0.95).
const EN_LONGER: f64 = 0.95;
/// The same if only the Chinese is longer (prototype: 0.97; measured: 0.9).
const ZH_LONGER: f64 = 0.9;
/// The same where the shorter English never stands outside the longer one, and the shorter
/// Chinese: 收文 of 收文者.
const EN_CLOSED: f64 = 0.75;
const ZH_CLOSED: f64 = 0.7;
/// Share of its places that a candidate must have inside the longer one to be closed.
const CLOSED: f64 = 0.95;
/// A pair that stands this often outside the longer one is a term of its own.
const ALONE: u32 = 3;

/// For each pair whether it is more than a part of a longer one.
pub(super) fn is_whole(links: &[Link], zh: &Candidates, en: &Candidates) -> Vec<bool> {
    let inner_zh = inner(zh, links.iter().map(|link| link.zh));
    let inner_en = inner(en, links.iter().map(|link| link.en));
    let zh = Nest { inner: &inner_zh, frequency: |id| zh.list[id as usize].frequency() };
    let en = Nest { inner: &inner_en, frequency: |id| en.list[id as usize].frequency() };
    is_whole_by(links, &zh, &en)
}

/// What is known of the candidates of one side.
pub(super) struct Nest<'a, F: Fn(u32) -> usize> {
    /// For each candidate those inside it.
    pub(super) inner: &'a FxHashMap<u32, Vec<u32>>,
    /// How often a candidate stands.
    pub(super) frequency: F,
}

impl<F: Fn(u32) -> usize> Nest<'_, F> {
    fn inside(&self, outer: u32) -> &[u32] {
        self.inner.get(&outer).map_or(&[][..], Vec::as_slice)
    }

    /// Does the shorter candidate hardly ever stand outside the longer one?
    fn is_closed(&self, outer: u32, inner: u32) -> bool {
        let [outer, inner] = [outer, inner].map(|id| (self.frequency)(id) as f64);
        outer >= CLOSED * inner
    }
}

/// The same, whoever looked which candidates lie inside which.
pub(super) fn is_whole_by(
    links: &[Link],
    zh: &Nest<'_, impl Fn(u32) -> usize>,
    en: &Nest<'_, impl Fn(u32) -> usize>,
) -> Vec<bool> {
    let of_pair: FxHashMap<(u32, u32), u32> =
        links.iter().enumerate().map(|(i, l)| ((l.zh, l.en), i as u32)).collect();
    let mut keep = vec![true; links.len()];
    for outer in links {
        for &z in zh.inside(outer.zh).iter().chain([&outer.zh]) {
            for &e in en.inside(outer.en).iter().chain([&outer.en]) {
                if let Some(&i) = of_pair.get(&(z, e)) {
                    let is_closed =
                        zh.is_closed(outer.zh, z) && en.is_closed(outer.en, e);
                    keep[i as usize] &= !explains(outer, &links[i as usize], is_closed);
                }
            }
        }
    }
    keep
}

/// Does the longer pair explain the shorter one away? `is_closed` where no side of the shorter
/// one stands outside the longer one.
fn explains(outer: &Link, inner: &Link, is_closed: bool) -> bool {
    let (zh_longer, en_longer) = (outer.zh != inner.zh, outer.en != inner.en);
    let needed = match (zh_longer, en_longer) {
        (false, false) => return false,
        // 徒刑 = imprisonment is whole, though it stands in *punishment of imprisonment* alone.
        (false, true) if inner.is_gloss => return false,
        (true, true) => BOTH_LONGER,
        (false, true) if is_closed => EN_CLOSED,
        (true, false) if is_closed => ZH_CLOSED,
        (false, true) => EN_LONGER,
        (true, false) => ZH_LONGER,
    };
    let is_dense = (zh_longer && en_longer) || outer.dice >= 0.9 * inner.dice;
    is_dense
        && f64::from(outer.count) >= 0.8 * f64::from(inner.count)
        && outer.count + ALONE > inner.count
        && outer.score >= 0.6 * inner.score
        && outer.support >= needed * inner.support
        && (!outer.is_coordination || inner.is_coordination)
        && (is_closed || !outer.is_soft || inner.is_soft)
        && (!outer.has_particle || inner.has_particle)
}

/// For each of the chosen candidates those inside it, once each.
fn inner(
    candidates: &Candidates,
    chosen: impl Iterator<Item = u32>,
) -> FxHashMap<u32, Vec<u32>> {
    let mut marks = vec![false; candidates.list.len()];
    chosen.for_each(|id| marks[id as usize] = true);
    let mut out: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    nested_in(candidates, &marks, |outer, inner| {
        if marks[inner] {
            let list = out.entry(outer as u32).or_default();
            if !list.contains(&(inner as u32)) {
                list.push(inner as u32);
            }
        }
    });
    out
}
