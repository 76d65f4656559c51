//! In which order a reader should see the rows, and how sure each is.
//!
//! Kept apart from the linking: general words are good partners and poor terms. The chance that
//! a row is right is a logistic regression over its [`Trait`]s, each bent by a curve through a
//! few points (an additive model, Hastie & Tibshirani 1990): log-odds = bias + the sum of the
//! curves. The points stand in `data/ranker.tsv`; `examples/terms` fits them anew, docs/terms.md,
//! 10, tells from what.

use std::sync::LazyLock;

use super::traits::Trait;

/// The model that the program ships with.
pub(super) static SHIPPED: LazyLock<Ranker> =
    LazyLock::new(|| Ranker::parse(include_str!("data/ranker.tsv")));

/// How sure a row is, by its traits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranker {
    /// Log-odds of a row whose curves are all at zero.
    pub bias: f64,
    /// For each of [`Trait::ALL`] the points of its curve: value, log-odds; in order of the
    /// value. A trait without points says nothing.
    pub curves: Vec<Vec<(f64, f64)>>,
}

impl Ranker {
    /// The chance that a row is right, 0 to 1.
    pub fn confidence(&self, traits: &[f64]) -> f64 {
        1.0 / (1.0 + (-self.log_odds(traits)).exp())
    }

    fn log_odds(&self, traits: &[f64]) -> f64 {
        let curves = self.curves.iter().zip(traits);
        self.bias + curves.map(|(curve, x)| height(curve, *x)).sum::<f64>()
    }

    /// The lines of the table.
    pub fn table(&self) -> String {
        let mut out = format!("bias\t\t{:.3}\n", self.bias);
        for (kind, curve) in Trait::ALL.iter().zip(&self.curves) {
            for (x, y) in curve {
                out += &format!("{}\t{x:.4}\t{y:.3}\n", kind.name());
            }
        }
        out
    }

    /// Reads a table; lines that are none are passed over.
    fn parse(table: &str) -> Self {
        let mut out = Ranker { bias: 0.0, curves: vec![Vec::new(); Trait::ALL.len()] };
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let x = cells.next().unwrap_or_default();
            let Some(y) = cells.next().and_then(|y| y.parse::<f64>().ok()) else {
                continue;
            };
            if name == "bias" {
                out.bias = y;
            }
            let of_name = Trait::ALL.iter().position(|kind| kind.name() == name);
            if let (Some(kind), Ok(x)) = (of_name, x.parse::<f64>()) {
                out.curves[kind].push((x, y));
            }
        }
        out
    }
}

/// The height of a curve: straight between its points, level outside.
fn height(curve: &[(f64, f64)], x: f64) -> f64 {
    let above = curve.partition_point(|point| point.0 <= x);
    match (above.checked_sub(1).map(|below| curve[below]), curve.get(above)) {
        (Some((x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * (x - x0) / (x1 - x0),
        (Some((_, y)), None) | (None, Some(&(_, y))) => y,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_straight_between_its_points_and_level_outside() {
        let curve = [(0.0, 1.0), (2.0, 3.0)];
        let heights = [-1.0, 0.0, 0.5, 2.0, 9.0].map(|x| height(&curve, x));
        assert_eq!(
            heights.map(|y| (y * 100.0).round() as i64),
            [100, 100, 150, 300, 300]
        );
    }

    #[test]
    fn the_shipped_table_is_read_whole() {
        let lines = include_str!("data/ranker.tsv").lines();
        let points = lines.filter(|line| !line.starts_with('#')).count();
        let read: usize = SHIPPED.curves.iter().map(Vec::len).sum();
        assert_eq!(read + 1, points);
        for curve in &SHIPPED.curves {
            assert!(curve.is_sorted_by(|a, b| a.0 < b.0), "{curve:?}");
        }
    }

    #[test]
    fn a_table_reads_back() {
        let read = Ranker::parse(&SHIPPED.table());
        assert_eq!(read, *SHIPPED);
    }

    #[test]
    fn a_linked_edge_is_surer() {
        let mut traits = vec![0.0; Trait::ALL.len()];
        let edge = Trait::ALL.iter().position(|kind| *kind == Trait::Edge);
        let weak = SHIPPED.confidence(&traits);
        traits[edge.unwrap()] = 0.7;
        assert!(SHIPPED.confidence(&traits) > weak);
    }
}
