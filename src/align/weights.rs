//! What each feature of a bead weighs.

use crate::align::corpus::Closing;

/// Most passages of a bead on the Chinese side, soft ones not counted.
pub(crate) const MAX_ZH: usize = 5;
/// Most passages of a bead on the English side, soft ones not counted.
pub(crate) const MAX_EN: usize = 10;
/// Most soft passages inside one side of a bead.
pub(crate) const MAX_SOFT: usize = 16;

/// Index of the weight of words with content.
pub(crate) const CONTENT: usize = 0;
/// Index of the weight of function words.
pub(crate) const FUNCTION: usize = 1;
/// Index of the weight of the squared difference of lengths.
pub(crate) const GAUSS: usize = 2;
/// Index of the weight of the logarithm of the ratio of lengths.
pub(crate) const RATIO: usize = 3;
/// Index of the weight of a Chinese character without counterpart.
pub(crate) const ALONE_ZH: usize = 4;
/// Index of the weight of an English letter without counterpart.
pub(crate) const ALONE_EN: usize = 5;
/// Index of the weight of a clause that crosses a border inside a bead.
pub(crate) const CROSSING: usize = 6;
const TYPES: usize = 7;
const CLOSINGS: usize = TYPES + (MAX_ZH + 1) * (MAX_EN + 1);
const OPENS: usize = CLOSINGS + Closing::COUNT * Closing::COUNT;
const CLOSES: usize = OPENS + 4;
const SPEECH: usize = CLOSES + 4;
/// How many weights there are.
pub(crate) const DIMENSIONS: usize = SPEECH + 4;

/// The first weight that is an indicator; those before it multiply real values.
pub(crate) const FIRST_INDICATOR: usize = TYPES;
/// The first weight that is of no bead type.
pub(crate) const FIRST_BOUNDARY: usize = CLOSINGS;

/// Index of the weight of a bead type.
pub(crate) fn type_index(zh: usize, en: usize) -> usize {
    TYPES + zh * (MAX_EN + 1) + en
}

/// Index of the weight of a pair of closing marks.
pub(crate) fn closing_index(zh: Closing, en: Closing) -> usize {
    CLOSINGS + zh as usize * Closing::COUNT + en as usize
}

/// Index of the weight of quotes at the beginning.
pub(crate) fn opens_index(zh: bool, en: bool) -> usize {
    OPENS + usize::from(zh) * 2 + usize::from(en)
}

/// Index of the weight of quotes at the end.
pub(crate) fn closes_index(zh: bool, en: bool) -> usize {
    CLOSES + usize::from(zh) * 2 + usize::from(en)
}

/// Index of the weight of speech being open at the end.
pub(crate) fn speech_index(zh: bool, en: bool) -> usize {
    SPEECH + usize::from(zh) * 2 + usize::from(en)
}

/// May a bead have so many passages?
pub(crate) fn is_bead(zh: usize, en: usize) -> bool {
    (1..=MAX_ZH).contains(&zh) && (1..=7).contains(&en) && zh + en <= 8
        || zh == 1 && (1..=MAX_EN).contains(&en)
}

/// Most English passages against so many Chinese ones.
pub(crate) fn max_en(zh: usize) -> usize {
    match zh {
        1 => MAX_EN,
        _ => 8usize.saturating_sub(zh),
    }
}

/// A weight for each feature, in nats per unit of the feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights(pub(crate) Vec<f64>);

impl Weights {
    /// The shipped weights for the first stage.
    pub fn first() -> Self {
        Weights(FIRST.to_vec())
    }

    /// The shipped weights for the last stage.
    pub fn last() -> Self {
        Weights(LAST.to_vec())
    }

    /// The weights as the text of a constant, to be pasted into the source.
    pub fn to_table(&self) -> String {
        let numbers: Vec<String> = self.0.iter().map(|w| format!("{w:.3}")).collect();
        let (reals, indicators) = numbers.split_at(FIRST_INDICATOR);
        let rows = std::iter::once(reals).chain(indicators.chunks(MAX_EN + 1));
        let lines: Vec<String> = rows.map(|row| row.join(", ")).collect();
        lines.join(",\n")
    }

    /// The weights to start from where there is no gold: bead types of novels, length and
    /// quotes as in the prototype.
    pub fn prior() -> Self {
        let mut w = vec![0.0; DIMENSIONS];
        w[CONTENT] = 0.5;
        w[FUNCTION] = 0.1;
        w[GAUSS] = 0.15;
        w[RATIO] = 2.3;
        w[ALONE_ZH] = 0.03;
        w[ALONE_EN] = -0.05;
        w[CROSSING] = 0.3;
        for zh in 0..=MAX_ZH {
            for en in 0..=MAX_EN {
                w[type_index(zh, en)] = -8.0;
            }
        }
        for &(zh, en, weight) in PRIOR_TYPES {
            w[type_index(zh, en)] = weight;
        }
        use Closing::{Exclamation, Question, Stop};
        w[closing_index(Question, Question)] = 1.9;
        w[closing_index(Stop, Question)] = -0.4;
        w[closing_index(Stop, Exclamation)] = -0.5;
        w[closing_index(Question, Stop)] = -0.9;
        w[closing_index(Exclamation, Stop)] = -0.8;
        for (zh, en, opens, closes) in [
            (false, false, -0.84, -0.66),
            (false, true, -0.75, 0.15),
            (true, false, -0.83, -2.09),
            (true, true, 1.02, 1.21),
        ] {
            w[opens_index(zh, en)] = opens;
            w[closes_index(zh, en)] = closes;
        }
        Weights(w)
    }
}

/// Bead types of the prototype (second round of learning).
///
/// Source: fitted there on the gold of bfsujason/mac, dev.
const PRIOR_TYPES: &[(usize, usize, f64)] = &[
    (1, 0, -5.1),
    (0, 1, -4.3),
    (1, 1, 3.36),
    (1, 2, 2.29),
    (1, 3, 1.16),
    (1, 4, 0.2),
    (1, 5, -1.8),
    (1, 6, -2.2),
    (1, 7, -3.2),
    (1, 8, -4.2),
    (1, 9, -5.2),
    (1, 10, -6.2),
    (2, 1, 0.96),
    (2, 2, -0.24),
    (2, 3, -0.9),
    (2, 4, -2.1),
    (2, 5, -3.5),
    (2, 6, -5.0),
    (3, 1, -1.6),
    (3, 2, -1.3),
    (3, 3, -2.3),
    (3, 4, -3.4),
    (3, 5, -3.1),
    (4, 1, -4.5),
    (4, 2, -5.3),
    (4, 3, -5.5),
    (4, 4, -5.5),
    (5, 1, -6.0),
    (5, 2, -6.5),
    (5, 3, -6.5),
];

/// Weights of the first stage.
///
/// Source: `align eval --fit` on the gold of bfsujason/mac (dev, six chapters of novels) and of
/// bfsujason/aligner-eval (speeches): the gold ladders' likelihood, L2 around the prior (0.02 for
/// words and lengths, 1 for types and boundaries). In order: words with content, function words,
/// Gaussian, ratio, alone zh, alone en, crossing; a row of eleven for each number of Chinese passages; then
/// closing marks, quotes that open, quotes that close, speech.
///
/// Crossing and the beads of several against several are of a fit with that feature, the others
/// of one without: a fit of all together joined paragraphs too readily (beads of 2-1 gained .13).
#[rustfmt::skip]
const FIRST: [f64; DIMENSIONS] = [
    0.400, 0.170, 0.103, 2.565, 0.046, -0.153, 0.210,
    -8.000, -3.237, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000,
    -4.666, 3.387, 2.396, 1.114, 0.327, -2.065, -1.619, -3.252, -4.238, -5.168, -6.200,
    -8.000, 0.891, -0.724, -0.978, -2.558, -3.745, -5.100, -8.000, -8.000, -8.000, -8.000,
    -8.000, -1.713, -1.106, -2.099, -2.668, -3.602, -8.000, -8.000, -8.000, -8.000, -8.000,
    -8.000, -4.500, -5.303, -5.512, -5.528, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000,
    -8.000, -6.000, -6.500, -6.500, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000,
    -0.114, 0.025, -0.436, 0.257, -0.009, -1.004, 2.677, -0.051, 0.038, 0.000, -1.454,
    -0.060, -0.860, 0.013, -0.263, -0.176, 0.090, -0.006, 0.114, -0.001, -0.053, -0.233,
    0.000, -0.008, 0.817, -0.850, -1.141, -1.265, 1.859, -0.458, -0.632, -2.154, 1.856,
    0.628, -1.098, -0.392, 0.865,
];

/// Weights of the last stage.
///
/// Source: `align eval --fit` on the gold of bfsujason/mac (dev, six chapters of novels) and of
/// bfsujason/aligner-eval (speeches): the gold ladders' likelihood, L2 around the prior (0.02 for
/// words and lengths, 1 for types and boundaries). In order: words with content, function words,
/// Gaussian, ratio, alone zh, alone en, crossing; a row of eleven for each number of Chinese passages; then
/// closing marks, quotes that open, quotes that close, speech.
///
/// Crossing and the beads of several against several are of a fit with that feature, the others
/// of one without: a fit of all together joined paragraphs too readily (beads of 2-1 gained .13).
#[rustfmt::skip]
const LAST: [f64; DIMENSIONS] = [
    0.496, 0.247, 0.125, 2.275, 0.035, -0.266, 0.168,
    -8.000, -3.152, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000,
    -4.722, 3.446, 2.288, 0.969, 0.089, -2.022, -1.645, -3.231, -4.207, -5.196, -6.200,
    -8.000, 0.838, -0.637, -1.032, -2.566, -3.765, -5.095, -8.000, -8.000, -8.000, -8.000,
    -8.000, -1.717, -1.046, -2.178, -2.942, -3.102, -8.000, -8.000, -8.000, -8.000, -8.000,
    -8.000, -4.500, -5.302, -5.510, -5.517, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000,
    -8.000, -6.000, -6.500, -6.500, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000, -8.000,
    -0.363, -0.257, -0.352, 0.253, -0.010, -1.240, 2.669, 0.003, -0.026, 0.000, -1.637,
    -0.080, -0.901, 0.000, -0.070, -0.060, 0.090, -0.000, 0.118, -0.000, -0.019, -0.128,
    0.000, -0.000, 0.891, -1.027, -1.173, -1.412, 1.792, -0.787, -0.682, -2.169, 1.829,
    0.390, -1.055, -0.615, 0.861,
];
