//! Which runs recur over all documents, and which of them are candidates.
//!
//! As in one text: runs are counted by hash, what recurs is collected with its first place, and
//! fragments are told by what is around them. Comes in: the documents with their links. Goes
//! out: the candidates of both sides; the shelf holds where they stand.

use std::io;

use rustc_hash::{FxHashMap, FxHashSet};

use super::documents::{DROPPED, Entry, Local, SideList, Sides, Sums};
use super::shelf::Shelved;
use crate::lexicon::LemmaId;
use crate::mine::candidates::{Capitals, RunHash, RunPlace, Sketch};
use crate::mine::corpus::Run;
use crate::mine::dictionary::{gloss_set, known_lemmas};
use crate::mine::{candidates_en, candidates_zh, closedness, fragments, tight};
use crate::types::Side;

/// Where more runs of a side recur, only those that recur more often are looked at.
///
/// Source: chosen; each takes some 60 bytes. Larger finds what is rarer in larger collections.
const MAX_RUNS: usize = 2_000_000;

/// The candidates of both sides.
pub(super) fn candidates(sums: &mut Sums<'_>) -> io::Result<Sides> {
    shelve_zh(sums)?;
    let mut zh = recurring(sums, Shelved::ZhRuns)?;
    let list = std::mem::take(&mut zh.list);
    let keep = zh_verdicts(sums, &zh.ids, &list)?;
    let mut sides = Sides { zh: kept(list, &keep), en: SideList::default() };
    shelve_en(sums, &sides)?;
    let mut en = recurring(sums, Shelved::EnRuns)?;
    let mut list = std::mem::take(&mut en.list);
    let keep = en_verdicts(sums, &en, &mut list)?;
    sides.en = kept(list, &keep);
    Ok(sides)
}

/// Keeps those candidates that `keep` holds for.
fn kept(list: Vec<Entry>, keep: &[bool]) -> SideList {
    let mut numbers = vec![DROPPED; list.len()];
    let of_kept = numbers.iter_mut().zip(keep).filter(|(_, keep)| **keep);
    of_kept.zip(0..).for_each(|((number, _), n)| *number = n);
    let mut marks = keep.iter();
    let mut list = list;
    list.retain(|_| *marks.next().expect("one mark a candidate"));
    list.shrink_to_fit();
    SideList { list, numbers }
}

/// A run of a document with the hash of what it says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    unit: u32,
    run: Run,
    hash: u64,
    /// Cut out by the word alignment.
    is_tight: bool,
}

impl Said {
    /// The runs of a unit.
    fn of_unit(unit: u32, runs: &[(Run, u64)]) -> impl Iterator<Item = Self> {
        runs.iter().map(move |&(run, hash)| Self { unit, run, hash, is_tight: false })
    }

    fn numbers(self) -> [u32; 5] {
        let marked = self.run.end << 1 | u32::from(self.is_tight);
        [self.unit, self.run.start, marked, (self.hash >> 32) as u32, self.hash as u32]
    }

    fn from([unit, start, marked, high, low]: [u32; 5]) -> Self {
        Self {
            unit,
            run: Run { start, end: marked >> 1 },
            hash: u64::from(high) << 32 | u64::from(low),
            is_tight: marked & 1 == 1,
        }
    }
}

fn shelve_zh(sums: &mut Sums<'_>) -> io::Result<()> {
    let mut found = Vec::new();
    for document in sums.order() {
        sums.open(document)?;
        let mut said = Vec::new();
        for (unit, text) in (0..).zip(&sums.corpus.zh) {
            found.clear();
            candidates_zh::runs(&sums.corpus, text, sums.seed, &mut found);
            said.extend(Said::of_unit(unit, &found));
        }
        shelve(sums, Shelved::ZhRuns, document, said)?;
    }
    Ok(())
}

fn shelve(
    sums: &mut Sums<'_>,
    kind: Shelved,
    document: usize,
    said: Vec<Said>,
) -> io::Result<()> {
    let numbers: Vec<u32> = said.into_iter().flat_map(Said::numbers).collect();
    sums.shelf.put(kind, document, &numbers)
}

fn said(sums: &mut Sums<'_>, kind: Shelved, document: usize) -> io::Result<Vec<Said>> {
    let numbers = sums.shelf.numbers(kind, document)?;
    Ok(numbers.as_chunks::<5>().0.iter().copied().map(Said::from).collect())
}

/// The runs of the English side, with those that the word alignment cuts out for one Chinese
/// candidate again and again.
fn shelve_en(sums: &mut Sums<'_>, sides: &Sides) -> io::Result<()> {
    let mut recurring = Sketch::new(sums.n_units());
    let tied = |id: u32, hash: u64| {
        RunHash::new().push(id).push((hash >> 32) as u32).push(hash as u32).value()
    };
    for document in sums.order() {
        sums.open_linked(document)?;
        let zh = sums.local(sides, Side::Zh, document)?;
        let mut phrases = Vec::new();
        for (id, candidate) in zh.iter() {
            for place in &candidate.places {
                let phrase =
                    tight::phrase(&sums.corpus, &sums.alignment, *place, tight::TIGHT);
                let Some(RunPlace { unit, run }) = phrase else { continue };
                let words = &sums.corpus.en[unit as usize].words[run.range()];
                let hash = candidates_en::hash_of(&sums.corpus, words);
                recurring.add(tied(id, hash));
                let (high, low) = ((hash >> 32) as u32, hash as u32);
                phrases.extend([id, unit, run.start, run.end, high, low]);
            }
        }
        sums.shelf.put(Shelved::Phrases, document, &phrases)?;
    }
    let mut found = Vec::new();
    for document in sums.order() {
        sums.open(document)?;
        let mut said = Vec::new();
        for &[id, unit, start, end, high, low] in
            sums.shelf.numbers(Shelved::Phrases, document)?.as_chunks::<6>().0
        {
            let hash = u64::from(high) << 32 | u64::from(low);
            if recurring.count(tied(id, hash)) >= 2 {
                said.push(Said { unit, run: Run { start, end }, hash, is_tight: true });
            }
        }
        for (unit, text) in (0..).zip(&sums.corpus.en) {
            found.clear();
            candidates_en::runs(&sums.corpus, text, &mut found);
            said.extend(Said::of_unit(unit, &found));
        }
        // Of two that are one the one that is cut out comes last, and stays.
        said.sort_unstable();
        said.reverse();
        said.dedup_by_key(|said| (said.unit, said.run));
        said.reverse();
        shelve(sums, Shelved::EnRuns, document, said)?;
    }
    Ok(())
}

/// What recurs.
#[derive(Default)]
struct Recurring {
    ids: FxHashMap<u64, u32>,
    list: Vec<Entry>,
    /// Those that the word alignment cut out.
    tight: FxHashSet<u64>,
}

fn recurring(sums: &mut Sums<'_>, kind: Shelved) -> io::Result<Recurring> {
    let mut sketch = Sketch::new(sums.n_units());
    for document in sums.order() {
        said(sums, kind, document)?.iter().for_each(|said| sketch.add(said.hash));
    }
    let least = sketch.least_count(MAX_RUNS);
    let mut out = Recurring::default();
    for document in sums.order() {
        for said in said(sums, kind, document)? {
            if sketch.count(said.hash) < least {
                continue;
            }
            let place = RunPlace { unit: said.unit, run: said.run };
            let place = sums.whole(document, place);
            let id = *out.ids.entry(said.hash).or_insert_with(|| {
                out.list.push(Entry {
                    hash: said.hash,
                    first: place,
                    n: 0,
                    capitals: Capitals::default(),
                });
                (out.list.len() - 1) as u32
            });
            let entry = &mut out.list[id as usize];
            entry.n += 1;
            entry.first = entry.first.min(place);
            if said.is_tight {
                out.tight.insert(said.hash);
            }
        }
    }
    // What only seemed to recur goes, before there are new numbers: here memory is highest.
    drop((sketch, std::mem::take(&mut out.ids)));
    out.list.retain(|entry| entry.n as usize >= least);
    out.list.shrink_to_fit();
    out.list.sort_unstable_by_key(|entry| entry.first);
    let ids = (0..).zip(&out.list).map(|(id, entry)| (entry.hash, id));
    out.ids = ids.collect();
    Ok(out)
}

/// Where the candidates of one side stand in a document, by candidate.
fn places(
    sums: &mut Sums<'_>,
    kind: Shelved,
    ids: &FxHashMap<u64, u32>,
    document: usize,
) -> io::Result<Vec<(u32, RunPlace)>> {
    let mut places: Vec<(u32, RunPlace)> = said(sums, kind, document)?
        .into_iter()
        .filter_map(|said| {
            let id = *ids.get(&said.hash)?;
            Some((id, RunPlace { unit: said.unit, run: said.run }))
        })
        .collect();
    places.sort_unstable();
    Ok(places)
}

/// Which Chinese candidates are kept; lays down where they stand.
fn zh_verdicts(
    sums: &mut Sums<'_>,
    ids: &FxHashMap<u64, u32>,
    list: &[Entry],
) -> io::Result<Vec<bool>> {
    let mut is_joined = vec![true; list.len()];
    let mut cuts = vec![false; list.len()];
    for document in sums.order() {
        sums.open(document)?;
        let places = places(sums, Shelved::ZhRuns, ids, document)?;
        sums.shelf.put_places(Shelved::ZhPlaces, document, &places)?;
        let local = Local::new(&sums.corpus, Side::Zh, list, &places);
        let joins = fragments::is_joined_by_char(&sums.corpus);
        for (at, (id, candidate)) in (0..).zip(local.iter()) {
            let is_joined_here = fragments::is_always_joined(candidate, &joins);
            is_joined[id as usize] &= is_joined_here;
            if is_joined_here && sums.holds(document, list[id as usize].first) {
                cuts[id as usize] = fragments::cuts_first_member(&local.candidates, at);
            }
        }
    }
    Ok(is_joined.iter().zip(&cuts).map(|(joined, cuts)| !(*joined && *cuts)).collect())
}

/// Which English candidates are kept; lays down where they stand.
fn en_verdicts(
    sums: &mut Sums<'_>,
    recurring: &Recurring,
    list: &mut [Entry],
) -> io::Result<Vec<bool>> {
    for document in sums.order() {
        sums.open(document)?;
        let places = places(sums, Shelved::EnRuns, &recurring.ids, document)?;
        sums.shelf.put_places(Shelved::EnPlaces, document, &places)?;
        for (id, place) in places {
            let here = candidates_en::capitals_at(&sums.corpus, [&place].into_iter());
            let capitals = &mut list[id as usize].capitals;
            capitals.telling += here.telling;
            capitals.capital += here.capital;
        }
    }
    let glosses: FxHashSet<Vec<LemmaId>> = gloss_set(&sums.corpus, sums.seed);
    let mut is_free = vec![true; list.len()];
    let mut is_joined = vec![true; list.len()];
    let mut is_modifier = vec![true; list.len()];
    let mut cuts = vec![false; list.len()];
    let mut is_known = vec![false; list.len()];
    for document in sums.order() {
        sums.open(document)?;
        let places = sums.shelf.places(Shelved::EnPlaces, document)?;
        let local = Local::new(&sums.corpus, Side::En, list, &places);
        let corpus = &sums.corpus;
        let is_first: Vec<bool> = local
            .ids
            .iter()
            .map(|id| sums.holds(document, list[*id as usize].first))
            .collect();
        let capital: Vec<f64> = local
            .candidates
            .list
            .iter()
            .map(|candidate| candidates_en::capital_share(corpus, candidate))
            .collect();
        let free = closedness::stands_alone(
            &local.candidates,
            |at| {
                is_first[at]
                    && candidates_en::may_hold_fragments(
                        corpus,
                        local.candidates.list[at].sample(),
                        capital[at],
                    )
            },
            |at| if capital[at] > 0.9 { 2 } else { 3 },
        );
        let modifiers = fragments::ends_in_modifier(corpus, &local.candidates);
        let joins = fragments::is_joined_by_and(corpus);
        for (at, (id, candidate)) in local.iter().enumerate() {
            let id = id as usize;
            let is_joined_here = fragments::is_always_joined(candidate, &joins);
            is_free[id] &= free[at];
            is_modifier[id] &= modifiers[at];
            is_joined[id] &= is_joined_here;
            if is_first[at] {
                cuts[id] = is_joined_here
                    && fragments::cuts_first_member(&local.candidates, at as u32);
                let place = candidate.sample();
                let words = &corpus.en[place.unit as usize].words[place.run.range()];
                is_known[id] = recurring.tight.contains(&list[id].hash)
                    || known_lemmas(corpus, words)
                        .is_some_and(|lemmas| glosses.contains(&lemmas));
            }
        }
    }
    let verdict = |id: usize| {
        let is_fragment = !is_free[id] || is_modifier[id] || (is_joined[id] && cuts[id]);
        is_known[id] || !is_fragment
    };
    Ok((0..list.len()).map(verdict).collect())
}
