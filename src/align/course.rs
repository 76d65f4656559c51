//! Where a long document goes, in large steps: beside which block of English passages each
//! block of Chinese ones stands.
//!
//! Each Chinese passage lets some English words expect; these vote for the blocks they stand
//! in, and the path through the grid of blocks with the most votes beyond what chance gives is
//! the course. Blocks add up what single passages say too faintly, and look at all of the text:
//! an omission of whole chapters, or one side that grows longer than the other, is followed
//! wherever it leads.
//!
//! Measured on the Union Version against the World English Bible, 47,212 lines and 31,031: of
//! the Chinese blocks 79 % have the most votes for their own English block; the course is
//! nowhere further than 120 passages from the truth, while the straight diagonal is up to 650 off.
//!
//! The grid has at most [`BLOCKS`] rows and columns, so time is linear in the text and memory
//! bounded.

use std::ops::Range;

use crate::align::corpus::{Corpus, IndexedSide};
use crate::align::hints::{Hint, Hints, LEAST_TIMES};
use crate::align::postings::Postings;
use crate::align::threads::Threads;
use crate::types::Pair;

/// Fewest passages of a block.
const LEAST: usize = 48;
/// Most blocks of a side.
const BLOCKS: usize = 1000;
/// Blocks whose votes are counted at one go.
const PIECE: usize = 4;
/// A word that stands in more English passages does not vote.
const RARE: usize = 300;
/// Blocks that one row goes on at most without a leap.
const STEPS: usize = 6;
/// English blocks for a Chinese one, or the other way round, beyond which one of the texts is
/// not complete.
const PACE: f32 = 3.0;
/// Price of an uneven step, for each block more or less than even, in shares of the votes of a
/// good block. Even is a pace of one to one, that of the whole texts, and all between.
const UNEVEN: f32 = 0.1;
/// Votes by chance are at most this many times those that half of the blocks get by chance.
const CHANCE: f32 = 6.0;
/// Price of a leap.
const LEAP: f32 = 2.0;
/// Price of each block off the diagonal: decides only where nothing else does.
const OFF: f32 = 1e-4;

/// Where each Chinese passage is to be looked for.
#[derive(Debug)]
pub(crate) struct Course {
    /// For each Chinese passage the English one beside it.
    pub(crate) passages: Vec<usize>,
    /// How many English passages that may be off.
    pub(crate) doubt: usize,
}

impl Course {
    /// Of one document.
    pub(crate) fn new(
        corpus: &Corpus,
        texts: &Pair<IndexedSide>,
        hints: &Hints,
        postings: &Postings,
        threads: Threads,
    ) -> Self {
        let mut grid = Grid::new(Pair::new(texts.zh.len(), texts.en.len()));
        let votes = |passage: usize| {
            hints.of(passage).iter().filter_map(|&Hint { word, sum }| {
                let times = hints.times(word, sum);
                let is_rare = postings.passages_with(word).len() <= RARE;
                (is_rare && times >= LEAST_TIMES).then(|| (word, times.min(1.0)))
            })
        };
        let mut times_of = vec![0.0f32; corpus.vocabulary.en.len()];
        for (word, times) in (0..texts.zh.len()).flat_map(votes) {
            times_of[word as usize] += times;
        }
        let blocks = grid.blocks_of(texts.en.len());
        let of_block = |(sums, words): &mut (Vec<f32>, Vec<u32>), block: usize| {
            // What the passages expect of a word is added up first: each word votes once.
            for (word, times) in grid.passages(block).flat_map(votes) {
                let sum = &mut sums[word as usize];
                if *sum == 0.0 {
                    words.push(word);
                }
                *sum += times;
            }
            let mut row = vec![0.0; grid.blocks.en];
            for word in words.drain(..) {
                let times: f32 = std::mem::take(&mut sums[word as usize]);
                let at = postings.passages_with(word);
                // As in a cosine: a word that one side is full of says little on the other.
                let all = times_of[word as usize].max(1.0) * at.len() as f32;
                let vote = times / all.sqrt();
                at.iter().for_each(|&en| row[usize::from(blocks[en as usize])] += vote);
            }
            row
        };
        let mut all = Vec::with_capacity(grid.blocks.zh * grid.blocks.en);
        threads.each(
            grid.blocks.zh,
            PIECE,
            || (vec![0.0; corpus.vocabulary.en.len()], Vec::new()),
            |sums, piece| piece.map(|block| of_block(sums, block)).collect::<Vec<_>>(),
            |rows| rows.into_iter().for_each(|row| all.extend(row)),
        );
        grid.votes = all;
        let diagonal: Vec<usize> = (0..texts.zh.len())
            .step_by(grid.size)
            .map(|zh| diagonal(texts, zh))
            .collect();
        Course { passages: grid.course(&diagonal), doubt: grid.size * 5 / 2 }
    }
}

/// The English passage as far into its document, in characters, as the Chinese passage.
fn diagonal(texts: &Pair<IndexedSide>, zh_passage: usize) -> usize {
    let Pair { zh, en } = texts;
    let total = |chars: &[u32]| f64::from(*chars.last().unwrap_or(&0)).max(1.0);
    let share = f64::from(zh.chars[zh_passage]) / total(&zh.chars);
    let chars = (share * total(&en.chars)) as u32;
    en.chars.partition_point(|&before| before < chars).min(en.len().saturating_sub(1))
}

/// For each Chinese passage of a text the English one on straight lines between `knots`, which
/// rise on both sides, and to both ends of the texts.
pub(crate) fn interpolate(
    knots: impl Iterator<Item = Pair<usize>>,
    len: Pair<usize>,
) -> Vec<usize> {
    let mut course = Vec::with_capacity(len.zh);
    let mut from = Pair::new(0, 0);
    for to in knots.chain([len]) {
        for passage in from.zh..to.zh {
            let share = (passage - from.zh) * (to.en - from.en) / (to.zh - from.zh);
            course.push((from.en + share).min(len.en.saturating_sub(1)));
        }
        from = to;
    }
    course
}

/// Pairs of blocks of a document, and the votes for each.
#[derive(Debug)]
struct Grid {
    /// Passages of a block.
    size: usize,
    len: Pair<usize>,
    /// Rows and columns.
    blocks: Pair<usize>,
    /// Row by row, those of one Chinese block each.
    votes: Vec<f32>,
}

impl Grid {
    fn new(len: Pair<usize>) -> Self {
        let size = LEAST.max(len.zh.max(len.en).div_ceil(BLOCKS));
        let blocks = len.map(|len| len.div_ceil(size).max(1));
        Grid { size, len, blocks, votes: vec![0.0; blocks.zh * blocks.en] }
    }

    /// The block of each of `n` passages of a side.
    fn blocks_of(&self, n: usize) -> Vec<u16> {
        // There are at most `BLOCKS` of them.
        (0..n).map(|passage| (passage / self.size) as u16).collect()
    }

    /// The passages of a Chinese block.
    fn passages(&self, block: usize) -> Range<usize> {
        block * self.size..((block + 1) * self.size).min(self.len.zh)
    }

    /// For each Chinese passage the English one the best path leads to. `diagonal` gives the
    /// English passage for each row to turn to where nobody votes.
    fn course(&self, diagonal: &[usize]) -> Vec<usize> {
        let blocks = self.path(diagonal);
        let middle =
            |block: usize, len: usize| (block * self.size + self.size / 2).min(len);
        let knots = blocks.iter().enumerate().map(|(row, &column)| {
            Pair::new(middle(row, self.len.zh), middle(column, self.len.en))
        });
        interpolate(knots, self.len)
    }

    /// For each row the column of the best path.
    fn path(&self, diagonal: &[usize]) -> Vec<usize> {
        let Pair { zh: rows, en: columns } = self.blocks;
        let excess = self.excess();
        let most = |row: &[f32]| row.iter().copied().fold(0.0, f32::max);
        let good =
            excess.chunks(columns).map(most).sum::<f32>() / rows as f32 + f32::EPSILON;
        let own = |row: usize, column: usize| {
            let off = column.abs_diff(diagonal[row] / self.size) as f32;
            excess[row * columns + column] - off * OFF * good
        };
        let pace = (columns as f32 / rows as f32).clamp(1.0 / PACE, PACE);
        let (slow, fast) = (pace.min(1.0), pace.max(1.0));
        // Over the best paths to each block of the row before.
        let mut before: Vec<f32> = (0..columns).map(|column| own(0, column)).collect();
        let mut back: Vec<u16> = Vec::with_capacity((rows - 1) * columns);
        for row in 1..rows {
            let mut furthest = 0;
            let mut here = Vec::with_capacity(columns);
            for column in 0..columns {
                if before[column] > before[furthest] {
                    furthest = column;
                }
                let mut best = (before[furthest] - LEAP * good, furthest);
                let near = column.saturating_sub(STEPS)..=column;
                for (from, before) in near.clone().zip(&before[near]) {
                    let step = (column - from) as f32;
                    let uneven = (step - step.clamp(slow, fast)).abs();
                    let value = before - uneven * UNEVEN * good;
                    if value >= best.0 {
                        best = (value, from);
                    }
                }
                here.push(best.0 + own(row, column));
                back.push(best.1 as u16);
            }
            before = here;
        }
        let mut column = (0..columns)
            .min_by(|&a, &b| before[b].total_cmp(&before[a]))
            .unwrap_or_default();
        let mut path = vec![column; rows];
        for row in (1..rows).rev() {
            column = usize::from(back[(row - 1) * columns + column]);
            path[row - 1] = column;
        }
        path
    }

    /// The votes beyond those that the totals of row and column let expect, and beyond chance.
    fn excess(&self) -> Vec<f32> {
        let columns = self.blocks.en;
        let mut of_column = vec![0.0f32; columns];
        for row in self.votes.chunks(columns) {
            for (sum, vote) in of_column.iter_mut().zip(row) {
                *sum += vote;
            }
        }
        let total = of_column.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        let mut excess = Vec::with_capacity(self.votes.len());
        for row in self.votes.chunks(columns) {
            let of_row = row.iter().sum::<f32>();
            excess.extend(
                row.iter().zip(&of_column).map(|(vote, sum)| vote - of_row * sum / total),
            );
        }
        let mut sizes: Vec<f32> = excess.iter().map(|excess| excess.abs()).collect();
        let middle = sizes.len() / 2;
        let chance = CHANCE * *sizes.select_nth_unstable_by(middle, f32::total_cmp).1;
        excess.iter_mut().for_each(|excess| *excess = (*excess - chance).max(0.0));
        excess
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(grid: &mut Grid, zh: usize, en: usize, vote: f32) {
        let block = en / grid.size;
        grid.votes[zh / grid.size * grid.blocks.en + block] += vote;
    }

    fn straight(grid: &Grid) -> Vec<usize> {
        let Pair { zh, en } = grid.blocks;
        (0..zh).map(|row| row * en / zh * grid.size).collect()
    }

    #[test]
    fn a_course_leaps_over_what_only_one_side_has() {
        // English passages 2,000 to 3,000 are not in the Chinese.
        let mut grid = Grid::new(Pair::new(4000, 5000));
        for zh in 0..4000 {
            let true_place = if zh < 2000 { zh } else { zh + 1000 };
            vote(&mut grid, zh, true_place, 1.0);
            // A passage that everybody votes for, and chance.
            vote(&mut grid, zh, 700, 0.5);
            vote(&mut grid, zh, zh * 7919 % 5000, 0.5);
        }
        let course = grid.course(&straight(&grid));
        for zh in (100..1900).chain(2100..3900) {
            let true_place = if zh < 2000 { zh } else { zh + 1000 };
            assert!(
                course[zh].abs_diff(true_place) <= 2 * grid.size,
                "{zh}: {}",
                course[zh]
            );
        }
    }

    #[test]
    fn a_course_without_votes_is_the_diagonal() {
        for len in [Pair::new(1000, 3000), Pair::new(3000, 1000), Pair::new(700, 1)] {
            let grid = Grid::new(len);
            let course = grid.course(&straight(&grid));
            assert_eq!(course.len(), len.zh);
            for (zh, en) in course.into_iter().enumerate() {
                assert!(en.abs_diff(zh * len.en / len.zh) <= 2 * grid.size, "{zh}: {en}");
            }
        }
    }

    #[test]
    fn the_grid_of_a_huge_text_stays_small() {
        let grid = Grid::new(Pair::new(20_000_000, 3_000_000));
        assert!(grid.votes.len() <= BLOCKS * BLOCKS);
    }
}
