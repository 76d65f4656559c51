//! Which candidates of the two sides belong together, by sums.
//!
//! Most that stand in one unit have nothing to do with one another. So it is first counted by
//! hash how often two meet and how far their words are linked then; only those that may be
//! more than chance are counted for good. Each Chinese candidate is then scored with its
//! partners in the document of its first place, as in one text.

use std::io;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::documents::{Local, Sides, Sums};
use crate::mine::candidates::{RunHash, RunPlace, least_count, nested_in};
use crate::mine::features::{self, EnSide, Link};
use crate::mine::maximality::{self, Nest};
use crate::mine::patterns;
use crate::mine::series::Order;
use crate::mine::word_alignment::Masses;
use crate::types::Side;

/// Two whose words are linked this far in one unit, or by [`FAINT`] in two, are counted.
///
/// Source: measured, docs/scale.md.
const CLEAR: f32 = 0.3;
const FAINT: f32 = 0.05;

/// Where more pairs may be worth counting, only those that meet more often are.
///
/// Source: chosen; each takes some 50 bytes.
const MAX_PAIRS: usize = 2_000_000;

/// What was linked, with which candidates lie inside which.
pub(super) struct Linked {
    /// In order of the Chinese candidate, then the English one.
    pub(super) links: Vec<Link>,
    /// Those that are no mere part of a longer one, best first.
    pub(super) whole: Vec<Link>,
    pub(super) inner_zh: FxHashMap<u32, Vec<u32>>,
    pub(super) inner_en: FxHashMap<u32, Vec<u32>>,
}

/// How two candidates stand together.
#[derive(Clone, Copy, Debug, Default)]
struct Meeting {
    /// How often.
    count: u32,
    /// In how many units.
    units: u32,
    /// The sum over these of how far they are linked, in [`UNIT`]s.
    consistency: u64,
}

/// Sums of shares are whole numbers of this part.
const UNIT: f32 = 65_536.0;

/// The links of all documents.
pub(super) fn links(sums: &mut Sums<'_>, sides: &Sides) -> io::Result<Linked> {
    let meetings = meetings(sums, sides)?;
    let mut links = scored(sums, sides, &meetings)?;
    drop(meetings);
    let said = said_by_the_text(sums)?;
    for link in &mut links {
        let (zh, en) =
            (&sides.zh.list[link.zh as usize], &sides.en.list[link.en as usize]);
        link.be_glossed_if(said.glossed.contains(&(zh.hash, en.hash)));
    }
    // What a document defines has the rendering that it gives, and no other.
    links.retain(|link| {
        let given = said.defined.get(&sides.zh.list[link.zh as usize].hash);
        given.is_none_or(|ens| ens.contains(&sides.en.list[link.en as usize].hash))
    });
    let (inner_zh, inner_en) = inner(sums, sides, &links)?;
    let is_whole = maximality::is_whole_by(
        &links,
        &Nest { inner: &inner_zh, frequency: |id| sides.zh.frequency(id) },
        &Nest { inner: &inner_en, frequency: |id| sides.en.frequency(id) },
    );
    let of_links = links.iter().zip(is_whole).filter(|(_, is_whole)| *is_whole);
    let mut whole: Vec<Link> = of_links.map(|(link, _)| *link).collect();
    whole.sort_by(crate::mine::claiming::best_first);
    Ok(Linked { links, whole, inner_zh, inner_en })
}

/// The candidates of both sides that stand in the document at hand.
pub(super) struct Both {
    pub(super) zh: Local,
    pub(super) en: Local,
}

impl Both {
    pub(super) fn open(
        sums: &mut Sums<'_>,
        sides: &Sides,
        document: usize,
    ) -> io::Result<Self> {
        sums.open_linked(document)?;
        Ok(Self {
            zh: sums.local(sides, Side::Zh, document)?,
            en: sums.local(sides, Side::En, document)?,
        })
    }

    /// Calls `met` for each two candidates that stand in one unit and stand often enough for
    /// one another, with how often and how far they are linked: Chinese, English, by their
    /// numbers among all.
    fn meetings(
        &self,
        sums: &Sums<'_>,
        sides: &Sides,
        mut met: impl FnMut(u32, u32, u32, &mut dyn FnMut() -> f32),
    ) {
        let min_dice = sums.params.min_dice;
        for (unit, links) in sums.alignment.units.iter().enumerate() {
            let masses = Masses::new(links);
            let zhs = Stretches::new(&self.zh, unit, |run| links.rows(run), sides.zh_n());
            let ens =
                Stretches::new(&self.en, unit, |run| links.columns(run), sides.en_n());
            for zh in zhs.iter() {
                for en in ens.iter() {
                    let (most, sum) = (zh.n.min(en.n), zh.n + en.n);
                    if 2.0 * f64::from(most) < min_dice * f64::from(sum) {
                        continue;
                    }
                    let count = zh.ranges.len().min(en.ranges.len()) as u32;
                    met(zh.id, en.id, count, &mut || best(&masses, zh.ranges, en.ranges));
                }
            }
        }
    }
}

impl Sides {
    fn zh_n(&self) -> impl Fn(u32) -> u32 {
        |id| self.zh.list[id as usize].n
    }

    fn en_n(&self) -> impl Fn(u32) -> u32 {
        |id| self.en.list[id as usize].n
    }
}

/// Most stretches of a candidate in one unit that are looked at; more teach nothing.
const MAX_STRETCHES: usize = 16;

fn best(masses: &Masses, zh: &[Range<usize>], en: &[Range<usize>]) -> f32 {
    let of = |zh| en.iter().take(MAX_STRETCHES).map(move |en| masses.consistency(zh, en));
    zh.iter().take(MAX_STRETCHES).flat_map(of).fold(0.0, f32::max)
}

/// The candidates of one side in a unit, with the words they stretch over.
struct Stretches {
    ids: Vec<(u32, u32, Range<usize>)>,
    ranges: Vec<Range<usize>>,
}

#[derive(Clone, Copy)]
struct Stretch<'a> {
    id: u32,
    /// How often it stands in all.
    n: u32,
    ranges: &'a [Range<usize>],
}

impl Stretches {
    fn new(
        local: &Local,
        unit: usize,
        words: impl Fn(crate::mine::corpus::Run) -> Range<usize>,
        n: impl Fn(u32) -> u32,
    ) -> Self {
        let (mut ids, mut ranges) = (Vec::new(), Vec::new());
        for &(at, _) in &local.candidates.in_unit[unit] {
            let first = ranges.len();
            let places = local.candidates.list[at as usize].places_in(unit as u32);
            ranges.extend(places.iter().map(|place| words(place.run)));
            let id = local.ids[at as usize];
            ids.push((id, n(id), first..ranges.len()));
        }
        Self { ids, ranges }
    }

    fn iter(&self) -> impl Iterator<Item = Stretch<'_>> {
        self.ids.iter().map(|(id, n, ranges)| Stretch {
            id: *id,
            n: *n,
            ranges: &self.ranges[ranges.clone()],
        })
    }
}

/// Counts by hash how often two meet and how far they are linked, both up to 15.
struct Acquaintances(Vec<u8>);

impl Acquaintances {
    fn new(n_units: usize) -> Self {
        Self(vec![0; (n_units * 512).next_power_of_two().clamp(1 << 16, 1 << 26)])
    }

    fn slot(&self, zh: u32, en: u32) -> usize {
        let hash = RunHash::new().push(zh).push(en).value();
        (hash >> 20) as usize & (self.0.len() - 1)
    }

    fn add(&mut self, (zh, en): (u32, u32), meetings: u32, links: u8) {
        let slot = self.slot(zh, en);
        let (met, linked) = (self.0[slot] & 15, self.0[slot] >> 4);
        let met = u32::from(met).saturating_add(meetings).min(15) as u8;
        self.0[slot] = met | (linked + links).min(15) << 4;
    }

    /// What both counters of a pair must reach to be counted, so that not too many do.
    fn least(&self) -> u8 {
        let lower = |both: u8| (both & 15).min(both >> 4);
        least_count(&self.0, MAX_PAIRS, lower).min(15) as u8
    }

    fn reach(&self, least: u8, zh: u32, en: u32) -> bool {
        let both = self.0[self.slot(zh, en)];
        both & 15 >= least && both >> 4 >= least
    }
}

/// The meetings of those that are worth counting, in order of their numbers.
fn meetings(sums: &mut Sums<'_>, sides: &Sides) -> io::Result<Vec<(u64, Meeting)>> {
    let mut acquaintances = Acquaintances::new(sums.n_units());
    for document in sums.order() {
        let both = Both::open(sums, sides, document)?;
        both.meetings(sums, sides, |zh, en, count, linked| {
            let links = match linked() {
                clear if clear >= CLEAR => 2,
                faint if faint >= FAINT => 1,
                _ => 0,
            };
            acquaintances.add((zh, en), count, links);
        });
    }
    let least = acquaintances.least();
    let mut meetings: FxHashMap<u64, Meeting> = FxHashMap::default();
    for document in sums.order() {
        let both = Both::open(sums, sides, document)?;
        both.meetings(sums, sides, |zh, en, count, linked| {
            if acquaintances.reach(least, zh, en) {
                let meeting =
                    meetings.entry(u64::from(zh) << 32 | u64::from(en)).or_default();
                meeting.count += count;
                meeting.units += 1;
                meeting.consistency += (linked() * UNIT) as u64;
            }
        });
    }
    drop(acquaintances);
    let least = sums.params.min_count.max(2) as u32;
    let mut meetings: Vec<(u64, Meeting)> =
        meetings.into_iter().filter(|(_, meeting)| meeting.count >= least).collect();
    meetings.sort_unstable_by_key(|(pair, _)| *pair);
    Ok(meetings)
}

/// The links of each Chinese candidate with its partners.
fn scored(
    sums: &mut Sums<'_>,
    sides: &Sides,
    meetings: &[(u64, Meeting)],
) -> io::Result<Vec<Link>> {
    let mut is_partner = vec![false; sides.en.list.len()];
    meetings.iter().for_each(|(pair, _)| is_partner[*pair as u32 as usize] = true);
    let ens = en_sides(sums, sides, &is_partner)?;
    let mut of_zh: Vec<&[(u64, Meeting)]> = vec![&[]; sides.zh.list.len()];
    for same in meetings.chunk_by(|a, b| a.0 >> 32 == b.0 >> 32) {
        of_zh[(same[0].0 >> 32) as usize] = same;
    }
    let mut out = Vec::new();
    for document in sums.order() {
        sums.open(document)?;
        let zh = sums.local(sides, Side::Zh, document)?;
        let units = sums.starts[document]..sums.starts[document + 1];
        let holds = |place: RunPlace| units.contains(&place.unit);
        let mut scorer = sums.scorer();
        for (id, candidate) in zh.iter() {
            let first = sides.zh.list[id as usize].first;
            let of_pair = of_zh[id as usize];
            if of_pair.is_empty() || !holds(first) {
                continue;
            }
            let partners = partners(sides, id, of_pair, scorer.params.min_dice);
            if partners.is_empty() {
                continue;
            }
            let side = scorer.zh_side(candidate);
            let first = out.len();
            for (en, count, dice) in partners {
                let Some(other) = &ens[en as usize] else { continue };
                let at = of_pair.partition_point(|(pair, _)| (*pair as u32) < en);
                let meeting = of_pair[at].1;
                // The order of series is asked within one text alone.
                let met = (count, dice, Order::Unknown);
                let link = scorer.link(&side, other, met, |needed| {
                    let whole = meeting.units as f64 * f64::from(UNIT);
                    let mean = meeting.consistency as f64 / whole;
                    (needed <= 1.0 && mean >= needed).then_some(mean)
                });
                out.extend(link.map(|link| Link { zh: id, en, ..link }));
            }
            features::keep_best(&mut out, first);
        }
    }
    out.sort_unstable_by_key(|link| (link.zh, link.en));
    Ok(out)
}

/// The partners of a Chinese candidate that are looked at closely: index, how often, Dice.
fn partners(
    sides: &Sides,
    zh: u32,
    met: &[(u64, Meeting)],
    min_dice: f64,
) -> Vec<(u32, u32, f64)> {
    let mut partners: Vec<(u32, u32, f64)> = met
        .iter()
        .map(|(pair, meeting)| {
            let en = *pair as u32;
            let n = (sides.zh.frequency(zh), sides.en.frequency(en));
            (en, meeting.count, features::dice(meeting.count, n.0, n.1))
        })
        .filter(|(_, _, dice)| *dice >= min_dice)
        .collect();
    features::closest(&mut partners);
    partners
}

/// What the features ask of the English candidates that are partners, at their first places.
fn en_sides(
    sums: &mut Sums<'_>,
    sides: &Sides,
    is_partner: &[bool],
) -> io::Result<Vec<Option<EnSide>>> {
    let mut out: Vec<Option<EnSide>> = Vec::new();
    out.resize_with(is_partner.len(), || None);
    for document in sums.order() {
        sums.open(document)?;
        let en = sums.local(sides, Side::En, document)?;
        for (id, candidate) in en.iter().filter(|(id, _)| is_partner[*id as usize]) {
            if sums.holds(document, sides.en.list[id as usize].first) {
                out[id as usize] = Some(features::en_side(&sums.corpus, candidate));
            }
        }
    }
    Ok(out)
}

/// What the documents themselves say of terms, by what these say.
#[derive(Default)]
struct SaidByTheText {
    /// Pairs that a bracket glosses.
    glossed: FxHashSet<(u64, u64)>,
    /// The renderings of what is defined.
    defined: FxHashMap<u64, FxHashSet<u64>>,
}

fn said_by_the_text(sums: &mut Sums<'_>) -> io::Result<SaidByTheText> {
    let mut out = SaidByTheText::default();
    for document in sums.order() {
        sums.open_linked(document)?;
        for (zh, en) in patterns::defined(&sums.corpus) {
            let key = patterns::zh_key(&sums.corpus, zh);
            out.defined
                .entry(key)
                .or_default()
                .insert(patterns::en_key(&sums.corpus, en));
        }
        let mut scorer = sums.scorer();
        out.glossed.extend(patterns::glossed(scorer.corpus, &mut scorer));
    }
    Ok(out)
}

type Inner = FxHashMap<u32, Vec<u32>>;

/// For each linked candidate those inside it, at its first place.
fn inner(
    sums: &mut Sums<'_>,
    sides: &Sides,
    links: &[Link],
) -> io::Result<(Inner, Inner)> {
    let mut is_linked =
        (vec![false; sides.zh.list.len()], vec![false; sides.en.list.len()]);
    for link in links {
        is_linked.0[link.zh as usize] = true;
        is_linked.1[link.en as usize] = true;
    }
    let (mut zh, mut en) = (Inner::default(), Inner::default());
    for document in sums.order() {
        sums.open(document)?;
        for (side, marks, out) in
            [(Side::Zh, &is_linked.0, &mut zh), (Side::En, &is_linked.1, &mut en)]
        {
            let local = sums.local(sides, side, document)?;
            let list = &sides.get(side).list;
            let is_outer = |id: &u32| {
                marks[*id as usize] && sums.holds(document, list[*id as usize].first)
            };
            let outers: Vec<bool> = local.ids.iter().map(is_outer).collect();
            nested_in(&local.candidates, &outers, |outer, inner| {
                let (outer, inner) = (local.ids[outer], local.ids[inner]);
                if marks[inner as usize] {
                    let inside = out.entry(outer).or_default();
                    if !inside.contains(&inner) {
                        inside.push(inner);
                    }
                }
            });
        }
    }
    Ok((zh, en))
}
