//! Chinese names in English letters: 宝玉 is Bao-yu, 西安 is Xi'an.
//!
//! Toneless Hanyu Pinyin only; Wade-Giles (Pao-yü) and Cantonese are other spellings of the
//! same names and not read here. A word may parse in several ways (`xian` is 西安 and 县), so
//! all ways are given and the characters decide.

use super::Seed;

/// Longest name that is tried, in syllables: given names have two, places mostly up to three.
const MAX_SYLLABLES: usize = 3;

/// Longest syllable in letters (`zhuang`).
const MAX_LETTERS: usize = 6;

/// A toneless syllable of Mandarin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Syllable(u16);

impl Seed {
    /// All ways to read a lower-case word as one to three syllables, fewest first.
    ///
    /// An apostrophe or hyphen inside divides syllables. Empty for what is no name of this
    /// kind. That a word parses says little (`long`, `men`, `pan`): ask it of words that the
    /// document never writes in lower case.
    ///
    /// ```
    /// # use bitext::lexicon::Seed;
    /// let seed = Seed::shipped();
    /// let ways = seed.syllables("xian");
    /// assert!(ways.iter().any(|way| seed.reads_as("西安", way)));
    /// assert!(seed.syllables("smith").is_empty());
    /// ```
    pub fn syllables(&self, word: &str) -> Vec<Vec<Syllable>> {
        let mut ways = Vec::new();
        // Longer words cannot be so few syllables: three, and two marks between them.
        if word.len() <= MAX_SYLLABLES * MAX_LETTERS + 2 && word.is_ascii() {
            self.continue_syllables(word, &mut Vec::new(), &mut ways);
        }
        ways.sort_by_key(Vec::len);
        ways
    }

    fn continue_syllables(
        &self,
        rest: &str,
        before: &mut Vec<Syllable>,
        ways: &mut Vec<Vec<Syllable>>,
    ) {
        let rest = match before.is_empty() {
            true => rest,
            false => rest.strip_prefix(['\'', '-']).unwrap_or(rest),
        };
        if rest.is_empty() {
            if !before.is_empty() {
                ways.push(before.clone());
            }
            return;
        }
        if before.len() == MAX_SYLLABLES {
            return;
        }
        for end in 1..=rest.len().min(MAX_LETTERS) {
            if let Some(syllable) = self.syllable(&rest[..end]) {
                before.push(syllable);
                self.continue_syllables(&rest[end..], before, ways);
                before.pop();
            }
        }
    }

    /// The syllable that is exactly this, in lower case and without tone.
    pub fn syllable(&self, letters: &str) -> Option<Syllable> {
        let place = self.syllables.find(letters)?;
        u16::try_from(place).ok().map(Syllable)
    }

    /// Can these characters (simplified) be read so, one a syllable?
    pub fn reads_as(&self, chars: &str, syllables: &[Syllable]) -> bool {
        let mut chars = chars.chars();
        let all = syllables.iter().all(|&syllable| {
            chars
                .next()
                .is_some_and(|c| self.readings_as_syllables(c).any(|s| s == syllable))
        });
        all && chars.next().is_none()
    }

    /// The readings of a character (simplified), each once.
    pub fn readings_as_syllables(&self, c: char) -> impl Iterator<Item = Syllable> {
        let readings = self.reading_numbers(c).filter(|&(_, is_surname)| !is_surname);
        readings.map(|(syllable, _)| as_syllable(syllable))
    }

    /// Is the character a surname that is read so?
    pub fn is_surname(&self, c: char, syllable: Syllable) -> bool {
        self.reading_numbers(c)
            .any(|(reading, is_surname)| is_surname && as_syllable(reading) == syllable)
    }
}

fn as_syllable(place: usize) -> Syllable {
    Syllable(u16::try_from(place).expect("stored in 15 bits"))
}
