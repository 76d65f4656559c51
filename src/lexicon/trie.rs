//! The headwords as a tree of characters, laid out in arrays.
//!
//! Nodes stand in breadth-first order, the children of one node next to each other by
//! character, so a node needs no more than its label and where its children begin. Headwords
//! are numbered in the order of their nodes.

use super::bytes::{Reader, Writer, size};

/// Longest headword in characters. The look-up returns its finds without allocating, so the
/// length must be known; one in a thousand headwords of CC-CEDICT is longer.
pub(super) const MAX_CHARS: usize = 12;

/// The code of a character that is in no headword.
const NO_CODE: u16 = 0;

/// A tree of headwords.
#[derive(Debug)]
pub(super) struct Trie {
    /// All characters of headwords, sorted; the code of a character is its place plus one.
    alphabet: Vec<u32>,
    /// The codes of the Basic Multilingual Plane, by code point.
    codes: Box<[u16]>,
    /// The code of each node's character.
    labels: Vec<u16>,
    /// Where the children of each node begin; one more entry than nodes.
    children: Vec<u32>,
    /// The headword that ends at each node, plus one; 0 for none.
    words: Vec<u32>,
    /// The child of the root for each code.
    roots: Vec<u32>,
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
    /// Lays out headwords that are sorted and distinct. Gives the tree and for each headword
    /// its number in it.
    pub(super) fn new(headwords: &[&str]) -> (Self, Vec<u32>) {
        let mut alphabet: Vec<u32> =
            headwords.iter().flat_map(|word| word.chars()).map(u32::from).collect();
        alphabet.sort_unstable();
        alphabet.dedup();
        let mut builder = Builder::new(alphabet);
        builder.grow(headwords);
        let Builder { mut trie, numbers } = builder;
        trie.index();
        (trie, numbers)
    }

    /// How many codes there are, that of no character included.
    pub(super) fn n_codes(&self) -> usize {
        self.alphabet.len() + 1
    }

    /// The code of a character, counted from 1; 0 where no headword has it.
    pub(super) fn code(&self, c: char) -> u16 {
        let point = u32::from(c);
        match self.codes.get(point as usize) {
            Some(&code) => code,
            None => self.alphabet.binary_search(&point).map_or(NO_CODE, code_at),
        }
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
            if let Some(word) = self.words[child].checked_sub(1) {
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
        self.words[node?].checked_sub(1)
    }

    /// The child of a node, of the root for `None`.
    fn child(&self, node: Option<usize>, code: u16) -> Option<usize> {
        if code == NO_CODE {
            return None;
        }
        let Some(node) = node else {
            return (self.roots[usize::from(code)] as usize).checked_sub(1);
        };
        let (start, end) =
            (self.children[node] as usize, self.children[node + 1] as usize);
        let place = self.labels[start..end].binary_search(&code).ok()?;
        Some(start + place)
    }

    /// Fills the tables that follow from the others.
    fn index(&mut self) {
        let mut codes = vec![NO_CODE; 0x1_0000];
        for (place, &point) in self.alphabet.iter().enumerate() {
            if let Some(code) = codes.get_mut(point as usize) {
                *code = code_at(place);
            }
        }
        self.codes = codes.into();
        self.roots = vec![0; self.n_codes()];
        let n_roots = self.children.first().map_or(0, |&first| first as usize);
        for (node, &label) in self.labels[..n_roots].iter().enumerate() {
            self.roots[usize::from(label)] = size(node + 1);
        }
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.u32s(self.alphabet.iter().copied());
        out.u16s(self.labels.iter().copied());
        out.u32s(self.children.iter().copied());
        let ends: Vec<u8> = self.words.iter().map(|&word| u8::from(word != 0)).collect();
        out.bytes(&ends);
    }

    pub(super) fn read(bytes: &mut Reader<'_>) -> Option<Self> {
        let (alphabet, labels, children) = (bytes.u32s()?, bytes.u16s()?, bytes.u32s()?);
        let mut n_words = 0;
        let number = |&is_end: &u8| {
            n_words += u32::from(is_end);
            u32::from(is_end) * n_words
        };
        let words = bytes.bytes()?.iter().map(number).collect();
        let (codes, roots) = (Box::default(), Vec::new());
        let mut trie = Self { alphabet, codes, labels, children, words, roots };
        trie.index();
        Some(trie)
    }
}

fn code_at(place: usize) -> u16 {
    u16::try_from(place + 1).expect("headwords have less than 65,535 characters")
}

struct Builder {
    trie: Trie,
    numbers: Vec<u32>,
}

impl Builder {
    fn new(alphabet: Vec<u32>) -> Self {
        let (codes, roots) = (Box::default(), Vec::new());
        let (labels, children, words) = (Vec::new(), Vec::new(), Vec::new());
        let trie = Trie { alphabet, codes, labels, children, words, roots };
        Self { trie, numbers: Vec::new() }
    }

    /// Lays out the tree level by level: each group is the headwords of one node, each with
    /// the byte its next character begins at.
    fn grow(&mut self, headwords: &[&str]) {
        self.numbers = vec![0; headwords.len()];
        let mut level = vec![(0..headwords.len(), 0)];
        self.trie.index(); // the codes, for the labels
        let mut n_words = 0;
        while !level.is_empty() {
            let mut next = Vec::new();
            for (range, depth) in level {
                if depth > 0 {
                    self.trie.children.push(size(self.trie.labels.len()));
                }
                self.children_of(headwords, range, depth, &mut next, &mut n_words);
            }
            level = next;
        }
        self.trie.children.push(size(self.trie.labels.len()));
    }

    fn children_of(
        &mut self,
        headwords: &[&str],
        range: std::ops::Range<usize>,
        depth: usize,
        next: &mut Vec<(std::ops::Range<usize>, usize)>,
        n_words: &mut u32,
    ) {
        let mut from = range.start;
        while from < range.end {
            let Some(c) = headwords[from][depth..].chars().next() else {
                from += 1; // the headword that ends at the node itself stands first
                continue;
            };
            let group = headwords[from..range.end]
                .partition_point(|word| word[depth..].starts_with(c));
            let end = depth + c.len_utf8();
            let is_word = headwords[from].len() == end;
            self.trie.labels.push(self.trie.code(c));
            self.trie.words.push(if is_word { *n_words + 1 } else { 0 });
            if is_word {
                self.numbers[from] = *n_words;
                *n_words += 1;
            }
            next.push((from..from + group, end));
            from += group;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(headwords: &[&str], text: &str) -> Vec<String> {
        let (trie, _) = Trie::new(headwords);
        trie.prefixes(text).map(|(length, _)| text[..length].to_owned()).collect()
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
        let headwords = ["一", "一九", "法", "法律", "𠀋"];
        let (trie, numbers) = Trie::new(&headwords);
        for (headword, number) in headwords.iter().zip(numbers) {
            assert_eq!(trie.find(headword), Some(number));
        }
        assert_eq!(trie.find("律"), None);
        assert_eq!(trie.find("九"), None);
        assert_eq!(trie.find(""), None);
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let headwords = ["一", "一九", "法", "法律", "𠀋"];
        let (trie, numbers) = Trie::new(&headwords);
        let mut out = Writer::default();
        trie.write(&mut out);
        let bytes = out.into_bytes();
        let read = Trie::read(&mut Reader(&bytes)).unwrap();
        for (headword, number) in headwords.iter().zip(numbers) {
            assert_eq!(read.find(headword), Some(number));
        }
    }

    #[test]
    fn an_empty_tree_finds_nothing() {
        assert_eq!(finds(&[], "中华"), Vec::<String>::new());
    }
}
