//! The part of the table of places that is searched.

use std::ops::Range;

use crate::types::Pair;

/// For each place between Chinese passages, a range of places between English ones.
///
/// Both ends rise, ranges of neighbouring rows touch, the first holds the beginning and the last
/// the end of both documents: so there is a ladder inside, whatever the bead types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Band {
    /// The first row; a band of a stretch between two pins begins inside the documents.
    first: usize,
    low: Vec<u32>,
    high: Vec<u32>,
}

impl Band {
    /// All places.
    pub(crate) fn full(len: Pair<usize>) -> Self {
        Band { first: 0, low: vec![0; len.zh + 1], high: vec![len.en as u32; len.zh + 1] }
    }

    /// A band that holds these ranges; what they leave undone is made good.
    pub(crate) fn around(
        mut low: Vec<u32>,
        mut high: Vec<u32>,
        len: Pair<usize>,
    ) -> Self {
        let (n, m) = (len.zh, len.en as u32);
        low[0] = 0;
        high[n] = m;
        for row in (0..n).rev() {
            low[row] = low[row].min(low[row + 1]);
        }
        for row in 1..=n {
            high[row] = high[row].max(high[row - 1]).min(m);
        }
        for row in 1..=n {
            low[row] = low[row].min(high[row - 1]);
        }
        Band { first: 0, low, high }
    }

    /// The same band, that begins at a place of longer documents.
    pub(crate) fn moved_to(mut self, start: Pair<usize>) -> Self {
        self.first += start.zh;
        for place in self.low.iter_mut().chain(&mut self.high) {
            *place += start.en as u32;
        }
        self
    }

    /// The place where it begins.
    pub(crate) fn start(&self) -> Pair<usize> {
        Pair::new(self.first, self.low(self.first))
    }

    /// The place where it ends.
    pub(crate) fn end(&self) -> Pair<usize> {
        let last = self.first + self.high.len() - 1;
        Pair::new(last, self.high(last))
    }

    /// First English place of a row.
    pub(crate) fn low(&self, zh: usize) -> usize {
        self.low[zh - self.first] as usize
    }

    /// Last English place of a row.
    pub(crate) fn high(&self, zh: usize) -> usize {
        self.high[zh - self.first] as usize
    }

    /// English places of a row.
    pub(crate) fn range(&self, zh: usize) -> Range<usize> {
        self.low(zh)..self.high(zh) + 1
    }

    /// How many places a row has.
    pub(crate) fn width(&self, zh: usize) -> usize {
        self.range(zh).len()
    }

    /// Is the place inside?
    pub(crate) fn contains(&self, zh: usize, en: usize) -> bool {
        self.range(zh).contains(&en)
    }

    /// How many places there are.
    pub(crate) fn area(&self) -> usize {
        (0..self.low.len()).map(|row| self.width(self.first + row)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_band_is_made_whole() {
        let band = Band::around(vec![3, 5, 0, 9], vec![3, 6, 2, 9], Pair::new(3, 9));
        assert_eq!(band.range(0), 0..4);
        for row in 1..=3 {
            assert!(band.low(row) >= band.low(row - 1));
            assert!(band.low(row) <= band.high(row - 1));
            assert!(band.high(row) >= band.high(row - 1));
        }
        assert!(band.contains(3, 9));
    }
}
