//! Learns from the documents themselves which word goes with which.
//!
//! Expectation maximisation over the beads of the lattices, weighed by their probability. The
//! first guess enters as a prior of [`PRIOR`] occurrences. What a passage taught is left out
//! when that passage is scored, else each bead would confirm itself (without this, learning
//! costs more than it brings).

use crate::align::corpus::{Corpus, IndexedSide};
use crate::align::lattice::Lattice;
use crate::align::score::HeldOutCounts;
use crate::align::translation::{Table, add_up};
use crate::lexicon::Learned;
use crate::types::Pair;

/// Weight of the first guess, in occurrences of the Chinese word.
const PRIOR: f32 = 4.0;
/// Most occurrences in other documents that count: they may use the word otherwise.
const MOST_BEFORE: f32 = 8.0;
/// Beads that are less likely teach nothing.
const LEAST_BEAD: f64 = 0.03;
/// Pairs of words less likely are dropped.
const LEAST_PAIR: f32 = 0.01;
/// Rounds of counting and estimating.
const ROUNDS: usize = 3;
/// Ratio of any two words, in the first round and later.
const ANY_RATIO: [f32; 2] = [0.3, 0.1];
/// Highest ratio that counts.
const RATIO_CAP: f32 = 200.0;
/// Share of words that nothing on the other side gives rise to, as odds.
const NULL_ODDS: f32 = 0.7 / 0.3;

/// What is known before the documents are read.
#[derive(Debug)]
pub(crate) struct Prior {
    /// Expected numbers.
    pub(crate) table: Table,
    /// How often each Chinese word stood in other documents, as far as that counts.
    before: Vec<f32>,
}

impl Prior {
    /// What the lexicon says, and what other documents taught on top of it.
    pub(crate) fn new(corpus: &Corpus, guess: Table, learned: &Learned) -> Self {
        let Pair { zh, en } = &corpus.vocabulary;
        if learned.is_empty() {
            return Prior { table: guess, before: vec![0.0; zh.len()] };
        }
        let mut before = Vec::with_capacity(zh.len());
        let table = Table::from_rows((0..zh.len() as u32).map(|word| {
            let lesson = learned.lesson(zh.form(word));
            let Some((times, taught)) = lesson else {
                before.push(0.0);
                return guess.row(word).to_vec();
            };
            let weight = (times as f32).min(MOST_BEFORE);
            before.push(weight);
            let (share, scale) = (weight / times as f32, 1.0 / (weight + PRIOR));
            let known = guess.row(word).iter().map(|&(en, number)| (en, number * PRIOR));
            let taught =
                taught.filter_map(|(form, number)| Some((en.get(form)?, share * number)));
            let mut row: Vec<(u32, f32)> = known.chain(taught).collect();
            add_up(&mut row);
            row.iter_mut().for_each(|cell| cell.1 *= scale);
            row
        }));
        Prior { table, before }
    }

    /// How many occurrences of a Chinese word the prior stands for.
    pub(crate) fn weight(&self, zh_word: u32) -> f32 {
        self.before[zh_word as usize] + PRIOR
    }
}

/// What was learned: the table, and for each document what each passage taught.
pub(crate) struct Taught {
    /// Expected numbers.
    pub(crate) table: Table,
    /// For each document, in ratios.
    pub(crate) held_out: Vec<HeldOutCounts>,
}

/// A Chinese and an English word that stand for each other in a passage, to some degree.
struct Count {
    pair: u64,
    /// The Chinese passage, counted through all documents.
    passage: u32,
    value: f32,
}

/// Learns a table from the beads of all documents, starting at `table`.
pub(crate) fn learn(
    corpus: &Corpus,
    lattices: &[(&Lattice, &[f64])],
    prior: &Prior,
    table: &Table,
) -> Taught {
    let mut table = table.clone();
    let mut counts = Vec::new();
    for round in 0..ROUNDS {
        let ratios = table.to_ratios(corpus);
        // Two sets of counts at once would be the peak of memory.
        drop(std::mem::take(&mut counts));
        counts = count(corpus, lattices, &ratios, ANY_RATIO[round.min(1)]);
        table = estimate(corpus, prior, &counts);
    }
    let held_out = held_out(corpus, prior, &counts);
    Taught { table, held_out }
}

/// Counts the pairs of words in all beads, sorted by pair.
fn count(
    corpus: &Corpus,
    lattices: &[(&Lattice, &[f64])],
    ratios: &Table,
    any_ratio: f32,
) -> Vec<Count> {
    let mut counts = Vec::new();
    let mut workspace = Workspace::new(corpus.vocabulary.en.len());
    let firsts = first_passages(corpus);
    for (document, (lattice, posteriors)) in lattices.iter().enumerate() {
        let texts = &corpus.documents[document];
        let first = firsts[document];
        for (edge, &posterior) in lattice.edges.iter().zip(*posteriors) {
            if posterior > LEAST_BEAD && edge.n_zh > 0 && edge.n_en > 0 {
                let zh = edge.zh as usize..edge.zh as usize + usize::from(edge.n_zh);
                let en = edge.en as usize..edge.en as usize + usize::from(edge.n_en);
                workspace.bead(&texts.zh, zh, &texts.en, en, ratios, any_ratio);
                workspace.tell(posterior as f32, |pair, passage, value| {
                    counts.push(Count { pair, passage: first + passage, value });
                });
            }
        }
    }
    // Stable, so that sums are taken in the order of the text.
    counts.sort_by_key(|count| count.pair);
    counts
}

/// The number of Chinese passages before each document, and in all.
fn first_passages(corpus: &Corpus) -> Vec<u32> {
    let mut firsts = vec![0];
    let mut passages = 0;
    for document in &corpus.documents {
        passages += document.zh.len() as u32;
        firsts.push(passages);
    }
    firsts
}

/// Beads with more words on a side than this teach by their first words only, so that one huge
/// passage costs no more than a few.
const MAX_WORDS: usize = 400;

/// The words of a bead with their ratios.
///
/// Only pairs of words that the table knows are kept; all others have the ratio of any two
/// words, and are too unlikely to count but in the shortest beads.
#[derive(Default)]
struct Workspace {
    /// Passage and word of each Chinese word.
    zh: Vec<(u32, u32)>,
    /// The different English words, each with how often it stands in the bead.
    en: Vec<(u32, f32)>,
    /// Words of the English side in all.
    n_en: f32,
    /// The place of each English word in `en`, from 1; 0 for those that are not there.
    places: Vec<u16>,
    /// Chinese word, English word, ratio; by the Chinese word.
    cells: Vec<(u16, u16, f32)>,
    zh_sums: Vec<f32>,
    en_sums: Vec<f32>,
    any_ratio: f32,
}

impl Workspace {
    fn new(n_en_words: usize) -> Self {
        Workspace { places: vec![0; n_en_words], ..Workspace::default() }
    }

    fn bead(
        &mut self,
        zh: &IndexedSide,
        zh_range: std::ops::Range<usize>,
        en: &IndexedSide,
        en_range: std::ops::Range<usize>,
        ratios: &Table,
        any_ratio: f32,
    ) {
        self.zh.clear();
        for passage in zh_range {
            self.zh.extend(zh.words_of(passage).iter().map(|w| (passage as u32, w.word)));
        }
        self.zh.truncate(MAX_WORDS);
        self.take_en(en_range.flat_map(|passage| en.words_of(passage)).map(|w| w.word));
        self.any_ratio = any_ratio;
        self.cells.clear();
        // Every pair has the ratio of any two words; what the table knows comes on top.
        self.zh_sums.clear();
        self.zh_sums.resize(self.zh.len(), any_ratio * self.n_en);
        self.en_sums.clear();
        self.en_sums.resize(self.en.len(), any_ratio * self.zh.len() as f32);
        for (at, &(_, word)) in self.zh.iter().enumerate() {
            for &(en_word, ratio) in ratios.row(word) {
                let place = self.places[en_word as usize];
                if place > 0 {
                    let ratio = ratio.min(RATIO_CAP);
                    let place = place - 1;
                    self.zh_sums[at] += ratio * self.en[usize::from(place)].1;
                    self.en_sums[usize::from(place)] += ratio;
                    self.cells.push((at as u16, place, ratio + any_ratio));
                }
            }
        }
        // Only what this bead set: the table is as long as the whole vocabulary.
        self.en.iter().for_each(|&(word, _)| self.places[word as usize] = 0);
    }

    fn take_en(&mut self, words: impl Iterator<Item = u32>) {
        self.en.clear();
        self.n_en = 0.0;
        for word in words.take(MAX_WORDS) {
            let place = &mut self.places[word as usize];
            if *place == 0 {
                self.en.push((word, 0.0));
                *place = self.en.len() as u16;
            }
            self.en[usize::from(*place) - 1].1 += 1.0;
            self.n_en += 1.0;
        }
    }

    /// Tells each pair of words that is likely enough: the two, the Chinese passage, and how
    /// often they are expected to stand for each other.
    fn tell(&mut self, posterior: f32, mut tell: impl FnMut(u64, u32, f32)) {
        let zh_null = NULL_ODDS * self.zh.len() as f32;
        let en_null = NULL_ODDS * self.n_en;
        // The sums become what each word gives away for a ratio of one.
        let give = |sums: &mut [f32], null: f32, share: f32| {
            sums.iter_mut().fold(0f32, |most, sum| {
                *sum = share / (*sum + null);
                most.max(*sum)
            })
        };
        // The probability of the bead is squared because the root is taken of the product.
        let from_zh = give(&mut self.zh_sums, en_null, posterior * posterior);
        let from_en = give(&mut self.en_sums, zh_null, 1.0);
        let least = LEAST_PAIR * LEAST_PAIR;
        // The geometric mean of both directions; compared as a square, roots are slow.
        let mut tell_cell = |at: usize, place: usize, ratio: f32| {
            let square = ratio * ratio * self.zh_sums[at] * self.en_sums[place];
            if square >= least {
                let ((passage, zh_word), (en_word, times)) =
                    (self.zh[at], self.en[place]);
                tell(pair_of(zh_word, en_word), passage, times * square.sqrt());
            }
        };
        // Where no pair that the table lacks could count, its cells are all there is to do.
        if self.any_ratio * self.any_ratio * from_zh * from_en < least {
            for &(at, place, ratio) in &self.cells {
                tell_cell(at.into(), place.into(), ratio);
            }
            return;
        }
        let mut cells = self.cells.iter().peekable();
        let mut row = vec![0.0; self.en.len()];
        for at in 0..self.zh.len() {
            row.fill(self.any_ratio);
            while let Some(cell) = cells.next_if(|cell| usize::from(cell.0) == at) {
                row[usize::from(cell.1)] = cell.2;
            }
            for (place, &ratio) in row.iter().enumerate() {
                tell_cell(at, place, ratio);
            }
        }
    }
}

fn pair_of(zh_word: u32, en_word: u32) -> u64 {
    u64::from(zh_word) << 32 | u64::from(en_word)
}

/// The table of these counts on top of the prior.
fn estimate(corpus: &Corpus, prior: &Prior, counts: &[Count]) -> Table {
    let mut table = Table::empty();
    let mut at = 0;
    // Counts and prior both rise by English word within a Chinese one, and are merged.
    for zh_word in 0..corpus.vocabulary.zh.len() as u32 {
        let weight = prior.weight(zh_word);
        let scale = 1.0 / (corpus.vocabulary.zh.count(zh_word) as f32 + weight);
        let mut prior = prior.table.row(zh_word).iter().peekable();
        while at < counts.len() && (counts[at].pair >> 32) as u32 == zh_word {
            let pair = counts[at].pair;
            let en_word = pair as u32;
            let mut sum = 0.0;
            while at < counts.len() && counts[at].pair == pair {
                sum += counts[at].value;
                at += 1;
            }
            while let Some(&&(word, lambda)) = prior.peek()
                && word < en_word
            {
                table.push((word, scale * weight * lambda));
                prior.next();
            }
            if let Some(&&(word, lambda)) = prior.peek()
                && word == en_word
            {
                sum += weight * lambda;
                prior.next();
            }
            table.push((en_word, scale * sum));
        }
        for &(word, lambda) in prior {
            table.push((word, scale * weight * lambda));
        }
        table.close_row();
    }
    table
}

/// What each passage added to the ratios that it is scored with.
fn held_out(corpus: &Corpus, prior: &Prior, counts: &[Count]) -> Vec<HeldOutCounts> {
    let mut cells: Vec<Vec<(u32, u32, f32)>> = vec![Vec::new(); corpus.documents.len()];
    let fertility = corpus.fertility();
    let firsts = first_passages(corpus);
    let mut at = 0;
    while at < counts.len() {
        let pair = counts[at].pair;
        let (zh_word, en_word) = ((pair >> 32) as u32, pair as u32);
        let scale = 1.0
            / ((corpus.vocabulary.zh.count(zh_word) as f32 + prior.weight(zh_word))
                * fertility
                * corpus.share(en_word));
        // All counts of a passage taken together, once for each time it has the word.
        while at < counts.len() && counts[at].pair == pair {
            let passage = counts[at].passage;
            let mut sum = 0.0;
            while at < counts.len()
                && (counts[at].pair, counts[at].passage) == (pair, passage)
            {
                sum += counts[at].value;
                at += 1;
            }
            let document = firsts.partition_point(|&first| first <= passage) - 1;
            let passage = passage - firsts[document];
            let text = &corpus.documents[document].zh;
            let times = text
                .words_of(passage as usize)
                .iter()
                .filter(|w| w.word == zh_word)
                .count();
            cells[document].push((passage, en_word, sum * times as f32 * scale));
        }
    }
    cells
        .into_iter()
        .enumerate()
        .map(|(document, mut cells)| {
            cells.sort_by_key(|&(passage, word, _)| (passage, word));
            HeldOutCounts::new(corpus.documents[document].zh.len(), &cells)
        })
        .collect()
}
