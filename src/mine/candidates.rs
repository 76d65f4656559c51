//! Candidates of one side with the places they stand at, whichever side it is.
//!
//! Two passes: the first counts every run in a table of small counters addressed by hash, the
//! second keeps those whose counter reached the least count. Counters can only be too high, so
//! nothing is lost by it; what slipped through is dropped by its true count. Memory is thus
//! bounded by what recurs, not by what is said once.

use rustc_hash::FxHashMap;

use super::corpus::Run;

/// Where a candidate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RunPlace {
    pub(super) unit: u32,
    pub(super) run: Run,
}

/// A term of one side, perhaps.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    /// Where it stands, in order of the text.
    pub(super) places: Vec<RunPlace>,
    /// What is known of its places in documents that are not at hand.
    pub(super) elsewhere: Elsewhere,
}

/// Places of a candidate that were counted and let go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Elsewhere {
    /// How many there are.
    pub(super) n: u32,
    /// How they are capitalised.
    pub(super) capitals: Capitals,
}

/// Places at which capitals say something, and those of them that have capitals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Capitals {
    pub(super) telling: u32,
    pub(super) capital: u32,
}

impl Candidate {
    /// What stands at one place alone.
    pub(super) fn at(place: RunPlace) -> Self {
        Self { places: vec![place], ..Self::default() }
    }

    /// How often it stands in the text.
    pub(super) fn frequency(&self) -> usize {
        self.places.len() + self.elsewhere.n as usize
    }

    /// The first place, to read its words from.
    pub(super) fn sample(&self) -> RunPlace {
        self.places[0]
    }

    /// How long it is, in cells.
    pub(super) fn len(&self) -> usize {
        self.sample().run.len()
    }

    /// Its places in one unit.
    pub(super) fn places_in(&self, unit: u32) -> &[RunPlace] {
        let start = self.places.partition_point(|place| place.unit < unit);
        let end = self.places.partition_point(|place| place.unit <= unit);
        &self.places[start..end]
    }

    /// The units it stands in, each with how often, in order.
    pub(super) fn units(&self) -> impl Iterator<Item = (u32, usize)> {
        self.places
            .chunk_by(|a, b| a.unit == b.unit)
            .map(|places| (places[0].unit, places.len()))
    }
}

/// The candidates of one side.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    /// In order of their first place, shorter first.
    pub(super) list: Vec<Candidate>,
    /// For each unit the candidates in it, each with how often, in order of index.
    pub(super) in_unit: Vec<Vec<(u32, u32)>>,
}

impl Candidates {
    /// Collects what stands at least `min_count` times: `runs` gives the runs of a unit with
    /// the hash of what they say, each run once.
    pub(super) fn collect(
        n_units: usize,
        min_count: usize,
        mut runs: impl FnMut(usize, &mut Vec<(Run, u64)>),
    ) -> Self {
        let mut found = Vec::new();
        let mut sketch = Sketch::new(n_units);
        for unit in 0..n_units {
            found.clear();
            runs(unit, &mut found);
            found.iter().for_each(|(_, hash)| sketch.add(*hash));
        }
        let mut ids: FxHashMap<u64, u32> = FxHashMap::default();
        let mut list: Vec<Candidate> = Vec::new();
        for unit in 0..n_units {
            found.clear();
            runs(unit, &mut found);
            found.sort_unstable();
            found.dedup();
            for &(run, hash) in &found {
                if sketch.count(hash) < min_count {
                    continue;
                }
                let id = *ids.entry(hash).or_insert_with(|| {
                    list.push(Candidate::default());
                    (list.len() - 1) as u32
                });
                list[id as usize].places.push(RunPlace { unit: unit as u32, run });
            }
        }
        list.retain(|candidate| candidate.frequency() >= min_count);
        list.iter_mut().for_each(|candidate| candidate.places.shrink_to_fit());
        list.shrink_to_fit();
        Self::new(list, n_units)
    }

    pub(super) fn new(list: Vec<Candidate>, n_units: usize) -> Self {
        let mut sizes = vec![0; n_units];
        for (unit, _) in list.iter().flat_map(Candidate::units) {
            sizes[unit as usize] += 1;
        }
        let mut in_unit: Vec<Vec<(u32, u32)>> =
            sizes.into_iter().map(Vec::with_capacity).collect();
        for (id, candidate) in list.iter().enumerate() {
            for (unit, count) in candidate.units() {
                in_unit[unit as usize].push((id as u32, count as u32));
            }
        }
        Self { list, in_unit }
    }

    /// Keeps the candidates that `keep` holds for, in order.
    pub(super) fn retain(self, keep: &[bool]) -> Self {
        let n_units = self.in_unit.len();
        let mut marks = keep.iter();
        let mut list = self.list;
        list.retain(|_| *marks.next().expect("one mark a candidate"));
        Self::new(list, n_units)
    }
}

/// The units in which both stand, in order.
pub(super) fn shared_units(zh: &Candidate, en: &Candidate) -> Vec<u32> {
    let mut others = en.units().peekable();
    zh.units()
        .map(|(unit, _)| unit)
        .filter(|&unit| {
            while others.peek().is_some_and(|(other, _)| *other < unit) {
                others.next();
            }
            others.peek().is_some_and(|(other, _)| *other == unit)
        })
        .collect()
}

/// Calls `found(outer, inner)` for each chosen candidate and each other candidate inside it,
/// as they stand at the first place of the outer one.
pub(super) fn nested_in(
    candidates: &Candidates,
    chosen: &[bool],
    mut found: impl FnMut(usize, usize),
) {
    let mut outers: Vec<(RunPlace, u32)> = (0..candidates.list.len())
        .filter(|&id| chosen[id])
        .map(|id| (candidates.list[id].sample(), id as u32))
        .collect();
    outers.sort_unstable();
    for group in outers.chunk_by(|a, b| a.0.unit == b.0.unit) {
        let unit = group[0].0.unit;
        let mut runs: Vec<(Run, u32)> = candidates.in_unit[unit as usize]
            .iter()
            .flat_map(|&(id, _)| {
                candidates.list[id as usize]
                    .places_in(unit)
                    .iter()
                    .map(move |p| (p.run, id))
            })
            .collect();
        runs.sort_unstable();
        for &(place, outer) in group {
            let first = runs.partition_point(|(run, _)| run.start < place.run.start);
            runs[first..]
                .iter()
                .take_while(|(run, _)| run.start < place.run.end)
                .filter(|(run, inner)| place.run.contains(*run) && *inner != outer)
                .for_each(|&(_, inner)| found(outer as usize, inner as usize));
        }
    }
}

/// Counters addressed by hash, that stop at 255.
pub(super) struct Sketch {
    counters: Vec<u8>,
}

impl Sketch {
    /// About 300 runs stand in a unit; a power of two near that keeps counters mostly apart.
    /// At most 64 MiB.
    pub(super) fn new(n_units: usize) -> Self {
        let len = (n_units * 512).next_power_of_two().clamp(1 << 16, 1 << 26);
        Self { counters: vec![0; len] }
    }

    fn slot(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.counters.len() - 1)
    }

    pub(super) fn add(&mut self, hash: u64) {
        let slot = self.slot(hash);
        self.counters[slot] = self.counters[slot].saturating_add(1);
    }

    /// The least count, 2 or more, that no more than `most` of the counters reach; at most
    /// what a counter can tell.
    pub(super) fn least_count(&self, most: usize) -> usize {
        least_count(&self.counters, most, |counter| counter)
    }

    pub(super) fn count(&self, hash: u64) -> usize {
        match self.counters[self.slot(hash)] {
            u8::MAX => usize::MAX,
            count => usize::from(count),
        }
    }
}

/// The least count, 2 or more, that no more than `most` counters reach, as `count` reads them.
pub(super) fn least_count(
    counters: &[u8],
    most: usize,
    count: impl Fn(u8) -> u8,
) -> usize {
    let mut reached = [0_usize; 256];
    counters.iter().for_each(|counter| reached[usize::from(count(*counter))] += 1);
    let mut n = 0;
    for least in (2..=usize::from(u8::MAX)).rev() {
        n += reached[least];
        if n > most {
            return (least + 1).min(usize::from(u8::MAX));
        }
    }
    2
}

/// The hash of what a run says, built symbol by symbol.
///
/// 64 bits: among ten million runs two differing ones meet with a chance of 3 in a million.
#[derive(Clone, Copy, Debug)]
pub(super) struct RunHash(u64);

impl RunHash {
    pub(super) fn new() -> Self {
        Self(0x51_7c_c1_b7_27_22_0a_95)
    }

    pub(super) fn push(self, symbol: u32) -> Self {
        let x = (self.0 ^ u64::from(symbol)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self((x ^ (x >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9).rotate_left(17))
    }

    pub(super) fn value(self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Every run of the characters of the units that stands at least twice, `+` being a
    /// conjunction, which neither begins nor ends one.
    pub(in crate::mine) fn every_run(units: &[&str]) -> Candidates {
        let units: Vec<Vec<char>> = units.iter().map(|u| u.chars().collect()).collect();
        Candidates::collect(units.len(), 2, |unit, found| {
            let chars = &units[unit];
            for start in 0..chars.len() {
                let mut hash = RunHash::new();
                for (n, c) in chars[start..].iter().enumerate() {
                    hash = hash.push(*c as u32);
                    if chars[start] != '+' && *c != '+' {
                        found.push((Run::new(start, start + n + 1), hash.value()));
                    }
                }
            }
        })
    }

    fn collect(units: &[&str], min_count: usize) -> Candidates {
        Candidates::collect(units.len(), min_count, |unit, found| {
            for (i, c) in units[unit].chars().enumerate() {
                found.push((Run::new(i, i + 1), RunHash::new().push(c as u32).value()));
            }
        })
    }

    #[test]
    fn what_stands_once_is_dropped() {
        let candidates = collect(&["甲乙", "乙丙"], 2);
        assert_eq!(candidates.list.len(), 1);
        assert_eq!(candidates.list[0].frequency(), 2);
        assert_eq!(candidates.in_unit, [vec![(0, 1)], vec![(0, 1)]]);
    }

    #[test]
    fn places_are_found_by_unit() {
        let candidates = collect(&["甲甲", "乙", "甲"], 1);
        assert_eq!(candidates.list[0].places_in(0).len(), 2);
        assert_eq!(candidates.list[0].places_in(1).len(), 0);
        assert_eq!(candidates.list[0].units().collect::<Vec<_>>(), [(0, 2), (2, 1)]);
    }

    #[test]
    fn the_least_count_keeps_no_more_than_asked() {
        let counters = [0, 1, 2, 2, 3, 5, 255];
        let least = |most| least_count(&counters, most, |counter| counter);
        assert_eq!([least(9), least(4), least(3), least(1), least(0)], [2, 3, 3, 6, 255]);
        assert_eq!(least_count(&counters, 1, |counter| counter / 2), 3);
    }

    #[test]
    fn no_units_give_no_candidates() {
        assert!(collect(&[], 2).list.is_empty());
    }
}
