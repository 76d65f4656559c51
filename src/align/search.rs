//! The search of all beads inside a band, which leaves those worth a second look.
//!
//! Dynamic programming forward over the best ladder to each place keeps the beads that end in a
//! place nearly as well as the best; then, backward over these, a bead stays if the best ladder
//! through it is within [`WITHIN`] of the best of all. Three states a place, as in the
//! [lattice](crate::align::lattice): a bead ended here, or a Chinese or an English omission
//! runs.
//!
//! Time is linear in the area of the band, and so is memory.

use std::collections::VecDeque;

use crate::align::band::Band;
use crate::align::corpus::IndexedSide;
use crate::align::lattice::CandidateBead;
use crate::align::score::{
    Scorer, SpanRatios, TranslationRatios, WindowRatios, may_pair, zh_spans,
};
use crate::align::skeleton;
use crate::align::threads::Threads;
use crate::align::weights::{MAX_SOFT, MAX_ZH, max_en};
use crate::types::Pair;

/// How much worse than the best ladder the best ladder through a bead may be, in nats.
///
/// exp(-9) is one in ten thousand. Source: over novels and speeches the ladders are the same
/// with 12 and with 8, and the gold is no less likely; the less is kept, the faster is the rest.
const WITHIN: f64 = 9.0;

/// Most ways to reach a place that are kept: where nothing tells the passages apart, all ways
/// are as good, and they would fill the memory. With 6 the ladders are the same.
const WAYS: usize = 4;
/// Ways kept for each passage, beyond which fewer are kept for each place of a wide band.
const WAYS_PER_PASSAGE: usize = 80;
/// Places whose beads are scored at one go: they wait in memory until the search comes by.
const PIECE: usize = 16_384;
/// Most rows of them.
const MOST_ROWS: usize = 128;
/// Most beads kept for each passage, the best of all; a usual text needs two to five.
const BEADS: usize = 10;

/// The states of a place: a bead ended here, a Chinese omission runs, an English one does.
type States = [f64; 3];

const NOWHERE: States = [f64::NEG_INFINITY; 3];

/// The beads of good ladders inside the band.
pub(crate) fn search(
    scorer: &Scorer<'_>,
    translation: TranslationRatios<'_>,
    band: &Band,
    threads: Threads,
) -> Vec<CandidateBead> {
    let (steps, total) = forward(scorer, translation, band, threads);
    let beads = backward(scorer, band, &steps, total);
    thin_out(beads, BEADS * n_passages(band))
}

/// How many passages the band goes by.
fn n_passages(band: &Band) -> usize {
    let (start, end) = (band.start(), band.end());
    end.zh - start.zh + end.en - start.en
}

/// The best `most` beads of those given with what their best ladder lacks to the best of all.
fn thin_out(mut beads: Vec<(CandidateBead, f32)>, most: usize) -> Vec<CandidateBead> {
    // The best ladder itself lacks nothing but what rounding took.
    const ROUNDING: f32 = 0.05;
    if beads.len() > most {
        let mut lacks: Vec<f32> = beads.iter().map(|bead| bead.1).collect();
        let least = *lacks.select_nth_unstable_by(most, f32::total_cmp).1;
        beads.retain(|bead| bead.1 < least.max(ROUNDING));
    }
    beads.into_iter().map(|(bead, _)| bead).collect()
}

/// A bead with the value of the best ladder that ends with it.
#[derive(Clone, Copy)]
struct Step {
    bead: CandidateBead,
    /// Of the best ladder up to it, relative to the best in its row of ends.
    value: f32,
    /// The same if it goes on with an omission; minus infinity for what is none.
    run: f32,
}

/// The steps that end in a row, while it is open.
#[derive(Default)]
struct Row {
    places: Vec<States>,
    steps: Vec<(CandidateBead, f64, f64)>,
    /// The price of opening an omission: a running one may be that much worse than a bead
    /// that ends here, and still win.
    open: f64,
}

impl Row {
    fn open(band: &Band, zh: usize, open: f64) -> Self {
        Row { places: vec![NOWHERE; band.width(zh)], steps: Vec::new(), open }
    }

    /// Takes a step into a place, unless a much better one is known. `run` is the state of the
    /// omission that the step belongs to, and its value there.
    fn take(
        &mut self,
        at: usize,
        bead: CandidateBead,
        value: f64,
        run: Option<(usize, f64)>,
    ) {
        let place = &mut self.places[at];
        place[0] = place[0].max(value);
        if let Some((state, run)) = run {
            place[state] = place[state].max(run);
        }
        let run = run.map_or(f64::NEG_INFINITY, |run| run.1);
        // The best is that of the steps so far; `close` asks again when all are known.
        if value.max(run - self.open) >= best(*place) - WITHIN {
            self.steps.push((bead, value, run));
        }
    }

    /// Keeps the steps that end nearly as well as the best, at most so many for each place,
    /// English ends rising.
    fn close(self, band: &Band, zh: usize, most: usize, kept: &mut Vec<Step>) -> f64 {
        // Values relative to the row's best keep their digits in 32 bits, however long the text.
        let base = self.places.iter().map(|&p| best(p)).fold(f64::NEG_INFINITY, f64::max);
        let end = |bead: &CandidateBead| bead.en as usize + usize::from(bead.n_en);
        let first = kept.len();
        for (bead, value, run) in self.steps {
            let place = self.places[end(&bead) - band.low(zh)];
            if value.max(run - self.open) >= best(place) - WITHIN {
                let (value, run) = ((value - base) as f32, (run - base) as f32);
                kept.push(Step { bead, value, run });
            }
        }
        kept[first..].sort_by(|a, b| {
            end(&a.bead).cmp(&end(&b.bead)).then(b.value.total_cmp(&a.value))
        });
        let (mut place, mut ways, mut to) = (usize::MAX, 0, first);
        for at in first..kept.len() {
            let bead = kept[at].bead;
            if end(&bead) != place {
                (place, ways) = (end(&bead), 0);
            }
            // What stands alone may be the only way to go on with an omission.
            let is_alone = bead.n_zh == 0 || bead.n_en == 0;
            ways += usize::from(!is_alone);
            if is_alone || ways <= most {
                kept[to] = kept[at];
                to += 1;
            }
        }
        kept.truncate(to);
        base
    }
}

/// Steps by row of ends.
struct Steps {
    /// The first row.
    first: usize,
    steps: Vec<Step>,
    /// Where the steps of each row end, and what their values are relative to.
    rows: Vec<(usize, f64)>,
}

fn best(states: States) -> f64 {
    states[0].max(states[1]).max(states[2])
}

fn bead(zh: usize, en: usize, n_zh: usize, n_en: usize, score: f32) -> CandidateBead {
    CandidateBead {
        zh: zh as u32,
        en: en as u32,
        n_zh: n_zh as u8,
        n_en: n_en as u8,
        score,
    }
}

fn forward(
    scorer: &Scorer<'_>,
    translation: TranslationRatios<'_>,
    band: &Band,
    threads: Threads,
) -> (Steps, f64) {
    let (first, n) = (band.start().zh, band.end().zh);
    let mut ahead: VecDeque<Row> = [Row::open(band, first, scorer.gap.open)].into();
    ahead[0].places[0][0] = 0.0;
    let rows = Vec::with_capacity(n - first + 1);
    let mut steps = Steps { first, steps: Vec::new(), rows };
    let mut total = 0.0;
    let passages = n_passages(band);
    // Fewer ways a place in a wide band keep memory linear in the passages.
    let most = if band.area() <= skeleton::WHOLE {
        WAYS
    } else {
        (WAYS_PER_PASSAGE * passages / band.area().max(1)).clamp(2, WAYS)
    };
    let mut at = first;
    let mut go_on = |beads: RowBeads| {
        let zh = at;
        at += 1;
        // The rows that beads of this row end in must be open to take them.
        while ahead.len() < 2 || ahead.len() <= beads.longest {
            let next = zh + ahead.len();
            ahead.push_back(if next <= n {
                Row::open(band, next, scorer.gap.open)
            } else {
                Row::default()
            });
        }
        let mut here = ahead.pop_front().expect("the row of `zh` is open");
        leave(scorer, band, &beads, zh, &mut here, &mut ahead);
        if zh == n {
            total = here.places.last().map_or(0.0, |&place| best(place));
        }
        let base = here.close(band, zh, most, &mut steps.steps);
        steps.rows.push((steps.steps.len(), base));
    };
    let widest = (first..=n).map(|zh| band.width(zh)).max().unwrap_or(0);
    threads.each(
        n - first + 1,
        (PIECE / widest.max(1)).clamp(1, MOST_ROWS),
        || RowWords::new(scorer, translation),
        |words, rows| {
            let of_row = |row: usize| words.beads(scorer, band, first + row);
            rows.map(of_row).collect::<Vec<_>>()
        },
        |rows| rows.into_iter().for_each(&mut go_on),
    );
    (steps, total)
}

/// Takes every bead that begins in the row.
fn leave(
    scorer: &Scorer<'_>,
    band: &Band,
    beads: &RowBeads,
    zh: usize,
    here: &mut Row,
    ahead: &mut VecDeque<Row>,
) {
    let gap = scorer.gap;
    for (en, beads) in band.range(zh).zip(beads.of_places()) {
        let states = here.places[en - band.low(zh)];
        let any = best(states);
        // An omission that runs goes on; else one opens, at its price.
        let run = |state: usize| (state, states[state].max(any + gap.open) + gap.each);
        for &(n_zh, n_en, score) in beads {
            let (n_zh, n_en) = (usize::from(n_zh), usize::from(n_en));
            let at = en + n_en - band.low(zh + n_zh);
            let bead = bead(zh, en, n_zh, n_en, score);
            let value = any + f64::from(score);
            match (n_zh, n_en) {
                (0, _) => here.take(at, bead, value, Some(run(2))),
                (_, 0) => ahead[0].take(at, bead, value, Some(run(1))),
                _ => ahead[n_zh - 1].take(at, bead, value, None),
            }
        }
    }
}

/// Walks back from the end over the steps and keeps the beads of good ladders, each with what
/// its best ladder lacks to the best of all.
fn backward(
    scorer: &Scorer<'_>,
    band: &Band,
    steps: &Steps,
    total: f64,
) -> Vec<(CandidateBead, f32)> {
    let Pair { zh: n, en: m } = band.end();
    let first = steps.first;
    let gap = scorer.gap;
    let mut kept = Vec::new();
    // The best value from each place to the end: the present row first, earlier rows behind it.
    let mut rows: VecDeque<Vec<States>> = [vec![NOWHERE; band.width(n)]].into();
    rows[0][m - band.low(n)] = [0.0; 3];
    for zh in (first..=n).rev() {
        let row = zh - first;
        let (end, base) = steps.rows[row];
        let start = row.checked_sub(1).map_or(0, |before| steps.rows[before].0);
        for step in steps.steps[start..end].iter().rev() {
            let bead = step.bead;
            let (from_zh, from_en) = (bead.zh as usize, bead.en as usize);
            let rest = rows[0][from_en + usize::from(bead.n_en) - band.low(zh)];
            let mut any = f64::from(bead.score) + rest[0];
            let mut through = base + f64::from(step.value) + rest[0];
            let state = match (bead.n_zh, bead.n_en) {
                (_, 0) => 1,
                (0, _) => 2,
                _ => 0,
            };
            let run = gap.each + rest[state];
            if state > 0 {
                any = any.max(gap.open + run);
                through = through.max(base + f64::from(step.run) + rest[state]);
            }
            // Earlier rows open as soon as a bead leads back to them.
            let back = zh - from_zh;
            while rows.len() <= back {
                rows.push_back(vec![NOWHERE; band.width(zh - rows.len())]);
            }
            let place = &mut rows[back][from_en - band.low(from_zh)];
            if state > 0 {
                place[state] = place[state].max(run);
            }
            // A bead may follow whatever state the place is in.
            place.iter_mut().for_each(|value| *value = value.max(any));
            let lack = total - through;
            if lack <= WITHIN {
                kept.push((bead, lack as f32));
            }
        }
        rows.pop_front();
        if rows.is_empty() && zh > first {
            rows.push_back(vec![NOWHERE; band.width(zh - 1)]);
        }
    }
    kept
}

/// The beads that begin in a row, with their scores.
#[derive(Default)]
struct RowBeads {
    /// The longest Chinese side that any of them may have.
    longest: usize,
    /// How many passages of each side, and the score; those of one place together.
    beads: Vec<(u8, u8, f32)>,
    /// Where those of each place of the band end.
    ends: Vec<usize>,
}

impl RowBeads {
    /// The beads of each place.
    fn of_places(&self) -> impl Iterator<Item = &[(u8, u8, f32)]> {
        let mut start = 0;
        self.ends
            .iter()
            .map(move |&end| &self.beads[std::mem::replace(&mut start, end)..end])
    }
}

/// The word feature of every bead that begins in a row, as sums up to each English passage.
struct RowWords<'a> {
    window_ratios: WindowRatios<'a>,
    span_ratios: SpanRatios,
    /// Chinese spans from the row on, with how many passages each counts for.
    spans: Vec<(usize, usize)>,
    /// For each span, the sums of the word feature before each English passage from the
    /// row's first on.
    sums: Vec<Vec<f32>>,
    /// How many soft English passages a bead may have at most beside the others.
    soft_en: usize,
    /// How many Chinese ones.
    most_zh: usize,
}

impl<'a> RowWords<'a> {
    fn new(scorer: &Scorer<'_>, translation: TranslationRatios<'a>) -> Self {
        let soft = |text: &IndexedSide| match text.frames.iter().any(|frame| frame.soft) {
            true => MAX_SOFT,
            false => 0,
        };
        RowWords {
            window_ratios: WindowRatios::new(translation, scorer.n_en_words()),
            span_ratios: SpanRatios::new(scorer.n_en_words()),
            spans: Vec::new(),
            sums: Vec::new(),
            soft_en: soft(&scorer.texts.en),
            most_zh: MAX_ZH + soft(&scorer.texts.zh),
        }
    }

    /// The beads that begin in a row. Rows come in rising order.
    fn beads(&mut self, scorer: &Scorer<'_>, band: &Band, zh: usize) -> RowBeads {
        self.fill(scorer, band, zh);
        let mut row = RowBeads { longest: self.longest(), ..RowBeads::default() };
        let Pair { zh: n, en: m } = band.end();
        for en in band.range(zh) {
            let mut alone = |n_zh: u8, n_en: u8| {
                let score = scorer.frame(zh, n_zh.into(), en, n_en.into());
                row.beads.push((n_zh, n_en, score));
            };
            if zh < n && band.contains(zh + 1, en) {
                alone(1, 0);
            }
            if en < m && band.contains(zh, en + 1) {
                alone(0, 1);
            }
            self.for_each_bead(scorer, band, zh, en, |n_zh, n_en, score| {
                row.beads.push((n_zh as u8, n_en as u8, score));
            });
            row.ends.push(row.beads.len());
        }
        row
    }

    /// The longest span of the row.
    fn longest(&self) -> usize {
        self.spans.last().map_or(0, |&(n_zh, _)| n_zh)
    }

    fn fill(&mut self, scorer: &Scorer<'_>, band: &Band, zh: usize) {
        let n = band.end().zh;
        self.spans = zh_spans(scorer, zh);
        self.spans.retain(|(n_zh, _)| zh + n_zh <= n);
        self.span_ratios.clear();
        let low = band.low(zh);
        // The English passages of all rows whose beads may hold the Chinese passage.
        let (first, most_zh) = (band.start().zh, self.most_zh);
        let most_en = max_en(1) + self.soft_en;
        let window = |passage: usize| {
            let high =
                band.high(n.min(passage + most_zh)).min(band.high(passage) + most_en);
            band.low((passage + 1).saturating_sub(most_zh).max(first))..high
        };
        self.window_ratios.cover(scorer.texts, zh..zh + self.longest(), window);
        self.sums.resize_with(self.spans.len().max(self.sums.len()), Vec::new);
        for (&(n_zh, zh_count), sums) in self.spans.iter().zip(&mut self.sums) {
            self.span_ratios.add_ratios(self.window_ratios.ratios(zh + n_zh - 1));
            let size = scorer.size(zh, n_zh);
            // Beads begin in this row's part of the band and end in that of the row reached.
            let most_en = max_en(zh_count) + self.soft_en;
            let high = band.high(zh + n_zh).min(band.high(zh) + most_en);
            sums.clear();
            sums.push(0.0);
            let mut sum = 0.0;
            for en in low..high {
                sum += scorer.weigh(scorer.words(&self.span_ratios, size, en));
                sums.push(sum);
            }
        }
    }

    /// Tells each bead that begins at a place and stays in the band, with its score.
    fn for_each_bead(
        &self,
        scorer: &Scorer<'_>,
        band: &Band,
        zh: usize,
        en: usize,
        mut tell: impl FnMut(usize, usize, f32),
    ) {
        let at = en - band.low(zh);
        for (&(n_zh, zh_count), sums) in self.spans.iter().zip(&self.sums) {
            let first = band.low(zh + n_zh).saturating_sub(en).max(1);
            for n_en in 1..sums.len().saturating_sub(at) {
                // A span that is too long stays too long when it grows.
                let Some(en_count) = scorer.en_count(en, n_en, zh_count) else { break };
                if n_en >= first && may_pair(zh_count, en_count) {
                    let words = sums[at + n_en] - sums[at];
                    tell(n_zh, n_en, words + scorer.frame(zh, n_zh, en, n_en));
                }
            }
        }
    }
}
