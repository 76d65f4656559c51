//! Learns from the documents themselves which word goes with which.
//!
//! Expectation maximisation over the beads of the lattices, weighed by their probability. The
//! first guess enters as a prior of [`PRIOR`] occurrences. What a passage taught is left out
//! when that passage is scored, else each bead would confirm itself (without this, learning
//! costs more than it brings).

use std::borrow::Cow;

use crate::align::corpus::{Corpus, IndexedSide};
use crate::align::lattice::Lattice;
use crate::align::score::HeldOutCounts;
use crate::align::threads::Threads;
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
///
/// Source: with two the gold of novels is 1.2 nats less likely. With two only the first time it
/// is as likely, but a clause of a licence whose paragraphs were dropped and joined is lost.
const ROUNDS: usize = 3;
/// Beads that are read at one go.
const PIECE: usize = 1024;
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

    /// The same without what is known of other words than those of the marked cells.
    pub(crate) fn only(&self, is_marked: &[bool]) -> Prior {
        Prior { table: self.table.only(is_marked), before: self.before.clone() }
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

/// What the beads of one round say.
struct Counts {
    /// For each cell of the table that they were read by, how often its two words are expected
    /// to stand for each other: added up in the order of the text.
    of_cells: Vec<f32>,
    /// The same for each pair of words that the table lacks, and each time that it is met.
    new: Vec<(u64, f32)>,
    /// What each passage taught, if that is asked for.
    of_passages: Option<Vec<OfPassage>>,
}

/// What a Chinese passage adds to the ratio of an English word beside it.
#[derive(Clone, Copy)]
struct OfPassage {
    /// The Chinese passage, counted through all documents.
    passage: u32,
    en_word: u32,
    ratio: f32,
}

/// Learns a table from the beads of all documents, starting at what was learned before, if
/// anything was.
pub(crate) fn learn(
    corpus: &Corpus,
    lattices: &[(&Lattice, &[f64])],
    prior: &Prior,
    before: Option<&Table>,
    threads: Threads,
) -> Taught {
    let mut table = Cow::Borrowed(before.unwrap_or(&prior.table));
    let mut of_passages = Vec::new();
    for round in 0..ROUNDS {
        let ratios = table.to_ratios(corpus);
        let is_last = round + 1 == ROUNDS;
        let mut counts = Counts {
            of_cells: vec![0.0; ratios.n_cells()],
            new: Vec::new(),
            of_passages: is_last.then(Vec::new),
        };
        let any_ratio = ANY_RATIO[round.min(1)];
        count(corpus, lattices, prior, &ratios, any_ratio, &mut counts, threads);
        of_passages = counts.of_passages.take().unwrap_or_default();
        table = Cow::Owned(estimate(corpus, prior, &ratios, &counts));
    }
    Taught { table: table.into_owned(), held_out: held_out(corpus, of_passages) }
}

/// Counts the pairs of words in all beads.
fn count(
    corpus: &Corpus,
    lattices: &[(&Lattice, &[f64])],
    prior: &Prior,
    ratios: &Table,
    any_ratio: f32,
    counts: &mut Counts,
    threads: Threads,
) {
    let shares = counts.of_passages.is_some().then(|| Shares::new(corpus, prior));
    let firsts = first_passages(corpus);
    for (document, (lattice, posteriors)) in lattices.iter().enumerate() {
        let texts = &corpus.documents[document];
        let first = firsts[document];
        threads.each(
            lattice.edges.len(),
            PIECE,
            || Workspace::new(corpus.vocabulary.en.len()),
            |workspace, piece| {
                let mut all: Vec<(Found, f32)> = Vec::new();
                let edges = lattice.edges[piece.clone()].iter().zip(&posteriors[piece]);
                for (edge, &posterior) in edges {
                    if posterior > LEAST_BEAD && edge.n_zh > 0 && edge.n_en > 0 {
                        let (zh, en) = (edge.zh as usize, edge.en as usize);
                        let zh = zh..zh + usize::from(edge.n_zh);
                        let en = en..en + usize::from(edge.n_en);
                        workspace.bead(&texts.zh, zh, &texts.en, en, ratios, any_ratio);
                        workspace.tell(posterior as f32, |found| {
                            let share = |shares: &Shares| shares.of(&found, &texts.zh);
                            let share = shares.as_ref().map_or(0.0, share);
                            all.push((found, share));
                        });
                    }
                }
                all
            },
            |all| {
                for (found, share) in all {
                    match found.cell {
                        Some(cell) => counts.of_cells[cell as usize] += found.times,
                        None => counts.new.push((found.pair(), found.times)),
                    }
                    if let Some(told) = &mut counts.of_passages {
                        told.push(OfPassage {
                            passage: first + found.passage,
                            en_word: found.en_word,
                            ratio: found.times * share,
                        });
                    }
                }
            },
        );
    }
    // Stable, so that sums are taken in the order of the text.
    counts.new.sort_by_key(|count| count.0);
}

/// By how much a ratio grows with one more count of a pair of words.
struct Shares {
    of_zh: Vec<f32>,
    of_en: Vec<f32>,
}

impl Shares {
    fn new(corpus: &Corpus, prior: &Prior) -> Self {
        let zh = &corpus.vocabulary.zh;
        let of_zh = |word: u32| 1.0 / (zh.count(word) as f32 + prior.weight(word));
        Shares {
            of_zh: (0..zh.len() as u32).map(of_zh).collect(),
            of_en: corpus.ratio_scale(),
        }
    }

    /// What one count of two words adds to the ratio that their passage is scored with: as
    /// much for each time that it has the Chinese word.
    fn of(&self, found: &Found, zh: &IndexedSide) -> f32 {
        let words = zh.words_of(found.passage as usize).iter();
        let times = words.filter(|word| word.word == found.zh_word).count() as f32;
        times * self.of_zh[found.zh_word as usize] * self.of_en[found.en_word as usize]
    }
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
    /// By the Chinese word.
    cells: Vec<Cell>,
    zh_sums: Vec<f32>,
    en_sums: Vec<f32>,
    any_ratio: f32,
}

/// A cell of the table that a bead has both words of.
struct Cell {
    /// The Chinese word, as its place in the bead.
    zh: u16,
    /// The English one.
    en: u16,
    /// Which cell.
    cell: u32,
    /// Its ratio, with that of any two words.
    ratio: f32,
}

/// Two words that stand for each other in a bead, to some degree.
#[derive(Clone, Copy)]
struct Found {
    zh_word: u32,
    en_word: u32,
    /// Their cell of the table, if it has one.
    cell: Option<u32>,
    /// The Chinese passage.
    passage: u32,
    /// How often they are expected to stand for each other.
    times: f32,
}

impl Found {
    fn pair(&self) -> u64 {
        u64::from(self.zh_word) << 32 | u64::from(self.en_word)
    }
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
            for (cell, &(en_word, ratio)) in ratios.row_cells(word) {
                let place = self.places[en_word as usize];
                if place > 0 {
                    let ratio = ratio.min(RATIO_CAP);
                    let en = place - 1;
                    self.zh_sums[at] += ratio * self.en[usize::from(en)].1;
                    self.en_sums[usize::from(en)] += ratio;
                    let ratio = ratio + any_ratio;
                    self.cells.push(Cell { zh: at as u16, en, cell, ratio });
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

    /// Tells each pair of words that is likely enough.
    fn tell(&mut self, posterior: f32, mut tell: impl FnMut(Found)) {
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
        let mut tell_cell = |at: usize, place: usize, ratio: f32, cell: Option<u32>| {
            let square = ratio * ratio * self.zh_sums[at] * self.en_sums[place];
            if square >= least {
                let ((passage, zh_word), (en_word, times)) =
                    (self.zh[at], self.en[place]);
                let times = times * square.sqrt();
                tell(Found { zh_word, en_word, cell, passage, times });
            }
        };
        // Where no pair that the table lacks could count, its cells are all there is to do.
        if self.any_ratio * self.any_ratio * from_zh * from_en < least {
            for &Cell { zh, en, cell, ratio } in &self.cells {
                tell_cell(zh.into(), en.into(), ratio, Some(cell));
            }
            return;
        }
        let mut cells = self.cells.iter().peekable();
        let mut row = vec![(0.0, None); self.en.len()];
        for at in 0..self.zh.len() {
            row.fill((self.any_ratio, None));
            while let Some(cell) = cells.next_if(|cell| usize::from(cell.zh) == at) {
                row[usize::from(cell.en)] = (cell.ratio, Some(cell.cell));
            }
            for (place, &(ratio, cell)) in row.iter().enumerate() {
                tell_cell(at, place, ratio, cell);
            }
        }
    }
}

/// The table of these counts on top of the prior; `known` is the one they were read by.
fn estimate(corpus: &Corpus, prior: &Prior, known: &Table, counts: &Counts) -> Table {
    let mut table = Table::with_room_for(known.n_cells() + counts.new.len());
    let mut new = counts.new.as_slice();
    let mut counted: Vec<(u32, f32)> = Vec::new();
    for zh_word in 0..corpus.vocabulary.zh.len() as u32 {
        counted.clear();
        let cells = known.row_cells(zh_word);
        counted.extend(
            cells.map(|(cell, &(word, _))| (word, counts.of_cells[cell as usize])),
        );
        counted.retain(|&(_, times)| times > 0.0);
        let n_new = new.partition_point(|&(pair, _)| (pair >> 32) as u32 == zh_word);
        if n_new > 0 {
            let (of_word, rest) = new.split_at(n_new);
            counted.extend(of_word.iter().map(|&(pair, times)| (pair as u32, times)));
            add_up(&mut counted);
            new = rest;
        }
        let weight = prior.weight(zh_word);
        let scale = 1.0 / (corpus.vocabulary.zh.count(zh_word) as f32 + weight);
        let mut prior = prior.table.row(zh_word).iter().peekable();
        // Both rise by English word, and are merged.
        for &(en_word, mut sum) in &counted {
            while let Some(&(word, lambda)) = prior.next_if(|cell| cell.0 < en_word) {
                table.push((word, scale * weight * lambda));
            }
            if let Some(&(_, lambda)) = prior.next_if(|cell| cell.0 == en_word) {
                sum += weight * lambda;
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

/// What each passage added to the ratios that it is scored with, document by document.
fn held_out(corpus: &Corpus, mut of_passages: Vec<OfPassage>) -> Vec<HeldOutCounts> {
    of_passages.sort_unstable_by_key(|one| (one.passage, one.en_word));
    let mut rest = of_passages.as_slice();
    let firsts = first_passages(corpus);
    let of_document = |bounds: &[u32]| {
        let (first, end) = (bounds[0], bounds[1]);
        let n = rest.partition_point(|one| one.passage < end);
        let (own, others) = rest.split_at(n);
        rest = others;
        let own = own.iter().map(|one| (one.passage - first, one.en_word, one.ratio));
        HeldOutCounts::new((end - first) as usize, own)
    };
    firsts.windows(2).map(of_document).collect()
}
