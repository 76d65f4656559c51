//! Word alignment trained on the text itself.
//!
//! IBM Model 1 in both directions over words of content, with a prior that favours the
//! diagonal of a unit and pseudo-counts from the lexicon. Comes in: the corpus. Goes out: how
//! likely two words translate one another, and for each unit how much each pair of places is
//! linked.
//!
//! The two directions are trained to agree: both count the geometric mean of what each expects.
//! Measured on the development texts, this finds more than two models trained apart.
//!
//! Sources: Brown et al. 1993 (Computational Linguistics 19:2) for the model; Dyer, Chahuneau
//! & Smith 2013 (NAACL) for the diagonal; Liang, Taskar & Klein 2006 (NAACL) for agreement;
//! constants from docs/terms.md, 6, where no other source is given.

use rustc_hash::FxHashMap;

use super::corpus::Corpus;
use super::dictionary::Dictionary;

/// How sharply links keep to the diagonal, per share of the unit.
const DIAGONAL: f32 = 4.0;
/// Pseudo-counts of a translation that the lexicon has (prototype: 1; measured: 0.7).
const PRIOR: f32 = 0.7;
/// Weight of a link to nothing.
const NULL: f32 = 1e-4;
/// Rounds of expectation and maximisation (prototype: 6; measured: 8).
pub(super) const ROUNDS: usize = 8;
/// Most word pairs the training walks, 4 bytes each; beyond, units are taken at even steps.
pub(super) const MAX_INSTANCES: usize = 20_000_000;
/// Links weaker than this are not kept for a unit.
const FAINT: f32 = 0.01;

/// The id of a pair that the training never met.
pub(super) const UNSEEN: u32 = u32::MAX;

/// A word of content where it stands in its unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct ContentWord {
    /// Its form (Chinese) or lemma (English).
    pub(super) word: u32,
    /// Where it begins and ends, in cells.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where its middle stands, 0 to 1.
    position: f32,
}

/// The links of one unit.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) zh: Vec<ContentWord>,
    pub(super) en: Vec<ContentWord>,
    /// The links, by Chinese place: English place and mass.
    pub(super) links: Vec<(u32, f32)>,
    /// Where those of each Chinese place end.
    pub(super) ends: Vec<u32>,
    zh_mass: Vec<f32>,
    en_mass: Vec<f32>,
}

/// What the training found.
#[derive(Debug, Default)]
pub(super) struct WordAlignment {
    pub(super) units: Vec<Links>,
    /// For each Chinese form the lemmas it may be, each with how likely the two translate one
    /// another, 0 to 1: the geometric mean of both directions.
    pub(super) of_form: FxHashMap<u32, Vec<(u32, f32)>>,
}

pub(super) fn key(zh: u32, en: u32) -> u64 {
    u64::from(zh) << 32 | u64::from(en)
}

impl WordAlignment {
    /// Trains on the units.
    pub(super) fn train(corpus: &Corpus, dictionary: &mut Dictionary<'_>) -> Self {
        let mut units: Vec<Links> =
            (0..corpus.len()).map(|unit| places(corpus, unit)).collect();
        let instances: usize = units.iter().map(|u| u.zh.len() * u.en.len()).sum();
        let step = instances.div_ceil(MAX_INSTANCES).max(1);
        let (mut table, instances) = Table::new(&units, step, corpus, dictionary);
        for _ in 0..ROUNDS {
            table.round(&units, step, &instances);
        }
        drop(instances);
        for unit in &mut units {
            let ids: Vec<u32> = keys(unit).map(|key| table.met(key)).collect();
            table.link(unit, &ids);
        }
        Self { units, of_form: table.of_form() }
    }
}

/// The pairs of words of a unit, row by row.
pub(super) fn keys(unit: &Links) -> impl Iterator<Item = u64> {
    let ens = &unit.en;
    unit.zh.iter().flat_map(move |zh| ens.iter().map(|en| key(zh.word, en.word)))
}

/// The words of content of a unit.
pub(super) fn places(corpus: &Corpus, unit: usize) -> Links {
    let (zh, en) = (&corpus.zh[unit], &corpus.en[unit]);
    let zh_len = zh.chars.len().max(1) as f32;
    let en_len = en.words.len().max(1) as f32;
    Links {
        zh: zh
            .words
            .iter()
            .filter(|word| corpus.zh_form(**word).is_content)
            .map(|word| ContentWord {
                word: word.form,
                start: word.run.start,
                end: word.run.end,
                position: (word.run.start + word.run.end) as f32 / 2.0 / zh_len,
            })
            .collect(),
        en: (0..en.words.len())
            .filter_map(|i| {
                let form = corpus.en_form(en.words[i]);
                (!form.is_stop && !form.is_number).then_some(ContentWord {
                    word: form.lemma,
                    start: i as u32,
                    end: i as u32 + 1,
                    position: (i as f32 + 0.5) / en_len,
                })
            })
            .collect(),
        ..Links::default()
    }
}

/// The tables of both directions over the pairs that stand in one unit.
#[derive(Debug, Default)]
pub(super) struct Table {
    ids: FxHashMap<u64, u32>,
    pairs: Vec<(u32, u32)>,
    /// Where the pairs of each Chinese form begin, of a table of given pairs.
    starts: Vec<u32>,
    pub(super) prior: Vec<f32>,
    /// Probability of the lemma given the form, and of the form given the lemma.
    en_given_zh: Vec<f32>,
    zh_given_en: Vec<f32>,
    n_zh: usize,
    n_en: usize,
}

impl Table {
    fn new(
        units: &[Links],
        step: usize,
        corpus: &Corpus,
        dictionary: &mut Dictionary<'_>,
    ) -> (Self, Vec<Vec<u32>>) {
        let mut table = Self::empty(corpus);
        // For each unit trained on, the pair ids row by row.
        let instances: Vec<Vec<u32>> = units
            .iter()
            .step_by(step)
            .map(|unit| keys(unit).map(|key| table.id(key)).collect())
            .collect();
        table.prior = vec![0.0; table.pairs.len()];
        for form in 0..corpus.zh_forms.len() {
            for (lemma, strength) in word_links(corpus, form, dictionary) {
                if let Some(&id) = table.ids.get(&key(form as u32, lemma)) {
                    let prior = &mut table.prior[id as usize];
                    *prior = prior.max(strength);
                }
            }
        }
        table.start();
        (table, instances)
    }

    /// The table of the words of a corpus, without a pair.
    fn empty(corpus: &Corpus) -> Self {
        let (n_zh, n_en) = (corpus.zh_forms.len(), corpus.lemmas.len());
        Self { n_zh, n_en, ..Self::default() }
    }

    /// Probabilities before the first round.
    fn start(&mut self) {
        let start: Vec<f32> = self.prior.iter().map(|prior| 0.01 + prior).collect();
        self.maximise(&start, &start);
    }

    /// The id of a pair, which is new if it was not met yet.
    fn id(&mut self, key: u64) -> u32 {
        let pairs = &mut self.pairs;
        *self.ids.entry(key).or_insert_with(|| {
            pairs.push(((key >> 32) as u32, key as u32));
            (pairs.len() - 1) as u32
        })
    }

    /// The id of a pair, if it was met.
    fn met(&self, key: u64) -> u32 {
        self.ids.get(&key).copied().unwrap_or(UNSEEN)
    }

    /// The id of a pair of a table [of given ones](Self::of_keys), if it is one of them.
    pub(super) fn id_of(&self, key: u64) -> u32 {
        let form = (key >> 32) as usize;
        let start = self.starts[form];
        let row = &self.pairs[start as usize..self.starts[form + 1] as usize];
        let found = row.binary_search_by_key(&(key as u32), |pair| pair.1);
        found.map_or(UNSEEN, |at| start + at as u32)
    }

    /// The table of these pairs of words of a corpus, which rise and are no two the same, with
    /// nothing known of them. A search in their rows takes a tenth of the memory of a map.
    pub(super) fn of_keys(corpus: &Corpus, keys: &[u64]) -> Self {
        let mut table = Self::empty(corpus);
        table.pairs = keys.iter().map(|key| ((key >> 32) as u32, *key as u32)).collect();
        table.prior = vec![0.0; keys.len()];
        let forms = 0..=table.n_zh as u32;
        let start = |form| table.pairs.partition_point(|pair| pair.0 < form) as u32;
        table.starts = forms.map(start).collect();
        table
    }

    /// Turns whole counts, the same for both directions, into probabilities; in whatever order
    /// the pairs came.
    pub(super) fn maximise_whole(&mut self, counts: &[u32]) {
        let mut zh_sum = vec![0_u64; self.n_zh];
        let mut en_sum = vec![0_u64; self.n_en];
        for (&(zh, en), count) in self.pairs.iter().zip(counts) {
            zh_sum[zh as usize] += u64::from(*count);
            en_sum[en as usize] += u64::from(*count);
        }
        let share = |count: u32, sum: u64| match sum {
            0 => 0.0,
            sum => count as f32 / sum as f32,
        };
        let pairs = || self.pairs.iter().zip(counts);
        self.en_given_zh =
            pairs().map(|(pair, count)| share(*count, zh_sum[pair.0 as usize])).collect();
        self.zh_given_en =
            pairs().map(|(pair, count)| share(*count, en_sum[pair.1 as usize])).collect();
    }

    /// Turns counts into probabilities.
    fn maximise(&mut self, en_given_zh: &[f32], zh_given_en: &[f32]) {
        let mut zh_sum = vec![0.0_f32; self.n_zh];
        let mut en_sum = vec![0.0_f32; self.n_en];
        for (id, &(zh, en)) in self.pairs.iter().enumerate() {
            zh_sum[zh as usize] += en_given_zh[id];
            en_sum[en as usize] += zh_given_en[id];
        }
        let share = |count: f32, sum: f32| if sum > 0.0 { count / sum } else { 0.0 };
        self.en_given_zh = (0..self.pairs.len())
            .map(|id| share(en_given_zh[id], zh_sum[self.pairs[id].0 as usize]))
            .collect();
        self.zh_given_en = (0..self.pairs.len())
            .map(|id| share(zh_given_en[id], en_sum[self.pairs[id].1 as usize]))
            .collect();
    }

    /// One round over the units.
    fn round(&mut self, units: &[Links], step: usize, instances: &[Vec<u32>]) {
        let mut counts = self.prior.clone();
        for (unit, ids) in units.iter().step_by(step).zip(instances) {
            self.expect(unit, ids, |id, both| counts[id as usize] += both);
        }
        self.maximise(&counts, &counts);
    }

    /// How much each pair of places of a unit is expected to be linked.
    pub(super) fn expect(
        &self,
        unit: &Links,
        ids: &[u32],
        mut expected: impl FnMut(u32, f32),
    ) {
        let (n, m) = (unit.zh.len(), unit.en.len());
        let mut forward = vec![0.0; n * m];
        let mut backward = vec![0.0; n * m];
        self.posteriors(unit, ids, &mut forward, &mut backward);
        for k in (0..n * m).filter(|&k| ids[k] != UNSEEN) {
            expected(ids[k], (forward[k] * backward[k]).sqrt());
        }
    }

    /// For each pair of places the chance that the Chinese place made the English one, and
    /// the other way round.
    fn posteriors(
        &self,
        unit: &Links,
        ids: &[u32],
        forward: &mut [f32],
        backward: &mut [f32],
    ) {
        let (n, m) = (unit.zh.len(), unit.en.len());
        let mut columns = vec![NULL; m];
        for i in 0..n {
            let mut row = NULL;
            for (j, column) in columns.iter_mut().enumerate() {
                let k = i * m + j;
                if ids[k] != UNSEEN {
                    let id = ids[k] as usize;
                    let distance = (unit.zh[i].position - unit.en[j].position).abs();
                    let near = (-DIAGONAL * distance).exp();
                    forward[k] = self.en_given_zh[id] * near;
                    backward[k] = self.zh_given_en[id] * near;
                }
                *column += forward[k];
                row += backward[k];
            }
            backward[i * m..(i + 1) * m].iter_mut().for_each(|x| *x /= row);
        }
        for i in 0..n {
            for j in 0..m {
                forward[i * m + j] /= columns[j];
            }
        }
    }

    fn both(&self) -> Vec<f32> {
        self.en_given_zh
            .iter()
            .zip(&self.zh_given_en)
            .map(|(a, b)| (a * b).sqrt())
            .collect()
    }

    /// What pairs of words may translate one another.
    pub(super) fn of_form(&self) -> FxHashMap<u32, Vec<(u32, f32)>> {
        let mut of_form: FxHashMap<u32, Vec<(u32, f32)>> = FxHashMap::default();
        for (pair, t) in self.pairs.iter().zip(self.both()) {
            if t >= FAINT {
                of_form.entry(pair.0).or_default().push((pair.1, t));
            }
        }
        of_form
    }

    /// Links the places of a unit, trained on or not.
    pub(super) fn link(&self, unit: &mut Links, ids: &[u32]) {
        let (n, m) = (unit.zh.len(), unit.en.len());
        let mut forward = vec![0.0; n * m];
        let mut backward = vec![0.0; n * m];
        self.posteriors(unit, ids, &mut forward, &mut backward);
        unit.links.clear();
        unit.ends.clear();
        for i in 0..n {
            for j in 0..m {
                let mass = (forward[i * m + j] * backward[i * m + j]).sqrt();
                if mass >= FAINT {
                    unit.links.push((j as u32, mass));
                }
            }
            unit.ends.push(unit.links.len() as u32);
        }
        unit.weigh();
    }
}

/// What the lexicon knows of a form: as a headword, else by the headwords inside it.
pub(super) fn word_links(
    corpus: &Corpus,
    form: usize,
    dictionary: &mut Dictionary<'_>,
) -> Vec<(u32, f32)> {
    let form = &corpus.zh_forms[form];
    if let Some(word) = form.word {
        let scale = if form.n_chars == 1 { 0.7 } else { 1.0 };
        return dictionary
            .links(word)
            .iter()
            .map(|&(l, s)| (l, PRIOR * s * scale))
            .collect();
    }
    let chars: Vec<char> = form.text.chars().collect();
    if !form.is_content || chars.len() > 12 {
        return Vec::new();
    }
    dictionary
        .support(&chars)
        .into_iter()
        .filter(|support| support.end - support.start >= 2)
        .map(|support| (support.lemma, PRIOR * support.strength))
        .collect()
}

impl Links {
    /// Adds up the mass of each place.
    pub(super) fn weigh(&mut self) {
        self.zh_mass = vec![0.0; self.zh.len()];
        self.en_mass = vec![0.0; self.en.len()];
        for i in 0..self.zh.len() {
            let first = i.checked_sub(1).map_or(0, |before| self.ends[before]);
            for &(j, mass) in &self.links[first as usize..self.ends[i] as usize] {
                self.zh_mass[i] += mass;
                self.en_mass[j as usize] += mass;
            }
        }
    }

    /// The Chinese places inside a run of cells.
    pub(super) fn rows(&self, run: super::corpus::Run) -> std::ops::Range<usize> {
        Self::within(&self.zh, run.start, run.end)
    }

    /// The English places inside a run of cells.
    pub(super) fn columns(&self, run: super::corpus::Run) -> std::ops::Range<usize> {
        Self::within(&self.en, run.start, run.end)
    }

    /// The places of one side inside a run of cells.
    fn within(places: &[ContentWord], start: u32, end: u32) -> std::ops::Range<usize> {
        let first = places.partition_point(|place| place.end <= start);
        let last = places.partition_point(|place| place.start < end);
        first..last.max(first)
    }

    /// The links of neighbouring Chinese places.
    fn links_of(&self, rows: std::ops::Range<usize>) -> &[(u32, f32)] {
        let end = |i: usize| self.ends[i] as usize;
        &self.links[rows.start.checked_sub(1).map_or(0, end)..end(rows.end - 1)]
    }

    /// The first and last English cell that the words of a Chinese run are linked to by a mass
    /// of at least `least`; `None` if a word of the run is linked to nothing, or the run has
    /// no words of content.
    pub(super) fn held(&self, zh: super::corpus::Run, least: f32) -> Option<(u32, u32)> {
        let rows = Self::within(&self.zh, zh.start, zh.end);
        let (mut first, mut last) = (u32::MAX, 0);
        for row in rows {
            let mut is_linked = false;
            for &(j, mass) in self.links_of(row..row + 1) {
                if mass >= least {
                    let cell = self.en[j as usize].start;
                    (first, last) = (first.min(cell), last.max(cell));
                    is_linked = true;
                }
            }
            if !is_linked {
                return None;
            }
        }
        (first <= last).then_some((first, last))
    }

    /// How far the links of two runs stay among themselves, 0 to 1: the Dice coefficient of
    /// their masses. A run that is linked to nothing is taken to have the mass of a third of
    /// its words (docs/terms.md, 7).
    pub(super) fn consistency(
        &self,
        zh: super::corpus::Run,
        en: super::corpus::Run,
    ) -> f32 {
        let rows = Self::within(&self.zh, zh.start, zh.end);
        let columns = Self::within(&self.en, en.start, en.end);
        if rows.is_empty() || columns.is_empty() {
            return 0.0;
        }
        let inside: f32 = self
            .links_of(rows.clone())
            .iter()
            .filter(|(j, _)| columns.contains(&(*j as usize)))
            .map(|(_, mass)| mass)
            .sum();
        let zh_mass: f32 = self.zh_mass[rows.clone()].iter().sum();
        let en_mass: f32 = self.en_mass[columns.clone()].iter().sum();
        share(inside, (zh_mass, rows.len()), (en_mass, columns.len()))
    }
}

/// The Dice coefficient of masses over so many words.
fn share(inside: f32, zh: (f32, usize), en: (f32, usize)) -> f32 {
    const LEAST: f32 = 0.35;
    let whole = zh.0.max(LEAST * zh.1 as f32) + en.0.max(LEAST * en.1 as f32);
    2.0 * inside / whole
}

/// The masses of a unit, added up so that those of any two runs are told at once.
pub(super) struct Masses {
    zh: Vec<f32>,
    en: Vec<f32>,
    /// Of the places before each row and column.
    both: Vec<f32>,
}

impl Masses {
    pub(super) fn new(links: &Links) -> Self {
        let (n, m) = (links.zh.len(), links.en.len());
        let mut both = vec![0.0; (n + 1) * (m + 1)];
        for i in 0..n {
            for (j, mass) in links.links_of(i..i + 1) {
                both[(i + 1) * (m + 1) + *j as usize + 1] = *mass;
            }
            for j in 1..=m {
                both[(i + 1) * (m + 1) + j] += both[(i + 1) * (m + 1) + j - 1];
            }
            for j in 1..=m {
                both[(i + 1) * (m + 1) + j] += both[i * (m + 1) + j];
            }
        }
        let sums = |masses: &[f32]| {
            let mut sum = 0.0;
            let sums = masses.iter().map(|mass| {
                sum += mass;
                sum
            });
            std::iter::once(0.0).chain(sums).collect()
        };
        Self { zh: sums(&links.zh_mass), en: sums(&links.en_mass), both }
    }

    /// As [`Links::consistency`], of rows and columns.
    pub(super) fn consistency(
        &self,
        rows: &std::ops::Range<usize>,
        columns: &std::ops::Range<usize>,
    ) -> f32 {
        if rows.is_empty() || columns.is_empty() {
            return 0.0;
        }
        let before = |i: usize, j: usize| self.both[i * self.en.len() + j];
        let inside = before(rows.end, columns.end)
            - before(rows.start, columns.end)
            - before(rows.end, columns.start)
            + before(rows.start, columns.start);
        let zh = self.zh[rows.end] - self.zh[rows.start];
        let en = self.en[columns.end] - self.en[columns.start];
        share(inside, (zh, rows.len()), (en, columns.len()))
    }
}
