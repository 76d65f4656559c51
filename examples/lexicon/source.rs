//! The sources as they are.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One line of CC-CEDICT.
pub(crate) struct Entry<'a> {
    pub(crate) traditional: &'a str,
    pub(crate) simplified: &'a str,
    /// `zhong1 guo2`
    pub(crate) pinyin: &'a str,
    /// `/China/Middle Kingdom/`
    pub(crate) definitions: &'a str,
}

/// The entries of CC-CEDICT, format `ts`.
pub(crate) fn entries(cedict: &str) -> Vec<Entry<'_>> {
    cedict.lines().filter(|line| !line.starts_with('#')).filter_map(entry).collect()
}

fn entry(line: &str) -> Option<Entry<'_>> {
    let (traditional, rest) = line.split_once(' ')?;
    let (simplified, rest) = rest.split_once(" [")?;
    let (pinyin, definitions) = rest.split_once("] ")?;
    Some(Entry { traditional, simplified, pinyin, definitions })
}

/// One line of the word list of jieba.
pub(crate) struct Line<'a> {
    pub(crate) word: &'a str,
    pub(crate) frequency: u32,
    pub(crate) tag: &'a str,
}

/// The lines of the word list.
pub(crate) fn word_list(jieba: &str) -> impl Iterator<Item = Line<'_>> {
    jieba.lines().filter_map(|line| {
        let mut fields = line.split(' ');
        let (word, frequency) = (fields.next()?, fields.next()?.parse().ok()?);
        Some(Line { word, frequency, tag: fields.next().unwrap_or("") })
    })
}

/// Which traditional character is written how in simplified text.
pub(crate) struct Characters(BTreeMap<char, char>);

impl Characters {
    /// For each traditional character the simplified one it stands against in most headwords
    /// of the same length. The entries of single characters alone would mislead: rare
    /// variants have entries too.
    pub(crate) fn of(entries: &[Entry<'_>]) -> Self {
        let mut counts: BTreeMap<char, BTreeMap<char, usize>> = BTreeMap::new();
        for entry in entries {
            if entry.traditional.chars().count() != entry.simplified.chars().count() {
                continue;
            }
            for (from, to) in entry.traditional.chars().zip(entry.simplified.chars()) {
                *counts.entry(from).or_default().entry(to).or_default() += 1;
            }
        }
        let pairs = counts.into_iter().filter_map(|(from, counts)| {
            // Ties go to the smaller code point.
            let most = counts.into_iter().rev().max_by_key(|&(_, n)| n);
            most.map(|(to, _)| (from, to)).filter(|(from, to)| from != to)
        });
        let mut characters = Self(pairs.collect());
        characters.follow();
        characters
    }

    /// What a character folds to must fold no further.
    fn follow(&mut self) {
        let step = |map: &BTreeMap<char, char>, c| map.get(&c).copied().unwrap_or(c);
        let followed: BTreeMap<char, char> = self
            .0
            .iter()
            .map(|(&from, &to)| (from, step(&self.0, to)))
            .filter(|(from, to)| from != to)
            .collect();
        self.0 = followed;
        let is_cyclic = |to: &char| self.0.contains_key(to);
        let cyclic: Vec<char> = self.0.values().copied().filter(is_cyclic).collect();
        cyclic.iter().for_each(|to| {
            self.0.remove(to);
        });
    }

    /// A word in the characters that look-up uses.
    pub(crate) fn fold(&self, word: &str) -> String {
        word.chars().map(|c| self.0.get(&c).copied().unwrap_or(c)).collect()
    }

    /// The table as text.
    pub(crate) fn text(&self, header: &str) -> String {
        let mut text = "# What: traditional characters and the simplified ones they are looked up as.\n\
             # Fields: traditional, simplified.\n"
            .to_owned();
        text.push_str(header);
        for (from, to) in &self.0 {
            writeln!(text, "{from}\t{to}").expect("a string takes everything");
        }
        text
    }
}
