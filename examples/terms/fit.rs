//! Fits the ranker of the terms to lists made by hand.

use bitext::mine::training::{Ranker, Row, Trait};

use crate::gold::{Class, Listed};
use crate::lbfgs::minimise;

/// Points of a curve, at quantiles of what is met.
const POINTS: usize = 4;
/// Standard deviation that the weight of a point is held within, in log-odds for a standard
/// deviation of its share in the rows.
const PRIOR: f64 = 0.1;
/// What a general word of the field is worth beside a term.
pub(crate) const GENERAL: f64 = 0.7;

/// How right a row is, 0 to 1.
pub(crate) fn worth(class: Option<Class>) -> f64 {
    match class {
        None => 0.0,
        Some(Class::Optional) => GENERAL,
        Some(Class::Once | Class::Recurring) => 1.0,
    }
}

/// A row to learn from.
struct Example<'a> {
    row: &'a Row,
    worth: f64,
    weight: f64,
}

/// The ranker under which the lists are likeliest.
pub(crate) fn fit(texts: &[&Listed]) -> Ranker {
    let mut examples: Vec<Example<'_>> = Vec::new();
    for text in texts {
        // A long text has more rows, but not as much more to teach.
        let weight = 1.0 / (text.rows.len().max(1) as f64).sqrt();
        let rows = text.rows.iter();
        examples.extend(rows.map(|row| Example {
            row,
            worth: worth(text.class(row)),
            weight,
        }));
    }
    let mean =
        examples.iter().map(|e| e.weight).sum::<f64>() / examples.len().max(1) as f64;
    examples.iter_mut().for_each(|example| example.weight /= mean);
    let knots: Vec<Vec<f64>> =
        (0..Trait::ALL.len()).map(|kind| knots(&examples, kind)).collect();
    let shares: Vec<Vec<(usize, f64)>> =
        examples.iter().map(|example| shares(&knots, &example.row.traits)).collect();
    let n_points = knots.iter().map(Vec::len).sum::<usize>();
    let scales = scales(&shares, n_points);
    let weights = minimise(&vec![0.0; n_points + 1], |weights| {
        loss(&examples, &shares, &scales, weights)
    });
    let mut points = weights[1..].iter();
    let curve = |xs: &Vec<f64>| {
        let mut curve: Vec<(f64, f64)> =
            xs.iter().copied().zip(points.by_ref().copied()).collect();
        curve.iter_mut().for_each(|point| point.0 = (point.0 * 1e4).round() / 1e4);
        curve
    };
    Ranker { bias: weights[0], curves: knots.iter().map(curve).collect() }
}

/// Where the points of a curve stand.
fn knots(examples: &[Example<'_>], kind: usize) -> Vec<f64> {
    let mut values: Vec<f64> = examples.iter().map(|e| e.row.traits[kind]).collect();
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    let at = |k: usize| values[(k * last + (POINTS - 1) / 2) / (POINTS - 1)];
    let mut knots: Vec<f64> = (0..POINTS).map(at).collect();
    knots.dedup_by(|b, a| (*b - *a).abs() < 1e-3);
    knots
}

/// How much each point bears on a row: its own share and that of its neighbour.
fn shares(knots: &[Vec<f64>], traits: &[f64]) -> Vec<(usize, f64)> {
    let mut out = Vec::new();
    let mut first = 0;
    for (xs, x) in knots.iter().zip(traits) {
        let above = xs.partition_point(|knot| knot <= x);
        if above == 0 || above == xs.len() {
            out.push((first + above.saturating_sub(1), 1.0));
        } else {
            let share = (x - xs[above - 1]) / (xs[above] - xs[above - 1]);
            out.push((first + above - 1, 1.0 - share));
            out.push((first + above, share));
        }
        first += xs.len();
    }
    out
}

/// Standard deviation of the share of each point.
fn scales(shares: &[Vec<(usize, f64)>], n_points: usize) -> Vec<f64> {
    let (mut sums, mut squares) = (vec![0.0; n_points], vec![0.0; n_points]);
    for (point, share) in shares.iter().flatten() {
        sums[*point] += share;
        squares[*point] += share * share;
    }
    let n = shares.len().max(1) as f64;
    let variance =
        |(sum, square): (&f64, &f64)| (square / n - (sum / n).powi(2)).max(1e-6);
    sums.iter().zip(&squares).map(variance).map(f64::sqrt).collect()
}

/// Cross-entropy in nats with the penalty, and its gradient; the first weight is the bias.
fn loss(
    examples: &[Example<'_>],
    shares: &[Vec<(usize, f64)>],
    scales: &[f64],
    weights: &[f64],
) -> (f64, Vec<f64>) {
    let (mut value, mut gradient) = (0.0, vec![0.0; weights.len()]);
    for (example, shares) in examples.iter().zip(shares) {
        let odds: f64 = weights[0]
            + shares.iter().map(|(point, share)| weights[point + 1] * share).sum::<f64>();
        let chance = 1.0 / (1.0 + (-odds).exp());
        let soft_plus = |x: f64| if x > 30.0 { x } else { x.exp().ln_1p() };
        value += example.weight * (soft_plus(odds) - example.worth * odds);
        let slope = example.weight * (chance - example.worth);
        gradient[0] += slope;
        for (point, share) in shares {
            gradient[point + 1] += slope * share;
        }
    }
    for (i, scale) in scales.iter().enumerate() {
        let weight = weights[i + 1] * scale / PRIOR;
        value += weight * weight / 2.0;
        gradient[i + 1] += weight * scale / PRIOR;
    }
    (value, gradient)
}
