//! What the shipped lexicon says about the words of this text.

use rustc_hash::{FxHashMap, FxHashSet};

use super::corpus::{Corpus, EnWord};
use crate::lexicon::{LemmaId, Seed, WordId};

/// Longest headword looked up inside a term, in characters (docs/terms.md, 7).
pub(super) const MAX_HEADWORD: usize = 6;
/// A single character supports a lemma less than a word does (docs/terms.md, 6).
const SINGLE: f32 = 0.7;

/// How much a word akin to a gloss supports a pair (docs/terms.md, 6).
const AKIN: f32 = 0.8;

/// How much a word that is a gloss behind a prefix supports a pair: 犯罪 in 网络犯罪 =
/// *cybercrime*, 提交 in 重新提交 = *resubmit* (measured).
const DERIVED: f32 = 0.7;

/// Prefixes that leave the sense of the stem whole.
const EN_PREFIXES: [&str; 17] = [
    "anti", "auto", "bio", "co", "counter", "cyber", "geo", "hydro", "inter", "micro",
    "multi", "over", "pre", "re", "sub", "super", "tele",
];

/// The lemmas of this text that a headword translates to, each with its strength, 0 to 1.
type Links = Vec<(u32, f32)>;

/// How much of its gloss each of these lemmas is, 0 to 1, in the same order.
type Shares = Vec<f32>;

/// Words that share this many letters may be akin: confiscate, confiscation (docs/terms.md, 6).
const PREFIX: usize = 5;
/// Share of the longer word that akin words have in common (docs/terms.md, 6).
const AKIN_SHARE: f64 = 0.6;

/// Do two different words share enough of their beginning? More words are akin than are of
/// one family; that may speak for a pair, but does not make two terms one.
pub(super) fn is_akin(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longer = a.chars().count().max(b.chars().count());
    a != b && shared >= PREFIX && shared as f64 >= AKIN_SHARE * longer as f64
}

/// Look-up from headwords to the lemmas of one text, remembered.
#[derive(Debug)]
pub(super) struct Dictionary<'a> {
    seed: &'a Seed,
    /// The lemmas of the text that a lemma of the lexicon stands for.
    of_lemma: FxHashMap<LemmaId, Links>,
    of_word: FxHashMap<WordId, (Links, Shares)>,
    /// The lemmas of the text by their first letters.
    by_prefix: FxHashMap<Box<str>, Vec<u32>>,
    /// Those that open with a prefix, by the first letters of what follows it.
    by_stem: FxHashMap<Box<str>, Vec<(u32, Box<str>)>>,
    texts: Vec<Box<str>>,
}

impl<'a> Dictionary<'a> {
    pub(super) fn new(corpus: &Corpus, seed: &'a Seed) -> Self {
        let mut of_lemma: FxHashMap<LemmaId, Links> = FxHashMap::default();
        for (id, lemma) in corpus.lemmas.iter().enumerate() {
            for &(known, strength) in &lemma.known {
                of_lemma.entry(known).or_default().push((id as u32, strength));
            }
        }
        let texts: Vec<Box<str>> = corpus.lemmas.iter().map(|l| l.text.clone()).collect();
        let mut by_prefix: FxHashMap<Box<str>, Vec<u32>> = FxHashMap::default();
        let mut by_stem: FxHashMap<Box<str>, Vec<(u32, Box<str>)>> = FxHashMap::default();
        for (id, text) in texts.iter().enumerate() {
            if let Some(prefix) = text.get(..PREFIX) {
                by_prefix.entry(prefix.into()).or_default().push(id as u32);
            }
            for stem in EN_PREFIXES.iter().filter_map(|prefix| text.strip_prefix(prefix))
            {
                if let Some(opening) = stem.get(..PREFIX) {
                    let stems = by_stem.entry(opening.into()).or_default();
                    stems.push((id as u32, stem.into()));
                }
            }
        }
        Self { seed, of_lemma, of_word: FxHashMap::default(), by_prefix, by_stem, texts }
    }

    /// What a headword translates to, in order of lemma.
    pub(super) fn links(&mut self, word: WordId) -> &[(u32, f32)] {
        &self.links_and_shares(word).0
    }

    fn links_and_shares(&mut self, word: WordId) -> &(Links, Shares) {
        let (seed, of_lemma) = (self.seed, &self.of_lemma);
        let (by_prefix, by_stem, texts) = (&self.by_prefix, &self.by_stem, &self.texts);
        self.of_word.entry(word).or_insert_with(|| {
            let mut links: Links = seed
                .glosses(word)
                .flatten()
                .filter_map(|lemma| of_lemma.get(lemma))
                .flatten()
                .copied()
                .collect();
            for lemma in seed.glosses(word).flatten() {
                let text = seed.lemma_text(*lemma);
                let alike = text.get(..PREFIX).and_then(|prefix| by_prefix.get(prefix));
                let alike = alike.into_iter().flatten();
                links.extend(
                    alike
                        .filter(|id| is_akin(text, &texts[**id as usize]))
                        .map(|id| (*id, AKIN)),
                );
                let derived = text.get(..PREFIX).and_then(|opening| by_stem.get(opening));
                links.extend(
                    derived
                        .into_iter()
                        .flatten()
                        .filter(|(_, stem)| **stem == *text || is_akin(text, stem))
                        .map(|(id, _)| (*id, DERIVED)),
                );
            }
            links.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            links.dedup_by_key(|link| link.0);
            let share_of = |lemma: u32| {
                let is_it = |known: &LemmaId| {
                    of_lemma
                        .get(known)
                        .is_some_and(|ids| ids.iter().any(|l| l.0 == lemma))
                        || is_akin(seed.lemma_text(*known), &texts[lemma as usize])
                };
                let lens = seed.glosses(word).filter(|gloss| gloss.iter().any(is_it));
                lens.map(<[LemmaId]>::len).min().map_or(1.0, |len| 1.0 / len as f32)
            };
            let shares = links.iter().map(|link| share_of(link.0)).collect();
            (links, shares)
        })
    }

    /// What the headwords inside a run of characters translate to: start and end of the
    /// headword in cells, lemma, strength.
    pub(super) fn support(&mut self, chars: &[char]) -> Vec<Support> {
        let text: String = chars.iter().collect();
        let mut found = Vec::new();
        let mut byte = 0;
        for (start, c) in chars.iter().enumerate() {
            let heads: Vec<(usize, WordId)> = self
                .seed
                .prefixes(&text[byte..])
                .map(|(len, word)| (len, word.id))
                .collect();
            for (len, word) in heads {
                let n = text[byte..byte + len].chars().count();
                if n > MAX_HEADWORD {
                    continue;
                }
                let scale = if n == 1 { SINGLE } else { 1.0 };
                let run = (start as u32, (start + n) as u32);
                let (links, shares) = self.links_and_shares(word);
                found.extend(links.iter().zip(shares).map(
                    |(&(lemma, strength), share)| Support {
                        start: run.0,
                        end: run.1,
                        lemma,
                        strength: strength * scale,
                        share: strength * scale * share.sqrt(),
                    },
                ));
            }
            byte += c.len_utf8();
        }
        found
    }
}

/// A stretch of a Chinese run that speaks for an English lemma.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Support {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) lemma: u32,
    pub(super) strength: f32,
    /// How much of the stretch the lemma accounts for: *police* is half of what 人民警察 says.
    pub(super) share: f32,
}

/// The glosses of the headwords in the text, as lemmas.
pub(super) fn gloss_set(corpus: &Corpus, seed: &Seed) -> FxHashSet<Vec<LemmaId>> {
    let words =
        corpus.zh_forms.iter().filter(|form| form.n_chars >= 2).filter_map(|f| f.word);
    words
        .flat_map(|word| seed.glosses(word))
        .filter(|gloss| gloss.len() >= 2)
        .map(<[LemmaId]>::to_vec)
        .collect()
}

/// The words of content as lemmas of the lexicon, `None` where it misses one.
pub(super) fn known_lemmas(corpus: &Corpus, words: &[EnWord]) -> Option<Vec<LemmaId>> {
    words
        .iter()
        .map(|word| corpus.en_form(*word))
        .filter(|form| !form.is_stop)
        .map(|form| {
            let known = corpus.lemmas[form.lemma as usize].known.first();
            known.filter(|(_, strength)| *strength >= 1.0).map(|(lemma, _)| *lemma)
        })
        .collect()
}
