//! What documents taught of which word goes with which, to be used for others.
//!
//! ```text
//! 信托  12   trust:1130  fund:40      信托 stood 12 times and gave rise to trust 11.3 times
//! ```
//!
//! Numbers are whole hundredths, so that sums do not depend on the order in which documents
//! are added, and what one document taught can be taken out again exactly.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;

/// Expected numbers less than this are not kept, in hundredths.
const LEAST: u32 = 10;

/// How often words stood, and how often each gave rise to a word of the other side.
///
/// Words are [`Token::form`](crate::types::Token::form)s.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    words: BTreeMap<Box<str>, Lesson>,
}

/// What was learned of a Chinese word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Lesson {
    /// How often it stood.
    times: u32,
    /// The English words, in hundredths of an occurrence.
    en: BTreeMap<Box<str>, u32>,
}

impl Learned {
    /// Is nothing known?
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Enters a Chinese word that stood `times` times, and the expected number of each English
    /// word it gave rise to; what is next to nothing is left out.
    pub fn enter<'a>(
        &mut self,
        zh: &str,
        times: u32,
        en: impl Iterator<Item = (&'a str, f32)>,
    ) {
        let hundredths = en
            .map(|(word, number)| (word.into(), (number * 100.0).round() as u32))
            .filter(|&(_, number)| number >= LEAST);
        self.words.insert(zh.into(), Lesson { times, en: hundredths.collect() });
    }

    /// How often a Chinese word stood, and the English words it gave rise to, in occurrences.
    pub fn lesson(&self, zh: &str) -> Option<(u32, impl Iterator<Item = (&str, f32)>)> {
        let lesson = self.words.get(zh)?;
        let en = lesson.en.iter().map(|(word, &number)| (&**word, number as f32 / 100.0));
        Some((lesson.times, en))
    }

    /// Adds what another document taught.
    pub fn add(&mut self, other: &Learned) {
        for (zh, lesson) in &other.words {
            let mine = self.words.entry(zh.clone()).or_default();
            mine.times += lesson.times;
            for (en, number) in &lesson.en {
                *mine.en.entry(en.clone()).or_default() += number;
            }
        }
    }

    /// What was learned but for what one of the documents taught.
    pub fn without(&self, own: &Learned) -> Learned {
        let mut rest = self.clone();
        for (zh, lesson) in &own.words {
            let Entry::Occupied(mut entry) = rest.words.entry(zh.clone()) else {
                continue;
            };
            let left = entry.get_mut();
            left.times = left.times.saturating_sub(lesson.times);
            for (en, number) in &lesson.en {
                if let Some(sum) = left.en.get_mut(en) {
                    *sum = sum.saturating_sub(*number);
                }
            }
            left.en.retain(|_, &mut number| number > 0);
            if left.times == 0 {
                entry.remove();
            }
        }
        rest
    }

    /// As text, a line a Chinese word: the word, how often, and the English words with their
    /// hundredths, with tabs between.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for (zh, Lesson { times, en }) in &self.words {
            let _ = write!(text, "{zh}\t{times}");
            for (word, number) in en {
                let _ = write!(text, "\t{word}\t{number}");
            }
            text.push('\n');
        }
        text
    }

    /// What [`to_text`](Self::to_text) wrote; `None` of any other text.
    pub fn parse(text: &str) -> Option<Learned> {
        let mut learned = Learned::default();
        for line in text.lines() {
            let mut cells = line.split('\t');
            let (zh, times) = (cells.next()?, cells.next()?.parse().ok()?);
            let mut lesson = Lesson { times, ..Lesson::default() };
            while let Some(word) = cells.next() {
                lesson.en.insert(word.into(), cells.next()?.parse().ok()?);
            }
            learned.words.insert(zh.into(), lesson);
        }
        Some(learned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(zh: &str, times: u32, en: &[(&str, f32)]) -> Learned {
        let mut learned = Learned::default();
        learned.enter(zh, times, en.iter().copied());
        learned
    }

    #[test]
    fn what_one_document_taught_can_be_taken_out_again() {
        let (a, b) = (
            learned("信托", 3, &[("trust", 2.5), ("fund", 0.4)]),
            learned("信托", 9, &[("trust", 8.13)]),
        );
        let mut sum = a.clone();
        sum.add(&b);
        assert_eq!(sum.without(&a), b);
        assert_eq!(sum.without(&b), a);
        assert!(sum.without(&sum).is_empty());
        let mut other = b.clone();
        other.add(&a);
        assert_eq!(sum, other);
    }

    #[test]
    fn next_to_nothing_is_left_out_and_the_rest_reads_back() {
        let learned = learned("信托", 3, &[("trust", 2.5), ("the", 0.05)]);
        assert_eq!(learned.to_text(), "信托\t3\ttrust\t250\n");
        assert_eq!(Learned::parse(&learned.to_text()), Some(learned));
        assert_eq!(Learned::parse("no number\tx\n"), None);
    }
}
