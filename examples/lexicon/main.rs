//! Makes the shipped lexicon from CC-CEDICT and the jieba word list.
//!
//! ```text
//! cargo run --release --example lexicon -- CEDICT JIEBA [FOLDER]
//! ```
//!
//! CEDICT is `cedict_ts.u8` of CC-CEDICT, for instance `data/cedict-2024-06-07.txt` of the
//! crate `haoxue-dict` 0.1.7; JIEBA is the word list of jieba, for instance
//! `src/data/dict.txt` of the crate `jieba-rs` 0.11.0 (`cargo fetch` on an empty package that
//! names both puts them under `~/.cargo/registry/src`). FOLDER is where `words.tsv`,
//! `characters.tsv` and `seed.bin` go: `src/lexicon/data`.
//!
//! The same sources give the same bytes. Glosses are folded with the tokeniser's own rules,
//! so that a word of a text and a word of a gloss meet; as the rules look at the glosses, the
//! tool goes round until they agree.

mod compile;
mod gloss;
mod model1;
mod source;
mod strings;
mod table;
#[cfg(test)]
mod tests;
mod trie;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use bitext::lexicon::layout::MAX_CHARS;
use bitext::text::script::is_han;
use bitext::tokenize::{Vocabulary, en};
use bitext::types::TokenKind;
use source::{Characters, Entry};

/// Longest gloss in lemmas. Longer ones explain and do not translate.
const MAX_LEMMAS: usize = 6;

/// Most glosses that are taken over from the headword an entry refers to.
const MAX_COPIED: usize = 6;

/// Words of the word list without an entry in the dictionary are taken from this count up.
const MIN_FREQUENCY: u32 = 20;

/// How often the glosses are folded anew at most; two rounds are enough.
const MAX_ROUNDS: usize = 6;

/// Words of glosses that translate nothing, unless they stand alone.
const GLOSS_STOPS: [&str; 29] = [
    "a", "an", "the", "to", "of", "in", "on", "at", "by", "for", "from", "with", "or",
    "and", "as", "into", "sb", "sth", "smb", "smth", "somebody", "one", "oneself", "be",
    "etc", "esp", "i.e.", "e.g.", "s",
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            report(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "a tool talks to whoever runs it")]
fn report(line: &str) {
    eprintln!("{line}");
}

fn run() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (cedict, jieba, folder) = match &arguments[..] {
        [cedict, jieba] => (cedict, jieba, "src/lexicon/data"),
        [cedict, jieba, folder] => (cedict, jieba, folder.as_str()),
        _ => return Err("usage: lexicon CEDICT JIEBA [FOLDER]".to_owned()),
    };
    let read = |path: &String| {
        std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))
    };
    let (cedict, jieba) = (read(cedict)?, read(jieba)?);
    let characters = Characters::of(&source::entries(&cedict));
    let words = Words::of(&cedict, &jieba, &characters);
    let words = words.text(&header(&cedict));
    let characters = characters.text(&header(&cedict));
    let seed =
        compile::compile(&words, &characters).map_err(|error| error.to_string())?;
    let write = |name: &str, bytes: &[u8]| {
        report(&format!("{name}: {} bytes", bytes.len()));
        std::fs::write(Path::new(folder).join(name), bytes)
            .map_err(|error| format!("{folder}/{name}: {error}"))
    };
    write("words.tsv", words.as_bytes())?;
    write("characters.tsv", characters.as_bytes())?;
    write("seed.bin", &seed)
}

fn header(cedict: &str) -> String {
    let date = cedict.lines().find_map(|line| line.strip_prefix("#! date="));
    let date = date.and_then(|date| date.get(..10)).unwrap_or("unknown date");
    format!(
        "# Source: CC-CEDICT of {date} (www.mdbg.net/chinese/dictionary?page=cc-cedict), changed:\n\
         #   folded to simplified headwords and lemmas; frequencies and tags: the word list of jieba.\n\
         # Licence: CC BY-SA 4.0; what comes from jieba: MIT. See LICENSE.md.\n\
         # Rebuild: cargo run --release --example lexicon -- CEDICT JIEBA\n"
    )
}

/// The headwords and what is known of them.
#[derive(Default)]
struct Words(BTreeMap<String, Word>);

#[derive(Default)]
struct Word {
    frequency: u32,
    pos: String,
    readings: BTreeSet<String>,
    glosses: Vec<Gloss>,
}

#[derive(Clone, PartialEq, Eq)]
struct Gloss {
    is_verb: bool,
    lemmas: Vec<Box<str>>,
}

/// The glosses of one entry as written, before they are folded.
struct Raw {
    headword: String,
    glosses: Vec<String>,
    same_as: Vec<String>,
}

impl Words {
    fn of(cedict: &str, jieba: &str, characters: &Characters) -> Self {
        let entries = source::entries(cedict);
        let mut words = Self::default();
        let mut raw = Vec::new();
        for entry in &entries {
            let headword = characters.fold(entry.simplified);
            if !is_headword(&headword) {
                continue;
            }
            let word = words.0.entry(headword.clone()).or_default();
            word.add_reading(entry);
            let read = gloss::read(entry.definitions);
            let same_as = read.same_as.iter().map(|word| characters.fold(word)).collect();
            raw.push(Raw { headword, glosses: read.glosses, same_as });
        }
        words.add_frequencies(jieba, characters);
        words.add_glosses(&raw);
        words
    }

    fn add_frequencies(&mut self, jieba: &str, characters: &Characters) {
        for line in source::word_list(jieba) {
            let headword = characters.fold(line.word);
            let is_new = !self.0.contains_key(&headword);
            let is_common =
                line.frequency >= MIN_FREQUENCY || headword.chars().count() == 1;
            let is_numeral = line.tag == "m";
            if !is_headword(&headword) || is_new && (!is_common || is_numeral) {
                continue;
            }
            let word = self.0.entry(headword).or_default();
            if line.frequency > word.frequency || word.pos.is_empty() {
                word.frequency = line.frequency;
                line.tag.clone_into(&mut word.pos);
            }
        }
    }

    /// Folds the glosses with what the glosses of the round before taught, until nothing
    /// changes.
    fn add_glosses(&mut self, raw: &[Raw]) {
        let readings = self.0.values().flat_map(|word| word.readings.iter());
        let syllables: BTreeSet<String> = readings.map(|r| r.to_lowercase()).collect();
        let mut taught = Taught { counts: BTreeMap::new(), syllables };
        for round in 0..MAX_ROUNDS {
            let folded: Vec<Vec<Gloss>> =
                raw.iter().map(|raw| fold(raw, &taught)).collect();
            self.set_glosses(raw, &folded);
            let counts = self.counts();
            report(&format!("round {round}: {} lemmas", counts.len()));
            if counts == taught.counts {
                break;
            }
            taught.counts = counts;
        }
    }

    fn set_glosses(&mut self, raw: &[Raw], folded: &[Vec<Gloss>]) {
        self.0.values_mut().for_each(|word| word.glosses.clear());
        for (raw, glosses) in raw.iter().zip(folded) {
            self.add(&raw.headword, glosses);
        }
        // A reference may lead to a headword that only refers itself.
        for _ in 0..2 {
            for raw in raw {
                for target in raw.same_as.iter().filter(|&target| *target != raw.headword)
                {
                    let glosses = self.0.get(target).map(|word| &word.glosses);
                    let copied: Vec<Gloss> = glosses
                        .map(|glosses| glosses.iter().take(MAX_COPIED).cloned().collect())
                        .unwrap_or_default();
                    self.add(&raw.headword, &copied);
                }
            }
        }
    }

    fn add(&mut self, headword: &str, glosses: &[Gloss]) {
        let Some(word) = self.0.get_mut(headword) else { return };
        for gloss in glosses {
            let twin = word.glosses.iter_mut().find(|other| other.lemmas == gloss.lemmas);
            match twin {
                Some(twin) => twin.is_verb |= gloss.is_verb,
                None => word.glosses.push(gloss.clone()),
            }
        }
    }

    /// In how many glosses each lemma stands.
    fn counts(&self) -> BTreeMap<Box<str>, u32> {
        let mut counts = BTreeMap::new();
        for gloss in self.0.values().flat_map(|word| &word.glosses) {
            for lemma in gloss.lemmas.iter().collect::<BTreeSet<_>>() {
                *counts.entry(lemma.clone()).or_default() += 1;
            }
        }
        counts
    }

    fn text(&self, header: &str) -> String {
        let mut text = "# What: Chinese headwords with their English glosses.\n\
             # Fields: headword, frequency, part of speech, readings of a character, glosses.\n"
            .to_owned();
        text.push_str(header);
        for (headword, word) in &self.0 {
            let readings: Vec<&str> = word.readings.iter().map(String::as_str).collect();
            let glosses: Vec<String> = word.glosses.iter().map(Gloss::text).collect();
            let (readings, glosses) = (readings.join(" "), glosses.join("; "));
            let Word { frequency, pos, .. } = word;
            writeln!(text, "{headword}\t{frequency}\t{pos}\t{readings}\t{glosses}")
                .expect("a string takes everything");
        }
        text
    }
}

impl Word {
    /// Of single characters: how they are read, with a capital as a surname.
    fn add_reading(&mut self, entry: &Entry<'_>) {
        if entry.simplified.chars().count() != 1 {
            return;
        }
        let letters: String =
            entry.pinyin.chars().filter(char::is_ascii_alphabetic).collect();
        let is_syllable = entry.pinyin.is_ascii()
            && letters.to_lowercase().contains(['a', 'e', 'i', 'o', 'u']);
        if is_syllable {
            let is_surname = entry.definitions.contains("surname ")
                && letters.starts_with(|c: char| c.is_ascii_uppercase());
            self.readings.insert(letters.to_lowercase());
            if is_surname {
                self.readings.insert(letters);
            }
        }
    }
}

impl Gloss {
    fn text(&self) -> String {
        let to = if self.is_verb { "to " } else { "" };
        format!("{to}{}", self.lemmas.join(" "))
    }
}

/// What the tokeniser may ask while there is no lexicon yet.
struct Taught {
    counts: BTreeMap<Box<str>, u32>,
    syllables: BTreeSet<String>,
}

impl Vocabulary for Taught {
    fn count(&self, lemma: &str) -> u32 {
        self.counts.get(lemma).copied().unwrap_or(0)
    }

    fn is_syllable(&self, letters: &str) -> bool {
        self.syllables.contains(letters)
    }
}

/// The glosses of an entry as lemmas, those left out that are too long or empty.
fn fold(raw: &Raw, taught: &Taught) -> Vec<Gloss> {
    let folded = raw.glosses.iter().map(|gloss| {
        let tokens = en::words(gloss, taught);
        let is_word = |kind| matches!(kind, TokenKind::Word | TokenKind::Number);
        let all: Vec<Box<str>> = tokens
            .into_iter()
            .filter(|token| is_word(token.kind))
            .map(|token| token.form)
            .collect();
        let is_verb = all.len() > 1 && &*all[0] == "to";
        let content: Vec<Box<str>> = all
            .iter()
            .filter(|lemma| !GLOSS_STOPS.contains(&&***lemma))
            .cloned()
            .collect();
        match content.is_empty() {
            true => Gloss { is_verb: false, lemmas: all },
            false => Gloss { is_verb, lemmas: content },
        }
    });
    folded.filter(|gloss| (1..=MAX_LEMMAS).contains(&gloss.lemmas.len())).collect()
}

fn is_headword(word: &str) -> bool {
    (1..=MAX_CHARS).contains(&word.chars().count()) && word.chars().all(is_han)
}
