//! The word alignment of all documents, trained on sums.
//!
//! Each round a document says how much each pair of words is expected to be linked in it; the
//! sums over the documents are the table of the next round. The same model as
//! `word_alignment`, but for pairs of words that meet too seldom for what each of them is
//! worth: they could hardly be linked, and are most of all pairs.

use std::io;

use super::Sums;
use super::shelf::Shelved;
use crate::mine::word_alignment::{
    Links, MAX_INSTANCES, ROUNDS, Table, key, keys, places, word_links,
};

/// A pair of words that meets more seldom, by the cosine of its counts, is passed over, unless
/// the lexicon has it.
///
/// Source: measured, docs/scale.md. A link needs a probability of 0.01 to be kept, and the
/// probability is at most about twice the cosine.
const LEAST_COSINE: f32 = 0.04;

/// Counts are whole numbers of this part, so that their sum has no order.
const UNIT: f32 = 65_536.0;

/// Pseudo-counts of any pair before the first round, as in one text.
const START: f32 = 0.01;

/// Trains on all documents and shelves the links of each.
pub(super) fn align(sums: &mut Sums<'_>) -> io::Result<()> {
    let (mut table, instances) = meetings(sums)?;
    let step = instances.div_ceil(MAX_INSTANCES).max(1);
    for _ in 0..ROUNDS {
        let mut counts = vec![0_u32; table.prior.len()];
        for document in sums.order() {
            let (units, ids) = trained(sums, document)?;
            let first = sums.starts[document] as usize;
            let mut rest = &ids[..];
            for (at, unit) in units.iter().enumerate() {
                let (ids, behind) = rest.split_at(unit.zh.len() * unit.en.len());
                rest = behind;
                if (first + at).is_multiple_of(step) {
                    table.expect(unit, ids, |id, both| {
                        let count = &mut counts[id as usize];
                        *count = count.saturating_add((both * UNIT) as u32);
                    });
                }
            }
        }
        for (count, prior) in counts.iter_mut().zip(&table.prior) {
            *count = count.saturating_add((prior * UNIT) as u32);
        }
        table.maximise_whole(&counts);
    }
    for document in sums.order() {
        let (mut units, ids) = trained(sums, document)?;
        let mut rest = &ids[..];
        for unit in &mut units {
            let (ids, behind) = rest.split_at(unit.zh.len() * unit.en.len());
            rest = behind;
            table.link(unit, ids);
        }
        sums.shelf.put_links(document, &units)?;
    }
    sums.alignment.of_form = table.of_form();
    // The ids of the pairs came as the documents did.
    sums.alignment
        .of_form
        .values_mut()
        .for_each(|links| links.sort_unstable_by_key(|l| l.0));
    Ok(())
}

/// The words of content of a document with the ids of their pairs.
fn trained(sums: &mut Sums<'_>, document: usize) -> io::Result<(Vec<Links>, Vec<u32>)> {
    sums.open(document)?;
    let units = (0..sums.corpus.len()).map(|unit| places(&sums.corpus, unit)).collect();
    Ok((units, sums.shelf.numbers(Shelved::Instances, document)?))
}

/// The table of the pairs that are worth training, and how many instances there are in all.
/// Shelves the ids of the pairs in each document.
fn meetings(sums: &mut Sums<'_>) -> io::Result<(Table, usize)> {
    let mut table = Table::empty(&sums.corpus);
    let mut seen =
        (vec![0_u32; sums.corpus.zh_forms.len()], vec![0_u32; sums.corpus.lemmas.len()]);
    let mut instances = 0;
    for document in sums.order() {
        sums.open(document)?;
        for unit in 0..sums.corpus.len() {
            let unit = places(&sums.corpus, unit);
            unit.zh.iter().for_each(|zh| seen.0[zh.word as usize] += 1);
            unit.en.iter().for_each(|en| seen.1[en.word as usize] += 1);
            instances += unit.zh.len() * unit.en.len();
        }
    }
    let mut met = Met::new(instances);
    for document in sums.order() {
        sums.open(document)?;
        for unit in 0..sums.corpus.len() {
            keys(&places(&sums.corpus, unit)).for_each(|key| met.add(key));
        }
    }
    for form in 0..sums.corpus.zh_forms.len() {
        for (lemma, strength) in word_links(&sums.corpus, form, &mut sums.dictionary) {
            let key = key(form as u32, lemma);
            if met.count(key) > 0 {
                let id = table.id(key) as usize;
                if id == table.prior.len() {
                    table.prior.push(0.0);
                }
                table.prior[id] = table.prior[id].max(strength);
            }
        }
    }
    for document in sums.order() {
        sums.open(document)?;
        let mut ids = Vec::new();
        for unit in 0..sums.corpus.len() {
            let unit = places(&sums.corpus, unit);
            for zh in &unit.zh {
                for en in &unit.en {
                    let key = key(zh.word, en.word);
                    let most = met.count(key) as f32;
                    let root =
                        seen.0[zh.word as usize] as f32 * seen.1[en.word as usize] as f32;
                    ids.push(match most >= LEAST_COSINE * root.sqrt() {
                        true => table.id(key),
                        false => table.id_of(key),
                    });
                }
            }
        }
        sums.shelf.put(Shelved::Instances, document, &ids)?;
    }
    table.complete();
    let start: Vec<u32> =
        table.prior.iter().map(|prior| ((START + prior) * UNIT) as u32).collect();
    table.maximise_whole(&start);
    Ok((table, instances))
}

/// How often pairs of words meet, at most: counters addressed by hash.
struct Met(Vec<u16>);

impl Met {
    fn new(instances: usize) -> Self {
        Self(vec![0; (2 * instances).next_power_of_two().clamp(1 << 12, 1 << 24)])
    }

    fn slot(&self, key: u64) -> usize {
        let mixed = (key ^ key >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 33) as usize & (self.0.len() - 1)
    }

    fn add(&mut self, key: u64) {
        let slot = self.slot(key);
        self.0[slot] = self.0[slot].saturating_add(1);
    }

    fn count(&self, key: u64) -> u32 {
        match self.0[self.slot(key)] {
            u16::MAX => u32::MAX,
            count => u32::from(count),
        }
    }
}
