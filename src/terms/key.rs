//! The form in which terms are compared.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::word::{Participle, Root, singular};
use crate::lexicon::Seed;
use crate::text::Span;
use crate::text::fold::fold_chars;
use crate::types::{Pair, Side};

/// Longest word in capitals that is taken for an acronym, in letters; longer ones shout.
const LONGEST_ACRONYM: usize = 6;

/// Words between the head of a term and what belongs to it: *trafficking in persons*. What
/// stands before one is a head, not a modifier.
const JOINING: [&str; 13] = [
    "against", "and", "as", "at", "between", "by", "for", "from", "in", "of", "on", "to",
    "with",
];

/// Makes the keys of terms: two written terms are one term if their keys are the same.
///
/// Set aside are in Chinese the script, the width, blanks, quotation and title marks; in
/// English case, number, spelling, articles, hyphens and possessives, and which word of a
/// family is used: 締約方 is 缔约方, *the Termination of a contract* is *terminate contract*.
/// An empty key is no term.
#[derive(Debug)]
pub struct Keys<'a> {
    seed: &'a Seed,
    /// The roots of words met before: terms are many, their words few.
    roots: RefCell<FxHashMap<String, Root>>,
}

impl<'a> Keys<'a> {
    /// Keys by this lexicon.
    pub fn new(seed: &'a Seed) -> Self {
        Self { seed, roots: RefCell::default() }
    }

    /// The key of a term of a side.
    pub fn of(&self, side: Side, term: &str) -> String {
        match side {
            Side::Zh => zh_chars(term, self.seed).map(|(c, _)| c).collect(),
            Side::En => self.en_words(term).join(" "),
        }
    }

    /// The keys of both sides of a pair.
    pub fn pair(&self, pair: &Pair<impl AsRef<str>>) -> (String, String) {
        (self.of(Side::Zh, pair.zh.as_ref()), self.of(Side::En, pair.en.as_ref()))
    }

    /// The words of an English term as they are compared.
    pub(super) fn en_words(&self, term: &str) -> Vec<String> {
        let mut roots = self.roots.borrow_mut();
        let words: Vec<Root> = en_words(term)
            .map(|word| match roots.get(&word.lower) {
                Some(root) => root.clone(),
                None => {
                    let root = Root::find(&word.lower, self.seed);
                    roots.insert(word.lower, root.clone());
                    root
                }
            })
            .collect();
        let is_modifier = |at: usize| {
            words.get(at + 1).is_some_and(|next| !JOINING.contains(&&*next.text))
        };
        let word = |(at, word): (usize, &Root)| match word.participle {
            Some(participle) if is_modifier(at) => modifier(&word.text, participle),
            _ => word.text.to_string(),
        };
        words.iter().enumerate().map(word).collect()
    }
}

/// Is a term, as its key, another one said shorter: the head without what it is of? *Breach*
/// is short for *breach of contract*.
pub(crate) fn is_short_for(short: &str, long: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.starts_with(" of "))
}

/// The words of an English term in lower case and in the singular, whatever their families.
/// Of the words of one key this tells which is meant.
pub(crate) fn written(term: &str) -> String {
    en_words(term).map(|word| singular(&word.lower)).collect::<Vec<_>>().join(" ")
}

/// A participle before a noun, as it is compared.
pub(super) fn modifier(root: &str, participle: Participle) -> String {
    format!("{root}{}", participle.mark())
}

/// The folded, simplified characters of a Chinese text; blanks, quotation and title marks
/// are left out.
pub(super) fn zh_chars(text: &str, seed: &Seed) -> impl Iterator<Item = (char, Span)> {
    fold_chars(text)
        .filter(|(c, _)| !c.is_whitespace() && !"“”\"「」『』《》〈〉".contains(*c))
        .map(|(c, span)| (seed.simplify(c), span))
}

/// A word of an English text.
#[derive(Debug)]
pub(super) struct Word {
    /// Folded.
    pub(super) lower: String,
    /// As written and without the s of a plural, if it may be an acronym.
    pub(super) acronym: Option<Box<str>>,
    pub(super) span: Span,
}

/// The words of an English text: runs of letters and digits. Articles and the `s` of a
/// possessive are left out; the *A* of *hepatitis A* is none.
pub(super) fn en_words(text: &str) -> impl Iterator<Item = Word> {
    let mut chars = fold_chars(text).peekable();
    let mut before = ' ';
    std::iter::from_fn(move || {
        loop {
            let (c, first) = chars.next()?;
            let mark = std::mem::replace(&mut before, c);
            if !c.is_alphanumeric() {
                continue;
            }
            let mut word = String::from(c);
            let mut span = first;
            while let Some((c, next)) = chars.next_if(|(c, _)| c.is_alphanumeric()) {
                word.push(c);
                span.end = next.end;
            }
            before = 'a';
            let is_possessive = word == "s" && matches!(mark, '\'' | '’');
            if is_possessive || is_article(&word, span, text) {
                continue;
            }
            let acronym = acronym(span.of(text));
            return Some(Word { lower: word, acronym, span });
        }
    })
}

fn is_article(word: &str, span: Span, text: &str) -> bool {
    match word {
        "the" | "an" => true,
        "a" => span.of(text) != "A" || span.start == 0,
        _ => false,
    }
}

/// The word without the s of its plural, if all its letters are capitals.
fn acronym(word: &str) -> Option<Box<str>> {
    let stem = match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 => stem,
        _ => word,
    };
    let is_one = (2..=LONGEST_ACRONYM).contains(&stem.len())
        && stem.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && stem.starts_with(|c: char| c.is_ascii_uppercase());
    is_one.then(|| stem.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn en(term: &str) -> String {
        Keys::new(Seed::shipped()).of(Side::En, term)
    }

    fn zh(term: &str) -> String {
        Keys::new(Seed::shipped()).of(Side::Zh, term)
    }

    #[test]
    fn script_width_blanks_and_marks_are_set_aside() {
        assert_eq!(zh("締約方"), zh("缔 约方"));
        assert_eq!(zh("《聯合國憲章》"), zh("联合国宪章"));
        assert_eq!(zh("Ｇ２０峰会"), zh("G20峰会"));
    }

    #[test]
    fn articles_hyphens_case_number_and_spelling_are_set_aside() {
        assert_eq!(en("The Money-Laundering Offences"), en("money laundering offense"));
        assert_eq!(en("breach of the contract"), en("Breach of contract"));
        assert_eq!(en("labour organisations"), en("labor organization"));
        assert_eq!(en("the Parties’ rights"), en("party right"));
        assert_eq!(en("the"), "");
        assert_ne!(en("hepatitis A"), en("hepatitis"));
    }

    #[test]
    fn the_family_is_set_aside_and_the_participle_before_a_noun_is_not() {
        assert_eq!(en("termination of contract"), en("terminate of contract"));
        assert_eq!(en("developing countries"), en("developing country"));
        assert_ne!(en("developing countries"), en("developed countries"));
        assert_ne!(en("victim"), en("victimization"));
    }
}
