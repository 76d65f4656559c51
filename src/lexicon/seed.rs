use std::ops::Range;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::bytes::{SectionReader, U16s, U32s};
use super::layout::{PROBABILITY_STEP, SURNAME, size};
use super::strings::Strings;
use super::trie::Trie;
use super::{LemmaId, Word, WordId};

/// The shipped lexicon: Chinese headwords with the lemmas of their English glosses.
#[derive(Debug)]
pub struct Seed {
    trie: Trie,
    frequency: U32s,
    tag: &'static [u8],
    tags: Vec<&'static str>,
    lemmas: Strings,
    /// In how many glosses each lemma stands.
    gloss_count: U32s,
    /// How many of those it opens after `to`.
    verb_count: U32s,
    /// Where the glosses of each word begin in `gloss_starts`.
    word_starts: U32s,
    /// Where the lemmas of each gloss begin in `gloss_lemmas`.
    gloss_starts: U32s,
    gloss_lemmas: U16s,
    /// Model 1, by the code of the character.
    model1_starts: U32s,
    model1_lemmas: U16s,
    model1_steps: U16s,
    pub(super) syllables: Strings,
    reading_starts: U32s,
    readings: U16s,
    simplification: Simplification,
    stems: Strings,
    stem_starts: U32s,
    stem_lemmas: U16s,
    /// `gloss_lemmas` as ids, made when first asked for.
    gloss_ids: OnceLock<Vec<LemmaId>>,
    /// Made when first asked for.
    words_of: OnceLock<(Vec<usize>, Vec<WordId>)>,
}

/// Traditional to simplified characters.
#[derive(Debug)]
struct Simplification {
    traditional: U32s,
    simplified: U32s,
    /// For the Basic Multilingual Plane: place in the lists, plus one.
    places: Box<[u16]>,
}

impl Simplification {
    fn new(traditional: U32s, simplified: U32s) -> Option<Self> {
        let mut places = vec![0; 0x1_0000];
        for i in 0..traditional.len() {
            if let Some(place) = places.get_mut(traditional.get(i) as usize) {
                *place = u16::try_from(i + 1).ok()?;
            }
        }
        Some(Self { traditional, simplified, places: places.into() })
    }

    fn simplify(&self, c: char) -> char {
        let place = match self.places.get(u32::from(c) as usize) {
            Some(0) => None,
            Some(&place) => Some(usize::from(place) - 1),
            None => self.traditional.find_sorted(u32::from(c)),
        };
        place.and_then(|place| char::from_u32(self.simplified.get(place))).unwrap_or(c)
    }
}

impl Seed {
    /// The lexicon that comes with the program, loaded once.
    ///
    /// # Panics
    ///
    /// Never: a test holds that the shipped bytes are sound.
    pub fn shipped() -> &'static Seed {
        static SEED: OnceLock<Seed> = OnceLock::new();
        SEED.get_or_init(|| {
            Self::parse(include_bytes!("data/seed.bin"))
                .expect("a test holds that seed.bin is what examples/lexicon writes")
        })
    }

    /// Reads what `examples/lexicon` wrote, where it lies; `None` for anything cut short.
    pub fn parse(bytes: &'static [u8]) -> Option<Seed> {
        let bytes = &mut SectionReader(bytes);
        Some(Seed {
            trie: Trie::read(bytes)?,
            frequency: bytes.u32s()?,
            tag: bytes.bytes()?,
            tags: std::str::from_utf8(bytes.bytes()?).ok()?.split('\n').collect(),
            lemmas: Strings::read(bytes)?,
            gloss_count: bytes.u32s()?,
            verb_count: bytes.u32s()?,
            word_starts: bytes.u32s()?,
            gloss_starts: bytes.u32s()?,
            gloss_lemmas: bytes.u16s()?,
            model1_starts: bytes.u32s()?,
            model1_lemmas: bytes.u16s()?,
            model1_steps: bytes.u16s()?,
            syllables: Strings::read(bytes)?,
            reading_starts: bytes.u32s()?,
            readings: bytes.u16s()?,
            simplification: Simplification::new(bytes.u32s()?, bytes.u32s()?)?,
            stems: Strings::read(bytes)?,
            stem_starts: bytes.u32s()?,
            stem_lemmas: bytes.u16s()?,
            gloss_ids: OnceLock::new(),
            words_of: OnceLock::new(),
        })
    }

    /// The simplified form of a character: itself where there is none.
    ///
    /// The form that most headwords of CC-CEDICT have it in, so 乾 and 干 fall together;
    /// good to compare with, not to print.
    pub fn simplify(&self, c: char) -> char {
        self.simplification.simplify(c)
    }

    /// The headword that is exactly `word`, in simplified characters.
    pub fn word(&self, word: &str) -> Option<Word<'_>> {
        self.trie.find(word).map(|id| self.word_at(id))
    }

    /// All headwords that `text` (simplified) begins with, shortest first, each with its
    /// length in bytes.
    pub fn prefixes<'a>(
        &'a self,
        text: &str,
    ) -> impl Iterator<Item = (usize, Word<'a>)> + use<'a> {
        self.trie.prefixes(text).map(|(length, id)| (length, self.word_at(id)))
    }

    /// How many headwords there are; their ids are those below.
    pub fn n_words(&self) -> usize {
        self.frequency.len()
    }

    /// How many lemmas there are; their ids are those below.
    pub fn n_lemmas(&self) -> usize {
        self.lemmas.len()
    }

    fn word_at(&self, id: u32) -> Word<'_> {
        let place = id as usize;
        Word {
            id: WordId(id),
            frequency: self.frequency.get(place),
            pos: self.tags[usize::from(self.tag[place])],
        }
    }

    /// Has the headword a translation? Those of the word list alone have none.
    pub fn is_glossed(&self, word: WordId) -> bool {
        !self.gloss_range(word).is_empty()
    }

    /// The glosses of a headword, each as the lemmas of its words in order, words like `to`,
    /// `a`, `of` left out.
    pub fn glosses(&self, word: WordId) -> impl Iterator<Item = &[LemmaId]> {
        let ids = self.gloss_ids.get_or_init(|| {
            (0..self.gloss_lemmas.len()).map(|i| id(self.gloss_lemmas.get(i))).collect()
        });
        self.gloss_range(word).map(|gloss| &ids[self.gloss_starts.group(gloss)])
    }

    fn gloss_range(&self, word: WordId) -> Range<usize> {
        self.word_starts.group(word.0 as usize)
    }

    /// The headwords with the lemma in a gloss, in order of their ids.
    ///
    /// The first call takes some milliseconds: it turns the glosses round.
    pub fn words_of(&self, lemma: LemmaId) -> &[WordId] {
        let (starts, words) = self.words_of.get_or_init(|| self.turned_round());
        let place = lemma.0 as usize;
        match (starts.get(place), starts.get(place + 1)) {
            (Some(&start), Some(&end)) => &words[start..end],
            _ => &[],
        }
    }

    /// The headwords of each lemma: where each lemma's begin, and all of them.
    fn turned_round(&self) -> (Vec<usize>, Vec<WordId>) {
        let n_words = size(self.n_words());
        let mut pairs = Vec::with_capacity(self.gloss_lemmas.len());
        let mut starts = vec![0; self.n_lemmas() + 1];
        let mut last = vec![WordId(n_words); self.n_lemmas()];
        for word in (0..n_words).map(WordId) {
            for &lemma in self.glosses(word).flatten() {
                let place = lemma.0 as usize;
                if last[place] != word {
                    last[place] = word;
                    starts[place + 1] += 1;
                    pairs.push((place, word));
                }
            }
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut words = vec![WordId(0); pairs.len()];
        for (place, word) in pairs {
            words[next[place]] = word;
            next[place] += 1;
        }
        (starts, words)
    }

    /// How likely each lemma is for a single character: IBM Model 1 over the characters of
    /// all headwords and their glosses, probabilities under 0.004 left out.
    pub fn char_lemmas(&self, c: char) -> impl Iterator<Item = (LemmaId, f32)> {
        self.model1_starts.group(usize::from(self.trie.code(c))).map(|place| {
            let probability = f32::from(self.model1_steps.get(place)) * PROBABILITY_STEP;
            (id(self.model1_lemmas.get(place)), probability)
        })
    }

    /// The toneless Mandarin readings of a character (`zhong`), none where unknown.
    pub fn readings(&self, c: char) -> impl Iterator<Item = &str> {
        self.reading_numbers(c)
            .filter(|(_, is_surname)| !is_surname)
            .map(|(syllable, _)| self.syllables.get(syllable))
    }

    /// The readings of a character as numbers of syllables, and whether of a surname. A
    /// surname's reading stands twice.
    pub(super) fn reading_numbers(&self, c: char) -> impl Iterator<Item = (usize, bool)> {
        self.reading_starts.group(usize::from(self.trie.code(c))).map(|place| {
            let reading = self.readings.get(place);
            (usize::from(reading & !SURNAME), reading & SURNAME != 0)
        })
    }

    /// The lemma as an id, `None` where no gloss has it.
    pub fn lemma(&self, lemma: &str) -> Option<LemmaId> {
        self.lemmas.find(lemma).map(|place| LemmaId(size(place)))
    }

    /// The lemma of an id.
    pub fn lemma_text(&self, lemma: LemmaId) -> &str {
        self.lemmas.get(lemma.0 as usize)
    }

    /// In how many glosses the lemma stands.
    pub fn lemma_frequency(&self, lemma: LemmaId) -> u32 {
        self.gloss_count.get(lemma.0 as usize)
    }

    /// How much of a verb the lemma is: the share of its glosses that it opens after `to`.
    /// 0 to 1, `None` for one seen less than twice.
    pub fn verbness(&self, lemma: LemmaId) -> Option<f32> {
        let place = lemma.0 as usize;
        let (all, verbs) = (self.gloss_count.get(place), self.verb_count.get(place));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a share in single precision"
        )]
        (all >= 2).then(|| (f64::from(verbs) / f64::from(all)) as f32)
    }

    /// The lemmas that share a stem with this word (Snowball English), itself included.
    pub fn same_stem(&self, word: &str) -> impl Iterator<Item = LemmaId> {
        let stem = Stemmer::create(Algorithm::English).stem(word).into_owned();
        let members = self.stems.find(&stem).map(|stem| self.stem_starts.group(stem));
        members.unwrap_or_default().map(|place| id(self.stem_lemmas.get(place)))
    }
}

fn id(lemma: u16) -> LemmaId {
    LemmaId(u32::from(lemma))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_headword_is_found_and_begins_with_itself() {
        let seed = Seed::shipped();
        let text = include_str!("data/words.tsv");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let word = line.split('\t').next().unwrap();
            assert!(seed.word(word).is_some(), "{word}");
            let lengths: Vec<usize> = seed.prefixes(word).map(|found| found.0).collect();
            assert!(lengths.is_sorted() && lengths.last() == Some(&word.len()), "{word}");
        }
        for other in ["", "a", "國", "法律法律", "\u{20000}\u{20001}"] {
            assert_eq!(seed.word(other), None, "{other}");
        }
    }

    #[test]
    fn every_lemma_is_found_under_its_number_and_no_other() {
        let seed = Seed::shipped();
        for place in 0..seed.lemmas.len() {
            let lemma = LemmaId(size(place));
            assert_eq!(seed.lemma(seed.lemma_text(lemma)), Some(lemma));
        }
        assert_eq!(seed.lemma("contractings"), None);
        assert_eq!(seed.lemma_text(LemmaId(size(seed.lemmas.len()))), "");
    }

    #[test]
    fn bytes_cut_short_are_no_lexicon() {
        let bytes: &'static [u8] = include_bytes!("data/seed.bin");
        assert!(Seed::parse(&bytes[..bytes.len() - 1]).is_none());
        assert!(Seed::parse(&[]).is_none());
    }
}
