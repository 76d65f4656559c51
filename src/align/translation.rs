//! How much more often an English word stands in the translation of a Chinese word than
//! elsewhere.
//!
//! A [`Table`] holds for each Chinese word of the documents the English words of the documents
//! that it may give rise to: the number expected of each, `lambda`. Tables are sparse: what is
//! not in a row is 0.

use rustc_hash::FxHashMap;

use crate::align::corpus::{Corpus, Role};
use crate::lexicon::{LemmaId, Seed, WordId};
use crate::text::script;

/// Rows of English words with a weight, one row a Chinese word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    starts: Vec<u32>,
    cells: Vec<(u32, f32)>,
}

impl Table {
    /// A table of these rows.
    pub(crate) fn from_rows(rows: impl Iterator<Item = Vec<(u32, f32)>>) -> Self {
        let mut table = Table { starts: vec![0], cells: Vec::new() };
        for row in rows {
            table.cells.extend(row);
            table.close_row();
        }
        table
    }

    /// Appends a cell to the row that is open.
    pub(crate) fn push(&mut self, cell: (u32, f32)) {
        self.cells.push(cell);
    }

    /// Ends the row that is open.
    pub(crate) fn close_row(&mut self) {
        self.starts.push(u32::try_from(self.cells.len()).expect("fewer than 2^32 cells"));
    }

    /// A table without rows, with room for so many cells.
    pub(crate) fn with_room_for(n_cells: usize) -> Self {
        Table { starts: vec![0], cells: Vec::with_capacity(n_cells) }
    }

    /// The table of the cells that are marked.
    pub(crate) fn only(&self, is_marked: &[bool]) -> Table {
        let mut marks = is_marked.iter();
        self.filtered(|_| marks.next() == Some(&true))
    }

    /// The table of some of its cells; each is asked for once, in order.
    pub(crate) fn filtered(&self, mut is_kept: impl FnMut(&(u32, f32)) -> bool) -> Table {
        let mut table = Table { starts: vec![0], cells: Vec::new() };
        for row in self.starts.windows(2) {
            let row = self.cells[row[0] as usize..row[1] as usize].iter();
            table.cells.extend(row.filter(|cell| is_kept(cell)));
            table.close_row();
        }
        table.cells.shrink_to_fit();
        table
    }

    /// How many cells it has.
    pub(crate) fn n_cells(&self) -> usize {
        self.cells.len()
    }

    /// The row of a Chinese word, English words rising.
    pub(crate) fn row(&self, zh_word: u32) -> &[(u32, f32)] {
        let word = zh_word as usize;
        &self.cells[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    /// The row of a Chinese word, each cell with its place among all.
    pub(crate) fn row_cells(
        &self,
        zh_word: u32,
    ) -> impl Iterator<Item = (u32, &(u32, f32))> {
        (self.starts[zh_word as usize]..).zip(self.row(zh_word))
    }

    /// The table with each cell divided by how often its English word is to be expected
    /// anywhere: the association ratio.
    pub(crate) fn to_ratios(&self, corpus: &Corpus) -> Table {
        let scale = corpus.ratio_scale();
        Table {
            starts: self.starts.clone(),
            cells: self
                .cells
                .iter()
                .map(|&(word, lambda)| (word, lambda * scale[word as usize]))
                .collect(),
        }
    }
}

/// Weights of the sources of a first guess. All lie on flat optima: half or twice as much costs
/// no more than two nats over the six chapters of bfsujason/mac, dev.
mod mix {
    /// Glosses of the word.
    pub(super) const GLOSS: f32 = 1.0;
    /// Glosses of words inside it.
    pub(super) const INNER: f32 = 0.3;
    /// What its characters tend to mean.
    pub(super) const CHARACTER: f32 = 1.0;
    /// Glosses of its characters.
    pub(super) const CHARACTER_GLOSS: f32 = 0.15;
    /// English words that share a stem with a gloss.
    pub(super) const STEM: f32 = 0.5;
    /// Equal numbers and letters.
    pub(super) const SAME: f32 = 0.8;
    /// A thing that both sides mention.
    pub(super) const MENTION: f32 = 0.9;
    /// Most of one English word that a word may be expected to give rise to.
    pub(super) const CAP: f32 = 1.5;
    /// Most that one source may give.
    pub(super) const SOURCE_CAP: f32 = 0.9;
    /// Less is not worth a cell.
    pub(super) const FLOOR: f32 = 0.002;
}

/// Sorts weights by what they are of, and adds up those of the same.
pub(crate) fn add_up<K: Ord + Copy>(weights: &mut Vec<(K, f32)>) {
    weights.sort_by_key(|weight| weight.0);
    weights.dedup_by(|later, first| {
        let is_same = later.0 == first.0;
        if is_same {
            first.1 += later.1;
        }
        is_same
    });
}

/// A first guess at the table, from the shipped lexicon alone.
pub(crate) fn first_guess(
    corpus: &Corpus,
    seed: &Seed,
    names: &FxHashMap<u32, Vec<(u32, f32)>>,
) -> Table {
    let guess = Guess::new(corpus, seed);
    Table::from_rows((0..corpus.vocabulary.zh.len()).map(|word| {
        let word = word as u32;
        match (corpus.vocabulary.zh.role(word), names.get(&word)) {
            (Role::Name, Some(row)) => row.clone(),
            _ => guess.row(word),
        }
    }))
}

struct Guess<'a> {
    corpus: &'a Corpus,
    seed: &'a Seed,
    /// The English word of the documents for a lemma of the lexicon.
    by_lemma: FxHashMap<LemmaId, u32>,
    /// The other English words of the documents that share its stem.
    by_stem: FxHashMap<LemmaId, Vec<u32>>,
}

impl<'a> Guess<'a> {
    fn new(corpus: &'a Corpus, seed: &'a Seed) -> Self {
        let mut by_lemma = FxHashMap::default();
        let mut by_stem: FxHashMap<LemmaId, Vec<u32>> = FxHashMap::default();
        for word in 0..corpus.vocabulary.en.len() as u32 {
            let form = corpus.vocabulary.en.form(word);
            let lemma = seed.lemma(form);
            if let Some(lemma) = lemma {
                by_lemma.insert(lemma, word);
            }
            if form.len() > 3 && form.chars().all(char::is_alphabetic) {
                for other in seed.same_stem(form).filter(|&other| Some(other) != lemma) {
                    by_stem.entry(other).or_default().push(word);
                }
            }
        }
        Guess { corpus, seed, by_lemma, by_stem }
    }

    fn row(&self, zh_word: u32) -> Vec<(u32, f32)> {
        let form = self.corpus.vocabulary.zh.form(zh_word);
        let mut row: FxHashMap<u32, f32> = FxHashMap::default();
        if let Some(same) = self.corpus.vocabulary.en.get(form) {
            let is_mention =
                matches!(self.corpus.vocabulary.zh.role(zh_word), Role::Mention(_));
            row.insert(same, if is_mention { mix::MENTION } else { mix::SAME });
        }
        if form.starts_with(script::is_han) {
            self.add_word(form, &mut row);
        }
        let mut cells: Vec<(u32, f32)> = row
            .into_iter()
            .filter(|&(_, weight)| weight >= mix::FLOOR)
            .map(|(word, weight)| (word, weight.min(mix::CAP)))
            .collect();
        cells.sort_unstable_by_key(|cell| cell.0);
        cells
    }

    fn add_word(&self, form: &str, row: &mut FxHashMap<u32, f32>) {
        let bounds: Vec<usize> =
            form.char_indices().map(|(at, _)| at).chain([form.len()]).collect();
        let n_chars = bounds.len() - 1;
        if let Some(word) = self.seed.word(form) {
            let glosses = self.glosses(word.id);
            for &(lemma, weight) in &glosses {
                if let Some(&en) = self.by_lemma.get(&lemma) {
                    *row.entry(en).or_default() +=
                        mix::GLOSS * weight.min(mix::SOURCE_CAP);
                }
                for &en in self.by_stem.get(&lemma).into_iter().flatten() {
                    *row.entry(en).or_default() +=
                        mix::STEM * weight.min(mix::SOURCE_CAP);
                }
            }
        }
        if n_chars > 2 && n_chars <= 12 {
            let inner = (0..n_chars)
                .flat_map(|from| (from + 2..=n_chars).map(move |to| (from, to)))
                .filter(|&(from, to)| to - from < n_chars)
                .map(|(from, to)| &form[bounds[from]..bounds[to]]);
            self.add_parts(inner, mix::INNER, row);
        }
        if n_chars > 1 {
            let characters = (0..n_chars).map(|at| &form[bounds[at]..bounds[at + 1]]);
            self.add_parts(characters, mix::CHARACTER_GLOSS, row);
        }
        let share = mix::CHARACTER / (n_chars as f32).sqrt();
        for c in form.chars().take(12) {
            for (lemma, probability) in self.seed.char_lemmas(c) {
                if let Some(&en) = self.by_lemma.get(&lemma) {
                    *row.entry(en).or_default() += share * probability;
                }
            }
        }
    }

    fn add_parts<'p>(
        &self,
        parts: impl Iterator<Item = &'p str>,
        weight: f32,
        row: &mut FxHashMap<u32, f32>,
    ) {
        let mut sum: FxHashMap<u32, f32> = FxHashMap::default();
        for part in parts {
            let Some(word) = self.seed.word(part) else { continue };
            for (lemma, w) in self.glosses(word.id) {
                if let Some(&en) = self.by_lemma.get(&lemma) {
                    *sum.entry(en).or_default() += w.min(mix::SOURCE_CAP);
                }
            }
        }
        let mut sum: Vec<(u32, f32)> = sum.into_iter().collect();
        sum.sort_unstable_by_key(|cell| cell.0);
        for (en, w) in sum {
            *row.entry(en).or_default() += weight * w.min(mix::SOURCE_CAP);
        }
    }

    /// The lemmas of a headword's glosses, each with what the glosses give it.
    fn glosses(&self, word: WordId) -> Vec<(LemmaId, f32)> {
        let glosses: Vec<&[LemmaId]> = self.seed.glosses(word).collect();
        let share = 1.0 / (glosses.len().max(1) as f32).sqrt();
        let mut lemmas: Vec<(LemmaId, f32)> = glosses
            .iter()
            .flat_map(|gloss| {
                let weight = share * (2.5 / gloss.len() as f32).min(1.0);
                gloss.iter().map(move |&lemma| (lemma, weight))
            })
            .collect();
        add_up(&mut lemmas);
        lemmas
    }
}
