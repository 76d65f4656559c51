//! Where words of one version of a text stand in another.
//!
//! Both versions are lists of segments; how they are cut does not count, nor do blanks. Segments
//! that stand once in each version and in the same order are found first (patience diff), then
//! what follows and precedes them alike, then letters at both ends of what is left between:
//!
//! ```text
//! old  甲 │ 乙 │ 丙丁 │ 戊          甲   丙丁        stand
//! new  甲 │ 己 │ 丙 │ 丁 │ 庚戊     乙               is gone
//!                                   戊               stands, inside another segment
//! ```
//!
//! Time is linear in the letters but for the sorting of the segments.

use std::collections::BTreeMap;
use std::ops::Range;

/// A place in a list of segments: which one, and how many bytes into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The segment.
    pub segment: usize,
    /// Bytes into it.
    pub byte: usize,
}

/// Letters that stand in both versions, by their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    old: usize,
    new: usize,
    len: usize,
}

/// Where the letters of an old version stand in a new one.
#[derive(Clone, Debug)]
pub struct Standing {
    old: Letters,
    new: Letters,
    blocks: Vec<Block>,
}

impl Standing {
    /// Compares two versions.
    pub fn new(old: &[&str], new: &[&str]) -> Self {
        let (old, new) = (Letters::new(old), Letters::new(new));
        let mut blocks = Vec::new();
        let mut at = (0, 0);
        let end = (old.n_segments(), new.n_segments());
        for pair in same_segments(&old, &new).into_iter().chain([(end.0..end.0, end.1)]) {
            let from = (old.starts[at.0], new.starts[at.1]);
            let to = (old.starts[pair.0.start], new.starts[pair.1]);
            blocks.extend(ends_alike(&old, &new, from..to));
            let len = old.starts[pair.0.end] - old.starts[pair.0.start];
            blocks.push(Block { old: to.0, new: to.1, len });
            at = (pair.0.end, pair.1 + pair.0.len());
        }
        blocks.retain(|block| block.len > 0);
        // Neighbours that go on without a gap are one.
        blocks.dedup_by(|next, before| {
            let goes_on = before.old + before.len == next.old
                && before.new + before.len == next.new;
            before.len += if goes_on { next.len } else { 0 };
            goes_on
        });
        Self { old, new, blocks }
    }

    /// Where a stretch of the old version stands whole; `None` if it does not. An empty stretch
    /// stands where the letters around it do.
    pub fn find(&self, stretch: Range<Place>) -> Option<Range<Place>> {
        let start = self.old.number(stretch.start);
        let end = self.old.number(stretch.end).max(start);
        let (from, to) = self.found(start, end)?;
        Some(self.new.place(from)..self.new.place(to))
    }

    fn found(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        if self.old.letters.is_empty() && self.new.letters.is_empty() {
            return Some((0, 0));
        }
        let holds = |block: &&Block| block.old <= start && end <= block.old + block.len;
        // Blocks rise; of two that meet at the place the second holds what begins there.
        let behind = self.blocks.partition_point(|block| block.old <= start);
        let near = &self.blocks[behind.saturating_sub(2)..behind];
        let block = near.iter().rev().find(holds)?;
        Some((block.new + start - block.old, block.new + end - block.old))
    }
}

/// The letters of a list of segments: all but blanks.
#[derive(Clone, Debug)]
struct Letters {
    letters: Vec<char>,
    /// For each segment, and one past the last, how many letters stand before it.
    starts: Vec<usize>,
    /// For each letter, its byte in its segment.
    bytes: Vec<u32>,
}

impl Letters {
    fn new(segments: &[&str]) -> Self {
        let (mut letters, mut starts, mut bytes) = (Vec::new(), vec![0], Vec::new());
        for segment in segments {
            for (byte, letter) in segment.char_indices().filter(|(_, c)| !is_blank(*c)) {
                letters.push(letter);
                bytes.push(byte as u32);
            }
            starts.push(letters.len());
        }
        Self { letters, starts, bytes }
    }

    fn n_segments(&self) -> usize {
        self.starts.len() - 1
    }

    fn segment(&self, segment: usize) -> &[char] {
        &self.letters[self.starts[segment]..self.starts[segment + 1]]
    }

    /// How many letters stand before a place.
    fn number(&self, place: Place) -> usize {
        let Some(&start) = self.starts.get(place.segment) else {
            return self.letters.len();
        };
        let end = self.starts.get(place.segment + 1).copied().unwrap_or(start);
        start
            + self.bytes[start..end].partition_point(|&byte| (byte as usize) < place.byte)
    }

    /// The place before a letter. Segments without letters belong to what follows them.
    fn place(&self, number: usize) -> Place {
        let segment = self.starts.partition_point(|&start| start < number);
        if self.starts.get(segment) == Some(&number) {
            return Place { segment, byte: 0 };
        }
        Place { segment: segment - 1, byte: self.bytes[number] as usize }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}'
}

/// Runs of segments that stand in both versions, in order: those of the old, and the first of
/// the new.
fn same_segments(old: &Letters, new: &Letters) -> Vec<(Range<usize>, usize)> {
    let is_same = |a: usize, b: usize| old.segment(a) == new.segment(b);
    let (n_old, n_new) = (old.n_segments(), new.n_segments());
    let first = (0..n_old.min(n_new)).take_while(|&k| is_same(k, k)).count();
    let last = (0..n_old.min(n_new) - first)
        .take_while(|&k| is_same(n_old - 1 - k, n_new - 1 - k))
        .count();
    let mut runs: Vec<(Range<usize>, usize)> = vec![(0..first, 0)];
    let (end_old, end_new) = (n_old - last, n_new - last);
    for (a, b) in rising(once_in_both(old, first..end_old, new, first..end_new)) {
        let (run, from) = runs.last_mut().expect("the first run is there, if empty");
        let reached = (run.end, *from + run.len());
        if a < reached.0 || b < reached.1 {
            continue; // the run before it has grown over it
        }
        let back = (a - reached.0).min(b - reached.1);
        let back = (1..=back).take_while(|&k| is_same(a - k, b - k)).count();
        let on = (end_old - a).min(end_new - b);
        let on = (0..on).take_while(|&k| is_same(a + k, b + k)).count();
        runs.push((a - back..a + on, b - back));
    }
    runs.push((end_old..n_old, end_new));
    runs
}

/// The segments that stand once in each of two stretches.
fn once_in_both(
    old: &Letters,
    old_range: Range<usize>,
    new: &Letters,
    new_range: Range<usize>,
) -> Vec<(usize, usize)> {
    let once = |letters: &Letters, range: Range<usize>| {
        let mut places: BTreeMap<Vec<char>, Option<usize>> = BTreeMap::new();
        for at in range.filter(|&at| !letters.segment(at).is_empty()) {
            let place = places.entry(letters.segment(at).to_vec());
            place.and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let new_places = once(new, new_range);
    let mut both: Vec<(usize, usize)> = once(old, old_range)
        .into_iter()
        .filter_map(|(text, at)| Some((at?, (*new_places.get(&text)?)?)))
        .collect();
    both.sort_unstable();
    both
}

/// The longest part of the pairs whose second numbers rise too (patience sorting).
fn rising(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, &(_, second)) in pairs.iter().enumerate() {
        let pile = ends.partition_point(|&end| pairs[end].1 < second);
        before.push(pile.checked_sub(1).map(|pile| ends[pile]));
        if pile == ends.len() { ends.push(at) } else { ends[pile] = at }
    }
    let mut chain = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(here) = at {
        chain.push(pairs[here]);
        at = before[here];
    }
    chain.reverse();
    chain
}

/// What is alike at both ends of what lies between two runs.
fn ends_alike(
    old: &Letters,
    new: &Letters,
    between: Range<(usize, usize)>,
) -> [Block; 2] {
    let (from, to) = (between.start, between.end);
    let (a, b) = (&old.letters[from.0..to.0], &new.letters[from.1..to.1]);
    let alike = |(x, y): &(&char, &char)| x == y;
    let head = a.iter().zip(b).take_while(alike).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(alike).count();
    [
        Block { old: from.0, new: from.1, len: head },
        Block { old: to.0 - tail, new: to.1 - tail, len: tail },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(segment: usize, byte: usize) -> Place {
        Place { segment, byte }
    }

    fn whole(segments: Range<usize>) -> Range<Place> {
        place(segments.start, 0)..place(segments.end, 0)
    }

    #[test]
    fn what_is_the_same_stands_where_it_stood() {
        let text = ["第一条", "（略）", "（略）", "第二条", "（略）"];
        let standing = Standing::new(&text, &text);
        for first in 0..=5 {
            for last in first..=5 {
                assert_eq!(standing.find(whole(first..last)), Some(whole(first..last)));
            }
        }
    }

    #[test]
    fn what_was_changed_is_gone_and_its_neighbours_stand() {
        let old = ["雨停了。", "天晴了。", "风起了。", "夜深了。"];
        let new = ["序", "雨停了。", "雪化了。", "花开了。", "风起了。", "夜深了。"];
        let standing = Standing::new(&old, &new);
        assert_eq!(standing.find(whole(0..1)), Some(whole(1..2)));
        assert_eq!(standing.find(whole(1..2)), None);
        assert_eq!(standing.find(whole(0..2)), None);
        assert_eq!(standing.find(whole(2..4)), Some(whole(4..6)));
    }

    #[test]
    fn how_the_text_is_cut_does_not_count() {
        let old = ["One. Two.", "Three.", "Four."];
        let new = ["One.", "Two. Three.", "Four,", "and five."];
        let standing = Standing::new(&old, &new);
        assert_eq!(standing.find(whole(0..1)), Some(place(0, 0)..place(1, 5)));
        assert_eq!(standing.find(whole(1..2)), Some(place(1, 5)..place(2, 0)));
        assert_eq!(standing.find(whole(2..3)), None);
        let inside = place(0, 5)..place(1, 0);
        assert_eq!(standing.find(inside), Some(place(1, 0)..place(1, 5)));
    }

    #[test]
    fn what_moved_over_others_does_not_stand() {
        let old = ["a a", "b b", "c c", "d d"];
        let new = ["d d", "a a", "b b", "c c"];
        let standing = Standing::new(&old, &new);
        assert_eq!(standing.find(whole(0..3)), Some(whole(1..4)));
        assert_eq!(standing.find(whole(3..4)), None);
    }

    #[test]
    fn a_repeated_segment_is_found_beside_its_neighbours() {
        let old = ["x", "same", "y", "same", "z"];
        let new = ["new", "x", "same", "y", "changed", "same", "z"];
        let standing = Standing::new(&old, &new);
        assert_eq!(standing.find(whole(1..2)), Some(whole(2..3)));
        assert_eq!(standing.find(whole(3..4)), Some(whole(5..6)));
    }

    #[test]
    fn an_empty_stretch_stands_between_its_neighbours() {
        let old = ["a", "b", "c"];
        let standing = Standing::new(&old, &["n", "a", "b", "c"]);
        assert_eq!(standing.find(whole(1..1)), Some(whole(2..2)));
        assert_eq!(standing.find(whole(3..3)), Some(whole(4..4)));
        let standing = Standing::new(&old, &[]);
        assert_eq!(standing.find(whole(1..1)), None);
        assert_eq!(Standing::new(&[], &[]).find(whole(0..0)), Some(whole(0..0)));
    }
}
