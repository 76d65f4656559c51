//! The headwords as a tree of characters, laid out in arrays.
//!
//! Nodes stand in breadth-first order, the children of one node next to each other by
//! character, so a node needs no more than its label and where its children begin. Headwords
//! are numbered in the order of their nodes.

use std::ops::Range;

use bitext::lexicon::layout::{BLOCK, NO_CODE, code_at, size};

use crate::writer::Writer;

/// The layout while it is made.
#[derive(Default)]
pub(crate) struct Layout {
    /// All characters of headwords, sorted.
    alphabet: Vec<u32>,
    labels: Vec<u16>,
    children: Vec<u32>,
    is_end: Vec<bool>,
    /// The number of each headword, in the order they were given.
    pub(crate) numbers: Vec<u32>,
    n_words: u32,
}

/// The headwords of one node, and the byte where their next character begins.
type Group = (Range<usize>, usize);

impl Layout {
    /// Lays out headwords that are sorted and distinct, level by level.
    pub(crate) fn new(headwords: &[&str]) -> Self {
        let mut alphabet: Vec<u32> =
            headwords.iter().flat_map(|word| word.chars()).map(u32::from).collect();
        alphabet.sort_unstable();
        alphabet.dedup();
        let numbers = vec![0; headwords.len()];
        let mut layout = Self { alphabet, numbers, ..Self::default() };
        let mut level = layout.grow(headwords, &(0..headwords.len(), 0));
        while !level.is_empty() {
            let mut next = Vec::new();
            for group in level {
                layout.children.push(size(layout.labels.len()));
                next.extend(layout.grow(headwords, &group));
            }
            level = next;
        }
        layout.children.push(size(layout.labels.len()));
        layout
    }

    /// Adds the children of a node. Gives the headwords of each.
    fn grow(&mut self, headwords: &[&str], (range, depth): &Group) -> Vec<Group> {
        let mut groups = Vec::new();
        let mut from = range.start;
        while from < range.end {
            let Some(c) = headwords[from][*depth..].chars().next() else {
                from += 1; // the headword that ends at the node itself stands first
                continue;
            };
            let rest = &headwords[from..range.end];
            let length = rest.partition_point(|word| word[*depth..].starts_with(c));
            let end = depth + c.len_utf8();
            let is_end = headwords[from].len() == end;
            self.labels.push(self.code(c));
            self.is_end.push(is_end);
            if is_end {
                self.numbers[from] = self.n_words;
                self.n_words += 1;
            }
            groups.push((from..from + length, end));
            from += length;
        }
        groups
    }

    /// How many codes there are, that of no character included.
    pub(crate) fn n_codes(&self) -> usize {
        self.alphabet.len() + 1
    }

    pub(crate) fn code(&self, c: char) -> u16 {
        self.alphabet.binary_search(&u32::from(c)).map_or(NO_CODE, code_at)
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.u32s(self.alphabet.iter().copied());
        out.u16s(self.labels.iter().copied());
        out.u32s(self.children.iter().copied());
        let (mut ends, mut ranks, mut rank) = (Vec::new(), Vec::new(), 0);
        for block in self.is_end.chunks(BLOCK) {
            let bits = block.iter().enumerate().map(|(i, &is_end)| u8::from(is_end) << i);
            ends.push(bits.sum::<u8>());
            ranks.push(rank);
            rank += size(block.iter().filter(|&&is_end| is_end).count());
        }
        out.bytes(&ends);
        out.u32s(ranks.into_iter());
    }
}
