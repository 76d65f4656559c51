//! The stages of an alignment, one after the other.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

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
use crate::align::threads::Threads;
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

/// Chinese passages whose beads are scored at one go.
const PIECE: usize = 256;

/// Documents ready to be searched.
pub(crate) struct Engine {
    pub(crate) corpus: Corpus,
    prior: Prior,
    parts: Vec<Part>,
    /// The pins of each document.
    pins: Vec<Pins>,
    pub(crate) threads: Threads,
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
        threads: Threads,
    ) -> Self {
        let pins = vec![Pins::default(); documents.len()];
        Self::pinned(documents, &pins.iter().collect::<Vec<_>>(), seed, learned, threads)
    }

    /// The same, with beads of each document that its ladder has to go through.
    pub(crate) fn pinned(
        documents: &[&Pair<Vec<Passage<'_>>>],
        pins: &[&Pins],
        seed: &Seed,
        learned: &Learned,
        threads: Threads,
    ) -> Self {
        let mut corpus = Corpus::new(documents, seed, threads);
        let names = names::add_names(&mut corpus, documents, seed);
        let prior = Prior::new(&corpus, first_guess(&corpus, seed, &names), learned);
        let parts = parts_of(&corpus, &prior.table);
        let pins = pins.iter().map(|&pins| pins.clone()).collect();
        Engine { corpus, prior, parts, pins, threads }
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
        let met: Vec<AtomicBool> =
            std::iter::repeat_with(AtomicBool::default).take(ratios.n_cells()).collect();
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
                let window_ratios =
                    || WindowRatios::marking(translation, scorer.n_en_words(), &met);
                state.rescore(&scorer, window_ratios, self.threads);
                state.ratio = state.bead_ratio(texts);
                state
            })
            .collect();
        let met: Vec<bool> = met.into_iter().map(AtomicBool::into_inner).collect();
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
        let learned = learn(&self.corpus, &lattices, prior, table.as_ref(), self.threads);
        let ratios = learned.table.to_ratios(&self.corpus);
        for (document, state) in states.iter_mut().enumerate() {
            let scorer = self.scorer(document, weights, state.ratio);
            let held_out = Some(&learned.held_out[document]);
            let translation = TranslationRatios { table: &ratios, held_out };
            let window_ratios = || WindowRatios::new(translation, scorer.n_en_words());
            state.rescore(&scorer, window_ratios, self.threads);
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
            false => skeleton::anchors(&self.corpus, scorer, translation, self.threads),
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
            return search::search(scorer, translation, &band, self.threads);
        }
        let mut widen = 1;
        loop {
            let band = skeleton::band(len, &anchors, widen);
            let is_last = widen > WIDENINGS || band.area() > WIDEST * (len.zh + len.en);
            let moved = band.clone().moved_to(start);
            let beads = search::search(scorer, translation, &moved, self.threads);
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
    /// Scores all edges anew, and their probabilities. `window_ratios` is asked once for each
    /// thread.
    pub(crate) fn rescore<'a>(
        &mut self,
        scorer: &Scorer<'_>,
        window_ratios: impl Fn() -> WindowRatios<'a> + Sync,
        threads: Threads,
    ) {
        let Self { lattice, words, crossings, .. } = self;
        let windows = windows(lattice, scorer.texts);
        let groups = groups(&lattice.edges);
        words.clear();
        crossings.clear();
        let mut scores = Vec::with_capacity(lattice.edges.len());
        threads.each(
            groups.len() - 1,
            PIECE,
            || EdgeReader::new(scorer, window_ratios()),
            |reader, piece| {
                for group in piece {
                    let edges = &lattice.edges[groups[group]..groups[group + 1]];
                    reader.read(edges, &windows);
                }
                std::mem::take(&mut reader.read)
            },
            |read| {
                for OfEdge { words: of_words, crossing, score } in read {
                    words.push(of_words);
                    crossings.push(crossing);
                    scores.push(score);
                }
            },
        );
        for (edge, score) in lattice.edges.iter_mut().zip(scores) {
            edge.score = score;
        }
        self.posteriors = self.lattice.posteriors(scorer.gap, threads);
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

/// Where the edges that leave each Chinese passage begin, and where the last of them end.
fn groups(edges: &[Edge]) -> Vec<usize> {
    let mut ends = vec![0];
    for group in edges.chunk_by(|a, b| a.zh == b.zh) {
        ends.push(ends[ends.len() - 1] + group.len());
    }
    ends
}

/// What is read of an edge.
#[derive(Default)]
struct OfEdge {
    words: Words,
    /// The clauses that cross inside it.
    crossing: f32,
    /// All together.
    score: f32,
}

/// Reads edges, those of one Chinese passage at a time, in rising order.
struct EdgeReader<'a, 's> {
    scorer: &'s Scorer<'s>,
    window_ratios: WindowRatios<'a>,
    span_ratios: SpanRatios,
    /// The ratios of each passage of the longest bead, spread out for look-up.
    ratios: Vec<Vec<f32>>,
    /// The word feature of English passages beside a Chinese span, by the number of the span.
    known: Vec<(u32, Words)>,
    span: u32,
    read: Vec<OfEdge>,
}

impl<'a, 's> EdgeReader<'a, 's> {
    fn new(scorer: &'s Scorer<'s>, window_ratios: WindowRatios<'a>) -> Self {
        Self {
            scorer,
            window_ratios,
            span_ratios: SpanRatios::new(scorer.n_en_words()),
            ratios: vec![vec![0.0; scorer.n_en_words()]; MAX_CROSSED],
            known: vec![(u32::MAX, [0.0; 2]); scorer.texts.en.len()],
            span: 0,
            read: Vec::new(),
        }
    }

    /// Reads the edges that leave one Chinese passage.
    fn read(&mut self, edges: &[Edge], windows: &[Range<usize>]) {
        let scorer = self.scorer;
        let first = self.read.len();
        let zh = edges[0].zh as usize;
        let longest = edges.iter().map(|e| usize::from(e.n_zh)).max().unwrap_or(0);
        self.read.resize_with(first + edges.len(), OfEdge::default);
        let read = &mut self.read[first..];
        self.span_ratios.clear();
        self.window_ratios
            .cover(scorer.texts, zh..zh + longest, |passage| windows[passage].clone());
        for n_zh in 1..=longest {
            self.span_ratios.add_ratios(self.window_ratios.ratios(zh + n_zh - 1));
            let size = scorer.size(zh, n_zh);
            let of_span = edges.iter().zip(read.iter_mut());
            for (edge, OfEdge { words, .. }) in
                of_span.filter(|(edge, _)| usize::from(edge.n_zh) == n_zh)
            {
                let en = edge.en as usize;
                let passages = self.known[en..en + usize::from(edge.n_en)].iter_mut();
                for (passage, known) in (en..).zip(passages) {
                    // Beads of one Chinese span share their English passages.
                    if known.0 != self.span {
                        *known =
                            (self.span, scorer.words(&self.span_ratios, size, passage));
                    }
                    words[0] += known.1[0];
                    words[1] += known.1[1];
                }
            }
            self.span += 1;
        }
        let longest = longest.min(MAX_CROSSED);
        let may_cross = |edge: &Edge| {
            edge.n_en > 1 && (2..=longest).contains(&usize::from(edge.n_zh))
        };
        if edges.iter().any(may_cross) {
            let spread = |ratios: &mut [Vec<f32>], is_there: bool| {
                for (k, ratios) in ratios.iter_mut().take(longest).enumerate() {
                    for &(word, ratio) in self.window_ratios.ratios(zh + k) {
                        ratios[word as usize] = if is_there { ratio } else { 0.0 };
                    }
                }
            };
            spread(&mut self.ratios, true);
            for (edge, of_edge) in
                edges.iter().zip(read.iter_mut()).filter(|(edge, _)| may_cross(edge))
            {
                let ratios = &self.ratios[..usize::from(edge.n_zh)];
                let en = edge.en as usize..edge.en as usize + usize::from(edge.n_en);
                of_edge.crossing = scorer.crossing(ratios, zh, en);
            }
            spread(&mut self.ratios, false);
        }
        for (edge, of_edge) in edges.iter().zip(read) {
            of_edge.score = score_of(scorer, edge, of_edge);
        }
    }
}

fn score_of(scorer: &Scorer<'_>, edge: &Edge, of_edge: &OfEdge) -> f32 {
    let (zh, en) = (edge.zh as usize, edge.en as usize);
    let (n_zh, n_en) = (usize::from(edge.n_zh), usize::from(edge.n_en));
    let count = (scorer.texts.zh.count_of(zh, n_zh), scorer.texts.en.count_of(en, n_en));
    // So large is only a pin, which no other bead competes with: no weight is its.
    if count.0 > weights::MAX_ZH || count.1 > weights::MAX_EN {
        return 0.0;
    }
    let mut score = scorer.frame(zh, n_zh, en, n_en);
    if n_zh > 0 && n_en > 0 {
        score += scorer.weigh(of_edge.words) + scorer.weigh_crossing(of_edge.crossing);
    }
    score
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
