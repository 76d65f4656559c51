//! Chinese names by their sound: Baoyu in the English, 宝玉 in the Chinese.
//!
//! An English word that is always capital and can be read as one to three syllables of
//! Mandarin is looked for among the characters of the Chinese text. Where its syllables stand
//! in a row, a sign is added to the passage. Tones are not written in English, so one syllable
//! alone says little; two or three say much.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::align::Passage;
use crate::align::corpus::{Corpus, Occurrence, Role};
use crate::lexicon::Seed;
use crate::text::script;
use crate::types::Pair;

/// Longest name in syllables.
const MAX_SYLLABLES: usize = 3;
/// Readings of a character that are tried, the usual ones first.
const MAX_READINGS: usize = 3;
/// What a name of one syllable gives rise to of the English word.
const ONE_SYLLABLE: f32 = 0.15;
/// The same for more syllables.
const MORE_SYLLABLES: f32 = 0.85;

/// Adds a sign to each Chinese passage where a name of the English text sounds, and returns
/// for each such sign the English words it may stand for.
pub(crate) fn add_names(
    corpus: &mut Corpus,
    documents: &[&Pair<Vec<Passage<'_>>>],
    seed: &Seed,
) -> FxHashMap<u32, Vec<(u32, f32)>> {
    let mut names = Names::new(corpus, &syllables_of(documents, seed));
    let mut table: FxHashMap<u32, Vec<(u32, f32)>> = FxHashMap::default();
    if names.words.is_empty() {
        return table;
    }
    for (at, pair) in documents.iter().enumerate() {
        let text = &mut corpus.documents[at].zh;
        let old = std::mem::take(&mut text.words);
        let starts = std::mem::replace(&mut text.starts, vec![0]);
        text.words.reserve_exact(old.len() + old.len() / 16);
        for (k, passage) in pair.zh.iter().enumerate() {
            text.words.extend(&old[starts[k] as usize..starts[k + 1] as usize]);
            for sign in signs_of(passage.text, &mut names, seed) {
                let form = format!("~{}", sign.form);
                let word = corpus.vocabulary.zh.enter(&form, Role::Name);
                table.entry(word).or_insert_with(|| {
                    let share =
                        if sign.n_syllables == 1 { ONE_SYLLABLE } else { MORE_SYLLABLES };
                    let mut row: Vec<(u32, f32)> =
                        sign.words.iter().map(|&en| (en, share)).collect();
                    row.sort_unstable_by_key(|cell| cell.0);
                    row.dedup_by_key(|cell| cell.0);
                    row
                });
                text.words.push(Occurrence { word, start: sign.start, end: sign.end });
            }
            text.starts.push(u32::try_from(text.words.len()).unwrap_or(u32::MAX));
        }
    }
    corpus.count();
    table
}

/// All syllables that the characters of the Chinese texts can be read as.
fn syllables_of(documents: &[&Pair<Vec<Passage<'_>>>], seed: &Seed) -> FxHashSet<String> {
    let mut seen = FxHashSet::default();
    let mut syllables = FxHashSet::default();
    for passage in documents.iter().flat_map(|pair| &pair.zh) {
        for c in passage.text.chars().filter(|&c| script::is_han(c)) {
            if seen.insert(c) {
                syllables.extend(seed.readings(seed.simplify(c)).map(str::to_owned));
            }
        }
    }
    syllables
}

/// Syllables in a row, by number from 1; 0 behind the last.
type Sound = [u16; MAX_SYLLABLES];

/// The English words that may be names.
#[derive(Default)]
struct Names {
    /// The syllables that names have.
    syllables: FxHashMap<String, u16>,
    /// The English words by their sound.
    words: FxHashMap<Sound, Vec<u32>>,
    /// The readings of the Chinese characters met so far, those that no name has left out.
    readings: FxHashMap<char, Vec<u16>>,
}

impl Names {
    fn new(corpus: &Corpus, syllables: &FxHashSet<String>) -> Self {
        let mut names = Names::default();
        for word in 0..corpus.vocabulary.en.len() as u32 {
            if corpus.vocabulary.en.is_capital(word) {
                let mut readings = Vec::new();
                read_as(corpus.vocabulary.en.form(word), syllables, "", 0, &mut readings);
                for reading in readings {
                    let mut sound = Sound::default();
                    for (place, syllable) in sound.iter_mut().zip(reading.split(' ')) {
                        *place = names.enter(syllable);
                    }
                    names.words.entry(sound).or_default().push(word);
                }
            }
        }
        names
    }

    fn enter(&mut self, syllable: &str) -> u16 {
        let next =
            u16::try_from(self.syllables.len() + 1).expect("Mandarin has 400 syllables");
        *self.syllables.entry(syllable.to_owned()).or_insert(next)
    }

    /// The first readings of a character, those that no name has left out.
    fn readings(&mut self, c: char, seed: &Seed) -> &[u16] {
        let Names { syllables, readings, .. } = self;
        readings.entry(c).or_insert_with(|| {
            let of_names = |reading: &str| syllables.get(reading).copied();
            seed.readings(c).take(MAX_READINGS).filter_map(of_names).collect()
        })
    }
}

/// All ways to read `rest` as syllables after those of `read`.
fn read_as(
    rest: &str,
    syllables: &FxHashSet<String>,
    read: &str,
    n_read: usize,
    readings: &mut Vec<String>,
) {
    if rest.is_empty() {
        readings.push(read.to_owned());
        return;
    }
    if n_read == MAX_SYLLABLES {
        return;
    }
    for len in (1..=rest.len().min(6)).filter(|&len| rest.is_char_boundary(len)) {
        if syllables.contains(&rest[..len]) {
            let blank = if read.is_empty() { "" } else { " " };
            let read = format!("{read}{blank}{}", &rest[..len]);
            read_as(&rest[len..], syllables, &read, n_read + 1, readings);
        }
    }
}

struct Sign {
    form: String,
    n_syllables: usize,
    start: u32,
    end: u32,
    words: Vec<u32>,
}

/// The names that sound in a text.
fn signs_of(text: &str, names: &mut Names, seed: &Seed) -> Vec<Sign> {
    let chars: Vec<(usize, char)> =
        text.char_indices().map(|(at, c)| (at, seed.simplify(c))).collect();
    let mut signs = Vec::new();
    let (mut sounds, mut longer) = (Vec::<Sound>::new(), Vec::new());
    for from in 0..chars.len() {
        sounds.clear();
        sounds.push(Sound::default());
        for len in 1..=MAX_SYLLABLES.min(chars.len() - from) {
            let (at, c) = chars[from + len - 1];
            if !script::is_han(c) {
                break;
            }
            let readings = names.readings(c, seed);
            longer.clear();
            longer.extend(sounds.iter().flat_map(|&sound| {
                readings.iter().map(move |&reading| {
                    let mut sound = sound;
                    sound[len - 1] = reading;
                    sound
                })
            }));
            std::mem::swap(&mut sounds, &mut longer);
            if sounds.is_empty() {
                break;
            }
            let words: Vec<u32> = sounds
                .iter()
                .filter_map(|sound| names.words.get(sound))
                .flatten()
                .copied()
                .collect();
            if !words.is_empty() {
                let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
                signs.push(Sign {
                    form: chars[from..from + len].iter().map(|&(_, c)| c).collect(),
                    n_syllables: len,
                    start: u32::try_from(chars[from].0).unwrap_or(u32::MAX),
                    end: u32::try_from(end).unwrap_or(u32::MAX),
                    words,
                });
            }
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_in_every_way() {
        let syllables = ["xi", "an", "xian"].map(str::to_owned).into_iter().collect();
        let mut readings = Vec::new();
        read_as("xian", &syllables, "", 0, &mut readings);
        assert_eq!(readings, ["xi an", "xian"]);
    }

    #[test]
    fn what_is_no_pinyin_has_no_reading() {
        let syllables = ["ba", "bo"].map(str::to_owned).into_iter().collect();
        let mut readings = Vec::new();
        read_as("bablé", &syllables, "", 0, &mut readings);
        assert!(readings.is_empty());
    }
}
