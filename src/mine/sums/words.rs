//! The word alignment of all documents, trained on sums.
//!
//! Each round a document says how much each pair of words is expected to be linked in it; the
//! sums over the documents are the table of the next round. The same model as
//! `word_alignment`, but for pairs of words that meet too seldom for what each of them is
//! worth: they could hardly be linked, and are most of all pairs.

use std::io;

use super::documents::Sums;
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
    let (mut table, step) = meetings(sums)?;
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
    Ok(())
}

/// The words of content of a document with the ids of their pairs.
fn trained(sums: &mut Sums<'_>, document: usize) -> io::Result<(Vec<Links>, Vec<u32>)> {
    sums.open(document)?;
    let units = (0..sums.corpus.len()).map(|unit| places(&sums.corpus, unit)).collect();
    Ok((units, sums.shelf.numbers(Shelved::Instances, document)?))
}

/// The table of the pairs that are worth training, and every which unit is trained on.
/// Shelves the ids of the pairs in each document.
fn meetings(sums: &mut Sums<'_>) -> io::Result<(Table, usize)> {
    let mut instances = 0;
    for document in sums.order() {
        sums.open(document)?;
        for unit in 0..sums.corpus.len() {
            let unit = places(&sums.corpus, unit);
            instances += unit.zh.len() * unit.en.len();
        }
    }
    let step = instances.div_ceil(MAX_INSTANCES).max(1);
    let seen = Seen::of(sums, step, instances)?;
    let mut known = Keys::default();
    let mut strengths = Vec::new();
    for form in 0..sums.corpus.zh_forms.len() {
        for (lemma, strength) in word_links(&sums.corpus, form, &mut sums.dictionary) {
            let key = key(form as u32, lemma);
            if seen.met(key) > 0 {
                strengths.push((key, strength));
                known.add(key);
            }
        }
    }
    for document in sums.order() {
        for unit in trained_on(sums, document, step)? {
            let worth_it = keys(&unit).filter(|key| seen.is_worth_training(*key));
            worth_it.for_each(|key| known.add(key));
        }
    }
    drop(seen);
    let mut table = Table::of_keys(&sums.corpus, &known.finish());
    for (key, strength) in strengths {
        let id = table.id_of(key) as usize;
        table.prior[id] = table.prior[id].max(strength);
    }
    for document in sums.order() {
        sums.open(document)?;
        let mut ids = Vec::new();
        for unit in 0..sums.corpus.len() {
            ids.extend(keys(&places(&sums.corpus, unit)).map(|key| table.id_of(key)));
        }
        sums.shelf.put(Shelved::Instances, document, &ids)?;
    }
    let start: Vec<u32> =
        table.prior.iter().map(|prior| ((START + prior) * UNIT) as u32).collect();
    table.maximise_whole(&start);
    Ok((table, step))
}

/// Pairs of words, each kept once though it comes many times.
#[derive(Default)]
struct Keys {
    keys: Vec<u64>,
    /// How many were different when that was last asked.
    n: usize,
}

impl Keys {
    fn add(&mut self, key: u64) {
        if self.keys.len() >= 2 * self.n.max(1 << 16) {
            self.thin_out();
        }
        self.keys.push(key);
    }

    fn thin_out(&mut self) {
        self.keys.sort_unstable();
        self.keys.dedup();
        self.n = self.keys.len();
    }

    /// All of them, rising.
    fn finish(mut self) -> Vec<u64> {
        self.thin_out();
        self.keys
    }
}

/// The words of content of those units of a document that are trained on.
fn trained_on(
    sums: &mut Sums<'_>,
    document: usize,
    step: usize,
) -> io::Result<Vec<Links>> {
    sums.open(document)?;
    let first = sums.starts[document] as usize;
    let units = (0..sums.corpus.len()).filter(|at| (first + at).is_multiple_of(step));
    Ok(units.map(|unit| places(&sums.corpus, unit)).collect())
}

/// What is known of words before they are trained.
struct Seen {
    /// How often each Chinese form and each English lemma stands.
    zh: Vec<u32>,
    en: Vec<u32>,
    /// How often pairs of words meet, at most: counters addressed by hash.
    met: Vec<u16>,
}

impl Seen {
    /// What the units tell that are trained on.
    fn of(sums: &mut Sums<'_>, step: usize, instances: usize) -> io::Result<Self> {
        let counters = 2 * (instances / step);
        let mut seen = Self {
            zh: vec![0; sums.corpus.zh_forms.len()],
            en: vec![0; sums.corpus.lemmas.len()],
            met: vec![0; counters.next_power_of_two().clamp(1 << 12, 1 << 24)],
        };
        for document in sums.order() {
            for unit in trained_on(sums, document, step)? {
                unit.zh.iter().for_each(|zh| seen.zh[zh.word as usize] += 1);
                unit.en.iter().for_each(|en| seen.en[en.word as usize] += 1);
                for key in keys(&unit) {
                    let slot = seen.slot(key);
                    seen.met[slot] = seen.met[slot].saturating_add(1);
                }
            }
        }
        Ok(seen)
    }

    fn slot(&self, key: u64) -> usize {
        let mixed = (key ^ key >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 33) as usize & (self.met.len() - 1)
    }

    /// How often a pair meets, at most.
    fn met(&self, key: u64) -> u32 {
        match self.met[self.slot(key)] {
            u16::MAX => u32::MAX,
            count => u32::from(count),
        }
    }

    fn is_worth_training(&self, key: u64) -> bool {
        let (zh, en) = (self.zh[(key >> 32) as usize], self.en[key as u32 as usize]);
        let root = (zh as f32 * en as f32).sqrt();
        self.met(key) as f32 >= LEAST_COSINE * root
    }
}
