//! The search of all beads inside a band, which leaves those worth a second look.
//!
//! Dynamic programming forward over the best ladder to each place, then backward over the best
//! from each place; a bead stays if the best ladder through it is within [`WITHIN`] of the best
//! of all. Three states a place, as in the [lattice](crate::align::lattice): a bead ended here,
//! or a Chinese or an English omission runs.
//!
//! Time is linear in the area of the band, and so is memory, at twelve bytes a place.

use crate::align::band::Band;
use crate::align::lattice::Loose;
use crate::align::score::{Reach, Scorer, Source, may_pair, zh_spans};
use crate::align::weights::max_en;

/// How much worse than the best ladder the best ladder through a bead may be, in nats.
///
/// exp(-12) is six in a million; the prototype kept posteriors above three in a million.
const WITHIN: f64 = 12.0;

/// The beads of good ladders inside the band, and whether the best ladder runs along an edge
/// of the band where there is more beyond.
pub(crate) fn search(scorer: &Scorer<'_>, source: Source<'_>, band: &Band) -> Vec<Loose> {
    let forward = Forward::run(scorer, source, band);
    backward(scorer, source, band, &forward)
}

/// Values of the states of a row of places, relative to a base so that `f32` suffices.
struct Row {
    base: f64,
    cells: Vec<[f32; 3]>,
}

struct Forward {
    rows: Vec<Row>,
    total: f64,
}

/// The values of a row while beads still end in it.
type OpenRow = Vec<[f64; 3]>;

fn open_row(band: &Band, zh: usize) -> OpenRow {
    vec![[f64::NEG_INFINITY; 3]; band.width(zh)]
}

impl Forward {
    fn run(scorer: &Scorer<'_>, source: Source<'_>, band: &Band) -> Self {
        let n = scorer.texts.zh.len();
        let mut words = RowWords::new(scorer, source);
        let mut ahead: std::collections::VecDeque<OpenRow> = [open_row(band, 0)].into();
        ahead[0][0][0] = 0.0;
        let mut rows = Vec::with_capacity(n + 1);
        let mut total = 0.0;
        for zh in 0..=n {
            words.fill(scorer, band, zh);
            while ahead.len() < 2 || ahead.len() <= words.longest() {
                let next = zh + ahead.len();
                ahead.push_back(if next <= n {
                    open_row(band, next)
                } else {
                    Vec::new()
                });
            }
            let mut here = ahead.pop_front().expect("the row of `zh` is open");
            Self::leave_row(scorer, band, &words, zh, &mut here, &mut ahead);
            if zh == n {
                total = max3(*here.last().expect("the last row ends in the last place"));
            }
            rows.push(close(&here));
        }
        Forward { rows, total }
    }

    /// Takes every bead that begins in the row.
    fn leave_row(
        scorer: &Scorer<'_>,
        band: &Band,
        words: &RowWords,
        zh: usize,
        here: &mut OpenRow,
        ahead: &mut std::collections::VecDeque<OpenRow>,
    ) {
        let gap = scorer.gap;
        let (n, m) = (scorer.texts.zh.len(), scorer.texts.en.len());
        for en in band.range(zh) {
            let states = here[en - band.low(zh)];
            let any = max3(states);
            if any == f64::NEG_INFINITY {
                continue;
            }
            if zh < n && band.contains(zh + 1, en) {
                let to = &mut ahead[0][en - band.low(zh + 1)];
                to[0] = to[0].max(any + f64::from(scorer.frame(zh, 1, en, 0)));
                to[1] = to[1].max(states[1].max(any + gap.open) + gap.each);
            }
            if en < m && band.contains(zh, en + 1) {
                let score = f64::from(scorer.frame(zh, 0, en, 1));
                let to = &mut here[en + 1 - band.low(zh)];
                to[0] = to[0].max(any + score);
                to[2] = to[2].max(states[2].max(any + gap.open) + gap.each);
            }
            words.for_each_bead(scorer, band, zh, en, |n_zh, n_en, score| {
                let low = band.low(zh + n_zh);
                let to = &mut ahead[n_zh - 1][en + n_en - low][0];
                *to = to.max(any + f64::from(score));
            });
        }
    }

    fn states(&self, band: &Band, zh: usize, en: usize) -> [f64; 3] {
        let row = &self.rows[zh];
        row.cells[en - band.low(zh)].map(|value| row.base + f64::from(value))
    }
}

fn close(row: &OpenRow) -> Row {
    let base = row.iter().map(|&states| max3(states)).fold(f64::NEG_INFINITY, f64::max);
    let base = if base.is_finite() { base } else { 0.0 };
    Row {
        base,
        cells: row.iter().map(|s| s.map(|value| (value - base) as f32)).collect(),
    }
}

fn max3(states: [f64; 3]) -> f64 {
    states[0].max(states[1]).max(states[2])
}

/// Walks back from the end and keeps the beads of good ladders.
fn backward(
    scorer: &Scorer<'_>,
    source: Source<'_>,
    band: &Band,
    forward: &Forward,
) -> Vec<Loose> {
    let (n, m) = (scorer.texts.zh.len(), scorer.texts.en.len());
    let gap = scorer.gap;
    let least = forward.total - WITHIN;
    let mut kept = Vec::new();
    let mut words = RowWords::new(scorer, source);
    // Rows behind the present one, nearest first.
    let mut behind: std::collections::VecDeque<OpenRow> =
        std::collections::VecDeque::new();
    for zh in (0..=n).rev() {
        words.fill(scorer, band, zh);
        let mut here = open_row(band, zh);
        for en in band.range(zh).rev() {
            let before = forward.states(band, zh, en);
            let any_before = max3(before);
            let mut any = if (zh, en) == (n, m) { 0.0 } else { f64::NEG_INFINITY };
            let mut runs = [f64::NEG_INFINITY; 3];
            let mut alone = |state: usize, to: [f64; 3], score: f32| {
                let (step, run) = (f64::from(score) + to[0], gap.each + to[state]);
                any = any.max(step).max(gap.open + run);
                runs[state] = run;
                let through = (any_before + step)
                    .max(before[state].max(any_before + gap.open) + run);
                if through >= least {
                    kept.push(Loose {
                        zh: zh as u32,
                        en: en as u32,
                        n_zh: u8::from(state == 1),
                        n_en: u8::from(state == 2),
                        score,
                    });
                }
            };
            if zh < n && band.contains(zh + 1, en) {
                let to = behind[0][en - band.low(zh + 1)];
                alone(1, to, scorer.frame(zh, 1, en, 0));
            }
            if en < m && band.contains(zh, en + 1) {
                alone(2, here[en + 1 - band.low(zh)], scorer.frame(zh, 0, en, 1));
            }
            words.for_each_bead(scorer, band, zh, en, |n_zh, n_en, score| {
                let low = band.low(zh + n_zh);
                let rest = f64::from(score) + behind[n_zh - 1][en + n_en - low][0];
                any = any.max(rest);
                if any_before + rest >= least {
                    kept.push(Loose {
                        zh: zh as u32,
                        en: en as u32,
                        n_zh: n_zh as u8,
                        n_en: n_en as u8,
                        score,
                    });
                }
            });
            here[en - band.low(zh)] = [any, any.max(runs[1]), any.max(runs[2])];
        }
        behind.push_front(here);
        behind.truncate(words.most() + 1);
    }
    kept
}

/// The word feature of every bead that begins in a row, as sums up to each English passage.
struct RowWords<'a> {
    source: Source<'a>,
    reach: Reach,
    /// Chinese spans from the row on, with how many passages each counts for.
    spans: Vec<(usize, usize)>,
    /// For each span, the sums of the word feature before each English passage from the
    /// row's first on.
    sums: Vec<Vec<f32>>,
    most: usize,
}

impl<'a> RowWords<'a> {
    fn new(scorer: &Scorer<'_>, source: Source<'a>) -> Self {
        let n_words = source_width(scorer);
        RowWords {
            source,
            reach: Reach::new(n_words),
            spans: vec![],
            sums: vec![],
            most: 1,
        }
    }

    /// The longest span of the row.
    fn longest(&self) -> usize {
        self.spans.last().map_or(0, |&(n_zh, _)| n_zh)
    }

    /// The longest span of any row so far.
    fn most(&self) -> usize {
        self.most + crate::align::weights::MAX_SOFT + crate::align::weights::MAX_ZH
    }

    fn fill(&mut self, scorer: &Scorer<'_>, band: &Band, zh: usize) {
        self.spans = zh_spans(scorer, zh);
        self.reach.clear();
        let low = band.low(zh);
        self.sums.resize_with(self.spans.len().max(self.sums.len()), Vec::new);
        for (k, &(n_zh, _)) in self.spans.iter().enumerate() {
            self.reach.add(&scorer.texts.zh, zh + n_zh - 1, self.source);
            let size = scorer.size(zh, n_zh);
            // Beads begin in this row's part of the band and end in that of the row reached.
            let high = band.high(zh + n_zh).min(band.high(zh) + max_reach(scorer));
            let sums = &mut self.sums[k];
            sums.clear();
            sums.push(0.0);
            let mut sum = 0.0;
            for en in low..high {
                sum += scorer.weigh(scorer.words(&self.reach, size, en));
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
            for n_en in 1.. {
                if at + n_en >= sums.len() {
                    break;
                }
                let Some(en_count) = scorer.en_count(en, n_en, zh_count) else { break };
                if n_en >= first && may_pair(zh_count, en_count) {
                    let words = sums[at + n_en] - sums[at];
                    tell(n_zh, n_en, words + scorer.frame(zh, n_zh, en, n_en));
                }
            }
        }
    }
}

/// How many English passages a bead may have at most.
fn max_reach(scorer: &Scorer<'_>) -> usize {
    let has_soft = scorer.texts.en.frames.iter().any(|frame| frame.soft);
    max_en(1) + if has_soft { crate::align::weights::MAX_SOFT } else { 0 }
}

/// How many English words there are to keep sums of.
fn source_width(scorer: &Scorer<'_>) -> usize {
    scorer.n_en_words()
}
