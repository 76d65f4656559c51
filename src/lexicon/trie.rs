//! The headwords as a tree of characters, laid out in arrays.
//!
//! Nodes stand in breadth-first order, the children of one node next to each other by
//! character, so a node needs no more than its label and where its children begin. Headwords
//! are numbered in the order of their nodes.

use std::ops::Range;

use super::bytes::{Reader, U16s, U32s, Writer, size};

/// Longest headword in characters. The look-up returns its finds without allocating, so the
/// length must be known; one in a thousand headwords of CC-CEDICT is longer.
pub(super) const MAX_CHARS: usize = 12;

/// The code of a character that is in no headword.
const NO_CODE: u16 = 0;

/// Nodes of one block of the bit set of word ends.
const BLOCK: usize = 8;

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
    pub(super) fn read(bytes: &mut Reader) -> Option<Self> {
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

fn code_at(place: usize) -> u16 {
    u16::try_from(place + 1).expect("headwords have less than 65,535 characters")
}

/// The layout while it is made.
#[derive(Default)]
pub(super) struct Layout {
    /// All characters of headwords, sorted.
    alphabet: Vec<u32>,
    labels: Vec<u16>,
    children: Vec<u32>,
    is_end: Vec<bool>,
    /// The number of each headword, in the order they were given.
    pub(super) numbers: Vec<u32>,
    n_words: u32,
}

/// The headwords of one node, and the byte where their next character begins.
type Group = (Range<usize>, usize);

impl Layout {
    /// Lays out headwords that are sorted and distinct, level by level.
    pub(super) fn new(headwords: &[&str]) -> Self {
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
    pub(super) fn n_codes(&self) -> usize {
        self.alphabet.len() + 1
    }

    pub(super) fn code(&self, c: char) -> u16 {
        self.alphabet.binary_search(&u32::from(c)).map_or(NO_CODE, code_at)
    }

    pub(super) fn write(&self, out: &mut Writer) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::bytes::written;

    fn trie(headwords: &[&str]) -> Trie {
        Trie::read(&mut written(|out| Layout::new(headwords).write(out))).unwrap()
    }

    fn finds(headwords: &[&str], text: &str) -> Vec<String> {
        let found = trie(headwords).prefixes(text);
        found.map(|(length, _)| text[..length].to_owned()).collect()
    }

    #[test]
    fn prefixes_are_all_headwords_a_text_begins_with_shortest_first() {
        let headwords = ["中", "中华", "中华人民", "华", "合同"];
        assert_eq!(finds(&headwords, "中华人民共和国"), ["中", "中华", "中华人民"]);
        assert_eq!(finds(&headwords, "合"), Vec::<String>::new());
        assert_eq!(finds(&headwords, ""), Vec::<String>::new());
    }

    #[test]
    fn a_headword_is_found_under_the_number_it_was_given() {
        let headwords =
            ["一", "一九", "丁", "七", "三", "三七", "三九", "法", "法律", "法院", "𠀋"];
        let numbers = Layout::new(&headwords).numbers;
        let trie = trie(&headwords);
        for (headword, number) in headwords.iter().zip(numbers) {
            assert_eq!(trie.find(headword), Some(number), "{headword}");
        }
        for other in ["律", "九", "三三", "𠀌", ""] {
            assert_eq!(trie.find(other), None, "{other}");
        }
    }

    #[test]
    fn an_empty_tree_finds_nothing() {
        assert_eq!(finds(&[], "中华"), Vec::<String>::new());
    }
}
