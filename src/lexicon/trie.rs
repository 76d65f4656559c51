//! The headwords as a tree of characters, laid out in arrays.
//!
//! Nodes stand in breadth-first order, the children of one node next to each other by
//! character, so a node needs no more than its label and where its children begin. Headwords
//! are numbered in the order of their nodes.

use super::bytes::{SectionReader, U16s, U32s};
use super::layout::{BLOCK, MAX_CHARS, NO_CODE, code_at, size};

/// A tree of headwords.
#[derive(Debug)]
pub(super) struct Trie {
    alphabet: Alphabet,
    /// The code of each node's character.
    labels: U16s,
    /// Where the children of each node begin; one more entry than nodes.
    children: U32s,
    /// One bit a node: does a headword end there?
    ends: &'static [u8],
    /// How many headwords end before each byte of `ends`.
    ranks: U32s,
    /// The child of the root for each code, plus one; 0 for none.
    roots: Box<[u32]>,
}

/// The characters of the headwords; the code of a character is its place, counted from 1.
#[derive(Debug)]
struct Alphabet {
    /// Sorted.
    points: U32s,
    /// The codes of the Basic Multilingual Plane, by code point.
    codes: Box<[u16]>,
}

impl Alphabet {
    fn new(points: U32s) -> Self {
        let mut codes = vec![NO_CODE; 0x1_0000];
        for place in 0..points.len() {
            if let Some(code) = codes.get_mut(points.get(place) as usize) {
                *code = code_at(place);
            }
        }
        Self { points, codes: codes.into() }
    }

    fn code(&self, c: char) -> u16 {
        let point = u32::from(c);
        match self.codes.get(point as usize) {
            Some(&code) => code,
            None => self.rare_code(point),
        }
    }

    fn rare_code(&self, point: u32) -> u16 {
        self.points.find_sorted(point).map_or(NO_CODE, code_at)
    }
}

/// The headwords that a text begins with, shortest first: length in bytes, number.
pub(super) struct Prefixes {
    found: [(u8, u32); MAX_CHARS],
    next: usize,
    len: usize,
}

impl Iterator for Prefixes {
    type Item = (usize, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let (length, word) = *self.found[..self.len].get(self.next)?;
        self.next += 1;
        Some((usize::from(length), word))
    }
}

impl Trie {
    pub(super) fn read(bytes: &mut SectionReader) -> Option<Self> {
        let alphabet = Alphabet::new(bytes.u32s()?);
        let (labels, children) = (bytes.u16s()?, bytes.u32s()?);
        let (ends, ranks) = (bytes.bytes()?, bytes.u32s()?);
        let mut roots = vec![0; alphabet.points.len() + 1];
        for node in 0..children.get(0) as usize {
            *roots.get_mut(usize::from(labels.get(node)))? = size(node + 1);
        }
        Some(Self { alphabet, labels, children, ends, ranks, roots: roots.into() })
    }

    /// The code of a character, counted from 1; 0 where no headword has it.
    pub(super) fn code(&self, c: char) -> u16 {
        self.alphabet.code(c)
    }

    pub(super) fn prefixes(&self, text: &str) -> Prefixes {
        let mut found = [(0, 0); MAX_CHARS];
        let mut len = 0;
        let mut node = None;
        let mut end = 0;
        for c in text.chars().take(MAX_CHARS) {
            let Some(child) = self.child(node, self.code(c)) else { break };
            node = Some(child);
            end += c.len_utf8();
            if let Some(word) = self.word_at(child) {
                found[len] = (u8::try_from(end).expect("12 characters of 4 bytes"), word);
                len += 1;
            }
        }
        Prefixes { found, next: 0, len }
    }

    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let mut node = None;
        for c in word.chars() {
            node = Some(self.child(node, self.code(c))?);
        }
        self.word_at(node?)
    }

    /// The headword that ends at a node.
    fn word_at(&self, node: usize) -> Option<u32> {
        let block = *self.ends.get(node / BLOCK)?;
        let bit = 1 << (node % BLOCK);
        let before = (block & (bit - 1)).count_ones();
        (block & bit != 0).then(|| self.ranks.get(node / BLOCK) + before)
    }

    /// The child of a node, of the root for `None`.
    fn child(&self, node: Option<usize>, code: u16) -> Option<usize> {
        if code == NO_CODE {
            return None;
        }
        let Some(node) = node else {
            return (self.roots[usize::from(code)] as usize).checked_sub(1);
        };
        let children = self.children.group(node);
        self.labels.find_sorted(children, code)
    }
}
