//! Cuts Chinese into words: the fewest headwords, the commoner ones where that leaves a
//! choice.
//!
//! ```text
//! 研究生命起源   研究 生命 起源  (3)      研究生 命 起源  (3, with a rarer word)
//! ```
//!
//! Done on a simplified copy, so traditional text is cut the same way. Headwords that only
//! the word list has, without a translation, are dearer: they are taken where the dictionary
//! would leave rare single characters, not where it can translate the parts. As the fewest words
//! win, two neighbours never make a headword together (the merge that other segmenters
//! need: docs/terms.md, 2).

use super::stop::is_stop_zh;
use super::vocabulary::Names;
use crate::lexicon::{Seed, Word};
use crate::text::Span;
use crate::types::{Token, TokenKind};

/// Longest word in characters. Longer headwords are names of offices and laws, whose parts
/// matter more.
const MAX_CHARS: usize = 8;

/// Cost of a word that general text does not have; in thousandths of a word.
const UNKNOWN: i64 = 1300;

/// What frequency saves: so much for each unit of its natural logarithm.
///
/// Source: the prototype; 0.05 of a word, so that no frequency outweighs a word saved.
const PER_LOG_FREQUENCY: f32 = 50.0;

/// What a headword without a translation costs more, if it is a proper name: kept whole
/// unless common words explain it.
const UNGLOSSED_NAME: i64 = 300;

/// The same for other nouns: about as dear as two common single characters.
const UNGLOSSED_NOUN: i64 = 500;

/// The same for all others (坐在, 这次, 很大), whose parts can be translated.
const UNGLOSSED: i64 = 1000;

/// Cost of a name that the caller has seen in the text.
const NAME: i64 = 500;

/// Appends the words of a run of Han characters.
pub(super) fn cut(
    text: &str,
    run: Span,
    seed: &Seed,
    names: &Names,
    tokens: &mut Vec<Token>,
) {
    let copy = Simplified::new(text, run, seed);
    let mut from = 0;
    for length in shortest_path(&copy, seed, names) {
        let form = copy.slice(from, from + length);
        let span = Span::new(copy.original[from], copy.original[from + length]);
        tokens.push(Token {
            span,
            kind: TokenKind::Word,
            is_stop: is_stop_zh(form),
            form: form.into(),
            is_capital: false,
        });
        from += length;
    }
}

/// A run in simplified characters.
struct Simplified {
    text: String,
    /// Where each character begins in `text`, and where the last one ends.
    starts: Vec<usize>,
    /// The same in the original.
    original: Vec<usize>,
}

impl Simplified {
    fn new(text: &str, run: Span, seed: &Seed) -> Self {
        let mut copy = Self {
            text: String::with_capacity(run.len()),
            starts: Vec::with_capacity(run.len() / 3 + 1),
            original: Vec::with_capacity(run.len() / 3 + 1),
        };
        for (at, c) in run.of(text).char_indices() {
            copy.starts.push(copy.text.len());
            copy.original.push(run.start + at);
            copy.text.push(seed.simplify(c));
        }
        copy.starts.push(copy.text.len());
        copy.original.push(run.end);
        copy
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        &self.text[self.starts[from]..self.starts[to]]
    }
}

/// The lengths, in characters, of the words of the cheapest cut.
fn shortest_path(copy: &Simplified, seed: &Seed, names: &Names) -> Vec<usize> {
    let n = copy.len();
    let mut best = vec![(i64::MAX, 1); n + 1]; // cost from the start, length of the last word
    best[0].0 = 0;
    for from in 0..n {
        let so_far = best[from].0;
        let mut offer = |length: usize, cost: i64| {
            let end = &mut best[from + length];
            if so_far + cost < end.0 {
                *end = (so_far + cost, length);
            }
        };
        offer(1, UNKNOWN);
        for (bytes, word) in seed.prefixes(&copy.text[copy.starts[from]..]) {
            let end = copy.starts[from] + bytes;
            let last = (from + MAX_CHARS).min(n);
            let Ok(length) = copy.starts[from + 1..=last].binary_search(&end) else {
                break;
            };
            offer(length + 1, cost(&word, length + 1, seed));
        }
        if !names.is_empty() {
            for length in 2..=4.min(n - from) {
                if names.contains(copy.slice(from, from + length)) {
                    offer(length, NAME);
                }
            }
        }
    }
    let mut lengths = Vec::new();
    let mut at = n;
    while at > 0 {
        lengths.push(best[at].1);
        at -= best[at].1;
    }
    lengths.reverse();
    lengths
}

fn cost(word: &Word<'_>, length: usize, seed: &Seed) -> i64 {
    #[expect(clippy::cast_precision_loss, reason = "only the magnitude matters")]
    let saved = PER_LOG_FREQUENCY * (1.0 + word.frequency as f32).ln();
    #[expect(clippy::cast_possible_truncation, reason = "at most 50 times 22")]
    let saved = saved.round() as i64;
    let is_plain = length == 1 || seed.is_glossed(word.id);
    let unglossed = match word.pos {
        _ if is_plain => 0,
        "nr" | "nrt" | "nrfg" | "ns" | "nt" | "nz" => UNGLOSSED_NAME,
        "n" | "vn" | "an" | "j" => UNGLOSSED_NOUN,
        _ => UNGLOSSED,
    };
    UNKNOWN - saved + unglossed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, names: &[&str]) -> Vec<String> {
        let names = names.iter().map(|&name| name.into()).collect();
        let mut tokens = Vec::new();
        cut(text, Span::new(0, text.len()), Seed::shipped(), &names, &mut tokens);
        tokens.iter().map(|token| token.span.of(text).to_owned()).collect()
    }

    #[test]
    fn the_fewest_words_win() {
        assert_eq!(words("打击跨国犯罪公约", &[]), ["打击", "跨国", "犯罪", "公约"]);
        assert_eq!(words("研究生命起源", &[]), ["研究", "生命", "起源"]);
        assert_eq!(words("中华人民共和国宪法", &[]), ["中华人民共和国", "宪法"]);
    }

    #[test]
    fn spans_are_of_the_original_and_forms_are_simplified() {
        let text = "國際合作";
        let mut tokens = Vec::new();
        let run = Span::new(0, text.len());
        cut(text, run, Seed::shipped(), &Names::default(), &mut tokens);
        assert_eq!(tokens[0].span.of(text), "國際");
        assert_eq!(&*tokens[0].form, "国际");
    }

    #[test]
    fn names_of_the_text_are_kept_whole() {
        assert_eq!(words("琦瑶走了", &["琦瑶"])[0], "琦瑶");
    }

    #[test]
    fn characters_that_no_word_has_stand_alone() {
        assert_eq!(words("𪚥𪚥", &[]), ["𪚥", "𪚥"]);
    }
}
