//! The stages of an alignment, one after the other.

use std::ops::Range;

use crate::align::band::Band;
use crate::align::corpus::{Corpus, IndexedSide, Role};
use crate::align::lattice::{CandidateBead, Edge, Lattice};
use crate::align::learn::{Prior, learn};
use crate::align::pinned::Pins;
use crate::align::score::{
    Gap, HeldOutCounts, MAX_CROSSED, Part, Scorer, SpanRatios, TranslationRatios,
    WindowRatios, Words, parts_of,
};
use crate::align::skeleton::Anchor;
use crate::align::translation::{Table, first_guess};
use crate::align::weights::{self, Weights};
use crate::align::{Params, Passage, names, search, skeleton, structure};
use crate::lexicon::{Learned, Seed};
use crate::types::Pair;

/// Price of an omission in a running text, sentence by sentence.
///
/// Source: omissions of 5, 20 and 60 sentences cut into the chapters of bfsujason/mac, dev:
/// -12 to -18 for the run and -0.3 to -1 for each sentence cost nothing where there are none.
const GAP_IN_SENTENCES: Gap = Gap { open: -14.0, each: -0.5 };
/// Price of an omission among paragraphs: whole ones are dropped more often than sentences.
const GAP_IN_PARAGRAPHS: Gap = Gap { open: -7.0, each: -1.5 };
/// English letters for each Chinese character: the least and most that two whole texts are
/// believed to show; beyond, one of them is not complete.
const RATIO: (f32, f32) = (2.5, 4.5);
/// Most widenings of the band of one document.
const WIDENINGS: usize = 2;
/// Places for each passage beyond which the band is not widened again.
const WIDEST: usize = 20;

/// Documents ready to be searched.
pub(crate) struct Engine {
    pub(crate) corpus: Corpus,
    prior: Prior,
    parts: Vec<Part>,
    /// The pins of each document.
    pins: Vec<Pins>,
}

/// What is known of one document.
pub(crate) struct State {
    pub(crate) lattice: Lattice,
    pub(crate) posteriors: Vec<f64>,
    /// The word feature of each edge.
    pub(crate) words: Vec<Words>,
    /// The clauses that cross inside each edge.
    pub(crate) crossings: Vec<f32>,
    pub(crate) ratio: f32,
}

impl Engine {
    /// With what other documents taught, if there are any.
    pub(crate) fn new(
        documents: &[&Pair<Vec<Passage<'_>>>],
        seed: &Seed,
        learned: &Learned,
    ) -> Self {
        Self::pinned(documents, &vec![&Pins::default(); documents.len()], seed, learned)
    }

    /// The same, with beads of each document that its ladder has to go through.
    pub(crate) fn pinned(
        documents: &[&Pair<Vec<Passage<'_>>>],
        pins: &[&Pins],
        seed: &Seed,
        learned: &Learned,
    ) -> Self {
        let mut corpus = Corpus::new(documents, seed);
        let names = names::add_names(&mut corpus, documents, seed);
        let prior = Prior::new(&corpus, first_guess(&corpus, seed, &names), learned);
        let parts = parts_of(&corpus, &prior.table);
        let pins = pins.iter().map(|&pins| pins.clone()).collect();
        Engine { corpus, prior, parts, pins }
    }

    /// The beads that the ladder of a document has to go through.
    pub(crate) fn pins(&self, document: usize) -> &Pins {
        &self.pins[document]
    }

    /// The price of omissions in a document.
    pub(crate) fn gap(&self, document: usize) -> Gap {
        if structure::is_worth_it(&self.corpus.documents[document]) {
            GAP_IN_PARAGRAPHS
        } else {
            GAP_IN_SENTENCES
        }
    }

    pub(crate) fn scorer(
        &self,
        document: usize,
        weights: &Weights,
        ratio: f32,
    ) -> Scorer<'_> {
        let texts = &self.corpus.documents[document];
        Scorer::new(texts, &self.parts, weights, ratio, self.gap(document))
    }

    /// All documents by the shipped lexicon alone: lattices of beads, with probabilities; and
    /// what is known of the words that meet in them.
    pub(crate) fn first(&self, weights: &Weights) -> (Vec<State>, Prior) {
        let ratios = self.prior_ratios();
        let mut met = vec![false; ratios.n_cells()];
        let states = (0..self.corpus.documents.len())
            .map(|document| {
                let texts = &self.corpus.documents[document];
                let ratio = total_ratio(texts);
                let scorer = self.scorer(document, weights, ratio);
                let translation = TranslationRatios { table: &ratios, held_out: None };
                let lattice = self.sift(&scorer, translation, self.pins(document));
                let mut state = State {
                    lattice,
                    posteriors: vec![],
                    words: vec![],
                    crossings: vec![],
                    ratio,
                };
                state.rescore(
                    &scorer,
                    WindowRatios::marking(translation, scorer.n_en_words(), &mut met),
                );
                state.ratio = state.bead_ratio(texts);
                state
            })
            .collect();
        (states, self.prior.only(&met))
    }

    /// A round of learning: a new table from all lattices, and all lattices scored by it.
    /// Returns the table as ratios and what each passage added to it.
    ///
    /// `prior` is that of [`Engine::first`]. Of the words that do not meet in any lattice
    /// nothing can be learned, and nothing is asked: most cells of a table are of such.
    pub(crate) fn round(
        &self,
        states: &mut [State],
        prior: &Prior,
        table: &mut Option<Table>,
        weights: &Weights,
    ) -> (Table, Vec<HeldOutCounts>) {
        let lattices: Vec<(&Lattice, &[f64])> = states
            .iter()
            .map(|state| (&state.lattice, state.posteriors.as_slice()))
            .collect();
        let learned = learn(&self.corpus, &lattices, prior, table.as_ref());
        let ratios = learned.table.to_ratios(&self.corpus);
        for (document, state) in states.iter_mut().enumerate() {
            let scorer = self.scorer(document, weights, state.ratio);
            let held_out = Some(&learned.held_out[document]);
            let translation = TranslationRatios { table: &ratios, held_out };
            state.rescore(&scorer, WindowRatios::new(translation, scorer.n_en_words()));
        }
        *table = Some(learned.table);
        (ratios, learned.held_out)
    }

    /// The ratios of the shipped lexicon alone.
    pub(crate) fn prior_ratios(&self) -> Table {
        self.prior.table.to_ratios(&self.corpus)
    }

    /// The ratios that were learned of words that meet in the lattices, with those of all
    /// others, of which only what was known before them is known.
    pub(crate) fn with_all_words(&self, ratios: &Table) -> Table {
        let scale = self.corpus.ratio_scale();
        let zh = &self.corpus.vocabulary.zh;
        let mut all = Table::with_room_for(self.prior.table.n_cells());
        for word in 0..zh.len() as u32 {
            let weight = self.prior.weight(word);
            let share = weight / (zh.count(word) as f32 + weight);
            let mut learned = ratios.row(word).iter().peekable();
            for &(en, lambda) in self.prior.table.row(word) {
                while let Some(&cell) = learned.next_if(|cell| cell.0 < en) {
                    all.push(cell);
                }
                if learned.peek().is_none_or(|cell| cell.0 > en) {
                    all.push((en, share * lambda * scale[en as usize]));
                }
            }
            learned.for_each(|&cell| all.push(cell));
            all.close_row();
        }
        all
    }

    /// What the documents teach beside what was known before them.
    pub(crate) fn taught(&self, table: &Table) -> Learned {
        let Pair { zh, en } = &self.corpus.vocabulary;
        let mut learned = Learned::default();
        for word in 0..zh.len() as u32 {
            let times = zh.count(word);
            // Mentions and names by their sound are of one document.
            if times == 0 || !matches!(zh.role(word), Role::Content | Role::Function) {
                continue;
            }
            let weight = self.prior.weight(word);
            let mut before = self.prior.table.row(word).iter().peekable();
            let numbers = table.row(word).iter().filter_map(|&(en_word, number)| {
                while before.next_if(|cell| cell.0 < en_word).is_some() {}
                let known =
                    before.next_if(|cell| cell.0 == en_word).map_or(0.0, |cell| cell.1);
                let role = en.role(en_word);
                let number = number * (times as f32 + weight) - known * weight;
                matches!(role, Role::Content | Role::Function)
                    .then(|| (en.form(en_word), number.max(0.0)))
            });
            learned.enter(zh.form(word), times, numbers);
        }
        learned
    }

    /// The beads of a document that are worth a second look: of each stretch between two pins
    /// by itself.
    pub(crate) fn sift(
        &self,
        scorer: &Scorer<'_>,
        translation: TranslationRatios<'_>,
        pins: &Pins,
    ) -> Lattice {
        let len = Pair::new(scorer.texts.zh.len(), scorer.texts.en.len());
        let stretches = pins.stretches(len);
        let are_small = |stretch: &Pair<Range<usize>>| skeleton::is_small(size(stretch));
        let anchors = match stretches.iter().all(are_small) {
            true => Vec::new(),
            false => skeleton::anchors(&self.corpus, scorer, translation),
        };
        let search = |stretch| self.search(scorer, translation, stretch, &anchors);
        let mut beads: Vec<CandidateBead> = stretches.iter().flat_map(search).collect();
        beads.extend(pins.edges());
        Lattice::new(beads)
    }

    /// The beads of a stretch that are worth a second look. `anchors` are those of the whole
    /// document.
    fn search(
        &self,
        scorer: &Scorer<'_>,
        translation: TranslationRatios<'_>,
        stretch: &Pair<Range<usize>>,
        anchors: &[Anchor],
    ) -> Vec<CandidateBead> {
        let start = stretch.as_ref().map(|range| range.start);
        let len = size(stretch);
        let mut anchors = skeleton::inside(anchors, stretch);
        if skeleton::is_small(len) || skeleton::is_better_whole(len, &anchors) {
            let band = Band::full(len).moved_to(start);
            return search::search(scorer, translation, &band);
        }
        let mut widen = 1;
        loop {
            let band = skeleton::band(len, &anchors, widen);
            let is_last = widen > WIDENINGS || band.area() > WIDEST * (len.zh + len.en);
            let beads =
                search::search(scorer, translation, &band.clone().moved_to(start));
            if is_last {
                return beads;
            }
            let lattice = Lattice::new(beads.clone());
            let places: Vec<(usize, usize)> = lattice
                .best_path(scorer.gap)
                .into_iter()
                .map(|edge| &lattice.edges[edge])
                .map(|edge| (edge.zh as usize - start.zh, edge.en as usize - start.en))
                .collect();
            // A best ladder along the edge of the band may have been cut by it.
            if !skeleton::touches(&band, &places, len) {
                return beads;
            }
            anchors = skeleton::passed_by(&anchors, &places);
            widen += 1;
        }
    }
}

/// How many passages of each side a stretch has.
fn size(stretch: &Pair<Range<usize>>) -> Pair<usize> {
    stretch.as_ref().map(|range| range.len())
}

impl State {
    /// Scores all edges anew, and their probabilities.
    pub(crate) fn rescore(&mut self, scorer: &Scorer<'_>, ratios: WindowRatios<'_>) {
        (self.words, self.crossings) = words_of_edges(&self.lattice, scorer, ratios);
        let features = self.words.iter().zip(&self.crossings);
        for (edge, (&words, &crossing)) in self.lattice.edges.iter_mut().zip(features) {
            let (zh, en) = (edge.zh as usize, edge.en as usize);
            let (n_zh, n_en) = (usize::from(edge.n_zh), usize::from(edge.n_en));
            let count =
                (scorer.texts.zh.count_of(zh, n_zh), scorer.texts.en.count_of(en, n_en));
            // So large is only a pin, which no other bead competes with: no weight is its.
            if count.0 > weights::MAX_ZH || count.1 > weights::MAX_EN {
                edge.score = 0.0;
                continue;
            }
            edge.score = scorer.frame(zh, n_zh, en, n_en);
            if n_zh > 0 && n_en > 0 {
                edge.score += scorer.weigh(words) + scorer.weigh_crossing(crossing);
            }
        }
        self.posteriors = self.lattice.posteriors(scorer.gap);
    }

    /// English characters for each Chinese one in what corresponds.
    fn bead_ratio(&self, texts: &Pair<IndexedSide>) -> f32 {
        let (mut zh, mut en) = (0.0, 0.0);
        for (edge, &posterior) in self.lattice.edges.iter().zip(&self.posteriors) {
            if edge.n_zh > 0 && edge.n_en > 0 {
                let chars = |text: &IndexedSide, from: u32, n: u8| {
                    f64::from(text.chars_of(from as usize, usize::from(n)))
                };
                zh += posterior * chars(&texts.zh, edge.zh, edge.n_zh);
                en += posterior * chars(&texts.en, edge.en, edge.n_en);
            }
        }
        // A hundred characters at the usual ratio steady a very short text.
        ((en + 330.0) / (zh + 100.0)) as f32
    }
}

/// English characters for each Chinese one over all.
fn total_ratio(texts: &Pair<IndexedSide>) -> f32 {
    let zh = texts.zh.chars_of(0, texts.zh.len());
    let en = texts.en.chars_of(0, texts.en.len());
    ((en + 330.0) / (zh + 100.0)).clamp(RATIO.0, RATIO.1)
}

/// The word feature of each edge, and the clauses that cross inside it.
fn words_of_edges(
    lattice: &Lattice,
    scorer: &Scorer<'_>,
    mut window_ratios: WindowRatios<'_>,
) -> (Vec<Words>, Vec<f32>) {
    let mut crossings = vec![0.0; lattice.edges.len()];
    let mut ratios = vec![vec![0.0; scorer.n_en_words()]; MAX_CROSSED];
    let mut words = vec![[0.0; 2]; lattice.edges.len()];
    let mut span_ratios = SpanRatios::new(scorer.n_en_words());
    let windows = windows(lattice, scorer.texts);
    let mut known: Vec<(u32, Words)> = vec![(u32::MAX, [0.0; 2]); scorer.texts.en.len()];
    let mut stamp = 0;
    let mut at = 0;
    while at < lattice.edges.len() {
        let zh = lattice.edges[at].zh;
        let end = at + lattice.edges[at..].partition_point(|edge| edge.zh == zh);
        let longest = lattice.edges[at..end].iter().map(|e| e.n_zh).max().unwrap_or(0);
        span_ratios.clear();
        let span = zh as usize..zh as usize + usize::from(longest);
        window_ratios.cover(scorer.texts, span, |passage| windows[passage].clone());
        for n_zh in 1..=longest {
            let zh = zh as usize;
            span_ratios.add_ratios(window_ratios.ratios(zh + usize::from(n_zh) - 1));
            let size = scorer.size(zh, usize::from(n_zh));
            let edges = lattice.edges[at..end].iter().zip(&mut words[at..end]);
            for (edge, words) in edges.filter(|(edge, _)| edge.n_zh == n_zh) {
                let en = edge.en as usize;
                let passages = known[en..en + usize::from(edge.n_en)].iter_mut();
                for (passage, known) in (en..).zip(passages) {
                    // Beads of one Chinese span share their English passages.
                    if known.0 != stamp {
                        *known = (stamp, scorer.words(&span_ratios, size, passage));
                    }
                    words[0] += known.1[0];
                    words[1] += known.1[1];
                }
            }
            stamp += 1;
        }
        // The ratios of each passage of the longest bead, spread out for look-up.
        let longest = usize::from(longest).min(MAX_CROSSED);
        let ratios_of = |k: usize| window_ratios.ratios(zh as usize + k);
        let spread = |ratios: &mut [Vec<f32>], is_there: bool| {
            for (k, ratios) in ratios.iter_mut().take(longest).enumerate() {
                for &(word, ratio) in ratios_of(k) {
                    ratios[word as usize] = if is_there { ratio } else { 0.0 };
                }
            }
        };
        let may_cross = |edge: &Edge| {
            edge.n_en > 1 && (2..=longest).contains(&usize::from(edge.n_zh))
        };
        if lattice.edges[at..end].iter().any(may_cross) {
            spread(&mut ratios, true);
            for (edge, crossing) in
                lattice.edges[at..end].iter().zip(&mut crossings[at..end])
            {
                if may_cross(edge) {
                    let ratios = &ratios[..usize::from(edge.n_zh)];
                    let en = edge.en as usize..edge.en as usize + usize::from(edge.n_en);
                    *crossing = scorer.crossing(ratios, zh as usize, en);
                }
            }
            spread(&mut ratios, false);
        }
        at = end;
    }
    (words, crossings)
}

/// For each Chinese passage the English ones that stand in a bead with it or its neighbours,
/// as ranges whose ends rise.
fn windows(lattice: &Lattice, texts: &Pair<IndexedSide>) -> Vec<Range<usize>> {
    let mut windows = vec![texts.en.len()..0; texts.zh.len()];
    for edge in &lattice.edges {
        let (zh, en) = (edge.zh as usize, edge.en as usize);
        // The passages beside a bead are asked whether they fit its clauses better.
        let end = (zh + usize::from(edge.n_zh) + 1).min(windows.len());
        for window in &mut windows[zh.saturating_sub(1)..end] {
            window.start = window.start.min(en);
            window.end = window.end.max(en + usize::from(edge.n_en));
        }
    }
    // Widened until neither starts nor ends go back: the windows are glided over once.
    let mut end = 0;
    for window in &mut windows {
        end = end.max(window.end);
        window.end = end;
    }
    let mut start = texts.en.len();
    for window in windows.iter_mut().rev() {
        start = start.min(window.start);
        window.start = start;
    }
    windows
}

/// Runs all stages.
pub(crate) struct Outcome {
    pub(crate) states: Vec<State>,
    pub(crate) ratios: Table,
    pub(crate) held_out: Vec<HeldOutCounts>,
    pub(crate) taught: Learned,
}

impl Outcome {
    pub(crate) fn run(engine: &Engine, params: &Params) -> Self {
        let (mut states, prior) = engine.first(&params.first);
        let mut table = None;
        let mut last = None;
        for _ in 0..params.rounds {
            last = Some(engine.round(&mut states, &prior, &mut table, &params.last));
        }
        let taught = table.map(|table| engine.taught(&table)).unwrap_or_default();
        let (ratios, held_out) = last.unwrap_or_else(|| {
            (
                engine.prior_ratios(),
                vec![HeldOutCounts::default(); engine.corpus.documents.len()],
            )
        });
        Outcome { states, ratios, held_out, taught }
    }
}
