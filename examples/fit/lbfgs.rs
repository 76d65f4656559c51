//! Minimises a smooth function: limited-memory BFGS with backtracking.
//!
//! Source: Nocedal & Wright 2006, Numerical Optimization, algorithms 7.4 and 3.1.

use std::collections::VecDeque;

/// Pairs of steps remembered.
const MEMORY: usize = 10;
/// Most steps.
const STEPS: usize = 200;
/// Gain below which it stops, relative to the value.
const TOLERANCE: f64 = 1e-7;

/// The place where `f` is least, from `start` on. `f` returns its value and gradient.
pub(crate) fn minimise(
    start: &[f64],
    mut f: impl FnMut(&[f64]) -> (f64, Vec<f64>),
) -> Vec<f64> {
    let mut x = start.to_vec();
    let (mut value, mut gradient) = f(&x);
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>)> = VecDeque::new();
    for _ in 0..STEPS {
        let direction = direction(&gradient, &memory);
        let slope = dot(&gradient, &direction);
        if slope >= 0.0 {
            break;
        }
        let mut step =
            if memory.is_empty() { 1.0 / norm(&gradient).max(1.0) } else { 1.0 };
        let taken = loop {
            let next: Vec<f64> =
                x.iter().zip(&direction).map(|(x, d)| x + step * d).collect();
            let (next_value, next_gradient) = f(&next);
            if next_value <= value + 1e-4 * step * slope {
                break Some((next, next_value, next_gradient));
            }
            step *= 0.5;
            if step < 1e-10 {
                break None;
            }
        };
        let Some((next, next_value, next_gradient)) = taken else { break };
        let moved = difference(&next, &x);
        let turned = difference(&next_gradient, &gradient);
        if dot(&moved, &turned) > 1e-12 {
            memory.push_back((moved, turned));
            if memory.len() > MEMORY {
                memory.pop_front();
            }
        }
        let gained = value - next_value;
        (x, value, gradient) = (next, next_value, next_gradient);
        if gained < TOLERANCE * value.abs().max(1.0) {
            break;
        }
    }
    x
}

fn direction(gradient: &[f64], memory: &VecDeque<(Vec<f64>, Vec<f64>)>) -> Vec<f64> {
    let mut q: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(memory.len());
    for (moved, turned) in memory.iter().rev() {
        let share = dot(moved, &q) / dot(moved, turned);
        add(&mut q, turned, -share);
        shares.push(share);
    }
    if let Some((moved, turned)) = memory.back() {
        let scale = dot(moved, turned) / dot(turned, turned);
        q.iter_mut().for_each(|q| *q *= scale);
    }
    for ((moved, turned), share) in memory.iter().zip(shares.into_iter().rev()) {
        let back = dot(turned, &q) / dot(moved, turned);
        add(&mut q, moved, share - back);
    }
    q
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn add(to: &mut [f64], what: &[f64], times: f64) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += times * what;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_of_a_bent_valley_is_found() {
        let rosenbrock = |x: &[f64]| {
            let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
            let value = a * a + 100.0 * b * b;
            (value, vec![-2.0 * a - 400.0 * x[0] * b, 200.0 * b])
        };
        let x = minimise(&[-1.2, 1.0], rosenbrock);
        assert!((x[0] - 1.0).abs() < 1e-3 && (x[1] - 1.0).abs() < 1e-3, "{x:?}");
    }
}
