//! Where things stand: the matrices of ISO 32000-1, 8.3.3.

/// `[a b c d e f]`: a point (x, y) goes to (ax + cy + e, bx + dy + f).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn shift(x: f64, y: f64) -> Self {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this one, then the other.
    pub(super) fn then(self, other: Matrix) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let ([g, h, i, j, _, _], (x, y)) = (other.0, other.apply(e, f));
        Matrix([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, x, y])
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The side of the square that is as large as what a square of side 1 becomes.
    pub(super) fn scale(self) -> f64 {
        let [a, b, c, d, _, _] = self.0;
        (a * d - b * c).abs().sqrt()
    }

    /// What puts a box into a rectangle; both as left, bottom, right, top.
    pub(super) fn fit(from: [f64; 4], into: [f64; 4]) -> Self {
        let ratio = |k: usize| {
            let (from, into) = (from[k + 2] - from[k], into[k + 2] - into[k]);
            if from.abs() > 0.0 { into / from } else { 1.0 }
        };
        let (wide, high) = (ratio(0), ratio(1));
        let (x, y) = (into[0] - from[0] * wide, into[1] - from[1] * high);
        Matrix([wide, 0.0, 0.0, high, x, y])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_are_applied_one_after_the_other() {
        let turn = Matrix([0.0, 2.0, -2.0, 0.0, 0.0, 0.0]);
        let both = Matrix::shift(1.0, 0.0).then(turn);
        assert_eq!(both.apply(1.0, 0.0), (0.0, 4.0));
        assert_eq!((both.scale(), Matrix::IDENTITY.then(both)), (2.0, both));
        let fit = Matrix::fit([0.0, 0.0, 10.0, 0.0], [5.0, 7.0, 25.0, 9.0]);
        assert_eq!(
            [fit.apply(0.0, 0.0), fit.apply(10.0, 0.0)],
            [(5.0, 7.0), (25.0, 7.0)]
        );
    }
}
