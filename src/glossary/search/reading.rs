//! Queries in letters as the reading of Chinese characters.

use rustc_hash::FxHashMap;

use super::hit::Match;
use crate::lexicon::Seed;
use crate::text::fold::fold;

/// The longest reading, in letters: the bits of a mask are the places in it and its end.
const LONGEST: usize = 60;

/// A query in letters as the reading of Chinese characters.
pub(super) struct Reading {
    letters: String,
    /// For each character met, the places in the letters where a reading of it stands, and
    /// where it ends there.
    steps: FxHashMap<char, Vec<(u32, u32)>>,
}

impl Reading {
    /// `None` of what cannot be read as whole syllables.
    pub(super) fn new(query: &str, seed: &Seed) -> Option<Self> {
        let query = query.to_lowercase().replace(['ü', 'ǖ', 'ǘ', 'ǚ', 'ǜ'], "v");
        let folded = fold(&query);
        let is_mark =
            |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '1'..='5');
        let letters: String = folded.chars().filter(|c| !is_mark(*c)).collect();
        let is_plain = letters.bytes().all(|byte| byte.is_ascii_lowercase());
        if !is_plain || letters.len() < 2 || letters.len() > LONGEST {
            return None;
        }
        let mut ends = vec![false; letters.len() + 1];
        ends[0] = true;
        for start in 0..letters.len() {
            if ends[start] {
                for end in start + 1..=letters.len().min(start + 6) {
                    ends[end] |= seed.syllable(&letters[start..end]).is_some();
                }
            }
        }
        ends[letters.len()].then(|| Self { letters, steps: FxHashMap::default() })
    }

    /// Is a Chinese term, or a part of it, read so?
    pub(super) fn find(&mut self, zh: &str, seed: &Seed) -> Option<Match> {
        let end = self.letters.len();
        let (mut reached, mut whole, mut is_part) = (0_u64, 1_u64, false);
        for c in zh.chars() {
            let letters = &self.letters;
            let steps = self.steps.entry(c).or_insert_with(|| steps(letters, c, seed));
            let (mut next, mut next_whole) = (0, 0);
            for &(from, to) in steps.iter() {
                // A part may begin at any character, the whole at the first alone.
                if from == 0 || reached >> from & 1 == 1 {
                    next |= 1_u64 << to;
                }
                next_whole |= (whole >> from & 1) << to;
            }
            (reached, whole) = (next, next_whole);
            is_part |= reached >> end & 1 == 1;
        }
        match whole >> end & 1 == 1 {
            true => Some(Match::Reading),
            false => is_part.then_some(Match::PartReading),
        }
    }
}

fn steps(letters: &str, c: char, seed: &Seed) -> Vec<(u32, u32)> {
    let mut steps = Vec::new();
    for reading in seed.readings(seed.simplify(c)) {
        for (at, _) in letters.match_indices(reading) {
            let at = u32::try_from(at).unwrap_or(0);
            steps.push((at, at + u32::try_from(reading.len()).unwrap_or(0)));
        }
    }
    steps
}
