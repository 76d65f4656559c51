//! The terms of many documents together.
//!
//! A term that stands once in each of three documents recurs, so the units of all are mined
//! as one text. Mining takes about 45 times the text in memory, so what is longer than
//! [`BLOCK`] is cut into blocks of whole documents, as even as can be, and what is found in
//! several is joined. A pair that recurs, but never twice within one block, is not found
//! then. The blocks follow from the documents, not from the threads.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

use super::queue::run;
use super::record::Records;
use crate::types::{KeptUnit, Pair, TermPair, UnitPlace};

/// The longest text that is mined as one, both sides, in bytes; one document may be longer.
///
/// Source: 200 pairs made of `corpora/`, 2.5 MB: mined as one they took 115 MB. Larger finds
/// what is rarer and takes more memory.
pub const BLOCK: usize = 1_500_000;

/// How many blocks are in memory at once, at most.
const MINERS: usize = 3;

/// The terms of the documents that were done, best first; names are those of the records, in
/// order. `mine` finds the terms of units. Each passage names its document.
///
/// # Errors
///
/// When a record cannot be read.
pub fn terms(
    records: &Records,
    names: &[String],
    jobs: usize,
    mine: impl Fn(Vec<KeptUnit>) -> Vec<TermPair> + Sync,
) -> io::Result<Vec<TermPair>> {
    let sizes: Vec<usize> = names
        .iter()
        .map(|name| Ok(records.units(name)?.iter().map(unit_size).sum()))
        .collect::<io::Result<_>>()?;
    let blocks = blocks(&sizes, BLOCK);
    let order: Vec<usize> = (0..blocks.len()).collect();
    let mined = run(&order, jobs.min(MINERS), |block, _| {
        let mut units: Vec<KeptUnit> = Vec::new();
        for name in &names[blocks[block].clone()] {
            units.extend(records.units(name)?.into_iter().map(|unit| KeptUnit {
                place: UnitPlace { document: name.clone(), ..unit.place },
                ..unit
            }));
        }
        Ok(mine(units))
    });
    let mined = mined.into_iter().map(|block| match block {
        Ok(terms) => terms,
        Err(panic) => Err(io::Error::other(panic)),
    });
    Ok(join(mined.collect::<io::Result<Vec<_>>>()?))
}

/// How much a unit counts towards a [`BLOCK`]: both sides, in bytes.
pub fn unit_size(unit: &KeptUnit) -> usize {
    unit.text.zh.len() + unit.text.en.len()
}

/// Cuts documents of these sizes into as few blocks as the limit allows, about even.
pub fn blocks(sizes: &[usize], limit: usize) -> Vec<Range<usize>> {
    let total: usize = sizes.iter().sum();
    let n_blocks = total.div_ceil(limit).max(1);
    let (mut blocks, mut start, mut done) = (Vec::new(), 0, 0);
    for (index, size) in sizes.iter().enumerate() {
        done += size;
        let is_full = done >= total * (blocks.len() + 1) / n_blocks;
        if is_full || index + 1 == sizes.len() {
            blocks.push(start..index + 1);
            start = index + 1;
        }
    }
    blocks
}

/// The terms of all blocks, those of the same two words once, best first.
///
/// The blocks come in the order of their documents: where passages and variants differ, those
/// of the first stand.
pub fn join(blocks: Vec<Vec<TermPair>>) -> Vec<TermPair> {
    if blocks.len() < 2 {
        return blocks.into_iter().next().unwrap_or_default();
    }
    let mut joined: BTreeMap<Pair<String>, TermPair> = BTreeMap::new();
    for term in blocks.into_iter().flatten() {
        match joined.get_mut(&term.term) {
            Some(known) => add(known, term),
            None => drop(joined.insert(term.term.clone(), term)),
        }
    }
    let mut terms: Vec<TermPair> = joined.into_values().collect();
    // Those that occur once come last, as in one text.
    terms.sort_by(|a, b| {
        let once = |term: &TermPair| term.count < 2;
        once(a)
            .cmp(&once(b))
            .then(b.confidence.total_cmp(&a.confidence))
            .then(b.count.cmp(&a.count))
            .then_with(|| a.term.cmp(&b.term))
    });
    terms
}

fn add(known: &mut TermPair, other: TermPair) {
    known.count += other.count;
    known.counts.zh += other.counts.zh;
    known.counts.en += other.counts.en;
    known.confidence = known.confidence.max(other.confidence);
    known.evidence.extend(other.evidence);
    known.evidence.sort();
    known.evidence.dedup();
    for (mine, theirs) in [
        (&mut known.variants.zh, other.variants.zh),
        (&mut known.variants.en, other.variants.en),
    ] {
        for variant in theirs {
            if !mine.contains(&variant) {
                mine.push(variant);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_every_document_once_and_are_even() {
        assert_eq!(blocks(&[1, 1, 1], 10), vec![0..3]);
        assert_eq!(blocks(&[4, 4, 4, 4], 10), vec![0..2, 2..4]);
        assert_eq!(blocks(&[30, 1, 1], 10), vec![0..1, 1..2, 2..3]);
        assert_eq!(blocks(&[0, 0], 10), vec![0..1, 1..2]);
        assert!(blocks(&[], 10).is_empty());
    }

    #[test]
    fn a_term_of_two_blocks_is_one_with_the_sum_of_its_counts() {
        let term = |zh: &str, count| TermPair {
            term: Pair::new(zh.into(), "treaty".into()),
            count,
            counts: Pair::new(count, count + 1),
            confidence: 0.5,
            ..TermPair::default()
        };
        let joined =
            join(vec![vec![term("条约", 2)], vec![term("公约", 1), term("条约", 3)]]);
        assert_eq!(joined.len(), 2);
        assert_eq!((joined[0].count, joined[0].counts), (5, Pair::new(5, 7)));
        assert_eq!(joined[1].term.zh, "公约");
    }
}
